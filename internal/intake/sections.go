package intake

import "strings"

// section is what a part of a case tells.
type section int

const (
	secNone    section = iota // no marker: told apart by what the sentences say
	secFacts                  // 案情简介, 违法事实
	secRule                   // 法律适用, 违法条款, 处罚依据: citations that are this case's
	secHandled                // 查处情况, 处理结果
	secLaw                    // 以案说法, 法条链接: quoted law
	secComment                // 典型意义, 案件启示: what the editors add
	secHead                   // a decision's title, number, party and address lines, its signature
	secRights                 // 复议与诉讼: what the decision tells of rights
)

// markerWords say what a marker introduces; the longest at the earliest place counts.
var markerWords = func() *lexicon[section] {
	l := &lexicon[section]{}
	l.add(secFacts, "案情", "基本情况", "违法事实", "调查情况", "调查经过", "案件事实", "存在问题", "违法行为", "检查情况", "案件详情", "案例简介", "案例介绍", "案件情况", "案件简介", "案件概况", "案例概况", "案件介绍", "案例回放", "案件回放", "案例回顾", "案件回顾", "案情回顾", "基本事实", "发现问题", "执法情况", "案件背景", "案例概述", "案件概述", "事件经过", "案发经过", "主要事实", "违法情况", "案例详情", "案例内容", "事实和证据", "案件经过", "简要经过", "现场情况", "查实情况", "违法情形")
	l.add(secHandled, "查处", "处理结果", "处罚结果", "处理情况", "处罚情况", "处罚决定", "行政处罚", "处理措施", "案件处理", "处理处罚", "处罚内容", "处置情况", "处置结果", "处罚措施", "整改情况", "处理意见", "处罚、处理", "处理、处罚", "办理结果", "办理情况", "案件办理", "处罚执行", "执法结果", "处罚与执行", "处理决定", "处理过程", "处罚处理", "案件结果", "调查处理", "调处情况", "执行情况", "处罚金额", "处罚种类", "后续进展", "案件进展", "采取措施", "办案结果", "罚款金额", "移送情况", "处理及处罚")
	l.add(secRule, "法律适用", "违法条款", "违反条款", "处罚依据", "适用法律", "违法认定", "适用条款", "法律分析", "法理分析", "案件定性", "定性依据", "违反法律", "违法依据", "法律依据", "违法行为分析", "定性处罚依据", "违法行为及处罚依据", "处罚条款", "案件定性", "裁量")
	l.add(secLaw, "以案说法", "以案释法", "法条链接", "法律链接", "法规链接", "相关法条", "法律条文", "法律法规链接", "相关法律", "法律规定", "链接", "法律知识", "普法", "法条", "知识链接", "说法", "释法", "律条")
	l.add(secComment, "典型意义", "启示", "点评", "评析", "警示", "案例特点", "案件特点", "提示", "提醒", "社会意义", "案例意义", "案件意义", "典型经验", "指导意义", "经验做法", "案例亮点", "案件亮点", "案例分析", "案件分析", "案例解析", "案件解析", "评论", "意义", "说理", "解读", "小贴士", "寄语", "小结", "思考", "以案促改", "推荐理由", "入选理由", "专家", "办案心得", "办案体会", "执法者说", "防范", "污染类型", "环境科普", "案例评价", "编者按", "法官", "温馨")
	l.add(secRights, "行政复议", "行政诉讼", "复议", "救济", "权利义务", "陈述、申辩", "陈述申辩", "听证", "告知情况", "履行方式", "权利告知", "事先告知", "申诉")
	return l
}()

// bareMarkers are markers only as whole words: 案情：…, 二、处理.
var bareMarkers = map[string]section{"案情": secFacts, "事实": secFacts, "经过": secFacts, "简介": secFacts, "案例": secFacts, "情况": secFacts, "处罚": secHandled, "处理": secHandled, "查处": secHandled, "结果": secHandled,
	"执行": secHandled, "依据": secRule, "法条": secLaw, "点评": secComment, "启示": secComment, "提示": secComment, "评析": secComment, "分析": secComment}

// sectionOf tells what a marker's words introduce.
func sectionOf(r []rune) (section, bool) {
	if len(r) == 2 {
		if s, ok := bareMarkers[string(r)]; ok {
			return s, true
		}
	}
	best, bestLen := secNone, 0
	for _, h := range markerWords.all(r, 0, len(r)) {
		// The last word says what it is: 违法行为查处情况, 行政处罚的依据. 依据 and 处罚 beside each other are both told there.
		if h.value == secRights && bestLen > 0 && best != secRights {
			continue
		}
		best, bestLen = h.value, h.end-h.start
	}
	return best, bestLen > 0
}

const longestMarker = 22

// brackets that hold a marker.
var markerBrackets = map[rune]rune{'【': '】', '〖': '〗', '〔': '〕', '「': '」', '『': '』', '<': '>', '[': ']', '“': '”'}

