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
	{name: "common end", min: 2, max: 3, between: "\n", one: true, item: []string{"{nr}．{party}：{act}。", "（{no}）{party}\n{day}，{org}现场检查时，{it}{act}。"}, close: []string{
		"\n针对上述问题，{bureau}依法立案，对{COUNT}家养殖单位分别处以{each:amount}罚款。", "\n前述{COUNT}家单位被分别罚款{each:amount}。"}},
	{name: "common beginning", min: 2, max: 4, between: "\n", one: true, lead: []string{"{day}，{bureau}开展“零点行动”，{COUNT}家养殖单位被当场查处，情况如下。\n"}, item: []string{"（{nr}）{party}{act}，{fined}。", "{no}、{party}：{herd}；{act}；{fine}。"}},
	{name: "table", min: 2, max: 5, between: "\n", lead: []string{"序号\t当事人\t案由\t检查时间\t处罚依据\t罚款金额（万元）\t处罚机关\n"}, item: []string{"{nr}\t{party}\t{act}\t{day}\t《畜禽规模养殖污染防治条例》第四十条\t{fine}\t{bureau}"}},
	{name: "cards", min: 2, max: 3, between: "\n\n", item: []string{"行政相对人名称：{party}\n违法行为类型：{act}\n处罚内容：{fine}\n处罚机关：{bureau}", "企业名称：{party}\n检查日期：{day}\n存在问题：{act}\n处理情况：{order}，{fine}"}},
	{name: "column", min: 1, max: 2, between: "\n", lead: []string{"养殖户的烦心事\n村民反映，村边臭味难闻。带着问题，记者来到{TOWN}。\n"}, item: []string{
		"{org}工作人员告诉记者，{day}他们对{party}进行了检查，{it}{act}，已{order}。{it}还{fined}。", "{day}，{org}联合镇政府上门检查，{party}{herd}，{act}。随后，{bureau}立案，{fine}。"}, close: []string{"\n“我们一定吸取教训。”一名养殖户说。"}},
	{name: "praise", lead: []string{"点赞！{PARTY}探索种养结合\n该场存栏800头，建成粪污处理中心，获评省级美丽牧场，得到补助20万元。", "{TEAM}荣获集体三等功\n该队今年办结案件61件，罚没款430万元，守护了一方碧水。", "{COUNTY}三家养殖单位入选绿色发展名录\n{PARTY}等单位粪污全部还田利用，群众满意度高。"}},
	{name: "criticism", lead: []string{"{COUNTY}通报批评两个乡镇\n{TOWN}党委对养殖污染整治推进迟缓，责令限期整改，对分管负责人{OWNER}批评教育。", "市领导调研畜禽粪污治理\n市领导来到{PARTY}察看粪污处理设施运行，强调要压实责任，严查偷排行为。"}},
	{name: "other courts", lead: []string{"民间借贷纠纷案例\n{OWNER}向{PARTY}借款30万元未还，法院判令其归还本金。", "{OWNER}盗窃案\n被告人{OWNER}多次潜入{PARTY}盗窃仔猪，法院判处有期徒刑八个月，并处罚金3000元。", "法律小课堂\n养殖场未建粪污设施就投产的，依照《畜禽规模养殖污染防治条例》第三十九条，可处10万元以下罚款。"}},

	{name: "decisions", min: 1, max: 4, between: "\n\n", item: []string{
		"{bureau}文件\n{NUMBER}\n行政处罚决定书\n当事人名称：{party}\n住所：{AT}\n法定代表人：{OWNER}\n经本机关立案调查，{day}现场检查时，你单位{act}，{herd}。\n上述事实有询问笔录、照片佐证。\n你单位违反了{law}之规定。现责令你单位改正，并处以罚款{amount}。",
		"{bureau}\n{NUMBER}\n行政处罚决定书\n{party}：\n{day}，我局对你单位进行了现场检查，发现你单位{act}。该行为违反{law}。我局决定：{fine}。",
	}},
	{name: "roll", min: 3, max: 7, between: "\n", lead: []string{"{COUNTY}第二季度环境违法企业公示\n", "", "典型违法行为一览\n"}, item: []string{
		"{nr}、{party}，违法行为：{act}，处理情况：{fine}。", "▪{party}（位于{TOWN}）{act}。{bureau}{order}，{fine}。", "{no}、{party}：{date}检查时{act}，{fined}", "【{nr}】{party} {act} {fine}",
	}},
	{name: "around", min: 2, max: 5, between: "\n\n", lead: []string{"市县动态\n\n", ""}, item: []string{
		"{place}：近日，{branch}对{party}立案查处。经查，{it}{act}。{fine}。", "[{stem}]{day}，{bureau}根据12369热线线索检查{party}，{act}，{order}。", "{stem} 　{day}，{org}查获{party}{act}，{fine}，{order}。",
	}},
	{name: "cases", min: 2, max: 6, between: "\n", lead: []string{"", "关于{COUNT}起生态环境违法典型案例的通报\n各县（市、区）分局：\n现将近期查处的案例通报如下：\n"}, item: []string{
		"案例{no}. {title}\n{date}，{org}对{party}开展“回头看”检查，{it}{act}，违反{law}。{bureau}作出{fine}的处罚决定。\n警示：污染治理没有旁观者。",
		"{no}、{title}\n（一）基本情况\n{date}，{org}执法人员检查发现，{party}{act}，{herd}。\n（二）处理结果\n{bureau}{order}，{fine}。",
		"案件{nr}：{title} {date}，{org}执法人员在排查中发现{party}{act}。{bureau}{fine}，并{police}。",
		"{title}\n经查，{party}{act}。{DATE}，{org}立案调查，后{fine}。",
	}, close: []string{"", "\n请各地认真吸取教训，举一反三。\n{CITYORG}\n2025年3月1日"}},
	{name: "columns of a paper", min: 2, max: 4, between: "\n", lead: []string{"本报综合消息 连日来，各地加大养殖污染查处力度。\n"}, item: []string{
		"{day}，{org}执法人员来到{party}。{it}{herd}，{act}。执法人员要求立即停止排放。{bureau}随后{fine}。", "在{AT}，{party}{act}。{date}，{org}联合公安机关突击检查，现场固定证据，对其{fine}，案件已{police}。",
	}},
	{name: "run", min: 2, max: 5, lead: []string{"曝光的问题主要有：", "据介绍，被处罚的有："}, item: []string{"{party}{act}，{fined}；", "{party}，{act}，{order}，{fine}。"}},
	{name: "administrative suits", min: 1, max: 3, between: "\n\n", item: []string{
		"【案例{nr}】{suit}\n原告{PARTY}因{act}被{BUREAU}处罚。{LATER}，{BUREAU}作出处罚决定，{fine}。原告认为处罚过重，起诉请求撤销。法院认为，被告适用法律正确，判决驳回原告的诉讼请求。",
		"{dispute}\n{LATER}，{BUREAU}对{it}作出{NUMBER}行政处罚决定，载明：{it}{act}，违反{law}，{fine}。{it}不服，申请行政复议，复议机关维持。",
	}},
	{name: "complaints", min: 2, max: 4, between: "\n", lead: []string{"中央督察组转办群众信访件办理情况\n", ""}, item: []string{
		"第{nr}件 受理编号：{CODE}\n举报内容：{PARTY}夜间偷排。\n核查情况：{day}，{org}到场核查，{party}{herd}，{act}，举报属实。\n整改情况：已{order}，{fine}。", "{no}、关于{party}异味扰民的问题。经查，{act}，属实。{bureau}{day}现场检查并{order}。",
	}},
	{name: "together behind", min: 2, max: 4, between: "\n", one: true, item: []string{"案例{nr}　{party}，{herd}，{act}。", "{no}、{party}\n{date}，{org}检查{party}，{act}。"}, close: []string{
		"\n处理情况：上述{COUNT}家养殖单位均被立案，分别罚款{each:amount}。", "\n以上{COUNT}家单位，{bureau}依法分别处以{each:amount}的罚款。"}},
	{name: "together before", min: 2, max: 4, between: "\n", one: true, lead: []string{"{day}，{org}组织交叉执法，查处{COUNT}家违法养殖单位，具体情况如下：\n"}, item: []string{"{nr}.{party}。{it}{act}，{fined}。", "（{no}）{party}（{herd}）{act}，{fine}。"}},
	{name: "sheet", min: 2, max: 5, between: "\n", lead: []string{"编号\t企业名称\t违法事实\t违法依据\t处罚情况\t检查时间\n"}, item: []string{"{nr}\t{party}\t{act}\t{law}\t{fine}\t{day}", "{nr}\t{party}\t{herd}，{act}\t{law}\t{order}，{fine}\t{day}"}},
	{name: "forms", min: 1, max: 3, between: "\n\n", item: []string{"案由：{party}环境违法\n当事人：{party}\n发现时间：{day}\n主要违法事实：{act}\n处罚决定：{fine}\n作出处罚的机关名称：{bureau}", "单位名称：{party}\n现场检查情况：{act}\n处理措施：{order}，{fine}"}},
	{name: "talk", min: 1, max: 2, between: "\n", lead: []string{"问：能否介绍具体案例？\n答："}, item: []string{"{day}，{org}对{party}检查时发现{act}，对其{fine}。", "例如{party}，{it}{act}，我们依法{order}，并{fine}。"}, close: []string{"\n问：今后怎么管？\n答：坚持监管与服务并重。"}},
	{name: "glory", lead: []string{"{PARTY}荣获市级农业龙头企业称号\n该单位投入120万元改造粪污处理设备，{HERD}，带动农户增收。", "致敬环保铁军\n{OWNER}是{TEAM}的一名执法队员，从业十年检查企业2000余家次，查办案件130件，罚款900余万元，多次受到表彰。", "{COUNTY}推广粪污还田经验\n在{PARTY}，技术员介绍了固液分离工艺，粪肥全部用于果园。"}},
	{name: "reproach", lead: []string{"{COUNTY}约谈{TOWN}主要负责人\n因畜禽养殖污染反弹，县政府约谈{TOWN}镇长{OWNER}，要求限期整改到位。", "关于对{OWNER}等人失职问题的处理通报\n{OWNER}作为{TOWN}分管领导，对养殖污染问题监管不力，给予党内警告处分。"}},
	{name: "rulings", lead: []string{"劳动争议案\n{OWNER}诉{PARTY}拖欠工资，仲裁裁决支付工资2万元。", "污染环境罪案\n{OWNER}将废油倾倒入河，被告人{OWNER}犯污染环境罪，判处有期徒刑十个月，并处罚金1万元。", "普法宣传：养殖场违反《中华人民共和国水污染防治法》第三十九条的，由生态环境主管部门责令改正，处十万元以上一百万元以下的罚款。"}},
}
