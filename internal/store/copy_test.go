package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

// copied copies as the command does: verified before it is in its place.
func copied(ctx context.Context, opt store.CopyOptions) error {
	opt.Now = storetest.Now
	c, err := store.BeginCopy(ctx, opt)
	if err != nil {
		return err
	}
	defer c.Abandon()
	return verifiedAndFinished(ctx, c)
}

// verifiedAndFinished verifies what was put together, and puts it in its place.
func verifiedAndFinished(ctx context.Context, c interface {
	Place() (string, store.Options)
	Finish(context.Context) error
}) error {
	dir, opt := c.Place()
	opt.Now = storetest.Now
	db, err := store.Open(ctx, dir, opt)
	if err != nil {
		return err
	}
	report, err := db.Verify(ctx, func(string) string { return "" }, nil)
	if closed := db.Close(); err == nil {
		err = closed
	}
	if err == nil && len(report.Defects) > 0 {
		err = fmt.Errorf("verify: %v", report.Defects)
	}
	if err != nil {
		return err
	}
	return c.Finish(ctx)
}

// sides of a copy: a data folder, or its database with the folder.
func fromSide(t testing.TB, dir string, opt store.CopyOptions) store.CopyOptions {
	if opt.From = enginetest.Database(t, dir); opt.From == "" {
		opt.From = dir
	} else {
		opt.FromFiles = dir
	}
	return opt
}

// oddTexts are values that a text format of a copy, or an encoding, could spoil.
var oddTexts = []string{"", " ", `\N`, `\\n\t"''`, "a\tb\nc\r\n\x1f\x01", "𠮷野家🐖", "NULL", "é́", strings.Repeat("长", 70_000)}

// fullRegister is a small register with what is easily lost on the way: odd texts, a record that was deleted, numbers of all sizes.
func fullRegister(t *testing.T) *store.DB {
	t.Helper()
	db := smallRegister(t)
	for i, s := range oddTexts {
		storetest.Write(t, db, func(tx *store.Tx) error { return tx.SetSetting(fmt.Sprint("odd", i), s) })
	}
	storetest.Exec(t, db, "UPDATE farms SET longitude = 112.30000000000001, latitude = -0.1, area_m2 = 1e300 WHERE id = 1")
	storetest.Exec(t, db, `INSERT INTO publications (version, created_at, updated_at, name, url, published_on, published_on_latest, sha256, size, imported_by)
		VALUES (1, '', '', '', '', '', '', '', 9223372036854775807, ''), (-9223372036854775808, '', '', '', '', '', '', '', 0, '')`)
	// An id of a deleted record does not come back. What names one too many for the counters is taken away again.
	storetest.Write(t, db, func(tx *store.Tx) error {
		x := registry.Attachment{Entity: "case", EntityID: 1, Filename: "b.txt", SHA256: strings.Repeat("ab", 32), Size: 1, CreatedAt: storetest.Now}
		_, err := tx.InsertAttachment(&x, "")
		return err
	})
	storetest.Exec(t, db, "DELETE FROM attachments WHERE sha256 = $1", strings.Repeat("ab", 32))
	return db
}

// nextAttachment is the id that the next attachment gets.
func nextAttachment(t *testing.T, dir string, opt store.Options) (id registry.AttachmentID) {
	t.Helper()
	opt.Now = storetest.Now
	db, err := store.Open(t.Context(), dir, opt)
	must(t, err)
	defer db.Close() //nolint:errcheck // of a test
	storetest.Write(t, db, func(tx *store.Tx) error {
		x := registry.Attachment{Entity: "case", EntityID: 1, Filename: "c.txt", SHA256: strings.Repeat("cd", 32), Size: 1, CreatedAt: storetest.Now}
		_, err := tx.InsertAttachment(&x, "")
		id = x.ID
		return err
	})
	storetest.Read(t, db, func(tx *store.Tx) error { // and search finds as before
		x, err := store.Cases.Get(tx, 1)
		if err != nil {
			return err
		}
		if ids, err := tx.CaseIDs(store.CaseFilter{Q: x.Title}, 0, 10); err != nil || len(ids) == 0 {
			t.Errorf("a search for %q finds %v, %v", x.Title, ids, err)
		}
		return nil
	})
	return id
}

