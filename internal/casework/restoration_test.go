package casework_test

import (
	"reflect"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// children puts one of everything on a case, and says how each is removed.
func children(t *testing.T, s *casework.Service, c *registry.Case) map[string]struct {
	id     int64
	remove func() error
} {
	t.Helper()
	must := func(_ bool, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	m := registry.Money(100)
	v := registry.Violation{CaseID: c.ID, Facts: "私设暗管", Citations: []registry.Citation{{Role: registry.RoleBreached, Standing: registry.StandingConfirmed, Law: "某办法", Provision: registry.Provision{Article: 3}}}}
	d := registry.Document{CaseID: c.ID, Kind: registry.DocDecision, NumberTyped: "江恩环罚〔2025〕1号"}
	must(s.AddViolation(ctx, officer, &v))
	must(s.AddDocument(ctx, officer, &d))
	p := registry.Penalty{CaseID: c.ID, DocumentID: d.ID, PartyID: c.Parties[0].PartyID, Kind: "罚款", Amount: &m}
	must(s.AddPenalty(ctx, officer, &p))
	pay := registry.Payment{CaseID: c.ID, PenaltyID: p.ID, Amount: 50}
	must(s.AddPayment(ctx, officer, &pay))
	e := registry.Evidence{CaseID: c.ID, Kind: "书证", Title: "笔录"}
	must(s.AddEvidence(ctx, officer, &e))
	n := registry.ReviewNote{CaseID: c.ID, About: "第三十九条", Note: "漏引"}
	must(s.AddReviewNote(ctx, officer, &n))
	smp := registry.Sample{InspectionID: c.Inspections[0], Point: "排口", Results: []registry.SampleResult{{Pollutant: "COD", Kind: "数值", Value: "120", Unit: "mg/L"}}}
	must(s.AddSample(ctx, officer, &smp))
	type child = struct {
		id     int64
		remove func() error
	}
	return map[string]child{
		"violation":   {int64(v.ID), func() error { return s.RemoveViolation(ctx, officer, v.ID, v.Version) }},
		"document":    {int64(d.ID), func() error { return s.RemoveDocument(ctx, officer, d.ID, d.Version) }},
		"penalty":     {int64(p.ID), func() error { return s.RemovePenalty(ctx, officer, p.ID, p.Version) }},
		"payment":     {int64(pay.ID), func() error { return s.RemovePayment(ctx, officer, pay.ID, pay.Version) }},
		"evidence":    {int64(e.ID), func() error { return s.RemoveEvidence(ctx, officer, e.ID, e.Version) }},
		"review_note": {int64(n.ID), func() error { return s.RemoveReviewNote(ctx, officer, n.ID, n.Version) }},
		"sample":      {int64(smp.ID), func() error { return s.RemoveSample(ctx, officer, smp.ID, smp.Version) }},
	}
}

// What was deleted stays in the history of its case and comes back as it was, with what hung on it.
func TestRestore(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	all := children(t, s, c)
	before, err := s.CaseFile(ctx, officer, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, entity := range []string{"payment", "penalty", "document", "violation", "evidence", "review_note", "sample"} { // what others rest on goes last
		if err := all[entity].remove(); err != nil {
			t.Fatalf("remove %s: %v", entity, err)
		}
	}
	page, err := s.CasePage(ctx, officer, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	deleted := map[string]bool{}
	for _, x := range casework.Changes(page.History) {
		deleted[x.Entity] = deleted[x.Entity] || x.Deleted
	}
	for entity := range all {
		if entity != "sample" && !deleted[entity] {
			t.Errorf("the case's history does not tell that the %s was deleted", entity)
		}
	}
	if _, err := s.Restore(ctx, officer, "payment", all["payment"].id); registry.KindOf(err) != registry.KindConflict || !strings.Contains(err.Error(), "处罚也已删除") {
		t.Errorf("a payment without its penalty = %v, want a conflict that says so", err)
	}
	if _, err := s.Restore(ctx, auditor, "document", all["document"].id); registry.KindOf(err) != registry.KindForbidden {
		t.Errorf("Restore as auditor = %v, want forbidden", err)
	}
	for _, entity := range []string{"document", "penalty", "payment", "violation", "evidence", "review_note", "sample"} {
		on, err := s.Restore(ctx, officer, entity, all[entity].id)
		if err != nil || on.CaseID != c.ID && on.InspectionID != c.Inspections[0] {
			t.Errorf("Restore(%s) = %+v, %v", entity, on, err)
		}
		if _, err := s.Restore(ctx, officer, entity, all[entity].id); registry.KindOf(err) != registry.KindConflict {
			t.Errorf("Restore(%s) again = %v, want a conflict", entity, err)
		}
	}
	after, err := s.CaseFile(ctx, officer, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if after.Case.Stage != registry.StageDecided || after.Documents[0].Version != before.Documents[0].Version+2 {
		t.Errorf("after: stage %s, document version %d", after.Case.Stage, after.Documents[0].Version)
	}
	before.Documents[0].Meta, before.Violations[0].Meta, before.Penalties[0].Meta, before.Payments[0].Meta = after.Documents[0].Meta, after.Violations[0].Meta, after.Penalties[0].Meta, after.Payments[0].Meta
	before.Evidence[0].Meta, before.ReviewNotes[0].Meta, before.Samples[0].Meta = after.Evidence[0].Meta, after.ReviewNotes[0].Meta, after.Samples[0].Meta
	if !reflect.DeepEqual(before, after) {
		t.Errorf("the case came back as\n%+v\nwant\n%+v", after, before)
	}
	if r, err := s.Verify(ctx, auditor); err != nil || len(r.Defects) > 0 {
		t.Errorf("Verify = %v, %v", r.Defects, err)
	}
	for _, x := range []struct {
		entity string
		id     int64
		want   registry.Kind
	}{{"farm", 1, registry.KindNotFound}, {"document", 999, registry.KindNotFound}} {
		if _, err := s.Restore(ctx, officer, x.entity, x.id); registry.KindOf(err) != x.want {
			t.Errorf("Restore(%s, %d) = %v, want %v", x.entity, x.id, err, x.want)
		}
	}
}

func TestRestoreOfATakenNumber(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	d := registry.Document{CaseID: c.ID, Kind: registry.DocFiling, NumberTyped: "江恩环立〔2025〕7号"}
	if _, err := s.AddDocument(ctx, officer, &d); err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveDocument(ctx, officer, d.ID, d.Version); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddDocument(ctx, officer, &registry.Document{CaseID: c.ID, Kind: registry.DocFiling, NumberTyped: "江恩环立[2025]7号"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Restore(ctx, officer, "document", int64(d.ID)); registry.KindOf(err) != registry.KindConflict || !strings.Contains(err.Error(), "文号") {
		t.Errorf("Restore with its number taken = %v, want a conflict about the number", err)
	}
}

// Closed: nothing on the case and nothing it rests on can be written, until it is reopened with a reason.
func TestClosedIsReadOnly(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	all := children(t, s, c)
	if err := all["evidence"].remove(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddDocument(ctx, officer, &registry.Document{CaseID: c.ID, Kind: registry.DocClosing, MadeOn: registry.Day(2029, 1, 1)}); err != nil {
		t.Fatal(err)
	}
	f, err := s.CaseFile(ctx, officer, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	m := registry.Money(1)
	add := func(_ bool, err error) error { return err }
	for name, write := range map[string]func() error{
		"case":             func() error { x := f.Case; return s.ChangeCase(ctx, officer, &x) },
		"add violation":    func() error { return add(s.AddViolation(ctx, officer, &registry.Violation{CaseID: c.ID, Facts: "x"})) },
		"change violation": func() error { x := f.Violations[0]; return s.ChangeViolation(ctx, officer, &x) },
		"add document": func() error {
			return add(s.AddDocument(ctx, officer, &registry.Document{CaseID: c.ID, Kind: "公示"}))
		},
		"change document": func() error { x := f.Documents[0]; return s.ChangeDocument(ctx, officer, &x) },
		"add penalty": func() error {
			return add(s.AddPenalty(ctx, officer, &registry.Penalty{CaseID: c.ID, Kind: "罚款", Amount: &m}))
		},
		"change penalty": func() error { x := f.Penalties[0]; return s.ChangePenalty(ctx, officer, &x) },
		"add payment": func() error {
			return add(s.AddPayment(ctx, officer, &registry.Payment{CaseID: c.ID, PenaltyID: f.Penalties[0].ID, Amount: 1}))
		},
		"add evidence": func() error {
			return add(s.AddEvidence(ctx, officer, &registry.Evidence{CaseID: c.ID, Kind: "书证", Title: "x"}))
		},
		"add review": func() error {
			return add(s.AddReviewNote(ctx, officer, &registry.ReviewNote{CaseID: c.ID, About: "x", Note: "y"}))
		},
		"change review": func() error { x := f.ReviewNotes[0]; return s.ChangeReviewNote(ctx, officer, &x) },
		"add sample": func() error {
			return add(s.AddSample(ctx, officer, &registry.Sample{InspectionID: c.Inspections[0], Point: "x"}))
		},
		"change sample":     func() error { x := f.Samples[0]; return s.ChangeSample(ctx, officer, &x) },
		"change inspection": func() error { x := f.Inspections[0]; return s.ChangeInspection(ctx, officer, &x) },
		"inspection's evidence": func() error {
			return add(s.AddEvidence(ctx, officer, &registry.Evidence{InspectionID: c.Inspections[0], Kind: "书证", Title: "x"}))
		},
		"file of the case": func() error {
			_, _, err := s.AddAttachment(ctx, officer, "case", int64(c.ID), "a.txt", strings.NewReader("x"), "")
			return err
		},
		"file of the inspection": func() error {
			_, _, err := s.AddAttachment(ctx, officer, "inspection", int64(c.Inspections[0]), "a.txt", strings.NewReader("x"), "")
			return err
		},
		"restore":          func() error { _, err := s.Restore(ctx, officer, "evidence", all["evidence"].id); return err },
		"remove violation": all["violation"].remove, "remove document": all["document"].remove, "remove penalty": all["penalty"].remove, "remove payment": all["payment"].remove,
		"remove review": all["review_note"].remove, "remove sample": all["sample"].remove,
	} {
		if err := write(); registry.KindOf(err) != registry.KindConflict {
			t.Errorf("%s on a closed case = %v, want a conflict", name, err)
		}
	}
	again, err := s.CaseFile(ctx, officer, c.ID)
	if err != nil || !reflect.DeepEqual(f, again) {
		t.Errorf("the closed file has changed: %v", err)
	}
	if err := s.Reopen(ctx, officer, c.ID, " "); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("Reopen without a reason = %v, want invalid", err)
	}
	if err := s.Reopen(ctx, auditor, c.ID, "更正"); registry.KindOf(err) != registry.KindForbidden {
		t.Errorf("Reopen as auditor = %v, want forbidden", err)
	}
	if err := s.Reopen(ctx, officer, c.ID, "当事人申请复议，补充证据"); err != nil {
		t.Fatal(err)
	}
	x, err := s.Case(ctx, officer, c.ID)
	if err != nil || x.Stage != registry.StageDecided {
		t.Errorf("reopened: stage %s, %v; want where it stood before", x.Stage, err)
	}
	if err := s.Reopen(ctx, officer, c.ID, "再来"); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("Reopen of an open case = %v, want a conflict", err)
	}
	if _, err := s.Restore(ctx, officer, "evidence", all["evidence"].id); err != nil {
		t.Errorf("Restore after reopening: %v", err)
	}
}
