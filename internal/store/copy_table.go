package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// This file carries the tables of one database to another, whichever engines they are of. What tables there are, their columns and their kinds
// is asked of the databases: a new table is carried by itself. Only the index of search terms is each engine's own, and is made anew from the
// texts that it is an index of.

// columnKind is a column's type under SQLite's name.
type columnKind string

const (
	wholeNumbers columnKind = "INTEGER"
	numbers      columnKind = "REAL"
	textColumn   columnKind = "TEXT"
	bytesColumn  columnKind = "BLOB"
)

type copyColumn struct {
	name string
	kind columnKind
}

// copyTable is a table, its columns by name: those that the database computes are left out.
type copyTable struct {
	name    string
	columns []copyColumn
	parents []string // the tables that its rows refer to
}

func (t copyTable) names() (list []string) {
	for _, c := range t.columns {
		list = append(list, c.name)
	}
	return list
}

// searchTexts is the table of the texts that search reads. Each engine keeps them its own way; what is compared is the text.
const searchTexts = "search_texts"

// packed is where in a row such a text stands; -1 in other tables.
func (t copyTable) packed() int {
	if t.name != searchTexts {
		return -1
	}
	return slices.IndexFunc(t.columns, func(c copyColumn) bool { return c.name == "text" })
}

func quoted(names []string) string { return `"` + strings.Join(names, `", "`) + `"` }

// An end is a database that is read for a copy: all of it at one moment.
type end interface {
	tables(ctx context.Context) ([]copyTable, error)
	// rows streams the rows of a question.
	rows(ctx context.Context, query string, args ...any) (rowReader, error)
	// lastIDs is how far the ids of a table were given out, also to records that are there no longer.
	lastIDs(ctx context.Context, tables []copyTable) (map[string]int64, error)
}

// A filledEnd is a database that a copy fills, in one transaction. Its triggers rest meanwhile: what they keep is carried as it is.
type filledEnd interface {
	end
	begin(ctx context.Context, tables []copyTable) error
	load(ctx context.Context, table string, columns []string, rows *rowStream) error
	continueIDs(ctx context.Context, last map[string]int64) error
	// terms is the index of search terms of a noun: its table, its columns, and what stands in them.
	terms(entity string) (table string, columns []string, value func(terms []string) any)
	// kept is a text of the search as the database keeps it.
	kept(text string) (any, error)
	// commit puts triggers and indexes back before it.
	commit(ctx context.Context) error
}

// rowReader gives row after row, then io.EOF. A row stands until the next is asked for.
type rowReader interface {
	next() ([]any, error)
	close() error
}

// rowStream is a reader with what is done to every row on the way. It is the pgx.CopyFromSource of COPY.
type rowStream struct {
	ctx  context.Context
	from rowReader
	each func(row []any) ([]any, error)
	row  []any
	err  error
}

func (s *rowStream) Next() bool {
	if s.err = s.ctx.Err(); s.err != nil {
		return false
	}
	if s.row, s.err = s.from.next(); s.err != nil {
		if errors.Is(s.err, io.EOF) {
			s.err = nil
		}
		return false
	}
	s.row, s.err = s.each(s.row)
	return s.err == nil
}

func (s *rowStream) Values() ([]any, error) { return s.row, nil }
func (s *rowStream) Err() error             { return s.err }

// failed is why a table was not carried: what failed at the source is told, not that the target then got no more.
func (s *rowStream) failed(taking error) error { return cmp.Or(s.err, taking) }

// tableDigest is of the rows of a table, in whatever order they come.
type tableDigest struct {
	rows int64
	sum  [4]uint64
}

