package intake

import (
	"slices"
	"strings"

	"casebook/internal/registry"
)

// dated is a day, month or year in running text. The year may come from the date before it.
type dated struct {
	start, end int
	date       registry.Date
	event      event
	impossible bool // no calendar has the day; date is its month or year
	borrowed   bool // its year is that of the page
}

// printed is when a page was: the one day, month or year that stands apart from its cases (2024年5月18日 17:30, 2025年第5期); else the year told last
// in front of a case.
type printed struct {
	on    registry.Date
	words flow
	same  bool // the text says 同月
}

// printedOn reads it in the lines above the first case and below the last; zero where they tell of several years.
func printedOn(pieces []*piece, found []*reading) (when printed) {
	apart := append(slices.Clone(pieces[max(0, found[0].from-60):found[0].from]), pieces[found[len(found)-1].to:]...)
	for _, u := range apart[:min(len(apart), 80)] {
		if f := u.flow(); !u.said.any(inLaw) && len(f.r) <= 60 && u.said.any(aHeadline|aBreak|aTitle) {
			for i := range f.r {
				on, end := printedAt(f.r, i)
				switch {
				case on.IsZero() || inBook(f.r, i):
				case !when.on.IsZero() && yearOf(on) != yearOf(when.on):
					return printed{}
				case on.Precision() > when.on.Precision() || when.on.IsZero():
					when = printed{on: on, words: f.slice(i, end)}
				}
			}
		}
	}
	return when
}

// yearBefore is the year of the day or month that is told last in front of a case.
func yearBefore(pieces []*piece) printed {
	for _, u := range slices.Backward(pieces[max(0, len(pieces)-4):]) {
		if list, _ := datesOf(u.flow(), printed{}); len(list) > 0 && !u.said.any(inLaw) {
			last := list[len(list)-1]
			if last.date.Precision() < registry.PrecisionMonth || u.flow().has(last.end, "以来") {
				break
			}
			return printed{on: registry.Year(yearOf(last.date)), words: u.flow().slice(last.start, last.end)}
		}
	}
	return printed{}
}

// sameMonth is the last day of the case in front, where a case begins with 同月 or 同日.
func (c *caseText) sameMonth() {
	if c.before == nil || !hasAnyAt(c.body.r, 0, "同月", "同日", "同年", "次日", "当日", "当天", "当晚", "当月") {
		return
	}
	told := c.before.toldFlow()
	if list, _ := datesOf(told, c.before.printed); len(list) > 0 {
		last := list[0]
		for _, d := range list {
			if d.event >= evFound {
				last = d
			}
		}
		c.printed = printed{last.date, told.slice(last.start, last.end), true}
	}
}

// printedAt reads a date with its year at i, or a year before what it numbers: 2025年第5期, 2024年度.
func printedAt(r []rune, i int) (on registry.Date, end int) {
	on, end = readDate(r, i, 0, 0)
	if n, k := dateNumber(r, i); on.IsZero() && k-i == 4 && n >= 1900 && n <= 2100 && hasAt(r, k, "年") && (i == 0 || !isDigit(r[i-1])) {
		return registry.Year(n), k + 1
	}
	return on, end
}

// event is what happened on a date, by the words behind it; a greater one tells better when a case was found.
type event int

const (
	evNone      event = iota
	evNotice          // a letter, decision, report or complaint: never the finding
	evRecheck         // 复查: the inspection was before
	evFound           // 发现, 查明 without an inspection
	evComplaint       // a complaint that was looked into in the same sentence
	evSampled         // 采样
	evInspected       // 现场检查

	evOther event = -1 // words that may also be part of a name: 养殖, 建设
)

// dateAt reads a date with its year at i: 2024年6月12日, 2024-06-12, 二〇二四年六月. end is behind it.
func dateAt(r []rune, i int) (end int, ok bool) {
	d, end := readDate(r, i, 0, 0)
	return end, !d.IsZero()
}

// readDate reads a date at i. year and month stand in for what is not written (6月12日, 12日); 0 means that they are not known.
func readDate(r []rune, i, year, month int) (d registry.Date, end int) {
	d, end, impossible := readPrinted(r, i, year, month)
	if impossible > 0 && bareDay(r, i) {
		return registry.Date{}, 0
	}
	return d, end
}

// bareDay reports whether a day without its month stands at i.
func bareDay(r []rune, i int) bool {
	_, j := dateNumber(r, i)
	return j > 0 && j < len(r) && (r[j] == '日' || r[j] == '号')
}

