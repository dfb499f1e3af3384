package report

import (
	"fmt"
	"slices"
	"testing"

	"casebook/internal/registry"
)

func pathOf(after ...[]int) registry.DischargePath {
	var d registry.DischargePath
	for i, a := range after {
		d.Nodes = append(d.Nodes, registry.PathNode{Kind: "沟渠", Name: fmt.Sprintf("第%d段", i+1), After: a})
	}
	return d
}

// long is a chain of 12 places with a bypass over three of them, a branch and a second source.
var long = pathOf(nil, nil, nil, []int{2}, []int{3, 4}, nil, nil, []int{1}, []int{7, 8}, nil, nil, []int{2, 11})

var pathCases = []struct {
	name  string
	path  registry.DischargePath
	layer []int
	lane  []int
	vias  int // cells that lines pass through
}{
	{"one place", pathOf(nil), []int{0}, []int{0}, 0},
	{"a chain", pathOf(nil, nil, nil), []int{0, 1, 2}, []int{0, 0, 0}, 0},
	{"a branch that joins again", pathOf(nil, nil, []int{1}, []int{2, 3}), []int{0, 1, 1, 2}, []int{0, 0, 1, 0}, 0},
	{"a bypass", pathOf(nil, nil, nil, []int{1, 3}), []int{0, 1, 2, 3}, []int{0, 0, 0, 0}, 2},
	{"three ways from one place", pathOf(nil, []int{1}, []int{1}, []int{1}), []int{0, 1, 1, 1}, []int{0, 0, 1, 2}, 0},
	{"twelve places", long, []int{0, 1, 2, 2, 3, 4, 5, 1, 6, 7, 8, 9}, []int{0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0}, 11},
}

func TestLayPath(t *testing.T) {
	for _, c := range pathCases {
		t.Run(c.name, func(t *testing.T) {
			g := layPath(pathBoxes(c.path))
			if !slices.Equal(g.layer, c.layer) || !slices.Equal(g.lane, c.lane) {
				t.Errorf("layers %v lanes %v, want %v and %v", g.layer, g.lane, c.layer, c.lane)
			}
			taken, vias := map[[2]int]bool{}, 0
			put := func(layer, lane int) {
				if taken[[2]int{layer, lane}] {
					t.Errorf("two things in layer %d lane %d", layer, lane)
				}
				taken[[2]int{layer, lane}] = true
			}
			for i := range g.boxes {
				put(g.layer[i], g.lane[i])
			}
			for _, e := range g.edges {
				for n, lane := range e.via {
					put(g.layer[e.from]+1+n, lane)
					vias++
				}
			}
			if vias != c.vias {
				t.Errorf("%d cells for lines that pass, want %d", vias, c.vias)
			}
		})
	}
}

// In every figure, in both directions: boxes do not overlap, all is inside the drawing, and no line crosses a box.
func TestPathDrawingIsClean(t *testing.T) {
	for _, c := range pathCases {
		c.path.ReceivingWater = "潭江"
		c.path.Nodes[0].Name = "一号、二号猪舍及其北侧新建保育舍产生的粪污废水"
		g := layPath(pathBoxes(c.path))
		for _, s := range []PathStyle{PathAcross, PathDown, PathPaper, PathColumn} {
			svg := g.draw(s)
			for i, a := range svg.Places {
				if a.X < 0 || a.Y < 0 || a.X+a.W > svg.Width || a.Y+a.H > svg.Height {
					t.Errorf("%s, down %v: box %d leaves the drawing", c.name, s.down, i)
				}
				for j, b := range svg.Places[:i] {
					if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
						t.Errorf("%s, down %v: boxes %d and %d overlap", c.name, s.down, i, j)
					}
				}
			}
			for _, line := range svg.Lines {
				points := line
				for i := 1; i < len(points); i++ {
					p, q := points[i-1], points[i]
					if p.X != q.X && p.Y != q.Y {
						t.Errorf("%s, down %v: %v is not made of level and upright lines", c.name, s.down, line)
					}
					if min(p.X, q.X) < 0 || min(p.Y, q.Y) < 0 || max(p.X, q.X) > svg.Width || max(p.Y, q.Y) > svg.Height {
						t.Errorf("%s, down %v: %v leaves the drawing", c.name, s.down, line)
					}
					for n, b := range svg.Places {
						if max(p.X, q.X) > b.X && min(p.X, q.X) < b.X+b.W && max(p.Y, q.Y) > b.Y && min(p.Y, q.Y) < b.Y+b.H {
							t.Errorf("%s, down %v: %v crosses box %d", c.name, s.down, line, n+1)
						}
					}
				}
			}
		}
	}
}

func TestWrapText(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"沉淀池", []string{"沉淀池"}}, {"收集塘东南角溢流口", []string{"收集塘东南", "角溢流口"}}, {"一二三四五六", []string{"一二三四", "五六"}}, {"一二三四，五六", []string{"一二三四，", "五六"}}, {"", nil},
	} {
		if got := wrapText(c.in, 72, 14); !slices.Equal(got, c.want) {
			t.Errorf("wrapText(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// A water that stands on the path is the receiving water itself: no second box, and no line to it from a pool that holds its water.
func TestReceivingWaterStandsOnce(t *testing.T) {
	nodes := []registry.PathNode{{Kind: "产生源", Name: "牛栏"}, {Kind: "管道", Name: "管"}, {Kind: "隔渣池", Name: "池"}, {Kind: "断裂处", Name: "断口", After: []int{2}}, {Kind: "水体", Name: "场旁溪流"}}
	for water, want := range map[string]int{"场旁溪流（名称未公布）": 5, "场旁 溪流": 5, "潭江": 6, "": 5} {
		boxes := pathBoxes(registry.DischargePath{Nodes: nodes, ReceivingWater: water})
		if len(boxes) != want {
			t.Errorf("%q: %d boxes, want %d", water, len(boxes), want)
		}
	}
}
