package store

import (
	"cmp"
	"slices"

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
		c.col("made_time", &x.MadeTime)
		c.col("place", &x.Place)
		c.col("subject", &x.Subject)
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

// EvidenceOfCase lists the exhibits of a case and of the inspections it rests on.
func (tx *Tx) EvidenceOfCase(c *registry.Case) ([]registry.Evidence, error) {
	return tx.exhibitsOf([]registry.CaseID{c.ID}, c.Inspections)
}

// exhibitsOf lists the exhibits of cases and of the inspections they rest on, each once, in the order of their places. Two lists, since for one
// with OR the planner reads the exhibits of the whole register.
func (tx *Tx) exhibitsOf(cases []registry.CaseID, inspections []registry.InspectionID) ([]registry.Evidence, error) {
	q := newQuery("WHERE case_id IN ")
	q.add(in(q, cases))
	list, err := EvidenceItems.list(tx, q.sql(), q.args...)
	if err != nil || len(inspections) == 0 {
		return bySeq(list), err
	}
	q = newQuery("WHERE inspection_id IN ")
	q.add(in(q, inspections))
	found, err := EvidenceItems.list(tx, q.sql(), q.args...)
	return bySeq(append(list, found...)), err
}

func bySeq(list []registry.Evidence) []registry.Evidence {
	slices.SortFunc(list, func(a, b registry.Evidence) int { return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID)) })
	return slices.CompactFunc(list, func(a, b registry.Evidence) bool { return a.ID == b.ID })
}

// attachEvidence reads the exhibits of cases and of the inspections they rest on, and the files of these inspections. An exhibit that is
// both a case's and its inspection's is on the case once; one of an inspection is on each case that rests on it.
func (tx *Tx) attachEvidence(cases []*registry.Case, files map[registry.CaseID]*registry.CaseFile) error {
	var ids []registry.CaseID
	var inspections []registry.InspectionID
	on := map[registry.InspectionID][]registry.CaseID{}
	for _, c := range cases {
		ids = append(ids, c.ID)
		for _, i := range c.Inspections {
			if on[i] == nil {
				inspections = append(inspections, i)
			}
			on[i] = append(on[i], c.ID)
		}
	}
	exhibits, err := tx.exhibitsOf(ids, inspections)
	if err != nil {
		return err
	}
	for _, e := range exhibits {
		to := on[e.InspectionID]
		if e.CaseID != 0 && files[e.CaseID] != nil && !slices.Contains(to, e.CaseID) {
			to = append(slices.Clone(to), e.CaseID)
		}
		for _, id := range to {
			files[id].Evidence = append(files[id].Evidence, e)
		}
	}
	if len(inspections) == 0 {
		return nil
	}
	q := newQuery(attachmentColumns + "WHERE entity = 'inspection' AND entity_id IN ")
	q.add(in(q, inspections) + " ORDER BY entity_id, id")
	kept, err := tx.attachments(q.sql(), q.args...)
	if err != nil {
		return err
	}
	for _, a := range kept {
		for _, id := range on[registry.InspectionID(a.EntityID)] {
			files[id].Files = append(files[id].Files, a)
		}
	}
	return nil
}
