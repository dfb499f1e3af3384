package draw

import (
	"bytes"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"
	"unicode/utf8"
)

// How values are written in each kind of place. html/template decides what an escaper does: for every place there is a sample, a template of
// its own with one value in that place, and a value that is not plain text is written by executing the sample. Of plain text html/template
// is asked once, at start, what it makes of every byte.
//
// whole: what becomes of a byte does not depend on the others, so that a text is written byte by byte. Where it does depend (addresses: a
// scheme, a percent sign), only texts of bytes that always stay as they are skip html/template, and addresses of our own pages with an encoded
// query: a page of statistics has hundreds.
var samples = []struct {
	before, after string
	whole, filter bool
}{
	{before: "", after: "", whole: true},                      // text
	{before: `<a title="`, after: `">`, whole: true},          // an attribute
	{before: "<textarea>", after: "</textarea>", whole: true}, // text that may hold no elements
	{before: `<a href="`, after: `">`},                        // an address
	{before: `<a href="/`, after: `">`},                       // further on in an address
	{before: `<a href="/?q=`, after: `">`},                    // in the query of one
	{before: `<a `, after: `>`, filter: true},                 // a name of an attribute, or all of it
}

// escaping writes values in one kind of place.
type escaping struct {
	sample        *template.Template
	before, after int // bytes of the sample around the value
	whole, filter bool
	raw           reflect.Type // the type that is markup here already
	address       bool         // of an own page: how its query is written is known too
	same          [256]bool    // bytes that stay as they are
	becomes       [256]string  // what the others become, where whole
}

// escapings by the names of the escapers, in their order.
var escapings = map[string]*escaping{}

func init() {
	for _, s := range samples {
		t := template.Must(template.New("sample").Parse(s.before + "{{.}}" + s.after))
		e := &escaping{sample: t, before: len(s.before), after: len(s.after), whole: s.whole, filter: s.filter}
		e.learn()
		var chain []string
		for _, n := range t.Tree.Root.Nodes {
			if a, ok := n.(*parse.ActionNode); ok {
				for _, cmd := range a.Pipe.Cmds[1:] {
					chain = append(chain, cmd.String())
				}
			}
		}
		key := strings.Join(chain, "|")
		if escapings[key] == nil {
			escapings[key] = e
		}
	}
}

// learn asks html/template what it makes of every byte.
func (e *escaping) learn() {
	e.ask("x") // it rewrites the sample
	if e.filter {
		e.raw = reflect.TypeFor[template.HTMLAttr]()
		return
	}
	if got := e.ask(template.HTML("<b>&")); got == "<b>&" {
		e.raw = reflect.TypeFor[template.HTML]()
	}
	beyond := e.ask("中文") == "中文" && e.ask("a\xffb\xe4\xb8c") == "a\xffb\xe4\xb8c"
	for i := range 256 {
		if i >= utf8.RuneSelf {
			e.same[i] = beyond
			continue
		}
		b := string(rune(i))
		got := strings.TrimSuffix(strings.TrimPrefix(e.ask("a"+b+"b"), "a"), "b")
		if e.same[i] = got == b; !e.same[i] {
			e.becomes[i] = got
		}
	}
	e.address = !e.whole && e.ask("/a?b=%E4%bd&c=1+2") == "/a?b=%E4%bd"+e.becomes['&']+"c=1"+e.becomes['+']+"2"
	if e.whole && !beyond {
		e.whole = false // of a rune, not of a byte
	}
}

// ask is what html/template makes of a value here.
func (e *escaping) ask(v any) string {
	var b bytes.Buffer
	if err := e.sample.Execute(&b, v); err != nil {
		fail("escape a %T: %w", v, err)
	}
	return b.String()[e.before : b.Len()-e.after]
}

// textOf is a value as it is written here.
func (e *escaping) textOf(v reflect.Value) string {
	var b bytes.Buffer
	e.write(&b, v)
	return b.String()
}

// write writes a value.
func (e *escaping) write(out *bytes.Buffer, v reflect.Value) {
	if v.IsValid() && !e.filter {
		switch v.Kind() {
		case reflect.String:
			if v.Type() == e.raw {
				out.WriteString(v.String())
				return
			}
			if plain(v.Type()) {
				e.text(out, v.String())
				return
			}
		case reflect.Int, reflect.Int64, reflect.Int32:
			if plain(v.Type()) {
				var digits [20]byte
				out.Write(strconv.AppendInt(digits[:0], v.Int(), 10))
				return
			}
		}
	} else if v.IsValid() && v.Type() == e.raw {
		out.WriteString(v.String())
		return
	}
	var arg any
	if v.IsValid() {
		arg = v.Interface()
	}
	out.WriteString(e.ask(arg))
}

func (e *escaping) text(out *bytes.Buffer, s string) {
	from, begin := 0, out.Len()
	for i := range len(s) {
		if e.same[s[i]] {
			continue
		}
		if !e.whole && !(e.address && s[0] == '/' && encoded(s[i:])) {
			out.Truncate(begin)
			out.WriteString(e.ask(s))
			return
		}
		if s[i] == '%' {
			continue
		}
		out.WriteString(s[from:i])
		out.WriteString(e.becomes[s[i]])
		from = i + 1
	}
	out.WriteString(s[from:])
}

// encoded reports whether an address goes on with what a query has: a byte in hexadecimal, or what parts it.
func encoded(s string) bool {
	hex := func(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }
	return s[0] == '&' || s[0] == '+' || s[0] == '%' && len(s) > 2 && hex(s[1]) && hex(s[2])
}

// isEscaper reports whether html/template put a command into a pipeline.
func isEscaper(cmd *parse.CommandNode) bool {
	id, ok := cmd.Args[0].(*parse.IdentifierNode)
	return ok && strings.HasPrefix(id.Ident, "_html_template_")
}
