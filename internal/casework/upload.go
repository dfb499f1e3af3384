package casework

import (
	"context"
	"io"
	"path"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Upload is a file that comes in pieces.
type Upload = store.Upload

// MaxFile is the size of the largest file that is taken, in bytes.
const MaxFile = maxFile

// BeginUpload makes room for a file of the actor's that will come in pieces, or says how far it has come.
func (s *Service) BeginUpload(a registry.Actor, u Upload) (Upload, error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return u, err
	}
	u.Filename = cleanFilename(u.Filename)
	if _, err := mediaOf(u.Filename); err != nil {
		return u, err
	}
	return s.db.BeginUpload(a.UserID, u, maxFile, s.now())
}

// UploadOf is how far a file of the actor's has come.
func (s *Service) UploadOf(a registry.Actor, id string) (Upload, error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return Upload{}, err
	}
	return s.db.UploadOf(a.UserID, id)
}

// AppendUpload takes the next piece of a file of the actor's; it is on disk when the answer comes.
func (s *Service) AppendUpload(a registry.Actor, id string, offset int64, piece io.Reader) (Upload, error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return Upload{}, err
	}
	return s.db.AppendUpload(a.UserID, id, offset, piece)
}

// mediaOf is the media type that a file's name promises; names of files that are not taken are refused.
func mediaOf(filename string) (string, error) {
	if kind, ok := registry.FileTypeOf(filename); ok {
		return kind.Media, nil
	}
	if path.Ext(filename) == "" {
		return "", registry.Invalid("file", "文件名“%s”没有扩展名，不知道是什么文件；请补上（如 .jpg、.pdf）再传", filename)
	}
	return "", registry.Invalid("file", "不接收“%s”类型的文件；可上传图片、PDF、Word、Excel、文本、音视频", strings.ToLower(path.Ext(filename)))
}

// KeepFormDraft keeps what the actor has typed into a form without saving it.
func (s *Service) KeepFormDraft(ctx context.Context, a registry.Actor, form string, version int64, body string) error {
	if err := a.May(registry.PermSelf); err != nil {
		return err
	}
	return s.write(ctx, a, func(tx *store.Tx) error {
		return tx.KeepFormDraft(store.FormDraft{UserID: a.UserID, Form: form, Version: version, SavedAt: s.now(), Body: body})
	})
}

// FormDraft is what the actor has typed into a form and not saved; kept is false where there is nothing.
func (s *Service) FormDraft(ctx context.Context, a registry.Actor, form string) (x store.FormDraft, kept bool, err error) {
	err = s.read(ctx, a, registry.PermSelf, func(tx *store.Tx) error {
		x, err = tx.FormDraftOf(a.UserID, form)
		if registry.KindOf(err) == registry.KindNotFound {
			return nil
		}
		kept = err == nil
		return err
	})
	return x, kept, err
}

// DropFormDraft forgets it.
func (s *Service) DropFormDraft(ctx context.Context, a registry.Actor, form string) error {
	if err := a.May(registry.PermSelf); err != nil {
		return err
	}
	return s.write(ctx, a, func(tx *store.Tx) error { return tx.DropFormDraft(a.UserID, form) })
}
