package intake

import (
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

// speciesWords name animals in the terms of the register where one fits. Stages count as their kind.
var speciesWords = named[string]("species")

// The words around a count that make it something else: what was designed, allowed, sold or converted.
var notKept = words("not_kept")

// keeping are words before a count of animals kept, where 存栏 does not stand.
var keeping = words("keeping")

// herdsOf finds the counts of animals kept: 存栏生猪约1200头, 生猪存栏3000余头, 存栏量为150头, 现有蛋鸡3万羽.
func herdsOf(f flow) []herd {
	r := f.r
	var list []herd
	for i := 0; i+1 < len(r); i++ {
		if r[i] != '存' || r[i+1] != '栏' {
			continue
		}
		list = append(list, herdsAt(f, i)...)
	}
	if len(list) == 0 {
		for _, w := range keeping.all(r, 0, len(r)) {
			if h, ok := keptAt(f, w.start, w.end); ok {
				list = append(list, h)
			}
		}
	}
	return list
}

// excluded looks at the clause in front of 存栏 for 设计, 环评, 许可.
func excluded(f flow, i int) bool {
	from := i
	for from > 0 && i-from < 16 && !endsClause(f.r[from-1]) && f.r[from-1] != '（' && f.r[from-1] != '、' {
		from--
	}
	for _, h := range notKept.all(f.r, from, i) {
		// 年出栏生猪10万头，现存栏 has its own clause; 出栏 in the same one is another number: 出栏2000头存栏900头.
		if hasAt(f.r, h.start, "出栏") && slices.ContainsFunc(f.r[h.end:i], isDigit) || hasAt(f.r, h.start, "以上") || hasAt(f.r, h.start, "以下") {
			continue
		}
		return true
	}
	return false
}

// herdsAt reads the counts behind (or in front of) 存栏 at i: several where they are listed.
func herdsAt(f flow, i int) []herd {
	r := f.r
	if excluded(f, i) {
		return nil
	}
	total := f.before(i, "共") || f.before(i, "总") || f.before(i, "合计")
	before := speciesBefore(f, i)
	j := i + 2
	var list []herd
	for {
		species, k := fillerAndSpecies(r, j)
		n, end, ok := countAt(r, k)
		if !ok {
			break
		}
		if species == "" {
			species = speciesBehind(r, end)
		}
		if limitBehind(r, end) {
			break
		}
		if species == "" {
			species = before
		}
		list = append(list, herd{i, end, species, n, total, f.before(i, "实际")})
		j = end
		// 、母猪50头; 和仔猪300头; 其中 begins a part of the count before.
		for j < len(r) && strings.ContainsRune("（余多头只羽匹左右）", r[j]) && r[j] != '（' {
			j++
		}
		if s, n := speciesWords.at(r, min(j, len(r)-1)); n > 0 && j < len(r) {
			if species == before || species == "" {
				list[len(list)-1].species = s
			}
			j += n
		}
		if j < len(r) && strings.ContainsRune("、和及，", r[j]) && !hasAt(r, j+1, "其中") {
			if s, _ := speciesWords.at(r, min(j+1, len(r)-1)); j+1 < len(r) && s != "" && (r[j] != '，' || countSoon(r, j+1)) {
				j++
				continue
			}
		}
		break
	}
	if len(list) > 0 {
		return list
	}
	// 1200头生猪存栏; 生猪1200头（存栏）
	if h, ok := countBefore(f, i); ok {
		return []herd{h}
	}
	return nil
}

// limitBehind is for 存栏量在500头猪以下规模.
func limitBehind(r []rune, i int) bool {
	if i < len(r) {
		if _, n := speciesWords.at(r, i); n > 0 {
			i += n
		}
	}
	return hasAt(r, i, "以上") || hasAt(r, i, "以下") || hasAt(r, i, "规模")
}

func countSoon(r []rune, i int) bool {
	_, n := speciesWords.at(r, i)
	_, _, ok := countAt(r, i+n)
	return n > 0 && ok
}

// herdFillers are words that may stand between 存栏, the species and the count; the first that fits is skipped.
var herdFillers = wordList("herd_fillers")

// fillerAndSpecies skips the words between 存栏 and its number, and takes the species among them.
func fillerAndSpecies(r []rune, i int) (species string, end int) {
	j := i
	for j < len(r) && j-i < 22 {
		if s, n := speciesWords.at(r, j); n > 0 {
			species = s
			j += n
			continue
		}
		step := 0
		for _, w := range herdFillers {
			if hasAt(r, j, w) {
				step = runeLen(w)
				break
			}
		}
		if step == 0 { // 香猪, 土杂鸡
			for k := 1; k <= 2 && j+k < len(r) && isHan(r[j]) && isHan(r[j+k-1]); k++ {
				if _, n := speciesWords.at(r, j+k); n > 0 {
					step = k
					break
				}
			}
		}
		if step == 0 {
			break
		}
		j += step
	}
	return species, j
}

// countAt reads 5300多头, 3万羽, 1,200 头 at i.
func countAt(r []rune, i int) (count int64, end int, ok bool) {
	if i >= len(r) || !startsNumber(r[i]) {
		return 0, 0, false
	}
	v, j := readNumber(r, i)
	if j == 0 || v%unit != 0 || v == 0 {
		return 0, 0, false
	}
	approx := false
	for j < len(r) && strings.ContainsRune("余多来几", r[j]) {
		j++
		approx = true
	}
	// 1万余头, 3000余万 does not occur; 2万多只
	if approx && j < len(r) && (r[j] == '万' || r[j] == '千') {
		v *= scales[r[j]]
		j++
	}
	// A range (8900只至9600只, 200-300头) is no count.
	if j < len(r) && strings.ContainsRune("-~至到—", r[j]) {
		return 0, 0, false
	}
	if j >= len(r) || !strings.ContainsRune("头只羽匹口", r[j]) {
		return 0, 0, false
	}
	if k := j + 1; k < len(r) && (strings.ContainsRune("至到-~—", r[k]) && k+1 < len(r) && startsNumber(r[k+1]) ||
		hasAnyAt(r, k, "以上", "以下", "（不含", "规模")) {
		return 0, 0, false
	}
	return v / unit, j + 1, true
}

func speciesBefore(f flow, i int) string {
	from := i
	for from > 0 && i-from < 12 && !endsClause(f.r[from-1]) {
		from--
	}
	species := ""
	for _, h := range speciesWords.all(f.r, from, i) {
		species = h.value
	}
	return species
}

func speciesBehind(r []rune, i int) string {
	for i < len(r) && (r[i] == '的' || r[i] == '（' || r[i] == '左' || r[i] == '右') {
		i++
	}
	if i >= len(r) {
		return ""
	}
	s, _ := speciesWords.at(r, i)
	return s
}

// countBefore reads 生猪1200头 in front of 存栏 at i.
func countBefore(f flow, i int) (herd, bool) {
	r := f.r
	from := i
	for from > 0 && i-from < 14 && !endsClause(r[from-1]) {
		from--
	}
	for j := from; j < i; j++ {
		if !startsNumber(r[j]) || j > 0 && (isDigit(r[j-1]) || r[j-1] == '.') {
			continue
		}
		n, end, ok := countAt(r, j)
		if !ok || end > i {
			continue
		}
		species := speciesBehind(r, end)
		for k := end; k < i; k++ { // only the species or （ may stand between
			if s, m := speciesWords.at(r, k); m > 0 {
				species, k = s, k+m-1
			} else if r[k] != '（' && r[k] != '的' && r[k] != '在' {
				return herd{}, false
			}
		}
		if species == "" {
			species = speciesBefore(f, j)
		}
		return herd{j, i + 2, species, n, false, false}, true
	}
	return herd{}, false
}

// keptAt reads the count of animals behind 现有, 饲养 …; it must name its species.
func keptAt(f flow, i, j int) (herd, bool) {
	r := f.r
	if excluded(f, i) || i > 0 && strings.ContainsRune("设批年", r[i-1]) {
		return herd{}, false
	}
	species, k := fillerAndSpecies(r, j)
	n, end, ok := countAt(r, k)
	if !ok {
		return herd{}, false
	}
	if species == "" {
		species = speciesBehind(r, end)
	}
	return herd{i, end, species, n, false, false}, species != ""
}

// main picks the herd that counts: a stated total, else the first species with its stages added up.
func mainHerd(list []herd) (h herd, summed bool, ok bool) {
	if len(list) == 0 {
		return herd{}, false, false
	}
	for _, x := range list {
		if x.total {
			return x, false, true
		}
	}
	if i := slices.IndexFunc(list, func(x herd) bool { return x.actual }); i > 0 {
		list = list[i:]
	}
	h = list[0]
	for _, x := range list[1:] {
		if x.start == h.start && x.species == h.species { // one list
			h.count += x.count
			h.end = x.end
			summed = true
		}
	}
	return h, summed, true
}

// families are families of species, as the register asks for them where only one is told.
var families = wordList("families")

// speciesIn guesses nothing: it takes the one kind that a text speaks of, in its closest term, and the first word for it.
func speciesIn(r []rune, strict bool) (species string, word hit[string]) {
	var said []hit[string]
	for _, h := range speciesWords.all(r, 0, len(r)) {
		other := h.start > 0 && h.end-h.start == 1 && (strings.ContainsRune("蜗黄奔河海走吹", r[h.start-1]) || hasAnyAt(r, h.start-1, "天鹅", "天马"))
		if !other && !notAnimal(r, h) && (!strict || animalContext(r, h)) && slices.Contains(families, family(h.value)) {
			said = append(said, h)
		}
	}
	for i, h := range said {
		if i > 0 && family(h.value) != family(word.value) {
			return "", hit[string]{} // several kinds, none counted
		}
		if i == 0 {
			species, word = family(h.value), h
		}
	}
	if species == "猪" {
		return "生猪", word
	}
	for _, s := range []string{"奶牛", "肉牛", "蛋鸡", "肉鸡"} {
		if i := slices.IndexFunc(said, func(h hit[string]) bool { return h.value == s }); i >= 0 {
			return s, said[i]
		}
	}
	return species, word
}

// animalContext asks that a species stands where animals do, not in a village's name: 养羊, 猪舍, 生猪存栏.
func animalContext(r []rune, h hit[string]) bool {
	if containsAny(r[max(0, h.start-5):h.start], "屠宰", "宰杀") {
		return false
	}
	if h.end < len(r) && strings.ContainsRune("场舍粪栏尿圈棚养存只", r[h.end]) || h.start > 0 && strings.ContainsRune("养栏死", r[h.start-1]) {
		return !containsAny(r[max(0, h.start-10):h.start], "折合", "折算", "换算")
	}
	return h.end-h.start > 1 && h.value != "羊" && !containsAny(r[max(0, h.start-10):h.start], "折合", "折算", "换算", "万头")
}

// notAnimals are words that hold the character of an animal and name none.
var notAnimals = wordList("not_animals")

// notAnimal is for characters in other words: 牛蛙, 马上, 鸡西, 羊绒, 牛奶, 鸭绿江, and 猪 in 猪当量.
func notAnimal(r []rune, h hit[string]) bool {
	for _, w := range notAnimals {
		if hasAt(r, h.start, w) || h.start > 0 && []rune(w)[1] == r[h.start] && hasAt(r, h.start-1, w) { // 牛蛙, 宝鸡
			return true
		}
	}
	return false
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
