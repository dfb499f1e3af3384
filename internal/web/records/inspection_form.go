package records

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var inspectionLabels = kit.LabelsOf(registry.InspectionFields, nil)

var inspectionEditing = kit.Editing[registry.Inspection, *registry.Inspection]{Labels: inspectionLabels, Fields: inspectionFields}

func inspectionFields(f *kit.Form, x *registry.Inspection) {
	f.Meta(&x.Meta)
	f.Text("number", &x.Number)
	kit.Word(f, "origin", &x.Origin)
	kit.Ref(f, "farm_id", &x.FarmID)
	kit.Ref(f, "party_id", &x.PartyID)
	kit.Ref(f, "organ_id", &x.OrganID)
	kit.Ref(f, "campaign_id", &x.CampaignID)
	f.Text("kind", &x.Kind)
	f.Date("started_on", &x.StartedOn)
	f.Text("start_time", &x.StartTime)
	f.Date("ended_on", &x.EndedOn)
	f.Text("end_time", &x.EndTime)
	f.Text("place", &x.Place)
	position(f, "position", &x.Position)
	kit.Rows(f, "officers", &x.Officers, func(f *kit.Form, x *registry.OfficerRef) {
		kit.Ref(f, "officer_id", &x.OfficerID)
		f.Text("name", &x.Name)
		f.Text("cert_no", &x.CertNo)
	})
	f.Text("recorder", &x.Recorder)
	f.Text("others", &x.Others)
	kit.Word(f, "certificate_shown", &x.CertificateShown)
	kit.Word(f, "rights_told", &x.RightsTold)
	f.Text("present_name", &x.PresentName)
	f.Text("present_title", &x.PresentTitle)
	f.Text("present_phone", &x.PresentPhone)
	herdFields(f, &x.Herds)
	f.Text("findings", &x.Findings)
	kit.Rows(f, "path.nodes", &x.Path.Nodes, func(f *kit.Form, x *registry.PathNode) {
		f.Text("kind", &x.Kind)
		f.Text("name", &x.Name)
		numbers(f, "after", &x.After)
		f.Text("lining", &x.Lining)
		f.Text("state", &x.State)
	})
	f.Text("path.receiving_water", &x.Path.ReceivingWater)
	f.Text("result", &x.Result)
	f.Text("media", &x.Media)
	f.Text("party_opinion", &x.PartyOpinion)
	f.Text("note", &x.Note)
}

// numbers binds a short list of numbers: 1、3 or 1,3 or 1 3.
func numbers(f *kit.Form, name string, list *[]int) {
	words := make([]string, len(*list))
	for i, n := range *list {
		words[i] = strconv.Itoa(n)
	}
	f.Bind(name, strings.Join(words, "、"), func(s string) error {
		*list = nil
		for part := range strings.FieldsFuncSeq(registry.HalfWidth(s), func(c rune) bool { return strings.ContainsRune("、,;/和 ", c) }) {
			n, err := strconv.Atoi(part)
			if err != nil {
				return fmt.Errorf("“%s”不是环节的序号；多个用顿号分开，如 1、3", kit.Clip(part))
			}
			*list = append(*list, n)
		}
		return nil
	})
}

