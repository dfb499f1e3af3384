package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"casebook/internal/registry"
)

// Tx is one transaction: a read snapshot or the single write. Closures given to Read and Write must be re-runnable and do
// nothing slow: a later group commit may run them again behind the same call.
type Tx struct {
	ctx    context.Context // of the statements
	caller context.Context // who may give up between statements
	conn   *conn
	cases  map[registry.CaseID]bool // whose stage, search text and due day Settle must bring up to date
	acts   []recorded               // what Record took and WriteHistory has not written
	kinds  registry.Kinds           // that an administrator added, once they were read
	bureau *registry.Bureau         // once it was read
	writes *registry.Branch         // the only branch whose records may be written; nil: the whole city
	reads  *registry.Branch         // and read
	rows   int64                    // written, about: statements that write
}

// Write runs fn in one transaction on the single writer connection (BEGIN IMMEDIATE). When it returns nil, the change is
// committed and on disk. A panic in fn rolls back and goes on.
//
// fn ends with Settle and WriteHistory, in this order, where it changed a case or recorded an act: a write that leaves either
// out is refused, since its rows would stand without what follows from them.
//
// Here and in Read the caller's context is looked at between statements and rows: handed to the driver, a context that can be
// cancelled costs a goroutine a statement, a fifth of the CPU of a bulk load.
func (db *DB) Write(ctx context.Context, fn func(tx *Tx) error) error {
	if err := db.check.admit(ctx, writeWait); err != nil {
		return err
	}
	var rows int64
	err := db.unavailable(run(ctx, db.writer, true, func(tx *Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		rows = tx.rows
		if len(tx.cases) > 0 || len(tx.acts) > 0 {
			return fmt.Errorf("a write ends with %d cases not settled and %d acts not written", len(tx.cases), len(tx.acts))
		}
		return nil
	}))
	if err == nil {
		db.wrote(ctx, rows)
	}
	return err
}

// Read runs fn in one read snapshot: all it reads belongs to the same moment.
func (db *DB) Read(ctx context.Context, fn func(tx *Tx) error) error {
	return db.unavailable(run(ctx, db.reader, false, fn))
}

func run(caller context.Context, h *handle, write bool, fn func(tx *Tx) error) error {
	c, err := h.take(caller)
	if err != nil {
		return fmt.Errorf("wait for the database: %w", err)
	}
	ctx := context.WithoutCancel(caller)
	if _, err := c.ExecContext(ctx, h.begin); err != nil {
		h.give(c)
		return fmt.Errorf("begin: %w", err)
	}
	open := true
	end := func(how string) error {
		open = false
		if _, err := c.ExecContext(ctx, how); err != nil {
			h.discard(c)
			return fmt.Errorf("%s: %w", how, translate(err))
		}
		h.give(c)
		return nil
	}
	defer func() {
		if open { // fn failed or panicked; its error is the one to tell
			_ = end("ROLLBACK")
		}
	}()
	tx := &Tx{ctx: ctx, caller: caller, conn: c, cases: map[registry.CaseID]bool{}}
	if err := fn(tx); err != nil {
		return translate(err)
	}
	if !write {
		return end("ROLLBACK")
	}
	if err := caller.Err(); err != nil {
		return err
	}
	return end("COMMIT")
}

func (tx *Tx) stmt(query string) (*sql.Stmt, error) {
	if err := tx.caller.Err(); err != nil {
		return nil, err
	}
	if tx.conn.trace != nil {
		tx.conn.trace(query)
	}
	return tx.conn.statement(tx.ctx, query)
}

func (tx *Tx) exec(query string, args ...any) (sql.Result, error) {
	tx.rows++
	s, err := tx.stmt(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(tx.ctx, args...)
}

func (tx *Tx) query(query string, args ...any) (*sql.Rows, error) {
	s, err := tx.stmt(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(tx.ctx, args...)
}

// one scans a single row; it returns sql.ErrNoRows where there is none.
func (tx *Tx) one(into []any, query string, args ...any) error {
	s, err := tx.stmt(query)
	if err != nil {
		return err
	}
	return s.QueryRowContext(tx.ctx, args...).Scan(into...)
}

// each calls scan for every row of a query.
func (tx *Tx) each(scan func(rows *sql.Rows) error, query string, args ...any) error {
	rows, err := tx.query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	for n := 0; rows.Next(); n++ {
		if n%64 == 63 && tx.caller.Err() != nil {
			return tx.caller.Err()
		}
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }
