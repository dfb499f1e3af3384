package store

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"hash/maphash"
	"math"
	"math/bits"
	"slices"
	"strings"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// SQLite's integrity_check looks each row up in each index of its table: two thirds of its time, and more where the indexes are larger than the cache. That indexes hold what
// their tables give is therefore proved otherwise: a table's rows are read once, and what they give each index is added up, each entry as a random number; each index is read
// once, in its order, and must come to the same sum. The rest is quick_check's. Where a sum, an order or anything else is not as expected, integrity_check finds the words.
//
// Its foreign_key_check does the same with references, by an index or not: here the numbers that rows refer to are gathered as the rows are read, and must be among those of the
// rows of that table.

// checkedTable is a table with its indexes.
type checkedTable struct {
	name    string
	columns []string        // what is read of a row, in SQL
	by      string          // how its rows are read as they lie
	order   []checkedColumn // in which they lie, where that is not the rowid's
	indexes []*checkedIndex

	refers   []checkedReference
	rowid    int       // in what is read of a row, where others refer to it
	rows     numberSet // their rowids; nil where nothing refers to them
	referred numberSet // which others refer to
}

// checkedReference is a column that refers to the rowids of a table.
type checkedReference struct {
	at int // in what is read of a row
	to *checkedTable
}

type checkedColumn struct {
	at   int // in what is read of a row
	desc bool
}

type checkedIndex struct {
	root    int64
	records []checkedColumn // of an entry
	unique  int             // so many columns of an entry are in no other one; 0: all
	holds   int             // what is read of a row tells whether it has an entry; -1: each has one
	sum     uint64
}

// read is where something is in what is read of a row.
func (t *checkedTable) read(what string) int {
	at := slices.Index(t.columns, what)
	if at < 0 {
		at, t.columns = len(t.columns), append(t.columns, what)
	}
	return at
}

// rowsAgree reports whether all indexes of the database at path hold what their tables give, in order, and whether all references are of rows that are there. Where it cannot
// tell, it says no.
func rowsAgree(ctx context.Context, path string) (indexes, references bool, err error) {
	b, err := openBelow(path)
	if err != nil {
		return false, false, err
	}
	defer b.close()
	nothing := func(belowRow) error { return nil }
	if err := b.each(nothing, "BEGIN"); err != nil { // one moment: others may write
		return false, false, err
	}
	tables, references, err := b.checkedTables()
	if err != nil {
		return false, false, err
	}
	seed := maphash.MakeSeed()
	for i, t := range tables {
		if len(t.columns) == 0 { // it has no index, refers to nothing, and nothing refers to it
			continue
		}
		agree, told, err := b.rowsAgree(ctx, t, seed)
		if err != nil || !agree {
			return false, false, err
		}
		references = references && told
		for j, x := range t.indexes {
			if agree, err := b.entriesAgree(ctx, x, fmt.Sprintf("casebook_index_%d_%d", i, j), seed); err != nil || !agree {
				return false, false, err
			}
		}
	}
	for _, t := range tables {
		references = references && t.referred.within(t.rows)
	}
	return true, references, nil
}

