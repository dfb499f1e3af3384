package registry

import (
	"slices"
	"strings"
	"unicode/utf8"

	"casebook/internal/lazyregexp"
)

// anchored are words that a place stands behind, and the place: its own name and what it is.
const belowKinds = `镇|乡|街道|村委会|村民委员会|居委会|自然村|村|社区|工业园|工业区|农场|林场|水库|大道|路|街|巷|河|涌|溪|江|湖|圩|屯|围`

var (
	anchorWords = `位于|坐落于|地处|设在|建在|来到|前往|沿着|沿|流入|流经|流向|汇入|进入|排入|排向|排往|直排|注入|溢入|渗入|倾倒至|倾倒在|排放至|排放到|排到|排至|引至|引到|通往|通向|毗邻|紧邻|靠近|邻近|距离|距|辖区|家住|住在|在|至|到`
	// What is a place of any county: 附近河涌, 农村, 道路.
	anyPlace = lazyregexp.New(`某|[的了和与及或等是有被将把经由从向对其该本此各每全同邻附近周围边外旁侧内大小中型主支干明暗灌排沟渠管道公铁线思出进走马土沿岸农集村市县区镇街场厂户池养殖畜禽污粪尿废处理设施现法规条款居民住宅饮用源自然行政所在当地一二三四五六七八九十两几多]$|` +
		`^[江河沟溪湖海级]$|^在|[要大各]江$|^(?:附近|周边|周围|场外|场内|厂外|外环境|自然|农村|城镇|乡镇|行政|相邻|邻近|下游|上游|当地|所在|该|本|一条|某|天然|雨水|污水|排水|灌溉|饮用|农田|田间|村边|路边|河边|旁边|地表|地下|外部|无名|小型|大型|中型|生态|养殖|畜禽|农业|现代|环境|国家|省级|县级|市级|人工|公共|主要|次要)|` +
		`道$|公$|^城$|[城下各农全]乡$|[污废雨排饮用灌给供引蓄储沼氧清冷净臭黑流出进下上]水$|[小各县乡全市大中新老]城$|[鱼水池]塘$|长江|黄河|珠江|江河|河流|湖泊`)
)

// placesBelow finds towns, villages, roads and waters below the county: 恩平市沙湖镇, 位于成平村, 排入锦江.
func (b *Bureau) placesBelow() func(string) []byteSpan {
	var anchors []string
	for _, d := range b.Districts {
		anchors = append(anchors, guardKey(Fold(d.Name)))
	}
	for _, d := range b.Districts {
		anchors = append(anchors, guardKey(Fold(d.Short)))
	}
	before := newWordList(slices.Concat(anchors, strings.Split(`县|镇|乡|街道|`+anchorWords, "|")))
	basin := guardKey(Fold(strings.TrimSuffix(b.Basin, "流域")))
	ofBasin := func(place string) bool { return basin != "" && strings.HasSuffix(place, basin) }
	county := map[string]bool{}
	for _, d := range append(b.Districts, b.City) {
		county[guardKey(Fold(d.Name))], county[guardKey(Fold(d.Short))] = true, true
	}
	return func(s string) (list []byteSpan) {
		for _, m := range behindAnchors(s, before) {
			name, kind := s[m.from:m.kind], s[m.kind:m.to]
			for d := range county { // 到恩平市沙湖镇
				name = strings.TrimPrefix(name, d)
			}
			name = strings.TrimLeft(name, "市县区")
			from := m.kind - len(name)
			single := kind == "江" || kind == "河" || kind == "湖" || kind == "溪" || kind == "涌"
			if name == "" && kind == "大道" && m.kind > m.from { // 鹤山大道
				list = append(list, byteSpan{m.from, m.to})
				continue
			}
			switch size := RuneLen(name); {
			case size == 0 || size == 1 && (!single || strings.Contains("山小大支", name)) || size > 4:
				continue
			case ofBasin(name+kind) || county[name+kind] || anyPlace.MatchString(name) || notPlaceName.MatchString(name):
				continue
			case strings.HasPrefix(s[m.to:], "门") && kind == "江", kind == "村" && villageWord.MatchString(s[m.to:]):
				continue
			}
			list = append(list, byteSpan{from, m.to})
		}
		list = append(list, barePlaces(s, func(place string) bool { return county[place] || ofBasin(place) })...)
		return list
	}
}

