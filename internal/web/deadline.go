package web

import (
	"fmt"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

type deadlineListPage struct {
	Layout
	List     List
	Note     string
	Rows     []deadlineRow
	Total    int
	Working  []workingDayRow
	Hearings []hearingRow
	Years    []calendarYear
	Calendar string // what must be said beside the calendar
	Count    *countView
	Form     *Form
	Rules    []Option
}

func (deadlineListPage) Template() string { return "statutes/deadlines" }

// deadlineRow is one clock in words.
type deadlineRow struct {
	statute.Deadline
	Span       string // 90 日历日
	Validity   string
	Links      []RefLink
	Confidence string
	Extended   string // confidence of the extension, where it differs
}

type workingDayRow struct {
	Link             RefLink
	Rule, Confidence string
}

type hearingRow struct {
	statute.HearingThreshold
	Confidence string
}

// calendarYear is the announced days of a year; one that was not announced says so and computes nothing.
type calendarYear struct {
	Year       int
	Announced  bool
	Holidays   []dayRange
	Workdays   []dayRange
	Source     string
	Confidence string
}

// dayRange is days in a row under one name.
type dayRange struct {
	Name     string
	From, To registry.Date
}

// deadlineList is the clocks of a case, which days they count, and the calendar they are counted on.
func (s *Server) deadlineList(r *request) error {
	c := s.service.Law()
	var actors []Option
	seen := map[string]bool{}
	for _, d := range c.Deadlines() {
		if !seen[d.Actor] {
			seen[d.Actor] = true
			actors = append(actors, Option{d.Actor, d.Actor})
		}
	}
	l := r.list(filter{Name: "actor", Label: "谁的期限", Options: actors},
		filter{Name: "unit", Label: "计算单位", Options: termOptions([]string{statute.UnitWorkingDay, statute.UnitCalendarDay, statute.UnitHour, statute.UnitMonth, statute.UnitYear})})
	p := deadlineListPage{Layout: r.layout("办案时限").wide(), List: l, Note: c.DeadlineNote(), Total: len(c.Deadlines()), Calendar: calendarNote(c.Calendar().Note)}
	p.Form, p.Count = s.countDays(r)
	words := strings.Fields(clipRunes(registry.CleanText(l.Q), maxQuery))
	for _, d := range c.Deadlines() {
		if a := l.Get("actor"); a != "" && a != d.Actor {
			continue
		}
		if u := l.Get("unit"); u != "" && u != d.Unit {
			continue
		}
		if len(words) > 0 && !containsAll(strings.Join([]string{d.Name, d.Actor, d.StartsAt, d.Note}, "\n"), words) {
			continue
		}
		p.Rows = append(p.Rows, viewDeadline(c, d, r.today()))
		if d.Length != nil { // a formula is for a person to count
			p.Rules = append(p.Rules, Option{d.Code, fmt.Sprintf("%s（%d %s，%s）", d.Name, *d.Length, d.Unit, d.Actor)})
		}
	}
	for _, w := range c.WorkingDayRules() {
		p.Working = append(p.Working, workingDayRow{refLink(c, w.Basis, r.today()), w.Rule, statute.ConfidenceLabel(w.Confidence)})
	}
	for _, h := range c.HearingThresholds() {
		p.Hearings = append(p.Hearings, hearingRow{h, statute.ConfidenceLabel(h.Confidence)})
	}
	p.Years = calendarYears(s.service.Calendar(), r.today())
	return r.page(p)
}

func viewDeadline(c *statute.Catalogue, d statute.Deadline, today registry.Date) deadlineRow {
	day := today
	switch { // the basis is read in the law of the clock's own time
	case !d.From.IsZero() && today.Before(d.From):
		day = d.From
	case !d.To.IsZero() && d.To.Before(today):
		day = d.To
	}
	row := deadlineRow{Deadline: d, Validity: interval(d.From, d.To), Links: refLinks(c, d.Basis, day), Confidence: statute.ConfidenceLabel(d.Confidence), Span: d.Unit}
	if d.Length != nil {
		row.Span = fmt.Sprintf("%d %s", *d.Length, d.Unit)
		switch d.Unit {
		case statute.UnitMonth, statute.UnitWorkingDay:
			row.Span = fmt.Sprintf("%d 个%s", *d.Length, d.Unit)
		case statute.UnitCalendarDay:
			row.Span = fmt.Sprintf("%d 日（日历日）", *d.Length)
		}
	}
	row.Note = plainWords(d.Note)
	if d.ExtensionConfidence != "" && d.ExtensionConfidence != d.Confidence {
		row.Extended = statute.ConfidenceLabel(d.ExtensionConfidence)
	}
	return row
}

// calendarNote is the first sentence of what the program's calendar says of itself: which years are missing is said year by year.
func calendarNote(note string) string {
	first, _, _ := strings.Cut(note, "。")
	return first + "。没有录入放假安排的年份不得推算。"
}

// calendarYears gathers the announced days, and goes on to the first year that nobody has announced.
func calendarYears(cal statute.Calendar, today registry.Date) []calendarYear {
	if len(cal.Days) == 0 {
		return nil
	}
	first, _, _ := cal.Days[0].Date.YMD()
	last, _, _ := cal.Days[len(cal.Days)-1].Date.YMD()
	now, _, _ := today.YMD()
	var years []calendarYear
	for year := first; year <= max(last+1, now); year++ {
		y := calendarYear{Year: year, Announced: cal.Covers(year)}
		for _, d := range cal.Days {
			if n, _, _ := d.Date.YMD(); n != year {
				continue
			}
			y.Source, y.Confidence = d.Source, statute.ConfidenceLabel(d.Confidence)
			if d.Holiday {
				y.Holidays = addDay(y.Holidays, d)
			} else {
				d.Name = strings.TrimSuffix(d.Name, "调休上班") // the heading says it
				y.Workdays = addDay(y.Workdays, d)
			}
		}
		years = append(years, y)
	}
	return years
}

// addDay lengthens the last range if the day follows it under the same name.
func addDay(list []dayRange, d statute.CalendarDay) []dayRange {
	if n := len(list); n > 0 && list[n-1].Name == d.Name && list[n-1].To.AddDays(1).Compare(d.Date) == 0 {
		list[n-1].To = d.Date
		return list
	}
	return append(list, dayRange{d.Name, d.Date, d.Date})
}

// Days writes the range without its year, which stands above it.
func (d dayRange) Days() string {
	short := func(x registry.Date) string { return x.String()[len("2024-"):] }
	if d.From.Compare(d.To) == 0 {
		return short(d.From)
	}
	return short(d.From) + " 至 " + short(d.To)
}
