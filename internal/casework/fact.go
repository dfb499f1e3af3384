package casework

import (
	"context"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// fact is a case as statistics count it.
func (s *Service) fact(f *registry.CaseFile) registry.CaseFact {
	if f.Case.IsVoid() {
		return report.FactOf(f, nil)
	}
	return report.FactOf(f, procedure.Clocks(s.clockFacts(f)))
}

// factRules is raised when report.FactOf counts otherwise.
const factRules = "2"

const settingFacts = "facts_basis"

// refreshFacts computes the facts of all cases anew, if the rules or those of the deadlines (due) changed since. Cut short, it goes on at the next call.
func (s *Service) refreshFacts(ctx context.Context, due string) error {
	basis := factRules + " " + due
	current, err := s.factsCurrent(ctx, basis)
	if err != nil || current {
		return err
	}
	defer s.upkeep.facts.end()
	if err := s.db.RefreshFacts(ctx, basis, s.fact, s.upkeep.facts.at); err != nil {
		return err
	}
	return s.write(ctx, registry.CommandLine, func(tx *store.Tx) error { return tx.SetSetting(settingFacts, basis) })
}

func (s *Service) factsCurrent(ctx context.Context, basis string) (current bool, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		have, err := tx.Setting(settingFacts)
		current = have == basis
		return err
	})
	return current, err
}

// verifiableFact is fact where all facts were computed by the present rules; nil where the next start of the server will do so.
func (s *Service) verifiableFact(ctx context.Context) (func(*registry.CaseFile) registry.CaseFact, error) {
	due, err := s.dueBasis()
	if err != nil {
		return nil, err
	}
	current, err := s.factsCurrent(ctx, factRules+" "+due)
	if err != nil || !current {
		return nil, err
	}
	return s.fact, nil
}
