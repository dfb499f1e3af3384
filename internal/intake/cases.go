package intake

import (
	"casebook/internal/registry"
	"casebook/internal/statute/cite"
)

// caseText is the part of a page that tells one case.
type caseText struct {
	page     []rune
	title    flow
	paras    []*para
	shared   []*para // one 查处情况 for several cases
	index    int     // which of them this one is
	of       int
	apart    []*para // what a sum of several cases says of this one
	headed   bool    // under a heading of its own
	decision bool    // a decision or notice, not a report of one
	notice   bool    // 告知书: nothing is decided yet
	row      map[column]flow
	per      registry.Money // what one is of its amounts, says the header: 元, 万元; 0 where it does not
	lead     *context       // what the page names before the first case
	common   *caseText      // what is told of all cases before the first: day, authority
	own      *context
	printed  printed   // when the page was
	before   *caseText // the case in front

	body       flow
	parts      []part
	mentions   []cite.Mention
	organ      flow // the authority, once it is read
	organOfAll bool // it is told of all cases in front of them
	who        *flow
	unsure     bool // who it is, is only the first name
	named      []name
	quoted     []bool // body[i] stands inside a quotation of law
}

// segment finds the cases of a page: paragraphs, their pieces, the best division of these, and what is told of several cases at once.
func segment(page []rune) ([]*caseText, Notice) {
	paras := joinTitles(paragraphs(page))
	nameColumns(paras)
	notes := footnotesOf(paras)
	pieces := piecesOf(paras)
	found := divide(pieces)
	if len(found) == 0 {
		return nil, Notice{}
	}
	lead := &context{}
	for _, p := range paras[:min(len(paras), 200)] {
		lead.read(p.r)
	}
	last := found[len(found)-1].to
	lead.readOrgan(pieces[last:min(len(pieces), last+4)], true) // the signature
	lead.readOrgan(pieces[max(0, found[0].from-8):found[0].from], false)
	list := make([]*caseText, len(found))
	for i, h := range found {
		list[i] = &caseText{page: page, lead: lead}
		list[i].take(pieces[h.from:h.to])
	}
	tellCommon(page, pieces, found, list)
	tellApart(pieces, found, list)
	tellNotes(notes, list)
	when := printedOn(pieces, found)
	for i, c := range list {
		if i > 0 {
			c.before = list[i-1]
		}
		if c.printed = when; when.on.IsZero() {
			from := 0
			if i > 0 {
				from = found[i-1].to
			}
			c.printed = yearBefore(pieces[from:found[i].from])
		}
		c.build()
		c.sameMonth()
	}
	return list, noticeOf(page, pieces, found)
}

// readOrgan takes the organ that acts in the cases below: alone on its line, or the one that looked or decided in the lead (该局共办理案件14件).
func (c *context) readOrgan(lead []*piece, alone bool) {
	for _, u := range lead {
		t := &caseText{body: u.flow()}
		os := organsOf(t.body)
		if len(os) == 1 && !higher(t.body.r[os[0].start:os[0].end]) && (os[0].end-os[0].start == len(u.p.r) || !alone && u.said.any(aHeadline) && os[0].start == 0 && containsAny(t.body.r, "行政处罚") && !u.said.any(announced) || !alone && !u.said.any(aHeadline|aTitle) && (t.partOf(os[0]) >= organFound || containsAny(t.body.r[os[0].end:], "该局", "该分局", "该大队"))) {
			c.organ = t.body.slice(os[0].start, os[0].end)
		}
	}
}

// take makes the paragraphs of a case of its pieces.
func (c *caseText) take(pieces []*piece) {
	for i := 0; i < len(pieces); {
		j := i + 1
		for j < len(pieces) && pieces[j].p == pieces[i].p {
			j++
		}
		c.paras = append(c.paras, paraOf(pieces[i:j]))
		i = j
	}
	for _, u := range pieces {
		c.decision = c.decision || u.said.any(inLetter) || u.head > 0
		c.notice = c.notice || u.said.any(inLetter) && index(u.p.r, "告知书") >= 0
	}
	first := pieces[0]
	switch {
	case first.p.kind == paraHeading:
		c.title, c.headed = first.p.heading.title, true
	case first.p.columns != nil:
		c.row, c.per = first.p.columns, first.p.per
		c.title = c.row[colTitle]
	}
	c.decision = c.decision || !c.headed && c.speaksToParty(pieces)
}

// speaksToParty is for decisions without their title: 当事人：… or an address line, and 你单位 behind.
func (c *caseText) speaksToParty(pieces []*piece) bool {
	r := c.paras[0].r
	if !label(r) && !(r[len(r)-1] == '：' && len(r) < 40) {
		return false
	}
	for _, u := range pieces {
		if u.said.any(toYou) && u.said.any(anOrgan) {
			return true
		}
	}
	return false
}

