package ledgers

import (
	"fmt"
	"net/url"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
)

var statisticsLabels = kit.Labels{"from": "起始月份", "to": "截止月份", "date": "按哪个日期计", "district_code": "辖区", "as_of": "截至日", "group": "同类案件"}

type statisticsPage struct {
	kit.Layout
	Form     *kit.Form
	Bases    []kit.Option
	Ask      casework.StatisticsAsk
	Words    string
	Presets  []preset
	S        *report.Statistics
	Sections []statisticsSection // with something in them
	Empty    []string            // titles of those without
	Spread   *spread
	Brief    *briefForm // nil: the person may export nothing
}

// briefForm offers the week's and the month's page.
type briefForm struct {
	Form  *kit.Form
	Kinds []kit.Option
}

// preset is a period that is one click away.
type preset struct{ Label, Href string }

type statisticsSection struct {
	report.StatSection
	Chart *chart
	Lines []statisticsLine
	Sum   statisticsLine
	Open  bool // its table stands open: it is short, or there is no figure
}

type statisticsLine struct{ Cells []statisticsCell }

type statisticsCell struct {
	report.Cell
	Href string
	Num  bool
}

func (statisticsPage) Template() string { return "ledgers/statistics" }

// CompareNote says what 环比 and 同比 are compared with.
func (p statisticsPage) CompareNote() string {
	return "环比与上一个同样长的期间比，同比与上年同期比；对比的期间为 0 的记“—”。"
}

// ask binds what the address asks for.
func bindStatistics(f *kit.Form, q *casework.StatisticsAsk) {
	var basis string
	f.Date("from", &q.From)
	f.Date("to", &q.To)
	f.Text("date", &basis)
	f.Text("district_code", &q.DistrictCode)
	f.Date("as_of", &q.AsOf)
	f.Text("group", &q.Group)
	q.Basis = report.Basis(basis)
}

func (s area) statisticsPage(r *kit.Request) error {
	f := kit.FormOf(r.QueryParams(), statisticsLabels)
	var q casework.StatisticsAsk
	bindStatistics(f, &q)
	p := statisticsPage{Layout: r.Layout("统计分析").FullWidth(), Form: f, Bases: basisOptions(), Presets: presets(s.Service.Today())}
	if r.Actor.May(registry.PermExport) == nil {
		form := kit.FormOf(url.Values{"kind": {"week"}, "on": {s.Service.Today().String()}}, briefLabels)
		p.Brief = &briefForm{form, briefKinds}
	}
	if f.OK() {
		st, q, err := s.Service.Statistics(r.Ctx(), r.Actor, q)
		if err := f.Refuse(err); err != nil {
			return err
		}
		if st != nil {
			p.S, p.Ask, p.Words = st, q, s.Service.StatisticsWords(q)
			for _, name := range []struct{ name, value string }{{"from", q.From.String()}, {"to", q.To.String()}, {"date", string(q.Basis)}} {
				f.Values.Set(name.name, name.value)
			}
			for i := range st.Sections {
				if x := sectionOf(st, &st.Sections[i]); len(x.Lines) > 0 {
					p.Sections = append(p.Sections, x)
				} else {
					p.Empty = append(p.Empty, x.Title)
				}
			}
			p.Spread = spreadOf(st.Alike)
		}
	}
	return r.Form(f, p)
}

// presets are the periods that are asked for most.
func presets(today registry.Date) []preset {
	y, m, _ := today.YMD()
	last := registry.Month(y, m-1)
	if m == 1 {
		last = registry.Month(y-1, 12)
	}
	link := func(label string, from, to registry.Date, b report.Basis) preset {
		return preset{label, "/statistics?" + url.Values{"from": {from.String()}, "to": {to.String()}, "date": {string(b)}}.Encode()}
	}
	month := registry.Month(y, m)
	return []preset{link("本月下达的决定", month, month, report.BasisDecided), link("上月下达的决定", last, last, report.BasisDecided), link("今年下达的决定", registry.Month(y, 1), month, report.BasisDecided),
		link("今年发现的案件", registry.Month(y, 1), month, report.BasisFound), link("去年发现的案件", registry.Month(y-1, 1), registry.Month(y-1, 12), report.BasisFound)}
}

// openRows is up to how many rows a table stands open.
const openRows = 12

