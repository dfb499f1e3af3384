package registry

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"casebook/internal/lazyregexp"
)

// SecretsOf gathers what must not be published of a case: real names, those that its parties and farm had before and those merged into them, codes,
// phones, addresses and waters below the county with their parts, places, exact days, document numbers, and every person whom a record of the case
// names. A name that is itself the public one (公开用名) is no secret: that is all a published source gave.
func (b *Bureau) SecretsOf(f *CaseFile) Secrets {
	c := b.collector(f)
	c.parties(f)
	c.farm(f.Farm)
	for _, n := range f.OtherNames {
		c.name("曾用名", n)
	}
	c.number("案件编号", f.Case.Number)
	c.day(f.Case.FoundOn)
	for i := range f.Inspections {
		c.inspection(&f.Inspections[i])
	}
	for _, v := range f.Violations {
		c.address(v.Place)
		c.day(v.ActFrom)
		c.day(v.ActTo)
	}
	for _, x := range f.Samples {
		c.number("监测报告编号", x.ReportNumber)
		c.number("样品编号", x.Code)
		c.day(x.SampledOn)
		c.day(x.ReportOn)
	}
	for _, x := range f.Evidence {
		c.people(x.Maker)
		c.number("证据编号", x.Number)
		c.day(x.MadeOn)
	}
	for i := range f.Documents {
		c.document(&f.Documents[i])
	}
	for i := range f.Interrogations {
		c.interrogation(&f.Interrogations[i])
	}
	for _, p := range f.Payments {
		c.number("票据号", p.Receipt)
		c.day(p.PaidOn)
	}
	return c.secrets
}

// places is a collector that knows the counties alone.
func (b *Bureau) places() *collector {
	c := &collector{public: map[string]bool{}, have: map[string]bool{}, days: map[string]bool{}}
	for _, d := range b.Districts {
		c.counties = append(c.counties, Fold(d.Name), Fold(d.Short))
	}
	c.counties = append(c.counties, Fold(b.City.Name), Fold(b.City.Short))
	return c
}

// collector begins with what may be published of a case.
func (b *Bureau) collector(f *CaseFile) *collector {
	c := b.places()
	// A place recorded as no more than its county is no secret: the county is what is published.
	c.publish(b.City.Name, b.City.Short, b.Name, b.Basin, strings.TrimSuffix(b.Basin, "流域"))
	for _, d := range b.Districts {
		c.publish(d.Name, d.Short)
	}
	c.before = []string{"位于"}
	if d, ok := b.District(f.Case.DistrictCode); ok {
		c.before = append(c.before, d.Name, d.Short)
	}
	for _, p := range slices.Concat(f.Parties, f.Inspected) {
		if b.PartyNameDoubt(&p) == "" {
			c.publish(p.PublicName)
		}
	}
	if f.Farm != nil {
		if b.FarmNameDoubt(f.Farm) == "" {
			c.publish(f.Farm.PublicName)
		}
		c.publish(f.Farm.Zone.PlanNumber) // the plan of the zones is a published document
	}
	return c
}

// collector gathers secrets. public holds, folded, what may be published; have what is gathered, in any spelling.
type collector struct {
	public   map[string]bool
	have     map[string]bool
	days     map[string]bool // told already
	counties []string
	before   []string // what stands before the bare word of a town: 位于, its county
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
	key, number := Fold(text), DocNumberKey(text)
	if RuneLen(key) < 2 || c.public[key] || c.have[number] {
		return
	}
	c.have[number] = true
	c.secrets = append(c.secrets, Secret{Kind: kind, Text: text})
	switch {
	case strings.HasSuffix(kind, "姓名") && hanName.MatchString(key) && hasSurname(key):
		c.nearTo(nearPerson, kind, key)
	case plainFigures(guardKey(number)) && kind != "经纬度":
		c.parts(kind, guardKey(number))
	}
}

// nearKeys keep apart in have what is gathered more than once.
var nearKeys = [...]string{nearPart: "|part", nearPerson: "|person", nearCore: "|core", nearPlace: "|place"}

