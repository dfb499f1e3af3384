package geo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"
)

// MaxVertices bounds one file.
const MaxVertices = 200_000

// Shape is one or several polygons, each with its holes.
type Shape struct{ polygons orb.MultiPolygon }

// Vertices counts the corners.
func (s Shape) Vertices() (n int) {
	for _, p := range s.polygons {
		for _, r := range p {
			n += len(r)
		}
	}
	return n
}

// WKT writes the shape as well-known text, in which the register keeps it.
func (s Shape) WKT() string { return wkt.MarshalString(s.polygons) }

// ParseWKT reads what WKT wrote.
func ParseWKT(text string) (Shape, error) {
	m, err := wkt.UnmarshalMultiPolygon(text)
	return Shape{m}, err
}

// ToWGS84 is the shape converted from a datum.
func (s Shape) ToWGS84(datum string) Shape {
	m := s.polygons.Clone()
	for _, p := range m {
		for _, r := range p {
			for i := range r {
				r[i], _ = ToWGS84(r[i], datum)
			}
		}
	}
	return Shape{m}
}

// Bounds are the shape's west, east, south and north.
func (s Shape) Bounds() (west, east, south, north float64) {
	b := s.polygons.Bound()
	return b.Min[0], b.Max[0], b.Min[1], b.Max[1]
}

type geoJSON struct {
	Type        string          `json:"type"`
	Features    []geoJSON       `json:"features"`
	Geometry    *geoJSON        `json:"geometry"`
	Coordinates json.RawMessage `json:"coordinates"`
	CRS         *struct {
		Properties struct {
			Name string `json:"name"`
		} `json:"properties"`
	} `json:"crs"`
}

// ReadGeoJSON reads the polygons of a file: a FeatureCollection, a Feature or a geometry. What a person has to look at is in doubts; errors
// say where the file is wrong.
func ReadGeoJSON(data []byte) (s Shape, doubts []string, err error) {
	var g geoJSON
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &g); err != nil {
		return s, nil, fmt.Errorf("不是可读的 GeoJSON：%w", err)
	}
	if g.CRS != nil {
		if name := g.CRS.Properties.Name; !strings.Contains(name, "CRS84") && !strings.HasSuffix(name, ":4326") && !strings.HasSuffix(name, ":4490") {
			return s, nil, fmt.Errorf("文件注明的坐标参考系是“%s”，只接受经纬度的 WGS-84（EPSG:4326）或 CGCS2000（EPSG:4490），请先转换", name)
		}
	}
	features := g.Features
	if g.Type != "FeatureCollection" {
		features = []geoJSON{g}
	}
	vertices := 0
	for i, f := range features {
		at := fmt.Sprintf("第 %d 个要素", i+1)
		if f.Type == "Feature" {
			if f.Geometry == nil {
				return s, nil, fmt.Errorf("%s没有图形", at)
			}
			f = *f.Geometry
		}
		polygons, err := polygonsOf(f)
		if err != nil {
			return s, nil, fmt.Errorf("%s：%w", at, err)
		}
		for _, p := range polygons {
			for j, r := range p {
				where := fmt.Sprintf("%s的第 %d 个环", at, j+1)
				if vertices += len(r); vertices > MaxVertices {
					return s, nil, fmt.Errorf("顶点超过 %d 个，请简化或分成几个文件", MaxVertices)
				}
				doubt, err := checkRing(r)
				if err != nil {
					return s, nil, fmt.Errorf("%s%w", where, err)
				}
				if doubt != "" {
					doubts = append(doubts, where+doubt)
				}
			}
		}
		s.polygons = append(s.polygons, polygons...)
	}
	if len(s.polygons) == 0 {
		return s, nil, fmt.Errorf("文件里没有面（Polygon 或 MultiPolygon）")
	}
	return s, doubts, nil
}

func polygonsOf(g geoJSON) (m orb.MultiPolygon, err error) {
	read := func(into any) error {
		if err := json.Unmarshal(g.Coordinates, into); err != nil {
			return fmt.Errorf("坐标的写法不对：%w", err)
		}
		return nil
	}
	var raw [][][][]float64
	switch g.Type {
	case "Polygon":
		raw = make([][][][]float64, 1)
		err = read(&raw[0])
	case "MultiPolygon":
		err = read(&raw)
	default:
		return nil, fmt.Errorf("图形是“%s”，只接受面（Polygon、MultiPolygon）", g.Type)
	}
	if err != nil {
		return nil, err
	}
	for _, polygon := range raw {
		if len(polygon) == 0 {
			return nil, fmt.Errorf("有一个面没有边界")
		}
		p := make(orb.Polygon, len(polygon))
		for i, ring := range polygon {
			p[i] = make(orb.Ring, len(ring))
			for j, at := range ring {
				if len(at) < 2 {
					return nil, fmt.Errorf("第 %d 个环的第 %d 个点缺坐标", i+1, j+1)
				}
				p[i][j] = Point{at[0], at[1]}
			}
		}
		m = append(m, p)
	}
	return m, nil
}

// checkRing refuses what bounds nothing, what is not in degrees, and a border that crosses itself.
func checkRing(r orb.Ring) (doubt string, err error) {
	if len(r) < 4 {
		return "", fmt.Errorf("只有 %d 个点，一个环至少四个点，首尾相同", len(r))
	}
	for i, p := range r {
		at := fmt.Sprintf("的第 %d 个点（%v，%v）", i+1, p[0], p[1])
		switch lng, lat := p[0], p[1]; {
		case math.Abs(lng) > 360 || math.Abs(lat) > 360:
			return "", fmt.Errorf("%s不是经纬度，像是投影坐标（米），请先转换成经纬度", at)
		case lng >= 3 && lng <= 54 && lat >= 73 && lat <= 136:
			return "", fmt.Errorf("%s经纬度写反了：GeoJSON 先写经度", at)
		case lng < 73 || lng > 136 || lat < 3 || lat > 54:
			return "", fmt.Errorf("%s不在我国境内", at)
		}
	}
	if r[0] != r[len(r)-1] {
		return "", fmt.Errorf("没有闭合：末点应与首点相同")
	}
	i, j, whole := crossing(r)
	switch {
	case i >= 0:
		return "", fmt.Errorf("自相交：第 %d 条边与第 %d 条边相交（%.6f，%.6f 附近）", i+1, j+1, r[i][0], r[i][1])
	case !whole:
		return "太复杂，没有检查完是否自相交", nil
	}
	return "", nil
}
