package store

import (
	"context"
	"database/sql"
	"fmt"
	"hash/maphash"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebook/internal/store/enginetest"
)

// What integrity_check finds of indexes, rowsAgree does not pass: an entry that is missing, one that says another value, one in a wrong place, a key twice; nor one too many,
// of which integrity_check says nothing.
func TestIndexesAgree(t *testing.T) {
	const tables = `CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT NOT NULL, n INTEGER, r REAL, b BLOB);
		CREATE INDEX a_name ON a(name, id DESC); CREATE INDEX a_part ON a(n DESC) WHERE n > 2 AND name <> 'x, )'; CREATE INDEX a_whole ON a((name || ','), r, b);
		CREATE TABLE w (k TEXT, s INTEGER, v TEXT, PRIMARY KEY (k, s)) WITHOUT ROWID; CREATE UNIQUE INDEX w_v ON w(v, s);
		WITH RECURSIVE c(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c WHERE i < 500)
		INSERT INTO a SELECT i, 'n' || (i % 7), CASE i % 5 WHEN 0 THEN NULL ELSE i % 9 END, i / 4.0, CASE i % 3 WHEN 0 THEN NULL ELSE zeroblob(i % 11) END FROM c;
		INSERT INTO w SELECT name, id, 'v' || id FROM a;`
	// A statement that a table or an index does not see, since it is under another name or rule while it runs.
	blind := func(find, replace string, statements ...string) []string {
		edit := "UPDATE sqlite_schema SET sql = replace(sql, '" + find + "', '" + replace + "')"
		back := "UPDATE sqlite_schema SET sql = replace(sql, '" + replace + "', '" + find + "')"
		return slices.Concat([]string{"PRAGMA writable_schema = ON", edit, "PRAGMA writable_schema = RESET"}, statements,
			[]string{"PRAGMA writable_schema = ON", back, "PRAGMA writable_schema = RESET"})
	}
	for _, c := range []struct {
		name   string
		tamper []string
		agree  bool
	}{
		{"nothing", nil, true},
		{"rows come, change and go", []string{"DELETE FROM a WHERE id % 7 = 3", "UPDATE a SET n = 3, r = 8 WHERE id > 200", "INSERT INTO w VALUES ('z', 1, NULL), ('z', 2, NULL)"}, true},
		{"an entry is missing", blind("n > 2", "n > 9", "UPDATE a SET n = 4 WHERE id = 10"), false},
		{"an entry too many", blind("n > 2", "n > 0", "UPDATE a SET n = 1 WHERE id = 10"), false},
		{"another value", blind("name || '',''", "name || '';''", "UPDATE a SET name = 'other' WHERE id = 3"), false},
		{"another order", blind("n DESC", "n /*c*/", "INSERT INTO a (name, n) VALUES ('y', 100)"), false},
		{"a key twice", blind("CREATE UNIQUE INDEX w_v", "CREATE INDEX w_v", "INSERT INTO w VALUES ('twice', 5, 'v5')"), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, db := fileOf(t, append([]string{tables}, c.tamper...)...)
			var said string
			if err := db.QueryRowContext(t.Context(), "PRAGMA integrity_check(20)").Scan(&said); err != nil || said != "ok" && c.agree {
				t.Fatalf("integrity_check says %q: %v", said, err)
			}
			if agree, _, err := rowsAgree(context.Background(), path); agree != c.agree || err != nil {
				t.Errorf("agree %v, %v, where integrity_check says %q", agree, err, said)
			}
			var defects []string
			if err := run(t.Context(), newHandle(inSQLite{}, db, false, 1, nil), func(tx *Tx) error {
				return inSQLite{}.verifyStructure(tx, func(format string, args ...any) { defects = append(defects, fmt.Sprintf(format, args...)) })
			}); err != nil || (len(defects) == 0) != c.agree {
				t.Errorf("the structure's defects are %q (%v)", defects, err)
			}
		})
	}
}

