package records

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var inspectionLabels = kit.LabelsOf(registry.InspectionFields, nil)

type inspectionFormPage struct {
	kit.Layout
	Form       *kit.Form
	CaseID     registry.CaseID // the case whose re-check this is
	Case       string          // its title
	Order      string          // in words: what it was ordered to do, and by when
	Inspection registry.Inspection
	Farm       string // names of what is chosen
	Party      string
	Officers   []kit.Option
	Organs     []kit.Option
	Campaigns  []kit.Option
	Partner    []kit.Option // who usually goes with the signed-in officer: offered on a new record
	CrewNote   string       // why the signed-in officer is not put in
	CapNote    string       // the farm was visited as often as the cap allows
}

func (inspectionFormPage) Template() string { return "records/inspections-form" }

// Submitted reports whether the record is final: it may be mended, but stays complete.
func (p inspectionFormPage) Submitted() bool {
	return p.Inspection.State == registry.InspectionSubmitted
}

// MoreOpen reports whether the fields that most records leave alone are shown: something stands in them, or is wrong.
func (p inspectionFormPage) MoreOpen() bool {
	if o := p.Form.Value("origin"); o != "" && o != string(registry.OriginField) {
		return true
	}
	for _, name := range []string{"number", "campaign_id", "origin", "position.longitude", "position.latitude", "position.datum"} {
		if p.Form.Problem(name) != "" || p.Inspection.ID != 0 && p.Form.Value(name) != "" && name != "origin" {
			return true
		}
	}
	return false
}

func (s area) inspectionForm(r *kit.Request, f *kit.Form, x registry.Inspection) (err error) {
	p := inspectionFormPage{Layout: r.Layout("新建检查"), CaseID: kit.QueryID[registry.CaseID](r, "case_id"), Form: f, Inspection: x, Farm: view.FarmName(s.Server, r, kit.FormID[registry.FarmID](f, "farm_id")), Party: view.PartyName(s.Server, r, kit.FormID[registry.PartyID](f, "party_id"))}
	if x.ID != 0 {
		p.Title = "修改检查记录"
	}
	if p.Organs, _, err = view.OrganOptions(s.Server, r); err != nil {
		return err
	}
	if err := s.recheckOf(r, &p); err != nil {
		return err
	}
	if p.Campaigns, err = view.CampaignOptions(s.Server, r); err != nil {
		return err
	}
	if p.Officers, err = view.OfficerOptions(s.Server, r, r.Today()); err != nil {
		return err
	}
	begun := registry.Inspection{ID: x.ID, FarmID: kit.FormID[registry.FarmID](f, "farm_id"), Kind: f.Value("kind"), StartedOn: dayOf(f, "started_on", r.Today()), Uncounted: f.Value("uncounted")}
	if p.CapNote, err = s.Service.VisitWarning(r.Ctx(), r.Actor, &begun); err != nil {
		return err
	}
	if x.ID != 0 {
		return r.Form(f, p)
	}
	crew, err := s.Service.Crew(r.Ctx(), r.Actor, dayOf(f, "started_on", r.Today()))
	if err != nil {
		return err
	}
	p.CrewNote = crew.Doubt
	if crew.Partner != nil {
		p.Partner = []kit.Option{{Value: kit.Itoa(int64(crew.Partner.ID)), Label: fmt.Sprintf("%s · %s（您最近 %d 次检查中同组 %d 次）", crew.Partner.Name, crew.Partner.CertNo, crew.Sheets, crew.Times)}}
	}
	return r.Form(f, p)
}

// dayOf is the day that a form speaks of; another one where it says none.
func dayOf(f *kit.Form, name string, otherwise registry.Date) registry.Date {
	if d, err := registry.ParseDate(f.Value(name)); err == nil && !d.IsZero() {
		return d
	}
	return otherwise
}

// joined puts the partner that was ticked beside the officers, unless they stand there already.
func joined(list []registry.OfficerRef, partner registry.OfficerID) []registry.OfficerRef {
	if partner == 0 || slices.ContainsFunc(list, func(o registry.OfficerRef) bool { return o.OfficerID == partner }) {
		return list
	}
	return append(list, registry.OfficerRef{OfficerID: partner})
}

