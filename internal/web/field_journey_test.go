package web_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/web"
	"casebook/internal/web/webtest"
)

// entry is an officer with a phone: every tap and every field is counted, and every target must be as large as a thumb.
type entry struct {
	t *testing.T
	*webtest.Tab
	taps, fields int
}

// tap touches what a selector finds; it must be seen, and 44 px high.
func (e *entry) tap(selector string) {
	e.t.Helper()
	e.taps++
	if said := e.Eval(fmt.Sprintf(`(() => {
		const el = [...document.querySelectorAll(%q)].find(x => x.offsetParent !== null || getComputedStyle(x).position === 'fixed');
		if (!el) return 'not seen';
		const target = el.closest('label') || el;
		target.scrollIntoView({block: 'center'});
		const h = target.getBoundingClientRect().height;
		if (h < 44) return 'only ' + h + ' px high';
		el.click(); return 'ok'; })()`, selector)); said != "ok" {
		e.t.Fatalf("tap %s: %s\n%s", selector, said, e.Text())
	}
}

// typed types into a field that is seen, 44 px high.
func (e *entry) typed(name, value string) {
	e.t.Helper()
	e.fields++
	if said := e.Eval(fmt.Sprintf(`(() => { const el = document.getElementsByName(%q)[0]; if (!el || el.offsetParent === null) return 'not seen';
		const h = el.getBoundingClientRect().height; return h < 44 ? 'only ' + h + ' px high' : 'ok'; })()`, name)); said != "ok" {
		e.t.Fatalf("type into %s: %s", name, said)
	}
	e.Fill(name, value)
}

// photos writes n pictures of noise, some 600 kB each: several pieces.
func photos(t *testing.T, n int) (files []string, hashes map[string]bool) {
	t.Helper()
	hashes = map[string]bool{}
	for i := range n {
		rnd, img := rand.New(rand.NewPCG(7, uint64(i))), image.NewRGBA(image.Rect(0, 0, 640, 480))
		for p := range img.Pix {
			img.Pix[p] = byte(rnd.Uint32())
		}
		img.Set(0, 0, color.Black)
		name := filepath.Join(t.TempDir(), fmt.Sprintf("IMG_%d.jpg", i+1))
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := jpeg.Encode(f, img, &jpeg.Options{Quality: 95}); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(b)
		files, hashes[hex.EncodeToString(sum[:])] = append(files, name), true
	}
	return files, hashes
}

