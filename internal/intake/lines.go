package intake

import (
	"slices"
	"strings"

	"casebook/internal/registry"
)

// paraKind is what a paragraph is on its page.
type paraKind int

const (
	paraProse    paraKind = iota
	paraHeading           // opens a case
	paraHeadline          // a short line without an end mark: a headline, a label, a signature
	paraBreak             // a byline, a page's navigation: an article begins or ends here
	paraDecision          // the title of a decision: 行政处罚决定书
	paraRow               // a row of a table, its cells parted by tabs
)

// para is a paragraph: lines that columns broke are one again.
type para struct {
	flow
	kind    paraKind
	heading heading
	section section         // of the marker that opened it; secNone where it has none
	marked  bool            // it begins with a marker, or goes on under one
	led     bool            // it begins with a marker itself
	marker  bool            // it is a marker and nothing else
	opened  int             // behind the place where its marker begins
	gap     bool            // an empty line stands before it
	cells   []flow          // of a row
	columns map[column]flow // of a row that is a case
	more    []flow          // its cells in columns without a name
	per     registry.Money  // of a row: what one is of its amounts
	of      flow            // of a note: the party that its mark stands behind
}

func (p *para) start() int {
	if p.opened > 0 {
		return p.opened - 1
	}
	return p.at[0]
}
func (p *para) end() int { return p.at[len(p.at)-1] + 1 }

// line is a line of the page that is not empty, or several that a column broke.
type line struct {
	start, end int
	width      int  // in characters; an indented line is as wide as the others
	gap        bool // an empty line stands before it
	full       bool // a column broke it, as its width tells
}

// linesOf are the lines of a page. A line is full that is as long as most lines around it, or as any in a text that was broken throughout. Where an empty
// line stands before nearly every one, it parts nothing.
func linesOf(page []rune) (lines []line) {
	longest, gaps, gap := 0, 0, false
	for i := 0; i < len(page); {
		from, end := i, i
		for ; end < len(page) && !isLineEnd(page[end]); end++ {
		}
		i = end + 1
		l, indent := line{start: from, end: end, gap: gap}, true
		for _, c := range page[from:end] {
			if indent = indent && isSpace(c); !isSpace(c) && fold(c) != 0 || indent && c == 0x3000 {
				l.width++
			}
		}
		if gap = blank(page[from:end]); gap {
			continue
		}
		if l.gap {
			gaps++
		}
		lines, longest = append(lines, l), max(longest, l.width)
	}
	wide, unended := 0, 0
	for _, l := range lines {
		if l.width >= longest-2 {
			wide++
			if last := flowOf(page, max(l.start, l.end-2), l.end).r; len(last) > 0 && !strings.ContainsRune("。！？；：", last[len(last)-1]) {
				unended++
			}
		}
	}
	throughout := longest <= 50 && wide*3 >= len(lines) && unended*10 >= wide*7
	for i := range lines {
		l, alike := &lines[i], 0
		for _, o := range lines[max(0, i-3):min(len(lines), i+4)] {
			if d := o.width - l.width; d >= -2 && d <= 2 {
				alike++
			}
		}
		l.full = throughout && l.width >= longest-4 || !throughout && alike >= 4 && l.width >= 8
		l.gap = l.gap && !(len(lines) > 5 && gaps*10 >= len(lines)*8)
	}
	return lines
}

// paragraphs divides a page into paragraphs: lines broken in the middle of a sentence are joined, over empty lines and captions too.
func paragraphs(page []rune) []*para {
	b := paraBuilder{page: page}
	lines := linesOf(page)
	for k := 0; k < len(lines); k++ {
		l := lines[k]
		if rows, n := cellTable(page, lines[k:]); n > 0 {
			b.list = append(b.list, rows...)
			k += n - 1
			continue
		}
		next := lines[k+1:]
		if l.width <= 3 && ordinalOnly(b.cell(l).r) && len(next) > 0 && opensName(b.cell(next[0])) { // 01 or 三 alone on a line, above a party
			next[0].start, next[0].gap = l.start, l.gap
			continue
		}
		for ; len(next) > 0 && lines[k].full && !next[0].gap && !isSpace(page[next[0].start]) && brokenAt(page, l, next[0]); next = next[1:] {
			l.end, k = next[0].end, k+1
		}
		b.lines(l)
	}
	return b.list
}

// brokenAt reports whether a column broke the text between a full line and the next.
func brokenAt(page []rune, before, next line) bool {
	const enough = 120     // characters that show how a line ends
	const longestRow = 400 // of a table; before grows with each line that is joined to it
	if isRowLine(page[next.start:next.end]) || before.end-before.start <= longestRow && isRowLine(page[before.start:before.end]) {
		return false
	}
	last, f := flowOf(page, max(before.start, before.end-enough), before.end), flowOf(page, next.start, min(next.end, next.start+enough))
	if !unfinished(last.r) && last.r[len(last.r)-1] != '；' || endsInCase(last.r) || endsInAny(last.r, "典型案例", "决定书", "告知书") {
		return false
	}
	if _, rest, ok := markerAt(last); ok && rest >= len(last.r) {
		return false
	}
	return !(label(last.r) && endsInName(last)) && !opensBlock(f)
}

