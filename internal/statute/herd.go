package statute

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// HerdCount is a number of animals: a standing stock, or a yearly output.
type HerdCount struct {
	Species string // registry.Species
	Basis   string // of registry.HerdBases: 存栏, 年出栏
	Count   int64
}

// HerdScale is what one standard makes of a herd: pigs by its own conversion, and its classes of size. The conversions differ
// between instruments and must not be mixed.
type HerdScale struct {
	Standard *Standard
	Lines    []HerdLine
	Pigs     *int64 // all together, whole pigs, rounded down; nil where a species has no conversion
	Missing  []string
	Classes  []HerdClass // by site, of the herd converted to pigs
}

// HerdLine is one species: how many pigs it counts for, and its class by the standard's own line for the species.
type HerdLine struct {
	HerdCount
	Rule    string // 30只折1头
	Pigs    *int64 // nil: the standard has no conversion
	Classes []HerdClass
}

// HerdClass is a class of size at a site (养殖场, 养殖区); an empty Class is below the standard's smallest.
type HerdClass struct{ Site, Species, Class string }

// Scales works a herd through every standard that has a conversion.
func (c *Catalogue) Scales(herd []HerdCount) []HerdScale {
	var list []HerdScale
	for _, s := range c.standards {
		if len(s.PigEquivalents) == 0 || s.ReferenceOnly {
			continue
		}
		list = append(list, s.scale(herd))
	}
	return list
}

const pigSpecies = "生猪"

func (s *Standard) scale(herd []HerdCount) HerdScale {
	x := HerdScale{Standard: s}
	total := new(big.Rat) // with its fractions, so that 15 hens and 15 ducks are one pig
	for _, h := range herd {
		line := HerdLine{HerdCount: h, Classes: s.classes(h.Species, h.Count)}
		a, p, ok := s.equivalent(h.Species)
		if !ok {
			x.Missing = append(x.Missing, h.Species)
			x.Lines = append(x.Lines, line)
			continue
		}
		pigs := new(big.Rat).Mul(big.NewRat(h.Count, 1), big.NewRat(p, a))
		total.Add(total, pigs)
		line.Pigs = whole(pigs)
		if h.Species != pigSpecies {
			line.Rule = fmt.Sprintf("%d %s折 %d 头猪", a, h.Species, p)
		}
		x.Lines = append(x.Lines, line)
	}
	if len(x.Missing) == 0 && len(herd) > 0 {
		x.Pigs = whole(total)
		x.Classes = s.classes(pigSpecies, *x.Pigs)
	}
	return x
}

// whole drops the fraction of a number that is not negative.
func whole(r *big.Rat) *int64 {
	n := new(big.Int).Quo(r.Num(), r.Denom()).Int64()
	return &n
}

// equivalent is how many animals of a species count as how many pigs.
func (s *Standard) equivalent(species string) (animals, pigs int64, ok bool) {
	if species == pigSpecies {
		return 1, 1, true
	}
	for _, e := range s.PigEquivalents {
		if e.Species == species {
			return int64(e.Animals), int64(e.Pigs), true
		}
	}
	return 0, 0, false
}

// classes finds the class at each site by the standard's own lines for the species; none where it has no line for it.
func (s *Standard) classes(species string, n int64) []HerdClass {
	var list []HerdClass
	for _, row := range s.Scale {
		if !sameSpecies(row.Species, species) {
			continue
		}
		i := slices.IndexFunc(list, func(c HerdClass) bool { return c.Site == row.Site })
		if i < 0 {
			i = len(list)
			list = append(list, HerdClass{Site: row.Site, Species: row.Species})
		}
		if n >= int64(row.Min) && (row.Below == 0 || n < int64(row.Below)) {
			list[i].Class = row.Class
		}
	}
	return list
}

// sameSpecies matches the registry's word with a standard's: 生猪 with 猪（25kg以上）, 奶牛 with 成年奶牛.
func sameSpecies(printed, species string) bool {
	printed = strings.TrimPrefix(strings.TrimSuffix(printed, "（25kg以上）"), "成年")
	return printed == species || species == pigSpecies && (printed == "猪" || printed == pigSpecies)
}

// ThresholdVerdict is one numeric threshold compared with a herd.
type ThresholdVerdict struct {
	Threshold *Threshold
	Rule      ThresholdRule
	Reached   bool
}

// Reached compares a count with the thresholds that name its species and its basis, on a day (zero: any).
func (c *Catalogue) Reached(h HerdCount, on registry.Date) []ThresholdVerdict {
	var list []ThresholdVerdict
	for i := range c.thresholds {
		t := &c.thresholds[i]
		if !on.IsZero() && !overlap(t.From, t.To, on.Earliest(), on.Latest()) {
			continue
		}
		for _, r := range t.Rules {
			if r.Min != nil && strings.HasPrefix(r.Metric, h.Basis) &&
				slices.ContainsFunc(strings.Split(r.Species, "、"), func(s string) bool { return speciesNamed(s, h.Species) }) {
				list = append(list, ThresholdVerdict{t, r, h.Count >= int64(*r.Min)})
			}
		}
	}
	return list
}

// speciesNamed matches a threshold's word, which may be narrower than the registry's: 绵羊 and 山羊 are 羊, 肉鸭 and 蛋鸭 are 鸭.
func speciesNamed(printed, species string) bool {
	if sameSpecies(printed, species) {
		return true
	}
	return (species == "羊" || species == "鸭") && strings.HasSuffix(printed, species)
}
