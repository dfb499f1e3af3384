package pdf

import (
	"fmt"
	"io"
	"strings"

	"casebook/internal/paper"
	"casebook/internal/report"
)

// Sizes of a paper of the case file that is no 公文: 小四 for text, 五号 in forms.
const (
	recordSize, recordPitch = 12.0, 21.0
	formSize, formPitch     = 10.5, 16.5
	formPad                 = 4.5
	signPitch               = 26.0
	footSize, footPitch     = 10.0, 17.0
)

// record is the type area of such a paper: under it stand the lines that are signed on every page.
var record = area{25 * mm, 26 * mm, 162 * mm, 240 * mm}

var photoFigure = pictureLook{70 * mm, 10, 15}

// WritePaper sets a paper of the case file. Like WriteBulletin it writes all or nothing, and says which characters it cannot print.
func WritePaper(w io.Writer, p paper.Paper) (err error) {
	defer guard(&err)
	d := NewDocument(Info{Title: oneLine(p.Title + " " + p.Number), Author: oneLine(p.Organ), Subject: oneLine(p.Title), Marks: p.Marks, Created: p.Created})
	d.numbered, d.feet = true, p.Feet
	if !p.Official {
		d.area = record
		d.area.h -= float64(len(p.Feet)) * footPitch
	}
	d.paperTitle(p)
	for _, b := range p.Blocks {
		d.paperBlock(p, b)
	}
	return d.Write(w)
}

// paperTitle prints the organ, what the paper is, and its number.
func (d *Document) paperTitle(p paper.Paper) {
	organ, title, pitch := TitleSize, TitleSize, LinePitch
	if !p.Official {
		organ, title, pitch = 15, 20, 27
	}
	for _, line := range []struct {
		text string
		size float64
	}{{p.Organ, organ}, {p.Title, title}} {
		m := d.measure(line.size, Run{Text: oneLine(line.text), role: roleTitle})
		for _, sp := range balance(m, d.area.w) {
			d.add(keepRow(textRow(m, sp, d.area.left, d.area.w, line.size, pitch+line.size/4, Center)))
		}
	}
	if n := oneLine(p.Number); n != "" {
		align, size := Right, recordSize
		if p.Official {
			align, size = Center, officialSize
		}
		m := d.measure(size, Run{Text: n, role: roleBody})
		d.add(keepRow(textRow(m, span{0, len(m.cells), true}, d.area.left, d.area.w, size, size*1.9, align)))
	}
	d.add(row{height: 6, keep: true})
}

func (d *Document) paperBlock(p paper.Paper, b paper.Block) {
	from := len(d.rows)
	switch {
	case b.Heading != "" && p.Official:
		d.head(roleSection, b.Heading)
	case b.Heading != "":
		d.Paragraph(Style{Size: recordSize, Pitch: recordPitch, Align: Left, Space: 5, Keep: true}, Run{Text: oneLine(b.Heading), Bold: true})
	case b.Text != "":
		d.paperText(p, b.Text, 2, Justify)
	case b.Plain != "":
		d.paperText(p, b.Plain, 0, Left)
	case b.Note != "":
		d.Paragraph(Style{Size: formSize, Pitch: formPitch, Align: Left, Space: 8, Keep: true}, Run{Text: oneLine(b.Note), role: roleBody})
	case b.Form != nil:
		d.paperForm(b.Form)
	case b.Table != nil:
		d.paperTable(b.Table)
	case b.Path != nil:
		d.pathFigure(*b.Path, fileCaption(b.Path.ReceivingWater))
	case b.Picture != nil:
		d.add(d.picture(photoFigure, *b.Picture, "")...)
	case b.Gap:
		d.add(row{height: 4})
	case b.Signs != nil:
		d.paperSigns(b.Signs)
	case b.Close != nil:
		d.paperClose(p, b.Close)
	case b.End:
		d.keepLast()
		d.Paragraph(Style{Size: recordSize, Pitch: recordPitch, Align: Center, Space: 4}, Run{Text: paper.EndMark, role: roleBody})
	}
	if b.Fresh && len(d.rows) > from {
		d.rows[from].fresh = true
	}
	for i := from; b.Keep && i < len(d.rows); i++ {
		d.rows[i].keep = true
	}
}

// keepLast has what comes next stay with the last that is to be seen: white between them is no company.
func (d *Document) keepLast() {
	for i := len(d.rows) - 1; i >= 0; i-- {
		d.rows[i].keep = true
		if d.rows[i].draw != nil {
			return
		}
	}
}

func (d *Document) paperText(p paper.Paper, text string, indent float64, align Align) {
	for _, t := range paragraphs(text) {
		if p.Official {
			d.add(tie(d.gridText(indent, d.on(roleBody, t)), false)...)
			continue
		}
		d.Paragraph(Style{Size: recordSize, Pitch: recordPitch, Indent: indent, Align: align}, Run{Text: t, role: roleBody})
	}
}

// paperSigns prints lines to sign on, with room for a hand, and with what they are under: nobody signs an empty page.
func (d *Document) paperSigns(lines []string) {
	var rows []row
	for i, s := range lines {
		more := d.paragraph(Style{Size: formSize + 0.5, Pitch: signPitch, Align: Left}, d.area.left, d.area.w, []Run{{Text: oneLine(s), role: roleBody}})
		if i == 0 && len(more) > 0 {
			more[0].space = 8
		}
		rows = append(rows, more...)
	}
	d.keepLast()
	d.add(tie(rows, false)...)
}

