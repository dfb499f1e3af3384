package kit

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

const (
	sessionCookie = "casebook_session"
	flashCookie   = "casebook_flash"
	wroteCookie   = "casebook_wrote"
	tokenField    = "_token"
)

// guard stands before every handler: size, time, session, permission, branch, origin, in this order.
func (s *Server) guard(route Route) echo.HandlerFunc {
	return func(c echo.Context) error {
		id, _ := c.Get("request_id").(string)
		r := &Request{Context: c, Server: s, id: id, route: &route, Actor: registry.Actor{RemoteIP: c.RealIP()}}
		c.Set("request", r)
		ctx, cancel := context.WithTimeout(r.Ctx(), route.timeout)
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		if route.open {
			setOpenHeaders(c.Response().Header())
		}
		if err := r.limit(); err != nil {
			return err
		}
		if route.Permission != registry.PermPublic {
			if err := r.identify(); err != nil {
				return r.signInFirst(err)
			}
			if r.User.MustChange && route.Path != "/password" && route.Path != "/logout" {
				if isAPI(c) {
					return registry.Forbidden("请先在网页上修改一次性密码。")
				}
				return r.Go("/password")
			}
			if err := r.mayEnter(route); err != nil {
				r.noteRefusal(err)
				return err
			}
		}
		if !safe(c.Request().Method) {
			if err := r.checkOrigin(); err != nil {
				return err
			}
		}
		s.Service.RefreshLaws(r.Ctx())
		if since, known := r.lastWrite(); known && route.lags && !route.open {
			c.SetRequest(c.Request().WithContext(casework.MayLag(r.Ctx(), since)))
		}
		if !safe(c.Request().Method) && s.Service.Shared() && !route.open {
			r.Response().Before(r.noteWrite) // after the commit: it is the answer that tells of it
		}
		err := route.handle(r)
		r.noteRefusal(err)
		return err
	}
}

// mayEnter asks for the route's permission, and of one to write whether the records are the branch's.
func (r *Request) mayEnter(route Route) error {
	if err := r.Actor.May(route.Permission); err != nil {
		return err
	}
	if route.Permission.Writes() {
		return r.ownRecords()
	}
	return nil
}

// noteRefusal has the audit log tell that somebody who is signed in was refused, by the role, or because a record or a step is another's: also where the form says it
// (403 without an error). The entry names the address as the table of routes has it, and the record, nothing that was typed. A request that another site caused is
// not theirs, and is not noted.
func (r *Request) noteRefusal(err error) {
	if r.User.ID == 0 || registry.KindOf(err) != registry.KindForbidden && (err != nil || r.Response().Status != http.StatusForbidden) {
		return
	}
	x := casework.Refusal{Act: refusedVerb(r.Request().Method) + " " + r.route.Path, Why: "角色可以，但这条记录或这一步不由其办理"}
	if !r.User.Role.Can(r.route.Permission) {
		x.Why = r.User.Role.Chinese() + "没有这项权限"
	}
	if about := r.Server.rooms.Written(r); len(about) > 0 {
		x.Entity, x.EntityID = about[0].Entity, about[0].ID
	}
	r.Server.Service.Refused(r.Ctx(), r.Actor, x)
}

func refusedVerb(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead:
		return "打开"
	case http.MethodPost:
		return "提交"
	}
	return method
}

// noteWrite notes in the browser when it last wrote, for whichever node it asks next: only a standby that is newer may answer it. It says nothing that
// another could use, and who changes it deceives only himself.
func (r *Request) noteWrite() {
	r.SetCookie(&http.Cookie{Name: wroteCookie, Value: strconv.FormatInt(r.Server.Now().UnixMilli(), 10), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.Server.Options.TLS})
}

// lastWrite is what noteWrite noted. Signing in is a write, so who has no note lost it, and reads from the database itself.
func (r *Request) lastWrite() (at time.Time, known bool) {
	cookie, err := r.Cookie(wroteCookie)
	if err != nil {
		return at, false
	}
	ms, err := strconv.ParseInt(cookie.Value, 10, 64)
	return time.UnixMilli(ms), err == nil
}

