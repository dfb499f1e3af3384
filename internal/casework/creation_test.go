package casework_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

// create is one use case that makes a record, for any noun.
type create[T any, P casework.Record[T]] struct {
	add    func(context.Context, registry.Actor, P) (repeated bool, err error)
	actor  registry.Actor
	typed  func() T // what the client sends
	differ func(P)  // and what it sends after a second thought
}

// twice is the check of one use case.
func twice[T any, P casework.Record[T]](add func(context.Context, registry.Actor, P) (bool, error), a registry.Actor, typed func() T, differ func(P)) sentTwice {
	return create[T, P]{add, a, typed, differ}.check
}

// sentTwice checks what becomes of a create that is sent again.
type sentTwice func(t *testing.T, s *casework.Service, forget func())

// check sends the record twice as it is and once changed. forget is called before the second time: a register that was made before
// digests were kept has none.
func (c create[T, P]) check(t *testing.T, s *casework.Service, forget func()) {
	uid := strings.ReplaceAll(t.Name(), "/", "-")
	send := func(x P) (bool, error) {
		x.Base().ClientUID = uid
		return c.add(ctx, c.actor, x)
	}
	first, second, third := c.typed(), c.typed(), c.typed()
	if repeated, err := send(&first); repeated || err != nil {
		t.Fatalf("first = %t, %v", repeated, err)
	}
	forget()
	before := entries(t, s)
	if repeated, err := send(&second); !repeated || err != nil {
		t.Errorf("the same again = %t, %v; want repeated", repeated, err)
	}
	if got, want := text(t, second), text(t, first); got != want {
		t.Errorf("the same again became\n%s\nwant the stored record\n%s", got, want)
	}
	c.differ(&third)
	P(&third).Clean()
	typed := text(t, third)
	repeated, err := send(&third)
	var e *casework.Repeated[T]
	if repeated || !errors.As(err, &e) || registry.KindOf(err) != registry.KindConflict {
		t.Fatalf("other content = %t, %v; want a conflict with the stored record", repeated, err)
	}
	if got, want := text(t, e.Stored), text(t, first); got != want || e.Version != 1 {
		t.Errorf("the conflict carries version %d of\n%s\nwant\n%s", e.Version, got, want)
	}
	P(&third).Base().ClientUID = ""
	if got := text(t, third); !says(t, got, typed) {
		t.Errorf("what was typed became\n%s\nwant\n%s", got, typed)
	}
	if after := entries(t, s); after != before {
		t.Errorf("%d entries were written", after-before)
	}
}

// says reports whether every text that was typed is still there; a program may fill in what was left out.
func says(t *testing.T, got, typed string) bool {
	t.Helper()
	var a, b map[string]any
	if err := errors.Join(json.Unmarshal([]byte(got), &a), json.Unmarshal([]byte(typed), &b)); err != nil {
		t.Fatal(err)
	}
	for k, v := range b {
		if v, ok := v.(string); ok && v != "" && k != "created_at" && k != "updated_at" && a[k] != v {
			return false
		}
	}
	return true
}

