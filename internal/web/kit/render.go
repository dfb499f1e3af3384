package kit

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	"sync"

	"casebook/internal/web/draw"
)

// Page is the data of one kind of page: a struct that embeds Layout and names its file, so that a template and the values
// it reads can be checked against each other. "farms/list" is templates/pages/farms/list.html.
type Page interface{ Template() string }

// views are the templates of all pages in one set, which shares the layouts and partials, and the static files that they name.
// Every file is read at once, so that a mistake in any of them shows at start.
type views struct {
	assets assets
	funcs  template.FuncMap
	set    *template.Template
	draw   *draw.Set
	pages  []string
}

// parseViews reads the static files, the layouts, the partials and every page under pages/. more are the functions that know nouns.
func parseViews(f files, more map[string]any) (*views, error) {
	assets, err := loadAssets(f.static)
	if err != nil {
		return nil, err
	}
	v := &views{assets: assets, funcs: funcs(assets, more), set: template.New("").Option("missingkey=error")}
	v.set.Funcs(v.funcs)
	for _, dir := range []string{"layout", "partials", "pages"} {
		err := fs.WalkDir(f.templates, dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			return v.parse(f.templates, path)
		})
		if err != nil {
			return nil, err
		}
	}
	v.draw = draw.New(v.set, v.funcs, calls, constants)
	return v, nil
}

// parse adds a file to the set: a page under its own name. Names are one room: a second definition would silently be every page's.
func (v *views) parse(from fs.FS, path string) error {
	text, err := fs.ReadFile(from, path)
	if err != nil {
		return err
	}
	name, page := strings.CutPrefix(strings.TrimSuffix(path, ".html"), "pages/")
	own, err := template.New(name).Funcs(v.funcs).Parse(string(text))
	if err != nil {
		return fmt.Errorf("parse %s: %w", path, err)
	}
	for _, d := range own.Templates() {
		if d.Tree == nil || d.Name() == name && !page {
			continue // the file itself, of which only the definitions are meant
		}
		if v.set.Lookup(d.Name()) != nil {
			return fmt.Errorf("parse %s: %q is defined in another file too", path, d.Name())
		}
		if _, err := v.set.AddParseTree(d.Name(), d.Tree); err != nil {
			return fmt.Errorf("parse %s: %w", path, err)
		}
	}
	if page {
		v.pages = append(v.pages, name)
	}
	return nil
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
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	if err := v.draw.Execute(b, p.Template(), p); err != nil {
		release(b)
		return nil, fmt.Errorf("render %s: %w", p.Template(), err)
	}
	if s.Options.Compare {
		if err := v.compare(b.String(), p); err != nil {
			return nil, err
		}
	}
	foldUnfilled(b)
	return b, nil
}

// Render is a page as bytes, for who sends or keeps it in another way than as the answer to a request.
func (s *Server) Render(p Page) ([]byte, error) {
	b, err := s.render(p)
	if err != nil {
		return nil, err
	}
	defer release(b)
	return bytes.Clone(b.Bytes()), nil
}

// compare draws a page once more, as html/template does, and tells where the two differ.
func (v *views) compare(drawn string, p Page) error {
	var b strings.Builder
	if err := v.set.ExecuteTemplate(&b, p.Template(), p); err != nil {
		return fmt.Errorf("render %s by html/template: %w", p.Template(), err)
	}
	if want := b.String(); drawn != want {
		at := 0
		for at < min(len(drawn), len(want)) && drawn[at] == want[at] {
			at++
		}
		near := func(s string) string { return s[max(0, at-80):min(len(s), at+80)] }
		return fmt.Errorf("render %s: drawn %q, by html/template %q", p.Template(), near(drawn), near(want))
	}
	return nil
}

// Templates are the templates of all pages in one set, the names of those that are pages, and the functions they call, for tests that hold
// them against their structs.
func (s *Server) Templates() (set *template.Template, pages []string, funcs template.FuncMap) {
	return s.views.set, s.views.pages, s.views.funcs
}

// PrepareAll makes every page ready to be drawn. The server leaves it to the first request for a page; a test does it to find mistakes.
func (s *Server) PrepareAll() error {
	for _, name := range s.views.pages {
		if err := s.views.draw.Prepare(name); err != nil {
			return err
		}
	}
	return nil
}

// NewFragment parses markup that is drawn outside a page, such as a figure. A mistake in it is a defect of the program.
func NewFragment(text string) draw.Fragment { return draw.NewFragment(text) }
