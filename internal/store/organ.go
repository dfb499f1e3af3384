package store

import (
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
	}}
