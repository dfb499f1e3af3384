package law

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// sheetPage is a 裁量 as it was kept with a case: immutable, so it is only read and printed.
type sheetPage struct {
	kit.Layout
	Kept      registry.DiscretionSheet
	Sheet     statute.Sheet
	Case      registry.Case
	Violation string
	At        string
	Table     *statute.DiscretionTable // as the catalogue has it today; nil where it is gone
	Again     string                   // the calculator with these answers
	Newer     []registry.DiscretionSheet
}

func (sheetPage) Template() string { return "law/statutes-discretion_sheet" }

// sheetCreate keeps a calculation. It is computed again here from its answers: what a browser sends is not arithmetic.
func (s area) sheetCreate(r *kit.Request) error {
	id, err := kit.PathID[registry.ViolationID](r, "id")
	if err != nil {
		return err
	}
	f, err := r.ReadForm(kit.Labels{"note": "说明", "answers": "裁量因素"})
	if err != nil {
		return err
	}
	t, ok := s.Service.Law().DiscretionTable(f.Value("table"))
	if !ok {
		return registry.NotFound("裁量表", f.Value("table"))
	}
	answers, err := url.ParseQuery(f.Value("answers"))
	if err != nil {
		return kit.BadRequest("裁量因素不完整，请返回裁量计算重新计算。")
	}
	asked := kit.FormOf(answers, discretionLabels(t))
	sheet, err := s.computeDiscretion(asked, t)
	if err != nil {
		return err
	}
	if sheet == nil {
		answers.Set("go", "1")
		answers.Set("violation", kit.Itoa(int64(id)))
		return r.Go("/statutes/discretion/%s?%s", t.ID, answers.Encode())
	}
	x := registry.DiscretionSheet{ViolationID: id, Answers: discretionAnswers(asked), Note: f.Value("note")}
	x.ClientUID = f.ClientUID
	_, err = s.Service.KeepDiscretion(r.Ctx(), r.Actor, &x, *sheet)
	var before *casework.Repeated[registry.DiscretionSheet]
	if errors.As(err, &before) {
		return s.keptTwice(r, before, *sheet, x.Note)
	}
	if err != nil {
		return err
	}
	return r.Done("裁量计算表已存入案件。", "/discretion-sheets/%d", x.ID)
}

// keptTwice shows a calculation beside the one that the same form kept before: a sheet that is kept does not change.
func (s area) keptTwice(r *kit.Request, before *casework.Repeated[registry.DiscretionSheet], sent statute.Sheet, note string) error {
	var kept statute.Sheet
	if err := json.Unmarshal(before.Stored.Sheet, &kept); err != nil {
		return fmt.Errorf("read sheet %d: %w", before.Stored.ID, err)
	}
	fill := func(sheet statute.Sheet, note string) *kit.Form {
		f := r.NewForm(kit.LabelsOf(registry.DiscretionSheetFields, nil))
		var answers []string
		for _, row := range sheet.Rows {
			answers = append(answers, row.Factor+"："+row.Option)
		}
		text, amount := strings.Join(answers, "\n"), sheet.Amount()
		f.Text("answers", &text)
		f.Money("result_fen", &amount)
		f.Text("note", &note)
		return f
	}
	return r.SentTwice(before, "裁量计算表 "+kept.Section, fmt.Sprintf("/discretion-sheets/%d", before.Stored.ID), registry.DiscretionSheetFields,
		fill(sent, note), fill(kept, before.Stored.Note))
}

// sheetShow is one kept sheet.
func (s area) sheetShow(r *kit.Request) error {
	id, err := kit.PathID[registry.DiscretionSheetID](r, "id")
	if err != nil {
		return err
	}
	x, sheet, err := s.Service.DiscretionSheet(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	page, err := s.Service.CaseRecord(r.Ctx(), r.Actor, x.CaseID)
	if err != nil {
		return err
	}
	at, _ := kit.Instant(x.CreatedAt)
	p := sheetPage{Layout: r.Layout("裁量计算表 " + sheet.Section), Kept: x, Sheet: sheet, Case: page.Case, At: at}
	for i, v := range page.Violations {
		if v.ID == x.ViolationID {
			p.Violation = fmt.Sprintf("%d. %s", i+1, view.TypeLabel(s.Server, v.TypeCode))
		}
	}
	for _, other := range page.Sheets {
		if other.ViolationID == x.ViolationID && other.ID > x.ID {
			p.Newer = append(p.Newer, other)
		}
	}
	if t, ok := s.Service.Law().DiscretionTable(x.TableID); ok {
		p.Table = t
		p.Again = fmt.Sprintf("/statutes/discretion/%s?go=1&violation=%d&%s", t.ID, x.ViolationID, x.Answers)
	}
	return r.Page(p)
}
