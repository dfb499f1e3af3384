package registry

// DocKind names a kind of 文书 or procedural step. What a kind is stands in its row: see DocumentKind.
type DocKind string

// The kinds that rules speak of.
const (
	DocOrder            DocKind = "责令改正"
	DocRecheck          DocKind = "复查"
	DocReviewExtended   DocKind = "延长立案审查"
	DocFiling           DocKind = "立案"
	DocNotFiled         DocKind = "不予立案"
	DocRegistration     DocKind = "先行登记保存"
	DocRegistrationEnd  DocKind = "解除先行登记保存"
	DocSeizure          DocKind = "查封扣押"
	DocSeizureExtended  DocKind = "延长查封扣押"
	DocSeizureEnd       DocKind = "解除查封扣押"
	DocRestrict         DocKind = "责令限制生产"
	DocRestrictExtended DocKind = "延长限制生产"
	DocSuspend          DocKind = "责令停产整治"
	DocRestrictEnd      DocKind = "解除限产停产"
	DocMonitoring       DocKind = "监测报告"
	DocMonitoringTold   DocKind = "告知监测结果"
	DocAppraisal        DocKind = "鉴定意见"
	DocInvestigation    DocKind = "调查报告"
	DocDecisionExtended DocKind = "延长办案期限"
	DocNotice           DocKind = "事先（听证）告知"
	DocStatement        DocKind = "陈述申辩"
	DocHearingRequest   DocKind = "听证申请"
	DocHearing          DocKind = "听证"
	DocLegalReview      DocKind = "法制审核"
	DocDiscussion       DocKind = "集体讨论"
	DocDecision         DocKind = "行政处罚决定"
	DocNoPenalty        DocKind = "不予行政处罚"
	DocDailyPenalty     DocKind = "按日连续处罚"
	DocDetention        DocKind = "移送行政拘留"
	DocCrime            DocKind = "移送涉嫌犯罪"
	DocReport           DocKind = "报政府责令拆除或关闭"
	DocDamageLead       DocKind = "损害赔偿线索"
	DocDamageTalks      DocKind = "损害赔偿磋商"
	DocDamageAgreement  DocKind = "损害赔偿协议"
	DocRepairPlan       DocKind = "修复方案"
	DocRepair           DocKind = "修复实施"
	DocRepairCheck      DocKind = "修复验收"
	DocInstalments      DocKind = "分期（延期）缴纳"
	DocUrge             DocKind = "催告"
	DocEnforcement      DocKind = "申请强制执行"
	DocReconsideration  DocKind = "行政复议"
	DocSuit             DocKind = "行政诉讼"
	DocChanged          DocKind = "变更处罚"
	DocAnnulled         DocKind = "撤销处罚"
	DocClosing          DocKind = "结案"
	DocReopened         DocKind = "恢复办理" // takes a closing back; a step of the register, no 文书 of the law
	DocPublication      DocKind = "公示"
	DocCreditReport     DocKind = "双公示上报"
	DocOther            DocKind = "其他"
)

// DocumentKind is the row of one kind: all that the register asks of a kind, of the program's and of an administrator's alike. Kinds are a
// dictionary: an entry is never removed.
type DocumentKind struct {
	Name    DocKind `json:"name"`    // what is stored and shown
	Code    string  `json:"code"`    // 文书代字 in numbers, where seen: 罚, 责改, 罚告 …
	Stage   Stage   `json:"stage"`   // the stage a case reaches with it; empty where it does not move the case
	Own     bool    `json:"own"`     // made by our organ; false: another organ's or the party's act
	Numbers bool    `json:"numbers"` // carries a 文号 of a series
	KindProperties
}

