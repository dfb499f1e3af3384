package registry

import (
	"net/url"
	"slices"
	"strings"
)

// PublicationID is a row id of a Publication.
type PublicationID int64

// PublicationMedia are where texts are published.
var PublicationMedia = Terms{"报纸", "政府网站", "微信公众号", "其他网站", "其他"}

// Publication is a published text (通报, 典型案例, 决定书公开文本) that cases were taken from. The text itself is an attachment of each of
// these cases, under the same hash.
type Publication struct {
	ID PublicationID `json:"id"`
	Meta
	Name        string            `json:"name"` // where it was published: a newspaper, a page
	Medium      string            `json:"medium"`
	Page        string            `json:"page"` // of a newspaper: A04版
	URL         string            `json:"url"`
	PublishedOn Date              `json:"published_on"`
	SHA256      string            `json:"sha256"` // of the text, hex; empty where the text itself is not kept
	Size        int64             `json:"size"`   // bytes
	By          string            `json:"by"`     // who imported it
	Cases       []PublicationCase `json:"cases"`
}

// PublicationCase is a case that a publication tells, and where: code points of its text, [Start,End).
type PublicationCase struct {
	CaseID CaseID   `json:"case_id"`
	Title  string   `json:"title"` // as it was printed, whatever the case is called here
	Cited  []string `json:"cited"` // the articles in the order in which it names them: 《…法》第十条
	Start  int      `json:"start"`
	End    int      `json:"end"`
}

// Clean normalises what was typed.
func (x *Publication) Clean() {
	for _, s := range []*string{&x.Name, &x.Page, &x.URL} {
		*s = CleanText(*s)
	}
	for i := range x.Cases {
		x.Cases[i].Title = CleanText(x.Cases[i].Title)
		for k, s := range x.Cases[i].Cited {
			x.Cases[i].Cited[k] = CleanText(s)
		}
	}
}

// Where says in one line where the text was published: 某日报，2024年12月，A04版. What is not known is left out; empty where nothing is.
func (x *Publication) Where() string {
	var list []string
	for _, s := range []string{x.Name, x.PublishedOn.Chinese(), x.Page, x.URL} {
		if s != "" {
			list = append(list, s)
		}
	}
	return strings.Join(list, "，")
}

// Of finds what the publication printed of a case; zero where it does not tell it.
func (x *Publication) Of(id CaseID) PublicationCase {
	i := slices.IndexFunc(x.Cases, func(c PublicationCase) bool { return c.CaseID == id })
	if i < 0 {
		return PublicationCase{}
	}
	return x.Cases[i]
}

// Validate checks what was typed of the source; all of it may be unknown.
func (x *Publication) Validate() error {
	var p Problems
	p.text("name", x.Name, maxName)
	p.term("medium", x.Medium, PublicationMedia)
	p.text("page", x.Page, 50)
	for i, c := range x.Cases {
		p.text(fieldAt("cases", i, "title"), c.Title, maxName)
		if len(c.Cited) > 100 {
			p.Add(fieldAt("cases", i, "cited"), "条款最多 100 条")
		}
		for _, s := range c.Cited {
			p.text(fieldAt("cases", i, "cited"), s, maxLine)
		}
	}
	p.text("url", x.URL, 2000)
	if x.URL != "" {
		u, err := url.Parse(x.URL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			p.Add("url", "网址应以 http:// 或 https:// 开头")
		}
	}
	return p.Err()
}
