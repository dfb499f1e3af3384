package web

import (
	"fmt"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
)

// cited is one citation as a page shows it: the 引文框, and in words who said so.
type cited struct {
	Box            StatuteBox
	Standing, Tone string
	Review         bool // ours, beside what was published
	Reason, Note   string
}

// standingWords says who stands behind a citation; only the last is ours and not the file's.
var standingWords = map[registry.CitationStanding][2]string{
	registry.StandingPublished: {"原文引用", "plain"},
	registry.StandingConfirmed: {"已确认", "accent"},
	registry.StandingOffered:   {"系统提供·待确认", "warn"},
	registry.StandingChanged:   {"已变更", "accent"},
	registry.StandingReview:    {"复核意见", "warn"},
}

var roleWords = map[registry.CitationRole]string{registry.RoleBreached: "违反条款", registry.RoleBasis: "处罚依据", registry.RoleQuote: "引用"}

// citedOf shows a stored citation with its text as it was kept, not as the catalogue has it today.
func (s *Server) citedOf(c registry.Citation, texts map[string]string) cited {
	words := standingWords[c.Standing]
	x := cited{Standing: words[0], Tone: words[1], Review: c.Standing == registry.StandingReview, Reason: c.Reason, Note: c.Note}
	text := texts[c.TextHash]
	if c.TextHash == "" {
		text = c.Text
	}
	x.Box = s.statuteBox(c, text)
	return x
}

// statuteBox fills the 引文框 of a citation. A typed text is nobody's official one, so it is never 已核对.
func (s *Server) statuteBox(c registry.Citation, text string) StatuteBox {
	b := StatuteBox{Law: c.Law, Provision: c.Provision.String(), Text: text, Holding: c.Holding, Compare: compareLink(s.service.Law(), c.LawID, c.Provision)}
	v, ok := s.service.Law().Version(c.LawID, c.VersionID)
	if !ok {
		if c.TextHash == "" && text != "" {
			b.Note = "条文由登记人录入，本库未收录。"
		}
		return b
	}
	b.Version, b.Checked = v.Name, s.service.Law().CheckedText(c.LawID, c.VersionID, c.Provision, c.TextHash)
	if b.Checked {
		b.CheckedBy = checkedBy(v)
	}
	if !v.From.IsZero() {
		b.InForce = v.From.String() + " 起施行"
	}
	if !v.To.IsZero() {
		b.InForce += "，至 " + v.To.String()
	}
	b.Href = provisionHref(v, c.Provision)
	return b
}

// rangeView is one penalty that the law provides.
type rangeView struct {
	Kind, Amount, Must, Condition string
	Who                           string // 当事人 or 责任人员（个人）
	Basis                         []RefLink
	Fine, Cited                   bool // Cited: its basis is among the violation's
}

func rangesOf(law *statute.Catalogue, c *statute.Candidate, basis []registry.Citation) []rangeView {
	var out []rangeView
	for _, p := range c.Penalties {
		v := rangeView{Kind: p.Kind, Amount: rangeWords(p), Must: must(p.Mandatory), Condition: p.Condition, Who: p.Who(), Fine: p.Fine(), Basis: candidateLinks(law, c, p.Basis)}
		for _, ref := range p.Basis {
			for _, c := range basis {
				v.Cited = v.Cited || c.LawID == ref.LawID && c.Article == ref.Article && c.Sub == ref.Sub && (ref.Item == 0 || c.Item == 0 || c.Item == ref.Item)
			}
		}
		out = append(out, v)
	}
	return out
}

// rangeWords writes a range as an article does. An amount that nobody verified stays empty and says so.
func rangeWords(p statute.PenaltyRange) string {
	switch {
	case p.Min == nil && p.Max == nil && p.Formula != "":
		return p.Formula
	case p.Min == nil && p.Max == nil && strings.HasPrefix(p.Kind, "罚款"):
		return "数额未核到"
	case p.Min == nil && p.Max == nil:
		return ""
	}
	var s string
	switch {
	case p.Max == nil:
		s = wan(*p.Min) + "以上"
	case p.Min == nil || *p.Min == 0:
		s = wan(*p.Max) + "以下"
	default:
		s = wan(*p.Min) + "以上 " + wan(*p.Max) + "以下"
	}
	if p.Formula != "" {
		s = p.Formula + " " + s
	}
	return s
}

// wan writes whole 万元 where the amount is one, as the articles do.
func wan(m registry.Money) string {
	if n := m.Fen(); n >= 1_000_000 && n%1_000_000 == 0 {
		return fmt.Sprintf("%d 万元", n/1_000_000)
	}
	return m.String() + " 元"
}

// basisView is one complete legal basis of an offer.
type basisView struct {
	Label, Note, Confidence string
	Ranges                  []rangeView
	Measures                []measureView
}

func basesOf(law *statute.Catalogue, o statute.Offer, basis []registry.Citation) []basisView {
	var list []basisView
	for i := range o.Candidates {
		c := &o.Candidates[i]
		v := basisView{Label: c.Label, Note: plainWords(c.Note), Confidence: statute.ConfidenceLabel(c.MappingConfidence), Ranges: rangesOf(law, c, basis)}
		for _, m := range c.Measures {
			v.Measures = append(v.Measures, measureView{Kind: m.Kind, Must: must(m.Mandatory), Note: plainWords(m.Note), Basis: candidateLinks(law, c, m.Basis)})
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
	Fines         []string    // the strip's third part
	Order         []fineOrder // of all candidates together, where a choice is to be made
}

type checkView struct{ Text, Answer, Note string }

func (s *Server) violationViews(f *registry.CaseFile, offers []casework.ViolationOffer, texts map[string]string) []violationView {
	list := make([]violationView, len(f.Violations))
	for i, v := range f.Violations {
		list[i] = s.violationView(v, offers[i], f.Case.Origin, texts)
		list[i].No = i + 1
	}
	return list
}

func (s *Server) violationView(v registry.Violation, o casework.ViolationOffer, origin registry.Origin, texts map[string]string) violationView {
	x := violationView{Violation: v, Label: s.typeLabel(v.TypeCode), ActEnd: actEndWords(v, o, origin)}
	x.NeedsChoice, x.Why, x.Notes = o.Offer.NeedsChoice, o.Offer.Why, o.Offer.Notes
	if t, ok := s.service.Law().ViolationType(v.TypeCode); ok {
		x.Name = t.Name
		x.Checklist = checklistOf(t, v.Checklist)
		x.Preconditions, x.Discretion = t.Preconditions, discretionHref(t.Discretion, v.ID)
		x.OrderOnly = len(o.Offer.Candidates) > 0 && !providesPenalty(o.Offer)
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
	x.Candidates = basesOf(s.service.Law(), o.Offer, v.Basis())
	for _, c := range o.Offer.Candidates {
		for _, l := range c.Liability {
			if l.Competing && !containsText(x.Competing, l.CompetingWhy) {
				x.Competing = append(x.Competing, l.CompetingWhy)
			}
		}
	}
	x.Fines = finesOf(x.Candidates)
	if x.NeedsChoice {
		x.Order = finesInOrder(o.Offer)
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
