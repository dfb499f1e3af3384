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
	tx     *sql.Tx
	stmts  map[string]*sql.Stmt
	cases  map[registry.CaseID]bool // whose stage and search text must be brought up to date before COMMIT
	head   *auditHead               // of the audit chain, once this transaction has appended to it
}

// Write runs fn in one transaction on the single writer connection (BEGIN IMMEDIATE). When it returns nil, the change is
// committed and on disk. A panic in fn rolls back and goes on. The caller's context is looked at between statements: a context
// that can be cancelled costs the driver a goroutine a statement, a fifth of the CPU of a bulk load.
func (db *DB) Write(ctx context.Context, fn func(tx *Tx) error) error {
	return run(ctx, context.WithoutCancel(ctx), db.writer, &sql.TxOptions{}, func(tx *Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		if err := tx.settleCases(); err != nil {
			return err
		}
		return tx.settleAudit()
	})
}

// Read runs fn in one read snapshot: all it reads belongs to the same moment.
func (db *DB) Read(ctx context.Context, fn func(tx *Tx) error) error {
	return run(ctx, ctx, db.reader, &sql.TxOptions{ReadOnly: true}, fn)
}

func run(caller, ctx context.Context, h *sql.DB, opts *sql.TxOptions, fn func(tx *Tx) error) error {
	t, err := h.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	tx := &Tx{ctx: ctx, caller: caller, tx: t, stmts: map[string]*sql.Stmt{}, cases: map[registry.CaseID]bool{}}
	defer t.Rollback() //nolint:errcheck // after Commit it does nothing; before, the error of fn is the one to tell
	if err := fn(tx); err != nil {
		return translate(err)
	}
	if opts.ReadOnly {
		return nil
	}
	if err := caller.Err(); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("commit: %w", translate(err))
	}
	return nil
}

func (tx *Tx) stmt(query string) (*sql.Stmt, error) {
	if err := tx.caller.Err(); err != nil {
		return nil, err
	}
	if s, ok := tx.stmts[query]; ok {
		return s, nil
	}
	s, err := tx.tx.PrepareContext(tx.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %.80q: %w", query, err)
	}
	tx.stmts[query] = s
	return s, nil
}

func (tx *Tx) exec(query string, args ...any) (sql.Result, error) {
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
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }
