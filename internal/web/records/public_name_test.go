package records_test

import (
	"net/http"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// A public name that tells who it is, or that hides nothing, is saved and said to be doubtful: on the record, on its form, and on the case; one that a
// publication used is not.
func TestDoubtfulPublicNames(t *testing.T) {
	a := webtest.New(t)
	officer := a.As(registry.RoleOfficer)
	officer.JSON("POST", "/api/v1/parties", `{"name":"恩平市绿源牧歌畜牧有限公司","kind":"公司","origin":"现场登记","public_name":"恩平市绿源牧歌某公司"}`).Want(http.StatusCreated)
	officer.JSON("POST", "/api/v1/farms", `{"name":"高坡猪场","district_code":"440785","origin":"现场登记","operator_id":1,"public_name":"恩平市大地养殖场"}`).Want(http.StatusCreated)
	officer.JSON("POST", "/api/v1/cases", `{"title":"案","origin":"现场登记","district_code":"440785","farm_id":1,"parties":[{"party_id":1,"role":"单位"}]}`).Want(http.StatusCreated)
	const core, bare = "含有真实名称里的“绿源牧歌”", "没有“某”"
	officer.Get("/parties/1").Want(http.StatusOK, core, "改好之前").Check()
	officer.Get("/farms/1").Want(http.StatusOK, bare, "改好之前").Check()
	officer.Get("/cases/1").Want(http.StatusOK, core, bare).Check()
	officer.Get("/farms/1/edit").Want(http.StatusOK, bare, "可以保存").Check()
	form := officer.Get("/parties/1/edit").Want(http.StatusOK, core, "可以保存").Check()
	form.Submit("/parties/1", "public_name", "恩平市某畜牧有限公司").Follow().Want(http.StatusOK).WantNot("改好之前")
	officer.Get("/parties/1/edit").Want(http.StatusOK).Submit("/parties/1", "public_name", "恩平市绿源牧歌某公司", "origin", "公开资料补录").Follow().Want(http.StatusOK).WantNot("改好之前")
}