// fieldRegister is a register with a farm and a roster, whose server signs with a secret of its own, as `serve` does.
func fieldRegister(t *testing.T) *webtest.App {
	t.Helper()
	a := webtest.New(t, func(o *web.Options) { o.Secret = []byte("kept over a restart"); o.Compare = false })
	ctx := context.Background()
	lng, lat := 112.585278, 22.183611
	farm := registry.Farm{Name: "大槐镇绿水猪场", DistrictCode: "440785", Town: "大槐镇", ProductionSince: registry.Year(2015), Place: registry.Place{Longitude: &lng, Latitude: &lat}}
	if _, err := a.Service.AddFarm(ctx, a.Actor(registry.RoleOfficer), &farm); err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"甲一", "乙二"} {
		o := registry.Officer{Name: name, CertNo: fmt.Sprintf("1907000%d", i+1), ValidTo: registry.Day(2027, 1, 1), Active: true}
		if _, err := a.Service.AddOfficer(ctx, registry.CommandLine, &o); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// fill enters a visit from the farm to the last step: all that submitting asks, two photos, two samples with two results each.
func (e *entry) fill(files []string) {
	e.t.Helper()
	e.typed("farm_q", "lszc")
	e.Until(`document.querySelector("[name=farm_id]")`)
	e.tap("[name=farm_id]")
	e.step("何人")
	e.typed("officers.0.officer_id", "1")
	e.tap("[data-add-row][value=officers]")
	e.typed("officers.1.officer_id", "2")
	for _, name := range []string{"certificate_shown", "rights_told"} {
		e.tap("[name=" + name + "][value=是]")
	}
	e.tap("[name=recusal][value=否]")
	e.typed("present_name", "丙三")
	e.step("何事")
	e.tap("[name=scene][value=pond]")
	e.typed("gap.water", "大槐河")
	e.tap("[data-fill]")
	e.Want("1号氧化塘", "大槐河")
	e.step("证据")
	e.fields++
	e.Choose("#f-files", files...)
	e.Until(fmt.Sprintf(`document.querySelectorAll("[data-photo]").length === %d`, len(files)))
	e.typed("batch.subject", "1号氧化塘排水口")
	e.typed("standard", "DB44/613-2009")
	for i, row := range [][]string{
		{"S1", "1号氧化塘排水口", "09:50", "化学需氧量", "520"}, {"", "", "", "氨氮", "121"},
		{"S2", "场外沟渠", "10:05", "化学需氧量", "450"}, {"", "", "", "氨氮", "76"},
	} {
		for j, name := range []string{"code", "point", "sampled_time", "pollutant", "value"} {
			if row[j] != "" {
				e.typed(fmt.Sprintf("grid.%d.%s", i, name), row[j])
			}
		}
		e.Until(fmt.Sprintf(`document.getElementsByName("grid.%d.code").length`, i+1))
	}
	e.step("收尾")
	e.tap("[data-now]")
	e.Fill("end_time", "11:00") // the test's clock is another than the browser's
	e.tap("[data-state]")
	e.tap("[name=signature][value=已逐页签名]")
}

// step goes on to the next step; the bars of the page are less than 90 px together.
func (e *entry) step(name string) {
	e.t.Helper()
	e.tap("[data-next]")
	e.Until(fmt.Sprintf(`document.querySelector("[data-step-name]").textContent.includes(%q)`, name))
	if bars := e.Eval(`document.querySelector(".field-bar").offsetHeight + document.querySelector(".field-go").offsetHeight < 90`); bars != "true" {
		e.t.Error("the bars are 90 px or more")
	}
	if small := e.Eval(`[...document.querySelectorAll("a, button, input, select, textarea, summary")].filter(x => x.offsetParent !== null && !x.matches(".default-submit, .shoot-input, .skip"))
		.map(x => x.closest("label") || x).filter(x => x.getBoundingClientRect().height < 44).map(x => x.tagName + " " + (x.name || x.textContent.trim()) + " " + x.getBoundingClientRect().height).join("; ")`); small != "" {
		e.t.Errorf("%s: smaller than a thumb: %s", name, small)
	}
	e.Look()
}

// whole asks that the register has the visit once, complete, with the photos as they were taken.
func whole(t *testing.T, a *webtest.App, hashes map[string]bool) {
	t.Helper()
	ctx, actor := context.Background(), a.Actor(registry.RoleOfficer)
	p, err := a.Service.InspectionPage(ctx, actor, 1)
	if err != nil {
		t.Fatal(err)
	}
	if p.Inspection.State != registry.InspectionSubmitted || len(p.Samples) != 2 || len(p.Evidence) != 2 || len(p.Attachments) != 2 || len(p.Inspection.Path.Nodes) != 4 {
		t.Errorf("the register has %s, %d samples, %d exhibits, %d files, %d places of the path", p.Inspection.State, len(p.Samples), len(p.Evidence), len(p.Attachments), len(p.Inspection.Path.Nodes))
	}
	for _, x := range p.Samples {
		if len(x.Results) != 2 || x.Results[0].Verdict != registry.VerdictOver {
			t.Errorf("sample %s has %+v", x.Code, x.Results)
		}
	}
	for _, f := range p.Attachments {
		if !hashes[f.SHA256] {
			t.Errorf("%s came as another file", f.Filename)
		}
		if _, content, err := a.Service.OpenAttachment(ctx, actor, f.ID); err != nil {
			t.Error(err)
		} else {
			_ = content.Close()
		}
	}
	if _, err := a.Service.Inspection(ctx, actor, 2); registry.KindOf(err) != registry.KindNotFound {
		t.Error("the visit was entered twice")
	}
}

// loads counts the pages that a browser opens.
func loads(n *atomic.Int64) func(http.Handler) http.Handler {
	return func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Sec-Fetch-Mode") == "navigate" {
				n.Add(1)
			}
			h.ServeHTTP(w, r)
		})
	}
}

