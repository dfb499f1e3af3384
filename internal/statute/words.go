package statute

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"casebook/internal/pinyin"
	"casebook/internal/registry"
)

// A violation type is found by its formal words and by those that officers use. The latter are gathered in catalogue/words.json by whoever keeps
// the catalogue; they lead to a type and say nothing about what the act is in law.

type wordsFile struct {
	Source string              `json:"source"`
	Note   string              `json:"note"`
	Types  map[string][]string `json:"types"`
}

// loadWords reads the words of officers and makes all words of each type ready for searches.
func (c *Catalogue) loadWords(fsys fs.FS) error {
	var f wordsFile
	if _, err := fs.Stat(fsys, "words.json"); err == nil {
		if err := readJSON(fsys, "words.json", &f); err != nil {
			return err
		}
		if f.Source == "" {
			return fmt.Errorf("words.json: no source")
		}
	}
	for code, words := range f.Types {
		t, ok := c.typeByCode[code]
		if !ok {
			return fmt.Errorf("words.json: no violation type %s", code)
		}
		t.Words = words
	}
	for _, t := range c.types {
		t.foldWords()
	}
	return nil
}

// searched is a type's words as searches compare them.
type searched struct {
	label         string
	labelInitials []string
	words         []searchedWord // aliases and the words of officers
	all           string         // everything, a line each
}

type searchedWord struct {
	word, folded string
	initials     []string
}

func (t *ViolationType) foldWords() {
	s := searched{label: registry.Fold(t.Label)}
	s.labelInitials = pinyin.Initials(s.label)
	lines := []string{s.label, registry.Fold(t.Name), registry.Fold(t.Group), strings.ToLower(t.Code)}
	for _, w := range slices.Concat(t.Aliases, t.Words) {
		x := searchedWord{word: w, folded: registry.Fold(w)}
		x.initials = pinyin.Initials(x.folded)
		s.words = append(s.words, x)
		lines = append(append(lines, x.folded), x.initials...)
	}
	s.all = strings.Join(append(lines, s.labelInitials...), "\n")
	t.searched = s
}

// Found reports whether every word that was typed is among the words of the type, or the beginning letters of their syllables, or in more.
func (t *ViolationType) Found(q string, more ...string) bool {
	for typed := range strings.FieldsSeq(q) {
		w := registry.Fold(typed)
		if !strings.Contains(t.searched.all, w) && !slices.ContainsFunc(more, func(s string) bool { return strings.Contains(registry.Fold(s), w) }) {
			return false
		}
	}
	return true
}

// SearchWords are the words of a type that its label and name do not show, for pages that narrow a list by themselves.
func (t *ViolationType) SearchWords() []string {
	words := slices.Concat(t.Aliases, t.Words, t.searched.labelInitials)
	for _, w := range t.searched.words {
		words = append(words, w.initials...)
	}
	return words
}

// Said are the words of officers by which q finds the type.
func (t *ViolationType) Said(q string) (list []string) {
	for typed := range strings.FieldsSeq(q) {
		w := registry.Fold(typed)
		for _, x := range t.searched.words[len(t.Aliases):] {
			found := strings.Contains(x.folded, w) || len(w) > 1 && slices.ContainsFunc(x.initials, func(s string) bool { return strings.HasPrefix(s, w) })
			if found && !slices.Contains(list, x.word) {
				list = append(list, x.word)
			}
		}
	}
	return list
}

// MeantType is a violation type that a word stands for. By is the alias or the officers' word that says so; empty where the label does.
type MeantType struct {
	Type *ViolationType
	By   string
}

// TypesMeant lists the violation types that a folded word of a search for cases stands for: it is in the label, or is an alias or a word of officers
// in full, or the first letters of the syllables of either. The formal name is left out: it lists many acts, of which a case had one.
func (c *Catalogue) TypesMeant(word string) (list []MeantType) {
	if registry.RuneLen(word) < 2 {
		return nil
	}
	for _, t := range c.types {
		s := &t.searched
		starts := func(initials string) bool { return len(word) > 2 && strings.HasPrefix(initials, word) }
		if strings.Contains(s.label, word) || slices.ContainsFunc(s.labelInitials, starts) {
			list = append(list, MeantType{t, ""})
			continue
		}
		if i := slices.IndexFunc(s.words, func(w searchedWord) bool { return w.folded == word || slices.Contains(w.initials, word) }); i >= 0 {
			list = append(list, MeantType{t, s.words[i].word})
		}
	}
	return list
}
