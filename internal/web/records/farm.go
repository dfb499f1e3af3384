package records

import (
	"context"
	"fmt"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var farmLabels = kit.LabelsOf(registry.FarmFields, kit.Labels{"area_unit": "面积单位", casework.ConfirmField: "仍要新建的理由"})

func farmFields(f *kit.Form, x *registry.Farm) {
	f.Meta(&x.Meta)
	f.Text("name", &x.Name)
	f.Text("public_name", &x.PublicName)
	kit.Word(f, "origin", &x.Origin)
	f.Text("district_code", &x.DistrictCode)
	f.Text("town", &x.Town)
	f.Text("address", &x.Address)
	kit.Ref(f, "operator_id", &x.OperatorID)
	view.HerdFields(f, &x.Herds)
	acreage(f, "area_m2", "area_unit", &x.AreaM2)
	f.Date("production_since", &x.ProductionSince)
	f.Text("operation", &x.Operation)
	f.Text("raising_mode", &x.RaisingMode)
	f.Int("barns", &x.Barns)
	f.Text("manure_mode", &x.ManureMode)
	approvalFields(f, "eia", &x.EIA)
	f.Text("eia_carried", &x.EIACarried)
	approvalFields(f, "acceptance", &x.Acceptance)
	approvalFields(f, "permit", &x.Permit)
	kit.Rows(f, "facilities", &x.Facilities, func(f *kit.Form, x *registry.Facility) {
		f.Text("kind", &x.Kind)
		f.Text("name", &x.Name)
		f.Int("count", &x.Count)
		f.Text("serves", &x.Serves)
		f.Text("capacity", &x.Capacity)
		f.Text("lining", &x.Lining)
		f.Text("state", &x.State)
		f.Text("note", &x.Note)
	})
	kit.Word(f, "entrusted", &x.Entrusted)
	f.Text("zone.relation", &x.Zone.Relation)
	f.Text("zone.plan_name", &x.Zone.PlanName)
	f.Text("zone.plan_number", &x.Zone.PlanNumber)
	f.Date("zone.plan_on", &x.Zone.PlanOn)
	f.Text("zone.evidence", &x.Zone.Evidence)
	f.Date("zone.checked_on", &x.Zone.CheckedOn)
	view.PositionFields(f, "place", &x.Place)
	f.Text("receiving_water", &x.ReceivingWater)
	f.Text("control_section", &x.ControlSection)
	kit.Word(f, "in_tanjiang", &x.InTanjiang)
	f.Text("contact_name", &x.ContactName)
	f.Text("contact_phone", &x.ContactPhone)
	f.Text("note", &x.Note)
}

func approvalFields(f *kit.Form, name string, x *registry.Approval) {
	f.Text(name+".state", &x.State)
	if name != "acceptance" { // has no kinds and does not run out
		f.Text(name+".kind", &x.Kind)
	}
	f.Text(name+".number", &x.Number)
	f.Date(name+".on", &x.On)
	if name == "permit" {
		f.Date(name+".valid_to", &x.ValidTo)
	}
}

// area binds an area that is typed in the unit chosen beside it and kept in m².
func acreage(f *kit.Form, name, unitName string, p **float64) {
	if f.Filling {
		f.Float(name, p)
		f.Values.Set(f.Prefix+unitName, registry.AreaUnits[0])
		return
	}
	f.Float(name, p)
	if *p != nil {
		m2 := registry.SquareMetres(**p, f.Values.Get(f.Prefix+unitName))
		*p = &m2
	}
}

type farmListPage struct {
	kit.Layout
	List  kit.List
	Tools view.ListTools
	Rows  []casework.FarmRow
}

func (farmListPage) Template() string { return "records/farms-list" }

func (s area) farmList(r *kit.Request) error {
	l := r.List(
		kit.Filter{Name: "district_code", Was: "district", Label: "辖区", Options: view.DistrictOptions(s.Server, r)},
		kit.Filter{Name: "species", Label: "畜种", Options: view.MustOptions("species")},
		kit.Filter{Name: "zone", Label: "禁养区关系", Options: view.MustOptions("zone-relations")},
		kit.Filter{Name: "origin", Label: "来源", Options: view.MustOptions("origins")},
		kit.Filter{Name: "idle", Label: "检查", Show: func(year string) string { return year + " 年没有检查过" }},
		view.VoidedFilter(),
	)
	f := casework.FarmFilter{Idle: l.Get("idle"), Q: l.Q, DistrictCode: l.Get("district_code"), Species: l.Get("species"), Zone: l.Get("zone"), Origin: l.Get("origin"),
		IncludeVoided: l.Get("include_voided") == "true"}
	l.Own = "-id"
	tools, err := view.ToolsOf(s.Server, r, &l, "farms")
	if err != nil {
		return err
	}
	res, err := s.Service.Farms(r.Ctx(), r.Actor, f, view.PageOf(&l, "farms"))
	if err != nil {
		return err
	}
	l.Paged(len(res.Rows), res.Next, res.Count, res.Capped)
	return r.Page(farmListPage{r.Layout("养殖场").FullWidth(), l, tools, res.Rows})
}

type farmPage struct {
	kit.Layout
	Farm        registry.Farm
	Doubt       string // what is wrong with its public name
	Operator    *registry.Party
	Names       []casework.Former // what it was called before
	Operators   []casework.Former // who else ran it, or was punished on it
	AreaText    string
	Phone       string
	PermitEnded bool
	Timeline    []kit.TimelineItem
	Earlier     int // items that the page leaves out
	Inspections int
	Cases       int
	Zones       casework.ZoneCheck
	Visits      registry.Visits
	Attachments view.AttachmentBox
	History     []view.HistoryEntry
	Into        *registry.Farm // it was merged into
	Merges      []mergeView
	Same        []view.ReferenceLink // that may be this one, entered twice
	Editable    bool                 // the role may write, and the farm was neither voided nor merged away
}

func (farmPage) Template() string { return "records/farms-show" }

func (s area) farmShow(r *kit.Request) error {
	id, err := kit.PathID[registry.FarmID](r, "id")
	if err != nil {
		return err
	}
	f, err := s.Service.FarmPage(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	r.ReadOnly = string(f.Foreign)
	x := f.Farm
	if gone, err := toKept(r, int64(x.MergedInto), "farms"); gone {
		return err
	}
	p := farmPage{Layout: r.Layout(x.Name), Farm: x, Doubt: s.Service.Bureau().FarmNameDoubt(&x), Operator: f.Operator, Names: f.Names, Operators: f.Operators, AreaText: registry.AreaText(x.AreaM2), Phone: x.ContactPhone,
		PermitEnded: x.Permit.ValidTo.Before(r.Today()), Timeline: s.farmTimeline(f), Inspections: len(f.Inspections), Cases: len(f.Cases),
		Attachments: view.Attachments(r, "farms", int64(id), f.Attachments), History: view.History(r, f.Revisions, registry.FarmFields, farmNames(x, f.Operator, f.Operators...))}
	p.Zones, p.Visits = f.Zones, f.Visits
	p.Into, p.Merges, p.Same = f.Into, farmMergeViews(id, f.Merges), view.References(f.Same, "")
	if p.Editable = p.Can(registry.PermRecordWrite) && !x.IsVoid() && x.MergedInto == 0; !p.Editable {
		p.Attachments.Action = ""
	}
	if !p.Can(registry.PermPersonalRead) {
		p.Phone = registry.MaskPhone(p.Phone)
	}
	if len(p.Timeline) > farmTimelineRows && r.QueryParam("timeline") != "all" {
		p.Earlier = len(p.Timeline) - farmTimelineRows
		p.Timeline = p.Timeline[:farmTimelineRows]
	}
	return r.Page(p)
}

// farmTimelineRows is how much of a farm's story its page tells at first.
const farmTimelineRows = 50

// farmNames gives words to the ids of a farm.
func farmNames(x registry.Farm, operator *registry.Party, former ...casework.Former) map[string]string {
	names := map[string]string{}
	for _, f := range former {
		names["operator_id="+kit.Itoa(int64(f.PartyID))] = f.Name
	}
	if operator != nil {
		names["operator_id="+kit.Itoa(int64(x.OperatorID))] = operator.Name
	}
	return names
}

type farmFormPage struct {
	kit.Layout
	Form      *kit.Form
	Farm      registry.Farm
	Operator  string // the name of the one chosen
	AreaUnits registry.Terms
	Same      []view.ReferenceLink // what is there already
	Doubt     string               // what is wrong with the public name on the form
}

func (farmFormPage) Template() string { return "records/farms-form" }

// farmEditing is a farm on its form.
func (s area) farmEditing(r *kit.Request, stored registry.Farm) kit.Editing[registry.Farm] {
	title, saved := "登记养殖场", "已登记养殖场。"
	if stored.ID != 0 {
		title, saved = "修改 "+stored.Name, "已保存。"
	}
	home := func(x registry.Farm) string { return fmt.Sprintf("/farms/%d", x.ID) }
	why := "" // a second one is registered
	return kit.Editing[registry.Farm]{
		Record: stored, Labels: farmLabels, Fields: farmFields,
		Page: func(f *kit.Form, x registry.Farm) error {
			operator := view.PartyName(s.Server, r, kit.FormID[registry.PartyID](f, "operator_id"))
			return r.Form(f, farmFormPage{r.Layout(title), f, stored, operator, registry.AreaUnits, view.References(f.References, ""), s.Service.Bureau().FarmNameDoubt(&x)})
		},
		Check: func(f *kit.Form, _ *registry.Farm) error { why = f.Value(casework.ConfirmField); return nil },
		Add: func(ctx context.Context, a registry.Actor, x *registry.Farm) (bool, error) {
			return s.Service.AddFarmAnyway(ctx, a, x, why)
		},
		Change: s.Service.ChangeFarm,
		Saved:  func(x registry.Farm) error { return r.DoneAt(saved, home(x)) },
		Title:  func(x registry.Farm) string { return x.Name }, Address: home, Home: home,
		Words: func(f *kit.Form, x registry.Farm) {
			if x.OperatorID != 0 {
				f.Name("operator_id", kit.Itoa(int64(x.OperatorID)), view.PartyName(s.Server, r, x.OperatorID))
			}
		},
	}
}

func (s area) farmNew(r *kit.Request) error {
	x := registry.Farm{Origin: registry.OriginField, DistrictCode: r.OwnDistrict(), OperatorID: kit.QueryID[registry.PartyID](r, "operator_id"), Name: r.QueryParam("name")}
	return s.farmEditing(r, registry.Farm{}).Show(r, x)
}

func (s area) newFarm(r *kit.Request) (kit.Editing[registry.Farm], error) {
	return s.farmEditing(r, registry.Farm{}), nil
}

func (s area) storedFarm(r *kit.Request) (e kit.Editing[registry.Farm], err error) {
	id, err := kit.PathID[registry.FarmID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.Farm(r.Ctx(), r.Actor, id)
	return s.farmEditing(r, x), err
}
