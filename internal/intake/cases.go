package intake

import (
	"slices"
	"strings"

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
	tellCommon(pieces, found, list)
	tellApart(pieces, found, list)
	tellNotes(notes, list)
	when := printedOn(pieces, found)
	for i, c := range list {
		from := 0
		if i > 0 {
			c.before, from = list[i-1], found[i-1].to
		}
		if c.printed = when; when.on.IsZero() {
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
		if len(os) != 1 || higher(t.body.r[os[0].start:os[0].end]) {
			continue
		}
		headed := u.said.any(aHeadline) && containsAny(t.body.r, "行政处罚") && !u.said.any(announced)
		acts := !u.said.any(aHeadline|aTitle) && (t.partOf(os[0]) >= organFound || containsAny(t.body.r[os[0].end:], "该局", "该分局", "该大队"))
		if t.body.isOrgan() || !alone && (headed || acts) {
			c.organ = t.body.slice(os[0].start, os[0].end)
		}
	}
}

// take makes the paragraphs of a case of its pieces. A decision without its title, 当事人：… or an address line, speaks to 你单位.
func (c *caseText) take(pieces []*piece) {
	c.paras = parasOf(pieces)
	first := pieces[0].p
	c.title, c.headed = first.heading.title, first.kind == paraHeading
	if first.columns != nil {
		c.row, c.per, c.title = first.columns, first.per, first.columns[colTitle]
	}
	for _, u := range pieces {
		c.decision = c.decision || u.said.any(inLetter|aHead) || !c.headed && u.said.any(toYou) && u.said.any(anOrgan)
		c.notice = c.notice || u.said.any(inLetter) && index(u.p.r, "告知书") >= 0
	}
}

// parasOf are the paragraphs of pieces: themselves, or the parts of them in which the pieces stand.
func parasOf(pieces []*piece) (list []*para) {
	for i := 0; i < len(pieces); {
		p, j := pieces[i].p, i
		for ; j < len(pieces) && pieces[j].p == p; j++ {
		}
		from, to := pieces[i].from, pieces[j-1].to
		i = j
		if from > 0 || to < len(p.r) {
			part := *p
			if part.flow, part.gap = p.slice(from, to), false; from > 0 {
				part.opened = 0
			}
			p = &part
		}
		list = append(list, p)
	}
	return list
}

// tellCommon gives the cases what is told of them all in front: 6月3日，某局检查3家养殖场，情况如下.
func tellCommon(pieces []*piece, found []*reading, list []*caseText) {
	var common *caseText
	from := 0
	for i, h := range found {
		for _, u := range pieces[max(from, h.from-4):h.from] {
			if u.said.any(ofAll|announced) && u.said.any(aLook|aStep) {
				common = &caseText{page: list[i].page, lead: list[i].lead, paras: parasOf([]*piece{u})}
				common.build()
			}
		}
		list[i].common, from = common, h.to
	}
}

// tellApart gives the cases what is told of them behind: of several at once (以上两案，分别罚款2万元、3万元), or of each by its name.
func tellApart(pieces []*piece, found []*reading, list []*caseText) {
	first := 0 // of the cases that the next sum may be of
	for i, h := range found {
		behind := pieces[h.to:min(len(pieces), h.to+12)]
		if i+1 < len(found) {
			behind = pieces[h.to:min(found[i+1].from, h.to+12)]
		}
		for k, u := range behind[:min(len(behind), 6)] {
			n, several := handlesSeveral(u.flow().r)
			if u.said.any(aFine|aStep) && nameEach(u, found[first:i+1], list[first:i+1]) || !several || n > i+1 {
				continue
			}
			if n == 0 {
				n = i + 1 - first
			}
			m := k + 1
			for m < min(len(behind), k+6) && (!behind[m].said.any(aFront) || behind[m].said.any(ofAll|pointing)) {
				m++
			}
			for j, c := range list[i+1-n : i+1] {
				c.shared, c.index, c.of = parasOf(behind[k:m]), j, n
			}
			first = i + 1
			break
		}
	}
}

// nameEach divides a sentence among the cases whose parties it names: each has it from its party's name to the next one's. It reports whether it
// names any.
func nameEach(u *piece, found []*reading, list []*caseText) (any bool) {
	f := u.flow()
	end := len(f.r)
	for _, n := range slices.Backward(names(f)) {
		i := slices.IndexFunc(found, func(h *reading) bool { return sameParty(h.party, string(f.r[n.start:n.end])) })
		if i < 0 {
			continue
		}
		part := *u.p
		part.flow, part.kind = f.slice(n.start, end), paraProse
		list[i].apart = append(list[i].apart, &part)
		end, any = n.start, true
	}
	return any
}

// joinTitles puts a title together that a column broke: 案例四 / 台山市某养殖场 / 在畜禽禁养区内从事畜禽养殖案. A line that says what was done is a
// title, too, where the paragraph below tells the case: 3、超标排放, 容县某合作社在禁养区养猪.
func joinTitles(paras []*para) (list []*para) {
	for i := 0; i < len(paras); i++ {
		p, next := paras[i], paras[i+1:]
		switch {
		case p.kind == paraHeading && len(p.heading.body.r) == 0 && !endsInCase(p.heading.title.r):
			i += p.heading.complete(next)
		case p.kind != paraHeadline || p.marked || len(next) == 0 || next[0].kind != paraProse:
		case endsInName(p.flow) && opensName(p.flow): // a party's name, above the day on which it was looked into
			if _, dated := readDate(next[0].r, 0, 2000, 1); dated > 0 {
				p.kind = paraProse
			}
		default:
			if h, ok := titleOver(p.flow, next[0].flow); ok && !next[0].marked {
				p.kind, p.heading = paraHeading, h
			}
		}
		list = append(list, p)
	}
	return list
}

// titleOver reads a line as the title of the case that the paragraph below tells: by its number and what was done, or by the party and what it did.
func titleOver(line, below flow) (heading, bool) {
	from := skipDecoration(line.r, 0)
	n, after := enumerator(line, from)
	h := heading{number: n, title: line.slice(max(from, after), len(line.r))}
	if containsAny(h.title.r, "，", "：") || newsTitle(h.title.r) || !actWords.any(h.title.r) {
		return h, false
	}
	_, dated := dateAt(below.r, 0)
	return h, dated && actTitle(h.title) || n > 0 && len(names(h.title)) == 0 && !endsInAny(h.title.r, "类", "问题", "情况", "案件")
}

// complete takes the lines behind a heading's number, or behind the first half of its title, into the title; it says how many.
func (h *heading) complete(next []*para) (lines int) {
	title, alone := h.title, len(h.title.r) == 0
	for n, p := range next[:min(len(next), 3)] {
		switch {
		case len(p.r) <= 8 && endsInAny(p.r, "案件名称", "案例名称"):
			continue
		case p.kind == paraHeading && p.heading.number == 0 && len(p.heading.body.r) == 0, p.kind == paraHeadline && !label(p.r):
			title = joinFlows(title, p.flow)
		default:
			return lines
		}
		if endsInCase(title.r) {
			h.title = title
			return n + 1
		}
		if n == 0 && alone && len(names(title)) > 0 { // the whole title, unless more lines complete it
			h.title, lines = title, 1
		}
	}
	return lines
}

func joinFlows(f flow, more ...flow) flow {
	f = flow{slices.Clone(f.r), slices.Clone(f.at)}
	for _, g := range more {
		f.r, f.at = append(f.r, g.r...), append(f.at, g.at...)
	}
	return f
}

// maskedCore is a name from its 某 on: what a title and a text have in common.
func maskedCore(r []rune) []rune { return r[max(0, slices.IndexFunc(r, masks)):] }

// handlesSeveral reports whether a paragraph handles several cases at once, and how many; 0 where it says no number.
func handlesSeveral(r []rune) (n int, ok bool) {
	for i, c := range r[:min(len(r), 201)] {
		if !strings.ContainsRune("上以前这对", c) {
			continue
		}
		back, k := hasAnyAt(r, i, "上述", "以上", "前述"), i+1
		if back {
			k++
		} else if c != '这' && c != '对' {
			continue
		}
		if v, end := several(r, k, "家起个名户宗案"); v > 0 &&
			!containsAny(r[end:min(len(r), end+8)], "责任人", "涉案人", "工人", "员工", "违法行为", "证人", "排污口") {
			return v, back || containsAny(r, "均", "分别", "各", "都", "予以", "依法", "作出处罚", "作出行政处罚")
		}
		if back && containsAny(r[k:min(len(r), k+14)], "均", "分别") && containsAny(r[k:min(len(r), k+10)], "场", "公司", "企业", "单位", "户", "案件", "案例", "当事人") {
			return 0, true
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
