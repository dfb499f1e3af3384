package store

import (
	"fmt"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// publish adds n published bulletins of one case.
func publish(t *testing.T, db *DB, c registry.CaseID, n int) (last registry.Bulletin) {
	t.Helper()
	write(t, db, func(tx *Tx) error {
		for i := range n {
			at := testTime.Add(time.Duration(i) * time.Minute)
			last = registry.Bulletin{Title: fmt.Sprintf("第%d期", i), State: registry.BulletinApproved, PublishedAt: &at, Cases: []registry.BulletinCase{{CaseID: c, Title: "偷排案", Facts: "经暗管排放",
				Quotes: []registry.StatuteQuote{{LawID: "water", Law: "水污染防治法"}}}}}
			if err := Bulletins.Insert(tx, &last, testTime); err != nil {
				return err
			}
		}
		return nil
	})
	return last
}

// What a page of the public site reads does not depend on how many bulletins it shows.
func TestPublicListsAreFlat(t *testing.T) {
	t.Parallel()
	enginetest.OnlySQLite(t, "counts pages of the file")
	lists := []flatList{
		{"latest", "", func(tx *Tx) error { _, _, err := tx.FindPublic(PublicFilter{}, Page{Limit: 20}); return err }},
		{"of a district", "", func(tx *Tx) error {
			_, _, err := tx.FindPublic(PublicFilter{District: "440785"}, Page{Limit: 20})
			return err
		}},
		{"of a district and a law", "", func(tx *Tx) error {
			_, _, err := tx.FindPublic(PublicFilter{District: "440785", Law: "water"}, Page{Limit: 20})
			return err
		}},
		{"facets", "", func(tx *Tx) error { _, err := tx.PublicFacets(); return err }},
		{"with words", "", func(tx *Tx) error { _, _, err := tx.FindPublic(PublicFilter{Q: "暗管"}, Page{Limit: 20}); return err }},
		{"with words and a law", "", func(tx *Tx) error {
			_, _, err := tx.FindPublic(PublicFilter{Q: "经暗管排放", Law: "water"}, Page{Limit: 20})
			return err
		}},
		{"with a rare word", "", func(tx *Tx) error {
			_, _, err := tx.FindPublic(PublicFilter{Q: "第7期 偷排案"}, Page{Limit: 20})
			return err
		}},
		{"with words that nothing has", "", func(tx *Tx) error { _, _, err := tx.FindPublic(PublicFilter{Q: "明渠"}, Page{Limit: 20}); return err }},
	}
	measure := func(n int) (pages []int) {
		db := open(t, t.TempDir(), Options{})
		s := newSide(t, db, "恩平", "440785")
		publish(t, db, s.cas.ID, n)
		read(t, db, func(tx *Tx) error {
			for _, l := range lists {
				pages = append(pages, pagesRead(t, tx, l.rows))
			}
			return nil
		})
		return pages
	}
	small, large := measure(200), measure(1200)
	for i, l := range lists {
		t.Logf("%s: %d pages of 200 bulletins, %d of 1,200", l.name, small[i], large[i])
		if large[i] > small[i]*8/5+8 { // one more level of each index
			t.Errorf("%s: %d pages of 200 bulletins, %d of 1,200", l.name, small[i], large[i])
		}
	}
}

// What a bulletin is found under is kept while the site shows it, as it was when it was published, and counted.
func TestFacetsFollowTheState(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	s := newSide(t, db, "恩平", "440785")
	publish(t, db, s.cas.ID, 2)
	last := publish(t, db, s.cas.ID, 1)
	district := func() (n int) {
		read(t, db, func(tx *Tx) error {
			list, err := tx.PublicFacets()
			for _, f := range list {
				if f.Kind == FacetDistrict {
					n += f.Bulletins
				}
			}
			return err
		})
		return n
	}
	if n := district(); n != 3 {
		t.Errorf("%d bulletins of the district, want 3", n)
	}
	change := func(state registry.BulletinState, title string) {
		write(t, db, func(tx *Tx) error {
			last.State, last.Title = state, title
			return Bulletins.Update(tx, &last, testTime)
		})
	}
	slug := last.Slug
	change(registry.BulletinApproved, "又存一次")
	if n := district(); n != 3 || last.Slug != slug {
		t.Errorf("stored again: %d of the district, address %q, was %q", n, last.Slug, slug)
	}
	change(registry.BulletinWithdrawn, "撤回")
	read(t, db, func(tx *Tx) error {
		rows, _, err := tx.FindPublic(PublicFilter{District: "440785"}, Page{Limit: 9})
		if len(rows) != 2 {
			t.Errorf("%d bulletins of the district are found, want 2", len(rows))
		}
		if gone, err := tx.GoneBulletins(9); err != nil || len(gone) != 1 || gone[0].Slug != slug {
			t.Errorf("withdrawn are %v, %v", gone, err)
		}
		return err
	})
	if n := district(); n != 2 {
		t.Errorf("after a withdrawal %d bulletins of the district, want 2", n)
	}
	change(registry.BulletinApproved, "又批准")
	if n := district(); n != 3 {
		t.Errorf("approved again: %d bulletins of the district, want 3", n)
	}
}

// Whatever was published is found by its words, however long ago, page by page; what was withdrawn is not, and verify counts the index.
func TestPublicSearchFindsAll(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	s := newSide(t, db, "恩平", "440785")
	first := publish(t, db, s.cas.ID, 1)
	publish(t, db, s.cas.ID, 45)
	found := func(f PublicFilter) (n int) {
		t.Helper()
		read(t, db, func(tx *Tx) error {
			n = 0
			for p := (Page{Limit: 20}); ; {
				rows, next, err := tx.FindPublic(f, p)
				if n += len(rows); err != nil || next == "" {
					return err
				}
				p.Cursor = next
			}
		})
		return n
	}
	verified := func() {
		t.Helper()
		read(t, db, func(tx *Tx) error {
			return tx.verifyPublic(func(f string, args ...any) { t.Errorf(f, args...) })
		})
	}
	for q, want := range map[string]int{"暗管": 46, "经暗管排放": 46, "管暗": 0, "第44期": 1, "44": 1, "管": 46, "%": 0, "第": 46, "4": 9, "期。": 0, "第4": 6, "44期": 1, "第0期": 2, "暗管 排放": 46} {
		if got := found(PublicFilter{Q: q}); got != want {
			t.Errorf("%q finds %d, want %d", q, got, want)
		}
	}
	if n := found(PublicFilter{Q: "暗管", District: "440785", Law: "water"}); n != 46 {
		t.Errorf("with a district and a law it finds %d", n)
	}
	verified()
	write(t, db, func(tx *Tx) error {
		first.State = registry.BulletinWithdrawn
		return Bulletins.Update(tx, &first, testTime)
	})
	if n := found(PublicFilter{Q: "第0期"}); n != 1 {
		t.Errorf("after a withdrawal it finds %d", n)
	}
	verified()
	// A register from before the index is brought in.
	write(t, db, func(tx *Tx) error {
		if _, err := tx.exec("DELETE FROM public_terms"); err != nil {
			return err
		}
		return tx.SetSetting(settingPublicTerms, "")
	})
	if err := db.indexPublic(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := found(PublicFilter{Q: "暗管"}); n != 45 {
		t.Errorf("brought in, it finds %d", n)
	}
	verified()
}
