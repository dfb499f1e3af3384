package law

import (
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// regimeView is one set of legal bases as its page shows it.
type regimeView struct {
	ID, Label, Validity string
	Kind                string
	Note                string
	Confidence, Mapping string
	Breached, Liability []quotedRef
	Penalties           []penaltyView
	Measures            []view.Measure
	NoPenalty           string
}

// quotedRef is a reference with the text of the version in force, and what to know before choosing it.
type quotedRef struct {
	Boxes     []view.StatuteBox
	When      string
	Competing string
	Older     []view.RefLink
}

// penaltyView is one penalty in words.
type penaltyView struct {
	Kind      string
	Fine      bool
	Who       string // 当事人 or 责任人员（个人）
	Range     string // 10 万元…; empty where the law gives none
	Formula   string
	Condition string
	Must      string
	Basis     []view.RefLink
}

func viewRegime(c *statute.Catalogue, n int, r *statute.Regime, today registry.Date) regimeView {
	day := regimeDay(r, today)
	v := regimeView{ID: fmt.Sprintf("regime-%d", n), Label: r.Label, Validity: view.Interval(r.From, r.To), Note: view.PlainWords(r.Note), NoPenalty: noPenalty(r),
		Kind: regimeShort(r)}
	if r.Confidence != "" {
		v.Confidence = statute.ConfidenceLabel(r.Confidence)
	}
	if r.MappingConfidence != "" {
		v.Mapping = statute.ConfidenceLabel(r.MappingConfidence)
	}
	for _, ref := range r.Breached {
		v.Breached = append(v.Breached, quoteRef(c, "违反", ref, r, day))
	}
	for _, ref := range r.Liability {
		v.Liability = append(v.Liability, quoteRef(c, "依据", ref, r, day))
	}
	for _, p := range r.Penalties {
		v.Penalties = append(v.Penalties, viewPenalty(c, p, day))
	}
	for _, m := range r.Measures {
		v.Measures = append(v.Measures, view.MeasureOf(c, m, day))
	}
	return v
}

// quoteRef quotes a reference in the versions in force on the regime's day, and names the earlier ones within the regime.
func quoteRef(c *statute.Catalogue, label string, ref statute.Reference, r *statute.Regime, day registry.Date) quotedRef {
	q := quotedRef{When: view.WhenLabel(c, ref), Competing: ref.Competing}
	versions := view.VersionsOn(c, ref.LawID, day)
	for _, v := range versions {
		q.Boxes = append(q.Boxes, view.QuoteBox(label, v, ref.Provision))
	}
	if len(versions) == 0 {
		q.Boxes = []view.StatuteBox{{Label: label, Law: ref.Law, Provision: ref.Provision.String(), Holding: registry.NotHeld,
			Href: "/statutes/" + ref.LawID, Note: "当时施行的版本本库未收录"}}
	}
	for i := range q.Boxes {
		q.Boxes[i].Compare = view.CompareLink(c, ref.LawID, ref.Provision)
	}
	law, ok := c.Law(ref.LawID)
	if !ok {
		return q
	}
	for _, v := range law.Versions {
		early := !v.To.IsZero() && !r.From.IsZero() && v.To.Before(r.From)
		late := !v.From.IsZero() && day.Before(v.From)
		if early || late || slices.Contains(versions, v) {
			continue
		}
		q.Older = append(q.Older, view.RefLink{Label: v.Name + "（" + view.Validity(v) + "）", Href: view.ProvisionHref(v, ref.Provision)})
	}
	return q
}

func viewPenalty(c *statute.Catalogue, p statute.PenaltyRange, day registry.Date) penaltyView {
	v := penaltyView{Kind: p.Kind, Fine: p.Fine(), Who: p.Who(), Formula: p.Formula, Condition: p.Condition,
		Must: view.Must(p.Mandatory), Basis: view.RefLinks(c, p.Basis, day)}
	switch {
	case p.Min != nil && p.Max != nil && *p.Min > 0:
		v.Range = p.Min.String() + " 元以上 " + p.Max.String() + " 元以下"
	case p.Max != nil:
		v.Range = p.Max.String() + " 元以下"
	case p.Min != nil:
		v.Range = p.Min.String() + " 元以上"
	case v.Fine && p.Formula == "":
		v.Range = "数额未核到"
	}
	return v
}

// offerForm is the question "what does the catalogue offer for an act of that day?". All of it is in the address.
type offerForm struct {
	ActFrom, ActTo, Permit, Tanjiang, District string
	From, To                                   registry.Date
	Asked                                      bool
	Problem                                    string
}

func readOffer(r *kit.Request) offerForm {
	f := offerForm{ActFrom: r.QueryParam("act_from"), ActTo: r.QueryParam("act_to"), Permit: r.QueryParam("permit"),
		Tanjiang: r.QueryParam("tanjiang"), District: districtAsked(r)}
	f.Asked = r.QueryParams().Has("act_to") || f.ActFrom != "" || f.Permit != "" || f.Tanjiang != "" || f.District != ""
	var err error
	if f.From, err = registry.ParseDate(f.ActFrom); err != nil {
		f.Problem = "行为开始日：" + err.Error()
	}
	if f.To, err = registry.ParseDate(f.ActTo); err != nil {
		f.Problem = "行为终了日：" + err.Error()
	}
	return f
}

func (f offerForm) circumstances() statute.Circumstances {
	return statute.Circumstances{PermitHolder: triBool(f.Permit), InTanjiangBasin: triBool(f.Tanjiang), DistrictCode: f.District}
}

// triBool reads 是 and 否; anything else is not known.
func triBool(s string) *bool {
	yes := s == string(registry.Yes)
	if !yes && s != string(registry.No) {
		return nil
	}
	return &yes
}

// offerView is the answer.
type offerView struct {
	Why        string
	Order      []view.FineOrder
	Choice     bool
	Notes      []string
	Candidates []offerCandidate
}

type offerCandidate struct {
	Label, Note         string
	Breached, Liability []offeredView
	Penalties           []penaltyView
	Measures            []view.Measure
}

type offeredView struct {
	view.RefLink
	Version   string
	Competing string
}

func viewOffer(c *statute.Catalogue, o statute.Offer, end, today registry.Date) *offerView {
	if end.IsZero() {
		end = today
	}
	v := &offerView{Why: o.Why, Order: view.FinesInOrder(o), Choice: o.NeedsChoice, Notes: o.Notes}
	for i := range o.Candidates {
		cand := &o.Candidates[i]
		day := end // within the candidate's own time, or its basis would be looked up in a law that had ended
		switch {
		case cand.Kind == statute.RegimeStatutes && !end.Before(statute.CodeDay) && len(o.Candidates) > 1:
			day = statute.CodeDay.AddDays(-1)
		case cand.Kind != statute.RegimeStatutes && end.Before(statute.CodeDay):
			day = statute.CodeDay
		}
		x := offerCandidate{Label: cand.Label, Note: view.PlainWords(cand.Note), Breached: viewOffered(c, cand.Breached), Liability: viewOffered(c, cand.Liability)}
		for _, p := range cand.Penalties {
			x.Penalties = append(x.Penalties, viewPenalty(c, p, day))
		}
		for _, m := range cand.Measures {
			x.Measures = append(x.Measures, view.MeasureOf(c, m, day))
		}
		v.Candidates = append(v.Candidates, x)
	}
	return v
}

func viewOffered(c *statute.Catalogue, list []statute.OfferedCitation) []offeredView {
	out := make([]offeredView, len(list))
	for i, o := range list {
		x := offeredView{Version: o.VersionName, Competing: o.CompetingWhy}
		x.Full, x.Label, x.Href, x.Missing = o.String(), o.Law+o.Provision.String(), "/statutes/"+o.LawID, view.HoldingLabels[o.Holding]
		if law, ok := c.Law(o.LawID); ok {
			x.Label = law.ShortName + o.Provision.String()
		}
		if v, ok := c.Version(o.LawID, o.VersionID); ok {
			x.Href = view.ProvisionHref(v, o.Provision)
		}
		out[i] = x
	}
	return out
}
