package home

import (
	"fmt"

	"casebook/internal/casework"
	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// dueTiles are the figures above what is due.
type dueTiles struct {
	Overdue, Today, Week dueTile
}

type dueTile struct {
	Count   int
	More    bool // there are more than were counted
	Href    string
	Current bool
}

// dueView is a case as the desk shows it.
type dueView struct {
	casework.DueRow
	Name  string // of the deadline
	Words string // 还剩 8 天
	Tone  string
}

func (s area) dueViews(r *kit.Request, rows []casework.DueRow) []dueView {
	list := make([]dueView, len(rows))
	for i, x := range rows {
		v := dueView{DueRow: x, Name: s.Service.DeadlineName(x.DueCode)}
		days := daysUntil(r.Today(), x.DueOn)
		v.Words = procedure.LeftWords(days)
		switch {
		case days < 0:
			v.Tone = "danger"
		case days <= view.Soon:
			v.Tone = "warn"
		}
		list[i] = v
	}
	return list
}

func daysUntil(today, day registry.Date) int {
	a, _ := today.Time()
	b, _ := day.Time()
	return int(b.Sub(a).Hours() / 24)
}

func tilesOf(l kit.List, c casework.DueDesk) dueTiles {
	tile := func(when casework.DueWhen, n int) dueTile {
		return dueTile{n, c.Counts.Capped && n >= casework.CountCap, l.With("when", string(when)), l.Get("when") == string(when)}
	}
	return dueTiles{tile(casework.DueOverdue, c.Counts.Overdue), tile(casework.DueToday, c.Counts.Today), tile(casework.DueSoon, c.Counts.Week)}
}

type deskPage struct {
	kit.Layout
	List     kit.List
	Tiles    dueTiles
	Rows     []dueView
	Mine     bool
	CanMine  bool // the account is tied to an officer of the roster
	WeekHref string
}

func (deskPage) Template() string { return "home/desk-due" }

// desk lists the cases that have something due, the most urgent first.
func (s area) desk(r *kit.Request) error {
	organs, _, err := view.OrganOptions(s.Server, r)
	if err != nil {
		return err
	}
	l := r.List(kit.Filter{Name: "organ", Label: "承办单位", Options: organs},
		kit.Filter{Name: "when", Label: "期限", Options: kit.TermOptions([]string{string(casework.DueOverdue), string(casework.DueToday), string(casework.DueSoon)})},
		kit.Filter{Name: "mine", Label: "范围", Show: func(string) string { return "我的" }})
	p := deskPage{Layout: r.Layout("到期的案件").FullWidth(), List: l, Mine: l.Get("mine") != "", CanMine: r.User.OfficerID != 0, WeekHref: "/desk/week"}
	f := casework.DueFilter{OrganID: kit.QueryID[registry.OrganID](r, "organ")}
	if f.OrganID != 0 {
		p.WeekHref += fmt.Sprintf("?organ=%d", f.OrganID)
	}
	if p.Mine && p.CanMine {
		f.OfficerID = r.User.OfficerID
	}
	d := casework.DueDesk{}
	if !p.Mine || p.CanMine {
		if d, err = s.Service.DueCases(r.Ctx(), r.Actor, f, casework.DueWhen(l.Get("when")), casework.Page{Cursor: l.Cursor(), Limit: kit.PageSize}); err != nil {
			return err
		}
	}
	p.Rows, p.Tiles = s.dueViews(r, d.Rows), tilesOf(l, d)
	p.List.Paged(len(d.Rows), d.Next, -1, false)
	return r.Page(p)
}

type weekPage struct {
	kit.Layout
	From, Until registry.Date
	Organs      []kit.Option
	Organ       string
	List        kit.List
	Units       []weekUnit
}

func (weekPage) Template() string { return "home/desk-week" }

type weekUnit struct {
	Name  string
	Lines []weekLine
	Late  int
}

type weekLine struct {
	Case  registry.Case
	Clock view.Clock
	Late  bool
}

// deskWeek is the weekly list, to print: what ends within seven days and what is overdue, by unit.
func (s area) deskWeek(r *kit.Request) error {
	organs, _, err := view.OrganOptions(s.Server, r)
	if err != nil {
		return err
	}
	organ := kit.QueryID[registry.OrganID](r, "organ")
	l := r.List()
	w, err := s.Service.DueWeek(r.Ctx(), r.Actor, organ, casework.Page{Cursor: l.Cursor(), Limit: kit.PageSize})
	if err != nil {
		return err
	}
	p := weekPage{Layout: r.Layout("期限周报").FullWidth(), From: w.From, Until: w.Until, Organs: organs, Organ: r.QueryParam("organ")}
	l.Paged(w.Cases, w.Next, -1, false)
	p.List = l
	for _, u := range w.Units {
		unit := weekUnit{Name: u.Organ.Name}
		if unit.Name == "" {
			unit.Name = "承办单位未填"
		}
		for i := range u.Clocks {
			c := &u.Clocks[i]
			line := weekLine{c.Case, view.ClockOf(s.Server, r, &c.Clock), c.Clock.State == procedure.Overdue}
			if line.Late {
				unit.Late++
			}
			unit.Lines = append(unit.Lines, line)
		}
		p.Units = append(p.Units, unit)
	}
	return r.Page(p)
}
