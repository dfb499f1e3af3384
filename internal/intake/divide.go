package intake

import (
	"slices"
	"strings"
)

// The division of a page into cases and rest is the one with the highest score. A case is a run of pieces; its score is the sum of what
// speaks for a case that begins where it does (beginnings), of what speaks for each further piece to belong to it (doubts, goesOn), and of whole,
// if it tells somebody and an act or a step of the authorities (isWhole); what it does not tell makes it no case at all. The rest loses
// what it leaves unexplained (leftOut). The weights are by hand, tuned on composed texts alone.
const (
	newCase  = -6 // a case has to be worth it: a page that can be read as one case is not read as two
	whole    = 6
	letter   = 12  // the head of a decision, a row of a table
	titled   = 8   // a line that names a case
	another  = -6  // what is about another party than the case
	same     = -8  // a second case of the party just told of
	backward = -6  // 该公司, 上述: what looks back does not begin
	plural   = -8  // 以上两案: of all cases, part of none
	over     = -20 // the case cannot go on with it
	beam     = 8   // beginnings that are kept in view
)

// reading is a case that may have begun.
type reading struct {
	from, to  int
	score     int
	before    *reading // the cases in front of it
	party     string
	opens     said // how its party stands where it is first named
	number    int
	said      said
	paras     int      // that it goes over
	body      int      // pieces that are more than its title or head
	headLines int      // lines of its head still to come
	strays    int      // pieces in a row that mention nothing
	column    bool     // under a heading: comments and laws behind belong to it
	known     []string // who else is named in it
	lead      string   // how its paragraph begins
}

// divide finds the cases among pieces: the best division, with a few beginnings in view, so that its work grows with the text.
func divide(pieces []*piece) (list []*reading) {
	var open []*reading
	var last *reading // the best division that ends here in the rest or with a whole case
	rest := 0
	for i := 0; i <= len(pieces); i++ {
		for _, h := range open {
			if s := h.score + whole; h.isWhole() && s > rest {
				closed := *h
				closed.to = i
				rest, last = s, &closed
			}
		}
		if i == len(pieces) {
			break
		}
		u := pieces[i]
		open = slices.DeleteFunc(open, func(h *reading) bool { return !h.add(u) })
		if w := u.begins(last); w > newCase {
			h := beginning(u, rest+w, last)
			for _, v := range pieces[max(0, i-3):i] { // what stands in front is about the environment
				h.said |= v.said & nature
			}
			open = append(open, h)
		}
		if len(open) > beam {
			open = open[1:]
		}
		rest -= u.leftOut()
	}
	for ; last != nil; last = last.before {
		list = append(list, last)
	}
	slices.Reverse(list)
	return list
}

func beginning(u *piece, score int, before *reading) *reading {
	h := &reading{from: u.i, score: score, before: before, party: u.party, opens: u.said & (inFront | found), number: u.number, said: u.told(),
		headLines: u.head - 1, paras: 1, known: u.named, lead: u.lead(), column: u.said.any(aTitle) || u.p.led && u.section == secFacts}
	if !u.said.any(aTitle|inLetter|aHead) && (!u.said.any(aHeadline) || u.said.any(aLabel)) {
		h.body = 1
	}
	if u.said.any(telling) {
		h.score++
	}
	return h
}

const (
	// telling are the mentions by which a piece is part of a case.
	telling = atCourt | anAct | aStep | aLook | nature | lookingBack | anOrgan | aFine | toYou | aLabel | aTitle
	// structured are the marks that set a piece apart.
	structured = aTitle | aRow | aPlace | aBullet | aHead
	// facts of a place, before anything happens there
	setting = nature | aHint | aFront | aGap
)

// told is what a piece tells of its case. What a headline or a complaint says is told below, and 行政处罚 in the form that a decision has is no step.
func (u *piece) told() said {
	if u.said.any(aHead|inLetter) || u.section == secHearsay || u.said.any(aHeadline) && !u.said.any(aLabel) {
		return u.said &^ (aFine | aStep | aLook | anAct)
	}
	return u.said
}

// evidence is what speaks for or against. Its weight counts where the piece has one of the marks in any, all of those in all, and none of those in
// none, and where it holds of the case, if it asks that: in beginnings the one told before, or nil.
type evidence struct {
	weight         int
	any, all, none said
	holds          func(h *reading, u *piece) bool
}

func weigh(table []evidence, h *reading, u *piece) (w int) {
	for i := range table {
		e := &table[i]
		if (e.any == 0 || u.said.any(e.any)) && u.said&e.all == e.all && !u.said.any(e.none) && (e.holds == nil || e.holds(h, u)) {
			w += e.weight
		}
	}
	return w
}

