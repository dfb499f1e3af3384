package kit

import (
	"fmt"
	"html/template"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
	"casebook/internal/web/draw"
)

// mergeText is the merge page in short: the reason, then a line for each field that differs.
const mergeText = `{{.What}}|{{.Action}}|{{if .Another}}another{{end}}{{range .Rows}}{{if .Label}}
{{.Label}}:{{.Mine}}/{{.Theirs}}{{end}}{{end}}`

type editRoom struct {
	t      *testing.T
	server *Server
	fixed  bool // a kept record cannot be changed
	stored registry.Organ
}

func newEditRoom(t *testing.T) *editRoom {
	t.Helper()
	dir := storetest.Dir(t)
	db, err := store.Open(t.Context(), dir, store.Options{Database: enginetest.Database(t, dir)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // the directory is removed anyway
	v := &views{draw: draw.New(template.Must(template.New("kit/merge").Parse(mergeText)), nil, nil, nil)}
	service := casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: time.Now})
	return &editRoom{t: t, server: &Server{Service: service, Now: time.Now, secret: []byte("secret"), views: v}}
}

// open is an organ on a form of three fields. The form's page says what is wrong, and a saved record its name.
func (e *editRoom) open(r *Request) (Editing[registry.Organ], error) {
	s := e.server.Service
	at := func(x registry.Organ) string { return fmt.Sprintf("/organs/%d", x.ID) }
	editing := Editing[registry.Organ]{
		Record: e.stored, Labels: Labels{"name": "名称", "district_code": "辖区", "short_name": "简称"},
		Fields: func(f *Form, x *registry.Organ) {
			f.Meta(&x.Meta)
			x.Kind = "分局"
			f.Text("name", &x.Name)
			f.Text("district_code", &x.DistrictCode)
			f.Text("short_name", &x.ShortName)
		},
		Check: func(f *Form, x *registry.Organ) error {
			if x.ShortName == "?" {
				f.Add("short_name", "请核对")
			}
			return nil
		},
		Page: func(f *Form, x registry.Organ) error {
			return r.String(http.StatusUnprocessableEntity, f.Errors[0].Message+" "+x.Name)
		},
		Add: s.AddOrgan, Change: s.ChangeOrgan,
		Remove: func(version int64) error {
			if version != e.stored.Version {
				return registry.Stale("机构", e.stored.Version, version)
			}
			return nil
		},
		Saved: func(x registry.Organ) error { e.stored = x; return r.DoneAt("已保存。", at(x)) },
		Title: func(x registry.Organ) string { return x.Name }, Home: at, Address: at,
	}
	if e.fixed {
		editing.Address = nil
	}
	return editing, nil
}

