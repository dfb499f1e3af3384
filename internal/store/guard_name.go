package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"casebook/internal/registry"
)

// The names of the register that the publication guard looks for are kept with parties and farms, in their transactions: what a bulletin is asked
// against is right on every node. A text has thousands of words that could be names and the register few of them, so a server remembers which there
// are: a set that may say yes too often, never no. It is read up to the newest row; what came after that is asked for by its id.

// guardFilter is what a server knows of the names: their beginnings and the names themselves, up to a row.
type guardFilter struct {
	mu      sync.RWMutex
	last    int64
	longest int // of the names, in characters
	bits    []uint64
}

// guardBits are 2 MiB, two bits for each beginning and name: those of 100,000 parties set one of twenty.
const guardBits = 1 << 24

// A beginning and a name are kept as hashes (FNV-1a) that begin otherwise, so that a beginning is not taken for a name.
const (
	headSeed = 14695981039346656037
	nameSeed = headSeed ^ 0xA5A5A5A5
)

func hashed(h uint64, r rune) uint64 {
	return (h ^ uint64(r)) * 1099511628211 //nolint:gosec // a character is no negative number
}

func (f *guardFilter) has(h uint64) bool {
	a, b := h>>40, (h^h>>24)&(guardBits-1)
	return f.bits[a/64]&(1<<(a%64)) != 0 && f.bits[b/64]&(1<<(b%64)) != 0
}

func (f *guardFilter) put(h uint64) {
	a, b := h>>40, (h^h>>24)&(guardBits-1)
	f.bits[a/64] |= 1 << (a % 64)
	f.bits[b/64] |= 1 << (b % 64)
}

func (f *guardFilter) learn(name string) {
	if f.bits == nil {
		f.bits = make([]uint64, guardBits/64)
	}
	head, whole, n := uint64(headSeed), uint64(nameSeed), 0
	for _, r := range name {
		if whole = hashed(whole, r); n < registry.GuardHead {
			head = hashed(head, r)
		}
		n++
	}
	f.longest = max(f.longest, n)
	f.put(head)
	f.put(whole)
}

// LearnGuardNames reads the names that came since it was called last. Call it before a transaction that looks for them.
func (db *DB) LearnGuardNames(ctx context.Context) error {
	f := &db.guard
	f.mu.RLock()
	last := f.last
	f.mu.RUnlock()
	var names []string
	err := db.Read(ctx, func(tx *Tx) error {
		names = nil
		return tx.each(func(rows *sql.Rows) error {
			var name string
			err := rows.Scan(&last, &name)
			names = append(names, name)
			return err
		}, "SELECT id, name FROM guard_names WHERE id > $1 ORDER BY id", last)
	})
	if err != nil || len(names) == 0 {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if last <= f.last {
		return nil // another request was faster
	}
	for _, name := range names {
		if name != "" { // a person who was struck out
			f.learn(name)
		}
	}
	f.last = last
	return nil
}

// known are the words of texts that may be names, and the row up to which that is so. A text is asked at each character for a beginning, and only from
// there on for names, however long: what the name of a county begins takes no more than what nothing begins.
func (f *guardFilter) known(texts []string) (words []string, last int64) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if f.bits == nil {
		return nil, f.last
	}
	seen := map[string]bool{}
	for _, t := range texts {
		text := []rune(registry.GuardLetters(t))
		for at := 0; at+registry.GuardHead <= len(text); at++ {
			head := uint64(headSeed)
			for _, r := range text[at : at+registry.GuardHead] {
				head = hashed(head, r)
			}
			if !f.has(head) {
				continue
			}
			whole := uint64(nameSeed)
			for n, r := range text[at:min(len(text), at+f.longest)] {
				whole = hashed(whole, r)
				if n+1 < registry.GuardHead || !f.has(whole) {
					continue
				}
				if word := string(text[at : at+n+1]); !seen[word] {
					seen[word], words = true, append(words, word)
				}
			}
		}
	}
	return words, f.last
}

// GuardNames lists the names of the register that stand in the texts, and tells how many there are in all.
func (db *DB) GuardNames(tx *Tx, texts ...string) (list registry.Secrets, all int, err error) {
	words, last := db.guard.known(texts)
	for some := range slices.Chunk(words, 200) {
		found, err := tx.guardNamesAmong(some)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, found...)
	}
	fresh, err := tx.guardNamesAfter(last)
	if err != nil {
		return nil, 0, err
	}
	err = tx.one([]any{&all}, "SELECT COALESCE(MAX(id), 0) FROM guard_names")
	return append(list, fresh...), all, err
}

