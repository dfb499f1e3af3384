package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// fileEnd is an SQLite file in a copy.
type fileEnd struct {
	db    *sql.DB
	c     *sql.Conn
	aside []string // statements that make the triggers and indexes again
}

// readFile opens the register of a folder for a copy, beside a running server, at the moment of now.
func readFile(ctx context.Context, dir string) (_ *fileEnd, err error) {
	if !exists(filepath.Join(dir, fileName)) {
		if _, err := placeFor(dir, Options{MustExist: true}); err != nil {
			return nil, err
		}
	}
	if err := registerIn(dir); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, fileName)
	f, err := openEnd(ctx, fileURI(path, "mode=rw", "_pragma=busy_timeout(10000)", "_pragma=query_only(1)", "_pragma=cache_size(-8000)"))
	if err != nil {
		return nil, atStart(path, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	var id int
	if err := f.c.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return nil, atStart(path, err)
	}
	if id != applicationID {
		return nil, notOurs(path, id)
	}
	var current int64
	if _, err := f.c.ExecContext(ctx, "BEGIN"); err != nil {
		return nil, err
	}
	if err := f.c.QueryRowContext(ctx, "SELECT MAX(version_id) FROM goose_db_version WHERE is_applied").Scan(&current); err != nil {
		return nil, atStart(path, err)
	}
	newest, err := newestSchema()
	if err != nil {
		return nil, err
	}
	return f, sameSchema("数据文件 "+path+" ", current, newest)
}

// sameSchema refuses to copy what would have to be changed first: a copy only reads.
func sameSchema(what string, current, newest int64) error {
	switch {
	case current > newest:
		return newerSchema(what, current, newest)
	case current < newest:
		return fmt.Errorf("%s的结构是第 %d 版，本程序的是第 %d 版。请先用本程序打开一次（如 casebook verify），升级后再做", what, current, newest)
	}
	return nil
}

// fillFile opens the new file of a register that a copy fills. Nobody else has it, and until it is put in its place it need not survive a cut.
func fillFile(ctx context.Context, path string) (*fileEnd, error) {
	return openEnd(ctx, fileURI(path, "mode=rw", "_pragma=journal_mode(OFF)", "_pragma=synchronous(OFF)", "_pragma=foreign_keys(0)", "_pragma=locking_mode(EXCLUSIVE)",
		"_pragma=temp_store(1)", "_pragma=cache_size(-32000)"))
}

func openEnd(ctx context.Context, uri string) (*fileEnd, error) {
	db, err := sql.Open("sqlite", uri)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	c, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &fileEnd{db: db, c: c}, nil
}

func (f *fileEnd) Close() error { return errors.Join(f.c.Close(), f.db.Close()) }

func (f *fileEnd) tables(ctx context.Context) (list []copyTable, err error) {
	err = questioned(ctx, f, func(row []any) error {
		name, kind := row[0].(string), columnKind(row[2].(string))
		switch kind {
		case wholeNumbers, numbers, textColumn, bytesColumn:
		default:
			return fmt.Errorf("表 %s 的 %s 列是 %s 类型，copy 不认识", name, row[1], kind)
		}
		if len(list) == 0 || list[len(list)-1].name != name {
			list = append(list, copyTable{name: name})
		}
		t := &list[len(list)-1]
		if name == searchTexts && row[1] == "text" { // one text, however it is kept
			kind = textColumn
		}
		t.columns = append(t.columns, copyColumn{row[1].(string), kind})
		return nil
	}, `SELECT t.name, c.name, upper(c.type) FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c
		WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND t.name <> 'goose_db_version' AND c.hidden = 0 ORDER BY t.name, c.name`)
	return list, err
}

func (f *fileEnd) rows(ctx context.Context, query string, args ...any) (rowReader, error) {
	rows, err := f.c.QueryContext(context.WithoutCancel(ctx), query, args...) //nolint:rowserrcheck // next asks. The stream looks at ctx: handed to the driver it costs a goroutine
	if err != nil {
		return nil, err
	}
	names, err := rows.Columns()
	if err != nil {
		return nil, errors.Join(err, rows.Close())
	}
	r := &fileRows{rows: rows, row: make([]any, len(names)), into: make([]any, len(names))}
	for i := range r.row {
		r.into[i] = &r.row[i]
	}
	return r, nil
}

