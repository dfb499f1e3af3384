package ledgerread

import (
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"strings"

	"casebook/internal/intake"
	"casebook/internal/registry"
)

// openText opens a table in UTF-8, UTF-16 or GB 18030.
func openText(b []byte, name string) (*Book, error) {
	text, err := intake.Decode(b)
	if err != nil {
		return nil, refuse("%s", err)
	}
	text = strings.TrimPrefix(text, "\uFEFF")
	comma := commaOf(text)
	name = strings.TrimSuffix(name[strings.LastIndexAny(name, `/\`)+1:], ".csv")
	sheet := &Sheet{Name: name}
	sheet.rows = func() iter.Seq2[Row, error] { return rowsOfText(text, comma) }
	return &Book{Sheets: []*Sheet{sheet}}, nil
}

// commaOf is what stands between the values: what the first lines have most of.
func commaOf(text string) rune {
	head := text[:min(len(text), 4096)]
	comma := ','
	for _, c := range "\t;" {
		if strings.Count(head, string(c)) > strings.Count(head, string(comma)) {
			comma = c
		}
	}
	return comma
}

// rowsOfText numbers rows as spreadsheets do: a record is a row, however many lines it has, and blank lines count.
func rowsOfText(text string, comma rune) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		r := csv.NewReader(strings.NewReader(text))
		r.FieldsPerRecord, r.LazyQuotes, r.Comma, r.ReuseRecord = -1, true, comma, true
		var row Row
		line := 1 // that the next record begins at if no blank line is before it
		for {
			values, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(row, refuse("第 %d 行读不出来，文件可能损坏", row.N+1))
				return
			}
			at, _ := r.FieldPos(0)
			row.N += 1 + max(0, at-line)
			lines := strings.Count(strings.Join(values, ""), "\n")
			if lines > maxLines {
				yield(row, refuse("第 %d 行有一个引号没有配对，后面的 %d 行都成了它的内容。请在那里补上或删去引号", row.N, lines))
				return
			}
			line = at + 1 + lines
			if row.N > maxRows || len(values) > maxColumns {
				yield(row, refuse("表格超过 %d 行或 %d 列，请分年度上传", maxRows, maxColumns))
				return
			}
			row.Cells = row.Cells[:0]
			for _, v := range values {
				// An apostrophe is how text that looks like a formula or a number is kept from being one.
				row.Cells = append(row.Cells, Cell{Text: clean(strings.TrimPrefix(strings.TrimPrefix(v, "\t"), "'"))})
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

func clean(s string) string { return registry.CleanText(s) }
