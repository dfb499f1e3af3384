package brieftest

import (
	"time"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// Brief is a brief as full as one gets: all marks, five deadlines, long names, amounts of eight figures.
func Brief(week bool) report.Brief {
	key := func(table, line string) registry.TallyKey { return registry.TallyKey{Table: table, Line: line} }
	span := func(n int64) report.BriefSpan {
		s := report.BriefSpan{Checks: int(3 * n)}
		for i := range s.By {
			s.By[i] = registry.Tallies{key(registry.TallyAll, ""): {Cases: n, Total: registry.Yuan(n * 123_456), Known: n, Unknown: n / 3}, key(registry.TallyStep, "decided"): {Cases: n}, key(registry.TallyMoney, "taken"): {Total: registry.Yuan(n)}}
			for k, five := range report.Fives {
				s.By[i][key(registry.TallyFive, five)] = registry.Tally{Cases: n, Items: n + int64(k), Persons: n, Unsaid: 1}
			}
		}
		return s
	}
	in := report.BriefInput{Week: week, From: registry.Day(2026, 11, 23), To: registry.Day(2026, 11, 29), Scope: "恩平分局", Organ: "江门市生态环境局", Demo: true, AsOf: registry.Day(2026, 11, 29),
		Now: span(4), Before: span(3), Year: span(120), LastYear: span(0), Months: report.MonthsOf("2025-12", "2026-11"), Overdue: 12, DueSoon: 7, Owed: registry.Yuan(12_345_678), Owing: 9,
		Created: time.Date(2026, 11, 29, 1, 0, 0, 0, time.UTC)}
	for i := range int64(12) {
		in.Cases, in.Fines = append(in.Cases, i*i), append(in.Fines, int64(registry.Yuan(i*98_765)))
	}
	for range 5 {
		in.Due = append(in.Due, []string{"【示例】鹤山市某示例肉鸡场违反规定设置排污口等…", "作出处罚决定（办案期限）", "2026-12-02"})
	}
	return in.Brief()
}
