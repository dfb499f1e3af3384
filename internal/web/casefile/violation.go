package casefile

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
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

// typeGroups lists the types that q finds: by formal words, those of officers, and first letters of syllables.
func (s area) typeGroups(q string) (list []typeGroup, n int) {
	for _, t := range s.Service.Law().ViolationTypes() {
		if !t.Found(q) {
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
	Prefilled string           // whose findings stand in the facts of a new one
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
	Decide              []offerLine // of both, what a person must take or leave: it stands against another
	Basis               basisView
}

// Unchecked reports that the text of one of the articles was not compared with an official one.
func (c offerCard) Unchecked() bool {
	return slices.ContainsFunc(slices.Concat(c.Decide, c.Breached, c.Liability), func(l offerLine) bool { return !l.Box.Checked })
}

// BreachedWords are the articles breached as the card names them, folded.
func (c offerCard) BreachedWords() string { return provisionWords(c.Breached) }

// LiabilityWords are the articles of the penalty.
func (c offerCard) LiabilityWords() string { return provisionWords(c.Liability) }

func provisionWords(lines []offerLine) string {
	words := make([]string, len(lines))
	for i, l := range lines {
		words[i] = "《" + l.Box.Law + "》" + l.Box.Provision
	}
	return cmp.Or(strings.Join(words, "、"), "没有")
}

// filled reports whether a field of the form holds something or was refused; a name that ends in a dot stands for all below it.
func (p violationFormPage) filled(names ...string) bool {
	for _, name := range names {
		if p.Form.Problem(name) != "" || p.Form.Value(name) != "" {
			return true
		}
		if !strings.HasSuffix(name, ".") {
			continue
		}
		for key, values := range p.Form.Values {
			if strings.HasPrefix(key, name) && strings.Join(values, "") != "" && !slices.Contains([]string{"role", "standing", "key"}, key[strings.LastIndexByte(key, '.')+1:]) {
				return true
			}
		}
		for _, problem := range p.Form.Errors {
			if strings.HasPrefix(problem.Field, name) {
				return true
			}
		}
	}
	return false
}

// MoreOpen unfolds the lesser facts where one of them is filled in.
func (p violationFormPage) MoreOpen() bool {
	return p.filled("end_basis", "continuing", "place", "damage", "note")
}

// ChecklistOpen unfolds the questions of the type where one was refused.
func (p violationFormPage) ChecklistOpen() bool {
	return slices.ContainsFunc(p.Form.Errors, func(x registry.FieldError) bool { return strings.HasPrefix(x.Field, "checklist.") })
}

// CitationsOpen unfolds typed articles where there are some, and where nothing else can be cited.
func (p violationFormPage) CitationsOpen() bool {
	return len(p.Cards) == 0 || p.filled("citations.")
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
			switch {
			case o.Competing || o.Versions:
				card.Decide = append(card.Decide, line)
			case o.Role == registry.RoleBreached:
				card.Breached = append(card.Breached, line)
			default:
				card.Liability = append(card.Liability, line)
			}
		}
		p.Cards = append(p.Cards, card)
	}
	p.Fines = view.FinesInOrder(e.offer.Offer)
	if found := findingOf(e.file); x.ID == 0 && found != nil && f.Value("facts") == found.Findings {
		p.Prefilled = strings.TrimSpace(found.StartedOn.Chinese() + cmp.Or(found.Kind, "检查"))
	}
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
	code := r.QueryParam("type_code")
	if _, ok := s.Service.Law().ViolationType(code); !ok && code != "none" {
		c, err := s.openCase(r)
		if err != nil {
			return err
		}
		p := violationPickPage{Layout: r.Layout("加入违法行为"), Case: c, Q: r.QueryParam("q")}
		p.Groups, p.Shown = s.typeGroups(p.Q)
		return r.Page(p)
	}
	e, err := s.newViolation(r)
	if err != nil {
		return err
	}
	x := e.Record
	if code != "none" {
		x.TypeCode = code
	}
	return e.Show(r, x)
}

// violationEditing is a violation on its form, with what the catalogue offers for it.
func (s area) violationEditing(r *kit.Request, file *registry.CaseFile, stored registry.Violation) kit.Editing[registry.Violation] {
	saved := "违法行为已登记。"
	if stored.ID != 0 {
		saved = "已保存。"
	}
	e := &violationEdit{s: s, file: file}
	return kit.Editing[registry.Violation]{
		Record: stored, Labels: violationLabels, Fields: e.bind,
		Check: func(f *kit.Form, _ *registry.Violation) error { e.askAgain(f); return nil },
		Page:  func(f *kit.Form, x registry.Violation) error { return s.violationForm(r, f, e, x) },
		Add:   s.Service.AddViolation, Change: s.Service.ChangeViolation,
		Remove:  func(version int64) error { return s.Service.RemoveViolation(r.Ctx(), r.Actor, stored.ID, version) },
		Saved:   func(x registry.Violation) error { return savedViolation(r, x, saved) },
		Title:   func(x registry.Violation) string { return view.TypeLabel(s.Server, x.TypeCode) },
		Address: func(x registry.Violation) string { return fmt.Sprintf("/violations/%d", x.ID) },
		Home:    func(x registry.Violation) string { return view.CasePlace(x.CaseID, "violations") },
		Words:   func(f *kit.Form, _ registry.Violation) { s.nameOffered(f, e) },
		Given:   func(typed *registry.Violation, stored registry.Violation) { typed.ID = stored.ID }, // a form of a new one ticks what is offered
	}
}

func (s area) newViolation(r *kit.Request) (e kit.Editing[registry.Violation], err error) {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return e, err
	}
	file, err := s.openGrounds(r, id)
	x := registry.Violation{CaseID: id}
	if err == nil {
		if found := findingOf(file); found != nil {
			x.Facts = found.Findings
		}
	}
	return s.violationEditing(r, file, x), err
}

// findingOf is the inspection of a case whose findings a new violation begins with; nil where nobody wrote any, or they are those of a
// publication.
func findingOf(f *registry.CaseFile) *registry.Inspection {
	if f.Case.Origin == registry.OriginPublished {
		return nil
	}
	for i := range f.Inspections {
		if f.Inspections[i].Findings != "" {
			return &f.Inspections[i]
		}
	}
	return nil
}

func (s area) storedViolation(r *kit.Request) (e kit.Editing[registry.Violation], err error) {
	x, file, err := s.violationOf(r)
	return s.violationEditing(r, file, x), err
}

// askAgain keeps a form from being saved under an offer that the officer has not seen.
func (e *violationEdit) askAgain(f *kit.Form) {
	if e.changed && f.Adding == "" && len(e.offer.Offer.Candidates) > 0 {
		f.Add("cite", "类型或日期变了，可选条款已更新。请看过以后再保存。")
	}
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
	return r.Redirect(http.StatusSeeOther, view.CasePlace(x.CaseID, fmt.Sprintf("violation-%d", x.ID)))
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
