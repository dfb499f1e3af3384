package ledgers_test

import (
	"net/http"
	"net/url"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/ledgers"
	"casebook/internal/web/webtest"
)

// badExports are, for each condition of an export, what it cannot be; an id may be any number.
var badExports = map[string][]string{
	"q": nil, "district_code": {"999999", "恩平市"}, "stage": {"瞎写", "已处罚 "}, "type_code": {"NO_SUCH", "瞎写"}, "origin": {"瞎写"},
	"from": {"2024-13", "去年", "2024-02-30"}, "to": {"abc"}, "campaign_id": {"x", "-1"}, "farm_id": {"x", "0"}, "party_id": {"1.5"}, "no_sample": {"maybe", "0"}, "narratives": {"yes"}, "sort": {"fines", "-found"}, "ids": {"x", "-1"}, "counted": {"瞎写"}, "undated": {"maybe"}, "line": {"瞎写", "species"},
	"date": {"瞎写", "found_on"}, "as_of": {"2027-05-05", "2024-01", "前天"}, "live": {"maybe", "0"},
	// and what no export has
	"stages": {"已处罚"}, "format": {"csv"}, "": {"x"},
}

// An export refuses what it does not know and what cannot be, and names it: a whole register taken for a part of it would be counted on.
func TestEveryConditionOfAnExport(t *testing.T) {
	c := webtest.Demo(t).As(registry.RoleAuditor)
	for name := range ledgers.ExportLabels {
		if _, ok := badExports[name]; !ok {
			t.Errorf("condition %s has no row", name)
		}
	}
	for name, values := range badExports {
		for _, v := range values {
			if v == "已处罚 " { // blanks around a word are no other word
				c.Get("/exports/ledger.xlsx?" + url.Values{name: {v}}.Encode()).Want(http.StatusOK)
				continue
			}
			c.Get("/exports/ledger.xlsx?" + url.Values{name: {v}}.Encode()).Want(http.StatusUnprocessableEntity).Check()
		}
	}
	c.Get("/exports/ledger.xlsx?stage="+url.QueryEscape("瞎写")).Want(http.StatusUnprocessableEntity, "阶段没有“瞎写”")
	c.Get("/exports/ledger.xlsx?as_of=2027-05-05").Want(http.StatusUnprocessableEntity, "还没有过完")
	c.Get("/exports/ledger.xlsx?as_of=2024-01-01&q="+url.QueryEscape("养殖")).Want(http.StatusUnprocessableEntity, "检索只查现在的登记册")
	c.Get("/exports/ledger.xlsx?since=2024-01-01").Want(http.StatusUnprocessableEntity, "没有 since 这个条件")
	c.Get("/exports/diff.xlsx").Want(http.StatusUnprocessableEntity, "请填写起日")
	c.Get("/exports/diff.xlsx?from_day=2024-01-01&as_of=2024-01-01").Want(http.StatusUnprocessableEntity, "没有 as_of 这个条件")
	c.Get("/exports/diff.xlsx?from_day=2024-02-01&to_day=2024-01-01").Want(http.StatusUnprocessableEntity, "止日应在起日之后")
	c.Get("/exports/diff.xlsx?from_day=2024-01-01&date=decided&from=2024").Want(http.StatusOK)
	c.Get("/exports/ledger.xlsx?as_of=2024-01-01&date=decided&from=2024-05").Want(http.StatusOK)
	c.Get("/exports/ledger.xlsx?type_code=NO_SUCH").Want(http.StatusUnprocessableEntity, "没有代码为“NO_SUCH”的违法行为类型")
	c.Get("/exports/ledger.xlsx?from=2024&from=2025").Want(http.StatusUnprocessableEntity, "请只写一次")
	c.Get("/exports/ledger.xlsx?type_code=WATER_EVASION&no_sample=1&from=2024").Want(http.StatusOK)
}
