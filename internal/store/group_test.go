package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// addFarm is a write with an act, as a use case does it.
func addFarm(tx *Tx, name string) error {
	x := farm(name)
	if err := Farms.Insert(tx, &x, testTime); err != nil {
		return err
	}
	return tx.Record(Event{Actor: registry.CommandLine, At: testTime, Action: "新建", Entity: "farm", EntityID: int64(x.ID), Version: 1, Detail: name}, x)
}

func farmNames(t *testing.T, db *DB) (names []string) {
	t.Helper()
	if err := db.Read(t.Context(), func(tx *Tx) error {
		list, err := Farms.list(tx, "ORDER BY id")
		for _, f := range list {
			names = append(names, f.Name)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return names
}

// together runs writes as one group, in their order: the first has the turn until all others wait. It returns what each was told.
func together(t *testing.T, db *DB, writes []func(tx *Tx) error, contexts map[int]context.Context) []error {
	t.Helper()
	db.group.longest = time.Hour
	told := make([]error, len(writes))
	var all sync.WaitGroup
	begun, queued := make(chan bool), make(chan bool)
	for i, fn := range writes {
		ctx := t.Context()
		if c := contexts[i]; c != nil {
			ctx = c
		}
		all.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					told[i] = fmt.Errorf("panic: %v", p)
				}
			}()
			told[i] = db.Write(ctx, settled(func(tx *Tx) error {
				if i == 0 {
					close(begun)
					<-queued
				}
				return fn(tx)
			}))
		})
		if i == 0 {
			<-begun
		} else {
			for db.waiting() < i {
				time.Sleep(time.Millisecond)
			}
		}
	}
	close(queued)
	all.Wait()
	return told
}

