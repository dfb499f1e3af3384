package ledgers

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// auditActions are the words the log uses, in the order a person looks for them.
var auditActions = []string{"新建", "修改", "导入", "提交", "删除", "恢复", string(registry.DocReopened), "改编号", "列入案件", "提交审核", "退回", "批准", "撤回", "导出", "公众纠错", "处理纠错意见", "存入", "上传附件", "下载附件", "登录", "登录失败", "退出", "修改密码", "设置密码", "重置密码", "新建账号", "修改账号", "停用账号", "恢复账号", "录入法规版本", "纠正法规文本", "记录版本失效", "标记已核对", "撤回核对标记"}

// auditEntity is a kind of record in the log: its name, and its page where it has one of its own.
type auditEntity struct{ Entity, Name, Path string }

var auditEntities = []auditEntity{
	{"farm", "养殖场", "/farms/%d"}, {"party", "当事人", "/parties/%d"}, {"inspection", "检查", "/inspections/%d"}, {"sample", "样品", ""}, {"case", "案件", "/cases/%d"},
	{"violation", "违法行为", ""}, {"document", "文书", ""}, {"penalty", "处罚", ""}, {"payment", "缴款", ""}, {"party_merge", "当事人合并", ""}, {"evidence", "证据", ""}, {"review_note", "复核意见", ""}, {"discretion_sheet", "裁量计算表", "/discretion-sheets/%d"},
	{"bulletin", "通报", "/bulletins/%d"}, {"bulletin_report", "公众纠错意见", "/bulletin-reports/%d"}, {"ledger", "台账", ""}, {"attachment", "附件", "/attachments/%d"}, {"campaign", "专项行动", ""},
	{"user", "账号", "/admin/users/%d"}, {"organ", "机构", "/admin/organs/%d"}, {"bureau", "本局设置", "/admin/bureau"}, {"officer", "执法人员", "/admin/officers/%d"},
	{"publication", "公开资料", "/imports/bulletin/%d"}, {"law_text", "法规文本", ""}, {"law_check", "法规核对", ""},
	{"month_closing", "月末结账", "/month-closings"},
}

// auditRow is an entry with the words of its object and where that is to be seen.
type auditRow struct {
	registry.AuditEntry
	Object, Href string
	RoleName     string
}

type auditPage struct {
	kit.Layout

	List kit.List
	Rows []auditRow

	Actions, Entities []kit.Option
	Actor             string
	Report            *casework.VerifyReport
	TooLong           bool
	Took              string
}

func (auditPage) Template() string { return "ledgers/audit-index" }

func (s area) auditList(r *kit.Request) error {
	p, err := s.auditEntries(r)
	if err != nil {
		return err
	}
	return r.Page(p)
}

// auditEntries reads a page of the log. Its cursor is the number of the last entry shown.
func (s area) auditEntries(r *kit.Request) (p auditPage, err error) {
	l := r.List(
		kit.Filter{Name: "actor", Label: "账号"},
		kit.Filter{Name: "action", Label: "操作", Options: kit.TermOptions(auditActions)},
		kit.Filter{Name: "entity", Label: "对象", Options: auditEntityOptions()},
		kit.Filter{Name: "entity_id", Label: "编号"},
	)
	f := casework.AuditFilter{Actor: l.Get("actor"), Action: l.Get("action"), Entity: l.Get("entity"), EntityID: kit.QueryID[int64](r, "entity_id"), Limit: kit.PageSize + 1}
	if l.Cursor() != "" {
		if f.Before, err = strconv.ParseInt(l.Cursor(), 10, 64); err != nil || f.Before <= 0 {
			return p, registry.Invalid("cursor", "翻页位置无效，请从第一页重新打开")
		}
	}
	entries, err := s.Service.Audit(r.Ctx(), r.Actor, f)
	if err != nil {
		return p, err
	}
	next := ""
	if len(entries) > kit.PageSize {
		entries = entries[:kit.PageSize]
		next = kit.Itoa(entries[kit.PageSize-1].Seq)
	}
	l.Paged(len(entries), next, -1, false)
	p = auditPage{Layout: r.Layout("审计日志").FullWidth(), List: l, Actions: kit.TermOptions(auditActions), Entities: auditEntityOptions(), Actor: l.Get("actor")}
	for _, e := range entries {
		p.Rows = append(p.Rows, s.auditRow(r, e))
	}
	return p, nil
}

func (s area) auditRow(r *kit.Request, e registry.AuditEntry) auditRow {
	row := auditRow{AuditEntry: e, Object: e.Entity, RoleName: registry.Role(e.Role).Chinese()}
	for _, x := range auditEntities {
		if x.Entity != e.Entity {
			continue
		}
		row.Object = x.Name
		// A record that was deleted has no page any more; accounts are the administrator's.
		if x.Path != "" && e.EntityID != 0 && e.Action != "删除" && (x.Path[:6] != "/admin" || r.User.Role.Can(registry.PermAdmin)) {
			row.Href = fmt.Sprintf(x.Path, e.EntityID)
		}
	}
	if e.EntityID != 0 {
		row.Object += " " + kit.Itoa(e.EntityID)
	}
	return row
}

func auditEntityOptions() []kit.Option {
	var list []kit.Option
	for _, x := range auditEntities {
		list = append(list, kit.Option{Value: x.Entity, Label: x.Name})
	}
	return list
}

// verifyLimit is how long a browser is made to wait; a large register is verified on the command line.
const verifyLimit = 55 * time.Second

// auditVerify answers the button itself: the report is of this moment and is kept nowhere.
func (s area) auditVerify(r *kit.Request) error {
	p, err := s.auditEntries(r)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Ctx(), verifyLimit)
	defer cancel()
	begun := r.Now()
	report, err := s.Service.Verify(ctx, r.Actor)
	switch {
	case err == nil:
		p.Report, p.Took = &report, r.Now().Sub(begun).Round(100*time.Millisecond).String()
	case ctx.Err() != nil && r.Ctx().Err() == nil:
		p.TooLong = true
	default:
		return err
	}
	return r.Page(p)
}
