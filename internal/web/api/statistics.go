package api

import (
	"net/http"

	"casebook/internal/casework"
	"casebook/internal/report"
	"casebook/internal/web/kit"
)

// apiStatistics are the figures of the page of statistics as JSON: what is money is in 分, what is a ratio is its text.
func (s area) apiStatistics(r *kit.Request) error {
	if err := refuseQuery(r); err != nil {
		return err
	}
	q := casework.StatisticsAsk{Basis: report.Basis(r.QueryParam("date")), DistrictCode: r.QueryParam("district_code"), Group: r.QueryParam("group")}
	var err error
	if q.From, err = queryDate(r, "from"); err != nil {
		return err
	}
	if q.To, err = queryDate(r, "to"); err != nil {
		return err
	}
	if q.AsOf, err = queryDate(r, "as_of"); err != nil {
		return err
	}
	st, _, err := s.Service.Statistics(r.Ctx(), r.Actor, q)
	if err != nil {
		return err
	}
	return r.JSON(http.StatusOK, statisticsOf(st))
}

type statisticsJSON struct {
	From     string        `json:"from"`
	To       string        `json:"to"`
	Date     report.Basis  `json:"date"`
	District string        `json:"district"`
	Scope    string        `json:"scope"` // the branch whose cases these are; empty: the whole city
	AsOf     string        `json:"as_of"`
	Past     bool          `json:"past"` // as they were at the end of as_of
	Cases    int64         `json:"cases"`
	Undated  int64         `json:"cases_without_month"` // of the whole register
	Figures  []figureJSON  `json:"figures"`
	Sections []sectionJSON `json:"sections"`
	Alike    *spreadJSON   `json:"alike"`
}

type figureJSON struct {
	Key     string `json:"key"`
	Label   string `json:"label"`
	Unit    string `json:"unit"`
	Value   any    `json:"value"`
	Rule    string `json:"rule"`
	Before  string `json:"change_from_period_before,omitempty"`
	YearAgo string `json:"change_from_year_ago,omitempty"`
}

type sectionJSON struct {
	Key     string       `json:"key"`
	Title   string       `json:"title"`
	Rule    string       `json:"rule"`
	Columns []columnJSON `json:"columns"`
	Rows    [][]any      `json:"rows"`
	Total   []any        `json:"total,omitempty"`
	Folded  string       `json:"folded,omitempty"`
}

type columnJSON struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Money bool   `json:"money_fen"`
}

type spreadJSON struct {
	Group  string     `json:"group"`
	Label  string     `json:"label"`
	Rule   string     `json:"rule"`
	Median int64      `json:"median_fen"`
	Q1     int64      `json:"q1_fen"`
	Q3     int64      `json:"q3_fen"`
	Capped bool       `json:"capped"`
	Fines  []fineJSON `json:"fines"`
}

type fineJSON struct {
	Case    int64  `json:"case_id"`
	Fine    int64  `json:"fine_fen"`
	On      string `json:"decided_on"`
	Outlier bool   `json:"outlier"`
}

func statisticsOf(st *report.Statistics) statisticsJSON {
	x := statisticsJSON{From: st.From, To: st.To, Date: st.Basis, District: st.District, Scope: st.Scope, AsOf: st.AsOf.String(), Past: st.Past != "", Cases: st.Cases, Undated: st.Unknown}
	for _, f := range st.Figures {
		x.Figures = append(x.Figures, figureJSON{f.Key, f.Label, f.Unit, cellValue(f.Value), f.Rule, f.Before, f.YearAgo})
	}
	for _, s := range st.Sections {
		j := sectionJSON{Key: s.Key, Title: s.Title, Rule: s.Rule, Rows: [][]any{}, Folded: s.Folded, Total: cellValues(s.Total.Cells)}
		for _, c := range s.Columns {
			j.Columns = append(j.Columns, columnJSON{c.Key, c.Title, c.Kind == report.KindMoney})
		}
		for _, row := range s.Rows {
			j.Rows = append(j.Rows, cellValues(row.Cells))
		}
		x.Sections = append(x.Sections, j)
	}
	if a := st.Alike; a != nil {
		x.Alike = &spreadJSON{Group: a.Key, Label: a.Label, Rule: a.Rule, Median: int64(a.Median), Q1: int64(a.Q1), Q3: int64(a.Q3), Capped: a.Capped, Fines: []fineJSON{}}
		for _, f := range a.Fines {
			x.Alike.Fines = append(x.Alike.Fines, fineJSON{int64(f.Case), int64(f.Fine), f.DecidedOn, f.Outlier})
		}
	}
	return x
}

func cellValues(cells []report.Cell) (list []any) {
	for _, c := range cells {
		list = append(list, cellValue(c))
	}
	return list
}

// cellValue is a cell as JSON: null where it is empty.
func cellValue(c report.Cell) any {
	switch c.Kind {
	case report.Empty:
		return nil
	case report.CellInteger, report.CellMoney:
		return c.N
	}
	return c.String()
}
