// Package draw executes the templates of an html/template set, faster. html/template parses them, decides in which context every value stands
// and which of its escapers belong there; what it leaves is a tree, and draw makes functions of that tree once instead of walking it by
// reflection for every page. It decides nothing about safety: see escape.go. It knows no noun and no page.
//
// Whatever it does not know (a built-in function, a kind of escaping) it refuses when the template is first drawn, and a test draws all. In
// tests of the product every page is drawn by html/template too and the two are compared.
//
// html/template's own walk was a third of a list page's CPU (0.63 of 2.0 ms), 0.65 of 2.3 of the home page, 1.3 of 2.9 of the desk and 3.0 of 8.8 of a
// case page; drawn it is 0.10, 0.19, 0.22 and 0.45 ms. a-h/templ was weighed, not measured: a hundred templates written anew, or two languages side
// by side and partials twice; generated code; and no serve --dev. The first of these prints both ways; of the second's profile, go tool pprof -top -cum
// shows (*Set).Execute beside the rest:
//
//	go test ./internal/web -run '^$' -bench Gallery
//	go test ./internal/web -run '^$' -bench 'ScaleFlat/case$' -benchtime 1000x -cpuprofile cpu.out
//
// Look first at Set, then at compile.go.
package draw

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"sync"
)

// Set is a set of templates as functions. Pages share what they call: a template is compiled once.
type Set struct {
	source *template.Template
	funcs  template.FuncMap
	calls  map[string]Call
	// Functions whose result depends on their arguments alone: with constant arguments they are called once.
	constant map[string]bool

	mu    sync.RWMutex
	ready map[string]*body // by the name of the template
}

// body is a compiled template.
type body struct {
	run   step
	slots int // variables it has at most
}

// New takes a parsed set that has not been executed, the functions that it calls, calls of some of them without reflection, and the names of
// those that are constant.
func New(source *template.Template, funcs template.FuncMap, calls map[string]Call, constant []string) *Set {
	s := &Set{source: source, funcs: funcs, calls: calls, constant: map[string]bool{}, ready: map[string]*body{}}
	for _, name := range constant {
		s.constant[name] = true
	}
	return s
}

// Execute writes a template for data. What was written before an error is of no use.
func (s *Set) Execute(out *bytes.Buffer, name string, data any) (err error) {
	t, err := s.get(name)
	if err != nil {
		return err
	}
	x := runs.Get().(*run)
	x.out = out
	defer func() {
		clear(x.vars[:cap(x.vars)])
		clear(x.args[:cap(x.args)])
		*x = run{vars: x.vars[:0], args: x.args[:0]} // an error left it where it happened
		runs.Put(x)
		if p := recover(); p != nil {
			bad, ok := p.(failure)
			if !ok {
				panic(p)
			}
			err = bad.error
		}
	}()
	x.call(t, reflect.ValueOf(data))
	return nil
}

// Prepare compiles a template before it is drawn, and says what is wrong with it.
func (s *Set) Prepare(name string) error {
	_, err := s.get(name)
	return err
}

// failure is the error that ends an execution.
type failure struct{ error }

func fail(format string, args ...any) { panic(failure{fmt.Errorf(format, args...)}) }

// run is one execution.
type run struct {
	out   *bytes.Buffer
	vars  []reflect.Value // of the templates that are running, each above its caller's
	base  int             // where those of the running one begin
	args  []reflect.Value // of the calls that are running
	depth int
}

var runs = sync.Pool{New: func() any { return &run{} }}

// maxDepth stops a template that calls itself for ever.
const maxDepth = 1000

// call runs a template with its own variables; $ is the first.
func (x *run) call(t *body, dot reflect.Value) {
	if x.depth++; x.depth > maxDepth {
		fail("templates call each other more than %d deep", maxDepth)
	}
	was, top := x.base, len(x.vars)
	x.base = top
	x.vars = append(x.vars, dot)
	for range t.slots {
		x.vars = append(x.vars, reflect.Value{})
	}
	t.run(x, dot)
	x.vars, x.base = x.vars[:top], was
	x.depth--
}

// get is a compiled template.
func (s *Set) get(name string) (*body, error) {
	s.mu.RLock()
	t := s.ready[name]
	s.mu.RUnlock()
	if t != nil {
		return t, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.escape(name); err != nil {
		return nil, err
	}
	made := map[string]*body{}
	if err := s.compile(made, name); err != nil {
		return nil, err
	}
	for name, t := range made {
		s.ready[name] = t
	}
	return s.ready[name], nil
}

// errStop ends an execution at its first word.
var errStop = errors.New("stop")

type stopper struct{}

func (stopper) Write([]byte) (int, error) { return 0, errStop }

// escape has html/template rewrite a template and all that it calls, which it does when one is executed for the first time.
func (s *Set) escape(name string) error {
	err := s.source.ExecuteTemplate(stopper{}, name, nil)
	var bad *template.Error
	if s.source.Lookup(name) == nil || errors.As(err, &bad) {
		return err
	}
	return nil // that there is no data is no fault of the template
}

// compile makes a function of a template and of those that it calls, into made.
func (s *Set) compile(made map[string]*body, name string) (err error) {
	if s.ready[name] != nil || made[name] != nil {
		return nil
	}
	t := s.source.Lookup(name)
	if t == nil || t.Tree == nil {
		return fmt.Errorf("no template %q, or one that html/template draws differently in the place where it is called", name)
	}
	defer func() {
		if p := recover(); p != nil {
			bad, ok := p.(failure)
			if !ok {
				panic(p)
			}
			err = bad.error
		}
	}()
	b := &body{}
	made[name] = b // before its parts: a template may call itself
	c := &compiler{set: s, made: made, name: name, vars: []string{"$"}}
	b.run = c.list(t.Tree.Root)
	b.slots = c.most
	return nil
}

// Fragment is one template that is drawn outside a page, such as a figure.
type Fragment struct{ set *Set }

// NewFragment parses one. A mistake in it is a defect of the program.
func NewFragment(text string) Fragment {
	return Fragment{New(template.Must(template.New("fragment").Parse(text)), nil, nil, nil)}
}

// Execute writes the fragment for data.
func (f Fragment) Execute(w io.Writer, data any) error {
	var b bytes.Buffer
	if err := f.set.Execute(&b, "fragment", data); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}
