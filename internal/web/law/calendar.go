package law

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type calendarPage struct {
	kit.Layout
	Year    int
	Years   []calendarTab
	Months  []calendarMonth // empty where the year was not announced
	Notice  *noticeRow      // the import that counts; nil: the program's own days
	Missing string          // which year's notice should be there by now
	Source  string
	Trust   string
	Earlier []noticeRow // every import, the newest first
}

func (calendarPage) Template() string { return "law/admin-calendar" }

// calendarTab is a year to choose.
type calendarTab struct {
	Year      int
	Href      string
	Current   bool
	Announced bool
}

// calendarMonth is a month as a wall calendar shows it, weeks from Monday.
type calendarMonth struct {
	Name  string
	Weeks [][7]calendarCell
}

// calendarCell is a day; Day is 0 before the first and after the last of the month.
type calendarCell struct {
	Day   int
	Class string // cal-rest, cal-work, cal-weekend
	Mark  string // 休, 班
	Words string // for readers that see no colour
}

// noticeRow is one import of a notice.
type noticeRow struct {
	casework.CalendarNotice
	At     string
	Counts bool // of its year the last
}

// calendarShow is the kept calendar of a year: the one of ?year=, else this.
func (s area) calendarShow(r *kit.Request) error {
	notices, err := s.Service.CalendarNotices(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	cal := s.Service.Calendar()
	now, _, _ := r.Today().YMD()
	p := calendarPage{Layout: r.Layout("节假日历").FullWidth(), Year: now, Missing: view.NoticeMissing(s.Server, r)}
	if y, err := strconv.Atoi(r.QueryParam("year")); err == nil {
		p.Year = y
	}
	for _, y := range calendarYears(cal, r.Today()) {
		p.Years = append(p.Years, calendarTab{y.Year, fmt.Sprintf("/admin/calendar?year=%d", y.Year), y.Year == p.Year, y.Announced})
		if y.Year == p.Year && y.Announced {
			p.Months, p.Source, p.Trust = calendarMonths(cal, y.Year), y.Source, y.Confidence
		}
	}
	last := map[int]int{}
	for _, n := range notices {
		last[n.Year] = n.Revision
	}
	for _, n := range slices.Backward(notices) {
		at, _ := kit.Instant(n.At) // a time.Time never fails
		row := noticeRow{n, at, last[n.Year] == n.Revision}
		if row.Counts && n.Year == p.Year {
			p.Notice = &row
		}
		p.Earlier = append(p.Earlier, row)
	}
	return r.Page(p)
}

func calendarMonths(cal statute.Calendar, year int) []calendarMonth {
	list := make([]calendarMonth, 12)
	for m := range list {
		list[m].Name = fmt.Sprintf("%d 月", m+1)
		first := time.Date(year, time.Month(m+1), 1, 0, 0, 0, 0, time.UTC)
		var week [7]calendarCell
		for t := first; t.Month() == first.Month(); t = t.AddDate(0, 0, 1) {
			column := (int(t.Weekday()) + 6) % 7
			week[column] = cellOf(cal, registry.Day(year, m+1, t.Day()), t)
			if column == 6 {
				list[m].Weeks, week = append(list[m].Weeks, week), [7]calendarCell{}
			}
		}
		if week != ([7]calendarCell{}) {
			list[m].Weeks = append(list[m].Weeks, week)
		}
	}
	return list
}

func cellOf(cal statute.Calendar, day registry.Date, t time.Time) calendarCell {
	c := calendarCell{Day: t.Day()}
	switch d, named := cal.Day(day); {
	case named && d.Holiday:
		c.Class, c.Mark, c.Words = "cal-rest", "休", d.Name+"放假"
	case named:
		c.Class, c.Mark, c.Words = "cal-work", "班", d.Name
	case t.Weekday() == time.Saturday || t.Weekday() == time.Sunday:
		c.Class = "cal-weekend"
	}
	return c
}

var noticeLabels = kit.Labels{"text": "通知全文", "year": "年份", "source": "通知取自"}

type noticeFormPage struct {
	kit.Layout
	Form *kit.Form
	Plan *casework.NoticePreview // nil: nothing pasted yet
	Days []noticeDay
}

func (noticeFormPage) Template() string { return "law/admin-calendar-new" }

// noticeDay is one day of a notice for a person to check.
type noticeDay struct {
	Date          registry.Date
	Weekday, Name string
	Holiday       bool
	Change        string // against the calendar as it stands
}

func (s area) noticeNew(r *kit.Request) error {
	f := r.NewForm(noticeLabels)
	return r.Form(f, noticeFormPage{Layout: r.Layout("录入放假安排"), Form: f})
}

func readNotice(r *kit.Request) (*kit.Form, casework.NoticeImport, error) {
	f, err := r.ReadForm(noticeLabels)
	if err != nil {
		return nil, casework.NoticeImport{}, err
	}
	in := casework.NoticeImport{Text: f.Value("text")} // as typed: line numbers count from the first line
	f.Text("source", &in.Source)
	var year *int64
	f.Int("year", &year)
	if year != nil {
		in.Year = int(*year)
	}
	return f, in, nil
}

// noticePreview shows every day that was read. Nothing is kept between this page and the confirmation but what the page itself holds.
func (s area) noticePreview(r *kit.Request) error {
	f, in, err := readNotice(r)
	if err != nil {
		return err
	}
	return s.noticeForm(r, f, in)
}

func (s area) noticeForm(r *kit.Request, f *kit.Form, in casework.NoticeImport) error {
	p := noticeFormPage{Layout: r.Layout("录入放假安排"), Form: f}
	if f.OK() {
		plan, err := s.Service.PreviewNotice(r.Ctx(), r.Actor, in)
		if err == nil {
			p.Plan, p.Days = plan, noticeDays(plan)
		} else if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return r.Form(f, p)
}

func noticeDays(plan *casework.NoticePreview) []noticeDay {
	changed := map[registry.Date]string{}
	for _, c := range plan.Changes {
		changed[c.Day] = "原为" + c.Before
	}
	var list []noticeDay
	for _, d := range plan.Days {
		x := noticeDay{Date: d.Date, Weekday: statute.WeekdayName(d.Date), Name: d.Name, Holiday: d.Holiday}
		if plan.Covered {
			x.Change = changed[d.Date]
		}
		delete(changed, d.Date)
		list = append(list, x)
	}
	for _, c := range plan.Changes { // days that the notice no longer names
		if _, left := changed[c.Day]; left {
			list = append(list, noticeDay{Date: c.Day, Weekday: statute.WeekdayName(c.Day), Name: "照常", Change: "原为" + c.Before})
		}
	}
	slices.SortFunc(list, func(a, b noticeDay) int { return a.Date.Compare(b.Date) })
	return list
}

// noticeCreate keeps the notice that the preview showed.
func (s area) noticeCreate(r *kit.Request) error {
	f, in, err := readNotice(r)
	if err != nil {
		return err
	}
	if f.Value("edit") != "" {
		f.Errors = nil
		return r.Form(f, noticeFormPage{Layout: r.Layout("录入放假安排"), Form: f})
	}
	if f.OK() {
		done, err := s.Service.KeepNotice(r.Ctx(), r.Actor, in, f.Value("state"))
		if err == nil {
			return r.Done(keptWords(done), "/admin/calendar?year=%d", done.Year)
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.noticeAgain(r, f, in)
}

// noticeAgain shows the preview with what was refused beside it.
func (s area) noticeAgain(r *kit.Request, f *kit.Form, in casework.NoticeImport) error {
	p := noticeFormPage{Layout: r.Layout("录入放假安排"), Form: f}
	if plan, err := s.Service.PreviewNotice(r.Ctx(), r.Actor, in); err == nil {
		p.Plan, p.Days = plan, noticeDays(plan)
	}
	return r.Form(f, p)
}

func keptWords(done casework.NoticeKept) string {
	words := fmt.Sprintf("%d 年的放假安排已录入", done.Year)
	if done.Revision > 1 {
		words += fmt.Sprintf("（第 %d 次）", done.Revision)
	}
	return words + cmp.Or(map[bool]string{true: "，各案期限按新的日历重算（案件多的，页面上方有进度）。"}[done.Counted], "；各案期限将在下次启动时重算。")
}
