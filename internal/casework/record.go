package casework

import (
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
}

// add stores a new record: may they? is it valid? one transaction with the audit entry and the revision inside.
// A record whose client UUID was stored before is not stored again: x becomes the stored one and repeated is true.
func add[T any, P store.Record[T]](ctx context.Context, s *Service, a act, t *store.Table[T, P], x P, checks ...check) (repeated bool, err error) {
	if err := a.actor.May(a.perm); err != nil {
		return false, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		repeated, err = addIn(tx, s, a, t, x, checks...)
		return err
	})
	return repeated, err
}

// addIn is add inside a transaction that already runs: for use cases that write several records, and for bulk loading.
func addIn[T any, P store.Record[T]](tx *store.Tx, s *Service, a act, t *store.Table[T, P], x P, checks ...check) (repeated bool, err error) {
	x.Clean()
	if err := valid(tx, x); err != nil {
		return false, err
	}
	if uid := x.Base().ClientUID; len(uid) > 64 {
		return false, registry.Invalid("client_uid", "client_uid 太长，应是一个 UUID")
	}
	stored, found, err := t.ByUID(tx, x.Base().ClientUID)
	if err != nil {
		return false, err
	}
	if found {
		*x = stored
		return true, nil
	}
	for _, c := range checks {
		if err := c(tx); err != nil {
			return false, err
		}
	}
	now := s.now()
	if err := t.Insert(tx, x, now); err != nil {
		return false, err
	}
	if a.action == "" {
		a.action = "新建"
	}
	return false, tx.Record(store.Event{Actor: a.actor, At: now, Action: a.action, Entity: t.Entity, EntityID: t.ID(x), Version: x.Base().Version, Detail: a.detail}, x)
}

// change stores x over the version it was read at. A newer version in the register is a stale edit.
func change[T any, P store.Record[T]](ctx context.Context, s *Service, a act, t *store.Table[T, P], x P, checks ...check) error {
	if err := a.actor.May(a.perm); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error { return changeIn(tx, s, a, t, x, checks...) })
}

func changeIn[T any, P store.Record[T]](tx *store.Tx, s *Service, a act, t *store.Table[T, P], x P, checks ...check) error {
	x.Clean()
	if err := valid(tx, x); err != nil {
		return err
	}
	for _, c := range checks {
		if err := c(tx); err != nil {
			return err
		}
	}
	now := s.now()
	if err := t.Update(tx, x, now); err != nil {
		return err
	}
	if a.action == "" {
		a.action = "修改"
	}
	return tx.Record(store.Event{Actor: a.actor, At: now, Action: a.action, Entity: t.Entity, EntityID: t.ID(x), Version: x.Base().Version, Detail: a.detail}, x)
}

// remove deletes a record that nothing refers to. Its revisions stay, so that it can be read and brought back.
func remove[T any, P store.Record[T]](ctx context.Context, s *Service, a act, t *store.Table[T, P], id, version int64, checks ...check) error {
	if err := a.actor.May(a.perm); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		x, err := t.Get(tx, id)
		if err != nil {
			return err
		}
		if have := P(&x).Base().Version; have != version {
			return registry.Stale(t.Noun, have, version)
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
		m := P(&x).Base()
		m.Version++
		return tx.Record(store.Event{Actor: a.actor, At: s.now(), Action: a.action, Entity: t.Entity, EntityID: id, Version: m.Version, Detail: a.detail}, &x)
	})
}

// get reads one record.
func get[T any, P store.Record[T]](ctx context.Context, s *Service, a registry.Actor, p registry.Permission, t *store.Table[T, P], id int64) (x T, err error) {
	err = s.read(ctx, a, p, func(tx *store.Tx) error {
		x, err = t.Get(tx, id)
		return err
	})
	return x, err
}
