package registry

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Precision says how much of a Date is known.
type Precision uint8

// The precisions, from nothing to the day.
const (
	PrecisionNone Precision = iota
	PrecisionYear
	PrecisionMonth
	PrecisionDay
)

// Date is a civil date in Asia/Shanghai of which only the year, or the year and month, may be known.
// The zero Date is unknown. It is never an instant: no time zone moves it.
//
// Published cases give months ("2024年10月"), own inspections give days; both must sort together.
type Date struct {
	year  int16
	month int8
	day   int8
}

// Day makes a full date. It panics on an impossible one: use ParseDate for what a person typed.
func Day(y, m, d int) Date {
	dt, err := makeDate(y, m, d)
	if err != nil {
		panic(err)
	}
	return dt
}

// Month makes a date of which only year and month are known; it panics on an impossible one.
func Month(y, m int) Date {
	dt, err := makeDate(y, m, 0)
	if err != nil {
		panic(err)
	}
	return dt
}

// Year makes a date of which only the year is known; it panics on an impossible one.
func Year(y int) Date {
	dt, err := makeDate(y, 0, 0)
	if err != nil {
		panic(err)
	}
	return dt
}

// DateOf is the civil day of t in Asia/Shanghai.
func DateOf(t time.Time) Date {
	t = t.In(Shanghai)
	return Date{int16(t.Year()), int8(t.Month()), int8(t.Day())}
}

// Shanghai is the only time zone of the register. China has had no daylight saving time since 1991.
var Shanghai = mustLocation("Asia/Shanghai")

func mustLocation(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		// The binary embeds time/tzdata; a fixed zone keeps tests of single packages honest.
		return time.FixedZone("CST", 8*3600)
	}
	return loc
}

func makeDate(y, m, d int) (Date, error) {
	if y < 1900 || y > 2200 {
		return Date{}, fmt.Errorf("年份 %d 不合理，应在 1900 至 2200 之间", y)
	}
	if m < 0 || m > 12 || (m == 0 && d != 0) {
		return Date{}, fmt.Errorf("没有 %d 月", m)
	}
	if d != 0 {
		if last := daysIn(y, m); d < 1 || d > last {
			return Date{}, fmt.Errorf("%d 年 %d 月没有 %d 日", y, m, d)
		}
	}
	return Date{int16(y), int8(m), int8(d)}, nil
}

func daysIn(y, m int) int { return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() }

// CheckSpan refuses a span whose last possible day lies before its first. An end that is not known bounds nothing.
func CheckSpan(from, to Date) error {
	if !from.IsZero() && !to.IsZero() && to.Latest() < from.Earliest() {
		return fmt.Errorf("止日 %s 早于起日 %s", to, from)
	}
	return nil
}

