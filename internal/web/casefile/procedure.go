package casefile

import (
	"fmt"
	"net/url"
	"slices"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// procedurePanel is what the rules of procedure say of a case on its page: what comes next, which clocks run, what a file review would
// find. It decides nothing.
type procedurePanel struct {
	CaseID              registry.CaseID
	Editable            bool
	Steps               []stepView // shown as buttons
	NoViolation, NoFine bool       // what to enter besides documents
	Live, Unclear, Done []view.Clock
	UnclearAll, DoneAll int // how many there are, also where the page shows the first of them
	Found               int // how many checks found something
	Defects, Doubts     []findingView
	Sound               []findingView
}

// Clocks is how many clocks the case has.
func (p procedurePanel) Clocks() int { return len(p.Live) + len(p.Unclear) + len(p.Done) }

// Checks is how many questions were asked.
func (p procedurePanel) Checks() int { return len(p.Defects) + len(p.Doubts) + len(p.Sound) }

// Urgent is the clock that a head line names: the live duty that ends first.
func (p procedurePanel) Urgent() *view.Clock {
	for i := range p.Live {
		if p.Live[i].Duty {
			return &p.Live[i]
		}
	}
	return nil
}

// stepView is a document that usually comes next.
type stepView struct {
	Kind, Why string
	Href      string
	Paper     string // of a re-check, which is entered as an inspection: where its document alone is
	Source    []sourcePart
}

// findingView is the answer of one check.
type findingView struct {
	procedure.Finding
	Href   string
	Source []sourcePart
}

// sourcePart is a piece of a source; one that cites an article leads to it.
type sourcePart struct{ Text, Href string }

// procedureOf reads the rules of procedure; whole makes all clocks and answers ready to be shown, else only what the head of the page names.
func (s area) procedureOf(r *kit.Request, x *procedure.Facts, editable, whole bool) procedurePanel {
	f := x.File
	p := procedurePanel{CaseID: f.Case.ID, Editable: editable, NoViolation: len(f.Violations) == 0, NoFine: f.Case.Stage == registry.StageDecided && len(f.Penalties) == 0}
	if editable {
		p.Steps = s.stepViews(f)
	}
	clocks, findings := procedure.Read(x)
	slices.SortStableFunc(clocks, func(a, b procedure.Clock) int { return a.Term.Latest.Compare(b.Term.Latest) })
	for _, c := range clocks {
		if !whole && !(c.Live() && c.Duty && p.Urgent() == nil) {
			continue
		}
		v := view.ClockOf(s.Server, r, &c)
		switch {
		case c.Live():
			p.Live = append(p.Live, v)
		case c.State == procedure.Unknown:
			p.Unclear = append(p.Unclear, v)
		default:
			p.Done = append(p.Done, v)
		}
	}
	p.UnclearAll, p.DoneAll = len(p.Unclear), len(p.Done)
	for _, c := range findings {
		if c.Verdict == procedure.Defect {
			p.Found++
		}
		if !whole {
			continue
		}
		v := findingView{c, "#" + placeOnPage(c.Where), s.sourceParts(c.Source)}
		switch c.Verdict {
		case procedure.Defect:
			p.Defects = append(p.Defects, v)
		case procedure.CannotTell:
			p.Doubts = append(p.Doubts, v)
		default:
			p.Sound = append(p.Sound, v)
		}
	}
	return p
}

// placeOnPage is the part of the case page where something is shown: inspections stand under the facts.
func placeOnPage(where string) string {
	if where == "inspections" {
		return "findings"
	}
	return where
}

func (s area) stepViews(f *registry.CaseFile) []stepView {
	var list []stepView
	for _, n := range procedure.Next(f) {
		v := stepView{Kind: string(n.Kind), Why: n.Why, Href: fmt.Sprintf("/cases/%d/documents/new?kind=%s", f.Case.ID, url.QueryEscape(string(n.Kind))), Source: s.sourceParts(n.Source)}
		if n.Kind == registry.DocRecheck && f.Farm != nil {
			v.Paper, v.Href = v.Href, fmt.Sprintf("/inspections/new?farm_id=%d&kind=%s&case_id=%d", f.Farm.ID, url.QueryEscape(string(registry.DocRecheck)), f.Case.ID)
		}
		list = append(list, v)
	}
	return list
}

// sourceParts links the articles that a source names.
func (s area) sourceParts(source string) []sourcePart {
	law := s.Service.Law()
	runes := []rune(source)
	var parts []sourcePart
	at := 0
	for _, m := range law.Citations(source, s.Service.Today()) {
		if m.Start < at || m.LawID == "" {
			continue // the second provision of one span, or no law that is held
		}
		if m.Start > at {
			parts = append(parts, sourcePart{Text: string(runes[at:m.Start])})
		}
		part := sourcePart{Text: m.Surface, Href: "/statutes/" + m.LawID}
		if v, ok := law.Version(m.LawID, m.VersionID); ok {
			part.Href = view.ProvisionHref(v, m.Provision)
		}
		parts = append(parts, part)
		at = m.End
	}
	if at < len(runes) {
		parts = append(parts, sourcePart{Text: string(runes[at:])})
	}
	return parts
}
