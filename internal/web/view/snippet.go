package view

import (
	"strings"
	"unicode/utf8"

	"casebook/internal/statute"
)

const hitContext = 36 // characters shown on each side of a hit

// Segment is a piece of a snippet; Hit marks the words looked for.
type Segment struct {
	Text string
	Hit  bool
}

// Snippet cuts the text around the first word found and marks every word in what is left.
func Snippet(text string, words []string) []Segment {
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
	var out []Segment
	if from > 0 {
		out = append(out, Segment{Text: "…"})
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
			out = append(out, Segment{Text: rest[:first]})
		}
		if length > 0 {
			out = append(out, Segment{rest[first : first+length], true})
		}
		rest = rest[first+length:]
	}
	if to < len(text) {
		out = append(out, Segment{Text: "…"})
	}
	return out
}

// EveryVersion is a citation typed as such, 水污染防治法第三十九条, in every held version, the newest first.
func EveryVersion(c *statute.Catalogue, ref statute.Reference) (list []RefLink) {
	law, ok := c.Law(ref.LawID)
	if !ok {
		return nil
	}
	for i := len(law.Versions) - 1; i >= 0; i-- {
		v := law.Versions[i]
		_, holding := v.Text(ref.Provision)
		list = append(list, RefLink{Label: law.ShortName + "（" + v.Name + "）" + ref.Provision.String(), Full: ref.String(),
			Href: ProvisionHref(v, ref.Provision), Missing: HoldingLabels[holding]})
	}
	return list
}
