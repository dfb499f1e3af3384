package store

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"casebook/internal/registry"
)

// Record is a pointer to a noun that people edit.
type Record[T any] interface {
	*T
	registry.Record
}

// Table stores one noun: its name, its columns, and what hangs on a row (citations of a violation, results of a sample).
// Lists and searches are written out as SQL in the noun's file; the statements of single rows follow from the columns.
type Table[T any, P Record[T]] struct {
	Entity string // the noun in audit and revisions: farm
	Noun   string // and in messages: 养殖场
	name   string
	id     func(P) *int64
	fields func(P, *columns)
	save   func(tx *Tx, x P) error      // writes what hangs on the row; nil where nothing does
	load   func(tx *Tx, list []P) error // and reads it, for some rows together
	caseOf func(P) registry.CaseID      // the case whose stage and search text depend on the row; nil where none does
	known  bool                         // among what a transaction reads once

	// derived copies from one value to another the fields that the program computes or notes by itself; nil where there are none.
	derived func(to, from P)

	once                                    sync.Once
	insertSQL, updateSQL, restoreSQL, fetch string
}

func (t *Table[T, P]) statements() {
	t.once.Do(func() {
		var c columns
		t.bind(P(new(T)), &c)
		n, names := len(c.names), slices.Clone(c.names)
		updated := slices.DeleteFunc(slices.Clone(c.names), writtenOnce)
		marks, sets := make([]string, n), make([]string, len(updated))
		for i := range marks {
			marks[i] = mark(i + 1)
		}
		for i, name := range updated {
			sets[i] = name + " = " + mark(i+1)
		}
		for _, x := range c.computed {
			names, marks = append(names, x.name), append(marks, x.sql(c.names))
			sets = append(sets, x.name+" = "+x.sql(updated))
		}
		t.insertSQL = fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", t.name, strings.Join(names, ", "), strings.Join(marks, ", "))
		t.restoreSQL = fmt.Sprintf("INSERT INTO %s (%s, id) VALUES (%s, $%d)", t.name, strings.Join(names, ", "), strings.Join(marks, ", "), n+1)
		t.updateSQL = fmt.Sprintf("UPDATE %s SET %s WHERE id = $%d AND version = $%d", t.name, strings.Join(sets, ", "), len(updated)+1, len(updated)+2)
		t.fetch = fmt.Sprintf("SELECT id, %s FROM %s", strings.Join(c.names, ", "), t.name)
	})
}

func (t *Table[T, P]) bind(x P, c *columns) {
	c.meta(x.Base())
	t.fields(x, c)
}

// ID returns the row id of x.
func (t *Table[T, P]) ID(x P) int64 { return *t.id(x) }

// Keep gives x what no edit changes of the stored row: when and by which client request it was made, and what the program computes.
func (t *Table[T, P]) Keep(x, stored P) {
	m, was := x.Base(), stored.Base()
	m.CreatedAt, m.ClientUID = was.CreatedAt, was.ClientUID
	if t.derived != nil {
		t.derived(x, stored)
	}
}

// Image is x as a revision holds it: what people wrote. What the program computes from other records is left out, since it moves with
// them while the version of x stays; who reads an old revision computes it from the revisions of those records.
func (t *Table[T, P]) Image(x P) P {
	image := *x
	if t.derived != nil {
		t.derived(&image, new(T))
	}
	return &image
}

// Insert stores a new row, version 1, and sets its id.
func (t *Table[T, P]) Insert(tx *Tx, x P, now time.Time) error {
	t.statements()
	m := x.Base()
	m.Version, m.CreatedAt, m.UpdatedAt = 1, now, now
	var c columns
	t.bind(x, &c)
	values, err := driverValues(c.ptrs)
	if err == nil {
		*t.id(x), err = tx.insert(t.insertSQL, values...)
	}
	if err != nil {
		return fmt.Errorf("insert %s: %w", t.Entity, translate(err))
	}
	written := *x
	tx.made.row(t.Entity, t.ID(x), &written)
	return t.after(tx, x)
}

