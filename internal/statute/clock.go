package statute

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"casebook/internal/registry"
)

// Term is where a period ends. Where that cannot be counted, On is zero and Why says so; a beginning known to the month or year gives
// the earliest and the latest end.
type Term struct {
	On     registry.Date // the last day of the period
	Latest registry.Date // equal to On, or later where the beginning is not known to the day
	// Counted is the last day before it moved from a day of rest to the next working day (Deadline.Roll). Zero where it did not move.
	Counted registry.Date
	// Rests is why an end that falls on a day of rest stays there (Deadline.NoRoll, RollDoubt); empty where it falls on no such day. Next is
	// the working day after it where that is in doubt.
	Rests string
	Next  registry.Date
	Why   string // in Chinese
}

// Known reports whether the end could be counted.
func (t Term) Known() bool { return !t.On.IsZero() }

// DaysLeft is how many days remain after today until the latest possible end; negative when it is past.
func (t Term) DaysLeft(today registry.Date) (days int, ok bool) {
	end, known := t.Latest.Time()
	now, isDay := today.Time()
	if !known || !isDay {
		return 0, false
	}
	return int(end.Sub(now).Hours() / 24), true
}

// Span is a time that does not count: a hearing, an appraisal, a public notice. Both ends are part of it; a zero end is still running.
type Span struct{ From, To registry.Date }

// Working reports whether people work on a day. known is false in a year without an announced calendar: 调休 cannot be guessed.
func (c Calendar) Working(day registry.Date) (working, known bool) {
	year, month, number := day.YMD()
	if i, found := slices.BinarySearchFunc(c.Days, day, func(d CalendarDay, day registry.Date) int { return d.Date.Compare(day) }); found {
		return !c.Days[i].Holiday, true
	}
	if day.Precision() != registry.PrecisionDay {
		return false, false
	}
	w := time.Date(year, time.Month(month), number, 0, 0, 0, 0, time.UTC).Weekday()
	return w != time.Saturday && w != time.Sunday, c.Covers(year)
}

// Count goes n units on from a day, which itself does not count (民事诉讼法第八十五条第二款: 期间开始的时和日不计算在内); a negative n goes back.
// In months and years the period ends on the day of the same number, or on the last of a shorter month (民法典第二百零二条). Whether an end on a
// day of rest moves is the rule's own: see Deadline.Run.
func (c Calendar) Count(from registry.Date, n int, unit string) Term {
	switch {
	case from.IsZero():
		return Term{Why: "起算日未知"}
	case from.Precision() != registry.PrecisionDay:
		first, last := c.Count(firstDay(from), n, unit), c.Count(lastDay(from), n, unit)
		t := Term{On: first.On, Latest: last.Latest, Why: fmt.Sprintf("起算日只知道是%s，届满日在一个范围内", from.Chinese())}
		if !first.Known() || !last.Known() {
			t = Term{Why: first.Why + last.Why}
		}
		return t
	}
	if year, _, _ := from.YMD(); year > 2150 {
		return Term{Why: fmt.Sprintf("起算日 %s 不合理", from)}
	}
	var end registry.Date
	switch unit {
	case UnitWorkingDay:
		return c.countWorking(from, n)
	case UnitCalendarDay:
		end = from.AddDays(n)
	case UnitHour: // the register knows days: 24 hours end on the next one
		end = from.AddDays((n + 23) / 24)
	case UnitMonth:
		end = addMonths(from, n)
	case UnitYear:
		end = addMonths(from, 12*n)
	default:
		return Term{Why: "期限按公式计算"}
	}
	return Term{On: end, Latest: end}
}

// workingFrom is the first working day from a day on; why says which year's calendar is missing to tell.
func (c Calendar) workingFrom(day registry.Date) (on registry.Date, why string) {
	for ; ; day = day.AddDays(1) {
		switch working, known := c.Working(day); {
		case !known:
			return registry.Date{}, uncovered(day)
		case working:
			return day, ""
		}
	}
}

