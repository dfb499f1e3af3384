package registry

import (
	"math"
	"testing"
)

func validFarm() Farm {
	return Farm{Origin: OriginField, Name: "一号场", DistrictCode: "440785", Place: Place{Longitude: ptr(112.3), Latitude: ptr(22.2), Datum: "CGCS2000"},
		Herds: []Herd{{Species: "生猪", Basis: "存栏", Count: ptr(int64(0))}}, Facilities: []Facility{{Kind: "沉淀池"}}}
}

func TestFarmClean(t *testing.T) {
	checkClean(t, Farm{Name: " 一号场 ", PublicName: "恩平某场\u200b", DistrictCode: "440785 ", Town: " 沙湖镇", Address: "某村\r\n", RaisingMode: " 代养", ManureMode: "干清粪 ",
		ReceivingWater: " 锦江", ControlSection: "断面 ", ContactName: " 甲", ContactPhone: "1 ", Note: "注\x00", Zone: Zone{PlanName: " 方案", PlanNumber: "1 ", Evidence: " 图"},
		EIA: Approval{Number: " 1"}, Acceptance: Approval{Number: "2 "}, Permit: Approval{Number: " 3 "}, Place: Place{Longitude: ptr(112.0)}},
		Farm{Name: "一号场", PublicName: "恩平某场", DistrictCode: "440785", Town: "沙湖镇", Address: "某村", RaisingMode: "代养", ManureMode: "干清粪",
			ReceivingWater: "锦江", ControlSection: "断面", ContactName: "甲", ContactPhone: "1", Note: "注", Zone: Zone{PlanName: "方案", PlanNumber: "1", Evidence: "图"},
			EIA: Approval{Number: "1"}, Acceptance: Approval{Number: "2"}, Permit: Approval{Number: "3"}, Place: Place{Longitude: ptr(112.0), Datum: "CGCS2000"}, Origin: OriginField})
	checkClean(t, Farm{Origin: OriginImported, Place: Place{Longitude: ptr(112.0), Datum: "GCJ-02"}}, Farm{Origin: OriginImported, Place: Place{Longitude: ptr(112.0), Datum: "GCJ-02"}})
}

// A permit's number of the national platform has one spelling; others stay as they were typed.
func TestPermitNumbersAreOneSpelling(t *testing.T) {
	for typed, want := range map[string]string{
		"91440785ma4w000260001x":             "91440785MA4W000260001X",
		"91440785-MA4W00026-0 001Ｘ":          "91440785MA4W000260001X",
		"\u202d91440785MA4W000260001X\u202c": "91440785MA4W000260001X",
		"H9440785000012345a001P":             "H9440785000012345a001P",
		"粤环许〔2020〕1号a":                       "粤环许〔2020〕1号a",
		"登记 91440785ma4w000260001x":          "登记 91440785ma4w000260001x",
	} {
		x := Farm{Permit: Approval{Number: typed}}
		if x.Clean(); x.Permit.Number != want {
			t.Errorf("Clean(%q) = %q, want %q", typed, x.Permit.Number, want)
		}
	}
}

