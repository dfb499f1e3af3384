package facts

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"casebook/internal/registry"
)

var (
	taken     = regexp.MustCompile(`(?:对|在|从)([^，。；：]{2,60}?)(?:分别)?(?:进行|开展|作|做)?(?:了)?(?:现场)?(?:采样|取样|采集|抽样)`)
	station   = regexp.MustCompile(`([\p{Han}]{2,14}?(?:监测站|监测中心|监测中心站|检测中心|检测(?:技术)?(?:有限)?公司))(?:的)?(?:工作人员|监测人员|技术人员|人员)?(?:当场|现场)?(?:对|在|到|于|采)`)
	standard  = regexp.MustCompile(`(《[^《》]*标准》)(?:（([A-Z]{2,3}/?T? ?[0-9.]+(?:/T)?[0-9/]*(?:—|-)\d{4})）)?(表 ?\d+)?`)
	over      = regexp.MustCompile(`(?:均|都|分别)?(?:超过|超出|高于|超标|不符合|超)`)
	item      = regexp.MustCompile(`化学需氧量|五日生化需氧量|悬浮物|氨氮|总磷|总氮|pH|粪大肠菌群数?|蛔虫卵|臭气浓度|COD|总铜|总锌`)
	measured  = regexp.MustCompile(`(化学需氧量|五日生化需氧量|悬浮物|氨氮|总磷|总氮|臭气浓度|COD)(?:排放)?(?:浓度|值)?(?:为|达到?|是)?(\d[\d.]*) ?(mg/L|毫克/升|毫克每升)`)
	outflow   = regexp.MustCompile(`外排(?:废)?水|外排污水|排放的?(?:废水|污水)`)
	printedAt = regexp.MustCompile(`([\p{Han}A-Z0-9]{2,14}(?:外排水|外排废水|排放口|总排口|排口|出水口))(?:的|中|处)*(?:化学|氨氮|总磷|总氮|悬浮|COD|五日|pH|粪大)`)
	splitting = regexp.MustCompile(`、|以及|和|及|与`)
	media     = []struct {
		ends *regexp.Regexp
		is   string
	}{{regexp.MustCompile(`土壤$`), "土壤"}, {regexp.MustCompile(`河水|溪水|水体$|河流$`), "地表水"}, {regexp.MustCompile(`地下水|井水`), "地下水"}, {regexp.MustCompile(`臭气|废气`), "臭气"}}
)

// readSamples lists what was sampled, one sample a point and medium, and what the results are told to be.
func (f *Facts) readSamples(t *telling) {
	var taking [][]int // where each sample was told to be taken
	for _, at := range taken.FindAllStringSubmatchIndex(t.s, -1) {
		f.take(t.group(at, 1))
		for len(taking) < len(f.Samples) {
			taking = append(taking, at[:2])
		}
	}
	if at := t.find(printedAt); at != nil && len(f.Samples) == 1 { // 收集塘溢流口外排水 says more than 该溢流口外排水
		if point := t.group(at, 1); strings.Contains(point, strings.TrimPrefix(f.Samples[0].Point, "该")) {
			f.Samples[0].Point = point
		}
	}
	for i := range f.Samples {
		f.Samples[i].Point = strings.TrimPrefix(f.Samples[i].Point, "该")
	}
	if at := f.readVerdicts(t); len(taking) < len(f.Samples) {
		taking = append(taking, at)
	}
	organ := t.group(t.find(station), 1)
	organ = organ[max(0, strings.LastIndexAny(organ, "由请经")):]
	for _, w := range []string{"由", "请", "经"} {
		organ = strings.TrimPrefix(organ, w)
	}
	for i := range f.Samples {
		x := &f.Samples[i]
		x.SamplingOrgan = organ
		f.tell(t, fmt.Sprintf("%s.%d", Sample, i), "采样", sampleWords(x), taking[i])
	}
	if at := t.find(station); at != nil && organ != "" && len(f.Samples) > 0 {
		f.Others = organ + "（采样监测）"
		f.tell(t, Others, "参加检查", f.Others, at[2:4])
	}
}

func sampleWords(x *registry.Sample) string {
	words := x.Point
	for i, r := range x.Results {
		words += map[bool]string{true: "：", false: "、"}[i == 0]
		if r.Pollutant != "其他" {
			words += r.Pollutant
		}
		words += r.Value + r.Unit + r.Verdict
	}
	return words
}

