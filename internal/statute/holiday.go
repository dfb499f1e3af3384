package statute

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
)

// HolidayNotice is what was read from a notice 国务院办公厅关于…年部分节假日安排的通知: the days on which work and rest differ from the week.
type HolidayNotice struct {
	Year  int
	Days  []CalendarDay // ascending, each day once
	Notes []string      // sentences with a date that arrange nothing, such as the advice to leave staff the eve: shown, not used
}

// NoticeProblem is something in a notice that cannot be, with its line (from 1; 0: the notice as a whole).
type NoticeProblem struct {
	Line    int
	Text    string // what stands there
	Message string // in Chinese
}

const (
	maxNotice      = 64 << 10 // a notice has two pages
	maxHolidayRun  = 15       // days in a row: the longest were nine
	firstNotice    = 2000
	lastNotice     = 2100
	maxNoticeFlaws = 20
)

// festivals are the seven of 全国年节及纪念日放假办法: a notice without one of them was not pasted whole.
var festivals = []string{"元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆"}

var (
	noticeYear  = lazyregexp.New(`(20\d\d|2100)\s*年\s*(?:部分节假日|元旦、|节假日)`)
	noticeHead  = lazyregexp.New(`(?:^|[\n。;])[ \t]*(?:\(?[一二三四五六七八九十]{1,3}\)?[、.,)]|\d{1,2}[、.)])?[ \t]*([^\n:。、]{0,30}(?:、[^\n:。、]{1,30}){0,3}):`)
	noticeAfter = lazyregexp.New(`(?m)^[ \t]*(?:节假日期间|国务院办公厅|各地区|\(此件)`)
	noticeDay   = lazyregexp.New(`(?:(\d{4})\s*年|(次年|翌年))?\s*(?:(\d{1,2})\s*月)?\s*(\d{1,2})\s*日\s*(\([^()\n]{1,20}\))?`)
	noticeWord  = lazyregexp.New(`不调休|连休|放假|补休|调休|公休|上班`)
	noticeCount = lazyregexp.New(`共\s*(\d{1,2}|[一二三四五六七八九十])\s*天|放假\s*(\d{1,2}|[一二三四五六七八九十])\s*天`)
	weekdayWord = lazyregexp.New(`(?:周|星期|礼拜)([一二三四五六日天])`)
	rangeWord   = lazyregexp.New(`^\s*(?:至|到|-|—|–|~|～)+\s*$`)
)

// ParseHolidays reads a pasted notice. year is what the person said, 0 where the notice's own heading is to tell. Nothing of a
// notice with problems may be used: a calendar that is wrong by a day moves every deadline behind it.
func ParseHolidays(text string, year int) (n HolidayNotice, problems []NoticeProblem) {
	if len(text) > maxNotice {
		return n, []NoticeProblem{{0, "", fmt.Sprintf("文本有 %d KB，一份放假通知不超过 %d KB；请只粘贴通知本身", len(text)>>10, maxNotice>>10)}}
	}
	r := &noticeReader{text: registry.HalfWidth(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(strings.ToValidUTF8(text, "?"))),
		days: map[registry.Date]CalendarDay{}}
	if r.year = r.findYear(year); r.year == 0 {
		return n, r.problems
	}
	seen := r.items()
	for _, f := range festivals {
		if !seen[f] && len(r.problems) < maxNoticeFlaws {
			r.problems = append(r.problems, NoticeProblem{0, "", "没有读到“" + f + "”的安排：请粘贴通知全文，每个节日一行，如“一、元旦：1月1日放假1天”"})
		}
	}
	n = HolidayNotice{Year: r.year, Notes: r.notes}
	for _, d := range r.days {
		n.Days = append(n.Days, d)
	}
	slices.SortFunc(n.Days, func(a, b CalendarDay) int { return a.Date.Compare(b.Date) })
	slices.SortStableFunc(r.problems, func(a, b NoticeProblem) int { return cmp.Compare(a.Line, b.Line) })
	return n, r.problems[:min(len(r.problems), maxNoticeFlaws)]
}

type noticeReader struct {
	text     string
	year     int
	days     map[registry.Date]CalendarDay
	problems []NoticeProblem
	notes    []string
}

func (r *noticeReader) problem(at int, what, format string, args ...any) {
	if len(r.problems) < maxNoticeFlaws {
		r.problems = append(r.problems, NoticeProblem{1 + strings.Count(r.text[:at], "\n"), clipNotice(what), fmt.Sprintf(format, args...)})
	}
}

func clipNotice(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > 60 {
		return string([]rune(s)[:60]) + "…"
	}
	return s
}

