package statute

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

func TestLimits(t *testing.T) {
	const (
		delta     = "DB44/613-2009 表5 珠三角 "
		rest      = "DB44/613-2009 表5 其他地区 "
		first     = "DB44/613-2024 表1 一类区域 "
		second    = "DB44/613-2024 表1 二类区域 "
		national  = "GB 18596-2001 表5 "
		newFarms  = " 新建场"
		oldFarms  = " 现有场"
		enping    = "440785"
		qingyuan  = "441800"
		huizhou   = "4413" // the city: its districts lie in both regions
		elsewhere = "110101"
	)
	for _, tt := range []struct {
		name, pollutant, on, district string
		want                          []string
	}{
		{"Jiangmen before the new edition", "COD", "2024-03-01", enping, []string{delta + "380", national + "400"}},
		{"between the two dates both come back", "氨氮", "2024-06-10", enping, []string{delta + "70" + oldFarms, first + newFarms, second + newFarms, national + "80"}},
		{"after both dates", "总磷", "2025-05-01", enping, []string{first, second, national + "8.0"}},
		{"total nitrogen", "TN", "2025-06-01", enping, []string{first + "40", second + "70"}},
		{"other parts of the province", "化学需氧量", "2020-01-01", qingyuan, []string{rest + "400", national + "400"}},
		{"a city in two regions", "化学需氧量", "2020-01-01", huizhou, []string{delta + "380", rest + "400", national + "400"}},
		{"district unknown", "化学需氧量", "2020-01-01", "", []string{delta + "380", rest + "400", national + "400"}},
		{"another province", "化学需氧量", "2020-01-01", elsewhere, []string{national + "400"}},
		{"before any standard", "化学需氧量", "2002-01-01", enping, nil},
		{"odour", "臭气浓度", "2024-03-01", enping, []string{"DB44/613-2009 表7 60", "GB 18596-2001 表7 70"}},
		{"irrigation water is named as such", "粪大肠菌群", "2025-06-01", elsewhere, []string{national + "1000", "GB 18596-2001 表6 10^5", "GB 5084-2021 表1 旱地作物 40000"}},
		{"unknown pollutant", "镉", "2024-06-10", enping, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			on, err := registry.ParseDate(tt.on)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, l := range Embedded().Limits(tt.pollutant, on, tt.district) {
				s := l.Ref() + " " + l.Value
				if l.AppliesTo != "" {
					s = strings.TrimSuffix(s, " ") + " " + l.AppliesTo
				}
				got = append(got, s)
				if (l.AppliesTo != "" || l.Value == "" || l.Medium == "灌溉水") && l.Why == "" {
					t.Errorf("%s has no Why", s)
				}
			}
			want := slices.Clone(tt.want)
			for i := range want {
				want[i] = strings.ReplaceAll(want[i], "  ", " ")
			}
			if !slices.Equal(got, want) {
				t.Errorf("Limits(%q, %q, %q) = %q, want %q", tt.pollutant, tt.on, tt.district, got, want)
			}
		})
	}
}

func TestLimitsOnAPartialDate(t *testing.T) {
	limits := Embedded().Limits("氨氮", registry.Year(2024), "440785")
	var why []string
	for _, l := range limits {
		why = append(why, l.Standard+": "+l.Why)
	}
	if len(limits) != 4 || !strings.Contains(why[0], "不够精确") || !strings.Contains(why[1], "只适用于新建场") {
		t.Errorf("Limits(氨氮, 2024) = %q", why)
	}
}

// A value nobody verified stays empty: a guessed limit would convict.
func TestUnverifiedLimitsStayEmpty(t *testing.T) {
	s, ok := Embedded().Standard("DB44/613—2024")
	if !ok {
		t.Fatal("Standard(DB44/613—2024) not found")
	}
	for _, l := range s.Limits {
		if (l.Value != "") != (l.Pollutant == "总氮") || (l.Value == "") != (l.Confidence == "not_found") {
			t.Errorf("%s %s: value %q, confidence %s", l.Region, l.Pollutant, l.Value, l.Confidence)
		}
	}
	if len(s.NotFound) == 0 || !s.RegionsUnknown {
		t.Errorf("%s: what was not found is not said", s.Code)
	}
}

func TestStandardsAreComplete(t *testing.T) {
	c := Embedded()
	for _, s := range c.Standards() {
		if s.Name == "" || s.Confidence == "" || s.Source == "" || len(s.Periods) == 0 {
			t.Errorf("%s lacks name, confidence, source or period", s.Code)
		}
		for _, l := range s.Limits {
			if l.Value == "" {
				continue
			}
			if _, ok := registry.ParseDecimal(strings.Replace(l.Value, "10^", "1e", 1)); !ok || l.Unit == "" {
				t.Errorf("%s %s %s: value %q %q is no number with a unit", s.Code, l.Region, l.Pollutant, l.Value, l.Unit)
			}
		}
		for _, class := range s.Scale {
			if class.Below != 0 && class.Below <= class.Min {
				t.Errorf("%s: scale %+v", s.Code, class)
			}
		}
	}
	if s, _ := c.Standard("GB18596-2001"); s == nil || len(s.PigEquivalents) != 5 || len(s.Scale) != 20 {
		t.Errorf("GB 18596-2001: %+v, want 5 equivalents and 20 scale classes", s)
	}
	if n := len(c.Thresholds()); n != 6 {
		t.Errorf("%d thresholds, want 6", n)
	}
}
