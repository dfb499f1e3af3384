package pdf

import (
	"io"
	"strconv"

	"casebook/internal/report"
)

// Sizes of a brief, which is one page whatever there is to tell.
const (
	briefPlot   = 84.0 // height of the plots
	briefGutter = 18.0 // between the two
)

// WriteBrief prints a week or a month on one page. Like WriteBulletin it writes all or nothing, and says which characters it cannot print.
func WriteBrief(w io.Writer, b report.Brief) (err error) {
	defer guard(&err)
	d := NewDocument(Info{Title: oneLine(b.Title), Author: oneLine(b.Organ), Subject: "简报", Marks: b.Marks, Created: b.Created, Running: oneLine(b.Lines[0]), Foot: nil})
	d.area = area{working.left, working.top, working.w, 254 * mm} // nothing stands at its foot
	d.sheetTitle(report.CaseSheet{Title: b.Title, Lines: b.Lines})
	d.briefTable(&b.Headline)
	d.briefPlots(b.Plots)
	d.briefTable(&b.Fives)
	d.Paragraph(Style{Size: 10.5, Pitch: 17, Align: Left, Space: 6, Keep: true}, Run{Text: oneLine(b.DueWords)})
	d.briefTable(&b.Due)
	for _, note := range b.Notes {
		d.Paragraph(Style{Size: 8, Pitch: 12, Align: Left, Space: 2}, Run{Text: oneLine(note), Color: Grey})
	}
	return d.Write(w)
}

func (d *Document) briefTable(t *report.SheetTable) {
	if len(t.Rows) == 0 {
		return
	}
	d.sheetTable(t)
}

// briefPlots draws two plots side by side.
func (d *Document) briefPlots(plots [2]report.Plot) {
	width := (d.area.w - briefGutter) / 2
	var draws []func(c *canvas, y float64)
	for i := range plots {
		draws = append(draws, d.bars(&plots[i], d.area.left+float64(i)*(width+briefGutter), width))
	}
	d.add(row{height: briefPlot, space: 8, draw: func(c *canvas, y float64) {
		for _, draw := range draws {
			draw(c, y)
		}
	}}, row{height: 4})
}

// bars draws a plot of months: its title, a bar and its number for each, the months under them.
func (d *Document) bars(p *report.Plot, x, width float64) func(c *canvas, y float64) {
	const size, pitch, foot = 7.0, 9.0, 22.0
	put := func(text string, x, w, size float64, bold bool) func(c *canvas, y float64) {
		m := d.measure(size, Run{Text: text, Bold: bold})
		return textRow(m, span{0, len(m.cells), true}, x, w, size, pitch, Center).draw
	}
	values := p.Series[0].Values
	most := int64(1)
	for _, v := range values {
		most = max(most, v)
	}
	title := put(p.Title, x, width, 9, true)
	slot := width / float64(max(1, len(values)))
	type bar struct {
		x, h         float64
		value, month func(c *canvas, y float64)
	}
	var list []bar
	for i, v := range values {
		b := bar{x: x + float64(i)*slot, h: float64(v) / float64(most) * (briefPlot - 24 - foot)}
		label := p.Labels[i][2:]
		if i%2 == 0 { // room for every other month
			b.month = put(label, b.x-slot/2, 2*slot, size, false)
		}
		if v > 0 {
			text := strconv.FormatInt(v, 10)
			if p.Money {
				text = report.Wan(v)
			}
			b.value = put(text, b.x-slot/2, 2*slot, 6.5, false)
		}
		list = append(list, b)
	}
	return func(c *canvas, y float64) {
		title(c, y)
		base := y + briefPlot - foot
		c.fill(Line, x, base, width, 0.6)
		for _, b := range list {
			c.fill(Accent, b.x+slot*0.18, base-b.h, slot*0.64, b.h)
			if b.value != nil {
				b.value(c, base-b.h-pitch-1)
			}
			if b.month != nil {
				b.month(c, base+3)
			}
		}
	}
}
