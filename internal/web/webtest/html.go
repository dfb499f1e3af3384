package webtest

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Page is one answer.
type Page struct {
	client *Client
	Method string
	Path   string
	Status int
	Header http.Header
	Body   string
	doc    *html.Node
	parts  []*Page // of which it was put together: GetCase
}

// Doc is the parsed page.
func (p *Page) Doc() *html.Node {
	if p.doc == nil {
		doc, err := html.Parse(strings.NewReader(p.Body))
		if err != nil {
			p.client.a.T.Fatalf("%s: %v", p.Path, err)
		}
		p.doc = doc
	}
	return p.doc
}

// Text is what a reader sees of the page's main part, its white space collapsed.
func (p *Page) Text() string {
	var b strings.Builder
	for _, x := range p.parts {
		b.WriteString(x.Text() + " ")
	}
	if p.parts != nil {
		return b.String()
	}
	main := p.Doc()
	for n := range p.all("main") {
		main = n
	}
	for n := range main.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
			b.WriteString(n.Data)
			if next := n.NextSibling; next == nil || next.Data != "wbr" || next.NextSibling == nil { // a title goes on behind it
				b.WriteString(" ")
			}
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// said is the answer as it was sent, without the places where a title may be broken.
func (p *Page) said() string { return strings.ReplaceAll(p.Body, "<wbr>", "") }

// Want fails the test unless the status is right and every text is on the page.
func (p *Page) Want(status int, texts ...string) *Page {
	p.client.a.T.Helper()
	if p.Status != status {
		p.client.a.T.Fatalf("%s %s: status %d, want %d\n%s", p.Method, p.Path, p.Status, status, p.Text())
	}
	for _, t := range texts {
		if !strings.Contains(p.Text(), t) && !strings.Contains(p.said(), t) {
			p.client.a.T.Errorf("%s %s: the page does not say %q\n%s", p.Method, p.Path, t, p.Text())
		}
	}
	return p
}

// WantNot fails the test if a text is anywhere in the answer.
func (p *Page) WantNot(texts ...string) *Page {
	p.client.a.T.Helper()
	for _, t := range texts {
		if strings.Contains(p.said(), t) {
			p.client.a.T.Errorf("%s %s: the answer must not say %q", p.Method, p.Path, t)
		}
	}
	return p
}

func (p *Page) all(tag string) func(yield func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		for n := range p.Doc().Descendants() {
			if n.Type == html.ElementNode && n.Data == tag && !yield(n) {
				return
			}
		}
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// Form is what a browser would send from the form with this action: every input with its present value. An empty action takes
// the first POST form of the main part that has fields a person can see.
func (p *Page) Form(action string) url.Values {
	p.client.a.T.Helper()
	for form := range p.all("form") {
		if action != "" && attr(form, "action") != action || action == "" && (attr(form, "action") == "/logout" || attr(form, "method") != "post") {
			continue
		}
		return formValues(form)
	}
	p.client.a.T.Fatalf("%s: no form with action %q", p.Path, action)
	return nil
}

func formValues(form *html.Node) url.Values {
	v := url.Values{}
	for n := range form.Descendants() {
		name := attr(n, "name")
		if n.Type != html.ElementNode || name == "" || has(n, "disabled") {
			continue
		}
		switch n.Data {
		case "input":
			switch attr(n, "type") {
			case "checkbox", "radio":
				if has(n, "checked") {
					v.Add(name, attr(n, "value"))
				}
			case "submit", "button", "file":
			default:
				v.Add(name, attr(n, "value"))
			}
		case "textarea":
			text := ""
			for c := range n.ChildNodes() {
				text += c.Data
			}
			v.Add(name, text)
		case "select":
			chosen, first := "", true
			for o := range n.Descendants() {
				if o.Type == html.ElementNode && o.Data == "option" && (first || has(o, "selected")) {
					chosen, first = attr(o, "value"), false
				}
			}
			v.Add(name, chosen)
		}
	}
	return v
}

// Submit fills in and sends the form with this action, as a person would: fields are name, value, name, value …
func (p *Page) Submit(action string, fields ...string) *Page {
	p.client.a.T.Helper()
	v := p.Form(action)
	for i := 0; i+1 < len(fields); i += 2 {
		v.Set(fields[i], fields[i+1])
	}
	if action == "" {
		action = p.Path
	}
	return p.client.Post(action, v)
}

// Links lists the local addresses the page links to.
func (p *Page) Links() []string {
	seen := map[string]bool{}
	for n := range p.all("a") {
		if h := attr(n, "href"); strings.HasPrefix(h, "/") {
			seen[h] = true
		}
	}
	for n := range p.all("tr") {
		if h := attr(n, "data-href"); h != "" {
			seen[h] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// Check fails the test for each thing that no page may have.
func (p *Page) Check() *Page {
	p.client.a.T.Helper()
	for _, x := range p.parts {
		x.Check()
	}
	if p.parts != nil {
		return p
	}
	for _, problem := range Problems(p.Doc(), p.Body) {
		p.client.a.T.Errorf("%s %s: %s", p.Method, p.Path, problem)
	}
	return p
}

// Problems lists what is wrong with a page: ids that repeat, references to ids that are not there, inputs without a label,
// anything inline that the content policy would stop, and the marks that template mistakes leave.
func Problems(doc *html.Node, body string) (list []string) {
	bad := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	ids, labelled := map[string]bool{}, map[string]bool{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id := attr(n, "id"); id != "" {
			if ids[id] {
				bad("id %q twice", id)
			}
			ids[id] = true
		}
		if n.Data == "label" {
			labelled[attr(n, "for")] = true
		}
	}
	headings := 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "h1" {
			headings++
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				bad("inline %s on <%s>", a.Key, n.Data)
			case (a.Key == "href" || a.Key == "src" || a.Key == "action") && (strings.Contains(a.Val, "javascript:") || strings.HasPrefix(a.Val, "http:") || strings.HasPrefix(a.Val, "//")):
				bad("<%s %s=%q>", n.Data, a.Key, a.Val)
			case strings.Contains(a.Val, "ZgotmplZ"):
				bad("<%s %s> holds a value that the template refused", n.Data, a.Key)
			case a.Key == "for" && !ids[a.Val]:
				bad("a label for %q, which is not there", a.Val)
			case a.Key == "aria-describedby" || a.Key == "aria-labelledby":
				for id := range strings.FieldsSeq(a.Val) {
					if !ids[id] {
						bad("%s=%q, which is not there", a.Key, id)
					}
				}
			case n.Data == "a" && a.Key == "href" && strings.HasPrefix(a.Val, "#") && len(a.Val) > 1 && !ids[a.Val[1:]]:
				bad("a link to %s, which is not on the page", a.Val)
			}
		}
		switch n.Data {
		case "script":
			if attr(n, "src") == "" {
				bad("inline script")
			}
		case "style":
			bad("inline style sheet")
		case "img":
			if !has(n, "alt") {
				bad("image without alt")
			}
		case "form":
			if strings.EqualFold(attr(n, "method"), "post") && attr(n, "action") == "" {
				bad("a POST form without action")
			}
		case "input", "select", "textarea":
			if t := attr(n, "type"); t == "hidden" || t == "submit" || t == "button" {
				continue
			}
			if !labelled[attr(n, "id")] && attr(n, "aria-label") == "" && attr(n, "aria-labelledby") == "" && !within(n, "label") {
				bad("<%s name=%q> has no label", n.Data, attr(n, "name"))
			}
		case "th":
			if !has(n, "scope") {
				bad("<th> without scope")
			}
		}
	}
	if headings != 1 {
		bad("%d <h1>, want 1", headings)
	}
	for _, mark := range []string{"<no value>", "%!", "&lt;nil&gt;", "{{", "0001-01-01", "map["} {
		if strings.Contains(body, mark) {
			bad("%q on the page: a value was printed raw", mark)
		}
	}
	return list
}

func within(n *html.Node, tag string) bool {
	for a := range n.Ancestors() {
		if a.Type == html.ElementNode && a.Data == tag {
			return true
		}
	}
	return false
}
