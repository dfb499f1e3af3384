package intake

import "slices"

// column is what a column of a table of penalties holds.
type column string

const (
	colParty    column = "party"
	colFacts    column = "facts"
	colViolated column = "violated"
	colBasis    column = "basis"
	colContent  column = "content"
	colDate     column = "date"
	colOrgan    column = "organ"
	colDistrict column = "district"
	colTitle    column = "title"
)

var columnWords = named[column]("columns")

// nameColumns gives the rows of tables pasted with their tabs the names of their columns: behind a header row that names the party, each row
// is a case. The organ in front of the table is that of rows without one.
func nameColumns(paras []*para) {
	var columns []column
	var organ flow
	wan := false
	for _, p := range paras {
		if p.kind != paraRow {
			if os := organsOf(p.flow); len(organ.r) == 0 && len(os) > 0 && os[0].env {
				organ = p.slice(os[0].start, os[0].end)
			}
			continue
		}
		if h := headerOf(p); h != nil {
			columns, wan = h, containsAny(p.r, "万元")
			continue
		}
		row := map[column]flow{}
		for k, cell := range p.cells {
			if k >= len(columns) || columns[k] == "" || len(cell.r) == 0 {
				continue
			}
			if had := row[columns[k]].r; had == nil || columns[k] == colContent && !slices.ContainsFunc(had, startsNumber) && slices.ContainsFunc(cell.r, startsNumber) {
				row[columns[k]] = cell
			}
		}
		party, ok := row[colParty]
		if !ok || !specific(party.r) && len(party.r) > 4 {
			continue
		}
		if row[colOrgan].r == nil && organ.r != nil {
			row[colOrgan] = organ
		}
		p.columns, p.wan = row, wan
	}
}

func headerOf(p *para) []column {
	columns := make([]column, len(p.cells))
	n, party := 0, false
	for i, cell := range p.cells {
		if len(cell.r) > 14 {
			return nil
		}
		for _, h := range columnWords.all(cell.r, 0, len(cell.r)) {
			if h.value == colDate && !containsAny(cell.r, "日期", "时间") {
				continue
			}
			columns[i] = h.value
			n++
			party = party || h.value == colParty
			break
		}
	}
	if !party || n < 3 {
		return nil
	}
	return columns
}

// buildRow makes the running text of a row: its cells are clauses, facts first.
func (c *caseText) buildRow() {
	for _, k := range []column{colFacts, colViolated, colBasis, colContent} {
		cell, ok := c.row[k]
		if !ok {
			continue
		}
		sec := secHandled
		if k == colFacts {
			sec = secFacts
		}
		from := len(c.body.r)
		c.body.join(cell)
		c.parts = append(c.parts, part{from, len(c.body.r), sec, false})
	}
	c.own = &context{}
	for _, cell := range c.row {
		c.own.read(cell.r)
	}
	c.markQuotations()
}
