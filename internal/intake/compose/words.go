package compose

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// facts are those of one case, and how each is printed.
type facts struct {
	county   string
	species  string
	named    string // the species that the party's name tells
	heads    int64
	fine     int64
	violated []string
	printed  map[string]string
	iso      map[string]string
}

// lexicon is a stock of words: tuned and unseen texts share none of the counties, few of the kinds of party, none of the acts.
type lexicon struct {
	counties []string // 市/县
	towns    []string
	stems    []string // 宏达
	people   []string // surnames
	kinds    []string // what a party is, with its animal
	acts     []string // 动物 by %s
	laws     []string // 法|条|款, printed
	orders   []string
	papers   []string
	masks    []string
}

// animals: the term of the register, the measure word.
var animals = map[string]struct{ word, counted, unit string }{
	"生猪": {"猪", "生猪", "头"}, "蛋鸡": {"鸡", "蛋鸡", "羽"}, "肉鸡": {"鸡", "肉鸡", "只"}, "鸭": {"鸭", "肉鸭", "只"}, "肉牛": {"牛", "肉牛", "头"},
	"奶牛": {"牛", "奶牛", "头"}, "羊": {"羊", "羊", "只"}, "鹅": {"鹅", "鹅", "只"},
}

var tunedWords = &lexicon{
	counties: []string{"襄阳市 南漳县", "襄阳市 枣阳市", "荆州市 松滋市", "宜昌市 远安县", "黄冈市 蕲春县", "咸宁市 通城县", "孝感市 大悟县", "韶关市 仁化县", "云浮市 罗定市", "汕尾市 陆丰市",
		"肇庆市 怀集县", "梅州市 五华县", "河源市 东源县", "清远市 连州市", "茂名市 信宜市", "赣州市 信丰县", "吉安市 泰和县", "宜春市 高安市", "上饶市 婺源县", "衡阳市 耒阳市",
		"岳阳市 平江县", "常德市 石门县", "永州市 祁阳市", "郴州市 桂阳县", "怀化市 溆浦县", "玉林市 博白县", "桂林市 灵川县", "南平市 建瓯市", "龙岩市 上杭县", "三明市 尤溪县"},
	towns:  []string{"白石镇", "石桥镇", "大塘乡", "新塘村", "高坪镇", "龙潭村", "双河镇", "茶岭乡"},
	stems:  []string{"宏达", "绿丰", "鑫源", "广茂", "顺康", "福泰", "旺农", "金牧"},
	people: []string{"张", "李", "王", "陈", "刘", "黄", "周", "吴", "徐", "孙", "何", "罗"},
	kinds:  []string{"养猪场 生猪", "猪场 生猪", "生猪养殖场 生猪", "养鸡场 鸡", "蛋鸡养殖场 蛋鸡", "养鸭场 鸭", "养牛场 牛", "奶牛场 奶牛", "羊场 羊", "畜牧有限公司 -", "养殖有限公司 -", "农业发展有限公司 -", "养殖专业合作社 -", "家庭农场 -", "种养专业合作社 -", "养殖场 -"},
	acts: []string{"%s粪污经软管直接排入外环境", "%s粪露天堆放，未采取防渗措施", "利用渗坑排放%s粪液", "未办理环评手续擅自扩建%s舍", "污水处理设施停运，%s场废水溢流至水沟", "未建设粪污贮存池即投入养殖",
		"沼液池破损，污水渗漏到农田", "用抽水泵将粪水排入河道", "外排废水氨氮超标2.3倍", "在禁养区内从事养殖活动", "未按规定制定粪污综合利用台账", "除臭设施长期闲置，恶臭气味明显"},
	laws: []string{"中华人民共和国水污染防治法|39|", "中华人民共和国水污染防治法|10|", "畜禽规模养殖污染防治条例|20|", "畜禽规模养殖污染防治条例|13|2", "中华人民共和国固体废物污染环境防治法|65|2", "中华人民共和国环境影响评价法|25|",
		"广东省环境保护条例|23|3", "中华人民共和国大气污染防治法|20|2"},
	orders: []string{"责令立即改正违法行为", "责令停止生产", "责令限期治理", "责令停产整治", "责令改正"},
	papers: []string{"《责令改正违法行为决定书》"},
	masks:  []string{"某", "某", "某", "某某", "甲", "××"},
}

