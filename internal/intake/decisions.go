package intake

// decisions reads a page that is one decision, or several behind one another.
func decisions(page []rune, paras []*para) []*caseText {
	var list []*caseText
	var c *caseText
	prose := 0 // paragraphs of the decision being read; counted as they come, for a page of nothing but headings
	for i, p := range paras {
		opens := p.kind == paraDecision && (c == nil || prose >= 2)
		if c == nil || opens {
			if c == nil && !opens && p.kind == paraBreak {
				continue
			}
			c = &caseText{page: page, decision: true, lead: &context{}}
			list, prose = append(list, c), 0
		}
		if p.kind == paraProse && len(p.r) > 30 {
			prose++
		}
		if p.kind == paraDecision {
			if len(c.title.r) == 0 {
				c.title = decisionTitle(paras, i)
			}
			c.notice = c.notice || index(p.r, "告知书") >= 0
		}
		if p.kind != paraBreak {
			c.paras = append(c.paras, p)
		}
	}
	return keepCases(list)
}

// decisionTitle takes the organ's own line above 行政处罚决定书 into the title.
func decisionTitle(paras []*para, i int) flow {
	p := paras[i]
	if i > 0 && len(p.r) <= 10 && paras[i-1].kind == paraHeadline {
		if os := organsOf(paras[i-1].flow); len(os) == 1 && os[0].end-os[0].start == len(paras[i-1].r) {
			return joinFlows(paras[i-1].flow, paras[i:i+1])
		}
	}
	f := p.flow
	if n := skipDecoration(f.r, 0); n > 0 && n < len(f.r) {
		f = f.slice(n, len(f.r))
	}
	return f
}

// addressed are words by which a decision speaks to its party.
var addressed = words("addressed")

// opensDecision is for decisions without their title: 当事人：… or an address line, and 你单位 behind.
func opensDecision(paras []*para, i int) bool {
	if !label(paras[i].r) && !(paras[i].r[len(paras[i].r)-1] == '：' && len(paras[i].r) < 40) {
		return false
	}
	you := 0
	for _, p := range paras[i:min(len(paras), i+15)] {
		if addressed.any(p.r) && (containsAny(p.r, "我局", "我队", "执法人员", "违反", "生态环境")) {
			you++
		}
	}
	return you > 0
}