// A known farm, two photos, two samples with two results each, on a phone with a signal.
func TestJourneyFieldEntry(t *testing.T) {
	a := fieldRegister(t)
	files, hashes := photos(t, 2)
	var opened atomic.Int64
	a.Cut()
	a.Back(loads(&opened))
	e := &entry{t: t, Tab: a.Chrome(t, 390, 844)}
	e.SignIn("officer")
	opened.Store(0)
	e.Open("/field")
	e.Open("/field/new").Until(`document.querySelector("[data-ready]")`)
	e.Fill("started_on", "2024-06-10").Fill("start_time", "09:30")
	e.fill(files)
	e.tap("[data-submit][value=submit]")
	e.Until(`location.pathname === "/inspections/1" && document.readyState === "complete"`).Look().Want("已提交", "大槐镇绿水猪场", "1号氧化塘", "超标", "IMG_1.jpg")
	e.Eval(`(document.querySelector("#photos").scrollIntoView(), 1)`)
	e.Until(`[...document.querySelectorAll(".photos img")].filter(i => i.naturalWidth > 0).length === 2`)
	t.Logf("a visit with two photos and four results: %d taps and %d fields, %d loads", e.taps, e.fields, opened.Load())
	if e.taps+e.fields > 60 || opened.Load() > 6 {
		t.Errorf("%d taps and fields (60 at most), %d loads (6 at most)", e.taps+e.fields, opened.Load())
	}
	whole(t, a, hashes)
}

// The same where the signal goes after the first field, the browser is closed and opened again, somebody else signs in between, the server is
// restarted in the middle of a photo, and the signal comes back: one record, whole.
func TestJourneyFieldEntryWithoutASignal(t *testing.T) {
	a := fieldRegister(t)
	files, hashes := photos(t, 2)
	folder := t.TempDir()
	first := a.ChromeIn(t, folder, 390, 844)
	first.SignIn("officer").Open("/field/new").Until(`document.querySelector("[data-ready]")`)
	first.Until(`navigator.serviceWorker.controller`)
	first.Fill("started_on", "2024-06-10").Until(`!document.querySelector("[data-unsent]").hidden`)
	a.Cut()
	first.Fill("start_time", "09:30").Until(`fieldStore.list().then(l => { window.kept = l.length && l[0].values.start_time === "09:30" }) && window.kept`)
	first.Close()

	e := &entry{t: t, Tab: a.ChromeIn(t, folder, 390, 844)}
	e.Open("/field").Until(`document.querySelector("[data-ready]")`).Want("未上传 1")
	e.Eval(`(document.querySelector("[data-unsent]").click(), document.querySelector("[data-draft-list] a").click())`)
	e.Until(`document.querySelector("[data-ready]") && document.getElementsByName("started_on")[0].value === "2024-06-10"`)
	e.fill(files)
	e.tap("[data-submit][value=submit]")
	e.Until(`document.querySelector("[data-field-note]").textContent.includes("有信号时自动上传")`).Want("未上传 1")

	// The signal is back for one photo and a half; then the server is restarted.
	var pieces atomic.Int64
	broken := make(chan struct{})
	a.Back(func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPatch && pieces.Add(1) > 2 {
				if pieces.Load() == 3 {
					close(broken)
				}
				panic(http.ErrAbortHandler)
			}
			h.ServeHTTP(w, r)
		})
	})
	e.Eval(`(document.querySelector("[data-send]").click(), 1)`)
	e.Until(`document.querySelector("[data-field-note] a")`).Want("登录已过期", "未上传 1") // a browser that is closed forgets its session
	e.SignIn("officer").Open("/field")
	<-broken
	a.Cut()
	a.Back(nil)
	e.Eval(`(window.dispatchEvent(new Event("online")), 1)`)
	e.Until(`fieldStore.list().then(l => { window.left = l.length }) && window.left === 0`)
	whole(t, a, hashes)

	// What another account sees on the same phone.
	e.Open("/field").Want("没有草稿")
	e.Open("/field/new").Until(`document.querySelector("[data-ready]")`)
	e.Fill("place", "只有甲知道").Until(`fieldStore.list().then(l => { window.kept = l.length && l[0].values.place }) && window.kept`)
	e.Open("/more").Press("退出")
	if key := e.Eval(`new Promise(ok => { const r = indexedDB.open("casebook-field"); r.onsuccess = () => { const q = r.result.transaction("session").objectStore("session").count(); q.onsuccess = () => { window.keys = q.result; ok() } } }) && 1`); key == "" {
		t.Fatal("no answer")
	}
	e.Until(`window.keys === 0`)
	other := registry.User{Username: "officer9", DisplayName: "他人", Role: registry.RoleOfficer}
	if _, err := a.Service.AddUser(context.Background(), registry.CommandLine, &other); err != nil {
		t.Fatal(err)
	}
	if err := a.Service.SetPassword(context.Background(), "officer9", webtest.Password); err != nil {
		t.Fatal(err)
	}
	e.SignIn("officer9").Open("/field/new").Until(`document.querySelector("[data-ready]")`)
	if text := e.Text(); strings.Contains(text, "未上传") || e.Eval(`fieldStore.list().then(l => { window.theirs = l.length }) && 1`) != "1" {
		t.Errorf("another account is shown the first one's drafts:\n%s", text)
	}
	e.Until(`window.theirs === 0`)
	e.Open("/more").Press("退出")
	e.SignIn("officer").Open("/field").Until(`document.querySelector("[data-draft-list] a")`).Want("未上传 1")
}

