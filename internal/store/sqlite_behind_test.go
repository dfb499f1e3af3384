package store

import (
	"errors"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// forLoad opens a register whose writes run behind.
func forLoad(t *testing.T) *DB {
	t.Helper()
	enginetest.OnlySQLite(t, "statements of a load that run behind")
	db := open(t, t.TempDir(), Options{})
	if err := db.ForLoad(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestBehindReadsItsOwnRows(t *testing.T) {
	t.Parallel()
	db := forLoad(t)
	write(t, db, func(tx *Tx) error {
		if tx.conn.behind == nil {
			t.Fatal("the writer of a load runs its statements at once")
		}
		var first registry.PartyID
		for i := range 600 { // more than may wait
			x := registry.Party{Origin: registry.OriginSample, Kind: "公司", Name: "示例公司" + strings.Repeat("甲", i%7)}
			if err := Parties.Insert(tx, &x, time.Now()); err != nil {
				return err
			}
			if i == 0 {
				first = x.ID
			}
			if want := first + registry.PartyID(i); x.ID != want {
				t.Fatalf("row %d has the id %d, want %d", i, x.ID, want)
			}
		}
		var n, last int
		if err := tx.one([]any{&n, &last}, "SELECT COUNT(*), MAX(id) FROM parties"); err != nil {
			return err
		}
		if n != 600 || last != int(first)+599 {
			t.Errorf("%d rows up to %d are read, want 600 up to %d", n, last, int(first)+599)
		}
		res, err := tx.exec("UPDATE parties SET note = 'x' WHERE id <= $1", first+9)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); n != 10 || err != nil {
			t.Errorf("an update changed %d rows (%v), want 10", n, err)
		}
		return nil
	})
}

// A statement that fails behind fails the transaction, whatever comes after it, and the next one begins anew.
func TestBehindFails(t *testing.T) {
	t.Parallel()
	for _, last := range []string{"nothing", "a write", "a read"} {
		db := forLoad(t)
		err := db.WriteAlone(t.Context(), func(tx *Tx) error {
			for range 2 {
				if _, err := tx.exec("INSERT INTO settings (name, value) VALUES ('twice', '1')"); err != nil {
					return err
				}
			}
			switch last {
			case "a write":
				for range 4 * behindMost { // the last of them cannot be put by before the first has failed
					if _, err := tx.exec("INSERT INTO settings (name, value) VALUES ('after', '1') ON CONFLICT (name) DO NOTHING"); err != nil {
						return err
					}
				}
				return errors.New("writes after the one that failed")
			case "a read":
				_, err := tx.Setting("twice")
				return err
			}
			return nil
		})
		if err == nil || !strings.Contains(err.Error(), "constraint failed") && registry.KindOf(err) != registry.KindConflict {
			t.Errorf("then %s: %v, want what the statement met", last, err)
		}
		write(t, db, func(tx *Tx) error {
			for _, name := range []string{"twice", "after"} {
				if v, err := tx.Setting(name); v != "" || err != nil {
					t.Errorf("then %s: %s is %q (%v), want nothing", last, name, v, err)
				}
			}
			return tx.SetSetting("next", "1")
		})
	}
}

// An id that is not the one foretold ends the load: it stands in rows that were written since.
func TestBehindKnowsItsIDs(t *testing.T) {
	t.Parallel()
	db := forLoad(t)
	err := db.WriteAlone(t.Context(), func(tx *Tx) error {
		x := registry.Party{Origin: registry.OriginSample, Kind: "公司", Name: "示例公司"}
		if err := Parties.Insert(tx, &x, time.Now()); err != nil {
			return err
		}
		if _, err := tx.exec("INSERT INTO parties SELECT * FROM parties WHERE 0"); err != nil {
			return err
		}
		if _, err := tx.exec("UPDATE parties SET id = id + 100"); err != nil {
			return err
		}
		x.Name = "示例公司二"
		return Parties.Insert(tx, &x, time.Now())
	})
	if err == nil || !strings.Contains(err.Error(), "got the id") {
		t.Errorf("%v, want that the id is another", err)
	}
}
