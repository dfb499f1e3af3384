package ledgers

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"time"

	"casebook/internal/casework"
	"casebook/internal/flatfile"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
	"casebook/internal/xlsx"
)

var exportLabels = kit.Labels{"q": "搜索", "district_code": "辖区", "stage": "阶段", "type_code": "违法行为", "origin": "来源性质", "from": "日期自", "to": "日期至",
	"date": "按哪个日期", "as_of": "截至日", "live": "已结账的月份也用现在的数据",
	"counted": "统计日期", "undated": "统计月份未知", "line": "统计分项",
	"campaign_id": "专项行动", "farm_id": "养殖场编号", "party_id": "当事人编号", "no_sample": "不含示例（虚构）案件", "sort": "案件的排列", "ids": "所选的案件", "narratives": "案情等全文"}

// fileLabels are also the choices of what the file is.
var fileLabels = func() kit.Labels {
	l := kit.Labels{"profile": "导出方案", "format": "文件格式", "sheet": "工作表"}
	maps.Copy(l, exportLabels)
	return l
}()

// asked is an export as the page asks for it: what is exported, and as which file.
type asked struct{ casework.Export }

func (x *asked) bind(f *kit.Form) {
	exportFields(f, &x.Export)
	kit.Word(f, "sort", &x.Order)
	f.Bool("narratives", &x.Narratives)
	f.Text("profile", &x.Profile)
	f.Text("format", &x.Format)
	f.Text("sheet", &x.Sheet)
	if x.Cases.Q != "" && x.Order != "" && x.Order != casework.OrderRegisteredUp {
		x.Order = casework.OrderRegistered // as the list of a search is
	}
}

// fileFormat is a file that an export may be.
type fileFormat struct {
	Name, Label, Type string
	write             casework.FileMaker
}

// Files are the writers of exports by their formats.
var Files = func() map[string]casework.FileMaker {
	m := map[string]casework.FileMaker{}
	for _, f := range fileFormats {
		m[f.Name] = f.write
	}
	return m
}()

var fileFormats = []fileFormat{
	{"xlsx", "Excel 工作簿", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(string) report.LedgerWriter { return xlsx.WriteLedger }},
	{"csv", "CSV（一张工作表）", "text/csv; charset=utf-8", flatfile.CSV},
	{"jsonl", "JSON Lines（一张工作表，给程序用）", "application/x-ndjson", flatfile.JSONLines},
}

var diffLabels = kit.Labels{"from_day": "自哪一日终了", "to_day": "至哪一日终了", "closing": "结账"}

// exportFields binds what is asked of a ledger to the names that the list of cases has in its address.
func exportFields(f *kit.Form, e *casework.Export) {
	f.Text("date", (*string)(&e.Basis))
	f.Date("as_of", &e.AsOf)
	f.Bool("live", &e.Live)
	filterFields(f, &e.Cases)
}

func filterFields(f *kit.Form, x *casework.LedgerFilter) {
	f.Text("q", &x.Q)
	f.Text("district_code", &x.DistrictCode)
	f.Text("stage", &x.Stage)
	f.Text("type_code", &x.TypeCode)
	f.Text("origin", &x.Origin)
	f.Date("from", &x.From)
	f.Date("to", &x.To)
	kit.Ref(f, "campaign_id", &x.CampaignID)
	kit.Ref(f, "farm_id", &x.FarmID)
	kit.Ref(f, "party_id", &x.PartyID)
	f.Bool("no_sample", &x.NoSample)
	f.Text("counted", (*string)(&x.Counted))
	f.Bool("undated", &x.Undated)
	f.Text("line", (*string)(&x.Line))
	f.Bind("ids", view.IDList(x.IDs), func(typed string) (err error) {
		x.IDs, err = view.CaseIDs(typed)
		return err
	})
}

