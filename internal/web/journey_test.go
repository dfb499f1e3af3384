package web_test

import (
	"context"
	"testing"

	"casebook/internal/demo"
	"casebook/internal/web/webtest"
)

// pagesToSee are the pages of the product on the demo's data, by who sees them.
var pagesToSee = map[string][]string{
	"officer": {"/", "/farms", "/farms/1", "/farms/new", "/farms/1/edit", "/parties", "/parties/1", "/inspections", "/inspections/1", "/inspections/2", "/inspections/new?farm_id=1",
		"/cases", "/cases?q=%E9%B1%BC%E5%A1%98", "/cases/1", "/cases/4", "/cases/6", "/cases/new", "/cases/1/violations/new", "/cases/1/violations/new?type_code=WATER_EVASION",
		"/cases/1/documents/new", "/cases/1/penalties/new", "/statutes", "/statutes/violations", "/statutes/violations/LIVESTOCK_DIRECT_DISCHARGE", "/statutes/water-pollution-law/2017",
		"/statutes/standards", "/statutes/deadlines", "/bulletins", "/bulletins/1", "/exports", "/more", "/password"},
	"publisher": {"/", "/bulletins", "/bulletins/1", "/bulletins/new", "/cases/1"},
	"auditor":   {"/", "/audit", "/exports"},
	"admin":     {"/", "/admin/users", "/admin/users/new", "/admin/organs", "/admin/officers"},
}

func TestJourneyEveryPageFits(t *testing.T) {
	a := webtest.New(t)
	if err := demo.Load(context.Background(), a.Service); err != nil {
		t.Fatal(err)
	}
	for _, width := range []int{1280, 390} {
		b := a.Chrome(t, width, 900)
		for _, who := range []string{"officer", "publisher", "auditor", "admin"} {
			b.SignIn(who)
			for _, path := range pagesToSee[who] {
				b.Open(path)
			}
			b.Open("/more").Press("退出")
		}
	}
}