// add takes a row in. Its values are brought to what their column is declared as; one that is not of it is an error.
func (d *tableDigest) add(t *copyTable, row []any, buf []byte) ([]byte, error) {
	buf = buf[:0]
	for i, c := range t.columns {
		v := row[i]
		switch x := v.(type) {
		case nil:
			buf = append(buf, 0)
			continue
		case int64:
			switch c.kind {
			case wholeNumbers:
				buf = binary.BigEndian.AppendUint64(append(buf, 1), uint64(x)) //nolint:gosec // its bits
				continue
			case numbers:
				row[i] = float64(x)
				buf = binary.BigEndian.AppendUint64(append(buf, 2), math.Float64bits(float64(x)))
				continue
			}
		case float64:
			if c.kind == numbers {
				buf = binary.BigEndian.AppendUint64(append(buf, 2), math.Float64bits(x))
				continue
			}
		case string:
			if c.kind == textColumn {
				buf = append(binary.BigEndian.AppendUint64(append(buf, 3), uint64(len(x))), x...)
				continue
			}
		case []byte:
			if c.kind == bytesColumn {
				if x == nil {
					row[i] = []byte{} // an empty value is not none
				}
				buf = append(binary.BigEndian.AppendUint64(append(buf, 4), uint64(len(x))), x...)
				continue
			}
		}
		return buf, fmt.Errorf("表 %s 的 %s 列（%s）里有一个 %T 类型的值，不能复制：%.80v", t.name, c.name, c.kind, v, v)
	}
	sum := sha256.Sum256(buf)
	for i := range d.sum {
		d.sum[i] += binary.BigEndian.Uint64(sum[8*i:])
	}
	d.rows++
	return buf, nil
}

// sameTables refuses two databases that do not have the same tables.
func sameTables(from, to []copyTable) error {
	said := func(list []copyTable) (lines []string) {
		for _, t := range list {
			for _, c := range t.columns {
				lines = append(lines, t.name+"."+c.name+" "+string(c.kind))
			}
		}
		slices.Sort(lines)
		return lines
	}
	a, b := said(from), said(to)
	for _, side := range []struct {
		what       string
		have, lack []string
	}{{"来源", a, b}, {"目标", b, a}} {
		for _, l := range side.have {
			if _, found := slices.BinarySearch(side.lack, l); !found {
				return fmt.Errorf("来源与目标的结构不同：只有%s有 %s", side.what, l)
			}
		}
	}
	return nil
}

