package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	osexec "os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"casebook/internal/store/enginetest"
)

// crashDir names the register that the test's own binary, started anew, writes into until it is killed.
const (
	crashDir      = "CASEBOOK_TEST_CRASH_DIR"
	crashDatabase = "CASEBOOK_TEST_CRASH_DB"
)

// writers write farms side by side until told to stop, or until a write fails; acknowledged is told of each, one at a time, after its answer.
func writers(db *DB, n int, round string, stop <-chan struct{}, acknowledged func(name string)) error {
	var all sync.WaitGroup
	var one sync.Mutex
	var failed error
	for w := range n {
		all.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				name := fmt.Sprintf("%s轮%d号%d场", round, w, i)
				err := db.Write(context.Background(), settled(func(tx *Tx) error {
					if i%7 == 3 {
						return errors.Join(addFarm(tx, name+"未批"), errRefused)
					}
					return addFarm(tx, name)
				}))
				if i%7 == 3 && errors.Is(err, errRefused) {
					continue
				}
				one.Lock()
				if err != nil {
					failed = err
				} else {
					acknowledged(name)
				}
				one.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	all.Wait()
	return failed
}

var errRefused = errors.New("refused")

// TestCrashingWriter is no test of its own: it is what TestKilledGroup kills.
func TestCrashingWriter(t *testing.T) {
	dir := os.Getenv(crashDir)
	if dir == "" {
		t.Skip("is run by TestKilledGroup")
	}
	db, err := Open(t.Context(), dir, Options{Exclusive: true, Now: testTime, Database: os.Getenv(crashDatabase)})
	if err != nil {
		t.Fatal(err)
	}
	if err := writers(db, 32, os.Getenv("CASEBOOK_TEST_CRASH_ROUND"), nil, func(name string) { fmt.Println(name) }); err != nil {
		t.Fatal(err)
	}
}

// Killed at any moment under 32 writers, the register has every write that was acknowledged and none that was refused, its chain whole.
func TestKilledGroup(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := open(t, dir, Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	rounds := 20
	if testing.Short() {
		rounds = 3
	}
	var told []string
	for round := range rounds {
		cmd := osexec.Command(os.Args[0], "-test.run=^TestCrashingWriter$") //nolint:gosec // of a test
		cmd.Env = append(os.Environ(), crashDir+"="+dir, crashDatabase+"="+enginetest.Database(t, dir), fmt.Sprint("CASEBOOK_TEST_CRASH_ROUND=", round))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		r := bufio.NewReader(out)
		for n := 0; ; n++ {
			line, err := r.ReadString('\n') // what was not told to the end was not told
			if err != nil {
				break
			}
			told = append(told, line[:len(line)-1])
			if n == 40+round*13 {
				_ = cmd.Process.Kill()
			}
		}
		_ = cmd.Wait()
		db := open(t, dir, Options{Exclusive: true})
		stands(t, db, told)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(told) < rounds*40 {
		t.Errorf("only %d writes in %d rounds: the writer did not write", len(told), rounds)
	}
}

// stands asks that all of some farms be there, and nothing that was refused.
func stands(t *testing.T, db *DB, told []string) {
	t.Helper()
	have := farmNames(t, db)
	slices.Sort(have)
	for _, name := range told {
		if _, ok := slices.BinarySearch(have, name); !ok {
			t.Errorf("%s was acknowledged and is gone", name)
		}
		if _, ok := slices.BinarySearch(have, name+"未批"); ok {
			t.Errorf("%s was refused and stands", name)
		}
	}
	if len(slices.Compact(slices.Clone(have))) != len(have) {
		t.Error("a farm stands twice")
	}
	r, err := db.Verify(t.Context(), func(string) string { return "" }, nil)
	if err != nil || len(r.Defects) > 0 {
		t.Errorf("verify: %v, %v", r.Defects, err)
	}
}

// What was acknowledged before the power failed is in the files: copied at any moment as they are, they open with all of it. No checkpoint runs
// meanwhile, so that the copy is what one moment would have left: the database file stands still, and its log only grows.
func TestPowerCutOfAGroup(t *testing.T) {
	enginetest.OnlySQLite(t, "files that a power cut leaves")
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir, Options{})
	c, err := db.writer.take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var level int
	err = errors.Join(c.QueryRowContext(t.Context(), "PRAGMA synchronous").Scan(&level), c.QueryRowContext(t.Context(), "PRAGMA wal_autocheckpoint = 0").Scan(new(int)))
	db.writer.give(c)
	if err != nil || level != 2 {
		t.Fatalf("the writer's synchronous is %d, %v; want FULL (2)", level, err)
	}
	var mu sync.Mutex
	var told []string
	stop, ended := make(chan struct{}), make(chan error)
	go func() {
		ended <- writers(db, 32, "断电", stop, func(name string) {
			mu.Lock()
			told = append(told, name)
			mu.Unlock()
		})
	}()
	cuts, last := 8, 0
	if testing.Short() {
		cuts = 3
	}
	for range cuts {
		var before []string
		for len(before) < last+30 {
			time.Sleep(3 * time.Millisecond)
			mu.Lock()
			before = slices.Clone(told)
			mu.Unlock()
		}
		last = len(before)
		to := t.TempDir()
		for _, name := range []string{fileName, fileName + "-wal"} {
			copyOf(t, filepath.Join(dir, name), filepath.Join(to, name))
		}
		cut := open(t, to, Options{Exclusive: true})
		stands(t, cut, before)
		if err := cut.Close(); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
}

func copyOf(t *testing.T, from, to string) {
	t.Helper()
	r, err := os.Open(from) //nolint:gosec // of a test
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()         //nolint:errcheck // read only
	w, err := os.Create(to) //nolint:gosec // of a test
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(w, r); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}
