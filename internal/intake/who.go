package intake

import (
	"slices"
	"strings"
)

var (
	partyLabels = wordList("party_labels") // 当事人：, the most telling first
	notParties  = words("not_parties")     // words before a person who is no party
	// labelled lines: 当事人：…, 【当事人】…, 当事人（个人）：….
	labelForm = pattern(`^【?([^：】（。，；\n]{1,14})(?:（[^）]{0,23}）)?[】：]`)
	// valueForm is what stands behind a label on its line, up to a mark; a bracket inside a name belongs to it: 中粮（恩平）有限公司.
	valueForm     = pattern(`^[^\n，。；（]{1,60}(?:（[^）]{0,10}）\p{Han}[^\n，。；]*)?`)
	bracketedName = pattern(`^（[^）]{0,10}）\p{Han}`)
	// partyBefore ends in front of a party that was looked into; the groups tell the better, the earlier.
	partyBefore = pattern(`(?:(实为|对象[为是系]|单位为|该(?:场|公司|养殖场|合作社|户)（)|(检查了?|[抽巡]查)|(发现，?|查处了?)|(对|责令|向))$`)
	lookedInto  = pattern(`检查|调查|巡查|勘察|核查|执法|监测|立案|采样`)
	personDoes  = pattern(`^(?:饲?养|[将把因违私]|擅自|利用)`)
	breaks      = pattern(`^(?:的?(?:上述)?行为)?违反`)
	andOthers   = pattern(`^等N人`)
	addressLine = pattern(`^([^，。；《：]{2,44})：`)
	handlesToo  = pattern(`罚款|处以|处罚|进行现场检查|作出`)
)

// labelled finds the value of a line 当事人：… or 【当事人】… in the body.
func (c *caseText) labelled(labels ...string) (flow, bool) {
	r := c.body.r
	for i := range r {
		if i > 0 && !strings.ContainsRune("\n。；", r[i-1]) {
			continue
		}
		j := skipDecoration(r, i)
		if _, after := enumerator(c.body, j); after > 0 {
			j = after
		}
		m := matchAt(labelForm, r, j)
		if m == nil || !slices.Contains(labels, string(r[m[2]:m[3]])) {
			continue
		}
		if v := matchAt(valueForm, r, m[1]); v != nil {
			for k := v[0] + 1; k < v[1]; k++ { // another label on the same line: 当事人：某公司 统一社会信用代码：…
				if spaceBefore(c.body, k) && label(r[k:min(len(r), k+20)]) {
					v[1] = k
				}
			}
			return c.body.slice(v[0], v[1]), true
		}
	}
	return flow{}, false
}

// bracketInName is for 中粮（恩平）有限公司.
func bracketInName(r []rune, i int) bool { return matchAt(bracketedName, r, i) != nil }

func (c *caseText) readParty(d *Draft) {
	f, ok := c.party()
	if !ok {
		d.warn("没有认出当事人，请填写")
		return
	}
	d.Party = f.text(c.page)
	d.mark("party", f, !c.unsure)
	// Another organisation that was fined or inspected in the same case.
	mine := string(maskedCore(f.r))
	for _, n := range c.bodyNames() {
		own := c.body.slice(n.start, n.end)
		core := string(maskedCore(own.r))
		if behind := c.body.r[n.end:min(len(c.body.r), n.end+12)]; !n.person && !strings.Contains(mine, core) && !strings.Contains(core, mine) &&
			c.body.before(n.start, "对") && matches(handlesToo, behind) {
			d.warn("文中还处理了“" + own.text(c.page) + "”，当事人请核对")
		}
	}
}

// party finds who it was: by label, by the line that a decision is addressed to, by the inspection, by the title.
func (c *caseText) party() (flow, bool) {
	if c.who == nil {
		f := c.findParty()
		c.who = &f
	}
	return *c.who, len(c.who.r) > 0
}

func (c *caseText) findParty() flow {
	if f := c.row[colParty]; len(f.r) > 0 {
		return f
	}
	if f := c.paras[0].of; len(f.r) > 0 {
		return f
	}
	if f, ok := c.labelled(append(slices.Clone(partyLabels), "单位", "企业")...); ok && !slices.Contains(f.r, '：') && len(organsOf(f)) == 0 {
		return f
	}
	if f, ok := c.addressee(); c.decision && ok {
		return f
	}
	titled, ns := names(c.title), c.bodyNames()
	inspected, score := c.inspected(ns)
	c.unsure = score == 1 && inspected.start > 12 // the first that is named, and not in front
	if len(titled) > 0 && (c.headed || score == 0) {
		return c.byTitle(c.title.slice(titled[0].start, titled[0].end), ns, inspected)
	}
	if score > 0 {
		return c.body.slice(inspected.start, inspected.end)
	}
	return c.group(ns)
}

