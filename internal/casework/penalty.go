package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddPenalty records a penalty.
func (s *Service) AddPenalty(ctx context.Context, a registry.Actor, x *registry.Penalty) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite, detail: s.rangeRemark(ctx, a, x)}, store.Penalties, x, open(x.CaseID), penaltyRefs(x))
}

// ChangePenalty stores an edited penalty.
func (s *Service) ChangePenalty(ctx context.Context, a registry.Actor, x *registry.Penalty) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite, detail: s.rangeRemark(ctx, a, x)}, store.Penalties, x, open(x.CaseID), penaltyRefs(x))
}

// penaltyRefs asks that the decision and the party be of the same case.
func penaltyRefs(x *registry.Penalty) check {
	return func(tx *store.Tx) error {
		if x.DocumentID != 0 {
			d, err := store.Documents.Get(tx, int64(x.DocumentID))
			if err != nil || d.CaseID != x.CaseID {
				return registry.Invalid("document_id", "所选文书不是本案的，请重新选择")
			}
		}
		if x.PartyID != 0 {
			c, err := store.Cases.Get(tx, int64(x.CaseID))
			if err != nil {
				return err
			}
			for _, p := range c.Parties {
				if p.PartyID == x.PartyID {
					return nil
				}
			}
			return registry.Invalid("party_id", "所选当事人不是本案的；请先在案件中加入当事人")
		}
		return nil
	}
}

// Penalty reads a penalty.
func (s *Service) Penalty(ctx context.Context, a registry.Actor, id registry.PenaltyID) (registry.Penalty, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Penalties, int64(id))
}

// RemovePenalty deletes a penalty entered by mistake; one with payments stays.
func (s *Service) RemovePenalty(ctx context.Context, a registry.Actor, id registry.PenaltyID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Penalties, int64(id), version, func(tx *store.Tx) error {
		p, err := store.Penalties.Get(tx, int64(id))
		if err != nil {
			return err
		}
		return firstError(open(p.CaseID)(tx), nothingKeeps(tx, "penalty", "项处罚", int64(id)))
	})
}