// roll settles an end that falls on a day of rest, by the rule: it moves to the next working day, or stays and says why.
func (d *Deadline) roll(cal Calendar, t Term) Term {
	if !t.Known() || d.Unit == UnitWorkingDay || d.Unit == UnitHour {
		return t
	}
	if d.Roll == nil {
		if working, known := cal.Working(t.On); t.On == t.Latest && known && !working {
			if t.Rests = d.NoRoll; d.RollDoubt != "" {
				t.Rests = d.RollDoubt
				t.Next, _ = cal.workingFrom(t.On) // zero where the next year is not announced
			}
		}
		return t
	}
	on, why := cal.workingFrom(t.On)
	latest, whyLatest := cal.workingFrom(t.Latest)
	if why = cmp.Or(why, whyLatest); why != "" {
		t.Why = strings.TrimPrefix(t.Why+"；"+why, "；")
		return t
	}
	if on != t.On && t.On == t.Latest {
		t.Counted = t.On
	}
	t.On, t.Latest = on, latest
	return t
}

func uncovered(day registry.Date) string {
	year, _, _ := day.YMD()
	return fmt.Sprintf("%d 年的放假安排未录入日历，遇节假日是否顺延无法计算", year)
}

func (c Calendar) countWorking(from registry.Date, n int) Term {
	step := 1
	if n < 0 {
		step = -1
	}
	day := from
	for left := n * step; left > 0; {
		day = day.AddDays(step)
		working, known := c.Working(day)
		if !known {
			year, _, _ := day.YMD()
			return Term{Why: fmt.Sprintf("%d 年的放假安排未录入日历，工作日无法计算", year)}
		}
		if working {
			left--
		}
	}
	return Term{On: day, Latest: day}
}

// Run counts a deadline from the day it starts, with granted extensions (in the deadline's own unit) and without the time that does not
// count. A span still running keeps the end open. A period counted back ends on the last day for what must come before its beginning. An end on a day of rest moves where the rule says so.
func (d *Deadline) Run(cal Calendar, from registry.Date, extra int, without []Span) Term {
	if d.Length == nil {
		return Term{Why: "期限按公式计算"}
	}
	stopped, open := spanDays(without, from)
	switch {
	case open:
		return Term{Why: "有不计入期限的事项尚未结束，届满日待定"}
	case stopped > 0 && d.Unit == UnitWorkingDay:
		return Term{Why: "扣除期间与工作日期限的合并计算没有依据，请人工计算"}
	}
	n := *d.Length + extra
	if d.Back {
		n = -n
	}
	t := cal.Count(from, n, d.Unit)
	if t.Known() {
		t.On, t.Latest = t.On.AddDays(stopped), t.Latest.AddDays(stopped)
	}
	return d.roll(cal, t)
}

// spanDays is how many days lie in any of the spans, each day once, days not before from; open: one has no end yet or is not known to
// the day.
func spanDays(spans []Span, from registry.Date) (days int, open bool) {
	type bounds struct{ a, b time.Time }
	var list []bounds
	start, _ := from.Time()
	for _, s := range spans {
		a, ok := s.From.Time()
		b, ended := s.To.Time()
		if !ok || !ended {
			return 0, true
		}
		if a.Before(start) {
			a = start
		}
		if !b.Before(a) {
			list = append(list, bounds{a, b})
		}
	}
	slices.SortFunc(list, func(x, y bounds) int { return x.a.Compare(y.a) })
	var upTo time.Time
	for _, s := range list {
		if s.a.Before(upTo) {
			s.a = upTo
		}
		if n := int(s.b.Sub(s.a).Hours()/24) + 1; n > 0 {
			days += n
			upTo = s.b.AddDate(0, 0, 1)
		}
	}
	return days, false
}

func firstDay(d registry.Date) registry.Date {
	day, _ := registry.ParseDate(d.Earliest())
	return day
}

func lastDay(d registry.Date) registry.Date {
	day, _ := registry.ParseDate(d.Latest())
	return day
}

// addMonths keeps the number of the day, or takes the last day of a shorter month.
func addMonths(d registry.Date, n int) registry.Date {
	y, m, day := d.YMD()
	first := time.Date(y, time.Month(m)+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return registry.Day(first.Year(), int(first.Month()), min(day, last))
}
