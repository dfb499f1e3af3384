package records_test

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// fixture is a farm with its operator and two officers on the roster.
type fixture struct {
	party    registry.Party
	farm     registry.Farm
	officers [2]registry.Officer
}

func newFixture(t *testing.T, a *webtest.App) (x fixture) {
	t.Helper()
	ctx, officer, admin := context.Background(), a.Actor(registry.RoleOfficer), a.Actor(registry.RoleAdmin)
	ok := func(_ bool, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	n := int64(5300)
	x.party = registry.Party{Name: "恩平市大田牧业有限公司", Kind: "公司", LegalPerson: "陈某", Phone: "13800138000", IDNumber: "11010519491231002X"}
	ok(a.Service.AddParty(ctx, officer, &x.party))
	x.farm = registry.Farm{Name: "大田生猪养殖场", DistrictCode: "440785", Town: "大田镇", Address: "朗底村", OperatorID: x.party.ID, ContactPhone: "13900139000",
		Herds: []registry.Herd{{Species: "生猪", Stage: "母猪", Count: &n, Qualifier: "多", Basis: "存栏"}}, Zone: registry.Zone{Relation: "禁养区内", PlanNumber: "恩府〔2020〕19号"}}
	ok(a.Service.AddFarm(ctx, officer, &x.farm))
	for i, name := range []string{"甲示例", "乙示例"} {
		x.officers[i] = registry.Officer{Name: name, CertNo: fmt.Sprintf("SL44078500%d", i+1), Active: true, ValidFrom: registry.Day(2022, 1, 1), ValidTo: registry.Day(2030, 12, 31)}
		ok(a.Service.AddOfficer(ctx, admin, &x.officers[i]))
	}
	return x
}

func count(t *testing.T, c *webtest.Client, path string) int {
	t.Helper()
	return strings.Count(c.Get(path).Want(http.StatusOK).Body, "data-href=")
}

func TestFarm(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleOfficer)
	c.Get("/farms").Want(200, "还没有养殖场").Check()
	form := c.Get("/farms/new").Want(200, "登记养殖场").Check()
	page := form.Submit("/farms", "name", "恩平市某养猪场", "district_code", "440785", "area_m2", "100", "area_unit", "亩", "place.longitude", "东经112°35′7″", "place.latitude", "北纬22°11′1″",
		"herds.0.species", "生猪", "herds.0.basis", "存栏", "herds.0.count", "５，３００", "herds.0.qualifier", "多", "zone.relation", "禁养区内", "zone.plan_number", "恩府〔2020〕19号", "zone.plan_on", "2020",
		"permit.state", "未办理", "facilities.0.kind", "氧化塘", "facilities.0.lining", "无防渗", "facilities.0.state", "满溢").Follow()
	page.Want(200, "已登记养殖场", "112.585278, 22.183611", "东经112°35′7″", "66666.67 平方米（6.67 公顷，合 100 亩）", "5300多头", "恩府〔2020〕19号", "2020年", "无防渗", "未填").Check()
	for _, name := range []string{"district_code", "district"} { // links from before call it district
		c.Get("/farms?"+name+"=440785&zone="+url.QueryEscape("禁养区内")).Want(200, "恩平市某养猪场", "生猪存栏5300多头", "全部清除", `name="district_code"`,
			`/farms?district_code=440785"`).Check()
		c.Get("/farms?"+name+"=440784").Want(200, "没有符合条件的养殖场").Check()
		c.Get("/inspections?"+name+"=440785").Want(200, "没有符合条件的检查", `name="district_code"`).Check()
	}
	c.Get("/farms?district_code=440784&district=440785").Want(200, "没有符合条件的养殖场")

	c.Get("/farms?idle=2026").Want(200, "恩平市某养猪场", "2026 年没有检查过").Check()
	c.Get("/farms?idle=26").Want(http.StatusUnprocessableEntity, "请写四位数字")

	edit := c.Get(page.Path+"/edit").Want(200, "66666.67").Check()
	edit.Submit(page.Path, "town", "大田镇").Follow().Want(200, "已保存。", "大田镇", "镇街、村").Check()

	// Two people at once: what only one changed is taken, nothing is lost.
	stale := edit.Submit(page.Path, "note", "门口有狗").Want(http.StatusConflict, "合并修改", "门口有狗", "大田镇", "原来").Check()
	stale.Submit(page.Path).Follow().Want(200, "门口有狗", "大田镇").Check()
}

