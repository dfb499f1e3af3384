package store_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/storetest"
)

// fillCase adds one of everything to the case of a world and returns the file as it must be read.
func fillCase(t *testing.T, db *store.DB, w *world) registry.CaseFile {
	t.Helper()
	f := registry.CaseFile{Farm: &w.farm, DecidingOrgan: &w.organ, HandlingOrgan: &w.organ, Campaign: &w.campaign, Parties: []registry.Party{w.party}, Inspections: []registry.Inspection{w.inspection}}
	var sample registry.Sample
	var exhibit registry.Evidence
	var note registry.ReviewNote
	var payment registry.Payment
	var order registry.Document
	for _, x := range []any{&sample, &exhibit, &note, &payment, &order} {
		storetest.Fill(x, w.refs)
	}
	exhibit.InspectionID = 0
	order.Kind, order.Seq, order.MadeOn = registry.DocOrder, 2, registry.Day(2024, 5, 3) // entered later, made earlier
	w.violation.Citations = []registry.Citation{{Role: registry.RoleBreached, Law: "水污染防治法", Provision: registry.Provision{Article: 39}}, {Role: registry.RoleBasis, Law: "水污染防治法"}}
	storetest.Write(t, db, func(tx *store.Tx) error {
		for _, insert := range []func() error{
			func() error { return store.Samples.Insert(tx, &sample, storetest.Now) },
			func() error { return store.EvidenceItems.Insert(tx, &exhibit, storetest.Now) },
			func() error { return store.ReviewNotes.Insert(tx, &note, storetest.Now) },
			func() error { return store.Payments.Insert(tx, &payment, storetest.Now) },
			func() error { return store.Documents.Insert(tx, &order, storetest.Now) },
			func() error { return store.Violations.Update(tx, &w.violation, storetest.Now) },
		} {
			if err := insert(); err != nil {
				return err
			}
		}
		return nil
	})
	f.Case = w.cas
	f.Case.Stage = registry.StageDecided
	f.Samples, f.Evidence, f.ReviewNotes, f.Payments = []registry.Sample{sample}, []registry.Evidence{exhibit}, []registry.ReviewNote{note}, []registry.Payment{payment}
	f.Violations, f.Documents, f.Penalties = []registry.Violation{w.violation}, []registry.Document{order, w.document}, []registry.Penalty{w.penalty}
	return f
}

func TestCaseFile(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db)
	bare := registry.Case{Title: "乙案", DistrictCode: "440785", Stage: registry.StageOpened}
	storetest.Write(t, db, func(tx *store.Tx) error { return store.Cases.Insert(tx, &bare, storetest.Now) })
	want := fillCase(t, db, w)
	storetest.Read(t, db, func(tx *store.Tx) error {
		got, err := tx.CaseFile(w.cas.ID)
		if err != nil {
			return err
		}
		g, x := reflect.ValueOf(*got), reflect.ValueOf(want)
		for i := range g.NumField() {
			if !reflect.DeepEqual(g.Field(i).Interface(), x.Field(i).Interface()) {
				t.Errorf("%s:\n got %+v\nwant %+v", g.Type().Field(i).Name, g.Field(i), x.Field(i))
			}
		}
		if _, err := tx.CaseFile(99); registry.KindOf(err) != registry.KindNotFound {
			t.Errorf("CaseFile of no case = %v", err)
		}
		files, err := tx.CaseFiles([]registry.CaseID{bare.ID, 99, w.cas.ID})
		if err != nil || len(files) != 2 || !reflect.DeepEqual(*files[0], registry.CaseFile{Case: bare}) || files[1].Case.ID != w.cas.ID {
			t.Errorf("CaseFiles of two cases and none = %+v, %v", files, err)
		}
		if files, err := tx.CaseFiles(nil); files != nil || err != nil {
			t.Errorf("CaseFiles of nothing = %v, %v", files, err)
		}
		return nil
	})
}

