package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// pageFacts are all facts of the newspaper page, in our words, and the field that holds each: a path into the case file (Case, Farm, …,
// each list by place) or into the bulletin. Case 0 is each of the five. A field whose kind is prose holds no fact here but the few that
// are what somebody was told to do.
var pageFacts = []struct {
	in         int
	fact       string
	path, want string
}{
	{0, "newspaper", "Publications.0.name", "江门日报"},
	{0, "a newspaper", "Publications.0.medium", "报纸"},
	{0, "of December 2024; neither its day nor the page's number is known", "Publications.0.published_on", "2024-12"},
	{0, "a campaign against livestock farms", "Campaign.name", "畜禽养殖场环境执法专项行动"},
	{0, "of this year", "Campaign.year", "2024"},
	{0, "for the section at 潭江湾", "Campaign.aim", "潭江湾国考断面水质稳定达标"},
	{0, "the case is of the campaign", "Case.source", "专项行动"},
	{0, "the inspection is", "Inspections.0.kind", "专项检查"},
	{0, "held by the city bureau's branch: it decides", "DecidingOrgan.name", "江门市生态环境局"},
	{0, "violations were found", "Inspections.0.result", "发现违法"},
	{0, "the party is the farm", "Case.parties.0.role", "单位"},
	{0, "the farm keeps animals that day", "Farm.operation", "已投产"},
	{0, "a penalty, its kind not told", "Penalties.0.kind", "种类未公布"},
	{0, "authors", "Bulletin.byline", "朱磊磊 江晓峰"},
	{0, "the bureau publishes", "Bulletin.issuer", "江门市生态环境局"},
	{0, "in the month", "Bulletin.dated", "2024-12"},

	{1, "first on the page", "Bulletin.cases.0.case_id", "1"},
	{1, "called", "Publications.0.cases.0.title", "恩平某畜牧有限公司违法排污案"},
	{1, "found in October", "Case.found_on", "2024-10"},
	{1, "inspected in October", "Inspections.0.started_on", "2024-10"},
	{1, "by the branch of 恩平", "HandlingOrgan.name", "江门市生态环境局恩平分局"},
	{1, "in 恩平", "Case.district_code", "440785"},
	{1, "the farm lies there", "Farm.district_code", "440785"},
	{1, "party", "Parties.0.name", "恩平某畜牧有限公司"},
	{1, "a company", "Parties.0.kind", "公司"},
	{1, "farm", "Farm.name", "恩平某畜牧有限公司"},
	{1, "pigs", "Farm.herds.0.species", "生猪"},
	{1, "sows", "Farm.herds.0.stage", "母猪"},
	{1, "5300", "Farm.herds.0.count", "5300"},
	{1, "and more", "Farm.herds.0.qualifier", "多"},
	{1, "on the farm", "Farm.herds.0.basis", "存栏"},
	{1, "a waste water facility", "Farm.facilities.0.kind", "废水处理设施"},
	{1, "one", "Farm.facilities.0.count", "1"},
	{1, "a waste gas facility", "Farm.facilities.1.kind", "废气治理设施"},
	{1, "one", "Farm.facilities.1.count", "1"},
	{1, "beside the manure shed", "Farm.facilities.1.name", "堆粪棚旁"},
	{1, "built for the shed", "Farm.facilities.1.serves", "堆粪棚"},
	{1, "idle", "Farm.facilities.1.state", "闲置停运"},
	{1, "the shed", "Farm.facilities.5.kind", "堆粪棚"},
	{1, "a cement pipe", "Farm.facilities.4.kind 其他", "水泥管道"},
	{1, "broken", "Farm.facilities.4.state", "破损"},
	{1, "EIA approved", "Farm.eia.state", "已办理"},
	{1, "facilities accepted", "Farm.acceptance.state", "已办理"},
	{1, "permit held", "Farm.permit.state", "已办理"},
	{1, "two ponds: A", "Farm.facilities.2.kind 鱼塘", "鱼塘A"},
	{1, "A is unlined", "Farm.facilities.2.lining", "无防渗"},
	{1, "and B", "Farm.facilities.3.kind 鱼塘", "鱼塘B"},
	{1, "B is unlined", "Farm.facilities.3.lining", "无防渗"},
	{1, "part of the waste water, untreated", "Inspections.0.path.nodes.0.kind 产生源", "部分未经处理的养殖废水"},
	{1, "through A", "Inspections.0.path.nodes.1.kind 鱼塘", "鱼塘A"},
	{1, "unlined", "Inspections.0.path.nodes.1.lining", "无防渗"},
	{1, "a cement pipe", "Inspections.0.path.nodes.2.kind 管道", "水泥管道"},
	{1, "joins the ponds", "Inspections.0.path.nodes.2.place", "鱼塘A、鱼塘B之间"},
	{1, "broken in the middle", "Inspections.0.path.nodes.2.state", "中间断裂"},
	{1, "the break", "Inspections.0.path.nodes.3.kind 断裂处", "水泥管道断裂处"},
	{1, "lies in the middle", "Inspections.0.path.nodes.3.place", "管道中间"},
	{1, "leaks", "Inspections.0.path.nodes.3.state", "渗漏"},
	{1, "through B", "Inspections.0.path.nodes.4.kind 鱼塘", "鱼塘B"},
	{1, "after the pipe, not after the break", "Inspections.0.path.nodes.4.after.0", "3"},
	{1, "unlined", "Inspections.0.path.nodes.4.lining", "无防渗"},
	{1, "out of the farm", "Inspections.0.path.nodes.5.kind 外环境", "外环境"},
	{1, "from B", "Inspections.0.path.nodes.5.after.0", "5"},
	{1, "part goes into the soil", "Inspections.0.path.nodes.6.kind 土壤", "周边土壤"},
	{1, "slowly", "Inspections.0.path.nodes.6.state", "污水缓慢渗入"},
	{1, "from A", "Inspections.0.path.nodes.6.after.0", "2"},
	{1, "from the break", "Inspections.0.path.nodes.6.after.1", "4"},
	{1, "and from B", "Inspections.0.path.nodes.6.after.2", "5"},
	{1, "A sampled", "Samples.0.medium 废水", "鱼塘A水质"},
	{1, "B sampled", "Samples.1.medium 废水", "鱼塘B水质"},
	{1, "the water where it leaks sampled", "Samples.2.medium 废水", "渗漏处水质"},
	{1, "the soil there sampled", "Samples.3.medium 土壤", "渗漏处土壤"},
	{1, "what leaves the farm is over the limit", "Samples.1.results.0.verdict", "超标"},
	{1, "of pollutants not told", "Samples.1.results.0.pollutant", "其他"},
	{1, "by values not told", "Samples.1.results.0.kind", "仅结论"},
	{1, "discharge by evading supervision", "Violations.0.type_code", "WATER_EVASION"},
	{1, "damaged the water around", "Violations.0.damage.0", "水质"},
	{1, "and the soil", "Violations.0.damage.1", "土壤"},
	{1, "discharge over the limit", "Violations.1.type_code", "WATER_EXCEED"},
	{1, "an air facility left idle", "Violations.2.type_code", "FACILITY_IDLE_AIR"},
	{1, "still so at the inspection", "Violations.2.end_basis", "检查时仍在进行"},
	{1, "breached first: article 10", "Publications.0.cases.0.cited.0", "《中华人民共和国水污染防治法》第十条"},
	{1, "then 39", "Publications.0.cases.0.cited.1", "《中华人民共和国水污染防治法》第三十九条"},
	{1, "then 23(3) of the province", "Publications.0.cases.0.cited.2", "《广东省环境保护条例》第二十三条第三款"},
	{1, "evasion is article 39", "Violations.0.citations.0", "《中华人民共和国水污染防治法》第三十九条"},
	{1, "the limit is article 10", "Violations.1.citations.0", "《中华人民共和国水污染防治法》第十条"},
	{1, "the idle unit is 23(3)", "Violations.2.citations.0", "《广东省环境保护条例》第二十三条第三款"},
	{1, "quoted first: article 10", "Bulletin.cases.0.quotes.0", "《中华人民共和国水污染防治法》第十条"},
	{1, "quoted: article 39", "Bulletin.cases.0.quotes.1", "《中华人民共和国水污染防治法》第三十九条"},
	{1, "quoted: 23(3)", "Bulletin.cases.0.quotes.2", "《广东省环境保护条例》第二十三条第三款"},
	{1, "filed", "Documents.0.kind", "立案"},
	{1, "ordered", "Documents.1.kind", "责令改正"},
	{1, "at once", "Documents.1.order_mode", "立即改正"},
	{1, "punished", "Documents.2.kind", "行政处罚决定"},
	{1, "referred for detention", "Documents.3.kind", "移送行政拘留"},
	{1, "to the police", "Documents.3.organ_name", "公安机关"},
	{1, "of those answerable", "Documents.3.people", "相关责任人"},
	{1, "damage is negotiated", "Documents.4.kind", "损害赔偿磋商"},
	{1, "to begin with", "Documents.4.result", "已开展"},
	{1, "a repair plan", "Documents.5.kind", "修复方案"},
	{1, "is made", "Documents.5.result", "已完成"},
	{1, "the repair", "Documents.6.kind", "修复实施"},
	{1, "has begun", "Documents.6.result", "已开展"},

	{2, "second on the page", "Bulletin.cases.1.case_id", "2"},
	{2, "called", "Publications.0.cases.0.title", "鹤山市某畜禽养殖场违法排污案"},
	{2, "found in June", "Case.found_on", "2024-06"},
	{2, "inspected in June", "Inspections.0.started_on", "2024-06"},
	{2, "by the branch of 鹤山", "HandlingOrgan.name", "江门市生态环境局鹤山分局"},
	{2, "in 鹤山", "Case.district_code", "440784"},
	{2, "the farm lies there", "Farm.district_code", "440784"},
	{2, "party", "Parties.0.name", "鹤山市某畜禽养殖场"},
	{2, "its form is not told", "Parties.0.kind", "未知"},
	{2, "farm", "Farm.name", "鹤山市某畜禽养殖场"},
	{2, "mainly pigs", "Farm.herds.0.species", "生猪"},
	{2, "a tank of two stages", "Farm.facilities.0.kind 沉淀池", "两级沉淀池"},
	{2, "one", "Farm.facilities.0.count", "1"},
	{2, "of one barn", "Farm.facilities.0.serves", "一栋猪舍"},
	{2, "full", "Farm.facilities.0.state", "满溢"},
	{2, "a collecting pond", "Farm.facilities.1.kind 其他", "收集塘"},
	{2, "waste water of the barn", "Inspections.0.path.nodes.0.kind 产生源", "猪舍粪污废水"},
	{2, "into the tank", "Inspections.0.path.nodes.1.kind 沉淀池", "两级沉淀池"},
	{2, "which is full and runs over", "Inspections.0.path.nodes.1.state", "满载溢流"},
	{2, "by a rain pipe", "Inspections.0.path.nodes.2.kind 雨水管渠", "雨水管道"},
	{2, "into the pond", "Inspections.0.path.nodes.3.kind 收集塘", "收集塘"},
	{2, "which has an outlet", "Inspections.0.path.nodes.4.kind 溢流口", "溢流口"},
	{2, "in its south-east corner", "Inspections.0.path.nodes.4.place", "收集塘东南角"},
	{2, "running", "Inspections.0.path.nodes.4.state", "正在外流"},
	{2, "into a rain canal nearby", "Inspections.0.path.nodes.5.kind 雨水管渠", "附近雨水渠"},
	{2, "into a river beside", "Inspections.0.path.nodes.6.kind 水体", "场旁河流"},
	{2, "a river without a name", "Inspections.0.path.receiving_water", "场旁河流（名称未公布）"},
	{2, "the county's station was there", "Inspections.0.others", "鹤山市环境保护监测站（采样监测）"},
	{2, "and sampled", "Samples.0.sampling_organ", "鹤山市环境保护监测站"},
	{2, "what runs out of the outlet", "Samples.0.medium 废水", "收集塘溢流口外排水"},
	{2, "by the standard of 2009, table 1 as printed", "Samples.0.standard_cited", "《畜禽养殖业污染物排放标准》（DB44/613—2009）表1"},
	{2, "ammonia", "Samples.0.results.0.pollutant", "氨氮"},
	{2, "is over the limit", "Samples.0.results.0.verdict", "超标"},
	{2, "by a value not told", "Samples.0.results.0.kind", "仅结论"},
	{2, "of that table", "Samples.0.results.0.limit_ref", "DB44/613—2009 表1（通报所印）"},
	{2, "as the report has it", "Samples.0.results.0.limit_from", "报告所印"},
	{2, "phosphorus", "Samples.0.results.1.pollutant", "总磷"},
	{2, "is over the limit", "Samples.0.results.1.verdict", "超标"},
	{2, "by a value not told", "Samples.0.results.1.kind", "仅结论"},
	{2, "of that table", "Samples.0.results.1.limit_ref", "DB44/613—2009 表1（通报所印）"},
	{2, "as the report has it", "Samples.0.results.1.limit_from", "报告所印"},
	{2, "discharge by evading supervision", "Violations.0.type_code", "WATER_EVASION"},
	{2, "going on at the inspection", "Violations.0.end_basis", "检查时仍在进行"},
	{2, "breached: article 39", "Violations.0.citations.0", "《中华人民共和国水污染防治法》第三十九条"},
	{2, "and no other", "Publications.0.cases.0.cited.0", "《中华人民共和国水污染防治法》第三十九条"},
	{2, "quoted: article 39", "Bulletin.cases.1.quotes.0", "《中华人民共和国水污染防治法》第三十九条"},
	{2, "filed", "Documents.0.kind", "立案"},
	{2, "ordered", "Documents.1.kind", "责令改正"},
	{2, "at once", "Documents.1.order_mode", "立即改正"},
	{2, "punished", "Documents.2.kind", "行政处罚决定"},
	{2, "referred for detention", "Documents.3.kind", "移送行政拘留"},
	{2, "to the police", "Documents.3.organ_name", "公安机关"},
	{2, "of those answerable", "Documents.3.people", "相关责任人"},

	{3, "third on the page", "Bulletin.cases.2.case_id", "3"},
	{3, "called", "Publications.0.cases.0.title", "开平市某农业科技有限公司未配套建设畜禽粪污处理设施案"},
	{3, "found in May", "Case.found_on", "2024-05"},
	{3, "inspected in May", "Inspections.0.started_on", "2024-05"},
	{3, "by the branch of 开平", "HandlingOrgan.name", "江门市生态环境局开平分局"},
	{3, "in 开平", "Case.district_code", "440783"},
	{3, "the farm lies there", "Farm.district_code", "440783"},
	{3, "party", "Parties.0.name", "开平市某农业科技有限公司"},
	{3, "a company", "Parties.0.kind", "公司"},
	{3, "farm", "Farm.name", "开平市某农业科技有限公司"},
	{3, "pigs", "Farm.herds.0.species", "生猪"},
	{3, "1300", "Farm.herds.0.count", "1300"},
	{3, "on the farm", "Farm.herds.0.basis", "存栏"},
	{3, "waste water", "Inspections.0.path.nodes.0.kind 产生源", "养殖废水"},
	{3, "to a settling tank", "Inspections.0.path.nodes.1.kind 沉淀池", "沉淀池"},
	{3, "an oxidation pond", "Inspections.0.path.nodes.2.kind 氧化塘", "氧化塘"},
	{3, "a fish pond", "Inspections.0.path.nodes.3.kind 鱼塘", "鱼塘"},
	{3, "that takes it up", "Inspections.0.path.nodes.3.state", "消纳"},
	{3, "the farm has the tank", "Farm.facilities.0.kind", "沉淀池"},
	{3, "the oxidation pond", "Farm.facilities.1.kind", "氧化塘"},
	{3, "the fish pond", "Farm.facilities.2.kind 鱼塘", "消纳鱼塘"},
	{3, "facilities built by itself", "Farm.facilities.4.kind 其他", "自行建设的污染防治配套设施"},
	{3, "are not good enough", "Farm.facilities.4.state", "不合格"},
	{3, "what had to be built", "Farm.facilities.3.kind 其他", "环评登记表要求配套的畜禽粪污处理设施"},
	{3, "was not", "Farm.facilities.3.state", "未建"},
	{3, "the EIA is a form", "Farm.eia.kind", "登记表"},
	{3, "called", "Evidence.0.kind 书证", "生猪养殖项目环境影响评价登记表"},
	{3, "whose demands were not met", "Farm.eia_carried", "未落实"},
	{3, "nobody else treats the waste", "Farm.entrusted", "否"},
	{3, "the act", "Violations.0.type_code", "LIVESTOCK_NO_FACILITY"},
	{3, "facilities not good enough", "Violations.0.checklist.1.key facility", "具备"},
	{3, "nor entrusted", "Violations.0.checklist.2.key entrust", "具备"},
	{3, "yet put into use", "Violations.0.checklist.3.key operating", "具备"},
	{3, "breached: 13(2)", "Violations.0.citations.0", "《畜禽规模养殖污染防治条例》第十三条第二款"},
	{3, "and no other", "Publications.0.cases.0.cited.0", "《畜禽规模养殖污染防治条例》第十三条第二款"},
	{3, "quoted: 13(2)", "Bulletin.cases.2.quotes.0", "《畜禽规模养殖污染防治条例》第十三条第二款"},
	{3, "filed", "Documents.0.kind", "立案"},
	{3, "ordered", "Documents.1.kind", "责令改正"},
	{3, "at once", "Documents.1.order_mode", "立即改正"},
	{3, "punished", "Documents.2.kind", "行政处罚决定"},

	{4, "fourth on the page", "Bulletin.cases.3.case_id", "4"},
	{4, "called", "Publications.0.cases.0.title", "台山市某养殖场在畜禽禁养区内从事畜禽养殖案"},
	{4, "found in February", "Case.found_on", "2024-02"},
	{4, "inspected in February", "Inspections.0.started_on", "2024-02"},
	{4, "by the branch of 台山", "HandlingOrgan.name", "江门市生态环境局台山分局"},
	{4, "in 台山", "Case.district_code", "440781"},
	{4, "the farm lies there", "Farm.district_code", "440781"},
	{4, "party", "Parties.0.name", "台山市某养殖场"},
	{4, "its form is not told", "Parties.0.kind", "未知"},
	{4, "farm", "Farm.name", "台山市某养殖场"},
	{4, "6.67 hectares", "Farm.area_m2", "66700"},
	{4, "within the zone", "Farm.zone.relation", "禁养区内"},
	{4, "of a plan", "Farm.zone.plan_name", "台山市畜禽养殖禁养区划定调整方案"},
	{4, "with a number", "Farm.zone.plan_number", "台府〔2020〕19号"},
	{4, "of the year that the number has", "Farm.zone.plan_on", "2020"},
	{4, "known by comparing", "Farm.zone.evidence", "遥感影像图、禁养区划定方案与遥感测绘结果分析报告比对"},
	{4, "an image of the plot", "Evidence.0.kind 遥感影像", "涉案地块遥感影像图"},
	{4, "the notice with the plan", "Evidence.1.kind 规划文件", "台山市人民政府关于印发台山市畜禽养殖禁养区划定调整方案的通知"},
	{4, "its number", "Evidence.1.number", "台府〔2020〕19号"},
	{4, "of the city's government", "Evidence.1.maker", "台山市人民政府"},
	{4, "a report on the survey", "Evidence.2.kind 测绘报告", "遥感测绘结果分析报告"},
	{4, "the act", "Violations.0.type_code", "NO_FARM_ZONE_OPERATE"},
	{4, "goes on", "Violations.0.continuing", "是"},
	{4, "past the end of the order's term", "Violations.0.end_basis", "责令期限届满后仍在进行"},
	{4, "within the zone", "Violations.0.checklist.0.key zone", "具备"},
	{4, "farming", "Violations.0.checklist.2.key operate", "具备"},
	{4, "refusing to stop", "Violations.0.checklist.4.key refuse", "具备"},
	{4, "breached: 49(2)", "Violations.0.citations.0", "《广东省环境保护条例》第四十九条第二款"},
	{4, "and no other", "Publications.0.cases.0.cited.0", "《广东省环境保护条例》第四十九条第二款"},
	{4, "quoted: 49(2)", "Bulletin.cases.3.quotes.0", "《广东省环境保护条例》第四十九条第二款"},
	{4, "ordered first", "Documents.0.kind", "责令改正"},
	{4, "within a term", "Documents.0.order_mode", "限期改正"},
	{4, "to stop farming there", "Documents.0.content", "责令改正违法行为决定书：限期停止在禁养区内从事畜禽养殖；期限未公布。"},
	{4, "visited again", "Documents.1.kind", "复查"},
	{4, "still farming", "Documents.1.result", "拒不改正"},
	{4, "filed then", "Documents.2.kind", "立案"},
	{4, "punished", "Documents.3.kind", "行政处罚决定"},
	{4, "reported for pulling down or closing", "Documents.4.kind", "报政府责令拆除或关闭"},
	{4, "to the city's government", "Documents.4.organ_name", "台山市人民政府"},

	{5, "fifth on the page", "Bulletin.cases.4.case_id", "5"},
	{5, "called", "Publications.0.cases.0.title", "新会区某养牛场向环境直接排放未经无害化处理畜禽养殖废弃物案"},
	{5, "found in June", "Case.found_on", "2024-06"},
	{5, "inspected in June", "Inspections.0.started_on", "2024-06"},
	{5, "by the branch of 新会", "HandlingOrgan.name", "江门市生态环境局新会分局"},
	{5, "in 新会", "Case.district_code", "440705"},
	{5, "the farm lies there", "Farm.district_code", "440705"},
	{5, "party", "Parties.0.name", "新会区某养牛场"},
	{5, "its form is not told", "Parties.0.kind", "未知"},
	{5, "farm", "Farm.name", "新会区某养牛场"},
	{5, "beef cattle", "Farm.herds.0.species", "肉牛"},
	{5, "150", "Farm.herds.0.count", "150"},
	{5, "on the farm", "Farm.herds.0.basis", "存栏"},
	{5, "bred and raised there", "Farm.raising_mode", "自繁自养"},
	{5, "manure and the barn's washing water", "Inspections.0.path.nodes.0.kind 产生源", "粪污和牛栏清洗废水"},
	{5, "in ditches on the farm", "Inspections.0.path.nodes.1.kind 沟渠", "场内沟渠"},
	{5, "by a white plastic pipe", "Inspections.0.path.nodes.2.kind 管道", "白色塑胶管道"},
	{5, "which is broken", "Inspections.0.path.nodes.2.state", "断裂"},
	{5, "to a screening tank", "Inspections.0.path.nodes.3.kind 隔渣池", "粪污收集隔渣池"},
	{5, "from the break", "Inspections.0.path.nodes.4.kind 断裂处", "管道断裂口"},
	{5, "of the pipe", "Inspections.0.path.nodes.4.after.0", "3"},
	{5, "it runs straight", "Inspections.0.path.nodes.4.state", "废水直接外流"},
	{5, "into a ditch beside the barn", "Inspections.0.path.nodes.5.kind 沟渠", "牛栏旁水沟"},
	{5, "from the break", "Inspections.0.path.nodes.5.after.0", "5"},
	{5, "into a stream beside", "Inspections.0.path.nodes.6.kind 水体", "场旁溪流"},
	{5, "from the ditch", "Inspections.0.path.nodes.6.after.0", "6"},
	{5, "a stream without a name", "Inspections.0.path.receiving_water", "场旁溪流（名称未公布）"},
	{5, "the farm has the ditches", "Farm.facilities.0.kind 收集沟渠", "场内沟渠"},
	{5, "the pipe", "Farm.facilities.1.kind 其他", "白色塑胶管道"},
	{5, "broken", "Farm.facilities.1.state", "破损"},
	{5, "the tank", "Farm.facilities.2.kind 隔渣池", "粪污收集隔渣池"},
	{5, "the act", "Violations.0.type_code", "LIVESTOCK_DIRECT_DISCHARGE"},
	{5, "untreated", "Violations.0.checklist.1.key untreated", "具备"},
	{5, "into the environment", "Violations.0.checklist.2.key environment", "具备"},
	{5, "breached: article 20", "Violations.0.citations.0", "《畜禽规模养殖污染防治条例》第二十条"},
	{5, "and no other", "Publications.0.cases.0.cited.0", "《畜禽规模养殖污染防治条例》第二十条"},
	{5, "quoted: article 20", "Bulletin.cases.4.quotes.0", "《畜禽规模养殖污染防治条例》第二十条"},
	{5, "filed", "Documents.0.kind", "立案"},
	{5, "ordered", "Documents.1.kind", "责令改正"},
	{5, "at once", "Documents.1.order_mode", "立即改正"},
	{5, "punished", "Documents.2.kind", "行政处罚决定"},
}

