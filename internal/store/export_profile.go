package store

import "casebook/internal/registry"

// ExportProfiles stores the forms of export that people make.
var ExportProfiles = &Table[registry.ExportProfile, *registry.ExportProfile]{Entity: "export_profile", Noun: "导出方案", name: "export_profiles",
	id: func(x *registry.ExportProfile) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.ExportProfile, c *columns) {
		ref(c, "owner_id", &x.OwnerID)
		c.col("name", &x.Name)
		c.col("shared", &x.Shared)
		c.col("row_kind", &x.Rows)
		c.list("column_keys", &x.Columns)
		c.list("filters", &x.Filters)
		c.list("sort_keys", &x.Sort)
		c.col("note", &x.Note)
	}}

// mostProfiles is how many forms of export a person has to choose from: the own ones, then those that others share.
const mostProfiles = 200

// ExportProfiles lists what a person may use, the own ones first, by name.
func (tx *Tx) ExportProfiles(owner registry.UserID) ([]registry.ExportProfile, error) {
	own, err := ExportProfiles.list(tx, "WHERE owner_id = $1 ORDER BY name LIMIT $2", owner, mostProfiles)
	if err != nil {
		return nil, err
	}
	shared, err := ExportProfiles.list(tx, "WHERE shared = 1 ORDER BY name LIMIT $1", mostProfiles)
	if err != nil {
		return nil, err
	}
	for _, x := range shared {
		if x.OwnerID != owner {
			own = append(own, x)
		}
	}
	return own, nil
}

// ExportProfileNamed finds a form of export by its name: the person's own before a shared one.
func (tx *Tx) ExportProfileNamed(owner registry.UserID, name string) (x registry.ExportProfile, found bool, err error) {
	for _, where := range []struct {
		sql  string
		args []any
	}{{"WHERE owner_id = $1 AND name = $2", []any{owner, name}}, {"WHERE name = $1 AND shared = 1", []any{name}}} {
		x, err = ExportProfiles.first(tx, where.sql, name, where.args...)
		if registry.KindOf(err) != registry.KindNotFound {
			return x, err == nil, err
		}
	}
	return x, false, nil
}
