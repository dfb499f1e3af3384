package store

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"casebook/internal/store/enginetest"
)

// After a load of a million cases the log took longer than everything that closing had time for: broken off, it stayed, and the next start took that for a power cut.
func TestCloseEmptiesTheLog(t *testing.T) {
	t.Parallel()
	enginetest.OnlySQLite(t, "the log beside the file is SQLite's")
	dir := t.TempDir()
	db := open(t, dir, Options{Exclusive: true})
	write(t, db, func(tx *Tx) error { return nil })
	c, err := db.writer.take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{
		"PRAGMA wal_autocheckpoint = 0", "CREATE TABLE large (x BLOB)",
		"INSERT INTO large WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 8000) SELECT randomblob(4000) FROM s", "DROP TABLE large",
	} {
		if _, err := c.ExecContext(context.Background(), s); err != nil {
			t.Fatal(err)
		}
	}
	db.writer.give(c)
	db.patience = 3 * time.Millisecond // the log takes some hundredths of a second
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if n := size(filepath.Join(dir, "casebook.db-wal")); n > 0 || lastEnding(dir, n > 0) != stopped {
		t.Errorf("the log has %d bytes after a clean stop", n)
	}
}
