package intake

import (
	"slices"
	"strings"
)

var closing = words("closing")

// piece is a sentence, or a line of its own, with what is mentioned in it: the atom of which the division makes cases.
type piece struct {
	i        int // its place among the pieces
	p        *para
	from, to int  // of the paragraph
	front    bool // it begins its paragraph
	section  section
	number   int    // 案例三, （三）, 3.; 0 without one
	style    rune   // what the number or bullet looks like: cases count in one style
	party    string // whom it is about
	opens    opening
	said     said
	head     int      // lines of a decision's head that begin here: organ, title, number
	inCard   bool     // it goes on with a card
	keyed    bool     // it has a label, as the line before it
	named    []string // all parties that it names
}

// said are the kinds of things that a unit mentions.
type said uint32

const (
	anAct       said = 1 << iota // 直排, 未批先建, 堆放
	aStep                        // 责令, 罚款, 立案
	aFine                        // an amount that is a fine
	aLook                        // 检查, 查获: somebody found it
	anOrgan                      // an authority, 执法人员, 我局
	nature                       // 粪, 废水, 养殖
	pollution                    // 粪, 废水, 环评
	ofOthers                     // 食品安全, 消防: another authority's matter
	lookingBack                  // 该公司, 上述行为
	ofAll                        // 以上两案, 上述三家: of all cases at once
	closingWord                  // 下一步, 截至目前
	announced                    // 如下, 典型案例, 一批: it tells that cases follow
	atCourt                      // 被告人, 判处, 货款
	toYou                        // 你单位
	praised                      // 表彰, 示范场
	aTitle                       // a heading that names a case
	aStrong                      // 案例三: a case whatever it says
	aLabel                       // 当事人：
	aParty                       // 当事人： itself
	aRow                         // a row of a table
	aBreak                       // a byline, navigation: another article
	aHeadline                    // a short line without an end
	aPlace                       // 安平：, 【安平】 in front
	aBullet                      // —, ●
	byUs                         // 我局
	aNumber                      // 文号：某环罚〔2024〕1号
	aHint                        // 排, 堆, 溢: perhaps an act
	aSum                         // 全市立案29起，罚款218万元
	inLetter                     // a decision's title
	aCard                        // the first line of a card: labels, a party among them
	afresh                       // 另一起, 查处一起: another case begins
	blamed                       // 诫勉, 党内警告: officials answer for their duties
)

func (s said) any(of said) bool { return s&of != 0 }

// opening is how a unit's party stands in it.
type opening int

const (
	inPassing opening = iota
	found             // behind a day or an organ: 2024年6月3日，某局检查某养殖场
	inFront           // it begins the unit
)

// spoken are the words by which mentions are told. A word may tell of several.
var spoken = func() *lexicon[said] {
	l := &lexicon[said]{}
	for _, x := range []struct {
		said  said
		words []string
	}{
		{anAct, wordList("acts")}, {aHint, wordList("act_hints")}, {aStep, wordList("enforced")}, {aLook, wordList("acting")}, {nature, wordList("environment")}, {pollution, wordList("pollution")}, {ofOthers, wordList("others_matter")},
		{lookingBack, wordList("pointing_back")}, {announced, wordList("announcing")}, {atCourt, wordList("courts")}, {toYou, wordList("addressed")},
		{praised, wordList("praise")}, {byUs, wordList("ourselves")},
	} {
		l.add(x.said, x.words...)
	}
	return l
}()

// piecesOf divides paragraphs into pieces and marks what they mention.
func piecesOf(paras []*para) []*piece {
	var list []*piece
	for i, p := range paras {
		head := headAt(paras, i)
		from, duties := 0, blame.any(p.r)
		for end := range p.r {
			last := end+1 == len(p.r)
			if !last && (p.kind != paraProse || !p.endsPiece(end)) {
				continue
			}
			u := &piece{i: len(list), p: p, from: from, to: end + 1, front: from == 0, section: p.section}
			if from == 0 {
				u.head = head
			}
			if u.read(); duties {
				u.said |= blamed
			}
			list = append(list, u)
			from = end + 1
		}
	}
	for i, u := range list { // a question whose answer goes on with the case parts nothing
		if asks, _ := speech(u.flow().r); asks > 0 && slices.ContainsFunc(list[i+1:min(len(list), i+3)], (*piece).looksBack) {
			u.said = u.said&^(aBreak|aHeadline) | aLabel
			if k := list[i+1]; answering(k.p.r) {
				k.said |= aLabel
			}
		}
	}
	markCards(list)
	return list
}

