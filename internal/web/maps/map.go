package maps

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// drawing is a map as SVG places it. North is up; a degree of longitude is drawn as wide as it is in the middle of the map, which is right to 1 % over a
// city. What it shows stands in the table after it, for who cannot see it.
type drawing struct {
	W, H     int
	Zones    []drawnZone
	Dots     []drawnDot
	Kinds    []legend
	Scale    int // of the bar, in pixels
	ScaleFor string
	Sample   bool // some zone is invented
}

type drawnZone struct{ Path, Class, Said string }

type drawnDot struct {
	X, Y              string
	Class, Href, Said string
}

type legend struct{ Class, Label string }

const (
	mapWidth  = 900
	mapHeight = 640
	margin    = 24
)

var zoneClass = map[string]string{registry.ForbiddenZone: "map-forbidden", "饮用水源保护区": "map-source", registry.WaterBody: "map-water"}

// draw places zones and farms; nil where there is nothing to draw.
func draw(zones []casework.MapZone, farms []casework.MapFarm) *drawing {
	west, east, south, north := 180.0, -180.0, 90.0, -90.0
	hold := func(p [2]float64) {
		west, east, south, north = min(west, p[0]), max(east, p[0]), min(south, p[1]), max(north, p[1])
	}
	for _, z := range zones {
		for _, ring := range z.Outline {
			for _, p := range ring {
				hold(p)
			}
		}
	}
	for _, f := range farms {
		hold(f.At)
	}
	if west > east {
		return nil
	}
	const least = 0.01 // a single farm is shown with a kilometre around it
	west, east, south, north = west-least, east+least, south-least, north+least
	squeeze := math.Cos((south + north) / 2 * math.Pi / 180)
	perDegree := min((mapWidth-2*margin)/((east-west)*squeeze), (mapHeight-2*margin)/(north-south))
	d := &drawing{W: int((east-west)*squeeze*perDegree) + 2*margin, H: int((north-south)*perDegree) + 2*margin}
	d.W = max(d.W, 320)
	at := func(p [2]float64) (x, y string) {
		return places((p[0]-west)*squeeze*perDegree + margin), places((north-p[1])*perDegree + margin)
	}
	d.scale(perDegree / 111.2)
	shown := map[string]bool{}
	for _, z := range zones {
		var path strings.Builder
		for _, ring := range z.Outline {
			for i, p := range ring {
				x, y := at(p)
				path.WriteString([]string{"L", "M"}[btoi(i == 0)] + x + " " + y)
			}
			path.WriteString("Z")
		}
		d.Zones = append(d.Zones, drawnZone{path.String(), zoneClass[z.Kind], z.Kind + " " + z.Label()})
		d.Sample = d.Sample || z.Origin == registry.OriginSample
		shown[z.Kind] = true
	}
	for _, kind := range registry.ZoneMapKinds {
		if shown[kind] {
			d.Kinds = append(d.Kinds, legend{zoneClass[kind], kind})
		}
	}
	for _, f := range farms {
		dot := drawnDot{Class: "map-farm", Href: fmt.Sprintf("/farms/%d", f.ID), Said: f.Title}
		dot.X, dot.Y = at(f.At)
		if f.Cases > 0 {
			dot.Class, dot.Said = "map-farm map-cased", fmt.Sprintf("%s：案件 %d 件", f.Title, f.Cases)
		}
		if len(f.Inside) > 0 {
			dot.Class += " map-inside"
			dot.Said += "；位于禁养区 " + strings.Join(f.Inside, "、") + " 内"
		}
		d.Dots = append(d.Dots, dot)
	}
	return d
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// places writes a coordinate to a tenth of a pixel.
func places(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// scale chooses a round length for the bar.
func (d *drawing) scale(perKilometre float64) {
	for _, km := range []float64{0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100} {
		if d.Scale, d.ScaleFor = int(km*perKilometre), strconv.FormatFloat(km, 'f', -1, 64)+" 公里"; d.Scale > 80 {
			return
		}
	}
}

type mapPage struct {
	kit.Layout
	District  string
	Districts []kit.Option
	Day       string
	Problem   string
	Drawing   *drawing
	Map       casework.MapPage
}

func (mapPage) Template() string { return "maps/map" }

func (s area) mapPage(r *kit.Request) error {
	p := mapPage{Layout: r.Layout("地图").FullWidth(), District: r.QueryParam("district_code"), Districts: view.DistrictOptions(s.Server, r), Day: strings.TrimSpace(r.QueryParam("day"))}
	day := r.Today()
	if p.Day != "" {
		typed, err := registry.ParseDate(p.Day)
		if err != nil {
			p.Problem = err.Error()
			return r.PageStatus(422, p)
		}
		day = typed
	}
	var err error
	if p.Map, err = s.Service.MapPage(r.Ctx(), r.Actor, p.District, day); err != nil {
		return err
	}
	p.Drawing = draw(p.Map.Zones, p.Map.Farms)
	return r.Page(p)
}
