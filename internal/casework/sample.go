package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddSample adds a sample to an inspection.
func (s *Service) AddSample(ctx context.Context, a registry.Actor, x *registry.Sample) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Samples, x, openInspection(x.InspectionID), refExists(store.Inspections, "inspection_id", x.InspectionID))
}

// ChangeSample stores an edited sample.
func (s *Service) ChangeSample(ctx context.Context, a registry.Actor, x *registry.Sample) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Samples, x, openInspection(x.InspectionID), refExists(store.Inspections, "inspection_id", x.InspectionID))
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
