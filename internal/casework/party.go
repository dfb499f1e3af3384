package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddParty registers a party whose code the register does not have yet.
func (s *Service) AddParty(ctx context.Context, a registry.Actor, x *registry.Party) (repeated bool, err error) {
	return s.AddPartyAnyway(ctx, a, x, "")
}

// ChangeParty stores an edited party; one that was merged into another is read-only.
func (s *Service) ChangeParty(ctx context.Context, a registry.Actor, x *registry.Party) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite, wide: true}, store.Parties, x, partyStands(x))
}

// partyStands refuses an edit of a party that was merged into another or voided, and one that writes a merge into the record.
func partyStands(x *registry.Party) check {
	return func(tx *store.Tx) error {
		stored, err := store.Parties.Get(tx, int64(x.ID))
		if err != nil {
			return err
		}
		if stored.MergedInto != 0 {
			return registry.Conflict("“%s”已并入编号 %d 的当事人，记录只读；要修改请先拆回。", stored.Name, stored.MergedInto)
		}
		if stored.IsVoid() {
			return registry.Conflict(voidMessage, "当事人")
		}
		return noOwnMerge(x, stored.MergedInto)
	}
}

// noOwnMerge refuses a merge that is written into the record: merging moves what points at a party.
func noOwnMerge(x *registry.Party, stored registry.PartyID) error {
	if x.MergedInto != stored {
		return registry.Invalid("merged_into", "合并当事人请用当事人页面的“合并”")
	}
	return nil
}

// Party reads a party.
func (s *Service) Party(ctx context.Context, a registry.Actor, id registry.PartyID) (registry.Party, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Parties, int64(id))
}

// PartyPage is a party with its farms and cases, and parties that may be the same.
type PartyPage struct {
	Party     registry.Party
	Foreign   Foreign
	Farms     []registry.Farm
	Cases     []store.CaseRow
	Similar   []registry.Party
	Merges    []PartyMergeRow
	Into      *registry.Party // the party that this one was merged into
	Revisions []registry.Revision
}

// PartyPage reads a party and what it is part of.
func (s *Service) PartyPage(ctx context.Context, a registry.Actor, id registry.PartyID) (p PartyPage, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if p.Party, err = store.Parties.Get(tx, int64(id)); err != nil {
			return err
		}
		if p.Foreign, err = foreignTo(tx, a, "这个当事人的案件、检查和养殖场", "办理", store.Parties.Entity, int64(id)); err != nil {
			return err
		}
		if p.Farms, err = tx.FarmsOfOperator(id); err != nil {
			return err
		}
		if p.Cases, _, err = tx.Cases(store.CaseFilter{PartyID: id}, store.Page{Limit: historyLimit}); err != nil {
			return err
		}
		if p.Similar, err = tx.SimilarParties(&p.Party); err != nil {
			return err
		}
		if p.Merges, err = partyMerges(tx, id); err != nil {
			return err
		}
		if p.Into, err = maybe(tx, store.Parties, p.Party.MergedInto); err != nil {
			return err
		}
		p.Revisions, err = tx.Revisions("party", int64(id))
		return err
	})
	return p, err
}

// Parties finds parties by words of a name, also of one they had before, or by a piece of a code, newest first; or those with several cases in some months.
func (s *Service) Parties(ctx context.Context, a registry.Actor, f store.PartyFilter, p store.Page) (rows []store.PartyRow, next string, err error) {
	if err := f.Validate(s.Bureau()); err != nil {
		return nil, "", err
	}
	if f.Repeated != "" && p.Up {
		return nil, "", registry.Invalid("sort", "多次涉案的名单按最近一次发现的月份排，不能换顺序")
	}
	f.Asking = s.asking(a)
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		rows, next, err = tx.Parties(f, p)
		return err
	})
	return rows, next, err
}
