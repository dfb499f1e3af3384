package web

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

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
		for _, s := range []pathStyle{across, down} {
			svg := g.draw("p", s)
			for i, a := range svg.Boxes {
				if a.X < 0 || a.Y < 0 || a.X+a.W > svg.Width || a.Y+a.H > svg.Height {
					t.Errorf("%s, down %v: box %d leaves the drawing", c.name, s.down, i)
				}
				for j, b := range svg.Boxes[:i] {
					if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
						t.Errorf("%s, down %v: boxes %d and %d overlap", c.name, s.down, i, j)
					}
				}
			}
			for _, line := range svg.Lines {
				points := pointsOf(line)
				for i := 1; i < len(points); i++ {
					p, q := points[i-1], points[i]
					if p.x != q.x && p.y != q.y {
						t.Errorf("%s, down %v: %s is not made of level and upright lines", c.name, s.down, line)
					}
					if min(p.x, q.x) < 0 || min(p.y, q.y) < 0 || max(p.x, q.x) > svg.Width || max(p.y, q.y) > svg.Height {
						t.Errorf("%s, down %v: %s leaves the drawing", c.name, s.down, line)
					}
					for n, b := range svg.Boxes {
						if max(p.x, q.x) > b.X && min(p.x, q.x) < b.X+b.W && max(p.y, q.y) > b.Y && min(p.y, q.y) < b.Y+b.H {
							t.Errorf("%s, down %v: %s crosses box %d", c.name, s.down, line, n+1)
						}
					}
				}
			}
		}
	}
}

var coordinates = regexp.MustCompile(`[ML](-?\d+) (-?\d+)`)

func pointsOf(line string) (list []point) {
	for _, m := range coordinates.FindAllStringSubmatch(line, -1) {
		x, _ := strconv.Atoi(m[1])
		y, _ := strconv.Atoi(m[2])
		list = append(list, point{x, y})
	}
	return list
}

func TestPathFigure(t *testing.T) {
	d := registry.DischargePath{ReceivingWater: "那吉河", Nodes: []registry.PathNode{
		{Kind: "产生源", Name: "猪舍 <1>"}, {Kind: "氧化塘", Name: "氧化塘", Lining: "无防渗", State: "满溢"}, {Kind: "土壤", Name: "塘边土地"}, {Kind: "管道", Name: "排水管", After: []int{2}},
	}}
	out := string(pathFigure("path-7", d))
	for _, want := range []string{
		`<desc id="path-7-d">1 产生源“猪舍 &lt;1&gt;”；2 氧化塘“氧化塘”（无防渗，满溢），来自 1；3 土壤“塘边土地”，来自 2；4 管道“排水管”，来自 2；受纳水体“那吉河”，来自 4。</desc>`,
		`class="path-box path-escapes"`, `class="path-box path-water"`, "受纳水体：那吉河", "虚线框", `role="img"`, `id="path-7-down-t"`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the figure does not hold %s", want)
		}
	}
	for _, never := range []string{"style=", "<script", "ZgotmplZ", "猪舍 <1>"} {
		if strings.Contains(out, never) {
			t.Errorf("the figure holds %q", never)
		}
	}
	if _, err := html.Parse(strings.NewReader(out)); err != nil {
		t.Error(err)
	}
	if got := pathFigure("x", registry.DischargePath{}); got != "" {
		t.Errorf("no path: %s", got)
	}
	// A path that ends in a water needs no second box for it; an odd stored path does not break the page.
	d = registry.DischargePath{ReceivingWater: "那吉河", Nodes: []registry.PathNode{{Kind: "水体", Name: "那吉河", After: []int{9, 1, 0}}}}
	if n := strings.Count(string(pathFigure("x", d)), "<rect"); n != 2 {
		t.Errorf("%d boxes in two drawings, want one in each", n)
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
