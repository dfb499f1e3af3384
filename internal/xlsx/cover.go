package xlsx

import (
	"strconv"

	"casebook/internal/report"
)

const coverName = "封面"

var coverWidths = []float64{20, 26, 44}

// coverFigures are the sums on the cover.
var coverFigures = []string{"cases", "decisions", "fines", "fines_unknown", "taken", "taken_unknown", "due", "owed", "rate"}

// writeCover writes 封面: which register, up to which entry of its audit chain, which cases, and what the file holds. Who made it and when is in the
// register's own record of exports, so that the same question gives the same file.
func (d *details) writeCover(sum *report.Summary) *sheet {
	s, st, info := d.book.sheet(coverName), d.book.styles, d.info
	s.widths, s.printHeader, s.tab, s.onePage, s.portrait = coverWidths, d.printHeader("封面"), green, true, true
	line := func(height float64, cells ...cell) { s.row(height, cells) }
	pair := func(label, text string) {
		line(rowHeight(lines(text, coverWidths[1]+coverWidths[2])), cell{Cell: report.Text(label), style: st.label}, cell{Cell: report.Text(text), style: st.wrapStyle(text)}, cell{style: st.wrap})
		s.merges = append(s.merges, [2]string{s.ref(1, s.n), s.ref(2, s.n)})
	}
	section := func(text string) {
		line(12)
		line(22, cell{Cell: report.Text(text), style: st.section})
	}
	line(36, cell{Cell: report.Text(d.title()), style: st.title})
	if info.Demo {
		line(rowHeight(1), cell{Cell: report.Text("演示数据：来自演示登记库，不是真实办案数据。"), style: st.demo})
		s.merges = append(s.merges, [2]string{s.ref(0, s.n), s.ref(2, s.n)})
	}
	section("来自哪里")
	pair("登记库", info.Organ+"环案簿")
	pair("数据截至", d.asOf()+"（北京时间），所有工作表取自这一时刻的同一份数据")
	if info.AuditHead != "" {
		pair("审计链位置", "第 "+strconv.FormatInt(info.AuditSeq, 10)+" 条")
		pair("审计链哈希", info.AuditHead)
	}
	pair("筛选条件", filterWords(info))
	pair("统计口径", sum.Basis.Words())
	pair("谁在何时导出", "记在登记库的审计日志里，不写进文件：同一时刻的数据、同样的条件，导出的文件逐字节相同")
	if len(d.views) > 0 {
		section("有什么")
		line(rowHeight(1)+3, st.heads("工作表", "行数（不含表头）", "一行是什么")...)
		for i := range d.views {
			v := &d.views[i]
			line(rowHeight(lines(v.About, coverWidths[2])), cell{Cell: report.Text(v.Name), style: st.label}, cell{Cell: report.Integer(sum.Sheets[i]), style: st.integer},
				cell{Cell: report.Text(v.About), style: st.wrap})
		}
	}
	section("合计（所选案件）")
	for _, key := range coverFigures {
		f := sum.Figure(key)
		value := f.Value
		if value.Kind == report.Empty {
			value = report.Text("—")
		}
		line(rowHeight(1), cell{Cell: report.Text(f.Label), style: st.label}, cell{Cell: value, style: st.number(value)}, cell{Cell: report.Text(f.Unit), style: st.wrapNote})
	}
	if sum.Demo > 0 {
		pair("示例", "含示例（虚构）案件 "+strconv.Itoa(sum.Demo)+" 件，不得作为实绩引用")
	}
	return s
}
