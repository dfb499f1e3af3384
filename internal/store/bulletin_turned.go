package store

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"

	"casebook/internal/registry"
)

// bulletinsTelling are, for each of some cases, the approved bulletins that tell it and those that are withdrawn, oldest first.
func (tx *Tx) bulletinsTelling(ids []registry.CaseID) (map[registry.CaseID][]registry.CaseBulletin, error) {
	out := map[registry.CaseID][]registry.CaseBulletin{}
	of := map[registry.BulletinID][]registry.CaseID{}
	var told []registry.BulletinID
	q := newQuery("SELECT bulletin_id, case_id FROM bulletin_cases WHERE case_id IN ")
	q.add(in(q, ids) + " ORDER BY bulletin_id")
	if err := tx.each(func(rows *sql.Rows) error {
		var id registry.BulletinID
		var c registry.CaseID
		err := rows.Scan(&id, &c)
		if of[id] == nil {
			told = append(told, id)
		}
		of[id] = append(of[id], c)
		return err
	}, q.sql(), q.args...); err != nil || len(told) == 0 {
		return out, err
	}
	for few := range slices.Chunk(told, fewIDs) {
		q := newQuery("WHERE id IN ")
		q.add(in(q, few)+" AND state IN (?, ?) ORDER BY id", string(registry.BulletinApproved), string(registry.BulletinWithdrawn))
		list, err := Bulletins.list(tx, q.sql(), q.args...)
		if err != nil {
			return nil, err
		}
		for i := range list {
			corrections, err := tx.CorrectionsOf(list[i].ID)
			if err != nil {
				return nil, err
			}
			if b, ok := list[i].Told(corrections); ok {
				for _, c := range of[b.ID] {
					out[c] = append(out[c], b)
				}
			}
		}
	}
	return out, nil
}

// touchTold has the cases settled that a bulletin, or the one that it puts right, tells: what they have due, and whether they turned it, goes by what was
// published of them.
func (tx *Tx) touchTold(x *registry.Bulletin) error {
	if !x.Released() {
		return nil
	}
	for _, c := range x.Cases {
		tx.cases[c.CaseID] = true
	}
	return tx.each(func(rows *sql.Rows) error {
		var c registry.CaseID
		err := rows.Scan(&c)
		tx.cases[c] = true
		return err
	}, "SELECT case_id FROM bulletin_cases WHERE bulletin_id = $1", x.CorrectsID)
}

// keepTurned keeps which of the approved bulletins that tell a case it turned.
func (tx *Tx) keepTurned(f *registry.CaseFile, turned []registry.BulletinID) error {
	for _, b := range f.Bulletins {
		if _, err := tx.exec("UPDATE bulletin_cases SET turned = $1 WHERE bulletin_id = $2 AND case_id = $3 AND turned <> $1", slices.Contains(turned, b.ID), b.ID, f.Case.ID); err != nil {
			return fmt.Errorf("keep whether bulletin %d is turned: %w", b.ID, err)
		}
	}
	return nil
}

// turnedBy are the bulletins that each of some cases is kept to have turned.
func (tx *Tx) turnedBy(ids []registry.CaseID) (map[registry.CaseID][]registry.BulletinID, error) {
	of := map[registry.CaseID][]registry.BulletinID{}
	q := newQuery("SELECT case_id, bulletin_id FROM bulletin_cases WHERE turned <> 0 AND case_id IN ")
	q.add(in(q, ids) + " ORDER BY bulletin_id")
	err := tx.each(func(rows *sql.Rows) error {
		var c registry.CaseID
		var b registry.BulletinID
		err := rows.Scan(&c, &b)
		of[c] = append(of[c], b)
		return err
	}, q.sql(), q.args...)
	return of, err
}

// TurnedBulletin is an approved bulletin with the cases that turned it.
type TurnedBulletin struct {
	Bulletin registry.BulletinID
	Cases    []registry.CaseID
}

// TurnedBulletins are the approved bulletins with a case that was voided, or whose decision was taken back, changed or contested since.
func (tx *Tx) TurnedBulletins() (list []TurnedBulletin, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var b registry.BulletinID
		var c registry.CaseID
		err := rows.Scan(&b, &c)
		at := slices.IndexFunc(list, func(t TurnedBulletin) bool { return t.Bulletin == b })
		if at < 0 {
			at, list = len(list), append(list, TurnedBulletin{Bulletin: b})
		}
		list[at].Cases = append(list[at].Cases, c)
		return err
	}, "SELECT bulletin_id, case_id FROM bulletin_cases WHERE turned = 1") // sorted here: asked for an order, the planner reads another index
	slices.SortFunc(list, func(a, b TurnedBulletin) int { return cmp.Compare(a.Bulletin, b.Bulletin) })
	return list, err
}
