package cite

import (
	"strings"

	"casebook/internal/registry"
)

// maxExpanded bounds what one citation may expand to: 第一条至第九百条 is a law, not a list of articles. running.room bounds all of
// them together.
const maxExpanded = 300

// provisions is the reading of one citation's 条款项目.
type provisions struct {
	list []registry.Provision
	end  int
	long bool // a range too long to expand: only its ends are listed
}

// level is the rank of 条, 款, 项, 目; 0 is none of them.
func level(c rune) int {
	switch c {
	case '条':
		return 1
	case '款':
		return 2
	case '项':
		return 3
	case '目':
		return 4
	}
	return 0
}

// unitAt is the level of the unit at i; 0 where there is none, or it begins another word: （二）项目名称.
func (t *running) unitAt(i int) int {
	if i >= len(t.r) || t.has(i, "项目") || t.has(i, "条件") || t.has(i, "目标") || t.has(i, "目的") || t.has(i, "目录") {
		return 0
	}
	return level(t.r[i])
}

// element is one step of a citation: 第三十九条, 第（二）、（三）项, 第七至九条.
type element struct {
	level int
	nums  []int
	upTo  []bool // nums[i] continues a range from nums[i-1]
	sub   int    // 之n of the last number
	end   int

	marked, bracketed bool // 第 stands before it; its numbers stand in brackets
}

// readProvisions reads from i a citation that begins with an article: 第八十三条第二款第（三）项、第（四）项和第九十五条. Its numbers may be
// Chinese or Arabic, its brackets of any width.
func (t *running) readProvisions(i int) (p provisions, ok bool) {
	e, ok := t.readElement(i, false)
	if !ok || e.level != 1 {
		return p, false
	}
	t.add(&p, e, false, false)
	p.end = e.end
	t.readRest(&p)
	return p, true
}

// readRest reads what follows the first article: what nests in it and what is listed beside it.
func (t *running) readRest(p *provisions) {
	last := 1
	for {
		if e, ok := t.readElement(p.end, true); ok && e.level > 1 && p.nests(e.level) {
			t.add(p, e, true, false)
			p.end, last = e.end, e.level
			continue
		}
		if len(p.list) <= maxExpanded && t.readMoreSubs(p) {
			continue
		}
		next, upTo := t.readSeparator(p.end)
		if next == p.end {
			return
		}
		e, ok := t.readElement(next, true)
		if !ok || len(p.list) > maxExpanded || !e.marked && !t.continues(next, e, last) {
			return
		}
		t.add(p, e, false, upTo)
		p.end, last = e.end, e.level
	}
}

// continues reports whether an element without 第 behind a separator goes on with the list: （四）项 and 四项 beside another 项, and
// 八十三条; not 三家养殖场 or 三条生产线.
func (t *running) continues(i int, e element, last int) bool {
	if t.r[i-1] != '、' && t.r[i-1] != '和' && t.r[i-1] != '及' && t.r[i-1] != '至' && t.r[i-1] != '到' {
		return false
	}
	if e.level > 1 {
		return e.level == last || e.bracketed
	}
	return !t.counted(e.end)
}

// counted reports whether 条 before i counts things: 三条生产线.
func (t *running) counted(i int) bool {
	for _, w := range [...]string{"生产线", "流水线", "线", "河", "沟", "渠", "路", "街", "管", "船", "措施", "建议", "意见", "标准", "举措", "信息", "线索"} {
		if t.has(i, w) {
			return true
		}
	}
	return false
}

// readSeparator moves past what joins two provisions. 至 makes a range.
func (t *running) readSeparator(i int) (next int, upTo bool) {
	if i >= len(t.r) {
		return i, false
	}
	switch t.r[i] {
	case '至', '到', '-', '—', '~':
		for i < len(t.r) && strings.ContainsRune("至到-—~", t.r[i]) {
			i++
		}
		return i, true
	case '、', '，', '和', '及', '与', '或', '暨':
		return t.skip(i, "和/或", "、和", "、及", "、以及", "，以及", "以及", "或者", "，和", "，及", "、", "，", "和", "及", "与", "或", "暨"), false
	case '以':
		return t.skip(i, "以及"), false
	}
	return i, false
}

