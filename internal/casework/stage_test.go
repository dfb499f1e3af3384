package casework_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// The stage is computed from the documents: neither a create nor a change sets it, and no revision holds one.
func TestNobodySetsTheStage(t *testing.T) {
	s := service(t)
	x := registry.Case{Title: "案", DistrictCode: "440785", Stage: registry.StageClosed}
	if _, err := s.AddCase(ctx, officer, &x); err != nil || x.Stage != registry.StageOpened {
		t.Fatalf("AddCase = %s, %v; want %s", x.Stage, err, registry.StageOpened)
	}
	if _, err := s.AddDocument(ctx, officer, &registry.Document{CaseID: x.ID, Kind: registry.DocFiling}); err != nil {
		t.Fatal(err)
	}
	for _, sent := range []registry.Stage{registry.StageClosed, "没有这种阶段", ""} {
		x.Stage = sent
		if err := s.ChangeCase(ctx, officer, &x); err != nil || x.Stage != registry.StageFiled {
			t.Errorf("ChangeCase with stage %q = %s, %v; want %s", sent, x.Stage, err, registry.StageFiled)
		}
	}
	page, err := s.CasePage(ctx, officer, x.ID)
	if err != nil || page.Case.Stage != registry.StageFiled {
		t.Fatalf("the case is at %s, %v; want %s", page.Case.Stage, err, registry.StageFiled)
	}
	for _, r := range page.History {
		if r.Entity == "case" && strings.Contains(string(r.Body), `"stage"`) {
			t.Errorf("version %d of the case holds a stage: %s", r.Version, r.Body)
		}
	}
}

// Revisions written by earlier versions hold a stage. They are read like the others, and the history does not tell of it.
func TestOldRevisionsWithAStage(t *testing.T) {
	old, now := `{"id":1,"version":1,"title":"案","stage":"已立案"}`, `{"id":1,"version":2,"title":"案件"}`
	var x registry.Case
	if err := json.Unmarshal([]byte(old), &x); err != nil || x.Title != "案" {
		t.Errorf("Unmarshal = %+v, %v", x, err)
	}
	changes := casework.Changes([]registry.Revision{{Entity: "case", EntityID: 1, Version: 1, At: time.Unix(0, 0), AuditSeq: 1, Body: []byte(old)},
		{Entity: "case", EntityID: 1, Version: 2, At: time.Unix(1, 0), AuditSeq: 2, Body: []byte(now)}})
	if len(changes) != 2 || len(changes[0].Fields) != 1 || changes[0].Fields[0].Field != "title" {
		t.Errorf("Changes = %+v; want the title alone", changes)
	}
}
