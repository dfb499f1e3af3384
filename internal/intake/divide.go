package intake

import (
	"slices"
	"strings"
)

// The division of a page into cases and rest is the one with the highest score. A case is a run of pieces; its score is the sum of what
// speaks for a case that begins where it does (begins), of what speaks for each further unit to belong to it (goesOn), and of whole,
// if it tells somebody and an act or a step of the authorities (isWhole); what it does not tell makes it no case at all. The rest loses
// what it leaves unexplained (leftOut). The weights are by hand, tuned on composed texts alone.
const (
	newCase  = -6 // a case has to be worth it: a page that can be read as one case is not read as two
	whole    = 6
	letter   = 12 // the head of a decision, a row of a table
	strong   = 8  // 案例三
	titled   = 7  // a line that names a case
	another  = -6 // what is about another party than the case
	same     = -8 // a second case of the party just told of
	backward = -6 // 该公司, 上述: what looks back does not begin
	plural   = -8 // 以上两案: of all cases, part of none
	stray    = -1 // nothing of a case is mentioned
	beam     = 8  // beginnings that are kept in view
)

// reading is a case that may have begun.
type reading struct {
	from, to  int
	score     int
	before    *reading // the cases in front of it
	party     string
	number    int
	style     rune
	said      said
	opens     opening  // how its party stands where it is first named
	labelled  bool     // it has its 当事人：
	head      bool     // it begins with the head of a decision
	addressed bool     // it begins with 某养殖场：
	field     bool     // what stands in front is about the environment
	paras     int      // that it goes over
	body      int      // pieces that are more than its title or head
	headLines int      // lines of its head still to come
	strays    int      // pieces in a row that mention nothing
	column    bool     // under a heading: comments and laws behind belong to it
	known     []string // who else is named in it
	lead      string   // how its paragraph begins
}

// divide finds the cases among pieces: the best division, with a few beginnings in view, so that its work grows with the text.
func divide(pieces []*piece) []*reading {
	var open []*reading
	var last *reading // the best division that ends here in the rest or with a whole case
	rest := 0
	for i, u := range pieces {
		for _, h := range open {
			if s := h.score + whole; h.isWhole() && s > rest {
				rest, last = s, h.closed(i)
			}
		}
		kept := open[:0]
		for _, h := range open {
			if h.add(u) {
				kept = append(kept, h)
			}
		}
		open = kept
		if w := u.begins(last); w > newCase {
			h := beginning(u, i, rest+w, last)
			for _, v := range pieces[max(0, i-3):i] {
				h.field = h.field || v.said.any(nature)
			}
			open = insert(open, h)
		}
		rest -= u.leftOut()
	}
	for _, h := range open {
		if s := h.score + whole; h.isWhole() && s > rest {
			rest, last = s, h.closed(len(pieces))
		}
	}
	var list []*reading
	for ; last != nil; last = last.before {
		list = append(list, last)
	}
	slices.Reverse(list)
	return list
}

// closed is the case as it ends before unit i.
func (h *reading) closed(i int) *reading {
	c := *h
	c.to = i
	return &c
}

// insert keeps the most promising beginnings.
func insert(open []*reading, h *reading) []*reading {
	if len(open) < beam {
		return append(open, h)
	}
	worst := slices.MinFunc(open, func(a, b *reading) int { return a.score - b.score })
	if worst.score < h.score {
		open[slices.Index(open, worst)] = h
	}
	return open
}

func beginning(u *piece, i, score int, before *reading) *reading {
	h := &reading{from: i, score: score, before: before, party: u.party, opens: u.opens, number: u.number, style: u.style, said: u.told(), headLines: u.head - 1, paras: 1}
	h.labelled, h.head, h.known = u.said.any(aParty), u.head > 0, u.named
	h.addressed, h.lead = u.addresses(), u.lead()
	h.column = u.said.any(aTitle|aStrong) || u.p.led && u.front && u.section == secFacts
	if !u.titleOnly() && (!u.said.any(aHeadline) || u.said.any(aLabel)) {
		h.body = 1
	}
	if u.said.any(telling) {
		h.score++
	}
	return h
}

