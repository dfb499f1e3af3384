package ledgers_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/webtest"
)

var caseLink = regexp.MustCompile(`(?s)<th scope="row"[^>]*>.*?<a href="/cases/(\d+)"`)

// What the list of cases shows is what its export holds: the same cases in the same order, for each order and filter that its link carries.
func TestExportOfTheList(t *testing.T) {
	c := webtest.Demo(t).As(registry.RoleAuditor)
	link := regexp.MustCompile(`href="(/exports\?[^"]*)"`)
	for _, list := range []string{"/cases", "/cases?sort=-id", "/cases?origin=" + url.QueryEscape("公开资料补录"), "/cases?type_code=WATER_EVASION&sort=-id", "/cases?type_code=WATER_EVASION", "/cases?q=" + url.QueryEscape("养殖"), "/cases?from=2024-05"} {
		page := c.Get(list).Want(http.StatusOK, "导出本列表")
		var want []string
		for _, m := range caseLink.FindAllStringSubmatch(page.Body, -1) {
			want = append(want, m[1])
		}
		to := link.FindStringSubmatch(page.Body)
		if to == nil || len(want) == 0 {
			t.Fatalf("%s: %d cases, link %v", list, len(want), to)
		}
		at := strings.ReplaceAll(to[1], "&amp;", "&")
		c.Get(at).Want(http.StatusOK, "案件按列表的次序排列").Check()
		file := c.Get(strings.Replace(at, "/exports?", "/exports/file?format=jsonl&", 1)).Want(http.StatusOK)
		var got []string
		for line := range strings.Lines(file.Body) {
			var row struct{ ID string }
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				t.Fatal(err)
			}
			got = append(got, row.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: the file has cases %v, the list %v", list, got, want)
		}
	}
	c.Get("/exports/file?sort=fines").Want(http.StatusUnprocessableEntity, "不能按“fines”排列")
}

// A form of export is made, used, shared, changed and deleted; without a script.
func TestProfileOfAPerson(t *testing.T) {
	demo := webtest.Demo(t)
	auditor, officer := demo.As(registry.RoleAuditor), demo.As(registry.RoleOfficer)
	auditor.Get("/exports/profiles").Want(http.StatusOK, "信用中国双公示", "还没有").Check()
	form := auditor.Get("/exports/profiles/new?rows=decisions").Want(http.StatusOK, "决定书文号").Check()
	wrong := form.Submit("/exports/profiles", "name", "内部台账", "columns", "当事人\n被处罚当事人\n", "filters.0.column", "fines", "filters.0.op", "不小于", "filters.0.value", "很多").
		Want(http.StatusUnprocessableEntity, "没有列“当事人”", "罚款（元）：").Check()
	if typed := wrong.Form("/exports/profiles"); strings.TrimSpace(typed.Get("columns")) != "当事人\n被处罚当事人" || typed.Get("filters.0.value") != "很多" {
		t.Errorf("what was typed is lost: %v", typed)
	}
	wrong.Submit("/exports/profiles", "columns", "被处罚当事人", "filters.0.value", "0").Want(http.StatusUnprocessableEntity, "系统自带的导出方案")
	form.Submit("/exports/profiles", "name", "大额处罚", "columns", "罚款（元）\n决定书文号\n被处罚当事人", "filters.0.column", "fines", "filters.0.op", "不小于", "filters.0.value", "1000",
		"sort.0.column", "fines", "sort.0.down", "1").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "大额处罚")
	officer.Get("/exports/profiles").WantNot("大额处罚")
	officer.Get("/exports/profiles/1").Want(http.StatusNotFound)
	officer.Get("/exports/file?profile="+url.QueryEscape("大额处罚")).Want(http.StatusUnprocessableEntity, "没有导出方案“大额处罚”；系统自带的有：内部台账（ledger）")

	auditor.Get("/exports?profile="+url.QueryEscape("大额处罚")).Want(http.StatusOK, "“大额处罚”里有什么").Check()
	file := auditor.Get("/exports/file?format=csv&profile=" + url.QueryEscape("大额处罚")).Want(http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body, "\uFEFF"))).ReadAll()
	if err != nil || len(rows) < 3 || !slices.Equal(rows[0], []string{"罚款（元）", "决定书文号", "被处罚当事人"}) || rows[1][0] != "225000" {
		t.Errorf("the file is %v, %v", rows, err)
	}

	edit := auditor.Get("/exports/profiles/1").Want(http.StatusOK).Check()
	if got := edit.Form("/exports/profiles/1").Get("columns"); got != "罚款（元）\n决定书文号\n被处罚当事人" {
		t.Errorf("the form shows columns %q", got)
	}
	edit.Submit("/exports/profiles/1", "shared", "1").Want(http.StatusSeeOther)
	shared := officer.Get("/exports/profiles/1").Want(http.StatusOK, "只能使用，不能修改").WantNot("保存</button>").Check()
	officer.Get("/exports/file?profile=" + url.QueryEscape("大额处罚")).Want(http.StatusOK)
	v := shared.Form("/exports/profiles/1")
	v.Set("name", "我的")
	officer.Post("/exports/profiles/1", v).Want(http.StatusForbidden, "只能由建立它的人修改或删除")
	auditor.Get("/exports/profiles/1").Submit("/exports/profiles/1/delete").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "已删除", "还没有")
}

