package registry

import (
	"math"

	"casebook/internal/lazyregexp"
)

// Dictionaries of a farm.
var (
	Species        = Terms{"生猪", "肉牛", "奶牛", "羊", "蛋鸡", "肉鸡", "鸭", "鹅", "鸽", "鹌鹑", "兔", "其他"}
	HerdBases      = Terms{"存栏", "设计存栏", "年出栏", "猪当量"}
	Qualifiers     = Terms{"余", "多", "约"} // 5300多头
	FacilityKinds  = Terms{"雨污分流", "收集沟渠", "沉淀池", "隔渣池", "贮存池", "沼气池", "氧化塘", "鱼塘", "好氧处理", "废水处理设施", "废气治理设施", "堆粪棚", "除臭设施", "无害化处理设施", "消纳土地", "其他"}
	FacilityStates = Terms{"正常运行", "闲置停运", "破损", "满溢", "未建", "不合格"}
	Linings        = Terms{"有防渗", "无防渗"}
	ApprovalStates = Terms{"已办理", "未办理", "不需要办理"}
	EIAKinds       = Terms{"报告书", "报告表", "登记表"}
	PermitKinds    = Terms{"重点管理", "简化管理", "登记管理"}
	CarriedStates  = Terms{"已落实", "部分落实", "未落实"} // what an EIA document asks for, against what was built
	Operations     = Terms{"已投产", "未投产", "停产"}
	ZoneRelations  = Terms{"禁养区内", "限养区内", "适养区", "未核查"}
	RaisingModes   = Terms{"自繁自养", "育肥", "公司+农户", "代养", "其他"}
	ManureModes    = Terms{"水冲粪", "水泡粪", "干清粪", "异位发酵床", "其他"}
	Datums         = Terms{"CGCS2000", "WGS-84", "GCJ-02", "BD-09"}
)

// Herd is a head count with its qualifier (5300多), stage (母猪), basis (存栏) and the date it was counted.
// A nil Count is unknown, never zero.
type Herd struct {
	Species   string `json:"species"`
	Stage     string `json:"stage,omitempty"` // 母猪, 商品猪, 犊牛 …
	Count     *int64 `json:"count"`
	Qualifier string `json:"qualifier,omitempty"`
	Basis     string `json:"basis"`
	AsOf      Date   `json:"as_of"`
}

// Facility is a pollution-control facility and its state.
type Facility struct {
	Kind     string `json:"kind"`
	Name     string `json:"name,omitempty"`
	Count    *int64 `json:"count"`              // how many of it there are: 一套
	Serves   string `json:"serves,omitempty"`   // which facility, barn or process it belongs to: 堆粪棚
	Capacity string `json:"capacity,omitempty"` // as printed: 500 m³
	Lining   string `json:"lining,omitempty"`
	State    string `json:"state,omitempty"`
	Note     string `json:"note,omitempty"`
}

// Approval is an EIA, an acceptance or a discharge permit: State is empty while unknown.
type Approval struct {
	State   string `json:"state"`
	Kind    string `json:"kind,omitempty"`
	Number  string `json:"number,omitempty"`
	On      Date   `json:"on"`
	ValidTo Date   `json:"valid_to"`
}

// Zone is the farm's relation to a 禁养区 plan, with the plan's own number and date: plans are replaced.
type Zone struct {
	Relation   string `json:"relation"`
	PlanName   string `json:"plan_name,omitempty"`
	PlanNumber string `json:"plan_number,omitempty"` // 台府〔2020〕19号: another organ's number, plain text
	PlanOn     Date   `json:"plan_on"`
	Evidence   string `json:"evidence,omitempty"`
	CheckedOn  Date   `json:"checked_on"`
}

// Place is a point on the ground. A phone gives WGS-84; map SDKs give GCJ-02, off by hundreds of metres: keep the datum.
type Place struct {
	Longitude *float64 `json:"longitude"`
	Latitude  *float64 `json:"latitude"`
	Datum     string   `json:"datum,omitempty"`
}

