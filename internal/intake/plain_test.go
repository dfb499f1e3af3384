package intake

import (
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// Texts as people see them, each with a spelling that a copy from a PDF, a web page or a chat program gives: both are read alike.
func TestLookAlikesAreReadAsPrinted(t *testing.T) {
	page := "案例一 恩平市绿水畜牧有限公司违法排污案\n" +
		"【案情简介】2024年6月12日，江门市生态环境局恩平分局执法人员对恩平市绿水畜牧有限公司进行现场检查，该公司存栏生猪1200头，养殖废水外排。\n" +
		"【查处情况】该公司的行为违反了《中华人民共和国水污染防治法》第三十九条的规定，依据《中华人民共和国水污染防治法》第八十三条第（三）项，责令立即改正违法行为，处罚款12万元。\n" +
		"【以案说法】《中华人民共和国水污染防治法》第三十九条　禁止利用渗井、渗坑、裂隙、溶洞，私设暗管，篡改、伪造监测数据，或者不正常运行水污染防治设施等逃避监管的方式排放水污染物。\n"
	replace := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(page) }
	between := func(mark string) string {
		var b strings.Builder
		for _, c := range page {
			b.WriteRune(c)
			if c != '\n' {
				b.WriteString(mark)
			}
		}
		return b.String()
	}
	for name, spelling := range map[string]string{
		"Kangxi radicals":     replace("水", "⽔", "人", "⼈", "行", "⾏", "大", "⼤", "十", "⼗", "八", "⼋", "一", "⼀", "二", "⼆", "日", "⽇", "月", "⽉", "生", "⽣", "用", "⽤", "立", "⽴", "方", "⽅"),
		"radicals supplement": replace("民", "⺠", "西", "⻄"),
		"full width":          replace("2", "２", "0", "０", "4", "４", "6", "６", "1", "１"),
		"small forms":         replace("、", "﹑", "，", "﹐", "（", "﹙", "）", "﹚"),
		"zero-width spaces":   between("\u200b"),
		"word joiners":        between("\u2060"),
		"soft hyphens":        between("\u00ad"),
		"variation selectors": between("\ufe0f"),
		"half-width marks":    replace("、", "､", "。", "｡", "（", "(", "）", ")", "：", ":"),
	} {
		t.Run(name, func(t *testing.T) {
			if spelling == page {
				t.Fatal("the spelling is the page itself")
			}
			want, got := ReadBulletin(statute.Embedded(), page, registry.Date{}), ReadBulletin(statute.Embedded(), spelling, registry.Date{})
			if len(got.Cases) != 1 || len(want.Cases) != 1 {
				t.Fatalf("%d cases, want 1", len(got.Cases))
			}
			g, w := got.Cases[0], want.Cases[0]
			if a, b := registry.Fold(facts(g)), registry.Fold(facts(w)); a != b {
				t.Errorf("%s", firstDifference(a, b))
			}
			if strings.Join(g.Warnings, "|") != strings.Join(w.Warnings, "|") || len(g.Quotes) != 1 || g.Quotes[0].Matches == nil || !*g.Quotes[0].Matches {
				t.Errorf("warnings %q, quotes %+v", g.Warnings, g.Quotes)
			}
			r := []rune(spelling)
			said := func(m Mark) string { return m.Field + " " + registry.Fold(string(r[m.Start:m.End])) }
			p := []rune(page)
			for i, m := range w.Marks {
				if want := m.Field + " " + registry.Fold(string(p[m.Start:m.End])); i >= len(g.Marks) || said(g.Marks[i]) != want {
					t.Errorf("mark %d of %d is not %q", i, len(g.Marks), want)
				}
			}
			if q := g.Quotes[0]; registry.Fold(string(r[q.Start:q.End])) != registry.Fold(q.Text) {
				t.Errorf("the quote's place selects %q", string(r[q.Start:q.End]))
			}
			for i, m := range got.Citations {
				if s := string(r[m.Start:m.End]); s != m.Surface {
					t.Errorf("citation %d: place selects %q, surface is %q", i, s, m.Surface)
				}
			}
			if len(got.Citations) != len(want.Citations) {
				t.Errorf("%d citations, want %d", len(got.Citations), len(want.Citations))
			}
		})
	}
}

// What is printed of a case is written with ordinary characters: fonts have no shape for the others, and no list finds them.
func TestDraftsAreWrittenInOrdinaryCharacters(t *testing.T) {
	d := one(t, "2024年6⽉12⽇，江门市⽣态环境局恩平分局执法⼈员对恩平市绿⽔\u200b养殖场进⾏现场检查，发现养殖废⽔外排。", "江门市⽣态环境局恩平分局责令⽴即改正违法⾏为，处罚款⼗⼆万元。")
	if d.FoundOn != registry.Day(2024, 6, 12) || d.Authority != "江门市生态环境局恩平分局" || d.Fine == nil || d.Fine.Fen() != 12000000 ||
		strings.Join(d.Measures, "|") != "责令立即改正违法行为" || !strings.Contains(d.Narrative, "恩平市绿水养殖场进行现场检查") {
		t.Errorf("%+v", d)
	}
}
