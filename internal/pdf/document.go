package pdf

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"casebook/internal/registry"

	"github.com/jung-kurt/gofpdf"
)

// Info is what a paper says about itself. None of it may hold personal data: it is readable in every viewer.
type Info struct {
	Title, Author, Subject string
	// Marks are printed in the header of every page: 示例（虚构数据）, 草稿 未经审核.
	Marks []string
	// Head is the head of the audit chain, among the keywords.
	Head string
	// Running stands small at the head of every page, Foot at its foot: what a loose sheet belongs to. With it pages are numbered
	// “第 1 页　共 4 页”. Empty on an official paper.
	Running string
	Foot    []string
	// Created dates the file; the same input makes the same bytes. Zero is written as 1970-01-01, never the clock.
	Created time.Time
}

// Document is a paper in the making: blocks add rows, Write makes pages of them. Not for use by several goroutines;
// several Documents are.
type Document struct {
	info    Info
	area    area // where blocks stand: the type area, or a column of it
	rows    []row
	missing MissingGlyphs

	fill bool   // lines are drawn together or apart where the last page would hold next to nothing
	news *front // set in two columns under a masthead

	numbered bool     // “第 1 页　共 4 页” at the foot of every page, under the lines of feet
	feet     []string // of a paper that is signed on every page
}

// NewDocument begins an empty paper.
func NewDocument(info Info) *Document {
	if info.Created.IsZero() {
		info.Created = time.Unix(0, 0)
	}
	// gofpdf writes the date without a zone: the same instant must give the same digits.
	info.Created = info.Created.In(time.FixedZone("UTC+8", 8*3600))
	return &Document{info: info, area: official}
}

// measure shapes a paragraph and notes characters without a glyph.
func (d *Document) measure(size float64, runs ...Run) *measure {
	return newMeasure(shape(runs, size, &d.missing))
}

// add appends rows to the paper.
func (d *Document) add(rows ...row) { d.rows = append(d.rows, rows...) }

// Write draws the paper and sends it to w in one piece. When characters have no glyph it writes nothing and returns
// *MissingGlyphs.
func (d *Document) Write(w io.Writer) (err error) {
	defer guard(&err)
	return writeTogether(w, d.info, d)
}

// writeTogether draws papers one after the other into one file.
func writeTogether(w io.Writer, info Info, docs ...*Document) error {
	headers := make([][]headerLine, len(docs))
	for i, d := range docs {
		header, err := d.header()
		if err != nil {
			return err
		}
		headers[i] = append(header, d.running()...)
		if len(d.missing.Runes) > 0 {
			return &d.missing
		}
	}
	p := gofpdf.New("P", "pt", "A4", "")
	p.SetAutoPageBreak(false, 0)
	p.SetMargins(0, 0, 0)
	p.SetCatalogSort(true)
	p.SetCompression(false) // pack does
	p.SetCreationDate(info.Created)
	p.SetModificationDate(info.Created)
	p.SetProducer("casebook", false)
	p.SetTitle(cesu8(clean(info.Title)), true)
	p.SetAuthor(cesu8(clean(info.Author)), true)
	p.SetSubject(cesu8(clean(info.Subject)), true)
	keywords := info.Marks
	if info.Head != "" {
		keywords = append(slices.Clip(keywords), headLabel+info.Head)
	}
	p.SetKeywords(cesu8(clean(strings.Join(keywords, "；"))), true)
	c := &canvas{used: map[*face]*chars{}}
	drawings := make([]func(), len(docs))
	for i, d := range docs {
		if d.news != nil {
			columns := d.columns()
			drawings[i] = func() { d.drawColumns(c, columns, headers[i]) }
		} else {
			sheets := d.sheets()
			drawings[i] = func() { d.draw(c, sheets, headers[i]) }
		}
	}
	draw := func() {
		for _, one := range drawings {
			one()
		}
	}
	draw()
	fonts := c.begin(p)
	draw()
	var plain bytes.Buffer
	if err := p.Output(&plain); err != nil {
		return fmt.Errorf("write pdf: %w", err)
	}
	file, err := pack(plain.Bytes(), fonts, info.Created)
	if err != nil {
		return fmt.Errorf("pack pdf: %w", err)
	}
	if _, err := w.Write(file); err != nil {
		return fmt.Errorf("send pdf: %w", err)
	}
	return nil
}

