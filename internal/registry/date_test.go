package registry

import (
	"cmp"
	"encoding/json"
	"testing"
	"time"
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

func TestImpossibleDatesPanic(t *testing.T) {
	for name, make := range map[string]func() Date{
		"30 February": func() Date { return Day(2024, 2, 30) }, "no month 13": func() Date { return Month(2024, 13) }, "no year 1899": func() Date { return Year(1899) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s was made", name)
				}
			}()
			make()
		}()
	}
}

// The register's day begins at midnight in Shanghai, wherever the server stands.
func TestDateAndTime(t *testing.T) {
	if got, want := DateOf(time.Date(2024, 10, 4, 16, 0, 0, 0, time.UTC)), Day(2024, 10, 5); got != want {
		t.Errorf("DateOf 16:00 UTC = %s, want %s", got, want)
	}
	at, ok := Day(2024, 10, 5).Time()
	if want := time.Date(2024, 10, 4, 16, 0, 0, 0, time.UTC); !ok || !at.Equal(want) {
		t.Errorf("Time = %s, %v; want %s", at, ok, want)
	}
	if at, ok := Month(2024, 10).Time(); ok || !at.IsZero() {
		t.Errorf("a month has a time: %s", at)
	}
}

func TestDateArithmetic(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want Date
	}{
		{"over the end of a leap February", Day(2024, 2, 28).AddDays(2), Day(2024, 3, 1)},
		{"back over a new year", Day(2024, 1, 1).AddDays(-1), Day(2023, 12, 31)},
		{"a month has no next day", Month(2024, 2).AddDays(1), Date{}},
		{"the unknown has no next day", Date{}.AddDays(1), Date{}},
		{"without its day", Day(2024, 2, 28).ToMonth(), Month(2024, 2)},
		{"a year has no month", Year(2024).ToMonth(), Year(2024)},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
		}
	}
}

func TestDateCompare(t *testing.T) {
	inOrder := []Date{Year(2023), Day(2024, 1, 1), Month(2024, 1), Year(2024), Day(2024, 1, 2), Month(2024, 2), {}}
	for i, a := range inOrder {
		for j, b := range inOrder {
			if got, want := a.Compare(b), cmp.Compare(i, j); got != want {
				t.Errorf("%q.Compare(%q) = %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestDateFromRangeRefuses(t *testing.T) {
	for _, r := range [][2]string{{"2024-01-01", "2024-01-02"}, {"2024-01-01", ""}, {"2024-13-01", "2024-13-01"}, {"2024-02-30", "2024-02-30"}, {"2024", "2024"}, {"", "2024-01-01"}, {"2024-01-01", "2024-02-29"}} {
		if got, err := DateFromRange(r[0], r[1]); err == nil {
			t.Errorf("DateFromRange(%q, %q) = %s, want an error", r[0], r[1], got)
		}
	}
	var d Date
	if err := json.Unmarshal([]byte(`7`), &d); KindOf(err) != KindInvalid || err.Error() != `日期应为文本，如 "2024-10"` {
		t.Errorf("a number for a date: %v", err)
	}
}
