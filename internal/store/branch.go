package store

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// This file says whose a record is, and keeps a transaction to it. A farm and an inspection are of the branch of their district; a case is
// of the branch that handles it, else of its district's (cases.branch); what is on a record is of the record's branch. A party, which the
// whole city shares, is of every branch that has a record of it, and anybody's as long as none has. Other nouns are nobody's: permissions
// alone decide.
//
// Every statement that writes a row of a Table, or an attachment, asks before and after. A use case that goes through them cannot forget to.

// caseBranch is a case's branch from what the case and its handling unit say.
const caseBranch = "COALESCE((SELECT NULLIF(o.district_code, '') FROM organs o WHERE o.id = cases.handling_organ_id), district_code)"

// ofCase is the branch of what hangs on a case.
func ofCase(table string) string {
	return "SELECT c.branch FROM " + table + " x JOIN cases c ON c.id = x.case_id WHERE x.id = $1"
}

// belongs are the districts that a stored row is of, by the row's id.
var belongs = map[string]string{
	"farm":       "SELECT district_code FROM farms WHERE id = $1",
	"inspection": "SELECT district_code FROM inspections WHERE id = $1",
	"case":       "SELECT branch FROM cases WHERE id = $1",
	"sample":     "SELECT i.district_code FROM samples x JOIN inspections i ON i.id = x.inspection_id WHERE x.id = $1",
	"evidence": `SELECT COALESCE(c.branch, i.district_code) FROM evidence x LEFT JOIN cases c ON c.id = x.case_id
		LEFT JOIN inspections i ON i.id = x.inspection_id WHERE x.id = $1`,
	"interrogation": `SELECT COALESCE(c.branch, i.district_code) FROM interrogations x LEFT JOIN cases c ON c.id = x.case_id
		LEFT JOIN inspections i ON i.id = x.inspection_id WHERE x.id = $1`,
	"signed_paper": `SELECT COALESCE(c.branch, i.district_code) FROM signed_papers x LEFT JOIN cases c ON c.id = x.case_id
		LEFT JOIN inspections i ON i.id = x.inspection_id WHERE x.id = $1`,
	"violation":        ofCase("violations"),
	"document":         ofCase("documents"),
	"penalty":          ofCase("penalties"),
	"payment":          ofCase("payments"),
	"review_note":      ofCase("review_notes"),
	"discretion_sheet": ofCase("discretion_sheets"),
	"party": `SELECT district_code FROM farms WHERE operator_id = $1 UNION SELECT district_code FROM inspections WHERE party_id = $1
		UNION SELECT c.branch FROM case_parties cp JOIN cases c ON c.id = cp.case_id WHERE cp.party_id = $1`,
}

// Confine keeps the transaction's writes to the records of a branch; nil is the whole city.
func (tx *Tx) Confine(b *registry.Branch) { tx.writes = b }

// Narrow keeps what the transaction reads to the records of a branch; nil is the whole city. Lists leave the others out, and a single
// record of another branch is not found.
func (tx *Tx) Narrow(b *registry.Branch) { tx.reads = b }

// DistrictsOf are the districts that a row is of; none for a noun that is nobody's, for a party that nothing names, and for a row that is
// not there.
func (tx *Tx) DistrictsOf(entity string, id int64) (codes []string, err error) {
	query, ok := belongs[entity]
	if !ok {
		return nil, nil
	}
	err = tx.each(func(rows *sql.Rows) error {
		var code string
		err := rows.Scan(&code)
		codes = append(codes, code)
		return err
	}, query, id)
	if err != nil {
		return nil, fmt.Errorf("whose is %s %d: %w", entity, id, err)
	}
	return codes, nil
}

// foreign is the district of another branch that a row is of; empty and false where it is b's, or anybody's.
func (tx *Tx) foreign(b *registry.Branch, entity string, id int64) (district string, is bool, err error) {
	if b == nil {
		return "", false, nil
	}
	codes, err := tx.DistrictsOf(entity, id)
	if err != nil || len(codes) == 0 {
		return "", false, err
	}
	for _, c := range codes {
		if b.Holds(c) {
			return "", false, nil
		}
	}
	return codes[0], true, nil
}

