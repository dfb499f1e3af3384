package demo

import (
	"context"
	"flag"
	"io"
	"path/filepath"
	"testing"
	"time"

	"casebook/internal/auth"
	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/seal"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

var clock = time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)

// open makes an empty register of its own.
func open(tb testing.TB) (*casework.Service, *store.DB) {
	tb.Helper()
	dir := storetest.Dir(tb)
	db, err := store.Open(context.Background(), dir, store.Options{Now: clock, Database: enginetest.Database(tb, dir)})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = db.Close() })
	s := casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: func() time.Time { return clock }, Hasher: auth.NewHasher(auth.Cheap),
		HeadKey: seal.KeyFile(filepath.Join(dir, "head.key")), Papers: []casework.PaperMaker{{Format: "pdf", Media: "application/pdf", Write: asTitle}, {Format: "docx", Media: "application/docx", Write: asLead}}})
	return s, db
}

// asTitle and asLead stand for the papers of a bulletin.
func asTitle(w io.Writer, b report.Bulletin) error {
	_, err := io.WriteString(w, "title "+b.Title)
	return err
}

func asLead(w io.Writer, b report.Bulletin) error {
	_, err := io.WriteString(w, "lead "+b.Title)
	return err
}

var registers = flag.Int("registers", 1, "how many random registers the property tests of the past and of statistics walk")

// loaded makes a register with the demonstration in it.
func loaded(tb testing.TB) (*casework.Service, *store.DB) {
	tb.Helper()
	s, db := open(tb)
	if err := Load(context.Background(), s); err != nil {
		tb.Fatalf("Load: %v", err)
	}
	return s, db
}

func verify(tb testing.TB, db *store.DB) store.VerifyReport {
	tb.Helper()
	r, err := db.Verify(context.Background(), statute.TextHash, nil)
	if err != nil {
		tb.Fatal(err)
	}
	for _, d := range r.Defects {
		tb.Errorf("verify: %s", d)
	}
	return r
}

func TestLoadVerifies(t *testing.T) {
	_, db := loaded(t)
	r := verify(t, db)
	if r.Cases < 5 || r.StatuteTexts == 0 {
		t.Errorf("verify read %d cases and %d statute texts, want at least 5 and 1", r.Cases, r.StatuteTexts)
	}
}

func caseFile(tb testing.TB, s *casework.Service, id registry.CaseID) *registry.CaseFile {
	tb.Helper()
	f, err := s.CaseFile(context.Background(), registry.CommandLine, id)
	if err != nil {
		tb.Fatalf("CaseFile(%d): %v", id, err)
	}
	return f
}
