package registry

import (
	"strings"

	"casebook/internal/lazyregexp"
)

// What leads to a person, a thing or a paper without naming it: the last figures of a number, a birth, who reported, the number of a decision without
// its letters. All of it is asked about.

const (
	relations = `邻居|隔壁|前妻|前夫|妻子|丈夫|儿子|女儿|儿媳|女婿|弟弟|哥哥|姐姐|妹妹|侄子|侄女|外甥|亲戚|亲属|亲友|家属|母亲|父亲|岳父|岳母|姐夫|妹夫|堂弟|堂哥|表哥|表弟|员工|雇员|工人|帮工|饲养员|养殖员|司机|会计|出纳|合伙人|承租人|出租人|房东|地主|租户|老师|教师|村医|医生|保安|门卫|厨师|技术员|` +
		`股东|同行|竞争对手|塘主|果农|菜农|供应商|经销商|客户|村干部|村支书|村主任|网格员|护林员|巡河员|退休干部|老党员|大学生|学生家长|女工|男工|同事|好友|朋友|知情者|内部人员|场主|志愿者|博主|自媒体|记者|职工|农户|承包户|小舅子|大舅子|女村民|男村民|钓鱼爱好者|住户|夫妻|夫妇|其(?:堂|表|大|小|二|三|亲|前)?[弟兄哥姐妹叔伯舅姑姨妻夫父母子女婿侄]`
	reports = `举报|投诉|检举|揭发|告发|爆料|告密|反映情况|反映问题|提供(?:的)?(?:线索|视频|照片|录像|证据)|来信|来电|写信|报料|信访|上访|控告|曝光`
	// decisionVerbs are what organs do by documents, as it stands in their numbers.
	decisionVerbs = `罚|改|立|告|听|责|停|查|扣|决|强|催|送|封|押|审|验|复|批|许|移|执|令`
)

