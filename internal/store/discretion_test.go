package store

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// A kept 裁量 sheet is evidence: the schema itself refuses to change or remove it, and verify finds what was changed beside it.
func TestDiscretionSheetsAreImmutable(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	result := registry.Yuan(300_000)
	c := registry.Case{Title: "案", DistrictCode: "440785", Origin: registry.OriginField}
	v := registry.Violation{TypeCode: "WATER_EVASION", Facts: "排放", Seq: 1}
	x := registry.DiscretionSheet{TableID: "GD-2.8.1", Answers: "f0=2", Result: &result, Sheet: json.RawMessage(`{"result_fen":30000000,"proposed_fen":null}`),
		Instrument: "粤环发〔2021〕7号", ValidFrom: registry.Day(2022, 1, 1), ValidTo: registry.Day(2026, 12, 31), MadeBy: "甲", Note: "偷排"}
	write(t, db, func(tx *Tx) error {
		if err := Cases.Insert(tx, &c, testTime); err != nil {
			return err
		}
		v.CaseID = c.ID
		if err := Violations.Insert(tx, &v, testTime); err != nil {
			return err
		}
		x.CaseID, x.ViolationID = c.ID, v.ID
		return DiscretionSheets.Insert(tx, &x, testTime)
	})
	read := func(fn func(tx *Tx) error) {
		t.Helper()
		if err := db.Read(context.Background(), fn); err != nil {
			t.Fatal(err)
		}
	}
	read(func(tx *Tx) error {
		list, err := tx.DiscretionSheetsOf(c.ID)
		if err != nil || len(list) != 1 || *list[0].Result != result || string(list[0].Sheet) != string(x.Sheet) || list[0].ValidTo != x.ValidTo || list[0].Note != x.Note {
			t.Errorf("DiscretionSheetsOf = %+v, %v, want %+v", list, err, x)
		}
		kept, err := tx.HasDiscretionSheet(v.ID)
		if err != nil || !kept {
			t.Errorf("HasDiscretionSheet = %v, %v", kept, err)
		}
		return nil
	})
	for _, query := range []string{"UPDATE discretion_sheets SET result_fen = 1", "DELETE FROM discretion_sheets"} {
		if err := enginetest.Exec(t, db.Dir(), query); err == nil || !strings.Contains(err.Error(), "immutable") {
			t.Errorf("%s: %v, want a refusal", query, err)
		}
	}
	defects := func() (list []string) {
		read(func(tx *Tx) error {
			return tx.verifySheets(func(format string, args ...any) { list = append(list, format) })
		})
		return list
	}
	if list := defects(); len(list) != 0 {
		t.Errorf("verifySheets: %q, want nothing", list)
	}
	if err := enginetest.Exec(t, db.Dir(), "DROP TRIGGER discretion_sheets_no_update"); err != nil {
		t.Fatal(err)
	}
	if err := enginetest.Exec(t, db.Dir(), "UPDATE discretion_sheets SET result_fen = 1"); err != nil {
		t.Fatal(err)
	}
	if list := defects(); len(list) != 1 {
		t.Errorf("verifySheets after a change: %q, want one defect", list)
	}
}
