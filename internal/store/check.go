package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"casebook/internal/registry"
)

const (
	// pageCheckAtStart is how long a start waits for the check of the file's pages: a file of some tens of MB is refused at once where it is damaged. The
	// rest of a larger one is checked behind the server.
	pageCheckAtStart = 300 * time.Millisecond
	// checkTick is how often a check looks up from its work, and checkPause how long it then leaves the processor to requests where nobody waits for
	// it: together about a fifth of one core.
	checkTick  = 20 * time.Millisecond
	checkPause = 60 * time.Millisecond
	// checkLog is the length of SQLite's log at which a check hurries: the log cannot begin anew while the check reads.
	checkLog = 256 << 20
	// writeWait is how long a write waits for a check that it needs before it is told to come back.
	writeWait = 3 * time.Second
	// readings is how often a check reads a page: once as part of a tree, and, the rows' pages, once for what the rows hold. About twice, measured.
	readings = 2
)

// check is the check of the file's pages behind a running server.
type check struct {
	path   string
	holds  bool // writes wait for it
	pages  int64
	cancel context.CancelFunc
	ended  chan struct{} // closed when it is through, stopped or not
	read   atomic.Int64  // pages so far
	worked atomic.Int64  // nanoseconds so far
	hurry  atomic.Bool
	sound  atomic.Bool // all pages were read, and nothing was found
	damage atomic.Pointer[error]
}

// startCheck asks whether the file's pages still are a database: a disk can damage a file that nobody has open. What is found within pageCheckAtStart is
// returned; what is found later stops the writing. through is called once at the end, unless it was stopped before.
func startCheck(path string, holds bool, log *slog.Logger, through func(found error)) (*check, error) {
	ctx, cancel := context.WithCancel(context.Background())
	c := &check{path: path, holds: holds, pages: max(1, size(path)/4096), cancel: cancel, ended: make(chan struct{})}
	c.hurry.Store(true)
	go func() {
		defer close(c.ended)
		err := c.run(ctx)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			err = atStart(path, err)
			c.damage.Store(&err)
			through(err)
		default:
			c.sound.Store(true)
			through(nil)
		}
	}()
	select {
	case <-c.ended:
		if err := c.found(); err != nil {
			return nil, err
		}
		return c, nil
	case <-time.After(pageCheckAtStart):
	}
	c.hurry.Store(holds)
	log.Info("the file is large: its pages are checked while the server runs", "pages", c.pages, "writes_wait", holds)
	go func() {
		<-c.ended
		if err := c.found(); err != nil {
			log.Error("writing has ended", "err", err)
		} else if ctx.Err() == nil {
			log.Info("the pages of the file are sound", "took", c.took().Round(time.Millisecond))
		}
	}()
	return c, nil
}

func (c *check) run(ctx context.Context) error {
	tick := time.NewTicker(checkTick)
	defer tick.Stop()
	var began time.Time
	finding, err := quickCheck(c.path, func(read func() int64) bool {
		select {
		case <-ctx.Done():
			return false
		case now := <-tick.C:
			if began.IsZero() {
				began = now
			}
			c.read.Store(read())
			c.worked.Store(int64(now.Sub(began)))
		default:
			return true
		}
		if c.hurry.Load() || size(c.path+"-wal") > checkLog {
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(checkPause):
		}
		select { // the tick that went by in the pause
		case <-tick.C:
		default:
		}
		return true
	})
	if err == nil && finding != "" {
		err = fmt.Errorf("结构检查：%s", finding)
	}
	return err
}

func (c *check) took() time.Duration { return time.Duration(c.worked.Load()) }

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

// through reports whether the check has ended, or there was none.
func (c *check) through() bool {
	if c == nil {
		return true
	}
	select {
	case <-c.ended:
		return true
	default:
		return false
	}
}

// admit lets a write pass, once the check that it needs is through: what is written into a damaged file may be lost with it. It waits for that, but not
// for long.
func (c *check) admit(ctx context.Context, wait time.Duration) error {
	if c != nil && c.holds && !c.through() {
		ctx, cancel := context.WithTimeout(ctx, wait)
		defer cancel()
		select {
		case <-c.ended:
		case <-ctx.Done():
		}
	}
	if err := c.found(); err != nil {
		return fmt.Errorf("%w（%w）", errAway, err)
	}
	if c != nil && c.holds && !c.sound.Load() {
		return c.busy()
	}
	return nil
}

// progress is how far the check is, in percent, and how long it will still take; left is 0 where nobody knows yet.
func (c *check) progress() (percent int, left time.Duration) {
	share := min(0.99, float64(c.read.Load())/float64(c.pages*readings))
	if share > 0.02 {
		left = time.Duration(float64(c.took()) * (1 - share) / share)
	}
	return int(share * 100), left
}

// busy tells who wants to write how far the check is.
func (c *check) busy() error {
	percent, left := c.progress()
	e := &registry.Error{Kind: registry.KindUnavailable, RetryAfter: max(5*time.Second, left.Round(time.Second))}
	when := "请稍后再保存"
	if left > 0 {
		when = fmt.Sprintf("约 %d 秒后可以保存", max(1, int(left.Seconds()+0.5)))
	}
	e.Message = fmt.Sprintf("上次未正常停止，正在检查数据文件（%d %%），%s；已填内容不会丢失，查看不受影响。", percent, when)
	return e
}

