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

// paragraphs divides a page into paragraphs: lines broken in the middle of a sentence are joined, over empty lines and captions too.
func paragraphs(page []rune) []*para {
	b := paraBuilder{page: page}
	lines, spaced := linesOf(page)
	n, gap := 0, false
	var pending span // lines that are one, as far as their lengths tell
	full := false
	for i := 0; i < len(page); {
		j := lineAt(page, i)
		empty := blank(page[i:j])
		if !empty && j-i < 30 {
			if rows, end, of := cellTable(page, i); len(rows) > 0 {
				b.lines(pending)
				b.list = append(b.list, rows...)
				pending, full, gap = span{}, false, false
				i, n = end, n+of
				continue
			}
		}
		switch {
		case empty:
			gap = !spaced
		case full && !gap && !isSpace(page[i]) && brokenAt(page, pending, span{start: i, end: j}):
			pending.end = j
			full, n = lines[n].full, n+1
		default:
			b.lines(pending)
			pending = span{i, j, gap}
			full, n, gap = lines[n].full, n+1, false
		}
		i = j + 1
	}
	b.lines(pending)
	return b.list
}

// span is a stretch of the page; gap: an empty line stands before it.
type span struct {
	start, end int
	gap        bool
}

// brokenAt reports whether a column broke the text between a full line and the next.
func brokenAt(page []rune, before, next span) bool {
	const enough = 120     // characters that show how a line ends
	const longestRow = 400 // of a table; before grows with each line that is joined to it
	if isRowLine(page[next.start:next.end]) || before.end-before.start <= longestRow && isRowLine(page[before.start:before.end]) {
		return false
	}
	last := flowOf(page, max(before.start, before.end-enough), before.end)
	if len(last.r) == 0 || !unfinished(last.r) && last.r[len(last.r)-1] != '；' || endsInCase(last.r) || endsHeadline(last.r) {
		return false
	}
	if _, rest, ok := markerAt(last); ok && rest >= len(last.r) {
		return false
	}
	if ns := names(last); label(last.r) && len(ns) > 0 && ns[len(ns)-1].end == len(last.r) {
		return false
	}
	f := flowOf(page, next.start, min(next.end, next.start+enough))
	return len(f.r) > 0 && !opensBlock(f)
}

// endsHeadline is for headlines that are as long as their column by chance.
func endsHeadline(r []rune) bool {
	return !slices.Contains(r, '，') && endsInAny(r, "典型案例", "决定书", "告知书")
}

func (b *paraBuilder) lines(s span) {
	if s.start == s.end {
		return
	}
	for _, part := range b.parts(s.start, s.end) {
		b.line(part[0], part[1], s.gap)
		s.gap = false
	}
}

// lineInfo is what a line's length tells: a full one was broken by its column.
type lineInfo struct {
	length int
	ended  bool // by the end of a sentence
	full   bool
}

// lineAt is where the line that begins at i ends.
func lineAt(page []rune, i int) (end int) {
	for end = i; end < len(page) && !isLineEnd(page[end]); end++ {
	}
	return end
}

// linesOf measures the lines that are not empty. A line is full where most lines around it are as long (a column), or where it is as
// long as any in a text that was broken throughout. spaced: an empty line stands before nearly every one, so that it parts nothing.
func linesOf(page []rune) (lines []lineInfo, spaced bool) {
	longest, gaps, empty := 0, 0, false
	for i := 0; i < len(page); {
		j, n, last := lineAt(page, i), 0, rune(0)
		for k := i; k < j; k++ {
			switch {
			case last == 0 && page[k] == 0x3000: // an indented line is as wide as the others
				n++
			case !isSpace(page[k]) && fold(page[k]) != 0:
				n, last = n+1, page[k]
			}
		}
		if last != 0 {
			lines = append(lines, lineInfo{length: n, ended: strings.ContainsRune("。！？；：", fold(last))})
			longest = max(longest, n)
			if empty {
				gaps++
			}
		}
		empty, i = last == 0, j+1
	}
	broken, open := 0, 0
	for _, l := range lines {
		if l.length >= longest-2 {
			broken++
			if !l.ended {
				open++
			}
		}
	}
	throughout := len(lines) >= 3 && longest >= 12 && longest <= 50 && broken*3 >= len(lines) && open*10 >= broken*7
	for i, l := range lines {
		if throughout {
			lines[i].full = l.length >= longest-4
			continue
		}
		alike := 0
		for _, o := range lines[max(0, i-3):min(len(lines), i+4)] {
			if d := o.length - l.length; d >= -2 && d <= 2 {
				alike++
			}
		}
		lines[i].full = alike >= 4 && l.length >= 8 && l.length <= 50
	}
	return lines, len(lines) > 5 && gaps*10 >= len(lines)*8
}

