package registry

import (
	"fmt"
	"time"
)

// Dictionaries of an inspection.
var (
	InspectionKinds   = Terms{"日常检查", "双随机", "专项检查", "信访核查", "督办", "复查", "暗查", "其他"}
	InspectionResults = Terms{"发现违法", "未发现违法", "待定"}
	InspectionStates  = Terms{"草稿", "已提交"}
	RecheckResults    = Terms{"已改正", "部分改正", "未改正", "拒不改正", "其他"} // 未改正 is what was seen; 拒不改正 is what the law makes of it
	Signatures        = Terms{"已逐页签名", "拒绝签名", "不在现场", "其他"}      // 生态环境行政处罚办法第二十八条: who refuses or is not there is noted
	Genders           = Terms{"男", "女"}
	PathKinds         = Terms{"产生源", "沟渠", "管道", "收集池", "沉淀池", "隔渣池", "氧化塘", "鱼塘", "收集塘", "溢流口", "断裂处", "雨水管渠", "土壤", "水体", "外环境", "其他"}
)

// States of an inspection record.
const (
	InspectionDraft     = "草稿"
	InspectionSubmitted = "已提交"
	NoViolationFound    = "未发现违法"
	ViolationFound      = "发现违法"
	Undecided           = "待定"
	Recheck             = "复查" // the kind of an inspection that is a re-check
)

// PathNode is one place on the way of the waste water. After holds the 1-based numbers of the nodes it comes from;
// empty means the node before it (or the source, for the first).
type PathNode struct {
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	Place  string `json:"place,omitempty"` // where on it, or where on the farm: 东南角
	Lining string `json:"lining,omitempty"`
	State  string `json:"state,omitempty"` // 断裂, 满载溢流, …: free words as found
	After  []int  `json:"after,omitempty"`
}

// DischargePath is 排污路径: ordered nodes with branches, and the water that receives it.
type DischargePath struct {
	Nodes          []PathNode `json:"nodes"`
	ReceivingWater string     `json:"receiving_water,omitempty"`
}

// Predecessors returns the 1-based numbers of the nodes that node n (1-based) comes from.
func (d DischargePath) Predecessors(n int) []int {
	if after := d.Nodes[n-1].After; len(after) > 0 {
		return after
	}
	if n == 1 {
		return nil
	}
	return []int{n - 1}
}

// OfficerRef is an officer as recorded on the sheet: the name and certificate of that day stay, whatever the roster says later.
type OfficerRef struct {
	OfficerID OfficerID `json:"officer_id,omitempty"`
	Name      string    `json:"name"`
	CertNo    string    `json:"cert_no"`
}

// Inspection is one 现场检查 and its record. It may have no case: most find nothing.
type Inspection struct {
	ID InspectionID `json:"id"`
	Meta
	Origin           Origin        `json:"origin"`
	Number           string        `json:"number"` // 笔录编号, typed as the platform gave it
	FarmID           FarmID        `json:"farm_id"`
	PartyID          PartyID       `json:"party_id,omitempty"` // 被检查对象 that day
	OrganID          OrganID       `json:"organ_id,omitempty"` // handling unit
	CampaignID       CampaignID    `json:"campaign_id,omitempty"`
	Kind             string        `json:"kind"`
	StartedOn        Date          `json:"started_on"`
	StartTime        string        `json:"start_time,omitempty"` // HH:MM, Asia/Shanghai
	EndedOn          Date          `json:"ended_on"`
	EndTime          string        `json:"end_time,omitempty"`
	DistrictCode     string        `json:"district_code"`
	Place            string        `json:"place"`
	Position         Place         `json:"position"`
	Officers         []OfficerRef  `json:"officers"`
	Recorder         string        `json:"recorder"`
	Others           string        `json:"others"`            // 其他参加人: monitoring station, town staff, witnesses
	CertificateShown Tri           `json:"certificate_shown"` // 出示执法证件
	RightsTold       Tri           `json:"rights_told"`       // 告知回避、陈述申辩等权利和配合义务
	PresentName      string        `json:"present_name"`      // 现场负责人
	PresentTitle     string        `json:"present_title"`
	PresentPhone     string        `json:"present_phone"`
	PresentGender    string        `json:"present_gender,omitempty"`
	PresentIDNumber  string        `json:"present_id_number,omitempty"` // 居民身份证
	PresentUnit      string        `json:"present_unit,omitempty"`
	PresentAddress   string        `json:"present_address,omitempty"` // with the postcode
	Recusal          Tri           `json:"recusal,omitempty"`         // 是否申请回避: what the person answered
	Production       string        `json:"production,omitempty"`      // 建设、生产情况
	Procedures       string        `json:"procedures,omitempty"`      // 环保手续, as shown that day
	Facilities       string        `json:"facilities,omitempty"`      // 治理设施建设和运行情况
	Herds            []Herd        `json:"herds"`                     // as found that day
	Findings         string        `json:"findings"`                  // facts only, no conclusions of law
	Path             DischargePath `json:"path"`
	Result           string        `json:"result"`
	Rectified        string        `json:"rectified"`     // of a re-check: whether what was ordered had been done
	Media            string        `json:"media"`         // photos and video: how many, recorder number, where kept
	PartyOpinion     string        `json:"party_opinion"` // 被检查人意见
	Signature        string        `json:"signature,omitempty"`
	RefusalReason    string        `json:"refusal_reason,omitempty"` // why there is no signature
	Witness          string        `json:"witness,omitempty"`
	State            string        `json:"state"`
	SubmittedAt      *time.Time    `json:"submitted_at"`
	SubmittedBy      string        `json:"submitted_by,omitempty"`
	Uncounted        string        `json:"uncounted"` // why it does not count against the cap on visits; a re-check never does
	Note             string        `json:"note"`
	Voidable
}

