package ledgerread

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"casebook/internal/lazyregexp"
)

// Why a row is none of the table's.
const (
	whyBefore  = "表头以前的标题或说明"
	whyHead    = "表头"
	whyAgain   = "重复的表头"
	whyNumbers = "栏次（列的编号）"
	whyTotal   = "小计或合计"
	whyPart    = "小计或合计里的一部分（其中）"
	whyNote    = "说明或签字"
	whySection = "分组的标题"
	whySeq     = "只有序号，没有内容"
	whyExample = "填写示例"
	whyNoTable = "没有找到表头：前 40 行里没有一行写明两个以上认识的列名"
	whyHidden  = "工作表是隐藏的"
	whyOurs    = "本系统导出的明细或说明，记录以“案件台账”为准"
	whyNobody  = "没有一列写明当事人、养殖场、案件名称或文号，不像台账；若其实有，请在“列的对应”里指定"
	whyCovered = "只有合并单元格带下来的内容"
)

var (
	totalWord   = lazyregexp.New(`^(本页|本表|本月|本年|全市|全年|各县|分局|以上|年度|月份|季度|小组|\d{0,4}[年月\p{Han}]{1,6})?((小计|合计|总计|共计|累计|总和)(\d+[家户宗件起个场]*)?|共\d+[家户宗件起个场]+)([（(：:。].*)?$`)
	noteWord    = lazyregexp.New(`^(注|说明|备注|分管|科室|局领导|科长|股长|局长|附注|填表|填报|制表|制单|审核|复核|审批|报送|报表|统计人|负责人|联系人|联系电话|单位负责人|经办|打印|导出|数据来源|来源|以下空白|此行以下|本页以下|备)[\p{Han}]{0,6}[：:\d、.]|^(注|以下空白|此行以下空白|以下无正文)`)
	sectionWord = lazyregexp.New(`^([（(]?[一二三四五六七八九十]+[）)]?[、.．]|第[一二三四五六七八九十]+[部分类季]|\d{4}年|[一二三四五六七八九十0-9]{1,2}月(份)?$)|[（(]\d+[件家宗起][）)]$`)
	partWord    = lazyregexp.New(`^其中([：:，,]|\p{Han}{0,8}$)`)
	countWord   = lazyregexp.New(`^(共|合计)?\d+[家户宗件起个场头只羽]$`)
	signWord    = lazyregexp.New(`^\p{Han}{2,8}[：:]`)
	exampleWord = lazyregexp.New(`^(填写)?(示?例|样例|举例|范例)[：:]?$`)
)

// kind tells why a row is ignored; empty: it is a row of the table. n is how many cells of it have something.
func (t *tableRead) kind(row Row) (why string) {
	first, second, n := -1, -1, 0
	for i, c := range row.Cells {
		if c.Text == "" {
			continue
		}
		if n++; first < 0 {
			first = i
		} else if second < 0 {
			second = i
		}
	}
	if n == 0 {
		return whyCovered
	}
	head := row.Cells[first]
	text := strings.Join(strings.Fields(head.Text), "")
	switch {
	case t.head.again(row.Cells):
		return whyAgain
	case n >= 3 && columnNumbers(row.Cells):
		return whyNumbers
	case head.Kind == Text && totalWord.MatchString(text) && utf8.RuneCountInString(text) < 24 && !t.identifies(row.Cells, first):
		return whyTotal
	case second >= 0 && t.at(first) == "seq" && t.isTotal(row.Cells[second]) && !t.identifies(row.Cells, second):
		return whyTotal
	case head.Kind == Text && n <= 3 && partWord.MatchString(text):
		return whyPart
	case head.Kind == Text && exampleWord.MatchString(text):
		return whyExample
	case n <= 2 && head.Kind == Text && noteWord.MatchString(text), n <= 4 && toBeSigned(row.Cells):
		return whyNote
	case n > 1:
		return ""
	case t.at(first) == "seq" && isInteger(text):
		return whySeq
	case sectionWord.MatchString(text), t.r.places.of(text).Code != "" && utf8.RuneCountInString(text) <= 8:
		return whySection
	case t.identity(first):
		return ""
	case utf8.RuneCountInString(text) > 20 && !t.wide[[2]int{row.N, first + 1}]:
		return whyNote
	}
	return whySection
}

// toBeSigned tells a row of 制表人： 审核人： signed or not.
func toBeSigned(cells []Cell) bool {
	return !slices.ContainsFunc(cells, func(c Cell) bool {
		return c.Text != "" && !signWord.MatchString(strings.Join(strings.Fields(c.Text), ""))
	})
}

func (t *tableRead) isTotal(c Cell) bool {
	return c.Kind == Text && totalWord.MatchString(strings.Join(strings.Fields(c.Text), ""))
}

// at is the field of a column, from 0.
func (t *tableRead) at(col int) string {
	if c := t.columns[col+1]; c != nil {
		return c.Field
	}
	return ""
}

// identity tells that a column, from 0, says which case or farm a row is about.
func (t *tableRead) identity(col int) bool {
	return slices.Contains(identities, t.at(col))
}

// identities are the fields that say which case or farm a row is about.
var identities = []string{"party", "farm", "decision_number", "credit_code", "title", "number", "filed_number"}

// identifies tells that a row says so, in another column than that.
func (t *tableRead) identifies(cells []Cell, but int) bool {
	for i, c := range cells {
		if i != but && c.Text != "" && c.Kind == Text && t.identity(i) && !countWord.MatchString(c.Text) {
			return true
		}
	}
	return false
}

// columnNumbers tells a row of 1 2 3 … or 甲 乙 1 2 … under the header.
func columnNumbers(cells []Cell) bool {
	next := 1
	for _, c := range cells {
		switch n, err := strconv.Atoi(strings.Trim(c.Text, "()（）栏")); {
		case c.Text == "", next == 1 && (c.Text == "甲" || c.Text == "乙" || c.Text == "丙"):
		case err != nil || n != next:
			return false
		default:
			next++
		}
	}
	return next > 3
}

func isInteger(s string) bool {
	_, err := strconv.Atoi(strings.Trim(s, "."))
	return err == nil
}
