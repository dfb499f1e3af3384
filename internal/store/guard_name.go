package store

import (
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"slices"
	"sync"

	"casebook/internal/registry"
)

// The names of the register that the publication guard looks for are kept with parties and farms, in their transactions: what a bulletin is asked
// against is right on every node. A text has thousands of beginnings of words and the register few of them, so a server remembers which there are:
// a set that may say yes too often, never no. It is read up to the newest row; what came after that is asked for by its id.

// guardHeads is what a server knows of the names: the beginnings up to a row.
type guardHeads struct {
	mu   sync.RWMutex
	last int64
	bits []uint64
}

// guardBits are 256 KiB, a bit for each beginning: 100,000 names set one of twenty at most.
const guardBits = 1 << 21

func guardBit(head string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(head))
	return h.Sum32() % guardBits
}

// LearnGuardNames reads the beginnings of the names that came since it was called last. Call it before a transaction that looks for them.
func (db *DB) LearnGuardNames(ctx context.Context) error {
	h := &db.heads
	h.mu.RLock()
	last := h.last
	h.mu.RUnlock()
	var heads []string
	err := db.Read(ctx, func(tx *Tx) error {
		heads = nil
		return tx.each(func(rows *sql.Rows) error {
			var head string
			err := rows.Scan(&last, &head)
			heads = append(heads, head)
			return err
		}, "SELECT id, head FROM guard_names WHERE id > $1 ORDER BY id", last)
	})
	if err != nil || len(heads) == 0 {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if last <= h.last {
		return nil // another request was faster
	}
	if h.bits == nil {
		h.bits = make([]uint64, guardBits/64)
	}
	for _, head := range heads {
		bit := guardBit(head)
		h.bits[bit/64] |= 1 << (bit % 64)
	}
	h.last = last
	return nil
}

// known are those of the beginnings that names may have, and the row up to which that is so.
func (h *guardHeads) known(heads []string) (list []string, last int64) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if h.bits == nil {
		return nil, h.last
	}
	for _, head := range heads {
		if bit := guardBit(head); h.bits[bit/64]&(1<<(bit%64)) != 0 {
			list = append(list, head)
		}
	}
	return list, h.last
}

// mostGuardNames bounds what one bulletin is compared with: a text that holds the beginnings of so many names is full of them.
const mostGuardNames = 2000

// GuardNames lists the names of the register that begin like something in the texts, and tells how many there are in all.
func (db *DB) GuardNames(tx *Tx, texts ...string) (list registry.Secrets, all int, err error) {
	heads, last := db.heads.known(registry.GuardHeads(texts...))
	read := func(rows *sql.Rows) error {
		var s registry.Secret
		err := rows.Scan(&s.Kind, &s.Text)
		if s.Text != "" {
			list = append(list, s)
		}
		return err
	}
	for some := range slices.Chunk(heads, 200) {
		q := newQuery("SELECT DISTINCT kind, name FROM guard_names WHERE head IN (?", some[0])
		for _, head := range some[1:] {
			q.add(", ?", head)
		}
		q.add(") LIMIT ?", mostGuardNames)
		if err := tx.each(read, q.sql(), q.args...); err != nil {
			return nil, 0, fmt.Errorf("look for names of the register: %w", err)
		}
	}
	if err := tx.each(read, "SELECT DISTINCT kind, name FROM guard_names WHERE id > $1", last); err != nil {
		return nil, 0, fmt.Errorf("look for new names of the register: %w", err)
	}
	err = tx.one([]any{&all}, "SELECT COALESCE(MAX(id), 0) FROM guard_names")
	return list, all, err
}

// keepGuardNames writes the names of a party or a farm where they are others than before. One that it had before stays: it still tells who it is. A
// person's does not, since it may have been mistyped, or erased; the row stays empty, so that its id is not given again.
func (tx *Tx) keepGuardNames(entity string, id int64, names registry.Secrets) error {
	have := map[registry.Secret]bool{}
	if err := tx.each(func(rows *sql.Rows) error {
		var s registry.Secret
		err := rows.Scan(&s.Kind, &s.Text)
		have[s] = true
		return err
	}, "SELECT kind, name FROM guard_names WHERE entity = $1 AND entity_id = $2", entity, id); err != nil {
		return err
	}
	for s := range have {
		if s.Kind == registry.GuardPerson && s.Text != "" && !slices.Contains(names, s) {
			if _, err := tx.exec("UPDATE guard_names SET head = '', name = '' WHERE entity = $1 AND entity_id = $2 AND kind = $3 AND name = $4", entity, id, s.Kind, s.Text); err != nil {
				return fmt.Errorf("drop a name of %s %d: %w", entity, id, err)
			}
		}
	}
	for _, s := range names {
		if have[s] {
			continue
		}
		head := string([]rune(s.Text)[:registry.GuardHead])
		if _, err := tx.exec("INSERT INTO guard_names (entity, entity_id, kind, head, name) VALUES ($1, $2, $3, $4, $5)", entity, id, s.Kind, head, s.Text); err != nil {
			return fmt.Errorf("keep the names of %s %d: %w", entity, id, err)
		}
	}
	return nil
}

