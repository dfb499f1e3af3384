package demo

import (
	"fmt"

	"casebook/internal/registry"
)

const annulledDistrict = "440703" // 蓬江区

// annulledCase is the case whose decision did not stand: it was made before the time for a defence was over, annulled on reconsideration
// together with the daily penalty that rested on it, and made anew under a new number. The first fine went back; the second was paid in
// two instalments.
func (l *loader) annulledCase() (*registry.CaseFile, error) {
	found := registry.Day(2025, 6, 3)
	officers := l.units.crew(annulledDistrict)
	const party = "江门市蓬江区示例生猪养殖专业合作社"
	samples, err := l.annulledSamples(found)
	if err != nil {
		return nil, err
	}
	herds := []registry.Herd{{Species: "生猪", Stage: "商品猪", Count: count(640), Basis: "存栏", AsOf: found}}
	on := citer{l.law, found}
	documents := l.annulledDocuments(officers, party)
	first, again := placeOf(documents, registry.DocDecision, 1), placeOf(documents, registry.DocDecision, 2)
	days := int64(3)
	return &registry.CaseFile{
		Farm: &registry.Farm{Origin: registry.OriginSample, Name: "蓬江区示例生猪养殖场", PublicName: "蓬江区某生猪养殖场", DistrictCode: annulledDistrict, Town: "示例镇示例村", RaisingMode: "育肥", ManureMode: "水泡粪",
			Herds: herds, Facilities: []registry.Facility{{Kind: "沉淀池", Capacity: "90 m³", Lining: "有防渗", State: "正常运行"}, {Kind: "氧化塘", Capacity: "300 m³", Lining: "有防渗"}},
			EIA:    registry.Approval{State: "已办理", Kind: "登记表", Number: "示例备2020-0003", On: registry.Day(2020, 9, 1)},
			Permit: registry.Approval{State: "不需要办理", Kind: "登记管理"}, Zone: registry.Zone{Relation: "适养区"}, ReceivingWater: "示例排渠", InTanjiang: registry.No, Note: "虚构的养殖场，仅供演示。"},
		Parties: []registry.Party{{Origin: registry.OriginSample, Kind: "农民专业合作社", Name: party, PublicName: "蓬江区某养殖专业合作社", CreditCode: creditCode("93", 2),
			LegalPerson: "周示例", LegalPersonTitle: "理事长", Phone: "000-00000002", Address: "江门市蓬江区示例镇示例村", Note: "虚构的当事人，仅供演示。"}},
		Case: registry.Case{Origin: registry.OriginSample, Title: "【示例】蓬江区某养殖专业合作社超标排放水污染物案", Number: "江蓬环立〔2025〕21号", DistrictCode: annulledDistrict, Source: "群众举报", FoundOn: found,
			Summary: "2025年6月3日，蓬江分局接群众举报，检查示例生猪养殖场。该场存栏生猪640头，养殖废水经沉淀池、氧化塘后由排水管排入示例排渠。在排水口取样监测，总氮超过排放标准；责令改正后第三天暗查，仍超标排放。",
			Handling: "蓬江分局责令立即改正并立案调查，作出罚款10万元的决定，并对拒不改正作出按日连续处罚。行政复议机关以告知后陈述申辩期限未满即作出决定、程序违法为由撤销。" +
				"蓬江分局退还已缴罚款，重新告知后以新的文号重新作出罚款10万元的决定，当事人分两期缴清，案件已结。",
			Parties: []registry.CaseParty{{Role: "单位"}}, Note: "示例案件：人物、单位、文号和数据均为虚构，不得编入真实案件的通报。"},
		Inspections: []registry.Inspection{
			annulledInspection(found, "群众举报", "江蓬环检〔2025〕33号", officers, herds, "该场有猪舍3栋，存栏商品猪640头，采用水泡粪。沉淀池、氧化塘有水，氧化塘末端的排水管正在排水，水色灰黄，排入示例排渠。采样人员在排水口取样。", true),
			annulledInspection(registry.Day(2025, 6, 13), "复查", "江蓬环检〔2025〕36号", officers, herds, "暗查：排水管仍在排水，水色没有变化。采样人员在同一排水口取样。", false),
		},
		Samples: samples,
		Violations: []registry.Violation{{TypeCode: "WATER_EXCEED", ActFrom: found, ActTo: registry.Day(2025, 6, 13), Continuing: registry.Yes, Place: "氧化塘末端排水口",
			Facts: "经监测，排水口外排废水的总氮超过《畜禽养殖业污染物排放标准》的限值；责令立即改正后复查仍超标排放。",
			Checklist: answers([3]string{"discharge", answerYes, "两次检查时排水口均在排水。"}, [3]string{"sample", answerYes, "两次取样监测。"},
				[3]string{"standard", answerYes, "报告所引标准现行有效。"}, [3]string{"exceed", answerYes, "总氮超标。"}),
			Citations: join(on.cite(registry.RoleBreached, registry.StandingConfirmed, waterLaw, at(10), ""), on.cite(registry.RoleBasis, registry.StandingConfirmed, waterLaw, registry.Provision{Article: 83, Item: 2}, ""))}},
		Documents: documents,
		Penalties: []registry.Penalty{
			{DocumentID: first, Kind: "罚款", Amount: yuan(100000), PayBy: registry.Day(2025, 7, 23), Content: "超标排放水污染物"},
			{DocumentID: placeOf(documents, registry.DocDailyPenalty, 1), Kind: registry.PenaltyDaily, Amount: yuan(300000), DailyDays: &days, DailyBase: yuan(100000), PayBy: registry.Day(2025, 8, 7), Content: "拒不改正，自6月11日至6月13日"},
			{DocumentID: again, Kind: "罚款", Amount: yuan(100000), PayBy: registry.Day(2025, 11, 13), Content: "超标排放水污染物"},
		},
		Payments: []registry.Payment{
			{PenaltyID: 1, Kind: registry.PaidFine, PaidOn: registry.Day(2025, 7, 18), Amount: registry.Yuan(100000), Receipt: "示例票据101"},
			{PenaltyID: 1, Kind: registry.Refund, PaidOn: registry.Day(2025, 10, 17), Amount: registry.Yuan(100000), Receipt: "示例退库101", Note: "原决定被撤销，退还已缴罚款。"},
			{PenaltyID: 3, Kind: registry.PaidFine, PaidOn: registry.Day(2025, 11, 27), Amount: registry.Yuan(50000), Receipt: "示例票据102", Note: "第一期。"},
			{PenaltyID: 3, Kind: registry.PaidFine, PaidOn: registry.Day(2025, 12, 30), Amount: registry.Yuan(50000), Receipt: "示例票据103", Note: "第二期，缴清。"},
		},
	}, nil
}

