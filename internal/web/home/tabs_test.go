package home_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// deskOf is a register of two branches with an officer in each, an inspection that waits as a draft and one that waits for a case in both.
func deskOf(t *testing.T) (a *webtest.App, mine *webtest.Client) {
	t.Helper()
	a = webtest.New(t)
	ctx := context.Background()
	city := a.Actor(registry.RoleOfficer)
	for i, d := range []struct{ name, code string }{{"恩平", "440785"}, {"开平", "440783"}} {
		organ := registry.Organ{Name: "江门市生态环境局" + d.name + "分局", ShortName: d.name + "分局", Kind: "分局", DistrictCode: d.code, Active: true}
		if _, err := a.Service.AddOrgan(ctx, registry.CommandLine, &organ); err != nil {
			t.Fatal(err)
		}
		officer := registry.Officer{Name: d.name + "甲", CertNo: fmt.Sprintf("1907%04d", i), ValidTo: registry.Day(2027, 1, 1), Active: true, OrganID: organ.ID}
		if _, err := a.Service.AddOfficer(ctx, registry.CommandLine, &officer); err != nil {
			t.Fatal(err)
		}
		u := registry.User{Username: "u" + d.code, DisplayName: d.name + "甲", Role: registry.RoleOfficer, OrganID: organ.ID, OfficerID: officer.ID}
		if _, err := a.Service.AddUser(ctx, registry.CommandLine, &u); err != nil {
			t.Fatal(err)
		}
		if err := a.Service.SetPassword(ctx, u.Username, webtest.Password); err != nil {
			t.Fatal(err)
		}
		farm := registry.Farm{Name: d.name + "猪场", DistrictCode: d.code}
		if _, err := a.Service.AddFarm(ctx, city, &farm); err != nil {
			t.Fatal(err)
		}
		for _, who := range []registry.OfficerID{officer.ID, 0} { // the other is a colleague's, who is not in the roster
			for _, result := range []string{"", registry.ViolationFound} {
				x := registry.Inspection{FarmID: farm.ID, Kind: "日常检查", StartedOn: registry.Day(2024, 12, 2), Result: result, Officers: []registry.OfficerRef{{OfficerID: who, Name: "某"}}}
				if result != "" {
					x.Origin, x.State = registry.OriginPublished, registry.InspectionSubmitted
				}
				if _, err := a.Service.AddInspection(ctx, city, &x); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return a, a.SignedIn("u440785")
}

// The desk opens on one's own work; the branch's and the city's are a tab away, and the lists behind them hold the same.
func TestDeskTabs(t *testing.T) {
	a, c := deskOf(t)
	mine := c.Get("/").Want(http.StatusOK, "我承办的", "本分局（恩平分局）", "全市", "/inspections/1", "/inspections/2").WantNot(`"/inspections/3"`, `"/inspections/4"`, `"/inspections/5"`).Check()
	mine.Want(http.StatusOK, `desk=mine" aria-current="page"`)
	c.Get("/?desk=branch").Want(http.StatusOK, `"/inspections/3"`, `"/inspections/4"`, "各辖区").WantNot(`"/inspections/5"`).Check()
	c.Get("/?desk=city").Want(http.StatusOK, `"/inspections/5"`, `"/inspections/8"`).Check()

	all := "/inspections?" + url.Values{"officer_id": {"1"}, "state": {"草稿"}}.Encode()
	c.Get(all).Want(http.StatusOK, "等谁办理", "恩平甲", `href="/inspections/1"`).WantNot(`href="/inspections/2"`, `href="/inspections/3"`).Check()
	c.Get("/inspections?"+url.Values{"officer_id": {"1"}, "no_case": {"1"}, "result": {"发现违法"}}.Encode()).Want(http.StatusOK, `href="/inspections/2"`).WantNot(`href="/inspections/1"`, `href="/inspections/4"`)

	// A case on an inspection takes it off the desk, and voiding the case brings it back; so does taking the officer out of the record.
	made := c.JSON("POST", "/api/v1/cases", `{"title":"某案","district_code":"440785","found_on":"2024-12-02","inspections":[2]}`).Want(http.StatusCreated)
	c.Get("/").WantNot(`"/inspections/2"`)
	at := made.Header.Get("Location")
	c.JSON("POST", at+"/void", `{"reason":"误登"}`, "If-Match", `"1"`).Want(http.StatusOK)
	c.Get("/").Want(http.StatusOK, `"/inspections/2"`)
	draft := c.JSON("GET", "/api/v1/inspections/1", "").Want(http.StatusOK)
	c.JSON("PATCH", "/api/v1/inspections/1", `{"officers":[]}`, "If-Match", draft.Header.Get("ETag")).Want(http.StatusOK)
	c.Get("/").WantNot(`"/inspections/1"`)
	report, err := a.Service.Verify(context.Background(), registry.CommandLine)
	if err != nil || len(report.Defects) > 0 {
		t.Errorf("verify: %v, %v", report.Defects, err)
	}
}

// An account that is no officer and of no branch sees the city's desk, and is told why.
func TestDeskSaysWhyItIsTheCitys(t *testing.T) {
	a, _ := deskOf(t)
	for _, role := range []registry.Role{registry.RoleOfficer, registry.RoleAuditor, registry.RoleAdmin} {
		c := a.As(role)
		c.Get("/").Want(http.StatusOK, "账号没有对应的执法人员", "各辖区").Check()
		c.Get("/?desk=city").Want(http.StatusOK).WantNot("账号没有对应的执法人员")
		c.Get("/?desk=mine").Want(http.StatusOK, "没有“我承办的”")
		c.Get("/?desk=branch").Want(http.StatusOK, "没有“本分局”")
	}
}

// What was typed into forms and not saved stands on the desk of who typed it, under words for the form.
func TestDeskShowsWhatIsUnsaved(t *testing.T) {
	a, c := deskOf(t)
	for _, form := range []string{"/cases/new?inspection_id=2", "/inspections/1/edit", "/cases/1/documents/new"} {
		c.Post("/drafts", url.Values{"_form": {form}, "version": {"0"}, "title": {"写到一半"}}).Want(http.StatusOK)
	}
	c.Get("/").Want(http.StatusOK, "写到一半、没有保存的", "新建案件", "修改检查", "新建文书", "/inspections/1/edit").Check()
	a.As(registry.RoleOfficer).Get("/").WantNot("没有保存的")
	c.Post("/drafts", url.Values{"_form": {"/cases/new?inspection_id=2"}, "_do": {"drop"}}).Want(http.StatusOK)
	c.Get("/").WantNot("新建案件")
}
