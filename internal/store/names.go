package store

import (
	"database/sql"

	"casebook/internal/registry"
)

// Named is an entry of the register that a name is compared with.
type Named struct {
	ID int64
	registry.NameTold
}

// PartyNames goes through the parties that stand, FarmNames through the farms.
func (tx *Tx) PartyNames(fn func(Named)) error {
	q := newQuery("SELECT id, name, '', address, legal_person, CASE credit_code WHEN '' THEN id_number ELSE credit_code END FROM parties WHERE voided = '' AND merged_into IS NULL")
	q.ownParties(tx, "parties")
	return tx.names(q, fn)
}

// FarmNames goes through the farms that stand.
func (tx *Tx) FarmNames(fn func(Named)) error {
	q := newQuery("SELECT id, name, district_code, town, contact_name, '' FROM farms WHERE voided = '' AND merged_into IS NULL")
	q.own(tx, "district_code")
	return tx.names(q, fn)
}

func (tx *Tx) names(q *query, fn func(Named)) error {
	return tx.each(func(rows *sql.Rows) error {
		var x Named
		if err := rows.Scan(&x.ID, &x.Name, &x.District, &x.Town, &x.LegalPerson, &x.Code); err != nil {
			return err
		}
		fn(x)
		return nil
	}, q.sql(), q.args...)
}

// CasesOfFarm are the cases about a farm of a name in a district, the newest first.
func (tx *Tx) CasesOfFarm(district, name string) (ids []registry.CaseID, err error) {
	q := newQuery("SELECT id FROM cases WHERE farm_id IN (SELECT id FROM farms WHERE name_key = ? AND name_key <> '' AND district_code = ?) AND voided = ''", registry.NameKey(name), district)
	q.add(" ORDER BY id DESC LIMIT 50")
	err = tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, q.sql(), q.args...)
	return ids, err
}
