package casefile_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// Two years on, no page of the demonstration calls late what was not printed, or what was done.
func TestDemoPagesCallNothingLate(t *testing.T) {
	a := webtest.Demo(t)
	a.Advance(2 * 365 * 24 * time.Hour)
	c := a.As(registry.RoleOfficer)
	for id := 1; id <= 7; id++ {
		c.Get(fmt.Sprintf("/cases/%d", id)).Want(http.StatusOK).WantNot("期限已过").WantNot("已逾期").WantNot("逾期完成")
	}
	c.Get("/").Want(http.StatusOK, "没有正在计算的期限")
}
