package pdf

import (
	"fmt"
	"io"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// Sizes of a case sheet: a working paper, set smaller than an official one so that a case stands on a few pages.
const (
	sheetSize, sheetPitch = 10.5, 17.0
	factSize, cellSize    = 9.5, 9.0
	factKeyWidth          = 62.0
)

var sheetBox = boxStyle{10, 16, 8.5, 14, 10, 5}

// WriteCaseSheet prints the whole record of a case. Like WriteBulletin it writes all or nothing, and says which characters it cannot
// print.
func WriteCaseSheet(w io.Writer, s report.CaseSheet) (err error) {
	defer guard(&err)
	return caseSheetOf(s).Write(w)
}

// WriteCaseSheets prints several, each with its own head, foot and page numbers, as one file.
func WriteCaseSheets(w io.Writer, list []report.CaseSheet) (err error) {
	defer guard(&err)
	docs := make([]*Document, len(list))
	info := Info{Title: fmt.Sprintf("案件登记表 %d 件", len(list)), Subject: "案件登记表"}
	for i, s := range list {
		docs[i] = caseSheetOf(s)
		if s.Created.After(info.Created) {
			info.Created, info.Marks = s.Created, s.Marks
		}
	}
	return writeTogether(w, NewDocument(info).info, docs...)
}

func caseSheetOf(s report.CaseSheet) *Document {
	d := NewDocument(Info{Title: oneLine(s.Title), Subject: "案件登记表", Marks: s.Marks, Created: s.Created, Running: "案件登记表　" + oneLine(s.Title), Foot: s.Foot})
	d.area = working
	d.sheetTitle(s)
	for _, x := range s.Sections {
		d.sheetSection(x)
	}
	return d
}

func (d *Document) sheetTitle(s report.CaseSheet) {
	const size, pitch = 17.0, 26.0
	for _, part := range paragraphs(s.Title) {
		m := d.measure(size, Run{Text: part, Bold: true})
		for _, sp := range balance(m, d.area.w-2*size) {
			d.add(keepRow(textRow(m, sp, d.area.left, d.area.w, size, pitch, Center)))
		}
	}
	for _, line := range s.Lines {
		d.Paragraph(Style{Size: 10.5, Pitch: 18, Align: Center, Keep: true}, Run{Text: oneLine(line), Color: Grey})
	}
	d.Rule()
}

func keepRow(r row) row {
	r.keep = true
	return r
}

func (d *Document) sheetSection(x report.SheetSection) {
	const size, pitch = 12.5, 20.0
	m := d.measure(size, Run{Text: oneLine(x.Title), Bold: true, Color: Accent})
	head := textRow(m, span{0, len(m.cells), true}, d.area.left, d.area.w, size, pitch, Left)
	head.space, head.keep = 12, true
	draw := head.draw
	head.draw = func(c *canvas, y float64) {
		c.bookmark(x.Title, y)
		draw(c, y)
	}
	d.add(head)
	if x.Note != "" {
		d.remark(x.Note, true)
	}
	for _, p := range x.Parts {
		d.sheetPart(p)
	}
}

func (d *Document) sheetPart(p report.SheetPart) {
	switch {
	case p.Heading != "":
		d.Paragraph(Style{Size: 10.5, Pitch: 17, Align: Left, Space: 6, Keep: true}, Run{Text: oneLine(p.Heading), Bold: true})
	case p.Facts != nil:
		d.sheetFacts(p.Facts)
	case p.Path != nil:
		d.pathFigure(*p.Path, fileCaption(p.Path.ReceivingWater))
	case p.Quotes != nil:
		d.statuteBox(sheetBox, "", p.Quotes)
		d.add(row{height: 4})
	case p.Table != nil:
		d.sheetTable(p.Table)
	case p.Remark != "":
		d.remark(p.Remark, false)
	}
	for _, text := range p.Text {
		for _, para := range paragraphs(text) {
			d.Paragraph(Style{Size: sheetSize, Pitch: sheetPitch, Indent: 2}, Run{Text: para})
		}
	}
}

func (d *Document) remark(text string, keep bool) {
	d.Paragraph(Style{Size: 9, Pitch: 14.5, Align: Left, Space: 2, Keep: keep}, Run{Text: oneLine(text), Color: Grey})
}

// sheetFacts prints named values, two side by side; a wide one has a row to itself.
func (d *Document) sheetFacts(facts []report.SheetFact) {
	half := d.area.w/2 - factKeyWidth
	two := Table{Columns: []Column{{Width: factKeyWidth}, {Width: half}, {Width: factKeyWidth}, {Width: half}}, Size: factSize, labels: true, dense: true}
	one := Table{Columns: []Column{{Width: factKeyWidth}, {Width: d.area.w - factKeyWidth}}, Size: factSize, labels: true, dense: true}
	d.add(row{height: 1, space: 4, keep: true, draw: d.hairline(Line, 0.5)})
	for i := 0; i < len(facts); i++ {
		f := facts[i]
		if f.Wide || i+1 == len(facts) || facts[i+1].Wide {
			d.add(d.tableRow(one, []string{f.Key, f.Value}, false)...)
			continue
		}
		d.add(d.tableRow(two, []string{f.Key, f.Value, facts[i+1].Key, facts[i+1].Value}, false)...)
		i++
	}
	d.add(row{height: 4})
}

// folded sets a long narrow table twice side by side: the second half stands right of the first.
func folded(t *report.SheetTable) *report.SheetTable {
	half := (len(t.Rows) + 1) / 2
	out := &report.SheetTable{Columns: slices.Concat(t.Columns, t.Columns)}
	for i, r := range t.Rows[:half] {
		r = slices.Clone(r)
		if i+half < len(t.Rows) {
			r = append(r, t.Rows[i+half]...)
		}
		out.Rows = append(out.Rows, r)
	}
	return out
}

func (d *Document) sheetTable(t *report.SheetTable) {
	if t.Folded && len(t.Rows) > 3 {
		t = folded(t)
	}
	out := Table{Rows: t.Rows, Total: t.Total, Size: cellSize, dense: true}
	for _, c := range t.Columns {
		col := Column{Head: c.Head, Width: c.Width}
		if c.Right {
			col.Align = Right
		}
		out.Columns = append(out.Columns, col)
	}
	d.Table(out)
}

// pathFigure draws 排污路径 in one piece, scaled to the width of the page, with its words for those who look a place up.
func (d *Document) pathFigure(path registry.DischargePath, caption string) {
	style := report.PathPaper
	if d.area.w < 100*mm {
		style = report.PathColumn
	}
	g := report.DrawPath(path, style)
	if len(g.Places) == 0 {
		return
	}
	room := d.area.h - 60 // a figure and its caption fit one page
	k := min(0.72, d.area.w/float64(g.Width), room/float64(g.Height))
	left := d.area.left + (d.area.w-k*float64(g.Width))/2
	f := figure{g, k, left, make([][][]piece, len(g.Places))}
	for i, p := range g.Places {
		for _, t := range p.Text {
			f.text[i] = append(f.text[i], d.figureText(t, k, left))
		}
	}
	if g.Dashed {
		caption += "；虚线框为无防渗，或有断裂、溢流等异常之处"
	}
	d.add(row{height: k*float64(g.Height) + 6, space: 6, keep: true, draw: f.draw})
	m := d.measure(9, Run{Text: oneLine(caption), Color: Grey})
	var rows []row
	for _, sp := range balance(m, d.area.w) {
		rows = append(rows, textRow(m, sp, d.area.left, d.area.w, 9, 14.5, Center))
	}
	d.add(tie(rows, false)...)
}

// fileCaption stands under the figure of a case sheet, which says what is missing.
func fileCaption(water string) string {
	if water == "" {
		return "排污路径：受纳水体没有记录"
	}
	return "排污路径：受纳水体 " + water
}

// figureText sets a line of a box around its centre.
func (d *Document) figureText(t report.PathText, k, left float64) []piece {
	run := Run{Text: oneLine(t.Text), Size: k * report.PathSmallSize, Color: Grey}
	switch {
	case t.Part == report.PathName:
		run = Run{Text: run.Text, Size: k * report.PathNameSize}
	case t.Warn:
		run.Color = Warn
	}
	m := d.measure(run.Size, run)
	const width = 400.0 // wider than any box: the layout broke the lines already
	return setLine(m, span{0, len(m.cells), true}, left+k*float64(t.X)-width/2, width, Center)
}

// figure is a discharge path ready to be drawn.
type figure struct {
	report.PathDrawing
	k, left float64
	text    [][][]piece
}

func (f figure) draw(c *canvas, top float64) {
	at := func(x, y int) (float64, float64) { return f.left + f.k*float64(x), top + f.k*float64(y) }
	for _, line := range f.Lines {
		points := make([][2]float64, len(line))
		for i, p := range line {
			points[i][0], points[i][1] = at(p.X, p.Y)
		}
		c.arrow(Accent, 0.8, points)
	}
	for i, p := range f.Places {
		x, y := at(p.X, p.Y)
		box := boxLook{Black, Color{255, 255, 255}, false}
		switch {
		case p.Water:
			box = boxLook{Accent, Color{0xE3, 0xF0, 0xF0}, false}
		case p.Escapes:
			box = boxLook{Warn, Color{0xFD, 0xF3, 0xE7}, true}
		}
		c.box(box, x, y, f.k*float64(p.W), f.k*float64(p.H))
		for n, line := range f.text[i] {
			_, base := at(0, p.Text[n].Y)
			c.pieces(line, base)
		}
	}
}