// Farm is a 养殖场: the place and its animals. Who runs it is a Party and may change.
type Farm struct {
	ID FarmID `json:"id"`
	Meta
	Origin          Origin     `json:"origin"`
	Name            string     `json:"name"`
	PublicName      string     `json:"public_name"`
	DistrictCode    string     `json:"district_code"`
	Town            string     `json:"town"` // 镇街、村
	Address         string     `json:"address"`
	OperatorID      PartyID    `json:"operator_id,omitempty"` // who runs it now
	Place           Place      `json:"place"`
	AreaM2          *float64   `json:"area_m2"` // 1 公顷 = 10 000, 1 亩 = 2000/3
	ProductionSince Date       `json:"production_since"`
	Operation       string     `json:"operation"` // 畜禽规模养殖污染防治条例第十三条: in use or not
	RaisingMode     string     `json:"raising_mode"`
	Barns           *int64     `json:"barns"`
	ManureMode      string     `json:"manure_mode"`
	Herds           []Herd     `json:"herds"`
	Facilities      []Facility `json:"facilities"`
	Entrusted       Tri        `json:"entrusted"` // 委托他人综合利用和无害化处理
	EIA             Approval   `json:"eia"`
	EIACarried      string     `json:"eia_carried"` // whether what the EIA document asks for was built
	Acceptance      Approval   `json:"acceptance"`
	Permit          Approval   `json:"permit"`
	Zone            Zone       `json:"zone"`
	ReceivingWater  string     `json:"receiving_water"`
	ControlSection  string     `json:"control_section"` // 所属国考断面
	InTanjiang      Tri        `json:"in_tanjiang"`     // in Bureau.Basin: local rules may compete
	ContactName     string     `json:"contact_name"`
	ContactPhone    string     `json:"contact_phone"`
	Note            string     `json:"note"`
	// MergedInto is the entry that a person found to be the same farm: this one is hidden and read-only until the merge is undone.
	MergedInto FarmID `json:"merged_into,omitempty"`
	Voidable
}

// MainSpecies is the species of the first herd: what lists and statistics group by. Empty when unknown.
func (x *Farm) MainSpecies() string {
	if len(x.Herds) == 0 {
		return ""
	}
	return x.Herds[0].Species
}

// MainHeads is how many animals the first herd has; nil where that is not known.
func (x *Farm) MainHeads() *int64 {
	if len(x.Herds) == 0 {
		return nil
	}
	return x.Herds[0].Count
}

// Clean normalises what was typed.
func (x *Farm) Clean() {
	for _, s := range []*string{&x.Name, &x.PublicName, &x.DistrictCode, &x.Town, &x.Address, &x.RaisingMode, &x.ManureMode, &x.ReceivingWater,
		&x.ControlSection, &x.ContactName, &x.ContactPhone, &x.Note, &x.Zone.PlanName, &x.Zone.PlanNumber, &x.Zone.Evidence,
		&x.EIA.Number, &x.Acceptance.Number, &x.Permit.Number} {
		*s = CleanText(*s)
	}
	// A number of the national platform is one number in small letters or groups too; farms are compared by it.
	if code := normalizeSubjectCode(x.Permit.Number); nationalPermit.MatchString(code) {
		x.Permit.Number = code
	}
	if x.Origin == "" {
		x.Origin = OriginField
	}
	if x.Place.Longitude != nil && x.Place.Datum == "" {
		x.Place.Datum = "CGCS2000"
	}
}

// nationalPermit: a credit code, three figures, a letter (HJ 608). Numbers without a credit code (H9…) hold small letters and stay as typed.
var nationalPermit = lazyregexp.New(`^[0-9A-GJ-Z][0-9A-Z]{17}[0-9]{3}[A-Z]$`)

