package facts

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// facility is a facility while it is read, with the words that told it.
type facility struct {
	registry.Facility
	noun string
	at   []int
}

var (
	howMany = regexp.MustCompile(`([一二两三四五六七八九十]|\d+)[套座个口条间处]$`)
	barnOf  = regexp.MustCompile(`([一二两三]?[栋间座]?[猪牛鸡鸭羊禽]舍)的?[^，。；]{0,10}(?:收集|排|流|送|进)[至到入往][^，。；]{0,3}$`)
	besides = regexp.MustCompile(`((?:堆粪|干粪)[棚场]|\p{Han}{1,2}[舍池塘])(旁|旁边|一侧)(?:配套)?(?:建设|设置|安装|建有)?的?$`)
	takesUp = regexp.MustCompile(`^(?:进行)?消纳`)
	apart   = regexp.MustCompile(`^断(?:裂处|口)`) // 管道断裂处 is a place of the pipe
)

// readFacilities lists what the text says that the farm has, in the order in which it names it.
func (f *Facts) readFacilities(t *telling) {
	var list []facility
	for _, x := range t.things {
		if x.facility != "" && x.at < t.handling && !apart.MatchString(t.s[x.end:]) {
			list = addFacility(list, t.facilityOf(x))
		}
	}
	list = append(shareCount(t, list), wanting(t)...)
	slices.SortStableFunc(list, func(a, b facility) int { return a.at[0] - b.at[0] })
	for i, x := range list {
		if x.State == "" {
			x.judge(t)
		}
		f.Farm.Facilities = append(f.Farm.Facilities, x.Facility)
		f.tell(t, fmt.Sprintf("%s.%d", Facility, i), "设施", x.words(), x.at)
	}
}

// words say a facility in a line.
func (x *facility) words() string {
	name := x.Name
	if name == "" || !strings.Contains(name, x.noun) && x.Serves != "" {
		name += x.Kind
	}
	for _, s := range []string{x.Lining, x.State} {
		if s != "" {
			name += "，" + s
		}
	}
	if x.Count != nil {
		name += fmt.Sprintf("（%d）", *x.Count)
	}
	return name
}

// facilityOf is a thing as a facility. Those whose kind says all have no name.
func (t *telling) facilityOf(n thing) facility {
	x := facility{registry.Facility{Kind: n.facility, Name: n.name}, n.noun, []int{n.start, n.end}}
	switch before := t.s[t.clause(n.at)[0]:n.at]; {
	case besides.MatchString(before):
		m := besides.FindStringSubmatch(before)
		x.Serves, x.Name = m[1], m[1]+m[2]
	case takesUp.MatchString(t.s[n.end:]):
		x.Name = "消纳" + n.noun
	case n.name == n.facility, strings.HasSuffix(n.facility, "设施"):
		x.Name = ""
	}
	lead := t.s[min(t.clause(n.at)[0], n.start):n.start]
	if m := howMany.FindStringSubmatch(lead); m != nil {
		x.Count = count(m[1])
	}
	if m := barnOf.FindStringSubmatch(lead); m != nil {
		x.Serves = m[1]
	}
	return x
}

func count(s string) *int64 {
	n, end := registry.ReadNumber([]rune(s), 0)
	if n /= registry.NumberUnit; end == 0 {
		return nil
	}
	return &n
}

// addFacility adds a facility, or tells more of one that was named before: 该沉淀池 is the 两级沉淀池.
func addFacility(list []facility, x facility) []facility {
	for i := range list {
		k := &list[i]
		if k.Kind != x.Kind || !strings.HasSuffix(k.Name, x.Name) && !strings.HasSuffix(x.Name, k.Name) {
			continue
		}
		if len(x.Name) >= len(k.Name) { // two ponds are not the number of 鱼塘A
			k.Name, k.Count = x.Name, cmp.Or(k.Count, x.Count)
		}
		k.Serves = cmp.Or(k.Serves, x.Serves)
		return list
	}
	return append(list, x)
}

// each is for two that are counted once: 废水、废气治理设施各一套.
var each = regexp.MustCompile(`(?:废水|污水)[、和及]废气(?:处理|治理)设施(?:各|分别)([一二两三四五]|\d+)套`)

// shareCount gives both facilities of each their number; the first of them has no noun of its own.
func shareCount(t *telling, list []facility) []facility {
	at := t.find(each)
	if at == nil {
		return list
	}
	n := count(t.group(at, 1))
	for i := range list {
		if list[i].Kind == "废气治理设施" {
			list[i].Count, list[i].at = n, at[:2]
		}
	}
	if slices.ContainsFunc(list, func(x facility) bool { return x.Kind == "废水处理设施" }) {
		return list
	}
	return slices.Insert(list, 0, facility{registry.Facility{Kind: "废水处理设施", Count: n}, "废水处理设施", at[:2]})
}

// demanded is what a paper asks for and was not built; own is what was built instead, and is not good enough.
var (
	demanded = regexp.MustCompile(`(?:未|没有)(?:按照?|依照)[^，。；]*?(登记表|报告表|报告书|环评)[^，。；]*?(?:要求|规定)?[^，。；]*?(?:配套)?建设(?:必要的?)?的?(\p{Han}{0,10}设施)`)
	own      = regexp.MustCompile(`(自行?建设?的?\p{Han}{0,8}设施)(?:又)?不合格`)
)

// wanting are what was asked for and not built, and what was built and is not good enough.
func wanting(t *telling) (list []facility) {
	add := func(name, state string, at []int) {
		list = append(list, facility{registry.Facility{Kind: "其他", Name: name, State: state}, name, at[:2]})
	}
	if at := t.find(demanded); at != nil {
		add("环评"+strings.TrimPrefix(t.group(at, 1), "环评")+"要求配套的"+t.group(at, 2), "未建", at)
	}
	if at := t.find(own); at != nil {
		add(t.group(at, 1), "不合格", at)
	}
	return list
}

var unlined = regexp.MustCompile(`(?:无|未|没有|没)(?:做|采取|设置|建|铺设|任何)*(?:防渗|硬化防渗)`)

// found are the states of facilities and the words for them; the first that is told counts.
var found = []struct {
	state string
	told  *regexp.Regexp
}{
	{"闲置停运", regexp.MustCompile(`闲置|停运|停用|停着|停开|未运行|没有运行|未开启|擅自停止`)},
	{"破损", broken},
	{"满溢", full},
	{"未建", regexp.MustCompile(`(?:未|没有)(?:按[^，。；]{0,8})?(?:建设|建成|配套建设|配备)`)},
	{"", regexp.MustCompile(`(?:不|未|没有)正常运行`)},
	{"正常运行", regexp.MustCompile(`(?:正常|稳定)运行`)},
}

// judge says how the clauses that name a facility say it was found. Of ponds the words mostly tell where the water came from.
func (x *facility) judge(t *telling) {
	noun := x.noun
	switch {
	case x.Kind == "鱼塘":
		noun = "鱼塘"
	case x.Serves != "" && strings.HasPrefix(x.Name, x.Serves):
		noun = x.Name
	}
	said := t.around(noun)
	if noun == x.noun && strings.Contains(said, noun+"旁") { // what is said there is of what stands beside it
		return
	}
	if unlined.MatchString(said) && (strings.HasSuffix(noun, "池") || strings.HasSuffix(noun, "塘")) {
		x.Lining = "无防渗"
	}
	for _, s := range found {
		if x.Kind != "鱼塘" && s.told.MatchString(said) {
			x.State = s.state
			return
		}
	}
}
