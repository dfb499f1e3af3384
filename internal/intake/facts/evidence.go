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

// readEvidence lists the evidence that the text names, in its order. A law is none, nor the decision itself.
func (t *telling) readEvidence() {
	type named struct {
		registry.Evidence
		at []int
	}
	var list []named
	for _, g := range exhibits {
		for i, at := range g.told.FindAllStringSubmatchIndex(t.s, -1) {
			if i > 0 && g.more == "" { // 遥感影像 is named again and again
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
			list = append(list, named{x, at})
		}
	}
	slices.SortStableFunc(list, func(a, b named) int { return a.at[0] - b.at[0] })
	for i, x := range list {
		t.Evidence = append(t.Evidence, x.Evidence)
		t.tell(fmt.Sprintf("%s.%d", Exhibit, i), x.Kind, x.Title, x.at)
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
	value := z.Relation
	for _, s := range []string{z.PlanName, z.PlanNumber} {
		if s != "" {
			value += "，" + s
		}
	}
	if compared.MatchString(t.s) {
		z.Evidence = comparison(t.Evidence)
	}
	t.tell(Zone, "禁养区", value, all[i])
}

// comparison says what a plot was compared with: 遥感影像图、禁养区划定方案与遥感测绘结果分析报告比对.
func comparison(list []registry.Evidence) string {
	var names []string
	for _, x := range list {
		if name, ok := map[string]string{"遥感影像": "遥感影像图", "规划文件": "禁养区划定方案", "测绘报告": x.Title}[x.Kind]; ok {
			names = append(names, name)
		}
	}
	if n := len(names); n > 1 {
		names = []string{strings.Join(names[:n-1], "、") + "与" + names[n-1]}
	}
	if names == nil {
		return ""
	}
	return names[0] + "比对"
}

var (
	idle      = pattern(`(设施|设备)…{0,8}(闲置|停运|停用|停着|停开|未运行|没有运行|未开启)`)
	again     = pattern(`复查[^。；]*?仍[^。；]{0,6}(在|未|继续|从事)`)
	damaged   = pattern(`(对|使|致|造成)<[^，。；对]{0,24}?>(造成|受到|遭到)?了?…{0,10}损害`)
	undamaged = pattern(`磋商|未|没有|避免|防止|评估|鉴定`)
	elements  = pattern(`水质|地表水|地下水|土壤|大气`)
)

// readTimes reads what was damaged, and what was going on.
func (t *telling) readTimes() {
	t.Ongoing, t.Idle, t.Still = running.MatchString(t.s), idle.MatchString(t.s), again.MatchString(t.s)
	at := t.find(damaged)
	if at == nil || undamaged.MatchString(t.in(t.clause(at[0]))) {
		return
	}
	for _, w := range elements.FindAllString(t.group(at, 0), -1) {
		if !slices.Contains(t.Damage, w) {
			t.Damage = append(t.Damage, w)
		}
	}
	if t.Damage != nil {
		t.tell(Damage, "受损害的", strings.Join(t.Damage, "、"), at)
	}
}