// An exhibit of an inspection, and a file kept there, are on every case that rests on it, once, also where the case has taken it up.
func TestCaseFilesHaveTheEvidenceOfInspections(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db)
	other := registry.Case{Title: "乙案", DistrictCode: "440785", Inspections: []registry.InspectionID{w.inspection.ID}}
	bare := registry.Case{Title: "丙案", DistrictCode: "440785"}
	photo := registry.Attachment{Entity: "inspection", EntityID: int64(w.inspection.ID), Filename: "a.jpg", SHA256: "x", CreatedAt: storetest.Now}
	storetest.Write(t, db, func(tx *store.Tx) error {
		for _, c := range []*registry.Case{&other, &bare} {
			if err := store.Cases.Insert(tx, c, storetest.Now); err != nil {
				return err
			}
		}
		for i, x := range []registry.Evidence{{InspectionID: w.inspection.ID, Title: "甲"}, {CaseID: w.cas.ID, InspectionID: w.inspection.ID, Title: "乙"}, {CaseID: bare.ID, Title: "丙"}} {
			x.Seq = int64(9 - i)
			if err := store.EvidenceItems.Insert(tx, &x, storetest.Now); err != nil {
				return err
			}
		}
		_, err := tx.InsertAttachment(&photo, "")
		return err
	})
	storetest.Read(t, db, func(tx *store.Tx) error {
		files, err := tx.CaseFiles([]registry.CaseID{w.cas.ID, other.ID, bare.ID})
		if err != nil {
			return err
		}
		for i, want := range []string{"乙 甲 a.jpg", "乙 甲 a.jpg", "丙"} {
			var got []string
			for _, e := range files[i].Evidence {
				got = append(got, e.Title)
			}
			for _, a := range files[i].Files {
				got = append(got, a.Filename)
			}
			if s := strings.Join(got, " "); s != want {
				t.Errorf("%s has %q, want %q", files[i].Case.Title, s, want)
			}
		}
		return nil
	})
}

// Places that are taken, and who is told by what is on a case.
func TestCaseLookUps(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db)
	fillCase(t, db, w)
	storetest.Write(t, db, func(tx *store.Tx) error {
		return store.EvidenceItems.Insert(tx, &registry.Evidence{InspectionID: w.inspection.ID, Seq: 4, Kind: "照片"}, storetest.Now)
	})
	closedOn := func(tx *store.Tx) string {
		title, err := tx.ClosedCaseOn(w.inspection.ID)
		return fmt.Sprint(title, " ", err)
	}
	storetest.Read(t, db, func(tx *store.Tx) error {
		seq := func(n int64, err error) string { return fmt.Sprint(n, err) }
		officers, err := tx.OfficersByID([]registry.OfficerID{w.officer.ID, w.officer.ID, 0, 99})
		if err != nil || !reflect.DeepEqual(officers, map[registry.OfficerID]registry.Officer{w.officer.ID: w.officer}) {
			t.Errorf("OfficersByID = %+v, %v", officers, err)
		}
		none, err := tx.SamplesOf(nil)
		if err != nil || len(none) != 0 {
			t.Errorf("SamplesOf nothing = %v, %v", none, err)
		}
		for _, c := range []struct{ name, got, want string }{
			{"documents", seq(tx.LastDocumentSeq(w.cas.ID)), "2 <nil>"},
			{"documents of no case", seq(tx.LastDocumentSeq(99)), "0 <nil>"},
			{"exhibits of an inspection", seq(tx.LastEvidenceSeq(0, w.inspection.ID)), "4 <nil>"},
			{"exhibits of no case", seq(tx.LastEvidenceSeq(99, 0)), "0 <nil>"},
			{"closed case", closedOn(tx), " <nil>"},
		} {
			if c.got != c.want {
				t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
			}
		}
		return nil
	})
	storetest.Write(t, db, func(tx *store.Tx) error {
		return store.Documents.Insert(tx, &registry.Document{CaseID: w.cas.ID, Seq: 3, Kind: registry.DocClosing, MadeOn: registry.Day(2024, 12, 1)}, storetest.Now)
	})
	storetest.Read(t, db, func(tx *store.Tx) error {
		if title, err := tx.ClosedCaseOn(w.inspection.ID); err != nil || title != w.cas.Title {
			t.Errorf("ClosedCaseOn = %q, %v; want %s", title, err, w.cas.Title)
		}
		return nil
	})
}

