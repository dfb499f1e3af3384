package intake

import (
	"slices"
	"strings"

	"casebook/internal/lazyregexp"
)

// heading is the line that opens a case.
type heading struct {
	number int  // 0 where it has none
	strong bool // 案例一, 第一案: a case whatever follows; otherwise only what the title says
	title  flow // may be empty: the number stands alone
	body   flow // text on the same line
}

const longestTitle = 80

// What headings look like (flow.match).
var (
	// 案例一, 案件1, 典型案例（二）, 2022年某省典型案例之一, 案③; in groups: a word that is not enough by itself, the space before the number, the number, what is behind.
	caseNumbered = lazyregexp.New(`^[【〖〔“]*(?:[^，。；：、]{0,6}?(?:案例|案件|典型件|典型问题|事例|Case|CASE)|[^，。；：、]{2,33}案例之|([案例]))` +
		`之?(\t?)[（〔]?(` + number + `)[）〕]?(.?)`)
	// 第一案, 第2起典型案例.
	nthCase = lazyregexp.New(`^[【〖〔“]*第(` + number + `)(?:` + oneOf("case_nouns") + `)($|[` + parting + `])`)
	// 典型案例：, 标题：: it says that it is a case, or how it is called.
	caseWorded = lazyregexp.New(`^(?:标题|((?:典型)?案例|案件|以案释法|以案说法|检例))[：\t]`)
	// A title ends in 案 as the name of a case, not 方案, 档案 or 典型案例; 未安装监测设备案 does.
	caseEnd = lazyregexp.New(`^.{3,}(?:(?:设备|[^修]正|[^解]决|[^` + notCase + `备正决])案|[^型起个件批类大` + notCase + `](?:案件|案例))(?:（[^（]{0,12}）)?[。：”】〗、.\-]*$`)
)

const (
	parting = `：、.】〗〕”\-—|，\t` // parts a number from the title
	notCase = `方档预草提立结办破议答图教涉报专个类条医`
	counted = "起个件类项家宗名年月批份次例种%" // behind a number they make it a count: 案件5起, 案例3个
)

// headingAt reads the heading of a case at the start of a line.
func headingAt(f flow) (heading, bool) {
	i := skipDecoration(f.r, 0)
	if n, after := caseNumberAt(f, i); n > 0 {
		h := heading{number: n, strong: true}
		h.title, h.body = splitTitle(f.slice(after, len(f.r)))
		return h, true
	}
	if h, ok := bracketHeading(f); ok {
		return h, true
	}
	n, after := enumerator(f, i)
	after = max(after, i)
	worded := f.match(caseWorded, after)
	if worded != nil {
		after += taken(worded[0])
	}
	if after >= len(f.r) || label(f.r[after:]) {
		return heading{}, false
	}
	h := heading{number: n}
	h.title, h.body = splitTitle(f.slice(after, len(f.r)))
	titled := endsInCase(h.title.r) && (len(names(h.title)) > 0 || worded != nil && worded[1] != "") && (n > 0 || !newsTitle(h.title.r))
	// 3. 某县某养殖场超标排放水污染物: a title without 案 needs its number, its party and an act.
	return h, titled || n > 0 && !containsAny(h.title.r, "，", "：", "。", "；", "罚款", "责令") && actTitle(h.title)
}

// bracketHeading reads 【偷排粪水，罚款24万元】4月7日，… and 案例（从重）.
func bracketHeading(f flow) (heading, bool) {
	r := f.r
	if k := slices.Index(r[:min(len(r), 32)], '】'); k > 6 && actWords.any(r[1:k]) {
		_, dated := readDate(r, k+1, 2000, 1)
		return heading{title: f.slice(1, k), body: f.slice(k+1, len(r))}, dated > 0
	}
	return heading{strong: true}, hasAnyAt(r, 0, "案例（", "案件（") && len(r) < 12
}

// newsWords are words in titles of news that tell of cases, not of one: 我县查处一起养殖场偷排案.
var newsWords = words("news")

func newsTitle(r []rune) bool { return newsWords.any(r) }

// caseNumberAt reads 案例一, 典型案例之三, 案件1, 第一案, 案例（二） at i. Behind 案 alone, and behind a space, something must part the number from
// the title: 案例 五华县… has none.
func caseNumberAt(f flow, i int) (n, after int) {
	if head := f.r[i:min(len(f.r), i+longestHead)]; !slices.ContainsFunc(head, func(c rune) bool { return strings.ContainsRune("案例型起C", c) }) {
		return 0, 0
	}
	if m := f.match(nthCase, i); m != nil {
		n, _ = ordinal([]rune(m[1]), 0)
		return n, skipMarks(f.r, i+taken(m[0])-taken(m[2]))
	}
	m := f.match(caseNumbered, i)
	if m == nil {
		return 0, 0
	}
	bare, space, digits, next := m[1], m[2], m[3], m[4]
	parted := next == "" || strings.Contains(parting+"\t", next)
	if !parted && (bare != "" || space != "" && !isDigit(rune(digits[0])) || strings.Contains(counted, next)) {
		return 0, 0
	}
	n, _ = ordinal([]rune(digits), 0)
	return n, skipMarks(f.r, i+taken(m[0])-taken(next))
}

func spaceBefore(f flow, i int) bool { return i > 0 && i < len(f.r) && f.at[i]-f.at[i-1] > 1 }

// splitTitle divides the rest of a heading's line into the title and text that follows on the same line.
func splitTitle(f flow) (title, body flow) {
	r := f.r
	end := titleEnd(f)
	if !containsAny(r, "。", "；") && len(r) <= longestTitle && (endsInCase(r) || !slices.Contains(r, '，')) {
		end = len(r)
	}
	return f.slice(0, end).trimmed("", "：。】〗”、，.-—"), f.slice(skipMarks(r, end), len(r))
}

// titleEnd is where a title ends inside a line of prose: before a date, or before a space or mark behind 案 or a name. 0 if it has none.
func titleEnd(f flow) int {
	r := f.r[:min(len(f.r), longestTitle)]
	stops := func(c rune) bool { return c == '。' || c == '；' }
	if k := slices.IndexFunc(r, stops); k > 3 && endsInCase(r[:k]) {
		return k
	}
	for i := 4; i < len(r); i++ {
		parted := spaceBefore(f, i) || strings.ContainsRune("：。】", r[i-1])
		_, dated := dateAt(f.r, i)
		switch {
		case dated && (parted || endsInCase(r[:i])), (parted || stops(r[i])) && (endsInCase(r[:i]) || endsInName(f.slice(0, i))):
			return i
		case stops(r[i]):
			return 0
		}
	}
	return 0
}

// endsInName reports whether f names one party, at its end.
func endsInName(f flow) bool {
	ns := names(f)
	return len(ns) == 1 && ns[0].end == len(f.r)
}

// endsInCase reports whether a title ends in 案 as the name of a case.
func endsInCase(r []rune) bool {
	tail := r[max(0, len(r)-24):]
	return slices.Contains(tail, '案') && caseEnd.MatchString(string(tail))
}

// actWords are what titles of cases say was done.
var actWords = words("acts")

// actTitle is a title that names a party first and then an act.
func actTitle(title flow) bool {
	ns := names(title)
	return len(ns) > 0 && actWords.any(title.r[ns[0].end:]) && !newsTitle(title.r)
}
