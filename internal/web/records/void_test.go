package records_test

import (
	"fmt"
	"net/http"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// A record entered by mistake is voided on its page, is found again with 含作废, and restored.
func TestVoidOnPages(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	case1 := f.Open()
	f.Officer.Get(case1).Want(http.StatusOK, case1+"/void").Check()
	f.As(registry.RoleAuditor).Get(case1).Want(http.StatusOK).WantNot("/void")
	inspection, farm := fmt.Sprintf("/inspections/%d", f.Inspection.ID), fmt.Sprintf("/farms/%d", f.Farm.ID)
	f.Officer.Get(inspection+"/void").Want(http.StatusOK, "现在不能作废", `href="`+case1+`"`).Check()
	f.Officer.Get(inspection+"/void").Submit(inspection+"/void", "reason", "误登").Want(http.StatusConflict, "以它为依据的案件", `href="`+case1+`"`).Check()

	page := f.Officer.Get(case1 + "/void").Want(http.StatusOK).Check()
	page.Submit(case1+"/void", "reason", " ").Want(http.StatusUnprocessableEntity, "请填写理由").Check()
	page.Submit(case1+"/void", "reason", "与他案重复").Want(http.StatusSeeOther).Follow().
		Want(http.StatusOK, "已作废", "与他案重复", "<s>", "恢复").WantNot(case1+"/edit", "/documents/new").Check()
	page.Submit(case1+"/void", "reason", "再来一次").Want(http.StatusConflict, "已被他人修改", "恢复案件").Check()
	f.Officer.Get(case1+"/sheet").Want(http.StatusOK, "【已作废】", "与他案重复").Check()
	f.Officer.Get("/cases").Want(http.StatusOK).WantNot(`href="` + case1 + `"`)
	f.Officer.Get("/cases?include_voided=true").Want(http.StatusOK, `<s><a href="`+case1+`"`, "作废").Check()
	f.Officer.Get("/cases?include_voided=zz").Want(http.StatusOK).WantNot(`href="` + case1 + `"`)
	f.Officer.Get("/").Want(http.StatusOK).WantNot(`href="` + case1 + `"`)

	f.Officer.Get(inspection+"/void").Submit(inspection+"/void", "reason", "未到场").Want(http.StatusSeeOther).Follow().
		Want(http.StatusOK, "已作废", "未到场").WantNot(inspection+"/edit", "samples/new").Check()
	f.Officer.Get("/inspections").Want(http.StatusOK).WantNot(`href="` + inspection + `"`)
	f.Officer.Get("/inspections?include_voided=true").Want(http.StatusOK, `href="`+inspection+`"`, "<s>").Check()
	f.Officer.Get(farm+"/void").Submit(farm+"/void", "reason", "误登").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "已作废").WantNot(farm + "/edit").Check()
	f.Officer.Get(farm+"/edit").Want(http.StatusConflict, "已作废", "先恢复").Check()
	f.Officer.Get("/farms?include_voided=true").Want(http.StatusOK, "<s>").Check()
	f.Officer.Get("/parties?include_voided=true").Want(http.StatusOK).Check()

	f.Officer.Get(case1+"/void").Submit(case1+"/unvoid", "reason", "有误").Want(http.StatusConflict, "也已作废", `href="`+farm+`"`).Check()
	for _, at := range []string{farm, inspection, case1} {
		f.As(registry.RoleAdmin).Get(at+"/void").Submit(at+"/unvoid", "reason", "核对有误").Want(http.StatusSeeOther)
		page := f.Officer.Get(at)
		if at == case1 {
			page = f.Officer.GetCase(at)
		}
		page.Want(http.StatusOK, "核对有误", "恢复").WantNot("已作废").Check()
	}
	f.Officer.Get("/cases").Want(http.StatusOK, `href="`+case1+`"`)
}

// The form of a second farm comes back with the first, and with what was typed.
func TestSecondFarmIsAskedAbout(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	typed := []string{"name", f.Farm.Name, "district_code", f.Farm.DistrictCode, "town", "牛江镇"}
	page := f.Officer.Get("/farms/new").Submit("/farms", typed...).
		Want(http.StatusConflict, "已有相同的", fmt.Sprintf(`href="/farms/%d"`, f.Farm.ID), "confirm_duplicate", "牛江镇").Check()
	page.Submit("/farms", "confirm_duplicate", "隔壁的另一家").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "隔壁的另一家", "可能重复登记", "比较、合并").Check()
	f.Officer.Get("/farms/duplicates").Want(http.StatusOK, "名称和辖区相同", "与第一个比较").Check()
	f.Officer.Get("/farms/duplicates?by=place").Want(http.StatusOK, "没有发现").Check()

	first, second := fmt.Sprintf("/farms/%d", f.Farm.ID), fmt.Sprintf("/farms/%d", f.Farm.ID+1)
	f.Officer.Get(first+"/merge").Want(http.StatusOK, "与哪一个合并").Check()
	merge := f.Officer.Get(second+"/merge?other="+fmt.Sprint(f.Farm.ID)).Want(http.StatusOK, "检查 1 次", "牛江镇").Check()
	merge.Submit(second+"/merge", "reason", "").Want(http.StatusUnprocessableEntity, "请选择保留哪一个").Check()
	merge.Submit(second+"/merge", "into_id", fmt.Sprint(f.Farm.ID), "take_town", fmt.Sprint(f.Farm.ID+1), "reason", "同一个场").
		Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "已合并", "牛江镇", "同一个场", "拆回").Check()
	f.Officer.Get(second).Want(http.StatusSeeOther).Follow().Want(http.StatusOK, f.Farm.Name)
	own := f.Officer.Get(second+"?own=1").Want(http.StatusOK, "已并入", first).WantNot(second + "/edit").Check()
	own.Submit(second+"/unmerge", "undo_reason", "是两家").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "已拆回", second+"/edit").Check()
}
