package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// partyIndex is the search index of the parties of a register, and what was written into it.
type partyIndex struct {
	t     *testing.T
	db    *DB
	added int
}

// add writes parties, so many a commit.
func (x *partyIndex) add(commits, each int) {
	x.t.Helper()
	for range commits {
		write(x.t, x.db, func(tx *Tx) error {
			for range each {
				x.added++
				p := registry.Party{Name: fmt.Sprintf("恩平市第%d示例牧业公司", x.added)}
				if err := Parties.Insert(tx, &p, testTime); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

func (x *partyIndex) number(query string) (n int) {
	x.t.Helper()
	read(x.t, x.db, func(tx *Tx) error { return tx.one([]any{&n}, query) })
	return n
}

func (x *partyIndex) segments() int {
	return x.number("SELECT COUNT(DISTINCT segid) FROM search_parties_idx")
}

func (x *partyIndex) largest() (segment int) {
	return x.number("SELECT segid FROM search_parties_idx GROUP BY segid ORDER BY COUNT(*) DESC LIMIT 1")
}

// sound tells that a search finds every party and nothing else, and that the index agrees with itself.
func (x *partyIndex) sound() {
	x.t.Helper()
	if n := x.number(`SELECT COUNT(*) FROM search_parties WHERE search_parties MATCH '"公司"'`); n != x.added {
		x.t.Errorf("a search finds %d of %d parties", n, x.added)
	}
	if n := x.number("SELECT COUNT(*) FROM search_parties_docsize"); n != x.added {
		x.t.Errorf("the index has %d records, want %d", n, x.added)
	}
	mustDo(x.t, x.db.writer.tell(x.t.Context(), "INSERT INTO search_parties (search_parties) VALUES ('integrity-check')"))
}

func (x *partyIndex) gather() {
	x.t.Helper()
	mustDo(x.t, x.db.joinTerms(x.t.Context(), x.db.engine.gatherTerms))
}

// onWriter is for a step of what others do in many.
func (x *partyIndex) onWriter(do func(c *conn) error) error {
	x.t.Helper()
	c, err := x.db.writer.take(x.t.Context())
	mustDo(x.t, err)
	defer x.db.writer.give(c)
	return do(c)
}

// The search index is joined into one segment and a search finds what it found; a little that is written afterwards is not worth writing all anew.
func TestTermsAreMerged(t *testing.T) {
	enginetest.OnlySQLite(t, "segments of FTS5")
	x := &partyIndex{t: t, db: open(t, t.TempDir(), Options{})}
	x.add(10, 400)
	if n := x.segments(); n < 3 {
		t.Fatalf("%d segments before: nothing to join", n)
	}
	mustDo(t, x.db.MergeTerms(t.Context()))
	if n := x.segments(); n != 1 {
		t.Errorf("%d segments after all were joined, want 1", n)
	}
	x.sound()
	x.add(2, 1)
	mustDo(t, x.db.MergeTerms(t.Context()))
	if n := x.segments(); n != 3 {
		t.Errorf("%d segments after two more parties, want them left beside the large one", n)
	}
	x.add(10, 200)
	mustDo(t, x.db.MergeTerms(t.Context()))
	if n := x.segments(); n != 1 {
		t.Errorf("%d segments after half as many more, want 1", n)
	}
	x.sound()
}

// Parties saved one by one are joined among themselves, and the large segment is not written anew for them.
func TestSmallPartsAreGathered(t *testing.T) {
	enginetest.OnlySQLite(t, "segments of FTS5")
	t.Parallel()
	x := &partyIndex{t: t, db: open(t, t.TempDir(), Options{})}
	x.add(10, 400)
	mustDo(t, x.db.MergeTerms(t.Context()))
	large := x.largest()
	most := 0
	for range 150 {
		x.add(4, 1)
		x.gather()
		most = max(most, x.segments())
	}
	if most > mostSegments+3 { // a number of joins that is all ones in binary leaves one on each level
		t.Errorf("a search looked into %d segments", most)
	}
	if x.largest() != large {
		t.Error("the large segment was written anew for a few small ones")
	}
	write(t, x.db, func(tx *Tx) error { // the terms of a party in the large segment give way to others
		p, err := Parties.Get(tx, 7)
		if err != nil {
			return err
		}
		p.Name = "改名公司"
		return Parties.Update(tx, &p, testTime)
	})
	x.add(8, 1)
	x.gather()
	x.sound()
}

// An index that a join of all never lifted is left to FTS5.
func TestGatheringLeavesLowIndexes(t *testing.T) {
	enginetest.OnlySQLite(t, "segments of FTS5")
	t.Parallel()
	x := &partyIndex{t: t, db: open(t, t.TempDir(), Options{})}
	x.add(12, 1)
	before := x.segments()
	x.gather()
	if n := x.segments(); n != before || n <= mostSegments {
		t.Errorf("%d segments, %d before", n, before)
	}
}

// What a kill leaves of a join is a whole index, and the next start goes on with it.
func TestJoinKilledHalfWay(t *testing.T) {
	enginetest.OnlySQLite(t, "segments of FTS5")
	t.Parallel()
	for what, pages := range map[string]int{"all": -1, "small ones": 1} {
		dir := t.TempDir()
		x := &partyIndex{t: t, db: open(t, dir, Options{})}
		x.add(6, 400)
		mustDo(t, x.db.MergeTerms(t.Context()))
		x.add(9, 100)
		mustDo(t, x.onWriter(func(c *conn) error {
			_, err := mergeStep(t.Context(), c, searchTables["party"], pages)
			return err
		}))
		if x.segments() < 4 {
			t.Fatalf("%s: %d segments: the join was over at once", what, x.segments())
		}
		killed := t.TempDir() // the files as they stand, the log not emptied
		for _, name := range []string{fileName, fileName + "-wal"} {
			copyFile(t, filepath.Join(dir, name), filepath.Join(killed, name))
		}
		y := &partyIndex{t: t, db: open(t, killed, Options{}), added: x.added}
		y.sound()
		y.gather()
		mustDo(t, y.db.MergeTerms(t.Context()))
		if n := y.segments(); n > 2 {
			t.Errorf("%s: %d segments after the next start, want two at most", what, n)
		}
		y.sound()
	}
}

// Lifting an index is done or not, whenever it is broken off.
func TestLiftBrokenOff(t *testing.T) {
	enginetest.OnlySQLite(t, "segments of FTS5")
	t.Parallel()
	x := &partyIndex{t: t, db: open(t, t.TempDir(), Options{})}
	x.add(5, 20)
	table := searchTables["party"]
	broken := 0
	for patience := time.Duration(0); ; patience += 50 * time.Microsecond {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		err := x.onWriter(func(c *conn) error { return lift(ctx, c, table) })
		cancel()
		var high bool
		mustDo(t, x.onWriter(func(c *conn) (err error) {
			high, err = lifted(t.Context(), c, table)
			return err
		}))
		if high != (err == nil) {
			t.Fatalf("lifted: %v, after %v", high, err)
		}
		x.add(1, 1) // the writer is free
		x.sound()
		if high {
			break
		}
		broken++
	}
	if broken == 0 {
		t.Error("never broken off")
	}
	x.add(20, 1)
	x.gather()
	mustDo(t, x.db.MergeTerms(t.Context()))
	x.sound()
}

// A server gathers beside its writes until it is told to end, and not while nothing may be written.
func TestGatheringBesideWrites(t *testing.T) {
	enginetest.OnlySQLite(t, "segments of FTS5")
	t.Parallel()
	dir := t.TempDir()
	x := &partyIndex{t: t, db: open(t, dir, Options{})}
	x.add(3, 400)
	mustDo(t, x.db.MergeTerms(t.Context()))
	gathering := func(writable bool) (end func()) {
		ctx, cancel := context.WithCancel(t.Context())
		var work sync.WaitGroup
		work.Go(func() { x.db.GatherTerms(ctx, func() bool { return writable }) })
		return func() {
			cancel()
			work.Wait()
		}
	}
	end := gathering(false)
	x.add(12, 1)
	time.Sleep(gatherEvery + gatherEvery/2)
	end()
	if n := x.segments(); n < 12 {
		t.Errorf("%d segments: some were joined while nothing may be written", n)
	}

	end = gathering(true)
	for begun := time.Now(); x.segments() > mostSegments; {
		if time.Since(begun) > time.Minute {
			t.Fatalf("%d segments after a minute", x.segments())
		}
		x.add(1, 1)
	}
	end()
	mustDo(t, x.db.Close())
	x.db = open(t, dir, Options{})
	x.sound()
}

// Whichever engine, gathering ends with its context, and writes go on.
func TestGatheringEnds(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := db.joinTerms(ctx, db.engine.gatherTerms); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	db.GatherTerms(ctx, func() bool { return true })
	write(t, db, func(tx *Tx) error { return addFarm(tx, "一号场") })
}
