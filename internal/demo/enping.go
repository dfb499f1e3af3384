package demo

import "casebook/internal/registry"

// enping is the first published case: a pig breeder in 恩平 with a permit, two unlined ponds and an idle odour unit.
func (l *loader) enping() *registry.CaseFile {
	month := registry.Month(2024, 10)
	on := citer{l.law, month}
	herd := []registry.Herd{{Species: "生猪", Stage: "母猪", Count: count(5300), Qualifier: "多", Basis: "存栏", AsOf: month}}
	held := registry.Approval{State: "已办理"}
	return &registry.CaseFile{
		Parties: []registry.Party{{Kind: "公司"}},
		Farm: &registry.Farm{Name: "恩平某畜牧有限公司", DistrictCode: "440785", Herds: herd, Operation: inUse, EIA: held, Acceptance: held, Permit: held,
			Facilities: []registry.Facility{
				{Kind: "废水处理设施", Count: count(1), Note: "运行情况未公布。"},
				{Kind: "废气治理设施", Name: "堆粪棚旁", Count: count(1), Serves: "堆粪棚", State: "闲置停运"},
				{Kind: "鱼塘", Name: "鱼塘A", Lining: "无防渗"},
				{Kind: "鱼塘", Name: "鱼塘B", Lining: "无防渗"},
				{Kind: "其他", Name: "水泥管道", State: "破损", Note: "中间断裂。"},
				{Kind: "堆粪棚"},
			}},
		Inspections: []registry.Inspection{{Herds: herd,
			Findings: "该公司有废水、废气治理设施各一套，环评审批、竣工环保验收、排污许可证俱全，存栏母猪5300多头。\n" +
				"部分养殖废水没有处理，依次流过鱼塘A、水泥管道和鱼塘B，再排出场外；两口鱼塘均未防渗，水泥管道从中间断开，污水向土壤渗漏。\n" +
				"现场对两口鱼塘的水以及渗漏处的水和土壤取样。堆粪棚旁的废气治理设施停运闲置。",
			Path: registry.DischargePath{Nodes: []registry.PathNode{
				{Kind: "产生源", Name: "部分未经处理的养殖废水"},
				{Kind: "鱼塘", Name: "鱼塘A", Lining: "无防渗"},
				{Kind: "管道", Name: "水泥管道", Place: "鱼塘A、鱼塘B之间", State: "中间断裂"},
				{Kind: "断裂处", Name: "水泥管道断裂处", Place: "管道中间", State: "渗漏"},
				{Kind: "鱼塘", Name: "鱼塘B", Lining: "无防渗", After: []int{3}},
				{Kind: "外环境", Name: "外环境", After: []int{5}},
				{Kind: "土壤", Name: "周边土壤", State: "污水缓慢渗入", After: []int{2, 4, 5}},
			}}}},
		Samples: []registry.Sample{
			{Point: "鱼塘A水质", Medium: "废水"},
			{Point: "鱼塘B水质", Medium: "废水", Conclusion: "通报称外排水超标，项目和数值未公布。",
				Results: []registry.SampleResult{{Pollutant: "其他", Kind: registry.ResultVerdict, Verdict: "超标",
					Note: "超标项目、数值和所依标准未公布；通报只写外排水超标，未指明点位，按最后流经的鱼塘B登记。"}}},
			{Point: "渗漏处水质", Medium: "废水"},
			{Point: "渗漏处土壤", Medium: "土壤", Conclusion: "通报称周边水质、土壤受到生态环境损害，监测数值未公布。"},
		},
		Case: registry.Case{Title: "恩平某畜牧有限公司废水渗漏外排、废气设施闲置案", FoundOn: month,
			Summary: "2024年10月，市生态环境局恩平分局对恩平某畜牧有限公司开展现场检查。该公司当时存栏母猪5300多头，建有废水、废气治理设施各一套，环评审批、竣工环保验收和排污许可证均已办理。\n" +
				"检查查明，一部分养殖废水没有处理就流入鱼塘A，经水泥管道进入鱼塘B，再排到场外。两口鱼塘都没有做防渗，水泥管道从中间断开，污水由此渗进土壤。" +
				"对两口鱼塘的水、渗漏处的水和土壤取样监测后确认，外排水超过排放标准，周边水质和土壤受到损害。堆粪棚旁的废气治理设施也已停用闲置。",
			Handling: "该公司以逃避监管的方式排放水污染物、超标排放水污染物，并擅自闲置大气污染治理设施，违反《中华人民共和国水污染防治法》第十条与第三十九条、《广东省环境保护条例》第二十三条第三款。" +
				"恩平分局立案查处，责令立即改正，给予行政处罚，并把案件移送公安机关，提请对责任人员行政拘留。\n" +
				"生态环境损害赔偿方面，恩平分局与该公司的磋商已初步展开，该公司制定了修复方案，修复已经动工。"},
		Violations: []registry.Violation{
			{TypeCode: "WATER_EVASION", Damage: []string{"水质", "土壤"}, Facts: "部分养殖废水未经处理，经两口无防渗鱼塘和断裂的水泥管道排出场外、渗入土壤，通报认定为以逃避监管的方式排放水污染物。",
				Checklist: answers([3]string{"discharge", answerYes, "未经处理的养殖废水经两口鱼塘排入外环境。"},
					[3]string{"means", answerYes, "两口鱼塘无防渗措施，连接管道断裂。"},
					[3]string{"evasion", answerOpen, concluded},
					[3]string{"evidence", answerYes, "路径已查明，并在鱼塘和渗漏处取样。"}),
				Citations: join(on.printed(waterLaw, at(39)),
					on.reviewed(waterLaw, registry.Provision{Article: 83, Item: 3}, inferred),
					on.reviewed(permitRules, registry.Provision{Article: 34, Item: 2}, competing),
					on.cite(registry.RoleBreached, registry.StandingReview, waterLaw, at(40, 3), "复核意见：无防渗漏措施的坑塘另可落入本款，属竞合提示；对应关系为研究推断。"),
					on.reviewed(waterLaw, at(85, 1, 9), "复核意见：与第四十条第三款对应的罚则，属竞合提示；对应关系为研究推断。"))},
			{TypeCode: "WATER_EXCEED", Facts: "监测表明外排水超过水污染物排放标准；项目、数值和标准未公布。",
				Checklist: answers([3]string{"discharge", answerYes, "废水已排出场外。"},
					[3]string{"sample", answerYes, "已取样监测，结果数值未公布。"},
					[3]string{"standard", answerOpen, notTold},
					[3]string{"exceed", answerYes, "通报称外排水超标。"}),
				Citations: join(on.printed(waterLaw, at(10)),
					on.reviewed(waterLaw, registry.Provision{Article: 83, Item: 2}, inferred),
					on.reviewed(permitRules, registry.Provision{Article: 34, Item: 1}, competing))},
			{TypeCode: "FACILITY_IDLE_AIR", EndBasis: "检查时仍在进行", Facts: "堆粪棚旁配套的废气治理设施停运闲置，通报认定为擅自闲置大气污染治理设施。",
				Checklist: answers([3]string{"facility", answerYes, "堆粪棚旁的废气治理设施。"},
					[3]string{"idle", answerYes, "检查时停运闲置。"},
					[3]string{"approval", answerOpen, concluded}),
				Citations: join(on.printed(provinceRules, at(23, 3)), on.reviewed(provinceRules, at(67, 2), inferred))},
		},
		Documents: []registry.Document{
			{Kind: registry.DocFiling, Content: "立案查处。"},
			{Kind: registry.DocOrder, OrderMode: "立即改正", Content: "责令立即改正违法行为。"},
			{Kind: registry.DocDecision, Content: "作出行政处罚；种类和金额未公布。"},
			{Kind: registry.DocDetention, OrganName: policeAuthority, People: answerable, Content: "移送公安机关，对相关责任人行政拘留。", Note: "移送人数和公安机关的决定未公布。"},
			{Kind: registry.DocDamageTalks, Result: "已开展", Content: "就生态环境损害与该公司初步磋商。"},
			{Kind: registry.DocRepairPlan, Result: "已完成", Content: "该公司已制定修复方案。"},
			{Kind: registry.DocRepair, Result: "已开展", Content: "该公司已着手修复。"},
		},
		ReviewNotes: notesOf(1),
	}
}
