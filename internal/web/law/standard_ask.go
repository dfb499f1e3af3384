package law

import (
	"cmp"
	"fmt"
	"strconv"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// limitAsk is the question "which limit applied?" on the page of the standards. All of it is in the address.
type limitAsk struct {
	Pollutant, On, District, Farm, Medium string
	Asked                                 bool
	Problem                               string
	Answers                               []limitAnswer
}

// limitAnswer is one limit that may have applied, with where it comes from. An empty Value was never verified.
type limitAnswer struct {
	Ref, Title, Value, Unit, Basis, Bound, AppliesTo, Region, Medium string
	Confidence, Source, Why, Href                                    string
	Periods                                                          []string
}

// districtAsked is the district of a question in the address; links from before call it district.
func districtAsked(r *kit.Request) string {
	return cmp.Or(r.QueryParam("district_code"), r.QueryParam("district"))
}

func (s area) askLimit(r *kit.Request) limitAsk {
	a := limitAsk{Pollutant: r.QueryParam("pollutant"), On: r.QueryParam("on"), District: districtAsked(r), Farm: r.QueryParam("farm"), Medium: r.QueryParam("medium")}
	a.Asked = a.Pollutant != ""
	on, err := registry.ParseDate(a.On)
	if err != nil {
		a.Problem = "日期：" + err.Error()
	}
	if !a.Asked || a.Problem != "" {
		return a
	}
	q := statute.LimitQuestion{Pollutant: a.Pollutant, On: on, District: a.District, Farm: a.Farm, Medium: a.Medium}
	for _, l := range s.Service.Law().Answer(q) {
		a.Answers = append(a.Answers, viewLimit(l))
	}
	return a
}

func viewLimit(l statute.Limit) limitAnswer {
	v := limitAnswer{Ref: l.Ref(), Title: l.TableTitle, Value: l.Value, Unit: l.Unit, Basis: l.Basis, Bound: view.BoundMark(l.StandardLimit), AppliesTo: l.AppliesTo, Region: l.Region, Medium: l.Medium,
		Confidence: statute.ConfidenceLabel(l.Confidence), Source: l.Source, Why: l.Why, Href: "#" + standardID(l.Standard)}
	for _, p := range l.Periods {
		v.Periods = append(v.Periods, cmp.Or(p.AppliesTo, "全部")+"："+cmp.Or(view.Interval(p.From, p.To), "未核到"))
	}
	return v
}

// herdAsk is the question "how large is this herd?": up to herdRows species, their number and its basis.
type herdAsk struct {
	Rows       []herdAskRow
	Basis, On  string
	Asked      bool
	Problem    string
	Scales     []herdScaleView
	Tiers      []herdTier
	Thresholds []herdThreshold
	Missing    bool // of the herd, nothing could be read
}

type herdAskRow struct{ Species, Count string }

const herdRows = 3

// herdScaleView is what one standard makes of the herd, and whether the standard applied on the day.
type herdScaleView struct {
	statute.HerdScale
	Periods []string
	Applies string
	Classes []string // of the herd converted to pigs
	Lines   []herdLineView
}

type herdLineView struct {
	statute.HerdLine
	Words []string
}

type herdTier struct{ Table, Group, Href, Species, When string }

type herdThreshold struct{ Name, Rule, Verdict, Confidence string }

func (s area) askHerd(r *kit.Request) herdAsk {
	a := herdAsk{Basis: cmp.Or(r.QueryParam("basis"), "存栏"), On: r.QueryParam("herd_on"), Asked: r.QueryParam("herd") != "", Rows: make([]herdAskRow, herdRows)}
	on, err := registry.ParseDate(a.On)
	if err != nil {
		a.Problem = "日期：" + err.Error()
	}
	var herd []statute.HerdCount
	for i := range a.Rows {
		n := strconv.Itoa(i)
		a.Rows[i] = herdAskRow{r.QueryParam("species" + n), r.QueryParam("count" + n)}
		if a.Rows[i].Species == "" && a.Rows[i].Count == "" || !a.Asked {
			continue
		}
		count, err := strconv.ParseInt(registry.HalfWidth(a.Rows[i].Count), 10, 64)
		if err != nil || count < 0 || count > 100_000_000 || !registry.Species.Has(a.Rows[i].Species) {
			a.Problem = fmt.Sprintf("第 %d 行：请选择畜种，并把数量写成整数", i+1)
			continue
		}
		herd = append(herd, statute.HerdCount{Species: a.Rows[i].Species, Basis: a.Basis, Count: count})
	}
	if !a.Asked || a.Problem != "" {
		return a
	}
	if a.Missing = len(herd) == 0; a.Missing {
		return a
	}
	c := s.Service.Law()
	for _, x := range c.Scales(herd) {
		a.Scales = append(a.Scales, viewScale(x, on))
	}
	for _, h := range herd {
		a.Tiers = append(a.Tiers, herdTiers(c, h)...)
		for _, v := range c.Reached(h, on) {
			verdict := "未达到"
			if v.Reached {
				verdict = "达到"
			}
			a.Thresholds = append(a.Thresholds, herdThreshold{v.Threshold.Name, v.Rule.Species + "　" + v.Rule.Metric + " " + kit.Thousands(int64(*v.Rule.Min)) + " 以上", verdict,
				statute.ConfidenceLabel(cmp.Or(v.Rule.Confidence, v.Threshold.Confidence))})
		}
	}
	return a
}

func viewScale(x statute.HerdScale, on registry.Date) herdScaleView {
	v := herdScaleView{HerdScale: x, Classes: classWords(x.Classes)}
	applies := false
	for _, p := range x.Standard.Periods {
		v.Periods = append(v.Periods, cmp.Or(p.AppliesTo, "全部")+"："+cmp.Or(view.Interval(p.From, p.To), "未核到"))
		applies = applies || !on.Before(p.From) && (p.To.IsZero() || !p.To.Before(on))
	}
	switch {
	case on.IsZero():
	case applies:
		v.Applies = on.String() + " 适用"
	default:
		v.Applies = on.String() + " 不适用"
	}
	for _, l := range x.Lines {
		v.Lines = append(v.Lines, herdLineView{l, classWords(l.Classes)})
	}
	return v
}

func classWords(list []statute.HerdClass) []string {
	words := make([]string, len(list))
	for i, c := range list {
		words[i] = c.Site + "：" + c.Class + " 级"
		if c.Class == "" {
			words[i] = c.Site + "：小于本标准适用规模"
		}
	}
	return words
}

// herdTiers are the tiers of the 裁量 tables that the herd falls into by its own species. They are by standing stock.
func herdTiers(c *statute.Catalogue, h statute.HerdCount) []herdTier {
	if h.Basis != "存栏" {
		return nil
	}
	var list []herdTier
	for i := range c.Discretion().Tables {
		t := &c.Discretion().Tables[i]
		groups := map[string]bool{}
		for _, tier := range t.Tiers {
			if len(tier.Scale) == 0 || groups[tier.Group] {
				continue
			}
			groups[tier.Group] = true
			when := "裁量表没有写这一畜种，“其他同规模”由承办人比照确定"
			if n, ok := t.TierForHeads(tier.Group, h.Species, h.Count); ok {
				when = t.Tiers[n].When
			}
			list = append(list, herdTier{t.Section, tier.Group, view.DiscretionHref(t.ID, 0), h.Species, when})
		}
	}
	return list
}
