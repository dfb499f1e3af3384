package procedure

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// with changes a case for one row of the table.
func with(x *Facts, change func(x *Facts)) *Facts { change(x); return x }

func inspected(origin registry.Origin, on string, names ...string) func(*Facts) {
	return func(x *Facts) {
		i := registry.Inspection{Origin: origin, StartedOn: day(on)}
		for n, name := range names {
			i.Officers = append(i.Officers, registry.OfficerRef{OfficerID: registry.OfficerID(n + 1), Name: name})
		}
		x.File.Inspections = append(x.File.Inspections, i)
	}
}

func cites(act, law, version string, p registry.Provision) func(*Facts) {
	return func(x *Facts) {
		l, _ := x.Law.LawByName(law)
		x.File.Violations = append(x.File.Violations, registry.Violation{Citations: []registry.Citation{
			{Role: registry.RoleBreached, Standing: registry.StandingConfirmed, Law: law, LawID: l.ID, VersionID: version, Provision: p}}})
		x.ActEnds = append(x.ActEnds, day(act))
	}
}

func fine(yuan int64, reason string) func(*Facts) {
	return func(x *Facts) {
		q := registry.Penalty{Kind: "罚款", RangeReason: reason}
		if yuan > 0 {
			m := registry.Yuan(yuan)
			q.Amount = &m
		}
		x.File.Penalties = append(x.File.Penalties, q)
		low, high := registry.Yuan(20000), registry.Yuan(200000)
		x.Ranges = []Range{{statute.PenaltyRange{Kind: "罚款", Min: &low, Max: &high}, 1}}
	}
}

// computed gives the case a range of 1 % to 5 % of the investment, which may be known.
func computed(base *registry.Money) func(*Facts) {
	return func(x *Facts) {
		x.Ranges = nil
		for _, t := range x.Law.ViolationTypes() {
			for _, r := range t.Regimes {
				for _, p := range r.Penalties {
					if p.Fine() && p.Compute != nil && p.Compute.Of == "建设项目总投资额" && len(x.Ranges) == 0 {
						x.Ranges = append(x.Ranges, Range{p, 1})
					}
				}
			}
		}
		for i := range x.File.Penalties {
			x.File.Penalties[i].RangeBase, x.File.Penalties[i].RangeBaseOf = base, "建设项目总投资额"
		}
	}
}

func noticed(yuan int64) func(*Facts) {
	return func(x *Facts) {
		for i := range x.File.Documents {
			if m := registry.Yuan(yuan); x.File.Documents[i].Kind == registry.DocNotice {
				x.File.Documents[i].Amount = &m
			}
		}
	}
}

func decidedBy(kind string, organ registry.OrganID) func(*Facts) {
	return func(x *Facts) {
		x.File.DecidingOrgan = &registry.Organ{ID: 1, Name: "某机关", Kind: kind}
		for i := range x.File.Documents {
			x.File.Documents[i].OrganID = organ
		}
	}
}

func takesPart(kind registry.DocKind, id registry.OfficerID, name, part string) func(*Facts) {
	return func(x *Facts) {
		for i := range x.File.Documents {
			if d := &x.File.Documents[i]; d.Kind == kind {
				d.Participants = append(d.Participants, registry.Participant{OfficerID: id, Name: name, Part: part})
			}
		}
	}
}

func named(party string) func(*Facts) {
	return func(x *Facts) {
		x.File.Case.Parties = []registry.CaseParty{{PartyID: 1, Role: "单位", NameAtAct: "甲养殖场"}}
		x.File.Parties = []registry.Party{{Name: "甲生态养殖场"}}
		for i := range x.File.Documents {
			x.File.Documents[i].PartyName = party
		}
	}
}

// testedAt adds a sample of waste water from Enping.
func testedAt(on, standard string, results ...registry.SampleResult) func(*Facts) {
	return func(x *Facts) {
		x.File.Inspections = append(x.File.Inspections, registry.Inspection{ID: 7, DistrictCode: "440785"})
		x.File.Samples = append(x.File.Samples, registry.Sample{InspectionID: 7, Point: "排口", Medium: "废水", SampledOn: day(on), StandardCited: standard, Results: results})
	}
}

