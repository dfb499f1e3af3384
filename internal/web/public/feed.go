package public

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
)

const (
	jsonType = "application/json; charset=utf-8"
	atomType = "application/atom+xml; charset=utf-8"
	xmlType  = "application/xml; charset=utf-8"
)

// absolute says the address of a place of the site for people elsewhere, from its path under the site: bulletins/SLUG.
type absolute func(path string) string

func (a area) absolute(r *kit.Request) absolute {
	base := a.base(r)
	return func(path string) string { return strings.TrimSuffix(base+"/public/"+path, "/") }
}

// What the feed is made of (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  atomAuthor  `xml:"author"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomAuthor struct {
		Name string `xml:"name"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		ID         string         `xml:"id"`
		Title      string         `xml:"title"`
		Published  string         `xml:"published"`
		Updated    string         `xml:"updated"`
		Links      []atomLink     `xml:"link"`
		Categories []atomCategory `xml:"category"`
		Summary    string         `xml:"summary"`
	}
	atomCategory struct {
		Term string `xml:"term,attr"`
	}
)

// feedEntries is how many of the latest bulletins the feed has.
const feedEntries = 30

// feedOf is the feed of the latest bulletins. page says where a bulletin is read: of a folder another file than of a server.
func feedOf(bureau string, at absolute, page func(slug string) string, home string, rows []casework.PublicBulletin) ([]byte, error) {
	f := atomFeed{Lang: "zh-CN", ID: at("feed.atom"), Title: bureau + "　典型案例通报", Author: atomAuthor{bureau}, Updated: instant(time.Unix(0, 0)),
		Links: []atomLink{{"self", "application/atom+xml", at("feed.atom")}, {"alternate", "text/html", home}}}
	var latest time.Time
	for i := range rows {
		x := &rows[i]
		e := atomEntry{ID: at("bulletins/" + x.Slug), Title: oneLine(x.Print.Title), Published: instant(x.PublishedAt), Updated: instant(x.UpdatedAt),
			Links: []atomLink{{"alternate", "text/html", page(x.Slug)}, {"related", "application/pdf", at("bulletins/" + x.Slug + ".pdf")}}, Summary: summaryOf(x)}
		for _, w := range x.Words {
			if w.Kind != casework.FacetLaw {
				e.Categories = append(e.Categories, atomCategory{w.Label})
			}
		}
		if x.UpdatedAt.After(latest) {
			latest, f.Updated = x.UpdatedAt, e.Updated
		}
		f.Entries = append(f.Entries, e)
	}
	return markup(f)
}

func markup(x any) ([]byte, error) {
	b, err := xml.MarshalIndent(x, "", "  ")
	return append([]byte(xml.Header), append(b, '\n')...), err
}

func instant(t time.Time) string { return t.In(registry.Shanghai).Format(time.RFC3339) }

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", "") }

// summaryOf is the lead and the titles of the cases.
func summaryOf(x *casework.PublicBulletin) string {
	var list []string
	if x.Print.Lead != "" {
		list = append(list, oneLine(x.Print.Lead))
	}
	for _, c := range x.Print.Cases {
		list = append(list, c.Label+"　"+c.Title)
	}
	return strings.Join(list, "\n")
}

func (a area) feed(r *kit.Request) error {
	x, err := a.Service.PublicList(r.Ctx(), casework.PublicFilter{}, casework.Page{Limit: feedEntries})
	if err != nil {
		return err
	}
	at := a.absolute(r)
	b, err := feedOf(a.Service.Bureau().Name, at, func(slug string) string { return at("bulletins/" + slug) }, at(""), x.Rows)
	if err != nil {
		return err
	}
	return a.send(r, atomType, b)
}

// What the sitemap is made of (sitemaps.org).
type (
	siteMap struct {
		XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []siteURL `xml:"url"`
	}
	siteURL struct {
		Loc     string `xml:"loc"`
		Lastmod string `xml:"lastmod,omitempty"`
	}
)

// sitemapOf lists the places of the site; those of laws and bulletins by their paths under it.
func sitemapOf(home, laws string, law, bulletin func(string) string, words []casework.PublicWord, list []casework.PublicLink) ([]byte, error) {
	m := siteMap{URLs: []siteURL{{Loc: home}, {Loc: laws}}}
	for _, w := range words {
		if w.Kind == casework.FacetLaw {
			m.URLs = append(m.URLs, siteURL{Loc: law(w.Key)})
		}
	}
	for _, x := range list {
		m.URLs = append(m.URLs, siteURL{bulletin(x.Slug), instant(x.UpdatedAt)})
	}
	return markup(m)
}

func (a area) sitemap(r *kit.Request) error {
	words, err := a.Service.PublicWords(r.Ctx())
	if err != nil {
		return err
	}
	list, err := a.Service.PublicAddresses(r.Ctx())
	if err != nil {
		return err
	}
	base, l := a.base(r), a.served()
	b, err := sitemapOf(base+l.list(casework.PublicFilter{}), base+l.laws(), func(key string) string { return base + l.law(key) }, func(slug string) string { return base + l.bulletin(slug) }, words, list)
	if err != nil {
		return err
	}
	return a.send(r, xmlType, b)
}

// The same as data. Field names are snake_case, days YYYY-MM-DD, instants RFC 3339 in the time of Shanghai.
type (
	listData struct {
		Bulletins []bulletinData `json:"bulletins"`
		Next      *string        `json:"next"` // the address of the page that follows
	}
	bulletinData struct {
		Slug        string        `json:"slug"`
		URL         string        `json:"url"`
		PDF         string        `json:"pdf"`
		Title       string        `json:"title"`
		Source      string        `json:"source,omitempty"`
		Issuer      string        `json:"issuer"`
		Byline      string        `json:"byline"`
		Dated       string        `json:"dated"`
		PublishedAt string        `json:"published_at"`
		UpdatedAt   string        `json:"updated_at"`
		Marks       []string      `json:"marks"`
		Districts   []string      `json:"districts"`
		Species     []string      `json:"species"`
		Violations  []string      `json:"violations"`
		Lead        string        `json:"lead"`
		Pictures    []pictureData `json:"pictures"` // of the lead
		Cases       []caseData    `json:"cases"`
		Notes       []string      `json:"notes"`
		Correction  string        `json:"correction_note,omitempty"`
		Corrects    string        `json:"corrects,omitempty"` // address
		Corrections []string      `json:"corrected_by"`       // addresses
	}
	caseData struct {
		Label    string        `json:"label"`
		Title    string        `json:"title"`
		Facts    []string      `json:"facts"`
		Handling []string      `json:"handling"`
		Meaning  []string      `json:"meaning"`
		Path     string        `json:"discharge_path,omitempty"`
		Quotes   []quoteData   `json:"quotes"`
		Pictures []pictureData `json:"pictures"`
	}
	pictureData struct {
		URL     string `json:"url"`
		SHA256  string `json:"sha256"`
		Width   int    `json:"width"` // pixels
		Height  int    `json:"height"`
		Caption string `json:"caption"`
		Credit  string `json:"credit"`
		Alt     string `json:"alt"`
	}
	quoteData struct {
		Law       string `json:"law"`
		Provision string `json:"provision"`
		Version   string `json:"version"`
		Checked   bool   `json:"checked_against_official_text"`
		Text      string `json:"text"`
	}
	goneJSON struct {
		Slug        string `json:"slug"`
		WithdrawnOn string `json:"withdrawn_on"`
		Reason      string `json:"reason"`
	}
)

func encode(x any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(x)
	return b.Bytes(), err
}

// bulletinJSON is a bulletin as data.
func bulletinJSON(at absolute, x *casework.PublicBulletin) bulletinData {
	address := func(slug string) string { return at("bulletins/" + slug) }
	d := bulletinData{Slug: x.Slug, URL: address(x.Slug), PDF: address(x.Slug) + ".pdf", Title: oneLine(x.Print.Title), Source: x.Source, Issuer: x.Print.Issuer, Byline: x.Print.Byline, Dated: x.Print.Dated,
		PublishedAt: instant(x.PublishedAt), UpdatedAt: instant(x.UpdatedAt), Marks: some(x.Print.Marks), Lead: x.Print.Lead, Notes: some(x.Print.Notes), Correction: x.Note,
		Districts: []string{}, Species: []string{}, Violations: []string{}, Cases: []caseData{}, Corrections: []string{}}
	for _, w := range x.Words {
		switch w.Kind {
		case casework.FacetDistrict:
			d.Districts = append(d.Districts, w.Label)
		case casework.FacetSpecies:
			d.Species = append(d.Species, w.Label)
		case casework.FacetViolation:
			d.Violations = append(d.Violations, w.Label)
		}
	}
	if x.Corrects != nil {
		d.Corrects = address(x.Corrects.Slug)
	}
	for _, c := range x.Corrections {
		d.Corrections = append(d.Corrections, address(c.Slug))
	}
	pictures := func(list []report.Picture) []pictureData {
		out := []pictureData{}
		for _, p := range list {
			out = append(out, pictureData{at(pictureFile(x.Slug, p.SHA256)), p.SHA256, p.Width, p.Height, p.Caption, p.Credit, p.Alt})
		}
		return out
	}
	d.Pictures = pictures(x.Print.Pictures)
	for _, c := range x.Print.Cases {
		k := caseData{Pictures: pictures(c.Pictures), Label: c.Label, Title: c.Title, Facts: some(c.Facts), Handling: some(c.Handling), Meaning: some(c.Meaning), Quotes: []quoteData{}}
		if c.Path != nil {
			k.Path = c.Path.Words()
		}
		for _, q := range c.Quotes {
			k.Quotes = append(k.Quotes, quoteData{q.Law, q.Provision, q.Version, q.Checked, q.Text})
		}
		d.Cases = append(d.Cases, k)
	}
	return d
}

// some is a list that JSON writes as one, also where it is empty.
func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func (a area) listJSON(r *kit.Request) error {
	f := filterOf(r)
	x, err := a.Service.PublicList(r.Ctx(), f, casework.Page{Cursor: r.QueryParam("cursor"), Limit: pageSize})
	if err != nil {
		return err
	}
	at := a.absolute(r)
	d := listOf(at, x.Rows)
	if x.Next != "" {
		q := queryOf(f)
		q.Set("cursor", x.Next)
		next := at("bulletins.json") + "?" + q.Encode()
		d.Next = &next
	}
	b, err := encode(d)
	if err != nil {
		return err
	}
	return a.send(r, jsonType, b)
}

func listOf(at absolute, rows []casework.PublicBulletin) listData {
	d := listData{Bulletins: []bulletinData{}}
	for i := range rows {
		d.Bulletins = append(d.Bulletins, bulletinJSON(at, &rows[i]))
	}
	return d
}