func (tx *Tx) guardParty(x *registry.Party) error {
	b, err := tx.Bureau()
	if err != nil {
		return err
	}
	return tx.keepGuardNames("party", int64(x.ID), b.GuardNamesOfParty(x))
}

func (tx *Tx) guardFarm(x *registry.Farm) error {
	b, err := tx.Bureau()
	if err != nil {
		return err
	}
	return tx.keepGuardNames("farm", int64(x.ID), b.GuardNamesOfFarm(x))
}

// OtherNames are the names that the parties and the farm of a case had before, and all names of those merged into them.
func (tx *Tx) OtherNames(f *registry.CaseFile) (names []string, err error) {
	for _, list := range [][]registry.Party{f.Parties, f.Inspected} {
		for i := range list {
			if err := tx.namesBehind("party", "parties", int64(list[i].ID), &names); err != nil {
				return nil, err
			}
		}
	}
	if f.Farm != nil {
		err = tx.namesBehind("farm", "farms", int64(f.Farm.ID), &names)
	}
	return names, err
}

// namesBehind adds the former names of an entry, and the names and former names of all that were merged into it, however deep.
func (tx *Tx) namesBehind(entity, table string, id int64, names *[]string) error {
	type entry struct {
		id, version int64
		name        string
	}
	var list []entry
	if err := tx.each(func(rows *sql.Rows) error {
		var x entry
		err := rows.Scan(&x.id, &x.version, &x.name)
		list = append(list, x)
		return err
	}, "WITH RECURSIVE m (id) AS (SELECT id FROM "+table+" WHERE id = $1 UNION SELECT p.id FROM m CROSS JOIN "+table+" p WHERE p.merged_into = m.id) "+
		"SELECT p.id, p.version, p.name FROM m CROSS JOIN "+table+" p WHERE p.id = m.id ORDER BY p.id", id); err != nil {
		return fmt.Errorf("read what was merged into %s %d: %w", entity, id, err)
	}
	for _, x := range list {
		if x.id != id {
			*names = append(*names, x.name)
		}
		if x.version == 1 {
			continue
		}
		revisions, err := tx.Revisions(entity, x.id)
		if err != nil {
			return err
		}
		*names = append(*names, registry.FormerNames(x.name, revisions)...)
	}
	return nil
}

// verifyGuardNames compares the names that the guard looks for with those of parties and farms: each name, and each person of theirs, under its kind.
// Short forms of names follow from what the bureau was called when they were kept; they are compared with nothing.
func (tx *Tx) verifyGuardNames(bad func(string, ...any)) error {
	b, err := tx.Bureau()
	if err != nil {
		return err
	}
	kept := map[string]bool{}
	if err := tx.each(func(rows *sql.Rows) error {
		var entity, kind, name, head string
		var id int64
		err := rows.Scan(&entity, &id, &kind, &name, &head)
		key := fmt.Sprint(entity, id, " ", kind, " ", name)
		if name != "" && kept[key] {
			bad("公开检查所用的名称“%s”记了两次", name)
		}
		kept[key] = true
		if name != "" && string([]rune(name)[:registry.GuardHead]) != head {
			bad("公开检查所用的名称“%s”的开头记错", name)
		}
		return err
	}, "SELECT entity, entity_id, kind, name, head FROM guard_names"); err != nil {
		return err
	}
	missing := func(noun, entity string, id int64, names registry.Secrets) {
		for i, s := range names {
			if (i == 0 || s.Kind == registry.GuardPerson) && !kept[fmt.Sprint(entity, id, " ", s.Kind, " ", s.Text)] {
				bad("公开检查所用的名称里没有%s %d 的“%s”", noun, id, s.Text)
			}
		}
	}
	if err := tx.each(func(rows *sql.Rows) error {
		var x registry.Party
		err := rows.Scan(&x.ID, &x.Name, &x.LegalPerson)
		missing("当事人", "party", int64(x.ID), b.GuardNamesOfParty(&x))
		return err
	}, "SELECT id, name, legal_person FROM parties ORDER BY id"); err != nil {
		return err
	}
	return tx.each(func(rows *sql.Rows) error {
		var x registry.Farm
		err := rows.Scan(&x.ID, &x.Name, &x.ContactName)
		missing("养殖场", "farm", int64(x.ID), b.GuardNamesOfFarm(&x))
		return err
	}, "SELECT id, name, contact_name FROM farms ORDER BY id")
}
