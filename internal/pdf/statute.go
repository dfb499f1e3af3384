package pdf

import "casebook/internal/report"

// Sizes of the statute box: one step below the body, so that quoted law is told from the bureau's own words.
type boxStyle struct {
	size, pitch, markSize, markPitch, inset, pad float64
}

var boxed = boxStyle{13, 22, 10, 18, 16, 9}

// StatuteBox prints quoted provisions on a grey ground (引文框): law and article bold, the text, version and 核对 mark small. It stands in one
// piece, or is divided between provisions where that would leave much of a page white, each part on a ground of its own; only a provision
// longer than half a page is divided itself. heading is 以案说法 in a bulletin; it may be empty.
func (d *Document) StatuteBox(heading string, quotes []report.StatuteQuote) {
	d.statuteBox(boxed, heading, quotes)
}

func (d *Document) statuteBox(s boxStyle, heading string, quotes []report.StatuteQuote) {
	box := &ground{x: d.area.left, width: d.area.w, pad: s.pad}
	var rows []row
	for _, q := range quotes {
		name := []Run{{Text: StatuteName(q), Bold: true}}
		if role := oneLine(q.Role); role != "" {
			name = append([]Run{{Text: role + "　", Color: Accent, Bold: true}}, name...)
		}
		part := s.rows(d, s.size, s.pitch, true, name...)
		for _, p := range paragraphs(q.Text) {
			text := d.paragraph(Style{Size: s.size, Pitch: s.pitch, Indent: 2}, d.area.left+s.inset, d.area.w-2*s.inset, []Run{{Text: p}})
			part = append(part, tie(text, false)...)
		}
		if mark := StatuteMark(q); mark != "" {
			if len(part) > 0 {
				part[len(part)-1].keep = true
			}
			part = append(part, s.rows(d, s.markSize, s.markPitch, false, Run{Text: mark, Color: Grey})...)
		}
		if len(rows) > 0 && len(part) > 0 {
			part[0].space = 8
			rows[len(rows)-1].near = true
		}
		d.keepWhole(part)
		rows = append(rows, part...)
	}
	if len(rows) == 0 {
		return
	}
	if heading = oneLine(heading); heading != "" {
		rows = append(s.rows(d, s.size, s.pitch, true, Run{Text: heading, Bold: true, Color: Accent}), rows...)
	}
	rows[0].space = 8
	for i := range rows {
		rows[i].box = box
	}
	d.add(rows...)
}

// keepWhole keeps a provision in one piece, unless it is long.
func (d *Document) keepWhole(rows []row) {
	height := 0.0
	for _, r := range rows {
		height += r.height
	}
	for i := 0; i < len(rows)-1 && height < d.area.h/2; i++ {
		rows[i].keep = true
	}
}

// rows sets runs inside the box, ragged; keep ties them to what follows.
func (s boxStyle) rows(d *Document, size, pitch float64, keep bool, runs ...Run) []row {
	var rows []row
	m := d.measure(size, runs...)
	width := d.area.w - 2*s.inset
	for _, sp := range breakLines(m, width, width) {
		r := textRow(m, sp, d.area.left+s.inset, width, size, pitch, Left)
		r.keep = keep
		rows = append(rows, r)
	}
	return rows
}

// StatuteName is the heading of a quotation, as fonts have it.
func StatuteName(q report.StatuteQuote) string { return clean(q.Name()) }

// StatuteMark is the small line under a quotation, as fonts have it.
func StatuteMark(q report.StatuteQuote) string { return clean(q.Mark()) }
