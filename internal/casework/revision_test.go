package casework_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/demo"
	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/storetest"
)

// standing compares the newest revision of one record with its row: what people wrote is the same, and a deleted record has no row.
type standing func(tx *store.Tx, id int64) error

func standingOf[T any, P store.Record[T]](t *store.Table[T, P]) standing {
	return func(tx *store.Tx, id int64) error {
		last, err := tx.LastRevision(t.Entity, id)
		if err != nil {
			return err
		}
		row, err := t.Get(tx, id)
		if last.Action == "删除" {
			if registry.KindOf(err) != registry.KindNotFound {
				return errors.Join(fmt.Errorf("%s %d was deleted and is there", t.Entity, id), err)
			}
			return nil
		}
		if err != nil {
			return err
		}
		body, err := json.Marshal(t.Image(&row))
		if err != nil {
			return err
		}
		var have, want any
		if err := json.Unmarshal(last.Body, &have); err != nil {
			return err
		}
		if err := json.Unmarshal(body, &want); err != nil {
			return err
		}
		if v := P(&row).Base().Version; v != last.Version || !reflect.DeepEqual(withoutNull(have), withoutNull(want)) {
			return fmt.Errorf("%s %d: revision %d is\n%s\nbut version %d of the row is\n%s", t.Entity, id, last.Version, last.Body, v, body)
		}
		return nil
	}
}

// withoutNull makes no list and an empty list one: a row has no way to tell them apart.
func withoutNull(v any) any {
	switch x := v.(type) {
	case map[string]any:
		for k, e := range x {
			if e = withoutNull(e); e == nil {
				delete(x, k)
			} else {
				x[k] = e
			}
		}
	case []any:
		if len(x) == 0 {
			return nil
		}
		for i := range x {
			x[i] = withoutNull(x[i])
		}
	}
	return v
}

var standings = map[string]standing{
	"zone": standingOf(store.ZoneMaps), "organ": standingOf(store.Organs), "officer": standingOf(store.Officers), "campaign": standingOf(store.Campaigns), "user": standingOf(store.Users),
	"party": standingOf(store.Parties), "party_merge": standingOf(store.PartyMerges), "farm_merge": standingOf(store.FarmMerges), "farm": standingOf(store.Farms),
	"inspection": standingOf(store.Inspections), "sample": standingOf(store.Samples), "evidence": standingOf(store.EvidenceItems),
	"case": standingOf(store.Cases), "violation": standingOf(store.Violations), "document": standingOf(store.Documents), "penalty": standingOf(store.Penalties),
	"payment": standingOf(store.Payments), "review_note": standingOf(store.ReviewNotes), "bulletin": standingOf(store.Bulletins),
	"document_kind": standingOf(store.DocumentKinds), "discretion_sheet": standingOf(store.DiscretionSheets), "publication": standingOf(store.Publications),
	"interrogation": standingOf(store.Interrogations), "signed_paper": standingOf(store.SignedPapers), "paper_wording": standingOf(store.PaperWordings),
}

