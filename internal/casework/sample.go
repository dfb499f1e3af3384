package casework

import (
	"context"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddSample adds a sample to an inspection. Limits and verdicts that follow from the catalogue and the numbers are filled in.
func (s *Service) AddSample(ctx context.Context, a registry.Actor, x *registry.Sample) (repeated bool, err error) {
	act := act{actor: a, perm: registry.PermRecordWrite}
	if err := a.May(act.perm); err != nil {
		return false, err
	}
	if act.made, err = creationOf(store.Samples, x); err != nil {
		return false, err
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		typed := *x
		typed.Results = slices.Clone(x.Results)
		settled := s.settleSample(tx, x)
		repeated, err = addIn(tx, s, act, store.Samples, x, openInspection(x.InspectionID), refExists(store.Inspections, "inspection_id", x.InspectionID),
			func(*store.Tx) error { return settled })
		if err != nil {
			*x = typed // as it was typed: a refused form shows it
		}
		return err
	})
	return repeated, err
}

// ChangeSample stores an edited sample.
func (s *Service) ChangeSample(ctx context.Context, a registry.Actor, x *registry.Sample) error {
	act := act{actor: a, perm: registry.PermRecordWrite}
	if err := a.May(act.perm); err != nil {
		return err
	}
	return s.write(ctx, a, func(tx *store.Tx) error {
		settled := s.settleSample(tx, x)
		return changeIn(tx, s, act, store.Samples, x, openInspection(x.InspectionID), refExists(store.Inspections, "inspection_id", x.InspectionID),
			func(*store.Tx) error { return settled })
	})
}

// Sample reads a sample.
func (s *Service) Sample(ctx context.Context, a registry.Actor, id registry.SampleID) (registry.Sample, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Samples, int64(id))
}

// Samples lists the samples of an inspection.
func (s *Service) Samples(ctx context.Context, a registry.Actor, id registry.InspectionID) (list []registry.Sample, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if _, err := store.Inspections.Get(tx, int64(id)); err != nil {
			return err
		}
		m, err := tx.SamplesOf([]registry.InspectionID{id})
		list = m[id]
		return err
	})
	return list, err
}

// RemoveSample deletes a sample that was entered by mistake.
func (s *Service) RemoveSample(ctx context.Context, a registry.Actor, id registry.SampleID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Samples, int64(id), version, func(tx *store.Tx) error {
		x, err := store.Samples.Get(tx, int64(id))
		if err != nil {
			return err
		}
		if err := openInspection(x.InspectionID)(tx); err != nil {
			return err
		}
		return tx.DropResults(id)
	})
}
