package web

import (
	"fmt"
	"net/http"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

type violationPickPage struct {
	Layout
	Case   registry.Case
	Groups []typeGroup
	Q      string
	Shown  int
}

func (violationPickPage) Template() string { return "violations/pick" }

// typeGroup is one group of the picker.
type typeGroup struct {
	Name  string
	Types []*statute.ViolationType
}

// typeGroups lists the types whose label, name or alias holds every word of q.
func (s *Server) typeGroups(q string) (list []typeGroup, n int) {
	words := strings.Fields(strings.ToLower(registry.HalfWidth(q)))
	for _, t := range s.service.Law().ViolationTypes() {
		text := strings.ToLower(t.Group + t.Label + t.Name + strings.Join(t.Aliases, ""))
		miss := false
		for _, w := range words {
			miss = miss || !strings.Contains(text, w)
		}
		if miss {
			continue
		}
		if len(list) == 0 || list[len(list)-1].Name != t.Group {
			list = append(list, typeGroup{Name: t.Group})
		}
		g := &list[len(list)-1]
		g.Types = append(g.Types, t)
		n++
	}
	return list, n
}

type violationFormPage struct {
	Layout
	Form      *Form
	Case      registry.Case
	Violation registry.Violation
	Type      *statute.ViolationType
	Groups    []typeGroup
	Elements  []statute.Element
	Leftover  []string
	Offer     statute.Offer
	ActEnd    string
	Cards     []offerCard
	Fines     []fineOrder // of all candidates together; empty where there is nothing to compare
	Changed   bool        // the offer is new: the officer has not seen it yet
	Laws      []string
	Standings []Option
	Roles     []Option
	Action    string
}

func (violationFormPage) Template() string { return "violations/form" }

// offerCard is one candidate on the form.
type offerCard struct {
	Index               string
	Title               string
	Chosen              bool
	Breached, Liability []offerLine
	Basis               basisView
}

type offerLine struct {
	Key, ID   string
	Ticked    bool
	Versions  bool // offered in several versions, of which a person takes one
	Competing string
	Box       StatuteBox
}

func (s *Server) violationForm(r *request, f *Form, e *violationEdit, x registry.Violation) error {
	p := violationFormPage{Layout: r.layout("加入违法行为"), Form: f, Case: e.file.Case, Violation: x, Offer: e.offer.Offer, Leftover: e.leftover, Changed: e.changed}
	p.Action = fmt.Sprintf("/cases/%d/violations", e.file.Case.ID)
	if x.ID != 0 {
		p.Title, p.Action = "编辑违法行为", fmt.Sprintf("/violations/%d", x.ID)
	}
	p.ActEnd = actEndWords(x, e.offer, registry.OriginField)
	p.Groups, _ = s.typeGroups("")
	if t, ok := s.service.Law().ViolationType(x.TypeCode); ok {
		p.Type, p.Elements = t, t.Elements
	}
	bases := basesOf(s.service.Law(), e.offer.Offer, nil)
	for n, c := range e.offer.Offer.Candidates {
		card := offerCard{Index: fmt.Sprint(n), Title: c.Label, Chosen: f.Value("candidate") == fmt.Sprint(n), Basis: bases[n]}
		for i, o := range offeredIn(e.offer.Offer, n) {
			line := offerLine{Key: o.Key, ID: fmt.Sprintf("cite-%d-%d", n, i), Ticked: containsText(f.values["cite"], o.Key), Versions: o.Versions, Box: s.statuteBox(o.Citation, o.Text)}
			if line.Box.Version == "" {
				line.Box.Version = o.VersionName
			}
			if o.Competing {
				line.Competing = o.CompetingWhy
			}
			if o.Role == registry.RoleBreached {
				card.Breached = append(card.Breached, line)
			} else {
				card.Liability = append(card.Liability, line)
			}
		}
		p.Cards = append(p.Cards, card)
	}
	p.Fines = finesInOrder(e.offer.Offer)
	p.Laws, p.Roles = s.lawNames(), citationRoles
	p.Standings = standingOptions(x.Citations)
	f.relocate(e.fields)
	return r.form(f, p)
}

// citationRoles are what a typed citation is there for.
var citationRoles = []Option{{string(registry.RoleBreached), roleWords[registry.RoleBreached]}, {string(registry.RoleBasis), roleWords[registry.RoleBasis]}}

// lawNames are what the box for a law's name proposes; any other name may be typed.
func (s *Server) lawNames() []string {
	var list []string
	for _, law := range s.service.Law().Laws() {
		list = append(list, law.Name)
	}
	return list
}

// standingOptions are the standings a person may type. Confirmed and offered ones appear where a row has one already: its
// version is no longer on offer.
func standingOptions(have []registry.Citation) []Option {
	list := []Option{{string(registry.StandingChanged), "另行引用（须写理由）"}, {string(registry.StandingPublished), "原文引用（公开资料所印）"}, {string(registry.StandingReview), "复核意见（仅供参考）"}}
	for _, extra := range []Option{{string(registry.StandingConfirmed), "已确认"}, {string(registry.StandingOffered), "系统提供·待确认"}} {
		for _, c := range have {
			if string(c.Standing) == extra.Value {
				list = append(list, extra)
				break
			}
		}
	}
	return list
}

// violationNew asks for the type first: the questions and the articles follow from it.
func (s *Server) violationNew(r *request) error {
	c, err := s.openCase(r)
	if err != nil {
		return err
	}
	code := r.QueryParam("type_code")
	if _, ok := s.service.Law().ViolationType(code); !ok && code != "none" {
		p := violationPickPage{Layout: r.layout("加入违法行为"), Case: c, Q: r.QueryParam("q")}
		p.Groups, p.Shown = s.typeGroups(p.Q)
		return r.page(p)
	}
	x := registry.Violation{CaseID: c.ID}
	if code != "none" {
		x.TypeCode = code
	}
	file, err := s.openGrounds(r, c.ID)
	if err != nil {
		return err
	}
	e := &violationEdit{s: s, file: file}
	f := r.newForm(violationLabels)
	e.bind(f, &x)
	return s.violationForm(r, f, e, x)
}

func (s *Server) violationCreate(r *request) error {
	id, err := pathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	file, err := s.openGrounds(r, id)
	if err != nil {
		return err
	}
	f, err := r.readForm(violationLabels)
	if err != nil {
		return err
	}
	x, e := registry.Violation{CaseID: id}, &violationEdit{s: s, file: file}
	e.bind(f, &x)
	if e.ready(f) {
		_, err := s.service.AddViolation(r.ctx(), r.actor, &x)
		if err == nil {
			return r.savedViolation(x, "违法行为已登记。")
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	x.ID = 0
	return s.violationForm(r, f, e, x)
}

// ready reports whether the form may be saved: not under an offer that the officer has not seen.
func (e *violationEdit) ready(f *Form) bool {
	if e.changed && f.adding == "" && len(e.offer.Offer.Candidates) > 0 {
		f.add("cite", "类型或日期变了，可选条款已更新。请看过以后再保存。")
	}
	return f.ok()
}

// savedViolation goes back to the case and says what of the citations the catalogue does not know.
func (r *request) savedViolation(x registry.Violation, message string) error {
	var unknown []string
	for _, c := range x.Citations {
		if (c.Holding == registry.UnknownLaw || c.Holding == registry.NotHeld) && !containsText(unknown, c.String()) {
			unknown = append(unknown, c.String())
		}
	}
	if len(unknown) > 0 {
		r.flash("warn", message+"本库未收录："+strings.Join(unknown, "、")+"。已按录入保存，条文请以官方文本为准。")
	} else {
		r.flash("ok", message)
	}
	return r.Redirect(http.StatusSeeOther, fmt.Sprintf("/cases/%d#violation-%d", x.CaseID, x.ID))
}

// violationOf reads the violation of the path with its case; a closed case has no forms.
func (s *Server) violationOf(r *request) (x registry.Violation, file *registry.CaseFile, err error) {
	id, err := pathID[registry.ViolationID](r, "id")
	if err != nil {
		return x, nil, err
	}
	if x, err = s.service.Violation(r.ctx(), r.actor, id); err != nil {
		return x, nil, err
	}
	file, err = s.openGrounds(r, x.CaseID)
	return x, file, err
}

func (s *Server) violationEdit(r *request) error {
	x, file, err := s.violationOf(r)
	if err != nil {
		return err
	}
	e := &violationEdit{s: s, file: file}
	f := r.newForm(violationLabels)
	e.bind(f, &x)
	return s.violationForm(r, f, e, x)
}

func (s *Server) violationUpdate(r *request) error {
	current, file, err := s.violationOf(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(violationLabels)
	if err != nil {
		return err
	}
	x, e := current, &violationEdit{s: s, file: file}
	e.bind(f, &x)
	if e.ready(f) {
		err := s.service.ChangeViolation(r.ctx(), r.actor, &x)
		if err == nil {
			return r.savedViolation(x, "已保存。")
		}
		if registry.KindOf(err) == registry.KindStale {
			s.nameOffered(f, e)
			return staleOnCase(s, r, err, staleEdit[registry.Violation]{f, violationLabels, e.bind, current, "violation", int64(x.ID), x.CaseID, "违法行为 " + s.typeLabel(current.TypeCode)})
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.violationForm(r, f, e, x)
}

// nameOffered gives words to what the form sends as keys, for the merge page.
func (s *Server) nameOffered(f *Form, e *violationEdit) {
	for n, c := range e.offer.Offer.Candidates {
		f.name("candidate", fmt.Sprint(n), c.Label)
		for _, o := range offeredIn(e.offer.Offer, n) {
			f.name("cite", o.Key, o.String()+"（"+o.VersionName+"）")
		}
	}
	f.name("confirm", "1", "确认这些条款")
	for _, t := range s.service.Law().ViolationTypes() {
		f.name("type_code", t.Code, t.Label)
	}
}

func (s *Server) violationDelete(r *request) error {
	x, _, err := s.violationOf(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(violationLabels)
	if err != nil {
		return err
	}
	return s.removed(r, s.service.RemoveViolation(r.ctx(), r.actor, x.ID, f.Version), "违法行为", x.CaseID, "violations")
}

func (s *Server) violationConfirm(r *request) error {
	x, _, err := s.violationOf(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(violationLabels)
	if err != nil {
		return err
	}
	_, err = s.service.ConfirmCitations(r.ctx(), r.actor, x.ID, f.Version)
	return s.acted(r, err, "条款已确认。", x.CaseID, fmt.Sprintf("violation-%d", x.ID))
}
