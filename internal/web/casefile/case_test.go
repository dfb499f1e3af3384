package casefile_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// caseFixture is a farm with an inspection that found something, and what only these tests do with it.
type caseFixture struct{ *webtest.CaseFixture }

func newCaseFixture(t *testing.T) *caseFixture {
	t.Helper()
	return &caseFixture{webtest.NewCaseFixture(t)}
}

func TestCaseFromInspectionToPenalty(t *testing.T) {
	f := newCaseFixture(t)
	form := f.Officer.Get(fmt.Sprintf("/cases/new?inspection_id=%d", f.Inspection.ID)).Want(http.StatusOK).Form("/cases")
	for name, want := range map[string]string{"district_code": "440785", "found_on": "2024-10-15", "source": "日常检查", "parties.0.name_at_act": "恩平某畜牧有限公司",
		"inspections.0.id": fmt.Sprint(f.Inspection.ID), "farm_id": fmt.Sprint(f.Farm.ID), "summary": "废水经无防渗鱼塘排入外环境"} {
		if got := form.Get(name); strings.TrimSpace(got) != want {
			t.Errorf("a case from an inspection begins with %s = %q, want %q", name, got, want)
		}
	}
	at := f.Open()
	f.Officer.GetCase(at).Want(http.StatusOK, "已登记", "还没有登记违法行为", "下一步").Check()
	f.Officer.Get(at+"/violations/new").Want(http.StatusOK, "逃避监管方式排放水污染物", "没有合适的类型").Check()
	f.Officer.Get(at+"/violations/new?q="+url.QueryEscape("禁养区")).Want(http.StatusOK, "禁养区内从事养殖").WantNot("NO_PERMIT\"")

	page := f.Violate(at, "WATER_EVASION", "facts", "以逃避监管的方式排放", "checklist.0.answer", "具备", "checklist.1.note", "无防渗").Want(http.StatusSeeOther).Follow()
	page.Want(http.StatusOK, "系统提供·待确认", "第三十九条", "第八十三条第（三）项", "10 万元以上 100 万元以下", "禁止利用渗井、渗坑", "未经官方文本核对", "按检查日期 2024年10月15日适用法律", "/statutes/water-pollution-law/2017#39", "排污许可证的").Check()
	confirm := confirmAction(t, page)
	page.Submit(confirm).Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "条款已确认", "已确认").WantNot("系统提供·待确认</span>").Check()

	f.Officer.Get(at+"/documents/new").Want(http.StatusOK, "通常的下一步").Check()
	for _, d := range []struct{ kind, stage string }{{"立案", "已立案"}, {"行政处罚决定", "已处罚"}} {
		f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape(d.kind)).Want(http.StatusOK, d.kind).Check().
			Submit(at+"/documents", "number", "江恩环"+d.kind+"[2024]12号", "made_on", "2024-11-20").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, d.stage, "江恩环"+d.kind+"[2024]12号").Check()
	}
	page = f.Officer.Get(at+"/penalties/new").Want(http.StatusOK, "10 万元以上 100 万元以下").Check()
	refused := page.Submit(at+"/penalties", "amount_fen", "5万", "note", "保留我").Want(http.StatusUnprocessableEntity, "幅度之外", "保留我").Check()
	refused.Submit(at+"/penalties", "range_reason", "主动消除危害后果，减轻处罚").Want(http.StatusSeeOther).Follow().
		Want(http.StatusOK, "50,000", "伍万元整", "在可选条款幅度之外", "主动消除危害后果", "恩平某畜牧有限公司").Check()
	page = f.Officer.GetCase(at)
	page.Submit(at+"/payments", "amount_fen", "0").Want(http.StatusUnprocessableEntity, "请填写金额").Check()
	page.Submit(at+"/payments", "amount_fen", "20000", "receipt", "粤财 1").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "缴款已登记", "20,000 元", "粤财 1").Check()
	f.Officer.Get("/cases").Want(http.StatusOK, "某畜牧养殖场环境违法案", "逃避监管方式排放水污染物", "50,000", "共 1 条").Check()
	f.As(registry.RoleAuditor).GetCase(at).Want(http.StatusOK, "伍万元整").WantNot("加入违法行为</a>", "/edit").Check()
}

func confirmAction(t *testing.T, p *webtest.Page) string {
	t.Helper()
	i := strings.Index(p.Body, `action="/violations/`)
	for ; i >= 0; i = next(p.Body, i, `action="/violations/`) {
		a, _, _ := strings.Cut(p.Body[i+len(`action="`):], `"`)
		if strings.HasSuffix(a, "/confirm") {
			return a
		}
	}
	t.Fatalf("no form to confirm on %s", p.Path)
	return ""
}

func next(s string, from int, what string) int {
	if i := strings.Index(s[from+1:], what); i >= 0 {
		return from + 1 + i
	}
	return -1
}

