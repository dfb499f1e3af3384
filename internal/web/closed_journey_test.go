package web_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// desk is an officer at a desk: every field that is filled in or ticked and every click is counted, and each must be in view.
type desk struct {
	t *testing.T
	*webtest.Tab
	fields, clicks int
	opened         atomic.Int64
}

// fills types, chooses and ticks: name, value, name, value.
func (d *desk) fills(pairs ...string) *desk {
	d.t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		d.fields++
		if seen := d.Eval(fmt.Sprintf(`[...document.getElementsByName(%q)].some(e => e.type !== "hidden" && e.getClientRects().length && getComputedStyle(e).visibility !== "hidden")`, pairs[i])); seen != "true" {
			d.t.Fatalf("%s is not in view on %s:\n%s", pairs[i], d.Path(), d.Text())
		}
		d.Fill(pairs[i], pairs[i+1])
	}
	return d
}

// press clicks what leads to another page.
func (d *desk) press(text string) *desk {
	d.t.Helper()
	d.clicks++
	d.Press(text)
	return d
}

// click clicks what changes the page itself.
func (d *desk) click(selector string) *desk {
	d.t.Helper()
	d.clicks++
	if said := d.Eval(fmt.Sprintf(`(() => { const e = [...document.querySelectorAll(%q)].find(e => e.getClientRects().length); if (!e) return "not in view"; e.click(); return "ok" })()`, selector)); said != "ok" {
		d.t.Fatalf("click %s: %s on %s", selector, said, d.Path())
	}
	return d
}

// wants asks for words, and that the page fits.
func (d *desk) wants(words ...string) *desk {
	d.t.Helper()
	d.Look().Want(words...)
	return d
}

// later comes back another day, to a page of the day before or to what it links to. The session has ended: signing in is not counted.
func (d *desk) later(a *webtest.App, days int, path string) *desk {
	d.t.Helper()
	a.Advance(time.Duration(days) * 24 * time.Hour)
	before := d.opened.Load()
	d.SignIn("jia1")
	d.opened.Store(before)
	d.clicks++
	d.Open(path)
	return d
}

// step is the field of a kind's row on the page of several documents.
func (d *desk) step(kind, field string) string {
	d.t.Helper()
	row := d.Eval(fmt.Sprintf(`(([...document.querySelectorAll("[name$='.kind']")].find(e => e.value === %q) || {}).name || "")`, kind))
	if row == "" {
		d.t.Fatalf("%s is not offered on %s:\n%s", kind, d.Path(), d.Text())
	}
	return strings.TrimSuffix(row, "kind") + field
}

