package demo

import (
	"fmt"
	"slices"

	"casebook/internal/registry"
)

const sampleDistrict = "440704" // 江海区

// invented adds the invented records: a case with every field up to its closing, one whose decision was annulled and made anew, and an
// inspection that found nothing.
func (l *loader) invented() error {
	f, err := l.sampleCase()
	if err != nil {
		return err
	}
	if err := l.keep(f); err != nil {
		return err
	}
	if err := l.b.PaperWording(sampleWording()); err != nil {
		return fmt.Errorf("wording of papers: %w", err)
	}
	if f, err = l.annulledCase(); err != nil {
		return err
	}
	if err := l.keep(f); err != nil {
		return err
	}
	return l.cleanInspection()
}

// sampleCase is the case with every field and a full chain. Its days obey the deadlines: found 18 February, ordered on the day the
// monitoring result was told, filed on the 9th day, decided within 90 days and one extension of 30, the hearing's 23 days not counted,
// paid within 15 days of service, closed after the reconsideration.
func (l *loader) sampleCase() (*registry.CaseFile, error) {
	found := registry.Day(2025, 2, 18)
	samples, err := l.sampleSamples(found)
	if err != nil {
		return nil, err
	}
	officers := l.units.crew(sampleDistrict)
	farm := sampleFarm(found)
	documents := l.sampleDocuments(officers)
	return &registry.CaseFile{
		Farm: farm,
		Parties: []registry.Party{
			{Origin: registry.OriginSample, Kind: "公司", Name: "江门市江海区示例牧业有限公司", PublicName: "江海区某牧业有限公司", CreditCode: creditCode("91", 1),
				LegalPerson: "孙示例", LegalPersonTitle: "执行董事", Phone: "000-00000000", Address: "江门市江海区示例路1号", Note: "虚构的当事人，仅供演示。"},
			{Origin: registry.OriginSample, Kind: "自然人", Name: "孙示例", IDNumber: personID("19800229", 1), Phone: "000-00000001", Address: "江门市江海区示例路1号",
				Note: "虚构的自然人：直接负责的主管人员。身份证号的行政区划为 000000，不属于任何人。"},
		},
		Case: registry.Case{Origin: registry.OriginSample, Title: "【示例】江海区某牧业有限公司不正常运行水污染防治设施案", Number: "江江环立〔2025〕9号", DistrictCode: sampleDistrict,
			Source: "双随机", FoundOn: found,
			Summary: "2025年2月18日，江海分局对示例生猪养殖场开展双随机检查。该场存栏生猪860头，配套的好氧处理设施自2月16日起因风机故障整体停运，养殖废水只经沉淀，由一条软管从贮存池抽入场北排水沟，最后进入示例涌。" +
				"在软管出口取样监测，化学需氧量、氨氮超过排放标准。检查还发现该项目的环境影响登记表没有备案。",
			Handling: "江海分局先行登记保存并扣押潜水泵和软管，责令改正并立案调查，经告知、听证和集体讨论，对两项违法行为合并处以罚款22.5万元，把案件移送公安机关。公司修复风机、拆除软管、补办备案并缴清罚款；申请行政复议，决定维持。双方就生态环境损害赔偿磋商两次后达成协议，修复已经验收，案件已结。",
			Parties:  []registry.CaseParty{{Role: "单位"}, {Role: "责任人"}},
			Note:     "示例案件：人物、单位、文号和数据均为虚构，不得编入真实案件的通报。"},
		Inspections: []registry.Inspection{
			sampleInspection(found, officers), sampleRecheck(officers),
		},
		Samples: samples, Interrogations: []registry.Interrogation{sampleInterrogation(officers)}, Evidence: sampleEvidence(found),
		Violations: l.sampleViolations(found), Documents: documents, Penalties: samplePenalties(placeOf(documents, registry.DocDecision, 1)), Payments: samplePayments(),
	}, nil
}