// exportQuery is a request as the address of the page has it: exportFields the other way.
func exportQuery(x casework.Export) url.Values {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	id := func(name string, n int64) {
		if n != 0 {
			v.Set(name, kit.Itoa(n))
		}
	}
	c := &x.Cases
	set("q", c.Q)
	set("district_code", c.DistrictCode)
	set("stage", c.Stage)
	set("type_code", c.TypeCode)
	set("origin", c.Origin)
	set("from", c.From.String())
	set("to", c.To.String())
	set("counted", string(c.Counted))
	set("line", string(c.Line))
	id("campaign_id", int64(c.CampaignID))
	id("farm_id", int64(c.FarmID))
	id("party_id", int64(c.PartyID))
	set("date", string(x.Basis))
	set("as_of", x.AsOf.String())
	set("ids", view.IDList(c.IDs))
	set("sort", string(x.Order))
	set("profile", x.Profile)
	set("format", x.Format)
	set("sheet", x.Sheet)
	for name, on := range map[string]bool{"no_sample": c.NoSample, "undated": c.Undated, "live": x.Live, "narratives": x.Narratives} {
		if on {
			v.Set(name, "1")
		}
	}
	return v
}

type exportPage struct {
	kit.Layout
	Form      *kit.Form
	Types     []kit.Option
	Campaigns []kit.Option
	Farm      string // the farm or party the list of cases was narrowed to, in words
	Party     string
	Counted   string // the months and the line of statistics that it was narrowed to, in words
	Line      string
	Bases     []kit.Option
	ByForm    string // which of them counts where none is chosen
	Periods   []period
	Closings  []closedMonth
	Diff      *kit.Form
	Profiles  []kit.Option // forms of export to choose from
	Formats   []kit.Option
	Names     []kit.Option // the sheets that a text file may be of
	Chosen    *report.Profile
	Sheets    []report.View
	Summary   *report.Summary
	TooLong   bool
	Limit     int // seconds a preview may take
	Above     int // cases from which an export is a job
	Matching  string
	Undated   string // how many are left out because their day is not known; empty: none
}

func (exportPage) Template() string { return "ledgers/exports-index" }

// Main are the figures shown large; the others stand in the table of all figures.
func (p exportPage) Main() []report.Figure {
	var list []report.Figure
	for _, key := range []string{"span_n", "span_money", "cases", "decisions", "fines", "fines_unknown", "detentions", "crimes"} {
		if f := p.Summary.Figure(key); f.Key != "" { // those of a span are there where one was asked for
			list = append(list, f)
		}
	}
	return list
}

// previewLimit bounds the preview, which reads every case of the filter whole: about ten thousand fit on a busy small server.
const previewLimit = 20 * time.Second

// period is a span that people ask for, with the lists behind its numbers.
type period struct {
	casework.Period
	Money                                string // fines and confiscations of its decisions
	Export, Decided, Filed, Closed, Paid string
}

func periodsOf(list []casework.Period) (out []period) {
	for _, p := range list {
		span := "&from=" + p.From.String() + "&to=" + p.To.String()
		money := kit.Sum(p.Sums.Penalties)
		if money == "" {
			money = "0 元"
		}
		out = append(out, period{p, money, "/exports?date=decided" + span + "&preview=1", "/cases?date=decided" + span, "/cases?date=filed" + span, "/cases?date=closed" + span, "/cases?date=paid" + span})
	}
	return out
}

// basisOptions are the dates that may count.
func basisOptions() (list []kit.Option) {
	for _, b := range registry.Bases {
		list = append(list, kit.Option{Value: string(b), Label: b.Label()})
	}
	return list
}

