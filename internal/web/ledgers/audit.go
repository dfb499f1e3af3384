package ledgers

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// auditEntity is a kind of record in the log: its name, and its page where it has one of its own.
type auditEntity struct{ Entity, Name, Path string }

// auditEntities are those with a page, and those that are no noun of the register; the others are named by registry.Nouns.
var auditEntities = []auditEntity{
	{"farm", "养殖场", "/farms/%d"}, {"party", "当事人", "/parties/%d"}, {"inspection", "检查", "/inspections/%d"}, {"case", "案件", "/cases/%d"}, {"discretion_sheet", "裁量计算表", "/discretion-sheets/%d"},
	{"bulletin", "通报", "/bulletins/%d"}, {"bulletin_report", "公众纠错意见", "/bulletin-reports/%d"}, {"ledger", "台账", ""}, {"export", "导出记录", ""}, {"audit_head", "签名链头", ""}, {"audit", "审计日志", ""}, {"access", "页面", ""},
	{"score_sheet", "评分表", "/score-sheets/%d"}, {"draw", "案卷评查抽取", "/draws/%d"}, {"attachment", "附件", "/attachments/%d"}, {"user", "账号", "/admin/users/%d"}, {"organ", "机构", "/admin/organs/%d"}, {"bureau", "本局设置", "/admin/bureau"}, {"officer", "执法人员", "/admin/officers/%d"},
	{"publication", "公开资料", "/imports/bulletin/%d"}, {"law_text", "法规文本", ""}, {"law_check", "法规核对", ""}, {"calendar_notice", "放假安排", ""},
	{"month_closing", "月末结账", "/month-closings"},
}

// auditEntityOf is how a noun of the log is called, and where its records are seen.
func auditEntityOf(entity string) auditEntity {
	for _, x := range auditEntities {
		if x.Entity == entity {
			return x
		}
	}
	noun, _ := registry.NounOf(entity)
	return auditEntity{entity, cmp.Or(noun.Name, entity), ""}
}

// auditRow is an entry with the words of its object, where that is to be seen, and what it changed.
type auditRow struct {
	registry.AuditEntry
	Object, Href string
	RoleName     string
	Changes      []view.Change
}

type auditPage struct {
	kit.Layout

	List kit.List
	Rows []auditRow

	Actor, Record string
	Problem       string // why the record's filter finds nothing
	XLSX, CSV     string // what is filtered, as files
	Report        *casework.VerifyReport
	TooLong       bool
	Took          string
}

func (auditPage) Template() string { return "ledgers/audit-index" }

// Refused leads to the attempts that were refused.
func (p auditPage) Refused() string { return p.List.WithQuery("action", casework.ActionRefused) }

// IsRefused reports whether the list shows them.
func (p auditPage) IsRefused() bool { return p.List.Get("action") == casework.ActionRefused }

func (s area) auditList(r *kit.Request) error {
	p, err := s.auditEntries(r)
	if err != nil {
		return err
	}
	return r.Page(p)
}

// auditFilter reads the conditions of the address. A record that cannot be found is a problem of the filter, not an empty list.
func (s area) auditFilter(r *kit.Request) (l kit.List, f casework.AuditFilter, problem string, err error) {
	nouns, acts, err := s.Service.AuditWords(r.Ctx(), r.Actor)
	if err != nil {
		return l, f, "", err
	}
	if !slices.Contains(acts, casework.ActionRefused) {
		acts = append(acts, casework.ActionRefused)
	}
	var options []kit.Option
	for _, entity := range nouns {
		if entity != "" {
			options = append(options, kit.Option{Value: entity, Label: auditEntityOf(entity).Name})
		}
	}
	l = r.ListAt("/audit",
		kit.Filter{Name: "from", Label: "日期自", Date: true},
		kit.Filter{Name: "to", Label: "日期至", Date: true},
		kit.Filter{Name: "actor", Label: "账号"},
		kit.Filter{Name: "action", Label: "操作", Options: kit.TermOptions(acts)},
		kit.Filter{Name: "entity", Label: "对象", Options: options},
		kit.Filter{Name: "record", Was: "entity_id", Label: "记录"},
	)
	f = casework.AuditFilter{Actor: l.Get("actor"), Action: l.Get("action"), Entity: l.Get("entity"), From: l.Date("from").Start(), Until: l.Date("to").End()}
	if typed := l.Get("record"); typed != "" {
		f.Entity, f.EntityID, err = s.Service.AuditRecord(r.Ctx(), r.Actor, f.Entity, typed)
		if registry.KindOf(err) == registry.KindInvalid {
			problem, err = kit.FirstProblem(err), nil
		}
	}
	return l, f, problem, err
}

