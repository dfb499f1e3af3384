package xlsx

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// book is a workbook in the making: excelize's file for everything but rows, and the sheets with their spooled rows.
type book struct {
	f      *excelize.File
	styles *styles
	sheets []*sheet // every spool, so that close can remove its file
	rows   *deflater
	dir    string
	cut    int    // cells whose text did not fit
	claim  string // what the workbook says of itself, for a program; empty: nothing

	unlinked int // links that Excel would not take
}

func newBook(dir string) (*book, error) {
	b := &book{f: excelize.NewFile(), dir: dir}
	if err := b.f.SetDefaultFont(fontName); err != nil {
		return nil, err
	}
	var err error
	if b.styles, err = newStyles(b.f); err != nil {
		return nil, err
	}
	b.rows = newDeflater()
	return b, nil
}

// close ends the goroutine and removes the temporary files; after an error too.
func (b *book) close() {
	_ = b.rows.wait()
	for _, s := range b.sheets {
		s.rows.close()
		if s.links != nil {
			s.links.close()
		}
	}
	_ = b.f.Close()
}

// sheet is one tab: its rows so far, and how it is laid out.
type sheet struct {
	name    string
	rows    *spool
	buf     []byte
	n       int   // rows written
	raw     int64 // bytes of them handed over
	columns int   // widest row
	book    *book
	letters []string

	links   *spool // hyperlinks; nil: none
	linkBuf []byte
	linked  int

	widths         []float64
	freezeRows     int
	freezeColumns  int
	filter         bool // an autofilter over row 1 and all rows below
	printHeader    string
	tab            string
	merges         [][2]string
	charts         []placedChart
	repeatRows     bool
	gridLines      bool
	stretchedPages int  // pages wide in print; 0 is one
	onePage        bool // printed on one page, whatever is on it
	portrait       bool
}

type placedChart struct {
	at    string
	chart *excelize.Chart
}

func (b *book) sheet(name string) *sheet {
	s := &sheet{name: name, rows: newSpool(b.dir), book: b}
	b.sheets = append(b.sheets, s)
	return s
}

// row appends a row.
func (s *sheet) row(height float64, cells []cell) {
	for len(s.letters) < len(cells) {
		s.letters = append(s.letters, letters(len(s.letters)))
	}
	s.n++
	s.columns = max(s.columns, len(cells))
	s.buf = appendRow(s.buf, s.n, height, s.letters, cells, &s.book.cut)
	if len(s.buf) >= chunkSize {
		s.flush()
	}
}

func (s *sheet) flush() {
	s.raw += int64(len(s.buf))
	s.buf = s.book.rows.send(s.rows, s.buf)
}

func (s *sheet) ref(col, row int) string { return letters(col) + strconv.Itoa(row) }

// write lays out the sheets in the given order and writes the workbook.
func (b *book) write(w io.Writer, order []*sheet, title string, at time.Time) error {
	p := newPack(at)
	for _, s := range order {
		s.flush()
		s.endLinks()
	}
	if err := b.rows.wait(); err != nil {
		return fmt.Errorf("keep the rows: %w", err)
	}
	for i, s := range order {
		if err := b.layout(i, s); err != nil {
			return fmt.Errorf("lay out %s: %w", s.name, err)
		}
		// excelize numbers the parts as the sheets are made.
		name := "xl/worksheets/sheet" + strconv.Itoa(i+1) + ".xml"
		if p.rows[name] = s.rows; s.links != nil {
			p.links[name] = s.links
		}
	}
	for _, s := range order { // charts after all sheets exist: their references name them
		for _, c := range s.charts {
			if err := b.f.AddChart(s.name, c.at, c.chart); err != nil {
				return fmt.Errorf("draw a chart on %s: %w", s.name, err)
			}
		}
	}
	b.f.SetActiveSheet(0)
	stamp := at.UTC().Format("2006-01-02T15:04:05Z")
	if err := b.f.SetDocProps(&excelize.DocProperties{Creator: "环案簿", LastModifiedBy: "环案簿", Title: title, Created: stamp, Modified: stamp, Language: "zh-CN"}); err != nil {
		return err
	}
	if err := b.f.SetAppProps(&excelize.AppProperties{Application: "环案簿"}); err != nil {
		return err
	}
	if b.claim != "" {
		if err := b.f.SetCustomProps(excelize.CustomProperty{Name: claimProperty, Value: b.claim}); err != nil {
			return err
		}
	}
	b.f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return p })
	if err := b.f.Write(io.Discard); err != nil {
		return fmt.Errorf("make the workbook: %w", err)
	}
	return p.writeTo(w)
}

