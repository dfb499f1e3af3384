package demo

import (
	"fmt"

	"casebook/internal/registry"
)

// zones are the sample layers of the map. They are invented, and say so: no plan's real drawing is held here. The published cases tell no positions either, so
// their farms have invented ones, in the right districts; case 4's lies in the sample 禁养区, the others outside.
func (l *loader) zones() error {
	for _, z := range []struct {
		registry.ZoneMap
		file string
	}{
		{registry.ZoneMap{Kind: registry.ForbiddenZone, Name: "台山示例禁养区", DistrictCode: "440781", PlanNumber: "示例府〔2020〕1号", ValidFrom: registry.Year(2020)}, forbiddenSample},
		{registry.ZoneMap{Kind: "饮用水源保护区", Name: "开平示例水源保护区", DistrictCode: "440783", PlanNumber: "示例函〔2019〕2号", ValidFrom: registry.Year(2019)}, sourceSample},
		{registry.ZoneMap{Kind: registry.WaterBody, Name: "示例河", ValidFrom: registry.Year(2000)}, riverSample},
	} {
		z.Origin, z.Datum, z.Source = registry.OriginSample, "CGCS2000", "演示用的虚构图形"
		z.Note = "示例：不是任何方案的真实范围，不得用于核对真实的养殖场。"
		if err := l.b.Zone(&z.ZoneMap, []byte(z.file)); err != nil {
			return fmt.Errorf("zone %s: %w", z.Name, err)
		}
	}
	return nil
}

// inventedAt is an invented position, and says so.
func inventedAt(lng, lat float64) registry.Place {
	return registry.Place{Longitude: &lng, Latitude: &lat, Datum: "CGCS2000"}
}

// inventedPlace is what a published farm's record says of its position.
const inventedPlace = "坐标是演示用的示例，不是该场的实际位置；公布的材料没有坐标。"

// samplePlaces are the positions of the published farms, by district.
var samplePlaces = map[string]registry.Place{
	"440785": inventedAt(112.2950, 22.1760), "440784": inventedAt(112.9300, 22.7400), "440783": inventedAt(112.6100, 22.4100), "440781": inventedAt(112.7060, 22.0520), "440705": inventedAt(113.0650, 22.4050),
}

const (
	// Two areas: one with a hole (a village that the plan leaves out), one beside it.
	forbiddenSample = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"示例"},"geometry":{"type":"Polygon","coordinates":[
[[112.6400,22.0200],[112.6800,22.0000],[112.7300,22.0050],[112.7700,22.0300],[112.7650,22.0800],[112.7200,22.1000],[112.6700,22.0900],[112.6400,22.0600],[112.6400,22.0200]],
[[112.7300,22.0400],[112.7500,22.0400],[112.7500,22.0550],[112.7300,22.0550],[112.7300,22.0400]]]}},
{"type":"Feature","properties":{"name":"示例"},"geometry":{"type":"MultiPolygon","coordinates":[[[[112.8200,22.1500],[112.8700,22.1450],[112.8800,22.1900],[112.8300,22.1950],[112.8200,22.1500]]]]}}]}`
	sourceSample = `{"type":"Polygon","coordinates":[[[112.5000,22.4600],[112.5400,22.4450],[112.5700,22.4700],[112.5500,22.5000],[112.5100,22.4950],[112.5000,22.4600]]]}`
	riverSample  = `{"type":"Polygon","coordinates":[[[112.2900,22.1900],[112.4000,22.2600],[112.5200,22.3000],[112.6200,22.3900],[112.7200,22.3950],[112.8500,22.4300],[113.0000,22.3800],[113.1000,22.2300],
[113.1080,22.2320],[113.0060,22.3870],[112.8520,22.4370],[112.7200,22.4010],[112.6170,22.3960],[112.5170,22.3060],[112.3970,22.2660],[112.2870,22.1960],[112.2900,22.1900]]]}`
)
