package casework

import (
	"context"
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/store"
)

var farmMerging = merging[registry.Farm, *registry.Farm, registry.FarmMerge, *registry.FarmMerge]{
	noun: "养殖场", field: "farm_id", records: store.Farms, merges: store.FarmMerges,
	ends: func(x *registry.FarmMerge) (int64, int64, *registry.Merging) {
		return int64(x.FarmID), int64(x.IntoID), &x.Merging
	},
	entry: func(x *registry.Farm) (string, *int64) { return x.Name, (*int64)(&x.MergedInto) },
	references: func(tx *store.Tx, id int64, limit int) ([]registry.MovedReference, error) {
		return tx.FarmReferences(registry.FarmID(id), limit)
	},
	repoint: func(s *Service, tx *store.Tx, a act, r registry.MovedReference, from, to int64) (bool, error) {
		swap := func(f *registry.FarmID) bool {
			if *f != registry.FarmID(from) {
				return false
			}
			*f = registry.FarmID(to)
			return true
		}
		switch r.Entity {
		case "case":
			return edit(tx, s, a, store.Cases, r.ID, func(x *registry.Case) bool { return swap(&x.FarmID) })
		case "inspection":
			return edit(tx, s, a, store.Inspections, r.ID, func(x *registry.Inspection) bool { return swap(&x.FarmID) })
		}
		return false, fmt.Errorf("a merge of farms moved an unknown noun %q", r.Entity)
	},
	take: func(stays, goes *registry.Farm, x *registry.FarmMerge) (bool, error) {
		return len(x.Taken) > 0, registry.TakeFields(stays, *goes, x.Taken)
	},
}

// MergeFarms makes the inspections and cases of x.FarmID those of x.IntoID, which takes over the values named in x.Taken, and hides
// the first.
func (s *Service) MergeFarms(ctx context.Context, a registry.Actor, x *registry.FarmMerge) error {
	return farmMerging.merge(ctx, s, a, x)
}

// UnmergeFarm is Unmerge for farms. Values that the other one took over stay there; its history has those from before.
func (s *Service) UnmergeFarm(ctx context.Context, a registry.Actor, id registry.FarmMergeID, version int64, reason string) (x registry.FarmMerge, left []registry.MovedReference, err error) {
	return farmMerging.unmerge(ctx, s, a, int64(id), version, reason)
}

// FarmSide is one of two farms that may be the same, with how much points at it.
type FarmSide struct {
	Farm               registry.Farm
	Cases, Inspections int
}

// FarmSides reads farms side by side.
func (s *Service) FarmSides(ctx context.Context, a registry.Actor, ids ...registry.FarmID) (list []FarmSide, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		list = nil
		for _, id := range ids {
			side := FarmSide{}
			if side.Farm, err = store.Farms.Get(tx, int64(id)); err != nil {
				return err
			}
			refs, err := tx.FarmReferences(id, mostReferences)
			if err != nil {
				return err
			}
			for _, r := range refs {
				*map[string]*int{"case": &side.Cases, "inspection": &side.Inspections}[r.Entity]++
			}
			list = append(list, side)
		}
		return nil
	})
	return list, err
}

// FarmMergeRow is a merge with the names of both farms.
type FarmMergeRow struct {
	registry.FarmMerge
	Name, IntoName string
}

func farmMerges(tx *store.Tx, id registry.FarmID) (list []FarmMergeRow, err error) {
	merges, err := tx.MergesOfFarm(id)
	if err != nil {
		return nil, err
	}
	ids := []registry.FarmID{}
	for _, m := range merges {
		ids = append(ids, m.FarmID, m.IntoID)
	}
	farms, err := tx.FarmsByID(ids)
	for _, m := range merges {
		list = append(list, FarmMergeRow{m, farms[m.FarmID].Name, farms[m.IntoID].Name})
	}
	return list, err
}

// FarmGroup are farms that may be one, and what speaks for it.
type FarmGroup struct {
	Why   string // in Chinese
	Farms []registry.Farm
}

// SameFarms lists one page of the farms that may have been entered twice: by name and district, by permit, or by place.
func (s *Service) SameFarms(ctx context.Context, a registry.Actor, by string, p Page) (list []FarmGroup, next string, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		list = nil
		var twins []store.FarmTwins
		if twins, next, err = tx.FarmTwins(by, p); err != nil {
			return err
		}
		var ids []registry.FarmID
		for _, g := range twins {
			ids = append(ids, g.IDs...)
		}
		farms, err := tx.FarmsByID(ids)
		for _, t := range twins {
			g := FarmGroup{Why: t.Shared}
			for _, id := range t.IDs {
				g.Farms = append(g.Farms, farms[id])
			}
			list = append(list, g)
		}
		return err
	})
	return list, next, err
}

// noFarmMerge refuses a new farm with a merge written into it.
func noFarmMerge(x *registry.Farm) check {
	return func(*store.Tx) error {
		if x.MergedInto != 0 {
			return registry.Invalid("merged_into", "合并养殖场请用养殖场页面的“合并”")
		}
		return nil
	}
}

// notMergedFarm refuses a reference to a farm that was merged into another, or voided.
func notMergedFarm(field string, id registry.FarmID) check {
	return func(tx *store.Tx) error {
		if err := refExists(store.Farms, field, id)(tx); err != nil || id == 0 {
			return err
		}
		x, err := store.Farms.Get(tx, int64(id))
		if err != nil || x.MergedInto == 0 {
			return err
		}
		return registry.Invalid(field, "“%s”已并入编号 %d 的养殖场，请改选那一个", x.Name, x.MergedInto)
	}
}
