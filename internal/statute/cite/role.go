package cite

import (
	"slices"
	"strings"

	"casebook/internal/registry"
)

// What a citation is there for follows from the words around it:
//
//	违反了《A》第十条、第三十九条和《B》第二十三条的规定     violated, all of them
//	依据《A》第八十三条第三项，责令…                    basis, where a decision or an order follows
//	《A》第三十九条　禁止利用渗井…                      quote: the law's own words follow
//	根据《A》第八十三条，可以依法申请行政复议              other: it tells of a right, it decides nothing
//
// A word governs the citation directly behind it and those joined to that one.

// breachWords and basisWords govern the citation behind them.
var (
	breachWords = []string{"违反", "违背", "触犯", "不符合", "未遵守", "违法条款", "违则", "违反条款", "违反的条款", "违法依据"}
	basisWords  = []string{"依据", "依照", "根据", "按照", "援引", "参照", "对照", "结合", "罚则", "处罚条款", "参考", "遵照", "依", "按", "据"}
	// heads are labels of a table or form: they govern whatever follows the colon.
	basisHeads = []string{"处罚依据", "法律依据", "处罚条款", "执法依据", "裁量依据", "罚则", "适用条款", "处罚种类和依据"}
)

// decisionWords show that something is decided or ordered in the sentence.
var decisionWords = []string{"责令", "处罚", "罚款", "处以", "决定", "立案", "移送", "查封", "扣押", "没收", "吊销", "拘留", "关闭", "停产", "停业", "警告", "下达", "作出", "裁量", "从轻",
	"从重", "减轻", "不予", "按日", "计罚", "追究", "查处", "移交", "磋商", "赔偿", "告知"}

// ruleWords show that the sentence states a rule, or what was done before anything was decided.
var ruleWords = []string{"应当", "应", "不得", "禁止", "可以", "必须", "是指", "有权", "需要", "属于", "国家", "检查", "监测", "申请", "申领", "办理", "取得", "开展", "建设", "编制",
	"企业", "公民", "单位和个人"}

// ordered words show that the decision itself comes first and the rights after it.
var ordered = []string{"责令", "处以", "没收", "移送", "决定", "处罚款", "处人民币"}

// rightsWords show that the sentence tells of rights and of what may follow, not of what was decided.
var rightsWords = []string{"申请行政复议", "行政诉讼", "申请复议", "提起诉讼", "强制执行", "加处罚款", "陈述", "申辩", "要求听证", "听证的权利"}

// hypothetical words before 违反 turn a finding into a warning.
var hypothetical = []string{"不得", "如", "若", "凡", "凡是", "如果", "一旦", "未", "不", "并未", "没有", "是否", "禁止", "严禁", "对于", "防止", "避免"}

func (s *citing) assignRole(g *group) {
	if g.start < s.quotedTo { // the law itself cites: 违反本法规定
		g.role = registry.RoleOther
		return
	}
	var prev *group
	if s.outside.end > 0 {
		prev = &s.outside
	}
	g.role = s.role(g, prev)
	s.quotedTo, s.outside = max(s.quotedTo, g.quoteTo), *g
}

// role reads the words before and behind a citation, and its quotation.
func (s *citing) role(g, prev *group) registry.CitationRole {
	t := s.t
	from := 0
	if prev != nil {
		from = max(prev.quoteTo, t.afterQuotation(prev.end))
	}
	s.readQuote(g)
	governed, head := s.governor(from, g.start)
	if governed == "" && prev != nil && from <= g.start && (glue(t.r[from:g.start]) || g.quote == nil && glueList(t.r[from:g.start])) &&
		g.start-from <= 40 && (prev.role == registry.RoleBreached || prev.role == registry.RoleBasis) {
		governed, head = prev.role, true // joined to the one before: the same role, and decided already
		if g.quote != nil && t.gap[g.start] >= gapLine {
			return registry.RoleQuote
		}
	}
	switch governed {
	case registry.RoleBreached:
		return registry.RoleBreached
	case registry.RoleBasis:
		if g.quote != nil && (!head || s.underLegalBasis(g.start)) && !t.decides(g.quoteTo) {
			return registry.RoleQuote
		}
		if head {
			return registry.RoleBasis
		}
		return t.basisOrOther(g.end)
	}
	if g.quote != nil {
		return registry.RoleQuote
	}
	after := t.skipAll(g.end, "的", "之", "有关", "相关", "规定", "条款")
	for _, w := range [...]string{"为依据", "作为依据", "作为处罚依据", "为处罚依据", "予以处罚", "给予处罚", "进行处罚", "实施处罚", "作出处罚", "处以", "对其处", "予以查处"} {
		if t.has(after, w) {
			return registry.RoleBasis
		}
	}
	return registry.RoleOther
}

// basisOrOther tells a decision's basis from a rule that is merely told: where the sentence behind the citation decides nothing, it
// must not state a rule or tell of other work either.
func (t *running) basisOrOther(end int) registry.CitationRole {
	i := t.skipAll(end, "的", "之", "有关", "相关", "规定", "条款", "精神", "要求")
	if i >= len(t.r) || t.r[i] == '。' || t.r[i] == '；' || t.r[i] == '）' {
		return registry.RoleBasis
	}
	sentence := t.sentence(i)
	if rights := first(sentence, rightsWords); rights >= 0 && first(sentence[:rights], ordered) < 0 {
		return registry.RoleOther
	}
	if first(sentence, decisionWords) < 0 && first(sentence, ruleWords) >= 0 {
		return registry.RoleOther
	}
	return registry.RoleBasis
}

