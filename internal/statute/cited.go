package statute

import (
	"iter"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute/cite"
)

// Citations finds every provision of a law that a text cites, in reading order: cite.Reader.Citations with the names and texts of this
// catalogue.
func (c *Catalogue) Citations(text string, on registry.Date) []cite.Mention {
	return c.citations().Citations(text, on)
}

// EachCitation is Citations one at a time: cite.Reader.Each.
func (c *Catalogue) EachCitation(text string, on registry.Date) iter.Seq[cite.Mention] {
	return c.citations().Each(text, on)
}

func (c *Catalogue) citations() *cite.Reader {
	c.readerOnce.Do(func() {
		laws := make([]cite.Law, len(c.laws))
		for i, l := range c.laws {
			laws[i] = cite.Law{ID: l.ID, Name: l.Name, ShortName: l.ShortName, Aliases: l.Aliases}
		}
		c.reader = cite.NewReader(laws, holdings{c})
	})
	return c.reader
}

// holdings answers the grammar of citations from a catalogue.
type holdings struct{ c *Catalogue }

// Find says which version of its law a cited provision belongs to, whether its text is held, and what a reviewer should see.
func (h holdings) Find(cited cite.Cited) cite.Found {
	law, p := h.c.byID[cited.LawID], cited.Provision
	f := cite.Found{Holding: registry.NotHeld}
	var among []*Version
	switch {
	case cited.Version.Year != "":
		f.Version = cited.Version.String()
		if _, repealed, why, _ := h.c.OutsideForce(law.ID, cited.On); repealed {
			f.Repealed, f.Problems = true, []string{"《" + law.ShortName + "》" + why}
		}
		v, ok := law.named(cited.Version)
		if !ok {
			f.Problems = append(f.Problems, "《"+law.ShortName+"》的"+f.Version+"版本本库未收录")
			return f
		}
		f.Version, f.VersionID, among = v.Name, v.ID, []*Version{v}
	case cited.On.IsZero():
		among = law.Versions
	default:
		if among = h.c.InForce(law.ID, cited.On); len(among) == 1 {
			f.Version, f.VersionID = among[0].Name, among[0].ID
		}
	}
	if len(among) == 0 { // no version was in force, but its text may be known
		v, repealed, why, ok := h.c.OutsideForce(law.ID, cited.On)
		if !ok {
			f.Problems = []string{"《" + law.ShortName + "》该日版本未收录"}
			return f
		}
		f.VersionID, f.Repealed, f.Problems, among = v.ID, repealed, []string{"《" + law.ShortName + "》" + why}, []*Version{v}
	}
	absent := 0
	for _, v := range among {
		switch _, held := v.Text(p); held {
		case registry.Held:
			f.Holding = registry.Held
			return f
		case registry.Absent:
			absent++
		}
	}
	if absent == len(among) && absent > 0 {
		f.Holding = registry.Absent
		f.Problems = append(f.Problems, among[len(among)-1].whyAbsent(p))
	}
	return f
}

// Texts lists the held texts that a quotation of a provision may come from, the version named or in force on the day first.
func (h holdings) Texts(cited cite.Cited) []cite.Text {
	var list []cite.Text
	for _, v := range h.quotable(cited) {
		words, held := v.Text(cited.Provision)
		if held != registry.Held {
			continue
		}
		t := cite.Text{VersionID: v.ID, Words: words}
		if context, _ := v.ContextText(cited.Provision); context != words {
			t.Context = context
		}
		list = append(list, t)
	}
	return list
}

// quotable are the versions that a quotation may come from.
func (h holdings) quotable(cited cite.Cited) []*Version {
	law := h.c.byID[cited.LawID]
	if cited.Version.Year != "" {
		if v, ok := law.named(cited.Version); ok {
			return []*Version{v}
		}
		return nil
	}
	if !cited.On.IsZero() {
		if in := h.c.InForce(law.ID, cited.On); len(in) > 0 {
			return in
		}
	}
	return law.Versions
}

// named looks a version up by the words of a text. A text that names a year alone, or a 版, may mean the year of the amendment or
// that of coming into force.
func (l *Law) named(words cite.VersionWords) (*Version, bool) {
	for _, v := range l.Versions {
		if strings.HasPrefix(v.Name, words.Year) || strings.Contains(v.Name, words.Year+"年") {
			return v, true
		}
	}
	switch words.Kind {
	case "", "版", "本", "施行":
		for _, v := range l.Versions {
			if from := v.From.Earliest(); len(from) >= 4 && from[:4] == words.Year {
				return v, true
			}
		}
	}
	return nil, false
}

// whyAbsent says in Chinese what a version has instead of a provision that it does not have.
func (v *Version) whyAbsent(p registry.Provision) string {
	a, ok := v.Article(p.Article, p.Sub)
	if !ok {
		return "《" + v.ShortName + "》（" + v.Name + "）没有" + registry.Provision{Article: p.Article, Sub: p.Sub}.String()
	}
	whole := a.Provision()
	s := "《" + v.ShortName + "》（" + v.Name + "）" + whole.String()
	if p.Paragraph > len(a.Paragraphs) {
		s += "只有" + registry.ChineseNumeral(len(a.Paragraphs)) + "款，没有第" + registry.ChineseNumeral(p.Paragraph) + "款"
		if _, h := v.Text(registry.Provision{Article: p.Article, Sub: p.Sub, Item: p.Paragraph}); h == registry.Held && p.Item == 0 {
			s += "；是否为第（" + registry.ChineseNumeral(p.Paragraph) + "）项？"
		}
		return s
	}
	s += "没有" + strings.TrimPrefix(p.String(), whole.String())
	if _, h := v.Text(registry.Provision{Article: p.Article, Sub: p.Sub, Paragraph: p.Item}); h == registry.Held && p.Paragraph == 0 &&
		p.Subitem == 0 {
		s += "；是否为第" + registry.ChineseNumeral(p.Item) + "款？"
	}
	return s
}