// paperClose prints 署名 over 成文日期, which ends four characters from the right, with room for the seal, and never alone on a page.
func (d *Document) paperClose(p paper.Paper, lines []string) {
	size := recordSize
	if p.Official {
		size = officialSize
	}
	var rows []row
	for _, s := range lines {
		m := d.measure(size, Run{Text: oneLine(s), role: roleBody})
		rows = append(rows, textRow(m, span{0, len(m.cells), true}, d.area.left, d.area.w-4*size, size, LinePitch, Right))
	}
	rows[0].space = 2 * LinePitch
	d.keepLast()
	d.add(tie(rows, false)...)
}

func (d *Document) paperTable(t *report.SheetTable) {
	head := make(paper.Row, len(t.Columns))
	width := func(i int) int { return int(t.Columns[i].Width) }
	for i, c := range t.Columns {
		head[i] = paper.Cell{Text: c.Head, Width: width(i), Label: true}
	}
	top := d.formRow(head)
	for i := range top {
		top[i].keep = true
	}
	d.add(row{height: 4, keep: true})
	d.add(top...)
	for _, cells := range t.Rows {
		r := make(paper.Row, len(t.Columns))
		for i := range r {
			r[i] = paper.Cell{Width: width(i)}
			if i < len(cells) {
				r[i].Text = cells[i]
			}
		}
		rows := d.formRow(r)
		for i := range rows {
			rows[i].head = top
		}
		d.add(rows...)
	}
	d.add(row{height: 4})
}

// paperForm prints a ruled form.
func (d *Document) paperForm(form []paper.Row) {
	for _, r := range form {
		d.add(d.formRow(r)...)
	}
	d.add(row{height: 6})
}

// formRow sets a line of a form as rows of the galley, a line of text each, with the rules around its cells.
func (d *Document) formRow(r paper.Row) []row {
	total, x := 0, d.area.left
	for _, c := range r {
		total += c.Width
	}
	cells := make([]formCell, len(r))
	height := 1
	for i, c := range r {
		w := d.area.w * float64(c.Width) / float64(total)
		cells[i] = d.formCell(c, x, w)
		height = max(height, len(cells[i].lines), c.Lines)
		if c.Sign != "" {
			height = max(height, len(cells[i].lines)+2)
		}
		x += w
	}
	rules := func(c *canvas, y, h float64) {
		for _, cell := range cells {
			c.fill(Black, cell.x, y, 0.5, h)
		}
		c.fill(Black, d.area.left+d.area.w-0.5, y, 0.5, h)
	}
	rows := []row{{height: formPad, keep: true, draw: func(c *canvas, y float64) {
		c.fill(Black, d.area.left, y, d.area.w, 0.5)
		rules(c, y, formPad)
	}}}
	for n := range height {
		rows = append(rows, row{height: formPitch, keep: height <= 16 || n < 2 || n > height-3, draw: func(c *canvas, y float64) {
			rules(c, y, formPitch)
			for _, cell := range cells {
				cell.draw(c, n, height, y)
			}
		}})
	}
	// The rule under a row is where the next one has its own, so that a page never ends without.
	return append(rows, row{height: formPad, draw: func(c *canvas, y float64) {
		rules(c, y, formPad)
		c.fill(Black, d.area.left, y+formPad, d.area.w, 0.5)
	}})
}

// formCell is a cell with its lines.
type formCell struct {
	x, width float64
	align    Align
	middle   bool
	lines    [][]piece
	sign     []piece
}

func (d *Document) formCell(c paper.Cell, x, width float64) formCell {
	cell := formCell{x: x, width: width, align: Left, middle: c.Label || c.Lines == 0}
	if c.Label {
		cell.align = Center
	}
	inner := max(width-2*cellPad, formSize)
	if c.Sign != "" {
		m := d.measure(formSize, Run{Text: oneLine(c.Sign), role: roleBody})
		cell.sign, cell.middle = setLine(m, span{0, len(m.cells), true}, x+cellPad, inner, Right), false
	}
	for line := range strings.SplitSeq(clean(c.Text), "\n") {
		m := d.measure(formSize, Run{Text: strings.TrimRight(line, " \u3000"), role: roleBody})
		if len(m.cells) == 0 {
			cell.lines = append(cell.lines, nil)
			continue
		}
		spans := breakLines(m, inner, inner)
		if c.Label {
			spans = balance(m, inner)
		}
		for _, sp := range spans {
			cell.lines = append(cell.lines, setLine(m, sp, x+cellPad, inner, cell.align))
		}
	}
	return cell
}

// draw prints line n of a row of a height, counted in lines: text that is lower than its row stands in the middle.
func (c *formCell) draw(to *canvas, n, height int, y float64) {
	base := y + baseline(formPitch, formSize)
	if c.middle && height > len(c.lines) {
		above := height - len(c.lines)
		n -= above / 2
		base += float64(above%2) * formPitch / 2
	}
	if n >= 0 && n < len(c.lines) {
		to.pieces(c.lines[n], base)
	}
	if c.sign != nil && n == height-1 {
		to.pieces(c.sign, base)
	}
}

// paperFoot prints the lines that are signed on every page, and “第 1 页　共 4 页”.
func (d *Document) paperFoot(c *canvas, page, pages int) {
	at := d.whole()
	y := at.top + at.h + 4
	for i, s := range d.feet {
		if i == 0 {
			c.fill(Line, at.left, y, at.w, 0.5)
		}
		m := d.measure(footSize, Run{Text: oneLine(s), role: roleBody})
		c.pieces(setLine(m, span{0, len(m.cells), true}, at.left, at.w, Left), y+footPitch*float64(i+1))
	}
	m := d.measure(footSize, Run{Text: fmt.Sprintf("第 %d 页　共 %d 页", page, pages), role: roleBody})
	c.pieces(setLine(m, span{0, len(m.cells), true}, at.left, at.w, Center), PageH-12*mm)
}
