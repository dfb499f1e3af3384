package law_test

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

func TestStandardPageAnswers(t *testing.T) {
	c := webtest.New(t).As(registry.RoleOfficer)
	const path = "/statutes/standards?"
	c.Get(path+"pollutant=化学需氧量&on=2024-06-10&district=440785&farm=现有场&medium=废水").Want(http.StatusOK, "DB44/613-2009 表5 珠三角 现有场 ≤ 380 mg/L", "GB 18596-2001 表5", "来源：").
		WantNot("DB44/613-2024 表1 一类区域").Check()
	c.Get(path+"pollutant=化学需氧量&on=2024-06-10&district_code=440785&farm=新建场&medium=废水").Want(http.StatusOK, "DB44/613-2024 表1 一类区域 新建场 未核到：请按监测报告所印限值填写").WantNot("DB44/613-2009 表5 珠三角 ").Check()
	c.Get(path+"pollutant=总氮&on=2024-05-01&district=440785&farm=现有场").Want(http.StatusOK, "目录中没有这一天在当地适用的限值").Check()
	c.Get(path+"pollutant=总氮&on=2024-02-30").Want(http.StatusOK, "日期：").Check()
	c.Get(path+"herd=1&species0=鸭&count0=10300&basis=存栏&herd_on=2024-06-10").Want(http.StatusOK, "折 343 头猪", "30 鸭折 1 头猪", "2024-06-10 适用", "本标准没有这一畜种的换算系数", "“其他同规模”由承办人比照确定").Check()
	c.Get(path+"herd=1&species0=生猪&count0=500&basis=存栏").Want(http.StatusOK, "养殖场：Ⅰ 级", "500～1000头猪").Check()
	c.Get(path+"herd=1&species0=生猪&count0=500&basis=年出栏&herd_on=2025-09-01").Want(http.StatusOK, "达到").Check()
	c.Get(path+"herd=1&species0=生猪&count0=许多").Want(http.StatusOK, "第 1 行：").Check()
}

func TestDeadlinePage(t *testing.T) {
	c := webtest.New(t).As(registry.RoleOfficer)
	c.Get("/statutes/deadlines").Want(http.StatusOK, "立案审查", "90 日（日历日）", "5 个工作日", "24 小时", "6 个月", "条文未核到", "仅凭记忆", "春节", "02-10 至 02-17", "2027 年",
		"放假安排未发布", "行政处罚法第八十五条").WantNot("full_text", "secondary", "not_found").Check()
	c.Get("/statutes/deadlines?actor=公安机关").Want(http.StatusOK, "公安机关抄送拘留决定书").WantNot("立案审查").Check()
	c.Get("/statutes/deadlines?unit=小时&q=查封").Want(http.StatusOK, "当场查封、扣押补办批准").WantNot("先行登记").Check()
	c.Get("/statutes/deadlines?q=查无此事").Want(http.StatusOK, "没有符合条件的时限").Check()
}
