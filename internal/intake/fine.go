package intake

import (
	"slices"
	"strings"

	"casebook/internal/registry"
)

// The grammar of numbers and amounts is that of forms too: registry/amount.go.
var (
	numerals     = registry.Numerals
	readNumber   = registry.ReadNumber
	readMoney    = registry.ReadMoney
	startsNumber = registry.StartsNumber
)

const unit = registry.NumberUnit

// fined is an amount that a text calls a fine.
type fined struct {
	start, end int
	amount     registry.Money
	group      int      // amounts listed together share a group: 分别罚款1万元、2万元
	is         []string // signs: what the words around it say of it, as lexicon/fine_signs.txt names them; and shared, told of several cases at once
}

// any reports whether a fine has one of the signs.
func (f fined) any(signs ...string) bool {
	return slices.ContainsFunc(signs, func(s string) bool { return slices.Contains(f.is, s) })
}

// Words and forms around an amount.
var (
	fineSigns = named[string]("fine_signs")
	fineNouns = words("fine_nouns") // behind it: they make it a fine
	// fineBefore ends in what makes the amount behind it a fine, or (加处罚, 所得) something else; words of fine_fillers may stand between.
	fineBefore  = pattern(`(?:(加处罚|罚没|判处罚|所得|判罚|处罚金)|罚(?:款|金额|数额)*（万?元）：|罚)(?:款，|` + oneOf("fine_fillers") + `)*$`)
	boundBehind = pattern(`^(?:以[上下内]|[至到~-]|（含|的幅度)`)
	joining     = pattern(`^(?:罚款)*(?:[、和及，与]|、和|以及|[、和]罚款)$`)
	onThisParty = pattern(`对(?:该(?:公司|企业|场|养|厂|单位|合作社)|你单位|你公司)`)
	// countedCases is for 立案11起，罚款38.6万元, countedParties for 已有13家养殖场被查处，共处罚款35万元.
	countedCases   = pattern(`(?:立案|查处|检查|处罚|办理)[^\d一二两三四五六七八九十。！？\n]{0,12}` + many + `(?:余?起|宗|件|家次|余家)`)
	countedParties = pattern(strings.Replace(many, "两", "", 1) + `[余多]?[家户].*(?:共处|共罚|合计罚|累计|罚款共|立案|份)`)
)

const many = `(?:[2-9]|[1-9][\d,]+|[两二三四五六七八九]|[十百千][零一二三四五六七八九十百千]*)`

// amountsOf are the amounts of r in order; that of 罚款金额（万元）：10.5 has its unit in front.
func amountsOf(r []rune) (list []fined) {
	for i := 0; i < len(r); i++ {
		if !startsNumber(r[i]) || i > 0 && (isDigit(r[i-1]) || r[i-1] == '.') {
			continue
		}
		m, end := readMoney(r, i, true)
		if end == 0 && endsInAny(r[:i], "（万元）：", "（元）：") {
			m, end = bareAmount(r, i, unitOf(r[i-4:i]))
		}
		if end > 0 {
			list = append(list, fined{start: i, end: end, amount: m})
			i = end - 1
		} else if isDigit(r[i]) {
			i = numberEnd(r, i) - 1
		}
	}
	return list
}

// bareAmount reads a number whose unit, 元 or 万元, stands somewhere else.
func bareAmount(r []rune, i int, per registry.Money) (m registry.Money, end int) {
	v, end := readNumber(r, i)
	return registry.Money(v/unit)*per + registry.Money(v%unit)*per/unit, end
}

// fines reports whether a sentence tells a fine that was imposed.
func fines(f flow) bool {
	return slices.ContainsFunc(amountsOf(f.r), func(x fined) bool { return isFine(f, x.start, x.end) })
}

