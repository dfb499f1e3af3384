package paper

import (
	"regexp"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// Wording is one fixed wording of a paper: what is printed besides what the record says. Names in braces stand for Items.
type Wording struct {
	Key     string
	Label   string
	Default string
}

// Wordings are an administrator's own wordings: kind, then key. What is not there is the default.
type Wordings map[string]map[string]string

// CommonKey is the group of words that all papers share; they are values, not sentences.
const CommonKey = "common"

// Keys of the group.
const (
	CommonReview  = "复议机关"
	CommonCourt   = "管辖法院"
	CommonPayment = "缴款方式"
	CommonContact = "联系方式"
)

// Common are the words that all papers share. Which court and which account is nobody's to guess: they begin empty.
var Common = []Wording{
	{CommonReview, "受理行政复议的机关", "{城市}人民政府"},
	{CommonCourt, "有管辖权的人民法院", ""},
	{CommonPayment, "缴纳罚款的银行账户或者电子支付方式", ""},
	{CommonContact, "陈述申辩、听证的联系人、地址和电话", ""},
}

// shared is a word of the group, with its own braces filled.
func (w Wordings) shared(s *Source, key string) string {
	text, changed := w[CommonKey][key]
	if !changed {
		i := slices.IndexFunc(Common, func(x Wording) bool { return x.Key == key })
		text = Common[i].Default
	}
	return strings.NewReplacer("{城市}", s.Bureau.City.Name, "{本机关}", s.Bureau.Name).Replace(text)
}

// of is a wording of a kind as it is printed now.
func (w Wordings) of(k *Kind, key string) string {
	if text, ok := w[k.Key][key]; ok {
		return text
	}
	i := slices.IndexFunc(k.Wordings, func(x Wording) bool { return x.Key == key })
	if i < 0 {
		panic("paper: " + k.Key + " has no wording " + key)
	}
	return k.Wordings[i].Default
}

var braces = regexp.MustCompile(`\{([^{}]*)\}`)

// WordingGroups are the kinds with wordings, the shared words first: what an administrator may change.
func WordingGroups() []Kind {
	list := []Kind{{Key: CommonKey, Title: "各文书共用", Wordings: Common}}
	for _, k := range Kinds {
		if len(k.Wordings) > 0 {
			list = append(list, k)
		}
	}
	return list
}

// WordingGroup finds one of them.
func WordingGroup(key string) (Kind, bool) {
	list := WordingGroups()
	i := slices.IndexFunc(list, func(k Kind) bool { return k.Key == key })
	if i < 0 {
		return Kind{}, false
	}
	return list[i], true
}

// Fields are the names that the wordings of a kind may have in braces.
func (k *Kind) Fields() []string {
	if k.Key == CommonKey {
		return []string{"城市", "本机关"}
	}
	var names []string
	add := func(n string) {
		if !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	for _, n := range k.Needs {
		add(n.Item)
	}
	for _, n := range k.Also {
		add(n)
	}
	for _, n := range commonItems {
		add(n.Name)
	}
	return names
}

// CheckWordings refuses braces that stand for nothing in this kind, and wordings that it does not have.
func (k *Kind) CheckWordings(texts map[string]string) error {
	var p registry.Problems
	known := k.Fields()
	for key, text := range texts {
		i := slices.IndexFunc(k.Wordings, func(w Wording) bool { return w.Key == key })
		if i < 0 {
			p.Add(key, "“%s”没有“%s”这一段用语", k.Title, key)
			continue
		}
		label := k.Wordings[i].Label
		if registry.RuneLen(text) > maxWording {
			p.Add(key, "“%s”太长：%d 字，最多 %d 字", label, registry.RuneLen(text), maxWording)
		}
		for _, m := range braces.FindAllStringSubmatch(text, -1) {
			if !slices.Contains(known, m[1]) {
				p.Add(key, "“%s”里的{%s}不是这份文书的字段；可用的有：%s", label, m[1], strings.Join(known, "、"))
			}
		}
		if rest := braces.ReplaceAllString(text, ""); strings.ContainsAny(rest, "{}") {
			p.Add(key, "“%s”里的花括号没有成对", label)
		}
	}
	return p.Err()
}

const maxWording = 4000
