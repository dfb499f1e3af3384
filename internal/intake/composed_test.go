package intake

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/intake/compose"
	"casebook/internal/registry"
	"casebook/internal/statute"
)

var missed = flag.String("missed", "", "print how the tuned texts of this layout are read, where wrongly (all: of every layout)")

// figure is how texts were read: cases found, found with the very span, their fields; cases that are none and values that no text tells.
type figure struct {
	cases, found, exact, extra              int
	fields, right, wrong, unknown, invented int
	kinds                                   map[string]int
}

func (f *figure) add(g figure) {
	f.cases, f.found, f.exact, f.extra = f.cases+g.cases, f.found+g.found, f.exact+g.exact, f.extra+g.extra
	f.fields, f.right, f.wrong, f.unknown, f.invented = f.fields+g.fields, f.right+g.right, f.wrong+g.wrong, f.unknown+g.unknown, f.invented+g.invented
	for k, n := range g.kinds {
		if f.kinds == nil {
			f.kinds = map[string]int{}
		}
		f.kinds[k] += n
	}
}

func share(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

func (f figure) String() string {
	return fmt.Sprintf("cases %d of %d (%.1f%%), splits %.1f%%, extra %d, fields %.1f%% of %d (wrong %d, unknown %d, invented %d)", f.found, f.cases, share(f.found, f.cases),
		share(f.exact, f.cases), f.extra, share(f.right, f.fields), f.fields, f.wrong, f.unknown, f.invented)
}

// judge compares what was read of a text with what it tells.
func judge(t compose.Text, b Bulletin) (f figure, notes []string) {
	page := []rune(t.Body)
	used := map[int]bool{}
	f.kinds = map[string]int{}
	note := func(kind string, format string, args ...any) {
		f.kinds[kind]++
		notes = append(notes, fmt.Sprintf(kind+": "+format, args...))
	}
	f.cases = len(t.Cases)
	for _, c := range t.Cases {
		best, shared := -1, 0
		for i, d := range b.Cases {
			if n := min(c.End, d.End) - max(c.Start, d.Start); n > shared && !used[i] {
				best, shared = i, n
			}
		}
		if best < 0 || 2*shared < c.End-c.Start {
			note("lost", "%s", string(page[c.Start:min(c.End, c.Start+40)]))
			continue
		}
		used[best] = true
		d := b.Cases[best]
		f.found++
		if trimmed(page, c.Start, c.End) == trimmed(page, d.Start, d.End) {
			f.exact++
		} else {
			ends := func(from, to int) string {
				return string(page[from:min(to, from+40)]) + "…" + string(page[max(from, to-40):to])
			}
			note("span", "got %q want %q", ends(d.Start, d.End), ends(c.Start, c.End))
		}
		got, want := valuesOf(d), labelsOf(c)
		for _, k := range fieldNames {
			f.fields++
			switch g, w := got[k], want[k]; {
			case k == "measures" && measuresMatch(g, w), g == w:
				f.right++
			case g == "":
				f.unknown++
				note(k, "unknown, want %q in %.90q", w, string(page[c.Start:c.End]))
			case w == "":
				f.invented++
				note(k, "invented %q in %.90q", g, string(page[c.Start:c.End]))
			default:
				f.wrong++
				note(k, "got %q want %q in %.90q", g, w, string(page[c.Start:c.End]))
			}
		}
	}
	for i, d := range b.Cases {
		if !used[i] {
			f.extra++
			note("extra", "%.80q", string(page[d.Start:d.End]))
		}
	}
	return f, notes
}

func trimmed(page []rune, from, to int) [2]int {
	for from < to && isSpace(page[from]) {
		from++
	}
	for to > from && isSpace(page[to-1]) {
		to--
	}
	return [2]int{from, to}
}

var fieldNames = []string{"title", "authority", "district", "found_on", "party", "species", "head_count", "fine_yuan", "violated", "measures"}

func valuesOf(d Draft) map[string]string {
	v := map[string]string{"title": d.Title, "authority": d.Authority, "district": d.District, "found_on": d.FoundOn.String(), "party": d.Party, "species": family(d.Species),
		"measures": strings.Join(d.Measures, "|")}
	if d.HeadCount != nil {
		v["head_count"] = fmt.Sprint(*d.HeadCount)
	}
	if d.Fine != nil {
		v["fine_yuan"] = fmt.Sprint(d.Fine.Fen() / 100)
	}
	var law []string
	for _, p := range d.Violated {
		s := fmt.Sprintf("%s|%d|", p.Law, p.Article)
		if p.Paragraph > 0 {
			s += fmt.Sprint(p.Paragraph)
		}
		law = append(law, s)
	}
	v["violated"] = strings.Join(law, ";")
	return v
}

func labelsOf(c compose.Case) map[string]string {
	v := map[string]string{"title": c.Title, "authority": c.Authority, "district": c.District, "found_on": c.FoundOn, "party": c.Party, "species": family(c.Species),
		"violated": strings.Join(c.Violated, ";"), "measures": strings.Join(c.Measures, "|")}
	if c.Heads > 0 {
		v["head_count"] = fmt.Sprint(c.Heads)
	}
	if c.Fine > 0 {
		v["fine_yuan"] = fmt.Sprint(c.Fine)
	}
	return v
}

// measuresMatch: as many measures as labels, and each label's words in one.
func measuresMatch(got, want string) bool {
	g, w := strings.Split(got, "|"), strings.Split(want, "|")
	return len(g) == len(w) && !slices.ContainsFunc(w, func(s string) bool {
		return !slices.ContainsFunc(g, func(x string) bool { return strings.Contains(x, s) || x != "" && strings.Contains(s, x) })
	})
}

func figureOf(t *testing.T, texts []compose.Text, show string) (all figure, by map[string]*figure) {
	t.Helper()
	by = map[string]*figure{}
	for _, x := range texts {
		b := ReadBulletin(statute.Embedded(), x.Body, registry.Date{})
		checkBulletin(t, x.Body, b)
		f, notes := judge(x, b)
		all.add(f)
		if by[x.Layout] == nil {
			by[x.Layout] = &figure{}
		}
		by[x.Layout].add(f)
		if show == "all" || show == x.Layout {
			for _, n := range notes {
				fmt.Printf("%s | %s\n", x.Layout, strings.ReplaceAll(n, "\n", "⏎"))
			}
		}
	}
	return all, by
}

// TestComposedTexts reads texts whose labels are known by construction. The figures are README's.
func TestComposedTexts(t *testing.T) {
	tuned, by := figureOf(t, compose.Tuned(400), *missed)
	unseen, _ := figureOf(t, compose.Unseen(200), *missed)
	if *missed != "" {
		for _, name := range compose.Layouts() {
			fmt.Printf("%-30s %s\n", name, by[name])
		}
		fmt.Println(tuned.kinds)
	}
	t.Logf("tuned:  %s", tuned)
	t.Logf("unseen: %s", unseen)
	for _, x := range []struct {
		of                   string
		figure               figure
		found, exact, fields float64
		invented             int
	}{{"tuned", tuned, 99, 98, 99, 3}, {"unseen", unseen, 98, 97, 98, 4}} {
		if f := x.figure; share(f.found, f.cases) < x.found || share(f.exact, f.cases) < x.exact || share(f.right, f.fields) < x.fields || f.invented > x.invented {
			t.Errorf("%s: %s; found at least %v, splits %v, fields %v, invented at most %d", x.of, f, x.found, x.exact, x.fields, x.invented)
		}
	}
}

// TestComposedTextsAsTheyCome reads the texts as copies bring them: with blank lines, in columns, indented, among a site's furniture. As many parties are found.
func TestComposedTextsAsTheyCome(t *testing.T) {
	column := func(width int) func(string) string { return func(s string) string { return wrap(s, width, true) } }
	for name, dress := range map[string]func(string) string{
		"blank lines": func(s string) string { return strings.ReplaceAll(s, "\n", "\n\n") },
		"CRLF":        func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"half width":  strings.NewReplacer("，", ",", "：", ":", "（", "(", "）", ")", "；", ";").Replace,
		"indented":    func(s string) string { return "　　" + strings.ReplaceAll(s, "\n", "\n　　") },
		"site": func(s string) string {
			return "首页 > 新闻中心\n发布时间：2025-03-01 来源：本站 浏览次数：120\n" + s + "\n【打印】【关闭】\n上一篇：会议通知\n版权所有：某某局"
		},
		"columns of 18": column(18), "columns of 24": column(24),
	} {
		t.Run(name, func(t *testing.T) {
			cases, found, extra := 0, 0, 0
			for _, x := range append(compose.Tuned(200), compose.Unseen(100)...) {
				if strings.Contains(x.Body, "\t") { // a table has its own lines
					continue
				}
				read := ReadBulletin(statute.Embedded(), dress(x.Body), registry.Date{}).Cases
				left := len(read)
				for _, c := range x.Cases {
					if i := slices.IndexFunc(read, func(d Draft) bool { return d.Party == c.Party }); i >= 0 {
						read[i].Party, found, left = "", found+1, left-1
					}
				}
				cases, extra = cases+len(x.Cases), extra+left
			}
			if share(found, cases) < 97 || share(extra, cases) > 2 {
				t.Errorf("%d of %d cases found by their parties, %d others", found, cases, extra)
			}
		})
	}
}
