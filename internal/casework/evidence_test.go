package casework_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// refused reports whether an error is of kind invalid and names the field.
func refused(err error, field string) bool {
	var e *registry.Error
	return errors.As(err, &e) && e.Kind == registry.KindInvalid && slices.ContainsFunc(e.Fields, func(f registry.FieldError) bool { return f.Field == field })
}

// lastAction is what the history calls the last step of a record.
func lastAction(t *testing.T, s *casework.Service, entity string, id int64) string {
	t.Helper()
	list, err := s.Revisions(ctx, officer, registry.PermRecordRead, entity, id)
	if err != nil || len(list) == 0 {
		t.Fatalf("revisions of %s %d: %v", entity, id, err)
	}
	return list[len(list)-1].Action
}

// What was registered at an inspection is on each case that rests on it, once; a case takes it up without a second record.
func TestEvidenceOfInspections(t *testing.T) {
	s := service(t)
	first := aCase(t, s, registry.OriginField)
	visit := first.Inspections[0]
	second := registry.Case{Title: "同一检查的另一案", DistrictCode: first.DistrictCode, Inspections: []registry.InspectionID{visit}}
	apart := registry.Case{Title: "另一案", DistrictCode: first.DistrictCode}
	for _, c := range []*registry.Case{&second, &apart} {
		if _, err := s.AddCase(ctx, officer, c); err != nil {
			t.Fatal(err)
		}
	}
	photo := registry.Evidence{InspectionID: visit, Kind: "照片", Title: "排口照片"}
	if _, err := s.AddEvidence(ctx, officer, &photo); err != nil {
		t.Fatal(err)
	}
	file, _, err := s.AddAttachment(ctx, officer, "inspection", int64(visit), "现场.jpg", strings.NewReader("\xFF\xD8\xFFx"), "")
	if err != nil {
		t.Fatal(err)
	}
	listed := func(id registry.CaseID) string {
		f, err := s.CaseFile(ctx, officer, id)
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, x := range f.Exhibits() {
			w := x.Title
			if x.File != nil {
				w += "(文件)"
			}
			if x.Taken {
				w += "(本案)"
			}
			words = append(words, w)
		}
		return strings.Join(words, " ")
	}
	want := func(when string, lists ...string) {
		t.Helper()
		for i, id := range []registry.CaseID{first.ID, second.ID, apart.ID} {
			if got := listed(id); got != lists[i] {
				t.Errorf("%s: case %d lists %q, want %q", when, i+1, got, lists[i])
			}
		}
	}
	want("registered", "排口照片 现场.jpg(文件)", "排口照片 现场.jpg(文件)", "")

	for n, wantTaken := range []int{2, 0} { // the same form twice
		if taken, err := s.TakeUp(ctx, officer, first.ID, []registry.EvidenceID{photo.ID}, []registry.AttachmentID{file.ID}); err != nil || taken != wantTaken {
			t.Fatalf("TakeUp %d = %d, %v; want %d", n+1, taken, err, wantTaken)
		}
	}
	want("taken up", "排口照片(本案) 现场.jpg(本案)", "排口照片 现场.jpg", "")
	if h := lastAction(t, s, "evidence", int64(photo.ID)); h != "列入案件" {
		t.Errorf("the history calls it %q", h)
	}

	if _, err := s.TakeUp(ctx, officer, second.ID, []registry.EvidenceID{photo.ID}, nil); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("taken up by a second case: %v, want a conflict", err)
	}
	if _, err := s.TakeUp(ctx, officer, apart.ID, []registry.EvidenceID{photo.ID}, []registry.AttachmentID{file.ID}); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("taken up by a case that does not rest on the inspection: %v, want it refused", err)
	}
	stored, err := s.EvidenceItem(ctx, officer, photo.ID)
	if err != nil {
		t.Fatal(err)
	}
	for field, move := range map[string]func(x *registry.Evidence){
		"case_id":       func(x *registry.Evidence) { x.CaseID = apart.ID },
		"inspection_id": func(x *registry.Evidence) { x.InspectionID = 0 },
		"attachment_id": func(x *registry.Evidence) { x.AttachmentID = 999 },
	} {
		x := stored
		move(&x)
		if err := s.ChangeEvidence(ctx, officer, &x); !refused(err, field) {
			t.Errorf("%s changed: %v, want it refused there", field, err)
		}
	}
	if _, err := s.AddEvidence(ctx, officer, &registry.Evidence{CaseID: apart.ID, InspectionID: visit, Kind: "照片", Title: "x"}); !refused(err, "inspection_id") {
		t.Errorf("an exhibit of an inspection that the case does not rest on: %v", err)
	}
	if _, err := s.AddDocument(ctx, officer, &registry.Document{CaseID: apart.ID, Kind: registry.DocClosing}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.TakeUp(ctx, officer, apart.ID, nil, nil); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("a closed case takes up: %v, want a conflict", err)
	}
}