func isLineEnd(c rune) bool { return strings.ContainsRune("\n\r\f\v\u2028\u2029\u0085", c) }

func blank(r []rune) bool {
	return !slices.ContainsFunc(r, func(c rune) bool { return !isSpace(c) && fold(c) != 0 })
}

type paraBuilder struct {
	page    []rune
	list    []*para
	section section // of the last marker
	marked  bool
}

// cell is a line as far as it may be a cell of a table.
func (b *paraBuilder) cell(l line) flow {
	return flowOf(b.page, l.start, min(l.end, l.start+longestCell))
}

// lines adds a stretch of the page, cut where a case or section begins inside it: pages pasted without their line breaks.
func (b *paraBuilder) lines(l line) {
	text, from := b.page[l.start:l.end], 0
	letter := isLetterLine(text)
	for i := 3; i < len(text); i++ {
		if letter && letterBreaks(text, i) || opensInside(text, i) && !blank(text[from:i]) {
			b.line(l.start+from, l.start+i, l.gap && from == 0)
			from = i
		}
	}
	b.line(l.start+from, l.end, l.gap && from == 0)
}

// isLetterLine is for a whole decision on one line: its title, or 你公司 and 我局, and the spaces that stood for its line ends.
func isLetterLine(line []rune) bool {
	return len(line) >= 60 && slices.Contains(line[:60], '：') && addressed.any(line) && ourselves.any(line)
}

var addressed, ourselves = words("addressed"), words("ourselves")

// letterBreaks reports whether a line of a letter began at i: behind a space that parts no date.
func letterBreaks(line []rune, i int) bool {
	return isSpace(line[i-1]) && !isLineEnd(line[i-1]) && !isSpace(line[i]) && !isDigit(fold(line[i-2])) && !strings.ContainsRune("年月日第", line[i-2])
}

// opensInside reports whether 【案情】, or 案例二： behind the end of a sentence or a space, stands at i of a line.
func opensInside(line []rune, i int) bool {
	if !strings.ContainsRune("【〖案典", line[i]) {
		return false
	}
	f := flowOf(line, i, min(len(line), i+40))
	if m := f.match(boxedMarker, 0); m != nil {
		_, known := sectionOf([]rune(m[1]))
		return known
	}
	n, _ := caseNumberAt(f, 0)
	return n > 0 && (isSpace(line[i-1]) || strings.ContainsRune("。！", line[i-1]) || line[i] == '【')
}

// line adds one line of the page: to the paragraph before it, or as one of its own.
func (b *paraBuilder) line(start, end int, gap bool) {
	f := flowOf(b.page, start, end)
	if len(f.r) == 0 || interrupts(f.r) && !opensItem(f) {
		return
	}
	last, p := b.last(), &para{flow: f, gap: gap}
	inside := last.kind == paraProse && unfinished(last.r) && containsAny(last.r, "，", "。") && len(f.r) > 12 // an unfinished sentence
	h, headed := headingAt(f)
	sec, rest, marked := markerAt(f)
	first := len(b.list) == 0 && (sec == secLaw || sec == secRights) // 【以案释法】, 行政复议案例 over all is a column's name
	switch cells := cellsOf(b.page[start:end]); {
	case cells != nil:
		p.kind = paraRow
		for _, cell := range cells {
			p.cells = append(p.cells, flowOf(b.page, start+cell[0], start+cell[1]))
		}
	case !h.strong && last.breaksOff(f):
		last.kind = paraProse
		last.extend(b.page, start, end)
		return
	case headed && (h.strong || !inside):
		p.kind, p.heading = paraHeading, h
		b.section, b.marked = secNone, false
	case isFurniture(f.r):
		p.kind = paraBreak
	case isDecisionTitle(f.r):
		p.kind = paraDecision
		b.section, b.marked = secNone, false
	case marked && !first && (!inside || last.led):
		if p.mark(sec, rest); p.led {
			b.section, b.marked = sec, true
		}
	case last.kind == paraProse && unfinished(last.r) && continues(last.r, f) && !opensItem(f):
		last.extend(b.page, start, end)
		return
	default:
		b.prose(f, gap)
		return
	}
	if b.list = append(b.list, p); len(h.body.r) > 0 && p.kind == paraHeading {
		b.prose(h.body, gap)
	}
}

