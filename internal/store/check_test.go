package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// left is a folder as a server leaves it that ends in the middle: its database, the log, the mark.
func left(t *testing.T, mark string) (dir string) {
	t.Helper()
	from := t.TempDir()
	db := open(t, from, Options{Exclusive: true})
	write(t, db, func(tx *Tx) error {
		x := farm("断电前")
		return Farms.Insert(tx, &x, testTime)
	})
	dir = t.TempDir()
	for _, name := range []string{fileName, fileName + "-wal", runningName} {
		copyFile(t, filepath.Join(from, name), filepath.Join(dir, name))
	}
	if size(filepath.Join(dir, fileName+"-wal")) == 0 {
		t.Fatal("there is no log: the test proves nothing")
	}
	if mark == "" {
		must(t, os.Remove(filepath.Join(dir, runningName)))
	} else if mark != bootID() {
		must(t, os.WriteFile(filepath.Join(dir, runningName), []byte(mark), 0o600))
	}
	return dir
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from) //nolint:gosec // of a test
	must(t, err)
	defer in.Close() //nolint:errcheck // only read
	out, err := os.Create(to)
	must(t, err)
	_, err = io.Copy(out, in)
	must(t, errors.Join(err, out.Close()))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func markOf(t *testing.T, dir string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, runningName)) //nolint:gosec // of a test
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(b))
}

// How the last server ended decides whether writes wait for the check of the pages, and what the next start is told.
func TestHowTheLastServerEnded(t *testing.T) {
	enginetest.OnlySQLite(t, "the check of the data file")
	if bootID() == "" {
		t.Skip("this system does not name its boots: every crash counts as one of the machine")
	}
	for _, c := range []struct {
		name, mark string
		holds      bool
	}{
		{"the process was killed", bootID(), false},
		{"the machine was cut off", "another-boot", true},
		{"and again, while the pages were checked", "unchecked", true},
		{"a server that leaves no mark, or a command", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := left(t, c.mark)
			db := open(t, dir, Options{Exclusive: true})
			if db.check == nil || db.check.holds != c.holds {
				t.Fatalf("the check holds writes: %v, want %v", !c.holds, c.holds)
			}
			must(t, db.Writable(t.Context()))
			write(t, db, func(tx *Tx) error { return tx.SetSetting("a", "b") })
			<-db.check.ended
			if got := markOf(t, dir); got != bootID() {
				t.Errorf("after the check the mark is %q, want this boot", got)
			}
			if n, _, err := countFarms(db); err != nil || n != 1 {
				t.Errorf("%d farms, %v; want what was committed before", n, err)
			}
			must(t, db.Close())
			if got := markOf(t, dir); got != "" {
				t.Errorf("a clean stop leaves the mark %q", got)
			}
			again := open(t, dir, Options{Exclusive: true})
			if again.check.holds {
				t.Error("after a clean stop writes wait")
			}
		})
	}
}

func countFarms(db *DB) (n int, capped bool, err error) {
	err = db.Read(context.Background(), func(tx *Tx) error {
		n, capped, err = tx.CountFarms(FarmFilter{})
		return err
	})
	return n, capped, err
}

// slowFile gives a register rows that take seconds to check, each with a value that is dear to compute; with damage the last lacks one that it must have, so that the check
// finds something at its end.
func slowFile(t *testing.T, dir string, damage bool) {
	t.Helper()
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(dir, fileName))
	must(t, err)
	raw.SetMaxOpenConns(1)
	_, err = raw.Exec(`CREATE TABLE ballast (a, b, c GENERATED ALWAYS AS (length(hex(zeroblob(1000000 + a)))) VIRTUAL NOT NULL);
		INSERT INTO ballast (a, b) SELECT value, 1 FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 400) SELECT value FROM n)`)
	must(t, err)
	if damage {
		_, err = raw.Exec(`INSERT INTO ballast (a) VALUES (0); PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, '(a, b,', '(a, b NOT NULL,') WHERE name = 'ballast'`)
	}
	must(t, errors.Join(err, raw.Close()))
}

// While the pages are checked after the machine was cut off, reads are served; writes, uploads and /readyz are told how far it is, and a write that comes near
// the end waits for it. A server that is stopped before the end checks again at the next start.
func TestWritesWaitForTheCheck(t *testing.T) {
	enginetest.OnlySQLite(t, "the check of the data file")
	dir := left(t, "another-boot")
	slowFile(t, dir, false)
	must(t, os.WriteFile(filepath.Join(dir, runningName), []byte("another-boot"), 0o600))
	db := open(t, dir, Options{Exclusive: true})
	if db.check.through() {
		t.Fatal("the file was checked before anybody could ask: the test proves nothing")
	}
	if got := markOf(t, dir); got != "unchecked" {
		t.Errorf("while it is checked the mark is %q", got)
	}
	impatient, cancel := context.WithCancel(t.Context())
	cancel()
	for name, err := range map[string]error{"a write": db.Write(impatient, func(*Tx) error { return nil }), "readiness": db.Ready(t.Context(), testTime)} {
		var e *registry.Error
		if !errors.As(err, &e) || e.Kind != registry.KindUnavailable || e.RetryAfter < time.Second || !strings.Contains(e.Message, "上次未正常停止，正在检查数据文件（") || !strings.Contains(e.Message, "已填内容不会丢失") {
			t.Errorf("%s while the pages are checked = %v", name, err)
		}
	}
	if x := db.Checking(); !x.Running || !x.WritesWait || x.Damage != nil {
		t.Errorf("Checking = %+v", x)
	}
	if n, _, err := countFarms(db); err != nil || n != 1 {
		t.Errorf("a read beside it: %d farms, %v", n, err)
	}
	must(t, db.Close())
	if got := markOf(t, dir); got != "unchecked" {
		t.Errorf("a server stopped during the check leaves the mark %q", got)
	}
	db = open(t, dir, Options{Exclusive: true})
	if !db.check.holds {
		t.Fatal("the next start does not check again")
	}
	must(t, db.Writable(t.Context()))
	write(t, db, func(tx *Tx) error { return tx.SetSetting("a", "b") })
	must(t, db.Ready(t.Context(), testTime.Add(time.Minute)))
	if x := db.Checking(); x.Running || x.WritesWait || x.Damage != nil {
		t.Errorf("after the check Checking = %+v", x)
	}
}

