package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// batchesShown is how many batches a page lists.
const batchesShown = 50

// LedgerBatches are the newest batches: one's own, an administrator's all.
func (s *Service) LedgerBatches(ctx context.Context, a registry.Actor) (list []registry.LedgerBatch, err error) {
	err = s.read(ctx, a, registry.PermRecordWrite, func(tx *store.Tx) error {
		if a.Role.Can(registry.PermAdmin) {
			list, err = tx.LedgerBatches(batchesShown)
		} else {
			list, err = tx.LedgerBatchesOf(a.Username, batchesShown)
		}
		return err
	})
	return list, err
}

// LedgerBatch is a batch, for who made it and for administrators.
func (s *Service) LedgerBatch(ctx context.Context, a registry.Actor, id registry.LedgerBatchID) (x registry.LedgerBatch, err error) {
	err = s.read(ctx, a, registry.PermRecordWrite, func(tx *store.Tx) error {
		x, err = ownBatch(tx, a, id)
		return err
	})
	return x, err
}

func ownBatch(tx *store.Tx, a registry.Actor, id registry.LedgerBatchID) (registry.LedgerBatch, error) {
	x, err := tx.LedgerBatch(id)
	if err == nil && x.By != a.Username && !a.Role.Can(registry.PermAdmin) {
		err = registry.NotFound("导入批次", id)
	}
	return x, err
}

// LedgerMappings are the names under which the columns of earlier ledgers are kept; LedgerMapping is one.
func (s *Service) LedgerMappings(ctx context.Context, a registry.Actor) (names []string, err error) {
	err = s.read(ctx, a, registry.PermRecordWrite, func(tx *store.Tx) error {
		names, err = tx.LedgerMappings(batchesShown)
		return err
	})
	return names, err
}

// LedgerMapping is the mapping of a name: title → field.
func (s *Service) LedgerMapping(ctx context.Context, a registry.Actor, name string) (titles map[string]string, err error) {
	err = s.read(ctx, a, registry.PermRecordWrite, func(tx *store.Tx) error {
		titles, err = tx.LedgerMapping(name)
		return err
	})
	return titles, err
}

// UndoLedger takes a batch back in one transaction: what it made on cases is deleted, the cases, farms and parties themselves are voided, so that their numbers are
// free and their history stays; what it changed is again what it was. It is refused while anything that came later rests on one of its records, or one was changed.
func (s *Service) UndoLedger(ctx context.Context, a registry.Actor, id registry.LedgerBatchID) error {
	return s.undoLedger(ctx, a, id, ledgerRun{})
}

func (s *Service) undoLedger(ctx context.Context, a registry.Actor, id registry.LedgerBatchID, run ledgerRun) error {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return err
	}
	return s.writeAlone(ctx, a, func(tx *store.Tx) error {
		x, err := tx.LedgerBatch(id)
		if err != nil {
			return err
		}
		for _, r := range x.Made {
			if err := tx.MayWrite(r.Entity, r.ID); err != nil {
				return err
			}
		}
		for _, r := range x.Changed {
			if err := tx.MayWrite(r.Entity, r.ID); err != nil {
				return err
			}
		}
		if x.By != a.Username && !a.Role.Can(registry.PermAdmin) {
			return registry.Forbidden("这一批不是您导入的，请导入人或管理员撤销。")
		}
		if x.Undone() {
			return registry.Conflict("这一批已由 %s 撤销。", x.UndoneBy)
		}
		why := fmt.Sprintf("撤销导入批次 %d（%s）", x.ID, x.Filename)
		u := undoing{s: s, tx: tx, a: act{actor: a, detail: why}, why: why, made: map[registry.MadeRecord]bool{}, leftAs: map[registry.MadeRecord]int64{}, now: map[registry.MadeRecord]int64{}}
		for _, r := range x.Made {
			u.made[registry.MadeRecord{Entity: r.Entity, ID: r.ID}] = true
			u.leftAs[registry.MadeRecord{Entity: r.Entity, ID: r.ID}] = r.Version
		}
		run.at("核对以后的改动", 0, 0)
		if err := u.untouched(x.Made, x.Changed); err != nil {
			return err
		}
		for i, r := range slices.Backward(x.Made) {
			run.at("撤销", len(x.Made)-i, len(x.Made))
			if err := s.soFar(ctx, tx, i); err != nil {
				return err
			}
			r.Version = u.versionOf(r.Entity, r.ID, r.Version)
			if err := undo[r.Entity](&u, r); err != nil {
				return err
			}
		}
		for _, r := range slices.Backward(x.Changed) {
			r.After = u.versionOf(r.Entity, r.ID, r.After)
			if err := ledgerChanges[r.Entity].back(&u, r); err != nil {
				return err
			}
		}
		x.UndoneBy, x.UndoneAt = a.Username, s.now()
		if ok, err := tx.UndoLedgerBatch(&x); err != nil || !ok {
			return firstError(err, registry.Conflict("这一批刚刚已经撤销。"))
		}
		if run.end != nil {
			return run.end(tx, &x)
		}
		return nil
	})
}

