package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// apiNoun is one noun of the interface: the least body that creates one, a change, and a body that is refused.
type apiNoun struct {
	name, path string
	role       registry.Role
	least      string
	patch      string // sets field to want
	field      string
	want       any
	invalid    string
	wrong      string // the field that the refusal names
}

// The nouns in an order in which each finds what it refers to: farm 1, inspection 1, case 1.
var apiNouns = []apiNoun{
	{"farm", "/api/v1/farms", registry.RoleOfficer, `{"name":"甲场","district_code":"440785"}`, `{"town":"沙湖镇"}`, "town", "沙湖镇", `{"name":"甲场","district_code":"110000"}`, "district_code"},
	{"party", "/api/v1/parties", registry.RoleOfficer, `{"name":"甲公司","kind":"公司"}`, `{"legal_person":"张三"}`, "legal_person", "张三", `{"name":"","kind":"公司"}`, "name"},
	{"inspection", "/api/v1/inspections", registry.RoleOfficer, `{"farm_id":1,"kind":"日常检查","origin":"现场登记","started_on":"2024-10","findings":"沟渠有黑水"}`,
		`{"result":"发现违法"}`, "result", "发现违法", `{"farm_id":1,"kind":"游览"}`, "kind"},
	{"case", "/api/v1/cases", registry.RoleOfficer, `{"title":"甲案","origin":"现场登记","district_code":"440785"}`, `{"found_on":"2024-10-05"}`, "found_on", "2024-10-05", `{"title":"","district_code":"440785"}`, "title"},
	{"sample", "/api/v1/inspections/1/samples", registry.RoleOfficer, `{"point":"排口"}`, `{"medium":"废水"}`, "medium", "废水", `{"point":"排口","medium":"酒"}`, "medium"},
	{"violation", "/api/v1/cases/1/violations", registry.RoleOfficer, `{"type_code":"%TYPE%","facts":"私设暗管","act_to":"2024-10"}`, `{"facts":"私设暗管两处"}`, "facts", "私设暗管两处", `{}`, ""},
	{"document", "/api/v1/cases/1/documents", registry.RoleOfficer, `{"kind":"立案"}`, `{"made_on":"2024-11-01"}`, "made_on", "2024-11-01", `{"kind":"情书"}`, "kind"},
	{"penalty", "/api/v1/cases/1/penalties", registry.RoleOfficer, `{"kind":"罚款"}`, `{"amount_fen":2000000}`, "amount_fen", float64(2000000), `{"kind":"罚款","amount_fen":-1}`, "amount_fen"},
	{"payment", "/api/v1/cases/1/payments", registry.RoleOfficer, `{"penalty_id":1,"amount_fen":50000}`, `{"kind":"退还"}`, "kind", "退还", `{"penalty_id":1,"amount_fen":50000,"kind":"借款"}`, "kind"},
	{"bulletin", "/api/v1/bulletins", registry.RolePublisher, `{"title":"通报"}`, `{"lead":"导语"}`, "lead", "导语", `{"title":""}`, "title"},
}

// apiRegister creates one of each noun that others hang on.
func apiRegister(t *testing.T) (*webtest.App, map[registry.Role]*webtest.Client) {
	t.Helper()
	a := webtest.New(t)
	clients := map[registry.Role]*webtest.Client{}
	for _, role := range registry.Roles {
		clients[role] = a.As(role)
	}
	for _, n := range apiNouns[:4] {
		clients[n.role].JSON("POST", n.path, n.least).Want(http.StatusCreated)
	}
	return a, clients
}

func object(t *testing.T, p *webtest.Page) map[string]any {
	t.Helper()
	var x map[string]any
	if err := json.Unmarshal([]byte(p.Body), &x); err != nil {
		t.Fatalf("%s %s: %v\n%s", p.Method, p.Path, err, p.Body)
	}
	return x
}

