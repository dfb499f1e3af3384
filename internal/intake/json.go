package intake

import (
	"cmp"
	"encoding/json"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
	"casebook/internal/statute/cite"
)

// bulletinJSON is what casebook read bulletin prints; unknown is null.
type bulletinJSON struct {
	Cases     []draftJSON    `json:"cases"`
	Citations []cite.Mention `json:"citations"`
}

type draftJSON struct {
	Title     *string         `json:"title"`
	Authority *string         `json:"authority"`
	District  *string         `json:"district"`
	FoundOn   registry.Date   `json:"found_on"`
	Party     *string         `json:"party"`
	Species   *string         `json:"species"`
	HeadCount *int64          `json:"head_count"`
	Violated  []provisionJSON `json:"violated"`
	Basis     []provisionJSON `json:"basis"`
	FineYuan  *float64        `json:"fine_yuan"` // 元, exact to the 分
	Measures  []string        `json:"measures"`
	Narrative *string         `json:"narrative"`
	Handling  *string         `json:"handling"`
	Quotes    []quoteJSON     `json:"quotes"`
	Warnings  []string        `json:"warnings"`
	Start     int             `json:"start"`
	End       int             `json:"end"`
}

type provisionJSON struct {
	Law       *string `json:"law"`
	Article   int     `json:"article"`
	Sub       *int    `json:"sub"`
	Paragraph *int    `json:"paragraph"`
	Item      *int    `json:"item"`
}

type quoteJSON struct {
	Citation   string  `json:"citation"`
	Text       string  `json:"text"`
	Matches    *bool   `json:"matches_official"`
	Difference *string `json:"difference"`
}

// MarshalJSON prints the drafts and every citation of the text.
func (b Bulletin) MarshalJSON() ([]byte, error) {
	out := bulletinJSON{Cases: []draftJSON{}, Citations: append([]cite.Mention{}, b.Citations...)}
	for i := range b.Cases {
		out.Cases = append(out.Cases, b.Cases[i].json())
	}
	return json.Marshal(out)
}

// MarshalJSON prints one draft as it stands among the cases.
func (d Draft) MarshalJSON() ([]byte, error) { return json.Marshal(d.json()) }

func (d *Draft) json() draftJSON {
	out := draftJSON{
		Title: known(d.Title), Authority: known(d.Authority), District: known(d.District), FoundOn: d.FoundOn,
		Party: known(d.Party), Species: known(d.speciesWritten()), HeadCount: d.HeadCount,
		Violated: provisions(d.Violated), Basis: provisions(d.Basis), Measures: append([]string{}, d.Measures...),
		Narrative: known(d.Narrative), Handling: known(d.Handling), Quotes: []quoteJSON{}, Warnings: append([]string{}, d.Warnings...),
		Start: d.Start, End: d.End,
	}
	if d.Fine != nil {
		out.FineYuan = new(float64)
		*out.FineYuan = d.Fine.YuanFloat()
	}
	for _, q := range d.Quotes {
		out.Quotes = append(out.Quotes, quoteJSON{q.Citation, q.Text, q.Matches, known(q.Difference)})
	}
	return out
}

// speciesWritten is the animal in the text's own word where it has a fuller or a plainer one than the register's: 肉鸭, 山羊, 猪. A stage of life (母猪,
// 仔猪) names none in the text, in a name the animal alone: of 某种猪场 and 生猪 it is 生猪.
func (d *Draft) speciesWritten() string {
	written := ""
	for i, told := range []string{d.Title, d.Party, d.Narrative, d.Handling} {
		r := []rune(told)
		for _, h := range speciesWords.all(r, 0, len(r)) {
			word := string(r[h.start:h.end])
			if stage.MatchString(word) {
				if i > 1 {
					continue
				}
				word = stage.ReplaceAllString(word, "") // a name's 种猪场 keeps pigs
			}
			if h.value == d.Species && len(word) > len(written) {
				written = word
			}
		}
	}
	return cmp.Or(written, d.Species)
}

// stage are words for animals of an age, a sex or a use.
var stage = lazyregexp.New(`[母公仔种犊羔小大]|保育|后备|育肥|架子|青年|商品|^肥`)

func provisions(list []Provision) []provisionJSON {
	out := []provisionJSON{}
	for _, p := range list {
		out = append(out, provisionJSON{known(p.Law), p.Article, known(p.Sub), known(p.Paragraph), known(p.Item)})
	}
	return out
}

// known is nil for the zero value.
func known[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}
