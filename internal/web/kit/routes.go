package kit

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
	handle     func(*Request) error
	limit      int64         // bytes a body may have
	timeout    time.Duration // until the request's context ends
	file       bool          // answers with a file: not compressed again
	lags       bool          // may read from a standby
	open       bool          // of the public site: no session, no cookie, its own policy
}

const (
	formLimit   = 2 << 20
	pageTimeout = 30 * time.Second
)

// Get, Post and Patch make a route of that method; a route of Get answers HEAD as well.
func Get(path string, p registry.Permission, h func(*Request) error) Route {
	return Route{Method: http.MethodGet, Path: path, Permission: p, handle: h, limit: formLimit, timeout: pageTimeout}
}

// Post is a route that writes.
func Post(path string, p registry.Permission, h func(*Request) error) Route {
	return Route{Method: http.MethodPost, Path: path, Permission: p, handle: h, limit: formLimit, timeout: pageTimeout}
}

// Patch is a route that changes a record, for programs.
func Patch(path string, p registry.Permission, h func(*Request) error) Route {
	return Route{Method: http.MethodPatch, Path: path, Permission: p, handle: h, limit: formLimit, timeout: pageTimeout}
}

// Upload allows a larger body, for multipart forms.
func (r Route) Upload(limit int64) Route { r.limit, r.timeout = limit, 5*time.Minute; return r }

// Large allows a form of many texts more bytes than others, in the same time.
func (r Route) Large(limit int64) Route { r.limit = limit; return r }

// Slow allows a file or an export more time, and sends it uncompressed: PDF, xlsx and photos are compressed already.
func (r Route) Slow(d time.Duration) Route { r.timeout, r.file = d, true; return r }

// MayLag is for lists, searches and exports: they may be read from a standby, that holds what whoever asks has written. What is edited, and what a decision
// rests on, is not.
func (r Route) MayLag() Route { r.lags = true; return r }

// Open is for the public site: nobody is known there, no cookie is set, and a page may hold less than one of the register.
func (r Route) Open() Route { r.open = true; return r }

// Routes are the addresses of the kit itself: the files that every page uses.
func Routes(s *Server) []Route {
	return []Route{
		// Public: no sign-in.
		Get("/static/:file", registry.PermPublic, s.static),
		Get("/favicon.ico", registry.PermPublic, s.favicon),
		Get("/robots.txt", registry.PermPublic, s.robots),
	}
}