// post sends a form to a handler; the answer is its status and body, and of a redirect the address and the message.
func (e *editRoom) post(handle func(*Request) error, fields ...string) string {
	e.t.Helper()
	values := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		values.Set(fields[i], fields[i+1])
	}
	req := httptest.NewRequest(http.MethodPost, "/organs", strings.NewReader(values.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	rec := httptest.NewRecorder()
	c := echo.New().NewContext(req, rec)
	c.SetParamNames("id")
	c.SetParamValues(fmt.Sprint(e.stored.ID))
	r := &Request{Context: c, Server: e.server, route: &Route{Permission: registry.PermAdmin}, Actor: registry.CommandLine}
	if err := handle(r); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(fmt.Sprint(rec.Code, " ", rec.Header().Get("Location"), rec.Body.String()))
}

func TestEditing(t *testing.T) {
	for _, c := range []struct {
		name  string
		fixed bool
		ask   func(e *editRoom, create, update, remove func(*Request) error) string
		want  string
	}{
		{"refused on the form", false, func(e *editRoom, create, _, _ func(*Request) error) string {
			return e.post(create, "name", "乙分局", "short_name", "?")
		}, "422 请核对 乙分局"},
		{"refused by the use case", false, func(e *editRoom, create, _, _ func(*Request) error) string {
			return e.post(create, "name", "")
		}, "422 请填写机构名称"},
		{"sent twice", false, func(e *editRoom, create, _, _ func(*Request) error) string {
			return e.post(create, "client_uid", "u", "name", "甲分局", "district_code", "440785")
		}, "303 /organs/1"},
		{"sent twice with other content", false, func(e *editRoom, create, _, _ func(*Request) error) string {
			return e.post(create, "client_uid", "u", "name", "乙分局", "district_code", "440781")
		}, "409 机构 甲分局|/organs/1|\n辖区:台山市/恩平市\n名称:乙分局/甲分局"},
		{"sent twice where nothing can be changed", true, func(e *editRoom, create, _, _ func(*Request) error) string {
			return e.post(create, "client_uid", "u", "name", "乙分局", "district_code", "440785")
		}, "409 机构 甲分局|/organs|another\n名称:乙分局/甲分局"},
		{"changed", false, func(e *editRoom, _, update, _ func(*Request) error) string {
			return e.post(update, "version", "1", "name", "丙分局", "district_code", "440785")
		}, "303 /organs/1"},
		{"stale", false, func(e *editRoom, _, update, _ func(*Request) error) string {
			e.post(update, "version", "1", "name", "丙分局", "district_code", "440785")
			return e.post(update, "version", "1", "name", "甲分局", "district_code", "440785", "short_name", "甲")
		}, "409 机构 丙分局|/organs/1|\n名称:甲分局/丙分局\n简称:甲/"},
		{"deleted", false, func(e *editRoom, _, _, remove func(*Request) error) string { return e.post(remove, "version", "1") }, "303 /organs/1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := newEditRoom(t)
			create, update, remove := CreateHandler(e.open), UpdateHandler(e.open), DeleteHandler(e.open)
			if got := e.post(create, "client_uid", "u", "name", "甲分局", "district_code", "440785"); got != "303 /organs/1" {
				t.Fatalf("create: %s", got)
			}
			e.fixed = c.fixed
			if got := c.ask(e, newForm(e, create), update, remove); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// newForm calls a create as the page of a new record does, which knows none that is stored.
func newForm(e *editRoom, create func(*Request) error) func(*Request) error {
	return func(r *Request) error {
		stored := e.stored
		e.stored = registry.Organ{}
		err := create(r)
		if e.stored.ID == 0 {
			e.stored = stored
		}
		return err
	}
}

// The merge page says values as people read them, and hides what the role may not read.
func TestSay(t *testing.T) {
	e := newEditRoom(t)
	for _, c := range []struct {
		role               registry.Role
		fields             registry.FieldList
		field, value, want string
	}{
		{registry.RoleOfficer, registry.FarmFields, "district_code", "440785", "恩平市"},
		{registry.RoleAdmin, registry.UserFields, "role", "auditor", "审计"},
		{registry.RoleOfficer, registry.CaseFields, "parties.0.role", "auditor", "auditor"},
		{registry.RoleOfficer, registry.PartyFields, "phone", "13800138000", "13800138000"},
		{registry.RolePublisher, registry.PartyFields, "phone", "13800138000", registry.MaskPhone("13800138000")},
		{registry.RolePublisher, registry.PartyFields, "unknown", "x", "x"},
	} {
		r := &Request{Server: e.server, Actor: registry.Actor{Role: c.role}}
		if got := r.say(c.fields)(c.field, c.value); got != c.want {
			t.Errorf("%s reads %s %s as %s, want %s", c.role, c.field, c.value, got, c.want)
		}
	}
}

// What became of a deletion is said on the page that the record was on.
func TestDeletedSays(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{nil, "ok|证据已删除，修改历史中仍可查到。"},
		{registry.Stale("证据", 2, 1), "warn|没有删除：证据已被他人修改，请看过现在的内容再决定。"},
		{registry.Conflict("已结案"), "warn|没有删除：已结案"},
	} {
		e := newEditRoom(t)
		rec := httptest.NewRecorder()
		r := &Request{Context: echo.New().NewContext(httptest.NewRequest(http.MethodPost, "/", nil), rec), Server: e.server}
		if err := r.deleted(c.err, "证据", "/cases/1"); err != nil {
			t.Fatal(err)
		}
		next := httptest.NewRequest(http.MethodGet, "/", nil)
		for _, cookie := range rec.Result().Cookies() {
			next.AddCookie(cookie)
		}
		after := &Request{Context: echo.New().NewContext(next, httptest.NewRecorder()), Server: e.server}
		if f := after.takeFlash(); f == nil || f.Tone+"|"+f.Text != c.want {
			t.Errorf("%v: %+v, want %s", c.err, f, c.want)
		}
	}
	if err := new(Request).deleted(registry.NotFound("证据", 1), "证据", "/"); registry.KindOf(err) != registry.KindNotFound {
		t.Errorf("a record that is gone: %v", err)
	}
}
