package store

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/internal/registry"
)

// Asking is what a search knows of who asks and of words that no record holds.
type Asking struct {
	Guarded   bool                           // it may find numbers that not every role may see
	Districts []registry.District            // found by their present names
	Types     func(word string) []MeantTypes // violation types that a folded word stands for; nil for none
}

// MeantTypes is a violation type that a word stands for. By is the word of the catalogue that tells, where the type's label does not.
type MeantTypes struct{ Code, By string }

// term is one word of a search. A record has it where its text holds the word, or one of the codes, or, for who may look for it, the number
// among its guarded ones.
type term struct {
	word    string
	number  string // the word without hyphens, where it can be a piece of a code or an ID number
	guarded bool
	codes   []string // as searchDoc.code writes them
	shown   []string // those of them whose words a row shows
	types   []MeantTypes
}

// Numbers are looked for by at least so many characters: fewer stand in every other one.
const shortestNumber = 4

// terms splits what a person typed into the words of a search, all of which must be found.
func (a Asking) terms(q string) (list []term) {
	for typed := range strings.FieldsSeq(q) {
		t := term{word: registry.FoldNumbers(registry.Fold(typed))}
		if t.word == "" {
			continue
		}
		if number := strings.ReplaceAll(t.word, "-", ""); len(number) >= shortestNumber && isNumber(number) {
			t.number, t.guarded = number, a.Guarded
		}
		for i := range a.Districts {
			if d := &a.Districts[i]; strings.Contains(registry.Fold(d.Name), t.word) || strings.Contains(registry.Fold(d.Short), t.word) {
				t.shown = append(t.shown, districtCode(d.Code))
			}
		}
		t.codes = slices.Clone(t.shown)
		if a.Types != nil {
			t.types = a.Types(t.word)
			for _, m := range t.types {
				t.codes = append(t.codes, typeCode(m.Code))
				if m.By == "" {
					t.shown = append(t.shown, typeCode(m.Code))
				}
			}
		}
		list = append(list, t)
	}
	return list
}

// isNumber reports letters and figures alone, figures among them.
func isNumber(s string) bool {
	figure := false
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			figure = true
		case c < 'a' || c > 'z':
			return false
		}
	}
	return figure
}

// The index holds terms of several kinds; those below begin with a sign that no folded word has within it.
const (
	pieceMark   = "§" // a piece of a word of letters or figures, or of a name by its first letters
	codeMark    = "¤" // a code of the record's
	guardedMark = "¦" // a piece of a guarded number
)

// pieceLength is how many characters a piece has; the last ones of a word are shorter.
const pieceLength = 4

// pieces are the index terms by which a word of letters and figures is found from any of its characters on.
func pieces(mark, word string) []string {
	r := []rune(word)
	out := make([]string, len(r))
	for i := range r {
		out[i] = mark + string(r[i:min(i+pieceLength, len(r))])
	}
	return out
}

// pieceQuery are the index terms that a text with this run of letters and figures must have, as FTS5 writes them.
func pieceQuery(mark string, run []rune) (out []string) {
	if len(run) < pieceLength {
		return []string{`"` + mark + string(run) + `"*`}
	}
	for i := 0; i+pieceLength <= len(run); i++ {
		out = append(out, `"`+mark+string(run[i:i+pieceLength])+`"`)
	}
	return out
}

// pairs are the index terms of a folded text: each run of Han characters gives its overlapping pairs and its last character
// alone; letters and digits give whole words, and their pieces. Chinese needs no dictionary this way, and two characters are found exactly.
// The terms are cut out of the text, not copied: a case has some five hundred.
func pairs(text string, add func(term string)) {
	before, kind := 0, notIndexed // where the Han character before begins, or the word
	for at, r := range text {
		now := kindOf(r)
		switch {
		case kind == han && now == han:
			add(text[before : at+utf8.RuneLen(r)])
			before = at
			continue
		case kind == now:
			continue
		}
		lastPairs(text[before:at], kind, add)
		before, kind = at, now
	}
	lastPairs(text[before:], kind, add)
}

// lastPairs gives the terms of a run that has ended: its last Han character, or the word.
func lastPairs(run string, kind runKind, add func(term string)) {
	if kind == notIndexed {
		return
	}
	add(run)
	if kind == word {
		for _, p := range pieces(pieceMark, run) {
			add(p)
		}
	}
}

