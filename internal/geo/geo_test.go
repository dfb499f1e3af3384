package geo

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// The points are those that the widely used coordtransform library prints for 天安门.
func TestDatums(t *testing.T) {
	p := Point{116.404, 39.915}
	near := func(what string, got, want Point, metres float64) {
		t.Helper()
		if d := Metres(got, want); d > metres {
			t.Errorf("%s: got %v, want %v, %.3f m apart", what, got, want, d)
		}
	}
	near("WGS-84 → GCJ-02", toGCJ(p), Point{116.41024449916938, 39.91640428150164}, 0.001)
	near("GCJ-02 → BD-09", toBD(p), Point{116.41036949371029, 39.92133699351021}, 0.001)
	for datum, at := range map[string]Point{WGS84: p, CGCS2000: p, GCJ02: toGCJ(p), BD09: toBD(toGCJ(p))} {
		got, ok := ToWGS84(at, datum)
		near(datum+" → WGS-84", got, p, 0.01)
		if !ok {
			t.Errorf("%s is not known", datum)
		}
	}
	if _, ok := ToWGS84(p, "西安80"); ok {
		t.Error("西安80 was converted")
	}
	for lng := 111.9; lng < 113.3; lng += 0.1 {
		for lat := 21.4; lat < 22.9; lat += 0.1 {
			p := Point{lng, lat}
			if d := Metres(p, toGCJ(p)); d < 100 || d > 1000 {
				t.Errorf("GCJ-02 shifts %v by %.0f m", p, d)
			}
			got, _ := ToWGS84(toBD(toGCJ(p)), BD09)
			near("BD-09 there and back", got, p, 0.01)
		}
	}
}

func TestMetres(t *testing.T) {
	// A degree of latitude at 22° has 110 726 m, one of longitude 103 264 m (tables of the WGS-84 ellipsoid).
	if d := Metres(Point{112, 21.5}, Point{112, 22.5}); math.Abs(d-110726) > 20 {
		t.Errorf("a degree of latitude: %.0f m", d)
	}
	if d := Metres(Point{112, 22}, Point{113, 22}); math.Abs(d-103264) > 20 {
		t.Errorf("a degree of longitude: %.0f m", d)
	}
}

