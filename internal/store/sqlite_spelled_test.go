package store

import "testing"

func TestSpelled(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"SELECT 1", "SELECT 1"},
		{"SELECT a FROM t WHERE b = $1 AND c > $2", "SELECT a FROM t WHERE b = ? AND c > ?"},
		{"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
		{"SELECT '$1', 'it''s $2' WHERE a = $1", "SELECT '$1', 'it''s $2' WHERE a = ?"},
		{"SELECT a WHERE b = $2 AND c = $1", "SELECT a WHERE b = $2 AND c = $1"},
		{"UPDATE t SET a = $1 WHERE a <> $1 AND id = $2", "UPDATE t SET a = $1 WHERE a <> $1 AND id = $2"},
		{"SELECT a WHERE b = $10", "SELECT a WHERE b = $10"},
		{"SELECT '$1", "SELECT '$1"},
	} {
		if got := (inSQLite{}).spelled(c.query); got != c.want {
			t.Errorf("%s\n%s, want\n%s", c.query, got, c.want)
		}
	}
}
