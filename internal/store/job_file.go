package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"casebook/internal/registry"
)

// Files that jobs make lie in exports/ of the data folder, named by the job. A file has its name only once all of it is on the disk.

// exportsName is the folder, jobPart how a file begins that is being made.
const (
	exportsName = "exports"
	jobPart     = ".part-"
)

// strangeFor is how long a file without a job stays: it may be a part of one that runs.
const strangeFor = 24 * time.Hour

func (db *DB) jobFile(id registry.JobID) string {
	return filepath.Join(db.dir, exportsName, fmt.Sprint(int64(id)))
}

// JobFile is the file of a job that is being made.
type JobFile struct {
	db   *DB
	id   registry.JobID
	tmp  *os.File
	out  *bufio.Writer
	kept bool
}

// MakeJobFile begins the file of a job. Dir is where what it needs beside may lie.
func (db *DB) MakeJobFile(id registry.JobID) (f *JobFile, err error) {
	dir := filepath.Join(db.dir, exportsName)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, db.unavailable(fmt.Errorf("open the folder of exports: %w", err))
	}
	tmp, err := os.CreateTemp(dir, jobPart+"*")
	if err != nil {
		return nil, db.unavailable(fmt.Errorf("begin the file of a job: %w", err))
	}
	return &JobFile{db: db, id: id, tmp: tmp, out: bufio.NewWriterSize(tmp, 1<<18)}, nil
}

// Dir is the folder that the file lies in.
func (f *JobFile) Dir() string { return filepath.Dir(f.tmp.Name()) }

// Write implements io.Writer.
func (f *JobFile) Write(p []byte) (int, error) { return f.out.Write(p) }

// Keep gives the file its name once all of it is on the disk.
func (f *JobFile) Keep() error {
	if err := errors.Join(f.out.Flush(), f.tmp.Sync()); err != nil {
		return fmt.Errorf("write the file of a job: %w", err)
	}
	if err := os.Rename(f.tmp.Name(), f.db.jobFile(f.id)); err != nil {
		return fmt.Errorf("keep the file of a job: %w", err)
	}
	f.kept = true
	return syncDir(f.Dir())
}

// Close ends it; what was not kept leaves nothing.
func (f *JobFile) Close() {
	_ = f.tmp.Close()
	if !f.kept {
		_ = os.Remove(f.tmp.Name())
	}
}

// OpenJobFile opens the file of a job; registry.KindNotFound where there is none.
func (db *DB) OpenJobFile(id registry.JobID) (*os.File, error) {
	f, err := os.Open(db.jobFile(id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, registry.NotFound("导出的文件", id)
	}
	return f, db.unavailable(err)
}

// DropJobFile removes the file of a job, where there is one.
func (db *DB) DropJobFile(id registry.JobID) error { return ignoreGone(os.Remove(db.jobFile(id))) }

// Unavailable says of an error of the disk what people are told.
func (db *DB) Unavailable(err error) error { return db.unavailable(err) }

// SweepJobFiles removes what jobs left that are no more, and what a crash left of one.
func (db *DB) SweepJobFiles(ctx context.Context, now time.Time) error {
	dir := filepath.Join(db.dir, exportsName)
	list, err := os.ReadDir(dir)
	if err != nil || len(list) == 0 {
		return ignoreGone(err)
	}
	known := map[string]bool{}
	if err := db.Read(ctx, func(tx *Tx) error {
		jobs, err := tx.jobs("WHERE sha256 <> '' AND kind = $1", string(registry.JobExport))
		for _, x := range jobs {
			known[fmt.Sprint(int64(x.ID))] = true
		}
		return err
	}); err != nil {
		return err
	}
	before := now.Add(-strangeFor)
	if db.lock != nil && db.opened.After(before) {
		before = db.opened // nobody else makes any: what is older than this server is nobody's
	}
	for _, d := range list {
		if known[d.Name()] || d.IsDir() {
			continue
		}
		info, err := d.Info()
		if err == nil && info.ModTime().Before(before) {
			err = os.Remove(filepath.Join(dir, d.Name()))
		}
		if err := ignoreGone(err); err != nil {
			return err
		}
	}
	return nil
}
