package statute

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"casebook/internal/registry"
)

const front = `法名: 某某条例
简称: 某条例
别名: 甲、乙
版本: 2020年公布
层级: 行政法规
制定机关: 国务院
文号: 未核到
施行: 2020-01-01
失效: 现行
条文总数: 未知
收录: 节选
来源: 副本一
来源2: 副本二
置信度: full_text_x2
核对: 未核对
备注: 含冒号：a:b

`

func TestParseText(t *testing.T) {
	text := front + `第一章　总则

第一条　为了测试，制定本条例。
　　本条例适用于测试。

第二章　细则
第一节　甲

# 置信度: full_text
# 来源: 来源2
# 款次: 待核
第十条　有下列情形之一的：
（一）甲；
1.子目一；
2.子目二。
(二) 乙。
＋后段。
第十条之一 第三十条规定的事项，
　　第十一条规定的事项。
`
	v, err := ParseText([]byte(text))
	if err != nil {
		t.Fatalf("ParseText: %v", err)
	}
	if got, want := v.Note, "含冒号：a:b"; got != want {
		t.Errorf("Note = %q, want %q", got, want)
	}
	if got, want := v.Aliases, []string{"甲", "乙"}; !reflect.DeepEqual(got, want) {
		t.Errorf("Aliases = %q, want %q", got, want)
	}
	want := []Article{
		{Article: 1, Heading: "第一章　总则", Confidence: "full_text_x2", Source: "副本一", Paragraphs: []Paragraph{
			{Text: "为了测试，制定本条例。"}, {Text: "本条例适用于测试。"},
		}},
		{Article: 10, Heading: "第二章　细则　第一节　甲", Confidence: "full_text", Source: "副本二", Unsettled: true, Paragraphs: []Paragraph{
			{Text: "有下列情形之一的：", Items: []Item{
				{Number: 1, Text: "甲；", Subitems: []string{"子目一；", "子目二。"}},
				{Number: 2, Text: "乙。", Tail: "后段。"},
			}},
		}},
		{Article: 10, Sub: 1, Heading: "第二章　细则　第一节　甲", Confidence: "full_text_x2", Source: "副本一", Paragraphs: []Paragraph{
			{Text: "第三十条规定的事项，"}, {Text: "第十一条规定的事项。"},
		}},
	}
	if !reflect.DeepEqual(v.Articles, want) {
		t.Errorf("ParseText(…).Articles =\n%+v\nwant\n%+v", v.Articles, want)
	}
}

func TestParseTextRefuses(t *testing.T) {
	body := func(s string) string { return front + s }
	for _, tt := range []struct {
		name, text string
		line       int
		contains   string
	}{
		{"not UTF-8", "\xff\xfe", 1, "UTF-8"},
		{"unknown field", "法名: 甲\n作者: 乙\n", 2, "看不懂“作者: 乙”"},
		{"field twice", "法名: 甲\n法名: 乙\n", 2, "写了两次"},
		{"missing field", "法名: 甲\n\n第一条　甲。\n", 1, "缺少“版本”"},
		{"unknown level", "层级: 国法\n", 1, "不认识的层级"},
		{"impossible date", strings.Replace(front, "2020-01-01", "2020-02-30", 1), 8, "施行"},
		{"no articles", front, 0, "没有找到任何条文"},
		{"articles out of order", body("第二条　甲。\n第一条　乙。\n"), 19, "第一条排在第二条之后"},
		{"article twice", body("第二条　甲。\n第二条　乙。\n"), 19, "第二条出现了两次"},
		{"forgotten space", body("第一条　甲。\n第二条乙。\n"), 19, "“第二条”之后应有空格"},
		{"item skipped", body("第一条　甲：\n（一）乙；\n（三）丙。\n"), 20, "应为第（二）项"},
		{"item before any article", body("（一）乙；\n"), 18, "之前没有条文"},
		{"item before any text", body("第一条\n（一）乙；\n"), 19, "之前没有条文"},
		{"subitem without item", body("第一条　甲：\n1.乙；\n"), 19, "上面没有项"},
		{"subitem skipped", body("第一条　甲：\n（一）乙：\n2.丙\n"), 20, "应为第 1 目"},
		{"run-on without item", body("第一条　甲。\n＋乙。\n"), 19, "“＋”只能接在一项之后"},
		{"text before the first article", body("甲。\n第一条　乙。\n"), 18, "第一条之前"},
		{"unknown mark", body("# 颜色: 红\n第一条　甲。\n"), 18, "看不懂标记"},
		{"mark in the text", body("第一条　甲。\n# 款次: 待核\n乙。\n"), 20, "条号之前"},
		{"mark at the end", body("第一条　甲。\n# 款次: 待核\n"), 0, "之后没有条文"},
		{"source not declared", body("# 来源: 来源3\n第一条　甲。\n"), 18, "没有“来源3”"},
		{"more articles than there are", strings.Replace(body("第三条　甲。\n"), "条文总数: 未知", "条文总数: 2", 1), 0, "却有第三条"},
		{"not complete", strings.Replace(strings.Replace(body("第二条　甲。\n"), "条文总数: 未知", "条文总数: 2", 1), "节选", "全文", 1), 0, "实有 1 条"},
		{"ends before it begins", strings.Replace(body("第一条　甲。\n"), "现行", "2019-12-31", 1), 1, "失效日早于施行日"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseText([]byte(tt.text))
			var te *TextError
			if !errors.As(err, &te) {
				t.Fatalf("ParseText(%q) error = %v, want a *TextError", tt.text, err)
			}
			if !strings.Contains(te.Message, tt.contains) || (tt.line > 0 && te.Line != tt.line) {
				t.Errorf("ParseText(…) error = %q, want line %d with %q", te, tt.line, tt.contains)
			}
		})
	}
}

