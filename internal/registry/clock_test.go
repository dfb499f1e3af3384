package registry

import (
	"strings"
	"testing"
)

func TestParseClock(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "9:05": "09:05", "09:05": "09:05", "09：05": "09:05", "９：０５": "09:05", " 9 : 05 ": "09:05", "9时5分": "09:05", "9点05": "09:05", "9点": "09:00", "14时整": "14:00",
		"0905": "09:05", "9.05": "09:05", "0:00": "00:00", "23:59": "23:59",
	} {
		if got, err := ParseClock(in); got != want || err != nil {
			t.Errorf("ParseClock(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for in, want := range map[string]string{"24:00": "00:00", "9:60": "没有", "上午": "24 小时制", "9:5:3": "24 小时制", "905": "24 小时制", "-1:00": "24 小时制"} {
		if got, err := ParseClock(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseClock(%q) = %q, %v; want an error with %q", in, got, err, want)
		}
	}
}

// Times are compared as times: 9:05 is before 10:00.
func TestInspectionTimesAreCompared(t *testing.T) {
	for _, c := range []struct {
		start, end string
		days       string
		ok         bool
	}{
		{"9:05", "10:00", "", true}, {"8:30", "11:45", "", true}, {"14:00", "9:00", "", false}, {"09:05", "10:00", "", true}, {"09:05", "09:04", "", false},
		{"9：05", "９:０５", "", true}, {"22:30", "1:10", "2026-03-06", true}, {"22:30", "1:10", "", false}, {"9点半", "10:00", "", false},
		{"22:30", "1:10", "未填", false}, {"9：05", "09：50", "未填", true}, {"22:30", "", "未填", true}, {"22:30", "1:10", "2026-03", true},
	} {
		day, end := Day(2026, 3, 5), Day(2026, 3, 5)
		if c.days == "2026-03" { // both known to the month
			day = Month(2026, 3)
		}
		if c.days != "" {
			end, _ = ParseDate(c.days)
		}
		x := Inspection{FarmID: 1, Kind: "日常检查", StartedOn: day, EndedOn: end, StartTime: c.start, EndTime: c.end, Findings: "x"}
		x.Clean()
		if err := x.Validate(); (err == nil) != c.ok {
			t.Errorf("%s to %s (%s): Validate = %v, want ok %t", c.start, c.end, c.days, err, c.ok)
		} else if c.days == "未填" && !c.ok && !strings.Contains(err.Error(), "ended_on: ") {
			t.Errorf("%s to %s: the end day is not asked for: %v", c.start, c.end, err)
		}
	}
}
