package registry

import (
	"fmt"
	"strings"
)

// Provision is a place in a law: 第三十九条之一第二款第（三）项第4目. Zero means not named, so a whole article has only Article.
type Provision struct {
	Article   int `json:"article"`
	Sub       int `json:"sub,omitempty"`       // 之n: 第一百二十条之一 has Sub 1
	Paragraph int `json:"paragraph,omitempty"` // 款
	Item      int `json:"item,omitempty"`      // 项
	Subitem   int `json:"subitem,omitempty"`   // 目
}

// String writes the formal form: 第八十三条第二款第（三）项第4目. Empty when no article is named.
func (p Provision) String() string {
	if p.Article == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("第" + ChineseNumeral(p.Article) + "条")
	if p.Sub > 0 {
		b.WriteString("之" + ChineseNumeral(p.Sub))
	}
	if p.Paragraph > 0 {
		b.WriteString("第" + ChineseNumeral(p.Paragraph) + "款")
	}
	if p.Item > 0 {
		b.WriteString("第（" + ChineseNumeral(p.Item) + "）项")
	}
	if p.Subitem > 0 {
		fmt.Fprintf(&b, "第%d目", p.Subitem)
	}
	return b.String()
}

// Key is a compact, sortable form for URLs and maps: 83, 120-1, 83.2.3.4 (article[-sub].paragraph.item.subitem).
func (p Provision) Key() string {
	s := fmt.Sprint(p.Article)
	if p.Sub > 0 {
		s += fmt.Sprintf("-%d", p.Sub)
	}
	switch {
	case p.Subitem > 0:
		s += fmt.Sprintf(".%d.%d.%d", p.Paragraph, p.Item, p.Subitem)
	case p.Item > 0:
		s += fmt.Sprintf(".%d.%d", p.Paragraph, p.Item)
	case p.Paragraph > 0:
		s += fmt.Sprintf(".%d", p.Paragraph)
	}
	return s
}

// Holding says what the catalogue knows of a cited provision. Three answers, never two: the catalogue holds excerpts,
// so "we do not have it" is not "it does not exist".
type Holding string

// The answers to "do we have this text?".
const (
	Held       Holding = "held"
	NotHeld    Holding = "not_held"    // 本库未收录
	Absent     Holding = "absent"      // the version's number of articles is known and smaller
	UnknownLaw Holding = "unknown_law" // no such law in the catalogue
)

// CitationRole says what a citation is there for.
type CitationRole string

// The roles a citation plays on a violation or document.
const (
	RoleBreached CitationRole = "violated" // 违反条款
	RoleBasis    CitationRole = "basis"    // 处罚（责令）依据
	RoleQuote    CitationRole = "quote"    // the provision's own text is quoted
	RoleOther    CitationRole = "other"    // named in passing; the grammar's answer, never stored
)

// CitationStanding tells who said so. What the newspaper printed and what we note beside it are different rows.
type CitationStanding string

// The standings of a citation.
const (
	StandingPublished CitationStanding = "published" // as the source printed it
	StandingOffered   CitationStanding = "offered"   // the catalogue's, waiting for the officer to confirm
	StandingConfirmed CitationStanding = "confirmed" // the officer's, offered by the catalogue and confirmed
	StandingChanged   CitationStanding = "changed"   // the officer's, different from the offer; Reason says why
	StandingReview    CitationStanding = "review"    // our note: what the catalogue would add (复核意见)
)

// Citation points at a law's provision in one version, with the text's hash as its snapshot.
// LawID and VersionID are catalogue keys; they are empty when the catalogue does not know the law or version.
type Citation struct {
	Role      CitationRole     `json:"role"`
	Standing  CitationStanding `json:"standing"`
	Law       string           `json:"law"` // full name, without 《》
	LawID     string           `json:"law_id,omitempty"`
	VersionID string           `json:"version_id,omitempty"`
	Provision
	Holding  Holding `json:"held"`
	TextHash string  `json:"text_hash,omitempty"` // SHA-256 of the cited text, hex
	Text     string  `json:"text,omitempty"`      // typed text where the catalogue holds none
	Reason   string  `json:"reason,omitempty"`    // why it differs from the offer, or why this version
	Note     string  `json:"note,omitempty"`
}

// String is the formal citation: 《中华人民共和国水污染防治法》第三十九条.
func (c Citation) String() string { return "《" + c.Law + "》" + c.Provision.String() }

// ChineseNumeral writes 0..99999 as laws do: 三十九, 一百零二, 一千二百四十二, 一万零一.
func ChineseNumeral(n int) string {
	if n < 0 || n > 99999 {
		return fmt.Sprint(n)
	}
	digits := [...]string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	if n < 10 {
		return digits[n]
	}
	if n < 20 {
		if n == 10 {
			return "十"
		}
		return "十" + digits[n-10]
	}
	units := [...]string{"", "十", "百", "千", "万"}
	s, zero := "", false
	for pos, div := 4, 10000; div > 0; pos, div = pos-1, div/10 {
		d := n / div % 10
		if d == 0 {
			zero = s != ""
			continue
		}
		if zero {
			s += "零"
			zero = false
		}
		s += digits[d] + units[pos]
	}
	return s
}
