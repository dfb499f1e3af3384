package store

import (
	"fmt"
	"strings"
)

// query assembles a list's SQL from written-out pieces; values always go in as parameters. ? marks a parameter in a piece.
type query struct {
	b    strings.Builder
	args []any
}

func newQuery(s string, args ...any) *query {
	q := &query{}
	q.add(s, args...)
	return q
}

func (q *query) add(piece string, args ...any) {
	for _, a := range args {
		q.args = append(q.args, a)
		piece = strings.Replace(piece, "?", fmt.Sprintf("$%d", len(q.args)), 1)
	}
	q.b.WriteString(piece)
}

func (q *query) andIf(cond bool, piece string, args ...any) {
	if cond {
		q.add(" AND "+piece, args...)
	}
}

func (q *query) sql() string { return q.b.String() }

// in writes a list of ids as parameters: (?, ?, ?). The caller bounds the length. SQLite alone has () for none.
func in[T ~int64](q *query, ids []T) string {
	if len(ids) == 0 {
		return "(SELECT 0 WHERE 1 = 0)"
	}
	marks := make([]string, len(ids))
	for i, id := range ids {
		q.args = append(q.args, int64(id))
		marks[i] = fmt.Sprintf("$%d", len(q.args))
	}
	return "(" + strings.Join(marks, ", ") + ")"
}

// idsOfRows are the ids of a page of rows.
func idsOfRows[T any](rows []T, id func(*T) int64) []int64 {
	ids := make([]int64, len(rows))
	for i := range rows {
		ids[i] = id(&rows[i])
	}
	return ids
}
