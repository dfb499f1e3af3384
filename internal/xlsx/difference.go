package xlsx

import (
	"fmt"
	"io"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// WriteDifference writes what differs between two states of a ledger: 合计 with the sums before and after, 变化 with a row a value. It reads the pairs once
// and writes nothing to w before all have been read. Same input, same bytes.
func WriteDifference(w io.Writer, x report.Difference) (*report.DifferenceSums, error) {
	b, err := newBook(x.TempDir)
	if err != nil {
		return nil, err
	}
	defer b.close()
	info := x.Is.Info
	info.Demo = x.Demo
	d := &details{book: b, info: &info, limit: maxRows}
	s := b.sheet(report.DifferenceSheet)
	s.freezeRows, s.freezeColumns, s.filter, s.repeatRows, s.tab, s.printHeader = 1, 4, true, true, "8FB5B5", d.printHeader("台账变化明细")
	var header []cell
	for _, c := range report.DifferenceColumns {
		header = append(header, cell{Cell: report.Text(c.Title), style: b.styles.header})
		s.widths = append(s.widths, c.Width)
	}
	s.row(rowHeight(1)+3, header)
	cells := make([]cell, 0, len(report.DifferenceColumns))
	sums, err := report.WalkDifference(x, func(row []report.Cell) error {
		cells = cells[:0]
		high := 1
		for i := range row {
			c := &report.DifferenceColumns[i]
			if c.Wrap && row[i].Kind == report.CellText {
				high = max(high, lines(row[i].Text, c.Width))
			}
			cells = append(cells, cell{Cell: row[i], style: b.styles.of(c, &row[i])})
		}
		if s.n >= maxRows {
			return fmt.Errorf("变化超过一张工作表的 %d 行，请缩小条件", maxRows)
		}
		s.row(rowHeight(high), cells)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if x.Is.Info.Claim != nil {
		c := *x.Is.Info.Claim
		c.Rows, c.Sums = sums.RowCounts(), sums.Sums()
		if b.claim, err = c.Text(); err != nil {
			return nil, err
		}
	}
	if err := b.write(w, []*sheet{d.writeDifferenceSums(x, sums), s}, info.Organ+"台账变化", info.AsOf.In(registry.Shanghai)); err != nil {
		return nil, err
	}
	return sums, nil
}

// differenceWidths are those of 合计: a label, three numbers, a unit, and room for words.
var differenceWidths = []float64{22, 18, 18, 18, 8, 30}

func (d *details) writeDifferenceSums(x report.Difference, sums *report.DifferenceSums) *sheet {
	s, st := d.book.sheet("合计"), d.book.styles
	s.widths, s.printHeader, s.tab = differenceWidths, d.printHeader("台账变化"), green
	total := 0.0
	for _, w := range differenceWidths {
		total += w
	}
	across := func(text string, style int, height float64) {
		if height == 0 {
			height = rowHeight(lines(text, total))
		}
		s.row(height, []cell{{Cell: report.Text(text), style: style}})
		s.merges = append(s.merges, [2]string{s.ref(0, s.n), s.ref(len(differenceWidths)-1, s.n)})
	}
	across(d.info.Organ+"行政处罚案件台账·两时之差", st.title, 30)
	if x.Demo {
		across("演示数据：本工作簿来自演示登记库，不是真实办案数据。", st.demo, 0)
	}
	filters := "无（全部案件）"
	if len(x.Filters) > 0 {
		filters = strings.Join(x.Filters, "；")
	}
	across(fmt.Sprintf("原：%s　现：%s　筛选：%s", x.Was.Words, x.Is.Words, filters), st.subtitle, 0)
	for _, m := range []report.Moment{x.Was, x.Is} {
		if m.Info.AuditSeq > 0 {
			across(fmt.Sprintf("%s：最后一条登记是审计记录第 %d 条（%s），摘要 %s", m.Words, m.Info.AuditSeq, m.Info.AsOf.In(registry.Shanghai).Format("2006-01-02 15:04:05"), m.Info.AuditHead), st.note, 0)
		} else {
			across(m.Words+"：登记册里还没有记录", st.note, 0)
		}
	}
	s.row(8, nil)
	across("案件", st.section, 22)
	merge := func() { s.merges = append(s.merges, [2]string{s.ref(2, s.n), s.ref(len(differenceWidths)-1, s.n)}) }
	s.row(rowHeight(1)+3, st.heads("变化", "件数", "说明", "", "", ""))
	merge()
	for _, l := range []struct {
		label string
		n     int
		note  string
	}{
		{report.CaseAdded, sums.Added, "原来不在台账内：此后登记的、恢复的，或改动后符合条件的"},
		{report.CaseGone, sums.Gone, "此后作废的，或改动后不再符合条件的"},
		{report.CaseChanged, sums.Changed, fmt.Sprintf("共 %d 处不同，逐列见“变化”", sums.Values)},
	} {
		s.row(rowHeight(1), []cell{{Cell: report.Text(l.label), style: st.label}, {Cell: report.Integer(l.n), style: st.integer}, {Cell: report.Text(l.note), style: st.wrapNote},
			{style: st.wrapNote}, {style: st.wrapNote}, {style: st.wrapNote}})
		merge()
	}
	s.row(8, nil)
	across("有变化的案件的合计", st.section, 22)
	across("其余案件没有变化：这里的差额就是整个台账的差额。未知的金额单列，不作 0 计入。", st.note, 0)
	s.row(rowHeight(1)+3, st.heads("指标", "原", "现", "差额", "单位", ""))
	for _, l := range sums.Lines() {
		n := s.n + 1
		s.row(rowHeight(1), []cell{{Cell: report.Text(l.Label), style: st.label}, {Cell: l.Was, style: st.number(l.Was)}, {Cell: l.Is, style: st.number(l.Is)},
			{Cell: l.More, style: st.number(l.More), formula: s.ref(2, n) + "-" + s.ref(1, n)}, {Cell: report.Text(l.Unit), style: st.unit}, {style: st.wrapNote}})
	}
	return s
}
