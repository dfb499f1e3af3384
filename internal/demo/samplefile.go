package demo

import (
	"slices"

	"casebook/internal/registry"
)

// The file of the invented case: evidence, violations, documents and money.

func sampleEvidence(found registry.Date) []registry.Evidence {
	const maker = bureau + "江海分局"
	// A photo counts in file review only with all five facts: what it shows, when, where, who took it, what it proves.
	photo := func(title, number, at, place, who, proves string) registry.Evidence {
		return registry.Evidence{Kind: "照片", Title: title, Number: number, Maker: who, MadeOn: found, MadeTime: at, Place: place, Subject: title, Proves: proves, Pages: count(1), InspectionID: 1}
	}
	return []registry.Evidence{
		{Kind: "现场检查笔录", Title: "现场检查（勘察）笔录", Number: "江江环检〔2025〕18号", Maker: maker, MadeOn: found, Proves: "好氧设施停运、软管外排和当日存栏。", Pages: count(4), InspectionID: 1},
		photo("停运的两台风机", "示例照01", "09:55", "好氧池", "陈示例", "好氧处理设施没有运行。"),
		photo("正在排水的蓝色软管出口", "示例照02", "10:20", "场北排水沟", "李示例", "废水由软管排入排水沟。"),
		{Kind: "视听资料", Title: "软管走向和排水录像", Number: "示例录01", Maker: "李示例", MadeOn: found, Proves: "贮存池、潜水泵、软管到排水沟的走向。", InspectionID: 1},
		{Kind: "电子数据", Title: "风机控制柜运行记录", Number: "示例电01", Maker: "江门市江海区示例牧业有限公司", MadeOn: found, Proves: "风机自2025年2月16日8时起停机。", Pages: count(2), InspectionID: 1},
		{Kind: "监测报告", Title: "废水监测报告", Number: "示例监（2025）第018号", Maker: "江海区示例环境监测站", MadeOn: registry.Day(2025, 2, 25), Proves: "软管出口化学需氧量、氨氮超标。", Pages: count(6)},
		{Kind: "调查询问笔录", Title: "对孙示例的调查询问笔录", Number: "江江环询〔2025〕12号", Maker: maker, MadeOn: registry.Day(2025, 3, 4), Proves: "知道风机停机仍用软管抽排，前后三天。", Pages: count(5)},
		{Kind: "书证", Title: "营业执照和身份证明复印件", Maker: "江门市江海区示例牧业有限公司", MadeOn: registry.Day(2025, 3, 4), Proves: "当事人主体资格。", Pages: count(3), Note: "经核对与原件无误。"},
		{Kind: "当事人陈述", Title: "陈述申辩书", Maker: "江门市江海区示例牧业有限公司", MadeOn: registry.Day(2025, 4, 1), Proves: "已整改，请求从轻。", Pages: count(2)},
	}
}

func (l *loader) sampleViolations(found registry.Date) []registry.Violation {
	on := citer{l.law, found}
	confirmed := func(role registry.CitationRole, law string, p registry.Provision) []registry.Citation {
		return on.cite(role, registry.StandingConfirmed, law, p, "")
	}
	return []registry.Violation{
		{TypeCode: "WATER_EVASION", ActFrom: registry.Day(2025, 2, 16), ActTo: found, Continuing: registry.No, Place: "贮存池至场北排水沟",
			Facts: "2025年2月16日起好氧处理设施整体停运，当事人未报告，用潜水泵和软管把只经沉淀的养殖废水排入排水沟，最后进入示例涌，直至2月18日检查时为止。",
			Checklist: proved(answers([3]string{"discharge", answerYes, "软管出口正在排水。"}, [3]string{"means", answerYes, "整体停运好氧设施，属不正常运行水污染防治设施。"},
				[3]string{"evasion", answerYes, "知道停运而不报告，另接软管排放。"}, [3]string{"evidence", answerYes, "笔录、照片、录像、监测报告相互印证。"}),
				map[string][]registry.EvidenceID{"discharge": {1, 3, 4, 6}, "means": {1, 2, 5}, "evasion": {5, 7}, "evidence": {1, 3, 4, 6}}),
			Citations: join(confirmed(registry.RoleBreached, waterLaw, at(39)), confirmed(registry.RoleBasis, waterLaw, registry.Provision{Article: 83, Item: 3})),
			Note:      "同一排放行为另有超标，按处罚较重的一项处理，超标作为情节考虑（行政处罚法第二十九条）。"},
		{TypeCode: "EIA_FORM_NOT_FILED", ActFrom: registry.Month(2016, 5), ActTo: found, Continuing: registry.Yes, Place: "江海区示例生猪养殖场",
			Facts: "养殖项目应当填报环境影响登记表，检查时没有备案。",
			Checklist: proved(answers([3]string{"category", answerYes, "存栏860头的规模化养殖项目。"}, [3]string{"not_filed", answerYes, "查询备案系统无记录。"}),
				map[string][]registry.EvidenceID{"category": {1}}), // that of the other is missing, and the page says so
			// The form's duty began in 2016; the act lasted to the day of the inspection, so its end chooses the version.
			VersionChoice: "从旧", ChoiceReason: "行为持续到2025年2月18日，按行为终了时的版本适用。",
			Citations: join(confirmed(registry.RoleBreached, eiaLaw, at(22, 4)), confirmed(registry.RoleBasis, eiaLaw, at(31, 3)))},
	}
}

