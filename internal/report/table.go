package report

import (
	"strconv"
	"strings"

	"casebook/internal/registry"
)

// Kind says what the cells of a column are, so that a renderer can align and format them.
type Kind uint8

// The kinds. A cell may still be text where its column is not: an unknown amount is a word.
const (
	KindText    Kind = iota
	KindCode         // text that looks like a number: 文号, 信用代码, 证号. Never a number cell
	KindDate         // registry.Date, perhaps only a month or year
	KindMoney        // 元, exact to the 分
	KindInteger      // a count
	KindOrdinal      // a number that names: 序号, 第几条. Never summed
	KindNumber       // a decimal as printed, with its own digits
)

// Column describes one column. Width is in half-width characters (a Han character takes two).
type Column struct {
	Key     string // stable name; queries and tests use it
	Title   string
	Kind    Kind
	Width   float64
	Wrap    bool   // long text: wraps inside its width
	Meaning string // for the 说明 sheet: what it means, and what an empty cell means
}

// Sheet describes one detail sheet. The first Freeze columns identify a row and stay in sight.
type Sheet struct {
	Name    string // as on the tab
	Title   string // as printed
	About   string // one row is one …
	Columns []Column
	Freeze  int
	Groups  []Group // of a wide sheet; nil: none
	More    int     // the last columns, which stand only where they are asked for: long texts, addresses
}

// plain is how many columns stand without being asked for.
func (s *Sheet) plain() int { return len(s.Columns) - s.More }

// Group is a run of columns that belong together: it begins at a column and goes to the next group.
type Group struct{ Name, First string }

// GroupOf is the place and the name of the group of a column; -1 where the sheet has none.
func (s *Sheet) GroupOf(column int) (n int, name string) {
	n = -1
	for i, g := range s.Groups {
		if first, ok := s.column(g.First); ok && first <= column {
			n, name = i, g.Name
		}
	}
	return n, name
}

// Index is the position of the column with a key. It panics on a key that does not exist: keys are written in code.
func (s *Sheet) Index(key string) int {
	for i, c := range s.Columns {
		if c.Key == key {
			return i
		}
	}
	panic("report: sheet " + s.Name + " has no column " + key)
}

// CellKind says what a cell holds.
type CellKind uint8

// What a cell may hold.
const (
	Empty       CellKind = iota // this record has no such thing (无): not the same as unknown
	CellText                    // Text
	CellUnknown                 // Text is the word: 未公布, 未填
	CellDate                    // Date
	CellMoney                   // N in 分
	CellInteger                 // N
	CellNumber                  // Text is a plain decimal of at most 15 significant digits
)

// Cell is one value. It is small and copied freely.
type Cell struct {
	Kind CellKind
	Text string
	N    int64
	Date registry.Date
}

// Text is a text cell; empty text is the empty cell.
func Text(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{Kind: CellText, Text: s}
}

// TextOr is text, or the word for the unknown where there is none.
func TextOr(s, unknown string) Cell {
	if s == "" {
		return Unknown(unknown)
	}
	return Cell{Kind: CellText, Text: s}
}

// Unknown is a value that exists and is not known.
func Unknown(word string) Cell { return Cell{Kind: CellUnknown, Text: word} }

// DateOr is a date, or the word for the unknown.
func DateOr(d registry.Date, unknown string) Cell {
	if d.IsZero() {
		return Unknown(unknown)
	}
	return Cell{Kind: CellDate, Date: d}
}

// DateCell is a date, or the empty cell.
func DateCell(d registry.Date) Cell {
	if d.IsZero() {
		return Cell{}
	}
	return Cell{Kind: CellDate, Date: d}
}

// Money is an amount.
func Money(m registry.Money) Cell { return Cell{Kind: CellMoney, N: m.Fen()} }

// MoneyOr is an amount, or the word for the unknown.
func MoneyOr(m *registry.Money, unknown string) Cell {
	if m == nil {
		return Unknown(unknown)
	}
	return Money(*m)
}

// Integer is a count.
func Integer(n int) Cell { return Cell{Kind: CellInteger, N: int64(n)} }

// IntegerOr is a count, or the word for the unknown.
func IntegerOr(n *int64, unknown string) Cell {
	if n == nil {
		return Unknown(unknown)
	}
	return Cell{Kind: CellInteger, N: *n}
}

// ordinal is a count of which zero means "not named".
func ordinal(n int) Cell {
	if n == 0 {
		return Cell{}
	}
	return Integer(n)
}

// Number is a decimal as printed where a spreadsheet can hold exactly that (282, 19.60), else text (2.9×10^10, 0012,
// 20 digits): a spreadsheet keeps 15 significant digits and drops the rest without a word.
func Number(s string) Cell {
	if plainDecimal(s) {
		return Cell{Kind: CellNumber, Text: s}
	}
	return Text(s)
}

func plainDecimal(s string) bool {
	whole, frac, dot := strings.Cut(s, ".")
	for i := range len(whole) + len(frac) {
		if c := (whole + frac)[i]; c < '0' || c > '9' {
			return false
		}
	}
	if whole == "" || dot && frac == "" || len(whole) > 1 && whole[0] == '0' || len(frac) > 8 {
		return false
	}
	return len(strings.TrimLeft(whole+frac, "0")) <= 15
}

// String is the cell as a page or a test shows it.
func (c Cell) String() string {
	switch c.Kind {
	case CellDate:
		return c.Date.String()
	case CellMoney:
		return registry.Money(c.N).String()
	case CellInteger:
		return strconv.FormatInt(c.N, 10)
	}
	return c.Text
}

// Table is a small finished table of the summary: rows, a total, and what the detail sheets say against the total.
type Table struct {
	Key     string
	Title   string
	Note    string // the counting rule in words
	Columns []Column
	Rows    []Row
	Total   []Cell  // aligned with Columns; empty where a column has no total
	Detail  []Query // aligned with Columns; the zero Query where there is nothing to ask
}

// Row is one line of a Table. RowCheck asks the detail sheet for the row's own total, where there is one.
type Row struct {
	Cells []Cell
	Check Query
}

// TotalKind is what the cells hold that a row's Check is about.
func (t *Table) TotalKind() CellKind { return t.Total[t.checkColumn()].Kind }
