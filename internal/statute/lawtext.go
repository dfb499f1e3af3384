package statute

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
	"casebook/internal/statute/cite"
)

// TextError says which line of a law text cannot be read, and why, in Chinese.
type TextError struct {
	Line    int // from 1
	Message string
}

func (e *TextError) Error() string { return fmt.Sprintf("第 %d 行：%s", e.Line, e.Message) }

// ParseText reads one version of a law:
//
//	法名: 中华人民共和国水污染防治法
//	简称: 水污染防治法
//	别名: …、…
//	版本: 2017年修正
//	层级: 法律
//	制定机关: …
//	文号: …
//	施行: 2018-01-01 | 未核到
//	失效: 2026-08-14 | 现行 | 未核到          (the last valid day)
//	条文总数: 1242 | 未知
//	收录: 全文 | 节选
//	来源: …                                   (来源2, 来源3, …: for single articles)
//	置信度: full_text_x2
//	核对: 未核对 | 已核对
//	备注: …
//
//	第四章　水污染防治措施
//
//	# 置信度: full_text                        (these three hold for the next article only)
//	# 来源: 来源2
//	# 款次: 待核
//	第八十五条　有下列行为之一的，……：
//	（一）……；
//	1.……；
//	　　有前款第三项……                       (each further 款 on its own line)
//
// The articles must ascend, 项 and 目 count from one without a gap; what breaks that is refused with its line, because a
// slip in the numbering would move every citation behind it. A line beginning with ＋ continues the line above without being
// part of its 项: a copy that ran the next 款 on.
func ParseText(text []byte) (*Version, error) {
	if !utf8.Valid(text) {
		return nil, &TextError{1, "文件不是 UTF-8 编码，请另存为 UTF-8"}
	}
	p := &parser{v: &Version{}}
	lines := splitLines(string(text))
	for i, line := range lines {
		p.line = i + 1
		if strings.TrimSpace(line) == "" {
			if len(p.fields) > 0 {
				p.inBody = true
			}
			continue
		}
		var err error
		if p.inBody {
			err = p.bodyLine(strings.TrimSpace(line))
		} else {
			err = p.field(strings.TrimSpace(line))
		}
		if err != nil {
			return nil, err
		}
	}
	return p.finish()
}

// ParseArticles reads articles alone, without front matter: a text pasted from an official page. Chapter headings become
// the articles' Heading; title, 题注 and table of contents before 第一条 are skipped.
func ParseArticles(text string) ([]Article, error) {
	p := &parser{v: &Version{}, inBody: true}
	for i, line := range splitLines(text) {
		p.line = i + 1
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if err := p.bodyLine(line); err != nil {
			return nil, err
		}
	}
	if len(p.v.Articles) == 0 {
		return nil, &TextError{1, "没有找到任何条文（“第一条　……”应另起一行，条号后有空格）"}
	}
	return p.v.Articles, nil
}

// splitLines keeps the line numbers of the file: only characters inside lines are cleaned.
func splitLines(s string) []string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = registry.CleanText(lines[i])
	}
	return lines
}

type parser struct {
	v      *Version
	line   int
	fields map[string]string
	inBody bool

	headings []heading
	marks    map[string]string // markers waiting for their article
}

type heading struct {
	rank int
	text string
}

var frontMatter = []string{"法名", "简称", "别名", "版本", "层级", "制定机关", "文号", "施行", "失效", "条文总数", "收录", "来源", "置信度", "核对", "备注"}

var extraSource = lazyregexp.New(`^来源[2-9]$`)

func (p *parser) errorf(format string, args ...any) error {
	return &TextError{p.line, fmt.Sprintf(format, args...)}
}

func (p *parser) field(line string) error {
	key, value, ok := cutColon(line)
	if !ok || (!slices.Contains(frontMatter, key) && !extraSource.MatchString(key)) {
		return p.errorf("文件头里看不懂“%s”；应为“法名: …”这样的一行，文件头与条文之间空一行", clip(line))
	}
	if p.fields == nil {
		p.fields = map[string]string{}
	}
	if _, twice := p.fields[key]; twice {
		return p.errorf("文件头里“%s”写了两次", key)
	}
	p.fields[key] = value
	return p.setField(key, value)
}

// cutColon splits at the first colon, half or full width.
func cutColon(s string) (key, value string, ok bool) {
	i := strings.IndexAny(s, ":：")
	if i < 0 {
		return strings.TrimSpace(s), "", false
	}
	_, width := utf8.DecodeRuneInString(s[i:])
	return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+width:]), true
}

