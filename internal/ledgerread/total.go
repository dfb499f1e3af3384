package ledgerread

import (
	"fmt"
	"strings"

	"casebook/internal/registry"
)

// Total is a total that a sheet states, compared with the rows above it.
type Total struct {
	Sheet    string
	Row      int
	Column   string // title
	Stated   string
	Computed string
	Agrees   bool
	Note     string // of which rows; why it cannot agree
}

// sums are those of a column: since the last subtotal or section, and of the whole table.
type sums struct {
	group, whole         int64
	groupLost, wholeLost int // values that could not be read
	subtotals            int
}

// count takes a row's value in.
func (t *tableRead) count(col int, v int64, read bool) {
	s := t.sums[col]
	if s == nil {
		s = &sums{}
		t.sums[col] = s
	}
	if !read {
		s.groupLost++
		s.wholeLost++
		return
	}
	s.group += v
	s.whole += v
}

// total compares a row of totals with the rows above it. 小计 ends a group; 合计 may be that of a group or of all.
func (t *tableRead) total(row Row) {
	words := ""
	for _, c := range row.Cells {
		if c.Text != "" && c.Kind == Text {
			words = c.Text
			break
		}
	}
	for i, c := range row.Cells {
		col := t.columns[i+1]
		if col == nil || c.Text == "" || i+1 != col.N || fieldNamed[col.Field] == nil {
			continue
		}
		stated, as, ok := t.amount(col, c)
		if !ok {
			continue
		}
		s := t.sums[col.N]
		if s == nil {
			s = &sums{}
		}
		x := Total{Sheet: t.sheet.Name, Row: row.N, Column: col.Title, Stated: as(stated), Computed: as(s.group), Agrees: stated == s.group, Note: "上一个小计以来的各行"}
		lost := s.groupLost
		if !strings.Contains(words, "小计") && (s.subtotals > 0 || stated == s.whole) && !(x.Agrees && s.group != s.whole) {
			x.Computed, x.Agrees, x.Note, lost = as(s.whole), stated == s.whole, "表内各行", s.wholeLost
		}
		if s.subtotals == 0 {
			x.Note = "表内各行"
		}
		if !x.Agrees && lost > 0 {
			x.Note += fmt.Sprintf("，其中 %d 行的数读不出来", lost)
		}
		t.r.out.Totals = append(t.r.out.Totals, x)
	}
	for _, s := range t.sums {
		s.group, s.groupLost = 0, 0
		s.subtotals++
	}
}

// amount reads a cell of a column that is added up.
func (t *tableRead) amount(col *Column, c Cell) (v int64, as func(int64) string, ok bool) {
	switch fieldNamed[col.Field].as {
	case asMoney:
		m, err := moneyOf(c, col.Wan)
		return int64(m), func(v int64) string { return registry.Money(v).String() + " 元" }, err == nil
	case asCount:
		var rec Record
		var n *int64
		x := cellRead{r: t.r, col: col}
		if err := x.count(&rec, &n, c); err != nil || n == nil {
			return 0, nil, false
		}
		return *n, func(v int64) string { return fmt.Sprint(v) }, true
	}
	return 0, nil, false
}
