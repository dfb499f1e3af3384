package casework_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/store/storetest"
)

// What is read for a bulletin is asked in as many statements for twelve cases as for three: files, former names, authors, fitness. Only rows that are
// written are one a case.
func TestBulletinsAskOnceForAllCases(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	s, _ := serviceIn(t, storetest.Dir(t), func(q string) {
		mu.Lock()
		defer mu.Unlock()
		if strings.HasPrefix(q, "SELECT") || strings.HasPrefix(q, "WITH") {
			asked = append(asked, q)
		}
	})
	var cases []registry.CaseID
	for i := range 15 {
		c := aCase(t, s, registry.OriginField)
		cases = append(cases, c.ID)
		f, err := s.CaseFile(ctx, officer, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		f.Farm.PublicName, f.Farm.Name = "恩平市某养殖场", fmt.Sprint("绿源猪场", i) // a name that it had before, and words of somebody's
		if err := s.ChangeFarm(ctx, officer, f.Farm); err != nil {
			t.Fatal(err)
		}
		if _, err := s.AddViolation(ctx, officer, &registry.Violation{CaseID: c.ID, TypeCode: "WATER_EVASION", Facts: "直排", ActTo: registry.Day(2025, 3, 4)}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.AddDocument(ctx, officer, &registry.Document{CaseID: c.ID, Kind: registry.DocDecision, MadeOn: registry.Day(2025, 5, 6), ServedOn: registry.Day(2025, 5, 8)}); err != nil {
			t.Fatal(err)
		}
	}
	counts := map[int]map[string]int{}
	for _, n := range []int{3, 12} {
		counts[n] = map[string]int{}
		count := func(what string, do func() error) {
			t.Helper()
			mu.Lock()
			asked = nil
			mu.Unlock()
			if err := do(); err != nil {
				t.Fatalf("%s of %d cases: %v", what, n, err)
			}
			counts[n][what] = len(asked)
		}
		x := registry.Bulletin{Title: "典型案例", Dated: registry.Month(2025, 6)}
		for _, id := range cases[:n] {
			x.Cases = append(x.Cases, registry.BulletinCase{CaseID: id})
		}
		if n == 3 {
			x.Cases = x.Cases[:0]
			for _, id := range cases[12:] {
				x.Cases = append(x.Cases, registry.BulletinCase{CaseID: id})
			}
		}
		count("new", func() error { _, err := s.AddBulletin(ctx, publisher, &x); return err })
		count("change", func() error { return s.ChangeBulletin(ctx, publisher, &x) })
		count("form", func() error {
			var ids []registry.CaseID
			for _, c := range x.Cases {
				ids = append(ids, c.CaseID)
			}
			_, err := s.BulletinSources(ctx, publisher, ids)
			return err
		})
		count("preview", func() error { y := x; _, err := s.PreviewBulletin(ctx, publisher, &y); return err })
		count("page", func() error { _, err := s.BulletinPage(ctx, publisher, x.ID); return err })
		count("hand-in", func() error { return s.SubmitBulletin(ctx, publisher, x.ID, x.Version, "") })
		count("page handed in", func() error { _, err := s.BulletinPage(ctx, publisher2, x.ID); return err })
		count("approval", func() error { return s.ApproveBulletin(ctx, publisher2, x.ID, x.Version+1, "") })
		count("page approved", func() error { _, err := s.BulletinPage(ctx, publisher2, x.ID); return err })
		count("list", func() error {
			_, _, err := s.BulletinRows(ctx, publisher, string(registry.BulletinApproved), casework.Page{Limit: 50})
			return err
		})
	}
	for what, few := range counts[3] {
		if many := counts[12][what]; many != few {
			t.Errorf("%s asks %d times for 3 cases, %d times for 12", what, few, many)
		}
	}
}
