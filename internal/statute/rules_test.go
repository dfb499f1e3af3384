package statute

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

func TestDeadlines(t *testing.T) {
	c := Embedded()
	units := []string{UnitCalendarDay, UnitWorkingDay, UnitHour, UnitMonth, UnitYear}
	seen := map[string]bool{}
	for _, d := range c.Deadlines() {
		if seen[d.Code] || d.Name == "" || d.Actor == "" || d.StartsAt == "" || d.Confidence == "" {
			t.Errorf("deadline %+v is used twice or lacks a field", d)
		}
		seen[d.Code] = true
		if (d.Length != nil) != slices.Contains(units, d.Unit) {
			t.Errorf("%s: length %v in %q", d.Code, d.Length, d.Unit)
		}
		if d.Back != strings.Contains(d.StartsAt, "倒计") {
			t.Errorf("%s starts %s, counted back: %v", d.Code, d.StartsAt, d.Back)
		}
		if len(d.Basis) == 0 && d.Note == "" {
			t.Errorf("%s has no basis and does not say why", d.Code)
		}
	}
	if len(seen) != 58 || len(c.WorkingDayRules()) != 6 {
		t.Errorf("%d deadlines, %d working-day rules, want 58, 6", len(seen), len(c.WorkingDayRules()))
	}
	for code, want := range map[string]struct {
		length int
		unit   string
	}{
		"HEARING_REQUEST": {5, UnitWorkingDay}, "FINE_PAY": {15, UnitCalendarDay}, "RECTIFY_PLAN": {15, UnitWorkingDay},
		"LIMITATION": {2, UnitYear}, "CORRECTION_RECHECK": {30, UnitCalendarDay},
	} {
		if d, ok := c.Deadline(code); !ok || d.Length == nil || *d.Length != want.length || d.Unit != want.unit {
			t.Errorf("Deadline(%s) = %+v, want %d %s", code, d, want.length, want.unit)
		}
	}
	h := c.HearingThresholds()
	if len(h) != 2 || h[0].Citizen != registry.Yuan(5000) || h[1].Organisation != registry.Yuan(200000) {
		t.Errorf("HearingThresholds() = %+v", h)
	}
}

func TestCalendar(t *testing.T) {
	cal := Embedded().Calendar()
	if len(cal.Days) != 108 {
		t.Errorf("Calendar() has %d days, want 108", len(cal.Days))
	}
	for year, want := range map[int]bool{2023: false, 2024: true, 2025: true, 2026: true, 2027: false} {
		if got := cal.Covers(year); got != want {
			t.Errorf("Calendar().Covers(%d) = %v, want %v", year, got, want)
		}
	}
	for _, d := range cal.Days {
		day, _ := d.Date.Time()
		if weekend := day.Weekday()%6 == 0; !d.Holiday && !weekend {
			t.Errorf("%s is announced as worked although it is no weekend", d.Date)
		}
	}
}

func TestDiscretionTables(t *testing.T) {
	c := Embedded()
	d := c.Discretion()
	if len(d.Tables) != 12 || d.To != registry.Day(2026, 12, 31) {
		t.Errorf("Discretion() has %d tables until %s, want 12 until 2026-12-31", len(d.Tables), d.To)
	}
	for _, table := range d.Tables {
		vt, ok := c.ViolationType(table.Violation)
		if !ok || vt.Discretion != table.ID {
			t.Errorf("%s is for %q, whose table is not this one", table.ID, table.Violation)
		}
		switch table.Mode {
		case ModeWeights:
			for _, f := range table.Factors {
				if len(f.Options) < 2 || f.Options[0].Weight != 0 {
					t.Errorf("%s, %s: options %+v: the first should weigh nothing", table.ID, f.Name, f.Options)
				}
			}
			if len(table.Starts) == 0 || len(table.Factors) == 0 {
				t.Errorf("%s lacks a start or factors", table.ID)
			}
		case ModeTiers:
			for i, tier := range table.Tiers {
				if tier.Min > tier.Max {
					t.Errorf("%s, tier %d: %s–%s", table.ID, i+1, tier.Min, tier.Max)
				}
			}
		default:
			t.Errorf("%s: mode %q", table.ID, table.Mode)
		}
	}
	// The start and the greatest weights of the six factors of §2.8.1 make exactly 100 %.
	table, _ := c.DiscretionTable("GD-2.8.1")
	sum := table.Starts[0].Percent
	for _, f := range table.Factors {
		most := 0
		for _, o := range f.Options {
			most = max(most, o.Weight)
		}
		sum += most
	}
	if sum != 100 || *table.Base != registry.Yuan(1000000) {
		t.Errorf("GD-2.8.1: start and greatest weights make %d of %s, want 100 of 1,000,000", sum, *table.Base)
	}
}
