package store

import (
	"fmt"

	"casebook/internal/registry"
)

// Bureaus stores the bureau: one row, or none as long as the program's default stands.
var Bureaus = &Table[registry.Bureau, *registry.Bureau]{Entity: "bureau", Noun: "本局设置", name: "bureau",
	id: func(x *registry.Bureau) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Bureau, c *columns) {
		c.col("name", &x.Name)
		c.col("short_name", &x.ShortName)
		c.list("city", &x.City)
		c.list("districts", &x.Districts)
		c.col("series", &x.Series)
		c.col("basin", &x.Basin)
		c.list("area", &x.Area)
		c.list("visits", &x.Visits)
		c.list("bulletins", &x.Bulletins)
		c.list("approval", &x.Approval)
		c.col("own_branch_only", &x.OwnBranchOnly)
		c.col("public_site", &x.PublicSite)
		c.col("public_contact", &x.PublicContact)
		c.col("round_heads", &x.RoundHeads)
	},
	known: true}

// Bureau is the bureau as the transaction sees it, read once; the program's default where there is no row yet. It must not be changed.
func (tx *Tx) Bureau() (_ *registry.Bureau, err error) {
	if tx.known.bureau == nil {
		tx.known.bureau, err = tx.readBureau()
	}
	return tx.known.bureau, err
}

// readBureau reads all of the row where it has another version than the last read found: every request of an officer asks, and what hangs on the row takes ten
// times as long to read as its version.
func (tx *Tx) readBureau() (*registry.Bureau, error) {
	kept := tx.conn.bureau
	if kept != nil {
		var version int64
		err := tx.one([]any{&version}, "SELECT version FROM bureau WHERE id = $1", int64(registry.TheBureau))
		switch have := kept.Load(); {
		case noRows(err):
			return registry.DefaultBureau(), nil
		case err != nil:
			return nil, err
		case have != nil && have.Version == version:
			return have, nil
		}
	}
	x, err := Bureaus.Get(tx, int64(registry.TheBureau))
	switch {
	case registry.KindOf(err) == registry.KindNotFound && err != nil:
		return registry.DefaultBureau(), nil
	case err != nil:
		return nil, err
	}
	if kept != nil {
		kept.Store(&x)
	}
	return &x, nil
}

// OrganUsed reports whether an account, an officer, a campaign or a record names the unit.
func (tx *Tx) OrganUsed(id registry.OrganID) (used bool, err error) {
	err = tx.one([]any{&used}, `SELECT EXISTS (SELECT 1 FROM officers WHERE organ_id = $1) OR EXISTS (SELECT 1 FROM users WHERE organ_id = $1)
		OR EXISTS (SELECT 1 FROM campaigns WHERE organ_id = $1) OR EXISTS (SELECT 1 FROM inspections WHERE organ_id = $1)
		OR EXISTS (SELECT 1 FROM cases WHERE deciding_organ_id = $1 OR handling_organ_id = $1) OR EXISTS (SELECT 1 FROM documents WHERE organ_id = $1)`, id)
	return used, err
}

// DistrictUsed names a kind of record that lies in the district; empty where none does.
func (tx *Tx) DistrictUsed(code string) (noun string, err error) {
	for _, t := range []struct{ table, noun string }{{"farms", "养殖场"}, {"inspections", "检查"}, {"cases", "案件"}} {
		var used bool
		if err := tx.one([]any{&used}, "SELECT EXISTS (SELECT 1 FROM "+t.table+" WHERE district_code = $1)", code); err != nil {
			return "", fmt.Errorf("look for %s of a district: %w", t.table, err)
		}
		if used {
			return t.noun, nil
		}
	}
	return "", nil
}
