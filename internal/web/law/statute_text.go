package law

import (
	"cmp"
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/statute/diff"
	"casebook/internal/web/view"
)

// lawPart is a run of articles under one chapter heading.
type lawPart struct {
	Heading  string
	Articles []articleView
}

// articleView is one 条, or what is missing before it.
type articleView struct {
	Gap        string // 第三条至第八条 本库未收录; then nothing else is set, and Key is empty
	Key        string // the anchor
	Number     string // 39 or 120之1, for the table of contents
	Title      string
	Citation   string // what the copy button copies
	Paragraphs []paragraphView
	Confidence string // where it differs from the version's
	Source     string
	Unsettled  bool
	Citers     []view.Citer
	Others     []articleElsewhere
	Compare    string // address of its 新旧对照
}

type paragraphView struct {
	Key   string
	Text  string
	Items []itemView
}

type itemView struct {
	Key      string
	Alias    string // the key without the 款, where that names this 项 alone
	Number   string // （一）
	Text     string
	Subitems []subitemView
	Tail     string
}

type subitemView struct{ Key, Alias, Text string }

// articleElsewhere is the same article in another version.
type articleElsewhere struct{ Version, Href, Same string }

// lawParts lays out a version with its gaps in their places.
func lawParts(c *statute.Catalogue, law *statute.Law, v *statute.Version) []lawPart {
	cited := view.CitersOf(c, law.ID)
	var parts []lawPart
	put := func(heading string, a articleView) {
		if n := len(parts); n == 0 || parts[n-1].Heading != heading {
			parts = append(parts, lawPart{Heading: heading})
		}
		last := &parts[len(parts)-1]
		last.Articles = append(last.Articles, a)
	}
	previous := 0
	for i := range v.Articles {
		a := &v.Articles[i]
		if gap := articleGap(previous+1, a.Article-1); gap != "" {
			heading := a.Heading
			if n := len(parts); n > 0 {
				heading = parts[n-1].Heading
			}
			put(heading, articleView{Gap: gap})
		}
		previous = a.Article
		x := viewArticle(v, a)
		x.Citers = cited[x.Key]
		x.Others = elsewhere(law, v, a)
		x.Compare = view.CompareLink(c, law.ID, a.Provision())
		put(a.Heading, x)
	}
	if end := articlesAfter(v, previous); end != "" {
		put(parts[len(parts)-1].Heading, articleView{Gap: end})
	}
	return parts
}

// articleGap says which articles between two held ones are not held.
func articleGap(from, to int) string {
	switch {
	case to < from:
		return ""
	case to == from:
		return registry.Provision{Article: from}.String() + "本库未收录"
	}
	return registry.Provision{Article: from}.String() + "至" + registry.Provision{Article: to}.String() + "本库未收录"
}

// articlesAfter says what is known of the articles behind the last held one.
func articlesAfter(v *statute.Version, last int) string {
	switch {
	case v.Complete:
		return ""
	case v.ArticlesTotal == 0:
		return registry.Provision{Article: last}.String() + "以后的条文本库未收录，本版本共有多少条未核到"
	}
	return articleGap(last+1, v.ArticlesTotal)
}

func viewArticle(v *statute.Version, a *statute.Article) articleView {
	p := a.Provision()
	x := articleView{Key: p.Key(), Number: fmt.Sprint(a.Article), Title: p.String(), Unsettled: a.Unsettled,
		Citation: fmt.Sprintf("《%s》（%s）%s", v.LawName, v.Name, p)}
	if a.Sub > 0 {
		x.Number += fmt.Sprintf("之%d", a.Sub)
	}
	if a.Confidence != v.Confidence && !v.Checked {
		x.Confidence = statute.ConfidenceLabel(a.Confidence)
	}
	if a.Source != v.Source {
		x.Source = a.Source
	}
	for i := range a.Paragraphs {
		x.Paragraphs = append(x.Paragraphs, viewParagraph(v, p, i+1, &a.Paragraphs[i]))
	}
	return x
}

