package web_test

import (
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// repeated is a form with repeated rows, sent with something wrong on it.
type repeated struct {
	role         registry.Role // officer where it is empty
	open, action string
	wrong        []string            // name, value of what refuses it
	rows         map[string][]string // by list: field=value of a row, with %d for its number
	fixed        bool                // the rows are those that the form opened with: only texts are typed into them
	chosen       bool                // each row is a record that was chosen: there are no blank ones
}

var repeating = []repeated{
	{open: "/farms/new", action: "/farms", wrong: []string{"name", ""}, rows: map[string][]string{
		"herds": {"species=生猪", "stage=第%d栏", "count=%d00", "basis=存栏"}, "facilities": {"kind=氧化塘", "name=%d号塘", "capacity=%d00 m³", "state=满溢"}}},
	{open: "/inspections/new?farm_id=1", action: "/inspections", wrong: []string{"started_on", "2024-13"}, rows: map[string][]string{
		"officers": {"name=第%d人", "cert_no=SL%d"}, "herds": {"species=生猪", "stage=第%d栏", "count=%d00", "basis=存栏"},
		"path.nodes": {"kind=沟渠", "name=%d号沟", "state=第%d处断裂", "lining=无防渗"}}},
	{open: "/field/new?farm_id=1", action: "/field", wrong: []string{"started_on", "2024-13"}, rows: map[string][]string{
		"officers": {"name=第%d人", "cert_no=SL%d"}, "path.nodes": {"name=%d号沟", "kind=沟渠"}, "grid": {"code=S%d", "point=%d号口", "pollutant=项目%d", "value=%d0", "unit=mg/L"}}},
	{open: "/inspections/new", action: "/inspections", wrong: []string{"farm_id", ""}, rows: map[string][]string{"officers": {"officer_id=%d"}}},
	{open: "/inspections/1/samples/new", action: "/inspections/1/samples", wrong: []string{"point", ""}, rows: map[string][]string{
		"results": {"pollutant=项目%d", "kind=数值", "value=%d0", "unit=mg/L", "limit=%d", "limit_ref=依据%d", "limit_reason=理由%d", "verdict=超标", "verdict_reason=为何%d", "note=说明%d"}}},
	{open: "/cases/1/interrogations/new", action: "/cases/1/interrogations", wrong: []string{"name", ""}, rows: map[string][]string{
		"officers": {"name=第%d人", "cert_no=SL%d"}, "answers": {"question=第%d问", "answer=第%d答"}}},
	{open: "/cases/new", action: "/cases", wrong: []string{"found_on", "2024-13"}, rows: map[string][]string{
		"parties": {"party_id=%d", "role=单位", "name_at_act=第%d称谓"}, "inspections": {"id=%d"}}},
	{role: registry.RoleAuditor, open: "/exports/profiles/new?rows=cases", action: "/exports/profiles", wrong: []string{"name", ""}, rows: map[string][]string{
		"filters": {"column=title", "op=包含", "value=第%d个"}, "sort": {"column=fines", "down=1"}}},
	{open: "/cases/1/violations/new?type_code=WATER_EVASION", action: "/cases/1/violations", wrong: []string{"act_to", "2024-13"}, rows: map[string][]string{
		"citations": {"text=《某规定》第%d条", "role=违反"}}},
	{open: "/cases/1/violations/new?type_code=WATER_EVASION", action: "/cases/1/violations", wrong: []string{"act_to", "2024-13"}, fixed: true, rows: map[string][]string{
		"checklist": {"note=说明%d"}}},
	{open: "/cases/1/documents/new?kind=" + url.QueryEscape("集体讨论"), action: "/cases/1/documents", wrong: []string{"made_on", "2024-13"}, rows: map[string][]string{
		"participants": {"name=第%d人", "part=表决"}, "citations": {"text=《某规定》第%d条", "role=依据"}}},
	{open: "/cases/1/steps", action: "/cases/1/steps", wrong: []string{"steps.0.take", "1", "steps.0.made_on", "2024-13"}, fixed: true, rows: map[string][]string{
		"steps": {"number=第%d号", "content=内容%d", "people.0=第%d人"}}},
	{role: registry.RoleAdmin, open: "/admin/bureau", action: "/admin/bureau", wrong: []string{"area.west", "西"}, rows: map[string][]string{
		"districts": {"code=44078%d", "name=第%d市", "short=第%d", "abbr=%d", "branch=第%d分局"}, "bulletins.sections": {"heading=第%d栏"}, "approval": {"name=第%d环", "days=%d"}}},
	{role: registry.RolePublisher, open: "/bulletins/new?case_id=1", action: "/bulletins", wrong: []string{"dated", "2024-13"}, chosen: true, rows: map[string][]string{
		"cases": {"title=第%d案", "case_id=%d", "seq=%d", "facts=事实%d", "handling=处理%d"}}},
}

// A refused form comes back with every row that was typed, in order, and with as many rows as it had.
func TestRefusedFormsKeepEveryRow(t *testing.T) {
	a := webtest.Demo(t)
	const n = 3
	for _, tt := range repeating {
		if tt.role == "" {
			tt.role = registry.RoleOfficer
		}
		page := a.As(tt.role).Get(tt.open).Want(http.StatusOK)
		form := page.Form(tt.action)
		typed := map[string]string{}
		for list, fields := range tt.rows {
			for name := range form {
				if strings.HasPrefix(name, list+".") && !tt.fixed {
					form.Del(name)
				}
			}
			for i := range n {
				for _, f := range fields {
					field, value, _ := strings.Cut(f, "=")
					name := fmt.Sprintf("%s.%d.%s", list, i, field)
					if tt.fixed && !form.Has(name) {
						continue
					}
					typed[name] = strings.ReplaceAll(value, "%d", fmt.Sprint(i+1))
					form.Set(name, typed[name])
				}
			}
			if !tt.fixed && !tt.chosen {
				form.Set(fmt.Sprintf("%s.%d.%s", list, n, "name"), "") // a blank row between
				form.Set(fmt.Sprintf("%s.%d.%s", list, n+1, "name"), "")
			}
		}
		if len(typed) < len(tt.rows) {
			t.Fatalf("%s: nothing to type: %v", tt.open, form)
		}
		for i := 0; i < len(tt.wrong); i += 2 {
			form.Set(tt.wrong[i], tt.wrong[i+1])
		}
		back := a.As(tt.role).Post(tt.action, form).Want(http.StatusUnprocessableEntity).Form(tt.action)
		for name, value := range typed {
			if got := back.Get(name); got != value {
				t.Errorf("%s: %s came back as %q, want %q", tt.open, name, got, value)
			}
		}
		for list, fields := range tt.rows {
			field, _, _ := strings.Cut(fields[0], "=")
			if last := fmt.Sprintf("%s.%d.%s", list, n+1, field); !tt.fixed && !tt.chosen && !back.Has(last) {
				t.Errorf("%s: the form had %d rows of %s, the refused one has fewer", tt.open, n+2, list)
			}
		}
	}
}

// Every list of rows that a form binds is among them; the reading of a published text and the form of a picture have tests of their own.
func TestEveryRepeatedListIsTried(t *testing.T) {
	tried := map[string]bool{"drafts": true, "violations": true, "covers": true, "photos": true} // of a picture: TestPictureForm; of a visit, whose script makes them: TestVisitIsWhole
	for _, tt := range repeating {
		for list := range tt.rows {
			tried[list] = true
		}
	}
	rows := regexp.MustCompile(`kit\.Rows\(\w+(?:\.Form)?, "([^"]+)"`)
	found := 0
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		for _, m := range rows.FindAllStringSubmatch(string(b), -1) {
			if found++; !tried[m[1]] {
				t.Errorf("%s binds rows %q, which no form of the table has", path, m[1])
			}
		}
		return err
	})
	if err != nil || found < 12 {
		t.Fatalf("%d lists found: %v", found, err)
	}
}
