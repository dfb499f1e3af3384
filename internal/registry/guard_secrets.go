package registry

import (
	"regexp"
	"slices"
	"strings"
)

// SecretsOf gathers what must not be published of a case: real names, codes, phones, addresses below the county with their parts, document
// numbers, and every person whom a record of the case names. A name that is itself the public one (公开用名) is no secret: that is all a
// published source gave.
func (b *Bureau) SecretsOf(f *CaseFile) Secrets {
	c := collector{public: map[string]bool{}, have: map[string]bool{}}
	// A place recorded as no more than its county is no secret: the county is what is published.
	c.publish(b.City.Name, b.City.Short, b.Name)
	for _, d := range b.Districts {
		c.publish(d.Name, d.Short)
		c.counties = append(c.counties, Fold(d.Name), Fold(d.Short))
	}
	c.counties = append(c.counties, Fold(b.City.Name), Fold(b.City.Short))
	for _, p := range slices.Concat(f.Parties, f.Inspected) {
		c.publish(p.PublicName)
	}
	if f.Farm != nil {
		c.publish(f.Farm.PublicName, f.Farm.Zone.PlanNumber) // the plan of the zones is a published document
	}
	c.parties(f)
	c.farm(f.Farm)
	c.number("案件编号", f.Case.Number)
	for i := range f.Inspections {
		c.inspection(&f.Inspections[i])
	}
	for _, v := range f.Violations {
		c.address(v.Place)
	}
	for _, x := range f.Samples {
		c.number("监测报告编号", x.ReportNumber)
	}
	for _, x := range f.Evidence {
		c.people(x.Maker)
		c.number("证据编号", x.Number)
	}
	for i := range f.Documents {
		c.document(&f.Documents[i])
	}
	for _, p := range f.Payments {
		c.number("票据号", p.Receipt)
	}
	return c.secrets
}

// collector gathers secrets. public holds, folded, what may be published; have what is gathered, in any spelling.
type collector struct {
	public   map[string]bool
	have     map[string]bool
	counties []string
	secrets  Secrets
}

func (c *collector) publish(names ...string) {
	for _, n := range names {
		c.public[Fold(n)] = true
	}
}

func (c *collector) add(kind, text string) {
	text = strings.TrimSpace(text)
	// One character would hide half the text; a single-character name is caught with its bearer's other facts.
	key := Fold(text)
	if RuneLen(key) < 2 || c.public[key] || c.have[DocNumberKey(text)] {
		return
	}
	c.have[DocNumberKey(text)] = true
	c.secrets = append(c.secrets, Leak{kind, text})
}

// number leaves out 无 or 未办理 typed where a number belongs: it would hide those words everywhere.
func (c *collector) number(kind, text string) {
	if strings.ContainsAny(Fold(text), "0123456789") {
		c.add(kind, text)
	}
}

// name adds a name and what is left of it without place, trade and form: 绿源牧歌 of 恩平市绿源牧歌畜牧有限公司.
func (c *collector) name(kind, text string) {
	c.add(kind, text)
	if core := c.core(text); RuneLen(core) >= 3 && RuneLen(core) < RuneLen(Fold(text)) {
		for known := range c.public {
			if strings.Contains(known, core) {
				return
			}
		}
		c.add(kind+"简称", core)
	}
}

func (c *collector) parties(f *CaseFile) {
	for i, p := range f.Parties {
		c.party(&p)
		if i < len(f.Case.Parties) {
			c.name("当事人名称", f.Case.Parties[i].NameAtAct)
		}
	}
	for _, p := range f.Inspected {
		c.party(&p)
	}
}

func (c *collector) party(p *Party) {
	c.name("当事人名称", p.Name)
	c.add("自然人姓名", p.LegalPerson)
	c.add("统一社会信用代码", p.CreditCode)
	if p.IDDocument() == IDResident {
		c.add("身份证号", p.IDNumber)
	} else {
		c.add(p.IDDocument(), p.IDNumber)
	}
	c.add("联系电话", p.Phone)
	c.address(p.Address)
}

func (c *collector) farm(x *Farm) {
	if x == nil {
		return
	}
	c.name("养殖场名称", x.Name)
	c.add("自然人姓名", x.ContactName)
	c.add("联系电话", x.ContactPhone)
	c.add("镇街村", x.Town)
	c.address(x.Address)
	c.number("许可证号", x.Permit.Number)
	c.number("环评文号", x.EIA.Number)
	c.number("验收文号", x.Acceptance.Number)
}

func (c *collector) inspection(x *Inspection) {
	c.add("自然人姓名", x.PresentName)
	c.add("联系电话", x.PresentPhone)
	c.address(x.Place)
	for _, o := range x.Officers {
		c.add("执法人员姓名", o.Name)
		c.add("执法证号", o.CertNo)
	}
	c.add("自然人姓名", x.Recorder)
	c.people(x.Others)
	c.number("笔录编号", x.Number)
}

