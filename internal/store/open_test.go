package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

// A register whose schema cannot be brought up to date says so, is left as it was, and has its copy beside it.
func TestUpgradeThatFails(t *testing.T) {
	enginetest.OnlySQLite(t, "a copy of the data file before an upgrade")
	t.Parallel()
	db := storetest.Open(t)
	newWorld(t, db)
	storetest.Exec(t, db, "DELETE FROM goose_db_version WHERE version_id >= 56") // whose tables are there: they cannot be made again
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if again, err := store.Open(t.Context(), db.Dir(), storetest.Options(t, db.Dir())); err == nil || !strings.Contains(err.Error(), "升级数据结构到第") {
		t.Errorf("Open = %v, %v; want the upgrade to fail", again, err)
	}
	kept, err := filepath.Glob(filepath.Join(db.Dir(), "backups", "before-upgrade-*-20261122-020000.db"))
	if err != nil || len(kept) != 1 {
		t.Errorf("copies before the upgrade: %v, %v; want one", kept, err)
	}
}

func TestOpenRefusesAnothersFile(t *testing.T) {
	enginetest.OnlySQLite(t, "the mark in the data file")
	t.Parallel()
	db := storetest.Open(t)
	storetest.Exec(t, db, "PRAGMA application_id = 7")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), db.Dir(), store.Options{}); err == nil || !strings.Contains(err.Error(), "不是 casebook 的数据文件（标识 0x7）") {
		t.Errorf("Open = %v", err)
	}
	dir := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), dir, store.Options{}); err == nil || !strings.Contains(err.Error(), "file") {
		t.Errorf("Open of a file as directory = %v", err)
	}
}

// What is found at an inspection is found by a search for its case, also when it is corrected later.
func TestCaseIsFoundByItsInspection(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db)
	storetest.Write(t, db, func(tx *store.Tx) error {
		w.inspection.Findings = "暗管"
		return store.Inspections.Update(tx, &w.inspection, storetest.Now)
	})
	for q, want := range map[string]int{"渗坑": 0, "暗管": 1} {
		storetest.Read(t, db, func(tx *store.Tx) error {
			if n, _, err := tx.CountCases(store.CaseFilter{Q: q}); err != nil || n != want {
				t.Errorf("cases with %s: %d, %v; want %d", q, n, err, want)
			}
			return nil
		})
	}
	err := storetest.Try(db, func(tx *store.Tx) error {
		return store.Inspections.Insert(tx, &registry.Inspection{FarmID: 99}, storetest.Now)
	})
	if registry.KindOf(err) != registry.KindConflict && registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("an inspection of no farm: %v", err)
	}
}
