package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // for databases of tests, and for Exec

	"casebook/internal/store"
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

// newDatabase makes a database, from a template where one is named.
func newDatabase(template string) (name string, err error) {
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

func address(name string) string {
	u, err := url.Parse(os.Getenv("CASEBOOK_TEST_DB"))
	if err != nil {
		panic(err)
	}
	u.Path = "/" + name
	return u.String()
}

// belongs makes a database that of a data folder, until the end of the test.
func belongs(t testing.TB, dir, template string) {
	t.Helper()
	name, err := newDatabase(template)
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
		belongs(t, dir, "")
		return Database(t, dir)
	}
	return address(name)
}

// OnlySQLite skips a test of what SQLite alone has.
func OnlySQLite(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CASEBOOK_TEST_DB") != "" {
		t.Skip("PostgreSQL has none of it: " + what)
	}
}

// OnlyPostgres skips a test of what PostgreSQL alone has.
func OnlyPostgres(t testing.TB) {
	t.Helper()
	if os.Getenv("CASEBOOK_TEST_DB") == "" {
		t.Skip("it takes a PostgreSQL server: CASEBOOK_TEST_DB=postgres://…")
	}
}

// Template is a register that tests begin with, made once a process: to migrate a new one costs more than most tests.
type Template struct {
	Fill func(db *store.DB) error // what is in it; nil: nothing

	once     sync.Once
	file     []byte
	database string
	err      error
}

// Copy puts the register into a folder.
func (p *Template) Copy(t testing.TB, dir string) {
	t.Helper()
	p.once.Do(func() { p.err = p.make() })
	if p.err != nil {
		t.Fatal(p.err)
	}
	if p.database != "" {
		belongs(t, dir, p.database)
		return
	}
	if err := os.WriteFile(filepath.Join(dir, fileName), p.file, 0o600); err != nil {
		t.Fatal(err)
	}
}

func (p *Template) make() error {
	dir, err := os.MkdirTemp("", "casebook-storetest-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary directory
	opt := store.Options{Now: Now}
	if db, err := server(); err != nil {
		return err
	} else if db != nil {
		if p.database, err = newDatabase(""); err != nil {
			return err
		}
		opt.Database = address(p.database)
	}
	db, err := store.Open(context.Background(), dir, opt)
	if err != nil {
		return err
	}
	if p.Fill != nil {
		if err := p.Fill(db); err != nil {
			return err
		}
	}
	if err := db.Close(); err != nil || p.database != "" {
		return err
	}
	p.file, err = os.ReadFile(filepath.Join(dir, fileName))
	return err
}

// execWithoutReferences tries a statement as it is, and then without foreign keys: that takes the other triggers away too.
func execWithoutReferences(t testing.TB, raw *sql.DB, query string, args []any) {
	t.Helper()
	_, err := raw.Exec(query, args...)
	if err == nil {
		return
	}
	raw.SetMaxOpenConns(1)
	if _, set := raw.Exec("SET session_replication_role = replica"); set != nil {
		t.Fatalf("%s: %v; %v", query, err, set)
	}
	if _, err := raw.Exec(query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}
