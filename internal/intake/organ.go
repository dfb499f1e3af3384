package intake

import "strings"

// organ is an authority named in running text.
type organ struct {
	start, end int
	env        bool // of the ecology-and-environment system
	branch     bool // 恩平分局 alone
}

// organHeads end the name of an organ; true: of the ecology-and-environment system.
var organHeads = grouped("organs", map[string]bool{"environment": true, "other": false})

// organsOf finds the organs named in f, in order; 环保部门 is nobody in particular, and of 分局 alone somebody must say where.
func organsOf(f flow) (list []organ) {
	r, from := f.r, 0
	for i := 0; i < len(r); i++ {
		env, n := organHeads.at(r, i)
		branch := n == 0 && hasAt(r, i, "分局")
		if branch {
			env, n = true, len([]rune("分局"))
		}
		if n == 0 || hasAt(r, i+n, "门") {
			continue
		}
		o := organ{organStart(r, i, from), organEnd(r, i+n), env, branch}
		placed := !vague(r[o.start:i]) || matches(zone, r[o.start:i])
		if branch && placed || !branch && (env || o.start < i || i == 0 || strings.ContainsRune(nameStops, r[i-1])) {
			list, from = append(list, o), o.end
		}
		i = o.end - 1
	}
	return list
}

var (
	branchBehind = pattern(`^([^\P{Han}的]{0,14}?)分局`)
	notBranch    = pattern(`执法|人员|对|会同|与|联合|和|及|接|将|移送|案`)
	zone         = pattern(`[高经开新]发?区|高新|经开|示范区`)
)

// organEnd takes the branch into the name: 市生态环境局 + 恩平分局, 沙河市分局, 高新技术产业开发区分局, 第二分局.
func organEnd(r []rune, end int) int {
	if end >= len(r) || !isHan(r[end]) {
		return end
	}
	m := matchAt(branchBehind, r, end)
	if m == nil || m[3] == end {
		return end
	}
	if p, ok := placeAt(r, end); ok && end+p.n <= m[3] && m[3]-end-p.n < 2 || !matches(notBranch, r[end:m[3]]) { // 泰和分局
		return m[1]
	}
	return end
}

// divisionWords are words between the place and the name of an organ.
var divisionWords = words("division_words")

// organStart is the leftmost place from which only names of places and words like 市, 县, 自治州 lead to an organ's head: 衡阳市, 台州市临海, 盐城市东台.
func organStart(r []rune, i, from int) int {
	leads, best := [25]bool{true}, i // by the distance from the head
	for j := i - 1; j >= from && i-j < len(leads); j-- {
		p, placed := placeAt(r[:i], j)
		_, n := divisionWords.at(r[:i], j)
		if placed && leads[i-j-p.n] || n > 0 && leads[i-j-n] {
			leads[i-j], best = true, j
		}
	}
	if p, ok := placeAt(r, best); ok && p.full && p.county && best+p.n < i { // 平和县　漳州市生态环境局: a county does not stand before its city
		if q, _ := placeAt(r, best+p.n); q.city != "" && q.full && !q.county {
			best += p.n
		}
	}
	return best
}

// acting words behind an organ: what it did in the case.
var (
	findingWords  = words("organ_finding")
	decidingWords = words("organ_deciding")
	passingWords  = words("organ_passing")
)

// authority picks the organ of a case: the one that decides, by its full name; else the one that found; else, not surely, the one that was told of
// it or is named at all.
func (c *caseText) authority() (f flow, sure bool) {
	var best [organDecided + 1]organ // of each part the first of the environment's, else the first
	r, all := c.body.r, organsOf(c.body)
	for _, o := range all {
		again := c.of > 0 && c.partAt(o.start).shared && best[organFound].end+best[organDecided].end > 0
		if k := c.partOf(o); !again && (c.told(o.start) || c.quoted[o.start]) && !inBook(r, o.start) && (best[k].end == 0 || o.env && !best[k].env) {
			best[k] = o
		}
	}
	for k := range best {
		best[k] = c.fullName(best[k], all)
	}
	decided, found, told := best[organDecided], best[organFound], best[organTold]
	under := func(o organ) bool { // its branch handles what the bureau decides
		return o.end > 0 && strings.HasPrefix(string(r[o.start:o.end]), string(r[decided.start:decided.end]))
	}
	police := !decided.env && found.env && containsAny(r[decided.start:decided.end], "公安")
	sure = decided.end+found.end > 0
	o := best[organNamed]
	switch {
	case decided.end > 0 && found.end > 0 && (police || under(found) || vague(r[decided.start:decided.end]) && !vague(r[found.start:found.end])):
		o = found
	case decided.end > 0 && found.end == 0 && under(told), !sure && told.end > 0:
		o = told
	case decided.end > 0:
		o = decided
	case found.end > 0:
		o = found
	case o.end == 0:
		return flow{}, false
	}
	f = c.body.slice(o.start, o.end)
	for _, o := range organsOf(c.title) { // 州生态环境局鹤峰县分局查处…案, 鹤峰县分局 below
		if t := c.title.slice(o.start, o.end); len(t.r) > len(f.r) && endsInAny(t.r, string(f.r)) {
			f = t
		}
	}
	return f, sure
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
	front, behind := c.body.r[:o.start], c.body.r[o.end:min(to, o.end+40)]
	fi, di, pi := firstOf(findingWords, behind), firstOf(decidingWords, behind), firstOf(passingWords, behind)
	_, end := c.body.sentence(o.end)
	switch {
	case endsInAny(front, "会同", "联合"): // it came along
		return organNamed
	case endsInAny(front, "申请执行人", "被申请人", "被告"):
		return organDecided
	case hasAnyAt(behind, 0, "接", "收到"), pi < 4 && hasAt(behind, pi, "获悉"):
		return organTold
	case pi < fi && pi < di && pi < 4, endsInAny(front, "接到", "移送", "移送至", "移交"):
		return organPassed
	case fi < len(behind) && fi <= di:
		return organFound
	case di < len(behind), endsInAny(front, "被"):
		return organDecided
	case findingWords.any(c.body.r[o.end:min(end, o.end+80)]): // 2024年6月，某市生态环境局联合…，对…进行检查
		return organFound
	}
	return organNamed
}

// vague is for 区环保局, 市生态环境局: a name without its place.
func vague(r []rune) bool { return len(loadPlaces().lexicon.all(r, 0, len(r))) == 0 }

// fullName is the longest organ of the case that ends as o does: 龙门分局 → 惠州市生态环境局龙门分局.
func (c *caseText) fullName(o organ, all []organ) organ {
	r := c.body.r
	short := strings.TrimLeft(string(r[o.start:o.end]), "我市县区州省")
	for _, other := range all {
		if n := other.end - other.start; short != "" && n > o.end-o.start && n <= 40 && !inBook(r, other.start) && endsInAny(r[:other.end], short) {
			o = other
		}
	}
	return o
}

// firstOf is where the first word of l stands in r; its length where none does.
func firstOf(l *lexicon[struct{}], r []rune) int {
	if hits := l.all(r, 0, len(r)); len(hits) > 0 {
		return hits[0].start
	}
	return len(r)
}

// inBook reports whether i stands inside 《》.
func inBook(r []rune, i int) bool {
	for j := i - 1; j >= max(0, i-60); j-- {
		switch r[j] {
		case '《':
			return true
		case '》', '\n':
			return false
		}
	}
	return false
}