func (c *collector) document(x *Document) {
	c.add("文书编号", x.Number)
	c.add("文书编号", x.NumberTyped)
	c.name("当事人名称", x.PartyName)
	c.people(x.People)
	for _, p := range x.Participants {
		c.add("自然人姓名", p.Name)
	}
}

func (c *collector) people(words string) {
	for _, n := range namesIn(words) {
		c.add("自然人姓名", n)
	}
}

// belowCounty are the parts of an address that tell where below the county: 沙湖镇, 成平村委会, 建设路.
var belowCounty = regexp.MustCompile(`[\p{Han}a-z0-9]{1,8}?(?:街道办事处|街道|村委会|居委会|村民委员会|居民委员会|社区|工业园|工业区|开发区|农场|林场|大道|镇|乡|村|圩|路|街|巷)`)

var committee = regexp.MustCompile(`(?:村委会|村民委员会)$`)

var province = regexp.MustCompile(`^\p{Han}{2,3}(?:省|自治区)`)

// address adds an address and each of its parts below the county: whoever reads 成平村 needs no house number.
func (c *collector) address(text string) {
	c.add("地址", text)
	for _, part := range belowCounty.FindAllString(c.cut(province.ReplaceAllString(Fold(text), "")), -1) {
		if RuneLen(part) < 3 {
			continue // 东路, 一村: every second place has one
		}
		c.add("地址", part)
		if committee.MatchString(part) {
			c.add("地址", committee.ReplaceAllString(part, "村"))
		}
	}
}

// cut takes the city and the county off the front of a folded name or address.
func (c *collector) cut(s string) string {
	for again := true; again; {
		again = false
		for _, place := range c.counties {
			if rest, ok := strings.CutPrefix(s, place); ok && place != "" {
				s, again = strings.TrimLeft(rest, "市县区"), true
			}
		}
	}
	return s
}

var (
	nameForm  = regexp.MustCompile(`(?:股份有限公司|有限责任公司|有限公司|公司|专业合作社|合作社|家庭农场|个体工商户|经营部|养殖场|养殖户|养殖小区|猪场|鸡场|鸭场|牛场|羊场|农场|牧场|场|厂|店|部|社|户)$`)
	nameTrade = regexp.MustCompile(`(?:种养|养殖|畜牧|牧业|农牧|农业|禽业|畜禽|生猪|种猪|养猪|养鸡|养鸭|养牛|养羊|蛋鸡|肉鸡|奶牛|生态|科技|发展|实业|食品|示范|专业|股份|集团)+$`)
	brackets  = regexp.MustCompile(`\([^()]*\)`)
)

// core is a folded name without its place, trade, form and brackets.
func (c *collector) core(name string) string {
	s := c.cut(brackets.ReplaceAllString(Fold(name), ""))
	if at := belowCounty.FindStringIndex(s); at != nil && at[0] == 0 && at[1] < len(s) {
		s = s[at[1]:]
	}
	s = nameForm.ReplaceAllString(s, "")
	return nameTrade.ReplaceAllString(s, "")
}

// Words around names in fields that name people in words: 见证人 钱七巧；恩平市沙湖镇人民政府 赵六顺.
var (
	nameBreaks = regexp.MustCompile(`[,，;；。、/|+&:：()（）\n\r\t]+`)
	nameJoins  = regexp.MustCompile(`[和及与]`)
	nameOffice = regexp.MustCompile(`^.*(?:政府|局|站|中心|公司|委员会|委会|场|院|所|队|社区|镇|村)`)
	nameRoles  = regexp.MustCompile(`^(?:主办|协办|承办|经办|见证|记录|审核|审批|负责|法制|听证|主持|送达|翻译|检查|执法|调查|采样|监测|鉴定|讨论|列席|陪同|在场|` +
		`工作|法定代表|经营|人员|人|员|者|干部|代表|村民|主任|书记|场长|经理|职工|组长|科长|局长|站长)+`)
	nameTitles = regexp.MustCompile(`(?:同志|先生|女士|主任|书记|科长|局长|站长|场长|经理|主席|镇长|村长|组长|等人|等)+$`)
	hanName    = regexp.MustCompile(`^\p{Han}{2,4}$`)
	dottedName = regexp.MustCompile(`^\p{Han}{2,}(?:\.\p{Han}{2,})+$`)
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
	bare := func(s string) string { return nameTitles.ReplaceAllString(nameRoles.ReplaceAllString(s, ""), "") }
	for _, s := range []string{bare(s), bare(nameOffice.ReplaceAllString(s, ""))} {
		if dottedName.MatchString(s) || hanName.MatchString(s) && hasSurname(s) && !nameOffice.MatchString(s) {
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
	"华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼佟邝麦区岑利湛骆容练招凡幸司徒欧阳上官诸葛司马皇甫尉迟"

func hasSurname(s string) bool { return strings.ContainsRune(surnames, []rune(s)[0]) }
