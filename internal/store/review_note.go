package store

import (
	"casebook/internal/registry"
)

// ReviewNotes stores 复核意见.
var ReviewNotes = &Table[registry.ReviewNote, *registry.ReviewNote]{Entity: "review_note", Noun: "复核意见", name: "review_notes",
	id: func(x *registry.ReviewNote) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.ReviewNote, c *columns) {
		c.col("case_id", &x.CaseID)
		c.col("about", &x.About)
		c.col("printed", &x.Printed)
		c.col("official", &x.Official)
		c.col("kind", &x.Kind)
		c.col("severity", &x.Severity)
		c.col("note", &x.Note)
		c.col("confidence", &x.Confidence)
	}}