// decides reports whether the sentence that goes on at i, behind a quotation, decides something.
func (t *running) decides(i int) bool {
	i = t.skipAll(i, "”", "\"", "」", "。", "，", "的", "之", "规定")
	if i < len(t.r) && t.gap[i] >= gapLine {
		return false
	}
	return first(t.sentence(i), decisionWords) >= 0
}

// sentence is the text from i to the end of the sentence, at most 240 runes.
func (t *running) sentence(i int) []rune {
	const longest = 240
	for j := i; j < len(t.r) && j-i < longest; j++ {
		if t.r[j] == '。' {
			return t.r[i:j]
		}
	}
	return t.r[min(i, len(t.r)):min(i+longest, len(t.r))]
}

// first is where the first of the words begins; -1 if none is there.
func first(text []rune, words []string) int {
	s := running{r: text}
	for i := range text {
		for _, w := range words {
			if s.has(i, w) {
				return i
			}
		}
	}
	return -1
}

// governor finds the word that governs a citation at i, not looking before from. Between the two only such words may stand as leave the
// one in force: 违反了国家《…》, 处罚依据：《…》. head: the word is a label, or cannot be but a decision's.
func (s *citing) governor(from, i int) (role registry.CitationRole, head bool) {
	t := s.t
	const reach = 24
	brackets := 0
	for j := i; j > from && i-j <= reach; j-- {
		c := t.r[j-1]
		switch {
		case c == '）':
			brackets++
			continue
		case c == '（' && brackets > 0:
			brackets--
			continue
		case brackets > 0:
			continue
		case strings.ContainsRune("。；！？”", c):
			return "", false
		case c == '，' && i-j > 1 && !t.labelled(j-1):
			return "", false
		}
		for _, w := range basisHeads {
			if t.endsWith(j, w) && colon(t.r[j:i]) {
				return registry.RoleBasis, true
			}
		}
		for _, w := range breachWords {
			if !t.endsWith(j, w) {
				continue
			}
			k := j - len([]rune(w))
			for _, h := range hypothetical {
				if t.endsWith(k, h) {
					return registry.RoleOther, true
				}
			}
			return registry.RoleBreached, true
		}
		for _, w := range basisWords {
			if t.endsWith(j, w) && (len([]rune(w)) > 1 || i-j <= 1) {
				if k := j - len([]rune(w)); t.endsWith(k, "未") || t.endsWith(k, "没有") || t.endsWith(k, "不") { // 未按照《A》第二十条采取措施
					return registry.RoleBreached, true
				}
				return registry.RoleBasis, false
			}
		}
		if t.endsWith(j, "适用") && i-j <= 6 && !strings.ContainsRune(string(t.r[j:i]), '：') && !t.parted(j, i) {
			return registry.RoleBasis, true
		}
	}
	return "", false
}

// parted reports whether a paragraph begins in [from,to]: 二、法律适用 is a heading, and governs nothing.
func (t *running) parted(from, to int) bool {
	return slices.ContainsFunc(t.gap[from:to+1], func(g gap) bool { return g >= gapIndent })
}

// underLegalBasis is for 法律依据：《…》第三十九条　禁止…, a label that explains rather than decides.
func (s *citing) underLegalBasis(i int) bool {
	for j := i; j > 0 && i-j < 4; j-- {
		if s.t.endsWith(j, "法律依据") {
			return true
		}
	}
	return false
}

// labelled is for a comma right behind a governing word: 依据，《…》.
func (t *running) labelled(i int) bool {
	for _, w := range basisWords {
		if t.endsWith(i, w) {
			return true
		}
	}
	return false
}

// colon reports whether nothing but the end of a label stands there.
func colon(r []rune) bool {
	for _, c := range r {
		if !strings.ContainsRune("：】］]）条款是为“\"", c) {
			return false
		}
	}
	return true
}

var glueWords = []string{"有关规定", "相关规定", "之规定", "的规定", "等规定", "规定", "有关", "相关", "条款", "以及", "或者", "同时", "违法", "的", "之", "等", "和", "及", "与", "或",
	"并", "且", "还", "也", "、", "，", "》", "”", "“", "‘", "’", "\"", "[", "]", "{", "}", "<", ">", "＜", "＞", "【", "】", "〖", "〗", "「", "」", "『", "』", "〈", "〉", "涉嫌", "了", "分别"}

// glue reports whether the words between two citations only join them.
func glue(r []rune) bool {
	t := running{r: r}
	i := 0
	for i < len(r) {
		if r[i] == '（' { // （以下简称…） between them
			t.gap = nil
			if _, end, ok := t.parenthesis(i); ok {
				i = end
				continue
			}
			return false
		}
		next := t.skip(i, glueWords...)
		if next == i {
			return false
		}
		i = next
	}
	return true
}

// glueList also takes the semicolon between the entries of a list: 违反《A》第十条规定；《B》第三条规定.
func glueList(r []rune) bool {
	n := len(r)
	return n > 0 && r[n-1] == '；' && glue(r[:n-1])
}
