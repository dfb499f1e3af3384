package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// Every row of the tables of what rests on what has a query that runs.
func TestEveryRestIsFound(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	reading(t, db, func(tx *Tx) error {
		for entity, rests := range registry.RestsOn {
			if len(resting[entity]) != len(rests) {
				t.Errorf("%s: %d queries for %d rows", entity, len(resting[entity]), len(rests))
			}
			if _, err := tx.Resting(entity, 1); err != nil {
				t.Error(err)
			}
		}
		for entity, rests := range registry.RestsOnPart {
			if len(restingOnPart[entity]) != len(rests) {
				t.Errorf("part %s: %d queries for %d rows", entity, len(restingOnPart[entity]), len(rests))
			}
			if _, err := tx.RestingOnPart(entity, 1, 1); err != nil {
				t.Error(err)
			}
		}
		return nil
	})
}

// What is asked at each create, and what the desk counts, is read from indexes.
func TestSameAndCountsUseIndexes(t *testing.T) {
	enginetest.OnlySQLite(t, "SQLite's plans")
	var queries []string
	db := open(t, t.TempDir(), Options{Trace: func(q string) { queries = append(queries, q) }})
	lng, lat := 112.0, 22.0
	f := registry.Farm{Name: "甲场", DistrictCode: "440785", Permit: registry.Approval{Number: "X"}, Place: registry.Place{Longitude: &lng, Latitude: &lat}}
	reading(t, db, func(tx *Tx) error {
		queries = nil
		if _, err := tx.SameFarms(&f); err != nil {
			return err
		}
		if _, err := tx.SameCodes(&registry.Party{CreditCode: "A", IDNumber: "B"}); err != nil {
			return err
		}
		if _, err := tx.CountByDistrict([]registry.District{{Code: "440785"}}); err != nil {
			return err
		}
		asked := append([]string(nil), queries...)
		if len(asked) < 6 {
			t.Errorf("only %d questions", len(asked))
		}
		for _, q := range asked {
			plan := planOf(t, tx, q)
			if strings.Contains(plan, "SCAN") && !strings.Contains(plan, "COVERING INDEX") {
				t.Errorf("%s\nis answered by\n%s", q, plan)
			}
		}
		return nil
	})
}

func planOf(t *testing.T, tx *Tx, q string) string {
	t.Helper()
	rows, err := tx.conn.QueryContext(tx.ctx, "EXPLAIN QUERY PLAN "+q, make([]any, strings.Count(q, "$"))...)
	if err != nil {
		t.Fatal(q, err)
	}
	defer rows.Close() //nolint:errcheck // of a test
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, detail)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(plan, "\n")
}

// A register from before keeps its farms, and finds them by the folded name afterwards.
func TestUpgradeNamesTheFarms(t *testing.T) {
	enginetest.OnlySQLite(t, "registers of older schemas")
	ctx, dir := context.Background(), t.TempDir()
	raw, err := sql.Open("sqlite", writerDSN(filepath.Join(dir, fileName)))
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, raw, files, goose.WithGoMigrations(numberKeys, voids))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(ctx, 28); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{fmt.Sprintf("PRAGMA application_id = %d", applicationID), insertOf(t, raw, "farms", map[string]string{
		"id": "7", "name": "'恩平（绿源） 猪场'", "district_code": "'440785'", "herds": "'[]'", "facilities": "'[]'", "created_at": "'2026-11-22T02:00:00.000Z'", "updated_at": "'2026-11-22T02:00:00.000Z'"})} {
		if _, err := raw.ExecContext(ctx, q); err != nil {
			t.Fatal(q, err)
		}
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	db := open(t, dir, Options{})
	reading(t, db, func(tx *Tx) error {
		list, err := tx.SameFarms(&registry.Farm{Name: "恩平(绿源)猪场", DistrictCode: "440785"})
		if err != nil || len(list) != 1 || list[0].ID != 7 {
			t.Errorf("found %+v, %v; want farm 7", list, err)
		}
		x, err := Farms.Get(tx, 7)
		if err != nil || x.IsVoid() || x.MergedInto != 0 || x.Name != "恩平（绿源） 猪场" {
			t.Errorf("the farm is %+v, %v", x, err)
		}
		return nil
	})
}

// insertOf writes an INSERT of a row that has these values and nothing in the other columns that must have something.
func insertOf(t *testing.T, raw *sql.DB, table string, values map[string]string) string {
	t.Helper()
	rows, err := raw.Query("SELECT name, type FROM pragma_table_info($1) WHERE \"notnull\" = 1 AND dflt_value IS NULL", table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // of a test
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			t.Fatal(err)
		}
		if values[name] == "" {
			values[name] = map[bool]string{true: "1", false: "''"}[kind == "INTEGER"]
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	var names, list []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		names, list = append(names, name), append(list, values[name])
	}
	return fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(names, ", "), strings.Join(list, ", "))
}

func reading(t *testing.T, db *DB, fn func(tx *Tx) error) {
	t.Helper()
	if err := db.Read(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}
