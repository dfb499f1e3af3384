package procedure

import (
	"fmt"
	"strings"
	"time"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// Words says where a clock stands: 还剩 8 天, 已逾期 3 天, 按期完成.
func (c *Clock) Words() string {
	switch c.State {
	case Running:
		return LeftWords(c.Days)
	case Overdue:
		return LeftWords(-c.Days)
	case Late:
		return fmt.Sprintf("逾期 %d 天完成", c.Days)
	}
	return string(c.State)
}

// LeftWords says how many days are left; a negative number is overdue.
func LeftWords(days int) string {
	switch {
	case days < 0:
		return fmt.Sprintf("已逾期 %d 天", -days)
	case days == 0:
		return "今天到期"
	}
	return fmt.Sprintf("还剩 %d 天", days)
}

// End writes the last day of a clock with its day of the week: 2024年6月18日（星期二）. Empty where it is not known.
func (c *Clock) End() string {
	switch {
	case !c.Term.Known():
		return ""
	case c.Term.On != c.Term.Latest:
		return c.Term.On.Chinese() + "至" + c.Term.Latest.Chinese() + "之间"
	}
	return dayWords(c.Term.On)
}

// Moved says that the end fell on a day of rest; empty where it did not.
func (c *Clock) Moved() string {
	switch {
	case c.Term.Rests != "" && !c.Term.Next.IsZero():
		return "届满日为休息日，" + c.Term.Rests
	case c.Term.Rests != "":
		return "届满日为休息日，不顺延：" + c.Term.Rests
	case c.Term.Counted.IsZero():
		return ""
	}
	return "数至" + dayWords(c.Term.Counted) + "，为休息日，顺延至其后第一个工作日"
}

// Counted says how the days were counted: 15 个工作日，起算日不计.
func (c *Clock) Counted() string {
	d := c.Rule
	var span string
	switch {
	case d.Length == nil:
		return ""
	case d.Unit == statute.UnitCalendarDay:
		span = fmt.Sprintf("%d 日（日历日）", *d.Length)
	case d.Unit == statute.UnitWorkingDay, d.Unit == statute.UnitMonth:
		span = fmt.Sprintf("%d 个%s", *d.Length, d.Unit)
	default:
		span = fmt.Sprintf("%d %s", *d.Length, d.Unit)
	}
	if d.Back {
		return "倒数 " + span + "，起算日不计"
	}
	if c.Extended > 0 {
		span += fmt.Sprintf("，延长 %d %s", c.Extended, strings.TrimPrefix(d.Unit, "日历"))
	}
	return span + "，起算日不计"
}

// Excluded lists the times that did not count: 2024-08-01 至 2024-08-20.
func (c *Clock) Excluded() []string {
	list := make([]string, len(c.Stopped))
	for i, s := range c.Stopped {
		list[i] = s.From.String() + " 至 " + s.To.String()
		if s.To.IsZero() {
			list[i] = s.From.String() + " 起，尚未结束"
		}
	}
	return list
}

func dayWords(d registry.Date) string {
	t, ok := d.Time()
	if !ok {
		return d.Chinese()
	}
	return d.Chinese() + "（" + weekdays[t.Weekday()] + "）"
}

var weekdays = map[time.Weekday]string{time.Sunday: "星期日", time.Monday: "星期一", time.Tuesday: "星期二", time.Wednesday: "星期三", time.Thursday: "星期四", time.Friday: "星期五", time.Saturday: "星期六"}

// SourceWords says where a deadline is written that an administrator typed, and whether that was checked; empty for one of law.
func (c *Clock) SourceWords() string {
	switch {
	case c.Source == "":
		return ""
	case c.Unchecked:
		return "依据：" + c.Source + "，未经官方文本核对"
	}
	return "依据：" + c.Source
}
