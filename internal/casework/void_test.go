package casework_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
	"casebook/internal/store/storetest"
)

var admin2 = registry.Actor{UserID: 9, Username: "root", Role: registry.RoleAdmin}

func mustVoid(t *testing.T, s *casework.Service, entity string, id int64) {
	t.Helper()
	x, err := s.Voidable(ctx, officer, entity, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Void(ctx, officer, entity, id, x.Version, "误登"); err != nil {
		t.Fatal(err)
	}
}

// What rests on a record is named; once it is gone, the record can be voided, down to the farm.
func TestVoidNamesWhatRestsOnIt(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	ins, party := c.Inspections[0], c.Parties[0].PartyID
	version := func(entity string, id int64) int64 {
		t.Helper()
		x, err := s.Voidable(ctx, officer, entity, id)
		if err != nil {
			t.Fatal(err)
		}
		return x.Version
	}
	refused := func(entity string, id int64, rests ...string) {
		t.Helper()
		err := s.Void(ctx, officer, entity, id, version(entity, id), "误登")
		var e *registry.Error
		if !errors.As(err, &e) || e.Kind != registry.KindConflict {
			t.Fatalf("voiding %s %d = %v; want a conflict", entity, id, err)
		}
		var have []string
		for _, r := range e.References {
			have = append(have, fmt.Sprintf("%s %d", r.Entity, r.ID))
			if r.Why == "" || !strings.Contains(e.Message, r.Why) {
				t.Errorf("%s %d: the message does not say why %s %d keeps it: %s", entity, id, r.Entity, r.ID, e.Message)
			}
		}
		if !slices.Equal(have, rests) {
			t.Errorf("%s %d rests on %v, want %v", entity, id, have, rests)
		}
	}
	doc := registry.Document{CaseID: c.ID, Kind: registry.DocOrder, MadeOn: registry.Day(2025, 3, 5)}
	fine := registry.Yuan(1000)
	penalty := registry.Penalty{CaseID: c.ID, PartyID: party, Kind: "罚款", Amount: &fine}
	sample := registry.Sample{InspectionID: ins, Point: "排口", Code: "S-1"}
	for _, err := range []error{errOf(s.AddDocument(ctx, officer, &doc)), errOf(s.AddPenalty(ctx, officer, &penalty)), errOf(s.AddSample(ctx, officer, &sample))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	refused("case", int64(c.ID), fmt.Sprintf("document %d", doc.ID), fmt.Sprintf("penalty %d", penalty.ID))
	refused("party", int64(party), fmt.Sprintf("case %d", c.ID), fmt.Sprintf("penalty %d", penalty.ID), fmt.Sprintf("farm %d", c.FarmID))
	refused("inspection", int64(ins), fmt.Sprintf("case %d", c.ID), fmt.Sprintf("sample %d", sample.ID))
	refused("farm", int64(c.FarmID), fmt.Sprintf("inspection %d", ins), fmt.Sprintf("case %d", c.ID))

	for _, err := range []error{s.RemoveDocument(ctx, officer, doc.ID, doc.Version), s.RemovePenalty(ctx, officer, penalty.ID, penalty.Version), s.RemoveSample(ctx, officer, sample.ID, sample.Version)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, x := range []struct {
		entity string
		id     int64
	}{{"case", int64(c.ID)}, {"inspection", int64(ins)}, {"farm", int64(c.FarmID)}, {"party", int64(party)}} {
		mustVoid(t, s, x.entity, x.id)
	}
	// In the other order they come back: a record that refers to a voided one does not.
	if err := s.Unvoid(ctx, officer, "case", int64(c.ID), version("case", int64(c.ID)), "核对有误"); registry.KindOf(err) != registry.KindConflict || !strings.Contains(err.Error(), "也已作废") {
		t.Errorf("a case came back without its farm: %v", err)
	}
	for _, x := range []struct {
		entity string
		id     int64
	}{{"party", int64(party)}, {"farm", int64(c.FarmID)}, {"inspection", int64(ins)}, {"case", int64(c.ID)}} {
		if err := s.Unvoid(ctx, officer, x.entity, x.id, version(x.entity, x.id), "核对有误"); err != nil {
			t.Fatalf("%s: %v", x.entity, err)
		}
	}
	back, err := s.Case(ctx, officer, c.ID)
	if err != nil || back.IsVoid() || back.UnvoidReason != "核对有误" {
		t.Errorf("case after restoring: %+v, %v", back.Voidable, err)
	}
	verified(t, s)
}

// A voided record is read-only with all that is on it; who may void it and how often is asked.
func TestVoidedIsReadOnly(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	for _, x := range []struct {
		name string
		a    registry.Actor
		why  string
		v    int64
		kind registry.Kind
	}{
		{"no reason", officer, "  ", 1, registry.KindInvalid}, {"an auditor", auditor, "误登", 1, registry.KindForbidden},
		{"another officer", registry.Actor{UserID: 8, Username: "officer9", Role: registry.RoleOfficer}, "误登", 1, registry.KindForbidden},
		{"an old version", officer, "误登", 7, registry.KindStale},
	} {
		if err := s.Void(ctx, x.a, "case", int64(c.ID), x.v, x.why); registry.KindOf(err) != x.kind {
			t.Errorf("%s: %v", x.name, err)
		}
	}
	if err := s.Void(ctx, admin2, "case", int64(c.ID), 1, "误登"); err != nil {
		t.Fatal(err)
	}
	if err := s.Void(ctx, admin2, "case", int64(c.ID), 2, "误登"); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("voided twice: %v", err)
	}
	x, err := s.Case(ctx, officer, c.ID)
	if err != nil || x.Voided.Reason != "误登" || x.Voided.By != "root" || x.Voided.At.IsZero() {
		t.Fatalf("voided: %+v, %v", x.Voided, err)
	}
	x.Title = "改名"
	for what, err := range map[string]error{
		"the case":   s.ChangeCase(ctx, officer, &x),
		"a document": errOf(s.AddDocument(ctx, officer, &registry.Document{CaseID: c.ID, Kind: registry.DocOrder})),
		"an act":     errOf(s.AddViolation(ctx, officer, &registry.Violation{CaseID: c.ID, Facts: "x", TypeCode: s.Law().ViolationTypes()[0].Code})),
		"an exhibit": errOf(s.AddEvidence(ctx, officer, &registry.Evidence{CaseID: c.ID, Kind: "书证", Title: "x"})),
		"a remark":   errOf(s.AddReviewNote(ctx, officer, &registry.ReviewNote{CaseID: c.ID, About: "x", Note: "x"})),
	} {
		if registry.KindOf(err) != registry.KindConflict || !strings.Contains(fmt.Sprint(err), "已作废") {
			t.Errorf("%s of a voided case was written: %v", what, err)
		}
	}
	if _, err := s.AddBulletin(ctx, publisher, &registry.Bulletin{Title: "一期", Cases: []registry.BulletinCase{{CaseID: c.ID, Title: "x", Facts: "y", Handling: "z"}}}); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("a voided case in a bulletin: %v", err)
	}
	mustVoid(t, s, "inspection", int64(c.Inspections[0]))
	if _, err := s.AddSample(ctx, officer, &registry.Sample{InspectionID: c.Inspections[0], Point: "x"}); err == nil {
		t.Error("a sample on a voided inspection")
	}
	mustVoid(t, s, "farm", int64(c.FarmID))
	if _, err := s.AddInspection(ctx, officer, &registry.Inspection{FarmID: c.FarmID, Kind: "日常检查"}); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("an inspection of a voided farm: %v", err)
	}
	verified(t, s)
}

