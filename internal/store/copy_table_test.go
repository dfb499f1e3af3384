package store

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebook/internal/store/enginetest"
)

// The terms of a record follow from what is kept of it: an index made of the texts is the one made of the records.
func TestTermsOfTexts(t *testing.T) {
	kinds := []foundIn{inRow, inFormerName, inOfficer, inNumber, inFindings, inTypes}
	words := []string{"沙湖一场", "恩平市（老）长乐场", "江恩环罚〔2026〕第007号", "陈一", "abc 12 x", "07 号", "重庆 长乐", "短", "A_B", "\n", "江门\n蓬江", "𠮷野家", strings.Repeat("很长的一段", 30)}
	for n := range 300 {
		d := newSearchDoc()
		for i := range 1 + n%5 {
			f, w := kinds[(n+i)%len(kinds)], words[(n*7+i*3)%len(words)]
			if (n+i)%2 == 0 {
				d.names(f, w)
			} else {
				d.texts(f, w, words[(n+i)%len(words)])
			}
		}
		if n%3 == 0 {
			d.code(districtCode("440785"))
			d.code(typeCode("WATER_EVASION"))
			d.number("11010519491231002X")
			d.number(fmt.Sprint(n, "4407"))
		}
		got, want := termsOf(d.text.String(), d.codes, d.guarded), slices.Clone(d.terms)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("termsOf(%q, %q, %q) = %q, want %q", d.text.String(), d.codes, d.guarded, got, want)
		}
	}
}

