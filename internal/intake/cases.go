package intake

import (
	"strings"

	"casebook/internal/statute/cite"
)

// caseText is the part of a page that tells one case.
type caseText struct {
	page     []rune
	title    flow
	paras    []*para
	seen     int     // how many of them opened has looked at
	found    bool    // one of those tells a finding
	shared   []*para // one 查处情况 for several cases
	index    int     // which of them this one is
	of       int
	headed   bool // under a heading of its own
	decision bool // a decision or notice, not a report of one
	notice   bool // 告知书: nothing is decided yet
	short    bool // a sentence of a list of cases
	row      map[column]flow
	lead     *context // what the page names before the first case
	own      *context

	body     flow
	parts    []part
	mentions []cite.Mention
	organ    flow // the authority, once it is read
	who      *found
	named    []name
	quoted   []bool // body[i] stands inside a quotation of law
}

// segment finds the cases of a page.
func segment(page []rune) []*caseText {
	paras := joinTitles(paragraphs(page))
	if cases := tableCases(page, paras); len(cases) > 0 {
		return cases
	}
	headed := false
	for _, p := range paras {
		headed = headed || p.kind == paraHeading
	}
	if headed {
		if cases := headedCases(page, paras); len(cases) > 0 {
			return cases
		}
	}
	for i, p := range paras {
		if p.kind == paraDecision || i < 12 && opensDecision(paras, i) {
			return decisions(page, paras)
		}
	}
	return briefs(page, paras)
}

// joinTitles puts a title together that a column broke: 恩平某畜牧有限公司违 / 法排污案, 案件四 / 台山市某养殖场 / 在畜禽禁养区内从事畜禽养殖案.
func joinTitles(paras []*para) []*para {
	var out []*para
	for i := 0; i < len(paras); i++ {
		p := paras[i]
		switch p.kind {
		case paraHeading:
			if len(p.heading.body.r) == 0 && (len(p.heading.title.r) == 0 || !endsInCase(p.heading.title.r)) {
				if n := p.heading.complete(paras[i+1:]); n > 0 {
					p.flow = joinFlows(p.flow, paras[i+1:i+1+n])
					out = append(out, p)
					i += n
					continue
				}
			}
		case paraHeadline:
			if i+1 < len(paras) && !p.marked && (paras[i+1].kind == paraHeadline || paras[i+1].kind == paraHeading && !paras[i+1].heading.strong) &&
				len(p.r)+len(paras[i+1].r) <= 60 && endsInCase(paras[i+1].r) && !endsInCase(p.r) {
				title := joinFlows(p.flow, paras[i+1:i+2])
				_, after := enumerator(title, skipDecoration(title.r, 0))
				t := title.slice(after, len(title.r))
				if ns := names(t); len(ns) > 0 && ns[0].start <= 12 && !newsTitle(t.r) &&
					(ns[0].end <= len(p.r) || len(names(paras[i+1].flow)) == 0) && len(names(p.flow)) > 0 {
					out = append(out, &para{flow: title, kind: paraHeading, heading: heading{title: t}, gap: p.gap})
					i++
					continue
				}
			}
		}
		out = append(out, p)
	}
	return out
}

func joinFlows(f flow, more []*para) flow {
	f = flow{append([]rune(nil), f.r...), append([]int(nil), f.at...)}
	for _, p := range more {
		f.r, f.at = append(f.r, p.r...), append(f.at, p.at...)
	}
	return f
}

// complete takes the lines behind a heading's number, or behind the first half of its title, into the title; it says how many.
func (h *heading) complete(next []*para) int {
	title := h.title
	for n := 0; n < 3 && n < len(next); n++ {
		p := next[n]
		line := p.flow
		switch {
		case p.kind == paraHeading && !p.heading.strong && p.heading.number == 0 && len(p.heading.body.r) == 0:
		case p.kind == paraHeadline && !p.marked && !label(p.r):
		default:
			return 0
		}
		title = joinFlows(title, []*para{{flow: line}})
		if len(title.r) > longestTitle {
			return 0
		}
		if endsInCase(title.r) {
			h.title = title
			return n + 1
		}
		if n == 0 && len(h.title.r) == 0 && (actTitle(title) || len(names(title)) > 0 && len(title.r) <= 40) &&
			!(n+1 < len(next) && next[n+1].kind == paraHeadline && !next[n+1].marked && endsInCase(joinFlows(title, next[n+1:n+2]).r)) {
			h.title = title
			return 1
		}
	}
	return 0
}