func sectionOf(st *report.Statistics, s *report.StatSection) statisticsSection {
	x := statisticsSection{StatSection: *s, Chart: chartOf(s.Key, s.Plot)}
	x.Open = len(s.Rows) <= openRows
	line := func(row report.StatRow) (l statisticsLine) {
		for i, c := range row.Cells {
			l.Cells = append(l.Cells, statisticsCell{Cell: c, Href: hrefOf(st, row.Asks[i], c), Num: s.Columns[i].Kind == report.KindInteger || s.Columns[i].Kind == report.KindMoney})
		}
		return l
	}
	for _, row := range s.Rows {
		x.Lines = append(x.Lines, line(row))
	}
	x.Sum = line(s.Total)
	return x
}

// hrefOf is the list behind a number; empty where there is none, or nothing in it. The figures of a past moment have none: lists are today's.
func hrefOf(st *report.Statistics, a report.Ask, c report.Cell) string {
	if st.Past != "" || c.Kind == report.Empty || (c.Kind == report.CellInteger || c.Kind == report.CellMoney) && c.N == 0 || c.Text == "—" {
		return ""
	}
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("district_code", a.District)
	set("from", a.From)
	set("to", a.To)
	switch a.List {
	case report.AskCounted, report.AskDated:
		name := "counted"
		if a.List == report.AskDated {
			name = "date"
		}
		set(name, string(a.Basis))
		set("type_code", a.Type)
		set("stage", a.Stage)
		set("line", string(a.Line))
		if a.Undated {
			v.Set("undated", "1")
		}
		return "/cases?" + v.Encode()
	case report.AskPartyCases:
		v.Set("counted", string(report.BasisFound))
		v.Set("party_id", kit.Itoa(a.ID))
		return "/cases?" + v.Encode()
	case report.AskInspections:
		v.Set("monthly", "1")
		set("result", a.Result)
		if a.Cased {
			v.Set("cased", "1")
		}
		return "/inspections?" + v.Encode()
	case report.AskDue:
		return "/desk?due=" + url.QueryEscape(string(casework.DueOverdue))
	case report.AskParty:
		return "/parties/" + kit.Itoa(a.ID)
	case report.AskRepeaters:
		v.Del("from")
		v.Del("to")
		v.Set("repeated", a.From+".."+a.To)
		return "/parties?" + v.Encode()
	case report.AskFarms:
		v.Del("from")
		v.Set("idle", a.From)
		return "/farms?" + v.Encode()
	case report.AskFarm:
		return "/farms/" + kit.Itoa(a.ID)
	}
	return ""
}

// Narrow reports a table that has room beside its figure.
func (s statisticsSection) Narrow() bool { return s.Chart != nil && len(s.Columns) <= 4 }

// FigureHref is the list behind a figure.
func (p statisticsPage) FigureHref(f report.StatFigure) string { return hrefOf(p.S, f.Ask, f.Value) }

// LinkNote says what the links of the numbers show.
func (p statisticsPage) LinkNote() string {
	if p.S.Past != "" {
		return ""
	}
	return "点数字看它后面的案件或检查。数的是件数的，名单上就是这么多件；数的是文书、期限或金额的，名单是所涉的案件。"
}

// UnknownNote says which cases are in no month.
func (p statisticsPage) UnknownNote() string {
	if p.S.Unknown == 0 {
		return ""
	}
	return fmt.Sprintf("没有%s，或只知到年，不在任何月份里。", p.S.Basis.Label())
}

// UnknownHref and DemoHref are the lists behind the numbers of the notes.
func (p statisticsPage) UnknownHref() string {
	return hrefOf(p.S, report.Ask{List: report.AskCounted, Basis: p.S.Basis, District: p.Ask.DistrictCode, Undated: true}, report.Integer(int(p.S.Unknown)))
}

func (p statisticsPage) DemoHref() string {
	return hrefOf(p.S, report.Ask{List: report.AskCounted, Basis: p.S.Basis, District: p.Ask.DistrictCode, From: p.S.From, To: p.S.To}.On(registry.TallyStep, "demo"), report.Integer(int(p.S.Demo)))
}

type similarPage struct {
	kit.Layout
	X    casework.SimilarCases
	Rule string
}

func (similarPage) Template() string { return "ledgers/similar" }

func (s area) similarPage(r *kit.Request) error {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	x, err := s.Service.SimilarCases(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	return r.Page(similarPage{Layout: r.Layout("同类案件的罚款"), X: x, Rule: report.OutlierRule})
}
