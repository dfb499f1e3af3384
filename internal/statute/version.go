package statute

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

// Law is one law under all its versions.
type Law struct {
	ID        string // folder name in the catalogue: water-pollution-law
	Name      string // full name without 《》
	ShortName string // the name people use: 水污染防治法; equal to Name where there is no other
	Level     string // 法律, 行政法规, 司法解释, …: see levels
	Aliases   []string
	Versions  []*Version      // oldest first, undated last; each in its latest revision
	Unheld    []UnheldVersion // known to have been in force, text not held
}

// names are what the law is found by.
func (l *Law) names() []string { return append([]string{l.Name, l.ShortName}, l.Aliases...) }

func (l *Law) addAliases(names []string) {
	for _, name := range names {
		if !slices.Contains(l.Aliases, name) {
			l.Aliases = append(l.Aliases, name)
		}
	}
}

// Version is the text of a law as it stood between two dates, as far as the catalogue holds it.
type Version struct {
	ID        string // file name: 2017
	LawID     string
	LawName   string
	ShortName string
	Level     string
	Aliases   []string
	Name      string // 2017年修正
	Issuer    string
	Number    string        // 文号; 未核到 where nobody found it
	From      registry.Date // zero: the day is not known (未核到)
	To        registry.Date // last valid day; zero: no end is known (现行)
	// EndUnknown: nobody could verify whether or when it ended (失效: 未核到).
	EndUnknown bool
	// ArticlesTotal is the number of articles the version has, 0 where unknown. Only where it is known can an article be
	// said not to exist.
	ArticlesTotal int
	Complete      bool // every article is held
	Source        string
	Confidence    string
	Note          string
	Articles      []Article

	// Checked: these very words (Hash) were compared with the official text. A correction is another text, and not checked.
	Checked       bool
	CheckedSource string        // what they were compared with
	CheckedOn     registry.Date // and when
	CheckedBy     string

	// Hash names the words of the articles, without front matter: moving the end of a version leaves a check in place.
	Hash string
	// Revision is 0 for the text compiled into the program, else the number of the import. The highest one is what is looked up;
	// Revisions holds all, oldest first, this one among them, because citations keep their text by hash.
	Revision  int
	Revisions []*Version
	Import    *Import // nil for the text compiled into the program
}

// Article is one 条.
type Article struct {
	Article, Sub int    // 第一百二十条之一 is 120, 1
	Heading      string // the chapter it stands in, where the text gives one
	Confidence   string
	Source       string
	// Unsettled: the copy has lost the division into 款 (or nobody could confirm it), so a 款 it does not show may exist.
	Unsettled  bool
	Paragraphs []Paragraph
}

// Paragraph is one 款.
type Paragraph struct {
	Text  string // the lead, without the items
	Items []Item
}

// Item is one 项.
type Item struct {
	Number   int
	Text     string // without （一）
	Subitems []string
	// Tail is text that the source printed on the item's line although it is not part of the item: the next 款, run on.
	Tail string
}

// Provision names the whole article.
func (a *Article) Provision() registry.Provision {
	return registry.Provision{Article: a.Article, Sub: a.Sub}
}

// Text is the whole article: 款, 项 and 目 each on a line of its own, without the 第…条.
func (a *Article) Text() string {
	parts := make([]string, len(a.Paragraphs))
	for i := range a.Paragraphs {
		parts[i] = a.Paragraphs[i].FullText()
	}
	return strings.Join(parts, "\n")
}

// FullText is the lead and the numbered items, each on its own line.
func (p *Paragraph) FullText() string {
	var b strings.Builder
	b.WriteString(p.Text)
	for i := range p.Items {
		it := &p.Items[i]
		b.WriteString("\n（" + registry.ChineseNumeral(it.Number) + "）" + it.FullText() + it.Tail)
	}
	return b.String()
}

// FullText is the item without its （一）, followed by its 目.
func (it *Item) FullText() string {
	var b strings.Builder
	b.WriteString(it.Text)
	for i, s := range it.Subitems {
		b.WriteString("\n" + strconv.Itoa(i+1) + "." + s)
	}
	return b.String()
}

