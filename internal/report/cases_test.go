package report

import (
	"strings"
	"testing"

	"casebook/internal/registry"
)

func fen(m registry.Money) *registry.Money { return &m }

func count(n int64) *int64 { return &n }

// enping is a published case: months only, no names, an amount the newspaper printed and one it did not.
func enping() *registry.CaseFile {
	return &registry.CaseFile{
		Case: registry.Case{ID: 1, Origin: registry.OriginPublished, Title: "恩平某畜牧有限公司违法排污案", DistrictCode: "440785", FoundOn: registry.Month(2024, 10), Stage: registry.StageDecided,
			Parties: []registry.CaseParty{{PartyID: 1, Role: "单位"}}},
		Farm:    &registry.Farm{Name: "恩平某猪场", Town: "大田镇", Herds: []registry.Herd{{Species: "生猪", Count: count(5300), Qualifier: "多", Basis: "存栏"}}},
		Parties: []registry.Party{{ID: 1, Name: "恩平某畜牧有限公司", Kind: "公司"}},
		Violations: []registry.Violation{{TypeCode: "direct", Facts: "废水经无防渗沟渠流入鱼塘", Citations: []registry.Citation{
			{Role: registry.RoleBreached, Standing: registry.StandingPublished, Law: "中华人民共和国水污染防治法", VersionID: "2017", Provision: registry.Provision{Article: 39}, Holding: registry.Held, TextHash: "0123456789abcdef"},
			{Role: registry.RoleBasis, Standing: registry.StandingReview, Law: "中华人民共和国水污染防治法", Provision: registry.Provision{Article: 83, Item: 3}, Holding: registry.NotHeld},
		}}},
		Samples: []registry.Sample{{Point: "溢流口", Results: []registry.SampleResult{{Pollutant: "化学需氧量", Kind: registry.ResultValue, Value: "2820", Limit: "400", Verdict: "超标"}, {Pollutant: "氨氮", Kind: registry.ResultVerdict, Verdict: "超标"}}}},
		Documents: []registry.Document{
			{ID: 1, Seq: 1, Kind: registry.DocOrder}, {ID: 2, Seq: 2, Kind: registry.DocDecision}, {ID: 3, Seq: 3, Kind: registry.DocDetention, OrganName: "公安机关"},
		},
		Penalties: []registry.Penalty{{ID: 1, DocumentID: 2, Kind: "罚款", Amount: fen(registry.Yuan(100000))}, {ID: 2, DocumentID: 2, Kind: registry.PenaltyUnknown}},
	}
}

// cellsOf walks one case and returns the rows of a sheet.
func cellsOf(t *testing.T, f *registry.CaseFile, sheet SheetID, o LedgerOptions) [][]Cell {
	t.Helper()
	o.Labels.Bureau = registry.DefaultBureau()
	var c collect
	if _, err := Walk(one(f), o, &c); err != nil {
		t.Fatalf("Walk: %v", err)
	}
	return c.rows[sheet]
}

type collect struct{ rows [SheetCount][][]Cell }

func (c *collect) Row(s SheetID, row []Cell) error {
	c.rows[s] = append(c.rows[s], append([]Cell(nil), row...))
	return nil
}

