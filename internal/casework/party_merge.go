package casework

import (
	"context"
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// MergeSide is one of two parties that may be the same, with how much points at it.
type MergeSide struct {
	Party                                registry.Party
	Cases, Farms, Inspections, Penalties int
}

// MergeSides reads two parties side by side.
func (s *Service) MergeSides(ctx context.Context, a registry.Actor, ids ...registry.PartyID) (list []MergeSide, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		for _, id := range ids {
			side := MergeSide{}
			if side.Party, err = store.Parties.Get(tx, int64(id)); err != nil {
				return err
			}
			refs, err := tx.PartyReferences(id, mostReferences)
			if err != nil {
				return err
			}
			for _, r := range refs {
				*map[string]*int{"case": &side.Cases, "farm": &side.Farms, "inspection": &side.Inspections, "penalty": &side.Penalties}[r.Entity]++
			}
			list = append(list, side)
		}
		return nil
	})
	return list, err
}

var partyMerging = merging[registry.Party, *registry.Party, registry.PartyMerge, *registry.PartyMerge]{
	noun: "当事人", field: "party_id", records: store.Parties, merges: store.PartyMerges,
	ends: func(x *registry.PartyMerge) (int64, int64, *registry.Merging) {
		return int64(x.PartyID), int64(x.IntoID), &x.Merging
	},
	entry: func(x *registry.Party) (string, *int64) { return x.Name, (*int64)(&x.MergedInto) },
	check: func(tx *store.Tx, x *registry.PartyMerge) error {
		id, title, both, err := tx.SharedCase(x.PartyID, x.IntoID)
		if err != nil || !both || x.PartyID == x.IntoID {
			return err
		}
		return registry.Conflict("案件“%s”（编号 %d）同时列有这两个当事人，可能并不是同一人；确为重复的，请先在案件中去掉一个，再合并。", title, id)
	},
	references: func(tx *store.Tx, id int64, limit int) ([]registry.MovedReference, error) {
		return tx.PartyReferences(registry.PartyID(id), limit)
	},
	repoint: func(s *Service, tx *store.Tx, a act, r registry.MovedReference, from, to int64) (bool, error) {
		return s.repoint(tx, a, r, registry.PartyID(from), registry.PartyID(to))
	},
}

// MergeParties makes everything that points at x.PartyID point at x.IntoID, and hides the first. The names that cases keep for the
// time of the act do not change. All of it is one transaction, with a revision of each record that moved.
func (s *Service) MergeParties(ctx context.Context, a registry.Actor, x *registry.PartyMerge) error {
	return partyMerging.merge(ctx, s, a, x)
}

// Unmerge gives back to a merged party what the merge took from it, as far as it still points at the other one, and with a case the
// penalties registered on it since. left are the records that somebody has changed to another party meanwhile: they stay.
func (s *Service) Unmerge(ctx context.Context, a registry.Actor, id registry.PartyMergeID, version int64, reason string) (x registry.PartyMerge, left []registry.MovedReference, err error) {
	return partyMerging.unmerge(ctx, s, a, int64(id), version, reason)
}

// repoint makes one record point at another party; moved is false where it does not point at from, or is gone.
func (s *Service) repoint(tx *store.Tx, a act, r registry.MovedReference, from, to registry.PartyID) (moved bool, err error) {
	swap := func(p *registry.PartyID) bool {
		if *p != from {
			return false
		}
		*p = to
		return true
	}
	switch r.Entity {
	case "case":
		return s.repointCase(tx, a, registry.CaseID(r.ID), swap)
	case "farm":
		return edit(tx, s, a, store.Farms, r.ID, func(x *registry.Farm) bool { return swap(&x.OperatorID) })
	case "inspection":
		return edit(tx, s, a, store.Inspections, r.ID, func(x *registry.Inspection) bool { return swap(&x.PartyID) })
	case "penalty":
		moved, err := edit(tx, s, a, store.Penalties, r.ID, func(x *registry.Penalty) bool { return swap(&x.PartyID) })
		if err != nil || moved {
			return moved, err
		}
		x, err := store.Penalties.Get(tx, r.ID) // it may have moved with its case
		if registry.KindOf(err) == registry.KindNotFound {
			return false, nil
		}
		return x.PartyID == to, err
	}
	return false, fmt.Errorf("a merge moved an unknown noun %q", r.Entity)
}

// repointCase changes the party of a case and of the penalties on it: a penalty is always of a party of its case.
func (s *Service) repointCase(tx *store.Tx, a act, id registry.CaseID, swap func(*registry.PartyID) bool) (moved bool, err error) {
	moved, err = edit(tx, s, a, store.Cases, int64(id), func(x *registry.Case) (any bool) {
		for i := range x.Parties {
			any = swap(&x.Parties[i].PartyID) || any
		}
		return any
	})
	if err != nil || !moved {
		return moved, err
	}
	penalties, err := tx.PenaltiesOf(id)
	if err != nil {
		return moved, err
	}
	for i := range penalties {
		if swap(&penalties[i].PartyID) {
			if err := rewrite(tx, s, a, store.Penalties, &penalties[i]); err != nil {
				return moved, err
			}
		}
	}
	return moved, nil
}