// markCards finds the cards: lines with labels one after another, the party's or the decision's number among them. A card begins with the first
// label of its run, or where that label comes again: 申请执行人：…, 被执行人：…, 申请执行人：….
func markCards(list []*piece) {
	open, key := -1, ""
	for i, u := range list {
		k := u.p.cardKey()
		switch {
		case !u.front:
			continue
		case k == "":
			open, key = -1, ""
			continue
		case open < 0, u.p.gap, k == key:
			open, key = i, ""
		}
		if u.said.any(aParty | aNumber) {
			list[open].said |= aCard | aLabel
			key = list[open].p.cardKey()
		}
		u.inCard = i > open && list[open].said.any(aCard)
		u.keyed = i > open
	}
}

// cardKey is what a line says in front of its colon: 行政相对人名称, 处罚依据. "" for a line that has no label.
func (p *para) cardKey() string {
	k := slices.Index(p.r[:min(len(p.r), 14)], '：')
	switch {
	case headLine(p) == "号":
		return "号"
	case p.kind != paraProse && p.kind != paraHeadline:
		return ""
	case p.led:
		return "led"
	case k < 1, placeLead(p.r, 0) > 0, containsAny(p.r[:k], "，", "。", "；", "“", "《") || len(names(p.slice(0, k))) > 0:
		return ""
	}
	if asks, answers := speech(p.r); asks+answers > 0 {
		return ""
	}
	return string(p.r[:k])
}

// speech is behind who asks, or who answers, where a line begins so: 市民来电：…, 何队长：…. 0 where none does.
func speech(r []rune) (asks, answers int) {
	k := slices.Index(r[:min(len(r), 14)], '：')
	if k < 1 || slices.ContainsFunc(r[:k], func(c rune) bool { return !isHan(c) }) {
		return 0, 0
	}
	if _, ok := speakers.whole(r[:k]); ok || endsInAny(r[:k], "记者") {
		return k + 1, 0
	}
	who := r[:k]
	if ns := names(flow{r: who, at: make([]int, k)}); len(ns) == 1 && ns[0].person && ns[0].end == k { // 副局长汤某：
		who = r[:ns[0].start]
	}
	if endsInAny(who, answerers...) && (k < 3 || len(r) > k+10) {
		return 0, k + 1
	}
	return 0, 0
}

func answering(r []rune) bool {
	_, answers := speech(r)
	return answers > 0
}

// endsPiece reports whether a unit ends at i: a sentence does, and an item of a list that ends in ； where another begins.
func (p *para) endsPiece(i int) bool {
	switch p.r[i] {
	case '。', '！', '？':
		return i+1 >= len(p.r) || !strings.ContainsRune("”’）」』", p.r[i+1])
	case '：':
		if asks, answers := speech(p.r); asks+answers == i+1 {
			return answers > 0
		}
		if k := lastClause(p.r[:i]); k > 0 && p.r[k-1] == '；' && label(p.r[k:i+1]) { // ；被处罚单位：…
			return false
		}
		if _, ok := leads(p.slice(i+1, len(p.r)), 14); i < 5 && ok && !endsInAny(p.r[:i], "名单", "如下", "其中", "包括", "分别") { // 案件甲：…
			return false
		}
		for j := max(0, i-8); j < i; j++ {
			if placeLead(p.r, j) == i+1 {
				return false
			}
		}
		if n, after := enumerator(p.slice(i+1, len(p.r)), 0); n > 0 && !p.led { // 通报如下：（1）甲场…
			if _, ok := leads(p.slice(i+1+after, len(p.r)), 0); ok {
				return true
			}
		}
		if !partyLabelled(p.r) && (!p.led || p.section == secNone) {
			if from, ok := itemLead(p.slice(i+1, len(p.r))); ok && from > 0 {
				return true
			}
		}
		if !endsInAny(p.r[:i], "有", "是", "为", "如下", "名单", "包括", "其中", "处罚", "惩处", "单位", "企业", "案件", "案例") && !countsParties(p.r[:i]) && !p.lists(i+1) || partyLabelled(p.r) || p.led { // 曝光的问题有：甲公司…
			return false
		}
		_, ok := leads(p.slice(i+1, len(p.r)), 1)
		return ok
	case '，': // …被罚款2万元，某养殖场因…
		if endsInAny(p.r[:i], "单位", "企业", "场", "公司", "户") && countsParties(p.r[max(0, i-12):i]) {
			from, ok := itemLead(p.slice(i+1, len(p.r)))
			return ok && from == 0
		}
		if i == 0 || p.r[i-1] != '元' || !containsAny(p.r[max(0, i-20):i], "罚") {
			return false
		}
		ns := names(p.slice(i+1, min(len(p.r), i+1+longestName)))
		return len(ns) > 0 && ns[0].start == 0 && !ns[0].person && containsAny(p.r[i+1+ns[0].end:min(len(p.r), i+30+ns[0].end)], "因", "被") && !p.named(i, ns[0])
	case '；':
		rest := p.slice(i+1, len(p.r))
		if n, _ := enumerator(rest, 0); n > 0 {
			return true
		}
		if beginsAnew.any(rest.r[:min(len(rest.r), 12)]) || len(rest.r) > 0 && closing.has(rest.r, 0) {
			return true
		}
		from, ok := itemLead(rest)
		return ok && (from > 0 || !p.named(i, names(rest.slice(0, min(len(rest.r), longestName+12)))[0]))
	}
	return false
}

