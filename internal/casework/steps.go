package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Steps are documents of a case that are registered together, with what follows from them: the fine that a decision among them imposes, and a
// payment.
type Steps struct {
	CaseID    registry.CaseID
	UID       string // of the form: sent again, it makes nothing
	Documents []registry.Document
	Fine      *registry.Penalty // imposed by the decision among the documents
	Payment   *registry.Payment // of Fine where it names no penalty
}

// AddSteps registers them in one transaction, all or none. Problems are named documents.1.number, fine.amount_fen, payment.receipt.
func (s *Service) AddSteps(ctx context.Context, a registry.Actor, x *Steps) error {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return err
	}
	return s.write(ctx, a, func(tx *store.Tx) error {
		if err := open(x.CaseID)(tx); err != nil {
			return err
		}
		var p registry.Problems
		var decision registry.DocumentID
		for i := range x.Documents {
			d := x.Documents[i] // as it was typed, for a transaction that is run again
			if d.Kind == registry.DocClosing {
				continue // nothing is written behind it
			}
			if err := noted(&p, fmt.Sprintf("documents.%d.", i), s.stepIn(tx, a, x, &d)); err != nil {
				return err
			}
			if d.Kind == registry.DocDecision {
				decision = d.ID
			}
		}
		if p.Err() != nil {
			return p.Err() // what follows rests on them
		}
		fine, err := s.fineIn(tx, a, x, decision)
		if err := noted(&p, "fine.", err); err != nil {
			return err
		}
		if x.Payment != nil && p.Err() == nil {
			m := *x.Payment
			m.CaseID, m.PenaltyID, m.ClientUID = x.CaseID, cmp.Or(m.PenaltyID, fine), childUID(x.UID, "payment")
			_, err := addIn(tx, s, act{actor: a}, store.Payments, &m, open(m.CaseID), ofPenalty(&m))
			if err := noted(&p, "payment.", err); err != nil {
				return err
			}
		}
		if i := slices.IndexFunc(x.Documents, func(d registry.Document) bool { return d.Kind == registry.DocClosing }); i >= 0 && p.Err() == nil {
			d := x.Documents[i]
			if err := noted(&p, fmt.Sprintf("documents.%d.", i), s.stepIn(tx, a, x, &d)); err != nil {
				return err
			}
		}
		return p.Err()
	})
}

func (s *Service) stepIn(tx *store.Tx, a registry.Actor, x *Steps, d *registry.Document) error {
	d.CaseID, d.ClientUID = x.CaseID, childUID(x.UID, string(d.Kind))
	have, err := tx.DocumentsOfKind(x.CaseID, d.Kind)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(have, func(o registry.Document) bool { return o.ClientUID == "" || o.ClientUID != d.ClientUID }) { // somebody was faster
		return registry.Invalid("take", "本案已登记过“%s”（可能是别人刚登记的）；再登记一份请用“其他文书”", d.Kind)
	}
	d.Participants, d.Citations = slices.Clone(d.Participants), slices.Clone(d.Citations)
	remark, err := s.reviewRemarkIn(tx, d)
	if err != nil {
		return err
	}
	_, err = addIn(tx, s, act{actor: a, detail: remark}, store.Documents, d, s.documentChecks(a, d)...)
	return err
}

func (s *Service) fineIn(tx *store.Tx, a registry.Actor, x *Steps, decision registry.DocumentID) (registry.PenaltyID, error) {
	if x.Fine == nil {
		return 0, nil
	}
	p := *x.Fine
	p.CaseID, p.DocumentID, p.ClientUID = x.CaseID, decision, childUID(x.UID, "fine")
	f, err := tx.CaseFile(x.CaseID)
	if err != nil {
		return 0, err
	}
	_, err = addIn(tx, s, act{actor: a, detail: s.rangeRemarkOn(f, &p)}, store.Penalties, &p, open(p.CaseID), penaltyRefs(&p))
	return p.ID, err
}

// StepsKnown is what a case's next documents begin with, beside what is on the case.
type StepsKnown struct {
	Numbers    map[registry.DocKind]string              // the next of each series, as far as this register has it: the platform gives them out
	Discretion map[registry.ViolationID]*registry.Money // what the latest 裁量 of each act comes to
}

// StepsKnown reads it. A kind whose series is not known has no number.
func (s *Service) StepsKnown(ctx context.Context, a registry.Actor, c *registry.Case, year int, kinds []registry.DocumentKind) (known StepsKnown, err error) {
	bureau := s.Bureau()
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		known = StepsKnown{map[registry.DocKind]string{}, map[registry.ViolationID]*registry.Money{}}
		for _, k := range kinds {
			series := bureau.NumberSeries(c.DistrictCode, k, year)
			if series == "" {
				continue
			}
			keys, err := tx.NumbersOfSeries(series)
			if err != nil {
				return err
			}
			known.Numbers[k.Name] = bureau.NumberAfter(c.DistrictCode, k, year, keys)
		}
		sheets, err := tx.DiscretionSheetsOf(c.ID)
		for i := range sheets { // in order: the last one of an act stands
			known.Discretion[sheets[i].ViolationID] = sheets[i].Result
		}
		return err
	})
	return known, err
}
