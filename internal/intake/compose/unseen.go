package compose

// unseen are the layouts kept for the figure in README: nobody looks at how their texts are read while the reader is changed.
var unseen = []layout{
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
		"{title}\n经查，{party}{act}。{date}，{org}立案调查，后{fine}。",
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
		"\n处理情况：上述{COUNT}家养殖单位均被立案，分别罚款{each:amount}。", "\n以上{COUNT}家单位，{BUREAU}依法分别处以{each:amount}的罚款。"}},
	{name: "together before", min: 2, max: 4, between: "\n", one: true, lead: []string{"{day}，{org}组织交叉执法，查处{COUNT}家违法养殖单位，具体情况如下：\n"}, item: []string{"{nr}.{party}。{it}{act}，{fined}。", "（{no}）{party}（{herd}）{act}，{fine}。"}},
	{name: "sheet", min: 2, max: 5, between: "\n", lead: []string{"编号\t企业名称\t违法事实\t违法依据\t处罚情况\t检查时间\n"}, item: []string{"{nr}\t{party}\t{act}\t{law}\t{fine}\t{day}", "{nr}\t{party}\t{herd}，{act}\t{law}\t{order}，{fine}\t{day}"}},
	{name: "forms", min: 1, max: 3, between: "\n\n", item: []string{"案由：{party}环境违法\n当事人：{party}\n发现时间：{day}\n主要违法事实：{act}\n处罚决定：{fine}\n作出处罚的机关名称：{bureau}", "单位名称：{party}\n现场检查情况：{act}\n处理措施：{order}，{fine}"}},
	{name: "talk", min: 1, max: 2, between: "\n", lead: []string{"问：能否介绍具体案例？\n答："}, item: []string{"{day}，{org}对{party}检查时发现{act}，对其{fine}。", "例如{party}，{it}{act}，我们依法{order}，并{fine}。"}, close: []string{"\n问：今后怎么管？\n答：坚持监管与服务并重。"}},
	{name: "glory", lead: []string{"{PARTY}荣获市级农业龙头企业称号\n该单位投入120万元改造粪污处理设备，{HERD}，带动农户增收。", "致敬环保铁军\n{OWNER}是{TEAM}的一名执法队员，从业十年检查企业2000余家次，查办案件130件，罚款900余万元，多次受到表彰。", "{COUNTY}推广粪污还田经验\n在{PARTY}，技术员介绍了固液分离工艺，粪肥全部用于果园。"}},
	{name: "reproach", lead: []string{"{COUNTY}约谈{TOWN}主要负责人\n因畜禽养殖污染反弹，县政府约谈{TOWN}镇长{OWNER}，要求限期整改到位。", "关于对{OWNER}等人失职问题的处理通报\n{OWNER}作为{TOWN}分管领导，对养殖污染问题监管不力，给予党内警告处分。"}},
	{name: "rulings", lead: []string{"劳动争议案\n{OWNER}诉{PARTY}拖欠工资，仲裁裁决支付工资2万元。", "污染环境罪案\n{OWNER}将废油倾倒入河，被告人{OWNER}犯污染环境罪，判处有期徒刑十个月，并处罚金1万元。", "普法宣传：养殖场违反《中华人民共和国水污染防治法》第三十九条的，由生态环境主管部门责令改正，处十万元以上一百万元以下的罚款。"}},
}
