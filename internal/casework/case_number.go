package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// SetCaseNumber gives a case its number: the 立案号 that the platform gave, or another. It is the one thing of a closed case that can be written,
// with the reason, since a platform may give the number after the closing. The number that the case has already changes nothing.
func (s *Service) SetCaseNumber(ctx context.Context, a registry.Actor, id registry.CaseID, version int64, number, reason string) (c registry.Case, err error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return c, err
	}
	number, reason = registry.NormalizeDocNumber(registry.CleanText(number)), registry.CleanText(reason)
	err = s.write(ctx, a, func(tx *store.Tx) error {
		if c, err = store.Cases.Get(tx, int64(id)); err != nil || number != "" && c.Number == number {
			return err
		}
		what := act{actor: a, perm: registry.PermRecordWrite, action: "改编号"}
		var p registry.Problems
		if number == "" {
			p.Add("number", "请填写案件编号")
		}
		if c.Stage.Closed() {
			if what.detail = "结案后"; reason == "" {
				p.Add("reason", "案件已结案，请写明为什么登记或更正编号")
			}
		}
		if err := p.Err(); err != nil {
			return err
		}
		if c.Version != version {
			return registry.Stale(store.Cases.Noun, c.Version, version)
		}
		c.Number, c.NumberReason = number, reason
		return changeIn(tx, s, what, store.Cases, &c)
	})
	return c, err
}
