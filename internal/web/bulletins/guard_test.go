package bulletins_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// What may be harmless stops the bulletin until somebody who wrote nothing of it has said why; a name of a party that has nothing to do with its cases
// is among that, and its writer cannot answer.
func TestGuardAsks(t *testing.T) {
	a := webtest.New(t)
	id, _ := webtest.SecretCase(t, a)
	author, other, officer := a.As(registry.RolePublisher), a.SignedIn("publisher2"), a.As(registry.RoleOfficer)
	officer.JSON("POST", "/api/v1/parties", `{"name":"台山市泉水叮咚畜牧有限公司","kind":"公司","legal_person":"冯小草"}`).Want(http.StatusCreated)
	author.Get(fmt.Sprintf("/bulletins/new?case_id=%d", id)).Submit("/bulletins", "title", "典型案例通报").Want(http.StatusSeeOther)
	author.Get("/bulletins/1/edit").Submit("/bulletins/1", "cases.0.facts", "与泉水叮咚相邻，排入横塘河。").Want(http.StatusSeeOther)
	page := author.Get("/bulletins/1").Want(http.StatusOK, "其他当事人名称简称", "<mark>泉水叮咚</mark>", "县以下地名", "与<mark>", "没查：").WantNot(`action="/bulletins/1/answer"`).Check()
	page.Submit("/bulletins/1/submit").Want(http.StatusUnprocessableEntity, "案件一案情含有其他当事人名称简称“泉水叮咚”", "由没有参与撰写的人在本页写明理由").Check()
	answer := func(text, kind, reason, version string) url.Values {
		return url.Values{"version": {version}, "kind": {kind}, "text": {text}, "reason": {reason}}
	}
	author.Post("/bulletins/1/answer", answer("泉水叮咚", "其他当事人名称简称", "同名", "2")).Want(http.StatusForbidden)
	other.Get("/bulletins/1").Want(http.StatusOK, `action="/bulletins/1/answer"`).Check()
	other.Post("/bulletins/1/answer", answer("泉水叮咚", "其他当事人名称简称", " ", "2")).Want(http.StatusUnprocessableEntity, "请写明为什么")
	other.Post("/bulletins/1/answer", answer("没有的字", "人名", "没有", "2")).Want(http.StatusConflict)
	other.Post("/bulletins/1/answer", answer("泉水叮咚", "其他当事人名称简称", "是景点名", "2")).Want(http.StatusSeeOther)
	author.Get("/bulletins/1").Submit("/bulletins/1/submit").Want(http.StatusUnprocessableEntity, "横塘河").WantNot("含有其他当事人名称简称")
	other.Post("/bulletins/1/answer", answer("横塘河", "县以下地名", "市管河流", "3")).Want(http.StatusSeeOther)
	author.Get("/bulletins/1").Want(http.StatusOK, "是景点名", "宣传发布乙").Check().Submit("/bulletins/1/submit").Want(http.StatusSeeOther)
}

// A renamed party, and one merged into another, are found by every name that they had.
func TestGuardKnowsFormerNames(t *testing.T) {
	a := webtest.New(t)
	id, _ := webtest.SecretCase(t, a)
	author, officer := a.As(registry.RolePublisher), a.As(registry.RoleOfficer)
	file, err := a.Service.CaseFile(t.Context(), a.Actor(registry.RoleOfficer), id)
	if err != nil {
		t.Fatal(err)
	}
	p := file.Parties[0]
	officer.JSON("PATCH", fmt.Sprintf("/api/v1/parties/%d", p.ID), `{"name":"恩平市改名以后畜牧有限公司"}`, "If-Match", fmt.Sprintf(`"%d"`, p.Version)).Want(http.StatusOK)
	author.Get(fmt.Sprintf("/bulletins/new?case_id=%d", id)).Submit("/bulletins", "title", "典型案例通报").Want(http.StatusSeeOther)
	author.Get("/bulletins/1/edit").Submit("/bulletins/1", "cases.0.facts", p.Name+"排放").Want(http.StatusSeeOther)
	author.Get("/bulletins/1").Submit("/bulletins/1/submit").Want(http.StatusUnprocessableEntity, "曾用名", p.Name)
}