// ParseDate reads 2024, 2024-10, 2024-10-05 and the ways people type them: 2024年10月5日, 2024.10.5, 2024/10/5,
// 20241005, full-width digits. Empty text is the unknown date. The error is Chinese and says what is impossible.
func ParseDate(s string) (Date, error) {
	s = strings.TrimSpace(HalfWidth(s))
	if s == "" {
		return Date{}, nil
	}
	orig := s
	if len(s) == 8 && allDigits(s) {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	if len(s) == 6 && allDigits(s) { // typed on the keys of figures: 202610
		s = s[:4] + "-" + s[4:]
	}
	s = dateMarks.Replace(s)
	s = strings.TrimSuffix(s, "-")
	parts := strings.Split(s, "-")
	if len(parts) > 3 {
		return Date{}, fmt.Errorf("看不懂日期“%s”，请写成 2024-10-05、2024-10 或 2024", clip(orig, 20))
	}
	var n [3]int
	for i, p := range parts {
		if !allDigits(p) || len(p) > 4 || (i == 0) != (len(p) == 4) || (i > 0 && len(p) > 2) {
			return Date{}, fmt.Errorf("看不懂日期“%s”，请写成 2024-10-05、2024-10 或 2024", clip(orig, 20))
		}
		n[i], _ = strconv.Atoi(p)
		if i > 0 && n[i] == 0 {
			return Date{}, fmt.Errorf("日期“%s”里有零月或零日；不知道的部分请不写", clip(orig, 20))
		}
	}
	return makeDate(n[0], n[1], n[2])
}

var dateMarks = strings.NewReplacer("年", "-", "月", "-", "日", "", "号", "", "/", "-", ".", "-", " ", "")

// DateFromRange rebuilds a Date from its stored bounds (YYYY-MM-DD). The precision follows from them.
func DateFromRange(earliest, latest string) (Date, error) {
	if earliest == "" && latest == "" {
		return Date{}, nil
	}
	// Each row of each list passes here: the stored form has one shape, so the reader of typed dates is not asked.
	if len(earliest) == 10 && allDigits(earliest[:4]) && allDigits(earliest[5:7]) && allDigits(earliest[8:]) {
		n := func(t string) (v int) { v, _ = strconv.Atoi(t); return v }
		a, err := makeDate(n(earliest[:4]), n(earliest[5:7]), n(earliest[8:]))
		if err != nil {
			return Date{}, err
		}
		if earliest == latest {
			return a, nil
		}
		for _, d := range []Date{{a.year, a.month, 0}, {a.year, 0, 0}} {
			if d.Earliest() == earliest && d.Latest() == latest {
				return d, nil
			}
		}
	}
	return Date{}, fmt.Errorf("日期区间 %s 至 %s 不是一天、一月或一年", earliest, latest)
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// IsZero reports whether nothing is known of the date.
func (d Date) IsZero() bool { return d.year == 0 }

// Precision says how much is known.
func (d Date) Precision() Precision {
	switch {
	case d.year == 0:
		return PrecisionNone
	case d.month == 0:
		return PrecisionYear
	case d.day == 0:
		return PrecisionMonth
	}
	return PrecisionDay
}

// Earliest is the first day the date can mean, as YYYY-MM-DD; empty when unknown.
func (d Date) Earliest() string { return d.earliest().String() }

// Latest is the last day the date can mean, as YYYY-MM-DD; empty when unknown.
func (d Date) Latest() string { return d.latest().String() }

// earliest and latest are the first and the last day that the date can mean, as dates.
func (d Date) earliest() Date {
	if d.IsZero() {
		return d
	}
	return Date{d.year, max(d.month, 1), max(d.day, 1)}
}

func (d Date) latest() Date {
	switch d.Precision() {
	case PrecisionYear:
		return Date{d.year, 12, 31}
	case PrecisionMonth:
		return Date{d.year, d.month, int8(daysIn(int(d.year), int(d.month)))}
	}
	return d
}

// number puts full dates in order.
// Start is the first moment of a date in Shanghai, and End the one after its last: the span of instants that it names. Those of no date are zero.
func (d Date) Start() time.Time { return d.midnight(0) }

// End is the moment after the last of a date.
func (d Date) End() time.Time { return d.latest().midnight(1) }

func (d Date) midnight(days int) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	y, m, day := d.earliest().YMD()
	return time.Date(y, time.Month(m), day+days, 0, 0, 0, 0, Shanghai)
}

func (d Date) number() int { return int(d.year)<<9 | int(d.month)<<5 | int(d.day) }

// YMD returns the parts; month and day are 0 where unknown.
func (d Date) YMD() (year, month, day int) { return int(d.year), int(d.month), int(d.day) }

// String is YYYY, YYYY-MM or YYYY-MM-DD; empty when unknown. It is written thousands of times for a page or a sheet, so by hand.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	y, m, n := d.YMD()
	b := [...]byte{byte('0' + y/1000%10), byte('0' + y/100%10), byte('0' + y/10%10), byte('0' + y%10), '-', byte('0' + m/10), byte('0' + m%10), '-', byte('0' + n/10), byte('0' + n%10)}
	switch d.Precision() {
	case PrecisionYear:
		return string(b[:4])
	case PrecisionMonth:
		return string(b[:7])
	}
	return string(b[:])
}

// Chinese is 2024年, 2024年10月 or 2024年10月5日; empty when unknown.
func (d Date) Chinese() string {
	switch d.Precision() {
	case PrecisionNone:
		return ""
	case PrecisionYear:
		return fmt.Sprintf("%d年", d.year)
	case PrecisionMonth:
		return fmt.Sprintf("%d年%d月", d.year, d.month)
	}
	return fmt.Sprintf("%d年%d月%d日", d.year, d.month, d.day)
}

// ToMonth drops the day: what a bulletin may print.
func (d Date) ToMonth() Date { return Date{d.year, d.month, 0} }

// Before reports whether d certainly lies before o: its last possible day precedes o's first.
func (d Date) Before(o Date) bool {
	return !d.IsZero() && !o.IsZero() && d.latest().number() < o.earliest().number()
}

// Compare orders by earliest day, then latest; unknown dates come last.
func (d Date) Compare(o Date) int {
	switch {
	case d == o:
		return 0
	case d.IsZero():
		return 1
	case o.IsZero():
		return -1
	}
	return cmp.Or(cmp.Compare(d.earliest().number(), o.earliest().number()), cmp.Compare(d.latest().number(), o.latest().number()))
}

// AddDays moves a full date; on a partial or unknown date it returns the unknown date.
func (d Date) AddDays(n int) Date {
	if d.Precision() != PrecisionDay {
		return Date{}
	}
	y, m, day := time.Date(int(d.year), time.Month(d.month), int(d.day)+n, 0, 0, 0, 0, time.UTC).Date()
	return Date{int16(y), int8(m), int8(day)}
}

// Time is midnight of a full date in Shanghai; ok is false for a partial date.
func (d Date) Time() (t time.Time, ok bool) {
	if d.Precision() != PrecisionDay {
		return time.Time{}, false
	}
	return time.Date(int(d.year), time.Month(d.month), int(d.day), 0, 0, 0, 0, Shanghai), true
}

// MarshalJSON writes "YYYY[-MM[-DD]]" or null.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(d.String())
}

// UnmarshalJSON reads what MarshalJSON writes and what ParseDate reads. Its error is an *Error that names no field.
func (d *Date) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*d = Date{}
		return nil
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return &Error{Kind: KindInvalid, Message: "日期应为文本，如 \"2024-10\""}
	}
	v, err := ParseDate(s)
	if err != nil {
		return &Error{Kind: KindInvalid, Message: err.Error()}
	}
	*d = v
	return nil
}