type inspectionFormPage struct {
	kit.Layout
	Form       *kit.Form
	CaseID     registry.CaseID // the case whose re-check this is
	Inspection registry.Inspection
	Farm       string // names of what is chosen
	Party      string
	Officers   []kit.Option
	Organs     []kit.Option
	Campaigns  []kit.Option
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
	organs, names, err := view.OrganOptions(s.Server, r)
	if err != nil {
		return err
	}
	p.Organs = organs
	if p.Campaigns, err = view.CampaignOptions(s.Server, r); err != nil {
		return err
	}
	roster, err := s.Service.Officers(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	for _, o := range roster {
		if !o.Active {
			continue
		}
		words := view.NotEmpty(o.Name, o.CertNo, names[o.OrganID])
		if valid, known := o.ValidOn(r.Today()); known && !valid {
			words = append(words, "证件已过期")
		}
		p.Officers = append(p.Officers, kit.Option{Value: kit.Itoa(int64(o.ID)), Label: strings.Join(words, " · ")})
	}
	return r.Form(f, p)
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
	x.Officers = []registry.OfficerRef{{OfficerID: r.User.OfficerID}} // and the form's blank row: two
	x.OrganID = r.User.OrganID
	if kind := r.QueryParam("kind"); registry.InspectionKinds.Has(kind) {
		x.Kind = kind
	}
	return s.inspectionForm(r, inspectionEditing.Fill(r, &x), registry.Inspection{})
}

// wantsSubmit reports whether 保存并提交 was pressed.
func wantsSubmit(f *kit.Form) bool { return f.Value("_action") == "submit" }

func (s area) inspectionCreate(r *kit.Request) error {
	var x registry.Inspection
	f, err := inspectionEditing.Read(r, &x)
	if err != nil {
		return err
	}
	if !f.OK() {
		return s.inspectionForm(r, f, registry.Inspection{})
	}
	if err := s.Service.NameOfficers(r.Ctx(), r.Actor, x.Officers, nil); err != nil {
		return err
	}
	typed := x
	save := s.Service.AddInspection
	if wantsSubmit(f) {
		save = s.Service.AddSubmittedInspection
	}
	repeated, err := save(r.Ctx(), r.Actor, &x)
	repeated, err = inspectionEditing.Before(&x, repeated, err)
	if err != nil {
		if err := f.Refuse(err); err != nil {
			return err
		}
		return s.inspectionForm(r, f, registry.Inspection{})
	}
	message := "检查记录已存为草稿。"
	if x.State == registry.InspectionSubmitted {
		message = "检查记录已提交。"
	}
	if repeated {
		return inspectionEditing.Again(r, &typed, &x, kit.About{What: "检查记录", Href: fmt.Sprintf("/inspections/%d", x.ID)}, message)
	}
	if id := kit.QueryID[registry.CaseID](r, "case_id"); id != 0 { // a re-check planned from the case's order
		if err := s.Service.JoinInspection(r.Ctx(), r.Actor, id, x.ID); err != nil {
			r.Flash("warn", "检查记录已保存，但没有关联到案件："+kit.FirstProblem(err))
			return r.Go("/inspections/%d", x.ID)
		}
		message += "已关联到案件。"
	}
	return r.Done(message, "/inspections/%d", x.ID)
}

func (s area) inspectionEdit(r *kit.Request) error {
	id, err := kit.PathID[registry.InspectionID](r, "id")
	if err != nil {
		return err
	}
	x, err := s.Service.Inspection(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	return s.inspectionForm(r, inspectionEditing.Fill(r, &x), x)
}

func (s area) inspectionUpdate(r *kit.Request) error {
	id, err := kit.PathID[registry.InspectionID](r, "id")
	if err != nil {
		return err
	}
	d, err := s.Service.InspectionPage(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	x := d.Inspection
	f, err := inspectionEditing.Read(r, &x)
	if err != nil {
		return err
	}
	if !f.OK() {
		return s.inspectionForm(r, f, d.Inspection)
	}
	if err := s.Service.NameOfficers(r.Ctx(), r.Actor, x.Officers, d.Inspection.Officers); err != nil {
		return err
	}
	message, save := "已保存。", s.Service.ChangeInspection
	if wantsSubmit(f) && x.State != registry.InspectionSubmitted {
		message, save = "检查记录已提交。", s.Service.SubmitInspection
	}
	err = save(r.Ctx(), r.Actor, &x)
	switch {
	case err == nil:
		return r.Done(message, "/inspections/%d", id)
	case registry.KindOf(err) == registry.KindStale:
		a := kit.About{What: inspectionTitle(d), Href: fmt.Sprintf("/inspections/%d", id), Revisions: d.Revisions, Names: inspectionNames(d)}
		return inspectionEditing.Stale(r, err, f.Version, &x, &d.Inspection, a)
	}
	if err := f.Refuse(err); err != nil {
		return err
	}
	return s.inspectionForm(r, f, d.Inspection)
}
