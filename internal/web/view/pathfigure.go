package view

import (
	"fmt"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
)

// PathFigure draws 排污路径 as report lays it out. Places from which water can escape have a dashed border and say why in words. It is
// drawn twice, in rows from left to right and from top to bottom; the style sheet shows the one that fits the screen. id must be unique
// on the page. Empty where no place is recorded.
func PathFigure(id string, d registry.DischargePath) kit.HTML { return pathFigure(id, d, false) }

// PublicPathFigure is PathFigure for what is published: it fits the width of a paper, and says nothing of what the file lacks.
func PublicPathFigure(id string, d registry.DischargePath) kit.HTML { return pathFigure(id, d, true) }

func pathFigure(id string, d registry.DischargePath, public bool) kit.HTML {
	if len(d.Nodes) == 0 {
		return ""
	}
	wide := report.PathAcross
	if public {
		wide = report.PathPaper
	}
	across, down := svgOf(id, "path-across", report.DrawPath(d, wide)), svgOf(id+"-down", "path-down", report.DrawPath(d, report.PathDown))
	var out strings.Builder
	if err := pathTemplate.Execute(&out, pathDrawing{Water: d.ReceivingWater, Public: public, Dashed: across.Dashed, Drawings: []pathSVG{across, down}}); err != nil {
		panic(err) // a defect of the template, which every test of a figure finds
	}
	return kit.HTML(out.String())
}

// pathSVG is one drawing.
type pathSVG struct {
	ID, Class string
	report.PathDrawing
	Boxes []drawnBox
	Paths []string
}

type drawnBox struct {
	X, Y, W, H int
	Class      string
	Lines      []drawnLine
}

type drawnLine struct {
	X, Y        int
	Class, Text string
}

func svgOf(id, class string, d report.PathDrawing) pathSVG {
	svg := pathSVG{ID: id, Class: class, PathDrawing: d}
	for _, p := range d.Places {
		box := drawnBox{X: p.X, Y: p.Y, W: p.W, H: p.H, Class: "path-box"}
		switch {
		case p.Water:
			box.Class += " path-water"
		case p.Escapes:
			box.Class += " path-escapes"
		}
		for _, t := range p.Text {
			line := drawnLine{X: t.X, Y: t.Y, Class: "path-" + string(t.Part), Text: t.Text}
			if t.Warn {
				line.Class += " path-warn"
			}
			box.Lines = append(box.Lines, line)
		}
		svg.Boxes = append(svg.Boxes, box)
	}
	for _, line := range d.Lines {
		svg.Paths = append(svg.Paths, pathData(line))
	}
	return svg
}

func pathData(line []report.PathPoint) string {
	var b strings.Builder
	for i, p := range line {
		command := "L"
		if i == 0 {
			command = "M"
		}
		fmt.Fprintf(&b, "%s%d %d", command, p.X, p.Y)
	}
	return b.String()
}

type pathDrawing struct {
	Water    string
	Public   bool
	Dashed   bool
	Drawings []pathSVG
}

// The words are in <title> and <desc>; the marks inside are hidden from screen readers, which would read them box by box
// without the arrows.
var pathTemplate = kit.NewFragment(`<figure class="path-figure">{{range .Drawings}}{{template "svg" .}}{{end}}
<figcaption>{{if .Public}}排污路径示意{{if .Water}}　受纳水体：{{.Water}}{{end}}{{else if .Water}}受纳水体：{{.Water}}{{else}}受纳水体没有记录{{end}}{{if .Dashed}}　<span class="path-key">虚线框</span>：无防渗，或有断裂、溢流等异常{{end}}</figcaption></figure>
{{- define "svg"}}<svg class="{{.Class}}" role="img" aria-labelledby="{{.ID}}-t {{.ID}}-d" width="{{.Width}}" height="{{.Height}}" viewBox="0 0 {{.Width}} {{.Height}}">
<title id="{{.ID}}-t">排污路径图</title><desc id="{{.ID}}-d">{{.Words}}</desc>
<g aria-hidden="true">{{$id := .ID}}<defs><marker id="{{.ID}}-a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="path-head" d="M0 0L8 4L0 8Z"/></marker></defs>
{{range .Paths}}<path class="path-line" d="{{.}}" marker-end="url(#{{$id}}-a)"/>{{end}}
{{range .Boxes}}<rect class="{{.Class}}" x="{{.X}}" y="{{.Y}}" width="{{.W}}" height="{{.H}}" rx="6"/>{{range .Lines}}<text class="{{.Class}}" x="{{.X}}" y="{{.Y}}" text-anchor="middle">{{.Text}}</text>{{end}}{{end}}</g></svg>{{end}}`)
