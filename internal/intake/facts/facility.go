package facts

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// equipment are the nouns of what a farm has against pollution, by the kind that the registry has for them.
var equipment = []struct {
	kind  string
	named *regexp.Regexp
}{
	{"废水处理设施", regexp.MustCompile(`(?:废水|污水|粪水)(?:处理|治理)(?:设施|设备|系统|站)`)},
	{"废气治理设施", regexp.MustCompile(`废气(?:处理|治理)(?:设施|设备|系统)`)},
	{"除臭设施", regexp.MustCompile(`除臭(?:设施|设备|系统|装置)`)},
	{"堆粪棚", regexp.MustCompile(`堆粪[棚场]|干粪棚`)},
	{"无害化处理设施", regexp.MustCompile(`无害化处理(?:设施|池|井)`)},
	{"沼气池", regexp.MustCompile(`(?:黑膜)?沼气池|黑膜池`)},
	{"好氧处理", regexp.MustCompile(`好氧池|曝气池|异位发酵床`)},
	{"沉淀池", regexp.MustCompile(`沉淀池`)},
	{"隔渣池", regexp.MustCompile(`隔渣池|格栅池`)},
	{"氧化塘", regexp.MustCompile(`氧化塘|稳定塘`)},
	{"鱼塘", regexp.MustCompile(`鱼塘[A-Z]?`)},
	{"贮存池", regexp.MustCompile(`贮存池|储液池|集污池|集粪池|粪污池|粪水池|污水池|储粪池|沼液池|化粪池|收集池`)},
	{"收集沟渠", regexp.MustCompile(`(?:场内|收集|导流)沟渠?`)},
	{"其他", regexp.MustCompile(`收集塘|管道|软管|暗管`)},
}

// demanded is what a paper asks for and was not built; own is what was built instead, and is not good enough.
var (
	demanded = regexp.MustCompile(`(?:未|没有)(?:按照?|依照)[^，。；]*?(登记表|报告表|报告书|环评)[^，。；]*?(?:要求|规定)?[^，。；]*?(?:配套)?建设(?:必要)?的?([\p{Han}]{0,10}设施)`)
	own      = regexp.MustCompile(`(自行建设的?[\p{Han}]{0,8}设施|自建的?[\p{Han}]{0,8}设施)(?:又)?不合格`)
)

// thing is a facility while it is read.
type thing struct {
	registry.Facility
	noun string
	at   []int
}

// readFacilities lists what the text says that the farm has, in the order in which it names it.
func (f *Facts) readFacilities(t *telling) {
	var list []thing
	for _, e := range equipment {
		for _, at := range e.named.FindAllStringIndex(t.s[:t.handling], -1) {
			if inTitle(t.s, at[0]) || isPart(t.s, at) || sampled.MatchString(t.in(t.clause(at[0]))) {
				continue
			}
			list = addThing(list, thingAt(t, e.kind, at))
		}
	}
	list = append(list, f.shared(t, list)...)
	list = append(list, f.wanting(t)...)
	slices.SortStableFunc(list, func(a, b thing) int { return a.at[0] - b.at[0] })
	for i := range list {
		x := &list[i]
		if x.State == "" {
			x.State = stateOf(t, x)
		}
		f.Farm.Facilities = append(f.Farm.Facilities, x.Facility)
		f.tell(t, fmt.Sprintf("%s.%d", Facility, i), "设施", x.words(), x.at)
	}
}

