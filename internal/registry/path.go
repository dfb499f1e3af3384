package registry

import "strings"

// escapeWords are how officers write that water left the way it should have taken.
var escapeWords = []string{"断", "破", "裂", "渗", "漏", "溢", "满", "坍", "塌", "外流", "外排", "直排"}

// Escapes reports whether waste water can leave the system at this node: it is unlined, an outlet or a breach by its kind, or
// found broken or overflowing. It marks the node in the figure and decides nothing.
func (n PathNode) Escapes() bool {
	if n.Lining == "无防渗" || n.Kind == "溢流口" || n.Kind == "断裂处" {
		return true
	}
	for _, w := range escapeWords {
		if strings.Contains(n.State, w) {
			return !strings.HasPrefix(n.State, "无"+w) && !strings.HasPrefix(n.State, "未")
		}
	}
	return false
}

// escapeStates are the words of a table for what free words say of how water escapes.
var escapeStates = []struct{ in, word string }{
	{"断", "断裂"}, {"裂", "断裂"}, {"破", "破损"}, {"坍", "坍塌"}, {"塌", "坍塌"}, {"渗", "渗漏"}, {"漏", "渗漏"}, {"溢", "溢流"}, {"满", "满载"},
	{"外流", "外流"}, {"外排", "外排"}, {"直排", "直排"},
}

// EscapeWord says in a word of a table how water escapes at this node, where its state says that it does; what else the state says may
// name a place or a person and is left out.
func (n PathNode) EscapeWord() string {
	if !(PathNode{State: n.State}).Escapes() {
		return ""
	}
	for _, s := range escapeStates {
		if strings.Contains(n.State, s.in) {
			return s.word
		}
	}
	return ""
}

// Sinks lists the 1-based numbers of the nodes that no other node comes from: where the water was last seen.
func (d DischargePath) Sinks() []int {
	before := make([]bool, len(d.Nodes)+1)
	for n := range d.Nodes {
		for _, p := range d.Predecessors(n + 1) {
			if p >= 1 && p < len(before) { // a draft of an import may name places that are not there
				before[p] = true
			}
		}
	}
	var out []int
	for n := 1; n <= len(d.Nodes); n++ {
		if !before[n] {
			out = append(out, n)
		}
	}
	return out
}

// Words are the words of a path that people wrote, for the leak check; its dictionary words name nobody.
func (d DischargePath) Words() string {
	var list []string
	add := func(s string) {
		if s != "" {
			list = append(list, s)
		}
	}
	for _, n := range d.Nodes {
		add(n.Name)
		add(n.Place)
		add(n.State)
	}
	add(d.ReceivingWater)
	return strings.Join(list, "\n")
}
