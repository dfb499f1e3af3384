package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync/atomic"

	"casebook/internal/registry"
)

// handle is a fixed number of connections, each with the statements prepared on it: parsing the SQL of a list costs more than
// running it, and database/sql would throw a transaction's statements away with the transaction.
type handle struct {
	engine engine
	db     *sql.DB
	begin  string
	free   chan *conn // an empty place is nil until it is first used
	trace  func(query string)
	age    atomic.Int64                     // how often the connections were renewed
	bureau *atomic.Pointer[registry.Bureau] // as reads last found it; nil where rows are read that may be rolled back
}

type conn struct {
	*sql.Conn
	engine engine
	stmts  map[string]*sql.Stmt
	behind *writeBehind       // nil: a statement runs when it is asked for
	trace  func(query string) // nil: nobody asks
	age    int64              // of the handle when it was opened
	bureau *atomic.Pointer[registry.Bureau]
}

// keptStatements bounds how many statements a connection keeps: filters make some variety, but a register uses a few dozen.
const keptStatements = 300

func newHandle(e engine, db *sql.DB, write bool, connections int, trace func(query string)) *handle {
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	h := &handle{engine: e, db: db, begin: e.begin(write), free: make(chan *conn, connections), trace: trace}
	if !write {
		h.bureau = new(atomic.Pointer[registry.Bureau])
	}
	for range connections {
		h.free <- nil
	}
	return h
}

// open takes a connection and opens a transaction on it. Where the database has dropped the connection since, or was started anew, it has
// dropped the others too: they are renewed, and it is tried once more.
func (h *handle) open(caller context.Context) (*conn, error) {
	for again := false; ; again = true {
		c, err := h.take(caller)
		if err != nil {
			return nil, fmt.Errorf("wait for the database: %w", err)
		}
		if err = c.do(h.begin); err == nil {
			return c, nil
		}
		h.discard(c)
		if again || h.engine.trouble(err) != away {
			return nil, err
		}
		h.renew()
	}
}

// end ends the transaction and gives the connection back; one on which that fails is dropped, with what was written taken back.
func (h *handle) end(c *conn, how string) error {
	if err := c.end(how); err != nil {
		_ = c.do("ROLLBACK")
		h.discard(c)
		return translate(err)
	}
	h.give(c)
	return nil
}

// take waits for a connection.
func (h *handle) take(ctx context.Context) (*conn, error) {
	select {
	case c := <-h.free:
		if c = h.opened(c); c != nil && !h.outdated(c) {
			return c, nil
		}
		age := h.age.Load() // before it opens: it may read the statistics of before a renewal that comes in between
		made, err := h.db.Conn(context.WithoutCancel(ctx))
		if err != nil {
			h.free <- nil
			return nil, err
		}
		return &conn{Conn: made, engine: h.engine, stmts: map[string]*sql.Stmt{}, trace: h.trace, age: age, bureau: h.bureau}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// opened is, for the right to open a connection, one that is open already and rests, where there is one: each has a cache and statements of its own.
func (h *handle) opened(c *conn) *conn {
	for range cap(h.free) {
		if c != nil {
			return c
		}
		select {
		case other := <-h.free:
			h.free <- c
			c = other
		default:
			return nil
		}
	}
	return c
}

func (h *handle) give(c *conn) { h.free <- c }

// end commits or rolls back.
func (c *conn) end(how string) error {
	if how != "COMMIT" {
		return c.do(how)
	}
	if err := c.engine.broken(c); err != nil {
		return err
	}
	err := c.do(how)
	if err != nil && c.engine.trouble(err) == away {
		return fmt.Errorf("%w（%w）", errUnknown, err)
	}
	return err
}

// do runs a statement that moves a transaction.
func (c *conn) do(query string) error {
	if err := c.engine.move(c, query); err != nil {
		return fmt.Errorf("%s: %w", query, err)
	}
	return nil
}

// texts are the rows of a question with one column, outside a transaction.
func (c *conn) texts(ctx context.Context, query string) (list []string, err error) {
	rows, err := c.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// discard drops a connection on which a transaction could not be opened or ended; a new one takes its place.
func (h *handle) discard(c *conn) {
	c.behind.stop()
	for _, s := range c.stmts {
		_ = s.Close() // SQLite keeps a connection, its transaction and its locks as long as one of its statements is left
	}
	_ = c.Raw(func(any) error { return driver.ErrBadConn }) // or the pool would hand it out again, its transaction open
	h.free <- nil
}

// Close ends the connection with its statements: SQLite keeps a connection, and the log beside the file, while one is left.
func (c *conn) Close() error {
	c.behind.stop()
	var errs []error
	for _, s := range c.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.Conn.Close())...)
}

// statement returns the connection's prepared statement of a query. With too many, all are closed and it begins anew.
func (c *conn) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := c.stmts[query]; ok {
		return s, nil
	}
	if len(c.stmts) >= keptStatements {
		_ = c.behind.caughtUp() // its error is told to the next write
		for q, s := range c.stmts {
			_ = s.Close() // only its memory
			delete(c.stmts, q)
		}
	}
	s, err := c.PrepareContext(ctx, c.engine.spelled(query))
	if err != nil {
		return nil, fmt.Errorf("prepare %.80q: %w", query, err)
	}
	c.stmts[query] = s
	return s, nil
}

// Close closes the connections that are at rest and the pool.
func (h *handle) Close() error {
	if h == nil {
		return nil
	}
	var errs []error
	for range cap(h.free) {
		select {
		case c := <-h.free:
			if c != nil {
				errs = append(errs, c.Close())
			}
		default: // still in a transaction; closing the pool ends it
		}
	}
	return errors.Join(append(errs, h.db.Close())...)
}
