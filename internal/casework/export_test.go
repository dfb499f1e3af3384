package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// GuardOf is what the guard says of a bulletin, as each of its pages and moves asks it.
func (s *Service) GuardOf(ctx context.Context, id registry.BulletinID) (r GuardReport, err error) {
	if err := s.db.LearnGuardNames(ctx); err != nil {
		return r, err
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		x, err := store.Bulletins.Get(tx, int64(id))
		if err != nil {
			return err
		}
		files, err := filesOf(tx, &x)
		if err != nil {
			return err
		}
		r, err = s.guard(tx, &x, files)
		return err
	})
	return r, err
}
