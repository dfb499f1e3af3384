package casework

import (
	"context"
	"fmt"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// A farm or a party that seems to be in the register already is registered a second time only by who says why.

// ConfirmField is the input, and the field of the interface, that says why.
const ConfirmField = "confirm_duplicate"

// AddFarmAnyway registers a farm although there is one like it, for the reason given; without a reason that is a conflict.
func (s *Service) AddFarmAnyway(ctx context.Context, a registry.Actor, x *registry.Farm, why string) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Farms, x, newFarm(x, why)...)
}

func newFarm(x *registry.Farm, why string) []check {
	return []check{noFarmMerge(x), notMerged("operator_id", x.OperatorID),
		second("养殖场", why, &x.Note, func(tx *store.Tx) ([]registry.Reference, error) { return tx.SameFarms(x) })}
}

// AddPartyAnyway is AddFarmAnyway for a party of the same code.
func (s *Service) AddPartyAnyway(ctx context.Context, a registry.Actor, x *registry.Party, why string) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Parties, x, newParty(x, why)...)
}

func newParty(x *registry.Party, why string) []check {
	return []check{func(*store.Tx) error { return noOwnMerge(x, 0) },
		second("当事人", why, &x.Note, func(tx *store.Tx) ([]registry.Reference, error) { return tx.SameCodes(x) })}
}

// second asks why a second record is made of what is there; the answer is kept in the record's own note.
func second(noun, why string, note *string, same func(*store.Tx) ([]registry.Reference, error)) check {
	return func(tx *store.Tx) error {
		list, err := same(tx)
		if err != nil || len(list) == 0 {
			return err
		}
		list = veil(tx, list)
		why = registry.CleanText(why)
		if why == "" {
			return registry.Kept("已有相同的"+noun+"，没有登记。请先核对；确是另一个的，请写明仍要新建的理由。", ConfirmField, list)
		}
		if registry.RuneLen(why) > 500 {
			return registry.Invalid(ConfirmField, "理由最多 500 字")
		}
		words := make([]string, len(list))
		for i, r := range list {
			words[i] = fmt.Sprintf("编号 %d（%s）", r.ID, r.Why)
		}
		*note = strings.TrimSpace(*note + "\n登记时已有相同的" + noun + "：" + strings.Join(words, "、") + "。仍然新建，理由：" + why)
		return nil
	}
}
