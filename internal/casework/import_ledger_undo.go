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
		if err := ofOwnBranch(tx, &x); err != nil {
			return err
		}
		if x.By != a.Username && !a.Role.Can(registry.PermAdmin) {
			return registry.Forbidden("这一批不是您导入的，请导入人或管理员撤销。")
		}
		if x.Undone() {
			return registry.Conflict("这一批已由 %s 撤销。", x.UndoneBy)
		}
		u := newUndoing(s, tx, a, &x)
		u.soFar = func(n int) error {
			run.at("撤销", min(n, len(x.Made)), len(x.Made))
			return s.soFar(ctx, tx, n)
		}
		if err := u.all(&x); err != nil {
			return err
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

// ofOwnBranch refuses before anything is told of records that are another branch's by now. What hangs on a case is where the case is.
func ofOwnBranch(tx *store.Tx, x *registry.LedgerBatch) error {
	for _, r := range x.Made {
		if _, noun := voids[r.Entity]; !noun {
			continue
		}
		if err := tx.MayWrite(r.Entity, r.ID); err != nil {
			return err
		}
	}
	for _, r := range x.Changed {
		if err := tx.MayWrite(r.Entity, r.ID); err != nil {
			return err
		}
	}
	return nil
}

// nounWords are what messages call the records that a batch changes.
var nounWords = map[string]string{"case": store.Cases.Noun, "document": store.Documents.Noun, "penalty": store.Penalties.Noun, "payment": store.Payments.Noun, "party": store.Parties.Noun, "farm": store.Farms.Noun,
	"inspection": store.Inspections.Noun, "sample": store.Samples.Noun, "violation": store.Violations.Noun}

// undoing takes the records of a batch back.
type undoing struct {
	s     *Service
	tx    *store.Tx
	a     act
	to    registry.Voidable
	made  map[registry.MadeRecord]int64 // by entity and id: the versions that the batch left them as
	taken map[registry.MadeRecord]bool  // those that are back with their case
	now   map[registry.MadeRecord]int64 // the versions of those that were changed since and back again
	soFar func(n int) error             // is called after n records
}

func newUndoing(s *Service, tx *store.Tx, a registry.Actor, x *registry.LedgerBatch) *undoing {
	why := fmt.Sprintf("撤销导入批次 %d（%s）", x.ID, x.Filename)
	u := &undoing{s: s, tx: tx, a: act{actor: a, detail: why}, made: make(map[registry.MadeRecord]int64, len(x.Made)), taken: map[registry.MadeRecord]bool{}, now: map[registry.MadeRecord]int64{},
		to: registry.Voidable{Voided: registry.Voiding{Reason: why, At: s.now().UTC(), By: a.Username}}}
	for _, r := range x.Made {
		u.made[recordKey(r.Entity, r.ID)] = r.Version
	}
	return u
}

func recordKey(entity string, id int64) registry.MadeRecord {
	return registry.MadeRecord{Entity: entity, ID: id}
}

// all takes back first the cases that the batch made with what it made on them, then what it made on other cases, then what it changed, and last the farms and parties: a case that it
// gave a farm is without it by then.
func (u *undoing) all(x *registry.LedgerBatch) error {
	if err := firstError(u.changedStand(x.Changed), u.openStill(x)); err != nil {
		return err
	}
	if err := u.cases(x.Made); err != nil {
		return err
	}
	n := len(u.taken)
	for _, r := range slices.Backward(x.Made) {
		back, part := undo[r.Entity]
		if !part || u.taken[recordKey(r.Entity, r.ID)] {
			continue
		}
		if err := u.partBack(r, back); err != nil {
			return err
		}
		if n++; n%settledAtOnce == 0 {
			if err := u.soFar(n); err != nil {
				return err
			}
		}
	}
	for _, r := range slices.Backward(x.Changed) {
		r.After = u.versionOf(r.Entity, r.ID, r.After)
		if err := ledgerChanges[r.Entity].back(u, r); err != nil {
			return err
		}
	}
	return u.nouns(x.Made, n)
}

// partBack takes back something that the batch made on a case or an inspection that stays, unless it was changed or deleted since.
func (u *undoing) partBack(r registry.MadeRecord, back func(*undoing, registry.MadeRecord) error) error {
	ref := registry.Reference{Entity: r.Entity, ID: r.ID, Title: fmt.Sprintf("%s %d", nounWords[r.Entity], r.ID), Why: changedLater}
	last, err := u.tx.LastRevision(r.Entity, r.ID)
	if err != nil {
		return err
	}
	same, err := u.asLeft(r.Entity, r.ID, r.Version, last.Version)
	if err != nil || !same {
		return firstError(err, restingLater([]registry.Reference{ref}))
	}
	r.Version = u.versionOf(r.Entity, r.ID, r.Version)
	err = back(u, r)
	if registry.KindOf(err) == registry.KindNotFound {
		ref.Why = "导入的记录已经删除"
		return restingLater([]registry.Reference{ref})
	}
	return err
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
	u.now[recordKey(entity, id)] = version
	return true, nil
}

// versionOf is the version that a record is taken back from.
func (u *undoing) versionOf(entity string, id, left int64) int64 {
	return cmp.Or(u.now[recordKey(entity, id)], left)
}

// undo are the ways of taking back what the batch made on a case that is not its own.
var undo = map[string]func(*undoing, registry.MadeRecord) error{
	"payment": func(u *undoing, r registry.MadeRecord) error { return undoPart(u, store.Payments, r) },
	"penalty": func(u *undoing, r registry.MadeRecord) error { return undoPart(u, store.Penalties, r) },
	"sample": func(u *undoing, r registry.MadeRecord) error {
		return removeIn(u.tx, u.s, u.a, store.Samples, r.ID, r.Version, func(tx *store.Tx) error { return tx.DropResults(registry.SampleID(r.ID)) })
	},
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

// changedStand refuses where a record that the batch changed was changed since.
func (u *undoing) changedStand(changed []registry.ChangedRecord) error {
	var list []registry.Reference
	for _, r := range changed {
		last, err := u.tx.LastRevision(r.Entity, r.ID)
		if err != nil {
			return err
		}
		same, err := u.asLeft(r.Entity, r.ID, r.After, last.Version)
		if err != nil {
			return err
		}
		if !same {
			list = append(list, registry.Reference{Entity: r.Entity, ID: r.ID, Title: fmt.Sprintf("%s %d", nounWords[r.Entity], r.ID), Why: changedLater})
		}
	}
	return restingLater(list)
}

// openStill refuses where a case that the batch found, and brought something into, was closed since: what is closed changes no more.
func (u *undoing) openStill(x *registry.LedgerBatch) error {
	var list []registry.Reference
	for _, r := range x.Rows {
		if !r.Updated || r.Entity != store.Cases.Entity {
			continue
		}
		f, err := u.tx.CaseFile(registry.CaseID(r.ID))
		if err != nil {
			return err
		}
		d, closed := f.Document(registry.DocClosing)
		if _, own := u.made[recordKey(store.Documents.Entity, int64(d.ID))]; closed && f.Case.Stage.Closed() && !own {
			list = append(list, registry.Reference{Entity: r.Entity, ID: r.ID, Title: f.Case.Title, Why: "导入以后结了案"})
		}
	}
	return restingLater(list)
}

const changedLater = "导入以后修改过"

// cases takes back the cases that the batch made, so many at once as are read together.
func (u *undoing) cases(made []registry.MadeRecord) error {
	var ids []registry.CaseID
	for _, r := range slices.Backward(made) {
		if r.Entity == store.Cases.Entity {
			ids = append(ids, registry.CaseID(r.ID))
		}
	}
	var list []registry.Reference
	settled := 0
	for few := range slices.Chunk(ids, matchedAtOnce) {
		files, err := u.tx.CaseFiles(few)
		if err != nil {
			return err
		}
		later, err := u.laterOn(few, files)
		if err != nil {
			return err
		}
		if list = append(list, later...); len(list) > 0 {
			continue // nothing is taken back any more: only all that is in the way is gathered
		}
		if err := u.casesBack(few, files); err != nil {
			return err
		}
		if n := len(u.taken) / settledAtOnce; n > settled {
			settled = n
			if err := u.soFar(n * settledAtOnce); err != nil {
				return err
			}
		}
	}
	return restingLater(list)
}

// casesBack deletes what the batch made on some of its cases, and voids them.
func (u *undoing) casesBack(ids []registry.CaseID, files []*registry.CaseFile) error {
	if err := u.partsBack(files); err != nil {
		return err
	}
	if err := u.tx.DropCitationsOf(ids); err != nil {
		return err
	}
	for _, f := range files {
		resting, err := u.tx.Resting(store.Cases.Entity, int64(f.Case.ID))
		if err != nil || len(resting) > 0 {
			return firstError(err, restingLater(veil(u.tx, resting)))
		}
		x := f.Case
		if err := voidBack(u, store.Cases, &x); err != nil {
			return err
		}
		u.taken[recordKey(store.Cases.Entity, int64(x.ID))] = true
	}
	return nil
}

// partsBack deletes what is on some cases, in the order in which nothing refers to what is deleted.
func (u *undoing) partsBack(files []*registry.CaseFile) error {
	var payments []registry.Payment
	var penalties []registry.Penalty
	var documents []registry.Document
	var violations []registry.Violation
	for _, f := range files {
		payments, penalties = append(payments, f.Payments...), append(penalties, f.Penalties...)
		documents, violations = append(documents, f.Documents...), append(violations, f.Violations...)
	}
	return firstError(deleteBack(u, store.Payments, payments), deleteBack(u, store.Penalties, penalties), deleteBack(u, store.Documents, documents), deleteBack(u, store.Violations, violations))
}

func deleteBack[T any, P store.Record[T]](u *undoing, t *store.Table[T, P], list []T) error {
	if err := t.DeleteAll(u.tx, list); err != nil {
		return err
	}
	a := u.a
	a.action = deletion
	for i := range list {
		x := P(&list[i])
		x.Base().Version++
		if err := record(u.tx, u.s, a, t, x); err != nil {
			return err
		}
		u.taken[recordKey(t.Entity, t.ID(x))] = true
	}
	return nil
}

func voidBack[T any, P store.Record[T]](u *undoing, t *store.Table[T, P], x P) error {
	a := u.a
	a.action = voiding
	*any(x).(voidable).Voids() = u.to
	return rewrite(u.tx, u.s, a, t, x)
}

// nouns voids the inspections, farms and parties that the batch made; n are taken back already.
func (u *undoing) nouns(made []registry.MadeRecord, n int) error {
	var list []registry.Reference
	for _, r := range slices.Backward(made) {
		var later []registry.Reference
		var err error
		switch r.Entity {
		case store.Farms.Entity:
			later, err = nounBack(u, store.Farms, r)
		case store.Parties.Entity:
			later, err = nounBack(u, store.Parties, r)
		case store.Inspections.Entity:
			later, err = nounBack(u, store.Inspections, r)
		default:
			continue
		}
		if err != nil {
			return err
		}
		list = append(list, later...)
		if n++; n%settledAtOnce == 0 {
			if err := u.soFar(n); err != nil {
				return err
			}
		}
	}
	return restingLater(list)
}

// nounBack voids a farm or a party, unless something is in the way.
func nounBack[T any, P store.Record[T]](u *undoing, t *store.Table[T, P], r registry.MadeRecord) (later []registry.Reference, err error) {
	ref := registry.Reference{Entity: r.Entity, ID: r.ID, Title: fmt.Sprintf("%s %d", t.Noun, r.ID)}
	x, err := t.Get(u.tx, r.ID)
	if registry.KindOf(err) == registry.KindNotFound {
		ref.Why = "导入的记录已经删除"
		return []registry.Reference{ref}, nil
	}
	if err != nil {
		return nil, err
	}
	if same, err := u.asLeft(r.Entity, r.ID, r.Version, P(&x).Base().Version); err != nil || !same {
		ref.Why = changedLater
		return []registry.Reference{ref}, err
	}
	resting, err := u.tx.Resting(r.Entity, r.ID)
	if err != nil || len(resting) > 0 {
		return veil(u.tx, resting), err
	}
	return nil, voidBack(u, t, P(&x))
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

// laterOn is what is in the way of taking some cases back.
func (u *undoing) laterOn(ids []registry.CaseID, files []*registry.CaseFile) (list []registry.Reference, err error) {
	there := map[registry.CaseID]bool{}
	for _, f := range files {
		there[f.Case.ID] = true
	}
	for _, id := range ids {
		if !there[id] {
			list = append(list, registry.Reference{Entity: "case", ID: int64(id), Title: fmt.Sprint(id), Why: "导入的记录已经删除"})
		}
	}
	signed, err := u.tx.SignedCases(ids)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		ref := registry.Reference{Entity: "case", ID: int64(f.Case.ID), Title: f.Case.Title}
		if signed[f.Case.ID] {
			ref.Why = "导入以后登记过签名原件"
			list = append(list, ref)
		}
		same, err := u.asLeft("case", int64(f.Case.ID), u.made[recordKey("case", int64(f.Case.ID))], f.Case.Version)
		if err != nil {
			return nil, err
		}
		if !same {
			ref.Why = changedLater
			list = append(list, ref)
		}
		later, err := u.later(f)
		if err != nil {
			return nil, err
		}
		list = append(list, later...)
	}
	return list, nil
}

// later are the parts of a case that the batch did not make, or that were changed since.
func (u *undoing) later(f *registry.CaseFile) (list []registry.Reference, err error) {
	ref := registry.Reference{Entity: "case", ID: int64(f.Case.ID), Title: f.Case.Title}
	note := func(entity string, id, version int64) {
		left, made := u.made[recordKey(entity, id)]
		same, failed := made, error(nil)
		if ref.Why = "导入以后添加过内容"; made {
			ref.Why = "导入以后修改过内容"
			same, failed = u.asLeft(entity, id, left, version)
		}
		err = firstError(err, failed)
		if !same {
			list = append(list, ref)
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
