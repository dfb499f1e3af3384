package casefile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// elementsView is one violation of the panel of evidence: what the type asks (构成要件), what proves it, and what is missing.
type elementsView struct {
	ID               registry.ViolationID
	No               int
	Label            string
	Elements         []elementView
	Proved, Unproved int
}

type elementView struct {
	Text, Answer, Note string
	Evidence           []proofView
}

// proofView is an exhibit that proves an element, with its place on the panel.
type proofView struct{ Label, Href string }

// elementsOf lists every element of every violation with its evidence. What is no longer among the exhibits of the case proves nothing.
func (s area) elementsOf(f *registry.CaseFile) []elementsView {
	list := make([]elementsView, 0, len(f.Violations))
	for n, v := range f.Violations {
		x := elementsView{ID: v.ID, No: n + 1, Label: view.TypeLabel(s.Server, v.TypeCode)}
		for _, e := range s.elements(v.TypeCode) {
			el := elementView{Text: e.Text}
			if i := slices.IndexFunc(v.Checklist, func(a registry.ElementAnswer) bool { return a.Key == e.Key }); i >= 0 {
				el.Answer, el.Note = v.Checklist[i].Answer, v.Checklist[i].Note
				for _, p := range f.Evidence {
					if slices.Contains(v.Checklist[i].Evidence, p.ID) {
						el.Evidence = append(el.Evidence, proofView{p.Title, fmt.Sprintf("#exhibit-%d", p.ID)})
					}
				}
			}
			if len(el.Evidence) > 0 {
				x.Proved++
			} else {
				x.Unproved++
			}
			x.Elements = append(x.Elements, el)
		}
		list = append(list, x)
	}
	return list
}

func exhibitLabel(x *registry.Evidence) string { return strings.TrimSpace(x.Number + " " + x.Title) }

func (s area) elements(code string) []statute.Element {
	if t, ok := s.Service.Law().ViolationType(code); ok {
		return t.Elements
	}
	return nil
}

// elementsPage asks what proves each element of one violation.
type elementsPage struct {
	kit.Layout
	Form      *kit.Form
	Case      registry.Case
	Violation registry.Violation
	Label     string
	Back      string
	Elements  []statute.Element
	Exhibits  []kit.Option
	Files     int // of the inspections, which no exhibit names yet
}

func (elementsPage) Template() string { return "casefile/elements-form" }

// elementsEditing is what a violation's checklist says of its elements, on a form of its own: answers, notes, and the exhibits that prove each.
func (s area) elementsEditing(r *kit.Request, file *registry.CaseFile, stored registry.Violation) kit.Editing[registry.Violation] {
	e := &violationEdit{s: s, file: file}
	back := view.CasePlace(stored.CaseID, "elements")
	return kit.Editing[registry.Violation]{
		Record: stored, Labels: violationLabels,
		Fields: func(f *kit.Form, x *registry.Violation) {
			e.fields = map[string]string{}
			f.Meta(&x.Meta)
			e.bindChecklist(f, x)
		},
		Page:    func(f *kit.Form, x registry.Violation) error { return s.elementsForm(r, f, e, x) },
		Change:  s.Service.ChangeViolation,
		Saved:   func(registry.Violation) error { return r.DoneAt("要件核对已保存。", back) },
		Title:   func(x registry.Violation) string { return view.TypeLabel(s.Server, x.TypeCode) },
		Address: func(x registry.Violation) string { return fmt.Sprintf("/violations/%d/elements", x.ID) },
		Home:    func(registry.Violation) string { return back },
	}
}

func (s area) elementsForm(r *kit.Request, f *kit.Form, e *violationEdit, x registry.Violation) error {
	p := elementsPage{Layout: r.Layout("核对要件"), Form: f, Case: e.file.Case, Violation: x, Label: view.TypeLabel(s.Server, x.TypeCode),
		Back: view.CasePlace(x.CaseID, "elements"), Elements: s.elements(x.TypeCode)}
	for _, x := range e.file.Exhibits() {
		if x.File != nil {
			p.Files++
			continue
		}
		label := exhibitLabel(&x.Evidence) + "（" + x.Kind + "）"
		if src := x.Source(); src != "" {
			label += " " + src
		}
		p.Exhibits = append(p.Exhibits, kit.Option{Value: kit.Itoa(int64(x.ID)), Label: label})
	}
	f.Relocate(e.fields)
	return r.Form(f, p)
}

func (s area) storedElements(r *kit.Request) (e kit.Editing[registry.Violation], err error) {
	id, err := kit.PathID[registry.ViolationID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.Violation(r.Ctx(), r.Actor, id)
	if err != nil {
		return e, err
	}
	file, err := s.openFile(r, x.CaseID)
	if err != nil {
		return e, err
	}
	return s.elementsEditing(r, file, x), nil
}

// bindExhibits binds the exhibits that prove an element; what is no id was not on the form.
func bindExhibits(f *kit.Form, list *[]registry.EvidenceID) {
	words := make([]string, len(*list))
	for i, id := range *list {
		words[i] = kit.Itoa(int64(id))
	}
	f.Words("evidence", &words)
	if f.Filling {
		return
	}
	*list = nil
	for _, w := range words {
		if n, err := strconv.ParseInt(w, 10, 64); err == nil {
			*list = append(*list, registry.EvidenceID(n))
		}
	}
}
