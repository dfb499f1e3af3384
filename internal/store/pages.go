package store

import (
	"context"

	"modernc.org/sqlite"
)

// PagesRead is how many pages of the file the readers that are at rest have looked at since they opened, in memory or not: what a measurement takes
// before and after. It is SQLite's; another engine tells what it read in its own way.
func (db *DB) PagesRead(context.Context) (n int, err error) {
	var taken []*conn
	defer func() {
		for _, c := range taken {
			db.reader.give(c)
		}
	}()
	for range cap(db.reader.free) {
		select {
		case c := <-db.reader.free:
			taken = append(taken, c)
			if c == nil {
				continue
			}
			pages, err := c.pagesRead()
			if err != nil {
				return 0, err
			}
			n += pages
		default:
			return n, nil
		}
	}
	return n, nil
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
