package intake

import (
	"slices"
	"strings"
)

// measure is an order or other step in the text's own words.
type measure struct {
	start, end int
}

type measureKind int

const (
	measOrder    measureKind = iota // 责令…
	measSeal                        // 查封, 扣押, 没收, 吊销, 撤销
	measTransfer                    // 移送公安机关
	measReport                      // 报…人民政府
	measDetain                      // 行政拘留
	measOther                       // stands by itself
)

var measureWords = grouped("measures", map[string]measureKind{
	"order": measOrder, "seal": measSeal, "transfer": measTransfer, "report": measReport, "detain": measDetain, "other": measOther,
})

// measuresOf finds the measures told in a case.
func (c *caseText) measuresOf() []measure {
	f := c.body
	r := f.r
	var list []measure
	last := 0
	for _, h := range measureWords.all(r, 0, len(r)) {
		if h.start < last || !c.decision && c.sectionAt(h.start) == secHead || !c.told(h.start) || inBook(r, h.start) {
			continue
		}
		m, ok := c.measureAt(h)
		if !ok {
			continue
		}
		m.start = max(m.start, last)
		list, last = append(list, m), m.end
	}
	list = slices.DeleteFunc(list, func(m measure) bool { // the title of an order that the text gives in full
		return c.sectionAt(m.start) == secHead && slices.ContainsFunc(list, func(o measure) bool { return f.has(o.start, "责") && c.sectionAt(o.start) != secHead })
	})
	if len(list) == 0 || !hasOrder(f, list) {
		if m, ok := c.orderDocument(); ok {
			list = append(list, m)
			slices.SortFunc(list, func(a, b measure) int { return a.start - b.start })
		}
	}
	return list
}

func hasOrder(f flow, list []measure) bool {
	return slices.ContainsFunc(list, func(m measure) bool { return f.has(m.start, "责") })
}

func (c *caseText) measureAt(h hit[measureKind]) (measure, bool) {
	f := c.body
	r := f.r
	cf, ct := f.clause(h.start)
	ct = measureEnd(r, h.end, ct)
	before := r[cf:h.start]
	if ruleLike(r[max(0, cf-30):cf], before, r[h.start:ct]) {
		return measure{}, false
	}
	m := measure{h.start, ct}
	switch h.value {
	case measOrder:
		if f.before(h.start, "按") { // 已按要求整改
			return measure{}, false
		}
		m.end = orderGoesOn(r, m.end)
		return m, m.end-m.start > 3
	case measSeal:
		if containsAny(r[h.start:ct], "违法所得") && !hasAt(r, h.start, "没收") ||
			h.end < len(r) && strings.ContainsRune("、扣", r[h.end]) && hasAt(r, h.end, "、扣押办法") {
			return measure{}, false
		}
		if hasAt(r, h.start, "撤销") && !containsAny(r[h.start:ct], "许可证", "备案", "登记", "批准", "批复", "文件", "资格") {
			return measure{}, false
		}
		m.start = objectStart(f, cf, h.start)
		if m.end-m.start <= 2 { // 实施了查封
			m.start = max(cf, h.start-10)
			m.start = afterConjunction(r, m.start, h.start)
		}
		return m, m.end-m.start > 3
	case measTransfer:
		if !containsAny(r[h.end:min(ct, h.end+14)], "公安", "检察", "司法", "派出所", "警方", "纪委", "法院", "拘留") || f.before(h.start, "接到") ||
			containsAny(before, "接", "收到") || endsInAny(r[h.start:ct], "的案件", "的案例") {
			return measure{}, false
		}
		m.start = objectStart(f, cf, h.start)
		return m, true
	case measReport:
		tail := r[h.start:ct]
		if !containsAny(tail, "政府") || !containsAny(tail, "责令", "关闭", "拆除", "停业", "批准") {
			return measure{}, false
		}
		return m, true
	case measDetain:
		if containsAny(before, "移送", "适用") || containsAny(r[h.start:ct], "暂行办法") {
			return measure{}, false
		}
		return m, true
	}
	if hasAt(r, h.start, "不予") {
		return measure{h.start, h.end}, !hasAnyAt(r, h.end, "决定书", "告知书", "事先")
	}
	// 停产整治 and the like count where no order covers them.
	m.start = afterConjunction(r, max(cf, h.start-16), h.start)
	if p := lastVerb(r, cf, h.start); p >= 0 {
		m.start = p
	}
	return m, !containsAny(before, "可", "将被", "未")
}