// nearTo adds a word that what is near to it is looked for, or that stands for what it is cut off from: 双合 of 双合镇.
func (c *collector) nearTo(how nearness, kind, text string) {
	if key := text + nearKeys[how]; RuneLen(text) >= 2 && !c.have[key] && !strings.Contains(text, "某") {
		c.have[key] = true
		c.secrets = append(c.secrets, Secret{kind, text, how})
	}
}

// parts adds the beginnings and the ends of a long number that tell it, as people cut it: 07230926 of an identity card. Shorter beginnings tell a county,
// or what half the country's telephones begin with.
func (c *collector) parts(kind, number string) {
	plain := strings.Map(func(r rune) rune {
		if letter(r) {
			return r
		}
		return -1
	}, number)
	size := len(plain)
	before, behind := []int{10, 14}, []int{8, 9, 10, 12}
	switch {
	case size == 11:
		before, behind = []int{8}, []int{7, 8}
	case size < 15 || size > 20:
		return
	}
	if size == 18 {
		c.nearTo(nearPart, kind, plain[8:17]) // of a unit's code, the one of the organisation
	}
	for _, n := range before {
		c.nearTo(nearPart, kind, plain[:n])
	}
	for _, n := range behind {
		c.nearTo(nearPart, kind, plain[size-n:])
	}
}

// number leaves out what stands where a number belongs and tells nothing, and would hide words and amounts everywhere: 无, 未办理, a mere 12
// or 1-3 of a file.
func (c *collector) number(kind, text string) {
	figures, signs := 0, 0
	for _, r := range DocNumberKey(text) {
		switch {
		case r >= '0' && r <= '9':
			figures++
		case unicode.IsLetter(r) && r != '第' && r != '号':
			signs++
		}
	}
	if figures > 6 || figures > 0 && signs > 0 {
		c.add(kind, text)
	}
}

// numberTail is what is left of a document's number when somebody leaves the organ away: 罚(2026)21. Not 发 and 办: the numbers of rules.
var numberTail = lazyregexp.New(`.([\p{Han}]\([0-9]{4}\)[0-9]+(?:-[0-9]+)?)$`)

// phone adds a number, and what is left of it without the area's code: 0750-7712346 is dialled 7712346 in town.
func (c *collector) phone(text string) {
	c.add("联系电话", text)
	figures := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, Fold(text))
	if m := areaCode.FindStringSubmatch(figures); m != nil {
		c.add("联系电话", m[1])
	}
}

var areaCode = lazyregexp.New(`^(?:86)?0(?:10|2[0-9]|[3-9][0-9]{2})([2-9][0-9]{6,7})$`)

// town adds a town and, without its last word, as it is told beside its county or in 位于: the bare word may be any (荷塘, 大田).
func (c *collector) town(text string) {
	c.add("镇街村", text)
	bare := townForm.off(c.cut(Fold(text)))
	if RuneLen(bare) < 2 || strings.Contains(bare, "某") {
		return
	}
	for _, before := range c.before {
		c.add("镇街村", before+bare)
	}
	c.nearTo(nearPlace, "镇街村", bare)
}

var townForm = endings(`街道办事处|街道|镇|乡`)

// name adds a name, what is left of it without place and form, with its brackets and without (高坡生态养殖, 高坡养殖), and without its trade too:
// 绿源牧歌 of 恩平市绿源牧歌畜牧有限公司. A name that somebody masked before (恩平市某公司), and one that is all trade and form (养殖场), hide nothing.
func (c *collector) name(kind, text string) {
	folded := Fold(text)
	if masked(folded) || nameForm.off(folded) == "" || nameTrade.all(folded) {
		return
	}
	c.add(kind, text)
	core := c.core(folded)
	if RuneLen(core) < 2 || nameTrade.all(core) {
		return
	}
	switch {
	case core == folded && hanName.MatchString(core) && hasSurname(core):
		c.nearTo(nearPerson, kind, core)
	case hanWord.MatchString(core):
		c.nearTo(nearCore, kind+GuardShort, core)
	}
	for known := range c.public {
		if strings.Contains(known, core) {
			return
		}
	}
	open := unbracketed.Replace(folded)
	short := []string{folded, open, brackets.ReplaceAllString(folded, "")}
	for _, s := range short {
		if s != folded {
			c.add(kind+GuardShort, s)
		}
		if s = nameBody.off(c.bare(s)); RuneLen(s) >= 4 {
			c.add(kind+GuardShort, s)
		}
	}
	if bare := nameAnimal.off(core); RuneLen(bare) == 2 && !nameTrade.all(bare) { // 开平瑞禾, 马冈瑞禾
		for _, before := range c.before[min(1, len(c.before)):] { // not 位于
			c.add(kind+GuardShort, before+bare)
		}
		if at := belowCounty.FindString(c.cut(folded)); at != "" && strings.HasPrefix(c.cut(folded), at) {
			c.add(kind+GuardShort, townForm.off(at)+bare)
		}
	}
	if hanWord.MatchString(core) && RuneLen(core) >= 3 { // 开平祥泰 of 开平市赤水镇祥泰丰农牧有限公司
		if half := string([]rune(core)[:2]); !ordinary[half] && !nameTrade.all(half) {
			for _, before := range c.before[min(1, len(c.before)):] {
				c.nearTo(nearPart, kind+GuardShort, before+half)
			}
		}
	}
	for _, s := range []string{core, c.core(open)} { // 岭背绿能 of 岭背(绿能)养殖有限公司
		if RuneLen(s) >= 3 && !nameTrade.all(s) {
			c.add(kind+GuardShort, s)
		}
	}
}

