package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// An administrator ties an account to an officer, whose unit comes with it. The officer's sheet then begins with what the register knows:
// name, certificate, unit, recorder; and offers who usually goes along.
func TestJourneyPrefilledOfficers(t *testing.T) {
	a := webtest.Demo(t)
	b := a.Chrome(t, 390, 900)
	b.SignIn("admin").Open("/admin/users/new").Fill("username", "shen").Fill("display_name", "沈").Fill("role", "officer").Fill("officer_id", officerOption(t, a, "SL440785001")).Press("建立账号").Want("只显示这一次")
	b.Open("/admin/users").Want("恩平分局", "1 个执法账号没有设置单位")
	b.Open("/more").Press("退出")
	if err := a.Service.SetPassword(t.Context(), "shen", webtest.Password); err != nil {
		t.Fatal(err)
	}

	b.SignIn("shen").Open("/more").Want("江门市生态环境局恩平分局", "SL440785001", "登记、修改限于恩平分局")
	b.Open("/farms/new").Fill("name", "圣堂镇清溪猪场").Press("登记").Want("圣堂镇清溪猪场", "恩平市") // the district is known
	farm := b.Path()
	b.Press("新建检查").Fill("kind", "日常检查").Fill("start_time", "09:30").Fill("end_time", "11:00").Fill("place", "一号栏舍").Fill("findings", "废水经软管排入外场水沟。").
		Fill("certificate_shown", "是").Fill("rights_told", "是").Fill("result", "发现违法").Press("保存并提交")
	b.Want("两名以上").Fill("officers.1.officer_id", officerOption(t, a, "SL440785002")).Press("保存并提交").Want("已提交", "沈示例", "韩示例", "SL440785002", "江门市生态环境局恩平分局")

	b.Open("/inspections/new?farm_id="+strings.TrimPrefix(farm, "/farms/")).Want("常与您同组", "韩示例 · SL440785002").Fill("partner", officerOption(t, a, "SL440785002")).Fill("kind", "日常检查").Fill("start_time", "09:30").Fill("end_time", "10:00").
		Fill("place", "一号栏舍").Fill("findings", "已停止排放。").Fill("certificate_shown", "是").Fill("rights_told", "是").Fill("result", "未发现违法").Press("保存并提交")
	b.Want("已提交", "沈示例", "韩示例", "记录人")
	b.Open(farm).Want("圣堂镇清溪猪场")

	b.Open("/cases/5").Want("本案由", "您只能查看")
	b.Open("/farms/new").Fill("name", "他处猪场").Fill("district_code", "440783").Press("登记").Want("由开平分局办理", "您的账号属于恩平分局")
}

// officerOption is the id of an officer of the roster, as a select has it.
func officerOption(t *testing.T, a *webtest.App, cert string) string {
	t.Helper()
	list, err := a.Service.Officers(t.Context(), registry.CommandLine)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range list {
		if o.CertNo == cert {
			return fmt.Sprint(o.ID)
		}
	}
	t.Fatalf("no officer with certificate %s", cert)
	return ""
}

// A place that is another branch's is refused on the form itself, so that what was typed is not lost.
func TestARefusedPlaceKeepsTheForm(t *testing.T) {
	b := newBranches(t)
	p := b.own.Get("/farms/new").Want(http.StatusOK)
	if got := p.Form("/farms").Get("district_code"); got != b.ours.district {
		t.Errorf("a new farm begins in %q, want the own district", got)
	}
	p = p.Submit("/farms", "name", "清溪猪场", "district_code", b.theirs.district, "note", "打了很多字").Want(http.StatusForbidden, "由开平分局办理", "请联系开平分局").Check()
	if f := p.Form("/farms"); f.Get("note") != "打了很多字" || f.Get("name") != "清溪猪场" {
		t.Errorf("what was typed is lost: %v", f)
	}
	b.own.JSON(http.MethodPost, "/api/v1/farms", `{"name":"清溪猪场","district_code":"`+b.theirs.district+`"}`).Want(http.StatusForbidden, "由开平分局办理", `"status":403`)
}