// A register goes from the file to a server, to a file, to another server and back, row by row the same, and goes on where it was.
func TestCopyThereAndBack(t *testing.T) {
	t.Parallel()
	db := fullRegister(t)
	want := rowsOf(t, db.Dir(), enginetest.Database(t, db.Dir()))
	top := t.TempDir()
	file := filepath.Join(top, "file")
	must(t, copied(t.Context(), fromSide(t, db.Dir(), store.CopyOptions{To: file})))
	sameRows(t, rowsOf(t, file, ""), want)
	again := filepath.Join(top, "again")
	if !enginetest.Server() {
		must(t, copied(t.Context(), store.CopyOptions{From: file, To: again}))
	} else {
		server := filepath.Join(top, "server")
		address := enginetest.Database(t, server)
		must(t, copied(t.Context(), store.CopyOptions{From: file, To: address, ToFiles: server}))
		sameRows(t, rowsOf(t, server, address), want)
		must(t, copied(t.Context(), store.CopyOptions{From: address, FromFiles: server, To: again}))
		// Its folder is its own, so a server starts on it, and on no other.
		n, err := store.Open(t.Context(), server, store.Options{Database: address, Exclusive: true, Now: storetest.Now})
		must(t, err)
		must(t, n.Close())
		if got := nextAttachment(t, server, store.Options{Database: address}); got != 4 {
			t.Errorf("the next attachment on the server has the id %d, want 4", got)
		}
	}
	sameRows(t, rowsOf(t, again, ""), want)
	if a, b := sequencesOf(t, file), sequencesOf(t, again); a != b || !strings.Contains(a, "attachments 3") {
		t.Errorf("the counters of ids are %s, and were %s", b, a)
	}
	if got := nextAttachment(t, again, store.Options{}); got != 4 {
		t.Errorf("the next attachment has the id %d, want 4", got)
	}
}

func sequencesOf(t *testing.T, dir string) string {
	t.Helper()
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "casebook.db"))
	must(t, err)
	defer raw.Close() //nolint:errcheck // of a test
	list, err := texts(raw, "SELECT name || ' ' || seq FROM sqlite_sequence ORDER BY name")
	must(t, err)
	return strings.Join(list, ", ")
}

// What may not be overwritten is not, and stays as it was.
func TestCopyRefuses(t *testing.T) {
	t.Parallel()
	db := smallRegister(t)
	filled := t.TempDir()
	must(t, os.WriteFile(filepath.Join(filled, "note"), nil, 0o600))
	held := t.TempDir()
	done := storetest.Lock(t, filepath.Join(held, "casebook.lock"))
	defer done()
	file := filepath.Join(t.TempDir(), "file")
	must(t, copied(t.Context(), fromSide(t, db.Dir(), store.CopyOptions{To: file})))
	older := filepath.Join(t.TempDir(), "older")
	must(t, copied(t.Context(), fromSide(t, db.Dir(), store.CopyOptions{To: older})))
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(older, "casebook.db"))
	must(t, err)
	_, err = raw.Exec("DELETE FROM goose_db_version WHERE version_id >= 32")
	must(t, err)
	must(t, raw.Close())
	for want, opt := range map[string]store.CopyOptions{
		"已有登记册":             fromSide(t, db.Dir(), store.CopyOptions{To: file}),
		"不是空的（有“note”）":     fromSide(t, db.Dir(), store.CopyOptions{To: filled}),
		"正被另一个 casebook 使用": fromSide(t, db.Dir(), store.CopyOptions{To: held}),
		"里没有登记册":            {From: filled, To: filepath.Join(filled, "n")},
		"请先用本程序打开一次":        {From: older, To: filepath.Join(filled, "n")},
		"里面":                {From: file, To: filepath.Join(file, "n")},
	} {
		before := names(t, opt.To)
		if err := copied(t.Context(), opt); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("copy to %s = %v, want %s", opt.To, err, want)
		}
		if after := names(t, opt.To); strings.Join(after, " ") != strings.Join(before, " ") {
			t.Errorf("after %q the folder holds %v, before %v", want, after, before)
		}
	}
}

