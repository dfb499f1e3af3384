package store

import (
	"casebook/internal/registry"
)

// EvidenceItems stores 证据.
var EvidenceItems = &Table[registry.Evidence, *registry.Evidence]{Entity: "evidence", Noun: "证据", name: "evidence",
	id: func(x *registry.Evidence) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Evidence, c *columns) {
		ref(c, "case_id", &x.CaseID)
		ref(c, "inspection_id", &x.InspectionID)
		c.col("seq", &x.Seq)
		c.col("kind", &x.Kind)
		c.col("title", &x.Title)
		c.col("number", &x.Number)
		c.col("maker", &x.Maker)
		c.date("made_on", &x.MadeOn)
		c.col("proves", &x.Proves)
		c.col("pages", &x.Pages)
		ref(c, "attachment_id", &x.AttachmentID)
		c.col("note", &x.Note)
	}}

// LastEvidenceSeq is the highest place taken among the exhibits of a case or, without one, of an inspection.
func (tx *Tx) LastEvidenceSeq(c registry.CaseID, i registry.InspectionID) (n int64, err error) {
	if c != 0 {
		err = tx.one([]any{&n}, "SELECT COALESCE(MAX(seq), 0) FROM evidence WHERE case_id = $1", c)
	} else {
		err = tx.one([]any{&n}, "SELECT COALESCE(MAX(seq), 0) FROM evidence WHERE inspection_id = $1", i)
	}
	return n, err
}

// EvidenceOfInspection lists the exhibits of an inspection, in their order.
func (tx *Tx) EvidenceOfInspection(id registry.InspectionID) ([]registry.Evidence, error) {
	return EvidenceItems.list(tx, "WHERE inspection_id = $1 ORDER BY seq, id", id)
}
