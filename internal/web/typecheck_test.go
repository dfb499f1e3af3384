package web_test

import (
	"fmt"
	"html/template"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"testing"
	"text/template/parse"

	"casebook/internal/web"
	"casebook/internal/web/kit"
)

// Every template is checked against its page's struct without running it: fields, methods, functions and the values passed to
// partials, also in branches that no test reaches.
func TestTemplatesFitTheirPages(t *testing.T) {
	s, err := web.New(web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	set, pages, funcs := s.Templates()
	seen := map[string]bool{}
	for _, p := range web.Pages() {
		name := p.Template()
		seen[name] = true
		if !slices.Contains(pages, name) {
			t.Errorf("%T names pages/%s.html, which is not there", p, name)
			continue
		}
		c := &checker{t: t, tmpl: set, funcs: funcs, done: map[string]bool{}}
		c.template(name, name, reflect.TypeOf(p))
	}
	for _, name := range pages {
		if !seen[name] {
			t.Errorf("pages/%s.html has no struct in web.Pages", name)
		}
	}
}

// Every page can be drawn: package draw knows all that its template does, and in what places.
func TestTemplatesCanBeDrawn(t *testing.T) {
	s, err := web.New(web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.PrepareAll(); err != nil {
		t.Fatal(err)
	}
}

// All pages ready to be drawn take 7 MB. As a set of their own for each page they took 79: an idle server was mostly templates.
func TestTemplatesAreShared(t *testing.T) {
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	s, err := web.New(web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.PrepareAll(); err != nil {
		t.Fatal(err)
	}
	if all := int64(heap()) - int64(before); all > 14<<20 {
		t.Errorf("all pages take %d MB, want at most 14", all>>20)
	}
	runtime.KeepAlive(s)
}

// The checker itself must see mistakes.
func TestCheckerSeesMistakes(t *testing.T) {
	type inner struct{ Name string }
	type data struct {
		kit.Layout
		List  []inner
		Map   map[string]inner
		Form  *kit.Form
		Inner *inner
	}
	s, err := web.New(web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	set, _, funcs := s.Templates()
	for text, want := range map[string]int{
		`{{range .List}}{{.Name}}{{end}}{{.Inner.Name}}{{.Title}}{{$x := .Inner}}{{$x.Name}}`: 0,
		`{{if false}}{{.Nome}}{{end}}`:                            1,
		`{{range .List}}{{.Title}}{{end}}`:                        1,
		`{{range .List}}{{$.Title}}{{end}}`:                       0,
		`{{with .Inner}}{{.Nope}}{{end}}`:                         1,
		`{{(index .Map "a").Nope}}`:                               1,
		`{{template "token" .List}}`:                              1,
		`{{template "nothing" .}}`:                                1,
		`{{template "field/text" (field .Form "a")}}`:             0,
		`{{template "field/text" .Form}}`:                         1, // Form has none of a Field's fields
		`{{.Can "record.write"}}{{district .Title}}`:              0,
		`{{district .List}}`:                                      1,
		`{{district}}`:                                            1,
		`{{range $i, $x := .List}}{{add $i 1}}{{$x.Nope}}{{end}}`: 1,
	} {
		tmpl, err := template.Must(set.Clone()).New("x").Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		quiet := &recorder{}
		c := &checker{t: quiet, tmpl: tmpl, funcs: funcs, done: map[string]bool{}}
		c.template("x", "x", reflect.TypeFor[data]())
		if (len(quiet.list) > 0) != (want > 0) {
			t.Errorf("%s: problems %q, want any: %v", text, quiet.list, want > 0)
		}
	}
}

type recorder struct{ list []string }

func (r *recorder) Errorf(format string, args ...any) {
	r.list = append(r.list, fmt.Sprintf(format, args...))
}

type checker struct {
	t interface {
		Errorf(format string, args ...any)
	}
	tmpl  *template.Template
	funcs template.FuncMap
	done  map[string]bool
	page  string
}

// scope is what a template can name: the dot, and variables. A nil type is one that only running would tell.
type scope struct {
	dot  reflect.Type
	vars map[string]reflect.Type
}

func (s scope) with(dot reflect.Type) scope { return scope{dot, maps.Clone(s.vars)} }

func (c *checker) bad(n parse.Node, tree, format string, args ...any) {
	c.t.Errorf("page %s, template %s: %s: %s", c.page, tree, n, fmt.Sprintf(format, args...))
}

func (c *checker) template(page, name string, dot reflect.Type) {
	c.page = page
	key := fmt.Sprint(name, "|", dot)
	if c.done[key] {
		return
	}
	c.done[key] = true
	t := c.tmpl.Lookup(name)
	if t == nil || t.Tree == nil {
		c.t.Errorf("page %s: no template %q", page, name)
		return
	}
	c.list(t.Tree.Root, name, scope{dot, map[string]reflect.Type{"$": dot}})
}

func (c *checker) list(l *parse.ListNode, tree string, s scope) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			c.pipe(n.Pipe, tree, s, true)
		case *parse.IfNode:
			inner := s.with(s.dot)
			c.pipe(n.Pipe, tree, inner, true)
			c.list(n.List, tree, inner)
			c.list(n.ElseList, tree, inner)
		case *parse.WithNode:
			inner := s.with(s.dot)
			typ := c.pipe(n.Pipe, tree, inner, true)
			c.list(n.List, tree, inner.with(typ))
			c.list(n.ElseList, tree, s.with(s.dot))
		case *parse.RangeNode:
			inner := s.with(s.dot)
			typ := c.pipe(n.Pipe, tree, inner, false)
			key, elem := c.elements(n, tree, typ)
			switch d := n.Pipe.Decl; len(d) {
			case 1:
				inner.vars[d[0].Ident[0]] = elem
			case 2:
				inner.vars[d[0].Ident[0]], inner.vars[d[1].Ident[0]] = key, elem
			}
			c.list(n.List, tree, inner.with(elem))
			c.list(n.ElseList, tree, s.with(s.dot))
		case *parse.TemplateNode:
			var typ reflect.Type
			if n.Pipe != nil {
				typ = c.pipe(n.Pipe, tree, s, true)
			}
			c.template(c.page, n.Name, typ)
		}
	}
}

func (c *checker) elements(n parse.Node, tree string, typ reflect.Type) (key, elem reflect.Type) {
	if typ == nil {
		return nil, nil
	}
	typ = indirect(typ)
	number := reflect.TypeFor[int]()
	switch typ.Kind() {
	case reflect.Slice, reflect.Array:
		return number, typ.Elem()
	case reflect.Map:
		return typ.Key(), typ.Elem()
	case reflect.Int, reflect.Int64:
		return typ, typ
	case reflect.Interface, reflect.Func:
		return nil, nil
	}
	c.bad(n, tree, "cannot range over %s", typ)
	return nil, nil
}

func indirect(t reflect.Type) reflect.Type {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

func (c *checker) pipe(p *parse.PipeNode, tree string, s scope, declare bool) reflect.Type {
	var typ reflect.Type
	for i, cmd := range p.Cmds {
		typ = c.command(cmd, tree, s, typ, i > 0)
	}
	if declare {
		for _, v := range p.Decl {
			s.vars[v.Ident[0]] = typ
		}
	}
	return typ
}

func (c *checker) command(cmd *parse.CommandNode, tree string, s scope, final reflect.Type, piped bool) reflect.Type {
	first := cmd.Args[0]
	var args []reflect.Type
	for _, a := range cmd.Args[1:] {
		args = append(args, c.value(a, tree, s))
	}
	if piped {
		args = append(args, final)
	}
	switch n := first.(type) {
	case *parse.IdentifierNode:
		return c.function(n, tree, args)
	case *parse.FieldNode:
		return c.chain(n, tree, s.dot, n.Ident, args)
	case *parse.VariableNode:
		return c.chain(n, tree, s.vars[n.Ident[0]], n.Ident[1:], args)
	case *parse.ChainNode:
		return c.chain(n, tree, c.value(n.Node, tree, s), n.Field, args)
	}
	return c.value(first, tree, s)
}

func (c *checker) value(n parse.Node, tree string, s scope) reflect.Type {
	switch n := n.(type) {
	case *parse.DotNode:
		return s.dot
	case *parse.PipeNode:
		return c.pipe(n, tree, s, true)
	case *parse.StringNode:
		return reflect.TypeFor[string]()
	case *parse.BoolNode:
		return reflect.TypeFor[bool]()
	case *parse.FieldNode:
		return c.chain(n, tree, s.dot, n.Ident, nil)
	case *parse.VariableNode:
		return c.chain(n, tree, s.vars[n.Ident[0]], n.Ident[1:], nil)
	case *parse.ChainNode:
		return c.chain(n, tree, c.value(n.Node, tree, s), n.Field, nil)
	case *parse.IdentifierNode:
		return c.function(n, tree, nil)
	}
	return nil // a number fits many types
}

// chain follows .A.B.C from typ; args belong to the last.
func (c *checker) chain(n parse.Node, tree string, typ reflect.Type, names []string, args []reflect.Type) reflect.Type {
	for i, name := range names {
		if typ == nil {
			return nil
		}
		if typ.Kind() == reflect.Interface && typ.NumMethod() == 0 {
			return nil
		}
		m, ok := typ.MethodByName(name)
		if !ok && typ.Kind() != reflect.Pointer && typ.Kind() != reflect.Interface {
			m, ok = reflect.PointerTo(typ).MethodByName(name)
		}
		if ok {
			var with []reflect.Type
			if i == len(names)-1 {
				with = args
			}
			skip := 1
			if typ.Kind() == reflect.Interface {
				skip = 0
			}
			if m.Type.NumOut() == 0 {
				c.bad(n, tree, "%s has no result", name)
				return nil
			}
			c.arguments(n, tree, m.Type, skip, with)
			typ = m.Type.Out(0)
			continue
		}
		base := indirect(typ)
		switch base.Kind() {
		case reflect.Struct:
			f, ok := base.FieldByName(name)
			if !ok || !f.IsExported() {
				c.bad(n, tree, "%s has no field or method %s", base, name)
				return nil
			}
			typ = f.Type
		case reflect.Map:
			typ = base.Elem()
		default:
			c.bad(n, tree, "%s has no field or method %s", base, name)
			return nil
		}
	}
	return typ
}

func (c *checker) function(n *parse.IdentifierNode, tree string, args []reflect.Type) reflect.Type {
	if f, ok := c.funcs[n.Ident]; ok {
		typ := reflect.TypeOf(f)
		c.arguments(n, tree, typ, 0, args)
		return typ.Out(0)
	}
	switch n.Ident {
	case "len":
		return reflect.TypeFor[int]()
	case "print", "printf", "println", "html", "js", "urlquery":
		return reflect.TypeFor[string]()
	case "eq", "ne", "lt", "le", "gt", "ge", "not":
		return reflect.TypeFor[bool]()
	case "index":
		if len(args) == 2 && args[0] != nil {
			switch base := indirect(args[0]); base.Kind() {
			case reflect.Slice, reflect.Array, reflect.Map:
				return base.Elem()
			}
		}
		return nil
	case "and", "or":
		for _, a := range args[1:] {
			if a != args[0] {
				return nil
			}
		}
		return args[0]
	}
	return nil
}

func (c *checker) arguments(n parse.Node, tree string, f reflect.Type, skip int, args []reflect.Type) {
	want := f.NumIn() - skip
	if !f.IsVariadic() && len(args) != want || f.IsVariadic() && len(args) < want-1 {
		c.bad(n, tree, "%d arguments for %s", len(args), f)
		return
	}
	for i, a := range args {
		in := f.In(min(i+skip, f.NumIn()-1))
		if f.IsVariadic() && i+skip >= f.NumIn()-1 {
			in = in.Elem()
		}
		if a == nil || a.AssignableTo(in) || a.Kind() == reflect.Interface || a.Kind() == reflect.Pointer && a.Elem().AssignableTo(in) || reflect.PointerTo(a).AssignableTo(in) {
			continue
		}
		// A constant text becomes any text type, as in {{.Can "record.write"}}.
		if a == reflect.TypeFor[string]() && in.Kind() == reflect.String {
			continue
		}
		c.bad(n, tree, "argument %d is %s, want %s", i+1, a, in)
	}
}
