package bulletins

import (
	"regexp"
	"slices"
	"strings"

	"casebook/internal/statute/diff"
)

// wholeWord is what is read as one: a number with its point and separators, a Latin word.
var wholeWord = regexp.MustCompile(`[0-9A-Za-z]+(?:[.,][0-9]+)*`)

// firstWord begins the private-use characters that stand for words while two texts are compared. Typed text may hold them: then they are compared
// as the characters they are.
const firstWord, lastWord = 0xF0000, 0xFFFFD

// wordEdits compares two texts by words: Chinese character by character, a number or a Latin word as a whole, so that 5300 became 6100.
func wordEdits(a, b string) []diff.Edit {
	if strings.ContainsFunc(a+b, func(r rune) bool { return r >= firstWord && r <= lastWord }) {
		return diff.Texts(a, b)
	}
	var words []string
	at := map[string]rune{}
	short := func(s string) string {
		return wholeWord.ReplaceAllStringFunc(s, func(w string) string {
			if _, known := at[w]; !known {
				if firstWord+len(words) > lastWord {
					return w
				}
				at[w], words = rune(firstWord+len(words)), append(words, w)
			}
			return string(at[w])
		})
	}
	edits := slices.Clone(diff.Texts(short(a), short(b)))
	full := func(s string) string {
		var out strings.Builder
		for _, r := range s {
			if r >= firstWord && r <= lastWord {
				out.WriteString(words[r-firstWord])
			} else {
				out.WriteRune(r)
			}
		}
		return out.String()
	}
	for i := range edits {
		edits[i].A, edits[i].B = full(edits[i].A), full(edits[i].B)
	}
	return edits
}