// auditEntries reads a page of the log. Its cursor is the number of the last entry shown.
func (s area) auditEntries(r *kit.Request) (p auditPage, err error) {
	l, f, problem, err := s.auditFilter(r)
	if err != nil {
		return p, err
	}
	f.Limit = kit.PageSize + 1
	if l.Cursor() != "" {
		if f.Before, err = strconv.ParseInt(l.Cursor(), 10, 64); err != nil || f.Before <= 0 {
			return p, registry.Invalid("cursor", "翻页位置无效，请从第一页重新打开")
		}
	}
	p = auditPage{Layout: r.Layout("审计日志").FullWidth(), Actor: l.Get("actor"), Record: l.Get("record"), Problem: problem}
	p.XLSX, p.CSV = fileOf(l, "/audit/log.xlsx"), fileOf(l, "/audit/log.csv")
	var entries []registry.AuditEntry
	if !l.Refused && problem == "" {
		if entries, err = s.Service.Audit(r.Ctx(), r.Actor, f); err != nil {
			return p, err
		}
	}
	next := ""
	if len(entries) > kit.PageSize {
		entries = entries[:kit.PageSize]
		next = kit.Itoa(entries[kit.PageSize-1].Seq)
	}
	l.Paged(len(entries), next, -1, false)
	p.List = l
	changes, err := s.Service.AuditChanges(r.Ctx(), r.Actor, entries)
	if err != nil {
		return p, err
	}
	for _, e := range entries {
		row := s.auditRow(r, e)
		row.Changes = view.ChangesOf(r, changes[e.Seq])
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

// fileOf is the address of a file with the conditions of a list.
func fileOf(l kit.List, path string) string {
	l.Path = path
	return l.WithQuery()
}

func (s area) auditRow(r *kit.Request, e registry.AuditEntry) auditRow {
	x := auditEntityOf(e.Entity)
	row := auditRow{AuditEntry: e, Object: x.Name, RoleName: registry.Role(e.Role).Chinese()}
	// A record that was deleted has no page any more; accounts are the administrator's.
	if x.Path != "" && e.EntityID != 0 && e.Action != "删除" && (!strings.HasPrefix(x.Path, "/admin") || r.User.Role.Can(registry.PermAdmin)) {
		row.Href = x.Path
		if strings.Contains(x.Path, "%d") {
			row.Href = fmt.Sprintf(x.Path, e.EntityID)
		}
	}
	if e.EntityID != 0 {
		row.Object += " " + kit.Itoa(e.EntityID)
	}
	return row
}

// auditColumns are those of the log as a file.
var auditColumns = []report.Column{
	{Key: "seq", Title: "序号", Kind: report.KindOrdinal, Width: 10, Meaning: "在审计链中的位置，连续，不重复"},
	{Key: "at", Title: "时间", Width: 20, Meaning: "北京时间"},
	{Key: "actor", Title: "账号", Width: 16},
	{Key: "role", Title: "角色", Width: 10},
	{Key: "action", Title: "操作", Width: 14},
	{Key: "entity", Title: "对象", Width: 14},
	{Key: "id", Title: "编号", Kind: report.KindOrdinal, Width: 8, Meaning: "记录的编号；空白：不是对一条记录的操作"},
	{Key: "version", Title: "版本", Kind: report.KindOrdinal, Width: 6, Meaning: "这次操作之后是第几版"},
	{Key: "detail", Title: "内容", Width: 40, Wrap: true},
	{Key: "changes", Title: "改动", Width: 70, Wrap: true, Meaning: "与前一版不同的字段：原来 → 现在。证件号和电话隐去中间几位"},
	{Key: "ip", Title: "来源地址", Kind: report.KindCode, Width: 18},
	{Key: "hash", Title: "摘要", Kind: report.KindCode, Width: 22, Meaning: "这一条的 SHA-256，含前一条的摘要"},
}

func (s area) auditCells(r *kit.Request, e registry.AuditEntry, c casework.Change) []report.Cell {
	ordinal := func(n int64) report.Cell {
		if n == 0 {
			return report.Cell{}
		}
		return report.Integer(int(n))
	}
	return []report.Cell{ordinal(e.Seq), report.Text(e.At.In(registry.Shanghai).Format("2006-01-02 15:04:05")), report.Text(e.Actor), report.Text(registry.Role(e.Role).Chinese()), report.Text(e.Action),
		report.Text(auditEntityOf(e.Entity).Name), ordinal(e.EntityID), ordinal(e.Version), report.Text(e.Detail), report.Text(view.ChangeWords(view.ChangesOf(r, c))), report.Text(e.RemoteIP), report.Text(e.Hash)}
}

// auditFile streams what is filtered, every entry of it.
func (s area) auditFile(format string) func(*kit.Request) error {
	return func(r *kit.Request) error {
		l, f, problem, err := s.auditFilter(r)
		if err != nil {
			return err
		}
		if l.Refused || problem != "" {
			return registry.Invalid("filter", "%s", cmp.Or(problem, "筛选条件有误，没有导出。"))
		}
		var words []string
		for _, c := range l.Chips {
			words = append(words, c.Label+"："+c.Value)
		}
		hidden := view.Masked(r)
		return s.Service.ExportAudit(r.Ctx(), r.Actor, f, words, func(asOf time.Time, batches iter.Seq2[casework.AuditFound, error]) error {
			rows := func(yield func([]report.Cell, error) bool) {
				for found, err := range batches {
					if err != nil {
						yield(nil, err)
						return
					}
					for _, e := range found.Entries {
						if !yield(s.auditCells(hidden, e, found.Changes[e.Seq]), nil) {
							return
						}
					}
				}
			}
			return s.sendListing(r, format, report.Listing{
				Title: s.Service.Bureau().Name + "审计日志", AsOf: asOf, Demo: s.Options.Demo,
				Notes:  [][2]string{{"导出人", r.Actor.DisplayName}, {"筛选条件", cmp.Or(strings.Join(words, "；"), "无（全部记录）")}, {"次序", "新的在前"}},
				Sheets: []report.ListSheet{{Sheet: report.Sheet{Name: "审计日志", Title: "审计日志", About: "一行一条操作", Columns: auditColumns, Freeze: 2}, Rows: rows}},
			})
		})
	}
}

// verifyLimit is how long a browser is made to wait; a large register is verified on the command line.
const verifyLimit = 55 * time.Second

// auditVerify answers the button itself: the report is of this moment and is kept nowhere. A large register is verified as a job.
func (s area) auditVerify(r *kit.Request) error {
	if large, err := s.Service.LargeRegister(r.Ctx(), r.Actor, s.JobAbove()); err != nil || large {
		if err == nil {
			_, err = s.Service.AskVerify(r.Ctx(), r.Actor, casework.VerifyAsked{})
		}
		if err != nil {
			return err
		}
		return r.Done("登记册较大，核验已排入后台；可以离开这一页，结果留在这里", "/verify/register")
	}
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
