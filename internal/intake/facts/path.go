package facts

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"casebook/internal/registry"
)

var (
	sentence = pattern(`[^。！？]+`)
	flows    = pattern(`流[入进经到至向出过]|排[入到至往出进向]|进入|汇入|渗[入进到]|溢流|溢出|漫出|收集[至到]|送[往到]|输送|导入|引[入至]|外流|处理流程`)
	// sampling and denied are sentences and clauses that tell of no way; aside is for a place that another only stands by.
	sampling  = pattern(`采样|取样|监测结果`)
	denied    = pattern(`(未|没有|不)(发现|见|直接|再)?[^，。；渗]{0,4}(流|排|溢|漫|渗[入进到])…{0,3}$|防止|避免`)
	aside     = pattern(`^旁`)
	leadsAway = pattern(`(旁边|附近|场旁|场边|周边)的?$`)
	connects  = pattern(`(连接<\p{Han}{0,3}[塘池][A-Z]?>[和与、]<\p{Han}{0,3}[塘池][A-Z]?>|<\p{Han}{0,2}塘[A-Z]?>[和与、]<\p{Han}{0,2}塘[A-Z]?>之间)的`)
	corner    = pattern(`[东南西北]{1,2}[侧角面边]`)
)

// node is a place on the path while it is read, and those that the water comes from.
type node struct {
	registry.PathNode
	thing
	before string // the pond that the pipe leads to: of 连接鱼塘A和鱼塘B的水泥管道 the second
	from   []*node
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
	for _, s := range sentence.FindAllStringIndex(t.s[:t.handling], -1) {
		if flows.MatchString(t.in(s)) && !sampling.MatchString(t.in(s)) && w.follow(t, s) {
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
	t.tell(Path, "排污路径", strings.Join(names, " → "), []int{w.nodes[0].start, end})
}

// places are the things that a sentence names on the way of the water.
func (t *telling) places(s []int) (list []*node) {
	i := sort.Search(len(t.things), func(i int) bool { return t.things[i].at >= s[0] })
	for ; i < len(t.things) && t.things[i].end <= s[1]; i++ {
		x := t.things[i]
		if x.place == "" || denied.MatchString(t.lead(x.at)) || aside.MatchString(t.behind(x.end)) {
			continue
		}
		n := &node{PathNode: registry.PathNode{Kind: x.place, Name: x.name}, thing: x}
		if n.Kind == "水体" && leadsAway.MatchString(strings.TrimSuffix(n.Name, n.noun)) {
			n.Name = "场旁" + n.noun
		}
		if takesUp.MatchString(t.behind(x.end)) {
			n.State = "消纳"
		}
		list = append(list, n)
	}
	if at := connects.FindStringSubmatchIndex(t.in(s)); at != nil {
		m := connects.FindStringSubmatch(t.in(s))
		if i := slices.IndexFunc(list, func(n *node) bool { return n.start >= s[0]+at[1] }); i >= 0 {
			list[i].before = m[2] + m[4]
			list[i].Place = strings.TrimLeft(m[1]+m[3], bounds) + "、" + list[i].before + "之间"
		}
	}
	return list
}

// follow adds the places of a sentence in the order in which the water reaches them, from the first on that names the water; it reports whether there
// were any.
func (w *way) follow(t *telling, s []int) (met bool) {
	for _, n := range t.places(s) {
		if (n.Kind == "产生源") != (w.nodes == nil) {
			continue
		}
		if x := w.known(n); x != nil {
			w.last = x
		} else if pond := w.find(func(x *node) bool { return x.Name == n.before }); pond >= 0 {
			n.from, w.nodes[pond].from = w.nodes[pond].from, []*node{n}
			w.nodes = slices.Insert(w.nodes, pond, n)
		} else if n.Kind != "土壤" || w.first("土壤") < 0 {
			w.add(n)
		} else {
			continue
		}
		met = true
	}
	return met
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
	for _, x := range slices.Backward(w.nodes) {
		if x.Kind == n.Kind && (strings.HasSuffix(x.Name, n.Name) || n.Name == "鱼塘") {
			return x
		}
	}
	return nil
}

// first is where the first place of a kind is.
func (w *way) first(kind string) int { return w.find(func(n *node) bool { return n.Kind == kind }) }

func (w *way) find(is func(*node) bool) int { return slices.IndexFunc(w.nodes, is) }

// judge says how a place was found: by the clauses that name it, and the next.
func (n *node) judge(t *telling) {
	said := t.around(n.noun)
	n.State = cmp.Or(found(n.Kind, said), n.State)
	if n.Kind == "鱼塘" && unlined.MatchString(said) {
		n.Lining = "无防渗"
	}
	if c := corner.FindString(said); n.Kind == "溢流口" && c != "" {
		n.Place = n.from[0].noun + c
	}
}

// breakOf gives a broken pipe its break, where water is told to leave there: named in the text, or by what seeps.
func (w *way) breakOf() {
	i := w.find(func(n *node) bool { return n.Kind == "管道" && strings.HasSuffix(n.State, "断裂") })
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
