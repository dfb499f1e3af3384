package intake

import (
	"slices"
	"strings"
)

// name is a party's name in running text.
type name struct {
	start, end int
	person     bool
}

const longestName = 40

// nameStops are characters that no name holds, extensionStops those that do not stand between a company and its branch or farm.
const (
	nameStops      = "对到赴的了称因被将把令在由及与等约从给于是，。；：、！？“”《》【】\n|/=—…你您"
	extensionStops = "为把铺引倾倒抽堆干未违超排擅不利通将在向私偷非逃篡污粪废环建配存的是有因被与及和等对从以用已仅其该主负工生职法经股老员业或于"
	firmStops      = "某和与向对将被委由把及的"
	suffixStops    = "的在对将把被从以因是违未与和及、于向为经利擅非"
)

var (
	suffixes   = words("party_suffixes") // end the name of a party: what it is
	nameBounds = words("name_bounds")    // words that a name does not contain; the name begins behind them
	generic    = words("generic")        // what kind of party, never which
	indefinite = words("indefinite")     // begin what is some party, not a named one: 一养殖场
	surnames   = words("surnames")       // the common ones; a place name's last character (湖州某公司) is none of them
)

// names finds the parties named in running text, in order. Generic ones (规模化养殖场, 该公司) are left out.
func names(f flow) (found []name) {
	r, last := f.r, 0
	for i := 0; i < len(r); i++ {
		p, person := personAt(r, i)
		end := suffixEnd(r, i)
		if person = person && p.start >= last; person { // 张某养殖场, 徐某农业公司
			end = suffixSoon(r, p.end)
		}
		if end == 0 && !person {
			continue
		}
		n, ok := nameEndingAt(f, end, last)
		if _, owner := personAt(r, end); !person && owner && endsInAny(r[:end], "户", "业主") { // 养殖户何某
			ok = false
		}
		if person && !ok {
			n, ok = p, true
		}
		if i = max(i, end-1); ok {
			found, last, i = append(found, n), n.end, n.end-1
		}
	}
	return found
}

// leads is the party whose name begins f, perhaps behind slack characters.
func leads(f flow, slack int) (name, bool) {
	ns := names(f.slice(0, min(len(f.r), longestName+slack)))
	if len(ns) == 0 || ns[0].start > slack {
		return name{}, false
	}
	return ns[0], true
}

// suffixAt is how long the suffix at i is; 0 for what only looks like one: 养殖场所, 粪堆场, 厂界, 工厂化.
func suffixAt(r []rune, i int) int {
	_, n := suffixes.at(r, i)
	if n == 0 || i+n >= len(r) {
		return n
	}
	before := rune(0)
	if i > 0 {
		before = r[i-1]
	}
	switch next := r[i+n]; r[i+n-1] {
	case '场':
		if strings.ContainsRune("所地村镇乡路", next) || r[i] == '堆' && strings.ContainsRune("粪料渣物污", before) {
			return 0
		}
	case '厂':
		if n == 1 && (strings.ContainsRune("界区房家商址化长内外", next) || strings.ContainsRune("工出建该本全进入在我你其分", before)) {
			return 0
		}
	}
	return n
}

// suffixEnd is where the name ends whose suffix stands at i, with a branch or farm of the company: 某有限公司恩平分公司, 某公司第三猪场. 0 if none does.
func suffixEnd(r []rune, i int) int {
	n := suffixAt(r, i)
	if n == 0 {
		return 0
	}
	end := i + n
	rest := r[end:min(len(r), end+18)]
	stop := func(c rune) bool { return !isHan(c) || strings.ContainsRune(firmStops, c) }
	if k := index(rest, "公司"); k > 0 && containsAny(rest[:k], "有限") && !slices.ContainsFunc(rest[:k], stop) { // 某集团第二工程有限公司
		return end + k + len([]rune("公司"))
	}
	for more := end; ; end = more {
		for j := end; j < len(r) && j-end <= 8; j++ {
			if n := suffixAt(r, j); n > 0 {
				if j == end && r[end-1] == '司' && r[j+n-1] == '场' { // 某公司猪场: the company's farm
					return end
				}
				more = j + n
				break
			}
			bracket := (r[j] == '（' || r[j] == '）') && !hasAnyAt(r, j+1, "下称", "以下", "简称", "统一", "法定")
			if !bracket && (!isHan(r[j]) || strings.ContainsRune(extensionStops, r[j])) {
				break
			}
		}
		if more == end {
			return end
		}
	}
}

