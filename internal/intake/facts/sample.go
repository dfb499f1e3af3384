package facts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/registry"
)

var (
	taken    = pattern(`(对|在|从)<[^，。；：]{2,60}?>(分别)?(进行|开展|作|做)?了?(现场)?(采样|取样|采集|抽样)`)
	and      = pattern(`、|以及|和|及|与`)
	medium   = pattern(`(水质|水|土壤|底泥)$`)
	station  = pattern(`<[^\P{Han}由请经]{1,14}?(监测站|监测中心站?|检测中心|检测(技术)?(有限)?公司)>的?((工作|监测|技术)?人员)?(当场|现场)?[对在到于采]`)
	standard = pattern(`<《[^《》]*标准》(（<[A-Z]{2,3}/?T? ?[0-9.]+(/T)?[0-9/]*[—-]\d{4}>）)?<表 ?\d+>?>`)
	over     = pattern(`超过|超出|高于|超标|不符合|超`)
	outflow  = pattern(`外排(废|污)?水|排放的?(废水|污水)`)
	outlet   = pattern(`<[\p{Han}A-Z0-9]{2,14}(外排废?水|排放口|总?排口|出水口)>[的中处]*(化学|氨氮|总磷|总氮|悬浮|COD|五日|pH|粪大)`)
	item     = pattern(`<化学需氧量|五日生化需氧量|悬浮物|氨氮|总磷|总氮|pH|粪大肠菌群数?|蛔虫卵|臭气浓度|COD|总铜|总锌>` +
		`((排放)?(浓度|值)?(为|达到?|是)?<\d[\d.]*> ?(mg/L|毫克/升|毫克每升))?`)
)

// pollutants are the names of the catalogue for those that texts use.
var pollutants = map[string]string{"COD": "化学需氧量", "粪大肠菌群": "粪大肠菌群数", "总铜": "铜", "总锌": "锌"}

// readSamples lists what was sampled, one sample a point and medium, and what the results are told to be.
func (t *telling) readSamples() {
	var told [][]int // where each sample was told to be taken
	add := func(point string, at []int) int {
		i := slices.IndexFunc(t.Samples, func(x registry.Sample) bool { return x.Point == point })
		if i < 0 {
			i = len(t.Samples)
			t.Samples, told = append(t.Samples, registry.Sample{Point: point, Medium: cmp.Or(found("采样", point), "废水")}), append(told, at)
		}
		return i
	}
	for _, at := range taken.FindAllStringSubmatchIndex(t.s, -1) {
		for _, point := range points(t.group(at, 1)) {
			add(point, at)
		}
	}
	results, at := t.verdicts()
	if t.Samples == nil && results == nil {
		return
	}
	exact := t.group(t.find(outlet), 1)
	for i := range t.Samples {
		x := &t.Samples[i]
		x.Point = strings.TrimPrefix(x.Point, "该")
		if len(t.Samples) == 1 && strings.Contains(exact, x.Point) { // 收集塘溢流口外排水 says more than 该溢流口外排水
			x.Point = exact
		}
	}
	if results != nil {
		i := t.overAt()
		if i < 0 {
			i = add(cmp.Or(exact, "外排水"), at)
		}
		t.Samples[i].Results, t.Samples[i].StandardCited = results, t.cited(results)
	}
	by := t.find(station)
	for i := range t.Samples {
		x := &t.Samples[i]
		x.SamplingOrgan = t.group(by, 1)
		t.tell(fmt.Sprintf("%s.%d", Sample, i), "采样", sampleWords(x), told[i])
	}
	if by != nil {
		t.Others = t.group(by, 1) + "（采样监测）"
		t.tell(Others, "参加检查", t.Others, by[2:])
	}
}

func sampleWords(x *registry.Sample) string {
	var results []string
	for _, r := range x.Results {
		results = append(results, strings.TrimPrefix(r.Pollutant, "其他")+r.Value+r.Unit+r.Verdict)
	}
	return joined("：", x.Point, strings.Join(results, "、"))
}

// points are the things that were sampled: of A、B水质 each has its water, of 渗漏处的水质和土壤 each its place.
func points(what string) (list []string) {
	place := ""
	parts := and.Split(strings.ReplaceAll(what, "的", ""), -1)
	for i, p := range parts {
		p = strings.TrimSpace(p)
		switch bare := medium.ReplaceAllString(p, ""); {
		case bare == "":
			p = place + p
		case bare == p && i+1 < len(parts) && strings.HasSuffix(parts[i+1], "水质"):
			p, place = p+"水质", p
		default:
			place = bare
		}
		if p != "" {
			list = append(list, p)
		}
	}
	return list
}

// verdicts are what the text tells to be over a limit, and where: values with their items, or that what leaves the farm is over.
func (t *telling) verdicts() (list []registry.SampleResult, at []int) {
	before := ""
	for _, c := range t.clauses {
		said := t.in(c)
		if is := over.FindStringIndex(said); is != nil && !t.inTitle(c[0]) {
			list = resultsIn(said[:is[0]])
			if list == nil && strings.HasSuffix(t.s[:c[0]], "，") { // 氨氮浓度为80毫克/升，超过…
				list = resultsIn(before)
			}
			if list == nil && outflow.MatchString(said) && !strings.Contains(said, "违法行为") {
				list = []registry.SampleResult{{Pollutant: "其他", Kind: registry.ResultVerdict, Verdict: registry.VerdictOver, Note: "超标项目未公布。"}}
			}
			if list != nil {
				return list, c
			}
		}
		before = said
	}
	return nil, nil
}

// resultsIn are the items in front of the word that they are over a limit; what a title names is none.
func resultsIn(said string) (list []registry.SampleResult) {
	if strings.Contains(said, "》") {
		return nil
	}
	for _, m := range item.FindAllStringSubmatch(said, -1) {
		r := registry.SampleResult{Pollutant: cmp.Or(pollutants[m[1]], m[1]), Kind: registry.ResultVerdict, Verdict: registry.VerdictOver}
		if m[2] != "" {
			r.Kind, r.Value, r.Unit = registry.ResultValue, m[2], "mg/L"
		} else {
			r.Note = "监测数值和限值未公布。"
		}
		list = append(list, r)
	}
	return list
}

// cited is the standard that the text names; the results say its number and table as where their limits are from.
func (t *telling) cited(results []registry.SampleResult) string {
	at := t.find(standard)
	for i := range results {
		if ref := joined(" ", t.group(at, 2), strings.ReplaceAll(t.group(at, 3), " ", "")); ref != "" {
			results[i].LimitFrom, results[i].LimitRef = registry.LimitAsPrinted, ref+"（通报所印）"
		}
	}
	return strings.ReplaceAll(t.group(at, 1), "表 ", "表")
}

// overAt is the sample that a verdict on what leaves the farm is about: the only one, or that of the last place that the water passes.
func (t *telling) overAt() int {
	if len(t.Samples) == 1 {
		return 0
	}
	for _, n := range slices.Backward(t.Path.Nodes) {
		i := slices.IndexFunc(t.Samples, func(x registry.Sample) bool { return x.Medium == "废水" && strings.HasPrefix(x.Point, n.Name) })
		if i >= 0 && n.Kind != "土壤" && n.Kind != "外环境" {
			return i
		}
	}
	return -1
}
