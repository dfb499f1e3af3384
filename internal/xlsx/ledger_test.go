package xlsx_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/xlsx"
)

func fen(m registry.Money) *registry.Money { return &m }

// cases are one published case (a month, an amount not printed, a verdict without a value) and one own case in full.
func cases() []*registry.CaseFile {
	persons := int64(1)
	return []*registry.CaseFile{{
		Case: registry.Case{ID: 1, Origin: registry.OriginPublished, Title: "恩平某畜牧有限公司违法排污案", DistrictCode: "440785", FoundOn: registry.Month(2024, 10), Stage: registry.StageDecided,
			Parties: []registry.CaseParty{{PartyID: 1, Role: "单位"}}},
		Parties:    []registry.Party{{ID: 1, Name: "恩平某畜牧有限公司", Kind: "公司"}},
		Violations: []registry.Violation{{TypeCode: "discharge.direct", Facts: "养殖废水经无防渗沟渠流入鱼塘"}},
		Samples:    []registry.Sample{{Point: "溢流口", Results: []registry.SampleResult{{Pollutant: "化学需氧量", Kind: registry.ResultVerdict, Verdict: "超标"}}}},
		Documents:  []registry.Document{{ID: 1, Seq: 1, Kind: registry.DocDecision}, {ID: 2, Seq: 2, Kind: registry.DocDetention, Persons: &persons}},
		Penalties:  []registry.Penalty{{DocumentID: 1, Kind: "罚款"}},
	}, {
		Case: registry.Case{ID: 2, Origin: registry.OriginField, Title: "台山某养殖场设施闲置案", Number: "江台环立〔2024〕3号", DistrictCode: "440781", FoundOn: registry.Day(2024, 10, 5), Stage: registry.StageDecided,
			Parties: []registry.CaseParty{{PartyID: 2, Role: "单位"}}},
		Parties: []registry.Party{{ID: 2, Name: "台山市某养殖有限公司", Kind: "公司", CreditCode: "91440785MA4UKX1A2B"}},
		Violations: []registry.Violation{{TypeCode: "facility.idle", Citations: []registry.Citation{{Role: registry.RoleBreached, Standing: registry.StandingConfirmed, Law: "中华人民共和国水污染防治法",
			VersionID: "2017", Provision: registry.Provision{Article: 39}, Holding: registry.Held, TextHash: "0123456789abcdef"}}}},
		Samples:   []registry.Sample{{Code: "007", Point: "总排口", Results: []registry.SampleResult{{Pollutant: "氨氮", Kind: registry.ResultValue, Value: "19.60", Limit: "8.0", Verdict: "超标"}}}},
		Evidence:  []registry.Evidence{{Kind: "照片", Title: "现场照片", Number: "0001"}},
		Documents: []registry.Document{{ID: 1, Seq: 1, Kind: registry.DocDecision, Number: "江环罚〔2024〕9号", MadeOn: registry.Day(2024, 12, 31)}},
		Penalties: []registry.Penalty{{DocumentID: 1, Kind: "罚款", Amount: fen(2_000_050)}},
	}}
}

// write makes a workbook of the cases and opens it again.
func write(t *testing.T, files []*registry.CaseFile) (*excelize.File, *report.Summary) {
	t.Helper()
	l := ledger(0)
	l.Cases = func(yield func(*registry.CaseFile, error) bool) {
		for _, f := range files {
			if !yield(f, nil) {
				return
			}
		}
	}
	var out bytes.Buffer
	sum, err := xlsx.WriteLedger(&out, l)
	if err != nil {
		t.Fatalf("WriteLedger: %v", err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatalf("open what WriteLedger wrote: %v", err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, sum
}

// TestLedgerGolden reads a small workbook back as text: what a person sees, cell by cell.
func TestLedgerGolden(t *testing.T) {
	f, _ := write(t, cases())
	var b strings.Builder
	for _, name := range f.GetSheetList() {
		fmt.Fprintf(&b, "## %s\n", name)
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if s := strings.TrimRight(strings.Join(r, "|"), "|"); s != "" {
				b.WriteString(strings.ReplaceAll(s, "\n", "⏎") + "\n")
			}
		}
	}
	golden(t, "testdata/ledger.txt", b.String())
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Fatalf("%s line %d differs (UPDATE_GOLDEN=1 rewrites the file)\n got %q\nwant %q", file, i+1, at(g, i), at(w, i))
		}
	}
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return "(nothing)"
}