// checkStandings compares every record that an audit entry after seq tells of, and returns the last entry's number.
func checkStandings(t *testing.T, db *store.DB, seq int64) (last int64) {
	t.Helper()
	if err := db.Read(ctx, func(tx *store.Tx) error {
		list, err := tx.AuditEntries(store.AuditFilter{Limit: 100000})
		if err != nil {
			return err
		}
		last = list[0].Seq
		done := map[string]bool{}
		for _, e := range list {
			key := fmt.Sprint(e.Entity, e.EntityID)
			if e.Seq <= seq || e.Digest == "" || done[key] || e.Entity == "attachment" {
				continue
			}
			done[key] = true
			check, known := standings[e.Entity]
			if !known {
				t.Errorf("no table for %s", e.Entity)
			} else if err := check(tx, e.EntityID); err != nil {
				t.Error(err)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return last
}

// TestRevisionIsTheRow: after every write the newest revision of each record that it changed is what the row is.
func TestRevisionIsTheRow(t *testing.T) {
	s, db := serviceIn(t, storetest.Dir(t), nil)
	if err := demo.Load(ctx, s); err != nil {
		t.Fatal(err)
	}
	if err := s.RefreshDue(ctx); err != nil {
		t.Fatal(err)
	}
	seq := checkStandings(t, db, 0)
	list, err := s.Cases(ctx, officer, casework.CaseFilter{}, casework.Page{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	w := &walk{Rand: rand.New(rand.NewPCG(1, 2)), s: s, cases: list.Rows}
	done := map[string]int{}
	for range 150 {
		name, err := w.step(t)
		switch kind := registry.KindOf(err); {
		case err == nil:
			done[name]++
		case kind != registry.KindConflict && kind != registry.KindInvalid:
			t.Fatalf("%s: %v", name, err)
		}
		if seq = checkStandings(t, db, seq); t.Failed() {
			t.Fatalf("after %s", name)
		}
	}
	for i := range steps {
		if done[steps[i].name] == 0 {
			t.Errorf("%s never succeeded: the walk does not test it", steps[i].name)
		}
	}
	checkStandings(t, db, 0)
	if r, err := s.Verify(ctx, auditor); err != nil || len(r.Defects) > 0 {
		t.Errorf("Verify = %q, %v", r.Defects, err)
	}
}

// walk writes at random.
type walk struct {
	*rand.Rand
	s       *casework.Service
	cases   []casework.CaseRow
	deleted []registry.DocumentID
}

func (w *walk) step(t *testing.T) (string, error) {
	t.Helper()
	f, err := w.s.CaseFile(ctx, officer, w.cases[w.IntN(len(w.cases))].ID)
	if err != nil {
		t.Fatal(err)
	}
	x := steps[w.IntN(len(steps))]
	return x.name, x.do(w, f)
}

func (w *walk) word() string { return fmt.Sprintf("改动 %d", w.IntN(1000)) }

func pick[T any](w *walk, list []T) (x T, ok bool) {
	if len(list) == 0 {
		return x, false
	}
	return list[w.IntN(len(list))], true
}

var steps = []struct {
	name string
	do   func(w *walk, f *registry.CaseFile) error
}{
	{"change case", func(w *walk, f *registry.CaseFile) error {
		x := f.Case
		x.Note, x.Stage, x.ClientUID, x.CreatedAt = w.word(), registry.StageClosed, w.word(), x.CreatedAt.AddDate(1, 0, 0)
		if err := w.s.ChangeCase(ctx, officer, &x); err != nil {
			return err
		}
		if x.Stage != f.Case.Stage || x.ClientUID != f.Case.ClientUID || x.CreatedAt != f.Case.CreatedAt {
			return fmt.Errorf("a change of case %d set its stage to %s, its client UUID to %q and its creation to %s", x.ID, x.Stage, x.ClientUID, x.CreatedAt)
		}
		return nil
	}},
	{"add document", func(w *walk, f *registry.CaseFile) error {
		kind := registry.DocumentKinds[w.IntN(len(registry.DocumentKinds))].Name
		_, err := w.s.AddDocument(ctx, officer, &registry.Document{CaseID: f.Case.ID, Kind: kind, Content: w.word()})
		return err
	}},
	{"change document", func(w *walk, f *registry.CaseFile) error {
		x, ok := pick(w, f.Documents)
		if !ok {
			return nil
		}
		x.Kind, x.Note = registry.DocumentKinds[w.IntN(len(registry.DocumentKinds))].Name, w.word()
		return w.s.ChangeDocument(ctx, officer, &x)
	}},
	{"remove document", func(w *walk, f *registry.CaseFile) error {
		x, ok := pick(w, f.Documents)
		if !ok {
			return nil
		}
		err := w.s.RemoveDocument(ctx, officer, x.ID, x.Version)
		if err == nil {
			w.deleted = append(w.deleted, x.ID)
		}
		return err
	}},
	{"restore document", func(w *walk, _ *registry.CaseFile) error {
		id, ok := pick(w, w.deleted)
		if !ok {
			return registry.Conflict("nothing was deleted yet")
		}
		_, err := w.s.Restore(ctx, officer, "document", int64(id))
		return err
	}},
	{"reopen", func(w *walk, f *registry.CaseFile) error {
		if !f.Case.Stage.Closed() {
			_, err := w.s.AddDocument(ctx, officer, &registry.Document{CaseID: f.Case.ID, Kind: registry.DocClosing})
			if err != nil {
				return err
			}
		}
		return w.s.Reopen(ctx, officer, f.Case.ID, w.word())
	}},
	{"add violation", func(w *walk, f *registry.CaseFile) error {
		types := w.s.Law().ViolationTypes()
		_, err := w.s.AddViolation(ctx, officer, &registry.Violation{CaseID: f.Case.ID, TypeCode: types[w.IntN(len(types))].Code, Facts: w.word()})
		return err
	}},
	{"change violation", func(w *walk, f *registry.CaseFile) error {
		x, ok := pick(w, f.Violations)
		if !ok {
			return nil
		}
		x.Facts = w.word()
		return w.s.ChangeViolation(ctx, officer, &x)
	}},
	{"add penalty and payment", func(w *walk, f *registry.CaseFile) error {
		amount := registry.Money(100 * (1 + w.Int64N(100000)))
		p := registry.Penalty{CaseID: f.Case.ID, Kind: "罚款", Amount: &amount}
		if _, err := w.s.AddPenalty(ctx, officer, &p); err != nil {
			return err
		}
		_, err := w.s.AddPayment(ctx, officer, &registry.Payment{CaseID: f.Case.ID, PenaltyID: p.ID, Amount: amount})
		return err
	}},
	{"change farm", func(w *walk, f *registry.CaseFile) error {
		if f.Farm == nil {
			return nil
		}
		f.Farm.Note = w.word()
		return w.s.ChangeFarm(ctx, officer, f.Farm)
	}},
	{"change party", func(w *walk, f *registry.CaseFile) error {
		x, ok := pick(w, f.Parties)
		if !ok {
			return nil
		}
		x.Note = w.word()
		return w.s.ChangeParty(ctx, officer, &x)
	}},
	{"change and remove evidence", func(w *walk, f *registry.CaseFile) error {
		x := registry.Evidence{CaseID: f.Case.ID, Kind: "书证", Title: w.word()}
		if _, err := w.s.AddEvidence(ctx, officer, &x); err != nil {
			return err
		}
		x.Proves = w.word()
		if err := w.s.ChangeEvidence(ctx, officer, &x); err != nil {
			return err
		}
		return w.s.RemoveEvidence(ctx, officer, x.ID, x.Version)
	}},
	{"merge parties and take them apart", func(w *walk, f *registry.CaseFile) error {
		twin := registry.Party{Name: w.word(), Kind: "公司"}
		if _, err := w.s.AddParty(ctx, officer, &twin); err != nil {
			return err
		}
		x, ok := pick(w, f.Parties)
		if !ok {
			return nil
		}
		merge := registry.PartyMerge{PartyID: x.ID, IntoID: twin.ID, Merging: registry.Merging{Reason: w.word()}}
		if err := w.s.MergeParties(ctx, officer, &merge); err != nil {
			return err
		}
		_, _, err := w.s.Unmerge(ctx, officer, merge.ID, merge.Version, w.word())
		return err
	}},
	{"merge farms and take them apart", func(w *walk, f *registry.CaseFile) error {
		twin := registry.Farm{Name: w.word(), DistrictCode: "440785", Town: w.word()}
		if _, err := w.s.AddFarm(ctx, officer, &twin); err != nil || f.Farm == nil {
			return err
		}
		merge := registry.FarmMerge{FarmID: f.Farm.ID, IntoID: twin.ID, Taken: []string{"note"}, Merging: registry.Merging{Reason: w.word()}}
		if err := w.s.MergeFarms(ctx, officer, &merge); err != nil {
			return err
		}
		_, _, err := w.s.UnmergeFarm(ctx, officer, merge.ID, merge.Version, w.word())
		return err
	}},
	{"void a farm and restore it", func(w *walk, _ *registry.CaseFile) error {
		x := registry.Farm{Name: w.word(), DistrictCode: "440785"}
		if _, err := w.s.AddFarm(ctx, officer, &x); err != nil {
			return err
		}
		if err := w.s.Void(ctx, officer, "farm", int64(x.ID), x.Version, w.word()); err != nil {
			return err
		}
		return w.s.Unvoid(ctx, officer, "farm", int64(x.ID), x.Version+1, w.word())
	}},
	{"publish a bulletin and withdraw it", func(w *walk, f *registry.CaseFile) error {
		x := registry.Bulletin{Title: w.word(), Issuer: "市局", Dated: registry.Month(2026, 11), Cases: []registry.BulletinCase{{CaseID: f.Case.ID}}}
		if _, err := w.s.AddBulletin(ctx, publisher, &x); err != nil {
			return err
		}
		if err := w.s.SubmitBulletin(ctx, publisher, x.ID, x.Version, ""); err != nil {
			return err
		}
		if err := w.s.ApproveBulletin(ctx, publisher2, x.ID, x.Version+1, ""); err != nil {
			return err
		}
		return w.s.WithdrawBulletin(ctx, publisher2, x.ID, x.Version+2, w.word())
	}},
	{"keep an account", func(w *walk, _ *registry.CaseFile) error {
		x := registry.User{Username: fmt.Sprintf("u%d", w.Int64()), DisplayName: w.word(), Role: registry.RoleOfficer}
		password, err := w.s.AddUser(ctx, admin, &x)
		if err != nil {
			return err
		}
		x.DisplayName = w.word()
		if err := w.s.UpdateUser(ctx, admin, &x); err != nil {
			return err
		}
		for _, disabled := range []bool{true, false} {
			if err := w.s.SetDisabled(ctx, admin, x.ID, disabled); err != nil {
				return err
			}
		}
		_, _, err = w.s.SignIn(ctx, x.Username, password, "10.0.0.1", "test") // the row notes it, without a revision
		return err
	}},
	{"change inspection", func(w *walk, f *registry.CaseFile) error {
		x, ok := pick(w, f.Inspections)
		if !ok {
			return nil
		}
		x.Note = w.word()
		return w.s.SaveInspection(ctx, officer, &x)
	}},
}