// suffixSoon is where an organisation's name ends whose suffix stands right behind a masked surname: 张某养殖场. 0 if none does.
func suffixSoon(r []rune, i int) int {
	for j := i; j < len(r) && j-i <= 14; j++ {
		if end := suffixEnd(r, j); end > 0 {
			return end
		}
		if !isHan(r[j]) && r[j] != '（' && r[j] != '）' || strings.ContainsRune(suffixStops, r[j]) {
			break
		}
	}
	return 0
}

// nameEndingAt walks left from the end of a suffix to where the name begins, not before from.
func nameEndingAt(f flow, end, from int) (name, bool) {
	if end == 0 {
		return name{}, false
	}
	r := f.r
	start := nameStart(r, end, from)
	start = max(start, lastCounty(r, start, end)) // 堵住黄山区某公司: a name begins with its county
	// The name begins behind the last bounding word inside; what stands behind 某 belongs to it (某检测公司).
	masked := end - 1
	for i := start; i < end; i++ {
		if masks(r[i]) {
			masked = i
		}
	}
	for i := start; i < masked; i++ {
		if p, ok := placeAt(r[:end], i); ok && p.full && p.county { // 会同县
			i += p.n - 1
			continue
		}
		_, n := nameBounds.at(r[:end], i)
		if n == 0 || protectedBound(r, i, n, end) {
			continue
		}
		next := i + n
		if r[next-1] == '某' { // 向某养殖场
			next--
		}
		if r[i] == '该' && next+1 < end-1 && strings.ContainsRune("县市区旗镇乡村州", r[next]) { // 该县某养殖场
			next++
		} else if next >= end-1 || n == 1 && strings.ContainsRune("该本其各此", r[i]) {
			return name{}, false
		}
		start, i = next, next-1
	}
	for start < end-2 && strings.ContainsRune("和向至了时", r[start]) {
		if _, ok := placeAt(r, start); ok || strings.ContainsRune("平顺兴阳", r[start+1]) {
			break
		}
		start++
	}
	return name{start: start, end: end}, start < end && specific(r[start:end])
}

// nameStart is the leftmost place where a name that ends at end may begin.
func nameStart(r []rune, end, from int) int {
	start := end
	for start > from && end-start < longestName {
		i := start - 1
		c, front := r[i], rune(0)
		if i > from {
			front = r[i-1]
		}
		p, placed := placeAt(r[:end], i)
		switch open := matching(r, i, from); {
		case open >= 0 && i-open < 12 && !ordinalOnly(r[open+1:i]): // 中粮（恩平）有限公司
			start = open
		case placed && p.full && p.county, // 从江县, 向…
			c == '对' && r[start] == '虾',
			isDigit(c) && strings.ContainsRune("组社队", r[start]),                               // 东岩村2组冉旭养牛场
			c == '于' && masks(r[start]) && front > 0 && strings.ContainsRune("县市区镇乡村", front): // 分宜县于某养猪场
			start--
		case isDigit(c), strings.ContainsRune("（）〔〕"+nameStops, c), strings.ContainsRune("日月年时", c) && isDigit(front):
			return start
		default:
			start--
		}
	}
	return start
}

// ordinalOnly is for （一）, which begins no name.
func ordinalOnly(r []rune) bool {
	_, end := ordinal(r, 0)
	return end > 0 && end == len(r)
}

