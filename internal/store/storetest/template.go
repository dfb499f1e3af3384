package storetest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"casebook/internal/store"
	"casebook/internal/store/enginetest"
)

// Template is a register that tests begin with, made once a process: to migrate a new one costs more than most tests. Processes that are of one
// state of the code share it in the folder that CASEBOOK_TEST_TEMPLATES names, as those of .ci/run do: with the race detector it takes ten seconds.
type Template struct {
	Name string                   // of its file there
	Fill func(db *store.DB) error // what is in it; nil: nothing

	once     sync.Once
	file     []byte
	database string
	err      error
}

// Copy puts the register into a folder.
func (p *Template) Copy(t testing.TB, dir string) {
	t.Helper()
	p.once.Do(func() { p.err = p.make() })
	if p.err != nil {
		t.Fatal(p.err)
	}
	if p.database != "" {
		enginetest.Give(t, dir, p.database)
		return
	}
	if err := os.WriteFile(filepath.Join(dir, fileName), p.file, 0o600); err != nil {
		t.Fatal(err)
	}
}

func (p *Template) make() (err error) {
	shared := os.Getenv("CASEBOOK_TEST_TEMPLATES")
	if shared == "" || enginetest.Server() {
		return p.makeNew()
	}
	path := filepath.Join(shared, p.Name)
	if p.file, err = os.ReadFile(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := p.makeNew(); err != nil {
		return err
	}
	begun := fmt.Sprintf("%s.%d", path, os.Getpid()) // another process may make it at the same time
	if err := os.WriteFile(begun, p.file, 0o600); err != nil {
		return err
	}
	return os.Rename(begun, path)
}

func (p *Template) makeNew() error {
	dir, err := os.MkdirTemp("", "casebook-storetest-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary directory
	opt := store.Options{Now: Now}
	if enginetest.Server() {
		if p.database, err = enginetest.New(""); err != nil {
			return err
		}
		opt.Database = enginetest.Address(p.database)
	}
	db, err := store.Open(context.Background(), dir, opt)
	if err != nil {
		return err
	}
	if p.Fill != nil {
		if err := p.Fill(db); err != nil {
			return err
		}
	}
	if err := db.Close(); err != nil || p.database != "" {
		return err
	}
	p.file, err = os.ReadFile(filepath.Join(dir, fileName))
	return err
}
