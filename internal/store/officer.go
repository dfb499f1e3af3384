package store

import (
	"casebook/internal/registry"
)

// Officers stores 执法人员.
var Officers = &Table[registry.Officer, *registry.Officer]{Entity: "officer", Noun: "执法人员", name: "officers",
	id: func(x *registry.Officer) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Officer, c *columns) {
		c.col("name", &x.Name)
		ref(c, "organ_id", &x.OrganID)
		c.col("cert_no", &x.CertNo)
		c.date("valid_from", &x.ValidFrom)
		c.date("valid_to", &x.ValidTo)
		c.col("active", &x.Active)
	}}

// OfficersByID reads officers of the roster; ids that it does not have are left out.
func (tx *Tx) OfficersByID(ids []registry.OfficerID) (map[registry.OfficerID]registry.Officer, error) {
	return byIDs(tx, Officers, ids)
}

// Officers lists the roster, by unit and name.
func (tx *Tx) Officers() ([]registry.Officer, error) {
	return Officers.list(tx, "ORDER BY organ_id, name, id LIMIT 2000")
}
