package web_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/view"
	"casebook/internal/web/webtest"
)

// panelLimit is how high a panel of a case may be on a desk, in pixels.
const panelLimit = 2500

// Every panel of every case of the demo is short enough to work on; on a phone its row of panels scrolls, and each is as large as a thumb.
func TestJourneyCasePanels(t *testing.T) {
	a := webtest.Demo(t)
	for _, width := range []int{1280, 390} {
		t.Run(strconv.Itoa(width), func(t *testing.T) {
			t.Parallel()
			b := a.Chrome(t, width, 900)
			b.SignIn("officer")
			highest, where := 0, ""
			for id := registry.CaseID(1); id <= 7; id++ {
				for _, p := range view.CasePanels {
					b.Open(p.Href(id))
					if got := b.Eval(`document.querySelector(".case-tabs [aria-current]").firstChild.textContent.trim()`); got != p.Title {
						t.Errorf("%s shows %q as its panel, want %s", p.Href(id), got, p.Title)
					}
					h, err := strconv.Atoi(b.Eval("document.documentElement.scrollHeight"))
					if err != nil {
						t.Fatal(err)
					}
					if h > highest {
						highest, where = h, p.Href(id)
					}
					if width == 1280 && h > panelLimit {
						t.Errorf("%s is %d px high, want at most %d", p.Href(id), h, panelLimit)
					}
				}
			}
			t.Logf("at %d px the highest panel is %s with %d px", width, where, highest)
			if width == 390 {
				if low := b.Eval(`[...document.querySelectorAll(".case-tabs a")].filter((x) => x.getBoundingClientRect().height < 44).length`); low != "0" {
					t.Errorf("%s panels are lower than 44 px", low)
				}
				if seen := b.Eval(`(() => { const r = document.querySelector(".case-tabs [aria-current]").getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth })()`); seen != "true" {
					t.Error("the last panel is shown and its name in the row is not in sight")
				}
				return
			}
			// The head stays, and what a link leads to is not under it.
			b.Open("/cases/6?panel=documents#document-40").Until(`document.querySelector(".case-head").getBoundingClientRect().top === 0`)
			if hidden := b.Eval(`document.querySelector(":target").getBoundingClientRect().top < document.querySelector(".case-head").getBoundingClientRect().bottom`); hidden != "false" {
				t.Error("the head of the case covers the document that a link leads to")
			}
			// An old link, which names no panel, leads to where the place is now.
			b.Open("/cases/6#documents").Until(`location.search === "?panel=documents" && location.hash === "#documents"`)
		})
	}
}

