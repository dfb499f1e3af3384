package store

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// side is one branch with a record of each noun.
type side struct {
	organ      registry.Organ
	branch     *registry.Branch
	party      registry.Party
	farm       registry.Farm
	inspection registry.Inspection
	cas        registry.Case
	sample     registry.Sample
	evidence   registry.Evidence
	violation  registry.Violation
	document   registry.Document
	penalty    registry.Penalty
	payment    registry.Payment
	note       registry.ReviewNote
	sheet      registry.DiscretionSheet
	file       registry.Attachment
	asked      registry.Interrogation
	signed     registry.SignedPaper
}

func newSide(t *testing.T, db *DB, name, district string) *side {
	t.Helper()
	s := &side{organ: registry.Organ{Name: name + "分局", ShortName: name + "分局", Kind: "分局", DistrictCode: district, Active: true}}
	write(t, db, func(tx *Tx) error {
		if err := Organs.Insert(tx, &s.organ, testTime); err != nil {
			return err
		}
		s.branch = &registry.Branch{OrganID: s.organ.ID, Name: s.organ.ShortName, DistrictCode: district}
		s.party = registry.Party{Origin: registry.OriginField, Name: name + "养殖公司", Kind: "公司"}
		if err := Parties.Insert(tx, &s.party, testTime); err != nil {
			return err
		}
		return s.fill(tx, s, name, district)
	})
	return s
}

// fill makes one record of each noun that lies in a district, of a party and a unit.
func (s *side) fill(tx *Tx, of *side, name, district string) error {
	s.farm = registry.Farm{Origin: registry.OriginField, Name: name + "猪场", DistrictCode: district, OperatorID: of.party.ID}
	if err := Farms.Insert(tx, &s.farm, testTime); err != nil {
		return err
	}
	s.inspection = registry.Inspection{Origin: registry.OriginField, FarmID: s.farm.ID, PartyID: of.party.ID, DistrictCode: district, StartedOn: registry.Day(2025, 3, 1),
		Result: registry.ViolationFound, State: registry.InspectionSubmitted, Findings: name + "渗坑"}
	if err := Inspections.Insert(tx, &s.inspection, testTime); err != nil {
		return err
	}
	s.cas = registry.Case{Origin: registry.OriginField, Title: name + "渗坑案", DistrictCode: district, FarmID: s.farm.ID, FoundOn: registry.Day(2025, 3, 1), Stage: registry.StageOpened,
		HandlingOrganID: of.organ.ID, Parties: []registry.CaseParty{{PartyID: of.party.ID, Role: "单位"}}, Inspections: []registry.InspectionID{s.inspection.ID}}
	if err := Cases.Insert(tx, &s.cas, testTime); err != nil {
		return err
	}
	return s.children(tx, s.inspection.ID, s.cas.ID)
}

// children makes one of each noun that hangs on an inspection or a case.
func (s *side) children(tx *Tx, i registry.InspectionID, c registry.CaseID) error {
	for _, step := range s.steps(tx, i, c) {
		if err := step.insert(); err != nil {
			return fmt.Errorf("%s: %w", step.entity, err)
		}
	}
	return nil
}

type step struct {
	entity                 string
	insert, update, delete func() error
}

func stepOf[T any, P Record[T]](tx *Tx, t *Table[T, P], x P, make func()) step {
	return step{t.Entity, func() error { make(); return t.Insert(tx, x, testTime) }, func() error { return t.Update(tx, x, testTime) }, func() error { return t.Delete(tx, x) }}
}

