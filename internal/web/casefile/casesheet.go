package casefile

import (
	"bytes"
	"fmt"
	"net/http"

	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// caseSheetPage is the case sheet on a screen: what the PDF prints, from the same values.
type caseSheetPage struct {
	kit.Layout
	ID       registry.CaseID
	Sheet    report.CaseSheet
	Sections []sheetSectionView
}

func (caseSheetPage) Template() string { return "casefile/cases-sheet" }

type sheetSectionView struct {
	report.SheetSection
	Blocks []sheetPartView
}

type sheetPartView struct {
	report.SheetPart
	Figure kit.HTML
	Boxes  []view.StatuteBox
}

func (s area) caseSheet(r *kit.Request) error {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	sheet, err := s.Service.CaseSheet(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	p := caseSheetPage{Layout: r.Layout("案件登记表 " + sheet.Title), ID: id, Sheet: sheet}
	for _, x := range sheet.Sections {
		v := sheetSectionView{SheetSection: x}
		for i, part := range x.Parts {
			v.Blocks = append(v.Blocks, sheetPartOf(part, fmt.Sprintf("sheet-path-%d", i)))
		}
		p.Sections = append(p.Sections, v)
	}
	return r.Page(p)
}

func sheetPartOf(part report.SheetPart, id string) sheetPartView {
	v := sheetPartView{SheetPart: part}
	if part.Path != nil {
		v.Figure = view.PathFigure(id, *part.Path)
	}
	for _, q := range part.Quotes {
		b := view.StatuteBox{Label: q.Role, Law: q.Law, Provision: q.Provision, Text: q.Text, Version: q.Version, Checked: q.Checked}
		if q.Hash != "" {
			b.Note = "文本 " + q.Hash
		}
		v.Boxes = append(v.Boxes, b)
	}
	return v
}

func (s area) caseSheetPDF(r *kit.Request) error {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	done, err := s.Service.Paper(r.Ctx())
	if err != nil {
		return err
	}
	defer done()
	sheet, err := s.Service.PrintCaseSheet(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := pdf.WriteCaseSheet(&out, sheet); err != nil {
		return err // *pdf.MissingGlyphs is invalid input and names the characters
	}
	done() // sending it to a slow browser needs no room
	r.Response().Header().Set("Content-Disposition", kit.FileDisposition(fmt.Sprintf("案件登记表-%d.pdf", id)))
	return r.Blob(http.StatusOK, "application/pdf", out.Bytes())
}