func isLineEnd(c rune) bool {
	return c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == 0x2028 || c == 0x2029 || c == 0x85
}

func blank(r []rune) bool {
	for _, c := range r {
		if !isSpace(c) && fold(c) != 0 {
			return false
		}
	}
	return true
}

type paraBuilder struct {
	page    []rune
	list    []*para
	section section // of the last marker
	marked  bool
	number  int // behind a line that is the number of the next one begins; 0 for none
}

// parts cuts a line where a case or section begins inside it: pages pasted without their line breaks.
func (b *paraBuilder) parts(start, end int) (parts [][2]int) {
	letter := isLetterLine(b.page[start:end])
	for i := start + 3; i < end; i++ {
		if letter && letterBreaks(b.page[start:end], i-start) || opensInside(b.page[start:end], i-start) && !blank(b.page[start:i]) {
			parts = append(parts, [2]int{start, i})
			start = i
		}
	}
	return append(parts, [2]int{start, end})
}

// isLetterLine is for a whole decision on one line: its title, or 你公司 and 我局, and the spaces that stood for its line ends.
func isLetterLine(line []rune) bool {
	head := line[:min(len(line), 80)]
	if len(line) < 60 || !slices.ContainsFunc(line, inLine) || !addressed.any(line) || !ourselves.any(line) {
		return false
	}
	return containsAny(head, decisionTitles...) || slices.Contains(head, '：')
}

// inLine is for a space that ends no line.
func inLine(c rune) bool { return isSpace(c) && !isLineEnd(c) }

var addressed, ourselves = words("addressed"), words("ourselves")

// letterBreaks reports whether a line of a letter began at i: behind a space that parts no date.
func letterBreaks(line []rune, i int) bool {
	if !inLine(line[i-1]) || isSpace(line[i]) {
		return false
	}
	k := i - 1
	for k > 0 && isSpace(line[k]) {
		k--
	}
	return !isDigit(fold(line[k])) && !strings.ContainsRune("年月日第", line[k]) && !strings.ContainsRune("年月日条款", line[i])
}

// opensInside reports whether 【案情】, or 案例二： behind the end of a sentence or a space, stands at i of a line.
func opensInside(line []rune, i int) bool {
	switch line[i] {
	case '【', '〖':
		inside := line[i+1 : min(len(line), i+1+longestMarker)]
		k := slices.IndexFunc(inside, func(c rune) bool { return c == '】' || c == '〗' })
		if k < 0 {
			return false
		}
		_, section := sectionOf(inside[:k])
		n, _ := caseNumberAt(flowOf(inside, 0, k), 0)
		return section || n > 0
	case '案', '典':
		before := strings.TrimRightFunc(string(line[max(0, i-8):i]), isSpace)
		space := isSpace(line[i-1])
		if !space && !strings.HasSuffix(before, "。") && !strings.HasSuffix(before, "！") || !hasAnyAt(line, i, "案例", "案件", "典型案例") {
			return false
		}
		f := flowOf(line, i, min(len(line), i+40))
		n, after := caseNumberAt(f, 0)
		return n > 0 && (space || after < len(f.r) && (strings.ContainsRune("：、.】-—", f.r[after-1]) || spaceBefore(f, after)))
	}
	return false
}

