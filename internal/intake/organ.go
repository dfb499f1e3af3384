package intake

import (
	"slices"
	"strings"
)

// organ is an authority named in running text.
type organ struct {
	start, end int
	env        bool // of the ecology-and-environment system
	branch     bool // 恩平分局 alone
}

// organHeads end the name of an organ; true: of the ecology-and-environment system.
var organHeads = grouped("organs", map[string]bool{"environment": true, "other": false})

// organsOf finds the organs named in f, in order.
func organsOf(f flow) []organ {
	r := f.r
	var list []organ
	from := 0
	for i := 0; i < len(r); i++ {
		env, n := organHeads.at(r, i)
		if n > 0 && hasAt(r, i+n, "门") { // 环保部门 is nobody in particular
			continue
		}
		if n == 0 {
			if hasAt(r, i, "分局") {
				if o, ok := branchAt(f, i, from); ok {
					list, from = append(list, o), o.end
				}
				i++
			}
			continue
		}
		o := organ{start: organStart(f, i, from), end: i + n, env: env}
		o.end = organEnd(r, o.end)
		if o.start < i || i == 0 || strings.ContainsRune(nameStops, r[i-1]) || env {
			list, from = append(list, o), o.end
		}
		i = o.end - 1
	}
	return list
}

// organEnd takes the branch into the name: 市生态环境局 + 恩平分局.
func organEnd(r []rune, end int) int {
	if end < len(r) && r[end] == '（' { // 市生态环境局（恩平）分局 does not occur; （以下简称我局） does
		return end
	}
	for j := end; j < len(r) && j-end <= 14; j++ {
		if hasAt(r, j, "分局") {
			// 恩平分局, 沙河市分局, 高新技术产业开发区分局, 第二分局
			if p, ok := placeAt(r, end); ok && end+p.n <= j && j-end-p.n < 2 { // 泰和分局
				return j + 2
			}
			if between := r[end:j]; len(between) > 0 && !containsAny(between, "执法", "人员", "对", "会同", "与", "联合", "的", "和", "及", "接", "将", "移送", "案") {
				return j + 2
			}
			return end
		}
		if !isHan(r[j]) || strings.ContainsRune("，。、；的", r[j]) {
			return end
		}
	}
	return end
}

// branchAt reads 恩平分局 alone; its place begins the name.
func branchAt(f flow, i, from int) (organ, bool) {
	r := f.r
	for j := max(from, i-10); j < i; j++ {
		if p, ok := placeAt(r, j); ok && j+p.n <= i && i-(j+p.n) <= 1 {
			return organ{j, i + 2, true, true}, true
		}
	}
	for _, w := range []string{"高新区", "经开区", "开发区", "新区", "高新", "经开", "示范区"} {
		if f.before(i, w) {
			j := i - runeLen(w)
			for k := max(from, j-8); k < j; k++ {
				if p, ok := placeAt(r, k); ok && k+p.n == j {
					j = k
					break
				}
			}
			return organ{j, i + 2, true, true}, true
		}
	}
	return organ{}, false
}

// organStart walks left over the places in front of an organ's head: 衡阳市, 台州市临海, 市, 区, 盐城市东台.
func organStart(f flow, i, from int) int {
	r := f.r
	start := i
	best := i
	for start > from && i-start < 24 {
		c := r[start-1]
		if _, named := placeAt(r[:i], start-1); !isHan(c) || !named && strings.ContainsRune("，。、；对到赴的了被将把令在由与等从给于向", c) { // 于都
			break
		}
		start--
	}
	// The leftmost place from which only places and division words lead to the head.
	for j := start; j < i; j++ {
		if placesOnly(r, j, i) {
			best = j
			break
		}
	}
	if p, ok := placeAt(r, best); ok && p.full && p.county && best+p.n < i { // 平和县　漳州市生态环境局: a county does not stand before its city
		if q, ok := placeAt(r, best+p.n); ok && q.city != "" && q.full && !q.county {
			best += p.n
		}
	}
	return best
}

// divisionWords are words between the place and the name of an organ.
var divisionWords = wordList("division_words")

// placesOnly reports whether r[j:i] is made of place names and words like 市, 省, 县, 自治州.
func placesOnly(r []rune, j, i int) bool {
	for j < i {
		p, ok := placeAt(r[:i], j)
		if j += p.n; ok && p.full {
			continue
		}
		k := slices.IndexFunc(divisionWords, func(w string) bool { return hasAt(r[:i], j, w) })
		switch {
		case k >= 0:
			j += runeLen(divisionWords[k])
		case !ok:
			return false
		}
	}
	return true
}

// acting words behind an organ: what it did in the case.
var (
	findingWords  = words("organ_finding")
	decidingWords = words("organ_deciding")
	passingWords  = words("organ_passing")
)