func TestFarmValidate(t *testing.T) {
	point := func(lng, lat float64) func(*Farm) {
		return func(x *Farm) { x.Place = Place{Longitude: &lng, Latitude: &lat} }
	}
	checkRules(t, validFarm, []limit[Farm]{
		{"name", 200, func(x *Farm) *string { return &x.Name }},
		{"public_name", 200, func(x *Farm) *string { return &x.PublicName }},
		{"town", 200, func(x *Farm) *string { return &x.Town }},
		{"address", 500, func(x *Farm) *string { return &x.Address }},
		{"receiving_water", 200, func(x *Farm) *string { return &x.ReceivingWater }},
		{"control_section", 200, func(x *Farm) *string { return &x.ControlSection }},
		{"contact_name", 200, func(x *Farm) *string { return &x.ContactName }},
		{"contact_phone", 50, func(x *Farm) *string { return &x.ContactPhone }},
		{"note", 20000, func(x *Farm) *string { return &x.Note }},
		{"herds.0.stage", 50, func(x *Farm) *string { return &x.Herds[0].Stage }},
		{"facilities.0.name", 200, func(x *Farm) *string { return &x.Facilities[0].Name }},
		{"facilities.0.capacity", 50, func(x *Farm) *string { return &x.Facilities[0].Capacity }},
		{"facilities.0.note", 500, func(x *Farm) *string { return &x.Facilities[0].Note }},
		{"eia.number", 200, func(x *Farm) *string { return &x.EIA.Number }},
		{"acceptance.number", 200, func(x *Farm) *string { return &x.Acceptance.Number }},
		{"permit.number", 200, func(x *Farm) *string { return &x.Permit.Number }},
		{"zone.plan_name", 500, func(x *Farm) *string { return &x.Zone.PlanName }},
		{"zone.plan_number", 200, func(x *Farm) *string { return &x.Zone.PlanNumber }},
		{"zone.evidence", 500, func(x *Farm) *string { return &x.Zone.Evidence }},
	}, []rule[Farm]{
		{"least", func(x *Farm) { *x = Farm{Name: "场", DistrictCode: "440781"} }, nil},
		{"nothing", func(x *Farm) { *x = Farm{} }, []string{"name: 请填写养殖场名称", "district_code: 请选择辖区"}},
		{"unknown words", func(x *Farm) {
			x.Origin, x.RaisingMode, x.ManureMode, x.InTanjiang, x.Zone.Relation, x.Place.Datum = "甲", "乙", "丙", "丁", "戊", "己"
		}, []string{"origin: " + outside("甲", Origins), "raising_mode: " + outside("乙", RaisingModes), "manure_mode: " + outside("丙", ManureModes),
			"in_tanjiang: " + outside("丁", Terms{"是", "否"}), "place.datum: " + outside("己", Datums), "zone.relation: " + outside("戊", ZoneRelations)}},
		{"negative barns", func(x *Farm) { x.Barns = ptr(int64(-1)) }, []string{"barns: 数量不能为负数"}},
		{"no area", func(x *Farm) { x.AreaM2 = ptr(0.0) }, nil},
		{"negative area", func(x *Farm) { x.AreaM2 = ptr(-1.0) }, []string{"area_m2: 面积不合理，请核对单位"}},
		{"area of a province", func(x *Farm) { x.AreaM2 = ptr(1e10) }, []string{"area_m2: 面积不合理，请核对单位"}},
		{"area that is no number", func(x *Farm) { x.AreaM2 = ptr(math.NaN()) }, []string{"area_m2: 面积不合理，请核对单位"}},
		{"longitude alone", func(x *Farm) { x.Place.Latitude = nil }, []string{"place.longitude: 经度和纬度请一并填写"}},
		{"latitude alone", func(x *Farm) { x.Place.Longitude = nil }, []string{"place.longitude: 经度和纬度请一并填写"}},
		{"coordinates swapped", point(22.2, 112.3), []string{"place.longitude: 经纬度似乎填反了：我国在东经 73 至 136 度、北纬 3 至 54 度"}},
		{"longitude abroad", point(12, 22), []string{"place.longitude: 经度 12 不在我国境内（73 至 136）"}},
		{"longitude that is no number", point(math.NaN(), 22), []string{"place.longitude: 经度 NaN 不在我国境内（73 至 136）"}},
		{"latitude abroad", point(112, 60), []string{"place.latitude: 纬度 60 不在我国境内（3 至 54）"}},
		{"unknown words of a herd", func(x *Farm) {
			x.Herds = []Herd{{}, {Species: "龙", Basis: "甲", Qualifier: "乙", Count: ptr(int64(-5))}}
		},
			[]string{"herds.1.species: " + outside("龙", Species), "herds.1.basis: " + outside("甲", HerdBases), "herds.1.qualifier: " + outside("乙", Qualifiers), "herds.1.count: 数量不能为负数"}},
		{"too many herds", func(x *Farm) { x.Herds = make([]Herd, 51) }, []string{"herds: 畜禽数量最多 50 行"}},
		{"facility without a kind", func(x *Farm) { x.Facilities[0].Kind = "" }, []string{"facilities.0.kind: 请填写设施类型"}},
		{"unknown words of a facility", func(x *Farm) { x.Facilities = []Facility{{Kind: "甲", Lining: "乙", State: "丙"}} },
			[]string{"facilities.0.kind: " + outside("甲", FacilityKinds), "facilities.0.lining: " + outside("乙", Linings), "facilities.0.state: " + outside("丙", FacilityStates)}},
		{"too many facilities", func(x *Farm) {
			x.Facilities = nil
			for range 51 {
				x.Facilities = append(x.Facilities, Facility{Kind: "鱼塘"})
			}
		}, []string{"facilities: 设施最多 50 行"}},
		{"unknown words of approvals", func(x *Farm) {
			x.EIA, x.Acceptance, x.Permit = Approval{State: "甲", Kind: "乙"}, Approval{State: "丙", Kind: "any"}, Approval{Kind: "丁"}
		}, []string{"eia.state: " + outside("甲", ApprovalStates), "eia.kind: " + outside("乙", EIAKinds), "acceptance.state: " + outside("丙", ApprovalStates),
			"permit.kind: " + outside("丁", PermitKinds)}},
		{"permit that ended before it began", func(x *Farm) { x.Permit = Approval{On: Day(2024, 5, 2), ValidTo: Day(2024, 5, 1)} }, []string{"permit.valid_to: 有效期早于取得日期"}},
		{"permit of a year that may have ended in it", func(x *Farm) { x.Permit = Approval{On: Year(2024), ValidTo: Day(2024, 5, 1)} }, nil},
	})
}

func TestMainSpecies(t *testing.T) {
	if got := (&Farm{}).MainSpecies(); got != "" {
		t.Errorf("of no herd: %q", got)
	}
	if got := (&Farm{Herds: []Herd{{Species: "蛋鸡"}, {Species: "生猪"}}}).MainSpecies(); got != "蛋鸡" {
		t.Errorf("of two herds: %q, want the first's", got)
	}
}

func TestWhere(t *testing.T) {
	for _, c := range []struct{ town, address, want string }{
		{"沙湖镇", "某村", "沙湖镇某村"}, {"沙湖镇", "恩平市沙湖镇某村", "恩平市沙湖镇某村"}, {"", "某村", "某村"}, {"沙湖镇", "", "沙湖镇"}, {"", "", ""},
	} {
		if got := (&Farm{Town: c.town, Address: c.address}).Where(); got != c.want {
			t.Errorf("Where(%s, %s) = %s, want %s", c.town, c.address, got, c.want)
		}
	}
}
