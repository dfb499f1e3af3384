package store

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"casebook/internal/registry"
)

// trouble is what ails a folder or a database, whoever reports it: the system, SQLite, which often knows less, or PostgreSQL.
type trouble int

const (
	unclear  trouble = iota
	diskFull         // no space, or no quota
	readOnly         // the file system takes no writes
	denied           // not this user
	busy             // another process holds a lock
	failing          // the disk or file system reports errors
	corrupt          // what was read is no sound database
	vague            // SQLite could not open or write, and does not say why: the folder is asked
	away             // the database server does not answer, or dropped the connection
	refused          // it does not let this user in
	missing          // it has no such database
	crowded          // it has no connection left
)

// troubleOf classifies an error.
func troubleOf(err error) trouble {
	var no syscall.Errno
	switch {
	case errors.As(err, &no) && runtime.GOOS == "windows" && (no == 39 || no == 112): // ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
		return diskFull
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return diskFull
	case errors.Is(err, syscall.EROFS):
		return readOnly
	case errors.Is(err, fs.ErrPermission):
		return denied
	case errors.Is(err, syscall.EIO), errors.Is(err, syscall.EFBIG):
		return failing
	}
	return cmp.Or(inSQLite{}.trouble(err), inPostgres{}.trouble(err))
}

const probeName = "casebook.probe"

// probe writes a small file into a folder, to disk, and takes it away: what the system says of it is the folder's trouble.
func probe(dir string) (err error) {
	path := filepath.Join(dir, probeName)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600) //nolint:gosec // in the data directory
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, 64<<10))
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if gone := os.Remove(path); err == nil && !errors.Is(gone, fs.ErrNotExist) {
		err = gone
	}
	return err
}

// diagnosis is an error in an administrator's words, with its remedy.
type diagnosis struct {
	words string
	err   error
}

func (d *diagnosis) Error() string { // one line, also of a driver that writes several
	return d.words + "（" + strings.Join(strings.Fields(d.err.Error()), " ") + "）"
}
func (d *diagnosis) Unwrap() error { return d.err }

// remedies are the words for each trouble of a folder.
var remedies = map[trouble]string{
	diskFull: "目录 %s 所在的磁盘已满（或超出配额）。请清理磁盘或扩容后重试；已登记的数据没有损坏",
	readOnly: "目录 %s 所在的文件系统是只读的：以只读方式挂载，或磁盘出错后被系统改为只读。请检查磁盘，以可写方式重新挂载，或换一个目录",
	denied:   "没有权限读写目录 %s 或其中的文件。请让运行 casebook 的用户对该目录和其中全部文件有读写权限（所有者、权限、只读属性），或换用有权限的用户运行",
	busy:     "目录 %s 里的数据文件正被另一个程序锁住。请关闭打开它的其他程序（数据库工具、同步或备份软件）后重试",
	failing:  "读写目录 %s 时磁盘或文件系统出错。请检查磁盘和系统日志；尽快用 casebook backup 备份到另一块磁盘，或从备份恢复",
}

// explain puts the trouble of a folder into words; an error that is explained already, or that has no such cause, stays as it is.
func explain(dir string, err error) error {
	var d *diagnosis
	if err == nil || errors.As(err, &d) {
		return err
	}
	words, known := remedies[inFolder(dir, err)]
	if !known {
		return err
	}
	return &diagnosis{fmt.Sprintf(words, dir), err}
}

// Explain puts the trouble of a folder into words, for who writes a file there.
func Explain(dir string, err error) error { return explain(dir, err) }

// explain puts the trouble of a register into words, wherever it lies.
func (db *DB) explain(err error) error { return db.engine.explain(db, err) }

// unavailable tells a request what a failing disk or a lock means for it; other errors pass through. The cause goes to the log.
func (db *DB) unavailable(err error) error {
	var known *registry.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	words := errAway
	switch inFolder(db.dir, err) {
	case unclear:
		return err
	case diskFull:
		words = errFull
	case busy:
		words = errBusy
	case away, refused, crowded:
		words = errGone
	}
	return fmt.Errorf("%w（%w）", words, err)
}

// What people who register are told; what an administrator can do stands in the log and in the words at start.
var (
	errFull = &registry.Error{Kind: registry.KindFull, Message: "磁盘已满，没有写入任何内容。请通知管理员清理磁盘后重试。"}
	errBusy = &registry.Error{Kind: registry.KindUnavailable, Message: "数据库正被另一项操作占用，没有写入任何内容。请稍后重试。"}
	// errTurn: a request waits for its turn as long as its route gives it.
	errTurn = &registry.Error{Kind: registry.KindUnavailable, RetryAfter: 30 * time.Second, Message: "登记册正在做一次大的写入（导入或撤销台账），没有轮到，没有写入任何内容。已填的请留在页面上，过一两分钟再试；进度在“后台导入”。"}
	errGone = &registry.Error{Kind: registry.KindUnavailable, Message: "连不上数据库服务器，没有写入任何内容。请稍后重试；一直连不上的，请通知管理员。"}
	errAway = &registry.Error{Kind: registry.KindUnavailable, Message: "数据库或磁盘现在不能使用，没有写入任何内容。请通知管理员检查磁盘，稍后重试。"}
	// errUnknown: who repeats a creation with the same client_uid finds the record that it made, or makes it; a repeated edit meets its own version.
	errUnknown = &registry.Error{Kind: registry.KindUnavailable, Message: "与数据库服务器的连接在提交时中断：这次操作可能已经写入，也可能没有。请原样再提交一次，已写入的不会重复登记；或先刷新页面查看。"}
)