// authority picks the organ of a case: the one that decides, by its full name; else the one that found; else, not surely, the one that was told of
// it or is named at all.
func (c *caseText) authority() (f flow, sure, ok bool) {
	parts := map[organPart][]organ{}
	for _, o := range organsOf(c.body) {
		if c.of > 0 && c.partAt(o.start).shared && len(parts[organFound])+len(parts[organDecided]) > 0 || !c.told(o.start) && !c.quoted[o.start] || inBook(c.body.r, o.start) {
			continue
		}
		k := c.partOf(o)
		parts[k] = append(parts[k], o)
	}
	pick := func(k organPart) (organ, bool) {
		for _, env := range []bool{true, false} {
			for _, o := range parts[k] {
				if o.env == env {
					return c.fullName(o), true
				}
			}
		}
		return organ{}, false
	}
	decided, okD := pick(organDecided)
	best, ok := pick(organFound)
	told, okT := pick(organTold)
	under := func(o organ) bool { // its branch handles what the bureau decides
		return strings.HasPrefix(string(c.body.r[o.start:o.end]), string(c.body.r[decided.start:decided.end]))
	}
	sure = okD || ok
	switch {
	case okD && ok && (!decided.env && best.env && containsAny(c.body.r[decided.start:decided.end], "公安") || under(best) || vague(c.body.r[decided.start:decided.end]) && !vague(c.body.r[best.start:best.end])):
	case okD && !ok && okT && under(told), !okD && !ok && okT:
		best = told
	case okD:
		best = decided
	case !ok:
		if best, ok = pick(organNamed); !ok {
			return flow{}, false, false
		}
	}
	f = c.body.slice(best.start, best.end)
	for _, o := range organsOf(c.title) { // 州生态环境局鹤峰县分局查处…案, 鹤峰县分局 below
		if t := c.title.slice(o.start, o.end); len(t.r) > len(f.r) && endsInAny(t.r, string(f.r)) {
			f = t
		}
	}
	return f, sure, true
}

// organPart is the part that an organ has in a case.
type organPart int

const (
	organPassed organPart = iota // it passed the matter on, or told of it
	organNamed
	organTold // it was told of the matter
	organFound
	organDecided
)

// partOf reads an organ's part in the words behind it.
func (c *caseText) partOf(o organ) organPart {
	_, to := c.body.clause(o.end)
	behind := c.body.r[o.end:min(to, o.end+40)]
	fi, di, pi := firstOf(findingWords, behind), firstOf(decidingWords, behind), firstOf(passingWords, behind)
	switch {
	case c.body.before(o.start, "会同"), c.body.before(o.start, "联合"): // it came along
		return organNamed
	case endsInAny(c.body.r[:o.start], "申请执行人", "被申请人", "被告"):
		return organDecided
	case hasAnyAt(behind, 0, "接", "收到"), pi < 4 && hasAt(behind, pi, "获悉"):
		return organTold
	case pi < fi && pi < di && pi < 4, endsInAny(c.body.r[:o.start], "接到", "移送", "移送至", "移交"):
		return organPassed
	case fi < len(behind) && fi <= di:
		return organFound
	case di < len(behind), c.body.before(o.start, "被"):
		return organDecided
	}
	// 2024年6月，某市生态环境局联合…，对…进行检查
	if _, end := c.body.sentence(o.end); findingWords.any(c.body.r[o.end:min(end, o.end+80)]) {
		return organFound
	}
	return organNamed
}

// vague is for 区环保局, 市生态环境局: a name without its place.
func vague(r []rune) bool {
	for i := range r {
		if p, ok := placeAt(r, i); ok && p.n >= 2 {
			return false
		}
	}
	return true
}

// fullName is the longest organ of the case that ends as o does: 龙门分局 → 惠州市生态环境局龙门分局.
func (c *caseText) fullName(o organ) organ {
	r := c.body.r
	short := strings.TrimLeft(string(r[o.start:o.end]), "我市县区州省")
	best := o
	for _, other := range organsOf(c.body) {
		n := other.end - other.start
		if n > best.end-best.start && n <= 40 && !inBook(r, other.start) && strings.HasSuffix(string(r[other.start:other.end]), short) &&
			short != "" {
			best = other
		}
	}
	return best
}

func firstOf(l *lexicon[struct{}], r []rune) int {
	for i := range r {
		if _, n := l.at(r, i); n > 0 {
			return i
		}
	}
	return len(r)
}

// inBook reports whether i stands inside 《》.
func inBook(r []rune, i int) bool {
	for j := i - 1; j >= 0 && i-j < 60; j-- {
		if r[j] == '《' {
			return true
		}
		if r[j] == '》' || r[j] == '\n' {
			return false
		}
	}
	return false
}
