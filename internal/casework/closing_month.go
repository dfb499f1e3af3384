package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// CloseMonth closes a month: from now on its ledger and its sums are those of the register as it is now.
func (s *Service) CloseMonth(ctx context.Context, a registry.Actor, x *registry.MonthClosing) (repeated bool, err error) {
	if err := a.May(registry.PermAdmin); err != nil {
		return false, err
	}
	if x.Month.Precision() == registry.PrecisionMonth && !x.Month.Before(s.Today()) {
		return false, registry.Invalid("month", "%s还没有过完，不能结账", x.Month.Chinese())
	}
	month, note, uid := x.Month, x.Note, x.ClientUID
	made, err := creationOf(store.MonthClosings, x)
	if err != nil {
		return false, err
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		*x = registry.MonthClosing{Month: month, Note: note, ClosedBy: a.Username}
		x.ClientUID = uid
		at, err := tx.NewestRecord()
		if err != nil {
			return err
		}
		if missing, err := tx.DaysMissing(); err != nil || missing {
			return daysMissing(err)
		}
		x.Position, x.PositionAt, x.PositionHash = at.Seq, at.At, at.Hash
		if x.Counted, err = countMonth(tx, month, month); err != nil {
			return err
		}
		repeated, err = addIn(tx, s, act{actor: a, perm: registry.PermAdmin, action: "月末结账", detail: month.String(), made: made}, store.MonthClosings, x, func(tx *store.Tx) error {
			was, closed, err := tx.Closing(month)
			if err == nil && closed {
				err = registry.Conflict("%s已于 %s 由 %s 结账。要重新结账，请先撤销。", month.Chinese(), was.CreatedAt.In(registry.Shanghai).Format("2006-01-02"), was.ClosedBy)
			}
			return err
		})
		return err
	})
	return repeated, err
}

// ReopenMonth takes a closing back: the month's figures are those of the register again. Who did it and why stays.
func (s *Service) ReopenMonth(ctx context.Context, a registry.Actor, id registry.MonthClosingID, version int64, reason string) error {
	if err := a.May(registry.PermAdmin); err != nil {
		return err
	}
	return s.write(ctx, a, func(tx *store.Tx) error {
		x, err := store.MonthClosings.Get(tx, int64(id))
		if err != nil {
			return err
		}
		if x.Version != version {
			return registry.Stale(store.MonthClosings.Noun, x.Version, version)
		}
		if !x.Closed() {
			return registry.Conflict("%s的这次结账已经撤销。", x.Month.Chinese())
		}
		now := s.now()
		x.ReopenedBy, x.ReopenedAt, x.ReopenReason = a.Username, &now, reason
		x.Clean()
		if err := x.Validate(); err != nil {
			return err
		}
		return rewrite(tx, s, act{actor: a, action: "撤销月末结账", detail: x.Month.String()}, store.MonthClosings, &x)
	})
}

// ClosedMonth is a closing with what has changed since.
type ClosedMonth struct {
	registry.MonthClosing
	Now     registry.MonthSums // what counts in the month today
	Changed int                // cases of the month on which something was written since; at most mostChanged
	More    bool               // there are more
}

// Moved reports whether today's sums are others than those of then.
func (m *ClosedMonth) Moved() bool { return m.Now != m.Counted }

// closingsShown is how many closings a page shows, mostChanged how many changed cases are counted of each.
const (
	closingsShown = 24
	mostChanged   = 200
)

// Closings lists the closings of months, the newest first, with what has changed since in those that count.
func (s *Service) Closings(ctx context.Context, a registry.Actor) (list []ClosedMonth, err error) {
	p := registry.PermAuditRead
	if a.Role.Can(registry.PermExport) {
		p = registry.PermExport
	}
	err = s.read(ctx, a, p, func(tx *store.Tx) error {
		list = nil
		closings, err := tx.Closings(closingsShown)
		if err != nil {
			return err
		}
		for _, c := range closings {
			m := ClosedMonth{MonthClosing: c}
			if c.Closed() {
				if m.Now, err = countMonth(tx, c.Month, c.Month); err != nil {
					return err
				}
				if m.Changed, m.More, err = tx.ChangedSince(c.Position, c.Month, mostChanged); err != nil {
					return err
				}
			}
			list = append(list, m)
		}
		return nil
	})
	return list, err
}

// countMonth adds up what counts in whole months, each by its own date.
func countMonth(tx *store.Tx, from, to registry.Date) (m registry.MonthSums, err error) {
	for _, b := range []struct {
		basis registry.Basis
		n     *int
		money *registry.Sum
	}{{registry.BasisFiled, &m.Filed, nil}, {registry.BasisDecided, &m.Decisions, &m.Penalties}, {registry.BasisClosed, &m.Closed, nil}, {registry.BasisPaid, &m.Payments, &m.Paid}} {
		t, err := tx.Tally(b.basis, from, to)
		if err != nil {
			return m, err
		}
		*b.n = t.N
		if b.money != nil {
			*b.money = t.Money
		}
	}
	return m, nil
}

// Period is a span that people ask for every day, with what counts in it.
type Period struct {
	Label    string
	From, To registry.Date // months, both included
	Sums     registry.MonthSums
	Closing  *registry.MonthClosing // of a month that was closed: Sums are those of then
}

// Periods are 本月, 上月, 本季度 and 本年 with what counts in them. Of somebody whose reading is narrowed to a branch, nothing: the sums are the city's.
func (s *Service) Periods(ctx context.Context, a registry.Actor) (list []Period, err error) {
	y, m, _ := s.Today().YMD()
	this := registry.Month(y, m)
	last := registry.Month(y, max(m-1, 1))
	if m == 1 {
		last = registry.Month(y-1, 12)
	}
	err = s.read(ctx, a, registry.PermExport, func(tx *store.Tx) error {
		list = nil
		if missing, err := tx.DaysMissing(); err != nil || missing || tx.Narrowed() {
			return err
		}
		for _, p := range []Period{{Label: "本月", From: this, To: this}, {Label: "上月", From: last, To: last}, {Label: "本季度", From: registry.Month(y, (m-1)/3*3+1), To: registry.Month(y, (m-1)/3*3+3)},
			{Label: "本年", From: registry.Month(y, 1), To: registry.Month(y, 12)}} {
			if p.Sums, err = countMonth(tx, p.From, p.To); err != nil {
				return err
			}
			if p.From == p.To {
				c, closed, err := tx.Closing(p.From)
				if err != nil {
					return err
				}
				if closed {
					p.Closing, p.Sums = &c, c.Counted
				}
			}
			list = append(list, p)
		}
		return nil
	})
	return list, err
}
