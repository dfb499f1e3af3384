package casefile

import (
	"cmp"
	"fmt"

	"casebook/internal/casework"
	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// repeatPanel is what other cases of the party and the farm have to do with this one: perhaps one act fined twice, and acts of the same
// sort in the two years before.
type repeatPanel struct {
	Notice         findingView
	Bad            bool
	Double         []matchView
	Acts           []repeatAct
	Compared       int
	More           bool
	LookBackSource []sourcePart
	LookBackTexts  []view.StatuteBox
}

// repeatAct is one act of this case with the earlier ones that count for it, and those of which it cannot be told.
type repeatAct struct {
	Label         string
	Count, Unsure int
	Matches       []matchView
}

// matchView is another case in words.
type matchView struct {
	procedure.Match
	Href, Title string
	Origin      registry.Origin
	Decided     registry.Date
	Number      string
	Fined       string
}

func (s area) repeatsOf(page *casework.CasePage) repeatPanel {
	f, found := &page.CaseFile, page.Repeats
	n := found.Notice()
	p := repeatPanel{Notice: findingView{Finding: n, Source: s.sourceParts(n.Source)}, Bad: n.Verdict == procedure.Defect, Compared: found.Compared, More: page.MoreRelated}
	for _, m := range found.Double {
		p.Double = append(p.Double, matchViewOf(m))
	}
	for i := range f.Violations {
		a := repeatAct{Label: s.actLabel(&f.Violations[i])}
		for _, m := range found.Earlier {
			switch {
			case m.Violation != i:
				continue
			case m.Sure:
				a.Count++
			default:
				a.Unsure++
			}
			a.Matches = append(a.Matches, matchViewOf(m))
		}
		if len(a.Matches) > 0 {
			p.Acts = append(p.Acts, a)
		}
	}
	if found.Compared > 0 {
		p.LookBackSource, p.LookBackTexts = s.lookBackSource()
	}
	return p
}

func (s area) actLabel(v *registry.Violation) string {
	if v.TypeCode != "" {
		return view.TypeLabel(s.Server, v.TypeCode)
	}
	return clipWords(v.Facts, 30)
}

func clipWords(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

func matchViewOf(m procedure.Match) matchView {
	v := matchView{Match: m, Href: fmt.Sprintf("/cases/%d", m.File.Case.ID), Title: m.File.Case.Title, Origin: m.File.Case.Origin, Fined: kit.Sum(m.Fines)}
	if m.Decision != nil {
		v.Decided, v.Number = m.Decision.MadeOn, cmp.Or(m.Decision.NumberTyped, string(m.Decision.Kind))
	}
	return v
}

// lookBackSource names the rule that says what 同类违法行为 and 近二年 are, with its words as far as the catalogue holds them.
func (s area) lookBackSource() (source []sourcePart, texts []view.StatuteBox) {
	law := s.Service.Law()
	l, ok := law.Law(procedure.DiscretionLaw)
	if !ok || len(l.Versions) == 0 {
		return nil, nil
	}
	v := l.Versions[len(l.Versions)-1]
	for _, p := range []registry.Provision{procedure.SameSort, procedure.LookBack} {
		text, holding := v.Text(p)
		if holding != registry.Held {
			return nil, nil
		}
		source = append(source, sourcePart{p.String(), view.ProvisionHref(v, p)})
		texts = append(texts, view.StatuteBox{Law: v.LawName, Provision: p.String(), Text: text, Version: v.Name, InForce: inForceWords(v), Checked: v.Checked, Holding: holding, Href: view.ProvisionHref(v, p)})
	}
	source = []sourcePart{{Text: "《" + v.LawName + "》"}, source[0], {Text: "、"}, source[1], {Text: "（" + v.Number + "，" + inForceWords(v) + "）"}}
	return source, texts
}

func inForceWords(v *statute.Version) string {
	if v.To.IsZero() {
		return v.From.String() + " 起施行"
	}
	return v.From.String() + " 至 " + v.To.String() + " 有效"
}