// nounWords are what messages call the records that a batch changes.
var nounWords = map[string]string{"case": store.Cases.Noun, "document": store.Documents.Noun, "penalty": store.Penalties.Noun, "payment": store.Payments.Noun, "party": store.Parties.Noun, "farm": store.Farms.Noun}

// undoing takes the records of a batch back.
type undoing struct {
	s    *Service
	tx   *store.Tx
	a    act
	why  string
	made map[registry.MadeRecord]bool

	leftAs map[registry.MadeRecord]int64 // the versions that the batch left them as
	now    map[registry.MadeRecord]int64 // the versions of those that were changed since and back again
}

// asLeft tells whether a record is what the batch left it as. One that a later batch changed, and that was taken back with it, is.
func (u *undoing) asLeft(entity string, id, left, version int64) (bool, error) {
	if left == version {
		return true, nil
	}
	revisions, err := u.tx.Revisions(entity, id)
	if err != nil {
		return false, err
	}
	var then, is map[string]any
	for i := range revisions {
		var to *map[string]any
		switch revisions[i].Version {
		case left:
			to = &then
		case version:
			to = &is
		default:
			continue
		}
		if json.Unmarshal(revisions[i].Body, to) != nil { // its personal data were erased
			return false, nil
		}
		delete(*to, "version")
		delete(*to, "updated_at")
	}
	if then == nil || !reflect.DeepEqual(then, is) {
		return false, nil
	}
	u.now[registry.MadeRecord{Entity: entity, ID: id}] = version
	return true, nil
}

// versionOf is the version that a record is taken back from.
func (u *undoing) versionOf(entity string, id, left int64) int64 {
	return cmp.Or(u.now[registry.MadeRecord{Entity: entity, ID: id}], left)
}

// undo are the ways of taking a record back, by its noun.
var undo = map[string]func(*undoing, registry.MadeRecord) error{
	"payment": func(u *undoing, r registry.MadeRecord) error { return undoPart(u, store.Payments, r) },
	"penalty": func(u *undoing, r registry.MadeRecord) error { return undoPart(u, store.Penalties, r) },
	"document": func(u *undoing, r registry.MadeRecord) error {
		x, err := store.Documents.Get(u.tx, r.ID)
		if err != nil {
			return err
		}
		return firstError(undoPart(u, store.Documents, r), u.tx.DropCitations(r.Entity, r.ID, x.CaseID))
	},
	"violation": func(u *undoing, r registry.MadeRecord) error {
		x, err := store.Violations.Get(u.tx, r.ID)
		if err != nil {
			return err
		}
		return firstError(undoPart(u, store.Violations, r), u.tx.DropCitations(r.Entity, r.ID, x.CaseID))
	},
	"case":  undoNoun,
	"farm":  undoNoun,
	"party": undoNoun,
}

func undoPart[T any, P store.Record[T]](u *undoing, t *store.Table[T, P], r registry.MadeRecord) error {
	return removeIn(u.tx, u.s, u.a, t, r.ID, r.Version, func(tx *store.Tx) error { return nothingKeeps(tx, t.Entity, "份"+t.Noun, r.ID) })
}

// takeBack writes a record as it was before the batch.
func takeBack[T any, P store.Record[T]](u *undoing, t *store.Table[T, P], r registry.ChangedRecord) error {
	revisions, err := u.tx.Revisions(t.Entity, r.ID)
	if err != nil {
		return err
	}
	stored, err := t.Get(u.tx, r.ID)
	if err != nil {
		return err
	}
	var was T
	for i := range revisions {
		if revisions[i].Version != r.Before {
			continue
		}
		if err := json.Unmarshal(revisions[i].Body, &was); err != nil {
			return registry.Conflict("没有撤销：%s（编号 %d）导入以前的内容已经不在历史里（个人信息已清除）。", t.Noun, r.ID)
		}
		x := P(&was)
		x.Base().Version = r.After
		t.Keep(x, P(&stored))
		if err := notSigned(u.tx, t.Entity, r.ID, P(&stored), x); err != nil {
			return err
		}
		a := u.a
		a.action = "修改"
		return rewrite(u.tx, u.s, a, t, x)
	}
	return registry.NotFound("历史记录", r.ID)
}

