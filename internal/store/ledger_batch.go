package store

import (
	"database/sql"
	"fmt"

	"casebook/internal/registry"
)

// Batches are no records: what they made has its own history, and they say only what belongs together.

// ledgerBody is what of a batch nobody looks for.
type ledgerBody struct {
	Rows                    []registry.LedgerRow     `json:"rows"`
	Made                    []registry.MadeRecord    `json:"made"`
	Changed                 []registry.ChangedRecord `json:"changed,omitempty"`
	Rejected, Ignored, Same int
	Kept                    int `json:",omitempty"`
}

const ledgerBatchColumns = "id, filename, sha256, mapping_name, made_by, made_at, undone_by, undone_at, added, updated, rejected"

// ledgerBatches are without what of each is in its body.
func (tx *Tx) ledgerBatches(clause string, args ...any) (list []registry.LedgerBatch, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var x registry.LedgerBatch
		err := rows.Scan(number{(*int64)(&x.ID)}, &x.Filename, &x.SHA256, &x.MappingName, &x.By, at(&x.At), &x.UndoneBy, at(&x.UndoneAt), &x.New, &x.Updates, &x.Rejected)
		list = append(list, x)
		return err
	}, "SELECT "+ledgerBatchColumns+" FROM ledger_batches "+clause, args...)
	return list, err
}

// AddLedgerBatch notes a batch and sets its id.
func (tx *Tx) AddLedgerBatch(x *registry.LedgerBatch) error {
	x.At = asStored(x.At)
	body := ledgerBody{Rows: x.Rows, Made: x.Made, Changed: x.Changed, Rejected: x.Rejected, Ignored: x.Ignored, Same: x.Same, Kept: x.Kept}
	if err := tx.one([]any{(*int64)(&x.ID)}, `INSERT INTO ledger_batches (filename, sha256, mapping_name, made_by, made_at, undone_by, undone_at, added, updated, rejected, mapping, body)
		VALUES ($1, $2, $3, $4, $5, '', '', $6, $7, $8, $9, $10) RETURNING id`, x.Filename, x.SHA256, x.MappingName, x.By, instantText(x.At), x.New, x.Updates, x.Rejected,
		jsonValue{&x.Mapping}, jsonValue{&body}); err != nil {
		return fmt.Errorf("add a batch of a ledger: %w", translate(err))
	}
	tx.rows++
	return nil
}

// UndoLedgerBatch notes that a batch was taken back; false where it had been already.
func (tx *Tx) UndoLedgerBatch(x *registry.LedgerBatch) (bool, error) {
	res, err := tx.exec("UPDATE ledger_batches SET undone_by = $1, undone_at = $2 WHERE id = $3 AND undone_at = ''", x.UndoneBy, instantText(x.UndoneAt), int64(x.ID))
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// LedgerBatch is one batch, whole.
func (tx *Tx) LedgerBatch(id registry.LedgerBatchID) (x registry.LedgerBatch, err error) {
	list, err := tx.ledgerBatches("WHERE id = $1", int64(id))
	if err == nil && len(list) == 0 {
		err = registry.NotFound("导入批次", id)
	}
	if err != nil {
		return x, err
	}
	x = list[0]
	var b ledgerBody
	if err := tx.one([]any{jsonValue{&x.Mapping}, jsonValue{&b}}, "SELECT mapping, body FROM ledger_batches WHERE id = $1", int64(id)); err != nil {
		return x, err
	}
	x.Rows, x.Made, x.Changed, x.Ignored, x.Same, x.Kept = b.Rows, b.Made, b.Changed, b.Ignored, b.Same, b.Kept
	return x, nil
}

// LedgerBatchesOf are the newest batches of a person; LedgerBatches those of everybody.
func (tx *Tx) LedgerBatchesOf(by string, limit int) ([]registry.LedgerBatch, error) {
	return tx.ledgerBatches("WHERE made_by = $1 ORDER BY id DESC LIMIT $2", by, limit)
}

// LedgerBatches are the newest batches of everybody.
func (tx *Tx) LedgerBatches(limit int) ([]registry.LedgerBatch, error) {
	return tx.ledgerBatches("ORDER BY id DESC LIMIT $1", limit)
}

// LedgerMapping is the newest mapping of a name; nil where there is none.
func (tx *Tx) LedgerMapping(name string) (titles map[string]string, err error) {
	err = tx.one([]any{jsonValue{&titles}}, "SELECT mapping FROM ledger_batches WHERE mapping_name = $1 AND mapping_name <> '' ORDER BY id DESC LIMIT 1", name)
	if noRows(err) {
		return nil, nil
	}
	return titles, err
}

// LedgerMappings are the names of the mappings that were kept.
func (tx *Tx) LedgerMappings(limit int) (names []string, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		names = append(names, name)
		return err
	}, "SELECT DISTINCT mapping_name FROM ledger_batches WHERE mapping_name <> '' ORDER BY mapping_name LIMIT $1", limit)
	return names, err
}
