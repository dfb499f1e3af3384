package intake

import (
	"slices"

	"casebook/internal/registry"
)

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
	colHearsay  column = "hearsay" // what others say, and nobody found
)

var columnWords = named[column]("columns")

// tables are the runs of rows among the paragraphs.
func tables(paras []*para) (list [][]*para) {
	for i := 0; i < len(paras); i++ {
		from := i
		for i < len(paras) && paras[i].kind == paraRow {
			i++
		}
		if i > from {
			list = append(list, paras[from:i])
		}
	}
	return list
}

// contents are what a cell may be by what it holds.
var contents = []struct {
	is    column
	holds func(cell flow) bool
}{
	{colOrgan, func(f flow) bool { os := organsOf(f); return len(os) == 1 && os[0].start == 0 && os[0].end == len(f.r) }},
	{colParty, func(f flow) bool {
		ns := names(f)
		return len(ns) > 0 && ns[0].start == 0 && (ns[0].end == len(f.r) || f.r[ns[0].end] == '（')
	}},
	{colDistrict, func(f flow) bool { p, ok := placeAt(f.r, 0); return ok && p.county && p.n == len(f.r) }},
	{colContent, func(f flow) bool { return containsAny(f.r, "罚", "责令", "警告", "立案", "整改", "移送") }},
	{colFacts, func(f flow) bool {
		return len(f.r) > 3 && (actWords.any(f.r) || hints.any(f.r)) && !organHeads.any(f.r)
	}},
}

var hints = words("act_hints")

// byContent names the columns that the header leaves unnamed, where most of their cells hold the same.
func byContent(rows []*para, columns []column) {
	for _, x := range contents {
		if slices.Contains(columns, x.is) {
			continue
		}
		best, most := -1, 0
		for k := range columns {
			if columns[k] != "" {
				continue
			}
			cells, n := 0, 0
			for _, p := range rows[:min(len(rows), 60)] {
				if k < len(p.cells) && len(p.cells[k].r) > 0 {
					if cells++; x.holds(p.cells[k]) {
						n++
					}
				}
			}
			if 2*n >= cells && n > most {
				best, most = k, n
			}
		}
		if best >= 0 {
			columns[best] = x.is
		}
	}
}

// nameColumns gives the rows of tables pasted with their tabs the names of their columns: behind a header row that names the party, each row
// is a case. The organ in front of the table is that of rows without one.
func nameColumns(paras []*para) {
	var organ flow
	for _, p := range paras {
		if os := organsOf(p.flow); p.kind != paraRow && len(organ.r) == 0 && len(os) > 0 && os[0].env {
			organ = p.slice(os[0].start, os[0].end)
		}
	}
	for _, rows := range tables(paras) {
		var columns []column
		per := registry.Money(0)
		for i, p := range rows {
			switch h := headerOf(p); {
			case h != nil:
				columns, per = h, unitOf(p.r)
				byContent(rows[i+1:], columns)
			case i == 0 && len(rows) > 1: // a header in words of its own, or none
				columns, _ = headings(p)
				byContent(rows[1:], columns)
				if !slices.Contains(columns, colParty) || !slices.Contains(columns, colContent) {
					columns = nil
				}
				fallthrough
			default:
				p.nameCells(columns, organ, per)
			}
		}
	}
}

// unitOf is what one is of the amounts under a header: （万元）, 数额（元）; 0 where it does not say.
func unitOf(header []rune) registry.Money {
	switch {
	case containsAny(header, "万元"):
		return 1_000_000
	case containsAny(header, "元"):
		return 100
	}
	return 0
}

// nameCells makes a case of a row that names a party, or that tells a complaint and what became of it.
func (p *para) nameCells(columns []column, organ flow, per registry.Money) {
	if hasAnyAt(p.r, 0, "合计", "总计", "小计", "共计") || !slices.ContainsFunc(p.r, isHan) {
		p.kind = paraBreak
		return
	}
	row := map[column]flow{}
	for k, cell := range p.cells {
		switch {
		case k >= len(columns) || len(cell.r) == 0:
		case columns[k] == "" && len(cell.r) > 3 && slices.ContainsFunc(cell.r, isHan):
			p.more = append(p.more, cell)
		case columns[k] == "":
		case row[columns[k]].r == nil || columns[k] == colContent && !slices.ContainsFunc(row[colContent].r, startsNumber) && slices.ContainsFunc(cell.r, startsNumber):
			row[columns[k]] = cell
		}
	}
	party, ok := row[colParty]
	if ns := names(party); len(ns) > 0 && (ns[0].start == 0 || townBefore(party, ns[0])) && (ns[0].start > 0 || ns[0].end < len(party.r) && party.r[ns[0].end] == '（' && !bracketInName(party.r, ns[0].end)) {
		p.more = append(p.more, party) // 周某某（养猪户）
		party = party.slice(ns[0].start, ns[0].end)
		row[colParty] = party
	}
	switch {
	case !ok && !slices.Contains(columns, colParty) && row[colFacts].r != nil && row[colContent].r != nil:
	case !ok, !specific(party.r) && (len(party.r) > 4 || startsNumber(party.r[0])), columnWords.any(party.r) && len(names(party)) == 0:
		return
	case row[colHearsay].r == nil && (hasAnyAt(row[colFacts].r, 0, "未发现") || slices.Contains([]string{"无", "正常"}, string(row[colFacts].r))):
		return
	case row[colOrgan].r == nil && organ.r != nil:
		row[colOrgan] = organ
	}
	p.columns, p.per = row, per
}

// headerOf is the columns that a header names; nil where the row is none.
func headerOf(p *para) []column {
	columns, told := headings(p)
	if !told[colParty] && !(told[colFacts] && told[colContent]) || len(told) < 3 || slices.ContainsFunc(p.cells, func(cell flow) bool { return len(cell.r) > 14 }) {
		return nil
	}
	return columns
}

// headings are the columns that the words of a row name.
func headings(p *para) (columns []column, told map[column]bool) {
	columns, told = make([]column, len(p.cells)), map[column]bool{}
	for i, cell := range p.cells {
		if len(cell.r) > 14 {
			continue
		}
		for _, h := range columnWords.all(cell.r, 0, len(cell.r)) {
			if (h.value == colDate) != containsAny(cell.r, "日期", "时间") {
				continue
			}
			columns[i], told[h.value] = h.value, true
			break
		}
	}
	return columns, told
}

// longestCell is how long a line may be that is a cell of a table pasted cell by cell.
const longestCell = 200

// cellTable reads a table that was pasted cell by cell, each a line: the names of three columns or more, then rows of as many lines, each with its
// number or with a party where the header has one. It says where the table ends, and how many lines it has.
func cellTable(page []rune, start int) (rows []*para, end, lines int) {
	header, at := &para{kind: paraRow}, start
	for len(header.cells) < 10 {
		cell, next := cellAt(page, at)
		if len(cell.r) == 0 || len(cell.r) > 14 || slices.Contains(cell.r, '：') || !columnWords.any(cell.r) && !isNumberColumn(cell.r) {
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
	for _, cell := range c.paras[0].more {
		from := len(c.body.r)
		c.body.join(cell)
		c.parts = append(c.parts, part{from, len(c.body.r), secFacts, false})
	}
	c.own = &context{}
	for _, cell := range c.row {
		c.own.read(cell.r)
	}
	c.markQuotations()
}