var moreWords = &lexicon{
	counties: []string{"滁州市 定远县", "阜阳市 临泉县", "六安市 霍山县", "商丘市 柘城县", "南阳市 内乡县", "信阳市 罗山县", "周口市 沈丘县", "菏泽市 单县", "临沂市 沂南县", "潍坊市 昌乐县",
		"盐城市 射阳县", "连云港市 灌云县", "绵阳市 三台县", "南充市 西充县", "资阳市 安岳县", "宜宾市 屏山县", "遵义市 湄潭县", "曲靖市 宣威市", "保山市 腾冲市", "渭南市 蒲城县",
		"汉中市 勉县", "天水市 秦安县", "武威市 民勤县", "赤峰市 敖汉旗", "通辽市 开鲁县", "四平市 梨树县", "绥化市 望奎县", "唐山市 玉田县", "保定市 定州市", "长治市 屯留区"},
	towns:  []string{"柳沟镇", "东营子乡", "三棵树村", "赵庄镇", "王官屯乡", "青石崖村", "前进镇", "马家洼村"},
	stems:  []string{"丰瑞", "禾盛", "天牧", "聚源", "恒兴", "中农", "康地", "正和"},
	people: []string{"赵", "钱", "郑", "冯", "褚", "沈", "韩", "杨", "朱", "秦", "许", "吕"},
	kinds:  []string{"种猪场 生猪", "养猪专业合作社 生猪", "育肥场 -", "蛋鸡场 蛋鸡", "肉鸡养殖场 肉鸡", "肉鸭养殖场 鸭", "肉牛养殖场 肉牛", "牧场 -", "养羊场 羊", "农牧有限公司 -", "牧业有限责任公司 -", "农牧科技有限公司 -", "畜禽养殖家庭农场 -", "禽业有限公司 -", "养殖小区 -"},
	acts: []string{"将%s粪尿混合物倾倒在林地沟壑", "铺设暗管把%s场冲栏水引入灌溉渠", "未取得排污许可证排放水污染物", "固液分离机停用多日，粪水四处漫流", "干粪棚没有顶棚，雨天%s粪随雨水外流", "需要配套建设的环境保护设施未经验收即投产",
		"氧化塘围堤被挖开缺口，黑臭水流进村边坑塘", "病死%s只随意抛弃", "自动监测设备不正常运行", "异味治理装置断电停机", "未建粪污防渗收集设施", "总排口化学需氧量超过排放标准"},
	laws: []string{"中华人民共和国水污染防治法|40|", "中华人民共和国水污染防治法|21|1", "畜禽规模养殖污染防治条例|19|", "畜禽规模养殖污染防治条例|11|", "中华人民共和国固体废物污染环境防治法|17|", "建设项目环境保护管理条例|19|1",
		"排污许可管理条例|2|1", "中华人民共和国大气污染防治法|75|"},
	orders: []string{"责令限期拆除暗管", "责令停止违法行为", "责令采取治理措施消除污染", "责令恢复原状", "责令关闭"},
	papers: []string{"《责令改正违法行为通知书》"},
	masks:  []string{"某", "某", "某", "某某", "乙", "×"},
}

