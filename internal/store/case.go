package store

import (
	"database/sql"
	"fmt"
	"slices"

	"casebook/internal/registry"
)

// Cases stores 案件 with their parties and inspections. Settle alone moves the stage of one that is there.
var Cases = &Table[registry.Case, *registry.Case]{Entity: "case", Noun: "案件", name: "cases",
	id: func(x *registry.Case) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Case, c *columns) {
		c.col("origin", &x.Origin)
		c.col("title", &x.Title)
		c.col("number", &x.Number)
		c.derived("number_key", func() any { return registry.DocNumberKey(x.Number) })
		c.col("number_reason", &x.NumberReason)
		c.col("district_code", &x.DistrictCode)
		ref(c, "deciding_organ_id", &x.DecidingOrganID)
		ref(c, "handling_organ_id", &x.HandlingOrganID)
		ref(c, "campaign_id", &x.CampaignID)
		ref(c, "farm_id", &x.FarmID)
		c.col("source", &x.Source)
		c.date("found_on", &x.FoundOn)
		c.packed("case", "summary", &x.Summary)
		c.col("handling", &x.Handling)
		c.col("stage", &x.Stage)
		c.derived("on_the_way", func() any { return x.Stage.OnTheWay() && !x.IsVoid() })
		c.computed = append(c.computed, computed{"branch", "COALESCE((SELECT NULLIF(o.district_code, '') FROM organs o WHERE o.id = {handling_organ_id}), {district_code})"})
		c.col("note", &x.Note)
		c.voided(&x.Voidable)
	},
	save:    saveCaseLists,
	load:    (*Tx).loadCaseLists,
	caseOf:  func(x *registry.Case) registry.CaseID { return x.ID },
	derived: func(to, from *registry.Case) { to.Stage = from.Stage }}

func saveCaseLists(tx *Tx, x *registry.Case) error {
	freed, err := tx.dropCaseLists(x)
	if err != nil {
		return err
	}
	tx.changeRepeats(x.Parties, x.Version == 1)
	for i, p := range x.Parties {
		if _, err := tx.exec("INSERT INTO case_parties (case_id, seq, party_id, role, name_at_act) VALUES ($1, $2, $3, $4, $5)", x.ID, i+1, p.PartyID, p.Role, p.NameAtAct); err != nil {
			return fmt.Errorf("save party %d of case: %w", i+1, err)
		}
	}
	for i, id := range x.Inspections {
		if _, err := tx.exec("INSERT INTO case_inspections (case_id, seq, inspection_id) VALUES ($1, $2, $3)", x.ID, i+1, id); err != nil {
			return fmt.Errorf("save inspection %d of case: %w", i+1, err)
		}
		if x.IsVoid() {
			continue
		}
		if _, err := tx.exec("UPDATE inspections SET cased = 1 WHERE id = $1 AND cased = 0", id); err != nil {
			return err
		}
		if _, err := tx.exec("DELETE FROM officer_inspections WHERE inspection_id = $1 AND wait = $2", id, waitsForCase); err != nil {
			return err
		}
	}
	return tx.keepWaits(freed)
}

// dropCaseLists takes a case's lists away; freed are the inspections that rest in it no longer, or will again in a moment.
func (tx *Tx) dropCaseLists(x *registry.Case) (freed []registry.InspectionID, err error) {
	if x.Version == 1 { // it is new
		return nil, nil
	}
	if err := tx.droppedParties(x.ID); err != nil {
		return nil, err
	}
	if _, err := tx.exec("DELETE FROM case_parties WHERE case_id = $1", x.ID); err != nil {
		return nil, err
	}
	if err := tx.each(func(rows *sql.Rows) error {
		var id registry.InspectionID
		err := rows.Scan(&id)
		if x.IsVoid() || !slices.Contains(x.Inspections, id) {
			freed = append(freed, id)
		}
		return err
	}, "SELECT inspection_id FROM case_inspections WHERE case_id = $1", x.ID); err != nil {
		return nil, err
	}
	if _, err := tx.exec(`UPDATE inspections SET cased = 0 WHERE cased = 1 AND id IN (SELECT inspection_id FROM case_inspections WHERE case_id = $1)
		AND NOT EXISTS (SELECT 1 FROM case_inspections o JOIN cases c ON c.id = o.case_id WHERE o.inspection_id = inspections.id AND o.case_id <> $1 AND c.voided = '')`, x.ID); err != nil {
		return nil, err
	}
	_, err = tx.exec("DELETE FROM case_inspections WHERE case_id = $1", x.ID)
	return freed, err
}

func (tx *Tx) loadCaseLists(cases []*registry.Case) error {
	if len(cases) == 0 {
		return nil
	}
	byID := map[registry.CaseID]*registry.Case{}
	ids := make([]registry.CaseID, len(cases))
	for i, c := range cases {
		byID[c.ID], ids[i] = c, c.ID
	}
	q := newQuery("SELECT case_id, party_id, role, name_at_act FROM case_parties WHERE case_id IN ")
	q.add(in(q, ids) + " ORDER BY case_id, seq")
	if err := tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		var p registry.CaseParty
		if err := rows.Scan(&id, &p.PartyID, &p.Role, &p.NameAtAct); err != nil {
			return err
		}
		byID[id].Parties = append(byID[id].Parties, p)
		return nil
	}, q.sql(), q.args...); err != nil {
		return err
	}
	q = newQuery("SELECT case_id, inspection_id FROM case_inspections WHERE case_id IN ")
	q.add(in(q, ids) + " ORDER BY case_id, seq")
	return tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		var ins registry.InspectionID
		if err := rows.Scan(&id, &ins); err != nil {
			return err
		}
		byID[id].Inspections = append(byID[id].Inspections, ins)
		return nil
	}, q.sql(), q.args...)
}

// CaseStage reads a case's stage alone.
func (tx *Tx) CaseStage(id registry.CaseID) (stage registry.Stage, err error) {
	if c, ok := tx.made.rows[rowKey{"case", int64(id)}].(*registry.Case); ok {
		return c.Stage, nil
	}
	err = tx.one([]any{&stage}, "SELECT stage FROM cases WHERE id = $1", id)
	if noRows(err) {
		return "", registry.NotFound("案件", id)
	}
	return stage, err
}

// CasesOnInspection lists the cases that count and rest on an inspection, without their parties and inspections.
func (tx *Tx) CasesOnInspection(id registry.InspectionID) ([]registry.Case, error) {
	q := newQuery("WHERE id IN (SELECT case_id FROM case_inspections WHERE inspection_id = ?) AND voided = ''", id)
	q.own(tx, "branch")
	q.add(" ORDER BY id")
	return Cases.list(tx, q.sql(), q.args...)
}