// A voided record gives its number free, and does not come back while another has it.
func TestVoidedNumberIsFree(t *testing.T) {
	s := service(t)
	a := registry.Case{Title: "甲案", Number: "江恩环立〔2025〕1号", DistrictCode: "440785", Meta: registry.Meta{ClientUID: "uid-1"}}
	again := a
	b := registry.Case{Title: "乙案", Number: "江恩环立[2025]第01号", DistrictCode: "440785"}
	if _, err := s.AddCase(ctx, officer, &a); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddCase(ctx, officer, &b); registry.KindOf(err) != registry.KindConflict {
		t.Fatalf("a number was taken twice: %v", err)
	}
	mustVoid(t, s, "case", int64(a.ID))
	if repeated, err := s.AddCase(ctx, officer, &again); err != nil || !repeated || again.ID != a.ID || !again.IsVoid() {
		t.Errorf("the client's UUID answers with %d, void %v (%v)", again.ID, again.IsVoid(), err)
	}
	if _, err := s.AddCase(ctx, officer, &b); err != nil {
		t.Fatal(err)
	}
	if err := s.Unvoid(ctx, officer, "case", int64(a.ID), 2, "有误"); registry.KindOf(err) != registry.KindConflict || !strings.Contains(err.Error(), fmt.Sprint(b.ID)) {
		t.Errorf("a case came back with a number that another has: %v", err)
	}
	mustVoid(t, s, "case", int64(b.ID))
	if err := s.Unvoid(ctx, officer, "case", int64(a.ID), 2, "有误"); err != nil {
		t.Error(err)
	}
	p := registry.Party{Name: "甲公司", Kind: "公司", CreditCode: "91350100M000100Y43"}
	q := registry.Party{Name: "乙公司", Kind: "公司", CreditCode: "91350100M000100Y43"}
	if _, err := s.AddParty(ctx, officer, &p); err != nil {
		t.Fatal(err)
	}
	mustVoid(t, s, "party", int64(p.ID))
	if _, err := s.AddParty(ctx, officer, &q); err != nil {
		t.Errorf("the code of a voided party is not free: %v", err)
	}
	if err := s.Unvoid(ctx, officer, "party", int64(p.ID), 2, "有误"); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("two parties have one code: %v", err)
	}
}

