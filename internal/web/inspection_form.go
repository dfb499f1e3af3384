package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

var inspectionLabels = labelsOf(registry.InspectionFields, nil)

var inspectionEditing = editing[registry.Inspection, *registry.Inspection]{inspectionLabels, inspectionFields}

func inspectionFields(f *Form, x *registry.Inspection) {
	f.meta(&x.Meta)
	f.text("number", &x.Number)
	word(f, "origin", &x.Origin)
	ref(f, "farm_id", &x.FarmID)
	ref(f, "party_id", &x.PartyID)
	ref(f, "organ_id", &x.OrganID)
	ref(f, "campaign_id", &x.CampaignID)
	f.text("kind", &x.Kind)
	f.date("started_on", &x.StartedOn)
	f.text("start_time", &x.StartTime)
	f.date("ended_on", &x.EndedOn)
	f.text("end_time", &x.EndTime)
	f.text("place", &x.Place)
	f.place("position", &x.Position)
	rows(f, "officers", &x.Officers, func(f *Form, x *registry.OfficerRef) {
		ref(f, "officer_id", &x.OfficerID)
		f.text("name", &x.Name)
		f.text("cert_no", &x.CertNo)
	})
	f.text("recorder", &x.Recorder)
	f.text("others", &x.Others)
	word(f, "certificate_shown", &x.CertificateShown)
	word(f, "rights_told", &x.RightsTold)
	f.text("present_name", &x.PresentName)
	f.text("present_title", &x.PresentTitle)
	f.text("present_phone", &x.PresentPhone)
	herdFields(f, &x.Herds)
	f.text("findings", &x.Findings)
	rows(f, "path.nodes", &x.Path.Nodes, func(f *Form, x *registry.PathNode) {
		f.text("kind", &x.Kind)
		f.text("name", &x.Name)
		f.numbers("after", &x.After)
		f.text("lining", &x.Lining)
		f.text("state", &x.State)
	})
	f.text("path.receiving_water", &x.Path.ReceivingWater)
	f.text("result", &x.Result)
	f.text("media", &x.Media)
	f.text("party_opinion", &x.PartyOpinion)
	f.text("note", &x.Note)
}

// numbers binds a short list of numbers: 1、3 or 1,3 or 1 3.
func (f *Form) numbers(name string, list *[]int) {
	words := make([]string, len(*list))
	for i, n := range *list {
		words[i] = strconv.Itoa(n)
	}
	f.bind(name, strings.Join(words, "、"), func(s string) error {
		*list = nil
		for part := range strings.FieldsFuncSeq(registry.HalfWidth(s), func(c rune) bool { return strings.ContainsRune("、,;/和 ", c) }) {
			n, err := strconv.Atoi(part)
			if err != nil {
				return fmt.Errorf("“%s”不是环节的序号；多个用顿号分开，如 1、3", clip(part))
			}
			*list = append(*list, n)
		}
		return nil
	})
}

type inspectionFormPage struct {
	Layout
	Form       *Form
	CaseID     registry.CaseID // the case whose re-check this is
	Inspection registry.Inspection
	Farm       string // names of what is chosen
	Party      string
	Officers   []Option
	Organs     []Option
	Campaigns  []Option
}

func (inspectionFormPage) Template() string { return "inspections/form" }

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

