package casework

import (
	"context"
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Bureau is the bureau as it stands. A use case takes it once; nobody changes what it points to.
func (s *Service) Bureau() *registry.Bureau {
	if k := s.kept.Load(); k != nil {
		return k.bureau
	}
	return s.bureau
}

// valid asks what the record itself must hold, and that it lies in a district of the bureau as the transaction sees it.
func valid(tx *store.Tx, x registry.Record) error {
	b, err := tx.Bureau()
	if err != nil {
		return err
	}
	var p registry.Problems
	p.Merge("", x.Validate())
	p.Merge("", b.Accepts(x))
	return p.Err()
}

// BureauPage is what the administrator's page shows: the bureau as it is stored and how it came to be.
type BureauPage struct {
	Bureau    registry.Bureau // version 0 as long as the default stands
	Revisions []registry.Revision
}

// BureauPage reads it.
func (s *Service) BureauPage(ctx context.Context, a registry.Actor) (p BureauPage, err error) {
	err = s.read(ctx, a, registry.PermAdmin, func(tx *store.Tx) error {
		b, err := tx.Bureau()
		if err != nil {
			return err
		}
		p.Bureau = *b
		p.Revisions, err = tx.Revisions(store.Bureaus.Entity, int64(registry.TheBureau))
		return err
	})
	return p, err
}

// ChangeBureau stores the edited bureau and brings its units after it, in one transaction.
func (s *Service) ChangeBureau(ctx context.Context, a registry.Actor, x *registry.Bureau) error {
	if err := a.May(registry.PermAdmin); err != nil {
		return err
	}
	x.ID = registry.TheBureau
	err := s.writeAlone(ctx, a, func(tx *store.Tx) error {
		was, err := tx.Bureau()
		if err != nil {
			return err
		}
		by := act{actor: a}
		if err := s.keepBureau(tx, by, was, x); err != nil {
			return err
		}
		return s.followBureau(tx, by, was, x)
	})
	if err != nil {
		return err
	}
	if err := s.LoadKept(ctx); err != nil {
		return err
	}
	return s.LoadLaws(ctx) // the local ones
}

// keepBureau writes the row: the first edit takes the place of the program's default.
func (s *Service) keepBureau(tx *store.Tx, by act, was, x *registry.Bureau) error {
	left := func(tx *store.Tx) error {
		for _, d := range was.Districts {
			if _, stays := x.District(d.Code); stays {
				continue
			}
			noun, err := tx.DistrictUsed(d.Code)
			if err != nil {
				return err
			}
			if noun != "" {
				return registry.Invalid("districts", "%s（%s）已有登记的%s，不能去掉", d.Name, d.Code, noun)
			}
		}
		return nil
	}
	takers := func(tx *store.Tx) error { return approvers(tx, x) }
	if was.Version > 0 {
		return changeIn(tx, s, by, store.Bureaus, x, left, takers)
	}
	if x.Version != 0 {
		return registry.Stale(store.Bureaus.Noun, 0, x.Version)
	}
	_, err := addIn(tx, s, by, store.Bureaus, x, left, takers)
	return err
}

// approvers asks that the accounts which the steps of the approval name can take them.
func approvers(tx *store.Tx, x *registry.Bureau) error {
	var p registry.Problems
	for i, step := range x.Approval {
		at := fmt.Sprintf("approval.%d.users", i)
		for _, name := range step.Users {
			u, err := tx.UserByName(name)
			switch {
			case registry.KindOf(err) == registry.KindNotFound:
				p.Add(at, "没有用户名为“%s”的账号", name)
			case err != nil:
				return err
			case u.Disabled:
				p.Add(at, "账号“%s”已停用", name)
			case !u.Role.Can(registry.PermBulletinStep):
				p.Add(at, "“%s”的角色是%s，不能审批通报", name, u.Role.Chinese())
			}
		}
	}
	return p.Err()
}

// followBureau brings the units after the bureau, as far as they still have the name that it gave them: they are renamed, and made inactive
// where their district left the list. A unit that nothing names yet takes the seat of a new district; units are never removed. One that an
// administrator named otherwise stays as it is.
func (s *Service) followBureau(tx *store.Tx, by act, was, now *registry.Bureau) error {
	have, err := tx.Organs()
	if err != nil {
		return err
	}
	given, wanted := map[string]bool{}, map[string]registry.Organ{}
	for _, o := range was.Organs() {
		given[o.Name] = true
	}
	for _, o := range now.Organs() {
		wanted[seat(&o)] = o
	}
	var left []registry.Organ
	for _, o := range have {
		w, stays := wanted[seat(&o)]
		switch {
		case o.Kind != "市局" && o.Kind != "分局", !given[o.Name] && !o.Active:
			continue
		case given[o.Name] && !stays:
			left = append(left, o)
			continue
		case given[o.Name]:
			if err := s.seatOrgan(tx, by, o, w); err != nil {
				return err
			}
		}
		delete(wanted, seat(&o))
	}
	free, err := s.freeOrgans(tx, by, left, len(wanted))
	if err != nil {
		return err
	}
	for _, o := range now.Organs() {
		if _, missing := wanted[seat(&o)]; !missing {
			continue
		}
		if len(free) > 0 {
			free[0].Active = true // another seat: that the old one was out of use says nothing of it
			err, free = s.seatOrgan(tx, by, free[0], o), free[1:]
		} else {
			_, err = addIn(tx, s, by, store.Organs, &o)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// seat is what a unit is of: the city, or a district.
func seat(o *registry.Organ) string {
	if o.Kind == "市局" {
		return o.Kind
	}
	return o.DistrictCode
}

// seatOrgan gives a unit the name, district and character that the bureau has for its seat.
func (s *Service) seatOrgan(tx *store.Tx, by act, o, now registry.Organ) error {
	was := o
	o.Name, o.ShortName, o.DistrictCode, o.Abbr = now.Name, now.ShortName, now.DistrictCode, now.Abbr
	if o == was {
		return nil
	}
	return changeIn(tx, s, by, store.Organs, &o)
}

// freeOrgans are at most n of the units without a seat, those that nothing names; the others become inactive.
func (s *Service) freeOrgans(tx *store.Tx, by act, left []registry.Organ, n int) (free []registry.Organ, err error) {
	for _, o := range left {
		used, err := tx.OrganUsed(o.ID)
		switch {
		case err != nil:
			return nil, err
		case !used && len(free) < n:
			free = append(free, o)
			continue
		case !o.Active:
			continue
		}
		o.Active, o.DistrictCode = false, ""
		if err := changeIn(tx, s, by, store.Organs, &o); err != nil {
			return nil, err
		}
	}
	return free, nil
}
