package facts

import (
	_ "embed"
	"regexp"
	"slices"
	"sort"
	"strings"
)

// thing is a noun of nouns.txt in the text.
type thing struct {
	place, facility string // what it is on the way of the water, and as a facility; empty for neither
	noun, name      string // 沉淀池; 两级沉淀池, with what describes it
	start, at, end  int    // of the name; of the noun
}

//go:embed lexicon/nouns.txt
var nounsFile string

// nouns finds the longest noun at a place; its n-th group is of the n-th kind.
var nouns, nounKinds = readNouns(nounsFile)

func readNouns(file string) (*regexp.Regexp, [][2]string) {
	var groups []string
	var kinds [][2]string
	for line := range strings.Lines(file) {
		switch line = strings.TrimSpace(line); {
		case line == "", line[0] == '#':
		case line[0] == '[' && strings.Contains(line, "|"):
			place, facility, _ := strings.Cut(strings.Trim(line, "[]"), "|")
			groups, kinds = append(groups, ""), append(kinds, [2]string{strings.TrimSpace(place), strings.TrimSpace(facility)})
		default:
			groups[len(groups)-1] += "|" + strings.ReplaceAll(line, "(", "(?:")
		}
	}
	for i, g := range groups {
		groups[i] = "(" + g[1:] + ")"
	}
	p := regexp.MustCompile(strings.Join(groups, "|"))
	p.Longest()
	return p, kinds
}

var (
	namedWater = regexp.MustCompile(`[入至到向](\p{Han}{1,4}(?:河|溪|江|涌|水库|湖))`)
	sampled    = regexp.MustCompile(`采样|取样|监测`)
)

// findThings lists the things that the text names in its order, but in titles and where it tells of samples.
func (t *telling) findThings() (list []thing) {
	add := func(at, end int, kinds [2]string) {
		if t.inTitle(at) || sampled.MatchString(t.in(t.clause(at))) {
			return
		}
		x := thing{place: kinds[0], facility: kinds[1], noun: t.s[at:end], at: at, end: end}
		if x.start, x.name = t.phrase(at, end); x.place == "鱼塘" { // a letter is its name
			x.start, x.name = at, x.noun
		}
		list = append(list, x)
	}
	all := nouns.FindAllStringSubmatchIndex(t.s, -1)
	for _, at := range all {
		n := 0
		for at[2*n+2] < 0 {
			n++
		}
		add(at[0], at[1], nounKinds[n])
	}
	for _, at := range namedWater.FindAllStringSubmatchIndex(t.s, -1) {
		i := sort.Search(len(all), func(i int) bool { return all[i][1] > at[2] })
		if i == len(all) || all[i][0] >= at[3] {
			add(at[2], at[3], [2]string{"水体"})
		}
	}
	slices.SortStableFunc(list, func(a, b thing) int { return a.at - b.at })
	return list
}

// bounds are characters that no name of a thing goes over, read backwards from its noun.
const bounds = "，。；：、（）《》“”—经过至到入由从在该述个条口座间套对将把用向沿和与及后再但且其了为是有并因被设流进排汇渗送漫"

var (
	described = regexp.MustCompile(`(?:旁的|附近的|[^的` + bounds + `])*$`)
	owner     = regexp.MustCompile(`^(?:公司|养殖场|场区)`) // 该公司堆粪棚
	number    = regexp.MustCompile(`^[一二两三四五]+([^级一二两三四五]|$)`)
)

// phrase widens the noun at [from,to) to the left over what describes it, nine characters at most: 白色塑胶管道, 牛栏旁水沟. A 的 is gone over behind
// 旁 and 附近 alone.
func (t *telling) phrase(from, to int) (start int, name string) {
	words := described.FindString(t.s[t.runes[max(0, t.rune(from)-9)]:from])
	words = number.ReplaceAllString(owner.ReplaceAllString(words, ""), "$1")
	return from - len(words), strings.ReplaceAll(words, "的", "") + t.s[from:to]
}
