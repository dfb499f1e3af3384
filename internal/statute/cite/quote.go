package cite

import (
	"fmt"
	"slices"
	"strings"

	"casebook/internal/statute/diff"
)

// quoteBudget bounds the cells of all quote comparisons of one text. What is left unread beyond it is only a difference shown: equal
// quotes need no comparison.
const quoteBudget = 30_000_000

// officialText is a held text as quotations are compared with it: white space out, widths folded.
type officialText struct {
	versionID      string
	words, context wording // context is empty where it is no other text
}

// wording is a held text as quotations are laid along it. A text cites the same few provisions again and again: where its sentences begin is
// found once.
type wording struct {
	r      []rune
	starts []int // places where a quotation may begin
}

func newWording(text string) wording {
	r := read(text).r
	return wording{r, sentenceStarts(r)}
}

// officialTexts are the texts that a quotation beside a citation of one provision may come from, the named or dated version first.
func (s *citing) officialTexts(g *group) []officialText {
	if g.law.law == nil {
		return nil
	}
	key := s.cited(g, g.provisions[0])
	list, ok := s.official[key]
	if ok {
		return list
	}
	for _, t := range s.catalogue.Texts(key) {
		o := officialText{versionID: t.VersionID, words: newWording(t.Words)}
		if t.Context != "" {
			o.context = newWording(t.Context)
		}
		list = append(list, o)
	}
	if len(s.official) < maxAnswers {
		s.official[key] = list
	}
	return list
}

// readQuote finds the law's own words behind a citation of one provision: 第三十九条　禁止…, 规定：“禁止…”, 规定，禁止….
func (s *citing) readQuote(g *group) {
	if len(g.provisions) != 1 || g.law.none || g.law.zero() {
		return
	}
	t := s.t
	i := t.skipAll(g.end, "的", "之", "明确", "规定", "要求", "指出", "】", "》", "”")
	said := i > g.end
	i = t.skip(i, "：", "，")
	if i >= len(t.r) {
		return
	}
	if closing := closes(t.r[i]); closing != 0 {
		if end := t.closing(i+1, closing); end > i+1 && end-i >= 5 {
			s.compare(g, i+1, end, true)
		}
		return
	}
	heading := !said && i < len(t.r) && (t.gap[g.end] > gapNone || i > g.end && t.r[i-1] == '：') && s.beginsLine(g.start)
	if !heading && !(said || i > g.end) {
		return
	}
	s.compare(g, i, s.paragraphEnd(i), false)
	if g.quote == nil && heading && t.gap[g.start] >= gapLine {
		s.unheld(g, i)
	}
}

// beginsLine reports whether a citation stands at the beginning of a line, perhaps behind a number or a label.
func (s *citing) beginsLine(i int) bool {
	t := s.t
	for steps := 0; steps < 8; steps++ {
		if t.gap[i] >= gapLine {
			return true
		}
		if i == 0 {
			return true
		}
		c := t.r[i-1]
		switch {
		case strings.ContainsRune("：】）、.．。；”", c):
			return true
		case digitOf(c) >= 0 || c >= '0' && c <= '9' || strings.ContainsRune("(（【一二三四五六七八九十*•·●-", c):
			i--
		default:
			return t.gap[i] >= gapSpace
		}
	}
	return false
}

func closes(open rune) rune {
	switch open {
	case '“':
		return '”'
	case '"':
		return '"'
	case '「':
		return '」'
	case '『':
		return '』'
	}
	return 0
}

// closing finds the closing mark of a quotation, over quotations inside it.
func (t *running) closing(i int, mark rune) int {
	const longest = 2500
	depth := 0
	for j := i; j < len(t.r) && j-i < longest; j++ {
		switch {
		case t.r[j] == mark && depth == 0:
			return j
		case t.r[j] == mark:
			depth--
		case t.r[j] == '“' && mark == '”':
			depth++
		}
	}
	return i
}

