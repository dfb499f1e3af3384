package store

import (
	"database/sql"

	"casebook/internal/registry"
)

// MonthClosings stores 月末结账.
var MonthClosings = &Table[registry.MonthClosing, *registry.MonthClosing]{Entity: "month_closing", Noun: "月末结账", name: "month_closings",
	id: func(x *registry.MonthClosing) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.MonthClosing, c *columns) {
		c.date("month", &x.Month)
		c.col("position", &x.Position)
		c.time("position_at", &x.PositionAt)
		c.col("position_hash", &x.PositionHash)
		c.list("counted", &x.Counted)
		c.col("closed_by", &x.ClosedBy)
		c.col("note", &x.Note)
		c.col("reopened_by", &x.ReopenedBy)
		c.maybeTime("reopened_at", &x.ReopenedAt)
		c.col("reopen_reason", &x.ReopenReason)
	}}

// Closing is the closing of a month that counts; found is false where it is open.
func (tx *Tx) Closing(month registry.Date) (x registry.MonthClosing, found bool, err error) {
	x, err = MonthClosings.first(tx, "WHERE month = $1 AND reopened_by = ''", month, month.Earliest())
	if registry.KindOf(err) == registry.KindNotFound {
		return x, false, nil
	}
	return x, err == nil, err
}

// Closings lists the closings of months, the newest first, those that were opened again among them.
func (tx *Tx) Closings(limit int) ([]registry.MonthClosing, error) {
	return MonthClosings.list(tx, "ORDER BY id DESC LIMIT $1", limit)
}

// ChangedSince counts the cases that count in a month by one of its dates today and whose own records were written after an entry of the chain, up to most.
func (tx *Tx) ChangedSince(seq int64, month registry.Date, most int) (n int, capped bool, err error) {
	seen := map[int64]bool{}
	one := func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		seen[id] = true
		return err
	}
	for _, b := range keptBases {
		f := CaseFilter{By: b, From: month, To: month}
		q := newQuery("SELECT cd.case_id FROM case_days cd WHERE ")
		f.inSpan(q, "cd")
		q.add(" AND EXISTS (SELECT 1 FROM revisions r WHERE r.case_id = cd.case_id AND r.audit_seq > ?) LIMIT ?", seq, most+1)
		if err := tx.each(one, q.sql(), q.args...); err != nil {
			return 0, false, err
		}
	}
	return min(len(seen), most), len(seen) > most, nil
}
