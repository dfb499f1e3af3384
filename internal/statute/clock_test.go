package statute

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

func date(t *testing.T, s string) registry.Date {
	t.Helper()
	d, err := registry.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestWorking(t *testing.T) {
	cal := Embedded().Calendar()
	for _, tc := range []struct {
		day            string
		working, known bool
	}{
		{"2024-09-13", true, true},  // a Friday
		{"2024-09-14", true, true},  // a Saturday worked for 中秋
		{"2024-09-15", false, true}, // 中秋
		{"2024-09-18", true, true},
		{"2024-02-04", true, true},  // a Sunday worked for 春节
		{"2024-02-29", true, true},  // a leap day
		{"2025-10-08", false, true}, // 国庆、中秋
		{"2025-10-11", true, true},  // a Saturday worked
		{"2026-11-22", false, true}, // a Sunday
		{"2027-03-01", true, false}, // not announced
	} {
		working, known := cal.Working(date(t, tc.day))
		if known != tc.known || known && working != tc.working {
			t.Errorf("Working(%s) = %v, %v, want %v, %v", tc.day, working, known, tc.working, tc.known)
		}
	}
}

func TestCount(t *testing.T) {
	cal := Embedded().Calendar()
	for _, tc := range []struct {
		name, from string
		n          int
		unit       string
		on, latest string // latest empty: as on
		counted    string // the end before it moved
		why        string // a part of it
	}{
		{"five working days over a weekend", "2024-06-12", 5, UnitWorkingDay, "2024-06-19", "", "", ""},
		{"over 中秋 with a worked Saturday", "2024-09-12", 5, UnitWorkingDay, "2024-09-20", "", "", ""},
		{"over 国庆", "2024-09-27", 3, UnitWorkingDay, "2024-10-08", "", "", ""},
		{"back from a hearing", "2024-06-28", -7, UnitWorkingDay, "2024-06-19", "", "", ""},
		{"ninety days", "2024-06-12", 90, UnitCalendarDay, "2024-09-10", "", "", ""},
		{"ends on a Saturday", "2024-06-07", 15, UnitCalendarDay, "2024-06-22", "", "", ""}, // whether it moves is the rule's
		{"ends on a worked Saturday", "2024-08-15", 30, UnitCalendarDay, "2024-09-14", "", "", ""},
		{"over a leap day", "2024-02-20", 15, UnitCalendarDay, "2024-03-06", "", "", ""},
		{"a month from the 31st", "2024-10-31", 1, UnitMonth, "2024-11-30", "", "", ""},
		{"three months to the end of February", "2024-11-30", 3, UnitMonth, "2025-02-28", "", "", ""},
		{"two years from a leap day", "2024-02-29", 2, UnitYear, "2026-02-28", "", "", ""}, // a Saturday worked for 春节
		{"twenty-four hours", "2024-06-07", 24, UnitHour, "2024-06-08", "", "", ""},
		{"a month known", "2024-06", 15, UnitCalendarDay, "2024-06-16", "2024-07-15", "", "只知道是"},
		{"nothing known", "", 15, UnitCalendarDay, "", "", "", "起算日未知"},
		{"into a year without a calendar, working days", "2026-12-30", 5, UnitWorkingDay, "", "", "", "2027 年的放假安排未录入"},
		{"into a year without a calendar", "2026-12-20", 30, UnitCalendarDay, "2027-01-19", "", "", ""},
		{"a formula", "2024-06-07", 1, "天（公式）", "", "", "", "按公式"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := cal.Count(date(t, tc.from), tc.n, tc.unit)
			latest := tc.latest
			if latest == "" {
				latest = tc.on
			}
			if got.On.String() != tc.on || got.Latest.String() != latest || got.Counted.String() != tc.counted ||
				!strings.Contains(got.Why, tc.why) || tc.why == "" && got.Why != "" {
				t.Errorf("Count(%s, %d %s) = %s to %s, before moving %s, %q\nwant %s to %s, before moving %s, %q", tc.from, tc.n, tc.unit, got.On,
					got.Latest, got.Counted, got.Why,
					tc.on, latest, tc.counted, tc.why)
			}
		})
	}
}

