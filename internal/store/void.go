package store

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"casebook/internal/registry"
)

// voided binds the column that says whether a record was voided, and why.
func (c *columns) voided(v *registry.Voidable) {
	if v.IsVoid() {
		v.Voided.At = asStored(v.Voided.At)
	}
	c.col("voided", voidedValue{&v.Voided})
	c.col("unvoid_reason", &v.UnvoidReason)
}

type voidedValue struct{ v *registry.Voiding }

func (x voidedValue) Scan(src any) error {
	s, err := text(src)
	if err != nil || s == "" {
		*x.v = registry.Voiding{}
		return err
	}
	return json.Unmarshal([]byte(s), x.v)
}

func (x voidedValue) Value() (driver.Value, error) {
	if (*x.v == registry.Voiding{}) {
		return "", nil
	}
	b, err := json.Marshal(x.v)
	return string(b), err
}

// mostResting is how many records of one kind a refusal names.
const mostResting = 20

// resting finds, for each row of registry.RestsOn, the records that rest on one: their id and their words.
var resting = map[string]map[string]string{
	"farm": {
		"inspection": "SELECT id, TRIM(started_on || ' ' || kind || ' ' || number) FROM inspections WHERE farm_id = $1 AND voided = '' ORDER BY id LIMIT $2",
		"case":       "SELECT id, title FROM cases WHERE farm_id = $1 AND voided = '' ORDER BY id LIMIT $2",
		"farm":       "SELECT id, name FROM farms WHERE merged_into = $1 ORDER BY id LIMIT $2",
	},
	"party": {
		"case": `SELECT c.id, c.title FROM case_parties cp JOIN cases c ON c.id = cp.case_id WHERE cp.party_id = $1 AND c.voided = ''
			ORDER BY cp.case_id LIMIT $2`,
		"penalty":    "SELECT id, kind FROM penalties WHERE party_id = $1 ORDER BY id LIMIT $2",
		"farm":       "SELECT id, name FROM farms WHERE operator_id = $1 AND voided = '' ORDER BY id LIMIT $2",
		"inspection": "SELECT id, TRIM(started_on || ' ' || kind || ' ' || number) FROM inspections WHERE party_id = $1 AND voided = '' ORDER BY id LIMIT $2",
		"party":      "SELECT id, name FROM parties WHERE merged_into = $1 ORDER BY id LIMIT $2",
	},
	"inspection": {
		"case": `SELECT c.id, c.title FROM case_inspections ci JOIN cases c ON c.id = ci.case_id WHERE ci.inspection_id = $1 AND c.voided = ''
			ORDER BY ci.case_id LIMIT $2`,
		"sample": `SELECT s.id, TRIM(s.code || ' ' || s.point || ' ' || s.report_number) FROM samples s WHERE s.inspection_id = $1
			AND (s.code <> '' OR s.analysis_organ <> '' OR s.report_number <> '' OR s.report_on <> '' OR EXISTS (SELECT 1 FROM sample_results r WHERE r.sample_id = s.id))
			ORDER BY s.id LIMIT $2`,
	},
	"case": {
		"document": "SELECT id, TRIM(kind || ' ' || number) FROM documents WHERE case_id = $1 ORDER BY seq, id LIMIT $2",
		"penalty":  "SELECT id, kind FROM penalties WHERE case_id = $1 ORDER BY id LIMIT $2",
		"payment":  "SELECT id, TRIM(kind || ' ' || paid_on) FROM payments WHERE case_id = $1 ORDER BY id LIMIT $2",
		"bulletin": `SELECT b.id, b.title FROM bulletin_cases bc JOIN bulletins b ON b.id = bc.bulletin_id WHERE bc.case_id = $1 AND b.state <> '` + string(registry.BulletinWithdrawn) + `'
			ORDER BY b.id LIMIT $2`,
	},
	"document": {"penalty": "SELECT id, kind FROM penalties WHERE document_id = $1 ORDER BY id LIMIT $2"},
	"penalty":  {"payment": "SELECT id, TRIM(kind || ' ' || paid_on) FROM payments WHERE penalty_id = $1 ORDER BY id LIMIT $2"},
}

// restingOnPart is resting for registry.RestsOnPart: $1 is the part, $3 the case.
var restingOnPart = map[string]map[string]string{
	"party": {"penalty": "SELECT id, kind FROM penalties WHERE party_id = $1 AND case_id = $3 ORDER BY id LIMIT $2"},
	"inspection": {
		"evidence":  "SELECT id, title FROM evidence WHERE inspection_id = $1 AND case_id = $3 ORDER BY id LIMIT $2",
		"violation": "SELECT id, SUBSTR(facts, 1, 30) FROM violations WHERE case_id = $3 AND act_to = '' AND $1 > 0 ORDER BY seq, id LIMIT $2",
		"sample": `SELECT id, TRIM(code || ' ' || point) FROM samples WHERE inspection_id = $1 AND EXISTS (SELECT 1 FROM penalties p WHERE p.case_id = $3)
			ORDER BY id LIMIT $2`,
	},
}

// Resting lists what keeps a record from being voided or deleted, up to mostResting of each kind.
func (tx *Tx) Resting(entity string, id int64) (list []registry.Reference, err error) {
	return tx.resting(entity, id, registry.RestsOn[entity], resting[entity], id, mostResting)
}

// RestingOnPart lists what keeps a party or an inspection on a case.
func (tx *Tx) RestingOnPart(entity string, id int64, of registry.CaseID) (list []registry.Reference, err error) {
	return tx.resting(entity, id, registry.RestsOnPart[entity], restingOnPart[entity], id, mostResting, of)
}