func annulledInspection(day registry.Date, kind, number string, officers []registry.OfficerRef, herds []registry.Herd, findings string, path bool) registry.Inspection {
	x := registry.Inspection{Origin: registry.OriginSample, Number: number, Kind: "日常检查", StartedOn: day, StartTime: "10:00", EndedOn: day, EndTime: "11:20", Place: "江门市蓬江区示例镇示例村", Officers: officers,
		Recorder: officers[1].Name, CertificateShown: registry.Yes, RightsTold: registry.Yes, PresentName: "周示例", PresentTitle: "理事长", Herds: herds, Findings: findings, Result: registry.ViolationFound,
		Media: "照片6张，执法记录仪编号示例002。", PartyOpinion: "情况属实。", State: registry.InspectionSubmitted, Note: "示例记录（" + kind + "）。"}
	if kind == "复查" {
		x.Kind = kind
	}
	if path {
		x.Path = registry.DischargePath{ReceivingWater: "示例排渠", Nodes: []registry.PathNode{{Kind: "产生源", Name: "养殖废水"}, {Kind: "沉淀池", Name: "沉淀池", Lining: "有防渗"},
			{Kind: "氧化塘", Name: "氧化塘", Lining: "有防渗"}, {Kind: "管道", Name: "末端排水管", State: "正在外排"}}}
	}
	return x
}

