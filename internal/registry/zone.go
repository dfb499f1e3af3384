package registry

// ZoneMapID identifies a ZoneMap.
type ZoneMapID int64

// ZoneMapKinds are the layers of the map.
var ZoneMapKinds = Terms{ForbiddenZone, "饮用水源保护区", WaterBody}

// Kinds that rules and pages speak of.
const (
	ForbiddenZone = "禁养区"
	WaterBody     = "水体"
)

// ForbiddenZoneType is the violation type that a position in a 禁养区 points at.
const ForbiddenZoneType = "NO_FARM_ZONE_OPERATE"

// ZoneMap is a 区划: the areas that one plan draws, as they were imported, in the datum that the importer named. The shape never changes: a plan that is
// redrawn is another import, and the old one ends. It is converted when it is asked, so that what was published stays.
type ZoneMap struct {
	ID ZoneMapID `json:"id"`
	Meta
	Origin       Origin `json:"origin"` // 示例 is shown with the name
	Kind         string `json:"kind"`
	Name         string `json:"name"`
	DistrictCode string `json:"district_code"` // empty: the city's
	PlanNumber   string `json:"plan_number"`   // 方案文号
	ValidFrom    Date   `json:"valid_from"`
	ValidTo      Date   `json:"valid_to"` // the last day; zero: in force until it is ended
	Source       string `json:"source"`   // who gave the file
	Note         string `json:"note"`     // also why it ended

	Datum    string `json:"datum"`
	Shape    string `json:"shape"` // a MULTIPOLYGON in well-known text, longitude first
	Vertices int64  `json:"vertices"`
	SHA256   string `json:"sha256"` // of the file that was imported
}

// Clean normalises what was typed.
func (x *ZoneMap) Clean() {
	x.Name, x.Source, x.Note = CleanText(x.Name), CleanText(x.Source), CleanText(x.Note)
	x.PlanNumber, x.DistrictCode = NormalizeDocNumber(CleanText(x.PlanNumber)), NormalizeCode(x.DistrictCode)
	if x.Origin == "" {
		x.Origin = OriginImported
	}
}

// Validate checks what no zone may lack: without plan, source and first day nobody can rely on it.
func (x *ZoneMap) Validate() error {
	var p Problems
	p.required("kind", x.Kind, "区划种类")
	p.term("kind", x.Kind, ZoneMapKinds)
	p.term("origin", string(x.Origin), Origins)
	p.required("name", x.Name, "名称")
	p.text("name", x.Name, maxName)
	if x.Kind != WaterBody {
		p.required("plan_number", x.PlanNumber, "划定方案的文号")
	}
	p.text("plan_number", x.PlanNumber, maxName)
	if x.DistrictCode != "" {
		p.district("district_code", x.DistrictCode)
	}
	if x.ValidFrom.IsZero() {
		p.Add("valid_from", "请填写生效日期，可以只写年月或年份")
	}
	p.order("valid_to", x.ValidFrom, x.ValidTo, "失效日期早于生效日期")
	p.required("source", x.Source, "数据来源（谁提供的文件）")
	p.text("source", x.Source, maxLine)
	p.text("note", x.Note, maxText)
	p.required("datum", x.Datum, "坐标系")
	p.term("datum", x.Datum, Datums)
	p.required("shape", x.Shape, "图形")
	return p.Err()
}

// InForce tells whether the zone was in force on a day; sure is false where partial dates leave that open.
func (x *ZoneMap) InForce(day Date) (in, sure bool) {
	if x.ValidFrom.IsZero() || day.IsZero() {
		return true, false
	}
	if x.ValidFrom.Earliest() > day.Latest() || !x.ValidTo.IsZero() && x.ValidTo.Latest() < day.Earliest() {
		return false, true
	}
	return true, x.ValidFrom.Latest() <= day.Earliest() && (x.ValidTo.IsZero() || x.ValidTo.Earliest() >= day.Latest())
}

// Label names the zone as pages do: 台山市禁养区（台府〔2020〕19号）.
func (x *ZoneMap) Label() string {
	s := x.Name
	if x.PlanNumber != "" {
		s += "（" + x.PlanNumber + "）"
	}
	if x.Origin == OriginSample {
		s += "（示例，不是真实范围）"
	}
	return s
}
