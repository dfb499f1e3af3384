package public

import (
	"net/url"

	"casebook/internal/casework"
	"casebook/internal/web/kit"
)

type lawsPage struct {
	frame
	List []facetLink
}

func (lawsPage) Template() string { return "public/laws" }

func (a area) lawsPage(l links, words []casework.PublicWord) lawsPage {
	p := lawsPage{frame: a.frame(l, "引用的法律法规")}
	for _, w := range words {
		if w.Kind == casework.FacetLaw {
			p.List = append(p.List, facetLink{Label: w.Label, Href: l.law(w.Key), Bulletins: w.Bulletins})
		}
	}
	return p
}

// laws lists the laws that published bulletins quote.
func (a area) laws(r *kit.Request) error {
	words, err := a.Service.PublicWords(r.Ctx())
	if err != nil {
		return err
	}
	return a.page(r, a.lawsPage(a.served(), words))
}

type lawPage struct {
	frame
	Name     string
	Articles []articleView
	More     string // where the quotes of earlier bulletins are
}

func (lawPage) Template() string { return "public/law" }

type articleView struct {
	box
	Bulletins []linkView
}

func (a area) lawPage(l links, x casework.PublicLaw) lawPage {
	p := lawPage{frame: a.frame(l, "《"+x.Name+"》"), Name: x.Name}
	for _, art := range x.Articles {
		v := articleView{box: box{StatuteQuote: art.StatuteQuote}}
		for _, b := range art.Bulletins {
			v.Bulletins = append(v.Bulletins, linkOf(l, b))
		}
		p.Articles = append(p.Articles, v)
	}
	return p
}

// lawBulletins is how many bulletins a page of a law gathers its quotes from.
const lawBulletins = 50

// law shows the articles of a law that published bulletins quote, word for word as they do.
func (a area) law(r *kit.Request) error {
	x, err := a.Service.PublicLaw(r.Ctx(), r.Param("law"), casework.Page{Cursor: r.QueryParam("cursor"), Limit: lawBulletins})
	if err != nil {
		return err
	}
	p := a.lawPage(a.served(), x)
	if x.Next != "" {
		p.More = a.served().law(x.Key) + "?" + url.Values{"cursor": {x.Next}}.Encode()
	}
	return a.page(r, p)
}
