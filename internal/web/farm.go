package web

import (
	"fmt"
	"strconv"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

var farmLabels = Labels{"name": "养殖场名称", "public_name": "公开用名", "origin": "记录来源", "district_code": "辖区", "town": "镇街、村", "address": "详细地址", "operator_id": "经营主体",
	"place": "坐标", "place.longitude": "经度", "place.latitude": "纬度", "place.datum": "坐标系", "area_m2": "占地面积", "area_unit": "面积单位", "production_since": "投产时间",
	"raising_mode": "养殖方式", "barns": "栏舍数", "manure_mode": "清粪工艺",
	"herds": "畜禽", "herds.*.species": "畜种", "herds.*.stage": "阶段", "herds.*.count": "数量", "herds.*.qualifier": "约数", "herds.*.basis": "口径", "herds.*.as_of": "统计时点",
	"facilities": "治污设施", "facilities.*.kind": "设施类型", "facilities.*.name": "名称、位置", "facilities.*.capacity": "能力", "facilities.*.lining": "防渗", "facilities.*.state": "状态", "facilities.*.note": "说明",
	"eia.state": "环评", "eia.kind": "环评类别", "eia.number": "环评文号或备案号", "eia.on": "环评日期", "eia.valid_to": "环评有效期至",
	"acceptance.state": "环保验收", "acceptance.number": "验收文号", "acceptance.on": "验收日期", "acceptance.kind": "验收类别", "acceptance.valid_to": "验收有效期至",
	"permit.state": "排污许可", "permit.kind": "管理类别", "permit.number": "许可证或登记编号", "permit.on": "发证日期", "permit.valid_to": "许可有效期至",
	"zone.relation": "禁养区关系", "zone.plan_name": "划定方案名称", "zone.plan_number": "方案文号", "zone.plan_on": "方案日期", "zone.evidence": "认定依据", "zone.checked_on": "核对日期",
	"receiving_water": "受纳水体", "control_section": "所属国考断面", "in_tanjiang": "流域条例范围", "contact_name": "联系人", "contact_phone": "联系电话", "note": "备注"}

var farmEditing = editing[registry.Farm, *registry.Farm]{farmLabels, farmFields}

func farmFields(f *Form, x *registry.Farm) {
	f.meta(&x.Meta)
	f.text("name", &x.Name)
	f.text("public_name", &x.PublicName)
	word(f, "origin", &x.Origin)
	f.text("district_code", &x.DistrictCode)
	f.text("town", &x.Town)
	f.text("address", &x.Address)
	ref(f, "operator_id", &x.OperatorID)
	herdFields(f, &x.Herds)
	f.area("area_m2", "area_unit", &x.AreaM2)
	f.date("production_since", &x.ProductionSince)
	f.text("raising_mode", &x.RaisingMode)
	f.int("barns", &x.Barns)
	f.text("manure_mode", &x.ManureMode)
	approvalFields(f, "eia", &x.EIA)
	approvalFields(f, "acceptance", &x.Acceptance)
	approvalFields(f, "permit", &x.Permit)
	rows(f, "facilities", &x.Facilities, func(f *Form, x *registry.Facility) {
		f.text("kind", &x.Kind)
		f.text("name", &x.Name)
		f.text("capacity", &x.Capacity)
		f.text("lining", &x.Lining)
		f.text("state", &x.State)
		f.text("note", &x.Note)
	})
	f.text("zone.relation", &x.Zone.Relation)
	f.text("zone.plan_name", &x.Zone.PlanName)
	f.text("zone.plan_number", &x.Zone.PlanNumber)
	f.date("zone.plan_on", &x.Zone.PlanOn)
	f.text("zone.evidence", &x.Zone.Evidence)
	f.date("zone.checked_on", &x.Zone.CheckedOn)
	f.place("place", &x.Place)
	f.text("receiving_water", &x.ReceivingWater)
	f.text("control_section", &x.ControlSection)
	word(f, "in_tanjiang", &x.InTanjiang)
	f.text("contact_name", &x.ContactName)
	f.text("contact_phone", &x.ContactPhone)
	f.text("note", &x.Note)
}

func herdFields(f *Form, herds *[]registry.Herd) {
	rows(f, "herds", herds, func(f *Form, x *registry.Herd) {
		f.text("species", &x.Species)
		f.text("stage", &x.Stage)
		f.text("basis", &x.Basis)
		f.int("count", &x.Count)
		f.text("qualifier", &x.Qualifier)
		f.date("as_of", &x.AsOf)
	})
}

func approvalFields(f *Form, name string, x *registry.Approval) {
	f.text(name+".state", &x.State)
	if name != "acceptance" { // has no kinds and does not run out
		f.text(name+".kind", &x.Kind)
	}
	f.text(name+".number", &x.Number)
	f.date(name+".on", &x.On)
	if name == "permit" {
		f.date(name+".valid_to", &x.ValidTo)
	}
}

// area binds an area that is typed in the unit chosen beside it and kept in m².
func (f *Form) area(name, unitName string, p **float64) {
	if f.filling {
		f.float(name, p)
		f.values.Set(f.prefix+unitName, registry.AreaUnits[0])
		return
	}
	f.float(name, p)
	if *p != nil {
		m2 := registry.SquareMetres(**p, f.values.Get(f.prefix+unitName))
		*p = &m2
	}
}

// place binds a point, typed in decimal degrees or in 度分秒.
func (f *Form) place(name string, x *registry.Place) {
	degrees := func(field string, p **float64, parse func(string) (float64, error)) {
		show := ""
		if *p != nil {
			show = strconv.FormatFloat(**p, 'f', -1, 64)
		}
		f.bind(name+"."+field, show, func(s string) error {
			*p = nil
			if s == "" {
				return nil
			}
			v, err := parse(s)
			if err != nil {
				return err
			}
			*p = &v
			return nil
		})
	}
	degrees("longitude", &x.Longitude, registry.ParseLongitude)
	degrees("latitude", &x.Latitude, registry.ParseLatitude)
	f.text(name+".datum", &x.Datum)
}

type farmListPage struct {
	Layout
	List List
	Rows []casework.FarmRow
}

func (farmListPage) Template() string { return "farms/list" }

func (s *Server) farmList(r *request) error {
	l := r.list(
		filter{Name: "district", Label: "辖区", Options: s.districtOptions()},
		filter{Name: "species", Label: "畜种", Options: mustOptions("species")},
		filter{Name: "zone", Label: "禁养区关系", Options: mustOptions("zone-relations")},
		filter{Name: "origin", Label: "来源", Options: mustOptions("origins")},
	)
	f := casework.FarmFilter{Q: l.Q, DistrictCode: l.Get("district"), Species: l.Get("species"), Zone: l.Get("zone"), Origin: l.Get("origin")}
	res, err := s.service.Farms(r.ctx(), r.actor, f, casework.Page{Cursor: l.Cursor(), Limit: pageSize})
	if err != nil {
		return err
	}
	l.paged(len(res.Rows), res.Next, res.Count, res.Capped)
	return r.page(farmListPage{r.layout("养殖场").wide(), l, res.Rows})
}

type farmPage struct {
	Layout
	Farm        registry.Farm
	Operator    *registry.Party
	Names       []casework.Former // what it was called before
	Operators   []casework.Former // who else ran it, or was punished on it
	AreaText    string
	Phone       string
	PermitEnded bool
	Timeline    []TimelineItem
	Earlier     int // items that the page leaves out
	Inspections int
	Cases       int
	Attachments AttachmentBox
	History     []HistoryEntry
}

func (farmPage) Template() string { return "farms/show" }

func (s *Server) farmShow(r *request) error {
	id, err := pathID[registry.FarmID](r, "id")
	if err != nil {
		return err
	}
	f, err := s.service.FarmPage(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	x := f.Farm
	p := farmPage{Layout: r.layout(x.Name), Farm: x, Operator: f.Operator, Names: f.Names, Operators: f.Operators, AreaText: registry.AreaText(x.AreaM2), Phone: x.ContactPhone,
		PermitEnded: x.Permit.ValidTo.Before(r.today()), Timeline: farmTimeline(f), Inspections: len(f.Inspections), Cases: len(f.Cases),
		Attachments: r.attachments("farms", int64(id), f.Attachments), History: r.history(f.Revisions, s.localLabels(farmLabels), farmNames(x, f.Operator, f.Operators...))}
	if !p.Can(registry.PermPersonalRead) {
		p.Phone = registry.MaskPhone(p.Phone)
	}
	if len(p.Timeline) > farmTimelineRows && r.QueryParam("timeline") != "all" {
		p.Earlier = len(p.Timeline) - farmTimelineRows
		p.Timeline = p.Timeline[:farmTimelineRows]
	}
	return r.page(p)
}

// farmTimelineRows is how much of a farm's story its page tells at first.
const farmTimelineRows = 50

// farmNames gives words to the ids of a farm.
func farmNames(x registry.Farm, operator *registry.Party, former ...casework.Former) map[string]string {
	names := map[string]string{}
	for _, f := range former {
		names["operator_id="+itoa(int64(f.PartyID))] = f.Name
	}
	if operator != nil {
		names["operator_id="+itoa(int64(x.OperatorID))] = operator.Name
	}
	return names
}

type farmFormPage struct {
	Layout
	Form      *Form
	Farm      registry.Farm
	Operator  string // the name of the one chosen
	AreaUnits registry.Terms
}

func (farmFormPage) Template() string { return "farms/form" }

func (s *Server) farmForm(r *request, f *Form, x registry.Farm) error {
	title := "登记养殖场"
	if x.ID != 0 {
		title = "修改 " + x.Name
	}
	return r.form(f, farmFormPage{r.layout(title), f, x, s.partyName(r, formID[registry.PartyID](f, "operator_id")), registry.AreaUnits})
}

func (s *Server) farmNew(r *request) error {
	x := registry.Farm{Origin: registry.OriginField, OperatorID: queryID[registry.PartyID](r, "operator_id"), Name: r.QueryParam("name")}
	return s.farmForm(r, farmEditing.fill(r, &x), registry.Farm{})
}

func (s *Server) farmCreate(r *request) error {
	var x registry.Farm
	f, err := farmEditing.read(r, &x)
	if err != nil {
		return err
	}
	if f.ok() {
		typed := x
		repeated, err := s.service.AddFarm(r.ctx(), r.actor, &x)
		href := fmt.Sprintf("/farms/%d", x.ID)
		switch {
		case err == nil && repeated:
			return farmEditing.again(r, &typed, &x, about{What: "养殖场 " + x.Name, Href: href}, "已登记养殖场。")
		case err == nil:
			return r.done("已登记养殖场。", "/farms/%d", x.ID)
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.farmForm(r, f, registry.Farm{})
}

func (s *Server) farmEdit(r *request) error {
	id, err := pathID[registry.FarmID](r, "id")
	if err != nil {
		return err
	}
	x, err := s.service.Farm(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	return s.farmForm(r, farmEditing.fill(r, &x), x)
}

func (s *Server) farmUpdate(r *request) error {
	id, err := pathID[registry.FarmID](r, "id")
	if err != nil {
		return err
	}
	p, err := s.service.FarmPage(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	x := p.Farm
	f, err := farmEditing.read(r, &x)
	if err != nil {
		return err
	}
	if f.ok() {
		err := s.service.ChangeFarm(r.ctx(), r.actor, &x)
		if err == nil {
			return r.done("已保存。", "/farms/%d", id)
		}
		if registry.KindOf(err) == registry.KindStale {
			a := about{"养殖场 " + p.Farm.Name, fmt.Sprintf("/farms/%d", id), p.Revisions, farmNames(p.Farm, p.Operator, p.Operators...)}
			return farmEditing.stale(r, err, f.Version, &x, &p.Farm, a)
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.farmForm(r, f, p.Farm)
}