// Damage that is found behind the server stops the writing, after a clean stop too, and the words name casebook restore. The next start trusts nothing.
func TestDamageFoundBehindTheServer(t *testing.T) {
	enginetest.OnlySQLite(t, "the check of the data file")
	dir := t.TempDir()
	must(t, open(t, dir, Options{Exclusive: true}).Close())
	slowFile(t, dir, true)
	db := open(t, dir, Options{Exclusive: true})
	if db.check.through() {
		t.Fatal("the damage was found before anybody could ask: the test proves nothing")
	}
	write(t, db, func(tx *Tx) error { return tx.SetSetting("a", "b") }) // nobody knows yet
	<-db.check.ended
	if err := db.check.found(); err == nil || !strings.Contains(err.Error(), "已损坏") || !strings.Contains(err.Error(), "casebook restore 备份目录 --data "+dir) {
		t.Errorf("found: %v", err)
	}
	for name, err := range map[string]error{"a write": db.Write(t.Context(), func(*Tx) error { return nil }), "readiness": db.Ready(t.Context(), testTime), "upkeep": db.Writable(t.Context())} {
		if err == nil || !strings.Contains(err.Error(), "已损坏") {
			t.Errorf("%s = %v", name, err)
		}
	}
	if _, _, err := db.SaveFile(strings.NewReader("证据"), 100); registry.KindOf(err) != registry.KindUnavailable {
		t.Errorf("an upload = %v", err)
	}
	if _, _, err := countFarms(db); err != nil {
		t.Errorf("a read = %v", err)
	}
	must(t, db.Close())
	if got := markOf(t, dir); got != "unchecked" {
		t.Errorf("the mark is %q: the next start would trust the file", got)
	}
}

// The check of the pages stops when it is told to, at the first time it is asked.
func TestCheckStopsAtOnce(t *testing.T) {
	enginetest.OnlySQLite(t, "the check of the data file")
	t.Parallel()
	dir := t.TempDir()
	must(t, open(t, dir, Options{}).Close())
	path, asked, read := filepath.Join(dir, fileName), 0, int64(0)
	if finding, err := quickCheck(path, func(r func() int64) bool { asked++; read = r(); return true }); finding != "" || err != nil {
		t.Fatalf("quickCheck = %q, %v", finding, err)
	}
	if asked < 5 || read < size(path)/4096*9/10 || read > readings*size(path)/4096 {
		t.Errorf("asked %d times; %d pages read of a file of %d", asked, read, size(path)/4096)
	}
	asked = 0
	if _, err := quickCheck(path, func(func() int64) bool { asked++; return false }); err == nil || asked != 1 {
		t.Errorf("stopped: %v after being asked %d times", err, asked)
	}
	if _, err := quickCheck(filepath.Join(dir, "none"), func(func() int64) bool { return true }); !errors.Is(err, os.ErrPermission) {
		t.Errorf("quickCheck of no file = %v", err)
	}
}

// While the check reads, the log cannot come to its place; commits do not try, and when it has ended the log does, and commits keep it short again.
func TestTheLogWaitsForTheCheck(t *testing.T) {
	enginetest.OnlySQLite(t, "the log beside the file is SQLite's")
	dir := left(t, "")
	slowFile(t, dir, false)
	db := open(t, dir, Options{Exclusive: true})
	if !db.Checking().Running {
		t.Fatal("the check of a large file is through before the register is open")
	}
	limit := func() (pages int) {
		c, err := db.writer.take(t.Context())
		must(t, err)
		defer db.writer.give(c)
		must(t, c.QueryRowContext(t.Context(), "PRAGMA wal_autocheckpoint").Scan(&pages))
		return pages
	}
	if n := limit(); n != 0 {
		t.Errorf("a commit looks through a log of %d pages while the check reads", n)
	}
	must(t, db.Writable(t.Context()))
	x := farm("其间")
	write(t, db, func(tx *Tx) error { return Farms.Insert(tx, &x, testTime) })
	<-db.held.released
	if n := limit(); n != logPages {
		t.Errorf("after the check the log may have %d pages, want %d", n, logPages)
	}
	must(t, db.Close())
	if n := size(filepath.Join(dir, fileName+"-wal")); n > 0 {
		t.Errorf("the log has %d bytes after a clean stop", n)
	}
}