func (p *parser) setField(key, value string) (err error) {
	v := p.v
	switch key {
	case "法名":
		v.LawName = strings.Trim(value, "《》")
	case "简称":
		v.ShortName = value
	case "别名":
		v.Aliases = strings.Split(value, "、")
	case "版本":
		v.Name = value
	case "层级":
		if !slices.Contains(levels, value) {
			return p.errorf("不认识的层级“%s”，应为：%s", clip(value), strings.Join(levels, "、"))
		}
		v.Level = value
	case "制定机关":
		v.Issuer = value
	case "文号":
		v.Number = value
	case "施行":
		v.From, err = p.date(key, value, "未核到")
	case "失效":
		v.To, err = p.date(key, value, "现行", "未核到")
		v.EndUnknown = value == "未核到"
	case "条文总数":
		if value == "未知" {
			return nil
		}
		n, convErr := strconv.Atoi(value)
		if convErr != nil || n < 1 || n > 9999 {
			return p.errorf("条文总数“%s”应为数字或“未知”", clip(value))
		}
		v.ArticlesTotal = n
	case "收录":
		if value != "全文" && value != "节选" {
			return p.errorf("收录应为“全文”或“节选”，不是“%s”", clip(value))
		}
		v.Complete = value == "全文"
	case "来源":
		v.Source = value
	case "置信度":
		v.Confidence = value
		err = p.confidence(value)
	case "核对":
		if value != "已核对" && value != "未核对" {
			return p.errorf("核对应为“已核对”或“未核对”，不是“%s”", clip(value))
		}
		v.Checked = value == "已核对"
	case "备注":
		v.Note = value
	}
	return err
}

func (p *parser) date(key, value string, unknown ...string) (registry.Date, error) {
	if slices.Contains(unknown, value) {
		return registry.Date{}, nil
	}
	d, err := registry.ParseDate(value)
	if err != nil || d.IsZero() {
		return d, p.errorf("%s“%s”应为日期或“%s”", key, clip(value), strings.Join(unknown, "”“"))
	}
	return d, nil
}

func (p *parser) confidence(value string) error {
	if !slices.Contains([]string{"full_text_x2", "full_text", "secondary", "memory"}, value) {
		return p.errorf("不认识的置信度“%s”", clip(value))
	}
	return nil
}

func (p *parser) finish() (*Version, error) {
	v := p.v
	for _, key := range []string{"法名", "版本", "层级", "施行", "条文总数", "收录", "来源", "置信度", "核对"} {
		if p.fields[key] == "" {
			return nil, &TextError{1, "文件头缺少“" + key + "”"}
		}
	}
	if v.ShortName == "" {
		v.ShortName = v.LawName
	}
	if len(p.marks) > 0 {
		return nil, p.errorf("“#”标记之后没有条文")
	}
	if len(v.Articles) == 0 {
		return nil, p.errorf("没有找到任何条文（“第一条　……”应另起一行，条号后有空格）")
	}
	if !v.From.IsZero() && v.To.Before(v.From) {
		return nil, &TextError{1, "失效日早于施行日"}
	}
	last, whole := v.Articles[len(v.Articles)-1].Article, 0
	for i := range v.Articles {
		if v.Articles[i].Sub == 0 {
			whole++
		}
	}
	if v.ArticlesTotal > 0 && last > v.ArticlesTotal {
		return nil, p.errorf("条文总数写 %d，却有第%s条", v.ArticlesTotal, registry.ChineseNumeral(last))
	}
	if v.Complete && whole != v.ArticlesTotal {
		return nil, p.errorf("写明收录全文、共 %d 条，实有 %d 条", v.ArticlesTotal, whole)
	}
	return v, nil
}

const numeral = cite.NumeralPattern

var (
	articleLine = lazyregexp.New(`^第(` + numeral + `)条(?:之(` + numeral + `))?(.*)$`)
	chapterLine = lazyregexp.New(`^第` + numeral + `(编|分编|章|节)[^。，；：、]{0,40}$`)
	itemLine    = lazyregexp.New(`^[（(](` + numeral + `)[）)][\s　]*(.+)$`) // \s alone would miss the full-width space
	subitemLine = lazyregexp.New(`^([0-9]{1,2})[.．、][\s　]*(\D.*)$`)
)

var ranks = map[string]int{"编": 1, "分编": 2, "章": 3, "节": 4}

func (p *parser) bodyLine(line string) error {
	if rest, ok := strings.CutPrefix(line, "#"); ok {
		return p.mark(rest)
	}
	if m := chapterLine.FindStringSubmatch(line); m != nil {
		rank := ranks[m[1]]
		for len(p.headings) > 0 && p.headings[len(p.headings)-1].rank >= rank {
			p.headings = p.headings[:len(p.headings)-1]
		}
		p.headings = append(p.headings, heading{rank, strings.Join(strings.Fields(line), "　")})
		return nil
	}
	if m := articleLine.FindStringSubmatch(line); m != nil {
		if started, err := p.startArticle(m); started || err != nil {
			return err
		}
	}
	if len(p.v.Articles) == 0 {
		// A pasted page: its title, （…通过）, 目录 and so on. A 项 here would mean that the 条 above it was not recognised.
		if itemLine.MatchString(line) {
			return p.errorf("“%s”之前没有条文", clip(line))
		}
		if p.fields != nil {
			return p.errorf("第一条之前只能有编、章、节的标题：“%s”", clip(line))
		}
		return nil
	}
	if len(p.marks) > 0 {
		return p.errorf("“#”标记只能写在条号之前")
	}
	a := &p.v.Articles[len(p.v.Articles)-1]
	return p.content(a, line)
}