var thirdWords = &lexicon{
	counties: []string{"丽水市 缙云县", "台州市 仙居县", "衢州市 开化县", "嘉兴市 海盐县", "漳州市 平和县", "宁德市 霞浦县", "邵阳市 新宁县", "益阳市 安化县", "娄底市 涟源市", "九江市 都昌县", "抚州市 崇仁县",
		"十堰市 竹山县", "荆门市 京山市", "随州市 广水市", "驻马店市 上蔡县", "许昌市 鄢陵县", "聊城市 莘县", "德州市 禹城市", "泰安市 宁阳县", "邯郸市 磁县", "沧州市 献县", "铁岭市 昌图县",
		"白城市 通榆县", "牡丹江市 宁安市", "泸州市 古蔺县", "达州市 渠县", "广安市 岳池县", "毕节市 织金县", "百色市 田东县", "来宾市 武宣县", "咸阳市 乾县", "张掖市 高台县"},
	towns:  []string{"上溪乡", "梅林镇", "桥头村", "大河坝镇", "杨柳湾村", "三岔镇", "红旗农场村", "南坪乡"},
	stems:  []string{"兴盛", "佳和", "牧歌", "华农", "永昌", "天源", "瑞祥", "春晖"},
	people: []string{"董", "萧", "程", "曹", "袁", "邓", "傅", "曾", "彭", "苏", "卢", "蒋"},
	kinds:  []string{"生猪养殖有限公司 生猪", "养猪户 生猪", "猪场 生猪", "土鸡养殖场 鸡", "蛋鸡养殖专业合作社 蛋鸡", "麻鸭养殖场 鸭", "黄牛养殖场 牛", "奶牛养殖有限公司 奶牛", "山羊养殖家庭农场 羊", "生态农业有限公司 -", "畜禽养殖场 -", "农牧发展有限公司 -", "种养家庭农场 -", "畜牧养殖专业合作社 -", "牧业有限公司 -"},
	acts: []string{"%s粪便未经处理排至厂外洼地", "储粪池没有硬化，粪液下渗", "擅自停用污水处理设备", "用罐车将%s粪水拉到荒地倾倒", "环评未批先行开工建设", "沼液还田管道断开，沼液淌入河沟", "雨污不分流，污水从雨水口外排", "超总量排放水污染物",
		"没有申领排污许可证从事生产", "恶臭气体未经收集无组织排放", "粪污运输台账弄虚作假", "污水站曝气机损坏后未修复，出水超标"},
	laws: []string{"中华人民共和国水污染防治法|34|", "中华人民共和国水污染防治法|19|1", "畜禽规模养殖污染防治条例|13|3", "畜禽规模养殖污染防治条例|18|", "中华人民共和国固体废物污染环境防治法|20|1", "中华人民共和国环境保护法|42|4",
		"中华人民共和国环境影响评价法|22|", "中华人民共和国大气污染防治法|80|"},
	orders: []string{"责令停产整顿", "责令改正环境违法行为", "责令停止建设", "责令清除粪污", "责令限制生产"},
	papers: []string{"《责令停止违法行为决定书》"},
	masks:  []string{"某", "某", "某", "某某", "丙", "×××"},
}

var fourthWords = &lexicon{
	counties: []string{"安庆市 桐城市", "宣城市 泾县", "淮南市 寿县", "蚌埠市 怀远县", "徐州市 睢宁县", "淮安市 涟水县", "南通市 如皋市", "金华市 兰溪市", "温州市 苍南县", "泉州市 安溪县", "株洲市 醴陵市", "湘潭市 韶山市",
		"黄石市 阳新县", "鄂州市 鄂城区", "湛江市 廉江市", "揭阳市 惠来县", "南宁市 横州市", "钦州市 灵山县", "贵港市 平南县", "自贡市 富顺县", "乐山市 犍为县", "眉山市 丹棱县", "玉溪市 易门县", "大同市 阳高县",
		"运城市 闻喜县", "榆林市 靖边县", "固原市 西吉县", "酒泉市 金塔县", "锦州市 义县", "丹东市 东港市", "吉林市 舒兰市", "佳木斯市 桦南县"},
	towns:  []string{"沙坪镇", "十里铺镇", "樟树坪村", "马鞍乡", "罗家湾村", "五里岗镇", "青山乡", "下洋村"},
	stems:  []string{"万家", "润土", "谷香", "青禾", "盛农", "百顺", "喜丰", "利民"},
	people: []string{"任", "姜", "范", "石", "姚", "谭", "邹", "熊", "陆", "孔", "崔", "邱"},
	kinds:  []string{"生猪养殖家庭农场 生猪", "种猪育种有限公司 生猪", "养猪厂 生猪", "养鸡专业合作社 鸡", "蛋鸡育成场 蛋鸡", "肉鸭养殖基地 鸭", "肉牛育肥场 肉牛", "奶牛合作社 奶牛", "湖羊养殖场 羊", "生态养殖有限公司 -", "农林牧发展有限公司 -", "循环农业有限公司 -", "养殖大户 -", "畜禽养殖专业合作社 -", "规模养殖场 -"},
	acts: []string{"%s圈废水由暗渠流到水库", "未配套粪污消纳土地，%s粪随处堆积", "治污设备形同虚设", "将未经处理的沼液用泵排向山沟", "在饮用水水源保护区内建设排污口", "批建不符，产能超过环评核定规模", "私自改动排水管线偷排", "干湿分离设备长期不运行",
		"粪污收集池满溢流入鱼塘", "未取得环评批复便动工扩建", "未按证排污", "堆粪场渗滤液渗入地下"},
	laws: []string{"中华人民共和国水污染防治法|64|", "中华人民共和国水污染防治法|66|1", "畜禽规模养殖污染防治条例|12|1", "畜禽规模养殖污染防治条例|21|", "中华人民共和国固体废物污染环境防治法|65|2", "建设项目环境保护管理条例|15|",
		"排污许可管理条例|17|1", "中华人民共和国环境影响评价法|24|1"},
	orders: []string{"责令立即停止排污", "责令改正并恢复原状", "责令停业整治", "责令清运粪污", "责令改正"},
	papers: []string{"《责令改正环境违法行为通知书》"},
	masks:  []string{"某", "某", "某", "某某", "丁", "××"},
}