// placed is a name and the word behind it that tells what it is.
type placed struct{ from, kind, to int }

// behindAnchors finds one to five characters and a kind of place behind the words that lead to places; of those that begin alike the one that leads there.
func behindAnchors(s string, anchors wordList) (list []placed) {
	for at := 0; at < len(s); {
		r, next := utf8.DecodeRuneInString(s[at:])
		for _, anchor := range anchors[r] {
			if strings.HasPrefix(s[at:], anchor) {
				if m, ok := namedPlace(s, at+len(anchor), 1, 5, belowKindWords.size); ok {
					list, next = append(list, m), m.to-at
					break
				}
			}
		}
		at += next
	}
	return list
}

// namedPlace is a name of so many characters, as few as may be, with a kind behind it.
func namedPlace(s string, from, least, most int, kind func(string) int) (placed, bool) {
	at := from
	for n := 1; n <= most; n++ {
		r, size := utf8.DecodeRuneInString(s[at:])
		if !isHan(r) {
			break
		}
		at += size
		if n >= least {
			if k := kind(s[at:]); k > 0 {
				return placed{from, at, at + k}, true
			}
		}
	}
	return placed{}, false
}

// betweenWords finds names that stand at the beginning, behind what is no Chinese character, and behind one of some words.
func betweenWords(s string, words *characters, find func(from int) (placed, bool)) (list []placed) {
	if m, ok := find(0); ok {
		list = append(list, m)
	}
	for at := 0; at < len(s); {
		if n := len(list); n > 0 && at < list[n-1].to {
			at = list[n-1].to
			continue
		}
		r, size := utf8.DecodeRuneInString(s[at:])
		at += size
		if words.has(r) || !isHan(r) {
			if m, ok := find(at); ok {
				list = append(list, m)
			}
		}
	}
	return list
}

// wordList are words by what they begin with, in their order.
type wordList map[rune][]string

func newWordList(words []string) wordList {
	list := wordList{}
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		list[first] = append(list[first], w)
	}
	return list
}

