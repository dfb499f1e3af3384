package demo

import (
	"slices"

	"casebook/internal/registry"
)

// remark is one remark on what was printed; it may concern several cases.
type remark struct {
	cases []int
	note  registry.ReviewNote
}

// notesOf lists the remarks on the n-th published case: each is our comparison of the print with the law's text, with how sure
// we are of that text.
func notesOf(n int) []registry.ReviewNote {
	var list []registry.ReviewNote
	for _, r := range remarks {
		if slices.Contains(r.cases, n) {
			list = append(list, r.note)
		}
	}
	missing := registry.ReviewNote{About: "处罚依据", Printed: "只引违反条款，未引处罚依据、罚款数额和决定书文号", Official: "罚则应为：" + liabilities[n],
		Kind: "缺项", Severity: "待核", Note: "违反条款与罚则的对应为研究推断。", Confidence: "full_text_x2"}
	return append(list, missing)
}

// liabilities are the liability articles that belong to each case's breached ones, by inference.
var liabilities = map[int]string{
	1: "水污染防治法第八十三条第（二）项、第（三）项，广东省环境保护条例第六十七条第二款",
	2: "水污染防治法第八十三条第（三）项",
	3: "畜禽规模养殖污染防治条例第三十九条",
	4: "广东省环境保护条例第七十七条",
	5: "畜禽规模养殖污染防治条例第四十一条（潭江流域内另有潭江流域水质保护条例第三十六条第二款）",
}

var remarks = []remark{
	{[]int{1, 2}, registry.ReviewNote{About: "以案说法·水污染防治法第三十九条", Printed: "溶洞、私设暗管", Official: "溶洞，私设暗管", Kind: "标点", Severity: "轻微",
		Note: "“溶洞”后法条为逗号；写作顿号，就把“私设暗管”并入了“利用……”的宾语。", Confidence: "full_text_x2"}},
	{[]int{2}, registry.ReviewNote{About: "所引排放标准的表号", Printed: "DB44/613—2009 表1",
		Official: "DB44/613-2009 表5（集约化畜禽养殖业水污染物最高允许日均排放浓度）；2009 版表1为养殖场适用规模，水污染物限值列于表1的是 DB44/613-2024",
		Kind:     "表号", Severity: "重大", Confidence: "full_text"}},
	{[]int{2}, registry.ReviewNote{About: "排放限值的名称", Printed: "污水污染物", Official: "水污染物", Kind: "术语", Severity: "轻微", Confidence: "full_text"}},
	{[]int{2}, registry.ReviewNote{About: "违反条款", Printed: "认定氨氮、总磷超标，只引第三十九条", Official: "超标排放对应水污染防治法第十条（案件一同时引了第十条、第三十九条）",
		Kind: "漏引", Severity: "待核", Note: "事实与所引条款不一致的提示。", Confidence: "full_text_x2"}},
	{[]int{2}, registry.ReviewNote{About: "适用标准版本", Printed: "2024年6月检查，用 2009 版",
		Official: "现有场至 2025-04-30 仍适用 2009 版；2024-05-01 起的新建场适用 2024 版，该场若属新建则应用 2024 版", Kind: "时效提示", Severity: "提示", Confidence: "secondary"}},
	{[]int{3}, registry.ReviewNote{About: "环评文件名称", Printed: "环境影响评价登记表", Official: "环境影响登记表（环境影响评价法第十六条第二款第（三）项、第二十二条第四款）",
		Kind: "文件名", Severity: "轻微", Confidence: "full_text_x2"}},
	{[]int{3}, registry.ReviewNote{About: "违法事实用语", Printed: "“也未委托”“即投入生产、使用”", Official: "第十三条第二款写作“或者未委托”“不得投入生产或者使用”；通报所用为罚则第三十九条的用语",
		Kind: "用语来源", Severity: "提示", Confidence: "full_text_x2"}},
	{[]int{1}, registry.ReviewNote{About: "广东省环境保护条例第二十三条第三款", Printed: "条文引文", Official: "与2022年修正、2019年修正两个版本的文字均一致", Kind: "一致", Severity: "提示",
		Confidence: "full_text_x2"}},
	{[]int{4}, registry.ReviewNote{About: "叙述顺序", Printed: "前一段末尾已写到立案、处罚和报市人民政府，后一段才写责令改正和复查",
		Official: "条例第七十七条的次序：先责令停止，拒不停止的才罚款并报政府责令拆除或者关闭", Kind: "版面重复", Severity: "轻微", Note: "前一段末句疑为排版时从后一段重复而来。", Confidence: "full_text"}},
	{[]int{3}, registry.ReviewNote{About: "以案说法末尾", Printed: "条文后半句重复一次", Official: "条文只有一次", Kind: "版面重复", Severity: "轻微", Confidence: "full_text_x2"}},
	{[]int{5}, registry.ReviewNote{About: "责令改正的形式", Printed: "责令立即改正", Official: "畜禽规模养殖污染防治条例第四十一条的命令形式为“责令限期治理”", Kind: "措施名称", Severity: "待核",
		Confidence: "full_text_x2"}},
	{[]int{1}, registry.ReviewNote{About: "逃避监管与渗漏事实", Printed: "两口无防渗措施的鱼塘，管道断裂后渗入土壤",
		Official: "另可落入水污染防治法第四十条第三款、第八十五条第一款第（九）项；移送行政拘留暂行办法第五条把无防渗漏措施的坑、池、塘列为渗坑", Kind: "竞合提示", Severity: "提示",
		Confidence: "full_text_x2"}},
	{[]int{3}, registry.ReviewNote{About: "责令改正的形式", Printed: "责令立即改正", Official: "畜禽规模养殖污染防治条例第三十九条的命令为“责令停止生产或者使用”；责令改正另依行政处罚法第二十八条",
		Kind: "命令形式", Severity: "待核", Note: "与案件五的措施名称属同一类问题。", Confidence: "full_text_x2"}},
}