// markerAt reads a section's marker at the start of a line: 【案情简介】…, 一、违法事实和证据, 查处情况：…, 处罚依据 《…》. rest is where its
// text begins.
func markerAt(f flow) (sec section, rest int, ok bool) {
	r := f.r
	i := skipDecoration(r, 0)
	if i >= len(r) {
		return secNone, 0, false
	}
	if closer := markerBrackets[r[i]]; closer != 0 {
		for j := i + 1; j < len(r) && j-i <= longestMarker; j++ {
			if r[j] == closer {
				if sec, ok = sectionOf(r[i+1 : j]); ok && (closer == '】' || closer == '〗' || j-i <= 10) {
					return sec, skipMarks(r, j+1), true
				}
				break
			}
		}
		return secNone, 0, false
	}
	numbered := false
	if n, after := enumerator(f, i); n > 0 {
		i, numbered = after, true
	}
	// A line of its own, or words before a colon.
	end, colon := len(r), false
	for j := i; j < len(r) && j-i <= longestMarker; j++ {
		if r[j] == '：' {
			end, colon = j, true
			break
		}
		if strings.ContainsRune("。，；！？《“", r[j]) {
			end = -1
			break
		}
		if f.at[j]-f.at[max(j-1, 0)] > 1 && j > i+2 { // 查处情况 上述三家…
			if s, known := sectionOf(r[i:j]); known && j-i <= 8 && markerShaped(r[i:j]) {
				return s, j, true
			}
		}
	}
	if end < 0 || end-i < 2 || end-i > longestMarker || end-i > 12 && !numbered && !colon {
		return secNone, 0, false
	}
	sec, ok = sectionOf(r[i:end])
	if !ok || !markerShaped(r[i:end]) && !(numbered && !colon) {
		return secNone, 0, false
	}
	if numbered && !colon && sec == secFacts && specificIn(f.slice(i, end)) {
		return secNone, 0, false // 一、某公司违法行为…
	}
	return sec, skipMarks(r, end), true
}

// markerShaped refuses sentences and titles that merely hold a marker's word: 市局查处5起案件, 某公司违法行为案.
func markerShaped(r []rune) bool {
	if len(r) > 14 || r[len(r)-1] == '案' || r[len(r)-1] == '书' || containsAny(r, "某", "局", "公司", "起", "我市", "我县", "公布", "通报", "曝光", "发布", "典型案例", "号", "告知书", "决定书", "专栏", "首页", "今年", "拒不") {
		return false
	}
	return true
}

func specificIn(f flow) bool { return len(names(f)) > 0 }

func skipDecoration(r []rune, i int) int {
	for i < len(r) && (strings.ContainsRune("■●◆★▲►▶→*#>·•—-※◎○□▼△☆◇▎▍❖_|", r[i]) || r[i] >= 0x1F300) {
		i++
	}
	return i
}

func skipMarks(r []rune, i int) int {
	for i < len(r) && strings.ContainsRune("：】〗、.-—，", r[i]) {
		i++
	}
	return i
}

// enumerator reads 一、 （一） 1. 1、 ① 第一、 at i: its number, and what follows.
func enumerator(f flow, i int) (n, after int) {
	r := f.r
	if i >= len(r) {
		return 0, 0
	}
	if r[i] >= '①' && r[i] <= '⑳' {
		return int(r[i]-'①') + 1, skipMarks(r, i+1)
	}
	j := i
	if r[j] == '第' {
		j++
	}
	if j < len(r) && r[j] == '（' {
		n, k := ordinal(r, j+1)
		if n > 0 && k < len(r) && r[k] == '）' {
			return n, skipMarks(r, k+1)
		}
		return 0, 0
	}
	n, k := ordinal(r, j)
	if n == 0 || k >= len(r) {
		return 0, 0
	}
	switch {
	case r[k] == '、', r[k] == '）', r[k] == '.' && (k+1 >= len(r) || !isDigit(r[k+1])), r[k] == '，' && r[j] != r[i]:
		return n, skipMarks(r, k+1)
	case isDigit(r[i]) && f.at[k]-f.at[k-1] > 1 && isHan(r[k]): // 1 某公司…案
		return n, k
	}
	return 0, 0
}

// ordinal reads 一 … 九十九 or 1 … 999 at i.
func ordinal(r []rune, i int) (n, end int) {
	j := i
	for j < len(r) && j-i < 3 && isDigit(r[j]) {
		n = n*10 + int(r[j]-'0')
		j++
	}
	if j > i {
		if j < len(r) && isDigit(r[j]) {
			return 0, 0
		}
		return n, j
	}
	for j < len(r) && j-i < 3 && (numerals[r[j]] > 0 && strings.ContainsRune("一二三四五六七八九", r[j]) || r[j] == '十') {
		j++
	}
	if j == i {
		return 0, 0
	}
	v, k := readNumber(r[:j], i)
	if k != j {
		return 0, 0
	}
	return int(v / unit), j
}
