package facts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/registry"
)

var (
	taken    = pattern(`(对|在|从)<[^，。；：]{2,60}?>(分别)?(进行|开展|作|做)?(了)?(现场)?(采样|取样|采集|抽样)`)
	station  = pattern(`<[^\P{Han}由请经]{2,14}?(监测站|监测中心站?|检测中心|检测(技术)?(有限)?公司)>的?((工作|监测|技术)?人员)?(当场|现场)?[对在到于采]`)
	standard = pattern(`<《[^《》]*标准》>(（<[A-Z]{2,3}/?T? ?[0-9.]+(/T)?[0-9/]*[—-]\d{4}>）)?<表 ?\d+>?`)
	over     = pattern(`超过|超出|高于|超标|不符合|超`)
	item     = pattern(`<化学需氧量|五日生化需氧量|悬浮物|氨氮|总磷|总氮|pH|粪大肠菌群数?|蛔虫卵|臭气浓度|COD|总铜|总锌>((排放)?(浓度|值)?(为|达到?|是)?<\d[\d.]*> ?(mg/L|毫克/升|毫克每升))?`)
	outflow  = pattern(`外排(废|污)?水|排放的?(废水|污水)`)
	outlet   = pattern(`<[\p{Han}A-Z0-9]{2,14}(外排废?水|排放口|总?排口|出水口)>(的|中|处)*(化学|氨氮|总磷|总氮|悬浮|COD|五日|pH|粪大)`)
	and      = pattern(`、|以及|和|及|与`)
	media    = lexicon("media")
	medium   = pattern(`(水质|水|土壤|底泥)$`)
)

// pollutants are the names of the catalogue for those that texts use.
var pollutants = map[string]string{"COD": "化学需氧量", "粪大肠菌群": "粪大肠菌群数", "总铜": "铜", "总锌": "锌"}

// readSamples lists what was sampled, one sample a point and medium, and what the results are told to be.
func (t *telling) readSamples() {
	var told [][]int // where each sample was told to be taken
	for _, at := range taken.FindAllStringSubmatchIndex(t.s, -1) {
		for _, point := range points(t.group(at, 1)) {
			if !slices.ContainsFunc(t.Samples, func(x registry.Sample) bool { return x.Point == point }) {
				t.Samples, told = append(t.Samples, registry.Sample{Point: point, Medium: cmp.Or(first(media, point).name, "废水")}), append(told, at[:2])
			}
		}
	}
	exact := t.group(t.find(outlet), 1)
	for i := range t.Samples {
		x := &t.Samples[i]
		x.Point = strings.TrimPrefix(x.Point, "该")
		if len(t.Samples) == 1 && strings.Contains(exact, x.Point) { // 收集塘溢流口外排水 says more than 该溢流口外排水
			x.Point = exact
		}
	}
	if results, cited, at := t.verdicts(); results != nil {
		i := t.overAt()
		if i < 0 {
			t.Samples, told, i = append(t.Samples, registry.Sample{Point: cmp.Or(exact, "外排水"), Medium: "废水"}), append(told, at), len(t.Samples)
		}
		t.Samples[i].Results, t.Samples[i].StandardCited = results, cited
	}
	at := t.find(station)
	for i := range t.Samples {
		x := &t.Samples[i]
		x.SamplingOrgan = t.group(at, 1)
		t.tell(fmt.Sprintf("%s.%d", Sample, i), "采样", sampleWords(x), told[i])
	}
	if at != nil && len(t.Samples) > 0 {
		t.Others = t.group(at, 1) + "（采样监测）"
		t.tell(Others, "参加检查", t.Others, at[2:4])
	}
}

func sampleWords(x *registry.Sample) string {
	words, sep := x.Point, "："
	for _, r := range x.Results {
		words += sep + strings.TrimPrefix(r.Pollutant, "其他") + r.Value + r.Unit + r.Verdict
		sep = "、"
	}
	return words
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

// verdicts are what the text tells to be over a limit, by which standard, and where: values with their items, or that what leaves the farm is over.
func (t *telling) verdicts() (list []registry.SampleResult, cited string, at []int) {
	for i, c := range t.clauses {
		said := t.in(c)
		is := over.FindStringIndex(said)
		if is == nil || t.inTitle(c[0]) {
			continue
		}
		list = resultsIn(said[:is[0]])
		if i > 0 && list == nil && t.s[t.clauses[i-1][1]:c[0]] == "，" { // 氨氮浓度为80毫克/升，超过…
			list = resultsIn(t.in(t.clauses[i-1]))
		}
		if list == nil && outflow.MatchString(said) && !strings.Contains(said, "违法行为") {
			list = []registry.SampleResult{{Pollutant: "其他", Kind: registry.ResultVerdict, Verdict: registry.VerdictOver, Note: "超标项目未公布。"}}
		}
		if list != nil {
			at = c[:]
			break
		}
	}
	if by := t.find(standard); by != nil {
		number, table := t.group(by, 2), strings.ReplaceAll(t.group(by, 3), " ", "")
		cited = t.group(by, 1) + table
		if number != "" {
			cited = t.group(by, 1) + "（" + number + "）" + table
		}
		if ref := strings.TrimSpace(number + " " + table); ref != "" {
			for i := range list {
				list[i].LimitFrom, list[i].LimitRef = registry.LimitAsPrinted, ref+"（通报所印）"
			}
		}
	}
	return list, cited, at
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
