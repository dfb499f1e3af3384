// Package storetest opens registers for tests, and fills records so that no field is left out. It must not be used outside tests.
//
// Tests name no engine: Open picks it, so that the same tests run on every engine that store speaks. Look first at Open, Write and Fill.
package storetest

import (
	"context"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite" // for Exec, beside the store

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Now is when tests write.
var Now = time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)

const fileName = "casebook.db"

// template is an empty register with the newest schema. It is made once: to migrate a new one costs more than most tests.
var template = sync.OnceValues(func() (body []byte, err error) {
	dir, err := os.MkdirTemp("", "casebook-storetest-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary directory
	db, err := store.Open(context.Background(), dir, store.Options{Now: Now})
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, fileName))
})

// Dir makes a directory with an empty register of the newest schema, for tests that open it themselves.
func Dir(t testing.TB) string {
	t.Helper()
	body, err := template()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, fileName), body, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Open opens an empty register of its own for a test.
func Open(t testing.TB) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), Dir(t), store.Options{Now: Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // the directory is removed anyway
	return db
}

// Try runs a write as casework does, with its cases settled and its history written, and returns its error. Nothing is due.
func Try(db *store.DB, fn func(tx *store.Tx) error) error { return TryDue(db, nil, fn) }

// TryDue is Try with a rule of what is due.
func TryDue(db *store.DB, of func(*registry.CaseFile) store.Due, fn func(tx *store.Tx) error) error {
	return db.Write(context.Background(), func(tx *store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		if err := tx.Settle(of); err != nil {
			return err
		}
		return tx.WriteHistory()
	})
}

// Write runs a write that must succeed.
func Write(t testing.TB, db *store.DB, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := Try(db, fn); err != nil {
		t.Fatal(err)
	}
}

// Read runs a read that must succeed.
func Read(t testing.TB, db *store.DB, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := db.Read(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

// Exec runs a statement beside the store, as somebody with a database tool would, without the rules of references.
func Exec(t testing.TB, db *store.DB, query string, args ...any) {
	t.Helper()
	raw, err := sql.Open("sqlite", "file:"+filepath.ToSlash(filepath.Join(db.Dir(), fileName))+"?_pragma=busy_timeout(10000)&_pragma=foreign_keys(0)")
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close() //nolint:errcheck // of a test
	if _, err := raw.Exec(query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// Lock holds a file as another process of the program would, until done is called.
func Lock(t testing.TB, path string) (done func()) {
	t.Helper()
	raw, err := sql.Open("sqlite", "file:"+filepath.ToSlash(path))
	if err != nil {
		t.Fatal(err)
	}
	raw.SetMaxOpenConns(1)
	if _, err := raw.Exec("BEGIN EXCLUSIVE"); err != nil {
		t.Fatal(err)
	}
	return func() { _ = raw.Close() }
}

// Disk is a small disk of its own, made in memory: full and read-only disks are tried on it.
type Disk struct {
	t   testing.TB
	Dir string
}

// NewDisk mounts one of so many KB, or skips the test where that is not allowed.
func NewDisk(t testing.TB, kb string) *Disk {
	t.Helper()
	d := &Disk{t, t.TempDir()}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+kb+"k", "tmpfs", d.Dir).CombinedOutput(); err != nil { //nolint:gosec // of a test
		t.Skipf("a disk of its own cannot be mounted here (that takes root on Linux): %v %s", err, out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", d.Dir).Run() }) //nolint:gosec // of a test
	return d
}

// Remount changes how it is mounted: "ro", "rw", "size=64m".
func (d *Disk) Remount(how string) {
	d.t.Helper()
	if out, err := exec.Command("mount", "-o", "remount,"+how, d.Dir).CombinedOutput(); err != nil { //nolint:gosec // of a test
		d.t.Fatalf("remount %s: %v %s", how, err, out)
	}
}

// Fill takes all the space that is left; empty gives it back.
func (d *Disk) Fill() (empty func()) {
	d.t.Helper()
	f, err := os.CreateTemp(d.Dir, "filler")
	if err != nil {
		d.t.Fatal(err)
	}
	for size := 1 << 20; size > 0; {
		if _, err := f.Write(make([]byte, size)); err != nil {
			size /= 2
		}
	}
	_ = f.Close()
	return func() { _ = os.Remove(f.Name()) }
}