// guardNamesAmong are the names among some words.
func (tx *Tx) guardNamesAmong(words []string) (registry.Secrets, error) {
	q := newQuery("SELECT DISTINCT kind, name FROM guard_names WHERE name IN (?", words[0])
	for _, w := range words[1:] {
		q.add(", ?", w)
	}
	q.add(")")
	return tx.guardNames(q.sql(), q.args...)
}

// guardNamesAfter are the names that came after a row.
func (tx *Tx) guardNamesAfter(id int64) (registry.Secrets, error) {
	return tx.guardNames("SELECT kind, name FROM guard_names WHERE id > $1 ORDER BY id", id)
}

func (tx *Tx) guardNames(query string, args ...any) (list registry.Secrets, err error) {
	if err := tx.each(func(rows *sql.Rows) error {
		var s registry.Secret
		err := rows.Scan(&s.Kind, &s.Text)
		if s.Text != "" { // else a person who was struck out
			list = append(list, s)
		}
		return err
	}, query, args...); err != nil {
		return nil, fmt.Errorf("look for names of the register: %w", err)
	}
	return list, nil
}

// keepGuardNames writes the names of a party or a farm where they are others than before. One that it had before stays: it still tells who it is. A
// person's does not, since it may have been mistyped, or erased; the row stays empty, so that its id is not given again.
func (tx *Tx) keepGuardNames(entity string, id int64, names registry.Secrets) error {
	have := map[registry.Secret]bool{}
	if tx.made.has(entity, id) {
		return tx.addGuardNames(entity, id, names, have)
	}
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
			if _, err := tx.exec("UPDATE guard_names SET name = '' WHERE entity = $1 AND entity_id = $2 AND kind = $3 AND name = $4", entity, id, s.Kind, s.Text); err != nil {
				return fmt.Errorf("drop a name of %s %d: %w", entity, id, err)
			}
		}
	}
	return tx.addGuardNames(entity, id, names, have)
}