// Validate checks what no farm may have; missing facts are no error.
func (x *Farm) Validate() error {
	var p Problems
	p.required("name", x.Name, "养殖场名称")
	p.text("name", x.Name, maxName)
	p.text("public_name", x.PublicName, maxName)
	p.district("district_code", x.DistrictCode)
	p.text("town", x.Town, maxName)
	p.text("address", x.Address, maxLine)
	p.text("receiving_water", x.ReceivingWater, maxName)
	p.text("control_section", x.ControlSection, maxName)
	p.text("contact_name", x.ContactName, maxName)
	p.text("contact_phone", x.ContactPhone, 50)
	p.text("note", x.Note, maxText)
	p.term("origin", string(x.Origin), Origins)
	p.term("raising_mode", x.RaisingMode, RaisingModes)
	p.term("manure_mode", x.ManureMode, ManureModes)
	p.term("operation", x.Operation, Operations)
	p.term("eia_carried", x.EIACarried, CarriedStates)
	p.term("entrusted", string(x.Entrusted), Terms{string(Yes), string(No)})
	p.term("in_tanjiang", string(x.InTanjiang), Terms{string(Yes), string(No)})
	p.count("barns", x.Barns)
	if x.AreaM2 != nil && (*x.AreaM2 < 0 || *x.AreaM2 > 1e9 || math.IsNaN(*x.AreaM2)) {
		p.Add("area_m2", "面积不合理，请核对单位")
	}
	p.Merge("place.", x.Place.validate())
	p.Merge("", validateHerds(x.Herds))
	p.Merge("", validateFacilities(x.Facilities))
	p.approval("eia", x.EIA, EIAKinds)
	p.approval("acceptance", x.Acceptance, nil)
	p.approval("permit", x.Permit, PermitKinds)
	p.term("zone.relation", x.Zone.Relation, ZoneRelations)
	p.text("zone.plan_name", x.Zone.PlanName, maxLine)
	p.text("zone.plan_number", x.Zone.PlanNumber, maxName)
	p.text("zone.evidence", x.Zone.Evidence, maxLine)
	return p.Err()
}

func (pl Place) validate() error {
	var p Problems
	p.term("datum", pl.Datum, Datums)
	if (pl.Longitude == nil) != (pl.Latitude == nil) {
		p.Add("longitude", "经度和纬度请一并填写")
	}
	if pl.Longitude != nil && pl.Latitude != nil {
		switch lng, lat := *pl.Longitude, *pl.Latitude; {
		case lng >= -90 && lng <= 90 && lat > 90 && lat <= 180:
			p.Add("longitude", "经纬度似乎填反了：我国在东经 73 至 136 度、北纬 3 至 54 度")
		case !(lng >= 73 && lng <= 136):
			p.Add("longitude", "经度 %v 不在我国境内（73 至 136）", lng)
		case !(lat >= 3 && lat <= 54):
			p.Add("latitude", "纬度 %v 不在我国境内（3 至 54）", lat)
		}
	}
	return p.Err()
}

func validateHerds(herds []Herd) error {
	var p Problems
	if len(herds) > 50 {
		p.Add("herds", "畜禽数量最多 50 行")
	}
	for i, h := range herds {
		at := func(f string) string { return fieldAt("herds", i, f) }
		p.term(at("species"), h.Species, Species)
		p.term(at("basis"), h.Basis, HerdBases)
		p.term(at("qualifier"), h.Qualifier, Qualifiers)
		p.text(at("stage"), h.Stage, 50)
		p.count(at("count"), h.Count)
	}
	return p.Err()
}

func validateFacilities(list []Facility) error {
	var p Problems
	if len(list) > 50 {
		p.Add("facilities", "设施最多 50 行")
	}
	for i, f := range list {
		at := func(name string) string { return fieldAt("facilities", i, name) }
		p.required(at("kind"), f.Kind, "设施类型")
		p.term(at("kind"), f.Kind, FacilityKinds)
		p.term(at("lining"), f.Lining, Linings)
		p.term(at("state"), f.State, FacilityStates)
		p.text(at("name"), f.Name, maxName)
		p.count(at("count"), f.Count)
		p.text(at("serves"), f.Serves, maxName)
		p.text(at("capacity"), f.Capacity, 50)
		p.text(at("note"), f.Note, maxLine)
	}
	return p.Err()
}

func (p *Problems) approval(field string, a Approval, kinds Terms) {
	p.term(field+".state", a.State, ApprovalStates)
	if kinds != nil {
		p.term(field+".kind", a.Kind, kinds)
	}
	p.text(field+".number", a.Number, maxName)
	p.order(field+".valid_to", a.On, a.ValidTo, "有效期早于取得日期")
}
