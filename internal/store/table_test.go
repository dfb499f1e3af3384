package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/storetest"
)

// world is one row of each noun that others point at.
type world struct {
	organ      registry.Organ
	officer    registry.Officer
	user       registry.User
	campaign   registry.Campaign
	party      registry.Party
	farm       registry.Farm
	inspection registry.Inspection
	cas        registry.Case
	document   registry.Document
	penalty    registry.Penalty
	violation  registry.Violation
	refs       storetest.Refs
}

func newWorld(t *testing.T, db *store.DB) *world {
	t.Helper()
	w := &world{refs: storetest.Refs{}}
	storetest.Write(t, db, func(tx *store.Tx) error {
		w.organ = registry.Organ{Name: "恩平分局", ShortName: "恩平", Kind: "分局", DistrictCode: "440785", Active: true}
		if err := store.Organs.Insert(tx, &w.organ, storetest.Now); err != nil {
			return err
		}
		storetest.Ref(w.refs, w.organ.ID)
		w.officer = registry.Officer{Name: "甲", CertNo: "A1", OrganID: w.organ.ID, Active: true}
		if err := store.Officers.Insert(tx, &w.officer, storetest.Now); err != nil {
			return err
		}
		storetest.Ref(w.refs, w.officer.ID)
		w.user = registry.User{Username: "liu", DisplayName: "刘", Role: registry.RoleAdmin, OrganID: w.organ.ID}
		if err := store.Users.Insert(tx, &w.user, storetest.Now); err != nil {
			return err
		}
		storetest.Ref(w.refs, w.user.ID)
		w.campaign = registry.Campaign{Origin: registry.OriginField, Name: "清源", Year: 2024}
		if err := store.Campaigns.Insert(tx, &w.campaign, storetest.Now); err != nil {
			return err
		}
		storetest.Ref(w.refs, w.campaign.ID)
		w.party = registry.Party{Origin: registry.OriginField, Kind: "公司", Name: "绿源公司", PublicName: "恩平某公司", CreditCode: "91440704304226404T"}
		if err := store.Parties.Insert(tx, &w.party, storetest.Now); err != nil {
			return err
		}
		storetest.Ref(w.refs, w.party.ID)
		w.farm = registry.Farm{Origin: registry.OriginField, Name: "绿源猪场", DistrictCode: "440785", OperatorID: w.party.ID, Herds: []registry.Herd{{Species: "生猪"}}}
		if err := store.Farms.Insert(tx, &w.farm, storetest.Now); err != nil {
			return err
		}
		storetest.Ref(w.refs, w.farm.ID)
		w.inspection = registry.Inspection{Origin: registry.OriginField, FarmID: w.farm.ID, PartyID: w.party.ID, Kind: "日常检查", Result: registry.ViolationFound,
			State: registry.InspectionSubmitted, DistrictCode: "440785", StartedOn: registry.Day(2024, 5, 2), Findings: "渗坑"}
		if err := store.Inspections.Insert(tx, &w.inspection, storetest.Now); err != nil {
			return err
		}
		storetest.Ref(w.refs, w.inspection.ID)
		w.cas = registry.Case{Origin: registry.OriginField, Title: "绿源公司偷排案", Number: "江恩环立〔2024〕3号", DistrictCode: "440785", FarmID: w.farm.ID, CampaignID: w.campaign.ID,
			HandlingOrganID: w.organ.ID, DecidingOrganID: w.organ.ID, FoundOn: registry.Day(2024, 5, 2), Stage: registry.StageOpened,
			Parties: []registry.CaseParty{{PartyID: w.party.ID, Role: "单位", NameAtAct: "绿源公司"}}, Inspections: []registry.InspectionID{w.inspection.ID}}
		if err := store.Cases.Insert(tx, &w.cas, storetest.Now); err != nil {
			return err
		}
		storetest.Ref(w.refs, w.cas.ID)
		w.document = registry.Document{CaseID: w.cas.ID, Seq: 1, Kind: registry.DocDecision, NumberTyped: "江恩环罚〔2024〕1号", Number: "江恩环罚〔2024〕1号", MadeOn: registry.Day(2024, 6, 1)}
		if err := store.Documents.Insert(tx, &w.document, storetest.Now); err != nil {
			return err
		}
		storetest.Ref(w.refs, w.document.ID)
		fine := registry.Yuan(20000)
		w.penalty = registry.Penalty{CaseID: w.cas.ID, DocumentID: w.document.ID, PartyID: w.party.ID, Kind: "罚款", Amount: &fine}
		if err := store.Penalties.Insert(tx, &w.penalty, storetest.Now); err != nil {
			return err
		}
		storetest.Ref(w.refs, w.penalty.ID)
		w.violation = registry.Violation{CaseID: w.cas.ID, Seq: 1, TypeCode: "WATER_EVASION", Facts: "偷排"}
		if err := store.Violations.Insert(tx, &w.violation, storetest.Now); err != nil {
			return err
		}
		storetest.Ref(w.refs, w.violation.ID)
		return nil
	})
	return w
}