var unseenWords = &lexicon{
	counties: []string{"亳州市 涡阳县", "芜湖市 无为市", "宿迁市 沭阳县", "镇江市 句容市", "杭州市 淳安县", "绍兴市 嵊州市", "莆田市 仙游县", "张家界市 慈利县", "湘西土家族苗族自治州 龙山县", "萍乡市 上栗县", "新余市 分宜县", "鹰潭市 余江区",
		"恩施土家族苗族自治州 利川市", "孝感市 汉川市", "平顶山市 叶县", "漯河市 临颍县", "开封市 通许县", "济宁市 泗水县", "枣庄市 滕州市", "日照市 莒县", "衡水市 武强县", "邢台市 宁晋县", "朝阳市 建平县", "松原市 扶余市",
		"鸡西市 密山市", "德阳市 中江县", "遂宁市 射洪市", "巴中市 平昌县", "黔东南苗族侗族自治州 天柱县", "河池市 南丹县", "宝鸡市 岐山县", "定西市 陇西县"},
	towns:  []string{"石门镇", "清溪镇", "双龙村", "太平乡", "黄泥塘村", "万寿镇", "竹园乡", "临江镇"},
	stems:  []string{"恒丰", "新民", "裕农", "众合", "泰丰", "隆昌源", "广润", "大地"},
	people: []string{"梁", "宋", "唐", "于", "潘", "杜", "戴", "夏", "钟", "汪", "田", "方"},
	kinds:  []string{"养猪场 生猪", "生猪养殖专业合作社 生猪", "猪业有限公司 生猪", "蛋鸡养殖有限公司 蛋鸡", "肉鸡场 肉鸡", "蛋鸭养殖场 鸭", "肉牛养殖有限公司 肉牛", "奶牛养殖场 奶牛", "山羊养殖场 羊", "农牧有限责任公司 -", "养殖专业合作社 -", "畜牧业有限公司 -", "生态农场 -", "家庭农场 -", "养殖有限责任公司 -"},
	acts: []string{"%s舍冲洗废水经雨水沟直排河道", "%s粪堆放场所未采取防雨防渗措施", "未经批准擅自建设养殖项目", "沼液储存池溢流污染农田", "利用暗管排放养殖废水", "污染防治设施未验收即投入使用", "总磷浓度超标1.6倍", "擅自闲置废气处理设施",
		"未依法进行排污登记", "粪水渗入土壤", "恶臭污染物无组织排放", "未建立粪污管理台账"},
	laws: []string{"中华人民共和国水污染防治法|39|", "中华人民共和国水污染防治法|10|", "畜禽规模养殖污染防治条例|20|", "畜禽规模养殖污染防治条例|11|", "中华人民共和国固体废物污染环境防治法|65|2", "建设项目环境保护管理条例|19|1",
		"排污许可管理条例|33|1", "中华人民共和国大气污染防治法|18|"},
	orders: []string{"责令改正违法行为", "责令限期清理", "责令停止使用", "责令立即拆除暗管", "责令限期整改"},
	papers: []string{"《责令改正通知书》"},
	masks:  []string{"某", "某", "某", "某某", "甲", "××"},
}

