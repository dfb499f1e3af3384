package registry

import (
	"slices"
	"strings"
	"unicode/utf8"

	"casebook/internal/lazyregexp"
)

// askedPatterns find what tells a place or a person below what a bulletin tells, and may be harmless all the same.
var askedPatterns = []leakPattern{
	{kind: "网址", asked: true, near: webWords, find: expression(webAddress)},
	{kind: "网址", asked: true, form: closed, near: webWords, find: expression(webAddress)},
	{kind: "未成年人", asked: true, near: minorWords, find: expression(minor), unless: minorsAtAll},
	{kind: "未成年人", asked: true, form: closed, near: minorWords, find: expression(minor), unless: minorsAtAll},
	{kind: "人名", asked: true, near: titleWords, find: expression(personBeforeTitle)},
	{kind: "人名", asked: true, before: 1, behind: 12, near: roleWords, find: personBehindRole},
	{kind: "人名", asked: true, near: append([]string{"老"}, titleWords...), find: expression(surnameTitle)},
	{kind: "法院案号", asked: true, near: []string{"(19", "(20"}, find: expression(lazyregexp.New(`\((?:19|20)[0-9]{2}\)\p{Han}[0-9]{2,4}\p{Han}{1,4}[0-9]+(?:-[0-9]+)?号`))},
}

var (
	minorWords = slices.Concat([]string{"岁", "龄", "未成年", "小学", "中学", "初中", "高中", "学生", "幼", "婴", "童", "年级", "出生", "年生", "月生", "日生", "学前", "年方", "未满", "襁褓", "放学", "班主任", "少年犯", "孩", "还小", "0后", "5后"},
		each("小|初|高", "一|二|三|四|五|六|1|2|3|4|5|6"))
	minor = lazyregexp.New(`(?:年仅|现年|时年|今年)?(?:^|[^0-9.一二三四五六七八九十]|[^0-9]\.|(?:^|[^0-9.])[0-9]\.)((?:1 ?[0-7]|[1-9]|十[一二三四五六七]?|[一二三四五六七八九]) ?周? ?岁)|未满(?:1[0-8]|十[一二三四五六七八]?) ?周? ?岁|(?:小学|初中|高中|幼儿园) ?[一二三四五六大中小1-6](?:年级|班)|未成年|(?:^|[^中大])(?:小|初中|高中|中)学生(?:[^产物活长态成]|$)|(?:初|高)中生|幼儿园(?:小朋友|孩子|的孩子|学生|幼儿)|婴幼?儿|` +
		`(?:在|上|读|就读)(?:读|于)?[^,.;!?]{0,5}(?:小学|初中|高中|中学|幼儿园|学前班|[初高][一二三123]|[一二三四五六]年级)|[初高][一二三123] ?(?:学生|在读|女生|男生|的)|[三四五六七八九十]龄童|(?:男|女|孩|幼|留守儿|学)童|童工|(?:2009|20[12][0-9])年(?:[^,.;!?]{0,4}出生|(?:[^,.;!?]{0,3}[月日])?生)的|学前班|(?:读|上|念|在)[小初高][一二三四五六1-6]|小[一二三四五六]生|[一二三四五六七八九1-9]年级(?:学生|的|在读)|(?:念|读|上)着?(?:小学|初中|高中|中学)|(?:小学|初中|高中)在读|少年犯|年方 ?[0-9一二十]|虚岁|[01][05]后(?:男孩|女孩|学生|少年|青年)|未满 ?(?:1[0-8]|十[一二三四五六七八]?)(?:[^0-9年个天月日万亩头]|$)|[0-9一二两三四五]名(?:儿童|孩子|小孩|学生)|襁褓|十[一二三四五六七][二三四五六七八] ?岁|(?:儿子|女儿|孩子)[^,.;]{0,4}(?:尚幼|年幼|还小)|放学|班主任`)

	// minorsAtAll is behind a word that speaks of no child in particular: 对未成年人开展教育.
	minorsAtAll = lazyregexp.New(`^人(?:开展|保护|教育|权益|健康|思想|法治)`)

	webWords   = []string{"http", "www.", ".com", ".cn", ".net", ".org", ".gov", ".edu", ".top", ".xyz", ".info", ".vip", ".tv", ".cc", ".me", ".io", ".hk", ".site", ".shop", ".club", ".ltd", ".link"}
	webAddress = lazyregexp.New(`(?:https?://|www\.)[^\s,;）)]+|[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|gov|edu|top|xyz|info|vip|tv|cc|me|io|hk|site|shop|club|ltd|link)(?:/[^\s,;）)]*)?`)
)

