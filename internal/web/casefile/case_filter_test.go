package casefile_test

import (
	"context"
	"strings"
	"testing"

	"casebook/internal/demo"
	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// A filter that cannot be read shows no rows and says why beside its field; interface and export refuse it.
func TestFiltersThatCannotBeRead(t *testing.T) {
	a := webtest.New(t)
	if err := demo.Load(context.Background(), a.Service); err != nil {
		t.Fatal(err)
	}
	officer, auditor := a.As(registry.RoleOfficer), a.As(registry.RoleAuditor)
	for _, c := range []struct{ query, words string }{
		{"from=2024-13", "没有 13 月"},
		{"from=2024-02-30", "2024 年 2 月没有 30 日"},
		{"to=abc", "看不懂日期“abc”"},
		{"from=2025-01&to=2024-01", "止日 2024-01 早于起日 2025-01"},
		{"from=2024-10-09&to=2024-10-08", "止日 2024-10-08 早于起日 2024-10-09"},
		{"from=1066", "年份 1066 不合理"},
		{"from=2025&to=2024-12-31", "止日 2024-12-31 早于起日 2025"},
	} {
		for _, list := range []string{"/cases", "/inspections"} {
			page := officer.Get(list+"?"+c.query).Want(200, c.words, `aria-invalid="true"`, "（无法使用）").Check()
			if strings.Contains(page.Body, "<tbody") || strings.Contains(page.Body, "/exports?") {
				t.Errorf("%s?%s shows rows, or leads to an export", list, c.query)
			}
			officer.Get("/api/v1"+list+"?"+c.query).Want(422, c.words)
		}
		auditor.Get("/exports/ledger.xlsx?"+c.query).Want(422, c.words)
		auditor.Get("/exports?"+c.query).Want(422, c.words)
	}
	for _, query := range []string{"from=2024-10&to=2024-10", "from=2024&to=2024-10", "from=2024-10-08&to=2024"} { // they may overlap
		officer.Get("/cases?"+query).Want(200, "<tbody")
	}
	for query, words := range map[string]string{"as_on=2024-01-01": "没有 as_on 这个条件", "as_of=2024-01": "截至日请写到日", "sort=fines": "案件不能按“fines”排列",
		"stage=瞎写": "阶段没有“瞎写”", "origin=瞎写": "来源性质没有“瞎写”", "district_code=110101": "没有代码为 110101 的辖区"} {
		auditor.Get("/exports/ledger.xlsx?"+query).Want(422, words)
	}
	for _, query := range []string{"stage=瞎写", "origin=瞎写", "district_code=110101", "type_code=NONE"} { // a choice that there is not
		page := officer.Get("/cases?"+query).Want(200, "这一项，请重新选择", `aria-invalid="true"`).Check()
		if strings.Contains(page.Body, "<tbody") {
			t.Errorf("/cases?%s shows rows", query)
		}
	}
	officer.Get("/api/v1/cases?stage=瞎写").Want(422, `"field":"stage"`)
}