// Clean normalises what was typed.
func (x *Inspection) Clean() {
	for _, s := range []*string{&x.Number, &x.Kind, &x.DistrictCode, &x.Place, &x.Recorder, &x.Others, &x.PresentName, &x.PresentTitle,
		&x.PresentPhone, &x.Findings, &x.Result, &x.Rectified, &x.Media, &x.PartyOpinion, &x.Uncounted, &x.Note, &x.Path.ReceivingWater,
		&x.PresentGender, &x.PresentUnit, &x.PresentAddress, &x.Production, &x.Procedures, &x.Facilities, &x.Signature, &x.RefusalReason, &x.Witness} {
		*s = CleanText(*s)
	}
	x.PresentIDNumber = normalizeSubjectCode(x.PresentIDNumber)
	cleanClock(&x.StartTime)
	cleanClock(&x.EndTime)
	for i := range x.Officers {
		x.Officers[i].Name = CleanText(x.Officers[i].Name)
		x.Officers[i].CertNo = NormalizeCode(x.Officers[i].CertNo)
	}
	if x.Origin == "" {
		x.Origin = OriginField
	}
	if x.State == "" {
		x.State = InspectionDraft
	}
	if x.Result == "" || x.Result == Undecided { // a re-check's result follows from what it found of the order
		switch x.Rectified {
		case "已改正":
			x.Result = NoViolationFound
		case "部分改正", "未改正", "拒不改正":
			x.Result = ViolationFound
		default:
			x.Result = Undecided
		}
	}
}

// Validate checks what no inspection may have, draft or not.
func (x *Inspection) Validate() error {
	var p Problems
	if x.FarmID == 0 {
		p.Add("farm_id", "请选择养殖场")
	}
	p.term("kind", x.Kind, InspectionKinds)
	p.term("origin", string(x.Origin), Origins)
	p.term("result", x.Result, InspectionResults)
	p.term("rectified", x.Rectified, RecheckResults)
	p.term("state", x.State, InspectionStates)
	p.text("number", x.Number, maxName)
	p.text("place", x.Place, maxLine)
	p.text("recorder", x.Recorder, maxName)
	p.text("others", x.Others, maxLine)
	p.text("present_name", x.PresentName, maxName)
	p.text("present_title", x.PresentTitle, maxName)
	p.text("present_phone", x.PresentPhone, 50)
	p.text("findings", x.Findings, maxText)
	p.term("present_gender", x.PresentGender, Genders)
	p.term("signature", x.Signature, Signatures)
	for name, s := range map[string]string{"present_unit": x.PresentUnit, "witness": x.Witness} {
		p.text(name, s, maxName)
	}
	for name, s := range map[string]string{"present_address": x.PresentAddress, "refusal_reason": x.RefusalReason} {
		p.text(name, s, maxLine)
	}
	for name, s := range map[string]string{"production": x.Production, "procedures": x.Procedures, "facilities": x.Facilities} {
		p.text(name, s, maxText)
	}
	if x.PresentIDNumber != "" {
		if err := CheckIDNumber(IDResident, x.PresentIDNumber); err != nil {
			p.Add("present_id_number", "%s", err)
		}
	}
	p.text("media", x.Media, maxLine)
	p.text("party_opinion", x.PartyOpinion, maxText)
	p.text("uncounted", x.Uncounted, maxLine)
	p.text("note", x.Note, maxText)
	if x.DistrictCode != "" {
		p.district("district_code", x.DistrictCode)
	}
	started, ended := p.clock("start_time", x.StartTime), p.clock("end_time", x.EndTime)
	p.order("ended_on", x.StartedOn, x.EndedOn, "结束日期早于开始日期")
	if started && ended && x.EndTime < x.StartTime {
		switch { // a blank end is the day of the start; of two months nobody can tell
		case x.EndedOn.IsZero():
			p.Add("ended_on", "结束时间 %s 早于开始时间 %s；检查跨过午夜的，请填写检查结束日期", x.EndTime, x.StartTime)
		case x.StartedOn == x.EndedOn && x.EndedOn.Precision() == PrecisionDay:
			p.Add("end_time", "结束时间早于开始时间；检查跨过午夜的，请把检查结束日期填为第二天")
		}
	}
	p.Merge("position.", x.Position.validate())
	p.Merge("", validateHerds(x.Herds))
	p.Merge("", x.Path.validate())
	if len(x.Officers) > 20 {
		p.Add("officers", "检查人员最多 20 名")
	}
	seen := map[string]bool{}
	for i, o := range x.Officers {
		p.required(fieldAt("officers", i, "name"), o.Name, "检查人员姓名")
		p.text(fieldAt("officers", i, "name"), o.Name, maxName)
		p.text(fieldAt("officers", i, "cert_no"), o.CertNo, 50)
		key := o.Name + "\x00" + o.CertNo
		if seen[key] {
			p.Add(fieldAt("officers", i, "name"), "同一检查人员填了两次")
		}
		seen[key] = true
	}
	return p.Err()
}

