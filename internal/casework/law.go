package casework

import (
	"context"
	"log/slog"
	"time"

	"casebook/internal/statute"
	"casebook/internal/store"
)

// loadedLaw is the catalogue in use and what of the database it was built from.
type loadedLaw struct {
	catalogue  *statute.Catalogue
	broken     []statute.BrokenText
	city       string // whose local law it holds
	generation store.LawGeneration
}

// current reports whether have was built from the same texts for the same city.
func (l *loadedLaw) current(have *loadedLaw) bool {
	return l.generation == have.generation && l.city == have.city
}

// lawInterval is the longest that a text imported by another process stays unseen.
const lawInterval = 2 * time.Second

// LoadLaws lays the imported law texts over those compiled into the program. A text that cannot be used is logged and left out.
func (s *Service) LoadLaws(ctx context.Context) error {
	s.lawLoading.Lock()
	defer s.lawLoading.Unlock()
	have := s.law.Load()
	next := &loadedLaw{city: s.Bureau().City.Code}
	var texts []statute.StoredText
	var checks []statute.Check
	err := s.db.Read(ctx, func(tx *store.Tx) (err error) {
		if next.generation, err = tx.LawGeneration(); err != nil || next.current(have) {
			return err
		}
		texts, checks, err = storedLaws(tx)
		return err
	})
	if err != nil || next.current(have) {
		return err
	}
	next.catalogue, next.broken = s.laws.With(texts, checks)
	next.catalogue = next.catalogue.For(next.city)
	for _, b := range next.broken {
		s.log.LogAttrs(ctx, slog.LevelError, "an imported law text cannot be used", slog.String("law", b.LawID), slog.String("version", b.VersionID),
			slog.Int("revision", b.Revision), slog.String("why", b.Why))
	}
	s.law.Store(next)
	return nil
}

func storedLaws(tx *store.Tx) (texts []statute.StoredText, checks []statute.Check, err error) {
	rows, err := tx.LawTexts()
	if err != nil {
		return nil, nil, err
	}
	marks, err := tx.LawChecks()
	if err != nil {
		return nil, nil, err
	}
	for _, r := range rows {
		texts = append(texts, r.StoredText)
	}
	for _, m := range marks {
		checks = append(checks, m.Check)
	}
	return texts, checks, nil
}

// RefreshLaws sees, at most every two seconds, whether a text, a mark or what LoadKept reads was added beside this process (casebook law
// import), and then loads them. A database that does not answer leaves the catalogue as it is: the request will meet the same trouble and say so.
func (s *Service) RefreshLaws(ctx context.Context) {
	now := s.now()
	if since := now.Sub(time.Unix(0, s.lawLooked.Load())); since >= 0 && since < lawInterval {
		return
	}
	s.lawLooked.Store(now.UnixNano())
	if err := s.LoadKept(ctx); err != nil {
		s.log.LogAttrs(ctx, slog.LevelWarn, "look for what an administrator keeps", slog.String("error", err.Error()))
	}
	if err := s.LoadLaws(ctx); err != nil {
		s.log.LogAttrs(ctx, slog.LevelWarn, "look for imported laws", slog.String("error", err.Error()))
	}
}
