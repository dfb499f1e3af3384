package store

import (
	"casebook/internal/registry"
)

// Campaigns stores 专项行动.
var Campaigns = &Table[registry.Campaign, *registry.Campaign]{Entity: "campaign", Noun: "专项行动", name: "campaigns",
	id: func(x *registry.Campaign) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Campaign, c *columns) {
		c.col("origin", &x.Origin)
		c.col("name", &x.Name)
		c.col("year", &x.Year)
		c.col("aim", &x.Aim)
		ref(c, "organ_id", &x.OrganID)
		c.col("note", &x.Note)
	}}

// Campaigns lists the newest campaigns first.
func (tx *Tx) Campaigns() ([]registry.Campaign, error) {
	return Campaigns.list(tx, "ORDER BY year DESC, id DESC LIMIT 500")
}
