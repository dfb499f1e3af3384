package facts

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"casebook/internal/registry"
)

var (
	flows = pattern(`流[入进经到至向出过]|排[入到至往出进向]|进入|汇入|渗[入进到]|溢流|溢出|漫出|收集[至到]|送[往到]|输送|导入|引[入至]|外流|处理流程`)
	water = pattern(`(部分|大量|少量)?(未经(无害化)?处理的)?([一二两三]?[间栋座]?[猪牛鸡鸭羊禽][舍栏场]的?)?` +
		`(粪污和\p{Han}{0,4}(清洗|冲洗)废?水|(养殖|粪污|粪便|冲洗|清洗|生产|屠宰|高浓度)?(废水|污水|粪水|粪污|尿液|沼液))`)
	notWater  = pattern(`^(处理([^流]|流[^程]|$)|治理|、废气)`) // 废水处理设施 is none; what follows 废水处理流程 tells of its way
	denied    = pattern(`(未|没有|不)(发现|见|直接|再)?[^，。；渗]{0,4}(流|排|溢|漫|渗[入进到])…{0,3}$|防止|避免`)
	sampling  = pattern(`采样|取样|监测结果`)
	leadsAway = pattern(`(旁边|附近|场旁|场边|周边)的?$`)
	aside     = pattern(`^(旁|之间)`)
	joined    = pattern(`(连接<\p{Han}{0,3}[塘池][A-Z]?>[和与、]<\p{Han}{0,3}[塘池][A-Z]?>|<\p{Han}{0,2}塘[A-Z]?>[和与、]<\p{Han}{0,2}塘[A-Z]?>之间)的`) // 连接鱼塘A和鱼塘B的水泥管道
	corner    = pattern(`[东南西北]{1,2}[侧角面边]`)
)

// node is a place on the path while it is read, and those that the water comes from.
type node struct {
	registry.PathNode
	noun string
	at   []int
	from []*node
}

// way is a path while it is read: its places in the order in which they are told, and where the last sentence had come to.
type way struct {
	nodes []*node
	last  *node
}

// readPath follows the water through the sentences that tell of its way.
func (t *telling) readPath() {
	w := &way{}
	end := 0
	for _, s := range t.sentences {
		if s[0] >= t.handling || !flows.MatchString(t.in(s)) || sampling.MatchString(t.in(s)) {
			continue
		}
		if w.nodes == nil {
			w.begin(t, s)
		}
		if w.nodes != nil && w.follow(t, s) {
			end = s[1]
		}
	}
	if len(w.nodes) < 2 {
		return
	}
	for _, n := range w.nodes {
		n.judge(t)
	}
	w.breakOf()
	w.soil()
	t.Path.Nodes = w.numbered()
	var names []string
	for _, n := range t.Path.Nodes {
		names = append(names, n.Name)
	}
	if n := w.nodes[len(w.nodes)-1]; n.Kind == "水体" {
		if t.Path.ReceivingWater = n.Name; strings.HasPrefix(n.Name, "场旁") {
			t.Path.ReceivingWater += "（名称未公布）"
		}
	}
	t.tell(Path, "排污路径", strings.Join(names, " → "), []int{w.nodes[0].at[0], end})
}

// begin begins the path where a sentence first names the water.
func (w *way) begin(t *telling, s [2]int) {
	for _, at := range water.FindAllStringIndex(t.in(s), -1) {
		from, to := s[0]+at[0], s[0]+at[1]
		if !notWater.MatchString(t.s[to:]) {
			name := strings.ReplaceAll(strings.TrimLeft(t.s[from:to], "一二两三栋间座"), "舍的", "舍")
			w.add(&node{PathNode: registry.PathNode{Kind: "产生源", Name: name}, noun: name, at: []int{from, to}})
			return
		}
	}
}

// placesIn are the places that a stretch names on the way of the water.
func (t *telling) placesIn(from, to int) (list []*node) {
	i := sort.Search(len(t.things), func(i int) bool { return t.things[i].at >= from })
	for ; i < len(t.things) && t.things[i].end <= to; i++ {
		x := t.things[i]
		if x.place != "" && x.start >= from && !denied.MatchString(t.s[t.clause(x.at)[0]:x.at]) && !aside.MatchString(t.s[x.end:]) {
			list = append(list, t.nodeOf(x))
		}
	}
	return list
}

// nodeOf is a thing as a place on the path.
func (t *telling) nodeOf(x thing) *node {
	n := &node{PathNode: registry.PathNode{Kind: x.place, Name: x.name}, noun: x.noun, at: []int{x.start, x.end}}
	switch n.Kind {
	case "外环境":
		n.Name = n.Kind
	case "土壤":
		n.Name = "周边" + n.noun
	case "断裂处":
		n.Name = "管道" + n.noun
	case "水体":
		if leadsAway.MatchString(strings.TrimSuffix(n.Name, n.noun)) {
			n.Name = "场旁" + n.noun
		}
	}
	if takesUp.MatchString(t.s[x.end:]) {
		n.State = "消纳"
	}
	return n
}

// follow adds the places of a sentence in the order in which the water reaches them; it reports whether there were any.
func (w *way) follow(t *telling, s [2]int) (met bool) {
	places := t.placesIn(max(s[0], w.nodes[0].at[0]), s[1])
	if at := joined.FindStringSubmatchIndex(t.in(s)); at != nil {
		from, to := s[0]+at[0], s[0]+at[1]
		places = slices.DeleteFunc(places, func(n *node) bool { return from < n.at[1] && n.at[1] <= to })
		m := joined.FindStringSubmatch(t.in(s))
		w.join(places, to, strings.TrimLeft(m[1]+m[3], bounds), m[2]+m[4])
	}
	for _, n := range places {
		if x := w.known(n); x != nil {
			w.last = x
		} else if n.Kind != "土壤" || w.first("土壤") < 0 {
			w.add(n)
		} else {
			continue
		}
		met = true
	}
	return met
}

