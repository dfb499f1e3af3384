package paper

import (
	"slices"
	"strings"

	"casebook/internal/registry"
)

// Kind is one paper: what it is of, what it must hold, its fixed wordings and its body.
type Kind struct {
	Key, Title string
	Of         string // the noun it is printed from: inspection, case, document
	Docs       []registry.DocKind
	Official   bool
	Needs      []Need
	Also       []string // items that its wordings may name besides those it needs
	Terms      []string // rules of the catalogue whose length it prints
	Feet       []string
	Wordings   []Wording
	body       func(*writer)
}

// Need is an item that a paper must hold, and who asks for it: an article, or the national rules for reviewing files.
type Need struct {
	Item, Asks string
	Unless     func(*Source) bool // where it is not asked for; nil: always
}

// Who asks. The articles are in the catalogue, and a test reads them there.
const (
	AsksVisit     = "生态环境行政处罚办法第二十八条第二款"
	asksSampling  = "生态环境行政处罚办法第二十九条第二款"
	asksOfficers  = "行政处罚法第四十二条第一款"
	asksEvidence  = "生态环境行政处罚办法第二十六条第一款"
	asksDecision1 = "行政处罚法第五十九条第一款第（一）项"
	asksDecision2 = "行政处罚法第五十九条第一款第（二）项"
	asksDecision3 = "行政处罚法第五十九条第一款第（三）项"
	asksDecision4 = "行政处罚法第五十九条第一款第（四）项"
	asksDecision5 = "行政处罚法第五十九条第一款第（五）项"
	asksDecision6 = "行政处罚法第五十九条第一款第（六）项"
	asksTold      = "行政处罚法第四十四条"
	asksHearing   = "行政处罚法第六十三条第一款"
	asksShown     = "行政处罚法第五十五条第一款"
	asksAnswers   = "行政处罚法第五十五条第二款"
	asksOrder     = "行政处罚法第二十八条第一款"
	asksService   = "行政处罚法第六十一条第一款"
	asksReview    = "行政处罚法第五十八条第一款"
	asksBoard     = "行政处罚法第五十七条第二款"
	asksDetention = "移送行政拘留暂行办法第十二条"
	AsksFile      = "案卷评查细则（2024年版）"
)

// KeyService is the receipt of service, which any served document has beside its own paper.
const KeyService = "service"

// KeyInterrogation is the paper of an interrogation.
const KeyInterrogation = "interrogation"

func ofPerson(s *Source) bool { return s.party().Kind == "自然人" }

