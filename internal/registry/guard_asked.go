package registry

import (
	"regexp"
	"strings"
)

// askedPatterns find what tells a place or a person below what a bulletin tells, and may be harmless all the same.
var askedPatterns = []leakPattern{
	{kind: "网址", asked: true, near: []string{"http", "www.", ".com", ".cn", ".net", ".org", ".gov", ".edu", ".top", ".xyz", ".info", ".vip"}, find: expression(regexp.MustCompile(`(?:https?://|www\.)[^\s，。；、）)]+|[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|gov|edu|top|xyz|info|vip)(?:/[^\s，。；、）)]*)?`))},
	{kind: "未成年人", asked: true, near: []string{"岁", "未成年", "小学", "中学", "初中", "高中", "幼儿", "婴"}, find: expression(regexp.MustCompile(`(?:年仅|现年|时年|今年)?(?:^|[^0-9.一二三四五六七八九十]|[^0-9]\.|(?:^|[^0-9.])[0-9]\.)((?:1 ?[0-7]|[1-9]|十[一二三四五六七]?|[一二三四五六七八九]) ?周? ?岁)|未满(?:1[0-8]|十[一二三四五六七八]?) ?周? ?岁|(?:小学|初中|高中|幼儿园) ?[一二三四五六大中小1-6](?:年级|班)|未成年|(?:小|初中|高中|中|幼儿园)学?生(?:[^产物活长态成]|$)|幼儿园|婴幼?儿`))},
	{kind: "人名", asked: true, near: titleWords, find: expression(personBeforeTitle)},
	{kind: "人名", asked: true, near: roleWords, find: personBehindRole},
	{kind: "人名", asked: true, near: append([]string{"老"}, titleWords...), find: expression(surnameTitle)},
	{kind: "法院案号", asked: true, near: []string{"(19", "(20"}, find: expression(regexp.MustCompile(`\((?:19|20)[0-9]{2}\)\p{Han}[0-9]{2,4}\p{Han}{1,4}[0-9]+(?:-[0-9]+)?号`))},
}

// ownPatterns are made of what the city is called: places below its counties.
func (b *Bureau) ownPatterns() []leakPattern {
	return []leakPattern{{kind: "县以下地名", asked: true, near: strings.Split(belowKinds, "|"), find: b.placesBelow()}}
}

// numberWritten is the number of a document with what stands before it.
var numberWritten = regexp.MustCompile(`(\p{Han}{2,14})(\([0-9]{4}\)[0-9]{1,6}(?:-[0-9]{1,3})?)`)

// NumbersIn lists what the numbers of documents in a text may be, as DocNumberKeys: it does not know where one begins.
func NumbersIn(text string) (keys []string) {
	s := FoldNumbers(guardKey(Fold(text)))
	for _, z := range near(s, []string{"("}, 14, 16) { // the year, and what stands before it and behind
		for _, m := range numberWritten.FindAllStringSubmatch(s[z.from:z.to], -1) {
			before := []rune(m[1])
			for from := range len(before) - 1 {
				keys = append(keys, string(before[from:])+m[2])
			}
		}
	}
	return keys
}

const nameSurnames = "王李张刘陈杨赵黄周吴徐孙胡朱郭罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范姚谭廖邹熊陆郝崔邱秦侯邵孟龙段雷钱汤尹黎易乔贺赖龚文庞樊殷施陶洪翟颜倪严牛温芦季俞章鲁葛伍韦聂丛焦柳邢路岳梅莫庄辛祝左涂谷祁耿詹苗凌费纪靳盛童欧甄项游阳裴席屈鲍覃霍翁隋甘景薄阮桂闵柴冉房饶刁瞿戚丘岑区麦冼骆"

var titleWords = strings.Split(titles, "|")

var roleWords = strings.Split(nameRoleWords, "|")

const nameRoleWords = `负责人|法定代表人|法人代表|经营者|场主|户主|业主|老板|场长|养殖户|举报人|投诉人|举报者|见证人|证人|联系人|执法人员|当事人|责任人|村民|股东|姓名|饲养员|管理员|技术员|司机|会计|村支书|支书`

const titles = `先生|女士|场长|老板|经理|主任|书记|局长|站长|镇长|村长|队长|科长|所长|同志|师傅|大叔|阿姨|嫂|伯`

var (
	personBeforeTitle = regexp.MustCompile(`(?:^|[^\p{Han}]|[的是由向对经与和及为者人在])([` + nameSurnames + `]\p{Han}{1,2}(?:` + titles + `))`)
	surnameTitle      = regexp.MustCompile(`(?:^|[^\p{Han}]|[的是由向对经与和及为者人在])([` + nameSurnames + `](?:` + titles + `)|老[` + nameSurnames + `](?:[^\p{Han}]|$))`)
	roleThenName      = regexp.MustCompile(`(?:` + nameRoleWords + `)(?:姓名)?[为是叫系:]{0,2}([` + nameSurnames + `]\p{Han}{1,2})`)
	// What stands behind a name: the end of words, or one of those that begin what it does.
	behindName = regexp.MustCompile(`^(?:$|[^\p{Han}]|在|称|表示|承认|签|到场|将|把|擅自|未|因|于|名下|所|的|等|和|与|及|对|为|说|反映|举报|拒|身份|长期|多次|违法|污染|涉嫌|偷|非法|无证|私|尚|现场|一家|及其)`)
	notPerson  = regexp.MustCompile(`某|^(?:文书|文件|章程|易于|易地|盛装|温度|左右|路过|项目|房屋|房间|欧盟|游泳|严格|严重|谢绝|辛苦|许可|余下|钱款|龙头|牛场|牛只|牛奶|季节|田间|田地|水|黄色|白色|叶片|席位|阳光|景|梅雨|区域|区政|麦|施工|施行|施肥|陶瓷|夏季|秦|汤|丁|童|文化|文明|周边|周围|周期|周日|周末|陆续|陆上)`)
)

