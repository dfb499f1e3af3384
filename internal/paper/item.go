package paper

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// Item is a value that papers hold: what {Name} stands for in a wording. Value is empty where the record has nothing.
type Item struct {
	Name  string
	Field string // where it is typed: inspection.place, case.#violations (Field); empty: the program's own data
	Value func(*Source) string
}

// Items is the one list of what papers hold. A name is used by every kind in the same sense.
var Items []Item

func init() {
	Items = slices.Concat(commonItems, visitItems, interrogationItems, documentItems, decisionItems)
} // they name Kinds, whose bodies name them

func item(name string) (Item, bool) {
	i := slices.IndexFunc(Items, func(x Item) bool { return x.Name == name })
	if i < 0 {
		return Item{}, false
	}
	return Items[i], true
}

var commonItems = []Item{
	{"本机关", "bureau.name", func(s *Source) string { return s.Bureau.Name }},
	{"城市", "bureau.city.name", func(s *Source) string { return s.Bureau.City.Name }},
	{"你", "", func(s *Source) string { return s.you() }},
	{"当事人", "party.name", func(s *Source) string { return s.partyName() }},
	{"当事人号码", "party.credit_code", func(s *Source) string { return s.code() }},
	{"当事人地址", "party.address", func(s *Source) string { return s.party().Address }},
	{"法定代表人", "party.legal_person", legalPerson},
	{"当事人电话", "party.phone", func(s *Source) string { return s.secret(s.party().Phone, registry.MaskPhone) }},
	{"复议机关", "wording." + CommonKey, common(CommonReview)},
	{"管辖法院", "wording." + CommonKey, common(CommonCourt)},
	{"缴款方式", "wording." + CommonKey, common(CommonPayment)},
	{"联系方式", "wording." + CommonKey, common(CommonContact)},
	{"案由", "case.title", cause},
	{"立案号", "case.number", func(s *Source) string {
		d, _ := s.file().Document(registry.DocFiling)
		return cmp.Or(d.Number, s.file().Case.Number)
	}},
	{"案情", "case.summary", func(s *Source) string { return s.file().Case.Summary }},
}

func common(key string) func(*Source) string {
	return func(s *Source) string { return s.Wordings.shared(s, key) }
}

// legalPerson is who speaks for a unit; a person speaks for himself.
func legalPerson(s *Source) string {
	p := s.party()
	if p.Kind == "自然人" && p.LegalPerson == "" {
		return "本人"
	}
	return join("　", p.LegalPerson, p.LegalPersonTitle)
}

// cause is 案由 as papers write it: the party and its acts.
func cause(s *Source) string {
	f := s.file()
	if s.Facts == nil {
		return ""
	}
	var acts []string
	for i := range f.Violations {
		if t, ok := s.Law.ViolationType(f.Violations[i].TypeCode); ok && !slices.Contains(acts, t.Label) {
			acts = append(acts, t.Label)
		}
	}
	if len(acts) == 0 {
		return f.Case.Title
	}
	return s.partyName() + strings.Join(acts, "、") + "案"
}

func visit(f func(x *registry.Inspection) string) func(*Source) string {
	return func(s *Source) string {
		if s.Inspection == nil {
			return ""
		}
		return f(s.Inspection)
	}
}

