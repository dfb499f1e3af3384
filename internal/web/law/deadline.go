package law

import (
	"fmt"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type deadlineListPage struct {
	kit.Layout
	List     kit.List
	Note     string
	Rows     []view.Deadline
	Total    int
	Working  []workingDayRow
	Hearings []hearingRow
	Years    []calendarYear
	Calendar string // what must be said beside the calendar
	Count    *countView
	Form     *kit.Form
	Rules    []kit.Option
}

func (deadlineListPage) Template() string { return "law/statutes-deadlines" }

type workingDayRow struct {
	Link             view.RefLink
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
func (s area) deadlineList(r *kit.Request) error {
	c := s.Service.Law()
	var actors []kit.Option
	seen := map[string]bool{}
	for _, d := range c.Deadlines() {
		if !seen[d.Actor] {
			seen[d.Actor] = true
			actors = append(actors, kit.Option{Value: d.Actor, Label: d.Actor})
		}
	}
	l := r.List(kit.Filter{Name: "actor", Label: "谁的期限", Options: actors},
		kit.Filter{Name: "unit", Label: "计算单位", Options: kit.TermOptions([]string{statute.UnitWorkingDay, statute.UnitCalendarDay, statute.UnitHour, statute.UnitMonth, statute.UnitYear})})
	p := deadlineListPage{Layout: r.Layout("办案时限").FullWidth(), List: l, Note: c.DeadlineNote(), Total: len(c.Deadlines()), Calendar: calendarNote(c.Calendar().Note) + view.NoticeMissing(s.Server, r)}
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
		p.Rows = append(p.Rows, view.DeadlineOf(c, d, r.Today()))
		if d.Length != nil { // a formula is for a person to count
			p.Rules = append(p.Rules, kit.Option{Value: d.Code, Label: fmt.Sprintf("%s（%d %s，%s）", d.Name, *d.Length, d.Unit, d.Actor)})
		}
	}
	for _, w := range c.WorkingDayRules() {
		p.Working = append(p.Working, workingDayRow{view.RefLinkOf(c, w.Basis, r.Today()), w.Rule, statute.ConfidenceLabel(w.Confidence)})
	}
	for _, h := range c.HearingThresholds() {
		p.Hearings = append(p.Hearings, hearingRow{h, statute.ConfidenceLabel(h.Confidence)})
	}
	p.Years = calendarYears(s.Service.Calendar(), r.Today())
	return r.Page(p)
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
