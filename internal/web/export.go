package web

import (
	"bufio"
	"context"
	"fmt"
	"html/template"
	"iter"
	"mime"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/xlsx"
)

var exportLabels = Labels{"q": "搜索", "district_code": "辖区", "stage": "阶段", "type_code": "违法行为", "origin": "来源性质", "from": "发现日期自", "to": "发现日期至",
	"campaign_id": "专项行动", "farm_id": "养殖场编号", "party_id": "当事人编号", "no_sample": "不含示例（虚构）案件"}

// exportFields binds what a ledger holds to the names that the list of cases has in its address.
func exportFields(f *Form, x *casework.LedgerFilter) {
	f.text("q", &x.Q)
	f.text("district_code", &x.DistrictCode)
	f.text("stage", &x.Stage)
	f.text("type_code", &x.TypeCode)
	f.text("origin", &x.Origin)
	f.date("from", &x.From)
	f.date("to", &x.To)
	ref(f, "campaign_id", &x.CampaignID)
	ref(f, "farm_id", &x.FarmID)
	ref(f, "party_id", &x.PartyID)
	f.bool("no_sample", &x.NoSample)
}

type exportPage struct {
	Layout
	Form      *Form
	Types     []Option
	Campaigns []Option
	Farm      string // the farm or party the list of cases was narrowed to, in words
	Party     string
	Sheets    []report.Sheet
	Summary   *report.Summary
	TooLong   bool
	Limit     int // seconds a preview may take
	Matching  string
}

func (exportPage) Template() string { return "exports/index" }

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

func (s *Server) exportPage(r *request) error {
	f := formOf(r.QueryParams(), exportLabels)
	var filter casework.LedgerFilter
	exportFields(f, &filter)
	p := exportPage{Layout: r.layout("台账与统计").wide(), Form: f, Types: s.typeOptions(), Sheets: report.Sheets[:], Limit: int(previewLimit / time.Second)}
	var err error
	if p.Campaigns, err = s.campaignOptions(r); err != nil {
		return err
	}
	if farm, err := s.service.Farm(r.ctx(), r.actor, filter.FarmID); err == nil {
		p.Farm = farm.Name
	}
	if party, err := s.service.Party(r.ctx(), r.actor, filter.PartyID); err == nil {
		p.Party = party.Name
	}
	if f.ok() {
		found, err := s.service.Cases(r.ctx(), r.actor, filter, casework.Page{Limit: 1, ByID: true})
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
	return r.form(f, p)
}

func matching(n int, capped bool) string {
	if capped {
		return fmt.Sprintf("%s 件以上", thousands(int64(n)))
	}
	return fmt.Sprintf("%s 件", thousands(int64(n)))
}

// preview counts what the ledger would hold. tooLong tells that the time was up; the request itself goes on.
func (s *Server) preview(r *request, filter casework.LedgerFilter) (sum *report.Summary, tooLong bool, err error) {
	ctx, cancel := context.WithTimeout(r.ctx(), previewLimit)
	defer cancel()
	sum, err = s.service.Summary(ctx, r.actor, filter)
	if err != nil && ctx.Err() != nil && r.ctx().Err() == nil {
		return nil, true, nil
	}
	return sum, false, err
}

// exportLedger streams the workbook. Nothing is sent before all cases were read, so that an error still becomes a page.
func (s *Server) exportLedger(r *request) error {
	f := formOf(r.QueryParams(), exportLabels)
	var filter casework.LedgerFilter
	exportFields(f, &filter)
	if !f.ok() {
		return &registry.Error{Kind: registry.KindInvalid, Message: "筛选条件有误，没有导出。", Fields: f.problems}
	}
	return s.service.Ledger(r.ctx(), r.actor, filter, func(info report.LedgerInfo, o report.LedgerOptions, cases iter.Seq2[*registry.CaseFile, error]) error {
		h := r.Response().Header()
		h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		h.Set("Content-Disposition", fileDisposition("案件台账-"+registry.DateOf(info.AsOf).String()+".xlsx"))
		out := bufio.NewWriterSize(r.Response(), 1<<16)
		if _, err := xlsx.WriteLedger(out, xlsx.Ledger{Info: info, Options: o, Cases: cases}); err != nil {
			return err
		}
		return out.Flush()
	})
}

// fileDisposition names a download; characters beyond ASCII are encoded as RFC 2231 has it.
func fileDisposition(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}

// reportCell writes a value of a report as pages do: thousands set apart, the unknown marked as no value.
func reportCell(c report.Cell) template.HTML {
	switch c.Kind {
	case report.CellInteger:
		return template.HTML(thousands(c.N))
	case report.CellUnknown:
		return template.HTML(`<span class="unknown">` + template.HTMLEscapeString(c.Text) + `</span>`)
	}
	return template.HTML(template.HTMLEscapeString(c.String()))
}
