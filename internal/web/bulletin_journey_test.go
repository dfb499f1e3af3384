package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"casebook/internal/demo"
	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// A bulletin's whole life: a case is decided, a draft given back once, approved and frozen, its publication recorded, put on the public
// site; the decision is annulled, everybody is warned, and the bulletin is withdrawn. Each step stands in the audit log.
func TestJourneyBulletinUntilItIsWithdrawn(t *testing.T) {
	a := webtest.New(t)
	if err := demo.Load(context.Background(), a.Service); err != nil {
		t.Fatal(err)
	}
	b := a.Chrome(t, 1280, 900)
	b.SignIn("officer").Open("/cases/new").Fill("title", "绿水猪场直排案").Fill("district_code", "440785").Fill("found_on", "2024-10-10").Press("登记案件").Want("绿水猪场直排案")
	page := b.Path()
	b.Open(page+"/violations/new").Fill("type_code", "LIVESTOCK_DIRECT_DISCHARGE").Press("下一步").Fill("facts", "废水未经处理直接排入场外水沟").Fill("act_to", "2024-10-10").
		Press("登记违法行为").Want("绿水猪场直排案", "直接排入场外水沟")
	document := func(kind, made string, fields ...string) {
		t.Helper()
		b.Open(page+"/documents/new?kind="+kind).Fill("made_on", made)
		for i := 0; i < len(fields); i += 2 {
			b.Fill(fields[i], fields[i+1])
		}
		b.Press("登记文书").Want(kind, made)
	}
	document("立案", "2024-10-12")
	b.Open("/more").Press("退出")

	// Not decided: the chooser says why it cannot be taken.
	b.SignIn("publisher").Open("/bulletins/new").Fill("q", "绿水").Press("搜索").Want("不能选：还没有作出处罚决定")
	b.Open("/more").Press("退出")
	b.SignIn("officer")
	document("行政处罚决定", "2024-11-11", "number", "江恩环罚〔2024〕901号", "served_on", "2024-11-12")
	b.Open("/more").Press("退出")

	b.SignIn("publisher").Open("/bulletins/new").Fill("title", "十月典型案例").Fill("q", "绿水").Press("搜索").Fill("add_case", caseID(page)).Press("加入所选案件").Press("建立通报").Press("保存")
	bulletin := b.Path()
	b.Press("提交审核").Want("待审核", "须由另一位")
	b.Open("/more").Press("退出")
	b.SignIn("publisher2").Want("待审核的通报", "等您办理“签发”").Open(bulletin).Unfold().Fill("return_reason", "导语写上为什么公布").Press("退回草稿").Want("已退回草稿", "导语写上为什么公布")
	b.Open("/more").Press("退出")
	b.SignIn("publisher").Open(bulletin+"/edit").Fill("lead", "为警示养殖户依法处理粪污，现公布一起典型案例。").Press("保存").Press("提交审核").Want("待审核")
	b.Open("/more").Press("退出")
	b.SignIn("publisher2").Open(bulletin).Fill("opinion", "已逐字读过").Press("批准").Want("已批准", "定稿", "SHA-256", "十月典型案例.pdf")
	paper := a.SignedIn("auditor").Get(bulletin + "/pdf").Want(http.StatusOK).Body
	b.Unfold().Fill("release.on", "2024-12-16").Fill("release.medium", "报纸").Fill("release.where", "江门日报 A04版").Press("登记").Want("已登记这次发布", "江门日报 A04版")
	b.Press("发布到公众网站").Want("已发布到公众网站", "本系统公众网站")
	b.Open("/more").Press("退出")

	a.Advance(time.Minute)
	b.SignIn("officer")
	document("撤销处罚", "2024-12-16")
	b.Open("/more").Press("退出")
	warned := []string{"撤销处罚", "2024-12-19", "第四十八条第二款"}
	b.SignIn("publisher").Want(append(warned, "案件有变化的通报", "十月典型案例")...)
	b.Open("/bulletins").Want("案件一：撤销处罚，最迟 2024-12-19 撤回")
	b.Open(bulletin).Want(append(warned, "请撤回这期通报")...).Unfold().Fill("withdraw_reason", "处罚决定已依法撤销").Press("撤回").Want("已撤回", "处罚决定已依法撤销", "宣传发布甲")
	b.Open("/").Open("/bulletins").Want("已撤回")
	b.Open("/more").Press("退出")

	if got := a.SignedIn("auditor").Get(bulletin + "/pdf").Want(http.StatusOK).Body; got != paper {
		t.Error("the paper has changed since it was approved")
	}
	log := a.SignedIn("auditor").Get("/audit?entity=bulletin").Want(http.StatusOK).Text()
	for _, act := range []string{"新建", "修改", "提交审核", "退回", "批准", "登记发布", "发布到公众网站", "撤回"} {
		if !strings.Contains(log, act) {
			t.Errorf("the audit log does not tell of %s:\n%s", act, log)
		}
	}
	id := registry.BulletinID(2)
	x, err := a.Service.Bulletin(context.Background(), a.Actor(registry.RolePublisher), id)
	if err != nil || !x.Gone() || len(x.Opinions) != 5 || len(x.Releases) != 2 {
		t.Errorf("%v: gone %v, %d opinions, %d releases", err, x.Gone(), len(x.Opinions), len(x.Releases))
	}
	a.SignedIn("publisher2").Post(bulletin+"/publish", url.Values{"version": {"12"}}).Want(http.StatusConflict)

	phone := a.Chrome(t, 390, 800)
	phone.SignIn("publisher").Open(bulletin).Want("已撤回").Open("/bulletins")
	phone.Open("/more").Press("退出")
	phone.SignIn("admin").Open("/admin/bureau").Want("通报的审批环节")
}
