package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Unsaved is what somebody typed into a bulletin's form and has not saved.
type Unsaved = store.Unsaved

// KeepUnsaved keeps what the actor has typed into the form of a draft, in the place of what was kept before. It is no change of the bulletin:
// it leaves no trace in history and audit log, and nobody else reads it. behind tells that somebody has saved the bulletin since the form was
// opened; what was typed is kept all the same, and meets the other's words on the merge page. A bulletin that is no draft is refused.
func (s *Service) KeepUnsaved(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, body string) (behind bool, err error) {
	if err := a.May(registry.PermBulletinWrite); err != nil {
		return false, err
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		behind = false
		if id != 0 {
			x, err := store.Bulletins.Get(tx, int64(id))
			if err != nil {
				return err
			}
			if x.State != registry.BulletinDraft {
				return registry.Conflict("这期通报%s，不能再修改。", x.State)
			}
			behind = x.Version != version
		}
		return tx.KeepUnsaved(Unsaved{UserID: a.UserID, BulletinID: id, Version: version, SavedAt: s.now(), Body: body})
	})
	return behind, err
}

// UnsavedBulletin is what the actor has unsaved of a bulletin, or with 0 of a new one; kept is false where there is nothing.
func (s *Service) UnsavedBulletin(ctx context.Context, a registry.Actor, id registry.BulletinID) (x Unsaved, kept bool, err error) {
	err = s.read(ctx, a, registry.PermBulletinWrite, func(tx *store.Tx) error {
		x, err = tx.UnsavedOf(a.UserID, id)
		if registry.KindOf(err) == registry.KindNotFound {
			return nil
		}
		kept = err == nil
		return err
	})
	return x, kept, err
}

// DropUnsaved forgets it: it was saved, or the actor does not want it.
func (s *Service) DropUnsaved(ctx context.Context, a registry.Actor, id registry.BulletinID) error {
	if err := a.May(registry.PermBulletinWrite); err != nil {
		return err
	}
	return s.write(ctx, a, func(tx *store.Tx) error { return tx.DropUnsaved(a.UserID, id) })
}
