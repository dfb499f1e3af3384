package statute

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// Standard is a pollutant standard, as far as its limits are known.
type Standard struct {
	Code          string        `json:"code"` // DB44/613-2009
	Name          string        `json:"name"`
	Issuer        string        `json:"issuer"`
	Scope         string        `json:"scope"` // district code prefix of a local standard; empty: national
	Published     registry.Date `json:"published"`
	Periods       []Period      `json:"periods"`
	Mandatory     bool          `json:"mandatory"`
	Replaces      string        `json:"replaces"`
	ReplacedBy    string        `json:"replaced_by"`
	ReferenceOnly bool          `json:"reference_only"` // kept to recognise a wrong citation; never offered as a limit
	Confidence    string        `json:"confidence"`
	Source        string        `json:"source"`
	Note          string        `json:"note"`
	Caution       string        `json:"caution"` // said with every limit of it
	Tables        []Table       `json:"tables"`
	Regions       []Region      `json:"regions"`
	// RegionsUnknown: which places belong to which region has not been verified; every region's limit is offered.
	RegionsUnknown bool            `json:"regions_unknown"`
	Limits         []StandardLimit `json:"limits"`
	Drainage       []Drainage      `json:"drainage"`
	DrainageNote   string          `json:"drainage_note"`
	PigEquivalents []PigEquivalent `json:"pig_equivalents"`
	Scale          []ScaleClass    `json:"scale"`
	Rules          []string        `json:"rules"`
	NotFound       []string        `json:"not_found"` // what nobody has verified yet
}

// Period is when a standard applies, and to whom: DB44/613-2024 reached new farms a year before existing ones.
type Period struct {
	AppliesTo string        `json:"applies_to"` // 新建场, 现有场; empty: all
	From      registry.Date `json:"from"`
	To        registry.Date `json:"to"`
}

// Table is a numbered table of a standard.
type Table struct {
	Number string `json:"table"`
	Title  string `json:"title"`
}

// Region is a part of the territory with limits of its own. The one without Districts is the rest.
type Region struct {
	Name      string   `json:"name"`
	Area      string   `json:"area"`
	Districts []string `json:"districts"` // GB/T 2260 prefixes
}

// StandardLimit is one cell of a limit table. Value is decimal text as printed; empty where it was not verified.
type StandardLimit struct {
	Table      string `json:"table"`
	Medium     string `json:"medium"` // 废水, 固体废物, 臭气, 灌溉水
	Region     string `json:"region"`
	Pollutant  string `json:"pollutant"`
	Value      string `json:"value"`
	Bound      string `json:"bound"` // "min" where the value must not fall below; else an upper bound
	Unit       string `json:"unit"`
	Basis      string `json:"basis"` // 最高允许日均排放浓度
	Confidence string `json:"confidence"`
}

// Drainage is the greatest volume of waste water allowed (最高允许排水量).
type Drainage struct {
	Table   string `json:"table"`
	Process string `json:"process"` // 水冲, 干清粪
	Region  string `json:"region"`
	Animal  string `json:"animal"`
	Winter  string `json:"winter"`
	Summer  string `json:"summer"`
	Unit    string `json:"unit"`
}

// PigEquivalent converts a species: Animals head of it count as Pigs pigs.
type PigEquivalent struct {
	Species string `json:"species"`
	Animals int    `json:"animals"`
	Pigs    int    `json:"pigs"`
}

// ScaleClass is a class of farm size by standing stock (存栏): at least Min, less than Below (0: no upper end).
type ScaleClass struct {
	Site    string `json:"site"`  // 养殖场, 养殖区
	Class   string `json:"class"` // Ⅰ, Ⅱ
	Species string `json:"species"`
	Unit    string `json:"unit"`
	Min     int    `json:"min"`
	Below   int    `json:"below"`
}

// Threshold is a size from which a duty begins (环评类别, 排污许可类别, 备案规模). Each belongs to its own instrument: they must not be mixed.
type Threshold struct {
	Name       string          `json:"name"`
	Scope      string          `json:"scope"` // GB/T 2260 prefix of a local practice; empty: everywhere
	From       registry.Date   `json:"from"`
	To         registry.Date   `json:"to"`
	Basis      string          `json:"basis"`
	Document   string          `json:"document"`
	Rules      []ThresholdRule `json:"rules"`
	Note       string          `json:"note"`
	Confidence string          `json:"confidence"`
	Source     string          `json:"source"`
}

// ThresholdRule is one line of a Threshold: either in words (When) or a number by species.
type ThresholdRule struct {
	Category   string `json:"category"`
	When       string `json:"when"`
	Species    string `json:"species"`
	Metric     string `json:"metric"` // 年出栏量, 存栏量
	Min        *int   `json:"min"`    // nil: not verified
	Confidence string `json:"confidence"`
}