func text(t *testing.T, x any) string {
	t.Helper()
	b, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func entries(t *testing.T, s *casework.Service) int {
	t.Helper()
	list, err := s.Audit(ctx, auditor, casework.AuditFilter{Limit: 10000})
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

// TestCreateTwice: every noun has the same rule for a form that is sent twice.
func TestCreateTwice(t *testing.T) {
	s, _ := serviceIn(t, storetest.Dir(t), nil)
	for name, check := range creates(t, s) {
		t.Run(name, func(t *testing.T) { check(t, s, func() {}) })
	}
}

// TestCreateTwiceBeforeDigests: a record made by an earlier version is compared with its first revision.
func TestCreateTwiceBeforeDigests(t *testing.T) {
	dir := storetest.Dir(t)
	s, _ := serviceIn(t, dir, nil)
	raw := enginetest.Raw(t, dir)
	defer raw.Close() //nolint:errcheck // test
	forget := func() {
		if r, err := raw.Exec("DELETE FROM creations"); err != nil {
			t.Fatal(err)
		} else if n, err := r.RowsAffected(); n == 0 || err != nil {
			t.Errorf("no digest was kept: %v", err)
		}
	}
	for name, check := range creates(t, s) {
		if name == "bulletin" {
			continue // the first draft of its cases is the program's, and its quotations differ from what was typed
		}
		t.Run(name, func(t *testing.T) { check(t, s, forget) })
	}
}

func creates(t *testing.T, s *casework.Service) map[string]sentTwice {
	t.Helper()
	c := aCase(t, s, registry.OriginField)
	party, ins := c.Parties[0].PartyID, c.Inspections[0]
	fine := registry.Money(10000)
	decision := registry.Document{CaseID: c.ID, Kind: registry.DocDecision}
	if _, err := s.AddDocument(ctx, officer, &decision); err != nil {
		t.Fatal(err)
	}
	penalty := registry.Penalty{CaseID: c.ID, DocumentID: decision.ID, PartyID: party, Kind: "罚款", Amount: &fine}
	if _, err := s.AddPenalty(ctx, officer, &penalty); err != nil {
		t.Fatal(err)
	}
	organs, err := s.Organs(ctx, admin)
	if err != nil {
		t.Fatal(err)
	}
	tables := s.Law().Discretion().Tables
	violation := registry.Violation{CaseID: c.ID, TypeCode: tables[0].Violation, Facts: "裁量", ActTo: registry.Day(2025, 3, 4)}
	if _, err := s.AddViolation(ctx, officer, &violation); err != nil {
		t.Fatal(err)
	}
	note := func(n *string) { *n = "后来想起的" }
	keepSheet := func(ctx context.Context, a registry.Actor, x *registry.DiscretionSheet) (bool, error) {
		return s.KeepDiscretion(ctx, a, x, statute.Sheet{TableID: tables[0].ID})
	}
	return map[string]sentTwice{
		"organ": twice(s.AddOrgan, admin,
			func() registry.Organ { return registry.Organ{Name: "某所", Kind: organs[0].Kind} },
			func(x *registry.Organ) { note(&x.ShortName) }),
		"officer": twice(s.AddOfficer, admin,
			func() registry.Officer {
				return registry.Officer{Name: "甲", CertNo: "19070001", OrganID: organs[0].ID}
			},
			func(x *registry.Officer) { note(&x.Name) }),
		"campaign": twice(s.AddCampaign, officer,
			func() registry.Campaign { return registry.Campaign{Name: "行动", Year: 2025} },
			func(x *registry.Campaign) { note(&x.Aim) }),
		"kind": twice(s.AddKind, admin,
			func() registry.KeptKind {
				return registry.KeptKind{DocumentKind: registry.DocumentKind{Name: "约谈"}}
			},
			func(x *registry.KeptKind) { note(&x.Note) }),
		"party": twice(s.AddParty, officer,
			func() registry.Party { return registry.Party{Name: "乙公司", Kind: "公司"} },
			func(x *registry.Party) { note(&x.Note) }),
		"farm": twice(s.AddFarm, officer,
			func() registry.Farm { return registry.Farm{Name: " 乙场", DistrictCode: "440785"} },
			func(x *registry.Farm) { note(&x.Note) }),
		"inspection": twice(s.AddInspection, officer,
			func() registry.Inspection { return registry.Inspection{FarmID: c.FarmID, Kind: "日常检查"} },
			func(x *registry.Inspection) { note(&x.Note) }),
		"submitted": twice(s.AddSubmittedInspection, officer,
			func() registry.Inspection { return submittable(c.FarmID) },
			func(x *registry.Inspection) { note(&x.Note) }),
		"sample": twice(s.AddSample, officer,
			func() registry.Sample { return registry.Sample{InspectionID: ins, Point: "排口"} },
			func(x *registry.Sample) { note(&x.Note) }),
		"evidence": twice(s.AddEvidence, officer,
			func() registry.Evidence { return registry.Evidence{CaseID: c.ID, Kind: "书证", Title: "笔录"} },
			func(x *registry.Evidence) { note(&x.Note) }),
		"case": twice(s.AddCase, officer, func() registry.Case {
			return registry.Case{Title: "乙案", DistrictCode: "440785", Parties: []registry.CaseParty{{PartyID: party}}, Inspections: []registry.InspectionID{ins}}
		}, func(x *registry.Case) { note(&x.Note) }),
		"violation": twice(s.AddViolation, officer, func() registry.Violation {
			return registry.Violation{CaseID: c.ID, TypeCode: tables[0].Violation, Facts: "超标排放", ActTo: registry.Day(2025, 3, 4)}
		}, func(x *registry.Violation) { note(&x.Facts) }),
		"document": twice(s.AddDocument, officer, func() registry.Document {
			return registry.Document{CaseID: c.ID, Kind: registry.DocOrder, NumberTyped: "江恩环责改[2025]3号"}
		}, func(x *registry.Document) { note(&x.Note) }),
		"penalty": twice(s.AddPenalty, officer,
			func() registry.Penalty { return registry.Penalty{CaseID: c.ID, Kind: "警告", PartyID: party} },
			func(x *registry.Penalty) { note(&x.Note) }),
		"payment": twice(s.AddPayment, officer,
			func() registry.Payment { return registry.Payment{CaseID: c.ID, PenaltyID: penalty.ID, Amount: 50} },
			func(x *registry.Payment) { note(&x.Note) }),
		"review note": twice(s.AddReviewNote, officer, func() registry.ReviewNote {
			return registry.ReviewNote{CaseID: c.ID, About: "第三十九条", Note: "漏引"}
		},
			func(x *registry.ReviewNote) { note(&x.Note) }),
		"bulletin": twice(s.AddBulletin, publisher, func() registry.Bulletin {
			return registry.Bulletin{Title: "典型案例", Cases: []registry.BulletinCase{{CaseID: c.ID}}}
		}, func(x *registry.Bulletin) { note(&x.Lead) }),
		"discretion sheet": twice(keepSheet, officer, func() registry.DiscretionSheet { return registry.DiscretionSheet{ViolationID: violation.ID} },
			func(x *registry.DiscretionSheet) { note(&x.Note) }),
	}
}

func submittable(farm registry.FarmID) registry.Inspection {
	return registry.Inspection{FarmID: farm, Kind: "日常检查", StartedOn: registry.Day(2025, 3, 4), StartTime: "09:00",
		EndedOn: registry.Day(2025, 3, 4), EndTime: "10:00", Place: "场区", Findings: "未见异常", Result: registry.NoViolationFound,
		Origin: registry.OriginField, State: registry.InspectionSubmitted, CertificateShown: registry.Yes, RightsTold: registry.Yes,
		Officers: []registry.OfficerRef{{Name: "甲", CertNo: "19070011"}, {Name: "乙", CertNo: "19070012"}}}
}

// A record that others changed since is still the one that its form made.
func TestCreateTwiceAfterAnEdit(t *testing.T) {
	s := service(t)
	typed := registry.Farm{Name: "场", DistrictCode: "440785"}
	typed.ClientUID = "u-1"
	x, again := typed, typed
	if _, err := s.AddFarm(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	x.Note = "门口有狗"
	if err := s.ChangeFarm(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	if repeated, err := s.AddFarm(ctx, officer, &again); !repeated || err != nil || again.Note != x.Note {
		t.Errorf("the same again = %t, %v, %+v; want the record as it is now", repeated, err, again)
	}
}

func TestMergeTwice(t *testing.T) {
	s := service(t)
	a, b := registry.Party{Name: "甲公司", Kind: "公司"}, registry.Party{Name: "甲公司", Kind: "公司", Note: "重复"}
	for _, x := range []*registry.Party{&a, &b} {
		if _, err := s.AddParty(ctx, officer, x); err != nil {
			t.Fatal(err)
		}
	}
	for i, reason := range []string{"重复登记", "重复登记", "另一个理由"} {
		x := registry.PartyMerge{PartyID: b.ID, IntoID: a.ID, Merging: registry.Merging{Reason: reason}}
		x.ClientUID = "u-1"
		err := s.MergeParties(ctx, officer, &x)
		var before *casework.Repeated[registry.PartyMerge]
		if got := errors.As(err, &before); got != (i == 2) || err != nil && !got {
			t.Errorf("merge %d = %v", i+1, err)
		}
	}
}

func TestAttachTwice(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	upload := func(content string) (registry.Attachment, bool, error) {
		return s.AddAttachment(ctx, officer, "case", int64(c.ID), "照片.jpg", strings.NewReader(content), "k-1")
	}
	first, _, err := upload("jpeg")
	if err != nil {
		t.Fatal(err)
	}
	if again, repeated, err := upload("jpeg"); err != nil || !repeated || again.ID != first.ID {
		t.Errorf("the same file again = %+v, %v; want %d", again, err, first.ID)
	}
	_, _, err = upload("another")
	var before *casework.Repeated[registry.Attachment]
	if !errors.As(err, &before) || before.Stored.ID != first.ID {
		t.Errorf("another file under the key = %v; want a conflict with the first", err)
	}
}
