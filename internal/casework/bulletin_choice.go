package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// ChoiceFilter selects the cases that are offered for a bulletin; zero fields select all.
type ChoiceFilter struct {
	Q            string
	DistrictCode string
	TypeCode     string
	Month        registry.Date // of the last penalty decision
	Decided      bool          // only cases with a penalty decision
}

// BulletinChoice is a case as the chooser shows it.
type BulletinChoice struct {
	Case      registry.Case
	DecidedOn registry.Date
	FarmName  string
	Unfit     []string // why it cannot be handed in; empty: it can
	FoundBy   []Find   // of a search
}

// unfitness are the reasons of BulletinFitness that keep a case out of a bulletin.
func unfitness(f *registry.CaseFile) (why []string) {
	for _, u := range BulletinFitness(f) {
		if u.Refused {
			why = append(why, u.Reason)
		}
	}
	return why
}

// BulletinChoices is a page of the chooser: with words or without a decision asked for, all cases, the last registered first; else those
// decided, the latest decision first.
func (s *Service) BulletinChoices(ctx context.Context, a registry.Actor, f ChoiceFilter, p Page) (rows []BulletinChoice, next string, err error) {
	cases := CaseFilter{Q: f.Q, DistrictCode: f.DistrictCode, TypeCode: f.TypeCode}
	if err := s.CheckCases(cases); err != nil {
		return nil, "", err
	}
	err = s.read(ctx, a, registry.PermBulletinWrite, func(tx *store.Tx) error {
		var ids []registry.CaseID
		found := map[registry.CaseID][]Find{}
		if words := registry.Fold(f.Q) != ""; !words && (f.Decided || !f.Month.IsZero()) {
			if ids, next, err = tx.DecidedCases(store.DecidedFilter{DistrictCode: f.DistrictCode, TypeCode: f.TypeCode, Month: f.Month}, p); err != nil {
				return err
			}
		} else {
			cases.Asking = s.asking(a)
			p.ByID = true
			list, after, err := tx.Cases(cases, p)
			if err != nil {
				return err
			}
			next = after
			for _, c := range list {
				ids, found[c.ID] = append(ids, c.ID), c.FoundBy
			}
		}
		files, err := tx.CaseFiles(ids)
		if err != nil {
			return err
		}
		for _, file := range files {
			c := choiceOf(file)
			if c.FoundBy = found[c.Case.ID]; f.fits(c) {
				rows = append(rows, c)
			}
		}
		return nil
	})
	return rows, next, err
}

// fits asks of a case that words found what else is asked; a page of it may be short.
func (f ChoiceFilter) fits(c BulletinChoice) bool {
	if f.Decided && !c.decided() {
		return false
	}
	return f.Month.IsZero() || !c.DecidedOn.IsZero() && c.DecidedOn.Earliest() >= f.Month.Earliest() && c.DecidedOn.Latest() <= f.Month.Latest()
}

func (c BulletinChoice) decided() bool {
	return c.Case.Stage == registry.StageDecided || c.Case.Stage == registry.StageClosed && !c.DecidedOn.IsZero() || !c.DecidedOn.IsZero()
}

func choiceOf(f *registry.CaseFile) BulletinChoice {
	c := BulletinChoice{Case: f.Case, DecidedOn: f.DecidedOn(), Unfit: unfitness(f)}
	if f.Farm != nil {
		c.FarmName = f.Farm.Name
	}
	return c
}

// BulletinSource is what a bulletin takes of a case: read for the form at once, however many cases there are.
type BulletinSource struct {
	BulletinChoice
	Draft  registry.BulletinCase   // the first draft as the record gives it today
	Quotes []registry.StatuteQuote // the articles that it may quote
}

// BulletinSources are those of cases; one that is not there, or that the actor may not read, is not among them.
func (s *Service) BulletinSources(ctx context.Context, a registry.Actor, ids []registry.CaseID) (map[registry.CaseID]BulletinSource, error) {
	out := map[registry.CaseID]BulletinSource{}
	err := s.read(ctx, a, registry.PermBulletinWrite, func(tx *store.Tx) error {
		files, err := tx.CaseFiles(ids)
		if err != nil {
			return err
		}
		law, bureau := s.Law(), s.Bureau()
		for _, f := range files {
			out[f.Case.ID] = BulletinSource{choiceOf(f), compose(f, law, bureau), quotable(f, law)}
		}
		return nil
	})
	return out, err
}