// ownPatterns are made of what the city is called: places below its counties.
func (b *Bureau) ownPatterns() []leakPattern {
	find := b.placesBelow()
	below := leakPattern{kind: "县以下地名", asked: true}
	of := func(form textForm, near []string, find func(string) []byteSpan) leakPattern {
		below.form, below.near, below.find = form, near, find
		return below
	}
	return []leakPattern{
		of(byWords, nil, find), of(byLines, nil, find), of(byWords, nil, b.towns()), of(byWords, []string{"g", "s", "x", "y", "c", "k", "国道", "省道", "县道", "乡道"}, expression(numberedRoad)), of(byWords, nil, b.landforms),
		of(closed, []string{"号"}, expression(houseNumber)), of(closed, []string{"组", "队", "社"}, expression(numberedTeam)),
		of(byWords, []string{"学", "所", "院", "站", "祠", "庙", "宫", "教堂", "砖厂", "石场", "市场", "农家乐", "度假村", "温泉"}, institutions),
	}
}

// numberWritten is the year and the number of a document.
var numberWritten = lazyregexp.New(`^\([0-9]{4}\)[0-9]{1,6}(?:-[0-9]{1,3})?`)

// mostOrgan is how many characters may stand before the year of a number that is looked for.
const mostOrgan = 14

// NumbersIn lists what the numbers of documents in a text may be, as DocNumberKeys: it does not know where one begins.
func NumbersIn(text string) (keys []string) {
	s := FoldNumbers(guardKey(Fold(text)))
	for at := range s {
		if s[at] != '(' {
			continue
		}
		written := numberWritten.FindString(s[at:])
		for from, n := at, 0; written != "" && n < mostOrgan; n++ {
			r, size := utf8.DecodeLastRuneInString(s[:from])
			if !isHan(r) {
				break
			}
			if from -= size; n > 0 {
				keys = append(keys, s[from:at]+written)
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
	personBeforeTitle = lazyregexp.New(`(?:^|[^\p{Han}]|[的是由向对经与和及为者人在据以找让叫给请被把将即系另称问到见访])([` + nameSurnames + `]\p{Han}{1,2}(?:` + titles + `))`)
	surnameTitle      = lazyregexp.New(`(?:^|[^\p{Han}]|[的是由向对经与和及为者人在据以找让叫给请被把将即系另称问到见访])([` + nameSurnames + `](?:` + titles + `)|[` + surnames + `](?:先生|女士|老板|师傅|阿姨|大叔)|老[` + nameSurnames + `](?:[^\p{Han}]|$))`)
	roleThenName      = lazyregexp.New(`(?:` + nameRoleWords + `)(?:姓名)?[为是叫系:]{0,2}([` + nameSurnames + `]\p{Han}{1,2})`)
	// What stands behind a name: the end of words, or one of those that begin what it does.
	behindName = lazyregexp.New(`^(?:$|[^\p{Han}]|在|称|表示|承认|签|到场|将|把|擅自|未|因|于|名下|所|的|等|和|与|及|对|为|说|反映|举报|拒|身份|长期|多次|违法|污染|涉嫌|偷|非法|无证|私|尚|现场|一家|及其)`)
	notPerson  = lazyregexp.New(`某|^(?:陈述|文书|文件|章程|易于|易地|盛装|温度|左右|路过|项目|房屋|房间|欧盟|游泳|严格|严重|谢绝|辛苦|许可|余下|钱款|龙头|牛场|牛只|牛奶|季节|田间|田地|水|黄色|白色|叶片|席位|阳光|景|梅雨|区域|区政|麦|施工|施行|施肥|陶瓷|夏季|秦|汤|丁|童|文化|文明|周边|周围|周期|周日|周末|陆续|陆上)`)
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