// telling are the mentions by which a piece is part of a case.
const telling = atCourt | anAct | aStep | aLook | nature | lookingBack | anOrgan | aFine | toYou | aLabel | aTitle

// told is what a piece tells of its case. What a headline or a complaint says is told below, and 行政处罚 in the form that a decision has is no step.
func (u *piece) told() said {
	if u.head > 0 || u.said.any(inLetter) || u.section == secHearsay || u.said.any(aHeadline) && !u.said.any(aLabel) {
		return u.said &^ (aFine | aStep | aLook | anAct)
	}
	return u.said
}

// titleOnly is for a unit that is a title, a number or a line of a head.
func (u *piece) titleOnly() bool { return u.said.any(aTitle|aStrong|inLetter) || u.head > 0 }

// evidence is what speaks for or against: its weight counts where it holds. In beginnings the case is the one told before, or nil.
type evidence struct {
	weight int
	holds  func(h *reading, u *piece) bool
}

func weigh(table []evidence, h *reading, u *piece) (w int) {
	for _, e := range table {
		if e.holds(h, u) {
			w += e.weight
		}
	}
	return w
}

// beginnings speak for a case that begins with the piece, or against it.
var beginnings = []evidence{
	{newCase, func(*reading, *piece) bool { return true }},
	{letter, func(_ *reading, u *piece) bool { return u.head > 0 || u.said.any(aRow) }},
	{strong, func(_ *reading, u *piece) bool { return u.said.any(aStrong) }},
	{titled, func(_ *reading, u *piece) bool { return u.said.any(aTitle) && !u.said.any(aStrong) }},
	{5, func(_ *reading, u *piece) bool { return u.opensCard() || u.said.any(aPlace) }},
	{5, func(last *reading, u *piece) bool {
		return u.said.any(afresh) && (u.front || last != nil && last.to == u.i)
	}},
	{3, func(_ *reading, u *piece) bool { return u.number > 0 && u.front }},
	{3, func(last *reading, u *piece) bool { return last.alike(u) }},
	{4, func(_ *reading, u *piece) bool { return u.opens == inFront }},
	{3, func(_ *reading, u *piece) bool { return u.opens == found && u.front }},
	{2, func(_ *reading, u *piece) bool { return u.opens == found && !u.front }},
	{1, func(_ *reading, u *piece) bool { return u.front }},
	{1, func(_ *reading, u *piece) bool { return u.front && u.p.gap }},
	{-2, func(_ *reading, u *piece) bool { // a county and its farms, before anything happens
		return u.party == "" && u.said&^(nature|aHint) == 0 && u.said.any(nature) && u.number == 0
	}},
	{plural, func(_ *reading, u *piece) bool {
		asks, _ := speech(u.p.r)
		return u.said.any(ofAll) || u.said.any(aBreak) && asks > 0
	}},
	{backward, func(_ *reading, u *piece) bool {
		return u.said.any(closingWord|announced) && !u.said.any(aTitle|aStrong|aRow)
	}},
	{backward, func(last *reading, u *piece) bool {
		return u.looksBack() || u.speaksOn() && (last != nil || u.section != secNone || !u.p.led)
	}},
	{backward, func(last *reading, u *piece) bool {
		return last != nil && last.column && u.i-last.to <= 1 && !u.structured()
	}},
	{-3, func(_ *reading, u *piece) bool {
		return u.said.any(aHeadline|aBreak) && !u.said.any(aLabel) && u.head == 0
	}},
	{same, func(last *reading, u *piece) bool { return last.tells(u) && !u.said.any(aStrong|aRow) && u.head == 0 }},
}

// begins is what speaks for a case that begins with the piece; last is the case told before.
func (u *piece) begins(last *reading) int {
	if u.said.any(aLabel) && !u.opensCard() && (u.number == 0 || u.inCard) && !u.addresses() {
		return newCase
	}
	return weigh(beginnings, last, u)
}

// addresses is for the line that a decision is addressed to: 某养殖场（经营者：夏某）：.
func (u *piece) addresses() bool { return u.opens == inFront && u.p.r[u.to-1] == '：' }

