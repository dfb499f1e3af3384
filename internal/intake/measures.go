package intake

import (
	"slices"
	"strings"

	"casebook/internal/lazyregexp"
)

// measureWords begin a measure, or are one; their kinds are an order (责令…), a seal (查封, 没收, 吊销), a transfer (移送公安机关), a report (报…人民政府),
// a detention, and others, which stand by themselves.
var measureWords = named[string]("measures")

// measureForms say of each kind what its clause must hold and what it must not. | stands where the measure's word begins.
var measureForms = map[string]struct{ needs, not *lazyregexp.Regexp }{
	"order":    {pattern(``), pattern(`按\|`)}, // 已按要求整改
	"seal":     {pattern(`\|(?:[^撤]|撤销.*(?:许可证|备案|登记|批[准复]|文件|资格))`), pattern(`\|[^没].*违法所得|、扣押办法`)},
	"transfer": {pattern(`\|..?.{0,12}(?:公安|检察|司法|派出所|警方|纪委|法院|拘留)`), pattern(`(?:接|收到).*\||的案[件例]$`)},
	"report":   {pattern(`\|.*政府.*(?:责令|关闭|拆除|停业|批准)`), pattern(`有批准权`)},
	"detain":   {pattern(``), pattern(`(?:移送|适用).*\||\|.*暂行办法`)},
	"other":    {pattern(``), pattern(`(?:可|将被|未).*\|[^不]|\|不予(?:行政)?处罚(?:决定书|告知书|事先)`)},
}

var (
	orderVerbs  = words("order_verbs")  // beginnings of a clause that goes on with an order
	ruleWords   = words("rule_words")   // before an order that a law or a warning speaks of: 可以责令停业, 由县级以上…责令
	measureEnds = words("measure_ends") // what is no part of the measure before: a fine, another decision, a bracket
	decided     = pattern(`处|罚款|没收|移送|警告`)
	stepVerb    = pattern(`启动|开展|实施|已申请|组织|进行[^了]|作出`)
	object      = pattern(`[^，。；、：并局对\n]*$`)
	// orderPaper is for 下达《责令改正违法行为决定书》 where nothing else says what was ordered.
	orderPaper = pattern(`^(?:(?:下达|送达|作出).{0,3})?《责令[^》]{0,17}(?:决定书|通知书)[^》]{0,6}》`)
)

// measuresOf finds the measures told in a case.
func (c *caseText) measuresOf() (list []span) {
	f, last := c.body, 0
	for _, h := range measureWords.all(f.r, 0, len(f.r)) {
		if h.start < last || !c.decision && c.sectionAt(h.start) == secHead || !c.told(h.start) || inBook(f.r, h.start) {
			continue
		}
		if m, ok := c.measureAt(h); ok {
			list, last = append(list, span{start: max(m.start, last), end: m.end}), m.end
		}
	}
	ordered := func(below bool) bool {
		return slices.ContainsFunc(list, func(m span) bool { return f.has(m.start, "责") && !(below && c.sectionAt(m.start) == secHead) })
	}
	if ordered(true) { // the title of an order that the text gives in full
		list = slices.DeleteFunc(list, func(m span) bool { return c.sectionAt(m.start) == secHead })
	}
	for i := 0; i < len(f.r) && !ordered(false); i++ {
		if m := matchAt(orderPaper, f.r, i); strings.ContainsRune("下送作《", f.r[i]) && m != nil && c.told(i) {
			list = append(list, span{start: m[0], end: m[1]})
			slices.SortFunc(list, func(a, b span) int { return a.start - b.start })
			break
		}
	}
	return list
}

// measureAt reads the measure whose word stands at h: where it begins and ends.
func (c *caseText) measureAt(h hit[string]) (m span, ok bool) {
	r := c.body.r
	from, to := c.body.clause(h.start)
	to = measureEnd(r, h.end, to)
	before, tail := r[from:h.start], r[h.start:to]
	form, clause := measureForms[h.value], string(before)+"|"+string(tail)
	if ruleWords.any(before) || !form.needs.MatchString(clause) || form.not.MatchString(clause) {
		return m, false
	}
	m = span{start: h.start, end: to}
	switch h.value {
	case "order":
		m.end = orderGoesOn(r, to)
		return m, m.end-m.start > 3
	case "seal":
		if m.start = objectStart(c.body, from, h.start); m.end-m.start <= 2 { // 实施了查封
			m.start = afterConjunction(r, max(from, h.start-10), h.start)
		}
		return m, m.end-m.start > 3
	case "transfer":
		m.start = objectStart(c.body, from, h.start)
	case "other":
		if hasAt(r, h.start, "不予") {
			return span{start: h.start, end: h.end}, true
		}
		// 停产整治 and the like count where no order covers them.
		m.start = afterConjunction(r, max(from, h.start-16), h.start)
		if verb := matchAt(stepVerb, r[:h.start], max(from, h.start-13)); verb != nil {
			m.start = verb[0]
		}
	}
	return m, true
}

// orderGoesOn takes the next clauses of an order with it: 责令停止建设，限期补办手续.
func orderGoesOn(r []rune, end int) int {
	for end+1 < len(r) && r[end] == '，' && orderVerbs.has(r, end+1) {
		next := end + 1
		for next < len(r) && !endsClause(r[next]) && next-end < 60 {
			next++
		}
		next = measureEnd(r, end+1, next)
		if next-end < 4 {
			break
		}
		end = next
	}
	return end
}

// measureEnd cuts a measure before what is no part of it; 后 ends it, too, where it tells when: 责令改正后.
func measureEnd(r []rune, from, to int) int {
	for i := from; i < to; i++ {
		switch {
		case r[i] == '（', i > from && measureEnds.has(r, i), r[i] == '、' && matches(decided, r[i+1:min(to, i+5)]),
			i > from+2 && r[i] == '后' && !hasAnyAt(r, i+1, "续", "期", "果", "备"):
			return i
		}
	}
	return to
}

// objectStart begins a measure at its object: 将该案移送公安机关, 对隧道窑供气阀门予以查封.
func objectStart(f flow, from, at int) int {
	for i := at - 1; i >= from && at-i < 26; i-- {
		switch {
		case f.r[i] == '将', f.r[i] == '对' && i+1 < at, f.has(i, "本案"), f.has(i, "该案") && !f.before(i, "将"):
			return i
		case strings.ContainsRune("、并和及", f.r[i]) && at-i > 1:
			return at
		}
	}
	return at
}

func afterConjunction(r []rune, from, to int) int {
	if m := matchAt(object, r[:to], from); m != nil {
		return m[0]
	}
	return to
}

// readMeasures takes the measures in the text's words; one that another covers is no other, and a text that tells twice of the police tells of one transfer.
func (c *caseText) readMeasures(d *Draft) {
	list := c.measuresOf()
	var texts []string
	for _, m := range list {
		texts = append(texts, c.body.slice(m.start, m.end).text(c.page))
	}
	police := func(s string) bool { return strings.Contains(s, "公安") && strings.Contains(s, "移") }
	for i, s := range texts {
		covered := false
		for j, t := range texts {
			covered = covered || j != i && (strings.Contains(t, s) || police(t) && police(s)) && (len(t) > len(s) || len(t) == len(s) && j < i)
		}
		if !covered {
			d.Measures = append(d.Measures, s)
			d.mark("measures", c.body.slice(list[i].start, list[i].end), true)
		}
	}
}