// Without a script every panel is a plain link, an unknown one is not found, and each place that a page of the case links to is where it says.
func TestCasePlacesAreThere(t *testing.T) {
	a := webtest.Demo(t)
	c := a.As(registry.RoleOfficer)
	c.Get("/cases/6?panel=nothing").Want(http.StatusNotFound)
	links := regexp.MustCompile(`href="((?:/cases/\d+(?:\?panel=[a-z]+)?)?)#([a-z0-9-]+)"`)
	bodies, tried := map[string]string{}, 0
	for id := registry.CaseID(1); id <= 7; id++ {
		for _, p := range view.CasePanels {
			body := c.Get(p.Href(id)).Want(http.StatusOK).Check().Body
			bodies[p.Href(id)] = body
			for _, m := range links.FindAllStringSubmatch(body, -1) {
				at := m[1]
				if at == "" {
					at = p.Href(id)
				}
				if bodies[at] == "" {
					bodies[at] = c.Get(at).Want(http.StatusOK).Body
				}
				tried++
				if m[2] != "content" && !strings.Contains(bodies[at], `id="`+m[2]+`"`) {
					t.Errorf("%s links to %s#%s, which is not there", p.Href(id), at, m[2])
				}
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d links to places were tried", tried)
	}
}

var pdfPages = regexp.MustCompile(`/Type /Pages\s[^>]*?/Count (\d+)`)

// The whole of a case is printed, not a panel, on eight pages at most.
func TestWholeCaseIsPrinted(t *testing.T) {
	a := webtest.Demo(t)
	c := a.As(registry.RoleOfficer)
	for id := 1; id <= 7; id++ {
		at := fmt.Sprintf("/cases/%d", id)
		c.Get(at).Want(http.StatusOK, "打印全案", at+"/sheet")
		c.Get(at+"/sheet").Want(http.StatusOK, at+"/sheet.pdf").Check()
		m := pdfPages.FindStringSubmatch(c.Get(at + "/sheet.pdf").Want(http.StatusOK).Body)
		if m == nil {
			t.Fatalf("%s/sheet.pdf does not tell its pages", at)
		}
		if n, err := strconv.Atoi(m[1]); err != nil || n < 1 || n > 8 {
			t.Errorf("%s/sheet.pdf has %s pages, want at most 8", at, m[1])
		}
	}
}

// visibleInputs are the controls of a form that a person sees: neither hidden nor folded away; the buttons of one choice count one by one.
const visibleInputs = `[...document.querySelectorAll("main form.form-violation input, main form.form-violation select, main form.form-violation textarea")].
	filter((x) => x.type !== "hidden" && x.checkVisibility()).length`

// Adding a violation takes three steps on one form: facts that the inspection wrote, one choice a law, a reason only where one is asked.
func TestJourneyAddingAViolation(t *testing.T) {
	for _, width := range []int{1280, 390} {
		t.Run(strconv.Itoa(width), func(t *testing.T) {
			f := webtest.NewCaseFixture(t)
			at := f.Open()
			b := f.Chrome(t, width, 900)
			b.SignIn("officer")
			few := func(when string) {
				t.Helper()
				n, err := strconv.Atoi(b.Eval(visibleInputs))
				if err != nil {
					t.Fatal(err)
				}
				t.Logf("%s: %d inputs", when, n)
				if n >= 15 {
					t.Errorf("%s: %d inputs are seen, want fewer than 15", when, n)
				}
			}
			b.Open(at+"/violations/new").Fill("type_code", "WATER_EVASION").Press("下一步")
			few("one basis")
			b.Want("第三十九条", "未经官方文本核对", "事实取自2024年10月15日日常检查的检查发现", "另行引用")
			if got := b.Eval(`document.getElementsByName("facts")[0].value`); got != f.Inspection.Findings {
				t.Errorf("the facts begin with %q, want what the inspection found", got)
			}
			// Two laws: a choice, and then a reason for it. Nothing typed is lost on the way.
			b.Fill("facts", "二〇二六年八月跨越新旧法的外排").Fill("act_from", "2026-08-01").Fill("act_to", "2026-08-20").Press("更新可选条款")
			few("several bases")
			b.Want("选用：", "暂不选定")
			if seen := b.Eval(`document.getElementsByName("choice_reason")[0].checkVisibility()`); seen != "false" {
				t.Error("a reason is asked while nothing is chosen")
			}
			b.Fill("candidate", "0")
			few("one chosen")
			if seen := b.Eval(`document.getElementsByName("choice_reason")[0].checkVisibility()`); seen != "true" {
				t.Error("no reason is asked though one of several laws is chosen")
			}
			b.Press("登记违法行为").Want("请写明选择这种依据的理由")
			if got := b.Eval(`document.getElementsByName("facts")[0].value`); got != "二〇二六年八月跨越新旧法的外排" {
				t.Errorf("a refused form shows the facts %q", got)
			}
			few("refused")
			b.Fill("version_choice", "从旧").Fill("choice_reason", "行为主要发生在法典施行前").Fill("confirm", "1").Press("登记违法行为")
			b.Want("违法行为已登记", "二〇二六年八月跨越新旧法的外排", "从旧", "行为主要发生在法典施行前", "已确认")
			if !strings.HasPrefix(b.Path(), at+"?panel=law") {
				t.Errorf("after adding a violation the reader is at %s", b.Path())
			}
		})
	}
}

// An officer links exhibits to elements, on the exhibit's form and on that of the elements; the panel says what is missing.
func TestJourneyEvidenceByElement(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	at := f.Open()
	f.Violate(at, "WATER_EVASION", "facts", "外排").Want(http.StatusSeeOther)
	for _, width := range []int{1280, 390} {
		name := fmt.Sprintf("排口照片%d", width)
		b := f.Chrome(t, width, 900)
		b.SignIn("officer").Open(at+"?panel=evidence").Press("登记证据").Fill("kind", "照片").Fill("title", name).Fill("elements", "1/discharge").Press("登记")
		b.Want("证据已登记", name, "3 项要件没有证据", "缺证据")
		b.Press("核对要件、关联证据").Want("1. 排放了水污染物").Fill("checklist.1.answer", "具备").Fill("checklist.1.evidence", fmt.Sprint(map[int]int{1280: 1, 390: 2}[width])).Press("保存")
		b.Want("要件核对已保存", "2 项要件没有证据", "具备")
		if width == 1280 {
			// Editing the violation keeps what was linked.
			b.Open("/violations/1/edit").Fill("facts", "外排，已改写").Press("保存")
			b.Open(at+"?panel=evidence").Want("2 项要件没有证据").Open(at+"?panel=history").Want("关联证据", name)
			x, err := f.Service.EvidenceItem(context.Background(), f.Actor(registry.RoleOfficer), 1)
			if err != nil {
				t.Fatal(err)
			}
			b.Open(fmt.Sprintf("/evidence/%d/edit", x.ID)).Press("删除证据").Want("已删除", "4 项要件没有证据")
		}
	}
}