// row says how one noun is stored.
type row[T any, P store.Record[T]] struct {
	table *store.Table[T, P]
	set   func(x P)                          // what Fill cannot know
	edit  func(x P)                          // nil for rows that never change
	drop  func(tx *store.Tx, id int64) error // what goes before the row; nil where nothing hangs on it
	keeps bool                               // the row is never deleted
}

// check takes a record with every field filled through all that a table does with a row.
func (r row[T, P]) check(t *testing.T) {
	t.Run(r.table.Entity, func(t *testing.T) {
		t.Parallel()
		db := storetest.Open(t)
		w := newWorld(t, db)
		var x T
		storetest.Fill(&x, w.refs)
		P(&x).Base().ClientUID = "uid-1"
		if r.set != nil {
			r.set(&x)
		}
		id := func() int64 { return r.table.ID(&x) }
		stored := func(when string) {
			t.Helper()
			storetest.Read(t, db, func(tx *store.Tx) error {
				if got, err := r.table.Get(tx, id()); err != nil || !reflect.DeepEqual(got, x) {
					t.Errorf("%s: Get = %+v, %v\nwant %+v", when, got, err, x)
				}
				if got, found, err := r.table.ByUID(tx, "uid-1"); err != nil || !found || r.table.ID(&got) != id() {
					t.Errorf("%s: ByUID = %+v, %v, %v", when, got, found, err)
				}
				if there, err := r.table.Exists(tx, id()); err != nil || !there {
					t.Errorf("%s: Exists = %v, %v", when, there, err)
				}
				return nil
			})
		}
		missing := func(when string) {
			t.Helper()
			storetest.Read(t, db, func(tx *store.Tx) error {
				want := fmt.Sprintf("没有找到%s（%d）。它可能已被删除，或链接有误。", r.table.Noun, id())
				if _, err := r.table.Get(tx, id()); registry.KindOf(err) != registry.KindNotFound || err.Error() != want {
					t.Errorf("%s: Get = %v, want %s", when, err, want)
				}
				for _, uid := range []string{"uid-1", ""} {
					if _, found, err := r.table.ByUID(tx, uid); found || err != nil {
						t.Errorf("%s: ByUID(%q) = %v, %v; want none", when, uid, found, err)
					}
				}
				if there, err := r.table.Exists(tx, id()); there || err != nil {
					t.Errorf("%s: Exists = %v, %v", when, there, err)
				}
				return nil
			})
		}

		missing("before it is made")
		storetest.Write(t, db, func(tx *store.Tx) error { return r.table.Insert(tx, &x, storetest.Now) })
		if m := P(&x).Base(); m.Version != 1 || !m.CreatedAt.Equal(storetest.Now) || !m.UpdatedAt.Equal(storetest.Now) || id() == 0 {
			t.Errorf("Insert made version %d of %s, %s, id %d", m.Version, m.CreatedAt, m.UpdatedAt, id())
		}
		stored("inserted")
		twin := x
		if err := storetest.Try(db, func(tx *store.Tx) error { return r.table.Insert(tx, &twin, storetest.Now) }); registry.KindOf(err) != registry.KindConflict {
			t.Errorf("the same client request again: %v, want a conflict", err)
		}
		if r.edit != nil {
			stale := x
			r.edit(&x)
			later := storetest.Now.AddDate(0, 0, 1)
			storetest.Write(t, db, func(tx *store.Tx) error { return r.table.Update(tx, &x, later) })
			if m := P(&x).Base(); m.Version != 2 || !m.CreatedAt.Equal(storetest.Now) || !m.UpdatedAt.Equal(later) {
				t.Errorf("Update made version %d of %s, %s", m.Version, m.CreatedAt, m.UpdatedAt)
			}
			stored("updated")
			want := fmt.Sprintf("%s已被他人修改（您打开的是第 1 版，现在是第 2 版）。", r.table.Noun)
			if err := storetest.Try(db, func(tx *store.Tx) error { return r.table.Update(tx, &stale, later) }); registry.KindOf(err) != registry.KindStale || err.Error() != want {
				t.Errorf("an edit of version 1: %v, want %s", err, want)
			}
			if got := P(&stale).Base().Version; got != 1 {
				t.Errorf("a refused edit has version %d, want 1", got)
			}
			stored("after a stale edit")
		}
		if r.keeps {
			return
		}
		remove := func(tx *store.Tx) error {
			if r.drop != nil {
				if err := r.drop(tx, id()); err != nil {
					return err
				}
			}
			return r.table.Delete(tx, &x)
		}
		storetest.Write(t, db, remove)
		missing("deleted")
		P(&x).Base().Version += 2
		storetest.Write(t, db, func(tx *store.Tx) error { return r.table.Restore(tx, &x, storetest.Now) })
		stored("restored")
		if err := storetest.Try(db, func(tx *store.Tx) error { return r.table.Restore(tx, &x, storetest.Now) }); registry.KindOf(err) != registry.KindConflict {
			t.Errorf("restored twice: %v, want a conflict", err)
		}
	})
}

