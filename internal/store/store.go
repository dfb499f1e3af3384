package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// closeWait is how long closing waits for what another start can do, and for a request that still writes.
const closeWait = 10 * time.Second

// DB is an open register: one writer connection, a pool of readers, and the folder with the attachments.
type DB struct {
	dir    string
	engine engine
	place  string  // where a server's database is, in messages; empty where it lies in dir
	writer *handle // one connection: a register has one write at a time, and waiting here beats polling or queueing in the database
	reader *handle
	group  group
	lock   *sql.DB // of the data folder: held by serve and restore only
	log    *slog.Logger

	standby  *standby // takes reads that may lag; nil without one
	register string   // its name in settings, where several servers may serve it

	opened   time.Time
	patience time.Duration // with what may be left out when it is closed

	uploading sync.Map // paths of files of which a piece is being written

	facts              atomic.Int64 // of cases, written since they were last added up
	written, analyseAt atomic.Int64 // rows written since it was opened, and at how many the statistics are looked at again

	guard guardFilter // of the names that the publication guard looks for

	check *check   // of the whole file, behind a server that was stopped cleanly; nil where none runs
	held  *heldLog // while it reads; nil where none does
	ready readiness
}

// Options say how to open a register.
type Options struct {
	// Database is the address of a PostgreSQL database (postgres://user@host/name). Empty: the register lies in an SQLite file of the data folder.
	Database string
	// Standby is the address of a PostgreSQL server that follows Database: reads that may lag go there.
	Standby string
	// Clock tells how old the standby is; it is the one by which a request's last write is noted.
	Clock func() time.Time
	// Exclusive is for a server. On SQLite it takes the register's lock, so that no second server or restore runs on the same folder.
	Exclusive bool
	// Unfinished opens a register that a copy or a restore is filling: to verify it before it is used.
	Unfinished bool
	// MustExist refuses to create a new register: for commands that only read.
	MustExist bool
	Logger    *slog.Logger
	Now       time.Time
	// Trace, where it is set, is told of every statement of a transaction before it runs.
	Trace func(query string)
}

// Open opens the register in dir, or in the database that opt names with its attachments in dir. It creates it on first start and brings its
// schema up to date. It refuses, in Chinese and with what to do, what is empty, damaged, another program's, or of a newer casebook, and a folder
// or server that cannot be used.
func Open(ctx context.Context, dir string, opt Options) (_ *DB, err error) {
	if opt.Logger == nil {
		opt.Logger = slog.New(slog.DiscardHandler)
	}
	db := &DB{dir: dir, engine: inSQLite{}, log: opt.Logger, opened: opt.Now, patience: closeWait}
	db.analyseAt.Store(firstAnalysis)
	open := db.openSQLite
	if opt.Database != "" {
		db.engine, open = inPostgres{}, db.openPostgres
	}
	defer func() {
		if err != nil {
			err = db.explain(errors.Join(err, db.closeHandles()))
		}
	}()
	fresh, err := open(ctx, opt)
	if err != nil {
		return nil, err
	}
	if !opt.Exclusive || fresh { // a server does it behind its listener
		if err := db.Reindex(ctx, func(int, int) {}); err != nil {
			return nil, fmt.Errorf("make the search index anew: %w", err)
		}
		if err := db.FillDays(ctx, func(int, int) {}); err != nil {
			return nil, fmt.Errorf("keep the days by which cases count: %w", err)
		}
	}
	return db, nil
}

// handles opens the connections: one that writes, and a number that read.
func (db *DB) handles(writer, reader *sql.DB, opt Options) {
	db.writer = newHandle(db.engine, writer, true, 1, opt.Trace)
	db.reader = newHandle(db.engine, reader, false, max(8, 2*runtime.NumCPU()), opt.Trace)
}

// Close leaves statistics of what was written and closes every handle.
func (db *DB) Close() error {
	db.endCheck()
	if db.writer != nil && db.check.trusted() {
		db.bringToRest()
	}
	serving := db.lock != nil && db.writer != nil && db.check.trusted()
	err := db.closeHandles()
	if serving && err == nil {
		unmarkRunning(db.dir)
	}
	return err
}

// bringToRest leaves statistics and an empty log. Statistics are given a while, the log as long as it needs: half of it left in place is to the next start what a power
// cut leaves, and SQLite, whose work was broken off, leaves it when it closes.
func (db *DB) bringToRest() {
	ctx, cancel := context.WithTimeout(context.Background(), db.patience)
	defer cancel()
	if db.written.Load() > firstAnalysis {
		db.keepStatistics(ctx)
	}
	free, cancel := context.WithTimeout(context.Background(), closeWait)
	defer cancel()
	if c, err := db.writer.take(free); err == nil {
		db.engine.rest(context.Background(), c)
		db.writer.give(c)
	}
}

func (db *DB) closeHandles() error {
	db.endCheck()
	errs := []error{db.standby.close(), db.reader.Close(), db.writer.Close()}
	if db.lock != nil {
		errs = append(errs, db.lock.Close())
	}
	db.standby, db.reader, db.writer, db.lock = nil, nil, nil, nil // a second Close does nothing
	return errors.Join(errs...)
}

// Dir is the data directory.
func (db *DB) Dir() string { return db.dir }

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// size is the length of a file in bytes; 0 where there is none.
func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