// size is that of the first of them that a text begins with.
func (l wordList) size(s string) int {
	first, _ := utf8.DecodeRuneInString(s)
	for _, w := range l[first] {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}

var (
	belowKindWords = newWordList(strings.Split(belowKinds, "|"))
	bareKindWords  = newWordList(strings.Split(bareKinds, "|"))
	placeBefore    = charactersOf(beforePlace)
	landBefore     = charactersOf(beforePlace + "沿从往向")
)

// bareKind is the size of a kind of place that needs no word before its name, or of a numbered team of a village.
func bareKind(s string) int {
	if first, _ := utf8.DecodeRuneInString(s); first == '村' || first == '第' || isFigure(figureOf(first)) || first == '十' {
		if m := teamBehind.FindString(s[:min(len(s), 32)]); m != "" {
			return len(m)
		}
	}
	return bareKindWords.size(s)
}

var teamBehind = lazyregexp.New(`^村?第?[一二三四五六七八九十0-9]{1,3}(?:村民小组|小组|组|队)`)

// barePlaces finds places that nothing leads to; public tells those that may be published.
func barePlaces(s string, public func(place string) bool) (list []byteSpan) {
	for _, m := range betweenWords(s, placeBefore, func(from int) (placed, bool) { return namedPlace(s, from, 2, 3, bareKind) }) {
		if !behindPlace.MatchString(s[m.to:]) {
			continue
		}
		from, kind := m.from+leading(s[m.from:m.kind], 2), s[m.kind:m.to]
		name := s[from:m.kind]
		if place := name + kind; !public(place) && (!public(name) || kind == "大道") && !anyPlace.MatchString(name) && !notPlaceName.MatchString(name) &&
			!anyBare.MatchString(place) && !anyRoad.MatchString(place) {
			list = append(list, byteSpan{from, m.to})
		}
	}
	return list
}

var (
	// What such a place stands before: the end of words, or what goes on about it.
	behindPlace = lazyregexp.New(`^(?:$|[^\p{Han}]|涉嫌|污染|违法|现场|的|旁|边|畔|附近|一带|境内|内|支流|干流|流域|河段|上游|下游|上|下|对面|某|沿线|\p{Han}{2,4}(?:村|社区|路|组|开发区|工业园)|段|等|流[入出向经]|底|[东南西北][侧岸面边部段角方]|反映|尚|长期|未|为例|[一二三四五六七八九十0-9])`)
	// The kind tells no place of these.
	anyBare = lazyregexp.New(`^(?:案例|距离|靠近|临近|紧邻|跨越|横跨|穿过|家庭|国有|国营|大型|小型|文明|美丽|示范|试点|和美|幸福|城中|空心|贫困|脱贫|移民|库区|沿线|相关|涉事|涉案|有关|其他|所有|各个|整个|致富|康庄|高速|柏油|水泥|环城|沿江|沿河|内河|外河|运河|山间|跨河|跨江|过路|立交|人行|重点|中心|部分|多个|若干|少数|个别|周围|相关|全部|连片|下辖|上述|前述|整治|清理|治理|巡查|河长|黑臭|饮用|引水|蓄水|大中|中小|一般|特色|生猪|种养|循环|绿色|生态|立体|现代|标准|规模|养猪|养鸡|养鸭|肉鸽|奶牛|林下|开放|专业|联合|合作|集体|股份|村级|镇级|县级|市级|省级|国家|山区|平原|丘陵|湖区|滨海|沿海|机耕|田间|进村|进场)|` +
		`^(?:小|大|山|深|支|干|暗|明|排洪|排水|灌溉|无名)(?:溪|河|涌|湖|路|街|巷|桥)$|^(?:一条|两条|那条|这条|几条|多条|条)|(?:石子|沙土|碎石|泥|思|出|线|电|套|门|半|岔|末|死|后|退|活|生|弯|进场|场内|厂内)路$`)
	// Roads that a number tells, and the stone beside them: X555县道, 325国道, K68+300.
	numberedRoad = lazyregexp.New(`[gsxyc] ?[0-9]{3,4} ?(?:国道|省道|县道|乡道|村道|线)|(?:国道|省道|县道|乡道) ?[gsxyc]?[0-9]{3}|[0-9]{3}(?:国道|省道|县道|乡道)|k[0-9]{1,4}\+[0-9]{3}|(?:^|[^a-z0-9])[gsxy][0-9]{3}(?:[^0-9a-z.]|\.(?:[^0-9a-z]|$)|$)`)
)

// villageWord is what 村 is a part of: 接村民投诉.
var villageWord = lazyregexp.New(`^(?:民(?:[^小]|$)|级|道|庄|务|居)`)

// beforePlace are words that a place stands behind.
const beforePlace = `解是为于在的和与及据见访称示经即系属叫以离对面毗邻途坐落来自关至到员`

// bareKinds are what places are that nothing need lead to: 苍城镇, 图为金鸡桥, 三堡自然村, 龙胜村第三组.
const bareKinds = `街道办事处|街道|镇|乡|自然村|村民小组|村委会|村民委员会|居委会|经济合作社|经济联合社|生产队|村|社区|工业园|工业区|开发区|农场|林场|水库|大道|东路|南路|西路|北路|中路|路|街|巷|河|涌|溪|湖|圩|墟|大桥|桥|水闸|电排站|泵站|渡口|码头`

// notPlaceName is what no name of a place holds.
var notPlaceName = lazyregexp.New(`[的了是被将把从对其该此各每及与或等于以为则已未不无没应须并且但因至到入往排管]|^[向和而由经过来走沿引通后前时年元吨米羽只家条个座处宗件起]|[向和而由经过来走沿道引通后前时日月年元吨米羽只家条个座处宗件起公里]$|[出入洞路门村排总管沟]口|执法|检查|监测|处罚|整改|排放|污染|养殖|废水|污水|粪|法|责令|改正|政府|部门|单位|机关|群众|居民|村民|生产|经营|管理|保护|建设|利用|两级|级河`)

// Hills, dales and islets, which name farms as villages do: 皂幕山下, 黄泥坑, 横冲围. Many words end as they do.
var (
	generalLand = lazyregexp.New(`[环登上下进靠依半后前深高荒矿火江青爬开封石土果茶林巡银翻绿名绕一座片整个傍近邻小大到出入]山$|(?:[土水粪渗大深污集淀挖填埋弹该小个]|收集|沉淀|储存)坑$|[上在下到站门定顶离转法益前护位执]岗$|[周范包外氛突合基堤四入]围$|[亚各绿沙]洲$|[草地晒停空]坪$|(?:^|[个片处该])[港海河水小]湾$|` +
		`[山斜边护上下高陡缓土屋滑放]坡$|[山漏涵孔黑空墙桥破打一个挖]洞$|[山分]岭$|[海小孤半该]岛$|[鱼水池山氧化淀存粪污藕荷大小口个该些各废干暗边虾蟹苗泥围河子积]塘$|^(?:一|两|三|四|该|这|那[条个座片块处些]|各|多|数|每|某)|某|[的了是将把被]`)
	generalWater = lazyregexp.New(`[临傍靠近涉亲污废雨排饮用灌给供引蓄储沼氧清冷净臭黑流出进下上粪尿尾渗洪河湖江海山井热凉洗冲浇沟塘渠田节亲涌治护耗取补回泉]水$|(?:排|引|泄|输|供|下|过|航|行|通|进|出|取|河|主)水道$|(?:反|直|缓|水|雨|首|对)冲$|[页砂泥花玄灰]岩$`)
	waterBehind  = lazyregexp.New(`^(?:支流|流域|上游|下游|$|[^\p{Han}])`)
)

const (
	landKinds = `山岭坑岗冈坳洲塱垌峒坪咀湾围坡洞埔塘水岛滘岩冲`
	shortLand = `坑岗塱垌坳` // also behind one character: 黄坑
)

// landBehind is what goes on behind a landform.
var landBehind = lazyregexp.New(`^(?:$|[^\p{Han}]|[脚下麓谷旁边内某]|[东南西北]麓|养|猪|鸡|鸭|鹅|牛|附近|一带|境内|支流|流域|上游|下游|村)`)

// landKind is the size of a kind of landform with what goes on behind it.
func landKind(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune(landKinds, r) {
		return 0
	}
	if landBehind.MatchString(s[size:]) {
		return size
	}
	if rest, ok := strings.CutPrefix(s, "水道"); ok && landBehind.MatchString(rest) {
		return len("水道")
	}
	return 0
}

// landforms finds them, whichever county they are of.
func (b *Bureau) landforms(s string) (list []byteSpan) {
	for _, m := range betweenWords(s, landBefore, func(from int) (placed, bool) { return landName(s, from) }) {
		from := m.from + leading(s[m.from:m.to], 2)
		name := s[from:m.to]
		county := slices.ContainsFunc(b.Districts, func(d District) bool { return strings.HasSuffix(name, d.Short) })
		switch {
		case county || generalLand.MatchString(name) || generalWater.MatchString(name) || notPlaceName.MatchString(name) || ordinary[name]:
		case strings.HasSuffix(name, "水") && !waterBehind.MatchString(s[m.to:]):
		default:
			list = append(list, byteSpan{from, m.to})
		}
	}
	return list
}

// landName is a landform with the name before it.
func landName(s string, from int) (placed, bool) {
	if m, ok := namedPlace(s, from, 2, 3, landKind); ok {
		return m, true
	}
	m, ok := namedPlace(s, from, 1, 1, landKind)
	return m, ok && strings.Contains(shortLand, s[m.kind:m.to])
}

// leading is how much of a name leads to it (经三埠河, 题为横岗): up to the last such word before as many characters as a name has at least.
func leading(name string, least int) (size int) {
	left := RuneLen(name)
	for i, r := range name {
		if left--; left < least {
			break
		}
		if strings.ContainsRune(beforePlace, r) {
			size = i + utf8.RuneLen(r)
		}
	}
	return size
}

// towns finds the towns of the districts, with their last word and without: 宅梧境内. Where the bare word is also another one (水口, 共和), only with
// what tells a place.
func (b *Bureau) towns() func(string) []byteSpan {
	type town struct {
		bare  string
		first bool // the word is an ordinary one
	}
	known := map[rune][]town{}
	every, counties := DefaultTowns(), []string{}
	for _, d := range b.Districts {
		counties = append(counties, d.Name, d.Short)
		for _, name := range every[d.Code] {
			bare := townForm.off(name)
			first, _ := utf8.DecodeRuneInString(bare)
			known[first] = append(known[first], town{bare, ordinary[bare]})
		}
	}
	var heads characters
	for first := range known {
		heads.put(first)
	}
	leads := append(counties, "位于", "在", "来自", "前往", "途经", "地处", "我市", "本市")
	return func(s string) (list []byteSpan) {
		for i, r := range s {
			if !heads.has(r) {
				continue
			}
			for _, t := range known[r] {
				rest, ok := strings.CutPrefix(s[i:], t.bare)
				if !ok {
					continue
				}
				form := townKind.FindString(rest)
				place := form != "" || townBehind.MatchString(rest) && !notTownBehind.MatchString(rest) || slices.ContainsFunc(leads, func(w string) bool { return strings.HasSuffix(s[:i], w) })
				if place || !t.first && !notTownBehind.MatchString(rest) {
					list = append(list, byteSpan{i, i + len(t.bare) + len(form)})
				}
			}
		}
		return list
	}
}

var (
	townKind      = lazyregexp.New(`^(?:街道办事处|街道|镇|乡)`)
	townBehind    = lazyregexp.New(`^(?:境内|一带|某|圩|墟|籍|出口|辖区|片区|分局|所辖|(?:的|有)?一[家个名处])`)
	notTownBehind = lazyregexp.New(`^(?:[国型性式源口价率制]|一[的体式])`)

	// 村里12号, 12号屋, 第三村民小组.
	houseNumber  = lazyregexp.New(`(?:村|里|巷|街|路|大道|坊|屯)[0-9]{1,4}(?:-[0-9]+)?号|[0-9]{1,4}号(?:屋|民房|民宅|住宅|院|大院|楼|门牌)|门牌(?:号码?)?(?:为|是)?:?[0-9]{1,4}`)
	numberedTeam = lazyregexp.New(`第?[0-9]{1,3}(?:村民小组|生产队|经济合作社|经济社|经联社|经济联合社)`)

	// A school or a temple with its name, which every neighbour knows.
	institution        = lazyregexp.New(`(?:^|[^\p{Han}]|[` + beforePlace + `沿从往向近])(\p{Han}{1,4}?(?:小学|中学|派出所|卫生院|卫生站|敬老院|养老院|祠堂|庙|宫|教堂|水电站|变电站|砖厂|石场|采石场|收费站|加油站|农贸市场|农家乐|度假村|温泉))`)
	generalInstitution = lazyregexp.New(`某|^(?:该|本|各|中|小|镇|乡|村|附近|当地|周边|周围|邻近|乡镇|农村|各镇|全市|辖区|属地|公安|所在|寺|所|城乡|镇村|区内|县级|大型|一座|一家|一所|多所)+(?:小学|中学|派出所|卫生院|卫生站|敬老院|养老院|祠堂|庙|宫|教堂|水电站|变电站|砖厂|石场|采石场|收费站|加油站|农贸市场|农家乐|度假村)$|[、和与]`)
)

func institutions(s string) (list []byteSpan) {
	for _, m := range institution.FindAllStringSubmatchIndex(s, -1) {
		if name := s[m[2]+leading(s[m[2]:m[3]], 3) : m[3]]; !generalInstitution.MatchString(name) && !notPlaceName.MatchString(name) {
			list = append(list, byteSpan{m[3] - len(name), m[3]})
		}
	}
	return list
}