var visitItems = []Item{
	{"检查开始时间", "inspection.start_time", visit(func(x *registry.Inspection) string { return moment(x.StartedOn, x.StartTime) })},
	{"检查结束时间", "inspection.end_time", visit(func(x *registry.Inspection) string {
		on := x.EndedOn
		if on.IsZero() {
			on = x.StartedOn
		}
		return moment(on, x.EndTime)
	})},
	{"检查地点", "inspection.place", visit(func(x *registry.Inspection) string { return x.Place })},
	{"检查地点坐标", "inspection.position.longitude", visit(func(x *registry.Inspection) string {
		if x.Position.Longitude == nil || x.Position.Latitude == nil {
			return ""
		}
		return join("　", x.Position.DMS(), x.Position.Datum)
	})},
	{"被检查单位", "inspection.party_id", func(s *Source) string { return s.partyName() }},
	{"检查机关", "inspection.organ_id", func(s *Source) string { return s.Bureau.Name }},
	{"检查人员", "inspection.officers", visit(func(x *registry.Inspection) string {
		return certified(x.Officers)
	})},
	{"记录人", "inspection.recorder", visit(func(x *registry.Inspection) string { return x.Recorder })},
	{"现场负责人", "inspection.present_name", visit(func(x *registry.Inspection) string { return x.PresentName })},
	{"现场负责人职务", "inspection.present_title", visit(func(x *registry.Inspection) string { return x.PresentTitle })},
	{"现场负责人电话", "inspection.present_phone", func(s *Source) string {
		return visit(func(x *registry.Inspection) string { return s.secret(x.PresentPhone, registry.MaskPhone) })(s)
	}},
	{"现场负责人性别", "inspection.present_gender", visit(func(x *registry.Inspection) string { return x.PresentGender })},
	{"现场负责人证件", "inspection.present_id_number", func(s *Source) string {
		return visit(func(x *registry.Inspection) string { return s.secret(x.PresentIDNumber, registry.MaskID) })(s)
	}},
	{"现场负责人单位", "inspection.present_unit", visit(func(x *registry.Inspection) string { return x.PresentUnit })},
	{"现场负责人住址", "inspection.present_address", func(s *Source) string {
		return visit(func(x *registry.Inspection) string {
			return s.secret(x.PresentAddress, withheld)
		})(s)
	}},
	{"检查时申请回避", "inspection.recusal", visit(func(x *registry.Inspection) string { return tri(x.Recusal, "申请回避", "不申请回避") })},
	{"建设生产情况", "inspection.production", visit(func(x *registry.Inspection) string { return x.Production })},
	{"未签名的原因", "inspection.refusal_reason", visit(func(x *registry.Inspection) string { return join("：", x.Signature, x.RefusalReason) })},
	{"检查见证人", "inspection.witness", visit(func(x *registry.Inspection) string { return x.Witness })},
	{"其他参加人", "inspection.others", visit(func(x *registry.Inspection) string { return x.Others })},
	{"出示执法证件", "inspection.certificate_shown", visit(func(x *registry.Inspection) string { return tri(x.CertificateShown, "已出示", "未出示") })},
	{"告知权利义务", "inspection.rights_told", visit(func(x *registry.Inspection) string { return tri(x.RightsTold, "已告知", "未告知") })},
	{"检查情况", "inspection.findings", visit(func(x *registry.Inspection) string { return x.Findings })},
	{"存栏情况", "inspection.herds", visit(herds)},
	{"拍照录像情况", "inspection.media", visit(func(x *registry.Inspection) string { return x.Media })},
	{"被检查人意见", "inspection.party_opinion", visit(func(x *registry.Inspection) string { return x.PartyOpinion })},
	{"笔录编号", "inspection.number", visit(func(x *registry.Inspection) string { return x.Number })},
	{"环保手续", "inspection.procedures", shown(func(x *registry.Inspection) string { return x.Procedures }, approvals)},
	{"治理设施", "inspection.facilities", shown(func(x *registry.Inspection) string { return x.Facilities }, facilities)},
	{"采样单位", "inspection.#samples", sampledBy},
	{"照片", "evidence.", photos},
	{"样品", "inspection.#samples", func(s *Source) string { return sampled(s.Samples) }},
}

func tri(t registry.Tri, yes, no string) string {
	switch t {
	case registry.Yes:
		return yes
	case registry.No:
		return no
	}
	return ""
}

// moment writes a day with the time of day: 2025年2月18日9时40分. Empty unless both are known.
func moment(on registry.Date, clock string) string {
	var h, m int
	if _, err := fmt.Sscanf(clock, "%d:%d", &h, &m); err != nil || on.Precision() != registry.PrecisionDay {
		return ""
	}
	return fmt.Sprintf("%s%d时%02d分", on.Chinese(), h, m)
}