// lastCounty is where the county begins, with its city, that a name in r[from:end] begins with: the last one in front of its mask.
func lastCounty(r []rune, from, end int) int {
	last, first, next := 0, 0, -1
	for i := from; i < end && !masks(r[i]); i++ {
		p, ok := placeAt(r[:end], i)
		if !ok || !p.full {
			continue
		}
		if next != i {
			first = i
		}
		if next = i + p.n; p.county && next < end-1 {
			last = first
		}
		i = next - 1
	}
	if last > 0 && r[last-1] == '（' {
		return 0
	}
	return last
}

// protectedBound keeps a bounding word that is part of the name: 家 in 家庭农场, 联合 in 联合社, 本 inside a name.
func protectedBound(r []rune, i, n, end int) bool {
	switch {
	case n > 1 || i == 0:
		return n == 2 && hasAt(r[:end], i, "联合社")
	case r[i] == '家', r[i] == '名':
		return !isDigit(r[i-1]) && !strings.ContainsRune("一二两三四五六七八九十几多数", r[i-1])
	}
	return strings.ContainsRune("本其各此", r[i]) && isHan(r[i-1]) && !strings.ContainsRune("对由在将", r[i-1])
}

// matching is where the bracket that closes at i opens; -1 if none closes there, or it opens before from.
func matching(r []rune, i, from int) int {
	for j := i - 1; r[i] == '）' && j >= from && i-j < 14; j-- {
		if r[j] == '（' {
			return j
		}
	}
	return -1
}

// specific reports whether a name names somebody: it is masked (某, ×, *), or something is left when places and kinds are taken away.
func specific(r []rune) bool {
	if len(r) < 2 {
		return false
	}
	for i, c := range r {
		if strings.ContainsRune("甲乙丙丁戊×*Xx", c) || c == '某' && !hasAnyAt(r, i+1, "些", "类", "地") {
			return true
		}
	}
	left := 0
	for i := 0; i < len(r); {
		p, placed := placeAt(r, i)
		_, kind := suffixes.at(r, i)
		_, word := generic.at(r, i)
		n := max(p.n, 1)
		switch {
		case placed && (p.full || i == 0): // 新田县兴和养殖场 is called after another place
		case placed:
			left += n
		case i > 0 && kindOfFarm(r[i:]), indefinite.has(r, i), hasAt(r, i, "一家") && i+2 < len(r): // 西峡县肉牛场: told by its county and kind
			return true
		case kind > 0:
			n = kind
		case word > 1, word == 1 && !(left > 0 && r[i] == '和' || i+1 < len(r) && !isGeneric(r, i+1)):
			n = word
		default: // also 正和牧业, 大地农场
			left++
		}
		i += n
	}
	return left >= 2
}

// isGeneric reports whether what stands at i says what kind of party it is.
func isGeneric(r []rune, i int) bool {
	_, place := placeAt(r, i)
	return place || suffixes.has(r, i) || generic.has(r, i)
}

// kindOfFarm is for 肉牛场: an animal and where it is kept, and nothing that speaks of many (养殖场).
func kindOfFarm(r []rune) bool {
	_, n := speciesWords.at(r, 0)
	return n > 0 && string(r[n:]) == "场"
}

// personAt reads 张某, 张某某, 张×× at i.
func personAt(r []rune, i int) (name, bool) {
	if i >= len(r) {
		return name{}, false
	}
	_, n := surnames.at(r, i)
	if n == 0 || i+n >= len(r) || !masks(r[i+n]) || i > 0 && isHan(r[i-1]) && strings.ContainsRune("阳安江宁平林区花关都木", r[i]) {
		return name{}, false
	}
	end := i + n + 1
	if end < len(r) && masks(r[end]) {
		end++
	}
	return name{i, end, true}, true
}

func masks(c rune) bool { return c == '某' || c == '×' || c == '*' }