func (tx *Tx) addGuardNames(entity string, id int64, names registry.Secrets, have map[registry.Secret]bool) error {
	for _, s := range names {
		if have[s] {
			continue
		}
		if _, err := tx.exec("INSERT INTO guard_names (entity, entity_id, kind, name) VALUES ($1, $2, $3, $4)", entity, id, s.Kind, s.Text); err != nil {
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

// LearnOtherNames puts into files the names that their parties and farms had before, and all names of those merged into them.
func (tx *Tx) LearnOtherNames(files []*registry.CaseFile) error {
	var parties, farms []int64
	for _, f := range files {
		for _, list := range [][]registry.Party{f.Parties, f.Inspected} {
			for i := range list {
				parties = append(parties, int64(list[i].ID))
			}
		}
		if f.Farm != nil {
			farms = append(farms, int64(f.Farm.ID))
		}
	}
	ofParty, err := tx.namesBehind("party", "parties", parties)
	if err != nil {
		return err
	}
	ofFarm, err := tx.namesBehind("farm", "farms", farms)
	if err != nil {
		return err
	}
	for _, f := range files {
		f.OtherNames = nil
		for _, list := range [][]registry.Party{f.Parties, f.Inspected} {
			for i := range list {
				f.OtherNames = append(f.OtherNames, ofParty[int64(list[i].ID)]...)
			}
		}
		if f.Farm != nil {
			f.OtherNames = append(f.OtherNames, ofFarm[int64(f.Farm.ID)]...)
		}
	}
	return nil
}

// namesBehind are, by entry, its former names, and the names and former names of all that were merged into it, however deep.
func (tx *Tx) namesBehind(entity, table string, ids []int64) (map[int64][]string, error) {
	slices.Sort(ids)
	names := map[int64][]string{}
	for few := range slices.Chunk(slices.Compact(ids), fewIDs) {
		type entry struct {
			root, id, version int64
			name              string
		}
		var list []entry
		var changed []int64
		q := newQuery("WITH RECURSIVE m (root, id) AS (SELECT id, id FROM " + table + " WHERE id IN ")
		q.add(in(q, few) + " UNION SELECT m.root, p.id FROM m CROSS JOIN " + table + " p WHERE p.merged_into = m.id) " +
			"SELECT m.root, p.id, p.version, p.name FROM m CROSS JOIN " + table + " p WHERE p.id = m.id ORDER BY m.root, p.id")
		if err := tx.each(func(rows *sql.Rows) error {
			var x entry
			err := rows.Scan(&x.root, &x.id, &x.version, &x.name)
			if list = append(list, x); x.version > 1 {
				changed = append(changed, x.id)
			}
			return err
		}, q.sql(), q.args...); err != nil {
			return nil, fmt.Errorf("read what was merged into some of %s: %w", table, err)
		}
		revisions, err := tx.RevisionsOf(entity, changed)
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			if x.id != x.root {
				names[x.root] = append(names[x.root], x.name)
			}
			names[x.root] = append(names[x.root], registry.FormerNames(x.name, revisions[x.id])...)
		}
	}
	return names, nil
}

// verifyGuardNames compares the names that the guard looks for with those of parties and farms: each name, short form and person under its kind. Of what
// there is more, a name must be one that the entry had before, and a short form must be of one of its names; persons are those of today alone. Short forms
// follow from what the bureau was called when they were kept: where it changed since, none is missed.
func (tx *Tx) verifyGuardNames(bad func(string, ...any)) error {
	b, err := tx.Bureau()
	if err != nil {
		return err
	}
	type entry struct {
		entity string
		id     int64
	}
	kept := map[entry]map[registry.Secret]bool{}
	if err := tx.each(func(rows *sql.Rows) error {
		var x entry
		var s registry.Secret
		err := rows.Scan(&x.entity, &x.id, &s.Kind, &s.Text)
		if kept[x] == nil {
			kept[x] = map[registry.Secret]bool{}
		}
		if s.Text != "" && kept[x][s] {
			bad("公开检查所用的名称“%s”记了两次", s.Text)
		}
		kept[x][s] = true
		return err
	}, "SELECT entity, entity_id, kind, name FROM guard_names"); err != nil {
		return err
	}
	settled := instantText(b.UpdatedAt)
	var more []int64 // entries with names that are not of today
	for _, n := range []struct {
		noun, entity, table, person string
		kind                        string // of its name
		names                       func(name, person string) registry.Secrets
	}{
		{"当事人", "party", "parties", "legal_person", registry.GuardParty, func(name, person string) registry.Secrets {
			return b.GuardNamesOfParty(&registry.Party{Name: name, LegalPerson: person})
		}},
		{"养殖场", "farm", "farms", "contact_name", registry.GuardFarm, func(name, person string) registry.Secrets {
			return b.GuardNamesOfFarm(&registry.Farm{Name: name, ContactName: person})
		}},
	} {
		more = more[:0]
		today := map[int64]string{}
		if err := tx.each(func(rows *sql.Rows) error {
			var id int64
			var name, person, changed string
			if err := rows.Scan(&id, &name, &person, &changed); err != nil {
				return err
			}
			have := kept[entry{n.entity, id}]
			for i, s := range n.names(name, person) {
				if !have[s] && (i == 0 || s.Kind == registry.GuardPerson || settled <= changed) {
					bad("公开检查所用的名称里没有%s %d 的“%s”", n.noun, id, s.Text)
				}
				delete(have, s)
			}
			if today[id] = name; len(have) > 0 {
				more = append(more, id)
			}
			return nil
		}, "SELECT x.id, x.name, x."+n.person+", "+updatedOf("x")+" FROM "+n.table+" x ORDER BY x.id"); err != nil {
			return err
		}
		revisions, err := tx.RevisionsOf(n.entity, more)
		if err != nil {
			return err
		}
		for _, id := range more {
			if slices.ContainsFunc(revisions[id], func(r registry.Revision) bool { return !json.Valid(r.Body) }) {
				delete(kept, entry{n.entity, id})
				continue // erased: nobody knows any more what it was called
			}
			var names []string
			for _, name := range append(registry.FormerNames(today[id], revisions[id]), today[id]) {
				names = append(names, registry.GuardLetters(name))
			}
			for s := range kept[entry{n.entity, id}] {
				full := s.Kind == n.kind && slices.Contains(names, s.Text)
				short := s.Kind == n.kind+registry.GuardShort && slices.ContainsFunc(names, func(name string) bool { return standsIn(s.Text, name) })
				struck := s.Kind == registry.GuardPerson && s.Text == ""
				if !full && !short && !struck {
					bad("公开检查所用的名称里，%s %d 多了%s“%s”", n.noun, id, s.Kind, s.Text)
				}
			}
			delete(kept, entry{n.entity, id})
		}
	}
	for x, names := range kept {
		for s := range names {
			bad("公开检查所用的名称“%s”属于没有的记录（%s %d）", s.Text, x.entity, x.id)
		}
	}
	return nil
}

// standsIn tells whether the characters of a short form stand in a name in their order.
func standsIn(short, name string) bool {
	at := 0
	runes := []rune(short)
	for _, r := range name {
		if at < len(runes) && r == runes[at] {
			at++
		}
	}
	return at == len(runes)
}