// A database that holds anything, or that somebody has open, is no target.
func TestCopyRefusesDatabases(t *testing.T) {
	enginetest.OnlyPostgres(t)
	t.Parallel()
	db := smallRegister(t)
	file := filepath.Join(t.TempDir(), "file")
	must(t, copied(t.Context(), fromSide(t, db.Dir(), store.CopyOptions{To: file})))
	stopped, foreign := storetest.Dir(t), t.TempDir()
	must(t, enginetest.Exec(t, foreign, "CREATE TABLE letters (id INTEGER)"))
	function := t.TempDir()
	must(t, enginetest.Exec(t, function, "CREATE FUNCTION one() RETURNS INTEGER LANGUAGE sql RETURN 1"))
	for want, dir := range map[string]string{"正被另一个 casebook 使用": db.Dir(), "已有登记册": stopped, "别的程序的表": foreign, "不是空的": function} {
		opt := store.CopyOptions{From: file, To: enginetest.Database(t, dir), ToFiles: filepath.Join(t.TempDir(), "n")}
		if err := copied(t.Context(), opt); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("copy = %v, want %s", err, want)
		}
		if _, err := os.Stat(opt.ToFiles); !os.IsNotExist(err) {
			t.Errorf("a refused copy left %s", opt.ToFiles)
		}
	}
	n, err := store.Open(t.Context(), stopped, storetest.Options(t, stopped)) // as it was
	must(t, err)
	must(t, n.Close())
	must(t, enginetest.Exec(t, foreign, "DROP TABLE letters"))
	// What PostgreSQL cannot keep is named, and nothing stays there.
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(file, "casebook.db"))
	must(t, err)
	_, err = raw.Exec("INSERT INTO settings (name, value) VALUES ('odd', ?)", "a\x00b")
	must(t, err)
	must(t, raw.Close())
	nul := t.TempDir()
	if err := copied(t.Context(), store.CopyOptions{From: file, To: enginetest.Database(t, nul), ToFiles: nul}); err == nil || !strings.Contains(err.Error(), "表 settings 的 value 列里有 PostgreSQL 不能保存的文字") {
		t.Errorf("a copy of a NUL character = %v", err)
	}
	opt := store.CopyOptions{From: file, To: enginetest.Database(t, foreign), ToFiles: file}
	if err := copied(t.Context(), opt); err == nil || !strings.Contains(err.Error(), "请放在另一个目录") {
		t.Errorf("copy into the folder it comes from = %v", err)
	}
}

