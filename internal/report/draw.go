package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// DrawSummary is what a file review came to, of all drawn cases or of a unit's. Cases without a result are not counted as anything.
type DrawSummary struct {
	Unit                     string
	Drawn, Reviewed, Vetoed  int
	Average, Lowest, Highest string // empty where nothing is reviewed
	Grades                   string // 优秀 3；合格 2
}

// SummarizeDraw counts the results of a draw: all, and by unit in the order of the drawn cases.
func SummarizeDraw(d *registry.Draw, results map[registry.CaseID]registry.DrawResult) (all DrawSummary, units []DrawSummary) {
	var names []string
	of := map[string][]registry.DrawCase{}
	for _, c := range d.Cases {
		unit := cmp.Or(c.Unit, noUnit)
		if of[unit] == nil {
			names = append(names, unit)
		}
		of[unit] = append(of[unit], c)
	}
	for _, unit := range names {
		units = append(units, drawSummary(unit, d, of[unit], results))
	}
	return drawSummary("合计", d, d.Cases, results), units
}

const noUnit = "未填承办单位"

func drawSummary(unit string, d *registry.Draw, cases []registry.DrawCase, results map[registry.CaseID]registry.DrawResult) DrawSummary {
	s := DrawSummary{Unit: unit, Drawn: len(cases)}
	var scores []registry.Points
	var sum registry.Points
	grades := map[string]int{}
	for _, c := range cases {
		x, ok := results[c.CaseID]
		if !ok {
			continue
		}
		s.Reviewed++
		if len(x.Vetoed(d.Items)) > 0 {
			s.Vetoed++
		}
		if x.Score != nil {
			scores, sum = append(scores, *x.Score), sum+*x.Score
		}
		if x.Grade != "" {
			grades[x.Grade]++
		}
	}
	if n := registry.Points(len(scores)); n > 0 {
		s.Average = ((2*sum + n) / (2 * n)).String() // to the tenth, half up
		s.Lowest, s.Highest = slices.Min(scores).String(), slices.Max(scores).String()
	}
	var words []string
	for _, g := range slices.SortedFunc(maps.Keys(grades), func(a, b string) int { return cmp.Or(cmp.Compare(grades[b], grades[a]), strings.Compare(a, b)) }) {
		words = append(words, fmt.Sprintf("%s %d", g, grades[g]))
	}
	s.Grades = strings.Join(words, "；")
	return s
}

// DrawMethod says in words how the cases were chosen, so that anybody can choose them again.
func DrawMethod(d *registry.Draw) string {
	how := fmt.Sprintf("总体中每件案件以“种子、换行、案件编号”的 SHA-256 为排序值，取最小的 %d 件。", len(d.Cases))
	if d.ByUnit {
		how = fmt.Sprintf("总体中每件案件以“种子、换行、案件编号”的 SHA-256 为排序值。%d 件按各承办单位在总体中的件数分配：取整后余下的名额依小数部分从大到小各给一件，小数相同的给编号小的单位；各单位取排序值最小的几件。", len(d.Cases))
	}
	if d.Percent > 0 {
		how += fmt.Sprintf("比例 %d%% 的件数向上取整。", d.Percent)
	}
	return how + fmt.Sprintf("案件编号是网址 /cases/ 后面的数字，可用 printf '%s\\n编号' | sha256sum 复算。", d.Seed)
}

// DrawScope says what the population was.
func DrawScope(d *registry.Draw, organ, violation string, b *registry.Bureau) string {
	parts := []string{"处罚决定日期 " + d.From.String() + " 至 " + d.To.String()}
	if d.DistrictCode != "" {
		parts = append(parts, "辖区："+b.DistrictName(d.DistrictCode))
	}
	if organ != "" {
		parts = append(parts, "承办单位："+organ)
	}
	if violation != "" {
		parts = append(parts, "违法行为："+violation)
	}
	return strings.Join(parts, "；")
}

