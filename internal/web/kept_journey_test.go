package web_test

import (
	"context"
	"testing"

	"casebook/internal/demo"
	"casebook/internal/web/webtest"
)

// An administrator keeps a year's calendar and a kind of document; an officer counts on the one, registers the other, takes a deletion
// back, closes the case and opens it again.
func TestJourneyKeptCalendarAndHistory(t *testing.T) {
	a := webtest.New(t)
	if err := demo.Load(context.Background(), a.Service); err != nil {
		t.Fatal(err)
	}
	for _, width := range []int{1280, 390} {
		b := a.Chrome(t, width, 900)
		b.SignIn("admin")
		if width == 1280 {
			b.Open("/admin/calendar/new").Fill("text", webtest.Notice2027).Press("核对每一天").Want("核对 2027 年的放假安排", "2027-02-13").Fill("source", "测试用的通知").Press("确认录入").Want("2027 年的放假安排已录入")
			b.Open("/admin/document-kinds/new").Fill("name", "约谈通知").Fill("numbers", "1").Press("新增").Want("约谈通知")
		} else {
			b.Open("/admin/calendar?year=2027").Want("测试用的通知")
		}
		b.Open("/more").Press("退出")

		b.SignIn("officer").Open("/statutes/deadlines").Fill("rule", "HEARING_REQUEST").Fill("start", "2027-02-11").Press("计算").Want("2027年2月17日（周三）", "调休上班")
		b.Open("/cases/new").Fill("title", "约谈案").Fill("district_code", "440785").Press("登记案件").Want("约谈案")
		page := b.Path()
		b.Open(page+"/documents/new?kind=约谈通知").Fill("made_on", "2024-12-02").Fill("content", "就养殖废水直排约谈养殖场负责人，要求三日内停止排放并清理沟渠。").Press("登记文书").Want("约谈通知")
		b.Open(page+"/documents/new?kind=结案").Fill("made_on", "2024-12-10").Press("登记文书").Want("本案已结案")
		b.Fill("content", "当事人补充了整改照片").Press("确认恢复办理").Want("已恢复办理", "当事人补充了整改照片")
		b.Open("/more").Press("退出")
	}
}
