package facts

import (
	"embed"
	"slices"
	"strings"

	"casebook/internal/lazyregexp"
)

// written is how the patterns of this package are written: … is a character that stays in the clause, (甲|乙) one of several, <甲> what is taken.
var written = strings.NewReplacer("(", "(?:", "<", "(", ">", ")", "…", "[^，。；]")

func pattern(s string) *lazyregexp.Regexp { return lazyregexp.New(written.Replace(s)) }

// group is a heading of a lexicon, [name | value | more], and the pattern of the lines below it.
type group struct {
	name, value, more, lines string
	told                     *lazyregexp.Regexp
}

//go:embed lexicon
var files embed.FS

// lexicon reads a file of lexicon/. One that cannot be read is a mistake of the program.
func lexicon(name string) (list []group) {
	b, err := files.ReadFile("lexicon/" + name + ".txt")
	if err != nil {
		panic("facts: " + err.Error())
	}
	for _, part := range strings.Split(string(b), "\n\n")[1:] {
		heading, lines, _ := strings.Cut(strings.TrimSpace(part), "\n")
		h := append(strings.Split(strings.Trim(heading, "[]"), "|"), "", "")
		lines = strings.ReplaceAll(lines, "\n", "|")
		list = append(list, group{strings.TrimSpace(h[0]), strings.TrimSpace(h[1]), strings.TrimSpace(h[2]), lines, pattern(lines)})
	}
	return list
}

// joined joins what is not empty.
func joined(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}
