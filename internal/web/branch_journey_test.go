package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

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

// A form asks nothing that the register knows of the person who fills it in, and puts nobody in whose certificate is not valid that day.
func TestFormsBeginWithWhoFillsThemIn(t *testing.T) {
	b := newBranches(t)
	own := registry.Officer{Name: "沈一", CertNo: "A1", OrganID: b.ours.organ.ID, ValidFrom: registry.Day(2020, 1, 1), ValidTo: registry.Day(2024, 12, 31), Active: true}
	other := registry.Officer{Name: "安二", CertNo: "A2", OrganID: b.theirs.organ.ID, ValidFrom: registry.Day(2020, 1, 1), ValidTo: registry.Day(2030, 1, 1), Active: true}
	for _, o := range []*registry.Officer{&other, &own} {
		b.must(b.Service.AddOfficer(t.Context(), registry.CommandLine, o))
	}
	admin := b.others[registry.RoleAdmin]
	at := fmt.Sprintf("/admin/users/%d", b.userID("enping"))
	admin.Get(at).Want(http.StatusOK, "登记、修改限于恩平分局").Check().Submit(at, "officer_id", fmt.Sprint(own.ID)).Want(http.StatusSeeOther)

	p := b.own.Get(fmt.Sprintf("/inspections/new?farm_id=%d", b.ours.farm.ID)).Want(http.StatusOK).Check()
	f := p.Form("/inspections")
	for name, want := range map[string]string{"officers.0.officer_id": fmt.Sprint(own.ID), "officers.0.name": "沈一", "officers.0.cert_no": "A1", "recorder": "沈一", "organ_id": fmt.Sprint(b.ours.organ.ID)} {
		if got := f.Get(name); got != want {
			t.Errorf("a new inspection: %s = %q, want %q", name, got, want)
		}
	}
	for _, first := range [][2]string{{"沈一 · A1", "安二 · A2"}, {">恩平分局</option>", ">开平分局</option>"}} {
		if i, j := strings.Index(p.Body, first[0]), strings.Index(p.Body, first[1]); i < 0 || j < i {
			t.Errorf("%s stands at %d, %s at %d: the own one should come first", first[0], i, first[1], j)
		}
	}
	if got := b.own.Get("/cases/new").Form("/cases").Get("district_code"); got != b.ours.district {
		t.Errorf("a new case lies in %q", got)
	}
	body := b.own.Get("/cases").Body
	if i, j := strings.Index(body, ">恩平市</option>"), strings.Index(body, ">蓬江区</option>"); i < 0 || j < i {
		t.Errorf("the own district stands at %d, another at %d", i, j)
	}
	bare := registry.Case{Origin: registry.OriginField, Title: "无检查的案", DistrictCode: b.ours.district}
	b.must(b.Service.AddCase(t.Context(), b.Actor(registry.RoleOfficer), &bare))
	document := b.own.Get(fmt.Sprintf("/cases/%d/documents/new?kind=%s", bare.ID, url.QueryEscape("立案"))).Form(fmt.Sprintf("/cases/%d/documents", bare.ID))
	if got := document.Get("participants.0.officer_id"); got != fmt.Sprint(own.ID) || document.Get("participants.0.part") != "承办" {
		t.Errorf("a filing is handled by %q as %q", got, document.Get("participants.0.part"))
	}
	samples := fmt.Sprintf("/inspections/%d/samples", b.ours.inspection.ID)
	b.own.Get(samples+"/new").Submit(samples, "point", "一号口", "sampling_organ", "恩平监测站", "sampled_on", "2024-10-16").Want(http.StatusSeeOther)
	if s := b.own.Get(samples + "/new").Form(samples); s.Get("sampling_organ") != "恩平监测站" || s.Get("sampled_on") != "2024-10-16" {
		t.Errorf("the next sample of the visit: taken by %q on %q", s.Get("sampling_organ"), s.Get("sampled_on"))
	}

	b.Advance(20 * 24 * time.Hour) // the certificate ends with the year
	late := b.SignedIn("enping").Get("/inspections/new").Want(http.StatusOK, "不在有效期内，没有自动填入").Check()
	if got := late.Form("/inspections").Get("officers.0.officer_id"); got != "" {
		t.Errorf("an officer without a valid certificate was put in: %s", got)
	}
}

// userID finds an account by its name.
func (b *branches) userID(username string) registry.UserID {
	b.T.Helper()
	a, err := b.Service.ActorNamed(context.Background(), username)
	if err != nil {
		b.T.Fatal(err)
	}
	return a.UserID
}
