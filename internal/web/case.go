package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"strconv"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

var caseLabels = Labels{
	"title": "案件名称", "number": "案件编号", "origin": "来源性质", "district_code": "辖区", "deciding_organ_id": "决定机关", "handling_organ_id": "承办单位",
	"campaign_id": "专项行动", "farm_id": "养殖场", "source": "案件来源", "found_on": "发现日期", "summary": "案情", "handling": "查处情况", "note": "备注",
	"parties": "当事人", "parties.*.party_id": "当事人", "parties.*.role": "身份", "parties.*.name_at_act": "行为时名称",
	"inspections": "现场检查", "inspections.*.id": "现场检查",
}

func caseFields(f *Form, x *registry.Case) {
	f.meta(&x.Meta)
	f.text("title", &x.Title)
	f.text("number", &x.Number)
	word(f, "origin", &x.Origin)
	f.text("district_code", &x.DistrictCode)
	ref(f, "deciding_organ_id", &x.DecidingOrganID)
	ref(f, "handling_organ_id", &x.HandlingOrganID)
	ref(f, "campaign_id", &x.CampaignID)
	ref(f, "farm_id", &x.FarmID)
	f.text("source", &x.Source)
	f.date("found_on", &x.FoundOn)
	f.text("summary", &x.Summary)
	f.text("handling", &x.Handling)
	f.text("note", &x.Note)
	rows(f, "parties", &x.Parties, func(f *Form, p *registry.CaseParty) {
		ref(f, "party_id", &p.PartyID)
		f.text("role", &p.Role)
		f.text("name_at_act", &p.NameAtAct)
	})
	type row struct{ id registry.InspectionID }
	list := make([]row, len(x.Inspections))
	for i, id := range x.Inspections {
		list[i].id = id
	}
	rows(f, "inspections", &list, func(f *Form, i *row) { ref(f, "id", &i.id) })
	x.Inspections = nil
	for _, i := range list {
		x.Inspections = append(x.Inspections, i.id)
	}
}

type caseListPage struct {
	Layout
	List   List
	Rows   []caseRow
	Export string // the ledger of the same filter; empty where the role may not export
	Newest string // the address of the other order
	ByID   bool   // last registered first
}

func (caseListPage) Template() string { return "cases/list" }

// caseRow is a line of the list in finished words: a page of fifty is made often, and a template looks up a plain text field
// several times faster than it calls a function or reaches into an embedded struct.
type caseRow struct {
	Open          template.HTMLAttr // where a click on the line leads
	Link          template.HTML     // the title as a link
	Farm          string
	Origin, Stage template.HTML
	District      string
	Organ         string
	Found, Number template.HTML
	Types         []string
	Fines         string
	FinesUnknown  string
}

func (s *Server) caseRow(x casework.CaseRow) caseRow {
	href := "/cases/" + strconv.FormatInt(int64(x.ID), 10)
	row := caseRow{Open: template.HTMLAttr(`data-href="` + href + `"`), Link: template.HTML(`<a href="` + href + `">` + template.HTMLEscapeString(x.Title) + `</a>`), Farm: cmp.Or(x.FarmPublic, x.FarmName), Origin: origin(x.Origin), Stage: stage(x.Stage), District: s.service.Bureau().DistrictName(x.DistrictCode),
		Organ: x.HandlingOrgan, Found: known(x.Origin, x.FoundOn), Number: known(x.Origin, x.Number), Types: s.typeLabels(x.TypeCodes)}
	if x.Fines.Known > 0 {
		row.Fines = x.Fines.Total.String()
	}
	if x.Fines.Unknown > 0 {
		row.FinesUnknown = thousands(int64(x.Fines.Unknown)) + " 项金额未公布"
	}
	return row
}

