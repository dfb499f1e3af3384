package web

import (
	"fmt"
	"net/url"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// sheetPage is a 裁量 as it was kept with a case: immutable, so it is only read and printed.
type sheetPage struct {
	Layout
	Kept      registry.DiscretionSheet
	Sheet     statute.Sheet
	Case      registry.Case
	Violation string
	At        string
	Table     *statute.DiscretionTable // as the catalogue has it today; nil where it is gone
	Again     string                   // the calculator with these answers
	Newer     []registry.DiscretionSheet
}

func (sheetPage) Template() string { return "statutes/discretion_sheet" }

// sheetRow is a kept sheet in the case's list.
type sheetRow struct {
	registry.DiscretionSheet
	At, Section, Violation string
	Replaced               bool // a later one of the same violation stands above it
}

func (s *Server) sheetRows(list []registry.DiscretionSheet, violations []violationView) []sheetRow {
	rows := make([]sheetRow, len(list))
	seen := map[registry.ViolationID]bool{}
	for i, x := range list {
		at, _ := instant(x.CreatedAt) // a time.Time never fails
		row := sheetRow{DiscretionSheet: x, At: at, Section: x.TableID, Replaced: seen[x.ViolationID]}
		seen[x.ViolationID] = true
		if t, ok := s.service.Law().DiscretionTable(x.TableID); ok {
			row.Section = t.Section
		}
		for _, v := range violations {
			if v.ID == x.ViolationID {
				row.Violation = fmt.Sprintf("%d. %s", v.No, v.Label)
			}
		}
		rows[i] = row
	}
	return rows
}

// sheetCreate keeps a calculation. It is computed again here from its answers: what a browser sends is not arithmetic.
func (s *Server) sheetCreate(r *request) error {
	id, err := pathID[registry.ViolationID](r, "id")
	if err != nil {
		return err
	}
	f, err := r.readForm(Labels{"note": "说明", "answers": "裁量因素"})
	if err != nil {
		return err
	}
	t, ok := s.service.Law().DiscretionTable(f.Value("table"))
	if !ok {
		return registry.NotFound("裁量表", f.Value("table"))
	}
	answers, err := url.ParseQuery(f.Value("answers"))
	if err != nil {
		return badRequest("裁量因素不完整，请返回裁量计算重新计算。")
	}
	asked := formOf(answers, discretionLabels(t))
	sheet, err := s.computeDiscretion(asked, t)
	if err != nil {
		return err
	}
	if sheet == nil {
		answers.Set("go", "1")
		answers.Set("violation", itoa(int64(id)))
		return r.redirect("/statutes/discretion/%s?%s", t.ID, answers.Encode())
	}
	x := registry.DiscretionSheet{ViolationID: id, Answers: discretionAnswers(asked), Note: f.Value("note")}
	x.ClientUID = f.ClientUID
	if _, err := s.service.KeepDiscretion(r.ctx(), r.actor, &x, *sheet); err != nil {
		return err
	}
	return r.done("裁量计算表已存入案件。", "/discretion-sheets/%d", x.ID)
}

// sheetShow is one kept sheet.
func (s *Server) sheetShow(r *request) error {
	id, err := pathID[registry.DiscretionSheetID](r, "id")
	if err != nil {
		return err
	}
	x, sheet, err := s.service.DiscretionSheet(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	page, err := s.service.CaseRecord(r.ctx(), r.actor, x.CaseID)
	if err != nil {
		return err
	}
	at, _ := instant(x.CreatedAt)
	p := sheetPage{Layout: r.layout("裁量计算表 " + sheet.Section), Kept: x, Sheet: sheet, Case: page.Case, At: at}
	for i, v := range page.Violations {
		if v.ID == x.ViolationID {
			p.Violation = fmt.Sprintf("%d. %s", i+1, s.typeLabel(v.TypeCode))
		}
	}
	for _, other := range page.Sheets {
		if other.ViolationID == x.ViolationID && other.ID > x.ID {
			p.Newer = append(p.Newer, other)
		}
	}
	if t, ok := s.service.Law().DiscretionTable(x.TableID); ok {
		p.Table = t
		p.Again = fmt.Sprintf("/statutes/discretion/%s?go=1&violation=%d&%s", t.ID, x.ViolationID, x.Answers)
	}
	return r.page(p)
}
