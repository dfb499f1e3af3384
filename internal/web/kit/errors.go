package kit

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"syscall"

	"github.com/labstack/echo/v4"

	"casebook/internal/registry"
)

// FirstProblem is the first thing wrong in an error, for a line of text.
func FirstProblem(err error) string {
	p := ProblemOf(err)
	if len(p.Errors) > 0 {
		return p.Errors[0].Message
	}
	return p.Detail
}

// kindStatus is the one table from the domain's kinds of error to HTTP. On a page a stale edit is 409 with the merge page,
// which the noun's handler shows; If-Match of the API is 412.
var kindStatus = map[registry.Kind]int{
	registry.KindInternal:  http.StatusInternalServerError,
	registry.KindInvalid:   http.StatusUnprocessableEntity,
	registry.KindNotFound:  http.StatusNotFound,
	registry.KindConflict:  http.StatusConflict,
	registry.KindStale:     http.StatusPreconditionFailed,
	registry.KindForbidden: http.StatusForbidden,
	registry.KindUnsigned:  http.StatusUnauthorized,
	registry.KindFull:      http.StatusInsufficientStorage,

	registry.KindUnavailable: http.StatusServiceUnavailable,
}

// statusTitle is the heading of an error page, and what to say where the error brings no words of its own.
var statusTitle = map[int][2]string{
	http.StatusBadRequest:                  {"请求无法识别", "发来的内容不完整或格式有误，请返回上一页重试。"},
	http.StatusUnauthorized:                {"请先登录", "您还没有登录，或登录已过期。请在新窗口登录，再回到填写的页面重新提交，已填写的内容不会丢失。"},
	http.StatusForbidden:                   {"没有权限", "您的角色不能进行这项操作。"},
	http.StatusNotFound:                    {"没有找到这个页面", "它可能已被删除，或链接有误。"},
	http.StatusMethodNotAllowed:            {"不支持这种操作", "这个地址不接受这种请求方式。"},
	http.StatusConflict:                    {"与现有记录冲突", ""},
	http.StatusPreconditionFailed:          {"已被他人修改", ""},
	http.StatusRequestEntityTooLarge:       {"内容太大", "提交的内容超过了大小限制。附件请压缩或分次上传。"},
	http.StatusUnsupportedMediaType:        {"不支持的内容类型", ""},
	http.StatusMisdirectedRequest:          {"地址不正确", ""},
	http.StatusUnprocessableEntity:         {"有内容需要更正", ""},
	http.StatusPreconditionRequired:        {"缺少版本号", "修改时请用 If-Match 带上读取时的版本号。"},
	http.StatusTooManyRequests:             {"请稍后再试", ""},
	http.StatusInternalServerError:         {"出错了", "系统遇到了意外的问题，您的这次操作没有完成。请稍后重试；仍有问题时，请把下面的编号告诉管理员。"},
	http.StatusServiceUnavailable:          {"系统繁忙", "这次操作用时太长，已停止，没有写入任何内容。请稍后重试。"},
	http.StatusInsufficientStorage:         {"存储空间不足", "没有写入任何内容。请通知管理员清理磁盘。"},
	http.StatusGone:                        {"已撤回", ""},
	http.StatusRequestHeaderFieldsTooLarge: {"请求无法识别", ""},
}

// StatusError is an error of HTTP rather than of the domain. An empty Message means the status's own words.
type StatusError struct {
	Status  int
	Message string
}

// Error is the message, or the status's own words.
func (e StatusError) Error() string {
	if e.Message == "" {
		return statusTitle[e.Status][1]
	}
	return e.Message
}

// BadRequest is for input that could not be read at all.
func BadRequest(message string) error { return StatusError{http.StatusBadRequest, message} }

// problem is an error as it is shown: RFC 9457 for programs, words for people.
type problem struct {
	Type    string                `json:"type"`
	Title   string                `json:"title"`
	Status  int                   `json:"status"`
	Detail  string                `json:"detail,omitempty"`
	Request string                `json:"request_id"`
	Errors  []registry.FieldError `json:"errors,omitempty"`
	About   []registry.Reference  `json:"references,omitempty"` // the records that stand against it, or are there already
	Stored  any                   `json:"stored,omitempty"`     // of a create sent twice: the record as it is
	Typed   any                   `json:"typed,omitempty"`      // and what was sent now
}

