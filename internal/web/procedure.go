package web

import (
	"fmt"
	"net/url"
	"slices"

	"casebook/internal/procedure"
	"casebook/internal/registry"
)

// procedurePanel is what the rules of procedure say of a case on its page: what comes next, which clocks run, what a file review would
// find. It decides nothing.
type procedurePanel struct {
	CaseID              registry.CaseID
	Editable            bool
	Steps               []stepView // shown as buttons
	NoViolation, NoFine bool       // what to enter besides documents
	Live, Unclear, Done []clockView
	Defects, Doubts     []findingView
	Sound               []findingView
}

// Clocks is how many clocks the case has.
func (p procedurePanel) Clocks() int { return len(p.Live) + len(p.Unclear) + len(p.Done) }

// Checks is how many questions were asked.
func (p procedurePanel) Checks() int { return len(p.Defects) + len(p.Doubts) + len(p.Sound) }

// Urgent is the clock that a head line names: the live duty that ends first.
func (p procedurePanel) Urgent() *clockView {
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
	Visit     string // where the inspection itself is entered, for a re-check
	Source    []sourcePart
}

// clockView is one clock in words.
type clockView struct {
	Code, Name, Actor string
	Words, Tone       string
	Duty              bool
	Start, StartHref  string
	StartOn           registry.Date
	End, Moved        string
	Counted           string
	Excluded          []string
	Done, DoneHref    string
	DoneOn            registry.Date
	Links             []RefLink
	Confidence        string
	Note              string
}

// findingView is the answer of one check.
type findingView struct {
	procedure.Finding
	Href   string
	Source []sourcePart
}

// sourcePart is a piece of a source; one that cites an article leads to it.
type sourcePart struct{ Text, Href string }

func (s *Server) procedureOf(r *request, x *procedure.Facts, editable bool) procedurePanel {
	f := x.File
	p := procedurePanel{CaseID: f.Case.ID, Editable: editable, NoViolation: len(f.Violations) == 0, NoFine: f.Case.Stage == registry.StageDecided && len(f.Penalties) == 0}
	if editable {
		p.Steps = s.stepViews(f)
	}
	clocks := procedure.Clocks(x)
	slices.SortStableFunc(clocks, func(a, b procedure.Clock) int { return a.Term.Latest.Compare(b.Term.Latest) })
	for _, c := range clocks {
		v := s.clockView(r, &c)
		switch {
		case c.Live():
			p.Live = append(p.Live, v)
		case c.State == procedure.Unknown:
			p.Unclear = append(p.Unclear, v)
		default:
			p.Done = append(p.Done, v)
		}
	}
	for _, c := range procedure.Checks(x) {
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

func (s *Server) stepViews(f *registry.CaseFile) []stepView {
	var list []stepView
	for _, n := range procedure.Next(f) {
		v := stepView{Kind: string(n.Kind), Why: n.Why, Href: fmt.Sprintf("/cases/%d/documents/new?kind=%s", f.Case.ID, url.QueryEscape(string(n.Kind))), Source: s.sourceParts(n.Source)}
		if n.Kind == registry.DocRecheck && f.Farm != nil {
			v.Visit = fmt.Sprintf("/inspections/new?farm_id=%d&kind=%s&case_id=%d", f.Farm.ID, url.QueryEscape(string(registry.DocRecheck)), f.Case.ID)
		}
		list = append(list, v)
	}
	return list
}

func (s *Server) clockView(r *request, c *procedure.Clock) clockView {
	row := viewDeadline(s.service.Law(), *c.Rule, startOr(c.Start.On, r.today()))
	v := clockView{Code: c.Rule.Code, Name: c.Rule.Name, Actor: c.Rule.Actor, Words: c.Words(), Tone: clockTone(c), Duty: c.Duty, Start: c.Start.What, StartHref: documentHref(c.Start.Document),
		StartOn: c.Start.On, End: c.End(), Moved: c.Moved(), Counted: c.Counted(), Excluded: c.Excluded(), Links: row.Links, Note: c.Note}
	switch {
	case c.Source != "":
		v.Confidence = c.SourceWords()
	case len(c.Rule.Basis) > 0:
		v.Confidence = row.Confidence
	}
	if c.Done != nil {
		v.Done, v.DoneHref, v.DoneOn = c.Done.What, documentHref(c.Done.Document), c.Done.On
	}
	return v
}

// startOr is the day on which the law of a clock is read: when it started, or today where that is not known.
func startOr(start, today registry.Date) registry.Date {
	if start.IsZero() {
		return today
	}
	return start
}

func documentHref(id registry.DocumentID) string {
	if id == 0 {
		return ""
	}
	return fmt.Sprintf("#document-%d", id)
}

// soon is from how many days left a clock is conspicuous.
const soon = 7

func clockTone(c *procedure.Clock) string {
	switch {
	case c.State == procedure.Overdue:
		return "danger"
	case c.State == procedure.Running && c.Duty && c.Days <= soon, c.State == procedure.Late:
		return "warn"
	case c.State == procedure.Running && c.Duty, c.State == procedure.InTime:
		return "accent"
	case c.State == procedure.Unknown:
		return "plain"
	}
	return ""
}

// sourceParts links the articles that a source names.
func (s *Server) sourceParts(source string) []sourcePart {
	law := s.service.Law()
	runes := []rune(source)
	var parts []sourcePart
	at := 0
	for _, m := range law.Citations(source, s.service.Today()) {
		if m.Start < at || m.LawID == "" {
			continue // the second provision of one span, or no law that is held
		}
		if m.Start > at {
			parts = append(parts, sourcePart{Text: string(runes[at:m.Start])})
		}
		part := sourcePart{Text: m.Surface, Href: "/statutes/" + m.LawID}
		if v, ok := law.Version(m.LawID, m.VersionID); ok {
			part.Href = provisionHref(v, m.Provision)
		}
		parts = append(parts, part)
		at = m.End
	}
	if at < len(runes) {
		parts = append(parts, sourcePart{Text: string(runes[at:])})
	}
	return parts
}
