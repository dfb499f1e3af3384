package store_test

import (
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

var update = flag.Bool("update", false, "draw testdata/schema.md anew")

// TestSchemaPicture draws the tables as the migrations leave them, and holds the picture in testdata to it.
func TestSchemaPicture(t *testing.T) {
	enginetest.OnlySQLite(t, "the picture is drawn from SQLite's catalogue")
	db, err := sql.Open("sqlite", filepath.Join(storetest.Dir(t), "casebook.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // only read
	picture, err := drawSchema(db)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(picture, "violations }o--|| cases : case_id\n") {
		t.Errorf("the picture does not lead from a violation to its case:\n%s", picture)
	}
	file := filepath.Join("..", "..", "testdata", "schema.md")
	if *update {
		if err := os.WriteFile(file, []byte(picture), 0o644); err != nil { //nolint:gosec // a picture for everyone to read
			t.Fatal(err)
		}
	}
	if kept, err := os.ReadFile(file); err != nil || string(kept) != picture {
		t.Errorf("%s is not the schema that the migrations make (%v); draw it anew: go test ./internal/store -run Schema -update", file, err)
	}
}

// drawSchema writes every table with how many columns it has, and every foreign key, as a Mermaid diagram. What the search index keeps
// for itself and the migrations' own log are left out. The questions are SQLite's, like the folder of migrations that they are put to.
func drawSchema(db *sql.DB) (string, error) {
	var entities, keys strings.Builder
	tables, err := texts(db, `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%' ORDER BY name`)
	if err != nil {
		return "", err
	}
	for _, table := range tables {
		columns, err := texts(db, `SELECT name FROM pragma_table_info($1) ORDER BY cid`, table)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&entities, "    %s[\"%s (%d)\"]\n", table, table, len(columns))
		// Required columns lead to exactly one row, others to one at most.
		list, err := texts(db, `SELECT CASE WHEN c."notnull" THEN '}o--|| ' ELSE '}o--o| ' END || f."table" || ' : ' || f."from"
			FROM pragma_foreign_key_list($1) f JOIN pragma_table_info($1) c ON c.name = f."from" ORDER BY f."from"`, table)
		if err != nil {
			return "", err
		}
		for _, key := range list {
			fmt.Fprintf(&keys, "    %s %s\n", table, key)
		}
	}
	return fmt.Sprintf("# The tables\n\nMade from the migrations by `go test ./internal/store -run Schema -update`. In brackets stands how many columns a table has.\n\n"+
		"```mermaid\nerDiagram\n%s%s```\n", entities.String(), keys.String()), nil
}

// texts are the rows of a question with one column.
func texts(db *sql.DB, query string, args ...any) (list []string, err error) {
	rows, err := db.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err tells
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}
