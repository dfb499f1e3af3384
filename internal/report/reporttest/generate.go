// Package reporttest makes case files for the tests and benchmarks of report and of what draws it. Nothing that ships may
// import it. Same seed, same cases; every field that a ledger shows is sometimes empty, sometimes unknown, sometimes full.
package reporttest

import (
	"fmt"
	"iter"
	"math/rand/v2"

	"casebook/internal/registry"
)

// Cases yields n case files. The file is made anew for each case, as a store would.
func Cases(n int, seed uint64) iter.Seq2[*registry.CaseFile, error] {
	return func(yield func(*registry.CaseFile, error) bool) {
		g := generator{rand.New(rand.NewPCG(seed, 7))}
		for i := range n {
			if !yield(g.file(i+1), nil) {
				return
			}
		}
	}
}

type generator struct{ *rand.Rand }

func pick[T any](g generator, list ...T) T { return list[g.IntN(len(list))] }

func (g generator) often() bool  { return g.IntN(4) > 0 }
func (g generator) seldom() bool { return g.IntN(8) == 0 }

func (g generator) date() registry.Date {
	y, m := 2023+g.IntN(3), 1+g.IntN(12)
	switch g.IntN(10) {
	case 0:
		return registry.Date{}
	case 1:
		return registry.Year(y)
	case 2, 3:
		return registry.Month(y, m)
	}
	return registry.Day(y, m, 1+g.IntN(28))
}

func (g generator) count(n int64) *int64 {
	if g.seldom() {
		return nil
	}
	v := g.Int64N(n)
	return &v
}

func (g generator) money() *registry.Money {
	if g.IntN(5) == 0 {
		return nil
	}
	m := registry.Money(g.Int64N(100_000_00))
	if g.often() {
		m = registry.Yuan(1000 * (1 + g.Int64N(300)))
	}
	return &m
}

func (g generator) file(i int) *registry.CaseFile {
	id := int64(i)
	f := &registry.CaseFile{}
	d := pick(g, registry.DefaultBureau().Districts...)
	f.Case = registry.Case{ID: registry.CaseID(id), Origin: registry.Origin(pick(g, registry.Origins...)), DistrictCode: d.Code, FoundOn: g.date(), Source: pick(g, registry.CaseSources...),
		Title: fmt.Sprintf("%s某养殖场第%d号未经处理直接排放养殖废水案", d.Name, i)}
	if g.seldom() {
		f.Case.DistrictCode = ""
	}
	if g.often() {
		f.Case.Number = fmt.Sprintf("江%s环立〔2024〕%d号", d.Abbr, i)
		f.DecidingOrgan = &registry.Organ{ID: 1, Name: registry.DefaultBureau().Name}
		f.HandlingOrgan = &registry.Organ{ID: 2, Name: registry.DefaultBureau().Name + d.Branch}
		f.Case.Note = "按专项行动要求办理"
	}
	f.Parties = []registry.Party{{ID: 1, Name: d.Name + "某畜牧有限公司", Kind: pick(g, registry.PartyKinds...), CreditCode: "91440785MA4UKX1A2B", LegalPerson: "梁某"}}
	f.Case.Parties = []registry.CaseParty{{PartyID: 1, Role: "单位"}}
	if g.seldom() {
		f.Parties = append(f.Parties, registry.Party{ID: 2, Name: "陈某", Kind: "自然人"})
		f.Case.Parties = append(f.Case.Parties, registry.CaseParty{PartyID: 2, Role: "责任人"})
	}
	if g.often() {
		lng, lat := 112.3+g.Float64(), 22.1+g.Float64()
		f.Farm = &registry.Farm{Name: d.Short + "某养猪场", Town: "大田镇", Address: "朗底村委会", DistrictCode: d.Code, Herds: []registry.Herd{{Species: pick(g, registry.Species...), Count: g.count(9000), Basis: "存栏", Qualifier: pick(g, "", "余")}},
			Place: registry.Place{Longitude: &lng, Latitude: &lat, Datum: "CGCS2000"}, Zone: registry.Zone{Relation: "适养区"}, EIA: registry.Approval{State: "已办理", Kind: "登记表"}}
	}
	f.Inspections = []registry.Inspection{{ID: registry.InspectionID(id), StartedOn: f.Case.FoundOn, Officers: []registry.OfficerRef{{Name: "张某", CertNo: "19060012345"}, {Name: "李某", CertNo: "19060054321"}}}}
	for range 1 + g.IntN(2) {
		f.Violations = append(f.Violations, g.violation(id))
	}
	g.documents(f, id, d)
	for range g.IntN(2) {
		f.Samples = append(f.Samples, g.sample(id))
	}
	for j := range g.IntN(5) {
		f.Evidence = append(f.Evidence, registry.Evidence{Seq: int64(j), Kind: pick(g, registry.EvidenceKinds...), Title: "现场照片及说明", Maker: "执法人员", MadeOn: g.date(), Proves: "证明废水经沟渠流入外环境的事实", Pages: g.count(20)})
	}
	f.Case.Stage = registry.StageOf(f.Documents)
	return f
}

