package registry

import (
	"math"
	"testing"
)

func TestParseDegrees(t *testing.T) {
	for _, c := range []struct {
		in   string
		want float64
	}{
		{"112.585278", 112.585278}, {"东经112°35′7″", 112.585278}, {"112°35′7″E", 112.585278}, {"E112°35'7\"", 112.585278},
		{"112度35分7秒", 112.585278}, {"112度35分7.2秒", 112.585333}, {"１１２．５８５", 112.585}, {" 东经 112 ° 35 ′ ", 112.583333},
		{"112°35.12'", 112.585333}, {"112°35’7’’", 112.585278}, {"经度：112.5", 112.5}, {"112°", 112},
	} {
		if got, err := ParseLongitude(c.in); err != nil || got != c.want {
			t.Errorf("ParseLongitude(%q) = %v, %v; want %v", c.in, got, err, c.want)
		}
	}
	if got, err := ParseLatitude("北纬22°11′1″"); err != nil || got != 22.183611 {
		t.Errorf("ParseLatitude = %v, %v", got, err)
	}
	for _, in := range []string{"", "abc", "北纬22°11′1″", "22.1N", "112°60′", "112°35′60″", "112°35.5′7″", "0x70", "1_1", "Inf", "NaN", "1e400", "112-35-7", "181°", "西经112°"} {
		if got, err := ParseLongitude(in); err == nil {
			t.Errorf("ParseLongitude(%q) = %v, want an error", in, got)
		}
	}
}

func TestPlaceText(t *testing.T) {
	at := func(lng, lat float64, datum string) Place { return Place{&lng, &lat, datum} }
	pl := at(112.585278, 22.183611, "CGCS2000")
	if got, want := pl.DMS(), "东经112°35′7″，北纬22°11′1″"; got != want {
		t.Errorf("DMS = %s, want %s", got, want)
	}
	if got, want := pl.Decimal(), "112.585278, 22.183611"; got != want {
		t.Errorf("Decimal = %s, want %s", got, want)
	}
	if got := DefaultBureau().Doubt(pl); got != "" {
		t.Errorf("Doubt = %s, want none", got)
	}
	for _, doubtful := range []Place{at(113.9, 22.5, "CGCS2000"), at(112.5, 22.5, "GCJ-02")} {
		if DefaultBureau().Doubt(doubtful) == "" {
			t.Errorf("%s %s: no doubt", doubtful.Decimal(), doubtful.Datum)
		}
	}
	if got := (Place{}).DMS() + (Place{}).Decimal() + DefaultBureau().Doubt(Place{}); got != "" {
		t.Errorf("an unknown place is written %q", got)
	}
	if got, want := FormatDegrees(22.99999999), "23°0′0″"; got != want {
		t.Errorf("FormatDegrees rounds to %s, want %s", got, want)
	}
}

func TestArea(t *testing.T) {
	for _, c := range []struct {
		v    float64
		unit string
		want float64
		text string
	}{
		{6.67, "公顷", 66700, "66700 平方米（6.67 公顷，合 100.05 亩）"}, {100, "亩", 66666.67, "66666.67 平方米（6.67 公顷，合 100 亩）"}, {350, "平方米", 350, "350 平方米（0.04 公顷，合 0.53 亩）"},
	} {
		got := SquareMetres(c.v, c.unit)
		if got != c.want {
			t.Errorf("SquareMetres(%v, %s) = %v, want %v", c.v, c.unit, got, c.want)
		}
		if text := AreaText(&got); text != c.text {
			t.Errorf("AreaText(%v) = %s, want %s", got, text, c.text)
		}
	}
	if got := AreaText(nil); got != "" {
		t.Errorf("AreaText(nil) = %s", got)
	}
}

func FuzzParseLongitude(f *testing.F) {
	for _, s := range []string{"112.585278", "东经112°35′7″", "112度35分7.2秒", "E112°35'7\"", "NaN", "经度:东经E°'\"", "-0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := ParseLongitude(s)
		if err != nil {
			return
		}
		if math.IsNaN(v) || math.Abs(v) > 360 {
			t.Fatalf("ParseLongitude(%q) = %v", s, v)
		}
		if v < 0 || v > 180 {
			return // the domain refuses these with a range
		}
		again, err := ParseLongitude(FormatDegrees(v))
		if err != nil || math.Abs(again-v) > 0.05/3600+1e-6 {
			t.Fatalf("ParseLongitude(%q) = %v, written %s, read again %v, %v", s, v, FormatDegrees(v), again, err)
		}
	})
}
