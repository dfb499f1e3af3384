package public

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// exporter writes the site as files.
type exporter struct {
	area
	ctx   context.Context
	base  string // what addresses of the folder begin with for people elsewhere; empty: nobody said
	live  string // what addresses of the site itself begin with; empty: it cannot be reached
	put   func(name string, body []byte) error
	words []casework.PublicWord
	all   []casework.PublicBulletin
	files int
}

// Export writes the public site as files, by their names in a folder (slashes between its parts), and says how many. base is where the folder will be
// reached, as https://host/path: feed and sitemap hold whole addresses and are left out without it. live is where the site itself
// is reached, as https://host, for readers who tell what is wrong; empty: nowhere. The same register gives the same bytes. The search is a script over an index in
// the folder; a form needs a server, so that errors are told to the bureau, or on the site itself. A site that is closed is a conflict.
func Export(ctx context.Context, s *kit.Server, base, live string, put func(name string, body []byte) error) (files int, err error) {
	if !s.Service.PublicSiteOpen() {
		return 0, registry.Conflict("公众网站没有开放：由管理员在“本局”页面开放后才能导出。")
	}
	e := &exporter{area: area{s, &papers{}}, ctx: ctx, base: strings.TrimSuffix(base, "/"), live: strings.TrimSuffix(live, "/")}
	e.put = func(name string, body []byte) error {
		e.files++
		return put(name, body)
	}
	for _, step := range []func() error{e.read, e.lists, e.bulletins, e.gone, e.laws, e.feeds, e.search, e.style} {
		if err := step(); err != nil {
			return e.files, err
		}
	}
	return e.files, nil
}

func (e *exporter) page(name string, p kit.Page) error {
	b, err := e.Render(p)
	if err != nil {
		return err
	}
	return e.put(name, b)
}

// from are the links of a file.
func (e *exporter) from(name string) filed { return filed{name, e.base != ""} }

// read takes every bulletin that the site shows, the latest first.
func (e *exporter) read() error {
	for cursor := ""; ; {
		x, err := e.Service.PublicList(e.ctx, casework.PublicFilter{}, casework.Page{Cursor: cursor, Limit: 100})
		if err != nil {
			return err
		}
		e.words, e.all = x.Words, append(e.all, x.Rows...)
		if cursor = x.Next; cursor == "" {
			return nil
		}
	}
}

// lists writes the list, and one for each word that bulletins are found under.
func (e *exporter) lists() error {
	if err := e.listOf(casework.PublicFilter{}, e.all); err != nil {
		return err
	}
	for _, w := range e.words {
		for _, k := range facetKinds {
			if k.kind != w.Kind {
				continue
			}
			var rows []casework.PublicBulletin
			for _, x := range e.all {
				for _, own := range x.Words {
					if own.Kind == w.Kind && own.Key == w.Key {
						rows = append(rows, x)
					}
				}
			}
			var f casework.PublicFilter
			*k.of(&f) = w.Key
			if err := e.listOf(f, rows); err != nil {
				return err
			}
		}
	}
	return nil
}

// listOf writes the pages of one list.
func (e *exporter) listOf(f casework.PublicFilter, rows []casework.PublicBulletin) error {
	for n := 1; ; n++ {
		shown := rows[:min(pageSize, len(rows))]
		rows = rows[len(shown):]
		name := listFile(f, n)
		l := e.from(name)
		p := e.listPage(l, f, casework.PublicListing{Rows: shown, Words: e.words})
		if n > 1 {
			p.Newer = l.to(listFile(f, n-1))
		}
		if len(rows) > 0 {
			p.More = l.to(listFile(f, n+1))
		}
		if err := e.page(name, p); err != nil || len(rows) == 0 {
			return err
		}
	}
}

