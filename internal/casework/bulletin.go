package casework

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

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
	if err := s.draftCases(ctx, a, x); err != nil {
		return false, err
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
	if err := s.draftCases(ctx, a, x); err != nil {
		return err
	}
	return change(ctx, s, act{actor: a, perm: registry.PermBulletinWrite}, store.Bulletins, x,
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

// draftCases writes the first draft of every case that has no words yet.
func (s *Service) draftCases(ctx context.Context, a registry.Actor, x *registry.Bulletin) error {
	for i := range x.Cases {
		c := &x.Cases[i]
		if strings.TrimSpace(c.Title+c.Facts+c.Handling) != "" {
			continue
		}
		first, err := s.ComposeCase(ctx, a, c.CaseID)
		if registry.KindOf(err) == registry.KindNotFound {
			return caseMissing(i)
		}
		if err != nil {
			return err
		}
		if c.Quotes != nil {
			first.Quotes = c.Quotes
		}
		*c = first
	}
	return nil
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
	for i := range x.Cases {
		c := &x.Cases[i]
		c.Path = registry.DischargePath{}
		if !c.ShowPath {
			continue
		}
		if n := slices.IndexFunc(was, func(w registry.BulletinCase) bool { return w.CaseID == c.CaseID && w.ShowPath }); n >= 0 {
			c.Path = was[n].Path
			continue
		}
		f, err := tx.CaseFile(c.CaseID)
		if err != nil {
			return err
		}
		if c.Path = publicPath(f, s.Bureau().SecretsOf(f)); len(c.Path.Nodes) == 0 {
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

// ComposeCase writes the first draft of a case's published copy. A person edits it; it is never written over the edit.
func (s *Service) ComposeCase(ctx context.Context, a registry.Actor, id registry.CaseID) (c registry.BulletinCase, err error) {
	err = s.read(ctx, a, registry.PermBulletinWrite, func(tx *store.Tx) error {
		f, err := tx.CaseFile(id)
		if err != nil {
			return err
		}
		c = compose(f, s.Law(), s.Bureau())
		return nil
	})
	return c, err
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
	Step             string         // that it waits at
	Turns            []BulletinTurn // what became of its cases since its approval
}

// BulletinRows lists bulletins of a state (empty: all), newest first, with the people behind them.
func (s *Service) BulletinRows(ctx context.Context, a registry.Actor, state string, p store.Page) (rows []BulletinRow, next string, err error) {
	err = s.read(ctx, a, registry.PermBulletinRead, func(tx *store.Tx) error {
		list, after, err := tx.Bulletins(state, p)
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
			row := BulletinRow{Bulletin: b}
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
