package casework_test

import (
	"fmt"
	"slices"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// What proves which element is chosen by a person, kept with the violation, told by its history, and gone with the exhibit.
func TestProofOfElements(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	other := registry.Case{Title: "另一案", DistrictCode: c.DistrictCode}
	if _, err := s.AddCase(ctx, officer, &other); err != nil {
		t.Fatal(err)
	}
	v := registry.Violation{CaseID: c.ID, TypeCode: "WATER_EVASION", Facts: "外排", ActTo: registry.Day(2025, 3, 4), Checklist: []registry.ElementAnswer{{Key: "discharge", Answer: "具备"}}}
	if _, err := s.AddViolation(ctx, officer, &v); err != nil {
		t.Fatal(err)
	}
	foreign := registry.Evidence{CaseID: other.ID, Kind: "照片", Title: "别案照片"}
	if _, err := s.AddEvidence(ctx, officer, &foreign); err != nil {
		t.Fatal(err)
	}
	visited := registry.Evidence{InspectionID: c.Inspections[0], Kind: "照片", Title: "检查照片"}
	if _, err := s.AddEvidence(ctx, officer, &visited); err != nil {
		t.Fatal(err)
	}
	links := func() string {
		t.Helper()
		x, err := s.Violation(ctx, officer, v.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(x.Citations) != len(v.Citations) {
			t.Errorf("a link leaves %d citations, want %d", len(x.Citations), len(v.Citations))
		}
		words := ""
		for _, a := range x.Checklist {
			words += fmt.Sprintf("%s %s %v;", a.Key, a.Answer, a.Evidence)
		}
		return words
	}
	want := func(when, words string) {
		t.Helper()
		if got := links(); got != words {
			t.Errorf("%s: %q, want %q", when, got, words)
		}
	}

	photo := registry.Evidence{CaseID: c.ID, Kind: "照片", Title: "排口照片"}
	if _, err := s.AddProof(ctx, officer, &photo, []casework.Proof{{Violation: v.ID, Key: "discharge"}, {Violation: v.ID, Key: "evidence"}}); err != nil {
		t.Fatal(err)
	}
	want("registered with its elements", fmt.Sprintf("discharge 具备 [%d];evidence  [%d];", photo.ID, photo.ID))
	if got := lastAction(t, s, "violation", int64(v.ID)); got != "关联证据" {
		t.Errorf("the history calls it %q", got)
	}
	if err := s.ChangeProof(ctx, officer, &photo, []casework.Proof{{Violation: v.ID, Key: "discharge"}}); err != nil {
		t.Fatal(err)
	}
	want("taken off one", fmt.Sprintf("discharge 具备 [%d];", photo.ID))

	// What is not the case's proves nothing of it, and no element that the type does not ask is proved.
	bad := photo
	if err := s.ChangeProof(ctx, officer, &bad, []casework.Proof{{Violation: v.ID, Key: "nothing"}}); !refused(err, "elements") {
		t.Errorf("an element of another type: %v", err)
	}
	if err := s.ChangeProof(ctx, officer, &bad, []casework.Proof{{Violation: v.ID + 99, Key: "discharge"}}); !refused(err, "elements") {
		t.Errorf("an act of another case: %v", err)
	}
	x, err := s.Violation(ctx, officer, v.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []registry.EvidenceID{foreign.ID, 0, 999} {
		y := x
		y.Checklist = []registry.ElementAnswer{{Key: "discharge", Answer: "具备", Evidence: []registry.EvidenceID{e}}}
		if err := s.ChangeViolation(ctx, officer, &y); !refused(err, "checklist.0.evidence") {
			t.Errorf("exhibit %d: %v, want a refusal", e, err)
		}
	}
	x.Checklist[0].Evidence = []registry.EvidenceID{visited.ID, photo.ID, photo.ID}
	if err := s.ChangeViolation(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	if got := x.Checklist[0].Evidence; !slices.Equal(got, []registry.EvidenceID{visited.ID, photo.ID}) {
		t.Errorf("kept %v, want each once, in order", got)
	}

	// An exhibit that is deleted proves nothing any more; one that proves something of a closed case stays.
	if err := s.RemoveEvidence(ctx, officer, photo.ID, photo.Version); err != nil {
		t.Fatal(err)
	}
	want("an exhibit deleted", fmt.Sprintf("discharge 具备 [%d];", visited.ID))
	if _, err := s.AddDocument(ctx, officer, &registry.Document{CaseID: c.ID, Kind: registry.DocClosing}); err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveEvidence(ctx, officer, visited.ID, visited.Version); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("deleting what proves an element of a closed case: %v, want a conflict", err)
	}
	want("the case closed", fmt.Sprintf("discharge 具备 [%d];", visited.ID))
}

// Each panel of a case's page reads less than all of them together.
func TestCasePanelsReadTheirOwn(t *testing.T) {
	s := countedService(t)
	c := aCase(t, s.Service, registry.OriginField)
	read := func(reads casework.CaseReads) int {
		t.Helper()
		s.statements = 0
		if _, err := s.CasePanel(ctx, officer, c.ID, reads); err != nil {
			t.Fatal(err)
		}
		return s.statements
	}
	all, least := read(casework.WholeCase), read(casework.CaseReads{})
	t.Logf("all of it takes %d statements, a panel that reads the file alone %d", all, least)
	for name, reads := range map[string]casework.CaseReads{"history": {History: 60}, "law": {Texts: true, Sheets: true, Related: true}, "overview": {Sheets: true, Bulletins: true, Zones: true}, "evidence": {Files: true}} {
		if n := read(reads); n >= all || n <= least {
			t.Errorf("the panel %s takes %d statements; all of it %d, the file alone %d", name, n, all, least)
		}
	}
}
