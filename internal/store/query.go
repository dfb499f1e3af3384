package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

// query assembles a list's SQL from written-out pieces; values always go in as parameters. ? marks a parameter in a piece.
type query struct {
	b    strings.Builder
	args []any

	counting bool     // what rest adds is kept apart
	residue  []string // of a count: what is asked of the rows that the leading condition selects
}

func newQuery(s string, args ...any) *query {
	q := &query{}
	q.add(s, args...)
	return q
}

func (q *query) add(piece string, args ...any) {
	for _, a := range args {
		before, after, found := strings.Cut(piece, "?")
		q.b.WriteString(before)
		if found {
			q.mark(a)
		}
		piece = after
	}
	q.b.WriteString(piece)
}

// mark writes a value as the next parameter.
func (q *query) mark(value any) {
	q.args = append(q.args, value)
	q.b.WriteString(mark(len(q.args)))
}

// mark is how a statement names its nth parameter.
func mark(n int) string {
	if n < len(marks) {
		return marks[n]
	}
	return "$" + strconv.Itoa(n)
}

// marks are the first of them, made once: a page's ids are some fifty.
var marks = func() (list [400]string) {
	for i := range list {
		list[i] = "$" + strconv.Itoa(i)
	}
	return list
}()

func (q *query) andIf(cond bool, piece string, args ...any) {
	if cond {
		q.add(" AND "+piece, args...)
	}
}

// behind is a column that a condition is asked of while another one leads: || ” keeps the planner from the column's own index.
func behind(column string, led bool) string {
	if led {
		return column + " || ''"
	}
	return column
}

// period adds the condition that a partial date of x lies in a span that it at least overlaps; zero bounds are open. column is the one that the list is
// in the order of. What is known by month or year alone begins at most so long before the span: the list need not be read further back, and no further
// than the span where there is none.
func (q *query) period(table, name, column string, from, to registry.Date) {
	if !from.IsZero() {
		first := from.Earliest()
		q.restIf(true, true, latestOf("x."+name)+" >= ?", first)
		q.add(" AND " + column + " >= (SELECT CASE")
		for _, start := range []string{first[:len("2006")] + "-01-01", first[:len("2006-01")] + "-01"} {
			q.add(" WHEN EXISTS (SELECT 1 FROM "+table+" WHERE "+name+" = ? AND "+name+"_latest >= ?) THEN ?", start, first, start)
		}
		q.add(" ELSE ? END)", first)
	}
	q.andIf(!to.IsZero(), column+" <= ? AND "+column+" <> ''", to.Latest())
}

// restIf adds a condition that does not lead, where another one does.
func (q *query) restIf(cond, led bool, piece string, args ...any) {
	if !cond || !q.counting || !led {
		q.andIf(cond, piece, args...)
		return
	}
	r := &query{args: q.args}
	r.add(piece, args...)
	q.args, q.residue = r.args, append(q.residue, r.sql())
}

// shareIf adds a condition on a column that another one may lead.
func (q *query) shareIf(cond bool, column string, led bool, value any) {
	q.restIf(cond, led, behind(column, led)+" = ?", value)
}

// countLook is how many rows a count looks at that has to look at each: more than CountCap may be found or not, what is found is a lower bound then.
const countLook = 2 * CountCap

// counted counts the rows of x that conditions select, up to CountCap, and looks at countLook of them at most. where adds the conditions.
func (tx *Tx) counted(from string, where func(q *query)) (n int, capped bool, err error) {
	q := &query{counting: true}
	where(q)
	if len(q.residue) == 0 {
		q.add(" LIMIT ?", CountCap+1)
		err = tx.one([]any{&n}, "SELECT COUNT(*) FROM (SELECT 1 FROM "+from+q.sql()+") AS counted", q.args...)
		return min(n, CountCap), n > CountCap, err
	}
	q.add(" LIMIT ?", countLook+1)
	looked := 0
	err = tx.one([]any{&looked, &n}, "SELECT COUNT(*), COALESCE(SUM(hit), 0) FROM (SELECT CASE WHEN "+strings.Join(q.residue, " AND ")+" THEN 1 ELSE 0 END AS hit FROM "+
		from+q.sql()+") AS counted", q.args...)
	return min(n, CountCap), looked > countLook || n > CountCap, err
}

func (q *query) sql() string { return q.b.String() }

// insertRows is the statement that inserts n rows at once.
func insertRows(table string, n int, columns ...string) string {
	rows, marks := make([]string, n), make([]string, len(columns))
	for i := range rows {
		for j := range marks {
			marks[j] = fmt.Sprintf("$%d", i*len(columns)+j+1)
		}
		rows[i] = "(" + strings.Join(marks, ", ") + ")"
	}
	return "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES " + strings.Join(rows, ", ")
}

// noneOf is the condition of an index that leaves some values out, as its queries repeat it. NOT IN would have SQLite make a table of the values for each row
// that it writes or checks.
func noneOf[T ~string](column string, values []T) string {
	each := make([]string, len(values))
	for i, v := range values {
		each[i] = column + " <> '" + string(v) + "'"
	}
	return strings.Join(each, " AND ")
}

// in writes a list of ids as parameters: (?, ?, ?). The caller bounds the length. SQLite alone has () for none.
func in[T ~int64](q *query, ids []T) string {
	if len(ids) == 0 {
		return "(SELECT 0 WHERE 1 = 0)"
	}
	var b strings.Builder
	b.Grow(6 * len(ids))
	q.args = slices.Grow(q.args, len(ids))
	sign := byte('(')
	for _, id := range ids {
		q.args = append(q.args, int64(id))
		b.WriteByte(sign)
		b.WriteString(mark(len(q.args)))
		sign = ','
	}
	b.WriteByte(')')
	return b.String()
}

// idsOfRows are the ids of a page of rows.
func idsOfRows[T any](rows []T, id func(*T) int64) []int64 {
	ids := make([]int64, len(rows))
	for i := range rows {
		ids[i] = id(&rows[i])
	}
	return ids
}
