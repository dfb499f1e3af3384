package ledgerread

import (
	"fmt"
	"slices"
	"testing"

	"casebook/internal/registry"
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
				got = append(got, r.Cells)
			}
			if fmt.Sprint(got) != "[[文号 罚款] [甲,乙 1]]" || !slices.Equal(got[1], []string{"甲,乙", "1"}) {
				t.Errorf("%q reads as %q", text, got)
			}
		}
	}
}

// What other systems put around and into their tables is none of a decision, or belongs to the one above.
func TestSheetsOfOtherSystems(t *testing.T) {
	rows := []PlainRow{
		{Cells: []string{"2025 年处罚台账", "", "", "", "单位：万元"}},
		{Cells: []string{"序号", "文号", "当事人", "罚款金额", "没收（元）"}},
		{Cells: []string{"1", "2", "3", "4", "5"}},
		{Cells: []string{"1", "江江环罚2025-11号", "甲公司", "22", "0"}},
		{Cells: []string{"", "江江环罚2025-11号", "孙某", "0.5"}, Carried: []int{2}},
		{Cells: []string{"", "江江环罚2025-11号"}, Carried: []int{2}},
		{Cells: []string{"序号", "文号", "当事人", "罚款金额"}},
		{Cells: []string{"2", "江蓬环罚〔2025〕19号", "合计养殖公司", "10"}},
		{Cells: []string{"", "本页合计", "", "32.5"}},
		{Cells: []string{"制表人：张三", "", "审核人："}},
		{Cells: []string{"3", "", "无号公司", "1"}},
	}
	var first [][]string
	for _, r := range rows {
		first = append(first, r.Cells)
	}
	h, ok := HeadOf(first)
	if !ok || h.Row != 2 || !h.Wan || len(h.Notes) != 1 {
		t.Fatalf("header %+v", h)
	}
	var got []string
	var last *SheetRow
	for i, r := range rows {
		if i < h.Row {
			continue
		}
		blank, aside := h.Aside(r)
		x, err := h.ReadRow(i+1, r)
		switch {
		case blank || aside:
			got = append(got, fmt.Sprint("blank ", blank))
		case err != nil:
			got = append(got, err.Error())
		case x.On:
			last.Join(&x)
			got = append(got, "on")
		default:
			last = &x
			got = append(got, NumberKey(x.Number))
		}
		if i == 4 && (last.Fine.String() != "225,000" || fmt.Sprint(last.More) != "[孙某]") {
			t.Errorf("joined: %+v", last)
		}
	}
	if want := "[blank false 江江环罚(2025)11 on blank true blank false 江蓬环罚(2025)19 blank false blank false 没有文号]"; fmt.Sprint(got) != want {
		t.Errorf("read as %v\nwant %s", got, want)
	}
	for s, want := range map[string]string{"江恩环罚2024年第012号": "江恩环罚(2024)12", "江恩环罚字〔2024〕12号": "江恩环罚字(2024)12", "2024-12": "2024-12", "江恩环罚202412": "江恩环罚202412"} {
		if got := NumberKey(s); got != want {
			t.Errorf("NumberKey(%s) = %s, want %s", s, got, want)
		}
	}
}

// A cell that is merged downwards says the same of each of its rows.
func TestCarriedCells(t *testing.T) {
	texts := map[Merge]string{{1, 2, 3, 2}: "甲〔2025〕1号", {1, 1, 1, 4}: "x"}
	x := PlainRow{Cells: []string{"2"}}
	x.carry(2, texts)
	if fmt.Sprint(x.Cells, x.Carried) != "[2 甲〔2025〕1号] [2]" {
		t.Errorf("%q %v", x.Cells, x.Carried)
	}
	y := PlainRow{Cells: []string{"4"}}
	if y.carry(4, texts); len(y.Cells) != 1 || len(texts) != 0 {
		t.Errorf("%q, %v left", y.Cells, texts)
	}
}

// A short name is of a district only with its own kind, or with none.
func TestShortNamesOfDistricts(t *testing.T) {
	p := newPlaces(&registry.Bureau{Name: "承德市生态环境局", City: registry.District{Name: "承德市"}, Districts: []registry.District{
		{Code: "130828", Name: "围场满族蒙古族自治县", Short: "围场", Branch: "围场县分局"}, {Code: "150425", Name: "克什克腾旗", Short: "克什克腾"},
		{Code: "130821", Name: "承德县", Short: "承德"}, {Code: "130803", Name: "双滦区", Short: "双滦"}}}, nil)
	for text, want := range map[string]string{"围场县": "130828", "围场分局": "130828", "围场自治县": "130828", "围场县生态环境分局": "130828", "克什克腾分局": "150425", "克什克腾旗": "150425",
		"双滦区分局": "130803", "承德市生态环境局双滦分局": "130803", "双滦县": "", "围场旗": "", "克旗": "", "会同分局": "", "承德县": "130821"} {
		if got := p.of(text).Code; got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}