// readPrinted is readDate that also tells of a day that no calendar has (2024年2月30日, 2024-11-31, 13月5日): impossible is where such a
// date ends, 0 where there is none. d is then as much of it as can be: the month, the year, or zero.
func readPrinted(r []rune, i, year, month int) (d registry.Date, end, impossible int) {
	if i > 0 && (isDigit(r[i-1]) || r[i-1] == '.' && !(i > 1 && (i < 4 || !isDigit(r[i-3])) && hasAt(r, i+4, "年"))) { // 1.2024年6月3日 is a number and a day
		return d, 0, 0
	}
	n, j := dateNumber(r, i)
	if j == 0 || j >= len(r) {
		return d, 0, 0
	}
	digits := j - i
	full := n >= 1900 && n <= 2100 && digits == 4
	switch {
	case full && strings.ContainsRune("-./", r[j]):
		return pointedDate(r, n, j)
	case full && r[j] == '年':
		j++
		if j+1 < len(r) && r[j] == '的' && startsNumber(r[j+1]) {
			j++
		}
		m, k := dateNumber(r, j)
		switch {
		case k == 0 || k >= len(r) || r[k] != '月' || k-j > 3:
			if j < len(r) && strings.ContainsRune("版度以修新第代", r[j]) || hasAt(r, j, "（") {
				return d, 0, 0
			}
			return registry.Year(n), j, 0
		case m < 1 || m > 12:
			if hasAnyAt(r, k+1, "龄", "大") {
				return registry.Year(n), j, 0
			}
			end = monthEnd(r, k)
			return registry.Year(n), end, end
		}
		return dayOf(r, n, m, k+1)
	case r[j] == '月' && digits <= 3 && (n < 1 || n > 12):
		switch end = monthEnd(r, j); {
		case end > j+1 && year > 0:
			return registry.Year(year), end, end
		case end > j+1:
			return d, 0, end
		}
		return d, 0, 0
	case r[j] == '月' && digits <= 3 && year == 0:
		_, _, impossible = dayOf(r, 2000, n, j+1) // a leap year: 29 February may be
	case r[j] == '月' && digits <= 3:
		if j+1 < len(r) && r[j+1] == '份' {
			j++
		}
		return dayOf(r, year, n, j+1)
	case (r[j] == '日' || r[j] == '号') && digits <= 3 && year > 0 && month > 0:
		if d, err := registry.ParseDate(isoDate(year, month, n)); err == nil && n >= 1 && n <= 31 {
			return d, j + 1, 0
		}
		return registry.Month(year, month), j + 1, j + 1
	}
	return d, 0, impossible
}

// pointedDate reads on behind the year of 2024-06-12, 2024.6.12, 2024/6/12; i is at its mark.
func pointedDate(r []rune, year, i int) (d registry.Date, end, impossible int) {
	m, k := dateNumber(r, i+1)
	if k == 0 || k-i > 3 || k >= len(r) || r[k] != r[i] {
		return d, 0, 0
	}
	day, end := dateNumber(r, k+1)
	if end-k == 5 && end < len(r) && r[end] == ':' { // 2024-06-12 10:30
		day, end = day/100, end-2
	}
	if end == 0 || end-k > 3 {
		return d, 0, 0
	}
	if d, err := registry.ParseDate(isoDate(year, m, day)); err == nil && day > 0 {
		return d, end, 0
	}
	if end+1 < len(r) && r[end] == r[i] && isDigit(r[end+1]) { // 2024-90-45-3 is the number of something
		return d, 0, 0
	}
	if end < len(r) && r[end] == '日' {
		end++
	}
	if m >= 1 && m <= 12 {
		return registry.Month(year, m), end, end
	}
	return registry.Year(year), end, end
}

// dayOf reads the day behind a month, which ends at i.
func dayOf(r []rune, y, m, i int) (d registry.Date, end, impossible int) {
	if i < len(r) && r[i] == '份' {
		i++
	}
	day, k := dateNumber(r, i)
	if k == 0 || k >= len(r) || k-i > 3 || day > 99 {
		return registry.Month(y, m), i, 0
	}
	closed := r[k] == '日' || r[k] == '号'
	if !closed && !(strings.ContainsRune("至-—~、和", r[k]) && dayFollows(r, k+1)) {
		return registry.Month(y, m), i, 0
	}
	end = k
	if closed {
		end++
	}
	if d, err := registry.ParseDate(isoDate(y, m, day)); err == nil && day > 0 {
		return d, end, 0
	}
	if hasAnyAt(r, end, "龄", "内", "以内") { // 2024年6月45日龄仔猪
		return registry.Month(y, m), i, 0
	}
	return registry.Month(y, m), end, end
}