// edit changes a record in place where fn finds something to change. A record that is gone has nothing.
func edit[T any, P store.Record[T]](tx *store.Tx, s *Service, a act, t *store.Table[T, P], id int64, fn func(P) bool) (bool, error) {
	x, err := t.Get(tx, id)
	if registry.KindOf(err) == registry.KindNotFound {
		return false, nil
	}
	if err != nil || !fn(P(&x)) {
		return false, err
	}
	return true, rewrite(tx, s, a, t, P(&x))
}

// partyMerges are the merges that a party was part of, newest first, and the other parties' names.
func partyMerges(tx *store.Tx, id registry.PartyID) (list []PartyMergeRow, err error) {
	merges, err := tx.MergesOfParty(id)
	if err != nil {
		return nil, err
	}
	for _, m := range merges {
		row := PartyMergeRow{PartyMerge: m}
		for _, x := range []struct {
			id   registry.PartyID
			name *string
		}{{m.PartyID, &row.Name}, {m.IntoID, &row.IntoName}} {
			p, err := store.Parties.Referred(tx, int64(x.id))
			if err != nil {
				return nil, err
			}
			*x.name = p.Name
		}
		list = append(list, row)
	}
	return list, nil
}

// PartyMergeRow is a merge with the names of both parties.
type PartyMergeRow struct {
	registry.PartyMerge
	Name, IntoName string
}

// notMerged refuses a reference to a party that was merged into another: the other is the one to choose.
func notMerged(field string, id registry.PartyID) check {
	return func(tx *store.Tx) error {
		if id == 0 {
			return nil
		}
		x, err := store.Parties.Get(tx, int64(id))
		switch {
		case registry.KindOf(err) == registry.KindNotFound, err == nil && hidden(tx, store.Parties.Entity, int64(id)):
			return registry.Invalid(field, "没有找到所选的当事人，请重新选择")
		case err != nil:
			return err
		case x.IsVoid():
			return registry.Invalid(field, "“%s”已作废，请重新选择", x.Name)
		case x.MergedInto != 0:
			return registry.Invalid(field, "“%s”已并入编号 %d 的当事人，请改选那一个", x.Name, x.MergedInto)
		}
		return nil
	}
}

// DuplicateGroup are parties that may be one, and what speaks for it.
type DuplicateGroup struct {
	Why     string // in Chinese
	Parties []registry.Party
}

// SameParties lists parties that may have been entered twice: the same code, the same document of identity, the same name however typed, or a
// name as published that can stand for another. The strongest reasons come first. A page may hold fewer groups than asked for and have a next one.
func (s *Service) SameParties(ctx context.Context, a registry.Actor, p Page) (list []DuplicateGroup, next string, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		list = nil
		var twins []store.PartyTwins
		if twins, next, err = tx.PartyTwins(p); err != nil {
			return err
		}
		for _, t := range twins {
			list = append(list, sameBy(t)...)
		}
		return nil
	})
	return list, next, err
}

// sameBy are the ways in which parties can be the same, each within the group that the store found; a group all of whose parties a stronger
// way has told of is left out.
func sameBy(t store.PartyTwins) []DuplicateGroup {
	code := func(p registry.Party) string { return p.CreditCode }
	document := func(p registry.Party) string { return p.IDDocument() + p.IDNumber }
	switch t.Way {
	case store.TwinCode:
		return []DuplicateGroup{{"统一社会信用代码相同", t.Parties}}
	case store.TwinDocument: // of one kind of document
		var list []DuplicateGroup
		for _, g := range grouped(t.Parties, document) {
			list = append(list, DuplicateGroup{"证件号码相同", g})
		}
		return list
	case store.TwinName:
		if shared(t.Parties, code) || (t.Parties[0].IDNumber != "" && shared(t.Parties, document)) {
			return nil
		}
		if shared(t.Parties, func(p registry.Party) string { return p.Name }) {
			return []DuplicateGroup{{"名称相同", t.Parties}}
		}
		return []DuplicateGroup{{"名称只有全半角、括号或空格不同", t.Parties}}
	}
	return []DuplicateGroup{{"公开名称中的“某”可以指另一个", t.Parties}}
}

// shared reports that all have one value, and it is known.
func shared(list []registry.Party, of func(registry.Party) string) bool {
	return of(list[0]) != "" && !slices.ContainsFunc(list, func(p registry.Party) bool { return of(p) != of(list[0]) })
}

// grouped are the parties with one key, in the order of their first.
func grouped(all []registry.Party, key func(registry.Party) string) [][]registry.Party {
	at := map[string]int{}
	var list [][]registry.Party
	for _, p := range all {
		k := key(p)
		i, ok := at[k]
		if !ok {
			i = len(list)
			at[k], list = i, append(list, nil)
		}
		list[i] = append(list[i], p)
	}
	return slices.DeleteFunc(list, func(g []registry.Party) bool { return len(g) < 2 })
}
