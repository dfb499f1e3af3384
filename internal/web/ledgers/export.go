package ledgers

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
	"casebook/internal/xlsx"
)

var exportLabels = kit.Labels{"q": "搜索", "district_code": "辖区", "stage": "阶段", "type_code": "违法行为", "origin": "来源性质", "from": "发现日期自", "to": "发现日期至",
	"campaign_id": "专项行动", "farm_id": "养殖场编号", "party_id": "当事人编号", "no_sample": "不含示例（虚构）案件"}

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
	Sheets    []report.Sheet
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
	f := kit.FormOf(r.QueryParams(), exportLabels)
	var filter casework.LedgerFilter
	exportFields(f, &filter)
	p := exportPage{Layout: r.Layout("台账与统计").FullWidth(), Form: f, Types: view.TypeOptions(s.Server), Sheets: report.Sheets[:], Limit: int(previewLimit / time.Second)}
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
	if err := s.Service.CheckCases(filter); f.OK() && err != nil {
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	if f.OK() {
		found, err := s.Service.Cases(r.Ctx(), r.Actor, filter, casework.Page{Limit: 1, ByID: true})
		if err != nil {
			return err
		}
		p.Matching = matching(found.Count, found.Capped)
		if f.Value("preview") != "" {
			if p.Summary, p.TooLong, err = s.preview(r, filter); err != nil {
				return err
			}
		}
	}
	return r.Form(f, p)
}

func matching(n int, capped bool) string {
	if capped {
		return fmt.Sprintf("%s 件以上", kit.Thousands(int64(n)))
	}
	return fmt.Sprintf("%s 件", kit.Thousands(int64(n)))
}

// preview counts what the ledger would hold. tooLong tells that the time was up; the request itself goes on.
func (s area) preview(r *kit.Request, filter casework.LedgerFilter) (sum *report.Summary, tooLong bool, err error) {
	ctx, cancel := context.WithTimeout(r.Ctx(), previewLimit)
	defer cancel()
	sum, err = s.Service.Summary(ctx, r.Actor, casework.Export{Cases: filter})
	if err != nil && ctx.Err() != nil && r.Ctx().Err() == nil {
		return nil, true, nil
	}
	return sum, false, err
}

// exportLedger streams the workbook. Nothing is sent before all cases were read, so that an error still becomes a page.
func (s area) exportLedger(r *kit.Request) error {
	f := kit.FormOf(r.QueryParams(), exportLabels)
	var filter casework.LedgerFilter
	exportFields(f, &filter)
	for name, values := range r.QueryParams() {
		switch _, known := exportLabels[name]; {
		case !known:
			f.Add(name, "没有 %s 这个条件", name)
		case len(values) > 1:
			f.Add(name, "%s 写了 %d 次，请只写一次", name, len(values))
		case name == "no_sample" && values[0] != "" && values[0] != "1":
			f.Add(name, "no_sample 只能是 1，或者不写")
		}
	}
	if !f.OK() {
		return &registry.Error{Kind: registry.KindInvalid, Message: "筛选条件有误，没有导出。", Fields: f.Errors}
	}
	out := bufio.NewWriterSize(r.Response(), 1<<16)
	if err := s.Service.Ledger(r.Ctx(), r.Actor, casework.Export{Cases: filter}, out, func(w io.Writer, l report.Ledger) (*report.Summary, error) {
		h := r.Response().Header()
		h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		h.Set("Content-Disposition", kit.FileDisposition("案件台账-"+registry.DateOf(l.Info.AsOf).String()+".xlsx"))
		return xlsx.WriteLedger(w, l)
	}); err != nil {
		return err
	}
	return out.Flush()
}
