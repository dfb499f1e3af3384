package xlsx

import (
	"fmt"
	"strings"

	"casebook/internal/report"
)

const summaryName = "汇总"

// The summary's grid: a wide first column for labels, then numbers.
const (
	labelWidth  = 30
	numberWidth = 13
	minColumns  = 11 // the width of titles and notes
)

// summarySheet writes 汇总 from top to bottom.
type summarySheet struct {
	*sheet
	d     *details
	sum   *report.Summary
	width int // columns of titles and notes
}

// writeSummary writes 汇总, and tells the rows of the headers of its tables and of its figures, by key.
func (d *details) writeSummary(sum *report.Summary) (all *sheet, tables, figures map[string]int) {
	s := &summarySheet{sheet: d.book.sheet(summaryName), d: d, sum: sum, width: minColumns}
	for _, t := range sum.Tables {
		s.width = max(s.width, len(t.Columns)+1)
	}
	s.widths = []float64{labelWidth}
	for range s.width - 1 {
		s.widths = append(s.widths, numberWidth)
	}
	s.printHeader, s.tab = d.printHeader("汇总"), green
	s.head()
	figures = s.figures()
	tables = map[string]int{}
	for i := range sum.Tables {
		tables[sum.Tables[i].Key] = s.table(&sum.Tables[i])
	}
	return s.sheet, tables, figures
}

// across writes one text over the whole width.
func (s *summarySheet) across(text string, style int, height float64) {
	if height == 0 {
		height = rowHeight(lines(text, labelWidth+float64(s.width-1)*numberWidth))
	}
	s.row(height, []cell{{Cell: report.Text(text), style: style}})
	s.merges = append(s.merges, [2]string{s.ref(0, s.n), s.ref(s.width-1, s.n)})
}

func (s *summarySheet) head() {
	st, info := s.d.book.styles, s.d.info
	s.across(s.d.title()+"·汇总", st.title, 30)
	if info.Demo {
		s.across("演示数据：本工作簿来自演示登记库，不是真实办案数据。", st.demo, 0)
	}
	s.across("数据截至 "+s.d.asOf()+"　筛选："+filterWords(info)+"　统计口径："+s.sum.Basis.Words(), st.subtitle, 0)
	if s.sum.Demo > 0 {
		s.across(fmt.Sprintf("含示例（虚构）案件 %d 件，来源列标明“示例”；示例不得作为实绩引用。", s.sum.Demo), st.demo, 0)
	}
	if s.sum.Cases == 0 {
		s.across("没有符合筛选条件的案件。", st.demo, 0)
	}
}

func filterWords(info *report.LedgerInfo) string {
	if len(info.Filters) == 0 {
		return "无（全部案件）"
	}
	return strings.Join(info.Filters, "；")
}

// figures writes the main numbers, each with what its detail sheet says.
func (s *summarySheet) figures() map[string]int {
	st := s.d.book.styles
	s.row(8, nil)
	s.across("主要数字", st.section, 22)
	note := "“明细核对”是对明细表实时计算的公式，应与“数值”相同。未知的金额和人数单列，不作 0 计入。"
	if s.d.whole(report.SheetCases) < 0 {
		note = "“明细核对”是导出时按明细逐行另算的，应与“数值”相同；本册不带明细，明细见内部台账。未知的金额和人数单列，不作 0 计入。"
	}
	s.across(note, st.note, 0)
	head := []string{"指标", "数值", "单位", "明细核对", "是否一致", "明细表", "说明"}
	var cells []cell
	for i := range s.width {
		c := cell{style: st.header}
		if i < len(head) {
			c.Cell = report.Text(head[i])
		}
		cells = append(cells, c)
	}
	s.row(rowHeight(1)+3, cells)
	s.merges = append(s.merges, [2]string{s.ref(6, s.n), s.ref(s.width-1, s.n)})
	at := map[string]int{}
	for _, f := range s.sum.Figures {
		n := s.n + 1
		at[f.Key] = n
		cells := []cell{{Cell: report.Text(f.Label), style: st.label}, {Cell: f.Value, style: st.number(f.Value)}, {Cell: report.Text(f.Unit), style: st.unit},
			{style: st.checkText}, {style: st.checkText}, {style: st.checkText}, {Cell: report.Text(f.Note), style: st.wrapNote}}
		if f.Of[0] != "" && f.Value.Kind != report.Empty {
			part, whole := s.ref(1, at[f.Of[0]]), s.ref(1, at[f.Of[1]])
			cells[1].formula = fmt.Sprintf(`IF(%s=0,"",ROUND(%s/%s*100,2))`, whole, part, whole)
		}
		if f.Check.Agg != report.AskNothing {
			answer := f.Value
			answer.N = f.Detail
			cells[3] = cell{answer, st.check(f.Value), s.d.formula(f.Check)}
			cells[4] = cell{report.Text(agree(f.Consistent())), st.flag, fmt.Sprintf(`IF(ROUND(%s-%s,2)=0,"一致","不一致")`, s.ref(1, n), s.ref(3, n))}
			cells[5].Cell = report.Text(report.Sheets[f.Check.Sheet].Name)
		}
		for len(cells) < s.width {
			cells = append(cells, cell{style: st.wrapNote})
		}
		s.row(rowHeight(1), cells)
		s.merges = append(s.merges, [2]string{s.ref(6, n), s.ref(s.width-1, n)})
	}
	return at
}

