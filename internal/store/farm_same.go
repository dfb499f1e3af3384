package store

import (
	"database/sql"
	"fmt"

	"casebook/internal/registry"
)

// mostSame bounds how many farms or parties a create is compared with aloud.
const mostSame = 10

// SameFarms lists the farms that a farm may be: of the same folded name in its district, of its permit, or within
// registry.SamePlace of it. Those that were voided or merged away are left out; so is the farm itself.
func (tx *Tx) SameFarms(x *registry.Farm) (list []registry.Reference, err error) {
	seen := map[int64]bool{int64(x.ID): true}
	find := func(why, where string, near bool, args ...any) error {
		q := newQuery("SELECT id, name, longitude, latitude, datum FROM farms WHERE "+where+" AND voided = '' AND merged_into IS NULL", args...)
		q.own(tx, "district_code")
		q.add(" ORDER BY id LIMIT 200")
		return tx.each(func(rows *sql.Rows) error {
			r := registry.Reference{Entity: "farm", Why: why}
			var at registry.Place
			if err := rows.Scan(&r.ID, &r.Title, &at.Longitude, &at.Latitude, &at.Datum); err != nil {
				return err
			}
			if near {
				metres, ok := x.Place.Metres(at)
				if !ok || metres > registry.SamePlace {
					return nil
				}
				r.Why = fmt.Sprintf("相距约 %.0f 米", metres)
			}
			if !seen[r.ID] && len(list) < mostSame {
				seen[r.ID], list = true, append(list, r)
			}
			return nil
		}, q.sql(), q.args...)
	}
	if key := registry.NameKey(x.Name); key != "" {
		if err := find("名称和辖区相同", "name_key = ? AND district_code = ?", false, key, x.DistrictCode); err != nil {
			return nil, err
		}
	}
	if x.Permit.Number != "" {
		if err := find("许可证或登记编号相同", "permit_number = ? AND permit_number <> ''", false, x.Permit.Number); err != nil {
			return nil, err
		}
	}
	if west, east, south, north, ok := x.Place.Around(registry.SamePlace); ok {
		err = find("", "latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?", true, south, north, west, east)
	}
	return list, err
}

// SameCodes lists the parties that have the credit code, or the document of identity, of a party.
func (tx *Tx) SameCodes(x *registry.Party) (list []registry.Reference, err error) {
	seen := map[int64]bool{int64(x.ID): true}
	for _, by := range []struct{ why, column, code string }{{"统一社会信用代码相同", "credit_code", x.CreditCode}, {"证件号码相同", "id_number", x.IDNumber}} {
		if by.code == "" {
			continue
		}
		q := newQuery("SELECT id, name FROM parties WHERE "+by.column+" = ? AND "+by.column+" <> '' AND voided = '' AND merged_into IS NULL", by.code)
		q.ownParties(tx, "parties")
		q.add(" ORDER BY id LIMIT 20")
		if err := tx.each(func(rows *sql.Rows) error {
			r := registry.Reference{Entity: "party", Why: by.why}
			err := rows.Scan(&r.ID, &r.Title)
			if !seen[r.ID] && len(list) < mostSame {
				seen[r.ID], list = true, append(list, r)
			}
			return err
		}, q.sql(), q.args...); err != nil {
			return nil, err
		}
	}
	return list, nil
}
