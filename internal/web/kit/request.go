package kit

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"casebook/internal/registry"
)

// Request is what a handler is given: Echo's context, the server, and who asks.
type Request struct {
	echo.Context
	Server *Server
	id     string // shown on error pages and written in the log
	route  *Route
	Actor  registry.Actor
	User   registry.User // zero where nobody is signed in
	Token  string        // the session's secret, empty where nobody is signed in

	ReadOnly string // why this person may only read the record of this page; set before Layout. Empty: the role decides
}

// OwnDistrict is the district of the signed-in person's branch: first in lists, and where a new record lies unless somebody says otherwise.
// It is empty for who works for the whole city.
func (r *Request) OwnDistrict() string {
	if r.Actor.Branch == nil {
		return ""
	}
	return r.Actor.Branch.DistrictCode
}

// Can reports whether the signed-in person has a permission for the record of this page.
func (r *Request) Can(p registry.Permission) bool { return can(r.User.Role, p, r.ReadOnly) }

func can(role registry.Role, p registry.Permission, readOnly string) bool {
	return role.Can(p) && (readOnly == "" || !p.Writes())
}

// Ctx is cancelled when the client leaves or the route's time is up.
func (r *Request) Ctx() context.Context { return r.Request().Context() }

// Now is the server's clock; today is its civil day in Shanghai.
func (r *Request) Now() time.Time { return r.Server.Now() }

// Today is the civil day of Now in Shanghai.
func (r *Request) Today() registry.Date { return registry.DateOf(r.Server.Now()) }

// isAPI reports whether a program asks, which is answered in JSON.
func isAPI(c echo.Context) bool { return strings.HasPrefix(c.Request().URL.Path, "/api/") }

// safe reports whether the method promises to change nothing.
func safe(method string) bool { return method == http.MethodGet || method == http.MethodHead }

// PathID reads an id of the path, as idOf[registry.FarmID](r, "id"). Anything but a positive number is simply not found.
func PathID[T ~int64](r *Request, name string) (T, error) {
	n, err := strconv.ParseInt(r.Param(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, registry.NotFound("这个页面", r.Param(name))
	}
	return T(n), nil
}

// QueryID reads an id of the query string; 0 where there is none or it is not a number.
func QueryID[T ~int64](r *Request, name string) T {
	n, err := strconv.ParseInt(r.QueryParam(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return T(n)
}

// Page sends a page with status 200.
func (r *Request) Page(p Page) error { return r.PageStatus(http.StatusOK, p) }

// PageStatus renders to a buffer, then sends: a template that fails half-way must not leave half a page behind.
func (r *Request) PageStatus(status int, p Page) error {
	b, err := r.Server.render(p)
	if err != nil {
		return err
	}
	defer release(b)
	return r.HTMLBlob(status, b.Bytes())
}

// redirect answers a POST: the browser goes on with GET. The format's %s arguments are escaped as path segments.
func (r *Request) Go(format string, args ...any) error {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = url.PathEscape(s)
		}
	}
	return r.Redirect(http.StatusSeeOther, fmt.Sprintf(format, args...))
}

// Done redirects with a message that the next page shows once.
func (r *Request) Done(message, format string, args ...any) error {
	r.Flash("ok", message)
	return r.Go(format, args...)
}

// requestOf finds the request of an Echo context; ok is false before a route was chosen (404, 405).
func requestOf(c echo.Context) (*Request, bool) {
	r, ok := c.Get("request").(*Request)
	return r, ok
}