// Update stores x over the row's version x.Version, and raises it. A newer version in the table is a stale edit.
func (t *Table[T, P]) Update(tx *Tx, x P, now time.Time) error {
	t.statements()
	m := x.Base()
	want := m.Version
	m.Version, m.UpdatedAt = want+1, now
	var c columns
	t.bind(x, &c)
	id := t.ID(x)
	if err := tx.MayWrite(t.Entity, id); err != nil {
		m.Version = want
		return err
	}
	values, err := driverValues(c.updated())
	if err != nil {
		return fmt.Errorf("update %s %d: %w", t.Entity, id, err)
	}
	res, err := tx.exec(t.updateSQL, append(values, id, want)...)
	if err != nil {
		return fmt.Errorf("update %s %d: %w", t.Entity, id, translate(err))
	}
	if n, err := res.RowsAffected(); err != nil {
		return err
	} else if n == 0 {
		m.Version = want
		current, err := t.Get(tx, id)
		if err != nil {
			return err
		}
		return registry.Stale(t.Noun, P(&current).Base().Version, want)
	}
	tx.forget(t.Entity, t.ID(x))
	return t.after(tx, x)
}

func (t *Table[T, P]) after(tx *Tx, x P) error {
	if t.known {
		*tx.known = known{}
	}
	if t.save != nil {
		if err := t.save(tx, x); err != nil {
			return err
		}
	}
	if err := tx.MayWrite(t.Entity, t.ID(x)); err != nil { // where it lies now; what was written is rolled back
		return err
	}
	if t.caseOf != nil {
		if id := t.caseOf(x); id != 0 {
			tx.cases[id] = true
		}
	}
	return nil
}

// Get reads one row with what hangs on it. Where reading is narrowed, one of another branch is not found.
func (t *Table[T, P]) Get(tx *Tx, id int64) (x T, err error) {
	if err := tx.MayRead(t.Entity, t.Noun, id); err != nil {
		return x, err
	}
	if held, ok := tx.held(t.Entity, id).(*T); ok {
		return *held, nil
	}
	return t.first(tx, "WHERE id = $1", id, id)
}

// ByUID reads the row a client made with this UUID; found is false where it made none.
func (t *Table[T, P]) ByUID(tx *Tx, uid string) (x T, found bool, err error) {
	if uid == "" {
		return x, false, nil
	}
	x, err = t.first(tx, "WHERE client_uid = $1", uid, uid)
	if registry.KindOf(err) == registry.KindNotFound {
		return x, false, nil
	}
	return x, err == nil, err
}

// Referred is Get for what a record that was read refers to, also where it is another branch's.
func (t *Table[T, P]) Referred(tx *Tx, id int64) (T, error) {
	return t.first(tx, "WHERE id = $1", id, id)
}

func (t *Table[T, P]) first(tx *Tx, where string, name any, args ...any) (T, error) {
	t.statements()
	var x T
	var c columns
	t.bind(P(&x), &c)
	err := tx.one(append([]any{t.id(P(&x))}, c.ptrs...), t.fetch+" "+where, args...)
	if noRows(err) {
		return x, registry.NotFound(t.Noun, name)
	}
	if err != nil {
		return x, fmt.Errorf("get %s %v: %w", t.Entity, name, err)
	}
	if t.load != nil {
		if err := t.load(tx, []P{&x}); err != nil {
			return x, fmt.Errorf("get %s %v: %w", t.Entity, name, err)
		}
	}
	return x, nil
}

// list reads the rows a clause selects ("WHERE case_id = $1 ORDER BY seq, id"), without what hangs on them: for bounded lists
// of one parent. Long lists have their own slim queries.
func (t *Table[T, P]) list(tx *Tx, clause string, args ...any) ([]T, error) {
	return t.parted(tx, whole, clause, args...)
}

// parted is list, of rows that are a part of a file.
func (t *Table[T, P]) parted(tx *Tx, with parts, clause string, args ...any) ([]T, error) {
	if with.has(asRecords) {
		list, wrong, err := t.withComputed(tx, 0, clause, args...)
		for i := range list {
			tx.sums.computed(t.Entity, t.ID(&list[i]), wrong[i])
		}
		return list, err
	}
	var list []T
	var x T // the row being read
	var c columns
	c.col("id", t.id(P(&x)))
	t.bind(P(&x), &c)
	if !with.has(withWords) {
		c.leaveWords()
	}
	err := tx.eachRow(c.names, c.ptrs, func() { x = *new(T) }, func() { list = append(list, x) }, func() { list = nil }, "FROM "+t.name+" "+clause, args...)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", t.Entity, err)
	}
	return list, nil
}

// loadAll fills in what hangs on some rows.
func (t *Table[T, P]) loadAll(tx *Tx, list []T) error {
	if t.load == nil {
		return nil
	}
	for few := range slices.Chunk(list, fewIDs) {
		rows := make([]P, len(few))
		for i := range few {
			rows[i] = &few[i]
		}
		if err := t.load(tx, rows); err != nil {
			return fmt.Errorf("read what hangs on %s: %w", t.name, err)
		}
	}
	return nil
}

