package cite

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

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

// AppendJSON appends the record that casebook cite prints: one object, what is not named null. It is written by hand because a page of
// citations makes four times as much JSON as it has text.
func (m Mention) AppendJSON(b []byte) []byte {
	b = append(b, `{"law":`...)
	b = appendName(b, m.Law)
	b = append(b, `,"article":`...)
	b = strconv.AppendInt(b, int64(m.Article), 10)
	for _, f := range [...]struct {
		key string
		n   int
	}{{`,"sub":`, m.Sub}, {`,"paragraph":`, m.Paragraph}, {`,"item":`, m.Item}, {`,"subitem":`, m.Subitem}} {
		b = append(b, f.key...)
		if f.n == 0 {
			b = append(b, "null"...)
			continue
		}
		b = strconv.AppendInt(b, int64(f.n), 10)
	}
	b = append(b, `,"surface":`...)
	b = appendString(b, m.Surface)
	b = append(b, `,"start":`...)
	b = strconv.AppendInt(b, int64(m.Start), 10)
	b = append(b, `,"end":`...)
	b = strconv.AppendInt(b, int64(m.End), 10)
	b = append(b, `,"role":`...)
	b = appendString(b, string(m.Role))
	b = append(b, `,"version":`...)
	b = appendName(b, m.Version)
	b = append(b, `,"held":`...)
	b = appendString(b, string(m.Holding))
	b = append(b, `,"repealed":`...)
	b = strconv.AppendBool(b, m.Repealed)
	for i, problem := range m.Problems {
		if i == 0 {
			b = append(b, `,"problems":[`...)
		} else {
			b = append(b, ',')
		}
		b = appendString(b, problem)
	}
	if len(m.Problems) > 0 {
		b = append(b, ']')
	}
	return append(b, '}')
}

// MarshalJSON is AppendJSON for encoding/json.
func (m Mention) MarshalJSON() ([]byte, error) { return m.AppendJSON(nil), nil }

func appendName(b []byte, s string) []byte {
	if s == "" {
		return append(b, "null"...)
	}
	return appendString(b, s)
}

// appendString writes a string as encoding/json does, and leaves those to it that need escaping.
func appendString(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < ' ', c == '"', c == '\\', c == '<', c == '>', c == '&', c == 0xE2 && strings.HasPrefix(s[i:], "\u2028"), c == 0xE2 && strings.HasPrefix(s[i:], "\u2029"):
			return appendEscaped(b, s)
		}
	}
	if !utf8.ValidString(s) {
		return appendEscaped(b, s)
	}
	return append(append(append(b, '"'), s...), '"')
}

func appendEscaped(b []byte, s string) []byte {
	escaped, _ := json.Marshal(s) // a string can always be written
	return append(b, escaped...)
}
