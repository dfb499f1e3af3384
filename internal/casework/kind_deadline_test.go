package casework_test

import (
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
)

// actionRows keeps the rows of 处罚与措施.
type actionRows struct{ rows [][]report.Cell }

func (a *actionRows) Row(sheet report.SheetID, cells []report.Cell) error {
	if sheet == report.SheetActions {
		a.rows = append(a.rows, append([]report.Cell(nil), cells...))
	}
	return nil
}

// cell is what the row of a kind says in a column.
func (a *actionRows) cell(kind registry.DocKind, column string) string {
	at := map[string]int{}
	for i, c := range report.Sheets[report.SheetActions].Columns {
		at[c.Key] = i
	}
	for _, r := range a.rows {
		if r[at["kind"]].String() == string(kind) {
			return r[at[column]].String()
		}
	}
	return "no such row"
}

// TestAnAdministratorsKind: a kind with a day of service, an amount, persons, results of its own and a deadline of ten working days is
// recorded, computes its due day, and stands in the ledger with what it says.
func TestAnAdministratorsKind(t *testing.T) {
	s := service(t)
	if err := s.RefreshDue(ctx); err != nil { // as serve does: verify compares from then on
		t.Fatal(err)
	}
	k := registry.KeptKind{DocumentKind: registry.DocumentKind{Name: "约谈", Own: true, Numbers: true, KindProperties: registry.KindProperties{Delivery: registry.DeliveryParty,
		AmountLabel: "承诺投入金额", Persons: true, ResultWords: registry.Terms{"已整改", "未整改"}, Deadline: registry.KindDeadline{Label: "报送整改报告", Days: 10, Working: true,
			From: registry.DateServed, Done: registry.DateResult, Actor: "当事人", Source: "内部规定"}}}}
	if _, err := s.AddKind(ctx, admin, &k); err != nil {
		t.Fatal(err)
	}
	c := aCase(t, s, registry.OriginField)
	addDocument(t, s, registry.Document{CaseID: c.ID, Kind: registry.DocFiling, MadeOn: registry.Day(2025, 3, 20)})
	persons := int64(2)
	d := addDocument(t, s, registry.Document{CaseID: c.ID, Kind: k.Name, MadeOn: registry.Day(2025, 3, 24), ServedOn: registry.Day(2025, 3, 25), ServiceMode: "直接送达",
		Amount: yuan(8000), Persons: &persons})
	want := func(what, due string) {
		t.Helper()
		if got := dueOf(t, s, c.ID); got != due {
			t.Errorf("%s: due %q, want %q", what, got, due)
		}
		if r, err := s.Verify(ctx, auditor); err != nil || len(r.Defects) > 0 {
			t.Errorf("%s: verify: %q, %v", what, r.Defects, err)
		}
	}
	want("served", "KIND:约谈 2025-04-09") // 4 April is a day of rest
	if name := s.DeadlineName("KIND:约谈"); name != "报送整改报告" {
		t.Errorf("DeadlineName = %s", name)
	}
	var sheet actionRows
	err := readLedger(ctx, s, auditor, casework.LedgerFilter{}, func(l report.Ledger) error {
		_, err := report.Walk(l.Cases, l.Options, &sheet)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for column, want := range map[string]string{"served_on": "2025-03-25", "served_how": "直接送达", "amount": "8,000", "persons": "2", "doc_number": "未填"} {
		if got := sheet.cell(k.Name, column); got != want {
			t.Errorf("ledger: %s = %q, want %q", column, got, want)
		}
	}
	// The rule is amended: what is due follows. What documents on record mean does not change.
	k.Deadline.Days, k.Deadline.Working = 20, false
	if err := s.ChangeKind(ctx, admin, &k); err != nil {
		t.Fatal(err)
	}
	want("twenty calendar days", "KIND:约谈 2025-04-14")
	changed := k
	changed.AmountLabel = "罚款"
	if err := s.ChangeKind(ctx, admin, &changed); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("an amount on record was called otherwise: %v", err)
	}
	d.Result, d.ResultOn = "已受理整改", registry.Day(2025, 4, 8)
	if err := s.ChangeDocument(ctx, officer, &d); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("a result that no kind has: %v", err)
	}
	d.Result = "已整改"
	if err := s.ChangeDocument(ctx, officer, &d); err != nil {
		t.Fatal(err)
	}
	want("done", "CASE_DECISION 2025-06-18")
	stray := registry.KeptKind{DocumentKind: registry.DocumentKind{Name: "督办", Own: true, KindProperties: registry.KindProperties{Deadline: registry.KindDeadline{Label: "销号", Days: 3,
		From: registry.DateMade, EndedBy: "没有的文书", Source: "内部规定"}}}}
	if _, err := s.AddKind(ctx, admin, &stray); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("a deadline that no kind ends: %v", err)
	}
}
