package bulletins_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// Names, numbers and places of a case in the spellings of print, phones and keyboards: a bulletin that holds one cannot be handed in, and one
// that only looks like it can.
func TestLeaksInAnySpelling(t *testing.T) {
	a := webtest.New(t)
	officer, publisher := a.As(registry.RoleOfficer), a.As(registry.RolePublisher)
	create := func(path, body string) { officer.JSON("POST", "/api/v1/"+path, body).Want(http.StatusCreated) }
	create("parties", `{"name":"恩平市岭背（绿能）养殖有限公司","kind":"公司","legal_person":"古丽娜尔·艾山","phone":"13911223344"}`)
	create("parties", `{"name":"郑一鸣","kind":"自然人","id_number":"440799198102181235"}`)
	create("parties", `{"name":"恩平市矮岭养殖场","kind":"个体工商户","legal_person":"苏北辰"}`)
	create("farms", `{"name":"沙湖镇岭背养殖场","district_code":"440785","operator_id":1,"town":"沙湖镇","address":"沙湖镇南平村委会岭背"}`)
	create("inspections", `{"farm_id":1,"party_id":3,"district_code":"440785","started_on":"2026-04-02","others":"镇政府 赵六顺；见证人 钱七巧","findings":"废水直排"}`)
	create("cases", `{"title":"直排案","origin":"现场登记","district_code":"440785","farm_id":1,"found_on":"2026-04-02","inspections":[1],"parties":[{"party_id":1,"role":"单位"},{"party_id":2,"role":"责任人"}]}`)
	create("cases/1/documents", `{"kind":"行政处罚决定","number":"江恩环罚〔2026〕37号","made_on":"2026-05-06","party_name":"恩平市三岭养殖有限公司","people":"承办人孙八一、周九如"}`)
	handIn := func(facts string) int {
		body, err := json.Marshal(map[string]any{"title": "典型案例", "cases": []map[string]any{{"case_id": 1, "title": "某公司直排案", "facts": facts, "handling": "已依法查处。"}}})
		if err != nil {
			t.Fatal(err)
		}
		var made struct{ ID int }
		if err := json.Unmarshal([]byte(publisher.JSON("POST", "/api/v1/bulletins", string(body)).Want(http.StatusCreated).Body), &made); err != nil {
			t.Fatal(err)
		}
		id := made.ID
		return publisher.Get(fmt.Sprintf("/bulletins/%d", id)).Want(http.StatusOK).Submit(fmt.Sprintf("/bulletins/%d/submit", id)).Status
	}
	for _, facts := range []string{
		"责任人郑　一鸣在场", "责任人郑 一 鸣在场", "责任人郑·一·鸣在场", "恩平市岭背（绿能）养殖\n有限公司排放废水", "恩平市岭背 ﹙绿能﹚养殖有限公司排放废水", "岭背绿能公司排放废水", "负责人古丽娜尔•艾山在场", "负责人古丽娜尔．艾山在场",
		"恩平市嶺背（綠能）養殖有限公司排放廢水", "身份证440799 19810218 1235", "身份证４４０７９９１９８１０２１８１２３５", "身份证①⑤440799198102181235", "电话139 1122 3344", "电话139-1122-3344", "电话+8613911223344", "电话一三九一一二二三三四四",
		"电话（0750）7712346", "代码91440785 MA5TE5T12P", "账号6222 0012 3456 7890 123", "江恩环罚[2026]37号", "江恩环罚（2026）第37号", "江恩环罚﹝2026﹞ 37 号", "恩环罚〔2026〕37号",
		"恩平市三岭养殖有限公司排放废水", "恩平市矮岭养殖场排放废水", "负责人苏北辰在场", "见证人钱七巧在场", "镇政府赵六顺在场", "承办人周九如", "现场在南平村", "沙湖镇的养殖场",
	} {
		if status := handIn(facts); status != http.StatusUnprocessableEntity {
			t.Errorf("%q was handed in: %d", facts, status)
		}
	}
	for _, facts := range []string{"该公司排放废水", "化学需氧量 400 mg/L，氨氮 80 mg/L", "存栏生猪13911头，罚款200000元", "2026年4月，恩平分局检查发现废水直排", "依据2017年6月27日修正的水污染防治法"} {
		if status := handIn(facts); status != http.StatusSeeOther {
			t.Errorf("%q was not handed in: %d", facts, status)
		}
	}
}
