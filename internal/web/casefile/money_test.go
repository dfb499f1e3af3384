package casefile_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// decided is a case with a decision served on 2024-11-20 and so many 元 of fine; the test's day is 2024-12-16.
func (f *caseFixture) decided(yuan int64) (at string, id registry.CaseID) {
	f.T.Helper()
	ctx, actor := context.Background(), f.Actor(registry.RoleOfficer)
	at = f.Open()
	if _, err := fmt.Sscanf(at, "/cases/%d", &id); err != nil {
		f.T.Fatal(err)
	}
	d := registry.Document{CaseID: id, Kind: registry.DocDecision, MadeOn: registry.Day(2024, 11, 18), ServedOn: registry.Day(2024, 11, 20)}
	if _, err := f.Service.AddDocument(ctx, actor, &d); err != nil {
		f.T.Fatal(err)
	}
	m := registry.Yuan(yuan)
	if _, err := f.Service.AddPenalty(ctx, actor, &registry.Penalty{CaseID: id, DocumentID: d.ID, PartyID: f.Party.ID, Kind: "罚款", Amount: &m}); err != nil {
		f.T.Fatal(err)
	}
	return at, id
}

// money is the part of a case page about money.
func money(p *webtest.Page) string {
	_, s, _ := strings.Cut(p.Body, `id="penalties"`)
	s, _, _ = strings.Cut(s, `</section>`)
	return s
}

func wantMoney(t *testing.T, p *webtest.Page, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(money(p), w) {
			t.Errorf("%s: the money panel does not say %q", p.Path, w)
		}
	}
}

func TestMoneyPanel(t *testing.T) {
	f := newCaseFixture(t)
	at, id := f.decided(20000)
	p := f.Officer.GetCase(at).Want(http.StatusOK).Check()
	wantMoney(t, p, "贰万元整", "尚欠 20,000 元", "2024-12-05", "收到决定书之日起十五日", "截至今天计 11 天，按每日百分之三为 6,600 元（上限 20,000 元）", "没有缴款记录", "由作出决定的机关决定", "未经官方文本核对")

	p = p.Submit(at+"/payments", "amount_fen", "5000", "paid_on", "2024-12-03", "receipt", "粤财 7").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "缴款已登记", "粤财 7").Check()
	wantMoney(t, p, "尚欠 15,000 元", "按各日未缴部分计算为 4,950 元")

	asked := p.Submit(at+"/payments", "amount_fen", "1.6万", "paid_on", "2024-12-10").Want(http.StatusUnprocessableEntity, "尚欠 15,000 元，这一笔 16,000 元超出").Check()
	if got := asked.Form(at + "/payments").Get("amount_fen"); got != "1.6万" {
		t.Errorf("the amount typed was lost: %q", got)
	}
	p = asked.Submit(at+"/payments").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "缴款已登记").Check()
	wantMoney(t, p, "多缴 1,000 元", "应当核对退还", "2024-12-10 缴清，逾期 5 天")

	p.Submit(at+"/payments", "payment_kind", registry.Refund, "amount_fen", "30000").Want(http.StatusUnprocessableEntity, "收到的只有 21,000 元").Check()
	p = p.Submit(at+"/payments", "payment_kind", registry.Refund, "amount_fen", "1000", "paid_on", "2024-12-12", "payment_note", "多缴退还").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "退款已登记", "多缴退还").Check()
	wantMoney(t, p, "已退还 1,000 元", "没有欠缴", "已缴清")

	ctx, actor := context.Background(), f.Actor(registry.RoleOfficer)
	if _, err := f.Service.AddDocument(ctx, actor, &registry.Document{CaseID: id, Kind: registry.DocAnnulled, MadeOn: registry.Day(2024, 12, 13)}); err != nil {
		t.Fatal(err)
	}
	p = f.Officer.GetCase(at).Want(http.StatusOK).Check()
	wantMoney(t, p, "<del>20,000</del>", "已撤销", "应退 20,000 元", "已撤销 20,000 元")
	if row := f.Officer.Get("/cases").Want(http.StatusOK).Body; strings.Contains(row, "20,000") {
		t.Error("the case list still counts a fine that was annulled")
	}
	d := registry.Document{CaseID: id, Kind: registry.DocDecision, MadeOn: registry.Day(2024, 12, 14)}
	if _, err := f.Service.AddDocument(ctx, actor, &d); err != nil {
		t.Fatal(err)
	}
	m := registry.Yuan(12000)
	if _, err := f.Service.AddPenalty(ctx, actor, &registry.Penalty{CaseID: id, DocumentID: d.ID, Kind: "罚款", Amount: &m}); err != nil {
		t.Fatal(err)
	}
	f.Officer.Get("/cases").Want(http.StatusOK, "12,000")
	f.As(registry.RoleAuditor).GetCase(at).Want(http.StatusOK, "壹万贰仟元整", "<del>20,000</del>").WantNot("登记收款或退款", "/payments/").Check()
}