var (
	drawColumns = []Column{
		{Key: "n", Title: "序号", Kind: KindOrdinal, Width: 6},
		{Key: "id", Title: "案件编号（登记册）", Kind: KindOrdinal, Width: 20, Meaning: "登记册中的编号，抽取按它计算"},
		{Key: "number", Title: "案件编号", Kind: KindCode, Width: 26},
		{Key: "title", Title: "案件名称", Width: 44, Wrap: true, Meaning: "抽取时的名称"},
		{Key: "unit", Title: "承办单位", Width: 24},
		{Key: "decided", Title: "决定日期", Kind: KindDate, Width: 12, Meaning: "最后一份处罚决定的日期"},
		{Key: "hash", Title: "排序值", Kind: KindCode, Width: 68, Meaning: "SHA-256，小的先抽中"},
		{Key: "score", Title: "得分", Kind: KindNumber, Width: 8, Meaning: "空白：还没有登记评查结果"},
		{Key: "veto", Title: "否决项", Kind: KindInteger, Width: 8, Meaning: "符合几项否决项；有一项即为 0 分"},
		{Key: "grade", Title: "等次", Width: 10},
		{Key: "reviewer", Title: "评查人", Width: 16},
		{Key: "reviewed", Title: "评查日期", Kind: KindDate, Width: 12},
		{Key: "note", Title: "评语", Width: 50, Wrap: true},
	}
	markColumns = []Column{
		{Key: "id", Title: "案件编号（登记册）", Kind: KindOrdinal, Width: 20},
		{Key: "title", Title: "案件名称", Width: 44, Wrap: true},
		{Key: "item", Title: "项次", Kind: KindOrdinal, Width: 6},
		{Key: "group", Title: "分组", Width: 18},
		{Key: "text", Title: "项目", Width: 50, Wrap: true},
		{Key: "full", Title: "分值", Kind: KindNumber, Width: 8, Meaning: "空白：否决项"},
		{Key: "off", Title: "扣分", Kind: KindNumber, Width: 8, Meaning: "“否决”：符合否决项"},
		{Key: "reason", Title: "理由", Width: 60, Wrap: true},
	}
	unitColumns = []Column{
		{Key: "unit", Title: "承办单位", Width: 28},
		{Key: "drawn", Title: "抽中", Kind: KindInteger, Width: 8},
		{Key: "reviewed", Title: "已评查", Kind: KindInteger, Width: 8},
		{Key: "veto", Title: "被否决", Kind: KindInteger, Width: 8},
		{Key: "average", Title: "平均分", Kind: KindNumber, Width: 8, Meaning: "已评查的平均，四舍五入到 0.1 分"},
		{Key: "lowest", Title: "最低分", Kind: KindNumber, Width: 8},
		{Key: "highest", Title: "最高分", Kind: KindNumber, Width: 8},
		{Key: "grades", Title: "等次", Width: 30},
	}
)

// DrawSheets are a draw and its results as the sheets of a workbook.
func DrawSheets(d *registry.Draw, results map[registry.CaseID]registry.DrawResult) []ListSheet {
	var cases, marks, units [][]Cell
	for i, c := range d.Cases {
		row := []Cell{Integer(i + 1), Integer(int(c.CaseID)), Text(c.Number), Text(c.Title), Text(cmp.Or(c.Unit, noUnit)), DateCell(c.DecidedOn), Text(c.Hash)}
		x, ok := results[c.CaseID]
		if !ok {
			cases = append(cases, append(row, make([]Cell, 6)...))
			continue
		}
		score := Cell{}
		if x.Score != nil {
			score = Number(x.Score.String())
		}
		cases = append(cases, append(row, score, ordinal(len(x.Vetoed(d.Items))), Text(x.Grade), Text(x.Reviewer), DateCell(x.ReviewedOn), Text(x.Note)))
		for _, m := range x.Marks {
			item := d.Items[m.Item-1]
			full, off := Number(item.Points.String()), Number(m.Points.String())
			if item.Veto {
				full, off = Cell{}, Text("否决")
			}
			marks = append(marks, []Cell{Integer(int(c.CaseID)), Text(c.Title), Integer(int(m.Item)), Text(item.Group), Text(item.Text), full, off, Text(m.Reason)})
		}
	}
	all, of := SummarizeDraw(d, results)
	for _, s := range append(of, all) {
		units = append(units, []Cell{Text(s.Unit), Integer(s.Drawn), Integer(s.Reviewed), Integer(s.Vetoed), Number(s.Average), Number(s.Lowest), Number(s.Highest), Text(s.Grades)})
	}
	return []ListSheet{
		{Sheet{Name: "抽中案件", Title: "案卷评查·抽中案件", About: "一行一件抽中的案件", Columns: drawColumns, Freeze: 4}, RowsOf(cases)},
		{Sheet{Name: "扣分明细", Title: "案卷评查·扣分明细", About: "一行一处扣分或否决", Columns: markColumns, Freeze: 2}, RowsOf(marks)},
		{Sheet{Name: "汇总", Title: "案卷评查·汇总", About: "一行一个承办单位，末行合计", Columns: unitColumns, Freeze: 1}, RowsOf(units)},
	}
}