// KindProperties say what a document of a kind has beside its name, number and day. The zero value has nothing more.
type KindProperties struct {
	Delivery    Delivery `json:"delivery,omitempty"`     // how it reaches whom it is for; empty: it is not handed on
	MadeLabel   string   `json:"made_label,omitempty"`   // what its day is called; empty: 作出日期
	DueLabel    string   `json:"due_label,omitempty"`    // what the term that it sets is called: 改正期限; empty: it sets none
	AmountLabel string   `json:"amount_label,omitempty"` // what its amount is called: 罚款金额; empty: it has none
	Orders      bool     `json:"orders,omitempty"`       // tells the party to do something at once or by a day: Document.OrderMode
	ResultWords Terms    `json:"result_words,omitempty"` // what may come of it; empty: nothing is waited for
	Decider     Decider  `json:"decider,omitempty"`      // of an own document: the other organ that decides what comes of it
	Persons     bool     `json:"persons,omitempty"`      // refers persons: 移送人数
	Stops       bool     `json:"stops,omitempty"`        // its time stays out of the time for deciding (生态环境行政处罚办法第五十七条)
	NamesParty  bool     `json:"names_party,omitempty"`  // names the party in its heading
	Cites       bool     `json:"cites,omitempty"`        // its text names the articles that it rests on
	Imposes     bool     `json:"imposes,omitempty"`      // penalties rest on it
	AfterFiling bool     `json:"after_filing,omitempty"` // is made only in a case that was filed
	Parts       Terms    `json:"parts,omitempty"`        // the parts whose people a file review looks for
	Track       Track    `json:"track,omitempty"`        // the side track of the case that it belongs to
	Reached     string   `json:"reached,omitempty"`      // how far 损害赔偿 is with it: 磋商中
	Sort        KindSort `json:"sort,omitempty"`         // what it looks like in a timeline; empty: any document
	Counted     bool     `json:"counted,omitempty"`      // statistics list it even where there was none
	Told        bool     `json:"told,omitempty"`         // published cases tell of it: it is offered where one is read
	// Deadline is a plain deadline that a document of the kind starts. The deadlines of law are the catalogue's, and package procedure
	// says what starts and ends them; this one is for what an administrator adds.
	Deadline KindDeadline `json:"deadline,omitzero"`
}

// Decides reports whether a document of the kind decides a case: a penalty, what changed it, or that there is none.
func (k DocumentKind) Decides() bool {
	return k.Imposes || k.Stage == StageDecided || k.Stage == StageNoPenalty
}

