package registry

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"casebook/internal/lazyregexp"
)

// ParseLongitude reads a longitude as people have it: decimal degrees (112.585278) or 度分秒 (东经112°35′7″, 112度35分7.2秒,
// 112°35.12'E). The answer is in degrees; 度分秒 is rounded to six decimals, about 10 cm.
func ParseLongitude(s string) (float64, error) {
	return parseDegrees(s, "经度", "东经", "E", "北纬", "N")
}

// ParseLatitude reads a latitude, in the forms of ParseLongitude.
func ParseLatitude(s string) (float64, error) {
	return parseDegrees(s, "纬度", "北纬", "N", "东经", "E")
}

// dms holds degrees, minutes and seconds, the later parts optional, after all the signs people use for them became ° ' ".
var dms = lazyregexp.New(`^(\d{1,3})°(?:(\d{1,2}(?:\.\d{1,8})?)'(?:(\d{1,2}(?:\.\d{1,8})?)")?)?$`)

// Two single marks are how some keyboards write seconds: they go before the single mark.
var dmsSigns = strings.NewReplacer("''", `"`, "′′", `"`, "’’", `"`, "″", `"`, "”", `"`, "“", `"`, "秒", `"`,
	"′", "'", "’", "'", "‘", "'", "`", "'", "分", "'", "º", "°", "˚", "°", "度", "°")

func parseDegrees(s, what, word, letter, otherWord, otherLetter string) (float64, error) {
	typed := clip(s, 30)
	s = strings.ToUpper(strings.Join(strings.Fields(HalfWidth(s)), ""))
	if strings.HasPrefix(s, otherWord) || strings.HasPrefix(s, otherLetter) || strings.HasSuffix(s, otherLetter) {
		return 0, fmt.Errorf("这里填%s，“%s”写的是另一个方向", what, typed)
	}
	s = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(s, what), ":"), word)
	s = strings.TrimSuffix(strings.TrimPrefix(s, letter), letter)
	if f, err := strconv.ParseFloat(s, 64); err == nil && !math.IsNaN(f) && math.Abs(f) <= 360 && !strings.ContainsAny(s, "XP_") {
		return f, nil
	}
	m := dms.FindStringSubmatch(dmsSigns.Replace(s))
	if m == nil {
		return 0, fmt.Errorf("“%s”不是%s；可写 %s，或度分秒 %s", typed, what, examples[what][0], examples[what][1])
	}
	var part [3]float64
	for i := range part {
		part[i], _ = strconv.ParseFloat(m[i+1], 64) // the pattern holds digits, or nothing: 0
	}
	if part[0] > 180 || part[1] >= 60 || part[2] >= 60 || m[3] != "" && strings.Contains(m[2], ".") {
		return 0, fmt.Errorf("“%s”不是有效的度分秒：分和秒应小于 60", typed)
	}
	return math.Round((part[0]+part[1]/60+part[2]/3600)*1e6) / 1e6, nil
}

var examples = map[string][2]string{"经度": {"112.585278", "东经112°35′7″"}, "纬度": {"22.183611", "北纬22°11′1″"}}

// FormatDegrees writes degrees as 112°35′7.2″, to a tenth of a second (3 m), without its fraction where that is zero.
func FormatDegrees(deg float64) string {
	tenths := int64(math.Round(math.Abs(deg) * 36000))
	s := fmt.Sprintf("%d°%d′%d", tenths/36000, tenths/600%60, tenths/10%60)
	if f := tenths % 10; f != 0 {
		s += fmt.Sprintf(".%d", f)
	}
	if deg < 0 && tenths != 0 {
		s = "-" + s
	}
	return s + "″"
}

// SamePlace is how near two farms lie, in metres, to be asked whether they are one.
const SamePlace = 100.0

// A degree of latitude is never shorter than this, in metres; one of longitude is this at the equator.
const degree = 110574.0

// Around is the box of degrees that holds every point within metres of this one; ok is false where it is not known.
func (pl Place) Around(metres float64) (west, east, south, north float64, ok bool) {
	if pl.Longitude == nil || pl.Latitude == nil {
		return 0, 0, 0, 0, false
	}
	lat := metres / degree
	lng := lat / math.Max(0.01, math.Cos((math.Abs(*pl.Latitude)+lat)*math.Pi/180))
	return *pl.Longitude - lng, *pl.Longitude + lng, *pl.Latitude - lat, *pl.Latitude + lat, true
}

// Metres is the distance between two points. It is not known where one of them is not, or where they are of data that differ by hundreds
// of metres; CGCS2000 and WGS-84 differ by centimetres.
func (pl Place) Metres(o Place) (metres float64, ok bool) {
	if pl.Longitude == nil || pl.Latitude == nil || o.Longitude == nil || o.Latitude == nil || pl.datum() != o.datum() {
		return 0, false
	}
	rad := func(deg float64) float64 { return deg * math.Pi / 180 }
	dLat, dLng := rad(*o.Latitude-*pl.Latitude)/2, rad(*o.Longitude-*pl.Longitude)/2
	h := math.Sin(dLat)*math.Sin(dLat) + math.Cos(rad(*pl.Latitude))*math.Cos(rad(*o.Latitude))*math.Sin(dLng)*math.Sin(dLng)
	return 2 * 6371008.8 * math.Asin(math.Sqrt(h)), true
}

func (pl Place) datum() string {
	if pl.Datum == "" || pl.Datum == "WGS-84" {
		return "CGCS2000"
	}
	return pl.Datum
}

// DMS writes the point as documents print it: 东经112°35′7″，北纬22°11′1″. Empty where it is not known.
func (pl Place) DMS() string {
	if pl.Longitude == nil || pl.Latitude == nil {
		return ""
	}
	return "东经" + FormatDegrees(*pl.Longitude) + "，北纬" + FormatDegrees(*pl.Latitude)
}

// Decimal writes the point in decimal degrees: 112.585278, 22.183611. Empty where it is not known.
func (pl Place) Decimal() string {
	if pl.Longitude == nil || pl.Latitude == nil {
		return ""
	}
	return strconv.FormatFloat(*pl.Longitude, 'f', -1, 64) + ", " + strconv.FormatFloat(*pl.Latitude, 'f', -1, 64)
}

// Where is the farm's place in one line: town and address, the town not said twice.
func (x *Farm) Where() string {
	if strings.Contains(x.Address, x.Town) {
		return x.Address
	}
	return x.Town + x.Address
}

// AreaUnits are the units an area is typed in.
var AreaUnits = Terms{"平方米", "亩", "公顷"}

// SquareMetres turns an area into m², to the hundredth: 1 公顷 = 10 000, 15 亩 = 1 公顷.
func SquareMetres(v float64, unit string) float64 {
	switch unit {
	case "公顷":
		v *= 10000
	case "亩":
		v *= 10000.0 / 15
	}
	return math.Round(v*100) / 100
}

// AreaText writes an area in m² together with 公顷 and 亩: 66,666.67 平方米（6.67 公顷，合 100 亩）. Empty where it is not known.
func AreaText(m2 *float64) string {
	if m2 == nil {
		return ""
	}
	short := func(v float64) string {
		return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(v, 'f', 2, 64), "0"), ".")
	}
	return fmt.Sprintf("%s 平方米（%s 公顷，合 %s 亩）", short(*m2), short(*m2/10000), short(*m2*15/10000))
}
