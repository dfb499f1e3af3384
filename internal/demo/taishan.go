package demo

import "casebook/internal/registry"

// taishan is the fourth published case: farming in a forbidden zone, ordered to stop before it was filed. No day of its steps is
// published, so their order stands in the sequence alone.
func (l *loader) taishan() *registry.CaseFile {
	month := registry.Month(2024, 2)
	on := citer{l.law, month}
	area := 66700.0 // 6.67 hectares
	return &registry.CaseFile{
		Parties: []registry.Party{{Kind: "未知"}},
		Farm: &registry.Farm{Name: "台山市某养殖场", DistrictCode: "440781", AreaM2: &area, Operation: inUse,
			Zone: registry.Zone{Relation: "禁养区内", PlanName: "台山市畜禽养殖禁养区划定调整方案", PlanNumber: "台府〔2020〕19号", PlanOn: registry.Year(2020),
				Evidence: "遥感影像图、禁养区划定方案与遥感测绘结果分析报告比对", CheckedOn: month}},
		Inspections: []registry.Inspection{{
			Findings: "该场占地6.67公顷，检查时正在养殖畜禽。\n" +
				"把地块的遥感影像图同台府〔2020〕19号划定的禁养区比对，并结合遥感测绘结果分析报告，确认养殖地点在禁养区内。"}},
		Case: registry.Case{Title: "台山市某养殖场禁养区内养殖、拒不改正案", FoundOn: month,
			Summary: "2024年2月，市生态环境局台山分局检查台山市某养殖场，该场占地6.67公顷，当时正在养殖畜禽。\n" +
				"台山分局把该地块的遥感影像图与台山市人民政府《台山市畜禽养殖禁养区划定调整方案》（台府〔2020〕19号）划定的范围进行比对，并参考遥感测绘结果分析报告，确认养殖地点位于禁养区内。",
			Handling: "该养殖场违反了《广东省环境保护条例》第四十九条第二款。台山分局先下达责令改正违法行为决定书，要求其限期停止在禁养区内养殖；复查时该场仍在养殖，拒不改正。" +
				"台山分局随后立案查处，给予行政处罚，并报请台山市人民政府责令拆除或关闭。"},
		Evidence: []registry.Evidence{
			{Kind: "遥感影像", Title: "涉案地块遥感影像图", Proves: "养殖场的位置和范围。"},
			{Kind: "规划文件", Title: "台山市人民政府关于印发台山市畜禽养殖禁养区划定调整方案的通知", Number: "台府〔2020〕19号", Maker: "台山市人民政府", Proves: "禁养区的划定范围。"},
			{Kind: "测绘报告", Title: "遥感测绘结果分析报告", Proves: "养殖场位于禁养区内。"},
		},
		Violations: []registry.Violation{{TypeCode: "NO_FARM_ZONE_OPERATE", EndBasis: "责令期限届满后仍在进行", Continuing: registry.Yes,
			Facts: "在台府〔2020〕19号划定的禁养区内从事畜禽养殖，被责令限期停止后仍不改正。",
			Checklist: answers([3]string{"zone", answerYes, "台府〔2020〕19号划定。"},
				[3]string{"in_force", answerOpen, "方案的施行和有效期限未公布。"},
				[3]string{"operate", answerYes, "检查和复查时均在养殖。"},
				[3]string{"order", answerOpen, "已下达责令改正决定书，送达情况未公布。"},
				[3]string{"refuse", answerYes, "复查确认拒不改正。"}),
			Citations: join(on.printed(provinceRules, at(49, 2)), on.reviewed(provinceRules, at(77), inferred))}},
		Documents: []registry.Document{
			{Kind: registry.DocOrder, OrderMode: "限期改正", Content: "责令改正违法行为决定书：限期停止在禁养区内从事畜禽养殖；期限未公布。"},
			{Kind: registry.DocRecheck, Result: "拒不改正", Content: "复查时仍在禁养区内养殖。"},
			{Kind: registry.DocFiling, Content: "立案查处。"},
			{Kind: registry.DocDecision, Content: "作出行政处罚；种类和金额未公布。"},
			{Kind: registry.DocReport, OrganName: "台山市人民政府", Content: "报请责令拆除或者关闭。", Note: "市人民政府的决定未公布。"},
		},
		ReviewNotes: notesOf(4),
	}
}