// steps are the writes of every noun that hangs on an inspection or a case.
func (s *side) steps(tx *Tx, i registry.InspectionID, c registry.CaseID) []step {
	return []step{
		stepOf(tx, Samples, &s.sample, func() { s.sample = registry.Sample{InspectionID: i, Point: "排放口"} }),
		stepOf(tx, EvidenceItems, &s.evidence, func() { s.evidence = registry.Evidence{CaseID: c, Kind: "书证", Title: "笔录"} }),
		stepOf(tx, Violations, &s.violation, func() { s.violation = registry.Violation{CaseID: c, Facts: "渗坑"} }),
		stepOf(tx, Documents, &s.document, func() { s.document = registry.Document{CaseID: c, Kind: registry.DocDecision} }),
		stepOf(tx, Penalties, &s.penalty, func() { s.penalty = registry.Penalty{CaseID: c, Kind: "罚款"} }),
		stepOf(tx, Payments, &s.payment, func() { s.payment = registry.Payment{CaseID: c, PenaltyID: s.penalty.ID, Amount: 100} }),
		stepOf(tx, ReviewNotes, &s.note, func() { s.note = registry.ReviewNote{CaseID: c, Note: "核对"} }),
		stepOf(tx, DiscretionSheets, &s.sheet, func() {
			s.sheet = registry.DiscretionSheet{CaseID: c, ViolationID: s.violation.ID, Sheet: []byte(`{}`)}
		}),
		stepOf(tx, Interrogations, &s.asked, func() { s.asked = registry.Interrogation{CaseID: c, Name: "甲"} }),
		{"attachment", func() error {
			s.file = registry.Attachment{Entity: "case", EntityID: int64(c), Filename: "a.pdf", SHA256: strings.Repeat("0", 64), CreatedAt: testTime}
			_, err := tx.InsertAttachment(&s.file, "")
			return err
		}, func() error { return tx.MayWrite("case", int64(c)) }, func() error { return tx.DeleteAttachment(s.file.ID) }},
		stepOf(tx, SignedPapers, &s.signed, func() {
			s.signed = registry.SignedPaper{CaseID: c, Entity: "document", EntityID: int64(s.document.ID), Paper: fmt.Sprint("decision ", s.signed.ID), AttachmentID: s.file.ID}
		}),
	}
}

// all are the writes of every noun with a place.
func (s *side) all(tx *Tx) []step {
	own := func(e string, update func() error) step { return step{e, nil, update, nil} }
	return append([]step{
		own("party", func() error { return Parties.Update(tx, &s.party, testTime) }),
		own("farm", func() error { return Farms.Update(tx, &s.farm, testTime) }),
		own("inspection", func() error { return Inspections.Update(tx, &s.inspection, testTime) }),
		own("case", func() error { return Cases.Update(tx, &s.cas, testTime) }),
	}, s.steps(tx, s.inspection.ID, s.cas.ID)...)
}

// errRolledBack ends a write that a test only tries.
var errRolledBack = registry.Conflict("tried")

