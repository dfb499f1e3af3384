package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddFarm registers a farm that the register does not have yet.
func (s *Service) AddFarm(ctx context.Context, a registry.Actor, x *registry.Farm) (repeated bool, err error) {
	return s.AddFarmAnyway(ctx, a, x, "")
}

// ChangeFarm stores an edited farm.
func (s *Service) ChangeFarm(ctx context.Context, a registry.Actor, x *registry.Farm) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite, wide: true}, store.Farms, x, stands(store.Farms, x.ID), unmergedFarm(x), notMerged("operator_id", x.OperatorID))
}

// unmergedFarm refuses an edit of a farm that was merged into another, and one that writes a merge into the record.
func unmergedFarm(x *registry.Farm) check {
	return func(tx *store.Tx) error {
		stored, err := store.Farms.Get(tx, int64(x.ID))
		switch {
		case err != nil:
			return err
		case stored.MergedInto != 0:
			return registry.Conflict("“%s”已并入编号 %d 的养殖场，记录只读；要修改请先拆回。", stored.Name, stored.MergedInto)
		case x.MergedInto != 0:
			return registry.Invalid("merged_into", "合并养殖场请用养殖场页面的“合并”")
		}
		return nil
	}
}

// Farm reads a farm.
func (s *Service) Farm(ctx context.Context, a registry.Actor, id registry.FarmID) (registry.Farm, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Farms, int64(id))
}

// FarmPage is a farm with everything that happened on it.
type FarmPage struct {
	Farm        registry.Farm
	Foreign     Foreign
	Operator    *registry.Party
	Inspections []store.InspectionRow
	Cases       []store.CaseRow
	Documents   []registry.Document // of its cases, without their citations
	Attachments []registry.Attachment
	Revisions   []registry.Revision
	Names       []Former       // what the farm was called before
	Operators   []Former       // who else ran it
	Into        *registry.Farm // the farm that this one was merged into
	Merges      []FarmMergeRow
	Same        []registry.Reference // that may be this one, entered twice
	Zones       ZoneCheck            // today
	Visits      registry.Visits      // this year
}

// historyLimit bounds what one page shows of a long history; the lists behind it show all.
const historyLimit = 200

// FarmPage reads a farm, its inspections, cases and their documents (newest 200 of each), its attachments and history.
func (s *Service) FarmPage(ctx context.Context, a registry.Actor, id registry.FarmID) (p FarmPage, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if p.Farm, err = store.Farms.Get(tx, int64(id)); err != nil {
			return err
		}
		if p.Foreign, err = foreignTo(tx, a, "本场", "管辖", store.Farms.Entity, int64(id)); err != nil {
			return err
		}
		if p.Farm.OperatorID != 0 {
			party, err := store.Parties.Referred(tx, int64(p.Farm.OperatorID))
			if err != nil {
				return err
			}
			p.Operator = &party
		}
		if p.Inspections, _, err = tx.Inspections(store.InspectionFilter{FarmID: id}, store.Page{Limit: historyLimit}); err != nil {
			return err
		}
		if p.Cases, _, err = tx.Cases(store.CaseFilter{FarmID: id}, store.Page{Limit: historyLimit}); err != nil {
			return err
		}
		if p.Documents, err = tx.DocumentsOfFarm(id, historyLimit); err != nil {
			return err
		}
		if p.Attachments, err = farmFiles(tx, id); err != nil {
			return err
		}
		if p.Into, err = maybe(tx, store.Farms, p.Farm.MergedInto); err != nil {
			return err
		}
		if p.Merges, err = farmMerges(tx, id); err != nil {
			return err
		}
		if p.Farm.MergedInto == 0 && !p.Farm.IsVoid() {
			if p.Same, err = tx.SameFarms(&p.Farm); err != nil {
				return err
			}
		}
		if p.Zones, err = s.zonesAt(tx, p.Farm.Place, s.Today()); err != nil {
			return err
		}
		if p.Visits, err = s.visitsOf(tx, id, s.Today(), 0); err != nil {
			return err
		}
		if p.Revisions, err = tx.Revisions("farm", int64(id)); err != nil {
			return err
		}
		p.Names, p.Operators, err = formerOf(tx, &p.Farm, p.Revisions)
		return err
	})
	return p, err
}

// farmFiles are the files of a farm and of those that were merged into it.
func farmFiles(tx *store.Tx, id registry.FarmID) (list []registry.Attachment, err error) {
	if list, err = tx.AttachmentsOf("farm", int64(id)); err != nil {
		return nil, err
	}
	merged, err := tx.MergedInto(id)
	if err != nil {
		return nil, err
	}
	for _, f := range merged {
		more, err := farmFiles(tx, f.ID)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
}

// Farms lists farms.
func (s *Service) Farms(ctx context.Context, a registry.Actor, f store.FarmFilter, p store.Page) (l List[store.FarmRow], err error) {
	if err := f.Validate(); err != nil {
		return l, err
	}
	f.Asking = s.asking(a)
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if l.Rows, l.Next, err = tx.Farms(f, p); err != nil {
			return err
		}
		if l.whole(p) {
			return nil
		}
		l.Count, l.Capped, err = tx.CountFarms(f)
		l.Count = max(l.Count, len(l.Rows))
		return err
	})
	return l, err
}