// beginnings speak for a case that begins with the piece, or against it.
var beginnings = []evidence{
	{weight: newCase},
	{weight: letter, any: aHead | aRow},
	{weight: titled, any: aTitle},
	{weight: 5, any: aPlace | aCard | aNumber | aParty, none: inCard},
	{weight: 5, any: afresh},
	{weight: 3, any: aFront, holds: func(_ *reading, u *piece) bool { return u.number > 0 }},
	{weight: 3, holds: (*reading).alike},
	{weight: 4, any: inFront},
	{weight: 3, all: found | aFront},
	{weight: 2, any: found, none: aFront},
	{weight: 1, any: aFront},
	{weight: 1, any: aGap},
	{weight: -2, any: nature, none: ^setting, holds: func(_ *reading, u *piece) bool { return u.party == "" }}, // a county and its farms
	{weight: plural, any: ofAll | anAsker},
	{weight: backward, any: closingWord | announced | pointing, none: aTitle | aRow},
	{weight: backward, any: toYou, none: aNumber | aParty | aCard}, // a letter goes on
	{weight: backward, none: aNumber | aParty | aCard | inFront | found, holds: func(_ *reading, u *piece) bool {
		return (u.p.led || u.p.marked && u.party == "") && u.section != secFacts
	}},
	{weight: backward, none: structured, holds: func(last *reading, u *piece) bool { return last != nil && last.column && u.i-last.to <= 1 }},
	{weight: -3, any: aHeadline | aBreak, none: aLabel | aHead},
	{weight: same, none: aRow | aHead, holds: (*reading).tells},
}

// begins is what speaks for a case that begins with the piece; last is the case told before.
func (u *piece) begins(last *reading) int {
	opens := u.said.any(aCard|aTitle) || !u.said.any(inCard) && (u.said.any(aNumber|aParty) || u.number > 0)
	addressed := u.said.any(inFront) && u.p.r[u.to-1] == '：'
	if u.said.any(aLabel) && !opens && !addressed {
		return newCase
	}
	return weigh(beginnings, last, u)
}

// tells reports whether the case that ends in front of u, or one not far in front, is about a party: it is not told anew.
func (h *reading) tells(u *piece) bool {
	for n := 0; u.party != "" && h != nil && n < beam; h, n = h.before, n+1 {
		if sameParty(u.party, h.party) || n == 0 && slices.Contains(h.known, u.party) {
			return true
		}
	}
	return false
}

// add goes on with a piece; it reports whether the case is worth going on with.
func (h *reading) add(u *piece) bool {
	w := h.goesOn(u)
	if w < 2*newCase {
		return false
	}
	h.score += w
	h.said |= u.told() &^ (aTitle | aRow)
	h.headLines--
	if u.said.any(aFront) {
		h.paras++
	}
	if !u.said.any(aTitle|inLetter|aHead|aHeadline) || u.said.any(aLabel) {
		h.body++
	}
	if h.party == "" && u.party != "" {
		h.party, h.opens = u.party, u.said&(inFront|found)
	}
	if len(h.known) < 2*beam && !u.said.any(ofAll|announced) {
		h.known = append(slices.Clip(h.known), u.named...)
	}
	if u.said.any(toYou) {
		h.said |= inLetter
	}
	return true
}

// doubts speak against a piece that goes on with the case.
var doubts = []evidence{
	{weight: over, any: aRow | aTitle},
	{weight: over, holds: func(h *reading, _ *piece) bool { return h.said.any(aRow) }},
	{weight: over, any: aParty, holds: func(h *reading, _ *piece) bool { return h.said.any(aParty) }},
	{weight: over, all: announced | aHeadline, none: aLabel}, // 某局公布5起典型案例
	{weight: another, holds: (*reading).isAnother},
	{weight: another, all: aPlace | aFront},
	{weight: another, any: afresh, holds: func(h *reading, _ *piece) bool { return h.isWhole() }},
	{weight: another, holds: (*reading).alike},
	{weight: another, any: anAnswer, none: aLabel},
	{weight: another, any: closingWord, none: pointing, holds: func(_ *reading, u *piece) bool { return u.said.any(aFront) || !u.said.any(telling) }},
	{weight: another, any: aBreak},
	{weight: another, all: announced | aFront, none: inLaw},
	{weight: plural, all: ofAll | aFront},
	{weight: plural, any: aSum, none: inLaw, holds: func(h *reading, u *piece) bool { return u.said.any(aFront) || h.party == "" || countsCases(u.flow().r) }},
	{weight: -3, any: aFront, none: lookingBack | aLabel, holds: func(h *reading, _ *piece) bool { // the case before was told in one paragraph
		return h.before != nil && h.before.to == h.from && h.before.paras == 1
	}},
	{weight: -2, any: aHeadline, none: aLabel, holds: func(h *reading, u *piece) bool {
		return !u.p.marker && !h.letter() && !(h.column && u.number > 0 && !endsInAny(u.p.r, "类"))
	}},
}

