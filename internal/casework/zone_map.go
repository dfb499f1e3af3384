package casework

import (
	"cmp"
	"context"
	"fmt"

	"casebook/internal/geo"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// MapPoints bounds the farms that one map draws.
const MapPoints = 1000

// MapPage is what the map draws: positions in WGS-84.
type MapPage struct {
	Zones []MapZone
	Farms []MapFarm
	More  bool // farms that have a position than are drawn
	Day   registry.Date
}

// MapZone is a zone with its simplified border.
type MapZone struct {
	registry.ZoneMap
	Outline [][][2]float64
}

// MapFarm is a farm where it lies.
type MapFarm struct {
	store.Dot
	At     [2]float64
	Inside []string // the 禁养区 in force that hold it
}

// Decimal writes the position on the map.
func (f MapFarm) Decimal() string { return fmt.Sprintf("%.6f, %.6f", f.At[0], f.At[1]) }

// MapPage reads the farms of a district, or of all, and the zones in force on a day.
func (s *Service) MapPage(ctx context.Context, a registry.Actor, district string, day registry.Date) (p MapPage, err error) {
	p.Day = day
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		heads, err := tx.ZoneHeads()
		if err != nil {
			return err
		}
		var shapes []*geo.Index
		for _, z := range heads {
			if in, _ := z.InForce(day); !in || district != "" && z.DistrictCode != "" && z.DistrictCode != district {
				continue
			}
			x, err := s.shapeOf(tx, z.ID)
			if err != nil {
				return err
			}
			shapes, p.Zones = append(shapes, x), append(p.Zones, MapZone{z, outlineOf(x)})
		}
		dots, more, err := tx.FarmDots(district, MapPoints)
		if err != nil {
			return err
		}
		p.More = more
		for _, d := range dots {
			at, ok := geo.ToWGS84(geo.Point{*d.Place.Longitude, *d.Place.Latitude}, cmp.Or(d.Place.Datum, geo.CGCS2000))
			if !ok {
				continue
			}
			f := MapFarm{Dot: d, At: at}
			for i, z := range p.Zones {
				if z.Kind == registry.ForbiddenZone && shapes[i].Contains(at) {
					f.Inside = append(f.Inside, z.Label())
				}
			}
			p.Farms = append(p.Farms, f)
		}
		return nil
	})
	return p, err
}
