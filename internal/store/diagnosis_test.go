package store_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

// onDisk puts an empty register on a disk.
func onDisk(t *testing.T, d *storetest.Disk) (dir string) {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(storetest.Dir(t), "casebook.db"))
	must(t, err)
	dir = filepath.Join(d.Dir, "data")
	must(t, os.Mkdir(dir, 0o750))
	must(t, os.WriteFile(filepath.Join(dir, "casebook.db"), body, 0o600))
	return dir
}

func serving(dir string) (*store.DB, error) {
	return store.Open(context.Background(), dir, store.Options{Exclusive: true, Now: storetest.Now})
}

// On a full disk reading goes on; what would write is told so, uploads included, nothing is half written, and with space again all goes on.
func TestFullDisk(t *testing.T) {
	enginetest.OnlySQLite(t, "the data file lies on the disk in question")
	t.Parallel()
	d := storetest.NewDisk(t, "8000")
	dir := onDisk(t, d)
	db, err := serving(dir)
	must(t, err)
	newWorld(t, db)
	must(t, db.Ready(t.Context(), storetest.Now))
	before := rowsOf(t, dir, "")
	empty := d.Fill()
	writing := storetest.Try(db, func(tx *store.Tx) error {
		for n := range 200 {
			c := registry.Campaign{Origin: registry.OriginField, Name: strings.Repeat("清源", 4000), Year: int64(2000 + n)}
			if err := store.Campaigns.Insert(tx, &c, storetest.Now); err != nil {
				return err
			}
		}
		return nil
	})
	_, _, upload := db.SaveFile(strings.NewReader(strings.Repeat("证据", 1<<20)), 64<<20)
	for name, err := range map[string]error{"a write": writing, "an upload": upload, "readiness": db.Ready(t.Context(), storetest.Now.Add(time.Minute))} {
		if registry.KindOf(err) != registry.KindFull {
			t.Errorf("%s on a full disk: %v, want KindFull", name, err)
		}
	}
	storetest.Read(t, db, func(tx *store.Tx) error {
		_, err := store.Farms.Get(tx, 1)
		return err
	})
	must(t, db.Close())
	rest := d.Fill() // the log has given its space back
	if _, err := serving(dir); err == nil || !strings.Contains(err.Error(), dir+" 所在的磁盘已满") {
		t.Errorf("a start on a full disk = %v", err)
	}
	empty()
	rest()
	db, err = serving(dir)
	must(t, err)
	sameRows(t, rowsOf(t, dir, ""), before)
	if left := names(t, filepath.Join(dir, "attachments")); len(left) > 0 {
		t.Errorf("a failed upload left %v", left)
	}
	attach(t, db, "又有空间了")
	must(t, db.Close())
}

// A backup and a restore that find no space say where, and leave nothing; with space they go on.
func TestFullDiskUnderBackupAndRestore(t *testing.T) {
	enginetest.OnlySQLite(t, "the data file lies on the disk in question")
	t.Parallel()
	db := smallRegister(t)
	want := rowsOf(t, db.Dir(), enginetest.Database(t, db.Dir()))
	for _, kb := range []string{"200", "400", "600"} { // not the database; not its journal; not the attachments and the manifest
		d := storetest.NewDisk(t, kb)
		target := filepath.Join(d.Dir, "b")
		if _, err := store.Backup(t.Context(), db.Dir(), target, backedUp(t, db.Dir())); err == nil {
			t.Logf("%s KB are enough", kb)
		} else if !strings.Contains(err.Error(), target+" 所在的磁盘已满") || len(names(t, d.Dir)) > 0 {
			t.Errorf("a backup to a disk of %s KB = %v; it holds %v", kb, err, names(t, d.Dir))
		}
		d.Remount("size=64m")
		mustBackUp(t, db.Dir(), target)
		must(t, restoreTo(t.Context(), target, filepath.Join(t.TempDir(), "n")))
	}
	root := t.TempDir()
	mustBackUp(t, db.Dir(), root)
	d := storetest.NewDisk(t, "300")
	if err := restoreTo(t.Context(), root, d.Dir); err == nil || !strings.Contains(err.Error(), d.Dir+" 所在的磁盘已满") {
		t.Errorf("a restore to a full disk = %v", err)
	}
	d.Remount("size=64m")
	must(t, restoreTo(t.Context(), root, d.Dir))
	sameRows(t, rowsOf(t, d.Dir, ""), want)
}

