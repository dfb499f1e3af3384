package statute

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// Circumstances are the facts of an act on which the applicable law depends. Nil and empty mean not known: then nothing is
// left out.
type Circumstances struct {
	PermitHolder    *bool  // 当事人持有排污许可证
	InTanjiangBasin *bool  // the place is in the basin of a local regulation
	DistrictCode    string // GB/T 2260, as long as it is known
}

// Offer is what the catalogue offers for an act. It decides nothing: with NeedsChoice a person chooses among the candidates
// and gives a reason.
type Offer struct {
	Type        *ViolationType
	Candidates  []Candidate
	NeedsChoice bool
	Why         string   // Chinese; why a choice is needed
	Notes       []string // Chinese; what was left out, and what could not be found
}

// Candidate is one complete legal basis.
type Candidate struct {
	Kind              RegimeKind
	Label             string
	Breached          []OfferedCitation
	Liability         []OfferedCitation
	Penalties         []PenaltyRange
	Measures          []Measure
	Note              string
	Confidence        string
	MappingConfidence string
}

// OfferedCitation is a citation with what the officer needs to see before confirming it.
type OfferedCitation struct {
	registry.Citation
	Text         string // empty where the text is not held
	VersionName  string
	Confidence   string
	Competing    bool // another liability article stands against it for the same act
	CompetingWhy string
}

// span is a range of days, YYYY-MM-DD; an empty bound is open.
type span struct{ from, to string }

func (s span) within(from, to registry.Date) span {
	if f := from.Earliest(); f > s.from {
		s.from = f
	}
	if t := to.Latest(); t != "" && (s.to == "" || t < s.to) {
		s.to = t
	}
	return s
}

// Offer lists what the catalogue offers for an act of this type. The version of the law follows from the act's end; an act
// that began before a change of the law and ended after it, a partial date that spans one, an unknown end, and versions that
// overlap get every candidate (行政处罚法第三十七条: 从旧兼从轻 is for a person to apply). Both dates may be partial or unknown;
// an unknown beginning adds nothing.
func (c *Catalogue) Offer(code string, actBegan, actEnd registry.Date, circ Circumstances) (Offer, error) {
	t, ok := c.typeByCode[code]
	if !ok {
		return Offer{}, registry.NotFound("违法行为类型", code)
	}
	act := span{actEnd.Earliest(), actEnd.Latest()}
	began := actBegan.Earliest()
	straddling := began != "" && !actEnd.IsZero() && began < act.from && !actEnd.Before(actBegan)
	if straddling {
		act.from = began
	}
	o := &offering{c: c, circ: circ, act: act, offer: Offer{Type: t}, several: map[string][]*Version{}}
	for i := range t.Regimes {
		if r := &t.Regimes[i]; overlap(r.From, r.To, act.from, act.to) {
			o.add(r)
		}
	}
	o.dropHollow()
	if act.to == "" || act.to >= CodeDay.Earliest() {
		o.remarkAfterCode()
	}
	if straddling && act.from < CodeDay.Earliest() && act.to >= CodeDay.Earliest() {
		o.remarkContinuing()
	}
	o.explain(actBegan, actEnd, straddling)
	return o.offer, nil
}

// offering gathers an Offer.
type offering struct {
	c       *Catalogue
	circ    Circumstances
	act     span
	offer   Offer
	several map[string][]*Version // law → the versions among which the date does not decide
	laws    []string              // keys of several, in order of appearance
	hollow  []bool                // for each candidate: its liability articles were all left out
	away    bool                  // something was left out because it is the law of another place
}

func (o *offering) note(format string, args ...any) {
	if s := fmt.Sprintf(format, args...); !slices.Contains(o.offer.Notes, s) {
		o.offer.Notes = append(o.offer.Notes, s)
	}
}

