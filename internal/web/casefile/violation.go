package casefile

import (
	"fmt"
	"net/http"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type violationPickPage struct {
	kit.Layout
	Case   registry.Case
	Groups []typeGroup
	Q      string
	Shown  int
}

func (violationPickPage) Template() string { return "casefile/violations-pick" }

// typeGroup is one group of the picker.
type typeGroup struct {
	Name  string
	Types []*statute.ViolationType
}

// typeGroups lists the types whose label, name or alias holds every word of q.
func (s area) typeGroups(q string) (list []typeGroup, n int) {
	words := strings.Fields(strings.ToLower(registry.HalfWidth(q)))
	for _, t := range s.Service.Law().ViolationTypes() {
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
	kit.Layout
	Form      *kit.Form
	Case      registry.Case
	Violation registry.Violation
	Type      *statute.ViolationType
	Groups    []typeGroup
	Elements  []statute.Element
	Leftover  []string
	Offer     statute.Offer
	ActEnd    string
	Cards     []offerCard
	Fines     []view.FineOrder // of all candidates together; empty where there is nothing to compare
	Changed   bool             // the offer is new: the officer has not seen it yet
	Laws      []string
	Standings []kit.Option
	Roles     []kit.Option
	Action    string
}

func (violationFormPage) Template() string { return "casefile/violations-form" }

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
	Box       view.StatuteBox
}

func (s area) violationForm(r *kit.Request, f *kit.Form, e *violationEdit, x registry.Violation) error {
	p := violationFormPage{Layout: r.Layout("加入违法行为"), Form: f, Case: e.file.Case, Violation: x, Offer: e.offer.Offer, Leftover: e.leftover, Changed: e.changed}
	p.Action = fmt.Sprintf("/cases/%d/violations", e.file.Case.ID)
	if x.ID != 0 {
		p.Title, p.Action = "编辑违法行为", fmt.Sprintf("/violations/%d", x.ID)
	}
	p.ActEnd = actEndWords(x, e.offer, registry.OriginField)
	p.Groups, _ = s.typeGroups("")
	if t, ok := s.Service.Law().ViolationType(x.TypeCode); ok {
		p.Type, p.Elements = t, t.Elements
	}
	bases := basesOf(s.Service.Law(), e.offer.Offer, nil)
	for n, c := range e.offer.Offer.Candidates {
		card := offerCard{Index: fmt.Sprint(n), Title: c.Label, Chosen: f.Value("candidate") == fmt.Sprint(n), Basis: bases[n]}
		for i, o := range offeredIn(e.offer.Offer, n) {
			line := offerLine{Key: o.Key, ID: fmt.Sprintf("cite-%d-%d", n, i), Ticked: containsText(f.Values["cite"], o.Key), Versions: o.Versions, Box: s.statuteBox(o.Citation, o.Text)}
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
	p.Fines = view.FinesInOrder(e.offer.Offer)
	p.Laws, p.Roles = s.lawNames(), citationRoles
	p.Standings = standingOptions(x.Citations)
	f.Relocate(e.fields)
	return r.Form(f, p)
}

// citationRoles are what a typed citation is there for.
var citationRoles = []kit.Option{{Value: string(registry.RoleBreached), Label: view.RoleWords[registry.RoleBreached]}, {Value: string(registry.RoleBasis), Label: view.RoleWords[registry.RoleBasis]}}

// lawNames are what the box for a law's name proposes; any other name may be typed.
func (s area) lawNames() []string {
	var list []string
	for _, law := range s.Service.Law().Laws() {
		list = append(list, law.Name)
	}
	return list
}

// standingOptions are the standings a person may type. Confirmed and offered ones appear where a row has one already: its
// version is no longer on offer.
func standingOptions(have []registry.Citation) []kit.Option {
	list := []kit.Option{{Value: string(registry.StandingChanged), Label: "另行引用（须写理由）"}, {Value: string(registry.StandingPublished), Label: "原文引用（公开资料所印）"}, {Value: string(registry.StandingReview), Label: "复核意见（仅供参考）"}}
	for _, extra := range []kit.Option{{Value: string(registry.StandingConfirmed), Label: "已确认"}, {Value: string(registry.StandingOffered), Label: "系统提供·待确认"}} {
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
func (s area) violationNew(r *kit.Request) error {
	c, err := s.openCase(r)
	if err != nil {
		return err
	}
	code := r.QueryParam("type_code")
	if _, ok := s.Service.Law().ViolationType(code); !ok && code != "none" {
		p := violationPickPage{Layout: r.Layout("加入违法行为"), Case: c, Q: r.QueryParam("q")}
		p.Groups, p.Shown = s.typeGroups(p.Q)
		return r.Page(p)
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
	f := r.NewForm(violationLabels)
	e.bind(f, &x)
	return s.violationForm(r, f, e, x)
}

func (s area) violationCreate(r *kit.Request) error {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	file, err := s.openGrounds(r, id)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(violationLabels)
	if err != nil {
		return err
	}
	x, e := registry.Violation{CaseID: id}, &violationEdit{s: s, file: file}
	e.bind(f, &x)
	if e.ready(f) {
		_, err := s.Service.AddViolation(r.Ctx(), r.Actor, &x)
		if err == nil {
			return savedViolation(r, x, "违法行为已登记。")
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	x.ID = 0
	return s.violationForm(r, f, e, x)
}

// ready reports whether the form may be saved: not under an offer that the officer has not seen.
func (e *violationEdit) ready(f *kit.Form) bool {
	if e.changed && f.Adding == "" && len(e.offer.Offer.Candidates) > 0 {
		f.Add("cite", "类型或日期变了，可选条款已更新。请看过以后再保存。")
	}
	return f.OK()
}

// savedViolation goes back to the case and says what of the citations the catalogue does not know.
func savedViolation(r *kit.Request, x registry.Violation, message string) error {
	var unknown []string
	for _, c := range x.Citations {
		if (c.Holding == registry.UnknownLaw || c.Holding == registry.NotHeld) && !containsText(unknown, c.String()) {
			unknown = append(unknown, c.String())
		}
	}
	if len(unknown) > 0 {
		r.Flash("warn", message+"本库未收录："+strings.Join(unknown, "、")+"。已按录入保存，条文请以官方文本为准。")
	} else {
		r.Flash("ok", message)
	}
	return r.Redirect(http.StatusSeeOther, fmt.Sprintf("/cases/%d#violation-%d", x.CaseID, x.ID))
}

// violationOf reads the violation of the path with its case; a closed case has no forms.
func (s area) violationOf(r *kit.Request) (x registry.Violation, file *registry.CaseFile, err error) {
	id, err := kit.PathID[registry.ViolationID](r, "id")
	if err != nil {
		return x, nil, err
	}
	if x, err = s.Service.Violation(r.Ctx(), r.Actor, id); err != nil {
		return x, nil, err
	}
	file, err = s.openGrounds(r, x.CaseID)
	return x, file, err
}

func (s area) violationEdit(r *kit.Request) error {
	x, file, err := s.violationOf(r)
	if err != nil {
		return err
	}
	e := &violationEdit{s: s, file: file}
	f := r.NewForm(violationLabels)
	e.bind(f, &x)
	return s.violationForm(r, f, e, x)
}

func (s area) violationUpdate(r *kit.Request) error {
	current, file, err := s.violationOf(r)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(violationLabels)
	if err != nil {
		return err
	}
	x, e := current, &violationEdit{s: s, file: file}
	e.bind(f, &x)
	if e.ready(f) {
		err := s.Service.ChangeViolation(r.Ctx(), r.Actor, &x)
		if err == nil {
			return savedViolation(r, x, "已保存。")
		}
		if registry.KindOf(err) == registry.KindStale {
			s.nameOffered(f, e)
			return staleOnCase(s, r, err, staleEdit[registry.Violation]{f, violationLabels, e.bind, current, "violation", int64(x.ID), x.CaseID, "违法行为 " + view.TypeLabel(s.Server, current.TypeCode)})
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.violationForm(r, f, e, x)
}

// nameOffered gives words to what the form sends as keys, for the merge page.
func (s area) nameOffered(f *kit.Form, e *violationEdit) {
	for n, c := range e.offer.Offer.Candidates {
		f.Name("candidate", fmt.Sprint(n), c.Label)
		for _, o := range offeredIn(e.offer.Offer, n) {
			f.Name("cite", o.Key, o.String()+"（"+o.VersionName+"）")
		}
	}
	f.Name("confirm", "1", "确认这些条款")
	for _, t := range s.Service.Law().ViolationTypes() {
		f.Name("type_code", t.Code, t.Label)
	}
}

func (s area) violationDelete(r *kit.Request) error {
	x, _, err := s.violationOf(r)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(violationLabels)
	if err != nil {
		return err
	}
	return s.removed(r, s.Service.RemoveViolation(r.Ctx(), r.Actor, x.ID, f.Version), "违法行为", x.CaseID, "violations")
}

func (s area) violationConfirm(r *kit.Request) error {
	x, _, err := s.violationOf(r)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(violationLabels)
	if err != nil {
		return err
	}
	_, err = s.Service.ConfirmCitations(r.Ctx(), r.Actor, x.ID, f.Version)
	return s.acted(r, err, "条款已确认。", x.CaseID, fmt.Sprintf("violation-%d", x.ID))
}