// monthEnd is where a date ends whose 月 stands at i: behind its day, if it has one.
func monthEnd(r []rune, i int) int {
	if _, k := dateNumber(r, i+1); k > 0 && k < len(r) && (r[k] == '日' || r[k] == '号') {
		return k + 1
	}
	return i + 1
}

// dayFollows is for 6月12、13日 and 6月12-13日.
func dayFollows(r []rune, i int) bool {
	_, k := dateNumber(r, i)
	return k > 0 && k < len(r) && (r[k] == '日' || r[k] == '号')
}

func isoDate(y, m, d int) string {
	two := func(n int) string { return string([]rune{rune('0' + n/10), rune('0' + n%10)}) }
	s := two(y/100) + two(y%100) + "-" + two(m)
	if d > 0 {
		s += "-" + two(d)
	}
	return s
}

// dateNumber reads 2024, 12, 二〇二四, 十二, 三十一 at i.
func dateNumber(r []rune, i int) (n, end int) {
	j := i
	for j < len(r) && j-i < 5 && isDigit(r[j]) {
		n = n*10 + int(r[j]-'0')
		j++
	}
	if j > i {
		if j-i > 4 {
			return 0, 0
		}
		return n, j
	}
	tens := false
	for j < len(r) && j-i < 4 {
		if r[j] == '十' {
			tens = true
		} else if v, ok := numerals[r[j]]; !ok || v == 2 && r[j] == '两' || !strings.ContainsRune("零〇○一二三四五六七八九", r[j]) {
			break
		}
		j++
	}
	if j == i {
		return 0, 0
	}
	if tens {
		v, k := readNumber(r[:j], i)
		if k != j {
			return 0, 0
		}
		return int(v / unit), j
	}
	if j-i == 1 || j-i == 4 {
		for _, c := range r[i:j] {
			n = n*10 + int(numerals[c])
		}
		return n, j
	}
	return 0, 0
}

// eventWords tell what happened.
var eventWords = grouped("events", map[string]event{
	"inspected": evInspected, "sampled": evSampled, "found": evFound, "recheck": evRecheck, "complaint": evComplaint, "notice": evNotice, "other": evOther, "silent": evNone,
})

// atOnce are words of who comes on the day of the complaint.
var atOnce = words("at_once")

// officerWords are who inspects.
var officerWords = words("officers")

// former is for an inspection that the text only looks back on: 此前，2023年9月4日执法人员曾检查.
func former(f flow, from, to int) bool {
	cf, _ := f.clause(max(0, from-1))
	return containsAny(f.r[min(cf, from):to], "曾", "此前", "之前")
}

// reasons before a complaint make it the ground of the inspection rather than the day's event: 根据群众举报，….
var reasons = wordList("reasons")

// datesOf finds the dates of a case's text in order, each with its event, and the places of days that no calendar has. A year is carried on
// until another date or 今年, 去年 comes; the page's own stands in for the first.
func datesOf(f flow, page printed) (list []dated, impossible []span) {
	s := dateScan{f: f, page: page}
	s.borrow(0)
	for i := 0; i < len(f.r); i++ {
		i = s.at(i)
	}
	list = withoutAsides(f, s.list)
	for k := range list {
		next := len(f.r)
		if k+1 < len(list) {
			next = list[k+1].start
		}
		list[k].event = eventBehind(f, list[k], next)
	}
	return list, s.impossible
}

// dateScan is a text on the way through its dates: the year and month carried on, the last date.
type dateScan struct {
	f           flow
	year, month int
	last        registry.Date
	list        []dated
	impossible  []span
	page        printed
	borrowed    bool // the year is the page's
}

// borrow takes the year of the page, or one before it.
func (s *dateScan) borrow(before int) {
	s.year, s.month, s.last, s.borrowed = 0, 0, registry.Date{}, false
	if !s.page.on.IsZero() {
		s.year, s.borrowed = yearOf(s.page.on)-before, true
	}
	if s.page.same {
		s.month, s.last = monthOf(s.page.on), s.page.on
	}
}

// ahead reports whether a date without a year would lie behind the day on which the page was printed.
func (s *dateScan) ahead(d registry.Date) bool {
	return yearOf(d) == yearOf(s.page.on) && s.page.on.Precision() >= registry.PrecisionMonth && monthOf(d) > monthOf(s.page.on)
}

