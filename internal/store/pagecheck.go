package store

import (
	"strings"
	"sync"
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
	b, err := openBelow(path)
	if err != nil {
		return "", err
	}
	defer b.close()
	stepping.Store(b.db, step)
	defer stepping.Delete(b.db)
	handler := stepped
	sqlite3.Xsqlite3_progress_handler(b.tls, b.db, checkStep, *(*uintptr)(unsafe.Pointer(&handler)), b.db) //nolint:gosec // how the library takes a function
	err = b.each(func(r belowRow) error {
		finding = strings.Join(strings.Fields(r.text(0)), " ")
		return nil
	}, "PRAGMA quick_check(1)")
	if finding == "ok" {
		finding = ""
	}
	return finding, err
}
