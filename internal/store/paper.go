package store

import (
	"database/sql"
	"slices"

	"casebook/internal/registry"
)

// Interrogations stores 调查询问笔录.
var Interrogations = &Table[registry.Interrogation, *registry.Interrogation]{Entity: "interrogation", Noun: "询问笔录", name: "interrogations",
	id: func(x *registry.Interrogation) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Interrogation, c *columns) {
		ref(c, "case_id", &x.CaseID)
		ref(c, "inspection_id", &x.InspectionID)
		c.col("number", &x.Number)
		c.date("asked_on", &x.AskedOn)
		c.col("start_time", &x.StartTime)
		c.col("end_time", &x.EndTime)
		c.col("place", &x.Place)
		c.col("name", &x.Name)
		c.col("gender", &x.Gender)
		c.col("age", &x.Age)
		c.col("id_kind", &x.IDKind)
		c.col("id_number", &x.IDNumber)
		c.col("employer", &x.Employer)
		c.col("title", &x.Title)
		c.col("phone", &x.Phone)
		c.col("address", &x.Address)
		c.col("service_address", &x.ServiceAddress)
		c.col("relation", &x.Relation)
		c.col("guardian", &x.Guardian)
		c.list("officers", &x.Officers)
		c.col("recorder", &x.Recorder)
		c.col("certificate_shown", &x.CertificateShown)
		c.col("rights_told", &x.RightsTold)
		c.col("recusal", &x.Recusal)
		c.col("recusal_reason", &x.RecusalReason)
		c.list("answers", &x.Answers)
		c.col("opinion", &x.Opinion)
		c.col("refusal", &x.Refusal)
		c.col("witness", &x.Witness)
		c.col("note", &x.Note)
	}}

func interrogationID(x *registry.Interrogation) int64 { return int64(x.ID) }

// InterrogationsOfCase lists those of a case, oldest first.
func (tx *Tx) InterrogationsOfCase(id registry.CaseID) ([]registry.Interrogation, error) {
	return Interrogations.list(tx, "WHERE case_id = $1 ORDER BY asked_on, id", id)
}

// InterrogationsOfInspection lists those of an inspection, oldest first.
func (tx *Tx) InterrogationsOfInspection(id registry.InspectionID) ([]registry.Interrogation, error) {
	return Interrogations.list(tx, "WHERE inspection_id = $1 ORDER BY asked_on, id", id)
}

// attachInterrogations reads those of cases and of the inspections they rest on, each once. Two lists, as of exhibits.
func (tx *Tx) attachInterrogations(cases []*registry.Case, files map[registry.CaseID]*registry.CaseFile) error {
	var ids []registry.CaseID
	var visits []registry.InspectionID
	for _, c := range cases {
		ids, visits = append(ids, c.ID), append(visits, c.Inspections...)
	}
	q := newQuery("WHERE case_id IN ")
	q.add(in(q, ids) + " ORDER BY id")
	own, err := Interrogations.list(tx, q.sql(), q.args...)
	if err != nil {
		return err
	}
	for _, x := range own {
		files[x.CaseID].Interrogations = append(files[x.CaseID].Interrogations, x)
	}
	if len(visits) == 0 {
		return nil
	}
	q = newQuery("WHERE case_id IS NULL AND inspection_id IN ")
	q.add(in(q, visits) + " ORDER BY id")
	found, err := Interrogations.list(tx, q.sql(), q.args...)
	for _, x := range found {
		for _, c := range cases {
			if slices.Contains(c.Inspections, x.InspectionID) {
				files[c.ID].Interrogations = append(files[c.ID].Interrogations, x)
			}
		}
	}
	for _, f := range files {
		byID(f.Interrogations, interrogationID)
	}
	return err
}

// SignedPapers stores 签名原件.
var SignedPapers = &Table[registry.SignedPaper, *registry.SignedPaper]{Entity: "signed_paper", Noun: "签名原件", name: "signed_papers",
	id: func(x *registry.SignedPaper) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.SignedPaper, c *columns) {
		ref(c, "case_id", &x.CaseID)
		ref(c, "inspection_id", &x.InspectionID)
		c.col("entity", &x.Entity)
		c.col("entity_id", &x.EntityID)
		c.col("paper", &x.Paper)
		c.col("of_version", &x.Of)
		c.col("digest", &x.Digest)
		ref(c, "attachment_id", &x.AttachmentID)
		c.col("reason", &x.Reason)
	}}

// SignedPapersOn lists those of a case and what is on it, or of an inspection, oldest first.
func (tx *Tx) SignedPapersOn(c registry.CaseID, i registry.InspectionID) ([]registry.SignedPaper, error) {
	if c != 0 {
		return SignedPapers.list(tx, "WHERE case_id = $1 ORDER BY id", c)
	}
	return SignedPapers.list(tx, "WHERE inspection_id = $1 ORDER BY id", i)
}

// SignedPapersOf lists the signed originals of a record, oldest first.
func (tx *Tx) SignedPapersOf(entity string, id int64) ([]registry.SignedPaper, error) {
	return SignedPapers.list(tx, "WHERE entity = $1 AND entity_id = $2 ORDER BY id", entity, id)
}

// SignedCases are those of some cases that have a signed original, in force or not.
func (tx *Tx) SignedCases(ids []registry.CaseID) (map[registry.CaseID]bool, error) {
	signed := map[registry.CaseID]bool{}
	q := newQuery("SELECT DISTINCT case_id FROM signed_papers WHERE case_id IN ")
	q.add(in(q, ids))
	err := tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		err := rows.Scan((*int64)(&id))
		signed[id] = true
		return err
	}, q.sql(), q.args...)
	return signed, err
}

// PaperWordings stores the fixed wordings that an administrator changed.
var PaperWordings = &Table[registry.PaperWording, *registry.PaperWording]{Entity: "paper_wording", Noun: "文书用语", name: "paper_wordings",
	id: func(x *registry.PaperWording) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.PaperWording, c *columns) {
		c.col("paper", &x.Paper)
		c.list("texts", &x.Texts)
		c.col("note", &x.Note)
	}}

// PaperWordings lists what was changed: a row a kind of paper at most.
func (tx *Tx) PaperWordings() ([]registry.PaperWording, error) {
	return PaperWordings.list(tx, "ORDER BY paper LIMIT 100")
}
