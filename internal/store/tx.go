package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"casebook/internal/registry"
)

// Tx is one transaction: a read snapshot or the single write. Closures given to Read and Write must be re-runnable and do
// nothing slow: others that share their commit wait for them.
type Tx struct {
	ctx    context.Context // of the statements
	caller context.Context // who may give up between statements
	conn   *conn
	cases  map[registry.CaseID]bool // whose stage, search text and due day Settle must bring up to date
	acts   []recorded               // what Record took and WriteHistory has not written
	writes *registry.Branch         // the only branch whose records may be written; nil: the whole city
	reads  *registry.Branch         // and read
	rows   int64                    // written, about: statements that write
	facts  int64                    // of cases that were written and are to be added up

	repeats map[registry.PartyID]bool // whose rows of several cases Settle looks at; true: there may be some already

	waiting [][2]packedFact // what cells hold of facts that are not added up, and the facts: once Facts read them

	known    *known    // what every other transaction asks for
	head     auditHead // of the chain, once WriteHistory read it
	terms    []terms   // that search will know, written before the commit
	made     made
	named    nameCache
	foreseen map[rowKey]any // pointers to rows of before that Foresee read
	cited    cited
	sums     *rowSums // of a whole verification: rows are compared as they are read
}

// known is what does not change within a transaction, once it was read; the requests of a group share it. Who writes one of these nouns
// forgets all of it, for itself and for those that follow.
type known struct {
	kinds  registry.Kinds // that an administrator added
	bureau *registry.Bureau
	organs []registry.Organ // in use
	words  map[string]int64 // of the audit log, by what they say
}

// Write runs fn in a transaction of the single writer connection, under the register's write lock. When it returns nil, the change is committed and on disk. A panic in fn
// rolls back and goes on.
//
// Requests that come together share one commit (group.go). What may write for long is WriteAlone.
//
// fn ends with Settle and WriteHistory, in this order, where it changed a case or recorded an act: a write that leaves either
// out is refused, since its rows would stand without what follows from them.
//
// Here and in Read the caller's context is looked at between statements and rows: handed to the driver, a context that can be
// cancelled costs a goroutine a statement, a fifth of the CPU of a bulk load.
func (db *DB) Write(ctx context.Context, fn func(tx *Tx) error) error {
	return db.write(ctx, false, fn)
}

// WriteAlone is Write for what may take long (an import, a batch of a recomputation): no other request waits for its end with its own
// rows written and not answered.
func (db *DB) WriteAlone(ctx context.Context, fn func(tx *Tx) error) error {
	return db.write(ctx, true, fn)
}

func (db *DB) write(ctx context.Context, alone bool, fn func(tx *Tx) error) error {
	if err := db.check.admit(ctx, writeWait); err != nil {
		return err
	}
	var rows, facts int64
	err := db.unavailable(db.group.write(ctx, db.writer, alone, func(tx *Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		rows, facts = tx.rows, tx.facts
		if len(tx.cases) > 0 || len(tx.acts) > 0 {
			return fmt.Errorf("a write ends with %d cases not settled and %d acts not written", len(tx.cases), len(tx.acts))
		}
		return nil
	}))
	if err == nil {
		db.wrote(ctx, rows)
		db.keptFacts(ctx, facts)
	}
	return err
}

// Read runs fn in one read snapshot: all it reads belongs to the same moment. What the standby cannot answer, the database is asked: the standby may be away,
// or may not know the record yet.
func (db *DB) Read(ctx context.Context, fn func(tx *Tx) error) error {
	if db.standby.serves(ctx) {
		err := run(ctx, db.standby.reader, fn)
		if err == nil {
			return nil
		}
		if troubleOf(err) == away {
			db.standby.asOf.Store(0) // until it is found again
		}
	}
	return db.unavailable(run(ctx, db.reader, fn))
}

func run(caller context.Context, h *handle, fn func(tx *Tx) error) error {
	c, err := h.open(caller)
	if err != nil {
		return err
	}
	ended := false
	end := func() error {
		ended = true
		return h.end(c, "ROLLBACK")
	}
	defer func() {
		if !ended { // fn failed or panicked; its error is the one to tell
			_ = end()
		}
	}()
	if err := fn(newTx(caller, c)); err != nil {
		return translate(err)
	}
	return end()
}

func newTx(caller context.Context, c *conn) *Tx {
	return &Tx{ctx: context.WithoutCancel(caller), caller: caller, conn: c, cases: map[registry.CaseID]bool{}, known: &known{}}
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

// reading is stmt for what reads: it sees what was written before it.
func (tx *Tx) reading(query string) (*sql.Stmt, error) {
	if err := tx.conn.behind.caughtUp(); err != nil {
		return nil, err
	}
	return tx.stmt(query)
}

func (tx *Tx) exec(query string, args ...any) (sql.Result, error) {
	tx.rows++
	s, err := tx.stmt(query)
	if err != nil {
		return nil, err
	}
	if b := tx.conn.behind; b != nil {
		return b.exec(s, args, 0)
	}
	return s.ExecContext(tx.ctx, args...)
}

// insert is exec for one row of a table with an id, which it returns.
func (tx *Tx) insert(query string, args ...any) (id int64, err error) {
	tx.rows++
	return tx.conn.engine.insert(tx, query, args)
}

func (tx *Tx) query(query string, args ...any) (*sql.Rows, error) {
	s, err := tx.reading(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(tx.ctx, args...)
}

// one scans a single row; it returns sql.ErrNoRows where there is none.
func (tx *Tx) one(into []any, query string, args ...any) error {
	s, err := tx.reading(query)
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
