package facts

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// exhibits are how texts name evidence. The first group is its title; what stands before 的 in it describes it.
var exhibits = []struct {
	kind  string
	named *regexp.Regexp
}{
	{"遥感影像", regexp.MustCompile(`((?:涉案地块|该地块|现场)?的?(?:卫星|遥感|航拍|无人机)影像图?)`)},
	{"规划文件", regexp.MustCompile(`《([^《》]*(?:禁养区|养殖区)[^《》]*)》(?:（([\p{Han}]{1,8}〔\d{4}〕\d+号)）)?`)},
	{"测绘报告", regexp.MustCompile(`((?:遥感)?(?:测绘|勘测|测量)(?:结果)?(?:分析)?报告)`)},
	{"书证", regexp.MustCompile(`《([^《》]*环境影响(?:评价)?(?:登记表|报告表|报告书))》`)},
	{"监测报告", regexp.MustCompile(`《([^《》]*(?:监测|检测)报告)》(?:（([^（）]{4,30}号?)）)?`)},
	{"现场检查笔录", regexp.MustCompile(`(?:有|以|及|和|、)《?(现场检查（勘[验察]）笔录|现场(?:检查|勘[验察])笔录)》?`)},
	{"调查询问笔录", regexp.MustCompile(`《?(调查询问笔录|询问笔录)》?[^。]*(?:为证|证据|证实|佐证)`)},
	{"照片", regexp.MustCompile(`(?:有|及|和|、)(现场(?:检查)?(?:拍摄的?)?照片)`)},
}

var maker = regexp.MustCompile(`^([\p{Han}]{2,12}(?:人民政府|政府办公室|生态环境局|环境保护局|环保局|农业农村局))关于`)

// readEvidence lists the evidence that the text names, in its order. A law is none, nor the decision itself.
func (f *Facts) readEvidence(t *telling) {
	type piece struct {
		registry.Evidence
		at []int
	}
	var list []piece
	for _, e := range exhibits {
		all := e.named.FindAllStringSubmatchIndex(t.s, -1)
		if e.kind != "监测报告" { // of others one is enough: 遥感影像 is named again and again
			all = all[:min(len(all), 1)]
		}
		for _, at := range all {
			list = append(list, piece{t.exhibit(e.kind, at), at})
		}
	}
	slices.SortStableFunc(list, func(a, b piece) int { return a.at[0] - b.at[0] })
	for i, p := range list {
		f.Evidence = append(f.Evidence, p.Evidence)
		f.tell(t, fmt.Sprintf("%s.%d", Exhibit, i), p.Kind, p.Title, p.at)
	}
}

// exhibit is the evidence of a kind that is named at a place.
func (t *telling) exhibit(kind string, at []int) registry.Evidence {
	x := registry.Evidence{Kind: kind, Title: t.group(at, 1)}
	if kind != "规划文件" && kind != "书证" && kind != "监测报告" {
		x.Title = strings.ReplaceAll(x.Title, "的", "")
	}
	if len(at) > 4 {
		x.Number = t.group(at, 2)
	}
	if m := maker.FindStringSubmatch(x.Title); m != nil {
		x.Maker = m[1]
	}
	return x
}

var (
	running   = regexp.MustCompile(`正在[^，。；]{0,16}(?:流|排|溢|淌|漫)`)
	idle      = regexp.MustCompile(`(?:设施|设备)[^，。；]{0,8}(?:闲置|停运|停用|停着|停开|未运行|没有运行|未开启)`)
	again     = regexp.MustCompile(`复查[^。；]*?仍[^。；]{0,6}(?:在|未|继续|从事)`)
	damaged   = regexp.MustCompile(`(?:对|使|致|造成)([^，。；对]{0,24}?)(?:造成|受到|遭到)?(?:了)?[^，。；]{0,10}(?:损害|污染损害)`)
	undamaged = regexp.MustCompile(`磋商|未|没有|避免|防止|评估|鉴定`)
	elements  = regexp.MustCompile(`水质|地表水|地下水|土壤|大气`)
)

// sources are where a case came from, and what the inspection is called then.
var sources = []struct {
	told                 *regexp.Regexp
	source, kindOfVisits string
}{
	{regexp.MustCompile(`群众(?:的)?(?:举报|投诉|反映|来信)|接(?:到)?(?:举报|投诉)|12345|12369`), "群众举报", "信访核查"},
	{regexp.MustCompile(`双随机`), "双随机", "双随机"},
	{regexp.MustCompile(`(?:中央|省)[^，。；]{0,8}督察[^，。；]{0,6}(?:交办|转办)`), "督察交办", "督办"},
	{regexp.MustCompile(`(?:通过|根据|依据|经)[^，。；]{0,10}(?:自动|在线)监[控测]|(?:自动|在线)监[控测][^，。；]{0,8}(?:显示|发现|报警|预警)`), "自动监控", ""},
	{regexp.MustCompile(`专项(?:执法)?(?:行动|检查)`), "专项行动", "专项检查"},
	{regexp.MustCompile(`日常(?:检查|巡查|监管|执法)`), "日常检查", "日常检查"},
}

// readTimes reads what was damaged, what was going on, and where the case came from.
func (f *Facts) readTimes(t *telling) {
	f.Ongoing, f.Idle, f.Still = running.MatchString(t.s), idle.MatchString(t.s), again.MatchString(t.s)
	if at := t.find(damaged); at != nil && !undamaged.MatchString(t.in(t.clause(at[0]))) {
		for _, w := range elements.FindAllString(t.group(at, 0), -1) {
			if !slices.Contains(f.Damage, w) {
				f.Damage = append(f.Damage, w)
			}
		}
		if f.Damage != nil {
			f.tell(t, Damage, "受损害的", strings.Join(f.Damage, "、"), at)
		}
	}
	for _, x := range sources {
		if at := t.find(x.told); at != nil {
			f.Source, f.Kind = x.source, x.kindOfVisits
			f.tell(t, Source, "案件来源", x.source, at)
			return
		}
	}
}