// besideFacts are the fields of a case file that hold nothing of the page (a farm's place is the sample map's, as its note says): what the program keeps, our retelling, our remarks, and the
// answers to the catalogue's questions that the page leaves to us.
var besideFacts = regexp.MustCompile(`(^|\.)(id|version|created_at|updated_at|origin|seq|note|submitted_at|submitted_by|public_name|name_at_act)$|_id$|^Farm\.place\.` +
	`|^(Kinds|ReviewNotes|Bulletins?|Payments)\b|Organ\.(short_name|credit_code|kind|district_code|abbr|active)$|^Publications\.0\.(by|cases\.0\.(start|end))$` +
	`|^Case\.(title|summary|handling|stage|inspections\.0)$|^Inspections\.0\.(findings|district_code|state)$|^Documents\.\d+\.content$` +
	`|^Violations\.\d+\.(facts|checklist\.\d+\.(key|answer))$|^Samples\.\d+\.(conclusion|standard_review)$|^Evidence\.\d+\.proves$|\.(as_of|checked_on)$|^Inspections\.0\.herds\.`)

// leaves lists everything that a record holds, by path; a citation and a quotation are one thing each, and our own citations are not told.
func leaves(path string, v any, out map[string]string) {
	switch x := v.(type) {
	case map[string]any:
		if p, _ := x["provision"].(map[string]any); p != nil {
			maps.Copy(x, p)
		}
		if law, ok := x["law"].(string); ok {
			if x["standing"] == "review" {
				return
			}
			n := func(key string) int {
				i, _ := strconv.Atoi(fmt.Sprint(x[key]))
				return i
			}
			out[path] = registry.Citation{Law: law, Provision: registry.Provision{Article: n("article"), Paragraph: n("paragraph"), Item: n("item")}}.String()
			return
		}
		for k, y := range x {
			leaves(strings.TrimPrefix(path+"."+k, "."), y, out)
		}
	case []any:
		for i, y := range x {
			leaves(fmt.Sprintf("%s.%d", path, i), y, out)
		}
	case nil:
	default:
		if s := fmt.Sprint(x); s != "" && s != "0" && s != "false" {
			out[path] = s
		}
	}
}