func result(kind, value, limit, verdict, reason string) registry.SampleResult {
	return registry.SampleResult{Pollutant: "氨氮", Kind: kind, Value: value, Limit: limit, Verdict: verdict, VerdictReason: reason}
}

func all(changes ...func(*Facts)) func(*Facts) {
	return func(x *Facts) {
		for _, c := range changes {
			c(x)
		}
	}
}

func TestChecks(t *testing.T) {
	roster := func(validTo string) func(*Facts) {
		return func(x *Facts) {
			x.Officers = map[registry.OfficerID]registry.Officer{1: {Name: "甲", ValidFrom: day("2020-01-01"), ValidTo: day(validTo)}}
		}
	}
	const today = "2025-03-01"
	invested := registry.Yuan(2_000_000)
	notice, decision := "事先（听证）告知 2024-09-10 >2024-09-12", "行政处罚决定 2024-09-23 >2024-09-24"
	p := func(article int) registry.Provision { return registry.Provision{Article: article} }
	for _, tc := range []struct {
		code string
		want Verdict
		x    *Facts
		says string
	}{
		{"OFFICERS", Defect, with(facts(today), inspected(registry.OriginField, "2024-06-12", "甲")), "一名"},
		{"OFFICERS", Sound, with(facts(today), inspected(registry.OriginField, "2024-06-12", "甲", "乙")), "两名"},
		{"OFFICERS", CannotTell, with(facts(today), inspected(registry.OriginPublished, "2024-06")), "来源未载明"},
		{"CERTIFICATES", Defect, with(facts(today), all(inspected(registry.OriginField, "2024-06-12", "甲"), roster("2024-06-11"))), "不在有效期"},
		{"CERTIFICATES", Sound, with(facts(today), all(inspected(registry.OriginField, "2024-06-12", "甲"), roster("2024-06-12"))), "有效期内"},
		{"CERTIFICATES", CannotTell, with(facts(today), inspected(registry.OriginField, "2024-06-12", "甲")), "名册"},
		{"PARTY_NAME", Defect, with(facts(today, notice), named("乙养殖场")), "乙养殖场"},
		{"PARTY_NAME", Sound, with(facts(today, notice), named("甲生态养殖场")), "一致"},
		{"PARTY_NAME", CannotTell, with(facts(today, notice), named("")), "没有登记"},
		{"DATES_IN_ORDER", Defect, facts(today, "责令改正 2024-06-20 >2024-06-19"), "送达日期早于"},
		{"DATES_IN_ORDER", Defect, facts(today, "责令改正 2024-06-20 !2024-06-01"), "期限早于"},
		{"DATES_IN_ORDER", Defect, facts(today, "移送行政拘留 2024-06-20 =已决定拘留@2024-06-01"), "结果日期早于"},
		{"DATES_IN_ORDER", Defect, facts(today, decision, "立案 2024-10-12"), "早于立案"},
		{"DATES_IN_ORDER", Sound, facts(today, "立案 2024-06-12", notice, decision), "相符"},
		{"DATES_IN_ORDER", Sound, facts(today, "立案 2024-06 >2024-06", "行政处罚决定 2024-07"), "相符"},
		{"DATES_IN_ORDER", CannotTell, facts(today, "立案 2024-09-12", "行政处罚决定 2024-09"), "只知道到月"},
		{"DATES_IN_ORDER", CannotTell, facts(today, "立案"), "未登记"},
		{"DECIDING_ORGAN", Defect, with(facts(today, decision), decidedBy("分局", 1)), "名义作出"},
		{"DECIDING_ORGAN", Defect, with(facts(today, "行政处罚决定 2026-08-14"), decidedBy("分局", 1)), "才可以"},
		{"DECIDING_ORGAN", Sound, with(facts(today, "行政处罚决定 2026-08-15"), decidedBy("分局", 1)), "派出机构"},
		{"DECIDING_ORGAN", Sound, with(facts(today, "行政处罚决定 2026-09"), decidedBy("分局", 1)), "派出机构"},
		{"DECIDING_ORGAN", CannotTell, with(facts(today, "行政处罚决定 2026-08"), decidedBy("分局", 1)), "无法判断"},
		{"DECIDING_ORGAN", CannotTell, with(facts(today, "行政处罚决定"), decidedBy("分局", 1)), "日期未登记"},
		{"DECIDING_ORGAN", Defect, with(facts(today, "行政处罚决定 2026-09-01"), decidedBy("监测站", 1)), "名义作出"},
		{"DECIDING_ORGAN", Defect, with(facts(today, decision), decidedBy("市局", 2)), "不同"},
		{"DECIDING_ORGAN", Sound, with(facts(today, decision), decidedBy("市局", 1)), "名义作出"},
		{"DECIDING_ORGAN", CannotTell, facts(today, decision), "没有登记"},
		{"LAW_IN_FORCE", Defect, with(facts(today), cites("2026-09-01", "水污染防治法", "2017", p(39))), "失效"},
		{"LAW_IN_FORCE", Defect, with(facts(today), cites("2017-06-01", "水污染防治法", "2017", p(39))), "施行"},
		{"LAW_IN_FORCE", Sound, with(facts(today), cites("2024-06", "水污染防治法", "2017", p(39))), "有效"},
		{"LAW_IN_FORCE", CannotTell, with(facts(today), cites("2026-08", "水污染防治法", "2017", p(39))), "不够精确"},
		{"PROVISION_EXISTS", Defect, with(facts(today), cites("2024-06-01", "水污染防治法", "2017", registry.Provision{Article: 39, Paragraph: 4})), "不存在"},
		{"PROVISION_EXISTS", Sound, with(facts(today), cites("2024-06-01", "水污染防治法", "2017", p(39))), "对上"},
		{"PROVISION_EXISTS", CannotTell, with(facts(today), cites("2024-06-01", "水污染防治法", "2017", p(41))), "未收录"},
		{"LIMITATION", Defect, with(facts(today, "立案 2024-06-12"), all(cites("2021-08-01", "水污染防治法", "2017", p(39)), func(x *Facts) { x.File.Case.FoundOn = day("2024-06-01") })), "才发现"},
		{"LIMITATION", Sound, with(facts(today, "立案 2024-06-12"), cites("2023-06-01", "水污染防治法", "2017", p(39))), "之内"},
		{"LIMITATION", CannotTell, with(facts(today, "立案 2024-06-12"), cites("2021-08-01", "水污染防治法", "2017", p(39))), "五年"},
		{"MONITORING_TOLD", Defect, with(facts(today, "监测报告 2024-06-20", decision), func(x *Facts) { x.File.Case.Origin = registry.OriginField }), "没有告知"},
		{"MONITORING_TOLD", Defect, facts(today, "监测报告 2024-06-20", decision, "告知监测结果 2024-10-01"), "之后才告知"},
		{"MONITORING_TOLD", Sound, facts(today, "监测报告 2024-06-20", "告知监测结果 2024-06-25", decision), "已告知"},
		{"MONITORING_TOLD", CannotTell, facts(today, "监测报告 2024-06-20"), "没有告知"},
		{"STANDARD_APPLIES", Defect, with(facts(today), testedAt("2025-06-01", "DB44/613-2009 表5")), "在采样日 2025-06-01 不施行"},
		{"STANDARD_APPLIES", Sound, with(facts(today), testedAt("2024-03-01", "DB44/613-2009 表5")), "在采样当日适用"},
		{"STANDARD_APPLIES", CannotTell, with(facts(today), testedAt("2024-03-01", "畜禽养殖业污染物排放标准")), "只写了名称"},
		{"STANDARD_APPLIES", CannotTell, with(facts(today), testedAt("2024-03-01", "", registry.SampleResult{Kind: registry.ResultValue, Value: "1", Limit: "2"})), "没有写明所依据的标准"},
		{"VERDICTS", Sound, with(facts(today), testedAt("2024-03-01", "", result(registry.ResultValue, "81", "80", "超标", ""), result(registry.ResultLess, "0.5", "80", "达标", ""),
			result(registry.ResultGreater, "100", "80", "超标", ""), result(registry.ResultNotDetected, "", "80", "达标", ""), result(registry.ResultValue, "7", "6-9", "达标", ""))), "一致"},
		{"VERDICTS", Defect, with(facts(today), testedAt("2024-03-01", "", result(registry.ResultValue, "81", "80", "达标", ""))), "应为“超标”"},
		{"VERDICTS", Defect, with(facts(today), testedAt("2024-03-01", "", result(registry.ResultLess, "0.5", "80", "超标", ""))), "应为“达标”"},
		{"VERDICTS", Defect, with(facts(today), testedAt("2024-03-01", "", result(registry.ResultGreater, "100", "80", "不评价", ""))), "应为“超标”"},
		{"VERDICTS", Defect, with(facts(today), testedAt("2024-03-01", "", result(registry.ResultNotDetected, "", "80", "超标", ""))), "应为“达标”"},
		{"VERDICTS", Defect, with(facts(today), testedAt("2024-03-01", "", result(registry.ResultValue, "9.5", "6-9", "达标", ""))), "应为“超标”"},
		{"VERDICTS", CannotTell, with(facts(today), testedAt("2024-03-01", "", result(registry.ResultValue, "81", "80", "达标", "报告如此"))), "报告如此"},
		{"VERDICTS", CannotTell, with(facts(today), testedAt("2024-03-01", "", result(registry.ResultVerdict, "", "80", "超标", ""))), "只有结论"},
		{"VERDICTS", CannotTell, with(facts(today), testedAt("2024-03-01", "", result(registry.ResultLess, "0.5", "0.3", "达标", ""))), "都有可能"},
		{"VERDICTS", CannotTell, with(facts(today), testedAt("2024-03-01", "", result(registry.ResultValue, "81", "", "超标", ""))), "没有限值"},
		{"VERDICTS", CannotTell, with(facts(today), testedAt("2024-03-01", "", result(registry.ResultValue, "81", "80", "", ""))), "没有写结论"},
		{"NOTICE_FIRST", Defect, facts(today, "行政处罚决定 2024-09-19", notice), "即作出"},
		{"NOTICE_FIRST", Defect, facts(today, "行政处罚决定 2024-09-11", notice), "才送达"},
		{"NOTICE_FIRST", Sound, facts(today, notice, decision), "决定在其后"},
		{"NOTICE_FIRST", CannotTell, facts(today, notice, "陈述申辩 2024-09-13", "行政处罚决定 2024-09-19"), "请核对"},
		{"NOTICE_FIRST", CannotTell, facts(today, "事先（听证）告知 2024-09", decision), "未登记"},
		{"WITHIN_NOTICE", Defect, with(facts(today, notice, decision), all(noticed(30000), fine(50000, ""))), "决定罚款"},
		{"WITHIN_NOTICE", Sound, with(facts(today, notice, decision), all(noticed(50000), fine(50000, ""))), "不超过"},
		{"WITHIN_NOTICE", CannotTell, facts(today, notice, decision), "未登记"},
		{"AMOUNT_IN_RANGE", Defect, with(facts(today, decision), fine(10000, "")), "没有说明理由"},
		{"AMOUNT_IN_RANGE", Sound, with(facts(today, decision), fine(200000, "")), "之内"},
		{"AMOUNT_IN_RANGE", CannotTell, with(facts(today, decision), fine(10000, "减轻处罚")), "减轻处罚"},
		{"AMOUNT_IN_RANGE", CannotTell, with(facts(today, decision), fine(0, "")), "未公布"},
		{"AMOUNT_IN_RANGE", CannotTell, with(facts(today, decision), all(fine(10000, ""), computed(nil))), "基数未登记"},
		{"AMOUNT_IN_RANGE", Defect, with(facts(today, decision), all(fine(10000, ""), computed(&invested))), "没有说明理由"},
		{"AMOUNT_IN_RANGE", Sound, with(facts(today, decision), all(fine(60000, ""), computed(&invested))), "之内"},
		{"LEGAL_REVIEW", Defect, facts(today, "听证 2024-09-15", decision), "听证程序"},
		{"LEGAL_REVIEW", Defect, facts(today, decision, "法制审核 2024-10-01"), "之后"},
		{"LEGAL_REVIEW", Sound, facts(today, "法制审核 2024-09-15", decision), "已经"},
		{"LEGAL_REVIEW", CannotTell, facts(today, decision), "由人判断"},
		{"DISCUSSION", Defect, facts(today, "集体讨论 2024-09-11", "陈述申辩 2024-09-15", decision), "再次讨论"},
		{"DISCUSSION", Defect, facts(today, "延长办案期限 2024-09-01", "延长办案期限 2024-09-11", decision), "第二次延长"},
		{"DISCUSSION", Sound, facts(today, "陈述申辩 2024-09-15", "集体讨论 2024-09-20", decision), "已经"},
		{"DISCUSSION", CannotTell, facts(today, decision), "由人判断"},
		{"SEPARATION", Defect, with(facts(today, "集体讨论 2024-09-20"), all(inspected(registry.OriginField, "2024-06-12", "甲", "乙"), takesPart("集体讨论", 0, "乙", "表决"))), "乙参与调查"},
		{"SEPARATION", Sound, with(facts(today, "集体讨论 2024-09-20"), all(inspected(registry.OriginField, "2024-06-12", "甲", "乙"), takesPart("集体讨论", 9, "乙", "表决"))), "未参与"}, // another officer of the same name
		{"SEPARATION", CannotTell, facts(today, "集体讨论 2024-09-20"), "没有登记参加人"},
		{"DECISION_IN_TIME", Defect, facts(today, "立案 2024-06-12", "行政处罚决定 2024-09-23"), "逾期 13 天"},
		{"DECISION_IN_TIME", Sound, facts(today, "立案 2024-07-12", "行政处罚决定 2024-09-23"), "之内"},
		{"DECISION_IN_TIME", CannotTell, facts(today, "立案 2024-06", "行政处罚决定 2024-09"), "无法判断"},
		{"DAILY_PENALTY", Defect, facts(today, "复查 2024-06-20", "按日连续处罚 2024-07-20"), "没有“行政处罚决定”"},
		{"DAILY_PENALTY", Defect, facts(today, "复查 2024-06-20", decision, "按日连续处罚 2024-07-20"), "早于“行政处罚决定”"},
		{"DAILY_PENALTY", Sound, facts(today, "复查 2024-06-20", decision, "按日连续处罚 2024-10-20"), "之后"},
		{"DAILY_PENALTY", CannotTell, facts(today, "复查", decision, "按日连续处罚 2024-10-20"), "未登记"},
		{"SEIZURE", Defect, facts(today, "查封扣押 2024-06-12"), "已逾期"},
		{"SEIZURE", Sound, facts(today, "查封扣押 2024-06-12", "解除查封扣押 2024-07-12"), "之内"},
		{"SEIZURE", Defect, facts(today, "查封扣押 2024-06-12", "延长查封扣押 2024-07-20", "解除查封扣押 2024-07-25"), "解除查封扣押于 2024-07-25，逾期 13 天；“延长查封扣押”（2024-07-20）在期限届满之后作出，未计入"},
		{"SEIZURE", CannotTell, facts(today, "查封扣押"), "起算日未知"},
		{"PUBLICATION", Defect, facts(today, decision, "公示 2024-10-20"), "逾期"},
		{"PUBLICATION", Sound, facts(today, decision, "公示 2024-09-30"), "之内"},
		{"PUBLICATION", CannotTell, facts(today, decision, "公示"), "未记录"},
	} {
		t.Run(tc.code+" "+string(tc.want), func(t *testing.T) {
			list := Checks(tc.x)
			i := slices.IndexFunc(list, func(f Finding) bool { return f.Code == tc.code })
			if i < 0 {
				t.Fatalf("no finding %s among %d", tc.code, len(list))
			}
			f := list[i]
			if f.Verdict != tc.want || !strings.Contains(f.What, tc.says) {
				t.Errorf("%s: %s %q, want %s with %q", tc.code, f.Verdict, f.What, tc.want, tc.says)
			}
			if (f.Mend == "") != (f.Verdict == Sound) || f.Source == "" {
				t.Errorf("%+v", f)
			}
		})
	}
}

// TestEmptyCaseHasNoFindings: a question is asked only where the case has something for it.
func TestEmptyCaseHasNoFindings(t *testing.T) {
	if list := Checks(facts("2024-06-10")); len(list) != 0 {
		t.Errorf("findings of an empty case: %+v", list)
	}
}

// TestSourcesAreHeld: an article that a check names stands in the catalogue.
func TestSourcesAreHeld(t *testing.T) {
	for _, c := range checks {
		for _, b := range c.basis {
			for _, m := range statute.Embedded().Citations(b.source, registry.Date{}) {
				if m.Holding != registry.Held {
					t.Errorf("%s: %s is %s", c.code, m.Citation(), m.Holding)
				}
			}
		}
	}
}