// A text a citation points at is kept once and never changes.
func TestKeptTexts(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	keep := func(text string) {
		storetest.Write(t, db, func(tx *store.Tx) error {
			return tx.KeepText("h", "水污染防治法", "2017年修正", "第三十九条", text, "2026-11-22")
		})
	}
	keep("禁止利用渗井")
	keep("别的")
	storetest.Read(t, db, func(tx *store.Tx) error {
		if texts, err := tx.KeptTexts([]string{"h", "h"}); err != nil || !maps.Equal(texts, map[string]string{"h": "禁止利用渗井"}) {
			t.Errorf("KeptTexts = %q, %v; want what was kept first", texts, err)
		}
		if _, err := tx.KeptTexts([]string{"h", "x"}); registry.KindOf(err) != registry.KindNotFound {
			t.Errorf("KeptTexts with another hash = %v", err)
		}
		return nil
	})
}

func TestPartyLookUps(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db)
	other := registry.Party{Name: "张三", Kind: "自然人"}
	both := registry.Case{Title: "乙案", DistrictCode: "440785", Stage: registry.StageOpened}
	onFarm, onInspection, apart := both, both, both
	onFarm.Title, onFarm.FarmID = "丙案", w.farm.ID
	onInspection.Title, onInspection.Inspections = "丁案", []registry.InspectionID{w.inspection.ID}
	apart.Title = "戊案"
	storetest.Write(t, db, func(tx *store.Tx) error {
		if err := store.Parties.Insert(tx, &other, storetest.Now); err != nil {
			return err
		}
		both.Parties = []registry.CaseParty{{PartyID: other.ID, Role: "单位"}, {PartyID: w.party.ID, Role: "责任人"}}
		both.FarmID = w.farm.ID
		for _, c := range []*registry.Case{&both, &onFarm, &onInspection, &apart} {
			if err := store.Cases.Insert(tx, c, storetest.Now); err != nil {
				return err
			}
		}
		return nil
	})
	storetest.Read(t, db, func(tx *store.Tx) error {
		refs, err := tx.PartyReferences(w.party.ID, 9)
		if want := []registry.MovedReference{{Entity: "case", ID: 1}, {Entity: "case", ID: 2}, {Entity: "farm", ID: 1}, {Entity: "inspection", ID: 1}, {Entity: "penalty", ID: 1}}; err != nil || !slices.Equal(refs, want) {
			t.Errorf("PartyReferences = %v, %v; want %v", refs, err, want)
		}
		if refs, err = tx.PartyReferences(w.party.ID, 1); err != nil || len(refs) != 4 {
			t.Errorf("PartyReferences, one of each = %v, %v", refs, err)
		}
		for _, c := range []struct {
			a, b registry.PartyID
			want string
		}{{w.party.ID, other.ID, "2 乙案 true <nil>"}, {other.ID, 99, "0  false <nil>"}} {
			id, title, ok, err := tx.SharedCase(c.a, c.b)
			if got := fmt.Sprintln(id, title, ok, err); got != c.want+"\n" {
				t.Errorf("SharedCase(%d, %d) = %s, want %s", c.a, c.b, got, c.want)
			}
		}
		ids, direct, err := tx.RelatedCases(&w.cas, 9)
		if want := []registry.CaseID{onInspection.ID, onFarm.ID, both.ID}; err != nil || !slices.Equal(ids, want) ||
			!reflect.DeepEqual(direct, map[registry.CaseID]bool{both.ID: true, onFarm.ID: false, onInspection.ID: false}) {
			t.Errorf("RelatedCases = %v %v, %v; want %v", ids, direct, err, want)
		}
		if ids, _, err := tx.RelatedCases(&w.cas, 1); err != nil || len(ids) != 1 {
			t.Errorf("RelatedCases, one = %v, %v", ids, err)
		}
		parties, err := tx.PartiesOfFarm(w.farm.ID, 9)
		if want := []registry.PartyID{other.ID, w.party.ID}; err != nil || !slices.Equal(parties, want) {
			t.Errorf("PartiesOfFarm = %v, %v; want %v", parties, err, want)
		}
		for _, c := range []struct {
			district, name string
			want           []registry.CaseID
		}{{"440785", "绿源公司", []registry.CaseID{both.ID, w.cas.ID}}, {"440785", "恩平某公司", []registry.CaseID{both.ID, w.cas.ID}}, {"440781", "绿源公司", nil}, {"440785", "", nil}} {
			if got, err := tx.CasesOfParty(c.district, c.name); err != nil || !slices.Equal(got, c.want) {
				t.Errorf("CasesOfParty(%s, %s) = %v, %v; want %v", c.district, c.name, got, err, c.want)
			}
		}
		return nil
	})
}

