package law

import (
	"slices"
	"strings"
	"unicode/utf8"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/view"
)

const (
	maxHits    = 200 // provisions shown; a search that finds more is too wide to read
	maxQuery   = 60  // characters looked at
	hitContext = 36  // characters shown on each side of a hit
)

// statuteSearch is what a search of the catalogue found.
type statuteSearch struct {
	Short   bool // fewer than two characters
	Direct  []view.RefLink
	Laws    []versionRow
	Types   []view.RefLink
	Groups  []searchGroup
	Hits    int
	Clipped bool
}

// searchGroup is the hits in one version.
type searchGroup struct {
	Title, Href string
	Version     string
	Hits        []searchHit
}

type searchHit struct {
	Cite, Href string
	Snippet    []segment
}

// segment is a piece of a snippet; Hit marks the words looked for.
type segment struct {
	Text string
	Hit  bool
}

// searchStatutes scans the catalogue: names of laws and of violation types, and the text of every held article. All words
// must stand in one 款. The texts are small enough (a third of a megabyte) that no index is kept.
func searchStatutes(c *statute.Catalogue, q, level string, today registry.Date) *statuteSearch {
	q = clipRunes(registry.CleanText(q), maxQuery)
	s := &statuteSearch{}
	if utf8.RuneCountInString(q) < 2 {
		s.Short = true
		return s
	}
	if ref, err := c.Reference(q); err == nil {
		s.direct(c, ref)
	}
	words := strings.Fields(q)
	for _, t := range c.ViolationTypes() {
		if level == "" && t.Found(q) {
			link := view.RefLink{Label: t.Label, Full: t.Name, Href: view.ViolationHref(t)}
			if said := t.Said(q); len(said) > 0 {
				link.Full += "（常用说法：" + strings.Join(said, "、") + "）"
			}
			s.Types = append(s.Types, link)
		}
	}
	for _, law := range c.Laws() {
		if level != "" && law.Level != level {
			continue
		}
		if containsAll(strings.Join(append([]string{law.Name, law.ShortName}, law.Aliases...), "\n"), words) {
			s.Laws = append(s.Laws, versionRows(law, today)...)
		}
		for _, v := range law.Versions {
			s.scan(v, words)
		}
	}
	return s
}

// direct is a citation typed as such: 水污染防治法第三十九条. Every held version is listed, the newest first.
func (s *statuteSearch) direct(c *statute.Catalogue, ref statute.Reference) {
	law, ok := c.Law(ref.LawID)
	if !ok {
		return
	}
	for i := len(law.Versions) - 1; i >= 0; i-- {
		v := law.Versions[i]
		_, holding := v.Text(ref.Provision)
		s.Direct = append(s.Direct, view.RefLink{Label: law.ShortName + "（" + v.Name + "）" + ref.Provision.String(), Full: ref.String(),
			Href: view.ProvisionHref(v, ref.Provision), Missing: view.HoldingLabels[holding]})
	}
}

func (s *statuteSearch) scan(v *statute.Version, words []string) {
	var hits []searchHit
	for i := range v.Articles {
		a := &v.Articles[i]
		for k := range a.Paragraphs {
			if !paragraphHas(&a.Paragraphs[k], words) {
				continue
			}
			text := a.Paragraphs[k].FullText()
			s.Hits++
			if s.Hits > maxHits {
				s.Clipped = true
				continue
			}
			p := a.Provision()
			if len(a.Paragraphs) > 1 {
				p.Paragraph = k + 1
			}
			hits = append(hits, searchHit{Cite: p.String(), Href: view.VersionHref(v) + "#" + p.Key(), Snippet: snippet(text, words)})
		}
	}
	if len(hits) > 0 {
		s.Groups = append(s.Groups, searchGroup{Title: v.ShortName, Version: v.Name, Href: view.VersionHref(v), Hits: hits})
	}
}

// paragraphHas looks for every word in the parts of a 款 without putting them together, which would be most of a search's time.
func paragraphHas(p *statute.Paragraph, words []string) bool {
	for _, w := range words {
		found := strings.Contains(p.Text, w)
		for i := 0; i < len(p.Items) && !found; i++ {
			it := &p.Items[i]
			found = strings.Contains(it.Text, w) || strings.Contains(it.Tail, w) ||
				slices.ContainsFunc(it.Subitems, func(s string) bool { return strings.Contains(s, w) })
		}
		if !found {
			return false
		}
	}
	return true
}

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return len(words) > 0
}

// snippet cuts the text around the first word found and marks every word in what is left.
func snippet(text string, words []string) []segment {
	text = strings.ReplaceAll(text, "\n", " ")
	at := max(strings.Index(text, words[0]), 0)
	from, to := at, min(at+len(words[0]), len(text))
	for n := 0; n < hitContext && from > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	for n := 0; n < 2*hitContext && to < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	var out []segment
	if from > 0 {
		out = append(out, segment{Text: "…"})
	}
	rest := text[from:to]
	for rest != "" {
		first, length := len(rest), 0
		for _, w := range words {
			if i := strings.Index(rest, w); i >= 0 && (i < first || i == first && len(w) > length) {
				first, length = i, len(w)
			}
		}
		if first > 0 {
			out = append(out, segment{Text: rest[:first]})
		}
		if length > 0 {
			out = append(out, segment{rest[first : first+length], true})
		}
		rest = rest[first+length:]
	}
	if to < len(text) {
		out = append(out, segment{Text: "…"})
	}
	return out
}

func clipRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
