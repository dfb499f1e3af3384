package store

import (
	"database/sql"

	"casebook/internal/registry"
)

// TurnedBulletins are the approved bulletins with a case that was voided, or whose decision a document may have taken back or changed since: the
// documents themselves say whether it did. There are as many approved bulletins as a bureau ever published, a few a year; the kind is hidden
// from the planner, which would go through all documents of the kinds instead.
func (tx *Tx) TurnedBulletins() (ids []registry.BulletinID, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(number{&id})
		ids = append(ids, registry.BulletinID(id))
		return err
	}, `SELECT b.id FROM bulletins b WHERE b.state = $1 AND EXISTS (SELECT 1 FROM bulletin_cases bc JOIN cases c ON c.id = bc.case_id
		WHERE bc.bulletin_id = b.id AND (c.voided <> '' OR EXISTS (SELECT 1 FROM documents d WHERE d.case_id = bc.case_id AND d.kind || '' IN ($2, $3, $4, $5))))
		ORDER BY b.id`, string(registry.BulletinApproved), string(registry.DocAnnulled), string(registry.DocChanged), string(registry.DocReconsideration), string(registry.DocSuit))
	return ids, err
}