func herds(x *registry.Inspection) string {
	var list []string
	for _, h := range x.Herds {
		if h.Count != nil {
			list = append(list, h.Species+h.Stage+h.Basis+h.CountText())
		}
	}
	return strings.Join(list, "；")
}

// shown is what was seen on the day of a visit; where its record does not say, what the farm's own record holds of that day.
func shown(seen func(*registry.Inspection) string, held func(*Source) string) func(*Source) string {
	return func(s *Source) string { return cmp.Or(visit(seen)(s), held(s)) }
}

// approvals tell 环评, 验收 and 排污许可 as the farm's record has them.
func approvals(s *Source) string {
	if s.Farm == nil {
		return ""
	}
	var list []string
	for _, a := range []struct {
		name string
		registry.Approval
	}{{"环境影响评价", s.Farm.EIA}, {"竣工环境保护验收", s.Farm.Acceptance}, {"排污许可（登记）", s.Farm.Permit}} {
		if a.State != "" && !s.day().Before(a.On) { // what was done afterwards was not there to be seen
			list = append(list, join(" ", a.name+"："+join("，", a.State, a.Kind, a.Number), a.On.Chinese()))
		}
	}
	return strings.Join(list, "；")
}

func facilities(s *Source) string {
	if s.Farm == nil {
		return ""
	}
	var list []string
	for _, x := range s.Farm.Facilities {
		list = append(list, join("，", join(" ", x.Kind, x.Name, x.Capacity), x.Lining)) // its state that day is among the findings
	}
	return strings.Join(list, "；")
}

// sampled tells which samples were taken, where and when (生态环境行政处罚办法第二十九条第二款: it is written into the record of the visit).
func sampled(samples []registry.Sample) string {
	var list []string
	for i := range samples {
		x := &samples[i]
		list = append(list, join("，", prefixed(join(" ", x.SampledOn.Chinese(), x.SampledTime)+" 在", x.Point)+"采集"+x.Medium+"样品", prefixed("样品编号 ", x.Code), prefixed("采样单位 ", x.SamplingOrgan)))
	}
	return strings.Join(list, "；")
}

func document(f func(s *Source, d *registry.Document) string) func(*Source) string {
	return func(s *Source) string {
		if s.Document == nil {
			return ""
		}
		return f(s, s.Document)
	}
}

var documentItems = []Item{
	{"文号", "document.number", document(func(_ *Source, d *registry.Document) string { return d.Number })},
	{"作出日期", "document.made_on", document(func(_ *Source, d *registry.Document) string { return day(d.MadeOn) })},
	{"送达日期", "document.served_on", document(func(_ *Source, d *registry.Document) string { return day(d.ServedOn) })},
	{"送达方式", "document.service_mode", document(func(_ *Source, d *registry.Document) string { return d.ServiceMode })},
	{"送达人", "document.participants", document(func(s *Source, d *registry.Document) string {
		return cmp.Or(s.crew("送达"), s.crew("承办"))
	})},
	{"文书名称", "document.kind", document(func(s *Source, _ *registry.Document) string { return s.documentTitle() })},
	{"文书内容", "document.content", document(func(_ *Source, d *registry.Document) string { return d.Content })},
	{"承办人", "document.participants", document(func(s *Source, _ *registry.Document) string { return s.crew("承办") })},
	{"审核人", "document.participants", document(func(_ *Source, d *registry.Document) string { return people(d.Participants, "审核") })},
	{"审批人", "document.participants", document(func(_ *Source, d *registry.Document) string { return people(d.Participants, "审批") })},
	{"法制审核人", "document.participants", document(func(_ *Source, d *registry.Document) string { return people(d.Participants, "法制审核") })},
	{"主持人", "document.participants", document(func(_ *Source, d *registry.Document) string { return people(d.Participants, "主持") })},
	{"讨论人员", "document.participants", document(func(_ *Source, d *registry.Document) string { return people(d.Participants, "讨论", "表决") })},
	{"列席人员", "document.participants", document(func(_ *Source, d *registry.Document) string { return people(d.Participants, "列席") })},
	{"会议记录人", "document.participants", document(func(_ *Source, d *registry.Document) string { return people(d.Participants, "记录") })},
	{"受移送机关", "document.organ_name", document(func(_ *Source, d *registry.Document) string { return d.OrganName })},
	{"移送人数", "document.persons", document(func(_ *Source, d *registry.Document) string {
		if d.Persons == nil {
			return ""
		}
		return fmt.Sprintf("%d人", *d.Persons)
	})},
}