func TestPenaltyPerParty(t *testing.T) {
	f := newCaseFixture(t)
	at, id := f.decided(20000)
	ctx, actor := context.Background(), f.Actor(registry.RoleOfficer)
	person := registry.Party{Name: "梁某某", Kind: "自然人"}
	if _, err := f.Service.AddParty(ctx, actor, &person); err != nil {
		t.Fatal(err)
	}
	c, err := f.Service.Case(ctx, actor, id)
	if err != nil {
		t.Fatal(err)
	}
	c.Parties = append(c.Parties, registry.CaseParty{PartyID: person.ID, Role: "责任人"})
	if err := f.Service.ChangeCase(ctx, actor, &c); err != nil {
		t.Fatal(err)
	}
	f.Officer.Get(at+"/penalties/new").Want(http.StatusOK, "恩平某畜牧有限公司（单位）", "梁某某（责任人）").Check().
		Submit(at+"/penalties", "party_id", fmt.Sprint(person.ID), "amount_fen", "3000").Want(http.StatusSeeOther).Follow().Want(http.StatusOK).Check()
	p := f.Officer.GetCase(at)
	wantMoney(t, p, "合计 20,000 元，尚欠 20,000 元", "合计 3,000 元，尚欠 3,000 元", "23,000 元", "贰万叁仟元整")
}

func TestDailyPenaltyForm(t *testing.T) {
	f := newCaseFixture(t)
	at, id := f.decided(20000)
	if _, err := f.Service.AddDocument(context.Background(), f.Actor(registry.RoleOfficer), &registry.Document{CaseID: id, Kind: registry.DocRecheck, MadeOn: registry.Day(2024, 11, 25), Result: "拒不改正"}); err != nil {
		t.Fatal(err)
	}
	f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape(string(registry.DocDailyPenalty))).Want(http.StatusOK).Submit(at+"/documents", "made_on", "2024-12-02").Want(http.StatusSeeOther)
	form := f.Officer.Get(at + "/penalties/new").Want(http.StatusOK).Check()
	if in := form.Form(at + "/penalties"); in.Get("kind") != registry.PenaltyDaily || in.Get("daily_base_fen") != "20,000" && in.Get("daily_base_fen") != "20000" {
		t.Errorf("a penalty after the daily decision begins as %q with a base of %q", in.Get("kind"), in.Get("daily_base_fen"))
	}
	form.Submit(at+"/penalties", "daily_days", "0").Want(http.StatusUnprocessableEntity, "计罚日数应在").Check()
	p := form.Submit(at+"/penalties", "daily_days", "6").Want(http.StatusSeeOther).Follow()
	wantMoney(t, p, "120,000", "壹拾贰万元整", "6 日", "140,000 元")
	edit := f.Officer.Get("/penalties/2/edit").Want(http.StatusOK).Check()
	p = edit.Submit("/penalties/2", "amount_fen", "100000", "range_reason", "决定书如此").Want(http.StatusSeeOther).Follow()
	wantMoney(t, p, "100,000", "= 120,000 元，与登记的金额不同")
}

func TestPartyMergeJourney(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	ctx, actor := context.Background(), f.Actor(registry.RoleOfficer)
	twin := registry.Party{Name: f.Party.Name, Kind: "公司", CreditCode: "91440704304226404T", Phone: "13800138000"}
	if _, err := f.Service.AddParty(ctx, actor, &twin); err != nil {
		t.Fatal(err)
	}
	f.Officer.Get("/parties").Want(http.StatusOK, "可能重复的").Check()
	f.Officer.Get("/parties/duplicates").Want(http.StatusOK, "名称相同", fmt.Sprintf("/parties/%d/merge?other=%d", f.Party.ID, twin.ID)).Check()
	f.As(registry.RoleAuditor).Get("/parties/duplicates").Want(http.StatusOK, "名称相同").WantNot("/merge").Check()
	mine, hers := fmt.Sprintf("/parties/%d", f.Party.ID), fmt.Sprintf("/parties/%d", twin.ID)
	f.Officer.Get(mine+"/merge").Want(http.StatusOK, "与哪一个合并").Check()
	page := f.Officer.Get(mine+"/merge?other="+fmt.Sprint(twin.ID)).Want(http.StatusOK, "案件 1 件，养殖场 1 个，检查 1 次", "91440704304226404T").Check()
	page.Submit(mine+"/merge", "reason", "").Want(http.StatusUnprocessableEntity, "请选择保留哪一个", "合并理由").Check()
	done := page.Submit(mine+"/merge", "into_id", fmt.Sprint(twin.ID), "reason", "营业执照相同").Want(http.StatusSeeOther).Follow()
	done.Want(http.StatusOK, "已合并，移过来 3 条关联记录", "营业执照相同", "案件 1 件，养殖场 1 个，检查 1 次", "拆回").Check()
	f.Officer.Get(mine).Want(http.StatusSeeOther).Follow().Want(http.StatusOK, twin.Name, mine+"?own=1")
	f.Officer.Get(mine+"?own=1").Want(http.StatusOK, "已并入", hers, "拆回").WantNot(mine + "/edit").Check()
	f.Officer.Get("/parties").Want(http.StatusOK, hers).WantNot(`href="` + mine + `"`).Check()
	f.Officer.Get("/parties/duplicates").Want(http.StatusOK, "没有发现相近的登记").Check()
	f.Officer.GetCase(at).Want(http.StatusOK, hers, f.Party.Name).WantNot(`href="` + mine + `"`).Check()
	f.Officer.Get(mine+"/merge?other="+fmt.Sprint(twin.ID)).Want(http.StatusConflict, "已并入")
	f.Officer.JSON("GET", "/api/v1"+mine, "").Want(http.StatusOK, fmt.Sprintf(`"merged_into":%d`, twin.ID))
	f.Officer.JSON("PATCH", "/api/v1"+hers, fmt.Sprintf(`{"merged_into":%d}`, f.Party.ID), "If-Match", `"1"`).Want(http.StatusUnprocessableEntity, "merged_into")
	f.As(registry.RoleAuditor).Get(mine+"?own=1").Want(http.StatusOK, "已并入").WantNot("unmerge").Check()

	undone := f.Officer.Get(mine+"?own=1").Submit(mine+"/unmerge", "undo_reason", "是两家").Want(http.StatusSeeOther).Follow()
	undone.Want(http.StatusOK, "已拆回", "是两家", mine+"/edit").WantNot("已并入 ").Check()
	f.Officer.GetCase(at).Want(http.StatusOK, `href="`+mine+`"`).WantNot(`href="` + hers + `"`).Check()
}