func viewParagraph(v *statute.Version, p registry.Provision, n int, in *statute.Paragraph) paragraphView {
	p.Paragraph = n
	out := paragraphView{Key: p.Key(), Text: in.Text}
	for _, item := range in.Items {
		at, alone := p, p
		at.Item, alone.Item = item.Number, item.Number
		alone.Paragraph = 0 // 第八十三条第（三）项 names the 项 without its 款, as most citations do
		i := itemView{Key: at.Key(), Number: "（" + registry.ChineseNumeral(item.Number) + "）", Text: item.Text, Tail: item.Tail}
		_, holding := v.Text(alone)
		if holding == registry.Held {
			i.Alias = alone.Key()
		}
		for k, text := range item.Subitems {
			at.Subitem, alone.Subitem = k+1, k+1
			sub := subitemView{Key: at.Key(), Text: fmt.Sprintf("%d.%s", k+1, text)}
			if holding == registry.Held {
				sub.Alias = alone.Key()
			}
			i.Subitems = append(i.Subitems, sub)
		}
		out.Items = append(out.Items, i)
	}
	return out
}

// elsewhere compares an article with the same number of the law's other versions. The number may have moved between versions:
// the words say 同条号 and claim no more.
func elsewhere(law *statute.Law, v *statute.Version, a *statute.Article) []articleElsewhere {
	var list []articleElsewhere
	for _, other := range law.Versions {
		if other.ID == v.ID { // also an earlier revision of it
			continue
		}
		x := articleElsewhere{Version: other.Name, Href: view.VersionHref(other), Same: "同条号条文本库未收录"}
		if b, ok := other.Article(a.Article, a.Sub); ok {
			x.Href, x.Same = view.ProvisionHref(other, b.Provision()), "同条号文字不同"
			if statute.TextHash(a.Text()) == statute.TextHash(b.Text()) {
				x.Same = "同条号文字相同"
			}
		}
		list = append(list, x)
	}
	return list
}

// versionGaps says for which times no version is held.
func versionGaps(law *statute.Law) []string { return law.Gaps() }

// comparedArticle is one article number across the versions of a law, in the order of lawPage.Rows.
type comparedArticle struct {
	Title string
	Href  string // its 新旧对照
	Same  string
	Cells []comparedCell
}

type comparedCell struct {
	Version, Href string
	Held          bool
	Text          string      // left out where the texts are the same: one is shown
	Edits         []diff.Edit // the text with what the other version has not marked, where just two are held and alike
}

// compareVersions lines up the articles that at least two versions hold.
func compareVersions(law *statute.Law) []comparedArticle {
	held := map[registry.Provision]int{}
	for _, v := range law.Versions {
		for i := range v.Articles {
			held[v.Articles[i].Provision()]++
		}
	}
	var list []comparedArticle
	var keys []registry.Provision
	for p, n := range held {
		if n > 1 {
			keys = append(keys, p)
		}
	}
	slices.SortFunc(keys, func(a, b registry.Provision) int {
		return cmp.Or(cmp.Compare(a.Article, b.Article), cmp.Compare(a.Sub, b.Sub))
	})
	for _, p := range keys {
		x := comparedArticle{Title: p.String(), Href: view.CompareHref(law.ID, p), Same: "文字相同"}
		first := ""
		for _, v := range slices.Backward(law.Versions) {
			text, holding := v.Text(p)
			cell := comparedCell{Version: v.Name, Href: view.ProvisionHref(v, p), Held: holding == registry.Held, Text: text}
			if cell.Held && first == "" {
				first = statute.TextHash(text)
			}
			if cell.Held && statute.TextHash(text) != first {
				x.Same = "文字不同"
			}
			x.Cells = append(x.Cells, cell)
		}
		x.mark()
		list = append(list, x)
	}
	return list
}

// mark shows the differing characters of two texts that read as one.
func (x *comparedArticle) mark() {
	if len(x.Cells) != 2 || !x.Cells[0].Held || !x.Cells[1].Held || x.Same != "文字不同" {
		return
	}
	edits := diff.Texts(x.Cells[1].Text, x.Cells[0].Text) // the newer version stands first
	if diff.Similarity(edits) >= similarEnough {
		x.Cells[0].Edits, x.Cells[1].Edits = oneSide(edits, diff.Insert), oneSide(edits, diff.Delete)
	}
}