// opensCard is for the first line of a card: its number, its party, its title.
func (u *piece) opensCard() bool {
	r := u.flow().r
	return u.said.any(aCard|aStrong) || u.said.any(aNumber|aParty) && !u.inCard || u.said.any(aLabel) && (hasAnyAt(r, 0, "案例名称", "案件名称") || hasAt(r, 0, "案由") && u.party != "")
}

// speaksOn is for what a letter or a section goes on with.
func (u *piece) speaksOn() bool {
	return u.head == 0 && !u.said.any(aNumber|aParty|aCard) && (u.said.any(toYou) || u.underMarker() || u.front && (u.p.led || u.p.marked && u.party == "") && u.section != secFacts && !(u.section == secNone && u.opens > inPassing))
}

// tells reports whether the case that ends in front of u, or one not far in front, is about a party: it is not told anew. Far from it, only its name counts.
func (h *reading) tells(u *piece) bool {
	for n := 0; u.party != "" && h != nil && n < beam; h, n = h.before, n+1 {
		if h.to == u.i && n == 0 && slices.Contains(h.known, u.party) || sameParty(u.party, h.party) && (h.to == u.i && n == 0 || runeLen(u.party) > 4 && !someParty(u.party) && !someParty(h.party)) {
			return true
		}
	}
	return false
}

// structured is for pieces that a mark sets apart.
func (u *piece) structured() bool {
	return u.said.any(aTitle|aStrong|aRow|aPlace|aBullet) || u.head > 0 || u.number > 0 && u.front && u.party != ""
}

// add goes on with a unit; it reports whether the case is worth going on with.
func (h *reading) add(u *piece) bool {
	w := h.goesOn(u)
	if w < 2*newCase {
		return false
	}
	if h.party == "" && !h.labelled && !h.letter() && u.looksBack() { // 该公司 of whom?
		w += backward
	}
	h.score += w
	h.said |= u.told() &^ (aTitle | aStrong | aRow)
	h.headLines--
	if u.front {
		h.paras++
	}
	if !u.titleOnly() && !u.said.any(aHeadline) || u.said.any(aLabel) {
		h.body++
	}
	if h.party == "" || h.body <= 1 && u.opens > inPassing && h.said&aParty == 0 && !h.column {
		if u.party != "" {
			h.party, h.opens = u.party, u.opens
		}
	}
	if h.party != "" && len(u.named) < 3 && len(h.known) < 2*beam && !u.said.any(ofAll|announced) {
		h.known = append(h.known[:len(h.known):len(h.known)], u.named...)
	}
	if h.labelled = h.labelled || u.said.any(aParty); u.said.any(toYou) && (h.labelled || h.addressed || u.said.any(byUs)) {
		h.said |= inLetter
	}
	return true
}

// endings leave no doubt that another case begins, or that the rest does.
var endings = []func(h *reading, u *piece) bool{
	func(h *reading, u *piece) bool {
		return h.said.any(aRow) || u.said.any(aRow|aStrong) || u.head > 0 && h.body > 0
	},
	func(h *reading, u *piece) bool { return u.said.any(aTitle) && (h.body > 0 || h.said.any(aTitle)) },
	func(h *reading, u *piece) bool {
		return u.said.any(aParty) && h.labelled || (u.said.any(aNumber) && !u.inCard || u.said.any(aCard)) && h.body > 0 && !h.letter()
	},
	func(h *reading, u *piece) bool { // the headline of a page of cases: 某局公布5起典型案例
		return u.said.any(announced) && u.said.any(aHeadline) && u.front && !u.said.any(aLabel) && !h.letter()
	},
}