// lastClause is where the last clause of r begins.
func lastClause(r []rune) int {
	i := len(r)
	for i > 0 && len(r)-i < 16 && !endsClause(r[i-1]) {
		i--
	}
	return i
}

// named reports whether a party behind i was named before it: it has a part in what is told, and begins no item.
func (p *para) named(i int, n name) bool {
	return index(p.r[max(0, i-longestSentence):i], string(p.r[i+1+n.start:i+1+n.end])) >= 0
}

// lists reports whether a second item with its party follows behind i: 对以下养殖场处理：甲场…；乙场….
func (p *para) lists(i int) bool {
	k := slices.Index(p.r[i:min(len(p.r), i+longestSentence/2)], '；')
	if k < 0 {
		return false
	}
	_, ok := itemLead(p.slice(i+k+1, len(p.r)))
	return ok
}

// itemLead reports whether an item of a sentence begins with its party, perhaps behind its day: 5月15日，对某养殖场…. from is where its name stands.
func itemLead(f flow) (from int, ok bool) {
	f = f.slice(0, min(len(f.r), longestName+12))
	ns := names(f)
	if len(ns) == 0 || ns[0].person && villager(f, ns[0]) {
		return 0, len(ns) > 0
	}
	_, from = readDate(f.r, 0, 2000, 1)
	if k := pointEnd(f.r); k > 0 {
		from = k
	}
	for from > 0 && from < len(f.r) && strings.ContainsRune("，对向在", f.r[from]) {
		from++
	}
	because := ns[0].start <= 16 && hasAnyAt(f.r, ns[0].end, "因", "被") && !slices.ContainsFunc(f.r[:ns[0].start], endsClause)
	isOne := ns[0].start <= 8 && endsInAny(f.r[:ns[0].start], "的是") // 最低的是某养羊户
	return ns[0].start, ns[0].start <= max(from, 1) || because || isOne
}

// pointEnd is behind 二是 in front of r; 0 where none stands.
func pointEnd(r []rune) int {
	if n, k := ordinal(r, 0); n > 0 && hasAt(r, k, "是") {
		return k + 1
	}
	return 0
}

// dayBefore reports whether a day and a space are all that stand before i: 3月10日　某养殖场.
func dayBefore(f flow, i int) bool {
	_, end := readDate(f.r, 0, 2000, 1)
	return end > 0 && end == i && spaceBefore(f, i)
}

// isCut is for the party of an item that a ； parts from the one before: 该县另一家养殖场——临澧县某牧业公司因….
func (u *piece) isCut(f flow, n name) bool {
	from, ok := itemLead(f)
	if u.from > 0 && strings.ContainsRune("；：", u.p.r[u.from-1]) {
		return ok && from == n.start
	}
	_, dated := readDate(f.r, 0, 2000, 1) // 3月6日，某养殖场因…
	return dated > 0 && n.start == dated+1 && !n.person && (hasAnyAt(f.r, n.end, "因", "被") || u.said.any(aFine))
}

