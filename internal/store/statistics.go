package store

import (
	"context"
	"database/sql/driver"
	"fmt"
)

// The planner chooses among indexes by statistics that ANALYZE keeps in the database. Without them it takes an index of a kind for one of a case,
// and a list of fifty reads every such row of the register. This file keeps them: made when a server opens a register that lacks them, and
// again as writes add up, a bulk load's as those of a year of work; so an import needs no call of its own.

// analysisLimit bounds how many rows of an index ANALYZE reads: statistics of 1,000 choose as those of a million do, and take no time that
// could be measured with 100,000 cases.
const analysisLimit = "analysis_limit(1000)"

// firstAnalysis is after how many written rows statistics are looked at for the first time; from then on each time as many rows as before are
// written again. A register smaller than that is read whole sooner than a plan is chosen.
const firstAnalysis = 2000

// wrote counts rows that a transaction wrote, and keeps the statistics once they have added up. They are no part of any write: what fails here is told to
// the log, and the next round tries again.
func (db *DB) wrote(ctx context.Context, rows int64) {
	total, due := db.written.Add(rows), db.analyseAt.Load()
	if total < due || !db.analyseAt.CompareAndSwap(due, max(firstAnalysis, 2*total)) {
		return
	}
	db.keepStatistics(context.WithoutCancel(ctx))
}

func (db *DB) keepStatistics(ctx context.Context) {
	n, err := db.analyse(ctx)
	switch {
	case err != nil:
		db.log.Warn("statistics for the planner were not kept", "err", err)
	case n > 0:
		db.log.Info("kept statistics for the planner", "tables", n)
	}
}

// analyse brings the statistics of stale tables up to date and returns how many there were.
func (db *DB) analyse(ctx context.Context) (tables int, err error) {
	c, err := db.writer.take(ctx)
	if err != nil {
		return 0, err
	}
	defer db.writer.give(c)
	todo, err := db.engine.staleStatistics(ctx, c)
	if err != nil {
		return 0, fmt.Errorf("ask for stale statistics: %w", err)
	}
	for _, statement := range todo {
		if _, err := c.ExecContext(ctx, statement); err != nil {
			return 0, fmt.Errorf("%s: %w", statement, err)
		}
	}
	if len(todo) > 0 {
		db.reader.renew()
	}
	return len(todo), nil
}

// renew has connections that were opened before it replaced as they are taken: a connection reads statistics when it opens, and statements
// that it keeps stay planned as they were.
func (h *handle) renew() { h.age.Add(1) }

// outdated closes a connection that is older than the last renewal.
func (h *handle) outdated(c *conn) bool {
	if c.age == h.age.Load() {
		return false
	}
	c.behind.stop()
	for _, s := range c.stmts {
		_ = s.Close() // only its memory
	}
	_ = c.Raw(func(any) error { return driver.ErrBadConn }) // or the pool would hand it out again
	return true
}
