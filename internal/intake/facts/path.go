package facts

import (
	"regexp"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// places are the nouns of a path and of a farm's facilities: the longest at a place counts.
var places = regexp.MustCompile(`雨水管渠|雨水管道|雨水管网|雨水管|雨水渠|雨水沟|雨水井|溢流口|断裂口|断裂处|破损处|断口|裂口|沉淀池|隔渣池|格栅池|` +
	`氧化塘|稳定塘|鱼塘[A-Z]?|收集塘|收集池|集污池|集粪池|粪污池|粪水池|污水池|储液池|贮存池|储粪池|沼液池|化粪池|沼气池|黑膜池|` +
	`塑胶管道|塑料管道|PVC管道|管道|暗管|软管|塑料管|塑胶管|PVC管|水管|沟渠|排水沟|水沟|明沟|土沟|土坑|渗坑|` +
	`土壤|农田|林地|荒地|外环境|场外|河流|小河|河涌|河道|溪流|溪沟|小溪|水库|池塘`)

// kindsOfPath say what a noun is on the way of the water; what ends in the key is of the kind.
var kindsOfPath = []struct{ end, kind string }{
	{"雨水管渠", "雨水管渠"}, {"雨水管道", "雨水管渠"}, {"雨水管网", "雨水管渠"}, {"雨水管", "雨水管渠"}, {"雨水渠", "雨水管渠"}, {"雨水沟", "雨水管渠"}, {"雨水井", "雨水管渠"},
	{"溢流口", "溢流口"}, {"断裂口", "断裂处"}, {"断裂处", "断裂处"}, {"破损处", "断裂处"}, {"断口", "断裂处"}, {"裂口", "断裂处"}, {"沉淀池", "沉淀池"}, {"隔渣池", "隔渣池"},
	{"格栅池", "隔渣池"}, {"氧化塘", "氧化塘"}, {"稳定塘", "氧化塘"}, {"收集塘", "收集塘"}, {"管", "管道"}, {"管道", "管道"}, {"沟", "沟渠"}, {"沟渠", "沟渠"}, {"坑", "其他"},
	{"土壤", "土壤"}, {"农田", "土壤"}, {"林地", "土壤"}, {"荒地", "土壤"}, {"外环境", "外环境"}, {"场外", "外环境"}, {"河流", "水体"}, {"小河", "水体"}, {"河涌", "水体"}, {"河道", "水体"},
	{"溪流", "水体"}, {"溪沟", "水体"}, {"小溪", "水体"}, {"水库", "水体"}, {"池塘", "水体"}, {"池", "收集池"},
}

func kindOfPath(noun string) string {
	if strings.HasPrefix(noun, "鱼塘") {
		return "鱼塘"
	}
	best := ""
	kind := "其他"
	for _, k := range kindsOfPath {
		if strings.HasSuffix(noun, k.end) && len(k.end) > len(best) {
			best, kind = k.end, k.kind
		}
	}
	return kind
}

var (
	flows = regexp.MustCompile(`流入|流进|流经|流到|流至|流向|流出|流过|排入|排到|排至|排往|排出|排进|排向|进入|汇入|渗入|渗进|渗到|溢流|溢出|漫出|收集至|收集到|送往|送到|输送|导入|引入|引至|外流|处理流程`)
	water = regexp.MustCompile(`(?:部分|大量|少量)?(?:未经(?:无害化)?处理的)?(?:[一二两三]?(?:间|栋|座)?(?:猪|牛|鸡|鸭|羊|禽)[舍栏场]的?)?` +
		`(?:粪污和[\p{Han}]{0,4}(?:清洗|冲洗)废?水|(?:养殖|粪污|粪便|冲洗|清洗|生产|屠宰|高浓度)?(?:废水|污水|粪水|粪污|尿液|沼液))`)
	namedWater = regexp.MustCompile(`(?:入|至|到|向)([\p{Han}]{1,4}(?:河|溪|江|涌|水库|湖))`)
	joining    = regexp.MustCompile(`连接([\p{Han}]{0,3}[塘池][A-Z]?)(?:和|与|、)([\p{Han}]{0,3}[塘池][A-Z]?)的|([\p{Han}]{0,2}塘[A-Z]?)(?:和|与|、)([\p{Han}]{0,2}塘[A-Z]?)之间的`)
	sampling   = regexp.MustCompile(`采样|取样|监测结果`)
	denied     = regexp.MustCompile(`(?:未|没有|不)(?:发现|见|直接|再)?[^，。；渗]{0,4}(?:流|排|溢|漫|渗[入进到])[^，。；]{0,3}$|防止|避免`)
	sampled    = regexp.MustCompile(`采样|取样|监测`)
	broken     = regexp.MustCompile(`断裂|断开|破裂|破损|断了|裂开`)
	middle     = regexp.MustCompile(`中间|中部|中段`)
	full       = regexp.MustCompile(`满载|满溢|已满|装满|溢满|蓄满`)
	overflows  = regexp.MustCompile(`溢流|溢出|漫出|外溢|漫溢`)
	unlined    = regexp.MustCompile(`(?:无|未|没有|没)(?:做|采取|设置|建|铺设|任何)*(?:防渗|硬化防渗)`)
	takesUp    = regexp.MustCompile(`^(?:进行)?消纳`)
	corner     = regexp.MustCompile(`([东南西北]{1,2}(?:侧|角|面|边))`)
	slowly     = regexp.MustCompile(`(?:慢慢|缓慢|逐渐)`)
	leadsAway  = regexp.MustCompile(`(?:旁边|附近|场旁|场边|周边)的?$`)
)

// node is a place on the path while it is read.
type node struct {
	registry.PathNode
	noun string
	at   []int
}

// way is a path while it is read: where the last sentence had come to, and whether the path has branched.
type way struct {
	nodes    []node
	last     int
	branched bool
}

// readPath follows the water through the sentences that tell of its way.
func (f *Facts) readPath(t *telling) {
	w := &way{}
	first, end := -1, 0
	for _, s := range t.sentences() {
		if s[0] >= t.handling || !flows.MatchString(t.in(s)) || sampling.MatchString(t.in(s)) {
			continue
		}
		if first < 0 {
			if at := sourceIn(t.in(s)); at != nil {
				first = s[0] + at[0]
				name := sourceName(t.s[first : s[0]+at[1]])
				w.add(node{registry.PathNode{Kind: "产生源", Name: name}, name, []int{first, s[0] + at[1]}})
			}
		}
		if first >= 0 && w.follow(t, s, max(first, s[0])) {
			end = s[1]
		}
	}
	if len(w.nodes) < 2 {
		return
	}
	w.states(t)
	w.breakOf(t)
	w.soil()
	var names []string
	for _, n := range w.nodes {
		f.Path.Nodes = append(f.Path.Nodes, n.PathNode)
		names = append(names, n.Name)
	}
	if n := w.nodes[len(w.nodes)-1]; n.Kind == "水体" {
		if f.Path.ReceivingWater = n.Name; strings.HasPrefix(n.Name, "场旁") {
			f.Path.ReceivingWater += "（名称未公布）"
		}
	}
	f.tell(t, Path, "排污路径", strings.Join(names, " → "), []int{first, end})
}

// sourceIn is where a sentence first names the water itself: not 废水处理设施.
func sourceIn(s string) []int {
	for _, at := range water.FindAllStringIndex(s, -1) {
		if rest := s[at[1]:]; strings.HasPrefix(rest, "处理流程") || !strings.HasPrefix(rest, "处理") && !strings.HasPrefix(rest, "治理") && !strings.HasPrefix(rest, "、废气") {
			return at
		}
	}
	return nil
}

// sourceName is 猪舍粪污废水 of 一猪舍的粪污废水; 未经处理的 keeps its 的.
func sourceName(s string) string {
	s = strings.TrimLeft(s, "一二两三栋间座")
	return strings.ReplaceAll(s, "舍的", "舍")
}

// follow adds the places of a sentence in the order in which the water reaches them; it reports whether there were any.
func (w *way) follow(t *telling, s [2]int, from int) bool {
	w.join(t, s)
	met := false
	for _, n := range nodesIn(t, s, from) {
		if i := w.known(n); i >= 0 {
			w.last, met = i, true
			continue
		}
		if n.Kind == "土壤" && !slices.ContainsFunc(w.nodes, func(x node) bool { return x.Kind == "土壤" }) || n.Kind != "土壤" {
			w.add(n)
			met = true
		}
	}
	return met
}

// add puts a place behind the one that the water had come to.
func (w *way) add(n node) {
	if w.branched = w.branched || w.last < len(w.nodes)-1; w.branched && n.After == nil {
		n.After = []int{w.last + 1}
	}
	w.nodes = append(w.nodes, n)
	w.last = len(w.nodes) - 1
}

// known finds a place that was named before: 该沉淀池 is the 两级沉淀池, 上述管道 the last pipe.
func (w *way) known(n node) int {
	for i, x := range slices.Backward(w.nodes) {
		if i > 0 && x.Kind == n.Kind && (x.Name == n.Name || n.Name == "鱼塘" || n.Name == n.noun && strings.HasSuffix(x.Name, n.noun)) {
			return i
		}
	}
	return -1
}

// nodesIn lists the places that a sentence names, where it does not tell of samples.
func nodesIn(t *telling, s [2]int, from int) (list []node) {
	named := places.FindAllStringIndex(t.in(s), -1)
	for _, at := range namedWater.FindAllStringSubmatchIndex(t.in(s), -1) {
		if !slices.ContainsFunc(named, func(x []int) bool { return x[0] < at[3] && at[2] < x[1] }) {
			named = append(named, at[2:4])
		}
	}
	slices.SortFunc(named, func(a, b []int) int { return a[0] - b[0] })
	joins := joining.FindStringIndex(t.in(s))
	for _, at := range named {
		from, to := s[0]+at[0], s[0]+at[1]
		c := t.clause(from)
		inJoin := joins != nil && at[0] >= joins[0] && at[1] <= joins[1]
		if from < s[0] || sampled.MatchString(t.in(c)) || denied.MatchString(t.s[c[0]:from]) || inTitle(t.s, from) || inJoin || strings.HasPrefix(t.s[to:], "旁") || strings.HasPrefix(t.s[to:], "之间") {
			continue
		}
		list = append(list, nodeAt(t, from, to))
	}
	return slices.DeleteFunc(list, func(n node) bool { return n.at[0] < from })
}

// nodeAt is the place whose noun stands at [from,to).
func nodeAt(t *telling, from, to int) node {
	noun := t.s[from:to]
	n := node{registry.PathNode{Kind: kindOfPath(noun)}, noun, []int{from, to}}
	if start, words := t.phrase(from, to); n.Kind != "鱼塘" {
		n.Name, n.at[0] = words, start
	} else {
		n.Name = noun
	}
	if lead := leadsAway.FindString(strings.TrimSuffix(n.Name, noun)); n.Kind == "水体" && lead != "" {
		n.Name = "场旁" + noun
	}
	switch {
	case n.Kind == "外环境":
		n.Name = "外环境"
	case n.Kind == "土壤":
		n.Name = "周边" + noun
	case n.Kind == "断裂处":
		n.Name = "管道" + noun
	case takesUp.MatchString(t.s[to:]):
		n.State = "消纳"
	}
	return n
}

// join puts the pipe between two ponds between them: 连接鱼塘A和鱼塘B的水泥管道.
func (w *way) join(t *telling, s [2]int) {
	at := joining.FindStringSubmatchIndex(t.in(s))
	if at == nil {
		return
	}
	at = slices.Clone(at)
	for i := range at {
		if at[i] >= 0 {
			at[i] += s[0]
		}
	}
	a, b := strings.TrimLeft(t.group(at, 1)+t.group(at, 3), bounds), t.group(at, 2)+t.group(at, 4)
	pipe := places.FindStringIndex(t.s[at[1]:s[1]])
	if pipe == nil {
		return
	}
	n := nodeAt(t, at[1]+pipe[0], at[1]+pipe[1])
	n.Place = a + "、" + b + "之间"
	for _, x := range nodesIn(t, s, s[0]) { // the ponds, where this sentence names them first
		if w.known(x) < 0 && (x.Name == a || x.Name == b) {
			w.add(x)
		}
	}
	i := slices.IndexFunc(w.nodes, func(x node) bool { return x.Name == b })
	if i < 0 || w.known(n) >= 0 {
		return
	}
	w.nodes = slices.Insert(w.nodes, i, n)
	w.last = len(w.nodes) - 1
}

// states says how each place was found: by the clause that names it, or the next.
func (w *way) states(t *telling) {
	for i := range w.nodes {
		n := &w.nodes[i]
		said := t.around(n.noun)
		switch n.Kind {
		case "沉淀池", "收集池", "收集塘", "隔渣池", "氧化塘":
			if full.MatchString(said) {
				n.State = "满载"
				if overflows.MatchString(said) {
					n.State += "溢流"
				}
			}
		case "管道", "雨水管渠":
			if broken.MatchString(said) {
				n.State = "断裂"
				if middle.MatchString(said) {
					n.State = "中间断裂"
				}
			}
		case "溢流口":
			if running.MatchString(said) {
				n.State = "正在外流"
			}
			if c := corner.FindString(said); c != "" && i > 0 {
				n.Place = w.nodes[i-1].noun + c
			}
		case "断裂处":
			if strings.Contains(said, "流") {
				n.State = "废水直接外流"
			}
		case "土壤":
			n.State = "污水渗入"
			if slowly.MatchString(said) {
				n.State = "污水缓慢渗入"
			}
		case "鱼塘":
			if unlined.MatchString(t.around("鱼塘")) {
				n.Lining = "无防渗"
			}
		}
	}
}

// around are the clauses that name a noun, each with the one behind it.
func (t *telling) around(noun string) string {
	var b strings.Builder
	for i, c := range t.clauses {
		if strings.Contains(t.in(c), noun) && !sampled.MatchString(t.in(c)) {
			b.WriteString(t.in(c))
			if i+1 < len(t.clauses) && t.clauses[i+1][0]-c[1] <= len("，") && t.s[c[1]:t.clauses[i+1][0]] == "，" {
				b.WriteString("，" + t.in(t.clauses[i+1]))
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// breakOf gives a broken pipe its break, where water is told to leave there: named in the text, or by what seeps.
func (w *way) breakOf(t *telling) {
	i := slices.IndexFunc(w.nodes, func(n node) bool { return n.Kind == "管道" && strings.HasSuffix(n.State, "断裂") })
	if i < 0 {
		return
	}
	if k := slices.IndexFunc(w.nodes, func(n node) bool { return n.Kind == "断裂处" }); k >= 0 {
		if k > i {
			w.branch(k, i)
		}
		return
	}
	if !slices.ContainsFunc(w.nodes, func(n node) bool { return n.Kind == "土壤" }) {
		return
	}
	n := node{registry.PathNode{Kind: "断裂处", Name: w.nodes[i].Name + "断裂处", State: "渗漏"}, "断裂处", w.nodes[i].at}
	if w.nodes[i].State == "中间断裂" {
		n.Place = "管道中间"
	}
	for k := range w.nodes {
		for j, a := range w.nodes[k].After {
			if a > i+1 {
				w.nodes[k].After[j] = a + 1
			}
		}
	}
	w.nodes = slices.Insert(w.nodes, i+1, n)
	for k := i + 2; k < len(w.nodes); k++ {
		if w.nodes[k].After == nil {
			w.nodes[k].After = []int{k}
			if k == i+2 {
				w.nodes[k].After = []int{i + 1}
			}
		}
	}
}

// branch says from where the places from the k-th on come: the k-th from the i-th, each other from the one before it.
func (w *way) branch(k, i int) {
	w.nodes[k].After = []int{i + 1}
	for n := k + 1; n < len(w.nodes); n++ {
		w.nodes[n].After = []int{n}
	}
}

// soil is reached from every place where water gets away: not from a pipe whose break is a place of its own.
func (w *way) soil() {
	k := slices.IndexFunc(w.nodes, func(n node) bool { return n.Kind == "土壤" })
	if k < 0 {
		return
	}
	var from []int
	for i, n := range w.nodes[:k] {
		if n.Escapes() && !(n.Kind == "管道" && i+1 < k && w.nodes[i+1].Kind == "断裂处") {
			from = append(from, i+1)
		}
	}
	if len(from) > 0 {
		w.nodes[k].After = from
	}
}