// readElement reads 第 n 条|款|项|目 at i, with a list of numbers before the unit (第二、三项; 第一、第三款). Where loose, 第 may be missing before 款 and
// 项 (第三十九条二款, 第八十三条（三）), as officers write.
func (t *running) readElement(i int, loose bool) (e element, ok bool) {
	begin := i
	e.marked = i < len(t.r) && t.r[i] == '第'
	if e.marked {
		i++
	} else if !loose {
		return e, false
	}
	for {
		n, j, inBrackets, ok := t.readOrdinal(i)
		if !ok {
			return e, false
		}
		e.bracketed = e.bracketed || inBrackets
		e.nums, e.upTo, i = append(e.nums, n), append(e.upTo, false), j
		if e.level = t.unitAt(i); e.level > 0 {
			i++
			break
		}
		if e.level = t.brokenArticle(i); e.level > 0 { // 第一百二十之一条
			_, j, _, _ := t.readOrdinal(i + 1)
			e.sub, _, _, _ = t.readOrdinal(i + 1)
			i = j + 1
			break
		}
		if inBrackets && !e.marked && len(e.nums) == 1 && t.bracketsAlone(begin, i) {
			e.level, e.end = 3, i
			return e, true
		}
		if len(e.nums) >= 50 {
			return e, false
		}
		next, upTo := t.readSeparator(i)
		if next == i && !inBrackets {
			return e, false
		}
		if _, _, _, more := t.readOrdinal(next); !more { // 第一、第三款; 第（一）、第（二）项
			if next >= len(t.r) || t.r[next] != '第' {
				return e, false
			}
			next++
		}
		i = next
		e.upTo[len(e.upTo)-1] = upTo // provisional: belongs to the next number
	}
	// A mark set on a number means "from here to the next one": move it to the one it leads to.
	copy(e.upTo[1:], e.upTo[:len(e.upTo)-1])
	e.upTo[0] = false
	if !e.marked && !e.bracketed && e.level >= 2 && e.nums[0] > 30 {
		return e, false
	}
	if e.level == 1 && e.sub == 0 && i < len(t.r) && t.r[i] == '之' {
		if n, j, ok := t.readSub(i); ok {
			e.sub, i = n, j
		} else if _, j, _, ok := t.readOrdinal(i + 1); ok && j < len(t.r) && (t.r[j] == '款' || t.r[j] == '项') {
			i++ // 第十条之二款
		}
	}
	e.end = i
	return e, true
}

// readSub reads 之n at i. It has no unit behind it that would end its number, so the line does: 之一, and on the next line 2　附则.
func (t *running) readSub(i int) (n, end int, ok bool) {
	if i >= len(t.r) || t.r[i] != '之' {
		return 0, i, false
	}
	n, end, inBrackets, ok := t.readOrdinal(i + 1)
	for k := i + 2; ok && k < end; k++ {
		if t.gap[k] >= gapLine {
			n, ok = unitNumeral(t.r[i+1:k], true)
			if !ok {
				n, _, ok = (&running{r: t.r[i+1 : k]}).readNumber(0)
			}
			end = k
		}
	}
	if !ok || inBrackets || n > 99 || end < len(t.r) && level(t.r[end]) > 0 && t.gap[end] < gapLine {
		return 0, i, false
	}
	return n, end, true
}

// readMoreSubs reads what goes on from 之n without its article: 之一至之三, 之一、之二.
func (t *running) readMoreSubs(p *provisions) bool {
	last := p.list[len(p.list)-1]
	next, upTo := t.readSeparator(p.end)
	n, end, ok := t.readSub(next)
	if next == p.end || !ok || last != (registry.Provision{Article: last.Article, Sub: last.Sub}) || last.Sub == 0 {
		return false
	}
	to := registry.Provision{Article: last.Article, Sub: n}
	if upTo {
		t.fill(p, last, to, 1)
	}
	p.list, p.end = append(p.list, to), end
	return true
}

// brokenArticle recognises 之n条 at i: the other way to write 第…条之n.
func (t *running) brokenArticle(i int) int {
	if i < len(t.r) && t.r[i] == '之' {
		if _, j, inBrackets, ok := t.readOrdinal(i + 1); ok && !inBrackets && j < len(t.r) && t.r[j] == '条' {
			return 1
		}
	}
	return 0
}

// bracketsAlone reports whether （三） at [begin,end) stands for 第（三）项: directly behind 条 or 款, and not an enumeration of its own.
func (t *running) bracketsAlone(begin, end int) bool {
	if begin == 0 || t.gap[begin] > gapNone || t.r[begin-1] != '条' && t.r[begin-1] != '款' {
		return false
	}
	return end >= len(t.r) || t.r[end] == '的' || t.r[end] == '之' || t.r[end] == '规' || t.r[end] == '、' || t.r[end] == '，' || t.r[end] == '。'
}

