package intake

import (
	"slices"
	"strings"
)

// piece is a sentence, or a line of its own, with what is mentioned in it: the atom of which the division makes cases.
type piece struct {
	i        int // its place among the pieces
	p        *para
	from, to int // of the paragraph
	section  section
	number   int    // 案例三, （三）, 3.; 0 without one
	head     int    // lines of a decision's head that begin here: organ, title, number
	party    string // whom it is about
	named    []string
	said     said
}

// said are what a piece mentions, and how it stands on its page.
type said uint64

const (
	// Words, by the files of lexicon/ in spoken.
	anAct       said = 1 << iota // 直排, 未批先建, 堆放
	aHint                        // 排, 堆, 溢: perhaps an act
	aStep                        // 责令, 罚款, 立案
	aLook                        // 检查, 查获: somebody found it
	nature                       // 粪, 废水, 养殖
	pollution                    // 粪, 废水, 环评
	ofOthers                     // 食品安全, 消防: another authority's matter
	lookingBack                  // 该公司, 上述行为
	announced                    // 如下, 典型案例, 一批: it tells that cases follow
	atCourt                      // 被告人, 判处, 货款
	toYou                        // 你单位
	praised                      // 表彰, 示范场
	blamed                       // 诫勉, 党内警告: officials answer for their duties
	closingWord                  // 下一步, 截至目前, in front
	pointing                     // 该公司, 上述, in front
	afresh                       // 另一起, 查处一起, near its beginning
	// What is read of several words.
	aFine   // an amount that is a fine
	aSum    // 全市立案29起，罚款218万元
	anOrgan // an authority, 执法人员, 我局
	ofAll   // 以上两案, 上述三家: of all cases at once
	// Structure.
	aFront     // it begins its paragraph
	aGap       // behind an empty line
	aTitle     // a heading that names a case
	aHead      // a decision's head
	inLetter   // a decision's title
	aNumber    // 文号：某环罚〔2024〕1号
	aLabel     // 当事人：
	aParty     // 当事人： itself
	aCard      // the first line of a card: labels, a party among them
	inCard     // it goes on with a card
	keyed      // it has a label, as the line before it
	aRow       // a row of a table
	aPlace     // 安平：, 【安平】 in front
	aBullet    // —, ●
	aComplaint // 受理编号
	anAsker    // 市民来电：
	anAnswer   // 何队长：
	aBreak     // a byline, navigation: another article
	aHeadline  // a short line without an end
	inLaw      // quoted law, a comment, rights
	// How its party stands in it, if not in passing.
	inFront // it begins the piece
	found   // behind a day or an organ: 2024年6月3日，某局检查某养殖场
)

func (s said) any(of said) bool { return s&of != 0 }

func (u *piece) flow() flow { return u.p.slice(u.from, u.to) }

// piecesOf divides paragraphs into pieces and marks what they mention.
func piecesOf(paras []*para) []*piece {
	var list []*piece
	for i, p := range paras {
		from, duties := 0, blame.any(p.r)
		for end := range p.r {
			if last := end+1 == len(p.r); !last && (p.kind != paraProse || !p.endsPiece(end)) {
				continue
			}
			u := &piece{i: len(list), p: p, from: from, to: end + 1, section: p.section}
			if from == 0 {
				u.said, u.head = aFront, headAt(paras, i)
			}
			u.mark(blamed, duties)
			u.read()
			list, from = append(list, u), end+1
		}
	}
	for i, u := range list { // a question whose answer goes on with the case parts nothing
		if u.said.any(anAsker) && slices.ContainsFunc(list[i+1:min(len(list), i+3)], func(v *piece) bool { return v.said.any(pointing) }) {
			u.said = u.said&^(anAsker|aBreak|aHeadline) | aLabel
			list[i+1].said |= aLabel
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
		case !u.said.any(aFront):
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
		if i > open {
			u.said |= keyed
			if list[open].said.any(aCard) {
				u.said |= inCard
			}
		}
	}
}

// cardKey is what a line says in front of its colon: 行政相对人名称, 处罚依据. "" for a line that has no label.
func (p *para) cardKey() string {
	k := slices.Index(p.r[:min(len(p.r), 14)], '：')
	switch {
	case headLine(p) == "号":
		return "号"
	case p.led:
		return "led"
	case k < 1 || p.kind != paraProse && p.kind != paraHeadline || placeLead(p.r, 0) > 0:
		return ""
	}
	return string(p.r[:k])
}

// endsPiece reports whether a piece ends at i: a sentence does, and what stands in front of an item of a list with its party.
func (p *para) endsPiece(i int) bool {
	before, behind := p.r[:i], p.slice(i+1, len(p.r))
	switch p.r[i] {
	case '。', '！', '？':
		return !strings.ContainsRune("”’）」』", behind.r[0])
	case '：':
		if asks, answers := speech(p.r); asks+answers == i+1 {
			return answers > 0
		}
		n, _ := enumerator(behind, 0)
		item, isItem := itemLead(behind)
		clause := string(before[max(0, i-16):])
		switch k := strings.LastIndexFunc(clause, endsClause); {
		case k >= 0 && strings.HasPrefix(clause[k:], "；"): // ；被处罚单位：…
			return false
		case i < 5 && !endsInAny(before, "名单", "如下", "其中", "包括", "分别"): // 案件甲：…
			return false
		case slices.ContainsFunc([]int{1, 2, 3, 4, 5, 6, 7, 8}, func(n int) bool { return n <= i && placeLead(p.r, i-n) == i+1 }):
			return false
		case n > 0, isItem && item > 0: // 通报如下：（1）甲场…
			return true
		case partyLabelled(p.r) || !opensName(behind):
			return false
		}
		return endsInAny(before, "有", "是", "为", "如下", "名单", "包括", "其中", "处罚", "惩处", "单位", "企业", "案件", "案例") || p.lists(i+1) // 曝光的问题有：甲公司…
	case '，': // …被罚款2万元，某养殖场因…
		if countsParties(before) {
			_, ok := itemLead(behind)
			return ok
		}
		if i == 0 || p.r[i-1] != '元' {
			return false
		}
		ns := names(behind.slice(0, min(len(behind.r), longestName)))
		return len(ns) > 0 && !ns[0].person && !p.named(i, ns[0]) && containsAny(behind.r[ns[0].end:min(len(behind.r), 30+ns[0].end)], "因", "被")
	case '；':
		n, _ := enumerator(behind, 0)
		_, ok := itemLead(behind)
		return n > 0 || ok || beginsAnew.any(behind.r[:min(len(behind.r), 12)]) || closing.has(behind.r, 0)
	}
	return false
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
	if len(ns) == 0 || villager(f, ns[0]) {
		return 0, len(ns) > 0
	}
	_, from = readDate(f.r, 0, 2000, 1)
	if n, k := ordinal(f.r, 0); n > 0 && hasAt(f.r, k, "是") { // 二是
		from = k + 1
	}
	for from > 0 && from < len(f.r) && strings.ContainsRune("，对向在", f.r[from]) {
		from++
	}
	return ns[0].start, ns[0].start <= max(from, 1) || ns[0].start <= 16 && hasAnyAt(f.r, ns[0].end, "因", "被") || endsInAny(f.r[:ns[0].start], "的是") // 最低的是某养羊户
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
