package records_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// aVisit is an own inspection of a farm at Enping that produced before the new edition of the standard.
func aVisit(t *testing.T, a *webtest.App) registry.Inspection {
	t.Helper()
	ctx, officer := context.Background(), a.Actor(registry.RoleOfficer)
	farm := registry.Farm{Name: "示例旧场", DistrictCode: "440785", ProductionSince: registry.Year(2015)}
	if _, err := a.Service.AddFarm(ctx, officer, &farm); err != nil {
		t.Fatal(err)
	}
	ins := registry.Inspection{FarmID: farm.ID, Kind: "日常检查", StartedOn: registry.Day(2024, 6, 10), Findings: "见笔录", DistrictCode: "440785"}
	if _, err := a.Service.AddInspection(ctx, officer, &ins); err != nil {
		t.Fatal(err)
	}
	return ins
}

// The button 按标准填入限值 answers with the form filled in and stores nothing; several limits are listed for a person to choose.
func TestSampleLimitsAreFilledIn(t *testing.T) {
	a := webtest.New(t)
	c, ins := a.As(registry.RoleOfficer), aVisit(t, a)
	path := fmt.Sprintf("/inspections/%d/samples", ins.ID)
	form := c.Get(path+"/new").Want(200, "按标准填入限值")
	row := []string{"point", "排口", "medium", "废水", "sampled_on", "2024-06-10", "results.0.pollutant", "氨氮", "results.0.kind", "数值", "results.0.value", "282"}
	press := func(more ...string) *webtest.Page {
		return form.Submit(path, append(append([]string{}, row...), more...)...)
	}

	several := press("_add", "limits").Want(200, "可能适用的限值有 2 项", "DB44/613-2009 表5 珠三角", "GB 18596-2001 表5", "现有场")
	if v := several.Form(path).Get("results.0.limit"); v != "" {
		t.Errorf("a limit was decided: %q", v)
	}
	for _, tt := range []struct{ field, value, limit, ref string }{
		{"standard_cited", "DB44/613—2009", "70", "DB44/613-2009 表5 珠三角"},
		{"results.0.pick", "GB 18596-2001 表5", "80", "GB 18596-2001 表5"},
	} {
		p := press("_add", "limits", tt.field, tt.value).Want(200)
		v := p.Form(path)
		got := strings.Join([]string{v.Get("results.0.limit"), v.Get("results.0.limit_ref"), v.Get("results.0.limit_from"), v.Get("results.0.unit")}, "|")
		if want := tt.limit + "|" + tt.ref + "|标准目录|mg/L"; got != want {
			t.Errorf("%s %s fills %s, want %s", tt.field, tt.value, got, want)
		}
	}
	if list, err := a.Service.Samples(context.Background(), a.Actor(registry.RoleOfficer), ins.ID); err != nil || len(list) != 0 {
		t.Fatalf("stored by a button that stores nothing: %+v, %v", list, err)
	}

	press("results.0.limit", "50").Want(422, "请写明改用的理由", "DB44/613-2009 表5 珠三角 70 mg/L", "排口").Check()
	press("results.0.limit", "70", "results.0.verdict", "达标").Want(422, "按数值应为“超标”").Check()
	page := press("results.0.limit", "50", "results.0.limit_reason", "排污许可证载明 50", "results.0.verdict", "达标", "results.0.verdict_reason", "报告原文如此").Follow()
	page.Want(200, "排污许可证载明 50", "报告原文如此", "有限值，没有写明所依据的标准").Check()
}

// A standard that had ended on the sample's day is warned about beside the sample, and a bound that decides nothing says so.
func TestSampleWarnings(t *testing.T) {
	a := webtest.New(t)
	c, ins := a.As(registry.RoleOfficer), aVisit(t, a)
	path := fmt.Sprintf("/inspections/%d/samples", ins.ID)
	page := c.Get(path+"/new").Submit(path, "point", "排口", "medium", "废水", "sampled_on", "2025-06-10", "standard_cited", "DB44/613-2009", "results.0.pollutant", "氨氮",
		"results.0.kind", "小于", "results.0.value", "0.5", "results.0.limit", "0.3", "results.0.limit_from", "报告所印").Follow()
	page.Want(200, "DB44/613-2009 在采样日 2025-06-10 不施行", "超标与达标都有可能").Check()
}

