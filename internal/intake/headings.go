package intake

import (
	"slices"
	"strings"
)

// heading is the line that opens a case.
type heading struct {
	number int  // 0 where it has none
	strong bool // 案例一, 第一案: a case whatever follows; otherwise only what the title says
	title  flow // may be empty: the number stands alone
	body   flow // text on the same line
}

// countWords behind a number make it a count: 案件5起, 案例3个.
const countWords = "起个件类项家宗名年月批份次例种%"

// headingAt reads the heading of a case at the start of a line.
func headingAt(f flow) (heading, bool) {
	r := f.r
	i := skipDecoration(r, 0)
	for i < len(r) && strings.ContainsRune("【〖〔“", r[i]) {
		i++
	}
	if n, after, ok := caseNumber(f, i); ok {
		h := heading{number: n, strong: true}
		h.title, h.body = splitTitle(f.slice(after, len(r)))
		return h, true
	}
	if h, ok := bracketHeading(f); ok {
		return h, true
	}
	i = skipDecoration(r, 0)
	if i < len(r) && r[i] == '【' { // 【一案一析】某县某养殖场…案
		if k := index(r[i:min(len(r), i+12)], "】"); k > 0 {
			i += k + 1
		}
	}
	n, after := enumerator(f, i)
	if k := i + 1; n == 0 && i < len(r) && r[i] == '之' { // 之一 某县某养殖场…案
		for k < len(r) && k-i < 4 && !spaceBefore(f, k) {
			k++
		}
		if v, end := ordinal(r[:k], i+1); end == k {
			n, after = v, k
		}
	}
	if n == 0 {
		after = i
	}
	worded := false // it says that it is a case
	for _, w := range []string{"案例：", "案件：", "典型案例：", "以案释法：", "以案说法：", "检例：", "标题："} {
		if hasAt(r, after, w) {
			after, worded = after+runeLen(w), w != "标题："
		} else if k := after + runeLen(w) - 1; hasAt(r, after, w[:len(w)-len("：")]) && spaceBefore(f, k) {
			after, worded = k, true
		}
	}
	if label(r[after:]) || hasAt(r, after, "案例名称") || hasAt(r, after, "案件名称") {
		return heading{}, false
	}
	rest := f.slice(after, len(r))
	if len(rest.r) < 5 {
		return heading{}, false
	}
	title, body := splitTitle(rest)
	if len(title.r) == 0 || len(title.r) > longestTitle {
		return heading{}, false
	}
	if endsInCase(title.r) && (len(names(title)) > 0 || worded) && (!newsTitle(title.r) || n > 0 && !containsAny(title.r, "一起", "起案", "典型案例", "通报", "公布", "发布", "曝光")) {
		return heading{number: n, title: title, body: body}, true
	}
	// 3. 某县某养殖场超标排放水污染物: a title without 案 needs its number, its party and an act.
	if n > 0 && len(title.r) <= 45 && !containsAny(title.r, "，", "：", "。", "；", "罚款", "责令") && actTitle(title) {
		return heading{number: n, title: title, body: body}, true
	}
	return heading{}, false
}

const longestTitle = 80

// bracketHeading reads 【偷排粪水，罚款24万元】4月7日，… and 案例（从重）.
func bracketHeading(f flow) (heading, bool) {
	r := f.r
	if k := slices.Index(r[:min(len(r), 32)], '】'); k > 6 && r[0] == '【' && actWords.any(r[1:k]) && !markerWords.any(r[1:k]) {
		_, dated := readDate(r, k+1, 2000, 1)
		return heading{title: f.slice(1, k), body: f.slice(k+1, len(r))}, dated > 0
	}
	return heading{strong: true}, hasAnyAt(r, 0, "案例（", "案件（") && len(r) < 12 && r[len(r)-1] == '）'
}

// newsWords are words in titles of news that tell of cases, not of one.
var newsWords = words("news")

// newsTitle is a headline about cases rather than the title of one: 我县查处一起养殖场偷排案.
func newsTitle(r []rune) bool {
	return newsWords.any(r)
}

// caseNouns are words for a case behind its number.
var caseNouns = wordList("case_nouns")

// caseNumber reads 案例一, 典型案例之三, 案件1, 第一案, 案例（二） at i.
func caseNumber(f flow, i int) (n, after int, ok bool) {
	r := f.r
	if hasAt(r, i, "第") {
		n, k := ordinal(r, i+1)
		for _, w := range caseNouns {
			if n > 0 && hasAt(r, k, w) && separated(f, k+runeLen(w)) {
				return n, skipTitleMarks(r, k+runeLen(w)), true
			}
		}
		return 0, 0, false
	}
	for _, w := range []string{"案例", "案件", "典型件", "典型问题", "事例", "Case", "CASE", "案", "例"} {
		if k := caseWord(r, i, w); k > 0 {
			if n, end := numberOfCase(f, k, runeLen(w) == 1); n > 0 {
				return n, skipTitleMarks(r, end), true
			}
		}
	}
	return 0, 0, false
}

// caseWord is behind 案例 at i, or a little further on: 2022年云南省…典型案例之一.
func caseWord(r []rune, i int, word string) int {
	if hasAt(r, i, word) {
		return i + runeLen(word)
	}
	k := 0
	for m := i; runeLen(word) > 1 && m < len(r) && m-i < 34 && !strings.ContainsRune("，。；：、", r[m]); m++ {
		if hasAt(r, m, word) && (m-i <= 6 || hasAt(r, m+2, "之")) {
			k = m + 2
		}
	}
	return k
}

