package store

import (
	"database/sql"

	"casebook/internal/registry"
)

// Documents stores 文书 with their citations.
var Documents = &Table[registry.Document, *registry.Document]{Entity: "document", Noun: "文书", name: "documents",
	id: func(x *registry.Document) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Document, c *columns) {
		c.col("case_id", &x.CaseID)
		c.col("seq", &x.Seq)
		c.col("kind", &x.Kind)
		c.col("number", &x.NumberTyped)
		c.col("number_normalized", otherText{&x.Number, &x.NumberTyped})
		c.derived("number_key", func() any { return registry.DocNumberKey(x.Number) })
		c.date("made_on", &x.MadeOn)
		c.date("served_on", &x.ServedOn)
		c.col("service_mode", &x.ServiceMode)
		ref(c, "organ_id", &x.OrganID)
		c.col("organ_name", &x.OrganName)
		c.col("people", &x.People)
		c.col("party_name", &x.PartyName)
		c.list("participants", &x.Participants)
		c.date("excluded_from", &x.ExcludedFrom)
		c.date("excluded_to", &x.ExcludedTo)
		c.col("content", &x.Content)
		c.col("order_mode", &x.OrderMode)
		c.date("due_on", &x.DueOn)
		c.col("result", &x.Result)
		c.date("result_on", &x.ResultOn)
		c.col("result_note", &x.ResultNote)
		c.col("persons", &x.Persons)
		c.col("amount_fen", &x.Amount)
		ref(c, "attachment_id", &x.AttachmentID)
		ref(c, "inspection_id", &x.InspectionID)
		c.col("note", &x.Note)
	},
	save: func(tx *Tx, x *registry.Document) error {
		return tx.saveCitations("document", int64(x.ID), x.CaseID, x.Citations)
	},
	load: func(tx *Tx, list []*registry.Document) error {
		return loadCitations(tx, "document", list, func(x *registry.Document) (citing, *[]registry.Citation) {
			return citing{x.CaseID, int64(x.ID)}, &x.Citations
		})
	},
	caseOf: func(x *registry.Document) registry.CaseID { return x.CaseID }}

// LastDocumentSeq is the highest place taken among a case's documents; 0 where there is none.
func (tx *Tx) LastDocumentSeq(id registry.CaseID) (n int64, err error) {
	err = tx.one([]any{&n}, "SELECT COALESCE(MAX(seq), 0) FROM documents WHERE case_id = $1", id)
	return n, err
}

// NumbersOfSeries are the keys of the numbers of our own documents that begin with series and go on with a figure; ':' stands behind the 9.
func (tx *Tx) NumbersOfSeries(series string) (keys []string, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var key string
		err := rows.Scan(&key)
		keys = append(keys, key)
		return err
	}, "SELECT number_key FROM documents WHERE number_key >= $1 AND number_key < $2 AND number_key <> '' AND organ_name = ''", series+"0", series+":")
	return keys, err
}

// DocumentsOfKind lists the documents of a case of one kind, without their citations.
func (tx *Tx) DocumentsOfKind(id registry.CaseID, kind registry.DocKind) ([]registry.Document, error) {
	return Documents.list(tx, "WHERE case_id = $1 AND kind = $2 ORDER BY seq, id", id, kind)
}

// DocumentsNaming lists the documents that name an inspection, without their citations.
func (tx *Tx) DocumentsNaming(id registry.InspectionID) ([]registry.Document, error) {
	return Documents.list(tx, "WHERE inspection_id = $1 ORDER BY id", id)
}

// documentsOnInspection hides the kind from the planner, which would go through all documents of the kind in the register: the few cases of the
// inspection have to choose.
const documentsOnInspection = "WHERE case_id IN (SELECT case_id FROM case_inspections WHERE inspection_id = $1) AND kind || '' = $2 ORDER BY made_on, seq, id"

// DocumentsOnInspection lists the documents of a kind of the cases that rest on an inspection, without their citations.
func (tx *Tx) DocumentsOnInspection(id registry.InspectionID, kind registry.DocKind) ([]registry.Document, error) {
	return Documents.list(tx, documentsOnInspection, id, kind)
}

// DocumentsOfFarm lists the latest documents of a farm's cases, without their citations.
func (tx *Tx) DocumentsOfFarm(id registry.FarmID, limit int) ([]registry.Document, error) {
	q := newQuery("WHERE case_id IN (SELECT id FROM cases WHERE farm_id = ?", id)
	q.own(tx, "branch")
	q.add(") ORDER BY made_on DESC, seq DESC, id DESC LIMIT ?", limit)
	return Documents.list(tx, q.sql(), q.args...)
}
