package demo

import (
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// The synthetic cases lie in these days; what would have happened after asOf has not happened yet, so that the newest are open.
var (
	firstDay = registry.Day(2023, 7, 1)
	asOf     = registry.Day(2026, 11, 15)
)

const (
	spanDays  = 1218 // to 2026-10-31
	fortnight = 14
)

// day is that of a case by its number among all: they are entered about in the order of time.
func (g *generator) day() registry.Date {
	n := g.at*spanDays/g.cases + g.between(-fortnight, fortnight)
	return firstDay.AddDays(min(max(n, 0), spanDays-1))
}

// visit is an inspection's sheet without its findings.
func (g *generator) visit(p *place, on registry.Date) registry.Inspection {
	officers := g.units.crew(p.district.Code)
	hour := g.between(8, 16)
	herd := p.farm.Herds[0]
	herd.AsOf = on
	return registry.Inspection{Origin: registry.OriginSample, Kind: pick(g, []string{"日常检查", "双随机", "专项检查", "信访核查", "督办"}), StartedOn: on, StartTime: fmt.Sprintf("%02d:%02d", hour, g.IntN(60)),
		EndedOn: on, EndTime: fmt.Sprintf("%02d:%02d", hour+g.between(1, 3), g.IntN(60)), Place: p.farm.Address, Officers: officers, Recorder: officers[1].Name,
		CertificateShown: registry.Yes, RightsTold: registry.Yes, PresentName: pick(g, surnames) + "示例", PresentTitle: pick(g, []string{"负责人", "场长", "技术员", "饲养员"}),
		Herds: []registry.Herd{herd}, Result: registry.ViolationFound, Media: "照片、录像存执法数据库。", PartyOpinion: pick(g, []string{"属实。", "无异议。", "与我所述相符。", "会尽快整改。"}),
		State: registry.InspectionSubmitted}
}

// violationType takes livestock and water violations more often than the rest: that is what farms are inspected for.
func (g *generator) violationType() *statute.ViolationType {
	types := g.l.law.ViolationTypes()
	for {
		t := pick(g, types)
		if t.Group == "畜禽养殖" || t.Group == "水污染" || g.oneIn(3) {
			return t
		}
	}
}

func (g *generator) caseFile(p *place) (*registry.CaseFile, error) {
	found := g.day()
	farm := p.farm
	f := &registry.CaseFile{Farm: &farm, Parties: []registry.Party{p.party}}
	f.Case = registry.Case{Origin: registry.OriginSample, DistrictCode: p.district.Code, Source: pick(g, []string(registry.CaseSources)), FoundOn: found,
		Parties: []registry.CaseParty{{Role: "单位"}}}
	if p.party.Kind == "自然人" {
		f.Case.Parties[0].Role = "责任人"
	}
	var main *chosen
	for i := range 1 + g.IntN(10)/8 {
		c, v, err := g.violation(p, found)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			main = c
		} else if v.TypeCode == f.Violations[0].TypeCode {
			break
		}
		f.Violations = append(f.Violations, v)
	}
	f.Case.Title = "【示例】" + p.farm.PublicName + main.label + "案"
	visit := g.visit(p, found)
	visit.Findings, visit.Path = g.findings(p, main), g.path(p)
	f.Case.Summary = g.facts(p, main)
	f.Inspections = []registry.Inspection{visit}
	if g.oneIn(2) {
		f.Samples = []registry.Sample{g.sample(found)}
	}
	f.Evidence = []registry.Evidence{{Kind: "现场检查笔录", Title: "现场检查（勘察）笔录", MadeOn: found, Proves: "检查当日的情况。", Pages: count(int64(g.between(2, 6)))}}
	if g.oneIn(2) {
		f.Evidence = append(f.Evidence, registry.Evidence{Kind: pick(g, []string{"照片", "视听资料", "调查询问笔录", "书证", "电子数据", "当事人陈述"}), Title: pick(g, ponds) + "和" + pick(g, pipes) + "现状",
			MadeOn: found, Maker: visit.Officers[0].Name, Proves: "排放的去向。"})
	}
	g.documents(f, main)
	return f, nil
}

func (g *generator) violation(p *place, found registry.Date) (*chosen, registry.Violation, error) {
	t := g.violationType()
	c, err := g.offers.choose(t, found, holds(p.farm.Permit), p.farm.InTanjiang)
	if err != nil {
		return nil, registry.Violation{}, err
	}
	v := registry.Violation{TypeCode: t.Code, Facts: g.facts(p, c), ActFrom: found.AddDays(-g.IntN(40)), ActTo: found, Continuing: registry.No,
		Citations: append([]registry.Citation(nil), c.citations...)}
	for _, e := range t.Elements {
		v.Checklist = append(v.Checklist, registry.ElementAnswer{Key: e.Key, Answer: pick(g, []string{answerYes, answerYes, answerYes, answerOpen})})
	}
	if c.why != "" {
		v.VersionChoice, v.ChoiceReason = "其他", c.why
	}
	return c, v, nil
}

var discharged = []struct {
	pollutant string
	high      int // values go from a tenth of it to it
}{{"化学需氧量", 2400}, {"氨氮", 420}, {"总磷", 42}, {"悬浮物", 900}, {"五日生化需氧量", 700}}

// sample has values against the limits of 2009 while an existing farm kept them, later verdicts only: the limits of 2024 are not
// verified, and none is made up.
func (g *generator) sample(on registry.Date) registry.Sample {
	x := registry.Sample{Code: fmt.Sprintf("示例W%s-%02d", on, g.between(1, 40)), Point: pick(g, sides) + pick(g, pipes) + "出口", Medium: "废水", SampledOn: on, SampledTime: fmt.Sprintf("%02d:%02d", g.between(9, 17), g.IntN(60)),
		SamplingOrgan: "示例环境监测站", AnalysisOrgan: "示例环境监测站", ReportOn: on.AddDays(g.between(3, 9))}
	x.ToldOn = x.ReportOn.AddDays(g.between(0, 3))
	over := 0
	for _, d := range discharged[:g.between(2, len(discharged))] {
		r, ok := g.l.limit2009(d.pollutant, on)
		value := g.between(d.high/10, d.high)
		if !ok {
			r = registry.SampleResult{Pollutant: d.pollutant, Kind: registry.ResultValue, Unit: "mg/L", Verdict: "不评价", Value: fmt.Sprint(value), Note: "示例：执行标准的限值未核到。"}
			x.Results = append(x.Results, r)
			continue
		}
		x.StandardCited = "《畜禽养殖业污染物排放标准》（DB44/613-2009）表5"
		r.Value, r.Verdict = fmt.Sprintf("%d.%d", value, g.IntN(10)), "达标"
		if limit, _ := registry.ParseDecimal(r.Limit); limit != nil {
			if v, _ := registry.ParseDecimal(r.Value); v.Cmp(limit) > 0 {
				r.Verdict = "超标"
				over++
			}
		}
		x.Results = append(x.Results, r)
	}
	x.Conclusion = fmt.Sprintf("%d项超标。", over)
	return x
}

func holds(a registry.Approval) registry.Tri {
	if a.State == "已办理" {
		return registry.Yes
	}
	return registry.No
}
