package demo

import (
	"slices"

	"casebook/internal/registry"
)

// sampleInterrogation is what the invented person said on 4 March: 江江环询〔2025〕12号 of the evidence.
func sampleInterrogation(officers []registry.OfficerRef) registry.Interrogation {
	return registry.Interrogation{Number: "江江环询〔2025〕12号", AskedOn: registry.Day(2025, 3, 4), StartTime: "15:00", EndTime: "16:20", Place: "江门市生态环境局江海分局询问室",
		Name: "孙示例", Gender: "男", Age: count(45), IDNumber: personID("19800229", 1), Employer: sampleParty, Title: "执行董事", Phone: "000-00000000", Address: "江门市江海区示例路1号",
		ServiceAddress: "江门市江海区示例路1号", Relation: "当事人的法定代表人", Officers: slices.Clone(officers), Recorder: officers[1].Name, CertificateShown: registry.Yes,
		RightsTold: registry.Yes, Recusal: registry.No,
		Answers: []registry.Answer{
			{Question: "你是否看清我们的执法证件？是否申请我们回避？", Answer: "看清了。不申请回避。"},
			{Question: "请说明你单位的基本情况。", Answer: "我单位经营示例生猪养殖场，现有猪舍4栋，存栏商品猪860头，建有沉淀池、好氧池和贮存池。"},
			{Question: "好氧池的两台风机什么时候停运的？为什么停运？", Answer: "2月16日早上8时左右坏的，联系了维修人员，配件没有到。"},
			{Question: "停运期间废水去了哪里？是否向生态环境部门报告？", Answer: "贮存池快满了，就用潜水泵和软管抽到场北的排水沟，一直到2月18日你们来检查。没有报告。"},
			{Question: "你是否知道这样做会造成废水外排？", Answer: "知道，当时想着风机修好就停。"},
			{Question: "2月26日告知的监测结果，你有无异议？", Answer: "收到了，没有异议。"},
			{Question: "环境影响登记表为什么没有备案？", Answer: "建场时没有办，现在正在补办。"},
			{Question: "请确认文书的送达地址。", Answer: "江门市江海区示例路1号，由我本人签收。"},
			{Question: "还有什么要补充的？", Answer: "没有了。"}},
		Opinion: "以上笔录我已看过，与我说的相符。", Note: "示例记录。"}
}

// sampleWording is what the bureau of the demonstration says of itself on papers. None of it is real.
func sampleWording() *registry.PaperWording {
	return &registry.PaperWording{Paper: "common", Note: "示例：虚构的法院、账户和电话。", Texts: []registry.WordingText{
		{Key: "复议机关", Text: "{城市}人民政府"}, {Key: "管辖法院", Text: "示例人民法院"}, {Key: "缴款方式", Text: "到示例银行柜台，或者用缴款通知书上的电子支付编码缴纳"},
		{Key: "联系方式", Text: "江门市生态环境局江海分局示例股，示例路2号，电话 000-00000002"}}}
}
