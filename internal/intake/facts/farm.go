package facts

import (
	"cmp"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

// labels are the facts of plain.txt and papers.txt.
var labels = map[string]struct {
	key string
	set func(f *Facts, value string)
}{
	"生产情况":    {Operation, func(f *Facts, value string) { f.Farm.Operation = value }},
	"养殖方式":    {Raising, func(f *Facts, value string) { f.Farm.RaisingMode = value }},
	"占地面积":    {Area, func(f *Facts, value string) { f.Farm.AreaM2 = squareMetres(value) }},
	"环评":      {EIA, func(f *Facts, value string) { f.Farm.EIA.State = value }},
	"环保验收":    {Acceptance, func(f *Facts, value string) { f.Farm.Acceptance.State = value }},
	"排污许可":    {Permit, func(f *Facts, value string) { f.Farm.Permit.State = value }},
	"环评文件":    {EIA, func(f *Facts, value string) { f.Farm.EIA.Kind = value }},
	"环评要求":    {EIA, func(f *Facts, value string) { f.Farm.EIACarried = value }},
	"排污许可类别":  {Permit, func(f *Facts, value string) { f.Farm.Permit.Kind = value }},
	"排污许可证编号": {Permit, func(f *Facts, value string) { f.Farm.Permit.Number = value }},
	"委托他人处理":  {Entrusted, func(f *Facts, value string) { f.Farm.Entrusted = registry.Tri(value) }},
	"受损害的":    {Damage, func(f *Facts, value string) { f.Damage = and.Split(value, -1) }},
	"案件来源":    {Source, func(f *Facts, value string) { f.Source, f.Kind = value, visits[value] }},
}

// visits are what the inspection of a case from a source is called.
var visits = map[string]string{"群众举报": "信访核查", "双随机": "双随机", "督察交办": "督办", "专项行动": "专项检查", "日常检查": "日常检查"}

var plain, papers = lexicon("plain"), lexicon("papers")

// readPlain reads the facts that words tell by themselves.
func (t *telling) readPlain() {
	told := map[string]bool{}
	for _, g := range plain {
		at := t.find(g.told)
		if at == nil || told[g.name] {
			continue
		}
		if words := at[len(at)-2:]; words[0] >= 0 {
			at = words
		}
		told[g.name] = true
		value := cmp.Or(g.value, t.group(at, 0))
		labels[g.name].set(&t.Facts, value)
		t.tell(labels[g.name].key, g.name, value, at)
	}
}

var area = pattern(`<\d[\d，]*(\.\d+)?><万?>余?<.*>`)

// squareMetres is the area that a text tells in one of its units.
func squareMetres(s string) *float64 {
	m := area.FindStringSubmatch(s)
	n, _ := strconv.ParseFloat(strings.ReplaceAll(m[1], "，", ""), 64) // digits, by the pattern
	n *= map[string]float64{"": 1, "万": 10_000}[m[2]] * map[string]float64{"平方米": 1, "㎡": 1, "m2": 1, "公顷": 10_000, "亩": 2000.0 / 3}[m[3]]
	return &n
}

var (
	lacks = pattern(`(未|没有?)(依法|按规定|及时|按要求)*(取得|办理|报批|通过|申领|申请|编制|完成|经|领取|组织|进行|开展|填报)?[^，。；已]{0,12}$` +
		`|无(任何|相关)?$`)
	lacking = pattern(`^…{0,8}(未|没有)(办理|取得|通过|完成|报批|申领)`)
	has     = pattern(`(已|均|都|并|先后|依法)…{0,4}(完成|申领|办理|办结)|通过|取得|领取|俱全|齐全|持有`)
	notOurs = pattern(`吊销|违反|按照|要求|规定|应当|载明|管理条例|登记表`)
)

// readPapers reads which papers the farm has.
func (t *telling) readPapers() {
	for _, g := range papers {
		for _, at := range g.told.FindAllStringIndex(t.s, -1) {
			if state := t.paper(at); state != "" {
				labels[g.name].set(&t.Facts, state)
				t.tell(labels[g.name].key, g.name, state, t.clause(at[0]))
				break
			}
		}
	}
}

// paper says whether the farm has a paper that is named at a place; empty where the words are not about that.
func (t *telling) paper(at []int) string {
	c := t.clause(at[0])
	switch {
	case t.inTitle(at[0]), notOurs.MatchString(t.in(c)):
		return ""
	case lacks.MatchString(t.s[c[0]:at[0]]), lacking.MatchString(t.withNext(c)[at[1]-c[0]:]):
		return "未办理"
	case has.MatchString(t.withNext(c)):
		return "已办理"
	}
	return ""
}
