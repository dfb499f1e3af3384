package bulletins

import (
	"cmp"
	"fmt"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type reportListPage struct {
	kit.Layout
	List  kit.List
	State string
	Tabs  []bulletinTab
	Rows  []casework.BulletinReportRow
}

func (reportListPage) Template() string { return "bulletins/reports" }

// wordsInList is how much of a report its list shows, in characters.
const wordsInList = 80

// reportList lists what readers of the public site say is wrong, what waits first.
func (s area) reportList(r *kit.Request) error {
	l := r.List()
	p := reportListPage{Layout: r.Layout("公众纠错意见"), State: cmp.Or(l.Get("state"), registry.ReportWaiting)}
	for _, state := range registry.BulletinReportStates {
		p.Tabs = append(p.Tabs, bulletinTab{state, l.WithQuery("state", state), p.State == state})
	}
	rows, next, err := s.Service.BulletinReports(r.Ctx(), r.Actor, p.State, casework.Page{Cursor: l.Cursor(), Limit: kit.PageSize})
	if err != nil {
		return err
	}
	for i := range rows {
		if c := []rune(rows[i].Words); len(c) > wordsInList {
			rows[i].Words = string(c[:wordsInList]) + "…"
		}
	}
	l.Paged(len(rows), next, -1, false)
	p.List, p.Rows = l, rows
	return r.Page(p)
}

type reportPage struct {
	kit.Layout
	casework.BulletinReportPage
	Form    *kit.Form
	States  []kit.Option
	History []view.HistoryEntry
}

func (reportPage) Template() string { return "bulletins/report" }

var reportLabels = kit.LabelsOf(registry.BulletinReportFields, nil)

func reportFields(f *kit.Form, x *registry.BulletinReport) {
	f.Meta(&x.Meta)
	f.Text("state", &x.State)
	f.Text("answer", &x.Answer)
}

// storedReport is a report, and the form that says what was done about it.
func (s area) storedReport(r *kit.Request) (e kit.Editing[registry.BulletinReport], err error) {
	id, err := kit.PathID[registry.BulletinReportID](r, "id")
	if err != nil {
		return e, err
	}
	p, err := s.Service.BulletinReport(r.Ctx(), r.Actor, id)
	if err != nil {
		return e, err
	}
	at := func(registry.BulletinReport) string { return fmt.Sprintf("/bulletin-reports/%d", id) }
	return kit.Editing[registry.BulletinReport]{
		Record: p.BulletinReport, Labels: reportLabels, Fields: reportFields,
		Page: func(f *kit.Form, _ registry.BulletinReport) error {
			return r.Form(f, reportPage{r.Layout("公众纠错意见"), p, f, kit.TermOptions(registry.BulletinReportStates), view.History(r, p.Revisions, registry.BulletinReportFields, nil)})
		},
		Change: s.Service.HandleReport,
		Saved:  func(registry.BulletinReport) error { return r.DoneAt("处理结果已保存。", at(p.BulletinReport)) },
		Title:  func(registry.BulletinReport) string { return "公众纠错意见" }, Address: at, Home: at, Revisions: p.Revisions,
	}, nil
}
