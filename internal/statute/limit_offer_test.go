package statute

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

func question(pollutant, on, district, farm, medium string) LimitQuestion {
	d, err := registry.ParseDate(on)
	if err != nil {
		panic(err)
	}
	return LimitQuestion{Pollutant: pollutant, On: d, District: district, Farm: farm, Medium: medium}
}

func TestOfferLimits(t *testing.T) {
	const enping, beijing = "440785", "110101"
	for _, tt := range []struct {
		name string
		q    LimitQuestion
		ref  string // 限值依据
		want string // the only one
		says string // else what is missing
	}{
		{"a local and a national standard: a person chooses", question("氨氮", "2024-03-01", enping, ExistingFarm, "废水"), "", "", "有 2 项"},
		{"the local one named", question("氨氮", "2024-03-01", enping, ExistingFarm, "废水"), "DB44/613——2009", "DB44/613-2009 表5 珠三角 70 mg/L", ""},
		{"named in words with its table", question("NH3-N", "2024-03-01", enping, ExistingFarm, "废水"), "《畜禽养殖业污染物排放标准》（DB44/613－2009）表5", "DB44/613-2009 表5 珠三角 70 mg/L", ""},
		{"the national one named", question("氨氮", "2024-03-01", enping, ExistingFarm, "废水"), "GB18596-2001", "GB 18596-2001 表5 80 mg/L", ""},
		{"where only the national one holds", question("氨氮", "2024-03-01", beijing, ExistingFarm, "废水"), "", "GB 18596-2001 表5 80 mg/L", ""},
		{"irrigation water is no limit of the outlet", question("粪大肠菌群", "2024-03-01", beijing, "", "废水"), "", "GB 18596-2001 表5 1000 个/100mL", ""},
		{"age of the farm unknown", question("氨氮", "2024-06-10", enping, "", "废水"), "DB44/613-2009", "", "只适用于现有场"},
		{"age known", question("氨氮", "2024-06-10", enping, ExistingFarm, "废水"), "DB44/613-2009", "DB44/613-2009 表5 珠三角 70 mg/L", ""},
		{"named, but it does not bind a new farm", question("氨氮", "2024-06-10", enping, NewFarm, "废水"), "DB44/613-2009", "", "有 3 项"},
		{"nobody has verified the value", question("氨氮", "2025-06-01", enping, ExistingFarm, "废水"), "DB44/613-2024 表1 一类区域", "", "限值未核到原文"},
		{"the region is a person's to say", question("总氮", "2025-06-01", enping, ExistingFarm, "废水"), "DB44/613-2024", "", "有 2 项"},
		{"day unknown", question("氨氮", "", beijing, ExistingFarm, "废水"), "", "", "日期未知"},
		{"place unknown", question("氨氮", "2024-03-01", "", ExistingFarm, "废水"), "GB 18596-2001", "", "辖区未知"},
		{"medium unknown", question("臭气浓度", "2024-03-01", beijing, ExistingFarm, ""), "", "", "介质未填"},
		{"another standard named", question("氨氮", "2024-03-01", beijing, ExistingFarm, "废水"), "GB 8978-1996 一级", "", "所写的 GB8978-1996 不在其中"},
		{"a method named", question("氨氮", "2024-03-01", beijing, ExistingFarm, "废水"), "HJ 535-2009", "GB 18596-2001 表5 80 mg/L", ""},
		{"no such pollutant", question("镉", "2024-03-01", enping, ExistingFarm, "废水"), "", "", "没有收录“镉”"},
		{"no limit in this medium", question("氨氮", "2024-03-01", enping, ExistingFarm, "土壤"), "", "", "没有氨氮"},
		{"at least", question("蛔虫卵", "2024-03-01", beijing, "", "固体废物"), "", "GB 18596-2001 表6 ≥95 %（死亡率）", ""},
	} {
		o := Embedded().OfferLimits(tt.q, tt.ref)
		got := ""
		if o.Only != nil {
			got = o.Only.Ref() + " " + o.Only.Text() + " " + o.Only.Unit
		}
		if got != tt.want || (o.Missing == "") != (tt.says == "") || !strings.Contains(o.Missing, tt.says) {
			t.Errorf("%s: %q, missing %q; want %q, %q", tt.name, got, o.Missing, tt.want, tt.says)
		}
	}
}

func TestFillKeepsTheUnitOfTheValue(t *testing.T) {
	o := Embedded().OfferLimits(question("总磷", "2024-03-01", "110101", "", "废水"))
	for typed, want := range map[string][2]string{"": {"mg/L（以P计）", ""}, "mg/L": {"mg/L", ""}, "μg/L": {"μg/L", "mg/L（以P计）"}} {
		r := registry.SampleResult{Pollutant: "总磷", Kind: "数值", Value: "81", Unit: typed}
		o.Only.Fill(&r)
		if got := [2]string{r.Unit, r.LimitUnit}; got != want || r.Limit != "8.0" || r.LimitRef != "GB 18596-2001 表5" || r.LimitFrom != "标准目录" {
			t.Errorf("typed %q: %q, %+v; want %q", typed, got, r, want)
		}
	}
}

