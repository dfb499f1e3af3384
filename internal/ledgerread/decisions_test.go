package ledgerread

import (
	"fmt"
	"slices"
	"testing"
)

func TestHeadOfSheet(t *testing.T) {
	for _, c := range []struct {
		name   string
		rows   [][]string
		row    int
		number int
		fine   int
		notes  int
		ok     bool
	}{
		{"plain", [][]string{{"文号", "罚款金额"}, {"甲〔2024〕1号", "2"}}, 1, 1, 2, 0, true},
		{"below a title", [][]string{{"统计表"}, {}, {"序号", "决定书文号", "当事人"}}, 3, 2, 0, 0, true},
		{"merged", [][]string{{"序号", "处罚决定", "", "罚款金额（万元）"}, {"", "文号", "日期", ""}}, 2, 2, 4, 0, true},
		{"twice", [][]string{{"文号", "罚款金额", "罚款金额"}}, 1, 1, 2, 1, true},
		{"another organ's code", [][]string{{"行政处罚决定书文号", "处罚机关统一社会信用代码"}}, 1, 1, 0, 0, true},
		{"confiscated is no fine", [][]string{{"文号", "没收违法所得、没收非法财物的金额（万元）", "罚款金额（万元）"}}, 1, 1, 3, 0, true},
		{"no header", [][]string{{"1", "2"}, {"3", "4"}}, 0, 0, 0, 0, false},
		{"nothing", nil, 0, 0, 0, 0, false},
	} {
		h, ok := HeadOf(c.rows)
		if ok != c.ok || h.Row != c.row || h.Of[FieldNumber] != c.number || h.Of[FieldFine] != c.fine || len(h.Notes) != c.notes || h.Of[FieldCode] != 0 {
			t.Errorf("%s: %v row %d, %v, %v", c.name, ok, h.Row, h.Of, h.Notes)
		}
	}
}

func TestSheetAmountsAndDays(t *testing.T) {
	for _, c := range []struct {
		v    string
		wan  bool
		want string
	}{
		{"2", true, "20,000"}, {"0.2", true, "2,000"}, {"2万元", true, "20,000"}, {"2万元", false, "20,000"}, {"20,000.00", false, "20,000"}, {"1.500001", true, "15,000.01"}, {"20000.3", false, "20,000.30"},
		{"0.30000000000000004", true, "3,000"}, {"０．５", true, "5,000"}, {"-1", false, ""}, {"不详", false, ""}, {"1.2345678", true, ""}, {"1e20", false, ""}, {"NaN", false, ""}, {"Inf", true, ""},
	} {
		m, err := moneyOf(Cell{Text: c.v, Kind: Number}, c.wan)
		if got := m.String(); err == nil && got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("moneyOf(%q, %v) = %s, %v; want %s", c.v, c.wan, got, err, c.want)
		}
	}
	for v, want := range map[string]string{"45352": "2024-03-01", "45352.75": "2024-03-01", "2024/3/1": "2024-03-01", "2024-03-01 00:00:00": "2024-03-01", "2024年3月1日": "2024-03-01", "2024": "2024", "三月": "", "99999": ""} {
		d, err := dateOf(Cell{Text: v}, false)
		if got := d.String(); err == nil && got != want || (err != nil) != (want == "") {
			t.Errorf("dateOf(%q) = %s, %v; want %s", v, got, err, want)
		}
	}
}

func TestRowsOfCSV(t *testing.T) {
	for _, text := range []string{"\uFEFF文号,罚款\r\n\"甲,乙\",1\r\n", "文号\t罚款\n甲,乙\t1\n", "文号;罚款\n甲,乙;1"} {
		book, err := Open([]byte(text), "x.csv")
		if err != nil {
			t.Fatal(err)
		}
		rows := book.Sheets[0].Plain()
		for range 2 { // a table is read from its beginning as often as it is asked
			var got [][]string
			for r, err := range rows {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, r)
			}
			if fmt.Sprint(got) != "[[文号 罚款] [甲,乙 1]]" || !slices.Equal(got[1], []string{"甲,乙", "1"}) {
				t.Errorf("%q reads as %q", text, got)
			}
		}
	}
}
