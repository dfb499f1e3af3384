package casework

import (
	"cmp"
	"context"
	"strconv"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// visitsOf counts the visits to a farm in the year of a day, without one inspection, against the bureau's cap.
func (s *Service) visitsOf(tx *store.Tx, farm registry.FarmID, day registry.Date, without registry.InspectionID) (v registry.Visits, err error) {
	b, err := tx.Bureau()
	if err != nil {
		return v, err
	}
	year := cmp.Or(day.Earliest(), s.Today().Earliest())[:len("2006")]
	if v, err = tx.FarmVisits(farm, year, without); err != nil {
		return v, err
	}
	v.Year, _ = strconv.Atoi(year) // of a date
	v.Cap = b.Visits
	return v, nil
}

// VisitWarning says before an inspection of a farm is begun, or moved to another year, that the cap is used up. It never blocks.
func (s *Service) VisitWarning(ctx context.Context, a registry.Actor, x *registry.Inspection) (words string, err error) {
	if x.FarmID == 0 || x.Kind == registry.Recheck || x.Uncounted != "" {
		return "", nil
	}
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		v, err := s.visitsOf(tx, x.FarmID, x.StartedOn, x.ID)
		words = v.Warning()
		return err
	})
	return words, err
}

// VisitsPage are the farms at their cap in a year.
type VisitsPage struct {
	Year  int
	Cap   registry.VisitCap
	Farms []store.FarmVisited
	More  bool // than are shown
}

// VisitsPage lists them; without a cap there are none.
func (s *Service) VisitsPage(ctx context.Context, a registry.Actor, year int, district string) (p VisitsPage, err error) {
	p.Year = year
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		b, err := tx.Bureau()
		if err != nil {
			return err
		}
		if p.Cap = b.Visits; p.Cap.Yearly == 0 {
			return nil
		}
		p.Farms, err = tx.FarmsVisited(strconv.Itoa(year), p.Cap.Yearly, district, historyLimit+1)
		if p.More = len(p.Farms) > historyLimit; p.More {
			p.Farms = p.Farms[:historyLimit]
		}
		return err
	})
	return p, err
}