// paragraphEnd is where a quotation without marks must end at the latest: the next empty line behind a finished sentence. These places are
// found once: a page without an empty line would be read to the limit behind each of its citations.
func (s *citing) paragraphEnd(i int) int {
	t := s.t
	const longest = 2000
	if s.paragraphs == nil {
		s.paragraphs = []int{}
		for j := 1; j < len(t.r); j++ {
			if t.gap[j] >= gapBlank && (t.r[j-1] == '。' || t.r[j-1] == '！' || t.r[j-1] == '？') {
				s.paragraphs = append(s.paragraphs, j)
			}
		}
	}
	end := min(i+longest, len(t.r))
	if k, _ := slices.BinarySearch(s.paragraphs, i+1); k < len(s.paragraphs) && s.paragraphs[k] < end {
		return s.paragraphs[k]
	}
	return end
}

// unheld takes a line behind a heading for the text of a provision that the catalogue does not hold.
func (s *citing) unheld(g *group, i int) {
	t := s.t
	if len(s.officialTexts(g)) > 0 {
		return // it is held, and this is not its text
	}
	end := i
	for end < len(t.r) && end-i < 1000 && (t.gap[end] < gapLine || end == i || t.joins(end)) {
		end++
	}
	if end-i >= 6 {
		s.keepQuote(g, i, end)
	}
}

func (s *citing) keepQuote(g *group, from, to int) *Quote {
	start, end := s.t.span(from, to)
	g.quote, g.quoteTo = &Quote{Start: start, End: end, Text: string(s.t.r[from:to])}, to
	return g.quote
}

// compare finds the official text in [from,to). With marks the quotation is all that stands between them; without, it is as much as
// goes along with the official text, and none if too little does.
func (s *citing) compare(g *group, from, to int, marked bool) {
	texts := s.officialTexts(g)
	var best *alignment
	versionID := ""
	for _, t := range texts {
		for _, official := range [...]wording{t.words, t.context} {
			if official.r == nil || best != nil && best.equal {
				continue
			}
			if a := s.align(official, s.t.r[from:to], marked); a != nil && (best == nil || a.score > best.score || a.equal) {
				best, versionID = a, t.versionID
			}
		}
	}
	if best == nil {
		if marked {
			q := s.keepQuote(g, from, to)
			if len(texts) > 0 {
				no := false
				q.Matches, q.Difference, q.VersionID = &no, "引文与本库的条文不同，未能逐字对上", texts[0].versionID
			}
		}
		return
	}
	q := s.keepQuote(g, from+best.from, from+best.to)
	equal := best.equal
	q.Matches, q.VersionID = &equal, versionID
	if !equal {
		q.Edits = diff.Texts(string(best.official), q.Text)
		q.Difference = differences(q.Edits)
	}
}

// differences tells the edits from the held text to the quoted one in words.
func differences(list []diff.Edit) string {
	const most = 8
	var parts []string
	before := ""
	for _, e := range list {
		where := "开头"
		if before != "" {
			where = "“" + before + "”之后"
		}
		switch e.Op {
		case diff.Insert:
			parts = append(parts, fmt.Sprintf("%s：引文多出“%s”", where, e.B))
		case diff.Delete:
			parts = append(parts, fmt.Sprintf("%s：引文缺少“%s”", where, e.A))
		case diff.Replace:
			parts = append(parts, fmt.Sprintf("%s：引文为“%s”，本库文本为“%s”", where, e.B, e.A))
		}
		if e.A != "" {
			before = lastWords(e.A)
		}
		if len(parts) == most {
			parts = append(parts, "……")
			break
		}
	}
	return strings.Join(parts, "；")
}

// lastWords are the last few characters, from the last punctuation mark on: enough to find the place.
func lastWords(s string) string {
	r := []rune(s)
	from := max(0, len(r)-8)
	for i := len(r) - 2; i > from; i-- {
		if strings.ContainsRune("，。、；：（）“”", r[i-1]) {
			from = i
			break
		}
	}
	return string(r[from:])
}