// newRegister makes an empty register in a folder and opens it for a copy to fill.
func newRegister(t *testing.T, more string) (path string, f *fileEnd) {
	t.Helper()
	dir := t.TempDir()
	db, err := Open(t.Context(), dir, Options{Now: testTime}) // a file, whichever engine is under test
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(dir, fileName)
	f, err = fillFile(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	if _, err := f.c.ExecContext(t.Context(), more); err != nil {
		t.Fatal(err)
	}
	return path, f
}

// What is copied is what the schema has: nothing is left out but what each engine makes for itself, and a table that a migration adds comes by itself.
func TestCopyTakesEveryTable(t *testing.T) {
	t.Parallel()
	const extra = `CREATE TABLE extra (id INTEGER PRIMARY KEY, bytes BLOB, part REAL, text TEXT, whole INTEGER, twice INTEGER GENERATED ALWAYS AS (whole * 2))`
	path, from := newRegister(t, extra+`; INSERT INTO extra (id, bytes, part, text, whole) VALUES (1, x'', 0.1, '', 1), (2, x'00ff5c', -1e300, 'é', NULL), (9, NULL, 3, NULL, -9223372036854775808);
		INSERT INTO search_texts (entity, entity_id, text, codes, guarded) VALUES ('case', 7, CAST(x'00' || '沙湖一场' || char(10) AS BLOB), '', '')`) // a text that packing makes no smaller
	tables, err := from.tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range tables {
		got = append(got, x.name)
	}
	var want []string
	if err := questioned(t.Context(), from, func(row []any) error {
		name := row[0].(string)
		own := name == "goose_db_version" || strings.HasPrefix(name, "sqlite_")
		for _, x := range searchTables {
			own = own || name == x || strings.HasPrefix(name, x+"_")
		}
		if !own {
			want = append(want, name)
		}
		return nil
	}, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, want) || len(want) < 40 || !slices.Contains(want, "extra") {
		t.Errorf("%s: copied are %v, want %v", path, got, want)
	}
	told := func(string, int64) {}
	carry := func(from end, to filledEnd) map[string]tableDigest {
		t.Helper()
		digests, err := copyTables(t.Context(), from, to, told)
		if err == nil {
			err = compareTables(t.Context(), to, digests, told)
		}
		if err != nil {
			t.Fatal(err)
		}
		return digests
	}
	_, to := newRegister(t, extra)
	first := carry(from, to)
	if first["extra"].rows != 3 {
		t.Errorf("3 rows were copied as %d", first["extra"].rows)
	}
	var text string
	var found int
	if err := to.c.QueryRowContext(t.Context(), `SELECT text, (SELECT COUNT(*) FROM search_cases WHERE search_cases MATCH '"沙湖"' AND rowid = 7) FROM search_texts WHERE entity = 'case' AND entity_id = 7`).Scan(searchText{&text}, &found); err != nil || text != "沙湖一场\n" || found != 1 {
		t.Errorf("a text of the search is %q after a copy, found %d times, %v", text, found, err)
	}
	if enginetest.Server() {
		files := t.TempDir()
		server, _, err := fillServer(t.Context(), enginetest.Database(t, files), files, "casebook copy", Options{Now: testTime})
		if err != nil {
			t.Fatal(err)
		}
		defer server.Close() //nolint:errcheck // of a test
		if err := server.run(t.Context(), `CREATE TABLE extra (id BIGINT PRIMARY KEY, bytes BYTEA, part DOUBLE PRECISION, text TEXT COLLATE "C", whole BIGINT)`); err != nil {
			t.Fatal(err)
		}
		_, back := newRegister(t, extra)
		if there, again := carry(to, server), carry(server, back); there["extra"] != first["extra"] || again["extra"] != first["extra"] {
			t.Errorf("the table is %v, on the server %v, and back %v", first["extra"], there["extra"], again["extra"])
		}
	}
	// A row that is another, is missing or is there twice is told.
	for _, spoil := range []string{"UPDATE extra SET bytes = x'01' WHERE id = 1", "UPDATE extra SET text = NULL WHERE id = 1", "DELETE FROM extra WHERE id = 9",
		"INSERT INTO extra (id) VALUES (10)", "UPDATE extra SET part = -part WHERE id = 9", "UPDATE extra SET bytes = NULL WHERE id = 1"} {
		if err := to.exec(t.Context(), "BEGIN", spoil); err != nil {
			t.Fatal(err)
		}
		if err := compareTables(t.Context(), to, first, told); err == nil || !strings.Contains(err.Error(), "表 extra") {
			t.Errorf("%s: compared %v, want the table", spoil, err)
		}
		if err := to.exec(t.Context(), "ROLLBACK"); err != nil {
			t.Fatal(err)
		}
	}
	// A table or a column that one side lacks, and a value that is not of its column, end a copy.
	_, without := newRegister(t, "SELECT 1")
	if _, err := copyTables(t.Context(), from, without, told); err == nil || !strings.Contains(err.Error(), "只有来源有 extra.bytes BLOB") {
		t.Errorf("to a register without the table: %v", err)
	}
	_, odd := newRegister(t, extra+"; INSERT INTO extra (id, text) VALUES (1, x'61')")
	_, last := newRegister(t, extra)
	if _, err := copyTables(t.Context(), odd, last, told); err == nil || !strings.Contains(err.Error(), "表 extra 的 text 列") {
		t.Errorf("bytes in a column of texts: %v", err)
	}
}

// Triggers and indexes that a copy lays aside are there again.
func TestCopyPutsEverythingBack(t *testing.T) {
	t.Parallel()
	things := func(f *fileEnd) (list []string) {
		if err := questioned(t.Context(), f, func(row []any) error {
			list = append(list, fmt.Sprint(row...))
			return nil
		}, "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name"); err != nil {
			t.Fatal(err)
		}
		return list
	}
	_, from := newRegister(t, "SELECT 1")
	_, to := newRegister(t, "SELECT 1")
	before := things(to)
	if _, err := copyTables(t.Context(), from, to, func(string, int64) {}); err != nil {
		t.Fatal(err)
	}
	if after := things(to); !slices.Equal(after, before) || len(after) < 150 {
		t.Errorf("after a copy there are %d tables, indexes and triggers, before %d", len(after), len(before))
	}
	if !enginetest.Server() {
		return
	}
	files := t.TempDir()
	server, _, err := fillServer(t.Context(), enginetest.Database(t, files), files, "casebook copy", Options{Now: testTime})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close() //nolint:errcheck // of a test
	have := func() (list []string) {
		if err := questioned(t.Context(), server, func(row []any) error {
			list = append(list, row[0].(string))
			return nil
		}, `SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() UNION ALL SELECT tgname || tgenabled::text FROM pg_trigger ORDER BY 1`); err != nil {
			t.Fatal(err)
		}
		return list
	}
	was := have()
	if _, err := copyTables(t.Context(), from, server, func(string, int64) {}); err != nil {
		t.Fatal(err)
	}
	if now := have(); !slices.Equal(now, was) || len(now) < 150 {
		t.Errorf("after a copy the server has %d indexes and triggers, before %d", len(now), len(was))
	}
}

// One who refers comes after what is referred to, however the tables are named.
func TestParentsFirst(t *testing.T) {
	list, err := parentsFirst([]copyTable{{name: "a", parents: []string{"c", "a"}}, {name: "b", parents: []string{"a"}}, {name: "c", parents: []string{"elsewhere"}}})
	var order []string
	for _, x := range list {
		order = append(order, x.name)
	}
	if err != nil || strings.Join(order, "") != "cab" {
		t.Errorf("parentsFirst = %v, %v; want c a b", order, err)
	}
	if _, err := parentsFirst([]copyTable{{name: "a", parents: []string{"b"}}, {name: "b", parents: []string{"a"}}}); err == nil {
		t.Error("a circle has an order")
	}
}

// cutShort gives some rows and then an error.
type cutShort struct {
	rows int
	err  error
}

func (f *cutShort) next() ([]any, error) {
	if f.rows--; f.rows < 0 {
		return nil, f.err
	}
	return []any{"x", "y"}, nil
}

func (*cutShort) close() error { return nil }

// A source that fails in the middle of a table is not taken for one that ends there.
func TestRowStreamTellsOfFailure(t *testing.T) {
	for _, want := range []error{io.EOF, io.ErrUnexpectedEOF} {
		s := &rowStream{ctx: t.Context(), from: &cutShort{3, want}, each: func(row []any) ([]any, error) { return row, nil }}
		n := 0
		for s.Next() {
			n++
		}
		if n != 3 || errors.Is(want, io.EOF) && s.Err() != nil || !errors.Is(want, io.EOF) && !errors.Is(s.Err(), want) {
			t.Errorf("a reader that ends with %v gave %d rows and %v", want, n, s.Err())
		}
	}
}
