package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

// checkedBy asks SQLite for one finding, as one line.
func checkedBy(ctx context.Context, db *sql.DB, pragma string) error {
	var found string
	if err := db.QueryRowContext(ctx, pragma).Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return fmt.Errorf("结构检查：%s", strings.Join(strings.Fields(found), " "))
	}
	return nil
}

// readiness keeps the last answer of Ready: who asks needs no sign-in, and each answer costs a write to disk.
type readiness struct {
	sync.Mutex
	asked time.Time
	err   error
}

// readyFor is how long an answer of Ready stands.
const readyFor = time.Second

// Ready reports whether requests can be served: the database reads, takes its write lock, and the disk takes a file.
func (db *DB) Ready(ctx context.Context, now time.Time) error {
	db.ready.Lock()
	defer db.ready.Unlock()
	if age := now.Sub(db.ready.asked); age >= 0 && age < readyFor {
		return db.ready.err
	}
	db.ready.err = db.touch(ctx)
	db.ready.asked = now
	return db.ready.err
}

var errTakenBack = errors.New("taken back")

func (db *DB) touch(ctx context.Context) error {
	if err := db.Read(ctx, func(tx *Tx) error {
		_, _, err := tx.AuditHead()
		return err
	}); err != nil {
		return err
	}
	if err := db.check.admit(ctx, 0); err != nil { // not waiting for it: who asks wants to know how far it is
		return err
	}
	if err := db.Write(ctx, func(tx *Tx) error { // and takes a change, which is taken back
		if _, err := tx.exec("UPDATE audit_head SET seq = seq WHERE chain_id = $1", chainID); err != nil {
			return err
		}
		return errTakenBack
	}); !errors.Is(err, errTakenBack) {
		return err
	}
	return db.unavailable(probe(db.dir))
}
