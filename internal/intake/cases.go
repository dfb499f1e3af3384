package intake

import (
	"strings"

	"casebook/internal/statute"
)

// caseText is the part of a page that tells one case.
type caseText struct {
	page     []rune
	title    flow
	paras    []*para
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
	mentions []statute.Mention
	organ    flow // the authority, once it is read
	who      *found
	named    []name
	quoted   []bool // body[i] stands inside a quotation of law
}

// part is a stretch of the body under one section.
type part struct {
	from, to int
	section  section
	shared   bool
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
			if i+1 < len(paras) && !p.marked && (paras[i+1].kind == paraHeadline || paras[i+1].kind == paraHeading && !paras[i+1].heading.strong) && len(p.r)+len(paras[i+1].r) <= 60 && endsInCase(paras[i+1].r) && !endsInCase(p.r) {
				title := joinFlows(p.flow, paras[i+1:i+2])
				_, after := enumerator(title, skipDecoration(title.r, 0))
				t := title.slice(after, len(title.r))
				if ns := names(t); len(ns) > 0 && ns[0].start <= 12 && !newsTitle(t.r) && (ns[0].end <= len(p.r) || len(names(paras[i+1].flow)) == 0) && len(names(p.flow)) > 0 {
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
		if n == 0 && len(h.title.r) == 0 && (actTitle(title) || len(names(title)) > 0 && len(title.r) <= 40) && !(n+1 < len(next) && next[n+1].kind == paraHeadline && !next[n+1].marked && endsInCase(joinFlows(title, next[n+1:n+2]).r)) {
			h.title = title
			return 1
		}
	}
	return 0
}

// enforcement words: a paragraph without one of them has no part in a case.
var (
	environment = words("环境", "环保", "污染", "排放", "排污", "废水", "污水", "粪", "废气", "尿液", "恶臭", "臭气", "沼液", "沼气", "禁养区", "养殖", "存栏", "固废", "固体废物", "危险废物", "危废", "监测", "环评", "超标", "噪声", "扬尘", "渗坑", "暗管", "水质", "氨氮", "化学需氧量", "总磷", "渗漏", "验收", "环境影响", "未批先建", "养鸡", "养猪", "养牛", "养鸭")
	anaphora    = words("该公司", "该场", "该养", "该企业", "该厂", "该单位", "该合作社", "该户", "该行为", "该农场", "该牧", "该项目", "该案", "该社", "该鸡场", "该猪场", "该牛场", "该羊场", "该鸭场", "该店", "该院", "该局", "该个体", "上述行为", "上述违法", "上述三", "上述两", "以上行为", "当事人", "你单位", "你公司", "你场", "你养", "你农场", "你合作社", "你猪场", "你鸡场", "你厂", "本案", "此案", "涉案", "涉事", "经查", "经调查", "经核实", "执法人员", "我局", "上述养殖", "其行为", "立案", "公安机关", "行政处罚", "责令", "罚款", "违反了", "现场检查")
	enforced    = words("违反", "违法", "处罚", "罚款", "责令", "立案", "查封", "扣押", "拘留", "移送", "查处")
	acting      = words("查处", "取证", "复查", "经查", "经调查", "检查", "调查", "发现", "执法", "巡查", "核查", "查实", "查明", "排查", "监测", "采样", "勘察", "勘查", "抽查", "当事人", "核实")
	closing     = []string{"下一步", "接下来", "下阶段", "据统计", "今后", "截至目前", "截至", "近年来", "今年以来", "市生态环境局提醒", "市生态环境局负责人", "市生态环境局相关负责人", "在此提醒", "希望广大", "以上案例", "上述案例", "以上典型案例", "生态环境部门提醒", "生态环境部门将", "各地要", "各县", "据悉"}
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

var bylineWords = words("日报讯", "本报讯", "晚报讯", "早报讯", "时报讯", "新闻讯", "（记者", "记者/", "网讯", "通讯员", "新华社", "本报记者")

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
			if v >= 2 && v <= 50 && end < len(r) && strings.ContainsRune("家起个名户宗案", r[end]) && !containsAny(r[end:min(len(r), end+8)], "责任人", "涉案人", "工人", "员工", "违法行为", "证人", "排污口") {
				return v, containsAny(r, "均", "分别", "各", "都", "予以", "依法")
			}
			if (w == "上述" || w == "以上") && k < len(r) && containsAny(r[k:min(len(r), k+14)], "均违反", "均已违反", "均", "分别") && containsAny(r[k:min(len(r), k+10)], "场", "公司", "企业", "单位", "户", "案件", "案例", "当事人") {
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

// decisions reads a page that is one decision, or several behind one another.
func decisions(page []rune, paras []*para) []*caseText {
	var list []*caseText
	var c *caseText
	for i, p := range paras {
		opens := p.kind == paraDecision && (c == nil || c.hasProse())
		if c == nil || opens {
			if c == nil && !opens && p.kind == paraBreak {
				continue
			}
			c = &caseText{page: page, decision: true, lead: &context{}}
			list = append(list, c)
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

func (c *caseText) hasProse() bool {
	n := 0
	for _, p := range c.paras {
		if p.kind == paraProse && len(p.r) > 30 {
			n++
		}
	}
	return n >= 2
}

// opensDecision is for decisions without their title: 当事人：… or an address line, and 你单位 behind.
func opensDecision(paras []*para, i int) bool {
	if !label(paras[i].r) && !(paras[i].r[len(paras[i].r)-1] == '：' && len(paras[i].r) < 40) {
		return false
	}
	you := 0
	for _, p := range paras[i:min(len(paras), i+15)] {
		if containsAny(p.r, "你单位", "你公司", "你场", "你养殖", "你农场", "你合作社", "你猪场", "你鸡场", "你厂", "你（单位）", "你的", "你牛场", "你鸭场", "你户", "你养", "你中心", "你店", "你企业") && (containsAny(p.r, "我局", "我队", "执法人员", "违反", "生态环境")) {
			you++
		}
	}
	return you > 0
}

// briefs reads articles that tell a case without heading it.
func briefs(page []rune, paras []*para) []*caseText {
	var list []*caseText
	var c *caseText
	var title flow
	lead := &context{}
	flush := func() {
		if c != nil && len(c.paras) > 0 {
			list = append(list, c)
		}
		c = nil
	}
	for i, p := range paras {
		if i < 200 {
			lead.read(p.r)
		}
		switch p.kind {
		case paraBreak, paraRow:
			if c != nil && !unfinishedBefore(c.paras) {
				flush()
				title = flow{}
			}
		case paraHeadline, paraDecision:
			if p.marker {
				continue
			}
			if label(p.r) {
				if c == nil {
					c, title = &caseText{page: page, title: title, lead: lead}, flow{}
				}
				c.paras = append(c.paras, p)
				continue
			}
			if c != nil && (c.goesOn(paras[i+1:]) || skipDecoration(p.r, 0) > 0) {
				continue
			}
			flush()
			if t := cleanTitle(p.flow); len(t.r) > 0 {
				title = t
			}
		case paraProse:
			if c == nil {
				c = &caseText{page: page, title: title, lead: lead}
				title = flow{}
			}
			if c.opened() && newFinding(c, p) {
				c.title = flow{} // the headline of several cases is no title of one
				flush()
				c = &caseText{page: page, lead: lead}
			}
			if c.opened() && c.ends(p) && !unfinishedBefore(c.paras) {
				flush()
				continue
			}
			if environment.any(p.r) || anaphora.any(p.r) || unfinishedBefore(c.paras) {
				c.paras = append(c.paras, p)
			}
		}
	}
	flush()
	var out []*caseText
	for _, c := range list {
		if each := c.perSentence(); len(each) > 0 {
			out = append(out, each...)
			continue
		}
		out = append(out, c)
	}
	return keepCases(out)
}

// lineWords are what stands around the title of a web page.
var lineWords = []string{"来源", "作者", "编辑", "责编", "发布", "时间", "日期", "浏览", "阅读", "次数", "字号", "字体", "大中小", "打印", "分享", "评论", "收藏", "星期", "年", "月", "日", "时", "分", "网", "记者", "点击", "关闭", "首页"}

// cleanTitle leaves out 标题： and an organ's name before the title's own; a line of dates and buttons is no title.
func cleanTitle(f flow) flow {
	for i, c := range f.r {
		if c != '：' || i > 24 {
			continue
		}
		before := string(f.r[:i])
		organ := strings.ContainsAny(before[max(0, len(before)-len("局")):], "局厅部报") // 南平市生态环境局：…案
		if before == "标题" || before == "名称" || organ && endsInCase(f.r) {
			f = f.slice(i+1, len(f.r))
		}
		break
	}
	own := 0
	for i := 0; i < len(f.r); {
		n := 0
		for _, w := range lineWords {
			if hasAt(f.r, i, w) {
				n = runeLen(w)
				break
			}
		}
		if n == 0 {
			if isHan(f.r[i]) {
				own++
			}
			n = 1
		}
		i += n
	}
	if own < 5 {
		return flow{}
	}
	return f
}

// perSentence divides a brief that tells each case in a sentence or two: 甲公司未批先建，被罚3万元。乙养鸡场直排，罚款2万元。 Each must name
// a party of its own at its beginning and end in a fine; nil where fewer than two do.
func (c *caseText) perSentence() []*caseText {
	var list []*caseText
	var last *caseText
	seen := map[string]bool{}
	for _, p := range c.paras {
		if p.kind != paraProse || p.marked {
			return nil
		}
		from := 0
		for i := range p.r {
			if !endsSentence(p.r[i]) && i+1 < len(p.r) {
				continue
			}
			sentence := &para{flow: p.slice(from, i+1), kind: paraProse}
			from = i + 1
			who := openingParty(sentence.flow)
			switch {
			case who != "" && seen[who]:
				return nil
			case who != "" && fines(sentence.flow):
				seen[who] = true
				last = &caseText{page: c.page, lead: c.lead, short: true, paras: []*para{sentence}}
				list = append(list, last)
			case last != nil && anaphora.any(sentence.r):
				last.paras = append(last.paras, sentence)
			}
		}
	}
	if len(list) < 2 {
		return nil
	}
	return list
}

// openingParty is the party that a sentence begins with.
func openingParty(f flow) string {
	ns := names(f)
	if len(ns) == 0 || ns[0].person || ns[0].start > 12 {
		return ""
	}
	return string(f.r[ns[0].start:ns[0].end])
}

// fines reports whether a sentence tells a fine that was imposed.
func fines(f flow) bool {
	for i := 0; i < len(f.r); i++ {
		if !startsNumber(f.r[i]) || i > 0 && (isDigit(f.r[i-1]) || f.r[i-1] == '.') {
			continue
		}
		if _, end := readMoney(f.r, i, true); end > 0 {
			if isFine(f, i, end) {
				return true
			}
			i = end - 1
		}
	}
	return false
}

// opened reports whether a brief has told a finding already.
func (c *caseText) opened() bool {
	for _, p := range c.paras {
		if isFinding(p) {
			return true
		}
	}
	return false
}

func isFinding(p *para) bool {
	return acting.any(p.r) && environment.any(p.r) && (enforced.any(p.r) || containsAny(p.r, "检查")) && (len(organsOf(p.flow)) > 0 || containsAny(p.r, "执法人员", "我局"))
}

// newFinding reports whether a paragraph begins another case: its own dated inspection of another party, where the case before has one.
func newFinding(c *caseText, p *para) bool {
	if !isFinding(p) || p.marked && p.section != secFacts {
		return false
	}
	has := func(f flow) bool {
		d, ok := foundOn(datesOf(f))
		return ok && d.event >= evSampled
	}
	if !has(p.flow) || !startsFinding(p.r) {
		return false
	}
	mine := names(p.flow)
	if len(mine) == 0 || mine[0].person {
		return false
	}
	core := string(maskedCore(p.r[mine[0].start:mine[0].end]))
	inspected := false
	for _, q := range c.paras {
		inspected = inspected || has(q.flow)
		if index(q.r, core) >= 0 && q != p {
			return false
		}
	}
	return inspected
}

// startsFinding is for paragraphs that open with a date or organ, not with 经查 or 该.
func startsFinding(r []rune) bool {
	if _, end := ordinal(r, 0); end > 0 && hasAt(r, end, "是") { // 一是查处…
		return true
	}
	if _, ok := dateAt(r, skipDecoration(r, 0)); ok {
		return true
	}
	for i := 0; i < len(r) && i < 14; i++ {
		if _, ok := dateAt(r, i); ok {
			return true
		}
		if _, end := readDate(r, i, 2000, 0); end > 0 {
			return true
		}
	}
	return false
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

// longestCase bounds what is read of one case, in characters: ten newspaper pages.
const longestCase = 20_000

func (c *caseText) build() {
	for _, p := range c.paras {
		c.addPart(p, false)
	}
	for _, p := range c.shared {
		c.addPart(p, true)
	}
	if f, ok := c.labelled("案例名称", "案件名称", "案名"); ok {
		c.title, c.headed = f, true
	}
	c.own = &context{}
	c.own.read(c.title.r)
	c.own.read(c.body.r)
	c.split()
	c.markQuotations()
}

func (c *caseText) addPart(p *para, shared bool) {
	f := p.flow
	if p.kind == paraHeading || len(c.body.r) > longestCase {
		return
	}
	sec := p.section
	if shared && sec == secNone {
		sec = secHandled
	}
	if c.decision && (p.kind == paraHeadline || p.kind == paraDecision || label(f.r) || len(f.r) < 44 && f.r[len(f.r)-1] == '：' && !p.marked) {
		sec = secHead
	}
	if p.marker {
		return
	}
	from := len(c.body.r)
	c.body.join(f)
	c.parts = append(c.parts, part{from, len(c.body.r), sec, shared})
}

// handlingWords open the handling where no marker does.
var handlingWords = words("上述行为", "的行为违反", "行为已违反", "行为涉嫌违反", "违反了《", "违反《", "违反了", "违反了国家", "依据《", "根据《", "依法立案", "立案查处", "立案调查", "依法对", "处以罚款", "处罚款", "罚款", "责令", "作出行政处罚", "下达", "依法查处", "查封", "移送公安")

// citing words tell which law an act breached or a decision rests on.
var citing = words("违反了《", "违反《", "违反了", "涉嫌违反", "已违反", "依据《", "根据《", "依照《", "违反国家", "按照《")

// split divides parts without a marker into what was found and what was done about it, at the first sentence that cites or orders.
func (c *caseText) split() {
	cue := handlingWords
	for _, p := range c.parts {
		if p.section == secNone && citing.any(c.body.r[p.from:p.to]) {
			cue = citing // orders may be told among the facts; the citation is where the handling begins
		}
	}
	var out []part
	handled := false
	for _, p := range c.parts {
		if p.section != secNone {
			out = append(out, p)
			continue
		}
		if handled {
			p.section = secHandled
			out = append(out, p)
			continue
		}
		cut := c.handlingFrom(p, cue)
		if cut > p.from {
			out = append(out, part{p.from, cut, secFacts, p.shared})
		}
		if cut < p.to {
			handled = true
			out = append(out, part{cut, p.to, secHandled, p.shared})
		}
	}
	c.parts = out
}

func (c *caseText) handlingFrom(p part, cue *lexicon[struct{}]) int {
	from := p.from
	for i := p.from; i < p.to; i++ {
		if !endsSentence(c.body.r[i]) && i+1 < p.to {
			continue
		}
		sentence := c.body.r[from:min(i+1, p.to)]
		at := firstOf(cue, sentence)
		if at < len(sentence) && !inBook(sentence, at) && cites(sentence, at) && !firstSentenceOfCase(from, p, sentence) {
			if from == 0 { // found and done in one sentence: parted at the clause
				for at > 0 && !endsClause(sentence[at-1]) {
					at--
				}
				if at == 0 || at > 12 {
					return from + at
				}
				from = i + 1 // 2023年，某市依法查处了一批案件
				continue
			}
			return from
		}
		from = i + 1
	}
	return p.to
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

// firstSentenceOfCase keeps an opening that tells found and done in one breath with what was found, unless it is all there is.
func firstSentenceOfCase(from int, p part, sentence []rune) bool {
	return from == p.from && p.from == 0 && findingWords.any(sentence) && !containsAny(sentence, "罚款", "违反", "处罚")
}

// markQuotations marks what stands between quotation marks and is long enough to be law: orders inside are the law's, not the case's.
func (c *caseText) markQuotations() {
	c.quoted = make([]bool, len(c.body.r))
	open := -1
	for i, r := range c.body.r {
		switch r {
		case '“', '「':
			if open < 0 {
				open = i
			}
		case '”', '」':
			if open >= 0 && i-open > 14 {
				for j := open; j <= i; j++ {
					c.quoted[j] = true
				}
			}
			open = -1
		case '\n':
			open = -1
		}
	}
}

func (c *caseText) sectionAt(i int) section {
	for _, p := range c.parts {
		if i >= p.from && i < p.to {
			return p.section
		}
	}
	return secNone
}

// told reports whether i stands in the case itself: not in quoted law, an editor's comment, or the telling of rights.
func (c *caseText) told(i int) bool {
	switch c.sectionAt(i) {
	case secLaw, secComment, secRights:
		return false
	}
	return !c.quoted[i]
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
