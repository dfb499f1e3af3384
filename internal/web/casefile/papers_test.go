package casefile_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

const scan = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"签名.pdf\"\r\n\r\n%PDF-1.4 signed\r\n--b--\r\n"

func sign(c *webtest.Client, at, key string) *webtest.Page {
	return c.Do(http.MethodPost, at+"/signed?key="+key, strings.NewReader(scan), http.Header{"Content-Type": {"multipart/form-data; boundary=b"}})
}

// An interrogation is recorded, printed, signed and scanned back; then it is locked until a reason is given, and what was signed stays in sight.
func TestSignedPaperLocksItsRecord(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	c := f.Officer
	home := fmt.Sprintf("/inspections/%d", f.Inspection.ID)
	at := c.Get(home+"/interrogations/new").Check().Submit(home+"/interrogations", "name", "孙八一", "answers.0.question", "是否看清证件？", "answers.0.answer", "看清了。").
		Want(http.StatusSeeOther).Header.Get("Location")
	id := regexp.MustCompile(`\d+`).FindString(at)
	edit := "/interrogations/" + id
	c.GetCase(at).Check().Want(200, "问：是否看清证件？", "答：看清了。", "送达地址", `href="/interrogations/`+id+`/edit#f-service_address"`)
	c.Get(home+"/papers").Want(200, "调查询问笔录", "孙八一").Check()

	sign(c, at, "k1").Want(http.StatusSeeOther)
	page := c.GetCase(at).Check().Want(200, "已登记签名原件", "签名的是登记的第 1 版")
	sign(c, at, "k2").Want(http.StatusSeeOther)
	c.GetCase(at).Want(200, "已有签名原件；要换的，请先写明理由更正")
	c.Get(edit+"/edit").Submit(edit, "answers.0.answer", "没看清。").Want(http.StatusConflict, "已有签名原件，所载内容已锁定")
	c.Get(edit + "/edit").Submit(edit + "/delete").Want(http.StatusSeeOther)
	c.Get(home+"/papers").Want(200, "已锁定", "孙八一")
	c.JSON(http.MethodPatch, fmt.Sprintf("/api/v1/inspections/%d/interrogations/%s", f.Inspection.ID, id), `{"place":"别处"}`, "If-Match", `"1"`).Want(http.StatusConflict)
	c.Get(edit+"/edit").Submit(edit, "note", "与录像核对过").Want(http.StatusSeeOther) // our own remark is not on the paper

	reopen := regexp.MustCompile(`/signed-papers/\d+/reopen`).FindString(page.Body)
	c.GetCase(at).Submit(reopen, "reason", " ").Want(http.StatusSeeOther)
	c.GetCase(at).Want(200, "请写明为什么要更正")
	c.GetCase(at).Submit(reopen, "reason", "时间写错").Want(http.StatusSeeOther)
	c.Get(edit+"/edit").Submit(edit, "answers.0.answer", "看清了，编号也对。").Want(http.StatusSeeOther)
	sign(c, at, "k3").Want(http.StatusSeeOther)
	c.GetCase(at).Check().Want(200, "已更正", "更正理由：时间写错", "签名的是登记的第 1 版", "签名的是登记的第 3 版")
}

// What happens to a decision after it was signed (送达, 结果) is recorded; what it says is locked, and what it is printed from elsewhere shows.
func TestSignedDecision(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	c := f.Officer
	made := c.JSON(http.MethodPost, "/api/v1/cases", `{"title":"某案","origin":"现场登记","district_code":"440785"}`).Want(http.StatusCreated)
	home := made.Header.Get("Location")
	c.JSON(http.MethodPost, home+"/documents", `{"kind":"立案","made_on":"2024-10-20"}`).Want(http.StatusCreated)
	doc := c.JSON(http.MethodPost, home+"/documents", `{"kind":"行政处罚决定","made_on":"2024-11-20","content":"罚款"}`).Want(http.StatusCreated).Header.Get("Location")
	id := doc[strings.LastIndex(doc, "/")+1:]
	at := "/documents/" + id + "/papers/decision"
	c.GetCase(at).Check().Want(200, "行政处罚决定书", "登记中还缺", "证照号码：________________")
	sign(c, at, "k1").Want(http.StatusSeeOther)
	c.JSON(http.MethodPatch, doc, `{"content":"罚款两万元"}`, "If-Match", `"1"`).Want(http.StatusConflict)
	c.JSON(http.MethodPatch, doc, `{"served_on":"2024-11-22","service_mode":"直接送达"}`, "If-Match", `"1"`).Want(http.StatusOK)
	c.JSON(http.MethodPost, home+"/violations", `{"type_code":"WATER_EVASION","facts":"软管排放","act_to":"2024-10-15"}`).Want(http.StatusCreated)
	c.GetCase(at).Want(200, "现在打印的文字与签名时不同")
	c.Get("/documents/" + id + "/papers/visit").Want(404)
	c.Get("/documents/" + id + "/papers/order").Want(404)
}

// An administrator's wording is printed; a brace that stands for nothing is refused and named; who changed what stays in the history.
func TestPaperWordings(t *testing.T) {
	a := webtest.Demo(t)
	admin, officer := a.As(registry.RoleAdmin), a.As(registry.RoleOfficer)
	admin.Get("/admin/wordings").Check().Want(200, "各文书共用", "行政处罚决定书")
	form := admin.Get("/admin/wordings/decision").Check().Want(200, "{告知书文号}")
	form.Submit("/admin/wordings/decision", "lead", "{案号}已审查终结。").Want(http.StatusUnprocessableEntity, "{案号}不是这份文书的字段")
	form.Submit("/admin/wordings/decision", "lead", "{案由}，本局已依法审查终结。", "note", "统一开头").Want(http.StatusSeeOther)
	admin.Get("/admin/wordings/decision").Check().Want(200, "本局已依法审查终结", "历史")
	officer.Get("/documents/49/papers/decision").Want(200, "本局已依法审查终结")
	admin.Get("/admin/wordings/nothing").Want(404)
	officer.Get("/admin/wordings").Want(403)
}
