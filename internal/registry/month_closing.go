package registry

import "time"

// MonthClosingID is a row id of a MonthClosing.
type MonthClosingID int64

// MonthClosing is 月末结账: an administrator froze the figures of a month. Its ledger and its sums are those of the register as it was then, whatever is
// changed afterwards; what was changed is told apart. A month that was opened again is closed anew by another one: this one stays, with the reason.
type MonthClosing struct {
	ID MonthClosingID `json:"id"`
	Meta
	Month        Date       `json:"month"`
	Position     int64      `json:"position"`    // the entry of the audit chain that wrote the newest record then
	PositionAt   time.Time  `json:"position_at"` // its instant
	PositionHash string     `json:"position_hash"`
	Counted      MonthSums  `json:"counted"` // in the month, then
	ClosedBy     string     `json:"closed_by"`
	Note         string     `json:"note"`
	ReopenedBy   string     `json:"reopened_by"`
	ReopenedAt   *time.Time `json:"reopened_at"`
	ReopenReason string     `json:"reopen_reason"`
}

// MonthSums are what counts in a span, each by its own date.
type MonthSums struct {
	Filed     int `json:"filed"`
	Decisions int `json:"decisions"`
	Closed    int `json:"closed"`
	Penalties Sum `json:"penalties"` // fines and confiscations in force of these decisions
	Payments  int `json:"payments"`
	Paid      Sum `json:"paid"`
}

// Closed reports whether the month counts as closed.
func (x *MonthClosing) Closed() bool { return x.ReopenedBy == "" }

// Clean normalises what was typed.
func (x *MonthClosing) Clean() { x.Note, x.ReopenReason = CleanText(x.Note), CleanText(x.ReopenReason) }

// Validate checks what was typed.
func (x *MonthClosing) Validate() error {
	var p Problems
	if x.Month.Precision() != PrecisionMonth {
		p.Add("month", "请写明月份，如 2026-06")
	}
	p.text("note", x.Note, 500)
	p.text("reopen_reason", x.ReopenReason, 500)
	if !x.Closed() && x.ReopenReason == "" {
		p.Add("reopen_reason", "请写明为什么撤销结账")
	}
	return p.Err()
}
