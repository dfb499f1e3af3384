package facts

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

// plain are the facts of plain.txt by their labels.
var plain = map[string]struct {
	key string
	set func(f *Facts, value string)
}{
	"生产情况":    {Operation, func(f *Facts, value string) { f.Farm.Operation = value }},
	"养殖方式":    {Raising, func(f *Facts, value string) { f.Farm.RaisingMode = value }},
	"排污许可类别":  {Permit, func(f *Facts, value string) { f.Farm.Permit.Kind = value }},
	"排污许可证编号": {Permit, func(f *Facts, value string) { f.Farm.Permit.Number = value }},
	"委托他人处理":  {Entrusted, func(f *Facts, value string) { f.Farm.Entrusted = registry.Tri(value) }},
	"案件来源":    {Source, func(f *Facts, value string) { f.Source, f.Kind = value, visits[value] }},
}

// visits are what the inspection of a case from a source is called.
var visits = map[string]string{"群众举报": "信访核查", "双随机": "双随机", "督察交办": "督办", "专项行动": "专项检查", "日常检查": "日常检查"}

var plainWords = lexicon("plain")

// readPlain reads the facts that words tell by themselves.
func (t *telling) readPlain() {
	told := map[string]bool{}
	for _, g := range plainWords {
		at := t.find(g.told)
		if at == nil || told[g.name] {
			continue
		}
		if words := at[len(at)-2:]; words[0] >= 0 {
			at = words
		}
		told[g.name] = true
		value := cmp.Or(g.more, t.group(at, 0))
		plain[g.name].set(&t.Facts, value)
		t.tell(plain[g.name].key, g.name, value, at)
	}
}

var area = pattern(`占地(面积)?<[约为共]*<[0-9][0-9.，]*><万>?余?<平方米|㎡|m2|公顷|亩>>`)

// squareMetres of the units in which a text tells an area.
var squareMetres = map[string]float64{"平方米": 1, "㎡": 1, "m2": 1, "公顷": 10_000, "亩": 2000.0 / 3, "万": 10_000, "": 1}

func (t *telling) readArea() {
	at := t.find(area)
	if n, err := strconv.ParseFloat(strings.ReplaceAll(t.group(at, 2), "，", ""), 64); err == nil {
		n *= squareMetres[t.group(at, 3)] * squareMetres[t.group(at, 4)]
		t.Farm.AreaM2 = &n
		t.tell(Area, "占地面积", t.group(at, 1), at)
	}
}

// papers are what a farm has to have, and how a text names them.
var papers = []struct {
	key, label string
	named      *regexp.Regexp
	of         func(*registry.Farm) *registry.Approval
}{
	{EIA, "环评", pattern(`环评(审批|批复|文件|手续)?|环境影响(评价)?(审批|文件|手续)`), func(x *registry.Farm) *registry.Approval { return &x.EIA }},
	{Acceptance, "环保验收", pattern(`(竣工)?(环保|环境保护)(设施)?验收|环保“三同时”验收`), func(x *registry.Farm) *registry.Approval { return &x.Acceptance }},
	{Permit, "排污许可", pattern(`排污许可证?|固定污染源排污登记|排污登记`), func(x *registry.Farm) *registry.Approval { return &x.Permit }},
}

var (
	lacks   = pattern(`(未|没有?)(依法|按规定|及时|按要求)*(取得|办理|报批|通过|申领|申请|编制|完成|经|领取|组织|进行|开展|填报)?[^，。；已]{0,12}$|无(任何|相关)?$`)
	lacking = pattern(`^…{0,8}(未|没有)(办理|取得|通过|完成|报批|申领)`)
	has     = pattern(`(已|均|都|并|先后|依法)…{0,4}(完成|申领|办理|办结)|通过|取得|领取|俱全|齐全|持有`)
	notOurs = pattern(`吊销|违反|按照|要求|规定|应当|载明|管理条例|登记表`)
	form    = pattern(`(环境影响(评价)?|环评)<报告书|报告表|登记表>`)
	carried = pattern(`(未|没有?)(按照?|依照|落实)…*(登记表|报告表|报告书|环评(文件)?(批复)?)…*(建设|落实|配套|配备)`)
)

func (t *telling) readPapers() {
	for _, p := range papers {
		for _, at := range p.named.FindAllStringIndex(t.s, -1) {
			if state := t.paper(at); state != "" {
				c := t.clause(at[0])
				p.of(&t.Farm).State = state
				t.tell(p.key, p.label, state, c[:])
				break
			}
		}
	}
	if at := t.find(form); at != nil {
		t.Farm.EIA.Kind = t.group(at, 1)
		if not := t.find(carried); not != nil {
			t.Farm.EIACarried = "未落实"
			t.tell(EIA, "环评要求", t.Farm.EIA.Kind+"的要求未落实", not)
		} else {
			t.tell(EIA, "环评文件", t.Farm.EIA.Kind, at)
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
