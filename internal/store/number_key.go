package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/pressly/goose/v3"

	"casebook/internal/registry"
)

// The number of a document, and of a case, is unique by its key (registry.DocNumberKey), which the store keeps beside it. Registers from before
// the key may hold one number in two spellings: both stay, the later one marked as a twin (number_twin is its own id, else 0), and verify names
// them.

// numberKeys and caseNumberKeys are the migrations that add the key: only Go can compute it.
var (
	numberKeys     = goose.NewGoMigration(21, &goose.GoFunc{RunTx: addNumberKeys}, nil)
	caseNumberKeys = goose.NewGoMigration(30, &goose.GoFunc{RunTx: addCaseNumberKeys}, nil)
)

func addNumberKeys(ctx context.Context, tx *sql.Tx) error {
	return keyNumbers(ctx, tx, "documents", "number_normalized", "organ_name = ''")
}

func addCaseNumberKeys(ctx context.Context, tx *sql.Tx) error {
	return keyNumbers(ctx, tx, "cases", "number", "voided = ''")
}

// keyNumbers keys the numbers of a table. counts says of which rows a number is their own alone.
func keyNumbers(ctx context.Context, tx *sql.Tx, table, number, counts string) error {
	for _, statement := range []string{
		"ALTER TABLE " + table + " ADD COLUMN number_key TEXT NOT NULL DEFAULT ''",
		"ALTER TABLE " + table + " ADD COLUMN number_twin INTEGER NOT NULL DEFAULT 0",
		"DROP INDEX " + table + "_number",
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
	rows, err := tx.QueryContext(ctx, "SELECT id, "+number+", "+counts+" FROM "+table+" WHERE "+number+" <> '' ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	for rows.Next() {
		var x numbered
		var typed string
		var own bool
		if err := rows.Scan(&x.id, &typed, &own); err != nil {
			return err
		}
		x.key = registry.DocNumberKey(typed)
		if own {
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
		if _, err := tx.ExecContext(ctx, "UPDATE "+table+" SET number_key = $1, number_twin = $2 WHERE id = $3", x.key, x.twin, x.id); err != nil {
			return fmt.Errorf("number of %d of %s: %w", x.id, table, err)
		}
	}
	_, err = tx.ExecContext(ctx, "CREATE UNIQUE INDEX "+table+"_number ON "+table+"(number_key, number_twin) WHERE number_key <> '' AND "+counts)
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

// verifyNumbers compares the keys with the numbers, and names the records that have one number from before it was refused.
func (tx *Tx) verifyNumbers(bad func(string, ...any)) error {
	for _, t := range []struct{ noun, called, table, number, counts string }{
		{"文书", "文号", "documents", "CASE d.number_normalized WHEN '' THEN d.number ELSE d.number_normalized END", "o.organ_name = ''"},
		{"案件", "编号", "cases", "d.number", "o.voided = ''"},
	} {
		err := tx.each(func(rows *sql.Rows) error {
			var id, twin int64
			var number, key string
			if err := rows.Scan(&id, &number, &key, &twin); err != nil {
				return err
			}
			if want := registry.DocNumberKey(number); key != want {
				bad("%s %d 的%s“%s”记为“%s”，应为“%s”", t.noun, id, t.called, number, key, want)
			}
			if twin != 0 {
				bad("%s %d 与%s %d 的%s“%s”是同一个，请核对后改正其中一个", t.noun, id, t.noun, twin, t.called, number)
			}
			return nil
		}, `SELECT d.id, `+t.number+`, d.number_key, COALESCE((SELECT MIN(o.id) FROM `+t.table+` o
				WHERE d.number_twin <> 0 AND o.number_key = d.number_key AND o.number_key <> '' AND `+t.counts+` AND o.id <> d.id), 0)
			FROM `+t.table+` d WHERE d.number <> '' ORDER BY d.id`)
		if err != nil {
			return err
		}
	}
	return nil
}
