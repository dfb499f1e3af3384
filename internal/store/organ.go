package store

import (
	"maps"
	"slices"

	"casebook/internal/registry"
)

// Organs stores 机构.
var Organs = &Table[registry.Organ, *registry.Organ]{Entity: "organ", Noun: "机构", name: "organs",
	id: func(x *registry.Organ) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Organ, c *columns) {
		c.col("name", &x.Name)
		c.col("short_name", &x.ShortName)
		c.col("kind", &x.Kind)
		c.col("district_code", &x.DistrictCode)
		c.col("credit_code", &x.CreditCode)
		c.col("abbr", &x.Abbr)
		c.col("active", &x.Active)
	},
	save:  func(tx *Tx, x *registry.Organ) error { return tx.keepBranchesOf(x.ID) },
	known: true}

// Organs lists all units: the bureau, its branches, then the rest.
func (tx *Tx) Organs() ([]registry.Organ, error) {
	return Organs.list(tx, "ORDER BY CASE kind WHEN '市局' THEN 0 WHEN '分局' THEN 1 ELSE 2 END, district_code, id LIMIT 500")
}

// organsByID reads some units; those in use that the transaction has read already are not read again.
func (tx *Tx) organsByID(ids []registry.OrganID) (map[registry.OrganID]registry.Organ, error) {
	var rest []registry.OrganID
	have := map[registry.OrganID]registry.Organ{}
	for _, id := range ids {
		if i := slices.IndexFunc(tx.known.organs, func(o registry.Organ) bool { return o.ID == id }); i >= 0 {
			have[id] = tx.known.organs[i]
		} else {
			rest = append(rest, id)
		}
	}
	read, err := byIDs(tx, Organs, rest)
	maps.Copy(have, read)
	return have, err
}

// ActiveOrgans lists the units that are in use, in the order in which they were added. The list must not be changed.
func (tx *Tx) ActiveOrgans() (list []registry.Organ, err error) {
	if tx.known.organs == nil {
		tx.known.organs, err = Organs.list(tx, "WHERE active = $1 ORDER BY id", true)
	}
	return tx.known.organs, err
}