// After random voiding and restoring every list, count, clock and ledger says what a recomputation from the records says.
func TestListsLeaveVoidedOut(t *testing.T) {
	s, db := serviceIn(t, storetest.Dir(t), nil)
	random := rand.New(rand.NewPCG(7, 29))
	districts := []string{"440785", "440781", "440783"}
	var cases []registry.CaseID
	for i := range 24 {
		c := aCase(t, s, registry.OriginField)
		c.DistrictCode, c.Number = districts[i%len(districts)], fmt.Sprintf("2025-%d", i)
		if err := s.ChangeCase(ctx, officer, c); err != nil {
			t.Fatal(err)
		}
		cases = append(cases, c.ID)
	}
	for range 40 {
		id := cases[random.IntN(len(cases))]
		c, err := s.Case(ctx, officer, id)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case c.IsVoid():
			_ = s.Unvoid(ctx, officer, "case", int64(id), c.Version, "有误") // its inspection may be void
		case random.IntN(2) == 0:
			if err := s.Void(ctx, officer, "case", int64(id), c.Version, "误登"); err != nil {
				t.Fatal(err)
			}
			if ins := c.Inspections[0]; random.IntN(2) == 0 {
				mustVoid(t, s, "inspection", int64(ins))
			}
		}
	}
	standing, byDistrict, voided, cased := map[registry.CaseID]bool{}, map[string]int{}, 0, 0
	inspections := 0
	for _, id := range cases {
		c, err := s.Case(ctx, officer, id)
		if err != nil {
			t.Fatal(err)
		}
		ins, err := s.Inspection(ctx, officer, c.Inspections[0])
		if err != nil {
			t.Fatal(err)
		}
		if !ins.IsVoid() {
			inspections++
		}
		if c.IsVoid() {
			voided++
			continue
		}
		cased++
		standing[id] = true
		byDistrict[c.DistrictCode]++
	}
	if voided == 0 || len(standing) == 0 {
		t.Fatalf("%d voided, %d not: nothing is tried", voided, len(standing))
	}
	all := casework.Page{Limit: 100}
	list, err := s.Cases(ctx, officer, casework.CaseFilter{}, all)
	if err != nil || len(list.Rows) != len(standing) || list.Count != len(standing) {
		t.Errorf("the list has %d cases and counts %d (%v), want %d", len(list.Rows), list.Count, err, len(standing))
	}
	for _, r := range list.Rows {
		if !standing[r.ID] || r.IsVoid() {
			t.Errorf("case %d is void and in the list", r.ID)
		}
	}
	if list, err = s.Cases(ctx, officer, casework.CaseFilter{IncludeVoided: true}, all); err != nil || len(list.Rows) != len(cases) {
		t.Errorf("with the voided the list has %d cases (%v), want %d", len(list.Rows), err, len(cases))
	}
	if list, err = s.Cases(ctx, officer, casework.CaseFilter{Q: "绿源"}, all); err != nil || len(list.Rows) != len(standing) {
		t.Errorf("search finds %d cases (%v), want %d", len(list.Rows), err, len(standing))
	}
	if list, err = s.Cases(ctx, officer, casework.CaseFilter{OnTheWay: true}, all); err != nil || len(list.Rows) != len(standing) {
		t.Errorf("%d cases are on the way (%v), want %d", len(list.Rows), err, len(standing))
	}
	seen, err := s.Inspections(ctx, officer, casework.InspectionFilter{}, all)
	if err != nil || len(seen.Rows) != inspections || seen.Count != inspections {
		t.Errorf("%d inspections, counted %d (%v), want %d", len(seen.Rows), seen.Count, err, inspections)
	}
	free, err := s.Inspections(ctx, officer, casework.InspectionFilter{NoCase: true, Result: registry.ViolationFound}, all)
	if err != nil || len(free.Rows) != inspections-cased {
		t.Errorf("%d inspections have no case (%v), want %d", len(free.Rows), err, inspections-cased)
	}
	if err := db.Read(ctx, func(tx *store.Tx) error {
		counts, err := tx.CountByDistrict(s.Bureau().Districts)
		checks := 0
		for _, n := range counts {
			checks += n.Checks
			if n.Cases != byDistrict[n.Code] {
				t.Errorf("the desk counts %d cases of %s, want %d", n.Cases, n.Code, byDistrict[n.Code])
			}
		}
		if checks != inspections {
			t.Errorf("the desk counts %d inspections, want %d", checks, inspections)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	rows := 0
	err = readLedger(ctx, s, auditor, casework.LedgerFilter{IncludeVoided: true}, func(l report.Ledger) error {
		if l.Options.Voided != voided || len(l.Options.VoidedNumbers) != min(voided, 20) {
			t.Errorf("the ledger says %d cases were voided and names %d, want %d", l.Options.Voided, len(l.Options.VoidedNumbers), voided)
		}
		sum, err := report.Summarize(l.Cases, l.Options)
		rows = sum.Rows[report.SheetCases]
		if f := sum.Figure("voided"); f.Value.N != int64(voided) || !sum.Consistent() {
			t.Errorf("the summary says %d voided cases, want %d", f.Value.N, voided)
		}
		return err
	})
	if err != nil || rows != len(standing) || rows+voided != len(cases) {
		t.Errorf("the ledger has %d rows (%v), want %d", rows, err, len(standing))
	}
	verified(t, s)
}

// The page of a case is read with as many statements however long it is.
func TestCasePageStatements(t *testing.T) {
	count := 0
	s, _ := serviceIn(t, storetest.Dir(t), func(string) { count++ })
	c := aCase(t, s, registry.OriginField)
	statements := func() int {
		count = 0
		if _, err := s.CasePage(ctx, officer, c.ID); err != nil {
			t.Fatal(err)
		}
		return count
	}
	add := func(n int) {
		if err := s.Bulk(ctx, officer, func(b *casework.Bulk) error {
			for i := range n {
				if err := b.Document(&registry.Document{CaseID: c.ID, Seq: int64(i + 1), Kind: registry.DocOther, MadeOn: registry.Day(2025, 1, 1+i%28)}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	add(7)
	short := statements()
	add(693)
	if long := statements(); long != short {
		t.Errorf("a case of 700 documents is read with %d statements, one of 7 with %d", long, short)
	}
}

func verified(t *testing.T, s *casework.Service) {
	t.Helper()
	r, err := s.Verify(ctx, admin2)
	if err != nil || len(r.Defects) > 0 {
		t.Errorf("verify: %v, %v", r.Defects, err)
	}
}

func errOf(_ bool, err error) error { return err }
