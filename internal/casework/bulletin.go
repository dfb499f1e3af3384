package casework

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddBulletin starts a bulletin; its author is the actor. Cases without words get their first draft.
func (s *Service) AddBulletin(ctx context.Context, a registry.Actor, x *registry.Bulletin) (repeated bool, err error) {
	x.State, x.AuthorID, x.ApproverID, x.ApprovedAt, x.WithdrawReason = registry.BulletinDraft, a.UserID, 0, nil, ""
	x.ReturnReason, x.Answers = "", nil
	made, err := creationOf(store.Bulletins, x)
	if err != nil {
		return false, err
	}
	typed := slices.Clone(x.Cases)
	if _, err := s.draftCases(ctx, a, x, nil); err != nil {
		return false, err
	}
	if len(x.Sections) == 0 {
		x.Sections = s.Bureau().Begin(x.Dated).Sections
	}
	repeated, err = add(ctx, s, act{actor: a, perm: registry.PermBulletinWrite, made: made}, store.Bulletins, x,
		append(s.bulletinChecks(x), func(tx *store.Tx) error { return s.settleCopies(tx, x, nil) })...)
	if before := (*Repeated[registry.Bulletin])(nil); errors.As(err, &before) {
		x.Cases = typed
	}
	return repeated, err
}

// ChangeBulletin stores an edited draft. An approved bulletin is not edited: it is withdrawn, and a new one written. A case
// that was added without words gets its first draft; words that are there are never written over.
func (s *Service) ChangeBulletin(ctx context.Context, a registry.Actor, x *registry.Bulletin) error {
	before, err := s.Bulletin(ctx, a, x.ID)
	if err != nil {
		return err
	}
	did, err := s.draftCases(ctx, a, x, before.Cases)
	if err != nil {
		return err
	}
	by := act{actor: a, perm: registry.PermBulletinWrite}
	if did != "" {
		by.action = "修改（案件记录已变更，" + did + "）"
	}
	return change(ctx, s, by, store.Bulletins, x,
		append(s.bulletinChecks(x), func(tx *store.Tx) error {
			was, err := store.Bulletins.Get(tx, int64(x.ID))
			if err != nil {
				return err
			}
			if was.State != registry.BulletinDraft {
				return registry.Conflict("这期通报%s，不能再修改；需要改动的请退回草稿或撤回后新建。", was.State)
			}
			x.State, x.AuthorID, x.ApproverID, x.ApprovedAt, x.WithdrawReason = was.State, was.AuthorID, 0, nil, ""
			x.ReturnReason, x.Answers = was.ReturnReason, was.Answers
			return s.settleCopies(tx, x, was.Cases)
		})...)
}

func caseMissing(i int) error {
	return registry.Invalid(fmt.Sprintf("cases.%d.case_id", i), "没有找到所选的案件，请重新选择")
}

// settleCopies takes from catalogue and cases what a bulletin shows beside the words of its author.
func (s *Service) settleCopies(tx *store.Tx, x *registry.Bulletin, was []registry.BulletinCase) error {
	if err := s.settleQuotes(x, was); err != nil {
		return err
	}
	return s.settlePaths(tx, x, was)
}

// settlePaths takes the discharge path of every case whose figure is wanted from the case: what a client sends counts for nothing. One
// that is in the bulletin already stays as it was taken: nothing flows into a published copy by itself.
func (s *Service) settlePaths(tx *store.Tx, x *registry.Bulletin, was []registry.BulletinCase) error {
	drawn := map[registry.CaseID]registry.DischargePath{}
	for _, w := range was {
		if w.ShowPath {
			drawn[w.CaseID] = w.Path
		}
	}
	var ids []registry.CaseID
	for _, c := range x.Cases {
		if _, had := drawn[c.CaseID]; c.ShowPath && !had {
			ids = append(ids, c.CaseID)
		}
	}
	files, err := tx.CaseFiles(ids)
	if err != nil {
		return err
	}
	bureau := s.Bureau()
	for _, f := range files {
		drawn[f.Case.ID] = publicPath(f, bureau.SecretsOf(f))
	}
	for i := range x.Cases {
		c := &x.Cases[i]
		c.Path = registry.DischargePath{}
		if !c.ShowPath {
			continue
		}
		if c.Path = drawn[c.CaseID]; len(c.Path.Nodes) == 0 {
			return registry.Invalid(fmt.Sprintf("cases.%d.show_path", i), "本案的检查没有登记排污路径，没有图可登")
		}
	}
	return nil
}

