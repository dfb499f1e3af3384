package demo

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"casebook/internal/store"
	"casebook/internal/store/enginetest"
)

// bytesByTable is how many bytes of the file each table takes with its indexes, the largest first, and how many all do.
func bytesByTable(tb testing.TB, db *store.DB) (all int64, list []string) {
	tb.Helper()
	raw, err := sql.Open("sqlite", "file:"+filepath.ToSlash(filepath.Join(db.Dir(), "casebook.db")))
	if err != nil {
		tb.Fatal(err)
	}
	defer raw.Close() //nolint:errcheck // only read
	rows, err := raw.Query(`SELECT COALESCE(s.tbl_name, d.name), SUM(d.pgsize) FROM dbstat d LEFT JOIN sqlite_schema s ON s.name = d.name GROUP BY 1 ORDER BY 2 DESC`)
	if err != nil {
		tb.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // Err tells
	for rows.Next() {
		var table string
		var n int64
		if err := rows.Scan(&table, &n); err != nil {
			tb.Fatal(err)
		}
		all += n
		list = append(list, fmt.Sprintf("%s %d", table, n))
	}
	if err := rows.Err(); err != nil {
		tb.Fatal(err)
	}
	return all, list
}

// growth is how many bytes of the file a case takes with all that hangs on it, where there are some already.
func growth(tb testing.TB, first, more int) (bytesACase int64, tables []string) {
	tb.Helper()
	s, db := loaded(tb)
	if err := Synthesize(context.Background(), s, first, 7, nil); err != nil {
		tb.Fatal(err)
	}
	before, _ := bytesByTable(tb, db)
	if err := Synthesize(context.Background(), s, more, 8, nil); err != nil {
		tb.Fatal(err)
	}
	after, tables := bytesByTable(tb, db)
	return (after - before) / int64(more), tables
}

// A register grows by so much a case and no more: a column or an index that costs much is seen here. Raised with a word why, lowered
// where something was won.
func TestGrowthOfACase(t *testing.T) {
	enginetest.OnlySQLite(t, "the size of the data file")
	if testing.Short() {
		t.Skip("makes hundreds of synthetic cases")
	}
	// 13,000 before statistics kept a fact of each case (240 bytes, and its indexes), 13,500 before its months and lines led to lists, 14,000
	// before a line was kept by its months.
	const most = 15_000
	n, tables := growth(t, 100, 200)
	if n > most {
		t.Errorf("a case adds %d bytes to the file, want %d at most; the tables are %v", n, most, tables)
	}
	if n < most*3/4 {
		t.Errorf("a case adds %d bytes to the file: lower the bound of %d", n, most)
	}
}

// BenchmarkSize prints how many bytes a case adds, at two sizes of the register, and what the tables take.
func BenchmarkSize(b *testing.B) {
	for _, n := range []int{500, 2000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for range b.N {
				bytesACase, tables := growth(b, n, n)
				b.ReportMetric(float64(bytesACase), "bytes/case")
				b.ReportMetric(0, "ns/op")
				b.Log(tables)
			}
		})
	}
}
