package registry

// Participant is a person with a part in a document: the file-review rules ask that who investigated does not review, and does not vote.
type Participant struct {
	OfficerID OfficerID `json:"officer_id,omitempty"` // zero for somebody who is not an officer of ours
	Name      string    `json:"name"`
	Part      string    `json:"part"`
}

// ParticipantParts are the parts people have.
var ParticipantParts = Terms{"承办", "记录", "审核", "审批", "法制审核", "主持", "讨论", "表决", "列席", "送达", "见证", "其他"}

// Dictionaries of a document.
var (
	OrderModes   = Terms{"立即改正", "限期改正"}
	ServiceModes = Terms{"直接送达", "留置送达", "邮寄送达", "委托送达", "公告送达", "电子送达"}
	// DocumentResults are what came of a document, by kind where it matters.
	DocumentResults = Terms{"已改正", "部分改正", "未改正", "拒不改正", "已受理", "已决定拘留", "不予拘留", "退回", "已开展", "已完成", "维持", "变更", "撤销", "确认违法", "确认无效", "其他"}
)

// Document is one 文书 or step of a case as a fact: its number as the platform gave it, dates, organ, people, amount.
// Documents order by (date, seq), and by seq alone where no date is known, so that a chain without days stands in its order.
type Document struct {
	ID DocumentID `json:"id"`
	Meta
	CaseID CaseID  `json:"case_id"`
	Seq    int64   `json:"seq"`
	Kind   DocKind `json:"kind"`
	// PartyName is the party as the document names it; empty: as the case does, or not looked at.
	PartyName    string        `json:"party_name"`
	NumberTyped  string        `json:"number"`            // as the platform gave it
	Number       string        `json:"number_normalized"` // brackets as 〔〕; unique in the register by its DocNumberKey
	MadeOn       Date          `json:"made_on"`
	ServedOn     Date          `json:"served_on"`
	ServiceMode  string        `json:"service_mode"`
	OrganID      OrganID       `json:"organ_id,omitempty"`
	OrganName    string        `json:"organ_name"` // another organ: 台山市人民政府, 公安机关
	People       string        `json:"people"`     // in words, where only that is known
	Participants []Participant `json:"participants"`
	Content      string        `json:"content"`
	OrderMode    string        `json:"order_mode"` // 立即 or 限期
	DueOn        Date          `json:"due_on"`
	Result       string        `json:"result"` // may come later: police decide about detention, not we
	ResultOn     Date          `json:"result_on"`
	ResultNote   string        `json:"result_note"`
	Persons      *int64        `json:"persons"` // persons referred; nil = not known. Cases and persons are counted apart
	Amount       *Money        `json:"amount_fen"`
	// ExcludedFrom and ExcludedTo are the time that this step keeps out of the time for deciding: 听证、公告、监测、鉴定、送达
	// (生态环境行政处罚办法第五十七条). A zero end is still running.
	ExcludedFrom Date         `json:"excluded_from"`
	ExcludedTo   Date         `json:"excluded_to"`
	Citations    []Citation   `json:"citations"`
	AttachmentID AttachmentID `json:"attachment_id,omitempty"`
	InspectionID InspectionID `json:"inspection_id,omitempty"` // of a re-check: the inspection that it was
	Note         string       `json:"note"`
}

// Clean normalises what was typed.
func (x *Document) Clean() {
	x.Kind = DocKind(CleanText(string(x.Kind)))
	for _, s := range []*string{&x.PartyName, &x.NumberTyped, &x.ServiceMode, &x.OrganName, &x.People, &x.Content, &x.OrderMode, &x.Result, &x.ResultNote, &x.Note} {
		*s = CleanText(*s)
	}
	if k, ok := DocumentKindByName(x.Kind); ok {
		x.Kind = k.Name
	}
	x.Number = NormalizeDocNumber(x.NumberTyped)
	kept := x.Participants[:0]
	for _, q := range x.Participants {
		if q.Name = CleanText(q.Name); q.Name != "" || q.OfficerID != 0 {
			kept = append(kept, q)
		}
	}
	x.Participants = kept
	for i := range x.Citations {
		if x.Citations[i].Standing == "" {
			x.Citations[i].Standing = StandingConfirmed
		}
	}
}

