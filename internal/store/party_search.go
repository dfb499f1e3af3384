package store

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"

	"casebook/internal/registry"
)

// indexParty keeps the names that the guard looks for, and gathers the names of a party, those it had before and those of the ones merged into it too, and its codes: a credit code for
// everybody, as pages show it, the number of a person's document for those alone who may see it. No phone is among it.
func (tx *Tx) indexParty(x *registry.Party) (changed bool, err error) {
	if err := tx.guardParty(x); err != nil {
		return false, err
	}
	d := newSearchDoc()
	d.names(inRow, x.Name, x.PublicName)
	d.texts(inRow, x.LegalPerson, x.CreditCode)
	d.number(x.IDNumber)
	if err := tx.otherNames(d, x, !tx.made.has("party", int64(x.ID))); err != nil { // nothing is merged yet into one that is new
		return false, err
	}
	return tx.indexDoc("party", int64(x.ID), d)
}

// partyWords adds a party to what search knows of a record that names it, under all of its names and the one it had at the act; nothing for
// none.
func (tx *Tx) partyWords(d *searchDoc, f foundIn, id registry.PartyID, atAct ...string) error {
	if id == 0 {
		return nil
	}
	x, holds, err := tx.partyNamed(id)
	if noRows(err) {
		return nil // the foreign key says so
	}
	if err != nil {
		return err
	}
	d.names(f, x.Name)
	d.names(inNameAtAct, atAct...)
	d.names(inPublicName, x.PublicName)
	d.texts(inLegalPerson, x.LegalPerson)
	d.texts(inCreditCode, x.CreditCode)
	d.number(x.IDNumber)
	return tx.otherNames(d, &x, holds)
}

// partyNamed reads what of a party search knows, and whether others were merged into it. The table of parties cannot be asked: saving one
// indexes others.
func (tx *Tx) partyNamed(id registry.PartyID) (x registry.Party, holds bool, err error) {
	if p, ok := tx.made.rows[rowKey{"party", int64(id)}].(*registry.Party); ok {
		return *p, false, nil // nothing can be merged into it yet
	}
	if p, ok := tx.named.parties[id]; ok {
		return p.Party, p.holds, nil
	}
	var p namedParty
	err = tx.one(p.targets(), partyNames+" WHERE id = $1", id)
	if err == nil {
		tx.named.keep()
		tx.named.parties[id] = p
	}
	return p.Party, p.holds, err
}

const partyNames = `SELECT id, version, name, public_name, legal_person, credit_code, id_number, merged_into, EXISTS (SELECT 1 FROM parties m WHERE m.merged_into = p.id)
	FROM parties p`

// nameCache is what search knows of parties and farms that a transaction has read: a case, its inspections and the next case name the same ones. Who writes a party or
// a farm forgets all of it.
type nameCache struct {
	parties map[registry.PartyID]namedParty
	farms   map[registry.FarmID]registry.Farm
	alone   map[registry.FarmID]bool // no farm was merged into it
}

// namedParty has what partyNames reads; holds tells that others were merged into it.
type namedParty struct {
	registry.Party
	holds bool
}

func (x *namedParty) targets() []any {
	return []any{&x.ID, &x.Version, &x.Name, &x.PublicName, &x.LegalPerson, &x.CreditCode, &x.IDNumber, reference[registry.PartyID]{&x.MergedInto}, &x.holds}
}

// namedMost bounds it in a long import.
const namedMost = 8000

func (n *nameCache) keep() {
	if n.parties == nil || len(n.parties)+len(n.farms)+len(n.alone) > namedMost {
		*n = nameCache{map[registry.PartyID]namedParty{}, map[registry.FarmID]registry.Farm{}, map[registry.FarmID]bool{}}
	}
}

