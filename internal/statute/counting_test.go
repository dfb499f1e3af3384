package statute

import (
	"slices"
	"testing"

	"casebook/internal/registry"
)

func TestCounting(t *testing.T) {
	cal := Embedded().Calendar()
	n := func(n int) *int { return &n }
	for _, c := range []struct {
		name  string
		d     Deadline
		from  registry.Date
		extra int
		spans []Span
		want  []string
		days  int
	}{
		{"working days over a holiday", Deadline{Length: n(5), Unit: UnitWorkingDay}, registry.Day(2026, 2, 12), 0, nil,
			[]string{"2026年2月12日（周四）起算，当日不计入。", "期限 5 工作日。", "届满日是2026年2月26日（周四）。"}, 14},
		{"calendar days that end on a holiday and move", Deadline{Length: n(90), Unit: UnitCalendarDay, Roll: &Reference{Law: "某法"}},
			registry.Day(2026, 1, 4), 0, nil,
			[]string{"2026年1月4日（周日，调休上班）起算，当日不计入。", "期限 90 日历日。", "算到2026年4月4日（周六，清明节放假），是休息日，顺延到其后第一个工作日（《某法》）。", "届满日是2026年4月7日（周二）。"}, 0},
		{"calendar days that end on a holiday and stay", Deadline{Length: n(90), Unit: UnitCalendarDay, NoRoll: "对权力的限制"}, registry.Day(2026, 1, 4),
			0, nil,
			[]string{"2026年1月4日（周日，调休上班）起算，当日不计入。", "期限 90 日历日。", "届满日是2026年4月4日（周六，清明节放假）。", "届满日是休息日，不顺延：对权力的限制。"}, 0},
		{"with an extension and time that does not count", Deadline{Length: n(90), Unit: UnitCalendarDay}, registry.Day(2026, 1, 4), 30,
			[]Span{{registry.Day(2026, 1, 10), registry.Day(2026, 1, 12)}},
			[]string{"2026年1月4日（周日，调休上班）起算，当日不计入。", "期限 90 日历日，延长 30 日历日。", "不计入期限的共 3 日，届满日相应推后。", "届满日是2026年5月7日（周四）。"}, 0},
		{"into a year without a calendar", Deadline{Length: n(5), Unit: UnitWorkingDay}, registry.Day(2026, 12, 30), 0, nil,
			[]string{"2026年12月30日（周三）起算，当日不计入。", "期限 5 工作日。"}, 0},
		{"a formula", Deadline{Unit: "公式"}, registry.Day(2026, 1, 4), 0, nil, nil, 0},
	} {
		got := c.d.Counting(cal, c.from, c.extra, c.spans)
		if !slices.Equal(got.Steps, c.want) || len(got.Days) != c.days {
			t.Errorf("%s: steps %q with %d days\nwant %q with %d (term %+v)", c.name, got.Steps, len(got.Days), c.want, c.days, got.Term)
		}
	}
	counted := cal.countedDays(registry.Day(2026, 2, 12), registry.Day(2026, 2, 26))
	if d := counted[0]; d.N != 1 || d.Why != "" {
		t.Errorf("2026-02-13 = %+v, want the first working day", d)
	}
	if d := counted[1]; d.N != 2 || d.Why != "调休上班" {
		t.Errorf("2026-02-14 = %+v, want the second, a worked Saturday", d)
	}
	if d := counted[2]; d.N != 0 || d.Why != "春节放假" {
		t.Errorf("2026-02-15 = %+v, want a holiday", d)
	}
}
