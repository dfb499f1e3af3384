package intake

import (
	"cmp"
	"slices"
	"strings"
)

// herd is a count of animals kept.
type herd struct {
	start, end int
	species    string
	count      int64
	total      bool // 共存栏, 存栏总量
	actual     bool // 实际存栏, not 常年存栏
}

var (
	// speciesWords name animals in the terms of the register where one fits. Stages count as their kind.
	speciesWords = named[string]("species")
	herdWords    = speciesAnd("herd_fillers") // between 存栏 and its count
	animalWords  = speciesAnd("not_animals")  // with words that hold the character of an animal and name none: 牛奶, 宝鸡
	notKept      = words("not_kept")          // what was designed, allowed, sold or converted
	keeping      = words("keeping")           // words before a count of animals kept, where 存栏 does not stand
	// headsBehind is behind the number of a count; the group is what makes it a range or a bound.
	headsBehind = pattern(`^[余多来几]*[头只羽匹口]([至到\-~—][\d零〇○一二两三四五六七八九十]|以[上下]|（不含|规模)?`)
	bound       = pattern(`^(?:以[上下]|规模)`)
	unsized     = pattern(`折合|折算|换算`)
)

// speciesAnd are the species with words that mean none.
func speciesAnd(file string) *lexicon[string] {
	l := named[string]("species")
	l.add("", wordList(file)...)
	return l
}

// herdsOf finds the counts of animals kept: 存栏生猪约1200头, 生猪存栏3000余头, 存栏量为150头, 现有蛋鸡3万羽.
func herdsOf(f flow) (list []herd) {
	for i := range f.r {
		if f.r[i] == '存' && f.has(i, "存栏") && !excluded(f, i) {
			list = append(list, herdsAt(f, i)...)
		}
	}
	if len(list) > 0 {
		return list
	}
	for _, w := range keeping.all(f.r, 0, len(f.r)) {
		if excluded(f, w.start) || w.start > 0 && strings.ContainsRune("设批年", f.r[w.start-1]) {
			continue
		}
		if h, _, ok := countBehind(f.r, w.end, ""); ok && h.species != "" {
			h.start = w.start
			list = append(list, h)
		}
	}
	return list
}

// excluded looks at the clause in front of 存栏 for 设计, 环评, 许可.
func excluded(f flow, i int) bool {
	from, _ := f.around(i, func(c rune) bool { return endsClause(c) || c == '（' || c == '、' })
	return slices.ContainsFunc(notKept.all(f.r, max(from, i-16), i), func(h hit[struct{}]) bool {
		// 出栏 in the same clause is another number: 出栏2000头存栏900头.
		return !(f.has(h.start, "出栏") && slices.ContainsFunc(f.r[h.end:i], isDigit)) && matchAt(bound, f.r, h.start) == nil
	})
}

// herdsAt reads the counts behind (or in front of) 存栏 at i: several where they are listed, 、母猪50头; 其中 begins a part of the count before.
func herdsAt(f flow, i int) (list []herd) {
	r := f.r
	before := speciesBefore(f, i)
	for j := i + len([]rune("存栏")); ; j++ {
		h, next, ok := countBehind(r, j, before)
		if !ok {
			break
		}
		h.start, h.total, h.actual = i, endsInAny(r[:i], "共", "总", "合计"), f.before(i, "实际")
		list = append(list, h)
		if j = next; j+1 >= len(r) || !strings.ContainsRune("、和及，", r[j]) || hasAt(r, j+1, "其中") {
			break
		}
		_, n := speciesWords.at(r, j+1)
		if _, _, counted := countAt(r, j+1+n); n == 0 || r[j] == '，' && !counted {
			break
		}
	}
	if h, ok := countBefore(f, i); ok && len(list) == 0 {
		return []herd{h}
	}
	return list
}

// countBehind reads the count at i, and its species: between, behind, or told before. next is where the words behind it end.
func countBehind(r []rune, i int, before string) (h herd, next int, ok bool) {
	species, k := herdWordsAt(r, i)
	n, end, ok := countAt(r, k)
	if !ok {
		return h, 0, false
	}
	for next = end; next < len(r) && strings.ContainsRune("余多头只羽匹左右的（", r[next]); next++ {
	}
	if next == len(r) {
		return herd{end: end, species: cmp.Or(species, before), count: n}, next, true
	}
	behind, m := speciesWords.at(r, next)
	next += m
	return herd{end: end, species: cmp.Or(species, behind, before), count: n}, next, matchAt(bound, r, next) == nil // 存栏量在500头猪以下规模
}

// herdWordsAt skips the words between 存栏 and its number, and takes the species among them; 香 and 土杂 may stand before 猪, 鸡.
func herdWordsAt(r []rune, i int) (species string, end int) {
	for end = i; end < len(r) && end-i < 22; {
		s, n := herdWords.at(r, end)
		for k := 1; n == 0 && k <= 2 && end+k < len(r) && isHan(r[end]) && isHan(r[end+k-1]); k++ {
			if speciesWords.has(r, end+k) {
				n = k
			}
		}
		if n == 0 {
			break
		}
		species, end = cmp.Or(s, species), end+n
	}
	return species, end
}

