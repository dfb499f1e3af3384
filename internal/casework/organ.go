package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddOrgan adds a unit.
func (s *Service) AddOrgan(ctx context.Context, a registry.Actor, x *registry.Organ) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermAdmin}, store.Organs, x)
}

// ChangeOrgan stores an edited unit. A unit is made inactive, never removed: old cases name it.
func (s *Service) ChangeOrgan(ctx context.Context, a registry.Actor, x *registry.Organ) error {
	return change(ctx, s, act{actor: a, perm: registry.PermAdmin, wide: true}, store.Organs, x)
}

// Organs lists all units.
func (s *Service) Organs(ctx context.Context, a registry.Actor) (list []registry.Organ, err error) {
	err = s.read(ctx, a, registry.PermSelf, func(tx *store.Tx) error {
		list, err = tx.Organs()
		return err
	})
	return list, err
}

// Organ reads a unit.
func (s *Service) Organ(ctx context.Context, a registry.Actor, id registry.OrganID) (registry.Organ, error) {
	return get(ctx, s, a, registry.PermSelf, store.Organs, int64(id))
}
