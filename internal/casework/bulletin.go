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
	x.KeepActs(&registry.Bulletin{State: registry.BulletinDraft, AuthorID: a.UserID})
	x.Wrote(a.UserID)
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
		append(s.bulletinChecks(x), func(tx *store.Tx) error { return s.settleCopies(tx, x, nil) }, s.settable(x))...)
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
	x.KeepActs(&before) // also asked again under the lock: what is said of a picture is valid with the cases as they stay
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
			x.KeepActs(&was)
			if err := s.settleCopies(tx, x, was.Cases); err != nil {
				return err
			}
			if len(wordsChanged(&was, x)) > 0 {
				x.Wrote(a.UserID)
			}
			return nil
		}, s.settable(x))...)
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
		drawn[f.Case.ID] = publicPath(f, bureau.SecretsOf(f).Masker())
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
			ids := make([]registry.CaseID, len(x.Cases))
			for i, c := range x.Cases {
				ids[i] = c.CaseID
			}
			cases, err := tx.CaseRows(ids)
			if err != nil {
				return err
			}
			invented, genuine := 0, 0
			for i, c := range cases {
				if c.ID == 0 {
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

// BulletinRow is a bulletin as the list shows it, without the published copies.
type BulletinRow struct {
	registry.Bulletin
	CaseCount        int
	Author, Approver string
	Step             string         // that it waits at
	Turns            []BulletinTurn // what became of its cases since its approval
}

// BulletinRows lists bulletins of a state (empty: all), newest first, with the people behind them.
func (s *Service) BulletinRows(ctx context.Context, a registry.Actor, state string, p store.Page) (rows []BulletinRow, next string, err error) {
	err = s.read(ctx, a, registry.PermBulletinRead, func(tx *store.Tx) error {
		list, cases, after, err := tx.BulletinRows(state, p)
		if err != nil {
			return err
		}
		next = after
		who := people{tx: tx}
		tx.Narrow(nil) // of the cases only what happened is told
		turned, err := s.turnedBulletins(tx)
		if err != nil {
			return err
		}
		for _, b := range list {
			row := BulletinRow{Bulletin: b, CaseCount: cases[b.ID]}
			if i := slices.IndexFunc(turned, func(t TurnedBulletin) bool { return t.ID == b.ID }); i >= 0 {
				row.Turns = turned[i].Turns
			}
			if round, err := roundOf(tx, &b); err == nil && b.State == registry.BulletinSubmitted && round.Waits() != nil {
				row.Step = round.Waits().Name
			}
			if row.Author, err = who.name(b.AuthorID); err != nil {
				return err
			}
			if row.Approver, err = who.name(b.ApproverID); err != nil {
				return err
			}
			rows = append(rows, row)
		}
		return nil
	})
	return rows, next, err
}
