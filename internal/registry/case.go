package registry

import "time"

// CaseSources are where a lead comes from.
var CaseSources = Terms{"日常检查", "专项行动", "双随机", "群众举报", "上级交办", "下级报请", "部门移送", "媒体曝光", "自动监控", "督察交办", "其他"}

// PartyRoles are how a party stands in a case: 双罚 penalises the unit and the person.
var PartyRoles = Terms{"单位", "责任人", "其他"}

// CaseParty joins a party to a case under the name it had at the act; the farm may be sold or renamed later.
type CaseParty struct {
	PartyID   PartyID `json:"party_id"`
	Role      string  `json:"role"`
	NameAtAct string  `json:"name_at_act"`
}

// Case is one 案件: several violations, documents and penalties, one or two penalised parties, one or more inspections.
// Stage is computed from the documents and never set by anybody.
type Case struct {
	ID CaseID `json:"id"`
	Meta
	Origin          Origin         `json:"origin"`
	Title           string         `json:"title"`
	Number          string         `json:"number"`        // 案件编号 or 立案号 of the platform
	NumberReason    string         `json:"number_reason"` // why the number was set or changed after closing
	DistrictCode    string         `json:"district_code"`
	DecidingOrganID OrganID        `json:"deciding_organ_id,omitempty"` // the city bureau: a branch has no authority of its own
	HandlingOrganID OrganID        `json:"handling_organ_id,omitempty"` // the branch
	CampaignID      CampaignID     `json:"campaign_id,omitempty"`
	FarmID          FarmID         `json:"farm_id,omitempty"`
	Source          string         `json:"source"`
	FoundOn         Date           `json:"found_on"`
	Summary         string         `json:"summary"`         // 案情
	Handling        string         `json:"handling"`        // 查处情况
	Stage           Stage          `json:"stage,omitempty"` // derived; no revision holds it
	Parties         []CaseParty    `json:"parties"`
	Inspections     []InspectionID `json:"inspections"`
	Note            string         `json:"note"`
	Voidable
}

// Clean normalises what was typed.
func (x *Case) Clean() {
	for _, s := range []*string{&x.Title, &x.NumberReason, &x.DistrictCode, &x.Source, &x.Summary, &x.Handling, &x.Note} {
		*s = CleanText(*s)
	}
	x.Number = NormalizeDocNumber(CleanText(x.Number))
	for i := range x.Parties {
		x.Parties[i].NameAtAct = CleanText(x.Parties[i].NameAtAct)
		if x.Parties[i].Role == "" {
			x.Parties[i].Role = "单位"
		}
	}
	if x.Origin == "" {
		x.Origin = OriginField
	}
	if x.Stage == "" {
		x.Stage = StageOpened
	}
}

// Validate checks what no case may have; missing facts are no error.
func (x *Case) Validate() error {
	var p Problems
	p.required("title", x.Title, "案件名称")
	p.text("title", x.Title, maxName)
	p.text("number", x.Number, maxName)
	p.text("number_reason", x.NumberReason, maxLine)
	p.district("district_code", x.DistrictCode)
	p.term("origin", string(x.Origin), Origins)
	p.term("source", x.Source, CaseSources)
	p.text("summary", x.Summary, maxText)
	p.text("handling", x.Handling, maxText)
	p.text("note", x.Note, maxText)
	if len(x.Parties) > 10 {
		p.Add("parties", "当事人最多 10 个")
	}
	seen := map[PartyID]bool{}
	for i, c := range x.Parties {
		if c.PartyID == 0 {
			p.Add(fieldAt("parties", i, "party_id"), "请选择当事人")
		}
		if seen[c.PartyID] {
			p.Add(fieldAt("parties", i, "party_id"), "同一当事人选了两次")
		}
		seen[c.PartyID] = true
		p.term(fieldAt("parties", i, "role"), c.Role, PartyRoles)
		p.text(fieldAt("parties", i, "name_at_act"), c.NameAtAct, maxName)
	}
	if len(x.Inspections) > 100 {
		p.Add("inspections", "关联检查最多 100 次")
	}
	seenIns := map[InspectionID]bool{}
	for i, id := range x.Inspections {
		if seenIns[id] {
			p.Add(fieldAt("inspections", i, "id"), "同一检查关联了两次")
		}
		seenIns[id] = true
	}
	return p.Err()
}

// ReviewSeverities grade a review note.
var ReviewSeverities = Terms{"提示", "轻微", "待核", "重大"}