// Requests share a transaction: one that fails, one that panics and those that are given up take back their own rows alone, and the chain has
// the others in the order of their turns.
func TestGroupMembers(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir(), Options{})
	refused := errors.New("refused")
	early, giveUp := context.WithCancel(t.Context())
	inside, giveUpInside := context.WithCancel(t.Context())
	add := func(name string) func(tx *Tx) error { return func(tx *Tx) error { return addFarm(tx, name) } }
	told := together(t, db, []func(tx *Tx) error{
		func(tx *Tx) error { giveUp(); return addFarm(tx, "甲场") },
		func(tx *Tx) error { return errors.Join(addFarm(tx, "拒绝场"), refused) },
		add("乙场"),
		func(tx *Tx) error { _ = addFarm(tx, "崩溃场"); panic("oops") },
		func(*Tx) error { t.Error("a write ran whose caller had given up before its turn"); return nil },
		func(tx *Tx) error { err := addFarm(tx, "放弃场"); giveUpInside(); return err },
		func(tx *Tx) error {
			var n int
			if err := db.Read(t.Context(), func(tx *Tx) error { return tx.one([]any{&n}, "SELECT COUNT(*) FROM farms") }); err != nil || n != 0 {
				t.Errorf("the group is not one transaction: another reader sees %d farms, %v", n, err)
			}
			if err := tx.one([]any{&n}, "SELECT COUNT(*) FROM farms"); err != nil || n != 2 {
				t.Errorf("the last of the group sees %d farms, %v; want 2", n, err)
			}
			return addFarm(tx, "丙场")
		},
	}, map[int]context.Context{4: early, 5: inside})
	for i, want := range []error{nil, refused, nil, nil, context.Canceled, context.Canceled, nil} {
		if i == 3 {
			if told[i] == nil || told[i].Error() != "panic: oops" {
				t.Errorf("the panic became %v", told[i])
			}
		} else if !errors.Is(told[i], want) || want == nil && told[i] != nil {
			t.Errorf("write %d was told %v, want %v", i, told[i], want)
		}
	}
	if got, want := farmNames(t, db), []string{"甲场", "乙场", "丙场"}; !slices.Equal(got, want) {
		t.Errorf("farms %v, want %v", got, want)
	}
	var acts []string
	if err := db.Read(t.Context(), func(tx *Tx) error {
		list, err := tx.AuditEntries(AuditFilter{Limit: 10})
		for _, e := range slices.Backward(list) {
			acts = append(acts, fmt.Sprintf("%d %s", e.Seq, e.Detail))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"1 甲场", "2 乙场", "3 丙场"}; !slices.Equal(acts, want) {
		t.Errorf("the chain tells %v, want %v", acts, want)
	}
	sound(t, db)
}

// sound asks that the chain and everything that is kept beside the rows be right, and that search finds each farm by its name.
func sound(t *testing.T, db *DB) {
	t.Helper()
	r, err := db.Verify(t.Context(), func(string) string { return "" }, nil)
	if err != nil || len(r.Defects) > 0 {
		t.Errorf("verify: %v, %v", r.Defects, err)
	}
	if err := db.Read(t.Context(), func(tx *Tx) error {
		list, err := Farms.list(tx, "ORDER BY id")
		for _, f := range list {
			rows, _, err := tx.Farms(FarmFilter{Q: f.Name}, Page{Limit: 50})
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(rows, func(x FarmRow) bool { return x.ID == f.ID }) {
				t.Errorf("search does not find farm %s", f.Name)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// Where the commit fails, or a member's trouble takes the transaction with it, nobody of the group is told that it stands, and nothing does.
func TestGroupThatIsLost(t *testing.T) {
	t.Parallel()
	add := func(name string) func(tx *Tx) error { return func(tx *Tx) error { return addFarm(tx, name) } }
	for name, trouble := range map[string]func(tx *Tx) error{
		"the commit fails": func(tx *Tx) error {
			later := "PRAGMA defer_foreign_keys = ON"
			if enginetest.Server() {
				later = "ALTER TABLE case_officers ALTER CONSTRAINT case_officers_officer_id_fkey DEFERRABLE INITIALLY DEFERRED, ALTER CONSTRAINT case_officers_case_id_fkey DEFERRABLE INITIALLY DEFERRED"
			}
			if _, err := tx.exec(later); err != nil {
				return err
			}
			_, err := tx.exec("INSERT INTO case_officers (officer_id, due_on, case_id) VALUES (99, '', 99)")
			return err
		},
		"the transaction ends": func(tx *Tx) error { // as SQLite does where a disk is full
			if _, err := tx.exec("ROLLBACK"); err != nil {
				return err
			}
			return errors.New("no room")
		},
		"the transaction ends unnoticed": func(tx *Tx) error {
			_, err := tx.exec("ROLLBACK")
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := open(t, t.TempDir(), Options{})
			for i, err := range together(t, db, []func(tx *Tx) error{add("甲场"), add("乙场"), trouble, add("丙场")}, nil) {
				if err == nil && (i < 3 || name == "the commit fails") {
					t.Errorf("write %d was told that it stands", i)
				}
			}
			// What came after the loss began anew.
			if got := farmNames(t, db); len(got) > 0 && (name == "the commit fails" || !slices.Equal(got, []string{"丙场"})) {
				t.Errorf("farms %v are there", got)
			}
			write(t, db, func(tx *Tx) error { return addFarm(tx, "丁场") })
			sound(t, db)
		})
	}
}

// A long write shares its commit with nobody: who wrote before it has the answer before it begins.
func TestGroupLeavesLongWritesAlone(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir(), Options{})
	begun, answered := make(chan bool), make(chan error, 1)
	go func() {
		answered <- db.Write(t.Context(), settled(func(tx *Tx) error {
			close(begun)
			for db.waiting() == 0 {
				time.Sleep(time.Millisecond)
			}
			return addFarm(tx, "甲场")
		}))
	}()
	<-begun
	if err := db.WriteAlone(t.Context(), settled(func(tx *Tx) error {
		if err := <-answered; err != nil {
			t.Errorf("the write before was told %v", err)
		}
		return addFarm(tx, "乙场")
	})); err != nil {
		t.Fatal(err)
	}
	if got := farmNames(t, db); len(got) != 2 {
		t.Errorf("farms %v", got)
	}
}

func (db *DB) waiting() int {
	db.group.mu.Lock()
	defer db.group.mu.Unlock()
	return len(db.group.waiting)
}

// What the requests of a group share is read anew after one of them wrote it, also where that one took it back.
func TestGroupForgetsWhatChanged(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir(), Options{})
	organs := func(tx *Tx, want int) error {
		list, err := tx.ActiveOrgans()
		if len(list) != want {
			t.Errorf("%d units in use, want %d", len(list), want)
		}
		return err
	}
	add := func(tx *Tx, name string) error {
		return Organs.Insert(tx, &registry.Organ{Name: name, Kind: "分局", Active: true}, testTime)
	}
	refused := errors.New("refused")
	told := together(t, db, []func(tx *Tx) error{
		func(tx *Tx) error { return organs(tx, 0) },
		func(tx *Tx) error { return errors.Join(add(tx, "甲"), organs(tx, 1), refused) },
		func(tx *Tx) error { return organs(tx, 0) },
		func(tx *Tx) error { return add(tx, "乙") },
		func(tx *Tx) error { return organs(tx, 1) },
	}, nil)
	for i, err := range told {
		if (err != nil) != (i == 1) {
			t.Errorf("write %d: %v", i, err)
		}
	}
}

// A record that several of a group write stands in the index as the last wrote it, and once.
func TestGroupIndexesOnce(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir(), Options{})
	rename := func(name string) func(tx *Tx) error {
		return func(tx *Tx) error {
			x, err := Farms.Get(tx, 1)
			if err != nil {
				return err
			}
			x.Name = name
			if err := Farms.Update(tx, &x, testTime); err != nil {
				return err
			}
			return tx.Record(Event{Actor: registry.CommandLine, At: testTime, Action: "修改", Entity: "farm", EntityID: int64(x.ID), Version: x.Version}, x)
		}
	}
	for _, err := range together(t, db, []func(tx *Tx) error{
		func(tx *Tx) error { return addFarm(tx, "红星场") }, rename("蓝天场"), rename("绿水场"),
		func(tx *Tx) error { return errors.Join(rename("无效场")(tx), errors.New("refused")) },
	}, nil)[:3] {
		if err != nil {
			t.Fatal(err)
		}
	}
	sound(t, db)
	for q, want := range map[string]int{"绿水": 1, "蓝天": 1, "无效": 0} { // also by the name it had before
		if err := db.Read(t.Context(), func(tx *Tx) error {
			var n int
			ids := newQuery("SELECT COUNT(*) FROM (")
			db.engine.found(tx, ids, "farm", needs(Asking{}.terms(q)))
			ids.add(") AS f")
			err := tx.one([]any{&n}, ids.sql(), ids.args...)
			if n != want {
				t.Errorf("the index holds %s %d times, want %d", q, n, want)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWhoWaitsInVainIsToldWhy: a request whose time ends while a long write has the turn is told so, and is gone: the long write, and those after it, stand.
func TestWhoWaitsInVainIsToldWhy(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir(), Options{})
	begun, may, ended := make(chan bool), make(chan bool), make(chan error)
	go func() {
		ended <- db.WriteAlone(t.Context(), settled(func(tx *Tx) error {
			close(begun)
			<-may
			return addFarm(tx, "长")
		}))
	}()
	<-begun
	soon, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	err := db.Write(soon, settled(func(tx *Tx) error { return addFarm(tx, "短") }))
	var told *registry.Error
	if !errors.As(err, &told) || told.Kind != registry.KindUnavailable || told.RetryAfter == 0 || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("who waited in vain is told %v; want why, and when to come back", err)
	}
	close(may)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := db.Write(t.Context(), settled(func(tx *Tx) error { return addFarm(tx, "后") })); err != nil {
		t.Error(err)
	}
	if names := farmNames(t, db); !slices.Equal(names, []string{"长", "后"}) {
		t.Errorf("farms = %q", names)
	}
}
