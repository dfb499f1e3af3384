package store

import (
	"strings"
	"unicode"

	"casebook/internal/registry"
)

// searchText is what search knows of a record: its texts folded, each on a line of its own, so that no find runs from one into the next.
// A text with the number of a document has a second line with the number in its one form, so that both 07号 and 7号 find it.
func searchText(parts ...string) string {
	var lines []string
	for _, p := range parts {
		folded := registry.FoldWords(p)
		if folded == "" {
			continue
		}
		lines = append(lines, folded)
		if numbers := registry.FoldNumbers(folded); numbers != folded {
			lines = append(lines, numbers)
		}
	}
	return strings.Join(lines, "\n")
}

// pairs are the index terms of a folded text: each run of Han characters gives its overlapping pairs and its last character
// alone; letters and digits give whole words. Chinese needs no dictionary this way, and two characters are found exactly.
func pairs(text string) []string {
	seen := map[string]bool{}
	var out []string
	add := func(s string) {
		if s != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	runs(text, func(run []rune, han bool) {
		if !han {
			add(string(run))
			return
		}
		for i := range run {
			add(string(run[i:min(i+2, len(run))]))
		}
	})
	return out
}

// queryPairs are the index terms that a text with this word must have, as FTS5 writes them: all pairs of its Han runs, and
// words of letters and digits as far as their bounds are known: 27 in 〔2024〕27号 is a whole word, A in 鱼塘A may go on.
// A word that may begin in the middle of an indexed one (27 alone, in 227) gives none: only instr can tell.
func queryPairs(term string) []string {
	var out []string
	first := true
	end := len(term)
	at := 0
	runs(term, func(run []rune, han bool) {
		text := string(run)
		at += strings.Index(term[at:], text) + len(text)
		switch {
		case han:
			for i := 0; i+2 <= len(run); i++ {
				out = append(out, `"`+string(run[i:i+2])+`"`)
			}
		case first && strings.HasPrefix(term, text):
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
	kind := 0
	flush := func() {
		if len(run) > 0 {
			visit(run, kind == 1)
		}
		run = run[:0]
	}
	for _, r := range text {
		k := 0
		switch {
		case unicode.Is(unicode.Han, r):
			k = 1
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			k = 2
		}
		if k != kind {
			flush()
			kind = k
		}
		if k != 0 {
			run = append(run, r)
		}
	}
	flush()
}

// terms splits what a person typed into search words. indexed is false where no word has a pair to look up (a single
// character, or only digits): then the list falls back to reading the texts, newest first.
func terms(q string) (words []string, indexed bool) {
	for typed := range strings.FieldsSeq(q) {
		w := registry.FoldNumbers(registry.Fold(typed))
		if w == "" {
			continue
		}
		words = append(words, w)
		indexed = indexed || len(queryPairs(w)) > 0
	}
	return words, indexed
}

// search joins a list of x to the records whose text holds every word of text, opens the WHERE clause, and returns the column
// that holds the id in the leading table.
func (q *query) search(entity, text string) (id string) {
	words, indexed := terms(text)
	switch {
	case len(words) == 0:
		q.add(" WHERE 1 = 1")
		return "x.id"
	case indexed:
		join, where, args := matchClause(entity, words, q.args)
		q.args = args
		q.b.WriteString(" " + join + " WHERE " + where)
		return searchTables[entity] + ".rowid"
	}
	q.add(" JOIN search_texts st ON st.entity = '" + entity + "' AND st.entity_id = x.id WHERE 1 = 1")
	for _, w := range words {
		q.add(" AND instr(st.text, ?) > 0", w)
	}
	return "x.id"
}
