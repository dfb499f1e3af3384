package casefile

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// mostSheets is how many case sheets one paper holds: it is made in memory, while others wait for the same room.
const mostSheets = 20

// chosen leads from the boxes ticked in the list to what is done with the cases: the export of them alone, or their sheets on paper.
func (s area) chosen(r *kit.Request) error {
	ids, err := view.CaseIDs(strings.Join(r.QueryParams()["id"], ","))
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		r.Flash("warn", "还没有选案件：先在列表里勾选。")
		return r.GoTo(kit.LocalPath(r.QueryParam("back")))
	}
	q := url.Values{"ids": {view.IDList(ids)}}
	if r.QueryParam("do") == "print" {
		return r.GoTo("/cases/sheets?" + q.Encode())
	}
	q.Set("sort", r.QueryParam("sort"))
	return r.GoTo("/exports?" + q.Encode())
}

type sheetsPage struct {
	kit.Layout
	Most  int
	Cases []casework.CaseRow
	Parts []sheetsPart
}

func (sheetsPage) Template() string { return "casefile/sheets" }

// sheetsPart is a paper of some of the chosen cases.
type sheetsPart struct {
	Label, Href string
}

// sheets are the chosen cases in the order in which they were chosen, with the papers that they make.
func (s area) sheets(r *kit.Request) error {
	ids, err := view.CaseIDs(r.QueryParam("ids"))
	if err != nil {
		return err
	}
	p := sheetsPage{Layout: r.Layout("打印案件登记表"), Most: mostSheets}
	if p.Cases, err = s.chosenRows(r, ids); err != nil {
		return err
	}
	for i := 0; i < len(p.Cases); i += mostSheets {
		part := p.Cases[i:min(i+mostSheets, len(p.Cases))]
		label := "生成 PDF"
		if len(p.Cases) > mostSheets {
			label = fmt.Sprintf("第 %d—%d 件的 PDF", i+1, i+len(part))
		}
		p.Parts = append(p.Parts, sheetsPart{label, "/cases/sheets.pdf?" + url.Values{"ids": {view.IDList(idsOf(part))}}.Encode()})
	}
	return r.Page(p)
}

func idsOf(rows []casework.CaseRow) []registry.CaseID {
	ids := make([]registry.CaseID, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	return ids
}

// chosenRows are the chosen cases that the person may read, in their order.
func (s area) chosenRows(r *kit.Request, ids []registry.CaseID) (rows []casework.CaseRow, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	f := casework.CaseFilter{IDs: ids, IncludeVoided: true}
	if err := s.Service.CheckCases(f); err != nil {
		return nil, err
	}
	list, err := s.Service.Cases(r.Ctx(), r.Actor, f, casework.Page{Limit: len(ids), Uncounted: true})
	if err != nil {
		return nil, err
	}
	of := map[registry.CaseID]casework.CaseRow{}
	for _, x := range list.Rows {
		of[x.ID] = x
	}
	for _, id := range ids {
		if x, ok := of[id]; ok {
			rows = append(rows, x)
		}
	}
	return rows, nil
}

// sheetsPDF is the sheets of the chosen cases as one paper, each with pages of its own numbering. It waits for the room of one.
func (s area) sheetsPDF(r *kit.Request) error {
	ids, err := view.CaseIDs(r.QueryParam("ids"))
	switch {
	case err != nil:
		return err
	case len(ids) == 0:
		return registry.Invalid("ids", "没有选案件")
	case len(ids) > mostSheets:
		return registry.Invalid("ids", "一次最多打印 %d 件，现在是 %d 件；请分几次", mostSheets, len(ids))
	}
	done, err := s.Service.Paper(r.Ctx())
	if err != nil {
		return err
	}
	defer done()
	out, err := s.sheetsOf(r.Ctx(), r.Actor, ids)
	if err != nil {
		return err
	}
	done() // sending it to a slow browser needs no room
	r.Response().Header().Set("Content-Disposition", kit.FileDisposition(fmt.Sprintf("案件登记表-%d件.pdf", len(ids))))
	return r.Blob(http.StatusOK, "application/pdf", out)
}

func (s area) sheetsOf(ctx context.Context, a registry.Actor, ids []registry.CaseID) ([]byte, error) {
	sheets := make([]report.CaseSheet, len(ids))
	for i, id := range ids {
		var err error
		if sheets[i], err = s.Service.PrintCaseSheet(ctx, a, id); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	err := pdf.WriteCaseSheets(&out, sheets)
	return out.Bytes(), err
}
