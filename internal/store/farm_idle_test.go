package store

import (
	"fmt"
	"slices"
	"testing"

	"casebook/internal/registry"
)

// Whoever was not inspected in a year is listed once, newest first or the other way round, page after page, in a district too, and follows inspections as they come and go.
func TestIdleFarms(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir(), Options{})
	side := newSide(t, db, "恩平", "440785")
	years := map[registry.FarmID]map[int]registry.InspectionID{side.farm.ID: {2025: side.inspection.ID}}
	districts := map[registry.FarmID]string{side.farm.ID: "440785"}
	write(t, db, func(tx *Tx) error {
		for i := range 40 {
			f := registry.Farm{Origin: registry.OriginField, Name: fmt.Sprintf("第%d养殖场", i), DistrictCode: []string{"440785", "440784"}[i%2]}
			if err := Farms.Insert(tx, &f, testTime); err != nil {
				return err
			}
			years[f.ID], districts[f.ID] = map[int]registry.InspectionID{}, f.DistrictCode
			for year := 2022; year <= 2026; year++ {
				if (i*7+year)%5 > i%4 {
					continue
				}
				x := registry.Inspection{Origin: registry.OriginField, FarmID: f.ID, DistrictCode: f.DistrictCode, StartedOn: registry.Day(year, 3, 1), State: registry.InspectionSubmitted}
				if err := Inspections.Insert(tx, &x, testTime); err != nil {
					return err
				}
				years[f.ID][year] = x.ID
			}
		}
		return nil
	})
	check := func(when string) {
		t.Helper()
		for year := 2021; year <= 2027; year++ {
			for _, district := range []string{"", "440784"} {
				for _, up := range []bool{false, true} {
					var want, got []registry.FarmID
					for id, in := range years {
						if in[year] == 0 && (district == "" || districts[id] == district) {
							want = append(want, id)
						}
					}
					slices.Sort(want)
					if !up {
						slices.Reverse(want)
					}
					f := FarmFilter{Idle: fmt.Sprint(year), DistrictCode: district}
					read(t, db, func(tx *Tx) error {
						for p := (Page{Limit: 7, Up: up}); ; {
							rows, next, err := tx.Farms(f, p)
							if err != nil {
								return err
							}
							for i := range rows {
								got = append(got, rows[i].ID)
							}
							if p.Cursor = next; next == "" {
								break
							}
						}
						n, _, err := tx.CountFarms(f)
						if !slices.Equal(got, want) || n != len(want) {
							t.Errorf("%s, not inspected in %d, district %q, up %v: %v, counted %d; want %v", when, year, district, up, got, n, want)
						}
						return err
					})
				}
			}
		}
		read(t, db, func(tx *Tx) error {
			return tx.verifyChecks(func(defect string, args ...any) { t.Errorf("%s: "+defect, append([]any{when}, args...)...) })
		})
	}
	check("at first")
	write(t, db, func(tx *Tx) error {
		for id, in := range years {
			if in[2026] == 0 {
				continue
			}
			x, err := Inspections.Get(tx, int64(in[2026]))
			if err != nil {
				return err
			}
			if id%2 == 0 { // one more, earlier
				x.StartedOn = registry.Day(2021, 5, 1)
				years[id][2021] = x.ID
				err = Inspections.Update(tx, &x, testTime)
			} else {
				err = Inspections.Delete(tx, &x)
			}
			if err != nil {
				return err
			}
			delete(years[id], 2026)
		}
		return nil
	})
	check("after inspections were moved and deleted")
	write(t, db, func(tx *Tx) error {
		_, err := tx.exec("UPDATE farms SET last_year = '2019' WHERE id = $1", side.farm.ID)
		return err
	})
	told := 0
	read(t, db, func(tx *Tx) error { return tx.verifyChecks(func(string, ...any) { told++ }) })
	if told != 1 {
		t.Errorf("a wrong last year was told %d times, want once", told)
	}
}