func TestTables(t *testing.T) {
	citations := func(owner string) func(tx *store.Tx, id int64) error {
		return func(tx *store.Tx, id int64) error { return tx.DropCitations(owner, id, 1) }
	}
	row[registry.Organ, *registry.Organ]{table: store.Organs, edit: func(x *registry.Organ) { x.Name, x.Active = "改", false }}.check(t)
	row[registry.Officer, *registry.Officer]{table: store.Officers, edit: func(x *registry.Officer) { x.OrganID, x.ValidTo = 0, registry.Year(2030) }}.check(t)
	row[registry.Campaign, *registry.Campaign]{table: store.Campaigns, edit: func(x *registry.Campaign) { x.Aim, x.OrganID = "改", 0 }}.check(t)
	row[registry.User, *registry.User]{table: store.Users, edit: func(x *registry.User) { x.PasswordHash, x.LastSignIn = "改", nil }}.check(t)
	row[registry.Party, *registry.Party]{table: store.Parties, edit: func(x *registry.Party) { x.Name, x.MergedInto = "改", 0 }}.check(t)
	row[registry.PartyMerge, *registry.PartyMerge]{table: store.PartyMerges, edit: func(x *registry.PartyMerge) { x.UndoneAt, x.Moved = nil, []registry.MovedReference{} }}.check(t)
	row[registry.Farm, *registry.Farm]{table: store.Farms, keeps: true, edit: func(x *registry.Farm) { x.Name, x.AreaM2, x.Herds = "改", nil, nil }}.check(t)
	row[registry.Inspection, *registry.Inspection]{table: store.Inspections, edit: func(x *registry.Inspection) { x.Findings, x.SubmittedAt = "改", nil }}.check(t)
	row[registry.Sample, *registry.Sample]{table: store.Samples, edit: func(x *registry.Sample) { x.Results = append(x.Results, registry.SampleResult{Pollutant: "总磷"}) },
		drop: func(tx *store.Tx, id int64) error { return tx.DropResults(registry.SampleID(id)) }}.check(t)
	row[registry.Evidence, *registry.Evidence]{table: store.EvidenceItems, edit: func(x *registry.Evidence) { x.Pages, x.InspectionID = nil, 0 }}.check(t)
	row[registry.Case, *registry.Case]{table: store.Cases, keeps: true, set: func(x *registry.Case) { x.Stage = registry.StageOpened },
		edit: func(x *registry.Case) { x.Title, x.FarmID, x.Inspections = "改", 0, nil }}.check(t)
	row[registry.ReviewNote, *registry.ReviewNote]{table: store.ReviewNotes, edit: func(x *registry.ReviewNote) { x.Note = "改" }}.check(t)
	row[registry.Violation, *registry.Violation]{table: store.Violations, drop: citations("violation"),
		edit: func(x *registry.Violation) { x.Citations = append(x.Citations, registry.Citation{Law: "水法"}) }}.check(t)
	row[registry.Document, *registry.Document]{table: store.Documents, drop: citations("document"),
		set:  func(x *registry.Document) { x.OrganName = "" },
		edit: func(x *registry.Document) { x.Citations, x.Persons, x.Amount = nil, nil, nil }}.check(t)
	row[registry.Penalty, *registry.Penalty]{table: store.Penalties, edit: func(x *registry.Penalty) { x.Amount, x.RangeTimes, x.PartyID = nil, nil, 0 }}.check(t)
	row[registry.Payment, *registry.Payment]{table: store.Payments, edit: func(x *registry.Payment) { x.Amount, x.PaidOn = registry.Yuan(7), registry.Date{} }}.check(t)
	row[registry.Bulletin, *registry.Bulletin]{table: store.Bulletins, keeps: true, edit: func(x *registry.Bulletin) { x.Cases[0].Title, x.ApprovedAt = "改", nil }}.check(t)
	row[registry.Publication, *registry.Publication]{table: store.Publications, keeps: true, edit: func(x *registry.Publication) { x.Name, x.Cases[0].End = "改", 99 }}.check(t)
	row[registry.DiscretionSheet, *registry.DiscretionSheet]{table: store.DiscretionSheets, keeps: true}.check(t)
	row[registry.KeptKind, *registry.KeptKind]{table: store.DocumentKinds, keeps: true, edit: func(x *registry.KeptKind) { x.Active, x.Note = false, "改" }}.check(t)
}

