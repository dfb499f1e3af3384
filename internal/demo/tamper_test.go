package demo

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// tampering is a register whose triggers are gone, as whoever writes to the file with another program would have it.
type tampering struct {
	*testing.T
	s   *casework.Service
	raw *sql.DB
}

func newTampering(t *testing.T) tampering {
	s, db := loaded(t)
	if err := Synthesize(context.Background(), s, 12, 1, nil); err != nil {
		t.Fatal(err)
	}
	x := tampering{t, s, enginetest.Raw(t, db.Dir())}
	x.raw.SetMaxOpenConns(1)
	x.exec("PRAGMA foreign_keys = 0")
	for _, name := range x.strings("SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
		x.exec("DROP TRIGGER " + name)
	}
	return x
}

func (x tampering) exec(query string, args ...any) {
	x.Helper()
	if _, err := x.raw.Exec(query, args...); err != nil {
		x.Fatalf("%s: %v", query, err)
	}
}

func (x tampering) strings(query string, args ...any) (list []string) {
	x.Helper()
	rows, err := x.raw.Query(query, args...)
	if err != nil {
		x.Fatalf("%s: %v", query, err)
	}
	defer rows.Close() //nolint:errcheck // a test's
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			x.Fatal(err)
		}
		list = append(list, s)
	}
	return list
}

// found are the defects that verify tells; an error of it is one.
func (x tampering) found() []string {
	r, err := x.s.Verify(context.Background(), registry.CommandLine)
	if err != nil {
		return append(r.Defects, "核验不能完成："+err.Error())
	}
	return r.Defects
}

// changed is another value of the same kind.
func changed(v any) any {
	switch v := v.(type) {
	case nil:
		return 1
	case int64:
		return v + 100003
	case float64:
		return v + 1
	case []byte:
		if len(v) == 0 {
			return []byte{1}
		}
		w := slices.Clone(v)
		w[len(w)-1] ^= 1
		return w
	case string:
		if v == "violation" {
			return "document"
		}
		if i := strings.LastIndexAny(v, "0123456789"); i >= 0 {
			return v[:i] + string('0'+(v[i]-'0'+1)%10) + v[i+1:]
		}
		if v == "null" {
			return "[1]"
		}
		return v + "甲"
	}
	if at, ok := v.(time.Time); ok { // the driver reads columns of this type so
		return at.Add(time.Hour)
	}
	panic(fmt.Sprintf("%T", v))
}

func TestExplore(t *testing.T) {
	enginetest.OnlySQLite(t, "the file written to by another program")
	x := newTampering(t)
	if list := x.found(); len(list) > 0 {
		t.Fatal("before anything was changed:", list)
	}
	n, missed := 0, 0
	for _, table := range x.strings("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name") {
		keys := x.strings("SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk", table)
		columns := x.strings("SELECT name FROM pragma_table_info($1)", table)
		if len(keys) == 0 {
			keys = []string{"rowid"}
		}
		var empty bool
		if err := x.raw.QueryRow("SELECT NOT EXISTS (SELECT 1 FROM " + table + ")").Scan(&empty); err != nil {
			t.Fatal(err)
		}
		if empty {
			t.Logf("%s is empty", table)
			continue
		}
		where := make([]string, len(keys))
		for i, k := range keys {
			where[i] = k + " IS $" + fmt.Sprint(i+1)
		}
		for _, c := range columns {
			id := make([]any, len(keys))
			ptrs := make([]any, len(keys)+1)
			for i := range id {
				ptrs[i] = &id[i]
			}
			var was any
			ptrs[len(keys)] = &was
			if err := x.raw.QueryRow("SELECT " + strings.Join(keys, ", ") + ", " + c + " FROM " + table + " ORDER BY " + c + " IS NULL, " + c + " = '', " + strings.Join(keys, ", ") + " LIMIT 1").Scan(ptrs...); err != nil {
				t.Fatal(err)
			}
			q := "UPDATE " + table + " SET " + c + " = $" + fmt.Sprint(len(keys)+1) + " WHERE " + strings.Join(where, " AND ")
			now := changed(was)
			if _, err := x.raw.Exec(q, append(slices.Clone(id), now)...); err != nil {
				t.Logf("%s.%s: %v", table, c, err)
				continue
			}
			n++
			if list := x.found(); len(list) == 0 {
				missed++
				t.Logf("MISSED %s.%s %v: %.60v -> %.60v", table, c, id, was, now)
			} else {
				t.Logf("found %s.%s %v: %.300s", table, c, id, list[0])
			}
			for i, k := range keys {
				if k == c {
					id[i] = now
				}
			}
			x.exec(q, append(slices.Clone(id), was)...)
		}
	}
	t.Logf("%d tried, %d missed", n, missed)
}
