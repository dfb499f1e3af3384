package statute

import (
	"iter"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// Having are the 款 of a version in which every word stands, by their article and their place in it from zero. The texts are small enough that no index is
// kept.
func (v *Version) Having(words []string) iter.Seq2[*Article, int] {
	return func(yield func(*Article, int) bool) {
		for i := range v.Articles {
			a := &v.Articles[i]
			for k := range a.Paragraphs {
				if paragraphHas(&a.Paragraphs[k], words) && !yield(a, k) {
					return
				}
			}
		}
	}
}

// Place is the provision of the kth 款 of an article, from zero; of its only one, that of the article.
func (a *Article) Place(k int) registry.Provision {
	p := a.Provision()
	if len(a.Paragraphs) > 1 {
		p.Paragraph = k + 1
	}
	return p
}

// paragraphHas looks for every word in the parts of a 款 without putting them together, which would be most of a search's time.
func paragraphHas(p *Paragraph, words []string) bool {
	for _, w := range words {
		found := strings.Contains(p.Text, w)
		for i := 0; i < len(p.Items) && !found; i++ {
			it := &p.Items[i]
			found = strings.Contains(it.Text, w) || strings.Contains(it.Tail, w) ||
				slices.ContainsFunc(it.Subitems, func(s string) bool { return strings.Contains(s, w) })
		}
		if !found {
			return false
		}
	}
	return true
}

// Named reports whether every word stands in a name of the law; none names nothing.
func (l *Law) Named(words []string) bool {
	names := strings.Join(append([]string{l.Name, l.ShortName}, l.Aliases...), "\n")
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(names, w) })
}