// Validate checks what no document may have; a defective one is recorded as it is.
func (x *Document) Validate() error {
	var p Problems
	p.required("kind", string(x.Kind), "文书种类")
	p.text("kind", string(x.Kind), maxKind) // whether the kind exists is asked where all kinds are known
	if x.Kind == DocReopened && x.Content == "" {
		p.Add("content", "请写明为什么恢复办理")
	}
	p.text("number", x.NumberTyped, maxName)
	p.text("party_name", x.PartyName, maxName)
	p.term("service_mode", x.ServiceMode, ServiceModes)
	p.term("order_mode", x.OrderMode, OrderModes)
	if _, ours := DocumentKindByName(x.Kind); ours {
		p.term("result", x.Result, DocumentResults)
	} else {
		p.text("result", x.Result, maxWord) // its words are the kind's own: DocumentKind.CheckResult
	}
	p.text("organ_name", x.OrganName, maxName)
	p.text("people", x.People, maxLine)
	p.text("content", x.Content, maxText)
	p.text("result_note", x.ResultNote, 2000)
	p.text("note", x.Note, 2000)
	p.count("persons", x.Persons)
	p.money("amount_fen", x.Amount)
	p.order("excluded_to", x.ExcludedFrom, x.ExcludedTo, "不计入期限的时间，止日早于起日")
	if x.ExcludedFrom.IsZero() && !x.ExcludedTo.IsZero() {
		p.Add("excluded_from", "请填写不计入期限的时间从哪天起")
	}
	if len(x.Participants) > 30 {
		p.Add("participants", "参加人最多 30 名")
	}
	for i, q := range x.Participants {
		p.text(fieldAt("participants", i, "name"), q.Name, maxName)
		p.term(fieldAt("participants", i, "part"), q.Part, ParticipantParts)
		if q.Part == "" {
			p.Add(fieldAt("participants", i, "part"), "请选择%s在这份文书中的身份", q.Name)
		}
	}
	for i, c := range x.Citations {
		p.Merge(fieldAt("citations", i, ""), c.validate())
	}
	return p.Err()
}

// Stage is where a case stands, computed from its documents by StageOf and by nothing else.
type Stage string

// The stages.
const (
	StageOpened    Stage = "已登记"  // findings recorded, no document yet
	StageOrdered   Stage = "已责令"  // ordered to correct, not filed
	StageNotFiled  Stage = "不予立案" //
	StageFiled     Stage = "已立案"
	StageNotified  Stage = "已告知"
	StageDecided   Stage = "已处罚"
	StageNoPenalty Stage = "不予处罚"
	StageAnnulled  Stage = "已撤销"
	StageClosed    Stage = "已结案"
)

// StageTerms are the stages as words.
func StageTerms() (words Terms) {
	for _, s := range Stages {
		words = append(words, string(s))
	}
	return words
}

// Stages lists them in the order of an ordinary case.
var Stages = []Stage{StageOpened, StageOrdered, StageNotFiled, StageFiled, StageNotified, StageDecided, StageNoPenalty, StageAnnulled, StageClosed}

// StageOf computes the stage from the documents in order (date, seq); kept are the kinds an administrator added. A later document that
// moves a case forward wins; one that stands earlier in an ordinary case does not move it back (a second 责令改正 after the decision), but
// a new decision after an annulment does: a case may be re-decided. 恢复办理 takes a closing back: the case stands where it stood before.
func StageOf(docs []Document, kept ...DocumentKind) Stage {
	stage, before := StageOpened, StageOpened
	for _, d := range docs {
		if d.Kind == DocReopened && stage.Closed() {
			stage = before
		}
		k, _ := Kinds(kept).Find(d.Kind)
		next := k.Stage
		if next == "" {
			continue
		}
		if stageRank(next) > stageRank(stage) || (stage == StageAnnulled && stageRank(next) >= stageRank(StageNotified)) {
			stage = next
		}
		if !stage.Closed() {
			before = stage
		}
	}
	return stage
}

func stageRank(s Stage) int {
	for i, x := range Stages {
		if x == s {
			return i
		}
	}
	return -1
}

// Closed reports whether the record of a case at this stage is read-only.
func (s Stage) Closed() bool { return s == StageClosed }

// OnTheWay reports whether a case at this stage still waits for a decision.
func (s Stage) OnTheWay() bool {
	return s == StageOpened || s == StageOrdered || s == StageFiled || s == StageNotified
}
