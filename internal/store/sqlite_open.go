package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite" // the driver named "sqlite": pure Go, so that one binary runs everywhere without cgo
)

const (
	fileName = "casebook.db"
	lockName = "casebook.lock"
	// applicationID marks our files ("CASE" in ASCII), so that another program's database is refused by name.
	applicationID = 0x43415345
	// SQLite before 3.51.3 can lose committed pages when a write races a checkpoint (the WAL-reset bug).
	minSQLite = "3.51.3"
)

func (db *DB) openSQLite(ctx context.Context, opt Options) (fresh bool, err error) {
	dir := db.dir
	path := filepath.Join(dir, fileName)
	if fresh, err = placeFor(dir, opt); err != nil {
		return fresh, err
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fresh, explain(dir, fmt.Errorf("无法建立数据目录 %s：%w", dir, err))
	}
	if opt.Exclusive {
		if err := probe(dir); err != nil {
			return fresh, err
		}
		if db.lock, err = registerLock(ctx, dir); err != nil {
			return fresh, err
		}
		if !fresh {
			for _, mark := range []string{restoring, copying} { // of one that ended but for this
				_ = os.RemoveAll(filepath.Join(dir, mark))
			}
		}
	}
	last := stopped // Only the server's start looks: a short command may run beside a server, whose log is there.
	if opt.Exclusive && !fresh {
		last = lastEnding(dir, size(path+"-wal") > 0)
	}
	writer, err := sql.Open("sqlite", writerDSN(path))
	if err != nil {
		return fresh, fmt.Errorf("open %s: %w", path, err)
	}
	writer.SetMaxOpenConns(1)
	defer func() {
		if err != nil {
			err = errors.Join(err, writer.Close())
		}
	}()
	if err := checkFile(ctx, writer, path, fresh, last); err != nil {
		return fresh, err
	}
	if err := db.migrateFile(ctx, writer, fresh, opt); err != nil {
		return fresh, err
	}
	if opt.Exclusive {
		if err := db.beginCheck(path, fresh, last); err != nil {
			return fresh, err
		}
	}
	reader, err := sql.Open("sqlite", readerDSN(path))
	if err != nil {
		return fresh, fmt.Errorf("open readers: %w", err)
	}
	db.handles(writer, reader, opt)
	return fresh, db.holdLog(ctx)
}

// placeFor judges a data directory by what stands in it; fresh is true where a new register may be made.
func placeFor(dir string, opt Options) (fresh bool, err error) {
	if _, err := os.Stat(filepath.Join(dir, fileName)); !errors.Is(err, fs.ErrNotExist) {
		return false, registerIn(dir)
	}
	switch mark := unfinishedIn(dir); {
	case mark != "":
		made := beingMade[mark]
		return true, fmt.Errorf("数据目录 %s 正在%s，或上次%[2]s中途停止了。请重新运行 %[3]s%[1]s", dir, made.act, made.again)
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

// writerPatience is how long a server's write waits for a command that writes beside it, as casebook import ledger does; less than a page may take, so that it can
// still say why.
const writerPatience = 25 * time.Second

func writerDSN(path string) string {
	return dsn(path, "busy_timeout("+strconv.Itoa(int(writerPatience/time.Millisecond))+")", "cache_size(-64000)", fmt.Sprintf("wal_autocheckpoint(%d)", logPages), analysisLimit)
}

// logPages is how long the log grows before a commit brings it to its place.
const logPages = 4000

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

func versionAtLeast(have, want string) bool {
	h, w := strings.Split(have, "."), strings.Split(want, ".")
	for i := range w {
		if i >= len(h) {
			return false
		}
		a, _ := strconv.Atoi(h[i])
		b, _ := strconv.Atoi(w[i])
		if a != b {
			return a > b
		}
	}
	return true
}

func (db *DB) migrateFile(ctx context.Context, setup *sql.DB, fresh bool, opt Options) error {
	p, err := migrationsOf("sqlite", goose.DialectSQLite3, setup, goose.WithGoMigrations(goMigrations...))
	if err != nil {
		return err
	}
	current, err := p.GetDBVersion(ctx)
	if err != nil {
		return atStart(filepath.Join(db.dir, fileName), err)
	}
	newest := newestOf(p)
	switch {
	case current > newest:
		return newerSchema("数据文件", current, newest)
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
	return upgrade(ctx, p, current, newest)
}

// copyBefore keeps a whole copy of the database beside it before its schema changes.
func (db *DB) copyBefore(ctx context.Context, setup *sql.DB, version int64, now time.Time) (string, error) {
	dir := filepath.Join(db.dir, "backups")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return "", err
	}
	path := filepath.Join(dir, fmt.Sprintf("before-upgrade-%d-%s.db", version, now.UTC().Format("20060102-150405")))
	err := copyPages(ctx, setup, path)
	if err == nil {
		err = syncDir(dir)
	}
	if err != nil {
		_ = os.Remove(path) // half a copy is none
		return "", err
	}
	return path, nil
}

// copiedAtOnce is how many pages are copied between two looks at whether the copy is still wanted.
const copiedAtOnce = 10_000

// copyPages copies the file of a database page by page in their order. VACUUM INTO goes through every table in its own: twice as long for 100,000 cases, eleven minutes for a
// million.
func copyPages(ctx context.Context, from *sql.DB, path string) error {
	c, err := from.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close() //nolint:errcheck // it goes back to the pool
	return c.Raw(func(driver any) error {
		copier, err := driver.(interface {
			NewBackup(uri string) (*sqlite.Backup, error)
		}).NewBackup(fileURI(path))
		if err != nil {
			return err
		}
		for more := true; more && err == nil; {
			if err = ctx.Err(); err == nil {
				more, err = copier.Step(copiedAtOnce)
			}
		}
		return errors.Join(err, copier.Finish())
	})
}