func TestFarmRefused(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleOfficer)
	form := c.Get("/farms/new").Form("/farms")
	for _, x := range []struct {
		name, field, value string
		want               []string
	}{
		{"no name", "name", "", []string{"请填写养殖场名称"}},
		{"too long", "name", strings.Repeat("猪", 201), []string{"太长：201 字，最多 200 字", strings.Repeat("猪", 201)}},
		{"impossible date", "production_since", "2023-02-30", []string{"2023-02-30"}},
		{"negative count", "herds.0.count", "-5", []string{"数量不能为负数", `value="-5"`}},
		{"not a number", "herds.0.count", "很多", []string{"“很多”不是整数", `value="很多"`}},
		{"swapped coordinates", "place.longitude", "北纬22°11′1″", []string{"写的是另一个方向"}},
		{"longitude alone", "place.longitude", "112.5", []string{"经度和纬度请一并填写"}},
		{"negative area", "area_m2", "-1", []string{"面积不合理"}},
		{"no such operator", "operator_id", "999", []string{"没有找到所选的当事人"}},
		{"a district elsewhere", "district_code", "440106", []string{"不是江门市"}},
	} {
		t.Run(x.name, func(t *testing.T) {
			v := url.Values{}
			for k, old := range form {
				v[k] = old
			}
			v.Set("name", "某场")
			v.Set("district_code", "440785")
			v.Set("note", "已经写下的备注")
			v.Set(x.field, x.value)
			p := c.Post("/farms", v).Want(http.StatusUnprocessableEntity, append(x.want, "已经写下的备注", `aria-invalid="true"`)...)
			if x.value != "" && !strings.Contains(p.Body, "#f-"+strings.ReplaceAll(x.field, ".", "-")) {
				t.Errorf("the summary does not lead to %s", x.field)
			}
			p.Check()
		})
	}
	t.Run("invalid UTF-8", func(t *testing.T) {
		v := url.Values{"name": {"场\xff名"}, "district_code": {"440785"}, "client_uid": {"u-1"}}
		c.Post("/farms", v).Follow().Want(200, "场�名").Check()
	})
	if n := count(t, c, "/farms"); n != 1 {
		t.Errorf("%d farms, want only the one that was taken", n)
	}
}

func TestDoubleSubmit(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleOfficer)
	form := c.Get("/farms/new").Form("/farms")
	form.Set("name", "某场")
	form.Set("district_code", "440785")
	first := c.Post("/farms", form)
	second := c.Post("/farms", form)
	if first.Header.Get("Location") != second.Header.Get("Location") {
		t.Errorf("sent twice: %s, then %s", first.Header.Get("Location"), second.Header.Get("Location"))
	}
	// Back, a change, and sent again: not a second farm, and the change is not lost.
	form.Set("note", "后来想起的")
	merge := c.Post("/farms", form).Want(http.StatusConflict, "此前已经保存", "后来想起的").Check()
	merge.Submit(first.Header.Get("Location")).Follow().Want(200, "后来想起的")
	if n := count(t, c, "/farms"); n != 1 {
		t.Errorf("%d farms, want 1", n)
	}
}

