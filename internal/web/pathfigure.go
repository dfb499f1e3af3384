package web

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"unicode/utf8"

	"casebook/internal/registry"
)

// pathFigure draws 排污路径: one box a place, arrows along the water, the receiving water at the end. Places from which water can
// escape have a dashed border and say why in words. It is drawn twice, in rows from left to right and from top to bottom; the
// style sheet shows the one that fits the screen. id must be unique on the page. Empty where no place is recorded.
func pathFigure(id string, d registry.DischargePath) template.HTML {
	if len(d.Nodes) == 0 {
		return ""
	}
	boxes := pathBoxes(d)
	g := layPath(boxes)
	f := pathDrawing{Water: d.ReceivingWater, Drawings: []pathSVG{g.draw(id, across), g.draw(id+"-down", down)}}
	for i := range f.Drawings {
		f.Drawings[i].Desc = pathWords(boxes)
	}
	for _, b := range boxes {
		f.Dashed = f.Dashed || b.Escapes
	}
	var out strings.Builder
	if err := pathTemplate.Execute(&out, f); err != nil {
		panic(err) // a defect of the template, which every test of a figure finds
	}
	return template.HTML(out.String())
}

// pathBox is one place of the figure; From holds indexes of the boxes before it.
type pathBox struct {
	Number  int // 0: the receiving water, which has none
	Kind    string
	Name    string
	State   string // lining and state in words
	Escapes bool
	From    []int
}

