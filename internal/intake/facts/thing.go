package facts

import (
	"slices"
	"sort"
	"strings"

	"casebook/internal/lazyregexp"
)

// thing is a noun of nouns.txt in the text.
type thing struct {
	place, facility string // what it is on the way of the water, and as a facility; empty for neither
	noun, name      string // 沉淀池; 两级沉淀池, with what describes it
	start, at, end  int    // of the name; of the noun
}

var nouns = lexicon("nouns")

// anyNoun finds the longest noun at a place.
var anyNoun = func() *lazyregexp.Regexp {
	var all []string
	for _, g := range nouns {
		all = append(all, g.lines)
		g.told.Longest()
	}
	p := pattern(strings.Join(all, "|"))
	p.Longest()
	return p
}()

var (
	water = pattern(`(部分|大量|少量)?(未经(无害化)?处理的)?([猪牛鸡鸭羊禽][舍栏场]的?)?` +
		`(粪污和\p{Han}{0,4}(清洗|冲洗)废?水|(养殖|粪污|粪便|冲洗|清洗|生产|屠宰|高浓度)?(废水|污水|粪水|粪污|尿液|沼液))`)
	notWater   = pattern(`^(处理([^流]|流[^程]|$)|治理|、废气)`) // 废水处理设施 is none; what follows 废水处理流程 tells of its way
	namedWater = pattern(`[入至到向]<\p{Han}{1,4}(河|溪|江|涌|水库|湖)>`)
)

// findThings lists the things that the narrative names in its order, but in titles and where it tells of samples.
func (t *telling) findThings() (list []thing) {
	text := t.s[:t.handling]
	add := func(at, end int, g group) {
		if t.inTitle(at) || t.sampled[t.clause(at)[0]] {
			return
		}
		noun := strings.ReplaceAll(t.s[at:end], "舍的", "舍")
		x := thing{place: g.name, facility: g.value, noun: noun, start: at, at: at, end: end, name: strings.ReplaceAll(g.more, "*", noun)}
		if x.name == "" {
			x.start, x.name = t.phrase(at, end)
		}
		list = append(list, x)
	}
	for _, at := range water.FindAllStringIndex(text, -1) {
		if !notWater.MatchString(t.behind(at[1])) {
			add(at[0], at[1], group{name: "产生源", more: "*"})
		}
	}
	all := anyNoun.FindAllStringIndex(text, -1)
	for _, at := range all {
		noun := t.s[at[0]:at[1]]
		add(at[0], at[1], nouns[slices.IndexFunc(nouns, func(g group) bool { return g.told.FindString(noun) == noun })])
	}
	for _, at := range namedWater.FindAllStringSubmatchIndex(text, -1) {
		i := sort.Search(len(all), func(i int) bool { return all[i][1] > at[2] })
		if i == len(all) || all[i][0] >= at[3] {
			add(at[2], at[3], group{name: "水体"})
		}
	}
	slices.SortStableFunc(list, func(a, b thing) int { return a.at - b.at })
	return list
}

// bounds are characters that no name of a thing goes over, read backwards from its noun.
const bounds = "，。；：、（）《》“”【】〔〕—→ \t经过至到入往由从在该述个条口座间套对将把用向沿和与及后再但且其了为是有并因被设流进排汇渗送漫"

var (
	described = pattern(`(旁的|附近的|[^的` + bounds + `]){0,9}$`)
	owner     = pattern(`^.*(公司|养殖场|场区|猪场|牛场|鸡场|鸭场|羊场|合作社|基地|单位|检查时|发现)`) // 该公司堆粪棚
	number    = pattern(`^[一二两三四五]+<[^级一二两三四五]|$>`)
)

// phrase widens the noun at [from,to) to the left over what describes it: 白色塑胶管道, 牛栏旁水沟. A 的 is gone over behind 旁 and 附近 alone.
func (t *telling) phrase(from, to int) (start int, name string) {
	words := number.ReplaceAllString(owner.ReplaceAllString(described.FindString(t.lead(from)), ""), "$1")
	return from - len(words), strings.ReplaceAll(words, "的", "") + t.s[from:to]
}

var (
	states  = lexicon("states")
	unlined = pattern(`(无|未|没有?)(做|采取|设置|建|铺设|任何)*(防渗|硬化防渗)`)
)

// found says how a thing of a kind was found, by the words around it.
func found(kind, said string) string {
	for _, g := range states {
		if strings.Contains(g.name, kind) && g.told.MatchString(said) {
			return g.value
		}
	}
	return ""
}
