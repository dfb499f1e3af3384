package store

import (
	"database/sql"
	"strings"

	"casebook/internal/pinyin"
	"casebook/internal/registry"
)

// FieldFarm is a farm as a phone keeps it, to be found without a signal: by name, by the initials of its syllables, by number, by distance.
type FieldFarm struct {
	ID         registry.FarmID  `json:"id"`
	Name       string           `json:"name"`
	Initials   string           `json:"initials"` // of every reading, a blank between
	District   string           `json:"district"`
	Where      string           `json:"where"`
	Longitude  *float64         `json:"longitude,omitempty"`
	Latitude   *float64         `json:"latitude,omitempty"`
	Datum      string           `json:"datum,omitempty"`
	OperatorID registry.PartyID `json:"operator_id,omitempty"`
	Operator   string           `json:"operator,omitempty"`
	Species    []registry.Herd  `json:"-"`
	Herds      []string         `json:"herds,omitempty"` // the species
}

// FieldFarms lists the farms of a district, or of all, last registered first.
func (tx *Tx) FieldFarms(district string, most int) (list []FieldFarm, err error) {
	q := newQuery(`SELECT x.id, x.name, x.district_code, x.town, x.address, x.longitude, x.latitude, x.datum, x.operator_id, COALESCE(p.name, ''), x.herds
		FROM farms x LEFT JOIN parties p ON p.id = x.operator_id WHERE x.id > 0 AND x.merged_into IS NULL AND x.voided = ''`) // from the newest down, until there are enough
	if district != "" {
		q.add(" AND x.district_code = ?", district)
	}
	q.own(tx, "x.district_code")
	q.add(" ORDER BY x.id DESC LIMIT ?", most)
	err = tx.each(func(rows *sql.Rows) error {
		var x FieldFarm
		var f registry.Farm
		if err := rows.Scan(&x.ID, &x.Name, &x.District, &f.Town, &f.Address, &x.Longitude, &x.Latitude, &x.Datum, reference[registry.PartyID]{&x.OperatorID}, &x.Operator, jsonValue{&x.Species}); err != nil {
			return err
		}
		x.Where = f.Where()
		x.Initials = strings.Join(pinyin.Initials(registry.Fold(x.Name)), " ")
		for _, h := range x.Species {
			if len(x.Herds) == 0 || x.Herds[len(x.Herds)-1] != h.Species {
				x.Herds = append(x.Herds, h.Species)
			}
		}
		list = append(list, x)
		return nil
	}, q.sql(), q.args...)
	return list, err
}
