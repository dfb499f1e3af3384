package store_test

import (
	"fmt"
	"net/url"
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

// onServer is an empty register of the newest schema on the server, closed, and how it is opened.
func onServer(t *testing.T) (dir string, opt store.Options) {
	t.Helper()
	enginetest.OnlyPostgres(t)
	t.Parallel()
	dir = storetest.Dir(t)
	return dir, storetest.Options(t, dir)
}

func changed(t *testing.T, address string, change func(u *url.URL)) string {
	t.Helper()
	u, err := url.Parse(address)
	must(t, err)
	change(u)
	return u.String()
}

// What keeps a database from being opened is told in words, with what to do, and nothing is changed in it.
func TestServerRefuses(t *testing.T) {
	dir, opt := onServer(t)
	good := opt.Database
	exec := func(s string) {
		t.Helper()
		must(t, enginetest.Exec(t, dir, s))
	}
	for _, c := range []struct {
		name, address, want string
		before, after       string
		must                bool
	}{
		{"nobody listens", changed(t, good, func(u *url.URL) { u.Host = "127.0.0.1:1" }), "连不上数据库服务器 127.0.0.1:1/", "", "", false},
		{"another password", changed(t, good, func(u *url.URL) { u.User = url.UserPassword("postgres", "wrong secret") }), "不接受这个用户：用户名或密码不对", "", "", false},
		{"no such database", changed(t, good, func(u *url.URL) { u.Path = "/casebook_none" }), "没有 " + "127", "", "", false},
		{"no such schema", good + "?search_path=casebook_none", "没有可用的模式", "", "", false},
		{"not an address", "postgres://[", "读不懂 --db", "", "", false},
		{"another kind of address", "mysql://a/b", "--db 应写成 postgres://", "", "", false},
		{"a newer schema", good, "由较新的 casebook 建立（结构第 9999 版", "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)", "DELETE FROM goose_db_version WHERE version_id = 9999", false},
		{"another program's", good, "里是别的程序的表", "COMMENT ON TABLE audit_head IS NULL", "COMMENT ON TABLE audit_head IS 'casebook'", false},
		{"an empty one, for a command that reads", good + "?search_path=none", "里没有登记册", "CREATE SCHEMA none", "DROP SCHEMA none", true},
		{"an upgrade that cannot be made", good, "失败，数据仍是第", "DELETE FROM goose_db_version WHERE version_id > 0", "INSERT INTO goose_db_version (version_id, is_applied) SELECT v, true FROM generate_series(34, 62) v", false},
	} {
		if c.before != "" {
			exec(c.before)
		}
		o := opt
		o.Database, o.MustExist = c.address, c.must
		db, err := store.Open(t.Context(), t.TempDir(), o)
		if err == nil {
			must(t, db.Close())
		}
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "postgres:casebook") {
			t.Errorf("%s: %v; want %s", c.name, err, c.want)
		}
		if c.after != "" {
			exec(c.after)
		}
	}
	db, err := store.Open(t.Context(), dir, opt) // as it was
	must(t, err)
	must(t, db.Close())
}