// masked tells a name that is no more than the public one: 李某, 恩平市某养殖场, 张**.
func masked(folded string) bool {
	return strings.ContainsAny(folded, "某*●") || strings.Contains(folded, "xx")
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
	c.person("自然人姓名", p.LegalPerson)
	c.add("统一社会信用代码", p.CreditCode)
	if p.IDDocument() == IDResident {
		c.add("身份证号", p.IDNumber)
	} else {
		c.add(p.IDDocument(), p.IDNumber)
	}
	c.phone(p.Phone)
	c.address(p.Address)
}

func (c *collector) farm(x *Farm) {
	if x == nil {
		return
	}
	c.name("养殖场名称", x.Name)
	c.person("自然人姓名", x.ContactName)
	c.phone(x.ContactPhone)
	c.town(x.Town)
	c.address(x.Address)
	c.water(x.ReceivingWater)
	c.water(x.ControlSection)
	c.position(x.Place)
	c.number("许可证号", x.Permit.Number)
	c.number("环评文号", x.EIA.Number)
	c.number("验收文号", x.Acceptance.Number)
}

func (c *collector) inspection(x *Inspection) {
	c.person("自然人姓名", x.PresentName)
	c.phone(x.PresentPhone)
	c.add("身份证号", x.PresentIDNumber)
	c.address(x.PresentAddress)
	c.people(x.Witness)
	c.address(x.Place)
	for _, o := range x.Officers {
		c.person("执法人员姓名", o.Name)
		c.add("执法证号", o.CertNo)
	}
	c.person("自然人姓名", x.Recorder)
	c.people(x.Others)
	c.number("笔录编号", x.Number)
	c.position(x.Position)
	c.water(x.Path.ReceivingWater)
	for _, n := range x.Path.Nodes {
		c.address(n.Place)
		c.water(n.Name)
	}
	c.day(x.StartedOn)
	c.day(x.EndedOn)
}

// water adds a river, a reservoir or a pond with a name of its own; a kind of water (附近河涌) is any.
func (c *collector) water(text string) {
	folded := Fold(text)
	if streamName.MatchString(folded) && !generalWater.MatchString(folded) {
		c.add("水体名称", folded)
	}
	for _, name := range waterName.FindAllString(c.cut(folded), -1) {
		name = waterBefore.ReplaceAllString(name, "")
		if RuneLen(name) >= 2 && !anyWater.MatchString(name) {
			c.add("水体名称", name)
		}
	}
}

var (
	waterName   = lazyregexp.New(`\p{Han}{1,6}?(?:水库|河涌|江|河|涌|溪|湖|渠|塘|沟|断面)`)
	streamName  = lazyregexp.New(`^\p{Han}{2,4}水$`) // 双桥水
	waterBefore = lazyregexp.New(`^.*(?:流入|排入|汇入|经由|至|到|入|经|旁边|附近|的|场外|场内|镇|村)`)
	anyWater    = lazyregexp.New(`^(?:.{0,3}(?:雨水|排水|排污|灌溉|农灌|明|暗|污水|废水|粪污|鱼|水|氧化|沉淀|集污|集|场|厂|外|内|北|南|东|西|小|大|主|支|干|土|田|路|边|无名|天然|自然|农田|截污|导流|引水|收集|沼液|储液|一|二|三|四|条|个|该|江|河|沟|溪))?(?:水库|河涌|江|河|涌|溪|湖|渠|塘|沟|断面)$`)
)

