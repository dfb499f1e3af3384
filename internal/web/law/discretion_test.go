package law_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

func TestDiscretionCalculator(t *testing.T) {
	c := webtest.New(t).As(registry.RoleOfficer)
	for _, id := range []string{"GD-2.8.1", "GD-2.7.1", "GD-2.5.1", "GD-1.1", "GD-1.8", "GD-1.3", "GD-3.34", "GD-3.31", "GD-4.29", "GD-8.21", "GD-8.22", "GD-8.23"} {
		c.Get("/statutes/discretion/"+id).Want(http.StatusOK, "有效期至 2026-12-31，届满后须核对接续文件", "查不明（按最低档）", "不适用公开道歉承诺的十一种情形").Check()
	}
	c.Get("/statutes/discretion/GD-9.99").Want(http.StatusNotFound)
	const evasion = "/statutes/discretion/GD-2.8.1?go=1&act=2024-10-05&on=2025-01-05&"
	c.Get(evasion+"f0=2&f1=1&f2=1&f3=0&f4=1&f5=0").Want(http.StatusOK, "百分值总和＝10%＋20%＋19%＋3%＋0%＋2%＋0%＝54%", "罚款金额＝54%×100万元＝54万元", "540,000 元",
		"54万元，在 10万元以上100万元以下 的 49% 处").WantNot("裁量表能否沿用", "存入案件").Check()
	c.Get(evasion+"f0=2&f1=1&f2=1&f3=0&n4=5&f5=%3F").Want(http.StatusOK, "5天以上15天以下", "查不明，按最低档", "60%").Check()
	c.Get(evasion+"f0=2").Want(http.StatusOK, "请选择“排污情况”").WantNot("百分值总和").Check()
	c.Get(evasion+"variant=1&f0=0&f1=0&f2=0&f3=0&f4=0&f5=0").Want(http.StatusOK, "总和不足 20%，按 20%", "20万元").Check()
	c.Get(evasion+"f0=2&f1=1&f2=1&f3=0&f4=1&f5=0&apology=50").Want(http.StatusOK, "第（五）项情形，不适用公开道歉").Check()
	c.Get("/statutes/discretion/GD-2.7.1?go=1&act=2024-10-05&on=2025-01-05&f0=2&f1=1&f2=1&f3=0&f4=2&f5=0&apology=50").Want(http.StatusOK, "降低 50%：33万元×50%＝16.5万元", "本表没有计入的规定", "第十七条").Check()
	c.Get(evasion+"f0=2&f1=1&f2=1&f3=0&f4=1&f5=0&apology=50&x=5").Want(http.StatusOK, "第（五）项情形，不适用公开道歉").Check()
	c.Get(evasion+"f0=1&f1=0&f2=0&f3=0&f4=0&f5=0&jm=1&coefficient=2").Want(http.StatusOK, "最终罚款＝20万元＋20万元×5%×2＝22万元", "只有二手来源").Check()
	c.Get(evasion+"f0=1&f1=0&f2=0&f3=0&f4=0&f5=0&coefficient=2").Want(http.StatusOK, "200,000 元").WantNot("最终罚款＝20万元").Check()
	c.Get("/statutes/discretion/GD-2.7.1?go=1&act=2024-06-10&f0=0&f1=0&f2=0&f3=0&f4=2&f5=0").Want(http.StatusOK, "罚款金额＝12%×100万元＝12万元").Check()
	c.Get("/statutes/discretion/GD-2.7.1?go=1&act=2027-01-10&on=2027-02-01&f0=0&f1=0&f2=0&f3=0&f4=2&f5=0").Want(http.StatusOK, "决定在 2027-02-01，晚于", "裁量表能否沿用").Check()
	c.Get("/statutes/discretion/GD-1.1?go=1&act=2024-06-10&f0=0&f1=0&f2=0&f3=0&f4=0&f5=0&base=100万").Want(http.StatusOK, "建设项目总投资额 100万元×5%", "1万元").Check()
	c.Get("/statutes/discretion/GD-8.21?go=1&act=2024-06-10&tier=5").Want(http.StatusOK, "本档存疑：原表误排为“20万元以上35万元以上”", "27.5万元").Check()
	c.Get("/statutes/discretion/GD-8.23?go=1&act=2024-06-10&species=生猪&heads=500").Want(http.StatusOK, "按畜种分档，不先折算", "20,000 元").Check()
	c.Get("/statutes/discretion/GD-8.23?go=1&act=2024-06-10&species=鸭&heads=10300").Want(http.StatusOK, "裁量表没有写鸭的分档").Check()
	c.Get("/statutes/discretion/GD-8.23?go=1&act=2024-06-10&tier=1&degree=从轻").Want(http.StatusOK, "从轻处罚应当低于平均值", "只得出区间").Check()
}