func (s *Server) caseList(r *request) error {
	campaigns, err := s.campaignOptions(r)
	if err != nil {
		return err
	}
	if q := r.QueryParams(); q.Get("district_code") == "" && q.Get("district") != "" {
		q.Set("district_code", q.Get("district")) // as the other lists call it
		q.Del("district")
	}
	l := r.list(
		filter{Name: "district_code", Label: "辖区", Options: s.districtOptions()},
		filter{Name: "stage", Label: "阶段", Options: mustOptions("stages")},
		filter{Name: "type_code", Label: "违法行为", Options: s.typeOptions()},
		filter{Name: "origin", Label: "来源性质", Options: mustOptions("origins")},
		filter{Name: "from", Label: "发现日期自", Date: true},
		filter{Name: "to", Label: "发现日期至", Date: true},
		filter{Name: "campaign_id", Label: "专项行动", Options: campaigns},
		filter{Name: "farm_id", Label: "养殖场", Show: func(string) string { return s.farmName(r, queryID[registry.FarmID](r, "farm_id")) }},
		filter{Name: "party_id", Label: "当事人", Show: func(string) string { return s.partyName(r, queryID[registry.PartyID](r, "party_id")) }},
	)
	f := casework.CaseFilter{Q: l.Q, DistrictCode: l.Get("district_code"), Stage: l.Get("stage"), Origin: l.Get("origin"), TypeCode: l.Get("type_code"),
		From: l.date("from"), To: l.date("to"), CampaignID: queryID[registry.CampaignID](r, "campaign_id"),
		FarmID: queryID[registry.FarmID](r, "farm_id"), PartyID: queryID[registry.PartyID](r, "party_id")}
	byID := l.Sort() == "-id"
	res, err := s.service.Cases(r.ctx(), r.actor, f, casework.Page{Cursor: l.Cursor(), Limit: pageSize, ByID: byID})
	if err != nil {
		return err
	}
	l.paged(len(res.Rows), res.Next, res.Count, res.Capped)
	p := caseListPage{Layout: r.layout("案件").wide(), List: l, ByID: byID || l.Q != "", Newest: l.with("sort", "-id")}
	if byID {
		p.Newest = l.with("sort", "")
	}
	if p.Can(registry.PermExport) && s.pages["/exports"] {
		p.Export = exportURL(l)
	}
	for _, row := range res.Rows {
		p.Rows = append(p.Rows, s.caseRow(row))
	}
	return r.page(p)
}

// exportURL carries a list's conditions to the export page, which reads the same names.
func exportURL(l List) string {
	q := url.Values{}
	for _, name := range []string{"q", "district_code", "stage", "type_code", "origin", "from", "to", "campaign_id", "farm_id", "party_id"} {
		if v := l.Get(name); v != "" {
			q.Set(name, v)
		}
	}
	if len(q) == 0 {
		return "/exports"
	}
	return "/exports?" + q.Encode()
}

// typeOptions lists the violation types as the picker orders them, the group before the label.
func (s *Server) typeOptions() []Option {
	var list []Option
	for _, t := range s.service.Law().ViolationTypes() {
		list = append(list, Option{t.Code, t.Group + " · " + t.Label})
	}
	return list
}

func (s *Server) typeLabels(codes []string) []string {
	var list []string
	for _, code := range codes {
		list = append(list, s.typeLabel(code))
	}
	return list
}

func (s *Server) typeLabel(code string) string {
	if code == "" {
		return "未归类"
	}
	if t, ok := s.service.Law().ViolationType(code); ok {
		return t.Label
	}
	return code
}

func (s *Server) campaignOptions(r *request) ([]Option, error) {
	list, err := s.service.Campaigns(r.ctx(), r.actor)
	if err != nil {
		return nil, err
	}
	options := []Option{}
	for _, c := range list {
		options = append(options, Option{fmt.Sprint(c.ID), c.Name})
	}
	return options, nil
}

// farmName, partyName and inspectionName are words for an id; a record that is gone is named by its number.
func (s *Server) farmName(r *request, id registry.FarmID) string {
	if x, err := s.service.Farm(r.ctx(), r.actor, id); err == nil {
		return x.Name
	}
	return numbered(int64(id))
}

func (s *Server) partyName(r *request, id registry.PartyID) string {
	if x, err := s.service.Party(r.ctx(), r.actor, id); err == nil {
		return x.Name
	}
	return numbered(int64(id))
}

func (s *Server) inspectionName(r *request, id registry.InspectionID) string {
	x, err := s.service.Inspection(r.ctx(), r.actor, id)
	if err != nil {
		return numbered(int64(id))
	}
	return cmp.Or(x.StartedOn.String(), "日期不详") + " " + cmp.Or(x.Kind, "检查") + " " + s.farmName(r, x.FarmID)
}

func numbered(id int64) string {
	if id == 0 {
		return ""
	}
	return "编号 " + itoa(id)
}