// orderVerbs are beginnings of a clause that goes on with an order.
var orderVerbs = words("order_verbs")

// orderGoesOn takes the next clauses of an order with it: 责令停止建设，限期补办手续.
func orderGoesOn(r []rune, end int) int {
	for end < len(r) && r[end] == '，' {
		if !orderVerbs.has(r, end+1) {
			return end
		}
		next := end + 1
		for next < len(r) && !endsClause(r[next]) && next-end < 60 {
			next++
		}
		next = measureEnd(r, end+1, next)
		if containsAny(r[end+1:next], "立案", "处罚", "罚款", "赔偿", "移送", "开展", "启动") || next-end < 4 {
			return end
		}
		end = next
	}
	return end
}

func lastVerb(r []rune, from, to int) int {
	for i := to - 1; i >= from && to-i < 14; i-- {
		if hasAnyAt(r, i, "启动", "开展", "实施", "已申请", "组织", "进行", "作出") && !hasAt(r, i, "进行了") {
			return i
		}
	}
	return -1
}

// ruleWords are words before an order that a law or a warning speaks of.
var ruleWords = words("rule_words")

// ruleLike is for orders that a law or a warning speaks of: 可以责令停业, 由县级以上…责令, 拒不执行责令.
func ruleLike(prev, before, tail []rune) bool {
	return ruleWords.any(before) || containsAny(tail, "的，由", "批准，责令停业", "主管部门责令", "有批准权") ||
		containsAny(prev, "有下列", "违反本法", "违反本条例")
}

// measureEnds are words that begin what is no part of the measure before them.
var measureEnds = words("measure_ends")

// measureEnd cuts a measure before what is no part of it: a fine, another decision, a bracket.
func measureEnd(r []rune, from, to int) int {
	for i := from; i < to; i++ {
		switch r[i] {
		case '（':
			return i
		case '“', '《':
			if i-from > 1 {
				return i
			}
		case '、':
			if containsAny(r[i+1:min(to, i+5)], "罚款", "处罚", "没收", "移送", "处", "警告") {
				return i
			}
		}
		if r[i] == '后' && i-from > 2 && (i+1 >= len(r) || !strings.ContainsRune("续期果备", r[i+1])) {
			return i
		}
		if i > from && measureEnds.has(r, i) {
			return i
		}
	}
	return to
}

// objectStart begins a measure at its object: 将该案移送公安机关, 对隧道窑供气阀门予以查封.
func objectStart(f flow, from, at int) int {
	r := f.r
	for i := at - 1; i >= from && at-i < 26; i-- {
		if r[i] == '将' || r[i] == '对' && i+1 < at || hasAt(r, i, "本案") || hasAt(r, i, "该案") && !f.before(i, "将") {
			return i
		}
		if strings.ContainsRune("、并和及", r[i]) && at-i > 1 {
			break
		}
	}
	return at
}

func afterConjunction(r []rune, from, to int) int {
	for i := to - 1; i >= from; i-- {
		if strings.ContainsRune("，。；、：并局对\n", r[i]) {
			return i + 1
		}
	}
	return from
}

// orderDocument is for 下达《责令改正违法行为决定书》 where nothing else says what was ordered.
func (c *caseText) orderDocument() (measure, bool) {
	r := c.body.r
	for i := range r {
		if !hasAt(r, i, "《责令") || !c.told(i) {
			continue
		}
		for j := i; j < len(r) && j-i < 24; j++ {
			if r[j] == '》' {
				start := i
				for _, w := range []string{"下达", "送达", "作出"} {
					for k := i - 2; k >= 0 && i-k < 5; k-- {
						if hasAt(r, k, w) {
							start = k
						}
					}
				}
				return measure{start, j + 1}, containsAny(r[i:j], "决定书", "通知书")
			}
		}
	}
	return measure{}, false
}