func TestCaseListFilters(t *testing.T) {
	f := newCaseFixture(t)
	f.Officer.Get("/cases").Want(http.StatusOK, "还没有案件").Check()
	at := f.Open()
	f.Violate(at, "WATER_EVASION", "facts", "排放").Want(http.StatusSeeOther)
	for _, q := range []string{"district=440785", "district_code=440785", "stage=" + url.QueryEscape("已登记"), "type_code=WATER_EVASION", "from=2024-10&to=2024-10", "q=" + url.QueryEscape("畜牧"),
		fmt.Sprintf("farm_id=%d", f.Farm.ID), fmt.Sprintf("party_id=%d", f.Party.ID), "origin=" + url.QueryEscape("现场登记"), "sort=-id"} {
		f.Officer.Get("/cases?"+q).Want(http.StatusOK, "某畜牧养殖场环境违法案").Check()
	}
	for _, q := range []string{"district_code=440781", "type_code=NO_PERMIT", "from=2025", "party_id=999", "q=" + url.QueryEscape("不存在的词")} {
		f.Officer.Get("/cases?"+q).Want(http.StatusOK, "没有符合条件的案件").Check()
	}
	f.Officer.Get("/cases?type_code=WATER_EVASION&from=2024-10").Want(http.StatusOK, "/exports?from=2024-10&amp;sort=found&amp;type_code=WATER_EVASION")
}

// A search knows more than a row shows; the row says then why it is there. What it shows itself needs no word.
func TestCaseListSaysWhy(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	f.Violate(at, "LIVESTOCK_DIRECT_DISCHARGE", "facts", "排放").Want(http.StatusSeeOther)
	f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape("责令改正")).Submit(at+"/documents", "number", "江恩环责改[2024]12号", "party_name", "岗头养殖公司", "people", "谢八").Want(http.StatusSeeOther)
	for q, want := range map[string]string{"岗头养殖": "文书当事人 岗头养殖公司", "谢八": "文书人员 谢八", "[2024]012号": "文号、编号 江恩环责改〔2024〕12号", "直排 谢八": "违法行为 直排；文书人员 谢八"} {
		f.Officer.Get("/cases?q="+url.QueryEscape(q)).Want(http.StatusOK, "某畜牧养殖场环境违法案", want).Check()
		f.As(registry.RolePublisher).Get("/bulletins/new?q="+url.QueryEscape(q)).Want(http.StatusOK, "某畜牧养殖场环境违法案", want).Check()
	}
	for _, q := range []string{"畜牧养殖场", "未经处理", "恩平"} {
		f.Officer.Get("/cases?q="+url.QueryEscape(q)).Want(http.StatusOK, "某畜牧养殖场环境违法案").WantNot("违法行为 ", "当事人 ", "养殖场 ")
	}
	f.Officer.Get(at+"/violations/new?q="+url.QueryEscape("粪污直排")).Want(http.StatusOK, "LIVESTOCK_DIRECT_DISCHARGE\"", "常用说法：粪污直排").WantNot("NO_PERMIT\"").Check()
}

func TestCaseStaleEditIsMerged(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	mine := f.Officer.Get(at + "/edit").Want(http.StatusOK).Check()
	theirs := f.Officer.Get(at + "/edit")
	theirs.Submit(at, "note", "他人的备注").Want(http.StatusSeeOther)
	merge := mine.Submit(at, "summary", "我的案情").Want(http.StatusConflict, "合并修改", "我的案情", "他人的备注").Check()
	merge.Submit(at).Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "我的案情", "他人的备注").Check()
}

func TestViolationStaleEditIsMerged(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	f.Violate(at, "WATER_EVASION", "facts", "原来的事实", "place", "甲地").Want(http.StatusSeeOther)
	mine := f.Officer.Get("/violations/1/edit").Want(http.StatusOK, "原来的事实").Check()
	f.Officer.Get("/violations/1/edit").Submit("/violations/1", "place", "乙地").Want(http.StatusSeeOther)
	merge := mine.Submit("/violations/1", "facts", "我的事实").Want(http.StatusConflict, "合并修改", "我的事实", "乙地").Check()
	merge.Submit("/violations/1").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "我的事实", "乙地", "第三十九条").Check()
}

func TestClosedCaseIsReadOnly(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	f.Violate(at, "WATER_EVASION", "facts", "排放").Want(http.StatusSeeOther)
	late := f.Officer.Get(at + "/penalties/new")
	page := f.Officer.GetCase(at)
	f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape("结案")).Submit(at+"/documents", "made_on", "2024-12-01").Want(http.StatusSeeOther)
	f.Officer.GetCase(at).Want(http.StatusOK, "本案已结案，记录只读").WantNot("/edit", "/documents/new", "确认条款</button>", "写复核意见").Check()
	for _, path := range []string{at + "/edit", at + "/violations/new", at + "/documents/new", at + "/penalties/new", "/violations/1/edit", "/documents/1/edit"} {
		f.Officer.Get(path).Want(http.StatusConflict, "已结案").Check()
	}
	late.Submit(at+"/penalties", "amount_fen", "200000").Want(http.StatusConflict, "已结案")
	page.Submit(at+"/reviews", "about", "文号").Want(http.StatusConflict, "已结案")
	page.Submit("/violations/1/confirm").Want(http.StatusConflict, "已结案")
	page.Submit("/violations/1/delete").Want(http.StatusConflict, "已结案")
}
