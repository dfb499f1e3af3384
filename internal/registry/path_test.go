package registry

import (
	"slices"
	"testing"
)

func TestSinks(t *testing.T) {
	node := func(after ...int) PathNode { return PathNode{After: after} }
	for _, c := range []struct {
		name  string
		nodes []PathNode
		want  []int
	}{
		{"nothing", nil, nil},
		{"one place", []PathNode{node()}, []int{1}},
		{"a chain", []PathNode{node(), node(), node()}, []int{3}},
		{"a branch", []PathNode{node(), node(), node(1)}, []int{2, 3}},
		{"a branch that joins again", []PathNode{node(), node(), node(1), node(2, 3)}, []int{4}},
	} {
		if got := (DischargePath{Nodes: c.nodes}).Sinks(); !slices.Equal(got, c.want) {
			t.Errorf("%s: Sinks = %v, want %v", c.name, got, c.want)
		}
	}
}

func TestEscapeWord(t *testing.T) {
	for state, want := range map[string]string{"": "", "正常": "", "无断裂": "", "张三挖断了东围堤": "断裂", "满载溢流": "溢流", "已满": "满载", "正在外流": "外流", "向土地渗漏": "渗漏"} {
		if got := (PathNode{State: state}).EscapeWord(); got != want {
			t.Errorf("EscapeWord of %q = %q, want %q", state, got, want)
		}
	}
}

func TestPathWords(t *testing.T) {
	d := DischargePath{ReceivingWater: "示例涌", Nodes: []PathNode{{Kind: "鱼塘", Name: "鱼塘A", Place: "东南角", Lining: "无防渗", State: "断裂"}, {Kind: "水体", Name: "涌"}}}
	if got := d.Words(); got != "鱼塘A\n东南角\n断裂\n涌\n示例涌" {
		t.Errorf("Words = %q", got)
	}
}

func TestEscapes(t *testing.T) {
	for _, c := range []struct {
		node PathNode
		want bool
	}{
		{PathNode{Kind: "沉淀池", Lining: "有防渗"}, false}, {PathNode{Kind: "氧化塘", Lining: "无防渗"}, true}, {PathNode{Kind: "溢流口"}, true},
		{PathNode{Kind: "管道", State: "断裂"}, true}, {PathNode{Kind: "沉淀池", State: "满载溢流"}, true}, {PathNode{Kind: "管道", State: "无破损"}, false},
		{PathNode{Kind: "管道", State: "未见破损"}, false}, {PathNode{Kind: "管道", State: "正常"}, false},
	} {
		if got := c.node.Escapes(); got != c.want {
			t.Errorf("%+v: Escapes = %v, want %v", c.node, got, c.want)
		}
	}
}

func TestHerdText(t *testing.T) {
	n := int64(5300)
	for _, c := range []struct {
		herd   Herd
		origin Origin
		want   string
	}{
		{Herd{Species: "生猪", Count: &n, Qualifier: "多", Basis: "存栏"}, OriginPublished, "生猪存栏5300多头"},
		{Herd{Species: "生猪", Stage: "母猪", Count: &n, Qualifier: "约", Basis: "设计存栏"}, OriginField, "生猪（母猪）设计存栏约5300头"},
		{Herd{Species: "蛋鸡", Count: &n}, OriginField, "蛋鸡5300只"},
		{Herd{Species: "生猪", Basis: "存栏"}, OriginPublished, "生猪存栏数未公布"},
		{Herd{Species: "生猪"}, OriginField, "生猪数量未填"},
	} {
		if got := c.herd.Text(c.origin); got != c.want {
			t.Errorf("Text = %s, want %s", got, c.want)
		}
	}
}
