package facts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// facility is a thing that a farm has, while it is read.
type facility struct {
	registry.Facility
	thing
}

var (
	before   = pattern(`<[一二两三四五六七八九十]|\d+>[套座个口条间处]$`)
	behind   = pattern(`^(各|分别)<[一二两三四五六七八九十]|\d+>套`) // 废水、废气治理设施各一套
	barnOf   = pattern(`<[一二两三]?[栋间座]?[猪牛鸡鸭羊禽]舍>的?…{0,10}(收集|排|流|送|进)[至到入往]…{0,3}$`)
	besides  = pattern(`<<(堆粪|干粪)[棚场]|\p{Han}{1,2}[舍池塘]>(旁|旁边|一侧)>(配套)?(建设|设置|安装|建有)?的?$`)
	pond     = pattern(`[池塘][A-Z]?$`)
	takesUp  = pattern(`^(进行)?消纳`)
	own      = pattern(`<(自行建设|自建)的?\p{Han}{0,8}设施>又?不合格`)
	demanded = pattern(`(未|没有)(按照?|依照)…*?<登记表|报告表|报告书|环评>…*?(要求|规定)?…*?(配套)?建设(必要的?)?的?<\p{Han}{0,10}设施>`)
)

// readFacilities lists what the text says that the farm has, in the order in which it names it.
func (t *telling) readFacilities() {
	var list []facility
	for _, x := range t.things {
		if x.facility != "" {
			for kind := range strings.SplitSeq(x.facility, "、") {
				list = addFacility(list, t.facilityOf(x, kind))
			}
		}
	}
	want := func(name, state string, at []int) {
		list = append(list, facility{registry.Facility{Kind: "其他", Name: name, State: state}, thing{noun: name, start: at[0], end: at[1]}})
	}
	if at := t.find(demanded); at != nil { // what a paper asks for and was not built
		want("环评"+strings.TrimPrefix(t.group(at, 1), "环评")+"要求配套的"+t.group(at, 2), "未建", at)
	}
	if at := t.find(own); at != nil { // what was built instead, and is not good enough
		want(t.group(at, 1), "不合格", at)
	}
	for i, x := range list {
		x.judge(t)
		t.Farm.Facilities = append(t.Farm.Facilities, x.Facility)
		t.tell(fmt.Sprintf("%s.%d", Facility, i), "设施", x.words(), []int{x.start, x.end})
	}
}

// words say a facility in a line.
func (x *facility) words() string {
	words := x.Name
	if words == "" || x.standsBeside() {
		words += x.Kind
	}
	words = joined("，", words, x.Lining, x.State)
	if x.Count != nil {
		words += fmt.Sprintf("（%d）", *x.Count)
	}
	return words
}

// standsBeside is for a facility that is named by what it stands beside: 堆粪棚旁.
func (x *facility) standsBeside() bool { return x.Serves != "" && strings.HasPrefix(x.Name, x.Serves) }

// facilityOf is a thing as a facility. Those whose kind says all have no name.
func (t *telling) facilityOf(n thing, kind string) facility {
	x := facility{registry.Facility{Kind: kind, Name: n.name}, n}
	if kind != n.facility { // one noun of two
		x.noun = kind
	}
	if m := besides.FindStringSubmatch(t.lead(n.at)); m != nil {
		x.Name, x.Serves = m[1], m[2]
	} else if takesUp.MatchString(t.behind(n.end)) {
		x.Name = "消纳" + n.noun
	} else if n.name == kind || strings.HasSuffix(kind, "设施") {
		x.Name = ""
	}
	lead := t.lead(n.start)
	if m := barnOf.FindStringSubmatch(lead); m != nil {
		x.Serves = m[1]
	}
	for _, m := range [][]string{before.FindStringSubmatch(lead), behind.FindStringSubmatch(t.behind(n.end))} {
		if m == nil {
			continue
		}
		if n, end := registry.ReadNumber([]rune(m[1]), 0); end > 0 {
			n /= registry.NumberUnit
			x.Count = &n
		}
	}
	return x
}

// addFacility adds a facility, or tells more of one that was named before: 该沉淀池 is the 两级沉淀池.
func addFacility(list []facility, x facility) []facility {
	i := slices.IndexFunc(list, func(k facility) bool {
		return k.Kind == x.Kind && (strings.HasSuffix(k.Name, x.Name) || strings.HasSuffix(x.Name, k.Name))
	})
	if i < 0 {
		return append(list, x)
	}
	k := &list[i]
	if len(x.Name) >= len(k.Name) { // two ponds are not the number of 鱼塘A
		k.Name, k.Count = x.Name, cmp.Or(k.Count, x.Count)
	}
	k.Serves = cmp.Or(k.Serves, x.Serves)
	return list
}

// judge says how the clauses that name a facility say it was found. Of fish ponds they mostly tell where the water came from.
func (x *facility) judge(t *telling) {
	noun := x.noun
	if x.standsBeside() {
		noun = x.Name
	}
	said := t.around(noun)
	if noun == x.noun && strings.Contains(said, noun+"旁") { // what is said there is of what stands beside it
		return
	}
	if unlined.MatchString(said) && pond.MatchString(noun) {
		x.Lining = "无防渗"
	}
	if x.State == "" && x.Kind != "鱼塘" {
		x.State = found("设施", said)
	}
}
