package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"casebook/internal/registry"
)

// DrawPath lays out 排污路径 in a style: one box a place, lines along the water, the receiving water at the end. Page and paper draw
// what it says. Empty where no place is recorded.
func DrawPath(d registry.DischargePath, s PathStyle) PathDrawing {
	if len(d.Nodes) == 0 {
		return PathDrawing{}
	}
	boxes := pathBoxes(d)
	g := layPath(boxes)
	return g.draw(s)
}

// pathBox is one place of the figure; From holds indexes of the boxes before it.
type pathBox struct {
	Number  int // 0: the receiving water, which has none
	Kind    string
	Name    string
	State   string // place, lining and state in words
	Escapes bool
	From    []int
}

// pathBoxes turns the nodes into boxes and adds the receiving water behind each place where the water was last seen, unless
// that is a water, or the soil, itself. Where a node is the receiving water, the path says itself what flows there: a pool that
// holds its water is not drawn as if it ran over.
func pathBoxes(d registry.DischargePath) []pathBox {
	var list []pathBox
	for i, n := range d.Nodes {
		b := pathBox{Number: i + 1, Kind: n.Kind, Name: n.Name, State: joined("，", n.Place, n.Lining, n.State), Escapes: n.Escapes()}
		for _, p := range d.Predecessors(i + 1) {
			if p >= 1 && p <= i { // a stored path is checked; a figure must not fall over one that is not
				b.From = append(b.From, p-1)
			}
		}
		list = append(list, b)
	}
	if d.ReceivingWater == "" || slices.ContainsFunc(d.Nodes, func(n registry.PathNode) bool { return n.Kind == "水体" && sameWater(n.Name, d.ReceivingWater) }) {
		return list
	}
	water := pathBox{Kind: "受纳水体", Name: d.ReceivingWater}
	for _, n := range d.Sinks() {
		if kind := d.Nodes[n-1].Kind; kind != "水体" && kind != "土壤" {
			water.From = append(water.From, n-1)
		}
	}
	if len(water.From) > 0 {
		list = append(list, water)
	}
	return list
}

// sameWater compares two names of a water without what stands in brackets behind them: 场旁溪流（名称未公布）.
func sameWater(a, b string) bool {
	bare := func(s string) string { s, _, _ = strings.Cut(registry.Fold(s), "("); return s }
	return bare(a) == bare(b)
}

// pathWords tells the figure to those who do not see it.
func pathWords(boxes []pathBox) string {
	var b strings.Builder
	for i, x := range boxes {
		if i > 0 {
			b.WriteString("；")
		}
		if x.Number > 0 {
			fmt.Fprintf(&b, "%d ", x.Number)
		}
		b.WriteString(x.Kind + "“" + x.Name + "”")
		if x.State != "" {
			b.WriteString("（" + x.State + "）")
		}
		var from []string
		for _, p := range x.From {
			from = append(from, fmt.Sprint(boxes[p].Number))
		}
		if len(from) > 0 {
			b.WriteString("，来自 " + strings.Join(from, "、"))
		}
	}
	return b.String() + "。"
}

// pathGrid gives each box a layer (how far from the source) and a lane (its place beside others of the layer). An edge that
// passes over layers takes an empty cell in each of them, so that its line crosses no box.
type pathGrid struct {
	boxes  []pathBox
	layer  []int
	lane   []int
	edges  []pathEdge
	layers int
	lanes  int
}

type pathEdge struct {
	from, to int
	via      []int // lanes of the empty cells in the layers between
}

func layPath(boxes []pathBox) pathGrid {
	g := pathGrid{boxes: boxes, layer: make([]int, len(boxes)), lane: make([]int, len(boxes))}
	for i, b := range boxes {
		for _, p := range b.From {
			g.layer[i] = max(g.layer[i], g.layer[p]+1)
			g.edges = append(g.edges, pathEdge{from: p, to: i})
		}
		g.layers = max(g.layers, g.layer[i]+1)
	}
	for layer := range g.layers {
		used := map[int]bool{}
		take := func(want int) int {
			for used[want] {
				want++
			}
			used[want] = true
			g.lanes = max(g.lanes, want+1)
			return want
		}
		// Boxes first: the main stream stays straight, what passes by goes around it.
		for i, b := range boxes {
			if g.layer[i] != layer {
				continue
			}
			want := 0
			if len(b.From) > 0 {
				want = g.lane[b.From[0]]
			}
			g.lane[i] = take(want)
		}
		for e := range g.edges {
			edge := &g.edges[e]
			if g.layer[edge.from] < layer && layer < g.layer[edge.to] {
				want := g.lane[edge.from]
				if n := len(edge.via); n > 0 {
					want = edge.via[n-1]
				}
				edge.via = append(edge.via, take(want))
			}
		}
	}
	return g
}

