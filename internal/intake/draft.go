package intake

import (
	"cmp"
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
	slices.SortStableFunc(d.Marks, func(a, b Mark) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
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
	if slices.Contains(f.r, '“') != slices.Contains(f.r, '”') {
		f = f.trimmed("“", "”")
	}
	if len(f.r) > 0 {
		c.title, d.Title = f, c.titleText(f)
		d.mark("title", f, true)
	}
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

var organLabels = wordList("organ_labels")

// readAuthority takes the organ of a cell, a label, a decision's head; the one that acts in the case; else that of what is told of all cases in front.
func (c *caseText) readAuthority(d *Draft) {
	f, sure := c.row[colOrgan], true
	if len(f.r) == 0 {
		f, _ = c.labelled(organLabels...)
	}
	if len(f.r) == 0 && c.decision {
		f = c.decidingOrgan()
	}
	if len(f.r) == 0 {
		f, sure = c.authority()
	}
	if c.organOfAll = len(f.r) == 0; c.organOfAll && c.common != nil {
		if f, _ = c.common.authority(); higher(f.r) {
			f = flow{}
		}
	}
	if len(f.r) == 0 && c.before != nil && (c.printed.same || containsAny(c.body.r, "该局", "该分局", "该大队", "该支队")) {
		f = c.before.organ
	}
	if len(f.r) == 0 {
		f = c.lead.organ
	}
	c.organ, c.organOfAll, d.Authority = f, c.organOfAll && len(f.r) > 0, f.text(c.page)
	d.mark("authority", f, sure)
}

// higher is for a ministry or a province's department, which tells of cases that others handle.
func higher(organ []rune) bool { return endsInAny(organ, "厅", "部") }

// decidingOrgan is a decision's own organ: its signature, its title, its first line.
func (c *caseText) decidingOrgan() flow {
	for _, longest := range []int{3, 20} { // 某市生态环境局 2025年12月15日 on one line
		for _, p := range slices.Backward(c.paras) {
			if os := organsOf(p.flow); len(os) == 1 && os[0].start == 0 && len(p.r) <= os[0].end+longest && p.kind != paraDecision {
				return p.slice(0, os[0].end)
			}
		}
		if os := organsOf(c.title); len(os) > 0 {
			return c.title.slice(os[0].start, os[0].end)
		}
	}
	return flow{}
}

// readFoundOn takes the day of a cell or a label, of the inspection, of what is told of all cases in front.
func (c *caseText) readFoundOn(d *Draft) {
	told := c.toldFlow()
	list, impossible := datesOf(told, c.printed)
	c.warnImpossible(d, told, impossible)
	label, _ := c.labelled("检查时间", "检查日期", "现场检查时间", "现场检查日期", "发现时间", "发现日期")
	time, _ := c.labelled("时间")
	on, ok := foundOn(list)
	if c.takePrinted(d, c.row[colDate]) || c.takePrinted(d, label) || !ok && c.takePrinted(d, time) {
		return
	}
	sure := ok
	if !ok && c.common != nil {
		told = c.common.toldFlow()
		common, _ := datesOf(told, c.printed)
		on, ok = foundOn(common)
	}
	if ok {
		c.takeDay(d, on, told, sure)
		return
	}
	switch {
	case len(list) == 0:
		d.warn("文中没有写明年份，检查日期未知")
	case !slices.ContainsFunc(list, func(x dated) bool { return x.impossible && x.event >= evFound }):
		d.warn("文中没有检查（发现）的日期，其他日期未采用")
	}
}

// takePrinted takes the day of a cell or of the value of a label. It is answered there, too, where no calendar has the day.
func (c *caseText) takePrinted(d *Draft, f flow) bool {
	list, impossible := datesOf(f, c.printed)
	if c.warnImpossible(d, f, impossible); len(list) > 0 && list[0].date.Precision() >= registry.PrecisionMonth {
		c.takeDay(d, list[0], f, true)
	}
	return len(impossible) > 0 || !d.FoundOn.IsZero()
}

// takeDay takes a day of f; its year may stand elsewhere.
func (c *caseText) takeDay(d *Draft, on dated, f flow, sure bool) {
	d.FoundOn, f = on.date, f.slice(on.start, on.end)
	if d.mark("found_on", f, sure && !on.borrowed); on.borrowed {
		d.warn("“" + f.text(c.page) + "”没有写年份，按文中的“" + c.printed.words.text(c.page) + "”取，请核对")
	}
}

// warnImpossible says which days no calendar has, as they are printed: what was made of them is less than what the text says.
func (c *caseText) warnImpossible(d *Draft, f flow, days []span) {
	for _, x := range days {
		d.warn("文中的日期“" + f.slice(x.start, x.end).text(c.page) + "”日历上没有，不能照录，请核对原文")
	}
}

// textOf is the body's parts under these sections.
func (c *caseText) textOf(in func(section) bool) (f flow) {
	for _, p := range c.parts {
		if in(p.section) {
			f.r, f.at = append(f.r, c.body.r[p.from:p.to]...), append(f.at, c.body.at[p.from:p.to]...)
		}
	}
	return f
}

// toldFlow is the body without quoted law, comments and rights.
func (c *caseText) toldFlow() flow { return c.textOf(func(s section) bool { return !s.aside() }) }

// readText joins the facts and the handling, each a paragraph a line.
func (c *caseText) readText(d *Draft) {
	facts := c.textOf(func(s section) bool { return s == secFacts })
	handled := c.textOf(func(s section) bool { return s == secHandled || s == secRule }).trimmed("\n", "\n")
	if n, after := enumerator(facts, 0); n > 0 { // the item's number in its list
		facts = facts.slice(after, len(facts.r))
	}
	facts = facts.trimmed("\n", "\n，；")
	d.Narrative, d.Handling = facts.text(c.page), handled.text(c.page)
	d.ToldAt = append(slices.Clone(facts.at), handled.at...)
}
