package demo

import (
	"fmt"

	"casebook/internal/registry"
)

// place is one invented farm with who runs it.
type place struct {
	number   int
	district registry.District
	farm     registry.Farm
	party    registry.Party
	unit     string // 头, 只
}

// towns are real; every farm in them is called 示例.
var towns = map[string][]string{
	"440703": {"棠下镇", "荷塘镇", "杜阮镇", "潮连街道"},
	"440704": {"外海街道", "礼乐街道", "江南街道"},
	"440705": {"大泽镇", "司前镇", "罗坑镇", "双水镇", "崖门镇", "沙堆镇", "古井镇", "三江镇", "睦洲镇", "大鳌镇"},
	"440781": {"大江镇", "水步镇", "四九镇", "白沙镇", "三合镇", "冲蒌镇", "斗山镇", "都斛镇", "赤溪镇", "端芬镇", "海宴镇", "深井镇"},
	"440783": {"月山镇", "沙塘镇", "苍城镇", "龙胜镇", "大沙镇", "马冈镇", "塘口镇", "赤坎镇", "百合镇", "蚬冈镇", "金鸡镇", "赤水镇"},
	"440784": {"龙口镇", "雅瑶镇", "古劳镇", "桃源镇", "鹤城镇", "共和镇", "址山镇", "宅梧镇", "双合镇"},
	"440785": {"横陂镇", "圣堂镇", "良西镇", "沙湖镇", "牛江镇", "君堂镇", "大田镇", "那吉镇", "大槐镇", "东成镇"},
}

var (
	first    = []string{"瑞", "丰", "隆", "盛", "兴", "安", "绿", "源", "恒", "泰", "金", "福", "顺", "永", "新", "康", "华", "润", "广", "嘉"}
	second   = []string{"丰", "兴", "源", "田", "农", "禾", "牧", "谷", "和", "达", "祥", "裕", "茂", "昌", "森", "岭", "溪", "塘", "坪", "围"}
	surnames = []string{"赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨", "朱", "秦", "尤", "许", "何", "吕", "施", "张", "谭", "梁", "关", "司徒", "伍", "黄"}
	// herds: species, farm's suffix, unit, smallest and largest count; pigs are most of what is inspected.
	herds = []struct {
		species, suffix, unit string
		low, high, weight     int
	}{
		{"生猪", "猪场", "头", 120, 5200, 45}, {"肉牛", "养牛场", "头", 30, 400, 9}, {"奶牛", "奶牛场", "头", 60, 600, 4}, {"羊", "养羊场", "只", 80, 900, 4},
		{"蛋鸡", "蛋鸡场", "只", 3000, 80000, 9}, {"肉鸡", "肉鸡场", "只", 5000, 120000, 8}, {"鸭", "养鸭场", "只", 2000, 30000, 8}, {"鹅", "养鹅场", "只", 500, 8000, 4},
		{"鸽", "鸽场", "只", 3000, 50000, 4}, {"鹌鹑", "鹌鹑场", "只", 5000, 60000, 2}, {"兔", "兔场", "只", 300, 5000, 2}, {"其他", "特种养殖场", "只", 100, 2000, 1},
	}
)

func (g *generator) place() *place {
	d := pick(g, registry.DefaultBureau().Districts)
	n := g.IntN(100)
	h := herds[0]
	for _, x := range herds {
		if h = x; n < x.weight {
			break
		}
		n -= x.weight
	}
	heads := int64(h.low + int(float64(h.high-h.low)*g.Float64()*g.Float64()))
	town := pick(g, towns[d.Code])
	brand := pick(g, first) + pick(g, second)
	p := &place{district: d, unit: h.unit}
	kind, form, code := "公司", "农牧有限公司", "91"
	switch r := g.IntN(20); {
	case r < 5:
		kind, form, code = "个体工商户", h.suffix, "92"
	case r < 7:
		kind, form, code = "农民专业合作社", "养殖专业合作社", "93"
	case r < 9:
		kind, form, code = "家庭农场", "家庭农场", "92"
	case r < 12:
		kind, form, code = "自然人", "", ""
	}
	owner := pick(g, surnames) + "示例"
	p.party = registry.Party{Origin: registry.OriginSample, Kind: kind, Name: d.Name + brand + "示例" + form, PublicName: d.Name + "某示例" + h.suffix, Address: "江门市" + d.Name + town}
	if kind == "自然人" {
		p.party.Name = owner
		p.party.IDNumber = personID(fmt.Sprintf("19%02d%02d%02d", g.between(55, 99), g.between(1, 12), g.between(1, 28)), g.IntN(1000))
	} else {
		p.party.CreditCode, p.party.LegalPerson, p.party.LegalPersonTitle = creditCode(code, g.IntN(1_000_000_000)), owner, "负责人"
	}
	lng, lat := 112.2+float64(g.IntN(900000))/1e6, 22.0+float64(g.IntN(700000))/1e6
	area := float64(g.between(8, 400)) * 100
	since := registry.Month(g.between(2008, 2022), g.between(1, 12))
	p.farm = registry.Farm{Origin: registry.OriginSample, Name: town + brand + "示例" + h.suffix, PublicName: p.party.PublicName, DistrictCode: d.Code, Town: town,
		Address: "江门市" + d.Name + town + pick(g, []string{"东坑", "西社", "南村", "北头", "上坪", "下坪", "新屋", "旧村"}) + "示例村", AreaM2: &area,
		Place: registry.Place{Longitude: &lng, Latitude: &lat, Datum: "CGCS2000"}, ProductionSince: since, RaisingMode: pick(g, []string{"自繁自养", "育肥", "公司+农户", "代养"}),
		Barns: count(int64(g.between(1, 12))), ManureMode: pick(g, []string(registry.ManureModes)),
		Herds:      []registry.Herd{{Species: h.species, Count: &heads, Basis: "存栏", AsOf: since}},
		Facilities: g.facilities(), InTanjiang: registry.No, ReceivingWater: pick(g, streams)}
	if d.Code != sampleDistrict && !g.oneIn(3) {
		p.farm.InTanjiang, p.farm.ControlSection = registry.Yes, "潭江示例断面"
	}
	p.farm.EIA = registry.Approval{State: "未办理"}
	if !g.oneIn(4) {
		p.farm.EIA = registry.Approval{State: "已办理", Kind: pick(g, []string{"登记表", "登记表", "报告表", "报告书"}), On: since}
	}
	p.farm.Permit = registry.Approval{State: "未办理"}
	if g.oneIn(3) {
		p.farm.Permit = registry.Approval{State: "已办理", Kind: "重点管理", On: registry.Month(g.between(2020, 2023), g.between(1, 12))}
	}
	p.farm.Zone = registry.Zone{Relation: pick(g, []string{"适养区", "适养区", "适养区", "限养区内", "未核查"})}
	return p
}

func (g *generator) facilities() []registry.Facility {
	kinds := []string{"雨污分流", "收集沟渠", "沉淀池", "隔渣池", "贮存池", "沼气池", "氧化塘", "好氧处理", "堆粪棚", "废气治理设施", "消纳土地"}
	var list []registry.Facility
	for _, i := range g.Perm(len(kinds))[:g.between(2, 4)] {
		list = append(list, registry.Facility{Kind: kinds[i], State: pick(g, []string{"正常运行", "正常运行", "闲置停运", "破损", "满溢"}), Lining: pick(g, []string{"", "有防渗", "无防渗"})})
	}
	return list
}