const (
	lineHeight = 18
	boxPadding = 8
	passWidth  = 14
)

// PathStyle is how a drawing runs: PathAcross and PathDown fit wide and narrow screens, PathPaper the width of a page, PathColumn half of it.
type PathStyle struct {
	down     bool
	perRow   int // layers in a row before the next row begins; 0: no limit
	width    int // of a box
	gap, row int // between layers, between lanes
}

// The styles.
var (
	PathAcross = PathStyle{perRow: 6, width: 128, gap: 30, row: 18}
	PathDown   = PathStyle{down: true, width: 120, gap: 24, row: 14} // two lanes and one of passing lines fit a phone unscaled
	PathPaper  = PathStyle{perRow: 4, width: 128, gap: 30, row: 18}
	PathColumn = PathStyle{perRow: 3, width: 104, gap: 22, row: 14}
)

// PathDrawing is one drawing, in pixels.
type PathDrawing struct {
	Width, Height int
	Words         string // the figure told to those who do not see it
	Places        []PathPlace
	Lines         [][]PathPoint // level and upright lines, each ending where an arrow head points
	Dashed        bool          // a place is dashed: the caption explains it
}

// PathPlace is one box. Water and Escapes say how it looks: a receiving water, or a place from which water can escape.
type PathPlace struct {
	X, Y, W, H     int
	Water, Escapes bool
	Text           []PathText
}

// PathText is a line of text, centred at X, its baseline at Y.
type PathText struct {
	X, Y int
	Part PathPart
	Warn bool
	Text string
}

// PathPart says what a line of a box tells.
type PathPart string

// The parts of a box, and the sizes of type they are laid out for.
const (
	PathKind  PathPart = "kind"
	PathName  PathPart = "name"
	PathState PathPart = "state"

	PathNameSize, PathSmallSize = 14, 12
)

// PathPoint is a corner of a line.
type PathPoint struct{ X, Y int }

// draw places the grid in a style and routes the lines.
func (g pathGrid) draw(s PathStyle) PathDrawing {
	if s.down && g.lanes == 1 {
		s.width = 250
	}
	perRow := g.layers
	if s.perRow > 0 {
		perRow = min(perRow, s.perRow)
	}
	// The rows and columns of the page: a lane is a row where the figure runs across, a column where it runs down.
	cell := func(layer, lane int) (col, row int) {
		if s.down {
			return lane, layer
		}
		return layer % perRow, layer/perRow*g.lanes + lane
	}
	cols, rows := perRow, (g.layers+perRow-1)/perRow*g.lanes
	colGap, rowGap := s.gap, s.row
	if s.down {
		cols, rows, colGap, rowGap = g.lanes, g.layers, s.row, s.gap
	}
	text := make([][]PathText, len(g.boxes))
	heights := make([]int, rows)
	for i, b := range g.boxes {
		text[i] = b.lines(s.width - 2*boxPadding)
		_, row := cell(g.layer[i], g.lane[i])
		heights[row] = max(heights[row], len(text[i])*lineHeight+2*boxPadding)
	}
	for _, e := range g.edges {
		for n, lane := range e.via {
			_, row := cell(g.layer[e.from]+1+n, lane)
			heights[row] = max(heights[row], lineHeight) // room for a line that passes
		}
	}
	widths := make([]int, cols)
	for i := range g.boxes {
		col, _ := cell(g.layer[i], g.lane[i])
		widths[col] = s.width
	}
	for col := range widths {
		widths[col] = max(widths[col], passWidth) // a lane in which lines only pass needs no box's width
	}
	margin := 2
	if !s.down && g.layers > perRow {
		margin = colGap // lines come back to the next row through the margins
	}
	tops, y, bottom := make([]int, rows), 2, 0
	for row := range rows {
		tops[row] = y
		if heights[row] > 0 {
			bottom = y + heights[row]
			y = bottom + rowGap
		}
		if !s.down && (row+1)%g.lanes == 0 {
			y += rowGap
		}
	}
	lefts, x := make([]int, cols), margin
	for col := range lefts {
		lefts[col] = x
		x += widths[col] + colGap
	}
	out := PathDrawing{Width: x - colGap + margin, Height: bottom + 2, Words: pathWords(g.boxes)}
	rect := func(layer, lane int) (x, y, w, h int) {
		col, row := cell(layer, lane)
		return lefts[col], tops[row], widths[col], heights[row]
	}
	for i, b := range g.boxes {
		x, y, w, h := rect(g.layer[i], g.lane[i])
		place := PathPlace{X: x, Y: y, W: w, H: h, Water: b.Number == 0 || b.Kind == "水体", Escapes: b.Escapes, Text: text[i]}
		first := y + (h-len(text[i])*lineHeight)/2 + 13
		for n := range place.Text {
			place.Text[n].X, place.Text[n].Y = x+w/2, first+n*lineHeight
		}
		out.Places, out.Dashed = append(out.Places, place), out.Dashed || b.Escapes
	}
	for _, e := range g.edges {
		out.Lines = append(out.Lines, g.route(e, s, perRow, rect))
	}
	return out
}

