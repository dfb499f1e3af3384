package xlsx

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/report/reporttest"
)

func TestJoinCRC(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		b := make([]byte, r.IntN(70000))
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		cut := 0
		if len(b) > 0 {
			cut = r.IntN(len(b) + 1)
		}
		got := joinCRC(crc32.ChecksumIEEE(b[:cut]), crc32.ChecksumIEEE(b[cut:]), int64(len(b)-cut))
		if want := crc32.ChecksumIEEE(b); got != want {
			t.Fatalf("joinCRC at %d of %d = %08x, want %08x", cut, len(b), got, want)
		}
	}
}

// TestContinuationSheets: what does not fit in one sheet goes on in the next, and the formulas add them up.
func TestContinuationSheets(t *testing.T) {
	b, err := newBook(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	l := report.Ledger{Info: report.LedgerInfo{Organ: "江门市生态环境局"}, Cases: reporttest.Cases(50, 3)}
	d := newDetails(b, &l)
	d.limit = 21
	sum, err := l.Walk(d)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := b.write(&out, d.order(sum), "台账", d.info.AsOf); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // a test
	for i, want := range map[int]string{0: "案件台账", 1: "案件台账2", 2: "案件台账3"} {
		rows, err := f.GetRows(want)
		if n := []int{21, 21, 11}[i]; err != nil || len(rows) != n || rows[0][0] != "序号" {
			t.Errorf("%s: %d rows, err %v; want %d with a header", want, len(rows), err, n)
		}
	}
	q := report.Query{Agg: report.AskCount, Sheet: report.SheetCases}
	if got, want := d.formula(q), "COUNT('案件台账'!$A:$A)+COUNT('案件台账2'!$A:$A)+COUNT('案件台账3'!$A:$A)"; got != want {
		t.Errorf("formula = %s, want %s", got, want)
	}
	rows, _ := f.GetRows("说明")
	if !strings.Contains(fmt.Sprint(rows), "续在后面的 2 张表里") {
		t.Error("说明 does not say that 案件台账 goes on in two more sheets")
	}
}

func TestCriterion(t *testing.T) {
	tests := []struct {
		cond report.Cond
		want string
	}{
		{report.Cond{Op: report.Is, Value: "恩平市"}, `"恩平市"`},
		{report.Cond{Op: report.Is, Value: "2024-10"}, `"2024-10*"`},
		{report.Cond{Op: report.Is, Value: `a"b*c?d~`}, `"a""b~*c~?d~~"`},
		{report.Cond{Op: report.IsUnknown}, `"未*"`},
	}
	for _, tt := range tests {
		if got := criterion(tt.cond); got != tt.want {
			t.Errorf("criterion(%+v) = %s, want %s", tt.cond, got, tt.want)
		}
	}
}

func TestSerial(t *testing.T) {
	tests := []struct {
		date registry.Date
		want int64
		ok   bool
	}{
		{registry.Day(1900, 2, 28), 0, false}, {registry.Day(1900, 3, 1), 61, true}, {registry.Day(2024, 2, 29), 45351, true},
		{registry.Month(2024, 2), 0, false}, {registry.Year(2024), 0, false}, {registry.Date{}, 0, false},
	}
	for _, tt := range tests {
		got, ok := serial(tt.date)
		if ok != tt.ok || ok && got != tt.want {
			t.Errorf("serial(%s) = %d, %v, want %d, %v", tt.date, got, ok, tt.want, tt.ok)
		}
	}
}

func TestLetters(t *testing.T) {
	for i := range 16384 {
		want, _ := excelize.ColumnNumberToName(i + 1)
		if got := letters(i); got != want {
			t.Fatalf("letters(%d) = %s, want %s", i, got, want)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"=1", "_x0041_", "\x00", "\r\n", "\uFFFF", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		cut := 0
		b := appendText(nil, s, &cut)
		for i, r := range string(b) {
			if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
				t.Fatalf("appendText(%q) wrote %U at %d: XML forbids it", s, r, i)
			}
		}
		if n := strings.Count(string(b), "<"); n != 5 { // is, t, /t, /is, /c
			t.Fatalf("appendText(%q) wrote %d tags: %s", s, n, b)
		}
	})
}