// byTitle is the party that a title names, by the fuller name that the text may have for it.
func (c *caseText) byTitle(title flow, ns []name, inspected name) flow {
	short, core := string(title.r), string(maskedCore(title.r))
	place := strings.TrimSuffix(short, core)
	breaker := c.only(ns, func(n name) bool { return !n.person && matchAt(breaks, c.body.r, n.end) != nil })
	only := c.only(ns, func(n name) bool { return true })
	for k, is := range []func(n name, s string) bool{
		func(n name, _ string) bool { // 南通某牧业有限公司（下称某公司）
			behind := string(c.body.r[n.end:min(len(c.body.r), n.end+8+len(title.r))])
			return strings.HasPrefix(behind, "（") && (strings.Contains(behind, "称"+short+"）") || strings.Contains(behind, "称“"+short))
		},
		func(_ name, s string) bool { return s == breaker && !sameParty(s, short) }, // 某环境科技有限公司违反了…
		func(n name, s string) bool { // 方城县杨某养殖场, 杨某养殖场 below
			p, masked := personAt(c.body.r, n.start)
			return masked && p.start == n.start && s != short && strings.HasSuffix(short, s)
		},
		func(_ name, s string) bool { return strings.HasSuffix(s, core) },
		func(_ name, s string) bool { return unmasked(s) == unmasked(short) }, // 花桥镇养牛场 is 花桥镇某养牛场
		func(n name, _ string) bool {
			return n == inspected && !c.unsure && !slices.ContainsFunc(title.r, masks)
		}, // 在禁养区域建畜禽养殖场 names nobody
		func(n name, s string) bool {
			return s == only && !n.person && runeLen(place) > 1 && strings.HasPrefix(s, place)
		}, // 泰来县某牛场, 泰来县某奶牛养殖有限公司
	} {
		for _, n := range ns {
			if s := string(c.body.r[n.start:n.end]); is(n, s) && k != 2 {
				return c.body.slice(n.start, n.end)
			} else if is(n, s) {
				return title
			}
		}
	}
	c.unsure = false
	return title
}

// only is the one name among those that are so; "" where there are several.
func (c *caseText) only(ns []name, is func(name) bool) (only string) {
	for _, n := range ns {
		if s := string(c.body.r[n.start:n.end]); is(n) {
			if only != "" && only != s {
				return ""
			}
			only = s
		}
	}
	return only
}

// unmasked is a name without what one text has and another leaves out: 花桥镇某养牛场, 花桥镇牛场.
func unmasked(s string) string {
	return strings.NewReplacer("某", "", "养", "", "一", "").Replace(s)
}

// group is 彭某、石某等5人, where the text names nobody else.
func (c *caseText) group(ns []name) flow {
	for i, n := range ns {
		end := n.end
		for _, m := range ns[i+1:] {
			if m.start == end+1 && c.body.has(end, "、") {
				end = m.end
			}
		}
		if m := matchAt(andOthers, c.body.r, end); m != nil {
			return c.body.slice(n.start, m[1])
		}
	}
	return flow{}
}

// bodyNames are the parties named in the case itself; what stands below a headline names better.
func (c *caseText) bodyNames() []name {
	if c.named == nil {
		c.named = slices.DeleteFunc(names(c.body), func(n name) bool { return !c.told(n.start) || inBook(c.body.r, n.start) })
		inHead := func(n name) bool { return !c.decision && c.sectionAt(n.start) == secHead }
		if below := slices.DeleteFunc(slices.Clone(c.named), inHead); len(below) > 0 {
			c.named = below
		}
	}
	return c.named
}

// addressee is the line that a decision begins with: 某养殖场：.
func (c *caseText) addressee() (flow, bool) {
	for _, p := range c.paras[:min(len(c.paras), 12)] {
		m := matchAt(addressLine, p.r, 0)
		if m == nil || labelWords.any(p.r[:m[3]]) || m[1] < len(p.r) && !label(p.r[m[1]:]) {
			continue
		}
		f := p.slice(0, m[3])
		n, named := leads(f, 0)
		if named && f.has(n.end, "（") {
			f = f.slice(0, n.end)
		}
		if named || len(f.r) <= 4 && surnames.has(f.r, 0) {
			return f, true
		}
	}
	return flow{}, false
}

// inspected picks the party that the organ looked into: 对…进行现场检查, 发现…, else the first that is named. A person has less weight, and must act.
func (c *caseText) inspected(ns []name) (best name, score int) {
	r := c.body.r
	for i, n := range ns {
		front, s := r[max(0, n.start-8):n.start], 1
		if m := matchAt(partyBefore, front, 0); m != nil {
			for group, weight := range []int{7, 5, 4, 3} {
				if m[2+2*group] >= 0 {
					s = weight
				}
			}
			if c.body.before(n.start, "对") && matches(lookedInto, r[n.end:min(len(r), n.end+24)]) {
				s = 6
			}
		}
		if n.person {
			if n.end < len(r) && strings.ContainsRune("、等", r[n.end]) || notParties.any(front) { // several persons; a reporter
				continue
			}
			if s--; n.start == 0 || roleBefore(c.body, n.start) || villager(c.body, n) || matchAt(personDoes, r, n.end) != nil {
				s = max(s, 1)
			}
		}
		if s > score || i == 0 && score == 0 {
			best, score = n, s
		}
	}
	return best, score
}
