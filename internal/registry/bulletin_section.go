package registry

import "strings"

// BulletinPart names what a section of a bulletin's case holds.
type BulletinPart string

// The parts of a case. What a bulletin calls them, which it has and in which order is its sections' matter.
const (
	PartFacts    BulletinPart = "案情"
	PartHandling BulletinPart = "查处"
	PartLaw      BulletinPart = "法条" // the quoted articles, never typed
	PartMeaning  BulletinPart = "意义"
)

// BulletinParts are all of them.
var BulletinParts = Terms{string(PartFacts), string(PartHandling), string(PartLaw), string(PartMeaning)}

// BulletinSection is one section that every case of a bulletin has: 简要案情 over the part 案情.
type BulletinSection struct {
	Part    BulletinPart `json:"part"`
	Heading string       `json:"heading"`
}

// DefaultSections are the sections of a bulletin whose template says nothing else. A section without words is not printed.
var DefaultSections = []BulletinSection{{PartFacts, "简要案情"}, {PartHandling, "查处情况"}, {PartLaw, "以案说法"}, {PartMeaning, "典型意义"}}

// The bureau's choice about quoted texts that nobody has compared with the official one.
const (
	QuotesWithRemark   = "注明后发布" // the default: they are printed with 未经官方文本核对
	QuotesCheckedFirst = "先核对"   // a bulletin that quotes one is not approved
)

// QuotePolicies are the choices.
var QuotePolicies = Terms{QuotesWithRemark, QuotesCheckedFirst}

// BulletinTemplate is what a new bulletin of the bureau begins with. A bulletin keeps the sections that it was made with.
type BulletinTemplate struct {
	Sections []BulletinSection `json:"sections"` // empty: DefaultSections
	Title    string            `json:"title"`    // may hold TemplateWords
	Lead     string            `json:"lead"`
	Quotes   string            `json:"quotes"` // QuotePolicies; empty: the first
}

// TemplateWords are the places that a template leaves open: the city's name, and the month of the bulletin (2024年12月).
var TemplateWords = struct{ City, Month string }{"{城市}", "{月份}"}

func (t *BulletinTemplate) clean() {
	t.Title, t.Lead, t.Quotes = CleanText(t.Title), CleanText(t.Lead), CleanText(t.Quotes)
	for i := range t.Sections {
		s := &t.Sections[i]
		s.Part, s.Heading = BulletinPart(CleanText(string(s.Part))), CleanText(s.Heading)
	}
}

func (t *BulletinTemplate) validate(p *Problems, at string) {
	p.text(at+"title", t.Title, maxName)
	p.text(at+"lead", t.Lead, maxText)
	p.term(at+"quotes", t.Quotes, QuotePolicies)
	validateSections(p, at+"sections", t.Sections)
}

// validateSections asks that each part stands once and has a heading, and that somebody's words are among them.
func validateSections(p *Problems, name string, list []BulletinSection) {
	seen := map[BulletinPart]bool{}
	for i, s := range list {
		p.required(fieldAt(name, i, "part"), string(s.Part), "内容")
		p.term(fieldAt(name, i, "part"), string(s.Part), BulletinParts)
		if seen[s.Part] {
			p.Add(fieldAt(name, i, "part"), "“%s”已经有一栏了", s.Part)
		}
		seen[s.Part] = true
		p.required(fieldAt(name, i, "heading"), s.Heading, "栏目名称")
		p.text(fieldAt(name, i, "heading"), s.Heading, 20)
	}
	if len(list) > 0 && !seen[PartFacts] && !seen[PartHandling] {
		p.Add(name, "至少要有案情或查处一栏")
	}
}

// Begin is a new bulletin of the bureau for a month.
func (b *Bureau) Begin(month Date) Bulletin {
	t := &b.Bulletins
	fill := strings.NewReplacer(TemplateWords.City, b.City.Name, TemplateWords.Month, month.ToMonth().Chinese())
	return Bulletin{Issuer: b.Name, Dated: month.ToMonth(), Title: fill.Replace(t.Title), Lead: fill.Replace(t.Lead), Sections: sectionsOr(t.Sections)}
}

// QuotesCheckedFirst tells whether a bulletin waits for its quotes to be compared with the official text.
func (b *Bureau) QuotesCheckedFirst() bool { return b.Bulletins.Quotes == QuotesCheckedFirst }

func sectionsOr(list []BulletinSection) []BulletinSection {
	if len(list) == 0 {
		return DefaultSections
	}
	return list
}

// Parts are the sections of the bulletin's cases, in their order.
func (x *Bulletin) Parts() []BulletinSection { return sectionsOr(x.Sections) }

// HeadingOf is what the bulletin calls a part; the default's word where it has no such section.
func (x *Bulletin) HeadingOf(part BulletinPart) string {
	for _, list := range [][]BulletinSection{x.Sections, DefaultSections} {
		for _, s := range list {
			if s.Part == part {
				return s.Heading
			}
		}
	}
	return string(part)
}

// DraftedCopy is the first draft that a published copy rests on: the sentences that the program wrote of the record as it was then, and a
// digest of them. A record that gives other sentences today has changed in what is told of it.
type DraftedCopy struct {
	Title    string `json:"title,omitempty"`
	Facts    string `json:"facts,omitempty"`
	Handling string `json:"handling,omitempty"`
	Digest   string `json:"digest,omitempty"` // hex; empty: nobody knows what the copy was drafted from
}
