package intake

import (
	"slices"
	"strings"
)

// labelled finds the value of a line 当事人：… or 【当事人】… in the body.
func (c *caseText) labelled(labels ...string) (flow, bool) {
	r := c.body.r
	for i := range r {
		if i > 0 && r[i-1] != '\n' && r[i-1] != '。' && r[i-1] != '；' {
			continue
		}
		j := skipDecoration(r, i)
		boxed := hasAt(r, j, "【")
		if boxed {
			j++
		}
		if _, after := enumerator(c.body, j); after > 0 {
			j = after
		}
		for _, l := range labels {
			if !hasAt(r, j, l) {
				continue
			}
			if f, ok := c.valueAt(j+runeLen(l), boxed); ok {
				return f, true
			}
		}
	}
	return flow{}, false
}

// valueAt is what stands behind a label that ends at k.
func (c *caseText) valueAt(k int, boxed bool) (flow, bool) {
	r := c.body.r
	upTo := func(from, most int, stops string) int {
		end := from
		for end < len(r) && end-from < most && !strings.ContainsRune(stops, r[end]) {
			end++
		}
		return end
	}
	if boxed && k+1 < len(r) && r[k] == '】' {
		return c.body.slice(k+1, upTo(k+1, len(r), "\n")), true
	}
	if hasAt(r, k, "（") { // 当事人（个人）：
		k = upTo(k, 24, "）") + 1
	}
	if !hasAt(r, k, "：") {
		return flow{}, false
	}
	end := upTo(k+1, 60, "\n，。；（")
	for m := k + 2; m < end; m++ { // labels that follow on the same line: 当事人：某公司 统一社会信用代码：…
		if spaceBefore(c.body, m) && label(r[m:min(len(r), m+20)]) {
			end = m
		}
	}
	if hasAt(r, end, "（") && end > k+1 && bracketInName(r, end) {
		end = upTo(end, 60, "\n，。；")
	}
	return c.body.slice(k+1, max(k+1, end)), end > k+1
}

// bracketInName is for 中粮（恩平）有限公司.
func bracketInName(r []rune, i int) bool {
	for j := i; j < len(r) && j-i < 12; j++ {
		if r[j] == '）' {
			return j+1 < len(r) && isHan(r[j+1])
		}
	}
	return false
}

var partyLabels = wordList("party_labels")

// party finds who it was: by label, by the line that a decision is addressed to, by the inspection, by the title.
func (c *caseText) party() (flow, bool) {
	if c.who == nil {
		h, _ := c.findParty()
		c.who = &h
	}
	return *c.who, len(c.who.r) > 0
}

func (c *caseText) findParty() (flow, bool) {
	if f, ok := c.row[colParty]; ok {
		return f, true
	}
	if f := c.paras[0].of; len(f.r) > 0 {
		return f, true
	}
	if f, ok := c.labelled(append(slices.Clone(partyLabels), "单位", "企业")...); ok && len(f.r) <= 50 && !strings.ContainsRune(string(f.r), '：') && len(organsOf(f)) == 0 {
		return f, true
	}
	if c.decision {
		if f, ok := c.addressee(); ok {
			return f, true
		}
	}
	titled := names(c.title)
	ns := c.bodyNames()
	if n, ok := c.inspected(ns); ok && !c.headed {
		return c.body.slice(n.start, n.end), true
	}
	if full, ok := c.calledBy(titled, ns); ok {
		return c.body.slice(full.start, full.end), true
	}
	if len(titled) > 0 {
		t := c.title.r[titled[0].start:titled[0].end]
		if n, ok := c.violator(ns, string(t)); ok {
			return c.body.slice(n.start, n.end), true
		}
		core := string(maskedCore(t))
		if slices.ContainsFunc(ns, func(n name) bool {
			p, masked := personAt(c.body.r, n.start)
			return masked && p.start == n.start && n.end-n.start < len(t) && endsInAny(t, string(c.body.r[n.start:n.end]))
		}) { // 方城县杨某养殖场, 杨某养殖场 below
			return c.title.slice(titled[0].start, titled[0].end), true
		}
		for _, n := range ns {
			if strings.HasSuffix(string(c.body.r[n.start:n.end]), core) {
				return c.body.slice(n.start, n.end), true
			}
		}
		for _, n := range ns { // 花桥镇养牛场 is 花桥镇某养牛场
			if unmasked(c.body.r[n.start:n.end]) == unmasked(t) {
				return c.body.slice(n.start, n.end), true
			}
		}
		if n, ok := c.inspected(ns); ok && !c.unsure && !slices.ContainsFunc(t, masks) { // 在禁养区域建畜禽养殖场 names nobody
			return c.body.slice(n.start, n.end), true
		}
		if n, ok := c.onlyNamed(ns, t); ok {
			return c.body.slice(n.start, n.end), true
		}
		c.unsure = false
		return c.title.slice(titled[0].start, titled[0].end), true
	}
	if n, ok := c.inspected(ns); ok {
		return c.body.slice(n.start, n.end), true
	}
	return c.group(ns)
}