// queryPairs are the index terms that a text with this word must have, as FTS5 writes them: all pairs of its Han runs, and
// words of letters and digits as far as their bounds are known: 27 in 〔2024〕27号 is a whole word, A in 鱼塘A may go on.
// A word that may begin in the middle of an indexed one (27 alone, in 227) is looked for by its pieces; a single character gives none.
func queryPairs(word string) []string {
	var out []string
	first := true
	end := len(word)
	at := 0
	runs(word, func(run []rune, han bool) {
		text := string(run)
		at += strings.Index(word[at:], text) + len(text)
		switch {
		case han:
			for i := 0; i+2 <= len(run); i++ {
				out = append(out, `"`+string(run[i:i+2])+`"`)
			}
		case first && strings.HasPrefix(word, text):
			if len(run) > 1 {
				out = append(out, pieceQuery(pieceMark, run)...)
			}
		case at == end:
			out = append(out, `"`+text+`"*`)
		default:
			out = append(out, `"`+text+`"`)
		}
		first = false
	})
	return out
}

func runs(text string, visit func(run []rune, han bool)) {
	var run []rune
	kind := notIndexed
	flush := func() {
		if len(run) > 0 {
			visit(run, kind == han)
		}
		run = run[:0]
	}
	for _, r := range text {
		k := kindOf(r)
		if k != kind {
			flush()
			kind = k
		}
		if k != notIndexed {
			run = append(run, r)
		}
	}
	flush()
}

// runKind is what the characters of a run are.
type runKind byte

const (
	notIndexed runKind = iota
	han
	word
)

func kindOf(r rune) runKind {
	switch {
	case r >= 0x4e00 && r <= 0x9fff || unicode.Is(unicode.Han, r): // the first for speed
		return han
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return word
	}
	return notIndexed
}

// match is the FTS5 expression of what a record with the term must have in its index; empty where nothing can be looked up there.
func (t term) match() string {
	all := queryPairs(t.word)
	if len(all) == 0 {
		return ""
	}
	any := []string{strings.Join(all, " AND ")}
	if t.number != "" && t.number != t.word {
		any = append(any, strings.Join(pieceQuery(pieceMark, []rune(t.number)), " AND "))
	}
	if t.guarded {
		any = append(any, strings.Join(pieceQuery(guardedMark, []rune(t.number)), " AND "))
	}
	for _, c := range t.codes {
		any = append(any, `"`+codeTerm(c)+`"`)
	}
	return "((" + strings.Join(any, ") OR (") + "))"
}

// exact reports that the index alone tells: two Han characters are one of its terms, as a code is. Looking at the texts of the thousand records
// that a common word is counted in would cost more than all the rest of the list.
func (t term) exact() bool {
	r := []rune(t.word)
	return len(r) == 2 && unicode.Is(unicode.Han, r[0]) && unicode.Is(unicode.Han, r[1])
}

// holds adds the condition on the kept text, which makes the answer exact.
func (t term) holds(q *query) {
	q.add(" AND ("+textHas("st.text"), t.word)
	if t.number != "" && t.number != t.word {
		q.add(" OR "+textHas("st.text"), t.number)
	}
	if t.guarded {
		q.add(" OR instr(st.guarded, ?) > 0", t.number)
	}
	for _, c := range t.codes {
		q.add(" OR instr(st.codes, ?) > 0", c)
	}
	q.add(")")
}

// matchOf is the expression of all words that can be looked up, and whether it alone tells who has every one.
func matchOf(list []term) (match string, exact bool) {
	var all []string
	exact = true
	for _, t := range list {
		if m := t.match(); m != "" {
			all = append(all, m)
		}
		exact = exact && t.exact()
	}
	return strings.Join(all, " AND "), exact
}

// search joins a list of x to the records that have every word of text, opens the WHERE clause, and returns the column that holds the id in
// the leading table. Where no word can be looked up (a single character), the list reads the texts, newest first.
func (q *query) search(entity, text string, a Asking) (id string) {
	list := a.terms(text)
	if len(list) == 0 {
		q.add(" WHERE 1 = 1")
		return "x.id"
	}
	id = "x.id"
	if match, exact := matchOf(list); match != "" {
		id = q.matching(entity, match, exact)
		if exact {
			return id
		}
	} else {
		q.add(" JOIN search_texts st ON st.entity = '" + entity + "' AND st.entity_id = x.id WHERE 1 = 1")
	}
	for _, t := range list {
		t.holds(q)
	}
	return id
}
