package casework

import (
	"context"
	"encoding/json"
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// KeepDiscretion keeps a computed 裁量 with the case of a violation. The sheet is what statute computed from the answers; note is
// the officer's. A sheet is never changed: the next one stands beside it.
func (s *Service) KeepDiscretion(ctx context.Context, a registry.Actor, x *registry.DiscretionSheet, sheet statute.Sheet) (repeated bool, err error) {
	v, err := s.Violation(ctx, a, x.ViolationID)
	if err != nil {
		return false, err
	}
	d := s.Law().Discretion()
	x.CaseID, x.TableID, x.Result, x.MadeBy = v.CaseID, sheet.TableID, sheet.Amount(), a.DisplayName
	x.Instrument, x.ValidFrom, x.ValidTo = d.Instrument, d.From, d.To
	if x.Sheet, err = json.Marshal(sheet); err != nil {
		return false, fmt.Errorf("write sheet: %w", err)
	}
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite, action: "存入", detail: sheet.Section}, store.DiscretionSheets, x, open(x.CaseID), ofTable(x, s.Law()))
}

// ofTable asks that the table be the one of the violation's type, inside the transaction that keeps the sheet.
func ofTable(x *registry.DiscretionSheet, law *statute.Catalogue) check {
	return func(tx *store.Tx) error {
		v, err := store.Violations.Get(tx, int64(x.ViolationID))
		if err != nil {
			return err
		}
		t, ok := law.DiscretionTable(x.TableID)
		if !ok || t.Violation != v.TypeCode || v.CaseID != x.CaseID {
			return registry.Conflict("这张裁量表不是该违法行为类型的，没有存入。请从案件里的违法行为进入裁量计算。")
		}
		return nil
	}
}

// DiscretionSheet reads a kept sheet with what was computed.
func (s *Service) DiscretionSheet(ctx context.Context, a registry.Actor, id registry.DiscretionSheetID) (x registry.DiscretionSheet, sheet statute.Sheet, err error) {
	if x, err = get(ctx, s, a, registry.PermRecordRead, store.DiscretionSheets, int64(id)); err != nil {
		return x, sheet, err
	}
	if err := json.Unmarshal(x.Sheet, &sheet); err != nil {
		return x, sheet, fmt.Errorf("read sheet %d: %w", id, err)
	}
	return x, sheet, nil
}
