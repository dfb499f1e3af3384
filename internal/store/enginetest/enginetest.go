// Package enginetest gives tests a database of the engine under test: an SQLite file in the data folder, or, where CASEBOOK_TEST_DB names a
// PostgreSQL server, a database there. It knows nothing of the store, so that the store's own tests can use it. It must not be used outside tests.
package enginetest

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // for databases of tests, and for Exec
	_ "modernc.org/sqlite"             // for Exec
)

// The engine under test is SQLite, or the PostgreSQL server whose address CASEBOOK_TEST_DB holds, as a user who may make databases. There
// each register of a test is a database of its own, copied from a template and dropped with the test.

// server is the PostgreSQL server under test; nil for SQLite.
var server = sync.OnceValues(func() (*sql.DB, error) {
	address := os.Getenv("CASEBOOK_TEST_DB")
	if address == "" {
		return nil, nil
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		return nil, err
	}
	return db, dropOld(db)
})

const ofTests = "casebook_test_"

// dropOld drops the databases of processes that have ended: a template is not dropped by a test.
func dropOld(db *sql.DB) error {
	rows, err := db.Query("SELECT datname FROM pg_database WHERE datname LIKE $1", ofTests+"%")
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err tells
	var old []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		id, _, _ := strings.Cut(strings.TrimPrefix(name, ofTests), "_")
		if pid, err := strconv.Atoi(id); err == nil && pid != os.Getpid() {
			if p, err := os.FindProcess(pid); err != nil || p.Signal(syscall.Signal(0)) != nil {
				old = append(old, name)
			}
		}
	}
	for _, name := range old {
		_, _ = db.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)") // another process may do it just now
	}
	return rows.Err()
}

var made struct {
	sync.Mutex
	n    int
	dirs map[string]string // the database of a data folder
}

// New makes a database, from a template where one is named.
func New(template string) (name string, err error) {
	db, err := server()
	if err != nil {
		return "", err
	}
	made.Lock()
	made.n++
	name = fmt.Sprintf("%s%d_%d", ofTests, os.Getpid(), made.n)
	made.Unlock()
	statement := "CREATE DATABASE " + name + " ENCODING 'UTF8' TEMPLATE "
	if template == "" {
		template = "template0"
	}
	if _, err := db.Exec(statement + template); err != nil {
		return "", fmt.Errorf("make a database for a test: %w", err)
	}
	return name, nil
}

// Address is how a database is opened.
func Address(name string) string {
	u, err := url.Parse(os.Getenv("CASEBOOK_TEST_DB"))
	if err != nil {
		panic(err)
	}
	u.Path = "/" + name
	return u.String()
}

// Give makes a database that of a data folder, until the end of the test.
func Give(t testing.TB, dir, template string) {
	t.Helper()
	name, err := New(template)
	if err != nil {
		t.Fatal(err)
	}
	made.Lock()
	defer made.Unlock()
	if made.dirs == nil {
		made.dirs = map[string]string{}
	}
	made.dirs[dir] = name
	t.Cleanup(func() {
		db, _ := server()
		if _, err := db.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
		made.Lock()
		defer made.Unlock()
		delete(made.dirs, dir)
	})
}

// Given tells whether a data folder has a database.
func Given(dir string) bool {
	made.Lock()
	defer made.Unlock()
	return made.dirs[dir] != ""
}

// Database is the address of a data folder's database: an empty one where none was copied there. It is empty on SQLite, where the register lies in
// the folder.
func Database(t testing.TB, dir string) string {
	t.Helper()
	if db, err := server(); err != nil {
		t.Fatal(err)
	} else if db == nil {
		return ""
	}
	made.Lock()
	name := made.dirs[dir]
	made.Unlock()
	if name == "" {
		Give(t, dir, "")
		return Database(t, dir)
	}
	return Address(name)
}

// Server tells whether a PostgreSQL server is under test.
func Server() bool { return os.Getenv("CASEBOOK_TEST_DB") != "" }

// OnlySQLite skips a test of what SQLite alone has.
func OnlySQLite(t testing.TB, what string) {
	t.Helper()
	if Server() {
		t.Skip("PostgreSQL has none of it: " + what)
	}
}

// OnlyPostgres skips a test of what PostgreSQL alone has.
func OnlyPostgres(t testing.TB) {
	t.Helper()
	if !Server() {
		t.Skip("it takes a PostgreSQL server: CASEBOOK_TEST_DB=postgres://…")
	}
}

// Raw opens the database of a data folder beside the store, as a tool would. In SQLite references are not held to.
func Raw(t testing.TB, dir string) *sql.DB {
	t.Helper()
	driver, address := "pgx", Database(t, dir)
	if address == "" {
		driver, address = "sqlite", "file:"+filepath.ToSlash(filepath.Join(dir, "casebook.db"))+"?_pragma=busy_timeout(10000)&_pragma=foreign_keys(0)"
	}
	raw, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// PostgreSQL names the table of a trigger; ours are named after it.
var dropTrigger = regexp.MustCompile(`^DROP TRIGGER (\w+?)_no_\w+$`)

// Exec runs a statement in the database of a data folder, without the rules of references.
func Exec(t testing.TB, dir, query string, args ...any) error {
	t.Helper()
	raw := Raw(t, dir)
	defer raw.Close() //nolint:errcheck // of a test
	if Server() {
		query = dropTrigger.ReplaceAllString(query, "$0 ON $1")
	}
	_, err := raw.Exec(query, args...)
	if refused := (*pgconn.PgError)(nil); errors.As(err, &refused) && refused.Code == "23503" { // that takes the other triggers away too
		raw.SetMaxOpenConns(1)
		if _, err = raw.Exec("SET session_replication_role = replica"); err == nil {
			_, err = raw.Exec(query, args...)
		}
	}
	return err
}
