package intake

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed divisions.txt
var divisionsText string

// county is a county-level division: 恩平市, 衡山县, 金水区.
type county struct {
	name, stem     string // 恩平市, 恩平
	city, province string
	former         bool // renamed or merged since 2020
}

// gazetteer finds places by the words a text has for them.
type gazetteer struct {
	counties map[string][]*county // by full name
	stems    map[string][]*county
	cities   map[string]string // 衡阳市 → 衡阳市, 衡阳 → 衡阳市, 黔东南州 → 黔东南苗族侗族自治州
	regions  map[string]string // provinces likewise
	lexicon  lexicon[place]
}

// place is a place name found in a text.
type place struct {
	n        int
	full     bool // 恩平市 rather than 恩平
	county   bool // names a county
	city     string
	province string
	text     string
}

var loadPlaces = sync.OnceValue(func() *gazetteer {
	g := &gazetteer{counties: map[string][]*county{}, stems: map[string][]*county{}, cities: map[string]string{}, regions: map[string]string{}}
	found := map[string]place{}
	note := func(word string, p place) {
		p.text = word
		if old, ok := found[word]; ok { // 吉林 is a province and a city, 朝阳 a city and a county
			p.full, p.county = p.full || old.full, p.county || old.county
			if p.city == "" {
				p.city = old.city
			}
			if p.province == "" {
				p.province = old.province
			}
		}
		found[word] = p
	}
	for line := range strings.Lines(divisionsText) {
		fields := strings.Fields(line)
		if len(fields) < 2 || fields[0] == "#" {
			continue
		}
		province, city := fields[0], fields[1]
		for _, w := range []string{province, stemOf(province)} {
			g.regions[w] = province
			note(w, place{full: w == province, province: province})
		}
		if city == "-" {
			city = ""
		} else {
			for _, w := range cityNames(city) {
				g.cities[w] = city
				note(w, place{full: w != stemOf(city), city: city})
			}
		}
		for _, n := range fields[2:] {
			c := &county{city: city, province: province}
			c.name, c.former = strings.CutPrefix(n, "*")
			c.stem = stemOf(c.name)
			g.counties[c.name] = append(g.counties[c.name], c)
			g.stems[c.stem] = append(g.stems[c.stem], c)
			note(c.name, place{full: true, county: true})
			if runeLen(c.stem) > 1 && c.stem != "公安" && c.stem != "会同" { // words, where 县 does not follow
				note(c.stem, place{county: true})
			}
		}
	}
	for w, p := range found {
		p.n = runeLen(w)
		if p.n > 1 {
			g.lexicon.add(p, w)
		}
	}
	return g
})

// nations are the peoples in the names of autonomous divisions; the stem of 长阳土家族自治县 is 长阳.
var nations = wordList("nations")

// divisionKinds are kinds of division at the end of the name of a place, the longest first.
var divisionKinds = wordList("division_kinds")

// stemOf is the name without what kind of division it is: 恩平市 恩平, 长阳土家族自治县 长阳, 广西壮族自治区 广西.
func stemOf(name string) string {
	s := name
	for _, kind := range divisionKinds {
		if t, ok := strings.CutSuffix(s, kind); ok {
			if kind == "新区" || kind == "林区" || kind == "矿区" {
				t = strings.TrimSuffix(s, "区")
				if kind == "新区" && (t == "浦东新" || t == "滨海新") {
					t = strings.TrimSuffix(t, "新")
				}
			}
			s = t
			break
		}
	}
	if strings.Contains(name, "自治") || strings.HasSuffix(name, "族区") {
		for again := true; again; {
			again = false
			for _, n := range nations {
				if t, ok := strings.CutSuffix(s, n); ok && t != "" {
					s, again = t, true
				}
			}
		}
	}
	if s == "" || runeLen(s) == 1 && !strings.HasSuffix(name, "县") {
		return name
	}
	return s
}

// cityNames are the ways texts name a prefecture: 衡阳市, 衡阳; 黔东南苗族侗族自治州, 黔东南州, 黔东南.
func cityNames(city string) []string {
	stem := stemOf(city)
	list := []string{city, stem}
	if strings.HasSuffix(city, "自治州") {
		list = append(list, stem+"州")
	}
	return list
}

// placeAt is the longest place name at i.
func placeAt(r []rune, i int) (place, bool) {
	p, n := loadPlaces().lexicon.at(r, i)
	if n > 1 && r[i] == '会' && r[i+1] == '同' && i > 0 && strings.ContainsRune("局队站府委厅所，", r[i-1]) { // 某局会同县环保局
		return place{}, false
	}
	return p, n > 0
}

// context is where a text is at home: the provinces and cities it names.
type context struct {
	cities, provinces []string
	organ             flow // a line of its own in front of the cases
}

func (c *context) read(r []rune) {
	for _, h := range loadPlaces().lexicon.all(r, 0, len(r)) {
		p := h.value
		if p.county && !p.full {
			continue // 朝阳 may be the city or one of three counties
		}
		if p.city != "" && !slices.Contains(c.cities, p.city) {
			c.cities = append(c.cities, p.city)
		}
		if p.province != "" && !slices.Contains(c.provinces, p.province) {
			c.provinces = append(c.provinces, p.province)
		}
	}
}

// resolve picks the county that a word (恩平市, 恩平) means where the contexts, nearest first, leave only one.
func resolve(word string, contexts ...*context) string {
	g := loadPlaces()
	if g.counties[word] != nil {
		return word
	}
	candidates := g.stems[word]
	for _, ctx := range contexts {
		if len(candidates) > 1 {
			candidates = narrow(candidates, func(c *county) bool { return slices.Contains(ctx.cities, c.city) })
		}
		if len(candidates) > 1 {
			candidates = narrow(candidates, func(c *county) bool { return slices.Contains(ctx.provinces, c.province) })
		}
	}
	if len(candidates) > 1 {
		candidates = narrow(candidates, func(c *county) bool { return !c.former })
	}
	if len(candidates) != 1 {
		return ""
	}
	return candidates[0].name
}

// narrow keeps those for which keep is true, unless none is.
func narrow(list []*county, keep func(*county) bool) []*county {
	if kept := slices.DeleteFunc(slices.Clone(list), func(c *county) bool { return !keep(c) }); len(kept) > 0 {
		return kept
	}
	return list
}

// wordLike are full names of counties that are also words; they count only right behind their city.
var wordLike = wordList("word_like")

// fullCounties are the counties named in full in r[from:to], with their places.
func fullCounties(r []rune, from, to int) []hit[place] {
	var out []hit[place]
	prev := -1 // where a city's name ended
	for _, h := range loadPlaces().lexicon.all(r, from, to) {
		p := h.value
		if p.full && p.county && loadPlaces().counties[p.text] != nil && !(slices.Contains(wordLike, p.text) && prev != h.start) &&
			!(p.n == 2 && h.start > 0 && isHan(r[h.start-1]) && !strings.ContainsRune("省市州区盟在于对到赴由位日月年时，的至和与及向被", r[h.start-1])) {
			out = append(out, h)
		}
		prev = -1
		if p.city != "" {
			prev = h.end
		}
	}
	return out
}
