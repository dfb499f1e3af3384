package report

import (
	"iter"
	"strings"
	"time"

	"casebook/internal/seal"
)

// Listing is a plain list for people and programs: what is said about it, and sheets of rows that are read once. xlsx writes it as a workbook, flatfile one of its sheets.
type Listing struct {
	Title  string
	Notes  [][2]string // label and words: who, when, which conditions, what was left out
	AsOf   time.Time
	Claim  *seal.Claim // what it says of itself, without its rows; nil: nothing
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

// FormulaLike reports whether a spreadsheet that opens a text, or whose user edits it, may take it for a formula: the one rule of workbooks and text files.
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
