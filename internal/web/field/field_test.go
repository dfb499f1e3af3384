package field_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"casebook/internal/picture/exiftest"
	"casebook/internal/registry"
	"casebook/internal/web"
	"casebook/internal/web/webtest"
)

func sum(b []byte) string { s := sha256.Sum256(b); return hex.EncodeToString(s[:]) }

func id(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }

// send sends a file in pieces of size, as a phone does, and gives its id.
func send(t *testing.T, c *webtest.Client, n int, name string, content []byte, size int) string {
	t.Helper()
	begin(c, n, name, len(content), sum(content)).Want(http.StatusCreated)
	for from := 0; from < len(content); from += size {
		piece(c, n, from, content[from:min(len(content), from+size)]).Want(http.StatusOK)
	}
	return id(n)
}

func begin(c *webtest.Client, n int, name string, size int, hash string) *webtest.Page {
	return c.Do(http.MethodPost, "/field/uploads", nil, http.Header{"Upload-Id": {id(n)}, "Upload-Name": {url.PathEscape(name)}, "Upload-Length": {fmt.Sprint(size)}, "Upload-Sha256": {hash}})
}

func piece(c *webtest.Client, n, from int, b []byte) *webtest.Page {
	return c.Do(http.MethodPatch, "/field/uploads/"+id(n), bytes.NewReader(b), http.Header{"Upload-Offset": {fmt.Sprint(from)}})
}

// A file is whole whichever piece was cut, sent twice or answered to nobody, and after the server was restarted; another account sees nothing of it.
func TestUploadsInPieces(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleOfficer)
	content := bytes.Repeat([]byte("照片 0123456789\n"), 200)
	begin(c, 1, "现场.jpg", len(content), sum(content)).Want(http.StatusCreated, `"offset":0`)
	const size = 700
	for from := 0; from < len(content); from += size {
		b := content[from:min(len(content), from+size)]
		piece(c, 1, from+1, b).Want(http.StatusConflict, fmt.Sprintf(`"offset":%d`, from)) // a piece was lost
		piece(c, 1, from, b).Want(http.StatusOK)
		piece(c, 1, from, b).Want(http.StatusConflict) // the answer was lost
		if from == 2*size {
			a.Cut()
			a.Back(nil)
		}
		at := c.Do(http.MethodHead, "/field/uploads/"+id(1), nil, nil).Want(http.StatusOK).Header.Get("Upload-Offset")
		if want := fmt.Sprint(min(len(content), from+size)); at != want {
			t.Fatalf("the server has %s bytes, want %s", at, want)
		}
	}
	begin(c, 1, "现场.jpg", len(content), sum(content)).Want(http.StatusCreated, `"done":true`) // begun again: where it is
	begin(c, 1, "现场.jpg", 5, sum([]byte("另一个"))).Want(http.StatusConflict)

	other := registry.User{Username: "officer9", DisplayName: "他人", Role: registry.RoleOfficer}
	if _, err := a.Service.AddUser(context.Background(), registry.CommandLine, &other); err != nil {
		t.Fatal(err)
	}
	if err := a.Service.SetPassword(context.Background(), other.Username, webtest.Password); err != nil {
		t.Fatal(err)
	}
	them := a.SignedIn(other.Username)
	them.Do(http.MethodHead, "/field/uploads/"+id(1), nil, nil).Want(http.StatusNotFound)
	piece(them, 1, 0, content).Want(http.StatusNotFound)

	begin(c, 2, "录像.mp4", 4<<30, sum(nil)).Want(http.StatusUnprocessableEntity, "4096 MB", "最大 64 MB")
	begin(c, 3, "病毒.exe", 5, sum(nil)).Want(http.StatusUnprocessableEntity, "不接收")
	begin(c, 4, "空.jpg", 0, sum(nil)).Want(http.StatusUnprocessableEntity, "空的")
	c.Do(http.MethodPost, "/field/uploads", nil, http.Header{"Upload-Id": {"../../etc"}, "Upload-Name": {"a.jpg"}, "Upload-Length": {"3"}, "Upload-Sha256": {sum(nil)}}).Want(http.StatusUnprocessableEntity)
	begin(c, 5, "a.jpg", 3, sum([]byte("xyz"))).Want(http.StatusCreated)
	piece(c, 5, 0, []byte("abc")).Want(http.StatusUnprocessableEntity, "与手机上的不同")
	c.Do(http.MethodHead, "/field/uploads/"+id(5), nil, nil).Want(http.StatusNotFound) // forgotten: it begins anew
	for n := range 100 {
		p := begin(c, 100+n, "a.jpg", 3, sum([]byte("abc")))
		if p.Status == http.StatusConflict && n > 90 {
			break
		}
		p.Want(http.StatusCreated)
	}
	begin(c, 300, "a.jpg", 3, sum([]byte("abc"))).Want(http.StatusConflict, "已到上限")
}

