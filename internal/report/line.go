package report

import (
	"cmp"
	"strings"

	"casebook/internal/registry"
)

// lineSteps and lineMoney are the words of lines that have no name of their own.
var (
	lineSteps = map[string]string{"filed": "已立案", "decided": "作出处罚", "decisions": "有处罚决定书", "open": "未结案", "owing": "有未缴的", "demo": "示例（虚构）"}
	lineMoney = map[string]string{registry.LineFined: "有已知的罚款金额", registry.LineUnsaid: "有未知的罚款金额", "taken": "有没收金额", "due": "有应缴金额", "paid": "有已缴金额"}
	linePart  = map[string]string{registry.LineKept: "按期", registry.LineLate: "逾期", registry.LineUnsaid: "无法判断"}
)

// LineWords are the words of a line of statistics; empty where it is none. What in does not name is said by its number.
func (in *StatisticsInput) LineWords(l registry.CaseLine) string {
	table, line, ok := strings.Cut(string(l), "|")
	if !ok {
		return ""
	}
	named := func(of func(string) string) string {
		if of != nil {
			if name := of(line); name != "" {
				return name
			}
		}
		return "编号 " + line
	}
	switch table {
	case registry.TallyStep:
		return lineSteps[line]
	case registry.TallyMoney:
		return lineMoney[line]
	case registry.TallyType:
		if line == "" {
			return typeUnknown
		}
	case registry.TallyArticle:
		if strings.Count(line, "|") == 2 {
			return "违反 " + articleLabel(line)
		}
	case registry.TallySpecies:
		return "畜种：" + unknownWord(line)
	case registry.TallyScale:
		return "规模：" + unknownWord(line)
	case registry.TallyFive:
		return "五类案件：" + line
	case registry.TallyUnit:
		if line == "" {
			return "承办单位未填"
		}
		return "承办单位：" + named(in.Unit)
	case registry.TallyOfficer:
		return "执法人员：" + named(in.Officer)
	case registry.TallyClock:
		code, part, _ := strings.Cut(line, "|")
		if linePart[part] == "" {
			return ""
		}
		name := code
		if in.Deadline != nil {
			name = cmp.Or(in.Deadline(code), code)
		}
		return "期限：" + name + "（" + linePart[part] + "）"
	}
	return ""
}