// findYear takes the year of the heading, which must be the one that was said.
func (r *noticeReader) findYear(said int) int {
	found := 0
	if m := noticeYear.FindStringSubmatchIndex(r.text); m != nil {
		found, _ = strconv.Atoi(r.text[m[2]:m[3]])
		if said != 0 && said != found {
			r.problem(m[0], r.text[m[0]:m[1]], "通知写的是 %d 年，与填写的 %d 年不同", found, said)
			return 0
		}
	}
	switch year := cmp.Or(found, said); {
	case year == 0:
		r.problems = append(r.problems, NoticeProblem{0, "", "没有读到年份：请连同标题（……关于2027年部分节假日安排的通知）一起粘贴，或填写年份"})
		return 0
	case year < firstNotice || year > lastNotice:
		r.problems = append(r.problems, NoticeProblem{0, "", fmt.Sprintf("%d 年不合理", year)})
		return 0
	default:
		return year
	}
}

// items reads one festival after the other and says which of the seven were met.
func (r *noticeReader) items() map[string]bool {
	seen := map[string]bool{}
	type item struct {
		name       string
		start, end int
	}
	var list []item
	for _, m := range noticeHead.FindAllStringSubmatchIndex(r.text, -1) {
		name := strings.TrimSpace(r.text[m[2]:m[3]])
		if !isFestival(name) {
			continue
		}
		if n := len(list); n > 0 && m[0] < list[n-1].end {
			list[n-1].end = m[0]
		}
		list = append(list, item{name, m[1], len(r.text)})
	}
	for _, x := range list {
		body := r.text[x.start:x.end]
		if m := noticeAfter.FindStringIndex(body); m != nil {
			body = body[:m[0]]
		}
		for _, f := range festivals {
			seen[f] = seen[f] || strings.Contains(x.name, f)
		}
		r.item(x.name, body, x.start)
	}
	return seen
}

func isFestival(name string) bool {
	return strings.HasSuffix(name, "节") || strings.HasSuffix(name, "日") ||
		strings.HasSuffix(name, "元旦") || strings.HasSuffix(name, "清明") || strings.HasSuffix(name, "端午") ||
		strings.HasSuffix(name, "中秋") || strings.HasSuffix(name, "国庆")
}

// item reads what is arranged for one festival, sentence by sentence; at is where body begins in the text.
func (r *noticeReader) item(name, body string, at int) {
	had := len(r.problems)
	named := map[registry.Date]bool{} // the holidays of this festival
	last := registry.Date{}
	for start := 0; start < len(body); {
		end := strings.IndexAny(body[start:], "。;")
		if end < 0 {
			end = len(body)
		} else {
			end += start
		}
		last = r.sentence(name, body[start:end], at+start, last, named)
		_, size := utf8.DecodeRuneInString(body[end:]) // the separator, of one byte or three
		start = end + size
	}
	if len(named) == 0 && len(r.problems) == had {
		r.problem(at, name+":"+body, "没有读到%s放假的日期", name)
	}
}

// datedRun is one day or days in a row as a sentence names them.
type datedRun struct {
	from, to registry.Date
	at, end  int
}

// sentence gives the dates it names the meaning of the next word: 1月4日（周日）上班. last is the latest day named before, whose month a
// bare day takes.
func (r *noticeReader) sentence(name, s string, at int, last registry.Date, named map[registry.Date]bool) registry.Date {
	runs, last := r.runs(name, s, at, last)
	weekend := strings.Contains(s, "连休")
	next := 0
	for _, w := range noticeWord.FindAllStringIndex(s, -1) {
		word := s[w[0]:w[1]]
		for ; next < len(runs) && runs[next].end <= w[0]; next++ {
			switch {
			case word == "连休" || word == "不调休":
				r.problem(at+runs[next].at, s, "没有读懂这些日期是放假还是上班")
			case word == "上班":
				r.workdays(name, s, at, runs[next])
			default:
				r.holidays(name, s, at, runs[next], named)
			}
		}
	}
	if next < len(runs) {
		if note := clipNotice(s); len(r.notes) < 10 {
			r.notes = append(r.notes, note)
		}
	}
	if m := noticeCount.FindStringSubmatch(s); m != nil && !weekend && len(named) > 0 && next == len(runs) {
		if want := smallNumber(m[1] + m[2]); want != len(named) {
			r.problem(at, s, "通知写共 %d 天，按日期数是 %d 天", want, len(named))
		}
	}
	return last
}

func smallNumber(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return strings.Index("零一二三四五六七八九十", s) / len("零")
}

// runs reads the dates of a sentence: 1月1日（周四）至3日（周六）, 9月28日、10月11日.
func (r *noticeReader) runs(name, s string, at int, last registry.Date) ([]datedRun, registry.Date) {
	var list []datedRun
	end := -1 // of the date before
	for _, m := range noticeDay.FindAllStringSubmatchIndex(s, -1) {
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return s[m[2*i]:m[2*i+1]]
		}
		ranged := end >= 0 && rangeWord.MatchString(s[end:m[0]])
		listed := end >= 0 && strings.Trim(s[end:m[0]], " 、,和及") == ""
		if part(3) == "" && !ranged && !listed {
			continue // 70周年纪念日, 正月初3日: no date of the calendar
		}
		day, ok := r.date(name, last, part(1), part(2), part(3), part(4))
		if !ok {
			r.problem(at+m[0], s[m[0]:m[1]], "没有这一天，或不属于 %d 年的安排", r.year)
			end = m[1]
			continue
		}
		r.checkWeekday(day, part(5), at+m[0], s[m[0]:m[1]])
		if ranged && len(list) > 0 {
			list[len(list)-1].to, list[len(list)-1].end = day, m[1]
		} else {
			list = append(list, datedRun{day, day, m[0], m[1]})
		}
		end, last = m[1], day
	}
	return list, last
}

