package casefile

import (
	"cmp"
	"fmt"
	"net/url"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type caseFormPage struct {
	kit.Layout
	Form      *kit.Form
	Case      registry.Case
	Organs    []kit.Option
	Campaigns []kit.Option
	Chosen    map[string]string // field → the words of the record it refers to
	Prefilled string            // what the form was begun from
	Types     []kit.Option      // of a new case: violations to go on with
}

func (caseFormPage) Template() string { return "casefile/cases-form" }

func (s area) caseForm(r *kit.Request, f *kit.Form, x registry.Case, prefilled string) error {
	title := "登记案件"
	if x.ID != 0 {
		title = "编辑案件"
	}
	p := caseFormPage{Layout: r.Layout(title), Form: f, Case: x, Chosen: map[string]string{}, Prefilled: prefilled}
	var err error
	if p.Organs, _, err = view.OrganOptions(s.Server, r); err != nil {
		return err
	}
	if p.Campaigns, err = view.CampaignOptions(s.Server, r); err != nil {
		return err
	}
	if x.ID == 0 {
		for _, t := range s.Service.Law().ViolationTypes() {
			p.Types = append(p.Types, kit.Option{Value: t.Code, Label: t.Label})
		}
	}
	s.nameCase(r, f, x, p.Chosen)
	return r.Form(f, p)
}

// nameCase gives words to what a case refers to: for the lookup boxes, and on the merge page.
func (s area) nameCase(r *kit.Request, f *kit.Form, x registry.Case, chosen map[string]string) {
	set := func(field string, id int64, name string) {
		if id != 0 {
			chosen[field] = name
			f.Name(field, kit.Itoa(id), name)
		}
	}
	if x.FarmID != 0 {
		set("farm_id", int64(x.FarmID), view.FarmName(s.Server, r, x.FarmID))
	}
	for i, p := range x.Parties {
		set(fmt.Sprintf("parties.%d.party_id", i), int64(p.PartyID), view.PartyName(s.Server, r, p.PartyID))
	}
	for i, id := range x.Inspections {
		set(fmt.Sprintf("inspections.%d.id", i), int64(id), view.InspectionName(s.Server, r, id))
	}
	if _, names, err := view.OrganOptions(s.Server, r); err == nil {
		for _, field := range []string{"deciding_organ_id", "handling_organ_id", "organ_id"} {
			for id, name := range names {
				f.Name(field, kit.Itoa(int64(id)), name)
			}
		}
	}
}

// sourceOfKind is the case source that an inspection's kind already tells.
var sourceOfKind = map[string]string{"日常检查": "日常检查", "双随机": "双随机", "专项检查": "专项行动", "信访核查": "群众举报", "督办": "督察交办"}

func (s area) caseNew(r *kit.Request) error {
	x := registry.Case{Origin: registry.OriginField}
	prefilled := ""
	if id := kit.QueryID[registry.InspectionID](r, "inspection_id"); id != 0 {
		i, err := s.Service.Inspection(r.Ctx(), r.Actor, id)
		if err != nil {
			return err
		}
		x.Origin, x.Inspections, x.FarmID, x.DistrictCode = i.Origin, []registry.InspectionID{id}, i.FarmID, i.DistrictCode
		x.FoundOn, x.CampaignID, x.Source, x.Summary = i.StartedOn, i.CampaignID, sourceOfKind[i.Kind], i.Findings
		if x.HandlingOrganID, err = s.handling(r, i.OrganID); err != nil {
			return err
		}
		if i.PartyID != 0 {
			x.Parties = []registry.CaseParty{{PartyID: i.PartyID}}
		}
		prefilled = view.InspectionName(s.Server, r, id)
	}
	if id := kit.QueryID[registry.FarmID](r, "farm_id"); id != 0 && x.FarmID == 0 {
		x.FarmID = id
	}
	if x.FarmID != 0 {
		farm, err := s.Service.Farm(r.Ctx(), r.Actor, x.FarmID)
		if err != nil {
			return err
		}
		x.DistrictCode = cmp.Or(x.DistrictCode, farm.DistrictCode)
		x.Title = cmp.Or(farm.PublicName, farm.Name) + "环境违法案"
		if len(x.Parties) == 0 && farm.OperatorID != 0 {
			x.Parties = []registry.CaseParty{{PartyID: farm.OperatorID}}
		}
	}
	x.DistrictCode = cmp.Or(x.DistrictCode, r.OwnDistrict())
	for i := range x.Parties {
		x.Parties[i].Role, x.Parties[i].NameAtAct = "单位", view.PartyName(s.Server, r, x.Parties[i].PartyID)
	}
	e := s.caseEditing(r, registry.Case{})
	return s.caseForm(r, e.Fill(r, x), x, prefilled)
}

// handling is the unit that handles a case found by a unit. What the bureau itself finds goes to the district's branch unless somebody says
// otherwise.
func (s area) handling(r *kit.Request, found registry.OrganID) (registry.OrganID, error) {
	if found == 0 {
		return 0, nil
	}
	o, err := s.Service.Organ(r.Ctx(), r.Actor, found)
	if err != nil || o.Kind == "市局" {
		return 0, err
	}
	return found, nil
}

// caseEditing is a case on its form.
func (s area) caseEditing(r *kit.Request, stored registry.Case) kit.Editing[registry.Case] {
	saved := "案件已登记。接着加入违法行为，选定适用条款。"
	if stored.ID != 0 {
		saved = "已保存。"
	}
	home := func(x registry.Case) string { return fmt.Sprintf("/cases/%d", x.ID) }
	return kit.Editing[registry.Case]{
		Record: stored, Labels: caseLabels, Fields: caseFields,
		Page: func(f *kit.Form, x registry.Case) error { return s.caseForm(r, f, x, "") },
		Add:  s.Service.AddCase, Change: s.Service.ChangeCase,
		Saved: func(x registry.Case) error {
			if code := r.FormValue("next_type"); code != "" && stored.ID == 0 {
				return r.DoneAt("案件已登记。核对违法事实，选定适用条款。", home(x)+"/violations/new?type_code="+url.QueryEscape(code))
			}
			return r.DoneAt(saved, home(x))
		},
		Title: func(x registry.Case) string { return x.Title }, Address: home, Home: home,
		Words: func(f *kit.Form, x registry.Case) { s.nameCase(r, f, x, map[string]string{}) },
	}
}

func (s area) newCase(r *kit.Request) (kit.Editing[registry.Case], error) {
	return s.caseEditing(r, registry.Case{}), nil
}

// storedCase reads the case of the path, also a closed one: what was typed for it is shown with the reason why it was refused.
func (s area) storedCase(r *kit.Request) (e kit.Editing[registry.Case], err error) {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.Case(r.Ctx(), r.Actor, id)
	return s.caseEditing(r, x), err
}

func (s area) caseEdit(r *kit.Request) error {
	x, err := s.openCase(r)
	if err != nil {
		return err
	}
	e := s.caseEditing(r, x)
	if x.Number == "" {
		f, err := s.Service.CaseFile(r.Ctx(), r.Actor, x.ID)
		if err != nil {
			return err
		}
		x.Number = registry.NormalizeDocNumber(f.FilingNumber())
	}
	return e.Show(r, x)
}

// openCase reads the case of the path for a form; a closed one has no forms.
func (s area) openCase(r *kit.Request) (registry.Case, error) {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return registry.Case{}, err
	}
	x, err := s.Service.Case(r.Ctx(), r.Actor, id)
	if err == nil && x.Stage.Closed() {
		err = registry.Conflict("“%s”已结案，记录只读，不能再登记或修改。", x.Title)
	}
	return x, err
}

// openFile is openCase for forms that need what is on the case.
func (s area) openFile(r *kit.Request, id registry.CaseID) (*registry.CaseFile, error) {
	f, err := s.Service.CaseFile(r.Ctx(), r.Actor, id)
	return openOnly(f, err)
}

// openGrounds is openFile for violations, which ask of the file only what decides the law.
func (s area) openGrounds(r *kit.Request, id registry.CaseID) (*registry.CaseFile, error) {
	f, err := s.Service.CaseGrounds(r.Ctx(), r.Actor, id)
	return openOnly(f, err)
}

func openOnly(f *registry.CaseFile, err error) (*registry.CaseFile, error) {
	if err == nil && f.Case.Stage.Closed() {
		return nil, registry.Conflict("“%s”已结案，记录只读，不能再登记或修改。", f.Case.Title)
	}
	return f, err
}
