package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	// unfinishedMark is a table that a database has while a copy or a restore fills it. No server and no other command opens it then.
	unfinishedMark = "casebook_unfinished"
	// fillLock is held by who fills a database.
	fillLock = "1128354631, hashtext(current_schema())"
	// fillWait is how long another's fillLock is waited for: the server may take a moment to notice that a killed copy is gone.
	fillWait = 10 * time.Second
)

// serverEnd is a PostgreSQL database in a copy, on one connection.
type serverEnd struct {
	about *DB // its place, for words
	db    *sql.DB
	c     *sql.Conn // holds pg open
	pg    *pgx.Conn
	tx    pgx.Tx
	aside []string // statements that make the indexes again

	register string // of the database that is filled: see ownFolder
}

func connectEnd(ctx context.Context, address, files string) (_ *serverEnd, err error) {
	config, err := postgresConfig(address)
	if err != nil {
		return nil, err
	}
	s := &serverEnd{about: &DB{dir: files, engine: inPostgres{}}}
	s.about.place = addressOf(config)
	s.db = stdlib.OpenDB(*config)
	s.db.SetMaxOpenConns(1)
	defer func() {
		if err != nil {
			err = errors.Join(s.about.explain(err), s.Close())
		}
	}()
	if s.c, err = s.db.Conn(ctx); err != nil {
		return nil, err
	}
	if err := s.c.Raw(func(d any) error { s.pg = d.(*stdlib.Conn).Conn(); return nil }); err != nil {
		return nil, err
	}
	// A snapshot may wait long for the other side.
	return s, s.run(ctx, `SET lock_timeout = '10s'; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;
		SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
		SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`)
}

func (s *serverEnd) Close() error {
	var err error
	if s.tx != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		_ = s.tx.Rollback(ctx) // closing the connection does it too
		cancel()
	}
	if s.c != nil {
		err = s.c.Close()
	}
	return errors.Join(err, s.db.Close())
}

func (s *serverEnd) run(ctx context.Context, statements ...string) error {
	for _, q := range statements {
		if _, err := s.pg.Exec(ctx, q); err != nil {
			return fmt.Errorf("%.80s: %w", q, err)
		}
	}
	return nil
}

// readServer opens the register of a database for a copy, beside its servers, at the moment of now. A standby will do.
func readServer(ctx context.Context, address, files string) (_ *serverEnd, err error) {
	s, err := connectEnd(ctx, address, files)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(s.about.explain(err), s.Close())
		}
	}()
	if _, err := s.about.judge(ctx, s.c, Options{MustExist: true}); err != nil {
		return nil, err
	}
	if err := s.run(ctx, "SELECT pg_advisory_lock_shared("+openLock+")"); err != nil { // nobody changes the schema meanwhile
		return nil, err
	}
	current, err := schemaOf(ctx, s.c)
	if err != nil {
		return nil, err
	}
	newest, err := newestSchema()
	if err != nil {
		return nil, err
	}
	if err := sameSchema("数据库 "+s.about.place+" ", current, newest); err != nil {
		return nil, err
	}
	return s, s.snapshot(ctx)
}

// snapshot begins a transaction that reads all of one moment.
func (s *serverEnd) snapshot(ctx context.Context) (err error) {
	s.tx, err = s.pg.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	return err
}

// fillServer takes an empty database, or one that a copy left unfinished, marks it, and brings it to the newest schema. By is the command that a
// person must run again if it does not end. leftover tells that one had been left.
func fillServer(ctx context.Context, address, files, by string, opt Options) (_ *serverEnd, leftover bool, err error) {
	s, err := connectEnd(ctx, address, files)
	if err != nil {
		return nil, false, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(s.about.explain(err), s.Close())
		}
	}()
	if err := s.only(ctx); err != nil {
		return nil, false, err
	}
	if err := s.pg.QueryRow(ctx, "SELECT to_regclass(quote_ident(current_schema()) || '."+unfinishedMark+"') IS NOT NULL").Scan(&leftover); err != nil {
		return nil, false, err
	}
	s.register = rand.Text()
	if leftover {
		if err := s.pg.QueryRow(ctx, "SELECT register FROM "+unfinishedMark).Scan(&s.register); err != nil && !noRows(err) {
			return nil, true, err
		}
		if err := s.empty(ctx, false); err != nil {
			return nil, true, err
		}
	} else if err := s.refuseFilled(ctx); err != nil {
		return nil, false, err
	}
	// Marked first: whatever ends this now, nobody takes what is there for a register.
	if err := s.run(ctx, "BEGIN", "CREATE TABLE IF NOT EXISTS "+unfinishedMark+" (command TEXT NOT NULL, register TEXT NOT NULL)", "DELETE FROM "+unfinishedMark); err != nil {
		return nil, leftover, err
	}
	if _, err := s.pg.Exec(ctx, "INSERT INTO "+unfinishedMark+" (command, register) VALUES ($1, $2)", by, s.register); err != nil {
		return nil, leftover, err
	}
	if err := s.run(ctx, "COMMIT", "SELECT pg_advisory_unlock("+openLock+")"); err != nil {
		return nil, leftover, err
	}
	config, err := postgresConfig(address)
	if err != nil {
		return nil, leftover, err
	}
	opt.Unfinished = true
	if _, _, err := s.about.prepareDatabase(ctx, config, opt); err != nil {
		return nil, leftover, err
	}
	return s, leftover, s.run(ctx, "SELECT pg_advisory_lock_shared("+openLock+")")
}