// Foresee reads the farms and parties that the next records name, and the provisions, which each of them would ask for by itself.
func (tx *Tx) Foresee(farms []registry.FarmID, parties []registry.PartyID) error {
	tx.named.keep()
	tx.foreseen = map[rowKey]any{}
	if err := tx.foreseeProvisions(); err != nil {
		return fmt.Errorf("foresee provisions: %w", err)
	}
	if err := foresee(tx, Farms, farms, func(x *registry.Farm, holds bool) {
		if !holds {
			tx.named.alone[x.ID] = true
		}
	}); err != nil {
		return err
	}
	return foresee(tx, Parties, parties, func(x *registry.Party, holds bool) { tx.named.parties[x.ID] = namedParty{*x, holds} })
}

// foresee reads rows of a noun, and tells of each whether others were merged into it.
func foresee[I ~int64, T any, P Record[T]](tx *Tx, t *Table[T, P], ids []I, named func(x *T, holds bool)) error {
	for few := range slices.Chunk(ids, fewIDs) {
		rows, err := byIDs(tx, t, few)
		if err != nil {
			return fmt.Errorf("foresee %s: %w", t.name, err)
		}
		holding := map[I]bool{}
		q := newQuery("SELECT DISTINCT merged_into FROM " + t.name + " WHERE merged_into IN ")
		q.add(in(q, few))
		if err := tx.each(func(r *sql.Rows) error {
			var id I
			err := r.Scan(&id)
			holding[id] = true
			return err
		}, q.sql(), q.args...); err != nil {
			return fmt.Errorf("foresee what was merged into %s: %w", t.name, err)
		}
		for id, x := range rows {
			tx.foreseen[rowKey{t.Entity, int64(id)}] = &x
			named(&x, holding[id])
		}
	}
	return nil
}

// forget is asked of every row that is changed or deleted.
func (n *nameCache) forget(entity string) {
	if entity == Parties.Entity || entity == Farms.Entity {
		*n = nameCache{}
	}
}

// otherNames adds the names that a party had before, and, where it may hold others, all names of those that were merged into it, however deep.
func (tx *Tx) otherNames(d *searchDoc, x *registry.Party, holds bool) error {
	former, err := tx.formerNames(x)
	if err != nil {
		return err
	}
	d.names(inFormerName, former...)
	if !holds {
		return nil
	}
	var merged []registry.Party
	if err := tx.each(func(rows *sql.Rows) error {
		var m registry.Party
		err := rows.Scan(&m.ID, &m.Version, &m.Name, &m.PublicName, &m.IDNumber, &m.CreditCode)
		merged = append(merged, m)
		return err
	}, `WITH RECURSIVE m (id) AS (SELECT id FROM parties WHERE merged_into = $1 UNION SELECT p.id FROM m CROSS JOIN parties p WHERE p.merged_into = m.id)
		SELECT p.id, p.version, p.name, p.public_name, p.id_number, p.credit_code FROM m CROSS JOIN parties p WHERE p.id = m.id ORDER BY p.id`, int64(x.ID)); err != nil {
		return err
	}
	for i := range merged {
		m := &merged[i]
		former, err := tx.formerNames(m)
		if err != nil {
			return err
		}
		d.names(inMergedName, append([]string{m.Name, m.PublicName}, former...)...)
		d.texts(inCreditCode, m.CreditCode)
		d.number(m.IDNumber)
	}
	return nil
}

// formerNames are the names that a party had before, the latest first, as its revisions keep them.
func (tx *Tx) formerNames(x *registry.Party) ([]string, error) {
	if x.Version == 1 {
		return nil, nil
	}
	revisions, err := tx.Revisions("party", int64(x.ID))
	if err != nil {
		return nil, err
	}
	return registry.FormerNames(x.Name, revisions), nil
}

// indexPartyUses brings what search knows of the records that name a party up to date: its farms, inspections and cases. What it was merged
// into is found by its names too.
func (tx *Tx) indexPartyUses(id registry.PartyID) error {
	farms, err := Farms.list(tx, "WHERE operator_id = $1 ORDER BY id", id)
	if err != nil {
		return err
	}
	for i := range farms {
		if _, err := tx.indexFarm(&farms[i]); err != nil {
			return err
		}
	}
	return tx.indexVisitsOf("party_id", int64(id))
}