// find returns the cell of a column and row (from 1, below the header) of a detail sheet.
func find(id report.SheetID, key string, row int) (sheet, cell string) {
	s := &report.Sheets[id]
	name, _ := excelize.CoordinatesToCellName(s.Index(key)+1, row+1)
	return s.Name, name
}

func TestCellsAreWhatTheyAre(t *testing.T) {
	f, _ := write(t, cases())
	tests := []struct {
		id     report.SheetID
		key    string
		row    int
		raw    string // as stored
		kind   excelize.CellType
		format string // as shown
	}{
		{report.SheetCases, "found_on", 1, "2024-10", excelize.CellTypeInlineString, "2024-10"},
		{report.SheetCases, "found_on", 2, "45570", excelize.CellTypeUnset, "2024-10-05"},
		{report.SheetCases, "decided_on", 1, "未公布", excelize.CellTypeInlineString, "未公布"},
		{report.SheetCases, "decided_on", 2, "45657", excelize.CellTypeUnset, "2024-12-31"},
		{report.SheetCases, "fines", 1, "未公布", excelize.CellTypeInlineString, "未公布"},
		{report.SheetCases, "fines", 2, "20000.5", excelize.CellTypeUnset, "20,000.50"},
		{report.SheetCases, "code", 2, "914***********1A2B", excelize.CellTypeInlineString, "914***********1A2B"},
		{report.SheetCases, "number", 2, "江台环立〔2024〕3号", excelize.CellTypeInlineString, "江台环立〔2024〕3号"},
		{report.SheetActions, "persons", 3, "1", excelize.CellTypeUnset, "1"},
		{report.SheetSamples, "value", 1, "数值未公布", excelize.CellTypeInlineString, "数值未公布"},
		{report.SheetSamples, "value", 2, "19.60", excelize.CellTypeUnset, "19.60"},
		{report.SheetSamples, "multiple", 2, "1.45", excelize.CellTypeUnset, "1.45"},
		{report.SheetSamples, "code", 2, "007", excelize.CellTypeInlineString, "007"},
		{report.SheetEvidence, "code", 1, "0001", excelize.CellTypeInlineString, "0001"},
		{report.SheetCitations, "article", 1, "39", excelize.CellTypeUnset, "39"},
		{report.SheetCitations, "paragraph", 1, "", excelize.CellTypeUnset, ""},
	}
	for _, tt := range tests {
		sheet, cell := find(tt.id, tt.key, tt.row)
		raw, _ := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
		shown, _ := f.GetCellValue(sheet, cell)
		kind, _ := f.GetCellType(sheet, cell)
		if raw != tt.raw || kind != tt.kind || shown != tt.format {
			t.Errorf("%s %s row %d: %q type %d shown %q, want %q type %d shown %q", sheet, tt.key, tt.row, raw, kind, shown, tt.raw, tt.kind, tt.format)
		}
	}
}

// TestTextIsSafe puts hostile text into every text field it can reach and reads it back.
func TestTextIsSafe(t *testing.T) {
	tests := []struct {
		name, in, want string
	}{
		{"formula", "=1+1", "=1+1"},
		{"command", "+cmd|' /C calc'!A0", "+cmd|' /C calc'!A0"},
		{"minus", "-2+3", "-2+3"},
		{"function", "@SUM(1+1)", "@SUM(1+1)"},
		{"tab before", "\t=1+1", "\t=1+1"},
		{"return before", "\r=1+1", "\n=1+1"},
		{"line break before", "\n=1+1", "\n=1+1"},
		{"full width", "＝1+1", "＝1+1"},
		{"hyperlink", `=HYPERLINK("http://example.org","点我")`, `=HYPERLINK("http://example.org","点我")`},
		{"markup", `</t></is></c><c><f>1+1</f>&amp;<![CDATA[x]]>`, `</t></is></c><c><f>1+1</f>&amp;<![CDATA[x]]>`},
		{"control characters", "甲\x00乙\x08丙\x1f丁\uFFFE\uFFFF戊", "甲乙丙丁戊"},
		{"broken UTF-8", "甲\xff\xfe乙", "甲�乙"},
		{"escape lookalike", "_x0041_ 与 _x000D_ 与 _y", "_x0041_ 与 _x000D_ 与 _y"},
		{"outer spaces", "  前后  ", "  前后  "},
		{"beyond the BMP", "𠮷野家🐖", "𠮷野家🐖"},
		{"digits", "44078519700101123X", "44078519700101123X"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := cases()[1]
			c.Case.Title, c.Case.Note, c.Case.Number = tt.in, tt.in, tt.in
			c.Violations[0].Facts, c.Parties[0].Name = tt.in, tt.in
			c.Evidence[0].Proves, c.Samples[0].Note, c.Samples[0].Results[0].Value = tt.in, tt.in, tt.in
			c.Documents[0].Content, c.Violations[0].Citations[0].Reason = tt.in, tt.in
			f, sum := write(t, []*registry.CaseFile{c})
			for _, x := range []struct {
				id  report.SheetID
				key string
			}{{report.SheetCases, "title"}, {report.SheetCases, "note"}, {report.SheetCases, "number"}, {report.SheetCases, "party"}, {report.SheetViolations, "facts"}, {report.SheetEvidence, "proves"},
				{report.SheetSamples, "note"}, {report.SheetSamples, "value"}, {report.SheetActions, "content"}, {report.SheetCitations, "reason"}} {
				sheet, cell := find(x.id, x.key, 1)
				got, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
				formula, _ := f.GetCellFormula(sheet, cell)
				kind, _ := f.GetCellType(sheet, cell)
				if err != nil || got != tt.want || formula != "" || kind != excelize.CellTypeInlineString {
					t.Errorf("%s %s: %q, formula %q, type %d, err %v; want the text %q and no formula", sheet, x.key, got, formula, kind, err, tt.want)
				}
				style, _ := f.GetCellStyle(sheet, cell)
				if s, _ := f.GetStyle(style); strings.ContainsAny(tt.in[:1], "=+-@\t\r\n") && s.NumFmt != 49 {
					t.Errorf("%s %s: number format %d, want 49 (text), so that editing the cell makes no formula", sheet, x.key, s.NumFmt)
				}
			}
			if !sum.Consistent() {
				t.Error("totals differ from details")
			}
		})
	}
}