func ptr[T any](v T) *T { return &v }

// layout gives an empty excelize sheet everything that is not a row.
func (b *book) layout(i int, s *sheet) error {
	f := b.f
	if i == 0 {
		if err := f.SetSheetName("Sheet1", s.name); err != nil {
			return err
		}
	} else if _, err := f.NewSheet(s.name); err != nil {
		return err
	}
	last := s.ref(max(s.columns-1, 0), max(s.n, 1))
	if err := f.SetSheetDimension(s.name, "A1:"+last); err != nil {
		return err
	}
	for c, w := range s.widths {
		// One character more: the width is given for the text, the cell has padding on both sides.
		if err := f.SetColWidth(s.name, letters(c), letters(c), math.Min(w+1, 255)); err != nil {
			return err
		}
	}
	if s.freezeRows > 0 {
		panes := &excelize.Panes{Freeze: true, XSplit: s.freezeColumns, YSplit: s.freezeRows, TopLeftCell: s.ref(s.freezeColumns, s.freezeRows+1), ActivePane: "bottomRight"}
		if s.freezeColumns == 0 {
			panes.ActivePane = "bottomLeft"
		}
		if err := f.SetPanes(s.name, panes); err != nil {
			return err
		}
	}
	if s.filter {
		if err := f.AutoFilter(s.name, "A1:"+last, nil); err != nil {
			return err
		}
	}
	for _, m := range s.merges {
		if err := f.MergeCell(s.name, m[0], m[1]); err != nil {
			return err
		}
	}
	return b.page(s)
}

// page sets the tab's colour and how the sheet prints: A4 landscape, as wide as its columns need, titles repeated.
func (b *book) page(s *sheet) error {
	f := b.f
	if err := f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: ptr(true), TabColorRGB: ptr("FF" + s.tab)}); err != nil {
		return err
	}
	if err := f.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: ptr(s.gridLines), ZoomScale: ptr(100.0)}); err != nil {
		return err
	}
	orientation, high := "landscape", 0
	if s.portrait {
		orientation = "portrait"
	}
	if s.onePage {
		high = 1
	}
	if err := f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: ptr(9), Orientation: ptr(orientation), FitToWidth: ptr(max(s.stretchedPages, 1)), FitToHeight: ptr(high), PageOrder: ptr("overThenDown")}); err != nil {
		return err
	}
	if err := f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Left: ptr(0.4), Right: ptr(0.4), Top: ptr(0.7), Bottom: ptr(0.6), Header: ptr(0.3), Footer: ptr(0.3)}); err != nil {
		return err
	}
	if err := f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddHeader: s.printHeader, OddFooter: "&L" + amp(s.name) + "&R第 &P 页，共 &N 页"}); err != nil {
		return err
	}
	if !s.repeatRows {
		return nil
	}
	titles := fmt.Sprintf("'%s'!$1:$1", s.name)
	if s.stretchedPages > 1 { // the case's number finds the row again on the next page; more columns would be printed on each
		titles = fmt.Sprintf("'%s'!$A:$A,%s", s.name, titles)
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: s.name})
}

// amp doubles ampersands, which begin a code in headers and footers.
func amp(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if out = append(out, r); r == '&' {
			out = append(out, r)
		}
	}
	return string(out)
}
