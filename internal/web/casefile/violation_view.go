package casefile

import (
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/view"
)

// cited is one citation as a page shows it: the 引文框, and in words who said so.
type cited struct {
	Box            view.StatuteBox
	Standing, Tone string
	Review         bool // ours, beside what was published
	Reason, Note   string
}

// citedOf shows a stored citation with its text as it was kept, not as the catalogue has it today.
func (s area) citedOf(c registry.Citation, texts map[string]string) cited {
	words := view.StandingWords[c.Standing]
	x := cited{Standing: words[0], Tone: words[1], Review: c.Standing == registry.StandingReview, Reason: c.Reason, Note: c.Note}
	text := texts[c.TextHash]
	if c.TextHash == "" {
		text = c.Text
	}
	x.Box = s.statuteBox(c, text)
	return x
}

// statuteBox fills the 引文框 of a citation. A typed text is nobody's official one, so it is never 已核对.
func (s area) statuteBox(c registry.Citation, text string) view.StatuteBox {
	b := view.StatuteBox{Law: c.Law, Provision: c.Provision.String(), Text: text, Holding: c.Holding, Compare: view.CompareLink(s.Service.Law(), c.LawID, c.Provision)}
	v, ok := s.Service.Law().Version(c.LawID, c.VersionID)
	if !ok {
		if c.TextHash == "" && text != "" {
			b.Note = "条文由登记人录入，本库未收录。"
		}
		return b
	}
	b.Version, b.Checked = v.Name, s.Service.Law().CheckedText(c.LawID, c.VersionID, c.Provision, c.TextHash)
	if b.Checked {
		b.CheckedBy = view.CheckedBy(v)
	}
	if !v.From.IsZero() {
		b.InForce = v.From.String() + " 起施行"
	}
	if !v.To.IsZero() {
		b.InForce += "，至 " + v.To.String()
	}
	b.Href = view.ProvisionHref(v, c.Provision)
	return b
}

func rangesOf(law *statute.Catalogue, c *statute.Candidate, basis []registry.Citation, bars view.Bars) []view.RangeView {
	var out []view.RangeView
	for _, p := range c.Penalties {
		v := view.RangeView{Kind: p.Kind, Amount: view.RangeWords(p), Must: view.Must(p.Mandatory), Condition: p.Condition, Who: p.Who(), Fine: p.Fine(), Bar: bars.Of(p), Basis: view.CandidateLinks(law, c, p.Basis)}
		for _, ref := range p.Basis {
			for _, c := range basis {
				v.Cited = v.Cited || c.LawID == ref.LawID && c.Article == ref.Article && c.Sub == ref.Sub && (ref.Item == 0 || c.Item == 0 || c.Item == ref.Item)
			}
		}
		out = append(out, v)
	}
	return out
}

// basisView is one complete legal basis of an offer.
type basisView struct {
	Label, Note, Confidence string
	Ranges                  []view.RangeView
	Measures                []view.Measure
}

// OrderOnly reports that no penalty is recorded for the basis.
func (b basisView) OrderOnly() bool { return len(b.Ranges) == 0 }

func basesOf(law *statute.Catalogue, o statute.Offer, basis []registry.Citation) []basisView {
	var list []basisView
	bars := view.BarsOf(o)
	for i := range o.Candidates {
		c := &o.Candidates[i]
		v := basisView{Label: c.Label, Note: view.PlainWords(c.Note), Confidence: statute.ConfidenceLabel(c.MappingConfidence), Ranges: rangesOf(law, c, basis, bars)}
		for _, m := range c.Measures {
			v.Measures = append(v.Measures, view.Measure{Kind: m.Kind, Must: view.Must(m.Mandatory), Note: view.PlainWords(m.Note), Basis: view.CandidateLinks(law, c, m.Basis)})
		}
		list = append(list, v)
	}
	return list
}

// violationView is one violation of the case page: facts, then the mapping 违反条款 → 处罚依据 → 幅度.
type violationView struct {
	registry.Violation
	No          int
	Label, Name string
	ActEnd      string // in words, also where it is blank
	Checklist   []checkView
	Breached    []cited
	Basis       []cited
	Offered     int // citations that wait for the officer
	NeedsChoice bool
	Why         string
	Notes       []string
	Competing   []string // why articles stand against each other
	// Preconditions must have happened before a fine; OrderOnly: no candidate has a penalty, 仅可责令改正.
	Preconditions []string
	OrderOnly     bool
	Discretion    string // the calculator, for this violation; empty where there is no table
	Candidates    []basisView
	Fines         []string         // the strip's third part
	Order         []view.FineOrder // of all candidates together, where a choice is to be made
}