// Twice is a create that made a record before out of other content, as programs are told of it: with both, masked as the role requires.
type Twice struct {
	Err           error
	Stored, Typed any
}

func (e Twice) Error() string { return e.Err.Error() }

// Unwrap is what the use case said.
func (e Twice) Unwrap() error { return e.Err }

// ProblemOf says what of err may be shown. Text of errors that are not the domain's stays in the log.
func ProblemOf(err error) problem {
	p := problem{Type: "about:blank", Status: http.StatusInternalServerError}
	var domain *registry.Error
	var status StatusError
	var fromEcho *echo.HTTPError
	var twice Twice
	if errors.As(err, &twice) {
		p.Stored, p.Typed = twice.Stored, twice.Typed
	}
	switch {
	case errors.As(err, &domain):
		p.Status, p.Detail, p.Errors, p.About = kindStatus[domain.Kind], domain.Message, domain.Fields, domain.References
		if domain.Kind == registry.KindInternal {
			p.Detail = ""
		}
	case errors.As(err, &status):
		p.Status, p.Detail = status.Status, status.Message
	case IsTooLarge(err):
		p.Status = http.StatusRequestEntityTooLarge
	case noSpace(err):
		p.Status = http.StatusInsufficientStorage
	case errors.As(err, &fromEcho):
		p.Status = fromEcho.Code
	case errors.Is(err, context.DeadlineExceeded):
		p.Status = http.StatusServiceUnavailable
	}
	words, known := statusTitle[p.Status]
	if !known {
		words = [2]string{http.StatusText(p.Status), ""}
	}
	p.Title = words[0]
	if p.Detail == "" {
		p.Detail = words[1]
	}
	return p
}

// noSpace reports a full disk: where a large form was put aside while it was read, say.
func noSpace(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }

type errorPage struct {
	Layout
	Problem problem
}

func (errorPage) Template() string { return "kit/error" }

// unavailable writes an answer that is not the asker's fault into the log, and says when to come back where that is known. It is the only place that
// logs an error.
func (s *Server) unavailable(c echo.Context, status int, err error) {
	if status < 500 || err == nil {
		return
	}
	var domain *registry.Error
	if errors.As(err, &domain) && domain.RetryAfter > 0 {
		c.Response().Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(domain.RetryAfter.Seconds()))))
	}
	id, _ := c.Get("request_id").(string)
	s.Log.LogAttrs(c.Request().Context(), slog.LevelError, "request failed", slog.String("id", id), slog.String("method", c.Request().Method), slog.String("path", c.Request().URL.Path), slog.String("error", err.Error()))
}

// fail answers a request that ended in an error.
func (s *Server) fail(c echo.Context, err error) {
	ctx := c.Request().Context()
	id, _ := c.Get("request_id").(string)
	gone := errors.Is(err, context.Canceled) && ctx.Err() != nil
	p := ProblemOf(err)
	p.Request = id
	if !gone {
		s.unavailable(c, p.Status, err)
	}
	if c.Response().Committed {
		// Half a file was sent: break the connection, so that nobody takes it for the whole.
		panic(http.ErrAbortHandler)
	}
	if gone {
		return
	}
	h := c.Response().Header()
	for _, name := range []string{"Content-Type", "Content-Disposition", "Content-Length", "Content-Encoding", "ETag", "Last-Modified"} {
		h.Del(name)
	}
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", Policy)
	if isAPI(c) {
		b, _ := json.Marshal(p)
		_ = c.Blob(p.Status, "application/problem+json", append(b, '\n')) // the client is gone if this fails
		return
	}
	r, ok := requestOf(c)
	if !ok {
		r = &Request{Context: c, Server: s, id: id}
	}
	if renderErr := r.PageStatus(p.Status, errorPage{Layout: r.Layout(p.Title), Problem: p}); renderErr != nil && !c.Response().Committed {
		s.Log.LogAttrs(ctx, slog.LevelError, "error page failed", slog.String("id", id), slog.String("error", renderErr.Error()))
		_ = c.String(http.StatusInternalServerError, "出错了。编号 "+id) // the client is gone if this fails
	}
}
