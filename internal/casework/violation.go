package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddViolation records a violation. Where no citation is given, those the catalogue offers for the act's end are recorded as
// offered, for the officer to confirm; where the law leaves a choice, none is.
func (s *Service) AddViolation(ctx context.Context, a registry.Actor, x *registry.Violation) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Violations, x, s.violationChecks(x)...)
}

// ChangeViolation stores an edited violation.
func (s *Service) ChangeViolation(ctx context.Context, a registry.Actor, x *registry.Violation) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Violations, x, s.violationChecks(x)...)
}

func (s *Service) violationChecks(x *registry.Violation) []check {
	return []check{
		open(x.CaseID),
		func(tx *store.Tx) error {
			if x.TypeCode != "" {
				if _, ok := s.Law().ViolationType(x.TypeCode); !ok {
					return registry.Invalid("type_code", "没有代码为“%s”的违法行为类型", x.TypeCode)
				}
			}
			f, err := tx.CaseGrounds(x.CaseID)
			if err != nil {
				return err
			}
			if err := provedBy(tx, &f.Case, x); err != nil {
				return err
			}
			if x.Seq == 0 {
				last, err := tx.LastViolationSeq(x.CaseID)
				if err != nil {
					return err
				}
				x.Seq = last + 1
			}
			if len(x.Citations) == 0 && x.TypeCode != "" {
				if x.Citations, err = s.offered(f, x); err != nil {
					return err
				}
			}
			was, err := maybe(tx, store.Violations, x.ID)
			if err != nil {
				return err
			}
			if was == nil {
				was = &registry.Violation{}
			}
			if err := s.settleCitations(tx, x.Citations, actEnd(f, x), was.Citations...); err != nil {
				return err
			}
			return s.keepChoice(f, x, was)
		},
	}
}

// Violation reads a violation.
func (s *Service) Violation(ctx context.Context, a registry.Actor, id registry.ViolationID) (registry.Violation, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Violations, int64(id))
}

// RemoveViolation deletes a violation entered by mistake; one that a 裁量 sheet was kept for stays, since the sheet does.
func (s *Service) RemoveViolation(ctx context.Context, a registry.Actor, id registry.ViolationID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Violations, int64(id), version, func(tx *store.Tx) error {
		v, err := store.Violations.Get(tx, int64(id))
		if err != nil {
			return err
		}
		if err := open(v.CaseID)(tx); err != nil {
			return err
		}
		if kept, err := tx.HasDiscretionSheet(id); err != nil {
			return err
		} else if kept {
			return registry.Conflict("这项违法行为已有裁量计算表存入案件，不能删除；可以编辑它，并另存新的裁量计算表。")
		}
		return tx.DropCitations("violation", int64(id), v.CaseID)
	})
}
