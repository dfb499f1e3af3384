package public

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"casebook/internal/casework"
	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type bulletinPage struct {
	frame
	Print       report.Bulletin
	Published   string
	Source      string
	Lead        []pictureView
	Cases       []caseView
	Tags        []facetLink
	Note        string
	Corrects    *linkView
	Corrections []linkView
	Paper, Data string // its PDF and its JSON
	Report      string // where the form leads; empty where there is none
	Live        string // where there is a form, of a page without one; empty: nowhere
	Contact     string // where else readers tell what is wrong
	Typed       registry.BulletinReport
	Problems    []registry.FieldError // why it was refused
}

func (bulletinPage) Template() string { return "public/bulletin" }

type caseView struct {
	report.BulletinCase
	Parts  []partView
	Figure kit.HTML // the discharge path drawn; empty where it is not published
	Boxes  []box
}

// partView is a section of a case with its pictures.
type partView struct {
	report.BulletinPart
	Figures []pictureView
}

// pictureView is a picture and where its copy is.
type pictureView struct {
	report.Picture
	Src string
}

func picturesOf(l links, slug string, list []report.Picture) (out []pictureView) {
	for _, p := range list {
		out = append(out, pictureView{p, l.picture(slug, p.SHA256)})
	}
	return out
}

// box is a quoted article.
type box struct {
	report.StatuteQuote
	Href string // the law's page
}

type linkView struct{ Title, Href, Published string }

func linkOf(l links, x casework.PublicLink) linkView {
	return linkView{x.Title, l.bulletin(x.Slug), registry.DateOf(x.PublishedAt).Chinese()}
}

// bulletinPage is the page of a bulletin that the site shows.
func (a area) bulletinPage(l links, x *casework.PublicBulletin) bulletinPage {
	p := bulletinPage{frame: a.frame(l, x.Print.Title), Print: x.Print, Published: dayOf(x), Source: x.Source, Note: x.Note, Paper: l.paper(x.Slug), Data: l.data(x.Slug), Report: l.report(x.Slug), Contact: a.Service.Bureau().PublicContact}
	p.Lead = picturesOf(l, x.Slug, x.Print.Pictures)
	for i, c := range x.Print.Cases {
		v := caseView{BulletinCase: c}
		for _, part := range x.Print.Parts(&c) {
			v.Parts = append(v.Parts, partView{part, picturesOf(l, x.Slug, part.Pictures)})
		}
		if c.Path != nil {
			v.Figure = view.PublicPathFigure(fmt.Sprintf("path-%d", i+1), *c.Path)
		}
		for k, q := range c.Quotes {
			b := box{StatuteQuote: q}
			if key := x.Laws[i][k]; key != "" {
				b.Href = l.law(key)
			}
			v.Boxes = append(v.Boxes, b)
		}
		p.Cases = append(p.Cases, v)
	}
	for _, w := range x.Words {
		for _, k := range facetKinds {
			if k.kind == w.Kind {
				var f casework.PublicFilter
				*k.of(&f) = w.Key
				p.Tags = append(p.Tags, facetLink{Label: w.Label, Href: l.list(f)})
			}
		}
	}
	p.Corrects, p.Corrections = corrections(l, x)
	return p
}

func corrections(l links, x *casework.PublicBulletin) (of *linkView, by []linkView) {
	if x.Corrects != nil {
		v := linkOf(l, *x.Corrects)
		of = &v
	}
	for _, c := range x.Corrections {
		by = append(by, linkOf(l, c))
	}
	return of, by
}

// gonePage says when and why a bulletin was withdrawn, and nothing of what was in it.
type gonePage struct {
	frame
	Day, Reason string
	Corrections []linkView
}

func (gonePage) Template() string { return "public/gone" }

func (a area) gonePage(l links, x *casework.PublicBulletin) gonePage {
	p := gonePage{frame: a.frame(l, "已撤回"), Day: registry.DateOf(x.WithdrawnAt).Chinese(), Reason: x.Reason}
	_, p.Corrections = corrections(l, x)
	return p
}

