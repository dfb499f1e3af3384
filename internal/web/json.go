package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// readBody reads a whole JSON body, within the route's limit.
func (r *request) readBody() ([]byte, error) {
	b, err := io.ReadAll(r.Request().Body)
	if err != nil {
		if isTooLarge(err) {
			return nil, err
		}
		return nil, badRequest("请求体没有收完整，请重试。")
	}
	if !json.Valid(b) {
		return nil, badRequest("请求体不是有效的 JSON。")
	}
	return b, nil
}

// readJSON reads a JSON object into into. A field it does not have is an error: a mistyped name must not be dropped in silence.
func (r *request) readJSON(into any) error {
	b, err := r.readBody()
	if err != nil {
		return err
	}
	return decodeStrict(b, into)
}

func decodeStrict(b []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return unreadableJSON(err)
	}
	return nil
}

// unreadableJSON says what is wrong in Chinese; encoding/json's own words name Go types.
func unreadableJSON(err error) error {
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrongType):
		return badRequest(fmt.Sprintf("字段 %s 的类型不对。", wrongType.Field))
	case strings.HasPrefix(err.Error(), "json: unknown field "):
		return badRequest("没有字段 " + strings.TrimPrefix(err.Error(), "json: unknown field ") + "。")
	case strings.HasPrefix(err.Error(), "json: "):
		return badRequest("请求体应为一个 JSON 对象。")
	}
	return badRequest(err.Error()) // the domain's words: a date or an amount that cannot be read
}

// created answers a create: 201 with its address, id and version.
func (r *request) created(format string, id any, version int64) error {
	r.Response().Header().Set("Location", fmt.Sprintf(format, id))
	r.setETag(version)
	return r.JSON(http.StatusCreated, map[string]any{"id": id, "version": version})
}

// record answers with one record and its version as ETag.
func (r *request) record(version int64, body any) error {
	r.setETag(version)
	return r.JSON(http.StatusOK, body)
}

func (r *request) setETag(version int64) {
	r.Response().Header().Set("ETag", fmt.Sprintf(`"%d"`, version))
}

// ifMatch is the version a change was based on; a change without one is 428.
func (r *request) ifMatch() (int64, error) {
	h := r.Request().Header.Get("If-Match")
	if h == "" {
		return 0, statusError{http.StatusPreconditionRequired, ""}
	}
	v, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(strings.TrimSpace(h), "W/"), `"`), 10, 64)
	if err != nil || v <= 0 {
		return 0, badRequest(`If-Match 应为读取时 ETag 的值，如 "3"。`)
	}
	return v, nil
}

// items answers a list: {"items":[…],"next":"cursor"|null}.
func (r *request) items(rows any, next string) error {
	var cursor *string
	if next != "" {
		cursor = &next
	}
	return r.JSON(http.StatusOK, map[string]any{"items": rows, "next": cursor})
}

// apiLimit is ?limit=, 1 to 200; 50 where there is none.
func (r *request) apiLimit() (int, error) {
	s := r.QueryParam("limit")
	if s == "" {
		return pageSize, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 200 {
		return 0, badRequest("limit 应为 1 至 200 的整数。")
	}
	return n, nil
}
