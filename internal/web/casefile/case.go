package casefile

import (
	"cmp"
	"html"
	"net/url"
	"slices"
	"strconv"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var caseLabels = kit.LabelsOf(registry.CaseFields, kit.Labels{"next_type": "违法行为类型"})

func caseFields(f *kit.Form, x *registry.Case) {
	f.Meta(&x.Meta)
	f.Text("title", &x.Title)
	f.Text("number", &x.Number)
	kit.Word(f, "origin", &x.Origin)
	f.Text("district_code", &x.DistrictCode)
	kit.Ref(f, "deciding_organ_id", &x.DecidingOrganID)
	kit.Ref(f, "handling_organ_id", &x.HandlingOrganID)
	kit.Ref(f, "campaign_id", &x.CampaignID)
	kit.Ref(f, "farm_id", &x.FarmID)
	f.Text("source", &x.Source)
	f.Date("found_on", &x.FoundOn)
	f.Text("summary", &x.Summary)
	f.Text("handling", &x.Handling)
	f.Text("note", &x.Note)
	kit.Rows(f, "parties", &x.Parties, func(f *kit.Form, p *registry.CaseParty) {
		kit.Ref(f, "party_id", &p.PartyID)
		f.Text("role", &p.Role)
		f.Text("name_at_act", &p.NameAtAct)
	})
	type row struct{ id registry.InspectionID }
	list := make([]row, len(x.Inspections))
	for i, id := range x.Inspections {
		list[i].id = id
	}
	kit.Rows(f, "inspections", &list, func(f *kit.Form, i *row) { kit.Ref(f, "id", &i.id) })
	x.Inspections = nil
	for _, i := range list {
		x.Inspections = append(x.Inspections, i.id)
	}
}

type caseListPage struct {
	kit.Layout
	List   kit.List
	Rows   []caseRow
	Export string // the ledger of the same filter; empty where the role may not export
	Newest string // the address of the other order
	ByID   bool   // last registered first
}

func (caseListPage) Template() string { return "casefile/cases-list" }

// caseRow is a line of the list in finished words: a page of fifty is made often, and a template looks up a plain text field
// several times faster than it calls a function or reaches into an embedded struct.
type caseRow struct {
	Open          kit.HTMLAttr // where a click on the line leads
	Link          kit.HTML     // the title as a link
	Farm          string
	Origin, Stage kit.HTML
	District      string
	Organ         string
	Found, Number kit.HTML
	Types         []string
	Fines         string
	FinesUnknown  string
	FoundBy       []casework.Find
}

func (s area) caseRow(x casework.CaseRow) caseRow {
	href := "/cases/" + strconv.FormatInt(int64(x.ID), 10)
	row := caseRow{Open: kit.HTMLAttr(`data-href="` + href + `"`), Link: kit.HTML(`<a href="` + href + `">` + html.EscapeString(x.Title) + `</a>`), Farm: cmp.Or(x.FarmPublic, x.FarmName), Origin: kit.Origin(x.Origin), Stage: view.Stage(x.Stage), District: s.Service.Bureau().DistrictName(x.DistrictCode),
		Organ: x.HandlingOrgan, Found: kit.Known(x.Origin, x.FoundOn), Number: kit.Known(x.Origin, x.Number), Types: s.typeLabels(x.TypeCodes), FoundBy: x.FoundBy}
	if x.IsVoid() {
		row.Link = "<s>" + row.Link + "</s> " + kit.Badge("作废", "danger")
	}
	if x.Fines.Known > 0 {
		row.Fines = x.Fines.Total.String()
	}
	if x.Fines.Unknown > 0 {
		row.FinesUnknown = kit.Thousands(int64(x.Fines.Unknown)) + " 项金额未公布"
	}
	return row
}

func (s area) caseList(r *kit.Request) error {
	campaigns, err := view.CampaignOptions(s.Server, r)
	if err != nil {
		return err
	}
	by, counted := registry.Basis(r.QueryParam("date")).Label(), registry.Basis(r.QueryParam("counted"))
	if counted != "" {
		by = "统计月份"
	}
	filters := []kit.Filter{
		{Name: "district_code", Was: "district", Label: "辖区", Options: view.DistrictOptions(s.Server, r)},
		{Name: "stage", Label: "阶段", Options: view.MustOptions("stages")},
		{Name: "type_code", Label: "违法行为", Options: view.TypeOptions(s.Server)},
		{Name: "origin", Label: "来源性质", Options: view.MustOptions("origins")},
		{Name: "from", Label: by + "自", Date: true},
		{Name: "to", Label: by + "至", Date: true},
		{Name: "campaign_id", Label: "专项行动", Options: campaigns},
		{Name: "farm_id", Label: "养殖场", Show: func(string) string { return view.FarmName(s.Server, r, kit.QueryID[registry.FarmID](r, "farm_id")) }},
		{Name: "party_id", Label: "当事人", Show: func(string) string { return view.PartyName(s.Server, r, kit.QueryID[registry.PartyID](r, "party_id")) }},
		view.VoidedFilter(),
	}
	if counted == "" {
		filters = slices.Insert(filters, 6, kit.Filter{Name: "date", Label: "按", Blank: "发现日期", Options: dateOptions()})
	} else { // the list behind a number of statistics goes by its months
		filters = append(filters, kit.Filter{Name: "counted", Label: "统计", Show: func(v string) string { return registry.Basis(v).Summed() }},
			kit.Filter{Name: "undated", Label: "统计月份", Show: func(string) string { return "未知" }})
	}
	if counted != "" || r.QueryParam("date") != "" { // without either nothing is counted
		filters = append(filters, kit.Filter{Name: "line", Label: "统计分项", Show: func(v string) string { return s.lineWords(r, registry.CaseLine(v)) }})
	}
	l := r.List(filters...)
	f := casework.CaseFilter{Q: l.Q, DistrictCode: l.Get("district_code"), Stage: l.Get("stage"), Origin: l.Get("origin"), TypeCode: l.Get("type_code"),
		From: l.Date("from"), To: l.Date("to"), By: registry.Basis(l.Get("date")), CampaignID: kit.QueryID[registry.CampaignID](r, "campaign_id"),
		FarmID: kit.QueryID[registry.FarmID](r, "farm_id"), PartyID: kit.QueryID[registry.PartyID](r, "party_id"), IncludeVoided: l.Get("include_voided") == "true"}
	byID := l.Sort() == "-id"
	var res casework.List[casework.CaseRow]
	if counted != "" {
		f.Counted, f.Undated = counted, l.Get("undated") != ""
	}
	if counted != "" || f.Spanned() {
		f.Line = registry.CaseLine(l.Get("line"))
	}
	if f.Summed() || f.Line != "" { // no form makes these: an address does
		if err := s.Service.CheckCases(f); err != nil {
			return err
		}
	}
	if !l.Refused {
		if res, err = s.Service.Cases(r.Ctx(), r.Actor, f, casework.Page{Cursor: l.Cursor(), Limit: kit.PageSize, ByID: byID}); err != nil {
			return err
		}
	}
	l.Paged(len(res.Rows), res.Next, res.Count, res.Capped)
	p := caseListPage{Layout: r.Layout("案件").FullWidth(), List: l, ByID: byID || l.Q != "", Newest: l.WithQuery("sort", "-id")}
	if byID {
		p.Newest = l.WithQuery("sort", "")
	}
	if !l.Refused && p.Can(registry.PermExport) && s.Pages["/exports"] {
		p.Export = exportURL(l, p.ByID)
	}
	for _, row := range res.Rows {
		p.Rows = append(p.Rows, s.caseRow(row))
	}
	return r.Page(p)
}

// dateOptions are the dates that a span may go by, beside that of the finding.
func dateOptions() (list []kit.Option) {
	for _, b := range registry.Bases[1:] {
		list = append(list, kit.Option{Value: string(b), Label: b.Label()})
	}
	return list
}

// exportURL carries a list's conditions and order to the export page, which reads the same names: the file holds what the list shows.
func exportURL(l kit.List, byID bool) string {
	q := url.Values{"sort": {string(casework.OrderFound)}}
	if byID {
		q.Set("sort", string(casework.OrderRegistered))
	}
	for _, name := range []string{"q", "district_code", "stage", "type_code", "origin", "from", "to", "date", "counted", "undated", "line", "campaign_id", "farm_id", "party_id"} {
		if v := l.Get(name); v != "" {
			q.Set(name, v)
		}
	}
	return "/exports?" + q.Encode()
}

// lineWords are the words of a line of statistics; as it stands where it is none.
func (s area) lineWords(r *kit.Request, l registry.CaseLine) string {
	words, err := s.Service.LineWords(r.Ctx(), r.Actor, l)
	if err != nil || words == "" {
		return string(l)
	}
	return words
}

func (s area) typeLabels(codes []string) []string {
	var list []string
	for _, code := range codes {
		list = append(list, view.TypeLabel(s.Server, code))
	}
	return list
}
