package intake

import (
	"slices"
	"strings"

	"casebook/internal/registry"
)

// fined is an amount that a text calls a fine.
type fined struct {
	start, end int
	amount     registry.Money
	group      int // amounts listed together share a group: 分别罚款1万元、2万元
	rule       bool
	proposed   bool
	person     bool // on the responsible person beside the party
	daily      bool // 按日计罚
	campaign   bool // the sum of many cases
	total      bool // 合计: two penalties of one decision
	earlier    bool // a former penalty
	each       bool // 各罚款
	several    bool // on several parties together
	shared     bool
}

// finesOf finds the fines told in a case.
func finesOf(c *caseText) []fined {
	f := c.body
	r := f.r
	var list []fined
	if x, ok := c.cellOfFine(); ok {
		return []fined{x}
	}
	var run []fined // amounts listed together that are no fines by themselves
	group := 0
	for i := 0; i < len(r); i++ {
		if !startsNumber(r[i]) || i > 0 && (isDigit(r[i-1]) || r[i-1] == '.') {
			continue
		}
		m, end := readMoney(r, i, true)
		if end == 0 && endsInAny(r[:i], "（万元）：", "（元）：") && containsAny(r[max(0, i-12):i], "罚") { // 罚款金额（万元）：10.5
			m, end = bareAmount(r, i, unitOf(r[i-4:i]))
			group++
			list = append(list, fined{start: i, end: end, amount: m, group: group})
			i = end - 1
			continue
		}
		if end == 0 {
			if isDigit(r[i]) {
				i = numberEnd(r, i) - 1
			}
			continue
		}
		x := fined{start: i, end: end, amount: m}
		listed := len(list) > 0 && joinsList(r, list[len(list)-1].end, i)
		switch {
		case m == 0 || !c.told(i):
		case listed && !statutory(f, i, end):
			prev := list[len(list)-1]
			x.group, x.person, x.proposed, x.campaign = prev.group, prev.person, prev.proposed, prev.campaign
			x.each, x.daily, x.shared, x.earlier = prev.each, prev.daily, prev.shared, prev.earlier
			list = append(list, x)
		case isFine(f, i, end) && len(run) > 0 && joinsList(r, run[len(run)-1].end, i): // 分别处以3万元、1万元和2万元罚款
			group++
			for _, y := range append(run, x) {
				y.group = group
				c.judge(&y)
				list = append(list, y)
			}
		case isFine(f, i, end) || len(list) > 0 && sumsUp(f, list[len(list)-1].end, i):
			group++
			x.group = group
			c.judge(&x)
			list = append(list, x)
		case statutory(f, i, end):
			run = nil
		case len(run) > 0 && joinsList(r, run[len(run)-1].end, i):
			run = append(run, x)
		default:
			run = []fined{x}
		}
		i = end - 1
	}
	return list
}

// cellOfFine is the fine in the cell of a row that holds nothing else: 3万元, or 3.5 under 罚款金额（万元）.
func (c *caseText) cellOfFine() (x fined, ok bool) {
	cell := c.row[colContent]
	if len(cell.r) == 0 || !startsNumber(cell.r[0]) {
		return x, false
	}
	m, end := readMoney(cell.r, 0, true)
	if end == 0 && c.per > 0 {
		m, end = bareAmount(cell.r, 0, c.per)
	}
	at, found := slices.BinarySearch(c.body.at, cell.at[0])
	return fined{start: at, end: at + end, amount: m}, found && m > 0 && end == len(cell.r)
}

// bareAmount reads a number whose unit, 元 or 万元, stands somewhere else.
func bareAmount(r []rune, i int, per registry.Money) (m registry.Money, end int) {
	v, end := readNumber(r, i)
	return registry.Money(v/unit)*per + registry.Money(v%unit)*per/unit, end
}

// sumsUp is for 分别罚款20万元、0.5万元，合计20.5万元.
func sumsUp(f flow, from, i int) bool {
	if i-from > 14 {
		return false
	}
	for _, c := range f.r[from:i] {
		if endsSentence(c) {
			return false
		}
	}
	between := f.r[from:i]
	return containsAny(between, "合计", "共计", "总计", "合并") && !containsAny(between, "没收", "所得")
}

// joinsList is for 、 and 和 between two amounts.
func joinsList(r []rune, from, to int) bool {
	if to-from > 6 || from >= to {
		return false
	}
	for from < to && hasAt(r, from, "罚款") {
		from += 2
	}
	s := string(r[from:to])
	return s == "、" || s == "和" || s == "及" || s == "，" || s == "、和" || s == "以及" || s == "与" || s == "和罚款" || s == "、罚款"
}