// enforcement words: a paragraph without one of them has no part in a case.
var (
	environment = words("environment")
	anaphora    = words("pointing_back")
	enforced    = words("enforced")
	acting      = words("acting")
	closing     = wordList("closing")
)

// headedCases follows headings: each opens a case that ends before the next, or where another article begins.
func headedCases(page []rune, paras []*para) []*caseText {
	var list []*caseText
	lead := &context{}
	first := -1
	for i, p := range paras {
		if p.kind == paraHeading {
			first = i
			break
		}
		if i < 200 {
			lead.read(p.r)
		}
	}
	for i := first; i < len(paras); {
		p := paras[i]
		c := &caseText{page: page, title: p.heading.title, lead: lead, headed: true}
		c.paras = append(c.paras, p)
		j := i + 1
		closed, stray := false, 0
		for ; j < len(paras) && paras[j].kind != paraHeading; j++ {
			q := paras[j]
			if closed {
				continue
			}
			switch {
			case q.kind == paraBreak:
				closed = len(c.paras) > 1 && !unfinished(c.paras[len(c.paras)-1].r)
			case q.marker:
			case q.kind == paraHeadline, q.kind == paraDecision:
				if label(q.r) {
					c.paras = append(c.paras, q)
					continue
				}
				closed = len(c.paras) > 1 && !c.goesOn(paras[j+1:])
			case len(c.paras) > 1 && c.ends(q):
				closed = true
			case !environment.any(q.r) && !anaphora.any(q.r) && !c.names(q) && !unfinishedBefore(c.paras):
				if stray++; stray > 1 && q.section != secComment && q.section != secLaw {
					closed = true
				} else if q.marked {
					c.paras = append(c.paras, q)
				}
			default:
				stray = 0
				c.paras = append(c.paras, q)
			}
		}
		list = append(list, c)
		i = j
	}
	shareHandling(list)
	return keepCases(list)
}

func unfinishedBefore(paras []*para) bool {
	if len(paras) == 0 {
		return false
	}
	p := paras[len(paras)-1]
	return p.kind == paraProse && unfinished(p.r)
}

// goesOn reports whether the next paragraph still speaks of the case, so that the headline between is a subheading.
func (c *caseText) goesOn(next []*para) bool {
	for _, p := range next {
		switch p.kind {
		case paraProse, paraHeadline:
			if p.kind == paraHeadline && !p.marked && !label(p.r) {
				continue
			}
			return (anaphora.any(p.r) || c.names(p) || p.marked && p.section != secNone) && !c.ends(p) && !otherArticle(p)
		default:
			return false
		}
	}
	return false
}

var bylineWords = words("byline")

func otherArticle(p *para) bool { return bylineWords.any(p.r[:min(len(p.r), 40)]) }

// names reports whether a paragraph names the party of the title.
func (c *caseText) names(p *para) bool {
	for _, n := range names(c.title) {
		if core := maskedCore(c.title.r[n.start:n.end]); len(core) >= 3 && index(p.r, string(core)) >= 0 {
			return true
		}
	}
	return false
}

// maskedCore is a name from its 某 on: what a title and a text have in common.
func maskedCore(r []rune) []rune {
	for i, c := range r {
		if masks(c) {
			return r[i:]
		}
	}
	return r
}

