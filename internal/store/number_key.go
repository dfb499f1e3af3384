package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/pressly/goose/v3"

	"casebook/internal/registry"
)

// A document's number is unique by its key (registry.DocNumberKey), which the store keeps beside it. Registers from before the key may hold
// one number in two spellings: both stay, the later one marked as a twin (number_twin is its own id, else 0), and verify names them.

// numberKeys is the migration that adds the key: only Go can compute it.
var numberKeys = goose.NewGoMigration(21, &goose.GoFunc{RunTx: addNumberKeys}, nil)

func addNumberKeys(ctx context.Context, tx *sql.Tx) error {
	for _, statement := range []string{
		"ALTER TABLE documents ADD COLUMN number_key TEXT NOT NULL DEFAULT ''",
		"ALTER TABLE documents ADD COLUMN number_twin INTEGER NOT NULL DEFAULT 0",
		"DROP INDEX documents_number",
	} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	type numbered struct {
		id, twin int64
		key      string
	}
	var list []numbered
	first := map[string]bool{}
	rows, err := tx.QueryContext(ctx, "SELECT id, number_normalized, organ_name FROM documents WHERE number_normalized <> '' ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	for rows.Next() {
		var x numbered
		var number, organ string
		if err := rows.Scan(&x.id, &number, &organ); err != nil {
			return err
		}
		x.key = registry.DocNumberKey(number)
		if organ == "" {
			if first[x.key] {
				x.twin = x.id
			}
			first[x.key] = true
		}
		list = append(list, x)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, x := range list {
		if _, err := tx.ExecContext(ctx, "UPDATE documents SET number_key = $1, number_twin = $2 WHERE id = $3", x.key, x.twin, x.id); err != nil {
			return fmt.Errorf("number of document %d: %w", x.id, err)
		}
	}
	_, err = tx.ExecContext(ctx, "CREATE UNIQUE INDEX documents_number ON documents(number_key, number_twin) WHERE number_key <> '' AND organ_name = ''")
	return err
}

// DocumentsNumbered lists the documents of our own that have a number, however it is spelt, without their citations.
func (tx *Tx) DocumentsNumbered(number string) ([]registry.Document, error) {
	q := newQuery("WHERE number_key = ? AND number_key <> '' AND organ_name = ''", registry.DocNumberKey(number))
	if tx.reads != nil {
		q.add(" AND case_id IN (SELECT id FROM cases WHERE branch = ?)", tx.ownDistrict())
	}
	q.add(" ORDER BY id")
	return Documents.list(tx, q.sql(), q.args...)
}

// verifyNumbers compares the keys with the numbers, and names the documents that have one number from before it was refused.
func (tx *Tx) verifyNumbers(bad func(string, ...any)) error {
	return tx.each(func(rows *sql.Rows) error {
		var id, twin int64
		var number, key string
		if err := rows.Scan(&id, &number, &key, &twin); err != nil {
			return err
		}
		if want := registry.DocNumberKey(number); key != want {
			bad("文书 %d 的文号“%s”记为“%s”，应为“%s”", id, number, key, want)
		}
		if twin != 0 {
			bad("文书 %d 与文书 %d 的文号“%s”是同一个，请核对后改正其中一份", id, twin, number)
		}
		return nil
	}, `SELECT d.id, d.number_normalized, d.number_key, COALESCE((SELECT MIN(o.id) FROM documents o
			WHERE d.number_twin <> 0 AND o.number_key = d.number_key AND o.number_key <> '' AND o.organ_name = '' AND o.id <> d.id), 0)
		FROM documents d WHERE d.number_normalized <> '' ORDER BY d.id`)
}