func TestRun(t *testing.T) {
	cal := Embedded().Calendar()
	span := func(from, to string) Span { return Span{date(t, from), date(t, to)} }
	for _, tc := range []struct {
		name, code, from string
		extra            int
		without          []Span
		on, why          string
	}{
		{"decision", "CASE_DECISION", "2024-06-12", 0, nil, "2024-09-10", ""},
		{"decision, extended twice", "CASE_DECISION", "2024-06-12", 60, nil, "2024-11-09", ""}, // a Saturday
		{"monitoring does not count", "CASE_DECISION", "2024-06-12", 0, []Span{span("2024-06-20", "2024-06-29")}, "2024-09-20", ""},
		{"spans that overlap count once", "CASE_DECISION", "2024-06-12", 0,
			[]Span{span("2024-06-20", "2024-06-29"), span("2024-06-25", "2024-07-04")}, "2024-09-25", ""},
		{"a span before the beginning", "CASE_DECISION", "2024-06-12", 0, []Span{span("2024-05-01", "2024-06-11")}, "2024-09-10", ""},
		{"a hearing under way", "CASE_DECISION", "2024-06-12", 0, []Span{span("2024-08-01", "")}, "", "尚未结束"},
		{"seizure, extended", "SEALING", "2024-06-12", 30, nil, "2024-08-11", ""}, // a Sunday
		{"seizure into 国庆", "SEALING", "2026-09-03", 0, nil, "2026-10-03", ""},
		{"payment into 国庆", "FINE_PAY", "2026-09-18", 0, nil, "2026-10-08", ""}, // 10-03
		{"payment into 春节", "FINE_PAY", "2024-01-27", 0, nil, "2024-02-18", ""}, // 02-11; 02-18 is a Sunday that is worked
		{"review of a decision, a month known", "RECON_APPLY", "2024-06", 0, nil, "2024-07-31", "只知道是"},
		{"a right into a year without a calendar", "RECON_APPLY", "2026-12-20", 0, nil, "2027-02-18", "2027 年的放假安排未录入"},
		{"a power into a year without a calendar", "SEALING", "2026-12-20", 0, nil, "2027-01-19", ""},
		{"three months of limited production", "RESTRICT_PRODUCTION", "2026-06-30", 0, nil, "2026-09-30", ""},
		{"police, over a weekend", "CRIME_POLICE_DECIDE", "2026-11-18", 0, nil, "2026-11-23", ""}, // 11-21 is a Saturday
		{"limitation", "LIMITATION", "2024-02-29", 0, nil, "2026-02-28", ""},
		{"a formula", "DAILY_PENALTY_DAYS", "2024-06-12", 0, nil, "", "公式"},
		{"enforcement by the court", "ENFORCE_APPLY", "2024-11-30", 0, nil, "2025-02-28", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, ok := Embedded().Deadline(tc.code)
			if !ok {
				t.Fatalf("no deadline %s", tc.code)
			}
			got := d.Run(cal, date(t, tc.from), tc.extra, tc.without)
			if got.On.String() != tc.on || !strings.Contains(got.Why, tc.why) {
				t.Errorf("Run = %s, %q, want %s, %q", got.On, got.Why, tc.on, tc.why)
			}
		})
	}
}

// TestEveryDeadlineRuns: each rule gives an end or says why not, whatever day it begins on.
func TestEveryDeadlineRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("runs every deadline from every day of years")
	}
	cal := Embedded().Calendar()
	for _, d := range Embedded().Deadlines() {
		for day := registry.Day(2024, 1, 1); day.Before(registry.Day(2026, 12, 31)); day = day.AddDays(1) {
			got := d.Run(cal, day, 0, nil)
			if !got.Known() && got.Why == "" {
				t.Fatalf("%s from %s: no end and no reason", d.Code, day)
			}
			if got.Known() && (d.Back && !got.On.Before(day) || !d.Back && !day.Before(got.On)) {
				t.Fatalf("%s from %s ends on %s", d.Code, day, got.On)
			}
			working, known := cal.Working(got.On)
			rests := got.Known() && got.Why == "" && d.Unit != UnitHour && known && !working
			if rests && (d.Unit == UnitWorkingDay || d.Roll != nil || got.Rests == "") {
				t.Fatalf("%s from %s ends on %s, a day of rest, and says %q", d.Code, day, got.On, got.Rests)
			}
			if !rests && got.Rests != "" {
				t.Fatalf("%s from %s ends on %s and says %q", d.Code, day, got.On, got.Rests)
			}
		}
	}
}

// Each period that a day of rest may end says whether it moves, and why. The table is what a lawyer reads: a rule added is added here.
func TestRolls(t *testing.T) {
	moves := map[string]string{}
	var powers []string
	for _, d := range Embedded().Deadlines() {
		counted := d.Length != nil && d.Unit != UnitWorkingDay && d.Unit != UnitHour
		said := 0
		for _, have := range []bool{d.Roll != nil, d.NoRoll != "", d.RollDoubt != ""} {
			if have {
				said++
			}
		}
		if counted != (said == 1) || said > 1 {
			t.Errorf("%s (%s): Roll %v, NoRoll %q, RollDoubt %q", d.Code, d.Unit, d.Roll, d.NoRoll, d.RollDoubt)
		}
		if stays := d.NoRoll != "" && d.Actor == "行政机关" && d.Unit != UnitYear; stays {
			powers = append(powers, d.Code)
		}
		if d.Roll != nil {
			moves[d.Code] = d.Roll.String()
		}
	}
	const civil, liaison = "《中华人民共和国民事诉讼法》第八十五条第三款", "第三十八条"
	want := map[string]string{"PUBLIC_NOTICE_SERVICE": civil, "FINE_PAY": civil, "RECON_APPLY": civil, "SUIT_DIRECT": civil,
		"SUIT_AFTER_RECON": civil, "SUIT_UNINFORMED": civil,
		"REGISTRATION_CHANGE": civil, "CRIME_APPROVE": liaison, "CRIME_POLICE_DECIDE": liaison, "CRIME_HANDOVER": liaison}
	for code, basis := range moves {
		if !strings.HasSuffix(basis, want[code]) || want[code] == "" {
			t.Errorf("%s moves by %s, want %q", code, basis, want[code])
		}
	}
	if len(moves) != len(want) {
		t.Errorf("%d rules move, want %d: %v", len(moves), len(want), moves)
	}
	if want := []string{"SEALING", "RESTRICT_PRODUCTION", "SURCHARGE_URGE"}; !slices.Equal(powers, want) {
		t.Errorf("limits that never move: %v, want %v", powers, want)
	}
}