// Limit is one limit offered for a pollutant, with the standard it stands in.
type Limit struct {
	Standard     string
	StandardName string
	TableTitle   string
	StandardLimit
	AppliesTo string   // 新建场 or 现有场 where the standard applies to only one of them on that date
	Periods   []Period // the periods that may cover the date
	Source    string
	Why       string // Chinese; why it may not be the one: a choice left to a person
}

// Ref is how a sample names the limit: DB44/613-2009 表5 珠三角.
func (l Limit) Ref() string {
	s := l.Standard
	if l.Table != "" {
		s += " 表" + l.Table
	}
	if l.Region != "" {
		s += " " + l.Region
	}
	return s
}

type pollutantJSON struct {
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
}

func (c *Catalogue) loadStandards(fsys fs.FS) error {
	var f struct {
		Pollutants []pollutantJSON `json:"pollutants"`
		Standards  []*Standard     `json:"standards"`
		Thresholds []Threshold     `json:"thresholds"`
	}
	if err := readJSON(fsys, "standards.json", &f); err != nil {
		return err
	}
	c.standards, c.thresholds, c.pollutants = f.Standards, f.Thresholds, map[string]string{}
	for _, p := range f.Pollutants {
		for _, name := range append(p.Aliases, p.Name) {
			c.pollutants[strings.ToUpper(name)] = p.Name
		}
	}
	for _, s := range c.standards {
		for _, l := range s.Limits {
			if name, ok := c.Pollutant(l.Pollutant); !ok || name != l.Pollutant {
				return fmt.Errorf("%s limits %q, which is not in the list of pollutants", s.Code, l.Pollutant)
			}
		}
	}
	return nil
}

// Standards lists the standards, superseded and reference ones included.
func (c *Catalogue) Standards() []*Standard { return c.standards }

// Standard finds a standard by its code; spaces and dashes may be typed in any of the usual ways (DB44/613—2009).
func (c *Catalogue) Standard(code string) (*Standard, bool) {
	want := standardKey(code)
	for _, s := range c.standards {
		if standardKey(s.Code) == want {
			return s, true
		}
	}
	return nil, false
}

var standardDashes = strings.NewReplacer("—", "-", "–", "-", "－", "-", " ", "")

func standardKey(code string) string {
	return standardDashes.Replace(strings.ToUpper(registry.HalfWidth(code)))
}

// Thresholds lists the sizes from which duties begin.
func (c *Catalogue) Thresholds() []Threshold { return c.thresholds }

// Pollutant gives the catalogue's name of a pollutant: COD is 化学需氧量.
func (c *Catalogue) Pollutant(name string) (string, bool) {
	p, ok := c.pollutants[strings.ToUpper(strings.TrimSpace(registry.HalfWidth(name)))]
	return p, ok
}

// Farm kinds that a standard's periods tell apart.
const (
	NewFarm      = "新建场"
	ExistingFarm = "现有场"
)

// LimitQuestion asks which limit applies. Each part may be unknown: then nothing is left out for it.
type LimitQuestion struct {
	Pollutant string
	On        registry.Date
	District  string // a GB/T 2260 code or a prefix
	Farm      string // NewFarm or ExistingFarm
	Medium    string
}

// Answer is Limits for one kind of farm and one medium. What stands in the way of a single answer is in each limit's Why.
func (c *Catalogue) Answer(q LimitQuestion) []Limit {
	var out []Limit
	for _, l := range c.Limits(q.Pollutant, q.On, q.District) {
		if q.Medium != "" && l.Medium != q.Medium || !l.forFarm(q.Farm) {
			continue
		}
		if q.Farm != "" && l.AppliesTo == q.Farm {
			l.Why = strings.Join(slices.DeleteFunc(strings.Split(l.Why, "；"), func(s string) bool { return strings.HasPrefix(s, onlyFor) }), "；")
		}
		out = append(out, l)
	}
	return out
}

// forFarm reports whether one of the periods that may cover the day is for this kind of farm, as far as that is known.
func (l *Limit) forFarm(kind string) bool {
	if kind == "" || len(l.Periods) == 0 {
		return true
	}
	return slices.ContainsFunc(l.Periods, func(p Period) bool { return p.AppliesTo == "" || p.AppliesTo == kind })
}

// FarmKind says which kind of farm one is under the standards that tell them apart, as far as the day it began to produce
// shows: a farm that produced before the first of them came into force was there already. Empty where that is not known. The
// standard's own definition (环评批复 or 投产) was not verified: why says what was taken for it.
func (c *Catalogue) FarmKind(productionSince, eiaOn registry.Date) (kind, why string) {
	from := c.newFarmsFrom()
	after := func(d registry.Date) bool { return !d.IsZero() && d.Earliest() >= from.Earliest() }
	const undefined = "；“现有”与“新建”的定义未核到原文"
	switch {
	case from.IsZero():
		return "", ""
	case productionSince.Before(from):
		return ExistingFarm, fmt.Sprintf("登记的投产时间 %s 早于新标准施行之日 %s%s", productionSince, from, undefined)
	case eiaOn.Before(from):
		return "", fmt.Sprintf("环评手续 %s 早于新标准施行之日 %s，投产不早于该日或者未知%s", eiaOn, from, undefined)
	case after(productionSince):
		return NewFarm, fmt.Sprintf("登记的投产时间 %s 在新标准施行之日 %s 以后%s", productionSince, from, undefined)
	case productionSince.IsZero() && after(eiaOn):
		return NewFarm, fmt.Sprintf("环评手续 %s 在新标准施行之日 %s 以后%s", eiaOn, from, undefined)
	}
	return "", ""
}

