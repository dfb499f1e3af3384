package registry

import (
	"strconv"
	"strings"

	"casebook/internal/lazyregexp"
)

// Positions are read as degrees that are said to be such, whatever follows them, and as decimal degrees of the bureau's area.

// saidDegrees are degrees with a sign, a word or a letter that tells them.
var saidDegrees = []leakPattern{
	{kind: "经纬度", form: closed, near: []string{"度"}, find: expression(lazyregexp.New(`[0-9]{2,3}度[0-9]{1,2}(?:\.[0-9]+)?(?:分|'|")`))},
	{kind: "经纬度", near: each("经|纬|东", anyFigure), find: expression(lazyregexp.New(`[经纬] ?[0-9]{2,3}\.[0-9]{1,}|东 ?[0-9]{2,3}\.[0-9]+ ?,? ?北 ?[0-9]{2}\.[0-9]+`))},
	{kind: "经纬度", zone: numbers, find: expression(lazyregexp.New(`(?:^|[^0-9.])([0-9]{4,5}\.[0-9]{2,6} ?[ensw](?:[^a-z]|$)|2[0-9]-[0-5]?[0-9]-[0-5]?[0-9](?:\.[0-9]+)?[ ,;/]+1[01][0-9]-[0-5]?[0-9]-[0-5]?[0-9])`))},
	{kind: "经纬度", near: []string{"°", "度", "东经", "西经", "南纬", "北纬"}, find: expression(lazyregexp.New(`[0-9]{1,2} ?[0-9]?(?:\.[0-9]+)? ?° ?[0-9]|[0-9]{2,3}度[0-9]{1,2}(?:\.[0-9]+)? ?(?:分|"|′|‘)|(?:经度|纬度|[东西]经|[南北]纬)(?:为|是|:)? ?[0-9一二三四五六七八九十百]+`))},
	{kind: "经纬度", near: []string{"lng", "lon", "lat", "坐标", "gps"}, find: expression(lazyregexp.New(`(?:lng|lon|long|longitude|lat|latitude|坐标|gps)(?:为|是)?[ =:(]{0,3}[en]?[0-9]{2,3}[.°][0-9]{2,}`))},
	{kind: "经纬度", zone: numbers, find: expression(lazyregexp.New(`(?:^|[^a-z])([en] ?[0-9]{2,3}\.[0-9]{4,}|[xy] ?[=:] ?[0-9]{6,8}(?:\.[0-9]+|[^0-9]|$)|[xy] ?[0-9]{6,8}\.[0-9]+)`))},
	{kind: "经纬度", zone: numbers, find: expression(lazyregexp.New(`2[0-9]{6}\.[0-9]{1,4}[ ,;/]{1,3}(?:[34][0-9]{7}|[2-7][0-9]{5})\.[0-9]{1,4}|(?:[34][0-9]{7}|[2-7][0-9]{5})\.[0-9]{1,4}[ ,;/]{1,3}2[0-9]{6}\.[0-9]{1,4}`))}, // metres of the national grid
}

// amountBehind is what tells that a decimal is an amount: 112.3056万元.
var amountBehind = lazyregexp.New(`^ ?(?:[万亿元%‰倍头只羽亩户家吨升米]|平方|立方|公[里斤顷]|千[克瓦米]|毫[克升]|mg|kg|km|ml|m[23]?(?:[^a-z]|$)|l(?:[^a-z]|$)|t(?:[^a-z]|$))`)

// coordinates finds decimal degrees of the area: the longer the fraction, the less likely that it is an amount. One of two that stand together needs
// few places, and so does one with its letter; a blank or the end of a line may break the fraction.
func (a Area) coordinates() func(string) []byteSpan {
	if a == (Area{}) {
		return func(string) []byteSpan { return nil }
	}
	degrees := func(from, to float64) string {
		var list []string
		for n := int(from); n <= int(to); n++ {
			list = append(list, strconv.Itoa(n))
		}
		return "(?:" + strings.Join(list, "|") + ")"
	}
	e, n := degrees(a.West, a.East), degrees(a.South, a.North)
	const by = `(?: ?°)? ?[en]? ?[,;/ ] ?[en]? ?`
	const minutes = `[ :'"-][0-5]?[0-9][ :'"-][0-5]?[0-9](?:\.[0-9]+)?`
	return expression(lazyregexp.New(`(?:^|[^0-9])(` + strings.Join([]string{
		e + `\.[0-9]{3,}`, n + `\.[0-9]{4,}`,
		e + `\.[0-9](?: [0-9]{5,}|[0-9]+ [0-9]{3,})`, n + `\.[0-9](?: [0-9]{5,}|[0-9]+ [0-9]{4,})`,
		e + `\.[0-9]{2,}` + by + n + `\.[0-9]{2,}`, n + `\.[0-9]{2,}` + by + e + `\.[0-9]{2,}`,
		`[en] ?(?:` + e + `|` + n + `)` + minutes, `(?:` + e + `|` + n + `)(?:` + minutes + `|\.[0-9]{2,})(?: ?°)?["' ]{0,2}[en](?:[^a-z]|$)`,
	}, "|") + `)`))
}
