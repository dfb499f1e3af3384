package flatfile

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// CSV writes a sheet as comma-separated values: UTF-8 with its mark, so that spreadsheets know it, lines ending in CR LF, a header of titles.
// Dates are as they are known (2024-10), amounts in 元; an unknown value is its word, an empty one nothing.
//
// A spreadsheet takes text that begins with = + - @, a tab or a line break for a formula: such a text gets a ' before it. Control characters but line
// breaks are left out, as they are in a workbook. Codes of figures stand as they are; who opens the file by a double click sees 18 figures rounded
// by the spreadsheet, who imports the column as text does not: the workbook is for looking.
func CSV(sheet string) report.LedgerWriter { return writer(sheet, csv{}) }

// JSONLines writes a sheet as one object a line, its members called by the columns' keys, in their order. Amounts are integers of 分 under the key with
// _fen behind it, dates strings as they are known, numbers numbers. A value that is not known is null, and the word for why stands in the
// member unknown, by key; what a record does not have is left out.
func JSONLines(sheet string) report.LedgerWriter { return writer(sheet, jsonLines{}) }

// WriteListing writes a sheet of a listing as CSV does, row by row as they come, and returns how many there were.
func WriteListing(w io.Writer, s report.ListSheet) (rows int, err error) {
	var to csv
	b := to.head(nil, s.Columns)
	for row, err := range s.Rows {
		if err != nil {
			return rows, err
		}
		rows++
		if b = to.row(b, s.Columns, row); len(b) < 64<<10 {
			continue
		}
		if _, err := w.Write(b); err != nil {
			return rows, err
		}
		b = b[:0]
	}
	_, err = w.Write(b)
	return rows, err
}

// form is how rows are written.
type form interface {
	head(b []byte, columns []report.Column) []byte
	row(b []byte, columns []report.Column, cells []report.Cell) []byte
}

func writer(sheet string, f form) report.LedgerWriter {
	return func(w io.Writer, l report.Ledger) (*report.Summary, error) {
		names := Sheets(l.Form(), &l.Options)
		at := 0
		if sheet != "" {
			if at = slices.Index(names, sheet); at < 0 {
				return nil, registry.Invalid("sheet", "“%s”没有工作表“%s”，可选：%s", l.Form().Name, sheet, strings.Join(names, "、"))
			}
		}
		s := &spool{dir: l.TempDir}
		defer s.close()
		views := l.Form().Views(&l.Options)
		if at < len(views) {
			sink := &sink{view: report.SheetID(at), columns: views[at].Columns, to: s, form: f}
			sink.buf = f.head(nil, sink.columns)
			sum, err := l.Walk(sink)
			if err != nil {
				return nil, err
			}
			if err := s.write(sink.buf); err != nil {
				return nil, err
			}
			return sum, s.copyTo(w)
		}
		sum, err := l.Walk(nil)
		if err != nil {
			return nil, err
		}
		columns, rows := figures(sum)
		if at -= len(views); at > 0 {
			columns, rows = table(&sum.Tables[at-1])
		}
		b := f.head(nil, columns)
		for _, r := range rows {
			b = f.row(b, columns, r)
		}
		_, err = w.Write(b)
		return sum, err
	}
}

// figuresName is what the figures of a summary are called as a sheet.
const figuresName = "主要数字"

// Sheets are the names that a text file of a profile may be of: its sheets, then what its summary tells.
func Sheets(p *report.Profile, o *report.LedgerOptions) []string {
	var list []string
	for _, v := range p.Views(o) {
		list = append(list, v.Name)
	}
	if p.Summary {
		list = append(append(list, figuresName), report.TableTitles()...)
	}
	return list
}

func figures(sum *report.Summary) (columns []report.Column, rows [][]report.Cell) {
	columns = []report.Column{{Key: "key", Title: "键", Kind: report.KindText}, {Key: "label", Title: "指标", Kind: report.KindText}, {Key: "value", Title: "数值", Kind: report.KindNumber},
		{Key: "unit", Title: "单位", Kind: report.KindText}, {Key: "note", Title: "说明", Kind: report.KindText}}
	for _, f := range sum.Figures {
		rows = append(rows, []report.Cell{report.Text(f.Key), report.Text(f.Label), f.Value, report.Text(f.Unit), report.Text(f.Note)})
	}
	return columns, rows
}

