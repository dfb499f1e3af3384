package ledgers

import (
	"fmt"
	"net/http"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

var closingLabels = kit.Labels{"month": "月份", "note": "结账说明", "reopen_reason": "撤销的理由"}

// closingsPage lists the months that were closed; an administrator closes and reopens them there.
type closingsPage struct {
	kit.Layout
	Form     *kit.Form
	Closings []closedMonth
	Reopen   *closedMonth // whose form of taking it back is open
	Reason   *kit.Form
	May      bool // close and reopen
}

func (closingsPage) Template() string { return "ledgers/closings" }

// closedMonth is a closing with its addresses.
type closedMonth struct {
	casework.ClosedMonth
	Ledger, Diff, List string
}

// ChangedWords is how many cases changed since.
func (m closedMonth) ChangedWords() string {
	switch {
	case m.More:
		return fmt.Sprintf("%d 件以上", m.Changed)
	case m.Changed == 0:
		return "没有"
	}
	return fmt.Sprintf("%d 件", m.Changed)
}

func closedMonths(list []casework.ClosedMonth) (rows []closedMonth) {
	for _, m := range list {
		month := m.Month.String()
		rows = append(rows, closedMonth{m, "/exports/ledger.xlsx?date=decided&from=" + month + "&to=" + month, fmt.Sprintf("/exports/diff.xlsx?closing=%d", m.ID),
			"/cases?date=decided&from=" + month + "&to=" + month})
	}
	return rows
}

func (s area) closingsPage(r *kit.Request, f *kit.Form) (p closingsPage, err error) {
	p = closingsPage{Layout: r.Layout("月末结账"), Form: f, May: r.Actor.Role.Can(registry.PermAdmin)}
	list, err := s.Service.Closings(r.Ctx(), r.Actor)
	p.Closings = closedMonths(list)
	return p, err
}

func (s area) closingList(r *kit.Request) error {
	f := r.NewForm(closingLabels)
	y, m, _ := registry.DateOf(r.Now()).YMD()
	last := registry.Month(y, max(m-1, 1))
	if m == 1 {
		last = registry.Month(y-1, 12)
	}
	f.Date("month", &last)
	p, err := s.closingsPage(r, f)
	if err != nil {
		return err
	}
	return r.Page(p)
}

func (s area) monthClose(r *kit.Request) error {
	f, err := r.ReadForm(closingLabels)
	if err != nil {
		return err
	}
	var x registry.MonthClosing
	f.Meta(&x.Meta)
	f.Date("month", &x.Month)
	f.Text("note", &x.Note)
	month := x.Month
	if f.OK() {
		if _, err = s.Service.CloseMonth(r.Ctx(), r.Actor, &x); err == nil {
			return r.Done(month.Chinese()+"已结账。", "/month-closings")
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	p, err := s.closingsPage(r, f)
	if err != nil {
		return err
	}
	return r.Form(f, p)
}

// reopened finds the closing that an address speaks of, with its page.
func (s area) reopened(r *kit.Request, reason *kit.Form) (p closingsPage, err error) {
	if p, err = s.closingsPage(r, r.NewForm(closingLabels)); err != nil {
		return p, err
	}
	for i := range p.Closings {
		if fmt.Sprint(int64(p.Closings[i].ID)) == r.Param("id") {
			p.Reopen, p.Reason = &p.Closings[i], reason
			return p, nil
		}
	}
	return p, registry.NotFound("月末结账", r.Param("id"))
}

func (s area) reopenForm(r *kit.Request) error {
	f := r.NewForm(closingLabels)
	p, err := s.reopened(r, f)
	if err != nil {
		return err
	}
	f.Version = p.Reopen.Version
	return r.Page(p)
}

func (s area) monthReopen(r *kit.Request) error {
	f, err := r.ReadForm(closingLabels)
	if err != nil {
		return err
	}
	reason := ""
	f.Text("reopen_reason", &reason)
	p, err := s.reopened(r, f)
	if err != nil {
		return err
	}
	if f.OK() {
		err := s.Service.ReopenMonth(r.Ctx(), r.Actor, p.Reopen.ID, f.Version, reason)
		if err == nil {
			return r.Done(p.Reopen.Month.Chinese()+"的结账已撤销。", "/month-closings")
		}
		if registry.KindOf(err) == registry.KindConflict {
			r.Flash("warn", err.Error())
			return r.Redirect(http.StatusSeeOther, "/month-closings")
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return r.Form(f, p)
}