// indexMerge brings the party that others were merged into, or taken out of again, up to date with all that name it.
func (tx *Tx) indexMerge(id registry.PartyID) error {
	for id != 0 {
		x, _, err := tx.partyNamed(id)
		if noRows(err) {
			return nil // the foreign key says so
		}
		if err != nil {
			return err
		}
		changed, err := tx.indexParty(&x)
		if err != nil || !changed {
			return err
		}
		if err := tx.indexPartyUses(id); err != nil {
			return err
		}
		id = x.MergedInto
	}
	return nil
}

// farmNamed reads what of a farm search knows.
func (tx *Tx) farmNamed(id registry.FarmID) (x registry.Farm, ok bool, err error) {
	if f, ok := tx.held("farm", int64(id)).(*registry.Farm); ok {
		return *f, true, nil
	}
	if f, ok := tx.named.farms[id]; ok {
		return f, true, nil
	}
	x.ID = id
	err = tx.one([]any{&x.Version, &x.Name, &x.PublicName, &x.Town}, "SELECT version, name, public_name, town FROM farms WHERE id = $1", id)
	if noRows(err) {
		return x, false, nil
	}
	if err == nil {
		tx.named.keep()
		tx.named.farms[id] = x
	}
	return x, err == nil, err
}

// farmWords adds a farm under all of its names. public tells that the rows call it by its public name where it has one.
func (tx *Tx) farmWords(d *searchDoc, x *registry.Farm, public bool) error {
	shown := x.Name
	if public {
		shown = cmp.Or(x.PublicName, x.Name)
	}
	d.names(inRow, shown)
	d.names(inFarm, x.Name, x.PublicName)
	d.texts(inPlace, x.Town)
	if x.Version > 1 {
		revisions, err := tx.Revisions("farm", int64(x.ID))
		if err != nil {
			return err
		}
		d.names(inFormerName, registry.FormerNames(x.Name, revisions)...)
	}
	return tx.mergedFarmNames(d, x.ID)
}

// mergedFarmNames adds all names of the farms that were merged into one, however deep.
func (tx *Tx) mergedFarmNames(d *searchDoc, id registry.FarmID) error {
	if tx.made.has("farm", int64(id)) || tx.named.alone[id] {
		return nil
	}
	var merged []registry.Farm
	if err := tx.each(func(rows *sql.Rows) error {
		var m registry.Farm
		err := rows.Scan(&m.ID, &m.Version, &m.Name, &m.PublicName)
		merged = append(merged, m)
		return err
	}, `WITH RECURSIVE m (id) AS (SELECT id FROM farms WHERE merged_into = $1 UNION SELECT f.id FROM m CROSS JOIN farms f WHERE f.merged_into = m.id)
		SELECT f.id, f.version, f.name, f.public_name FROM m CROSS JOIN farms f WHERE f.id = m.id ORDER BY f.id`, int64(id)); err != nil {
		return err
	}
	if len(merged) == 0 {
		tx.named.keep()
		tx.named.alone[id] = true
	}
	for _, m := range merged {
		d.names(inMergedName, m.Name, m.PublicName)
		if m.Version == 1 {
			continue
		}
		revisions, err := tx.Revisions("farm", int64(m.ID))
		if err != nil {
			return err
		}
		d.names(inMergedName, registry.FormerNames(m.Name, revisions)...)
	}
	return nil
}

// indexFarmMerge brings the farm that others were merged into, or taken out of again, up to date with the records that name it.
func (tx *Tx) indexFarmMerge(id registry.FarmID) error {
	for id != 0 {
		x, err := Farms.Referred(tx, int64(id))
		if registry.KindOf(err) == registry.KindNotFound {
			return nil // the foreign key says so
		}
		if err != nil {
			return err
		}
		changed, err := tx.indexFarm(&x)
		if err != nil || !changed {
			return err
		}
		if err := tx.indexVisitsOf("farm_id", int64(id)); err != nil {
			return err
		}
		id = x.MergedInto
	}
	return nil
}