func TestParty(t *testing.T) {
	a := webtest.New(t)
	x := newFixture(t, a)
	c := a.As(registry.RoleOfficer)
	path := fmt.Sprintf("/parties/%d", x.party.ID)
	c.Get(path).Want(200, "13800138000", "11010519491231002X", "大田生猪养殖场").Check()
	a.As(registry.RolePublisher).Get(path).Want(200, "138****8000", "按您的角色隐去").WantNot("13800138000", "11010519491231002X").Check()
	a.As(registry.RolePublisher).Get(fmt.Sprintf("/farms/%d", x.farm.ID)).Want(200, "139****9000").WantNot("13900139000").Check()

	bad := c.Get("/parties/new").Want(200).Check().Submit("/parties", "name", "新会区某合作社", "kind", "农民专业合作社", "credit_code", "91440705MA4W1AAAA0")
	bad.Want(http.StatusUnprocessableEntity, "请填写保留理由", "91440705MA4W1AAAA0", "新会区某合作社", `id="f-credit_code-problem"`).Check()
	bad.Submit("/parties", "credit_code_override", "执照如此，已核对原件").Follow().Want(200, "校验未通过，保留理由：执照如此").Check()
	c.Get("/parties/new").Submit("/parties", "name", "新会区某合作社", "kind", "农民专业合作社").Follow().Want(200, "可能重复登记").Check()
	c.Get("/parties?repeated=2024-01..2024-12&district_code=440785").Want(200, "2024-01 至 2024-12 发现两件以上", "没有找到这样的当事人").Check()
	c.Get("/parties?repeated=2024").Want(http.StatusUnprocessableEntity, "请写起止月份")
	c.Get("/parties?repeated=2024-03..2024-01").Want(http.StatusUnprocessableEntity, "早于起始月份")
	c.Get("/parties?district_code=440785").Want(http.StatusUnprocessableEntity, "辖区要和多次涉案的期间")
	c.Get("/parties?q="+url.QueryEscape("合作社")).Want(200, "新会区某合作社", "本页 2 条").WantNot("大田").Check()

	// A phone that changed stays masked in the history too.
	c.Get(path+"/edit").Submit(path, "phone", "13711112222").Follow().Want(200, "13711112222", "13800138000")
	a.As(registry.RolePublisher).Get(path).Want(200, "137****2222").WantNot("13711112222", "13800138000").Check()
}

// findings of a good own record.
func goodInspection(x fixture) []string {
	return []string{"farm_id", fmt.Sprint(x.farm.ID), "kind", "日常检查", "started_on", "2024-10-08", "start_time", "09:30", "end_time", "11:40", "place", "大田镇朗底村",
		"officers.0.officer_id", fmt.Sprint(x.officers[0].ID), "officers.1.officer_id", fmt.Sprint(x.officers[1].ID), "certificate_shown", "是", "rights_told", "是",
		"findings", "氧化塘满溢，废水经断裂管道流入鱼塘。", "result", "发现违法", "herds.0.count", "5180",
		"path.nodes.0.kind", "产生源", "path.nodes.0.name", "猪舍", "path.nodes.1.kind", "氧化塘", "path.nodes.1.name", "1号氧化塘", "path.nodes.1.lining", "无防渗", "path.nodes.1.state", "满溢",
		"path.nodes.2.kind", "管道", "path.nodes.2.name", "排水管", "path.nodes.2.state", "断裂", "path.nodes.3.kind", "鱼塘", "path.nodes.3.name", "下游鱼塘", "path.nodes.3.after", "2、3", "path.receiving_water", "那吉河"}
}