// goesOn is what speaks for the piece to belong to the case.
func (h *reading) goesOn(u *piece) int {
	if h.headLines > 0 {
		return 1
	}
	w := weigh(doubts, h, u)
	switch {
	case u.p.marker:
	case u.said.any(aFront) && u.p.r[0] == '“' && !u.said.any(aFine|lookingBack): // what somebody says to it
		w--
	case !u.said.any(aFront), u.said.any(telling) || h.letter(), u.said.any(keyed) && h.paras > 1:
		w, h.strays = w+1, 0
	case u.said.any(inLaw) && h.column:
		w, h.strays = w+1-min(h.strays, 2), h.strays+1
	case u.p.marked:
	default: // nothing of a case is mentioned
		h.strays++
		w -= h.strays
	}
	return w
}

// other reports whether the piece is about somebody else than the case.
func (h *reading) other(u *piece) bool {
	return u.party != "" && h.party != "" && h.body > 0 && !sameParty(u.party, h.party) && !slices.Contains(h.known, u.party)
}

// isAnother is for a piece that opens with somebody else, where nothing holds it to the case: a letter, a heading or a number above it.
func (h *reading) isAnother(u *piece) bool {
	return u.said.any(inFront|found) && h.other(u) && !h.letter() && !u.said.any(inLaw) &&
		(!h.column && !h.said.any(aParty) && h.number == 0 || u.said.any(structured) || u.number > 0 && u.said.any(aFront))
}

// lead is how a paragraph begins, where that tells items of a list: 反映“…, 黔环罚〔2023〕7号. "" for a day, and for what a mark or a word says.
func (u *piece) lead() string {
	r := u.p.r[skipDecoration(u.p.r, 0):]
	if !u.said.any(aFront) || u.p.marked || len(r) < 8 || u.said.any(aTitle|aRow|aBreak|aHeadline) || startsNumber(r[0]) || pointers.has(r, 0) {
		return ""
	}
	if strings.ContainsRune("一二三四五六七八九甲乙丙丁", r[2]) { // 镜头一：, 镜头二：
		return string(r[:2])
	}
	return string(r[:3])
}

// alike reports whether a paragraph begins as the case does.
func (h *reading) alike(u *piece) bool {
	return h != nil && h.lead != "" && h.lead == u.lead()
}

func (h *reading) letter() bool { return h.said.any(inLetter) }

// isWhole reports whether the case tells somebody, and an act or step.
func (h *reading) isWhole() bool {
	s := h.said
	listed := h.number > 0 || s.any(aBullet)
	told := listed || s.any(anOrgan|aPlace|inLetter)
	switch {
	case s.any(aRow):
		return true
	case h.body == 0, !s.any(nature), s.any(atCourt) && !s.any(anOrgan), s.any(praised|blamed) && !s.any(aFine), s.any(ofOthers) && !s.any(pollution):
		return false
	case s.any(aComplaint) && s.any(aLook), listed && h.opens == inFront && (s.any(anAct) || s.any(aStep) && (s.any(aHint) || h.number > 0)):
		return true
	case h.party == "":
		return s.any(anOrgan) && s.any(aFine) && h.before == nil
	case s.any(aFine), told && s.any(anAct) && s.any(aLook|aStep), told && s.any(aLook) && s.any(aStep), h.column && s.any(anOrgan):
		return true
	}
	return s.any(anOrgan) && (s.any(aStep) && s.any(aPlace) || (h.opens != 0 || listed) && s.any(aHint) && s.any(aLook|aStep))
}

// leftOut is what the rest loses by a piece that tells of a case.
func (u *piece) leftOut() int {
	switch {
	case u.said.any(inLaw) || u.said.any(aHeadline) && u.party == "":
	case u.said.any(inFront|found) && u.said.any(aStep|anAct), u.said.any(aFine):
		return 3
	}
	return 0
}

// sameParty reports whether two names may be of one party: 某养猪场 of 南漳县某养猪场; 阳春一养殖场 may be any.
func sameParty(a, b string) bool {
	if someParty(a) || someParty(b) {
		return true
	}
	if len(a) < len(b) {
		a, b = b, a
	}
	stem := strings.TrimSuffix(b, "公司") // 鸿昌公司 is 南通鸿昌牧业有限公司
	short := stem != b && runeLen(stem) > 1 && strings.Contains(a, stem) && !slices.ContainsFunc([]rune(stem), masks)
	return b != "" && (short || strings.HasSuffix(a, b) || runeLen(b) > 3 && strings.HasPrefix(a, b))
}

// someParty is for 一养殖场, 阳春一养殖场: nobody in particular.
func someParty(name string) bool {
	r := []rune(name)
	for len(r) > 0 {
		p, ok := placeAt(r, 0)
		if !ok {
			return r[0] == '一'
		}
		r = r[p.n:]
	}
	return false
}
