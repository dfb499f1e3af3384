package casefile

import (
	"cmp"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
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
	Tools  view.ListTools
	Rows   []caseRow
	Export string // the ledger of the same filter; empty where the role may not export
	Order  string // of the list, as an export calls it
	Print  int    // how many case sheets a paper holds
}

func (caseListPage) Template() string { return "casefile/cases-list" }

// caseRow is a line of the list in finished words: a page of fifty is made often, and a template looks up a plain text field
// several times faster than it calls a function or reaches into an embedded struct.
type caseRow struct {
	ID      registry.CaseID
	Title   string
	Open    kit.HTMLAttr // where a click on the line leads
	Link    kit.HTML     // the title as a link
	Farm    string
	Origin  kit.HTML
	FoundBy []casework.Find
	Cells   []caseCell // of the columns behind the title
}

// caseCell is a value with what a phone, which has no header, calls it.
type caseCell struct {
	Class kit.HTMLAttr
	Label string
	Value kit.HTML
}

// leanCells are the columns that a row of the list holds by itself.
var leanCells = map[string]func(s area, x *casework.CaseRow) kit.HTML{
	"district": func(s area, x *casework.CaseRow) kit.HTML {
		return textWithSub(s.Service.Bureau().DistrictName(x.DistrictCode), x.HandlingOrgan)
	},
	"found_on": func(_ area, x *casework.CaseRow) kit.HTML { return kit.Known(x.Origin, x.FoundOn) },
	"types": func(s area, x *casework.CaseRow) (list kit.HTML) {
		for _, label := range s.typeLabels(x.TypeCodes) {
			list += kit.HTML(`<span class="type-label">` + html.EscapeString(label) + `</span>`)
		}
		return cmp.Or(list, `<span class="unknown">未登记</span>`)
	},
	"stage":    func(_ area, x *casework.CaseRow) kit.HTML { return view.Stage(x.Stage) },
	"fines":    func(_ area, x *casework.CaseRow) kit.HTML { return finesCell(x.Fines) },
	"number":   func(_ area, x *casework.CaseRow) kit.HTML { return kit.Known(x.Origin, x.Number) },
	"handling": func(_ area, x *casework.CaseRow) kit.HTML { return kit.Known(x.Origin, x.HandlingOrgan) },
	"origin":   func(_ area, x *casework.CaseRow) kit.HTML { return kit.HTML(html.EscapeString(string(x.Origin))) },
	"id":       func(_ area, x *casework.CaseRow) kit.HTML { return kit.HTML(kit.Itoa(int64(x.ID))) },
}

func textWithSub(text, sub string) kit.HTML {
	h := kit.HTML(html.EscapeString(text))
	if sub != "" {
		h += kit.HTML(`<span class="sub">` + html.EscapeString(sub) + `</span>`)
	}
	return h
}

func finesCell(sum registry.Sum) (h kit.HTML) {
	if sum.Known > 0 {
		h = kit.HTML(html.EscapeString(sum.Total.String()))
	}
	if sum.Unknown > 0 {
		h += kit.HTML(`<span class="unknown">` + kit.Thousands(int64(sum.Unknown)) + ` 项金额未公布</span>`)
	}
	return cmp.Or(h, `<span class="muted">—</span>`)
}

