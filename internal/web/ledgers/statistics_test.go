package ledgers_test

import (
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// A question without an answer is refused in words, on the page and as JSON; one with nothing in it says so.
func TestStatisticsAsked(t *testing.T) {
	c := webtest.Demo(t).As(registry.RoleAuditor)
	for query, words := range map[string]string{
		"from=2024-05&to=2024-01":    "早于起始月份",
		"from=2099-01&to=2099-02":    "还没有到",
		"from=2024-01-15&to=2024-02": "请只写到月",
		"from=2010-01&to=2020-01":    "一次最多统计 60 个月",
		"district_code=999999":       "没有代码为",
		"from=去年":                    "",
	} {
		c.Get("/statistics?"+query).Want(http.StatusUnprocessableEntity, words).Check()
		c.Get("/api/v1/statistics?"+query).Want(http.StatusUnprocessableEntity, words)
	}
	c.Get("/statistics?date=born").Want(http.StatusUnprocessableEntity, "没有“born”这种日期")
	c.Get("/api/v1/statistics?since=2024").Want(http.StatusUnprocessableEntity, "没有 since 这个参数")
	c.Get("/api/v1/statistics?limit=3").Want(http.StatusUnprocessableEntity, "没有 limit 这个参数")
	c.Get("/statistics?from=2019-01&to=2019-12").Want(http.StatusOK, "本期没有案件").Check()
	c.Get("/statistics?from=2024-01&to=2024-12&date=found").Want(http.StatusOK, "<svg", "<desc", "按违法行为类型", "/cases?", "罚款中位数", "计入其月份").Check()
	c.Get("/api/v1/statistics?from=2024-01&to=2024-12").Want(http.StatusOK, `"key":"cases"`, `"key":"fives"`)
	c.Get("/cases/1/similar").Want(http.StatusOK, "同类案件的罚款").Check()
	c.Get("/cases/999/similar").Want(http.StatusNotFound)
}

// Every number of the page that counts cases or inspections leads to a list with as many rows, by each date: the addresses are those of the lists for programs.
func TestStatisticsLinks(t *testing.T) {
	a := webtest.Demo(t)
	c := a.As(registry.RoleAuditor)
	numbers := regexp.MustCompile(`<a href="(/(?:cases|inspections|desk|parties)[^"]*)">([\d,]+)</a>`)
	for _, b := range registry.Bases {
		page := c.Get("/statistics?from=2023-01&to=2026-12&date=" + string(b))
		if page.Status == http.StatusUnprocessableEntity {
			page = c.Get("/statistics?from=2023-01&to=2024-12&date=" + string(b))
		}
		page.Want(http.StatusOK).Check()
		followed := map[string]int{}
		for _, m := range numbers.FindAllStringSubmatch(page.Body, -1) {
			at := html.UnescapeString(m[1])
			path, query, _ := strings.Cut(at, "?")
			c.Get(at).Want(http.StatusOK)
			followed[path]++
			if path != "/cases" && path != "/inspections" {
				continue
			}
			var list struct{ Items []any }
			if err := json.Unmarshal([]byte(c.Get("/api/v1"+path+"?limit=200&"+query).Want(http.StatusOK).Body), &list); err != nil {
				t.Fatal(err)
			}
			n, _ := strconv.Atoi(strings.ReplaceAll(m[2], ",", ""))
			if len(list.Items) == 0 || strings.Contains(query, "counted=") && !strings.Contains(query, "money") && n < 1000 && !strings.Contains(query, "decisions") && !strings.Contains(query, "clock") && !strings.Contains(query, "owing") && len(list.Items) != n {
				t.Errorf("by %s: %s is %d, its list has %d", b, at, n, len(list.Items))
			}
			c.Get("/exports?" + query).Want(http.StatusOK)
		}
		if followed["/cases"] < 4 || b == registry.BasisFound && followed["/cases"] < 40 || followed["/inspections"] < 3 {
			t.Errorf("by %s: only these links were followed: %v", b, followed)
		}
	}
	past := registry.DateOf(a.Now()).String()
	a.Advance(48 * time.Hour)
	c = a.As(registry.RoleAuditor)
	c.Get("/statistics?from=2024-01&to=2024-12&as_of="+past).Want(http.StatusOK, "该日终了时的登记册", "按违法行为类型").WantNot("/cases?counted", "现已逾期</").Check()
	c.Get("/api/v1/statistics?from=2024-01&to=2024-12&as_of="+past).Want(http.StatusOK, `"past":true`)
	for query, words := range map[string]string{"as_of=2099-01-01": "还没有过完", "as_of=2024-05": "请写到日"} {
		c.Get("/statistics?"+query).Want(http.StatusUnprocessableEntity, words).Check()
		c.Get("/api/v1/statistics?"+query).Want(http.StatusUnprocessableEntity, words)
	}
	c.Get("/api/v1/ledger?format=jsonl&as_of="+past).Want(http.StatusOK, "{")
	c.Get("/api/v1/ledger/diff?from_day="+past).Want(http.StatusOK, "PK")
	c.Get("/api/v1/ledger?format=jsonl&since=1").Want(http.StatusUnprocessableEntity, "没有 since 这个条件")
	for _, path := range []string{"/cases?counted=born", "/cases?counted=found&line=nonsense", "/cases?counted=found&from=2024-01-05"} {
		c.Get(path).Want(http.StatusUnprocessableEntity)
		c.Get("/api/v1" + path).Want(http.StatusUnprocessableEntity)
	}
}