// cases makes the facts of n cases; one: a single bureau and county for all.
func (l *lexicon) cases(r *rand.Rand, n int, one bool) []facts {
	places := r.Perm(len(l.counties))
	out := make([]facts, n)
	seen := map[string]bool{}
	year, month := 2015+r.IntN(11), 1+r.IntN(9)
	for i := range out {
		place := l.counties[places[i]]
		if one {
			place = l.counties[places[0]]
		}
		for {
			out[i] = l.facts(r, place, year, month+i/4, 1+(i%4)*7+r.IntN(6))
			if key := out[i].printed["farm"] + out[i].printed["person"]; !seen[out[i].printed["farm"]] && !seen[out[i].printed["person"]] && !seen[key] {
				seen[out[i].printed["farm"]], seen[out[i].printed["person"]] = true, true
				break
			}
		}
		if one && i > 0 {
			for _, k := range []string{"day", "month", "date", "org", "bureau", "branch", "team", "cityorg"} {
				out[i].printed[k] = out[0].printed[k]
			}
			out[i].iso = out[0].iso
		}
	}
	return out
}

func (l *lexicon) facts(r *rand.Rand, place string, year, month, day int) facts {
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	city, county, _ := strings.Cut(place, " ")
	stem := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(county, "市"), "县"), "区"), "旗")
	if len([]rune(stem)) == 1 {
		stem = county
	}
	kind, animal, _ := strings.Cut(pick(l.kinds), " ")
	f := facts{county: county, printed: map[string]string{}, iso: map[string]string{}}
	f.species = animal
	switch animal {
	case "-":
		f.species = pick([]string{"生猪", "蛋鸡", "鸭", "肉牛", "羊"})
	case "鸡":
		f.species = "蛋鸡"
	case "牛":
		f.species = "肉牛"
	}
	if animal != "-" {
		f.named = f.species
	}
	a := animals[f.species]
	f.heads = int64(10+r.IntN(90)) * []int64{1, 10, 100}[r.IntN(3)]
	f.fine = []int64{3000, 5000, 8000, 10000, 15000, 20000, 32000, 45000, 60000, 88000, 100000, 125000, 200000, 360000}[r.IntN(14)]
	town := pick(l.towns)
	mask := pick(l.masks)
	name := mask + kind
	surname := pick(l.people)
	switch r.IntN(6) {
	case 0:
		name = pick(l.stems) + kind
	case 1:
		if !strings.HasSuffix(kind, "公司") {
			name = surname + "某" + kind
		}
	}
	act := pick(l.acts)
	if strings.Contains(act, "%s") {
		act = fmt.Sprintf(act, a.word)
	}
	law := strings.Split(pick(l.laws), "|")
	f.violated = []string{strings.Join(law, "|")}
	p := f.printed
	p["county"], p["city"], p["town"] = county, city, town
	p["place"], p["stem"], p["at"] = county, stem, county+town
	p["farm"] = name
	p["party"] = county + name
	if r.IntN(4) == 0 {
		p["party"] = county + town + name
	}
	p["person"] = surname + pick([]string{"某", "某某"})
	p["owner"] = pick(l.people) + "某某"
	p["animal"] = a.word
	p["act"] = act
	p["org"] = pick([]string{city + "生态环境局" + stem + "分局", "市生态环境局" + stem + "分局", city + stem + "生态环境局", county + "环境保护局", county + "环保局"})
	p["bureau"] = p["org"]
	p["branch"] = p["org"]
	if strings.HasSuffix(p["org"], "分局") {
		p["branch"] = stem + "分局"
	}
	p["here"] = pick([]string{"县环保局", "市生态环境局"})
	p["cityorg"] = city + "生态环境局"
	p["team"] = county + pick([]string{"生态环境保护综合行政执法大队", "环境监察大队"})
	p["it"] = it(name)
	p["herd"] = "存栏" + a.counted + count(r, f.heads) + a.unit
	if r.IntN(3) == 0 {
		p["herd"] = a.counted + "存栏" + count(r, f.heads) + a.unit
	}
	p["kept"] = fmt.Sprintf("现有%s%d%s", a.counted, f.heads, a.unit)
	p["law"] = lawText(law)
	p["amount"] = amount(r, f.fine)
	p["fine"] = pick([]string{"罚款" + p["amount"], "处罚款" + p["amount"], "处" + p["amount"] + "罚款", "罚款人民币" + p["amount"]})
	p["fined"] = pick([]string{"被罚款" + p["amount"], "被处" + p["amount"] + "罚款", "被罚" + p["amount"]})
	p["order"] = pick(l.orders)
	p["demand"] = "要求停产整治"
	p["paper"] = "下达" + pick(l.papers)
	p["police"] = "移送公安机关"
	p["seal"] = pick([]string{"实施查封", "予以查封、扣押"})
	p["detain"] = "行政拘留" + pick([]string{"5", "7", "十"}) + "日"
	p["none"] = "不予行政处罚"
	p["number"] = fmt.Sprintf("%s环罚%s〔%d〕%d号", stem[:3], pick([]string{"", "字", "决字"}), year, 1+r.IntN(90))
	p["code"] = fmt.Sprintf("X2025%04d", 100+r.IntN(900))
	p["name"] = p["party"] + pick([]string{"违法排污案", "环境违法案", "污染环境案", "未落实污染防治措施案"})
	p["title"], p["ptitle"] = p["name"], p["party"]
	p["suit"] = p["party"] + "诉" + p["org"] + "行政处罚案"
	p["dispute"] = p["party"] + "与" + p["org"] + "行政处罚纠纷案"
	p["broken"] = p["party"] + pick([]string{"\n未建治污设施投产案", "\n粪污污染环境案"})
	p["spill"] = town + a.word + "场粪水外溢案"
	p["described"] = town + "某养" + a.word + "场"
	p["law20"] = "《畜禽规模养殖污染防治条例》第二十条"
	f.dates(r, year, month, day)
	return f
}