func TestInspection(t *testing.T) {
	a := webtest.New(t)
	x := newFixture(t, a)
	c := a.As(registry.RoleOfficer)
	c.Get("/inspections").Want(200, "还没有检查记录").Check()
	form := c.Get(fmt.Sprintf("/inspections/new?farm_id=%d", x.farm.ID)).Want(200, "大田镇朗底村", "恩平市大田牧业有限公司", "甲示例").Check()

	draft := form.Submit("/inspections", "_action", "draft", "findings", "疑似外排。").Follow().Want(200, "检查记录已存为草稿", "提交前还缺", "执法人员", "两名以上执法人员", "疑似").Check()
	edit := c.Get(draft.Path+"/edit").Want(200, "保存并提交").Check()
	done := edit.Submit(draft.Path, append(goodInspection(x), "_action", "submit")...).Follow()
	done.Want(200, "检查记录已提交", "甲示例", "SL440785001", "排污路径图", "来自 2、3", "虚线框", "5180头", "立案登记案件", "2024年10月8日 09:30 至 11:40").WantNot("提交前还缺").Check()
	c.Get("/inspections?result="+url.QueryEscape("发现违法")+"&from=2024-10&to=2024-10").Want(200, "大田生猪养殖场", "甲示例、乙示例", "尚未登记").Check()
	c.Get("/inspections?from=2024-11").Want(200, "没有符合条件的检查").Check()
	c.Get(fmt.Sprintf("/inspections?farm_id=%d", x.farm.ID)).Want(200, "大田生猪养殖场").Check()
	c.Get(fmt.Sprintf("/farms/%d", x.farm.ID)).Want(200, "日常检查：发现违法").Check()

	// The roster changes; the sheet keeps the certificate of that day.
	o := x.officers[0]
	o.CertNo = "SL440785999"
	if err := a.Service.ChangeOfficer(context.Background(), a.Actor(registry.RoleAdmin), &o); err != nil {
		t.Fatal(err)
	}
	c.Get(draft.Path+"/edit").Submit(draft.Path, "note", "补记").Follow().Want(200, "补记", "SL440785001").WantNot("SL440785999")
}

func TestInspectionRefused(t *testing.T) {
	a := webtest.New(t)
	x := newFixture(t, a)
	c := a.As(registry.RoleOfficer)
	new := func() *webtest.Page { return c.Get("/inspections/new") }
	with := func(change ...string) []string {
		return append(append(goodInspection(x), "_action", "submit"), change...)
	}
	for _, r := range []struct {
		name   string
		fields []string
		want   []string
	}{
		{"one officer", with("officers.1.officer_id", ""), []string{"两名以上执法人员（行政处罚法第四十二条），现在是 1 名", "#f-officers", "氧化塘满溢，废水经断裂管道流入鱼塘。"}},
		{"an impossible date", with("started_on", "2024-02-30"), []string{"2024-02-30"}},
		{"a day to come", with("started_on", "2099-01-01"), []string{"检查日期在今天之后"}},
		{"a negative count", with("herds.0.species", "生猪", "herds.0.count", "-3"), []string{"数量不能为负数", `value="-3"`}},
		{"no result", with("result", "待定"), []string{"请选择检查结果"}},
		{"ends before it began", with("end_time", "08:00", "ended_on", "2024-10-08"), []string{"结束时间早于开始时间"}},
		{"a way that comes from below", with("path.nodes.1.after", "4"), []string{"上游只能是它前面的环节"}},
		{"a number that is none", with("path.nodes.3.after", "上面"), []string{"不是环节的序号", `value="上面"`}},
		{"too long", with("findings", strings.Repeat("水", 20001)), []string{"太长：20001 字"}},
		{"no farm", with("farm_id", ""), []string{"请选择养殖场"}},
	} {
		t.Run(r.name, func(t *testing.T) {
			new().Submit("/inspections", r.fields...).Want(http.StatusUnprocessableEntity, r.want...).Check()
		})
	}
	if n := count(t, c, "/inspections"); n != 0 {
		t.Errorf("%d inspections were written, want none", n)
	}

	// Submitting a draft from its page leads to the form with what is missing.
	draft := new().Submit("/inspections", "farm_id", fmt.Sprint(x.farm.ID), "findings", "写到一半").Follow().Want(200, "草稿")
	draft.Submit(draft.Path+"/submit").Want(http.StatusUnprocessableEntity, "写到一半", "两名以上执法人员", "请填写检查类型").Check()
	c.Get(draft.Path).Want(200, "提交前还缺")
	// And a draft that someone else changed meanwhile is not submitted unseen.
	c.Get(draft.Path+"/edit").Submit(draft.Path, "note", "他人补充").Follow()
	draft.Submit(draft.Path+"/submit").Follow().Want(200, "没有提交：记录刚被他人修改")
}

