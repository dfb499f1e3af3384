package report

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/report/reporttest"
)

func summarize(t *testing.T, o LedgerOptions, files ...*registry.CaseFile) *Summary {
	t.Helper()
	o.Labels.Bureau = registry.DefaultBureau()
	s, err := Summarize(one(files...), o)
	if err != nil {
		t.Fatalf("Summarize: %v", err)
	}
	if !s.Consistent() {
		t.Errorf("Summarize: totals differ from the detail sheets\n%s", dump(s))
	}
	return s
}

// dump writes a summary as small text.
func dump(s *Summary) string {
	var b strings.Builder
	for _, f := range s.Figures {
		fmt.Fprintf(&b, "%s %s %s", f.Label, f.Value, f.Unit)
		if f.Check.Agg != AskNothing {
			fmt.Fprintf(&b, " | 明细 %d", f.Detail)
		}
		if f.Note != "" {
			fmt.Fprintf(&b, " | %s", f.Note)
		}
		b.WriteString("\n")
	}
	for _, t := range s.Tables {
		fmt.Fprintf(&b, "\n# %s\n%s\n", t.Title, t.Note)
		var head []string
		for _, c := range t.Columns {
			head = append(head, c.Title)
		}
		b.WriteString(strings.Join(head, "|") + "\n")
		for _, r := range t.Rows {
			b.WriteString(line(r.Cells) + "\n")
		}
		b.WriteString(line(t.Total) + "\n")
	}
	return b.String()
}

func line(cells []Cell) string {
	var list []string
	for _, c := range cells {
		list = append(list, c.String())
	}
	return strings.Join(list, "|")
}

func TestSummaryGolden(t *testing.T) {
	second := enping()
	second.Case.Origin, second.Case.DistrictCode, second.Case.FoundOn = registry.OriginSample, "440781", registry.Day(2024, 12, 3)
	second.Documents[2].Persons = count(2)
	second.Penalties[1] = registry.Penalty{ID: 2, DocumentID: 2, Kind: "没收违法所得", Amount: fen(1234_56)}
	third := &registry.CaseFile{Case: registry.Case{Origin: registry.OriginField, DistrictCode: "440785", FoundOn: registry.Year(2024), Stage: registry.StageOpened}}
	got := dump(summarize(t, LedgerOptions{}, enping(), second, third))
	const file = "testdata/summary.txt"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("summary differs from %s (UPDATE_GOLDEN=1 rewrites it); got:\n%s", file, got)
	}
}

// TestTotalsEqualDetails adds the rows up a third time, outside the package's own bookkeeping.
func TestTotalsEqualDetails(t *testing.T) {
	for seed := range uint64(40) {
		for _, basis := range []Basis{BasisFound, BasisFiled, BasisDecided} {
			var c collect
			s, err := Walk(reporttest.Cases(60, seed), LedgerOptions{Basis: basis}, &c)
			if err != nil {
				t.Fatal(err)
			}
			if !s.Consistent() {
				t.Errorf("seed %d, basis %s: Consistent() = false\n%s", seed, basis, dump(s))
			}
			var fines, amounts, matrix int64
			unknown := 0
			for _, r := range c.rows[SheetCases] {
				fines += r[Sheets[SheetCases].Index("fines")].N
			}
			for _, r := range c.rows[SheetActions] {
				if values(SheetActions, r, "class") == "罚款" {
					a := r[Sheets[SheetActions].Index("amount")]
					amounts += a.N
					if a.Kind == CellUnknown {
						unknown++
					}
				}
			}
			table := s.Table("fines")
			for _, r := range table.Rows {
				for _, x := range r.Cells[1 : len(r.Cells)-2] {
					matrix += x.N
				}
			}
			if total := s.Fines.Total.Fen(); fines != total || amounts != total || matrix != total || unknown != s.Fines.Unknown {
				t.Errorf("seed %d, basis %s: fines by case %d, by penalty %d, by month and district %d, summary %d; unknown %d, summary %d",
					seed, basis, fines, amounts, matrix, total, unknown, s.Fines.Unknown)
			}
		}
	}
}