// line adds one line of the page.
func (b *paraBuilder) line(start, end int, gap bool) {
	if b.number > 0 {
		start, b.number = b.number-1, 0
	}
	f := flowOf(b.page, start, end)
	if isNumber(f.r) && b.namesNext(end) {
		b.number = start + 1
		return
	}
	if len(f.r) == 0 || isCaption(f.r) && !opensItem(f) || turnsPage(f.r) {
		return
	}
	last := b.last()
	open := last != nil && unfinished(last.r)
	h, headed := headingAt(f)
	switch {
	case isRowLine(b.page[start:end]):
		b.row(f, start, end, gap)
	case open && last.kind <= paraHeadline && last.kind != paraHeading && !last.marker && strings.ContainsRune("。，、；）》”", f.r[0]):
		last.kind = paraProse // no sentence begins so
		last.extend(b.page, start, end)
	case open && last.kind == paraProse && strings.ContainsRune("，、的和及与对在将于被向了", last.r[len(last.r)-1]) && !h.strong:
		last.extend(b.page, start, end)
	case headed && (h.strong || !b.midSentence(f)):
		b.list = append(b.list, &para{flow: f, kind: paraHeading, heading: h, gap: gap})
		b.section, b.marked = secNone, false
		if len(h.body.r) > 0 {
			b.prose(h.body, gap)
		}
	case isFurniture(f.r):
		b.list = append(b.list, &para{flow: f, kind: paraBreak, gap: gap})
	case isDecisionTitle(f.r):
		b.list = append(b.list, &para{flow: f, kind: paraDecision, gap: gap})
		b.section, b.marked = secNone, false
	case b.markedLine(f, gap):
	case open && last.kind == paraProse && continues(last.r, f.r) && !opensItem(f):
		last.extend(b.page, start, end)
	default:
		b.prose(f, gap)
	}
}

// markedLine adds a line that begins with a section's marker; it reports whether it does.
func (b *paraBuilder) markedLine(f flow, gap bool) bool {
	sec, rest, ok := markerAt(f)
	last := b.last()
	if !ok || last == nil && (sec == secLaw || sec == secRights) || // 【以案释法】, 行政复议案例 over all is a column's name
		b.midSentence(f) && !(last.led && containsAny(f.r[:rest], "：", "】")) {
		return false
	}
	if hasAnyAt(f.r, skipDecoration(f.r, 0), "温馨提", "友情提", "举报") { // whose text is no case's
		b.list = append(b.list, &para{flow: f, kind: paraBreak, gap: gap})
		return true
	}
	b.section, b.marked = sec, true
	p := &para{flow: f, kind: paraProse, section: sec, marked: true, led: true, gap: gap, opened: f.at[0] + 1}
	switch {
	case rest >= len(f.r):
		p.kind, p.marker = paraHeadline, true
	case !containsAny(f.r[:rest], "金额", "罚款"): // 罚款金额：3万元 says what it is
		p.flow = f.slice(rest, len(f.r))
	}
	b.list = append(b.list, p)
	return true
}

// isNumber is for 01 or 三 alone on a line.
func isNumber(r []rune) bool {
	n, end := ordinal(r, 0)
	return n > 0 && end == len(r)
}

// namesNext reports whether a party begins the line behind i.
func (b *paraBuilder) namesNext(i int) bool {
	f, _ := cellAt(b.page, i)
	_, ok := leads(f, 0)
	return ok
}

// opensBlock is for lines that begin something new whatever stands before them.
func opensBlock(f flow) bool {
	if h, ok := headingAt(f); ok {
		return h.strong || h.number > 0
	}
	n, _ := enumerator(f, 0)
	if _, rest, ok := markerAt(f); ok && (n > 0 || f.r[rest-1] == '：') || opensItem(f) {
		return true
	}
	return label(f.r) || isDecisionTitle(f.r) || f.r[0] == '【' || isFurniture(f.r)
}

// opensItem is for the next item of a list: its number or place, and a party or place behind.
func opensItem(f flow) bool {
	if headLine(&para{flow: f}) == "号" && len(f.r) < 24 {
		return true
	}
	from := skipDecoration(f.r, 0)
	n, after := enumerator(f, from)
	switch {
	case startsNote(f.r):
		return true
	case n == 0 && from > 0:
		after = from
	case n == 0:
		whose, ok := leads(f, 0)
		return placeLead(f.r, 0) > 0 || nameAlone(f) || ok && hasAt(f.r, whose.end, "：")
	}
	if _, ok := placeAt(f.r, min(after, len(f.r)-1)); ok && after < len(f.r) {
		return true
	}
	_, ok := leads(f.slice(after, len(f.r)), 0)
	return ok
}