// inspectionNew begins a record with what is known already: the farm's place, operator and animals, today, and the officer
// who is signed in.
func (s area) inspectionNew(r *kit.Request) error {
	x := registry.Inspection{Origin: registry.OriginField, StartedOn: r.Today(), Result: "待定"}
	if id := kit.QueryID[registry.FarmID](r, "farm_id"); id != 0 {
		farm, err := s.Service.Farm(r.Ctx(), r.Actor, id)
		if err != nil {
			return err
		}
		x.FarmID, x.PartyID, x.Place, x.Position = id, farm.OperatorID, farm.Where(), farm.Place
		for _, h := range farm.Herds {
			seen := registry.Herd{Species: h.Species, Stage: h.Stage, Basis: "存栏"} // to be counted again
			if !slices.Contains(x.Herds, seen) {
				x.Herds = append(x.Herds, seen)
			}
		}
	}
	if id := kit.QueryID[registry.CaseID](r, "case_id"); id != 0 {
		file, err := s.Service.CaseFile(r.Ctx(), r.Actor, id)
		if err != nil {
			return err
		}
		if n := len(file.Inspections); n > 0 { // a re-check looks at the same place
			last := &file.Inspections[n-1]
			x.PartyID, x.Place, x.Position = last.PartyID, cmp.Or(last.Place, x.Place), last.Position
		}
	}
	crew, err := s.Service.Crew(r.Ctx(), r.Actor, x.StartedOn)
	if err != nil {
		return err
	}
	x.Officers = []registry.OfficerRef{{}} // and the form's blank row: two
	if crew.Own != nil {
		x.Officers[0], x.Recorder = registry.OfficerRef{OfficerID: crew.Own.ID, Name: crew.Own.Name, CertNo: crew.Own.CertNo}, crew.Own.Name
	}
	x.OrganID = r.User.OrganID
	if kind := r.QueryParam("kind"); registry.InspectionKinds.Has(kind) {
		x.Kind = kind
	}
	return s.inspectionEditing(r, registry.Inspection{}, "").Show(r, x)
}

// recheckOf says on the form which case the re-check is of, and what was ordered there.
func (s area) recheckOf(r *kit.Request, p *inspectionFormPage) error {
	if p.CaseID == 0 {
		return nil
	}
	file, err := s.Service.CaseFile(r.Ctx(), r.Actor, p.CaseID)
	if err != nil {
		return err
	}
	p.Title, p.Case = "登记复查", file.Case.Title
	if order, ok := file.Document(registry.DocOrder); ok {
		words := view.NotEmpty(order.NumberTyped, order.Content, order.OrderMode)
		if !order.DueOn.IsZero() {
			words = append(words, "期限 "+order.DueOn.Chinese())
		}
		p.Order = strings.Join(words, "，")
	}
	return nil
}

// isRecheck reports whether an inspection entered from a case is its re-check.
func isRecheck(id registry.CaseID, x *registry.Inspection) bool {
	return id != 0 && slices.Contains(casework.RecheckKinds, x.Kind)
}

// wantsSubmit reports whether 保存并提交 was pressed.
func wantsSubmit(f *kit.Form) bool { return f.Value("_action") == "submit" }

