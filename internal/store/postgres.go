package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/stdlib"
)

// inPostgres is the engine of a register that lies in a database of a PostgreSQL server (15 or later): several servers of the program may
// serve it.
type inPostgres struct{}

// The advisory locks of a register: class and schema.
const (
	writeLock = "1128354629, hashtext(current_schema())" // "CASE": whoever writes holds it until the end of the transaction
	openLock  = "1128354630, hashtext(current_schema())" // shared by every open connection; who changes the schema holds it alone
)

// begin: under READ COMMITTED each statement of a write sees what was committed before it, and since writes come one after the other, that
// is what was committed before the write. A snapshot would be of the moment before the lock was had.
func (inPostgres) begin(write bool) string {
	if write {
		return "BEGIN; SELECT pg_advisory_xact_lock(" + writeLock + ")"
	}
	return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
}

// move sends it as text: the server reads it in no time, two statements go in one message, and preparing would ask the server once more.
func (inPostgres) move(c *conn, query string) error {
	_, err := c.ExecContext(context.Background(), query)
	return err
}

// broken: COMMIT of a transaction in which a statement failed rolls back, and is no error.
func (inPostgres) broken(c *conn) error {
	return c.Raw(func(d any) error {
		if d.(*postgresConn).Conn.Conn().PgConn().TxStatus() == 'E' {
			return errFailed
		}
		return nil
	})
}

// postgresConn takes arguments as SQLite's driver does: a value of the domain is what its kind or its Value is, and yes and no are 1 and 0.
type postgresConn struct{ *stdlib.Conn }

func (*postgresConn) CheckNamedValue(nv *driver.NamedValue) error {
	switch v := nv.Value.(type) {
	case []string: // terms
		return nil
	case searchText: // the server packs by itself
		nv.Value = *v.s
		return nil
	}
	v, err := driver.DefaultParameterConverter.ConvertValue(nv.Value)
	switch v {
	case true:
		v = int64(1)
	case false:
		v = int64(0)
	}
	nv.Value = v
	return err
}

// mergeTerms and gatherTerms: the server's own daemon keeps the index.
func (inPostgres) mergeTerms(context.Context, *conn, string, bool) (bool, error)  { return false, nil }
func (inPostgres) gatherTerms(context.Context, *conn, string, bool) (bool, error) { return false, nil }

// staleStatistics leaves to the server what its own daemon will see to, unless much was written just now.
func (inPostgres) staleStatistics(ctx context.Context, c *conn) ([]string, error) {
	return c.texts(ctx, `SELECT 'ANALYZE ' || quote_ident(relname) FROM pg_stat_user_tables
		WHERE schemaname = current_schema() AND n_mod_since_analyze > 1000 + n_live_tup / 5 ORDER BY 1`)
}

// verifyStructure looks for what somebody with a database tool, or a damaged index, can have left: pages are the server's matter.
func (inPostgres) verifyStructure(tx *Tx, bad func(string, ...any)) error {
	var checks [][2]string
	if err := tx.each(func(rows *sql.Rows) error {
		var c [2]string
		err := rows.Scan(&c[0], &c[1])
		checks = append(checks, c)
		return err
	}, `SELECT c.conrelid::regclass::text || '.' || a.attname, format('SELECT COUNT(*) FROM %s x WHERE x.%I IS NOT NULL AND NOT EXISTS (SELECT 1 FROM %s p WHERE p.%I = x.%I)',
			c.conrelid::regclass, a.attname, c.confrelid::regclass, p.attname, a.attname)
		FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] JOIN pg_attribute p ON p.attrelid = c.confrelid AND p.attnum = c.confkey[1]
		WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace ORDER BY 1`); err != nil {
		return err
	}
	for _, c := range checks {
		var n int64
		if err := tx.one([]any{&n}, c[1]); err != nil {
			return err
		}
		if n > 0 {
			bad("数据库里有 %d 个指向不存在记录的引用（%s）", n, c[0])
		}
	}
	return tx.each(func(rows *sql.Rows) error {
		var what, name string
		err := rows.Scan(&what, &name)
		bad("数据库的%s %s 已失效或被停用", what, name)
		return err
	}, `SELECT '索引', i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid AND c.relnamespace = current_schema()::regnamespace
		UNION ALL SELECT '触发器', t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgenabled <> 'O' AND c.relnamespace = current_schema()::regnamespace ORDER BY 1, 2`)
}