// finesOf finds the fines told in a case.
func finesOf(c *caseText) (list []fined) {
	if x, ok := c.cellOfFine(); ok {
		return []fined{x}
	}
	f, group := c.body, 0
	take := func(more ...fined) {
		group++
		for _, x := range more {
			x.group = group
			c.judge(&x)
			list = append(list, x)
		}
	}
	var run []fined // amounts listed together that are no fines by themselves
	for _, x := range amountsOf(f.r) {
		bound := statutory(f, x.start, x.end)
		inRun := len(run) > 0 && joinsList(f.r, run[len(run)-1].end, x.start)
		last := fined{}
		if len(list) > 0 {
			last = list[len(list)-1]
		}
		switch {
		case x.amount == 0 || !c.told(x.start):
		case !bound && joinsList(f.r, last.end, x.start):
			x.group, x.is = last.group, without(last.is, "total", "rule")
			list = append(list, x)
		case isFine(f, x.start, x.end) && inRun: // 分别处以3万元、1万元和2万元罚款
			take(append(run, x)...)
		case isFine(f, x.start, x.end) || len(list) > 0 && sumsUp(f.r[last.end:x.start]):
			take(x)
		case bound:
			run = nil
		case inRun:
			run = append(run, x)
		default:
			run = []fined{x}
		}
	}
	return list
}

// cellOfFine is the fine in the cell of a row that holds nothing else: 3万元, or 3.5 under 罚款金额（万元）.
func (c *caseText) cellOfFine() (x fined, ok bool) {
	cell := c.row[colContent]
	m, end := readMoney(cell.r, 0, true)
	if end == 0 && c.per > 0 {
		m, end = bareAmount(cell.r, 0, c.per)
	}
	if m == 0 || end < len(cell.r) {
		return x, false
	}
	at, found := slices.BinarySearch(c.body.at, cell.at[0])
	return fined{start: at, end: at + end, amount: m}, found
}

// sumsUp is for 分别罚款20万元、0.5万元，合计20.5万元.
func sumsUp(between []rune) bool {
	return len(between) <= 14 && !slices.ContainsFunc(between, endsSentence) && containsAny(between, "合计", "共计", "总计", "合并") && !containsAny(between, "没收", "所得")
}

// joinsList is for 、 and 和 between two amounts.
func joinsList(r []rune, from, to int) bool {
	return from > 0 && from < to && to-from <= 6 && matches(joining, r[from:to])
}

// isFine reports whether an amount is a fine: 罚款10万元, 处10万元罚款, 处罚人民币10万元.
func isFine(f flow, i, end int) bool {
	r := f.r
	if statutory(f, i, end) {
		return false
	}
	if fineNouns.has(r, end) {
		return !f.before(i, "加处")
	}
	m := matchAt(fineBefore, r[:i], max(0, i-28))
	if m == nil || m[2] < 0 {
		return m != nil
	}
	from, _ := f.sentence(i)
	return string(r[m[2]:m[3]]) == "处罚金" && !containsAny(r[from:i], "法院", "被告", "判", "刑") // a paper's word for 罚款, where no court is named
}

// statutory is for ranges of a law: 十万元以上一百万元以下.
func statutory(f flow, i, end int) bool {
	return matchAt(boundBehind, f.r, end) != nil || endsInAny(f.r[:i], "以上", "元至", "-", "~") || f.before(i, "至") && i > 1 && isDigit(f.r[i-2])
}