// date completes a date: a bare day takes the month before it, a month without a year the notice's, and December under 元旦 the year
// before (2018年12月30日至2019年1月1日 is of the notice of 2019).
func (r *noticeReader) date(name string, last registry.Date, year, following, month, day string) (registry.Date, bool) {
	d, _ := strconv.Atoi(day)
	lastYear, lastMonth, _ := last.YMD()
	m, y := lastMonth, lastYear
	if month != "" {
		m, _ = strconv.Atoi(month)
		if y = r.year; m == 12 && strings.Contains(name, "元旦") {
			y = r.year - 1
		}
	}
	switch {
	case year != "":
		y, _ = strconv.Atoi(year)
	case following != "" && lastYear != 0:
		y = lastYear + 1
	}
	date, err := registry.ParseDate(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
	if err != nil || (y != r.year && (y != r.year-1 || m != 12)) {
		return registry.Date{}, false
	}
	return date, true
}

var weekdays = []string{"日", "一", "二", "三", "四", "五", "六"}

// WeekdayName is the weekday of a day: 周四; empty where the day is not known.
func WeekdayName(day registry.Date) string {
	t, ok := day.Time()
	if !ok {
		return ""
	}
	return "周" + weekdays[t.Weekday()]
}

// checkWeekday compares the weekday a notice prints with the calendar's: a mistyped digit shows there.
func (r *noticeReader) checkWeekday(day registry.Date, brackets string, at int, what string) {
	m := weekdayWord.FindStringSubmatch(brackets)
	if m == nil {
		return
	}
	if want := "周" + strings.ReplaceAll(m[1], "天", "日"); want != WeekdayName(day) {
		r.problem(at, what, "%s 是%s，通知写的是%s：请核对日期", day, WeekdayName(day), want)
	}
}

func (r *noticeReader) holidays(name, s string, at int, run datedRun, named map[registry.Date]bool) {
	if run.to.Before(run.from) || run.from.AddDays(maxHolidayRun).Before(run.to) {
		r.problem(at+run.at, s[run.at:run.end], "从 %s 到 %s 不是一段假期", run.from, run.to)
		return
	}
	for day := run.from; !run.to.Before(day); day = day.AddDays(1) {
		named[day] = true
		r.keep(CalendarDay{Date: day, Holiday: true, Name: name, Year: r.year}, at+run.at, s)
	}
}

func (r *noticeReader) workdays(name, s string, at int, run datedRun) {
	if run.to.Before(run.from) || run.from.AddDays(maxHolidayRun).Before(run.to) {
		r.problem(at+run.at, s[run.at:run.end], "从 %s 到 %s 不是一段日期", run.from, run.to)
		return
	}
	for day := run.from; !run.to.Before(day); day = day.AddDays(1) {
		if t, _ := day.Time(); t.Weekday() != time.Saturday && t.Weekday() != time.Sunday {
			r.problem(at+run.at, s, "%s 是%s，本来就上班，不会是调休：请核对日期", day, WeekdayName(day))
			continue
		}
		r.keep(CalendarDay{Date: day, Name: name + "调休上班", Year: r.year}, at+run.at, s)
	}
}

func (r *noticeReader) keep(d CalendarDay, at int, s string) {
	if have, ok := r.days[d.Date]; ok {
		if have.Holiday != d.Holiday {
			r.problem(at, s, "%s 又放假又上班", d.Date)
		}
		return
	}
	r.days[d.Date] = d
}

// With lays the days of notices over the calendar: a notice replaces what the calendar had from the notice of its year.
func (c Calendar) With(year int, days []CalendarDay) Calendar {
	kept := make([]CalendarDay, 0, len(c.Days)+len(days))
	named := map[registry.Date]bool{}
	for _, d := range days {
		d.Year = year
		named[d.Date] = true
		kept = append(kept, d)
	}
	for _, d := range c.Days {
		if d.notice() != year && !named[d.Date] {
			kept = append(kept, d)
		}
	}
	slices.SortFunc(kept, func(a, b CalendarDay) int { return a.Date.Compare(b.Date) })
	c.Days = kept
	return c
}

// Day finds what the calendar says of a day; ok is false where the day is as its weekday says.
func (c Calendar) Day(day registry.Date) (d CalendarDay, ok bool) {
	i, found := slices.BinarySearchFunc(c.Days, day, func(d CalendarDay, day registry.Date) int { return d.Date.Compare(day) })
	if !found {
		return CalendarDay{}, false
	}
	return c.Days[i], true
}

// notice is the year whose notice named the day.
func (d CalendarDay) notice() int {
	if d.Year != 0 {
		return d.Year
	}
	year, _, _ := d.Date.YMD()
	return year
}
