package casework

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// due is what a case has due next, and on whose desk it lies. It follows from the file, the catalogue and the calendar, not from the
// day on which it is asked.
func (s *Service) due(f *registry.CaseFile) store.Due {
	return dueBy(f, procedure.Clocks(s.clockFacts(f)))
}

func dueBy(f *registry.CaseFile, clocks []procedure.Clock) store.Due {
	d := store.Due{Turned: turnedBulletinsOf(f)}
	if c, ok := procedure.Due(clocks); ok {
		d.On, d.Code, d.Officers = c.Term.Latest, c.Rule.Code, handlersOf(f)
	}
	return d
}

// turnedBulletinsOf are the approved bulletins that no longer tell what a case is, or whose decision is contested since, in the order of the file.
func turnedBulletinsOf(f *registry.CaseFile) (ids []registry.BulletinID) {
	for i := range f.Bulletins {
		if b := &f.Bulletins[i]; b.WithdrawnAt == nil && (f.Case.IsVoid() || len(procedure.TurnedSince(f, b))+len(procedure.ContestedSince(f, b)) > 0) {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

// handlersOf are the officers who inspected or handle a case.
func handlersOf(f *registry.CaseFile) []registry.OfficerID {
	var ids []registry.OfficerID
	for _, i := range f.Inspections {
		for _, o := range i.Officers {
			ids = append(ids, o.OfficerID)
		}
	}
	for _, d := range f.Documents {
		for _, p := range d.Participants {
			if p.Part == "承办" {
				ids = append(ids, p.OfficerID)
			}
		}
	}
	return ids
}

// dueRules is raised when the rules of package procedure change what a case has due.
const dueRules = "4"

const settingDue = "due_basis"

// dueBasis names everything but the files that due days were computed from.
func (s *Service) dueBasis() (string, error) {
	deadlines := map[registry.DocKind]registry.KindDeadline{}
	for _, k := range s.keptKinds() {
		if k.Deadline != (registry.KindDeadline{}) {
			deadlines[k.Name] = k.Deadline
		}
	}
	basis := []any{dueRules, s.Law().Deadlines(), s.Calendar()}
	if len(deadlines) > 0 {
		basis = append(basis, deadlines)
	}
	b, err := json.Marshal(basis)
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), err
}

// RefreshDue recomputes what every open case has due, and what is counted of every case, if the rules or the calendar changed since it was last computed. Cut short, it goes on at the
// next call.
func (s *Service) RefreshDue(ctx context.Context) error {
	s.upkeep.refreshing.Lock()
	defer s.upkeep.refreshing.Unlock()
	basis, current, err := s.dueStanding(ctx)
	if err != nil {
		return err
	}
	if !current {
		defer s.upkeep.due.end()
		if err := s.db.RefreshDue(ctx, basis, s.due, s.upkeep.due.at); err != nil {
			return err
		}
		if err := s.write(ctx, registry.CommandLine, func(tx *store.Tx) error { return tx.SetSetting(settingDue, basis) }); err != nil {
			return err
		}
	}
	return s.refreshFacts(ctx, basis)
}

func (s *Service) dueStanding(ctx context.Context) (basis string, current bool, err error) {
	if basis, err = s.dueBasis(); err != nil {
		return "", false, err
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		have, err := tx.Setting(settingDue)
		current = have == basis
		return err
	})
	return basis, current, err
}

// verifiableDue is due where it was computed by the present rules and calendar; nil where the next start of the server will do so.
func (s *Service) verifiableDue(ctx context.Context) (func(*registry.CaseFile) store.Due, error) {
	if _, current, err := s.dueStanding(ctx); err != nil || !current {
		return nil, err
	}
	return s.due, nil
}

// weekAhead is how far the desk looks.
const weekAhead = 7

// DueDesk is the part of the desk that clocks decide.
type DueDesk struct {
	Counts store.DueCounts
	Rows   []store.DueRow
	Next   string
}

// DueWhen narrows what is due to a tile of the desk.
type DueWhen string

// The tiles of the desk.
const (
	DueEver    DueWhen = ""
	DueOverdue DueWhen = "已逾期"
	DueToday   DueWhen = "今天到期"
	DueSoon    DueWhen = "7 天内"
)

// between is the days of a tile.
func (w DueWhen) between(today registry.Date) (from, until registry.Date) {
	switch w {
	case DueOverdue:
		return registry.Date{}, today.AddDays(-1)
	case DueToday:
		return today, today
	case DueSoon:
		return today, today.AddDays(weekAhead)
	}
	return registry.Date{}, registry.Date{}
}

// DueCases lists the cases that have something due, the most urgent first, with counts of all tiles.
func (s *Service) DueCases(ctx context.Context, a registry.Actor, f store.DueFilter, when DueWhen, p store.Page) (d DueDesk, err error) {
	today := s.Today()
	f.From, f.Until = when.between(today)
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if d.Counts, err = tx.CountDue(f, today, today.AddDays(weekAhead)); err != nil {
			return err
		}
		d.Rows, d.Next, err = tx.DueCases(f, p)
		return err
	})
	return d, err
}