// Kinds are the papers, in the order of a case.
var Kinds = []Kind{
	{Key: "visit", Title: "现场检查（勘察）笔录", Of: "inspection", body: visitRecord,
		Feet: []string{"签名　被检查人：" + hand + "　检查人员：" + hand + "、" + hand + "　记录人：" + hand},
		Needs: []Need{{"检查开始时间", AsksVisit, nil}, {"检查结束时间", AsksVisit, nil}, {"检查地点", AsksVisit, nil}, {"检查地点坐标", AsksFile, nil}, {"检查人员", asksOfficers, nil},
			{"记录人", AsksFile, nil}, {"被检查单位", AsksVisit, nil}, {"当事人号码", AsksFile, nil}, {"法定代表人", AsksFile, nil}, {"当事人地址", AsksFile, nil},
			{"现场负责人", AsksVisit, nil}, {"现场负责人职务", AsksFile, nil}, {"出示执法证件", AsksVisit, covert}, {"告知权利义务", AsksVisit, covert}, {"存栏情况", AsksFile, nil},
			{"环保手续", AsksFile, nil}, {"治理设施", AsksFile, nil}, {"检查情况", AsksVisit, nil}, {"拍照录像情况", AsksFile, nil}, {"被检查人意见", AsksFile, nil}, {"笔录编号", AsksFile, nil}},
		Also: []string{"检查机关", "现场负责人性别", "现场负责人电话", "现场负责人证件", "现场负责人单位", "现场负责人住址", "检查时申请回避", "建设生产情况", "未签名的原因", "检查见证人", "其他参加人", "样品"},
		Wordings: []Wording{
			{"told", "表明身份、告知权利义务", "我们是{检查机关}的行政执法人员{检查人员}，这是我们的执法证件，请过目。今天依法对{被检查单位}进行检查。" +
				"您有权申请执法人员回避，有权陈述和申辩；执法人员不出示执法证件的，您有权拒绝检查。您应当如实回答询问，协助检查，不得拒绝、阻挠或者在接受检查时弄虚作假。"},
			{"read", "末页确认语", "以上笔录我已看过（或者已向我宣读），与我所述和现场情况相符。（由被检查人书写：" + Blank + Blank + "）"}}},
	{Key: KeyInterrogation, Title: "调查询问笔录", Of: "interrogation", body: interrogation,
		Feet: []string{"签名　被询问人：" + hand + "　询问人：" + hand + "、" + hand + "　记录人：" + hand},
		Needs: []Need{{"询问笔录编号", AsksFile, nil}, {"询问开始时间", AsksFile, nil}, {"询问结束时间", AsksFile, nil}, {"询问地点", AsksFile, nil}, {"询问人", asksOfficers, nil}, {"询问记录人", AsksFile, nil},
			{"被询问人", AsksFile, nil}, {"被询问人性别", AsksFile, nil}, {"被询问人年龄", AsksFile, nil}, {"被询问人证件", AsksFile, nil}, {"被询问人单位", AsksFile, nil}, {"被询问人职务", AsksFile, nil},
			{"被询问人电话", AsksFile, nil}, {"被询问人住址", AsksFile, nil}, {"与本案关系", AsksFile, nil}, {"送达地址", AsksFile, nil}, {"监护人", AsksFile, ofAge}, {"出示证件情况", asksShown, nil},
			{"告知权利情况", AsksFile, nil}, {"申请回避情况", AsksFile, nil}, {"问答", asksAnswers, nil}, {"被询问人意见", AsksFile, nil}},
		Wordings: []Wording{
			{"told", "表明身份、告知权利义务", "我们是{本机关}的行政执法人员{询问人}，这是我们的执法证件，请过目。现依法向您调查询问有关情况。您有权申请执法人员回避，有权陈述和申辩；" +
				"执法人员不出示执法证件的，您有权拒绝接受调查。您应当如实回答询问，协助调查，不得拒绝、阻挠。"},
			{"read", "末页确认语", "以上笔录我已看过（或者已向我宣读），与我说的相符。（由被询问人书写：" + Blank + Blank + "）"}}},
	{Key: "sampling", Title: "采样记录", Of: "inspection", body: samplingRecord,
		Feet:     []string{"签名　在场人：" + hand + "　采样人员：" + hand + "、" + hand + "　执法人员：" + hand},
		Needs:    []Need{{"被检查单位", AsksFile, nil}, {"检查地点", AsksFile, nil}, {"样品", asksSampling, nil}, {"采样单位", AsksFile, nil}, {"检查人员", asksOfficers, nil}},
		Also:     []string{"检查开始时间"},
		Wordings: []Wording{{"basis", "说明", "采样情况同时记入现场检查（勘察）笔录，取得监测报告后把结果告知当事人。"}}},
	{Key: "photos", Title: "证据照片", Of: "inspection case", body: photoPage,
		Needs:    []Need{{"照片", AsksFile, nil}},
		Wordings: []Wording{{"copy", "说明", "照片由执法人员现场拍摄，原始文件由{本机关}保存，与原始文件核对无误。"}}},
	{Key: "catalogue", Title: "证据目录", Of: "case", body: catalogue,
		Needs: []Need{{"案由", AsksFile, nil}, {"立案号", AsksFile, nil}, {"证据", asksEvidence, nil}, {"证据要素", AsksFile, nil}}},
	{Key: "order", Title: "责令改正违法行为决定书", Of: "document", Docs: []registry.DocKind{registry.DocOrder}, Official: true, body: order,
		Needs: slices.Concat(addresseeNeeds(AsksFile), []Need{{"调查日期", AsksFile, nil}, {"违法事实", AsksFile, nil}, {"证据", AsksFile, nil}, {"违反条款", AsksFile, nil},
			{"责令依据", asksOrder, nil}, {"改正内容", asksOrder, nil}, {"改正期限", asksOrder, nil}, {"复议机关", AsksFile, nil}, {"复议期限", AsksFile, nil}, {"管辖法院", AsksFile, nil},
			{"诉讼期限", AsksFile, nil}, {"作出日期", AsksFile, nil}}),
		Terms: []string{"RECON_APPLY", "SUIT_DIRECT"},
		Wordings: []Wording{
			{"lead", "开头", "我局于{调查日期}对{你}进行了调查，发现{你}实施了下列环境违法行为："},
			{"order", "责令语", "我局责令{你}改正上述违法行为："},
			{"refusal", "不改正的后果", "我局将对{你}改正违法行为的情况进行复查。拒不改正的，我局将依法处理；依法可以按日连续处罚的，依法实施按日连续处罚。"},
			{"remedies", "救济", "{你}对本决定不服的，可以自收到本决定书之日起{复议期限}内向{复议机关}申请行政复议，也可以自收到本决定书之日起{诉讼期限}内向{管辖法院}提起行政诉讼。"}}},
	{Key: "review", Title: "法制审核意见书", Of: "document", Docs: []registry.DocKind{registry.DocLegalReview}, body: legalReview,
		Needs: []Need{{"案由", AsksFile, nil}, {"立案号", AsksFile, nil}, {"当事人", AsksFile, nil}, {"当事人号码", AsksFile, nil}, {"承办人员", AsksFile, nil}, {"违法事实", asksReview, nil}, {"违反条款", AsksFile, nil},
			{"处罚依据", AsksFile, nil}, {"裁量理由", AsksFile, nil}, {"文书内容", asksReview, nil}, {"法制审核人", asksReview, nil}, {"作出日期", AsksFile, nil}},
		Wordings: []Wording{{"note", "说明", "审核人不得是本案调查人员；未经法制审核或者审核未通过的，不得作出处罚决定。"}}},
	{Key: "discussion", Title: "案件集体讨论笔录", Of: "document", Docs: []registry.DocKind{registry.DocDiscussion}, body: discussion,
		Feet: []string{"主持人（签名）：" + hand + "　记录人（签名）：" + hand},
		Needs: []Need{{"案由", AsksFile, nil}, {"立案号", AsksFile, nil}, {"作出日期", AsksFile, nil}, {"主持人", asksBoard, nil}, {"讨论人员", asksBoard, nil}, {"会议记录人", AsksFile, nil},
			{"违法事实", AsksFile, nil}, {"处罚依据", AsksFile, nil}, {"裁量理由", AsksFile, nil}, {"文书内容", asksBoard, nil}},
		Also: []string{"列席人员"}},
	{Key: "notice", Title: "行政处罚事先（听证）告知书", Of: "document", Docs: []registry.DocKind{registry.DocNotice}, Official: true, body: priorNotice,
		Needs: slices.Concat(addresseeNeeds(AsksFile), []Need{{"案由", AsksFile, nil}, {"违法事实", asksTold, nil}, {"证据", AsksFile, nil}, {"违反条款", AsksFile, nil}, {"处罚依据", asksTold, nil}, {"拟处罚内容", asksTold, nil},
			{"裁量理由", AsksFile, nil}, {"陈述申辩期限", asksTold, nil}, {"告知依据", asksTold, nil}, {"听证申请期限", asksHearing, nil}, {"听证依据", asksHearing, nil}, {"联系方式", AsksFile, nil}, {"作出日期", AsksFile, nil}}),
		Terms: []string{"STATEMENT_DEFENCE", "HEARING_REQUEST"},
		Wordings: []Wording{
			{"lead", "开头", "{案由}，我局已调查终结。现把拟作出的行政处罚的内容及事实、理由、依据和{你}依法享有的权利告知如下："},
			{"statement", "陈述申辩的权利", "根据{告知依据}的规定，{你}有权进行陈述和申辩。{你}可以自收到本告知书之日起{陈述申辩期限}内向我局提出。我局不会因{你}陈述、申辩而给予更重的处罚。"},
			{"hearing", "听证的权利", "根据{听证依据}的规定，{你}有权要求听证。{你}要求听证的，应当自收到本告知书之日起{听证申请期限}内向我局提出。{你}不承担组织听证的费用。"},
			{"contact", "联系方式", "联系方式：{联系方式}。"}}},
	{Key: "decision", Title: "行政处罚决定书", Of: "document", Docs: []registry.DocKind{registry.DocDecision}, Official: true, body: penaltyDecision,
		Needs: slices.Concat(addresseeNeeds(asksDecision1), []Need{{"案由", AsksFile, nil}, {"调查日期", AsksFile, nil}, {"违法事实", asksDecision2, nil}, {"证据", asksDecision2, nil}, {"违反条款", asksDecision2, nil},
			{"告知书文号", AsksFile, nil}, {"告知书送达日期", AsksFile, nil}, {"陈述申辩情况", AsksFile, nil}, {"处罚依据", asksDecision3, nil}, {"裁量理由", AsksFile, nil},
			{"处罚内容", asksDecision3, nil}, {"缴款期限", asksDecision4, nil}, {"缴款方式", asksDecision4, nil}, {"加处罚款规定", AsksFile, nil}, {"复议机关", asksDecision5, nil},
			{"复议期限", asksDecision5, nil}, {"管辖法院", asksDecision5, nil}, {"诉讼期限", asksDecision5, nil}, {"作出日期", asksDecision6, nil}}),
		Also:  []string{"改正内容", "加处罚款依据", "停止执行规定", "强制执行依据"},
		Terms: []string{"FINE_PAY", "RECON_APPLY", "SUIT_DIRECT"},
		Wordings: []Wording{
			{"lead", "开头", "{案由}，我局经过调查，现已审查终结。"},
			{"found", "查明的事实", "我局于{调查日期}对{你}进行了调查，发现{你}实施了下列环境违法行为："},
			{"told", "告知", "我局以《行政处罚事先（听证）告知书》（{告知书文号}）告知{你}拟作出的行政处罚内容及事实、理由、依据和依法享有的权利，告知书于{告知书送达日期}送达。"},
			{"payment", "履行", "{你}应当自收到本决定书之日起{缴款期限}内缴纳罚款。缴纳方式：{缴款方式}。"},
			{"refusal", "不履行的后果", "逾期不履行本决定的，依据{加处罚款依据}的规定：{加处罚款规定}。在法定期限内不申请行政复议、不提起行政诉讼，又不履行本决定的，我局将依据{强制执行依据}申请人民法院强制执行。"},
			{"remedies", "救济", "{你}对本决定不服的，可以自收到本决定书之日起{复议期限}内向{复议机关}申请行政复议，也可以自收到本决定书之日起{诉讼期限}内向{管辖法院}提起行政诉讼。{停止执行规定}。"}}},
	{Key: KeyService, Title: "送达回证", Of: "document", body: serviceReceipt,
		Needs:    []Need{{"当事人", asksService, nil}, {"案由", AsksFile, nil}, {"文书名称", AsksFile, nil}, {"文号", AsksFile, unnumbered}, {"当事人地址", AsksFile, nil}, {"送达方式", AsksFile, nil}, {"送达日期", asksService, nil}, {"送达人", AsksFile, nil}},
		Wordings: []Wording{{"note", "说明", "受送达人拒绝接收的，记明拒收的事由和日期，由送达人、见证人签名或者盖章；由他人代收的，由代收人签收并注明与受送达人的关系。"}}},
	{Key: "transfer", Title: "案件移送书", Of: "document", Docs: []registry.DocKind{registry.DocDetention, registry.DocCrime}, Official: true, body: transfer,
		Needs: []Need{{"文号", AsksFile, nil}, {"受移送机关", asksDetention, nil}, {"案由", AsksFile, nil}, {"当事人", AsksFile, nil}, {"当事人号码", AsksFile, nil}, {"当事人地址", AsksFile, nil}, {"法定代表人", AsksFile, nil},
			{"移送人数", AsksFile, nil}, {"案情", AsksFile, nil}, {"违法事实", AsksFile, nil}, {"移送依据", AsksFile, nil}, {"文书内容", AsksFile, nil}, {"承办人", AsksFile, nil}, {"作出日期", AsksFile, nil}},
		Also:     []string{"当事人电话", "移送拘留程序依据", "移送犯罪程序依据"},
		Wordings: []Wording{{"lead", "开头", "我局办理的{案由}，经调查，依法应当移送你机关处理。现将案件移送你机关，请依法处理，并把处理结果告知我局。"}}},
	{Key: "closing", Title: "结案审批表", Of: "document", Docs: []registry.DocKind{registry.DocClosing}, body: closingForm,
		Needs: []Need{{"案由", AsksFile, nil}, {"当事人", AsksFile, nil}, {"当事人号码", AsksFile, nil}, {"法定代表人", AsksFile, nil}, {"立案号", AsksFile, nil}, {"处罚决定", AsksFile, nil},
			{"缴款情况", AsksFile, unfined}, {"改正复查情况", AsksFile, nil}, {"文书内容", AsksFile, nil}, {"承办人", AsksFile, nil}, {"审核人", AsksFile, nil}, {"审批人", AsksFile, nil}, {"作出日期", AsksFile, nil}}},
}