// Article finds a held article; sub is the n of 之n.
func (v *Version) Article(article, sub int) (*Article, bool) {
	i, ok := slices.BinarySearchFunc(v.Articles, registry.Provision{Article: article, Sub: sub}, func(a Article, p registry.Provision) int {
		return cmp.Or(cmp.Compare(a.Article, p.Article), cmp.Compare(a.Sub, p.Sub))
	})
	if !ok {
		return nil, false
	}
	return &v.Articles[i], true
}

// Text is the text of a provision, and whether the catalogue holds it.
//
// A provision is absent only where the catalogue can know: the number of articles is known and smaller, or the article is held
// from a full text and has fewer 款, 项 or 目. An article taken from a second-hand source, or whose 款 are unsettled, proves
// nothing about what it does not show: not held. An item named without its 款 is taken to be the only one of that number in the
// article; where several 款 have one, the citation names no single text: not held.
func (v *Version) Text(p registry.Provision) (string, registry.Holding) {
	if p.Article < 1 || p.Sub < 0 || p.Paragraph < 0 || p.Item < 0 || p.Subitem < 0 {
		return "", registry.NotHeld
	}
	a, ok := v.Article(p.Article, p.Sub)
	if !ok {
		if v.ArticlesTotal > 0 && (p.Article > v.ArticlesTotal || v.Complete) {
			return "", registry.Absent
		}
		return "", registry.NotHeld
	}
	missing := registry.Absent
	if a.Unsettled || !strings.HasPrefix(a.Confidence, "full_text") {
		missing = registry.NotHeld
	}
	paragraphs := a.Paragraphs
	switch {
	case p.Paragraph > len(paragraphs):
		return "", missing
	case p.Paragraph > 0:
		paragraphs = paragraphs[p.Paragraph-1 : p.Paragraph]
	case p.Item == 0 && p.Subitem == 0:
		return a.Text(), registry.Held
	}
	if p.Item == 0 {
		if p.Subitem > 0 {
			return "", registry.NotHeld // a 目 stands in a 项: without it the place is not named
		}
		return paragraphs[0].FullText(), registry.Held
	}
	var found []*Item
	for i := range paragraphs {
		if n := p.Item - 1; n < len(paragraphs[i].Items) {
			found = append(found, &paragraphs[i].Items[n])
		}
	}
	switch {
	case len(found) == 0:
		return "", missing
	case len(found) > 1:
		return "", registry.NotHeld
	case p.Subitem == 0:
		return found[0].FullText(), registry.Held
	case p.Subitem > len(found[0].Subitems):
		return "", missing
	}
	return found[0].Subitems[p.Subitem-1], registry.Held
}

// overlap compares a validity (a zero date is open) with YYYY-MM-DD bounds (an empty one is open).
func overlap(from, to registry.Date, earliest, latest string) bool {
	return (from.IsZero() || latest == "" || from.Earliest() <= latest) &&
		(to.IsZero() || earliest == "" || to.Latest() >= earliest)
}

// TextHash is the SHA-256, in hex, of a statute text. Before hashing the text is cleaned as registry.CleanText does, every
// line loses its outer white space (also the full-width indent) and empty lines are dropped; nothing else is changed, so a
// different punctuation mark is a different text.
func TextHash(text string) string {
	lines := strings.Split(registry.CleanText(text), "\n")
	kept := lines[:0]
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" {
			kept = append(kept, l)
		}
	}
	sum := sha256.Sum256([]byte(strings.Join(kept, "\n")))
	return hex.EncodeToString(sum[:])
}

// ConfidenceLabel says in Chinese how well a text, an amount or a mapping is known.
func ConfidenceLabel(c string) string {
	switch c {
	case "full_text_x2":
		return "两份全文副本一致，未经官方文本核对"
	case "full_text":
		return "一份全文副本，未经官方文本核对"
	case "secondary":
		return "二手来源，未经官方文本核对"
	case "memory":
		return "仅凭记忆，未核到，不得直接引用"
	case "not_found":
		return "未核到"
	case "official_table":
		return "对应关系见粤环发〔2021〕7号附件1"
	case "statute_self_reference":
		return "罚则条文自己写明所违反的条款"
	case "researcher_inference":
		return "条文之间的对应为整理者判断，请核对"
	}
	return "来源可信程度未注明，未经官方文本核对"
}
