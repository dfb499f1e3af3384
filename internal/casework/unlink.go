package casework

import (
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// partsStay refuses an edit that takes a party or an inspection off a case while something of the case rests on it.
func partsStay(x *registry.Case) check {
	return func(tx *store.Tx) error {
		was, err := store.Cases.Get(tx, int64(x.ID))
		if err != nil {
			return err
		}
		for _, p := range was.Parties {
			if slices.ContainsFunc(x.Parties, func(o registry.CaseParty) bool { return o.PartyID == p.PartyID }) {
				continue
			}
			if err := partStays(tx, "party", int64(p.PartyID), x.ID, "parties", fmt.Sprintf("当事人“%s”不能从本案去掉", p.NameAtAct)); err != nil {
				return err
			}
		}
		for _, id := range was.Inspections {
			if slices.Contains(x.Inspections, id) {
				continue
			}
			if err := partStays(tx, "inspection", int64(id), x.ID, "inspections", fmt.Sprintf("检查（编号 %d）不能从本案去掉", id)); err != nil {
				return err
			}
		}
		return nil
	}
}

func partStays(tx *store.Tx, entity string, id int64, of registry.CaseID, field, message string) error {
	list, err := tx.RestingOnPart(entity, id, of)
	if err != nil || len(list) == 0 {
		return err
	}
	return registry.Kept(message+"，本案还有记录以它为依据；请先改正或删除它们。", field, veil(tx, list))
}

// nothingKeeps refuses to delete a record that others rest on, and names them.
func nothingKeeps(tx *store.Tx, entity, noun string, id int64) error {
	list, err := tx.Resting(entity, id)
	if err != nil || len(list) == 0 {
		return err
	}
	list = veil(tx, list)
	return registry.Kept(fmt.Sprintf("这%s还有记录以它为依据，不能删除：%s（编号 %d）。请先删除或改正它。", noun, list[0].Why+" "+list[0].Title, list[0].ID), "", list)
}
