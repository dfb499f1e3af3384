package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"casebook/internal/registry"
)

// What waits for an officer is kept by officer: the inspections that they took part in and have not submitted, and those that found a violation and have no
// case yet. Of all inspections these are few, and the officers of one stand packed in its row.

// Why an inspection waits.
const (
	waitsAsDraft = "draft"
	waitsForCase = "case"
)

// waitOf is what an inspection waits for; empty where it is done with.
func waitOf(x *registry.Inspection, cased bool) string {
	switch {
	case x.IsVoid():
		return ""
	case x.State == registry.InspectionDraft:
		return waitsAsDraft
	case x.Result == registry.ViolationFound && !cased:
		return waitsForCase
	}
	return ""
}

// keepWait brings what an inspection waits for up to date on the desks of its officers.
func (tx *Tx) keepWait(x *registry.Inspection, cased bool) error {
	if x.Version > 1 || cased {
		if _, err := tx.exec("DELETE FROM officer_inspections WHERE inspection_id = $1", x.ID); err != nil {
			return err
		}
	}
	wait := waitOf(x, cased)
	if wait == "" {
		return nil
	}
	had := map[registry.OfficerID]bool{}
	for _, o := range x.Officers {
		if o.OfficerID == 0 || had[o.OfficerID] {
			continue
		}
		had[o.OfficerID] = true
		if _, err := tx.exec("INSERT INTO officer_inspections (officer_id, wait, started_on, inspection_id) SELECT id, $2, $3, $4 FROM officers WHERE id = $1",
			o.OfficerID, wait, x.StartedOn.Earliest(), x.ID); err != nil {
			return err
		}
	}
	return nil
}

// keepWaits is keepWait for inspections by their ids, as they are stored.
func (tx *Tx) keepWaits(ids []registry.InspectionID) error {
	for _, id := range ids {
		x, err := Inspections.Get(tx, int64(id))
		if registry.KindOf(err) == registry.KindNotFound {
			continue // the foreign key says so
		}
		if err != nil {
			return err
		}
		var cased bool
		if err := tx.one([]any{&cased}, "SELECT cased = 1 FROM inspections WHERE id = $1", id); err != nil {
			return err
		}
		x.Version = max(x.Version, 2) // rows may be there
		if err := tx.keepWait(&x, cased); err != nil {
			return fmt.Errorf("keep what inspection %d waits for: %w", id, err)
		}
	}
	return nil
}

// waiting selects the inspections that may wait on a desk.
const waiting = "voided = '' AND (state = '草稿' OR result = '发现违法' AND cased = 0)"

// settingDesks holds the last inspection whose wait is kept, or that all are: registers from before schema 56 have none.
const (
	settingDesks = "officer_desks"
	allDesks     = "all"
)

// fillDesks brings in the inspections that waited before there was a table of them.
func (db *DB) fillDesks(ctx context.Context) error {
	for {
		var done string
		err := db.Read(ctx, func(tx *Tx) (err error) {
			done, err = tx.Setting(settingDesks)
			return err
		})
		if err != nil || done == allDesks {
			return err
		}
		after, _ := strconv.ParseInt(done, 10, 64) // none yet: 0
		if err := db.WriteAlone(ctx, func(tx *Tx) error {
			var ids []registry.InspectionID
			if err := tx.each(func(rows *sql.Rows) error {
				var id registry.InspectionID
				err := rows.Scan(&id)
				ids = append(ids, id)
				return err
			}, "SELECT id FROM inspections WHERE id > $1 AND "+waiting+" ORDER BY id LIMIT $2", after, reindexBatch); err != nil {
				return err
			}
			if err := tx.keepWaits(ids); err != nil {
				return err
			}
			if len(ids) < reindexBatch {
				return tx.SetSetting(settingDesks, allDesks)
			}
			return tx.SetSetting(settingDesks, strconv.FormatInt(int64(ids[len(ids)-1]), 10))
		}); err != nil {
			return err
		}
	}
}

// verifyDesks compares what waits on the desks of officers with the inspections.
func (tx *Tx) verifyDesks(bad func(string, ...any)) error {
	type row struct {
		officer    registry.OfficerID
		inspection registry.InspectionID
		wait, on   string
	}
	kept := map[row]bool{}
	if err := tx.each(func(rows *sql.Rows) error {
		var x row
		err := rows.Scan(&x.officer, &x.inspection, &x.wait, &x.on)
		kept[x] = true
		return err
	}, "SELECT officer_id, inspection_id, wait, started_on FROM officer_inspections"); err != nil {
		return err
	}
	if done, err := tx.Setting(settingDesks); err != nil || done != allDesks {
		return err // still being filled in
	}
	roster := map[registry.OfficerID]bool{}
	officers, err := tx.Officers()
	if err != nil {
		return err
	}
	for _, o := range officers {
		roster[o.ID] = true
	}
	wrong := map[registry.InspectionID]bool{}
	if err := tx.each(func(rows *sql.Rows) error {
		var x registry.Inspection
		b := dateBounds{d: &x.StartedOn}
		var cased bool
		if err := rows.Scan(&x.ID, &x.State, &x.Result, &cased, (*dateEarliest)(&b), (*dateLatest)(&b), packedJSON{"inspection", jsonValue{&x.Officers}}); err != nil {
			return err
		}
		for _, o := range x.Officers {
			if !roster[o.OfficerID] {
				continue
			}
			want := row{o.OfficerID, x.ID, waitOf(&x, cased), x.StartedOn.Earliest()}
			if !kept[want] {
				wrong[x.ID] = true
			}
		}
		for _, o := range x.Officers {
			delete(kept, row{o.OfficerID, x.ID, waitOf(&x, cased), x.StartedOn.Earliest()})
		}
		return nil
	}, "SELECT id, state, result, cased = 1, started_on, started_on_latest, officers FROM inspections WHERE "+waiting); err != nil {
		return err
	}
	for x := range kept {
		wrong[x.inspection] = true
	}
	for id := range wrong {
		bad("检查 %d 在执法人员工作台上的待办与检查不符", id)
	}
	return nil
}