// values are the form of a visit with all that submitting asks.
func values(t *testing.T, c *webtest.Client, path, action string) url.Values {
	t.Helper()
	v := c.Get(path).Want(http.StatusOK).Form(action)
	for name, value := range map[string]string{"started_on": "2024-12-16", "start_time": "08:30", "end_time": "09:20", "place": "三号栏舍外", "officers.0.officer_id": "", "officers.0.name": "甲一",
		"officers.0.cert_no": "1", "officers.1.name": "乙二", "officers.1.cert_no": "2", "certificate_shown": "是", "rights_told": "是", "findings": "塘水经软管排出。", "result": "发现违法", "_action": "submit"} {
		v.Set(name, value)
	}
	return v
}

// All of a visit is stored or nothing; sent again it is there once, and what was added since is added. A change of the inspection itself goes to the
// merge page, without its photos being lost.
func TestVisitIsWhole(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	c := f.Officer
	photo := webtest.JPEG(t, 40, 30)
	v := values(t, c, "/field/new?farm_id=1", "/field")
	v.Set("batch.subject", "排水口")
	v.Set("batch.proves", "外排")
	v.Set("photos.0.upload", send(t, c, 1, "口.jpg", photo, 300))
	v.Set("grid.0.point", "排水口")
	v.Set("grid.0.pollutant", "氨氮")
	v.Set("grid.0.value", "很多")
	refused := c.Post("/field", v).Want(http.StatusUnprocessableEntity, "不是数值").Check()
	if back := refused.Form("/field"); back.Get("photos.0.upload") != id(1) || back.Get("grid.0.value") != "很多" {
		t.Errorf("the refused form came back without its photo or sample: %v", back)
	}
	script := http.Header{"Accept": {"application/json"}, "Content-Type": {"application/x-www-form-urlencoded"}}
	post := func(path string) *webtest.Page {
		return c.Do(http.MethodPost, path, strings.NewReader(v.Encode()), script)
	}
	post("/field").Want(http.StatusUnprocessableEntity, `"field":"grid.0.value"`)
	c.Get("/inspections/2").Want(http.StatusNotFound)

	v.Set("grid.0.value", "121")
	at := regexp.MustCompile(`/inspections/\d+`).FindString(post("/field").Want(http.StatusOK, "已提交").Body)
	edited := strings.Replace(at, "inspections", "field", 1)
	page := func() *webtest.Page { return c.Get(at) }
	page().Want(http.StatusOK, "口.jpg", "排水口", "外排", "三号栏舍外", "水印副本").Check()
	post("/field").Want(http.StatusOK, `"`+at+`"`)
	v.Set("photos.1.upload", send(t, c, 2, "口（又一张）.jpg", append(photo, "另一张"...), 5000))
	v.Set("photos.2.upload", send(t, c, 3, "同一张.jpg", photo, 5000))
	v.Set("grid.0.value", "131")
	post("/field").Want(http.StatusOK, at, "没有重复登记：同一张.jpg")
	page().Want(http.StatusOK, "又一张", "131").WantNot("同一张.jpg")

	v.Set("findings", "另写的")
	v.Set("photos.3.upload", send(t, c, 4, "第三张.jpg", append(photo, "第三张"...), 5000))
	post("/field").Want(http.StatusConflict, "另写的", "塘水经软管排出", "合并修改")
	page().Want(http.StatusOK, "第三张").WantNot("另写的")
	c.Get("/inspections?q="+url.QueryEscape("三号栏舍")).Want(http.StatusOK, "共 1 条")

	edit := c.Get(edited).Want(http.StatusOK, "证据 3 件，样品 1 个").Form(edited)
	edit.Set("note", "甲")
	c.Post(edited, edit).Want(http.StatusSeeOther)
	edit.Set("findings", "乙另写的")
	c.Post(edited, edit).Want(http.StatusConflict, "乙另写的", "塘水经软管排出")
	file := regexp.MustCompile(`/attachments/\d+`).FindString(page().Body)
	c.Get(file + "/thumb").Want(http.StatusOK)
	if p := c.Get(file + "/marked").Want(http.StatusOK); p.Header.Get("Content-Type") != "image/jpeg" || p.Body == string(photo) {
		t.Error("no marked copy came")
	}
	if original := c.Get(file); sum([]byte(original.Body)) != sum(photo) {
		t.Error("the original is not what was taken")
	}
}