func TestInspectionStale(t *testing.T) {
	a := webtest.New(t)
	x := newFixture(t, a)
	c := a.As(registry.RoleOfficer)
	page := c.Get("/inspections/new").Submit("/inspections", append(goodInspection(x), "_action", "submit")...).Follow().Want(200, "检查记录已提交")
	mine := c.Get(page.Path + "/edit")
	c.Get(page.Path+"/edit").Submit(page.Path, "media", "照片12张").Follow().Want(200, "照片12张")
	mine.Submit(page.Path, "party_opinion", "无异议").Want(http.StatusConflict, "照片12张", "无异议").Check().Submit(page.Path).Follow().Want(200, "照片12张", "无异议", "甲示例", "鱼塘")

	// A submitted record stays complete.
	c.Get(page.Path+"/edit").Submit(page.Path, "place", "").Want(http.StatusUnprocessableEntity, "请填写检查地点").Check()
	// Sent twice, it is submitted once.
	form := c.Get("/inspections/new").Form("/inspections")
	fields := append(goodInspection(x), "_action", "submit")
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	first, second := c.Post("/inspections", form), c.Post("/inspections", form)
	if first.Status != http.StatusSeeOther || first.Header.Get("Location") != second.Header.Get("Location") {
		t.Errorf("sent twice: %d %s, then %d %s", first.Status, first.Header.Get("Location"), second.Status, second.Header.Get("Location"))
	}
	second.Follow().Want(200, "检查记录已提交", "第 1 版").WantNot("第 2 版")
}

func TestSample(t *testing.T) {
	a := webtest.New(t)
	x := newFixture(t, a)
	c := a.As(registry.RoleOfficer)
	page := c.Get("/inspections/new").Submit("/inspections", append(goodInspection(x), "_action", "submit")...).Follow()
	form := c.Get(page.Path+"/samples/new").Want(200, "标准目录所列限值", "DB44/613-2009", "2024年10月8日、恩平市").Check()
	row := []string{"point", "溢流口", "results.0.pollutant", "氨氮", "results.0.kind", "数值", "results.0.value", "282", "results.0.unit", "mg/L", "results.0.limit", "70",
		"results.0.limit_from", "标准目录", "results.0.limit_ref", "DB44/613-2009 表5 珠三角"}
	form.Submit(page.Path+"/samples", append(row, "results.0.verdict", "达标")...).Want(http.StatusUnprocessableEntity, "与结果 282、限值 70 不一致", `value="282"`).Check()
	done := form.Submit(page.Path+"/samples", append(row, "results.0.verdict", "超标", "standard_cited", "DB44/613—2009 表1", "standard_review", "限值在表5")...).Follow()
	done.Want(200, "样品已登记", "282", "超标", "3.03 倍", "DB44/613—2009 表1", "限值在表5").Check()
	link := linkWith(t, done, "/samples/")
	edit := c.Get(link).Want(200, "溢流口").Check()
	post := strings.TrimSuffix(link, "/edit")
	edit.Submit(post, "results.1.pollutant", "总磷", "results.1.kind", "仅结论").Want(http.StatusUnprocessableEntity, "只有结论时请选择结论").Check()
	edit.Submit(post, "results.1.pollutant", "总磷", "results.1.kind", "仅结论", "results.1.verdict", "超标").Follow().Want(200, "超标（数值未公布）", "不能计算").Check()
	edit.Submit(post, "note", "x").Want(http.StatusConflict, "合并修改").Check()
	edit.Submit(post+"/delete").Follow().Want(200, "没有删除").Check()
	c.Get(link).Submit(post+"/delete").Follow().Want(200, "样品已删除", "没有采样").Check()
}

func linkWith(t *testing.T, p *webtest.Page, part string) string {
	t.Helper()
	links := p.Links()
	i := slices.IndexFunc(links, func(l string) bool { return strings.HasPrefix(l, part) })
	if i < 0 {
		t.Fatalf("%s: no link to %s… among %q", p.Path, part, links)
	}
	return links[i]
}

