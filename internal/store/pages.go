package store

import (
	"context"
	"fmt"

	"modernc.org/sqlite"
)

// PagesOf is how many pages of the file (4 kB) the reads of fn look at, in memory or not: how far they go through rows. For a measurement: fn has one
// reader, whose map of the file is shut meanwhile, since SQLite counts no mapped page. It is SQLite's; another engine tells what it read in its own way.
func (db *DB) PagesOf(ctx context.Context, fn func()) (n int, err error) {
	var held []*conn
	defer func() {
		for _, c := range held {
			db.reader.give(c)
		}
	}()
	for range cap(db.reader.free) - 1 {
		held = append(held, <-db.reader.free)
	}
	c, err := db.reader.take(ctx)
	if err != nil {
		return 0, err
	}
	var mapped int64
	if err := c.QueryRowContext(ctx, "PRAGMA mmap_size").Scan(&mapped); err != nil {
		db.reader.discard(c)
		return 0, err
	}
	shut := func(size int64) error {
		_, err := c.ExecContext(ctx, fmt.Sprintf("PRAGMA mmap_size=%d", size))
		return err
	}
	err = shut(0)
	before, err1 := c.pagesRead()
	db.reader.give(c)
	if err != nil || err1 != nil {
		return 0, fmt.Errorf("count pages: %w, %w", err, err1)
	}
	fn()
	c, err = db.reader.take(ctx)
	if err != nil {
		return 0, err
	}
	after, err := c.pagesRead()
	if err == nil {
		err = shut(mapped)
	}
	db.reader.give(c)
	return after - before, err
}

func (c *conn) pagesRead() (n int, err error) {
	err = c.Raw(func(driver any) error {
		for _, op := range []sqlite.DBStatusOp{sqlite.DBStatusCacheHit, sqlite.DBStatusCacheMiss} {
			v, _, err := driver.(sqlite.DBStatus).Status(op, false)
			if err != nil {
				return err
			}
			n += v
		}
		return nil
	})
	return n, err
}
