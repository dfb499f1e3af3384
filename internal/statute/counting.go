package statute

import (
	"fmt"

	"casebook/internal/registry"
)

// Counting is how a period was counted, for a person who wants to follow it on a wall calendar.
type Counting struct {
	Term  Term
	Steps []string     // in Chinese, in order
	Days  []CountedDay // of a period in working days: every day from the first to the last; empty otherwise
}

// CountedDay is one day of a period in working days.
type CountedDay struct {
	Day registry.Date
	N   int    // the day's number in the period; 0: a day of rest, not counted
	Why string // 周六, 春节放假, 调休上班; empty for an ordinary working day
}

// Counting runs the deadline and shows the way: the numbers are Run's own.
func (d *Deadline) Counting(cal Calendar, from registry.Date, extra int, without []Span) Counting {
	c := Counting{Term: d.Run(cal, from, extra, without)}
	if d.Length == nil || from.Precision() != registry.PrecisionDay {
		return c
	}
	step := func(format string, args ...any) { c.Steps = append(c.Steps, fmt.Sprintf(format, args...)) }
	step("%s起算，当日不计入。", cal.dayWords(from))
	switch {
	case d.Back:
		step("倒数 %d %s。", *d.Length+extra, d.Unit)
	case extra != 0:
		step("期限 %d %s，延长 %d %s。", *d.Length, d.Unit, extra, d.Unit)
	default:
		step("期限 %d %s。", *d.Length, d.Unit)
	}
	if days, open := spanDays(without, from); days > 0 && !open {
		step("不计入期限的共 %d 日，届满日相应推后。", days)
	}
	if !c.Term.Known() {
		return c
	}
	if !c.Term.Counted.IsZero() {
		step("算到%s，是休息日，顺延到其后第一个工作日（%s）。", cal.dayWords(c.Term.Counted), d.Roll)
	}
	if d.Back {
		step("最迟在%s。", cal.dayWords(c.Term.On))
	} else {
		step("届满日是%s。", cal.dayWords(c.Term.On))
	}
	switch {
	case c.Term.Rests != "" && d.RollDoubt != "":
		step("届满日是休息日，%s。", c.Term.Rests)
	case c.Term.Rests != "":
		step("届满日是休息日，不顺延：%s。", c.Term.Rests)
	}
	if d.Unit == UnitWorkingDay {
		c.Days = cal.countedDays(from, c.Term.On)
	}
	return c
}

// countedDays lists the days after from until end, in either direction.
func (c Calendar) countedDays(from, end registry.Date) (list []CountedDay) {
	step, n := 1, 0
	if end.Before(from) {
		step = -1
	}
	for day := from; day != end; {
		day = day.AddDays(step)
		x := CountedDay{Day: day, Why: c.rest(day)}
		if working, _ := c.Working(day); working {
			n++
			x.N = n
		}
		list = append(list, x)
	}
	return list
}

// rest says what sets a day apart: a weekend, a holiday, a weekend day that is worked.
func (c Calendar) rest(day registry.Date) string {
	if d, named := c.Day(day); named {
		if d.Holiday {
			return d.Name + "放假"
		}
		return "调休上班"
	}
	if working, _ := c.Working(day); !working {
		if w := WeekdayName(day); w == "周六" || w == "周日" {
			return w
		}
	}
	return ""
}

// dayWords writes a day with its weekday and what it is: 2026年2月28日（周六，调休上班）.
func (c Calendar) dayWords(day registry.Date) string {
	words := WeekdayName(day)
	if r := c.rest(day); r != "" && r != words {
		words += "，" + r
	}
	return day.Chinese() + "（" + words + "）"
}
