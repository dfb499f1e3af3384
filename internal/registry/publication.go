package registry

import "net/url"

// PublicationID is a row id of a Publication.
type PublicationID int64

// Publication is a published text (通报, 典型案例, 决定书公开文本) that cases were taken from. The text itself is an attachment of each of
// these cases, under the same hash.
type Publication struct {
	ID PublicationID `json:"id"`
	Meta
	Name        string            `json:"name"` // where it was published: a newspaper, a page
	URL         string            `json:"url"`
	PublishedOn Date              `json:"published_on"`
	SHA256      string            `json:"sha256"` // of the text, hex
	Size        int64             `json:"size"`   // bytes
	By          string            `json:"by"`     // who imported it
	Cases       []PublicationCase `json:"cases"`
}

// PublicationCase is a case that a publication tells, and where: code points of its text, [Start,End).
type PublicationCase struct {
	CaseID CaseID `json:"case_id"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
}

// Clean normalises what was typed.
func (x *Publication) Clean() { x.Name, x.URL = CleanText(x.Name), CleanText(x.URL) }

// Validate checks what was typed of the source; all of it may be unknown.
func (x *Publication) Validate() error {
	var p Problems
	p.text("name", x.Name, maxName)
	p.text("url", x.URL, 2000)
	if x.URL != "" {
		u, err := url.Parse(x.URL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			p.Add("url", "网址应以 http:// 或 https:// 开头")
		}
	}
	return p.Err()
}
