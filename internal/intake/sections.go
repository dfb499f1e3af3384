package intake

import (
	"slices"
	"strings"
)

// section is what a part of a case tells.
type section int

const (
	secNone    section = iota // no marker: told apart by what the sentences say
	secFacts                  // 案情简介, 违法事实
	secRule                   // 法律适用, 违法条款, 处罚依据: citations that are this case's
	secHandled                // 查处情况, 处理结果
	secLaw                    // 以案说法, 法条链接: quoted law
	secComment                // 典型意义, 案件启示: what the editors add
	secHead                   // a decision's title, number, party and address lines, its signature
	secRights                 // 复议与诉讼: what the decision tells of rights
	secHearsay                // 举报内容: what others say, before anybody looked
)

// aside is for sections that do not tell the case itself.
func (s section) aside() bool {
	return s == secLaw || s == secComment || s == secRights || s == secHearsay
}

// sectionNames are the sections as the files of words name them.
var sectionNames = map[string]section{
	"facts": secFacts, "handled": secHandled, "rule": secRule, "law": secLaw, "comment": secComment, "rights": secRights, "hearsay": secHearsay,
}

// markerWords say what a marker introduces; the longest at the earliest place counts.
var markerWords = grouped("section_markers", sectionNames)

// bareMarkers are markers only as whole words: 案情：…, 二、处理.
var bareMarkers = grouped("bare_markers", sectionNames)

// sectionOf tells what a marker's words introduce.
func sectionOf(r []rune) (section, bool) {
	if s, ok := bareMarkers.whole(r); ok {
		return s, true
	}
	best, bestLen := secNone, 0
	for _, h := range markerWords.all(r, 0, len(r)) {
		// The last word says what it is: 违法行为查处情况, 行政处罚的依据. 依据 and 处罚 beside each other are both told there.
		if h.value == secRights && bestLen > 0 && best != secRights {
			continue
		}
		best, bestLen = h.value, h.end-h.start
	}
	return best, bestLen > 0
}

const longestMarker = 22

// brackets that hold a marker.
var markerBrackets = map[rune]rune{'【': '】', '〖': '〗', '〔': '〕', '「': '」', '『': '』', '<': '>', '[': ']', '“': '”'}

// markerAt reads a section's marker at the start of a line: 【案情简介】…, 一、违法事实和证据, 查处情况：…, 处罚依据 《…》. rest is where its
// text begins.
func markerAt(f flow) (sec section, rest int, ok bool) {
	r := f.r
	i := skipDecoration(r, 0)
	if i >= len(r) {
		return secNone, 0, false
	}
	if closer := markerBrackets[r[i]]; closer != 0 {
		for j := i + 1; j < len(r) && j-i <= longestMarker; j++ {
			if r[j] == closer {
				if sec, ok = sectionOf(r[i+1 : j]); ok && (closer == '】' || closer == '〗' || j-i <= 10) {
					return sec, skipMarks(r, j+1), true
				}
				if inside := r[i+1 : j]; closer == '】' && len(inside) < 9 && placeLead(r, i) == 0 && !partyLabelled(inside) && !slices.ContainsFunc(inside, func(c rune) bool { return !isHan(c) }) && !containsAny(inside, "案", "例", "曝光", "文", "号") {
					return secNone, skipMarks(r, j+1), true // 【争议焦点】 goes on with what is told
				}
				break
			}
		}
		return secNone, 0, false
	}
	numbered := false
	if n, after := enumerator(f, i); n > 0 {
		i, numbered = after, true
	}
	// A line of its own, or words before a colon.
	end, colon := len(r), false
	for j := i; j < len(r) && j-i <= longestMarker; j++ {
		if r[j] == '：' {
			end, colon = j, true
			break
		}
		if strings.ContainsRune("。，；！？《“", r[j]) {
			end = -1
			break
		}
		if f.at[j]-f.at[max(j-1, 0)] > 1 && j > i+2 { // 查处情况 上述三家…
			if s, known := sectionOf(r[i:j]); known && j-i <= 8 && markerShaped(r[i:j]) {
				return s, j, true
			}
		}
	}
	if end < 0 || end-i < 2 || end-i > longestMarker || end-i > 12 && !numbered && !colon {
		return secNone, 0, false
	}
	sec, ok = sectionOf(r[i:end])
	if sec == secHearsay { // 受理编号…反映情况： is more than its marker
		ok = colon && markerWords.has(r, i)
	} else if ok {
		ok = markerShaped(r[i:end]) || numbered && !colon
	}
	if !ok {
		return secNone, 0, false
	}
	if numbered && !colon && sec == secFacts && specificIn(f.slice(i, end)) {
		return secNone, 0, false // 一、某公司违法行为…
	}
	return sec, skipMarks(r, end), true
}

