package store

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// analysed are the figures that the planner has of an index; empty where it has none.
func analysed(t *testing.T, db *DB, index string) (stat string) {
	t.Helper()
	read(t, db, func(tx *Tx) error {
		var have bool
		if err := tx.one([]any{&have}, "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1')"); err != nil || !have {
			return err
		}
		err := tx.one([]any{&stat}, "SELECT stat FROM sqlite_stat1 WHERE idx = $1", index)
		if noRows(err) {
			return nil
		}
		return err
	})
	return stat
}

// insertFarms adds n farms, each of another name, with a transaction for every hundred.
func insertFarms(t *testing.T, db *DB, from, n int) {
	t.Helper()
	for i := from; i < from+n; i += 100 {
		write(t, db, func(tx *Tx) error {
			for j := i; j < i+100; j++ {
				if err := Farms.Insert(tx, &registry.Farm{Name: fmt.Sprint("场", j), DistrictCode: "440785"}, testTime); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// Statistics come with the rows: a load needs no call, a connection that was open before reads by them, and a small register has none until a
// server opens it.
func TestStatisticsFollowTheRows(t *testing.T) {
	enginetest.OnlySQLite(t, "sqlite_stat1")
	dir := t.TempDir()
	db := open(t, dir, Options{})
	insertFarms(t, db, 0, 100)
	if got := analysed(t, db, "farms_name"); got != "" {
		t.Errorf("statistics of 100 farms: %q", got)
	}
	var old *conn
	read(t, db, func(tx *Tx) error { old = tx.conn; return nil })
	insertFarms(t, db, 100, 900)
	if got := analysed(t, db, "farms_name"); got == "" {
		t.Error("no statistics after a load")
	}
	for range cap(db.reader.free) {
		read(t, db, func(tx *Tx) error {
			if tx.conn == old {
				t.Error("a connection from before the statistics still reads")
			}
			return nil
		})
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open("sqlite", writerDSN(dir+"/"+fileName))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec("DELETE FROM sqlite_stat1"); err != nil {
		t.Fatal(err)
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir, Options{MustExist: true})
	if got := analysed(t, db, "farms_name"); got != "" {
		t.Errorf("a command that reads made statistics: %q", got)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir, Options{Exclusive: true})
	db.Upkeep(t.Context())
	if got := analysed(t, db, "farms_name"); got == "" {
		t.Error("no statistics after a server opened the register")
	}
	if n, err := db.analyse(t.Context()); err != nil || n > 12 {
		t.Errorf("right after: %d tables are stale, %v", n, err) // those with an index that holds no row are, always
	}
}

// What is kept for counts and for the lists of a type follows every change of a row, however it is written.
func TestTalliesFollowTheRows(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	ours, theirs := newSide(t, db, "恩平", "440785"), newSide(t, db, "开平", "440783")
	voiding := registry.Voidable{Voided: registry.Voiding{Reason: "误登", At: testTime, By: "a"}}
	odor := registry.Violation{CaseID: ours.cas.ID, Seq: 2, TypeCode: "ODOR", Facts: "恶臭"}
	again := registry.Violation{CaseID: ours.cas.ID, Seq: 3, TypeCode: "ODOR", Facts: "恶臭"}
	tell := func() string {
		var lines []string
		read(t, db, func(tx *Tx) error {
			defects := []string{}
			if err := tx.verifyTallies(func(format string, args ...any) { defects = append(defects, fmt.Sprintf(format, args...)) }); err != nil {
				return err
			}
			if len(defects) > 0 {
				t.Errorf("verify: %v", defects)
			}
			counts, err := tx.CountByDistrict([]registry.District{{Code: "440783"}, {Code: "440785"}})
			for _, c := range counts {
				lines = append(lines, fmt.Sprint(c.Farms, c.Checks, c.Cases, c.OnTheWay, c.Ended))
			}
			if err != nil {
				return err
			}
			tx.Narrow(ours.branch)
			counts, err = tx.CountByDistrict([]registry.District{{Code: "440783"}, {Code: "440785"}})
			for _, c := range counts {
				lines = append(lines, fmt.Sprint("own ", c.Code, " ", c.Cases))
			}
			tx.Narrow(nil)
			if err != nil {
				return err
			}
			found, _, err := tx.Cases(CaseFilter{TypeCode: "ODOR"}, Page{Limit: 5})
			for _, c := range found {
				lines = append(lines, fmt.Sprint("ODOR ", c.ID, " ", c.FoundOn))
			}
			return err
		})
		return strings.Join(lines, "; ")
	}
	for _, c := range []struct {
		name string
		do   func(tx *Tx) error
		want string
	}{
		{"as made", func(*Tx) error { return nil }, "1 1 1 0 1; 1 1 1 0 1; own 440785 1"},
		{"a violation", func(tx *Tx) error { return Violations.Insert(tx, &odor, testTime) }, "1 1 1 0 1; 1 1 1 0 1; own 440785 1; ODOR 1 2025-03-01"},
		{"another of the type", func(tx *Tx) error { return Violations.Insert(tx, &again, testTime) }, "1 1 1 0 1; 1 1 1 0 1; own 440785 1; ODOR 1 2025-03-01"},
		{"the first deleted", func(tx *Tx) error { return Violations.Delete(tx, &odor) }, "1 1 1 0 1; 1 1 1 0 1; own 440785 1; ODOR 1 2025-03-01"},
		{"found on another day", func(tx *Tx) error {
			ours.cas.FoundOn = registry.Day(2025, 4, 2)
			return Cases.Update(tx, &ours.cas, testTime)
		}, "1 1 1 0 1; 1 1 1 0 1; own 440785 1; ODOR 1 2025-04-02"},
		{"no longer of the type", func(tx *Tx) error {
			again.TypeCode = "CARCASS"
			return Violations.Update(tx, &again, testTime)
		}, "1 1 1 0 1; 1 1 1 0 1; own 440785 1"},
		{"its decision deleted", func(tx *Tx) error {
			if err := Payments.Delete(tx, &ours.payment); err != nil {
				return err
			}
			if err := Penalties.Delete(tx, &ours.penalty); err != nil {
				return err
			}
			return Documents.Delete(tx, &ours.document)
		}, "1 1 1 0 1; 1 1 1 1 0; own 440785 1"},
		{"handed over", func(tx *Tx) error {
			theirs.cas.HandlingOrganID = ours.organ.ID
			return Cases.Update(tx, &theirs.cas, testTime)
		}, "1 1 1 0 1; 1 1 1 1 0; own 440785 2"},
		{"a case voided", func(tx *Tx) error {
			ours.cas.Voidable = voiding
			return Cases.Update(tx, &ours.cas, testTime)
		}, "1 1 1 0 1; 1 1 0 0 0; own 440785 1"},
		{"an inspection voided, a farm merged", func(tx *Tx) error {
			ours.inspection.Voidable = voiding
			ours.farm.MergedInto = theirs.farm.ID
			if err := Inspections.Update(tx, &ours.inspection, testTime); err != nil {
				return err
			}
			return Farms.Update(tx, &ours.farm, testTime)
		}, "1 1 1 0 1; 0 0 0 0 0; own 440785 1"},
		{"all as before", func(tx *Tx) error {
			ours.cas.Voidable, ours.inspection.Voidable, ours.farm.MergedInto = registry.Voidable{}, registry.Voidable{}, 0
			if err := Cases.Update(tx, &ours.cas, testTime); err != nil {
				return err
			}
			if err := Inspections.Update(tx, &ours.inspection, testTime); err != nil {
				return err
			}
			return Farms.Update(tx, &ours.farm, testTime)
		}, "1 1 1 0 1; 1 1 1 1 0; own 440785 2"},
	} {
		write(t, db, c.do)
		if got := tell(); got != c.want {
			t.Errorf("%s: %s; want %s", c.name, got, c.want)
		}
	}
}

// A register from before has what is kept of its rows after the upgrade.
func TestUpgradeTalliesTheRows(t *testing.T) {
	enginetest.OnlySQLite(t, "registers of older schemas")
	dir := t.TempDir()
	db := open(t, dir, Options{})
	newSide(t, db, "恩平", "440785")
	grow(t, db, 60)
	kept := func(db *DB) (list []string) {
		read(t, db, func(tx *Tx) error {
			for _, q := range []string{"SELECT noun || ' ' || code || ' ' || stage || ' ' || n FROM tallies WHERE n > 0", "SELECT type_code || ' ' || found_on || ' ' || case_id FROM case_types",
				"SELECT way || ' ' || key || ' ' || n FROM party_keys", "SELECT span || ' ' || period || ' ' || organ_id || ' ' || branch || ' ' || n FROM due_tallies",
				"SELECT way || ' ' || key || ' ' || district_code || ' ' || n FROM farm_keys", "SELECT officer_id || ' ' || due_on || ' ' || case_id FROM case_officers"} {
				if err := tx.each(func(rows *sql.Rows) error {
					var s string
					err := rows.Scan(&s)
					list = append(list, s)
					return err
				}, q); err != nil {
					return err
				}
			}
			return nil
		})
		return slices.Sorted(slices.Values(list))
	}
	want := kept(db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	goDown(t, dir)
	db = open(t, dir, Options{})
	if got := kept(db); !slices.Equal(got, want) || len(got) < 60 {
		t.Errorf("kept after the upgrade:\n%v\nwant\n%v", got, want)
	}
}

// goDown takes a register that is closed back to schema 30.
func goDown(t *testing.T, dir string) {
	t.Helper()
	raw, err := sql.Open("sqlite", writerDSN(dir+"/"+fileName))
	if err != nil {
		t.Fatal(err)
	}
	down := append(slices.Clone(plainHistory), "DROP TABLE case_types", "DROP TABLE tallies", "DROP TABLE party_keys", "DROP TABLE due_tallies", "DROP TABLE farm_keys", "DROP INDEX parties_masked", "DROP INDEX cases_campaign",
		"ALTER TABLE case_officers RENAME TO desk", "CREATE TABLE case_officers (officer_id INTEGER NOT NULL, case_id INTEGER NOT NULL, PRIMARY KEY (officer_id, case_id))",
		"INSERT INTO case_officers SELECT officer_id, case_id FROM desk", "DROP TABLE desk",
		"CREATE INDEX cases_district_stage ON cases(district_code)", "CREATE INDEX violations_type ON violations(type_code)", "CREATE INDEX parties_name ON parties(name)",
		"CREATE INDEX documents_kind ON documents(kind)", "DROP INDEX documents_added", "DROP INDEX inspections_kind", "DROP INDEX inspections_result",
		"DROP INDEX inspections_origin", "DROP INDEX farms_zone", "DROP INDEX farms_origin", "DELETE FROM goose_db_version WHERE version_id >= 32")
	rows, err := raw.Query("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND (sql LIKE '%tallies%' OR sql LIKE '%case_types%' OR sql LIKE '%_keys%')")
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		down = append([]string{"DROP TRIGGER IF EXISTS " + name}, down...)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for _, s := range slices.Concat(toSchema34, down) {
		if _, err := raw.Exec(s); err != nil {
			t.Fatal(s, err)
		}
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
}