// What a phone cannot take is said, and nothing that was typed goes: the same photo twice, one too large, a phone that is full.
func TestJourneyFieldEntryRefuses(t *testing.T) {
	a := fieldRegister(t)
	files, _ := photos(t, 2)
	large := filepath.Join(t.TempDir(), "录像.mp4")
	f, err := os.Create(large)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(4 << 30); err != nil { // takes no room
		t.Fatal(err)
	}
	_ = f.Close()
	b := a.Chrome(t, 390, 844)
	b.SignIn("officer").Open("/field/new").Until(`document.querySelector("[data-ready]")`)
	b.Eval(`(navigator.geolocation.getCurrentPosition = (ok) => ok({coords: {longitude: 112.5853, latitude: 22.184, accuracy: 12}}), document.querySelector("[data-locate]").click(), 1)`)
	b.Want("误差约 12 米", "大槐镇绿水猪场 · 大槐镇 · 43 米")
	for range 3 {
		b.Eval(`(document.querySelector("[data-next]").click(), 1)`)
	}
	said := func(where, words string) {
		t.Helper()
		b.Until(fmt.Sprintf(`document.querySelector("[data-%s]").textContent.includes(%q)`, where, words))
	}
	b.Choose("#f-files", files[0], large)
	said("shots-says", "4096.0 MB，太大")
	b.Choose("#f-files", files[0])
	said("shots-says", "是同一个文件，没有再加")
	b.Until(`document.querySelectorAll("[data-photo]").length === 1`)
	b.Eval(`(IDBObjectStore.prototype.put = () => { throw new DOMException("", "QuotaExceededError") }, 1)`)
	b.Choose("#f-files", files[1])
	said("shots-says", "IMG_2.jpg”没有存下")
	b.Fill("batch.subject", "排口").Fill("grid.0.code", "S1")
	said("field-note", "刚才的改动没有存下")
	b.Eval(`(() => { const d = new DataTransfer(); d.setData("text/plain", Array(10001).fill("S\t排口").join("\n"));
		document.getElementsByName("grid.0.code")[0].dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true})); return 1 })()`)
	b.Want("粘贴了 10001 行，一次最多 500 行")
	b.Eval(`(() => { const d = new DataTransfer(); d.setData("text/plain", "S1\t排口\t废水\t09:10\t氨氮\t121\nS2\t沟\t废水\t09:20\t总磷\t9");
		document.getElementsByName("grid.0.code")[0].dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true})); return 1 })()`)
	b.Until(`document.getElementsByName("grid.1.point")[0].value === "沟" && document.getElementsByName("grid.2.code").length`).Look()
}