// settleQuotes takes the text of every quoted article from the catalogue: what a client sends beside law, version and
// provision counts for nothing. A quote that is in the bulletin already keeps its text where the catalogue's was corrected since.
func (s *Service) settleQuotes(x *registry.Bulletin, was []registry.BulletinCase) error {
	kept := map[string]registry.StatuteQuote{}
	for _, c := range was {
		for _, q := range c.Quotes {
			kept[fmt.Sprint(c.CaseID, q.Key())] = q
		}
	}
	for i := range x.Cases {
		c := &x.Cases[i]
		var list []registry.StatuteQuote
		seen := map[string]bool{}
		for _, q := range c.Quotes {
			if seen[q.Key()] {
				continue
			}
			seen[q.Key()] = true
			old, had := kept[fmt.Sprint(c.CaseID, q.Key())]
			now, held := quoteOf(s.Law(), q.LawID, q.VersionID, q.Provision)
			switch {
			case had && (!held || now.TextHash != old.TextHash):
				list = append(list, old)
			case held:
				list = append(list, now)
			default:
				return registry.Invalid(fmt.Sprintf("cases.%d.quotes", i), "本库没有收录所引的条文，请从本案引用的条款中选择")
			}
		}
		c.Quotes = list
	}
	return nil
}

// bulletinChecks: every case exists, and invented cases and real ones are never in one bulletin.
func (s *Service) bulletinChecks(x *registry.Bulletin) []check {
	return []check{
		refExists(store.Campaigns, "campaign_id", x.CampaignID),
		func(tx *store.Tx) error {
			invented, genuine := 0, 0
			for i := range x.Cases {
				c, err := store.Cases.Get(tx, int64(x.Cases[i].CaseID))
				if err != nil {
					return caseMissing(i)
				}
				if c.IsVoid() {
					return registry.Invalid(fmt.Sprintf("cases.%d.case_id", i), "案件“%s”已作废，不能收入通报", c.Title)
				}
				if c.Origin == registry.OriginSample {
					invented++
				} else {
					genuine++
				}
			}
			if invented > 0 && genuine > 0 {
				return registry.Invalid("cases", "示例案件不能与真实案件编入同一期通报")
			}
			// The mark of invented data follows the cases, whatever a client says.
			if invented > 0 {
				x.Origin = registry.OriginSample
			} else if x.Origin == registry.OriginSample {
				x.Origin = registry.OriginField
			}
			return nil
		},
	}
}

// SubmitBulletin hands a draft to another publisher for approval.
func (s *Service) SubmitBulletin(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64) error {
	return s.moveBulletin(ctx, act{actor: a, perm: registry.PermBulletinWrite, action: "提交审核"}, id, version, func(_ *store.Tx, x *registry.Bulletin, leaks []BulletinLeak) error {
		if x.State != registry.BulletinDraft {
			return registry.Conflict("这期通报%s，不能提交审核。", x.State)
		}
		if len(x.Cases) == 0 {
			return registry.Invalid("cases", "通报里还没有案件")
		}
		if err := refuseLeaks(leaks); err != nil {
			return err
		}
		x.State, x.ReturnReason = registry.BulletinSubmitted, ""
		return nil
	})
}

// ReturnBulletin gives a submitted bulletin back to its author, with what is to be done about it. Who takes back what is his own need not
// say why.
func (s *Service) ReturnBulletin(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, reason string) error {
	return s.moveBulletin(ctx, act{actor: a, perm: registry.PermBulletinWrite, action: "退回"}, id, version, func(_ *store.Tx, x *registry.Bulletin, _ []BulletinLeak) error {
		if x.State != registry.BulletinSubmitted {
			return registry.Conflict("这期通报%s，不能退回。", x.State)
		}
		switch reason = registry.CleanText(reason); {
		case reason == "" && x.AuthorID != a.UserID:
			return registry.Invalid("return_reason", "请写明为什么退回、需要改什么，作者会看到")
		case registry.RuneLen(reason) > 2000:
			return registry.Invalid("return_reason", "太长，最多 2000 字")
		}
		x.State, x.ReturnReason = registry.BulletinDraft, reason
		return nil
	})
}

// ApproveBulletin approves another publisher's bulletin: two people have read what is published.
func (s *Service) ApproveBulletin(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64) error {
	return s.moveBulletin(ctx, act{actor: a, perm: registry.PermBulletinApprove, action: "批准"}, id, version, func(tx *store.Tx, x *registry.Bulletin, leaks []BulletinLeak) error {
		if x.State != registry.BulletinSubmitted {
			return registry.Conflict("这期通报%s；提交审核后才能批准。", x.State)
		}
		if x.AuthorID == a.UserID && a.Role != registry.RoleSystem {
			return registry.Forbidden("您是这期通报的作者，须由另一位宣传发布人员批准。")
		}
		if err := notSubmittedBy(tx, a, id); err != nil {
			return err
		}
		if err := s.quotesChecked(x); err != nil {
			return err
		}
		if err := refuseLeaks(leaks); err != nil {
			return err
		}
		now := s.now()
		x.State, x.ApproverID, x.ApprovedAt = registry.BulletinApproved, a.UserID, &now
		return nil
	})
}

