package casework

import (
	"context"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// BulletinApproval is where the approval of a bulletin stands, as its page shows it.
type BulletinApproval struct {
	Steps    []ApprovalLine // of the round; of a draft, the chain that it would go through
	Opinions []OpinionLine  // all that was said, in order
	Authors  []BulletinAuthor
	Barred   string // why the reader cannot take the step it waits at; empty where they can
	Last     bool   // that step signs
	Returns  bool   // the reader may give it back
	Own      bool   // the reader wrote a word of it
}

// ApprovalLine is a step of a round.
type ApprovalLine struct {
	registry.ApprovalStep
	Taken string // by whom; empty where it was not
	Now   bool   // it waits here
	Due   registry.Date
	Late  bool
}

// OpinionLine is an opinion and whose it is.
type OpinionLine struct {
	registry.BulletinOpinion
	Name string
}

// ReleaseLine is a publication and who recorded it.
type ReleaseLine struct {
	registry.BulletinRelease
	Name string
}

// CaseFitness says whether a case of a bulletin may be published; of an approved one, how its decision may be contested.
type CaseFitness struct {
	Label, Title string // as in the bulletin
	Contest      string // what is on record of 行政复议 and 行政诉讼
	Unfit        []Unfit
}

// people finds display names, each read once.
type people struct {
	tx    *store.Tx
	names map[registry.UserID]string
}

func (w *people) name(id registry.UserID) (string, error) {
	if n, known := w.names[id]; known {
		return n, nil
	}
	u, err := maybe(w.tx, store.Users, id)
	if err != nil {
		return "", err
	}
	if w.names == nil {
		w.names = map[registry.UserID]string{}
	}
	if u != nil {
		w.names[id] = u.DisplayName
	}
	return w.names[id], nil
}

// pageLinks reads who and what a bulletin's page names beside it.
func (s *Service) pageLinks(tx *store.Tx, p *BulletinPage) (err error) {
	x := &p.Bulletin
	if p.Withdrawer, err = maybe(tx, store.Users, x.WithdrawerID); err != nil {
		return err
	}
	if p.Corrects, err = maybe(tx, store.Bulletins, x.CorrectsID); err != nil {
		return err
	}
	if p.Corrections, err = tx.CorrectionsOf(x.ID); err != nil {
		return err
	}
	who := people{tx: tx}
	for _, r := range x.Releases {
		name, err := who.name(r.UserID)
		if err != nil {
			return err
		}
		p.Releases = append(p.Releases, ReleaseLine{r, name})
	}
	for _, o := range x.Opinions {
		name, err := who.name(o.UserID)
		if err != nil {
			return err
		}
		p.Approval.Opinions = append(p.Approval.Opinions, OpinionLine{o, name})
	}
	return nil
}

// pageApproval reads where the approval stands, and what the reader may do about it.
func (s *Service) pageApproval(tx *store.Tx, a registry.Actor, p *BulletinPage, files bulletinFiles) (err error) {
	x, v := &p.Bulletin, &p.Approval
	round, err := roundOf(tx, x)
	if err != nil {
		return err
	}
	waiting := x.State == registry.BulletinSubmitted
	if x.State == registry.BulletinDraft {
		b, err := tx.Bureau()
		if err != nil {
			return err
		}
		round = registry.ApprovalRound{Chain: b.ApprovalChain()}
	}
	who := people{tx: tx}
	for i, step := range round.Chain {
		line := ApprovalLine{ApprovalStep: step}
		switch {
		case i < len(round.Taken):
			if line.Taken, err = who.name(round.Taken[i].UserID); err != nil {
				return err
			}
		case waiting && i == len(round.Taken):
			line.Now = true
			line.Due, line.Late = s.stepDue(round)
		}
		v.Steps = append(v.Steps, line)
	}
	if v.Authors, err = s.authors(tx, x, files); err != nil || !waiting {
		return err
	}
	v.Own, v.Last = authorOf(v.Authors, a) != nil, round.Last()
	if v.Barred = barred(round, v.Authors, a); v.Barred == "" {
		if err := takenBy(tx, round, a); err != nil {
			if registry.KindOf(err) != registry.KindForbidden {
				return err
			}
			v.Barred = err.Error()
		}
	}
	v.Returns = a.Role.Can(registry.PermBulletinStep) && mayReturn(x, round, a)
	return nil
}

// mayReturn: whoever wrote it takes it back; of others it is for whoever may take the step that it waits at.
func mayReturn(x *registry.Bulletin, round registry.ApprovalRound, a registry.Actor) bool {
	step := round.Waits()
	return wrote(x, a) || step != nil && step.Takes(a)
}

// stepDue is until when the step should be taken that a round waits at; zero where it has no deadline, or the calendar does not reach so far.
func (s *Service) stepDue(round registry.ApprovalRound) (due registry.Date, late bool) {
	step := round.Waits()
	if step == nil || step.Days == 0 {
		return registry.Date{}, false
	}
	t := s.Calendar().Count(registry.DateOf(round.Since), int(step.Days), statute.UnitWorkingDay)
	return t.Latest, t.Known() && t.Latest.Before(s.Today())
}

// pageFitness asks of each case of a bulletin that is not approved yet whether it may be published, and of an approved one whether its decision may still
// be contested, or is.
func (s *Service) pageFitness(p *BulletinPage, files bulletinFiles) {
	x := &p.Bulletin
	if x.State == registry.BulletinWithdrawn {
		return
	}
	for i, c := range x.Cases {
		f := files.of[c.CaseID]
		if f == nil {
			continue
		}
		line := CaseFitness{Label: "案件" + registry.ChineseNumeral(i+1), Title: c.Title}
		terms, open := contestTerms(procedure.Clocks(s.clockFacts(f)), f)
		line.Contest = joinSaid(contestState(f), terms)
		if x.State == registry.BulletinApproved {
			if open || len(contests(f)) > 0 {
				p.Fitness = append(p.Fitness, line)
			}
			continue
		}
		line.Unfit = BulletinFitness(f)
		for _, u := range line.Unfit {
			p.NeedsWords = p.NeedsWords || u.Asked
		}
		p.Fitness = append(p.Fitness, line)
	}
}

// BulletinWait is a bulletin that waits, at which step and until when, without the published copies.
type BulletinWait struct {
	registry.Bulletin
	CaseCount int
	Step      string
	Due       registry.Date // zero: no deadline
	Late      bool
	Own       bool // the actor wrote a word of it: it waits for somebody else
}

// waitingBulletins are the submitted bulletins whose step the actor may take, as far as the rows themselves tell, and those that the actor wrote;
// the newest first.
func (s *Service) waitingBulletins(tx *store.Tx, a registry.Actor, few int) (list []BulletinWait, err error) {
	if !a.Role.Can(registry.PermBulletinStep) {
		return nil, nil
	}
	page := store.Page{Limit: 50}
	for {
		rows, cases, next, err := tx.BulletinRows(string(registry.BulletinSubmitted), page)
		if err != nil {
			return nil, err
		}
		for i := range rows {
			x := &rows[i]
			round, err := roundOf(tx, x)
			if err != nil {
				return nil, err
			}
			own := wrote(x, a)
			if step := round.Waits(); step != nil && (own || barred(round, nil, a) == "") {
				w := BulletinWait{Bulletin: *x, CaseCount: cases[x.ID], Step: step.Name, Own: own}
				w.Due, w.Late = s.stepDue(round)
				list = append(list, w)
			}
		}
		if page.Cursor = next; next == "" || len(list) >= few {
			return list[:min(few, len(list))], nil
		}
	}
}

// turnedBulletins are the approved bulletins with cases that turned since, or are contested: of their cases those alone are read.
func (s *Service) turnedBulletins(tx *store.Tx) (list []TurnedBulletin, err error) {
	turned, err := tx.TurnedBulletins()
	for _, t := range turned {
		x, err := store.Bulletins.Get(tx, int64(t.Bulletin))
		if err != nil {
			return nil, err
		}
		files, err := caseFilesOf(tx, t.Cases)
		if err != nil {
			return nil, err
		}
		turns, err := s.turnsIn(tx, &x, files)
		if err != nil {
			return nil, err
		}
		if len(turns) > 0 {
			list = append(list, TurnedBulletin{x, turns})
		}
	}
	return list, err
}

// TurnedBulletins lists the approved bulletins whose cases are no longer what was approved: they are to be taken back or put right.
func (s *Service) TurnedBulletins(ctx context.Context, a registry.Actor) (list []TurnedBulletin, err error) {
	err = s.read(ctx, a, registry.PermBulletinRead, func(tx *store.Tx) error {
		tx.Narrow(nil) // of the cases only what happened is told
		list, err = s.turnedBulletins(tx)
		return err
	})
	return list, err
}