func (f *facts) dates(r *rand.Rand, y, m, d int) {
	p := f.printed
	p["md"] = fmt.Sprintf("%d月%d日", m, d)
	p["later"] = fmt.Sprintf("%d年%d月%d日", y, m+1, 1+d%20)
	p["before"] = fmt.Sprintf("%d年%d月%d日", y, m, max(1, d-2))
	p["month"] = fmt.Sprintf("%d年%d月", y, m)
	f.iso["month"] = fmt.Sprintf("%d-%02d", y, m)
	iso := fmt.Sprintf("%d-%02d-%02d", y, m, d)
	f.iso["day"], f.iso["date"] = iso, iso
	p["day"] = fmt.Sprintf("%d年%d月%d日", y, m, d)
	switch r.IntN(5) {
	case 0:
		p["date"], f.iso["date"] = p["month"], f.iso["month"]
	case 1:
		p["date"] = fmt.Sprintf("%d.%d.%d", y, m, d)
	default:
		p["date"] = p["day"]
	}
}

// it is what a text calls the party the second time.
func it(name string) string {
	for _, w := range []string{"公司", "合作社", "农场", "小区"} {
		if strings.HasSuffix(name, w) {
			return "该" + w
		}
	}
	return "该场"
}

func lawText(law []string) string {
	s := "《" + law[0] + "》第" + chinese(law[1]) + "条"
	if law[2] != "" {
		s += "第" + chinese(law[2]) + "款"
	}
	return s
}

func chinese(digits string) string {
	n, err := strconv.Atoi(digits)
	if err != nil {
		panic(err)
	}
	s := ""
	if n >= 20 {
		s = ordinals[n/10-1]
	}
	if n >= 10 {
		s += "十"
	}
	if n%10 > 0 {
		s += ordinals[n%10-1]
	}
	return s
}

func amount(r *rand.Rand, yuan int64) string {
	switch {
	case yuan < 10000 || yuan%1000 != 0:
		return fmt.Sprintf("%d元", yuan)
	case yuan < 100000 && yuan%10000 == 0 && r.IntN(4) == 0:
		return ordinals[yuan/10000-1] + "万元"
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(yuan)/10000), ".0") + "万元"
}

func count(r *rand.Rand, n int64) string {
	switch r.IntN(4) {
	case 0:
		return fmt.Sprintf("约%d", n)
	case 1:
		return fmt.Sprintf("%d余", n)
	}
	return fmt.Sprint(n)
}
