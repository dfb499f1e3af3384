package store

import (
	"reflect"
	"testing"
	"time"

	"casebook/internal/registry"
)

// A text that holds the separator between the texts of a row comes back whole, with the rows beside it once each.
func TestRowTextsHoldTheSeparator(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	var ids []registry.FarmID
	names := []string{"甲场", "乙" + textSep + "场", "丙场"}
	write(t, db, func(tx *Tx) error {
		for _, name := range names {
			f := registry.Farm{Name: name, DistrictCode: "440785", Origin: registry.OriginField, Note: "最后一栏"}
			if err := Farms.Insert(tx, &f, time.Now()); err != nil {
				return err
			}
			ids = append(ids, f.ID)
		}
		return nil
	})
	read(t, db, func(tx *Tx) error {
		farms, err := byIDs(tx, Farms, ids)
		for i, id := range ids {
			one, err := Farms.Get(tx, int64(id))
			if err != nil {
				return err
			}
			if got := farms[id]; got.Name != names[i] || !reflect.DeepEqual(got, one) {
				t.Errorf("a list reads %+v, alone it is %+v", got, one)
			}
		}
		return err
	})
}