func sampleFarm(found registry.Date) *registry.Farm {
	lng, lat, area := 113.152000, 22.551000, 18000.0
	return &registry.Farm{Origin: registry.OriginSample, Name: "江海区示例生猪养殖场", PublicName: "江海区某养殖场", DistrictCode: sampleDistrict, Town: "示例街道示例村",
		Address: "江门市江海区示例街道示例村示例围", Place: registry.Place{Longitude: &lng, Latitude: &lat, Datum: "CGCS2000"}, AreaM2: &area,
		ProductionSince: registry.Month(2016, 5), RaisingMode: "育肥", Barns: count(4), ManureMode: "干清粪",
		Herds: []registry.Herd{{Species: "生猪", Stage: "商品猪", Count: count(860), Basis: "存栏", AsOf: found},
			{Species: "生猪", Stage: "商品猪", Count: count(1700), Qualifier: "约", Basis: "年出栏", AsOf: registry.Year(2024)}},
		Facilities: []registry.Facility{
			{Kind: "雨污分流", State: "正常运行"}, {Kind: "沉淀池", Capacity: "120 m³", Lining: "有防渗", State: "正常运行"},
			{Kind: "好氧处理", Name: "好氧池和风机", Capacity: "40 m³/d", Lining: "有防渗", State: "正常运行", Note: "2025年2月16日至2月27日因风机故障停运。"},
			{Kind: "贮存池", Capacity: "600 m³", Lining: "有防渗", State: "正常运行"}, {Kind: "消纳土地", Capacity: "180亩", Note: "与示例村签有协议。"}},
		EIA:        registry.Approval{State: "已办理", Kind: "登记表", Number: "示例备2025-0001", On: registry.Day(2025, 3, 10)},
		Acceptance: registry.Approval{State: "不需要办理"}, Permit: registry.Approval{State: "不需要办理", Kind: "登记管理"},
		Zone:           registry.Zone{Relation: "适养区", PlanName: "江海区示例禁养区划定方案", PlanNumber: "示例府〔2020〕1号", PlanOn: registry.Year(2020), Evidence: "与划定图比对", CheckedOn: found},
		ReceivingWater: "示例涌", ControlSection: "示例断面", InTanjiang: registry.No, ContactName: "孙示例", ContactPhone: "000-00000000", Note: "虚构的养殖场，仅供演示。"}
}

func sampleInspection(found registry.Date, officers []registry.OfficerRef) registry.Inspection {
	lng, lat := 113.152300, 22.551400
	return registry.Inspection{Origin: registry.OriginSample, Number: "江江环检〔2025〕18号", Kind: "双随机", StartedOn: found, StartTime: "09:40", EndedOn: found, EndTime: "11:55",
		Place: "江门市江海区示例街道示例村示例围", Position: registry.Place{Longitude: &lng, Latitude: &lat, Datum: "CGCS2000"}, Officers: officers, Recorder: officers[1].Name,
		Others: "示例监测站采样人员2名、示例街道工作人员1名", CertificateShown: registry.Yes, RightsTold: registry.Yes,
		PresentName: "孙示例", PresentTitle: "执行董事", PresentPhone: "000-00000000",
		Herds: []registry.Herd{{Species: "生猪", Stage: "商品猪", Count: count(860), Basis: "存栏", AsOf: found}},
		Findings: "该场有猪舍4栋，存栏商品猪860头，采用干清粪，建有沉淀池、好氧池和600 m³贮存池。检查时好氧池两台风机均未运转，控制柜显示2月16日8时起停机，台账没有停运记录，也未向我局报告。\n" +
			"贮存池东侧有一台潜水泵，连接一条直径约50毫米的蓝色软管，软管沿围墙铺到场北排水沟，出口正在排出灰褐色废水，流量目测约每小时2立方米；排水沟向北约150米接入示例涌。\n" +
			"采样人员在软管出口和排水沟汇入示例涌处取样。该场未能出示环境影响登记表备案回执。",
		Path: registry.DischargePath{ReceivingWater: "示例涌", Nodes: []registry.PathNode{
			{Kind: "产生源", Name: "猪舍冲洗废水"}, {Kind: "沉淀池", Name: "沉淀池", Lining: "有防渗"}, {Kind: "其他", Name: "好氧池", Lining: "有防渗", State: "风机停运"},
			{Kind: "收集池", Name: "贮存池", Lining: "有防渗"}, {Kind: "管道", Name: "蓝色软管和潜水泵", State: "正在抽排"}, {Kind: "沟渠", Name: "场北排水沟", Lining: "无防渗"},
			{Kind: "土壤", Name: "排水沟边坡", State: "有渗湿痕迹", After: []int{6}}, {Kind: "水体", Name: "示例涌", After: []int{6}}}},
		Result: registry.ViolationFound, Media: "照片12张、录像2段，执法记录仪编号示例001，存执法数据库。", PartyOpinion: "以上笔录我已看过，与我所述相符。",
		State: registry.InspectionSubmitted, Note: "示例记录。"}
}