// While a server runs, another program does not change the schema under it; a connection that comes after a change is refused.
func TestSchemaUnderARunningServer(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for 10 seconds")
	}
	dir, opt := onServer(t)
	db, err := store.Open(t.Context(), dir, opt)
	must(t, err)
	defer db.Close() //nolint:errcheck // of a test
	newWorld(t, db)
	must(t, enginetest.Exec(t, dir, "UPDATE goose_db_version SET version_id = 7 WHERE version_id > 0"))
	if _, err := store.Open(t.Context(), dir, opt); err == nil || !strings.Contains(err.Error(), "结构是第 7 版") || !strings.Contains(err.Error(), "还有旧版 casebook 连着（127.0.0.1）") {
		t.Errorf("a second server of another schema: %v", err)
	}
	storetest.Write(t, db, func(tx *store.Tx) error { // the running one goes on
		x := registry.Campaign{Origin: registry.OriginField, Name: "清源", Year: 2026}
		return store.Campaigns.Insert(tx, &x, storetest.Now)
	})
	must(t, enginetest.Exec(t, dir, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'casebook'"))
	if err := storetest.Try(db, func(*store.Tx) error { return nil }); err == nil || !strings.Contains(err.Error(), "改为第 7 版") {
		t.Errorf("a new connection after the change: %v", err)
	}
}

// A server that was away is found again; a request that meets it away is told so, and nothing of it stays.
func TestServerAway(t *testing.T) {
	dir, opt := onServer(t)
	proxy, address := enginetest.Through(t, dir)
	opt.Database = address
	db, err := store.Open(t.Context(), dir, opt)
	must(t, err)
	defer db.Close() //nolint:errcheck // of a test
	newWorld(t, db)
	proxy.Cut() // between requests: nobody notices
	storetest.Read(t, db, func(tx *store.Tx) error {
		_, err := store.Farms.Get(tx, 1)
		return err
	})
	must(t, db.Ready(t.Context(), storetest.Now))
	campaign := registry.Campaign{Origin: registry.OriginField, Name: "清源", Year: 2026}
	err = storetest.Try(db, func(tx *store.Tx) error {
		if err := store.Campaigns.Insert(tx, &campaign, storetest.Now); err != nil {
			return err
		}
		proxy.Down(true)
		_, err := store.Campaigns.Get(tx, int64(campaign.ID))
		return err
	})
	for name, err := range map[string]error{"a write in the middle": err, "a write": storetest.Try(db, func(*store.Tx) error { return nil }),
		"a read": db.Read(t.Context(), func(*store.Tx) error { return nil }), "readiness": db.Ready(t.Context(), storetest.Now.Add(time.Minute))} {
		if registry.KindOf(err) != registry.KindUnavailable || !strings.Contains(err.Error(), "连不上数据库服务器，没有写入任何内容") {
			t.Errorf("%s while the server is away: %v", name, err)
		}
	}
	proxy.Down(false)
	must(t, db.Ready(t.Context(), storetest.Now.Add(2*time.Minute)))
	storetest.Read(t, db, func(tx *store.Tx) error {
		if there, err := store.Campaigns.Exists(tx, int64(campaign.ID)); err != nil || there {
			t.Errorf("a write that was cut is there: %v, %v", there, err)
		}
		return nil
	})
}

// The line is cut during COMMIT: the outcome is unknown, and said to be. Who repeats it with the same UUID finds the record, or makes it.
func TestCutDuringCommit(t *testing.T) {
	for _, answered := range []bool{false, true} {
		t.Run(fmt.Sprint("answered ", answered), func(t *testing.T) {
			dir, opt := onServer(t)
			proxy, address := enginetest.Through(t, dir)
			opt.Database = address
			db, err := store.Open(t.Context(), dir, opt)
			must(t, err)
			defer db.Close() //nolint:errcheck // of a test
			create := func() (found bool, err error) {
				err = storetest.Try(db, func(tx *store.Tx) error {
					const uid = "0191e6a0-0000-7000-8000-000000000001"
					if _, found, err = store.Campaigns.ByUID(tx, uid); err != nil || found {
						return err
					}
					x := registry.Campaign{Origin: registry.OriginField, Name: "清源", Year: 2026}
					x.ClientUID = uid
					return store.Campaigns.Insert(tx, &x, storetest.Now)
				})
				return found, err
			}
			proxy.LoseCommit(answered)
			if _, err := create(); registry.KindOf(err) != registry.KindUnavailable || !strings.Contains(err.Error(), "可能已经写入，也可能没有") {
				t.Errorf("a cut during COMMIT: %v", err)
			}
			found, err := create()
			if err != nil || found != answered {
				t.Errorf("the repetition finds a record: %v, %v; want %v", found, err, answered)
			}
			if found, err := create(); err != nil || !found {
				t.Errorf("the second repetition finds a record: %v, %v", found, err)
			}
		})
	}
}

// A write waits for the write lock, and not for ever.
func TestWriteLockHeldByAnother(t *testing.T) {
	dir, opt := onServer(t)
	opt.Database += "?lock_timeout=300ms"
	a, err := store.Open(t.Context(), dir, opt)
	must(t, err)
	defer a.Close() //nolint:errcheck // of a test
	b, err := store.Open(t.Context(), dir, opt)
	must(t, err)
	defer b.Close() //nolint:errcheck // of a test
	err = storetest.Try(a, func(*store.Tx) error {
		return storetest.Try(b, func(*store.Tx) error { return nil })
	})
	if registry.KindOf(err) != registry.KindUnavailable || !strings.Contains(err.Error(), "正被另一项操作占用") {
		t.Errorf("a write beside another: %v", err)
	}
	storetest.Write(t, b, func(*store.Tx) error { return nil })
}

// A database that takes no changes, as a standby, is none for a server; it can be read, and who writes is told.
func TestReadOnlyDatabase(t *testing.T) {
	dir, opt := onServer(t)
	opt.Database += "?default_transaction_read_only=on"
	server := opt
	server.Exclusive = true
	if db, err := store.Open(t.Context(), dir, server); err == nil || !strings.Contains(err.Error(), "是只读的：连到了备机") {
		t.Errorf("Open for a server: %v, %v", db, err)
	}
	db, err := store.Open(t.Context(), dir, opt)
	must(t, err)
	defer db.Close() //nolint:errcheck // of a test
	storetest.Read(t, db, func(tx *store.Tx) error {
		_, _, err := tx.CountCases(store.CaseFilter{})
		return err
	})
	err = storetest.Try(db, func(tx *store.Tx) error {
		return store.Campaigns.Insert(tx, &registry.Campaign{Origin: registry.OriginField, Name: "清源", Year: 2026}, storetest.Now)
	})
	for name, err := range map[string]error{"a write": err, "readiness": db.Ready(t.Context(), storetest.Now)} {
		if registry.KindOf(err) != registry.KindUnavailable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A transaction in which a statement failed is not committed, though its closure goes on: PostgreSQL's own COMMIT would say nothing.
func TestWriteThatGoesOnAfterAFailure(t *testing.T) {
	dir, opt := onServer(t)
	db, err := store.Open(t.Context(), dir, opt)
	must(t, err)
	defer db.Close() //nolint:errcheck // of a test
	err = storetest.Try(db, func(tx *store.Tx) error {
		x := registry.Campaign{Origin: registry.OriginField, Name: "清源", Year: 2026}
		if err := store.Campaigns.Insert(tx, &x, storetest.Now); err != nil {
			return err
		}
		x.ID, x.OrganID = 0, 99
		if err := store.Campaigns.Insert(tx, &x, storetest.Now); registry.KindOf(err) != registry.KindConflict {
			t.Errorf("a campaign of no organ: %v", err)
		}
		return nil
	})
	if err == nil {
		t.Error("a write that lost a statement was acknowledged")
	}
}

// What no text of PostgreSQL can hold is the user's to correct.
func TestCharactersThatCannotBeKept(t *testing.T) {
	dir, opt := onServer(t)
	db, err := store.Open(t.Context(), dir, opt)
	must(t, err)
	defer db.Close() //nolint:errcheck // of a test
	for _, name := range []string{"清\x00源", "清\xff源"} {
		err := storetest.Try(db, func(tx *store.Tx) error {
			x := registry.Campaign{Origin: registry.OriginField, Name: name, Year: 2026}
			return store.Campaigns.Insert(tx, &x, storetest.Now)
		})
		if registry.KindOf(err) != registry.KindInvalid {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// A folder of attachments belongs to one register: a server of another would sweep its files.
func TestAttachmentsOfAnother(t *testing.T) {
	dir, opt := onServer(t)
	opt.Exclusive = true
	db, err := store.Open(t.Context(), dir, opt)
	must(t, err)
	_, _, err = db.SaveFile(strings.NewReader("证据"), 100)
	must(t, err)
	must(t, db.Close())
	another := storetest.Dir(t)
	for want, prepare := range map[string]func(){
		"另一个登记册的附件": func() {}, "却没有说明属于哪个登记册": func() { must(t, os.Rename(filepath.Join(dir, "casebook.register"), filepath.Join(dir, "kept"))) },
	} {
		prepare()
		o := storetest.Options(t, another)
		o.Exclusive = true
		if db, err := store.Open(t.Context(), dir, o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open = %v, %v; want %s", db, err, want)
		}
		_ = os.Rename(filepath.Join(dir, "kept"), filepath.Join(dir, "casebook.register"))
	}
	db, err = store.Open(t.Context(), dir, opt)
	must(t, err)
	must(t, db.Close())
}

// Two servers write to one register at once: the chain has no gap and no fork, and what each read while it wrote was the newest.
func TestTwoServersWrite(t *testing.T) {
	dir, opt := onServer(t)
	const each = 30
	var servers [2]*store.DB
	for i := range servers {
		db, err := store.Open(t.Context(), dir, opt)
		must(t, err)
		defer db.Close() //nolint:errcheck // of a test
		servers[i] = db
	}
	newWorld(t, servers[0])
	var before int64
	storetest.Read(t, servers[0], func(tx *store.Tx) (err error) {
		before, _, err = tx.AuditHead()
		return err
	})
	edits := func(db *store.DB, who int) error {
		for n := range each {
			if err := storetest.Try(db, func(tx *store.Tx) error {
				x, err := store.Farms.Get(tx, 1)
				if err != nil {
					return err
				}
				x.Note = fmt.Sprint(who, n)
				if err := store.Farms.Update(tx, &x, storetest.Now); err != nil { // stale, had another changed it since it was read
					return err
				}
				return tx.Record(store.Event{Actor: registry.CommandLine, At: storetest.Now, Action: "修改", Entity: "farm", EntityID: 1, Version: x.Version}, &x)
			}); err != nil {
				return err
			}
		}
		return nil
	}
	done := make(chan error)
	for who, db := range servers {
		go func() { done <- edits(db, who) }()
	}
	for range servers {
		must(t, <-done)
	}
	n, defects, err := servers[1].VerifyAudit(t.Context())
	if err != nil || len(defects) > 0 || n != before+2*each {
		t.Errorf("VerifyAudit = %d, %q, %v; want %d entries", n, defects, err, before+2*each)
	}
}
