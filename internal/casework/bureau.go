package casework

import (
	"context"

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

// valid asks what the record itself must hold, and that it lies in a district of the bureau.
func (s *Service) valid(x registry.Record) error {
	var p registry.Problems
	p.Merge("", x.Validate())
	p.Merge("", s.Bureau().Accepts(x))
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
	err := s.db.Write(ctx, func(tx *store.Tx) error {
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
	if was.Version > 0 {
		return changeIn(tx, s, by, store.Bureaus, x, left)
	}
	if x.Version != 0 {
		return registry.Stale(store.Bureaus.Noun, 0, x.Version)
	}
	_, err := addIn(tx, s, by, store.Bureaus, x, left)
	return err
}

// followBureau renames, adds and retires the units that follow from the bureau: those that still have the name it gave them. A unit that an
// administrator named otherwise stays as it is.
func (s *Service) followBureau(tx *store.Tx, by act, was, now *registry.Bureau) error {
	have, err := store.Organs.List(tx, "ORDER BY id LIMIT 500")
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
	for _, o := range have {
		if o.Kind != "市局" && o.Kind != "分局" {
			continue
		}
		w, stays := wanted[seat(&o)]
		switch {
		case !given[o.Name]:
			stays = stays && o.Active
		case stays:
			err = s.renameOrgan(tx, by, o, w)
		default:
			err = s.retireOrgan(tx, by, o)
		}
		if err != nil {
			return err
		}
		if stays {
			delete(wanted, seat(&o))
		}
	}
	for _, o := range now.Organs() {
		if _, missing := wanted[seat(&o)]; missing {
			if _, err := addIn(tx, s, by, store.Organs, &o); err != nil {
				return err
			}
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

// renameOrgan gives a unit the name, district and character that it has by now.
func (s *Service) renameOrgan(tx *store.Tx, by act, o, now registry.Organ) error {
	was := o
	o.Name, o.ShortName, o.DistrictCode, o.Abbr = now.Name, now.ShortName, now.DistrictCode, now.Abbr
	if o == was {
		return nil
	}
	return changeIn(tx, s, by, store.Organs, &o)
}

// retireOrgan takes a unit away whose district left the list: one that something names becomes inactive, since old records show it.
func (s *Service) retireOrgan(tx *store.Tx, by act, o registry.Organ) error {
	used, err := tx.OrganUsed(o.ID)
	if err != nil {
		return err
	}
	if !used {
		return removeIn(tx, s, by, store.Organs, int64(o.ID), o.Version)
	}
	if !o.Active {
		return nil
	}
	o.Active, o.DistrictCode = false, ""
	return changeIn(tx, s, by, store.Organs, &o)
}
