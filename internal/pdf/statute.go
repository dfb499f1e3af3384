package pdf

import (
	"strings"

	"casebook/internal/report"
)

// Sizes of the statute box: one step below the body, so that quoted law is told from the bureau's own words.
const (
	boxSize, boxPitch   = 13.0, 22.0
	markSize, markPitch = 10.0, 18.0
	boxInset            = 16.0
)

// StatuteBox prints quoted provisions on a grey ground (引文框): law and article bold, the text, version and 核对 mark
// small. It may run over pages, each with its own ground. heading is 以案说法 in a bulletin; it may be empty.
func (d *Document) StatuteBox(heading string, quotes []report.StatuteQuote) {
	box := &ground{x: AreaLeft, width: AreaW, pad: 9}
	var rows []row
	for _, q := range quotes {
		part := d.boxed(Run{Text: StatuteName(q), Bold: true}, boxSize, boxPitch, true)
		for _, p := range paragraphs(q.Text) {
			text := d.paragraph(Style{Size: boxSize, Pitch: boxPitch, Indent: 2}, AreaLeft+boxInset, AreaW-2*boxInset, []Run{{Text: p}})
			part = append(part, tie(text, false)...)
		}
		if mark := StatuteMark(q); mark != "" {
			if len(part) > 0 {
				part[len(part)-1].keep = true
			}
			part = append(part, d.boxed(Run{Text: mark, Color: Grey}, markSize, markPitch, false)...)
		}
		if len(rows) > 0 && len(part) > 0 {
			part[0].space = 8
		}
		rows = append(rows, part...)
	}
	if len(rows) == 0 {
		return
	}
	rows = append(d.boxed(Run{Text: oneLine(heading), Bold: true, Color: Accent}, boxSize, boxPitch, true), rows...)
	rows[0].space = 8
	for i := range rows {
		rows[i].box = box
	}
	d.add(rows...)
}

// boxed sets a run inside the box, ragged; keep ties it to what follows.
func (d *Document) boxed(run Run, size, pitch float64, keep bool) []row {
	var rows []row
	m := d.measure(size, run)
	width := AreaW - 2*boxInset
	for _, sp := range breakLines(m, width, width) {
		r := textRow(m, sp, AreaLeft+boxInset, width, size, pitch, Left)
		r.keep = keep
		rows = append(rows, r)
	}
	return rows
}

// StatuteName is the heading of a quotation: 《中华人民共和国水污染防治法》第三十九条.
func StatuteName(q report.StatuteQuote) string {
	law := strings.ReplaceAll(clean(q.Law), "\n", "")
	if law != "" && !strings.HasPrefix(law, "《") {
		law = "《" + law + "》"
	}
	return law + strings.ReplaceAll(clean(q.Provision), "\n", "")
}

// StatuteMark is the small line under a quotation: 2017年修正 · 未经官方文本核对. Empty when there is nothing to vouch for.
func StatuteMark(q report.StatuteQuote) string {
	if q.Law == "" && q.Text == "" && q.Version == "" {
		return ""
	}
	mark := "未经官方文本核对"
	if q.Checked {
		mark = "已与官方文本核对"
	}
	if v := strings.ReplaceAll(clean(q.Version), "\n", " "); v != "" {
		return v + " · " + mark
	}
	return mark
}
