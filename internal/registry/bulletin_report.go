package registry

import "time"

// BulletinReportID is a row id of a BulletinReport.
type BulletinReportID int64

// BulletinReportStates are where a report of an error stands. The first is a new one's.
var BulletinReportStates = Terms{"待处理", "已采纳", "未采纳", "无关内容"}

// ReportWaiting is the state of a report that nobody has dealt with.
const ReportWaiting = "待处理"

// maxReport is how long a report may be, in characters.
const maxReport = 2000

// BulletinReport is what a reader of the public site says is wrong in a bulletin. Who reads need not say who they are.
type BulletinReport struct {
	ID BulletinReportID `json:"id"`
	Meta
	BulletinID BulletinID `json:"bulletin_id"`
	Words      string     `json:"words"`
	Contact    string     `json:"contact"` // how to answer, if the reader wants one
	State      string     `json:"state"`   // BulletinReportStates
	Answer     string     `json:"answer"`  // what was done about it, or why nothing
	HandlerID  UserID     `json:"handler_id,omitempty"`
	HandledAt  *time.Time `json:"handled_at"`
}

// BulletinReportFields are the fields of a BulletinReport.
var BulletinReportFields = record(
	FieldInfo{Name: "bulletin_id", Label: "通报", Kind: ValueReference, Of: "bulletin", ReadOnly: true},
	FieldInfo{Name: "words", Label: "哪里有误", Kind: ValueProse, ReadOnly: true},
	FieldInfo{Name: "contact", Label: "联系方式（可不填）", Kind: ValueText, Personal: true, ReadOnly: true},
	FieldInfo{Name: "state", Label: "处理结果", Kind: ValueWord, Words: BulletinReportStates},
	FieldInfo{Name: "answer", Label: "处理说明", Kind: ValueProse},
	FieldInfo{Name: "handler_id", Label: "处理人", Kind: ValueReference, Of: "user", ReadOnly: true},
	FieldInfo{Name: "handled_at", Label: "处理时间", Kind: ValueInstant, ReadOnly: true},
)

// Clean normalises what was typed.
func (x *BulletinReport) Clean() {
	x.Words, x.Contact, x.Answer = CleanText(x.Words), CleanText(x.Contact), CleanText(x.Answer)
	if x.State == "" {
		x.State = ReportWaiting
	}
}

// Validate asks for the words of a report, and of one that is dealt with for what was done.
func (x *BulletinReport) Validate() error {
	var p Problems
	p.required("words", x.Words, "哪里有误")
	p.text("words", x.Words, maxReport)
	p.text("contact", x.Contact, 100)
	p.term("state", x.State, BulletinReportStates)
	p.text("answer", x.Answer, maxReport)
	if x.State != ReportWaiting && x.Answer == "" {
		p.Add("answer", "请写明怎样处理的，或为什么不需要更正")
	}
	return p.Err()
}

// PublicActor is a reader of the public site: nobody that the register knows.
var PublicActor = Actor{Username: "公众", DisplayName: "公众"}