// position adds degrees as they are recorded, to four places and more: less tells no farm.
func (c *collector) position(p Place) {
	for _, v := range []*float64{p.Longitude, p.Latitude} {
		if v != nil {
			if s := strconv.FormatFloat(*v, 'f', 6, 64); len(s) > 8 {
				c.add("经纬度", s[:len(s)-2])
			}
		}
	}
}

func (c *collector) interrogation(x *Interrogation) {
	for _, name := range []string{x.Name, x.Guardian, x.Recorder} {
		c.person("自然人姓名", name)
	}
	for _, o := range x.Officers {
		c.person("执法人员姓名", o.Name)
		c.add("执法证号", o.CertNo)
	}
	c.people(x.Witness)
	c.add("证件号码", x.IDNumber)
	c.phone(x.Phone)
	c.address(x.Address)
	c.address(x.ServiceAddress)
	c.number("笔录编号", x.Number)
	c.day(x.AskedOn)
}

func (c *collector) document(x *Document) {
	c.number("文书编号", x.Number)
	c.number("文书编号", x.NumberTyped)
	if m := numberTail.FindStringSubmatch(DocNumberKey(x.Number)); m != nil {
		c.add("文书编号", m[1])
		c.add("文书编号", strings.Replace(m[1], "(", "字(", 1)) // 罚字(2026)21, as older forms have it
	}
	c.name("当事人名称", x.PartyName)
	c.people(x.People)
	for _, d := range []Date{x.MadeOn, x.ServedOn, x.DueOn, x.ResultOn, x.ExcludedFrom, x.ExcludedTo} {
		c.day(d)
	}
	for _, p := range x.Participants {
		c.person("自然人姓名", p.Name)
	}
}

// belowCounty are the parts of an address that tell where below the county: 沙湖镇, 成平村委会, 建设路.
var belowCounty = lazyregexp.New(`[\p{Han}a-z0-9]{1,8}?(?:街道办事处|街道|村委会|居委会|村民委员会|居民委员会|社区|工业园|工业区|开发区|农场|林场|大道|镇|乡|村|圩|墟|路|街|巷|里|坊|屯|桥)`)

// village is what a place of people ends with; the word before it is told alone.
var village = lazyregexp.New(`(?:自然村|村民委员会|居民委员会|村委会|居委会|村|社区|里|坊|屯|围)$`)

var hanWord = lazyregexp.New(`^\p{Han}+$`)

var committee = lazyregexp.New(`(?:村委会|村民委员会)$`)

var anyRoad = lazyregexp.New(`(?:机耕|乡村|农村|高速|水泥|泥土|田间|进场|村民|养殖|产业)(?:公路|道路|路|大道|街|村|乡|社区|桥)$|公里$|^(?:这|那|哪|家|山|邻|故|夜)里$`)

// onSite is a place inside any farm: 东南角, 集污池旁.
var onSite = lazyregexp.New(`^(?:该|养殖|猪|鸡|鸭|鹅|牛|羊|兔|蛋鸡|肉鸡|奶牛|场|场区|场地|厂区|厂|栏|栏舍|舍|集污|污水|废水|粪污|粪便|粪|尿|沼气|沼液|氧化|沉淀|化粪|收集|储存|贮存|` +
	`储液|黑膜|厌氧|好氧|雨水|排水|排放|排污|出水|进水|总|外|内|暗|明|口|池|沟|渠|管|管道|塘|鱼塘|水塘|设施|处理|车间|站|堆场|堆|罐|井|第?[一二三四五六七八九十0-9]+(?:号|#)?|` +
	`东|南|西|北|中|间|之间|前|后|左|右|上|下|面|部|角|侧|边|旁|附近|处|[a-z]|[、和与至]|围墙|门|大门|门口|现场|不详|不明|无)+$`)

var province = lazyregexp.New(`^\p{Han}{2,3}(?:省|自治区)`)