// take makes a sample of each thing that was sampled: of A、B水质 each has its water, of 渗漏处的水质和土壤 each its place.
func (f *Facts) take(what string) {
	parts := splitting.Split(what, -1)
	place := ""
	for i, p := range parts {
		p = strings.ReplaceAll(strings.TrimSpace(p), "的", "")
		if isMedium(p) {
			p = place + p
		} else {
			place = strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(p, "水质"), "土壤"), "水")
		}
		if !isMedium(p) && !hasMedium(p) && i+1 < len(parts) && strings.HasSuffix(parts[i+1], "水质") {
			p += "水质"
		}
		if p == "" || slices.ContainsFunc(f.Samples, func(x registry.Sample) bool { return x.Point == p }) {
			continue
		}
		medium := "废水"
		for _, m := range media {
			if m.ends.MatchString(p) {
				medium = m.is
			}
		}
		f.Samples = append(f.Samples, registry.Sample{Point: p, Medium: medium})
	}
}

func isMedium(s string) bool { return s == "水质" || s == "土壤" || s == "水" || s == "底泥" }
func hasMedium(s string) bool {
	return strings.HasSuffix(s, "水质") || strings.HasSuffix(s, "水") || strings.HasSuffix(s, "土壤")
}

// readVerdicts gives the samples what is told of their results: values with their items, or that they are over a limit. place is where; what nobody
// is told to have sampled is a sample of its own.
func (f *Facts) readVerdicts(t *telling) (place []int) {
	cited, ref := "", ""
	if at := t.find(standard); at != nil {
		cited = t.group(at, 1)
		if n := t.group(at, 2); n != "" {
			cited, ref = cited+"（"+n+"）", n
		}
		if table := strings.ReplaceAll(t.group(at, 3), " ", ""); table != "" {
			cited, ref = cited+table, strings.TrimSpace(ref+" "+table)
		}
	}
	var results []registry.SampleResult
	for i, c := range t.clauses {
		said := t.in(c)
		at := over.FindStringIndex(said)
		if at == nil || inTitle(t.s, c[0]) {
			continue
		}
		list := verdictsOf(said, at[0])
		if i > 0 && len(list) == 0 && t.s[t.clauses[i-1][1]:c[0]] == "，" { // 氨氮浓度为80毫克/升，超过…
			before := t.in(t.clauses[i-1])
			list = verdictsOf(before, len(before))
		}
		if len(list) == 0 && outflow.MatchString(said) && !strings.Contains(said, "违法行为") {
			list = []registry.SampleResult{{Pollutant: "其他", Kind: registry.ResultVerdict, Verdict: registry.VerdictOver, Note: "超标项目未公布。"}}
		}
		if len(list) > 0 && results == nil {
			results, place = list, c[:]
		}
	}
	if results == nil {
		return nil
	}
	if ref != "" {
		for i := range results {
			results[i].LimitFrom, results[i].LimitRef = registry.LimitAsPrinted, ref+"（通报所印）"
		}
	}
	i := f.overAt()
	if i < 0 {
		point := "外排水"
		if at := t.find(printedAt); at != nil {
			point = t.group(at, 1)
		}
		f.Samples, i = append(f.Samples, registry.Sample{Point: point, Medium: "废水"}), len(f.Samples)
	}
	f.Samples[i].Results, f.Samples[i].StandardCited = results, cited
	return place
}

// verdictsOf are the results that a clause tells to be over a limit: the items in front of the word.
func verdictsOf(said string, at int) (list []registry.SampleResult) {
	if i := strings.LastIndex(said[:at], "》"); i >= 0 {
		return nil
	}
	values := map[string][]string{}
	for _, m := range measured.FindAllStringSubmatch(said, -1) {
		values[m[1]] = m
	}
	for _, name := range item.FindAllString(said[:at], -1) {
		r := registry.SampleResult{Pollutant: pollutant(name), Kind: registry.ResultVerdict, Verdict: registry.VerdictOver}
		if m := values[name]; m != nil {
			r.Kind, r.Value, r.Unit = registry.ResultValue, m[2], "mg/L"
		} else {
			r.Note = "监测数值和限值未公布。"
		}
		list = append(list, r)
	}
	return list
}

func pollutant(name string) string {
	switch name {
	case "COD":
		return "化学需氧量"
	case "粪大肠菌群":
		return "粪大肠菌群数"
	case "总铜":
		return "铜"
	case "总锌":
		return "锌"
	}
	return name
}

// overAt is the sample that a verdict on what leaves the farm is about: the only one, or that of the last place that the water passes.
func (f *Facts) overAt() int {
	if len(f.Samples) == 1 {
		return 0
	}
	for _, n := range slices.Backward(f.Path.Nodes) {
		for i, x := range f.Samples {
			if x.Medium == "废水" && n.Kind != "土壤" && n.Kind != "外环境" && strings.HasPrefix(x.Point, n.Name) {
				return i
			}
		}
	}
	return -1
}
