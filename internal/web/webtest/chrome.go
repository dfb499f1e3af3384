package webtest

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

var shots = flag.String("shots", "", "keep a screenshot of every page that a browser journey visits in this folder")

// Tab is a page in a real browser.
type Tab struct {
	a     *App
	t     testing.TB
	ctx   context.Context
	width int
	shot  int
}

// Chrome opens a tab of the given size in headless Chromium. Without a browser the test is skipped with the reason; in CI,
// which installs one, it fails. Browser journeys take most of a minute each: -short leaves them out.
func (a *App) Chrome(t testing.TB, width, height int) *Tab {
	t.Helper()
	return a.ChromeIn(t, t.TempDir(), width, height)
}

// ChromeIn is Chrome with the folder that the browser keeps everything in: another tab with the same folder, once this one is closed, is the same
// browser opened again.
func (a *App) ChromeIn(t testing.TB, folder string, width, height int) *Tab {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser journey: run without -short")
	}
	path := findChrome()
	if path == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("CI has no chromium: .ci/run should have installed it")
		}
		t.Skip("no chromium on this machine: the browser journeys are skipped (Debian: apt-get install chromium)")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true),
		chromedp.Flag("no-proxy-server", true), chromedp.WindowSize(width, height), chromedp.UserDataDir(folder))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(cancel)
	ctx, timeout := context.WithTimeout(ctx, 20*time.Minute)
	t.Cleanup(timeout)
	b := &Tab{a: a, t: t, ctx: ctx, width: width}
	size := chromedp.EmulateViewport(int64(width), int64(height))
	if width < 600 {
		size = chromedp.EmulateViewport(int64(width), int64(height), chromedp.EmulateMobile)
	}
	do(b, "open a tab", size)
	return b
}

func findChrome() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	return ""
}

func do[T any](b *Tab, what string, action chromedp.Action[T]) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, action)
	if err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
	return v
}

// eval evaluates an expression and decodes its value.
func eval[T any](b *Tab, expr string) T {
	b.t.Helper()
	return do(b, "evaluate "+expr, chromedp.Evaluate[T](expr))
}

// SignIn signs in as an account of the test register.
func (b *Tab) SignIn(username string) *Tab {
	b.t.Helper()
	b.Open("/login").Fill("username", username).Fill("password", Password).Press("登录")
	return b
}

// Open goes to a path and checks the page's layout: nothing may be wider than the window.
func (b *Tab) Open(path string) *Tab {
	b.t.Helper()
	return b.Visit(b.a.Server.URL + path)
}

// Visit is Open of a whole address, of a file too.
func (b *Tab) Visit(address string) *Tab {
	b.t.Helper()
	do(b, "open "+address, chromedp.Navigate(address))
	b.look()
	return b
}

// look checks what every page must hold, and keeps a screenshot where asked.
func (b *Tab) look() {
	b.t.Helper()
	type layout struct {
		Page int
		Path string
		Who  []string
	}
	// Not against window.innerWidth: a phone zooms out to show a page that is too wide, and innerWidth grows with it.
	wide := eval[layout](b, fmt.Sprintf(`({Page: document.documentElement.scrollWidth, Path: location.pathname,
		Who: [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > %d + 1 &&
			!e.closest('.table-wrap, .path-figure, .scroll')).slice(0, 3).map(e => e.tagName + '.' + e.className)})`, b.width))
	if wide.Page > b.width {
		b.t.Errorf("%s at %d px is %d px wide: %v stick out", wide.Path, b.width, wide.Page, wide.Who)
	}
	if *shots == "" {
		return
	}
	b.shot++
	name := fmt.Sprintf("%s-%02d-%d%s.png", strings.ReplaceAll(b.t.Name(), "/", "-"), b.shot, b.width, strings.ReplaceAll(wide.Path, "/", "_"))
	png := do(b, "screenshot", chromedp.FullScreenshot(100))
	if err := os.MkdirAll(*shots, 0o750); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*shots, name), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// Fill types into an input, or chooses in a select or a group of radio buttons, by field name.
func (b *Tab) Fill(name, value string) *Tab {
	b.t.Helper()
	n, _ := json.Marshal(name)
	v, _ := json.Marshal(value)
	result := eval[string](b, fmt.Sprintf(`(() => {
		const list = [...document.getElementsByName(%[1]s)];
		if (!list.length) return 'no field';
		const fire = e => { e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true})); };
		if (list[0].type === 'radio' || list[0].type === 'checkbox') {
			const e = list.find(x => x.value === %[2]s);
			if (!e) return 'no choice; there are ' + list.map(x => x.value).join(', ');
			e.checked = true; fire(e); return 'ok';
		}
		const e = list.find(x => x.type !== 'hidden') || list[0];
		e.value = %[2]s; fire(e);
		return e.value === %[2]s || e.tagName !== 'SELECT' ? 'ok' : 'no such option';
	})()`, n, v))
	if result != "ok" {
		b.t.Fatalf("fill %s with %q on %s: %s", name, value, b.Path(), result)
	}
	return b
}