// paraOf is the paragraph of pieces that stand in one: itself, or a part of it.
func paraOf(pieces []*piece) *para {
	p := pieces[0].p
	from, to := pieces[0].from, pieces[len(pieces)-1].to
	if from == 0 && to == len(p.r) {
		return p
	}
	part := *p
	part.flow, part.gap = p.slice(from, to), false
	if from > 0 {
		part.opened = 0
	}
	return &part
}

// tellCommon gives the cases what is told of them all in front: 6月3日，某局检查3家养殖场，情况如下.
func tellCommon(page []rune, pieces []*piece, found []*reading, list []*caseText) {
	var common *caseText
	for i, h := range found {
		from := 0
		if i > 0 {
			from = found[i-1].to
		}
		for k := max(from, h.from-4); k < h.from; k++ {
			if u := pieces[k]; u.said.any(ofAll|announced) && u.said.any(aLook|aStep) && !u.said.any(aHeadline) {
				common = &caseText{page: page, lead: list[i].lead, paras: []*para{paraOf(pieces[k : k+1])}}
				common.build()
			} else if u.said.any(aBreak | closingWord) {
				common = nil
			}
		}
		list[i].common = common
	}
}

// tellApart gives the cases what is told of them behind: of several at once (以上两案，分别罚款2万元、3万元), or of each by its name.
func tellApart(pieces []*piece, found []*reading, list []*caseText) {
	first := 0 // of the cases that the next sum may be of
	for i, h := range found {
		end := len(pieces)
		if i+1 < len(found) {
			end = found[i+1].from
		}
		told := false
		for k := h.to; k < end && k < h.to+6 && !told; k++ {
			u := pieces[k]
			n, several := handlesSeveral(u.flow().r)
			several = several && u.front
			if u.said.any(aFine|aStep) && nameEach(u, found[first:i+1], list[first:i+1]) {
				continue
			}
			switch {
			case several && n <= i+1:
				if n == 0 {
					n = i + 1 - first
				}
				m := k + 1
				for m < min(end, k+6) && !pieces[m].said.any(aHeadline|closingWord|aBreak) && (!pieces[m].front || pieces[m].said.any(ofAll) || pieces[m].looksBack()) {
					m++
				}
				for j := range n {
					c := list[i+1-n+j]
					c.shared, c.index, c.of = parasOf(pieces[k:m]), j, n
				}
				first, told = i+1, true
			}
		}
	}
}

func parasOf(pieces []*piece) (list []*para) {
	for i := range pieces {
		list = append(list, paraOf(pieces[i:i+1]))
	}
	return list
}

// nameEach divides a sentence among the cases whose parties it names: each has it from its party's name to the next one's. It reports whether it
// names any.
func nameEach(u *piece, found []*reading, list []*caseText) bool {
	f := u.flow()
	var at []int
	var of []*caseText
	for _, n := range names(f) {
		for i, h := range found {
			if sameParty(h.party, string(f.r[n.start:n.end])) {
				at, of = append(at, n.start), append(of, list[i])
				break
			}
		}
	}
	at = append(at, len(f.r))
	for k, c := range of {
		part := *u.p
		part.flow, part.kind = f.slice(at[k], at[k+1]), paraProse
		c.apart = append(c.apart, &part)
	}
	return len(of) > 0
}

// joinTitles puts a title together that a column broke: 恩平某畜牧有限公司违 / 法排污案, 案件四 / 台山市某养殖场 / 在畜禽禁养区内从事畜禽养殖案. A line
// that says what was done is a title, too, where the paragraph below tells the case: 3、超标排放, 容县某合作社在禁养区养猪.
func joinTitles(paras []*para) []*para {
	var out []*para
	for i := 0; i < len(paras); i++ {
		p, next := paras[i], paras[i+1:]
		switch {
		case p.kind == paraHeading && len(p.heading.body.r) == 0 && !endsInCase(p.heading.title.r):
			n := p.heading.complete(next)
			if n > 0 {
				p.flow = joinFlows(p.flow, next[:n])
			}
			i += n
		case p.kind != paraHeadline || p.marked || len(next) == 0:
		case brokenTitle(p, next[0]):
			title := joinFlows(p.flow, next[:1])
			_, after := enumerator(title, skipDecoration(title.r, 0))
			p = &para{flow: title, kind: paraHeading, heading: heading{title: title.slice(after, len(title.r))}, gap: p.gap}
			i++
		case nameAloneOver(p.flow, next[0]):
			p.kind, p.item = paraProse, true
		case next[0].kind == paraProse && !next[0].marked:
			if h, ok := titleOver(p.flow, next[0].flow); ok {
				p.kind, p.heading = paraHeading, h
			}
		}
		out = append(out, p)
	}
	return out
}