// samplePeople are the parts of the people of the case: who investigates neither reviews nor votes.
func samplePeople(officers []registry.OfficerRef) (crew, head, review, board []registry.Participant) {
	for _, o := range officers {
		crew = append(crew, registry.Participant{OfficerID: o.OfficerID, Name: o.Name, Part: "承办"})
	}
	named := func(part string, names ...string) (list []registry.Participant) {
		for _, n := range names {
			list = append(list, registry.Participant{Name: n, Part: part})
		}
		return list
	}
	head = slices.Concat(crew, named("审核", "褚示例"), named("审批", "许示例"))
	review = named("法制审核", "尤示例")
	board = slices.Concat(named("主持", "许示例"), named("表决", "许示例", "秦示例", "施示例"), []registry.Participant{{OfficerID: officers[0].OfficerID, Name: officers[0].Name, Part: "列席"}})
	return crew, head, review, board
}

const sampleParty, sampleStation, samplePolice = "江门市江海区示例牧业有限公司", "江海区示例环境监测站", "示例公安机关"

// sampleDocuments are the full chain, day by day. Its clocks are in time: the decision lies beyond the first 90 days, in the time
// that one extension and the hearing gave. One defect is deliberate: the order names the party without 有限.
func (l *loader) sampleDocuments(officers []registry.OfficerRef) []registry.Document {
	crew, head, review, board := samplePeople(officers)
	city, on := l.units.city, citer{l.law, registry.Day(2025, 2, 18)}
	day := func(m, d int) registry.Date { return registry.Day(2025, m, d) }
	cited := func(role registry.CitationRole, law string, p registry.Provision) []registry.Citation {
		return on.cite(role, registry.StandingConfirmed, law, p, "")
	}
	both := join(cited(registry.RoleBreached, waterLaw, at(39)), cited(registry.RoleBasis, waterLaw, registry.Provision{Article: 83, Item: 3}),
		cited(registry.RoleBreached, eiaLaw, at(22, 4)), cited(registry.RoleBasis, eiaLaw, at(31, 3)))
	list := []registry.Document{
		{Kind: registry.DocRegistration, NumberTyped: "江江环登保〔2025〕1号", MadeOn: day(2, 18), ServedOn: day(2, 18), Participants: head, Content: "先行登记保存潜水泵1台、蓝色软管1条，就地保存。"},
		{Kind: registry.DocRegistrationEnd, NumberTyped: "江江环解保〔2025〕1号", MadeOn: day(2, 24), ServedOn: day(2, 24), Participants: head, Content: "解除先行登记保存，对潜水泵和软管另行扣押。"},
		{Kind: registry.DocSeizure, NumberTyped: "江江环封扣〔2025〕1号", MadeOn: day(2, 24), ServedOn: day(2, 24), Participants: head, Content: "扣押潜水泵1台、蓝色软管1条，期限三十日，附清单。"},
		{Kind: registry.DocMonitoring, NumberTyped: "示例监（2025）第018号", MadeOn: day(2, 25), ServedOn: day(2, 25), OrganName: sampleStation, Content: "化学需氧量、氨氮超标。"},
		{Kind: registry.DocMonitoringTold, MadeOn: day(2, 26), ServedOn: day(2, 26), Participants: crew, Content: "告知当事人监测结果，当事人无异议。"},
		{Kind: registry.DocOrder, NumberTyped: "江江环责改〔2025〕6号", MadeOn: day(2, 26), ServedOn: day(2, 26), PartyName: "江门市江海区示例牧业公司", Participants: head, OrderMode: "限期改正", DueOn: day(3, 12),
			Content: "立即停止外排并拆除软管，修复风机；2025年3月12日前完成环境影响登记表备案。", Result: "已改正", ResultOn: day(3, 14), Citations: join(both, cited(registry.RoleBasis, penaltyLaw, at(28, 1))),
			Note: "示例：这份文书上的当事人名称漏写“有限”二字，用来演示案卷检查。"},
		{Kind: registry.DocFiling, NumberTyped: "江江环立〔2025〕9号", MadeOn: day(2, 27), Participants: head, Content: "符合立案条件，同意立案。", Citations: both},
		{Kind: registry.DocDamageLead, MadeOn: day(2, 28), Participants: crew, Content: "废水进入示例涌，登记生态环境损害赔偿线索。"},
		{Kind: registry.DocRecheck, MadeOn: day(3, 14), Participants: crew, Result: "已改正", ResultOn: day(3, 14), Content: "设施恢复运行，软管已拆除，登记表已备案。"},
		{Kind: registry.DocInvestigation, MadeOn: day(3, 17), Participants: crew, Content: "调查终结，提出处理意见。"},
		{Kind: registry.DocLegalReview, MadeOn: day(3, 20), Participants: review, Content: "事实清楚、证据充分、程序合法、裁量适当，同意。"},
		{Kind: registry.DocDiscussion, MadeOn: day(3, 24), Participants: board, Content: "同意拟处罚款22.5万元，移送公安机关。"},
		{Kind: registry.DocSeizureExtended, NumberTyped: "江江环延封〔2025〕1号", MadeOn: day(3, 25), ServedOn: day(3, 25), Participants: head, Content: "情况复杂，经批准延长扣押期限三十日。"},
		{Kind: registry.DocNotice, NumberTyped: "江江环罚告〔2025〕8号", MadeOn: day(3, 26), ServedOn: day(3, 27), Participants: crew, Amount: yuan(225000),
			Content: "拟处罚款22.5万元；告知收到之日起五个工作日内可以陈述、申辩和要求听证。", Citations: both},
		{Kind: registry.DocStatement, MadeOn: day(4, 1), OrganName: sampleParty, Content: "承认事实，说明已整改，请求从轻。"},
		{Kind: registry.DocHearingRequest, MadeOn: day(4, 1), OrganName: sampleParty, Content: "要求举行听证。"},
		{Kind: registry.DocSeizureEnd, NumberTyped: "江江环解〔2025〕1号", MadeOn: day(4, 11), ServedOn: day(4, 11), Participants: head, Content: "解除扣押，退还潜水泵和软管。"},
		{Kind: registry.DocAppraisal, MadeOn: day(4, 18), OrganName: "示例鉴定评估机构", Content: "示例涌受纳废水段生态环境损害简易评估，损害数额38,000元。", Amount: yuan(38000)},
		{Kind: registry.DocHearing, NumberTyped: "江江环听告〔2025〕1号", MadeOn: day(4, 24), Participants: append([]registry.Participant{{Name: "吕示例", Part: "主持"}}, crew...), ExcludedFrom: day(4, 2), ExcludedTo: day(4, 24),
			Content: "听证会：当事人对事实没有异议，请求从轻。听证的时间不计入办案期限。"},
		{Kind: registry.DocDamageTalks, MadeOn: day(5, 7), ServedOn: day(5, 7), Participants: crew, Result: "已开展", Content: "第一次磋商：对损害事实无异议，对修复方式没有谈成。"},
		{Kind: registry.DocDamageTalks, MadeOn: day(5, 21), ServedOn: day(5, 21), Participants: crew, Result: "已完成", Content: "第二次磋商：同意自行修复。"},
		{Kind: registry.DocDecisionExtended, MadeOn: day(5, 26), Participants: head, Content: "案情复杂，经批准延长办案期限三十日。"},
		{Kind: registry.DocDamageAgreement, NumberTyped: "江江环损协〔2025〕1号", MadeOn: day(5, 28), Amount: yuan(38000), Content: "当事人自行修复示例涌受影响河段，并承担评估费用。"},
		{Kind: registry.DocRepairPlan, MadeOn: day(6, 6), OrganName: sampleParty, Result: "已完成", Content: "清淤和岸坡复绿方案。"},
		{Kind: registry.DocDiscussion, MadeOn: day(6, 12), Participants: board, Content: "复核陈述申辩和听证意见：整改情节在裁量时已经考虑，不再减少；维持拟处罚意见。"},
		{Kind: registry.DocRepair, MadeOn: day(6, 16), OrganName: sampleParty, Result: "已完成", Content: "清淤120米，岸坡复绿。"},
		{Kind: registry.DocDecision, NumberTyped: "江江环罚〔2025〕11号", MadeOn: day(6, 27), ServedOn: day(6, 30), Participants: head, Amount: yuan(225000),
			Content: "不正常运行水污染防治设施，罚款22万元；环境影响登记表未备案，罚款5000元；合并罚款22.5万元。", Citations: both},
		{Kind: registry.DocDetention, NumberTyped: "江江环拘移〔2025〕2号", MadeOn: day(7, 1), ServedOn: day(7, 2), OrganName: samplePolice, Participants: head, Persons: count(1), Content: "移送直接负责的主管人员1人。",
			Result: "已决定拘留", ResultOn: day(7, 4), ResultNote: "行政拘留五日（示例）。", Citations: cited(registry.RoleBasis, environmentLaw, registry.Provision{Article: 63, Item: 3})},
		{Kind: registry.DocPublication, MadeOn: day(7, 4), People: "公开：示例发布员", Content: "处罚决定在门户网站公开（示例）。"},
		{Kind: registry.DocCreditReport, MadeOn: day(7, 4), People: "上报：示例发布员", Content: "示例：不向真实平台上报。"},
		{Kind: registry.DocReconsideration, MadeOn: day(7, 25), OrganName: "示例复议机关", Content: "当事人认为罚款过高，申请行政复议。", Result: "维持", ResultOn: day(9, 12)},
		{Kind: registry.DocRepairCheck, MadeOn: day(8, 15), Participants: crew, Result: "已完成", Content: "现场验收，修复达到协议的要求。"},
		{Kind: registry.DocClosing, MadeOn: day(9, 29), Participants: head, Content: "违法行为已改正，罚款已缴清，移送、复议已有结果，损害赔偿已履行，同意结案。"},
	}
	for i := range list {
		signed(&list[i], city, sampleParty)
	}
	return list
}

