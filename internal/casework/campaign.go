package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddCampaign adds a 专项行动.
func (s *Service) AddCampaign(ctx context.Context, a registry.Actor, x *registry.Campaign) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Campaigns, x)
}

// Campaigns lists all campaigns, newest first.
func (s *Service) Campaigns(ctx context.Context, a registry.Actor) (list []registry.Campaign, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		list, err = tx.Campaigns()
		return err
	})
	return list, err
}
