package registry

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"casebook/internal/lazyregexp"
)

// leakPattern finds what looks personal in a text folded with its blanks (FoldWords) and read by guardKey.
type leakPattern struct {
	kind  string
	asked bool     // could be harmless
	own   bool     // of days: none but those of the cases, since what it finds is mostly something else
	form  textForm // what it reads
	zone  zone     // where it reads: in zones of figures, around words; everywhere where neither is told
	near  []string
	find  func(folded string) []byteSpan

	before, behind int // how far it reads around its words; as far as any where both are 0

	unless *lazyregexp.Regexp // what stands behind a find that is none
}

// textForm is a form of the text that patterns read.
type textForm int

const (
	byWords textForm = iota // with the blanks between words
	byLines                 // and between lines and columns, where there are several
	closed                  // without any, all figures in Arabic
)

// reach is how many characters before and behind one of its words a pattern reads: what stands with it must be there whole.
func (p *leakPattern) reach() (before, behind int) {
	if p.before == 0 && p.behind == 0 {
		return reachBefore, reachBehind
	}
	return p.before, p.behind
}

// in finds in a text, as the pattern with a number.
func (p *leakPattern) in(t *patternText, k int) (list []byteSpan) {
	switch {
	case p.zone != 0:
		list = within(t.s, t.zones[p.zone], p.find)
	case p.near != nil:
		list = within(t.s, t.near[k], p.find)
	default:
		list = p.find(t.s)
	}
	if p.unless != nil {
		list = slices.DeleteFunc(list, func(at byteSpan) bool { return p.unless.MatchString(t.s[at.to:]) })
	}
	return list
}

// leakPatterns are those of every city, and those made of what this one is called.
func (b *Bureau) leakPatterns() *patternSet {
	key := fmt.Sprint(b.Area, b.Basin, b.City, b.Districts)
	if made := cityPatterns.Load(); made != nil && made.key == key {
		return made.set
	}
	set := newPatternSet(slices.Concat([]leakPattern{
		{kind: "经纬度", zone: numbers, find: b.Area.coordinates(), unless: amountBehind},
		{kind: "经纬度", form: closed, zone: numbers, find: b.Area.coordinates(), unless: amountBehind},
	}, saidDegrees, personalPatterns, datePatterns, askedPatterns, hintPatterns, b.ownPatterns()))
	cityPatterns.Store(&cityPattern{key, set})
	return set
}

// cityPatterns are the patterns of the last city that was asked for: a register has one, and its expressions are dear to make.
var cityPatterns atomic.Pointer[cityPattern]

type cityPattern struct {
	key string
	set *patternSet
}

// LeakKinds are what is looked for by pattern, whoever it belongs to: refused, and asked about. Of a kind that is refused some spellings are asked about.
func (b *Bureau) LeakKinds() (refused, asked []string) {
	for _, p := range b.leakPatterns().list {
		list := &refused
		if p.asked {
			list = &asked
		}
		if !slices.Contains(*list, p.kind) {
			*list = append(*list, p.kind)
		}
	}
	return refused, slices.DeleteFunc(asked, func(kind string) bool { return slices.Contains(refused, kind) })
}

