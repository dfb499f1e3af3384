package facts

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

func operates(f *Facts, value string)    { f.Farm.Operation = value }
func isEntrusted(f *Facts, value string) { f.Farm.Entrusted = registry.Tri(value) }
func comesFrom(f *Facts, value string)   { f.Source, f.Kind = value, visits[value] }

// plain are the facts that one pattern tells, the first of a label that does. The value is the words themselves if none is given, those of the group where there is one.
var plain = []struct {
	key, label, value string
	told              *regexp.Regexp
	set               func(f *Facts, value string)
}{
	{Operation, "生产情况", "已投产", regexp.MustCompile(`存栏|正在[^，。；]{0,10}养殖|主要(?:从事|养)[^，。；]{0,8}(?:养殖|猪|牛|鸡|鸭)`), operates},
	{Operation, "生产情况", "已投产", regexp.MustCompile(`(?:^|[^未有])(投入了?(?:生产|使用|运行|养殖))`), operates},
	{Operation, "生产情况", "停产", regexp.MustCompile(`(?:已|处于)[^，。；]{0,4}(?:停产|空栏|清栏)`), operates},
	{Operation, "生产情况", "未投产", regexp.MustCompile(`(?:未|没有)(?:投入(?:生产|使用|运行)|投产)`), operates},
	{Raising, "养殖方式", "", regexp.MustCompile(`自繁自养|公司\+农户|代养`), func(f *Facts, value string) { f.Farm.RaisingMode = value }},
	{Permit, "排污许可类别", "", regexp.MustCompile(`(?:排污许可证?[^，。；]{0,6}|(?:实行|属于)(?:排污许可)?)((?:重点|简化|登记)管理)`),
		func(f *Facts, value string) { f.Farm.Permit.Kind = value }},
	{Permit, "排污许可证编号", "", regexp.MustCompile(`排污许可证(?:编号)?(?:为|：|（编号：?)?([0-9A-Z]{18}[0-9]{3}[A-Z])`),
		func(f *Facts, value string) { f.Farm.Permit.Number = value }},
	{Entrusted, "委托他人处理", "否", regexp.MustCompile(`(?:未|没有|没)(?:将|把)?[^，。；]{0,14}委托`), isEntrusted},
	{Entrusted, "委托他人处理", "是", regexp.MustCompile(`[已均]?委托[^，。；测鉴评查]{1,20}(?:处理|利用|清运|处置|消纳)`), isEntrusted}, // not 委托…监测
	{Source, "案件来源", "群众举报", regexp.MustCompile(`群众的?(?:举报|投诉|反映|来信)|接到?(?:举报|投诉)|12345|12369`), comesFrom},
	{Source, "案件来源", "双随机", regexp.MustCompile(`双随机`), comesFrom},
	{Source, "案件来源", "督察交办", regexp.MustCompile(`(?:中央|省)[^，。；]{0,8}督察[^，。；]{0,6}(?:交办|转办)`), comesFrom},
	{Source, "案件来源", "自动监控", regexp.MustCompile(`(?:通过|根据|依据|经)[^，。；]{0,10}(?:自动|在线)监[控测]|(?:自动|在线)监[控测][^，。；]{0,8}(?:显示|发现|报警|预警)`), comesFrom},
	{Source, "案件来源", "专项行动", regexp.MustCompile(`专项(?:执法)?(?:行动|检查)`), comesFrom},
	{Source, "案件来源", "日常检查", regexp.MustCompile(`日常(?:检查|巡查|监管|执法)`), comesFrom},
}

// visits are what the inspection of a case from a source is called.
var visits = map[string]string{"群众举报": "信访核查", "双随机": "双随机", "督察交办": "督办", "专项行动": "专项检查", "日常检查": "日常检查"}

// readPlain reads the facts that one pattern tells.
func (f *Facts) readPlain(t *telling) {
	for i, p := range plain {
		at := t.find(p.told)
		if at == nil || i > 0 && plain[i-1].label == p.label && f.tells(p.label) {
			continue
		}
		at = at[len(at)-2:]
		value := cmp.Or(p.value, t.group(at, 0))
		p.set(f, value)
		f.tell(t, p.key, p.label, value, at)
	}
}

