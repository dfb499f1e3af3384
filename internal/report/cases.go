package report

import (
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

// caseColumns are the columns of 案件台账, in the order bureaus keep them. Two conventions carry the sheet: an empty cell
// means the case has no such step; a word (未公布, 未填) means it has and we do not know.
var caseColumns = []column[*caseView]{
	{Column{"seq", "序号", KindOrdinal, 6, false, "本次导出的顺序号；各明细表以它对应案件"}, func(c *caseView) Cell { return Integer(c.n) }},
	{Column{"origin", "数据来源", KindText, 13, false, "现场登记、公开资料补录、导入，或示例（虚构，仅供演示）"}, func(c *caseView) Cell { return Text(string(c.f.Case.Origin)) }},
	{Column{"district", "辖区", KindText, 9, false, "违法行为发生地的县（市、区），不是注册地"}, func(c *caseView) Cell { return Text(c.district) }},
	{Column{"number", "案件编号", KindCode, 22, false, "办案平台的案件编号"}, func(c *caseView) Cell { return TextOr(c.f.Case.Number, c.unknown) }},
	{Column{"title", "案件名称（案由）", KindText, 30, true, ""}, func(c *caseView) Cell { return Text(c.f.Case.Title) }},
	{Column{"stage", "办理阶段", KindText, 10, false, "由文书先后推算，不由人填写"}, func(c *caseView) Cell { return Text(string(c.f.Case.Stage)) }},
	{Column{"month", "统计月份", KindCode, 10, false, "汇总表把本案计入的月份，口径见“统计口径”"}, func(c *caseView) Cell { return Text(c.month) }},
	{Column{"source", "案件来源", KindText, 10, false, "线索从哪里来"}, func(c *caseView) Cell { return TextOr(c.f.Case.Source, c.unknown) }},
	{Column{"published_in", "公开资料出处", KindText, 24, true, "公开资料补录的案件取自哪里：媒体、日期、版面、网址"}, func(c *caseView) Cell {
		return c.sources(func(p *registry.Publication) string { return p.Where() })
	}},
	{Column{"printed_title", "公布的案名", KindText, 26, true, "公开资料所印，与登记的案件名称可以不同"}, func(c *caseView) Cell {
		return c.sources(func(p *registry.Publication) string { return p.Of(c.f.Case.ID).Title })
	}},
	{Column{"campaign", "专项行动", KindText, 22, true, ""}, func(c *caseView) Cell {
		if c.f.Campaign == nil {
			return Cell{}
		}
		return Text(c.f.Campaign.Name)
	}},
	{Column{"deciding", "处罚机关", KindText, 22, true, "作出决定的机关（市局）"}, func(c *caseView) Cell { return c.organName(c.f.DecidingOrgan) }},
	{Column{"handling", "承办机构", KindText, 22, true, "承办分局"}, func(c *caseView) Cell { return c.organName(c.f.HandlingOrgan) }},
	{Column{"party", "当事人名称", KindText, 26, true, "违法行为时的名称"}, func(c *caseView) Cell {
		_, name, _ := c.f.MainParty()
		return TextOr(name, c.unknown)
	}},
	{Column{"party_kind", "当事人类别", KindText, 12, false, ""}, func(c *caseView) Cell {
		p, _, _ := c.f.MainParty()
		return TextOr(p.Kind, c.unknown)
	}},
	{Column{"code", "统一社会信用代码／证件号", KindCode, 22, false, "文本格式，保留全部位数；默认遮盖中间各位"}, func(c *caseView) Cell {
		p, _, _ := c.f.MainParty()
		if p.CreditCode == "" {
			return TextOr(c.code(p.IDNumber), c.unknown)
		}
		return Text(c.code(p.CreditCode))
	}},
	{Column{"legal_person", "法定代表人／经营者", KindText, 12, false, ""}, func(c *caseView) Cell {
		p, _, _ := c.f.MainParty()
		if p.Kind == "自然人" {
			return Cell{}
		}
		return TextOr(p.LegalPerson, c.unknown)
	}},
	{Column{"others", "其他当事人", KindText, 20, true, "双罚的责任人等"}, (*caseView).otherParties},
	{Column{"farm", "养殖场名称", KindText, 26, true, ""}, func(c *caseView) Cell {
		if c.f.Farm == nil {
			return Unknown(c.unknown)
		}
		return TextOr(c.f.Farm.Name, c.unknown)
	}},
	{Column{"address", "地址（镇街村）", KindText, 28, true, ""}, func(c *caseView) Cell {
		if c.f.Farm == nil {
			return Unknown(c.unknown)
		}
		return TextOr(joined(" ", c.f.Farm.Town, c.f.Farm.Address), c.unknown)
	}},
	{Column{"longitude", "经度", KindNumber, 11, false, "度；坐标系见后列"}, func(c *caseView) Cell { return c.coordinate(func(p registry.Place) *float64 { return p.Longitude }) }},
	{Column{"latitude", "纬度", KindNumber, 11, false, "度"}, func(c *caseView) Cell { return c.coordinate(func(p registry.Place) *float64 { return p.Latitude }) }},
	{Column{"datum", "坐标系", KindText, 10, false, "不同坐标系相差可达数百米"}, func(c *caseView) Cell {
		if c.f.Farm == nil {
			return Cell{}
		}
		return Text(c.f.Farm.Place.Datum)
	}},
	{Column{"species", "畜种", KindText, 8, false, "主要畜种"}, func(c *caseView) Cell { return TextOr(c.species(), c.unknown) }},
	{Column{"head_count", "存栏（头、只）", KindInteger, 12, false, "检查当日存栏；没有的取养殖场登记的存栏"}, func(c *caseView) Cell { return c.headCount("存栏") }},
	{Column{"head_about", "存栏约数", KindText, 9, false, "余、多、约：存栏数不是确数"}, func(c *caseView) Cell {
		h, _ := c.herd("存栏")
		return Text(h.Qualifier)
	}},
	{Column{"pig_units", "猪当量", KindInteger, 10, false, ""}, func(c *caseView) Cell {
		if _, ok := c.herd("猪当量"); !ok {
			return Cell{}
		}
		return c.headCount("猪当量")
	}},
	{Column{"zone", "禁养区关系", KindText, 11, false, ""}, func(c *caseView) Cell {
		return c.ofFarm(func(f *registry.Farm) string { return f.Zone.Relation })
	}},
	{Column{"eia", "环评", KindText, 20, true, "办理情况、类别、文号和要求落实情况"}, func(c *caseView) Cell {
		return c.ofFarm(eiaText)
	}},
	{Column{"permit", "排污许可／登记", KindText, 24, true, "办理情况、管理类别和编号"}, func(c *caseView) Cell {
		return c.ofFarm(func(f *registry.Farm) string { return joined(" ", f.Permit.State, f.Permit.Kind, f.Permit.Number) })
	}},
	{Column{"inspected_on", "检查日期", KindDate, 12, false, "首次检查"}, func(c *caseView) Cell {
		if c.inspection == nil {
			return Cell{}
		}
		return DateOr(c.inspection.StartedOn, c.unknown)
	}},
	{Column{"inspections", "检查次数", KindInteger, 9, false, "与本案关联的检查"}, func(c *caseView) Cell { return Integer(len(c.f.Inspections)) }},
	{Column{"found_on", "发现日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return DateOr(c.f.Case.FoundOn, c.unknown) }},
	{Column{"filed_on", "立案日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocFiling) }},
	{Column{"filed_number", "立案号", KindCode, 24, false, ""}, func(c *caseView) Cell { return c.number(registry.DocFiling) }},
	{Column{"types", "违法行为类型", KindText, 32, true, "一案可有多项"}, func(c *caseView) Cell { return TextOr(strings.Join(c.violationTypes(), "；"), c.unknown) }},
	{Column{"breached", "违反条款", KindText, 40, true, "不含复核意见"}, func(c *caseView) Cell { return TextOr(c.cited(registry.RoleBreached), c.unknown) }},
	{Column{"basis", "处罚（责令）依据", KindText, 40, true, "不含复核意见"}, func(c *caseView) Cell { return TextOr(c.cited(registry.RoleBasis), c.unknown) }},
	{Column{"told_on", "告知监测结果日期", KindDate, 12, false, ""}, (*caseView).toldOn},
	{Column{"investigated_on", "调查报告日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocInvestigation) }},
	{Column{"extensions", "延长办案期限（次）", KindInteger, 10, false, "空白：没有延长"}, func(c *caseView) Cell { return ordinal(c.times(registry.DocDecisionExtended)) }},
	{Column{"excluded", "不计入办案期限的时间", KindText, 24, true, "听证、监测、鉴定、送达等不计入的起止日"}, (*caseView).excluded},
	{Column{"discretion", "裁量与法律适用说明", KindText, 30, true, "从旧从轻的选择及理由、金额偏离幅度的理由"}, (*caseView).discretion},
	{Column{"order_number", "责改文号", KindCode, 24, false, ""}, func(c *caseView) Cell { return c.number(registry.DocOrder) }},
	{Column{"order_on", "责改日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocOrder) }},
	{Column{"order_due", "责改期限", KindDate, 12, false, "立即改正的没有期限"}, func(c *caseView) Cell {
		if d, ok := c.documents[registry.DocOrder]; ok {
			return DateCell(d.DueOn)
		}
		return Cell{}
	}},
	{Column{"recheck_on", "复查日期", KindDate, 12, false, ""}, (*caseView).recheckOn},
	{Column{"recheck_result", "复查结论", KindText, 14, true, ""}, (*caseView).recheckResult},
	{Column{"notice_number", "告知书文号", KindCode, 24, false, string(registry.DocNotice)}, func(c *caseView) Cell { return c.number(registry.DocNotice) }},
	{Column{"notice_served", "告知送达日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.servedOn(registry.DocNotice) }},
	{Column{"defence", "陈述申辩", KindDate, 12, false, "收到日期"}, func(c *caseView) Cell { return c.madeOn(registry.DocStatement) }},
	{Column{"hearing_request", "申请听证日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocHearingRequest) }},
	{Column{"hearing", "听证", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocHearing) }},
	{Column{"legal_review", "法制审核日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocLegalReview) }},
	{Column{"discussed", "集体讨论日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocDiscussion) }},
	{Column{"decision_number", "决定书文号", KindCode, 26, false, "最后一份处罚决定"}, func(c *caseView) Cell { return c.number(registry.DocDecision) }},
	{Column{"decided_on", "决定日期", KindDate, 12, false, "最后一份处罚决定"}, func(c *caseView) Cell { return c.madeOn(registry.DocDecision) }},
	{Column{"penalty_kinds", "处罚种类", KindText, 18, true, "已撤销的不列"}, (*caseView).penaltyKinds},
	{Column{"fines", "罚款（元）", KindMoney, 14, false, "已知金额之和，含按日连续罚款；已撤销的不计。空白：没有罚款"}, func(c *caseView) Cell { return c.sum(c.fines) }},
	{Column{"fines_unknown", "罚款金额未知（项）", KindInteger, 10, false, "有罚款而金额未知的项数，含种类未公布的处罚"}, func(c *caseView) Cell { return ordinal(c.fines.Unknown) }},
	{Column{"taken", "没收（元）", KindMoney, 14, false, "没收违法所得、非法财物"}, func(c *caseView) Cell { return c.sum(c.taken) }},
	{Column{"served_on", "决定送达日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.servedOn(registry.DocDecision) }},
	{Column{"served_how", "送达方式", KindText, 10, false, ""}, func(c *caseView) Cell {
		if d, ok := c.documents[registry.DocDecision]; ok {
			return Text(d.ServiceMode)
		}
		return Cell{}
	}},
	{Column{"published_on", "公示日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocPublication) }},
	{Column{"published_where", "公示渠道", KindText, 24, true, "公示登记所写的网站或网址"}, func(c *caseView) Cell { return c.content(registry.DocPublication) }},
	{Column{"credit_on", "双公示上报日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocCreditReport) }},
	{Column{"pay_by", "缴款期限", KindDate, 12, false, ""}, (*caseView).payBy},
	{Column{"paid_on", "最后缴款日期", KindDate, 12, false, ""}, (*caseView).paidOn},
	{Column{"due", "应缴（元）", KindMoney, 14, false, "现行处罚中罚款与没收的已知金额之和"}, (*caseView).due},
	{Column{"paid", "实缴（元）", KindMoney, 14, false, "各次缴款之和，扣除退还的；不含加处罚款"}, func(c *caseView) Cell {
		if len(c.f.Payments) == 0 {
			return Cell{}
		}
		return Money(c.f.Paid())
	}},
	{Column{"owed", "尚欠（元）", KindMoney, 14, false, "现行处罚金额减去实缴，不含加处罚款；金额未知的项不计"}, (*caseView).owed},
	{Column{"refunded", "退还（元）", KindMoney, 12, false, ""}, func(c *caseView) Cell {
		return c.received(func(x *registry.Charge) registry.Money { return x.Refunded + x.SurchargeRefunded })
	}},
	{Column{"surcharge", "已缴加处罚款（元）", KindMoney, 13, false, "扣除退还的；应加处多少见案件页面"}, func(c *caseView) Cell {
		return c.received(func(x *registry.Charge) registry.Money { return x.SurchargePaid - x.SurchargeRefunded })
	}},
	{Column{"instalments", "分期（延期）缴纳", KindText, 24, true, "批准日期和内容"}, func(c *caseView) Cell { return c.dated(registry.DocInstalments) }},
	{Column{"urged_on", "催告日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocUrge) }},
	{Column{"enforced_on", "申请强制执行", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocEnforcement) }},
	{Column{"enforced_result", "强制执行结果", KindText, 14, true, ""}, func(c *caseView) Cell { return c.outcome(registry.DocEnforcement) }},
	{Column{"stopped", "限产、停产、关闭", KindText, 20, true, "此类处罚的种类和内容；已撤销的不列"}, (*caseView).stopped},
	{Column{"kept_on", "先行登记保存", KindDate, 12, false, "最后一次"}, func(c *caseView) Cell { return c.madeOn(registry.DocRegistration) }},
	{Column{"kept_state", "先行登记保存的处理", KindText, 16, true, ""}, func(c *caseView) Cell { return c.branch(registry.TrackRegistration) }},
	{Column{"sealed_on", "查封扣押", KindDate, 12, false, "最后一次"}, func(c *caseView) Cell { return c.madeOn(registry.DocSeizure) }},
	{Column{"sealed_extended", "查封扣押延长", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocSeizureExtended) }},
	{Column{"sealed_ended", "查封扣押解除", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocSeizureEnd) }},
	{Column{"sealed_state", "查封扣押状态", KindText, 20, true, "是否延长、解除，前后多少日"}, func(c *caseView) Cell { return c.branch(registry.TrackSeizure) }},
	{Column{"detention_on", "移送拘留日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocDetention) }},
	{Column{"detention_organ", "受移送公安机关", KindText, 18, true, ""}, func(c *caseView) Cell {
		if d, ok := c.documents[registry.DocDetention]; ok {
			return TextOr(c.organ(d), c.unknown)
		}
		return Cell{}
	}},
	{Column{"detention_persons", "移送拘留人数", KindInteger, 9, false, "已知人数之和；与件数分开计"}, func(c *caseView) Cell { return c.persons(registry.DocDetention) }},
	{Column{"detention_unknown", "移送拘留人数未知（件）", KindInteger, 11, false, "没有写明人数的移送件数"}, func(c *caseView) Cell { return ordinal(c.personsUnknown(registry.DocDetention)) }},
	{Column{"detention_result", "移送拘留结果", KindText, 24, true, "公安机关的决定；没有登记的写明未登记或未公布，不当作已执行"}, func(c *caseView) Cell { return c.branch(registry.TrackDetention) }},
	{Column{"detention_result_on", "移送拘留结果日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.resultOn(registry.DocDetention) }},
	{Column{"crime_on", "移送犯罪日期", KindDate, 12, false, "移送涉嫌犯罪"}, func(c *caseView) Cell { return c.madeOn(registry.DocCrime) }},
	{Column{"crime_persons", "移送犯罪人数", KindInteger, 9, false, ""}, func(c *caseView) Cell { return c.persons(registry.DocCrime) }},
	{Column{"crime_unknown", "移送犯罪人数未知（件）", KindInteger, 11, false, "没有写明人数的移送件数"}, func(c *caseView) Cell { return ordinal(c.personsUnknown(registry.DocCrime)) }},
	{Column{"crime_result", "移送犯罪结果", KindText, 20, true, ""}, func(c *caseView) Cell { return c.branch(registry.TrackCrime) }},
	{Column{"daily_on", "按日连续处罚", KindDate, 12, false, "最后一次"}, func(c *caseView) Cell { return c.madeOn(registry.DocDailyPenalty) }},
	{Column{"daily_days", "计罚日数", KindInteger, 9, false, "各次之和；未登记的按责令改正送达次日至复查日计"}, (*caseView).dailyDays},
	{Column{"daily_amount", "按日连续罚款（元）", KindMoney, 14, false, "已计入“罚款（元）”，不再相加"}, (*caseView).dailyAmount},
	{Column{"reported_on", "报政府责令拆除或关闭", KindDate, 13, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocReport) }},
	{Column{"reported_result", "政府的决定", KindText, 20, true, ""}, func(c *caseView) Cell { return c.branch(registry.TrackReport) }},
	{Column{"damages", "损害赔偿", KindText, 24, true, "到了哪一步；与处罚各自进行，不是处罚"}, func(c *caseView) Cell { return c.branch(registry.TrackDamage) }},
	{Column{"damages_amount", "损害赔偿金额（元）", KindMoney, 14, false, "协议金额；不计入罚款"}, (*caseView).damagesAmount},
	{Column{"appeal_on", "行政复议日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocReconsideration) }},
	{Column{"appeal", "行政复议结果", KindText, 14, true, ""}, func(c *caseView) Cell { return c.outcome(registry.DocReconsideration) }},
	{Column{"suit_on", "行政诉讼日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocSuit) }},
	{Column{"suit", "行政诉讼结果", KindText, 14, true, ""}, func(c *caseView) Cell { return c.outcome(registry.DocSuit) }},
	{Column{"annulled_on", "撤销日期", KindDate, 12, false, "处罚决定被撤销"}, func(c *caseView) Cell { return c.madeOn(registry.DocAnnulled) }},
	{Column{"redecided", "撤销后的重新决定", KindText, 24, true, ""}, func(c *caseView) Cell { return c.branch(registry.TrackAnnulment) }},
	{Column{"pending", "待结果的事项", KindText, 20, true, "还没有结果或没有登记结果的措施、移送、复议、诉讼等"}, (*caseView).pending},
	{Column{"closed_on", "结案日期", KindDate, 12, false, ""}, func(c *caseView) Cell { return c.madeOn(registry.DocClosing) }},
	{Column{"closed_how", "结案方式", KindText, 14, true, ""}, func(c *caseView) Cell { return c.result(registry.DocClosing) }},
	{Column{"officers", "承办人（执法证号）", KindText, 26, true, "首次检查记录的检查人员"}, (*caseView).officers},
	{Column{"notes", "复核意见（条）", KindInteger, 9, false, "登记库对原文的复核意见条数"}, func(c *caseView) Cell { return Integer(len(c.f.ReviewNotes)) }},
	{Column{"id", "登记编号", KindCode, 10, false, "本系统的案件号"}, func(c *caseView) Cell { return Text(strconv.FormatInt(int64(c.f.Case.ID), 10)) }},
	{Column{"note", "备注", KindText, 30, true, ""}, func(c *caseView) Cell { return Text(c.f.Case.Note) }},

	// Only where they are asked for.
	{Column{"summary", "案情", KindText, 60, true, "全文；超出单元格容量的在末尾注明截断"}, func(c *caseView) Cell { return TextOr(c.f.Case.Summary, c.unknown) }},
	{Column{"handled", "查处情况", KindText, 60, true, "全文"}, func(c *caseView) Cell { return TextOr(c.f.Case.Handling, c.unknown) }},
	{Column{"findings", "检查发现的情况", KindText, 60, true, "各次检查的记载，按检查先后"}, (*caseView).findings},
	{Column{linkKey, "打开登记", KindText, 14, false, "本系统中这个案件的页面"}, (*caseView).link},
}

// caseMore is how many of the columns stand only where they are asked for.
const caseMore = 4

// narrative are the long texts among them.
var narrative = map[string]bool{"summary": true, "handled": true, "findings": true}

const linkKey = "link"

func (c *caseView) link() Cell {
	if c.o.PublicURL == "" {
		return Cell{}
	}
	return Text(c.o.PublicURL + "/cases/" + strconv.FormatInt(int64(c.f.Case.ID), 10))
}

func (c *caseView) findings() Cell {
	var list []string
	for i := range c.f.Inspections {
		x := &c.f.Inspections[i]
		if x.Findings != "" {
			list = append(list, joined(" ", x.StartedOn.String(), x.Findings))
		}
	}
	return Text(strings.Join(list, "\n"))
}

// idColumn is the number of the case in this register, which a person's own profile may show on any sheet.
func idColumn[T any](of func(T) *caseView) column[T] {
	return column[T]{Column{"id", "登记编号", KindCode, 10, false, "本系统的案件号"}, func(v T) Cell { return Text(strconv.FormatInt(int64(of(v).f.Case.ID), 10)) }}
}

// eiaText is what is known of a farm's EIA in one line.
func eiaText(f *registry.Farm) string {
	return joined(" ", f.EIA.State, f.EIA.Kind, f.EIA.Number, labelled("要求", f.EIACarried))
}

// sources says something of each publication that the case was taken from.
func (c *caseView) sources(say func(*registry.Publication) string) Cell {
	var list []string
	for i := range c.f.Publications {
		if s := say(&c.f.Publications[i]); s != "" {
			list = appendNew(list, s)
		}
	}
	return Text(strings.Join(list, "；"))
}

func (c *caseView) organName(o *registry.Organ) Cell {
	if o == nil {
		return Unknown(c.unknown)
	}
	return TextOr(o.Name, c.unknown)
}

func (c *caseView) otherParties() Cell {
	var list []string
	for i := 1; i < len(c.f.Parties); i++ {
		name, role := c.f.Parties[i].Name, ""
		if i < len(c.f.Case.Parties) {
			role = c.f.Case.Parties[i].Role
			if c.f.Case.Parties[i].NameAtAct != "" {
				name = c.f.Case.Parties[i].NameAtAct
			}
		}
		if role != "" {
			name += "（" + role + "）"
		}
		list = append(list, name)
	}
	return Text(strings.Join(list, "；"))
}

func (c *caseView) ofFarm(get func(*registry.Farm) string) Cell {
	if c.f.Farm == nil {
		return Unknown(c.unknown)
	}
	return TextOr(get(c.f.Farm), c.unknown)
}

func (c *caseView) coordinate(get func(registry.Place) *float64) Cell {
	if c.f.Farm == nil {
		return Cell{}
	}
	v := get(c.f.Farm.Place)
	if v == nil {
		return Cell{}
	}
	return Number(strconv.FormatFloat(*v, 'f', 6, 64))
}

func (c *caseView) headCount(basis string) Cell {
	h, _ := c.herd(basis)
	return IntegerOr(h.Count, c.unknown)
}

func (c *caseView) discretion() Cell {
	var list []string
	for i := range c.f.Violations {
		v := &c.f.Violations[i]
		if s := joined("：", v.VersionChoice, v.ChoiceReason); s != "" {
			list = appendNew(list, s)
		}
	}
	for _, p := range c.current {
		if p.RangeReason != "" {
			list = appendNew(list, p.RangeReason)
		}
	}
	return Text(strings.Join(list, "；"))
}

func (c *caseView) penaltyKinds() Cell {
	var list []string
	for _, p := range c.current {
		list = appendNew(list, p.Kind)
	}
	return Text(strings.Join(list, "；"))
}

func (c *caseView) payBy() Cell {
	var last registry.Date
	for _, p := range c.current {
		if !p.PayBy.IsZero() {
			last = p.PayBy
		}
	}
	return DateCell(last)
}

func (c *caseView) paidOn() Cell {
	if len(c.f.Payments) == 0 {
		return Cell{}
	}
	var last registry.Date
	for _, p := range c.f.Payments {
		if last.IsZero() || last.Before(p.PaidOn) {
			last = p.PaidOn
		}
	}
	return DateOr(last, c.unknown)
}

// persons adds the persons of all documents of a kind; the unknown word where there are documents and no number is known.
func (c *caseView) persons(kind registry.DocKind) Cell {
	if c.documents[kind] == nil {
		return Cell{}
	}
	var total *int64
	for i := range c.f.Documents {
		if d := &c.f.Documents[i]; d.Kind == kind && d.Persons != nil {
			if total == nil {
				total = new(int64)
			}
			*total += *d.Persons
		}
	}
	return IntegerOr(total, c.unknown)
}

// outcome is the result of a review or suit; 未填 while there is none yet.
func (c *caseView) outcome(kind registry.DocKind) Cell {
	d, ok := c.documents[kind]
	if !ok {
		return Cell{}
	}
	return TextOr(joined("；", d.Result, d.ResultNote), c.unknown)
}

// caseGroups part the columns of 案件台账: each begins at a column and goes to the next.
var caseGroups = []Group{{"案件", "seq"}, {"当事人", "party"}, {"养殖场", "farm"}, {"检查与立案", "inspected_on"}, {"违法与依据", "types"}, {"调查与期限", "told_on"},
	{"裁量、责令与告知", "discretion"}, {"决定与公开", "legal_review"}, {"缴款与执行", "pay_by"}, {"强制措施", "stopped"}, {"移送", "detention_on"}, {"按日计罚与报请", "daily_on"},
	{"损害赔偿", "damages"}, {"复议、诉讼与撤销", "appeal_on"}, {"结案与登记", "closed_on"}, {"全文", "summary"}}

func (c *caseView) times(kind registry.DocKind) int {
	n := 0
	for i := range c.f.Documents {
		if c.f.Documents[i].Kind == kind {
			n++
		}
	}
	return n
}

func (c *caseView) excluded() Cell {
	var list []string
	for i := range c.f.Documents {
		if d := &c.f.Documents[i]; !d.ExcludedFrom.IsZero() {
			end := d.ExcludedTo.String()
			if end == "" {
				end = "尚未结束"
			}
			list = append(list, string(d.Kind)+" "+d.ExcludedFrom.String()+" 至 "+end)
		}
	}
	return Text(strings.Join(list, "；"))
}

func (c *caseView) content(kind registry.DocKind) Cell {
	if d, ok := c.documents[kind]; ok {
		return Text(d.Content)
	}
	return Cell{}
}

// dated is the day and the content of a document in one cell.
func (c *caseView) dated(kind registry.DocKind) Cell {
	d, ok := c.documents[kind]
	if !ok {
		return Cell{}
	}
	return TextOr(joined(" ", d.MadeOn.String(), d.Content), c.unknown)
}

func (c *caseView) resultOn(kind registry.DocKind) Cell {
	d, ok := c.documents[kind]
	if !ok || d.Result == "" {
		return Cell{}
	}
	return DateOr(d.ResultOn, c.unknown)
}

// owed adds up what is still owed for penalties whose amount is known; the unknown word where none is.
func (c *caseView) owed() Cell {
	var sum registry.Sum
	for _, p := range c.current {
		if x := c.charges[p]; p.Monetary() {
			if x.Due == nil {
				sum.Add(nil)
				continue
			}
			m := x.Balance()
			sum.Add(&m)
		}
	}
	return c.sum(sum)
}

// due adds up what the fines and confiscations in force amount to; the unknown word where none is known.
func (c *caseView) due() Cell {
	sum := c.fines
	sum.Total += c.taken.Total
	sum.Known += c.taken.Known
	sum.Unknown += c.taken.Unknown
	return c.sum(sum)
}

// received adds up money of a sort; nothing where there was none.
func (c *caseView) received(of func(*registry.Charge) registry.Money) Cell {
	var m registry.Money
	for i := range c.f.Penalties {
		m += of(c.charges[&c.f.Penalties[i]])
	}
	if m == 0 {
		return Cell{}
	}
	return Money(m)
}

// stops are the penalties that keep a farm from producing.
var stops = []string{"限制开展生产经营活动", "责令停产停业", "责令关闭"}

func (c *caseView) stopped() Cell {
	var list []string
	for _, p := range c.current {
		if slices.Contains(stops, p.Kind) {
			list = append(list, joined("：", p.Kind, p.Content))
		}
	}
	return Text(strings.Join(list, "；"))
}

// branch is what became of the branches of a side track, in their order.
func (c *caseView) branch(track registry.Track) Cell {
	var list []string
	for i := range c.branches {
		if b := &c.branches[i]; b.Track == track {
			list = append(list, b.State)
		}
	}
	return Text(strings.Join(list, "；"))
}

func (c *caseView) pending() Cell {
	var list []string
	for i := range c.branches {
		if b := &c.branches[i]; b.Open {
			list = appendNew(list, b.Kind)
		}
	}
	return Text(strings.Join(list, "；"))
}

// personsUnknown counts the documents of a kind that do not say how many persons: persons and cases are counted apart.
func (c *caseView) personsUnknown(kind registry.DocKind) int {
	n := 0
	for i := range c.f.Documents {
		if d := &c.f.Documents[i]; d.Kind == kind && d.Persons == nil {
			n++
		}
	}
	return n
}

func (c *caseView) dailyDays() Cell {
	if c.documents[registry.DocDailyPenalty] == nil {
		return Cell{}
	}
	var total *int64
	for i := range c.branches {
		if b := &c.branches[i]; b.Track == registry.TrackDaily && b.Days != nil {
			if total == nil {
				total = new(int64)
			}
			*total += int64(*b.Days)
		}
	}
	return IntegerOr(total, c.unknown)
}

func (c *caseView) dailyAmount() Cell {
	var sum registry.Sum
	for _, p := range c.current {
		if p.Kind == registry.PenaltyDaily {
			sum.Add(c.charges[p].Due)
		}
	}
	if sum == (registry.Sum{}) && c.documents[registry.DocDailyPenalty] != nil {
		sum.Add(nil)
	}
	return c.sum(sum)
}

func (c *caseView) damagesAmount() Cell {
	for i := range c.branches {
		if b := &c.branches[i]; b.Track == registry.TrackDamage {
			if _, agreed := c.documents[registry.DocDamageAgreement]; agreed {
				return MoneyOr(b.Amount, c.unknown)
			}
		}
	}
	return Cell{}
}

// toldOn is the last day on which the party was told a monitoring result, by a document or by a sample's own day.
func (c *caseView) toldOn() Cell {
	var on registry.Date
	told := false
	for _, t := range c.f.Tellings() {
		if told = told || t.Told; on.Before(t.On) || on.IsZero() {
			on = t.On
		}
	}
	if !told {
		return c.madeOn(registry.DocMonitoringTold) // of a result that is not on record
	}
	return DateOr(on, c.unknown)
}

// recheck is the last re-check: the document, or an inspection that no document stands for.
func (c *caseView) recheck() (registry.Document, bool) {
	if d, ok := c.documents[registry.DocRecheck]; ok {
		return *d, true
	}
	lone := c.f.LoneRechecks()
	if len(lone) == 0 {
		return registry.Document{}, false
	}
	return lone[len(lone)-1].RecheckOf(), true
}

func (c *caseView) recheckOn() Cell {
	d, ok := c.recheck()
	if !ok {
		return Cell{}
	}
	return DateOr(d.MadeOn, c.unknown)
}

func (c *caseView) recheckResult() Cell {
	d, _ := c.recheck()
	return Text(joined("；", d.Result, d.ResultNote))
}

func (c *caseView) officers() Cell {
	if c.inspection == nil || len(c.inspection.Officers) == 0 {
		return Unknown(c.unknown)
	}
	var list []string
	for _, o := range c.inspection.Officers {
		if o.CertNo != "" {
			list = append(list, o.Name+"（"+o.CertNo+"）")
		} else {
			list = append(list, o.Name)
		}
	}
	return Text(strings.Join(list, "；"))
}