var personalPatterns = []leakPattern{
	{kind: "身份证号", zone: numbers, find: inFigures(digits, isPersonID)},
	{kind: "身份证号", zone: numbers, find: inRuns(writtenID, 18, 15)},
	{kind: "身份证号", zone: numbers, find: maskedNumbers(nil, maskedIDs...)},
	{kind: "身份证号", zone: numbers, find: maskedNumbers(longAsID, maskedWhole)},
	{kind: "统一社会信用代码", zone: numbers, find: maskedNumbers(nil, maskedCode)},
	{kind: "统一社会信用代码", zone: numbers, find: inFigures(digitsAndLetters, isCreditCode)},
	{kind: "手机号码", zone: numbers, find: inFigures(digits, isMobile)},
	{kind: "手机号码", zone: numbers, find: inRuns(writtenMobile, 11)},
	{kind: "身份证号", zone: numbers, find: expression(lazyregexp.New(`(?:^|[^0-9])([1-9][0-9]{5}` + between18 + `(?:19|20)[0-9]{2}` + between18 + `?(?:0[1-9]|1[0-2])` + between18 + `?(?:0[1-9]|[12][0-9]|3[01])` + between18 + `[0-9]{3}[0-9x])(?:[^0-9]|$)`))},
	{kind: "身份证号", form: closed, zone: numbers, find: expression(lazyregexp.New(`(?:^|[^0-9])([1-9][0-9]{5}(?:19|20)[0-9]{2}年(?:1[0-2]|0?[1-9])月(?:3[01]|[12][0-9]|0?[1-9])日?[0-9]{3}[0-9x])`))},
	{kind: "证件号码", near: []string{"护照", "通行证", "回乡证", "台胞证", "军官证", "驾驶证", "执法证"}, find: expression(lazyregexp.New(`(?:护照|通行证|回乡证|台胞证|军官证|驾驶证|执法证)(?:号码?)?(?:为|是)?[: ]*([粤京沪国]?[a-z]{0,2}[0-9]{6,12})`))},
	{kind: "手机号码", zone: numbers, find: expression(lazyregexp.New(`(?:^\.?|[^0-9.]|[^0-9]\.|(?:^|[^0-9.])[0-9]{1,2}\.)(1[3-9][0-9]\)? ?[-./_,:x*] ?[0-9]{4} ?[-./_,:x*] ?[0-9]{4}|\(1[3-9][0-9]\)[ -]?[0-9]{4}[ -]?[0-9]{4})(?:[^0-9.]|\.(?:[^0-9]|$)|$)`))}, // two signs: no decimal
	{kind: "电话号码", zone: numbers, find: inFigures(digits, isLandline)},
	{kind: "电话号码", zone: numbers, find: inRuns(writtenLandline, 12, 11, 10)},
	{kind: "电话号码", zone: numbers, find: expression(lazyregexp.New(`(?:^|[^0-9 ]|[^0-9] )(\(?0[0-9]{2,3}\)?[ /-]{0,2}[0-9]{7,8}|\(0[0-9]{2,3}\)[ -]{0,2}[0-9](?: ?[0-9]){6,7}|\(?0[0-9]{2,3}\)?[ -]{0,2}[0-9]{3,4}[ -][0-9]{4}|[48]00[ -]?[0-9]{3}[ -]?[0-9]{4}|[48]00-[0-9]{4}-[0-9]{3})(?:[^0-9]|$)`))},
	{kind: "电话号码", near: []string{"电话", "座机", "热线", "致电", "拨打", "联系方式", "传真", "固话", "tel"}, find: expression(lazyregexp.New(`(?:电话|座机|热线|致电|拨打|联系方式|传真|固话|tel)(?:号码?)?(?:为|是)?[: ]*((?:\+?86)?[ -]?[2-9](?:[ -]?[0-9]){6,7})(?:[^0-9]|$)`))},
	{kind: "电子邮箱", near: []string{"@", "(at)", ".com", ".cn", ".net", "。com", "。cn"}, find: expression(lazyregexp.New(`[\w.+-]+ ?@ ?[\w-]+ ?[.。] ?[a-z][\w.-]*|[\w.+-]+ ?@ ?[\w-]+ [\w-]+[.。](?:com|cn|net)|[\w.+-]+ ?(?:\(at\)|#|\(@\)) ?[\w-]+ ?[.。] ?(?:com|cn|net)`))},
	{kind: "网络账号", near: accountWords, find: expression(networkAccount)},
	{kind: "网络账号", form: closed, near: accountWords, find: expression(networkAccount)},
	{kind: "车牌号", zone: codes, find: expression(lazyregexp.New(`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ .-]{0,2}[a-z][ .-]{0,3}[a-z0-9](?: ?[a-z0-9]){3,4}(?: ?[a-z0-9]| ?[挂学警港澳])|wj ?[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]?[. -]?[0-9]{4,5}[a-z]?|` +
		`(?:广东|广西|湖南|江西|福建|海南)[0-9]{2}[. -][0-9]{5}`))},
	{kind: "涉密标志", near: []string{"密", "★", "☆", "内部", "不得", "请勿", "严禁", "不宜", "注意"}, find: expression(lazyregexp.New(`绝密|(?:^|[^业])机密|秘密(?:级|[★☆*])|[★☆](?:[0-9]+|[一二三四五六七八九十]+|长期)(?:年|$)?|内部(?:资料|文件|材料|情况|使用|掌握|传阅)|(?:不得|请勿|严禁|不宜)(?:外传|外泄)|涉密|工作秘密|注意保存(?:$|[^\p{Han}])`))},
	{kind: "银行账号", zone: numbers, find: inFigures(digits, isAccount)},
	{kind: "银行账号", zone: numbers, find: inRuns(writtenAccount, 19, 18, 17, 16)},
	{kind: "银行账号", near: []string{"账号", "帐号", "账户", "帐户", "卡号"}, find: expression(lazyregexp.New(`(?:账号|帐号|账户|帐户|卡号)(?:为|是)?[: ]*([0-9][0-9 -]{8,25}[0-9])`))},
}

