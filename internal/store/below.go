package store

import (
	"fmt"
	"io/fs"
	"syscall"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// below is a connection to a database file below the driver, which one goroutine uses: it only reads.
type below struct {
	tls   *libc.TLS
	place uintptr // eight bytes that the library writes to
	db    uintptr
}

func openBelow(path string) (*below, error) {
	b := &below{tls: libc.NewTLS()}
	name, err := libc.CString(fileURI(path, "mode=ro"))
	if err != nil {
		b.close()
		return nil, err
	}
	defer libc.Xfree(b.tls, name)
	if b.place = libc.Xcalloc(b.tls, 1, 8); b.place == 0 {
		b.close()
		return nil, syscall.ENOMEM
	}
	rc := sqlite3.Xsqlite3_open_v2(b.tls, name, b.place, sqlite3.SQLITE_OPEN_READONLY|sqlite3.SQLITE_OPEN_URI|sqlite3.SQLITE_OPEN_NOMUTEX, 0)
	if b.db = libc.AtomicLoadPUintptr(b.place); rc != sqlite3.SQLITE_OK {
		err := b.failed(rc)
		b.close()
		return nil, err
	}
	sqlite3.Xsqlite3_busy_timeout(b.tls, b.db, 10_000)
	return b, nil
}

func (b *below) close() {
	sqlite3.Xsqlite3_close_v2(b.tls, b.db)
	libc.Xfree(b.tls, b.place)
	b.tls.Close()
}

// prepare prepares a statement, which the caller finalizes.
func (b *below) prepare(query string) (statement uintptr, err error) {
	text, err := libc.CString(query)
	if err != nil {
		return 0, err
	}
	defer libc.Xfree(b.tls, text)
	if rc := sqlite3.Xsqlite3_prepare_v2(b.tls, b.db, text, -1, b.place, 0); rc != sqlite3.SQLITE_OK {
		return 0, b.failed(rc)
	}
	return libc.AtomicLoadPUintptr(b.place), nil
}

// each calls do for every row of a query.
func (b *below) each(do func(r belowRow) error, query string) error {
	statement, err := b.prepare(query)
	if err != nil || statement == 0 { // 0: it was done as it was read
		return err
	}
	defer sqlite3.Xsqlite3_finalize(b.tls, statement)
	for {
		switch rc := sqlite3.Xsqlite3_step(b.tls, statement); rc {
		case sqlite3.SQLITE_ROW:
			if err := do(belowRow{b.tls, statement}); err != nil {
				return err
			}
		case sqlite3.SQLITE_DONE:
			return nil
		default:
			return b.failed(rc)
		}
	}
}

// belowRow is the row that a statement stands on.
type belowRow struct {
	tls       *libc.TLS
	statement uintptr
}

// value is a column's, until the next row: asked for once, it is cheaper than asking the row for each thing about it.
func (r belowRow) value(i int) belowValue {
	return belowValue{r.tls, sqlite3.Xsqlite3_column_value(r.tls, r.statement, int32(i))}
}

func (r belowRow) int(i int) int64   { return r.value(i).int() }
func (r belowRow) text(i int) string { return string(r.value(i).bytes()) }

type belowValue struct {
	tls   *libc.TLS
	value uintptr
}

func (v belowValue) kind() int32    { return sqlite3.Xsqlite3_value_type(v.tls, v.value) }
func (v belowValue) int() int64     { return sqlite3.Xsqlite3_value_int64(v.tls, v.value) }
func (v belowValue) float() float64 { return sqlite3.Xsqlite3_value_double(v.tls, v.value) }

// bytes are those of a text or a blob, where they lie.
func (v belowValue) bytes() []byte {
	p := sqlite3.Xsqlite3_value_blob(v.tls, v.value)
	n := sqlite3.Xsqlite3_value_bytes(v.tls, v.value)
	if p == 0 || n == 0 {
		return nil
	}
	return libc.GoBytes(p, int(n))
}

// failed is why something could not go on. What is not the file's own damage is told by the system's error that it most likely was.
func (b *below) failed(rc int32) error {
	words := libc.GoString(sqlite3.Xsqlite3_errmsg(b.tls, b.db))
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
