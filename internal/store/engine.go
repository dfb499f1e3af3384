package store

import (
	"context"
	"errors"
	"strings"

	"casebook/internal/registry"
)

// A register lies in an SQLite file or in a PostgreSQL database. The rest of the package is one text for both: SQL that both speak ($1,
// RETURNING, ON CONFLICT, row values, instr), 0 and 1 for no and yes, texts that order by their bytes. What differs is in this interface, and
// stands in the files named for an engine: sqlite*.go and postgres*.go, with their migrations under equal numbers.
//
// Two rules keep it so. A statement that failed ends its transaction: PostgreSQL carries out no further one. And a write begins with the
// register's only write lock, so that what it reads stays so until it commits.
type engine interface {
	// begin is the statement that opens a transaction: a read stands on one snapshot, a write has the write lock.
	begin(write bool) string
	// move runs a statement that moves a transaction: BEGIN and COMMIT, and those of savepoints.
	move(c *conn, query string) error
	// broken tells that a transaction can no longer be committed, though COMMIT might not say so.
	broken(c *conn) error

	// translate turns a constraint that the database refused into a domain error; other errors pass through.
	translate(err error) error
	// trouble is what ails the database, as far as an error tells; explain puts it into an administrator's words, with the remedy.
	trouble(err error) trouble
	explain(db *DB, err error) error

	// spelled is a statement as the database takes it fastest.
	spelled(query string) string
	// insert inserts a row and returns its id.
	insert(tx *Tx, query string, args []any) (id int64, err error)

	// keepTerms replaces the index terms of a record; known tells that it may have some.
	keepTerms(tx *Tx, entity string, id int64, terms []string, known bool) error
	// mergeTerms does a step of joining what the index of a noun keeps apart, the first where begin is set, and tells whether there is more to do.
	mergeTerms(ctx context.Context, c *conn, entity string, begin bool) (more bool, err error)
	// gatherTerms does a step of joining the small parts of it, as mergeTerms does one of joining all.
	gatherTerms(ctx context.Context, c *conn, entity string, begin bool) (more bool, err error)
	// found reads the ids of the records of a noun whose terms are needed ones, as id.
	found(tx *Tx, q *query, entity string, n needed)
	// matching joins a noun's rows x to those records, opens the WHERE clause, and returns the column that holds the id in the leading table.
	matching(tx *Tx, q *query, entity string, n needed) (id string)

	// by names the index that a table is read by, where the planner's statistics may be of another time than the rows; empty where that cannot be said.
	by(index string) string

	// staleStatistics lists the statements that bring the planner's statistics up to date where they are not.
	staleStatistics(ctx context.Context, c *conn) ([]string, error)
	// verifyStructure checks what the database keeps for itself, references among it.
	verifyStructure(tx *Tx, bad func(string, ...any)) error
	// rest is done on the writer before a register is closed.
	rest(ctx context.Context, c *conn)
	// forLoad prepares a writer for a load of many records.
	forLoad(ctx context.Context, c *conn) error
	// shrink gives back the memory of a connection at rest.
	shrink(ctx context.Context, c *conn)
}

// translate is that of whichever engine an error comes from.
func translate(err error) error { return inPostgres{}.translate(inSQLite{}.translate(err)) }

// errReference is what a foreign key tells.
var errReference = &registry.Error{Kind: registry.KindConflict, Message: "引用的记录不存在，或仍被其他记录引用。请刷新页面后重试。"}

// errTaken says of a column that is unique which field of a form is taken.
func errTaken(column string) error {
	_, field, _ := strings.Cut(column, ".")
	message := "与已有记录重复"
	switch column {
	case "cases.number_key":
		field, message = "number", "这个案件编号已被另一个案件使用"
	case "documents.number_key":
		field, message = "number", "这个文号已被另一份文书使用；同一文号只能登记一次"
	case "users.username":
		message = "这个用户名已有人使用"
	case "organs.name":
		message = "已有同名机构"
	case "document_kinds.name":
		message = "已有同名的文书种类"
	case "officers.cert_no":
		message = "这个执法证号已登记"
	}
	return &registry.Error{Kind: registry.KindConflict, Message: message, Fields: []registry.FieldError{{Field: field, Message: message}}}
}

// errFailed is for a transaction that went on after a statement had failed.
var errFailed = errors.New("a statement of this transaction failed: nothing is committed")