func sampleRecheck(officers []registry.OfficerRef) registry.Inspection {
	day := registry.Day(2025, 3, 14)
	// A third officer, lent by the bureau and not on the roster: of his certificate the register cannot tell, and says so.
	officers = append(slices.Clone(officers), registry.OfficerRef{Name: "严示例"})
	return registry.Inspection{Origin: registry.OriginSample, Number: "江江环检〔2025〕31号", Kind: "复查", StartedOn: day, StartTime: "15:10", EndedOn: day, EndTime: "16:00",
		Place: "江门市江海区示例街道示例村示例围", Officers: officers, Recorder: officers[0].Name, CertificateShown: registry.Yes, RightsTold: registry.Yes,
		PresentName: "孙示例", PresentTitle: "执行董事", Herds: []registry.Herd{{Species: "生猪", Stage: "商品猪", Count: count(845), Basis: "存栏", AsOf: day}},
		Findings: "好氧池两台风机已修复并在运转，潜水泵和蓝色软管已拆除，场北排水沟内没有养殖废水。该场出示了2025年3月10日的环境影响登记表备案回执。",
		Result:   registry.NoViolationFound, Media: "照片6张，执法记录仪编号示例001。", PartyOpinion: "情况属实。", State: registry.InspectionSubmitted, Note: "示例记录：责令改正后的复查。"}
}

// sampleSamples takes the limits from the catalogue of the day: a farm that existed before May 2024 still kept the 2009 edition.
func (l *loader) sampleSamples(on registry.Date) ([]registry.Sample, error) {
	results := func(rows ...[3]string) ([]registry.SampleResult, error) {
		var list []registry.SampleResult
		for _, r := range rows {
			limit, ok := l.limit2009(r[0], on)
			if !ok {
				return nil, fmt.Errorf("the catalogue has no limit of 2009 for %s on %s", r[0], on)
			}
			limit.Value, limit.Verdict = r[1], r[2]
			list = append(list, limit)
		}
		return list, nil
	}
	outlet, err := results([3]string{"化学需氧量", "1140", "超标"}, [3]string{"氨氮", "182", "超标"}, [3]string{"总磷", "6.2", "达标"}, [3]string{"悬浮物", "152", "达标"}, [3]string{"五日生化需氧量", "118", "达标"})
	if err != nil {
		return nil, err
	}
	const station = "江海区示例环境监测站"
	sample := registry.Sample{Code: "示例W20250218-01", Point: "蓝色软管出口", Medium: "废水", SampledOn: on, SampledTime: "10:30", SamplingOrgan: station, AnalysisOrgan: station,
		ReportNumber: "示例监（2025）第018号", ReportOn: registry.Day(2025, 2, 25), ToldOn: registry.Day(2025, 2, 26),
		StandardCited: "《畜禽养殖业污染物排放标准》（DB44/613-2009）表5", Results: outlet, Conclusion: "化学需氧量、氨氮超标。", Note: "示例数据。"}
	water := sample
	water.Code, water.Point, water.Medium, water.SampledTime, water.StandardCited, water.Conclusion = "示例W20250218-02", "排水沟汇入示例涌处", "地表水", "10:50", "", "只作去向佐证，不评价。"
	water.Results = []registry.SampleResult{
		{Pollutant: "氨氮", Kind: registry.ResultValue, Value: "21.4", Unit: "mg/L", Verdict: "不评价"},
		{Pollutant: "铜", Kind: registry.ResultNotDetected, Unit: "mg/L", Verdict: "不评价"},
		{Pollutant: "总磷", Kind: registry.ResultLess, Value: "0.5", Unit: "mg/L", Verdict: "不评价"}}
	return []registry.Sample{sample, water}, nil
}