// ReviewNote is our remark beside what a source printed: the print stays, the note stands next to it.
type ReviewNote struct {
	ID ReviewNoteID `json:"id"`
	Meta
	CaseID     CaseID `json:"case_id"`
	About      string `json:"about"`    // where: 以案说法·水污染防治法第三十九条
	Printed    string `json:"printed"`  // as published
	Official   string `json:"official"` // what the official text or the record says
	Kind       string `json:"kind"`     // 标点, 表号, 漏引, …
	Severity   string `json:"severity"`
	Note       string `json:"note"`
	Confidence string `json:"confidence"`
}

// Clean normalises what was typed.
func (x *ReviewNote) Clean() {
	for _, s := range []*string{&x.About, &x.Printed, &x.Official, &x.Kind, &x.Severity, &x.Note} {
		*s = CleanText(*s)
	}
}

// Validate checks the note.
func (x *ReviewNote) Validate() error {
	var p Problems
	p.required("about", x.About, "意见针对的内容")
	p.term("severity", x.Severity, ReviewSeverities)
	p.text("about", x.About, maxLine)
	p.text("kind", x.Kind, 50)
	p.text("printed", x.Printed, 2000)
	p.text("official", x.Official, 2000)
	p.text("note", x.Note, 2000)
	return p.Err()
}

// EvidenceKinds are the kinds of 行政处罚法第四十六条 as files name them.
var EvidenceKinds = Terms{"现场检查笔录", "调查询问笔录", "书证", "物证", "照片", "视听资料", "电子数据", "监测报告", "鉴定意见", "勘验笔录", "遥感影像", "规划文件", "测绘报告", "证人证言", "当事人陈述", "其他"}

// Evidence is a record of one exhibit: kind, title, number, maker, date and what it proves, with or without a file.
type Evidence struct {
	ID EvidenceID `json:"id"`
	Meta
	CaseID       CaseID       `json:"case_id,omitempty"`
	InspectionID InspectionID `json:"inspection_id,omitempty"`
	Seq          int64        `json:"seq"`
	Kind         string       `json:"kind"`
	Title        string       `json:"title"`
	Number       string       `json:"number"`
	Maker        string       `json:"maker"`
	MadeOn       Date         `json:"made_on"`
	MadeTime     string       `json:"made_time,omitempty"` // HH:MM, Asia/Shanghai
	Place        string       `json:"place,omitempty"`
	Subject      string       `json:"subject,omitempty"` // 证明对象: what is in the picture
	Proves       string       `json:"proves"`
	Pages        *int64       `json:"pages"`
	AttachmentID AttachmentID `json:"attachment_id,omitempty"`
	Note         string       `json:"note"`
}

// Clean normalises what was typed.
func (x *Evidence) Clean() {
	for _, s := range []*string{&x.Kind, &x.Title, &x.Number, &x.Maker, &x.Place, &x.Subject, &x.Proves, &x.Note} {
		*s = CleanText(*s)
	}
	cleanClock(&x.MadeTime)
}

// Validate checks the exhibit.
func (x *Evidence) Validate() error {
	var p Problems
	if x.CaseID == 0 && x.InspectionID == 0 {
		p.Add("case_id", "证据应属于一个案件或一次检查")
	}
	p.required("kind", x.Kind, "证据种类")
	p.required("title", x.Title, "证据名称")
	p.term("kind", x.Kind, EvidenceKinds)
	p.text("title", x.Title, maxName)
	p.text("number", x.Number, maxName)
	p.text("maker", x.Maker, maxName)
	p.text("place", x.Place, maxLine)
	p.text("subject", x.Subject, maxName)
	p.clock("made_time", x.MadeTime)
	p.text("proves", x.Proves, 2000)
	p.text("note", x.Note, 2000)
	p.count("pages", x.Pages)
	return p.Err()
}

// Attachment is a stored file, named by its hash on disk.
type Attachment struct {
	ID         AttachmentID `json:"id"`
	Entity     string       `json:"entity"` // the noun it hangs on: inspection, case, farm, …
	EntityID   int64        `json:"entity_id"`
	Filename   string       `json:"filename"` // as uploaded: data, never a path
	MediaType  string       `json:"media_type"`
	Content    string       `json:"content"` // what its beginning says it is, in words: ContentOf; empty where that is not known
	SHA256     string       `json:"sha256"`
	Size       int64        `json:"size"`
	CreatedAt  time.Time    `json:"created_at"`
	UploadedBy string       `json:"uploaded_by"`
}
