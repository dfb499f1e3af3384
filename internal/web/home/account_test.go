package home_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

var oneTime = regexp.MustCompile(`[2-9b-z]{4}(-[2-9b-z]{4}){3}`)

// An administrator makes an account; its owner signs in with the one-time password and must change it before anything else.
func TestFirstSignIn(t *testing.T) {
	a := webtest.New(t)
	admin := a.As(registry.RoleAdmin)
	form := admin.Get("/admin/users/new").Want(http.StatusOK)
	shown := form.Submit("/admin/users", "username", "li.ming", "display_name", "李明", "role", "officer").Want(http.StatusOK, "李明").Check()
	password := oneTime.FindString(shown.Body)
	if password == "" {
		t.Fatalf("no one-time password on the page:\n%s", shown.Text())
	}
	form.Submit("/admin/users", "username", "li.ming", "display_name", "李明", "role", "officer").Want(http.StatusConflict)
	if strings.Contains(a.Log.String(), password) {
		t.Error("the one-time password is in the log")
	}

	c := a.Browser()
	c.Post("/login", url.Values{"username": {"li.ming"}, "password": {password}}).Want(http.StatusSeeOther)
	c.Get("/").Want(http.StatusSeeOther)
	c.JSON(http.MethodGet, "/api/v1/farms", "").WantNot(`"items"`)
	change := c.Get("/password").Want(http.StatusOK, "一次性密码").Check()
	change.Submit("/password", "current", password, "new", "short", "again", "short").Want(http.StatusUnprocessableEntity, "至少 12 个字符").Check()
	change.Submit("/password", "current", password, "new", "沙坪河边的白鹭飞过三洲村", "again", "x").Want(http.StatusUnprocessableEntity, "不一致").WantNot("白鹭").Check()
	change.Submit("/password", "current", "wrong", "new", "沙坪河边的白鹭飞过三洲村", "again", "沙坪河边的白鹭飞过三洲村").Want(http.StatusUnprocessableEntity, "现在的密码不正确")
	change.Submit("/password", "current", password, "new", "沙坪河边的白鹭飞过三洲村", "again", "沙坪河边的白鹭飞过三洲村").Follow().Want(http.StatusOK, "密码已修改")
	c.Get("/").Want(http.StatusOK)
	a.Browser().Post("/login", url.Values{"username": {"li.ming"}, "password": {password}}).Want(http.StatusUnauthorized)
}

func TestChangingThePasswordEndsOtherSessions(t *testing.T) {
	a := webtest.New(t)
	here, there := a.As(registry.RoleOfficer), a.As(registry.RoleOfficer)
	const next = "a river bends at the old mill"
	here.Get("/password").Submit("/password", "current", webtest.Password, "new", next, "again", next).Want(http.StatusSeeOther)
	here.Get("/more").Want(http.StatusOK)
	there.Get("/more").Want(http.StatusSeeOther)
}

func TestTheLastAdministratorStays(t *testing.T) {
	a := webtest.New(t)
	admin := a.As(registry.RoleAdmin)
	path := fmt.Sprintf("/admin/users/%d", a.Actor(registry.RoleAdmin).UserID)
	admin.Get(path).Submit(path+"/disabled").Want(http.StatusConflict, "最后一个可用的管理员").Check()
	admin.Get(path).Submit(path, "role", "auditor").Want(http.StatusConflict, "最后一个可用的管理员").Check()
	admin.Get("/admin/users").Want(http.StatusOK)
}

// Two administrators edit one account: the second sees both changes side by side and saves what they choose.
func TestMerge(t *testing.T) {
	a := webtest.New(t)
	admin := a.As(registry.RoleAdmin)
	id := a.Actor(registry.RoleOfficer).UserID
	path := fmt.Sprintf("/admin/users/%d", id)
	mine := admin.Get(path)
	admin.Get(path).Submit(path, "display_name", "他人改的").Want(http.StatusSeeOther)
	merge := mine.Submit(path, "display_name", "我改的").Want(http.StatusConflict, "我改的", "他人改的", "现在的记录").Check()
	merge.Submit(path, "_pick.display_name", "mine").Want(http.StatusSeeOther)
	admin.Get(path).Want(http.StatusOK, "我改的")

	mine = admin.Get(path)
	admin.Get(path).Submit(path, "display_name", "又一次").Want(http.StatusSeeOther)
	mine.Submit(path, "display_name", "我再改").Want(http.StatusConflict).Submit(path, "_pick.display_name", "now").Want(http.StatusSeeOther)
	admin.Get(path).Want(http.StatusOK, "又一次")
}

func TestOrgansAndOfficers(t *testing.T) {
	a := webtest.New(t)
	admin := a.As(registry.RoleAdmin)
	admin.Get("/admin/organs").Want(http.StatusOK).Check()
	admin.Get("/admin/organs/new").Check().Submit("/admin/organs", "name", "江门市生态环境局恩平分局", "short_name", "恩平分局", "district_code", "440785", "abbr", "恩").
		Follow().Want(http.StatusOK, "恩平分局", "机构已建立").Check()
	admin.Get("/admin/organs/new").Submit("/admin/organs", "name", "江门市生态环境局恩平分局").Want(http.StatusConflict, "已有同名机构").Check()
	admin.Get("/admin/officers/new").Check().Submit("/admin/officers", "name", "张三", "cert_no", "19070000001", "valid_to", "2024-12-1").
		Follow().Want(http.StatusOK, "张三", "已过期").Check()
	admin.Get("/admin/officers/new").Submit("/admin/officers", "name", "李四", "cert_no", "19070000002", "valid_to", "2024年13月").
		Want(http.StatusUnprocessableEntity, "没有 13 月", "2024年13月").Check()
	admin.Get("/admin/officers/1").Want(http.StatusOK).Check().Submit("/admin/officers/1", "valid_to", "2027").Follow().Want(http.StatusOK, "2027").WantNot("已过期")
}
