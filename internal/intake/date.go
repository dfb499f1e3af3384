package intake

import (
	"cmp"
	"fmt"
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
		f := u.flow()
		if u.said.any(inLaw) || len(f.r) > 60 || !u.said.any(aHeadline|aBreak|aTitle) {
			continue
		}
		for i := range f.r {
			on, end := readDate(f.r, i, 0, 0)
			if m := matchAt(numberedYear, f.r, i); on.IsZero() && m != nil { // 2025年第5期, 2024年度
				n, _ := dateNumber(f.r, i)
				on, end = registry.Year(n), m[1]
			}
			if !on.IsZero() && !when.on.IsZero() && yearOf(on) != yearOf(when.on) {
				return printed{}
			}
			if on.Precision() > when.on.Precision() {
				when = printed{on: on, words: f.slice(i, end)}
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
			if last.date.Precision() < registry.PrecisionMonth {
				break
			}
			return printed{on: registry.Year(yearOf(last.date)), words: u.flow().slice(last.start, last.end)}
		}
	}
	return printed{}
}

// sameMonth is the last day of the case in front, where a case begins with 同月 or 同日.
func (c *caseText) sameMonth() {
	if c.before == nil || matchAt(sameTime, c.body.r, 0) == nil {
		return
	}
	told := c.before.toldFlow()
	list, _ := datesOf(told, c.before.printed)
	if on, ok := foundOn(list); ok {
		c.printed = printed{on.date, told.slice(on.start, on.end), true}
	}
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

// How dates are written.
var (
	// The groups are the year, the word of the month, the month, the day and its 日; that of 6月12、13日 stands behind the last.
	writtenDate  = pattern(`^(?:((?:19|20)\d\d|(?:一九|二[零〇○])[零〇○一二三四五六七八九]{2})年的?)?(N月份?)?(?:N(?:([日号])|[至\-—~、和]N[日号]))?`)
	pointedDate  = pattern(`^((?:19|20)\d\d)[-./]((\d{1,2}))[-./](\d{1,2})(日?)(?:\d\d:|[-./](?:\D|$)|[^\d\-./]|$)`) // 2024-06-12; 10:30 may follow
	bareDay      = pattern(`^N[日号]`)
	numberedYear = pattern(`^(?:19|20)\d\d年`)
	sameTime     = pattern(`^(?:同[月日年]|次日|当[日天晚月])`)
	relativeDate = pattern(`^(?:([今去前])年|[同当该]年的?|([同当该]月)|([次翌])年|([当同次翌])[日天晚])`)
	notYear      = pattern(`^年(?:[版度以修新第代]|（)`) // at the 年 of 2021年, where it tells no time
	notTime      = pattern(`^[龄内大]`)            // behind 13月, 45日: an age, or a term
)

// dateAt reads a date with its year at i: 2024年6月12日, 2024-06-12, 二〇二四年六月. end is behind it.
func dateAt(r []rune, i int) (end int, ok bool) {
	d, end := readDate(r, i, 0, 0)
	return end, !d.IsZero()
}

// readDate reads a date at i. year and month stand in for what is not written (6月12日, 12日); 0 means that they are not known.
func readDate(r []rune, i, year, month int) (d registry.Date, end int) {
	d, end, impossible := readPrinted(r, i, year, month)
	if impossible > 0 && matchAt(bareDay, r, i) != nil {
		return registry.Date{}, 0
	}
	return d, end
}

// readPrinted is readDate that also tells of a day that no calendar has (2024年2月30日, 2024-11-31, 13月5日): impossible is where such a
// date ends, 0 where there is none. d is then as much of it as can be: the month, the year, or zero.
func readPrinted(r []rune, i, year, month int) (d registry.Date, end, impossible int) {
	// 1.2024年6月3日 is a number and a day.
	if i >= len(r) || !startsNumber(r[i]) || i > 0 && (isDigit(r[i-1]) || r[i-1] == '.' && !hasAt(r, i+4, "年")) {
		return d, 0, 0
	}
	var m []int
	if hasAnyAt(r, i+4, "-", ".", "/") {
		m = matchAt(pointedDate, r, i)
	}
	if m == nil {
		m = matchAt(writtenDate, r, i)
	}
	number := func(group int) (n int) { // -1 where it is not told
		if m[2*group] < 0 {
			return -1
		}
		n, _ = dateNumber(r[:m[2*group+1]], m[2*group])
		return n
	}
	y, mo, day := number(1), number(3), number(4)
	monthEnd, dayEnd, noMonth := m[5], max(m[9], m[11]), mo < 1 || mo > 12
	switch {
	case y > 0 && mo < 0 && matchAt(notYear, r, m[3]) != nil:
		return d, 0, 0
	case y > 0 && (mo < 0 || noMonth && matchAt(notTime, r, monthEnd) != nil):
		return registry.Year(y), m[3] + 1, 0
	case y > 0:
		year = y
	case mo >= 0 && noMonth && day < 0, mo < 0 && (m[10] < 0 || year == 0 || month == 0 || matchAt(notTime, r, dayEnd) != nil):
		return d, 0, 0
	case mo < 0:
		mo, noMonth = month, false
	}
	calendar := cmp.Or(year, 2000) // a leap year: 29 February may be
	on, err := registry.ParseDate(fmt.Sprintf("%04d-%02d-%02d", calendar, mo, day))
	switch {
	case noMonth:
		d, end, impossible = registry.Year(calendar), dayEnd, max(monthEnd, dayEnd)
	case day >= 0 && err == nil:
		d, end = on, dayEnd
	case day >= 0 && matchAt(notTime, r, dayEnd) == nil:
		d, end, impossible = registry.Month(calendar, mo), dayEnd, dayEnd
	default:
		d, end = registry.Month(calendar, mo), monthEnd
	}
	if end = max(end, impossible); year == 0 {
		return registry.Date{}, 0, impossible
	}
	return d, end, impossible
}

// dateNumber reads 2024, 12, 二〇二四, 十二, 三十一 at i.
func dateNumber(r []rune, i int) (n, end int) {
	j := i
	for j < len(r) && j-i < 5 && isDigit(r[j]) {
		n = n*10 + int(r[j]-'0')
		j++
	}
	if j > i {
		return n, j
	}
	for j < len(r) && j-i < 4 && strings.ContainsRune("零〇○一二三四五六七八九十", r[j]) {
		n = n*10 + int(numerals[r[j]])
		j++
	}
	switch {
	case slices.Contains(r[i:j], '十'):
		if v, k := readNumber(r[:j], i); k == j {
			return int(v / unit), j
		}
	case j-i == 1, j-i == 4:
		return n, j
	}
	return 0, 0
}

// eventWords tell what happened.
var eventWords = grouped("events", map[string]event{
	"inspected": evInspected, "sampled": evSampled, "found": evFound, "recheck": evRecheck,
	"complaint": evComplaint, "notice": evNotice, "other": evOther, "silent": evNone,
})

var (
	atOnce       = words("at_once")  // who comes on the day of the complaint
	officerWords = words("officers") // who inspects
	reasons      = words("reasons")  // 根据群众举报，…: the ground of the inspection, not the event of the day
	// isPaper is behind 现场检查 where a paper of that name is meant: 现场检查（勘察）笔录.
	isPaper = pattern(`^(?:（[^）]{0,6}）)?(?:询问|（勘[察查]）|勘察|现场)*(?:笔录|记录|表|报告|照片|通知书|证据)`)
)

// datesOf finds the dates of a case's text in order, each with its event, and the places of days that no calendar has. A year is carried on
// until another date or 今年, 去年 comes; the page's own stands in for the first.
func datesOf(f flow, page printed) (list []dated, impossible []span) {
	s := dateScan{f: f, page: page}
	s.borrow(0)
	for i := 0; i < len(f.r); i++ {
		switch c := f.r[i]; {
		case strings.ContainsRune("今去前同当该次翌", c):
			i = s.relative(i, matchAt(relativeDate, f.r, i))
		case !startsNumber(c), f.has(i+1, ".") && f.has(i+6, "年"): // the number of an item before its day
		case inBook(f.r, i), f.before(i, "〔"), f.before(i, "第"):
			i = numberEnd(f.r, i) - 1
		default:
			i = s.add(i, i)
		}
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

// relative reads 今年, 去年; 同月; 次年; 当日, 次日. It answers where that ends.
func (s *dateScan) relative(i int, m []int) int {
	switch {
	case m == nil:
		return i
	case m[2] >= 0:
		s.borrow(strings.IndexRune("今去前", s.f.r[i]) / len("今"))
	case m[4] >= 0 && s.month > 0:
		return s.add(i, m[1])
	case m[6] >= 0 && s.year > 0:
		s.year, s.month, s.last = s.year+1, 0, registry.Date{}
	case m[8] >= 0 && s.last.Precision() == registry.PrecisionDay:
		if strings.ContainsRune("次翌", s.f.r[i]) {
			s.last = s.last.AddDays(1)
		}
		s.list = append(s.list, dated{start: i, end: m[1], date: s.last, borrowed: s.borrowed})
	}
	return m[1] - 1
}

// add reads the date at i, which begins at start, with the range that it may begin: of 3月7日至9日 the first day counts, the last is no date of its own.
func (s *dateScan) add(start, i int) int {
	r := s.f.r
	d, end, bad := readPrinted(r, i, s.year, s.month)
	if bad > 0 && start == i && matchAt(bareDay, r, i) != nil && !datesDay(r, i, bad) {
		d, bad = registry.Date{}, 0
	}
	if bad > 0 {
		s.impossible = append(s.impossible, span{start: start, end: bad})
	}
	if own, _ := readDate(r, i, 0, 0); !own.IsZero() {
		s.borrowed = false
	}
	if d.IsZero() || s.borrowed && s.ahead(d) {
		return max(start, numberEnd(r, i)-1, bad-1)
	}
	s.list = append(s.list, dated{start: start, end: end, date: d, impossible: bad > 0, borrowed: s.borrowed})
	s.year, s.month, s.last = yearOf(d), monthOf(d), d
	if end < len(r) && strings.ContainsRune("至到-—~、和", r[end]) {
		last, to, bad := readPrinted(r, end+1, s.year, s.month)
		if bad > 0 && bad-end <= 12 {
			s.impossible = append(s.impossible, span{start: start, end: bad})
		}
		if to = max(to, bad); (bad > 0 || !last.IsZero()) && to-end <= 12 {
			end = to
		}
	}
	return end - 1
}

// ahead reports whether a date without a year would lie behind the day on which the page was printed.
func (s *dateScan) ahead(d registry.Date) bool {
	return yearOf(d) == yearOf(s.page.on) && s.page.on.Precision() >= registry.PrecisionMonth && monthOf(d) > monthOf(s.page.on)
}

// withoutAsides leaves out the days of what is told in brackets (根据交办线索（4月15日巡查发现…）) where the text has others.
func withoutAsides(f flow, list []dated) []dated {
	plain := slices.DeleteFunc(slices.Clone(list), func(d dated) bool {
		from, _ := f.around(d.start, func(c rune) bool { return c == '（' || c == '）' || endsSentence(c) })
		return f.before(from, "（") && !f.has(d.end, "）")
	})
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

func yearOf(d registry.Date) int {
	year, _, _ := d.YMD()
	return year
}

func monthOf(d registry.Date) int {
	_, month, _ := d.YMD()
	return month
}

// eventBehind reads what happened on a date: in the words up to the next date or the end of the sentence. The first word tells; a complaint must be
// answered there, and what was only found or looked at again may have been inspected.
func eventBehind(f flow, d dated, next int) event {
	r := f.r
	_, to := f.sentence(d.end)
	to = min(to, next, d.end+160)
	first := evNone
	for _, h := range eventWords.all(r, d.end, to) {
		ev := eventOf(f, d, h)
		switch {
		case ev == evNone:
		case first == evNone && (ev == evInspected || ev == evSampled):
			if cf, _ := f.clause(max(0, d.start-1)); containsAny(r[min(cf, d.start):h.start], "曾", "此前", "之前") { // 此前，2023年9月4日执法人员曾检查
				return evFound
			}
			return ev
		case first == evNone:
			first = ev
		case first == evComplaint && (ev == evInspected || ev == evFound):
			return evComplaint
		case (first == evFound || first == evRecheck) && ev == evInspected:
			return evInspected
		}
	}
	switch {
	case first == evComplaint && !(to < next && atOnce.any(r[to:min(next, to+24)])): // nobody answered it
		return evNotice
	case first == evNone && containsAny(r[d.end:to], "执法人员", "执法队员"):
		return evFound
	}
	return first
}

// eventOf is what a word behind a date tells; evNone where it is part of a name or a reason.
func eventOf(f flow, d dated, h hit[event]) event {
	r, ev := f.r, h.value
	cf, _ := f.clause(d.start)
	switch {
	case hasAt(r, h.start, "查处") && hasAnyAt(r, d.end, "由", "被"):
		return evFound
	case ev == evOther && (officerWords.any(r[cf:d.start]) || officerWords.any(r[d.end:h.start]) || suffixes.any(r[h.start:min(len(r), h.end+8)])):
		// 执法人员…检查; 养殖 in 某湖羊养殖场
		return evNone
	case ev == evOther, ev != evNone && matchAt(isPaper, r, h.end) != nil, ev >= evRecheck && containsAny(r[d.end:h.start], "检察"): // a procurator finds no case
		return evNotice
	case ev == evComplaint, ev == evNotice:
		if from, _ := f.clause(h.start); reasons.any(r[max(from, d.end, h.start-12):h.start]) {
			return evNone
		}
	case ev == evInspected && endsInAny(r[:h.start], "接受", "拒绝", "配合", "迎接", "未经"):
		return evNone
	}
	return ev
}

// foundOn picks the day of the inspection: the first of the best kind; the day rather than its month.
func foundOn(list []dated) (best dated, ok bool) {
	for _, d := range list {
		if d.event < evRecheck || d.date.Precision() < registry.PrecisionMonth {
			continue
		}
		closer := d.event == best.event && d.date != best.date && d.date.ToMonth() == best.date
		if !ok || d.event > best.event || closer {
			best, ok = d, true
		}
	}
	return best, ok
}
