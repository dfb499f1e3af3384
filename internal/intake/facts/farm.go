package facts

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

var (
	inUse    = regexp.MustCompile(`存栏|正在[^，。；]{0,10}养殖|投入(?:了)?(?:生产|使用|运行|养殖)|主要(?:从事|养)[^，。；]{0,8}(?:养殖|猪|牛|鸡|鸭)`)
	notInUse = regexp.MustCompile(`(?:未|没有)(?:投入(?:生产|使用|运行)|投产)|(?:已|处于)[^，。；]{0,4}(?:停产|空栏|清栏)`)
	raising  = regexp.MustCompile(`自繁自养|公司\+农户|代养`)
	area     = regexp.MustCompile(`占地(?:面积)?(?:约|为|共)*([0-9][0-9.，]*)(万)?余?(平方米|㎡|m2|公顷|亩)`)
)

// squareMetres of the units in which a text tells an area.
var squareMetres = map[string]float64{"平方米": 1, "㎡": 1, "m2": 1, "公顷": 10_000, "亩": 2000.0 / 3}

func (f *Facts) readFarm(t *telling) {
	if at := t.find(notInUse); at != nil && !inUse.MatchString(t.s[:at[0]]+t.s[at[1]:]) {
		f.Farm.Operation = map[bool]string{true: "停产", false: "未投产"}[strings.Contains(t.group(at, 0), "停产") || strings.Contains(t.group(at, 0), "栏")]
		f.tell(t, Operation, "生产情况", f.Farm.Operation, at)
	} else if at := t.find(inUse); at != nil {
		f.Farm.Operation = "已投产"
		f.tell(t, Operation, "生产情况", f.Farm.Operation, at)
	}
	if at := t.find(raising); at != nil {
		f.Farm.RaisingMode = t.group(at, 0)
		f.tell(t, Raising, "养殖方式", f.Farm.RaisingMode, at)
	}
	if at := t.find(area); at != nil {
		if n, err := strconv.ParseFloat(strings.ReplaceAll(t.group(at, 1), "，", ""), 64); err == nil {
			if t.group(at, 2) != "" {
				n *= 10_000
			}
			n *= squareMetres[t.group(at, 3)]
			f.Farm.AreaM2 = &n
			f.tell(t, Area, "占地面积", strings.TrimPrefix(strings.TrimPrefix(t.group(at, 0), "占地"), "面积"), at)
		}
	}
	f.readPapers(t)
	f.readEntrusted(t)
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
	lacks   = regexp.MustCompile(`(?:未|没有|没|尚未)(?:依法|按规定|及时|按要求)*(?:取得|办理|报批|通过|申领|申请|编制|完成|经|领取|组织|进行|开展|填报)?[^，。；已]{0,12}$|无(?:任何|相关)?$`)
	lacking = regexp.MustCompile(`^[^，。；]{0,8}(?:未|没有|尚未)(?:办理|取得|通过|完成|报批|申领)`)
	has     = regexp.MustCompile(`(?:已|均|都|并|先后|依法)[^，。；]{0,4}(?:取得|办理|通过|领取|完成|持有|申领|办结)|通过|取得了?|领取了?|俱全|齐全|持有`)
	notOurs = regexp.MustCompile(`吊销|违反|按照|要求|规定|应当|载明|管理条例|登记表`)
	form    = regexp.MustCompile(`(?:环境影响(?:评价)?|环评)(报告书|报告表|登记表)`)
	carried = regexp.MustCompile(`(?:未|没有|没)(?:按照?|依照|落实)[^，。；]*(?:登记表|报告表|报告书|环评(?:文件)?(?:批复)?)[^，。；]*(?:建设|落实|配套|配备)`)
	managed = regexp.MustCompile(`排污许可(?:证)?[^，。；]{0,6}(重点管理|简化管理)|(?:实行|属于)(?:排污许可)?(重点管理|简化管理|登记管理)`)
	printed = regexp.MustCompile(`排污许可证(?:编号)?(?:为|：|（编号：?)?([0-9A-Z]{18}[0-9]{3}[A-Z])`)
)

func (f *Facts) readPapers(t *telling) {
	for _, p := range papers {
		for _, at := range p.named.FindAllStringIndex(t.s, -1) {
			c := t.clause(at[0])
			sentence := t.s[c[0]:c[1]]
			if inTitle(t.s, at[0]) || notOurs.MatchString(sentence) {
				continue
			}
			state := ""
			switch {
			case lacks.MatchString(t.s[c[0]:at[0]]), lacking.MatchString(t.s[at[1]:c[1]]):
				state = "未办理"
			case has.MatchString(sentence), has.MatchString(t.s[at[0]:min(len(t.s), c[1]+60)]) && !strings.Contains(t.s[at[0]:min(len(t.s), c[1]+60)], "。"):
				state = "已办理"
			}
			if state != "" {
				p.of(&f.Farm).State = state
				f.tell(t, p.key, p.label, state, c[:])
				break
			}
		}
	}
	if at := t.find(form); at != nil {
		f.Farm.EIA.Kind = t.group(at, 1)
		if carriedAt := t.find(carried); carriedAt != nil {
			f.Farm.EIACarried = "未落实"
			f.tell(t, EIA, "环评要求", f.Farm.EIA.Kind+"的要求未落实", carriedAt)
		} else {
			f.tell(t, EIA, "环评文件", f.Farm.EIA.Kind, at)
		}
	}
	if at := t.find(managed); at != nil {
		f.Farm.Permit.Kind = t.group(at, 1) + t.group(at, 2)
		f.tell(t, Permit, "排污许可类别", f.Farm.Permit.Kind, at)
	}
	if at := t.find(printed); at != nil {
		f.Farm.Permit.Number = t.group(at, 1)
		f.tell(t, Permit, "排污许可证编号", f.Farm.Permit.Number, at)
	}
}