// violator is the one organisation, beside that of the title, that the text says to have broken a law: 某环境科技有限公司违反了….
func (c *caseText) violator(ns []name, titled string) (who name, ok bool) {
	for _, n := range ns {
		if n.person || !hasAnyAt(c.body.r, n.end, "违反", "的行为违反", "上述行为违反", "的上述行为违反") {
			continue
		}
		if s := string(c.body.r[n.start:n.end]); sameParty(s, titled) || ok && s != string(c.body.r[who.start:who.end]) {
			return name{}, false
		}
		who, ok = n, true
	}
	return who, ok
}

// onlyNamed is the one party that the text names, where it has the place of the title's: 泰来县某牛场, 泰来县某奶牛养殖有限公司.
func (c *caseText) onlyNamed(ns []name, titled []rune) (only name, ok bool) {
	place := len(titled) - len(maskedCore(titled))
	for _, n := range ns {
		r := c.body.r[n.start:n.end]
		if n.person || ok && string(c.body.r[only.start:only.end]) != string(r) || place < 2 || !hasAt(r, 0, string(titled[:place])) {
			return name{}, false
		}
		only, ok = n, true
	}
	return only, ok
}

// unmasked is a name without what one text has and another leaves out: 花桥镇某养牛场, 花桥镇牛场.
func unmasked(r []rune) string {
	return strings.NewReplacer("某", "", "养", "", "一", "").Replace(string(r))
}

// calledBy is the party whose full name the text gives for the short one of the title: 南通某牧业有限公司（下称某公司）.
func (c *caseText) calledBy(titled, ns []name) (name, bool) {
	if len(titled) == 0 {
		return name{}, false
	}
	short := string(c.title.r[titled[0].start:titled[0].end])
	for _, n := range ns {
		behind := string(c.body.r[n.end:min(len(c.body.r), n.end+8+runeLen(short))])
		if strings.HasPrefix(behind, "（") && strings.Contains(behind, "称"+short+"）") || strings.HasPrefix(behind, "（") && strings.Contains(behind, "称“"+short) {
			return n, true
		}
	}
	return name{}, false
}

// group is 彭某、石某等5人, where the text names nobody else.
func (c *caseText) group(ns []name) (flow, bool) {
	r := c.body.r
	for i, n := range ns {
		end := n.end
		for _, m := range ns[i+1:] {
			if m.start == end+1 && r[end] == '、' {
				end = m.end
			}
		}
		if end < len(r) && r[end] == '等' {
			if _, k := ordinal(r, end+1); k > 0 && k < len(r) && r[k] == '人' {
				return c.body.slice(n.start, k+1), true
			}
		}
	}
	return flow{}, false
}

// bodyNames are the parties named in the case itself.
func (c *caseText) bodyNames() []name {
	if c.named != nil {
		return c.named
	}
	out, headline := []name{}, 0
	for _, n := range names(c.body) {
		if c.told(n.start) && !inBook(c.body.r, n.start) {
			if out = append(out, n); !c.decision && c.sectionAt(n.start) == secHead {
				headline = len(out)
			}
		}
	}
	if headline < len(out) { // what stands below a headline names better
		out = out[headline:]
	}
	c.named = out
	return out
}