func (s area) exportPage(r *kit.Request) error {
	f := kit.FormOf(r.QueryParams(), fileLabels)
	var ask asked
	ask.bind(f)
	x := ask.Export
	filter := x.Cases
	p := exportPage{Layout: r.Layout("台账导出").FullWidth(), Form: f, Types: view.TypeOptions(s.Server), Chosen: &report.Profiles[0], Limit: int(previewLimit / time.Second), Above: s.JobAbove(), Bases: basisOptions()}
	var err error
	if p.Campaigns, err = view.CampaignOptions(s.Server, r); err != nil {
		return err
	}
	if farm, err := s.Service.Farm(r.Ctx(), r.Actor, filter.FarmID); err == nil {
		p.Farm = farm.Name
	}
	if party, err := s.Service.Party(r.Ctx(), r.Actor, filter.PartyID); err == nil {
		p.Party = party.Name
	}
	if filter.Counted != "" {
		p.Counted = filter.Counted.Summed()
	}
	if filter.Line != "" {
		if p.Line, err = s.Service.LineWords(r.Ctx(), r.Actor, filter.Line); err != nil {
			return err
		}
	}
	if err := s.past(r, &p); err != nil {
		return err
	}
	if err := s.offerForms(r, &p, &ask); err != nil {
		return err
	}
	if f.OK() {
		if x.AsOf.IsZero() { // how many there were is told by reading the past, which takes longer
			if filter.By = x.BasisOf(); filter.Summed() {
				filter.By = ""
			}
			found, err := s.Service.Cases(r.Ctx(), r.Actor, filter, casework.Page{Limit: 1, ByID: true})
			if err != nil {
				return err
			}
			p.Matching = matching(found.Count, found.Capped)
			if n, err := s.Service.Undated(r.Ctx(), r.Actor, x); err != nil {
				return err
			} else if n > 0 {
				p.Undated = matching(n, n >= casework.CountCap)
			}
		}
		if f.Value("preview") != "" {
			if p.Summary, p.TooLong, err = s.preview(r, x); err != nil {
				return err
			}
		}
	}
	return r.Form(f, p)
}

