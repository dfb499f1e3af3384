package intake

import (
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// draft reads the fields of a case.
func (c *caseText) draft(law *statute.Catalogue) Draft {
	d := Draft{Start: c.paras[0].start(), End: c.paras[0].end()}
	for _, p := range c.paras {
		d.Start, d.End = min(d.Start, p.start()), max(d.End, p.end())
	}
	if len(c.body.r) > longestCase {
		d.warn("这一案的文字过长，只读了前两万字")
	}
	c.readTitle(&d)
	c.readParty(&d)
	c.readAuthority(&d)
	c.readDistrict(&d)
	c.readFoundOn(&d)
	c.readHerd(&d)
	c.readCitations(&d, law)
	c.readFine(&d)
	c.readMeasures(&d)
	c.readText(&d)
	slices.SortStableFunc(d.Marks, func(a, b Mark) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
	return d
}

func (d *Draft) warn(s string) { d.Warnings = appendNew(d.Warnings, s) }

func (d *Draft) mark(field string, f flow, from, to int) {
	if from >= to {
		return
	}
	start, end := f.span(from, to)
	d.Marks = append(d.Marks, Mark{field, start, end})
}

func (c *caseText) readTitle(d *Draft) {
	f := c.title
	for len(f.r) > 0 && strings.ContainsRune("】〗”。：", f.r[len(f.r)-1]) {
		f = f.slice(0, len(f.r)-1)
	}
	for len(f.r) > 0 && strings.ContainsRune("【〖“：", f.r[0]) {
		f = f.slice(1, len(f.r))
	}
	if len(f.r) == 0 {
		return
	}
	c.title = f
	d.Title = c.titleText(f)
	d.mark("title", f, 0, len(f.r))
}

// titleText keeps the spaces that part a document's name from its number; in 某养殖场 违法排污案 they are a column's.
func (c *caseText) titleText(f flow) string {
	if endsInCase(f.r) {
		return f.text(c.page)
	}
	var b strings.Builder
	for i, at := range f.at {
		if i > 0 && at-f.at[i-1] > 1 && !slices.ContainsFunc(c.page[f.at[i-1]+1:at], isLineEnd) {
			b.WriteByte(' ')
		}
		b.WriteRune(c.page[at])
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// labelled finds the value of a line 当事人：… in the body.
func (c *caseText) labelled(labels ...string) (flow, bool) {
	r := c.body.r
	for i := range r {
		if i > 0 && r[i-1] != '\n' && r[i-1] != '。' && r[i-1] != '；' {
			continue
		}
		j := skipDecoration(r, i)
		if _, after := enumerator(c.body, j); after > 0 {
			j = after
		}
		for _, l := range labels {
			if !hasAt(r, j, l) {
				continue
			}
			k := j + runeLen(l)
			if k < len(r) && r[k] == '（' {
				for k < len(r) && k-j < 24 && r[k] != '）' {
					k++
				}
				k++
			}
			if k >= len(r) || r[k] != '：' {
				continue
			}
			end := k + 1
			for end < len(r) && end-k < 60 && !strings.ContainsRune("\n，。；（", r[end]) {
				end++
			}
			// Labels that follow on the same line: 当事人：某公司 统一社会信用代码：…
			for m := k + 2; m < end; m++ {
				if spaceBefore(c.body, m) && label(r[m:min(len(r), m+20)]) {
					end = m
				}
			}
			if end < len(r) && r[end] == '（' && end > k+1 && bracketInName(r, end) {
				for end < len(r) && end-k < 60 && !strings.ContainsRune("\n，。；", r[end]) {
					end++
				}
			}
			if end > k+1 {
				return c.body.slice(k+1, end), true
			}
		}
	}
	return flow{}, false
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

var partyLabels = []string{"当事人名称或姓名", "当事人姓名或名称", "当事人名称", "当事人姓名", "当事人", "被处罚当事人", "被处罚单位名称", "被处罚单位", "被处罚人", "被处罚对象", "处罚对象", "行政相对人名称", "行政相对人", "行政处罚相对人", "单位名称", "企业名称", "违法单位", "违法主体", "名称", "姓名", "涉案单位", "涉案企业"}

// party finds who it was: by label, by the line that a decision is addressed to, by the inspection, by the title.
func (c *caseText) party() (hitFlow, bool) {
	if c.who == nil {
		h, ok := c.findParty()
		c.who = &found{h, ok}
	}
	return c.who.hitFlow, c.who.ok
}

// found keeps an answer that several fields ask for.
type found struct {
	hitFlow
	ok bool
}

func (c *caseText) findParty() (hitFlow, bool) {
	if f, ok := c.row[colParty]; ok {
		return hitFlow{f, 0, len(f.r)}, true
	}
	if f, ok := c.labelled(partyLabels...); ok && len(f.r) <= 50 && !strings.ContainsRune(string(f.r), '：') {
		return hitFlow{f, 0, len(f.r)}, true
	}
	if c.decision {
		if f, ok := c.addressee(); ok {
			return hitFlow{f, 0, len(f.r)}, true
		}
	}
	titled := names(c.title)
	ns := c.bodyNames()
	if n, ok := c.inspected(ns); ok && !c.headed {
		return hitFlow{c.body, n.start, n.end}, true
	}
	if len(titled) > 0 {
		t := c.title.r[titled[0].start:titled[0].end]
		core := string(maskedCore(t))
		for _, n := range ns {
			if strings.HasSuffix(string(c.body.r[n.start:n.end]), core) {
				return hitFlow{c.body, n.start, n.end}, true
			}
		}
		return hitFlow{c.title, titled[0].start, titled[0].end}, true
	}
	if n, ok := c.inspected(ns); ok {
		return hitFlow{c.body, n.start, n.end}, true
	}
	return hitFlow{}, false
}

// hitFlow is a place in the title or the body.
type hitFlow struct {
	f        flow
	from, to int
}

func (h hitFlow) text(page []rune) string { return h.f.slice(h.from, h.to).text(page) }

// bodyNames are the parties named in the case itself.
func (c *caseText) bodyNames() []name {
	if c.named != nil {
		return c.named
	}
	out := []name{}
	for _, n := range names(c.body) {
		if c.told(n.start) && !inBook(c.body.r, n.start) {
			out = append(out, n)
		}
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
			if ch != '：' || i < 2 || isLabelWord(r[:i]) {
				continue
			}
			if i+1 < len(r) && !label(r[i+1:]) {
				break
			}
			f := p.slice(0, i)
			if ns := names(f); len(ns) > 0 && ns[0].start == 0 || i <= 4 && surnames[r[0]] {
				if len(ns) > 0 && ns[0].end < i && r[ns[0].end] == '（' {
					return p.slice(0, ns[0].end), true
				}
				return f, true
			}
		}
	}
	return flow{}, false
}

// inspected picks the party that the organ looked into: 对…进行现场检查, 发现…, else the first.
func (c *caseText) inspected(ns []name) (name, bool) {
	r := c.body.r
	best, score := name{}, 0
	for i, n := range ns {
		s := 1
		behind := r[n.end:min(len(r), n.end+24)]
		switch {
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
			s--
			if c.body.before(n.start, "记者") || c.body.before(n.start, "通讯员") || containsAny(r[max(0, n.start-8):n.start], "记者", "通讯员", "编辑", "法定代表人", "负责人", "法人代表", "局长", "书记", "主任", "责任人") {
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
	return best, score > 0
}

func (c *caseText) readParty(d *Draft) {
	h, ok := c.party()
	if !ok {
		d.warn("没有认出当事人，请填写")
		return
	}
	d.Party = h.text(c.page)
	d.mark("party", h.f, h.from, h.to)
	if h.f.at[h.from] < d.Start {
		d.Start = h.f.at[h.from]
	}
	c.warnSeveral(d, h)
}

// warnSeveral tells of another organisation that was fined or inspected in the same case.
func (c *caseText) warnSeveral(d *Draft, h hitFlow) {
	mine := string(maskedCore(h.f.r[h.from:h.to]))
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

func (c *caseText) readAuthority(d *Draft) {
	f, ok := c.row[colOrgan]
	if !ok {
		f, ok = c.labelled("办案单位", "查处单位", "执法单位", "处罚机关", "办理单位", "案件办理单位", "执法机关")
	}
	if !ok && c.decision {
		f, ok = c.decidingOrgan()
	}
	if !ok {
		f, ok = c.authority()
	}
	if !ok {
		return
	}
	c.organ = f
	d.Authority = f.text(c.page)
	d.mark("authority", f, 0, len(f.r))
}

// decidingOrgan is a decision's own organ: its signature, its title, its first line.
func (c *caseText) decidingOrgan() (flow, bool) {
	for _, p := range slices.Backward(c.paras) {
		if len(p.r) > 24 || p.kind == paraDecision {
			continue
		}
		if os := organsOf(p.flow); len(os) == 1 && os[0].start == 0 && len(p.r)-os[0].end <= 3 {
			return p.slice(0, os[0].end), true
		}
	}
	if os := organsOf(c.title); len(os) > 0 {
		return c.title.slice(os[0].start, os[0].end), true
	}
	// 某市生态环境局 2025年12月15日 on one line.
	for _, p := range slices.Backward(c.paras[max(0, len(c.paras)-4):]) {
		if os := organsOf(p.flow); len(p.r) <= 40 && len(os) == 1 && os[0].start == 0 {
			return p.slice(0, os[0].end), true
		}
	}
	return flow{}, false
}

func (c *caseText) readDistrict(d *Draft) {
	name, h := c.district()
	if name == "" {
		return
	}
	d.District = name
	d.mark("district", h.f, h.from, h.to)
}

// district resolves the county: a full name in the authority, the party or the title; the stem of a branch (恩平分局); an address; the
// first county named in the facts.
func (c *caseText) district() (string, hitFlow) {
	if f, ok := c.row[colDistrict]; ok {
		if hs := fullCounties(f.r, 0, len(f.r)); len(hs) > 0 {
			return hs[0].value.text, hitFlow{f, hs[0].start, hs[0].end}
		}
	}
	party, hasParty := c.party()
	organs := organsOf(c.body)
	lists := []hitFlow{{c.organ, 0, len(c.organ.r)}}
	if hasParty {
		lists = append(lists, party)
	}
	lists = append(lists, hitFlow{c.title, 0, len(c.title.r)})
	for _, l := range lists {
		if hs := fullCounties(l.f.r, l.from, l.to); len(hs) > 0 {
			h := hs[len(hs)-1] // 台州市临海市分局: the narrower stands last
			return h.value.text, hitFlow{l.f, h.start, h.end}
		}
	}
	// Branches: 恩平分局, 盐城市东台生态环境局; the authority's own first, which a label or a signature may name.
	near := &context{}
	near.read(c.organ.r)
	for _, o := range organsOf(c.organ) {
		if name, h := c.countyOfOrgan(c.organ, o, near); name != "" {
			return name, h
		}
	}
	for _, o := range organs {
		if !o.env && !o.branch && len(organs) > 1 {
			continue
		}
		if name, h := c.countyOfOrgan(c.body, o, near); name != "" {
			return name, h
		}
	}
	// Addresses and the facts.
	if h, ok := c.address(); ok {
		return h.f.slice(h.from, h.to).text(c.page), h
	}
	for i := range c.parts {
		p := c.parts[i]
		if p.section == secLaw || p.section == secComment || p.section == secRights || p.shared {
			continue
		}
		for _, h := range fullCounties(c.body.r, p.from, p.to) {
			if !inBook(c.body.r, h.start) && !c.quoted[h.start] {
				return h.value.text, hitFlow{c.body, h.start, h.end}
			}
		}
	}
	for _, l := range lists[1:] {
		if name, h := c.stemIn(l, near); name != "" {
			return name, h
		}
	}
	return "", hitFlow{}
}

// countyOfOrgan resolves the place in an organ's name behind its city: 惠州市生态环境局龙门分局, 盐城市大丰生态环境局.
func (c *caseText) countyOfOrgan(f flow, o organ, near *context) (string, hitFlow) {
	hits := loadPlaces().lexicon.all(f.r, o.start, o.end)
	for k, h := range slices.Backward(hits) {
		p := h.value
		if !p.county {
			continue
		}
		if p.full && loadPlaces().counties[p.text] != nil {
			return p.text, hitFlow{f, h.start, h.end}
		}
		if p.city != "" && k == 0 && !hasAt(f.r, h.end, "分局") && !hasAt(f.r, h.end, "县") && len(hits) == 1 {
			continue // 朝阳市生态环境局 is the city's
		}
		ctx := &context{}
		ctx.read(f.r[o.start:o.end])
		if name := resolve(p.text, ctx, near, c.own, c.lead); name != "" && sameCity(name, ctx) {
			return name, hitFlow{f, h.start, h.end}
		}
	}
	return "", hitFlow{}
}

// sameCity refuses a county that does not lie in the one city that the organ's own name gives.
func sameCity(name string, ctx *context) bool {
	if len(ctx.cities) == 0 {
		return true
	}
	for _, k := range loadPlaces().counties[name] {
		if slices.Contains(ctx.cities, k.city) {
			return true
		}
	}
	return len(ctx.cities) > 1
}

// address finds a county behind 位于, 地址：, 住所.
func (c *caseText) address() (hitFlow, bool) {
	r := c.body.r
	for i := range r {
		for _, w := range []string{"位于", "地处", "坐落", "地址：", "住所：", "经营场所：", "住址：", "所在地：", "住所地："} {
			if !hasAt(r, i, w) || !c.told(i) {
				continue
			}
			from := i + runeLen(w)
			if hs := fullCounties(r, from, min(len(r), from+24)); len(hs) > 0 {
				return hitFlow{c.body, hs[0].start, hs[0].end}, true
			}
		}
	}
	return hitFlow{}, false
}

// stemIn resolves a county's short name at the start of the party or title: 恩平某畜牧有限公司.
func (c *caseText) stemIn(l hitFlow, near *context) (string, hitFlow) {
	i := l.from
	for i < l.to {
		p, ok := placeAt(l.f.r[:l.to], i)
		if !ok {
			return "", hitFlow{}
		}
		if p.county && !p.full && !(p.city != "") {
			if name := resolve(p.text, near, c.own, c.lead); name != "" && loadPlaces().counties[name] != nil {
				if hasAt(l.f.r, i+p.n, "某") || hasAt(l.f.r, i+p.n, "一") {
					return name, hitFlow{l.f, i, i + p.n}
				}
			}
		}
		i += p.n
	}
	return "", hitFlow{}
}

// foundDay is the day, or zero.
func (c *caseText) foundDay() registry.Date {
	var d Draft
	c.readFoundOn(&d)
	return d.FoundOn
}

func (c *caseText) readFoundOn(d *Draft) {
	if f, ok := c.row[colDate]; ok {
		if on, _ := readDate(f.r, 0, 0, 0); on.Precision() >= registry.PrecisionMonth {
			d.FoundOn = on
			d.mark("found_on", f, 0, len(f.r))
			return
		}
	}
	if f, ok := c.labelled("检查时间", "检查日期", "现场检查时间", "现场检查日期", "发现时间", "发现日期"); ok {
		if on, end := readDate(f.r, 0, 0, 0); on.Precision() >= registry.PrecisionMonth {
			d.FoundOn = on
			d.mark("found_on", f, 0, end)
			return
		}
	}
	told := c.toldFlow()
	list := datesOf(told)
	if on, ok := foundOn(list); ok {
		d.FoundOn = on.date
		d.mark("found_on", told, on.start, on.end)
		return
	}
	if len(list) == 0 {
		d.warn("文中没有写明年份，检查日期未知")
	} else {
		d.warn("文中没有检查（发现）的日期，其他日期未采用")
	}
}

// toldFlow is the body without quoted law, comments and rights.
func (c *caseText) toldFlow() flow {
	var f flow
	for _, p := range c.parts {
		switch p.section {
		case secLaw, secComment, secRights:
			continue
		}
		f.r, f.at = append(f.r, c.body.r[p.from:p.to]...), append(f.at, c.body.at[p.from:p.to]...)
	}
	return f
}

func (c *caseText) readHerd(d *Draft) {
	told := c.toldFlow()
	list := herdsOf(told)
	if h, summed, ok := mainHerd(list); ok {
		n := h.count
		d.HeadCount, d.Species = &n, h.species
		d.mark("head_count", told, h.start, h.end)
		if summed {
			d.warn("存栏数由文中同一畜种的几个数相加")
		}
		for _, x := range list {
			if family(x.species) != family(h.species) && x.species != "" {
				d.warn("文中还有其他畜种的存栏数，只取了第一种")
			}
		}
	}
	if d.Species != "" && d.Species != "牛" && d.Species != "鸡" {
		return
	}
	var facts []rune
	facts = append(append(facts, c.title.r...), []rune(d.Party)...)
	for _, s := range []string{speciesIn(facts, false), c.keptSpecies(told), speciesIn(told.r, true)} {
		if s != "" && (d.Species == "" || family(s) == d.Species) {
			d.Species = s
		}
	}
	if d.Species != "" && d.HeadCount == nil {
		word := family(d.Species)
		if i := index(c.body.r, word); i >= 0 {
			d.mark("species", c.body, i, i+runeLen(word))
		}
	}
}

// keptSpecies is the one that 存栏 speaks of where its number is no count: 肉鸭常年存栏量在8900只至9600只之间.
func (c *caseText) keptSpecies(f flow) string {
	for i := range f.r {
		if !f.has(i, "存栏") || excluded(f, i) || containsAny(f.r[max(0, i-10):i], "折算", "折合", "换算") {
			continue
		}
		if s := speciesBefore(f, i); s != "" {
			return s
		}
	}
	return ""
}

// readCitations sorts the case's citations by their role; quoted law is compared.
func (c *caseText) readCitations(d *Draft, law *statute.Catalogue) {
	for i := range c.mentions {
		m := &c.mentions[i]
		p := Provision{Law: m.Law, LawID: m.LawID, Provision: m.Provision}
		// The contract's provision has no 目.
		switch c.roleOf(law, m, i) {
		case registry.RoleBreached:
			if c.ownCitation(m) {
				d.Violated = appendProvision(d.Violated, p)
				d.Marks = append(d.Marks, Mark{"violated", m.Start, m.End})
			}
		case registry.RoleBasis:
			if c.ownCitation(m) {
				d.Basis = appendProvision(d.Basis, p)
				d.Marks = append(d.Marks, Mark{"basis", m.Start, m.End})
			}
		}
		if m.Quote != nil {
			d.addQuote(m)
		}
		if m.Role == registry.RoleBreached || m.Role == registry.RoleBasis || m.Quote != nil {
			for _, s := range m.Problems {
				d.warn(shortSurface(m) + "：" + s)
			}
			if m.Holding == registry.UnknownLaw && m.Law != "" {
				d.warn("本库没有《" + m.Law + "》，请核对名称")
			}
			if m.Law == "" {
				d.warn("“" + shortSurface(m) + "”没有指明是哪部法")
			}
		}
	}
}

// roleOf is the grammar's role, refined by where the citation stands: the columns of a table, a decision's 依据, a bare list under 法律依据.
func (c *caseText) roleOf(law *statute.Catalogue, m *statute.Mention, i int) registry.CitationRole {
	for k, role := range map[column]registry.CitationRole{colViolated: registry.RoleBreached, colBasis: registry.RoleBasis} {
		if f, ok := c.row[k]; ok && m.Start >= f.at[0] && m.Start <= f.at[len(f.at)-1] {
			return role
		}
	}
	at := c.bodyIndex(m.Start)
	if at < 0 {
		return m.Role
	}
	sec := c.sectionAt(at)
	switch {
	case m.Role == registry.RoleQuote && c.decision && sec == secHandled && (at == 0 || endsSentence(c.body.r[at-1])) && dutyOf(law, m) == registry.RoleBasis:
		return registry.RoleBasis
	case m.Role == registry.RoleBasis && sec == secRule && dutyOf(law, m) == registry.RoleBreached:
		return registry.RoleBreached
	}
	return m.Role
}

// dutyOf tells what the catalogue knows a provision to be: only ever a duty (violated), only ever a penalty (basis), or neither.
func dutyOf(law *statute.Catalogue, m *statute.Mention) registry.CitationRole {
	duty, penalty := false, false
	for _, t := range law.ViolationTypes() {
		for _, g := range t.Regimes {
			for _, r := range g.Breached {
				duty = duty || r.LawID == m.LawID && r.Article == m.Article
			}
			for _, r := range g.Liability {
				penalty = penalty || r.LawID == m.LawID && r.Article == m.Article
			}
		}
	}
	switch {
	case duty && !penalty:
		return registry.RoleBreached
	case penalty && !duty:
		return registry.RoleBasis
	}
	return registry.RoleOther
}

func (d *Draft) addQuote(m *statute.Mention) {
	for _, q := range d.Quotes {
		if q.Start == m.Quote.Start {
			return
		}
	}
	d.Quotes = append(d.Quotes, Quote{m.Citation(), *m.Quote})
	d.Marks = append(d.Marks, Mark{"quotes", m.Quote.Start, m.Quote.End})
	if m.Quote.Matches != nil && !*m.Quote.Matches {
		d.warn(m.Citation() + "的引文与本库文本不一致：" + m.Quote.Difference)
	}
}

func appendProvision(list []Provision, p Provision) []Provision {
	for _, x := range list {
		if x == p {
			return list
		}
	}
	return append(list, p)
}

// ownCitation reports whether a citation is the case's own: it stands where the case is told, or an explanation says of this case what
// nothing else said.
func (c *caseText) ownCitation(m *statute.Mention) bool {
	i := c.bodyIndex(m.Start)
	if i < 0 {
		return false
	}
	if c.told(i) {
		return true
	}
	switch c.sectionAt(i) {
	case secComment, secLaw:
		from, to := c.body.sentence(i)
		return !c.cites() && !c.quoted[i] && anaphora.any(c.body.r[from:to])
	}
	return false
}

// cites reports whether the case cites anything where it is told.
func (c *caseText) cites() bool {
	for i := range c.mentions {
		m := &c.mentions[i]
		if m.Role != registry.RoleBreached && m.Role != registry.RoleBasis {
			continue
		}
		if k := c.bodyIndex(m.Start); k >= 0 && c.told(k) {
			return true
		}
	}
	return false
}

// bodyIndex is where a place of the page stands in the body; -1 if it does not.
func (c *caseText) bodyIndex(at int) int {
	for _, p := range c.parts {
		if p.to > p.from && at >= c.body.at[p.from] && at <= c.body.at[p.to-1] {
			i, _ := slices.BinarySearch(c.body.at[p.from:p.to], at)
			if p.from+i < p.to {
				return p.from + i
			}
		}
	}
	return -1
}

func (c *caseText) readFine(d *Draft) {
	personal := !strings.Contains(d.Party, "公司") && !strings.Contains(d.Party, "合作社")
	x, ok, warnings := c.fine(d.Party, personal)
	for _, w := range warnings {
		d.warn(w)
	}
	if ok {
		m := x.amount
		d.Fine = &m
		d.mark("fine_yuan", c.body, x.start, x.end)
	}
}

func (c *caseText) readMeasures(d *Draft) {
	list := c.measuresOf()
	var texts []string
	for _, m := range list {
		texts = append(texts, c.body.slice(m.start, m.end).text(c.page))
	}
	for i, m := range list {
		s := texts[i]
		covered := false
		for j, t := range texts {
			covered = covered || j != i && (strings.Contains(t, s) || transfers(t) && transfers(s)) && (len(t) > len(s) || len(t) == len(s) && j < i)
		}
		if covered {
			continue
		}
		d.Measures = append(d.Measures, s)
		d.mark("measures", c.body, m.start, m.end)
	}
}

// transfers reports whether a measure hands the case to the police: a text that tells so twice tells of one transfer.
func transfers(s string) bool {
	return strings.Contains(s, "公安") && (strings.Contains(s, "移送") || strings.Contains(s, "移交"))
}

// readText joins the facts and the handling, each a paragraph a line.
func (c *caseText) readText(d *Draft) {
	var facts, handled flow
	for _, p := range c.parts {
		switch p.section {
		case secFacts:
			facts.r, facts.at = append(facts.r, c.body.r[p.from:p.to]...), append(facts.at, c.body.at[p.from:p.to]...)
		case secHandled, secRule:
			handled.r, handled.at = append(handled.r, c.body.r[p.from:p.to]...), append(handled.at, c.body.at[p.from:p.to]...)
		}
	}
	d.Narrative = strings.TrimRight(strings.TrimSpace(facts.text(c.page)), "，；")
	d.Handling = strings.TrimSpace(handled.text(c.page))
}

// shortSurface is a citation as printed, on one line.
func shortSurface(m *statute.Mention) string { return strings.Join(strings.Fields(m.Surface), "") }
