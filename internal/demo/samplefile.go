package demo

import "casebook/internal/registry"

// The file of the invented case: evidence, violations, documents and money.

func sampleEvidence(found registry.Date) []registry.Evidence {
	const maker = bureau + "江海分局"
	// A photo counts in file review only with all five facts: what it shows, when, where, who took it, what it proves.
	photo := func(title, number, at, place, who, proves string) registry.Evidence {
		return registry.Evidence{Kind: "照片", Title: title, Number: number, Maker: who, MadeOn: found, Proves: proves, Pages: count(1), InspectionID: 1,
			Note: "证明对象：" + title + "；拍摄时间：2025年2月18日" + at + "；拍摄地点：" + place + "；拍摄人：" + who + "。"}
	}
	return []registry.Evidence{
		{Kind: "现场检查笔录", Title: "现场检查（勘察）笔录", Number: "江江环检〔2025〕18号", Maker: maker, MadeOn: found, Proves: "好氧设施停运、软管外排和当日存栏。", Pages: count(4), InspectionID: 1},
		photo("停运的两台风机", "示例照01", "9时55分", "好氧池", "陈示例", "好氧处理设施没有运行。"),
		photo("正在排水的蓝色软管出口", "示例照02", "10时20分", "场北排水沟", "李示例", "废水由软管排入排水沟。"),
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
			Checklist: answers([3]string{"discharge", answerYes, "软管出口正在排水。"}, [3]string{"means", answerYes, "整体停运好氧设施，属不正常运行水污染防治设施。"},
				[3]string{"evasion", answerYes, "知道停运而不报告，另接软管排放。"}, [3]string{"evidence", answerYes, "笔录、照片、录像、监测报告相互印证。"}),
			Citations: join(confirmed(registry.RoleBreached, waterLaw, at(39)), confirmed(registry.RoleBasis, waterLaw, registry.Provision{Article: 83, Item: 3})),
			Note:      "同一排放行为另有超标，按处罚较重的一项处理，超标作为情节考虑（行政处罚法第二十九条）。"},
		{TypeCode: "EIA_FORM_NOT_FILED", ActFrom: registry.Month(2016, 5), ActTo: found, Continuing: registry.Yes, Place: "江海区示例生猪养殖场",
			Facts:     "养殖项目应当填报环境影响登记表，检查时没有备案。",
			Checklist: answers([3]string{"category", answerYes, "存栏860头的规模化养殖项目。"}, [3]string{"not_filed", answerYes, "查询备案系统无记录。"}),
			// The form's duty began in 2016; the act lasted to the day of the inspection, so its end chooses the version.
			VersionChoice: "从旧", ChoiceReason: "行为持续到2025年2月18日，按行为终了时的版本适用。",
			Citations: join(confirmed(registry.RoleBreached, eiaLaw, at(22, 4)), confirmed(registry.RoleBasis, eiaLaw, at(31, 3)))},
	}
}

