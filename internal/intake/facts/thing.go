package facts

import (
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

var nouns = lexicon("nouns")

// anyNoun finds the longest noun at a place; its n-th group is that of nouns.
var anyNoun = func() *regexp.Regexp {
	var all []string
	for _, g := range nouns {
		all = append(all, "<"+g.lines+">")
	}
	p := pattern(strings.Join(all, "|"))
	p.Longest()
	return p
}()

var (
	namedWater = pattern(`[入至到向]<\p{Han}{1,4}(河|溪|江|涌|水库|湖)>`)
	sampled    = pattern(`采样|取样|监测`)
)

// findThings lists the things that the text names in its order, but in titles and where it tells of samples.
func (t *telling) findThings() (list []thing) {
	add := func(at, end int, g group) {
		if t.inTitle(at) || sampled.MatchString(t.in(t.clause(at))) {
			return
		}
		x := thing{place: g.name, facility: g.more, noun: t.s[at:end], at: at, end: end}
		if x.start, x.name = t.phrase(at, end); x.place == "鱼塘" { // a letter is its name
			x.start, x.name = at, x.noun
		}
		list = append(list, x)
	}
	all := anyNoun.FindAllStringSubmatchIndex(t.s, -1)
	for _, at := range all {
		n := slices.IndexFunc(at[2:], func(i int) bool { return i >= 0 }) / 2
		add(at[0], at[1], nouns[n])
	}
	for _, at := range namedWater.FindAllStringSubmatchIndex(t.s, -1) {
		i := sort.Search(len(all), func(i int) bool { return all[i][1] > at[2] })
		if i == len(all) || all[i][0] >= at[3] {
			add(at[2], at[3], group{name: "水体"})
		}
	}
	slices.SortStableFunc(list, func(a, b thing) int { return a.at - b.at })
	return list
}

// bounds are characters that no name of a thing goes over, read backwards from its noun.
const bounds = "，。；：、（）《》“”【】〔〕—→ \t经过至到入由从在该述个条口座间套对将把用向沿和与及后再但且其了为是有并因被设流进排汇渗送漫"

var (
	described = pattern(`(旁的|附近的|[^的` + bounds + `])*$`)
	owner     = pattern(`^.*(公司|养殖场|场区|猪场|牛场|鸡场|鸭场|合作社|单位)`) // 该公司堆粪棚
	number    = pattern(`^[一二两三四五]+<[^级一二两三四五]|$>`)
)

// phrase widens the noun at [from,to) to the left over what describes it, nine characters at most: 白色塑胶管道, 牛栏旁水沟. A 的 is gone over behind
// 旁 and 附近 alone.
func (t *telling) phrase(from, to int) (start int, name string) {
	words := described.FindString(t.s[t.runes[max(0, t.rune(from)-9)]:from])
	words = number.ReplaceAllString(owner.ReplaceAllString(words, ""), "$1")
	return from - len(words), strings.ReplaceAll(words, "的", "") + t.s[from:to]
}
