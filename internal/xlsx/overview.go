package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"casebook/internal/report"
)

const overviewName = "一览"

// The overview's grid: twelve equal columns on one A4 page.
const (
	overviewColumns = 12
	overviewWidth   = 13
	tilesInRow      = 4
)

// overviewFigures are the figures of the overview, in rows of tiles.
var overviewFigures = []string{"cases", "decisions", "penalties", "average", "fines", "taken", "owed", "rate", "detentions", "crimes", "fines_unknown", "voided"}

// writeOverview writes 一览: the main figures, the charts whole and the districts, printed on one page. Its numbers are those of 汇总 by formula.
func (d *details) writeOverview(sum *report.Summary, tables, figures map[string]int) *sheet {
	s, st := d.book.sheet(overviewName), d.book.styles
	for range overviewColumns {
		s.widths = append(s.widths, overviewWidth)
	}
	s.printHeader, s.tab, s.onePage = d.printHeader("一览"), green, true
	across := func(text string, style int, height float64) {
		if height == 0 {
			height = rowHeight(lines(text, overviewColumns*overviewWidth))
		}
		s.row(height, []cell{{Cell: report.Text(text), style: style}})
		s.merges = append(s.merges, [2]string{s.ref(0, s.n), s.ref(overviewColumns-1, s.n)})
	}
	across(d.title()+"·一览", st.title, 30)
	if d.info.Demo {
		across("演示数据：本工作簿来自演示登记库，不是真实办案数据。", st.demo, 0)
	}
	across("数据截至 "+d.asOf()+"　筛选："+filterWords(d.info)+"　统计口径："+sum.Basis.Words(), st.subtitle, 0)
	for i := 0; i < len(overviewFigures); i += tilesInRow {
		s.row(6, nil)
		d.tiles(s, sum, figures, overviewFigures[i:min(i+tilesInRow, len(overviewFigures))])
	}
	s.row(10, nil)
	if sum.Cases > 0 {
		from := s.n + 1
		for range chartRows {
			s.row(16, nil)
		}
		s.addCharts(sum, tables, s.ref(0, from), s.ref(6, from))
		s.row(10, nil)
	}
	d.districts(s, sum, tables)
	return s
}

// tiles writes a row of figures, each three columns wide.
func (d *details) tiles(s *sheet, sum *report.Summary, figures map[string]int, keys []string) {
	st := d.book.styles
	var labels, values []cell
	for i, key := range keys {
		f := sum.Figure(key)
		style := st.tileNumber
		switch f.Value.Kind {
		case report.CellMoney:
			style = st.tileMoney
		case report.CellNumber:
			style = st.tileMoney // a rate has two decimals as well
		}
		v := cell{Cell: f.Value, style: style}
		if f.Value.Kind == report.Empty {
			v.Cell = report.Text("—")
		} else {
			v.formula = fmt.Sprintf("'%s'!$B$%d", summaryName, figures[key])
		}
		labels = append(labels, cell{Cell: report.Text(f.Label + "（" + f.Unit + "）"), style: st.tileLabel})
		values = append(values, v)
		for range overviewColumns/tilesInRow - 1 {
			labels, values = append(labels, cell{style: st.tileLabel}), append(values, cell{style: style})
		}
		from, to := i*overviewColumns/tilesInRow, (i+1)*overviewColumns/tilesInRow-1
		for row := s.n + 1; row <= s.n+2; row++ {
			s.merges = append(s.merges, [2]string{s.ref(from, row), s.ref(to, row)})
		}
	}
	s.row(16, labels)
	s.row(26, values)
}

