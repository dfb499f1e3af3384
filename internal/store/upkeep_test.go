package store

import (
	"fmt"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// The search index is joined into one segment and a search finds what it found; a little that is written afterwards is not worth writing all anew.
func TestTermsAreMerged(t *testing.T) {
	enginetest.OnlySQLite(t, "segments of FTS5")
	db := open(t, t.TempDir(), Options{})
	segments := func() (n int) {
		t.Helper()
		read(t, db, func(tx *Tx) error {
			return tx.one([]any{&n}, "SELECT COUNT(DISTINCT segid) FROM search_parties_idx")
		})
		return n
	}
	found := func() (n int) {
		t.Helper()
		read(t, db, func(tx *Tx) error {
			return tx.one([]any{&n}, "SELECT COUNT(*) FROM search_parties WHERE search_parties MATCH $1", `"公司"`)
		})
		return n
	}
	added := 0
	add := func(commits, each int) {
		t.Helper()
		for range commits {
			write(t, db, func(tx *Tx) error {
				for range each {
					added++
					p := registry.Party{Name: fmt.Sprintf("恩平市第%d示例牧业公司", added)}
					if err := Parties.Insert(tx, &p, testTime); err != nil {
						return err
					}
				}
				return nil
			})
		}
	}
	add(10, 400)
	if segments() < 3 {
		t.Fatalf("%d segments before: nothing to join", segments())
	}
	mustDo(t, db.MergeTerms(t.Context()))
	if n := segments(); n != 1 {
		t.Errorf("%d segments after all were joined, want 1", n)
	}
	add(2, 1)
	mustDo(t, db.MergeTerms(t.Context()))
	if n := segments(); n != 3 {
		t.Errorf("%d segments after two more parties, want them left beside the large one", n)
	}
	if n := found(); n != added {
		t.Errorf("a search finds %d of %d parties", n, added)
	}
}