// notMarker are words of sentences and titles that merely hold the word of a marker.
var notMarker = words("not_marker")

// markerShaped refuses sentences and titles that merely hold a marker's word: 市局查处5起案件, 某公司违法行为案.
func markerShaped(r []rune) bool {
	if len(r) > 14 || r[len(r)-1] == '案' || r[len(r)-1] == '书' || notMarker.any(r) {
		return false
	}
	return true
}

func specificIn(f flow) bool { return len(names(f)) > 0 }

func skipDecoration(r []rune, i int) int {
	for i < len(r) && (strings.ContainsRune("■●◆★▲►▶→*#>·•—-※◎○□▼△☆◇▎▍❖_|➤➢▸▪▫◾➜✦丨", r[i]) || r[i] >= 0x1F300 || r[i] >= 0x25A0 && r[i] < 0x2600 || r[i] >= 0x2600 && r[i] < 0x2776 || r[i] >= 0x2794 && r[i] < 0x27C0) {
		i++
	}
	return i
}

func skipMarks(r []rune, i int) int {
	for i < len(r) && isMark(r[i]) {
		i++
	}
	return i
}

func isMark(c rune) bool { return strings.ContainsRune("：】〗、.-—，", c) }

// enumerator reads 一、 （一） 1. 1、 ① 第一、 at i: its number, and what follows.
func enumerator(f flow, i int) (n, after int) {
	r := f.r
	if i >= len(r) {
		return 0, 0
	}
	if r[i] >= '①' && r[i] <= '⑳' {
		return int(r[i]-'①') + 1, skipMarks(r, i+1)
	}
	if hasAt(r, i, "序号") && i+2 < len(r) {
		i += 2
	}
	j := i
	if r[j] == '第' {
		j++
	}
	if j < len(r) && strings.ContainsRune("（【〔", r[j]) {
		n, k := ordinal(r, j+1)
		if n > 0 && k < len(r) && strings.ContainsRune("）】〕", r[k]) {
			return n, skipMarks(r, k+1)
		}
		return 0, 0
	}
	n, k := ordinal(r, j)
	if n == 0 || k >= len(r) {
		return 0, 0
	}
	switch {
	case r[k] == '、', r[k] == '）', r[k] == '件' && r[i] == '第', r[k] == '.' && (k+1 >= len(r) || !isDigit(r[k+1]) || hasAt(r, k+5, "年")), r[k] == '，' && r[j] != r[i]:
		return n, skipMarks(r, k+1)
	case isDigit(r[i]) && f.at[k]-f.at[k-1] > 1 && isHan(r[k]): // 1 某公司…案
		return n, k
	}
	return 0, 0
}

// several reads a number of parties or cases at i, two or more: 两家, 3户, 十起. end is behind the number; 0 where none of the units follows.
func several(r []rune, i int, units string) (n, end int) {
	if n, end = ordinal(r, i); hasAt(r, i, "两") {
		n, end = 2, i+1
	}
	if n < 2 || n > 50 || end >= len(r) || !strings.ContainsRune(units, r[end]) {
		return 0, 0
	}
	return n, end
}

// ordinal reads 一 … 九十九 or 1 … 999 at i.
func ordinal(r []rune, i int) (n, end int) {
	if n, end = dateNumber(r, i); n == 0 || end-i > 3 || end < len(r) && isDigit(r[end]) {
		return 0, 0
	}
	return n, end
}
