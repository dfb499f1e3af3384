package web_test

import (
	"net/http"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// The box finds each kind by what people know of it, and says where the others are.
func TestSearchBox(t *testing.T) {
	a := webtest.Demo(t)
	c := a.As(registry.RoleOfficer)
	for q, want := range map[string][]string{
		"养殖":           {"案件", "养殖场", "更多案件", "法条", "/cases?q="},
		"江江环立〔2025〕9号": {"编号、文号"},
		"恩平":           {"案件", "养殖场"},
		"水污染防治法第三十九条":  {"/statutes/water-pollution-law/2017#39", "法条"},
		"水污染防治法":       {"《水污染防治法》"},
		"渗坑":           {"违法行为", "<mark>渗坑</mark>"},
		"没有这样的词":       {"没有找到"},
		"养":            {"请输入两个字以上"},
		"":             {"一处查找"},
	} {
		p := c.Get("/search?q="+strings.ReplaceAll(q, " ", "+")).Want(http.StatusOK, want...).Check()
		if !strings.Contains(p.Body, `data-find`) {
			t.Errorf("%q: the page has no search box", q)
		}
	}
	a.As(registry.RolePublisher).Get("/search?q=江门").Want(http.StatusOK, "通报").Check()
	c.Get("/search?q="+strings.Repeat("长", 400)).Want(http.StatusOK, "没有找到")
	c.Get("/cases").Want(http.StatusOK, `action="/search"`)
}

// What another branch's officer may not read, the box does not tell of.
func TestSearchBoxKeepsToTheBranch(t *testing.T) {
	b := newBranches(t)
	for _, h := range []*half{b.ours, b.theirs} {
		b.own.Get("/search?q="+h.word).Want(http.StatusOK, h.farm.Name)
	}
	b.others[registry.RoleAdmin].Get("/admin/bureau").Submit("/admin/bureau", "own_branch_only", "1").Want(http.StatusSeeOther)
	b.own.Get("/search?q="+b.ours.word).Want(http.StatusOK, b.ours.farm.Name)
	b.own.Get("/search?q="+b.theirs.word).Want(http.StatusOK, "没有找到").WantNot(b.theirs.farm.Name)
}

// With the keyboard alone: "/" goes to the box, arrows through what it finds, Enter opens it, at both widths; without leaving the page Escape closes it.
func TestJourneySearchBox(t *testing.T) {
	a := webtest.Demo(t)
	for _, width := range []int{1280, 390} {
		b := a.Chrome(t, width, 844)
		b.SignIn("officer").Open("/farms")
		key := func(on, key string) {
			t.Helper()
			b.Eval(`(document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '` + key + `', bubbles: true, cancelable: true})), '')`)
			if on != "" && b.Eval("document.activeElement.matches('"+on+"')") != "true" {
				t.Fatalf("after %s at %d px the focus is on %s", key, width, b.Eval("document.activeElement.outerHTML.slice(0, 200)"))
			}
		}
		key("#find", "/")
		b.Eval(`(document.activeElement.value = '恩平', document.activeElement.dispatchEvent(new Event('input', {bubbles: true})), '')`)
		b.Until(`document.querySelector("[data-find-list] a")`).Look()
		key("[data-find-list] a", "ArrowDown")
		key("#find", "ArrowUp")
		key("[data-find-list] a", "ArrowDown")
		if inside := b.Eval(`(r => r.left >= 0 && r.right <= ` + map[int]string{1280: "1280", 390: "390"}[width] + `)(document.querySelector("[data-find-list]").getBoundingClientRect())`); inside != "true" {
			t.Errorf("what is found sticks out at %d px", width)
		}
		key("#find", "Escape")
		if b.Eval(`document.querySelector("[data-find-list]").hidden`) != "true" {
			t.Error("Escape leaves the list open")
		}
		b.Eval(`(document.querySelector("#find").dispatchEvent(new Event('input', {bubbles: true})), '')`)
		b.Until(`!document.querySelector("[data-find-list]").hidden`)
		href := b.Eval(`document.querySelector("[data-find-list] li a").getAttribute("href")`)
		b.Eval(`(setTimeout(() => document.querySelector("[data-find-list] li a").click(), 0), '')`)
		b.Until("location.pathname === '" + href + "'")
		if bars := b.Eval(`[...document.querySelectorAll("body *")].filter(e => ["fixed", "sticky"].includes(getComputedStyle(e).position) && e.offsetWidth >= 390 && e.closest("table") === null).reduce((n, e) => n + e.offsetHeight, 0) < 90`); width == 390 && bars != "true" {
			t.Error("the bars of a page are 90 px or more on a phone")
		}
	}
}
