package paper

import (
	"fmt"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// serviceReceipt is 送达回证 of a document that is served (行政处罚法第六十一条).
func serviceReceipt(w *writer) {
	w.p.Number = ""
	w.add(Block{Form: []Row{
		w.row("受送达人", "当事人"),
		w.row("案由", "案由"),
		{label("送达文书名称及文号", 2), value(join("　", w.has("文书名称"), w.has("文号")), 10)},
		w.row("受送达人地址", "当事人地址"),
		{label("送达地点", 2), handwritten(2, 10)}, // where it was handed over, which the register does not know: it need not be the address
		w.pair("送达方式", "送达方式", "送达日期", "送达日期"),
		w.row("送达人", "送达人"),
		{label("送达人签名", 2), handwritten(2, 10)},
		{label("受送达人（签名或者盖章）", 2), {Width: 10, Lines: 3, Sign: "收到时间：" + dated + "　　时　　分"}},
		{label("代收人（签名）及与受送达人关系", 2), handwritten(3, 10)},
		{label("见证人（签名、单位）", 2), handwritten(2, 10)},
		{label("拒收、留置情况和原因", 2), handwritten(4, 10)},
		{label("备注", 2), handwritten(2, 10)},
	}})
	w.wording("note")
}

// transfer is 案件移送书 to the police (移送行政拘留办法 sample form 2; 移送涉嫌犯罪案件规定第六条), with the list of what goes along.
func transfer(w *writer) {
	crime := w.Document != nil && w.Document.Kind == registry.DocCrime
	if crime {
		w.p.Title = "涉嫌环境犯罪案件移送书"
	} else if w.Document != nil {
		w.p.Title = "行政拘留案件移送书"
	}
	w.p.Number = w.v("文号")
	w.add(Block{Plain: w.v("受移送机关") + "："})
	w.wording("lead")
	form := []Row{
		w.row("案由", "案由"),
		w.coded("当事人", "当事人"),
		w.pair("地址", "当事人地址", "法定代表人（负责人）", "法定代表人"),
		w.pair("移送人数", "移送人数", "联系电话", "当事人电话"),
	}
	for _, p := range w.file().Parties {
		if p.Kind == "自然人" && p.ID != w.party().ID {
			form = append(form, Row{label("移送的责任人员", 2), value(join("　", p.Name, prefixed(p.IDDocument()+" ", w.secret(p.IDNumber, registry.MaskID)), p.Address), 10)})
		}
	}
	w.add(Block{Form: form})
	w.heading("一、简要案情")
	w.text(w.v("案情"))
	w.text(w.v("违法事实"))
	w.heading("二、移送依据")
	w.text(w.v("移送依据"))
	w.text("移送程序依据" + w.v(transferRule(crime)) + "。")
	w.heading("三、移送建议")
	w.text(w.v("文书内容"))
	w.text("经办人：" + w.v("承办人") + "。")
	w.closing()
	w.materials()
}

func transferRule(crime bool) string {
	if crime {
		return "移送犯罪程序依据"
	}
	return "移送拘留程序依据"
}

// materials is 移送材料清单: what the case file holds, in two copies, signed by both sides.
func (w *writer) materials() {
	w.add(Block{Heading: "移送材料清单", Fresh: true})
	rows := [][]string{{"1", w.p.Title, "1", w.organ(), " "}}
	add := func(name, from string) {
		rows = append(rows, []string{fmt.Sprint(len(rows) + 1), name, " ", from, " "})
	}
	for _, d := range w.file().Documents {
		if w.Document != nil && d.ID == w.Document.ID {
			break
		}
		if k := w.file().Kind(d.Kind); k.Own && (d.Number != "" || d.Kind == registry.DocInvestigation) {
			add(join(" ", string(d.Kind), d.Number), w.organ())
		}
	}
	for i := range w.Exhibits {
		if x := &w.Exhibits[i]; x.File == nil {
			add(join(" ", x.Title, x.Number), x.Maker)
		}
	}
	w.add(table([]report.SheetColumn{{Head: "序号", Width: 7}, {Head: "材料名称", Width: 45}, {Head: "份数", Width: 8}, {Head: "提供部门", Width: 26}, {Head: "备注", Width: 14}}, rows))
	w.end()
	w.signs("移送部门人员（签名、执法证号、盖章）："+Blank+dated, "公安机关签收人（签名、警官证号、盖章）："+Blank+dated)
}

// legalReview is 法制审核意见书 (行政处罚法第五十八条).
func legalReview(w *writer) {
	w.p.Number = w.has("立案号")
	w.add(Block{Form: []Row{
		w.row("案由", "案由"),
		w.coded("当事人", "当事人"),
		w.row("承办人", "承办人员"),
		w.row("违法事实", "违法事实"),
		w.row("违反条款", "违反条款"),
		w.row("处罚依据", "处罚依据"),
		w.row("裁量理由", "裁量理由"),
		{label("审核事项", 2), value(strings.Join(reviewQuestions, "\n"), 10)},
		opinion("审核意见", w.has("文书内容")),
		w.pair("审核人", "法制审核人", "审核日期", "作出日期"),
		opinion("审核机构负责人意见", ""),
	}})
	w.wording("note")
}

// reviewQuestions are what a legal review looks at; whoever reviews ticks them.
var reviewQuestions = []string{"□ 执法主体合法、执法人员具备执法资格", "□ 主要事实清楚、证据合法充分", "□ 适用法律、法规、规章准确", "□ 裁量适当",
	"□ 程序合法", "□ 没有超越本机关法定权限", "□ 文书完备、规范", "□ 是否涉嫌犯罪、需要移送"}

// discussion is 集体讨论笔录 (行政处罚法第五十七条第二款). Investigators attend and do not vote; what each said is written in by hand.
func discussion(w *writer) {
	w.p.Number = w.has("立案号")
	w.add(Block{Form: []Row{
		w.row("案由", "案由"),
		w.pair("讨论日期", "作出日期", "主持人", "主持人"),
		{label("时间", 2), handwritten(1, 4), label("地点", 2), handwritten(1, 4)},
		w.row("参加讨论人员", "讨论人员"),
		w.row("列席人员（不参加表决）", "列席人员"),
		w.row("记录人", "会议记录人"),
	}})
	w.heading("一、案件情况")
	w.text(w.v("违法事实"))
	w.text("拟适用的依据：")
	w.text(w.v("处罚依据"))
	w.text("裁量理由：" + sentence(w.v("裁量理由")))
	w.heading("二、讨论情况（逐人记录发言）")
	var spoken []Row
	for _, name := range strings.Split(w.v("讨论人员"), "、") {
		spoken = append(spoken, Row{label(name, 2), handwritten(3, 10)})
	}
	w.add(Block{Form: spoken})
	w.heading("三、讨论结论")
	w.text(w.v("文书内容"))
	w.end()
	w.signs("主持人（签名）："+hand+"　　记录人（签名）："+Blank, "参加讨论人员（签名）："+hand+"、"+hand+"、"+hand, "日期："+dated)
}

// closingForm is 结案审批表.
func closingForm(w *writer) {
	w.p.Number = w.has("立案号")
	var course []string
	for _, d := range w.file().Documents {
		if w.Document != nil && d.ID == w.Document.ID {
			break
		}
		if w.file().Kind(d.Kind).Own && d.Number != "" {
			course = append(course, join("　", d.MadeOn.Chinese(), string(d.Kind), d.Number))
		}
	}
	w.add(Block{Form: []Row{
		w.row("案由", "案由"),
		w.coded("当事人", "当事人"),
		w.pair("法定代表人（负责人）", "法定代表人", "立案号", "立案号"),
		{label("处理过程（文书及文号）", 2), value(strings.Join(course, "\n"), 10)},
		w.row("处理结果", "处罚决定"),
		w.row("缴款情况", "缴款情况"),
		w.row("改正和复查情况", "改正复查情况"),
		w.row("结案理由", "文书内容"),
		opinion("承办人意见", prefixed("承办人：", w.has("承办人"))),
		opinion("承办机构负责人意见", prefixed("审核人：", w.has("审核人"))),
		opinion("局负责人审批意见", prefixed("审批人：", w.has("审批人"))),
		w.row("审批日期", "作出日期"),
		{label("附件", 2), value("□ 缴款票据　□ 复查笔录　□ 销毁记录　□ 法院、复议文书　□ 其他：", 10)},
	}})
}

// decided tells the decisions of the case: number, day and what they imposed.
func decided(s *Source) string {
	var list []string
	f := s.file()
	for i := range f.Documents {
		d := &f.Documents[i]
		if !f.Kind(d.Kind).Imposes && d.Kind != registry.DocNoPenalty && d.Kind != registry.DocAnnulled && d.Kind != registry.DocChanged {
			continue
		}
		with := *s
		with.Document = d
		list = append(list, join("　", day(d.MadeOn), string(d.Kind), d.Number, strings.ReplaceAll(imposed(&with), "\n", "")))
	}
	return strings.Join(list, "\n")
}

// paid tells the payments of the case with their receipts.
func paid(s *Source) string {
	var list []string
	for _, p := range s.file().Payments {
		list = append(list, join("　", p.PaidOn.Chinese(), p.Kind, p.Amount.String()+" 元", prefixed("票据 ", p.Receipt)))
	}
	if len(list) == 0 {
		return ""
	}
	return strings.Join(append(list, "合计 "+s.file().Paid().String()+" 元"), "\n")
}

// rechecked tells the re-checks: of documents, and of inspections that only they record.
func rechecked(s *Source) string {
	var list []string
	for _, d := range s.file().Documents {
		if d.Kind == registry.DocRecheck {
			list = append(list, join("　", day(d.MadeOn), d.Result, sentence(d.Content)))
		}
	}
	for _, i := range s.file().LoneRechecks() {
		list = append(list, join("　", day(i.StartedOn), i.Rectified, i.Number))
	}
	return strings.Join(list, "\n")
}

// investigators are the officers who investigated, as the documents before this one name them.
func investigators(s *Source) string {
	for _, d := range s.file().Documents {
		if names := people(d.Participants, "承办"); names != "" {
			return names
		}
	}
	return ""
}
