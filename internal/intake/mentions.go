package intake

import (
	"slices"
	"strings"
)

// spoken are the words by which mentions are told. A word may tell of several.
var spoken = func() *lexicon[said] {
	l := &lexicon[said]{}
	for _, x := range []struct {
		said  said
		words []string
	}{
		{anAct, wordList("acts")}, {aHint, wordList("act_hints")}, {aStep, wordList("enforced")}, {aLook, wordList("acting")},
		{nature, wordList("environment")}, {pollution, wordList("pollution")}, {ofOthers, wordList("others_matter")},
		{lookingBack, wordList("pointing_back")}, {announced, wordList("announcing")}, {atCourt, wordList("courts")},
		{toYou, wordList("addressed")}, {praised, wordList("praise")},
	} {
		l.add(x.said, x.words...)
	}
	return l
}()

var (
	closing    = words("closing")
	officials  = words("officials")
	anaphora   = words("pointing_back") // they point back at a case
	pointers   = words("pointers")
	sums       = words("sums")
	blame      = words("blamed")
	speakers   = words("speakers")
	answerers  = wordList("answers")
	beginsAnew = words("begins_anew")
	unnamed    = words("unnamed")
)

// marksOf are what a kind of paragraph, or a section, tells of its pieces.
var (
	kindSaid    = map[paraKind]said{paraHeading: aTitle, paraDecision: inLetter, paraBreak: aBreak, paraHeadline: aHeadline}
	sectionSaid = map[section]said{secLaw: inLaw, secComment: inLaw, secRights: inLaw}
)

// read marks what the piece mentions.
func (u *piece) read() {
	f := u.flow()
	r := f.r
	for i := range r {
		u.said |= every(spoken, r, i)
	}
	body := u.structure(f)
	_, of := handlesSeveral(r)
	below := index(r, "以下") + 2
	counted, _ := several(r, below, "家起户宗名个")
	colon := strings.ContainsRune("：，", r[len(r)-1]) && u.to < len(u.p.r)
	u.mark(ofAll, of)
	u.mark(announced, below > 1 && counted > 0 || colon && u.from == 0 && !u.said.any(anAnswer))
	u.mark(aSum, countsCases(r) || slices.Contains(r, '罚') && sums.any(r))
	u.mark(aFine, !u.said.any(aSum) && fines(f))
	u.mark(anOrgan, len(organsOf(f)) > 0 || officials.any(r))
	if u.said.any(aTitle) {
		f, body = u.p.heading.title, 0
	}
	if u.findParty(f, body); u.said.any(found) { // 检查某公司，发现以下问题：
		u.said &^= announced
	}
	u.mark(aBullet, u.from > 0 && strings.ContainsRune("；：，", u.p.r[u.from-1])) // an item of a list in one sentence
	if u.said.any(inFront) && (u.number > 0 || u.said.any(aBullet|aPlace)) {
		u.said &^= aHeadline
	}
}

func (u *piece) mark(s said, holds bool) {
	if holds {
		u.said |= s
	}
}

// structure marks what kind of line it is; it says where the words behind its number begin.
func (u *piece) structure(f flow) (body int) {
	r := f.r
	u.said |= sectionSaid[u.section]
	u.mark(aHead, u.head > 0)
	if u.said.any(aFront) {
		u.opening(r)
	}
	body = skipDecoration(r, 0)
	u.mark(aBullet, body > 0)
	if n, after := enumerator(f, body); n > 0 {
		u.number, body = n, after
	}
	if u.p.kind == paraHeadline && hasAnyAt(r, body, "受理编号", "信访编号", "举报编号") {
		u.said |= aTitle | aComplaint
	}
	if end := placeLead(r, body); end > 0 {
		u.said, body = u.said|aPlace, end
	}
	u.mark(afresh, beginsAnew.any(r[:min(len(r), 30)]) && u.said.any(aLook|nature))
	u.mark(closingWord, closing.has(r, body) || officialSays(r) && !u.said.any(lookingBack))
	lead := r[skipDecoration(r, 0):]
	u.mark(pointing, pointers.has(lead, 0) && !beginsAnew.has(lead, 0) && !hasAnyAt(lead, 0, "其中", "其余", "其他", "该县", "该市", "该区", "该镇"))
	return body
}

