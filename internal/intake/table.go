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

var columnWords = func() *lexicon[column] {
	l := &lexicon[column]{}
	l.add(colParty, "处罚对象", "当事人", "单位名称", "企业名称", "被处罚", "处罚单位名称", "行政相对人", "相对人", "养殖场名称", "违法主体", "名称", "违法单位")
	l.add(colFacts, "违法事实", "违法行为", "案情", "案由", "主要违法", "存在问题", "环境违法")
	l.add(colViolated, "违反条款", "违法依据", "违反法律", "违反规定")
	l.add(colBasis, "处罚依据", "依据")
	l.add(colContent, "处罚内容", "处罚结果", "处罚种类", "处罚情况", "处理结果", "处罚决定", "罚款", "处罚金额", "查处情况")
	l.add(colDate, "检查日期", "检查时间", "发现时间", "发现日期", "检查")
	l.add(colOrgan, "处罚机关", "执法机关", "处罚单位", "执法单位", "办案单位", "处罚部门", "实施机关")
	l.add(colDistrict, "所属区", "所在地", "县区", "区县", "县（市", "地区")
	l.add(colTitle, "案件名称", "案例名称")
	return l
}()

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