func TestRepeatsOnTheCasePage(t *testing.T) {
	f := newCaseFixture(t)
	ctx, actor := context.Background(), f.Actor(registry.RoleOfficer)
	case1, first := f.decided(20000)
	case2, second := f.decided(30000)
	for _, id := range []registry.CaseID{first, second} {
		v := registry.Violation{CaseID: id, TypeCode: "WATER_EVASION", Facts: "暗管", ActTo: registry.Day(2024, 10, 15),
			Citations: []registry.Citation{{Role: registry.RoleBasis, Standing: registry.StandingConfirmed, Law: "中华人民共和国水污染防治法", Provision: registry.Provision{Article: 83, Item: 3}}}}
		if _, err := f.Service.AddViolation(ctx, actor, &v); err != nil {
			t.Fatal(err)
		}
	}
	f.Officer.GetCase(case2).Want(http.StatusOK, "可能一事再罚", case1, "两案依据同一次检查", "行政处罚法第二十九条").Check()
	c, err := f.Service.Case(ctx, actor, second)
	if err != nil {
		t.Fatal(err)
	}
	c.Inspections = nil
	if err := f.Service.ChangeCase(ctx, actor, &c); err != nil {
		t.Fatal(err)
	}
	v, err := f.Service.CaseFile(ctx, actor, second)
	if err != nil {
		t.Fatal(err)
	}
	later := v.Violations[0]
	later.ActTo = registry.Day(2024, 12, 10)
	if err := f.Service.ChangeViolation(ctx, actor, &later); err != nil {
		t.Fatal(err)
	}
	f.Officer.GetCase(case2).Want(http.StatusOK, "未见同一行为两次罚款", "计入 1 次（不含本次）", case1, "第二十一条", "第二十二条", "粤环发〔2021〕7号", "当次行为发生之日").WantNot("可能一事再罚").Check()
	f.Officer.GetCase(case1).Want(http.StatusOK, "没有同一当事人在近二年内").Check()
}

func TestFarmChangesHands(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	ctx, actor := context.Background(), f.Actor(registry.RoleOfficer)
	buyer := registry.Party{Name: "恩平市新主人牧业有限公司", Kind: "公司"}
	if _, err := f.Service.AddParty(ctx, actor, &buyer); err != nil {
		t.Fatal(err)
	}
	farm, old := f.Farm, f.Party.Name
	farm.OperatorID, farm.Name = buyer.ID, "新主人养殖场"
	if err := f.Service.ChangeFarm(ctx, actor, &farm); err != nil {
		t.Fatal(err)
	}
	party := f.Party
	party.Name = "恩平改名畜牧有限公司"
	if err := f.Service.ChangeParty(ctx, actor, &party); err != nil {
		t.Fatal(err)
	}
	f.Officer.Get(fmt.Sprintf("/farms/%d", farm.ID)).Want(http.StatusOK, "新主人牧业", "前经营者", "恩平改名畜牧有限公司", "曾用名", "某畜牧养殖场").Check()
	f.Officer.GetCase(at).Want(http.StatusOK, old, "现名 恩平改名畜牧有限公司").Check()
}
