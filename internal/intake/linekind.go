package intake

import (
	"slices"
	"strings"

	"casebook/internal/lazyregexp"
)

// What lines look like that are no text of a case.
var (
	// What stands in the middle of what a page interrupts: 现场照片, 下转 A03 版, a page number.
	interruption = lazyregexp.New(`^.{1,14}(?:照片|示意图|现场图|资料图)$|^.?(?:下转|紧接|上接|转第|接第).*版.{0,2}$|^[\dA-Za-z].?$`)
	// A path of navigation, who wrote it.
	siteLine = lazyregexp.New(`^[^。|>]{1,23}[|>][^。|>]{0,22}[|>][^。]*$|^[^。案|>]{0,23}[|>][^。案]{0,22}$|^（[^。]*(?:供稿|记者|通讯员|作者)[^。]*）$`)
	// What is no headline: it stops or begins in the middle of a sentence, it cites or tells.
	fragment = lazyregexp.New(`^该|^上述|[。；]|》第|[依根]据《|违反了|执法人员对`)
	// What a headline with a comma in it does not say; what opens a news article.
	told = lazyregexp.New(`执法人员|检查|位于|发现，|该|` + oneOf("byline"))
	// Words that a decision's title does not hold.
	notTitle = lazyregexp.New(`[，。；《份于]|依据|文号：|汇总|摘要|清单|目录|一览|送达|我局|复印件|下达|收到`)
)

var (
	labelWords     = words("labels")    // stand in the label of a line or a cell
	captions       = words("captions")  // begin the caption of a picture
	furniture      = words("furniture") // what stands around articles on a page or site
	decisionTitles = words("decision_titles")
)

// label is for 当事人：…, 地址：…: a line of its own whatever its end.
func label(r []rune) bool {
	k := slices.IndexFunc(r[:min(len(r), 15)], func(c rune) bool { return strings.ContainsRune("：，。；《", c) })
	return k > 0 && r[k] == '：' && labelWords.any(r[:k])
}

// interrupts is for captions, and for what else stands in the middle of what it interrupts.
func interrupts(r []rune) bool {
	return len(r) < 80 && captions.has(r, 0) || len(r) < 60 && endsInAny(r, "摄", "摄）", "供图", "供图）") || len(r) <= 16 && interruption.MatchString(string(r))
}

// isHeadline is for short lines without an end mark. 偷排粪水，罚 is one; 3月14日，东源县环境执法人员 is not.
func isHeadline(r []rune) bool {
	r = withoutBracket(r)
	if len(r) > 44 || strings.ContainsRune("。；，：、…的和及与对在将于被第", r[len(r)-1]) || fragment.MatchString(string(r)) || openBracket(r) {
		return false
	}
	_, dated := readDate(r, 0, 2000, 1)
	return !slices.Contains(r, '，') || dated == 0 && len(r) <= 26 && !told.MatchString(string(r))
}

// withoutBracket is a headline without the bracket at its end: 工作日志（10月14日—18日，2024年）.
func withoutBracket(r []rune) []rune {
	if n := len(r) - 1; r[n] == '）' && n < 44 {
		if k := slices.Index(r, '（'); k > 4 {
			return r[:k]
		}
	}
	return r
}

// isFurniture is for what stands around articles.
func isFurniture(r []rune) bool {
	if len(r) > 70 || openBracket(r) || hasAnyAt(r, 0, "案件来源", "线索来源") || slices.Contains(r, '，') && !containsAny(r, "编辑：", "责编", "版权", "声明") && r[0] != '（' {
		return false
	}
	return !slices.Contains(r, '。') && furniture.any(r[:min(len(r), 30)]) || siteLine.MatchString(string(r))
}

// isDecisionTitle is for the title line of a decision or notice, perhaps with its organ or number.
func isDecisionTitle(r []rune) bool {
	return len(r) <= 60 && decisionTitles.any(r) && !notTitle.MatchString(string(r))
}

// openBracket reports whether a bracket of r is still open at its end.
func openBracket(r []rune) bool {
	tail := string(r[max(0, len(r)-60):])
	return strings.LastIndex(tail, "《") > strings.LastIndex(tail, "》") || strings.LastIndex(tail, "（") > strings.LastIndex(tail, "）")
}
