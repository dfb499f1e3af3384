package intake

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

// tableCases reads a table pasted with its tabs: a header row that names the party, then a case a row.
func tableCases(page []rune, paras []*para) []*caseText {
	var list []*caseText
	var columns []column
	lead := &context{}
	var organ *para
	for i, p := range paras {
		if p.kind != paraRow {
			if i < 200 {
				lead.read(p.r)
			}
			if organ == nil && len(organsOf(p.flow)) > 0 {
				organ = p
			}
			continue
		}
		if h := headerOf(p); h != nil {
			columns = h
			continue
		}
		if columns == nil {
			continue
		}
		c := &caseText{page: page, lead: lead, paras: []*para{p}, row: map[column]flow{}}
		for k, cell := range p.cells {
			if k < len(columns) && columns[k] != "" && len(cell.r) > 0 {
				if _, taken := c.row[columns[k]]; !taken {
					c.row[columns[k]] = cell
				}
			}
		}
		if party, ok := c.row[colParty]; !ok || !specific(party.r) && len(party.r) > 4 {
			continue
		}
		if _, ok := c.row[colOrgan]; !ok && organ != nil {
			if o := organsOf(organ.flow); o[0].env {
				c.row[colOrgan] = organ.slice(o[0].start, o[0].end)
			}
		}
		c.title = c.row[colTitle]
		list = append(list, c)
	}
	for _, c := range list {
		c.buildRow()
	}
	return list
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