// pathBoxes turns the nodes into boxes and adds the receiving water behind each place where the water was last seen, unless
// that is a water, or the soil, itself.
func pathBoxes(d registry.DischargePath) []pathBox {
	var list []pathBox
	for i, n := range d.Nodes {
		b := pathBox{Number: i + 1, Kind: n.Kind, Name: n.Name, State: strings.Join(notEmpty(n.Lining, n.State), "，"), Escapes: n.Escapes()}
		for _, p := range d.Predecessors(i + 1) {
			if p >= 1 && p <= i { // a stored path is checked; a figure must not fall over one that is not
				b.From = append(b.From, p-1)
			}
		}
		list = append(list, b)
	}
	if d.ReceivingWater == "" {
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

// pathStyle is how a drawing runs.
type pathStyle struct {
	down     bool
	perRow   int // layers in a row before the next row begins; 0: no limit
	width    int // of a box
	gap, row int // between layers, between lanes
}

var (
	across = pathStyle{perRow: 6, width: 128, gap: 30, row: 18}
	down   = pathStyle{down: true, width: 120, gap: 24, row: 14} // two lanes and one of passing lines fit a phone unscaled
)

// pathSVG is one drawing, in pixels.
type pathSVG struct {
	ID            string
	Class         string
	Desc          string
	Width, Height int
	Boxes         []drawnBox
	Lines         []string // paths, each ending in an arrow head
}

type drawnBox struct {
	X, Y, W, H int
	Class      string
	Lines      []drawnLine
}

type drawnLine struct {
	X, Y  int
	Class string
	Text  string
}

type point struct{ x, y int }

// draw places the grid in a style and routes the lines.
func (g pathGrid) draw(id string, s pathStyle) pathSVG {
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
	text := make([][]drawnLine, len(g.boxes))
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
	svg := pathSVG{ID: id, Class: "path-across", Width: x - colGap + margin, Height: bottom + 2}
	if s.down {
		svg.Class = "path-down"
	}
	rect := func(layer, lane int) (x, y, w, h int) {
		col, row := cell(layer, lane)
		return lefts[col], tops[row], widths[col], heights[row]
	}
	for i, b := range g.boxes {
		x, y, w, h := rect(g.layer[i], g.lane[i])
		box := drawnBox{X: x, Y: y, W: w, H: h, Class: b.class(), Lines: text[i]}
		first := y + (h-len(text[i])*lineHeight)/2 + 13
		for n := range box.Lines {
			box.Lines[n].X, box.Lines[n].Y = x+w/2, first+n*lineHeight
		}
		svg.Boxes = append(svg.Boxes, box)
	}
	for _, e := range g.edges {
		svg.Lines = append(svg.Lines, g.route(e, s, perRow, rect))
	}
	return svg
}

// route is the line of an edge: out of the end of one box, along the empty cells it passes, into the beginning of the next.
func (g pathGrid) route(e pathEdge, s pathStyle, perRow int, rect func(layer, lane int) (x, y, w, h int)) string {
	lanes := append(append([]int{g.lane[e.from]}, e.via...), g.lane[e.to])
	first := g.layer[e.from]
	ends := func(n int) (in, out point) {
		x, y, w, h := rect(first+n, lanes[n])
		if s.down {
			return point{x + w/2, y}, point{x + w/2, y + h}
		}
		return point{x, y + h/2}, point{x + w, y + h/2}
	}
	_, at := ends(0)
	line := []point{at}
	// Lines that turn in the same gap turn at different places, by lane.
	turn := s.gap/2 - min(lanes[0], 3)*3
	for n := 1; n < len(lanes); n++ {
		in, out := ends(n)
		switch {
		case s.down:
			line = append(line, point{at.x, at.y + turn}, point{in.x, at.y + turn}, in, out)
		case (first+n)%perRow == 0: // on to the next row of the page
			_, top, _, _ := rect(first+n, 0)
			gutter := top - s.row
			line = append(line, point{at.x + turn, at.y}, point{at.x + turn, gutter}, point{in.x - s.gap/2, gutter}, point{in.x - s.gap/2, in.y}, in, out)
		default:
			line = append(line, point{at.x + turn, at.y}, point{at.x + turn, in.y}, in, out)
		}
		at = out
	}
	return pathData(line[:len(line)-1]) // it ends where it enters the last box
}

// pathData writes a polyline without the points that lie on a straight line.
func pathData(line []point) string {
	var b strings.Builder
	fmt.Fprintf(&b, "M%d %d", line[0].x, line[0].y)
	last := line[0]
	for i := 1; i < len(line); i++ {
		p := line[i]
		if i+1 < len(line) && (last.x == p.x && p.x == line[i+1].x || last.y == p.y && p.y == line[i+1].y) {
			continue
		}
		fmt.Fprintf(&b, "L%d %d", p.x, p.y)
		last = p
	}
	return b.String()
}

func (b pathBox) class() string {
	switch {
	case b.Number == 0 || b.Kind == "水体":
		return "path-box path-water"
	case b.Escapes:
		return "path-box path-escapes"
	}
	return "path-box"
}

// lines breaks the words of a box into lines of the width.
func (b pathBox) lines(width int) []drawnLine {
	var list []drawnLine
	add := func(class, s string, size int) {
		for _, t := range wrapText(s, width, size) {
			list = append(list, drawnLine{Class: class, Text: t})
		}
	}
	var head []string
	if b.Number > 0 {
		head = append(head, strconv.Itoa(b.Number))
	}
	if b.Kind != b.Name { // a 沉淀池 that is called just that says it once
		head = append(head, b.Kind)
	}
	add("path-kind", strings.TrimSpace(strings.Join(head, " ")), 12)
	add("path-name", b.Name, 14)
	switch {
	case b.State != "" && b.Escapes:
		add("path-state path-warn", b.State, 12)
	case b.State != "":
		add("path-state", b.State, 12)
	}
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

type pathDrawing struct {
	Water    string
	Dashed   bool
	Drawings []pathSVG
}

// The words are in <title> and <desc>; the marks inside are hidden from screen readers, which would read them box by box
// without the arrows.
var pathTemplate = template.Must(template.New("figure").Parse(`<figure class="path-figure">{{range .Drawings}}{{template "svg" .}}{{end}}
<figcaption>{{if .Water}}受纳水体：{{.Water}}{{else}}受纳水体没有记录{{end}}{{if .Dashed}}　<span class="path-key">虚线框</span>：无防渗，或有断裂、溢流等异常{{end}}</figcaption></figure>
{{- define "svg"}}<svg class="{{.Class}}" role="img" aria-labelledby="{{.ID}}-t {{.ID}}-d" width="{{.Width}}" height="{{.Height}}" viewBox="0 0 {{.Width}} {{.Height}}">
<title id="{{.ID}}-t">排污路径图</title><desc id="{{.ID}}-d">{{.Desc}}</desc>
<g aria-hidden="true">{{$id := .ID}}<defs><marker id="{{.ID}}-a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="path-head" d="M0 0L8 4L0 8Z"/></marker></defs>
{{range .Lines}}<path class="path-line" d="{{.}}" marker-end="url(#{{$id}}-a)"/>{{end}}
{{range .Boxes}}<rect class="{{.Class}}" x="{{.X}}" y="{{.Y}}" width="{{.W}}" height="{{.H}}" rx="6"/>{{range .Lines}}<text class="{{.Class}}" x="{{.X}}" y="{{.Y}}" text-anchor="middle">{{.Text}}</text>{{end}}{{end}}</g></svg>{{end}}`))
