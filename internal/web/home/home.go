package home

import (
	"net/http"
	"net/url"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type homePage struct {
	kit.Layout
	casework.Desk
	Actions []deskAction // what one comes here to do
	Due     []dueView
	Tiles   dueTiles
	Empty   bool   // nothing is registered yet
	Reports int    // of readers of the public site, that wait; for who deals with them
	Missing string // which year's notice on holidays should be entered by now; for who enters it
}

type deskAction struct {
	Href, Label, Icon string
	perm              registry.Permission
	Primary           bool
}

// deskRows is how many of the most urgent cases the desk shows; the list behind it shows all.
const deskRows = 10

func (homePage) Template() string { return "home/home" }

// quickActions are what each role begins most often; those whose page does not exist or may not be entered are left out.
var quickActions = map[registry.Role][]deskAction{
	registry.RoleOfficer:   {{"/inspections/new", "新建检查", "plus", registry.PermRecordWrite, true}, {"/farms/new", "登记养殖场", "farm", registry.PermRecordWrite, false}, {"/cases/new", "登记案件", "case", registry.PermRecordWrite, false}},
	registry.RolePublisher: {{"/bulletins/new", "新建通报", "plus", registry.PermBulletinWrite, true}, {"/exports", "导出台账", "export", registry.PermExport, false}},
	registry.RoleAuditor:   {{"/exports", "导出台账", "export", registry.PermExport, true}, {"/audit", "审计日志", "audit", registry.PermAuditRead, false}},
	registry.RoleAdmin:     {{"/admin/users", "账号", "users", registry.PermAdmin, true}, {"/admin/officers", "执法人员", "badge", registry.PermAdmin, false}, {"/admin/organs", "机构", "organ", registry.PermAdmin, false}, {"/audit", "审计日志", "audit", registry.PermAuditRead, false}},
}

// home is the 工作台: what waits for whoever signed in, what is recent, and the counts of each district.
func (s area) home(r *kit.Request) error {
	d, err := s.Service.Desk(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	// What is due in the person's own unit, or in the whole bureau for one who works for all.
	l := kit.List{Path: "/desk", Query: url.Values{}}
	unit := r.User.OrganID
	if r.User.Role == registry.RoleOfficer && r.Actor.Branch == nil {
		unit = 0
	}
	if unit != 0 {
		l.Query.Set("organ", kit.Itoa(int64(unit)))
	}
	due, err := s.Service.DueCases(r.Ctx(), r.Actor, casework.DueFilter{OrganID: unit}, casework.DueEver, casework.Page{Limit: deskRows})
	if err != nil {
		return err
	}
	p := homePage{Layout: r.Layout("工作台"), Desk: d, Empty: d.Total == casework.DistrictCount{}, Due: s.dueViews(r, due.Rows), Tiles: tilesOf(l, due)}
	if p.Reports, err = s.Service.WaitingReports(r.Ctx(), r.Actor); err != nil {
		return err
	}
	if r.User.Role.Can(registry.PermAdmin) {
		p.Missing = view.NoticeMissing(s.Server, r)
	}
	for _, a := range quickActions[r.User.Role] {
		if r.User.Role.Can(a.perm) && s.Pages[a.Href] {
			p.Actions = append(p.Actions, a)
		}
	}
	return r.Page(p)
}

type morePage struct {
	kit.Layout
	Own ownAccount
}

func (morePage) Template() string { return "home/more" }

// more is the phone's page of every place that the bottom bar has no room for.
func (s area) more(r *kit.Request) error {
	own, err := s.ownAccount(r)
	if err != nil {
		return err
	}
	return r.Page(morePage{r.Layout("更多"), own})
}

// health tells a supervisor that the process lives. To restart it would not mend a full disk, so nothing else is asked.
func (s area) health(r *kit.Request) error { return r.String(http.StatusOK, "ok\n") }

// ready tells a supervisor whether requests can be served: 503 where the database cannot be read or written, or writes wait for the check after a crash,
// 507 where the disk is full. Under the first line stands what goes on behind the server.
func (s area) ready(r *kit.Request) error {
	err := s.Service.Ready(r.Ctx())
	status, lines := http.StatusOK, append([]string{"ok"}, s.Service.Notices()...)
	if standby := s.Service.StandbyTrouble(); standby != "" {
		lines = append(lines, standby)
	}
	if err != nil {
		p := kit.ProblemOf(err)
		status, lines[0] = p.Status, p.Detail
		if status != http.StatusInsufficientStorage {
			status = http.StatusServiceUnavailable
		}
		if wait := s.Service.Checking(); wait.WritesWait {
			r.Response().Header().Set("Retry-After", kit.Itoa(int64(max(1, wait.SecondsLeft))))
		} else {
			s.Log.Error("not ready", "err", err)
		}
	}
	return r.String(status, strings.Join(lines, "\n")+"\n")
}
