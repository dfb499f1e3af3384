package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// Point is a longitude and a latitude, in degrees.
type Point = orb.Point

// The data that positions are told in.
const (
	WGS84    = "WGS-84"
	CGCS2000 = "CGCS2000"
	GCJ02    = "GCJ-02"
	BD09     = "BD-09"
)

// ToWGS84 converts a position of a datum; ok is false where the datum is not one that it knows.
func ToWGS84(p Point, datum string) (q Point, ok bool) {
	switch datum {
	case WGS84, CGCS2000:
		return p, true
	case GCJ02:
		return inverse(p, toGCJ), true
	case BD09:
		return inverse(inverse(p, toBD), toGCJ), true
	}
	return p, false
}

// inverse finds the point that forward moves to p: both shifts change so slowly that each round divides the error by a thousand.
func inverse(p Point, forward func(Point) Point) Point {
	q := p
	for range 3 {
		r := forward(q)
		q[0] += p[0] - r[0]
		q[1] += p[1] - r[1]
	}
	return q
}

// toGCJ is the shift of map software in the Chinese mainland, on the ellipsoid of Krasovsky 1940, as the formula is commonly given.
func toGCJ(p Point) Point {
	const a, ee = 6378245.0, 0.00669342162296594323
	x, y := p[0]-105, p[1]-35
	waves := (20*math.Sin(6*x*math.Pi) + 20*math.Sin(2*x*math.Pi)) * 2 / 3
	lat := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*math.Sqrt(math.Abs(x)) + waves +
		(20*math.Sin(y*math.Pi)+40*math.Sin(y/3*math.Pi))*2/3 + (160*math.Sin(y/12*math.Pi)+320*math.Sin(y*math.Pi/30))*2/3
	lng := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*math.Sqrt(math.Abs(x)) + waves +
		(20*math.Sin(x*math.Pi)+40*math.Sin(x/3*math.Pi))*2/3 + (150*math.Sin(x/12*math.Pi)+300*math.Sin(x/30*math.Pi))*2/3
	rad := p[1] / 180 * math.Pi
	magic := 1 - ee*math.Sin(rad)*math.Sin(rad)
	lat = lat * 180 / (a * (1 - ee) / (magic * math.Sqrt(magic)) * math.Pi)
	lng = lng * 180 / (a / math.Sqrt(magic) * math.Cos(rad) * math.Pi)
	return Point{p[0] + lng, p[1] + lat}
}

// toBD is Baidu's shift upon GCJ-02.
func toBD(p Point) Point {
	const k = math.Pi * 3000 / 180
	z := math.Hypot(p[0], p[1]) + 0.00002*math.Sin(p[1]*k)
	theta := math.Atan2(p[1], p[0]) + 0.000003*math.Cos(p[0]*k)
	return Point{z*math.Cos(theta) + 0.0065, z*math.Sin(theta) + 0.006}
}

// scale is how many metres a degree of longitude and of latitude have at a latitude, on the ellipsoid of WGS-84.
func scale(lat float64) (x, y float64) {
	const a, ee = 6378137.0, 0.00669437999014
	rad := lat * math.Pi / 180
	w := 1 - ee*math.Sin(rad)*math.Sin(rad)
	return a / math.Sqrt(w) * math.Cos(rad) * math.Pi / 180, a * (1 - ee) / (w * math.Sqrt(w)) * math.Pi / 180
}

// Metres is the distance of two points near each other.
func Metres(p, q Point) float64 {
	x, y := scale((p[1] + q[1]) / 2)
	return math.Hypot((p[0]-q[0])*x, (p[1]-q[1])*y)
}
