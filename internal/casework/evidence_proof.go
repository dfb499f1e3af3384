package casework

import (
	"context"
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Proof names an element (构成要件) of a violation that an exhibit proves. It is kept with the answer to the element's question, so that the
// history of the violation tells who linked what; an exhibit that is deleted proves nothing any more.
type Proof struct {
	Violation registry.ViolationID
	Key       string
}

// AddProof records an exhibit of a case with the elements that it proves, in one transaction.
func (s *Service) AddProof(ctx context.Context, a registry.Actor, x *registry.Evidence, proofs []Proof) (repeated bool, err error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return false, err
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		typed := *x // the transaction may run again
		repeated, err = addIn(tx, s, act{actor: a}, store.EvidenceItems, &typed, append(evidenceChecks(&typed), takenFrom(&typed))...)
		if err == nil && !repeated {
			err = s.prove(tx, a, &typed, proofs)
		}
		if err == nil {
			*x = typed
		}
		return err
	})
	return repeated, err
}

// ChangeProof stores an edited exhibit of a case with the elements that it proves, in one transaction.
func (s *Service) ChangeProof(ctx context.Context, a registry.Actor, x *registry.Evidence, proofs []Proof) error {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return err
	}
	return s.write(ctx, a, func(tx *store.Tx) error {
		typed := *x
		if err := changeIn(tx, s, act{actor: a}, store.EvidenceItems, &typed, append(evidenceChecks(&typed), stays(&typed))...); err != nil {
			return err
		}
		if err := s.prove(tx, a, &typed, proofs); err != nil {
			return err
		}
		*x = typed
		return nil
	})
}

// prove makes an exhibit prove the given elements of its case and no other.
func (s *Service) prove(tx *store.Tx, a registry.Actor, x *registry.Evidence, proofs []Proof) error {
	list, err := tx.ViolationsOf(x.CaseID)
	if err != nil {
		return err
	}
	keys := map[registry.ViolationID][]string{}
	for _, p := range proofs {
		if !slices.ContainsFunc(list, func(v registry.Violation) bool { return v.ID == p.Violation }) {
			return registry.Invalid("elements", "所选的要件不在本案的违法行为中，请刷新后重新选择")
		}
		keys[p.Violation] = append(keys[p.Violation], p.Key)
	}
	for i := range list {
		v := &list[i]
		for _, k := range keys[v.ID] {
			if !s.hasElement(v.TypeCode, k) {
				return registry.Invalid("elements", "所选的要件不在本案的违法行为中，请刷新后重新选择")
			}
		}
		if err := s.proves(tx, a, v, x.ID, keys[v.ID]); err != nil {
			return err
		}
	}
	return nil
}

// proves stores which elements of one violation an exhibit proves, where that changes anything.
func (s *Service) proves(tx *store.Tx, a registry.Actor, v *registry.Violation, e registry.EvidenceID, keys []string) error {
	if !v.Prove(e, keys) {
		return nil
	}
	return changeIn(tx, s, act{actor: a, action: "关联证据"}, store.Violations, v, open(v.CaseID))
}

// unproved takes an exhibit that is about to go off every element that it proves. One that proves an element of a closed case stays.
func (s *Service) unproved(tx *store.Tx, a registry.Actor, x *registry.Evidence) error {
	cases := []registry.CaseID{}
	if x.CaseID != 0 {
		cases = append(cases, x.CaseID)
	}
	if x.InspectionID != 0 {
		more, err := tx.CasesOnInspection(x.InspectionID)
		if err != nil {
			return err
		}
		for _, c := range more {
			if c.ID != x.CaseID {
				cases = append(cases, c.ID)
			}
		}
	}
	for _, id := range cases {
		list, err := tx.ViolationsOf(id)
		if err != nil {
			return err
		}
		for i := range list {
			if err := s.proves(tx, a, &list[i], x.ID, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) hasElement(code, key string) bool {
	t, ok := s.Law().ViolationType(code)
	if !ok {
		return false
	}
	for _, e := range t.Elements {
		if e.Key == key {
			return true
		}
	}
	return false
}

// provedBy refuses an exhibit that is not among those of the case.
func provedBy(tx *store.Tx, c *registry.Case, x *registry.Violation) error {
	var have []registry.Evidence
	for i := range x.Checklist {
		for _, e := range x.Checklist[i].Evidence {
			if have == nil {
				list, err := tx.EvidenceOfCase(c)
				if err != nil {
					return err
				}
				have = append(list, registry.Evidence{}) // read, even where there are none
			}
			if e == 0 || !slices.ContainsFunc(have, func(h registry.Evidence) bool { return h.ID == e }) {
				return registry.Invalid(fmt.Sprintf("checklist.%d.evidence", i), "所选的证据不在本案证据中，请刷新后重新选择")
			}
		}
	}
	return nil
}