const withHole = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[
	[[112,22],[112.1,22],[112.1,22.1],[112,22.1],[112,22]],[[112.04,22.04],[112.06,22.04],[112.06,22.06],[112.04,22.06],[112.04,22.04]]]}},
	{"type":"Feature","properties":null,"geometry":{"type":"MultiPolygon","coordinates":[[[[112.2,22],[112.3,22],[112.3,22.1],[112.2,22]]]]}}]}`

func TestContains(t *testing.T) {
	s, doubts, err := ReadGeoJSON([]byte(withHole))
	if err != nil || len(doubts) > 0 || s.Vertices() != 14 {
		t.Fatalf("ReadGeoJSON: %d vertices, doubts %v, %v", s.Vertices(), doubts, err)
	}
	kept, err := ParseWKT(s.WKT())
	if err != nil {
		t.Fatal(err)
	}
	x := NewIndex(kept)
	for _, c := range []struct {
		at     Point
		inside bool
		metres float64
	}{
		{Point{112.02, 22.05}, true, 0.02 * 103228},
		{Point{112.05, 22.05}, false, 0.01 * 103228}, // the hole
		{Point{112.28, 22.02}, true, -1},
		{Point{112.21, 22.09}, false, -1},
		{Point{112.15, 21.99}, false, -1},
		{Point{111.99, 22.05}, false, 0.01 * 103228},
	} {
		if got := x.Contains(c.at); got != c.inside {
			t.Errorf("Contains(%v): got %v, want %v", c.at, got, c.inside)
		}
		if got := x.Metres(c.at); c.metres >= 0 && math.Abs(got-c.metres) > 3 {
			t.Errorf("Metres(%v): got %.1f, want %.1f", c.at, got, c.metres)
		}
	}
}

// TestAgainstOrb holds the runs against the library's plain algorithm on a border of 5000 corners.
func TestAgainstOrb(t *testing.T) {
	s := star(5000)
	x := NewIndex(s)
	in := 0
	for i := range 2000 {
		p := Point{112 + math.Mod(float64(i)*0.61803, 1), 21.9 + math.Mod(float64(i)*0.41421, 1)}
		want := planar.MultiPolygonContains(s.polygons, p)
		if x.Contains(p) != want {
			t.Fatalf("Contains(%v): got %v, want %v", p, !want, want)
		}
		if want {
			in++
		}
		if i < 50 {
			best := math.Inf(1)
			sx, sy := scale(p[1])
			for j := range len(s.polygons[0][0]) - 1 {
				best = min(best, edge(p, s.polygons[0][0][j], s.polygons[0][0][j+1], sx, sy))
			}
			if got := x.Metres(p); got != math.Sqrt(best) {
				t.Errorf("Metres(%v): got %v, want %v", p, got, math.Sqrt(best))
			}
		}
	}
	if in < 200 || in > 1800 {
		t.Errorf("%d of 2000 points inside: the test says little", in)
	}
}

// star is a polygon of n corners around 112.5, 22.4.
func star(n int) Shape {
	r := make(orb.Ring, 0, n+1)
	for i := range n {
		a := 2 * math.Pi * float64(i) / float64(n)
		d := 0.35 + 0.05*math.Sin(37*a) + 0.00001*float64(i%2)
		r = append(r, Point{112.5 + d*math.Cos(a), 22.4 + d*math.Sin(a)})
	}
	return Shape{orb.MultiPolygon{{append(r, r[0])}}}
}

func TestRefused(t *testing.T) {
	ring := func(points string) string { return `{"type":"Polygon","coordinates":[[` + points + `]]}` }
	for _, c := range []struct{ name, file, say string }{
		{"no JSON", "区划", "不是可读的 GeoJSON"},
		{"nothing", `{"type":"FeatureCollection","features":[]}`, "没有面"},
		{"a point", `{"type":"Point","coordinates":[112,22]}`, "只接受面"},
		{"without geometry", `{"type":"Feature","geometry":null}`, "没有图形"},
		{"open", ring(`[112,22],[112.1,22],[112.1,22.1],[112,22.1]`), "没有闭合"},
		{"a line", ring(`[112,22],[112.1,22],[112,22]`), "至少四个点"},
		{"self-crossing", ring(`[112,22],[112.1,22.1],[112.1,22],[112,22.1],[112,22]`), "自相交"},
		{"swapped", ring(`[22,112],[22,112.1],[22.1,112.1],[22,112]`), "写反了"},
		{"projected", ring(`[38500000,2450000],[38500100,2450000],[38500100,2450100],[38500000,2450000]`), "投影坐标"},
		{"Mercator", `{"type":"Polygon","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3857"}},"coordinates":[]}`, "坐标参考系"},
		{"in the ocean", ring(`[150,22],[151,22],[151,23],[150,22]`), "不在我国境内"},
		{"no number", ring(`["x",22]`), "坐标的写法不对"},
		{"half a point", ring(`[112],[112.1,22],[112,22.1],[112]`), "缺坐标"},
		{"too many", ring(strings.Repeat(`[112,22],`, MaxVertices) + `[112,22]`), "顶点超过"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, _, err := ReadGeoJSON([]byte(c.file)); err == nil || !strings.Contains(err.Error(), c.say) {
				t.Errorf("ReadGeoJSON: got %v, want %s", err, c.say)
			}
		})
	}
}

// BenchmarkMillion asks plans of a million corners together where a point is, and how far from their borders.
func BenchmarkMillion(b *testing.B) {
	var all []*Index
	for range 5 {
		all = append(all, NewIndex(star(MaxVertices)))
	}
	b.ResetTimer()
	for i := range b.N {
		p := Point{112.3 + float64(i%400)/1000, 22.4}
		for _, x := range all {
			x.Contains(p)
			x.Metres(p)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	text := star(MaxVertices).WKT()
	for range b.N {
		s, err := ParseWKT(text)
		if err != nil {
			b.Fatal(err)
		}
		NewIndex(s.ToWGS84(GCJ02))
	}
	b.ReportMetric(float64(len(text)), "B")
}

func Example() {
	p, _ := ToWGS84(Point{112.585278, 22.183611}, GCJ02)
	fmt.Printf("%.4f %.4f\n", p[0], p[1])
	// Output: 112.5804 22.1866
}
