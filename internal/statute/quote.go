package statute

import (
	"fmt"
	"strings"

	"casebook/internal/registry"
)

// quoteBudget bounds the cells of all quote comparisons of one text. What is left unread beyond it is only a difference shown: equal
// quotes need no comparison.
const quoteBudget = 30_000_000

// textKey is a provision of a version, perhaps with the lead that its 项 stands under.
type textKey struct {
	v    *Version
	p    registry.Provision
	lead bool
}

// officialText is a provision's text as quotations are compared with it: white space out, widths folded. With lead it is a 项 behind the
// words it goes on from, as decisions quote it; nil where that is no other text.
func (s *citing) officialText(v *Version, p registry.Provision, lead bool) []rune {
	k := textKey{v, p, lead}
	if r, ok := s.official[k]; ok {
		return r
	}
	var r []rune
	text, h := v.Text(p)
	if lead && h == registry.Held {
		whole, _ := v.ContextText(p)
		if whole == text {
			h = registry.NotHeld
		}
		text = whole
	}
	if h == registry.Held {
		r = read(text).r
	}
	if len(s.official) < 2000 {
		s.official[k] = r
	}
	return r
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

// paragraphEnd is where a quotation without marks must end at the latest: the next empty line behind a finished sentence.
func (s *citing) paragraphEnd(i int) int {
	t := s.t
	const longest = 2000
	for j := i + 1; j < len(t.r) && j-i < longest; j++ {
		if t.gap[j] >= gapBlank && strings.ContainsRune("。！？", t.r[j-1]) {
			return j
		}
	}
	return min(i+longest, len(t.r))
}

// unheld takes a line behind a heading for the text of a provision that the catalogue does not hold.
func (s *citing) unheld(g *group, i int) {
	t := s.t
	if g.law.law != nil {
		for _, v := range s.versionsFor(g) {
			if s.officialText(v, g.provisions[0], false) != nil {
				return // it is held, and this is not its text
			}
		}
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

// versionsFor lists the versions a quotation may come from, the named or dated one first.
func (s *citing) versionsFor(g *group) []*Version {
	if g.law.law == nil {
		return nil
	}
	if g.version.year != "" {
		if v, ok := g.version.find(g.law.law); ok {
			return []*Version{v}
		}
		return nil
	}
	if !s.on.IsZero() {
		if in := s.c.InForce(g.law.law.ID, s.on); len(in) > 0 {
			return in
		}
	}
	return g.law.law.Versions
}

// compare finds the official text in [from,to). With marks the quotation is all that stands between them; without, it is as much as
// goes along with the official text, and none if too little does.
func (s *citing) compare(g *group, from, to int, marked bool) {
	var best *alignment
	for _, v := range s.versionsFor(g) {
		for _, lead := range [...]bool{false, true} {
			official := s.officialText(v, g.provisions[0], lead)
			if official == nil || best != nil && best.equal {
				continue
			}
			if a := s.align(official, s.t.r[from:to], marked); a != nil && (best == nil || a.score > best.score || a.equal) {
				a.version, best = v, a
			}
		}
	}
	if best == nil {
		if marked {
			q := s.keepQuote(g, from, to)
			for _, v := range s.versionsFor(g) {
				if s.officialText(v, g.provisions[0], false) != nil {
					no := false
					q.Matches, q.Difference, q.VersionID = &no, "引文与本库的条文不同，未能逐字对上", v.ID
					break
				}
			}
		}
		return
	}
	q := s.keepQuote(g, from+best.from, from+best.to)
	equal := best.equal
	q.Matches, q.VersionID = &equal, best.version.ID
	if !equal {
		q.Edits = Diff(string(best.official), q.Text)
		q.Difference = differences(q.Edits)
	}
}

// alignment is how a quotation goes along with an official text.
type alignment struct {
	from, to int    // of the quoted runes
	official []rune // the part of the official text it goes along with
	equal    bool
	score    int
	version  *Version
}

// leastQuoted is how many runes must agree before words without quotation marks are taken for the law's.
const leastQuoted = 8

// align lays a quotation along the official text. The quotation may begin at any sentence of it and leave off early; every character in
// between counts.
func (s *citing) align(official, quoted []rune, marked bool) *alignment {
	if marked {
		quoted = trimEllipsis(quoted)
		if i := indexRunes(official, trimEnd(quoted)); i >= 0 && len(quoted) > 0 {
			return &alignment{to: len(quoted), official: official[i : i+len(trimEnd(quoted))], equal: true, score: len(quoted)}
		}
		if inPieces(official, quoted) {
			return &alignment{to: len(quoted), official: quoted, equal: true, score: len(quoted)}
		}
	}
	var best *alignment
	for _, begin := range sentenceStarts(official) {
		rest := official[begin:]
		if n := commonPrefix(rest, quoted); n < 4 && (n < 2 || !marked) && !startsAlike(rest, quoted) {
			continue
		}
		a := s.extend(rest, quoted, marked)
		if a != nil && (best == nil || a.score > best.score) {
			best = a
		}
		if best != nil && best.equal {
			break
		}
	}
	return best
}

// inPieces reports whether a quotation is the official text with parts left out where writers leave them out: at ……, and before the 项
// that matters (…有下列行为之一的，…：（三）…).
func inPieces(official, quoted []rune) bool {
	const least = leastQuoted
	from, at, found := 0, 0, 0
	for i := 0; i <= len(quoted); i++ {
		cut := i == len(quoted) || quoted[i] == '…' || quoted[i] == '（' && i > 0 && strings.ContainsRune("：；", quoted[i-1])
		if !cut {
			continue
		}
		piece := trimEnd(quoted[from:i])
		if len(piece) > 0 {
			k := indexRunes(official[at:], piece)
			if k < 0 {
				return false
			}
			at, found = at+k+len(piece), found+len(piece)
		}
		for i < len(quoted) && quoted[i] == '…' {
			i++
		}
		from = i
	}
	return found >= least
}

// startsAlike reports whether two texts begin the same but for a slip: six of the first eight characters agree in place.
func startsAlike(a, b []rune) bool {
	n, same := min(len(a), len(b), 8), 0
	for i := range n {
		if a[i] == b[i] {
			same++
		}
	}
	return n == 8 && same >= 6
}

func commonPrefix(a, b []rune) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// sentenceStarts are the places where a quotation may begin: the text, its sentences and items.
func sentenceStarts(r []rune) []int {
	starts := []int{0}
	for i := 1; i < len(r) && len(starts) < 40; i++ {
		if strings.ContainsRune("。；：）", r[i-1]) {
			starts = append(starts, i)
		}
	}
	return starts
}

// extend goes along both texts from their beginning as far as it pays: a character that agrees is worth one, one that does not
// costs two. With marks the whole quotation must be gone along.
func (s *citing) extend(official, quoted []rune, marked bool) *alignment {
	n := commonPrefix(official, quoted)
	if n == len(official) || n == len(quoted) && marked {
		if n < leastQuoted && !marked {
			return nil
		}
		return &alignment{to: n, official: official[:n], equal: n == len(official) || marked, score: n}
	}
	if k := n + 1 + commonPrefix(official[min(n+1, len(official)):], quoted[min(n+1, len(quoted)):]); k == len(official) && k <= len(quoted) && (!marked || k == len(quoted)) {
		return &alignment{to: k, official: official, score: k - 3} // one character misprinted: no need to search
	}
	i, j, score := s.along(official, quoted, marked)
	if score < leastQuoted && !marked || marked && score*2 < len(quoted) {
		return nil
	}
	if !marked {
		i, j = sentenceEnd(official, i), sentenceEnd(quoted, j)
	}
	a, b := official[:i], quoted[:j]
	if i < len(official) { // a part of it may end in another mark: …责令停业、关闭。
		a, b = trimEnd(a), trimEnd(b)
	}
	equal := string(a) == string(b)
	return &alignment{to: j, official: official[:i], equal: equal, score: score}
}

// sentenceEnd moves on to the end of the sentence that i stands in, if that is near.
func sentenceEnd(r []rune, i int) int {
	for j := i; j <= len(r) && j-i <= 40; j++ {
		if j > 0 && (strings.ContainsRune("。；", r[j-1]) || r[j-1] == '：' && j < len(r) && r[j] == '（') { // the lead alone, or with other 项 behind it
			return j
		}
		if j == len(r) {
			return j
		}
	}
	return i
}

// along is the best end of an alignment from both beginnings, in a band around the diagonal.
func (s *citing) along(a, b []rune, whole bool) (i, j, score int) {
	band := 20 + len(a)/20
	if whole {
		band = max(band, min(200, len(b)/3))
	}
	b = b[:min(len(b), len(a)+band)]
	width := 2*band + 1
	if cells := len(a) * width; cells > s.budget {
		n := commonPrefix(a, b)
		return n, n, n
	}
	s.budget -= len(a) * width
	const none = -1 << 30
	row, next := make([]int, width+2), make([]int, width+2)
	for k := range row {
		row[k] = none
	}
	for k := band; k < width; k++ { // b[:k-band] inserted before a begins
		row[k+1] = -2 * (k - band)
	}
	best := [3]int{0, 0, 0}
	if whole {
		best[2] = none
	}
	for x := 1; x <= len(a); x++ {
		for k := range next {
			next[k] = none
		}
		for k := range width {
			y := x + k - band
			if y < 0 || y > len(b) {
				continue
			}
			v := row[k+2] - 2 // a[x-1] left out
			if w := next[k] - 2; w > v {
				v = w // b[y-1] put in
			}
			if y > 0 && row[k+1] > none {
				w := row[k+1] - 2
				if a[x-1] == b[y-1] {
					w = row[k+1] + 1
				}
				v = max(v, w)
			}
			if y == 0 {
				v = -2 * x
			}
			next[k+1] = v
			if v > best[2] && (!whole || y == len(b)) {
				best = [3]int{x, y, v}
			}
		}
		row, next = next, row
	}
	return best[0], best[1], best[2]
}

func indexRunes(in, what []rune) int {
	if len(what) == 0 {
		return -1
	}
	return runeIndex(string(in), string(what))
}

func runeIndex(in, what string) int {
	i := strings.Index(in, what)
	if i < 0 {
		return -1
	}
	return len([]rune(in[:i]))
}

// trimEnd leaves the last mark of a quotation out: it ends the writer's sentence as often as the law's.
func trimEnd(r []rune) []rune {
	if n := len(r); n > 0 && strings.ContainsRune("。，；：", r[n-1]) {
		return r[:n-1]
	}
	return r
}

func trimEllipsis(r []rune) []rune {
	for len(r) > 0 && r[len(r)-1] == '…' {
		r = r[:len(r)-1]
	}
	return r
}

// differences tells the edits from the held text to the quoted one in words.
func differences(list []Edit) string {
	const most = 8
	var parts []string
	before := ""
	for _, e := range list {
		where := "开头"
		if before != "" {
			where = "“" + before + "”之后"
		}
		switch e.Op {
		case EditInsert:
			parts = append(parts, fmt.Sprintf("%s：引文多出“%s”", where, e.B))
		case EditDelete:
			parts = append(parts, fmt.Sprintf("%s：引文缺少“%s”", where, e.A))
		case EditReplace:
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