// doubts speak against a piece that goes on with the case.
var doubts = []evidence{
	{another / 2, func(h *reading, u *piece) bool { return h.isAnother(u) }},
	{another / 2, func(h *reading, u *piece) bool {
		return h.isAnother(u) && (u.said.any(anAct|aStep|aLook|aFine) || u.isItem())
	}},
	{another, func(h *reading, u *piece) bool {
		return u.said.any(aPlace) && u.front || u.said.any(afresh) && h.isWhole()
	}},
	{another, func(h *reading, u *piece) bool {
		return h.nextNumber(u) || h.alike(u) && h.isWhole() || u.front && answering(u.p.r) && h.body > 0 && !u.said.any(aLabel)
	}},
	{another, func(h *reading, u *piece) bool {
		return u.said.any(closingWord) && (u.front || !u.said.any(telling) || containsAny(u.flow().r, "提醒", "其余案件")) && !u.looksBack() && (u.party == "" || h.other(u))
	}},
	{another, func(h *reading, u *piece) bool { return u.said.any(aBreak) && (h.body > 0 || !h.letter()) }},
	{another, func(_ *reading, u *piece) bool { return u.said.any(announced) && u.front && !u.inLaw() }},
	{plural, func(h *reading, u *piece) bool {
		return u.said.any(ofAll) && u.front || u.said.any(aSum) && u.party == "" && (u.front || h.party == "" || (u.said.any(closingWord) || sums.any(u.flow().r)) && !u.inLaw() && countsCases(u.flow().r))
	}},
	{-3, func(h *reading, u *piece) bool { // the case before was told in one paragraph
		return u.front && u.party == "" && !u.said.any(lookingBack|aLabel) && !u.p.marked && h.before != nil && h.before.to == h.from && h.before.paras == 1
	}},
	{-2, func(h *reading, u *piece) bool {
		return u.said.any(aHeadline) && !u.said.any(aLabel) && !u.p.marker && !h.letter() && !(h.column && u.number > 0 && u.to < 12 && !endsInAny(u.p.r, "类"))
	}},
}

// goesOn is what speaks for the piece to belong to the case.
func (h *reading) goesOn(u *piece) int {
	if h.headLines > 0 {
		return 1
	}
	for _, ends := range endings {
		if ends(h, u) {
			return 2*newCase - 1
		}
	}
	w := weigh(doubts, h, u)
	switch {
	case u.p.marker:
	case u.front && u.p.r[0] == '“' && u.party == "" && !u.said.any(aFine|lookingBack): // what somebody says to it
		w += stray
	case !u.front, u.keyed && h.paras > 1, u.said.any(telling) || u.party != "" && !h.other(u) || h.letter():
		w, h.strays = w+1, 0
	case u.inLaw() && (h.column || h.labelled):
		w, h.strays = w+1-min(h.strays, 2), h.strays+1
	case u.front && u.p.marked:
	default:
		h.strays++
		w += stray * h.strays
	}
	return w
}

// other reports whether the piece is about somebody else than the case.
func (h *reading) other(u *piece) bool {
	return u.party != "" && h.party != "" && (h.body > 0 || h.column) && !sameParty(u.party, h.party) && !slices.Contains(h.known, u.party)
}

// isAnother is for a piece that opens with somebody else, where nothing holds it to the case: a letter, quoted law, a heading or number above it.
func (h *reading) isAnother(u *piece) bool {
	return u.opens > inPassing && h.other(u) && !h.letter() && !u.inLaw() && !u.underMarker() && (!h.column && !h.labelled && h.number == 0 || u.structured())
}

// underMarker is for what stands under 法律适用, and is no item of a list.
func (u *piece) underMarker() bool {
	return u.section == secRule && !u.said.any(aLabel) && !u.structured()
}

// lead is how a paragraph begins, where that tells items of a list: 反映“…, 黔环罚〔2023〕7号. "" for a day, and for what a mark or a word says.
func (u *piece) lead() string {
	r := u.p.r[skipDecoration(u.p.r, 0):]
	if !u.front || u.p.led || u.p.marked || len(r) < 8 || u.said.any(aTitle|aStrong|aRow|aBreak|aHeadline) && !u.said.any(aNumber) || startsNumber(r[0]) || pointers.has(r, 0) || anaphora.has(r, 0) {
		return ""
	}
	if strings.ContainsRune("一二三四五六七八九甲乙丙丁", r[2]) { // 镜头一：, 镜头二：
		return string(r[:2])
	}
	return string(r[:3])
}

// alike reports whether a paragraph begins as the case does.
func (h *reading) alike(u *piece) bool {
	return h != nil && h.lead != "" && h.body > 0 && h.lead == u.lead() && (u.party == "" || h.other(u) || h.party == "")
}