func TestAnnulledPenaltiesLeaveTheTotals(t *testing.T) {
	doc := func(id int64, kind string) registry.Document {
		return registry.Document{ID: registry.DocumentID(id), Seq: id, Kind: registry.DocKind(kind)}
	}
	fine := func(doc int64, yuan int64) registry.Penalty {
		return registry.Penalty{DocumentID: registry.DocumentID(doc), Kind: "罚款", Amount: fen(registry.Yuan(yuan))}
	}
	changed := func(id, yuan int64) registry.Document {
		d := doc(id, "变更处罚")
		d.Amount = fen(registry.Yuan(yuan))
		return d
	}
	tests := []struct {
		name      string
		documents []registry.Document
		penalties []registry.Penalty
		want      string
	}{
		{"decision stands", []registry.Document{doc(1, "行政处罚决定")}, []registry.Penalty{fine(1, 100)}, "100|0"},
		{"annulled", []registry.Document{doc(1, "行政处罚决定"), doc(2, "撤销处罚")}, []registry.Penalty{fine(1, 100)}, "0|1"},
		{"decided again", []registry.Document{doc(1, "行政处罚决定"), doc(2, "撤销处罚"), doc(3, "行政处罚决定")}, []registry.Penalty{fine(1, 100), fine(3, 50)}, "50|1"},
		{"annulled twice", []registry.Document{doc(1, "行政处罚决定"), doc(2, "撤销处罚"), doc(3, "行政处罚决定"), doc(4, "撤销处罚")}, []registry.Penalty{fine(1, 100), fine(3, 50)}, "0|2"},
		{"a penalty without a decision goes with the annulment", []registry.Document{doc(1, "行政处罚决定"), doc(2, "撤销处罚")}, []registry.Penalty{fine(0, 100)}, "0|1"},
		{"and stays when decided again", []registry.Document{doc(1, "行政处罚决定"), doc(2, "撤销处罚"), doc(3, "行政处罚决定")}, []registry.Penalty{fine(0, 100)}, "100|0"},
		{"changed to an amount", []registry.Document{doc(1, "行政处罚决定"), changed(2, 80)}, []registry.Penalty{fine(1, 100)}, "80|0"},
		{"changed by a penalty of its own", []registry.Document{doc(1, "行政处罚决定"), doc(2, "变更处罚")}, []registry.Penalty{fine(1, 100), fine(2, 70)}, "70|1"},
		{"two decisions, both stand", []registry.Document{doc(1, "行政处罚决定"), doc(2, "行政处罚决定")}, []registry.Penalty{fine(1, 100), fine(2, 50)}, "150|0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := &registry.CaseFile{Case: registry.Case{Origin: registry.OriginField}, Documents: tt.documents, Penalties: tt.penalties}
			s := summarize(t, LedgerOptions{}, f)
			if got := s.Figure("fines").Value.String() + "|" + s.Figure("annulled").Value.String(); got != tt.want {
				t.Errorf("fines|annulled = %s, want %s", got, tt.want)
			}
			if !s.Consistent() {
				t.Error("the sheets say something else than the summary")
			}
		})
	}
}

func TestMonths(t *testing.T) {
	at := func(d registry.Date) *registry.CaseFile {
		return &registry.CaseFile{Case: registry.Case{FoundOn: d, DistrictCode: "440785"}}
	}
	tests := []struct {
		name  string
		dates []registry.Date
		want  string
	}{
		{"gaps are filled", []registry.Date{registry.Month(2024, 11), registry.Day(2025, 2, 3)}, "2024-11 2024-12 2025-01 2025-02"},
		{"unknown comes last", []registry.Date{{}, registry.Month(2024, 1)}, "2024-01 日期未知"},
		{"only unknown", []registry.Date{registry.Year(2024)}, "日期未知"},
		{"a mistyped century makes no thousand lines", []registry.Date{registry.Month(1924, 1), registry.Month(2024, 1)}, "1924-01 2024-01"},
		{"nothing", nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var files []*registry.CaseFile
			for _, d := range tt.dates {
				files = append(files, at(d))
			}
			var got []string
			for _, r := range summarize(t, LedgerOptions{}, files...).Table("months").Rows {
				got = append(got, r.Cells[0].Text)
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("months = %q, want %q", s, tt.want)
			}
		})
	}
}