func (o *offering) add(r *Regime) {
	days := o.act.within(r.From, r.To)
	here := locality{o.c, o.circ.DistrictCode}
	cand := Candidate{Kind: r.Kind, Label: r.Label, Note: here.remarks(r.Note), Confidence: r.Confidence, MappingConfidence: r.MappingConfidence}
	var breached []Reference
	for _, ref := range r.Breached {
		if o.applies(ref) {
			breached = append(breached, ref)
			cand.Breached = append(cand.Breached, o.cite(registry.RoleBreached, ref, days)...)
		}
	}
	var liability []Reference
	for _, ref := range r.Liability {
		if o.applies(ref) {
			liability = append(liability, ref)
		}
	}
	hollow := len(r.Liability) > 0 && len(liability) == 0
	if r.Kind == RegimeBeside && (hollow || len(breached)+len(liability) == 0) {
		return // the regulation is not for this party or place
	}
	if r.Kind == RegimeBeside && len(liability) == 0 {
		cand.Label = dutiesLabel(breached)
	}
	for _, ref := range liability {
		offered := o.cite(registry.RoleBasis, ref, days)
		if why := o.competing(ref); why != "" && len(liability) > 1 {
			for i := range offered {
				offered[i].Competing, offered[i].CompetingWhy = true, why
			}
		}
		cand.Liability = append(cand.Liability, offered...)
	}
	for _, p := range r.Penalties {
		basis := p.Basis[0]
		switch {
		case !o.applies(o.conditioned(r, basis)):
		case len(o.c.versionsBetween(basis.LawID, days.from, days.to)) == 0:
			// The amount is that of a version not in force then; an older version may have had another.
			o.note("《%s》当时施行的版本本库未收录，其罚则幅度未列出", basis.Law)
		default:
			p.Basis = here.references(p.Basis)
			cand.Penalties = append(cand.Penalties, p)
		}
	}
	for _, m := range r.Measures {
		if len(o.c.versionsBetween(m.Basis[0].LawID, days.from, days.to)) > 0 && o.applies(o.conditioned(r, m.Basis[0])) {
			m.Basis, m.Note = here.references(m.Basis), here.remarks(m.Note)
			cand.Measures = append(cand.Measures, m)
		}
	}
	o.offer.Candidates = append(o.offer.Candidates, cand)
	o.hollow = append(o.hollow, hollow)
}

// dropHollow leaves out the candidates that are not for this party or place, as long as one remains that can be punished by. Where none
// does, it says which law is missing: the catalogue holds local rules of few places.
func (o *offering) dropHollow() {
	var kept []Candidate
	for i, cand := range o.offer.Candidates {
		if !o.hollow[i] {
			kept = append(kept, cand)
		}
	}
	if len(kept) > 0 {
		o.offer.Candidates = kept
		return
	}
	if o.away {
		o.note("本库没有收录案发地的地方性法规，国家法律、行政法规对本行为没有可列的处罚依据；请查阅当地法规后自行录入条款")
	}
	o.offer.Candidates = slices.DeleteFunc(o.offer.Candidates, func(c Candidate) bool { return len(c.Breached) == 0 })
}

// continuingAct is what the province's rules say of an act that goes on over a change of the law.
var continuingAct = registry.Provision{Article: 8, Paragraph: 2}

// remarkContinuing shows the held rule on an act that began under the old law and went on under the Code.
func (o *offering) remarkContinuing() {
	const rules = "guangdong-discretion-provisions"
	if !samePlace(o.circ.DistrictCode, "44") {
		return
	}
	for _, v := range o.c.versionsBetween(rules, o.act.from, o.act.to) {
		if text, holding := v.Text(continuingAct); holding == registry.Held {
			o.note("《%s》%s：%s", v.LawName, continuingAct, text)
		}
	}
}

// conditioned gives a penalty's basis the condition of the liability article it belongs to.
func (o *offering) conditioned(r *Regime, basis Reference) Reference {
	for _, ref := range r.Liability {
		if ref.LawID == basis.LawID && ref.Article == basis.Article && (basis.Item == 0 || ref.Provision == basis.Provision) {
			basis.When = ref.When
		}
	}
	return basis
}

// applies leaves a reference out only where a recorded fact excludes it, and says so.
func (o *offering) applies(ref Reference) bool {
	for _, place := range o.c.territoriesOf(ref.LawID) {
		if !samePlace(o.circ.DistrictCode, place.Code) {
			o.away = true
			o.note("地点不在%s，未列《%s》", place.Name, ref.Law)
			return false
		}
	}
	switch {
	case ref.When == WhenInTanjiang && is(o.circ.InTanjiangBasin, false):
		o.note("地点不在%s，未列《%s》", o.c.BasinOf(ref.LawID), ref.Law)
		return false
	case ref.When == WhenPermitHolder && is(o.circ.PermitHolder, false):
		o.note("当事人不持排污许可证，未列《%s》中只对持证单位的条款", ref.Law)
		return false
	}
	return true
}

// samePlace compares as many digits as both codes have; an unknown district is not excluded.
func samePlace(district, prefix string) bool {
	n := min(len(district), len(prefix))
	return district[:n] == prefix[:n]
}

func is(b *bool, want bool) bool { return b != nil && *b == want }

func (o *offering) competing(ref Reference) string {
	switch {
	case ref.Competing == "":
		return ""
	case ref.When == WhenPermitHolder && o.circ.PermitHolder == nil:
		return "当事人是否持排污许可证未填。" + ref.Competing
	case ref.When == WhenInTanjiang && o.circ.InTanjiangBasin == nil:
		return "地点是否在" + o.c.BasinOf(ref.LawID) + "未填。" + ref.Competing
	}
	return ref.Competing
}