func (l *loader) annulledSamples(found registry.Date) ([]registry.Sample, error) {
	limit, ok := l.limitNitrogen(found)
	if !ok {
		return nil, fmt.Errorf("the catalogue has no limit of 2024 for 总氮 on %s", found)
	}
	const station = "蓬江区示例环境监测站"
	sample := func(day registry.Date, inspection registry.InspectionID, code, report, value string, reported registry.Date) registry.Sample {
		r := limit
		r.Value, r.Verdict = value, "超标"
		return registry.Sample{InspectionID: inspection, Code: code, Point: "氧化塘末端排水口", Medium: "废水", SampledOn: day, SampledTime: "10:40", SamplingOrgan: station, AnalysisOrgan: station, ReportNumber: report, ReportOn: reported,
			ToldOn: reported.AddDays(1), StandardCited: "《畜禽养殖业污染物排放标准》（DB44/613-2024）表1（二类区域）", Results: []registry.SampleResult{r}, Conclusion: "总氮超标。", Note: "示例数据。"}
	}
	return []registry.Sample{
		sample(found, 1, "示例P20250603-01", "示例监（2025）第051号", "196", registry.Day(2025, 6, 9)),
		sample(registry.Day(2025, 6, 13), 2, "示例P20250613-01", "示例监（2025）第058号", "182", registry.Day(2025, 6, 18)),
	}, nil
}

// limitNitrogen is an empty result with the one limit of DB44/613-2024 that the catalogue holds; existing farms keep it since May 2025.
func (l *loader) limitNitrogen(on registry.Date) (registry.SampleResult, bool) {
	for _, x := range l.law.Limits("总氮", on, cityCode) {
		if x.Standard == "DB44/613-2024" && x.Region == "二类区域" {
			return registry.SampleResult{Pollutant: "总氮", Kind: registry.ResultValue, Unit: x.Unit, Limit: x.Value, LimitFrom: "标准目录", LimitRef: x.Ref()}, true
		}
	}
	return registry.SampleResult{}, false
}