// at reads what stands at i; it answers where that ends.
func (s *dateScan) at(i int) int {
	r := s.f.r
	c, next := r[i], rune(0)
	if i+1 < len(r) {
		next = r[i+1]
	}
	switch {
	case strings.ContainsRune("今去前", c) && next == '年':
		s.borrow(strings.IndexRune("今去前", c) / len("今"))
		return i + 1
	case strings.ContainsRune("同当该", c) && (next == '年' || next == '月'):
		if next == '月' && s.month > 0 {
			return s.add(i, i+2, false)
		}
		if next == '年' && i+2 < len(r) && r[i+2] == '的' {
			return i + 2
		}
		return i + 1
	case (c == '次' || c == '翌') && next == '年':
		if s.year > 0 {
			s.year, s.month, s.last = s.year+1, 0, registry.Date{}
		}
		return i + 1
	case strings.ContainsRune("当同次翌", c) && (next == '日' || next == '天' || next == '晚'):
		if s.last.Precision() == registry.PrecisionDay {
			if c == '次' || c == '翌' {
				s.last = s.last.AddDays(1)
			}
			s.list = append(s.list, dated{start: i, end: i + 2, date: s.last, borrowed: s.borrowed})
		}
		return i + 1
	case !startsNumber(c):
		return i
	case hasAt(r, i+1, ".") && hasAt(r, i+6, "年"): // the number of an item before its day
		return i + 1
	case i > 0 && (r[i-1] == '〔' || r[i-1] == '第'):
		return numberEnd(r, i) - 1
	}
	return s.add(i, i, inTitle(r, i))
}

// add reads the date at i, which begins at start; one in a title only carries its year on.
func (s *dateScan) add(start, i int, titled bool) int {
	r := s.f.r
	d, end, bad := readPrinted(r, i, s.year, s.month)
	if bad > 0 && start == i && bareDay(r, i) && !datesDay(r, i, bad) {
		d, bad = registry.Date{}, 0
	}
	if bad > 0 && !titled {
		s.impossible = append(s.impossible, span{start: start, end: bad})
	}
	if own, _ := readDate(r, i, 0, 0); s.borrowed && !own.IsZero() {
		s.borrowed = false
	} else if s.borrowed && !d.IsZero() && s.ahead(d) {
		d = registry.Date{}
	}
	if d.IsZero() {
		if start < i {
			return start + 1
		}
		return max(numberEnd(r, i), bad) - 1
	}
	if !titled {
		s.list = append(s.list, dated{start: start, end: end, date: d, impossible: bad > 0, borrowed: s.borrowed})
		s.last = d
	}
	s.year, s.month = yearOf(d), monthOf(d)
	// 3月7日至9日: the first day counts, the last is no date of its own.
	k, bad := rangeEnd(r, end, s.year, s.month)
	if bad > 0 && !titled {
		s.impossible = append(s.impossible, span{start: start, end: bad})
	}
	return max(end, k, bad) - 1
}

// withoutAsides leaves out the days of what is told in brackets (根据交办线索（4月15日巡查发现…）) where the text has others.
func withoutAsides(f flow, list []dated) []dated {
	var plain []dated
	for _, d := range list {
		from := d.start
		for from > 0 && d.start-from < 30 && f.r[from-1] != '（' && f.r[from-1] != '）' && !endsSentence(f.r[from-1]) {
			from--
		}
		if from == 0 || f.r[from-1] != '（' || d.end < len(f.r) && f.r[d.end] == '）' {
			plain = append(plain, d)
		}
	}
	if len(plain) == 0 {
		return list
	}
	return plain
}

// datesDay reports whether 30日 at [i,end) is a day of the month told before, not a term (30日内, 停产30日).
func datesDay(r []rune, i, end int) bool {
	return i > 0 && strings.ContainsRune("，。；、\n", r[i-1]) && hasAnyAt(r, end, "，", "上午", "下午", "晚", "凌晨", "早", "当天")
}

func numberEnd(r []rune, i int) int {
	j := i + 1
	for j < len(r) && (isDigit(r[j]) || r[j] == '.' || r[j] == ',') {
		j++
	}
	return j
}

// inTitle is for dates in a document's name or number: 《…（2021年版）》, 〔2024〕.
func inTitle(r []rune, i int) bool {
	for j := i - 1; j >= 0 && i-j < 40; j-- {
		if r[j] == '《' {
			return true
		}
		if r[j] == '》' || r[j] == '。' || r[j] == '\n' {
			return false
		}
	}
	return false
}

