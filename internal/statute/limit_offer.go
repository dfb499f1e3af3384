package statute

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
)

// besideLocal is said of a national limit where a local standard has one too.
const besideLocal = "国家标准，与地方标准并列列出"

// LimitOffer is what the catalogue has for one result of a sample.
type LimitOffer struct {
	Options []Limit
	Only    *Limit // the one that fits, where nothing is left to a person
	Missing string // Chinese; else why a person chooses, or what is missing to tell
}

// OfferLimits lists the limits that may apply to a result. named are the words in which the sample names its standard, the nearest to the
// result first (限值依据, then 报告所引标准): naming one of several is the person's choice among them.
func (c *Catalogue) OfferLimits(q LimitQuestion, named ...string) LimitOffer {
	name, known := c.Pollutant(q.Pollutant)
	if !known {
		return LimitOffer{Missing: fmt.Sprintf("标准目录没有收录“%s”的限值", q.Pollutant)}
	}
	var o LimitOffer
	all := q
	all.Medium = ""
	for _, l := range c.Answer(all) {
		if q.Medium == "" || !registry.Media.Has(l.Medium) || l.Medium == q.Medium {
			o.Options = append(o.Options, l)
		}
	}
	if len(o.Options) == 0 {
		o.Missing = fmt.Sprintf("标准目录没有%s在这一天、当地适用于%s的限值", name, cmp.Or(q.Medium, "各介质"))
		return o
	}
	own, chosen, other := o.own(q.Medium, named)
	var open []string
	if other != "" {
		open = append(open, "所写的 "+other+" 不在其中")
	}
	for _, l := range own {
		for _, why := range strings.Split(l.Why, "；") {
			if why != "" && !slices.Contains(open, why) && (why != besideLocal || !chosen && len(own) > 1) {
				open = append(open, why)
			}
		}
	}
	if q.Medium == "" {
		open = append(open, "介质未填")
	}
	if q.District == "" {
		open = append(open, "辖区未知")
	}
	switch {
	case len(own) == 1 && len(open) == 0:
		o.Only = &own[0]
	case len(own) > 1:
		o.Missing = strings.Join(append([]string{fmt.Sprintf("可能适用的限值有 %d 项，由承办人选择", len(own))}, open...), "；")
	default:
		o.Missing = strings.Join(open, "；")
	}
	return o
}

// own are the options of the sample's own medium, less those of other standards and tables than the one that is named. other is a standard
// that is named and has none of them; methods (HJ) have no limits.
func (o *LimitOffer) own(medium string, named []string) (list []Limit, chosen bool, other string) {
	for _, l := range o.Options {
		if medium == "" || l.Medium == medium {
			list = append(list, l)
		}
	}
	if len(list) == 0 {
		list = o.Options
	}
	for _, text := range named {
		codes := slices.DeleteFunc(StandardsIn(text), func(code string) bool { return strings.HasPrefix(code, "HJ") })
		if len(codes) == 0 {
			continue
		}
		of := slices.DeleteFunc(slices.Clone(list), func(l Limit) bool {
			return !slices.ContainsFunc(codes, func(code string) bool { return standardKey(code) == standardKey(l.Standard) })
		})
		if len(of) == 0 {
			return list, false, strings.Join(codes, "、")
		}
		exact := slices.DeleteFunc(slices.Clone(of), func(l Limit) bool { return !strings.Contains(standardKey(text), standardKey(l.Ref())) })
		if len(exact) > 0 {
			of = exact
		}
		return of, true, ""
	}
	return list, false, ""
}

// Text is the limit as a result has it: 70, ≥95.
func (l Limit) Text() string {
	if l.Bound == "min" && l.Value != "" {
		return "≥" + l.Value
	}
	return l.Value
}

// Differs says in Chinese from which limits of the catalogue a result's limit differs; empty where it is one of them, or where the
// catalogue cannot tell: it has none, or one that nobody has verified.
func (c *Catalogue) Differs(q LimitQuestion, r *registry.SampleResult, named ...string) string {
	o := c.OfferLimits(q, named...)
	own, _, _ := o.own(q.Medium, named)
	var list []string
	for _, l := range own {
		if l.Value == "" || l.Is(r) {
			return ""
		}
		list = append(list, fmt.Sprintf("%s %s %s", l.Ref(), l.Text(), l.Unit))
	}
	return strings.Join(list, "、")
}

// Is reports whether a result's limit is this one.
func (l Limit) Is(r *registry.SampleResult) bool {
	unit := cmp.Or(r.LimitUnit, r.Unit)
	return registry.SameLimit(r.Limit, l.Text()) && (unit == "" || r.LimitUnit == "" || registry.SameUnit(unit, l.Unit))
}

