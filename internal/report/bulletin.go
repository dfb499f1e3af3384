package report

import (
	"slices"
	"strings"
	"time"

	"casebook/internal/registry"
)

// Bulletin is what a published 典型案例通报 says, computed once for page and PDF. It holds only the published copy: no
// real name, code, phone or exact day of a case.
type Bulletin struct {
	// Design is one of registry.BulletinDesigns. Every writer takes an empty or unknown one for the first.
	Design string

	Title, Lead, Issuer, Byline, Dated string // Title and Lead may hold \n: a wanted break, a new paragraph

	// The head and the foot of a 公文; each is left out where it is empty.
	Number, AddressedTo, CopiedTo string
	Signed                        string // 成文日期: 2024年12月6日; the day of approval

	Marks    []string // on every page: 示例（虚构数据）, 草稿　未经签发
	Draft    bool     // nobody has signed it
	Cases    []BulletinCase
	Pictures []Picture                  // of the lead
	Sections []registry.BulletinSection // of every case, in their order; empty: registry.DefaultSections
	Notes    []string                   // end notes: 法条文本未经官方文本核对
	Created  time.Time                  // dates the PDF file: same input, same bytes
	Head     string                     // the signed head of the audit chain that was the newest at the approval, in words; empty where none was signed
}

// BulletinCase is one case of a bulletin.
type BulletinCase struct {
	Label, Title    string                  // 案件一; 恩平某畜牧有限公司违法排污案
	Facts, Handling []string                // paragraphs of 简要案情 and 查处情况
	Meaning         []string                // of 典型意义
	Path            *registry.DischargePath // as it is published; nil where the bulletin shows none
	Quotes          []StatuteQuote
	Pictures        []Picture
}

// StatuteQuote is a provision quoted word for word, from the text that was in force at the act.
type StatuteQuote struct {
	Law, Provision, Version string // full name, with or without 《》; 第三十九条; 2017年修正
	Checked                 bool   // the held text was compared with the official one
	Text                    string // \n between 款 and 项
	Role                    string // 违反条款, 处罚依据: on a case sheet; empty in a bulletin
	Hash                    string // the first digits of the text's hash, on a case sheet
}

// Name is the heading of a quotation: 《中华人民共和国水污染防治法》第三十九条.
func (q StatuteQuote) Name() string {
	law := strings.ReplaceAll(q.Law, "\n", "")
	if law != "" && !strings.HasPrefix(law, "《") {
		law = "《" + law + "》"
	}
	return law + strings.ReplaceAll(q.Provision, "\n", "")
}

// Mark is the small line under a quotation: 2017年修正 · 未经官方文本核对. Empty when there is nothing to vouch for.
func (q StatuteQuote) Mark() string {
	if q.Law == "" && q.Text == "" && q.Version == "" {
		return ""
	}
	mark := "未经官方文本核对"
	if q.Checked {
		mark = "已与官方文本核对"
	}
	if v := strings.ReplaceAll(q.Version, "\n", " "); v != "" {
		mark = v + " · " + mark
	}
	if q.Hash != "" {
		mark += " · 文本 " + q.Hash
	}
	return mark
}

// BulletinPart is a section of a case as it is printed: the figure of the discharge path belongs under 案情, the boxes of the law stand in the
// place of paragraphs.
type BulletinPart struct {
	Part       registry.BulletinPart
	Heading    string
	Paragraphs []string
	Pictures   []Picture
}

// Parts are the sections of a case that have something to print, in the bulletin's order.
func (b *Bulletin) Parts(c *BulletinCase) (list []BulletinPart) {
	of := registry.Bulletin{Sections: b.Sections}
	for _, s := range of.Parts() {
		p := BulletinPart{Part: s.Part, Heading: s.Heading}
		filled := false
		switch s.Part {
		case registry.PartFacts:
			p.Paragraphs, filled = c.Facts, c.Path != nil
		case registry.PartHandling:
			p.Paragraphs = c.Handling
		case registry.PartMeaning:
			p.Paragraphs = c.Meaning
		case registry.PartLaw:
			filled = len(c.Quotes) > 0
		}
		if filled || len(p.Paragraphs) > 0 {
			list = append(list, p)
		}
	}
	if len(c.Pictures) > 0 { // after the facts; where the bulletin has none, after what comes first
		if len(list) == 0 {
			list = []BulletinPart{{Part: registry.PartFacts, Heading: of.HeadingOf(registry.PartFacts)}}
		}
		at := max(0, slices.IndexFunc(list, func(p BulletinPart) bool { return p.Part == registry.PartFacts }))
		list[at].Pictures = c.Pictures
	}
	return list
}