func agree(ok bool) string {
	if ok {
		return "一致"
	}
	return "不一致"
}

func (s *styles) number(c report.Cell) int {
	switch c.Kind {
	case report.CellMoney:
		return s.money
	case report.CellInteger:
		return s.integer
	case report.CellNumber:
		return s.decimals[2]
	}
	return s.text
}

func (s *styles) check(c report.Cell) int {
	if c.Kind == report.CellMoney {
		return s.checkMoney
	}
	return s.checkInteger
}

func (s *styles) total(c report.Cell) int {
	switch c.Kind {
	case report.CellMoney:
		return s.totalMoney
	case report.CellInteger:
		return s.totalInteger
	}
	return s.totalText
}

// table writes one table and returns the row of its header.
func (s *summarySheet) table(t *report.Table) (header int) {
	st := s.d.book.styles
	s.row(12, nil)
	s.across(t.Title, st.section, 22)
	if t.Note != "" {
		s.across(t.Note, st.note, 0)
	}
	rowChecks := len(t.Rows) > 0 && t.Rows[0].Check.Agg != report.AskNothing
	var cells []cell
	for _, c := range t.Columns {
		cells = append(cells, cell{Cell: report.Text(c.Title), style: st.header})
	}
	if rowChecks {
		cells = append(cells, cell{Cell: report.Text("明细核对"), style: st.header})
	}
	s.row(rowHeight(1)+3, cells)
	header = s.n
	for _, r := range t.Rows {
		cells = cells[:0]
		for i, c := range r.Cells {
			style := st.matrix(c)
			if t.Columns[i].Wrap && c.Kind == report.CellText {
				style = st.of(&t.Columns[i], &c)
			}
			cells = append(cells, cell{Cell: c, style: style})
		}
		if rowChecks {
			cells = append(cells, s.answer(r.Check, t.TotalKind()))
		}
		s.row(rowHeight(lines(r.Cells[0].Text, labelWidth)), cells)
	}
	if len(t.Rows) == 0 {
		s.across("（无）", st.note, 0)
	}
	cells = cells[:0]
	for _, c := range t.Total {
		cells = append(cells, cell{Cell: c, style: st.total(c)})
	}
	s.row(rowHeight(1), cells)
	cells = []cell{{Cell: report.Text("明细核对"), style: st.checkText}}
	for i := 1; i < len(t.Detail); i++ {
		if t.Detail[i].Agg == report.AskNothing {
			cells = append(cells, cell{style: st.checkText})
			continue
		}
		cells = append(cells, s.answer(t.Detail[i], t.Total[i].Kind))
	}
	s.row(rowHeight(1), cells)
	return header
}

// answer is what the detail sheet says: a live formula and its result.
func (s *summarySheet) answer(q report.Query, kind report.CellKind) cell {
	c := report.Cell{Kind: kind, N: s.sum.Answer(q)}
	return cell{c, s.d.book.styles.check(c), s.d.formula(q)}
}
