package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

var uniqueColumn = regexp.MustCompile(`UNIQUE constraint failed: (?:index ')?([\w.]+)`)

func (inSQLite) translate(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		if m := uniqueColumn.FindStringSubmatch(e.Error()); m != nil {
			return errTaken(m[1])
		}
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return errReference
	}
	return err
}

func (inSQLite) trouble(err error) trouble {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return unclear
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return diskFull
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL:
		return busy
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return corrupt
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR:
		return vague
	}
	return unclear
}

// inFolder is troubleOf, with the folder asked where SQLite does not say.
func inFolder(dir string, err error) trouble {
	t := troubleOf(err)
	if t != vague {
		return t
	}
	if t := troubleOf(probe(dir)); t != unclear {
		return t
	}
	var e *sqlite.Error
	if errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_IOERR {
		return failing
	}
	return denied // the folder takes files and the database is refused: the file's own mode
}

func (inSQLite) explain(db *DB, err error) error {
	if inFolder(db.dir, err) == corrupt {
		err = atStart(filepath.Join(db.dir, fileName), err)
	}
	return explain(db.dir, err)
}

// damaged is for a database file that cannot be trusted any more. casebook restore writes into an empty folder only.
func damaged(path string, err error) error {
	dir := filepath.Dir(path)
	return &diagnosis{fmt.Sprintf("数据文件 %s 已损坏。请停止使用，把目录 %s 移到别处保留备查，再从最近的备份恢复：casebook restore 备份目录 --data %s", path, dir, dir), err}
}

// atStart explains why a database could not be read when it was opened.
func atStart(path string, err error) error {
	var d *diagnosis
	var e *sqlite.Error
	if errors.As(err, &d) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.As(err, &e) && e.Code() == sqlite3.SQLITE_INTERRUPT {
		return err
	}
	if t := inFolder(filepath.Dir(path), err); t == corrupt || t == unclear {
		return damaged(path, err)
	}
	return explain(filepath.Dir(path), err)
}
