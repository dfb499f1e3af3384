package registry

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/internal/lazyregexp"
)

// Numbers of persons as a hand may write them: figures of several scripts in one number, letters that look like figures (138OO138OOl), any sign
// between the groups. What a run of such figures may be is tried from where a group begins to where one ends.

// figure is one of a run.
type figure struct {
	value    byte
	at, to   int    // in the text
	typed    bool   // a figure, not a letter that looks like one
	script   int    // 0: 0 to 9, 1: Chinese, 2: a letter
	before   string // the signs between the one before and this
	gluedTo  bool   // a Latin letter stands right before it
	gluedOff bool   // one stands right behind it
}

// alike are letters that are read as figures.
var alike = map[rune]byte{'o': '0', 'l': '1', 'i': '1', '|': '1', 's': '5', 'b': '8', 'z': '2'}

// figureRuns are the stretches of figures with up to three signs between two of them.
func figureRuns(s string) (runs [][]figure) {
	var run []figure
	between, signs, latin := -1, 0, false // where the signs behind the last figure begin
	end := func() {
		if len(run) > 0 {
			runs = append(runs, run)
		}
		run, between, signs = nil, -1, 0
	}
	for i, r := range s {
		value, typed, script := figureOf(r), true, 0
		switch {
		case isFigure(value) && r >= 0x80:
			script = 1
		case isFigure(value):
		case alike[r] != 0:
			value, typed, script = rune(alike[r]), false, 2
		case r == 'x' && len(run) > 0:
			value = 'x'
		case unicode.IsLetter(r) || gapOf([]rune{r}) == gapEnd:
			if latin = r < 0x80 && unicode.IsLetter(r); latin && len(run) > 0 && between < 0 {
				run[len(run)-1].gluedOff = true
			}
			end()
			continue
		default:
			latin = false
			if len(run) > 0 {
				if signs++; between < 0 {
					between = i
				}
				if signs > 3 {
					end()
				}
			}
			continue
		}
		f := figure{value: byte(value), at: i, to: i + utf8.RuneLen(r), typed: typed, script: script, gluedTo: latin && len(run) == 0} //nolint:gosec // 0 to 9 and x
		if between >= 0 {
			f.before = s[between:i]
		}
		run, between, signs, latin = append(run, f), -1, 0, false
	}
	end()
	return runs
}

// written is a number that a run may hold.
type written struct {
	number string
	groups []int    // their lengths
	signs  []string // between the groups
}

// inRuns makes a pattern of a test on numbers of some lengths.
func inRuns(is func(w written) bool, lengths ...int) func(string) []byteSpan {
	return func(s string) (list []byteSpan) {
		for _, run := range figureRuns(s) {
			for from := 0; from < len(run); from++ {
				if from > 0 && run[from].before == "" && run[from].script == run[from-1].script || run[from].gluedTo {
					continue
				}
				for _, n := range lengths {
					to := from + n
					if to > len(run) || to < len(run) && run[to].before == "" && run[to].script == run[to-1].script || run[to-1].gluedOff {
						continue
					}
					if w, ok := write(run[from:to]); ok && is(w) {
						list = append(list, byteSpan{run[from].at, run[to-1].to})
						from = to - 1
						break
					}
				}
			}
		}
		return list
	}
}

// write tells what stands there; ok is false where it is more letters than figures, or a decimal.
func write(run []figure) (w written, ok bool) {
	number, typed := make([]byte, 0, len(run)), 0
	for i, f := range run {
		if number = append(number, f.value); f.typed {
			typed++
		}
		if i == 0 || f.before != "" {
			w.groups = append(w.groups, 0)
		}
		if i > 0 && f.before != "" {
			w.signs = append(w.signs, strings.TrimSpace(f.before))
		}
		w.groups[len(w.groups)-1]++
	}
	w.number = string(number)
	if point := slices.Index(w.signs, "."); point >= 0 && (len(w.signs) == 1 || slices.ContainsFunc(w.signs, func(s string) bool { return s != "." })) {
		return w, false
	}
	return w, typed*5 >= len(run)*3
}

// one tells figures that stand one by one, or nearly.
func (w written) one() bool { return 3*len(w.groups) >= 2*len(w.number) }

// list tells signs that part the items of a list rather than the groups of a number.
func (w written) list() bool {
	return slices.ContainsFunc(w.signs, func(s string) bool { return s == "," || s == ":" || s == "~" })
}

func writtenMobile(w written) bool {
	if !mobile.MatchString(w.number) {
		return false
	}
	switch {
	case len(w.groups) == 1 || w.one() || slices.Equal(w.groups, []int{3, 4, 4}):
		return true
	case len(w.groups) == 2:
		return !w.list() && (slices.Equal(w.groups, []int{3, 8}) || slices.Equal(w.groups, []int{7, 4}))
	}
	return !w.list() && len(w.groups) == 3 && (w.groups[0] == 3 && w.groups[1] == 3 || w.groups[0] == 4)
}

