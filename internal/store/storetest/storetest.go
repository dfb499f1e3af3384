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
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
)

// Now is when tests write.
var Now = time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)

const fileName = "casebook.db"

// empty is a register with the newest schema and nothing in it.
var empty = Template{Name: "empty"}

// Dir makes a directory with an empty register of the newest schema, for tests that open it themselves, with Options.
func Dir(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	empty.Copy(t, dir)
	return dir
}

// Options are how the register of a directory is opened on the engine under test.
func Options(t testing.TB, dir string) store.Options {
	t.Helper()
	return store.Options{Now: Now, Database: enginetest.Database(t, dir)}
}

// Open opens an empty register of its own for a test.
func Open(t testing.TB) *store.DB {
	t.Helper()
	dir := Dir(t)
	db, err := store.Open(context.Background(), dir, Options(t, dir))
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
		if err := tx.Settle(of, nil); err != nil {
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
	if err := enginetest.Exec(t, db.Dir(), query, args...); err != nil {
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
