package xlsx

import (
	"fmt"
	"strconv"

	"casebook/internal/report"
)

const notesName = "说明"

var notesWidths = []float64{22, 28, 100}

// writeNotes writes 说明: what was asked, as of when, how many rows, the conventions, every column's meaning.
func (d *details) writeNotes(sum *report.Summary) *sheet {
	s, st, info := d.book.sheet(notesName), d.book.styles, d.info
	s.widths, s.printHeader, s.tab = notesWidths, d.printHeader("说明"), "8FB5B5"
	line := func(height float64, cells ...cell) { s.row(height, cells) }
	section := func(text string) {
		line(10)
		line(22, cell{Cell: report.Text(text), style: st.section})
	}
	pair := func(label, text string) {
		line(rowHeight(lines(text, notesWidths[1]+notesWidths[2])), cell{Cell: report.Text(label), style: st.label},
			cell{Cell: report.Text(text), style: st.wrapStyle(text)}, cell{style: st.wrap})
		s.merges = append(s.merges, [2]string{s.ref(1, s.n), s.ref(2, s.n)})
	}
	line(30, cell{Cell: report.Text(d.title() + "·说明"), style: st.title})
	section("导出")
	pair("数据截至", d.asOf()+"（北京时间）：所有工作表取自这一时刻的同一份数据")
	if info.Closing != "" {
		pair("月末结账", info.Closing)
	}
	if d.form.About != "" {
		pair("用途", d.form.About)
	}
	if d.form.Notice != "" {
		pair("注意", d.form.Notice)
	}
	if len(info.Filters) == 0 {
		pair("筛选条件", "无（全部案件）")
	}
	for _, f := range info.Filters {
		pair("筛选条件", f)
	}
	pair("统计口径", sum.Basis.Words()+"。辖区为违法行为发生地。")
	if info.AuditHead != "" {
		pair("数据位置", fmt.Sprintf("审计链第 %d 条，摘要 %s：最近一次改动记录的那一条", info.AuditSeq, info.AuditHead))
	}
	if info.SignedHead == "" {
		pair("签名链头", "此前还没有签署过")
	} else {
		pair("签名链头", info.SignedHead+"：此前最近一次签名的审计链头，可与留存在外的链头文件核对")
	}
	for _, m := range sum.Sums() {
		text := m.Fen.String() + " 元"
		if m.Unknown > 0 {
			text += fmt.Sprintf("（另有金额未知 %d 项）", m.Unknown)
		}
		pair(m.Name, text)
	}
	if info.Demo {
		pair("演示数据", "本工作簿来自演示登记库，不是真实办案数据。")
	}
	if sum.Demo > 0 {
		pair("示例", fmt.Sprintf("含示例（虚构）案件 %d 件，“数据来源”列标明“示例”。", sum.Demo))
	}

	if d.form.Credit() {
		section("上报模板")
		for _, p := range report.CreditTemplate.Words() {
			pair(p[0], p[1])
		}
	}
	if len(d.views) > 0 {
		section("行数")
		line(rowHeight(1)+3, st.heads("工作表", "行数（不含表头）", "一行是什么")...)
	}
	for id := range d.views {
		k := &d.views[id].Sheet
		about := k.About
		if n := len(d.parts[id]); n > 1 {
			about += "；超出单张工作表的容量，续在后面的 " + strconv.Itoa(n-1) + " 张表里"
		}
		line(rowHeight(1), cell{Cell: report.Text(k.Name), style: st.label}, cell{Cell: report.Integer(sum.Sheets[id]), style: st.integer, formula: d.rowsFormula(id)},
			cell{Cell: report.Text(about), style: st.wrap})
	}

	section("约定")
	for _, p := range d.conventions() {
		pair(p[0], p[1])
	}

	if len(d.views) > 0 {
		section("各列含义")
		line(rowHeight(1)+3, st.heads("工作表", "列", "含义")...)
	}
	for id := range d.views {
		k := &d.views[id].Sheet
		for i, c := range k.Columns {
			text := kindWords[c.Kind]
			if c.Meaning != "" {
				text = c.Meaning + "（" + text + "）"
			}
			if _, group := k.GroupOf(i); group != "" {
				text = "【" + group + "】" + text
			}
			line(rowHeight(lines(text, notesWidths[2])), cell{Cell: report.Text(k.Name), style: st.text}, cell{Cell: report.Text(c.Title), style: st.wrap}, cell{Cell: report.Text(text), style: st.wrap})
		}
	}
	return s
}

// rowsFormula counts the rows of a view where formulas may.
func (d *details) rowsFormula(id int) string {
	if v := &d.views[id]; v.Whole && v.Base < report.SheetCount {
		return d.formula(report.Query{Agg: report.AskCount, Sheet: v.Base})
	}
	return ""
}

var kindWords = map[report.Kind]string{report.KindText: "文本", report.KindCode: "文本格式的编号", report.KindDate: "日期", report.KindMoney: "金额，元",
	report.KindInteger: "整数", report.KindOrdinal: "序数", report.KindNumber: "数值"}

func (s *styles) heads(titles ...string) []cell {
	var list []cell
	for _, t := range titles {
		list = append(list, cell{Cell: report.Text(t), style: s.header})
	}
	return list
}

// wrapStyle is the look of a person's words in a wide cell.
func (s *styles) wrapStyle(text string) int {
	if guarded(text) {
		return s.guardedText
	}
	return s.wrap
}

func (d *details) conventions() [][2]string {
	codes := "统一社会信用代码和证件号只显示头三位和末四位。"
	if d.options.FullCodes || d.form.Credit() {
		codes = "统一社会信用代码和证件号按登记全部显示：请按个人信息保管。"
	}
	cut := "没有超出单元格容量而被截断的文本。"
	if d.book.cut > 0 {
		cut = fmt.Sprintf("有 %d 个单元格的文本超出 Excel 单元格上限（32,767 字），已在末尾注明截断；全文见登记库。", d.book.cut)
	}
	links := "在案件台账里点违法行为类型、处罚种类、违反条款、检查次数、承办人，到本案在各明细表的第一行；在明细表里点案件序号，回到本案。"
	if d.book.unlinked > 0 {
		links += fmt.Sprintf("每张表最多 %d 个链接，其余 %d 个没有设。", maxLinks, d.book.unlinked)
	}
	if d.whole(report.SheetCases) < 0 || d.whole(report.SheetActions) < 0 {
		links = "本册没有。"
	}
	return [][2]string{
		{"链接", links},
		{"空白与未知", "空白：本案没有这一项。“未公布”：公开资料没有写明；“未填”：登记库尚未填写。未知的值不是 0，求和时自动略过，汇总表另列未知的项数。"},
		{"日期", "年月日齐全的是日期单元格；只知年月或年份的是文本，如 2024-10、2024。"},
		{"金额", "单位元，精确到分。被撤销、被变更取代的处罚仍列在“处罚与措施”，汇总归类为“已撤销或变更”，不计入任何合计；变更了金额的按变更后的计。"},
		{"编号", "文号、信用代码、证件号、执法证号为文本格式，不会变成科学计数法，前导零保留。" + codes},
		{"文本", "所有文字原样写为文本，以 = + - @ 等开头的也不是公式，且设为文本格式，编辑后仍是文本。XML 不允许的控制字符已略去。" + cut},
		{"监测值", "能作数值的按报告所印位数写为数值；小于、大于某值、未检出和 2.9×10^10 之类为文本。"},
		{"重复导出", "同一数据位置、同一筛选的导出，不论何时由谁导出，逐字节相同。谁在何时导出，见登记库的导出记录，按本文件的 SHA-256 查找。"},
	}
}