func one(files ...*registry.CaseFile) func(func(*registry.CaseFile, error) bool) {
	return func(yield func(*registry.CaseFile, error) bool) {
		for _, f := range files {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// values joins the named columns of a row.
func values(s SheetID, row []Cell, keys ...string) string {
	var list []string
	for _, k := range keys {
		list = append(list, row[Sheets[s].Index(k)].String())
	}
	return strings.Join(list, "|")
}

func TestCaseRow(t *testing.T) {
	tests := []struct {
		name   string
		change func(*registry.CaseFile)
		keys   string
		want   string
	}{
		{"published: a month stays a month", nil, "found_on month district", "2024-10|2024-10|恩平市"},
		{"a year is no month", func(f *registry.CaseFile) { f.Case.FoundOn = registry.Year(2024) }, "found_on month", "2024|日期未知"},
		{"an unknown date is the origin's word", func(f *registry.CaseFile) { f.Case.FoundOn = registry.Date{} }, "found_on month", "未公布|日期未知"},
		{"an own case says not filled in", func(f *registry.CaseFile) { f.Case.Origin, f.Case.FoundOn = registry.OriginField, registry.Date{} }, "found_on number", "未填|未填"},
		{"a document without a date is unknown, no document is empty", nil, "order_on filed_on", "未公布|"},
		{"known fines are added, unknown ones counted", nil, "fines fines_unknown penalty_kinds", "100,000|1|罚款；种类未公布"},
		{"no known fine is a word, not 0", func(f *registry.CaseFile) { f.Penalties[0].Amount = nil }, "fines fines_unknown", "未公布|2"},
		{"no fine at all is empty", func(f *registry.CaseFile) { f.Penalties = nil }, "fines fines_unknown", "|"},
		{"head count and its qualifier", nil, "species head_count head_about", "生猪|5300|多"},
		{"an unknown head count", func(f *registry.CaseFile) { f.Farm.Herds[0].Count = nil }, "head_count", "未公布"},
		{"review notes are not cited articles", nil, "breached basis", "《中华人民共和国水污染防治法》第三十九条|未公布"},
		{"persons of a transfer", nil, "detention_on detention_organ detention_persons", "未公布|公安机关|未公布"},
		{"codes are masked", func(f *registry.CaseFile) { f.Parties[0].CreditCode = "91440785MA4UKX1A2B" }, "code", "914***********1A2B"},
		{"a person's ID is masked", func(f *registry.CaseFile) { f.Parties[0].IDNumber = "440785197001011234" }, "code", "440***********1234"},
		{"name at the act", func(f *registry.CaseFile) { f.Case.Parties[0].NameAtAct = "旧名养殖场" }, "party", "旧名养殖场"},
		{"nothing known at all", func(f *registry.CaseFile) {
			*f = registry.CaseFile{Case: registry.Case{Origin: registry.OriginImported}}
		}, "district party farm address species fines", "辖区未填|未填|未填|未填|未填|"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := enping()
			if tt.change != nil {
				tt.change(f)
			}
			rows := cellsOf(t, f, SheetCases, LedgerOptions{})
			if got := values(SheetCases, rows[0], strings.Fields(tt.keys)...); got != tt.want {
				t.Errorf("%s = %q, want %q", tt.keys, got, tt.want)
			}
		})
	}
}

func TestFullCodesOnDemand(t *testing.T) {
	f := enping()
	f.Parties[0].CreditCode = "91440785MA4UKX1A2B"
	rows := cellsOf(t, f, SheetCases, LedgerOptions{FullCodes: true})
	if got := values(SheetCases, rows[0], "code"); got != "91440785MA4UKX1A2B" {
		t.Errorf("code = %q, want it in full", got)
	}
}

func TestDetailRows(t *testing.T) {
	o := LedgerOptions{Labels: Labels{
		Violation: func(string) string { return "直接排放养殖废水" },
		Version:   func(registry.Citation) string { return "2017年修正" },
		Checked:   func(registry.Citation) bool { return true },
	}}
	tests := []struct {
		sheet SheetID
		row   int
		keys  string
		want  string
	}{
		{SheetViolations, 0, "case origin type type_code breached basis act_to", "1|公开资料补录|直接排放养殖废水|direct|《中华人民共和国水污染防治法》第三十九条|未公布|"},
		{SheetActions, 0, "step category kind class doc_number made_on amount", "1|文书|责令改正||未公布|未公布|"},
		{SheetActions, 2, "step category kind class amount", "3|处罚|罚款|罚款|100,000"},
		{SheetActions, 3, "category kind class amount party", "处罚|种类未公布|罚款|未公布|恩平某畜牧有限公司"},
		{SheetActions, 4, "step kind persons organ", "5|移送行政拘留|未公布|公安机关"},
		{SheetSamples, 0, "pollutant value limit verdict multiple", "化学需氧量|2820|400|超标|6.05"},
		{SheetSamples, 1, "pollutant value limit verdict multiple", "氨氮|数值未公布|未公布|超标|"},
		{SheetCitations, 0, "role standing version article paragraph held checked hash", "违反条款|原文引用|2017年修正|39||本库收录|已核对|0123456789ab"},
		{SheetCitations, 1, "role standing version article item held checked", "处罚（责令）依据|复核意见|未确定|83|3|本库未收录|"},
	}
	for _, tt := range tests {
		rows := cellsOf(t, enping(), tt.sheet, o)
		if got := values(tt.sheet, rows[tt.row], strings.Fields(tt.keys)...); got != tt.want {
			t.Errorf("%s row %d: %s = %q, want %q", Sheets[tt.sheet].Name, tt.row, tt.keys, got, tt.want)
		}
	}
}

// A file that is not what its name promises is told beside the exhibit, as are the reasons of a sample's limit and verdict.
func TestDoubtsOfExhibitsAndSamples(t *testing.T) {
	f := enping()
	f.Evidence = []registry.Evidence{{Title: "照片", AttachmentID: 7}, {Title: "记录", AttachmentID: 8}}
	f.Files = []registry.Attachment{{ID: 7, Filename: "a.jpg", Content: "文本"}, {ID: 8, Filename: "b.txt", Content: "文本"}}
	f.Samples[0].Results = []registry.SampleResult{{Pollutant: "氨氮", Kind: registry.ResultValue, Value: "60", Unit: "mg/L", Limit: "50", LimitReason: "许可证载明", Verdict: "达标", VerdictReason: "报告如此"}}
	for row, want := range []string{"有；扩展名是 .jpg，内容却是文本", "有"} {
		if got := values(SheetEvidence, cellsOf(t, f, SheetEvidence, LedgerOptions{})[row], "file"); got != want {
			t.Errorf("exhibit %d: file = %q, want %q", row, got, want)
		}
	}
	if got := values(SheetSamples, cellsOf(t, f, SheetSamples, LedgerOptions{})[0], "limit_reason", "verdict_reason"); got != "许可证载明|报告如此" {
		t.Errorf("reasons = %q", got)
	}
}

func TestNumber(t *testing.T) {
	tests := []struct {
		in   string
		kind CellKind
	}{
		{"282", CellNumber}, {"19.60", CellNumber}, {"0.5", CellNumber}, {"0", CellNumber}, {"123456789012345", CellNumber},
		{"1234567890123456", CellText}, {"0012", CellText}, {"2.9×10^10", CellText}, {"2.9e10", CellText}, {"<0.5", CellText}, {".5", CellText}, {"5.", CellText},
		{"-1", CellText}, {"6-9", CellText}, {"=1+1", CellText}, {"1.123456789", CellText}, {"", Empty},
	}
	for _, tt := range tests {
		if got := Number(tt.in); got.Kind != tt.kind || got.Text != tt.in {
			t.Errorf("Number(%q) = %+v, want kind %d and the same text", tt.in, got, tt.kind)
		}
	}
}

func TestColumnsHaveDistinctKeysAndTitles(t *testing.T) {
	for id, s := range Sheets {
		keys, titles := map[string]bool{}, map[string]bool{}
		for _, c := range s.Columns {
			if keys[c.Key] || titles[c.Title] || c.Title == "" || c.Width <= 0 {
				t.Errorf("%s: column %q %q repeats or is incomplete", s.Name, c.Key, c.Title)
			}
			keys[c.Key], titles[c.Title] = true, true
		}
		if SheetID(id) < SheetCount && s.Columns[0].Kind != KindOrdinal {
			t.Errorf("%s: the first column must be the case's number: formulas count it", s.Name)
		}
	}
}