// checkedTables reads what tables, indexes and references there are, and reports whether all references are of rowids.
func (b *below) checkedTables() (tables []*checkedTable, ofRowids bool, err error) {
	type index struct {
		*checkedIndex
		t              *checkedTable
		name, sql      string
		unique, itself bool // itself: the table lies in its order
	}
	var list []index
	var t *checkedTable
	if err := b.each(func(r belowRow) error {
		if name := r.text(0); t == nil || t.name != name {
			t = &checkedTable{name: name, by: "NOT INDEXED"}
			tables = append(tables, t)
		}
		if r.text(1) == "" {
			return nil
		}
		list = append(list, index{&checkedIndex{root: r.int(2), holds: -1}, t, r.text(1), r.text(3), r.int(4) != 0, r.int(5) != 0})
		return nil
	}, `SELECT t.name, i.name, m.rootpage, m.sql, i."unique", i.origin = 'pk' AND m.name IS NULL
		FROM sqlite_schema t LEFT JOIN pragma_index_list(t.name) i LEFT JOIN sqlite_schema m ON m.type = 'index' AND m.name = i.name
		WHERE t.type = 'table' AND t.rootpage > 0 ORDER BY t.name, i.seq`); err != nil {
		return nil, false, err
	}
	for _, x := range list {
		columns, where, err := indexWords(x.sql)
		if err != nil {
			return nil, false, err
		}
		if where != "" {
			x.holds = x.t.read("(" + where + ")")
		}
		keys := 0
		if err := b.each(func(r belowRow) error {
			key := r.int(4) != 0
			if key {
				keys++
			} else if x.itself {
				return nil
			}
			if key && r.text(3) != "BINARY" {
				return fmt.Errorf("%s compares by %s", x.name, r.text(3))
			}
			what := `"` + r.text(1) + `"`
			switch r.int(0) {
			case -1:
				what = "rowid"
			case -2:
				what = "(" + columns[len(x.records)] + ")"
			}
			x.records = append(x.records, checkedColumn{x.t.read(what), r.int(2) != 0})
			return nil
		}, "SELECT cid, name, desc, coll, key FROM pragma_index_xinfo('"+x.name+"') ORDER BY seqno"); err != nil {
			return nil, false, err
		}
		if x.unique {
			x.checkedIndex.unique = keys
		}
		if x.itself {
			x.t.order, x.t.by = x.records, `INDEXED BY "`+x.name+`"`
		} else {
			x.t.indexes = append(x.t.indexes, x.checkedIndex)
		}
	}
	ofRowids = true
	named := func(name string) *checkedTable {
		return tables[slices.IndexFunc(tables, func(t *checkedTable) bool { return t.name == name })]
	}
	err = b.each(func(r belowRow) error {
		if r.int(3) == 0 {
			ofRowids = false
			return nil
		}
		from, to := named(r.text(0)), named(r.text(1))
		if to.rows == nil {
			to.rows, to.referred, to.rowid = numberSet{}, numberSet{}, to.read("rowid")
		}
		from.refers = append(from.refers, checkedReference{from.read(`"` + r.text(2) + `"`), to})
		return nil
	}, `SELECT t.name, COALESCE(o.name, ''), f."from", o.name IS NOT NULL AND f.seq = 0 AND NOT EXISTS (SELECT 1 FROM pragma_index_list(o.name) WHERE origin = 'pk')
			AND EXISTS (SELECT 1 FROM pragma_table_info(o.name) c WHERE c.pk = 1 AND c.name = f."to")
		FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f LEFT JOIN sqlite_schema o ON o.type = 'table' AND o.rootpage > 0 AND o.name = f."table"
		WHERE t.type = 'table' AND t.rootpage > 0`)
	return tables, ofRowids, err
}

// indexWords are the columns of a CREATE INDEX, and the condition of one that leaves rows out. An index that SQLite made by itself has no words.
func indexWords(sql string) (columns []string, where string, err error) {
	if sql == "" {
		return nil, "", nil
	}
	_, rest, found := strings.Cut(sql, "(")
	if !found || strings.Contains(sql, "--") || strings.Contains(sql, "/*") {
		return nil, "", fmt.Errorf("%s cannot be read", sql)
	}
	from, depth, quoted := 0, 1, false
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '\'' || c == '"':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			depth--
		}
		if quoted || depth > 1 || depth == 1 && rest[i] != ',' {
			continue
		}
		column := strings.TrimSpace(rest[from:i])
		columns = append(columns, strings.TrimSuffix(strings.TrimSuffix(column, " DESC"), " ASC"))
		if from = i + 1; depth == 0 {
			break
		}
	}
	where, partial := strings.CutPrefix(strings.TrimSpace(rest[from:]), "WHERE ")
	if depth != 0 || !partial && where != "" {
		return nil, "", fmt.Errorf("%s cannot be read", sql)
	}
	return columns, where, nil
}

// checkedValue is a value, with a random number that stands for it.
type checkedValue struct {
	class int // NULL, numbers, texts, blobs come in this order
	n     int64
	f     float64
	b     []byte
	sign  uint64 // where it goes into a sum
}

func (v *checkedValue) read(r belowRow, i int, summed bool, seed maphash.Seed) {
	x := r.value(i)
	switch x.kind() {
	case sqlite3.SQLITE_INTEGER:
		v.class, v.n = 1, x.int()
		v.f = float64(v.n)
	case sqlite3.SQLITE_FLOAT:
		v.class, v.f = 1, x.float()
		if v.n = math.MinInt64; v.f == math.Trunc(v.f) && math.Abs(v.f) < 1<<53 { // a column of numbers keeps it as a whole one
			v.n = int64(v.f)
		}
	case sqlite3.SQLITE_TEXT:
		v.class, v.b = 2, append(v.b[:0], x.bytes()...)
	case sqlite3.SQLITE_BLOB:
		v.class, v.b = 3, append(v.b[:0], x.bytes()...)
	default:
		v.class = 0
	}
	if summed {
		v.sign = v.signBy(seed)
	}
}

func (v *checkedValue) signBy(seed maphash.Seed) uint64 {
	switch {
	case v.class == 0:
		return 0
	case v.class == 2:
		return maphash.Bytes(seed, v.b)
	case v.class == 3:
		return ^maphash.Bytes(seed, v.b)
	case v.n == math.MinInt64:
		return maphash.Comparable(seed, v.f)
	}
	return maphash.Comparable(seed, v.n)
}

