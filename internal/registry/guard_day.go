package registry

import (
	"slices"
	"strconv"
	"strings"

	"casebook/internal/lazyregexp"
)

// leakDay is the kind of an exact day. One of a case is refused; any other is asked about: bulletins tell months.
const leakDay = "具体日期"

// Days are read in a text whose figures are Arabic.
const (
	dayYear  = `(?:[12][0-9]{3}|[0-9]{2})`
	dayMonth = `(?:1[0-2]|0?[1-9]|[正元冬腊])`
	dayDay   = `(?:初?(?:3[01]|[12][0-9]|0?[1-9]))`
	dayName  = `(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}`

	// What stands behind a day that has no 日: no figure, and nothing that is counted (2024年6月12宗).
	dayEnd = `(?:$|\.(?:[^0-9]|$)|[^0-9.%日号头只羽匹个家宗件次户万亿元吨起批名天人余多项份条台套座米公千])`
	// The hour, which tells that 6.12 is a day.
	dayHour = `(?:当天|当日|上午|下午|中午|凌晨|清晨|早上|傍晚|晚上|晚间|夜间|深夜|那天|这天|专案)`

	// What a day without its month's word is told with: 3.12专项检查.
	dayAction = `专项|案|事件|行动|检查|整治|执法|突击`

	festivals  = festive + `|(?:^|[^0-9])(?:51|61|71|81|11)`
	festive    = `元旦|春节|除夕|元宵|清明|端午|7夕|中元|中秋|重阳|国庆|冬至|夏至|惊蛰|春分|谷雨|小满|芒种|小暑|大暑|处暑|白露|秋分|寒露|霜降|小雪|大雪|小寒|大寒|立春|立夏|立秋|立冬|小年|腊8|妇女节|植树节|劳动节|儿童节|建军节|教师节|圣诞|世界环境日|65环境日`
	atFestival = `当天|当日|当晚|前夕|次日|翌日|前1[天日晚]|后1[天日]|前[0-9][天周]|后[0-9][天周]|第[1-7]天|那天|(?:小?长假|假期|期间)?(?:的?最后1天|首日|头1天)|长假|假期首日`
)

var monthNames = strings.Split("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", "|")