// newFarmsFrom is the first day from which a standard bound new farms and not yet the others.
func (c *Catalogue) newFarmsFrom() (first registry.Date) {
	for _, s := range c.standards {
		for _, p := range s.Periods {
			if p.AppliesTo == NewFarm && !p.From.IsZero() && s.Replaces != "" && (first.IsZero() || p.From.Before(first)) {
				first = p.From
			}
		}
	}
	return first
}

// Limits lists the limits for a pollutant that may have applied on a date in a district (a GB/T 2260 code or a prefix; empty:
// unknown). Where the date or the place does not tell which, all come back, each with its Why: between 2024-05-01 and
// 2025-04-30 a new farm kept DB44/613-2024 and an existing one the edition of 2009. A limit whose value was never verified
// comes back with an empty Value.
func (c *Catalogue) Limits(pollutant string, on registry.Date, district string) []Limit {
	name, ok := c.Pollutant(pollutant)
	if !ok {
		return nil
	}
	var out []Limit
	local := false
	for _, s := range c.standards {
		if s.ReferenceOnly || !samePlace(district, s.Scope) {
			continue
		}
		periods, appliesTo, why := s.periodsOn(on)
		if len(periods) == 0 {
			continue
		}
		for _, l := range s.Limits {
			if l.Pollutant != name {
				continue
			}
			in, unsure := s.inRegion(l.Region, district)
			if !in {
				continue
			}
			reasons := slices.Clone(why)
			if unsure != "" {
				reasons = append(reasons, unsure)
			}
			switch {
			case s.Scope != "":
				local = true
			case local && s.Caution == "":
				reasons = append(reasons, besideLocal)
			}
			if s.Caution != "" {
				reasons = append(reasons, s.Caution)
			}
			if l.Value == "" {
				reasons = append(reasons, "限值未核到原文，留空待核")
			}
			out = append(out, Limit{
				Standard: s.Code, StandardName: s.Name, TableTitle: s.tableTitle(l.Table), StandardLimit: l,
				AppliesTo: appliesTo, Periods: periods, Source: s.Source, Why: strings.Join(reasons, "；"),
			})
		}
	}
	return out
}

// onlyFor begins the remark that a limit is for one kind of farm.
const onlyFor = "本标准此时只适用于"

// periodsOn lists the periods that may cover the date; appliesTo is set where only some kinds of farm are under the standard.
func (s *Standard) periodsOn(on registry.Date) (periods []Period, appliesTo string, why []string) {
	var who []string
	partly := false
	for _, p := range s.Periods {
		if on.IsZero() || overlap(p.From, p.To, on.Earliest(), on.Latest()) {
			periods = append(periods, p)
			who = append(who, p.AppliesTo)
			partly = partly || p.From.Earliest() > on.Earliest() || (!p.To.IsZero() && p.To.Latest() < on.Latest())
		}
	}
	switch {
	case len(periods) == 0:
		return nil, "", nil
	case on.IsZero():
		why = append(why, "日期未知")
	case partly && on.Precision() != registry.PrecisionDay:
		why = append(why, "日期不够精确，本标准只在其中一段时间施行")
	}
	if len(periods) < len(s.Periods) {
		appliesTo = strings.Join(who, "、")
		why = append(why, onlyFor+appliesTo+"，是新建场还是现有场由承办人确认")
	}
	return periods, appliesTo, why
}

// inRegion reports whether a limit of the region may apply in the district, and why that is not sure.
func (s *Standard) inRegion(region, district string) (in bool, unsure string) {
	if region == "" || len(s.Regions) == 0 {
		return true, ""
	}
	if s.RegionsUnknown {
		return true, "区域划分未核到原文，属于哪一类区域由承办人确认"
	}
	home, partly := "", false
	rest := ""
	for _, r := range s.Regions {
		if len(r.Districts) == 0 {
			rest = r.Name
		}
		for _, prefix := range r.Districts {
			switch {
			case strings.HasPrefix(district, prefix):
				home = r.Name
			case strings.HasPrefix(prefix, district):
				partly = true
			}
		}
	}
	switch {
	case home != "":
		return region == home, ""
	case partly:
		return true, "所在区县未知，属于哪个区域不能确定"
	}
	return region == rest, ""
}

func (s *Standard) tableTitle(number string) string {
	for _, t := range s.Tables {
		if t.Number == number {
			return t.Title
		}
	}
	return ""
}
