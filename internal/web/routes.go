package web

import (
	"net/http"
	"time"

	"casebook/internal/registry"
)

// Route is one line of the product. A route without a permission, or with one that no role has, does not start.
type Route struct {
	Method     string
	Path       string
	Permission registry.Permission
	handle     func(*Server, *request) error
	limit      int64         // bytes a body may have
	timeout    time.Duration // until the request's context ends
	file       bool          // answers with a file: not compressed again
}

const (
	formLimit   = 2 << 20
	pageTimeout = 30 * time.Second
)

func get(path string, p registry.Permission, h func(*Server, *request) error) Route {
	return Route{Method: http.MethodGet, Path: path, Permission: p, handle: h, limit: formLimit, timeout: pageTimeout}
}

func post(path string, p registry.Permission, h func(*Server, *request) error) Route {
	return Route{Method: http.MethodPost, Path: path, Permission: p, handle: h, limit: formLimit, timeout: pageTimeout}
}

func patch(path string, p registry.Permission, h func(*Server, *request) error) Route {
	return Route{Method: http.MethodPatch, Path: path, Permission: p, handle: h, limit: formLimit, timeout: pageTimeout}
}

func del(path string, p registry.Permission, h func(*Server, *request) error) Route {
	return Route{Method: http.MethodDelete, Path: path, Permission: p, handle: h, limit: formLimit, timeout: pageTimeout}
}

// upload allows a larger body, for multipart forms.
func (r Route) upload(limit int64) Route { r.limit, r.timeout = limit, 5*time.Minute; return r }

// slow allows a file or an export more time, and sends it uncompressed: PDF, xlsx and photos are compressed already.
func (r Route) slow(d time.Duration) Route { r.timeout, r.file = d, true; return r }

// Routes is the product as a table: method, path, permission, handler. Everything is registered from it, and the role-matrix
// test is generated from it.
func Routes() []Route {
	return []Route{
		// Public: no sign-in.
		get("/healthz", registry.PermPublic, (*Server).health),
		get("/static/:file", registry.PermPublic, (*Server).static),
		get("/favicon.ico", registry.PermPublic, (*Server).favicon),
		get("/robots.txt", registry.PermPublic, (*Server).robots),
		get("/login", registry.PermPublic, (*Server).signInPage),
		post("/login", registry.PermPublic, (*Server).signIn),

		// About oneself.
		get("/", registry.PermSelf, (*Server).home),
		get("/more", registry.PermSelf, (*Server).more),
		get("/password", registry.PermSelf, (*Server).passwordPage),
		post("/password", registry.PermSelf, (*Server).passwordChange),
		post("/logout", registry.PermSelf, (*Server).signOut),

		// Administration.
		get("/admin/users", registry.PermAdmin, (*Server).userList),
		get("/admin/users/new", registry.PermAdmin, (*Server).userNew),
		post("/admin/users", registry.PermAdmin, (*Server).userCreate),
		get("/admin/users/:id", registry.PermAdmin, (*Server).userEdit),
		post("/admin/users/:id", registry.PermAdmin, (*Server).userUpdate),
		post("/admin/users/:id/disabled", registry.PermAdmin, (*Server).userDisable),
		post("/admin/users/:id/password", registry.PermAdmin, (*Server).userResetPassword),
		get("/admin/organs", registry.PermAdmin, (*Server).organList),
		get("/admin/organs/new", registry.PermAdmin, (*Server).organNew),
		post("/admin/organs", registry.PermAdmin, (*Server).organCreate),
		get("/admin/organs/:id", registry.PermAdmin, (*Server).organEdit),
		post("/admin/organs/:id", registry.PermAdmin, (*Server).organUpdate),
		get("/admin/officers", registry.PermAdmin, (*Server).officerList),
		get("/admin/officers/new", registry.PermAdmin, (*Server).officerNew),
		post("/admin/officers", registry.PermAdmin, (*Server).officerCreate),
		get("/admin/officers/:id", registry.PermAdmin, (*Server).officerEdit),
		post("/admin/officers/:id", registry.PermAdmin, (*Server).officerUpdate),
	}
}
