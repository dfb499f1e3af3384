package kit

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// Policy lets a page use this server's own files and nothing else. There is no inline script or style anywhere, so it needs
// no nonce; an injected tag is inert.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// outermost runs around every request, also those that match no route: number, headers, panics, errors, the access log.
func (s *Server) outermost(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start, id := s.Now(), newRequestID()
		c.Set("request_id", id)
		s.setHeaders(c.Response().Header(), id)
		defer s.logAccess(c, id, start) // also when fail breaks the connection
		if err := s.recovered(next, c); err != nil {
			s.fail(c, err)
		}
		return nil
	}
}

func (s *Server) setHeaders(h http.Header, id string) {
	h.Set("Content-Security-Policy", Policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Request-Id", id)
	if s.Options.TLS {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// OpenPolicy is Policy for the public site: a style sheet and the form of a page, no script at all.
const OpenPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// setOpenHeaders are those of the public site.
func setOpenHeaders(h http.Header) {
	h.Set("Content-Security-Policy", OpenPolicy)
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
}

// recovered turns a panic into an error. It covers the handler's goroutine only: handlers start no others.
func (s *Server) recovered(next echo.HandlerFunc, c echo.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if gone, ok := p.(error); ok && errors.Is(gone, http.ErrAbortHandler) {
				panic(p)
			}
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	if err := s.checkHost(c.Request()); err != nil {
		return err
	}
	// What cannot be read would be left out, and a list without its filter would pass for the answer.
	if _, err := url.ParseQuery(c.Request().URL.RawQuery); err != nil {
		return BadRequest("网址“?”后面的条件无法读取：百分号等符号须经编码（% 写作 %25）。")
	}
	return next(c)
}

// checkHost refuses requests for a name that is not ours: a page of another site whose name was pointed at this machine
// (DNS rebinding) must not read public answers, and nothing may be built from a made-up Host.
func (s *Server) checkHost(r *http.Request) error {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	switch {
	case host == "localhost" || net.ParseIP(host) != nil:
		return nil
	case s.origin != nil && strings.EqualFold(host, s.origin.Hostname()):
		return nil
	case s.origin == nil && s.Options.TLS:
		return nil
	}
	return StatusError{http.StatusMisdirectedRequest, "这台服务器不以这个名称提供服务。请使用管理员告知的地址；管理员可以用 --public-url 设置地址。"}
}

func newRequestID() string {
	var b [8]byte
	rand.Read(b[:]) // never fails since Go 1.24
	return hex.EncodeToString(b[:])
}

// logAccess writes one line a request. The query is left out: it may hold a name that was searched for.
func (s *Server) logAccess(c echo.Context, id string, start time.Time) {
	user := ""
	if r, ok := requestOf(c); ok {
		user = r.Actor.Username
	}
	req, res := c.Request(), c.Response()
	s.Log.LogAttrs(req.Context(), slog.LevelInfo, "request", slog.String("id", id), slog.String("method", req.Method), slog.String("path", req.URL.Path),
		slog.Int("status", res.Status), slog.Int64("bytes", res.Size), slog.Duration("took", s.Now().Sub(start)), slog.String("ip", c.RealIP()), slog.String("user", user))
}

// sameOrigin judges where an unsafe request comes from by what browsers add and pages cannot forge. known is false where
// the browser said nothing (very old ones, and programs).
func (s *Server) sameOrigin(r *http.Request) (same, known bool) {
	same = true
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		known = true
		same = site == "same-origin" || site == "none"
	}
	if origins, ok := r.Header["Origin"]; ok {
		known = true
		same = same && len(origins) == 1 && s.isOwnOrigin(r, origins[0])
	}
	return same, known
}

func (s *Server) isOwnOrigin(r *http.Request, origin string) bool {
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.User != nil {
		return false
	}
	if s.origin != nil && u.Scheme == s.origin.Scheme && strings.EqualFold(u.Host, s.origin.Host) {
		return true
	}
	scheme := "http"
	if s.Options.TLS {
		scheme = "https"
	}
	return u.Scheme == scheme && strings.EqualFold(u.Host, r.Host)
}

// IsTooLarge reports a body beyond its route's limit.
func IsTooLarge(err error) bool {
	var e *http.MaxBytesError
	return errors.As(err, &e)
}
