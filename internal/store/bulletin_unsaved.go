package store

import (
	"time"

	"casebook/internal/registry"
)

// Unsaved is what somebody typed into the form of a bulletin and has not saved: the form's values as they are posted. It is no record: it is
// read by nobody else, has no history and goes when the form is saved.
type Unsaved struct {
	UserID     registry.UserID
	BulletinID registry.BulletinID // 0: of one that is not registered yet
	Version    int64               // of the bulletin that the form began from
	SavedAt    time.Time
	Body       string // application/x-www-form-urlencoded
}

// KeepUnsaved takes the place of what the person had unsaved of the bulletin.
func (tx *Tx) KeepUnsaved(x Unsaved) error {
	_, err := tx.exec(`INSERT INTO bulletin_unsaved (user_id, bulletin_id, version, saved_at, body) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (user_id, bulletin_id) DO UPDATE SET version = excluded.version, saved_at = excluded.saved_at, body = excluded.body`,
		x.UserID, x.BulletinID, x.Version, instant{&x.SavedAt}, x.Body)
	return err
}

// UnsavedOf is what a person has unsaved of a bulletin; registry.KindNotFound where there is nothing.
func (tx *Tx) UnsavedOf(user registry.UserID, bulletin registry.BulletinID) (x Unsaved, err error) {
	x.UserID, x.BulletinID = user, bulletin
	err = tx.one([]any{&x.Version, instant{&x.SavedAt}, &x.Body}, "SELECT version, saved_at, body FROM bulletin_unsaved WHERE user_id = $1 AND bulletin_id = $2", user, bulletin)
	if noRows(err) {
		return x, registry.NotFound("没有保存的内容", "")
	}
	return x, err
}

// DropUnsaved forgets it.
func (tx *Tx) DropUnsaved(user registry.UserID, bulletin registry.BulletinID) error {
	_, err := tx.exec("DELETE FROM bulletin_unsaved WHERE user_id = $1 AND bulletin_id = $2", user, bulletin)
	return err
}
