package casework_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"casebook/internal/auth"
	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

// dueOf reads what a case has due, from the desk.
func dueOf(t *testing.T, s *casework.Service, id registry.CaseID) string {
	t.Helper()
	d, err := s.DueCases(ctx, officer, casework.DueFilter{}, casework.DueEver, casework.Page{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range d.Rows {
		if r.ID == id {
			return r.DueCode + " " + r.DueOn.String()
		}
	}
	return ""
}

func addDocument(t *testing.T, s *casework.Service, x registry.Document) registry.Document {
	t.Helper()
	if _, err := s.AddDocument(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	return x
}

// TestDueFollowsTheRecord: whatever changes a case changes what it has due, in the same transaction, and verify agrees.
func TestDueFollowsTheRecord(t *testing.T) {
	s := service(t)
	if err := s.RefreshDue(ctx); err != nil { // as serve does: verify compares from then on
		t.Fatal(err)
	}
	c := aCase(t, s, registry.OriginField)
	want := func(what, due string) {
		t.Helper()
		if got := dueOf(t, s, c.ID); got != due {
			t.Errorf("%s: due %q, want %q", what, got, due)
		}
		r, err := s.Verify(ctx, auditor)
		if err != nil || len(r.Defects) > 0 {
			t.Errorf("%s: verify: %q, %v", what, r.Defects, err)
		}
	}
	want("found", "FILING_REVIEW 2025-03-19")
	c.FoundOn = registry.Date{}
	if err := s.ChangeCase(ctx, officer, c); err != nil {
		t.Fatal(err)
	}
	inspection, err := s.Inspection(ctx, officer, c.Inspections[0])
	if err != nil {
		t.Fatal(err)
	}
	inspection.StartedOn = registry.Day(2025, 3, 10)
	if err := s.ChangeInspection(ctx, officer, &inspection); err != nil {
		t.Fatal(err)
	}
	want("another day of inspection", "FILING_REVIEW 2025-03-25")
	addDocument(t, s, registry.Document{CaseID: c.ID, Kind: registry.DocFiling, MadeOn: registry.Day(2025, 3, 20)})
	want("filed", "CASE_DECISION 2025-06-18")
	decision := addDocument(t, s, registry.Document{CaseID: c.ID, Kind: registry.DocDecision, MadeOn: registry.Day(2025, 6, 10)})
	want("decided", "SERVICE 2025-06-19")
	decision.ServedOn = registry.Day(2025, 6, 11)
	if err := s.ChangeDocument(ctx, officer, &decision); err != nil {
		t.Fatal(err)
	}
	addDocument(t, s, registry.Document{CaseID: c.ID, Kind: registry.DocPublication, MadeOn: registry.Day(2025, 6, 12)})
	want("published, no fine yet", "")
	fine := registry.Penalty{CaseID: c.ID, Kind: "罚款", DocumentID: decision.ID, Amount: yuan(30000), RangeReason: "测试"}
	if _, err := s.AddPenalty(ctx, officer, &fine); err != nil {
		t.Fatal(err)
	}
	want("fined", "FINE_PAY 2025-06-26")
	paid := registry.Payment{CaseID: c.ID, PenaltyID: fine.ID, Amount: registry.Yuan(30000), PaidOn: registry.Day(2025, 6, 20)}
	if _, err := s.AddPayment(ctx, officer, &paid); err != nil {
		t.Fatal(err)
	}
	want("paid", "")
	if err := s.RemovePayment(ctx, officer, paid.ID, paid.Version); err != nil {
		t.Fatal(err)
	}
	want("the payment was a mistake", "FINE_PAY 2025-06-26")
	addDocument(t, s, registry.Document{CaseID: c.ID, Kind: registry.DocClosing, MadeOn: registry.Day(2025, 7, 1)})
	want("closed", "")
}

func yuan(n int64) *registry.Money { m := registry.Yuan(n); return &m }

// TestPublishedCasesAreNotDue: what a newspaper did not print is no overdue step.
// TestDefectsAreRecorded: a decision made before the party could speak is recorded, and the audit log says what was wrong with it then.
func TestDefectsAreRecorded(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	for _, d := range []registry.Document{
		{Kind: registry.DocNotice, MadeOn: registry.Day(2024, 9, 10), ServedOn: registry.Day(2024, 9, 12)},
		{Kind: registry.DocDecision, MadeOn: registry.Day(2024, 9, 13)},
	} {
		d.CaseID = c.ID
		if _, err := s.AddDocument(ctx, officer, &d); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := s.Audit(ctx, auditor, store.AuditFilter{Entity: "document", Limit: 10})
	if err != nil || len(entries) != 2 {
		t.Fatalf("Audit = %d entries, %v", len(entries), err)
	}
	found := 0
	for _, e := range entries {
		if strings.Contains(e.Detail, "先告知、后决定") {
			found++
		}
	}
	if found != 1 {
		t.Errorf("%d entries tell of the decision before its time: %+v", found, entries)
	}
}

func TestPublishedCasesAreNotDue(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginPublished)
	addDocument(t, s, registry.Document{CaseID: c.ID, Kind: registry.DocDecision, MadeOn: registry.Day(2025, 6, 10)})
	if got := dueOf(t, s, c.ID); got != "" {
		t.Errorf("a published case has due %q", got)
	}
}

func TestDueDesk(t *testing.T) {
	s := service(t)
	today := s.Today()
	organs, err := s.Organs(ctx, officer)
	if err != nil {
		t.Fatal(err)
	}
	o := registry.Officer{Name: "甲", CertNo: "19070001", Active: true}
	if _, err := s.AddOfficer(ctx, registry.CommandLine, &o); err != nil {
		t.Fatal(err)
	}
	// Fifteen days after it was found a case is to be filed: its filing falls due at the given distance from today, a Sunday.
	made := map[int]registry.CaseID{}
	for _, days := range []int{8, -4, 1, 4, 30} {
		c := registry.Case{Title: fmt.Sprintf("案 %d", days), DistrictCode: "440785", FoundOn: today.AddDays(days - 15)}
		if days == 4 {
			c.DistrictCode = "440781"
		}
		if _, err := s.AddCase(ctx, officer, &c); err != nil {
			t.Fatal(err)
		}
		made[days] = c.ID
	}
	addDocument(t, s, registry.Document{CaseID: made[1], Kind: "其他", Participants: []registry.Participant{{OfficerID: o.ID, Part: "承办"}}})

	titles := func(f casework.DueFilter, when casework.DueWhen, p casework.Page) (string, casework.DueDesk) {
		t.Helper()
		d, err := s.DueCases(ctx, officer, f, when, p)
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, r := range d.Rows {
			list = append(list, strings.TrimPrefix(r.Title, "案 "))
		}
		return strings.Join(list, " "), d
	}
	all := casework.Page{Limit: 10}
	got, d := titles(casework.DueFilter{}, casework.DueEver, all)
	if want := "-4 1 4 8 30"; got != want {
		t.Errorf("by due day: %s, want %s", got, want)
	}
	if want := (store.DueCounts{Overdue: 1, Today: 0, Week: 2}); d.Counts != want {
		t.Errorf("counts %+v, want %+v", d.Counts, want)
	}
	first, page := titles(casework.DueFilter{}, casework.DueEver, casework.Page{Limit: 2})
	second, page := titles(casework.DueFilter{}, casework.DueEver, casework.Page{Limit: 2, Cursor: page.Next})
	third, last := titles(casework.DueFilter{}, casework.DueEver, casework.Page{Limit: 2, Cursor: page.Next})
	if got := first + "|" + second + "|" + third; got != "-4 1|4 8|30" || last.Next != "" {
		t.Errorf("pages %s, next %q", got, last.Next)
	}
	for when, want := range map[casework.DueWhen]string{casework.DueOverdue: "-4", casework.DueToday: "", casework.DueSoon: "1 4"} {
		if got, _ := titles(casework.DueFilter{}, when, all); got != want {
			t.Errorf("%s: %s, want %s", when, got, want)
		}
	}
	if got, _ := titles(casework.DueFilter{OfficerID: o.ID}, casework.DueEver, all); got != "1" {
		t.Errorf("on the officer's desk: %s", got)
	}
	for _, u := range organs {
		if u.Kind == "分局" && u.DistrictCode == "440781" {
			if got, d := titles(casework.DueFilter{OrganID: u.ID}, casework.DueEver, all); got != "4" || d.Counts.Week != 1 || d.Counts.Overdue != 0 {
				t.Errorf("of one unit: %s, %+v", got, d.Counts)
			}
			w, err := s.DueWeek(ctx, officer, u.ID, casework.Page{Limit: 50})
			if err != nil || len(w.Units) != 1 || len(w.Units[0].Clocks) != 1 {
				t.Errorf("week of one unit: %+v, %v", w, err)
			}
		}
	}
	paged := 0
	for cursor := ""; ; {
		w, err := s.DueWeek(ctx, officer, 0, casework.Page{Limit: 1, Cursor: cursor})
		if err != nil || w.Cases != 1 || len(w.Units) != 1 {
			t.Fatalf("a page of one case: %+v, %v", w, err)
		}
		paged += len(w.Units[0].Clocks)
		if cursor = w.Next; cursor == "" {
			break
		}
	}
	if paged != 3 {
		t.Errorf("week, a case a page: %d lines, want 3", paged)
	}
	w, err := s.DueWeek(ctx, officer, 0, casework.Page{Limit: 50})
	if err != nil || len(w.Units) != 2 {
		t.Fatalf("week: %d units, %v; want 2", len(w.Units), err)
	}
	lines := 0
	for _, u := range w.Units {
		lines += len(u.Clocks)
	}
	if lines != 3 {
		t.Errorf("week: %d lines, want 3 (overdue, in 1 and in 4 days)", lines)
	}
	if _, err := s.DueCases(ctx, officer, casework.DueFilter{}, casework.DueEver, casework.Page{Limit: 2, Cursor: "x"}); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("a broken cursor: %v, want invalid", err)
	}
}

// TestTwoPeopleSaveOneNumber: exactly one wins, however their requests meet; the other is told by whom the number is used.
func TestTwoPeopleSaveOneNumber(t *testing.T) {
	s := service(t)
	a, b := aCase(t, s, registry.OriginField), aCase(t, s, registry.OriginField)
	errs := make(chan error, 2)
	for _, c := range []*registry.Case{a, b} {
		go func() {
			x := registry.Document{CaseID: c.ID, Kind: registry.DocDecision, NumberTyped: "江恩环罚[2025]7号", MadeOn: registry.Day(2025, 6, 10)}
			_, err := s.AddDocument(context.Background(), officer, &x)
			errs <- err
		}()
	}
	won, lost := 0, 0
	for range 2 {
		switch err := <-errs; {
		case err == nil:
			won++
		case registry.KindOf(err) == registry.KindConflict && strings.Contains(err.Error(), "已被案件“绿源牧业案”的行政处罚决定使用"):
			lost++
		default:
			t.Errorf("AddDocument: %v", err)
		}
	}
	if won != 1 || lost != 1 {
		t.Errorf("%d won and %d were refused, want one each", won, lost)
	}
	found, err := s.DocumentNumbered(ctx, officer, "江恩环罚【2025】7号")
	if err != nil || found == nil || found.Document.Kind != registry.DocDecision {
		t.Errorf("DocumentNumbered = %+v, %v", found, err)
	}
	if found, err := s.DocumentNumbered(ctx, officer, ""); err != nil || found != nil {
		t.Errorf("DocumentNumbered of no number = %+v, %v", found, err)
	}
}

// TestUpgradeComputesWhatIsDue: a register from before the column gets its due days at the next start.
func TestUpgradeComputesWhatIsDue(t *testing.T) {
	dir, now := storetest.Dir(t), time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	db, err := store.Open(ctx, dir, store.Options{Now: now, Database: enginetest.Database(t, dir)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s := casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: func() time.Time { return now }, Hasher: auth.NewHasher(auth.Cheap)})
	c := aCase(t, s, registry.OriginField)
	old := enginetest.Raw(t, dir)
	defer old.Close() //nolint:errcheck // a test
	if _, err := old.ExecContext(ctx, "UPDATE cases SET due_on = '', due_code = ''"); err != nil {
		t.Fatal(err)
	}
	if got := dueOf(t, s, c.ID); got != "" {
		t.Fatalf("due %q, want none before the start", got)
	}
	if r, err := s.Verify(ctx, auditor); err != nil || len(r.Defects) > 0 {
		t.Errorf("verify before the start: %q, %v", r.Defects, err)
	}
	if err := s.RefreshDue(ctx); err != nil {
		t.Fatal(err)
	}
	if got := dueOf(t, s, c.ID); got != "FILING_REVIEW 2025-03-19" {
		t.Errorf("due %q after the start", got)
	}
	if _, err := old.ExecContext(ctx, "UPDATE cases SET due_on = '2099-01-01'"); err != nil {
		t.Fatal(err)
	}
	r, err := s.Verify(ctx, auditor)
	if err != nil || len(r.Defects) != 1 || !strings.Contains(r.Defects[0], "最近期限") {
		t.Errorf("verify of a day that somebody changed: %q, %v", r.Defects, err)
	}
	// Another calendar would make the stored basis differ; while it does not, a second start does nothing.
	if err := s.RefreshDue(ctx); err != nil {
		t.Fatal(err)
	}
	if got := dueOf(t, s, c.ID); got != "FILING_REVIEW 2099-01-01" {
		t.Errorf("due %q: a start with the same rules and calendar recomputes nothing", got)
	}
}
