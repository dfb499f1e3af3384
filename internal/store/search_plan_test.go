package store_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

// traced is a register that notes its statements.
func traced(t *testing.T) (db *store.DB, statements func() []string) {
	t.Helper()
	var mu sync.Mutex
	var list []string
	dir := storetest.Dir(t)
	opt := storetest.Options(t, dir)
	opt.Trace = func(query string) {
		mu.Lock()
		defer mu.Unlock()
		list = append(list, query)
	}
	db, err := store.Open(t.Context(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, func() []string {
		mu.Lock()
		defer mu.Unlock()
		out := list
		list = nil
		return out
	}
}

// planOf is how SQLite goes about a statement, a step a line.
func planOf(t *testing.T, db *store.DB, query string) string {
	t.Helper()
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(db.Dir(), "casebook.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close() //nolint:errcheck // opened for reading
	n := 0
	for strings.Contains(query, fmt.Sprintf("$%d", n+1)) {
		n++
	}
	rows, err := raw.Query("EXPLAIN QUERY PLAN "+query, make([]any, n)...)
	if err != nil {
		t.Fatalf("%v: %s", err, query)
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(plan, "\n")
}

// A search with a word of two characters reads the index, newest first, and looks up what it finds: no list is read through or sorted.
func TestSearchPlans(t *testing.T) {
	enginetest.OnlySQLite(t, "SQLite's plans")
	t.Parallel()
	db, statements := traced(t)
	newWorld(t, db)
	asking := store.Asking{Guarded: true, Districts: registry.DefaultBureau().Districts, Types: func(string) []store.MeantTypes { return []store.MeantTypes{{Code: "WATER_EVASION"}} }}
	p := store.Page{Limit: 50}
	for _, q := range []string{"绿源", "lygs", "1949", "恩平", "江恩环立〔2024〕3号", "绿源 案", "绿源公", "ly 1949 恩平"} {
		statements()
		storetest.Read(t, db, func(tx *store.Tx) error {
			cases, farms := store.CaseFilter{Q: q, Asking: asking}, store.FarmFilter{Q: q, Asking: asking}
			inspections, parties := store.InspectionFilter{Q: q, Asking: asking}, store.PartyFilter{Q: q, Asking: asking}
			for _, read := range []func() error{
				func() error { _, _, err := tx.Cases(cases, p); return err }, func() error { _, _, err := tx.CountCases(cases); return err },
				func() error { _, err := tx.CaseIDs(cases, 0, 50); return err },
				func() error { _, _, err := tx.Farms(farms, p); return err }, func() error { _, _, err := tx.CountFarms(farms); return err },
				func() error { _, _, err := tx.Inspections(inspections, p); return err }, func() error { _, _, err := tx.CountInspections(inspections); return err },
				func() error { _, _, err := tx.Parties(parties, p); return err },
			} {
				if err := read(); err != nil {
					return err
				}
			}
			return nil
		})
		lists := 0
		for _, s := range statements() {
			if !strings.Contains(s, "search_texts") && !strings.Contains(s, "MATCH") {
				continue
			}
			lists++
			plan := planOf(t, db, s)
			if strings.Contains(s, "MATCH") {
				wants := []string{"VIRTUAL TABLE INDEX", "SEARCH x USING INTEGER PRIMARY KEY (rowid=?)", "SEARCH st USING INDEX sqlite_autoindex_search_texts_1 (entity=? AND entity_id=?)"}
				if !strings.Contains(s, "cases x") && strings.Contains(s, "COUNT") && strings.Contains(s, "search_cases MATCH") {
					wants = wants[:1] // nor a case
				} else if exact := utf8.RuneCountInString(q) == 2; exact { // two characters are a term of the index: no text is looked at
					wants = wants[:2]
					if strings.Contains(plan, "SEARCH st") {
						t.Errorf("%s: %s\nlooks at texts:\n%s", q, s, plan)
					}
				}
				for _, want := range wants {
					if !strings.Contains(plan, want) {
						t.Errorf("%s: %s\nlacks %s:\n%s", q, s, want, plan)
					}
				}
			}
			for _, line := range strings.Split(plan, "\n") {
				if strings.HasPrefix(line, "SCAN") && !strings.Contains(line, "VIRTUAL TABLE INDEX") && !strings.Contains(line, "counted") || strings.Contains(line, "TEMP B-TREE") {
					t.Errorf("%s: %s\nplan %s", q, s, plan)
				}
			}
		}
		if lists < 8 {
			t.Errorf("%s: %d statements searched, want 8 at least", q, lists)
		}
	}
}

// Duplicates are looked up by key.
func TestDuplicatePlans(t *testing.T) {
	enginetest.OnlySQLite(t, "SQLite's plans")
	t.Parallel()
	db, statements := traced(t)
	w := newWorld(t, db)
	statements()
	storetest.Read(t, db, func(tx *store.Tx) error {
		if _, err := tx.SimilarParties(&w.party); err != nil {
			return err
		}
		_, err := tx.CasesOfParty("440785", "绿源公司")
		return err
	})
	all := ""
	for _, s := range statements() {
		all += planOf(t, db, s) + "\n"
	}
	for _, index := range []string{"parties_name_key", "parties_public_key", "parties_credit_code", "parties_id_number"} {
		if !strings.Contains(all, index) {
			t.Errorf("%s is not used:\n%s", index, all)
		}
	}
	if strings.Contains(all, "SCAN parties") {
		t.Errorf("parties are read through:\n%s", all)
	}
}

// What a list reads does not grow with its rows.
func TestSearchAsksOnceAPage(t *testing.T) {
	t.Parallel()
	db, statements := traced(t)
	w := newWorld(t, db)
	count := func() (list [4]int) {
		p := store.Page{Limit: 50}
		for i, read := range []func(tx *store.Tx) error{
			func(tx *store.Tx) error { _, _, err := tx.Cases(store.CaseFilter{Q: "绿源"}, p); return err },
			func(tx *store.Tx) error { _, _, err := tx.Farms(store.FarmFilter{Q: "绿源"}, p); return err },
			func(tx *store.Tx) error {
				_, _, err := tx.Inspections(store.InspectionFilter{Q: "绿源"}, p)
				return err
			},
			func(tx *store.Tx) error { _, _, err := tx.Parties(store.PartyFilter{Q: "绿源"}, p); return err },
		} {
			statements()
			storetest.Read(t, db, read)
			list[i] = len(statements())
		}
		return list
	}
	rename := func(x registry.Party) {
		storetest.Write(t, db, func(tx *store.Tx) error {
			made := store.Event{Actor: registry.CommandLine, At: storetest.Now, Action: "新增", Entity: "party", EntityID: int64(x.ID), Version: 1}
			if err := tx.Record(made, x); err != nil {
				return err
			}
			x.Name += "（改）"
			return store.Parties.Update(tx, &x, storetest.Now)
		})
	}
	rename(w.party)
	before := count()
	for i := range 30 {
		x := registry.Party{Name: fmt.Sprintf("绿源%d公司", i), Kind: "公司"}
		storetest.Write(t, db, func(tx *store.Tx) error {
			if err := store.Parties.Insert(tx, &x, storetest.Now); err != nil {
				return err
			}
			f := registry.Farm{Name: x.Name, DistrictCode: "440785", OperatorID: x.ID}
			if err := store.Farms.Insert(tx, &f, storetest.Now); err != nil {
				return err
			}
			ins := registry.Inspection{FarmID: f.ID, PartyID: x.ID}
			if err := store.Inspections.Insert(tx, &ins, storetest.Now); err != nil {
				return err
			}
			return store.Cases.Insert(tx, &registry.Case{Title: x.Name + "案", DistrictCode: "440785", FarmID: f.ID, Stage: registry.StageOpened}, storetest.Now)
		})
		rename(x)
	}
	if after := count(); after != before {
		t.Errorf("statements of the lists of cases, farms, inspections, parties: %v with one row, %v with thirty", before, after)
	}
}