func TestParseArticlesReadsAPastedPage(t *testing.T) {
	articles, err := ParseArticles("\ufeff某某法\r\n（2020年1月1日通过）\r\n目　录\r\n第一章　总　则\r\n第二章　附　则\r\n\r\n第一章　总　则\r\n　　第一条 甲。\r\n　　乙。\r\n第二章　附　则\r\n　　第二条　有下列情形之一的：\r\n　　（一）　丙；\r\n　　（二）丁。\r\n")
	if err != nil {
		t.Fatalf("ParseArticles: %v", err)
	}
	want := []Article{
		{Article: 1, Heading: "第一章　总　则", Paragraphs: []Paragraph{{Text: "甲。"}, {Text: "乙。"}}},
		{Article: 2, Heading: "第二章　附　则", Paragraphs: []Paragraph{
			{Text: "有下列情形之一的：", Items: []Item{{Number: 1, Text: "丙；"}, {Number: 2, Text: "丁。"}}},
		}},
	}
	if !reflect.DeepEqual(articles, want) {
		t.Errorf("ParseArticles(…) =\n%+v\nwant\n%+v", articles, want)
	}
	if _, err := ParseArticles("没有条文"); err == nil {
		t.Error("ParseArticles(没有条文): no error")
	}
}

// render writes articles as a law text again.
func render(articles []Article) string {
	var b strings.Builder
	for i := range articles {
		a := &articles[i]
		b.WriteString(a.Provision().String() + "　")
		for j, p := range a.Paragraphs {
			if j > 0 {
				b.WriteString("　　")
			}
			b.WriteString(p.Text + "\n")
			for _, it := range p.Items {
				b.WriteString("（" + registry.ChineseNumeral(it.Number) + "）" + it.FullText() + "\n")
				if it.Tail != "" {
					b.WriteString("＋" + it.Tail + "\n")
				}
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func FuzzParseArticles(f *testing.F) {
	f.Add("第一条　甲：\n（一）乙；\n1.丙。\n（二）丁。\n＋戊。\n　　己。\n第一条之一　庚。")
	f.Add("第一章 总则\n第一条\n甲")
	f.Add("第10条 甲\r\n(1)乙\n# 款次: 待核\n第11条 丙")
	f.Add("第15501条 甲")
	f.Fuzz(func(t *testing.T, text string) {
		articles, err := ParseArticles(text)
		if err != nil {
			return
		}
		v := &Version{Articles: articles, Confidence: "full_text"}
		for i := range articles {
			a := &articles[i]
			if got, ok := v.Article(a.Article, a.Sub); !ok || got != a {
				t.Fatalf("Article(%d, %d) does not find the parsed article", a.Article, a.Sub)
			}
			for j := range a.Paragraphs {
				p := registry.Provision{Article: a.Article, Sub: a.Sub, Paragraph: j + 1}
				if text, held := v.Text(p); held != registry.Held || text != a.Paragraphs[j].FullText() {
					t.Fatalf("Text(%s) = %q, %s", p, text, held)
				}
			}
			if len(a.Paragraphs) == 0 {
				return
			}
		}
		again, err := ParseArticles(render(articles))
		if err != nil {
			t.Fatalf("ParseArticles(render(…)): %v\n%s", err, render(articles))
		}
		for i := range again {
			if got, want := again[i].Text(), articles[i].Text(); got != want {
				t.Fatalf("rendered and parsed again: %q, want %q", got, want)
			}
		}
	})
}