func TestAPIContract(t *testing.T) {
	a, clients := apiRegister(t)
	code := a.Service.Law().ViolationTypes()[0].Code
	for _, n := range apiNouns {
		t.Run(n.name, func(t *testing.T) {
			c := clients[n.role]
			least := strings.Replace(n.least, "%TYPE%", code, 1)
			if n.name == "farm" { // the register has one of this name
				least = strings.Replace(least, "{", `{"confirm_duplicate":"同名的另一个场",`, 1)
			}
			made := c.JSON("POST", n.path, least).Want(http.StatusCreated)
			x := object(t, made)
			at := made.Header.Get("Location")
			if want := fmt.Sprintf("%s/%v", n.path, x["id"]); at != want {
				t.Fatalf("Location %q, want %q", at, want)
			}
			var sent map[string]any
			if err := json.Unmarshal([]byte(least), &sent); err != nil {
				t.Fatal(err)
			}
			delete(sent, "confirm_duplicate") // no field of the record
			got := c.JSON("GET", at, "").Want(http.StatusOK)
			for k, v := range sent {
				if fmt.Sprint(object(t, got)[k]) != fmt.Sprint(v) || fmt.Sprint(x[k]) != fmt.Sprint(v) {
					t.Errorf("%s is %v after POST and %v on GET, want %v", k, x[k], object(t, got)[k], v)
				}
			}
			if etag := got.Header.Get("ETag"); etag != `"1"` || x["version"] != float64(1) {
				t.Errorf("ETag %s, version %v", etag, x["version"])
			}
			c.JSON("PATCH", at, n.patch).Want(http.StatusPreconditionRequired)
			c.JSON("PATCH", at, n.patch, "If-Match", "x").Want(http.StatusBadRequest)
			changed := c.JSON("PATCH", at, n.patch, "If-Match", `"1"`).Want(http.StatusOK)
			if v := object(t, c.JSON("GET", at, ""))[n.field]; v != n.want || changed.Header.Get("ETag") != `"2"` {
				t.Errorf("after PATCH %s: %s %v, ETag %s", n.patch, n.field, v, changed.Header.Get("ETag"))
			}
			stale := c.JSON("PATCH", at, n.patch, "If-Match", `"1"`).Want(http.StatusPreconditionFailed)
			if kind := stale.Header.Get("Content-Type"); kind != "application/problem+json" {
				t.Errorf("Content-Type of an error: %s", kind)
			}
			refused := c.JSON("POST", n.path, n.invalid).Want(http.StatusUnprocessableEntity)
			errors, _ := object(t, refused)["errors"].([]any)
			if len(errors) == 0 || n.wrong != "" && errors[0].(map[string]any)["field"] != n.wrong || errors[0].(map[string]any)["message"] == "" {
				t.Errorf("errors of a refused POST: %v, want one at %q", errors, n.wrong)
			}
			for _, unreadable := range []string{`{`, ``, ` `, `[]`, `"x"`, `null`, `{"note":NaN}`, `{} {}`, "{\"note\":\"\xff\"}", `{"note":"\ud83d"}`, `{"note":"\\\ud83d."}`,
				strings.Repeat("[", 10001), `{"note":` + strings.Repeat("[", 10001) + strings.Repeat("]", 10001) + `}`} {
				c.JSON("POST", n.path, unreadable).Want(http.StatusBadRequest)
				c.JSON("PATCH", at, unreadable, "If-Match", `"2"`).Want(http.StatusBadRequest)
			}
			for member, field := range map[string]string{
				`"no_such_field":1`: "no_such_field", `"no_such_field":null`: "no_such_field", `"id":"x"`: "id", `"id":1e400`: "id", `"id":1.5`: "id",
				`"id":99999999999999999999`: "id", `"note":{"a":1}`: "note", `"client_uid":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000): "client_uid",
				`"created_at":"x"`: "created_at", `"updated_at":{}`: "updated_at",
			} {
				wantFields(t, c.JSON("POST", n.path, strings.Replace(least, `{`, `{`+member+`,`, 1)), field)
				wantFields(t, c.JSON("PATCH", at, `{`+member+`}`, "If-Match", `"2"`), field)
			}
			c.JSON("POST", n.path, `{"note":"`+strings.Repeat("x", 3<<20)+`"}`).Want(http.StatusRequestEntityTooLarge)
			for _, none := range []string{"999999", "0", "-1", "x"} {
				c.JSON("GET", n.path+"/"+none, "").Want(http.StatusNotFound)
				c.JSON("PATCH", n.path+"/"+none, n.patch, "If-Match", `"1"`).Want(http.StatusNotFound)
			}
			items, _ := object(t, c.JSON("GET", n.path, "").Want(http.StatusOK))["items"].([]any)
			if len(items) == 0 {
				t.Error("the list is empty")
			}
			uid := strings.Replace(least, `{`, fmt.Sprintf(`{"client_uid":"uid-%s",`, n.name), 1)
			one := object(t, c.JSON("POST", n.path, uid).Want(http.StatusCreated))
			if two := object(t, c.JSON("POST", n.path, uid).Want(http.StatusOK)); one["id"] != two["id"] {
				t.Errorf("the same client_uid made %v and %v", one["id"], two["id"])
			}
		})
	}
}

// wantFields checks that an answer is 422 and names these fields, each with words in Chinese.
func wantFields(t *testing.T, p *webtest.Page, want ...string) {
	t.Helper()
	var got []string
	errors, _ := object(t, p.Want(http.StatusUnprocessableEntity))["errors"].([]any)
	for _, e := range errors {
		x := e.(map[string]any)
		got = append(got, fmt.Sprint(x["field"]))
		if m := fmt.Sprint(x["message"]); !strings.ContainsFunc(m, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s %s: message %q at %v", p.Method, p.Path, m, x["field"])
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s %s names %v, want %v\n%s", p.Method, p.Path, got, want, p.Body)
	}
}

// Every value that does not fit is named by its path, also where others like it are right.
func TestAPINamesWrongValues(t *testing.T) {
	_, clients := apiRegister(t)
	c := clients[registry.RoleOfficer]
	for _, x := range []struct {
		path, members string
		fields        []string
	}{
		{"/api/v1/inspections", `"started_on":"2024-02-30"`, []string{"started_on"}},
		{"/api/v1/inspections", `"findings":"2024-02-30","started_on":"2024-02-29","ended_on":"2024-02-30"`, []string{"ended_on"}},
		{"/api/v1/inspections", `"started_on":20240229`, []string{"started_on"}},
		{"/api/v1/inspections", `"herds":"x"`, []string{"herds"}},
		{"/api/v1/inspections", `"herds":{}`, []string{"herds"}},
		{"/api/v1/inspections", `"herds":["x"]`, []string{"herds.0"}},
		{"/api/v1/inspections", `"herds":[{"species":"生猪","count":1,"basis":"存栏"},{"count":"3"}]`, []string{"herds.1.count"}},
		{"/api/v1/inspections", `"herds":[{"count":1e400,"as_of":"2024-13"}],"path":{"nodes":[{"after":[0.5]}]},"findings":7,"start":1`,
			[]string{"findings", "herds.0.as_of", "herds.0.count", "path.nodes.0.after.0", "start"}},
		{"/api/v1/inspections", `"herds":[{"count":1,"cuont":1}]`, []string{"herds.0.cuont"}},
		{"/api/v1/inspections", `"herds":[` + strings.Repeat(`{},`, 1700) + `{"count":"x"}]`, []string{"herds.1700.count"}},
		{"/api/v1/inspections", `"note":1,"note":"x"`, []string{""}},
		{"/api/v1/cases/1/penalties", `"amount_fen":"abc"`, []string{"amount_fen"}},
		{"/api/v1/cases/1/penalties", `"amount_fen":1e400`, []string{"amount_fen"}},
		{"/api/v1/cases/1/penalties", `"amount_fen":9007199254740993`, []string{"amount_fen"}},
		{"/api/v1/farms", `"herds":[{"species":"生猪","count":-1,"basis":"存栏"}]`, []string{"herds.0.count"}},
		{"/api/v1/farms", `"note":"` + strings.Repeat("长", 100_000) + `"`, []string{"note"}},
		{"/api/v1/farms", `"client_uid":"` + strings.Repeat("x", 65) + `"`, []string{"client_uid"}},
	} {
		i := slices.IndexFunc(apiNouns, func(n apiNoun) bool { return n.path == x.path })
		wantFields(t, c.JSON("POST", x.path, strings.TrimSuffix(apiNouns[i].least, `}`)+`,`+x.members+`}`), x.fields...)
	}
	at := c.JSON("POST", "/api/v1/farms", `{"name":"乙\ud83d\udc16\\ud83d场","district_code":"440785","herds":[{"species":"生猪","basis":"存栏","count":5300}]}`).Want(http.StatusCreated).Header.Get("Location")
	c.JSON("GET", at, "").Want(http.StatusOK, `乙🐖\\ud83d场`)
	wantFields(t, c.JSON("PATCH", at, `{"herds":[{"species":"生猪","basis":"存栏","count":"x"}]}`, "If-Match", `"1"`), "herds.0.count")
}

// What the server decides, a client cannot set: neither to something else nor to what it is.
func TestAPIRefusesWhatTheServerDecides(t *testing.T) {
	_, clients := apiRegister(t)
	officer, publisher := clients[registry.RoleOfficer], clients[registry.RolePublisher]
	officer.JSON("POST", "/api/v1/cases/1/documents", `{"kind":"立案"}`).Want(http.StatusCreated)
	for _, x := range []struct {
		c          *webtest.Client
		path, body string
		fields     []string
	}{
		{officer, "/api/v1/farms", `{"name":"乙场","district_code":"440785","id":77}`, []string{"id"}},
		{officer, "/api/v1/farms", `{"name":"丙场","district_code":"440785","version":9}`, []string{"version"}},
		{officer, "/api/v1/farms", `{"name":"丁场","district_code":"440785","created_at":"1999-01-01T00:00:00Z"}`, []string{"created_at"}},
		{officer, "/api/v1/farms", `{"name":"戊场","district_code":"440785","Updated_At":null}`, []string{"Updated_At"}},
		{officer, "/api/v1/parties", `{"name":"乙公司","kind":"公司","merged_into":1}`, []string{"merged_into"}},
		{officer, "/api/v1/cases", `{"title":"乙案","district_code":"440785","stage":"已结案"}`, []string{"stage"}},
		{officer, "/api/v1/inspections", `{"farm_id":1,"state":"草稿","submitted_by":"张三"}`, []string{"submitted_by"}},
		{officer, "/api/v1/cases/1/violations", `{"facts":"x","case_id":1}`, []string{"case_id"}},
		{officer, "/api/v1/cases/1/documents", `{"kind":"复查","number_normalized":"x"}`, []string{"number_normalized"}},
		{publisher, "/api/v1/bulletins", `{"title":"通报","state":"已批准","author_id":99,"approver_id":1,"withdraw_reason":"x"}`,
			[]string{"state", "author_id", "approver_id", "withdraw_reason"}},
	} {
		wantFields(t, x.c.JSON("POST", x.path, x.body), x.fields...)
	}
	const uid = `"client_uid":"6f9619ff-8b86-4d01-b42d-00cf4fc964ff"`
	officer.JSON("POST", "/api/v1/farms", `{"name":"己场","district_code":"440785",`+uid+`}`).Want(http.StatusCreated)
	for body, field := range map[string]string{
		`{"stage":"已结案"}`: "stage", `{"stage":"已立案"}`: "stage", `{"stage":null}`: "stage", `{"note":"改","STAGE":"已结案"}`: "STAGE",
		`{"id":5}`: "id", `{"id":1}`: "id", `{"version":1}`: "version", `{"created_at":"1999-01-01T00:00:00Z"}`: "created_at", `{` + uid + `}`: "client_uid",
	} {
		wantFields(t, officer.JSON("PATCH", "/api/v1/cases/1", body, "If-Match", `"1"`), field)
	}
	wantFields(t, officer.JSON("PATCH", "/api/v1/cases/1/documents/1", `{"number_normalized":"x","case_id":1}`, "If-Match", `"1"`), "case_id", "number_normalized")
	if x := object(t, officer.JSON("GET", "/api/v1/cases/1", "")); x["stage"] != "已立案" || x["version"] != float64(1) || x["note"] != "" {
		t.Errorf("a refused PATCH changed the case: %v", x)
	}
}

func TestAPIConflicts(t *testing.T) {
	_, clients := apiRegister(t)
	c := clients[registry.RoleOfficer]
	c.JSON("POST", "/api/v1/cases/1/documents", `{"kind":"行政处罚决定","number":"江恩环罚〔2024〕1号"}`).Want(http.StatusCreated)
	p := c.JSON("POST", "/api/v1/cases/1/documents", `{"kind":"行政处罚决定","number":"江恩环罚[2024]1号"}`).Want(http.StatusConflict)
	if object(t, p)["status"] != float64(http.StatusConflict) {
		t.Errorf("problem of a duplicate number: %s", p.Body)
	}
	c.JSON("GET", "/api/v1/cases/2/documents/1", "").Want(http.StatusNotFound)
	c.JSON("POST", "/api/v1/cases", `{"title":"乙案","district_code":"440785"}`).Want(http.StatusCreated)
	c.JSON("GET", "/api/v1/cases/2/documents/1", "").Want(http.StatusNotFound) // another case's
	c.JSON("POST", "/api/v1/cases", `{"title":"丙案","district_code":"440785","farm_id":99}`).Want(http.StatusUnprocessableEntity, "farm_id")
}

// Following next from page to page gives every record once.
func TestAPIPaging(t *testing.T) {
	_, clients := apiRegister(t)
	for _, n := range apiNouns {
		if strings.Contains(n.path, "/1/") {
			continue // a record's children come in one piece
		}
		t.Run(n.name, func(t *testing.T) {
			c := clients[n.role]
			for i := range 7 {
				body := strings.NewReplacer("甲", fmt.Sprintf("第%d", i)).Replace(n.least)
				c.JSON("POST", n.path, body).Want(http.StatusCreated)
			}
			seen, cursor, pages := map[any]bool{}, "", 0
			for {
				list := object(t, c.JSON("GET", n.path+"?limit=3&cursor="+cursor, "").Want(http.StatusOK))
				pages++
				for _, item := range list["items"].([]any) {
					id := item.(map[string]any)["id"]
					if seen[id] {
						t.Errorf("record %v twice", id)
					}
					seen[id] = true
				}
				next, more := list["next"].(string)
				if !more || pages > 10 {
					break
				}
				cursor = next
			}
			if len(seen) < 7 || pages < 3 {
				t.Errorf("%d records on %d pages", len(seen), pages)
			}
			c.JSON("GET", n.path+"?cursor=nonsense", "").Want(http.StatusUnprocessableEntity)
			c.JSON("GET", n.path+"?limit=0", "").Want(http.StatusUnprocessableEntity, `"field":"limit"`)
			c.JSON("GET", n.path+"?sort=name", "").Want(http.StatusUnprocessableEntity, `"field":"sort"`)
		})
	}
}

func TestAPIRolesAndPersonalData(t *testing.T) {
	_, clients := apiRegister(t)
	clients[registry.RoleOfficer].JSON("POST", "/api/v1/parties", `{"name":"王五","kind":"自然人","id_number":"11010519491231002X","phone":"13800138000"}`).Want(http.StatusCreated)
	for _, role := range []registry.Role{registry.RolePublisher, registry.RoleAuditor, registry.RoleAdmin} {
		clients[role].JSON("POST", "/api/v1/farms", `{"name":"乙场","district_code":"440785"}`).Want(http.StatusForbidden)
	}
	clients[registry.RoleOfficer].JSON("POST", "/api/v1/bulletins", `{"title":"通报"}`).Want(http.StatusForbidden)
	clients[registry.RoleOfficer].JSON("GET", "/api/v1/parties/2", "").Want(http.StatusOK, "11010519491231002X", "13800138000")
	for _, path := range []string{"/api/v1/parties/2", "/api/v1/parties"} {
		clients[registry.RolePublisher].JSON("GET", path, "").Want(http.StatusOK).WantNot("11010519491231002X", "13800138000")
	}
	for _, q := range []string{"11010519491231002X", "1949", "002x"} { // a search is no way to learn them either
		clients[registry.RolePublisher].JSON("GET", "/api/v1/parties?q="+q, "").Want(http.StatusOK, `"items":[]`)
		clients[registry.RoleAuditor].JSON("GET", "/api/v1/parties?q="+q, "").Want(http.StatusOK, "王五", `"found_by":[{"label":"证件号码","text":""}]`)
	}
	clients[registry.RolePublisher].JSON("GET", "/api/v1/parties?q="+url.QueryEscape("王五 1949"), "").Want(http.StatusOK, `"items":[]`)
	clients[registry.RoleOfficer].JSON("GET", "/api/v1/parties?q=ww", "").Want(http.StatusOK, "王五").WantNot("found_by")
}

// A form of another site must not reach the interface.
func TestAPIRefusesForeignRequests(t *testing.T) {
	a, clients := apiRegister(t)
	c := clients[registry.RoleOfficer]
	body := `{"name":"乙场","district_code":"440785"}`
	c.JSON("POST", "/api/v1/farms", body, "Origin", "https://evil.example").Want(http.StatusForbidden)
	c.JSON("POST", "/api/v1/farms", body, "Sec-Fetch-Site", "cross-site").Want(http.StatusForbidden)
	c.JSON("POST", "/api/v1/farms", body, "Content-Type", "text/plain").Want(http.StatusUnsupportedMediaType)
	a.Browser().JSON("POST", "/api/v1/farms", body).Want(http.StatusUnauthorized)
}

func TestAPIAttachments(t *testing.T) {
	a, clients := apiRegister(t)
	c := clients[registry.RoleOfficer]
	upload := func(path, filename, content, key string) *webtest.Page {
		var b strings.Builder
		w := multipart.NewWriter(&b)
		part, err := w.CreateFormFile("file", filename)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		h := http.Header{"Content-Type": {w.FormDataContentType()}}
		if key != "" {
			h.Set("Idempotency-Key", key)
		}
		return c.Do("POST", path, strings.NewReader(b.String()), h)
	}
	for _, noun := range []string{"farms", "parties", "inspections", "cases"} {
		path := "/api/v1/" + noun + "/1/attachments"
		upload(path, "a.pdf", "x", "").Want(http.StatusUnsupportedMediaType)
		p := upload(path, "照片.jpg", "content of "+noun, "key-"+noun).Want(http.StatusCreated)
		x := object(t, p)
		if x["content"] != "文本" || x["mismatch"] != "扩展名是 .jpg，内容却是文本" {
			t.Errorf("POST %s: content %v, mismatch %v", path, x["content"], x["mismatch"])
		}
		if x["size"] != float64(len("content of "+noun)) || len(fmt.Sprint(x["sha256"])) != 64 {
			t.Errorf("POST %s: %v", path, x)
		}
		if again := object(t, upload(path, "照片.jpg", "content of "+noun, "key-"+noun)); again["id"] != x["id"] {
			t.Errorf("the same key made %v and %v", x["id"], again["id"])
		}
		file := c.Get(p.Header.Get("Location")).Want(http.StatusOK)
		if file.Body != "content of "+noun || !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("GET %s: %q, %v", p.Header.Get("Location"), file.Body, file.Header)
		}
		upload(path, "a.exe", "x", "key2-"+noun).Want(http.StatusUnprocessableEntity)
	}
	upload("/api/v1/farms/999999/attachments", "a.pdf", "x", "k").Want(http.StatusNotFound)
	if _, err := a.Service.Verify(context.Background(), registry.CommandLine); err != nil {
		t.Error(err)
	}
}

// A list that holds nothing is [] and never null, on a create and on a later read alike.
func TestAPIListsAreNeverNull(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleOfficer)
	made := c.JSON("POST", "/api/v1/farms", `{"name":"空场","district_code":"440785"}`).Want(201)
	for _, body := range []string{made.Body, c.Get(made.Header.Get("Location")).Want(200).Body} {
		if !strings.Contains(body, `"herds":[]`) || !strings.Contains(body, `"facilities":[]`) {
			t.Errorf("empty lists are not []: %s", body)
		}
	}
}

// A list refuses a parameter that it does not take and a word that there is not, and names it.
func TestListsRefuseUnknownParameters(t *testing.T) {
	_, clients := apiRegister(t)
	for query, field := range map[string]string{
		"farms?owner=x": "owner", "farms?species=" + url.QueryEscape("龙"): "species", "farms?origin=x": "origin", "farms?zone=x": "zone", "farms?district_code=110101": "district_code", "farms?q=a&q=b": "q",
		"parties?name=x": "name", "inspections?farm_id=x": "farm_id", "inspections?farm_id=-1": "farm_id", "inspections?kind=x": "kind", "inspections?type_code=x": "type_code",
		"cases?as_of=2024": "as_of", "cases?type_code=NO_SUCH": "type_code", "cases?no_sample=maybe": "no_sample", "cases?on_the_way=0": "on_the_way", "cases?farm_id=1.5": "farm_id",
		"bulletins?state=x": "state", "bulletins?q=x": "q", "cases/1/documents?sort=-id": "sort", "cases/1/penalties?kind=x": "kind", "inspections/1/samples?medium=x": "medium",
	} {
		role := registry.RoleOfficer
		if strings.HasPrefix(query, "bulletins") {
			role = registry.RolePublisher
		}
		wantFields(t, clients[role].JSON("GET", "/api/v1/"+query, ""), field)
	}
	for _, query := range []string{"farms?q=&species=" + url.QueryEscape("生猪"), "cases?no_sample=1&on_the_way=1&type_code=WATER_EVASION&from=2024", "inspections?farm_id=1&from=2024-01&limit=5"} {
		clients[registry.RoleOfficer].JSON("GET", "/api/v1/"+query, "").Want(http.StatusOK)
	}
}
