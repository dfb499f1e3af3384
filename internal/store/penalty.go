package store

import (
	"cmp"
	"database/sql"
	"slices"

	"casebook/internal/registry"
)

// sumFines adds the fines in force to a page of cases. They are the penalties' amounts but where a decision was taken back or
// changed: of those few cases more is read, so that the list and the case page say the same.
func (tx *Tx) sumFines(at map[registry.CaseID]*CaseRow, ids []registry.CaseID) error {
	turned, err := tx.turned(ids)
	if err != nil {
		return err
	}
	files, err := tx.chargeFiles(turned)
	if err != nil {
		return err
	}
	q := newQuery("SELECT case_id, id, document_id, party_id, kind, amount_fen FROM penalties WHERE case_id IN ")
	q.add(in(q, ids))
	if err := tx.each(func(r *sql.Rows) error {
		var id registry.CaseID
		var p registry.Penalty
		if err := r.Scan(&id, &p.ID, reference[registry.DocumentID]{&p.DocumentID}, reference[registry.PartyID]{&p.PartyID}, &p.Kind, &p.Amount); err != nil {
			return err
		}
		switch f := files[id]; {
		case f != nil:
			f.Penalties = append(f.Penalties, p)
		case p.Fine():
			at[id].Fines.Add(p.Amount)
		}
		return nil
	}, q.sql(), q.args...); err != nil {
		return err
	}
	for id, f := range files {
		slices.SortFunc(f.Penalties, func(a, b registry.Penalty) int { return cmp.Compare(a.ID, b.ID) })
		at[id].Fines = f.Fines()
	}
	return nil
}

// chargeFiles reads of some cases what decides, beside the penalties themselves, which of them are in force: parties, and of the documents what
// registry.CaseFile.Charges asks of them. The rest of the files is empty.
func (tx *Tx) chargeFiles(ids []registry.CaseID) (map[registry.CaseID]*registry.CaseFile, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	at := map[registry.CaseID]*registry.CaseFile{}
	for _, id := range ids {
		at[id] = &registry.CaseFile{Case: registry.Case{ID: id}}
	}
	q := newQuery("SELECT cp.case_id, cp.party_id, cp.name_at_act, p.name FROM case_parties cp JOIN parties p ON p.id = cp.party_id WHERE cp.case_id IN ")
	q.add(in(q, ids) + " ORDER BY cp.case_id, cp.seq")
	if err := tx.each(func(r *sql.Rows) error {
		var id registry.CaseID
		var cp registry.CaseParty
		var p registry.Party
		err := r.Scan(&id, &p.ID, &cp.NameAtAct, &p.Name)
		cp.PartyID = p.ID
		at[id].Case.Parties, at[id].Parties = append(at[id].Case.Parties, cp), append(at[id].Parties, p)
		return err
	}, q.sql(), q.args...); err != nil {
		return nil, err
	}
	q = newQuery("SELECT case_id, id, seq, kind, made_on, made_on_latest, party_name, amount_fen FROM documents WHERE case_id IN ")
	q.add(in(q, ids) + " ORDER BY case_id, seq, id")
	if err := tx.each(func(r *sql.Rows) error {
		var d registry.Document
		b := dateBounds{d: &d.MadeOn}
		if err := r.Scan(&d.CaseID, &d.ID, &d.Seq, &d.Kind, (*dateEarliest)(&b), (*dateLatest)(&b), &d.PartyName, &d.Amount); err != nil {
			return err
		}
		at[d.CaseID].Documents = append(at[d.CaseID].Documents, d)
		return nil
	}, q.sql(), q.args...); err != nil {
		return nil, err
	}
	for _, f := range at {
		registry.SortDocuments(f.Documents)
	}
	return at, nil
}

// turned are the cases among ids with a decision that was taken back or changed, by an index of those alone (its condition is written alike).
func (tx *Tx) turned(ids []registry.CaseID) (list []registry.CaseID, err error) {
	q := newQuery("SELECT DISTINCT case_id FROM documents WHERE kind || '' IN ('" + string(registry.DocAnnulled) + "', '" + string(registry.DocChanged) + "') AND case_id IN ")
	q.add(in(q, ids))
	err = tx.each(func(r *sql.Rows) error {
		var id registry.CaseID
		err := r.Scan(&id)
		list = append(list, id)
		return err
	}, q.sql(), q.args...)
	return list, err
}

// Penalties stores 处罚.
var Penalties = &Table[registry.Penalty, *registry.Penalty]{Entity: "penalty", Noun: "处罚", name: "penalties",
	id: func(x *registry.Penalty) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Penalty, c *columns) {
		c.col("case_id", &x.CaseID)
		ref(c, "document_id", &x.DocumentID)
		ref(c, "party_id", &x.PartyID)
		c.col("kind", &x.Kind)
		c.col("amount_fen", &x.Amount)
		c.col("content", &x.Content)
		c.date("pay_by", &x.PayBy)
		c.col("range_reason", &x.RangeReason)
		c.col("range_base_of", &x.RangeBaseOf)
		c.col("range_base_fen", &x.RangeBase)
		c.col("range_times", &x.RangeTimes)
		c.col("daily_days", &x.DailyDays)
		c.col("daily_base_fen", &x.DailyBase)
		c.col("note", &x.Note)
	},
	caseOf: func(x *registry.Penalty) registry.CaseID { return x.CaseID }}

// Payments stores 缴款.
var Payments = &Table[registry.Payment, *registry.Payment]{Entity: "payment", Noun: "缴款", name: "payments",
	id: func(x *registry.Payment) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Payment, c *columns) {
		c.col("case_id", &x.CaseID)
		c.col("penalty_id", &x.PenaltyID)
		c.col("kind", &x.Kind)
		c.date("paid_on", &x.PaidOn)
		c.col("amount_fen", &x.Amount)
		c.col("receipt", &x.Receipt)
		c.col("note", &x.Note)
	},
	caseOf: func(x *registry.Payment) registry.CaseID { return x.CaseID }}

// PenaltiesOf lists the penalties of a case.
func (tx *Tx) PenaltiesOf(id registry.CaseID) ([]registry.Penalty, error) {
	return Penalties.list(tx, "WHERE case_id = $1 ORDER BY id", id)
}
