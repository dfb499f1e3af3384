package maps

import (
	"strconv"

	"casebook/internal/casework"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type visitsPage struct {
	kit.Layout
	casework.VisitsPage
	District  string
	Districts []kit.Option
	Problem   string
}

func (visitsPage) Template() string { return "maps/visits" }

// visits lists the farms whose visits reached the cap.
func (s area) visits(r *kit.Request) error {
	p := visitsPage{Layout: r.Layout("检查频次"), District: r.QueryParam("district_code"), Districts: view.DistrictOptions(s.Server, r)}
	p.Year, _ = strconv.Atoi(r.Today().Earliest()[:4]) // of a date
	if typed := r.QueryParam("year"); typed != "" {
		year, err := strconv.Atoi(typed)
		if err != nil || year < 2000 || year > 2100 {
			p.Problem = "年份应为 2000 到 2100 的四位数字"
			return r.PageStatus(422, p)
		}
		p.Year = year
	}
	list, err := s.Service.VisitsPage(r.Ctx(), r.Actor, p.Year, p.District)
	if err != nil {
		return err
	}
	p.VisitsPage = list
	return r.Page(p)
}
