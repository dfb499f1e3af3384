package store

import (
	"casebook/internal/registry"
)

// Violations stores 违法行为 with their citations.
var Violations = &Table[registry.Violation, *registry.Violation]{Entity: "violation", Noun: "违法行为", name: "violations",
	id: func(x *registry.Violation) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Violation, c *columns) {
		c.col("case_id", &x.CaseID)
		c.col("seq", &x.Seq)
		c.col("type_code", &x.TypeCode)
		c.packed("violation", "facts", &x.Facts)
		c.date("act_from", &x.ActFrom)
		c.date("act_to", &x.ActTo)
		c.col("end_basis", &x.EndBasis)
		c.col("continuing", &x.Continuing)
		c.list("damage", &x.Damage)
		c.col("place", &x.Place)
		c.packedList("violation", "checklist", &x.Checklist)
		c.col("version_choice", &x.VersionChoice)
		c.col("choice_reason", &x.ChoiceReason)
		c.col("note", &x.Note)
	},
	save: func(tx *Tx, x *registry.Violation) error {
		return tx.saveCitations("violation", int64(x.ID), x.CaseID, x.Citations)
	},
	load: func(tx *Tx, list []*registry.Violation) error {
		return loadCitations(tx, "violation", list, func(x *registry.Violation) (citing, *[]registry.Citation) {
			return citing{x.CaseID, int64(x.ID)}, &x.Citations
		})
	},
	caseOf: func(x *registry.Violation) registry.CaseID { return x.CaseID }}

// ViolationsOf lists the violations of a case with their citations, in their order.
func (tx *Tx) ViolationsOf(id registry.CaseID) ([]registry.Violation, error) {
	list, err := Violations.list(tx, "WHERE case_id = $1 ORDER BY case_id, seq, id", id)
	if err != nil {
		return nil, err
	}
	cited, err := tx.citations("violation", "c.case_id = $1", id)
	for i := range list {
		list[i].Citations = cited[citing{id, int64(list[i].ID)}]
	}
	return list, err
}

// LastViolationSeq is the highest place taken among a case's violations; 0 where there is none.
func (tx *Tx) LastViolationSeq(id registry.CaseID) (n int64, err error) {
	err = tx.one([]any{&n}, "SELECT COALESCE(MAX(seq), 0) FROM violations WHERE case_id = $1", id)
	return n, err
}