// stop ends the check and waits for it.
func (c *check) stop() {
	if c != nil {
		c.cancel()
		<-c.ended
	}
}

// Checking is what the register says of the check of its file behind a running server.
type Checking struct {
	Running     bool
	WritesWait  bool
	Percent     int
	SecondsLeft int   // 0 where nobody knows yet
	Damage      error // writing has ended
}

// Checking tells how far the check of the file is.
func (db *DB) Checking() Checking {
	c := db.check
	if c == nil {
		return Checking{}
	}
	x := Checking{Running: !c.through(), Damage: c.found()}
	if x.Running {
		percent, left := c.progress()
		x.WritesWait, x.Percent = c.holds, percent
		if left > 0 {
			x.SecondsLeft = max(1, int(left.Seconds()+0.5))
		}
	}
	return x
}

// Writable waits until writes need not wait for a check of the file any more: for what writes by itself behind a server.
func (db *DB) Writable(ctx context.Context) error {
	c := db.check
	if c != nil && c.holds {
		select {
		case <-c.ended:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return errors.Join(ctx.Err(), c.found())
}

// trusted reports whether the file may be taken for sound: nothing was found, and a check that writes wait for is through.
func (c *check) trusted() bool {
	return c == nil || c.found() == nil && (!c.holds || c.sound.Load())
}

// beginCheck marks the folder as in use and starts the check of the file. After an end of the machine the mark tells that nothing was checked yet: it stays
// for the next start until all was; so it does where damage was found.
func (db *DB) beginCheck(path string, fresh bool, last ending) (err error) {
	if err := markRunning(db.dir, last != cut); err != nil || fresh {
		return err
	}
	db.check, err = startCheck(path, last == cut, db.log, func(found error) {
		if found == nil && last != cut {
			return
		}
		if err := markRunning(db.dir, found == nil); err != nil {
			db.log.Error("say whether the pages are sound", "err", err) // the next start checks again
		}
	})
	return err
}

// holdLog keeps commits from bringing the log to its place while the check reads: they cannot, and each would look through all of it to find that out, two
// milliseconds a commit at 100,000 cases. When the check has ended, the log is brought to its place beside the writer.
func (db *DB) holdLog(ctx context.Context) error {
	if db.check.through() {
		return nil
	}
	if err := db.writer.tell(ctx, "PRAGMA wal_autocheckpoint = 0"); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	held := &heldLog{cancel: cancel, released: make(chan struct{})}
	db.held = held
	go func() {
		defer close(held.released)
		<-db.check.ended
		err := db.reader.tell(ctx, "PRAGMA wal_checkpoint(PASSIVE)")
		err = errors.Join(err, db.writer.tell(ctx, fmt.Sprintf("PRAGMA wal_autocheckpoint = %d", logPages)))
		if err != nil && ctx.Err() == nil {
			db.log.Error("the log was not brought to its place after the check", "err", err)
		}
	}()
	return nil
}

// heldLog is the log while a check reads. Closing does not wait for a request that writes for long, only for what has begun.
type heldLog struct {
	cancel   func()
	released chan struct{}
}

// endCheck stops the check, and waits for what follows it.
func (db *DB) endCheck() {
	db.check.stop()
	if db.held != nil {
		db.held.cancel()
		<-db.held.released
	}
}

// tell runs a statement outside a transaction. Waiting for a connection can be given up; the statement is not broken off.
func (h *handle) tell(ctx context.Context, statement string) error {
	c, err := h.take(ctx)
	if err != nil {
		return err
	}
	defer h.give(c)
	_, err = c.ExecContext(context.WithoutCancel(ctx), statement)
	return err
}

// firstPages is the check that a start waits for: the schema, the first pages of every table, and whether the file is as long as it says. Where the schema
// is about to be changed after an end of the machine, every page is checked first.
func firstPages(ctx context.Context, setup *sql.DB, path string, last ending) error {
	var pages, pageSize int64
	if err := setup.QueryRowContext(ctx, "SELECT page_count, page_size FROM pragma_page_count, pragma_page_size").Scan(&pages, &pageSize); err != nil {
		return err
	}
	if have := size(path); size(path+"-wal") == 0 && have < pages*pageSize {
		return fmt.Errorf("文件应有 %d 字节，实际只有 %d 字节", pages*pageSize, have)
	}
	tables, err := tableNames(ctx, setup)
	if err != nil {
		return err
	}
	for _, name := range tables {
		var n int
		if err := setup.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM "`+name+`" LIMIT 1)`).Scan(&n); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if last != cut {
		return nil
	}
	newest, err := newestSchema()
	if err != nil {
		return err
	}
	var schema int64
	if err := setup.QueryRowContext(ctx, "SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&schema); err != nil {
		return err
	}
	if schema == newest {
		return nil
	}
	finding, err := quickCheck(path, func(func() int64) bool { return ctx.Err() == nil })
	if err == nil && finding != "" {
		err = fmt.Errorf("结构检查：%s", finding)
	}
	return errors.Join(ctx.Err(), err)
}

// tableNames are the tables that hold rows of their own, in the order in which they were made.
func tableNames(ctx context.Context, db *sql.DB) (names []string, err error) {
	rows, err := db.QueryContext(ctx, "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY rootpage")
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}
