package compose

// tunedMore are layouts that were unseen once, until they had shown what the reader lacked.
var tunedMore = []layout{
	{name: "letters by number", min: 2, max: 4, between: "\n\n\n", item: []string{
		"{NUMBER}\n{bureau}行政处罚决定书\n被处罚人：{party}\n一、违法事实\n{day}，本局执法人员对你单位开展专项检查，查明：{act}。\n二、处罚依据及种类\n你单位的行为违反{law}之规定。本局决定对你单位{fine}。[\n三、其他\n如不服本决定，可在六十日内申请行政复议。]",
		"{bureau}行政处罚决定书\n文号：{NUMBER}\n被处罚单位：{party}\n违法事实：{act}\n检查时间：{day}\n处罚内容：{fine}，{order}",
	}},
	{name: "dashes", min: 2, max: 6, between: "\n", lead: []string{"", "本周环境违法曝光\n"}, item: []string{
		"——{party}，{act}，{fined}。", "◆{party}：{act}。处理结果：{order}，{fine}。", "{nr}）{party}（{herd}），{act}，{fine}", "{no}是{party}{act}，{fined}。",
	}},
	{name: "datelines", min: 2, max: 4, between: "\n", lead: []string{"一周执法快讯\n", ""}, item: []string{
		"（{stem}）{branch}查处{party}{act}案，对其{fine}。", "{stem}讯　{day}，{org}夜查{party}，当场发现{act}。{it}负责人承认违法事实，{bureau}已{order}。",
		"◇{place}　{bureau}日前对{party}{fine}，原因是{it}{act}。",
	}},
	{name: "cases by title", min: 2, max: 5, between: "\n\n", lead: []string{"", "{CITYORG}公布第三批畜禽养殖领域环境违法典型案件\n坚持以案促改，现将{COUNT}起典型案件公布如下。\n\n"}, item: []string{
		"（{no}）{title}\n基本案情：{date}，{org}在“双随机”抽查中查明，{party}{act}。\n处理情况：{it}违反{law}，{bureau}对{it}{fine}。\n典型意义：养殖单位应当落实主体责任。",
		"{title}\n根据群众来信，{org}于{day}派员前往{party}核实，{act}情况属实。{bureau}{order}，并{fine}。",
		"案例{nr} {title}\n〔简要案情〕{date}，{org}执法人员例行巡查至{party}，{herd}，{act}。\n〔处理结果〕{bureau}决定{fine}[，案件{police}]。",
		"之{no} {title}\n{day}，{org}对{party}突击夜查，{act}，{fine}。",
	}},
	{name: "short paragraphs", min: 2, max: 5, between: "\n", lead: []string{"", "新闻发布会实录：{CITYORG}通报{COUNT}起违法问题\n"}, item: []string{
		"{party}{act}。{date}，{org}现场核查属实，对其{fine}。", "{org}执法人员于{day}抽查{party}，{it}{act}，{bureau}随即立案，最终{fine}。", "{day}晚，{org}无人机巡查锁定{party}，经核实，{it}{act}。已{order}，案件正在办理。",
		"{month}，{org}通过在线监控排查，{party}{act}，依法{fine}。",
	}},
	{name: "run of sentences", min: 2, max: 4, lead: []string{"通报指出，部分养殖单位主体责任不落实。", "专项行动期间，一批违法行为受到惩处。"}, item: []string{
		"{party}{act}，违反{law}，{fined}。", "对{party}{act}的行为，{bureau}{fine}。", "{party}存在{act}的问题，{bureau}{order}，{fine}；",
	}},
	{name: "courts review", min: 1, max: 2, between: "\n", item: []string{
		"{no}、{dispute}\n【基本案情】{day}，{BUREAU}执法人员对{it}检查，{act}。{LATER}，{BUREAU}作出行政处罚决定，{fine}。{it}不服，向法院起诉。\n【裁判结果】法院驳回诉讼请求。",
		"案例{nr} {suit}\n因{it}{act}，{bureau}于{LATER}作出{NUMBER}处罚决定：{fine}。一审法院维持该决定。",
	}},
	{name: "supervision list", min: 2, max: 4, between: "\n", lead: []string{"群众信访举报转办和边督边改公开情况一览\n"}, item: []string{
		"{nr}、受理编号：{CODE}；交办问题：{party}粪污直排；是否属实：属实；调查核实情况：{day}，{org}现场调查，{act}；处理情况：{order}，{fine}；责任人被处理情况：无。",
		"{CODE}号。投诉人称{party}气味刺鼻。{org}{day}调查，{it}{act}，基本属实。已{order}[，{fine}]。",
	}},
	{name: "common end", min: 2, max: 3, between: "\n", one: true, item: []string{"{nr}．{party}：{act}。", "（{no}）{ptitle}\n{day}，{org}现场检查时，{it}{act}。"}, close: []string{
		"\n针对上述问题，{BUREAU}依法立案，对{COUNT}家养殖单位分别处以{each:amount}罚款。", "\n前述{COUNT}家单位被分别罚款{each:amount}。"}},
	{name: "common beginning", min: 2, max: 4, between: "\n", one: true, lead: []string{"{day}，{bureau}开展“零点行动”，{COUNT}家养殖单位被当场查处，情况如下。\n"}, item: []string{"（{nr}）{party}{act}，{fined}。", "{no}、{party}：{herd}；{act}；{fine}。"}},
	{name: "table", min: 2, max: 5, between: "\n", lead: []string{"序号\t当事人\t案由\t检查时间\t处罚依据\t罚款金额（万元）\t处罚机关\n"}, item: []string{"{nr}\t{party}\t{act}\t{day}\t《畜禽规模养殖污染防治条例》第四十条\t{fine}\t{bureau}"}},
	{name: "cards", min: 2, max: 3, between: "\n\n", item: []string{"行政相对人名称：{party}\n违法行为类型：{act}\n处罚内容：{fine}\n处罚机关：{bureau}", "企业名称：{party}\n检查日期：{day}\n存在问题：{act}\n处理情况：{order}，{fine}"}},
	{name: "column", min: 1, max: 2, between: "\n", lead: []string{"养殖户的烦心事\n村民反映，村边臭味难闻。带着问题，记者来到{TOWN}。\n"}, item: []string{
		"{org}工作人员告诉记者，{day}他们对{party}进行了检查，{it}{act}，已{order}。{it}还{fined}。", "{day}，{org}联合镇政府上门检查，{party}{herd}，{act}。随后，{bureau}立案，{fine}。"}, close: []string{"\n“我们一定吸取教训。”一名养殖户说。"}},
	{name: "praise", lead: []string{"点赞！{PARTY}探索种养结合\n该场存栏800头，建成粪污处理中心，获评省级美丽牧场，得到补助20万元。", "{TEAM}荣获集体三等功\n该队今年办结案件61件，罚没款430万元，守护了一方碧水。", "{COUNTY}三家养殖单位入选绿色发展名录\n{PARTY}等单位粪污全部还田利用，群众满意度高。"}},
	{name: "criticism", lead: []string{"{COUNTY}通报批评两个乡镇\n{TOWN}党委对养殖污染整治推进迟缓，责令限期整改，对分管负责人{OWNER}批评教育。", "市领导调研畜禽粪污治理\n市领导来到{PARTY}察看粪污处理设施运行，强调要压实责任，严查偷排行为。"}},
	{name: "other courts", lead: []string{"民间借贷纠纷案例\n{OWNER}向{PARTY}借款30万元未还，法院判令其归还本金。", "{OWNER}盗窃案\n被告人{OWNER}多次潜入{PARTY}盗窃仔猪，法院判处有期徒刑八个月，并处罚金3000元。", "法律小课堂\n养殖场未建粪污设施就投产的，依照《畜禽规模养殖污染防治条例》第三十九条，可处10万元以下罚款。"}},
}
