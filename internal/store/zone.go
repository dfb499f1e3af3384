package store

import (
	"database/sql"

	"casebook/internal/registry"
)

// ZoneMaps stores 区划.
var ZoneMaps = &Table[registry.ZoneMap, *registry.ZoneMap]{Entity: "zone", Noun: "区划", name: "zones",
	id: func(x *registry.ZoneMap) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.ZoneMap, c *columns) {
		c.col("origin", &x.Origin)
		c.col("kind", &x.Kind)
		c.col("name", &x.Name)
		c.col("district_code", &x.DistrictCode)
		c.col("plan_number", &x.PlanNumber)
		c.date("valid_from", &x.ValidFrom)
		c.date("valid_to", &x.ValidTo)
		c.col("source", &x.Source)
		c.col("note", &x.Note)
		c.col("datum", &x.Datum)
		c.col("vertices", &x.Vertices)
		c.col("sha256", &x.SHA256)
		c.col("shape", &x.Shape)
	}}

// ZoneHeads are all zones without their shapes, those in force the longest last; a city has some dozens.
func (tx *Tx) ZoneHeads() (list []registry.ZoneMap, err error) {
	err = tx.each(func(r *sql.Rows) error {
		var x registry.ZoneMap
		from, to := &dateBounds{d: &x.ValidFrom}, &dateBounds{d: &x.ValidTo}
		err := r.Scan(&x.ID, &x.Version, &x.Origin, &x.Kind, &x.Name, &x.DistrictCode, &x.PlanNumber, (*dateEarliest)(from), (*dateLatest)(from), (*dateEarliest)(to), (*dateLatest)(to),
			&x.Source, &x.Note, &x.Datum, &x.Vertices, &x.SHA256)
		list = append(list, x)
		return err
	}, `SELECT id, version, origin, kind, name, district_code, plan_number, valid_from, valid_from_latest, valid_to, valid_to_latest, source, note, datum, vertices, sha256
		FROM zones ORDER BY id DESC LIMIT 500`)
	return list, err
}

// ZoneImported finds the zone that a file became, by its digest; 0 where there is none.
func (tx *Tx) ZoneImported(sha256 string) (id registry.ZoneMapID, err error) {
	err = tx.one([]any{&id}, "SELECT COALESCE(MAX(id), 0) FROM zones WHERE sha256 = $1", sha256)
	return id, err
}

// FarmVisits counts the inspections of a farm that began in a year, without that one.
func (tx *Tx) FarmVisits(farm registry.FarmID, year string, without registry.InspectionID) (v registry.Visits, err error) {
	err = tx.each(func(r *sql.Rows) error {
		var kind, uncounted string
		if err := r.Scan(&kind, &uncounted); err != nil {
			return err
		}
		switch {
		case kind == registry.Recheck:
			v.Rechecks++
		case uncounted != "":
			v.Exempt++
		default:
			v.Counted++
		}
		return nil
	}, "SELECT kind, uncounted FROM inspections WHERE farm_id = $1 AND started_on >= $2 AND started_on <= $3 AND voided = '' AND id <> $4", farm, year+"-01-01", year+"-12-31", without)
	return v, err
}

// FarmVisited is a farm with its counted visits of a year.
type FarmVisited struct {
	ID           registry.FarmID
	Name         string
	DistrictCode string
	Visits       int
}

// FarmsVisited lists the farms with at least so many counted visits in a year, most first, at most limit.
func (tx *Tx) FarmsVisited(year string, atLeast int64, district string, limit int) (list []FarmVisited, err error) {
	q := newQuery("SELECT f.id, f.name, f.district_code, v.n FROM (SELECT farm_id, COUNT(*) AS n FROM inspections WHERE voided = '' AND kind <> '复查' AND uncounted = ''")
	q.add(" AND started_on >= ? AND started_on <= ? GROUP BY farm_id HAVING COUNT(*) >= ?) v JOIN farms f ON f.id = v.farm_id WHERE f.voided = ''", year+"-01-01", year+"-12-31", atLeast)
	q.own(tx, "f.district_code")
	q.andIf(district != "", "f.district_code = ?", district)
	q.add(" ORDER BY v.n DESC, f.id LIMIT ?", limit)
	err = tx.each(func(r *sql.Rows) error {
		var x FarmVisited
		err := r.Scan(&x.ID, &x.Name, &x.DistrictCode, &x.Visits)
		list = append(list, x)
		return err
	}, q.sql(), q.args...)
	return list, err
}

// Dot is a farm with a position, for the map.
type Dot struct {
	ID           int64
	Title        string
	DistrictCode string
	Place        registry.Place
	Cases        int // those that are not voided
}

// FarmDots are the farms that have a position, newest first, at most limit; more tells that there are others.
func (tx *Tx) FarmDots(district string, limit int) (list []Dot, more bool, err error) {
	q := newQuery(`SELECT f.id, f.name, f.district_code, f.longitude, f.latitude, f.datum, (SELECT COUNT(*) FROM cases c WHERE c.farm_id = f.id AND c.voided = '')
		FROM farms f WHERE f.latitude IS NOT NULL AND f.voided = '' AND f.merged_into IS NULL`)
	q.own(tx, "f.district_code")
	q.andIf(district != "", "f.district_code = ?", district)
	q.add(" ORDER BY f.id DESC LIMIT ?", limit+1)
	err = tx.each(func(r *sql.Rows) error {
		var x Dot
		err := r.Scan(&x.ID, &x.Title, &x.DistrictCode, &x.Place.Longitude, &x.Place.Latitude, &x.Place.Datum, &x.Cases)
		list = append(list, x)
		return err
	}, q.sql(), q.args...)
	if more = len(list) > limit; more {
		list = list[:limit]
	}
	return list, more, err
}
