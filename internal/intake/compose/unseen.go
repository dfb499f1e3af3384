package compose

// unseen are the layouts kept for the figure in README: nobody looks at how their texts are read while the reader is changed.
var unseen = []layout{
	{name: "decisions in a row", min: 2, max: 4, between: "\n\n", item: []string{
		"{bureau}\n行政处罚决定书\n{NUMBER}\n当事人：{party}\n法定代表人：{OWNER}\n地址：{AT}\n{day}，我局执法人员到你单位现场核查，发现你单位{act}，{herd}。\n以上事实，有现场检查笔录、现场照片等证据为凭。\n你单位的行为违反了{law}的规定，我局决定对你单位作出{fine}的行政处罚。",
		"行政处罚决定书\n{NUMBER}\n{party}：\n经查明，{day}我局检查时，你单位{act}。依据法律规定，决定对你单位{fine}。\n{bureau}",
	}},
	{name: "notified cases", min: 2, max: 6, between: "\n", lead: []string{"{CITYORG}关于畜禽养殖环境违法典型案例的通报\n为发挥警示作用，现将{COUNT}起典型案例通报如下：\n", ""}, item: []string{
		"{no}、{title}\n{date}，{org}执法人员对{party}进行现场检查。经查，{it}{herd}，{act}。上述行为违反{law}，{bureau}依法对{it}{fine}，并{order}。",
		"案例{no}：{title}\n【基本案情】{date}，{org}检查发现{party}{act}。\n【查处情况】{bureau}{order}，{fine}。\n【警示意义】守法才能行稳致远。",
		"（{no}）{title}。{date}，{org}对{party}检查，{it}{act}，{fine}。",
	}, close: []string{"", "\n希望广大养殖户引以为戒。"}},
	{name: "exposed list", min: 3, max: 7, between: "\n", lead: []string{"环境违法单位曝光\n", ""}, item: []string{
		"{nr}.{party}，{act}，{bureau}{fine}。", "{no}、{party}（{TOWN}）：{act}。处罚：{fine}。", "（{nr}）{party}。存在问题：{act}。处理：{order}，{fine}。", "·{party}{act}，{fined}。",
	}},
	{name: "paragraph after paragraph", min: 2, max: 5, between: "\n", lead: []string{"", "养殖污染执法一周\n"}, item: []string{
		"{date}，{org}对{party}开展执法检查，发现{it}{act}，责令其改正，处以{amount}罚款。", "{party}{herd}。{date}，{org}现场检查发现{it}{act}。目前，{bureau}对{it}{fine}。", "{org}接到群众举报后，于{day}赶到{party}，查明{it}{act}，{order}，{fine}。",
	}},
	{name: "county by county", min: 2, max: 4, between: "\n\n", lead: []string{"各县动态\n\n", ""}, item: []string{
		"{place}：{MD}，{bureau}对{party}进行检查，{act}，{fine}。", "{stem}：{party}{act}，被{bureau}{order}，{fine}。",
	}},
	{name: "in one breath", min: 2, max: 4, lead: []string{"近日，{cityorg}查处一批违法养殖单位。", "{CITYORG}公布近期处罚情况。"}, item: []string{"{party}{act}，{fined}。", "{party}，{act}，{fine}。"}},
	{name: "before the court", min: 1, max: 3, between: "\n\n", item: []string{
		"{no}、{suit}\n{day}，{BUREAU}执法人员对{it}检查，发现{it}{act}，遂作出{NUMBER}行政处罚决定，{fine}。{it}不服起诉。法院判决驳回其诉讼请求。",
		"案例{nr}　{dispute}\n被告{BUREAU}认定{it}{act}，违反{law}，于{LATER}作出处罚决定，{fine}。{it}诉至法院请求撤销。法院经审理，予以驳回。",
	}},
	{name: "answered letters", min: 2, max: 4, between: "\n", lead: []string{"群众举报件办理结果公开\n", ""}, item: []string{
		"{no}、受理编号{CODE}：举报{PARTY}污水外排。\n调查情况：{day}，{org}现场核查，{party}{act}，举报属实。\n处理情况：{order}，{fine}。", "（{nr}）{party}臭味扰民问题。{bureau}{day}现场检查，{it}{act}，情况属实，已{order}。",
	}},
	{name: "shared ending", min: 2, max: 4, between: "\n", one: true, item: []string{"案例{no}　{party}，{act}。", "{no}、{party}。{it}{act}。"}, close: []string{"\n上述{COUNT}家养殖场，分别被罚款{each:amount}。", "\n对以上{COUNT}家养殖单位，生态环境部门分别处罚款{each:amount}。"}},
	{name: "shared opening", min: 2, max: 4, between: "\n", one: true, lead: []string{"{day}，{bureau}突击检查{COUNT}家养殖场，发现的违法行为如下：\n", "{MONTH}，{bureau}查处以下{COUNT}家养殖单位：\n"}, item: []string{"{no}、{party}，{act}，{fine}。", "（{nr}）{party}：{herd}，{act}，{fined}。"}},
	{name: "rows", min: 2, max: 6, between: "\n", lead: []string{"序号\t当事人名称\t违法事实\t违反条款\t处罚结果\t检查日期\n"}, item: []string{"{nr}\t{party}\t{act}\t{law}\t{fine}\t{day}"}},
	{name: "filled forms", min: 1, max: 3, between: "\n\n", item: []string{"当事人：{party}\n检查时间：{day}\n违法事实：{act}\n处罚决定：{fine}\n处罚机关：{bureau}", "案件名称：{title}\n当事人：{party}\n违法行为：{act}\n处理结果：{order}，{fine}"}},
	{name: "told to reporters", min: 1, max: 2, between: "\n", lead: []string{"养殖污染，零容忍！\n"}, item: []string{"{MD}，记者从{bureau}获悉，{party}因{act}{fined}。", "本报讯（记者 {OWNER}）{day}，{org}执法人员检查发现，{party}{act}。{bureau}已{order}，{fine}。"}},
	{name: "good examples", lead: []string{"{PARTY}：小农场的绿色账\n该单位建成沼气池和有机肥车间，{HERD}，获得省级示范场称号。", "{TEAM}被评为执法先进集体\n全年检查养殖单位1200家次，立案58件，罚款402万元。", "种养循环见成效\n{PARTY}负责人说，粪肥还田后每亩节约化肥成本100元。"}},
	{name: "bad examples of officials", lead: []string{"{TOWN}因治污不力被通报批评\n经研究，给予{TOWN}分管领导{OWNER}诫勉谈话，责令限期整改。", "整治行动部署会召开\n会议要求，对偷排漏排等违法行为从严查处，对监管不力的严肃问责。"}},
	{name: "other suits", lead: []string{"饲料买卖合同纠纷\n{PARTY}拖欠货款18万元，法院判决其支付。", "非法捕捞案\n被告人{OWNER}使用电鱼设备捕鱼，被判处拘役四个月。", "法规速递：畜禽规模养殖场未经处理直接排放废弃物的，由县级以上生态环境主管部门责令限期治理，可以处5万元以下的罚款。"}},
}
