package demo

import "casebook/internal/registry"

// xinhui is the fifth published case: a cattle farm whose broken pipe let untreated waste into a stream.
func (l *loader) xinhui() *registry.CaseFile {
	month := registry.Month(2024, 6)
	on := citer{l.law, month}
	herd := []registry.Herd{{Species: "肉牛", Count: count(150), Basis: "存栏", AsOf: month}}
	return &registry.CaseFile{
		Parties: []registry.Party{{Kind: "未知"}},
		Farm: &registry.Farm{Name: "新会区某养牛场", DistrictCode: "440705", Operation: inUse, RaisingMode: "自繁自养", Herds: herd,
			Facilities: []registry.Facility{
				{Kind: "收集沟渠", Name: "场内沟渠"},
				{Kind: "其他", Name: "白色塑胶管道", State: "破损", Note: "断裂。"},
				{Kind: "隔渣池", Name: "粪污收集隔渣池"},
			}},
		Inspections: []registry.Inspection{{Herds: herd,
			Findings: "该场自繁自养肉牛，存栏150头。粪污和冲洗牛栏的废水由场内沟渠收集，再经白色塑胶管道送往隔渣池。\n" +
				"白色塑胶管道断裂，养殖废水从断口流到牛栏旁的水沟，最后进入旁边的溪流。",
			Path: registry.DischargePath{ReceivingWater: "场旁溪流（名称未公布）", Nodes: []registry.PathNode{
				{Kind: "产生源", Name: "粪污和牛栏清洗废水"},
				{Kind: "沟渠", Name: "场内沟渠"},
				{Kind: "管道", Name: "白色塑胶管道", State: "断裂"},
				{Kind: "隔渣池", Name: "粪污收集隔渣池"},
				{Kind: "断裂处", Name: "管道断裂口", State: "废水直接外流", After: []int{3}},
				{Kind: "沟渠", Name: "牛栏旁水沟", After: []int{5}},
				{Kind: "水体", Name: "场旁溪流", After: []int{6}},
			}}}},
		Case: registry.Case{Title: "新会区某养牛场未经处理直接排放养殖废水案", FoundOn: month,
			Summary: "2024年6月，市生态环境局新会分局检查新会区某养牛场。该场肉牛自繁自养，存栏150头，粪污和冲洗牛栏的废水先由场内沟渠收集，再用白色塑胶管道送到粪污收集隔渣池。\n" +
				"检查发现，这条塑胶管道已经断开，废水从断口直接流到牛栏旁的水沟，最后进入旁边的溪流，养殖废弃物没有经过无害化处理就排到了环境中。",
			Handling: "该养牛场违反了《畜禽规模养殖污染防治条例》第二十条。新会分局立案查处，责令立即改正，给予行政处罚。"},
		Violations: []registry.Violation{{TypeCode: "LIVESTOCK_DIRECT_DISCHARGE",
			Facts: "输送管道断裂，粪污和牛栏清洗废水未经无害化处理，从断口经水沟排入溪流。",
			Checklist: answers([3]string{"waste", answerYes, "粪污和牛栏清洗废水。"},
				[3]string{"untreated", answerYes, "在进入隔渣池之前外流。"},
				[3]string{"environment", answerYes, "经水沟排入溪流。"},
				[3]string{"evidence", answerYes, "现场查明断口、水沟和溪流。"}),
			Citations: join(on.printed(livestockRules, at(20)),
				on.reviewed(livestockRules, at(41), inferred),
				on.reviewed(tanjiangRules, at(36, 2), "复核意见：地点在潭江流域的，与条例第四十一条竞合；是否在流域内未公布，修正文本的施行日未核到，两个版本并列。"))}},
		Documents: []registry.Document{
			{Kind: registry.DocFiling, Content: "立案查处。"},
			{Kind: registry.DocOrder, OrderMode: "立即改正", Content: "责令立即改正违法行为。"},
			{Kind: registry.DocDecision, Content: "作出行政处罚；种类和金额未公布。"},
		},
		ReviewNotes: notesOf(5),
	}
}
