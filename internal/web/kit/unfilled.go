package kit

import (
	"bytes"
	"fmt"
	"regexp"
)

// A list of facts of class "facts folded" shows what is known; what is not stands behind 未填 7 项, with its labels, so that nobody reads a wall of
// blanks. The templates write the facts in their order and know nothing of it: an item whose only content is what Known writes for nothing is moved.
var (
	foldedList  = []byte(`<dl class="facts folded">`)
	unfilled    = regexp.MustCompile(`(?s)<div(?: class="wide")?>\s*<dt>[^<]*</dt>\s*<dd(?: class="pre")?>\s*<span class="unknown">([^<]*)</span>\s*</dd>\s*</div>\s*`)
	fewUnfilled = 2 // so many stand where they are: a fold would be as long
)

// foldUnfilled folds the lists of a page in place.
func foldUnfilled(b *bytes.Buffer) {
	if !bytes.Contains(b.Bytes(), foldedList) {
		return
	}
	rest := bytes.Clone(b.Bytes())
	b.Reset()
	for {
		before, after, found := bytes.Cut(rest, foldedList)
		b.Write(before)
		if !found {
			return
		}
		list, tail, _ := bytes.Cut(after, []byte("</dl>"))
		blanks := unfilled.FindAllSubmatch(list, -1)
		b.Write(foldedList)
		if len(blanks) <= fewUnfilled {
			b.Write(list)
			b.WriteString("</dl>")
		} else {
			b.Write(unfilled.ReplaceAll(list, nil))
			fmt.Fprintf(b, `</dl><details class="unfilled"><summary>%s %d 项</summary><dl class="facts">`, blanks[0][1], len(blanks))
			for _, item := range blanks {
				b.Write(item[0])
			}
			b.WriteString("</dl></details>")
		}
		rest = tail
	}
}
