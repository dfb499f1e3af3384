package intake

import (
	"strings"
	"unicode"

	"casebook/internal/lazyregexp"
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

var (
	markerWords = grouped("section_markers", sectionNames) // what a marker introduces
	bareMarkers = grouped("bare_markers", sectionNames)    // markers only as whole words: 案情：…, 二、处理
	notMarker   = words("not_marker")                      // sentences and titles hold them: 市局查处5起案件
)

// What markers look like (flow.match).
var (
	boxedMarker = lazyregexp.New(`^[【〖〔「『<“]([^】〗〕」』>”\t]{1,22})([】〗〕」』>”])`)
	lineMarker  = lazyregexp.New(`^([^。，；！？《“：]{2,22}?)(：|$)`)
	spaceMarker = lazyregexp.New(`^([^。，；！？《“：\t]{3,8})\t`) // 查处情况 上述三家…
)

// sectionOf tells what a marker's words introduce. The last word says what it is: 违法行为查处情况, 行政处罚的依据.
func sectionOf(r []rune) (section, bool) {
	if s, ok := bareMarkers.whole(r); ok {
		return s, true
	}
	hits := markerWords.all(r, 0, len(r))
	if len(hits) == 0 {
		return secNone, false
	}
	return hits[len(hits)-1].value, true
}

// markerAt reads a section's marker at the start of a line: 【案情简介】…, 一、违法事实和证据, 查处情况：…, 处罚依据 《…》. rest is where its
// text begins.
func markerAt(f flow) (sec section, rest int, ok bool) {
	i := skipDecoration(f.r, 0)
	if m := f.match(boxedMarker, i); m != nil {
		words, end := []rune(m[1]), skipMarks(f.r, i+taken(m[0]))
		if sec, ok = sectionOf(words); !ok { // 【争议焦点】 goes on with what is told
			ok = m[2] == "】" && len(words) < 9 && placeLead(f.r, i) == 0 && !partyLabelled(words) && !containsAny(words, "案", "例", "曝光", "文", "号")
		}
		return sec, end, ok
	}
	n, after := enumerator(f, i)
	i = max(i, after)
	if m := f.match(spaceMarker, i); m != nil {
		if sec, ok = sectionOf([]rune(m[1])); ok {
			return sec, i + taken(m[0]), true
		}
	}
	m := f.match(lineMarker, i)
	if m == nil {
		return secNone, 0, false
	}
	words := []rune(strings.ReplaceAll(m[1], "\t", ""))
	sec, ok = sectionOf(words)
	return sec, skipMarks(f.r, i+len(words)), ok && (n > 0 && m[2] == "" || len(words) <= 12 && !notMarker.any(words))
}

// What numbers look like (flow.match): 一、 （一） 1. 1、 ① 第一、 第一件, and 1 某公司….
const number = `\d{1,3}|[一二三四五六七八九十零〇]{1,3}|[①-⑳]`

var (
	enumerators = lazyregexp.New(`^(?:序号)?(?:([①-⑳])|第?[（【〔](` + number + `)[）】〕]|(` + number + `)\t?[、）]|第(` + number + `)[件，]|` +
		`第?(` + number + `)\.(\D|\d{4}年|$)|(\d{1,3})\t(\p{Han}))`)
	decorations = "#*·•—-※_|>►▶→▷丨"
)

// enumerator reads the number of an item at i: its number, and what follows; 0 where none stands.
func enumerator(f flow, i int) (n, after int) {
	if i >= len(f.r) || !startsNumber(f.r[i]) && !strings.ContainsRune("第（【〔序", f.r[i]) && !(f.r[i] >= '①' && f.r[i] <= '⑳') {
		return 0, 0
	}
	m := f.match(enumerators, i)
	if m == nil {
		return 0, 0
	}
	n, _ = ordinal([]rune(m[1]+m[2]+m[3]+m[4]+m[5]+m[7]), 0)
	return n, skipMarks(f.r, i+taken(m[0])-taken(m[6]+m[8]))
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

// ordinal reads ①, 一 … 九十九 or 1 … 999 at i.
func ordinal(r []rune, i int) (n, end int) {
	if i < len(r) && r[i] >= '①' && r[i] <= '⑳' {
		return int(r[i]-'①') + 1, i + 1
	}
	if n, end = dateNumber(r, i); end-i > 3 {
		return 0, 0
	}
	return n, end
}

// skipDecoration goes over what a page draws in front of a line: ■ ● ▶ ★.
func skipDecoration(r []rune, i int) int {
	for i < len(r) && (unicode.Is(unicode.So, r[i]) || strings.ContainsRune(decorations, r[i])) {
		i++
	}
	return i
}

// skipMarks goes over the marks behind a number, a marker or a title.
func skipMarks(r []rune, i int) int {
	for i < len(r) && strings.ContainsRune("：】〗〕”、.-—，。|_", r[i]) {
		i++
	}
	return i
}