func (l *loader) annulledDocuments(officers []registry.OfficerRef, party string) []registry.Document {
	crew, head, review, board := samplePeople(officers)
	on := citer{l.law, registry.Day(2025, 6, 13)}
	day := func(m, d int) registry.Date { return registry.Day(2025, m, d) }
	cited := join(on.cite(registry.RoleBreached, registry.StandingConfirmed, waterLaw, at(10), ""), on.cite(registry.RoleBasis, registry.StandingConfirmed, waterLaw, registry.Provision{Article: 83, Item: 2}, ""))
	list := []registry.Document{
		{Kind: registry.DocMonitoring, NumberTyped: "示例监（2025）第051号", MadeOn: day(6, 9), ServedOn: day(6, 9), OrganName: "蓬江区示例环境监测站", Content: "总氮超标。"},
		{Kind: registry.DocMonitoringTold, MadeOn: day(6, 10), ServedOn: day(6, 10), Participants: crew, Content: "告知当事人监测结果。"},
		{Kind: registry.DocOrder, NumberTyped: "江蓬环责改〔2025〕15号", MadeOn: day(6, 10), ServedOn: day(6, 10), Participants: head, OrderMode: "立即改正", Content: "责令立即停止超标排放。", Result: "拒不改正", ResultOn: day(6, 13), Citations: cited},
		{Kind: registry.DocFiling, NumberTyped: "江蓬环立〔2025〕21号", MadeOn: day(6, 11), Participants: head, Content: "符合立案条件，同意立案。", Citations: cited},
		{Kind: registry.DocRecheck, MadeOn: day(6, 13), Participants: crew, Result: "拒不改正", ResultOn: day(6, 13), Content: "暗查，排水口仍在排水，取样监测仍超标。"},
		{Kind: registry.DocInvestigation, MadeOn: day(6, 20), Participants: crew, Content: "调查终结，提出处理意见。"},
		{Kind: registry.DocLegalReview, MadeOn: day(6, 24), Participants: review, Content: "同意。"},
		{Kind: registry.DocDiscussion, MadeOn: day(6, 27), Participants: board, Content: "同意拟处罚款10万元。"},
		{Kind: registry.DocNotice, NumberTyped: "江蓬环罚告〔2025〕17号", MadeOn: day(6, 30), ServedOn: day(7, 1), Participants: crew, Amount: yuan(100000), Content: "拟处罚款10万元；告知陈述、申辩和要求听证的权利。", Citations: cited},
		{Kind: registry.DocDecision, NumberTyped: "江蓬环罚〔2025〕19号", MadeOn: day(7, 7), ServedOn: day(7, 8), Participants: head, Amount: yuan(100000), Content: "超标排放水污染物，罚款10万元。", Citations: cited,
			Note: "示例：陈述申辩期至7月8日，决定作出于7月7日。"},
		{Kind: registry.DocPublication, MadeOn: day(7, 11), People: "公开：示例发布员", Content: "处罚决定在门户网站公开（示例）。"},
		{Kind: registry.DocDailyPenalty, NumberTyped: "江蓬环按日罚〔2025〕1号", MadeOn: day(7, 22), ServedOn: day(7, 23), Participants: head, Amount: yuan(300000), Content: "自送达责令改正次日至复查日共3日，原罚款10万元，按日连续罚款30万元。"},
		{Kind: registry.DocReconsideration, MadeOn: day(8, 5), OrganName: "示例复议机关", Content: "当事人申请行政复议。", Result: "撤销", ResultOn: day(9, 26), ResultNote: "告知后陈述申辩期限未满即作出决定，程序违法。"},
		{Kind: registry.DocAnnulled, NumberTyped: "江蓬环撤〔2025〕1号", MadeOn: day(9, 29), ServedOn: day(9, 29), Participants: head, Content: "依复议决定撤销江蓬环罚〔2025〕19号和以它为基础的按日连续处罚。"},
		{Kind: registry.DocPublication, MadeOn: day(9, 30), People: "公开：示例发布员", Content: "撤回公开的处罚决定，并公开说明理由（示例）。"},
		{Kind: registry.DocNotice, NumberTyped: "江蓬环罚告〔2025〕29号", MadeOn: day(10, 13), ServedOn: day(10, 14), Participants: crew, Amount: yuan(100000), Content: "重新告知：拟处罚款10万元。", Citations: cited},
		{Kind: registry.DocLegalReview, MadeOn: day(10, 22), Participants: review, Content: "同意。"},
		{Kind: registry.DocDiscussion, MadeOn: day(10, 24), Participants: board, Content: "同意重新作出处罚决定。"},
		{Kind: registry.DocDecision, NumberTyped: "江蓬环罚〔2025〕33号", MadeOn: day(10, 28), ServedOn: day(10, 29), Participants: head, Amount: yuan(100000), Content: "超标排放水污染物，罚款10万元（重新作出）。", Citations: cited},
		{Kind: registry.DocPublication, MadeOn: day(11, 3), People: "公开：示例发布员", Content: "重新作出的处罚决定在门户网站公开（示例）。"},
		{Kind: registry.DocCreditReport, MadeOn: day(11, 3), People: "上报：示例发布员", Content: "示例：不向真实平台上报。"},
		{Kind: registry.DocInstalments, NumberTyped: "江蓬环缓〔2025〕1号", MadeOn: day(11, 10), ServedOn: day(11, 10), Participants: head, DueOn: registry.Day(2025, 12, 31), Content: "经申请批准分两期缴纳：11月28日前5万元，12月31日前5万元。"},
		{Kind: registry.DocClosing, MadeOn: registry.Day(2026, 1, 12), Participants: head, Content: "重新作出的决定已经履行，违法行为已改正，同意结案。"},
	}
	for i := range list {
		signed(&list[i], l.units.city, party)
	}
	return list
}