// limit2009 is an empty result with its limit of DB44/613-2009 for Jiangmen.
func (l *loader) limit2009(pollutant string, on registry.Date) (registry.SampleResult, bool) {
	for _, x := range l.law.Limits(pollutant, on, cityCode) {
		if x.Standard == "DB44/613-2009" && x.Medium == "废水" {
			return registry.SampleResult{Pollutant: pollutant, Kind: registry.ResultValue, Unit: x.Unit, Limit: x.Value, LimitFrom: "标准目录", LimitRef: x.Ref()}, true
		}
	}
	return registry.SampleResult{}, false
}

// cleanInspection is an inspection that found nothing: most do, and no case follows.
func (l *loader) cleanInspection() error {
	const district = "440783"
	day := registry.Day(2025, 4, 9)
	farm := registry.Farm{Origin: registry.OriginSample, Name: "开平市示例奶牛场", PublicName: "开平市某奶牛场", DistrictCode: district, Town: "示例镇示例村", RaisingMode: "自繁自养", ManureMode: "干清粪",
		Herds:      []registry.Herd{{Species: "奶牛", Count: count(210), Basis: "存栏", AsOf: day}},
		Facilities: []registry.Facility{{Kind: "沼气池", Capacity: "800 m³", Lining: "有防渗", State: "正常运行"}, {Kind: "消纳土地", Capacity: "320亩"}},
		EIA:        registry.Approval{State: "已办理", Kind: "登记表", Number: "示例备2021-0007", On: registry.Day(2021, 6, 1)}, Permit: registry.Approval{State: "不需要办理", Kind: "登记管理"},
		Zone: registry.Zone{Relation: "适养区"}, InTanjiang: registry.Yes, Note: "虚构的养殖场，仅供演示。"}
	if err := l.b.Farm(&farm); err != nil {
		return fmt.Errorf("farm of the clean inspection: %w", err)
	}
	officers := l.units.crew(district)
	x := registry.Inspection{Origin: registry.OriginSample, Number: "江开环检〔2025〕40号", FarmID: farm.ID, OrganID: l.units.branches[district], DistrictCode: district, Kind: "日常检查",
		StartedOn: day, StartTime: "14:20", EndedOn: day, EndTime: "15:30", Place: "开平市示例镇示例村", Officers: officers, Recorder: officers[1].Name,
		CertificateShown: registry.Yes, RightsTold: registry.Yes, PresentName: "何示例", PresentTitle: "场长", Herds: farm.Herds,
		Findings: "该场存栏奶牛210头，沼气池、贮存池正常运行，沼液全部还田，消纳协议和台账齐全；场界四周及下游排水沟均未见废水外排，现场无明显臭味。",
		Result:   registry.NoViolationFound, Media: "照片8张。", PartyOpinion: "无异议。", State: registry.InspectionSubmitted, Note: "示例记录：未发现违法，不立案。"}
	if err := l.b.Inspection(&x); err != nil {
		return fmt.Errorf("clean inspection: %w", err)
	}
	return nil
}
