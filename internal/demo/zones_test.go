package demo

import (
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// The sample zones hold the farm of case 4 and no other; what its page and its case's say follows.
func TestSampleZones(t *testing.T) {
	s, _ := loaded(t)
	for id := registry.CaseID(1); id <= 5; id++ {
		p, err := s.CasePage(t.Context(), registry.CommandLine, id)
		if err != nil {
			t.Fatal(err)
		}
		farm, err := s.FarmPage(t.Context(), registry.CommandLine, p.Farm.ID)
		if err != nil {
			t.Fatal(err)
		}
		for what, c := range map[string]casework.ZoneCheck{"case": p.Zones, "farm": farm.Zones} {
			if !c.Asked || c.None || c.Forbidden() != (id == 4) {
				t.Errorf("%s %d: got %+v, want inside: %v", what, id, c, id == 4)
			}
			for _, z := range append(c.Inside, c.Near...) {
				if z.Zone.Origin != registry.OriginSample {
					t.Errorf("%s is not marked as a sample", z.Zone.Name)
				}
			}
		}
	}
}