// offerForms fills in what a person chooses the file by, and says what is wrong with the export that is asked for.
func (s area) offerForms(r *kit.Request, p *exportPage, ask *asked) error {
	form, err := s.Service.ExportForm(r.Ctx(), r.Actor, ask.Export)
	if err != nil {
		if err := p.Form.Refuse(err); err != nil {
			return err
		}
	} else {
		p.Chosen = &form
	}
	for _, x := range casework.OfferedProfiles(r.Actor) {
		p.Profiles = append(p.Profiles, kit.Option{Value: x.Key, Label: x.Name})
	}
	own, err := s.Service.ExportProfiles(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	for _, x := range own {
		p.Profiles = append(p.Profiles, kit.Option{Value: x.Name, Label: x.Name})
	}
	for _, x := range fileFormats {
		p.Formats = append(p.Formats, kit.Option{Value: x.Name, Label: x.Label})
	}
	o := report.LedgerOptions{Narratives: ask.Narratives, PublicURL: s.Origin()}
	p.Sheets = p.Chosen.Views(&o)
	p.ByForm = "按方案（" + casework.Export{Profile: ask.Profile}.BasisOf().Label() + "）"
	for _, name := range flatfile.Sheets(p.Chosen, &o) {
		p.Names = append(p.Names, kit.Option{Value: name, Label: name})
	}
	return nil
}

// past adds what the page shows of periods, of closed months and of the difference between two days.
func (s area) past(r *kit.Request, p *exportPage) error {
	periods, err := s.Service.Periods(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	closings, err := s.Service.Closings(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	p.Periods, p.Closings = periodsOf(periods), closedMonths(closings)
	var span casework.Span
	p.Diff = kit.FormOf(nil, diffLabels)
	p.Diff.Filling = true
	p.Diff.Date("from_day", &span.From)
	p.Diff.Date("to_day", &span.To)
	return nil
}

func matching(n int, capped bool) string {
	if capped {
		return fmt.Sprintf("%s 件以上", kit.Thousands(int64(n)))
	}
	return fmt.Sprintf("%s 件", kit.Thousands(int64(n)))
}

// preview counts what the ledger would hold. tooLong tells that the time was up; the request itself goes on.
func (s area) preview(r *kit.Request, x casework.Export) (sum *report.Summary, tooLong bool, err error) {
	ctx, cancel := context.WithTimeout(r.Ctx(), previewLimit)
	defer cancel()
	sum, err = s.Service.Summary(ctx, r.Actor, x)
	if err != nil && ctx.Err() != nil && r.Ctx().Err() == nil {
		return nil, true, nil
	}
	return sum, false, err
}

// exportLedger is the ledger under the address that says so.
func (s area) exportLedger(r *kit.Request) error {
	return s.export(r, exportLabels)
}

// exportFile is an export in the form and as the file that is asked for. For a person one of size is a job; a program is sent the file.
func (s area) exportFile(r *kit.Request) error {
	return s.export(r, fileLabels)
}

// export streams a file. Nothing is sent before all cases were read, so that an error still becomes a page.
func (s area) export(r *kit.Request, labels kit.Labels) error {
	f := kit.FormOf(r.QueryParams(), labels)
	var ask asked
	ask.bind(f)
	onlyKnown(r, f, labels)
	format := slices.IndexFunc(fileFormats, func(x fileFormat) bool { return x.Name == cmp.Or(ask.Format, "xlsx") })
	if format < 0 {
		f.Add("format", "没有“%s”这种文件格式，可选：xlsx、csv、jsonl", kit.Clip(ask.Format))
	}
	if !f.OK() {
		return &registry.Error{Kind: registry.KindInvalid, Message: "筛选条件有误，没有导出。", Fields: f.Errors}
	}
	ask.PublicURL = s.Origin()
	file := fileFormats[format]
	ask.Format = file.Name
	if _, forms := labels["format"]; forms && r.WantsPage() {
		if _, asked, err := s.Service.AskExport(r.Ctx(), r.Actor, ask.Export, s.JobAbove()); err != nil || asked {
			if err != nil {
				return err
			}
			return r.Done("案件较多，已排入“我的导出”，做好后在这里下载", "/exports/mine")
		}
	}
	return s.Service.Ledger(r.Ctx(), r.Actor, ask.Export, r.Response(), func(w io.Writer, l report.Ledger) (*report.Summary, error) {
		h := r.Response().Header()
		h.Set("Content-Type", file.Type)
		h.Set("Content-Disposition", kit.FileDisposition(l.FileName(file.Name)))
		out := bufio.NewWriterSize(w, 1<<16)
		sum, err := file.write(ask.Sheet)(out, l)
		if err != nil {
			return nil, err
		}
		return sum, out.Flush() // the record says of what was sent that it is whole
	})
}

// onlyKnown refuses conditions that there are not, those written twice, and boxes that are not 1: a whole register taken for a part of it would be counted on.
func onlyKnown(r *kit.Request, f *kit.Form, labels ...kit.Labels) {
	for name, values := range r.QueryParams() {
		known := false
		for _, l := range labels {
			_, ok := l[name]
			known = known || ok
		}
		switch {
		case !known:
			f.Add(name, "没有 %s 这个条件", name)
		case len(values) > 1:
			f.Add(name, "%s 写了 %d 次，请只写一次", name, len(values))
		case (name == "no_sample" || name == "undated" || name == "live" || name == "narratives") && values[0] != "" && values[0] != "1":
			f.Add(name, "%s 只能是 1，或者不写", name)
		}
	}
}

// exportDiff streams what differs between two days, or between the closing of a month and now.
func (s area) exportDiff(r *kit.Request) error {
	labels := maps.Clone(exportLabels)
	maps.Copy(labels, diffLabels)
	delete(labels, "as_of")
	delete(labels, "live")
	f := kit.FormOf(r.QueryParams(), labels)
	x := casework.Export{Basis: registry.BasisFound}
	f.Text("date", (*string)(&x.Basis))
	filterFields(f, &x.Cases)
	var span casework.Span
	f.Date("from_day", &span.From)
	f.Date("to_day", &span.To)
	kit.Ref(f, "closing", &span.Closing)
	onlyKnown(r, f, labels)
	if !f.OK() {
		return &registry.Error{Kind: registry.KindInvalid, Message: "条件有误，没有导出。", Fields: f.Errors}
	}
	if x.Basis == "" {
		x.Basis = registry.BasisFound
	}
	var made registry.ExportRecord
	return s.Service.Difference(r.Ctx(), r.Actor, x, span, r.Response(), func(w io.Writer, d report.Difference) (*report.DifferenceSums, error) {
		h := r.Response().Header()
		h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		h.Set("Content-Disposition", kit.FileDisposition("台账变化-"+d.Was.Words+"-"+d.Is.Words+".xlsx"))
		out := bufio.NewWriterSize(w, 1<<16)
		sums, err := xlsx.WriteDifference(out, d)
		if err != nil {
			return nil, err
		}
		return sums, out.Flush() // the record says of what was sent that it is whole
	}, &made)
}