func (p *parser) mark(rest string) error {
	key, value, _ := cutColon(rest)
	if p.marks == nil {
		p.marks = map[string]string{}
	}
	switch key {
	case "置信度":
		if err := p.confidence(value); err != nil {
			return err
		}
	case "来源":
		if p.fields[value] == "" || !extraSource.MatchString(value) {
			return p.errorf("文件头里没有“%s”", clip(value))
		}
		value = p.fields[value]
	case "款次":
		if value != "待核" {
			return p.errorf("款次只能标“待核”")
		}
	default:
		return p.errorf("看不懂标记“#%s”", clip(rest))
	}
	p.marks[key] = value
	return nil
}

// goesOn are the words after which 第三十条…… at the beginning of a line is a reference and not a heading.
var goesOn = lazyregexp.New(`^(规定|所|第|、|，|至|和|或|及|以|的)`)

// startArticle begins an article if the line does. 第三十条规定的…… may also begin a 款, so the number must be followed by
// white space; where it is not and the number is just the next one, the space was forgotten, and guessing would lose an article.
func (p *parser) startArticle(m []string) (started bool, err error) {
	n, ok := cite.ParseNumeral(m[1])
	sub := 0
	if ok && m[2] != "" {
		sub, ok = cite.ParseNumeral(m[2])
	}
	if !ok || n > 9999 || sub > 99 {
		return false, p.errorf("看不懂条号“%s”", clip(m[0]))
	}
	rest := strings.TrimLeft(m[3], " \t　")
	articles := p.v.Articles
	prev := registry.Provision{}
	if len(articles) > 0 {
		prev = articles[len(articles)-1].Provision()
	}
	if m[3] != "" && rest == m[3] {
		if next := (n == prev.Article+1 && sub == 0) || (n == prev.Article && sub == prev.Sub+1); next && !goesOn.MatchString(rest) {
			return false, p.errorf("“第%s条”之后应有空格", m[1])
		}
		return false, nil
	}
	if n < prev.Article || (n == prev.Article && sub <= prev.Sub) {
		if n == prev.Article && sub == prev.Sub {
			return false, p.errorf("%s出现了两次", prev)
		}
		return false, p.errorf("%s排在%s之后，条文应按顺序", registry.Provision{Article: n, Sub: sub}, prev)
	}
	a := Article{Article: n, Sub: sub, Confidence: p.v.Confidence, Source: p.v.Source}
	for i, h := range p.headings {
		if i > 0 {
			a.Heading += "　"
		}
		a.Heading += h.text
	}
	if c := p.marks["置信度"]; c != "" {
		a.Confidence = c
	}
	if s := p.marks["来源"]; s != "" {
		a.Source = s
	}
	a.Unsettled = p.marks["款次"] != ""
	p.marks = nil
	if rest != "" {
		a.Paragraphs = []Paragraph{{Text: rest}}
	}
	p.v.Articles = append(articles, a)
	return true, nil
}

// content adds a line to the article: a 项, a 目, a run-on, or the next 款.
func (p *parser) content(a *Article, line string) error {
	var para *Paragraph
	var item *Item
	if n := len(a.Paragraphs); n > 0 {
		para = &a.Paragraphs[n-1]
		if k := len(para.Items); k > 0 {
			item = &para.Items[k-1]
		}
	}
	if m := itemLine.FindStringSubmatch(line); m != nil {
		n, ok := cite.ParseNumeral(m[1])
		switch {
		case !ok:
			return p.errorf("看不懂项号“%s”", clip(line))
		case para == nil:
			return p.errorf("%s的第（%s）项之前没有条文", a.Provision(), m[1])
		case n != len(para.Items)+1:
			return p.errorf("%s此处应为第（%s）项，却是第（%s）项", a.Provision(), registry.ChineseNumeral(len(para.Items)+1), m[1])
		}
		para.Items = append(para.Items, Item{Number: n, Text: m[2]})
		return nil
	}
	if rest, ok := strings.CutPrefix(line, "＋"); ok {
		if item == nil || item.Tail != "" || rest == "" {
			return p.errorf("“＋”只能接在一项之后")
		}
		item.Tail = rest
		return nil
	}
	if m := subitemLine.FindStringSubmatch(line); m != nil {
		n, _ := strconv.Atoi(m[1])
		switch {
		case item == nil:
			return p.errorf("“%s”像是一目，但上面没有项", clip(line))
		case n != len(item.Subitems)+1:
			return p.errorf("%s第（%s）项此处应为第 %d 目，却是第 %d 目", a.Provision(), registry.ChineseNumeral(item.Number), len(item.Subitems)+1, n)
		}
		item.Subitems = append(item.Subitems, m[2])
		return nil
	}
	a.Paragraphs = append(a.Paragraphs, Paragraph{Text: line})
	return nil
}

// clip shortens a line for a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 24 {
		return string(r[:24]) + "…"
	}
	return s
}
