package ledgerread

import (
	"iter"
	"strconv"
	"strings"
)

// look goes through a sheet once: it must end as it should, and where cells are merged stands behind its rows.
func (w *workbook) look(sheet *Sheet, part string) error {
	return w.each(part, maxUnpacked, func(s *scanner) error {
		if s.begins("col") && (s.attr("hidden") == "1" || s.attr("hidden") == "true") && len(sheet.hides) < maxColumns {
			from, err := strconv.Atoi(s.attr("min"))
			to, err2 := strconv.Atoi(s.attr("max"))
			if err == nil && err2 == nil {
				sheet.hides = append(sheet.hides, Merge{Col: from, ToCol: to})
			}
		}
		if !s.begins("mergeCell") {
			return nil
		}
		if m, ok := mergeOf(s.attr("ref")); ok {
			if len(sheet.Merges) == maxMerges {
				return refuse("工作表“%s”的合并单元格超过 %d 处，请取消合并后再上传", sheet.Name, maxMerges)
			}
			sheet.Merges = append(sheet.Merges, m)
		}
		return nil
	})
}

func mergeOf(ref string) (m Merge, ok bool) {
	from, to, two := strings.Cut(ref, ":")
	if !two {
		return m, false
	}
	m.Col, m.Row = cellRef(from)
	m.ToCol, m.ToRow = cellRef(to)
	return m, m.Col > 0 && m.Row > 0 && m.ToCol >= m.Col && m.ToRow >= m.Row
}

// cellRef reads B12: column 2, row 12; 0 where it is none.
func cellRef(ref string) (col, row int) {
	i := 0
	for ; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z' && i < 4; i++ {
		col = col*26 + int(ref[i]-'A') + 1
	}
	row, err := strconv.Atoi(ref[i:])
	if err != nil || col == 0 {
		return 0, 0
	}
	return col, row
}

// rows reads the rows of a sheet one by one.
func (w *workbook) rows(sheet *Sheet, part string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		r := rowReader{w: w, sheet: sheet}
		stopped := false
		err := w.each(part, maxUnpacked, func(s *scanner) error {
			done, err := r.element(s)
			if err != nil || !done {
				return err
			}
			if !yield(r.row, nil) {
				stopped = true
				return errStopped
			}
			return nil
		})
		if err != nil && !stopped {
			yield(Row{}, err)
		}
	}
}

var errStopped = refuse("stopped")

// rowReader puts the elements of a sheet together to rows.
type rowReader struct {
	w     *workbook
	sheet *Sheet
	row   Row
	cells int

	col     int // of the cell that is read
	kind    string
	style   int
	value   string
	formula bool
	inline  strings.Builder
	spoken  bool
}

// element takes an element in; done tells that a row with a cell has ended.
func (r *rowReader) element(s *scanner) (done bool, err error) {
	switch string(s.name) {
	case "row":
		if s.end {
			return len(r.row.Cells) > 0, nil
		}
		r.row.N++
		if n, err := strconv.Atoi(s.attr("r")); err == nil && n >= r.row.N {
			r.row.N = n
		}
		hidden := s.attr("hidden")
		r.row.Hidden, r.row.Cells, r.col = hidden == "1" || hidden == "true", r.row.Cells[:0], 0
	case "c":
		if s.end {
			return false, r.keep()
		}
		r.col++
		if col, _ := cellRef(s.attr("r")); col > 0 {
			r.col = col
		}
		r.kind, r.value, r.formula = s.attr("t"), "", false
		r.style, _ = strconv.Atoi(s.attr("s"))
		r.inline.Reset()
	case "f":
		r.formula = true
	case "v":
		if s.end {
			r.value = plainText(s.text)
		}
	case "rPh":
		r.spoken = !s.end
	case "t":
		if s.end && !r.spoken {
			r.inline.WriteString(plainText(s.text))
		}
	}
	return false, nil
}

// keep puts the cell that was read into its row.
func (r *rowReader) keep() error {
	c, err := r.cell()
	if err != nil || c.Text == "" && c.Kind == Text {
		return err
	}
	switch {
	case r.col > maxColumns:
		return refuse("工作表“%s”第 %d 行在第 %d 列以外还有内容，没有读取。请删去右边多余的列再上传", r.sheet.Name, r.row.N, maxColumns)
	case r.row.N > maxRows:
		return refuse("工作表“%s”超过 %d 行，请分年度上传", r.sheet.Name, maxRows)
	}
	if r.cells++; r.cells > maxCells {
		return refuse("工作表“%s”超过 %d 个单元格，请分年度上传，或删去不需要的列", r.sheet.Name, maxCells)
	}
	for len(r.row.Cells) < r.col {
		r.row.Cells = append(r.row.Cells, Cell{})
	}
	r.row.Cells[r.col-1] = c
	return nil
}

func (r *rowReader) cell() (Cell, error) {
	switch r.kind {
	case "s":
		i, err := strconv.Atoi(r.value)
		if r.value == "" {
			return Cell{}, nil
		}
		if err != nil || i < 0 || i >= len(r.w.strings) {
			return Cell{}, errDamaged
		}
		return Cell{Text: clean(r.w.strings[i])}, nil
	case "inlineStr":
		return Cell{Text: clean(r.inline.String())}, nil
	case "e":
		return Cell{Text: r.value, Kind: Failed}, nil
	case "b":
		return Cell{Text: map[string]string{"1": "是", "0": "否"}[r.value]}, nil
	case "str", "d":
		if r.formula && r.value == "" && r.kind == "str" {
			return Cell{}, nil // a formula whose result is no text: =IF(A1="","",A1)
		}
		return Cell{Text: clean(r.value)}, nil
	}
	if r.value == "" {
		if r.formula {
			return Cell{Text: "公式", Kind: Unsolved}, nil
		}
		return Cell{}, nil
	}
	f, err := strconv.ParseFloat(r.value, 64)
	if err != nil {
		return Cell{Text: clean(r.value)}, nil
	}
	c := Cell{Kind: Number}
	if r.style >= 0 && r.style < len(r.w.styles) {
		c.As = r.w.styles[r.style]
	}
	// Spreadsheets keep fifteen figures; what is behind them is a trace of binary arithmetic.
	if short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64); err == nil {
		f = short
	}
	c.Text = strconv.FormatFloat(f, 'f', -1, 64)
	switch c.As {
	case ShownDay, ShownMon, ShownYear:
		if f < 1 || f > 200_000 {
			c.As = Plain
			break
		}
		day := r.w.base.AddDate(0, 0, int(f))
		c.Text = day.Format(map[Shown]string{ShownDay: "2006-01-02", ShownMon: "2006-01", ShownYear: "2006"}[c.As])
	}
	return c, nil
}

// letters are what spreadsheets call a column: 1 → A.
func letters(n int) (s string) {
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}
