package pdf

import "strings"

// Style is how a paragraph is set. The zero value of a field is the body's.
type Style struct {
	Size   float64 // 15.75, 3号
	Pitch  float64 // line to line; the body's 22-line grid
	Indent float64 // of the first line, in characters
	Align  Align
	Space  float64 // white above, points
	Keep   bool    // stays with the next block
}

// Body is running text: justified, first line indented by two characters, on the grid.
var Body = Style{Indent: 2}

// Small is for notes and remarks.
var Small = Style{Size: 10.5, Pitch: 17}

// Title prints the paper's title: 2号, bold, centred, its lines balanced. A newline in text is a break its author wants.
func (d *Document) Title(text string) {
	const pitch = 34.0
	var rows []row
	for _, part := range paragraphs(text) {
		m := d.measure(TitleSize, Run{Text: part, Bold: true})
		for _, sp := range balance(m, d.area.w-2*TitleSize) {
			rows = append(rows, textRow(m, sp, d.area.left, d.area.w, TitleSize, pitch, Center))
		}
	}
	if len(rows) > 0 {
		rows[0].space = 6
		d.add(tie(rows, true)...)
	}
}

// Heading prints a heading of level 1 (黑体 3号) that never ends a page, and puts it into the outline. Further lines of
// “案件一　…” hang under the words after the label.
func (d *Document) Heading(text string) {
	parts := paragraphs(text)
	if len(parts) == 0 {
		return
	}
	var rows []row
	for _, part := range parts {
		label, title, ok := strings.Cut(part, "\u3000")
		if !ok || len([]rune(label)) > 7 {
			label, title = "", part
		}
		m, hang := d.measure(BodySize, Run{Text: title, Bold: true}), 0.0
		var name []piece
		if label != "" {
			n := d.measure(BodySize, Run{Text: label, Bold: true})
			hang = n.fit(0, len(n.cells)).natural + BodySize
			name = setLine(n, span{0, len(n.cells), true}, d.area.left, d.area.w, Left)
		}
		for i, sp := range balance(m, d.area.w-hang) {
			r := textRow(m, sp, d.area.left+hang, d.area.w-hang, BodySize, LinePitch, Left)
			r.grid = true
			if i == 0 && name != nil {
				words := r.draw
				r.draw = func(c *canvas, y float64) {
					c.pieces(name, y+baseline(LinePitch, BodySize))
					words(c, y)
				}
			}
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 {
		return
	}
	rows[0].space = LinePitch * 0.6
	draw := rows[0].draw
	rows[0].draw = func(c *canvas, y float64) {
		c.bookmark(text, y)
		draw(c, y)
	}
	d.add(tie(rows, true)...)
}

// Rule prints the thin green line that closes a paper's head.
func (d *Document) Rule() {
	d.add(row{height: 12, keep: true, draw: func(c *canvas, y float64) {
		c.fill(Accent, d.area.left, y+7, d.area.w, 1)
	}})
}

// Paragraph prints one paragraph of runs.
func (d *Document) Paragraph(s Style, runs ...Run) {
	rows := d.paragraph(s, d.area.left, d.area.w, runs)
	d.add(tie(rows, s.Keep)...)
}

// paragraph sets runs at x in a width, without ties.
func (d *Document) paragraph(s Style, x, width float64, runs []Run) []row {
	grid := s.Pitch == 0
	if grid {
		s.Pitch = LinePitch
	}
	unit := s.Size
	if s.Size == 0 {
		s.Size, unit = BodySize, CharPitch
	}
	m := d.measure(s.Size, runs...)
	indent := s.Indent * unit
	var rows []row
	for i, sp := range breakLines(m, width-indent, width) {
		dx := 0.0
		if i == 0 {
			dx = indent
		}
		r := textRow(m, sp, x+dx, width-dx, s.Size, s.Pitch, s.Align)
		r.grid = grid
		rows = append(rows, r)
	}
	if len(rows) > 0 {
		rows[0].space = s.Space
	}
	return rows
}

// textRow is one line as a row of the galley.
func textRow(m *measure, sp span, x, width, size, pitch float64, align Align) row {
	line := setLine(m, sp, x, width, align)
	return row{height: pitch, draw: func(c *canvas, y float64) { c.pieces(line, y+baseline(pitch, size)) }}
}
