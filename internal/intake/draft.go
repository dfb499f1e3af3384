package intake

import (
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// draft reads the fields of a case.
func (c *caseText) draft(law *statute.Catalogue) Draft {
	d := Draft{Start: c.paras[0].start(), End: c.paras[0].end()}
	for _, p := range c.paras {
		d.Start, d.End = min(d.Start, p.start()), max(d.End, p.end())
	}
	if len(c.body.r) > longestCase {
		d.warn("这一案的文字过长，只读了前两万字")
	}
	c.readTitle(&d)
	c.readParty(&d)
	c.readAuthority(&d)
	c.readDistrict(&d)
	c.readFoundOn(&d)
	c.readHerd(&d)
	c.readCitations(&d, law)
	c.readFine(&d)
	c.readMeasures(&d)
	c.readText(&d)
	slices.SortStableFunc(d.Marks, func(a, b Mark) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
	return d
}

func (d *Draft) warn(s string) { d.Warnings = appendNew(d.Warnings, s) }

// mark says by which words a field was decided. They are not sure where it was taken by what stands around them, or is one of several.
func (d *Draft) mark(field string, f flow, sure bool) {
	if len(f.r) > 0 {
		d.Marks = append(d.Marks, Mark{field, f.at[0], f.at[len(f.at)-1] + 1, !sure})
	}
}

func (c *caseText) readTitle(d *Draft) {
	f := c.title.trimmed("【〖：", "】〗。：")
	if len(f.r) > 0 && slices.Contains(f.r, '“') != slices.Contains(f.r, '”') {
		f = f.trimmed("“", "”")
	}
	if len(f.r) == 0 {
		return
	}
	c.title = f
	d.Title = c.titleText(f)
	d.mark("title", f, true)
}

// titleText keeps the spaces that part a document's name from its number; in 某养殖场 违法排污案 they are a column's.
func (c *caseText) titleText(f flow) string {
	if endsInCase(f.r) {
		return f.text(c.page)
	}
	var b strings.Builder
	for i, at := range f.at {
		if i > 0 && at-f.at[i-1] > 1 && !slices.ContainsFunc(c.page[f.at[i-1]+1:at], isLineEnd) {
			b.WriteByte(' ')
		}
		b.WriteRune(c.page[at])
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func (c *caseText) readAuthority(d *Draft) {
	f, ok := c.row[colOrgan]
	if !ok {
		f, ok = c.labelled("办案单位", "查处单位", "执法单位", "处罚机关", "作出处罚的机关", "回复单位", "答复单位", "承办单位", "办理部门", "作出机关", "决定机关", "实施机关", "办理单位", "案件办理单位", "执法机关", "被申请人", "被告")
	}
	if !ok && c.decision {
		f, ok = c.decidingOrgan()
	}
	sure := ok
	if !ok {
		f, sure, ok = c.authority()
	}
	if !ok && c.common != nil {
		f, _, ok = c.common.authority()
		ok = ok && !higher(f.r)
		c.organOfAll = ok
	}
	if !ok && c.before != nil && (c.printed.same || containsAny(c.body.r, "该局", "该分局", "该大队", "该支队")) {
		f, ok = c.before.organ, len(c.before.organ.r) > 0
		c.organOfAll = ok
	}
	if !ok && len(c.lead.organ.r) > 0 {
		f, ok, c.organOfAll = c.lead.organ, true, true
	}
	if !ok {
		return
	}
	c.organ = f
	d.Authority = f.text(c.page)
	d.mark("authority", f, sure)
}

// higher is for a ministry or a province's department, which tells of cases that others handle.
func higher(organ []rune) bool { return endsInAny(organ, "厅", "部") }

// decidingOrgan is a decision's own organ: its signature, its title, its first line.
func (c *caseText) decidingOrgan() (flow, bool) {
	for _, p := range slices.Backward(c.paras) {
		if len(p.r) > 24 || p.kind == paraDecision {
			continue
		}
		if os := organsOf(p.flow); len(os) == 1 && os[0].start == 0 && len(p.r)-os[0].end <= 3 {
			return p.slice(0, os[0].end), true
		}
	}
	if os := organsOf(c.title); len(os) > 0 {
		return c.title.slice(os[0].start, os[0].end), true
	}
	// 某市生态环境局 2025年12月15日 on one line.
	for _, p := range slices.Backward(c.paras[max(0, len(c.paras)-4):]) {
		if os := organsOf(p.flow); len(p.r) <= 40 && len(os) == 1 && os[0].start == 0 {
			return p.slice(0, os[0].end), true
		}
	}
	return flow{}, false
}

// foundDay is the day, or zero.
func (c *caseText) foundDay() registry.Date {
	var d Draft
	c.readFoundOn(&d)
	return d.FoundOn
}

func (c *caseText) readFoundOn(d *Draft) {
	told := c.toldFlow()
	list, impossible := datesOf(told, c.printed)
	c.warnImpossible(d, told, impossible)
	if c.readLabelledDay(d, "检查时间", "检查日期", "现场检查时间", "现场检查日期", "发现时间", "发现日期") || c.takeDay(d, told, list, true) || c.readLabelledDay(d, "时间") {
		return
	}
	if c.common != nil {
		told := c.common.toldFlow()
		list, _ := datesOf(told, c.printed)
		if c.takeDay(d, told, list, false) {
			return
		}
	}
	switch {
	case len(list) == 0:
		d.warn("文中没有写明年份，检查日期未知")
	case !slices.ContainsFunc(list, func(x dated) bool { return x.impossible && x.event >= evFound }):
		d.warn("文中没有检查（发现）的日期，其他日期未采用")
	}
}

// takeDay takes the day of the inspection among the days of f.
func (c *caseText) takeDay(d *Draft, f flow, list []dated, sure bool) bool {
	on, ok := foundOn(list)
	if !ok {
		return false
	}
	d.FoundOn = on.date
	if d.mark("found_on", f.slice(on.start, on.end), sure && !on.borrowed); on.borrowed {
		d.warnBorrowed(c, f, on.start, on.end)
	}
	return true
}

// warnBorrowed tells of a day whose year stands elsewhere.
func (d *Draft) warnBorrowed(c *caseText, f flow, from, to int) {
	d.warn("“" + f.slice(from, to).text(c.page) + "”没有写年份，按文中的“" + c.printed.words.text(c.page) + "”取，请核对")
}

// readLabelledDay reads the day in its own cell or behind its own label. It is answered there, too, where no calendar has the day.
func (c *caseText) readLabelledDay(d *Draft, labels ...string) bool {
	f, cell := c.row[colDate]
	for range 2 {
		if len(f.r) > 0 {
			on, end, impossible := readPrinted(f.r, 0, 0, 0)
			if on.IsZero() && impossible == 0 && !c.printed.on.IsZero() {
				if on, end, impossible = readPrinted(f.r, 0, yearOf(c.printed.on), 0); !on.IsZero() {
					d.warnBorrowed(c, f, 0, end)
				}
			}
			if impossible > 0 {
				c.warnImpossible(d, f, []span{{end: impossible}})
			}
			if on.Precision() >= registry.PrecisionMonth {
				if cell {
					end = len(f.r)
				}
				d.FoundOn = on
				d.mark("found_on", f.slice(0, end), true)
			}
			if impossible > 0 || !d.FoundOn.IsZero() {
				return true
			}
		}
		f, _ = c.labelled(labels...)
		cell = false
	}
	return false
}

// warnImpossible says which days no calendar has, as they are printed: what was made of them is less than what the text says.
func (c *caseText) warnImpossible(d *Draft, f flow, days []span) {
	for _, x := range days {
		d.warn("文中的日期“" + f.slice(x.start, x.end).text(c.page) + "”日历上没有，不能照录，请核对原文")
	}
}

// toldFlow is the body without quoted law, comments and rights.
func (c *caseText) toldFlow() flow {
	var f flow
	for _, p := range c.parts {
		if p.section.aside() {
			continue
		}
		f.r, f.at = append(f.r, c.body.r[p.from:p.to]...), append(f.at, c.body.at[p.from:p.to]...)
	}
	return f
}

// cites reports whether the case cites anything where it is told.
func (c *caseText) cites() bool {
	for i := range c.mentions {
		m := &c.mentions[i]
		if m.Role != registry.RoleBreached && m.Role != registry.RoleBasis {
			continue
		}
		if k := c.bodyIndex(m.Start); k >= 0 && c.told(k) {
			return true
		}
	}
	return false
}

// readText joins the facts and the handling, each a paragraph a line.
func (c *caseText) readText(d *Draft) {
	var facts, handled flow
	for _, p := range c.parts {
		switch p.section {
		case secFacts:
			facts.r, facts.at = append(facts.r, c.body.r[p.from:p.to]...), append(facts.at, c.body.at[p.from:p.to]...)
		case secHandled, secRule:
			handled.r, handled.at = append(handled.r, c.body.r[p.from:p.to]...), append(handled.at, c.body.at[p.from:p.to]...)
		}
	}
	if n, after := enumerator(facts, 0); n > 0 { // the item's number in its list
		facts = facts.slice(after, len(facts.r))
	}
	facts, handled = facts.trimmed("\n", "\n，；"), handled.trimmed("\n", "\n")
	d.Narrative, d.Handling = facts.text(c.page), handled.text(c.page)
	d.ToldAt = append(slices.Clone(facts.at), handled.at...)
}
