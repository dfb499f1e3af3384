package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// pageCheckAtStart is how long a clean start waits for the check of the file's pages: about 50 MB. The rest of a larger file is checked
// behind the server.
const pageCheckAtStart = time.Second / 2

// check is the check of the file behind a running server.
type check struct {
	cancel context.CancelFunc
	ended  chan struct{}
	damage atomic.Pointer[error]
}

// checkPages asks after a clean stop whether the file's pages still are a database: a disk can damage a file that nobody has open. One that
// is checked within pageCheckAtStart is refused at once; of a larger one, found tells.
func checkPages(path string, checked bool, log *slog.Logger) (*check, error) {
	if checked {
		return nil, nil
	}
	db, err := sql.Open("sqlite", readerDSN(path, false))
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	c := &check{cancel: cancel, ended: make(chan struct{})}
	go func() {
		defer close(c.ended)
		err := quickCheck(ctx, db)
		if err = errors.Join(err, db.Close()); err != nil && ctx.Err() == nil {
			err = atStart(path, err)
			c.damage.Store(&err)
		}
	}()
	select {
	case <-c.ended:
	case <-time.After(pageCheckAtStart):
		log.Info("the file is large: its pages are checked while the server runs")
		go func() {
			<-c.ended
			if err := c.found(); err != nil {
				log.Error("writing has ended", "err", err)
			}
		}()
	}
	if err := c.found(); err != nil {
		c.stop()
		return nil, err
	}
	return c, nil
}

// found is what the check has found so far.
func (c *check) found() error {
	if c == nil {
		return nil
	}
	if err := c.damage.Load(); err != nil {
		return *err
	}
	return nil
}

// stop ends the check and waits for it.
func (c *check) stop() {
	if c != nil {
		c.cancel()
		<-c.ended
	}
}

// quickCheck reads every page of the file and says what is wrong with its structure.
func quickCheck(ctx context.Context, db *sql.DB) error {
	return checkedBy(ctx, db, "PRAGMA quick_check(1)")
}

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