// fillers may stand between 罚款 and its amount.
var fillers = wordList("fine_fillers")

// fineNouns are words behind an amount that make it a fine.
var fineNouns = words("fine_nouns")

// isFine reports whether an amount is a fine: 罚款10万元, 处10万元罚款, 处罚人民币10万元.
func isFine(f flow, i, end int) bool {
	r := f.r
	if statutory(f, i, end) {
		return false
	}
	k := end
	if k < len(r) && r[k] == '（' { // （¥10080）, （大写：…）
		for j := k; j < len(r) && j-k < 24; j++ {
			if r[j] == '）' {
				k = j + 1
				break
			}
		}
	}
	if fineNouns.has(r, k) {
		return !f.before(i, "加处")
	}
	j := i
	for again := true; again && i-j < 24; {
		again = false
		for _, w := range fillers {
			if f.before(j, w) {
				if w == "，" && !strings.HasSuffix(string(r[max(0, j-3):j]), "款，") {
					continue
				}
				j -= runeLen(w)
				again = true
				break
			}
		}
	}
	switch {
	case endsInAny(r[:j], "加处罚", "罚没", "判处罚", "所得", "判罚"):
		return false
	case f.before(j, "处罚金"): // a paper's word for 罚款, where no court is named
		from, _ := f.sentence(i)
		return !containsAny(r[from:i], "法院", "被告", "判", "刑")
	case f.before(j, "罚"): // 罚款 and 处罚款 with 款 skipped as a filler
		return !f.before(j, "处罚") || j < i && (r[j] == '款' || r[j] == '人' || r[j] == '金' || r[j] == '（') || f.before(j, "行政处罚") || f.before(j, "处罚")
	case f.before(j, "被双罚"):
		return true
	}
	return false
}

// rangeWords are words around an amount that is a bound of what the law allows.
var rangeWords = wordList("fine_bounds")

// statutory is for ranges of a law: 十万元以上一百万元以下.
func statutory(f flow, i, end int) bool {
	r := f.r
	if hasAnyAt(r, end, "以上", "以下", "至", "-", "~", "到", "（含", "的幅度", "以内") || endsInAny(r[:i], rangeWords...) {
		return true
	}
	return f.before(i, "至") && i > 1 && (r[i-2] == '元' || isDigit(r[i-2])) || f.before(i, "-") || f.before(i, "~")
}

// judge reads what kind of fine it is from its clause and sentence.
func (c *caseText) judge(x *fined) {
	f := c.body
	cf, _ := f.clause(x.start)
	for cf > 0 && x.start-cf < 60 && f.r[cf-1] == '：' { // 作出如下行政处罚：罚款…
		cf, _ = f.clause(cf - 1)
	}
	clause := f.r[cf:x.start]
	sf, _ := f.sentence(x.start)
	sentence := f.r[sf:min(len(f.r), x.end)]
	x.shared = c.partAt(x.start).shared
	x.proposed = c.notice || containsAny(clause, "拟") && !containsAny(clause, "模拟", "虚拟") ||
		containsAny(sentence, "告知书") && !containsAny(clause, "决定", "作出")
	x.daily = containsAny(sentence, "按日", "计罚日", "连续处罚", "每日")
	x.each = containsAny(clause, "各罚", "各处", "均处", "各被", "分别")
	x.total = containsAny(clause, "合计", "共计", "合并", "共处", "共罚", "两项", "总计", "共对") || f.before(x.start, "共") ||
		containsAny(f.r[max(cf, x.start-4):x.start], "共")
	x.campaign = containsAny(clause, "累计", "以来", "全市", "全县", "全区", "全省", "罚款总额", "总金额", "共立案", "立案数") || countsCases(sentence) ||
		containsAny(sentence, "次查处", "先后", "次处罚")
	x.several = severalParties(clause) && !x.each && !containsAny(clause, "各")
	x.earlier = containsAny(clause, "曾", "此前", "之前", "上次", "前次", "第一次", "首次", "前期", "去年", "前年", "原处罚", "上一次") || containsAny(sentence, "此前", "曾因", "曾被")
	x.rule = containsAny(clause, "可以处", "可处", "可并处", "应处", "应当处", "最高", "将被处", "将面临", "减少", "降低", "加处")
	x.person = onPerson(clause)
	if cf > 1 && !x.person && len(clause) < 12 && !containsAny(clause, "对") { // 对法定代表人张某，罚款2万元
		pf, _ := f.clause(cf - 1)
		x.person = containsAny(f.r[pf:cf-1], "对") && cf-1-pf < 24 && onPerson(f.r[pf:cf-1])
	}
	if x.total && containsAny(clause, "公司及", "企业及", "单位及", "公司和", "企业和") {
		x.person = false
	}
}

