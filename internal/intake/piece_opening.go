package intake

import (
	"slices"
	"strings"
)

// isItem is for the piece that opens an item of a list: its mark, and the party.
func (u *piece) isItem() bool {
	return u.opens == inFront && u.front && (u.number > 0 || u.said.any(aBullet|aPlace)) && !u.said.any(aTitle|aStrong)
}

// structure marks what kind of line it is; it says where the words behind its number begin.
func (u *piece) structure(f flow) (body int) {
	r := f.r
	if u.front {
		u.opening(r)
	}
	i := skipDecoration(r, 0)
	if i > 0 && i < len(r) {
		u.said |= aBullet
		u.style = r[0]
	}
	if n, after := enumerator(f, i); n > 0 && !u.p.marker {
		u.number, u.style, body = n, numberStyle(r[i:]), after
	} else if k := codeAhead(r); k > 0 {
		u.number, u.style, body = 1, 'X', k
	} else {
		body = i
	}
	if u.p.kind == paraHeadline && u.number > 0 && hasAnyAt(r, body, "受理编号", "信访编号", "举报编号") {
		u.said, u.style = u.said|aStrong, 'X'
	}
	if end := placeLead(r, body); end > 0 {
		u.said, body = u.said|aPlace, end
	}
	if beginsAnew.any(r[:min(len(r), 30)]) && u.p.kind == paraProse && u.said.any(aLook|anOrgan|nature) {
		u.said |= afresh
	}
	return body
}

// opening marks what the line is that the unit begins.
func (u *piece) opening(r []rune) {
	asks, _ := speech(r)
	if len(r) < 40 && numbersDecision(r) {
		u.said |= aNumber
	}
	switch u.p.kind {
	case paraHeading:
		u.said |= aTitle
		if u.number = u.p.heading.number; u.p.heading.strong {
			u.said |= aStrong
		}
	case paraDecision:
		u.said |= inLetter
	case paraRow:
		if u.p.columns != nil {
			u.said |= aRow
			u.party, u.opens = string(u.p.columns[colParty].r), inFront
		}
	case paraBreak:
		u.said |= aBreak
	case paraHeadline:
		u.said |= aHeadline
	}
	switch {
	case asks > 0:
		u.said |= aBreak
	case u.said.any(aNumber):
		u.said |= aLabel
	case r[0] == '【' && partyLabelled(r[1:]):
		u.said |= aLabel | aParty
	case label(r) && !answering(r):
		u.said |= aLabel
		if partyLabelled(r) {
			u.said |= aParty
		}
	}
}

// partyLabelled is for 当事人：….
func partyLabelled(r []rune) bool {
	return hasAnyAt(r, 0, partyLabels...) || hasAnyAt(r, 0, "单位：", "企业：")
}

// numbersDecision is for 文号：某环罚〔2024〕1号, 【处罚文书】….
func numbersDecision(r []rune) bool {
	k := index(r, "〕")
	return k > 4 && slices.Contains(r[k:], '号') && containsAny(r[:k], "文号", "文书", "案号", "决定书") && (r[0] == '【' || label(r))
}

// codeAhead is behind the code of a letter of complaint that begins a line: X20250012号, D4400002025001：. 0 if none does.
func codeAhead(r []rune) int {
	from := 0
	for _, w := range []string{"受理编号", "信访编号", "编号", "转办件"} {
		if hasAt(r, 0, w) {
			from = runeLen(w)
			break
		}
	}
	if from < len(r) && r[from] == '：' {
		from++
	}
	k := from
	for k < len(r) && (isDigit(r[k]) || isLetter(r[k]) || r[k] == '-') {
		k++
	}
	if k > from+6 && k < len(r) && strings.ContainsRune("号：；|", r[k]) {
		return k + 1
	}
	return 0
}

// numberStyle tells 一、 from （一） and 1. and 第一.
func numberStyle(r []rune) rune {
	switch {
	case isDigit(r[0]):
		return '1'
	case len(r) > 1 && isDigit(r[1]):
		return '0' // （1）
	case r[0] == '（' || r[0] == '第':
		return r[0]
	case r[0] >= '①' && r[0] <= '⑳':
		return '①'
	}
	return '一'
}

// placeLead is behind 安平： or 【安平】 at i: a brief from there. 0 where none stands.
func placeLead(r []rune, i int) int {
	open := i < len(r) && strings.ContainsRune("【（〔", r[i])
	if open {
		i++
	}
	if i >= len(r) {
		return 0
	}
	if k := slices.IndexFunc(r[i:min(len(r), i+16)], func(c rune) bool { return strings.ContainsRune("】）〕", c) }); open && k > 2 && endsInAny(r[i:i+k], "分局", "生态环境局", "支队", "大队") {
		return i + k + 1 // 〔靖州分局〕
	}
	p, ok := placeAt(r, i)
	if !ok {
		return 0
	}
	end := i + p.n
	for end < len(r) && strings.ContainsRune("市县区", r[end]) {
		end++
	}
	switch {
	case end >= len(r):
		return 0
	case open && strings.ContainsRune("】）〕", r[end]):
		return end + 1
	case !open && (r[end] == '：' || r[end] == '|' || r[end] == '。' && p.full):
		return end + 1
	case !open && r[end] == '讯':
		return end + 1
	}
	return 0
}
