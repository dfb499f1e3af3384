package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"casebook/internal/registry"
)

// Files are kept under attachments/ab/abcdef…, named by the SHA-256 of their content. A file is on disk (content and directory
// entry synced) before the row that names it is committed; a file without a row is swept at the next start.

// SaveFile copies r to the attachments, at most limit bytes, and returns its hash and size. The file is durable on return.
func (db *DB) SaveFile(r io.Reader, limit int64) (hash string, size int64, err error) {
	root := filepath.Join(db.dir, "attachments")
	defer func() { err = db.unavailable(err) }()
	if err := db.check.admit(context.Background(), writeWait); err != nil { // before megabytes are taken in for nothing
		return "", 0, err
	}
	if err := os.MkdirAll(root, 0o750); err != nil {
		return "", 0, fmt.Errorf("open attachments: %w", err)
	}
	tmp, err := os.CreateTemp(root, incoming+"*")
	if err != nil {
		return "", 0, fmt.Errorf("open attachments: %w", err)
	}
	defer func() {
		_ = tmp.Close()
		if err != nil {
			_ = os.Remove(tmp.Name())
		}
	}()
	h := sha256.New()
	size, err = io.Copy(io.MultiWriter(tmp, h), io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return "", 0, fmt.Errorf("receive file: %w", err)
	case size > limit:
		return "", 0, registry.Invalid("file", "文件太大：最大 %d MB", limit>>20)
	case size == 0:
		return "", 0, registry.Invalid("file", "文件是空的")
	}
	if err = tmp.Sync(); err != nil {
		return "", 0, fmt.Errorf("sync file: %w", err)
	}
	hash = hex.EncodeToString(h.Sum(nil))
	dir := filepath.Join(root, hash[:2])
	if err = os.MkdirAll(dir, 0o750); err != nil {
		return "", 0, fmt.Errorf("open attachments: %w", err)
	}
	if err = os.Rename(tmp.Name(), filepath.Join(dir, hash)); err != nil {
		return "", 0, fmt.Errorf("keep file: %w", err)
	}
	for _, d := range []string{dir, root} {
		if err = syncDir(d); err != nil {
			return "", 0, fmt.Errorf("sync attachments: %w", err)
		}
	}
	return hash, size, nil
}

// OpenFile opens a kept file by its hash.
func (db *DB) OpenFile(hash string) (*os.File, error) {
	if !isHash(hash) {
		return nil, registry.NotFound("附件", hash)
	}
	f, err := os.Open(filepath.Join(db.dir, "attachments", hash[:2], hash))
	if os.IsNotExist(err) {
		return nil, registry.NotFound("附件文件", hash[:12])
	}
	return f, db.unavailable(err)
}

// isHash reports whether a text can be the name of a kept file.
func isHash(s string) bool { return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == "" }

// syncDir makes a rename durable. Windows cannot sync a directory and does not need to.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // opened for reading
	if err := d.Sync(); err != nil && !strings.Contains(err.Error(), "handle is invalid") {
		return err
	}
	return nil
}

// sweepFiles removes what a crash between file and row left behind, when a server starts.
func (db *DB) sweepFiles(ctx context.Context) error {
	root := filepath.Join(db.dir, "attachments")
	if !exists(root) {
		return nil
	}
	known := map[string]bool{}
	if err := db.Read(ctx, func(tx *Tx) error {
		if err := tx.each(func(rows *sql.Rows) error {
			var h string
			err := rows.Scan(&h)
			known[h] = true
			return err
		}, "SELECT DISTINCT sha256 FROM attachments"); err != nil {
			return err
		}
		return tx.each(func(rows *sql.Rows) error { // of a ledger that a job brings in: one that was broken off can be run again
			var request struct{ File string }
			err := rows.Scan(jsonValue{&request})
			known[request.File] = true
			return err
		}, "SELECT request FROM jobs WHERE kind = $1", string(registry.JobImport))
	}); err != nil {
		return err
	}
	before, err := db.sweepBefore()
	if err != nil {
		return err
	}
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || known[d.Name()] {
			return err
		}
		if info, err := d.Info(); err != nil || info.ModTime().After(before) {
			return ignoreGone(err)
		}
		db.log.Warn("removed a file without a record", "file", d.Name())
		return ignoreGone(os.Remove(path))
	})
}

// sweepBefore is when a file came at the latest that may be swept: one that came after the start of this server may be of an upload that goes
// on. Where other servers may share the folder, only what has lain there for an hour is swept.
func (db *DB) sweepBefore() (time.Time, error) {
	if db.lock == nil {
		return db.opened.Add(-time.Hour), nil
	}
	begun, err := os.Stat(filepath.Join(db.dir, runningName))
	if err != nil {
		return time.Time{}, err
	}
	return begun.ModTime(), nil
}