// severalParties is for 对2家养殖场相关责任人员共处以…: nobody's share is told.
func severalParties(clause []rune) bool {
	for i, c := range clause {
		if n, _ := several(clause, i+1, "家户"); c == '对' && n > 0 {
			return true
		}
	}
	return false
}

// countsCases is for 立案11起，罚款38.6万元.
func countsCases(r []rune) bool {
	if !slices.ContainsFunc(r, func(c rune) bool { return c == '起' || c == '宗' || c == '件' || c == '家' || c == '户' }) {
		return false
	}
	for i := range r {
		if !hasAnyAt(r, i, "立案", "查处", "检查", "处罚", "办理") {
			continue
		}
		k := i + 2
		for k < len(r) && k-i < 14 && !startsNumber(r[k]) && !endsSentence(r[k]) {
			k++
		}
		if n, end := readNumber(r[:min(len(r), k+12)], min(k, len(r))); end > k && n > unit && hasAnyAt(r, end, "起", "宗", "件", "家次", "余起", "余家") {
			return true
		}
	}
	return householdsTogether(r)
}

// householdsTogether is for 已有13家养殖场被查处，共处罚款35万元.
func householdsTogether(r []rune) bool {
	for i := range r {
		if n, end := ordinal(r, i); n > 1 && hasAnyAt(r, end, "家", "户", "余家", "多家") && containsAny(r[end:], "共处", "共罚", "合计罚", "累计", "罚款共", "立案", "份") &&
			!containsAny(r, "分别", "各") {
			return true
		}
	}
	return false
}

var responsible = words("responsible")

// partyWords are words for the party behind a person: the fine is the party's again.
var partyWords = wordList("fine_on_party")

// onPerson reports whether the one fined is a person beside the party: the last of them named before the amount.
func onPerson(clause []rune) bool {
	who := -1
	for _, h := range responsible.all(clause, 0, len(clause)) {
		if hasAt(clause, h.end, "为") || h.start > 0 && clause[h.start-1] == '（' {
			continue
		}
		who = h.start
	}
	if who < 0 {
		return false
	}
	return !containsAny(clause[who+1:], partyWords...)
}

// fine picks the fine on the main party; warnings say what a reader must look at.
func (c *caseText) fine(party string, personal bool) (x fined, ok bool, warnings []string) {
	all := finesOf(c)
	mine, warnings := c.imposed(all)
	if c.of > 0 {
		if s, found := c.sharedFine(mine, party); found {
			return s, true, warnings
		}
		if n := len(mine); n > 0 {
			if mine = keepFines(mine, func(f fined) bool { return !f.shared }); len(mine) < n {
				warnings = appendNew(warnings, "几起案件合写处罚，罚款不能分到各案")
			}
		}
	}
	told := keepFines(mine, func(f fined) bool { return c.decision || c.sectionAt(f.start) != secHead })
	if len(told) > 0 { // a headline's sum is told below
		mine = told
	}
	plain := keepFines(mine, func(f fined) bool { return !f.daily && !f.person })
	persons := keepFines(mine, func(f fined) bool { return f.person })
	daily := keepFines(mine, func(f fined) bool { return f.daily })
	switch {
	case len(plain) == 0 && len(daily) > 0:
		warnings = appendNew(warnings, "罚款为按日连续处罚的数额")
		plain = daily
	case len(plain) == 0 && len(persons) > 0:
		if !personal {
			return fined{}, false, appendNew(warnings, "文中只有对责任人的罚款，未作为当事人的罚款")
		}
		plain, persons = persons, nil
	case len(daily) > 0:
		warnings = appendNew(warnings, "另有按日连续处罚，未计入罚款")
	}
	if len(plain) == 0 {
		return fined{}, false, warnings
	}
	if len(persons) > 0 {
		warnings = appendNew(warnings, "另对责任人罚款"+persons[0].amount.String()+"元，未计入当事人的罚款")
	}
	x, ok = oneFine(plain, persons)
	if !ok {
		// 对甲公司罚款10万元，对乙公司罚款12万元: the one on the party counts.
		if named := keepFines(plain, func(f fined) bool { return c.finesParty(f, party) }); len(distinctFines(named)) == 1 {
			return named[0], true, appendNew(warnings, "文中还有对其他当事人的罚款，未计入")
		}
	}
	if !ok && sumOfTimes(all, plain) { // three times, 5万元 together: the first told is this one
		return plain[0], true, appendNew(warnings, "文中还有以前的罚款，未计入")
	}
	if !ok {
		warnings = appendNew(warnings, "文中有几个不同的罚款数额（"+amounts(plain)+"），请核对")
	}
	return x, ok, warnings
}