// rangeEnd is where the range ends that goes on at i from a date, and, if no calendar has its last day, where that ends.
func rangeEnd(r []rune, i, year, month int) (end, impossible int) {
	if i >= len(r) || !strings.ContainsRune("至到-—~、和", r[i]) {
		return i, 0
	}
	d, end, bad := readPrinted(r, i+1, year, month)
	if bad-i > 12 || bad > 0 && hasAnyAt(r, bad, "内", "龄") {
		bad = 0
	}
	if d.IsZero() || end-i > 12 {
		end = i
	}
	return end, bad
}

func yearOf(d registry.Date) int {
	year, _, _ := d.YMD()
	return year
}

func monthOf(d registry.Date) int {
	_, month, _ := d.YMD()
	return month
}

// eventBehind reads what happened on a date: in the words up to the next date or the end of the sentence.
func eventBehind(f flow, d dated, next int) event {
	r := f.r
	to := d.end
	for to < next && to-d.end < 160 && !endsSentence(r[to]) {
		to++
	}
	cf, _ := f.clause(d.start)
	got, first, officers := evNone, true, officerWords.any(r[cf:d.start])
	for _, h := range eventWords.all(r, d.end, to) {
		ev := h.value
		officers = officers || officerWords.any(r[d.end:h.start])
		switch {
		case hasAt(r, h.start, "查处") && hasAnyAt(r, d.end, "由", "被"):
			ev = evFound
		case ev == evNone, ev == evOther && (officers || inName(r, h.start, h.end)): // 执法人员对某养殖场…检查
			continue
		case ev == evOther:
			ev = evNotice
		case isRecord(r, h.end), ev >= evRecheck && containsAny(r[d.end:h.start], "检察"): // 现场检查笔录 is a paper; a procurator finds no case
			ev = evNotice
		case (ev == evComplaint || ev == evNotice) && reasoned(f, h.start, d.end):
			continue
		case ev == evInspected && negated(f, h.start):
			continue
		}
		if first {
			got, first = ev, false
			if ev == evInspected || ev == evSampled {
				if former(f, d.start, h.start) {
					return evFound
				}
				return ev
			}
			continue
		}
		switch {
		case got == evComplaint && (ev == evInspected || ev == evFound):
			return evComplaint
		case (got == evFound || got == evRecheck) && ev == evInspected, got == evNone && ev == evInspected:
			return evInspected
		}
	}
	if got == evComplaint && to < next && atOnce.any(r[to:min(next, to+24)]) {
		return evComplaint
	}
	if got == evComplaint {
		return evNotice // a complaint that nobody answered in its sentence
	}
	if got == evNone && containsAny(r[d.end:to], "执法人员", "执法队员") {
		return evFound
	}
	return got
}

// inName reports whether a word is of a party's name: 养殖 in 某湖羊养殖场.
func inName(r []rune, from, to int) bool {
	for i := from; i < min(len(r), to+5); i++ {
		if suffixes.has(r, i) {
			return true
		}
	}
	return false
}

func isRecord(r []rune, i int) bool {
	if i < len(r) && r[i] == '（' {
		for j := i; j < len(r) && j-i < 8; j++ {
			if r[j] == '）' {
				i = j + 1
				break
			}
		}
	}
	for _, w := range []string{"询问", "（勘察）", "（勘查）", "勘察", "现场"} {
		if hasAt(r, i, w) {
			i += runeLen(w)
		}
	}
	return hasAnyAt(r, i, "笔录", "记录", "表", "报告", "照片", "通知书", "证据")
}

func reasoned(f flow, i, from int) bool {
	for j := i; j >= from && i-j < 12; j-- {
		if endsClause(f.r[j]) && j < i {
			return false
		}
		for _, w := range reasons {
			if f.before(j, w) && (runeLen(w) > 1 || j-1 >= from) {
				return true
			}
		}
	}
	return false
}

func negated(f flow, i int) bool {
	return endsInAny(f.r[:i], "接受", "拒绝", "配合", "迎接", "未经")
}

// foundOn picks the day of the inspection: the first of the best kind; the day rather than its month.
func foundOn(list []dated) (best dated, ok bool) {
	for _, d := range list {
		if d.event < evRecheck || d.date.Precision() < registry.PrecisionMonth {
			continue
		}
		closer := d.event == best.event && d.date.Precision() > best.date.Precision() && yearOf(d.date) == yearOf(best.date) && monthOf(d.date) == monthOf(best.date)
		if !ok || d.event > best.event || closer {
			best, ok = d, true
		}
	}
	return best, ok
}