func table(t *report.Table) (columns []report.Column, rows [][]report.Cell) {
	for _, r := range t.Rows {
		rows = append(rows, r.Cells)
	}
	return t.Columns, append(rows, t.Total)
}

// sink keeps the rows of one view.
type sink struct {
	view    report.SheetID
	columns []report.Column
	to      *spool
	form    form
	buf     []byte
}

// Row implements report.RowSink.
func (s *sink) Row(view report.SheetID, cells []report.Cell) error {
	if view != s.view {
		return nil
	}
	if s.buf = s.form.row(s.buf, s.columns, cells); len(s.buf) < 64<<10 {
		return nil
	}
	err := s.to.write(s.buf)
	s.buf = s.buf[:0]
	return err
}

type csv struct{}

const mark = "\uFEFF"

func (csv) head(b []byte, columns []report.Column) []byte {
	b = append(b, mark...)
	for i, c := range columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = field(b, c.Title)
	}
	return append(b, "\r\n"...)
}

func (csv) row(b []byte, _ []report.Column, cells []report.Cell) []byte {
	for i := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		switch c := &cells[i]; c.Kind {
		case report.CellMoney:
			b = append(b, strings.ReplaceAll(c.String(), ",", "")...)
		case report.CellText, report.CellUnknown:
			b = field(b, c.Text)
		default:
			b = append(b, c.String()...)
		}
	}
	return append(b, "\r\n"...)
}

// field writes a text: guarded against formulas, without what a spreadsheet cannot show, quoted where it must be.
func field(b []byte, s string) []byte {
	s = clean(s)
	if report.FormulaLike(s) {
		s = "'" + s
	}
	if !strings.ContainsAny(s, ",\"\n") && strings.TrimSpace(s) == s {
		return append(b, s...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(s, `"`, `""`)...)
	return append(b, '"')
}

// clean leaves out control characters but line breaks and tabs, and marks of byte order, behind which a formula could hide, and writes every line break as one LF: a CR within a field would end the line for
// some readers.
func clean(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7F || r == 0xFEFF || r == utf8.RuneError }) {
		return s
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7F || r == 0xFEFF {
			return -1
		}
		return r
	}, s)
}

type jsonLines struct{}

func (jsonLines) head(b []byte, _ []report.Column) []byte { return b }

func (jsonLines) row(b []byte, columns []report.Column, cells []report.Cell) []byte {
	var unknown []byte
	b = append(b, '{')
	member := func(key string) {
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		b = append(quoted(b, key), ':')
	}
	for i := range cells {
		key := columns[i].Key
		if columns[i].Kind == report.KindMoney || cells[i].Kind == report.CellMoney {
			key += "_fen"
		}
		switch c := &cells[i]; c.Kind {
		case report.Empty:
		case report.CellUnknown:
			member(key)
			b = append(b, "null"...)
			if unknown != nil {
				unknown = append(unknown, ',')
			}
			unknown = quoted(append(quoted(unknown, key), ':'), c.Text)
		case report.CellMoney, report.CellInteger:
			member(key)
			b = fmt.Appendf(b, "%d", c.N)
		case report.CellNumber:
			member(key)
			b = append(b, c.Text...)
		default:
			member(key)
			b = quoted(b, c.String())
		}
	}
	if unknown != nil {
		member("unknown")
		b = append(append(append(b, '{'), unknown...), '}')
	}
	return append(b, "}\n"...)
}

func quoted(b []byte, s string) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always can
	return append(b, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
}

// spool keeps what is written in memory while it is small, then in a temporary file.
type spool struct {
	dir  string
	mem  []byte
	file *os.File
	out  *bufio.Writer
}

const spoolMemory = 256 << 10

func (s *spool) write(b []byte) error {
	if s.file == nil {
		if s.mem = append(s.mem, b...); len(s.mem) <= spoolMemory {
			return nil
		}
		f, err := os.CreateTemp(s.dir, "casebook-text-*")
		if err != nil {
			return fmt.Errorf("make a temporary file for the rows: %w", err)
		}
		s.file, s.out, b = f, bufio.NewWriterSize(f, 64<<10), s.mem
		s.mem = nil
	}
	_, err := s.out.Write(b)
	return err
}

func (s *spool) copyTo(w io.Writer) error {
	if s.file == nil {
		_, err := w.Write(s.mem)
		return err
	}
	if err := s.out.Flush(); err != nil {
		return err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := io.Copy(w, s.file)
	return err
}

func (s *spool) close() {
	if s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
}