// address adds an address and each of its parts below the county: whoever reads 成平村 needs no house number.
func (c *collector) address(text string) {
	if onSite.MatchString(Fold(text)) {
		return
	}
	c.add("地址", text)
	for _, part := range belowCounty.FindAllString(c.cut(province.ReplaceAllString(Fold(text), "")), -1) {
		if RuneLen(part) < 3 || anyRoad.MatchString(part) {
			continue // 东路, 一村, 机耕路: every second place has one
		}
		c.add("地址", part)
		if committee.MatchString(part) {
			c.add("地址", committee.ReplaceAllString(part, "村"))
		}
		if village.MatchString(part) {
			c.nearTo(nearPlace, "地址", village.ReplaceAllString(part, ""))
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
	nameForm    = endings(`股份有限公司|有限责任公司|有限公司|公司|专业合作社|合作社|家庭农场|个体工商户|经营部|养殖场|养殖户|养殖小区|养猪场|养鸡场|养鸭场|养鹅场|养牛场|养羊场|养兔场|蛋鸡场|肉鸡场|种鸡场|蛋鸭场|肉鸭场|种猪场|奶牛场|肉牛场|鸽场|孵化场|猪场|鸡场|鸭场|牛场|羊场|农场|牧场|场|厂|店|部|社|户`)
	nameBody    = endings(`股份有限公司|有限责任公司|有限公司|公司|专业合作社|合作社|个体工商户|经营部|小区|场|厂|店|部|社|户`)
	nameAnimal  = append(endings(animals), each("种|肉|蛋|奶", animals)...)
	nameTrade   = endings(trades)
	brackets    = lazyregexp.New(`\([^()]*\)`)
	unbracketed = strings.NewReplacer("(", "", ")", "")
)

// trades are the words that many names share; what a bulletin says of manure and its treatment is made of them.
const trades = `种养|养殖|畜牧|牧业|农牧|农业|禽业|畜禽|畜|禽|生猪|种猪|养猪|养鸡|养鸭|养牛|养羊|蛋鸡|肉鸡|奶牛|生态|科技|技术|发展|实业|食品|示范|专业|股份|集团|现代|综合|循环|` +
	`环保|环境|有机|生物|绿色|肥料|肥|饲料|废弃物|废水|污水|粪污|粪便|病死|动物|收集|运输|处理|处置|治理|资源化|资源|利用|无害化|再生|能源|沼气|工程|服务|管理|开发|投资|贸易|商贸|屠宰|水产|渔业|种植|兽药|中心`

const animals = `猪|鸡|鸭|鹅|鸽|牛|羊|兔`

// endings are words that names end with.
func endings(words string) wordsBehind { return strings.Split(words, "|") }

type wordsBehind []string

// off takes the longest of them off the end of a name.
func (w wordsBehind) off(s string) string {
	longest := 0
	for _, word := range w {
		if len(word) > longest && strings.HasSuffix(s, word) {
			longest = len(word)
		}
	}
	return s[:len(s)-longest]
}

// allOff takes as many of them off the end of a name as there are, in any order.
func (w wordsBehind) allOff(s string) string {
	begins := make([]bool, len(s)+1) // what stands from here on is made of them
	begins[len(s)] = true
	least := len(s)
	for at := len(s); at > 0; at-- {
		if !begins[at] {
			continue
		}
		least = at
		for _, word := range w {
			if strings.HasSuffix(s[:at], word) {
				begins[at-len(word)] = true
			}
		}
	}
	if begins[0] {
		least = 0
	}
	return s[:least]
}

// all tells a name that is made of them alone.
func (w wordsBehind) all(s string) bool { return s != "" && w.allOff(s) == "" }

// bare takes the place off the front of a folded name: city and county, then town and village.
func (c *collector) bare(s string) string {
	s = c.cut(s)
	if at := belowCounty.FindStringIndex(s); at != nil && at[0] == 0 && at[1] < len(s) {
		s = s[at[1]:]
	}
	return s
}

// core is a folded name without its place, trade, form and brackets.
func (c *collector) core(folded string) string {
	s := nameForm.off(c.bare(brackets.ReplaceAllString(folded, "")))
	return nameTrade.allOff(s)
}
