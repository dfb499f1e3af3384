package casework

import (
	"context"
	"encoding/json"
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// deletion is the action of the revision that a deletion leaves; restoring one is 恢复.
const (
	deletion    = "删除"
	restoration = "恢复"
)

// Restorable are the kinds of record that can be brought back, by their name in the history.
var Restorable = map[string]func(s *Service, tx *store.Tx, a act, last registry.Revision) error{
	"violation": func(s *Service, tx *store.Tx, a act, r registry.Revision) error {
		return restore(s, tx, a, store.Violations, r, func(x *registry.Violation) []check { return []check{open(x.CaseID)} })
	},
	"document": func(s *Service, tx *store.Tx, a act, r registry.Revision) error {
		return restore(s, tx, a, store.Documents, r, func(x *registry.Document) []check {
			return []check{open(x.CaseID), refExists(store.Organs, "organ_id", x.OrganID)}
		})
	},
	"penalty": func(s *Service, tx *store.Tx, a act, r registry.Revision) error {
		return restore(s, tx, a, store.Penalties, r, func(x *registry.Penalty) []check {
			return []check{open(x.CaseID), standing(store.Documents, x.DocumentID, "文书"), partyOn(x)}
		})
	},
	"payment": func(s *Service, tx *store.Tx, a act, r registry.Revision) error {
		return restore(s, tx, a, store.Payments, r, func(x *registry.Payment) []check {
			return []check{open(x.CaseID), standing(store.Penalties, x.PenaltyID, "处罚")}
		})
	},
	"evidence": func(s *Service, tx *store.Tx, a act, r registry.Revision) error {
		return restore(s, tx, a, store.EvidenceItems, r, evidenceChecks)
	},
	"interrogation": func(s *Service, tx *store.Tx, a act, r registry.Revision) error {
		return restore(s, tx, a, store.Interrogations, r, interrogationChecks)
	},
	"review_note": func(s *Service, tx *store.Tx, a act, r registry.Revision) error {
		return restore(s, tx, a, store.ReviewNotes, r, func(x *registry.ReviewNote) []check { return []check{open(x.CaseID)} })
	},
	"sample": func(s *Service, tx *store.Tx, a act, r registry.Revision) error {
		return restore(s, tx, a, store.Samples, r, func(x *registry.Sample) []check { return []check{openInspection(x.InspectionID)} })
	},
}

// Restored says where a record that was brought back belongs.
type Restored struct {
	CaseID       registry.CaseID       `json:"case_id"`
	InspectionID registry.InspectionID `json:"inspection_id"`
}

// Restore brings a deleted record back as it was, under its own id, with whatever hung on it. What it refers to must be there, its case must
// be open, and a number that was given to another since is a conflict.
func (s *Service) Restore(ctx context.Context, a registry.Actor, entity string, id int64) (done Restored, err error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return done, err
	}
	back, ok := Restorable[entity]
	if !ok {
		return done, registry.NotFound("可以恢复的记录", entity)
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		last, err := tx.LastRevision(entity, id)
		if err != nil {
			return err
		}
		if last.Action != deletion {
			return registry.Conflict("这条记录没有被删除，或已经恢复。")
		}
		if err := json.Unmarshal(last.Body, &done); err != nil {
			return fmt.Errorf("read revision of %s %d: %w", entity, id, err)
		}
		return back(s, tx, act{actor: a, action: restoration}, last)
	})
	return done, err
}

func restore[T any, P store.Record[T]](s *Service, tx *store.Tx, a act, t *store.Table[T, P], last registry.Revision, checks func(P) []check) error {
	var v T
	x := P(&v)
	if err := json.Unmarshal(last.Body, x); err != nil {
		return fmt.Errorf("read revision of %s %d: %w", t.Entity, last.EntityID, err)
	}
	for _, c := range checks(x) {
		if err := c(tx); err != nil {
			return err
		}
	}
	x.Base().Version = last.Version + 1
	if err := t.Restore(tx, x, s.now()); err != nil {
		return err
	}
	return record(tx, s, a, t, x)
}

// standing asks that what a record rests on was not deleted too.
func standing[I ~int64, T any, P store.Record[T]](t *store.Table[T, P], id I, noun string) check {
	return func(tx *store.Tx) error {
		if id == 0 {
			return nil
		}
		if there, err := t.Exists(tx, int64(id)); err != nil || there {
			return err
		}
		return registry.Conflict("它所依据的%s也已删除，请先恢复那份%s。", noun, noun)
	}
}

// partyOn asks that the punished party is still one of the case's.
func partyOn(x *registry.Penalty) check {
	return func(tx *store.Tx) error {
		if x.PartyID == 0 {
			return nil
		}
		c, err := store.Cases.Get(tx, int64(x.CaseID))
		if err != nil {
			return err
		}
		for _, p := range c.Parties {
			if p.PartyID == x.PartyID {
				return nil
			}
		}
		return registry.Conflict("这项处罚的当事人已不在本案中，请先在案件里加回该当事人。")
	}
}