// What a camera wrote is compared with the visit: a clock of 2099, a place in the sea, another farm; a file that is not what it is called is said.
func TestPhotosAreCompared(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	lng, lat := 112.585278, 22.183611
	farm := registry.Farm{Name: "有坐标的养殖场", DistrictCode: "440785", Place: registry.Place{Longitude: &lng, Latitude: &lat}}
	if _, err := f.Service.AddFarm(context.Background(), f.Actor(registry.RoleOfficer), &farm); err != nil {
		t.Fatal(err)
	}
	v := values(t, f.Officer, "/field/new?farm_id=2", "/field")
	plain := webtest.JPEG(t, 40, 30)
	for i, p := range []struct {
		name     string
		taken    string
		lng, lat float64
	}{{"好.jpg", "2024:12:16 08:45:00", lng + 0.001, lat}, {"2099.jpg", "2099:01:01 00:00:00", 0, 0}, {"海.jpg", "2024:12:15 09:00:00", 115.5, 20.5}, {"远.jpg", "2024:12:16 09:00:00", lng + 0.1, lat}} {
		v.Set(fmt.Sprintf("photos.%d.upload", i), send(t, f.Officer, 10+i, p.name, exiftest.JPEG(plain, p.taken, p.lng, p.lat), 5000))
	}
	page := f.Officer.Post("/field", v).Follow().Want(http.StatusOK, "拍摄时间 2099-01-01 在今天之后", "2024-12-15 与检查日期 2024-12-16 不同", "大致范围", "离养殖场约 10", "Acme Phone", "相机时间 2024-12-16 08:45").Check()
	if n := strings.Count(page.Body, "warn-line"); n != 4 {
		t.Errorf("%d doubts, want 4", n)
	}
	list, err := f.Service.InspectionPage(context.Background(), f.Actor(registry.RoleOfficer), 2)
	if err != nil || list.Evidence[0].MadeTime != "08:45" || list.Evidence[1].MadeOn != registry.Day(2024, 12, 16) || list.Evidence[1].MadeTime != "" {
		t.Errorf("the exhibits are of %+v, %v", list.Evidence, err)
	}
}