type fileRows struct {
	rows      *sql.Rows
	row, into []any
}

func (r *fileRows) next() ([]any, error) {
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return nil, err
		}
		return nil, io.EOF
	}
	return r.row, r.rows.Scan(r.into...)
}

func (r *fileRows) close() error { return r.rows.Close() }

func (f *fileEnd) lastIDs(ctx context.Context, tables []copyTable) (map[string]int64, error) {
	last := map[string]int64{}
	for _, t := range tables {
		for _, c := range t.columns {
			if c.name == "id" && c.kind == wholeNumbers {
				var n int64
				if err := f.c.QueryRowContext(ctx, fmt.Sprintf(`SELECT COALESCE(MAX(id), 0) FROM "%s"`, t.name)).Scan(&n); err != nil {
					return nil, err
				}
				last[t.name] = n
			}
		}
	}
	return last, questioned(ctx, f, func(row []any) error {
		name, n := row[0].(string), row[1].(int64)
		last[name] = max(last[name], n)
		return nil
	}, "SELECT name, seq FROM sqlite_sequence")
}

// begin lays the triggers and indexes aside: what triggers keep comes as it is, and an index is made faster of all rows.
func (f *fileEnd) begin(ctx context.Context, tables []copyTable) error {
	statements := []string{"BEGIN IMMEDIATE"}
	if err := questioned(ctx, f, func(row []any) error {
		statements = append(statements, fmt.Sprintf(`DROP %s "%s"`, row[0], row[1]))
		f.aside = append(f.aside, row[2].(string))
		return nil
	}, "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type, name"); err != nil {
		return err
	}
	for _, t := range tables { // what migrations and the first opening put in
		statements = append(statements, fmt.Sprintf(`DELETE FROM "%s"`, t.name))
	}
	return f.exec(ctx, append(statements, "DELETE FROM sqlite_sequence")...)
}

func (f *fileEnd) exec(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := f.c.ExecContext(context.WithoutCancel(ctx), s); err != nil {
			return fmt.Errorf("%.80s: %w", s, err)
		}
	}
	return nil
}

func (f *fileEnd) load(ctx context.Context, table string, columns []string, rows *rowStream) (err error) {
	places := strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ")
	insert, err := f.c.PrepareContext(ctx, fmt.Sprintf(`INSERT INTO "%s" (%s) VALUES (%s)`, table, quoted(columns), places))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, insert.Close()) }()
	plain := context.WithoutCancel(ctx)
	for rows.Next() {
		if _, err := insert.ExecContext(plain, rows.row...); err != nil {
			return err
		}
	}
	return rows.err
}

// continueIDs sets the counters of tables whose ids never come back.
func (f *fileEnd) continueIDs(ctx context.Context, last map[string]int64) error {
	var own []string
	if err := questioned(ctx, f, func(row []any) error {
		own = append(own, row[0].(string))
		return nil
	}, "SELECT name FROM sqlite_schema WHERE type = 'table' AND upper(sql) LIKE '%AUTOINCREMENT%' ORDER BY name"); err != nil {
		return err
	}
	for _, table := range own {
		if last[table] == 0 {
			continue
		}
		if _, err := f.c.ExecContext(ctx, "DELETE FROM sqlite_sequence WHERE name = ?", table); err != nil {
			return err
		}
		if _, err := f.c.ExecContext(ctx, "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, last[table]); err != nil {
			return err
		}
	}
	return nil
}

func (f *fileEnd) terms(entity string) (table string, columns []string, value func([]string) any) {
	return searchTables[entity], []string{"rowid", "pairs"}, func(terms []string) any { return strings.Join(terms, " ") }
}

func (f *fileEnd) kept(text string) (any, error) { return searchText{&text}.Value() }

func (f *fileEnd) commit(ctx context.Context) error {
	return f.exec(ctx, append(f.aside, "COMMIT", "PRAGMA "+analysisLimit, "ANALYZE")...)
}
