package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"casebook/internal/demo"
	"casebook/internal/web/webtest"
)

// axePages are the pages that axe-core looks at, by who sees them; "" is nobody.
var axePages = map[string][]string{
	"": {"/login", "/public", "/public/law"},
}

// axeRules is what axe-core is asked: WCAG 2.0 to 2.2, A and AA, and its best practices. No rule is switched off.
const axeRules = `{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']}`

// axe looks at the page of a tab with axe-core and reports what it finds.
func axe(t *testing.T, b *webtest.Tab, script, where string) {
	t.Helper()
	b.Eval("(() => {" + script + "\n;return 'loaded' })()")
	b.Eval(`(window.axeFound = '', axe.run(document, ` + axeRules + `).then(r => { window.axeFound = JSON.stringify(r.violations.map(v =>
		({id: v.id, help: v.help, nodes: v.nodes.slice(0, 4).map(n => n.html.slice(0, 160) + ' | ' + (n.failureSummary || '').split('\n').slice(1, 2).join(''))}))) },
		e => { window.axeFound = JSON.stringify([{id: 'axe', help: String(e), nodes: []}]) }), 'started')`)
	b.Until("window.axeFound")
	var found []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(b.Eval("window.axeFound")), &found); err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Errorf("%s: %s (%s)\n\t%s", where, f.ID, f.Help, strings.Join(f.Nodes, "\n\t"))
	}
}

// Nothing that axe-core can find is wrong with the product's pages, at a desk and on a phone.
func TestJourneyAccessible(t *testing.T) {
	script, err := os.ReadFile("../../testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	a := webtest.New(t)
	if err := demo.Load(context.Background(), a.Service); err != nil {
		t.Fatal(err)
	}
	for _, width := range []int{1280, 390} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			b := a.Chrome(t, width, 2400) // tall, so that the bar that sticks to a phone's lower edge covers no field where the page begins
			for _, who := range []string{"", "officer", "publisher", "auditor", "admin"} {
				if who != "" {
					b.SignIn(who)
				}
				for _, path := range append(axePages[who], pagesToSee[who]...) {
					b.Open(path)
					axe(t, b, string(script), fmt.Sprintf("%s at %d px", path, width))
				}
				if who != "" {
					b.Open("/more").Press("退出")
				}
			}
		})
	}
}
