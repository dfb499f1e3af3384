package cite

import "strings"

// alignment is how a quotation goes along with an official text.
type alignment struct {
	from, to int    // of the quoted runes
	official []rune // the part of the official text it goes along with
	equal    bool
	score    int
}

// leastQuoted is how many runes must agree before words without quotation marks are taken for the law's.
const leastQuoted = 8

// align lays a quotation along the official text. The quotation may begin at any sentence of it and leave off early; every character in
// between counts.
func (s *citing) align(held wording, quoted []rune, marked bool) *alignment {
	official := held.r
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
	for _, begin := range held.starts {
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
		switch r[i-1] {
		case '。', '；', '：', '）':
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
	if k := n + 1 + commonPrefix(official[min(n+1, len(official)):], quoted[min(n+1, len(quoted)):]); k == len(official) && k <= len(quoted) &&
		(!marked || k == len(quoted)) {
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
