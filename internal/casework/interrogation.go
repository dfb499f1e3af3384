package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddInterrogation records what somebody was asked, on a case or an inspection.
func (s *Service) AddInterrogation(ctx context.Context, a registry.Actor, x *registry.Interrogation) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Interrogations, x, interrogationChecks(x)...)
}

// ChangeInterrogation stores an edited one. It does not move to another case or inspection.
func (s *Service) ChangeInterrogation(ctx context.Context, a registry.Actor, x *registry.Interrogation) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Interrogations, x, append(interrogationChecks(x), func(tx *store.Tx) error {
		was, err := store.Interrogations.Get(tx, int64(x.ID))
		if err == nil && (was.CaseID != x.CaseID || was.InspectionID != x.InspectionID) {
			err = registry.Invalid("case_id", "询问笔录不能改到别的案件或检查；登记错了的请删除后重新登记")
		}
		return err
	})...)
}

func interrogationChecks(x *registry.Interrogation) []check {
	checks := []check{openInspection(x.InspectionID), refExists(store.Inspections, "inspection_id", x.InspectionID)}
	if x.CaseID != 0 {
		checks = append(checks, open(x.CaseID))
	}
	return checks
}

// Interrogation reads one.
func (s *Service) Interrogation(ctx context.Context, a registry.Actor, id registry.InterrogationID) (registry.Interrogation, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Interrogations, int64(id))
}

// Interrogations lists those of a case, or of an inspection.
func (s *Service) Interrogations(ctx context.Context, a registry.Actor, c registry.CaseID, i registry.InspectionID) (list []registry.Interrogation, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if c != 0 {
			if _, err := store.Cases.Get(tx, int64(c)); err != nil {
				return err
			}
			list, err = tx.InterrogationsOfCase(c)
			return err
		}
		if _, err := store.Inspections.Get(tx, int64(i)); err != nil {
			return err
		}
		list, err = tx.InterrogationsOfInspection(i)
		return err
	})
	return list, err
}

// RemoveInterrogation deletes one entered by mistake. One that was signed stays.
func (s *Service) RemoveInterrogation(ctx context.Context, a registry.Actor, id registry.InterrogationID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Interrogations, int64(id), version, func(tx *store.Tx) error {
		x, err := store.Interrogations.Get(tx, int64(id))
		if err != nil {
			return err
		}
		for _, c := range interrogationChecks(&x) {
			if err := c(tx); err != nil {
				return err
			}
		}
		return nil
	})
}