// only takes the locks of who fills a database, and refuses one that somebody else has open.
func (s *serverEnd) only(ctx context.Context) error {
	for waited := time.Duration(0); ; waited += fillWait / 50 {
		var alone bool
		if err := s.pg.QueryRow(ctx, "SELECT pg_try_advisory_lock("+fillLock+")").Scan(&alone); err != nil {
			return err
		}
		if alone {
			break
		}
		if waited >= fillWait {
			return fmt.Errorf("数据库 %s 正由另一个 casebook copy 或 restore 写入，请等它结束", s.about.place)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(fillWait / 50):
		}
	}
	var free bool
	if err := s.pg.QueryRow(ctx, "SELECT pg_try_advisory_lock("+openLock+")").Scan(&free); err != nil {
		return err
	}
	if !free {
		return fmt.Errorf("数据库 %s 正被另一个 casebook 使用，没有写入任何内容；请先停止它，或指定另一个空的数据库", s.about.place)
	}
	return nil
}

// refuseFilled refuses a database in which anything is.
func (s *serverEnd) refuseFilled(ctx context.Context) error {
	fresh, err := s.about.judge(ctx, s.c, Options{Exclusive: true})
	if err != nil {
		return err
	}
	if !fresh {
		return fmt.Errorf("数据库 %s 里已有登记册，不会覆盖它；请指定空的数据库", s.about.place)
	}
	var things int
	if err := s.pg.QueryRow(ctx, `SELECT (SELECT COUNT(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace)
		+ (SELECT COUNT(*) FROM pg_proc p WHERE pronamespace = current_schema()::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e'))`).Scan(&things); err != nil {
		return err
	}
	if things > 0 {
		return fmt.Errorf("数据库 %s 不是空的（有 %d 个表、函数等），不会覆盖任何内容；请指定空的数据库", s.about.place, things)
	}
	return nil
}

// empty takes away all that was put into the database, which was empty; whole takes the mark too.
func (s *serverEnd) empty(ctx context.Context, whole bool) error {
	except := unfinishedMark
	if whole {
		except = ""
	}
	return s.run(ctx, "BEGIN", fmt.Sprintf(`DO $$ DECLARE x RECORD; BEGIN
		FOR x IN SELECT c.oid::regclass AS name FROM pg_class c WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND relname <> '%s' LOOP
			EXECUTE 'DROP TABLE IF EXISTS ' || x.name || ' CASCADE';
		END LOOP;
		FOR x IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE pronamespace = current_schema()::regnamespace
			AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
			EXECUTE 'DROP FUNCTION IF EXISTS ' || x.name || ' CASCADE';
		END LOOP;
	END $$`, except), "COMMIT")
}

// unfinished refuses a database that a copy or a restore has not finished.
func (db *DB) unfinished(command string) error {
	return fmt.Errorf("数据库 %s 正由 %s 写入，或上次中途停止了，里面的内容不完整，不能使用。请等它结束，或重新运行 %[2]s", db.place, command)
}

func (s *serverEnd) tables(ctx context.Context) (list []copyTable, err error) {
	own := map[string]bool{"goose_db_version": true, unfinishedMark: true}
	for _, t := range searchTables {
		own[t] = true
	}
	kinds := map[string]columnKind{"bigint": wholeNumbers, "integer": wholeNumbers, "double precision": numbers, "text": textColumn, "bytea": bytesColumn}
	at := map[string]int{}
	err = questioned(ctx, s, func(row []any) error {
		name, kind := row[0].(string), kinds[row[2].(string)]
		switch {
		case own[name]:
			return nil
		case kind == "":
			return fmt.Errorf("表 %s 的 %s 列是 %s 类型，copy 不认识", name, row[1], row[2])
		}
		if len(list) == 0 || list[len(list)-1].name != name {
			at[name] = len(list)
			list = append(list, copyTable{name: name})
		}
		t := &list[len(list)-1]
		t.columns = append(t.columns, copyColumn{row[1].(string), kind})
		return nil
	}, `SELECT c.relname::text, a.attname::text, format_type(a.atttypid, NULL) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attgenerated = ''
		ORDER BY c.relname::text COLLATE "C", a.attname::text COLLATE "C"`)
	if err != nil {
		return nil, err
	}
	return list, questioned(ctx, s, func(row []any) error {
		if i, known := at[row[0].(string)]; known {
			list[i].parents = append(list[i].parents, row[1].(string))
		}
		return nil
	}, `SELECT a.relname::text, b.relname::text FROM pg_constraint k JOIN pg_class a ON a.oid = k.conrelid JOIN pg_class b ON b.oid = k.confrelid
		WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace ORDER BY 1, 2`)
}