// ignoreGone: a temporary file of an upload is gone as soon as the upload has ended.
func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// InsertAttachment records a kept file. A repeated idempotency key returns the first row.
func (tx *Tx) InsertAttachment(a *registry.Attachment, key string) (repeated bool, err error) {
	if err := tx.MayWrite(a.Entity, a.EntityID); err != nil {
		return false, err
	}
	if key != "" {
		err := tx.one([]any{&a.ID, &a.Entity, &a.EntityID, &a.Filename, &a.MediaType, &a.Content, &a.SHA256, &a.Size, instant{&a.CreatedAt}, &a.UploadedBy},
			"SELECT id, entity, entity_id, filename, media_type, content, sha256, size, created_at, uploaded_by FROM attachments WHERE idempotency_key = $1", key)
		if err == nil {
			return true, nil
		}
		if !noRows(err) {
			return false, err
		}
	}
	tx.made = made{} // a file is part of what it is attached to
	err = tx.one([]any{&a.ID}, `INSERT INTO attachments (entity, entity_id, filename, media_type, content, sha256, size, created_at, uploaded_by, idempotency_key)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
		a.Entity, a.EntityID, a.Filename, a.MediaType, a.Content, a.SHA256, a.Size, instantText(a.CreatedAt), a.UploadedBy, emptyNull{&key})
	return false, err
}

// AttachmentsOfFile are the attachments whose content has this hash, oldest first, up to most.
func (tx *Tx) AttachmentsOfFile(sha256 string, most int) ([]registry.Attachment, error) {
	return tx.attachments(attachmentColumns+"WHERE sha256 = $1 ORDER BY id LIMIT $2", sha256, most)
}

const attachmentColumns = "SELECT id, entity, entity_id, filename, media_type, content, sha256, size, created_at, uploaded_by FROM attachments "

// Attachment reads one attachment's record. It is the branch's whose the record is that it hangs on.
func (tx *Tx) Attachment(id registry.AttachmentID) (registry.Attachment, error) {
	list, err := tx.attachments(attachmentColumns+"WHERE id = $1", id)
	if err == nil && len(list) == 0 {
		return registry.Attachment{}, registry.NotFound("附件", id)
	}
	if err != nil {
		return registry.Attachment{}, err
	}
	if err := tx.MayRead(list[0].Entity, "附件", list[0].EntityID); err != nil {
		return registry.Attachment{}, registry.NotFound("附件", id)
	}
	return list[0], nil
}

// AttachmentsOf lists the attachments of a record.
func (tx *Tx) AttachmentsOf(entity string, id int64) ([]registry.Attachment, error) {
	return tx.attachments(attachmentColumns+"WHERE entity = $1 AND entity_id = $2 ORDER BY id", entity, id)
}

// FilesOfCases lists the attachments of cases themselves, not of their inspections.
func (tx *Tx) FilesOfCases(ids []registry.CaseID) (map[registry.CaseID][]registry.Attachment, error) {
	files := map[registry.CaseID][]registry.Attachment{}
	for few := range slices.Chunk(ids, fewIDs) {
		q := newQuery(attachmentColumns + "WHERE entity = 'case' AND entity_id IN ")
		q.add(in(q, few) + " ORDER BY entity_id, id")
		list, err := tx.attachments(q.sql(), q.args...)
		if err != nil {
			return nil, err
		}
		for _, a := range list {
			files[registry.CaseID(a.EntityID)] = append(files[registry.CaseID(a.EntityID)], a)
		}
	}
	return files, nil
}

func (tx *Tx) attachments(query string, args ...any) ([]registry.Attachment, error) {
	var list []registry.Attachment
	err := tx.each(func(rows *sql.Rows) error {
		var a registry.Attachment
		err := rows.Scan(&a.ID, &a.Entity, &a.EntityID, &a.Filename, &a.MediaType, &a.Content, &a.SHA256, &a.Size, instant{&a.CreatedAt}, &a.UploadedBy)
		list = append(list, a)
		return err
	}, query, args...)
	return list, err
}

// DeleteAttachment removes the record; the file goes with the next sweep, unless another record names it.
func (tx *Tx) DeleteAttachment(id registry.AttachmentID) error {
	x, err := tx.Attachment(id)
	if err != nil {
		return err
	}
	if err := tx.MayWrite(x.Entity, x.EntityID); err != nil {
		return err
	}
	_, err = tx.exec("DELETE FROM attachments WHERE id = $1", id)
	return err
}
