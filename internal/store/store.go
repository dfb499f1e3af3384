package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver named "sqlite": pure Go, so that one binary runs everywhere without cgo
)

const (
	fileName = "casebook.db"
	lockName = "casebook.lock"
	// applicationID marks our files ("CASE" in ASCII), so that another program's database is refused by name.
	applicationID = 0x43415345
	// SQLite before 3.51.3 can lose committed pages when a write races a checkpoint (the WAL-reset bug).
	minSQLite = "3.51.3"
)

// DB is an open register: one writer connection, a pool of readers, and the folder with the attachments.
type DB struct {
	dir    string
	writer *handle // one connection: SQLite writes one at a time, and waiting here beats its busy polling
	reader *handle
	lock   *sql.DB // held by serve and restore only
	log    *slog.Logger

	written, analyseAt atomic.Int64 // rows written since it was opened, and at how many the statistics are looked at again

	check *check // of the whole file, behind a server that was stopped cleanly; nil where none runs
	ready readiness
}

// Options say how to open a register.
type Options struct {
	// Exclusive takes the register's lock, so that no second server or restore runs on the same folder.
	Exclusive bool
	// MustExist refuses to create a new register: for commands that only read.
	MustExist bool
	Logger    *slog.Logger
	Now       time.Time
	// Trace, where it is set, is told of every statement of a transaction before it runs.
	Trace func(query string)
}

// Open opens the register in dir, creates it on first start, and brings its schema up to date. It refuses, in Chinese and
// with what to do, a file that is empty, damaged, another program's, or of a newer casebook, and a folder that cannot be used.
func Open(ctx context.Context, dir string, opt Options) (_ *DB, err error) {
	if opt.Logger == nil {
		opt.Logger = slog.New(slog.DiscardHandler)
	}
	path := filepath.Join(dir, fileName)
	fresh, err := placeFor(dir, opt)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, explain(dir, fmt.Errorf("无法建立数据目录 %s：%w", dir, err))
	}
	db := &DB{dir: dir, log: opt.Logger}
	db.analyseAt.Store(firstAnalysis)
	defer func() {
		if err != nil {
			err = errors.Join(err, db.closeHandles())
			if inFolder(dir, err) == corrupt {
				err = atStart(path, err)
			}
			err = explain(dir, err)
		}
	}()
	if opt.Exclusive {
		if err := probe(dir); err != nil {
			return nil, err
		}
		if db.lock, err = registerLock(ctx, dir); err != nil {
			return nil, err
		}
		if !fresh {
			_ = os.RemoveAll(filepath.Join(dir, restoring)) // of a restore that ended but for this
		}
	}
	last := stopped // Only the server's start looks: a short command may run beside a server, whose log is there.
	if opt.Exclusive && !fresh {
		last = lastEnding(dir, size(path+"-wal") > 0)
	}
	setup, err := sql.Open("sqlite", writerDSN(path))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	setup.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, setup.Close()) }()
	if err := checkFile(ctx, setup, path, fresh, last); err != nil {
		return nil, err
	}
	if err := db.migrate(ctx, setup, fresh, opt); err != nil {
		return nil, err
	}
	if opt.Exclusive {
		if err := db.beginCheck(path, fresh, last); err != nil {
			return nil, err
		}
	}
	if db.writer, err = openHandle(writerDSN(path), "BEGIN IMMEDIATE", 1, opt.Trace); err != nil {
		return nil, fmt.Errorf("open writer: %w", err)
	}
	if db.reader, err = openHandle(readerDSN(path), "BEGIN", max(8, 2*runtime.NumCPU()), opt.Trace); err != nil {
		return nil, fmt.Errorf("open readers: %w", err)
	}
	if !opt.Exclusive || fresh { // a server does it behind its listener
		if err := db.Reindex(ctx, func(int, int) {}); err != nil {
			return nil, fmt.Errorf("make the search index anew: %w", err)
		}
	}
	return db, nil
}

// placeFor judges a data directory by what stands in it; fresh is true where a new register may be made.
func placeFor(dir string, opt Options) (fresh bool, err error) {
	if _, err := os.Stat(filepath.Join(dir, fileName)); !errors.Is(err, fs.ErrNotExist) {
		return false, registerIn(dir)
	}
	switch {
	case exists(filepath.Join(dir, restoring)):
		return true, fmt.Errorf("数据目录 %s 正在恢复，或上次恢复中途停止了。请重新运行 casebook restore 备份目录 --data %s", dir, dir)
	case opt.MustExist:
		return true, noRegister(dir)
	case exists(filepath.Join(dir, "attachments")):
		return true, fmt.Errorf("数据目录 %s 里有附件，却没有 %s：数据文件可能被移走，不会自动新建。请找回该文件；找不回的，把这个目录移到别处，再从备份恢复：casebook restore 备份目录 --data %s", dir, fileName, dir)
	}
	return true, nil
}

func noRegister(dir string) error {
	return fmt.Errorf("%s 里没有登记册；请用 --data 指定数据目录，或先运行 casebook serve", dir)
}

func emptyFile(path string) error {
	dir := filepath.Dir(path)
	return fmt.Errorf("数据文件 %s 是空的（0 字节），不会当作新登记册使用。请把目录 %s 移到别处，再从备份恢复：casebook restore 备份目录 --data %s；确要新建的，请先移走该文件", path, dir, dir)
}

func notOurs(path string, id int) error {
	return fmt.Errorf("%s 不是 casebook 的数据文件（标识 %#x）；请检查 --data 指定的目录", path, id)
}

