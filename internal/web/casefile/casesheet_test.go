package casefile_test

import (
	"context"
	"strings"
	"testing"

	"casebook/internal/demo"
	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// The sheet of the invented case holds every section, and hides personal codes from a role that may not see them, on page and paper.
func TestCaseSheetPage(t *testing.T) {
	a := webtest.New(t)
	if err := demo.Load(context.Background(), a.Service); err != nil {
		t.Fatal(err)
	}
	officer, publisher := a.As(registry.RoleOfficer), a.As(registry.RolePublisher)
	officer.GetCase("/cases/6").Want(200, `href="/cases/6/sheet"`, "措施与后续", "公安机关已决定拘留", "经延长，已解除，前后 46 日", "修复已验收（磋商 2 次）").Check()
	officer.GetCase("/cases/1").Want(200, "已移送，公安机关的决定未公布", "移送人数未公布").Check()
	officer.GetCase("/cases/4").Want(200, "已报请，台山市人民政府的决定未公布").Check()
	officer.GetCase("/cases/7").Want(200, "已撤销，以 江蓬环罚〔2025〕33号 重新作出行政处罚决定", "已决定，计罚 3 日").Check()

	page := officer.Get("/cases/6/sheet").Want(200, "概况", "现场检查与排放去向", "违法行为与条文", "监测", "证据", "文书与措施", "措施与后续", "处罚与缴款", "期限", "案卷自查", "时间线", "登记",
		"合计（大写）贰拾贰万伍仟元整", "未经官方文本核对", "内部资料", "校验值", "江江环罚〔2025〕11号", "严示例不在执法人员名册", "000000198002290010").Check()
	if strings.Contains(page.Body, "000***") {
		t.Error("an officer may see ID numbers; the page hides them")
	}
	if page := publisher.Get("/cases/6/sheet").Want(200, "***").Check(); strings.Contains(page.Body, "000000198002290010") {
		t.Error("a publisher sees an ID number")
	}
	for _, at := range []string{"/cases/1/sheet", "/cases/2/sheet", "/cases/3/sheet", "/cases/4/sheet", "/cases/5/sheet", "/cases/7/sheet"} {
		officer.GetCase(at).Want(200, "概况").Check()
	}
	paper := officer.Get("/cases/6/sheet.pdf").Want(200)
	if kind := paper.Header.Get("Content-Type"); kind != "application/pdf" || !strings.HasPrefix(paper.Body, "%PDF-") {
		t.Errorf("the paper is %s", kind)
	}
	a.As(registry.RoleAuditor).Get("/audit").Want(200, "案件登记表 PDF")
	officer.Get("/cases/999/sheet").Want(404)
	officer.Get("/cases/999/sheet.pdf").Want(404)
}
