package kit

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	"sync"

	"casebook/templates"
)

// Page is the data of one kind of page: a struct that embeds Layout and names its file, so that a template and the values
// it reads can be checked against each other. "farms/list" is templates/pages/farms/list.html.
type Page interface{ Template() string }

// views holds every page's template, parsed once at start.
type views struct {
	pages   map[string]*template.Template
	funcs   template.FuncMap
	buffers sync.Pool
}

// parseViews reads every page under pages/ together with the layouts and partials.
func parseViews(funcs template.FuncMap) (*views, error) {
	base, err := template.New("").Funcs(funcs).Option("missingkey=error").ParseFS(templates.Files, "layout/*.html", "partials/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse layouts and partials: %w", err)
	}
	v := &views{pages: map[string]*template.Template{}, funcs: funcs}
	v.buffers.New = func() any { return new(bytes.Buffer) }
	err = fs.WalkDir(templates.Files, "pages", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(templates.Files, path)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(strings.TrimPrefix(path, "pages/"), ".html")
		t, err := base.Clone()
		if err != nil {
			return err
		}
		if _, err := t.New(name).Parse(string(text)); err != nil {
			return fmt.Errorf("parse page: %w", err)
		}
		v.pages[name] = t
		return nil
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

type buffer struct {
	*bytes.Buffer
	v *views
}

// free gives the buffer back, unless one large page would keep its memory for ever.
func (b buffer) free() {
	if b.Cap() < 1<<20 {
		b.v.buffers.Put(b.Buffer)
	}
}

// render executes a page's template; the caller frees the buffer after sending it.
func (v *views) render(p Page) (buffer, error) {
	t, ok := v.pages[p.Template()]
	if !ok {
		return buffer{}, fmt.Errorf("render: no template pages/%s.html for %T", p.Template(), p)
	}
	b := buffer{v.buffers.Get().(*bytes.Buffer), v}
	b.Reset()
	if err := t.ExecuteTemplate(b, p.Template(), p); err != nil {
		b.free()
		return buffer{}, fmt.Errorf("render %s: %w", p.Template(), err)
	}
	return b, nil
}

// Templates are the parsed pages by name with the functions they call, for tests that hold them against their structs.
func (s *Server) Templates() (pages map[string]*template.Template, funcs template.FuncMap) {
	return s.views.pages, s.views.funcs
}

// NewFragment parses markup that is drawn outside a page, such as a figure. A mistake in it is a defect of the program.
func NewFragment(name, text string) *template.Template {
	return template.Must(template.New(name).Parse(text))
}