func (s area) caseRow(x *casework.CaseRow, columns []casework.ListColumn, more []report.Cell) caseRow {
	href := "/cases/" + strconv.FormatInt(int64(x.ID), 10)
	row := caseRow{ID: x.ID, Title: x.Title, Open: kit.HTMLAttr(`data-href="` + href + `"`), Link: kit.HTML(`<a href="` + href + `">` + html.EscapeString(x.Title) + `</a>`), Farm: cmp.Or(x.FarmPublic, x.FarmName), Origin: kit.Origin(x.Origin), FoundBy: x.FoundBy}
	if x.IsVoid() {
		row.Link = "<s>" + row.Link + "</s> " + kit.Badge("作废", "danger")
	}
	row.Cells = make([]caseCell, 0, len(columns)-1)
	for _, c := range columns[1:] {
		label, _, _ := strings.Cut(c.Label, "（")
		cell := caseCell{Label: label}
		switch lean, ok := leanCells[c.Key]; {
		case ok:
			cell.Value = lean(s, x)
		default:
			cell.Value, more = ledgerCell(more[0]), more[1:]
		}
		if c.Class != "" {
			cell.Class = kit.HTMLAttr(` class="` + c.Class + `"`)
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// ledgerCell is a value as the ledger has it: nothing is no unknown.
func ledgerCell(c report.Cell) kit.HTML {
	text := kit.HTML(html.EscapeString(c.String()))
	switch c.Kind {
	case report.Empty:
		return `<span class="muted">—</span>`
	case report.CellUnknown:
		return `<span class="unknown">` + text + `</span>`
	}
	return text
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
	l.Own = "-found_on"
	page := view.PageOf(&l, "cases")
	tools, err := view.ToolsOf(s.Server, r, &l, "cases")
	if err != nil {
		return err
	}
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
		if res, err = s.Service.Cases(r.Ctx(), r.Actor, f, page); err != nil {
			return err
		}
	}
	l.Paged(len(res.Rows), res.Next, res.Count, res.Capped)
	p := caseListPage{Layout: r.Layout("案件").FullWidth(), List: l, Tools: tools, Order: string(listOrder(page)), Print: mostSheets}
	if !l.Refused && p.Can(registry.PermExport) && s.Pages["/exports"] {
		p.Export = exportURL(l, page)
	}
	p.Rows, err = s.caseRows(r, res.Rows, tools.Columns)
	if err != nil {
		return err
	}
	return r.Page(p)
}

// caseRows are the lines of a page; of columns that the rows do not hold, the whole cases are read.
func (s area) caseRows(r *kit.Request, list []casework.CaseRow, columns []casework.ListColumn) (rows []caseRow, err error) {
	var keys []string
	for _, c := range columns[1:] {
		if leanCells[c.Key] == nil {
			keys = append(keys, c.Key)
		}
	}
	var cells map[registry.CaseID][]report.Cell
	if len(keys) > 0 && len(list) > 0 {
		ids := make([]registry.CaseID, len(list))
		for i := range list {
			ids[i] = list[i].ID
		}
		if cells, err = s.Service.CaseCells(r.Ctx(), r.Actor, ids, keys); err != nil {
			return nil, err
		}
	}
	rows = make([]caseRow, 0, len(list))
	for i := range list {
		more := cells[list[i].ID]
		if len(more) < len(keys) { // gone since the list was read
			more = make([]report.Cell, len(keys))
		}
		rows = append(rows, s.caseRow(&list[i], columns, more))
	}
	return rows, nil
}

// dateOptions are the dates that a span may go by, beside that of the finding.
func dateOptions() (list []kit.Option) {
	for _, b := range registry.Bases[1:] {
		list = append(list, kit.Option{Value: string(b), Label: b.Label()})
	}
	return list
}

// exportURL carries a list's conditions and order to the export page, which reads the same names: the file holds what the list shows.
func exportURL(l kit.List, p casework.Page) string {
	q := url.Values{"sort": {string(listOrder(p))}}
	kind, _ := casework.KindOfList("cases")
	for _, name := range kind.Params {
		if v := l.Get(name); v != "" && name != "sort" && name != "include_voided" { // no export holds what was voided
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

// listOrder is the order of a list as an export calls it.
func listOrder(p casework.Page) casework.ListOrder {
	switch {
	case p.ByID && p.Up:
		return casework.OrderRegisteredUp
	case p.ByID:
		return casework.OrderRegistered
	case p.Up:
		return casework.OrderFoundUp
	}
	return casework.OrderFound
}

func (s area) typeLabels(codes []string) []string {
	var list []string
	for _, code := range codes {
		list = append(list, view.TypeLabel(s.Server, code))
	}
	return list
}
