package intake

import "strings"

// name is a party's name in running text.
type name struct {
	start, end int
	person     bool
}

// suffixes end the name of a party: what it is.
var suffixes = words("party_suffixes")

// nameStops are characters that no name holds.
var nameStops = "对到赴的了称因被将把令在由及与等约从给于是，。；：、！？“”《》【】\n|/=—…你您"

// nameBounds are words that a name does not contain; the name begins behind them.
var nameBounds = words("name_bounds")

// generic words say what kind of party, never which.
var generic = words("generic")

// indefinite words begin what is some party, not a named one: 一养殖场.
var indefinite = words("indefinite")

// names finds the parties named in running text, in order. Generic ones (规模化养殖场, 该公司) are left out.
func names(f flow) []name {
	var found []name
	r := f.r
	last := 0
	for i := 0; i < len(r); i++ {
		if p, ok := personAt(r, i); ok && p.start >= last {
			if q, isOrg := suffixSoon(r, p.end); isOrg { // 张某养殖场, 徐某农业公司
				if n, ok := nameEndingAt(f, q, last); ok {
					found, last, i = append(found, n), n.end, n.end-1
					continue
				}
			}
			found, last, i = append(found, p), p.end, p.end-1
			continue
		}
		_, n := suffixes.at(r, i)
		if n == 0 || notSuffix(r, i, n) {
			continue
		}
		end := extendSuffix(r, i+n)
		if _, ok := personAt(r, end); ok && (r[end-1] == '户' || hasAt(r, end-2, "业主")) { // 养殖户何某
			i = end - 1
			continue
		}
		if nm, ok := nameEndingAt(f, end, last); ok {
			found, last = append(found, nm), nm.end
		}
		i = end - 1
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

// notSuffix refuses what only looks like a suffix: 养殖场所, 厂界, 工厂化.
func notSuffix(r []rune, i, n int) bool {
	if i+n >= len(r) {
		return false
	}
	next := r[i+n]
	switch r[i+n-1] {
	case '场':
		if r[i] == '堆' && i > 0 && strings.ContainsRune("粪料渣物污", r[i-1]) {
			return true
		}
		return strings.ContainsRune("所地村镇乡路", next)
	case '厂':
		return n == 1 && (strings.ContainsRune("界区房家商址化长内外", next) || i > 0 && strings.ContainsRune("工出建该本全进入在我你其分", r[i-1]))
	}
	return false
}

// extendSuffix goes on over a branch or farm of the company: 某有限公司恩平分公司, 某公司第三猪场.
func extendSuffix(r []rune, end int) int {
	for j := end; j < len(r) && j-end < 12 && isHan(r[j]) && !strings.ContainsRune("某和与向对将被委由把及的", r[j]); j++ { // 某集团第二工程有限公司
		if hasAnyAt(r, j, "有限公司", "有限责任公司") {
			_, n := suffixes.at(r, j+index(r[j:], "公司"))
			return j + index(r[j:], "公司") + n
		}
	}
	for {
		more := 0
		for j := end; j < len(r) && j-end <= 8; j++ {
			c := r[j]
			if _, n := suffixes.at(r, j); n > 0 && !notSuffix(r, j, n) {
				if j == end && r[end-1] == '司' && r[j+n-1] == '场' { // 某公司猪场: the company's farm
					return end
				}
				more = j + n
				break
			}
			if (c == '（' || c == '）') && !hasAnyAt(r, j+1, "下称", "以下", "简称", "统一", "法定") {
				continue
			}
			if !isHan(c) || strings.ContainsRune("为把铺引倾倒抽堆干未违超排擅不利通将在向私偷非逃篡污粪废环建配存的是有因被与及和等对从以用已仅其该主负工生职法经股老员业及或于", c) {
				break
			}
		}
		if more == 0 {
			return end
		}
		end = more
	}
}

const longestName = 40

// nameEndingAt walks left from the end of a suffix to where the name begins, not before from.
func nameEndingAt(f flow, end, from int) (name, bool) {
	r := f.r
	start := nameStart(r, end, from)
	if k := lastCounty(r, start, end); k > start { // 堵住黄山区某公司: a name begins with its county
		start = k
	}
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
		if n == 0 || suffixOnly(r[i:end]) || protectedBound(r, i, n, end) {
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
		c := r[start-1]
		if c == '）' {
			if open := matching(r, start-1, from); open >= 0 && start-open <= 12 && !ordinalOnly(r[open+1:start-1]) {
				start = open
				continue
			}
		}
		if c == '对' && r[start] == '虾' {
			start--
			continue
		}
		if p, ok := placeAt(r[:end], start-1); ok && p.full && p.county { // 从江县, 向…
			start--
			continue
		}
		if isDigit(c) && strings.ContainsRune("组社队", r[start]) { // 东岩村2组冉旭养牛场
			start--
			continue
		}
		if c == '于' && masks(r[start]) && start-2 >= from && strings.ContainsRune("县市区镇乡村", r[start-2]) { // 分宜县于某养猪场
			start--
			continue
		}
		if c == '）' || c == '（' || c == '〕' || c == '〔' || isDigit(c) || strings.ContainsRune(nameStops, c) {
			break
		}
		if strings.ContainsRune("日月年时", c) && start-2 >= from && isDigit(r[start-2]) {
			break
		}
		start--
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
	for i := from; i < end; i++ {
		if masks(r[i]) {
			break
		}
		p, ok := placeAt(r[:end], i)
		if !ok || !p.full {
			continue
		}
		if next != i {
			first = i
		}
		next = i + p.n
		if p.county && i+p.n < end-1 {
			last = first
		}
		i = next - 1
	}
	if next < 0 || last > 0 && hasAt(r, last-1, "（") {
		return 0
	}
	return last
}

// protectedBound keeps a bounding word that is part of the name: 家 in 家庭农场, 联合 in 联合社, 本 inside a name.
func protectedBound(r []rune, i, n, end int) bool {
	if n == 2 {
		return hasAt(r[:end], i, "联合社")
	}
	if n > 2 {
		return false
	}
	counted := i > 0 && (isDigit(r[i-1]) || strings.ContainsRune("一二两三四五六七八九十几多数", r[i-1]))
	switch r[i] {
	case '家':
		return !counted
	case '名':
		return !counted
	case '本', '其', '各', '此':
		return i > 0 && isHan(r[i-1]) && !strings.ContainsRune("对由在将，", r[i-1])
	}
	return false
}

// suffixOnly reports whether r is nothing but a suffix.
func suffixOnly(r []rune) bool {
	_, n := suffixes.at(r, 0)
	return n == len(r)
}

// matching is where the bracket that closes at i opens; -1 if not between from and i.
func matching(r []rune, i, from int) int {
	for j := i - 1; j >= from && i-j < 14; j-- {
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
	masked := false
	for i, c := range r {
		switch c {
		case '甲', '乙', '丙', '丁', '戊':
			masked = true
		case '某', '×', '*', 'X', 'x':
			masked = masked || !hasAnyAt(r, i, "某些", "某类", "某地")
		}
	}
	if masked {
		return true
	}
	left, i := 0, 0
	for i < len(r) {
		if p, ok := placeAt(r, i); ok { // 新田县兴和养殖场 is called after another place
			if !p.full && i > 0 {
				left += p.n
			}
			i += p.n
			continue
		}
		if i > 0 && kindOfFarm(r[i:]) { // 西峡县肉牛场: told by its county and kind
			return true
		}
		if indefinite.has(r, i) || hasAt(r, i, "一家") && i+2 < len(r) {
			return true
		}
		if _, n := suffixes.at(r, i); n > 0 {
			i += n
			continue
		}
		if _, n := generic.at(r, i); n > 0 {
			if n == 1 && (left > 0 && r[i] == '和' || i+1 < len(r) && !isGeneric(r, i+1)) { // 正和牧业, 大地农场
				left++
			}
			i += n
			continue
		}
		left++
		i++
	}
	return left >= 2
}

// isGeneric reports whether what stands at i says what kind of party it is.
func isGeneric(r []rune, i int) bool {
	_, place := placeAt(r, i)
	return place || suffixes.has(r, i) || generic.has(r, i)
}

// kindOfFarm is for 肉牛场, 养猪场: an animal and where it is kept, and nothing that speaks of many (养殖场).
func kindOfFarm(r []rune) bool {
	if len(r) > 0 && r[0] == '养' {
		r = r[1:]
	}
	_, n := speciesWords.at(r, 0)
	return n > 0 && len(r) == n+1 && r[n] == '场'
}

// surnames are the common ones; a place name's last character (湖州某公司) is none of them.
var surnames = words("surnames")

// personAt reads 张某, 张某某, 张×× at i.
func personAt(r []rune, i int) (name, bool) {
	if i >= len(r) {
		return name{}, false
	}
	_, n := surnames.at(r, i)
	if n == 0 || i+n >= len(r) || !masks(r[i+n]) {
		return name{}, false
	}
	if i > 0 && isHan(r[i-1]) && strings.ContainsRune("阳安江宁平林区花关都木", r[i]) {
		return name{}, false
	}
	end := i + n + 1
	if end < len(r) && masks(r[end]) {
		end++
	}
	for _, kind := range []string{"个体经营户", "个体工商户"} {
		if hasAt(r, i-runeLen(kind), kind) {
			i -= runeLen(kind)
		}
	}
	return name{i, end, true}, true
}

func masks(c rune) bool { return c == '某' || c == '×' || c == '*' }

// suffixSoon finds an organisation's suffix right behind a masked surname: 张某养殖场.
func suffixSoon(r []rune, i int) (end int, ok bool) {
	for j := i; j < len(r) && j-i <= 14; j++ {
		if _, n := suffixes.at(r, j); n > 0 && !notSuffix(r, j, n) {
			return extendSuffix(r, j+n), true
		}
		if !isHan(r[j]) && r[j] != '（' && r[j] != '）' || strings.ContainsRune("的在对将把被从以因是违未与和及、于向为经利擅非", r[j]) {
			return 0, false
		}
	}
	return 0, false
}