func (f *Facts) tells(label string) bool {
	return slices.ContainsFunc(f.Told, func(x Told) bool { return x.Label == label })
}

var area = regexp.MustCompile(`占地(?:面积)?([约为共]*([0-9][0-9.，]*)(万)?余?(平方米|㎡|m2|公顷|亩))`)

// squareMetres of the units in which a text tells an area.
var squareMetres = map[string]float64{"平方米": 1, "㎡": 1, "m2": 1, "公顷": 10_000, "亩": 2000.0 / 3, "万": 10_000, "": 1}

func (f *Facts) readArea(t *telling) {
	at := t.find(area)
	if n, err := strconv.ParseFloat(strings.ReplaceAll(t.group(at, 2), "，", ""), 64); err == nil {
		n *= squareMetres[t.group(at, 3)] * squareMetres[t.group(at, 4)]
		f.Farm.AreaM2 = &n
		f.tell(t, Area, "占地面积", t.group(at, 1), at)
	}
}

// papers are what a farm has to have, and how a text names them.
var papers = []struct {
	key, label string
	named      *regexp.Regexp
	of         func(*registry.Farm) *registry.Approval
}{
	{EIA, "环评", regexp.MustCompile(`环评(?:审批|批复|文件|手续)?|环境影响(?:评价)?(?:审批|文件|手续)`), func(x *registry.Farm) *registry.Approval { return &x.EIA }},
	{Acceptance, "环保验收", regexp.MustCompile(`(?:竣工)?(?:环保|环境保护)(?:设施)?验收|环保“三同时”验收`), func(x *registry.Farm) *registry.Approval { return &x.Acceptance }},
	{Permit, "排污许可", regexp.MustCompile(`排污许可证?|固定污染源排污登记|排污登记`), func(x *registry.Farm) *registry.Approval { return &x.Permit }},
}

var (
	lacks   = regexp.MustCompile(`(?:未|没有?)(?:依法|按规定|及时|按要求)*(?:取得|办理|报批|通过|申领|申请|编制|完成|经|领取|组织|进行|开展|填报)?[^，。；已]{0,12}$|无(?:任何|相关)?$`)
	lacking = regexp.MustCompile(`^[^，。；]{0,8}(?:未|没有)(?:办理|取得|通过|完成|报批|申领)`)
	has     = regexp.MustCompile(`(?:已|均|都|并|先后|依法)[^，。；]{0,4}(?:完成|申领|办理|办结)|通过|取得|领取|俱全|齐全|持有`)
	notOurs = regexp.MustCompile(`吊销|违反|按照|要求|规定|应当|载明|管理条例|登记表`)
	form    = regexp.MustCompile(`(?:环境影响(?:评价)?|环评)(报告书|报告表|登记表)`)
	carried = regexp.MustCompile(`(?:未|没有?)(?:按照?|依照|落实)[^，。；]*(?:登记表|报告表|报告书|环评(?:文件)?(?:批复)?)[^，。；]*(?:建设|落实|配套|配备)`)
)

func (f *Facts) readPapers(t *telling) {
	for _, p := range papers {
		for _, at := range p.named.FindAllStringIndex(t.s, -1) {
			if state := t.paper(at); state != "" {
				c := t.clause(at[0])
				p.of(&f.Farm).State = state
				f.tell(t, p.key, p.label, state, c[:])
				break
			}
		}
	}
	if at := t.find(form); at != nil {
		f.Farm.EIA.Kind = t.group(at, 1)
		if not := t.find(carried); not != nil {
			f.Farm.EIACarried = "未落实"
			f.tell(t, EIA, "环评要求", f.Farm.EIA.Kind+"的要求未落实", not)
		} else {
			f.tell(t, EIA, "环评文件", f.Farm.EIA.Kind, at)
		}
	}
}

// paper says whether the farm has a paper that is named at a place; empty where the words are not about that.
func (t *telling) paper(at []int) string {
	c := t.clause(at[0])
	switch {
	case t.inTitle(at[0]), notOurs.MatchString(t.in(c)):
		return ""
	case lacks.MatchString(t.s[c[0]:at[0]]), lacking.MatchString(t.s[at[1]:c[1]]):
		return "未办理"
	case has.MatchString(t.withNext(c)):
		return "已办理"
	}
	return ""
}
