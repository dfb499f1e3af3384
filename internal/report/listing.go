package report

import (
	"bufio"
	"io"
	"iter"
	"strings"
	"time"

	"casebook/internal/registry"
)

// Listing is a plain list for people and programs: what is said about it, and sheets of rows that are read once. xlsx writes it as a workbook, WriteCSV one of its sheets.
type Listing struct {
	Title  string
	Notes  [][2]string // label and words: who, when, which conditions, what was left out
	AsOf   time.Time
	Demo   bool
	Sheets []ListSheet
}

// ListSheet is one sheet of a listing.
type ListSheet struct {
	Sheet
	Rows iter.Seq2[[]Cell, error]
}

// RowsOf are finished rows.
func RowsOf(rows [][]Cell) iter.Seq2[[]Cell, error] {
	return func(yield func([]Cell, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// FormulaLike reports whether a spreadsheet that opens a text, or whose user edits it, may take it for a formula.
func FormulaLike(s string) bool {
	if s == "" {
		return false
	}
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return true
	}
	return strings.HasPrefix(s, "＝") || strings.HasPrefix(s, "＋") || strings.HasPrefix(s, "－") || strings.HasPrefix(s, "＠")
}

// WriteCSV writes one sheet as RFC 4180 with CRLF and a byte order mark, by which Excel knows UTF-8. A text that begins like a formula has an apostrophe before it: a CSV file
// has no other way to say that it is text. Amounts have no thousands separators. It returns the number of rows.
func WriteCSV(w io.Writer, s ListSheet) (rows int, err error) {
	out := bufio.NewWriterSize(w, 1<<16)
	_, _ = out.WriteString("\uFEFF") // an error stays with out until Flush
	for i, c := range s.Columns {
		writeField(out, i, c.Title)
	}
	_, _ = out.WriteString("\r\n")
	for row, err := range s.Rows {
		if err != nil {
			return rows, err
		}
		for i, c := range row {
			writeField(out, i, c.plain())
		}
		if _, err := out.WriteString("\r\n"); err != nil {
			return rows, err
		}
		rows++
	}
	return rows, out.Flush()
}

// plain is a cell as a program reads it.
func (c Cell) plain() string {
	switch {
	case c.Kind == CellMoney:
		return strings.ReplaceAll(registry.Money(c.N).String(), ",", "")
	case (c.Kind == CellText || c.Kind == CellUnknown) && FormulaLike(c.Text):
		return "'" + c.Text
	}
	return c.String()
}

func writeField(out *bufio.Writer, i int, s string) {
	if i > 0 {
		_ = out.WriteByte(',')
	}
	s = strings.Map(func(r rune) rune {
		if r == 0 || r == '\uFEFF' {
			return -1
		}
		return r
	}, s)
	if strings.ContainsAny(s, ",\"\r\n") || s != strings.TrimSpace(s) {
		s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	_, _ = out.WriteString(s)
}
