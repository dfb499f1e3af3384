package home

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type homePage struct {
	kit.Layout
	casework.Desk
	Tabs                  []deskTab
	Why                   string       // why the tab that was asked for, or the nearest one, is not shown
	Actions               []deskAction // what one comes here to do
	Due                   []dueView
	Tiles                 dueTiles
	AllDue                string // the list behind what is due
	AllDrafts, AllUncased string // the lists behind what waits
	Mine                  bool   // the tab is the officer's own
	Unsaved               []unsavedForm
	Empty                 bool   // nothing is registered yet
	Reports               int    // of readers of the public site, that wait; for who deals with them
	Missing               string // which year's notice on holidays should be entered by now; for who enters it
}

// deskTab is whose work the desk shows.
type deskTab struct {
	Label, Href string
	Current     bool
}

// unsavedForm is a form that somebody typed into and did not save; it is brought back where it is opened.
type unsavedForm struct {
	Href, Label string
	At          time.Time
}

type deskAction struct {
	Href, Label, Icon string
	perm              registry.Permission
	Primary           bool
}

func (homePage) Template() string { return "home/home" }

// quickActions are what each role begins most often; those whose page does not exist or may not be entered are left out.
var quickActions = map[registry.Role][]deskAction{
	registry.RoleOfficer:   {{"/inspections/new", "新建检查", "plus", registry.PermRecordWrite, true}, {"/farms/new", "登记养殖场", "farm", registry.PermRecordWrite, false}, {"/cases/new", "登记案件", "case", registry.PermRecordWrite, false}},
	registry.RolePublisher: {{"/bulletins/new", "新建通报", "plus", registry.PermBulletinWrite, true}, {"/exports", "导出台账", "export", registry.PermExport, false}},
	registry.RoleAuditor:   {{"/exports", "导出台账", "export", registry.PermExport, true}, {"/audit", "审计日志", "audit", registry.PermAuditRead, false}},
	registry.RoleAdmin:     {{"/admin/users", "账号", "users", registry.PermAdmin, true}, {"/admin/officers", "执法人员", "badge", registry.PermAdmin, false}, {"/admin/organs", "机构", "organ", registry.PermAdmin, false}, {"/audit", "审计日志", "audit", registry.PermAuditRead, false}},
}

// home is the 工作台: what waits for whoever signed in, what is due and what is not sent, what is recent, and the counts of each district.
func (s area) home(r *kit.Request) error {
	asked := casework.DeskScope(r.QueryParam("desk"))
	d, err := s.Service.Desk(r.Ctx(), r.Actor, asked)
	if err != nil {
		return err
	}
	l := kit.List{Path: "/desk", Query: url.Values{}}
	switch f := d.DueFilter(r.Actor); {
	case f.OfficerID != 0:
		l.Query.Set("mine", "1")
	case f.OrganID != 0:
		l.Query.Set("organ", kit.Itoa(int64(f.OrganID)))
	}
	p := homePage{Layout: r.Layout("工作台"), Desk: d, Tabs: deskTabs(&d, r.User.OfficerID != 0), Empty: d.Total == casework.DistrictCount{}, Due: s.dueViews(r, d.Due.Rows), Tiles: tilesOf(l, d.Due), AllDue: l.WithQuery()}
	whose := url.Values{}
	switch d.Scope {
	case casework.DeskMine:
		whose.Set("officer_id", kit.Itoa(int64(r.User.OfficerID)))
		p.Mine = true
	case casework.DeskBranch:
		whose.Set("district_code", d.Unit.DistrictCode)
	}
	behind := kit.List{Path: "/inspections", Query: whose}
	p.AllDrafts = behind.WithQuery("state", registry.InspectionDraft)
	p.AllUncased = behind.WithQuery("result", registry.ViolationFound, "no_case", "1")
	p.Why = whyCity(&d, asked, r.User.OfficerID != 0)
	for _, x := range d.Typed {
		p.Unsaved = append(p.Unsaved, unsavedForm{x.Form, formWords(x.Form), x.SavedAt})
	}
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

// deskTabs are the tabs that an account has; one alone is no choice.
func deskTabs(d *casework.Desk, officer bool) (list []deskTab) {
	add := func(scope casework.DeskScope, label string) {
		list = append(list, deskTab{label, "/?desk=" + string(scope), d.Scope == scope})
	}
	if officer {
		add(casework.DeskMine, "我承办的")
	}
	if d.Unit != nil {
		add(casework.DeskBranch, "本分局（"+d.Unit.Name+"）")
	}
	add(casework.DeskCity, "全市")
	return list
}

// whyCity says why the desk shows the whole city where something nearer was asked for, or nothing was.
func whyCity(d *casework.Desk, asked casework.DeskScope, officer bool) string {
	if d.Scope != casework.DeskCity || asked == casework.DeskCity {
		return ""
	}
	switch {
	case asked == casework.DeskMine:
		return "账号没有对应的执法人员，没有“我承办的”，这里是全市的。"
	case asked == casework.DeskBranch:
		return "账号的单位不是分局，没有“本分局”，这里是全市的。"
	case !officer && d.Unit == nil:
		return "账号没有对应的执法人员，单位也不是分局，所以这里是全市的。由管理员在“账号”里选定。"
	}
	return ""
}

// formNouns are what the forms that are kept unsaved are about, by the last noun of their address.
var formNouns = map[string]string{"farms": "养殖场", "parties": "当事人", "inspections": "检查", "field": "现场录入", "samples": "样品", "evidence": "证据", "interrogations": "询问笔录",
	"cases": "案件", "violations": "违法行为", "documents": "文书", "penalties": "处罚", "reviews": "复核意见", "bulletins": "通报"}

// formWords say which form an address is of: 新建文书, 修改案件.
func formWords(address string) string {
	path, _, _ := strings.Cut(address, "?")
	noun, verb := "", "填写"
	for part := range strings.SplitSeq(path, "/") {
		switch words, ok := formNouns[part]; {
		case ok:
			noun = words
		case part == "new":
			verb = "新建"
		case part == "edit":
			verb = "修改"
		}
	}
	return verb + cmp.Or(noun, "表单")
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
