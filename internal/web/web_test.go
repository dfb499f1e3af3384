package web_test

import (
	"net/http"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// Every page that needs no record opens for somebody and has nothing wrong with its HTML.
func TestPagesAreSound(t *testing.T) {
	a := webtest.New(t)
	a.Browser().Get("/login").Want(http.StatusOK, "环案簿").Check()
	for _, role := range registry.Roles {
		c := a.As(role)
		for _, path := range []string{"/", "/more", "/password"} {
			c.Get(path).Want(http.StatusOK).Check()
		}
	}
	admin := a.As(registry.RoleAdmin)
	for _, path := range []string{"/admin/users", "/admin/users/new", "/admin/users/1"} {
		admin.Get(path).Want(http.StatusOK).Check()
	}
	admin.Get("/admin/users/99999").Want(http.StatusNotFound).Check()
	admin.Get("/nothing-here").Want(http.StatusNotFound).Check()
}