// Each form of the program's own comes as each file; the credit form only to who may see whole numbers, and its rows hold to the template.
func TestFilesOfProfiles(t *testing.T) {
	demo := webtest.Demo(t)
	auditor, publisher := demo.As(registry.RoleAuditor), demo.As(registry.RolePublisher)
	for _, p := range report.Profiles {
		for format, kind := range map[string]string{"xlsx": "spreadsheetml", "csv": "text/csv", "jsonl": "ndjson"} {
			file := auditor.Get("/exports/file?profile=" + p.Key + "&format=" + format).Want(http.StatusOK)
			if !strings.Contains(file.Header.Get("Content-Type"), kind) || !strings.Contains(file.Header.Get("Content-Disposition"), "."+format) {
				t.Errorf("%s as %s: %v", p.Name, format, file.Header)
			}
		}
		auditor.Get("/exports?profile="+p.Key+"&narratives=1").Want(http.StatusOK, p.About).Check()
	}
	publisher.Get("/exports/file?profile=credit").Want(http.StatusForbidden, "完整的代码和证件号")
	publisher.Get("/exports/file?profile=public").Want(http.StatusOK)
	auditor.Get("/exports/file?profile=credit&format=csv&sheet="+url.QueryEscape("没有")).Want(http.StatusUnprocessableEntity, "可选：行政处罚、校验结果")
	auditor.Get("/exports/file?format=ods").Want(http.StatusUnprocessableEntity, "没有“ods”这种文件格式")

	book, err := excelize.OpenReader(bytes.NewReader([]byte(auditor.Get("/exports/file?profile=credit").Body)))
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := book.GetRows("行政处罚")
	if len(rows) < 3 || len(rows[0]) != 30 {
		t.Fatalf("%d rows of %d columns: the invented cases should pass", len(rows), len(rows[0]))
	}
	for i, c := range report.CreditTemplate.Columns {
		if rows[0][i] != c.Name {
			t.Errorf("column %d is %s, want %s", i+1, rows[0][i], c.Name)
		}
		for _, row := range rows[1:] {
			value := ""
			if i < len(row) {
				value = row[i]
			}
			if c.Required == "always" && value == "" || c.Max > 0 && len([]rune(value)) > c.Max || c.Type == "code" && strings.Contains(value, "*") {
				t.Errorf("%s: %q breaks the template", c.Name, value)
			}
		}
	}
	refused, _ := book.GetRows("校验结果")
	decisions := auditor.Get("/exports/file?profile=reconcile&format=jsonl").Want(http.StatusOK)
	if got, want := len(rows)+len(refused)-2, strings.Count(decisions.Body, "\n"); got != want {
		t.Errorf("%d rows that pass or not, of %d decisions", got, want)
	}
}
