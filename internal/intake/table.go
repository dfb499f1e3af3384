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
		if hasAnyAt(p.r, 0, "合计", "总计", "小计", "共计") {
			p.kind = paraBreak
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
		if !ok && !(slices.Contains(columns, colParty) || row[colFacts].r == nil || row[colContent].r == nil) { // a complaint and what became of it
			p.columns = row
			continue
		}
		if !ok || !specific(party.r) && (len(party.r) > 4 || startsNumber(party.r[0])) {
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
	n, told := 0, map[column]bool{}
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
			told[h.value] = true
			break
		}
	}
	if !told[colParty] && !(told[colFacts] && told[colContent]) || n < 3 {
		return nil
	}
	return columns
}

// longestCell is how long a line may be that is a cell of a table pasted cell by cell.
const longestCell = 200

// cellTable reads a table that was pasted cell by cell, each a line: the names of three columns or more, then rows of as many lines, each with its
// number or with a party where the header has one. It says where the table ends, and how many lines it has.
func cellTable(page []rune, start int) (rows []*para, end, lines int) {
	header, at := &para{kind: paraRow}, start
	for len(header.cells) < 10 {
		cell, next := cellAt(page, at)
		if len(cell.r) == 0 || len(cell.r) > 14 || !columnWords.any(cell.r) && !isNumberColumn(cell.r) {
			break
		}
		header.cells, at = append(header.cells, cell), next
	}
	columns := headerOf(header)
	if columns == nil {
		return nil, 0, 0
	}
	header.flow = flowOf(page, start, at)
	list := []*para{header}
	for end = at; ; end = at {
		row := &para{kind: paraRow}
		for range header.cells {
			cell, next := cellAt(page, at)
			row.cells, at = append(row.cells, cell), next
		}
		if !row.fits(columns, isNumberColumn(header.cells[0].r)) {
			break
		}
		row.flow = flowOf(page, row.cells[0].at[0], at)
		list = append(list, row)
	}
	if len(list) == 1 {
		return nil, 0, 0
	}
	return list, end, len(list) * len(columns)
}

// cellAt is the next line that is not empty, and where the one behind it begins.
func cellAt(page []rune, at int) (cell flow, next int) {
	for at < len(page) && len(cell.r) == 0 {
		end := at
		for end < len(page) && !isLineEnd(page[end]) && end-at <= longestCell {
			end++
		}
		cell, at = flowOf(page, at, end), end+1
	}
	return cell, min(at, len(page))
}

func isNumberColumn(r []rune) bool { return string(r) == "序号" || string(r) == "编号" }

// fits reports whether lines are a row under the columns: none is empty or too long, and the number or the party stands in its place.
func (p *para) fits(columns []column, numbered bool) bool {
	for i, cell := range p.cells {
		switch {
		case len(cell.r) == 0 || len(cell.r) >= longestCell:
			return false
		case i == 0 && numbered && slices.ContainsFunc(cell.r, func(c rune) bool { return !isDigit(c) }):
			return false
		case columns[i] == colParty:
			if ns := names(cell); len(ns) == 0 || ns[0].start > 0 {
				return false
			}
		}
	}
	return true
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