var datePatterns = []leakPattern{
	{kind: leakDay, form: closed, zone: numbers, find: expression(lazyregexp.New(`(?:^|[^0-9])([12][0-9]{3}[-./,_~\\][01]?[0-9][-./,_~\\][0-3]?[0-9])(?:[^0-9]|$)`), dayOfMonth), unless: dayOfLaw},
	{kind: leakDay, form: closed, zone: numbers, find: expression(lazyregexp.New(`(?:^|[^0-9./-]|(?:^|[^0-9.])[0-9]{1,2}\.)([0-3]?[0-9][-./][0-3]?[0-9][-./](?:19|20)[0-9]{2})(?:[^0-9]|$)`), dayOfMonth)},
	{kind: leakDay, zone: numbers, find: expression(lazyregexp.New(`(?:^|[^0-9])((?:19|20)[0-9]{2}:[01][0-9]:[0-3][0-9])(?:[^0-9]|$)`), dayOfMonth)}, // as pictures hold it
	{kind: leakDay, form: closed, zone: codes, find: expression(lazyregexp.New(`(?:^|[^0-9./-])((?:19|2[0-9])(?:\.[0-9]{1,2}\.|-[0-9]{1,2}-|/[0-9]{1,2}/)[0-9]{1,2})(?:[^0-9./-]|\.(?:[^0-9]|$)|$)`), dayOfMonth)},
	{kind: leakDay, form: closed, before: 14, behind: 8, near: []string{"月"}, find: expression(lazyregexp.New(`(?:^|[^0-9])(\(?` + dayYear + `\)?年度?\(?` + dayMonth + `\)?月\(?` + dayDay + `(?:\)?[日号]|\)))`)), unless: dayOfLaw},
	{kind: leakDay, form: closed, before: 10, behind: 8, near: []string{"月"}, find: expression(lazyregexp.New(`((?:(?:19|20)[0-9]{2}|(?:^|[^0-9])[0-9]{2})年` + dayMonth + `月` + dayDay + `)` + dayEnd)), unless: dayOfLaw},
	{kind: leakDay, form: closed, before: 6, behind: 24, near: []string{"月"}, find: expression(lazyregexp.New(`(?:^|[^0-9年每]|[同当次前去今上该本子丑寅卯辰巳午未申酉戌亥]年)(` + dayMonth + `月份?的?` + dayDay + `(?:[-~,至到和及]` + dayDay + `){0,3}[日号])`)), unless: dayOfLaw},
	{kind: leakDay, form: closed, before: 6, behind: 10, near: []string{"月"}, find: expression(lazyregexp.New(`(?:^|[^0-9年每]|[子丑寅卯辰巳午未申酉戌亥]年)(` + dayMonth + `月份?(?:初[0-9]{1,2}|[1-9]|[12][0-9]|3[01]))(?:$|\.(?:[^0-9]|$)|[^0-9.%\p{Han}]|` + dayHour + `)`)), unless: dayOfLaw},
	{kind: leakDay, form: closed, near: []string{"正月", "腊月", "冬月", "农历"}, find: expression(lazyregexp.New(`农历[0-9年]{0,6}闰?` + dayMonth + `月` + dayDay + `|[正腊冬]月` + dayDay))},
	{kind: leakDay, form: closed, zone: numbers, find: expression(lazyregexp.New(`(?:^|[^0-9])((?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?:[0-2][0-9][0-5][0-9](?:[0-5][0-9](?:[0-9]{3})?)?)?(?:[^0-9.]|\.(?:[^0-9]|$)|$)`)), unless: dayOfLaw},
	{kind: leakDay, zone: numbers, find: expression(lazyregexp.New(`(?:^|[^0-9])((?:19|20)[0-9]{2} (?:1[0-2]|0?[1-9]) (?:3[01]|[12][0-9]|0?[1-9]))(?:[^0-9. ]|\.(?:[^0-9]|$)|$)`))},
	{kind: leakDay, form: closed, near: []string{"月"}, find: expression(lazyregexp.New(`((?:本|当|该|同|上|下|次)个?月` + dayDay + `[日号])`))},
	{kind: leakDay, form: closed, near: monthNames, find: expression(lazyregexp.New(`(` + dayName + `\.?,?[0-3]?[0-9](?:st|nd|rd|th)?[,.]?(?:19|20)[0-9]{2}|(?:^|[^0-9])[0-3]?[0-9](?:st|nd|rd|th)?[-./,]?(?:of)?` + dayName + `[-./,]{0,2}(?:19|20)?[0-9]{2}|` + dayName + `\.?[0-3]?[0-9](?:st|nd|rd|th))(?:[^0-9]|$)`))},
	{kind: leakDay, form: closed, near: strings.Split(dayHour[3:len(dayHour)-1], "|"), find: expression(lazyregexp.New(`(?:^|[^0-9./-])((?:1[0-2]|0?[1-9])[./-](?:3[01]|[12][0-9]|0?[1-9]))` + dayHour))},
	{kind: leakDay, form: closed, near: festivalWords, find: expression(lazyregexp.New(`((?:` + festivals + `)(?:节|日|节日)?的?(?:` + atFestival + `)|(?:除夕|大年)(?:夜|夜里|30|初[1-9]))`))},
	{kind: leakDay, form: closed, near: monthNames, find: expression(lazyregexp.New(`(?:^|[^a-z])(` + dayName + `\.?[0-3]?[0-9])(?:[^0-9a-z]|$)`))},
	{kind: leakDay, form: closed, before: 8, behind: 8, near: slices.Concat(each(anyFigure, dayAction), each(`"`, dayAction)), find: expression(lazyregexp.New(`(?:^|[^0-9./-])((?:1[0-2]|0?[1-9])[.](?:3[01]|[12][0-9]|0?[1-9]))"?(?:` + dayAction + `)`))},
	{kind: leakDay, form: closed, near: []string{"星期", "周", "礼拜"}, find: expression(lazyregexp.New(`(` + dayMonth + `月(?:份|的)?第[1-5]个(?:星期|周|礼拜)[1-6日天末])`))},
	{kind: leakDay, form: closed, near: dayWords, find: expression(lazyregexp.New(dayMonth + `月(?:份|的)?(?:(?:第[0-9]{1,2}|头[0-9]|前[0-9]|最后[0-9])天|首日|末日)|[上本这下]个?(?:周|星期|礼拜)[1-6日天末]|(?:^|[^0-9])[0-3]?[0-9](?:st|nd|rd|th)?(?:` + strings.Join(monthNames, "|") + `)[a-z]{0,6}(?:[^a-z]|$)|[12][0-9]{3}年第[0-9]{1,3}[天日]|20[0-9]{2}-?w[0-5][0-9]|昨[日天晚](?:上午|下午|凌晨|夜|晚|傍晚)?|(?:^|[^目之以提眼当先月])前天(?:$|[^天气空然])|节后第1天|节前最后1天|(?:月[上中下]旬|(?:节|假期?|元旦|51|11)(?:过|之)?[前后])的?(?:第[1-5]个|首个|头1个)?(?:周|星期|礼拜)[1-6日天末]`))},
	{kind: leakDay, form: closed, zone: numbers, find: expression(lazyregexp.New(`(?:^|[^0-9.])(1[67][0-9]{8}(?:[0-9]{3})?)\.(?:jpe?g|png|mp4|docx?|pdf)|(?:mmexport|camera_?)([0-9]{10,13})`))},
	{kind: leakDay, own: true, form: closed, zone: codes, find: expression(lazyregexp.New(`(?:^|[^0-9./-])((?:1[0-2]|0?[1-9])[./-](?:3[01]|[12][0-9]|0?[1-9]))(?:[^0-9./%-]|\.(?:[^0-9]|$)|$)`)), unless: amountBehind},
	{kind: leakDay, own: true, form: closed, before: 8, behind: 8, near: shots, find: expression(lazyregexp.New(`(?:^|[^0-9.])((?:1[0-2]|0[1-9])(?:3[01]|[12][0-9]|0[1-9]))(?:现场|照片|图|拍|摄|检查|勘验|取样|采样|案|专项|_|\.(?:jpe?g|png|docx?|pdf|mp4))`))},
	{kind: leakDay, form: closed, near: strings.Split(dayHour[3:len(dayHour)-1], "|"), find: expression(lazyregexp.New(`(?:^|[^0-9月至到./-])((?:3[01]|[12][0-9]|0?[1-9])[日号])` + dayHour))},
	{kind: leakDay, form: closed, before: 8, behind: 8, near: shots, find: expression(lazyregexp.New(`(?:^|[^0-9a-z.])(2[0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?:现场|照片|图|拍|摄|检查|勘验|取样|采样|笔录|执法|_|\.(?:jpe?g|png|docx?|pdf|mp4|heic))`))},
}

