package view

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"casebook/internal/registry"
)

func TestPathFigure(t *testing.T) {
	d := registry.DischargePath{ReceivingWater: "那吉河", Nodes: []registry.PathNode{
		{Kind: "产生源", Name: "猪舍 <1>"}, {Kind: "氧化塘", Name: "氧化塘", Lining: "无防渗", State: "满溢"}, {Kind: "土壤", Name: "塘边土地"}, {Kind: "管道", Name: "排水管", After: []int{2}},
	}}
	out := string(PathFigure("path-7", d))
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
	if got := PathFigure("x", registry.DischargePath{}); got != "" {
		t.Errorf("no path: %s", got)
	}
	// A path that ends in a water needs no second box for it; an odd stored path does not break the page.
	d = registry.DischargePath{ReceivingWater: "那吉河", Nodes: []registry.PathNode{{Kind: "水体", Name: "那吉河", After: []int{9, 1, 0}}}}
	if n := strings.Count(string(PathFigure("x", d)), "<rect"); n != 2 {
		t.Errorf("%d boxes in two drawings, want one in each", n)
	}
}
