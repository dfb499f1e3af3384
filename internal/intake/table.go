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

// contents are what a cell may be by what it holds.
var contents = []struct {
	is    column
	holds func(cell flow) bool
}{
	{colOrgan, flow.isOrgan},
	{colParty, opensName},
	{colContent, func(f flow) bool { return containsAny(f.r, "罚", "责令", "警告", "立案", "整改", "移送") }},
	{colFacts, func(f flow) bool { return actWords.any(f.r) || hints.any(f.r) }},
}

var hints = words("act_hints")

// byContent names the columns that the header leaves unnamed, where most of their cells hold the same.
func byContent(rows []*para, columns []column) {
	for _, x := range contents {
		best, most := -1, 0
		for k, named := range columns {
			cells, n := 0, 0
			for _, p := range rows[:min(len(rows), 60)] {
				if k < len(p.cells) && len(p.cells[k].r) > 0 {
					if cells++; x.holds(p.cells[k]) {
						n++
					}
				}
			}
			if named == "" && 2*n >= cells && n > most {
				best, most = k, n
			}
		}
		if best >= 0 && !slices.Contains(columns, x.is) {
			columns[best] = x.is
		}
	}
}

// nameColumns gives the rows of tables the names of their columns: behind a header row that names the party, each row is a case. The organ in front
// of the table is that of rows without one.
func nameColumns(paras []*para) {
	var organ flow
	for _, p := range paras {
		if os := organsOf(p.flow); len(organ.r) == 0 && len(os) > 0 && os[0].env && p.kind != paraRow {
			organ = p.slice(os[0].start, os[0].end)
		}
	}
	var columns []column
	per := registry.Money(0)
	for i, p := range paras {
		if p.kind != paraRow {
			continue
		}
		h, told := headings(p.cells)
		first, rows := i == 0 || paras[i-1].kind != paraRow, paras[i+1:]
		if k := slices.IndexFunc(rows, func(q *para) bool { return q.kind != paraRow }); k >= 0 {
			rows = rows[:k]
		}
		if told {
			columns, per = h, unitOf(p.r)
			byContent(rows, columns)
			continue
		}
		if first { // a header in words of its own, or none
			columns, per = h, 0
			if byContent(rows, columns); !slices.Contains(columns, colParty) || !slices.Contains(columns, colContent) {
				columns = nil
			}
		}
		p.nameCells(columns, organ, per)
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
		return
	}
	counts := func(cell flow) bool { return slices.ContainsFunc(cell.r, startsNumber) }
	row := map[column]flow{}
	for k, cell := range p.cells[:min(len(p.cells), len(columns))] {
		switch {
		case columns[k] == "" && len(cell.r) > 3 && slices.ContainsFunc(cell.r, isHan):
			p.more = append(p.more, cell)
		case len(cell.r) > 0 && (row[columns[k]].r == nil || columns[k] == colContent && !counts(row[colContent]) && counts(cell)): // 罚款, 2万元
			row[columns[k]] = cell
		}
	}
	party, ok := row[colParty]
	ns := names(party)
	if len(ns) > 0 && (villager(party, ns[0]) || ns[0].start == 0 && hasAt(party.r, ns[0].end, "（") && !bracketInName(party.r, ns[0].end)) {
		p.more = append(p.more, party) // 周某某（养猪户）
		row[colParty] = party.slice(ns[0].start, ns[0].end)
	}
	switch {
	case !ok && (row[colFacts].r == nil || row[colContent].r == nil), ok && len(ns) == 0 && columnWords.any(party.r):
		return
	case row[colHearsay].r == nil && hasAt(row[colFacts].r, 0, "未发现"):
		return
	case row[colOrgan].r == nil && organ.r != nil:
		row[colOrgan] = organ
	}
	p.columns, p.per = row, per
}

// headings are the columns that the words of a row name, and whether they are enough for a header.
func headings(cells []flow) (columns []column, header bool) {
	columns = make([]column, len(cells))
	told := map[column]bool{}
	for i, cell := range cells {
		if len(cell.r) > 14 {
			continue
		}
		for _, h := range columnWords.all(cell.r, 0, len(cell.r)) {
			if (h.value == colDate) == containsAny(cell.r, "日期", "时间") {
				columns[i], told[h.value] = h.value, true
				break
			}
		}
	}
	return columns, len(told) >= 3 && (told[colParty] || told[colFacts] && told[colContent])
}

// longestCell is how long a line may be that is a cell of a table pasted cell by cell.
const longestCell = 200

// cellTable reads a table that was pasted cell by cell, each a line: the names of three columns or more, then rows of as many lines, with a party
// where the header has one. It says of how many lines.
func cellTable(page []rune, lines []line) (rows []*para, n int) {
	row := func(cells []line) *para {
		p := &para{flow: flowOf(page, cells[0].start, cells[len(cells)-1].end), kind: paraRow}
		for _, l := range cells {
			p.cells = append(p.cells, flowOf(page, l.start, l.end))
		}
		return p
	}
	width := 0
	for ; width < min(len(lines), 10) && lines[width].width <= 14; width++ {
		cell := flowOf(page, lines[width].start, lines[width].end).r
		if slices.Contains(cell, '：') || !columnWords.any(cell) && !hasAnyAt(cell, 0, "序号", "编号") {
			break
		}
	}
	if width < 3 {
		return nil, 0
	}
	header := row(lines[:width])
	columns, ok := headings(header.cells)
	if !ok {
		return nil, 0
	}
	rows = append(rows, header)
	for party := slices.Index(columns, colParty); len(lines) >= (len(rows)+1)*width; {
		cells := lines[len(rows)*width:][:width]
		if slices.ContainsFunc(cells, func(l line) bool { return l.width >= longestCell }) {
			break
		}
		p := row(cells)
		if party >= 0 && !opensName(p.cells[party]) {
			break
		}
		rows = append(rows, p)
	}
	return rows, len(rows) * width
}

// buildRow makes the running text of a row: its cells are clauses, facts first.
func (c *caseText) buildRow() {
	c.tell(c.row[colFacts], secFacts, false)
	for _, k := range []column{colViolated, colBasis, colContent} {
		c.tell(c.row[k], secHandled, false)
	}
	for _, cell := range c.paras[0].more {
		c.tell(cell, secFacts, false)
	}
	for _, cell := range c.row {
		c.own.read(cell.r)
	}
}