// Without a script: farms are searched, a scene is filled in and photos are posted by buttons of the form.
func TestVisitWithoutAScript(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	c := f.Officer
	c.Get("/field").Want(http.StatusOK, "某畜牧养殖场").Check()
	form := c.Get("/field/new").Want(http.StatusOK).Check()
	form.Submit("/field", "_add", "farm", "farm_q", "某畜牧").Want(http.StatusOK, "某畜牧养殖场", `value="1"`).Check()
	form.Submit("/field", "_action", "draft").Want(http.StatusUnprocessableEntity, "请选择养殖场").Check()
	gaps := form.Submit("/field", "farm_id", "1", "_add", "scene", "scene", "overflow").Want(http.StatusOK, "什么满溢", "溢流的位置").Check()
	filled := gaps.Submit("/field", "gap.pond", "二号池", "_add", "scene").Want(http.StatusOK, "检查时，二号池水面与池边齐平", "满载溢流").Check()
	if said := filled.Form("/field").Get("findings"); said != "检查时，二号池水面与池边齐平，养殖废水从池边缺口溢出，流至场外沟渠。" {
		t.Errorf("the scene says %q", said)
	}
	filled.Submit("/field", "_add", "last").Want(http.StatusOK)

	v := filled.Form("/field")
	v.Set("farm_id", "")
	v.Set("farm_name", "新发现的养殖场")
	v.Set("farm_district", "440785")
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name := range v {
		_ = w.WriteField(name, v.Get(name))
	}
	for _, name := range []string{"甲.jpg", "乙.heic", "丙.exe"} {
		part, err := w.CreateFormFile("files", name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write(append(webtest.JPEG(t, 20, 20), name...))
	}
	_ = w.Close()
	post := func() *webtest.Page {
		return c.Do(http.MethodPost, "/field", bytes.NewReader(body.Bytes()), http.Header{"Content-Type": {w.FormDataContentType()}})
	}
	post().Want(http.StatusUnprocessableEntity, "丙.exe：不接收").Check()
	body = *bytes.NewBuffer(bytes.ReplaceAll(body.Bytes(), []byte("丙.exe"), []byte("丙.jpg")))
	post().Follow().Want(http.StatusOK, "草稿", "新发现的养殖场", "甲.jpg", "乙.heic", "扩展名是 .heic，内容却是 JPEG").Check()
}

// A farm and a party that the register does not have come with the visit, all or none; what the visit tells of the farm is not asked twice, one like
// another asks why, and a visit that is sent again makes neither again.
func TestVisitOfNewcomers(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	ctx, officer := context.Background(), f.Actor(registry.RoleOfficer)
	v := f.Officer.Get("/field/new").Want(http.StatusOK).Form("/field")
	for name, value := range map[string]string{"farm_name": "大田镇青禾猪场", "farm_district": "440785", "farm_town": "大田镇", "farm_in_tanjiang": "否", "party_name": "恩平市青禾养殖有限公司",
		"party_credit_code": "91440785MA0BCDEFG1", "herds.0.species": "生猪", "herds.0.count": "900", "herds.0.basis": "存栏", "_action": "draft"} {
		v.Set(name, value)
	}
	p := f.Officer.Post("/field", v).Want(http.StatusUnprocessableEntity, "当事人类别").Check()
	if back := p.Form("/field"); back.Get("party_name") != "恩平市青禾养殖有限公司" || back.Get("farm_town") != "大田镇" {
		t.Errorf("what was typed is lost: %v", back)
	}
	v.Set("party_kind", "公司")
	f.Officer.Post("/field", v).Want(http.StatusUnprocessableEntity, `href="#f-party_credit_code"`).Check()
	if _, err := f.Service.Farm(ctx, officer, 2); registry.KindOf(err) != registry.KindNotFound {
		t.Errorf("the farm of a refused visit stands: %v", err)
	}
	v.Set("party_credit_code", "91440785MA0BCDEFG2")
	first := f.Officer.Post("/field", v).Want(http.StatusSeeOther)
	if again := f.Officer.Post("/field", v).Want(http.StatusSeeOther); again.Header.Get("Location") != first.Header.Get("Location") {
		t.Errorf("sent again it leads to %s, not to %s", again.Header.Get("Location"), first.Header.Get("Location"))
	}
	farm, err := f.Service.Farm(ctx, officer, 2)
	if err != nil {
		t.Fatal(err)
	}
	x, err := f.Service.Inspection(ctx, officer, 2)
	if err != nil || x.FarmID != 2 || x.PartyID != farm.OperatorID || farm.OperatorID == 0 || farm.InTanjiang != registry.No || len(farm.Herds) != 1 || *farm.Herds[0].Count != 900 {
		t.Errorf("the farm is %+v, the visit of farm %d and party %d, %v", farm, x.FarmID, x.PartyID, err)
	}
	if _, err := f.Service.Farm(ctx, officer, 3); registry.KindOf(err) != registry.KindNotFound {
		t.Error("the farm was registered twice")
	}

	v.Set("client_uid", id(9)) // another visit, of a farm with the same name
	f.Officer.Post("/field", v).Want(http.StatusConflict, "已有相同的", `href="#f-confirm_duplicate"`).Check()
	v.Set("confirm_duplicate", "同名的另一场、另一家公司")
	f.Officer.Post("/field", v).Want(http.StatusSeeOther)
	if farm, err = f.Service.Farm(ctx, officer, 3); err != nil || !strings.Contains(farm.Note, "同名的另一场") {
		t.Errorf("the second farm: %+v, %v", farm, err)
	}
}

// Submitted and taken to a case, where something was found.
func TestVisitLeadsToItsCase(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	v := values(t, f.Officer, "/field/new?farm_id=1", "/field")
	for name, value := range map[string]string{"officers.0.name": "甲", "officers.0.cert_no": "1", "officers.1.name": "乙", "officers.1.cert_no": "2", "certificate_shown": "是", "rights_told": "是", "place": "场外",
		"end_time": "11:00", "findings": "废水流入沟渠。", "result": "发现违法", "_action": "open"} {
		v.Set(name, value)
	}
	p := f.Officer.Post("/field", v).Want(http.StatusSeeOther)
	if got := p.Header.Get("Location"); got != "/cases/new?inspection_id=2" {
		t.Errorf("it leads to %s", got)
	}
	p.Follow().Want(http.StatusOK, "已从检查记录带入", "废水流入沟渠").Check().
		Submit("/cases", "next_type", "LIVESTOCK_DIRECT_DISCHARGE").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "第二十条").Check()
}