func TestDiffers(t *testing.T) {
	q := question("氨氮", "2024-03-01", "440785", ExistingFarm, "废水")
	for _, tt := range []struct {
		q           LimitQuestion
		limit, unit string
		ref         string
		want        bool
	}{
		{q, "70", "mg/L", "", false}, {q, "80.0", "mg/L", "", false}, {q, "50", "mg/L", "", true}, {q, "80", "mg/L", "DB44/613-2009", true}, {q, "70", "", "DB44/613-2009", false},
		{question("氨氮", "2025-06-01", "440785", ExistingFarm, "废水"), "25", "mg/L", "", false}, // the new edition's value is not known
		{question("镉", "2024-03-01", "440785", "", "废水"), "0.1", "mg/L", "", false},
		{question("氨氮", "2024-03-01", "440785", "", "土壤"), "1", "mg/kg", "", false},
	} {
		r := registry.SampleResult{Pollutant: tt.q.Pollutant, Limit: tt.limit, Unit: tt.unit, LimitRef: tt.ref}
		if got := Embedded().Differs(tt.q, &r, tt.ref); (got != "") != tt.want {
			t.Errorf("%s %s %s %q on %s: differs from %q, want %t", tt.q.Pollutant, tt.limit, tt.unit, tt.ref, tt.q.On, got, tt.want)
		}
	}
}

func TestStandardRemarks(t *testing.T) {
	for _, tt := range []struct {
		name, text, on, district, farm string
		limited, wrong                 bool
		says                           string
	}{
		{"in force", "DB44/613-2009 表5", "2024-03-01", "440785", ExistingFarm, true, false, ""},
		{"gone", "《畜禽养殖业污染物排放标准》（DB44/613—2009）表1", "2025-06-01", "440785", ExistingFarm, true, true, "在采样日 2025-06-01 不施行"},
		{"not yet", "DB44/613-2024", "2024-03-01", "440785", ExistingFarm, true, true, "不施行"},
		{"for new farms only", "DB44/613-2024", "2024-06-01", "440785", ExistingFarm, true, true, "只适用于新建场"},
		{"for new farms only, age unknown", "DB44/613-2024", "2024-06-01", "440785", "", true, false, "不能由登记记录确定"},
		{"the year only", "GB 5084-2005", "2021", "440785", "", true, false, "不够精确"},
		{"superseded", "GB 5084-2005", "2021-07-01", "440785", "", true, true, "不施行"},
		{"day unknown", "GB 18596-2001", "", "440785", "", true, false, "采样日期未知"},
		{"of another province", "DB44/613-2009", "2024-03-01", "110101", ExistingFarm, true, true, "广东省的地方标准"},
		{"an edition that is none", "DB44/613-2018", "2024-03-01", "440785", ExistingFarm, true, false, "请核对年号"},
		{"without its year", "DB44/613", "2024-03-01", "440785", ExistingFarm, true, false, "请核对年号"},
		{"not held: not judged", "GB 8978-1996", "2024-03-01", "440785", ExistingFarm, true, false, ""},
		{"its name only", "畜禽养殖业污染物排放标准", "2024-03-01", "440785", ExistingFarm, true, false, "DB44/613-2009、GB 18596-2001"},
		{"none named", "", "2024-03-01", "110101", ExistingFarm, true, false, "GB 18596-2001"},
		{"none named and no limit", "", "2024-03-01", "440785", ExistingFarm, false, false, ""},
	} {
		on, err := registry.ParseDate(tt.on)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		wrong := false
		for _, r := range Embedded().StandardRemarks(tt.text, LimitQuestion{On: on, District: tt.district, Farm: tt.farm}, tt.limited) {
			said, wrong = append(said, r.Text), wrong || r.Wrong
		}
		if got := strings.Join(said, "；"); wrong != tt.wrong || (got == "") != (tt.says == "") || !strings.Contains(got, tt.says) {
			t.Errorf("%s: %q, wrong %t; want %q, %t", tt.name, got, wrong, tt.says, tt.wrong)
		}
	}
	if got := StandardsIn("按GB18596—2001和DB 44/613-2009、GB/T 14848-2017"); !slices.Equal(got, []string{"GB18596-2001", "DB44/613-2009", "GB/T14848-2017"}) {
		t.Errorf("StandardsIn = %q", got)
	}
}
