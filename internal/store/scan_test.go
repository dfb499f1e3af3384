package store

import (
	"database/sql"
	"testing"
	"time"

	"casebook/internal/registry"
)

// What is scanned into a target is what database/sql makes of it, and what it refuses is refused.
func TestInto(t *testing.T) {
	var kind registry.DocKind
	var id registry.CaseID
	var n int
	var yes bool
	var text string
	targets := into(&kind, &id, &n, &yes, &text)
	scan := func(i int, src any) error {
		if s, ok := targets[i].(sql.Scanner); ok {
			return s.Scan(src)
		}
		t.Fatalf("target %d is %T", i, targets[i])
		return nil
	}
	for i, src := range []any{"立案", int64(7), int64(-3)} {
		if err := scan(i, src); err != nil {
			t.Fatal(err)
		}
	}
	if err := scan(4, []byte("甲")); err != nil {
		t.Fatal(err)
	}
	if kind != "立案" || id != 7 || n != -3 || text != "甲" {
		t.Errorf("scanned %q, %d, %d, %q", kind, id, n, text)
	}
	if err := scan(2, "12"); err != nil || n != 12 {
		t.Errorf("a number as text is %d: %v", n, err)
	}
	for i := range 3 {
		if err := scan(i, nil); err == nil {
			t.Errorf("NULL went into target %d", i)
		}
	}
	if err := scan(1, "siebzehn"); err == nil {
		t.Error("words went into a number")
	}
	if _, ok := targets[3].(*bool); !ok {
		t.Errorf("a yes or no is scanned into %T, not by database/sql", targets[3])
	}
}

// Instants are read by their places, with the answers of time.Parse.
func TestReadInstant(t *testing.T) {
	for _, s := range []string{
		"2026-11-29T03:12:05.678Z", "2024-02-29T00:00:00.000Z", "1970-01-01T23:59:59.999Z", "2023-02-29T00:00:00.000Z", "2024-13-01T00:00:00.000Z", "2024-00-10T00:00:00.000Z",
		"2024-01-01T24:00:00.000Z", "2024-01-01T00:60:00.000Z", "2024-01-01T00:00:60.000Z", "2024-01-00T00:00:00.000Z", "2024-01-01T00:00:00,000Z", "2024-1-001T00:00:00.000Z", "2024-01-01 00:00:00.000Z",
		"", "2024-01-01T00:00:00.000", "２024-01-01T00:00:00.00Z",
	} {
		var got time.Time
		err := (instant{&got}).Scan(s)
		want, wantErr := time.Parse(instantLayout, s)
		if (err == nil) != (wantErr == nil) || err == nil && !got.Equal(want) {
			t.Errorf("%q is %v, %v; time.Parse says %v, %v", s, got, err, want, wantErr)
		}
		if at, ok := readInstant(s); ok && (wantErr != nil || at != want) {
			t.Errorf("readInstant(%q) = %v; time.Parse says %v, %v", s, at, want, wantErr)
		}
	}
}
