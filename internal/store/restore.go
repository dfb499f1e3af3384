package store

import (
	"fmt"
	"time"
)

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
	m.UpdatedAt = now.UTC().Truncate(time.Millisecond)
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
	return t.after(tx, x)
}
