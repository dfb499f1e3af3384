package web

import (
	"slices"
	"strings"

	"casebook/internal/registry"
)

// Layout is what the frame around a page shows. Every page struct embeds it: Layout: r.layout("养殖场").
type Layout struct {
	Title  string
	Path   string // of the request, without its query
	User   registry.User
	Token  string // the form token of this page
	Demo   bool
	Flash  *Flash
	Nav    []navGroup
	Bottom []navItem
	Wide   bool // a page of wide tables uses the whole window
}

// Can reports whether the signed-in role has a permission, so that a page does not offer what would be refused.
func (l Layout) Can(p registry.Permission) bool { return l.User.Role.Can(p) }

// Flash is a message shown once, after a redirect.
type Flash struct{ Tone, Text string } // Tone: ok, warn, danger

type navItem struct {
	Href, Label, Icon string
	perm              registry.Permission
	Current           bool
}

type navGroup struct {
	Label string
	Items []navItem
}

// navigation lists the places of the product in the order of the left column. A place whose route does not exist, or that
// the role may not enter, is left out.
var navigation = []navGroup{
	{"登记", []navItem{
		{"/", "工作台", "home", registry.PermSelf, false},
		{"/inspections", "现场检查", "inspection", registry.PermRecordRead, false},
		{"/cases", "案件", "case", registry.PermRecordRead, false},
		{"/farms", "养殖场", "farm", registry.PermRecordRead, false},
		{"/parties", "当事人", "party", registry.PermRecordRead, false},
		{"/imports", "导入", "upload", registry.PermRecordWrite, false},
	}},
	{"成果", []navItem{
		{"/bulletins", "典型案例通报", "bulletin", registry.PermBulletinRead, false},
		{"/exports", "台账与统计", "export", registry.PermExport, false},
	}},
	{"依据", []navItem{
		{"/statutes", "法规库", "statute", registry.PermStatuteRead, false},
	}},
	{"管理", []navItem{
		{"/audit", "审计日志", "audit", registry.PermAuditRead, false},
		{"/admin/users", "账号", "users", registry.PermAdmin, false},
		{"/admin/officers", "执法人员", "badge", registry.PermAdmin, false},
		{"/admin/bureau", "本局", "organ", registry.PermAdmin, false},
		{"/admin/organs", "机构", "organ", registry.PermAdmin, false},
		{"/admin/laws", "法规文本", "statute", registry.PermAdmin, false},
		{"/admin/calendar", "节假日历", "calendar", registry.PermAdmin, false},
		{"/admin/document-kinds", "文书种类", "document", registry.PermAdmin, false},
	}},
}

// bottomBar holds the four places of a phone's bottom bar by role; 更多 follows them.
var bottomBar = map[registry.Role][]string{
	registry.RoleOfficer:   {"/", "/inspections", "/cases", "/farms"},
	registry.RolePublisher: {"/", "/cases", "/bulletins", "/statutes"},
	registry.RoleAuditor:   {"/", "/cases", "/exports", "/audit"},
	registry.RoleAdmin:     {"/", "/cases", "/admin/users", "/audit"},
}

var shortLabels = map[string]string{"/inspections": "检查", "/bulletins": "通报", "/exports": "台账", "/audit": "审计"}

// layout begins a page.
func (r *request) layout(title string) Layout {
	l := Layout{Title: title, Path: r.Request().URL.Path, User: r.user, Demo: r.s.opt.Demo, Token: r.formToken(), Flash: r.takeFlash()}
	if r.user.ID == 0 {
		return l
	}
	places := map[string]navItem{}
	for _, g := range navigation {
		shown := navGroup{Label: g.Label}
		for _, item := range g.Items {
			if !r.user.Role.Can(item.perm) || !r.s.pages[item.Href] {
				continue
			}
			item.Current = l.Path == item.Href || item.Href != "/" && strings.HasPrefix(l.Path, item.Href+"/")
			shown.Items = append(shown.Items, item)
			places[item.Href] = item
		}
		if len(shown.Items) > 0 {
			l.Nav = append(l.Nav, shown)
		}
	}
	for _, href := range bottomBar[r.user.Role] {
		if item, ok := places[href]; ok {
			if s := shortLabels[href]; s != "" {
				item.Label = s
			}
			l.Bottom = append(l.Bottom, item)
		}
	}
	more := navItem{Href: "/more", Label: "更多", Icon: "more"}
	more.Current = !slices.ContainsFunc(l.Bottom, func(i navItem) bool { return i.Current })
	l.Bottom = append(l.Bottom, more)
	return l
}

// wide makes the page use the whole width of the window.
func (l Layout) wide() Layout {
	l.Wide = true
	return l
}