var (
	accountWords   = []string{"qq", "q q", "微信", "v信", "加v", "加微", "wechat", "weixin", "vx", "抖音", "快手", "微博", "钉钉", "支付宝", "企鹅", "扣扣", "薇信", "威信", "微x", "小红书"}
	networkAccount = lazyregexp.New(`(?:q ?q|微信|v信|加v|加微|wechat|weixin|vx|抖音|快手|微博|钉钉|支付宝|企鹅|扣扣|薇信|威信|微x|小红书)(?:账|帐|同)?(?:号|id)?(?:码|群)?(?:为|是)?[: ]*([a-z0-9_-](?: ?[a-z0-9_-]){4,19})`)
)

// between18 are the signs that people put between the parts of an ID number.
const between18 = `(?: ?[-./_,()] ?| )`

// expression makes a pattern of a regular expression: its first group where it has one. keep tells what is no leak after all.
func expression(re *lazyregexp.Regexp, keep ...func(string) bool) func(string) []byteSpan {
	return func(s string) []byteSpan {
		var list []byteSpan
		for _, m := range re.FindAllStringSubmatchIndex(s, -1) {
			at := byteSpan{m[0], m[1]}
			if len(m) > 2 && m[2] >= 0 {
				at = byteSpan{m[2], m[3]}
			}
			if len(keep) == 0 || keep[0](s[at.from:at.to]) {
				list = append(list, at)
			}
		}
		return list
	}
}

// A number written in groups, with single blanks or hyphens between them.
var (
	digits           = lazyregexp.New(`[0-9]+(?:[ -][0-9]+)*(?:[ -]?x)?`)
	digitsAndLetters = lazyregexp.New(`[0-9a-z]+(?:[ -][0-9a-z]+)*`)
)

var groupBreak = lazyregexp.New(`[ -]`)

// inFigures makes a pattern of a test on what a number is without its breaks. Every stretch of neighbouring groups is tried, the longest first,
// so that a number is found behind another one; groups tells how it was written, for numbers that look like ranges or amounts.
func inFigures(grouped *lazyregexp.Regexp, is func(number string, groups []string) bool) func(string) []byteSpan {
	return func(s string) []byteSpan {
		var list []byteSpan
		for _, m := range grouped.FindAllStringIndex(s, -1) {
			if m[1] < len(s) && s[m[1]] >= 'a' && s[m[1]] <= 'z' {
				continue // the figures of a code
			}
			list = append(list, inGroups(s[m[0]:m[1]], m[0], is)...)
		}
		return list
	}
}