// A client that made a deleted record anew keeps its UUID for the new one: the first comes back without.
func TestRestoreBesideItsTwin(t *testing.T) {
	db := storetest.Open(t)
	w := newWorld(t, db)
	first := registry.Evidence{CaseID: w.cas.ID, Seq: 1, Kind: "照片", Title: "甲"}
	first.ClientUID = "uid-1"
	second := first
	storetest.Write(t, db, func(tx *store.Tx) error {
		if err := store.EvidenceItems.Insert(tx, &first, storetest.Now); err != nil {
			return err
		}
		if err := store.EvidenceItems.Delete(tx, &first); err != nil {
			return err
		}
		if err := store.EvidenceItems.Insert(tx, &second, storetest.Now); err != nil {
			return err
		}
		first.Version = 3
		return store.EvidenceItems.Restore(tx, &first, storetest.Now)
	})
	if first.ClientUID != "" || second.ClientUID != "uid-1" || first.ID == second.ID {
		t.Errorf("restored %d with UUID %q beside %d with %q", first.ID, first.ClientUID, second.ID, second.ClientUID)
	}
}

// What the database refuses is said in the words of the form.
func TestConflicts(t *testing.T) {
	db := storetest.Open(t)
	w := newWorld(t, db)
	for _, c := range []struct {
		name  string
		write func(tx *store.Tx) error
		want  string
	}{
		{"number of a case", func(tx *store.Tx) error {
			return store.Cases.Insert(tx, &registry.Case{Title: "乙", DistrictCode: "440785", Number: w.cas.Number, Stage: registry.StageOpened}, storetest.Now)
		}, "这个案件编号已被另一个案件使用 (number: 这个案件编号已被另一个案件使用)"},
		{"number of a case, spelt otherwise", func(tx *store.Tx) error {
			return store.Cases.Insert(tx, &registry.Case{Title: "乙", DistrictCode: "440785", Number: "江恩环立[2024]第03号", Stage: registry.StageOpened}, storetest.Now)
		}, "这个案件编号已被另一个案件使用 (number: 这个案件编号已被另一个案件使用)"},
		{"number of a document", func(tx *store.Tx) error {
			return store.Documents.Insert(tx, &registry.Document{CaseID: w.cas.ID, Seq: 2, Kind: registry.DocNotice, Number: w.document.Number}, storetest.Now)
		}, "这个文号已被另一份文书使用；同一文号只能登记一次 (number: 这个文号已被另一份文书使用；同一文号只能登记一次)"},
		{"user name", func(tx *store.Tx) error {
			return store.Users.Insert(tx, &registry.User{Username: "liu"}, storetest.Now)
		},
			"这个用户名已有人使用 (username: 这个用户名已有人使用)"},
		{"name of an organ", func(tx *store.Tx) error {
			return store.Organs.Insert(tx, &registry.Organ{Name: w.organ.Name}, storetest.Now)
		},
			"已有同名机构 (name: 已有同名机构)"},
		{"certificate", func(tx *store.Tx) error {
			return store.Officers.Insert(tx, &registry.Officer{Name: "乙", CertNo: w.officer.CertNo}, storetest.Now)
		}, "这个执法证号已登记 (cert_no: 这个执法证号已登记)"},
		{"kind of document", func(tx *store.Tx) error {
			for range 2 {
				var k registry.KeptKind
				k.Name = "约谈"
				if err := store.DocumentKinds.Insert(tx, &k, storetest.Now); err != nil {
					return err
				}
			}
			return nil
		}, "已有同名的文书种类 (name: 已有同名的文书种类)"},
		{"party twice in a case", func(tx *store.Tx) error {
			x := w.cas
			x.Parties = append(x.Parties, x.Parties[0])
			return store.Cases.Update(tx, &x, storetest.Now)
		}, "与已有记录重复 (case_id: 与已有记录重复)"},
		{"an exhibit of a case that is not there", func(tx *store.Tx) error {
			return store.EvidenceItems.Insert(tx, &registry.Evidence{CaseID: 999, Kind: "照片"}, storetest.Now)
		}, "引用的记录不存在，或仍被其他记录引用。请刷新页面后重试。"},
		{"a farm that was inspected", func(tx *store.Tx) error { return store.Farms.Delete(tx, &w.farm) }, "引用的记录不存在，或仍被其他记录引用。请刷新页面后重试。"},
		{"an inspection of a farm that is not there", func(tx *store.Tx) error {
			x := w.inspection
			x.FarmID = 999
			return store.Inspections.Update(tx, &x, storetest.Now)
		}, "引用的记录不存在，或仍被其他记录引用。请刷新页面后重试。"},
	} {
		err := storetest.Try(db, c.write)
		var e *registry.Error
		if !errors.As(err, &e) || e.Kind != registry.KindConflict || e.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}
