package store

import (
	"context"
	"database/sql"
	"strings"
)

// inSQLite is the engine of a register that lies in one file of the data folder: for one machine, one server a register.
type inSQLite struct{}

func (inSQLite) begin(write bool) string {
	if write {
		return "BEGIN IMMEDIATE"
	}
	return "BEGIN"
}

// move prepares it as any other: half a dozen stand around the statements of a create.
func (inSQLite) move(c *conn, query string) error {
	if err := c.behind.moved(query); err != nil {
		return err
	}
	s, err := c.statement(context.Background(), query)
	if err == nil {
		_, err = s.ExecContext(context.Background())
	}
	return err
}

// broken: SQLite says so itself at COMMIT.
func (inSQLite) broken(*conn) error { return nil }

// staleTables has SQLite tell, and not run, what should be analysed: 0x10000 looks at all tables, 0x2 at their growth, 0x10 under a limit.
// A table is stale when it grew or shrank tenfold, or an index of it never was analysed.
const staleTables = "PRAGMA optimize(0x10013)"

func (inSQLite) staleStatistics(ctx context.Context, c *conn) (list []string, err error) {
	return c.texts(ctx, staleTables)
}

func (inSQLite) verifyStructure(tx *Tx, bad func(string, ...any)) error {
	check := "PRAGMA integrity_check(20)"
	var path string
	if err := tx.one([]any{&path}, "SELECT file FROM pragma_database_list WHERE name = 'main'"); err != nil {
		return err
	}
	agree, referred, err := rowsAgree(tx.ctx, path)
	switch {
	case tx.ctx.Err() != nil:
		return tx.ctx.Err()
	case agree && err == nil:
		check = "PRAGMA quick_check(20)"
	}
	told := false
	if err := tx.each(func(rows *sql.Rows) error {
		var s string
		if err := rows.Scan(&s); err != nil {
			return err
		}
		if s != "ok" {
			told = true
			bad("数据文件结构检查：%s", s)
		}
		return nil
	}, check); err != nil {
		return err
	}
	if !agree && err == nil && !told { // an entry too many in an index of some of the rows, of which SQLite says nothing
		bad("数据文件结构检查：有索引与数据表的行不一致，SQLite 没有指出是哪一个")
	}
	if referred {
		return nil
	}
	return tx.each(func(*sql.Rows) error {
		bad("数据文件里有指向不存在记录的引用")
		return nil
	}, "PRAGMA foreign_key_check")
}

// rest empties the log. A checkpoint that fails leaves it, and the next start reads it.
func (inSQLite) rest(ctx context.Context, c *conn) {
	_, _ = c.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
}

func (inSQLite) by(index string) string { return " INDEXED BY " + index }

func (inSQLite) forLoad(ctx context.Context, c *conn) error {
	if _, err := c.ExecContext(ctx, "PRAGMA wal_autocheckpoint = 32000"); err != nil {
		return err
	}
	c.behind = newWriteBehind()
	return nil
}

func (inSQLite) shrink(ctx context.Context, c *conn) {
	_, _ = c.ExecContext(ctx, "PRAGMA shrink_memory") // only memory
}

// spelled has parameters known by their places alone, where they stand in their order: $1 is a name to SQLite, and finding the names of a statement is
// quadratic in their number.
func (inSQLite) spelled(query string) string {
	var b strings.Builder
	rest, quoted := query, false
	for n := 1; ; {
		i := strings.IndexAny(rest, "$'")
		switch {
		case i < 0:
			return b.String() + rest
		case rest[i] == '\'':
			quoted = !quoted
		case !quoted:
			name := mark(n)
			after, ok := strings.CutPrefix(rest[i:], name)
			if !ok || after != "" && after[0] >= '0' && after[0] <= '9' {
				return query
			}
			b.WriteString(rest[:i] + "?")
			rest = after
			n++
			continue
		}
		b.WriteString(rest[:i+1])
		rest = rest[i+1:]
	}
}

// insert asks SQLite which id it gave: RETURNING costs a result set.
func (inSQLite) insert(tx *Tx, query string, args []any) (int64, error) {
	s, err := tx.stmt(query)
	if err != nil {
		return 0, err
	}
	if b := tx.conn.behind; b != nil {
		return b.insert(s, query, args)
	}
	res, err := s.ExecContext(tx.ctx, args...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}
