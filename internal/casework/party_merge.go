package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

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

// mostDuplicates bounds what a page shows.
const mostDuplicates = 200

// SameParties lists parties that may have been entered twice: the same code, the same name however typed, or a name as published that
// can stand for another. The strongest reasons come first; capped tells that there are more.
func (s *Service) SameParties(ctx context.Context, a registry.Actor) (list []DuplicateGroup, capped bool, err error) {
	if err := a.May(registry.PermRecordRead); err != nil {
		return nil, false, err
	}
	done, err := s.whole(ctx)
	if err != nil {
		return nil, false, err
	}
	defer done()
	var all []registry.Party
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		all = nil
		return tx.PartyNames(func(p registry.Party) { all = append(all, p) })
	})
	if err != nil {
		return nil, false, err
	}
	list = sameParties(all)
	capped = len(list) > mostDuplicates
	return list[:min(len(list), mostDuplicates)], capped, nil
}

func sameParties(all []registry.Party) []DuplicateGroup {
	var list []DuplicateGroup
	seen := map[string]bool{}
	add := func(why string, group []registry.Party) {
		var b strings.Builder
		for _, p := range group {
			fmt.Fprintf(&b, "%d ", p.ID)
		}
		if len(group) > 1 && !seen[b.String()] {
			seen[b.String()] = true
			list = append(list, DuplicateGroup{why, group})
		}
	}
	for _, by := range []struct {
		why string
		key func(registry.Party) string
	}{
		{"统一社会信用代码相同", func(p registry.Party) string { return p.CreditCode }},
		{"证件号码相同", func(p registry.Party) string { return p.IDDocument() + p.IDNumber }},
		{"名称相同", func(p registry.Party) string { return p.Name }}, // as typed: the stronger reason, of the groups below
		{"名称只有全半角、括号或空格不同", func(p registry.Party) string { return registry.NameKey(p.Name) }},
	} {
		for _, g := range grouped(all, by.key) {
			add(by.why, g)
		}
	}
	for _, g := range maskedGroups(all) {
		add("公开名称中的“某”可以指另一个", g)
	}
	return list
}

// grouped are the parties with one key, in the order of their first.
func grouped(all []registry.Party, key func(registry.Party) string) [][]registry.Party {
	at := map[string]int{}
	var list [][]registry.Party
	for _, p := range all {
		k := key(p)
		if k == "" {
			continue
		}
		i, ok := at[k]
		if !ok {
			i = len(list)
			at[k], list = i, append(list, nil)
		}
		list[i] = append(list[i], p)
	}
	return slices.DeleteFunc(list, func(g []registry.Party) bool { return len(g) < 2 })
}

// maskedGroups pair each name with 某 with the names of the same beginning that it can stand for, until there are more than a page
// shows.
func maskedGroups(all []registry.Party) (list [][]registry.Party) {
	byStart := map[string][]registry.Party{}
	start := func(s string) string {
		r := []rune(s)
		return string(r[:min(2, len(r))])
	}
	for _, p := range all {
		k := registry.NameKey(p.Name)
		byStart[start(k)] = append(byStart[start(k)], p)
	}
	for _, p := range all {
		k := registry.NameKey(p.Name)
		if strings.IndexRune(k, '某') < len(start(k)) { // 某 stands among the first two: too little is known
			continue
		}
		group := []registry.Party{p}
		for _, o := range byStart[start(k)] {
			if o.ID != p.ID && len(group) <= 10 && registry.NameKey(o.Name) != k && registry.MaskedName(k, registry.NameKey(o.Name)) {
				group = append(group, o)
			}
		}
		if len(group) > 1 {
			slices.SortFunc(group, func(a, b registry.Party) int { return cmp.Compare(a.ID, b.ID) })
			list = append(list, group)
		}
		if len(list) > mostDuplicates {
			break
		}
	}
	return list
}
