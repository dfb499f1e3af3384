package main

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/storetest"
)

// The first start after a load listens at once: it takes the due days as they were loaded.
func TestLoadedCasesHaveTheirDueDays(t *testing.T) {
	data := t.TempDir()
	if out, err := casebook(t, "demo", "--data", data, "--cases", "20"); err != nil {
		t.Fatal(out, err)
	}
	c := &cli{data: data, now: time.Now}
	db, s, err := c.open(context.Background(), store.Options{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // a test's
	storetest.Exec(t, db, "UPDATE cases SET due_on = '1999-01-01', due_code = 'MARK' WHERE id = 9")
	if err := s.RefreshDue(context.Background()); err != nil { // as serve does
		t.Fatal(err)
	}
	d, err := s.DueCases(context.Background(), registry.CommandLine, casework.DueFilter{}, casework.DueEver, casework.Page{Limit: 1})
	if err != nil || len(d.Rows) != 1 || d.Rows[0].DueCode != "MARK" {
		t.Errorf("the most urgent case is %+v, %v; want the one that was marked", d.Rows, err)
	}
}
