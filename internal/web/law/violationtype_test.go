package law_test

import (
	"net/http"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

func TestViolationTypeShowsTheChain(t *testing.T) {
	c := webtest.New(t).As(registry.RoleOfficer)
	c.Get("/statutes/violations/WATER_EVASION").Want(http.StatusOK, "逃避监管方式排放水污染物", "《中华人民共和国水污染防治法》第三十九条", "第八十三条第（三）项",
		"100,000 元以上 1,000,000 元以下", "竞合", "按日连续处罚", "查封、扣押", "移送公安机关行政拘留", "生态环境法典", "并行：排污许可管理条例",
		"仅适用于持排污许可证的单位", "对应关系见粤环发〔2021〕7号附件1", "条文之间的对应为整理者判断", "未经官方文本核对", "本款开头：", "/statutes/discretion#GD-2.8.1").Check()
	// A duty without a penalty of its own is said, not filled.
	c.Get("/statutes/violations/LIVESTOCK_NOT_REPORTED").Want(http.StatusOK, "没有自己的罚则").Check()
	// Types whose Code articles nobody looked up.
	c.Get("/statutes/violations/PERMIT_OUTLET").Want(http.StatusOK).Check()
}

func TestViolationTypeOffersByDate(t *testing.T) {
	c := webtest.New(t).As(registry.RoleOfficer)
	const path = "/statutes/violations/WATER_EVASION?act_to="
	c.Get(path+"2024-10-05").Want(http.StatusOK, "该日适用的条款只有一组").WantNot("需要承办人选择").Check()
	c.Get(path+"2026-09-01").Want(http.StatusOK, "需要承办人选择", "法典与未废止的条例并列").Check()
	c.Get(path+"2026-09-01&act_from=2026-07").Want(http.StatusOK, "跨越 2026-08-15 的法律变更").Check()
	c.Get(path+"2026-08").Want(http.StatusOK, "不够精确").Check()
	c.Get(path).Want(http.StatusOK, "行为终了日未知").Check()
	c.Get(path+"2024-10-05&permit=否").Want(http.StatusOK, "当事人不持排污许可证").Check()
	c.Get(path+"2024-02-30").Want(http.StatusOK, "行为终了日：").WantNot("需要承办人选择", "该日适用").Check()
	c.Get("/statutes/violations/LIVESTOCK_DIRECT_DISCHARGE?act_to=2024-10-05&tanjiang=否&district=440785").Want(http.StatusOK, "地点不在潭江流域").Check()
}

func TestViolationListFilters(t *testing.T) {
	c := webtest.New(t).As(registry.RoleOfficer)
	c.Get("/statutes/violations").Want(http.StatusOK, "52 种", "畜禽养殖", "罚款幅度").Check()
	c.Get("/statutes/violations?group=水污染").Want(http.StatusOK, "8 种").WantNot("未批先建").Check()
	c.Get("/statutes/violations?q=渗坑").Want(http.StatusOK, "1 种", "WATER_EVASION").Check()
	c.Get("/statutes/violations?q=水污染防治法》第三十九条").Want(http.StatusOK, "WATER_EVASION").Check()
	c.Get("/statutes/violations?law=before&group=水污染").Want(http.StatusOK).WantNot("eco-code/2026#").Check()
	c.Get("/statutes/violations?law=after&group=水污染").Want(http.StatusOK, "eco-code/2026#").WantNot("water-pollution-law/2017#").Check()
	c.Get("/statutes/violations?q=查无此事").Want(http.StatusOK, "没有符合条件的违法行为").Check()
}