func undoNoun(u *undoing, r registry.MadeRecord) error {
	v, err := voids[r.Entity].look(u.tx, r.ID) // what the batch made on it is gone by now
	if err != nil || len(v.Resting) > 0 {
		return firstError(err, restingLater(v.Resting))
	}
	a := u.a
	a.action = voiding
	to := registry.Voidable{Voided: registry.Voiding{Reason: u.why, At: u.s.now().UTC(), By: u.a.actor.Username}}
	return voids[r.Entity].write(u.s, u.tx, a, r.ID, r.Version, to, func(any) []check { return nil })
}

// untouched refuses where a record was changed since, or something that the batch did not make rests on one.
func (u *undoing) untouched(made []registry.MadeRecord, changed []registry.ChangedRecord) error {
	var list []registry.Reference
	for _, r := range changed {
		last, err := u.tx.LastRevision(r.Entity, r.ID)
		if err != nil {
			return err
		}
		if same, err := u.asLeft(r.Entity, r.ID, r.After, last.Version); err != nil {
			return err
		} else if !same {
			list = append(list, registry.Reference{Entity: r.Entity, ID: r.ID, Title: fmt.Sprintf("%s %d", nounWords[r.Entity], r.ID), Why: "导入以后修改过"})
		}
	}
	for _, r := range made {
		noun, voidable := voids[r.Entity]
		if !voidable {
			continue
		}
		v, err := noun.look(u.tx, r.ID)
		if registry.KindOf(err) == registry.KindNotFound {
			list = append(list, registry.Reference{Entity: r.Entity, ID: r.ID, Title: fmt.Sprint(r.ID), Why: "导入的记录已经删除"})
			continue
		}
		if err != nil {
			return err
		}
		if same, err := u.asLeft(r.Entity, r.ID, r.Version, v.Version); err != nil {
			return err
		} else if !same {
			list = append(list, registry.Reference{Entity: r.Entity, ID: r.ID, Title: v.Title, Why: "导入以后修改过"})
		}
		for _, on := range v.Resting {
			if !u.made[registry.MadeRecord{Entity: on.Entity, ID: on.ID}] {
				list = append(list, on)
			}
		}
		if r.Entity == "case" {
			later, err := u.later(registry.CaseID(r.ID), v.Title)
			if err != nil {
				return err
			}
			list = append(list, later...)
		}
	}
	return restingLater(list)
}

// restingLater refuses because of what came later; nil where there is nothing.
func restingLater(list []registry.Reference) error {
	if len(list) == 0 {
		return nil
	}
	more := ""
	if n := len(list); n > 1 {
		more = fmt.Sprintf("等 %d 处", n)
	}
	return &registry.Error{Kind: registry.KindConflict, References: list[:min(len(list), batchesShown)],
		Message: fmt.Sprintf("没有撤销：导入以后又办了别的事（“%s”%s%s）。请先撤回这些，或者逐条作废不要的记录。", list[0].Title, list[0].Why, more)}
}

// later are the parts of a case that the batch did not make, or that were changed since.
func (u *undoing) later(id registry.CaseID, title string) (list []registry.Reference, err error) {
	f, err := u.tx.CaseFile(id)
	if err != nil {
		return nil, err
	}
	note := func(entity string, id, version int64) {
		same, failed := u.asLeft(entity, id, u.leftAs[registry.MadeRecord{Entity: entity, ID: id}], version)
		err = firstError(err, failed)
		switch {
		case !u.made[registry.MadeRecord{Entity: entity, ID: id}]:
			list = append(list, registry.Reference{Entity: "case", ID: int64(f.Case.ID), Title: title, Why: "导入以后添加过内容"})
		case !same:
			list = append(list, registry.Reference{Entity: "case", ID: int64(f.Case.ID), Title: title, Why: "导入以后修改过内容"})
		}
	}
	for i := range f.Violations {
		note("violation", int64(f.Violations[i].ID), f.Violations[i].Version)
	}
	for i := range f.Documents {
		note("document", int64(f.Documents[i].ID), f.Documents[i].Version)
	}
	for i := range f.Penalties {
		note("penalty", int64(f.Penalties[i].ID), f.Penalties[i].Version)
	}
	for i := range f.Payments {
		note("payment", int64(f.Payments[i].ID), f.Payments[i].Version)
	}
	for i := range f.ReviewNotes {
		note("review_note", int64(f.ReviewNotes[i].ID), 1)
	}
	for _, x := range f.Exhibits() {
		note("evidence", int64(x.ID), 1)
	}
	return list, err
}
