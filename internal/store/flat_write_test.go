package store

import (
	"strconv"
	"testing"

	"casebook/internal/store/enginetest"
)

// TestFlatWrites: six times the register, and a record of each noun is made and changed with as many pages read: what a write looks up it
// finds by an index, whatever the planner's statistics say of tables that are all there is in the join (the parties merged into one).
func TestFlatWrites(t *testing.T) {
	t.Parallel()
	enginetest.OnlySQLite(t, "pages read by SQLite")
	db := open(t, t.TempDir(), Options{})
	newSide(t, db, "恩平", "440785")
	turn := 0
	measure := func(n int) map[string]int {
		grow(t, db, n)
		if _, err := db.analyse(t.Context()); err != nil {
			t.Fatal(err)
		}
		pages := map[string]int{}
		var side *side
		for range 2 { // the first prepares statements
			turn++
			side = newSide(t, db, "鹤山"+strconv.Itoa(turn), "440784")
		}
		write(t, db, func(tx *Tx) error {
			read := func(what string, f func() error) error {
				before, err := tx.conn.pagesRead()
				if err != nil {
					return err
				}
				if err := f(); err != nil {
					return err
				}
				after, err := tx.conn.pagesRead()
				pages[what] = after - before
				return err
			}
			list := []step{
				stepOf(tx, Parties, &side.party, func() { side.party.ID, side.party.Name = 0, side.party.Name+"二" }),
				stepOf(tx, Farms, &side.farm, func() { side.farm.ID, side.farm.Name = 0, side.farm.Name+"二" }),
				stepOf(tx, Inspections, &side.inspection, func() { side.inspection.ID = 0 }),
				stepOf(tx, Cases, &side.cas, func() { side.cas.ID = 0 }),
			}
			for _, s := range list {
				if err := read(s.entity+" changed", s.update); err != nil {
					return err
				}
				if err := read(s.entity+" made", s.insert); err != nil {
					return err
				}
			}
			for _, s := range side.steps(tx, side.inspection.ID, side.cas.ID) {
				if err := read(s.entity+" made", s.insert); err != nil {
					return err
				}
				if s.entity == "discretion_sheet" {
					continue // never changed
				}
				if err := read(s.entity+" changed", s.update); err != nil {
					return err
				}
			}
			return nil
		})
		return pages
	}
	small := measure(2000)
	large := measure(12000)
	if len(small) < 16 {
		t.Fatalf("%d writes measured, want every noun's", len(small))
	}
	for what, n := range small {
		if large[what] > n*2+40 {
			t.Errorf("%s: %d pages of 2,000 cases, %d of 12,000", what, n, large[what])
		}
		t.Logf("%-24s %5d %5d", what, n, large[what])
	}
}
