package store

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"syscall"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// The check of the file's pages is SQLite's own quick_check. It is run on a connection below the driver, since only there it can be asked how far
// it is, slowed down beside requests, and stopped at once: the driver keeps the connection's progress handler for itself.

// checkStep is after how many steps of the check (pages of a tree, then instructions that read rows) it is asked whether to go on.
const checkStep = 50

// stepping are the checks that run, by the handle that the progress handler is given.
var stepping sync.Map // uintptr → func(read func() int64) bool

func stepped(tls *libc.TLS, db uintptr) int32 {
	step, ok := stepping.Load(db)
	if !ok || !step.(func(func() int64) bool)(func() int64 { return cacheMisses(tls, db) }) {
		return 1
	}
	return 0
}

// cacheMisses is how many pages a connection has read from the file.
func cacheMisses(tls *libc.TLS, db uintptr) int64 {
	p := libc.Xmalloc(tls, 8)
	if p == 0 {
		return 0
	}
	defer libc.Xfree(tls, p)
	if sqlite3.Xsqlite3_db_status(tls, db, sqlite3.SQLITE_DBSTATUS_CACHE_MISS, p, p+4, 0) != sqlite3.SQLITE_OK {
		return 0
	}
	return int64(libc.AtomicLoadPInt32(p))
}

// quickCheck checks the structure of the database at path and returns what it finds first; empty: sound. step is called every few pages and may
// ask how many were read; where it returns false, the check ends at once with an error.
func quickCheck(path string, step func(read func() int64) bool) (finding string, err error) {
	tls := libc.NewTLS()
	defer tls.Close()
	name, err := libc.CString(fileURI(path, "mode=ro"))
	if err != nil {
		return "", err
	}
	defer libc.Xfree(tls, name)
	query, err := libc.CString("PRAGMA quick_check(1)")
	if err != nil {
		return "", err
	}
	defer libc.Xfree(tls, query)
	place := libc.Xcalloc(tls, 1, 8)
	if place == 0 {
		return "", syscall.ENOMEM
	}
	defer libc.Xfree(tls, place)
	rc := sqlite3.Xsqlite3_open_v2(tls, name, place, sqlite3.SQLITE_OPEN_READONLY|sqlite3.SQLITE_OPEN_URI, 0)
	db := libc.AtomicLoadPUintptr(place)
	defer sqlite3.Xsqlite3_close_v2(tls, db)
	if rc != sqlite3.SQLITE_OK {
		return "", checkFailed(tls, db, rc)
	}
	sqlite3.Xsqlite3_busy_timeout(tls, db, 10_000)
	stepping.Store(db, step)
	defer stepping.Delete(db)
	handler := stepped
	sqlite3.Xsqlite3_progress_handler(tls, db, checkStep, *(*uintptr)(unsafe.Pointer(&handler)), db) //nolint:gosec // how the library takes a function
	if rc = sqlite3.Xsqlite3_prepare_v2(tls, db, query, -1, place, 0); rc != sqlite3.SQLITE_OK {
		return "", checkFailed(tls, db, rc)
	}
	statement := libc.AtomicLoadPUintptr(place)
	defer sqlite3.Xsqlite3_finalize(tls, statement)
	if rc = sqlite3.Xsqlite3_step(tls, statement); rc != sqlite3.SQLITE_ROW {
		return "", checkFailed(tls, db, rc)
	}
	finding = strings.Join(strings.Fields(libc.GoString(sqlite3.Xsqlite3_column_text(tls, statement, 0))), " ")
	if finding == "ok" {
		return "", nil
	}
	return finding, nil
}

// checkFailed is why a check could not go on. What is not the file's own damage is told by the system's error that it most likely was.
func checkFailed(tls *libc.TLS, db uintptr, rc int32) error {
	words := libc.GoString(sqlite3.Xsqlite3_errmsg(tls, db))
	switch rc & 0xff {
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_PROTOCOL:
		return fmt.Errorf("%s (%d): %w", words, rc, syscall.EIO)
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY:
		return fmt.Errorf("%s (%d): %w", words, rc, fs.ErrPermission)
	case sqlite3.SQLITE_NOMEM:
		return fmt.Errorf("%s (%d): %w", words, rc, syscall.ENOMEM)
	}
	return fmt.Errorf("%s (%d)", words, rc)
}