func (inPostgres) rest(context.Context, *conn) {}

func (inPostgres) by(string) string { return "" }

func (inPostgres) shrink(context.Context, *conn) {} // the server's memory is the server's

func (inPostgres) forLoad(context.Context, *conn) error { return nil }

func (inPostgres) spelled(query string) string { return query }

func (inPostgres) insert(tx *Tx, query string, args []any) (id int64, err error) {
	return id, tx.one([]any{&id}, query+" RETURNING id", args...)
}

// keepTerms writes the terms into an array under a GIN index.
func (inPostgres) keepTerms(tx *Tx, entity string, id int64, terms []string, _ bool) error {
	_, err := tx.exec("INSERT INTO "+searchTables[entity]+" (id, terms) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET terms = excluded.terms", id, withBeginnings(terms))
	return err
}

// withBeginnings: an array has no beginnings of terms. Those that a search asks for, the beginnings of pieces, are written beside them.
func withBeginnings(terms []string) []string {
	have := map[string]bool{}
	for _, t := range terms {
		have[t] = true
		if strings.HasPrefix(t, pieceMark) || strings.HasPrefix(t, guardedMark) {
			for r := []rune(t); len(r) > 1; r = r[:len(r)-1] {
				have[string(r)] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(have))
}

// withoutScans is for counts. The planner does not know what it costs to look into the terms of a row, fifty times what it costs to skip it, and would
// read the table for a common word, where the index tells all.
const withoutScans = "SET LOCAL enable_seqscan = off"

func (inPostgres) found(tx *Tx, q *query, entity string, n needed) {
	planFor(tx, withoutScans)
	q.add("SELECT id FROM " + searchTables[entity])
	holdTerms(q, "terms", n, " WHERE ")
}

// matching has the statements of its transaction planned for what they look for: a common word is met by walking back from the newest record, a
// rare one by the index. A plan for any word would gather all records that have a common one.
func (inPostgres) matching(tx *Tx, q *query, entity string, n needed) (id string) {
	var settings []string
	if q.counting { // as in found
		settings = append(settings, withoutScans)
	}
	planFor(tx, settings...)
	table := searchTables[entity]
	q.add(fmt.Sprintf(" JOIN %[1]s ON %[1]s.id = x.id", table))
	if !n.exact {
		q.add(fmt.Sprintf(" JOIN search_texts st ON st.entity = '%s' AND st.entity_id = %s.id", entity, table))
	}
	holdTerms(q, table+".terms", n, " WHERE ")
	return table + ".id"
}

// planFor has each statement of a transaction planned anew, under settings, for what it looks for. Where that fails, the next statement does.
func planFor(tx *Tx, settings ...string) {
	_, _ = tx.conn.ExecContext(tx.ctx, strings.Join(append(settings, "SET LOCAL plan_cache_mode = force_custom_plan"), "; "))
}

// holdTerms adds the condition that terms hold what is needed. Ways of one term each are looked for together, which reads the terms of a row once.
func holdTerms(q *query, column string, n needed, and string) {
	for _, ways := range n.words {
		q.add(and)
		or := "("
		var single []string
		for _, way := range ways {
			terms := make([]string, len(way))
			for i, l := range way {
				terms[i] = l.whole()
			}
			if len(terms) == 1 {
				single = append(single, terms[0])
				continue
			}
			q.add(or+column+" @> ?", terms)
			or = " OR "
		}
		if single != nil {
			q.add(or+column+" && ?", single)
		}
		q.add(")")
		and = " AND "
	}
}

// whole is a lookup as a whole term. A word of letters that may go on is found by its first piece: a record that has the word has that too,
// and the kept text tells whether it has the word.
func (l lookup) whole() string {
	if !l.prefix || strings.HasPrefix(l.term, pieceMark) || strings.HasPrefix(l.term, guardedMark) {
		return l.term
	}
	r := []rune(l.term)
	return pieceMark + string(r[:min(len(r), pieceLength)])
}
