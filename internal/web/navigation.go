package web

import (
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// navigation lists the places of the product in the order of the left column. A place whose route does not exist, or that
// the role may not enter, is left out.
var navigation = []kit.NavGroup{
	{Label: "登记", Items: []kit.NavItem{
		{Href: "/", Label: "工作台", Icon: "home", Permission: registry.PermSelf},
		{Href: "/field", Label: "现场录入", Icon: "edit", Permission: registry.PermRecordWrite},
		{Href: "/inspections", Label: "现场检查", Icon: "inspection", Permission: registry.PermRecordRead},
		{Href: "/cases", Label: "案件", Icon: "case", Permission: registry.PermRecordRead},
		{Href: "/farms", Label: "养殖场", Icon: "farm", Permission: registry.PermRecordRead},
		{Href: "/parties", Label: "当事人", Icon: "party", Permission: registry.PermRecordRead},
		{Href: "/map", Label: "地图", Icon: "map", Permission: registry.PermRecordRead},
		{Href: "/imports", Label: "导入", Icon: "upload", Permission: registry.PermRecordWrite},
	}},
	{Label: "成果", Items: []kit.NavItem{
		{Href: "/bulletins", Label: "典型案例通报", Icon: "bulletin", Permission: registry.PermBulletinRead},
		{Href: "/statistics", Label: "统计分析", Icon: "chart", Permission: registry.PermRecordRead},
		{Href: "/exports", Label: "台账导出", Icon: "export", Permission: registry.PermExport},
		{Href: "/reconcile", Label: "对账", Icon: "copy", Permission: registry.PermReconcile},
		{Href: "/draws", Label: "案卷评查", Icon: "inspection", Permission: registry.PermDrawRead},
	}},
	{Label: "依据", Items: []kit.NavItem{
		{Href: "/statutes", Label: "法规库", Icon: "statute", Permission: registry.PermStatuteRead},
	}},
	{Label: "管理", Items: []kit.NavItem{
		{Href: "/zones", Label: "区划", Icon: "map", Permission: registry.PermAdmin},
		{Href: "/audit", Label: "审计日志", Icon: "audit", Permission: registry.PermAuditRead},
		{Href: "/month-closings", Label: "月末结账", Icon: "check", Permission: registry.PermAuditRead},
		{Href: "/verify", Label: "核验", Icon: "lock", Permission: registry.PermAuditRead},
		{Href: "/admin/users", Label: "账号", Icon: "users", Permission: registry.PermAdmin},
		{Href: "/admin/bureau", Label: "本局", Icon: "organ", Permission: registry.PermAdmin},
		{Href: "/admin/officers", Label: "执法人员", Icon: "badge", Permission: registry.PermAdmin},
		{Href: "/admin/organs", Label: "机构", Icon: "organ", Permission: registry.PermAdmin},
		{Href: "/admin/laws", Label: "法规文本", Icon: "statute", Permission: registry.PermAdmin},
		{Href: "/admin/calendar", Label: "节假日历", Icon: "calendar", Permission: registry.PermAdmin},
		{Href: "/admin/document-kinds", Label: "文书种类", Icon: "document", Permission: registry.PermAdmin},
		{Href: "/admin/wordings", Label: "文书用语", Icon: "edit", Permission: registry.PermAdmin},
	}},
}

// bottomBar holds the four places of a phone's bottom bar by role; 更多 follows them.
var bottomBar = map[registry.Role][]string{
	registry.RoleOfficer:   {"/", "/field", "/inspections", "/cases"},
	registry.RolePublisher: {"/", "/cases", "/bulletins", "/statutes"},
	registry.RoleAuditor:   {"/", "/cases", "/exports", "/audit"},
	registry.RoleAdmin:     {"/", "/cases", "/admin/users", "/audit"},
}

var shortLabels = map[string]string{"/field": "录入", "/inspections": "检查", "/bulletins": "通报", "/exports": "台账", "/audit": "审计"}