// excludedBox is the ticked item of 第十四条 on the form.
func excludedBox(item string) string { return `name="x" value="` + item + `" checked` }

// From a violation of a case: what the records tell is there already; the sheet is kept, and what is kept is never changed.
func TestDiscretionSheetIsKeptWithTheCase(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	at := f.Open()
	page := f.Violate(at, "WATER_EVASION", "facts", "以逃避监管的方式排放").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "裁量计算", "还没有存入裁量计算表").Check()
	if !strings.Contains(page.Body, "/statutes/discretion/GD-2.8.1?violation=1") {
		t.Fatalf("the case page has no link to the calculator")
	}
	f.Officer.Get("/statutes/discretion/GD-2.8.1?violation=1").Want(http.StatusOK, "某畜牧养殖场环境违法案", `2024-10-15`).Check()
	for _, x := range []struct{ kind, result, item string }{{"移送行政拘留", "", "5"}, {"移送涉嫌犯罪", "", "6"}, {"复查", "未改正", "7"}} {
		f.Officer.Get("/statutes/discretion/GD-2.7.1?violation=1").Want(http.StatusOK).WantNot(excludedBox(x.item)).Check()
		f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape(x.kind)).Submit(at+"/documents", "made_on", "2024-12-01", "result", x.result).Want(http.StatusSeeOther)
		f.Officer.Get("/statutes/discretion/GD-2.7.1?violation=1").Want(http.StatusOK, excludedBox(x.item)).Check()
	}
	keep := func(answers string) *webtest.Page {
		return f.Officer.Get("/statutes/discretion/GD-2.8.1?go=1&violation=1&act=2024-10-15&on=2025-01-05&"+answers).Want(http.StatusOK, "存入案件", "结果在各可选幅度中的位置").Check()
	}
	first := keep("f0=2&f1=0&f2=0&f3=0&f4=0&f5=0")
	first.Submit("/violations/1/discretion-sheets", "note", "偷排，其余取最低").Want(http.StatusSeeOther).Follow().
		Want(http.StatusOK, "裁量计算表", "300,000 元", "偷排，其余取最低", "有效期 2022-01-01 至 2026-12-31", "按这些答案重新计算").Check()
	first.Submit("/violations/1/discretion-sheets", "note", "偷排，其余取最低").Want(http.StatusSeeOther) // pressed twice: the same sheet
	keep("f0=2&f1=1&f2=0&f3=0&f4=0&f5=0").Submit("/violations/1/discretion-sheets").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "490,000 元")
	f.Officer.Get("/discretion-sheets/1").Want(http.StatusOK, "后来另存了裁量计算表", "300,000 元").Check()
	page = f.Officer.GetCase(at).Want(http.StatusOK, "300,000", "490,000", "已另存新的计算表", "存入裁量计算表").Check()
	if n := strings.Count(page.Body, `href="/discretion-sheets/`); n != 2 {
		t.Errorf("the case lists %d sheets, want 2", n)
	}
	// What the browser sends is computed again; what cannot be computed is not kept.
	token := page.Form("/violations/1/delete")
	bad := url.Values{"token": token["token"], "csrf": token["csrf"], "table": {"GD-2.8.1"}, "answers": {"f0=2"}}
	for k, v := range token {
		if bad.Get(k) == "" {
			bad[k] = v
		}
	}
	f.Officer.Post("/violations/1/discretion-sheets", bad).Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "请选择“排污情况”")
	bad.Set("table", "GD-8.23")
	bad.Set("answers", "tier=0")
	f.Officer.Post("/violations/1/discretion-sheets", bad).Want(http.StatusConflict, "不是该违法行为类型的")
	f.Officer.GetCase(at).Submit("/violations/1/delete").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "已有裁量计算表存入案件，不能删除")
	auditor := f.As(registry.RoleAuditor)
	auditor.Get("/discretion-sheets/1").Want(http.StatusOK, "300,000 元").Check()
	auditor.Get("/statutes/discretion/GD-2.8.1?go=1&violation=1&act=2024-10-15&f0=2&f1=0&f2=0&f3=0&f4=0&f5=0").Want(http.StatusOK).WantNot("存入案件").Check()
	f.Officer.Get("/discretion-sheets/99").Want(http.StatusNotFound)
	report, err := f.Service.Verify(t.Context(), f.Actor(registry.RoleAdmin))
	if err != nil || len(report.Defects) > 0 {
		t.Errorf("verify: %v, %q", err, report.Defects)
	}
}