func (e *exporter) bulletins() error {
	for i := range e.all {
		x := &e.all[i]
		name := "bulletins/" + x.Slug + "/index.html"
		p := e.bulletinPage(e.from(name), x)
		if e.live != "" {
			p.Live = e.live + served{}.bulletin(x.Slug) + "#report"
		}
		if err := e.page(name, p); err != nil {
			return err
		}
		for _, p := range x.Print.AllPictures() {
			_, f, err := e.Service.PublicPicture(e.ctx, x.Slug, p.SHA256)
			if err != nil {
				return fmt.Errorf("picture of %s: %w", oneLine(x.Print.Title), err)
			}
			if err := e.put(pictureFile(x.Slug, p.SHA256), f.Content); err != nil {
				return err
			}
		}
		_, paper, err := e.paperOf(e.ctx, x.Slug)
		if err != nil {
			return fmt.Errorf("PDF of %s: %w", oneLine(x.Print.Title), err)
		}
		if err := e.put("bulletins/"+x.Slug+".pdf", paper); err != nil {
			return err
		}
		b, err := encode(bulletinJSON(e.at(), x))
		if err != nil {
			return err
		}
		if err := e.put("bulletins/"+x.Slug+".json", b); err != nil {
			return err
		}
	}
	return nil
}

// gone writes the pages of withdrawn bulletins, where whoever kept an address finds when and why.
func (e *exporter) gone() error {
	list, err := e.Service.PublicGone(e.ctx)
	for i := range list {
		name := "bulletins/" + list[i].Slug + "/index.html"
		if err := e.page(name, e.gonePage(e.from(name), &list[i])); err != nil {
			return err
		}
	}
	return err
}

func (e *exporter) laws() error {
	if err := e.page("law/index.html", e.lawsPage(e.from("law/index.html"), e.words)); err != nil {
		return err
	}
	for _, w := range e.words {
		if w.Kind != casework.FacetLaw {
			continue
		}
		x, err := e.Service.PublicLaw(e.ctx, w.Key, casework.Page{Limit: max(1, w.Bulletins)})
		if err != nil {
			return err
		}
		name := "law/" + fileKey(w.Key) + "/index.html"
		if err := e.page(name, e.lawPage(e.from(name), x)); err != nil {
			return err
		}
	}
	return nil
}

// at says addresses of the folder: relative to it where nobody said where it will be reached.
func (e *exporter) at() absolute {
	return func(path string) string {
		if e.base == "" {
			return path
		}
		return strings.TrimSuffix(e.base+"/"+path, "/")
	}
}

// feeds writes the data of all bulletins, and where whole addresses are known feed and sitemap.
func (e *exporter) feeds() error {
	b, err := encode(listOf(e.at(), e.all))
	if err != nil {
		return err
	}
	if err := e.put("bulletins.json", b); err != nil || e.base == "" {
		return err
	}
	at, root := e.at(), e.from("")
	page := func(slug string) string { return at(root.bulletin(slug)) }
	if b, err = feedOf(e.Service.Bureau().Name, at, page, at("index.html"), e.all[:min(feedEntries, len(e.all))]); err != nil {
		return err
	}
	if err := e.put("feed.atom", b); err != nil {
		return err
	}
	var list []casework.PublicLink
	for _, x := range e.all {
		list = append(list, casework.PublicLink{Slug: x.Slug, UpdatedAt: x.UpdatedAt})
	}
	if b, err = sitemapOf(at("index.html"), at(root.laws()), func(key string) string { return at(root.law(key)) }, page, e.words, list); err != nil {
		return err
	}
	return e.put("sitemap.xml", b)
}

// search writes the index of the folder's search: a script, since a page that is opened as file:// may read no other file.
func (e *exporter) search() error {
	type indexed struct {
		Title string `json:"title"`
		Href  string `json:"href"`  // from the folder's root
		About string `json:"about"` // whose it is and when it was published
		Text  string `json:"text"`  // folded
	}
	list := []indexed{}
	root := e.from("")
	for i := range e.all {
		x := &e.all[i]
		list = append(list, indexed{oneLine(x.Print.Title), root.bulletin(x.Slug), strings.TrimSpace(x.Print.Issuer + " " + dayOf(x) + "公开"), x.Text()})
	}
	b, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return e.put(searchIndex, append([]byte("window.publicIndex = "), b...))
}

func (e *exporter) style() error {
	for _, name := range []string{"public.css", searchScript} {
		b, err := e.Asset(name)
		if err != nil {
			return err
		}
		if err := e.put(name, b); err != nil {
			return err
		}
	}
	return nil
}