// townBefore is for a person whose place stands in front and nothing else: 凌云县泗城镇罗某.
func townBefore(f flow, n name) bool {
	_, placed := placeAt(f.r, 0)
	return n.person && placed && n.start <= 12 && strings.ContainsRune("县市区旗镇乡村屯", f.r[n.start-1]) && !slices.ContainsFunc(f.r[:n.start], endsClause)
}

// villager is for a person whose place and part stand in front: 政和县东平镇村民范某某.
func villager(f flow, n name) bool {
	_, placed := placeAt(f.r, 0)
	return n.person && placed && n.start <= 16 && roleBefore(f, n.start) && !slices.ContainsFunc(f.r[:n.start], endsClause)
}

// countsParties is for words that end in a number of parties: 查处三家养猪场.
func countsParties(r []rune) bool {
	for i := max(0, len(r)-12); i < len(r); i++ {
		if n, _ := several(r, i, "家户"); n > 0 {
			return true
		}
	}
	return false
}

func (u *piece) flow() flow { return u.p.slice(u.from, u.to) }

// read marks what the unit mentions.
func (u *piece) read() {
	f := u.flow()
	r := f.r
	for i := range r {
		u.said |= every(spoken, r, i)
	}
	body := u.structure(f)
	if closing.has(r, body) || u.front && r[0] != '“' && officialSays(r) {
		u.said |= closingWord
	}
	if k := index(r, "以下"); k >= 0 {
		if n, _ := several(r, k+2, "家起户宗名个"); n > 0 {
			u.said |= announced
		}
	}
	if c := r[len(r)-1]; c == '：' && countsParties(r) || (c == '：' || c == '，') && u.to < len(u.p.r) && u.from == 0 && !answering(u.p.r) && !fines(f) || u.p.listed {
		u.said |= announced
	}
	if _, ok := handlesSeveral(r); ok {
		u.said |= ofAll
	}
	switch {
	case countsCases(r) || slices.Contains(r, '罚') && sums.any(r):
		u.said |= aSum
	case fines(f):
		u.said |= aFine
	}
	if !u.said.any(anAct|aStep|aLook|nature|aTitle|aStrong|aLabel|aRow|aPlace) && u.number == 0 && (!u.front || len(r) > 44) {
		return
	}
	if len(organsOf(f)) > 0 || officials.any(r) {
		u.said |= anOrgan
	}
	if u.said.any(aTitle | aStrong) {
		if f, body = u.p.heading.title, 0; len(f.r) == 0 {
			f = u.p.heading.body
		}
	}
	switch {
	case len(u.p.of.r) > 0:
		u.party, u.opens = string(u.p.of.r), inFront
	case u.section != secHearsay && !u.p.listed:
		u.findParty(f, body)
	}
	if u.opens == found && u.said.any(aLook) && containsAny(r, "问题：", "行为：", "如下：", "情况：") && !countsParties(r) {
		u.said &^= announced // 检查某公司，发现以下问题：
	}
	if u.opens > inPassing && u.from > 0 && strings.ContainsRune("；：，", u.p.r[u.from-1]) {
		u.said |= aBullet // an item of a list in one sentence
	}
	if u.p.item && u.front {
		u.said |= aBullet
	}
	if u.isItem() {
		u.said &^= aHeadline
	}
}

// officialSays is for what somebody in office says behind the cases: 区生态环境局局长谭某表示，….
func officialSays(r []rune) bool {
	k := index(r[:min(len(r), 30)], "表示")
	return k > 0 && containsAny(r[:k], "局长", "负责人", "队长") && containsAny(r[:k], "局", "队", "部门") && !anaphora.any(r)
}