// Interrupted at any table, a copy leaves nothing, or on a server that cannot be reached what nobody takes for a register; run again it ends.
func TestCopyInterrupted(t *testing.T) {
	t.Parallel()
	db := fullRegister(t)
	want := rowsOf(t, db.Dir(), enginetest.Database(t, db.Dir()))
	file := filepath.Join(t.TempDir(), "file")
	ctx, stop := context.WithCancel(t.Context())
	opt := fromSide(t, db.Dir(), store.CopyOptions{To: file, Progress: func(what, table string, _ int64) {
		if what == "复制" && table == "documents" {
			stop()
		}
	}})
	if err := copied(ctx, opt); err == nil || !strings.Contains(err.Error(), "复制被中断") || !strings.Contains(err.Error(), "没有留下任何内容") {
		t.Errorf("an interrupted copy = %v", err)
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("an interrupted copy left %v", names(t, file))
	}
	// Killed, it leaves a folder on which nothing starts.
	must(t, os.MkdirAll(filepath.Join(file, ".copying"), 0o750))
	for _, o := range []store.Options{{}, {Exclusive: true}, {MustExist: true}} {
		if n, err := store.Open(t.Context(), file, o); err == nil || !strings.Contains(err.Error(), "重新运行 casebook copy") {
			t.Errorf("Open of half a copy = %v, %v", n, err)
		}
	}
	opt.Progress = nil
	must(t, copied(t.Context(), opt))
	sameRows(t, rowsOf(t, file, ""), want)
	if !enginetest.Server() {
		return
	}
	for _, c := range []struct{ what, table string }{{"复制", "cases"}, {"复制", "search_cases"}, {"核对", "audit_log"}} {
		server := filepath.Join(t.TempDir(), "server")
		address := enginetest.Database(t, server)
		proxy, through := enginetest.Through(t, server)
		opt := store.CopyOptions{From: file, To: through, ToFiles: server, Progress: func(what, table string, _ int64) {
			if what == c.what && table == c.table {
				proxy.Down(true)
			}
		}}
		if err := copied(t.Context(), opt); err == nil || !strings.Contains(err.Error(), "“未完成”的标记") {
			t.Errorf("a copy whose line is cut at %v = %v", c, err)
		}
		for _, o := range []store.Options{{}, {Exclusive: true}, {MustExist: true}} {
			o.Database = address
			if n, err := store.Open(t.Context(), server, o); err == nil || !strings.Contains(err.Error(), "重新运行 casebook copy") {
				t.Errorf("Open of half a copy = %v, %v", n, err)
			}
		}
		if err := copied(t.Context(), store.CopyOptions{From: address, FromFiles: server, To: filepath.Join(t.TempDir(), "n")}); err == nil || !strings.Contains(err.Error(), "内容不完整") {
			t.Errorf("a copy of half a copy = %v", err)
		}
		must(t, copied(t.Context(), store.CopyOptions{From: file, To: address, ToFiles: server}))
		sameRows(t, rowsOf(t, server, address), want)
	}
	// Ctrl-C with the server there empties the database again.
	server := filepath.Join(t.TempDir(), "server")
	ctx, stop = context.WithCancel(t.Context())
	err := copied(ctx, store.CopyOptions{From: file, To: enginetest.Database(t, server), ToFiles: server, Progress: func(_, table string, _ int64) {
		if table == "cases" {
			stop()
		}
	}})
	if err == nil || !strings.Contains(err.Error(), "没有留下任何内容") {
		t.Errorf("an interrupted copy = %v", err)
	}
	raw := enginetest.Raw(t, server)
	defer raw.Close() //nolint:errcheck // of a test
	if left, err := texts(raw, "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace UNION ALL SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"); err != nil || len(left) > 0 {
		t.Errorf("an interrupted copy left %v, %v", left, err)
	}
}

// A register that somebody writes to is copied as it was at one moment.
func TestCopyUnderWrites(t *testing.T) {
	t.Parallel()
	db := smallRegister(t)
	before := rowsOf(t, db.Dir(), enginetest.Database(t, db.Dir()))
	file, wrote := filepath.Join(t.TempDir(), "file"), false
	must(t, copied(t.Context(), fromSide(t, db.Dir(), store.CopyOptions{To: file, Progress: func(what, table string, _ int64) {
		if !wrote {
			wrote = true
			attach(t, db, "在复制时")
		}
	}})))
	if !wrote {
		t.Fatal("nobody wrote")
	}
	sameRows(t, rowsOf(t, file, ""), before)
	if now := rowsOf(t, db.Dir(), enginetest.Database(t, db.Dir())); now["audit_log"] == before["audit_log"] {
		t.Error("the register was not written to")
	}
}
