package store

import (
	"database/sql"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// The lists that a few cases or inspections choose go through those alone, not through all records of a kind, also while the planner has no
// statistics.
func TestPlansOfWhatBelongsToACase(t *testing.T) {
	enginetest.OnlySQLite(t, "SQLite's plans")
	db := open(t, t.TempDir(), Options{})
	read := func(fn func(tx *Tx) error) {
		t.Helper()
		if err := db.Read(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	read(func(tx *Tx) error {
		for _, q := range []struct {
			query string
			uses  []string
			args  []any
		}{
			{"SELECT id FROM documents " + documentsOnInspection, []string{"case_inspections_inspection", "documents_case"}, []any{1, registry.DocMonitoringTold}},
			{"SELECT id FROM documents WHERE case_id = $1 AND kind = $2 ORDER BY seq, id", []string{"documents_case"}, []any{1, registry.DocRecheck}},
			{"SELECT id FROM documents WHERE inspection_id = $1 ORDER BY id", []string{"documents_inspection"}, []any{1}},
			{"SELECT id FROM evidence WHERE case_id IN ($1, $2) OR inspection_id IN ($3, $4) ORDER BY seq, id", []string{"evidence_case", "evidence_inspection"}, []any{1, 2, 3, 4}},
			{"SELECT id FROM attachments WHERE entity = 'inspection' AND entity_id IN ($1, $2) ORDER BY entity_id, id", []string{"attachments_entity"}, []any{1, 2}},
		} {
			var plan []string
			if err := tx.each(func(rows *sql.Rows) error {
				var id, parent, unused int
				var step string
				err := rows.Scan(&id, &parent, &unused, &step)
				plan = append(plan, step)
				return err
			}, "EXPLAIN QUERY PLAN "+q.query, q.args...); err != nil {
				return err
			}
			steps := strings.Join(plan, "\n")
			for _, index := range q.uses {
				if !strings.Contains(steps, index) || strings.Contains(steps, "SCAN") || strings.Contains(steps, "documents_kind") {
					t.Errorf("%s\nis planned as\n%s\nwant it to use %s", q.query, steps, index)
				}
			}
		}
		return nil
	})
}

// A re-check's document is found by its inspection; the one that tells a result by the inspection that its case rests on.
func TestDocumentsOfInspections(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	write(t, db, func(tx *Tx) error {
		if err := Farms.Insert(tx, &registry.Farm{Name: "场"}, testTime); err != nil {
			return err
		}
		for range 2 {
			if err := Inspections.Insert(tx, &registry.Inspection{FarmID: 1}, testTime); err != nil {
				return err
			}
		}
		for _, visits := range [][]registry.InspectionID{{1}, {1, 2}, nil} {
			if err := Cases.Insert(tx, &registry.Case{Title: "案", Inspections: visits}, testTime); err != nil {
				return err
			}
		}
		for i, d := range []registry.Document{{CaseID: 1, Kind: registry.DocMonitoringTold}, {CaseID: 2, Kind: registry.DocRecheck, InspectionID: 2}, {CaseID: 2, Kind: registry.DocMonitoringTold},
			{CaseID: 3, Kind: registry.DocMonitoringTold}, {CaseID: 2, Kind: registry.DocRecheck}} {
			d.Seq = int64(9 - i)
			if err := Documents.Insert(tx, &d, testTime); err != nil {
				return err
			}
		}
		return nil
	})
	read := func(fn func(tx *Tx) error) {
		t.Helper()
		if err := db.Read(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	read(func(tx *Tx) error {
		for _, c := range []struct {
			name string
			list func() ([]registry.Document, error)
			want string
		}{
			{"told, of the first inspection", func() ([]registry.Document, error) { return tx.DocumentsOnInspection(1, registry.DocMonitoringTold) }, "[3 1]"},
			{"told, of the second", func() ([]registry.Document, error) { return tx.DocumentsOnInspection(2, registry.DocMonitoringTold) }, "[3]"},
			{"that name the second", func() ([]registry.Document, error) { return tx.DocumentsNaming(2) }, "[2]"},
			{"that name the first", func() ([]registry.Document, error) { return tx.DocumentsNaming(1) }, "[]"},
			{"re-checks of the case", func() ([]registry.Document, error) { return tx.DocumentsOfKind(2, registry.DocRecheck) }, "[5 2]"},
		} {
			list, err := c.list()
			if got, err := idsOf(Documents, list, err); got != c.want || err != nil {
				t.Errorf("documents %s: %s, %v; want %s", c.name, got, err, c.want)
			}
		}
		return nil
	})
}