// inspectionEditing is an inspection on its form; title is what the page calls the stored one.
func (s area) inspectionEditing(r *kit.Request, stored registry.Inspection, title string) kit.Editing[registry.Inspection] {
	home := func(x registry.Inspection) string { return fmt.Sprintf("/inspections/%d", x.ID) }
	e := kit.Editing[registry.Inspection]{
		Record: stored, Labels: inspectionLabels,
		Fields: func(f *kit.Form, x *registry.Inspection) {
			view.InspectionFields(f, x)
			var partner registry.OfficerID
			if kit.Ref(f, "partner", &partner); stored.ID == 0 {
				x.Officers = joined(x.Officers, partner)
			}
		},
		Page:  func(f *kit.Form, _ registry.Inspection) error { return s.inspectionForm(r, f, stored) },
		Title: func(registry.Inspection) string { return title }, Address: home, Home: home,
		Words: func(f *kit.Form, x registry.Inspection) { s.nameInspection(r, f, x) },
	}
	submit := false
	e.Check = func(f *kit.Form, x *registry.Inspection) error {
		if !f.OK() {
			return nil
		}
		submit = wantsSubmit(f) && stored.State != registry.InspectionSubmitted
		if err := s.Service.NameOfficers(r.Ctx(), r.Actor, x.Officers, stored.Officers); err != nil {
			return f.Refuse(err)
		}
		return nil
	}
	of := kit.QueryID[registry.CaseID](r, "case_id")
	e.Add = func(ctx context.Context, a registry.Actor, x *registry.Inspection) (bool, error) {
		if isRecheck(of, x) {
			if submit {
				x.State = registry.InspectionSubmitted
			}
			_, repeated, err := s.Service.AddRecheck(ctx, a, of, x)
			return repeated, err
		}
		if submit {
			return s.Service.AddSubmittedInspection(ctx, a, x)
		}
		return s.Service.AddInspection(ctx, a, x)
	}
	e.Change = func(ctx context.Context, a registry.Actor, x *registry.Inspection) error {
		if submit {
			return s.Service.SubmitInspection(ctx, a, x)
		}
		return s.Service.ChangeInspection(ctx, a, x)
	}
	e.Saved = func(x registry.Inspection) error {
		switch {
		case stored.ID != 0 && submit:
			return r.DoneAt("检查记录已提交。", home(x))
		case stored.ID != 0:
			return r.DoneAt("已保存。", home(x))
		case x.State == registry.InspectionSubmitted:
			return s.inspectionAdded(r, x, "检查记录已提交。")
		}
		return s.inspectionAdded(r, x, "检查记录已存为草稿。")
	}
	return e
}

// inspectionAdded goes to the record; one that was planned from a case's order is joined to that case.
func (s area) inspectionAdded(r *kit.Request, x registry.Inspection, message string) error {
	switch id := kit.QueryID[registry.CaseID](r, "case_id"); {
	case isRecheck(id, &x) && x.State == registry.InspectionSubmitted:
		return r.Done(message+"本案的复查文书已一并登记。", "/cases/%d/steps", id)
	case isRecheck(id, &x):
		message += "本案的复查文书已一并登记。"
	case id != 0:
		if err := s.Service.JoinInspection(r.Ctx(), r.Actor, id, x.ID); err != nil {
			r.Flash("warn", "检查记录已保存，但没有关联到案件："+kit.FirstProblem(err))
			return r.Go("/inspections/%d", x.ID)
		}
		message += "已关联到案件。"
	}
	return r.Done(message, "/inspections/%d", x.ID)
}

func (s area) newInspection(r *kit.Request) (kit.Editing[registry.Inspection], error) {
	return s.inspectionEditing(r, registry.Inspection{}, ""), nil
}

func (s area) storedInspection(r *kit.Request) (e kit.Editing[registry.Inspection], err error) {
	id, err := kit.PathID[registry.InspectionID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.Inspection(r.Ctx(), r.Actor, id)
	if err != nil {
		return e, err
	}
	return s.inspectionEditing(r, x, view.FarmName(s.Server, r, x.FarmID)+" "+cmp.Or(x.Kind, "现场检查")), nil
}

// nameInspection gives words to the ids of an inspection, for the merge page.
func (s area) nameInspection(r *kit.Request, f *kit.Form, x registry.Inspection) {
	f.Name("farm_id", kit.Itoa(int64(x.FarmID)), view.FarmName(s.Server, r, x.FarmID))
	f.Name("party_id", kit.Itoa(int64(x.PartyID)), view.PartyName(s.Server, r, x.PartyID))
	if _, names, err := view.OrganOptions(s.Server, r); err == nil {
		f.Name("organ_id", kit.Itoa(int64(x.OrganID)), names[x.OrganID])
	}
	if campaigns, err := view.CampaignOptions(s.Server, r); err == nil {
		for _, o := range campaigns {
			f.Name("campaign_id", o.Value, o.Label)
		}
	}
	for i, o := range x.Officers {
		f.Name(fmt.Sprintf("officers.%d.officer_id", i), kit.Itoa(int64(o.OfficerID)), o.Name)
	}
}