// shots are what a picture or its file is called, with its day before or behind.
var shots = each(anyFigure, "现场|照片|图|拍|摄|检查|勘验|取样|采样|笔录|执法|案|专项|_|.jp|.png|.doc|.pdf|.mp4|.heic")

// dayWords are in every day that is told by its week or its place in a month.
var dayWords = slices.Concat([]string{"天", "首日", "末日", "昨日", "昨晚", "w"}, each(anyFigure, "日"), each("周|星期|礼拜", "1|2|3|4|5|6|日|天|末"), monthNames)

// festivalWords are what begins a festival, or the days around it.
var festivalWords = append(strings.Split(festive, "|"), "除夕", "大年", "51", "61", "71", "81", "11")

// anyFigure are the figures, as words.
const anyFigure = "0|1|2|3|4|5|6|7|8|9"

var dayNumbers = lazyregexp.New(`[0-9]+|[正元冬腊]|[a-z]{3,}`)

// ofCase tells whether a day as it was written is one of the cases: the year may be left away.
func (g *Guard) ofCase(written string) bool {
	if len(g.days) == 0 {
		return false
	}
	var n []int
	for _, s := range dayNumbers.FindAllString(written, -1) {
		switch month := slices.Index(monthNames, s[:min(3, len(s))]); {
		case len(s) == 4 && written == s: // 1103
			n = append(n, number(s[:2]), number(s[2:]))
		case len(s) == 8 && isFigure(rune(s[0])):
			n = append(n, number(s[:4]), number(s[4:6]), number(s[6:]))
		case month >= 0:
			n = append(n, month+1)
		case s == "正" || s == "元":
			n = append(n, 1)
		case isFigure(rune(s[0])):
			n = append(n, number(s))
		}
	}
	switch {
	case len(n) >= 3:
		if n[2] > 31 { // 6/12/2026, 12 Jun 2026
			n[0], n[2] = n[2], n[0]
		}
		if n[0] < 100 {
			n[0] += 2000
		}
		return g.days[dayKey(n[0], n[1], n[2])] || g.days[dayKey(n[0], n[2], n[1])]
	case len(n) == 2:
		return g.days[dayKey(0, n[0], n[1])]
	}
	return false
}

func dayKey(year, month, day int) string {
	s := strconv.Itoa(month) + "-" + strconv.Itoa(day)
	if year != 0 {
		s = strconv.Itoa(year) + "-" + s
	}
	return s
}

func number(figures string) int {
	n, _ := strconv.Atoi(figures)
	return n
}

// day adds a day of the case, with its year and without.
func (c *collector) day(d Date) {
	y, m, n := d.YMD()
	if n == 0 {
		return
	}
	for _, key := range []string{dayKey(y, m, n), dayKey(0, m, n)} {
		if !c.days[key] {
			c.days[key] = true
			c.secrets = append(c.secrets, Secret{Kind: leakDay, Text: key})
		}
	}
}

// dayOfLaw is behind the days of laws: 自2026年8月15日起施行, （2017年6月27日修正）.
var dayOfLaw = lazyregexp.New(`^(?:起[^.;]{0,16}(?:施行|实施|生效|执行)|施行|实施|修正|修订|通过|公布|发布|颁布|生效|起草|废止|第[0-9]+(?:届|次))`)

// dayOfMonth leaves 2024年13月 and version numbers alone.
func dayOfMonth(s string) bool {
	part := strings.FieldsFunc(s, func(r rune) bool { return !isFigure(r) })
	if len(part) != 3 {
		return false
	}
	a, b := number(part[1]), number(part[2])
	if len(part[2]) == 4 { // 6/12/2026
		b = number(part[0])
	}
	in := func(month, day int) bool { return month >= 1 && month <= 12 && day >= 1 && day <= 31 }
	return in(a, b) || len(part[2]) == 4 && in(b, a)
}