// inTitle reports whether a byte stands inside 《…》 of its sentence: a mark that was never closed hides no more than that.
func inTitle(s string, at int) bool {
	before := s[max(0, strings.LastIndex(s[:at], "。")):at]
	return strings.LastIndex(before, "《") > strings.LastIndex(before, "》")
}

var (
	notEntrusted = regexp.MustCompile(`(?:未|没有|没)(?:将|把)?[^，。；]{0,14}委托`)
	entrusted    = regexp.MustCompile(`(?:已|均)?委托[^，。；]{1,20}(?:处理|利用|清运|处置|消纳)`)
	elsewhere    = regexp.MustCompile(`委托[^，。；]{0,20}(?:监测|检测|鉴定|评估|调查)`)
)

func (f *Facts) readEntrusted(t *telling) {
	if at := t.find(notEntrusted); at != nil {
		f.Farm.Entrusted = registry.No
		f.tell(t, Entrusted, "委托他人处理", "否", at)
	} else if at := t.find(entrusted); at != nil && !elsewhere.MatchString(t.group(at, 0)) {
		f.Farm.Entrusted = registry.Yes
		f.tell(t, Entrusted, "委托他人处理", "是", at)
	}
}

var (
	withinZone = regexp.MustCompile(`(?:在|位于|处于|属于|处)[^，。；]{0,24}(?:禁养区|禁止养殖区域?|禁止养殖区)(?:范围|域)?(?:内|以内)?|(?:禁养区|禁止养殖区域?)(?:范围)?内`)
	outside    = regexp.MustCompile(`不在|不属于|未在|以外|是否|不得|严禁|的$`)
	plan       = regexp.MustCompile(`《([^《》]*(?:禁养区|禁止养殖区|养殖区)[^《》]*)》(?:（([\p{Han}]{1,8}〔(\d{4})〕\d+号)）)?`)
	planNumber = regexp.MustCompile(`([\p{Han}]{1,4}〔(\d{4})〕\d+号)[^，。；]{0,12}(?:禁养区|禁止养殖)`)
	issued     = regexp.MustCompile(`^(.*?(?:人民政府|政府办公室))?关于(?:印发|公布|发布|调整)?《?(.*?)》?的?(?:通知|公告|通告)?$`)
	compared   = regexp.MustCompile(`比对|对比|对照`)
)

func (f *Facts) readZone(t *telling) {
	all := withinZone.FindAllStringIndex(t.s, -1)
	i := slices.IndexFunc(all, func(at []int) bool { return !outside.MatchString(t.in(t.clause(at[0]))) })
	if i < 0 {
		return
	}
	at := all[i]
	z := &f.Farm.Zone
	z.Relation, z.CheckedOn = "禁养区内", t.FoundOn
	value := z.Relation
	if p := t.find(plan); p != nil {
		z.PlanName, z.PlanNumber = t.group(p, 1), t.group(p, 2)
		if m := issued.FindStringSubmatch(z.PlanName); m != nil && m[2] != "" {
			z.PlanName = m[2]
		}
		z.PlanOn = yearOf(t.group(p, 3))
	} else if p := t.find(planNumber); p != nil {
		z.PlanNumber, z.PlanOn = t.group(p, 1), yearOf(t.group(p, 2))
	}
	for _, s := range []string{z.PlanName, z.PlanNumber} {
		if s != "" {
			value += "，" + s
		}
	}
	if compared.MatchString(t.s) {
		z.Evidence = comparison(f.Evidence)
	}
	f.tell(t, Zone, "禁养区", value, at)
}

// comparison says what a plot was compared with: 遥感影像图、禁养区划定方案与遥感测绘结果分析报告比对.
func comparison(list []registry.Evidence) string {
	var names []string
	for _, x := range list {
		switch x.Kind {
		case "遥感影像":
			names = append(names, "遥感影像图")
		case "规划文件":
			names = append(names, "禁养区划定方案")
		case "测绘报告":
			names = append(names, x.Title)
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0] + "比对"
	}
	return strings.Join(names[:len(names)-1], "、") + "与" + names[len(names)-1] + "比对"
}

func yearOf(digits string) registry.Date {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return registry.Date{}
	}
	return registry.Year(n)
}
