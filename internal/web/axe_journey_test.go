package web_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"casebook/internal/web/webtest"
)

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

// axeScript is axe-core (MPL-2.0, its licence beside it), which no page is served.
func axeScript(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile("../../testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}