// join puts the pipe behind a byte between the two ponds that it joins.
func (w *way) join(places []*node, behind int, a, b string) {
	i := slices.IndexFunc(places, func(n *node) bool { return n.at[0] >= behind })
	for _, n := range places { // the ponds, where this sentence names them first
		if i >= 0 && w.known(n) == nil && (n.Name == a || n.Name == b) {
			w.add(n)
		}
	}
	k := slices.IndexFunc(w.nodes, func(n *node) bool { return n.Name == b })
	if i < 0 || k < 0 || w.known(places[i]) != nil {
		return
	}
	pipe, pond := places[i], w.nodes[k]
	pipe.Place = a + "、" + b + "之间"
	pipe.from, pond.from = pond.from, []*node{pipe}
	w.nodes = slices.Insert(w.nodes, k, pipe)
	w.last = w.nodes[len(w.nodes)-1]
}

// add puts a place behind the one that the water had come to.
func (w *way) add(n *node) {
	if w.last != nil {
		n.from = []*node{w.last}
	}
	w.nodes, w.last = append(w.nodes, n), n
}

// known finds a place that was named before: 该沉淀池 is the 两级沉淀池, 上述管道 the last pipe.
func (w *way) known(n *node) *node {
	for _, x := range slices.Backward(w.nodes[1:]) {
		if x.Kind == n.Kind && (strings.HasSuffix(x.Name, n.Name) || n.Name == "鱼塘") {
			return x
		}
	}
	return nil
}

// first is where the first place of a kind is.
func (w *way) first(kind string) int {
	return slices.IndexFunc(w.nodes, func(n *node) bool { return n.Kind == kind })
}

var (
	broken    = pattern(`断裂|断开|破裂|破损|断了|裂开`)
	middle    = pattern(`中间|中部|中段`)
	full      = pattern(`满载|满溢|已满|装满|溢满|蓄满`)
	overflows = pattern(`溢流|溢出|漫出|外溢|漫溢`)
	running   = pattern(`正在…{0,16}(流|排|溢|淌|漫)`)
	slowly    = pattern(`慢慢|缓慢|逐渐`)
	streams   = pattern(`流`)
)

// states are how places of a kind are found, and the words that all have to be told; the first that is told counts.
var states = []struct {
	kinds, state string
	told         []*regexp.Regexp
}{
	{"沉淀池、收集池、收集塘、隔渣池、氧化塘", "满载溢流", []*regexp.Regexp{full, overflows}},
	{"沉淀池、收集池、收集塘、隔渣池、氧化塘", "满载", []*regexp.Regexp{full}},
	{"管道、雨水管渠", "中间断裂", []*regexp.Regexp{broken, middle}},
	{"管道、雨水管渠", "断裂", []*regexp.Regexp{broken}},
	{"溢流口", "正在外流", []*regexp.Regexp{running}},
	{"断裂处", "废水直接外流", []*regexp.Regexp{streams}},
	{"土壤", "污水缓慢渗入", []*regexp.Regexp{slowly}},
	{"土壤", "污水渗入", nil},
}

// judge says how a place was found: by the clauses that name it, and the next.
func (n *node) judge(t *telling) {
	said := t.around(strings.TrimRight(n.noun, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	for _, s := range states {
		if strings.Contains(s.kinds, n.Kind) && !slices.ContainsFunc(s.told, func(p *regexp.Regexp) bool { return !p.MatchString(said) }) {
			n.State = s.state
			break
		}
	}
	if n.Kind == "鱼塘" && unlined.MatchString(said) {
		n.Lining = "无防渗"
	}
	if c := corner.FindString(said); n.Kind == "溢流口" && c != "" {
		n.Place = n.from[0].noun + c
	}
}

// breakOf gives a broken pipe its break, where water is told to leave there: named in the text, or by what seeps.
func (w *way) breakOf() {
	i := slices.IndexFunc(w.nodes, func(n *node) bool { return n.Kind == "管道" && strings.HasSuffix(n.State, "断裂") })
	if i < 0 {
		return
	}
	pipe := w.nodes[i]
	if k := w.first("断裂处"); k > i {
		w.nodes[k].from = []*node{pipe}
	} else if k < 0 && w.first("土壤") >= 0 {
		n := &node{PathNode: registry.PathNode{Kind: "断裂处", Name: pipe.Name + "断裂处", State: "渗漏"}, from: []*node{pipe}}
		if pipe.State == "中间断裂" {
			n.Place = "管道中间"
		}
		w.nodes = slices.Insert(w.nodes, i+1, n)
	}
}

// soil is reached from every place where water gets away: not from a pipe whose break is a place of its own.
func (w *way) soil() {
	k := w.first("土壤")
	if k < 0 {
		return
	}
	var from []*node
	for i, n := range w.nodes[:k] {
		if n.Escapes() && !(n.Kind == "管道" && w.nodes[i+1].Kind == "断裂处") {
			from = append(from, n)
		}
	}
	if from != nil {
		w.nodes[k].from = from
	}
}

// numbered are the places as the registry has them: from the first on that does not come from the one before it, each says where it comes from.
func (w *way) numbered() (list []registry.PathNode) {
	number := map[*node]int{}
	branched := false
	for i, n := range w.nodes {
		number[n] = i + 1
		var after []int
		for _, x := range n.from {
			after = append(after, number[x])
		}
		if branched = branched || i > 0 && !slices.Equal(after, []int{i}); branched {
			n.After = after
		}
		list = append(list, n.PathNode)
	}
	return list
}
