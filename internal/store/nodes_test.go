package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casebook/internal/store"
	"casebook/internal/store/enginetest"
)

// One node works for all; the next may when it has ended, or is gone. What they sign with is the same.
func TestNodesTakeTurns(t *testing.T) {
	dir, opt := onServer(t)
	a, err := store.Open(t.Context(), dir, opt)
	must(t, err)
	defer a.Close() //nolint:errcheck // its connections are cut
	b, err := store.Open(t.Context(), dir, opt)
	must(t, err)
	defer b.Close() //nolint:errcheck // of a test
	done, alone, err := a.Alone(t.Context(), "upkeep")
	if must(t, err); !alone {
		t.Fatal("nobody has it, and it is not given")
	}
	if _, alone, err := b.Alone(t.Context(), "upkeep"); err != nil || alone {
		t.Errorf("two nodes do one work: %v, %v", alone, err)
	}
	if other, alone, err := b.Alone(t.Context(), "another"); err != nil || !alone {
		t.Errorf("another work: %v, %v", alone, err)
	} else {
		other()
	}
	order := make(chan string, 2)
	waited := make(chan error)
	go func() {
		waited <- b.InTurn(t.Context(), "upkeep", func() error { order <- "b"; return errors.New("told") })
	}()
	time.Sleep(50 * time.Millisecond)
	order <- "a"
	done()
	if err := <-waited; err == nil || <-order != "a" || <-order != "b" {
		t.Errorf("InTurn = %v, or not in its turn", err)
	}
	_, alone, err = a.Alone(t.Context(), "upkeep")
	if must(t, err); !alone {
		t.Error("the work that another ended is not given")
	}
	must(t, enginetest.Exec(t, dir, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'casebook'"))
	must(t, b.InTurn(t.Context(), "upkeep", func() error { return nil })) // a's connection is gone, and b finds the server again
	ours, err := a.Secret(t.Context())
	must(t, err)
	theirs, err := b.Secret(t.Context())
	must(t, err)
	if len(ours) < 20 || string(ours) != string(theirs) {
		t.Errorf("secrets %q and %q", ours, theirs)
	}
}

// A node that starts leaves alone what another is just taking in, and sweeps what has lain there for long.
func TestNodesSweepNothingNew(t *testing.T) {
	dir, opt := onServer(t)
	opt.Exclusive, opt.Now = true, time.Now()
	a, err := store.Open(t.Context(), dir, opt)
	must(t, err)
	defer a.Close() //nolint:errcheck // of a test
	var paths []string
	for _, text := range []string{"正在上传", "早已无主"} {
		hash, _, err := a.SaveFile(strings.NewReader(text), 100)
		must(t, err)
		paths = append(paths, filepath.Join(dir, "attachments", hash[:2], hash))
	}
	old := opt.Now.Add(-2 * time.Hour)
	must(t, os.Chtimes(paths[1], old, old))
	b, err := store.Open(t.Context(), dir, opt)
	must(t, err)
	defer b.Close() //nolint:errcheck // of a test
	b.Upkeep(t.Context())
	for i, there := range []bool{true, false} {
		if _, err := os.Stat(paths[i]); (err == nil) != there {
			t.Errorf("%s: %v; want it there: %v", paths[i], err, there)
		}
	}
}
