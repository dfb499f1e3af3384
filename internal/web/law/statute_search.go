package law

import (
	"strings"
	"unicode/utf8"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/view"
)

const (
	maxHits  = 200 // provisions shown; a search that finds more is too wide to read
	maxQuery = 60  // characters looked at
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
	Snippet    []view.Segment
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
		s.Direct = view.EveryVersion(c, ref)
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
		if law.Named(words) {
			s.Laws = append(s.Laws, versionRows(law, today)...)
		}
		for _, v := range law.Versions {
			s.scan(v, words)
		}
	}
	return s
}

func (s *statuteSearch) scan(v *statute.Version, words []string) {
	var hits []searchHit
	for a, k := range v.Having(words) {
		s.Hits++
		if s.Hits > maxHits {
			s.Clipped = true
			continue
		}
		p := a.Place(k)
		hits = append(hits, searchHit{Cite: p.String(), Href: view.VersionHref(v) + "#" + p.Key(), Snippet: view.Snippet(a.Paragraphs[k].FullText(), words)})
	}
	if len(hits) > 0 {
		s.Groups = append(s.Groups, searchGroup{Title: v.ShortName, Version: v.Name, Href: view.VersionHref(v), Hits: hits})
	}
}

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return len(words) > 0
}

func clipRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