func TestPublications(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db)
	list := []registry.Publication{
		{Name: "江门日报", SHA256: "a", Size: 3, Cases: []registry.PublicationCase{{CaseID: w.cas.ID, Start: 1, End: 5}}},
		{Name: "网站", SHA256: "a", Cases: []registry.PublicationCase{{CaseID: w.cas.ID, Start: 7, End: 9}}},
		{Name: "公报", SHA256: "b"},
	}
	storetest.Write(t, db, func(tx *store.Tx) error {
		for i := range list {
			if err := store.Publications.Insert(tx, &list[i], storetest.Now); err != nil {
				return err
			}
		}
		return nil
	})
	storetest.Read(t, db, func(tx *store.Tx) error {
		cases, err := tx.CasesOfText("a")
		if want := []registry.PublicationCase{{CaseID: w.cas.ID, Start: 1, End: 5}, {CaseID: w.cas.ID, Start: 7, End: 9}}; err != nil || !reflect.DeepEqual(cases, want) {
			t.Errorf("CasesOfText = %v, %v; want %v", cases, err, want)
		}
		if cases, err := tx.CasesOfText("c"); err != nil || cases != nil {
			t.Errorf("CasesOfText of a new text = %v, %v", cases, err)
		}
		rows, err := tx.RecentPublications(2)
		var got []string
		for _, r := range rows {
			got = append(got, fmt.Sprint(r.Name, " ", r.Count))
		}
		if want := []string{"公报 0", "网站 1"}; err != nil || !slices.Equal(got, want) {
			t.Errorf("RecentPublications = %v, %v; want %v", got, err, want)
		}
		return nil
	})
}

func TestKeptKinds(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db)
	generation := func() (g store.KeptGeneration) {
		storetest.Read(t, db, func(tx *store.Tx) (err error) {
			g, err = tx.KeptGeneration()
			return err
		})
		return g
	}
	if got := generation(); got != (store.KeptGeneration{}) {
		t.Errorf("generation of nothing: %+v", got)
	}
	var talk, end registry.KeptKind
	talk.Name, talk.Active = "约谈", true
	end.Name, end.Stage = "督办销案", registry.StageClosed
	storetest.Write(t, db, func(tx *store.Tx) error {
		if err := store.DocumentKinds.Insert(tx, &talk, storetest.Now); err != nil {
			return err
		}
		return store.DocumentKinds.Insert(tx, &end, storetest.Now)
	})
	if got, want := generation(), (store.KeptGeneration{Kinds: 2, KindVersions: 2}); got != want {
		t.Errorf("generation of two kinds: %+v, want %+v", got, want)
	}
	storetest.Read(t, db, func(tx *store.Tx) error {
		if got, err := tx.KeptKinds(); err != nil || !reflect.DeepEqual(got, []registry.KeptKind{talk, end}) {
			t.Errorf("KeptKinds = %+v, %v", got, err)
		}
		return nil
	})
	// A kind of the administrator's moves the case as the program's own do.
	storetest.Write(t, db, func(tx *store.Tx) error {
		return store.Documents.Insert(tx, &registry.Document{CaseID: w.cas.ID, Seq: 2, Kind: end.Name}, storetest.Now)
	})
	storetest.Read(t, db, func(tx *store.Tx) error {
		if stage, err := tx.CaseStage(w.cas.ID); err != nil || stage != registry.StageClosed {
			t.Errorf("CaseStage = %s, %v; want %s", stage, err, registry.StageClosed)
		}
		return nil
	})
}