// Two people on one draft: the phone that sends later is told, keeps what it has, and the second press leads to the merge page with both.
func TestJourneyFieldEntryMerges(t *testing.T) {
	a := fieldRegister(t)
	ctx, officer := context.Background(), a.Actor(registry.RoleOfficer)
	x := registry.Inspection{FarmID: 1, Kind: "日常检查", StartedOn: registry.Day(2024, 12, 16), Findings: "原来的"}
	if _, err := a.Service.AddInspection(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	b := a.Chrome(t, 390, 844)
	b.SignIn("officer").Open("/field/1").Until(`document.querySelector("[data-ready]")`)
	b.Fill("findings", "手机上写的")
	x.Findings = "桌面上写的"
	if err := a.Service.ChangeInspection(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	const press = `(document.querySelector("[data-submit][value=draft]").click(), 1)`
	b.Eval(press)
	b.Until(`document.querySelector("[data-summary]").textContent.includes("别人已改过")`).Want("未上传 1")
	b.Eval(press)
	b.Until(`document.readyState === "complete" && document.body.textContent.includes("合并修改")`).Look().Want("手机上写的", "桌面上写的")
	b.Fill("_pick.findings", "mine").Press("保存").Want("手机上写的")
}

// A form of the desk that was left gives back what was typed, rows among it, and forgets it once it is saved.
func TestJourneyDeskFormsAreKept(t *testing.T) {
	a := fieldRegister(t)
	b := a.Chrome(t, 1280, 900)
	restore := `[...document.querySelectorAll("button")].find(b => b.textContent === "恢复")`
	b.SignIn("officer").Open("/inspections/new?farm_id=1").Fill("findings", "写到一半").Fill("kind", "信访核查").Fill("officers.0.name", "甲一").Fill("officers.0.cert_no", "1").Fill("certificate_shown", "是")
	b.Eval(`(document.querySelector("[data-add-row][value=officers]").click(), 1)`)
	b.Fill("officers.2.name", "丙三").Fill("officers.2.cert_no", "3").Until(`document.querySelector(".form > .field-hint").textContent.includes("已自动暂存")`)
	b.Open("/inspections").Open("/inspections/new?farm_id=1").Until(restore)
	b.Eval(`(` + restore + `.click(), 1)`)
	b.Until(`document.getElementsByName("findings")[0].value === "写到一半" && document.getElementsByName("officers.2.name")[0].value === "丙三" && document.querySelector("[name=certificate_shown][value=是]").checked`)
	b.Press("保存草稿").Want("写到一半", "丙三", "信访核查")
	b.Open("/inspections/new?farm_id=1").Until(`document.readyState === "complete" && !` + restore)
	b.Open("/inspections/new?farm_id=1&kind=复查").Fill("findings", "一次复查").Until(`document.querySelector(".form > .field-hint").textContent.includes("已自动暂存")`)
	b.Open("/inspections/new").Until(`document.readyState === "complete" && !` + restore) // another one's is not offered
	b.Open("/inspections/new?farm_id=1&kind=复查").Until(restore)
	if _, kept, err := a.Service.FormDraft(context.Background(), a.Actor(registry.RoleOfficer), "/inspections/new?farm_id=1"); err != nil || kept {
		t.Errorf("after it was saved it is still kept: %v, %v", kept, err)
	}
}

// Another farm that is chosen brings its own place and party; what was typed over stays.
func TestJourneyAnotherFarmIsChosen(t *testing.T) {
	a := fieldRegister(t)
	ctx, officer := context.Background(), a.Actor(registry.RoleOfficer)
	party := registry.Party{Name: "恩平市青禾养殖有限公司", Kind: "公司"}
	if _, err := a.Service.AddParty(ctx, officer, &party); err != nil {
		t.Fatal(err)
	}
	farm := registry.Farm{Name: "大田镇青禾猪场", DistrictCode: "440785", Town: "大田镇", OperatorID: party.ID}
	if _, err := a.Service.AddFarm(ctx, officer, &farm); err != nil {
		t.Fatal(err)
	}
	b := a.Chrome(t, 390, 844)
	b.SignIn("officer").Open("/field/new").Until(`document.querySelector("[data-ready]")`).Until(`!document.querySelector("[data-last]:not([hidden])")`)
	choose := func(q, id string) {
		t.Helper()
		b.Fill("farm_q", q).Until(fmt.Sprintf(`document.querySelector("[name=farm_id][value='%s']")`, id)).Fill("farm_id", id)
	}
	shows := func(place, party, longitude string) {
		t.Helper()
		b.Until(fmt.Sprintf(`["place", "party_id", "position.longitude"].map(n => document.getElementsByName(n)[0].value).join("|") === "%s|%s|%s"`, place, party, longitude))
	}
	choose("qhzc", "2")
	shows("大田镇", "1", "")
	choose("lszc", "1")
	shows("大槐镇", "", "112.585278")
	b.Fill("place", "三号栏舍外")
	choose("qhzc", "2")
	shows("三号栏舍外", "1", "")
}

// Where the address is not https, a browser keeps nothing: the page says so, what is typed is kept on the server, and the form is posted as it stands.
func TestJourneyFieldEntryInPlainHTTP(t *testing.T) {
	a := fieldRegister(t)
	ip := ownAddress()
	if ip == "" {
		t.Skip("this machine has no address but its own")
	}
	l, err := net.Listen("tcp", ip+":0")
	if err != nil {
		t.Skip(err)
	}
	plain := &httptest.Server{Listener: l, Config: &http.Server{Handler: a.Server.Config.Handler, ReadHeaderTimeout: time.Minute}}
	plain.Start()
	t.Cleanup(plain.Close)
	a.Server = plain
	files, hashes := photos(t, 1)
	b := a.Chrome(t, 390, 844)
	b.SignIn("officer").Open("/field/new?farm_id=1").Until(`document.querySelector("[data-ready]")`).Want("不是 https 打开的")
	b.Fill("findings", "写到一半").Until(`document.querySelector(".field-form > .field-hint").textContent.includes("已自动暂存")`)
	b.Open("/field/new?farm_id=1").Until(`[...document.querySelectorAll("button")].some(b => b.textContent === "恢复")`)
	b.Eval(`([...document.querySelectorAll("button")].find(b => b.textContent === "恢复").click(), 1)`)
	b.Until(`document.getElementsByName("findings")[0].value === "写到一半"`)
	b.Choose("#f-files", files...)
	b.Eval(`(document.querySelector("[data-submit][value=draft]").click(), 1)`)
	b.Until(`location.pathname === "/inspections/1" && document.readyState === "complete"`).Want("写到一半", "IMG_1.jpg")
	p, err := a.Service.InspectionPage(context.Background(), a.Actor(registry.RoleOfficer), 1)
	if err != nil || len(p.Attachments) != 1 || !hashes[p.Attachments[0].SHA256] {
		t.Errorf("the photo came as %+v, %v", p.Attachments, err)
	}
}

// ownAddress is an address of this machine that browsers do not take for itself; empty where there is none.
func ownAddress() string {
	list, err := net.InterfaceAddrs()
	if err != nil {
		return ""
	}
	for _, a := range list {
		if n, ok := a.(*net.IPNet); ok && !n.IP.IsLoopback() && n.IP.To4() != nil {
			return n.IP.String()
		}
	}
	return ""
}

// The pages of entry around the steps, which the journey through them looks at: what is touched is 44 px high too.
func TestJourneyFieldTargets(t *testing.T) {
	a := fieldRegister(t)
	ctx := context.Background()
	x := registry.Inspection{FarmID: 1, Kind: "日常检查", StartedOn: registry.Day(2024, 12, 2)}
	if _, err := a.Service.AddInspection(ctx, a.Actor(registry.RoleOfficer), &x); err != nil {
		t.Fatal(err)
	}
	b := a.Chrome(t, 390, 844)
	b.SignIn("officer")
	for _, path := range []string{"/field", "/field/new", "/field/1", "/field/1/samples"} {
		b.Open(path)
		if small := b.Eval(`[...document.querySelectorAll("main a, main button, main input, main select, main textarea, main summary, .field-bar a, .field-go button")]
			.filter(x => x.offsetParent !== null && !x.matches(".default-submit, .shoot-input, .skip")).map(x => x.closest("label") || x)
			.filter(x => x.getBoundingClientRect().height < 44).map(x => x.tagName + " " + (x.name || x.textContent.trim()) + " " + x.getBoundingClientRect().height).join("; ")`); small != "" {
			t.Errorf("%s: smaller than a thumb: %s", path, small)
		}
	}
}
