package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddPayment records money received.
func (s *Service) AddPayment(ctx context.Context, a registry.Actor, x *registry.Payment) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Payments, x, open(x.CaseID), ofPenalty(x))
}

// ChangePayment corrects a payment.
func (s *Service) ChangePayment(ctx context.Context, a registry.Actor, x *registry.Payment) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Payments, x, open(x.CaseID), ofPenalty(x))
}

// ofPenalty asks that a payment be for a penalty of its case.
func ofPenalty(x *registry.Payment) check {
	return func(tx *store.Tx) error {
		p, err := store.Penalties.Get(tx, int64(x.PenaltyID))
		if err != nil || p.CaseID != x.CaseID {
			return registry.Invalid("penalty_id", "所选处罚不是本案的，请重新选择")
		}
		return nil
	}
}

// Payment reads a payment.
func (s *Service) Payment(ctx context.Context, a registry.Actor, id registry.PaymentID) (registry.Payment, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Payments, int64(id))
}

// RemovePayment deletes a payment entered by mistake.
func (s *Service) RemovePayment(ctx context.Context, a registry.Actor, id registry.PaymentID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Payments, int64(id), version, func(tx *store.Tx) error {
		p, err := store.Payments.Get(tx, int64(id))
		if err != nil {
			return err
		}
		return open(p.CaseID)(tx)
	})
}
