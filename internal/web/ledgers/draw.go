package ledgers

import (
	"cmp"
	"fmt"

	"casebook/internal/casework"
	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type drawListPage struct {
	kit.Layout
	List kit.List
	Rows []casework.DrawRow
}

func (drawListPage) Template() string { return "ledgers/draws-list" }

func (s area) drawList(r *kit.Request) error {
	l := r.List()
	rows, next, err := s.Service.Draws(r.Ctx(), r.Actor, casework.Page{Cursor: l.Cursor(), Limit: kit.PageSize})
	if err != nil {
		return err
	}
	l.Paged(len(rows), next, -1, false)
	return r.Page(drawListPage{r.Layout("案卷评查"), l, rows})
}

var drawLabels = kit.LabelsOf(registry.DrawFields, nil)

func drawFields(f *kit.Form, x *registry.Draw) {
	f.Meta(&x.Meta)
	f.Text("title", &x.Title)
	f.Date("from", &x.From)
	f.Date("to", &x.To)
	f.Text("district_code", &x.DistrictCode)
	kit.Ref(f, "organ_id", &x.OrganID)
	f.Text("type_code", &x.TypeCode)
	f.IntValue("size", &x.Size)
	f.IntValue("percent", &x.Percent)
	f.Bool("by_unit", &x.ByUnit)
	f.Text("seed", &x.Seed)
	kit.Ref(f, "sheet_id", &x.SheetID)
	f.Text("note", &x.Note)
}

type drawFormPage struct {
	kit.Layout
	Form   *kit.Form
	Organs []kit.Option
	Types  []kit.Option
	Sheets []kit.Option
	Most   int
}

func (drawFormPage) Template() string { return "ledgers/draws-form" }

func drawAddress(x registry.Draw) string { return fmt.Sprintf("/draws/%d", x.ID) }

func (s area) newDraw(r *kit.Request) (kit.Editing[registry.Draw], error) {
	return kit.Editing[registry.Draw]{
		Labels: drawLabels, Fields: drawFields,
		Page: func(f *kit.Form, _ registry.Draw) error {
			p := drawFormPage{Layout: r.Layout("抽取案卷"), Form: f, Types: view.TypeOptions(s.Server), Most: registry.MaxDrawn}
			var err error
			if p.Organs, _, err = view.OrganOptions(s.Server, r); err != nil {
				return err
			}
			sheets, err := s.Service.ScoreSheets(r.Ctx(), r.Actor)
			for _, x := range sheets {
				if x.Active {
					p.Sheets = append(p.Sheets, kit.Option{Value: kit.Itoa(int64(x.ID)), Label: x.Name})
				}
			}
			if err != nil {
				return err
			}
			return r.Form(f, p)
		},
		Add: s.Service.MakeDraw,
		Saved: func(x registry.Draw) error {
			return r.DoneAt(fmt.Sprintf("已抽取 %d 件。", len(x.Cases)), drawAddress(x))
		},
		Title: func(x registry.Draw) string { return x.Title }, Home: drawAddress,
		Words: func(f *kit.Form, x registry.Draw) {
			if _, organs, err := view.OrganOptions(s.Server, r); err == nil {
				f.Name("organ_id", kit.Itoa(int64(x.OrganID)), organs[x.OrganID])
			}
			f.Name("type_code", x.TypeCode, view.TypeLabel(s.Server, x.TypeCode))
		},
		Given: func(typed *registry.Draw, stored registry.Draw) { // what the program fills in does not differ
			seed := typed.Seed
			typed.Seed = cmp.Or(seed, stored.Seed)
		},
	}, nil
}

func (s area) drawNew(r *kit.Request) error {
	e, err := s.newDraw(r)
	if err != nil {
		return err
	}
	last := r.Today().ToMonth()
	return e.Show(r, registry.Draw{To: last})
}

// drawnRow is a drawn case with its result.
type drawnRow struct {
	registry.DrawCase
	N      int
	Result *registry.DrawResult
	Score  string
	Veto   int
	Marks  []drawnMark
}

// drawnMark is points taken off, with the words of the item.
type drawnMark struct {
	Item   registry.ScoreItem
	N      int
	Off    string
	Reason string
}

type drawPage struct {
	kit.Layout
	casework.DrawPage
	Scope, Method string
	Rows          []drawnRow
	All           report.DrawSummary
	Units         []report.DrawSummary
	CanWrite      bool
	History       []view.HistoryEntry
}

func (drawPage) Template() string { return "ledgers/draws-show" }

func (s area) drawn(r *kit.Request) (p drawPage, err error) {
	id, err := kit.PathID[registry.DrawID](r, "id")
	if err != nil {
		return p, err
	}
	d, err := s.Service.Draw(r.Ctx(), r.Actor, id)
	if err != nil {
		return p, err
	}
	p = drawPage{Layout: r.Layout(d.Title), DrawPage: d, CanWrite: r.Can(registry.PermDraw), Method: report.DrawMethod(&d.Draw)}
	violation := ""
	if d.TypeCode != "" {
		violation = view.TypeLabel(s.Server, d.TypeCode)
	}
	p.Scope = report.DrawScope(&d.Draw, d.Organ, violation, s.Service.Bureau())
	p.All, p.Units = report.SummarizeDraw(&d.Draw, d.Results)
	for i, c := range d.Cases {
		row := drawnRow{DrawCase: c, N: i + 1}
		if x, ok := d.Results[c.CaseID]; ok {
			row.Result, row.Veto = &x, len(x.Vetoed(d.Items))
			if x.Score != nil {
				row.Score = x.Score.String()
			}
			for _, m := range x.Marks {
				mark := drawnMark{Item: d.Items[m.Item-1], N: int(m.Item), Off: "−" + m.Points.String(), Reason: m.Reason}
				if mark.Item.Veto {
					mark.Off = "否决"
				}
				row.Marks = append(row.Marks, mark)
			}
		}
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

func (s area) drawShow(r *kit.Request) error {
	p, err := s.drawn(r)
	if err != nil {
		return err
	}
	return r.Page(p)
}

// drawSheetsPage is the score sheets of a draw for printing, a case a page.
type drawSheetsPage struct{ drawPage }

func (drawSheetsPage) Template() string { return "ledgers/draws-sheets" }

func (s area) drawSheets(r *kit.Request) error {
	p, err := s.drawn(r)
	if err != nil {
		return err
	}
	p.Layout = r.Layout("评分表：" + p.Draw.Title)
	return r.Page(drawSheetsPage{p})
}

// drawWorkbook is a draw with its results as a file.
func (s area) drawWorkbook(r *kit.Request) error {
	id, err := kit.PathID[registry.DrawID](r, "id")
	if err != nil {
		return err
	}
	return s.Service.SealedDraw(r.Ctx(), r.Actor, id, r.Response(), sealedListing(r))
}

// resultEditing is what the review of a drawn case found, or the form for it.
func (s area) resultEditing(r *kit.Request) (e kit.Editing[registry.DrawResult], err error) {
	id, err := kit.PathID[registry.DrawID](r, "id")
	if err != nil {
		return e, err
	}
	of, err := kit.PathID[registry.CaseID](r, "child")
	if err != nil {
		return e, err
	}
	d, err := s.Service.Draw(r.Ctx(), r.Actor, id)
	if err != nil {
		return e, err
	}
	drawn, ok := d.Case(of)
	if !ok {
		return e, registry.NotFound("抽中的案件", of)
	}
	record, kept := d.Results[of]
	if !kept {
		record = registry.DrawResult{DrawID: id, CaseID: of}
	}
	at := func(registry.DrawResult) string { return fmt.Sprintf("/draws/%d/cases/%d/result", id, of) }
	home := func(registry.DrawResult) string { return fmt.Sprintf("/draws/%d", id) }
	e = kit.Editing[registry.DrawResult]{
		Record: record, Labels: resultLabels(d.Items), Fields: resultFields(d.Items),
		Page: func(f *kit.Form, _ registry.DrawResult) error {
			return r.Form(f, resultPage{r.Layout("评查结果：" + drawn.Title), f, d.Draw, drawn, d.Total().String(), resultItems(d.Items), kept})
		},
		Add: s.Service.AddDrawResult, Change: s.Service.ChangeDrawResult,
		Saved: func(x registry.DrawResult) error {
			return r.DoneAt("评查结果已保存，得分 "+x.Score.String()+"。", home(x))
		},
		Title: func(registry.DrawResult) string { return drawn.Title + "的评查结果" }, Address: at, Home: home,
	}
	if kept {
		e.Revisions, err = s.Service.Revisions(r.Ctx(), r.Actor, registry.PermDraw, "draw_result", int64(record.ID))
	}
	return e, err
}

// saveResult stores the first result of a case, or a correction of it.
func (s area) saveResult(r *kit.Request) error {
	e, err := s.resultEditing(r)
	if err != nil {
		return err
	}
	if v := r.FormValue("version"); v == "" || v == "0" { // the form was opened before there was one
		e.Record = registry.DrawResult{DrawID: e.Record.DrawID, CaseID: e.Record.CaseID}
		return kit.CreateHandler(func(*kit.Request) (kit.Editing[registry.DrawResult], error) { return e, nil })(r)
	}
	return kit.UpdateHandler(func(*kit.Request) (kit.Editing[registry.DrawResult], error) { return e, nil })(r)
}

// resultItem is an item of the sheet with the names of its inputs.
type resultItem struct {
	registry.ScoreItem
	N     int
	Field string
}

func resultItems(items []registry.ScoreItem) (list []resultItem) {
	for i, x := range items {
		list = append(list, resultItem{x, i + 1, registry.MarkField(i + 1)})
	}
	return list
}

type resultPage struct {
	kit.Layout
	Form  *kit.Form
	Draw  registry.Draw
	Case  registry.DrawCase
	Total string
	Items []resultItem
	Kept  bool
}

func (resultPage) Template() string { return "ledgers/draws-result" }

// Address is where the form posts to.
func (p resultPage) Address() string {
	return fmt.Sprintf("/draws/%d/cases/%d/result", p.Draw.ID, p.Case.CaseID)
}

func resultLabels(items []registry.ScoreItem) kit.Labels {
	more := kit.Labels{"score": "得分"}
	for _, x := range resultItems(items) {
		n := kit.Itoa(int64(x.N))
		more[x.Field+"points"], more[x.Field+"veto"], more[x.Field+"reason"] = "第 "+n+" 项扣分", "第 "+n+" 项否决", "第 "+n+" 项理由"
	}
	return kit.LabelsOf(registry.DrawResultFields, more)
}

// resultFields are the inputs of a result: two for each item of the sheet, or the score where there is no sheet.
func resultFields(items []registry.ScoreItem) func(f *kit.Form, x *registry.DrawResult) {
	return func(f *kit.Form, x *registry.DrawResult) {
		f.Meta(&x.Meta)
		var typed []registry.DrawMark
		for _, item := range resultItems(items) {
			m := registry.DrawMark{Item: int64(item.N)}
			vetoed := false
			for _, have := range x.Marks {
				if f.Filling && have.Item == m.Item {
					m, vetoed = have, item.Veto
				}
			}
			if item.Veto {
				f.Bool(item.Field+"veto", &vetoed)
			} else {
				points(f, item.Field+"points", &m.Points)
			}
			f.Text(item.Field+"reason", &m.Reason)
			if vetoed || m.Points > 0 || m.Reason != "" {
				typed = append(typed, m)
			}
		}
		if !f.Filling {
			x.Marks = typed
		}
		if len(items) == 0 {
			var score registry.Points
			if x.Score != nil {
				score = *x.Score
			}
			points(f, "score", &score)
			if !f.Filling {
				x.Score = nil
				if f.Value("score") != "" {
					x.Score = &score
				}
			}
		}
		f.Text("grade", &x.Grade)
		f.Text("reviewer", &x.Reviewer)
		f.Date("reviewed_on", &x.ReviewedOn)
		f.Text("note", &x.Note)
	}
}

func points(f *kit.Form, name string, p *registry.Points) {
	shown := ""
	if *p > 0 {
		shown = p.String()
	}
	f.Bind(name, shown, func(typed string) (err error) {
		*p = 0
		if typed != "" {
			*p, err = registry.ParsePoints(typed)
		}
		return err
	})
}

type scoreSheetListPage struct {
	kit.Layout
	Sheets []registry.ScoreSheet
}

func (scoreSheetListPage) Template() string { return "ledgers/score-sheets" }

func (s area) scoreSheetList(r *kit.Request) error {
	list, err := s.Service.ScoreSheets(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	return r.Page(scoreSheetListPage{r.Layout("评分表"), list})
}

type scoreSheetPage struct {
	kit.Layout
	Form    *kit.Form
	Sheet   registry.ScoreSheet
	History []view.HistoryEntry
}

func (scoreSheetPage) Template() string { return "ledgers/score-sheet" }

var scoreSheetLabels = kit.LabelsOf(registry.ScoreSheetFields, nil)

func scoreSheetFields(f *kit.Form, x *registry.ScoreSheet) {
	f.Meta(&x.Meta)
	f.Text("name", &x.Name)
	f.Text("source", &x.Source)
	f.Bind("items", registry.ItemsText(x.Items), func(typed string) (err error) {
		x.Items, err = registry.ItemsOf(typed)
		return err
	})
	f.Bool("active", &x.Active)
}

func (s area) scoreSheetEditing(r *kit.Request, stored registry.ScoreSheet) (e kit.Editing[registry.ScoreSheet], err error) {
	title := "新建评分表"
	if stored.ID != 0 {
		title = stored.Name
		if e.Revisions, err = s.Service.Revisions(r.Ctx(), r.Actor, registry.PermDraw, "score_sheet", int64(stored.ID)); err != nil {
			return e, err
		}
	}
	revisions := e.Revisions
	at := func(x registry.ScoreSheet) string { return fmt.Sprintf("/score-sheets/%d", x.ID) }
	return kit.Editing[registry.ScoreSheet]{
		Record: stored, Labels: scoreSheetLabels, Fields: scoreSheetFields, Revisions: revisions,
		Page: func(f *kit.Form, _ registry.ScoreSheet) error {
			return r.Form(f, scoreSheetPage{r.Layout(title), f, stored, view.History(r, revisions, registry.ScoreSheetFields, nil)})
		},
		Add: s.Service.AddScoreSheet, Change: s.Service.ChangeScoreSheet,
		Saved: func(registry.ScoreSheet) error { return r.DoneAt("评分表已保存。", "/score-sheets") },
		Title: func(x registry.ScoreSheet) string { return x.Name }, Address: at, Home: at,
	}, nil
}

func (s area) newScoreSheet(r *kit.Request) (kit.Editing[registry.ScoreSheet], error) {
	return s.scoreSheetEditing(r, registry.ScoreSheet{})
}

// reviewRules asks for a sheet that begins from the file-review rules of 2024.
const reviewRules = "2024"

func (s area) scoreSheetNew(r *kit.Request) error {
	e, err := s.newScoreSheet(r)
	if err != nil {
		return err
	}
	switch from := r.QueryParam("from"); from {
	case "":
		return e.Show(r, registry.ScoreSheet{Active: true})
	case reviewRules:
		return e.Show(r, procedure.ReviewExcerpt())
	default:
		return registry.Invalid("from", "没有可以载入的“%s”", kit.Clip(from))
	}
}

func (s area) storedScoreSheet(r *kit.Request) (e kit.Editing[registry.ScoreSheet], err error) {
	id, err := kit.PathID[registry.ScoreSheetID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.ScoreSheet(r.Ctx(), r.Actor, id)
	if err != nil {
		return e, err
	}
	return s.scoreSheetEditing(r, x)
}