// writtenID: eighteen figures with a day of birth in them are no accident, however they are grouped; of the fifteen of the old card some are.
func writtenID(w written) bool {
	switch {
	case personID18.MatchString(w.number):
		return len(w.groups) <= 6 || w.one() || slices.Max(w.groups) == slices.Min(w.groups)
	case personID15.MatchString(w.number):
		return len(w.groups) == 1 || w.one() || slices.Equal(w.groups, []int{6, 6, 3})
	}
	return false
}

func writtenLandline(w written) bool {
	return landline.MatchString(w.number) && len(w.groups) <= 5 && !w.list() && (len(w.groups) < 3 || slices.Max(w.groups) >= 3)
}

func writtenAccount(w written) bool {
	return account.MatchString(w.number) && !personID18.MatchString(w.number) && !w.list() && (len(w.groups) == 1 || w.one() || slices.Max(w.groups) <= 5 && slices.Min(w.groups[:len(w.groups)-1]) >= 4)
}

// Masked numbers. A mask is two and more of a sign that may stand for figures, three and more of one that has other uses too, or 略 in brackets.
const (
	surelyMask = "*x□■★☆◆◇▇█▓※♦●某"
	maybeMask  = "#?_-.○~=^/"
)

// maskForm writes a text for the patterns of masked numbers: * for what is masked, figures, Latin letters, one blank for any sign between them, and |
// for anything else; at tells where each byte comes from.
func maskForm(s string) (out []byte, at []byteSpan) {
	put := func(c byte, from, to int) {
		if c == ' ' && len(out) > 0 && out[len(out)-1] == ' ' {
			return
		}
		out, at = append(out, c), append(at, byteSpan{from, to})
	}
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		n, end := 1, i+size
		for end < len(s) && strings.HasPrefix(s[end:], s[i:i+size]) {
			n, end = n+1, end+size
		}
		masked := n >= 2 && strings.ContainsRune(surelyMask, r) || n >= 3 && strings.ContainsRune(maybeMask, r) || r == '*' || r == '…' || r == '略' && i > 0 && s[i-1] == '('
		switch value := figureOf(r); {
		case masked && r == '…':
			n *= 3
			fallthrough
		case masked:
			for range min(n, 18) {
				put('*', i, end)
			}
		case value != stop || r == 'x':
			for k := range n {
				put(byte(value), i+k*size, i+(k+1)*size) //nolint:gosec // ASCII
			}
		case unicode.IsLetter(r) || gapOf([]rune{r}) == gapEnd:
			put('|', i, end)
		default:
			put(' ', i, end)
		}
		i = end
	}
	return out, at
}

// maskedNumbers makes a pattern of expressions on the form of masked numbers; a find has a masked place.
func maskedNumbers(is func(found string) bool, expressions ...*lazyregexp.Regexp) func(string) []byteSpan {
	return func(s string) (list []byteSpan) {
		form, at := maskForm(s)
		if !slices.Contains(form, '*') {
			return nil
		}
		for _, re := range expressions {
			for _, m := range re.FindAllSubmatchIndex(form, -1) {
				found := string(form[m[2]:m[3]])
				if strings.Contains(found, "*") && (is == nil || is(strings.ReplaceAll(found, " ", ""))) {
					list = append(list, byteSpan{at[m[2]].from, at[m[3]-1].to})
				}
			}
		}
		return list
	}
}

const maskedBirth = `(?:19|20)[0-9]{2} ?(?:0[1-9]|1[0-2]) ?(?:0[1-9]|[12][0-9]|3[01])`

var (
	// The day of birth is left, whatever is masked before and behind it, or its year.
	maskedIDs = []*lazyregexp.Regexp{
		lazyregexp.New(`(?:^|[^0-9*])((?:[0-9*] ?){2,24}` + maskedBirth + `(?: ?[0-9*x]){3,4})(?:[^0-9*]|$)`),
		lazyregexp.New(`(?:^|[^0-9*])((?:[0-9*] ?){2,24}` + maskedBirth + ` ?\*{3,}|[0-9][0-9* ]{3,23}` + maskedBirth + ` ?\*+)`),
		lazyregexp.New(`(\*(?: ?\*)+ ?` + maskedBirth + ` ?(?:\*{3,}|[0-9]{3}[0-9x]))`), // **2026-08-15** is bold
		lazyregexp.New(`(?:^|[^0-9*])((?:[0-9*] ?){6}(?:19|20)[0-9]{2} ?[0-9*](?: ?[0-9*]){3,6} ?[0-9*x])(?:[^0-9*]|$)`),
		lazyregexp.New(`(?:^|[^0-9*])((?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])[0-9]{4} ?\*+ ?[0-9]{3}[0-9x])(?:[^0-9*]|$)`),
	}
	// As long as an ID number, with its district before what is masked.
	maskedWhole = lazyregexp.New(`(?:^|[^0-9*])([1-9](?: ?[0-9]){3,13} ?\*(?: ?\*){2,13}(?: ?[0-9x]){0,8})(?:[^0-9*]|$)`)
	maskedCode  = lazyregexp.New(`(?:^|[^0-9a-z*])(9[0-9]{5,9} ?\*(?: ?\*){2,11} ?[0-9a-z]{2,6})(?:[^0-9a-z*]|$)`)
)

// longAsID: a sign may stand for several figures.
func longAsID(s string) bool { return len(s) >= 15 && len(s) <= 32 }
