package store

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// Farms and parties that were foreseen, or written in an earlier part, are not read again, until they are changed.
func TestHeldRowsAreReadOnce(t *testing.T) {
	var traced []string
	db := open(t, t.TempDir(), Options{Trace: func(q string) { traced = append(traced, q) }})
	old := newSide(t, db, "恩平", "440785")
	asked := func(tx *Tx, id registry.FarmID, name string, read bool) {
		t.Helper()
		traced = nil
		f, err := Farms.Get(tx, int64(id))
		if err != nil || f.Name != name {
			t.Errorf("farm %d is %q, %v, want %q", id, f.Name, err, name)
		}
		if got := slices.ContainsFunc(traced, func(q string) bool { return strings.Contains(q, "FROM farms") }); got != read {
			t.Errorf("farm %d was read: %v, want %v", id, got, read)
		}
	}
	write(t, db, func(tx *Tx) error {
		if err := tx.Foresee([]registry.FarmID{old.farm.ID}, []registry.PartyID{old.party.ID}); err != nil {
			return err
		}
		made := registry.Farm{Origin: registry.OriginField, Name: "新猪场", DistrictCode: "440785"}
		if err := Farms.Insert(tx, &made, testTime); err != nil {
			return err
		}
		if err := tx.Part(nil, nil); err != nil {
			return err
		}
		asked(tx, old.farm.ID, "恩平猪场", false)
		asked(tx, made.ID, "新猪场", false)
		for _, f := range []*registry.Farm{&old.farm, &made} {
			f.Name += "（改名）"
			if err := Farms.Update(tx, f, testTime); err != nil {
				return err
			}
			asked(tx, f.ID, f.Name, true)
		}
		return nil
	})
}

// What search knows of a record is the same whether what it names was foreseen or read for it: former names and those of what was merged too.
func TestForeseenNamesAreFound(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	old := newSide(t, db, "恩平", "440785")
	gone := newSide(t, db, "鹤山", "440784")
	write(t, db, func(tx *Tx) error {
		gone.farm.MergedInto, gone.party.MergedInto = old.farm.ID, old.party.ID
		old.farm.Name, old.party.Name = "恩平二场", "恩平二公司"
		for _, err := range []error{Farms.Update(tx, &gone.farm, testTime), Parties.Update(tx, &gone.party, testTime), Farms.Update(tx, &old.farm, testTime), Parties.Update(tx, &old.party, testTime)} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	var found [2]string
	for i := range found {
		write(t, db, func(tx *Tx) error {
			if i == 1 {
				if err := tx.Foresee([]registry.FarmID{old.farm.ID}, []registry.PartyID{old.party.ID}); err != nil {
					return err
				}
			}
			x := registry.Inspection{Origin: registry.OriginField, FarmID: old.farm.ID, PartyID: old.party.ID, DistrictCode: "440785", StartedOn: registry.Day(2025, 3, 1), State: registry.InspectionSubmitted}
			if err := Inspections.Insert(tx, &x, testTime); err != nil {
				return err
			}
			return tx.one([]any{searchText{&found[i]}}, "SELECT text FROM search_texts WHERE entity = 'inspection' AND entity_id = $1", int64(x.ID))
		})
	}
	if found[0] != found[1] || !strings.Contains(found[0], "鹤山猪场") || !strings.Contains(found[0], "鹤山养殖公司") || !strings.Contains(found[0], "恩平二场") {
		t.Errorf("read for it:\n%s\nforeseen:\n%s", found[0], found[1])
	}
}

// A provision that was foreseen keeps its number, and a new one gets one.
func TestForeseenProvisions(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	law := registry.Citation{Law: "畜禽规模养殖污染防治条例", Provision: registry.Provision{Article: 13}}
	number := func(foreseen bool, c registry.Citation) (id int64) {
		write(t, db, func(tx *Tx) (err error) {
			if foreseen {
				if err := tx.Foresee(nil, nil); err != nil {
					return err
				}
			}
			id, err = tx.provision(&c)
			return err
		})
		return id
	}
	first := number(false, law)
	if again := number(true, law); again != first {
		t.Errorf("foreseen it is number %d, want %d", again, first)
	}
	law.Paragraph = 2
	if other := number(true, law); other == first {
		t.Errorf("another paragraph is number %d too", other)
	}
}
