package compose

// tunedLast are layouts that were unseen once, as tunedMore.
var tunedLast = []layout{
	{name: "two kinds of papers", min: 2, max: 4, between: "\n\n", item: []string{
		"行政处罚决定书\n（{NUMBER}）\n被处罚单位：{party}\n地址：{AT}\n根据群众举报，本局于{day}对你单位开展调查，查实你单位{act}。你单位之行为已违反{law}。鉴于你单位积极整改，本局决定从轻处罚，{fine}。\n{bureau}\n（印章）\n{LATER}",
		"{bureau}行政处罚决定书　{NUMBER}\n{party}（经营者{OWNER}）：\n你单位{act}一案，已调查终结。{day}，本局执法人员现场检查取证。你单位{herd}。上述行为违反了{law}，决定{fine}。",
	}},
	{name: "tally", min: 3, max: 8, between: "\n", lead: []string{"", "被查处的养殖单位\n", "《环保警示榜》（2025年第6期）\n"}, item: []string{
		"{party}：{act}，{fined}。", "{nr} {party}（{act}），{fine}。", "➤{party}——{act}——{fine}", "（{nr}）{party},因{act}，{bureau}{order}。",
	}},
	{name: "bulletin board", min: 2, max: 5, between: "\n", lead: []string{"执法动态播报\n"}, item: []string{
		"【{place}】{bureau}突击检查{party}，{it}{act}，{order}。", "{place}  {day}，{branch}夜间巡查，{party}{act}被当场查获，{fine}。", "{stem}消息：{party}{act}，{bureau}依法{fine}。",
	}},
	{name: "showcase", min: 2, max: 5, between: "\n", lead: []string{"", "曝光{COUNT}起！养殖污染案例\n来源：{CITYORG}\n"}, item: []string{
		"0{nr} {title}\n简要案情：{date}，{org}开展夜间突击检查，{party}{act}。\n查处结果：{it}的行为违反{law}，{bureau}责令其改正，{fine}。",
		"▎案例{no}丨{title}\n{DATE}，{org}接群众电话，称{TOWN}有臭味。执法人员循味查到{party}，{it}{act}。{bureau}对{it}{fine}。",
		"{no}.{title}：{date}，{org}检查{party}，{act}，违反{law}，{fine}。",
		"案例{no}:{title}\n一、案情简介\n{date}，{org}对{party}检查，{herd}，{act}。\n二、查处情况\n依法{order}，{fine}。\n三、案件启示\n企业要守法经营。",
	}},
	{name: "reported", min: 2, max: 4, between: "\n\n", lead: []string{"", "记者近日从{CITYORG}了解到多起案情。\n\n"}, item: []string{
		"{party}的负责人没想到，自家场子{act}会被查。{day}，{org}执法人员突击检查，发现问题后当场取证，{fine}。", "{date}，{org}依托无人机发现{party}{act}。经调查取证，{it}被{order}，并{fined}。",
	}},
	{name: "clauses", min: 2, max: 5, lead: []string{"其中：", "一批养殖单位受到处罚："}, item: []string{"{party}因{act}{fined}；", "{party}{act}，{bureau}{fine}。"}},
	{name: "law reports", min: 1, max: 2, between: "\n\n", item: []string{
		"案例{no} {dispute}\n{party}{act}。{day}，{BUREAU}检查发现后立案，{LATER}作出{fine}的行政处罚决定。{it}提起行政诉讼，一审、二审均判决驳回。\n【典型意义】法院支持行政机关依法履职。",
		"{no}、{suit}\n一、案情\n{BUREAU}以{it}{act}为由，于{LATER}作出行政处罚，{fine}。\n二、裁判\n法院认为事实清楚，判决驳回。",
	}},
	{name: "follow up", min: 2, max: 4, between: "\n", lead: []string{"信访问题办结情况（第{NR}批）\n"}, item: []string{
		"（{no}）{place}{TOWN}：群众反映{party}排污。办理情况：{day}，{org}现场检查，{it}{act}，{order}，{fine}。已办结。", "编号{CODE}｜{party}｜调查情况：{act}，属实｜处理情况：{fine}｜{bureau}",
	}},
	{name: "ending for all", min: 2, max: 4, between: "\n", one: true, item: []string{"{no}、{party}：{act}；", "{nr}.{day}，{org}检查{party}，{it}{act}。"}, close: []string{
		"\n对以上{COUNT}家单位，生态环境部门已立案查处，分别处罚款{each:amount}。", "\n上述{COUNT}起案件，当事人分别被罚款{each:amount}。"}},
	{name: "opening for all", min: 2, max: 4, between: "\n", one: true, lead: []string{"{day}，{bureau}在夜查行动中发现{COUNT}家养殖单位存在以下问题：\n"}, item: []string{"{no}是{party}{act}，{fine}；", "{nr}、{party}，{act}，{fined}。"}},
	{name: "grid", min: 2, max: 5, between: "\n", lead: []string{"序号\t行政相对人名称\t违法行为\t处罚种类\t罚款金额（万元）\t处罚机关\n"}, item: []string{"{nr}\t{party}\t{act}\t罚款\t{fine}\t{bureau}"}},
	{name: "slips", min: 1, max: 3, between: "\n\n", item: []string{"被处罚人：{party}\n查处时间：{DAY}\n违法行为：{act}\n处罚结果：{fine}，{order}", "当事人:{party}\n检查日期:{day}\n违法情形:{act}\n罚款:{amount}\n办理单位:{bureau}"}},
	{name: "asked", min: 1, max: 2, between: "\n", lead: []string{"主持人：有没有查处的例子？\n局长："}, item: []string{"{day}，{org}查到{party}{act}，{fine}。", "{day}我们对{party}检查，{it}{act}，当即{order}。"}},
	{name: "proud", lead: []string{"走进{PARTY}\n绿树环绕，{HERD}。场长{OWNER}说，投资300万元改造后，粪污变成有机肥，还拿到奖补资金20万元。", "{BUREAU}执法竞赛夺冠\n{BUREAU}在全市执法技能竞赛中获一等奖，一年办案45件，罚款总额380万元。", "乡村振兴看{TOWN}\n{PARTY}负责人{OWNER}带动村民养殖，户均增收3万元，废水全部资源化利用。"}},
	{name: "shame", lead: []string{"{COUNTY}纪委通报典型问题\n{TOWN}干部{OWNER}对养殖污染投诉敷衍了事，受到政务警告处分。", "督察通报指出，{COUNTY}畜禽养殖污染突出，部分乡镇监管流于形式，要求限期整改并上报。"}},
	{name: "verdicts", lead: []string{"{OWNER}与{PARTY}土地租赁纠纷\n法院判决{PARTY}支付租金8万元。", "{OWNER}生产假兽药案\n法院以生产伪劣产品罪判处{OWNER}有期徒刑二年，并处罚金5万元。", "以案普法：规模养殖未建污染防治配套设施的，根据《畜禽规模养殖污染防治条例》第三十九条，责令停止生产或者使用，可以处10万元以下的罚款。"}},
}
