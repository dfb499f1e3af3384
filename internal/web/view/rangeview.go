package view

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
)

// placedView is a fine placed on one range that may apply: a bar with its text, which says all that the bar shows.
type Placed struct {
	Label     string // of the violation
	Candidate string // under which set of bases
	Who       string // 当事人 or 责任人员（个人）
	Text      string
	Mark      int  // where the mark stands on the bar, 0 to barWidth; only where Drawn
	Drawn     bool // there is a range to draw
	Out       bool // beside the range
	Warn      bool // and beside every other one too
	Condition string
	Must      string
	Basis     []RefLink
}

// The bar is 240 wide: the range is drawn from barFrom to barTo, so that an amount outside has a place beside it.
const (
	barFrom = 20
	barTo   = 220
)

func placedViews(c *statute.Catalogue, list []casework.Placed, day registry.Date) []Placed {
	views := make([]Placed, len(list))
	for i, p := range list {
		v := Placed{Label: fmt.Sprintf("%d. %s", p.No, p.Label), Candidate: p.Candidate, Who: p.Who(), Text: p.Text(),
			Condition: p.Condition, Must: Must(p.Mandatory), Basis: basisLinks(c, p.Basis, day)}
		switch p.Position {
		case statute.Inside:
			v.Mark, v.Drawn = barFrom+(barTo-barFrom)*p.Percent/100, true
		case statute.Below:
			v.Mark, v.Drawn, v.Out = barFrom/2, true, true
		case statute.Above:
			v.Mark, v.Drawn, v.Out = barTo+barFrom/2, true, true
		}
		views[i] = v
	}
	return views
}

// PlacedOn are the bars of one penalty of a case. The day is that of the act that the law was chosen by.
func PlacedOn(s *kit.Server, f *registry.CaseFile, x *registry.Penalty, ranges []casework.CandidateRange) (views []Placed, outside bool) {
	own, how := s.Service.OwnRanges(f, x, ranges)
	list := casework.Place(x, own)
	views, outside = placedViews(s.Service.Law(), list, actDay(f)), casework.Outside(list)
	for i := range views {
		views[i].Warn = outside && views[i].Out
		if how != "" {
			views[i].Label += "（" + how + "）"
		}
	}
	return views, outside
}

// actDay is a day to look articles up on: the first act's end, else the day the case was found.
func actDay(f *registry.CaseFile) registry.Date {
	for _, v := range f.Violations {
		if !v.ActTo.IsZero() {
			return v.ActTo
		}
	}
	return f.Case.FoundOn
}

// Must writes whether the law says 应当 or 可以. What is not recorded is never called either.
func Must(mandatory registry.Tri) string {
	return cmp.Or(map[registry.Tri]string{registry.Yes: "应当（含并处）", registry.No: "可以"}[mandatory], "未注明")
}

// basisLinks links the basis of a range in the version in force on the day; where the day is not known or meets none, in the
// newest held, since a candidate may be of a time before or after it.
func basisLinks(law *statute.Catalogue, refs []statute.Reference, day registry.Date) []RefLink {
	list := CandidateLinks(law, &statute.Candidate{}, refs)
	for i, ref := range refs {
		if len(VersionsOn(law, ref.LawID, day)) > 0 {
			list[i] = RefLinkOf(law, ref, day)
		}
	}
	return list
}

// CandidateLinks links the basis of a penalty or measure in the version that the candidate cites, else in the newest held.
func CandidateLinks(law *statute.Catalogue, c *statute.Candidate, refs []statute.Reference) []RefLink {
	list := make([]RefLink, len(refs))
	for i, ref := range refs {
		l := RefLink{Label: ref.Law + ref.Provision.String(), Full: ref.String(), Href: "/statutes/" + ref.LawID, When: WhenLabel(law, ref)}
		if known, ok := law.Law(ref.LawID); ok {
			l.Label = known.ShortName + ref.Provision.String()
			if n := len(known.Versions); n > 0 {
				l.Href = ProvisionHref(known.Versions[n-1], ref.Provision)
			}
		}
		for _, o := range slices.Concat(c.Liability, c.Breached) {
			if v, ok := law.Version(o.LawID, o.VersionID); ok && o.LawID == ref.LawID {
				l.Href = ProvisionHref(v, ref.Provision)
				break
			}
		}
		list[i] = l
	}
	return list
}

// ProvidesPenalty reports whether any candidate has a penalty or a liability article: else only 责令改正 is left.
func ProvidesPenalty(o statute.Offer) bool {
	return slices.ContainsFunc(o.Candidates, func(c statute.Candidate) bool { return len(c.Penalties) > 0 || len(c.Liability) > 0 })
}

// DiscretionHref is the calculator for a violation; id 0: for none. Empty where there is no table.
func DiscretionHref(table string, id registry.ViolationID) string {
	switch {
	case table == "":
		return ""
	case id == 0:
		return "/statutes/discretion/" + table
	}
	return fmt.Sprintf("/statutes/discretion/%s?violation=%d", table, id)
}

// RangeView is one penalty that the law provides.
type RangeView struct {
	Kind, Amount, Must, Condition string
	Who                           string // 当事人 or 责任人员（个人）
	Basis                         []RefLink
	Fine, Cited                   bool // Cited: its basis is among the violation's
	Bar                           *Bar // of a fine whose amounts the law names
}

// Bar is a range of a fine on the scale of all that are offered beside it, up to barWidth.
type Bar struct{ From, Width int }

// Bars is that scale: the highest fine on offer.
type Bars registry.Money

const barWidth = 240

// BarsOf is the scale of an offer.
func BarsOf(o statute.Offer) (most Bars) {
	for i := range o.Candidates {
		for _, p := range o.Candidates[i].Penalties {
			if p.Fine() && p.Max != nil && p.Formula == "" {
				most = max(most, Bars(*p.Max))
			}
		}
	}
	return most
}

// Of is the bar of a range; nil where it is no fine, or its amount is computed.
func (most Bars) Of(p statute.PenaltyRange) *Bar {
	if !p.Fine() || p.Max == nil || p.Formula != "" || most <= 0 {
		return nil
	}
	from := int64(0)
	if p.Min != nil {
		from = int64(*p.Min) * barWidth / int64(most)
	}
	to := int64(*p.Max) * barWidth / int64(most)
	return &Bar{From: int(min(from, barWidth-2)), Width: int(max(to-from, 2))} // a single amount is seen too
}

// RangeWords writes a range as an article does. An amount that nobody verified stays empty and says so.
func RangeWords(p statute.PenaltyRange) string {
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

// Measure is an order or step that the law provides beside penalties, with its articles.
type Measure struct {
	Kind, Must, Note string
	Basis            []RefLink
}

// MeasureOf shows a measure as the law stands on a day.
func MeasureOf(c *statute.Catalogue, m statute.Measure, day registry.Date) Measure {
	return Measure{Kind: m.Kind, Must: Must(m.Mandatory), Note: PlainWords(m.Note), Basis: RefLinks(c, m.Basis, day)}
}