// nameAlone is for a party in front of a space: 某养殖场 粪水外排 罚款5000元, perhaps behind its day.
func nameAlone(f flow) bool {
	ns := names(f.slice(0, min(len(f.r), longestName)))
	return len(ns) > 0 && (ns[0].start == 0 || dayBefore(f, ns[0].start) || townBefore(f, ns[0])) && ns[0].end < len(f.r) && spaceBefore(f, ns[0].end)
}

func (b *paraBuilder) last() *para {
	if len(b.list) == 0 {
		return nil
	}
	return b.list[len(b.list)-1]
}

func (b *paraBuilder) prose(f flow, gap bool) {
	if b.marked && opensItem(f) {
		b.section, b.marked = secNone, false
	}
	p := &para{flow: f, kind: paraProse, section: b.section, marked: b.marked, gap: gap}
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
		if len(cells) > 3+k/2 && !(wide && (len(line) > 120 || containsAny(line, "：", ":", "。"))) && (k < 2 || len(line) > 5*len(cells) && !containsAny(line, "，", ",")) {
			return cells
		}
	}
	return nil
}

func isRowLine(line []rune) bool { return cellsOf(line) != nil }

func (b *paraBuilder) row(f flow, start, end int, gap bool) {
	p := &para{flow: f, kind: paraRow, gap: gap}
	for _, cell := range cellsOf(b.page[start:end]) {
		p.cells = append(p.cells, flowOf(b.page, start+cell[0], start+cell[1]))
	}
	b.list = append(b.list, p)
}

// midSentence reports whether the line stands in the middle of an unfinished sentence.
func (b *paraBuilder) midSentence(f flow) bool {
	last := b.last()
	return last != nil && last.kind == paraProse && unfinished(last.r) && containsAny(last.r, "，", "。") && !endsInCase(f.r) && len(f.r) > 12
}

// unfinished reports whether a paragraph stops before its sentence ends.
func unfinished(r []rune) bool {
	c := r[len(r)-1]
	switch {
	case strings.ContainsRune("。！？；：…", c):
		return false
	case strings.ContainsRune("”’」』", c):
		return len(r) < 2 || !strings.ContainsRune("。！？…", r[len(r)-2])
	case c == '）':
		// （记者 某某） ends an article; （以下简称该公司） does not end a sentence.
		open := matching(r, len(r)-1, 0)
		return !(open >= 0 && containsAny(r[open:], "记者", "通讯员", "摄", "供图", "来源", "编辑", "某")) || open < 1 || !strings.ContainsRune("。！", r[open-1])
	}
	return true
}

// continues reports whether a line may go on an unfinished paragraph.
func continues(last, next []rune) bool {
	// A paragraph that was broken has commas or stops inside, or is itself a fragment of a column.
	if isHeadline(last) && !containsAny(withoutBracket(last), "，", "。", "；") && !openBracket(last) && !strings.ContainsRune("的、和及与对在将于被向了", last[len(last)-1]) &&
		!leadsOn(next) {
		return false
	}
	if os := organsOf(flow{r: next}); len(os) == 1 && os[0].end-os[0].start == len(next) && strings.ContainsRune("）元案号", last[len(last)-1]) { // a signature
		return false
	}
	if label(next) || label(last) && len(last) < 60 {
		return false
	}
	return true
}

// leadsOn is for a line that cannot begin a sentence.
func leadsOn(r []rune) bool {
	return strings.ContainsRune("，。、；：）》”的了", r[0])
}

// openBracket reports whether a bracket of r is still open at its end.
func openBracket(r []rune) bool {
	book, round := 0, 0
	for _, c := range r[max(0, len(r)-60):] {
		switch c {
		case '《':
			book++
		case '》':
			book = max(0, book-1)
		case '（':
			round++
		case '）':
			round = max(0, round-1)
		}
	}
	return book+round > 0
}