func (s *Server) inspectionForm(r *request, f *Form, x registry.Inspection) (err error) {
	p := inspectionFormPage{Layout: r.layout("新建检查"), CaseID: queryID[registry.CaseID](r, "case_id"), Form: f, Inspection: x, Farm: s.farmName(r, formID[registry.FarmID](f, "farm_id")), Party: s.partyName(r, formID[registry.PartyID](f, "party_id"))}
	if x.ID != 0 {
		p.Title = "修改检查记录"
	}
	organs, names, err := s.organOptions(r)
	if err != nil {
		return err
	}
	p.Organs = organs
	if p.Campaigns, err = s.campaignOptions(r); err != nil {
		return err
	}
	roster, err := s.service.Officers(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	for _, o := range roster {
		if !o.Active {
			continue
		}
		words := notEmpty(o.Name, o.CertNo, names[o.OrganID])
		if valid, known := o.ValidOn(r.today()); known && !valid {
			words = append(words, "证件已过期")
		}
		p.Officers = append(p.Officers, Option{itoa(int64(o.ID)), strings.Join(words, " · ")})
	}
	return r.form(f, p)
}

// inspectionNew begins a record with what is known already: the farm's place, operator and animals, today, and the officer
// who is signed in.
func (s *Server) inspectionNew(r *request) error {
	x := registry.Inspection{Origin: registry.OriginField, StartedOn: r.today(), Result: "待定"}
	if id := queryID[registry.FarmID](r, "farm_id"); id != 0 {
		farm, err := s.service.Farm(r.ctx(), r.actor, id)
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
	x.Officers = []registry.OfficerRef{{OfficerID: r.user.OfficerID}} // and the form's blank row: two
	x.OrganID = r.user.OrganID
	if kind := r.QueryParam("kind"); registry.InspectionKinds.Has(kind) {
		x.Kind = kind
	}
	return s.inspectionForm(r, inspectionEditing.fill(r, &x), registry.Inspection{})
}

// wantsSubmit reports whether 保存并提交 was pressed.
func (f *Form) wantsSubmit() bool { return f.Value("_action") == "submit" }

func (s *Server) inspectionCreate(r *request) error {
	var x registry.Inspection
	f, err := inspectionEditing.read(r, &x)
	if err != nil {
		return err
	}
	if !f.ok() {
		return s.inspectionForm(r, f, registry.Inspection{})
	}
	if err := s.service.NameOfficers(r.ctx(), r.actor, x.Officers, nil); err != nil {
		return err
	}
	typed := x
	save := s.service.AddInspection
	if f.wantsSubmit() {
		save = s.service.AddSubmittedInspection
	}
	repeated, err := save(r.ctx(), r.actor, &x)
	repeated, err = inspectionEditing.before(&x, repeated, err)
	if err != nil {
		if err := f.refuse(err); err != nil {
			return err
		}
		return s.inspectionForm(r, f, registry.Inspection{})
	}
	message := "检查记录已存为草稿。"
	if x.State == registry.InspectionSubmitted {
		message = "检查记录已提交。"
	}
	if repeated {
		return inspectionEditing.again(r, &typed, &x, about{What: "检查记录", Href: fmt.Sprintf("/inspections/%d", x.ID)}, message)
	}
	if id := queryID[registry.CaseID](r, "case_id"); id != 0 { // a re-check planned from the case's order
		if err := s.service.JoinInspection(r.ctx(), r.actor, id, x.ID); err != nil {
			r.flash("warn", "检查记录已保存，但没有关联到案件："+firstProblem(err))
			return r.redirect("/inspections/%d", x.ID)
		}
		message += "已关联到案件。"
	}
	return r.done(message, "/inspections/%d", x.ID)
}

func (s *Server) inspectionEdit(r *request) error {
	id, err := pathID[registry.InspectionID](r, "id")
	if err != nil {
		return err
	}
	x, err := s.service.Inspection(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	return s.inspectionForm(r, inspectionEditing.fill(r, &x), x)
}

func (s *Server) inspectionUpdate(r *request) error {
	id, err := pathID[registry.InspectionID](r, "id")
	if err != nil {
		return err
	}
	d, err := s.service.InspectionPage(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	x := d.Inspection
	f, err := inspectionEditing.read(r, &x)
	if err != nil {
		return err
	}
	if !f.ok() {
		return s.inspectionForm(r, f, d.Inspection)
	}
	if err := s.service.NameOfficers(r.ctx(), r.actor, x.Officers, d.Inspection.Officers); err != nil {
		return err
	}
	message, save := "已保存。", s.service.ChangeInspection
	if f.wantsSubmit() && x.State != registry.InspectionSubmitted {
		message, save = "检查记录已提交。", s.service.SubmitInspection
	}
	err = save(r.ctx(), r.actor, &x)
	switch {
	case err == nil:
		return r.done(message, "/inspections/%d", id)
	case registry.KindOf(err) == registry.KindStale:
		a := about{inspectionTitle(d), fmt.Sprintf("/inspections/%d", id), d.Revisions, inspectionNames(d)}
		return inspectionEditing.stale(r, err, f.Version, &x, &d.Inspection, a)
	}
	if err := f.refuse(err); err != nil {
		return err
	}
	return s.inspectionForm(r, f, d.Inspection)
}