// MayWrite refuses, to a transaction that is confined to a branch, to write a row of another.
func (tx *Tx) MayWrite(entity string, id int64) error {
	district, is, err := tx.foreign(tx.writes, entity, id)
	if err != nil || !is {
		return err
	}
	return tx.refuse(district)
}

// MayWriteIn is MayWrite for a record that is to lie in a district.
func (tx *Tx) MayWriteIn(district string) error {
	if tx.writes.Holds(district) {
		return nil
	}
	return tx.refuse(district)
}

func (tx *Tx) refuse(district string) error {
	b, err := tx.Bureau()
	if err != nil {
		return err
	}
	return b.Foreign(tx.writes, district)
}

// MayRead is not found where reading is narrowed and the row is another branch's: its very existence is not told.
func (tx *Tx) MayRead(entity, noun string, id int64) error {
	_, is, err := tx.foreign(tx.reads, entity, id)
	if err == nil && is {
		err = registry.NotFound(noun, id)
	}
	return err
}

// own adds the condition that a row of x is the branch's, by the column that says so.
func (q *query) own(tx *Tx, column string) { q.andIf(tx.reads != nil, column+" = ?", tx.ownDistrict()) }

// ownBehind is own where another condition may lead.
func (q *query) ownBehind(tx *Tx, column string, led bool) {
	q.shareIf(tx.reads != nil, column, led, tx.ownDistrict())
}

// ownDistrict is the district that reading is narrowed to; '-' is none, so that a dissolved branch finds nothing.
func (tx *Tx) ownDistrict() string {
	if tx.reads == nil || tx.reads.DistrictCode == "" {
		return "-"
	}
	return tx.reads.DistrictCode
}

// ownParties adds the condition that a party is known to the branch, or to nobody yet. table is what the statement calls the parties.
func (q *query) ownParties(tx *Tx, table string) {
	if tx.reads == nil {
		return
	}
	d := tx.ownDistrict()
	q.add(strings.ReplaceAll(` AND (EXISTS (SELECT 1 FROM farms f WHERE f.operator_id = PARTY.id AND f.district_code = ?)
		OR EXISTS (SELECT 1 FROM inspections i WHERE i.party_id = PARTY.id AND i.district_code = ?)
		OR EXISTS (SELECT 1 FROM case_parties cp JOIN cases c ON c.id = cp.case_id WHERE cp.party_id = PARTY.id AND c.branch = ?)
		OR NOT EXISTS (SELECT 1 FROM farms f WHERE f.operator_id = PARTY.id) AND NOT EXISTS (SELECT 1 FROM inspections i WHERE i.party_id = PARTY.id)
			AND NOT EXISTS (SELECT 1 FROM case_parties cp WHERE cp.party_id = PARTY.id))`, "PARTY", table), d, d, d)
}

// readable leaves out of some cases those that the transaction may not read.
func (tx *Tx) readable(ids []registry.CaseID) ([]registry.CaseID, error) {
	if tx.reads == nil || len(ids) == 0 {
		return ids, nil
	}
	q := newQuery("SELECT id FROM cases WHERE branch = ?", tx.ownDistrict())
	q.add(" AND id IN ")
	q.add(in(q, ids))
	own := map[registry.CaseID]bool{}
	err := tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		err := rows.Scan(&id)
		own[id] = true
		return err
	}, q.sql(), q.args...)
	return slices.DeleteFunc(slices.Clone(ids), func(id registry.CaseID) bool { return !own[id] }), err
}

// keepBranchesOf settles it for the cases of a unit, whose district may have changed.
func (tx *Tx) keepBranchesOf(id registry.OrganID) error {
	if err := tx.markCases("SELECT id FROM cases WHERE handling_organ_id = $1 AND branch <> "+caseBranch, int64(id)); err != nil {
		return err
	}
	_, err := tx.exec("UPDATE cases SET branch = "+caseBranch+" WHERE handling_organ_id = $1 AND branch <> "+caseBranch, id)
	return err
}

func (tx *Tx) verifyBranches(bad func(string, ...any)) error {
	return tx.each(func(rows *sql.Rows) error {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		bad("案件 %d 记在另一个分局名下，与承办单位或辖区不符", id)
		return nil
	}, "SELECT id FROM cases WHERE branch <> "+caseBranch+" LIMIT 20")
}