// imposed are the fines of this case: no bounds of the law, no sums of a campaign, none of before, none that is only proposed.
func (c *caseText) imposed(all []fined) (mine []fined, warnings []string) {
	for _, f := range all {
		switch {
		case f.rule, f.campaign, f.earlier:
		case f.several:
			warnings = appendNew(warnings, "文中"+f.amount.String()+"元是几家合计的罚款，未作为罚款")
		case f.proposed:
			warnings = appendNew(warnings, "文中"+f.amount.String()+"元为拟处罚金额，未作为罚款")
		default:
			mine = append(mine, f)
		}
	}
	return mine, warnings
}

// sumOfTimes reports whether a sum over several times is told that the others make up.
func sumOfTimes(all, plain []fined) bool {
	var sum registry.Money
	for _, f := range distinctFines(plain) {
		sum += f.amount
	}
	return slices.ContainsFunc(all, func(f fined) bool { return f.campaign && f.amount == sum })
}

// finesParty reports whether a fine's clause names the party.
func (c *caseText) finesParty(f fined, party string) bool {
	core := string(maskedCore([]rune(party)))
	from, _ := c.body.clause(f.start)
	clause := c.body.r[from:f.start]
	return runeLen(core) > 2 && containsAny(clause, core) || calledShort(clause, []rune(party)) || containsAny(clause, "对该公司", "对该企业", "对该场", "对该养", "对该厂", "对该单位", "对该合作社", "对你单位", "对你公司")
}

// calledShort is for the end of the party's name behind 对: 对种猪场 is 对灵璧县某种猪场.
func calledShort(clause, party []rune) bool {
	for n := 2; n < len(party); n++ {
		if containsAny(clause, "对"+string(party[len(party)-n:])) {
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
	distinct := distinctFines(list)
	if len(distinct) == 1 {
		return list[0], true
	}
	sum := func(fines []fined) (m registry.Money) {
		for _, f := range fines {
			m += f.amount
		}
		return m
	}
	all, aside := sum(distinct), sum(distinctFines(persons))
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
	if totals := distinctFines(keepFines(list, func(f fined) bool { return f.total })); len(totals) == 1 && aside == 0 {
		return totals[0], true
	}
	return fined{}, false
}

func distinctFines(list []fined) (out []fined) {
	for _, f := range list {
		if !slices.ContainsFunc(out, func(o fined) bool { return o.amount == f.amount }) {
			out = append(out, f)
		}
	}
	return out
}

func amounts(list []fined) string {
	var parts []string
	for _, f := range distinctFines(list) {
		parts = append(parts, f.amount.String()+"元")
	}
	return strings.Join(parts, "、")
}

// sharedFine pairs the amounts of 分别罚款… with the cases in order; 各罚款 gives each the same.
func (c *caseText) sharedFine(list []fined, party string) (fined, bool) {
	from := 0
	for _, f := range list { // 对案例一养殖场罚款12.5万元、对案例二养殖场罚款11.2万元
		cf, _ := c.body.clause(f.start)
		before := c.body.r[max(cf, from):f.start]
		if f.shared && !f.person && (numberedCase(before) == c.index+1 || party != "" && index(before, party) >= 0) {
			return f, true
		}
		from = f.end
	}
	groups := map[int][]fined{}
	for _, f := range list {
		if f.shared && !f.person {
			groups[f.group] = append(groups[f.group], f)
		}
	}
	for _, g := range groups {
		if len(g) == c.of && c.of > 1 {
			return g[c.index], true
		}
	}
	if len(groups) == 1 {
		for _, g := range groups {
			if len(g) == 1 && g[0].each && !g[0].total {
				return g[0], true
			}
		}
	}
	return fined{}, false
}

// numberedCase is n of 案例n or 案件n; 0 where none is named.
func numberedCase(r []rune) int {
	for i := range r {
		if hasAnyAt(r, i, "案例", "案件") {
			if n, _ := ordinal(r, i+2); n > 0 {
				return n
			}
		}
	}
	return 0
}

func appendNew[T comparable](list []T, x T) []T {
	if slices.Contains(list, x) {
		return list
	}
	return append(list, x)
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
