package casework

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddAttachment keeps a file on a record: on disk first, then the row. A key that kept the same file before makes the upload
// harmless: repeated is true.
func (s *Service) AddAttachment(ctx context.Context, a registry.Actor, entity string, entityID int64, filename string, content io.Reader, key string) (x registry.Attachment, repeated bool, err error) {
	return s.addFile(ctx, a, entity, entityID, filename, content, key, openFor(entity, entityID))
}

// addFile is AddAttachment under the rule that may says.
func (s *Service) addFile(ctx context.Context, a registry.Actor, entity string, entityID int64, filename string, content io.Reader, key string, may check) (x registry.Attachment, repeated bool, err error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return x, false, err
	}
	x = registry.Attachment{Entity: entity, EntityID: entityID, Filename: cleanFilename(filename), CreatedAt: s.now(), UploadedBy: a.Username}
	if x.MediaType, err = mediaOf(x.Filename); err != nil {
		return x, false, err
	}
	if err := s.db.Read(ctx, func(tx *store.Tx) error {
		tx.Confine(a.Branch) // before a large file is received
		return firstError(recordExists(tx, entity, entityID), tx.MayWrite(entity, entityID), may(tx))
	}); err != nil {
		return x, false, err
	}
	head := make([]byte, registry.ContentHead)
	n, err := io.ReadFull(content, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return x, false, fmt.Errorf("receive file: %w", err)
	}
	head = head[:n]
	x.Content = registry.ContentOf(head)
	if x.SHA256, x.Size, err = s.db.SaveFile(io.MultiReader(bytes.NewReader(head), content), maxFile); err != nil {
		return x, false, err
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		repeated, err = s.attachIn(tx, a, &x, key, may)
		return err
	})
	return x, repeated, err
}

// attachIn records a file that is on disk, inside a transaction.
func (s *Service) attachIn(tx *store.Tx, a registry.Actor, x *registry.Attachment, key string, may check) (repeated bool, err error) {
	if err := firstError(recordExists(tx, x.Entity, x.EntityID), may(tx)); err != nil {
		return false, err
	}
	sent := *x
	if repeated, err = tx.InsertAttachment(x, key); err != nil {
		return false, err
	}
	if repeated && (x.SHA256 != sent.SHA256 || x.Filename != sent.Filename || x.Entity != sent.Entity || x.EntityID != sent.EntityID) {
		stored := *x
		*x = sent
		return false, &Repeated[registry.Attachment]{Stored: stored, Version: 1, Noun: "附件"}
	}
	if repeated {
		return true, nil
	}
	return false, tx.Record(store.Event{Actor: a, At: x.CreatedAt, Action: "上传附件", Entity: "attachment", EntityID: int64(x.ID), Version: 1, Detail: x.Entity}, *x)
}

// maxFile bounds one upload. Long video stays with the recorder's own storage; the register keeps where and its hash.
const maxFile = 64 << 20

func cleanFilename(s string) string {
	s = registry.CleanText(strings.ReplaceAll(s, "\\", "/"))
	s = strings.ReplaceAll(path.Base(s), "\n", " ")
	if r := []rune(s); len(r) > 120 {
		ext := path.Ext(s)
		s = string(r[:100]) + ext
	}
	if s == "" || s == "." || s == "/" {
		return "附件"
	}
	return s
}

func recordExists(tx *store.Tx, entity string, id int64) error {
	var err error
	switch entity {
	case "farm":
		_, err = store.Farms.Get(tx, id)
	case "party":
		_, err = store.Parties.Get(tx, id)
	case "inspection":
		_, err = store.Inspections.Get(tx, id)
	case "case":
		_, err = store.Cases.Get(tx, id)
	case "bulletin":
		_, err = store.Bulletins.Get(tx, id)
	default:
		return registry.NotFound("记录种类", entity)
	}
	return err
}

// OpenAttachment opens an attachment for reading; each reading is recorded, since attachments hold personal data.
func (s *Service) OpenAttachment(ctx context.Context, a registry.Actor, id registry.AttachmentID) (x registry.Attachment, content io.ReadSeekCloser, err error) {
	if err := a.May(registry.PermRecordRead); err != nil {
		return x, nil, err
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		if err := narrow(tx, a); err != nil {
			return err
		}
		if x, err = tx.Attachment(id); err != nil {
			return err
		}
		return tx.Record(store.Event{Actor: a, At: s.now(), Action: "下载附件", Entity: "attachment", EntityID: int64(id), Detail: x.Entity}, nil)
	})
	if err != nil {
		return x, nil, err
	}
	f, err := s.db.OpenFile(x.SHA256)
	return x, f, err
}