// cite offers the reference in every version that may have been in force, or says that none is held.
func (o *offering) cite(role registry.CitationRole, ref Reference, days span) []OfferedCitation {
	versions := o.c.versionsBetween(ref.LawID, days.from, days.to)
	if law, ok := o.c.byID[ref.LawID]; ok && days.from != "" && days.to != "" {
		if why, gap := law.gapBetween(days); gap {
			o.note("《%s》%s", law.Name, why)
		}
	}
	if len(versions) == 0 {
		return []OfferedCitation{{
			Citation: registry.Citation{
				Role: role, Standing: registry.StandingConfirmed, Law: ref.Law, LawID: ref.LawID, Provision: ref.Provision, Holding: registry.NotHeld,
			},
			VersionName: "当时施行的版本本库未收录",
		}}
	}
	if len(versions) > 1 {
		if _, seen := o.several[ref.LawID]; !seen {
			o.laws = append(o.laws, ref.LawID)
		}
		o.several[ref.LawID] = versions
	}
	var out []OfferedCitation
	for _, v := range versions {
		text, _ := v.Text(ref.Provision)
		confidence := v.Confidence
		if a, ok := v.Article(ref.Article, ref.Sub); ok {
			confidence = a.Confidence
		}
		out = append(out, OfferedCitation{
			Citation: o.c.Cite(role, registry.StandingConfirmed, v, ref.Provision),
			Text:     text, VersionName: v.Name, Confidence: confidence,
		})
	}
	return out
}

// remarkAfterCode says what the catalogue does not know about the Code for this type.
func (o *offering) remarkAfterCode() {
	regimes := o.offer.Type.Regimes
	for _, r := range regimes {
		switch {
		case r.Kind == RegimeCode && len(r.Liability) == 0:
			o.note("2026-08-15 以后：%s", cmp.Or(r.Note, "法典对本行为设定的罚则本库未收录"))
			return
		case r.Kind == RegimeCode || r.Kind == RegimeStatutes && r.To.IsZero():
			return
		}
	}
	o.note("2026-08-15 以后：法典中与本行为对应的条文未整理，请查阅法典全文")
}

// explain sets NeedsChoice and Why.
func (o *offering) explain(actBegan, actEnd registry.Date, straddling bool) {
	var why []string
	if len(o.offer.Candidates) > 1 {
		switch from, to := actBegan, actEnd; {
		case actEnd.IsZero():
			why = append(why, "行为终了日未知，各时期的法律都可能适用")
		default:
			change := o.changeWithin()
			switch {
			case change == "":
				why = append(why, "法典与未废止的条例并列，何者适用本系统不作判断")
			case straddling:
				why = append(why, fmt.Sprintf("行为始于 %s、终于 %s，跨越 %s 的法律变更", from, to, change))
			default:
				why = append(why, fmt.Sprintf("行为终了日 %s 不够精确，跨越 %s 的法律变更", to, change))
			}
		}
	}
	for _, id := range o.laws {
		var names []string
		undated := ""
		for _, v := range o.several[id] {
			names = append(names, v.Name)
			if v.From.IsZero() {
				undated = v.Name
			}
		}
		s := fmt.Sprintf("《%s》有 %s 几个版本可能适用", o.c.byID[id].Name, strings.Join(names, "、"))
		if undated != "" {
			s += "（" + undated + "的施行日未核到）"
		}
		why = append(why, s)
	}
	if len(why) > 0 {
		o.offer.NeedsChoice = true
		o.offer.Why = strings.Join(why, "；") + "。请选择从旧、从轻或其他，并说明理由。"
		if o.act.from >= CodeDay.Earliest() {
			// The whole act is after the change: which of the standing laws applies is a matter of rank and of the special rule.
			o.offer.Why = strings.Join(why, "；") + "。请按位阶（行政法规、地方性法规的罚款应在法律规定的行为、种类和幅度之内：行政处罚法第十一条、第十二条）、" +
				"特别规定和罚款数额高的规定（法典第一千零五十五条）选择，并说明理由。"
		}
	}
}

// changeWithin is the day inside the act on which one of the offered regimes gave way to the next; empty if there is none.
func (o *offering) changeWithin() string {
	for _, r := range o.offer.Type.Regimes {
		if to := r.To.Latest(); to != "" && o.act.from <= to && (o.act.to == "" || to < o.act.to) {
			return r.To.AddDays(1).String()
		}
	}
	return ""
}