// The interface fills in and refuses as the form does.
func TestSampleLimitsOfTheInterface(t *testing.T) {
	a := webtest.New(t)
	c, ins := a.As(registry.RoleOfficer), aVisit(t, a)
	path := fmt.Sprintf("/api/v1/inspections/%d/samples", ins.ID)
	send := func(result string) *webtest.Page {
		return c.JSON("POST", path, `{"point":"排口","medium":"废水","results":[`+result+`]}`)
	}
	for _, tt := range []struct {
		result string
		status int
		want   []string
	}{
		{`{"pollutant":"氨氮","kind":"数值","value":"282","limit_ref":"DB44/613-2009"}`, 201, []string{`"limit":"70"`, `"unit":"mg/L"`, `"limit_ref":"DB44/613-2009 表5 珠三角"`, `"verdict":"超标"`}},
		{`{"pollutant":"氨氮","kind":"未检出","value":"0.025","limit_ref":"GB18596-2001"}`, 201, []string{`"limit":"80"`, `"verdict":"达标"`}},
		{`{"pollutant":"氨氮","kind":"数值","value":"282","limit_from":"标准目录"}`, 422, []string{"results.0.limit", "有 2 项", "GB 18596-2001 表5 80 mg/L"}},
		{`{"pollutant":"粪大肠菌群数","kind":"数值","value":"2.4×10⁴MPN/L","limit_ref":"DB44/613-2009 表5"}`, 201, []string{`"value":"2.4×10⁴"`, `"unit":"MPN/L"`, `"limit_unit":"个/100mL"`}},
		{`{"pollutant":"氨氮","kind":"数值","value":"282","unit":"μg/L","limit":"70"}`, 201, []string{`"limit_unit":"mg/L"`}},
		{`{"pollutant":"氨氮","kind":"数值","value":"282","limit":"50"}`, 422, []string{"results.0.limit_reason"}},
	} {
		r := send(tt.result).Want(tt.status, tt.want...)
		if strings.Contains(tt.result, "μg/L") && strings.Contains(r.Body, `"verdict"`) {
			t.Errorf("different units are compared: %s", r.Body)
		}
	}
}

// A change is judged as a new sample is: the verdict that stood is contradicted by the new value.
func TestSampleIsJudgedAgainWhenItChanges(t *testing.T) {
	a := webtest.New(t)
	c, ins := a.As(registry.RoleOfficer), aVisit(t, a)
	made := c.JSON("POST", fmt.Sprintf("/api/v1/inspections/%d/samples", ins.ID),
		`{"point":"排口","medium":"废水","results":[{"pollutant":"氨氮","kind":"数值","value":"282","limit_ref":"DB44/613-2009"}]}`).Want(201, `"verdict":"超标"`)
	at := made.Header.Get("Location")
	change := func(rest string) *webtest.Page {
		return c.JSON("PATCH", at, `{"results":[{"pollutant":"氨氮","kind":"数值","value":"60","limit":"70","unit":"mg/L","limit_ref":"DB44/613-2009 表5 珠三角","limit_from":"标准目录"`+rest+`}]}`, "If-Match", made.Header.Get("ETag"))
	}
	change(`,"verdict":"超标"`).Want(422, "results.0.verdict", "按数值应为“达标”")
	change("").Want(200, `"verdict":"达标"`)
}

// In a browser the option that is chosen fills its row at once; the choice itself is taken back here, so that the row alone is sent.
func TestSampleLimitJourney(t *testing.T) {
	a := webtest.New(t)
	ins := aVisit(t, a)
	for _, width := range []int{1280, 390} {
		point := fmt.Sprintf("排口 %d", width)
		b := a.Chrome(t, width, 900).SignIn("officer").Open(fmt.Sprintf("/inspections/%d/samples/new", ins.ID))
		b.Fill("point", point).Fill("results.0.pollutant", "氨氮").Fill("results.0.kind", "数值").Fill("results.0.value", "282").Press("按标准填入限值").Want("可能适用的限值有 2 项")
		b.Fill("results.0.pick", "GB 18596-2001 表5").Fill("results.0.pick", "").Press("登记").Want(point, "样品已登记", "GB 18596-2001 表5", "2.53 倍", "超标")
	}
}