// A read-only disk is called so. What is on it can be backed up to another.
func TestReadOnlyDisk(t *testing.T) {
	enginetest.OnlySQLite(t, "the data file lies on the disk in question")
	t.Parallel()
	d := storetest.NewDisk(t, "8000")
	dir := onDisk(t, d)
	db, err := serving(dir)
	must(t, err)
	newWorld(t, db)
	attach(t, db, "检测报告")
	must(t, db.Close())
	want := rowsOf(t, dir, "")
	d.Remount("ro")
	for _, opt := range []store.Options{{Exclusive: true}, {MustExist: true}} {
		if _, err := store.Open(t.Context(), dir, opt); err == nil || !strings.Contains(err.Error(), dir+" 所在的文件系统是只读的") {
			t.Errorf("Open(%+v) on a read-only disk = %v", opt, err)
		}
	}
	root := t.TempDir()
	mustBackUp(t, dir, root)
	to := filepath.Join(t.TempDir(), "n")
	must(t, restoreTo(t.Context(), root, to))
	sameRows(t, rowsOf(t, to, ""), want)
	if _, err := store.Backup(t.Context(), to, filepath.Join(d.Dir, "b"), backedUp(t, to)); err == nil || !strings.Contains(err.Error(), "所在的文件系统是只读的") {
		t.Errorf("a backup to a read-only disk = %v", err)
	}
	if err := restoreTo(t.Context(), root, filepath.Join(d.Dir, "n")); err == nil || !strings.Contains(err.Error(), "所在的文件系统是只读的") {
		t.Errorf("a restore to a read-only disk = %v", err)
	}
}

// After a clean stop a page that the disk damaged keeps the server from starting, and the words say how to go on. A page that is damaged and
// does not matter (a free one) does not.
func TestDamagedPageAfterACleanStop(t *testing.T) {
	enginetest.OnlySQLite(t, "the data file lies on the disk in question")
	t.Parallel()
	db := smallRegister(t)
	must(t, db.Close())
	path := filepath.Join(db.Dir(), "casebook.db")
	sound, err := os.ReadFile(path)
	must(t, err)
	tried, refused, pages, step := 0, 0, len(sound)/4096, 9
	if testing.Short() {
		step = 31
	}
	for page := 1; page < pages; page += step {
		tried++
		body := append([]byte(nil), sound...)
		clear(body[page*4096 : (page+1)*4096])
		must(t, os.WriteFile(path, body, 0o600))
		again, err := serving(db.Dir())
		if err == nil {
			r, verr := again.Verify(t.Context(), func(string) string { return "" }, nil)
			if must(t, again.Close()); verr != nil || len(r.Defects) > 0 {
				t.Errorf("page %d of %d zeroed: the server starts, and verify finds %v, %v", page+1, pages, r.Defects, verr)
			}
			continue
		}
		refused++
		if !strings.Contains(err.Error(), "已损坏") || !strings.Contains(err.Error(), "casebook restore 备份目录 --data "+db.Dir()) {
			t.Errorf("page %d of %d zeroed: %v", page+1, pages, err)
		}
	}
	if refused < tried*2/3 {
		t.Errorf("%d of %d damaged files were refused", refused, tried)
	}
	must(t, os.WriteFile(path, sound, 0o600))
	again, err := serving(db.Dir())
	must(t, err)
	must(t, again.Close())
}

// A program that holds the database file is told apart from a damaged one, at start and in a request.
func TestDatabaseHeldByAnother(t *testing.T) {
	enginetest.OnlySQLite(t, "the data file lies on the disk in question")
	if testing.Short() {
		t.Skip("waits twice for the database's lock, ten seconds each")
	}
	t.Parallel()
	db := storetest.Open(t)
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(db.Dir(), "casebook.db"))
	must(t, err)
	defer raw.Close() //nolint:errcheck // of a test
	raw.SetMaxOpenConns(1)
	_, err = raw.Exec("BEGIN IMMEDIATE")
	must(t, err)
	if err := storetest.Try(db, func(*store.Tx) error { return nil }); registry.KindOf(err) != registry.KindUnavailable || !strings.Contains(err.Error(), "正被另一项操作占用") {
		t.Errorf("a write beside it = %v, want KindUnavailable", err)
	}
	if _, err := serving(db.Dir()); err == nil || !strings.Contains(err.Error(), "正被另一个程序锁住") {
		t.Errorf("a start beside it = %v", err)
	}
}
