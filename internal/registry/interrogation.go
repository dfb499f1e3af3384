package registry

// Answer is one question of an interrogation and what was answered, as it was said.
type Answer struct {
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// Interrogation is one 调查询问: one person at a time, asked by two officers, question by question (行政处罚法第五十五条第二款: 询问应当制作笔录). It
// belongs to a case or, before there is one, to an inspection.
type Interrogation struct {
	ID InterrogationID `json:"id"`
	Meta
	CaseID           CaseID       `json:"case_id,omitempty"`
	InspectionID     InspectionID `json:"inspection_id,omitempty"`
	Number           string       `json:"number"` // 笔录编号, typed as the platform gave it
	AskedOn          Date         `json:"asked_on"`
	StartTime        string       `json:"start_time,omitempty"` // HH:MM, Asia/Shanghai
	EndTime          string       `json:"end_time,omitempty"`
	Place            string       `json:"place"`
	Name             string       `json:"name"` // 被询问人
	Gender           string       `json:"gender"`
	Age              *int64       `json:"age"`
	IDKind           string       `json:"id_kind"`
	IDNumber         string       `json:"id_number"`
	Employer         string       `json:"employer"`
	Title            string       `json:"title"` // 职务
	Phone            string       `json:"phone"`
	Address          string       `json:"address"`
	ServiceAddress   string       `json:"service_address"` // 送达地址, as confirmed by the person
	Relation         string       `json:"relation"`        // 与本案关系
	Guardian         string       `json:"guardian"`        // of a minor
	Officers         []OfficerRef `json:"officers"`        // 询问人
	Recorder         string       `json:"recorder"`
	CertificateShown Tri          `json:"certificate_shown"`
	RightsTold       Tri          `json:"rights_told"`
	Recusal          Tri          `json:"recusal"` // whether the person asked that somebody withdraw
	RecusalReason    string       `json:"recusal_reason"`
	Answers          []Answer     `json:"answers"`
	Opinion          string       `json:"opinion"` // what the person says of the record
	Refusal          string       `json:"refusal"` // why it was not signed, noted by the officers
	Witness          string       `json:"witness"`
	Note             string       `json:"note"`
}

// Clean normalises what was typed.
func (x *Interrogation) Clean() {
	for _, s := range []*string{&x.Number, &x.Place, &x.Name, &x.Gender, &x.IDKind, &x.Employer, &x.Title, &x.Phone, &x.Address, &x.ServiceAddress, &x.Relation, &x.Guardian,
		&x.Recorder, &x.RecusalReason, &x.Opinion, &x.Refusal, &x.Witness, &x.Note} {
		*s = CleanText(*s)
	}
	cleanClock(&x.StartTime)
	cleanClock(&x.EndTime)
	switch x.IDNumber = normalizeSubjectCode(x.IDNumber); {
	case x.IDNumber == "":
		x.IDKind = ""
	case x.IDKind == "":
		x.IDKind = IDResident
	}
	for i := range x.Officers {
		x.Officers[i].Name, x.Officers[i].CertNo = CleanText(x.Officers[i].Name), NormalizeCode(x.Officers[i].CertNo)
	}
	kept := x.Answers[:0]
	for _, a := range x.Answers {
		if a.Question, a.Answer = CleanText(a.Question), CleanText(a.Answer); a != (Answer{}) {
			kept = append(kept, a)
		}
	}
	x.Answers = kept
}

// maxAnswers is more than any session has.
const maxAnswers = 300

// Validate checks what no interrogation may have; what is still missing the paper tells.
func (x *Interrogation) Validate() error {
	var p Problems
	if x.CaseID == 0 && x.InspectionID == 0 {
		p.Add("case_id", "询问笔录应属于一个案件或一次检查")
	}
	p.required("name", x.Name, "被询问人姓名")
	for _, f := range []struct{ name, value string }{{"number", x.Number}, {"name", x.Name}, {"employer", x.Employer}, {"title", x.Title}, {"relation", x.Relation},
		{"recorder", x.Recorder}, {"guardian", x.Guardian}} {
		p.text(f.name, f.value, maxName)
	}
	for _, f := range []struct{ name, value string }{{"place", x.Place}, {"address", x.Address}, {"service_address", x.ServiceAddress}, {"recusal_reason", x.RecusalReason},
		{"refusal", x.Refusal}, {"witness", x.Witness}} {
		p.text(f.name, f.value, maxLine)
	}
	p.text("phone", x.Phone, 50)
	p.text("opinion", x.Opinion, maxText)
	p.text("note", x.Note, maxText)
	p.term("gender", x.Gender, Genders)
	p.term("id_kind", x.IDKind, IDKinds)
	p.text("id_number", x.IDNumber, 50)
	if x.IDNumber != "" {
		if err := CheckIDNumber(x.IDKind, x.IDNumber); err != nil {
			p.Add("id_number", "%s", err)
		}
	}
	if x.Age != nil && (*x.Age < 1 || *x.Age > 130) {
		p.Add("age", "年龄应在 1 至 130 之间；不知道就留空")
	}
	if started, ended := p.clock("start_time", x.StartTime), p.clock("end_time", x.EndTime); started && ended && x.EndTime < x.StartTime {
		p.Add("end_time", "结束时间早于开始时间；跨过午夜的，请分两次记录")
	}
	for field, t := range map[string]Tri{"certificate_shown": x.CertificateShown, "rights_told": x.RightsTold, "recusal": x.Recusal} {
		p.term(field, string(t), Terms{string(Yes), string(No)})
	}
	if x.Recusal != Yes && x.RecusalReason != "" {
		p.Add("recusal", "写了申请回避的理由，请选择“是”")
	}
	if len(x.Officers) > 20 {
		p.Add("officers", "询问人最多 20 名")
	}
	for i, o := range x.Officers {
		p.required(fieldAt("officers", i, "name"), o.Name, "询问人姓名")
		p.text(fieldAt("officers", i, "name"), o.Name, maxName)
		p.text(fieldAt("officers", i, "cert_no"), o.CertNo, 50)
	}
	if len(x.Answers) > maxAnswers {
		p.Add("answers", "一次询问最多 %d 问", maxAnswers)
	}
	for i, a := range x.Answers {
		p.required(fieldAt("answers", i, "question"), a.Question, "问")
		p.text(fieldAt("answers", i, "question"), a.Question, 2000)
		p.text(fieldAt("answers", i, "answer"), a.Answer, maxText)
	}
	return p.Err()
}
