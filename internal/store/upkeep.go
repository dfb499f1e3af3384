package store

import "context"

// Upkeep is what a server does behind its listener once writes need not wait: the planner's statistics, what facts are not added up yet, files that nobody names. What fails is told to the
// log, and the next start tries again.
func (db *DB) Upkeep(ctx context.Context) {
	db.keepStatistics(ctx)
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

// Shrink gives back the memory of the page caches of connections that are at rest: for a server that nobody asks anything for a while.
func (db *DB) Shrink(ctx context.Context) {
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
