package statute

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// goldenDays are the days from which every rule is counted, with what each tries.
var goldenDays = []struct{ on, why string }{
	{"2024-01-31", "月末，次月较短"},
	{"2024-02-28", "闰年二月末的前一日"},
	{"2024-02-29", "闰日"},
	{"2024-08-31", "月末，其后为中秋、国庆及调休"},
	{"2024-09-14", "星期六，调休上班"},
	{"2024-09-27", "国庆前，其后一日周日调休上班"},
	{"2024-11-30", "月末，三个月后是平年二月"},
	{"2025-01-10", "十五日至三十日后为春节"},
	{"2025-04-16", "十五日后为劳动节"},
	{"2025-12-31", "年末"},
	{"2026-09-03", "三十日后为国庆"},
	{"2026-12-14", "届满日跨入放假安排未录入的年份"},
	{"2024-09", "只知道到月"},
	{"", "不能起算"},
}

// The end of every rule as a lawyer reads it: from month ends, leap days, the eves of holidays and worked weekends, with what the rule itself says of a
// day of rest. A change of a rule or of the calendar shows here line by line: go test ./internal/statute -run DeadlineTable -update
func TestDeadlineTable(t *testing.T) {
	cal := Embedded().Calendar()
	var b strings.Builder
	for _, d := range Embedded().Deadlines() {
		fmt.Fprintf(&b, "# %s %s\n%s\n", d.Code, d.Name, howCounted(&d))
		for _, from := range goldenDays {
			if d.Length == nil {
				continue
			}
			start := date(t, from.on)
			words := "起算日未登记"
			switch {
			case start.Precision() == registry.PrecisionDay:
				words = cal.dayWords(start)
			case !start.IsZero():
				words = start.Chinese()
			}
			fmt.Fprintf(&b, "  %s，%s → %s\n", words, from.why, termWords(cal, d.Run(cal, start, 0, nil)))
		}
		b.WriteString("\n")
	}
	compareGolden(t, filepath.Join("testdata", "deadlines.txt"), b.String())
}

// howCounted is how a rule counts: 30 日历日；届满日是休息日的，不顺延：….
func howCounted(d *Deadline) string {
	basis := make([]string, len(d.Basis))
	for i, r := range d.Basis {
		basis[i] = r.String()
	}
	if len(basis) == 0 {
		basis = []string{"条号未核到"}
	}
	words := "起算：" + d.StartsAt + "；依据：" + strings.Join(basis, "、") + "（" + ConfidenceLabel(d.Confidence) + "）\n"
	switch {
	case d.Length == nil:
		return words + "公式：" + d.Unit + "，没有届满日"
	case d.Back:
		words += fmt.Sprintf("倒数 %d %s", *d.Length, d.Unit)
	default:
		words += fmt.Sprintf("%d %s", *d.Length, d.Unit)
	}
	switch {
	case d.Roll != nil:
		return words + "；届满日是休息日的，顺延到其后第一个工作日：" + d.Roll.String()
	case d.NoRoll != "":
		return words + "；届满日是休息日的，不顺延：" + d.NoRoll
	case d.RollDoubt != "":
		return words + "；届满日是休息日的：" + d.RollDoubt
	}
	return words
}

// termWords is the end as counted, with what became of a day of rest.
func termWords(cal Calendar, t Term) string {
	if !t.Known() {
		return "不能计算：" + t.Why
	}
	words := cal.dayWords(t.On)
	if t.Latest != t.On {
		words += "至" + cal.dayWords(t.Latest)
	}
	if !t.Counted.IsZero() {
		words += "，由" + cal.dayWords(t.Counted) + "顺延"
	}
	if t.Rests != "" {
		words += "，不动"
		if !t.Next.IsZero() {
			words += "；其后第一个工作日 " + cal.dayWords(t.Next) + "完成的不称逾期"
		}
	}
	if t.Why != "" {
		words += "（" + t.Why + "）"
	}
	return words
}