// Delete removes a row that nothing refers to; its revisions stay.
func (t *Table[T, P]) Delete(tx *Tx, x P) error {
	if err := tx.MayWrite(t.Entity, t.ID(x)); err != nil {
		return err
	}
	if _, err := tx.exec("DELETE FROM "+t.name+" WHERE id = $1 AND version = $2", t.ID(x), x.Base().Version); err != nil {
		return fmt.Errorf("delete %s: %w", t.Entity, translate(err))
	}
	tx.forget(t.Entity, t.ID(x))
	if t.known {
		*tx.known = known{}
	}
	if t.caseOf != nil {
		if id := t.caseOf(x); id != 0 {
			tx.cases[id] = true
		}
	}
	return nil
}

// DeleteAll is Delete for rows of a noun that this transaction has read.
func (t *Table[T, P]) DeleteAll(tx *Tx, list []T) error {
	for few := range slices.Chunk(list, fewIDs) {
		ids := make([]int64, len(few))
		for i := range few {
			x := P(&few[i])
			if ids[i] = t.ID(x); tx.writes != nil {
				if err := tx.MayWrite(t.Entity, ids[i]); err != nil {
					return err
				}
			}
			tx.forget(t.Entity, ids[i])
			if t.caseOf != nil {
				tx.cases[t.caseOf(x)] = true
			}
		}
		q := newQuery("DELETE FROM " + t.name + " WHERE id IN ")
		q.add(in(q, ids))
		res, err := tx.exec(q.sql(), q.args...)
		if err != nil {
			return fmt.Errorf("delete %s: %w", t.Entity, translate(err))
		}
		n, err := res.RowsAffected()
		if err == nil && n != int64(len(few)) {
			err = fmt.Errorf("%d of %d rows went", n, len(few))
		}
		if err != nil {
			return fmt.Errorf("delete %s: %w", t.Entity, err)
		}
		tx.rows += int64(len(few)) - 1
	}
	return nil
}

// byIDs reads rows of a noun by id into a map; the ids of a batch are deduplicated.
func byIDs[I ~int64, T any, P Record[T]](tx *Tx, t *Table[T, P], ids []I) (map[I]T, error) {
	return partsByIDs(tx, t, ids, whole)
}

func partsByIDs[I ~int64, T any, P Record[T]](tx *Tx, t *Table[T, P], ids []I, with parts) (map[I]T, error) {
	seen := map[I]bool{}
	var unique []I
	for _, id := range ids {
		if id != 0 && !seen[id] {
			seen[id] = true
			unique = append(unique, id)
		}
	}
	m := map[I]T{}
	unique = slices.DeleteFunc(unique, func(id I) bool {
		x, ok := tx.held(t.Entity, int64(id)).(*T)
		if ok {
			m[id] = *x
		}
		return ok
	})
	if len(unique) == 0 {
		return m, nil
	}
	q := newQuery("WHERE id IN ")
	q.add(in(q, unique))
	list, err := t.parted(tx, with, q.sql(), q.args...)
	for i := range list {
		m[I(t.ID(P(&list[i])))] = list[i]
	}
	return m, err
}

func pointer[I ~int64, T any](m map[I]T, id I) *T {
	if v, ok := m[id]; ok {
		return &v
	}
	return nil
}

// Exists reports whether a row is there.
func (t *Table[T, P]) Exists(tx *Tx, id int64) (bool, error) {
	var n int64
	err := tx.one([]any{&n}, "SELECT COUNT(*) FROM "+t.name+" WHERE id = $1", id)
	return n > 0, err
}

// Restore puts a deleted row back under its own id, with x.Version above that of its deletion. A number that was taken since is a
// conflict, as on a create.
func (t *Table[T, P]) Restore(tx *Tx, x P, now time.Time) error {
	t.statements()
	m := x.Base()
	m.UpdatedAt = now
	if m.ClientUID != "" { // the client may have made the record anew
		if _, taken, err := t.ByUID(tx, m.ClientUID); err != nil {
			return err
		} else if taken {
			m.ClientUID = ""
		}
	}
	var c columns
	t.bind(x, &c)
	id := t.ID(x)
	if _, err := tx.exec(t.restoreSQL, append(c.ptrs, id)...); err != nil {
		return fmt.Errorf("restore %s %d: %w", t.Entity, id, translate(err))
	}
	tx.made, tx.named = made{}, nameCache{} // what it stands on may have been made just now
	return t.after(tx, x)
}