// ends reports whether a paragraph closes the list of cases: what the bureau plans, or the sums of a campaign.
func (c *caseText) ends(p *para) bool {
	if otherArticle(p) {
		return true
	}
	if p.marked && p.section != secNone && p.section != secComment && p.section != secLaw {
		return false
	}
	for _, w := range closing {
		if hasAt(p.r, 0, w) {
			return !containsAny(p.r, "该公司", "该场", "该养殖场", "该企业", "本案", "该单位")
		}
	}
	return false
}

// handlesSeveral reports whether a paragraph handles several cases at once, and how many; 0 where it says no number.
func handlesSeveral(r []rune) (n int, ok bool) {
	for _, w := range []string{"上述", "以上", "前述", "这", "对"} {
		for i := range r {
			if !hasAt(r, i, w) || i > 200 {
				continue
			}
			k := i + runeLen(w)
			v, end := ordinal(r, k)
			if k < len(r) && r[k] == '两' {
				v, end = 2, k+1
			}
			if v >= 2 && v <= 50 && end < len(r) && strings.ContainsRune("家起个名户宗案", r[end]) &&
				!containsAny(r[end:min(len(r), end+8)], "责任人", "涉案人", "工人", "员工", "违法行为", "证人", "排污口") {
				return v, containsAny(r, "均", "分别", "各", "都", "予以", "依法")
			}
			if (w == "上述" || w == "以上") && k < len(r) && containsAny(r[k:min(len(r), k+14)], "均违反", "均已违反", "均", "分别") &&
				containsAny(r[k:min(len(r), k+10)], "场", "公司", "企业", "单位", "户", "案件", "案例", "当事人") {
				return 0, true
			}
		}
	}
	return 0, false
}

// shareHandling gives a paragraph that handles several cases to all of them.
func shareHandling(list []*caseText) {
	for i, c := range list {
		if i == 0 {
			continue
		}
		for k, p := range c.paras {
			if k == 0 || p.kind != paraProse || p.section == secComment || p.section == secLaw {
				continue
			}
			n, ok := handlesSeveral(p.r)
			if !ok || n > i+1 {
				continue
			}
			if n == 0 {
				n = i + 1
			}
			rest := append([]*para(nil), c.paras[k:]...)
			c.paras = c.paras[:k]
			for j := range n {
				m := list[i+1-n+j]
				m.shared, m.index, m.of = rest, j, n
			}
			break
		}
	}
}

// keepCases builds the running text of each candidate and keeps those that are cases.
func keepCases(list []*caseText) []*caseText {
	var out []*caseText
	for _, c := range list {
		c.build()
		if c.isCase() {
			out = append(out, c)
		}
	}
	return out
}

// cites asks that a law's article follows 按照《…》; what a permit or report demanded belongs to the facts.
func cites(sentence []rune, at int) bool {
	for _, w := range []string{"依据《", "根据《", "依照《", "按照《"} {
		if hasAt(sentence, at, w) {
			return containsAny(sentence[at:], "》第", "）第", "有关规定", "相关规定", "法》", "条例》")
		}
	}
	return true
}

// isCase reports whether an organ found somebody doing something.
func (c *caseText) isCase() bool {
	if c.row != nil {
		return true
	}
	r := c.body.r
	if c.short && environment.any(r) {
		_, ok := c.party()
		return ok
	}
	if len(r) < 20 || !environment.any(r) && !environment.any(c.title.r) || !acting.any(r) || !enforced.any(r) && !actWords.any(c.title.r) {
		return false
	}
	if len(organsOf(c.body)) == 0 && !containsAny(r, "执法人员", "我局", "执法部门", "环保部门", "生态环境部门", "该局", "公安机关", "罚款", "执法队") {
		return false
	}
	if _, ok := c.party(); ok {
		return true
	}
	return c.penalised()
}

// penalised is for texts that name nobody but tell what was done: 共处以0.7万元罚款, 4名养殖户被行政拘留.
func (c *caseText) penalised() bool {
	fs := finesOf(c)
	for _, f := range fs {
		if f.several || !f.campaign && !f.rule {
			return true
		}
	}
	return containsAny(c.body.r, "处行政拘留", "行政拘留的处罚", "被行政拘留", "处以行政拘留")
}