// office is a register with what an office has: units, officers with certificates, an account of one of them, the catalogue. Nothing else.
func office(t *testing.T) *webtest.App {
	t.Helper()
	a, ctx := webtest.New(t), context.Background()
	must := func(_ bool, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var branch registry.OrganID
	for _, o := range a.Service.Bureau().Organs() {
		if have, err := a.Service.Organs(ctx, registry.CommandLine); err != nil {
			t.Fatal(err)
		} else if i := indexOf(have, func(x registry.Organ) bool { return x.Name == o.Name }); i >= 0 {
			o = have[i]
		} else {
			must(a.Service.AddOrgan(ctx, registry.CommandLine, &o))
		}
		if o.DistrictCode == "440785" {
			branch = o.ID
		}
	}
	var own registry.OfficerID
	for i, name := range []string{"甲一", "乙二"} {
		o := registry.Officer{Name: name, CertNo: fmt.Sprintf("1907000%d", i+1), OrganID: branch, ValidFrom: registry.Day(2020, 1, 1), ValidTo: registry.Day(2027, 1, 1), Active: true}
		must(a.Service.AddOfficer(ctx, registry.CommandLine, &o))
		if i == 0 {
			own = o.ID
		}
	}
	u := registry.User{Username: "jia1", DisplayName: "甲一", Role: registry.RoleOfficer, OrganID: branch, OfficerID: own}
	if _, err := a.Service.AddUser(ctx, registry.CommandLine, &u); err != nil {
		t.Fatal(err)
	}
	must(false, a.Service.SetPassword(ctx, u.Username, webtest.Password))
	return a
}

func indexOf[T any](list []T, is func(T) bool) int {
	for i, x := range list {
		if is(x) {
			return i
		}
	}
	return -1
}

// From an empty register to a closed case at a desk: a farm, a party and an inspection with a photo and a sample on one form, the case, its act, and
// the documents of an ordinary procedure as they come, over seven weeks. Every load is counted, those of posts and redirects too.
func TestJourneyBlankToClosed(t *testing.T) {
	a := office(t)
	files, _ := photos(t, 1)
	d := &desk{t: t, Tab: a.Chrome(t, 1280, 900)}
	a.Cut()
	a.Back(loads(&d.opened))
	d.SignIn("jia1")
	d.opened.Store(0)

	// Monday 16 December 2024: the visit.
	d.Open("/field/new").Until(`document.querySelector("[data-ready]")`)
	d.click("#step-1 summary").fills("farm_name", "大槐镇绿水猪场", "farm_town", "大槐镇塘尾村", "farm_in_tanjiang", "否", "party_name", "恩平市绿水养殖有限公司", "party_kind", "公司", "party_credit_code", "91440785MA0BCDEFG2",
		"party_legal_person", "丙三", "party_address", "恩平市大槐镇塘尾村1号", "place", "大槐镇塘尾村三号栏舍外",
		"officers.1.officer_id", officerOption(t, a, "19070002"), "certificate_shown", "是", "rights_told", "是", "present_name", "丙三", "present_phone", "13800000000", "scene", "direct", "gap.water", "大槐河")
	d.click("[data-fill]").fields++
	d.Choose("#f-files", files...)
	d.Until(`document.querySelectorAll("[data-photo]").length === 1`)
	d.fills("batch.subject", "三号栏舍外的软管出口", "grid.0.code", "S1", "grid.0.point", "软管出口", "grid.0.sampled_time", "09:50", "grid.0.pollutant", "化学需氧量", "grid.0.value", "520")
	d.click("[data-now]")
	d.Fill("end_time", "11:00") // the test's clock is another than the browser's
	d.click("[data-state]").fills("signature", "已逐页签名")
	d.wants().click("[data-open]")
	d.Until(`location.pathname === "/cases/new" && document.readyState === "complete"`)

	// The case, and its act.
	d.wants("大槐镇绿水猪场", "已从检查记录带入").fills("next_type", "LIVESTOCK_DIRECT_DISCHARGE").press("登记案件")
	d.wants("第二十条", "第四十一条").fills("facts", "三号栏舍养殖废水未经处理直接排入场外水沟。", "confirm", "1").press("登记违法行为").Want("畜禽规模养殖污染防治条例")
	page, _, _ := strings.Cut(d.Path(), "?")

	// Filed, ordered to correct, told of the result.
	d.press("一次登记几份")
	d.Until(fmt.Sprintf(`document.getElementsByName(%q)[0].value === "江恩环责改〔2024〕1号"`, d.step("责令改正", "number")))
	d.fills(d.step("立案", "take"), "1", d.step("责令改正", "content"), "拆除软管，停止向场外水沟排放养殖废水。", d.step("责令改正", "due_on"), "2024-12-24", d.step("责令改正", "served_on"), "2024-12-16",
		d.step("告知监测结果", "served_on"), "2024-12-16").Look()
	d.press("登记勾选的").Want("已登记：立案、责令改正、告知监测结果")

	// Wednesday of the next week: checked again.
	recheck := d.Eval(`[...document.querySelectorAll("a")].find(a => a.textContent.trim() === "登记复查").getAttribute("href")`)
	d.later(a, 9, recheck).fills("start_time", "10:00", "end_time", "10:40", "partner", officerOption(t, a, "19070002"), "certificate_shown", "是", "rights_told", "是",
		"findings", "软管已拆除，场外水沟内没有养殖废水。", "rectified", "已改正").press("保存并提交").Want("本案的复查文书已一并登记")

	// Investigated, reviewed, notified.
	d.fills(d.step("调查报告", "take"), "1", d.step("法制审核", "people.0"), "丁四", d.step("法制审核", "content"), "事实清楚，适用法律正确，同意。", d.step("集体讨论", "people.0"), "戊五", d.step("集体讨论", "people.1"), "戊五、己六、庚七", d.step("集体讨论", "people.2"), "辛八",
		d.step("集体讨论", "content"), "一致同意拟处罚意见。",
		d.step("事先（听证）告知", "amount_fen"), "2万", d.step("事先（听证）告知", "served_on"), "2024-12-25").press("登记勾选的").Want("已登记：")

	// Ten days later: decided and served; the fine follows from the decision.
	d.later(a, 12, page+"/steps").fills(d.step("行政处罚决定", "served_on"), "2025-01-06")
	d.press("登记勾选的").Want("已登记：行政处罚决定、罚款")

	// A week later: published, paid, closed.
	d.later(a, 7, page+"/steps").fills(d.step("公示", "take"), "1", "payment.receipt", "0071234567", d.step("结案", "content"), "处罚决定已履行，违法行为已改正。").press("登记勾选的").Want("已结案", "20,000")
	d.Look()
	t.Logf("from blank to closed: %d loads, %d fields, %d clicks", d.opened.Load(), d.fields, d.clicks)
	if d.opened.Load() > 20 || d.fields > 60 {
		t.Errorf("%d loads (20 at most), %d fields (60 at most)", d.opened.Load(), d.fields)
	}

	// A file review finds nothing that a field would mend.
	p, err := a.Service.CasePage(context.Background(), a.Actor(registry.RoleOfficer), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range procedure.Checks(p.Facts) {
		if f.Verdict != procedure.Sound {
			t.Errorf("%s：%s %s", f.Title, f.Verdict, f.What)
		}
	}
	f := p.Facts.File
	if f.Case.Stage != registry.StageClosed || len(f.Documents) != 11 || len(f.Samples) != 1 || len(f.Evidence) != 1 || len(f.Inspections) != 2 || f.Paid() != registry.Yuan(20000) {
		t.Errorf("the case is %s with %d documents, %d samples, %d exhibits, %d inspections, %s paid", f.Case.Stage, len(f.Documents), len(f.Samples), len(f.Evidence), len(f.Inspections), f.Paid())
	}
}
