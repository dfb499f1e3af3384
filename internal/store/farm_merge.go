package store

import "casebook/internal/registry"

// FarmMerges stores 养殖场合并.
var FarmMerges = &Table[registry.FarmMerge, *registry.FarmMerge]{Entity: "farm_merge", Noun: "养殖场合并", name: "farm_merges",
	id: func(x *registry.FarmMerge) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.FarmMerge, c *columns) {
		c.col("farm_id", &x.FarmID)
		c.col("into_id", &x.IntoID)
		c.list("taken", &x.Taken)
		c.merging(&x.Merging)
	},
	save: func(tx *Tx, x *registry.FarmMerge) error { return tx.indexFarmMerge(x.IntoID) }}

// FarmReferences lists what points at a farm, up to limit of each noun.
func (tx *Tx) FarmReferences(id registry.FarmID, limit int) ([]registry.MovedReference, error) {
	return tx.references(int64(id), limit, []pointing{
		{"case", "SELECT id FROM cases WHERE farm_id = $1 ORDER BY id LIMIT $2"},
		{"inspection", "SELECT id FROM inspections WHERE farm_id = $1 ORDER BY id LIMIT $2"},
	})
}

// MergesOfFarm lists the merges that a farm was part of, newest first.
func (tx *Tx) MergesOfFarm(id registry.FarmID) ([]registry.FarmMerge, error) {
	return FarmMerges.list(tx, "WHERE farm_id = $1 OR into_id = $1 ORDER BY id DESC LIMIT 50", id)
}

// MergedInto lists the farms that were merged into one: their files are shown with it.
func (tx *Tx) MergedInto(id registry.FarmID) ([]registry.Farm, error) {
	return Farms.list(tx, "WHERE merged_into = $1 ORDER BY id LIMIT 50", id)
}

// FarmsByID reads farms by id.
func (tx *Tx) FarmsByID(ids []registry.FarmID) (map[registry.FarmID]registry.Farm, error) {
	return byIDs(tx, Farms, ids)
}