// dsn: busy_timeout must come first (later pragmas may already meet a lock). FULL makes an acknowledged commit survive a power
// cut; in tests of simulated cuts NORMAL lost commits.
func dsn(path string, more ...string) string {
	pragmas := []string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "temp_store(2)", "journal_size_limit(67108864)"}
	return fileURI(path, url.Values{"_pragma": append(pragmas, more...)}.Encode())
}

func writerDSN(path string) string {
	return dsn(path, "cache_size(-64000)", "wal_autocheckpoint(4000)", analysisLimit)
}

// readerDSN: nothing is mapped into memory. Each connection's window counts as the process's memory once more (up to 2 GB for eight), and saves no CPU that could
// be measured once the connection's own cache is warm.
func readerDSN(path string) string { return dsn(path, "query_only(1)", "cache_size(-8000)") }

// lockFile holds an exclusive transaction on a file of its own: SQLite's locks work on every system and vanish with the process.
func lockFile(ctx context.Context, path string) (*sql.DB, error) {
	lock, err := sql.Open("sqlite", fileURI(path, "_pragma=busy_timeout(0)", "_pragma=journal_mode(DELETE)", "_pragma=locking_mode(EXCLUSIVE)"))
	if err != nil {
		return nil, err
	}
	lock.SetMaxOpenConns(1)
	if _, err := lock.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		_ = lock.Close()
		return nil, err
	}
	return lock, nil
}

// registerLock takes the lock of a register: one server or restore on a folder.
func registerLock(ctx context.Context, dir string) (*sql.DB, error) {
	lock, err := lockFile(ctx, filepath.Join(dir, lockName))
	if troubleOf(err) == busy {
		return nil, fmt.Errorf("数据目录 %s 正被另一个 casebook 使用，请先停止它（或用 --data 换一个目录）", dir)
	}
	return lock, explain(dir, err)
}

func checkFile(ctx context.Context, setup *sql.DB, path string, fresh bool, last ending) error {
	var version string
	if err := setup.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return atStart(path, err)
	}
	if !versionAtLeast(version, minSQLite) {
		return fmt.Errorf("内置的 SQLite %s 低于 %s，可能丢失已提交的数据，拒绝启动", version, minSQLite)
	}
	if fresh {
		if _, err := setup.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
			return explain(filepath.Dir(path), fmt.Errorf("无法写入数据文件 %s：%w", path, err))
		}
		return nil
	}
	var id int
	if err := setup.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return atStart(path, err)
	}
	if id != applicationID {
		return notOurs(path, id)
	}
	if err := firstPages(ctx, setup, path, last); err != nil {
		return atStart(path, err)
	}
	// A file that may not be written, or that another program holds, is found here and not by the first person who saves.
	if _, err := setup.ExecContext(ctx, fmt.Sprintf("BEGIN IMMEDIATE; PRAGMA application_id = %d; ROLLBACK", applicationID)); err != nil {
		return atStart(path, err)
	}
	return nil
}

func (db *DB) migrate(ctx context.Context, setup *sql.DB, fresh bool, opt Options) error {
	dir, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, setup, dir, goose.WithGoMigrations(goMigrations...))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	newest, err := newestSchema()
	if err != nil {
		return err
	}
	current, err := p.GetDBVersion(ctx)
	if err != nil {
		return atStart(filepath.Join(db.dir, fileName), err)
	}
	switch {
	case current > newest:
		return fmt.Errorf("数据文件由较新的 casebook 建立（结构第 %d 版，本程序只认到第 %d 版）；请换用新版程序，数据未作改动", current, newest)
	case current == newest:
		return nil
	}
	if !fresh && current > 0 {
		kept, err := db.copyBefore(ctx, setup, current, opt.Now)
		if err != nil {
			return fmt.Errorf("升级前备份失败，未作升级：%w", err)
		}
		opt.Logger.Info("kept a copy before the upgrade", "file", kept, "from", current, "to", newest)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("升级数据结构到第 %d 版失败，数据仍是第 %d 版：%w", newest, current, err)
	}
	return nil
}

// copyBefore keeps a whole copy of the database beside it before its schema changes.
func (db *DB) copyBefore(ctx context.Context, setup *sql.DB, version int64, now time.Time) (string, error) {
	dir := filepath.Join(db.dir, "backups")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return "", err
	}
	path := filepath.Join(dir, fmt.Sprintf("before-upgrade-%d-%s.db", version, now.UTC().Format("20060102-150405")))
	if _, err := setup.ExecContext(ctx, "VACUUM INTO $1", path); err != nil {
		return "", err
	}
	return path, nil
}

// Close leaves statistics of what was written, checkpoints the log and closes every handle.
func (db *DB) Close() error {
	db.check.stop()
	if db.writer != nil && db.check.trusted() {
		// Best effort: a checkpoint that fails leaves the log, which the next start reads.
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		if db.written.Load() > firstAnalysis {
			db.keepStatistics(ctx)
		}
		if c, err := db.writer.take(ctx); err == nil {
			_, _ = c.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
			db.writer.give(c)
		}
		cancel()
	}
	serving := db.lock != nil && db.writer != nil && db.check.trusted()
	err := db.closeHandles()
	if serving && err == nil {
		unmarkRunning(db.dir)
	}
	return err
}

func (db *DB) closeHandles() error {
	db.check.stop()
	errs := []error{db.reader.Close(), db.writer.Close()}
	if db.lock != nil {
		errs = append(errs, db.lock.Close())
	}
	db.reader, db.writer, db.lock = nil, nil, nil // a second Close does nothing
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