// DocumentKinds is the dictionary of the program, in the order of an ordinary case; an administrator may add kinds (KeptKind). Documents
// may precede filing (责令改正 → 复查 → 拒不改正 → 立案): the order of a case is its documents' own.
var DocumentKinds = []DocumentKind{
	{DocOrder, "责改", StageOrdered, true, true, KindProperties{Delivery: DeliveryParty, DueLabel: "改正期限", Orders: true, NamesParty: true, Cites: true,
		Sort: SortOrder, Counted: true, Told: true}},
	{DocRecheck, "", "", true, false, KindProperties{ResultWords: RecheckResults, Sort: SortVisit, Told: true}},
	{DocReviewExtended, "", "", true, false, KindProperties{}},
	{DocFiling, "立", StageFiled, true, true, KindProperties{Parts: Terms{"承办", "审批"}, Told: true}},
	{DocNotFiled, "", StageNotFiled, true, true, KindProperties{Delivery: DeliveryParty}},
	{DocRegistration, "登保", "", true, true, KindProperties{Delivery: DeliveryParty, Track: TrackRegistration}},
	{DocRegistrationEnd, "", "", true, true, KindProperties{Delivery: DeliveryParty, Track: TrackRegistration}},
	{DocSeizure, "封扣", "", true, true, KindProperties{Delivery: DeliveryParty, Track: TrackSeizure, Sort: SortSeizure, Counted: true, Told: true}},
	{DocSeizureExtended, "", "", true, true, KindProperties{Delivery: DeliveryParty, Track: TrackSeizure}},
	{DocSeizureEnd, "解", "", true, true, KindProperties{Delivery: DeliveryParty, Track: TrackSeizure}},
	{DocRestrict, "", "", true, true, KindProperties{Delivery: DeliveryParty, NamesParty: true, Cites: true}},
	{DocRestrictExtended, "", "", true, true, KindProperties{Delivery: DeliveryParty}},
	{DocSuspend, "", "", true, true, KindProperties{Delivery: DeliveryParty, NamesParty: true, Cites: true}},
	{DocRestrictEnd, "", "", true, true, KindProperties{MadeLabel: "解除日期"}},
	{DocMonitoring, "", "", false, false, KindProperties{Delivery: DeliveryReceived, MadeLabel: "出具日期", Stops: true, Sort: SortSampling}},
	{DocMonitoringTold, "", "", true, false, KindProperties{Delivery: DeliveryParty, Sort: SortSampling}},
	{DocAppraisal, "", "", false, false, KindProperties{Delivery: DeliveryReceived, MadeLabel: "出具日期", Stops: true, Reached: "已鉴定"}},
	{DocInvestigation, "", "", true, false, KindProperties{Parts: Terms{"承办"}}},
	{DocDecisionExtended, "", "", true, false, KindProperties{}},
	{DocNotice, "罚告", StageNotified, true, true, KindProperties{Delivery: DeliveryParty, AmountLabel: "拟罚款金额", NamesParty: true, Cites: true, AfterFiling: true,
		Told: true}},
	{DocStatement, "", "", false, false, KindProperties{MadeLabel: "提出日期"}},
	{DocHearingRequest, "", "", false, false, KindProperties{MadeLabel: "提出日期"}},
	{DocHearing, "听告", "", true, true, KindProperties{Delivery: DeliveryParty, DueLabel: "听证举行日期", Stops: true, AfterFiling: true, Parts: Terms{"主持", "记录"}}},
	{DocLegalReview, "", "", true, false, KindProperties{Parts: Terms{"法制审核"}}},
	{DocDiscussion, "", "", true, false, KindProperties{Parts: Terms{"主持", "讨论", "表决"}}},
	{DocDecision, "罚", StageDecided, true, true, KindProperties{Delivery: DeliveryParty, AmountLabel: "罚款金额", NamesParty: true, Cites: true, Imposes: true,
		AfterFiling: true, Sort: SortDecision, Told: true}},
	{DocNoPenalty, "不罚", StageNoPenalty, true, true, KindProperties{Delivery: DeliveryParty, Cites: true, AfterFiling: true, Told: true}},
	{DocDailyPenalty, "按日罚", "", true, true, KindProperties{Delivery: DeliveryParty, AmountLabel: "罚款金额", Cites: true, Imposes: true, Track: TrackDaily,
		Counted: true, Told: true}},
	{DocDetention, "拘移", "", true, true, KindProperties{Delivery: DeliverySent, Persons: true, Decider: DeciderPolice, Track: TrackDetention,
		ResultWords: Terms{"已受理", "已决定拘留", "不予拘留", "退回", "其他"}, Sort: SortReferral, Counted: true, Told: true}},
	{DocCrime, "", "", true, true, KindProperties{Delivery: DeliverySent, Persons: true, Decider: DeciderJustice, Track: TrackCrime,
		ResultWords: Terms{"已受理", "退回", "其他"}, Sort: SortReferral, Counted: true, Told: true}},
	{DocReport, "", "", true, true, KindProperties{Decider: DeciderGovernment, Track: TrackReport, ResultWords: Terms{"已受理", "退回", "已开展", "已完成", "其他"},
		Sort: SortReferral, Told: true}},
	{DocDamageLead, "", "", true, false, KindProperties{Track: TrackDamage, Reached: "已登记线索"}},
	{DocDamageTalks, "", "", true, false, KindProperties{Delivery: DeliveryParty, ResultWords: underWay, Track: TrackDamage, Reached: "磋商中", Told: true}},
	{DocDamageAgreement, "", "", true, true, KindProperties{AmountLabel: "金额", Track: TrackDamage, Reached: "已达成协议"}},
	{DocRepairPlan, "", "", false, false, KindProperties{ResultWords: underWay, Track: TrackDamage, Reached: "已有修复方案"}},
	{DocRepair, "", "", false, false, KindProperties{ResultWords: underWay, Track: TrackDamage, Reached: "修复中"}},
	{DocRepairCheck, "", "", true, false, KindProperties{ResultWords: underWay, Track: TrackDamage, Reached: "修复已验收"}},
	{DocInstalments, "", "", true, true, KindProperties{Delivery: DeliveryParty, DueLabel: "最后一期缴纳期限", AmountLabel: "涉及金额"}},
	{DocUrge, "催", "", true, true, KindProperties{Delivery: DeliveryParty, Track: TrackEnforcement}},
	{DocEnforcement, "强执", "", true, true, KindProperties{AmountLabel: "金额", Decider: DeciderCourt, Track: TrackEnforcement,
		ResultWords: Terms{"已受理", "退回", "已开展", "已完成", "其他"}, Told: true}},
	{DocReconsideration, "", "", false, false, KindProperties{MadeLabel: "提出日期", ResultWords: contested, Track: TrackContest}},
	{DocSuit, "", "", false, false, KindProperties{MadeLabel: "提出日期", ResultWords: contested, Track: TrackContest}},
	{DocChanged, "", "", true, true, KindProperties{Delivery: DeliveryParty, AmountLabel: "变更后的金额", Imposes: true}},
	{DocAnnulled, "", StageAnnulled, true, true, KindProperties{Delivery: DeliveryParty, Track: TrackAnnulment}},
	{DocClosing, "结", StageClosed, true, false, KindProperties{Sort: SortClosing, Told: true}},
	{DocReopened, "", "", true, false, KindProperties{}},
	{DocPublication, "", "", true, false, KindProperties{Sort: SortPublication}},
	{DocCreditReport, "", "", true, false, KindProperties{}},
	{DocOther, "", "", true, true, KindProperties{}},
}