// addresseeNeeds are the head of a paper that is served.
func addresseeNeeds(asks string) []Need {
	return []Need{{"文号", AsksFile, nil}, {"当事人", asks, nil}, {"当事人号码", AsksFile, nil}, {"当事人地址", asks, nil}, {"法定代表人", AsksFile, ofPerson}}
}

// ofAge: an adult, or somebody whose age is not recorded, needs no guardian beside him.
func ofAge(s *Source) bool {
	return s.Interrogation == nil || s.Interrogation.Age == nil || *s.Interrogation.Age >= 18
}

// unnumbered: a document of a kind that carries no number.
func unnumbered(s *Source) bool {
	return s.Document != nil && !s.file().Kind(s.Document.Kind).Numbers
}

// covert: nobody shows a certificate on a covert visit.
func covert(s *Source) bool { return s.Inspection != nil && s.Inspection.Kind == "暗查" }

// unfined: a case that imposed no money has none to be paid.
func unfined(s *Source) bool {
	return !slices.ContainsFunc(s.file().Penalties, func(p registry.Penalty) bool { return p.Monetary() })
}

// ByKey finds a kind.
func ByKey(key string) (*Kind, bool) {
	i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Key == key })
	if i < 0 {
		return nil, false
	}
	return &Kinds[i], true
}

// Prints reports whether the kind is printed from records of a noun.
func (k *Kind) Prints(entity string) bool { return slices.Contains(strings.Fields(k.Of), entity) }

func (k *Kind) forDocument(kind registry.DocKind) bool { return slices.Contains(k.Docs, kind) }

// OfDocument are the papers of a document: its own, and the receipt of what is served on the party.
func OfDocument(d *registry.Document, kind registry.DocumentKind) (list []*Kind) {
	for i := range Kinds {
		k := &Kinds[i]
		if k.Of == "document" && (k.forDocument(d.Kind) || k.Key == KeyService && kind.Own && kind.Delivery == registry.DeliveryParty) {
			list = append(list, k)
		}
	}
	return list
}
