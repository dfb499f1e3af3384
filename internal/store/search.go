package store

import (
	"cmp"
	"database/sql"
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

// lookup is a term that a record must have in its index, or, with prefix, one that begins so.
type lookup struct {
	term   string
	prefix bool
}

// needed is what the index of a record must hold to be found: for each word, in one of several ways, all terms of that way. Where the index
// alone tells who has every word, it is exact; else the kept text is looked at too.
type needed struct {
	words [][][]lookup
	exact bool
}

// pieceQuery are the index terms that a text with this run of letters and figures must have.
func pieceQuery(mark string, run []rune) (out []lookup) {
	if len(run) < pieceLength {
		return []lookup{{mark + string(run), true}}
	}
	for i := 0; i+pieceLength <= len(run); i++ {
		out = append(out, lookup{term: mark + string(run[i:i+pieceLength])})
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

// queryPairs are the index terms that a text with this word must have: all pairs of its Han runs, and
// words of letters and digits as far as their bounds are known: 27 in 〔2024〕27号 is a whole word, A in 鱼塘A may go on.
// A word that may begin in the middle of an indexed one (27 alone, in 227) is looked for by its pieces; a single character gives none.
func queryPairs(word string) []lookup {
	var out []lookup
	first := true
	end := len(word)
	at := 0
	runs(word, func(run []rune, han bool) {
		text := string(run)
		at += strings.Index(word[at:], text) + len(text)
		switch {
		case han:
			for i := 0; i+2 <= len(run); i++ {
				out = append(out, lookup{term: string(run[i : i+2])})
			}
		case first && strings.HasPrefix(word, text):
			if len(run) > 1 {
				out = append(out, pieceQuery(pieceMark, run)...)
			}
		case at == end:
			out = append(out, lookup{text, true})
		default:
			out = append(out, lookup{term: text})
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

// ways are those in which a record may have the term in its index; none where nothing can be looked up there.
func (t term) ways() (ways [][]lookup) {
	all := queryPairs(t.word)
	if len(all) == 0 {
		return nil
	}
	ways = append(ways, all)
	if t.number != "" && t.number != t.word {
		ways = append(ways, pieceQuery(pieceMark, []rune(t.number)))
	}
	if t.guarded {
		ways = append(ways, pieceQuery(guardedMark, []rune(t.number)))
	}
	for _, c := range t.codes {
		ways = append(ways, []lookup{{term: codeTerm(c)}})
	}
	return ways
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

// needs are what the words that can be looked up need of the index.
func needs(list []term) (n needed) {
	n.exact = true
	for _, t := range list {
		if ways := t.ways(); ways != nil {
			n.words = append(n.words, ways)
		}
		n.exact = n.exact && t.exact()
	}
	return n
}

// search joins a list of x to the records that have every word of text, opens the WHERE clause, and returns the column that holds the id in
// the leading table. Where no word can be looked up (a single character), the list reads the texts, newest first.
func (q *query) search(tx *Tx, entity, text string, a Asking) (id string) {
	list := a.terms(text)
	if len(list) == 0 {
		q.add(" WHERE 1 = 1")
		return "x.id"
	}
	id = "x.id"
	if n := needs(list); n.words != nil {
		id = tx.conn.engine.matching(tx, q, entity, n)
		if n.exact {
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

// searchTables names the table of index terms of each searchable noun.
var searchTables = map[string]string{"case": "search_cases", "farm": "search_farms", "inspection": "search_inspections", "party": "search_parties"}

// indexDoc replaces what search knows of one record and says whether that was something else.
func (tx *Tx) indexDoc(entity string, id int64, d *searchDoc) (changed bool, err error) {
	known := false
	if !tx.made.fresh(entity, id) {
		var text, codes, guarded string
		err = tx.one([]any{searchText{&text}, &codes, &guarded}, "SELECT text, codes, guarded FROM search_texts WHERE entity = $1 AND entity_id = $2", entity, id)
		known = err == nil
		switch {
		case err != nil && !noRows(err):
			return false, err
		case known && text == d.text.String() && codes == d.codes && guarded == d.guarded:
			return false, nil
		}
	}
	tx.terms = append(tx.terms, terms{entity, id, known, d.terms})
	kept := d.text.String()
	_, err = tx.exec(`INSERT INTO search_texts (entity, entity_id, text, codes, guarded) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (entity, entity_id) DO UPDATE SET text = excluded.text, codes = excluded.codes, guarded = excluded.guarded`, entity, id, searchText{&kept}, d.codes, d.guarded)
	return true, err
}

// terms are what the index will hold of one record; known tells that it holds something of it already.
type terms struct {
	entity string
	id     int64
	known  bool
	list   []string
}

// writeTerms writes the terms of a whole group, just before its commit and each record once: every savepoint and every statement that can be
// taken back would have FTS5 write a segment of what it was given until then, and merge it with others later.
func (tx *Tx) writeTerms(all []terms) error {
	at := map[rowKey]int{}
	var last []terms
	for _, t := range all {
		key := rowKey{t.entity, t.id}
		if i, again := at[key]; again {
			last[i].list = t.list
			continue
		}
		at[key] = len(last)
		last = append(last, t)
	}
	slices.SortFunc(last, func(a, b terms) int { return cmp.Or(cmp.Compare(a.entity, b.entity), cmp.Compare(a.id, b.id)) })
	for _, t := range last {
		if err := tx.conn.engine.keepTerms(tx, t.entity, t.id, t.list, t.known); err != nil {
			return err
		}
	}
	return nil
}

// foundBy tells for a page of records of one noun why a search finds them, where that takes a word. shown are texts that the row of the i-th shows and
// that are inRow in its searchDoc, and codes whose words it shows: where they hold every word, what is kept of the record is not read: unpacking fifty
// texts was a seventh of a list.
func (tx *Tx) foundBy(entity string, ids []int64, shown func(i int) (texts, codes []string), text string, a Asking) (map[int64][]Find, error) {
	words := a.terms(text)
	if len(words) == 0 {
		return nil, nil
	}
	var asked []int64
	for i, id := range ids {
		if texts, codes := shown(i); !holdEach(texts, codes, words) {
			asked = append(asked, id)
		}
	}
	if len(asked) == 0 {
		return nil, nil
	}
	m := map[int64][]Find{}
	q := newQuery("SELECT entity_id, text, codes, guarded FROM search_texts WHERE entity = ? AND entity_id IN ", entity)
	q.add(in(q, asked))
	var id int64
	var kept keptTexts
	var codes, guarded string
	into := []any{&id, &kept, &codes, &guarded}
	err := tx.each(func(rows *sql.Rows) error {
		err := rows.Scan(into...)
		m[id] = finds(words, kept.text, guarded, codes)
		return err
	}, q.sql(), q.args...)
	return m, err
}

// holdEach says whether each word stands in one of the texts, or is shown for one of the codes.
func holdEach(texts, codes []string, words []term) bool {
	for _, t := range words {
		if !slices.ContainsFunc(texts, t.standsIn) && !slices.ContainsFunc(codes, func(c string) bool { return slices.Contains(t.shown, c) }) {
			return false
		}
	}
	return true
}

// standsIn says whether a text as it was typed holds the word. Two Han characters are looked for as they are: folding leaves them so, and it says no
// to what it would make of others.
func (t term) standsIn(text string) bool {
	if t.exact() {
		return strings.Contains(text, t.word)
	}
	return t.in(registry.FoldWords(text))
}

// in says whether a folded text holds the word, or the number that it is.
func (t term) in(text string) bool {
	return strings.Contains(text, t.word) || t.number != "" && strings.Contains(text, t.number)
}