// mark takes a section's marker, of which the text begins at rest, off its line.
func (p *para) mark(sec section, rest int) {
	if hasAnyAt(p.r, skipDecoration(p.r, 0), "温馨提", "友情提", "举报") { // whose text is no case's
		p.kind = paraBreak
		return
	}
	p.section, p.marked, p.led, p.opened = sec, true, true, p.at[0]+1
	switch {
	case rest >= len(p.r):
		p.kind, p.marker = paraHeadline, true
	case !containsAny(p.r[:rest], "金额", "罚款"): // 罚款金额：3万元 says what it is
		p.flow = p.slice(rest, len(p.r))
	}
}

// breaksOff reports whether a paragraph stops as no sentence ends, or the next line begins as none does.
func (p *para) breaksOff(next flow) bool {
	return !p.marker && unfinished(p.r) && (p.kind == paraProse && strings.ContainsRune("，、的和及与对在将于被向了", p.r[len(p.r)-1]) ||
		(p.kind == paraProse || p.kind == paraHeadline) && strings.ContainsRune("。，、；）》”", next.r[0]))
}

// opensBlock is for lines that begin something new whatever stands before them.
func opensBlock(f flow) bool {
	h, headed := headingAt(f)
	_, rest, marked := markerAt(f)
	n, _ := enumerator(f, 0)
	switch {
	case headed:
		return h.strong || h.number > 0
	case marked && (n > 0 || f.r[rest-1] == '：'), opensItem(f), f.r[0] == '【':
		return true
	}
	return label(f.r) || isDecisionTitle(f.r) || isFurniture(f.r)
}

// opensItem is for the next item of a list: its number or place, and a party or place behind.
func opensItem(f flow) bool {
	after := skipDecoration(f.r, 0)
	n, behind := enumerator(f, after)
	after = max(after, behind)
	if n == 0 && after == 0 {
		whose, named := leads(f, 0)
		return named && (hasAt(f.r, whose.end, "：") || spaceBefore(f, whose.end)) || placeLead(f.r, 0) > 0 ||
			len(f.r) < 24 && headLine(&para{flow: f}) == "号" || f.r[0] == '注' && noteHead.MatchString(string(f.r[:min(len(f.r), 4)]))
	}
	rest := f.slice(min(after, len(f.r)-1), len(f.r))
	_, placed := placeAt(rest.r, 0)
	return placed || opensName(rest)
}

// opensName reports whether a party's name begins f.
func opensName(f flow) bool {
	_, ok := leads(f, 0)
	return ok
}

// last is the paragraph before; one that goes on with nothing where there is none.
func (b *paraBuilder) last() *para {
	if len(b.list) == 0 {
		return &para{kind: paraBreak}
	}
	return b.list[len(b.list)-1]
}

func (b *paraBuilder) prose(f flow, gap bool) {
	if opensItem(f) {
		b.section, b.marked = secNone, false
	}
	p := &para{flow: f, section: b.section, marked: b.marked, gap: gap}
	if isHeadline(f.r) {
		p.kind = paraHeadline
	}
	b.list = append(b.list, p)
}

// cellsOf are the cells of a line of a table: they are parted by tabs, by lines that the page drew, or by wide spaces.
func cellsOf(line []rune) (cells [][2]int) {
	for k, parts := range []func(i int) bool{
		func(i int) bool { return line[i] == '\t' || line[i] == '|' || line[i] == '｜' },
		func(i int) bool { return line[i] == 0x3000 || line[i] == ' ' && i+1 < len(line) && line[i+1] == ' ' },
		func(i int) bool { return line[i] == ' ' },
	} {
		wide := k > 0
		cells = cells[:0]
		from := 0
		for i := 0; i <= len(line); i++ {
			if i < len(line) && !parts(i) {
				continue
			}
			if !wide || !blank(line[from:i]) {
				cells = append(cells, [2]int{from, i})
			}
			from = i + 1
		}
		told := wide && containsAny(line, "：", ":", "。") || k == 2 && (len(line) <= 5*len(cells) || containsAny(line, "，", ","))
		if len(cells) > 3+k/2 && !told && (!wide || len(line) <= 120) {
			return cells
		}
	}
	return nil
}

func isRowLine(line []rune) bool { return cellsOf(line) != nil }

// unfinished reports whether a paragraph stops before its sentence ends.
func unfinished(r []rune) bool {
	for len(r) > 1 && strings.ContainsRune("”’」』）", r[len(r)-1]) && strings.ContainsRune("。！？…", r[len(r)-2]) {
		r = r[:len(r)-1]
	}
	return len(r) > 0 && !strings.ContainsRune("。！？；：…", r[len(r)-1])
}

// continues reports whether a line may go on an unfinished paragraph: one that was broken has commas or stops inside, and no label or signature does.
func continues(last []rune, next flow) bool {
	whole := isHeadline(last) && !slices.Contains(withoutBracket(last), '，') || next.isOrgan() && strings.ContainsRune("）元案号", last[len(last)-1])
	return !whole && !label(last) && !label(next.r)
}