// route is the line of an edge: out of the end of one box, along the empty cells it passes, into the beginning of the next.
func (g pathGrid) route(e pathEdge, s PathStyle, perRow int, rect func(layer, lane int) (x, y, w, h int)) []PathPoint {
	lanes := append(append([]int{g.lane[e.from]}, e.via...), g.lane[e.to])
	first := g.layer[e.from]
	ends := func(n int) (in, out PathPoint) {
		x, y, w, h := rect(first+n, lanes[n])
		if s.down {
			return PathPoint{x + w/2, y}, PathPoint{x + w/2, y + h}
		}
		return PathPoint{x, y + h/2}, PathPoint{x + w, y + h/2}
	}
	_, at := ends(0)
	line := []PathPoint{at}
	// Lines that turn in the same gap turn at different places, by lane.
	turn := s.gap/2 - min(lanes[0], 3)*3
	for n := 1; n < len(lanes); n++ {
		in, out := ends(n)
		switch {
		case s.down:
			line = append(line, PathPoint{at.X, at.Y + turn}, PathPoint{in.X, at.Y + turn}, in, out)
		case (first+n)%perRow == 0: // on to the next row of the page
			_, top, _, _ := rect(first+n, 0)
			gutter := top - s.row
			line = append(line, PathPoint{at.X + turn, at.Y}, PathPoint{at.X + turn, gutter}, PathPoint{in.X - s.gap/2, gutter}, PathPoint{in.X - s.gap/2, in.Y}, in, out)
		default:
			line = append(line, PathPoint{at.X + turn, at.Y}, PathPoint{at.X + turn, in.Y}, in, out)
		}
		at = out
	}
	return corners(line[:len(line)-1]) // it ends where it enters the last box
}

// corners leaves the points out that lie on a straight line.
func corners(line []PathPoint) []PathPoint {
	out := line[:1:1]
	for i := 1; i < len(line); i++ {
		last, p := out[len(out)-1], line[i]
		if i+1 < len(line) && (last.X == p.X && p.X == line[i+1].X || last.Y == p.Y && p.Y == line[i+1].Y) {
			continue
		}
		out = append(out, p)
	}
	return out
}

// lines breaks the words of a box into lines of the width.
func (b pathBox) lines(width int) []PathText {
	var list []PathText
	add := func(part PathPart, s string, size int, warn bool) {
		for _, t := range wrapText(s, width, size) {
			list = append(list, PathText{Part: part, Warn: warn, Text: t})
		}
	}
	var head []string
	if b.Number > 0 {
		head = append(head, strconv.Itoa(b.Number))
	}
	if b.Kind != b.Name { // a 沉淀池 that is called just that says it once
		head = append(head, b.Kind)
	}
	add(PathKind, strings.TrimSpace(strings.Join(head, " ")), PathSmallSize, false)
	add(PathName, b.Name, PathNameSize, false)
	add(PathState, b.State, PathSmallSize, b.Escapes)
	return list
}

// wrapText breaks s into lines of about one length, none longer than the width: Han characters are as wide as the type,
// others a little over half. A line does not begin with a closing mark.
func wrapText(s string, width, size int) []string {
	advance := func(c rune) int {
		if c < utf8.RuneSelf {
			return size*58/100 + 1
		}
		return size
	}
	total := 0
	for _, c := range s {
		total += advance(c)
	}
	if n := (total + width - 1) / width; n > 1 {
		width = min(width, total/n+size) // no line of one character at the end
	}
	var lines []string
	var line strings.Builder
	used := 0
	for _, c := range s {
		if used > 0 && used+advance(c) > width && !strings.ContainsRune("，。、；：）》”", c) {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		}
		line.WriteRune(c)
		used += advance(c)
	}
	if used > 0 {
		lines = append(lines, line.String())
	}
	return lines
}