// nextNumber is for the item behind the case's own.
func (h *reading) nextNumber(u *piece) bool {
	if u.number == 0 && h.number == 0 && u.style != 0 {
		return u.style == h.style && u.front && h.body > 0
	}
	return u.number > 0 && h.number > 0 && (u.number == h.number+1 || u.style == 'X') && u.style == h.style && (u.front || strings.ContainsRune("；。", u.p.r[u.from-1])) && h.body > 0 && (u.party != "" || u.to > 15)
}

func (u *piece) inLaw() bool {
	return u.section == secLaw || u.section == secComment || u.section == secRights
}

func (h *reading) letter() bool { return h.said.any(inLetter) }

// isWhole reports whether the case tells somebody, and an act or step.
func (h *reading) isWhole() bool {
	s := h.said
	told := s.any(anOrgan) || h.column || h.number > 0 || s.any(aPlace|aBullet|inLetter) || s.any(aFine)
	switch {
	case s.any(aRow):
		return true
	case h.body == 0, !s.any(nature) && !h.field:
		return false
	case s.any(atCourt) && !s.any(anOrgan), s.any(praised) && !s.any(aFine), s.any(blamed) && !s.any(aFine) && !h.labelled && h.style != 'X', s.any(ofOthers) && !s.any(pollution):
		return false
	case (h.number > 0 || s.any(aBullet)) && h.opens == inFront && (s.any(anAct) || s.any(aStep) && (s.any(aHint) || h.number > 0 && s.any(nature))): // an item of a list
		return true
	case h.letter() && h.body < 2:
		return false
	case h.letter():
		return h.party != "" && s.any(aStep) || (h.party != "" || h.labelled || h.head) && s.any(aFine|toYou)
	case h.style == 'X' && s.any(aLook): // a complaint that was looked into
		return true
	case h.party == "" && !h.labelled:
		return s.any(anOrgan) && s.any(aFine) && (h.before == nil || h.before.to < h.from-2)
	}
	return s.any(aFine) || told && (s.any(aStep) && s.any(anAct|aLook) || s.any(anAct|anOrgan) && h.column || s.any(anAct) && s.any(aLook)) ||
		(h.opens > inPassing || h.number > 0 || s.any(aPlace|aBullet)) && s.any(anOrgan) && (s.any(aLook|aStep) && s.any(aHint) || s.any(aStep) && s.any(pollution) && s.any(aPlace))
}

// leftOut is what the rest loses by a unit that tells of a case.
func (u *piece) leftOut() int {
	switch {
	case u.section == secLaw || u.section == secComment || u.said.any(aHeadline) && !u.said.any(aLabel) && u.party == "":
	case u.opens > inPassing && u.said.any(aFine|aStep|anAct), u.said.any(aFine):
		return 3
	case u.said.any(aStep) && u.looksBack():
		return 2
	}
	return 0
}

// looksBack is for pieces that begin with what was told before.
func (u *piece) looksBack() bool {
	r := u.flow().r
	i := skipDecoration(r, 0)
	return i < len(r) && pointers.has(r, i) && !beginsAnew.has(r, i) && !hasAnyAt(r, i, "其中", "其余", "其他", "该县", "该市", "该区", "该镇")
}

var pointers = words("pointers")

// sameParty reports whether two names may be of one party: 某养猪场 of 南漳县某养猪场; 阳春一养殖场 may be any.
func sameParty(a, b string) bool {
	if someParty(a) || someParty(b) {
		return true
	}
	if len(a) < len(b) {
		a, b = b, a
	}
	stem := strings.TrimSuffix(b, "公司") // 鸿昌公司 is 南通鸿昌牧业有限公司
	return b != "" && (strings.HasSuffix(a, b) || runeLen(b) > 3 && strings.HasPrefix(a, b) || stem != b && runeLen(stem) > 1 && strings.Contains(a, stem) && !slices.ContainsFunc([]rune(stem), masks))
}

// someParty is for 一养殖场, 阳春一养殖场: nobody in particular.
func someParty(name string) bool {
	r := []rune(name)
	i := 0
	for i < len(r) {
		p, ok := placeAt(r, i)
		if !ok {
			break
		}
		i += p.n
	}
	return i < len(r) && (r[i] == '一' || hasAt(r, i, "某地"))
}