// readOrdinal reads a number at i, perhaps in brackets: 三十九, 39, （三）, 第三九 of those who write digits.
func (t *running) readOrdinal(i int) (n, end int, bracketed, ok bool) {
	if i >= len(t.r) {
		return 0, i, false, false
	}
	if n := signNumber(t.r[i]); n > 0 {
		return n, i + 1, true, true
	}
	if c := t.r[i]; (c == '—' || c == '-') && i+1 < len(t.r) && level(t.r[i+1]) > 0 { // OCR: 第—款
		return 1, i + 1, false, true
	}
	closing := closingBracket(t.r[i])
	if closing != 0 {
		n, end, ok = t.readNumber(i + 1)
		if !ok || end >= len(t.r) || t.r[end] != closing {
			return 0, i, false, false
		}
		return n, end + 1, true, true
	}
	n, end, ok = t.readNumber(i)
	return n, end, false, ok
}

// signNumber is the number of a sign that is one by itself: ㈢, ⑶, ③, ㊂, ⒊; 0 for anything else.
func signNumber(c rune) int {
	if c < 0x2460 || c > 0x249B && c < 0x3220 || c > 0x32BF {
		return 0
	}
	n, _ := ParseNumeral(strings.Trim(registry.Fold(string(c)), "()."))
	return n
}

// readNumber reads 1 to 99999: ParseNumeral's forms, and 三九 and 一〇七 digit by digit.
func (t *running) readNumber(i int) (n, end int, ok bool) {
	end = i
	positional := true
	for end < len(t.r) && end-i < 10 {
		c := t.r[end]
		if end > i && isDigit(c) != isDigit(t.r[end-1]) {
			break // 之一 and a figure of something else
		}
		if !isDigit(c) && digitOf(c) < 0 {
			if unitOf(c) == 0 {
				break
			}
			positional = false
		}
		end++
	}
	if end == i || end-i >= 10 {
		return 0, i, false
	}
	if t.r[i] >= '0' && t.r[i] <= '9' || positional && end-i > 1 {
		if end-i > 5 {
			return 0, i, false
		}
		for _, c := range t.r[i:end] {
			d := digitOf(c)
			if d < 0 {
				d = int(c - '0')
			}
			n = n*10 + d
		}
		return n, end, n > 0
	}
	n, ok = unitNumeral(t.r[i:end], true)
	return n, end, ok
}

// nests reports whether an element of this level may stand directly behind the last provision: 第二款 behind 第三十九条, not behind
// 第（三）项.
func (p *provisions) nests(level int) bool {
	last := p.list[len(p.list)-1]
	switch level {
	case 2:
		return last.Paragraph == 0 && last.Item == 0 && last.Subitem == 0
	case 3:
		return last.Item == 0 && last.Subitem == 0
	case 4:
		return last.Subitem == 0
	}
	return false
}

// add takes an element in: nested in the last provision, or beside it, or as the end of a range from it.
func (t *running) add(p *provisions, e element, nested, upTo bool) {
	var base registry.Provision
	if n := len(p.list); n > 0 {
		base = p.list[n-1]
		if nested {
			p.list = p.list[:n-1]
		}
	}
	for i, n := range e.nums {
		q := at(base, e.level, n)
		if e.level == 1 && i == len(e.nums)-1 {
			q.Sub = e.sub
		}
		if (i == 0 && upTo) || e.upTo[i] {
			t.fill(p, p.list[len(p.list)-1], q, e.level)
		}
		p.list = append(p.list, q)
	}
}

// at is the provision beside base whose number on the level is n.
func at(base registry.Provision, level, n int) registry.Provision {
	switch level {
	case 1:
		return registry.Provision{Article: n}
	case 2:
		return registry.Provision{Article: base.Article, Sub: base.Sub, Paragraph: n}
	case 3:
		return registry.Provision{Article: base.Article, Sub: base.Sub, Paragraph: base.Paragraph, Item: n}
	}
	base.Subitem = n
	return base
}

// fill lists what lies between the ends of a range.
func (t *running) fill(p *provisions, from, to registry.Provision, level int) {
	a, b := from.Article, to.Article
	switch {
	case level == 1 && a == b && to.Sub > 0: // 第一百二十条之一至第一百二十条之六
		for n := from.Sub + 1; n < to.Sub; n++ {
			p.list = append(p.list, registry.Provision{Article: a, Sub: n})
		}
		return
	case level == 2:
		a, b = from.Paragraph, to.Paragraph
	case level == 3:
		a, b = from.Item, to.Item
	case level == 4:
		a, b = from.Subitem, to.Subitem
	}
	if b-a > maxExpanded || len(p.list) > maxExpanded || b-a > t.room {
		p.long = true
		return
	}
	t.room -= max(0, b-a)
	for n := a + 1; n < b; n++ {
		p.list = append(p.list, at(to, level, n))
	}
}