// words say a facility in a line.
func (x *thing) words() string {
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

// isPart is for nouns that are the beginning or a part of another: 雨水管道 is rain's, 管道断裂处 a place of the pipe.
func isPart(s string, at []int) bool {
	return strings.HasSuffix(s[:at[0]], "雨水") || strings.HasSuffix(s[:at[0]], "雨") || strings.HasPrefix(s[at[1]:], "断裂处") || strings.HasPrefix(s[at[1]:], "断口")
}

// counts are the numbers in front of what is counted.
var (
	counts  = regexp.MustCompile(`([一二两三四五六七八九十]|\d+)(?:套|座|个|口|条|间|处)$`)
	barnOf  = regexp.MustCompile(`([一二两三]?(?:栋|间|座)?[猪牛鸡鸭羊禽]舍)的?[^，。；]{0,10}(?:收集|排|流|送|进)(?:至|到|入|往)[^，。；]{0,3}$`)
	besides = regexp.MustCompile(`((?:堆粪|干粪)[棚场]|[\p{Han}]{1,2}[舍池塘])(旁|旁边|一侧)(?:配套)?(?:建设|设置|安装|建有)?的?$`)
)

// thingAt is the facility whose noun stands at a place.
func thingAt(t *telling, kind string, at []int) thing {
	noun := t.s[at[0]:at[1]]
	x := thing{registry.Facility{Kind: kind}, noun, slices.Clone(at)}
	c := t.clause(at[0])
	lead := t.s[c[0]:at[0]]
	if start, words := t.phrase(at[0], at[1]); words != noun && kind != "鱼塘" && kind != "废水处理设施" && kind != "废气治理设施" {
		x.Name, x.at[0] = words, start
	} else if kind != noun && !strings.HasSuffix(kind, "设施") {
		x.Name = noun
	}
	if takesUp.MatchString(t.s[at[1]:]) {
		x.Name = "消纳" + noun
	}
	if m := counts.FindStringSubmatch(t.s[c[0]:max(c[0], x.at[0])]); m != nil {
		x.Count = number(m[1])
	}
	if m := barnOf.FindStringSubmatch(t.s[c[0]:max(c[0], x.at[0])]); m != nil {
		x.Serves = m[1]
	}
	if m := besides.FindStringSubmatch(lead); m != nil {
		x.Serves, x.Name = m[1], m[1]+m[2]
	}
	return x
}

func number(s string) *int64 {
	n, end := registry.ReadNumber([]rune(s), 0)
	if n /= registry.NumberUnit; end == 0 {
		return nil
	}
	return &n
}

// addThing adds a facility, or tells more of one that was named before: 该沉淀池 is the 两级沉淀池.
func addThing(list []thing, x thing) []thing {
	for i := range list {
		k := &list[i]
		switch {
		case k.Kind == "鱼塘" && x.Kind == "鱼塘" && x.Name == "": // 两口鱼塘, of those that were named
			return list
		case k.Kind != x.Kind || k.Kind == "鱼塘" && k.Name != x.Name:
			continue
		case k.Kind == "其他" && k.noun != x.noun:
			continue
		case x.Name != "" && k.Name != "" && x.Name != k.Name && x.Name != x.noun && k.Name != k.noun:
			continue
		}
		if len(x.Name) > len(k.Name) {
			k.Name = x.Name
		}
		if k.Serves == "" {
			k.Serves = x.Serves
		}
		if k.Count == nil {
			k.Count = x.Count
		}
		return list
	}
	return append(list, x)
}

// each is for two that are counted once: 废水、废气治理设施各一套.
var each = regexp.MustCompile(`(?:废水|污水)(?:、|和|及)废气(?:处理|治理)设施(?:各|分别)([一二两三四五]|\d+)套`)

func (f *Facts) shared(t *telling, had []thing) (list []thing) {
	at := t.find(each)
	if at == nil {
		return nil
	}
	n := number(t.group(at, 1))
	for i := range had {
		if had[i].Kind == "废气治理设施" {
			had[i].Count, had[i].at = n, at[:2]
		}
	}
	if !slices.ContainsFunc(had, func(x thing) bool { return x.Kind == "废水处理设施" }) {
		list = append(list, thing{registry.Facility{Kind: "废水处理设施", Count: n}, "废水处理设施", []int{at[0] - 1, at[1]}})
	}
	return list
}

// wanting are what was asked for and not built, and what was built and is not good enough.
func (f *Facts) wanting(t *telling) (list []thing) {
	if at := t.find(demanded); at != nil {
		paper := t.group(at, 1)
		if paper != "环评" {
			paper = "环评" + paper
		}
		name := paper + "要求配套的" + strings.TrimPrefix(t.group(at, 2), "必要的")
		list = append(list, thing{registry.Facility{Kind: "其他", Name: name, State: "未建"}, name, at[:2]})
	}
	if at := t.find(own); at != nil {
		list = append(list, thing{registry.Facility{Kind: "其他", Name: t.group(at, 1), State: "不合格"}, t.group(at, 1), at[:2]})
	}
	return list
}

var (
	stopped = regexp.MustCompile(`闲置|停运|停用|停着|停开|未运行|没有运行|未开启|擅自停止`)
	notMade = regexp.MustCompile(`(?:未|没有)(?:按[^，。；]{0,8})?(?:建设|建成|配套建设|配备)`)
	runs    = regexp.MustCompile(`(?:正常|稳定)运行`)
	astray  = regexp.MustCompile(`(?:不|未|没有)正常运行`)
)

// stateOf is how the clauses that name a facility say it was found.
func stateOf(t *telling, x *thing) string {
	if x.Kind == "鱼塘" {
		if unlined.MatchString(t.around("鱼塘")) {
			x.Lining = "无防渗"
		}
		return ""
	}
	said := t.around(x.noun)
	if x.Serves != "" && strings.HasPrefix(x.Name, x.Serves) {
		said = t.around(x.Name)
	} else if strings.Contains(said, x.noun+"旁") { // what is said there is of what stands beside it
		return ""
	}
	if unlined.MatchString(said) && (strings.HasSuffix(x.noun, "池") || strings.HasSuffix(x.noun, "塘")) {
		x.Lining = "无防渗"
	}
	switch {
	case stopped.MatchString(said):
		return "闲置停运"
	case broken.MatchString(said):
		return "破损"
	case full.MatchString(said):
		return "满溢"
	case notMade.MatchString(said):
		return "未建"
	case runs.MatchString(said) && !astray.MatchString(said):
		return "正常运行"
	}
	return ""
}