func (l *loader) sampleDocuments() []registry.Document {
	city, on := l.units.city, citer{l.law, registry.Day(2025, 2, 18)}
	one := int64(1)
	day := func(m, d int) registry.Date { return registry.Day(2025, m, d) }
	cited := func(role registry.CitationRole, law string, p registry.Provision) []registry.Citation {
		return on.cite(role, registry.StandingConfirmed, law, p, "")
	}
	both := join(cited(registry.RoleBreached, waterLaw, at(39)), cited(registry.RoleBasis, waterLaw, registry.Provision{Article: 83, Item: 3}),
		cited(registry.RoleBreached, eiaLaw, at(22, 4)), cited(registry.RoleBasis, eiaLaw, at(31, 3)))
	const crew, head = "承办：陈示例、李示例", "承办：陈示例、李示例；审核：褚示例；批准：许示例"
	return []registry.Document{
		{Kind: "监测报告", NumberTyped: "示例监（2025）第018号", MadeOn: day(2, 25), OrganName: "江海区示例环境监测站", Content: "化学需氧量、氨氮超标。"},
		{Kind: "告知监测结果", MadeOn: day(2, 26), ServedOn: day(2, 26), ServiceMode: "直接送达", OrganID: city, People: crew, Content: "告知当事人监测结果，当事人无异议。"},
		{Kind: registry.DocOrder, NumberTyped: "江江环责改〔2025〕6号", MadeOn: day(2, 26), ServedOn: day(2, 26), ServiceMode: "直接送达", OrganID: city, People: head, OrderMode: "限期改正", DueOn: day(3, 12),
			Content: "立即停止外排并拆除软管，修复风机；2025年3月12日前完成环境影响登记表备案。", Result: "已改正", ResultOn: day(3, 14), Citations: join(both, cited(registry.RoleBasis, penaltyLaw, at(28, 1)))},
		{Kind: registry.DocFiling, NumberTyped: "江江环立〔2025〕9号", MadeOn: day(2, 27), OrganID: city, People: head, Content: "符合立案条件，同意立案。", Citations: both},
		{Kind: registry.DocRecheck, MadeOn: day(3, 14), OrganID: city, People: crew, Result: "已改正", ResultOn: day(3, 14), Content: "设施恢复运行，软管已拆除，登记表已备案。"},
		{Kind: "法制审核", MadeOn: day(3, 20), OrganID: city, People: "审核：褚示例", Content: "事实清楚、证据充分、程序合法、裁量适当，同意。"},
		{Kind: "集体讨论", MadeOn: day(3, 24), OrganID: city, People: "主持：许示例；承办人员列席，不参加表决", Content: "同意拟处罚款22.5万元，移送公安机关。"},
		{Kind: "事先（听证）告知", NumberTyped: "江江环罚告〔2025〕8号", MadeOn: day(3, 26), ServedOn: day(3, 27), ServiceMode: "直接送达", OrganID: city, People: crew, Amount: yuan(225000),
			Content: "拟处罚款22.5万元；告知收到之日起五个工作日内可以陈述、申辩和要求听证。", Citations: both},
		{Kind: "陈述申辩", MadeOn: day(4, 1), OrganName: "江门市江海区示例牧业有限公司", Content: "承认事实，说明已整改，请求从轻；不要求听证。"},
		{Kind: "集体讨论", MadeOn: day(4, 10), OrganID: city, People: "主持：许示例；承办人员列席，不参加表决", Content: "复核陈述申辩：整改情节在裁量时已经考虑，不再减少；维持拟处罚意见。"},
		{Kind: registry.DocDecision, NumberTyped: "江江环罚〔2025〕11号", MadeOn: day(4, 14), ServedOn: day(4, 15), ServiceMode: "直接送达", OrganID: city, People: head, Amount: yuan(225000),
			Content: "不正常运行水污染防治设施，罚款22万元；环境影响登记表未备案，罚款5000元；合并罚款22.5万元。", Citations: both},
		{Kind: registry.DocDetention, NumberTyped: "江江环拘移〔2025〕2号", MadeOn: day(4, 16), OrganID: city, OrganName: "示例公安机关", People: head, Persons: &one, Content: "移送直接负责的主管人员1人。",
			Result: "已决定拘留", ResultOn: day(4, 22), ResultNote: "行政拘留五日（示例）。", Citations: cited(registry.RoleBasis, environmentLaw, registry.Provision{Article: 63, Item: 3})},
		{Kind: "公示", MadeOn: day(4, 18), OrganID: city, People: "公开：示例发布员", Content: "处罚决定在门户网站公开（示例）。"},
		{Kind: "双公示上报", MadeOn: day(4, 18), OrganID: city, People: "上报：示例发布员", Content: "示例：不向真实平台上报。"},
		{Kind: registry.DocClosing, MadeOn: day(5, 9), OrganID: city, People: head, Content: "违法行为已改正，罚款已缴清，移送已有结果，同意结案。"},
	}
}

func samplePenalties() []registry.Penalty {
	const decision = 11 // the place of the decision among the documents
	return []registry.Penalty{
		{DocumentID: decision, Kind: "罚款", Amount: yuan(220000), PayBy: registry.Day(2025, 4, 30), Content: "不正常运行水污染防治设施",
			Note: "裁量（粤环发〔2021〕7号附件1 §2.8.1，权重累加）：裁量起点10%；整体污染防治设施不正常运行10%；其他污染物0%；一般区域0%；限期内改正0%；持续1天以上5天以下2%；近二年1次0%。合计22%，22%×100万元＝22万元。"},
		{DocumentID: decision, Kind: "罚款", Amount: yuan(5000), PayBy: registry.Day(2025, 4, 30), Content: "环境影响登记表未备案",
			Note: "裁量（粤环发〔2021〕7号附件1 §1.3，幅度罚款）：一般区域，限期内完成备案，1万元以下；只有上限的一般处罚取50%，即5000元。"},
	}
}

func samplePayments() []registry.Payment {
	return []registry.Payment{
		{PenaltyID: 1, PaidOn: registry.Day(2025, 4, 22), Amount: registry.Yuan(120000), Receipt: "示例票据001", Note: "第一笔。"},
		{PenaltyID: 1, PaidOn: registry.Day(2025, 4, 29), Amount: registry.Yuan(100000), Receipt: "示例票据002", Note: "第二笔，本项缴清。"},
		{PenaltyID: 2, PaidOn: registry.Day(2025, 4, 22), Amount: registry.Yuan(5000), Receipt: "示例票据003"},
	}
}
