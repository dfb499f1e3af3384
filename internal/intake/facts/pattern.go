package facts

import (
	"embed"
	"regexp"
	"strings"
)

// written is how the patterns of this package are written: … is a character that stays in the clause, (甲|乙) one of several, <甲> what is taken.
var written = strings.NewReplacer("(", "(?:", "<", "(", ">", ")", "…", "[^，。；]")

func pattern(s string) *regexp.Regexp { return regexp.MustCompile(written.Replace(s)) }

// group is a heading of a lexicon, [name | more], and a pattern for the lines below it.
type group struct {
	name, more, lines string
	told              *regexp.Regexp
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
		g := group{lines: strings.ReplaceAll(lines, "\n", "|")}
		g.name, g.more, _ = strings.Cut(strings.Trim(heading, "[]"), "|")
		g.name, g.more, g.told = strings.TrimSpace(g.name), strings.TrimSpace(g.more), pattern(g.lines)
		list = append(list, g)
	}
	return list
}

// first is the first group of which s tells; the zero group for none.
func first(list []group, s string) group {
	for _, g := range list {
		if g.told.MatchString(s) {
			return g
		}
	}
	return group{}
}
