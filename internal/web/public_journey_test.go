package web_test

import (
	"net/http"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// A reader on a phone: the administrator opens the site, the reader finds a bulletin, reads it and the law that it quotes, says what is wrong; a publisher
// answers; the bulletin is withdrawn, and the reader is told when and why.
func TestJourneyPublicSite(t *testing.T) {
	a := webtest.Demo(t)
	b := a.Chrome(t, 390, 900)
	b.Open("/public").Want("没有找到这个页面")
	b.SignIn("admin").Open("/admin/bureau").Fill("public_site", "1").Press("保存").Want("本局设置已保存", "开放公众网站").Open("/more").Press("退出")

	b.Open("/public").Want("典型案例通报", "恩平某畜牧有限公司").Fill("q", "禁养区").Press("检索").Want("“禁养区”", "台山市某养殖场").Press("×")
	b.Press("恩平市").Want("看全部").Press("典型案例（2024年）").Want("简要案情", "以案说法", "未经官方文本核对", "这期通报有误？")
	page := b.Path()
	b.Press("《中华人民共和国水污染防治法》第三十九条").Want("不是全文", "禁止利用渗井").Press("典型案例（2024年）")
	b.Fill("words", "案件二的月份不对").Press("提交").Want("已收到").Press("回到通报").Want("简要案情")

	b.SignIn("publisher").Want("1 条纠错意见").Press("查看").Press("案件二的月份不对").Fill("state", "已采纳").Fill("answer", "已撤回重发").Press("保存").Want("处理结果已保存", "已撤回重发")
	b.Open("/more").Press("退出")
	now := a.Now()
	a.SetBulletin(1, func(x *registry.Bulletin) {
		x.State, x.WithdrawReason, x.WithdrawnAt = registry.BulletinWithdrawn, "案件二的月份有误", &now
	})
	b.Open(page).Want("已撤回", "2024年12月16日", "案件二的月份有误").Press("看其他通报").Want("还没有公开的通报")
	a.Browser().Get(page).Want(http.StatusGone)

	log := a.As(registry.RoleAuditor).Get("/audit").Want(http.StatusOK)
	for _, step := range []string{"本局设置", "公众纠错", "处理纠错意见"} {
		if !strings.Contains(log.Text(), step) {
			t.Errorf("the audit log does not tell %s", step)
		}
	}
}