// personBehindRole finds a name behind what its bearer is: 负责人王大力在场.
func personBehindRole(s string) (list []byteSpan) {
	for _, m := range roleThenName.FindAllStringSubmatchIndex(s, -1) {
		for end := m[3]; end > m[2]+3; end -= 3 { // 王大力, or 王大 of 王大在场
			if behindName.MatchString(s[end:]) && !notPerson.MatchString(s[m[2]:end]) {
				list = append(list, byteSpan{m[2], end})
				break
			}
		}
	}
	return list
}

// anchored are words that a place stands behind, and the place: its own name and what it is.
const belowKinds = `镇|乡|街道|村委会|村民委员会|居委会|自然村|村|社区|工业园|工业区|农场|林场|水库|大道|路|街|巷|河|涌|溪|江|湖|圩|屯|围`

var (
	anchorWords = `位于|坐落于|地处|设在|建在|来到|前往|沿着|沿|流入|流经|流向|汇入|进入|排入|排向|排往|直排|注入|溢入|渗入|倾倒至|倾倒在|排放至|排放到|排到|排至|引至|引到|通往|通向|毗邻|紧邻|靠近|邻近|距离|距|辖区|家住|住在|在|至|到`
	// What is a place of any county: 附近河涌, 农村, 道路.
	anyPlace = regexp.MustCompile(`某|[的了和与及或等是有被将把经由从向对其该本此各每全同邻附近周围边外旁侧内大小中型主支干明暗灌排沟渠管水道公铁线思出进走马土沿岸乡农城集村市县区镇街场厂户池养殖畜禽污粪尿废处理设施现法规条款居民住宅饮用源自然行政所在当地一二三四五六七八九十两几多]$|` +
		`^(?:附近|周边|周围|场外|场内|厂外|外环境|自然|农村|城镇|乡镇|行政|相邻|邻近|下游|上游|当地|所在|该|本|一条|某|天然|雨水|污水|排水|灌溉|饮用|农田|田间|村边|路边|河边|旁边|地表|地下|外部|无名|小型|大型|中型|生态|养殖|畜禽|农业|现代|环境|国家|省级|县级|市级|人工|公共|主要|次要)|` +
		`道$|公$|[鱼水池]塘$|长江|黄河|珠江|江河|河流|湖泊`)
)

// placesBelow finds towns, villages, roads and waters below the county: 恩平市沙湖镇, 位于成平村, 排入锦江.
func (b *Bureau) placesBelow() func(string) []byteSpan {
	anchors := []string{}
	for _, d := range b.Districts {
		anchors = append(anchors, regexp.QuoteMeta(guardKey(Fold(d.Name))))
	}
	for _, d := range b.Districts {
		anchors = append(anchors, regexp.QuoteMeta(guardKey(Fold(d.Short))))
	}
	anchors = append(anchors, `县|镇|乡|街道`, anchorWords)
	basin := guardKey(Fold(strings.TrimSuffix(b.Basin, "流域")))
	re := regexp.MustCompile(`(?:` + strings.Join(anchors, "|") + `)(\p{Han}{1,5}?)(` + belowKinds + `)`)
	county := map[string]bool{}
	for _, d := range append(b.Districts, b.City) {
		county[guardKey(Fold(d.Name))], county[guardKey(Fold(d.Short))] = true, true
	}
	return func(s string) (list []byteSpan) {
		for _, m := range re.FindAllStringSubmatchIndex(s, -1) {
			name, kind := s[m[2]:m[3]], s[m[4]:m[5]]
			for d := range county { // 到恩平市沙湖镇
				name = strings.TrimPrefix(name, d)
			}
			name = strings.TrimLeft(name, "市县区")
			from := m[3] - len(name)
			single := kind == "江" || kind == "河" || kind == "湖" || kind == "溪" || kind == "涌"
			if name == "" && kind == "大道" && m[3] > m[2] { // 鹤山大道
				list = append(list, byteSpan{m[2], m[5]})
				continue
			}
			switch size := RuneLen(name); {
			case size == 0 || size == 1 && !single || size > 4:
				continue
			case name+kind == basin || county[name+kind] || anyPlace.MatchString(name) || notPlaceName.MatchString(name):
				continue
			case strings.HasPrefix(s[m[5]:], "门") && kind == "江":
				continue
			}
			list = append(list, byteSpan{from, m[5]})
		}
		for _, m := range hamlet.FindAllStringSubmatchIndex(s, -1) {
			if name := s[m[2]:m[3]]; !anyPlace.MatchString(name) && !notPlaceName.MatchString(name) {
				list = append(list, byteSpan{m[2], m[5]})
			}
		}
		return list
	}
}

// hamlet is a place whose kind tells it without anything before it: 三堡自然村.
var hamlet = regexp.MustCompile(`(?:^|[^\p{Han}])(\p{Han}{2,3})(自然村|村民小组|村委会|村民委员会)`)

// notPlaceName is what no name of a place holds.
var notPlaceName = regexp.MustCompile(`[的了是被将把从向对其该此各每及与和或等于以为而则已未不无没应须并且但因由经过至到入往来排走沿管道引通后前时日月年元吨米头羽只家条个座口处宗件起公里]|执法|检查|监测|处罚|整改|排放|污染|养殖|废水|污水|粪|法|责令|改正|政府|部门|单位|机关|群众|居民|村民|生产|经营|管理|保护|建设|利用`)