// Cited is how many articles are quoted under the violation, ours among them.
func (v violationView) Cited() int { return len(v.Breached) + len(v.Basis) }

// Reviewed is how many of them are ours, beside what was published.
func (v violationView) Reviewed() (n int) {
	for _, list := range [][]cited{v.Breached, v.Basis} {
		for _, c := range list {
			if c.Review {
				n++
			}
		}
	}
	return n
}

type checkView struct{ Text, Answer, Note string }

func (s area) violationViews(f *registry.CaseFile, offers []casework.ViolationOffer, texts map[string]string) []violationView {
	list := make([]violationView, len(f.Violations))
	for i, v := range f.Violations {
		list[i] = s.violationView(v, offers[i], f.Case.Origin, texts)
		list[i].No = i + 1
	}
	return list
}

func (s area) violationView(v registry.Violation, o casework.ViolationOffer, origin registry.Origin, texts map[string]string) violationView {
	x := violationView{Violation: v, Label: view.TypeLabel(s.Server, v.TypeCode), ActEnd: actEndWords(v, o, origin)}
	x.NeedsChoice, x.Why, x.Notes = o.Offer.NeedsChoice, o.Offer.Why, o.Offer.Notes
	if t, ok := s.Service.Law().ViolationType(v.TypeCode); ok {
		x.Name = t.Name
		x.Checklist = checklistOf(t, v.Checklist)
		x.Preconditions, x.Discretion = t.Preconditions, view.DiscretionHref(t.Discretion, v.ID)
		x.OrderOnly = len(o.Offer.Candidates) > 0 && !view.ProvidesPenalty(o.Offer)
	}
	for _, c := range v.Citations {
		if c.Standing == registry.StandingOffered {
			x.Offered++
		}
		if c.Role == registry.RoleBreached {
			x.Breached = append(x.Breached, s.citedOf(c, texts))
		} else {
			x.Basis = append(x.Basis, s.citedOf(c, texts))
		}
	}
	x.Candidates = basesOf(s.Service.Law(), o.Offer, v.Basis())
	for _, c := range o.Offer.Candidates {
		for _, l := range c.Liability {
			if l.Competing && !containsText(x.Competing, l.CompetingWhy) {
				x.Competing = append(x.Competing, l.CompetingWhy)
			}
		}
	}
	x.Fines = finesOf(x.Candidates)
	if x.NeedsChoice {
		x.Order = view.FinesInOrder(o.Offer)
	}
	return x
}

// finesOf are the fines of the basis that is cited, or of every candidate where none is.
func finesOf(candidates []basisView) []string {
	var cited, all []string
	for _, c := range candidates {
		for _, r := range c.Ranges {
			words := strings.TrimSpace(r.Kind + " " + r.Amount)
			if r.Fine && r.Cited && !containsText(cited, words) {
				cited = append(cited, words)
			}
			if r.Fine && !containsText(all, words) {
				all = append(all, words)
			}
		}
	}
	if len(cited) > 0 {
		return cited
	}
	return all
}

func containsText(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// actEndWords says the day that chose the version of the law, and what stands in for it where the officer left it blank.
func actEndWords(v registry.Violation, o casework.ViolationOffer, origin registry.Origin) string {
	switch {
	case !v.ActTo.IsZero():
		return v.ActTo.Chinese()
	case o.Standing != "":
		return origin.Unknown() + "，按" + o.Standing + " " + o.End.Chinese() + "适用法律"
	}
	return origin.Unknown()
}

// checklistOf puts the answers beside the type's questions, in the type's order.
func checklistOf(t *statute.ViolationType, answers []registry.ElementAnswer) []checkView {
	byKey := map[string]registry.ElementAnswer{}
	for _, a := range answers {
		byKey[a.Key] = a
	}
	list := make([]checkView, len(t.Elements))
	for i, e := range t.Elements {
		list[i] = checkView{e.Text, byKey[e.Key].Answer, byKey[e.Key].Note}
	}
	return list
}