func (tx *Tx) resting(entity string, id int64, rests []registry.Rest, queries map[string]string, args ...any) (list []registry.Reference, err error) {
	for _, rest := range rests {
		query := queries[rest.Entity]
		if query == "" {
			return nil, fmt.Errorf("nothing finds the %s that rests on a %s", rest.Entity, entity)
		}
		if err := tx.each(func(rows *sql.Rows) error {
			r := registry.Reference{Entity: rest.Entity, Why: rest.Why}
			err := rows.Scan(&r.ID, &r.Title)
			list = append(list, r)
			return err
		}, query, args...); err != nil {
			return nil, fmt.Errorf("find what rests on %s %d: %w", entity, id, err)
		}
	}
	return list, nil
}

// FirstActor is who made a record, as its first revision says; empty where there is none.
func (tx *Tx) FirstActor(entity string, id int64) (actor string, err error) {
	err = tx.one([]any{&actor}, "SELECT "+wordOf("a.actor")+` FROM revisions r LEFT JOIN audit_log a ON a.seq = r.audit_seq
		WHERE r.entity = $1 AND r.entity_id = $2 ORDER BY r.version LIMIT 1`, entity, id)
	if noRows(err) {
		return "", nil
	}
	return actor, err
}

// CaseVoided reports whether a case was voided.
func (tx *Tx) CaseVoided(id registry.CaseID) (void bool, err error) {
	if c, ok := tx.made.rows[rowKey{"case", int64(id)}].(*registry.Case); ok {
		return c.IsVoid(), nil
	}
	err = tx.one([]any{&void}, "SELECT voided <> '' FROM cases WHERE id = $1", id)
	if noRows(err) {
		return false, registry.NotFound("案件", id)
	}
	return void, err
}

// InspectionVoided reports whether an inspection was voided; one that is not there was not.
func (tx *Tx) InspectionVoided(id registry.InspectionID) (void bool, err error) {
	err = tx.one([]any{&void}, "SELECT voided <> '' FROM inspections WHERE id = $1", id)
	if noRows(err) {
		return false, nil
	}
	return void, err
}

// OtherNumbered finds another record that counts and has the number that a voided one gave free; 0 where there is none.
func (tx *Tx) OtherNumbered(entity, number string, id int64) (other int64, title string, err error) {
	query := map[string]string{
		"case":       "SELECT id, title FROM cases WHERE number_key = $1 AND number_key <> '' AND voided = '' AND id <> $2 ORDER BY id LIMIT 1",
		"inspection": "SELECT id, number FROM inspections WHERE number = $1 AND number <> '' AND voided = '' AND id <> $2 ORDER BY id LIMIT 1",
		"party":      "SELECT id, name FROM parties WHERE credit_code = $1 AND credit_code <> '' AND voided = '' AND merged_into IS NULL AND id <> $2 ORDER BY id LIMIT 1",
	}[entity]
	if query == "" || number == "" {
		return 0, "", nil
	}
	if entity == "case" {
		number = registry.DocNumberKey(number)
	}
	err = tx.one([]any{&other, &title}, query, number, id)
	if noRows(err) {
		return 0, "", nil
	}
	return other, title, err
}

// VoidedNumbers are how many cases of a filter were voided, and the numbers of the first of them: what a gap in the ledger is.
func (tx *Tx) VoidedNumbers(f CaseFilter, limit int) (n int, numbers []string, err error) {
	f.IncludeVoided = true
	q := newQuery("SELECT COUNT(*) FROM cases x")
	f.where(tx, q)
	q.add(" AND x.voided <> ''")
	if err = tx.one([]any{&n}, q.sql(), q.args...); err != nil || n == 0 {
		return n, nil, err
	}
	q = newQuery("SELECT x.number FROM cases x")
	f.where(tx, q)
	q.add(" AND x.voided <> '' AND x.number <> '' ORDER BY x.number LIMIT ?", limit)
	err = tx.each(func(rows *sql.Rows) error {
		var s string
		err := rows.Scan(&s)
		numbers = append(numbers, s)
		return err
	}, q.sql(), q.args...)
	return n, numbers, err
}

// verifyVoided looks for records that count and refer to one that was voided, and for voided cases that are still on the way or due.
func (tx *Tx) verifyVoided(bad func(string, ...any)) error {
	return tx.each(func(rows *sql.Rows) error {
		var entity, of string
		var id, other int64
		if err := rows.Scan(&entity, &id, &of, &other); err != nil {
			return err
		}
		if of == "" {
			bad("案件 %d 已作废，却仍记为办理中或有期限", id)
			return nil
		}
		bad("%s %d 引用的%s %d 已作废", entity, id, of, other)
		return nil
	}, `SELECT '检查', i.id, '养殖场', f.id FROM farms f JOIN inspections i ON i.farm_id = f.id WHERE f.voided <> '' AND i.voided = ''
		UNION ALL SELECT '案件', c.id, '养殖场', f.id FROM farms f JOIN cases c ON c.farm_id = f.id WHERE f.voided <> '' AND c.voided = ''
		UNION ALL SELECT '养殖场', f.id, '当事人', p.id FROM parties p JOIN farms f ON f.operator_id = p.id WHERE p.voided <> '' AND f.voided = ''
		UNION ALL SELECT '案件', c.id, '当事人', p.id FROM parties p JOIN case_parties cp ON cp.party_id = p.id JOIN cases c ON c.id = cp.case_id
			WHERE p.voided <> '' AND c.voided = ''
		UNION ALL SELECT '案件', c.id, '检查', i.id FROM inspections i JOIN case_inspections ci ON ci.inspection_id = i.id JOIN cases c ON c.id = ci.case_id
			WHERE i.voided <> '' AND c.voided = ''
		UNION ALL SELECT '案件', id, '', 0 FROM cases WHERE voided <> '' AND (on_the_way = 1 OR due_on <> '')
		LIMIT 20`)
}
