package casework_test

import (
	"testing"

	"casebook/internal/registry"
)

// A re-check joins the case with both its records, takes a document that was entered before for the same day, and writes nothing where one of
// them is refused.
func TestRecheck(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	paper := registry.Document{CaseID: c.ID, Kind: registry.DocRecheck, MadeOn: registry.Day(2025, 3, 20), Content: "先登记的文书"}
	if _, err := s.AddDocument(ctx, officer, &paper); err != nil {
		t.Fatal(err)
	}
	x := registry.Inspection{StartedOn: registry.Day(2025, 3, 20), Findings: "已拆除", Rectified: "已改正", Officers: []registry.OfficerRef{{Name: "甲一"}}}
	d, _, err := s.AddRecheck(ctx, officer, c.ID, &x)
	if err != nil {
		t.Fatal(err)
	}
	if d.ID != paper.ID || d.Content != "先登记的文书" || d.Result != "已改正" || d.InspectionID != x.ID || len(d.Participants) != 1 || x.FarmID != c.FarmID || x.PartyID != c.Parties[0].PartyID {
		t.Errorf("the re-check is %+v\nof %+v", d, x)
	}
	hidden := registry.Inspection{Kind: "暗查", StartedOn: registry.Day(2025, 4, 1)}
	if d, _, err = s.AddRecheck(ctx, officer, c.ID, &hidden); err != nil || d.ID == paper.ID || d.MadeOn != hidden.StartedOn {
		t.Errorf("a second one: %+v, %v", d, err)
	}

	undated := registry.Document{CaseID: c.ID, Kind: registry.DocRecheck, Content: "日期待补"}
	if _, err := s.AddDocument(ctx, officer, &undated); err != nil {
		t.Fatal(err)
	}
	third := registry.Inspection{StartedOn: registry.Day(2025, 4, 20), Rectified: "已改正"}
	if got, _, err := s.AddRecheck(ctx, officer, c.ID, &third); err != nil || got.ID != undated.ID || got.MadeOn != third.StartedOn || got.Result != "已改正" {
		t.Errorf("a document without its day was not completed: %+v, %v", got, err)
	}

	x.Officers = append(x.Officers, registry.OfficerRef{Name: "乙二"})
	if err := s.ChangeInspection(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	if p, err := s.Document(ctx, officer, paper.ID); err != nil || len(p.Participants) != 2 || p.Participants[1].Name != "乙二" {
		t.Errorf("the people of the document are %+v, %v", p.Participants, err)
	}

	// What somebody wrote otherwise stays.
	d.Result = "其他"
	if err := s.ChangeDocument(ctx, officer, &d); err != nil {
		t.Fatal(err)
	}
	y, err := s.Inspection(ctx, officer, hidden.ID)
	if err != nil || y.Rectified != "其他" {
		t.Errorf("the inspection says %q, %v", y.Rectified, err)
	}
	y.Rectified = "拒不改正"
	if err := s.ChangeInspection(ctx, officer, &y); err != nil {
		t.Fatal(err)
	}
	if d, err = s.Document(ctx, officer, d.ID); err != nil || d.Result != "拒不改正" {
		t.Errorf("the document says %q, %v", d.Result, err)
	}
	d.Result, d.MadeOn = "", registry.Day(2025, 4, 2)
	if err := s.ChangeDocument(ctx, officer, &d); err != nil {
		t.Fatal(err)
	}
	y, _ = s.Inspection(ctx, officer, hidden.ID)
	y.StartedOn, y.Rectified = registry.Day(2025, 4, 3), "已改正"
	if err := s.ChangeInspection(ctx, officer, &y); err != nil {
		t.Fatal(err)
	}
	if d, _ = s.Document(ctx, officer, d.ID); d.MadeOn != registry.Day(2025, 4, 2) || d.Result != "" {
		t.Errorf("the document that says otherwise became %s %q", d.MadeOn, d.Result)
	}

	count := func() (visits, papers int) {
		f, err := s.CaseFile(ctx, officer, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		return len(f.Inspections), len(f.Documents)
	}
	visits, papers := count()
	for name, bad := range map[string]registry.Inspection{
		"submitted with everything missing": {State: registry.InspectionSubmitted},
		"of another kind":                   {Kind: "日常检查"},
		"of a farm that is not there":       {FarmID: 99},
		"with a word that is none":          {Rectified: "好"},
	} {
		if _, _, err := s.AddRecheck(ctx, officer, c.ID, &bad); registry.KindOf(err) != registry.KindInvalid {
			t.Errorf("%s: %v, want it refused", name, err)
		}
	}
	if err := s.ChangeDocument(ctx, officer, &registry.Document{ID: paper.ID, Meta: registry.Meta{Version: 2}, CaseID: c.ID, Kind: registry.DocRecheck, InspectionID: 99}); !refused(err, "inspection_id") {
		t.Errorf("a document that names an inspection of no case: %v", err)
	}
	if _, err := s.AddDocument(ctx, officer, &registry.Document{CaseID: c.ID, Kind: registry.DocClosing, MadeOn: registry.Day(2025, 5, 1)}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.AddRecheck(ctx, officer, c.ID, &registry.Inspection{StartedOn: registry.Day(2025, 5, 2)}); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("a closed case: %v, want a conflict", err)
	}
	if v, p := count(); v != visits || p != papers+1 {
		t.Errorf("after what was refused the case has %d inspections and %d documents, want %d and %d", v, p, visits, papers+1)
	}
}
