package maps_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// square is a GeoJSON square of 0.1° whose south-western corner is given.
func square(lng, lat float64) string {
	at := func(x, y float64) string { return fmt.Sprintf("[%.4f,%.4f]", lng+x, lat+y) }
	return `{"type":"Polygon","coordinates":[[` + strings.Join([]string{at(0, 0), at(0.1, 0), at(0.1, 0.1), at(0, 0.1), at(0, 0)}, ",") + `]]}`
}

// send posts the form of an import with a file; without a file where it is empty.
func send(t *testing.T, c *webtest.Client, form url.Values, file string) *webtest.Page {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for k, v := range form {
		if err := w.WriteField(k, v[0]); err != nil {
			t.Fatal(err)
		}
	}
	if file != "" {
		p, err := w.CreateFormFile("file", "禁养区.geojson")
		if err == nil {
			_, err = p.Write([]byte(file))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return c.Do(http.MethodPost, "/zones", &body, http.Header{"Content-Type": {w.FormDataContentType()}})
}

// A plan is imported, asked about where it is doubtful, shown, ended, and asked on the day of the act.
func TestZoneImport(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	admin, officer := f.As(registry.RoleAdmin), f.As(registry.RoleOfficer)
	officer.Get("/zones/new").Want(http.StatusForbidden)
	officer.Get("/zones").Want(http.StatusOK, "还没有区划").Check()
	form := admin.Get("/zones/new").Want(http.StatusOK, "选择文件", "请选择").Check().Form("/zones")
	for k, v := range map[string]string{"name": "恩平禁养区", "plan_number": "恩府[2020]1号", "valid_from": "2020-07-15", "source": "市农业农村局"} {
		form.Set(k, v)
	}
	send(t, admin, form, square(112.2, 22.1)).Want(http.StatusUnprocessableEntity, "请填写坐标系", "已收到 禁养区.geojson").Check()
	form.Set("datum", "CGCS2000")
	send(t, admin, form, "").Want(http.StatusUnprocessableEntity, "请选择 GeoJSON 文件")
	send(t, admin, form, square(22.1, 112.2)).Want(http.StatusUnprocessableEntity, "经纬度写反了").Check()
	send(t, admin, form, square(116.2, 39.9)).Want(http.StatusUnprocessableEntity, "大致范围之外")
	form.Set("datum", "西安80")
	send(t, admin, form, square(112.2, 22.1)).Want(http.StatusUnprocessableEntity)

	// A datum of map software is asked about; the file need not be chosen again.
	form.Set("datum", "GCJ-02")
	asked := send(t, admin, form, square(112.2, 22.1)).Want(http.StatusUnprocessableEntity, "加偏坐标", "存疑之处已经核对").Check()
	held := asked.Form("/zones")
	held.Set("confirmed", "1")
	held.Set("datum", "CGCS2000")
	made := send(t, admin, held, "").Want(http.StatusSeeOther)
	made.Follow().Want(http.StatusOK, "恩平禁养区", "恩府〔2020〕1号", "公顷", "CGCS2000", "有效").Check()
	send(t, admin, held, "").Want(http.StatusSeeOther) // the same form again makes no second one
	forged := form
	forged.Set("held", "x|"+strings.Repeat("0", 64)+"|00")
	send(t, admin, forged, "").Want(http.StatusUnprocessableEntity, "请选择 GeoJSON 文件")

	lng, lat := 112.25, 22.15
	farm := registry.Farm{Name: "恩平图上猪场", DistrictCode: "440785", Place: registry.Place{Longitude: &lng, Latitude: &lat, Datum: "WGS-84"}}
	if _, err := f.Service.AddFarm(t.Context(), f.Actor(registry.RoleOfficer), &farm); err != nil {
		t.Fatal(err)
	}
	at := fmt.Sprintf("/farms/%d", farm.ID)
	officer.Get(at).Want(http.StatusOK, "位于禁养区 恩平禁养区（恩府〔2020〕1号） 内").Check()
	officer.Get("/map").Want(http.StatusOK, "恩平图上猪场", "位于 恩平禁养区（恩府〔2020〕1号） 内", "公里", "北").Check()
	officer.Get("/map?district_code=440784").Want(http.StatusOK).WantNot("恩平图上猪场")
	officer.Get("/map?day=2019").Want(http.StatusOK, "不在图上的禁养区内")
	officer.Get("/map?day=x").Want(http.StatusUnprocessableEntity)

	admin.Get("/zones/1/edit").Want(http.StatusOK).Check().Submit("/zones/1", "valid_to", "2024-10-31", "note", "恩府〔2024〕9号废止").Want(http.StatusSeeOther).
		Follow().Want(http.StatusOK, "已失效", "至2024年10月31日", "失效日期").Check()
	officer.Get(at).Want(http.StatusOK, "没有导入当日有效的禁养区").WantNot("位于禁养区")
	// The case page offers the violation for the day it was found; whether it is one is for a person to say.
	for day, offered := range map[registry.Date]bool{registry.Day(2024, 10, 1): true, registry.Day(2024, 11, 2): false} {
		x := registry.Case{Title: "图上一案", Origin: registry.OriginField, DistrictCode: "440785", FarmID: farm.ID, FoundOn: day}
		if _, err := f.Service.AddCase(t.Context(), f.Actor(registry.RoleOfficer), &x); err != nil {
			t.Fatal(err)
		}
		p := officer.Get(fmt.Sprintf("/cases/%d", x.ID)).Want(http.StatusOK, "区划核对").Check()
		if got := strings.Contains(p.Text(), "加入违法行为：禁养区内从事养殖"); got != offered {
			t.Errorf("case of %s: offered %v, want %v", day, got, offered)
		}
	}
	for day, inside := range map[string]bool{"2024-10-31": true, "2024-11-01": false, "2020-07-14": false} {
		started, err := registry.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		x := registry.Inspection{Origin: registry.OriginField, FarmID: farm.ID, Kind: "日常检查", StartedOn: started}
		if _, err := f.Service.AddInspection(t.Context(), f.Actor(registry.RoleOfficer), &x); err != nil {
			t.Fatal(err)
		}
		p := officer.Get(fmt.Sprintf("/inspections/%d", x.ID)).Want(http.StatusOK).Check()
		if got := strings.Contains(p.Text(), "位于禁养区"); got != inside {
			t.Errorf("inspection of %s: inside %v, want %v", day, got, inside)
		}
	}
}

// The cap warns when an inspection is begun and on the farm's page, never blocks, and counts neither re-checks nor what has a reason.
func TestVisits(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	admin, officer := f.As(registry.RoleAdmin), f.As(registry.RoleOfficer)
	farm := registry.Farm{Name: "频次猪场", DistrictCode: "440785"}
	if _, err := f.Service.AddFarm(t.Context(), f.Actor(registry.RoleOfficer), &farm); err != nil {
		t.Fatal(err)
	}
	visit := func(day registry.Date, kind, uncounted string) string {
		x := registry.Inspection{Origin: registry.OriginField, FarmID: farm.ID, Kind: kind, StartedOn: day, Uncounted: uncounted}
		if _, err := f.Service.AddInspection(t.Context(), f.Actor(registry.RoleOfficer), &x); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("/inspections/%d", x.ID)
	}
	begin := fmt.Sprintf("/inspections/new?farm_id=%d", farm.ID)
	visit(registry.Day(2024, 3, 1), "日常检查", "")
	visit(registry.Day(2024, 4, 1), "复查", "")
	visit(registry.Day(2024, 5, 1), "信访核查", "依投诉举报")
	visit(registry.Day(2023, 5, 1), "日常检查", "")
	officer.Get("/visits").Want(http.StatusOK, "没有设置频次上限").Check()
	admin.Get("/admin/bureau").Submit("/admin/bureau", "visits.yearly", "2").Want(http.StatusUnprocessableEntity, "上限的出处")
	admin.Get("/admin/bureau").Submit("/admin/bureau", "visits.yearly", "2", "visits.source", "示例文件〔2025〕1号").Want(http.StatusSeeOther)
	officer.Get(begin).Want(http.StatusOK).WantNot("达到每年")
	officer.Get("/visits").Want(http.StatusOK, "没有达到上限")
	visit(registry.Day(2024, 6, 1), "双随机", "")
	officer.Get(begin).Want(http.StatusOK, "2024 年已检查 2 次，达到每年 2 次的上限（示例文件〔2025〕1号）").Check()
	officer.Get(begin + "&kind=" + url.QueryEscape("复查")).Want(http.StatusOK).WantNot("达到每年")
	officer.Get(fmt.Sprintf("/farms/%d", farm.ID)).Want(http.StatusOK, "计入频次 2 次，上限 2 次", "已达上限", "复查 1 次", "不计入的 1 次").Check()
	officer.Get("/visits?year=2024").Want(http.StatusOK, "频次猪场", "2 次").Check()
	officer.Get("/visits?year=2023").Want(http.StatusOK).WantNot("频次猪场")
	officer.Get("/visits?year=二零").Want(http.StatusUnprocessableEntity, "四位数字")
	officer.Get(visit(registry.Day(2024, 7, 1), "专项检查", "")).Want(http.StatusOK, "达到每年 2 次的上限").Check() // stored all the same
}