// notSubmittedBy refuses the approval of whoever submitted the bulletin last: someone else's draft that a person edited and
// submitted has been read in its last form by that person alone.
func notSubmittedBy(tx *store.Tx, a registry.Actor, id registry.BulletinID) error {
	revisions, err := tx.Revisions("bulletin", int64(id))
	if err != nil {
		return err
	}
	if n := len(revisions); n > 0 && revisions[n-1].Actor == a.Username && a.Role != registry.RoleSystem {
		return registry.Forbidden("这期通报是您提交审核的，须由另一位宣传发布人员批准；也可以退回后由作者重新提交。")
	}
	return nil
}

// WithdrawBulletin withdraws an approved bulletin; the reason is kept and shown.
func (s *Service) WithdrawBulletin(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, reason string) error {
	return s.moveBulletin(ctx, act{actor: a, perm: registry.PermBulletinApprove, action: "撤回"}, id, version, func(_ *store.Tx, x *registry.Bulletin, _ []BulletinLeak) error {
		if x.State != registry.BulletinApproved {
			return registry.Conflict("这期通报%s，不能撤回。", x.State)
		}
		if reason = registry.CleanText(reason); reason == "" {
			return registry.Invalid("withdraw_reason", "请写明撤回的理由（行政处罚法第四十八条）")
		}
		x.State, x.WithdrawReason = registry.BulletinWithdrawn, reason
		return nil
	})
}

func (s *Service) moveBulletin(ctx context.Context, a act, id registry.BulletinID, version int64, move func(*store.Tx, *registry.Bulletin, []BulletinLeak) error) error {
	if err := a.actor.May(a.perm); err != nil {
		return err
	}
	if err := s.db.LearnGuardNames(ctx); err != nil {
		return err
	}
	return s.write(ctx, a.actor, func(tx *store.Tx) error {
		x, err := store.Bulletins.Get(tx, int64(id))
		if err != nil {
			return err
		}
		if x.Version != version {
			return registry.Stale("通报", x.Version, version)
		}
		leaks, err := s.leaks(tx, &x)
		if err != nil {
			return err
		}
		if err := move(tx, &x, leaks); err != nil {
			return err
		}
		return changeIn(tx, s, a, store.Bulletins, &x)
	})
}

// Bulletin reads a bulletin.
func (s *Service) Bulletin(ctx context.Context, a registry.Actor, id registry.BulletinID) (registry.Bulletin, error) {
	return get(ctx, s, a, registry.PermBulletinRead, store.Bulletins, int64(id))
}

// Bulletins lists bulletins, newest first.
func (s *Service) Bulletins(ctx context.Context, a registry.Actor, state string, p store.Page) (rows []registry.Bulletin, next string, err error) {
	err = s.read(ctx, a, registry.PermBulletinRead, func(tx *store.Tx) error {
		rows, next, err = tx.Bulletins(state, p)
		return err
	})
	return rows, next, err
}

// BulletinRow is a bulletin as the list shows it.
type BulletinRow struct {
	registry.Bulletin
	Author, Approver string
}

// BulletinRows lists bulletins of a state (empty: all), newest first, with the people behind them.
func (s *Service) BulletinRows(ctx context.Context, a registry.Actor, state string, p store.Page) (rows []BulletinRow, next string, err error) {
	err = s.read(ctx, a, registry.PermBulletinRead, func(tx *store.Tx) error {
		list, after, err := tx.Bulletins(state, p)
		if err != nil {
			return err
		}
		next = after
		names := map[registry.UserID]string{}
		name := func(id registry.UserID) (string, error) {
			if n, known := names[id]; known {
				return n, nil
			}
			u, err := maybe(tx, store.Users, id)
			if err == nil && u != nil {
				names[id] = u.DisplayName
			}
			return names[id], err
		}
		for _, b := range list {
			row := BulletinRow{Bulletin: b}
			if row.Author, err = name(b.AuthorID); err != nil {
				return err
			}
			if row.Approver, err = name(b.ApproverID); err != nil {
				return err
			}
			rows = append(rows, row)
		}
		return nil
	})
	return rows, next, err
}
