package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Upkeep is what a server does behind its listener once writes need not wait: the planner's statistics, the search index in one, facts that are
// not added up yet, files that nobody names. What fails is told to the log, and the next start tries again.
func (db *DB) Upkeep(ctx context.Context) {
	db.keepStatistics(ctx)
	db.mergeTerms(ctx)
	if err := db.FoldFacts(ctx); err != nil {
		db.log.Error("add up statistics", "err", err)
	}
	if err := db.sweepFiles(ctx); err != nil {
		db.log.Error("sweep the attachments", "err", err)
	}
	if err := db.sweepUploads(); err != nil {
		db.log.Error("sweep the uploads", "err", err)
	}
}

// MergeTerms joins what the search index keeps of each write apart, a step at a time between which others write.
func (db *DB) MergeTerms(ctx context.Context) error { return db.joinTerms(ctx, db.engine.mergeTerms) }

func (db *DB) joinTerms(ctx context.Context, join func(ctx context.Context, c *conn, entity string, begin bool) (more bool, err error)) error {
	for _, entity := range slices.Sorted(maps.Keys(searchTables)) {
		step := func(begin bool) (more bool, err error) {
			c, err := db.writer.take(ctx)
			if err != nil {
				return false, err
			}
			defer db.writer.give(c)
			return join(ctx, c, entity, begin)
		}
		for more, begin := true, true; more; begin = false {
			var err error
			if more, err = step(begin); err != nil {
				return fmt.Errorf("merge the search index of %s: %w", entity, err)
			}
		}
	}
	return nil
}

// gatherEvery is how soon after a write the small parts of the search index are looked at.
const gatherEvery = time.Second

// GatherTerms joins the small parts of the search index as writes make them, until ctx ends; only while writable says so. What a kill leaves half done the
// next step goes on with.
func (db *DB) GatherTerms(ctx context.Context, writable func() bool) {
	tick := time.NewTicker(gatherEvery)
	defer tick.Stop()
	for done := int64(-1); ; { // what the last server left is looked at too
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if now := db.written.Load(); now != done && writable() {
			done = now
			db.tellTerms(ctx, db.joinTerms(ctx, db.engine.gatherTerms))
		}
	}
}

// ForLoad prepares the writer for a load that nobody shares: changes of many batches to one page meet in the log before it is written to its place. More of the
// file in memory saved little: the library takes 8 kB for a page of 4.
func (db *DB) ForLoad(ctx context.Context) error {
	c, err := db.writer.take(ctx)
	if err != nil {
		return err
	}
	defer db.writer.give(c)
	return db.engine.forLoad(ctx, c)
}

// mergeTerms is no part of any write: what fails is told to the log, and the next rest tries again.
func (db *DB) mergeTerms(ctx context.Context) { db.tellTerms(ctx, db.MergeTerms(ctx)) }

func (db *DB) tellTerms(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		db.log.Warn("the search index was not merged", "err", err)
	}
}

// Rest is what a server does that nobody asks anything for a while: the search index is joined, if writable, and the memory of the page caches of connections
// given back.
func (db *DB) Rest(ctx context.Context, writable bool) {
	if writable {
		db.mergeTerms(ctx)
	}
	db.writer.shrink(ctx)
	db.reader.shrink(ctx)
}

func (h *handle) shrink(ctx context.Context) {
	var resting []*conn
	for range cap(h.free) {
		select {
		case c := <-h.free:
			resting = append(resting, c)
		default:
		}
	}
	for _, c := range resting {
		if c != nil {
			h.engine.shrink(ctx, c)
		}
		h.give(c)
	}
}