// judge reads what kind of fine it is from its clause and sentence.
func (c *caseText) judge(x *fined) {
	f := c.body
	cf, _ := f.clause(x.start)
	for cf > 0 && x.start-cf < 60 && f.r[cf-1] == '：' { // 作出如下行政处罚：罚款…
		cf, _ = f.clause(cf - 1)
	}
	sf, _ := f.sentence(x.start)
	clause, sentence := f.r[cf:x.start], f.r[sf:min(len(f.r), x.end)]
	x.is = append(signsIn(clause, false), signsIn(sentence, true)...)
	if cf > 1 && len(clause) < 12 && !containsAny(clause, "对") { // 对法定代表人张某，罚款2万元
		pf, _ := f.clause(cf - 1)
		if before := f.r[pf : cf-1]; containsAny(before, "对") && len(before) < 24 && slices.Contains(signsIn(before, false), "person") {
			x.is = append(x.is, "person")
		}
	}
	for sign, is := range map[string]bool{
		"shared":        c.partAt(x.start).shared,
		"proposed":      c.notice || x.any("notice") && !x.any("decided"),
		"total":         containsAny(f.r[max(cf, x.start-4):x.start], "共"),
		"of many cases": countsCases(sentence),
	} {
		if is {
			x.is = append(x.is, sign)
		}
	}
	if x.any("total") && containsAny(clause, "公司及", "企业及", "单位及", "公司和", "企业和") {
		x.is = without(x.is, "person")
	}
}

// signsIn are the signs of the words in r: of those that count in a clause, or in the whole sentence. Behind a person 该公司 makes the fine the party's again.
func signsIn(r []rune, whole bool) (is []string) {
	for _, h := range fineSigns.all(r, 0, len(r)) {
		sign, inSentence := strings.CutPrefix(h.value, "sentence: ")
		switch {
		case inSentence != whole:
		case sign == "party":
			is = without(is, "person")
		case sign != "person" || !hasAt(r, h.end, "为") && !hasAt(r, h.start-1, "（"):
			is = append(is, sign)
		}
	}
	return is
}

func without(list []string, signs ...string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(signs, s) })
}

// countsCases is for words that count cases or parties: 立案11起，罚款38.6万元; 已有13家养殖场被查处，共处罚款35万元.
func countsCases(r []rune) bool {
	return slices.ContainsFunc(r, func(c rune) bool { return strings.ContainsRune("起宗件家户", c) }) &&
		(matches(countedCases, r) || matches(countedParties, r) && !containsAny(r, "分别", "各"))
}

func (c *caseText) readFine(d *Draft) {
	warned := len(d.Warnings)
	if x, ok := c.fine(d); ok {
		d.Fine = &x.amount
		d.mark("fine_yuan", c.body.slice(x.start, x.end), len(d.Warnings) == warned)
	}
}

// fine picks the fine on the main party; warnings say what a reader must look at.
func (c *caseText) fine(d *Draft) (x fined, ok bool) {
	mine := keepFines(finesOf(c), func(f fined) bool { // no bounds of the law, no sums of a campaign, none of before, none that is only proposed
		if f.any("proposed") && !f.any("rule", "of many cases", "earlier") {
			d.warn("文中" + f.amount.String() + "元为拟处罚金额，未作为罚款")
		}
		return !f.any("rule", "of many cases", "earlier", "proposed")
	})
	if c.of > 0 {
		if s, found := c.sharedFine(mine, d.Party); found {
			return s, true
		}
		if own := keepFines(mine, func(f fined) bool { return !f.any("shared") }); len(own) < len(mine) {
			mine = own
			d.warn("几起案件合写处罚，罚款不能分到各案")
		}
	}
	if told := keepFines(mine, func(f fined) bool { return c.decision || c.sectionAt(f.start) != secHead }); len(told) > 0 { // a headline's sum is told below
		mine = told
	}
	plain := keepFines(mine, func(f fined) bool { return !f.any("daily", "person") })
	persons := keepFines(mine, func(f fined) bool { return f.any("person") })
	daily := keepFines(mine, func(f fined) bool { return f.any("daily") })
	personal := !strings.Contains(d.Party, "公司") && !strings.Contains(d.Party, "合作社")
	switch {
	case len(plain) == 0 && len(daily) > 0:
		d.warn("罚款为按日连续处罚的数额")
		plain = daily
	case len(plain) == 0 && len(persons) > 0 && !personal:
		d.warn("文中只有对责任人的罚款，未作为当事人的罚款")
		return x, false
	case len(plain) == 0:
		plain, persons = persons, nil
	case len(daily) > 0:
		d.warn("另有按日连续处罚，未计入罚款")
	}
	if len(plain) == 0 {
		return x, false
	}
	if len(persons) > 0 {
		d.warn("另对责任人罚款" + persons[0].amount.String() + "元，未计入当事人的罚款")
	}
	if x, ok = oneFine(plain, persons); ok {
		return x, true
	}
	// 对甲公司罚款10万元，对乙公司罚款12万元: the one on the party counts.
	if named, _ := distinctFines(keepFines(plain, func(f fined) bool { return c.finesParty(f, d.Party) })); len(named) == 1 {
		d.warn("文中还有对其他当事人的罚款，未计入")
		return named[0], true
	}
	var told []string
	distinct, _ := distinctFines(plain)
	for _, f := range distinct {
		told = append(told, f.amount.String()+"元")
	}
	d.warn("文中有几个不同的罚款数额（" + strings.Join(told, "、") + "），请核对")
	return x, false
}

