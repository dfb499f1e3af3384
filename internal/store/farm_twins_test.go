package store

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// TestKeptOfRandomRegisters: after any mix of new, changed, voided and merged farms and of due days that come and go, what is kept beside the rows is
// what the rows say: verify finds nothing, and the lists of twins and the counts of the desk are those counted by hand.
func TestKeptOfRandomRegisters(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	side := newSide(t, db, "恩平", "440785")
	other := newSide(t, db, "开平", "440783")
	rng := rand.New(rand.NewPCG(7, 11)) //nolint:gosec // a test's
	districts := []string{"440785", "440783"}
	farms := []registry.Farm{side.farm, other.farm}
	cases := []registry.Case{side.cas, other.cas}
	today := registry.Day(2026, 3, 15)
	change := func(x *registry.Farm) {
		lat, lng := 22+float64(rng.IntN(4))*0.0007, 112+float64(rng.IntN(2))*0.0006
		x.Name, x.DistrictCode = fmt.Sprintf("猪场%d", rng.IntN(6)), districts[rng.IntN(2)]
		x.Permit.Number = []string{"", "P1", "P2", "P3"}[rng.IntN(4)]
		x.Place = registry.Place{Longitude: &lng, Latitude: &lat}
		x.Voidable, x.MergedInto = registry.Voidable{}, 0
		switch rng.IntN(6) {
		case 0:
			x.Place = registry.Place{}
		case 1:
			x.Voided = registry.Voiding{Reason: "误登", At: testTime, By: "a"}
		case 2:
			if x.ID != farms[0].ID {
				x.MergedInto = farms[0].ID
			}
		}
	}
	for round := range 40 {
		write(t, db, func(tx *Tx) error {
			for range 4 {
				if x := (registry.Farm{Origin: registry.OriginField}); rng.IntN(2) == 0 {
					change(&x)
					if err := Farms.Insert(tx, &x, testTime); err != nil {
						return err
					}
					farms = append(farms, x)
				} else {
					x := &farms[1+rng.IntN(len(farms)-1)]
					change(x)
					if err := Farms.Update(tx, x, testTime); err != nil {
						return err
					}
				}
				c := registry.Case{Origin: registry.OriginField, Title: "案", DistrictCode: districts[rng.IntN(2)], HandlingOrganID: []registry.OrganID{0, side.organ.ID, other.organ.ID}[rng.IntN(3)]}
				if err := Cases.Insert(tx, &c, testTime); err != nil {
					return err
				}
				cases = append(cases, c)
				moved := &cases[rng.IntN(len(cases))]
				moved.HandlingOrganID = []registry.OrganID{0, side.organ.ID, other.organ.ID}[rng.IntN(3)]
				if err := Cases.Update(tx, moved, testTime); err != nil {
					return err
				}
				id := cases[rng.IntN(len(cases))].ID
				have, err := tx.dues([]registry.CaseID{id})
				if err != nil {
					return err
				}
				want := Due{}
				if rng.IntN(4) > 0 {
					want = Due{On: today.AddDays(rng.IntN(90) - 60), Code: "decide"}
				}
				if err := tx.keepDue(id, have[id], want); err != nil {
					return err
				}
			}
			return nil
		})
		read(t, db, func(tx *Tx) error {
			if err := tx.verifyTallies(func(format string, args ...any) { t.Errorf("round %d: "+format, append([]any{round}, args...)...) }); err != nil {
				return err
			}
			for _, f := range []DueFilter{{}, {OrganID: side.organ.ID}} {
				for _, branch := range []*registry.Branch{nil, side.branch} {
					tx.Narrow(branch)
					if err := countByHand(t, tx, f, today); err != nil {
						return err
					}
					tx.Narrow(nil)
				}
			}
			for _, by := range []string{SameFarmName, SameFarmPermit, SameFarmPlace} {
				for _, branch := range []*registry.Branch{nil, side.branch} {
					tx.Narrow(branch)
					got, err := allTwins(tx, by)
					if err != nil {
						return err
					}
					if want := twinsByHand(farms, by, branch); got != want {
						t.Errorf("round %d, %s, branch %v:\n got %s\nwant %s", round, by, branch != nil, got, want)
					}
					tx.Narrow(nil)
				}
			}
			return nil
		})
	}
}

// countByHand compares the counts of the desk with its list.
func countByHand(t *testing.T, tx *Tx, f DueFilter, today registry.Date) error {
	t.Helper()
	rows, _, err := tx.DueCases(f, Page{Limit: 1000})
	if err != nil {
		return err
	}
	last := today.AddDays(7)
	var want DueCounts
	for _, r := range rows {
		switch {
		case r.DueOn.Before(today):
			want.Overdue++
		case !last.Before(r.DueOn):
			want.Week++
			if r.DueOn == today {
				want.Today++
			}
		}
	}
	got, err := tx.CountDue(f, today, last)
	if got != want {
		t.Errorf("%+v: counted %+v, listed %+v", f, got, want)
	}
	return err
}

// allTwins goes through the pages of three groups each.
func allTwins(tx *Tx, by string) (string, error) {
	var list []string
	for page := (Page{Limit: 3}); ; {
		twins, next, err := tx.FarmTwins(by, page)
		if err != nil {
			return "", err
		}
		for _, g := range twins {
			ids := slices.Clone(g.IDs)
			slices.Sort(ids)
			list = append(list, fmt.Sprint(ids))
		}
		if next == "" {
			slices.Sort(list)
			return strings.Join(list, " "), nil
		}
		page.Cursor = next
	}
}

func twinsByHand(farms []registry.Farm, by string, branch *registry.Branch) string {
	var list []string
	groups := map[string][]registry.FarmID{}
	for i := range farms {
		a := &farms[i]
		counts := func(x *registry.Farm) bool {
			return !x.IsVoid() && x.MergedInto == 0 && (branch == nil || branch.Holds(x.DistrictCode))
		}
		if !counts(a) {
			continue
		}
		switch by {
		case SameFarmName:
			key := registry.NameKey(a.Name) + a.DistrictCode
			groups[key] = append(groups[key], a.ID)
		case SameFarmPermit:
			if a.Permit.Number != "" {
				groups[a.Permit.Number] = append(groups[a.Permit.Number], a.ID)
			}
		default:
			for j := range farms {
				b := &farms[j]
				if metres, ok := a.Place.Metres(b.Place); b.ID > a.ID && counts(b) && ok && metres <= registry.SamePlace {
					list = append(list, fmt.Sprint([]registry.FarmID{a.ID, b.ID}))
				}
			}
		}
	}
	for _, ids := range groups {
		if slices.Sort(ids); len(ids) > 1 {
			list = append(list, fmt.Sprint(ids[:min(len(ids), mostTwins)]))
		}
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}
