package casework

import (
	"context"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// merging is how two entries of one noun become one, and come apart again. Parties and farms differ in nothing but this.
type merging[T any, P store.Record[T], M any, PM store.Record[M]] struct {
	noun       string // 当事人
	field      string // of the entry that goes, in the merge: party_id
	records    *store.Table[T, P]
	merges     *store.Table[M, PM]
	ends       func(PM) (from, into int64, kept *registry.Merging)
	entry      func(P) (name string, into *int64)
	check      func(tx *store.Tx, x PM) error // what speaks against it; nil where nothing can
	references func(tx *store.Tx, id int64, limit int) ([]registry.MovedReference, error)
	repoint    func(s *Service, tx *store.Tx, a act, r registry.MovedReference, from, to int64) (moved bool, err error)
	take       func(stays, goes P, x PM) (changed bool, err error) // values that the one that stays takes over; nil where it takes none
}

// mostReferences bounds what one merge moves in its transaction. An entry of more than so many records is not made twice by mistake.
const mostReferences = 1000

// merge makes everything that points at one entry point at the other, and hides the first: one transaction, with a revision of each
// record that moved.
func (m merging[T, P, M, PM]) merge(ctx context.Context, s *Service, a registry.Actor, x PM) error {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return err
	}
	_, _, kept := m.ends(x)
	kept.Moved, kept.MergedBy = nil, ""
	made, err := creationOf(m.merges, x)
	if err != nil {
		return err
	}
	return s.writeAlone(ctx, a, func(tx *store.Tx) error {
		if repeated, err := repeatedIn(tx, m.merges, x, made); err != nil || repeated {
			return err
		}
		from, into, kept := m.ends(x)
		goes, err := m.open(tx, m.field, from)
		if err != nil {
			return err
		}
		stays, err := m.open(tx, "into_id", into)
		if err != nil {
			return err
		}
		if m.check != nil {
			if err := m.check(tx, x); err != nil {
				return err
			}
		}
		if kept.Moved, err = m.references(tx, from, mostReferences+1); err != nil {
			return err
		}
		if len(kept.Moved) > mostReferences {
			return registry.Conflict("这个%s关联的记录超过 %d 条，不能在页面上合并，请联系管理员。", m.noun, mostReferences)
		}
		kept.MergedBy = a.Username
		act := act{actor: a, perm: registry.PermRecordWrite, action: "合并" + m.noun, made: made}
		if _, err := addIn(tx, s, act, m.merges, x); err != nil {
			return err
		}
		for _, r := range kept.Moved {
			if _, err := m.repoint(s, tx, act, r, from, into); err != nil {
				return err
			}
		}
		if m.take != nil {
			changed, err := m.take(P(&stays), P(&goes), x)
			if err != nil {
				return err
			}
			if changed {
				if err := changeIn(tx, s, act, m.records, P(&stays)); err != nil {
					return err
				}
			}
		}
		_, to := m.entry(P(&goes))
		*to = into
		return rewrite(tx, s, act, m.records, P(&goes))
	})
}

// open reads an entry that is not merged already and counts.
func (m merging[T, P, M, PM]) open(tx *store.Tx, field string, id int64) (x T, err error) {
	if id == 0 {
		return x, registry.Invalid(field, "请选择%s", m.noun)
	}
	if x, err = m.records.Get(tx, id); err != nil {
		if registry.KindOf(err) == registry.KindNotFound {
			return x, registry.Invalid(field, "没有编号为 %d 的%s，请重新选择", id, m.noun)
		}
		return x, err
	}
	name, into := m.entry(P(&x))
	if *into != 0 {
		return x, registry.Conflict("“%s”已并入编号 %d 的%s，请改选那一个，或先拆回。", name, *into, m.noun)
	}
	if v, ok := any(P(&x)).(voidable); ok && v.Voids().IsVoid() {
		return x, registry.Conflict("“%s”已作废，不能合并。", name)
	}
	return x, nil
}

// unmerge gives back to a merged entry what the merge took from it, as far as it still points at the other one. left are the records
// that somebody has changed meanwhile: they stay.
func (m merging[T, P, M, PM]) unmerge(ctx context.Context, s *Service, a registry.Actor, id, version int64, reason string) (x M, left []registry.MovedReference, err error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return x, nil, err
	}
	err = s.writeAlone(ctx, a, func(tx *store.Tx) error {
		left = nil
		if x, err = m.merges.Get(tx, id); err != nil {
			return err
		}
		if have := PM(&x).Base().Version; have != version {
			return registry.Stale(m.noun+"合并", have, version)
		}
		from, into, kept := m.ends(PM(&x))
		if kept.UndoneAt != nil {
			return registry.Conflict("这次合并已经拆回。")
		}
		other, err := m.records.Get(tx, into)
		if err != nil {
			return err
		}
		if name, to := m.entry(P(&other)); *to != 0 {
			return registry.Conflict("“%s”后来又并入了编号 %d 的%s，请先拆回那一次合并。", name, *to, m.noun)
		}
		act := act{actor: a, perm: registry.PermRecordWrite, action: "拆回" + m.noun}
		for _, r := range kept.Moved {
			moved, err := m.repoint(s, tx, act, r, into, from)
			if err != nil {
				return err
			}
			if !moved {
				left = append(left, r)
			}
		}
		goes, err := m.records.Get(tx, from)
		if err != nil {
			return err
		}
		_, to := m.entry(P(&goes))
		*to = 0
		if err := rewrite(tx, s, act, m.records, P(&goes)); err != nil {
			return err
		}
		now := s.now().UTC()
		kept.UndoneAt, kept.UndoneBy, kept.UndoReason = &now, a.Username, registry.CleanText(reason)
		return changeIn(tx, s, act, m.merges, PM(&x))
	})
	return x, slices.Clip(left), err
}