// finesParty reports whether a fine's clause names the party.
func (c *caseText) finesParty(f fined, party string) bool {
	core := string(maskedCore([]rune(party)))
	from, _ := c.body.clause(f.start)
	clause := c.body.r[from:f.start]
	if runeLen(core) > 2 && containsAny(clause, core) || matches(onThisParty, clause) {
		return true
	}
	r := []rune(party)
	for n := 2; n < len(r); n++ { // 对种猪场 is 对灵璧县某种猪场
		if containsAny(clause, "对"+string(r[len(r)-n:])) {
			return true
		}
	}
	return false
}

func keepFines(list []fined, keep func(fined) bool) []fined {
	return slices.DeleteFunc(slices.Clone(list), func(f fined) bool { return !keep(f) })
}

// oneFine is the one amount, a stated total, or the amount that is the sum of the others.
func oneFine(list, persons []fined) (fined, bool) {
	distinct, all := distinctFines(list)
	if len(distinct) == 1 {
		return list[0], true
	}
	_, aside := distinctFines(persons)
	for _, t := range distinct {
		for _, x := range distinct { // 合计罚款72.4万元，其中对公司罚款67.4万元、对法定代表人罚款5万元
			if aside > 0 && t.amount == x.amount+aside {
				return x, true
			}
		}
		if len(distinct) > 2 && 2*t.amount == all {
			return t, true
		}
	}
	totals, _ := distinctFines(keepFines(list, func(f fined) bool { return f.any("total") }))
	if len(totals) == 1 && aside == 0 {
		return totals[0], true
	}
	return fined{}, false
}

// distinctFines are those of different amounts, and their sum.
func distinctFines(list []fined) (out []fined, sum registry.Money) {
	for _, f := range list {
		if !slices.ContainsFunc(out, func(o fined) bool { return o.amount == f.amount }) {
			out, sum = append(out, f), sum+f.amount
		}
	}
	return out, sum
}

// sharedFine pairs the amounts of 分别罚款… with the cases in order; 各罚款 gives each the same.
func (c *caseText) sharedFine(list []fined, party string) (fined, bool) {
	list = keepFines(list, func(f fined) bool { return f.any("shared") && !f.any("person") })
	from := 0
	for _, f := range list { // 对案例一养殖场罚款12.5万元、对案例二养殖场罚款11.2万元
		cf, _ := c.body.clause(f.start)
		before := c.body.r[max(cf, from):f.start]
		if party != "" && index(before, party) >= 0 {
			return f, true
		}
		from = f.end
	}
	for _, f := range list {
		if g := keepFines(list, func(o fined) bool { return o.group == f.group }); c.of > 1 && len(g) == c.of {
			return g[c.index], true
		}
	}
	if len(list) == 1 && list[0].any("each") && !list[0].any("total") {
		return list[0], true
	}
	return fined{}, false
}

func appendNew[T comparable](list []T, x T) []T {
	if slices.Contains(list, x) {
		return list
	}
	return append(list, x)
}
