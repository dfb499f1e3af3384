package store

import (
	"database/sql"
	"fmt"

	"casebook/internal/registry"
)

// mostFarmsAlike bounds how many farms of a county and species are counted: where there are more, nobody is told by them.
const mostFarmsAlike = 2000

// FarmsOfKind counts the farms of a county with a main species, up to mostFarmsAlike. County and species are one word of the index: no list of farms may
// take it for its own.
func (tx *Tx) FarmsOfKind(district, species string) (n int, err error) {
	if err := tx.one([]any{&n}, `SELECT COUNT(*) FROM (SELECT 1 FROM farms WHERE district_code || main_species = $1 AND voided = '' AND merged_into IS NULL LIMIT $2) AS alike`,
		district+species, mostFarmsAlike); err != nil {
		return 0, fmt.Errorf("count farms of a kind: %w", err)
	}
	return n, nil
}

// FarmsAlike counts those of them whose first herd may be the one that a text tells, up to most.
func (tx *Tx) FarmsAlike(district, species string, told registry.HeadsTold, most int) (n int, err error) {
	if err := tx.one([]any{&n}, `SELECT COUNT(*) FROM (SELECT 1 FROM farms WHERE district_code || main_species = $1 AND main_heads >= $2 AND main_heads <= $3
		AND voided = '' AND merged_into IS NULL LIMIT $4) AS alike`, district+species, told.Low, told.High, most); err != nil {
		return 0, fmt.Errorf("count farms alike: %w", err)
	}
	return n, nil
}

// CasesAlike counts the cases of a county with a violation of a type found in a month (2026-03), up to most.
func (tx *Tx) CasesAlike(district, typeCode, month string, most int) (n int, err error) {
	err = tx.one([]any{&n}, `SELECT COUNT(*) FROM (SELECT 1 FROM case_types t JOIN cases c ON c.id = t.case_id
		WHERE t.type_code = $1 AND t.found_on >= $2 AND t.found_on < $3 AND c.district_code = $4 AND c.voided = '' LIMIT $5) AS alike`, typeCode, month, month+"~", district, most)
	return n, err
}

// NumbersTaken lists the numbers of documents and cases among keys (registry.DocNumberKey) that may be none.
func (tx *Tx) NumbersTaken(keys []string) (found []string, err error) {
	if len(keys) == 0 {
		return nil, nil
	}
	for _, table := range []string{"documents", "cases"} {
		column := map[string]string{"documents": "number_normalized", "cases": "number"}[table]
		q := newQuery("SELECT "+column+" FROM "+table+" WHERE number_key <> '' AND number_key IN (?", keys[0])
		for _, k := range keys[1:] {
			q.add(", ?", k)
		}
		q.add(")")
		if err := tx.each(func(rows *sql.Rows) error {
			var n string
			err := rows.Scan(&n)
			found = append(found, n)
			return err
		}, q.sql(), q.args...); err != nil {
			return nil, fmt.Errorf("look for numbers of %s: %w", table, err)
		}
	}
	return found, nil
}