// Every field of the record on the spot can be reached on a phone, folded or not.
func TestVisitAsksForEveryField(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	v := f.Officer.Get("/field/new?farm_id=1").Want(http.StatusOK).Form("/field")
	page, asked := f.Officer.Get("/field/new?farm_id=1").Body, 0
	for path, field := range registry.InspectionFields.All {
		name := strings.ReplaceAll(path, "*", "0")
		switch {
		case field.NoInput != "" || field.Fields != nil || path == "origin": // what is entered here is entered on the spot
		case strings.HasPrefix(path, "voided"):
		case !v.Has(name) && !strings.Contains(page, `name="`+name+`"`):
			t.Errorf("%s (%s) has no input", path, field.Label)
		default:
			asked++
		}
	}
	if asked < 50 {
		t.Errorf("%d fields were looked for", asked)
	}
}

// A block out of a spreadsheet becomes samples, all or none; too many rows are refused with what was pasted, and sent twice it is there once.
func TestGridSentTwice(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	c, at := f.Officer, "/field/1/samples"
	form := c.Get(at).Want(http.StatusOK).Check()
	block := "编号\t点位\t时间\t化学需氧量(mg/L)\t氨氮(mg/L)\nS1\t排口\t09:10\t520\t121\nS2\t沟\t09:05\t未检出\t<0.5\n"
	form.Submit(at, "grid_text", block, "_add", "judge").Want(http.StatusOK, "早于排在前面的").Check()
	form.Submit(at, "grid_text", block+"S3\t塘\t9点\t乱\t1\n").Want(http.StatusUnprocessableEntity, "不是数值").Check()
	c.Get("/inspections/1").Want(http.StatusOK, "没有采样")
	v := form.Form(at)
	v.Set("grid_text", block)
	for range 2 {
		c.Post(at, v).Follow().Want(http.StatusOK, "已登记 2 个样品")
	}
	list, err := f.Service.Samples(context.Background(), f.Actor(registry.RoleOfficer), 1)
	if err != nil || len(list) != 2 || len(list[0].Results) != 2 || list[1].Results[0].Kind != registry.ResultNotDetected || list[1].Results[1].Kind != registry.ResultLess {
		t.Errorf("%d samples: %+v, %v", len(list), list, err)
	}
	many := strings.Repeat("S\t排口\t废水\t09:00\t氨氮\t1\tmg/L\n", 10_000)
	c.Get(at).Submit(at, "grid_text", many).Want(http.StatusUnprocessableEntity, "粘贴了 10000 行，一次最多 500 行").Check()
	c.Get(at).Submit(at).Want(http.StatusUnprocessableEntity, "没有样品")
}

