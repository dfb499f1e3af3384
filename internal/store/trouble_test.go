package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/pressly/goose/v3"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// olderRegister is a register as a program of schema 28 left it.
func olderRegister(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	raw, err := sql.Open("sqlite", writerDSN(filepath.Join(dir, fileName)))
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, raw, files, goose.WithGoMigrations(goMigrations...))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), 28); err != nil {
		t.Fatal(err)
	}
	if _, err := raw.ExecContext(t.Context(), fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		t.Fatal(err)
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// A backup of an older register leaves its schema alone; restored, it is brought up to date before it is in its place.
func TestRestoreOfAnOlderSchema(t *testing.T) {
	enginetest.OnlySQLite(t, "registers of older schemas")
	t.Parallel()
	dir, root, to := olderRegister(t), t.TempDir(), t.TempDir()
	for range 2 {
		b, err := Backup(t.Context(), dir, root, BackupOptions{Now: testTime})
		if err != nil || b.Manifest.Schema != 28 {
			t.Fatalf("Backup = schema %d, %v; want 28", b.Manifest.Schema, err)
		}
	}
	r, err := BeginRestore(t.Context(), root, to, RestoreOptions{})
	if err != nil {
		t.Fatal(err)
	}
	db := open(t, r.Work(), Options{MustExist: true, Now: testTime})
	if err := errors.Join(db.Close(), r.Finish(t.Context())); err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadDir(to)
	if err != nil || len(list) != 2 {
		t.Errorf("the restored folder holds %v, %v; want the register and its lock", list, err)
	}
	again, err := Backup(t.Context(), to, root, BackupOptions{Now: testTime})
	if newest, _ := newestSchema(); err != nil || again.Manifest.Schema != newest {
		t.Errorf("the restored register has schema %d, %v; want %d", again.Manifest.Schema, err, newest)
	}
}

// Each trouble has words and a remedy of its own at start, and its own kind in a request.
func TestTroubleHasWords(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	held, err := lockFile(t.Context(), filepath.Join(dir, "held"))
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close() //nolint:errcheck // of a test
	_, locked := lockFile(t.Context(), filepath.Join(dir, "held"))
	path := filepath.Join(dir, "text")
	if err := os.WriteFile(path, []byte(strings.Repeat("text\n", 2000)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, text := lockFile(t.Context(), path)
	if text == nil {
		text = wholeFile(t.Context(), path)
	}
	db := &DB{dir: dir}
	for _, c := range []struct {
		name  string
		err   error
		start string
		kind  registry.Kind
	}{
		{"no space", &fs.PathError{Err: syscall.ENOSPC}, "磁盘已满（或超出配额）。请清理磁盘", registry.KindFull},
		{"no quota", &fs.PathError{Err: syscall.EDQUOT}, "磁盘已满（或超出配额）。请清理磁盘", registry.KindFull},
		{"read-only", &fs.PathError{Err: syscall.EROFS}, "文件系统是只读的", registry.KindUnavailable},
		{"not permitted", &fs.PathError{Err: syscall.EACCES}, "没有权限读写目录", registry.KindUnavailable},
		{"a failing disk", &fs.PathError{Err: syscall.EIO}, "磁盘或文件系统出错。请检查磁盘和系统日志", registry.KindUnavailable},
		{"locked", locked, "正被另一个程序锁住。请关闭", registry.KindUnavailable},
		{"not a database", text, "casebook restore 备份目录 --data " + dir, registry.KindUnavailable},
		{"something else", errors.New("something else"), "casebook restore", registry.KindInternal},
	} {
		if got := atStart(filepath.Join(dir, fileName), fmt.Errorf("open: %w", c.err)); !strings.Contains(got.Error(), c.start) || !errors.Is(got, c.err) {
			t.Errorf("%s at start: %v; want %q and the cause", c.name, got, c.start)
		}
		if got := db.unavailable(fmt.Errorf("begin: %w", c.err)); registry.KindOf(got) != c.kind || !errors.Is(got, c.err) {
			t.Errorf("%s in a request: %v of kind %d; want kind %d and the cause", c.name, got, registry.KindOf(got), c.kind)
		}
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	if got := atStart(path, stopped.Err()); strings.Contains(got.Error(), "损坏") {
		t.Errorf("a start that was stopped: %v", got)
	}
}

// Damage found behind a running server ends the writing; what reads goes on.
func TestDamageFoundWhileServing(t *testing.T) {
	enginetest.OnlySQLite(t, "the check of the data file")
	t.Parallel()
	db := open(t, t.TempDir(), Options{})
	path := filepath.Join(t.TempDir(), fileName)
	if err := os.WriteFile(path, []byte(strings.Repeat("text\n", 2000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err := startCheck(path, false, slog.New(slog.DiscardHandler), func(error) {}); c != nil || err == nil || !strings.Contains(err.Error(), "已损坏") {
		t.Errorf("startCheck = %v, %v; want the damage", c, err)
	}
	found := damaged(path, errors.New("page 7"))
	db.check = &check{cancel: func() {}, ended: make(chan struct{})}
	close(db.check.ended)
	db.check.damage.Store(&found)
	for name, err := range map[string]error{"a write": db.Write(t.Context(), func(*Tx) error { return nil }), "readiness": db.Ready(t.Context(), testTime)} {
		if registry.KindOf(err) != registry.KindUnavailable || !strings.Contains(err.Error(), "page 7") {
			t.Errorf("%s = %v, want KindUnavailable with the cause", name, err)
		}
	}
	if err := db.Read(t.Context(), func(tx *Tx) error { _, _, err := tx.AuditHead(); return err }); err != nil {
		t.Errorf("a read = %v", err)
	}
}

// An answer of Ready stands for a second, whoever asks.
func TestReadyIsAskedOnceASecond(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir, Options{})
	if err := db.Ready(t.Context(), testTime); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, probeName), 0o750); err != nil { // a file cannot be written under this name
		t.Fatal(err)
	}
	if err := db.Ready(t.Context(), testTime.Add(readyFor/2)); err != nil {
		t.Errorf("half a second later = %v", err)
	}
	if err := db.Ready(t.Context(), testTime.Add(readyFor)); err == nil {
		t.Error("a second later = nil, though the disk takes no file")
	}
}
