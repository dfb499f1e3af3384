package store

import (
	"database/sql"
	"time"

	"casebook/internal/registry"
)

// FormDraft is what somebody typed into a form and has not saved: the form's values as they are posted. It is no record: nobody else reads it,
// it has no history and goes when the form is saved.
type FormDraft struct {
	UserID  registry.UserID
	Form    string // the address of the form, as /inspections/7/edit
	Version int64  // of the record that the form began from
	SavedAt time.Time
	Body    string // application/x-www-form-urlencoded
}

// KeepFormDraft takes the place of what the person had unsaved of the form.
func (tx *Tx) KeepFormDraft(x FormDraft) error {
	_, err := tx.exec(`INSERT INTO form_drafts (user_id, form, version, saved_at, body) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (user_id, form) DO UPDATE SET version = excluded.version, saved_at = excluded.saved_at, body = excluded.body`,
		x.UserID, x.Form, x.Version, instant{&x.SavedAt}, x.Body)
	return err
}

// FormDraftOf is what a person has unsaved of a form; registry.KindNotFound where there is nothing.
func (tx *Tx) FormDraftOf(user registry.UserID, form string) (x FormDraft, err error) {
	x.UserID, x.Form = user, form
	err = tx.one([]any{&x.Version, instant{&x.SavedAt}, &x.Body}, "SELECT version, saved_at, body FROM form_drafts WHERE user_id = $1 AND form = $2", user, form)
	if noRows(err) {
		return x, registry.NotFound("没有保存的内容", "")
	}
	return x, err
}

// FormDraftsOf are what a person has unsaved, the latest first, without what was typed.
func (tx *Tx) FormDraftsOf(user registry.UserID, limit int) (list []FormDraft, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		x := FormDraft{UserID: user}
		err := rows.Scan(&x.Form, &x.Version, instant{&x.SavedAt})
		list = append(list, x)
		return err
	}, "SELECT form, version, saved_at FROM form_drafts WHERE user_id = $1 ORDER BY saved_at DESC, form LIMIT $2", user, limit)
	return list, err
}

// DropFormDraft forgets it.
func (tx *Tx) DropFormDraft(user registry.UserID, form string) error {
	_, err := tx.exec("DELETE FROM form_drafts WHERE user_id = $1 AND form = $2", user, form)
	return err
}
