package cite

import (
	"encoding/json"

	"casebook/internal/registry"
	"casebook/internal/statute/diff"
)

// Mention is one provision cited in running text. A list or range (第十条、第三十九条; 第七条至第九条) gives one Mention for each
// provision, all with the same span.
type Mention struct {
	// Law is the full name of a law in the catalogue; the printed name where the catalogue has no such law; empty where the text
	// points at a law (该法第十条) that it never named.
	Law   string
	LawID string // empty where the catalogue has no such law
	registry.Provision
	// Start and End are code points of the text, [Start,End). The span begins at 《 where the law's name stands there.
	Start, End int
	Surface    string // the text between them, line breaks and all
	Role       registry.CitationRole
	// Version is the version that the text names (2017年修正), or the one in force on the day asked for; VersionID its key, empty where
	// the catalogue does not hold it. On a day on which the law was not in force any more or not yet, VersionID is its last or first version.
	Version   string
	VersionID string
	Holding   registry.Holding
	Repealed  bool     // the law had been repealed by the day asked for
	Problems  []string // in Chinese: what a reviewer should look at (《水法》 is another law; 第四款 does not exist, 第（四）项 does)
	Quote     *Quote   // the provision's text, where the text quotes it
}

// Citation is the formal citation: 《中华人民共和国水污染防治法》第三十九条.
func (m *Mention) Citation() string { return Formal(m.Law, m.Provision) }

// Quote is quoted law text beside a citation.
type Quote struct {
	Start, End int    // code points of the text, without the quotation marks
	Text       string // as printed, white space and line breaks taken out
	// Matches: nil where the official text is not held. White space and the width of brackets, colons and digits do not count; every
	// other character does.
	Matches    *bool
	Difference string      // in Chinese, each differing place: “溶洞”之后：引文为“、”，本库文本为“，”
	VersionID  string      // the version it was compared with
	Edits      []diff.Edit // from the held text (A) to the quoted one (B)
}

// mentionJSON is a Mention as the command line prints it; what is not named is null.
type mentionJSON struct {
	Law       *string               `json:"law"`
	Article   int                   `json:"article"`
	Sub       *int                  `json:"sub"`
	Paragraph *int                  `json:"paragraph"`
	Item      *int                  `json:"item"`
	Subitem   *int                  `json:"subitem"`
	Surface   string                `json:"surface"`
	Start     int                   `json:"start"`
	End       int                   `json:"end"`
	Role      registry.CitationRole `json:"role"`
	Version   *string               `json:"version"`
	Held      registry.Holding      `json:"held"`
	Repealed  bool                  `json:"repealed"`
	Problems  []string              `json:"problems,omitempty"`
}

// MarshalJSON prints the record of casebook cite.
func (m Mention) MarshalJSON() ([]byte, error) {
	return json.Marshal(mentionJSON{
		Law: nullable(m.Law), Article: m.Article, Sub: nullable(m.Sub), Paragraph: nullable(m.Paragraph),
		Item: nullable(m.Item), Subitem: nullable(m.Subitem),
		Surface: m.Surface, Start: m.Start, End: m.End, Role: m.Role, Version: nullable(m.Version), Held: m.Holding, Repealed: m.Repealed, Problems: m.Problems,
	})
}

// nullable is nil for the zero value.
func nullable[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}
