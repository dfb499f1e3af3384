package store

import "context"

// Upkeep is what a server does behind its listener once writes need not wait: the planner's statistics, files that nobody names. What fails is told to the
// log, and the next start tries again.
func (db *DB) Upkeep(ctx context.Context) {
	db.keepStatistics(ctx)
	if err := db.sweepFiles(ctx, db.log); err != nil {
		db.log.Error("sweep the attachments", "err", err)
	}
}
