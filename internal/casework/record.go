package casework

import (
	"cmp"
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// check is a rule across rows, asked inside the transaction, before the write.
type check func(tx *store.Tx) error

// act is what one use case does: who, under which permission, named how in the audit log.
type act struct {
	actor  registry.Actor
	perm   registry.Permission
	action string // 新建, 修改, 提交, …
	detail string
	wide   bool     // other records, however many, are found by this one's name, or follow its district: they are written with it
	made   creation // of a create that fills its record in before add sees it
}

// named is a with an action, unless it has one.
func (a act) named(action string) act {
	a.action = cmp.Or(a.action, action)
	return a
}

// add stores a new record: may they? is it valid? one transaction with the audit entry and the revision inside.
// A record whose client UUID made one before is not stored again: repeatedIn says what becomes of it.
func add[T any, P store.Record[T]](ctx context.Context, s *Service, a act, t *store.Table[T, P], x P, checks ...check) (repeated bool, err error) {
	if err := a.actor.May(a.perm); err != nil {
		return false, err
	}
	if a.made == "" {
		if a.made, err = creationOf(t, x); err != nil {
			return false, err
		}
	}
	err = s.write(ctx, a.actor, func(tx *store.Tx) error {
		repeated, err = addIn(tx, s, a, t, x, checks...)
		return err
	})
	return repeated, err
}

// addIn is add inside a transaction that already runs: for use cases that write several records, and for bulk loading.
func addIn[T any, P store.Record[T]](tx *store.Tx, s *Service, a act, t *store.Table[T, P], x P, checks ...check) (repeated bool, err error) {
	x.Clean()
	keepVoiding(x, new(T))
	if err := valid(tx, x); err != nil {
		return false, err
	}
	if uid := x.Base().ClientUID; len(uid) > 64 {
		return false, registry.Invalid("client_uid", "client_uid 太长，应是一个 UUID")
	}
	if a.made == "" {
		if a.made, err = creationOf(t, x); err != nil {
			return false, err
		}
	}
	if repeated, err := repeatedIn(tx, t, x, a.made); err != nil || repeated {
		return repeated, err
	}
	for _, c := range checks {
		if err := c(tx); err != nil {
			return false, err
		}
	}
	if err := t.Insert(tx, x, s.now()); err != nil {
		return false, err
	}
	if uid := x.Base().ClientUID; uid != "" {
		if err := tx.KeepCreation(t.Entity, uid, string(a.made)); err != nil {
			return false, err
		}
	}
	return false, record(tx, s, a.named("新建"), t, x)
}

// change stores x over the version it was read at. A newer version in the register is a stale edit.
func change[T any, P store.Record[T]](ctx context.Context, s *Service, a act, t *store.Table[T, P], x P, checks ...check) error {
	if err := a.actor.May(a.perm); err != nil {
		return err
	}
	write := s.write
	if a.wide {
		write = s.writeAlone
	}
	return write(ctx, a.actor, func(tx *store.Tx) error { return changeIn(tx, s, a, t, x, checks...) })
}

func changeIn[T any, P store.Record[T]](tx *store.Tx, s *Service, a act, t *store.Table[T, P], x P, checks ...check) error {
	stored, err := t.Get(tx, t.ID(x))
	if err != nil {
		return err
	}
	if err := tx.MayWrite(t.Entity, t.ID(x)); err != nil {
		return err
	}
	t.Keep(x, &stored)
	keepVoiding(x, &stored)
	x.Clean()
	if err := valid(tx, x); err != nil {
		return err
	}
	for _, c := range checks {
		if err := c(tx); err != nil {
			return err
		}
	}
	if err := notSigned(tx, t.Entity, t.ID(x), P(&stored), x); err != nil {
		return err
	}
	return rewrite(tx, s, a.named("修改"), t, x)
}

// rewrite stores a record with its audit entry and revision, and without asking again what was asked when it was typed: an old record
// that today's rules would refuse can still be moved.
func rewrite[T any, P store.Record[T]](tx *store.Tx, s *Service, a act, t *store.Table[T, P], x P) error {
	if err := t.Update(tx, x, s.now()); err != nil {
		return err
	}
	return record(tx, s, a, t, x)
}

// record takes an act on x, as it is now stored, for the history.
func record[T any, P store.Record[T]](tx *store.Tx, s *Service, a act, t *store.Table[T, P], x P) error {
	e := store.Event{Actor: a.actor, At: s.now(), Action: a.action, Entity: t.Entity, EntityID: t.ID(x), Version: x.Base().Version, Detail: a.detail}
	return tx.Record(e, t.Image(x))
}

// remove deletes a record that nothing refers to. Its revisions stay, so that it can be read and brought back.
func remove[T any, P store.Record[T]](ctx context.Context, s *Service, a act, t *store.Table[T, P], id, version int64, checks ...check) error {
	if err := a.actor.May(a.perm); err != nil {
		return err
	}
	return s.write(ctx, a.actor, func(tx *store.Tx) error { return removeIn(tx, s, a, t, id, version, checks...) })
}

func removeIn[T any, P store.Record[T]](tx *store.Tx, s *Service, a act, t *store.Table[T, P], id, version int64, checks ...check) error {
	x, err := t.Get(tx, id)
	if err != nil {
		return err
	}
	if err := tx.MayWrite(t.Entity, id); err != nil {
		return err
	}
	if have := P(&x).Base().Version; have != version {
		return registry.Stale(t.Noun, have, version)
	}
	if err := notSigned(tx, t.Entity, id, P(&x), nil); err != nil {
		return err
	}
	for _, c := range checks {
		if err := c(tx); err != nil {
			return err
		}
	}
	if err := t.Delete(tx, P(&x)); err != nil {
		return err
	}
	a.action = deletion
	P(&x).Base().Version++
	return record(tx, s, a, t, P(&x))
}

// get reads one record.
func get[T any, P store.Record[T]](ctx context.Context, s *Service, a registry.Actor, p registry.Permission, t *store.Table[T, P], id int64) (x T, err error) {
	err = s.read(ctx, a, p, func(tx *store.Tx) error {
		x, err = t.Get(tx, id)
		return err
	})
	return x, err
}

// noted takes what is wrong with one record of several into the problems of all, so that a form can show them together. What nobody can mend in
// the form is given back: a database that is busy must be asked again, not explained.
func noted(p *registry.Problems, prefix string, err error) error {
	switch registry.KindOf(err) {
	case registry.KindInvalid, registry.KindConflict:
		p.Merge(prefix, err)
		return nil
	}
	return err
}

// refExists refuses a reference to a record that is not there, at the field that names it.
func refExists[I ~int64, T any, P store.Record[T]](t *store.Table[T, P], field string, id I) check {
	return func(tx *store.Tx) error {
		if id == 0 {
			return nil
		}
		x, err := t.Get(tx, int64(id))
		switch {
		case registry.KindOf(err) == registry.KindNotFound:
			return registry.Invalid(field, "没有找到所选的%s，请重新选择", t.Noun)
		case err != nil:
			return err
		}
		if v, ok := any(P(&x)).(voidable); ok && v.Voids().IsVoid() {
			return registry.Invalid(field, "所选的%s已作废，请重新选择", t.Noun)
		}
		return nil
	}
}

// maybe reads a record that a reference may not name.
func maybe[I ~int64, T any, P store.Record[T]](tx *store.Tx, t *store.Table[T, P], id I) (*T, error) {
	if id == 0 {
		return nil, nil
	}
	x, err := t.Get(tx, int64(id))
	return &x, err
}
