package store_test

import (
	"database/sql"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

// Whoever adds a step to one engine adds its counterpart, under the same number, to the other.
func TestMigrationsHaveEqualNumbers(t *testing.T) {
	const baseline = 34 // PostgreSQL's first step is all of SQLite's up to it
	numbers := func(engine string) (list []int) {
		files, err := os.ReadDir(filepath.Join("migrations", engine))
		must(t, err)
		for _, f := range files {
			digits, _, _ := strings.Cut(f.Name(), "_")
			n, err := strconv.Atoi(digits)
			must(t, err)
			if n >= baseline {
				list = append(list, n)
			}
		}
		return list
	}
	if file, server := numbers("sqlite"), numbers("postgres"); !slices.Equal(file, server) {
		t.Errorf("steps from %d on: %v in migrations/sqlite, %v in migrations/postgres", baseline, file, server)
	}
}

// The schemas of both engines have the same tables, columns with their kind, whether they may be NULL and what stands in them by default,
// unique keys and references. The index of search terms is each engine's own, and SQLite keeps the text of a search packed.
func TestSchemasAgree(t *testing.T) {
	enginetest.OnlyPostgres(t)
	t.Parallel()
	dir := t.TempDir()
	db, err := store.Open(t.Context(), dir, store.Options{Now: storetest.Now})
	must(t, err)
	must(t, db.Close())
	file, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "casebook.db"))
	must(t, err)
	defer file.Close() //nolint:errcheck // of a test
	server := enginetest.Raw(t, storetest.Dir(t))
	defer server.Close() //nolint:errcheck // of a test
	a, b := map[string]bool{}, map[string]bool{}
	for _, q := range schemaQuestions {
		for from, to := range map[*sql.DB]map[string]bool{file: a, server: b} {
			query := q.sqlite
			if from == server {
				query = q.postgres
			}
			lines, err := texts(from, query)
			must(t, err)
			if len(lines) < 20 {
				t.Errorf("%s: %d lines of it", q.what, len(lines))
			}
			for _, l := range lines {
				to[q.what+" "+l] = true
			}
		}
	}
	for _, l := range slices.Sorted(maps.Keys(a)) {
		if !b[l] {
			t.Errorf("SQLite alone has: %s", l)
		}
	}
	for _, l := range slices.Sorted(maps.Keys(b)) {
		if !a[l] {
			t.Errorf("PostgreSQL alone has: %s", l)
		}
	}
	// What PostgreSQL alone can get wrong: texts that do not order by their bytes.
	if wrong, err := texts(server, `SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
		JOIN pg_collation l ON l.oid = a.attcollation WHERE a.attnum > 0 AND l.collname <> 'C'`); err != nil || len(wrong) > 0 {
		t.Errorf("columns without COLLATE \"C\": %v, %v", wrong, err)
	}
}

// Tables of one engine alone: FTS5 makes some of its own, and goose's log differs.
const (
	ownOfSQLite   = `(SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'goose_db_version')`
	ownOfPostgres = `(SELECT oid, relname::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'goose_db_version'
		AND relname NOT IN ('search_cases', 'search_farms', 'search_inspections', 'search_parties'))`
)

var schemaQuestions = []struct{ what, sqlite, postgres string }{
	{"column",
		`SELECT t.name || '.' || c.name || ' ' || c.type || CASE WHEN c."notnull" OR c.pk > 0 THEN ' NOT NULL' ELSE '' END || COALESCE(' DEFAULT ' || c.dflt_value, '')
			FROM ` + ownOfSQLite + ` t JOIN pragma_table_xinfo(t.name) c`,
		`SELECT t.name || '.' || a.attname || ' ' || CASE format_type(a.atttypid, NULL) WHEN 'bigint' THEN 'INTEGER' WHEN 'text' THEN CASE t.name || '.' || a.attname WHEN 'search_texts.text' THEN 'BLOB' ELSE 'TEXT' END WHEN 'double precision' THEN 'REAL'
				WHEN 'bytea' THEN 'BLOB' ELSE format_type(a.atttypid, NULL) END || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
				|| COALESCE(' DEFAULT ' || replace(CASE WHEN a.attgenerated = '' AND t.name || '.' || a.attname <> 'bureau.id' THEN pg_get_expr(d.adbin, d.adrelid) END, '::text', ''), '')
			FROM ` + ownOfPostgres + ` t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum`},
	{"unique",
		`SELECT t.name || ' ' || (SELECT group_concat(c.name, ', ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) c) || CASE WHEN i.partial THEN ' partly' ELSE '' END
				FROM ` + ownOfSQLite + ` t JOIN pragma_index_list(t.name) i WHERE i."unique"
			UNION SELECT t.name || ' ' || (SELECT group_concat(c.name, ', ') FROM (SELECT name FROM pragma_table_info(t.name) WHERE pk > 0 ORDER BY pk) c) FROM ` + ownOfSQLite + ` t
				WHERE EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE pk > 0)`,
		`SELECT t.name || ' ' || (SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(i.indkey) WITH ORDINALITY AS k (num, n) JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.num)
				|| CASE WHEN i.indpred IS NOT NULL THEN ' partly' ELSE '' END
			FROM ` + ownOfPostgres + ` t JOIN pg_index i ON i.indrelid = t.oid AND i.indisunique`},
	{"reference",
		`SELECT t.name || '.' || f."from" || ' ' || f."table" FROM ` + ownOfSQLite + ` t JOIN pragma_foreign_key_list(t.name) f`,
		`SELECT t.name || '.' || a.attname || ' ' || c.confrelid::regclass::text FROM ` + ownOfPostgres + ` t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype = 'f'
			JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]`},
}
