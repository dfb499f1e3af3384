package store

import "testing"

func TestCreation(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	want := func(uid, digest string) {
		t.Helper()
		write(t, db, func(tx *Tx) error {
			if got, err := tx.Creation("farm", uid); err != nil || got != digest {
				t.Errorf("Creation(farm, %s) = %q, %v; want %q", uid, got, err, digest)
			}
			return nil
		})
	}
	want("u-1", "")
	write(t, db, func(tx *Tx) error { return tx.KeepCreation("farm", "u-1", "a") })
	write(t, db, func(tx *Tx) error { return tx.KeepCreation("party", "u-1", "b") })
	want("u-1", "a")
	want("u-2", "")
	write(t, db, func(tx *Tx) error { return tx.KeepCreation("farm", "u-1", "c") }) // its record was deleted, and made anew
	want("u-1", "c")
}