// Each row is a way to tell, under examples of it.
var hintPatterns = []leakPattern{
	// 线人提供 (a word that says it all)
	{kind: "举报人身份", asked: true, near: []string{"吹哨", "线人", "知情人", "告密", "内线", "爆料", "告发", "卧底"}, find: expression(lazyregexp.New(`吹哨人|线人|知情人|告密者?|内线|爆料人?|告发|卧底`))},
	// 隔壁老王的邻居举报, 一名饲养员来信反映, 举报人姓李, 住在河边的投诉人
	{kind: "举报人身份", asked: true, near: []string{"举报", "投诉", "检举", "揭发", "告发", "爆料", "反映", "线索", "视频", "照片", "录像", "证据", "来信", "来电", "写信", "报料", "信访", "上访", "控告", "曝光"}, find: expression(lazyregexp.New(
		`(?:` + relations + `)[^,.;!?]{0,8}?(?:` + reports + `|反映)|(?:一|某|这|那|两|几)(?:[名位个对户]|家[^庭])[^,.;!?]{1,8}?(?:` + reports + `|反映)|[` + nameSurnames + `]某{1,2}[^,.;!?对被因]{0,8}?(?:举报|投诉|检举|揭发|告发|控告|报料|爆料)(?:[^件人]|$)|(?:首位|带头|第[一1]个)[^,.;!?]{0,4}(?:举报|投诉)|(?:举报|投诉)信由|来信人|来电人|上访户|(?:举报|投诉)人的?(?:电话|住址|地址|姓名|手机)|住在[^,.;!?]{1,12}(?:` + reports + `)|与[^,.;!?]{1,10}纠纷[^,.;!?]{0,6}(?:` + reports + `)|` +
			`(?:举报|投诉|检举|信访|来访|上访|报料|揭发|控告)(?:人|者|群众)(?:(?:系|姓|家?住|叫|名叫|之)|(?:是|为)(?:[^否奖保了查维此防避]|$)|[^,.;!?]{0,3}[` + nameSurnames + `]某)|(?:匿名|实名)(?:举报|投诉)(?:人|者)|提供线索的[^,.;!?]{1,6}|线索(?:来源于|来自|由)[^,.;!?]{0,6}(?:` + relations + `)`))},
	// 已离职的饲养员李某, 匿名男子
	{kind: "举报人身份", asked: true, near: []string{"离职", "辞职", "开除", "辞退", "解雇", "邻居", "隔壁", "同村", "知情", "匿名"}, find: expression(lazyregexp.New(`(?:离职|辞职|被开除|被辞退|被解雇)的?\p{Han}{2,4}|(?:邻居|隔壁|同村|知情)\p{Han}{0,3}[` + nameSurnames + `]某|匿名[^,.;!?]{0,6}(?:男子|女子|村民|员工)`))},
	// 据其妻子称
	{kind: "举报人身份", asked: true, near: []string{"据其"}, find: expression(lazyregexp.New(`据其[^,.;!?]{1,4}(?:讲|说|称|透露|介绍|反映)`))},
	// 生于1968年4月, 68年生人
	{kind: "出生日期", asked: true, form: closed, near: []string{"生于", "出生", "生日", "年生", "月生", "日生"}, find: expression(lazyregexp.New(`(?:出生于|生于|出生日期|出生年月|出生时间|生日)(?:为|是)?[:]?(?:[12][0-9]{3}|[0-9]{2})[年./-]|(?:^|[^0-9])(?:[12][0-9]{3}|[0-9]{2})年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:出生|生人|生(?:[^产猪态物活效成长育鲜牛鸡鸭羊鹅禽畜发态变]|$))`))},
	// 尾号8816, 身份证后四位5823, 1392开头, 开头为123456
	{kind: "号码尾数", asked: true, form: closed, near: []string{"尾", "末", "位", "开头", "结尾", "打头"}, find: expression(lazyregexp.New(`(?:^|[^0-9.])([0-9]{3,4})(?:开头|打头|结尾|收尾)|(?:开头|打头|结尾|收尾)(?:为|是|系)?[:]?"?([0-9]{3,9}[0-9x*]*)|(?:(?:证|证号|手机|电话|卡)[^,.;!?0-9]{0,4}[尾末后]|尾号|尾数|末尾|尾为|(?:前|后|末|最后|末尾|开头|头)[2-9]位(?:数字?)?)(?:分别)?(?:为|是|系)?[:]?"?([0-9a-z*]{3,9})(?:[^0-9a-z%.]|\.(?:[^0-9a-z]|$)|$)`))},
	// 123456****5823
	{kind: "未遮完的号码", asked: true, zone: codes, find: maskedNumbers(nil, maskedPart)},
	// 处罚决定第27号, 粤0783行初12号, 环罚27号
	{kind: "文书编号", asked: true, form: closed, near: []string{"号"}, find: expression(lazyregexp.New(`(?:处罚|决定书?|告知书?|立案|文书|文号|案号|编号|字号)[^,.;!?0-9]{0,6}第?0*[0-9]{1,5}号|粤[0-9]{4}[行刑民]\p{Han}{1,2}[0-9]+号|环(?:罚|改|立|责改|听告|告|查封|扣押|限|停|审|验)字?[^,.;!?0-9]{0,3}[0-9]{1,5}号|第?[0-9]{1,5}号(?:行政)?(?:处罚|决定|告知|立案|责令|案件|文书)|(?:^|[^0-9a-z])[a-z]{3,8}\(?20[0-9]{2}\)?[-_]?[0-9]{1,4}号`)), unless: decreeBehind},
	// 江开环罚2026-27, 罚字第(2026)27
	{kind: "文书编号", asked: true, form: closed, before: 9, behind: 20, near: each(decisionVerbs, "19|20|字19|字20|第19|第20|字第|(|字(|第("), find: expression(lazyregexp.New(`\p{Han}{0,8}[` + strings.ReplaceAll(decisionVerbs, "|", "") + `]字?第?\(?(?:19|20)[0-9]{2}年?\)?(?:第?[0-9]{1,5}|[-_/](?:1[3-9]|[2-9][0-9]|[0-9]{3,5}))`))},
	// 报告编号KP260518-03
	{kind: "报告编号", asked: true, form: closed, near: []string{"编号", "报告号", "样品号", "单号"}, find: expression(lazyregexp.New(`(?:决定书|告知书|通知书)\(?编号[:]?[0-9]+|编号(?:为|是)?[:]?([a-z]{0,4}[0-9-]{8,24})|(?:报告|样品|检测|监测|送检|运单|合同|订单|收据|发票)(?:编号|号|单号)(?:为|是)?[:]?([a-z0-9][a-z0-9()-]{4,24})`))},
	// d:\案卷\李某.docx, 192.168.1.20
	{kind: "文件路径", asked: true, near: []string{`\`, "/users", "/home", "/documents", "file:", "192.168", "10.", "172."}, find: expression(lazyregexp.New(`[a-z]:\\[^\s,;]+|\\\\[a-z0-9.-]+\\[^\s,;]+|(?:/users|/home|/documents)/[^\s,;]+|file:/+[^\s,;]+|(?:^|[^0-9.])((?:192\.168|10\.[0-9]{1,3}|172\.[123][0-9])\.[0-9]{1,3}\.[0-9]{1,3})(?:[^0-9.]|\.(?:[^0-9]|$)|$)`))},
	// www点abc点com, zhang艾特qq点com
	{kind: "网址", asked: true, form: closed, near: []string{"点com", "点cn", "点net", "(dot)", "(.)", "hxxp", "dot", "艾特", "(at)"}, find: expression(lazyregexp.New(`[a-z0-9-]+(?:点|\(dot\)|\(\.\)|dot)(?:com|cn|net|org|top|vip)|hxxps?[:/]|[a-z0-9._-]+(?:艾特|\(at\)|小老鼠)[a-z0-9]+`))},
	// 法定代表人之子, 其堂弟张某华
	{kind: "亲属", asked: true, near: append([]string{"其"}, kinOf...), find: expression(lazyregexp.New(`(?:` + strings.Join(kinOf, "|") + `)(?:之|的)(?:[堂表大小二三亲前]?(?:弟|兄|哥|姐|妹|叔|伯|舅|姑|姨|妻|夫|父|母|婿|侄|岳父|岳母|小舅子)|子(?:[^公项女孙]|$)|女(?:[^工]|$)|儿子|女儿|长子|次子|独子|长女|次女)|其(?:堂|表)?[弟兄哥姐妹叔伯舅姑姨妻夫父母子女婿侄](?:子|子女)?[` + nameSurnames + `]某`))},
	// 弓长先生
	{kind: "人名", asked: true, near: surnameParts, find: expression(lazyregexp.New(`(?:` + strings.Join(surnameParts, "|") + `)(?:某|姓|氏|总|` + titles + `)|姓(?:` + strings.Join(surnameParts, "|") + `)`))},
	// 名字头一个字是宏
	{kind: "人名", asked: true, near: each("字", "是|为|叫|取|读"), find: expression(lazyregexp.New(`(?:第[一二三四1-4]个?|头一?个?|首|末|尾|前|后|中间?的?(?:一个|那个)?|最后(?:一个)?)字(?:是|为|叫|取|读)[:]?"?\p{Han}"?(?:[,.;!?字]|$)`))},
	// Boss Zhang
	{kind: "人名", asked: true, near: foreignTitles, find: expression(lazyregexp.New(`(?:^|[^a-z])((?:` + strings.Join(foreignTitles, "|") + `)\.? ?[a-z]{2,12})(?:[^a-z]|$)`))}, // Boss Zhang
	// 排污证001V
	{kind: "许可证号", asked: true, form: closed, near: []string{"许可证", "排污证", "登记"}, find: expression(lazyregexp.New(`(?:许可证|排污证|登记(?:编号|回执)?)(?:编?号)?(?:为|是|尾号)?[:]?([0-9]{3}[a-z])(?:[^0-9a-z]|$)`))},
	// 靠近台山的那个镇
	{kind: "县以下地名", asked: true, near: []string{"靠近", "邻近", "毗邻", "紧邻", "紧靠", "接壤", "交界"}, find: expression(lazyregexp.New(`(?:靠近|邻近|毗邻|紧邻|紧靠|接壤|交界)[^,.;!?某]{0,8}的(?:那|这|一)?[个座条家]?(?:镇|乡|街道|村(?:[^民庄]|$)|圩)`))},
	// 开平碉楼群北侧
	{kind: "县以下地名", asked: true, near: strings.Split(landmarks, "|"), find: expression(lazyregexp.New(`[^,.;!?某的该\P{Han}]{2,6}(?:` + landmarks + `)群?(?:旁|边|对面|后面|前面|脚下|附近|[东南西北][侧面边])`))},
	// 加薇zwm8816, 微信同号, q群123456
	{kind: "网络账号", asked: true, form: closed, near: hintAccounts, find: expression(lazyregexp.New(`(?:加薇|绿泡泡|抠抠号?|扣号|加q|加群|群号|进群|私信|\+v|(?:^|[^a-z])(?:v|wx|vx|q)[^a-z0-9\p{Han}]{1,3})[:]?([a-z0-9_-]{5,20})|(?:微信|v信|薇信)(?:与|和|同)?(?:手机|电话)?同?号|(?:手机|电话)(?:号码?)?同微信|(?:扫码|扫描二维码)(?:添加|加群|加微)|扫[^,.;!?]{0,4}2维码|2维码[见如]图|(?:q群|q号|扣群)[:]?[0-9a-z]{5,12}|邮箱(?:为|是)?[:]?[a-z0-9][a-z0-9._@-]{4,}`))},
	// 短号668816
	{kind: "电话号码", asked: true, form: closed, near: []string{"短号", "小号", "集群网"}, find: expression(lazyregexp.New(`(?:短号|小号|集群网)(?:号码?)?(?:为|是)?[:]?([0-9]{3,8})`))},
	// 车牌尾号B23
	{kind: "车牌号", asked: true, form: closed, near: []string{"车牌", "号牌", "牌照", "牌号", "车号"}, find: expression(lazyregexp.New(`(?:车牌|号牌|牌照|牌号|车号)号?(?:尾号)?(?:为|是)?[:]?([a-z]?[a-z0-9*]{3,6})`))},
	// 粤(J)12345, 悦J12345, 粤J1**45
	{kind: "车牌号", asked: true, form: closed, zone: codes, find: expression(lazyregexp.New(`粤\([a-z]\)[a-z0-9]{5,6}|粤[0-9]{2}[.-]?[a-z0-9]{5}(?:[^0-9a-z]|$)|粤[a-z](?:[.-][a-z0-9]){5,6}|粤[a-z]字?[a-z0-9]{5,6}(?:[^0-9a-z]|$)|(?:[粤悦月越岳阅]|yue|广东|广西|湖南|江西|福建)[.-]?[a-z][.-]?(?:[a-z0-9]{5,6}|[0-9a-z*某]{0,4}[*某]+[0-9a-z]{2,4}|[0-9a-z]{2,4}[*某]+[0-9a-z]{0,3})(?:[^0-9a-z]|$)`))},
	// 开户行农商行赤水支行
	{kind: "银行账号", asked: true, near: []string{"开户行", "开户银行", "支行", "信用社"}, find: expression(lazyregexp.New(`开户(?:行|银行)[:为是]?\p{Han}{2,}|\p{Han}{2,10}(?:银行|农商行|信用社)\p{Han}{2,6}(?:支行|分行|分理处)`))},
	// 此件不公开, 送审稿
	{kind: "涉密标志", asked: true, near: []string{"密", "内参", "内部", "公开", "阅", "稿", "急", "外传", "转载", "保管", "confidential", "secret", "classified", "internal"}, find: expression(lazyregexp.New(`密级|^ ?秘密 ?$|内参|此件不|依申请公开|不公开发布|^ ?不(?:予)?公开 ?$|^ ?内部 ?$|内部(?:刊物|参考|明电|传真|文稿|稿|通讯|简报)|` +
		`仅限内部|仅供(?:内部|参阅|参考)|[请切]?勿外传|不得转载|特急|加急|密件|密电|涉案保密|保密期限|送审稿|审议稿|^ ?保密 ?$|\(内部\)|讨论稿|未定稿|征求意见稿|(?:^|[^起])草稿|请妥善保管|阅后即焚|阅后销毁|confidential|(?:top )?secret|classified|internal use|for internal`))},
	// 不对外公开, but not 不得公开举报人信息
	{kind: "涉密标志", asked: true, near: []string{"公开"}, find: expression(lazyregexp.New(`(?:不得|请勿|严禁|不宜|不对外)公开`)), unless: lazyregexp.New(`^(?:举报|个人|当事|他人|商业|国家|未成年|相关个人)`)},
	// 黎姓老板, 姓黎的
	{kind: "人名", asked: true, near: []string{"姓"}, find: expression(lazyregexp.New(`(?:^|[^\p{Han}]|[的是由向对经与和及为者人在据以找让叫给请被把将即系称问到见访名位个一])([` + nameSurnames + `]姓[^名氏])|姓([` + nameSurnames + `])(?:的|，|,|。|$)`))},
	// UTM 49Q 650000 2450000
	{kind: "经纬度", asked: true, near: []string{"utm", "mgrs", " deg", "49q", "50q"}, find: expression(lazyregexp.New(`(?:utm|mgrs) ?[0-9]{1,2}|[0-9]{1,3} ?deg ?[0-9]{1,2}|(?:49|50)q ?[a-z]{0,2} ?[0-9]{4,10}(?: ?[0-9]{4,7})?`))},
	// 112,32,53.6
	{kind: "经纬度", asked: true, zone: numbers, find: expression(lazyregexp.New(`(?:^|[^0-9.])((?:2[0-9]|1[01][0-9]) ?, ?[0-5]?[0-9] ?, ?[0-5]?[0-9]\.[0-9]+)`))}, // as pictures hold them
}

var hintAccounts = []string{"加薇", "绿泡泡", "抠抠", "扣号", "扣群", "加q", "加群", "群号", "进群", "私信", "+v", "v", "wx", "q", "微信", "薇信", "扫", "2维码", "邮箱", "qq"}

var (
	kinOf         = strings.Split("法定代表人|法人代表|负责人|经营者|当事人|场主|老板|业主|户主", "|")
	surnameParts  = strings.Split("弓长|木子|耳东|双木|古月|口天|言午|立早|三横王|走肖|禾呈|木易|草头黄|卯金刀|十八子|西早|双口吕", "|") // 张 taken apart
	foreignTitles = strings.Split("mr|mrs|ms|miss|boss|manager|director|uncle|auntie", "|")
)

// landmarks are what strangers find a farm by.
const landmarks = `碉楼|景区|高铁站|火车站|汽车站|车站|机场|服务区|度假区|森林公园|湿地公园|陵园|填埋场|污水处理厂|电厂|水厂|体育场|体育馆|古村|古镇|医院`

// maskedPart is a number of which both ends, or most of its beginning, are left.
var maskedPart = lazyregexp.New(`(?:^|[^0-9*])([0-9]{3,}(?: ?[0-9]+)* ?\*(?: ?\*){2,}(?: ?[0-9x]{2,})|[0-9](?: ?[0-9]){5,} ?\*(?: ?\*){2,}|\*(?: ?\*){2,} ?[0-9]{4,})(?:[^0-9*]|$)`)

// decreeBehind are orders and standards whose number is public.
var decreeBehind = lazyregexp.New(`^(?:令|公告|标准|修改单)`)