// Result words that several kinds share.
var (
	underWay  = Terms{"已开展", "已完成", "其他"}
	contested = Terms{"已受理", "维持", "变更", "撤销", "确认违法", "确认无效", "其他"}
)

// Kinds are rows beside the program's: those that an administrator added.
type Kinds []DocumentKind

// Find finds a kind by name among the program's and these.
func (kept Kinds) Find(name DocKind) (DocumentKind, bool) {
	if k, ok := DocumentKindByName(name); ok {
		return k, true
	}
	for _, k := range kept {
		if k.Name == name {
			return k, true
		}
	}
	return DocumentKind{}, false
}

// Kind is the row of a kind that the file's documents may name; one that nobody keeps has nothing but its name.
func (f *CaseFile) Kind(name DocKind) DocumentKind {
	k, ok := f.Kinds.Find(name)
	if !ok {
		k.Name = name
	}
	return k
}

// DocumentKindByName finds a kind of the program; 移送公安 and a few everyday words lead to it too.
func DocumentKindByName(name DocKind) (DocumentKind, bool) {
	if k, ok := documentAliases[name]; ok {
		name = k
	}
	i, ok := kindIndex[name]
	if !ok {
		return DocumentKind{}, false
	}
	return DocumentKinds[i], true
}

var kindIndex = func() map[DocKind]int {
	m := make(map[DocKind]int, len(DocumentKinds))
	for i, k := range DocumentKinds {
		m[k.Name] = i
	}
	return m
}()

var documentAliases = map[DocKind]DocKind{
	"责令改正违法行为决定书": DocOrder, "移送公安": DocDetention, "移送公安机关": DocDetention, "处罚决定": DocDecision, "行政处罚决定书": DocDecision,
	"责令改正违法行为决定": DocOrder, "责令改正决定书": DocOrder, "责令改正通知书": DocOrder, "不予行政处罚决定书": DocNoPenalty, "按日连续处罚决定书": DocDailyPenalty,
	"行政处罚事先告知书": DocNotice, "行政处罚听证告知书": DocNotice, "责令限制生产决定书": DocRestrict, "责令停产整治决定书": DocSuspend, "不予立案审批表": DocNotFiled,
	"立案审批表": DocFiling, "立案决定书": DocFiling, "告知": DocNotice, "行政处罚事先（听证）告知书": DocNotice, "生态环境损害赔偿": DocDamageTalks, "结案审批表": DocClosing,
}