func TestEvidence(t *testing.T) {
	a := webtest.New(t)
	x := newFixture(t, a)
	c := a.As(registry.RoleOfficer)
	page := c.Get("/inspections/new").Submit("/inspections", goodInspection(x)...).Follow()
	k := registry.Case{Title: "大田生猪养殖场外排案", DistrictCode: "440785", FarmID: x.farm.ID}
	if _, err := a.Service.AddCase(context.Background(), a.Actor(registry.RoleOfficer), &k); err != nil {
		t.Fatal(err)
	}
	for _, parent := range []string{page.Path, fmt.Sprintf("/cases/%d", k.ID)} {
		form := c.Get(parent+"/evidence/new").Want(200, "登记证据").Check()
		form.Submit(parent+"/evidence", "kind", "照片").Want(http.StatusUnprocessableEntity, "请填写证据名称").Check()
		form.Submit(parent+"/evidence", "kind", "照片", "title", "现场照片", "pages", "-1").Want(http.StatusUnprocessableEntity, "数量不能为负数").Check()
		to := form.Submit(parent+"/evidence", "kind", "照片", "title", "现场照片", "made_on", "2024-10", "proves", "氧化塘满溢").Want(http.StatusSeeOther).Header.Get("Location")
		want := parent + "#evidence"
		if parent != page.Path {
			want = parent + "?panel=evidence#evidence"
		}
		if to != want {
			t.Errorf("after saving: %s, want %s", to, want)
		}
	}
	shown := c.Get(page.Path).Want(200, "现场照片", "氧化塘满溢", "2024-10").Check()
	link := linkWith(t, shown, "/evidence/")
	post := strings.TrimSuffix(link, "/edit")
	c.Get(link).Check().Submit(post, "number", "证1").Follow().Want(200, "证1")
	c.Get(link).Submit(post+"/delete").Follow().Want(200, "证据已删除")
}

func TestAttachments(t *testing.T) {
	a := webtest.New(t)
	x := newFixture(t, a)
	c := a.As(registry.RoleOfficer)
	path := fmt.Sprintf("/farms/%d", x.farm.ID)
	upload := func(filename, body string) *webtest.Page {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		if filename != "" {
			part, _ := w.CreateFormFile("file", filename)
			_, _ = part.Write([]byte(body)) // to memory
		}
		_ = w.Close()
		return c.Do("POST", path+"/attachments?key=k-"+filename, &b, http.Header{"Content-Type": {w.FormDataContentType()}})
	}
	c.Get(path).Want(200, "还没有附件").Check()
	upload("现场照片.jpg", "jpeg").Follow().Want(200, "已上传“现场照片.jpg”，但扩展名是 .jpg，内容却是文本", "4 字节").Check()
	upload("现场照片.jpg", "jpeg").Follow().Want(200, "1 个文件")
	upload("扫描件.pdf", "\xFF\xD8\xFF\xE0 picture").Follow().Want(200, "已上传“扫描件.pdf”，但扩展名是 .pdf，内容却是 JPEG 图片，请核对")
	c.Get(path).Want(200, "扩展名是 .pdf，内容却是 JPEG 图片").Check() // stays beside the file
	for name, head := range map[string]string{"IMG_0001.heif": "\x00\x00\x00\x18ftypheic", "VID_20260305.3gp": "\x00\x00\x00\x18ftyp3gp4", "录音.amr": "#!AMR\n"} {
		upload(name, head).Follow().Want(200, "已上传“"+name+"”。")
	}
	upload("说明", "现场").Follow().Want(200, "没有上传：文件名“说明”没有扩展名").Check()
	upload("病毒.exe", "MZ").Follow().Want(200, "没有上传：不接收").Check()
	upload("", "").Follow().Want(200, "没有上传：请选择要上传的文件")
	file := c.Get(linkWith(t, c.Get(path), "/attachments/")).Want(200)
	if got := file.Header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") || file.Body != "jpeg" {
		t.Errorf("download: %s %q", got, file.Body)
	}
	a.As(registry.RoleAuditor).Get(path).Want(200, "现场照片.jpg").WantNot("上传文件").Check()
}
