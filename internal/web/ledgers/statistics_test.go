package ledgers_test

import (
	"net/http"
	"testing"

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
