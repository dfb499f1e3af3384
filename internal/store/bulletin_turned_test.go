package store

import (
	"slices"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// Which bulletins are turned is read from those alone, however many cases the others tell, and whatever documents these have.
func TestTurnedBulletinsAreFlat(t *testing.T) {
	enginetest.OnlySQLite(t, "pages read by SQLite")
	db := open(t, t.TempDir(), Options{})
	newSide(t, db, "恩平", "440785")
	grow(t, db, 450)
	told := registry.BulletinID(0)
	tell := func(from, to int) {
		write(t, db, func(tx *Tx) error {
			at := testTime
			x := registry.Bulletin{Origin: registry.OriginField, Title: "通报", State: registry.BulletinApproved, ApprovedAt: &at}
			for id := from; id < to; id++ {
				x.Cases = append(x.Cases, registry.BulletinCase{CaseID: registry.CaseID(id), Title: "案"})
			}
			if err := Bulletins.Insert(tx, &x, testTime); err != nil {
				return err
			}
			told = x.ID
			_, err := tx.exec("UPDATE bulletin_cases SET turned = 1 WHERE bulletin_id = $1 AND seq = 2", x.ID)
			return err
		})
	}
	measure := func(want ...registry.BulletinID) (pages int) {
		read(t, db, func(tx *Tx) error {
			pages = pagesRead(t, tx, func(tx *Tx) error {
				list, err := tx.TurnedBulletins()
				var ids []registry.BulletinID
				for _, x := range list {
					ids = append(ids, x.Bulletin)
				}
				if !slices.Equal(ids, want) {
					t.Errorf("turned are %v, want %v", ids, want)
				}
				return err
			})
			return nil
		})
		return pages
	}
	tell(1, 4)
	few := measure(told)
	first := told
	tell(10, 210)
	tell(210, 410)
	write(t, db, func(tx *Tx) error {
		_, err := tx.exec("UPDATE bulletin_cases SET turned = 0 WHERE bulletin_id > $1", first)
		return err
	})
	if many := measure(first); many > few+2 {
		t.Errorf("%d pages with three cases told, %d with 403", few, many)
	}
}