func TestLongTextIsCutAndSaid(t *testing.T) {
	tests := []struct {
		name, in string
		cut      bool
	}{
		{"at the limit", strings.Repeat("长", 32767), false},
		{"one more", strings.Repeat("长", 32768), true},
		{"surrogate pairs count twice", strings.Repeat("🐖", 16384), true},
		{"just fit", strings.Repeat("🐖", 16383), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := cases()[1]
			c.Case.Note = tt.in
			f, _ := write(t, []*registry.CaseFile{c})
			sheet, cell := find(report.SheetCases, "note", 1)
			got, _ := f.GetCellValue(sheet, cell)
			if cut := strings.HasSuffix(got, fmt.Sprintf("全文 %d 字，超出单元格上限，此处截断〕", len([]rune(tt.in)))); cut != tt.cut || !tt.cut && got != tt.in {
				t.Errorf("cut = %v, want %v; the cell ends with %q", cut, tt.cut, string([]rune(got)[max(0, len([]rune(got))-30):]))
			}
			rows, _ := f.GetRows("说明")
			if said := strings.Contains(fmt.Sprint(rows), "有 1 个单元格的文本超出"); said != tt.cut {
				t.Errorf("说明 says that a cell was cut: %v, want %v", said, tt.cut)
			}
		})
	}
}

func TestLayout(t *testing.T) {
	f, sum := write(t, cases())
	for id, s := range report.Profiles[0].Views(&report.LedgerOptions{}) {
		last, _ := excelize.CoordinatesToCellName(len(s.Columns), sum.Rows[id]+1)
		if got, _ := f.GetSheetDimension(s.Name); got != "A1:"+last {
			t.Errorf("%s: dimension %s, want A1:%s", s.Name, got, last)
		}
		if p, _ := f.GetPanes(s.Name); !p.Freeze || p.YSplit != 1 || p.XSplit != s.Freeze {
			t.Errorf("%s: panes %+v, want row 1 and %d columns frozen", s.Name, p, s.Freeze)
		}
		names := map[string]string{}
		for _, n := range f.GetDefinedName() {
			if n.Scope == s.Name {
				names[n.Name] = n.RefersTo
			}
		}
		abs, _ := excelize.CoordinatesToCellName(len(s.Columns), sum.Rows[id]+1, true)
		if want := fmt.Sprintf("'%s'!$A$1:%s", s.Name, abs); names["_xlnm._FilterDatabase"] != want {
			t.Errorf("%s: filter %q, want %q", s.Name, names["_xlnm._FilterDatabase"], want)
		}
		if !strings.HasSuffix(names["_xlnm.Print_Titles"], fmt.Sprintf("'%s'!$1:$1", s.Name)) {
			t.Errorf("%s: print titles %q, want row 1 repeated", s.Name, names["_xlnm.Print_Titles"])
		}
		if o, _ := f.GetPageLayout(s.Name); *o.Orientation != "landscape" || *o.Size != 9 || *o.FitToHeight != 0 {
			t.Errorf("%s: page %s size %d, want A4 landscape as high as it gets", s.Name, *o.Orientation, *o.Size)
		}
		for i, c := range s.Columns {
			w, _ := f.GetColWidth(s.Name, letter(i))
			if w < c.Width {
				t.Errorf("%s %s: width %v, want at least %v", s.Name, c.Title, w, c.Width)
			}
		}
	}
	if got := f.GetSheetList(); !slices.Equal(got[:3], []string{"封面", "一览", "汇总"}) || got[len(got)-1] != "说明" || len(got) != int(report.SheetCount)+4 {
		t.Errorf("sheets = %v, want 封面, 一览, 汇总 first and 说明 last", got)
	}
	p, _ := f.GetDocProps()
	if p.Creator != "环案簿" || p.Created != "2025-03-01T02:30:00Z" || p.Modified != p.Created {
		t.Errorf("properties = %+v, want no person's name and the instant of the data", p)
	}
}