// numberOfCase reads the number behind 案例 at k: 一, 之三, （二）, ③; behind 案 alone something must part it from the title. 案例 五华县… has none.
func numberOfCase(f flow, k int, bare bool) (n, end int) {
	r := f.r
	if hasAt(r, k, "之") {
		k++
	}
	open := hasAnyAt(r, k, "（", "〔")
	if open {
		k++
	}
	to := k
	for to < len(r) && to-k < 4 && (to == k || !spaceBefore(f, to)) {
		to++
	}
	n, end = ordinal(r[:to], k)
	if n == 0 && k < len(r) && r[k] >= '①' && r[k] <= '⑳' {
		n, end = int(r[k]-'①')+1, k+1
	}
	if n == 0 || n > 200 || spaceBefore(f, k) && !isDigit(r[k]) && !separated(f, end) {
		return 0, 0
	}
	if open && hasAnyAt(r, end, "）", "〕") {
		end++
	}
	if end < len(r) && strings.ContainsRune(countWords, r[end]) && !spaceBefore(f, end) || !separated(f, end) && (bare || !startsTitle(r, end)) {
		return 0, 0
	}
	return n, end
}

// separated reports whether a heading's number ends at i: the line ends, or a mark or space stands there.
func separated(f flow, i int) bool {
	return i >= len(f.r) || strings.ContainsRune("：、.】〗〕”-—|，", f.r[i]) || spaceBefore(f, i)
}

func startsTitle(r []rune, i int) bool {
	return isHan(r[i]) && !strings.ContainsRune("中的是为至到和与均及已在", r[i])
}

func spaceBefore(f flow, i int) bool { return i > 0 && i < len(f.r) && f.at[i]-f.at[i-1] > 1 }

func skipTitleMarks(r []rune, i int) int {
	for i < len(r) && strings.ContainsRune("：、.】〗〕”-—|，_", r[i]) {
		i++
	}
	return i
}

// splitTitle divides the rest of a heading's line into the title and text that follows on the same line.
func splitTitle(f flow) (title, body flow) {
	r := f.r
	end := titleEnd(f)
	switch {
	case containsAny(r, "。", "；") || len(r) > longestTitle:
	case slices.Contains(r, '【'):
		end = max(slices.Index(r, '【'), 0)
	case endsInCase(r) || !slices.Contains(r, '，'):
		end = len(r)
	case end == 0: // 东台市某蛋鸡场，… without anything that ends a title
		if _, ok := dateAt(r, 0); !ok {
			end = len(r)
		}
	}
	return f.slice(0, end).trimmed("", "：。】〗”、，.-—"), f.slice(skipStops(r, end), len(r))
}

// titleEnd is where a title ends inside a line of prose: behind 案, or before a space and a date or marker. 0 if it has none.
func titleEnd(f flow) int {
	r := f.r[:min(len(f.r), longestTitle)]
	if k := slices.IndexFunc(r, func(c rune) bool { return c == '。' || c == '；' }); k > 3 && endsInCase(r[:k]) {
		return k
	}
	for i := 4; i < len(r); i++ {
		stop := r[i] == '。' || r[i] == '；'
		gap := spaceBefore(f, i) || strings.ContainsRune("：。】", r[i-1])
		_, dated := dateAt(f.r, i)
		switch {
		case r[i] == '【', dated && (gap || endsInCase(r[:i])), (stop || gap) && (endsInCase(r[:i]) || f.slice(0, i).isName(stop)):
			return i
		case gap:
			if _, _, ok := markerAt(f.slice(i, min(len(f.r), i+longestMarker+2))); ok {
				return i
			}
		case stop:
			return 0
		}
	}
	return 0
}

// isName reports whether a party's name ends f, and, if it is all that the sentence says, begins it.
func (f flow) isName(whole bool) bool {
	ns := names(f)
	return len(ns) == 1 && ns[0].end == len(f.r) && (!whole || ns[0].start == 0)
}

// skipStops goes over the marks that end a title.
func skipStops(r []rune, i int) int {
	for i < len(r) && (r[i] == '。' || isMark(r[i])) {
		i++
	}
	return i
}

// endsInCase reports whether a title ends in 案 as the name of a case, not 方案, 档案 or 典型案例.
func endsInCase(r []rune) bool {
	for len(r) > 0 && strings.ContainsRune("。：”】〗、.-", r[len(r)-1]) {
		r = r[:len(r)-1]
	}
	if n := len(r); n > 0 && r[n-1] == '）' {
		if open := matching(r, n-1, 0); open > 0 {
			r = r[:open]
		}
	}
	n := len(r)
	switch {
	case n > 4 && r[n-1] == '案':
		n--
	case n > 5 && (hasAt(r, n-2, "案件") || hasAt(r, n-2, "案例")):
		n -= 2
		if strings.ContainsRune("型起个件批类大", r[n-1]) {
			return false
		}
	default:
		return false
	}
	if hasAt(r, n-2, "设备") { // 未安装监测设备案
		return true
	}
	return !strings.ContainsRune("方备档预草提立结办破议答图教涉报专个类条议医", r[n-1]) && !hasAt(r, n-2, "修正") && !hasAt(r, n-2, "解决")
}

// actWords are what titles of cases say was done.
var actWords = words("acts")

// actTitle is a title that names a party first and then an act.
func actTitle(title flow) bool {
	ns := names(title)
	return len(ns) > 0 && ns[0].end < len(title.r) && actWords.any(title.r[ns[0].end:]) && !newsTitle(title.r)
}