// findParty finds whom the unit is about: who stands in front, or was found.
func (u *piece) findParty(f flow, body int) {
	r := f.r
	if len(r) == 0 {
		return
	}
	ns := names(f)
	for _, n := range ns[:min(len(ns), beam)] {
		u.named = append(u.named, string(r[n.start:n.end]))
	}
	for _, n := range ns {
		if thirdParty(f, n) {
			continue
		}
		at := n.start - body
		from := min(body, n.start)
		v, vn := f.slice(from, len(r)), name{n.start - from, n.end - from, n.person}
		opens := inPassing
		switch lead := r[min(body, n.start):n.start]; {
		case at <= 2, at <= 16 && u.front && hasAnyAt(r, n.end, "因", "却因", "由于"), at <= 8 && leadsParty(lead) && !containsAny(lead, "反映", "投诉"), villager(v, vn), townBefore(f, n) && u.front, dayBefore(f, n.start), u.isCut(f, n):
			opens = inFront
		case at <= 70 && endsInAny(lead, "对", "向", "到", "赴", "往", "在", "于") && u.said.any(aLook|aStep|aFine):
			opens = found
		case at <= 70 && (findingWords.any(lead) || decidingWords.any(lead)) && !u.said.any(aTitle):
			opens = found
		}
		if n.person && opens != inFront && !roleBefore(f, n.start) {
			continue
		}
		if u.party, u.opens = string(r[n.start:n.end]), opens; opens == inFront && n.end < len(r) && (r[n.end] == '：' || u.front && spaceBefore(f, n.end) && (u.p.kind == paraHeadline || dayBefore(f, n.start))) {
			u.said |= aBullet
		}
		return
	}
	if h := unnamed.all(r, min(body, len(r)), len(r)); len(h) > 0 && suffixNear(r, h[0].end) {
		u.party = string(r[h[0].start:h[0].end])
	}
}

// suffixNear reports whether a kind of party stands soon behind i: 一家规模生猪养殖场.
func suffixNear(r []rune, i int) bool {
	for ; i < len(r) && (isHan(r[i]) || isDigit(r[i])); i++ {
		if suffixes.has(r, i) {
			return true
		}
	}
	return false
}

// leadsParty is for words between a number and the party: 一是查处, 比如, 对, 养牛户.
func leadsParty(r []rune) bool {
	return len(r) < 3 || endsInAny(r, "是", "如", "对", "查处", "户", "业主", "当事人", "因", "：", "中", "人", "其中，", "此前，", "此外，", "另外，", "同期，", "同日，", "当日，", "当天，", "案件", "案例")
}

// thirdParty is for names of others: who measured, who reported, whose clue it was.
func thirdParty(f flow, n name) bool {
	if f.before(n.start, "记者") || f.before(n.start, "通讯员") || f.before(n.start, "委托") || f.before(n.start, "委托的") || f.before(n.start, "交由") || f.before(n.start, "编辑") {
		return true
	}
	return n.person && notParties.any(f.r[max(0, n.start-8):n.start]) || inBook(f.r, n.start)
}

// roleBefore is for 养牛户郑某, 当事人马某某.
func roleBefore(f flow, i int) bool {
	return endsInAny(f.r[max(0, i-6):i], "户", "业主", "当事人", "经营者", "负责人", "场主", "老板", "村民", "居民", "被处罚人", "原告", "对")
}

// headAt counts the lines of a decision's head that begin at paragraph i: 某局, 行政处罚决定书, 某环罚〔2024〕1号, each once, in any order.
func headAt(paras []*para, i int) int {
	seen, n := "", 0
	for ; i+n < len(paras) && n < 4; n++ {
		kind := headLine(paras[i+n])
		if n == 1 && paras[i+1].gap && !paras[i].gap && i > 0 { // a signature, and the next decision behind an empty line
			return 0
		}
		if kind == "" || strings.Contains(seen, kind) {
			break
		}
		seen += kind
	}
	if !strings.Contains(seen, "书") {
		return 0
	}
	return n
}

// headLine says which line of a head it is.
func headLine(p *para) string {
	switch {
	case p.kind == paraDecision:
		return "书"
	case len(p.r) > 30 || p.kind != paraHeadline && p.kind != paraProse:
		return ""
	}
	if os := organsOf(p.flow); len(os) == 1 && os[0].start == 0 && (os[0].end == len(p.r) || string(p.r[os[0].end:]) == "文件") {
		return "局"
	}
	if k := index(p.r, "〕"); k > 4 && p.r[len(p.r)-1] == '号' && !containsAny(p.r, "，", "《", "：") || label(p.r) && hasAnyAt(p.r, 0, "文号：", "决定书文号：", "案号：") {
		return "号"
	}
	return ""
}

// anaphora are the words that point back at a case.
var (
	officials  = words("officials")
	anaphora   = words("pointing_back")
	sums       = words("sums")
	blame      = words("blamed")
	speakers   = words("speakers")
	answerers  = wordList("answers")
	beginsAnew = words("begins_anew")
	unnamed    = words("unnamed")
)
