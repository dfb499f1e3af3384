package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddEvidence records an exhibit of a case or an inspection.
func (s *Service) AddEvidence(ctx context.Context, a registry.Actor, x *registry.Evidence) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.EvidenceItems, x, evidenceChecks(x)...)
}

// ChangeEvidence stores an edited exhibit.
func (s *Service) ChangeEvidence(ctx context.Context, a registry.Actor, x *registry.Evidence) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.EvidenceItems, x, evidenceChecks(x)...)
}

func evidenceChecks(x *registry.Evidence) []check {
	checks := []check{openInspection(x.InspectionID), refExists(store.Inspections, "inspection_id", x.InspectionID)}
	if x.CaseID != 0 {
		checks = append(checks, open(x.CaseID))
	}
	return append(checks, func(tx *store.Tx) error {
		if x.Seq == 0 {
			last, err := tx.LastEvidenceSeq(x.CaseID, x.InspectionID)
			x.Seq = last + 1
			return err
		}
		return nil
	})
}

// EvidenceItem reads an exhibit.
func (s *Service) EvidenceItem(ctx context.Context, a registry.Actor, id registry.EvidenceID) (registry.Evidence, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.EvidenceItems, int64(id))
}

// RemoveEvidence deletes an exhibit entered by mistake.
func (s *Service) RemoveEvidence(ctx context.Context, a registry.Actor, id registry.EvidenceID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.EvidenceItems, int64(id), version, func(tx *store.Tx) error {
		e, err := store.EvidenceItems.Get(tx, int64(id))
		if err != nil {
			return err
		}
		if err := openInspection(e.InspectionID)(tx); err != nil || e.CaseID == 0 {
			return err
		}
		return open(e.CaseID)(tx)
	})
}
