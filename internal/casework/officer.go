package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddOfficer adds an officer with a certificate.
func (s *Service) AddOfficer(ctx context.Context, a registry.Actor, x *registry.Officer) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermAdmin}, store.Officers, x, refExists(store.Organs, "organ_id", x.OrganID))
}

// ChangeOfficer stores an edited officer.
func (s *Service) ChangeOfficer(ctx context.Context, a registry.Actor, x *registry.Officer) error {
	return change(ctx, s, act{actor: a, perm: registry.PermAdmin}, store.Officers, x, refExists(store.Organs, "organ_id", x.OrganID))
}

// Officers lists all officers.
func (s *Service) Officers(ctx context.Context, a registry.Actor) (list []registry.Officer, err error) {
	err = s.read(ctx, a, registry.PermSelf, func(tx *store.Tx) error {
		list, err = tx.Officers()
		return err
	})
	return list, err
}

// Officer reads an officer.
func (s *Service) Officer(ctx context.Context, a registry.Actor, id registry.OfficerID) (registry.Officer, error) {
	return get(ctx, s, a, registry.PermSelf, store.Officers, int64(id))
}