// Unfold opens what the page has folded away, as a person does before pressing what is inside.
func (b *Tab) Unfold() *Tab {
	b.t.Helper()
	eval[bool](b, `(() => { for (const d of document.querySelectorAll('main details')) d.open = true; return true })()`)
	return b
}

// Press clicks the visible button or link with this text, says yes where the page asks for confirmation, and waits for the page
// that follows.
func (b *Tab) Press(text string) *Tab {
	b.t.Helper()
	q, _ := json.Marshal(text)
	found := eval[bool](b, fmt.Sprintf(`(() => {
		const seen = e => e.offsetParent !== null || getComputedStyle(e).position === 'fixed';
		const all = [...document.querySelectorAll('main button, main a, form button, button, a')].filter(seen);
		const e = all.find(x => x.textContent.trim() === %[1]s) || all.find(x => x.textContent.trim().includes(%[1]s));
		if (!e) return false;
		window.__before = true; window.confirm = () => true; e.scrollIntoView({block: 'center'}); setTimeout(() => e.click(), 0); return true;
	})()`, q))
	if !found {
		b.t.Fatalf("no button or link %q on %s:\n%s", text, b.Path(), b.Text())
	}
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		if fresh, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`document.readyState === 'complete' && !window.__before`)); err == nil && fresh {
			b.look()
			return b
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.t.Fatalf("after %q no new page came on %s:\n%s", text, b.Path(), b.Text())
	return b
}

// Drag presses the mouse on an element, moves to another's lower end in steps, and lets go. Both are expressions of the page, the second asked anew while the mouse is down.
func (b *Tab) Drag(element, to string) *Tab {
	b.t.Helper()
	at := func(expr string, part float64) (x, y float64) {
		p := eval[[]float64](b, fmt.Sprintf("(() => { const r = (%s).getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height * %g] })()", expr, part))
		return p[0], p[1]
	}
	eval[bool](b, fmt.Sprintf("((%s).scrollIntoView({block: 'center'}), true)", element))
	x, y := at(element, 0.5)
	do(b, "press", chromedp.MouseEvent("mousePressed", x, y, chromedp.ButtonLeft))
	for range 4 {
		_, y = at(to, 0.9)
		do(b, "move", chromedp.MouseEvent("mouseMoved", x, y, chromedp.ButtonLeft))
	}
	do(b, "let go", chromedp.MouseEvent("mouseReleased", x, y, chromedp.ButtonLeft))
	return b
}

// Path is where the tab is.
func (b *Tab) Path() string {
	b.t.Helper()
	u, err := url.Parse(eval[string](b, "location.href"))
	if err != nil {
		b.t.Fatal(err)
	}
	return u.RequestURI()
}

// Text is what the page shows.
func (b *Tab) Text() string {
	b.t.Helper()
	return eval[string](b, "document.body.innerText")
}

// Want asks that the page shows these words.
func (b *Tab) Want(words ...string) *Tab {
	b.t.Helper()
	text := b.Text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			b.t.Errorf("%s does not show %q:\n%s", b.Path(), w, text)
		}
	}
	return b
}

// Until evaluates an expression of the page until it is true: for what scripts do after a while, and for what a test does by script.
func (b *Tab) Until(expr string) *Tab {
	b.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if yes, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+expr+")")); err == nil && yes { // an error: the page is going
			return b
		}
	}
	b.t.Fatalf("on %s never: %s\n%s", b.Path(), expr, b.Text())
	return b
}

// Look checks the page's layout again, after a script has changed it.
func (b *Tab) Look() *Tab {
	b.t.Helper()
	b.look()
	return b
}

// Close closes the browser, as a person does.
func (b *Tab) Close() {
	b.t.Helper()
	if err := chromedp.Cancel(b.ctx); err != nil {
		b.t.Fatalf("close the browser: %v", err)
	}
}

// Choose chooses files in a file input.
func (b *Tab) Choose(selector string, files ...string) *Tab {
	b.t.Helper()
	do(b, "choose files for "+selector, chromedp.SetUploadFiles(selector, files))
	return b
}

// Eval runs a script of the page and gives its value.
func (b *Tab) Eval(expr string) string {
	b.t.Helper()
	return eval[string](b, "String("+expr+")")
}
