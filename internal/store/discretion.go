package store

import (
	"database/sql"
	"encoding/json"

	"casebook/internal/registry"
)

// DiscretionSheets stores 裁量 sheets. Rows are only added: the schema refuses the rest.
var DiscretionSheets = &Table[registry.DiscretionSheet, *registry.DiscretionSheet]{Entity: "discretion_sheet", Noun: "裁量计算表", name: "discretion_sheets",
	id: func(x *registry.DiscretionSheet) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.DiscretionSheet, c *columns) {
		c.col("case_id", &x.CaseID)
		c.col("violation_id", &x.ViolationID)
		c.col("table_id", &x.TableID)
		c.col("answers", &x.Answers)
		c.col("result_fen", &x.Result)
		c.list("sheet", &x.Sheet)
		c.col("instrument", &x.Instrument)
		c.date("valid_from", &x.ValidFrom)
		c.date("valid_to", &x.ValidTo)
		c.col("made_by", &x.MadeBy)
		c.col("note", &x.Note)
	}}

// DiscretionSheetsOf reads the sheets of a case, the latest first.
func (tx *Tx) DiscretionSheetsOf(id registry.CaseID) ([]registry.DiscretionSheet, error) {
	return DiscretionSheets.list(tx, "WHERE case_id = $1 ORDER BY id DESC", id)
}

// HasDiscretionSheet reports whether a sheet was kept for a violation: then it can no longer be deleted.
func (tx *Tx) HasDiscretionSheet(id registry.ViolationID) (bool, error) {
	var n int64
	err := tx.one([]any{&n}, "SELECT COUNT(*) FROM discretion_sheets WHERE violation_id = $1", id)
	return n > 0, err
}

// verifySheets checks that each sheet belongs to the case of its violation and that the amount beside it is the sheet's own.
func (tx *Tx) verifySheets(bad func(string, ...any)) error {
	return tx.each(func(rows *sql.Rows) error {
		var id int64
		var same bool
		var result *registry.Money
		var sheet string
		if err := rows.Scan(&id, &same, &result, &sheet); err != nil {
			return err
		}
		var kept struct {
			Result   *registry.Money `json:"result_fen"`
			Proposed *registry.Money `json:"proposed_fen"`
		}
		if err := json.Unmarshal([]byte(sheet), &kept); err != nil {
			bad("裁量计算表 %d 的内容不完整", id)
			return nil
		}
		if kept.Proposed != nil {
			kept.Result = kept.Proposed
		}
		if !same || (result == nil) != (kept.Result == nil) || result != nil && *result != *kept.Result {
			bad("裁量计算表 %d 与其案件、违法行为或所记金额不符", id)
		}
		return nil
	}, "SELECT s.id, v.case_id = s.case_id, s.result_fen, s.sheet FROM discretion_sheets s JOIN violations v ON v.id = s.violation_id ORDER BY s.id")
}
