package compose

// tuned are the layouts that the reader may be tuned on.
var tuned = []layout{
	{name: "letters", min: 2, max: 5, between: "\n\n", item: []string{
		"{bureau}\n行政处罚决定书\n{NUMBER}\n当事人：{party}\n我局于{day}对你(单位|场)进行(检查|现场检查)，(发现你|你)(单位|场){act}[，{herd}]。\n[你单位上述行为违反了{law}的规定。]我局决定对你单位(处以{amount}罚款|{fine})[，{order}]。",
		"{bureau}　行政处罚决定书　{NUMBER}\n当事人：{party}\n经查，你单位{act}。以上行为违反了{law}，我局决定{fine}。",
		"行政处罚决定书\n{NUMBER}\n{party}：\n我局执法人员{day}对你单位检查，你单位{herd}，{act}。\n依据有关规定，我局对你单位作出{fine}的处罚决定。\n{bureau}",
	}, last: []string{"{bureau}\n不予行政处罚决定书\n{NUMBER}\n当事人：{person}\n我局于{day}对你的养殖场检查，(粪污已清运完毕|未见外排)。我局决定{none}。"}},

	{name: "one line list", min: 2, max: 6, between: "\n", lead: []string{"", "", "(畜禽养殖环境“黑榜”|环境违法曝光台|{COUNTY}畜禽养殖违法企业名单)\n"}, item: []string{
		"{nr}．{party}：{act}，{fine}[，{police}]。",
		"（{nr}）{party}，{act}，{fine}；",
		"{nr}、{party}[：位于{TOWN}]，{herd}，{act}，{fined}。",
		"（{no}）{party}{act}，{branch}{order}；",
		"{no}、{party}。{act}，{order}，{fined}。",
	}},

	{name: "place briefs", min: 2, max: 5, between: "\n\n", lead: []string{"", "各地养殖污染查处短讯\n\n", "环保短波\n\n"}, item: []string{
		"{stem}：{MD}，{bureau}(接群众举报|接村民投诉)，{party}{act}。{fine}，{order}。",
		"{stem}：{farm}{act}，{bureau}(检查后|){order}，{fine}。",
		"{stem}：环保部门查获一家{animal}场偷排粪水，当事人{person}{fined}。[今年以来{STEM}已罚款310万元。]",
		"【{stem}】{day}，{bureau}对{party}开展检查，{act}，{fined}。",
	}},

	{name: "numbered titles", min: 2, max: 5, between: "\n", lead: []string{"", "市生态环境局通报{COUNT}起畜禽养殖典型案例\n为强化警示，现将有关典型案例通报如下：\n"}, item: []string{
		"案例{no}　{title}\n{date}，{org}(执法人员|)对{party}(进行|开展)(现场|执法)检查，{herd}，(发现{it}|){act}。{it}的行为违反了{law}的规定，{bureau}{order}，{fine}。",
		"案例{nr}：{title}。{date}，{org}检查{party}，{act}，{fine}。",
		"【案例{nr}】{title}\n群众多次反映{party}环境问题。{here}查明，{it}{act}，{fine}。",
		"{no}、{title}\n{date}，{org}执法人员到{party}现场检查时发现，{it}{act}。{bureau}依法{order}[，并{police}]。",
		"典型案例{no}：{title}\n{it}{act}。{org}经立案调查，{fine}[，并将案件{police}]。",
	}, close: []string{"", "\n下一步，市生态环境局将持续加大执法力度，严厉打击环境违法行为。", "\n以上案例警示广大养殖户，要自觉守法。"}},

	{name: "broken titles", min: 2, max: 3, between: "\n\n", item: []string{
		"案件{no}\n\n{broken}\n\n{date}检查时，{party}{act}。执法机关{order}，{fine}。",
		"案例{no}\n{broken}\n{date}，{org}对{it}检查，{act}，{fine}。",
	}},

	{name: "numbered without title", min: 2, max: 4, between: "\n", lead: []string{"", "督察组交办问题整改情况\n"}, item: []string{
		"{no}、{party}。{it}{act}，已立案调查，并于{MD}{paper}。",
		"{nr}. {party}。{date}检查发现{act}，{bureau}{demand}，{fine}。",
	}, close: []string{"", "\n截至9月底，全市共检查养殖场320家次，罚款260万元。"}},

	{name: "news", min: 1, max: 1, lead: []string{"养殖场业主被拘留并罚款\n\n", "偷排粪水 罚！\n", "养殖粪污不能一排了之\n"}, item: []string{
		"{MD}，记者从{bureau}获悉，该县{farm}业主{OWNER}被公安机关{detain}，并{fined}。该场没有办理环评手续，{act}。",
		"本报讯（记者 林某）{day}，{org}执法人员在巡查时发现，{party}{act}。执法人员当即对{it}进行调查，查明{it}{herd}。目前，{bureau}已{order}，{fine}。",
		"近日，{bureau}对{party}{act}一案作出处罚，{fine}。{day}，执法人员检查{it}，当时{it}{herd}。",
	}},

	{name: "paragraph cases", min: 2, max: 5, between: "\n", lead: []string{"", "省厅发布会公布{COUNT}起案例\n\n", "{CITYORG}公开曝光一批畜禽养殖环境违法案件\n"}, item: []string{
		"{date}，{org}(检查|调查){party}(，|时，)发现(其|){act}，{fine}[，并{police}]。",
		"{date}，{org}收到线索后突击检查，发现{party}{act}。{bureau}{order}，{fine}。",
		"{org}{date}对{party}检查时，发现{it}{act}。该行为违反了{law}。{fine}。",
		"{day}，{org}检查{party}，{act}。",
	}, last: []string{"{day}，{org}接到举报后检查，发现{party}{act}。"}},

	{name: "paragraphs with a run of each", min: 2, max: 4, between: "\n\n", item: []string{
		"{party}位于{TOWN}，{herd}。{date}，{org}执法人员检查时发现，{it}{act}。\n{it}的行为违反了{law}。{bureau}{order}，{fine}。",
		"{date}，{org}对{party}进行检查。{it}{herd}，{act}。\n该局依法对{it}立案查处，{order}，{fine}[，并{police}]。",
	}},

	{name: "sentences in a paragraph", min: 2, max: 4, lead: []string{"近期，{cityorg}集中查处了一批畜禽养殖违法案件。", "{CITYORG}通报养殖污染处罚情况。"}, item: []string{
		"{party}{act}，{fined}。",
		"{party}因{act}，被{bureau}{order}，{fine}。",
		"{party}{herd}，{act}。{it}{fined}。",
	}},

	{name: "litigation", min: 1, max: 3, between: "\n\n", item: []string{
		"{no}、{suit}\n被告{BUREAU}于{later}作出{NUMBER}行政处罚决定，认定原告{act}，违反了{law}之规定，{fine}。原告不服，提起诉讼，法院判决驳回诉讼请求。",
		"{no}、{dispute}\n{bureau}于{later}作出行政处罚决定，认为{it}{act}，{fine}。{it}不服，诉至法院。法院依照《中华人民共和国行政诉讼法》第六十九条判决驳回。",
	}},

	{name: "inspectorate", min: 1, max: 4, between: "\n", lead: []string{"", "督察交办件办理情况\n\n"}, item: []string{
		"{no}、{place}（受理编号{CODE}）反映情况：{PARTY}臭味大，粪水外排。\n调查核实情况：{day}，{org}会同镇政府核查，被举报的养殖场实为{party}，{herd}。举报属实。\n处理及整改情况：{paper}，立案后处罚金额{amount}，已缴清。",
		"（{no}）转办件{CODE}：{party}噪声、臭味扰民。经核实，{branch}{MD}现场检查，该场{act}，当场{order}，拟罚款2万元。办结情况：已办结。",
		"{nr}.信访编号{CODE}。反映{party}污水直排问题。经现场核查，{act}，反映问题属实。{bureau}{order}，{fine}。",
	}},

	{name: "name boundaries", min: 1, max: 2, between: "\n", item: []string{
		"案例{no}　{title}\n{day}，{branch}执法人员用闭水试验堵住{party}污水管两端，证明管道渗漏。{branch}会同镇政府核查后立案，{fine}。",
		"案例{no}　{title}\n{here}查看监控时发现，{party}有人把采样管插进清水桶。该行为违反了{law}，{fine}。",
		"案例{no}　{title}\n{day}，{team}联合公安民警突击检查了位于{AT}的{party}，查实{it}{act}，{fine}。",
	}},

	{name: "days", min: 1, max: 2, between: "\n", item: []string{
		"案例{no}　{title}\n{day}，{branch}根据{TOWN}政府移送的线索检查{party}，{act}。{branch}{fine}。",
		"案例{no}　{title}\n{day}，执法人员在{it}看到{act}。{branch}{fine}。",
		"案例{no}　{title}\n{BEFORE}，{branch}接到群众来电。{day}，执法人员赶赴{party}现场调查，{act}。{LATER}，{branch}作出行政处罚决定，{fine}。",
		"案例{no}　{title}\n{day}，{team}接到举报，在{TOWN}一处仓库内查获露天存放的粪渣12吨，{seal}。",
	}},

	{name: "turned pages", min: 2, max: 3, between: "\n", item: []string{
		"案件{no} {title}\n{day}，{org}检查{party}，{herd}。{it}在池底埋\n暗管，把粪水引到场外。\n\n下转 A03 版\n\n{it}上述行为违反了{law}的规定，{bureau}{order}，{fine}，并{police}。",
		"案件{no} {title}\n{day}，{org}检查{party}，{act}。\n紧接 B02 版\n{branch}{order}，{fine}。",
	}},

	{name: "shared close", min: 2, max: 4, between: "\n", one: true, item: []string{
		"案例{no}　{party}，{act}。",
		"案例{no}：{ptitle}\n{day}，{org}执法人员检查{party}，{herd}，{act}。",
		"{no}、{party}。{it}{act}。",
	}, close: []string{
		"\n上述{COUNT}家养殖单位的行为均违反{law20}的规定，生态环境部门依法对其分别罚款{each:amount}。",
		"\n以上{COUNT}案，分别罚款{each:amount}。",
	}},

	{name: "shared lead", min: 2, max: 3, one: true, between: "\n", lead: []string{
		"{day}，{bureau}对辖区{COUNT}家养殖场开展突击检查，发现以下违法行为：\n", "{month}，{bureau}组织执法检查，查处了以下{COUNT}家养殖单位：\n",
	}, item: []string{"{no}是{party}，{act}，{fine}。", "{nr}．{party}，{herd}，{act}，{fine}。"}},

	{name: "several fines", min: 1, max: 1, item: []string{
		"{team}近日向{party}送达行政处罚决定书，{fine}。{it}{herd}。去年春季第一次检查时已罚款1万元；三次查处共罚款97万元。",
		"案例　{title}\n{day}，{branch}检查{party}，{act}，{fine}。{it}2013年曾因同类行为被罚款7500元。",
		"案例　{title}\n{day}，{branch}检查{party}，{act}。{branch}已告知拟罚款壹拾贰万元整。",
	}},

	{name: "abbreviated law", min: 1, max: 1, item: []string{
		"案例　{title}\n{day}，{branch}检查{party}，{act}。其行为违反{law}（以下简称《规定》）的有关规定；{fine}。",
		"案例　{title}\n{day}，{branch}检查{party}，{act}，涉嫌违反了有关规定（{law}），{fine}。",
	}},

	{name: "table with tabs", min: 2, max: 6, between: "\n", lead: []string{"序号\t单位名称\t违法事实\t违反条款\t处罚内容\t检查日期\n"}, item: []string{"{nr}\t{party}\t{act}\t{law}\t{fine}\t{day}"}},

	{name: "table as lines", min: 2, max: 4, between: "\n", item: []string{
		"案件名称：{title}\n当事人：{party}\n检查时间：{day}\n违法事实：{act}\n处罚结果：{fine}",
		"当事人：{party}\n违法事实：{day}检查时，{act}\n处理结果：{order}，{fine}",
	}},

	{name: "interview", min: 1, max: 2, between: "\n", lead: []string{"记者：今年养殖污染执法情况如何？\n负责人：今年以来，全市共立案42起，罚款380万元。\n记者：能举例说明吗？\n负责人："}, item: []string{
		"{day}，{org}检查{party}，{act}，{fine}。",
		"比如{party}，{day}我们执法人员检查时发现{act}，最后{fined}。",
	}, close: []string{"\n记者：下一步有什么打算？\n负责人：我们将继续加强帮扶。"}},

	{name: "masked farms by place", min: 1, max: 3, between: "\n", item: []string{
		"案例{no}　{spill}\n{day}，{org}检查{described}，{herd}，粪水外溢。{order}，{fine}。",
		"{day}，{org}检查发现，{TOWN}养殖户{person}在{TOWN}搭建的养殖棚{act}，{fine}。",
	}},

	{name: "addressed letters", min: 1, max: 3, between: "\n\n", item: []string{
		"{NUMBER}\n行政处罚决定书\n{party}：\n经营者：{OWNER}\n地址：{AT}\n一、环境违法事实和证据\n{day}，{org}执法人员对你单位进行现场检查，发现你单位{act}。\n以上事实有下列证据证明：\n1.营业执照复印件1份；\n2.{DAY}现场检查（勘察）笔录1份；\n3.现场照片4张。\n你单位的上述行为违反了{law}的规定。\n二、行政处罚的依据、种类\n我局决定对你单位{fine}。\n{bureau}\n{LATER}",
		"{party}：\n你单位环境违法一案，我局经过调查，现已审查终结。\n我局于{day}对你单位进行了调查，发现你单位{act}。\n上述行为违反了{law}。\n我局于{LATER}以《行政处罚事先告知书》告知你单位陈述申辩权，你单位未进行陈述申辩。\n现决定对你单位{fine}。",
	}},

	{name: "sum with two of many", min: 2, max: 2, between: "", lead: []string{"{STEM}16家养殖场被立案调查\n近日，生态环境部门对16家养殖场进行立案调查，下达行政处罚决定书8份，罚款148万元，移送公安机关3起。\n"}, item: []string{
		"对{party}下达行政处罚决定书，{fine}，{order}。", "其中，{party}{act}，{fined}。",
	}, close: []string{"\n下一步，生态环境部门将保持高压态势。"}},

	{name: "bullets", min: 2, max: 5, between: "\n", lead: []string{"", "以下企业被曝光：\n", "{CITYORG}曝光\n"}, item: []string{
		"● {party}：{act}，{fined}。", "■{party}。{date}，{org}检查时，{it}{act}。{fine}。", "▲ {party}\n违法行为：{act}\n处罚情况：{fine}", "★{party}（{herd}）：{act}；{order}；{fine}。",
	}},

	{name: "first and second", min: 2, max: 4, between: "\n", lead: []string{"近日，{CITYORG}公布一批查处情况。\n"}, item: []string{
		"第{no}起：{date}，{org}对{party}检查，{act}，{fine}。", "{no}是{party}。{date}检查时，{it}{act}，{fined}。", "第{no}，{party}{act}，{bureau}{order}，{fine}。",
	}},

	{name: "cards with amounts", min: 1, max: 4, between: "\n\n", item: []string{
		"处罚对象：{party}\n案由：{act}\n检查时间：{day}\n罚款金额：{amount}\n处罚机关：{bureau}",
		"【处罚文书】{NUMBER}\n【单位名称】{party}\n【违法事实】{act}\n【处罚内容】{fine}",
		"被处罚单位：{party}；违法事实：{day}检查时{act}；处罚结果：{fine}；处罚单位：{bureau}。",
	}},

	{name: "table of amounts", min: 2, max: 5, between: "\n", lead: []string{"序号\t被处罚单位\t处罚决定书文号\t案由\t处罚金额\t处罚机关\n"}, item: []string{"{nr}\t{party}\t{NUMBER}\t{act}\t{amount}\t{bureau}"}},

	{name: "spaced columns", min: 2, max: 5, between: "\n", lead: []string{"", "序号 单位名称 违法行为 处理结果\n"}, item: []string{"{nr}  {party}  {act}  {fine}", "{nr} {party} {act} {order}，{fine}"}},

	{name: "reports of a day", min: 1, max: 3, between: "\n\n", lead: []string{"", "{COUNTY}铁腕治污\n"}, item: []string{
		"本报讯（通讯员 {OWNER}）日前，{bureau}向{party}开出罚单。{day}，执法人员接到线索后赶到现场，发现{it}{act}，当场{order}，后依法{fine}。",
		"{day}凌晨，{org}开展错时执法。在{TOWN}，{party}{act}，被抓了现行。目前{it}{fined}。",
		"{day}，{org}接到信访件，反映{party}气味难闻。执法人员当日到场，{it}{act}。该局{order}。",
	}},

	{name: "with the law explained", min: 1, max: 3, between: "\n", item: []string{
		"{no}、{title}\n案情：{date}，{org}检查{party}，{herd}，{act}。\n处理：违反{law}，{bureau}{fine}。\n释法：企业应当依法治污。{LAW}规定了相应义务，违者可处十万元以下的罚款。",
		"【案例{nr}】{title}\n【案情】{date}，{org}检查时，{party}{act}。\n【处理】{fine}，{order}。\n【点评】本案中执法人员固定证据及时。",
	}},

	{name: "questions and orders", min: 2, max: 4, between: "\n", lead: []string{"关于突出环境问题整改情况的公示\n"}, item: []string{
		"问题{no}：{party}{act}。\n整改情况：{bureau}已{order}，{fine}。", "{nr}.{party}{act}问题。{day}，{org}现场核实，{order}。目前已完成整改。",
	}},

	{name: "two penalties", min: 1, max: 2, between: "\n", item: []string{
		"案例{no}　{title}\n{date}，{org}检查{party}，{act}。{bureau}对{it}{fine}，对其法定代表人罚款5000元。",
		"案例{no}　{title}\n{date}，{org}检查{party}，{act}，{fine}。{LATER}，{it}已缴纳罚款{amount}。",
	}},

	{name: "others in the case", min: 1, max: 3, between: "\n", item: []string{
		"案例{no}　{title}\n{date}，{org}检查{party}，{act}。经委托广东某检测有限公司采样监测，外排水超标。{bureau}{fine}。",
		"{date}，{org}会同县农业农村局检查{party}，{act}。该场由某饲料有限公司供料。{bureau}{order}，{fine}。",
	}},

	{name: "other matters", lead: []string{
		"市场监管部门公布食品安全典型案例\n案例一：{COUNTY}某饭店使用过期食品案\n{DAY}，{COUNTY}市场监督管理局检查某饭店，发现过期鸡肉5公斤，罚款5000元。\n案例二：{PARTY}使用禁用兽药案\n{DAY}，农业农村局检查{PARTY}，查获禁用兽药，罚款2万元。",
		"消防部门公布火灾隐患单位\n1. {PARTY}：消防设施未保持完好有效，责令限期改正，罚款2万元。\n2. {COUNTY}某商场：疏散通道堵塞，罚款1万元。",
		"市领导调研养殖污染防治\n{DAY}，市领导到{PARTY}调研，现场检查粪污处理设施运行情况，要求企业落实主体责任，严防废水外排。{BUREAU}负责人陪同。",
		"检察公益诉讼案\n检察机关诉称，{PARTY}将养殖废水排入河道。法院判决被告赔偿生态环境损害费用35万元，并公开赔礼道歉。",
	}},

	{name: "plans", lead: []string{
		"{COUNTY}畜禽养殖污染整治方案\n一、整治目标\n年底前规模养殖场粪污处理设施配套率达到100%。\n二、整治内容\n（一）对未建粪污处理设施的养殖场，责令限期整改；（二）对偷排直排的，依法立案处罚。",
		"{BUREAU}开展执法大练兵\n{DAY}，{BUREAU}组织执法人员对{PARTY}开展帮扶指导，现场讲解台账填写要求，企业表示将进一步规范管理。",
		"公告\n{PARTY}年出栏5000头生猪建设项目环境影响评价文件受理情况公示。建设单位：{PARTY}。建设地点：{AT}。公示期5个工作日。",
		"{COUNTY}通报上半年环境执法情况\n上半年共检查养殖场412家次，立案21起，罚款137.5万元，查封扣押3起，移送公安机关2起。",
	}},

	{name: "honour", lead: []string{
		"{COUNTY}表彰一批生态养殖示范场\n{PARTY}等单位粪污资源化利用成效明显，获评市级示范场，奖励5万元。该场场长{OWNER}介绍，粪污经处理后还田，废水实现零排放。",
		"{PARTY}：粪污变成宝\n走进{PARTY}，干净整洁的栏舍映入眼帘。该场投资60万元建设沼气池，{HERD}，实现种养循环。{BUREAU}多次到场指导，给予高度评价。",
		"先进集体事迹材料\n{TEAM}一年来出动执法人员3200人次，检查养殖场860家次，立案42件，罚款512万元，移送公安机关5件，被评为全国生态环境执法先进集体。",
	}},

	{name: "blame", lead: []string{
		"关于{COUNTY}畜禽养殖污染防治工作不力的通报\n{TOWN}政府对辖区畜禽养殖污染底数不清、监管缺位。经研究，对{TOWN}镇长{OWNER}予以诫勉谈话，责令{TOWN}作出书面检查。",
		"{COUNTY}召开养殖污染整治推进会\n会议通报了近期环境违法案件查处情况，要求各镇对照《畜禽规模养殖污染防治条例》开展排查，对偷排直排行为依法严惩。",
	}},

	{name: "courts", lead: []string{
		"买卖合同纠纷案\n原告{PARTY}与被告{OWNER}签订饲料买卖合同，被告拖欠货款12万元。法院判决被告支付货款及利息。",
		"{OWNER}滥伐林木案\n{COUNTY}人民法院审理查明，被告人{OWNER}未办理采伐许可证砍伐林木，判处有期徒刑一年，缓刑二年，并处罚金5000元。",
		"普法问答\n问：养殖场直排粪污会受到什么处罚？\n答：根据《畜禽规模养殖污染防治条例》第四十一条，由县级以上地方人民政府环境保护主管部门责令限期治理，可处5万元以下的罚款。",
	}},
}