// mostGroups: a telephone number told figure by figure has eleven, an ID number read so is rare.
const mostGroups = 11

func inGroups(s string, offset int, is func(string, []string) bool) []byteSpan {
	groups := groupBreak.Split(s, -1)
	starts, at := make([]int, len(groups)), 0
	for i, g := range groups {
		starts[i] = at
		at += len(g) + 1
	}
	var list []byteSpan
	for i := 0; i < len(groups); {
		next := i + 1
		for j := min(len(groups), i+mostGroups); j > i; j-- {
			if is(strings.Join(groups[i:j], ""), groups[i:j]) {
				list = append(list, byteSpan{offset + starts[i], offset + starts[j-1] + len(groups[j-1])})
				next = j
				break
			}
		}
		i = next
	}
	return list
}

var (
	personID18 = lazyregexp.New(`^[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9x]$`)
	personID15 = lazyregexp.New(`^[1-8][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}$`)
	creditCode = lazyregexp.New(`^[0-9a-hj-npqrtuwxy]{2}[0-9]{6}[0-9a-hj-npqrtuwxy]{10}$`)
	mobile     = lazyregexp.New(`^(?:0?0?86)?1[3-9][0-9]{9}$`)
	landline   = lazyregexp.New(`^0(?:10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}$`)
	account    = lazyregexp.New(`^[0-9]{16,19}$`)
	letters    = lazyregexp.New(`[a-z]`)
)

// isPersonID: the shape of GB 11643 or of the old card, with a day of birth. The check digit is not asked: a mistyped number still tells.
func isPersonID(n string, _ []string) bool {
	return personID18.MatchString(n) || personID15.MatchString(n)
}

// isCreditCode: the shape of GB 32100, right or wrong; of figures alone only where it checks, since it could be anything.
func isCreditCode(n string, _ []string) bool {
	if len(n) == 22 { // of a permit: the code, a number and a letter
		n = n[:18]
	}
	return creditCode.MatchString(n) && !personID18.MatchString(n) && (letters.MatchString(n) || CheckCreditCode(strings.ToUpper(n)) == nil)
}

// mobileGroups are the ways to write eleven figures, by the lengths of the groups. Two amounts with a hyphen between them (13000-140000)
// are not among them.
var mobileGroups = map[string]bool{"11": true, "3 8": true, "7 4": true, "3 4 4": true, "3 3 5": true, "4 3 4": true, "4 4 3": true, "5 6": true, "5 3 3": true}

func isMobile(n string, groups []string) bool {
	if !mobile.MatchString(n) {
		return false
	}
	groups = slices.Clone(groups)
	if country := n[:len(n)-11]; country == groups[0] && country != "" {
		groups = groups[1:]
	} else {
		groups[0] = strings.TrimPrefix(groups[0], country)
	}
	lengths := make([]string, len(groups))
	for i, g := range groups {
		lengths[i] = strconv.Itoa(len(g))
	}
	if len(groups) == 2 && len(groups[0]) == 5 && strings.HasSuffix(groups[0], "0") && strings.HasSuffix(groups[1], "0") {
		return false // 13000-140000
	}
	if len(groups) == 2 && !strings.HasSuffix(groups[0], "0") && !strings.HasSuffix(groups[1], "0") {
		return true // broken by the end of a line, perhaps
	}
	return len(groups) > 3 || mobileGroups[strings.Join(lengths, " ")]
}

// isLandline: an area code and a number of seven or eight figures.
func isLandline(n string, groups []string) bool {
	return landline.MatchString(n) && len(groups) <= 5 && len(groups[len(groups)-1]) > 0
}

// isAccount: 16 to 19 figures are no amount, and no number of the register's own.
func isAccount(n string, groups []string) bool {
	if !account.MatchString(n) || personID18.MatchString(n) {
		return false
	}
	short := 0 // groups that somebody's hand broke up
	for _, g := range groups {
		if len(groups) > 1 && len(g) < 3 {
			short++
		}
	}
	return short < 3
}