// signed fills in what the invented documents have in common: our organ, the party's name, and service by hand.
func signed(d *registry.Document, city registry.OrganID, party string) {
	k, ok := registry.DocumentKindByName(d.Kind)
	if !ok || !k.Own {
		return
	}
	d.OrganID = city
	if d.PartyName == "" && k.Numbers {
		d.PartyName = party
	}
	if !d.ServedOn.IsZero() {
		d.ServiceMode = "直接送达"
	}
}

// placeOf is the place, counted from 1, of the n-th document of a kind.
func placeOf(list []registry.Document, kind registry.DocKind, n int) registry.DocumentID {
	for i := range list {
		if list[i].Kind == kind {
			if n--; n == 0 {
				return registry.DocumentID(i + 1)
			}
		}
	}
	return 0
}

func samplePenalties(decision registry.DocumentID) []registry.Penalty {
	return []registry.Penalty{
		{DocumentID: decision, Kind: "罚款", Amount: yuan(220000), PayBy: registry.Day(2025, 7, 15), Content: "不正常运行水污染防治设施",
			Note: "裁量（粤环发〔2021〕7号附件1 §2.8.1，权重累加）：裁量起点10%；整体污染防治设施不正常运行10%；其他污染物0%；一般区域0%；限期内改正0%；持续1天以上5天以下2%；近二年1次0%。合计22%，22%×100万元＝22万元。"},
		{DocumentID: decision, Kind: "罚款", Amount: yuan(5000), PayBy: registry.Day(2025, 7, 15), Content: "环境影响登记表未备案",
			Note: "裁量（粤环发〔2021〕7号附件1 §1.3，幅度罚款）：一般区域，限期内完成备案，1万元以下；只有上限的一般处罚取50%，即5000元。"},
	}
}

func samplePayments() []registry.Payment {
	return []registry.Payment{
		{PenaltyID: 1, PaidOn: registry.Day(2025, 7, 8), Amount: registry.Yuan(120000), Receipt: "示例票据001", Note: "第一笔。"},
		{PenaltyID: 1, PaidOn: registry.Day(2025, 7, 14), Amount: registry.Yuan(100000), Receipt: "示例票据002", Note: "第二笔，本项缴清。"},
		{PenaltyID: 2, PaidOn: registry.Day(2025, 7, 8), Amount: registry.Yuan(5000), Receipt: "示例票据003"},
	}
}
