package geo

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/simplify"
)

// Index answers questions about a shape in WGS-84. It never changes.
type Index struct {
	bound    orb.Bound
	polygons []indexed
	area     float64
	outline  [][]Point
}

type indexed struct {
	bound orb.Bound
	runs  []run
}

// run is a piece of a ring: edges between points that follow each other.
type run struct {
	bound  orb.Bound
	points []Point
}

const runEdges = 64

// outlineError is how far, in degrees, the outline for a map may lie from the border: about 20 m.
const outlineError = 0.0002

// NewIndex prepares a shape, which is in WGS-84.
func NewIndex(s Shape) *Index {
	x := &Index{bound: s.polygons.Bound(), area: math.Abs(geo.Area(s.polygons))}
	for _, p := range s.polygons {
		in := indexed{bound: p.Bound()}
		for _, r := range p {
			for from := 0; from < len(r)-1; from += runEdges {
				points := r[from:min(from+runEdges+1, len(r))]
				in.runs = append(in.runs, run{orb.MultiPoint(points).Bound(), points})
			}
		}
		x.polygons = append(x.polygons, in)
	}
	for _, p := range simplify.DouglasPeucker(outlineError).MultiPolygon(s.polygons.Clone()) {
		for _, r := range p {
			x.outline = append(x.outline, r)
		}
	}
	return x
}

// SquareMetres is the area.
func (x *Index) SquareMetres() float64 { return x.area }

// Outline are the borders, simplified for a map: rings in which holes turn out by the even-odd rule.
func (x *Index) Outline() [][]Point { return x.outline }

// Bounds are the west, east, south and north.
func (x *Index) Bounds() (west, east, south, north float64) {
	return x.bound.Min[0], x.bound.Max[0], x.bound.Min[1], x.bound.Max[1]
}

// Contains reports whether a point lies inside: in a polygon and in none of its holes.
func (x *Index) Contains(p Point) bool {
	if !x.bound.Contains(p) {
		return false
	}
	for i := range x.polygons {
		if x.polygons[i].bound.Contains(p) && x.polygons[i].odd(p) {
			return true
		}
	}
	return false
}

// odd counts the edges that a ray to the east crosses.
func (x *indexed) odd(p Point) (inside bool) {
	for i := range x.runs {
		r := &x.runs[i]
		if p[1] < r.bound.Min[1] || p[1] > r.bound.Max[1] || p[0] > r.bound.Max[0] {
			continue
		}
		for j := range len(r.points) - 1 {
			a, b := r.points[j], r.points[j+1]
			if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1])+a[0] {
				inside = !inside
			}
		}
	}
	return inside
}

// Metres is how far a point is from the nearest border, from inside as from outside.
func (x *Index) Metres(p Point) float64 {
	sx, sy := scale(p[1])
	best := math.Inf(1)
	apart := func(b orb.Bound) float64 {
		dx := max(b.Min[0]-p[0], 0, p[0]-b.Max[0]) * sx
		dy := max(b.Min[1]-p[1], 0, p[1]-b.Max[1]) * sy
		return dx*dx + dy*dy
	}
	for i := range x.polygons {
		if apart(x.polygons[i].bound) >= best {
			continue
		}
		for j := range x.polygons[i].runs {
			r := &x.polygons[i].runs[j]
			if apart(r.bound) >= best {
				continue
			}
			for k := range len(r.points) - 1 {
				best = min(best, edge(p, r.points[k], r.points[k+1], sx, sy))
			}
		}
	}
	return math.Sqrt(best)
}

// edge is the square of the distance, in metres, of a point from an edge.
func edge(p, a, b Point, sx, sy float64) float64 {
	ax, ay := (a[0]-p[0])*sx, (a[1]-p[1])*sy
	dx, dy := (b[0]-a[0])*sx, (b[1]-a[1])*sy
	if l := dx*dx + dy*dy; l > 0 {
		t := min(1, max(0, -(ax*dx+ay*dy)/l))
		ax, ay = ax+t*dx, ay+t*dy
	}
	return ax*ax + ay*ay
}