// ownRecords refuses a request to write that is about another branch's record, before a form for it is filled in.
func (r *Request) ownRecords() error {
	if r.Actor.Branch == nil {
		return nil
	}
	for _, x := range r.Server.rooms.Written(r) {
		if err := r.Server.Service.MayWrite(r.Ctx(), r.Actor, x.Entity, x.ID); err != nil {
			return err
		}
	}
	return nil
}

// limit bounds the body and stretches the connection's deadlines for routes that take or send much.
func (r *Request) limit() error {
	req := r.Request()
	if req.ContentLength > r.route.limit {
		return StatusError{http.StatusRequestEntityTooLarge, ""}
	}
	req.Body = http.MaxBytesReader(r.Response(), req.Body, r.route.limit)
	if r.route.timeout > pageTimeout {
		rc := http.NewResponseController(r.Response())
		until, _ := r.Ctx().Deadline()
		// A recorder in a test has no deadlines: nothing is lost there.
		_ = rc.SetReadDeadline(until)
		_ = rc.SetWriteDeadline(until)
	}
	return nil
}

// identify finds who asks by the session cookie.
func (r *Request) identify() error {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil || cookie.Value == "" {
		return &registry.Error{Kind: registry.KindUnsigned, Message: "请先登录。"}
	}
	actor, user, err := r.Server.Service.Session(r.Ctx(), cookie.Value)
	if err != nil {
		return err
	}
	actor.RemoteIP = r.RealIP()
	r.Actor, r.User, r.Token = actor, user, cookie.Value
	return nil
}

// signInFirst sends a person who opens a page to the sign-in page and back; anything else gets the error, so that a
// form sent after the session ended is not lost behind a redirect.
func (r *Request) signInFirst(err error) error {
	if registry.KindOf(err) != registry.KindUnsigned || isAPI(r) || !safe(r.Request().Method) {
		return err
	}
	to := "/login"
	if next := LocalPath(r.Request().URL.RequestURI()); next != "/" {
		to += "?next=" + url.QueryEscape(next)
	}
	return r.Redirect(http.StatusSeeOther, to)
}

// checkOrigin refuses unsafe requests that another site's page could have caused a browser to send.
func (r *Request) checkOrigin() error {
	refused := registry.Forbidden("请求不是从本系统的页面发出的，已拒绝。请打开本系统的页面再操作。")
	same, known := r.Server.sameOrigin(r.Request())
	if known && !same {
		return refused
	}
	if isAPI(r) {
		return r.checkAPIBody()
	}
	switch {
	case known:
		return nil
	case r.route.Path == "/login":
		// Nobody is signed in yet, so there is nothing a silent old browser could be abused for but signing in.
		return nil
	case r.route.open:
		return nil // nobody ever is: what is sent has the sender's address and nothing else of whoever owns the browser
	case r.tokenValid():
		return nil
	case r.tooLarge():
		return StatusError{http.StatusRequestEntityTooLarge, ""}
	}
	return refused
}

// checkAPIBody: a foreign page can send forms but not JSON, nor a header of its own, without asking first (CORS), which is never granted.
func (r *Request) checkAPIBody() error {
	if r.Request().Method == http.MethodDelete {
		return nil // a foreign page cannot send DELETE without asking first either
	}
	kind, _, _ := mime.ParseMediaType(r.Request().Header.Get("Content-Type"))
	switch {
	case kind == "application/json", kind == "application/merge-patch+json" && r.Request().Method == http.MethodPatch:
		return nil
	case kind == "multipart/form-data" && r.Request().Header.Get("Idempotency-Key") != "":
		return nil
	}
	return StatusError{http.StatusUnsupportedMediaType, "请求体应为 application/json，或带 Idempotency-Key 的 multipart/form-data。"}
}

