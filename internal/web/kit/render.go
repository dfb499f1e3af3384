package kit

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	"sync"
)

// Page is the data of one kind of page: a struct that embeds Layout and names its file, so that a template and the values
// it reads can be checked against each other. "farms/list" is templates/pages/farms/list.html.
type Page interface{ Template() string }

// views are the pages' templates and the static files that they name. parseViews reads every file, so that a mistake in any of them shows
// at once. What a page is drawn with, a copy of the layouts and partials together with what its own file defines, is put together when the
// page is first drawn: these copies take ten times as long as the reading, and a server in a test draws a handful of pages.
type views struct {
	assets assets
	funcs  template.FuncMap
	shared *template.Template            // layouts and partials; only ever copied
	pages  map[string]*template.Template // what the file of each page defines
	mu     sync.Mutex
	drawn  map[string]*template.Template // pages that were put together
}

// parseViews reads the static files, the layouts, the partials and every page under pages/. more are the functions that know nouns.
func parseViews(f files, more map[string]any) (*views, error) {
	assets, err := loadAssets(f.static)
	if err != nil {
		return nil, err
	}
	v := &views{assets: assets, funcs: funcs(assets, more), pages: map[string]*template.Template{}, drawn: map[string]*template.Template{}}
	if v.shared, err = template.New("").Funcs(v.funcs).Option("missingkey=error").ParseFS(f.templates, "layout/*.html", "partials/*.html"); err != nil {
		return nil, fmt.Errorf("parse layouts and partials: %w", err)
	}
	err = fs.WalkDir(f.templates, "pages", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(f.templates, path)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(strings.TrimPrefix(path, "pages/"), ".html")
		if v.pages[name], err = template.New(name).Funcs(v.funcs).Parse(string(text)); err != nil {
			return fmt.Errorf("parse page: %w", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

// page is the template of a page with all that it calls.
func (v *views) page(name string) (*template.Template, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if t := v.drawn[name]; t != nil {
		return t, nil
	}
	own := v.pages[name]
	if own == nil {
		return nil, fmt.Errorf("no template pages/%s.html", name)
	}
	t, err := v.shared.Clone()
	if err != nil {
		return nil, err
	}
	for _, d := range own.Templates() {
		if _, err := t.AddParseTree(d.Name(), d.Tree); err != nil {
			return nil, err
		}
	}
	v.drawn[name] = t
	return t, nil
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// release gives a buffer back, unless one large page would keep its memory for ever.
func release(b *bytes.Buffer) {
	if b.Cap() < 1<<20 {
		buffers.Put(b)
	}
}

// currentViews are the views read at start, or with Options.Dev those on disk as they are now.
func (s *Server) currentViews() (*views, error) {
	if s.Options.Dev == nil {
		return s.views, nil
	}
	return parseViews(s.files, s.rooms.Funcs(s))
}

// render executes a page's template; the caller releases the buffer after sending it.
func (s *Server) render(p Page) (*bytes.Buffer, error) {
	v, err := s.currentViews()
	if err != nil {
		return nil, err
	}
	t, err := v.page(p.Template())
	if err != nil {
		return nil, fmt.Errorf("render %T: %w", p, err)
	}
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	if err := t.ExecuteTemplate(b, p.Template(), p); err != nil {
		release(b)
		return nil, fmt.Errorf("render %s: %w", p.Template(), err)
	}
	return b, nil
}

// Templates are the templates of all pages by name with the functions they call, for tests that hold them against their structs.
func (s *Server) Templates() (pages map[string]*template.Template, funcs template.FuncMap, err error) {
	pages = map[string]*template.Template{}
	for name := range s.views.pages {
		if pages[name], err = s.views.page(name); err != nil {
			return nil, nil, err
		}
	}
	return pages, s.views.funcs, nil
}

// NewFragment parses markup that is drawn outside a page, such as a figure. A mistake in it is a defect of the program.
func NewFragment(name, text string) *template.Template {
	return template.Must(template.New(name).Parse(text))
}
