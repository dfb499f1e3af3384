package pdf

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/report"
)

// plan paginates rows on a page of ten units and returns the tops of the rows, page by page.
func plan(rows ...row) [][]float64 {
	var out [][]float64
	for _, s := range paginate(rows, 0, 10, 1) {
		var tops []float64
		for _, r := range s.rows {
			tops = append(tops, r.y)
		}
		out = append(out, tops)
	}
	return out
}

func repeat(n int, r row) []row { return slices.Repeat([]row{r}, n) }

func TestPaginate(t *testing.T) {
	line := row{height: 1}
	heading := row{height: 1, keep: true}
	for _, tc := range []struct {
		name string
		rows []row
		want [][]float64
	}{
		{"nothing is one empty page", nil, [][]float64{nil}},
		{"a full page", repeat(10, line), [][]float64{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}}},
		{"a heading never ends a page", slices.Concat(repeat(9, line), []row{heading}, repeat(1, line)),
			[][]float64{{0, 1, 2, 3, 4, 5, 6, 7, 8}, {0, 1}}},
		{"no widow", slices.Concat(repeat(7, line), tie(repeat(4, line), false)),
			[][]float64{{0, 1, 2, 3, 4, 5, 6, 7, 8}, {0, 1}}},
		{"no orphan", slices.Concat(repeat(9, line), tie(repeat(4, line), false)),
			[][]float64{{0, 1, 2, 3, 4, 5, 6, 7, 8}, {0, 1, 2, 3}}},
		{"a chain higher than a page is cut", repeat(12, heading), [][]float64{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {0, 1}}},
		{"white is dropped at the top", slices.Concat(repeat(10, line), []row{{height: 1, space: 3}}),
			[][]float64{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {0}}},
		{"back to the grid", []row{{height: 1.3}, {height: 1, grid: true}}, [][]float64{{0, 2}}},
		{"a table's head is repeated", slices.Concat(repeat(10, line), []row{{height: 1, head: repeat(1, heading)}}),
			[][]float64{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {0, 1}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := plan(tc.rows...)
			if !slices.EqualFunc(got, tc.want, slices.Equal[[]float64]) {
				t.Errorf("paginate = %v, want %v", got, tc.want)
			}
		})
	}
}

func TestBoxOverPagesHasAGroundOnEach(t *testing.T) {
	box := &ground{pad: 0.5}
	rows := slices.Concat(repeat(4, row{height: 1}), repeat(10, row{height: 1, box: box}), repeat(1, row{height: 1}))
	sheets := paginate(rows, 0, 10, 1)
	if len(sheets) != 2 {
		t.Fatalf("paginate makes %d pages, want 2", len(sheets))
	}
	for i, want := range []panel{{box, 4, 10}, {box, 0, 6}} {
		if got := sheets[i].panels; len(got) != 1 || got[0] != want {
			t.Errorf("page %d has grounds %v, want %v", i+1, got, want)
		}
	}
	if y := sheets[1].rows[5].y; y != 6 {
		t.Errorf("text after the box begins at %v, want 6", y)
	}
}

// Whatever the length of the text before them, the last page never holds the notes alone, and no heading stands over
// fewer than two lines.
func TestNotesAndHeadingsHaveCompany(t *testing.T) {
	quote := report.StatuteQuote{Law: "畜禽规模养殖污染防治条例", Provision: "第二十条", Text: strings.Repeat("畜禽养殖废弃物未经处理，不得直接向环境排放。", 6)}
	for _, quotes := range [][]report.StatuteQuote{nil, {quote}, {quote, quote}} {
		for lines := range 60 {
			d := NewDocument(Info{})
			for range lines {
				d.Paragraph(Body, Run{Text: "导语。"})
			}
			heading := len(d.rows)
			c := report.BulletinCase{Label: "案件一", Title: "某场排污案", Facts: []string{"一行。", "又一行。", "第三行。"}, Quotes: quotes}
			d.bulletinCase(&c, new(report.Bulletin).Parts(&c))
			notes := len(d.rows)
			d.notes([]string{"所引法条以官方公布文本为准。", "案情为虚构。"})
			sheets, n := paginate(d.rows, AreaTop, AreaTop+AreaH, LinePitch), 0
			for i, s := range sheets {
				if end := n + len(s.rows); heading >= n && heading+3 > end && heading < end {
					t.Errorf("%d lines, %d quotes: page %d ends with a heading and %d lines", lines, len(quotes), i+1, end-heading-1)
				}
				if i == len(sheets)-1 && n >= notes {
					t.Errorf("%d lines, %d quotes: the last page holds nothing but notes", lines, len(quotes))
				}
				n += len(s.rows)
			}
		}
	}
}
