package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/storetest"
)

// A disk that fills up under writers: what was acknowledged stands, everybody else of the group is told that it is full, and with room again all
// goes on.
func TestFullDiskUnderAGroup(t *testing.T) {
	disk := storetest.NewDisk(t, "16384")
	db, err := store.Open(t.Context(), disk.Dir, store.Options{Now: storetest.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // of a test
	add := func(name string) error {
		return storetest.Try(db, func(tx *store.Tx) error {
			x := registry.Farm{Name: name, Note: strings.Repeat("记", 2000)}
			if err := store.Farms.Insert(tx, &x, storetest.Now); err != nil {
				return err
			}
			return tx.Record(store.Event{Actor: registry.CommandLine, At: storetest.Now, Action: "新建", Entity: "farm", EntityID: int64(x.ID), Version: 1}, x)
		})
	}
	var told sync.Map
	var all sync.WaitGroup
	for w := range 8 {
		all.Go(func() {
			for i := range 10_000 {
				name := fmt.Sprintf("%d号%d场", w, i)
				if err := add(name); err == nil {
					told.Store(name, true)
				} else if registry.KindOf(err) == registry.KindFull {
					return
				} else {
					t.Errorf("a writer ended with %v, want a full disk", err)
					return
				}
			}
			t.Error("the disk did not fill up")
		})
	}
	all.Wait()
	disk.Remount("size=64m")
	if err := add("后来场"); err != nil {
		t.Fatal(err)
	}
	told.Store("后来场", true)
	var after int64
	have := map[string]bool{}
	storetest.Read(t, db, func(tx *store.Tx) error {
		for after = 1; ; after++ {
			x, err := store.Farms.Get(tx, after)
			if registry.KindOf(err) == registry.KindNotFound {
				return nil
			}
			if err != nil {
				return err
			}
			have[x.Name] = true
		}
	})
	n := 0
	told.Range(func(name, _ any) bool {
		if n++; !have[name.(string)] {
			t.Errorf("%s was acknowledged and is gone", name)
		}
		return true
	})
	if len(have) != n {
		t.Errorf("%d farms stand, %d were acknowledged", len(have), n)
	}
	r, err := db.Verify(t.Context(), func(string) string { return "" }, nil)
	if err != nil || len(r.Defects) > 0 {
		t.Errorf("verify: %v, %v", r.Defects, err)
	}
}