func leavesOf(t *testing.T, x any) map[string]string {
	t.Helper()
	b, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	leaves("", v, out)
	return out
}

// Every fact of the newspaper page is in a field of its own, and the case files hold nothing that the page does not tell.
func TestPublishedPageInFields(t *testing.T) {
	s, _ := loaded(t)
	bulletin, err := s.Bulletin(context.Background(), registry.CommandLine, 1)
	if err != nil {
		t.Fatal(err)
	}
	for id := 1; id <= 5; id++ {
		got := leavesOf(t, struct {
			*registry.CaseFile
			Bulletin registry.Bulletin
		}{caseFile(t, s, registry.CaseID(id)), bulletin})
		told := map[string]bool{}
		for _, f := range pageFacts {
			if f.in != 0 && f.in != id {
				continue
			}
			// “…facilities.3.kind 鱼塘” asks for the kind of the row and, as what is wanted, for what the row is called.
			path, kind, row := strings.Cut(f.path, " ")
			if row {
				told[path] = true
				if got[path] != kind {
					t.Errorf("case %d, %s: %s = %q, want %q", id, f.fact, path, got[path], kind)
				}
				at := path[:strings.LastIndexByte(path, '.')]
				path = at + ".name"
				for _, name := range []string{"title", "point", "answer"} {
					if _, has := got[at+"."+name]; has {
						path = at + "." + name
					}
				}
			}
			told[path] = true
			if got[path] != f.want {
				t.Errorf("case %d, %s: %s = %q, want %q", id, f.fact, path, got[path], f.want)
			}
		}
		for _, path := range slices.Sorted(maps.Keys(got)) {
			if !told[path] && !besideFacts.MatchString(path) {
				t.Errorf("case %d: %s = %q is not on the page", id, path, got[path])
			}
		}
	}
}