// opening marks what the line is that the piece begins.
func (u *piece) opening(r []rune) {
	u.said |= kindSaid[u.p.kind]
	u.number = u.p.heading.number
	asks, answers := speech(u.p.r)
	u.mark(aGap, u.p.gap)
	u.mark(aRow, u.p.columns != nil)
	u.mark(anAsker|aBreak, asks > 0)
	u.mark(anAnswer, answers > 0)
	u.mark(aNumber, len(r) < 40 && index(r, "〕") > 4 && (label(r) || r[0] == '【')) // 文号：某环罚〔2024〕1号, 【处罚文书】…
	if asks+answers == 0 && label(r) {
		u.said |= aLabel
		u.mark(aCard, hasAnyAt(r, 0, "案例名称：", "案件名称："))
		u.mark(aParty, partyLabelled(r))
	}
}

// speech is behind who asks, or who answers, where a line begins so: 市民来电：…, 何队长：…. 0 where none does.
func speech(r []rune) (asks, answers int) {
	k := slices.Index(r[:min(len(r), 14)], '：')
	if k < 1 {
		return 0, 0
	}
	who := r[:k]
	if _, ok := speakers.whole(who); ok || endsInAny(who, "记者") {
		return k + 1, 0
	}
	if ns := names(flow{r: who, at: make([]int, k)}); len(ns) == 1 { // 副局长汤某：
		who = r[:ns[0].start]
	}
	if endsInAny(who, answerers...) && (k < 3 || len(r) > k+10) {
		return 0, k + 1
	}
	return 0, 0
}

// officialSays is for what somebody in office says behind the cases: 区生态环境局局长谭某表示，….
func officialSays(r []rune) bool {
	k := index(r[:min(len(r), 30)], "表示")
	return k > 0 && containsAny(r[:k], "局长", "队长", "局负责人", "部门负责人", "队负责人")
}

// findParty finds whom the piece is about: who stands in front, or was found.
func (u *piece) findParty(f flow, body int) {
	r := f.r
	ns := names(f)
	for _, n := range ns[:min(len(ns), beam)] {
		u.named = append(u.named, string(r[n.start:n.end]))
	}
	if of := u.p.of.r; len(of) > 0 {
		u.party, u.said = string(of), u.said|inFront
		return
	}
	for _, n := range ns {
		opens := u.opens(f, n, min(body, n.start))
		if thirdParty(f, n) || n.person && opens != inFront && !roleBefore(f, n.start) {
			continue
		}
		u.party, u.said = string(r[n.start:n.end]), u.said|opens
		u.mark(aBullet, opens == inFront && n.end < len(r) && (r[n.end] == '：' || spaceBefore(f, n.end) && (u.p.kind == paraHeadline || dayBefore(f, n.start))))
		return
	}
	if h := unnamed.all(r, min(body, len(r)), len(r)); len(h) > 0 && suffixes.any(r[h[0].end:min(len(r), h[0].end+longestName)]) {
		u.party = string(r[h[0].start:h[0].end])
	}
}

// opens is how a party stands in the piece behind its number: in front, found, or in passing (0).
func (u *piece) opens(f flow, n name, body int) said {
	at, lead, behind := n.start-body, f.r[body:n.start], f.slice(body, len(f.r))
	switch {
	case at <= 2, at <= 16 && hasAnyAt(f.r, n.end, "因", "却因", "由于"), at <= 8 && leadsParty(lead) && !containsAny(lead, "反映", "投诉"),
		villager(behind, name{at, n.end - body, n.person}), villager(f, n), dayBefore(f, n.start):
		return inFront
	case endsInAny(lead, "对", "向", "到", "赴", "往", "在", "于"), findingWords.any(lead), decidingWords.any(lead):
		return found
	}
	return 0
}

