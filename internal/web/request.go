package web

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

// request is what a handler is given: Echo's context, the server, and who asks.
type request struct {
	echo.Context
	s     *Server
	id    string // shown on error pages and written in the log
	route *Route
	actor registry.Actor
	user  registry.User // zero where nobody is signed in
	token string        // the session's secret, empty where nobody is signed in
}

// ctx is cancelled when the client leaves or the route's time is up.
func (r *request) ctx() context.Context { return r.Request().Context() }

// now is the server's clock; today is its civil day in Shanghai.
func (r *request) now() time.Time       { return r.s.now() }
func (r *request) today() registry.Date { return registry.DateOf(r.s.now()) }

// isAPI reports whether a program asks, which is answered in JSON.
func isAPI(c echo.Context) bool { return strings.HasPrefix(c.Request().URL.Path, "/api/") }

// safe reports whether the method promises to change nothing.
func safe(method string) bool { return method == http.MethodGet || method == http.MethodHead }

// pathID reads an id of the path, as idOf[registry.FarmID](r, "id"). Anything but a positive number is simply not found.
func pathID[T ~int64](r *request, name string) (T, error) {
	n, err := strconv.ParseInt(r.Param(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, registry.NotFound("这个页面", r.Param(name))
	}
	return T(n), nil
}

// queryID reads an id of the query string; 0 where there is none or it is not a number.
func queryID[T ~int64](r *request, name string) T {
	n, err := strconv.ParseInt(r.QueryParam(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return T(n)
}

// page sends a page with status 200.
func (r *request) page(p page) error { return r.pageStatus(http.StatusOK, p) }

// pageStatus renders to a buffer, then sends: a template that fails half-way must not leave half a page behind.
func (r *request) pageStatus(status int, p page) error {
	b, err := r.s.views.render(p)
	if err != nil {
		return err
	}
	defer b.free()
	return r.HTMLBlob(status, b.Bytes())
}

// redirect answers a POST: the browser goes on with GET. The format's %s arguments are escaped as path segments.
func (r *request) redirect(format string, args ...any) error {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = url.PathEscape(s)
		}
	}
	return r.Redirect(http.StatusSeeOther, fmt.Sprintf(format, args...))
}

// done redirects with a message that the next page shows once.
func (r *request) done(message, format string, args ...any) error {
	r.flash("ok", message)
	return r.redirect(format, args...)
}

// requestOf finds the request of an Echo context; ok is false before a route was chosen (404, 405).
func requestOf(c echo.Context) (*request, bool) {
	r, ok := c.Get("request").(*request)
	return r, ok
}
