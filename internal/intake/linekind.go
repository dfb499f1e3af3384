package intake

import "strings"

// label is for 当事人：…, 地址：…: a line of its own whatever its end.
func label(r []rune) bool {
	for i, c := range r {
		if i > 14 {
			return false
		}
		if c == '：' {
			return i > 0 && labelWords.any(r[:i])
		}
		if strings.ContainsRune("，。；《", c) {
			return false
		}
	}
	return false
}

// labelWords stand in the label of a line or a cell.
var labelWords = words("labels")

// isHeadline is for short lines without an end mark.
func isHeadline(r []rune) bool {
	r = withoutBracket(r)
	if len(r) > 44 || strings.ContainsRune("。；，：、！？…）", r[len(r)-1]) && !strings.ContainsRune("！？）", r[len(r)-1]) {
		return false
	}
	if containsAny(r, "》第", "依据《", "根据《", "违反了", "执法人员对") || strings.ContainsRune("的和及与对在将于被第", r[len(r)-1]) || hasAt(r, 0, "该") ||
		hasAt(r, 0, "上述") {
		return false // a fragment of a column
	}
	if containsAny(r, "，") {
		// 偷排粪水，罚 is a headline; 3月14日，东源县环境执法人员对 is not.
		if _, end := readDate(r, 0, 2000, 1); end > 0 || len(r) > 26 || containsAny(r, "执法人员", "检查", "位于", "发现，", "该") || bylineWords.any(r) {
			return false
		}
	}
	return !containsAny(r, "。", "；") && !openBracket(r)
}

// withoutBracket is a headline without the bracket at its end: 工作日志（10月14日—18日，2024年）.
func withoutBracket(r []rune) []rune {
	if n := len(r) - 1; r[n] == '）' && n < 44 {
		for i := n; i > 4 && r[i] != '。' && r[i] != '；'; i-- {
			if r[i] == '（' {
				return r[:i]
			}
		}
	}
	return r
}

// bylineWords stand in the line that opens a news article.
var bylineWords = words("byline")

// captions begin the caption of a picture.
var captions = words("captions")

// isCaption is for a picture's caption, in the middle of what it interrupts.
func isCaption(r []rune) bool {
	if captions.has(r, 0) {
		return len(r) < 80
	}
	if len(r) < 60 && len(r) > 2 {
		tail := r[max(0, len(r)-4):]
		if endsInAny(tail, "摄", "摄）", "供图", "供图）") {
			return true
		}
		// 现场检查照片
		return len(r) <= 16 && endsInAny(r, "照片", "示意图", "现场图", "资料图")
	}
	return len(r) <= 2 && (isDigit(r[0]) || isLetter(r[0])) // a page number
}

// turnsPage is for 下转 A03 版, in the middle of what it interrupts.
func turnsPage(r []rune) bool {
	return len(r) <= 12 && hasAnyAt(r, skipDecoration(r, 0), "下转", "紧接", "上接", "转第", "接第") && containsAny(r, "版")
}

// furniture is what stands around articles on a page or site.
var furniture = words("furniture")

func isFurniture(r []rune) bool {
	if len(r) > 70 || openBracket(r) || hasAnyAt(r, 0, "案件来源", "线索来源") {
		return false
	}
	if n := len(r) - 1; r[0] == '（' && r[n] == '）' && containsAny(r, "供稿", "记者", "通讯员", "作者") && !containsAny(r, "。") {
		return true
	}
	if containsAny(r, "，") && !containsAny(r, "编辑：", "责编", "版权", "声明") {
		return false // 本报讯（通讯员 某某）近日，…
	}
	bars := 0
	for i := 0; i < len(r) && i < 24; i++ {
		if r[i] == '|' || r[i] == '>' && i > 0 {
			if bars++; bars > 1 || len(r) < 30 && !containsAny(r, "案") {
				return !containsAny(r, "。")
			}
		}
		if _, n := furniture.at(r, i); n > 0 {
			// A sentence may mention a correspondent.
			return !containsAny(r, "。") || len(r) < 40 && r[len(r)-1] != '。'
		}
	}
	return false
}

// decisionTitles are the titles of decisions and notices.
var decisionTitles = wordList("decision_titles")

// isDecisionTitle is for the title line of a decision or notice, perhaps with its organ or number.
func isDecisionTitle(r []rune) bool {
	if len(r) > 60 || containsAny(r, "，", "。", "；", "《", "依据", "文号：", "汇总", "摘要", "清单", "目录", "一览", "送达", "我局", "复印件", "份", "下达", "于", "收到") {
		return false
	}
	return containsAny(r, decisionTitles...)
}
