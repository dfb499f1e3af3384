package demo

import "casebook/internal/registry"

// kaiping is the third published case: a pig farm in use without the facilities its registration form asked for.
func (l *loader) kaiping() *registry.CaseFile {
	month := registry.Month(2024, 5)
	on := citer{l.law, month}
	herd := []registry.Herd{{Species: "生猪", Count: count(1300), Basis: "存栏", AsOf: month}}
	return &registry.CaseFile{
		Parties: []registry.Party{{Kind: "公司"}},
		// The form exists, and what it asks for was not built; whether and when it was filed is not told.
		Farm: &registry.Farm{Name: "开平市某农业科技有限公司", DistrictCode: "440783", Herds: herd, EIA: registry.Approval{Kind: "登记表"}, EIACarried: "未落实",
			Operation: inUse, Entrusted: registry.No,
			Facilities: []registry.Facility{
				{Kind: "沉淀池"}, {Kind: "氧化塘"}, {Kind: "鱼塘", Name: "消纳鱼塘"},
				{Kind: "其他", Name: "环评登记表要求配套的畜禽粪污处理设施", State: "未建"},
				{Kind: "其他", Name: "自行建设的污染防治配套设施", State: "不合格"},
			}},
		Inspections: []registry.Inspection{{Herds: herd,
			Findings: "该公司存栏生猪1300头，养殖废水先后经沉淀池、氧化塘，最后由鱼塘消纳。\n" +
				"配套的粪污处理设施没有按环评登记表建设，自建设施不合格，又没有把养殖废弃物委托他人综合利用和无害化处理，养殖场已在使用。",
			Path: registry.DischargePath{Nodes: []registry.PathNode{
				{Kind: "产生源", Name: "养殖废水"},
				{Kind: "沉淀池", Name: "沉淀池"},
				{Kind: "氧化塘", Name: "氧化塘"},
				{Kind: "鱼塘", Name: "鱼塘", State: "消纳"},
			}}}},
		Case: registry.Case{Title: "开平市某农业科技有限公司配套设施不合格即投产案", FoundOn: month,
			Summary: "2024年5月，市生态环境局开平分局检查开平市某农业科技有限公司。该公司存栏生猪1300头，养殖废水依次进入沉淀池、氧化塘，最后排入鱼塘消纳。\n" +
				"调查确认，该公司没有按照生猪养殖项目环评登记表的要求配套建设畜禽粪污处理设施，自建的设施不合格，又没有把养殖废弃物委托他人综合利用和无害化处理，养殖场却已投入使用。",
			Handling: "该公司违反了《畜禽规模养殖污染防治条例》第十三条第二款。开平分局立案查处，责令立即改正，给予行政处罚。"},
		Evidence: []registry.Evidence{
			{Kind: "书证", Title: "生猪养殖项目环境影响评价登记表", Proves: "项目应当配套建设畜禽粪污处理设施。"},
		},
		Violations: []registry.Violation{{TypeCode: "LIVESTOCK_NO_FACILITY",
			Facts: "未按环评登记表配套建设粪污处理设施，自建设施不合格，也未委托他人处理养殖废弃物，养殖场已投入生产、使用。",
			Checklist: answers([3]string{"farm", answerYes, "存栏生猪1300头的养殖场。"},
				[3]string{"facility", answerYes, "自行建设的配套设施不合格。"},
				[3]string{"entrust", answerYes, "未委托他人综合利用和无害化处理。"},
				[3]string{"operating", answerYes, "检查时有存栏，已投入使用。"}),
			Citations: join(on.printed(livestockRules, at(13, 2)), on.reviewed(livestockRules, at(39), inferred))}},
		Documents: []registry.Document{
			{Kind: registry.DocFiling, Content: "立案查处。"},
			{Kind: registry.DocOrder, OrderMode: "立即改正", Content: "责令立即改正违法行为。"},
			{Kind: registry.DocDecision, Content: "作出行政处罚；种类和金额未公布。"},
		},
		ReviewNotes: notesOf(3),
	}
}