// countAt reads 5300多头, 3万羽, 1,200 头 at i.
func countAt(r []rune, i int) (count int64, end int, ok bool) {
	if i >= len(r) || !startsNumber(r[i]) {
		return 0, 0, false
	}
	v, j := readNumber(r, i)
	m := matchAt(headsBehind, r, j)
	if j == 0 || v%unit != 0 || v == 0 || m == nil || m[2] >= 0 {
		return 0, 0, false
	}
	return v / unit, m[1], true
}

func speciesBefore(f flow, i int) (species string) {
	from, _ := f.clause(i)
	for _, h := range speciesWords.all(f.r, max(from, i-12), i) {
		species = h.value
	}
	return species
}

// countBefore reads 生猪1200头 in front of 存栏 at i.
func countBefore(f flow, i int) (herd, bool) {
	from, _ := f.clause(i)
	for j := max(from, i-14); j < i; j++ {
		if j > 0 && (isDigit(f.r[j-1]) || f.r[j-1] == '.') {
			continue
		}
		if n, end, ok := countAt(f.r, j); ok && end <= i {
			species, next := herdWordsAt(f.r[:i], end)
			return herd{start: j, end: i + 2, species: cmp.Or(species, speciesBefore(f, j)), count: n}, next == i
		}
	}
	return herd{}, false
}

// mainHerd picks the herd that counts: a stated total, else the first species with its stages added up.
func mainHerd(list []herd) (h herd, summed bool) {
	if i := slices.IndexFunc(list, func(x herd) bool { return x.total }); i >= 0 {
		return list[i], false
	}
	list = list[max(0, slices.IndexFunc(list, func(x herd) bool { return x.actual })):]
	h = list[0]
	for _, x := range list[1:] {
		if x.start == h.start && x.species == h.species { // one list
			h.count, h.end, summed = h.count+x.count, x.end, true
		}
	}
	return h, summed
}

func (c *caseText) readHerd(d *Draft) {
	told := c.toldFlow()
	list, warned := herdsOf(told), len(d.Warnings)
	if len(list) > 0 {
		h, summed := mainHerd(list)
		d.HeadCount, d.Species = &h.count, h.species
		if summed {
			d.warn("存栏数由文中同一畜种的几个数相加")
		}
		if slices.ContainsFunc(list, func(x herd) bool { return x.species != "" && family(x.species) != family(h.species) }) {
			d.warn("文中还有其他畜种的存栏数，只取了第一种")
		}
		d.mark("head_count", told.slice(h.start, h.end), len(d.Warnings) == warned)
	}
	who := joinFlows(c.title)
	if h, ok := c.party(); ok {
		who = joinFlows(who, h)
	}
	d.takeSpecies(who, speciesIn(who.r, false), true)
	d.takeSpecies(told, keptSpecies(told), true)
	d.takeSpecies(told, speciesIn(told.r, true), false)
}

// takeSpecies takes a species where none is told, or what kind of cattle or chicken it is.
func (d *Draft) takeSpecies(f flow, word hit[string], sure bool) {
	if word.value == "" || d.Species != "" && (d.Species != "牛" && d.Species != "鸡" || family(word.value) != d.Species) {
		return
	}
	if d.Species == "" && d.HeadCount == nil {
		d.mark("species", f.slice(word.start, word.end), sure)
	}
	d.Species = word.value
}

// keptSpecies is the one that 存栏 speaks of where its number is no count: 肉鸭常年存栏量在8900只至9600只之间.
func keptSpecies(f flow) hit[string] {
	for i := range f.r {
		if !f.has(i, "存栏") || excluded(f, i) || matches(unsized, f.r[max(0, i-10):i]) {
			continue
		}
		if s := speciesBefore(f, i); s != "" {
			return hit[string]{i, i + 2, s}
		}
	}
	return hit[string]{}
}

// speciesIn guesses nothing: it takes the one kind that a text speaks of, in its closest term, at the first word for it.
func speciesIn(r []rune, strict bool) (word hit[string]) {
	for _, h := range animalWords.all(r, 0, len(r)) {
		switch kind := family(h.value); {
		case h.value == "" || strict && !animalContext(r, h):
		case word.value != "" && family(word.value) != kind:
			return hit[string]{} // several kinds, none counted
		case word.value == "" || word.value == kind && h.value != kind:
			word = h
		}
	}
	return word
}

// animalContext asks that a species stands where animals do, not in a village's name: 养羊, 猪舍, 生猪存栏.
func animalContext(r []rune, h hit[string]) bool {
	before := r[max(0, h.start-10):h.start]
	switch {
	case containsAny(before[max(0, len(before)-5):], "屠宰", "宰杀"), matches(unsized, before):
		return false
	case h.end < len(r) && strings.ContainsRune("场舍粪栏尿圈棚养存只", r[h.end]), h.start > 0 && strings.ContainsRune("养栏死", r[h.start-1]):
		return true
	}
	return h.end-h.start > 1 && h.value != "羊" && !containsAny(before, "万头")
}

// family is the animal of a term: 生猪 is a pig.
func family(s string) string {
	switch s {
	case "生猪":
		return "猪"
	case "奶牛", "肉牛":
		return "牛"
	case "蛋鸡", "肉鸡":
		return "鸡"
	}
	return s
}
