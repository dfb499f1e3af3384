package casework

import (
	"strconv"
	"strings"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
	"casebook/internal/statute"
)

// LawHead is the front matter of a law text as a person types it beside a pasted page. Fields are named as in the file format.
type LawHead struct {
	Name       string // 法名
	ShortName  string // 简称
	Aliases    string // 别名, split by 、
	Version    string // 版本: 2017年修正
	Level      string // 层级
	Issuer     string // 制定机关
	Number     string // 文号
	From       string // 施行: a date; empty or 未核到
	To         string // 失效: a date; empty or 现行
	Total      string // 条文总数; empty or 未知
	Holding    string // 收录: 全文 or 节选
	Source     string // 来源
	Confidence string // 置信度
	Note       string // 备注
}

// HeadOf is the front matter of a version, for correcting it.
func HeadOf(v *statute.Version) LawHead {
	h := LawHead{Name: v.LawName, ShortName: v.ShortName, Aliases: strings.Join(v.Aliases, "、"), Version: v.Name, Level: v.Level, Issuer: v.Issuer, Number: v.Number,
		From: v.From.String(), To: v.To.String(), Holding: "节选", Source: v.Source, Confidence: v.Confidence, Note: v.Note}
	if v.ArticlesTotal > 0 {
		h.Total = strconv.Itoa(v.ArticlesTotal)
	}
	if v.Complete {
		h.Holding = "全文"
	}
	if v.EndUnknown {
		h.To = "未核到"
	}
	return h
}

func (h *LawHead) clean() {
	for _, s := range []*string{&h.Name, &h.ShortName, &h.Aliases, &h.Version, &h.Level, &h.Issuer, &h.Number, &h.From, &h.To, &h.Total, &h.Holding, &h.Source, &h.Confidence, &h.Note} {
		*s = strings.Join(strings.Fields(registry.CleanText(*s)), " ") // one line each in the file
	}
	h.Name = strings.Trim(h.Name, "《》")
}

// version makes a version of the head, tidied, and the articles of the page; the caller keeps the head as typed. Every problem names its field.
func (h LawHead) version(articles []statute.Article) (*statute.Version, error) {
	h.clean()
	var p registry.Problems
	v := &statute.Version{LawName: h.Name, ShortName: h.ShortName, Name: h.Version, Level: h.Level, Issuer: h.Issuer, Number: h.Number,
		Complete: h.Holding == "全文", Source: h.Source, Confidence: h.Confidence, Note: h.Note, Articles: articles}
	for _, f := range []struct{ field, value, what string }{{"name", h.Name, "法名"}, {"version", h.Version, "版本，如 2017年修正"}, {"level", h.Level, "层级"},
		{"source", h.Source, "文本来源：官方网站、公报或文件"}, {"holding", h.Holding, "收录：全文或节选"}} {
		if f.value == "" {
			p.Add(f.field, "请填写%s", f.what)
		}
		if registry.RuneLen(f.value) > 500 {
			p.Add(f.field, "太长，最多 500 字")
		}
	}
	if v.ShortName == "" {
		v.ShortName = v.LawName
	}
	if v.Confidence == "" {
		v.Confidence = "full_text"
	}
	for name := range strings.SplitSeq(h.Aliases, "、") {
		if name = strings.TrimSpace(name); name != "" {
			v.Aliases = append(v.Aliases, name)
		}
	}
	v.From = lawDate(&p, "from", h.From)
	v.To = lawDate(&p, "to", h.To)
	v.EndUnknown = h.To == "未核到"
	if v.To.Before(v.From) {
		p.Add("to", "失效日早于施行日")
	}
	if h.Total != "" && h.Total != "未知" {
		n, err := strconv.Atoi(registry.HalfWidth(h.Total))
		if err != nil || n < 1 || n > 9999 {
			p.Add("total", "“%s”应为数字；不知道的请留空", h.Total)
		}
		v.ArticlesTotal = n
	}
	checkTotal(&p, v)
	for i := range v.Articles {
		v.Articles[i].Confidence, v.Articles[i].Source = v.Confidence, v.Source
	}
	return v, p.Err()
}

func lawDate(p *registry.Problems, field, typed string) registry.Date {
	switch typed {
	case "", "未核到", "现行":
		return registry.Date{}
	}
	d, err := registry.ParseDate(typed)
	if err != nil {
		p.Add(field, "%s", err)
	}
	return d
}

// checkTotal: whoever says that a text is complete says how many articles it has, and they must be there.
func checkTotal(p *registry.Problems, v *statute.Version) {
	whole, last := 0, 0
	for i := range v.Articles {
		last = v.Articles[i].Article
		if v.Articles[i].Sub == 0 {
			whole++
		}
	}
	switch {
	case v.ArticlesTotal > 0 && last > v.ArticlesTotal:
		p.Add("total", "条文总数写 %d，文本里却有第%s条", v.ArticlesTotal, registry.ChineseNumeral(last))
	case v.Complete && v.ArticlesTotal == 0:
		p.Add("total", "收录全文的，请填写条文总数（文本里共 %d 条）", whole)
	case v.Complete && whole != v.ArticlesTotal:
		p.Add("total", "写明收录全文、共 %d 条，文本里有 %d 条", v.ArticlesTotal, whole)
	}
}

var (
	lawKey = lazyregexp.New(`^[a-z0-9-]{2,60}$`)
	yearOf = lazyregexp.New(`(?:^|\D)((?:19|20|21)\d\d)(?:\D|$)`)
)

// versionKey is the key of a new version: the year of its name or of its beginning, with a number behind where that is taken.
func versionKey(law *statute.Law, v *statute.Version) string {
	key := "undated"
	if m := yearOf.FindStringSubmatch(v.Name); m != nil {
		key = m[1]
	} else if y, _, _ := v.From.YMD(); y > 0 {
		key = strconv.Itoa(y)
	}
	taken := func(id string) bool {
		for _, have := range law.Versions {
			if have.ID == id {
				return true
			}
		}
		return false
	}
	id := key
	for n := 2; taken(id); n++ {
		id = key + "-" + strconv.Itoa(n)
	}
	return id
}

// SuggestLawKey is a free key for a new law.
func (s *Service) SuggestLawKey() string {
	c := s.Law()
	for n := len(c.Laws()) + 1; ; n++ {
		id := "law-" + strconv.Itoa(n)
		if _, taken := c.Law(id); !taken {
			return id
		}
	}
}