func (s *serverEnd) rows(ctx context.Context, query string, args ...any) (rowReader, error) {
	rows, err := s.pg.Query(ctx, query, args...)
	return serverRows{rows}, err
}

type serverRows struct{ rows pgx.Rows }

func (r serverRows) next() ([]any, error) {
	if r.rows.Next() {
		return r.rows.Values()
	}
	return nil, cmp.Or(r.rows.Err(), io.EOF)
}

func (r serverRows) close() error {
	r.rows.Close()
	return r.rows.Err()
}

// counters are the tables that number their rows, with the sequence that does.
func (s *serverEnd) counters(ctx context.Context) (sequences map[string]string, err error) {
	sequences = map[string]string{}
	return sequences, questioned(ctx, s, func(row []any) error {
		sequences[row[0].(string)] = row[1].(string)
		return nil
	}, `SELECT c.relname::text, pg_get_serial_sequence(quote_ident(c.relname), a.attname) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attidentity <> ''
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relname <> 'goose_db_version' ORDER BY 1`)
}

func (s *serverEnd) lastIDs(ctx context.Context, _ []copyTable) (map[string]int64, error) {
	sequences, err := s.counters(ctx)
	if err != nil {
		return nil, err
	}
	last := map[string]int64{}
	for table, sequence := range sequences {
		var n int64
		if err := s.pg.QueryRow(ctx, fmt.Sprintf("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM %s", sequence)).Scan(&n); err != nil {
			return nil, err
		}
		last[table] = n
	}
	return last, nil
}

// begin has triggers rest and lays indexes aside: what triggers keep comes as it is, and an index is made faster of all rows.
func (s *serverEnd) begin(ctx context.Context, tables []copyTable) (err error) {
	if s.tx, err = s.pg.Begin(ctx); err != nil {
		return err
	}
	var statements []string
	if err := questioned(ctx, s, func(row []any) error {
		statements, s.aside = append(statements, "DROP INDEX "+row[0].(string)), append(s.aside, row[1].(string))
		return nil
	}, `SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
		WHERE c.relnamespace = current_schema()::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid) ORDER BY 1`); err != nil {
		return err
	}
	for _, t := range tables {
		statements = append(statements, fmt.Sprintf(`ALTER TABLE "%s" DISABLE TRIGGER USER`, t.name))
	}
	for i := len(tables) - 1; i >= 0; i-- { // what migrations put in
		statements = append(statements, fmt.Sprintf(`DELETE FROM "%s"`, tables[i].name))
	}
	for _, t := range tables {
		s.aside = append(s.aside, fmt.Sprintf(`ALTER TABLE "%s" ENABLE TRIGGER USER`, t.name))
	}
	return s.run(ctx, statements...)
}

func (s *serverEnd) load(ctx context.Context, table string, columns []string, rows *rowStream) error {
	each := rows.each
	rows.each = func(row []any) ([]any, error) {
		row, err := each(row)
		if err != nil {
			return row, err
		}
		for i, v := range row {
			if text, ok := v.(string); ok && (strings.IndexByte(text, 0) >= 0 || !utf8.ValidString(text)) {
				return nil, fmt.Errorf("表 %s 的 %s 列里有 PostgreSQL 不能保存的文字（空字符或残缺的编码）：%.200q。请先在来源里改正", table, columns[i], text)
			}
		}
		return row, nil
	}
	_, err := s.pg.CopyFrom(ctx, pgx.Identifier{table}, columns, rows)
	return err
}

func (s *serverEnd) continueIDs(ctx context.Context, last map[string]int64) error {
	sequences, err := s.counters(ctx)
	if err != nil {
		return err
	}
	for table, sequence := range sequences {
		if last[table] > 0 {
			if _, err := s.pg.Exec(ctx, "SELECT setval($1::regclass, $2)", sequence, last[table]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *serverEnd) terms(entity string) (table string, columns []string, value func([]string) any) {
	return searchTables[entity], []string{"id", "terms"}, func(terms []string) any { return withBeginnings(terms) }
}

func (s *serverEnd) kept(text string) (any, error) { return text, nil }

func (s *serverEnd) commit(ctx context.Context) error {
	if err := s.run(ctx, s.aside...); err != nil {
		return err
	}
	err := s.tx.Commit(ctx)
	s.tx = nil
	if err != nil {
		return err
	}
	return questioned(ctx, s, func([]any) error { return nil }, "SELECT 1") // the connection is sound
}

// finish says whose attachments the folder holds, and takes the mark away: from now on it is a register.
func (s *serverEnd) finish(ctx context.Context) error {
	if err := s.run(ctx, "BEGIN"); err != nil {
		return err
	}
	if _, err := s.pg.Exec(ctx, "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", settingRegister, s.register); err != nil {
		return err
	}
	return s.run(ctx, "DROP TABLE "+unfinishedMark, "COMMIT")
}

// serverDir is the folder of a database's attachments, where no register of a file may lie.
func serverDir(dir string) error {
	if exists(filepath.Join(dir, fileName)) {
		return fmt.Errorf("目录 %s 里有一个 SQLite 登记册（%s）。PostgreSQL 的附件请放在另一个目录", dir, fileName)
	}
	return nil
}
