package casework

import (
	"context"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Desk is the 工作台: what waits for the actor, what is recent, and counts by district.
type Desk struct {
	Drafts      []store.InspectionRow // inspections not yet submitted
	WithoutCase []store.InspectionRow // violations found, no case opened
	Undecided   []store.CaseRow       // cases on the way
	Recent      []store.CaseRow
	ToApprove   []BulletinWait   // whose step the actor may take, or that the actor wrote
	Turned      []TurnedBulletin // whose cases are no longer what was approved
	MyBulletins []BulletinRow
	ByDistrict  []store.DistrictCount
	Total       store.DistrictCount // of all districts
}

// Desk reads the actor's desk.
func (s *Service) Desk(ctx context.Context, a registry.Actor) (d Desk, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		const few = 8
		if err := waiting(tx, a, &d, few); err != nil {
			return err
		}
		if d.Recent, _, err = tx.Cases(store.CaseFilter{}, store.Page{Limit: few}); err != nil {
			return err
		}
		if d.ToApprove, err = s.waitingBulletins(tx, a, few); err != nil {
			return err
		}
		if a.Role.Can(registry.PermBulletinApprove) {
			if d.Turned, err = s.turnedBulletins(tx); err != nil {
				return err
			}
		}
		drafts, cases, _, err := tx.BulletinRows(string(registry.BulletinDraft), store.Page{Limit: few})
		if err != nil {
			return err
		}
		for _, b := range drafts {
			d.MyBulletins = append(d.MyBulletins, BulletinRow{Bulletin: b, CaseCount: cases[b.ID]})
		}
		if d.ByDistrict, err = tx.CountByDistrict(ownFirst(s.Bureau().Districts, a)); err != nil {
			return err
		}
		for _, c := range d.ByDistrict {
			d.Total.Farms += c.Farms
			d.Total.Checks += c.Checks
			d.Total.Cases += c.Cases
			d.Total.OnTheWay += c.OnTheWay
			d.Total.Ended += c.Ended
		}
		return nil
	})
	return d, err
}

// waiting reads what waits for an officer: of a branch, what the branch can act on, whatever it may read.
func waiting(tx *store.Tx, a registry.Actor, d *Desk, few int) (err error) {
	if a.Branch != nil {
		tx.Narrow(a.Branch)
	}
	if d.Drafts, _, err = tx.Inspections(store.InspectionFilter{State: registry.InspectionDraft}, store.Page{Limit: few}); err != nil {
		return err
	}
	if d.WithoutCase, err = tx.InspectionsWithoutCase(few); err != nil {
		return err
	}
	if d.Undecided, err = tx.UndecidedCases(few); err != nil {
		return err
	}
	tx.Narrow(nil)
	return narrow(tx, a)
}

// ownFirst are the districts of the desk, the one of the actor's branch before the others.
func ownFirst(list []registry.District, a registry.Actor) []registry.District {
	if a.Branch == nil {
		return list
	}
	i := slices.IndexFunc(list, func(d registry.District) bool { return d.Code == a.Branch.DistrictCode })
	if i < 0 {
		return list
	}
	return append([]registry.District{list[i]}, slices.Delete(slices.Clone(list), i, i+1)...)
}
