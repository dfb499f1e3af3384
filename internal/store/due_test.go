package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/storetest"
)

// What is due follows from the file: here the day that the case's summary names, on the desks of the officers of the register.
func dueOf(officers ...registry.OfficerID) func(*registry.CaseFile) store.Due {
	return func(f *registry.CaseFile) store.Due {
		on, _ := registry.ParseDate(f.Case.Note)
		return store.Due{On: on, Code: "decide", Officers: officers}
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db)
	of := dueOf(w.officer.ID, 0, w.officer.ID, 99) // nobody, twice the same and one who left the roster
	write := func(fn func(tx *store.Tx) error) {
		t.Helper()
		if err := storetest.TryDue(db, of, fn); err != nil {
			t.Fatal(err)
		}
	}
	cases := []registry.Case{{Title: "甲", Note: "2024-05-01"}, {Title: "乙", Note: "2024-05-10"}, {Title: "丙", Note: "2024-05-12"}, {Title: "丁"}, {Title: "戊", Note: "2024-05-10"}}
	write(func(tx *store.Tx) error {
		for i := range cases {
			c := &cases[i]
			c.DistrictCode, c.Stage = "440785", registry.StageOpened
			if i != 4 {
				c.HandlingOrganID = w.organ.ID
			}
			if err := store.Cases.Insert(tx, c, storetest.Now); err != nil {
				return err
			}
		}
		return nil
	})
	list := func(f store.DueFilter) listed {
		return func(tx *store.Tx, p store.Page) (ids []int64, next string, err error) {
			rows, next, err := tx.DueCases(f, p)
			for _, r := range rows {
				ids = append(ids, int64(r.ID))
			}
			return ids, next, err
		}
	}
	ids := func(at ...int) (list []int64) {
		for _, i := range at {
			list = append(list, int64(cases[i].ID))
		}
		return list
	}
	today, week := registry.Day(2024, 5, 10), registry.Day(2024, 5, 12)
	for _, c := range []struct {
		name   string
		f      store.DueFilter
		want   []int64
		counts store.DueCounts
	}{
		{"all", store.DueFilter{}, ids(0, 1, 4, 2), store.DueCounts{Overdue: 1, Today: 2, Week: 3}},
		{"of an organ", store.DueFilter{OrganID: w.organ.ID}, ids(0, 1, 2), store.DueCounts{Overdue: 1, Today: 1, Week: 2}},
		{"on a desk", store.DueFilter{OfficerID: w.officer.ID}, ids(0, 1, 4, 2), store.DueCounts{Overdue: 1, Today: 2, Week: 3}},
		{"on nobody's desk", store.DueFilter{OfficerID: 99}, nil, store.DueCounts{}},
		{"from today", store.DueFilter{From: today}, ids(1, 4, 2), store.DueCounts{Overdue: 1, Today: 2, Week: 3}},
		{"until today", store.DueFilter{Until: today}, ids(0, 1, 4), store.DueCounts{Overdue: 1, Today: 2, Week: 3}},
	} {
		for _, size := range []int{1, 2, 10} {
			pages(t, db, c.name, size, false, list(c.f), c.want)
		}
		storetest.Read(t, db, func(tx *store.Tx) error {
			if got, err := tx.CountDue(c.f, today, week); err != nil || got != c.counts {
				t.Errorf("%s: CountDue = %+v, %v; want %+v", c.name, got, err, c.counts)
			}
			return nil
		})
	}
	refusesCursors(t, db, list(store.DueFilter{}), "aXwx")
	storetest.Read(t, db, func(tx *store.Tx) error {
		rows, _, err := tx.DueCases(store.DueFilter{}, store.Page{Limit: 1})
		want := store.DueRow{ID: cases[0].ID, Title: "甲", DistrictCode: "440785", Stage: registry.StageOpened, HandlingOrgan: "恩平", DueOn: registry.Day(2024, 5, 1), DueCode: "decide"}
		if len(rows) != 1 || rows[0] != want {
			t.Errorf("row %+v, want %+v", rows, want)
		}
		return err
	})
	verified := func(when string, of func(*registry.CaseFile) store.Due, want ...string) {
		t.Helper()
		r, err := db.Verify(t.Context(), func(string) string { return "" }, of)
		if err != nil || strings.Join(r.Defects, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: Verify = %q, %v; want %q", when, r.Defects, err, want)
		}
	}
	verified("as settled", dueOf(w.officer.ID))
	// The rule changes: what was kept is found wrong, until it is computed anew.
	later := func(f *registry.CaseFile) store.Due {
		return store.Due{On: registry.Day(2025, 1, int(f.Case.ID)), Code: "pay"}
	}
	var stale []string
	for i, c := range append([]registry.Case{w.cas}, cases...) {
		on, code := c.Note, "decide"
		if on == "" {
			code = ""
		}
		stale = append(stale, fmt.Sprintf("案件 %d 的最近期限记为“%s %s”，按记录应为“2025-01-%02d pay”，或承办人员与记录不符", i+1, on, code, i+1))
	}
	verified("by another rule", later, stale...)
	if err := db.RefreshDue(t.Context(), "later", later, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	verified("refreshed", later)
	pages(t, db, "refreshed", 10, false, list(store.DueFilter{}), []int64{1, 2, 3, 4, 5, 6})
	pages(t, db, "refreshed, on the desk", 10, false, list(store.DueFilter{OfficerID: w.officer.ID}), nil)
}

// Without a rule nothing is due, and what is kept stays.
func TestDueWithoutARule(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db)
	storetest.Exec(t, db, "UPDATE cases SET due_on = '2024-05-01', due_code = 'decide'")
	storetest.Write(t, db, func(tx *store.Tx) error {
		w.cas.Note = "改"
		return store.Cases.Update(tx, &w.cas, storetest.Now)
	})
	storetest.Read(t, db, func(tx *store.Tx) error {
		rows, _, err := tx.DueCases(store.DueFilter{}, store.Page{Limit: 5})
		if len(rows) != 1 || rows[0].DueOn != registry.Day(2024, 5, 1) {
			t.Errorf("DueCases = %+v, want what was kept", rows)
		}
		return err
	})
}