// brokenTitle reports whether a line and the next are one title: it names its party in the first line, or at least soon, and ends in 案 in the second.
func brokenTitle(p, next *para) bool {
	if next.kind != paraHeadline && (next.kind != paraHeading || next.heading.strong) || len(p.r)+len(next.r) > 60 || !endsInCase(next.r) || endsInCase(p.r) {
		return false
	}
	title := joinFlows(p.flow, []*para{next})
	_, after := enumerator(title, skipDecoration(title.r, 0))
	t := title.slice(after, len(title.r))
	ns := names(t)
	return len(ns) > 0 && ns[0].start <= 12 && !newsTitle(t.r) && (ns[0].end <= len(p.r) || len(names(next.flow)) == 0) && len(names(p.flow)) > 0
}

// nameAloneOver is for a line that is a party's name and nothing else, above the day on which it was looked into.
func nameAloneOver(f flow, below *para) bool {
	ns := names(f)
	_, dated := readDate(below.r, 0, 2000, 1)
	return len(ns) == 1 && ns[0].start == 0 && ns[0].end == len(f.r) && below.kind == paraProse && dated > 0
}

// titleOver reads a line as the title of the case that the paragraph below tells: by its number and what was done, or by the party and what it did.
func titleOver(line, below flow) (heading, bool) {
	from := skipDecoration(line.r, 0)
	n, after := enumerator(line, from)
	title := line.slice(max(from, after), len(line.r))
	if m, _ := enumerator(below, 0); m > 0 || len(title.r) > 30 || containsAny(title.r, "，", "：") || newsTitle(title.r) || !actWords.any(title.r) {
		return heading{}, false
	}
	titled, told := names(title), names(below.slice(0, min(len(below.r), 80)))
	switch {
	case len(titled) == 0:
		return heading{number: n, title: title}, n > 0 && len(title.r) <= 20 && len(told) > 0 && !endsInAny(title.r, "类", "问题", "情况", "案件")
	case titled[0].start > 0 || titled[0].end == len(title.r) || !actWords.any(title.r[titled[0].end:]):
		return heading{}, false
	}
	_, dated := dateAt(below.r, 0)
	return heading{number: n, title: title}, dated
}

func joinFlows(f flow, more []*para) flow {
	f = flow{append([]rune(nil), f.r...), append([]int(nil), f.at...)}
	for _, p := range more {
		f.r, f.at = append(f.r, p.r...), append(f.at, p.at...)
	}
	return f
}

// complete takes the lines behind a heading's number, or behind the first half of its title, into the title; it says how many.
func (h *heading) complete(next []*para) int {
	title := h.title
	for n := 0; n < 3 && n < len(next); n++ {
		p := next[n]
		line := p.flow
		if len(p.r) <= 8 && endsInAny(p.r, "案件名称", "案例名称") {
			continue
		}
		switch {
		case p.kind == paraHeading && !p.heading.strong && p.heading.number == 0 && len(p.heading.body.r) == 0:
		case p.kind == paraHeadline && !p.marked && !label(p.r):
		default:
			return 0
		}
		title = joinFlows(title, []*para{{flow: line}})
		if len(title.r) > longestTitle {
			return 0
		}
		if endsInCase(title.r) {
			h.title = title
			return n + 1
		}
		if n == 0 && len(h.title.r) == 0 && (actTitle(title) || len(names(title)) > 0 && len(title.r) <= 40) &&
			!(n+1 < len(next) && next[n+1].kind == paraHeadline && !next[n+1].marked && endsInCase(joinFlows(title, next[n+1:n+2]).r)) {
			h.title = title
			return 1
		}
	}
	return 0
}

// maskedCore is a name from its 某 on: what a title and a text have in common.
func maskedCore(r []rune) []rune {
	for i, c := range r {
		if masks(c) {
			return r[i:]
		}
	}
	return r
}

// handlesSeveral reports whether a paragraph handles several cases at once, and how many; 0 where it says no number.
func handlesSeveral(r []rune) (n int, ok bool) {
	for _, w := range []string{"上述", "以上", "前述", "这", "对"} {
		back := w != "这" && w != "对"
		for i := range r[:min(len(r), 201)] {
			if !hasAt(r, i, w) {
				continue
			}
			k := i + runeLen(w)
			if v, end := several(r, k, "家起个名户宗案"); v > 0 &&
				!containsAny(r[end:min(len(r), end+8)], "责任人", "涉案人", "工人", "员工", "违法行为", "证人", "排污口") {
				return v, back || containsAny(r, "均", "分别", "各", "都", "予以", "依法", "作出处罚", "作出行政处罚")
			}
			if back && w != "前述" && containsAny(r[k:min(len(r), k+14)], "均", "分别") &&
				containsAny(r[k:min(len(r), k+10)], "场", "公司", "企业", "单位", "户", "案件", "案例", "当事人") {
				return 0, true
			}
		}
	}
	return 0, false
}

// cites asks that a law's article follows 按照《…》; what a permit or report demanded belongs to the facts.
func cites(sentence []rune, at int) bool {
	for _, w := range []string{"依据《", "根据《", "依照《", "按照《"} {
		if hasAt(sentence, at, w) {
			return containsAny(sentence[at:], "》第", "）第", "有关规定", "相关规定", "法》", "条例》")
		}
	}
	return true
}
