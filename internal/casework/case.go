package casework

import (
	"context"
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddCase opens a case.
func (s *Service) AddCase(ctx context.Context, a registry.Actor, x *registry.Case) (repeated bool, err error) {
	x.Stage = registry.StageOpened
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Cases, x, s.caseRefs(x)...)
}

// ChangeCase stores an edited case; a closed one is read-only.
func (s *Service) ChangeCase(ctx context.Context, a registry.Actor, x *registry.Case) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Cases, x, append(s.caseRefs(x), open(x.ID), partsStay(x))...)
}

func (s *Service) caseRefs(x *registry.Case) []check {
	checks := []check{
		notMergedFarm("farm_id", x.FarmID), refExists(store.Campaigns, "campaign_id", x.CampaignID),
		refExists(store.Organs, "deciding_organ_id", x.DecidingOrganID), refExists(store.Organs, "handling_organ_id", x.HandlingOrganID),
		func(tx *store.Tx) error { return fillOrgans(tx, x) },
		func(tx *store.Tx) error { return ownGrounds(tx, x) },
	}
	for i, p := range x.Parties {
		checks = append(checks, notMerged(fmt.Sprintf("parties.%d.party_id", i), p.PartyID))
	}
	checks = append(checks, func(tx *store.Tx) error { return nameParties(tx, x) })
	for i, id := range x.Inspections {
		checks = append(checks, refExists(store.Inspections, fmt.Sprintf("inspections.%d.id", i), id))
	}
	return checks
}

// ownGrounds asks that what a case of a branch is newly based on be the branch's: its district, its farm, its inspections. What it had
// before stays, since a case may have been handed over from another district.
func ownGrounds(tx *store.Tx, x *registry.Case) error {
	was, err := maybe(tx, store.Cases, x.ID)
	if err != nil {
		return err
	}
	if was == nil {
		was = &registry.Case{}
	}
	if x.DistrictCode != was.DistrictCode {
		if err := tx.MayWriteIn(x.DistrictCode); err != nil {
			return err
		}
	}
	if x.FarmID != was.FarmID {
		if err := tx.MayWrite(store.Farms.Entity, int64(x.FarmID)); err != nil {
			return err
		}
	}
	for _, id := range x.Inspections {
		if !slices.Contains(was.Inspections, id) {
			if err := tx.MayWrite(store.Inspections.Entity, int64(id)); err != nil {
				return err
			}
		}
	}
	return nil
}

// nameParties keeps the name that each party has today where nobody typed another: it may be renamed or sold later.
func nameParties(tx *store.Tx, x *registry.Case) error {
	for i := range x.Parties {
		if p := &x.Parties[i]; p.NameAtAct == "" {
			party, err := store.Parties.Get(tx, int64(p.PartyID))
			if err != nil {
				return err
			}
			p.NameAtAct = party.Name
		}
	}
	return nil
}

// fillOrgans names the city bureau as deciding organ and the district's branch as handling unit where nobody chose others.
func fillOrgans(tx *store.Tx, x *registry.Case) error {
	if x.DecidingOrganID != 0 && x.HandlingOrganID != 0 {
		return nil
	}
	organs, err := tx.ActiveOrgans()
	if err != nil {
		return err
	}
	for _, o := range organs {
		if x.DecidingOrganID == 0 && o.Kind == "市局" {
			x.DecidingOrganID = o.ID
		}
		if x.HandlingOrganID == 0 && o.Kind == "分局" && o.DistrictCode == x.DistrictCode {
			x.HandlingOrganID = o.ID
		}
	}
	return nil
}

// JoinInspection lets a case rest on one more inspection, which was entered from the case. A re-check is AddRecheck.
func (s *Service) JoinInspection(ctx context.Context, a registry.Actor, id registry.CaseID, inspection registry.InspectionID) error {
	x, err := s.Case(ctx, a, id)
	if err != nil || slices.Contains(x.Inspections, inspection) {
		return err
	}
	x.Inspections = append(x.Inspections, inspection)
	return s.ChangeCase(ctx, a, &x)
}

// Case reads a case.
func (s *Service) Case(ctx context.Context, a registry.Actor, id registry.CaseID) (registry.Case, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Cases, int64(id))
}

// CaseGrounds reads the case, its farm and its inspections: what OfferIn asks of a file. The rest of it is empty.
func (s *Service) CaseGrounds(ctx context.Context, a registry.Actor, id registry.CaseID) (f *registry.CaseFile, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		f, err = tx.CaseGrounds(id)
		return err
	})
	return f, err
}

// CaseFile reads a case with everything on it.
func (s *Service) CaseFile(ctx context.Context, a registry.Actor, id registry.CaseID) (f *registry.CaseFile, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		f, err = tx.CaseFile(id)
		return err
	})
	return f, err
}

// Cases lists cases.
func (s *Service) Cases(ctx context.Context, a registry.Actor, f store.CaseFilter, p store.Page) (l List[store.CaseRow], err error) {
	f.Asking = s.asking(a)
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if err := linesMissing(tx, f); err != nil {
			return err
		}
		if l.Rows, l.Next, err = tx.Cases(f, p); err != nil {
			return err
		}
		if l.whole(p) {
			return nil
		}
		l.Count, l.Capped, err = tx.CountCases(f)
		l.Count = max(l.Count, len(l.Rows))
		return err
	})
	return l, err
}
