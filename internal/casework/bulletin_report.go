package casework

import (
	"context"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Limits of what anybody may send: per reader's address, per bulletin, and in all. What is dealt with makes room.
const (
	reportWindow     = time.Hour
	reportsOfAddress = 5
	reportsWaiting   = 500
	reportsOfOne     = 50
)

// ReportError keeps what a reader of the public site says is wrong in a bulletin. Too much from one address, or too much that waits, is a conflict, which says
// what to do.
func (s *Service) ReportError(ctx context.Context, remoteIP, slug string, x *registry.BulletinReport) error {
	a := registry.PublicActor
	a.RemoteIP = remoteIP
	*x = registry.BulletinReport{Words: x.Words, Contact: x.Contact}
	return s.write(ctx, a, func(tx *store.Tx) error {
		bureau, err := tx.Bureau()
		if err != nil {
			return err
		}
		if !bureau.PublicSite {
			return errSiteClosed()
		}
		b, err := publicBySlug(tx, slug)
		if err != nil {
			return err
		}
		if b.Gone() {
			return registry.Conflict("这期通报已撤回，不再接收纠错意见。")
		}
		if err := s.mayReport(tx, remoteIP, b.ID); err != nil {
			return err
		}
		x.BulletinID = b.ID
		if _, err := addIn(tx, s, act{actor: a, action: "公众纠错"}, store.BulletinReports, x); err != nil {
			return err
		}
		return tx.CountReport(remoteIP, s.now())
	})
}

// mayReport counts in the transaction that writes: of many sent at once none passes before the one before it is counted.
func (s *Service) mayReport(tx *store.Tx, remoteIP string, id registry.BulletinID) error {
	at, err := tx.ReportsFrom(remoteIP, reportsOfAddress)
	if err != nil {
		return err
	}
	if n := len(at); n == reportsOfAddress && s.now().Sub(at[n-1]) < reportWindow {
		return registry.Conflict("您这个网络地址一小时内提交的意见已有 %d 条，请过一小时再提交，或打电话、写信给发布机关。", reportsOfAddress)
	}
	for most, of := range map[int]registry.BulletinID{reportsWaiting: 0, reportsOfOne: id} {
		n, err := tx.WaitingReports(of, most)
		if err != nil {
			return err
		}
		if n >= most {
			return registry.Conflict("还没有处理的意见太多，暂时不能再提交；请过几天再试，或打电话、写信给发布机关。")
		}
	}
	return nil
}

// BulletinReportRow is a report with the title of the bulletin it is about.
type BulletinReportRow struct {
	registry.BulletinReport
	Title, Slug string
}

// BulletinReports lists what readers said, of a state, newest first.
func (s *Service) BulletinReports(ctx context.Context, a registry.Actor, state string, p Page) (rows []BulletinReportRow, next string, err error) {
	if !registry.BulletinReportStates.Has(state) {
		return nil, "", registry.Invalid("state", "没有“%s”这种处理结果", state)
	}
	err = s.read(ctx, a, registry.PermBulletinWrite, func(tx *store.Tx) error {
		list, after, err := tx.Reports(state, p)
		if err != nil {
			return err
		}
		next = after
		for _, x := range list {
			row, err := reportRow(tx, x)
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		return nil
	})
	return rows, next, err
}

func reportRow(tx *store.Tx, x registry.BulletinReport) (BulletinReportRow, error) {
	b, err := store.Bulletins.Get(tx, int64(x.BulletinID))
	return BulletinReportRow{x, b.Title, b.Slug}, err
}

// BulletinReportPage is a report with what its page shows beside it.
type BulletinReportPage struct {
	BulletinReportRow
	Handler   *registry.User
	Revisions []registry.Revision
}

// BulletinReport reads a report.
func (s *Service) BulletinReport(ctx context.Context, a registry.Actor, id registry.BulletinReportID) (p BulletinReportPage, err error) {
	err = s.read(ctx, a, registry.PermBulletinWrite, func(tx *store.Tx) error {
		x, err := store.BulletinReports.Get(tx, int64(id))
		if err != nil {
			return err
		}
		if p.BulletinReportRow, err = reportRow(tx, x); err != nil {
			return err
		}
		if p.Handler, err = maybe(tx, store.Users, x.HandlerID); err != nil {
			return err
		}
		p.Revisions, err = tx.Revisions(store.BulletinReports.Entity, int64(id))
		return err
	})
	return p, err
}

// HandleReport notes what was done about a report. What the reader wrote stays.
func (s *Service) HandleReport(ctx context.Context, a registry.Actor, x *registry.BulletinReport) error {
	return change(ctx, s, act{actor: a, perm: registry.PermBulletinWrite, action: "处理纠错意见"}, store.BulletinReports, x, func(tx *store.Tx) error {
		was, err := store.BulletinReports.Get(tx, int64(x.ID))
		if err != nil {
			return err
		}
		x.BulletinID, x.Words, x.Contact = was.BulletinID, was.Words, was.Contact
		now := s.now()
		x.HandlerID, x.HandledAt = a.UserID, &now
		if x.State == registry.ReportWaiting {
			x.HandlerID, x.HandledAt = 0, nil
		}
		return nil
	})
}

// WaitingReports counts the reports that nobody has dealt with; who may not deal with them has none.
func (s *Service) WaitingReports(ctx context.Context, a registry.Actor) (n int, err error) {
	if a.May(registry.PermBulletinWrite) != nil {
		return 0, nil
	}
	err = s.read(ctx, a, registry.PermBulletinWrite, func(tx *store.Tx) error {
		n, err = tx.WaitingReports(0, reportsWaiting)
		return err
	})
	return n, err
}