// Due days that are computed anew are told as they come, go on where they were after an interruption, and begin again by other rules.
func TestRefreshDueGoesOn(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db) // of one case
	const cases = 120
	storetest.Write(t, db, func(tx *store.Tx) error {
		for range cases - 1 {
			c := w.cas
			c.Meta, c.ID, c.Number = registry.Meta{}, 0, ""
			if err := store.Cases.Insert(tx, &c, storetest.Now); err != nil {
				return err
			}
		}
		return nil
	})
	var seen []registry.CaseID
	rule := func(f *registry.CaseFile) store.Due {
		seen = append(seen, f.Case.ID)
		return store.Due{On: registry.Day(2025, 1, 1), Code: "pay"}
	}
	var told []string
	ctx, cancel := context.WithCancel(t.Context())
	tell := func(done, total int) {
		told = append(told, fmt.Sprintf("%d/%d", done, total))
		if len(told) == 2 {
			cancel()
		}
	}
	if err := db.RefreshDue(ctx, "one", rule, tell); !errors.Is(err, context.Canceled) || len(seen) != 50 {
		t.Errorf("cut short: %v after %d cases; want 50, and the interruption", err, len(seen))
	}
	must(t, db.RefreshDue(t.Context(), "one", rule, tell))
	if want := "0/120 50/120 50/120 100/120 120/120"; strings.Join(told, " ") != want || len(seen) != cases {
		t.Errorf("told %v and computed %d; want %s and %d", told, len(seen), want, cases)
	}
	must(t, db.RefreshDue(t.Context(), "two", rule, tell))
	if len(seen) != 2*cases {
		t.Errorf("by other rules %d were computed, want all %d", len(seen)-cases, cases)
	}
}
