package registry

import (
	"regexp"
	"strconv"
)

// leakDay is the kind of an exact day. One of a case is refused; any other is asked about: bulletins tell months.
const leakDay = "具体日期"

const (
	dayMonth = `(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九正元]|冬|腊)`
	dayDay   = `(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|初?[一二三四五六七八九十])`
)

var datePatterns = []leakPattern{
	{kind: leakDay, zone: numbers, find: notOfLaw(expression(regexp.MustCompile(`(?:^|[^0-9])([12][0-9]{3} ?[-./] ?[01]?[0-9] ?[-./] ?[0-3]?[0-9])(?:[^0-9]|$)`), dayOfMonth))},
	{kind: leakDay, near: []string{"月"}, find: notOfLaw(expression(regexp.MustCompile(`(?:^|[^0-9` + hanDigits + `])((?:[12][0-9]{3}|[0-9]{2}|[一二贰][` + hanDigits + `]{3}|[` + hanDigits + `]{2})年` + dayMonth + `月` + dayDay + `[日号]?)(?:[^0-9十日号头只羽]|$)`)))},
	{kind: leakDay, near: []string{"月"}, find: notOfLaw(expression(regexp.MustCompile(`(?:^|[^0-9年一二三四五六七八九十每]|[同当次前去今上该本]年)(` + dayMonth + `月` + dayDay + `[日号])`)))},
	{kind: leakDay, zone: numbers, find: notOfLaw(expression(regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?:[^0-9.]|\.(?:[^0-9]|$)|$)`)))},
	{kind: leakDay, near: []string{"月"}, find: expression(regexp.MustCompile(`((?:本|当|该|同|上|下|次)个?月` + dayDay + `[日号])`))},
	{kind: leakDay, zone: numbers, find: expression(regexp.MustCompile(`((?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.? ?[0-3]?[0-9](?:st|nd|rd|th)?[, ] ?(?:19|20)[0-9]{2})`))},
	{kind: leakDay, near: []string{"农历", "元旦", "春节", "清明", "端午", "中秋", "国庆", "五一", "劳动节"}, find: expression(regexp.MustCompile(`农历[` + hanDigits + `十年]{0,6}[正一二三四五六七八九十冬腊]+月[初十廿一二三四五六七八九]+|(?:元旦|春节|清明节?|端午节?|中秋节?|国庆节?|五一|劳动节)(?:当天|当日|前夕|前一天|次日)`))},
}

var dayNumbers = regexp.MustCompile(`[0-9]+|[` + hanDigits + `十廿正元]+`)

// ofCase tells whether a day as it was written is one of the cases: the year may be left away.
func (g *Guard) ofCase(written string) bool {
	if len(g.days) == 0 {
		return false
	}
	var n []int
	for _, s := range dayNumbers.FindAllString(written, -1) {
		if len(s) == 8 && isFigure(rune(s[0])) {
			n = append(n, number(s[:4]), number(s[4:6]), number(s[6:]))
			break
		}
		n = append(n, number(s))
	}
	switch {
	case len(n) >= 3:
		if n[0] < 100 {
			n[0] += 2000
		}
		return g.days[dayKey(n[0], n[1], n[2])]
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

// number reads a small number in figures or in Chinese: 2024, 二○二四, 十二, 二十三, 廿三.
func number(s string) int {
	n, ten := 0, 0
	for _, r := range s {
		switch f := figureOf(r); {
		case r == '正' || r == '元':
			n = 1
		case r == '廿':
			ten = 20
		case r == '十':
			ten, n = max(n, 1)*10, 0
		case isFigure(f):
			n = n*10 + int(f-'0')
		}
	}
	return ten + n
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
			c.secrets = append(c.secrets, Secret{leakDay, key})
		}
	}
}