// districts writes the cases and fines of each district that has some.
func (d *details) districts(s *sheet, sum *report.Summary, tables map[string]int) {
	st := d.book.styles
	cases, fines := sum.Table("months"), sum.Table("fines")
	line := func(style int, cells ...cell) {
		var row []cell
		for i, c := range cells {
			wide := overviewColumns / len(cells)
			from := len(row)
			row = append(row, c)
			for range wide - 1 {
				row = append(row, cell{style: c.style})
			}
			_ = i
			s.merges = append(s.merges, [2]string{s.ref(from, s.n+1), s.ref(from+wide-1, s.n+1)})
		}
		s.row(rowHeight(1), row)
	}
	line(st.header, st.heads("辖区", "案件（件）", "罚款（元，已知金额之和）")...)
	total := func(t report.Table, key string, i int) string { // the row below the months of a table on 汇总
		return fmt.Sprintf("'%s'!$%s$%d", summaryName, letters(i), tables[key]+len(t.Rows)+1)
	}
	for i := 1; i < len(cases.Columns)-1; i++ {
		if cases.Total[i].N > 0 {
			line(st.text, cell{Cell: report.Text(cases.Columns[i].Title), style: st.text}, cell{Cell: cases.Total[i], style: st.integer, formula: total(cases, "months", i)},
				cell{Cell: fines.Total[i], style: st.money, formula: total(fines, "fines", i)})
		}
	}
	last := len(cases.Columns) - 1
	line(st.totalText, cell{Cell: report.Text("合计"), style: st.totalText}, cell{Cell: cases.Total[last], style: st.totalInteger, formula: total(cases, "months", last)},
		cell{Cell: fines.Total[last], style: st.totalMoney, formula: total(fines, "fines", last)})
}

// chartRows are the rows of default height that the charts cover.
const chartRows = 17

// seriesColours tell the districts apart: from the green to earth colours, also in grey print by their order in the stack.
var seriesColours = []string{"0B5D5E", "4F9D9A", "A9CFCB", "C9A45C", "8A6D3B", "7A8CA3", "B5544A", "5B5B5B", "9BB27A", "D0C7B8"}

// addCharts places the charts at two cells; what they draw stands on 汇总, at the rows of the tables' headers.
func (s *sheet) addCharts(sum *report.Summary, at map[string]int, first, second string) {
	small := excelize.Font{Family: fontName, Size: 9, Color: ink}
	heading := func(text string) excelize.ChartTitle {
		return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Family: fontName, Size: 11, Bold: true, Color: ink}}}}
	}
	ref := func(col, from, to int) string {
		return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", summaryName, letters(col), from, letters(col), to)
	}
	months := sum.Table("months")
	h := at["months"]
	byMonth := &excelize.Chart{Type: excelize.ColStacked, Title: heading("各月案件数（件），按辖区"), Legend: excelize.ChartLegend{Position: "bottom", Font: &small},
		Dimension: excelize.ChartDimension{Width: 620, Height: 320}, XAxis: excelize.ChartAxis{Font: small, Alignment: excelize.Alignment{TextRotation: monthSlant(len(months.Rows))}}, YAxis: excelize.ChartAxis{Font: small, MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "0"}},
		GapWidth: ptr(uint(60)), Overlap: ptr(100)}
	for i := 1; i < len(months.Columns)-1; i++ {
		if months.Total[i].N == 0 {
			continue // a district without a case adds nothing but a line to the legend; the table shows its zero
		}
		byMonth.Series = append(byMonth.Series, excelize.ChartSeries{Name: fmt.Sprintf("'%s'!$%s$%d", summaryName, letters(i), h),
			Categories: ref(0, h+1, h+len(months.Rows)), Values: ref(i, h+1, h+len(months.Rows)),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{seriesColours[(i-1)%len(seriesColours)]}}})
	}
	s.charts = append(s.charts, placedChart{first, byMonth})
	types := sum.Table("types")
	if n := min(len(types.Rows), 8); n > 0 {
		h := at["types"]
		byType := &excelize.Chart{Type: excelize.Bar, Title: heading("违法行为类型（案件数）"), Legend: excelize.ChartLegend{Position: "none"},
			Dimension: excelize.ChartDimension{Width: 520, Height: 320}, XAxis: excelize.ChartAxis{Font: small, ReverseOrder: true},
			YAxis: excelize.ChartAxis{None: true}, PlotArea: excelize.ChartPlotArea{ShowVal: true}, GapWidth: ptr(uint(50)),
			Series: []excelize.ChartSeries{{Name: fmt.Sprintf("'%s'!$B$%d", summaryName, h), Categories: ref(0, h+1, h+n), Values: ref(1, h+1, h+n),
				Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{green}}}}}
		s.charts = append(s.charts, placedChart{second, byType})
	}
}

// monthSlant turns the months' labels where they would not stand side by side.
func monthSlant(months int) int {
	if months > 10 {
		return -60
	}
	return 0
}