func (g generator) citation(role registry.CitationRole) registry.Citation {
	return registry.Citation{Role: role, Standing: pick(g, registry.StandingPublished, registry.StandingConfirmed, registry.StandingReview), Law: pick(g, "中华人民共和国水污染防治法", "畜禽规模养殖污染防治条例"),
		LawID: "water", VersionID: "2017", Provision: registry.Provision{Article: 30 + g.IntN(15), Paragraph: g.IntN(3), Item: g.IntN(3)}, Holding: pick(g, registry.Held, registry.NotHeld),
		TextHash: "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea"}
}

func (g generator) violation(id int64) registry.Violation {
	return registry.Violation{ID: registry.ViolationID(id), TypeCode: pick(g, "discharge.direct", "facility.idle", "eia.missing", ""), ActFrom: g.date(), ActTo: g.date(), Continuing: pick(g, registry.Yes, registry.No, registry.TriUnknown),
		Facts:     "现场检查时，该养殖场正在生产，养殖废水未经处理经无防渗沟渠流入场外鱼塘，鱼塘溢流口有废水外排，经采样监测，化学需氧量、氨氮、总磷均超过排放标准。",
		Citations: []registry.Citation{g.citation(registry.RoleBreached), g.citation(registry.RoleBasis)}}
}

func (g generator) documents(f *registry.CaseFile, id int64, d registry.District) {
	add := func(kind registry.DocKind) *registry.Document {
		n := int64(len(f.Documents) + 1)
		f.Documents = append(f.Documents, registry.Document{ID: registry.DocumentID(id*100 + n), Seq: n, Kind: kind, MadeOn: g.date(), ServiceMode: "直接送达", Content: "责令停止违法行为，完善污染防治设施"})
		x := &f.Documents[n-1]
		if g.often() {
			x.Number = fmt.Sprintf("江%s环%s〔2024〕%d号", d.Abbr, pick(g, "罚", "责改"), id)
		}
		return x
	}
	penalty := func(doc registry.DocumentID) {
		p := registry.Penalty{ID: registry.PenaltyID(id*100 + int64(len(f.Penalties))), DocumentID: doc, PartyID: 1, Kind: pick(g, "罚款", "罚款", "罚款", "警告", "没收违法所得", "按日连续罚款", registry.PenaltyUnknown), PayBy: g.date()}
		if p.Kind != "警告" {
			p.Amount = g.money()
		}
		f.Penalties = append(f.Penalties, p)
	}
	if g.often() {
		add(registry.DocOrder).Citations = []registry.Citation{g.citation(registry.RoleBasis)}
		add(registry.DocRecheck).Result = pick(g, "已改正", "拒不改正")
	}
	add(registry.DocFiling)
	if g.often() {
		add(registry.DocNotice)
		doc := add(registry.DocDecision).ID
		for range 1 + g.IntN(2) {
			penalty(doc)
		}
		if g.seldom() {
			penalty(0) // names no decision
		}
		if g.seldom() {
			add(registry.DocAnnulled)
			if g.often() {
				penalty(add(registry.DocDecision).ID)
			}
		}
		if g.seldom() {
			d := add(registry.DocChanged)
			if d.Amount = g.money(); g.seldom() {
				penalty(d.ID)
			}
		}
		if g.often() && len(f.Penalties) > 0 && f.Penalties[0].Amount != nil {
			f.Payments = append(f.Payments, registry.Payment{PenaltyID: f.Penalties[0].ID, PaidOn: g.date(), Amount: *f.Penalties[0].Amount})
			if g.seldom() {
				f.Payments = append(f.Payments, registry.Payment{PenaltyID: f.Penalties[0].ID, Kind: registry.Refund, PaidOn: g.date(), Amount: *f.Penalties[0].Amount})
			}
			if g.seldom() {
				f.Payments = append(f.Payments, registry.Payment{PenaltyID: f.Penalties[0].ID, Kind: registry.PaidSurcharge, PaidOn: g.date(), Amount: 1})
			}
		}
	} else if g.seldom() {
		penalty(0) // a published penalty without a document
	}
	for _, kind := range []registry.DocKind{registry.DocDetention, registry.DocCrime} {
		if g.seldom() {
			x := add(kind)
			x.Persons, x.OrganName = g.count(4), d.Name+"公安局"
		}
	}
	if g.seldom() {
		add(registry.DocClosing).Result = "已完成"
	}
}

func (g generator) sample(id int64) registry.Sample {
	s := registry.Sample{ID: registry.SampleID(id), Code: fmt.Sprintf("FS%06d", id), Point: "沉淀池溢流口", Medium: "废水", SampledOn: g.date(), SamplingOrgan: "江门市环境监测站", ReportNumber: fmt.Sprintf("（2024）环监水字第%d号", id), StandardCited: "DB44/613—2009 表5"}
	for _, p := range []string{"化学需氧量", "氨氮", "总磷"}[:g.IntN(4)] {
		r := registry.SampleResult{Pollutant: p, Kind: pick(g, registry.ResultValue, registry.ResultValue, registry.ResultLess, registry.ResultNotDetected, registry.ResultVerdict), Unit: "mg/L", Limit: pick(g, "400", "80", "8.0", ""), LimitFrom: "标准目录"}
		switch r.Kind {
		case registry.ResultValue, registry.ResultLess:
			r.Value = fmt.Sprintf("%d.%d", g.IntN(2000), g.IntN(10))
			r.Verdict = pick(g, "超标", "达标", "")
		case registry.ResultVerdict:
			r.Verdict = "超标"
		}
		s.Results = append(s.Results, r)
	}
	return s
}
