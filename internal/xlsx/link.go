package xlsx

import (
	"strconv"

	"casebook/internal/report"
)

// Links lead from a case's row to its first row on each detail sheet, and from every detail row back. They stand beside the rows, in a spool of
// their own: the cells keep their plain values, which formulas count and people copy.

// maxLinks is how many links a sheet gets: Excel takes a file with more than 65,530 for broken. What comes later has none, and 说明 says so.
const maxLinks = 60000

// place is a row of a sheet.
type place struct {
	sheet *sheet
	row   int
	n     int64 // the case's number
}

// anchored says which column of 案件台账 leads to which detail sheet.
var anchored = map[report.SheetID]string{report.SheetViolations: "types", report.SheetActions: "penalty_kinds", report.SheetSamples: "inspections",
	report.SheetEvidence: "officers", report.SheetCitations: "breached"}

// findAnchors finds the columns where the workbook has whole cases and whole details; -1 where it has not.
func (d *details) findAnchors() {
	cases := d.whole(report.SheetCases)
	for i := range d.views {
		d.anchors[i] = -1
		if key := anchored[d.views[i].Base]; cases >= 0 && key != "" && d.views[i].Whole {
			d.anchors[i] = d.views[cases].Index(key)
		}
	}
}

// link notes the links of a row that is about to be written on s.
func (d *details) link(id report.SheetID, s *sheet, row []report.Cell) {
	if v := &d.views[id]; v.Whole && v.Base == report.SheetCases {
		d.at = place{s, s.n + 1, row[0].N}
		clear(d.reached)
		return
	}
	if d.anchors[id] < 0 || row[0].N != d.at.n {
		return
	}
	s.link(0, s.n+1, d.at.sheet.name, 0, d.at.row)
	if !d.reached[id] {
		d.reached[id] = true
		d.at.sheet.link(d.anchors[id], d.at.row, s.name, 0, s.n+1)
	}
}

// link writes a link from a cell to a cell of another sheet.
func (s *sheet) link(column, row int, to string, toColumn, toRow int) {
	if s.links == nil {
		s.links = newSpool(s.book.dir)
		s.linkBuf = append(s.linkBuf, "<hyperlinks>"...)
	}
	if s.linked == maxLinks {
		s.book.unlinked++
		return
	}
	s.linked++
	b := append(s.linkBuf, `<hyperlink ref="`...)
	b = append(b, letters(column)...)
	b = strconv.AppendInt(b, int64(row), 10)
	b = append(b, `" location="'`...)
	b = appendEscaped(b, to)
	b = append(b, `'!`...)
	b = append(b, letters(toColumn)...)
	b = strconv.AppendInt(b, int64(toRow), 10)
	s.linkBuf = append(b, `"/>`...)
	if len(s.linkBuf) >= chunkSize {
		s.linkBuf = s.book.rows.send(s.links, s.linkBuf)
	}
}

// endLinks closes the element; nothing where there is none.
func (s *sheet) endLinks() {
	if s.links != nil {
		s.linkBuf = s.book.rows.send(s.links, append(s.linkBuf, "</hyperlinks>"...))
	}
}
