package demo

import "casebook/internal/registry"

// heshan is the second published case: a full settling tank that overflowed by way of a rain pipe into a river.
func (l *loader) heshan() *registry.CaseFile {
	month := registry.Month(2024, 6)
	on := citer{l.law, month}
	herd := []registry.Herd{{Species: "生猪", AsOf: month}}
	over := func(pollutant string) registry.SampleResult {
		return registry.SampleResult{Pollutant: pollutant, Kind: registry.ResultVerdict, Verdict: "超标", LimitFrom: "报告所印", LimitRef: "DB44/613—2009 表1（通报所印）",
			Note: "监测数值和限值未公布。"}
	}
	return &registry.CaseFile{
		Parties: []registry.Party{{Kind: "未知"}},
		Farm: &registry.Farm{Name: "鹤山市某畜禽养殖场", DistrictCode: heshanDistrict, Operation: inUse, Herds: herd, Facilities: []registry.Facility{
			{Kind: "沉淀池", Name: "两级沉淀池", Count: count(1), Serves: "一栋猪舍", State: "满溢"},
			{Kind: "其他", Name: "收集塘", Note: "东南角有一个溢流口。"},
		}},
		Inspections: []registry.Inspection{{Herds: herd, Others: heshanStation + "（采样监测）",
			Findings: "该场以养猪为主。一栋猪舍的粪污废水进入两级沉淀池，池已装满，废水溢出池外，沿雨水管道流进收集塘。\n" +
				"收集塘东南角开有溢流口，检查时塘内废水正从此处流进附近雨水渠，最后进入旁边的河流。" + heshanStation + "在溢流口取样。",
			Path: registry.DischargePath{ReceivingWater: "场旁河流（名称未公布）", Nodes: []registry.PathNode{
				{Kind: "产生源", Name: "猪舍粪污废水"},
				{Kind: "沉淀池", Name: "两级沉淀池", State: "满载溢流"},
				{Kind: "雨水管渠", Name: "雨水管道"},
				{Kind: "收集塘", Name: "收集塘"},
				{Kind: "溢流口", Name: "溢流口", Place: "收集塘东南角", State: "正在外流"},
				{Kind: "雨水管渠", Name: "附近雨水渠"},
				{Kind: "水体", Name: "场旁河流"},
			}}}},
		Samples: []registry.Sample{{Point: "收集塘溢流口外排水", Medium: "废水", SamplingOrgan: heshanStation,
			StandardCited:  "《畜禽养殖业污染物排放标准》（DB44/613—2009）表1",
			StandardReview: "DB44/613-2009 的表1是养殖场适用规模，水污染物最高允许日均排放浓度在表5（珠三角：氨氮 70 mg/L、总磷 7.0 mg/L）；限值列于表1的是 DB44/613-2024。",
			Results:        []registry.SampleResult{over("氨氮"), over("总磷")}, Conclusion: "氨氮、总磷均超标，数值未公布。"}},
		Case: registry.Case{Title: "鹤山市某畜禽养殖场沉淀池溢流外排废水案", FoundOn: month,
			Summary: "2024年6月，市生态环境局鹤山分局到鹤山市某畜禽养殖场检查。该场主要养猪，一栋猪舍的粪污废水送入两级沉淀池，池子已满，废水漫出后顺着雨水管道流进收集塘；" +
				"收集塘东南角留有溢流口，检查当时塘里的废水正从这里流到附近雨水渠，再进入旁边的河流。\n" +
				"鹤山市环境保护监测站在溢流口取样，结果显示外排水的氨氮、总磷浓度都超过《畜禽养殖业污染物排放标准》（DB44/613—2009）表1的限值。",
			Handling: "该养殖场违反了《中华人民共和国水污染防治法》第三十九条。鹤山分局立案查处，责令立即改正，给予行政处罚，并把案件移送公安机关，提请对责任人员行政拘留。"},
		Violations: []registry.Violation{{TypeCode: "WATER_EVASION", EndBasis: "检查时仍在进行",
			Facts: "两级沉淀池满载，粪污废水溢出后经雨水管道、收集塘溢流口和雨水渠排入河流；溢流口外排水氨氮、总磷超标。",
			Checklist: answers([3]string{"discharge", answerYes, "检查时废水正经溢流口外流，最终进入河流。"},
				[3]string{"means", answerOpen, "沉淀池满载溢流是否属于不正常运行水污染防治设施，通报未写明。"},
				[3]string{"evasion", answerOpen, concluded},
				[3]string{"evidence", answerYes, "路径已查明，监测站在溢流口取样。"}),
			Citations: join(on.printed(waterLaw, at(39)),
				on.reviewed(waterLaw, registry.Provision{Article: 83, Item: 3}, inferred),
				on.cite(registry.RoleBreached, registry.StandingReview, waterLaw, at(10), "复核意见：通报写明氨氮、总磷超标，未引本条；是否补引以案卷为准。"),
				on.reviewed(waterLaw, registry.Provision{Article: 83, Item: 2}, "复核意见：与第十条对应的罚则；对应关系为研究推断，以案卷为准。"))}},
		Documents: []registry.Document{
			{Kind: registry.DocFiling, Content: "立案查处。"},
			{Kind: registry.DocOrder, OrderMode: "立即改正", Content: "责令立即改正违法行为。"},
			{Kind: registry.DocDecision, Content: "作出行政处罚；种类和金额未公布。"},
			{Kind: registry.DocDetention, OrganName: policeAuthority, People: answerable, Content: "移送公安机关，对相关责任人行政拘留。", Note: "移送人数和公安机关的决定未公布。"},
		},
		ReviewNotes: notesOf(2),
	}
}
