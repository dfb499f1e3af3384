package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// behindProxy is an open register on the server under test, its line through a proxy.
func behindProxy(t *testing.T) (*DB, *enginetest.Proxy) {
	t.Helper()
	enginetest.OnlyPostgres(t)
	t.Parallel()
	dir := t.TempDir()
	proxy, address := enginetest.Through(t, dir)
	db, err := Open(t.Context(), dir, Options{Now: testTime, Database: address})
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db, proxy
}

// addUnique is addFarm with a UUID of the client's: who repeats it finds the farm.
func addUnique(tx *Tx, name, uid string) error {
	x := farm(name)
	x.ClientUID = uid
	if err := Farms.Insert(tx, &x, testTime); err != nil {
		return err
	}
	return tx.Record(Event{Actor: registry.CommandLine, At: testTime, Action: "新建", Entity: "farm", EntityID: int64(x.ID), Version: 1, Detail: name}, x)
}

// The line is cut during the COMMIT of a group: every member whose rows it would have kept is told that nobody knows, the one that was refused before
// is told why, and either all of the members stand or none.
func TestCutDuringCommitOfAGroup(t *testing.T) {
	for _, answered := range []bool{false, true} {
		t.Run(fmt.Sprint("answered ", answered), func(t *testing.T) {
			db, proxy := behindProxy(t)
			add := func(i int) func(tx *Tx) error {
				return func(tx *Tx) error { return addUnique(tx, fmt.Sprint("第", i, "场"), fmt.Sprint("uid-", i)) }
			}
			writes := []func(tx *Tx) error{add(0), add(1), func(tx *Tx) error { return errors.Join(addFarm(tx, "拒绝场"), addUnique(tx, "重复场", "uid-0")) }, add(3)}
			proxy.LoseCommit(answered)
			for i, err := range together(t, db, writes, nil) {
				switch {
				case i == 2 && registry.KindOf(err) != registry.KindConflict:
					t.Errorf("the member that was refused was told %v", err)
				case i != 2 && !errors.Is(err, errUnknown):
					t.Errorf("member %d was told %v, want that nobody knows", i, err)
				}
			}
			want := 0
			if answered {
				want = 3
			}
			got := farmNames(t, db)
			for range 250 { // the answer is lost: the server may still be at its COMMIT
				if len(got) == want {
					break
				}
				time.Sleep(20 * time.Millisecond)
				got = farmNames(t, db)
			}
			if len(got) != want || slices.Contains(got, "拒绝场") {
				t.Errorf("farms %v stand, want %d", got, want)
			}
			for i, err := range together(t, db, []func(tx *Tx) error{add(0), add(1), add(3)}, nil) { // the repetition
				if refused := registry.KindOf(err) == registry.KindConflict; refused != answered || !answered && err != nil {
					t.Errorf("the repetition of member %d: %v", i, err)
				}
			}
			sound(t, db)
		})
	}
}

// The line is cut within a member: nothing of the group was written, and all of it are told so.
func TestCutWithinAGroup(t *testing.T) {
	db, proxy := behindProxy(t)
	add := func(name string) func(tx *Tx) error { return func(tx *Tx) error { return addFarm(tx, name) } }
	told := together(t, db, []func(tx *Tx) error{add("甲场"), add("乙场"), func(tx *Tx) error { proxy.Cut(); return addFarm(tx, "丙场") }, add("丁场")}, nil)
	for i, err := range told[:3] {
		if registry.KindOf(err) != registry.KindUnavailable || errors.Is(err, errUnknown) || !strings.Contains(err.Error(), "没有写入任何内容") {
			t.Errorf("member %d was told %v", i, err)
		}
	}
	if got := farmNames(t, db); told[3] != nil || !slices.Equal(got, []string{"丁场"}) {
		t.Errorf("farms %v stand; who came after the cut was told %v", got, told[3])
	}
	sound(t, db)
}

// Under 16 writers whose statements the database refuses now and then, each is told its own, what was refused left no row, and the chain has no gap.
func TestConstraintsInGroups(t *testing.T) {
	enginetest.OnlyPostgres(t)
	t.Parallel()
	db := open(t, t.TempDir(), Options{})
	write(t, db, func(tx *Tx) error { return addUnique(tx, "先来场", "taken") })
	each := 24
	if testing.Short() {
		each = 9
	}
	var all sync.WaitGroup
	for w := range 16 {
		all.Go(func() {
			for i := range each {
				name := fmt.Sprintf("%d号%d场", w, i)
				var swallowed error
				err := db.Write(t.Context(), settled(func(tx *Tx) error {
					if err := addFarm(tx, name); err != nil {
						return err
					}
					switch i % 4 {
					case 1:
						return addUnique(tx, name+"重复", "taken")
					case 2:
						_, err := tx.exec("INSERT INTO case_officers (officer_id, due_on, case_id) VALUES (99, '', 99)")
						return err
					case 3: // goes on, as no use case should
						swallowed = addUnique(tx, name+"重复", "taken")
						return nil
					}
					return nil
				}))
				switch i % 4 {
				case 0:
					if err != nil {
						t.Errorf("%s: %v", name, err)
					}
				case 3:
					if err == nil || swallowed == nil {
						t.Errorf("%s lost a statement (%v) and was told that it stands", name, swallowed)
					}
				default:
					if registry.KindOf(err) != registry.KindConflict {
						t.Errorf("%s was refused with %v", name, err)
					}
				}
			}
		})
	}
	all.Wait()
	if got, want := len(farmNames(t, db)), 1+16*((each+3)/4); got != want {
		t.Errorf("%d farms stand, want %d", got, want)
	}
	sound(t, db)
}
