package pdf

import (
	"bytes"

	"casebook/internal/report"

	"github.com/jung-kurt/gofpdf"
)

// pictureLook is how a picture stands: how high at most, and how its words are set. It is as wide as its column, or as its height and its pixels allow.
type pictureLook struct {
	high        float64
	size, pitch float64
}

var (
	noticeFigure   = pictureLook{96 * mm, 10.5, 16}
	newsFigure     = pictureLook{92 * mm, 9, 13}
	wideFigure     = pictureLook{100 * mm, 9, 13}
	officialFigure = pictureLook{84 * mm, 12, 18}
)

// fewestDots is how many pixels an inch of paper has at least: a small picture stays small.
const fewestDots = 110.0

// pictures puts pictures under one another where blocks stand, each with its words.
func (d *Document) pictures(look pictureLook, list []report.Picture) {
	for _, p := range list {
		d.add(d.picture(look, p, p.Words())...)
	}
}

// picture is a picture and the words under it, which stay with it, broken like any text.
func (d *Document) picture(look pictureLook, p report.Picture, words string) []row {
	if p.Width <= 0 || p.Height <= 0 || len(p.JPEG) == 0 {
		return nil
	}
	w := min(d.area.w, float64(p.Width)*72/fewestDots)
	h := w * float64(p.Height) / float64(p.Width)
	if h > look.high {
		w, h = w*look.high/h, look.high
	}
	left := d.area.left + (d.area.w-w)/2
	rows := []row{{height: h + 3, space: 8, keep: true, draw: func(c *canvas, y float64) { c.picture(p, left, y, w, h) }}}
	for _, text := range paragraphs(words) {
		rows = append(rows, d.paragraph(Style{Size: look.size, Pitch: look.pitch, Align: Center}, d.area.left, d.area.w, []Run{{Text: text, Color: Grey}})...)
	}
	for i := range rows[:len(rows)-1] {
		rows[i].keep = true
	}
	rows[len(rows)-1].keep = false
	rows[len(rows)-1].height += 6
	return rows
}

// picture draws a JPEG as it is: its bytes stand in the file.
func (c *canvas) picture(p report.Picture, x, y, w, h float64) {
	if c.pdf == nil {
		return
	}
	as := gofpdf.ImageOptions{ImageType: "JPG"}
	c.pdf.RegisterImageOptionsReader(p.SHA256, as, bytes.NewReader(p.JPEG))
	c.pdf.ImageOptions(p.SHA256, c.dx+x, y, w, h, false, as, 0, "")
}