// FormToken is the hidden field's value: a fresh nonce with its HMAC under the session's secret. The nonce makes it differ on
// every page, so that compression cannot be used to guess it.
func (r *Request) FormToken() string {
	if r.Token == "" {
		return ""
	}
	nonce := make([]byte, 9)
	rand.Read(nonce) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(append(nonce, tokenMAC(r.Token, nonce)...))
}

func (r *Request) tokenValid() bool {
	b, err := base64.RawURLEncoding.DecodeString(r.FormValue(tokenField))
	return err == nil && r.Token != "" && len(b) == 9+16 && hmac.Equal(b[9:], tokenMAC(r.Token, b[:9]))
}

// tooLarge tells, after the form was read for its token, whether reading failed on size.
func (r *Request) tooLarge() bool {
	_, err := r.FormParams()
	return IsTooLarge(err)
}

func tokenMAC(secret string, nonce []byte) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("form"))
	mac.Write(nonce)
	return mac.Sum(nil)[:16]
}

// LocalPath returns next where it is a page of this server, else "/". It reads as browsers do: they take \ for /, drop
// tabs and newlines, and treat //host as another site.
func LocalPath(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || len(next) > 2000 {
		return "/"
	}
	for _, c := range next {
		if c < 0x21 || c == 0x7f || c == '\\' || c == '�' {
			return "/"
		}
	}
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || strings.HasPrefix(u.Path, "//") ||
		strings.ContainsFunc(u.Path, func(c rune) bool { return c < 0x20 || c == '\\' }) {
		return "/"
	}
	// /a/..//host would be //host once a browser has cleaned it.
	if clean := path.Clean(u.Path); clean == "/login" || clean == "/logout" || strings.Contains(u.Path, "/..") || strings.Contains(u.Path, "/./") || strings.Contains(u.Path, "//") {
		return "/"
	}
	return next
}

// SetSession gives the browser a session; an empty token takes it away.
func (r *Request) SetSession(token string) {
	c := &http.Cookie{Name: sessionCookie, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.Server.Options.TLS}
	if token == "" {
		c.MaxAge = -1
	}
	r.SetCookie(c)
}

// Flash keeps a message for the next page, signed so that nobody else can put words on it.
func (r *Request) Flash(tone, text string) {
	value := base64.RawURLEncoding.EncodeToString([]byte(tone + "|" + text))
	value += "." + base64.RawURLEncoding.EncodeToString(r.Sign(value))
	r.SetCookie(&http.Cookie{Name: flashCookie, Value: value, Path: "/", MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.Server.Options.TLS})
}

// Sign is a code of a value that only the servers of this register can make: what comes back from a browser with it is as it was sent.
func (r *Request) Sign(value string) []byte {
	mac := hmac.New(sha256.New, r.Server.secret)
	mac.Write([]byte(value))
	return mac.Sum(nil)[:16]
}

// takeFlash reads the message and removes it; nil where there is none or the signature is not ours.
func (r *Request) takeFlash() *Flash {
	cookie, err := r.Cookie(flashCookie)
	if err != nil {
		return nil
	}
	r.SetCookie(&http.Cookie{Name: flashCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.Server.Options.TLS})
	value, sig, _ := strings.Cut(cookie.Value, ".")
	mac, err1 := base64.RawURLEncoding.DecodeString(sig)
	text, err2 := base64.RawURLEncoding.DecodeString(value)
	if err1 != nil || err2 != nil || !hmac.Equal(mac, r.Sign(value)) {
		return nil
	}
	tone, message, _ := strings.Cut(string(text), "|")
	return &Flash{Tone: tone, Text: message}
}

// DraftKey is the key that an account's unsent work is encrypted with on a phone, in base64. It is the same whichever server answers and however
// often somebody signs in, so that what was typed before a session ended can be read again, by nobody but its account.
func (s *Server) DraftKey(id registry.UserID) string {
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte("drafts of account " + strconv.FormatInt(int64(id), 10)))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
