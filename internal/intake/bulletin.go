package intake

import (
	"slices"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/statute/cite"
)

// Bulletin is a published text read into drafts.
type Bulletin struct {
	Cases     []Draft
	Notice    Notice         // what the page prints in front of them
	Citations []cite.Mention // every citation of the text, also outside the cases, in reading order
}

// Draft is what a published text says of one case. Unknown is zero or nil, never a guess.
type Draft struct {
	Title     string
	Authority string        // the organ that found or decided, in the text's words: 市生态环境局恩平分局
	District  string        // full county-level name: 恩平市
	FoundOn   registry.Date // the inspection; never the complaint, notice or decision. Zero where the text gives no year
	Party     string        // as published: 恩平某畜牧有限公司
	Species   string        // 猪, 牛, 羊, 鸡, 鸭, …: a term of registry's species where one fits
	// HeadCount is the herd kept (存栏) only: not 出栏, design size or pig equivalents.
	HeadCount *int64
	Violated  []Provision
	Basis     []Provision
	Fine      *registry.Money // on the main party; never a statutory range or a campaign's total
	Measures  []string        // in the text's words: 责令立即改正违法行为
	Narrative string          // 案情, lines joined
	Handling  string          // 查处情况, lines joined
	ToldAt    []int           // where the characters of Narrative, then those of Handling, stand: code points of the text
	Quotes    []Quote
	Warnings  []string // in Chinese: what to look at before accepting
	Start     int      // code points of the text, [Start,End)
	End       int
	Marks     []Mark // what was recognised where, in reading order, for the page that shows it
}

// Provision is a cited provision of a draft: formal, without duplicates, in reading order.
type Provision struct {
	Law   string // full name, or as printed where the catalogue has no such law
	LawID string
	registry.Provision
}

// Quote is a statute text quoted in a case, and how it compares.
type Quote struct {
	Citation string // formal
	cite.Quote
}

// Mark is a recognised place of the text.
type Mark struct {
	Field      string // a field of Draft in snake_case as the JSON names it: party, found_on, fine_yuan, violated, basis, quotes, …
	Start, End int    // code points of the text
	Doubt      bool   // taken by what stands around it, or one of several: to be looked at
}

// ReadBulletin reads a published text. on is the day on which citations without a version are looked up; zero: the day the case was
// found. Every place in the answer is in code points of text.
func ReadBulletin(law *statute.Catalogue, text string, on registry.Date) Bulletin {
	plain, places := visible(text)
	b := readVisible(law, plain, on)
	if plain != text { // their surface is the text's own
		b.Citations = law.Citations(text, on)
	}
	if places != nil {
		b.move(places)
	}
	return b
}

// visible is a text as a reader sees it: what cannot be seen left out, look-alikes (⽔, ⺠) as the ordinary characters. places are the code
// points of text that its code points stand for; nil where they are the same.
func visible(text string) (plain string, places []int) {
	page := []rune(registry.Unify(text)) // one character for one
	unseen := func(c rune) bool { return registry.Plain(c) == registry.Unseen }
	first := slices.IndexFunc(page, unseen)
	if first < 0 {
		return string(page), nil
	}
	kept := page[:0]
	for i, c := range page {
		if i < first || !unseen(c) {
			kept, places = append(kept, c), append(places, i)
		}
	}
	return string(kept), places
}

// move sets the places over to those of the text that was read.
func (b *Bulletin) move(places []int) {
	move := func(start, end *int) {
		if *start < *end {
			*start, *end = places[*start], places[*end-1]+1
		}
	}
	move(&b.Notice.Start, &b.Notice.End)
	for i := range b.Cases {
		d := &b.Cases[i]
		move(&d.Start, &d.End)
		for i := range d.Marks {
			move(&d.Marks[i].Start, &d.Marks[i].End)
		}
		for i := range d.Quotes {
			move(&d.Quotes[i].Start, &d.Quotes[i].End)
		}
		for i, at := range d.ToldAt {
			d.ToldAt[i] = places[at]
		}
	}
}

// longestDated bounds the texts that are looked up again for each day: a page has a few days, ten megabytes might have thousands.
const longestDated = 200_000

// readVisible reads a text of which everything can be seen. Its citations are looked up as of the days that its cases were found, unless on says one.
func readVisible(law *statute.Catalogue, text string, on registry.Date) (b Bulletin) {
	b.Citations = law.Citations(text, on)
	cited := map[registry.Date][]cite.Mention{on: b.Citations}
	cases, notice := segment([]rune(text))
	b.Notice = notice
	for _, c := range cases {
		day := on
		if on.IsZero() && len(text) <= longestDated {
			var d Draft
			c.readFoundOn(&d)
			day = d.FoundOn
		}
		if _, ok := cited[day]; !ok {
			cited[day] = law.Citations(text, day)
		}
		c.mentions = c.mentionsOf(cited[day])
		b.Cases = append(b.Cases, c.draft(law))
	}
	return b
}

// mentionsOf picks the citations that stand in a case's paragraphs.
func (c *caseText) mentionsOf(all []cite.Mention) (list []cite.Mention) {
	for _, paras := range [][]*para{c.paras, c.apart, c.shared} {
		for _, p := range paras {
			i, _ := slices.BinarySearchFunc(all, p.start(), func(m cite.Mention, at int) int { return m.Start - at })
			for ; i < len(all) && all[i].Start < p.end(); i++ {
				list = append(list, all[i])
			}
		}
	}
	return list
}
