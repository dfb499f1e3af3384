package registry

import (
	"strings"

	"casebook/internal/lazyregexp"
)

// person adds whoever a field for a name holds: one name, or names among other words (王大力（场长）, 陈小明/谭大牛). Who is told by a role or
// masked already (场主, 李某) hides nothing.
func (c *collector) person(kind, text string) {
	names := namesIn(text)
	for _, n := range names {
		c.add(kind, n)
	}
	folded := Fold(text)
	if told := nameTitles.allOff(nameRoles.ReplaceAllString(brackets.ReplaceAllString(folded, ""), "")); len(names) == 0 && told != folded && nickname.MatchString(told) && !notName.MatchString(told) && !nameOffice.MatchString(told) {
		c.add(kind, told) // 阿强（场长）
	}
	if byTrade.MatchString(folded) {
		c.add(kind, text)
	}
	if len(names) == 0 && !masked(folded) && !notName.MatchString(folded) && nameTitles.allOff(nameRoles.ReplaceAllString(folded, "")) != "" {
		c.add(kind, text)
	}
}

// byTrade is a person told by a surname and a trade: 岑老板.
var byTrade = lazyregexp.New(`^\p{Han}(?:老板|场主|业主|户主)$`)

// nickname is what somebody told by a title may be called: 阿强, 肥仔.
var nickname = lazyregexp.New(`^\p{Han}{2,3}$`)

func (c *collector) people(words string) {
	for _, n := range namesIn(words) {
		c.add("自然人姓名", n)
	}
}

// Words around names in fields that name people in words: 见证人 钱七巧；恩平市沙湖镇人民政府 赵六顺.
var (
	nameBreaks = lazyregexp.New(`[,，;；。、/|+&:：()（）\n\r\t]+`)
	nameJoins  = lazyregexp.New(`[和及与]`)
	nameOffice = lazyregexp.New(`^.*(?:政府|局|站|中心|公司|委员会|委会|场|院|所|队|社区|镇|村)`)
	nameRoles  = lazyregexp.New(`^(?:主办|协办|承办|经办|见证|记录|审核|审批|负责|法制|听证|主持|送达|翻译|检查|执法|调查|采样|监测|鉴定|讨论|列席|陪同|在场|` +
		`工作|法定代表|经营|人员|人|员|者|干部|代表|村民|主任|书记|场长|经理|职工|组长|科长|局长|站长)+`)
	nameTitles = endings(`同志|先生|女士|主任|书记|科长|局长|站长|场长|经理|主席|镇长|村长|组长|等人|等`)
	// Who is no name though a surname begins it: 周边群众, 管理人员, 司机.
	notName    = lazyregexp.New(`(?:人员|群众|村民|居民|单位|代表|部门|成员|干部|职工|员工|工人|民警|家属|负责人|老板|场主|业主|户主|员|师|机|方|众)$|某|不详|不明|^(?:全体|相关|有关|单独|高级)`)
	hanName    = lazyregexp.New(`^\p{Han}{2,4}$`)
	dottedName = lazyregexp.New(`^\p{Han}{2,}(?:\.\p{Han}{2,})+$`)
)

// namesIn finds the persons whom a field of people names in its own words. Units and roles are not persons.
func namesIn(words string) []string {
	var list []string
	for _, part := range nameBreaks.Split(words, -1) {
		for _, token := range joinSingles(strings.Fields(part)) {
			list = append(list, namesOf(Fold(token))...)
		}
	}
	return list
}

func namesOf(s string) []string {
	bare := func(s string) string { return nameTitles.allOff(nameRoles.ReplaceAllString(s, "")) }
	for _, s := range []string{bare(s), bare(nameOffice.ReplaceAllString(s, ""))} {
		if dottedName.MatchString(s) || hanName.MatchString(s) && hasSurname(s) && !nameOffice.MatchString(s) && !notName.MatchString(s) {
			return []string{s}
		}
	}
	var list []string
	if parts := nameJoins.Split(s, -1); len(parts) > 1 {
		for _, p := range parts {
			list = append(list, namesOf(p)...)
		}
	}
	return list
}

// joinSingles joins single characters: 张 三 is one name padded with a blank.
func joinSingles(tokens []string) []string {
	var list []string
	for i := 0; i < len(tokens); i++ {
		if i+1 < len(tokens) && RuneLen(tokens[i]) == 1 && RuneLen(tokens[i+1]) == 1 {
			list = append(list, tokens[i]+tokens[i+1])
			i++
			continue
		}
		list = append(list, tokens[i])
	}
	return list
}

// surnames are the usual ones; in a field of people a short word that begins with none of them is a role or a unit.
const surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹" +
	"黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴" +
	"华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼佟邝麦区岑利湛骆容练招凡幸司徒欧阳上官诸葛司马皇甫尉迟" +
	"劳敖伏禹狄贝茅麻危支昝裘缪宗宣杭诸钮嵇荀惠芮储汲邴松富巫乌隗宓郗仰伊厉戎祖束韶怀蒲邰胥闻莘贡申扶堵宰雍桑濮寿扈郏浦茹慎戈庾暨匡寇阙沃訾阚巢蒯荆逯桓钭揭植"

func hasSurname(s string) bool { return strings.ContainsRune(surnames, []rune(s)[0]) }
