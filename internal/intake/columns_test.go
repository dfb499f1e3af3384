package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// facts are what must not depend on where a column broke the lines.
func facts(d Draft) string {
	heads, fine := "", ""
	if d.HeadCount != nil {
		heads = fmt.Sprint(*d.HeadCount)
	}
	if d.Fine != nil {
		fine = d.Fine.String()
	}
	var law []string
	for _, list := range [][]Provision{d.Violated, d.Basis} {
		for _, p := range list {
			law = append(law, p.Law+p.Key())
		}
		law = append(law, "/")
	}
	return strings.Join([]string{d.Title, d.Authority, d.District, d.FoundOn.String(), d.Party, d.Species, heads, fine, strings.Join(law, " "),
		strings.Join(d.Measures, "|")}, "\n")
}

// wrap breaks each line of a text into lines of a column, the first indented by two characters as newspapers do.
func wrap(text string, width int, indent bool) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		r := []rune(strings.TrimSpace(line))
		first := width
		if indent && len(r) > width {
			b.WriteString("　　")
			first = width - 2
		}
		for len(r) > first {
			b.WriteString(string(r[:first]) + "\n")
			r, first = r[first:], width
		}
		b.WriteString(string(r) + "\n")
	}
	return b.String()
}

// TestColumnsDoNotMatter reads each text as it is and as a newspaper's column would break it.
func TestColumnsDoNotMatter(t *testing.T) {
	files, _ := filepath.Glob("testdata/bulletins/*.txt")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		// Tables, pages' source, forms and what is broken already have their own lines.
		if strings.Contains(text, "\t") || strings.Contains(text, "<p>") || strings.Contains(text, "决定书\n") || strings.Contains(text, "告知书\n") ||
			strings.Contains(file, "newspaper") ||
			strings.Contains(file, "fullwidth") || strings.Contains(file, "numbers-in-tables") {
			continue
		}
		for _, width := range []int{15, 17, 22, 26, 34} {
			for _, indent := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s/%d/%v", strings.TrimSuffix(filepath.Base(file), ".txt"), width, indent), func(t *testing.T) {
					want := ReadBulletin(statute.Embedded(), text, registry.Date{})
					broken := wrap(text, width, indent)
					if width == 22 { // a copy with an empty line between all lines
						broken = strings.ReplaceAll(broken, "\n", "\n\n")
					}
					got := ReadBulletin(statute.Embedded(), broken, registry.Date{})
					if len(got.Cases) != len(want.Cases) {
						t.Fatalf("%d cases, want %d", len(got.Cases), len(want.Cases))
					}
					for i := range got.Cases {
						if g, w := facts(got.Cases[i]), facts(want.Cases[i]); g != w {
							t.Errorf("case %d: %s", i, firstDifference(g, w))
						}
					}
				})
			}
		}
	}
}

// TestLostLineEndsDoNotMatter reads a page as it is and with a space, or nothing, where its lines ended.
func TestLostLineEndsDoNotMatter(t *testing.T) {
	page := "典型案例一：恩平市某畜牧有限公司违法排污案\n【案情简介】2024年6月12日，江门市生态环境局恩平分局检查该公司，存栏生猪1200头，养殖废水外排。\n" +
		"【查处情况】该公司违反了《中华人民共和国水污染防治法》第三十九条的规定，责令立即改正违法行为，处罚款12万元。\n" +
		"典型案例二：开平市某养鸡场未批先建案\n【案情简介】2024年6月13日，江门市生态环境局开平分局检查该养鸡场，存栏蛋鸡3万羽，环评未批先建。\n【查处情况】责令停止建设，处罚款2万元。\n"
	want := ReadBulletin(statute.Embedded(), page, registry.Date{}).Cases
	for _, end := range []string{" ", ""} {
		got := ReadBulletin(statute.Embedded(), strings.ReplaceAll(page, "\n", end), registry.Date{}).Cases
		if len(want) != 2 || len(got) != 2 {
			t.Fatalf("line ends %q: %d cases, want %d", end, len(got), len(want))
		}
		for i := range got {
			if g, w := facts(got[i]), facts(want[i]); g != w || got[i].Narrative != want[i].Narrative {
				t.Errorf("line ends %q, case %d: %s", end, i, firstDifference(g+"\n"+got[i].Narrative, w+"\n"+want[i].Narrative))
			}
		}
	}
}