// The indexes of a register are all read: none is left to integrity_check for its words or its rules.
func TestIndexesOfARegister(t *testing.T) {
	enginetest.OnlySQLite(t, "indexes of a file")
	db := open(t, t.TempDir(), Options{})
	newSide(t, db, "恩平", "440785")
	if indexes, references, err := rowsAgree(context.Background(), filepath.Join(db.dir, fileName)); !indexes || !references || err != nil {
		t.Errorf("indexes agree %v, references %v, %v", indexes, references, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	b, err := openBelow(filepath.Join(db.dir, fileName))
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	tables, _, err := b.checkedTables()
	if err != nil || len(tables) < 60 {
		t.Errorf("%d tables, %v", len(tables), err)
	}
	n := 0
	if _, err := b.scan(ctx, maphash.MakeSeed(), true, 1, "WITH RECURSIVE c(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c WHERE i < 9999) SELECT i FROM c", func(_, _ []checkedValue) bool { n++; return true }); err == nil || n != giveUpAfter {
		t.Errorf("%d rows were read of a check that was given up: %v", n, err)
	}
	if _, _, err := indexWords("CREATE INDEX a ON b(c) -- , d"); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("a comment: %v", err)
	}
}

// What foreign_key_check finds, rowsAgree does not pass; of references that it cannot tell it says no, and foreign_key_check is asked.
func TestReferencesAgree(t *testing.T) {
	const tables = `CREATE TABLE a (id INTEGER PRIMARY KEY, up INTEGER REFERENCES a(id)); CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER REFERENCES a(id), n INTEGER);
		CREATE TABLE c (k TEXT PRIMARY KEY, s INTEGER REFERENCES b(id)) WITHOUT ROWID; CREATE INDEX b_n ON b(n);
		INSERT INTO a VALUES (1, NULL), (70, 1), (-3, 70); INSERT INTO b VALUES (5, 70, 1), (6, NULL, 2), (7, -3, 3); INSERT INTO c VALUES ('x', 5), ('y', NULL);`
	for _, c := range []struct {
		name, tamper string
		told         bool
		defects      int
	}{
		{"nothing", "", true, 0},
		{"a row is gone", "DELETE FROM a WHERE id = 70", false, 2},
		{"of its own table", "UPDATE a SET up = 2 WHERE id = 1", false, 1},
		{"of a table without an index", "UPDATE c SET s = 8 WHERE k = 'y'", false, 1},
		{"a text", "UPDATE b SET a = 'one' WHERE id = 5", false, 1},
		{"half a number", "UPDATE b SET a = 0.5 WHERE id = 5", false, 1},
		{"of a text", "CREATE TABLE d (k TEXT REFERENCES c(k)); INSERT INTO d VALUES ('x')", false, 0},
		{"of a text that is not there", "CREATE TABLE d (k TEXT REFERENCES c(k)); INSERT INTO d VALUES ('z')", false, 1},
		{"of no table", "CREATE TABLE d (k INTEGER REFERENCES e(id)); INSERT INTO d VALUES (1)", false, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, db := fileOf(t, tables, c.tamper)
			if indexes, references, err := rowsAgree(context.Background(), path); !indexes || references != c.told || err != nil {
				t.Errorf("indexes agree %v, references %v, %v", indexes, references, err)
			}
			var defects []string
			if err := run(t.Context(), newHandle(inSQLite{}, db, false, 1, nil), func(tx *Tx) error {
				return inSQLite{}.verifyStructure(tx, func(format string, args ...any) { defects = append(defects, fmt.Sprintf(format, args...)) })
			}); err != nil || len(defects) != c.defects {
				t.Errorf("the structure's defects are %q (%v), want %d", defects, err, c.defects)
			}
		})
	}
}

// fileOf makes a database by statements.
func fileOf(t *testing.T, statements ...string) (path string, db *sql.DB) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "x.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { mustDo(t, db.Close()) })
	for _, statement := range statements {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	return path, db
}
