package intake

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed divisions.txt
var divisionsText string

// county is a county-level division: 恩平市, 衡山县, 金水区.
type county struct {
	name, city, province string
	former               bool // renamed or merged since 2020
}

// gazetteer finds places by the words a text has for them.
type gazetteer struct {
	counties, stems map[string][]*county // by full name, and by what stands before its kind
	lexicon         lexicon[place]
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
	g := &gazetteer{counties: map[string][]*county{}, stems: map[string][]*county{}}
	found := map[string]place{}
	note := func(p place, words ...string) { // 吉林 is a province and a city, 朝阳 a city and a county
		for _, w := range words {
			old := found[w]
			found[w] = place{runeLen(w), p.full || old.full, p.county || old.county, cmp.Or(p.city, old.city), cmp.Or(p.province, old.province), w}
		}
	}
	for line := range strings.Lines(divisionsText) {
		fields := strings.Fields(line)
		if len(fields) < 2 || fields[0] == "#" {
			continue
		}
		province, city := fields[0], strings.TrimPrefix(fields[1], "-")
		note(place{full: true, province: province}, province)
		note(place{province: province}, stemOf(province))
		if stem := stemOf(city); city != "" { // 衡阳市, 衡阳; 黔东南苗族侗族自治州, 黔东南州, 黔东南
			note(place{city: city}, stem)
			if note(place{full: stem != city, city: city}, city); strings.HasSuffix(city, "自治州") {
				note(place{full: true, city: city}, stem+"州")
			}
		}
		for _, n := range fields[2:] {
			name, former := strings.CutPrefix(n, "*")
			c, stem := &county{name, city, province, former}, stemOf(name)
			g.counties[name], g.stems[stem] = append(g.counties[name], c), append(g.stems[stem], c)
			if note(place{full: true, county: true}, name); stem != "公安" && stem != "会同" { // words, where 县 does not follow
				note(place{county: true}, stem)
			}
		}
	}
	for w, p := range found {
		if p.n > 1 {
			g.lexicon.add(p, w)
		}
	}
	return g
})

// stemForm is the name of a division: its stem, the peoples of an autonomous one, its kind.
var stemForm = pattern(`^(.+?)(?:` + oneOf("nations") + `*(?:自治[区州县旗]|区)|特别行政区|地区|省|市|县|旗|盟)$`)

// stemOf is the name without what kind of division it is: 恩平市 恩平, 长阳土家族自治县 长阳, 广西壮族自治区 广西.
func stemOf(name string) string {
	m := stemForm.FindStringSubmatch(name)
	if m == nil || runeLen(m[1]) == 1 && !strings.HasSuffix(name, "县") {
		return name
	}
	if m[1] == "浦东新" || m[1] == "滨海新" {
		return strings.TrimSuffix(m[1], "新")
	}
	return m[1]
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
		if p.city != "" {
			c.cities = appendNew(c.cities, p.city)
		}
		if p.province != "" {
			c.provinces = appendNew(c.provinces, p.province)
		}
	}
}

// resolve picks the county that a word (恩平市, 恩平) means where the contexts, nearest first, leave only one.
func resolve(word string, contexts ...*context) string {
	g := loadPlaces()
	if g.counties[word] != nil {
		return word
	}
	list := g.stems[word]
	narrow := func(keep func(*county) bool) { // unless none is left
		if kept := slices.DeleteFunc(slices.Clone(list), func(c *county) bool { return !keep(c) }); len(kept) > 0 {
			list = kept
		}
	}
	for _, ctx := range contexts {
		if len(list) > 1 {
			narrow(func(c *county) bool { return slices.Contains(ctx.cities, c.city) })
		}
		if len(list) > 1 {
			narrow(func(c *county) bool { return slices.Contains(ctx.provinces, c.province) })
		}
	}
	if narrow(func(c *county) bool { return !c.former }); len(list) != 1 {
		return ""
	}
	return list[0].name
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