func TestFineIsPlacedOnTheRange(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	at := f.Open()
	f.Violate(at, "WATER_EVASION", "facts", "排放").Want(http.StatusSeeOther)
	f.Officer.Get(at+"/penalties/new").Want(http.StatusOK, "以上、以下均含本数", "裁量计算").WantNot("金额在幅度中的位置").
		Submit(at+"/penalties", "amount_fen", "30万").Want(http.StatusSeeOther).Follow().
		Want(http.StatusOK, "30万元，在 10万元以上100万元以下 的 22% 处", "在可选条款幅度中的位置").WantNot("在可选条款幅度之外").Check()
	f.Officer.Get("/penalties/1/edit").Want(http.StatusOK, "金额在幅度中的位置", `aria-label="30万元，在 10万元以上100万元以下 的 22% 处"`).Check()
	// Outside: asked for a reason once; then it is recorded as it was decided, with a flag.
	asked := f.Officer.Get(at+"/penalties/new").Submit(at+"/penalties", "amount_fen", "200万", "note", "留住").Want(http.StatusUnprocessableEntity, "幅度之外", "留住", "200万元，高于 10万元以上100万元以下 的上限 100万元").Check()
	asked.Submit(at+"/penalties").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "在可选条款幅度之外，未写理由").Check()
	// Another amount is asked about again.
	asked.Submit(at+"/penalties", "amount_fen", "300万").Want(http.StatusUnprocessableEntity, "幅度之外")
	id := strings.TrimPrefix(at, "/cases/")
	f.Officer.JSON("POST", "/api/v1/cases/"+id+"/penalties", `{"kind":"罚款","amount_fen":100}`).Want(http.StatusCreated)
}

func TestFineComputedFromTheInvestment(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	at := f.Open()
	f.Violate(at, "EIA_UNAPPROVED", "facts", "未批先建").Want(http.StatusSeeOther)
	form := f.Officer.Get(at+"/penalties/new").Want(http.StatusOK, "建设项目总投资额", "建设项目总投资额×1%～5%").Check()
	form.Submit(at+"/penalties", "amount_fen", "20万").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "建设项目总投资额未填，不能比对").WantNot("在可选条款幅度之外")
	form.Submit(at+"/penalties", "client_uid", "another", "amount_fen", "20万", "range_base_of", "建设项目总投资额", "range_base_fen", "1000万").Want(http.StatusSeeOther).Follow().
		Want(http.StatusOK, "20万元，在 10万元以上50万元以下 的 25% 处").Check()
	form.Submit(at+"/penalties", "client_uid", "third", "amount_fen", "20万", "range_base_of", "建设项目总投资额", "range_base_fen", "100万").Want(http.StatusUnprocessableEntity, "高于 1万元以上5万元以下 的上限 5万元").Check()
	f.Officer.Get("/penalties/2/edit").Want(http.StatusOK, `value="10,000,000"`).Check()
}

// A published case is only flagged: nobody here knows the reason.
func TestPublishedFineIsOnlyFlagged(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	x := registry.Case{Title: "公开案件", Origin: registry.OriginPublished, DistrictCode: "440785", FoundOn: registry.Month(2024, 10)}
	if _, err := f.Service.AddCase(t.Context(), f.Actor(registry.RoleOfficer), &x); err != nil {
		t.Fatal(err)
	}
	at := fmt.Sprintf("/cases/%d", x.ID)
	f.Violate(at, "WATER_EVASION", "facts", "排放").Want(http.StatusSeeOther)
	f.Officer.Get(at+"/penalties/new").Submit(at+"/penalties", "amount_fen", "5万").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "在可选条款幅度之外").Check()
}

func TestViolationTypeShowsWhoAndMust(t *testing.T) {
	c := webtest.New(t).As(registry.RoleOfficer)
	c.Get("/statutes/violations/LIVESTOCK_NO_FACILITY").Want(http.StatusOK, "可以", "应当（含并处）", "当事人", "责任人员（个人）").Check()
	c.Get("/statutes/violations/ECO_DAMAGE").Want(http.StatusOK, "未注明").Check()
	c.Get("/statutes/violations/NO_FARM_ZONE_OPERATE").Want(http.StatusOK, "处罚前须先完成", "复查确认拒不停止").Check()
	c.Get("/statutes/violations/LIVESTOCK_NOT_REPORTED").Want(http.StatusOK, "仅可责令改正").Check()
	c.Get("/statutes/violations/WATER_EVASION").Want(http.StatusOK, "/statutes/discretion/GD-2.8.1").Check()
}