// addressee is the line that a decision begins with: 某养殖场：.
func (c *caseText) addressee() (flow, bool) {
	for _, p := range c.paras[:min(len(c.paras), 12)] {
		r := p.r
		for i, ch := range r {
			if i > 44 || strings.ContainsRune("，。；《", ch) {
				break
			}
			if ch != '：' || i < 2 || labelWords.any(r[:i]) {
				continue
			}
			if i+1 < len(r) && !label(r[i+1:]) {
				break
			}
			f := p.slice(0, i)
			if ns := names(f); len(ns) > 0 && ns[0].start == 0 || i <= 4 && surnames.has(r, 0) {
				if len(ns) > 0 && ns[0].end < i && r[ns[0].end] == '（' {
					return p.slice(0, ns[0].end), true
				}
				return f, true
			}
		}
	}
	return flow{}, false
}

// notParties are words before a person who is no party.
var notParties = words("not_parties")

// inspected picks the party that the organ looked into: 对…进行现场检查, 发现…, else the first.
func (c *caseText) inspected(ns []name) (name, bool) {
	r := c.body.r
	best, score := name{}, 0
	for i, n := range ns {
		s := 1
		behind := r[n.end:min(len(r), n.end+24)]
		switch {
		case endsInAny(r[:n.start], "实为", "对象为", "对象是", "对象系", "单位为", "该场（", "该公司（", "该养殖场（", "该合作社（", "该户（"):
			s = 7
		case c.body.before(n.start, "对") && containsAny(behind, "检查", "调查", "巡查", "勘察", "核查", "执法", "监测", "立案", "采样"):
			s = 6
		case c.body.before(n.start, "检查") || c.body.before(n.start, "检查了") || c.body.before(n.start, "抽查") || c.body.before(n.start, "巡查"):
			s = 5
		case c.body.before(n.start, "发现"), c.body.before(n.start, "发现，"), c.body.before(n.start, "查处了"), c.body.before(n.start, "查处"):
			s = 4
		case c.body.before(n.start, "对"), c.body.before(n.start, "责令"), c.body.before(n.start, "向"):
			s = 3
		}
		if n.person {
			if s--; roleBefore(c.body, n.start) {
				s = max(s, 1)
			}
			if n.start == 0 || townBefore(c.body, n) || hasAnyAt(r, n.end, "养", "饲养", "将", "把", "因", "擅自", "违", "利用", "私") {
				s = max(s, 1)
			}
			if c.body.before(n.start, "记者") || c.body.before(n.start, "通讯员") || notParties.any(r[max(0, n.start-8):n.start]) {
				continue
			}
		}
		if n.person && n.end < len(r) && (r[n.end] == '、' || r[n.end] == '等') {
			continue // several persons
		}
		if s > score || i == 0 && score == 0 {
			best, score = n, s
		}
	}
	c.unsure = score == 1 && best.start > 12 // the first that is named, and not in front
	return best, score > 0
}

func (c *caseText) readParty(d *Draft) {
	h, ok := c.party()
	if !ok {
		d.warn("没有认出当事人，请填写")
		return
	}
	d.Party = h.text(c.page)
	d.mark("party", h, !c.unsure)
	c.warnSeveral(d, h)
}

// warnSeveral tells of another organisation that was fined or inspected in the same case.
func (c *caseText) warnSeveral(d *Draft, h flow) {
	mine := string(maskedCore(h.r))
	for _, n := range c.bodyNames() {
		r := c.body.r
		other := string(maskedCore(r[n.start:n.end]))
		if n.person || other == mine || strings.Contains(mine, other) || strings.Contains(other, mine) {
			continue
		}
		behind := r[n.end:min(len(r), n.end+12)]
		if c.body.before(n.start, "对") && containsAny(behind, "罚款", "处以", "处罚", "进行现场检查", "作出") {
			d.warn("文中还处理了“" + c.body.slice(n.start, n.end).text(c.page) + "”，当事人请核对")
		}
	}
}