// CheckSubmit says what the law still asks of an own record before it is submitted (行政处罚法第四十二条: two officers;
// 生态环境行政处罚办法第二十八条: what the record holds). Records of other origins are submitted as they are.
func (x *Inspection) CheckSubmit(today Date) error {
	if x.Origin != OriginField {
		return nil
	}
	var p Problems
	p.required("kind", x.Kind, "检查类型")
	if x.StartedOn.Precision() != PrecisionDay {
		p.Add("started_on", "提交前请填写检查开始的年月日")
	} else if today.Before(x.StartedOn) {
		p.Add("started_on", "检查日期在今天之后，请核对")
	}
	p.required("start_time", x.StartTime, "检查开始时间")
	p.required("end_time", x.EndTime, "检查结束时间")
	p.required("place", x.Place, "检查地点")
	p.required("findings", x.Findings, "检查发现的情况")
	if x.Result == "" || x.Result == Undecided {
		p.Add("result", "请选择检查结果：发现违法，或未发现违法")
	}
	if len(x.Officers) < 2 {
		p.Add("officers", "现场检查应有两名以上执法人员（行政处罚法第四十二条），现在是 %d 名", len(x.Officers))
	}
	for i, o := range x.Officers {
		p.required(fieldAt("officers", i, "cert_no"), o.CertNo, "执法证号")
	}
	if x.Kind != "暗查" {
		if x.CertificateShown != Yes {
			p.Add("certificate_shown", "请记录是否出示执法证件；未出示的请在备注说明后由负责人处理")
		}
		if x.RightsTold != Yes {
			p.Add("rights_told", "请记录是否告知申请回避等权利和配合义务")
		}
	}
	if (x.Signature == "拒绝签名" || x.Signature == "不在现场") && x.RefusalReason == "" {
		p.Add("refusal_reason", "被检查人%s的，请写明原因和在场见证（生态环境行政处罚办法第二十八条）", x.Signature)
	}
	return p.Err()
}

func (d DischargePath) validate() error {
	var p Problems
	if len(d.Nodes) > 40 {
		p.Add("path", "排污路径最多 40 个环节")
	}
	p.text("path.receiving_water", d.ReceivingWater, maxName)
	for i, n := range d.Nodes {
		at := func(f string) string { return fieldAt("path.nodes", i, f) }
		p.required(at("name"), n.Name, "环节名称")
		p.text(at("name"), n.Name, 60)
		p.term(at("kind"), n.Kind, PathKinds)
		p.term(at("lining"), n.Lining, Linings)
		p.text(at("place"), n.Place, 60)
		p.text(at("state"), n.State, 60)
		for _, a := range n.After {
			if a < 1 || a > i {
				p.Add(at("after"), "第 %d 个环节的上游只能是它前面的环节（1 至 %d）", i+1, i)
				break
			}
		}
	}
	return p.Err()
}

// fieldAt names a field of a list's row as forms and the API do: herds.0.count.
func fieldAt(list string, i int, field string) string { return fmt.Sprintf("%s.%d.%s", list, i, field) }