// Fill gives a result this limit. The unit that was typed stays: it is the value's. Where the limit's is another, both are kept apart.
func (l Limit) Fill(r *registry.SampleResult) {
	r.Limit, r.LimitFrom, r.LimitRef = l.Text(), registry.LimitFromCatalogue, l.Ref()
	r.Unit = cmp.Or(r.Unit, l.Unit)
	r.LimitUnit = ""
	if !registry.SameUnit(r.Unit, l.Unit) {
		r.LimitUnit = l.Unit
	}
}

// standardCode is the code of a standard as it is printed: DB44/613—2009, GB 18596-2001, GB/T 14848-2017. The year may be missing.
var standardCode = lazyregexp.New(`(?:GB|HJ|NY|CJ|DB[0-9]{2})(?:/T)?/?[0-9]+(?:\.[0-9]+)?(?:-+(?:19|20)[0-9]{2})?`)

// StandardsIn lists the codes that a text names, as DB44/613-2009.
func StandardsIn(text string) []string {
	var list []string
	for _, code := range standardCode.FindAllString(standardKey(text), -1) {
		for strings.Contains(code, "--") { // a Chinese dash is two
			code = strings.ReplaceAll(code, "--", "-")
		}
		if !slices.Contains(list, code) {
			list = append(list, code)
		}
	}
	return list
}

// StandardRemark is what is odd about the way in which a sample names its standard.
type StandardRemark struct {
	Wrong bool // it did not apply; else it cannot be told
	Text  string
}

// StandardRemarks compares the standard that a sample names with the catalogue: whether it applied on the day, in the place, to such a
// farm. A standard that the catalogue does not hold is not judged. limited: the sample has limits, so that it ought to name one.
func (c *Catalogue) StandardRemarks(text string, q LimitQuestion, limited bool) (list []StandardRemark) {
	codes := StandardsIn(text)
	for _, code := range codes {
		s, ok := c.Standard(code)
		switch {
		case ok:
			list = append(list, c.standardRemarks(s, q)...)
		default:
			if of := c.editions(code); len(of) > 0 {
				list = append(list, StandardRemark{Text: fmt.Sprintf("标准目录没有 %s，有 %s，请核对年号", code, strings.Join(of, "、"))})
			}
		}
	}
	if len(codes) > 0 {
		return list
	}
	var named, applied []string
	for _, s := range c.standards {
		periods, _, _ := s.periodsOn(q.On)
		if s.ReferenceOnly || len(periods) == 0 || !samePlace(q.District, s.Scope) || s.Caution != "" {
			continue
		}
		applied = append(applied, s.Code)
		if strings.Contains(registry.Fold(text), registry.Fold(s.Name)) {
			named = append(named, s.Code)
		}
	}
	switch {
	case len(named) > 0:
		list = append(list, StandardRemark{Text: fmt.Sprintf("所引标准只写了名称，没有编号；标准目录中可能适用的有 %s", strings.Join(named, "、"))})
	case strings.TrimSpace(text) == "" && limited && len(applied) > 0:
		list = append(list, StandardRemark{Text: fmt.Sprintf("有限值，没有写明所依据的标准；标准目录中可能适用的有 %s", strings.Join(applied, "、"))})
	}
	return list
}

func (c *Catalogue) standardRemarks(s *Standard, q LimitQuestion) (list []StandardRemark) {
	if !samePlace(q.District, s.Scope) {
		list = append(list, StandardRemark{true, fmt.Sprintf("%s 是%s的地方标准，不适用于当地", s.Code, c.TerritoryName(s.Scope))})
	}
	if q.On.IsZero() {
		return append(list, StandardRemark{Text: fmt.Sprintf("采样日期未知，%s 当时是否施行无法判断", s.Code)})
	}
	periods, appliesTo, _ := s.periodsOn(q.On)
	switch {
	case len(periods) == 0:
		list = append(list, StandardRemark{true, fmt.Sprintf("%s 在采样日 %s 不施行（%s）", s.Code, q.On, s.when())})
	case appliesTo != "" && q.Farm == "":
		list = append(list, StandardRemark{Text: fmt.Sprintf("%s 在 %s 只适用于%s，本场是新建场还是现有场不能由登记记录确定", s.Code, q.On, appliesTo)})
	case appliesTo != "" && !slices.ContainsFunc(periods, func(p Period) bool { return p.AppliesTo == q.Farm }):
		list = append(list, StandardRemark{true, fmt.Sprintf("%s 在 %s 只适用于%s，本场按登记记录是%s", s.Code, q.On, appliesTo, q.Farm)})
	case slices.ContainsFunc(periods, func(p Period) bool {
		return p.From.Earliest() > q.On.Earliest() || !p.To.IsZero() && p.To.Latest() < q.On.Latest()
	}) && q.On.Precision() != registry.PrecisionDay:
		list = append(list, StandardRemark{Text: fmt.Sprintf("采样日期 %s 不够精确，%s 只在其中一段时间施行", q.On, s.Code)})
	}
	return list
}

