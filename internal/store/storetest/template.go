package storetest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"casebook/internal/store"
	"casebook/internal/store/enginetest"
)

// Template is a register that tests begin with, made once a process: to migrate a new one costs more than most tests.
type Template struct {
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

func (p *Template) make() error {
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
