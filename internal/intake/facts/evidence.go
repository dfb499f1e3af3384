package facts

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

var (
	exhibits = lexicon("exhibits")
	maker    = pattern(`^<\p{Han}{2,12}(人民政府|政府办公室|生态环境局|环境保护局|环保局|农业农村局)>关于`)
)

// readEvidence lists the evidence that the text names. A law is none, nor the decision itself.
func (t *telling) readEvidence() {
	for _, g := range exhibits {
		for i, at := range g.told.FindAllStringSubmatchIndex(t.s, -1) {
			if i > 0 && g.value == "" { // 遥感影像 is named again and again
				break
			}
			x := registry.Evidence{Kind: g.name, Title: t.group(at, 1)}
			if t.s[at[0]:at[2]] != "《" {
				x.Title = strings.ReplaceAll(x.Title, "的", "")
			}
			if len(at) > 4 {
				x.Number = t.group(at, 2)
			}
			if m := maker.FindStringSubmatch(x.Title); m != nil {
				x.Maker = m[1]
			}
			t.tell(fmt.Sprintf("%s.%d", Exhibit, len(t.Evidence)), x.Kind, x.Title, at)
			t.Evidence = append(t.Evidence, x)
		}
	}
}

var (
	withinZone = pattern(`(在|位于|处于|属于|处)…{0,24}(禁养区|禁止养殖区域?)(范围)?域?(内|以内)?|(禁养区|禁止养殖区域?)(范围)?内`)
	outside    = pattern(`不在|不属于|未在|以外|是否|不得|严禁|的$`)
	zoneNumber = pattern(`<\p{Han}{1,4}〔\d{4}〕\d+号>…{0,12}(禁养区|禁止养殖)`)
	year       = pattern(`〔<\d{4}>〕`)
	issued     = pattern(`^(.*?(人民政府|政府办公室))?关于(印发|公布|发布|调整)?《?<.+?>》?的?(通知|公告|通告)?$`)
	compared   = pattern(`比对|对比|对照`)
)

// readZone reads that the farm stands where none may, and by which plan.
func (t *telling) readZone() {
	all := withinZone.FindAllStringIndex(t.s, -1)
	i := slices.IndexFunc(all, func(at []int) bool { return !outside.MatchString(t.in(t.clause(at[0]))) })
	if i < 0 {
		return
	}
	z := &t.Farm.Zone
	z.Relation, z.CheckedOn = "禁养区内", t.FoundOn
	z.PlanNumber = t.group(t.find(zoneNumber), 1)
	if k := slices.IndexFunc(t.Evidence, func(x registry.Evidence) bool { return x.Kind == "规划文件" }); k >= 0 {
		z.PlanName, z.PlanNumber = issued.ReplaceAllString(t.Evidence[k].Title, "$1"), t.Evidence[k].Number
	}
	if m := year.FindStringSubmatch(z.PlanNumber); m != nil {
		n, _ := strconv.Atoi(m[1]) // four digits
		z.PlanOn = registry.Year(n)
	}
	if compared.MatchString(t.s) {
		z.Evidence = comparison(t.Evidence)
	}
	t.tell(Zone, "禁养区", joined("，", z.Relation, z.PlanName, z.PlanNumber), all[i])
}

// comparison says what a plot was compared with: 遥感影像图、禁养区划定方案与遥感测绘结果分析报告比对.
func comparison(list []registry.Evidence) string {
	var names []string
	for _, x := range list {
		if name := (map[string]string{"遥感影像": "遥感影像图", "规划文件": "禁养区划定方案", "测绘报告": x.Title})[x.Kind]; name != "" {
			names = append(names, name)
		}
	}
	if names == nil {
		return ""
	}
	last := len(names) - 1
	return joined("与", strings.Join(names[:last], "、"), names[last]) + "比对"
}

var (
	running = pattern(`正在…{0,16}(流|排|溢|淌|漫)`)
	idle    = pattern(`(设施|设备)…{0,8}(闲置|停运|停用|停着|停开|未运行|没有运行|未开启)`)
	again   = pattern(`复查[^。；]*?仍[^。；]{0,6}(在|未|继续|从事)`)
)