// parentsFirst orders tables so that each comes after those that it refers to.
func parentsFirst(tables []copyTable) (list []copyTable, err error) {
	by := map[string]copyTable{}
	for _, t := range tables {
		by[t.name] = t
	}
	const visiting, done = 1, 2
	state := map[string]int{}
	var visit func(name string) error
	visit = func(name string) error {
		t, known := by[name]
		switch {
		case !known || state[name] == done:
			return nil
		case state[name] == visiting:
			return fmt.Errorf("tables refer to each other in a circle: %s", name)
		}
		state[name] = visiting
		for _, p := range t.parents {
			if p != name {
				if err := visit(p); err != nil {
					return err
				}
			}
		}
		state[name] = done
		list = append(list, t)
		return nil
	}
	for _, t := range slices.SortedFunc(slices.Values(tables), func(a, b copyTable) int { return cmp.Compare(a.name, b.name) }) {
		if err := visit(t.name); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// copyTables carries all tables, the counters of ids and the index of search terms over, and returns the digest of every table as it was read.
func copyTables(ctx context.Context, from end, to filledEnd, told func(table string, rows int64)) (digests map[string]tableDigest, err error) {
	source, err := from.tables(ctx)
	if err != nil {
		return nil, err
	}
	target, err := to.tables(ctx)
	if err != nil {
		return nil, err
	}
	if err := sameTables(source, target); err != nil {
		return nil, err
	}
	if target, err = parentsFirst(target); err != nil {
		return nil, err
	}
	if err := to.begin(ctx, target); err != nil {
		return nil, err
	}
	digests = map[string]tableDigest{}
	for i := range target {
		t := &target[i]
		d, err := readTable(ctx, from, t, told, func(rows *rowStream) error {
			if at := t.packed(); at >= 0 {
				each := rows.each
				rows.each = func(row []any) ([]any, error) {
					row, err := each(row)
					if err == nil {
						row[at], err = to.kept(row[at].(string))
					}
					return row, err
				}
			}
			return to.load(ctx, t.name, t.names(), rows)
		})
		if err != nil {
			return nil, fmt.Errorf("copy the table %s: %w", t.name, err)
		}
		digests[t.name] = d
	}
	last, err := from.lastIDs(ctx, source)
	if err != nil {
		return nil, err
	}
	if err := to.continueIDs(ctx, last); err != nil {
		return nil, err
	}
	for _, n := range indexed {
		if err := copyTerms(ctx, from, to, n.entity, told); err != nil {
			return nil, fmt.Errorf("index %s: %w", n.entity, err)
		}
	}
	return digests, to.commit(ctx)
}

// readTable streams a table to take and returns its digest.
func readTable(ctx context.Context, from end, t *copyTable, told func(table string, rows int64), take func(*rowStream) error) (d tableDigest, err error) {
	query := fmt.Sprintf(`SELECT %s FROM "%s"`, quoted(t.names()), t.name)
	if t.name == "settings" {
		query += " WHERE name <> '" + settingRegister + "'"
	}
	rows, err := from.rows(ctx, query)
	if err != nil {
		return d, err
	}
	defer func() { err = errors.Join(err, rows.close()) }()
	var buf []byte
	packed := t.packed()
	s := &rowStream{ctx: ctx, from: rows, each: func(row []any) (_ []any, err error) {
		if packed >= 0 {
			var text string
			if err := (searchText{&text}).Scan(row[packed]); err != nil {
				return nil, err
			}
			row[packed] = text
		}
		buf, err = d.add(t, row, buf)
		if d.rows%toldEvery == 0 {
			told(t.name, d.rows)
		}
		return row, err
	}}
	if err := s.failed(take(s)); err != nil {
		return d, err
	}
	if d.rows%toldEvery != 0 {
		told(t.name, d.rows)
	}
	return d, nil
}

// toldEvery is after how many rows of a table the progress is told.
const toldEvery = 100_000

// copyTerms makes the index of search terms of a noun from the texts that the source keeps.
func copyTerms(ctx context.Context, from end, to filledEnd, entity string, told func(table string, rows int64)) (err error) {
	table, columns, value := to.terms(entity)
	rows, err := from.rows(ctx, "SELECT entity_id, text, codes, guarded FROM search_texts WHERE entity = $1", entity)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.close()) }()
	var n int64
	s := &rowStream{ctx: ctx, from: rows, each: func(row []any) ([]any, error) {
		var text string
		if err := (searchText{&text}).Scan(row[1]); err != nil {
			return nil, err
		}
		codes, a := row[2].(string)
		guarded, b := row[3].(string)
		if !a || !b {
			return nil, fmt.Errorf("search_texts of %s %v holds no texts", entity, row[0])
		}
		if n++; n%toldEvery == 0 {
			told(table, n)
		}
		return []any{row[0], value(termsOf(text, codes, guarded))}, nil
	}}
	if err := s.failed(to.load(ctx, table, columns, s)); err != nil {
		return err
	}
	if n%toldEvery != 0 {
		told(table, n)
	}
	return nil
}

// compareTables reads every table of the target again and tells where it is not what was read from the source.
func compareTables(ctx context.Context, to end, want map[string]tableDigest, told func(table string, rows int64)) error {
	tables, err := to.tables(ctx)
	if err != nil {
		return err
	}
	for i := range tables {
		t := &tables[i]
		got, err := readTable(ctx, to, t, told, func(s *rowStream) error {
			for s.Next() { //nolint:revive // each row is taken into the digest
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("read the table %s again: %w", t.name, err)
		}
		switch w := want[t.name]; {
		case got.rows != w.rows:
			return fmt.Errorf("表 %s 应有 %d 行，复制后是 %d 行", t.name, w.rows, got.rows)
		case got != w:
			return fmt.Errorf("表 %s 的 %d 行复制后与来源不同", t.name, w.rows)
		}
	}
	return nil
}