func letter(i int) string {
	s, _ := excelize.ColumnNumberToName(i + 1)
	return s
}

func TestEmptyLedger(t *testing.T) {
	f, sum := write(t, nil)
	if !sum.Consistent() {
		t.Error("an empty ledger contradicts itself")
	}
	rows, _ := f.GetRows("汇总")
	if !strings.Contains(fmt.Sprint(rows), "没有符合筛选条件的案件") {
		t.Error("汇总 does not say that there is nothing to list")
	}
	for _, s := range report.Profiles[0].Views(&report.LedgerOptions{}) {
		rows, err := f.GetRows(s.Name)
		if err != nil || len(rows) != 1 || len(rows[0]) != len(s.Columns) {
			t.Errorf("%s: %d rows, err %v; want the header alone", s.Name, len(rows), err)
		}
	}
}

// TestFormulasSayWhatIsCached lets excelize calculate every formula of 汇总 and compares it with the value stored beside it.
func TestFormulasSayWhatIsCached(t *testing.T) {
	f, _ := write(t, cases())
	seen := 0
	for _, sheet := range []string{"汇总", "一览"} {
		seen += calculated(t, f, sheet)
	}
	if seen < 60 {
		t.Errorf("only %d formulas", seen)
	}
}

// calculated compares the formulas of a sheet with what is stored beside them.
func calculated(t *testing.T, f *excelize.File, sheet string) (seen int) {
	t.Helper()
	rows, _ := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	for r, row := range rows {
		for c := range row {
			cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
			formula, _ := f.GetCellFormula(sheet, cell)
			if formula == "" || row[c] == "" { // a merged cell tells the formula of the first
				continue
			}
			seen++
			got, err := f.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
			if err != nil || got != row[c] {
				t.Errorf("%s =%s: calculated %q, stored %q, err %v", cell, formula, got, row[c], err)
			}
		}
	}
	return seen
}

func TestSameInputSameBytes(t *testing.T) {
	var a, b bytes.Buffer
	for _, w := range []*bytes.Buffer{&a, &b} {
		if _, err := xlsx.WriteLedger(w, ledger(300)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Errorf("two exports of the same cases differ (%d and %d bytes)", a.Len(), b.Len())
	}
}

// TestErrorLeavesNothingBehind: no byte at the destination, no temporary file.
func TestErrorLeavesNothingBehind(t *testing.T) {
	broken := errors.New("the database went away")
	l := ledger(2000)
	dir := t.TempDir()
	l.TempDir = dir
	all := l.Cases
	l.Cases = func(yield func(*registry.CaseFile, error) bool) {
		for f, err := range all {
			if !yield(f, err) {
				return
			}
		}
		if files, _ := os.ReadDir(dir); len(files) == 0 {
			t.Error("2,000 cases used no temporary file: this test proves nothing")
		}
		yield(nil, broken)
	}
	var out bytes.Buffer
	if _, err := xlsx.WriteLedger(&out, l); !errors.Is(err, broken) {
		t.Errorf("WriteLedger: err = %v, want %v", err, broken)
	}
	if out.Len() > 0 {
		t.Errorf("%d bytes were written in spite of the error", out.Len())
	}
	if files, _ := os.ReadDir(dir); len(files) > 0 {
		t.Errorf("%d temporary files left", len(files))
	}
	l = ledger(2000)
	l.TempDir = dir + "/missing"
	if _, err := xlsx.WriteLedger(&out, l); err == nil || out.Len() > 0 {
		t.Errorf("WriteLedger without a place for its rows: err = %v, %d bytes", err, out.Len())
	}
}
