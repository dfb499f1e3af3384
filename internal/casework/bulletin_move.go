package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// bulletinRead is what was read of a bulletin that is moved on: the files of its cases and what the guard found.
type bulletinRead struct {
	files bulletinFiles
	leaks []BulletinLeak
	head  int64 // the last entry of the audit chain before it was read
}

// beside are the nouns whose records nothing of bulletinRead is read from. The bulletin itself is known by its version.
var beside = []string{"", "user", "export", "audit_head", "bulletin", "bulletin_report", "month_closing", "export_profile", "list_view", "score_sheet", "draw", "draw_result"}

// mostLooks is how often a bulletin is looked through before the write: on a register that is written to all the time, the last time is inside it.
const mostLooks = 3

// moveBulletin moves a bulletin on by what its row says.
func (s *Service) moveBulletin(ctx context.Context, a act, id registry.BulletinID, version int64, move func(*store.Tx, *registry.Bulletin) error) error {
	if err := a.actor.May(a.perm); err != nil {
		return err
	}
	return s.write(ctx, a.actor, func(tx *store.Tx) error {
		x, err := bulletinOf(tx, id, version)
		if err == nil {
			err = move(tx, &x)
		}
		if err != nil {
			return err
		}
		return changeIn(tx, s, a, store.Bulletins, &x)
	})
}

// moveRead moves a bulletin on by what its cases and the guard say. Looking through two hundred cases takes half a second, in which nobody else could write: it is done
// before the write, and holds inside it if nothing was recorded meanwhile that it is read from.
func (s *Service) moveRead(ctx context.Context, a act, id registry.BulletinID, version int64, move func(*store.Tx, *registry.Bulletin, bulletinRead) error) error {
	if err := a.actor.May(a.perm); err != nil {
		return err
	}
	if err := s.db.LearnGuardNames(ctx); err != nil {
		return err
	}
	for look := 1; ; look++ {
		var seen bulletinRead
		if err := s.db.Read(ctx, func(tx *store.Tx) error {
			x, err := bulletinOf(tx, id, version)
			if err == nil {
				seen, err = s.readBulletin(tx, &x)
			}
			return err
		}); err != nil {
			return err
		}
		again := false
		err := s.write(ctx, a.actor, func(tx *store.Tx) error {
			again = false
			x, err := bulletinOf(tx, id, version)
			if err != nil {
				return err
			}
			read := seen
			changed, err := tx.WrittenSince(seen.head, beside...)
			if again = changed && look < mostLooks; again || err != nil {
				return err
			}
			if changed {
				if read, err = s.readBulletin(tx, &x); err != nil {
					return err
				}
			}
			if err := move(tx, &x, read); err != nil {
				return err
			}
			return changeIn(tx, s, a, store.Bulletins, &x)
		})
		if !again || err != nil {
			return err
		}
	}
}

// bulletinOf reads a bulletin that is still of a version.
func bulletinOf(tx *store.Tx, id registry.BulletinID, version int64) (registry.Bulletin, error) {
	x, err := store.Bulletins.Get(tx, int64(id))
	if err == nil && x.Version != version {
		err = registry.Stale("通报", x.Version, version)
	}
	return x, err
}

func (s *Service) readBulletin(tx *store.Tx, x *registry.Bulletin) (read bulletinRead, err error) {
	if read.head, _, err = tx.AuditHead(); err != nil {
		return read, err
	}
	if read.files, err = filesOf(tx, x); err != nil {
		return read, err
	}
	guard, err := s.guard(tx, x, read.files)
	read.leaks = guard.Leaks
	return read, err
}
