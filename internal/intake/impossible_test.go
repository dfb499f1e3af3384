package intake

import (
	"strings"
	"testing"
)

// A day that no calendar has is said as it is printed, and only its month (or nothing) is taken; a year that is printed is not said to be missing.
func TestImpossibleDays(t *testing.T) {
	for _, tt := range []struct {
		name, facts, want string
		quoted            string // the impossible days, joined by |
		others            string // words of another warning that must stand too
	}{
		{"30 February", "2024年2月30日，执法人员现场检查发现废水外排。", "2024-02", "2024年2月30日", ""},
		{"31 November", "2024年11月31日，执法人员现场检查发现废水外排。", "2024-11", "2024年11月31日", ""},
		{"31 June", "2023年6月31日上午，执法人员现场检查发现废水外排。", "2023-06", "2023年6月31日", ""},
		{"29 February of a common year", "2023年2月29日，执法人员现场检查发现废水外排。", "2023-02", "2023年2月29日", ""},
		{"29 February of a century", "1900年2月29号，执法人员现场检查发现废水外排。", "1900-02", "1900年2月29号", ""},
		{"32nd", "2024年1月32日，执法人员现场检查发现废水外排。", "2024-01", "2024年1月32日", ""},
		{"day naught", "2024年6月0日，执法人员现场检查发现废水外排。", "2024-06", "2024年6月0日", ""},
		{"points", "2024.2.30，执法人员现场检查发现废水外排。", "2024-02", "2024.2.30", ""},
		{"points, 日 behind", "2025.9.31日，执法人员现场检查发现废水外排。", "2025-09", "2025.9.31日", ""},
		{"hyphens", "2024-11-31，执法人员现场检查发现废水外排。", "2024-11", "2024-11-31", ""},
		{"hyphens and a time", "2024-04-31 10:30执法人员现场检查发现废水外排。", "2024-04", "2024-04-31", ""},
		{"strokes", "2024/6/31 执法人员现场检查发现废水外排。", "2024-06", "2024/6/31", ""},
		{"Chinese figures", "二〇二四年二月三十日，执法人员现场检查发现废水外排。", "2024-02", "二〇二四年二月三十日", ""},
		{"Chinese figures, a ring for zero", "二○二三年十一月三十一日，执法人员现场检查发现废水外排。", "2023-11", "二○二三年十一月三十一日", ""},
		{"Chinese 29 February", "二〇二五年二月二十九日，执法人员现场检查发现废水外排。", "2025-02", "二〇二五年二月二十九日", ""},
		{"full width", "２０２４年２月３０日，执法人员现场检查发现废水外排。", "2024-02", "２０２４年２月３０日", ""},
		{"radicals", "2024年2⽉30⽇，执法⼈员现场检查发现废⽔外排。", "2024-02", "2024年2月30日", ""},
		{"the year from before", "2024年1月10日接到群众举报。2月30日，执法人员现场检查发现废水外排。", "2024-02", "2月30日", ""},
		{"the year from before, common", "2023年1月10日接到群众举报。2月29日，执法人员现场检查发现废水外排。", "2023-02", "2月29日", ""},
		{"the next year", "2023年12月30日接到投诉，次年4月31日，执法人员现场检查发现废水外排。", "2024-04", "4月31日", ""},
		{"the same month", "2024年6月10日接举报，同月31日执法人员现场检查发现废水外排。", "2024-06", "同月31日", ""},
		{"no year anywhere", "2月30日，执法人员现场检查发现废水外排。", "", "2月30日", "没有写明年份"},
		{"29 February without a year may be", "2月29日，执法人员现场检查发现废水外排。", "", "", "没有写明年份"},
		{"13th month", "2024年13月5日，执法人员现场检查发现废水外排。", "", "2024年13月5日", ""},
		{"13th month alone", "2024年13月，执法人员现场检查发现废水外排。", "", "2024年13月", ""},
		{"13th month in points", "2024.13.05，执法人员现场检查发现废水外排。", "", "2024.13.05", ""},
		{"month naught", "2024-00-12，执法人员现场检查发现废水外排。", "", "2024-00-12", ""},
		{"14th month, Chinese", "二〇二四年十四月一日，执法人员现场检查发现废水外排。", "", "二〇二四年十四月一日", ""},
		{"13th month, the year from before", "2024年1月10日接到群众举报。13月5日，执法人员现场检查发现废水外排。", "", "13月5日", ""},
		{"13th month in the sentence of a complaint", "2024年1月10日接到群众举报，13月5日，执法人员现场检查发现废水外排。", "", "13月5日", ""},
		{"a bare day", "2023年2月28日接到群众举报，30日，执法人员现场检查发现废水外排。", "2023-02", "30日", ""},
		{"the end of a range", "2024年6月12日至31日，执法人员现场检查发现废水外排。", "2024-06-12", "2024年6月12日至31日", ""},
		{"the beginning of a range", "2024年2月30日至3月2日，执法人员现场检查发现废水外排。", "2024-02", "2024年2月30日", ""},
		{"another day is right", "2024年6月12日，执法人员现场检查发现废水外排。2024年6月31日，市局送达告知书。", "2024-06-12", "2024年6月31日", ""},
		{"two of them", "2024年2月30日，执法人员现场检查发现废水外排。2024年4月31日，市局立案。", "2024-02", "2024年2月30日|2024年4月31日", ""},

		{"possible", "2024年2月29日，执法人员现场检查发现废水外排。", "2024-02-29", "", ""},
		{"possible, at a time", "2024-02-29 10:30执法人员现场检查发现废水外排。", "2024-02-29", "", ""},
		{"terms and ages", "2024年2月12日，执法人员现场检查，存栏2024年1月60日龄仔猪，责令30日内改正，停产31日，已养13月龄母猪。", "2024-02-12", "", ""},
		{"a title", "2024年2月12日，执法人员现场检查。依据《某某办法（2024年2月30日）》。", "2024-02-12", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := one(t, tt.facts, "江门市生态环境局恩平分局责令改正违法行为。")
			if got := d.FoundOn.String(); got != tt.want {
				t.Errorf("found_on of %q = %q, want %q", tt.facts, got, tt.want)
			}
			var quoted, others []string
			for _, w := range d.Warnings {
				if _, rest, ok := strings.Cut(w, "文中的日期“"); ok {
					q, _, _ := strings.Cut(rest, "”")
					quoted = append(quoted, q)
				} else {
					others = append(others, w)
				}
			}
			if got := strings.Join(quoted, "|"); got != tt.quoted {
				t.Errorf("impossible days of %q = %q, want %q", tt.facts, got, tt.quoted)
			}
			if got := strings.Join(others, "|"); !strings.Contains(got, tt.others) || tt.others == "" && strings.Contains(got, "日期") {
				t.Errorf("other warnings of %q = %q, want %q", tt.facts, got, tt.others)
			}
		})
	}
}

// The day's own label or cell: the same.
func TestImpossibleLabelledDays(t *testing.T) {
	for facts, want := range map[string]string{
		"检查时间：2024年2月30日。执法人员发现废水外排。": "2024-02 2024年2月30日",
		"检查日期：2024-11-31。执法人员发现废水外排。": "2024-11 2024-11-31",
		"检查时间：2024年13月5日。执法人员发现废水外排。": " 2024年13月5日",
	} {
		d := one(t, facts, "江门市生态环境局恩平分局责令改正违法行为。")
		day, _, _ := strings.Cut(strings.TrimPrefix(strings.Join(d.Warnings, "|"), "文中的日期“"), "”")
		if got := d.FoundOn.String() + " " + day; got != want || len(d.Warnings) != 1 {
			t.Errorf("%q: %q with %q, want %q", facts, got, d.Warnings, want)
		}
	}
}