// leadsParty is for words between a number and the party: 一是查处, 比如, 对, 养牛户.
func leadsParty(r []rune) bool {
	return endsInAny(r, "是", "如", "对", "查处", "户", "业主", "当事人", "因", "：", "中", "人", "其中，", "此前，", "此外，", "另外，", "同期，", "同日，", "当日，", "当天，", "案件", "案例")
}

// thirdParty is for names of others: who measured, who reported, whose clue it was.
func thirdParty(f flow, n name) bool {
	return endsInAny(f.r[:n.start], "记者", "通讯员", "委托", "委托的", "交由", "编辑") || n.person && notParties.any(f.r[max(0, n.start-8):n.start])
}

// dayBefore reports whether a day, and a space or comma, are all that stand before i: 3月10日　某养殖场.
func dayBefore(f flow, i int) bool {
	_, end := readDate(f.r, 0, 2000, 1)
	return end > 0 && (i == end+1 || i == end && spaceBefore(f, i))
}

// villager is for a person whose place, and perhaps part, stand in front and nothing else: 凌云县泗城镇罗某, 政和县东平镇村民范某某.
func villager(f flow, n name) bool {
	if !n.person || n.start == 0 || n.start > 16 || !strings.ContainsRune("县市区旗镇乡村屯", f.r[n.start-1]) && !roleBefore(f, n.start) {
		return false
	}
	_, placed := placeAt(f.r, 0)
	return placed && !slices.ContainsFunc(f.r[:n.start], endsClause)
}

// roleBefore is for 养牛户郑某, 当事人马某某.
func roleBefore(f flow, i int) bool {
	return endsInAny(f.r[max(0, i-6):i], "户", "业主", "当事人", "经营者", "负责人", "场主", "老板", "村民", "居民", "被处罚人", "原告", "对")
}

// headAt counts the lines of a decision's head that begin at paragraph i: 某局, 行政处罚决定书, 某环罚〔2024〕1号, each once, in any order.
func headAt(paras []*para, i int) int {
	seen, n := "", 0
	for ; i+n < len(paras); n++ {
		kind := headLine(paras[i+n])
		if n == 1 && paras[i+1].gap && !paras[i].gap && i > 0 { // a signature, and the next decision behind an empty line
			return 0
		}
		if strings.Contains(seen, kind) { // or it is none
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
	case len(p.r) > 30:
	case p.isOrgan() || endsInAny(p.r, "文件") && p.slice(0, len(p.r)-2).isOrgan():
		return "局"
	case index(p.r, "〕") > 0 && p.r[len(p.r)-1] == '号' && !containsAny(p.r, "，", "《", "：") || hasAnyAt(p.r, 0, "文号：", "决定书文号：", "案号："):
		return "号"
	}
	return ""
}

// partyLabelled is for 当事人：….
func partyLabelled(r []rune) bool {
	return hasAnyAt(r, 0, partyLabels...) || hasAnyAt(r, 0, "单位：", "企业：")
}

// placeLead is behind 安平： or 【安平】 at i: a brief from there. 0 where none stands.
func placeLead(r []rune, i int) int {
	boxed := i < len(r) && strings.ContainsRune("【（〔", r[i])
	ends := "：|。讯"
	if boxed {
		i, ends = i+1, "】）〕"
	}
	k := i + slices.IndexFunc(r[min(i, len(r)):min(len(r), i+16)], func(c rune) bool { return strings.ContainsRune(ends, c) })
	if k <= i {
		return 0
	}
	p, ok := placeAt(r, i)
	placed := ok && i+p.n <= k && strings.Trim(string(r[i+p.n:k]), "市县区") == "" && (r[k] != '。' || p.full)
	if placed || boxed && endsInAny(r[i:k], "分局", "生态环境局", "支队", "大队") { // 〔靖州分局〕
		return k + 1
	}
	return 0
}