func (v *checkedValue) compare(o *checkedValue) int {
	if v.class != o.class || v.class == 0 {
		return v.class - o.class
	}
	if v.class == 1 {
		return cmp.Or(cmp.Compare(v.f, o.f), cmp.Compare(v.n, o.n))
	}
	return bytes.Compare(v.b, o.b)
}

// signed is the number that stands for an entry: the values of some columns in their order.
func signed(row []checkedValue, columns []checkedColumn) uint64 {
	n := uint64(len(columns))
	for _, c := range columns {
		high, low := bits.Mul64(n^row[c.at].sign, 0x9E3779B97F4A7C15)
		n = (high ^ low) + row[c.at].sign
	}
	return n
}

// follows reports whether an entry comes behind another one, and what is unique in both is not the same.
func follows(row, before []checkedValue, columns []checkedColumn, unique int) bool {
	same, known := true, true
	for i, c := range columns {
		if unique > 0 && i == unique && same && known {
			return false
		}
		n := row[c.at].compare(&before[c.at])
		if c.desc {
			n = -n
		}
		if n < 0 || n > 0 {
			return n > 0
		}
		known = known && row[c.at].class != 0
	}
	return false
}

// giveUpAfter is after how many rows it is asked whether to go on.
const giveUpAfter = 1 << 12

// scan reads rows of so many columns, which are summed or only in an order; do gets each with the one before, and none before the first.
func (b *below) scan(ctx context.Context, seed maphash.Seed, summed bool, columns int, query string, do func(row, before []checkedValue) bool) (agree bool, err error) {
	row, before := make([]checkedValue, columns), make([]checkedValue, columns)
	n := 0
	agree = true
	err = b.each(func(r belowRow) error {
		for i := range row {
			row[i].read(r, i, summed, seed)
		}
		last := before
		if n++; n == 1 {
			last = nil
		}
		if agree = agree && do(row, last); n%giveUpAfter == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		row, before = before, row
		return nil
	}, query)
	return agree, err
}

// rowsAgree adds up what the rows of a table give its indexes, and reports whether they lie in their order. It gathers what they refer to; told is false where one refers to
// what is no number.
func (b *below) rowsAgree(ctx context.Context, t *checkedTable, seed maphash.Seed) (agree, told bool, err error) {
	told = true
	agree, err = b.scan(ctx, seed, len(t.indexes) > 0, len(t.columns), "SELECT "+strings.Join(t.columns, ", ")+` FROM "`+t.name+`" `+t.by, func(row, before []checkedValue) bool {
		for _, x := range t.indexes {
			if x.holds < 0 || row[x.holds].f != 0 && row[x.holds].class == 1 {
				x.sum += signed(row, x.records)
			}
		}
		if t.rows != nil {
			t.rows.add(row[t.rowid].n)
		}
		for _, f := range t.refers {
			switch v := &row[f.at]; {
			case v.class == 1 && float64(v.n) == v.f:
				f.to.referred.add(v.n)
			case v.class != 0:
				told = false
			}
		}
		return before == nil || len(t.order) == 0 || follows(row, before, t.order, len(t.order))
	})
	return agree, told, err
}

// entriesAgree takes the entries of an index off its sum, and reports whether nothing is left and they lie in their order. An index is read as the table that it would be:
// SQLite's own shell does so (.imposter). Nothing of that is written.
func (b *below) entriesAgree(ctx context.Context, x *checkedIndex, as string, seed maphash.Seed) (bool, error) {
	columns, entry := make([]string, len(x.records)), make([]checkedColumn, len(x.records))
	for i := range columns {
		columns[i], entry[i] = fmt.Sprintf("c%d", i), checkedColumn{i, x.records[i].desc}
	}
	list := strings.Join(columns, ", ")
	name, err := libc.CString("main")
	if err != nil {
		return false, err
	}
	defer libc.Xfree(b.tls, name)
	imposter := func(on int32, root int32) {
		args := libc.NewVaList(b.db, name, on, root)
		defer libc.Xfree(b.tls, args)
		sqlite3.Xsqlite3_test_control(b.tls, sqlite3.SQLITE_TESTCTRL_IMPOSTER, args)
	}
	imposter(1, int32(x.root))
	err = b.each(func(belowRow) error { return nil }, "CREATE TABLE "+as+" ("+list+", PRIMARY KEY ("+list+")) WITHOUT ROWID")
	imposter(0, 0)
	if err != nil {
		return false, err
	}
	agree, err := b.scan(ctx, seed, true, len(columns), "SELECT "+list+" FROM "+as, func(row, before []checkedValue) bool {
		x.sum -= signed(row, entry)
		return before == nil || follows(row, before, entry, x.unique)
	})
	return agree && x.sum == 0, err
}
