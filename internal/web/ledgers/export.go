package ledgers

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
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

var exportLabels = kit.Labels{"q": "搜索", "district_code": "辖区", "stage": "阶段", "type_code": "违法行为", "origin": "来源性质", "from": "发现日期自", "to": "发现日期至",
	"campaign_id": "专项行动", "farm_id": "养殖场编号", "party_id": "当事人编号", "no_sample": "不含示例（虚构）案件", "sort": "案件的排列", "narratives": "案情等全文"}

// fileLabels are also the choices of what the file is.
var fileLabels = func() kit.Labels {
	l := kit.Labels{"profile": "导出方案", "format": "文件格式", "sheet": "工作表"}
	maps.Copy(l, exportLabels)
	return l
}()

// asked is an export as the page asks for it: what is exported, and as which file.
type asked struct {
	casework.Export
	Format, Sheet string
}

func (x *asked) bind(f *kit.Form) {
	exportFields(f, &x.Cases)
	kit.Word(f, "sort", &x.Order)
	f.Bool("narratives", &x.Narratives)
	f.Text("profile", &x.Profile)
	f.Text("format", &x.Format)
	f.Text("sheet", &x.Sheet)
	if x.Cases.Q != "" && x.Order != "" {
		x.Order = casework.OrderRegistered // as the list of a search is
	}
}

// fileFormat is a file that an export may be.
type fileFormat struct {
	Name, Label, Type string
	write             func(sheet string) report.LedgerWriter
}

var fileFormats = []fileFormat{
	{"xlsx", "Excel 工作簿", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(string) report.LedgerWriter { return xlsx.WriteLedger }},
	{"csv", "CSV（一张工作表）", "text/csv; charset=utf-8", flatfile.CSV},
	{"jsonl", "JSON Lines（一张工作表，给程序用）", "application/x-ndjson", flatfile.JSONLines},
}

// exportFields binds what a ledger holds to the names that the list of cases has in its address.
func exportFields(f *kit.Form, x *casework.LedgerFilter) {
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
}

type exportPage struct {
	kit.Layout
	Form      *kit.Form
	Types     []kit.Option
	Campaigns []kit.Option
	Farm      string // the farm or party the list of cases was narrowed to, in words
	Party     string
	Profiles  []kit.Option // forms of export to choose from
	Formats   []kit.Option
	Names     []kit.Option // the sheets that a text file may be of
	Chosen    *report.Profile
	Sheets    []report.View
	Summary   *report.Summary
	TooLong   bool
	Limit     int // seconds a preview may take
	Matching  string
}

func (exportPage) Template() string { return "ledgers/exports-index" }

// Main are the figures shown large; the others stand in the table of all figures.
func (p exportPage) Main() []report.Figure {
	var list []report.Figure
	for _, key := range []string{"cases", "decisions", "fines", "fines_unknown", "detentions", "crimes"} {
		list = append(list, p.Summary.Figure(key))
	}
	return list
}

// previewLimit bounds the preview, which reads every case of the filter whole: about ten thousand fit on a busy small server.
const previewLimit = 20 * time.Second

func (s area) exportPage(r *kit.Request) error {
	f := kit.FormOf(r.QueryParams(), fileLabels)
	var ask asked
	ask.bind(f)
	filter := ask.Cases
	p := exportPage{Layout: r.Layout("台账与统计").FullWidth(), Form: f, Types: view.TypeOptions(s.Server), Chosen: &report.Profiles[0], Limit: int(previewLimit / time.Second)}
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
	if err := s.offerForms(r, &p, &ask); err != nil {
		return err
	}
	if f.OK() {
		found, err := s.Service.Cases(r.Ctx(), r.Actor, filter, casework.Page{Limit: 1, ByID: true})
		if err != nil {
			return err
		}
		p.Matching = matching(found.Count, found.Capped)
		if f.Value("preview") != "" {
			if p.Summary, p.TooLong, err = s.preview(r, ask.Export); err != nil {
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
	for _, x := range report.Profiles {
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
	for _, name := range flatfile.Sheets(p.Chosen, &o) {
		p.Names = append(p.Names, kit.Option{Value: name, Label: name})
	}
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

// exportFile is an export in the form and as the file that is asked for.
func (s area) exportFile(r *kit.Request) error {
	return s.export(r, fileLabels)
}

// export streams a file. Nothing is sent before all cases were read, so that an error still becomes a page.
func (s area) export(r *kit.Request, labels kit.Labels) error {
	f := kit.FormOf(r.QueryParams(), labels)
	var ask asked
	ask.bind(f)
	for name, values := range r.QueryParams() {
		switch _, known := labels[name]; {
		case !known:
			f.Add(name, "没有 %s 这个条件", name)
		case len(values) > 1:
			f.Add(name, "%s 写了 %d 次，请只写一次", name, len(values))
		case (name == "no_sample" || name == "narratives") && values[0] != "" && values[0] != "1":
			f.Add(name, "%s 只能是 1，或者不写", name)
		}
	}
	format := slices.IndexFunc(fileFormats, func(x fileFormat) bool { return x.Name == cmp.Or(ask.Format, "xlsx") })
	if format < 0 {
		f.Add("format", "没有“%s”这种文件格式，可选：xlsx、csv、jsonl", kit.Clip(ask.Format))
	}
	if !f.OK() {
		return &registry.Error{Kind: registry.KindInvalid, Message: "筛选条件有误，没有导出。", Fields: f.Errors}
	}
	ask.PublicURL = s.Origin()
	file := fileFormats[format]
	out := bufio.NewWriterSize(r.Response(), 1<<16)
	if err := s.Service.Ledger(r.Ctx(), r.Actor, ask.Export, out, func(w io.Writer, l report.Ledger) (*report.Summary, error) {
		h := r.Response().Header()
		h.Set("Content-Type", file.Type)
		h.Set("Content-Disposition", kit.FileDisposition(report.FileName(l.Form().FileTitle()+"-"+registry.DateOf(l.Info.AsOf).String(), "导出", file.Name)))
		return file.write(ask.Sheet)(w, l)
	}); err != nil {
		return err
	}
	return out.Flush()
}
