package registry

import (
	"encoding/json"
	"testing"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""}, {"2024", "2024"}, {"2024年", "2024"}, {"2024-10", "2024-10"}, {"2024年10月", "2024-10"}, {"2024.1", "2024-01"},
		{"2024-10-05", "2024-10-05"}, {"2024年10月5日", "2024-10-05"}, {"2024/1/2", "2024-01-02"}, {"20241005", "2024-10-05"},
		{"２０２４－１０－０５", "2024-10-05"}, {" 2024-02-29 ", "2024-02-29"}, {"2024年10月5号", "2024-10-05"},
	} {
		got, err := ParseDate(c.in)
		if err != nil || got.String() != c.want {
			t.Errorf("ParseDate(%q) = %q, %v; want %q", c.in, got, err, c.want)
		}
	}
	for _, in := range []string{"2023-02-29", "2024-13", "2024-00", "2024-10-00", "24-10-05", "10-05", "明天", "2024-10-05-06", "2024--05", "1800", "2024-1-123", "99999", "2024-10-05T08:00"} {
		if got, err := ParseDate(in); err == nil {
			t.Errorf("ParseDate(%q) = %q; want an error", in, got)
		}
	}
}

func TestDateBounds(t *testing.T) {
	for _, c := range []struct{ in, earliest, latest, chinese string }{
		{"2024", "2024-01-01", "2024-12-31", "2024年"},
		{"2024-02", "2024-02-01", "2024-02-29", "2024年2月"},
		{"2024-02-03", "2024-02-03", "2024-02-03", "2024年2月3日"},
		{"", "", "", ""},
	} {
		d, _ := ParseDate(c.in)
		if d.Earliest() != c.earliest || d.Latest() != c.latest || d.Chinese() != c.chinese {
			t.Errorf("%q: %s..%s %s; want %s..%s %s", c.in, d.Earliest(), d.Latest(), d.Chinese(), c.earliest, c.latest, c.chinese)
		}
		back, err := DateFromRange(d.Earliest(), d.Latest())
		if err != nil || back != d {
			t.Errorf("DateFromRange(%s, %s) = %v, %v; want %v", d.Earliest(), d.Latest(), back, err, d)
		}
	}
}

func TestDateOrder(t *testing.T) {
	year, month, day, later := Year(2024), Month(2024, 6), Day(2024, 6, 15), Day(2024, 7, 1)
	for _, c := range []struct {
		a, b Date
		want bool
	}{{month, later, true}, {day, later, true}, {year, later, false}, {month, day, false}, {later, month, false}, {Date{}, day, false}} {
		if got := c.a.Before(c.b); got != c.want {
			t.Errorf("%v.Before(%v) = %v; want %v", c.a, c.b, got, c.want)
		}
	}
	if got := (Date{}).Compare(day); got != 1 {
		t.Errorf("unknown dates sort last: Compare = %d, want 1", got)
	}
}

func TestDateJSON(t *testing.T) {
	b, err := json.Marshal([]Date{Month(2024, 10), {}})
	if err != nil || string(b) != `["2024-10",null]` {
		t.Fatalf("Marshal = %s, %v", b, err)
	}
	var back []Date
	if err := json.Unmarshal(b, &back); err != nil || back[0] != Month(2024, 10) || !back[1].IsZero() {
		t.Fatalf("Unmarshal = %v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`["2024-02-30"]`), &back); err == nil {
		t.Error("Unmarshal of 30 February: want an error")
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2024-10-05", "2024年10月", "２０２４", "2024.2.30", "年月日", "2024-", "-2024"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			return
		}
		back, err := ParseDate(d.String())
		if err != nil || back != d {
			t.Fatalf("ParseDate(%q) = %v, but reading it back gives %v, %v", s, d, back, err)
		}
		if d.Earliest() > d.Latest() {
			t.Fatalf("%q: %s after %s", s, d.Earliest(), d.Latest())
		}
	})
}