// draw puts the pages on a canvas.
func (d *Document) draw(c *canvas, sheets []sheet, header []headerLine) {
	for i, s := range sheets {
		c.addPage()
		for _, line := range header {
			c.pieces(line.pieces, line.y)
		}
		s.draw(c)
		if d.numbered {
			d.paperFoot(c, i+1, len(sheets))
			continue
		}
		if d.info.Running == "" {
			d.pageNumber(c, i+1)
			continue
		}
		c.fill(Line, d.area.left, d.runningHead()+4, d.area.w, 0.5)
		c.fill(Line, d.area.left, d.runningFoot()-12, d.area.w, 0.5)
		m := d.measure(runningSize, Run{Text: fmt.Sprintf("第 %d 页　共 %d 页", i+1, len(sheets)), Color: Grey})
		c.pieces(setLine(m, span{0, len(m.cells), true}, d.area.left, d.area.w, Right), d.runningHead())
	}
}

// draw puts what stands on a page, or in a column, on a canvas.
func (s *sheet) draw(c *canvas) {
	for _, panel := range s.panels {
		c.fill(Ground, panel.x, panel.top, panel.width, panel.bottom-panel.top)
		c.fill(Accent, panel.x, panel.top, 1.5, panel.bottom-panel.top)
	}
	for _, r := range s.rows {
		if r.draw != nil {
			r.draw(c, r.y)
		}
	}
}

// guard turns a panic of gofpdf, or of our own, into an error: one odd paper must not take the server down.
func guard(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("make pdf: %v", p)
	}
}

type headerLine struct {
	pieces []piece
	y      float64
}

// header sets the marks above the type area, centred: whoever sees one page of the paper sees them.
func (d *Document) header() ([]headerLine, error) {
	const size, pitch = 12.0, 18.0
	at := d.whole()
	foot := at.top - 10*mm
	var marks []string
	for _, m := range d.info.Marks {
		if m = strings.ReplaceAll(clean(m), "\n", " "); m != "" {
			marks = append(marks, "【"+m+"】")
		}
	}
	m := d.measure(size, Run{Text: strings.Join(marks, " "), Bold: true})
	spans := balance(m, at.w)
	if len(spans) > 3 {
		return nil, registry.Invalid("marks", "页眉标记太长，请压缩到三行以内。")
	}
	var lines []headerLine
	for i, sp := range spans {
		y := foot - float64(len(spans)-1-i)*pitch
		lines = append(lines, headerLine{setLine(m, sp, at.left, at.w, Center), y})
	}
	return lines, nil
}

const runningSize = 9.0

// runningHead and runningFoot are the baselines of the running lines: between the marks and the type area, and under it.
func (d *Document) runningHead() float64 { return d.area.top - 4*mm }
func (d *Document) runningFoot() float64 { return d.area.top + d.area.h + 8*mm }

// running sets the lines at the head and the foot of every page. A name too long for its line is cut: it stands in full in the title.
func (d *Document) running() []headerLine {
	if d.info.Running == "" {
		return nil
	}
	first := func(text string, width float64) []piece {
		m := d.measure(runningSize, Run{Text: oneLine(text), Color: Grey})
		if spans := breakLines(m, width, width); len(spans) > 0 {
			return setLine(m, spans[0], d.area.left, width, Left)
		}
		return nil
	}
	lines := []headerLine{{first(d.info.Running, d.area.w-90), d.runningHead()}}
	for i, s := range d.info.Foot {
		lines = append(lines, headerLine{first(s, d.area.w), d.runningFoot() + float64(i)*13})
	}
	return lines
}

// pageNumber prints “— 1 —” in 4号, its dashes 7 mm below the type area, one character in from the outer edge: right on
// odd pages, left on even ones (GB/T 9704-2012 7.5).
func (d *Document) pageNumber(c *canvas, n int) {
	m := d.measure(PageNoSz, Run{Text: fmt.Sprintf("— %d —", n)})
	align := Right
	if n%2 == 0 {
		align = Left
	}
	at := d.whole()
	line := setLine(m, span{0, len(m.cells), true}, at.left+PageNoSz, at.w-2*PageNoSz, align)
	c.pieces(line, at.top+at.h+7*mm+0.38*PageNoSz)
}