func TestWalkStopsAtTheFirstError(t *testing.T) {
	broken := errors.New("disk on fire")
	read := 0
	cases := func(yield func(*registry.CaseFile, error) bool) {
		for read++; yield(enping(), nil) && read < 3; read++ {
		}
		yield(nil, broken)
	}
	if _, err := Summarize(cases, LedgerOptions{}); !errors.Is(err, broken) {
		t.Errorf("Summarize: err = %v, want %v", err, broken)
	}
	if _, err := Walk(one(enping()), LedgerOptions{}, refuse{broken}); !errors.Is(err, broken) || !strings.Contains(err.Error(), "案件台账") {
		t.Errorf("Walk with a failing sink: err = %v, want it wrapped with the sheet's name", err)
	}
}

type refuse struct{ err error }

func (r refuse) Row(SheetID, []Cell) error { return r.err }

// BenchmarkSummarize is what a statistics page costs beyond reading the cases (making 10,000 of them is part of it).
func BenchmarkSummarize(b *testing.B) {
	for b.Loop() {
		if _, err := Summarize(reporttest.Cases(10_000, 1), LedgerOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestMeasuresOfAddedKinds: an administrator's kind is counted as its row says: persons apart from documents, and listed where it must be
// even when there was none.
func TestMeasuresOfAddedKinds(t *testing.T) {
	persons := int64(3)
	f := &registry.CaseFile{Case: registry.Case{Origin: registry.OriginField},
		Kinds:     registry.Kinds{{Name: "移送纪检", KindProperties: registry.KindProperties{Persons: true}}, {Name: "约谈"}, {Name: "督办", KindProperties: registry.KindProperties{Counted: true}}},
		Documents: []registry.Document{{ID: 1, Kind: "移送纪检", Persons: &persons}, {ID: 2, Kind: "移送纪检"}, {ID: 3, Kind: "约谈"}}}
	got := map[string]string{}
	for _, table := range summarize(t, LedgerOptions{}, f).Tables {
		if table.Key != "measures" {
			continue
		}
		for _, r := range table.Rows {
			var cells []string
			for _, c := range r.Cells[1:] {
				cells = append(cells, c.String())
			}
			got[r.Cells[0].String()] = strings.Join(cells, "|")
		}
	}
	want := map[string]string{"移送纪检": "1|2|3|1", "约谈": "1|1||", "督办": "0|0||",
		"责令改正": "0|0||", "查封扣押": "0|0||", "按日连续处罚": "0|0||", "移送行政拘留": "0|0|0|0", "移送涉嫌犯罪": "0|0|0|0"}
	if !maps.Equal(got, want) {
		t.Errorf("measures = %v, want %v", got, want)
	}
}

// An exhibit of an inspection that two cases rest on is in the ledger once, and so is a file of it that nobody made an exhibit of.
func TestLedgerListsTheEvidenceOfInspectionsOnce(t *testing.T) {
	visit := registry.Inspection{ID: 7, StartedOn: registry.Day(2026, 3, 5)}
	file := func(id registry.CaseID, own ...registry.Evidence) *registry.CaseFile {
		return &registry.CaseFile{Case: registry.Case{ID: id, Origin: registry.OriginField, DistrictCode: "440785"}, Inspections: []registry.Inspection{visit},
			Evidence: append(own, registry.Evidence{ID: 1, InspectionID: 7, Kind: "照片", Title: "排口"}),
			Files:    []registry.Attachment{{ID: 1, Entity: "inspection", EntityID: 7, Filename: "a.jpg"}}}
	}
	s := summarize(t, LedgerOptions{}, file(1), file(2, registry.Evidence{ID: 2, CaseID: 2, Kind: "书证", Title: "执照"}))
	for _, f := range s.Figures {
		if f.Key == "evidence" && f.Value.String() != "3" {
			t.Errorf("the ledger counts %s pieces of evidence, want 3", f.Value)
		}
	}
}
