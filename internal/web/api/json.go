package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// readBody reads a JSON object, within the route's limit. What is no JSON object, or holds text that is no Unicode, is 400.
func readBody(r *kit.Request) ([]byte, error) {
	b, err := io.ReadAll(r.Request().Body)
	switch {
	case kit.IsTooLarge(err):
		return nil, err
	case err != nil:
		return nil, kit.BadRequest("请求体没有收完整，请重试。")
	case !utf8.Valid(b) || loneSurrogate(b):
		return nil, kit.BadRequest("请求体里有不是 UTF-8 的文字。")
	case !json.Valid(b):
		return nil, kit.BadRequest("请求体不是有效的 JSON。")
	}
	if b = bytes.TrimSpace(b); b[0] != '{' {
		return nil, kit.BadRequest("请求体应为一个 JSON 对象。")
	}
	return b, nil
}

var (
	wholeEscape = regexp.MustCompile(`\\[^u]|\\u[dD][89abAB]..\\u[dD][c-fC-F]`)
	halfEscape  = regexp.MustCompile(`\\u[dD][89a-fA-F]`)
)

// loneSurrogate reports half a character, \ud83d: encoding/json would store it as �.
func loneSurrogate(b []byte) bool {
	return halfEscape.Match(b) && halfEscape.Match(wholeEscape.ReplaceAll(b, []byte(" ")))
}

// decode decodes an object. What does not fit is 422 and names its fields, as the domain's own rules do.
func decode(b []byte, into any) error {
	if decodeStrict(b, into) == nil {
		return nil
	}
	f := faults{into: into}
	f.look("", b, func(b []byte) []byte { return b })
	if len(f.found.Fields) == 0 {
		return registry.Invalid("", "有字段写了两次，请只写一次") // each value alone is right
	}
	f.found.Kind, f.found.Message = registry.KindInvalid, "有内容需要更正。"
	return &f.found
}

// refuseReadOnly names the fields of an object that only the program sets, and those of more: encoding/json takes a name in
// any case, and so does this.
func refuseReadOnly(fields registry.FieldList, body []byte, more ...string) error {
	object, err := looseObject(body)
	if err != nil {
		return err
	}
	var p registry.Problems
	readOnly(fields, object, "", func(path string) { p.Add(path, "这个字段由系统给出，不能填写") })
	for name := range object {
		if slices.ContainsFunc(more, func(s string) bool { return strings.EqualFold(s, name) }) {
			p.Add(name, "这个字段只在新建时填写")
		}
	}
	return p.Err()
}

// readOnly calls found with the paths of the read-only fields that a value holds, in the order of the list.
func readOnly(fields registry.FieldList, value any, prefix string, found func(path string)) {
	switch v := value.(type) {
	case map[string]any:
		for _, f := range fields {
			for name, inner := range v {
				switch {
				case !strings.EqualFold(f.Name, name):
				case f.ReadOnly:
					found(prefix + name)
				default:
					readOnly(f.Fields, inner, prefix+name+".", found)
				}
			}
		}
	case []any:
		for i, row := range v {
			readOnly(fields, row, prefix+strconv.Itoa(i)+".", found)
		}
	}
}

// decodeStrict takes a field it does not know for an error: a mistyped name must not be dropped in silence.
func decodeStrict(b []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	return d.Decode(into)
}

// faults finds the values that cannot be decoded. encoding/json stops at the first and does not say which element of a
// list it is in, or where a date stands; so each value is tried in a document that holds nothing else.
type faults struct {
	into  any
	found registry.Error
}

const maxFaults = 20

// look tries value, which wrap puts in its place of the document, and where it fails the parts of it.
func (f *faults) look(path string, value []byte, wrap func([]byte) []byte) {
	if len(f.found.Fields) >= maxFaults {
		return
	}
	err := decodeStrict(wrap(value), f.into)
	if err == nil {
		return
	}
	if decodeStrict(wrap([]byte("null")), f.into) != nil { // null suits every field there is
		f.add(path, "没有这个字段，请核对名称")
		return
	}
	object, list := map[string]json.RawMessage{}, []json.RawMessage{}
	if value[0] == '{' && decodeStrict(wrap([]byte("{}")), f.into) == nil && json.Unmarshal(value, &object) == nil {
		for _, name := range slices.Sorted(maps.Keys(object)) {
			key, _ := json.Marshal(name)
			f.look(strings.TrimPrefix(path+"."+name, "."), object[name], func(b []byte) []byte {
				return wrap(slices.Concat([]byte("{"), key, []byte(":"), b, []byte("}")))
			})
		}
		return
	}
	if value[0] == '[' && decodeStrict(wrap([]byte("[]")), f.into) == nil && json.Unmarshal(value, &list) == nil {
		const stride = 500 // a long list is searched in pieces: most are right as a whole
		for from := 0; from < len(list); from += stride {
			piece := list[from:min(from+stride, len(list))]
			if whole, _ := json.Marshal(piece); decodeStrict(wrap(whole), f.into) == nil {
				continue
			}
			for i, element := range piece {
				f.look(path+"."+strconv.Itoa(from+i), element, func(b []byte) []byte {
					return wrap(slices.Concat([]byte("["), b, []byte("]")))
				})
			}
		}
		return
	}
	f.add(path, faultText(err))
}

func (f *faults) add(path, message string) {
	f.found.Fields = append(f.found.Fields, registry.FieldError{Field: path, Message: message})
}

// faultText says in Chinese why one value was refused; encoding/json's own words name Go types.
func faultText(err error) string {
	var domain *registry.Error
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &domain):
		return domain.Message
	case !errors.As(err, &wrongType):
		return "应为时间，如 2024-10-05T08:30:00+08:00"
	}
	switch wrongType.Type.Kind() {
	case reflect.String:
		return "应为文本"
	case reflect.Bool:
		return "应为 true 或 false"
	case reflect.Slice, reflect.Array:
		return "应为列表 […]"
	case reflect.Struct, reflect.Map:
		return "应为对象 {…}"
	case reflect.Float32, reflect.Float64:
		return "应为数字，不加引号，且不能太大"
	}
	return "应为整数，不加引号，没有小数，且不能太大"
}

func setETag(r *kit.Request, version int64) {
	r.Response().Header().Set("ETag", fmt.Sprintf(`"%d"`, version))
}

// ifMatch is the version a change was based on; a change without one is 428.
func ifMatch(r *kit.Request) (int64, error) {
	h := r.Request().Header.Get("If-Match")
	if h == "" {
		return 0, kit.StatusError{Status: http.StatusPreconditionRequired, Message: ""}
	}
	v, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(strings.TrimSpace(h), "W/"), `"`), 10, 64)
	if err != nil || v <= 0 {
		return 0, kit.BadRequest(`If-Match 应为读取时 ETag 的值，如 "3"。`)
	}
	return v, nil
}

// items answers a list: {"items":[…],"next":"cursor"|null}.
func items(r *kit.Request, rows any, next string) error {
	if err := refuseQuery(r); err != nil {
		return err
	}
	var cursor *string
	if next != "" {
		cursor = &next
	}
	return r.JSON(http.StatusOK, map[string]any{"items": rows, "next": cursor})
}

// apiLimit is ?limit=, 1 to 200; 50 where there is none.
func apiLimit(r *kit.Request) (int, error) {
	s := r.QueryParam("limit")
	if s == "" {
		return kit.PageSize, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 200 {
		return 0, registry.Invalid("limit", "应为 1 至 200 的整数")
	}
	return n, nil
}
