package web_test

import (
	"net/http"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

func TestStandardPage(t *testing.T) {
	c := webtest.New(t).As(registry.RoleOfficer)
	c.Get("/statutes/standards").Want(http.StatusOK, "DB44/613-2009", "DB44/613-2024", "GB 18596-2001", "≤ 380", "≥ 95", "未核到", "现有场：2009-08-01 至 2025-04-30",
		"珠三角", "30 蛋鸡 ＝ 1 猪", "仅供识别误引", "不是排放限值", "规模门槛", "未经官方文本核对").Check()
	c.Get("/statutes/discretion").Want(http.StatusOK, "广东省生态环境行政处罚自由裁量权规定", "权重累加", "裁量表能否沿用", "GD-2.8.1").Check()
}

func TestDeadlinePage(t *testing.T) {
	c := webtest.New(t).As(registry.RoleOfficer)
	c.Get("/statutes/deadlines").Want(http.StatusOK, "立案审查", "90 日（日历日）", "5 个工作日", "24 小时", "6 个月", "条文未核到", "仅凭记忆", "春节", "02-10 至 02-17", "2027 年",
		"放假安排未发布", "行政处罚法第八十五条").WantNot("full_text", "secondary", "not_found").Check()
	c.Get("/statutes/deadlines?actor=公安机关").Want(http.StatusOK, "公安机关抄送拘留决定书").WantNot("立案审查").Check()
	c.Get("/statutes/deadlines?unit=小时&q=查封").Want(http.StatusOK, "当场查封、扣押补办批准").WantNot("先行登记").Check()
	c.Get("/statutes/deadlines?q=查无此事").Want(http.StatusOK, "没有符合条件的时限").Check()
}
