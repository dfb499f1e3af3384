package store_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/packing"
	"casebook/internal/store/storetest"
)

// backedUp are how the register of a data folder is backed up, on the engine under test.
func backedUp(t testing.TB, dir string) store.BackupOptions {
	return store.BackupOptions{Program: "casebook test", Now: storetest.Now, Database: enginetest.Database(t, dir)}
}

// attach keeps a file on case 1.
func attach(t testing.TB, db *store.DB, text string) (hash string) {
	t.Helper()
	hash, n, err := db.SaveFile(strings.NewReader(text), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Write(t, db, func(tx *store.Tx) error {
		a := registry.Attachment{Entity: "case", EntityID: 1, Filename: "a.txt", SHA256: hash, Size: n, CreatedAt: storetest.Now}
		if _, err := tx.InsertAttachment(&a, ""); err != nil {
			return err
		}
		return tx.Record(store.Event{Actor: registry.CommandLine, At: storetest.Now, Action: "上传附件", Entity: "attachment", EntityID: int64(a.ID), Version: 1}, a)
	})
	return hash
}

// smallRegister has a case with what hangs on it, and two files with their history.
func smallRegister(t *testing.T) *store.DB {
	t.Helper()
	db := storetest.Open(t)
	newWorld(t, db)
	attach(t, db, "检测报告")
	attach(t, db, "现场照片")
	return db
}

func mustBackUp(t testing.TB, dir, target string) store.BackupResult {
	t.Helper()
	r, err := store.Backup(t.Context(), dir, target, backedUp(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// restoreTo restores as the command does: verified before it is in its place.
func restoreTo(ctx context.Context, from, dir string) error { return restoreWhere(ctx, from, dir, "") }

// restoreWhere is restoreTo for a database.
func restoreWhere(ctx context.Context, from, dir, database string) error {
	r, err := store.BeginRestore(ctx, from, dir, store.RestoreOptions{Database: database, Now: storetest.Now})
	if err != nil {
		return err
	}
	defer r.Abandon()
	return verifiedAndFinished(ctx, r)
}

// rowsOf are all rows of all tables of a register, each table's digest by its name, and its attachments by theirs. Which engine it is on, and
// what is each engine's own, makes no difference.
func rowsOf(t testing.TB, dir, database string) map[string]string {
	t.Helper()
	driver, tables := "pgx", "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ''"
	columns := `SELECT string_agg('"' || attname || '"', ', ' ORDER BY attname COLLATE "C") FROM pg_attribute WHERE attrelid = '%s'::regclass AND attnum > 0 AND NOT attisdropped`
	if database == "" {
		driver, database = "sqlite", "file:"+filepath.Join(dir, "casebook.db")+"?_pragma=busy_timeout(10000)"
		tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite%' AND name NOT GLOB 'search_*_*'"
		columns = `SELECT group_concat('"' || name || '"', ', ') FROM (SELECT name FROM pragma_table_xinfo('%s') ORDER BY name)`
	}
	db, err := sql.Open(driver, database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // of a test
	tx, err := db.BeginTx(t.Context(), &sql.TxOptions{Isolation: sql.LevelSerializable, ReadOnly: driver == "pgx"})
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback() //nolint:errcheck // only read
	all := map[string]string{}
	for _, table := range column(t, tx, tables) {
		where := ""
		switch table {
		case "goose_db_version", "search_cases", "search_farms", "search_inspections", "search_parties":
			continue
		case "settings":
			where = " WHERE name <> 'register'" // of the place
		}
		rows, err := tx.Query("SELECT " + column(t, tx, fmt.Sprintf(columns, table))[0] + " FROM " + table + where)
		if err != nil {
			t.Fatal(err)
		}
		all[table] = digestOf(t, rows)
	}
	for _, hash := range column(t, tx, "SELECT DISTINCT sha256 FROM attachments") {
		body, err := os.ReadFile(filepath.Join(dir, "attachments", hash[:2], hash))
		if err != nil {
			t.Error(err)
		}
		sum := sha256.Sum256(body)
		all[hash] = hex.EncodeToString(sum[:])
	}
	return all
}

func column(t testing.TB, tx *sql.Tx, query string) (list []string) {
	t.Helper()
	rows, err := tx.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

func digestOf(t testing.TB, rows *sql.Rows) string {
	t.Helper()
	defer rows.Close() //nolint:errcheck // rows.Err tells
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for rows.Next() {
		row := make([]any, len(names))
		into := make([]any, len(names))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for i, name := range names {
			if kept, packed := row[i].([]byte); packed && name == "text" { // of the search, plain on PostgreSQL
				text, err := packing.Unpack(kept)
				if err != nil {
					t.Fatal(err)
				}
				row[i] = string(text)
			}
		}
		list = append(list, fmt.Sprintf("%T %q", row, fmt.Sprint(row...)))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	sum := sha256.Sum256([]byte(strings.Join(list, "\n")))
	return fmt.Sprintf("%d rows %x", len(list), sum[:8])
}

// sameRows compares two registers row by row.
func sameRows(t *testing.T, got, want map[string]string) {
	t.Helper()
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("restored %s: %s, want %s", name, got[name], want[name])
		}
	}
	if len(got) != len(want) || len(want) < 40 {
		t.Errorf("restored %d tables and files, want %d", len(got), len(want))
	}
}

// Backups made while somebody writes are each the register at one moment: the restored rows are those of the entry at the head.
func TestRestoreEqualsTheRegisterUnderWrites(t *testing.T) {
	t.Parallel()
	db := smallRegister(t)
	root := t.TempDir()
	backups := 20
	if testing.Short() {
		backups = 4
	}
	heads := map[string]map[string]string{} // the rows, by the head of the chain
	head := func() (hash string) {
		storetest.Read(t, db, func(tx *store.Tx) (err error) {
			_, hash, err = tx.AuditHead()
			return err
		})
		return hash
	}
	heads[head()] = rowsOf(t, db.Dir(), enginetest.Database(t, db.Dir()))
	opt := backedUp(t, db.Dir())
	made, ended := make([]store.BackupResult, backups), make(chan error, 1)
	go func() {
		var err error
		for i := 0; i < backups && err == nil; i++ {
			made[i], err = store.Backup(t.Context(), db.Dir(), filepath.Join(root, "b"), opt)
		}
		ended <- err
	}()
	for n := 0; ; n++ {
		attach(t, db, fmt.Sprintf("第 %d 份", n))
		heads[head()] = rowsOf(t, db.Dir(), enginetest.Database(t, db.Dir()))
		if len(ended) > 0 {
			break
		}
	}
	must(t, <-ended)
	seen := map[string]bool{}
	for i, b := range made {
		to := filepath.Join(root, fmt.Sprint("n", i))
		database := ""
		if i%2 == 1 {
			database = enginetest.Database(t, to) // to a server too, where there is one
		}
		if err := restoreWhere(t.Context(), b.Folder, to, database); err != nil {
			t.Fatal(err)
		}
		want, known := heads[b.Manifest.Audit.Hash]
		if !known {
			t.Fatalf("backup %d has a head that the register never had: %+v", i, b.Manifest.Audit)
		}
		seen[b.Manifest.Audit.Hash] = true
		sameRows(t, rowsOf(t, to, database), want)
	}
	if len(seen) < 2 {
		t.Errorf("all %d backups are of the same moment: nobody wrote meanwhile", backups)
	}
}

// A byte changed anywhere in a backup is found, and its file is named.
func TestFlippedBytes(t *testing.T) {
	t.Parallel()
	db := smallRegister(t)
	root := t.TempDir()
	b := mustBackUp(t, db.Dir(), root)
	var files []string
	var sizes []int
	must(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if info.Size() > 0 {
			files, sizes = append(files, path), append(sizes, int(info.Size()))
		}
		return err
	}))
	if len(files) != 4 {
		t.Fatalf("a backup of 2 attachments has the files %v", files)
	}
	flips := 200
	if testing.Short() {
		flips = 40
	}
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // of a test
	for n := range flips {
		i := n % len(files)
		at, bit := r.IntN(sizes[i]), byte(1)<<r.IntN(8)
		flip(t, files[i], at, bit)
		to := filepath.Join(t.TempDir(), "n")
		database := ""
		if n%10 == 9 {
			database = enginetest.Database(t, to) // to a server too, where there is one
		}
		err := restoreWhere(t.Context(), root, to, database)
		if err == nil || !strings.Contains(err.Error(), files[i]) {
			t.Errorf("%s with byte %d flipped by %#x: %v; want an error that names it", files[i], at, bit, err)
		}
		if _, err := os.Stat(to); !os.IsNotExist(err) {
			t.Errorf("a refused restore left %s: %v", to, err)
		}
		flip(t, files[i], at, bit)
	}
	must(t, restoreTo(t.Context(), b.Folder, filepath.Join(t.TempDir(), "n")))
}

func flip(t *testing.T, path string, at int, bits byte) {
	t.Helper()
	body, err := os.ReadFile(path)
	must(t, err)
	body[at] ^= bits
	must(t, os.WriteFile(path, body, 0o600))
}

// A second backup copies what is new; a file that the backup folder lost or that changed there is copied again.
func TestBackupIsIncremental(t *testing.T) {
	t.Parallel()
	db := smallRegister(t)
	root := t.TempDir()
	first := mustBackUp(t, db.Dir(), root)
	hash := attach(t, db, "第三份")
	second := mustBackUp(t, db.Dir(), root)
	flip(t, filepath.Join(root, "attachments", hash[:2], hash), 0, 1)
	third := mustBackUp(t, db.Dir(), root)
	for i, c := range []struct {
		r            store.BackupResult
		copied, kept int
		folder       string
	}{{first, 2, 0, "20261122-100000"}, {second, 1, 2, "20261122-100000-02"}, {third, 1, 2, "20261122-100000-03"}} {
		if c.r.Copied != c.copied || c.r.Kept != c.kept || filepath.Base(c.r.Folder) != c.folder {
			t.Errorf("backup %d in %s copied %d and kept %d, want %s, %d, %d", i+1, c.r.Folder, c.r.Copied, c.r.Kept, c.folder, c.copied, c.kept)
		}
	}
	// The folder as it is named gives the newest; a dated one gives itself, as it was.
	for from, want := range map[string]int64{root: 3, first.Folder: 2} {
		to := filepath.Join(t.TempDir(), "n")
		must(t, restoreTo(t.Context(), from, to))
		n, err := store.Open(t.Context(), to, store.Options{MustExist: true, Now: storetest.Now})
		must(t, err)
		r, err := n.Verify(t.Context(), func(string) string { return "" }, nil)
		if must(t, n.Close()); err != nil || r.Attachments != want {
			t.Errorf("restored from %s: %d attachments, %v; want %d", from, r.Attachments, err, want)
		}
	}
}

// A register that has lost a file is backed up with the rest, and the backup says so; restored, it has the same defect.
func TestBackupOfARegisterThatLostAFile(t *testing.T) {
	t.Parallel()
	db := smallRegister(t)
	hash := attach(t, db, "会丢的")
	must(t, os.Remove(filepath.Join(db.Dir(), "attachments", hash[:2], hash)))
	root := t.TempDir()
	b := mustBackUp(t, db.Dir(), root)
	if !slices.Equal(b.Manifest.Missing, []string{hash}) || b.Copied != 2 {
		t.Errorf("the manifest misses %v and %d were copied; want %s and 2", b.Manifest.Missing, b.Copied, hash)
	}
	if err := restoreTo(t.Context(), root, filepath.Join(root, "..", "n")); err == nil || !strings.Contains(err.Error(), "的文件缺失") {
		t.Errorf("restore = %v, want verify to tell", err)
	}
}

func TestBackupRefuses(t *testing.T) {
	enginetest.OnlySQLite(t, "a backup copies the data file")
	t.Parallel()
	db := smallRegister(t)
	other := t.TempDir()
	must(t, os.WriteFile(filepath.Join(other, "年报.docx"), []byte("x"), 0o600))
	link := filepath.Join(t.TempDir(), "link")
	must(t, os.Symlink(db.Dir(), link))
	zero := t.TempDir()
	must(t, os.WriteFile(filepath.Join(zero, "casebook.db"), nil, 0o600))
	text := t.TempDir()
	must(t, os.WriteFile(filepath.Join(text, "casebook.db"), []byte(strings.Repeat("not a database\n", 400)), 0o600))
	another := storetest.Open(t)
	storetest.Exec(t, another, "PRAGMA application_id = 7")
	newer := storetest.Open(t)
	storetest.Exec(t, newer, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	for _, c := range []struct{ name, from, to, want string }{
		{"into the data", db.Dir(), filepath.Join(db.Dir(), "backups"), "里面"},
		{"into the data by a link", db.Dir(), filepath.Join(link, "b"), "里面"},
		{"onto the data", db.Dir(), db.Dir(), "不能就是数据目录"},
		{"around the data", db.Dir(), filepath.Dir(db.Dir()), "里面"},
		{"among other files", db.Dir(), other, "不属于备份的“年报.docx”"},
		{"onto another register", db.Dir(), zero, "是登记册的数据目录"},
		{"no register", t.TempDir(), t.TempDir(), "没有登记册"},
		{"an empty file", zero, t.TempDir(), "0 字节"},
		{"a text file", text, t.TempDir(), "已损坏"},
		{"another program's", another.Dir(), t.TempDir(), "不是 casebook 的数据文件"},
		{"a newer program's", newer.Dir(), t.TempDir(), "请用新版程序备份"},
	} {
		before := names(t, c.to)
		if _, err := store.Backup(t.Context(), c.from, c.to, backedUp(t, c.from)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: Backup = %v, want an error with %q", c.name, err, c.want)
		}
		after := slices.DeleteFunc(names(t, c.to), func(n string) bool { return n == "backup.lock" })
		if !slices.Equal(before, after) {
			t.Errorf("%s: the folder holds %v, before %v", c.name, after, before)
		}
	}
	root := t.TempDir()
	done := storetest.Lock(t, filepath.Join(root, "backup.lock"))
	if _, err := store.Backup(t.Context(), db.Dir(), root, backedUp(t, db.Dir())); err == nil || !strings.Contains(err.Error(), "另一个 casebook backup 正在写") {
		t.Errorf("two backups at once: %v", err)
	}
	done()
	mustBackUp(t, db.Dir(), root)
}

func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	db := smallRegister(t)
	root := t.TempDir()
	first, b := mustBackUp(t, db.Dir(), root), mustBackUp(t, db.Dir(), root)
	filled := t.TempDir()
	must(t, os.WriteFile(filepath.Join(filled, "note"), nil, 0o600))
	half := filepath.Join(t.TempDir(), "20261122-100000")
	must(t, os.Mkdir(half, 0o750))
	running := t.TempDir()
	done := storetest.Lock(t, filepath.Join(running, "casebook.lock"))
	defer done()
	there := "已有登记册"
	if enginetest.Server() {
		there = "不是空的（有“attachments”）" // of the register in the database
	}
	for _, c := range []struct{ name, from, to, want string }{
		{"over a register", root, db.Dir(), there},
		{"into a folder with a file", root, filled, "不是空的（有“note”）"},
		{"while another runs there", root, running, "正被另一个 casebook 使用"},
		{"into the backups", root, filepath.Join(root, "n"), "里面"},
		{"from nothing", filepath.Join(root, "nowhere"), filepath.Join(filled, "n"), "无法读取备份目录"},
		{"from a folder without backups", filled, filepath.Join(filled, "n"), "没有完整的备份"},
		{"from half a backup", half, filepath.Join(filled, "n"), "不完整"},
	} {
		before := names(t, c.to)
		if err := restoreTo(t.Context(), c.from, c.to); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: restore = %v, want an error with %q", c.name, err, c.want)
		}
		if after := names(t, c.to); !slices.Equal(before, after) {
			t.Errorf("%s: the folder holds %v, before %v", c.name, after, before)
		}
	}
	// Lost, cut short, and what the database itself says otherwise than the manifest: each is named, and the backup before it too.
	path := filepath.Join(b.Folder, "casebook.db")
	body, err := os.ReadFile(path)
	must(t, err)
	for name, spoil := range map[string]func(){
		path + " 缺失":     func() { must(t, os.Remove(path)) },
		path + " 的大小是":   func() { must(t, os.WriteFile(path, body[:len(body)/2], 0o600)) },
		path + " 的内容已改变": func() { flip(t, path, 100, 1) },
	} {
		spoil()
		err := restoreTo(t.Context(), root, filepath.Join(filled, "n"))
		if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "更早的备份 "+first.Folder) {
			t.Errorf("restore = %v, want %q and the backup before", err, name)
		}
		must(t, os.WriteFile(path, body, 0o600))
	}
	must(t, restoreTo(t.Context(), root, filepath.Join(filled, "n")))
}

// A restore that was killed leaves a folder on which nothing starts, until the restore is run again.
func TestUnfinishedRestore(t *testing.T) {
	t.Parallel()
	db := smallRegister(t)
	want := rowsOf(t, db.Dir(), enginetest.Database(t, db.Dir()))
	root, to := t.TempDir(), t.TempDir()
	mustBackUp(t, db.Dir(), root)
	for _, half := range []string{filepath.Join(to, ".restoring", "attachments"), filepath.Join(to, "attachments", "ab")} {
		must(t, os.MkdirAll(half, 0o750))
		must(t, os.WriteFile(filepath.Join(half, "half"), []byte("x"), 0o600))
	}
	for _, opt := range []store.Options{{}, {Exclusive: true}, {MustExist: true}} {
		if n, err := store.Open(t.Context(), to, opt); err == nil || !strings.Contains(err.Error(), "重新运行 casebook restore") {
			t.Errorf("Open of half a restore = %v, %v", n, err)
		}
	}
	must(t, restoreTo(t.Context(), root, to))
	sameRows(t, rowsOf(t, to, ""), want)
	if got := names(t, to); !slices.Equal(got, []string{"attachments", "casebook.db", "casebook.lock"}) {
		t.Errorf("the restored folder holds %v", got)
	}
	// Killed after the register was in its place, it is a register.
	must(t, os.Mkdir(filepath.Join(to, ".restoring"), 0o750))
	n, err := store.Open(t.Context(), to, store.Options{Exclusive: true, Now: storetest.Now})
	must(t, err)
	must(t, n.Close())
	if got := names(t, to); slices.Contains(got, ".restoring") {
		t.Errorf("after a start the folder holds %v", got)
	}
}

// What a killed backup left goes with the next; the backups that were whole stay whole.
func TestBackupSweepsWhatWasLeft(t *testing.T) {
	t.Parallel()
	db := smallRegister(t)
	root := t.TempDir()
	first := mustBackUp(t, db.Dir(), root)
	must(t, os.Mkdir(filepath.Join(root, ".partial-1"), 0o750))
	must(t, os.WriteFile(filepath.Join(root, ".partial-1", "casebook.db"), []byte("x"), 0o600))
	must(t, os.WriteFile(filepath.Join(root, "attachments", "incoming-1"), []byte("x"), 0o600))
	second := mustBackUp(t, db.Dir(), root)
	want := []string{filepath.Base(first.Folder), filepath.Base(second.Folder), "attachments", "backup.lock"}
	if got := names(t, root); !slices.Equal(got, want) {
		t.Errorf("the backup folder holds %v, want %v", got, want)
	}
	if got := names(t, filepath.Join(root, "attachments")); slices.Contains(got, "incoming-1") {
		t.Errorf("the attachments hold %v", got)
	}
	must(t, restoreTo(t.Context(), first.Folder, filepath.Join(t.TempDir(), "n")))
}