// day writes a date that is known to the day.
func day(d registry.Date) string {
	if d.Precision() != registry.PrecisionDay {
		return ""
	}
	return d.Chinese()
}

var decisionItems = []Item{
	{"调查日期", "case.inspections", investigated},
	{"违法事实", "case.#violations", facts},
	{"证据", "evidence.", func(s *Source) string { return strings.Join(exhibitLines(s), "\n") }},
	{"违反条款", "case.#violations", func(s *Source) string { return quoted(s, registry.RoleBreached) }},
	{"处罚依据", "case.#violations", func(s *Source) string { return quoted(s, registry.RoleBasis) }},
	{"责令依据", "document.citations", orderBasis},
	{"改正内容", "document.content", func(s *Source) string { return orderContent(s) }},
	{"改正期限", "document.due_on", orderTerm},
	{"裁量理由", "case.#violations", reasons},
	{"处罚内容", "case.#penalties", imposed},
	{"拟处罚内容", "document.amount_fen", proposed},
	{"告知书文号", "new.事先（听证）告知", notice(func(d *registry.Document) string { return d.Number })},
	{"告知书送达日期", "new.事先（听证）告知", notice(func(d *registry.Document) string { return day(d.ServedOn) })},
	{"陈述申辩情况", "new.陈述申辩", statements},
	{"陈述申辩期限", "", func(s *Source) string { return s.term("STATEMENT_DEFENCE") }},
	{"听证申请期限", "", func(s *Source) string { return s.term("HEARING_REQUEST") }},
	{"缴款期限", "", func(s *Source) string { return s.term("FINE_PAY") }},
	{"复议期限", "", func(s *Source) string { return s.term("RECON_APPLY") }},
	{"诉讼期限", "", func(s *Source) string { return s.term("SUIT_DIRECT") }},
	{"告知依据", "", func(s *Source) string { return s.article(penaltyLaw, at(44), at(45)) }},
	{"听证依据", "", func(s *Source) string { return s.article(penaltyLaw, at(63), registry.Provision{Article: 64, Item: 1}) }},
	{"加处罚款依据", "", func(s *Source) string {
		return s.article(penaltyLaw, registry.Provision{Article: 72, Paragraph: 1, Item: 1})
	}},
	{"加处罚款规定", "", func(s *Source) string {
		return strings.TrimRight(s.says(penaltyLaw, registry.Provision{Article: 72, Paragraph: 1, Item: 1}), "；。")
	}},
	{"强制执行依据", "", func(s *Source) string { return s.article(compulsionLaw, at(53)) }},
	{"停止执行规定", "", func(s *Source) string {
		return strings.TrimRight(s.says(penaltyLaw, registry.Provision{Article: 73, Paragraph: 1}), "；。")
	}},
	{"调查结论", "new.调查报告", func(s *Source) string {
		d, _ := s.file().Document(registry.DocInvestigation)
		return d.Content
	}},
	{"缴款情况", "case.#penalties", paid},
	{"改正复查情况", "new.复查", rechecked},
	{"处罚决定", "new.行政处罚决定", decided},
	{"承办人员", "document.participants", investigators},
	{"证据要素", "evidence.", completeExhibits},
	{"移送依据", "document.citations", document(func(s *Source, _ *registry.Document) string { return quoted(s, registry.RoleBasis) })},
	{"移送拘留程序依据", "", func(s *Source) string { return s.article(detention, at(12)) }},
	{"移送犯罪程序依据", "", func(s *Source) string { return s.article(crimeRules, at(5), at(6)) }},
}

func at(article int) registry.Provision { return registry.Provision{Article: article} }
