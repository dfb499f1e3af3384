package casework

import (
	"context"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// DeskScope is whose work the desk shows.
type DeskScope string

// The tabs of the desk.
const (
	DeskMine   DeskScope = "mine"   // of the officer that the account is
	DeskBranch DeskScope = "branch" // of the unit that the account works in, where that has a district
	DeskCity   DeskScope = "city"
)

// Desk is the 工作台: what waits for the actor, what is due, what is not sent, what is recent, and counts by district.
type Desk struct {
	Scope       DeskScope        // that is shown: what was asked for, or the city's where the account has no such thing
	Unit        *registry.Branch // whose the middle tab is; nil: none
	Drafts      []store.InspectionRow
	WithoutCase []store.InspectionRow // violations found, no case opened
	Undecided   []store.CaseRow       // cases on the way; of one officer they stand among what is due
	Recent      []store.CaseRow
	Due         DueDesk
	Typed       []store.FormDraft // forms that the actor typed into and did not save, without the text
	ToApprove   []BulletinWait    // whose step the actor may take, or that the actor wrote
	Turned      []TurnedBulletin  // whose cases are no longer what was approved
	MyBulletins []BulletinRow
	ByDistrict  []store.DistrictCount
	Total       store.DistrictCount // of all districts
}

// dueOnDesk is how many of the most urgent cases the desk shows; the list behind it shows all.
const dueOnDesk = 10

// DueFilter is what is due on a tab of the desk.
func (d *Desk) DueFilter(a registry.Actor) store.DueFilter {
	switch d.Scope {
	case DeskMine:
		return store.DueFilter{OfficerID: a.OfficerID}
	case DeskBranch:
		return store.DueFilter{OrganID: d.Unit.OrganID}
	}
	return store.DueFilter{}
}

// Desk reads a tab of the actor's desk; an empty scope is the nearest one that the account has.
func (s *Service) Desk(ctx context.Context, a registry.Actor, scope DeskScope) (d Desk, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		const few = 8
		if d.Unit, err = s.unitOf(tx, a); err != nil {
			return err
		}
		d.Scope = d.scopeOf(a, scope)
		if err := waiting(tx, a, &d, few); err != nil {
			return err
		}
		today := s.Today()
		f := d.DueFilter(a)
		if d.Due.Counts, err = tx.CountDue(f, today, today.AddDays(weekAhead)); err != nil {
			return err
		}
		if d.Due.Rows, d.Due.Next, err = tx.DueCases(f, store.Page{Limit: dueOnDesk}); err != nil {
			return err
		}
		if d.Typed, err = tx.FormDraftsOf(a.UserID, few); err != nil {
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

// unitOf is the unit with a district that an account works in, whatever its role; nil where there is none.
func (s *Service) unitOf(tx *store.Tx, a registry.Actor) (*registry.Branch, error) {
	if a.Branch != nil || a.OrganID == 0 {
		return a.Branch, nil
	}
	o, err := store.Organs.Get(tx, int64(a.OrganID))
	if err != nil {
		return nil, err
	}
	return s.Bureau().BranchOf(registry.RoleOfficer, &o), nil
}

// scopeOf is the tab that is shown: the one asked for, or where the account has none such the city's; unasked, the nearest.
func (d *Desk) scopeOf(a registry.Actor, asked DeskScope) DeskScope {
	mine, branch := a.OfficerID != 0, d.Unit != nil
	switch {
	case mine && (asked == "" || asked == DeskMine):
		return DeskMine
	case branch && (asked == "" || asked == DeskBranch):
		return DeskBranch
	}
	return DeskCity
}

// waiting reads what waits on a tab, and what is recent: of an officer from what is kept by officer, of a unit what lies in its district.
func waiting(tx *store.Tx, a registry.Actor, d *Desk, few int) (err error) {
	drafts := store.InspectionFilter{State: registry.InspectionDraft}
	uncased := store.InspectionFilter{Result: registry.ViolationFound, NoCase: true}
	switch d.Scope {
	case DeskMine:
		drafts.OfficerID, uncased.OfficerID = a.OfficerID, a.OfficerID
	case DeskBranch:
		tx.Narrow(d.Unit)
	}
	page := store.Page{Limit: few}
	if d.Drafts, _, err = tx.Inspections(drafts, page); err != nil {
		return err
	}
	if d.WithoutCase, _, err = tx.Inspections(uncased, page); err != nil {
		return err
	}
	if d.Scope != DeskMine {
		if d.Undecided, err = tx.UndecidedCases(few); err != nil {
			return err
		}
	}
	if d.Recent, _, err = tx.Cases(store.CaseFilter{}, page); err != nil {
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