// What a phone keeps holds nothing of anybody, and its version changes with its files alone; the key of unsent work is the account's.
func TestShellHoldsNothing(t *testing.T) {
	f := webtest.NewCaseFixture(t, func(o *web.Options) { o.Secret = []byte("s") })
	shell := f.Officer.Get("/field/shell").Want(http.StatusOK, "何处", "data-shell")
	for _, word := range []string{f.Farm.Name, f.Party.Name, "执法人员甲", "_token"} {
		if strings.Contains(shell.Body, word) {
			t.Errorf("the page that a phone keeps tells %q", word)
		}
	}
	admin := f.As(registry.RoleAdmin)
	if a, b := f.Officer.Get("/sw.js").Want(http.StatusOK, "const VERSION"), f.Browser().Get("/sw.js"); a.Body != b.Body || !strings.Contains(a.Body, "/static/field.js?v=") {
		t.Error("the worker is another one for another person, or names no files")
	}
	admin.Get("/field/me").Want(http.StatusForbidden)
	me := f.Officer.Get("/field/me").Want(http.StatusOK, `"key":`, f.Farm.Name)
	if again := f.As(registry.RoleOfficer).Get("/field/me"); again.Body != me.Body {
		t.Error("another session of the account gets another answer: its drafts could not be read")
	}
	if f.Server.Config == nil || strings.Contains(f.Log.String(), "key") {
		t.Error("the key is in the log")
	}
}

// What is typed into a form of the desk is kept for its account alone.
func TestDraftsOfTheDesk(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	keep := func(c *webtest.Client, do string) *webtest.Page {
		return c.Post("/drafts", url.Values{"_form": {"/inspections/1/edit"}, "_do": {do}, "version": {"1"}, "findings": {"写到一半"}})
	}
	keep(f.Officer, "get").Want(http.StatusOK).WantNot("写到一半")
	keep(f.Officer, "").Want(http.StatusOK, "saved_at")
	keep(f.Officer, "get").Want(http.StatusOK, url.QueryEscape("写到一半"), `"version":1`)
	keep(f.As(registry.RoleAuditor), "get").Want(http.StatusOK).WantNot("body")
	keep(f.Officer, "drop").Want(http.StatusOK)
	keep(f.Officer, "get").Want(http.StatusOK).WantNot("body")
	f.Officer.Post("/drafts", url.Values{"_form": {"https://evil.example/"}}).Want(http.StatusBadRequest)
}

// BenchmarkPhoto is a photo of 5 MB in pieces, as a phone sends it.
func BenchmarkPhoto(b *testing.B) {
	a := webtest.New(b)
	c := a.As(registry.RoleOfficer)
	content := bytes.Repeat([]byte("0123456789abcdef"), 5<<16)
	hash := sum(content)
	n := 0
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		if n++; n > 90 {
			b.StopTimer() // the account's room is used up
			return
		}
		begin(c, n, "a.jpg", len(content), hash).Want(http.StatusCreated)
		for from := 0; from < len(content); from += 256 << 10 {
			piece(c, n, from, content[from:min(len(content), from+256<<10)])
		}
	}
}

// BenchmarkDraft is what is typed into a form, kept.
func BenchmarkDraft(b *testing.B) {
	a := webtest.New(b)
	c := a.As(registry.RoleOfficer)
	v := url.Values{"_form": {"/inspections/1/edit"}, "version": {"1"}, "findings": {strings.Repeat("写到一半的检查发现。", 100)}}
	for b.Loop() {
		c.Post("/drafts", v).Want(http.StatusOK)
	}
}