// when are the periods of a standard in words.
func (s *Standard) when() string {
	var list []string
	for _, p := range s.Periods {
		w := p.AppliesTo
		if !p.From.IsZero() {
			w += "自 " + p.From.String() + " 起"
		}
		if !p.To.IsZero() {
			w += "至 " + p.To.String()
		}
		list = append(list, w)
	}
	return strings.Join(list, "，")
}

// editions are the catalogue's editions of the standard that a code names, whatever its year.
func (c *Catalogue) editions(code string) (list []string) {
	number := func(code string) string { n, _, _ := strings.Cut(standardKey(code), "-"); return n }
	for _, s := range c.standards {
		if number(s.Code) == number(code) {
			list = append(list, s.Code)
		}
	}
	return list
}

// KeepUnit gives a result whose limit is one of the catalogue's the unit of that limit, where the value has another. A limit that names
// no standard is taken for the catalogue's where own says so: in a published text the number may be another's.
func (o LimitOffer) KeepUnit(r *registry.SampleResult, own bool) {
	if r.Limit == "" || r.LimitUnit != "" || r.Unit == "" {
		return
	}
	list, named, _ := o.own("", []string{r.LimitRef})
	if !named && (!own || r.LimitRef != "") || slices.ContainsFunc(list, func(l Limit) bool { return registry.SameUnit(r.Unit, l.Unit) }) {
		return
	}
	for _, l := range list {
		if registry.SameLimit(r.Limit, l.Text()) {
			r.LimitUnit = l.Unit
			return
		}
	}
}

// Words are the options in a line.
func (o LimitOffer) Words() string {
	var list []string
	for _, l := range o.Options {
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s %s %s", l.Ref(), cmp.Or(l.Text(), "未核到"), l.Unit)))
	}
	if len(list) == 0 {
		return ""
	}
	return "（" + strings.Join(list, "；") + "）"
}

// SampleQuestion asks for the limits of a sample: on its own day or else the inspection's, in the inspection's district, for the kind of
// farm that the records tell. ins and farm may be nil.
func SampleQuestion(c *Catalogue, x *registry.Sample, ins *registry.Inspection, farm *registry.Farm) LimitQuestion {
	q := LimitQuestion{On: x.SampledOn, Medium: x.Medium}
	if ins != nil {
		q.District = ins.DistrictCode
		if q.On.IsZero() {
			q.On = ins.StartedOn
		}
	}
	if farm != nil {
		q.District = cmp.Or(q.District, farm.DistrictCode)
		q.Farm, _ = c.FarmKind(farm.ProductionSince, farm.EIA.On)
	}
	return q
}

// SampleRemarks is what is odd about the standards that a sample and its results name.
func (c *Catalogue) SampleRemarks(x *registry.Sample, q LimitQuestion) (list []StandardRemark) {
	limited, refs := false, []string{}
	for _, r := range x.Results {
		limited = limited || r.Limit != ""
		refs = append(refs, r.LimitRef)
	}
	add := func(remarks []StandardRemark) {
		for _, r := range remarks {
			if !slices.Contains(list, r) {
				list = append(list, r)
			}
		}
	}
	named := strings.TrimSpace(strings.Join(refs, ""))
	if strings.TrimSpace(x.StandardCited) != "" || named == "" {
		add(c.StandardRemarks(x.StandardCited, q, limited))
	}
	for _, ref := range refs {
		if strings.TrimSpace(ref) != "" {
			add(c.StandardRemarks(ref, q, true))
		}
	}
	return list
}

// HeldStandards are the standards of the catalogue that a sample and its results name.
func (c *Catalogue) HeldStandards(x *registry.Sample) (list []*Standard) {
	text := x.StandardCited
	for _, r := range x.Results {
		text += "\n" + r.LimitRef
	}
	for _, code := range StandardsIn(text) {
		if s, ok := c.Standard(code); ok {
			list = append(list, s)
		}
	}
	return list
}