// DueClock is one clock of the weekly list, with the case that it belongs to.
type DueClock struct {
	Case  registry.Case
	Clock procedure.Clock
}

// DueUnit is the weekly list of one unit.
type DueUnit struct {
	Organ  registry.Organ // zero: no handling unit on record
	Clocks []DueClock
}

// DueWeek is the weekly list: every live duty that ends by Until, overdue ones included, by unit.
type DueWeek struct {
	From, Until registry.Date
	Units       []DueUnit
	Cases       int    // of this page
	Next        string // where the next page begins; empty on the last
}

// DueWeek reads a page of the weekly list of one handling unit, or of all, the most urgent cases first. Unlike the desk it shows every such
// clock of a case, not only the first; for that it reads the whole files of the cases on the page.
func (s *Service) DueWeek(ctx context.Context, a registry.Actor, organ registry.OrganID, p Page) (w DueWeek, err error) {
	w.From = s.Today()
	w.Until = w.From.AddDays(weekAhead)
	units := map[registry.OrganID]*DueUnit{}
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		clear(units)
		rows, next, err := tx.DueCases(store.DueFilter{OrganID: organ, Until: w.Until}, p)
		if err != nil {
			return err
		}
		ids := make([]registry.CaseID, len(rows))
		for i, r := range rows {
			ids[i] = r.ID
		}
		files, err := tx.ClockFiles(ids)
		for _, f := range files {
			s.addWeek(units, f, w.Until)
		}
		w.Cases, w.Next = len(rows), next
		return err
	})
	if err != nil {
		return w, err
	}
	for _, u := range units {
		slices.SortFunc(u.Clocks, func(a, b DueClock) int {
			return cmp.Or(a.Clock.Term.Latest.Compare(b.Clock.Term.Latest), cmp.Compare(a.Case.ID, b.Case.ID))
		})
		w.Units = append(w.Units, *u)
	}
	slices.SortFunc(w.Units, func(a, b DueUnit) int { return cmp.Compare(a.Organ.ID, b.Organ.ID) })
	return w, nil
}

func (s *Service) addWeek(units map[registry.OrganID]*DueUnit, f *registry.CaseFile, until registry.Date) {
	u := units[f.Case.HandlingOrganID]
	if u == nil {
		u = &DueUnit{}
		if f.HandlingOrgan != nil {
			u.Organ = *f.HandlingOrgan
		}
		units[f.Case.HandlingOrganID] = u
	}
	for _, c := range procedure.Clocks(s.clockFacts(f)) {
		if c.Duty && c.Live() && !until.Before(c.Term.Latest) {
			u.Clocks = append(u.Clocks, DueClock{f.Case, c})
		}
	}
}

// DeadlineName is what a deadline is called.
func (s *Service) DeadlineName(code string) string {
	if d, ok := s.Law().Deadline(code); ok {
		return d.Name
	}
	if kind, ok := procedure.DeadlineKind(code); ok {
		if k, ok := s.DocumentKind(kind); ok && k.Deadline.Label != "" {
			return k.Deadline.Label
		}
	}
	return code
}