// bulletin answers with the page of a bulletin, its paper or its data. One that is withdrawn is gone in all three.
func (a area) bulletin(r *kit.Request) error {
	slug, kind := r.Param("slug"), ""
	for _, k := range []string{".pdf", ".json"} {
		if s, ok := strings.CutSuffix(slug, k); ok {
			slug, kind = s, k
		}
	}
	if kind == ".pdf" {
		return a.paper(r, slug)
	}
	x, err := a.Service.PublicBulletin(r.Ctx(), slug)
	if err != nil {
		return err
	}
	switch {
	case x.Gone && kind == ".json":
		b, err := encode(goneJSON{x.Slug, registry.DateOf(x.WithdrawnAt).String(), x.Reason})
		if err != nil {
			return err
		}
		r.Response().Header().Set("Cache-Control", kept)
		return r.Blob(http.StatusGone, jsonType, b)
	case x.Gone:
		return a.gone(r, &x)
	case kind == ".json":
		b, err := encode(bulletinJSON(a.absolute(r), &x))
		if err != nil {
			return err
		}
		return a.send(r, jsonType, b)
	}
	return a.page(r, a.bulletinPage(a.served(), &x))
}

func (a area) gone(r *kit.Request, x *casework.PublicBulletin) error {
	b, err := a.Render(a.gonePage(a.served(), x))
	if err != nil {
		return err
	}
	r.Response().Header().Set("Cache-Control", kept)
	return r.HTMLBlob(http.StatusGone, b)
}

// picture sends a picture of a bulletin that the site shows, by the hash of its copy. One of a withdrawn bulletin is gone.
func (a area) picture(r *kit.Request) error {
	hash, ok := strings.CutSuffix(r.Param("file"), pictureEnding)
	if !ok {
		return kit.StatusError{Status: http.StatusNotFound}
	}
	x, f, err := a.Service.PublicPicture(r.Ctx(), r.Param("slug"), hash)
	if err != nil {
		return err
	}
	if x.Gone {
		return a.gone(r, &x)
	}
	return a.send(r, "image/jpeg", f.Content)
}

// paper sends the PDF that the approval froze; where there is none, one that is made now.
func (a area) paper(r *kit.Request, slug string) error {
	x, b, err := a.paperOf(r.Ctx(), slug)
	if err != nil {
		return err
	}
	if x.Gone {
		return a.gone(r, &x)
	}
	r.Response().Header().Set("Content-Disposition", strings.Replace(kit.FileDisposition(paperName(&x)), "attachment", "inline", 1))
	return a.send(r, "application/pdf", b)
}

// paperName is the file's name: the title, without what a file system reads.
func paperName(x *casework.PublicBulletin) string {
	name := strings.Map(func(c rune) rune {
		if c < 0x20 || strings.ContainsRune(`/\:*?"<>|`, c) {
			return -1
		}
		return c
	}, strings.ReplaceAll(x.Print.Title, "\n", ""))
	return name + ".pdf"
}

func (a area) paperOf(ctx context.Context, slug string) (x casework.PublicBulletin, b []byte, err error) {
	x, file, err := a.Service.PublicPaper(ctx, slug)
	if err != nil || x.Gone {
		return x, nil, err
	}
	if file != nil {
		defer file.Close() //nolint:errcheck // it is read to its end
		b, err = io.ReadAll(file)
		return x, b, err
	}
	key := fmt.Sprint(x.Slug, x.UpdatedAt.UnixNano())
	if b = a.papers.get(key); b != nil {
		return x, b, nil
	}
	done, err := a.Service.Paper(ctx)
	if err != nil {
		return x, nil, err
	}
	defer done()
	if err := a.Service.Illustrate(&x.Print); err != nil {
		return x, nil, err
	}
	var out bytes.Buffer
	if err := pdf.WriteBulletin(&out, x.Print); err != nil {
		return x, nil, err
	}
	a.papers.put(key, out.Bytes())
	return x, out.Bytes(), nil
}

// papers are the last papers that were made: anybody may ask for one again and again.
type papers struct {
	mu   sync.Mutex
	keys []string
	made map[string][]byte
}

// fewPapers is how many are held, of some 100 kB each.
const fewPapers = 16

func (p *papers) get(key string) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.made[key]
}

func (p *papers) put(key string, b []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.made == nil {
		p.made = map[string][]byte{}
	}
	if p.made[key] == nil {
		p.keys = append(p.keys, key)
	}
	p.made[key] = b
	if len(p.keys) > fewPapers {
		delete(p.made, p.keys[0])
		p.keys = p.keys[1:]
	}
}