func TestWritesAreConfinedToABranch(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	ours, theirs := newSide(t, db, "恩平", "440785"), newSide(t, db, "开平", "440783")
	try := func(b *registry.Branch, fn func(tx *Tx) error) error {
		err := db.Write(context.Background(), settled(func(tx *Tx) error {
			tx.Confine(b)
			if err := fn(tx); err != nil {
				return err
			}
			return errRolledBack
		}))
		if registry.KindOf(err) == registry.KindConflict {
			return nil
		}
		return err
	}
	covered := map[string]bool{}
	for _, who := range []struct {
		name  string
		own   *registry.Branch
		of    *side
		write bool
	}{{"own", ours.branch, ours, true}, {"other", ours.branch, theirs, false}, {"the city", nil, theirs, true}, {"dissolved", &registry.Branch{OrganID: 9, Name: "旧分局"}, theirs, false}} {
		names := func(tx *Tx) []string {
			var list []string
			for _, s := range who.of.all(tx) {
				list = append(list, s.entity)
			}
			return list
		}
		var entities []string
		_ = try(nil, func(tx *Tx) error { entities = names(tx); return nil })
		for n, entity := range entities {
			covered[entity] = true
			for kind, act := range map[string]func(step) func() error{"insert": func(s step) func() error { return s.insert }, "update": func(s step) func() error { return s.update }, "delete": func(s step) func() error { return s.delete }} {
				of := *who.of // what a try changes is rolled back
				err := try(who.own, func(tx *Tx) error {
					s := of.all(tx)[n]
					fixed := entity == "discretion_sheet" || kind == "delete" && (entity == "penalty" || entity == "violation") // never changed; others hang on it
					fn := act(s)
					if fn == nil || fixed && kind != "insert" {
						return tx.MayWrite(entity, idOf(&of, entity))
					}
					return fn()
				})
				if got := err == nil; got != who.write {
					t.Errorf("%s, %s of %s: %v, want written: %v", who.name, kind, entity, err, who.write)
				}
				if !who.write && registry.KindOf(err) != registry.KindForbidden {
					t.Errorf("%s, %s of %s: %v, want forbidden", who.name, kind, entity, err)
				}
			}
		}
	}
	for entity := range belongs {
		if !covered[entity] {
			t.Errorf("no write of %s was tried", entity)
		}
	}
	t.Run("a deleted record of another branch is not restored", func(t *testing.T) {
		err := try(nil, func(tx *Tx) error {
			x := theirs.note
			if err := ReviewNotes.Delete(tx, &x); err != nil {
				return err
			}
			tx.Confine(ours.branch)
			x.Version++
			return ReviewNotes.Restore(tx, &x, testTime)
		})
		if registry.KindOf(err) != registry.KindForbidden {
			t.Errorf("Restore = %v, want forbidden", err)
		}
	})
	t.Run("a record is not moved to another branch", func(t *testing.T) {
		for name, move := range map[string]func(tx *Tx) error{
			"a farm": func(tx *Tx) error { x := ours.farm; x.DistrictCode = "440783"; return Farms.Update(tx, &x, testTime) },
			"a case": func(tx *Tx) error {
				x := ours.cas
				x.HandlingOrganID = theirs.organ.ID
				return Cases.Update(tx, &x, testTime)
			},
			"to one's own": func(tx *Tx) error {
				x := theirs.cas
				x.HandlingOrganID = ours.organ.ID
				return Cases.Update(tx, &x, testTime)
			},
		} {
			if err := try(ours.branch, move); registry.KindOf(err) != registry.KindForbidden {
				t.Errorf("%s: %v, want forbidden", name, err)
			}
			if err := try(nil, move); err != nil {
				t.Errorf("%s, by the city: %v", name, err)
			}
		}
	})
	t.Run("a new party is anybody's, and a shared one is of both", func(t *testing.T) {
		err := try(ours.branch, func(tx *Tx) error {
			x := registry.Party{Origin: registry.OriginField, Name: "新公司", Kind: "公司"}
			if err := Parties.Insert(tx, &x, testTime); err != nil {
				return err
			}
			f := ours.farm
			f.OperatorID = theirs.party.ID
			if err := Farms.Update(tx, &f, testTime); err != nil {
				return err
			}
			p := theirs.party
			return Parties.Update(tx, &p, testTime)
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func idOf(s *side, entity string) int64 {
	return map[string]int64{"party": int64(s.party.ID), "farm": int64(s.farm.ID), "inspection": int64(s.inspection.ID), "case": int64(s.cas.ID), "penalty": int64(s.penalty.ID),
		"violation": int64(s.violation.ID), "discretion_sheet": int64(s.sheet.ID)}[entity]
}

// A case is of the unit that handles it, and follows when the unit's district or the case's unit changes.
func TestACaseIsOfItsHandlingUnit(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	enping, kaiping := newSide(t, db, "恩平", "440785"), newSide(t, db, "开平", "440783")
	city := registry.Organ{Name: "市局", Kind: "市局", DistrictCode: "440700", Active: true}
	station := registry.Organ{Name: "监测站", Kind: "其他", Active: true}
	write(t, db, func(tx *Tx) error {
		if err := Organs.Insert(tx, &city, testTime); err != nil {
			return err
		}
		return Organs.Insert(tx, &station, testTime)
	})
	of := func(tx *Tx) string {
		t.Helper()
		codes, err := tx.DistrictsOf("case", int64(enping.cas.ID))
		if err != nil || len(codes) != 1 {
			t.Fatal(codes, err)
		}
		return codes[0]
	}
	for _, c := range []struct {
		unit registry.OrganID
		want string
	}{{kaiping.organ.ID, "440783"}, {city.ID, "440700"}, {station.ID, "440785"}, {0, "440785"}, {enping.organ.ID, "440785"}} {
		write(t, db, func(tx *Tx) error {
			enping.cas.HandlingOrganID = c.unit
			if err := Cases.Update(tx, &enping.cas, testTime); err != nil {
				return err
			}
			if got := of(tx); got != c.want {
				t.Errorf("handled by unit %d the case is of %s, want %s", c.unit, got, c.want)
			}
			return nil
		})
	}
	write(t, db, func(tx *Tx) error {
		enping.organ.DistrictCode = "440781"
		if err := Organs.Update(tx, &enping.organ, testTime); err != nil {
			return err
		}
		if got := of(tx); got != "440781" {
			t.Errorf("after the unit moved the case is of %s", got)
		}
		return tx.verifyBranches(func(format string, args ...any) { t.Errorf(format, args...) })
	})
	defects := 0
	write(t, db, func(tx *Tx) error {
		if _, err := tx.exec("UPDATE cases SET branch = '440704' WHERE id = $1", enping.cas.ID); err != nil {
			return err
		}
		return tx.verifyBranches(func(string, ...any) { defects++ })
	})
	if defects != 1 {
		t.Errorf("verify found %d wrong branches, want 1", defects)
	}
}

// Where reading is narrowed every list holds the branch's rows only, a single row of another branch is not found, and no list that a page
// shows reads a whole table for it.
func TestReadingNarrowedToABranch(t *testing.T) {
	var traced []string
	db := open(t, t.TempDir(), Options{Trace: func(q string) { traced = append(traced, q) }})
	ours, theirs := newSide(t, db, "恩平", "440785"), newSide(t, db, "开平", "440783")
	write(t, db, func(tx *Tx) error {
		for _, c := range []registry.CaseID{ours.cas.ID, theirs.cas.ID} {
			if _, err := tx.exec("UPDATE cases SET due_on = '2025-06-01', due_code = 'X' WHERE id = $1", c); err != nil {
				return err
			}
		}
		return nil
	})
	page := Page{Limit: 10}
	count := func(n int, err error) (int, error) { return n, err }
	lists := []struct {
		name string
		plan string // the index that the list reads; empty: any but a whole table
		rows func(tx *Tx) (int, error)
	}{
		{"Cases", "cases_branch", func(tx *Tx) (int, error) { l, _, err := tx.Cases(CaseFilter{}, page); return count(len(l), err) }},
		{"Cases by words", "", func(tx *Tx) (int, error) {
			l, _, err := tx.Cases(CaseFilter{Q: "渗坑案"}, page)
			return count(len(l), err)
		}},
		{"CountCases", "tallies", func(tx *Tx) (int, error) { n, _, err := tx.CountCases(CaseFilter{}); return n, err }},
		{"CaseIDs", "cases_branch", func(tx *Tx) (int, error) { l, err := tx.CaseIDs(CaseFilter{}, 0, 10); return count(len(l), err) }},
		{"Farms", "farms_district", func(tx *Tx) (int, error) { l, _, err := tx.Farms(FarmFilter{}, page); return count(len(l), err) }},
		{"CountFarms", "tallies", func(tx *Tx) (int, error) { n, _, err := tx.CountFarms(FarmFilter{}); return n, err }},
		{"Inspections", "inspections_district", func(tx *Tx) (int, error) {
			l, _, err := tx.Inspections(InspectionFilter{}, page)
			return count(len(l), err)
		}},
		{"CountInspections", "tallies", func(tx *Tx) (int, error) { n, _, err := tx.CountInspections(InspectionFilter{}); return n, err }},
		{"DueCases", "cases_due_branch", func(tx *Tx) (int, error) { l, _, err := tx.DueCases(DueFilter{}, page); return count(len(l), err) }},
		{"CountDue", "due_tallies", func(tx *Tx) (int, error) {
			c, err := tx.CountDue(DueFilter{}, registry.Day(2025, 7, 1), registry.Day(2025, 7, 8))
			return c.Overdue, err
		}},
		{"Parties", "", func(tx *Tx) (int, error) { l, _, err := tx.Parties(PartyFilter{}, page); return count(len(l), err) }},
		{"Parties by words", "", func(tx *Tx) (int, error) {
			l, _, err := tx.Parties(PartyFilter{Q: "养殖公司"}, page)
			return count(len(l), err)
		}},
		{"CaseFiles", "", func(tx *Tx) (int, error) {
			l, err := tx.CaseFiles([]registry.CaseID{ours.cas.ID, theirs.cas.ID})
			return count(len(l), err)
		}},
		{"CountByDistrict", "-", func(tx *Tx) (n int, err error) {
			l, err := tx.CountByDistrict(registry.DefaultBureau().Districts)
			for _, d := range l {
				n += d.Cases
			}
			return n, err
		}},
	}
	for _, l := range lists {
		for _, narrowed := range []bool{false, true} {
			want := 2
			if narrowed {
				want = 1
			}
			read(t, db, func(tx *Tx) error {
				if narrowed {
					tx.Narrow(ours.branch)
				}
				traced = nil
				n, err := l.rows(tx)
				if err != nil || n != want {
					t.Errorf("%s, narrowed %v: %d rows, %v; want %d", l.name, narrowed, n, err, want)
				}
				if narrowed && l.plan != "-" && !enginetest.Server() { // the plans are SQLite's
					checkPlan(t, tx, l.name, l.plan, slices.Clone(traced))
				}
				return nil
			})
		}
	}
	for name, get := range map[string]func(tx *Tx, s *side) error{
		"party":       func(tx *Tx, s *side) error { _, err := Parties.Get(tx, int64(s.party.ID)); return err },
		"farm":        func(tx *Tx, s *side) error { _, err := Farms.Get(tx, int64(s.farm.ID)); return err },
		"inspection":  func(tx *Tx, s *side) error { _, err := Inspections.Get(tx, int64(s.inspection.ID)); return err },
		"case":        func(tx *Tx, s *side) error { _, err := Cases.Get(tx, int64(s.cas.ID)); return err },
		"case file":   func(tx *Tx, s *side) error { _, err := tx.CaseFile(s.cas.ID); return err },
		"case law":    func(tx *Tx, s *side) error { _, err := tx.CaseGrounds(s.cas.ID); return err },
		"sample":      func(tx *Tx, s *side) error { _, err := Samples.Get(tx, int64(s.sample.ID)); return err },
		"evidence":    func(tx *Tx, s *side) error { _, err := EvidenceItems.Get(tx, int64(s.evidence.ID)); return err },
		"violation":   func(tx *Tx, s *side) error { _, err := Violations.Get(tx, int64(s.violation.ID)); return err },
		"document":    func(tx *Tx, s *side) error { _, err := Documents.Get(tx, int64(s.document.ID)); return err },
		"penalty":     func(tx *Tx, s *side) error { _, err := Penalties.Get(tx, int64(s.penalty.ID)); return err },
		"payment":     func(tx *Tx, s *side) error { _, err := Payments.Get(tx, int64(s.payment.ID)); return err },
		"review note": func(tx *Tx, s *side) error { _, err := ReviewNotes.Get(tx, int64(s.note.ID)); return err },
		"sheet":       func(tx *Tx, s *side) error { _, err := DiscretionSheets.Get(tx, int64(s.sheet.ID)); return err },
		"attachment":  func(tx *Tx, s *side) error { _, err := tx.Attachment(s.file.ID); return err },
	} {
		read(t, db, func(tx *Tx) error {
			tx.Narrow(ours.branch)
			if err := get(tx, ours); err != nil {
				t.Errorf("own %s: %v", name, err)
			}
			if err := get(tx, theirs); registry.KindOf(err) != registry.KindNotFound || err == nil {
				t.Errorf("%s of another branch: %v, want not found", name, err)
			}
			return nil
		})
	}
}

func read(t *testing.T, db *DB, fn func(tx *Tx) error) {
	t.Helper()
	if err := db.Read(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

var (
	parameter = regexp.MustCompile(`\$\d+`)
	large     = regexp.MustCompile(`^SCAN (x|farms|inspections|cases|parties|documents|case_\w+)\b`)
)

// checkPlan asks the planner about each statement of a list: the rows of farms, inspections, cases are found by an index, and where plan
// names one the first statement reads it.
func checkPlan(t *testing.T, tx *Tx, name, plan string, statements []string) {
	t.Helper()
	for n, q := range statements {
		most := 0
		for _, p := range parameter.FindAllString(q, -1) {
			var i int
			_, _ = fmt.Sscanf(p, "$%d", &i)
			most = max(most, i)
		}
		var steps []string
		if err := tx.each(func(rows *sql.Rows) error {
			var id, parent, unused int
			var detail string
			err := rows.Scan(&id, &parent, &unused, &detail)
			steps = append(steps, detail)
			return err
		}, "EXPLAIN QUERY PLAN "+q, make([]any, most)...); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, q)
		}
		all := strings.Join(steps, "\n")
		if n == 0 && plan != "" && !strings.Contains(all, plan) {
			t.Errorf("%s does not read %s:\n%s\n%s", name, plan, all, q)
		}
		if n == 0 && strings.Contains(all, "USE TEMP B-TREE FOR ORDER BY") && name != "CaseIDs" { // whose batches are in the order of ids
			t.Errorf("%s sorts:\n%s", name, all)
		}
		for _, s := range steps {
			if large.MatchString(s) && !strings.HasPrefix(name, "Parties") { // whose newest are read until the page is full
				t.Errorf("%s reads a whole table: %s\n%s", name, s, q)
			}
		}
	}
}
