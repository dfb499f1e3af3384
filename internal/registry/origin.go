package registry

import (
	"slices"
	"strings"
	"time"
)

// Typed row ids, so that a farm's id cannot be passed where a case's is wanted. Zero means none.
type (
	UserID          int64
	OrganID         int64
	OfficerID       int64
	CampaignID      int64
	ProfileID       int64
	ListViewID      int64
	InterrogationID int64
	SignedPaperID   int64
	PaperWordingID  int64
	PartyID         int64
	PartyMergeID    int64
	FarmMergeID     int64
	FarmID          int64
	InspectionID    int64
	SampleID        int64
	EvidenceID      int64
	AttachmentID    int64
	CaseID          int64
	ViolationID     int64
	DocumentID      int64
	PenaltyID       int64
	PaymentID       int64
	ReviewNoteID    int64
	BulletinID      int64
	ScoreSheetID    int64
	DrawID          int64
	DrawResultID    int64
)

// Meta is what every record that people edit carries. Version rises by one with each change of the record itself;
// adding a child does not change it. ClientUID (a UUID) makes a repeated create harmless.
type Meta struct {
	Version   int64     `json:"version"`
	ClientUID string    `json:"client_uid,omitempty"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

// Origin says where a record comes from; what must be filled in depends on it.
type Origin string

// The origins.
const (
	OriginField     Origin = "现场登记"   // entered by our officers: the law's completeness rules bind on submitting
	OriginPublished Origin = "公开资料补录" // from a published bulletin: may lack names, days, numbers, values
	OriginImported  Origin = "导入"     // from a ledger
	OriginSample    Origin = "示例"     // invented: marked everywhere, never mixed with real records
)

// Origins lists them in the order a form offers them.
var Origins = Terms{string(OriginField), string(OriginPublished), string(OriginImported), string(OriginSample)}

// Unknown is the word for an empty value of a record of this origin: a newspaper did not print it, or nobody has entered it yet.
func (o Origin) Unknown() string {
	if o == OriginPublished {
		return "未公布"
	}
	return "未填"
}

// Tri is a fact that may be unknown: yes, no, or not told.
type Tri string

// The three answers.
const (
	TriUnknown Tri = ""
	Yes        Tri = "是"
	No         Tri = "否"
)

// Terms is a closed list of words the bureau uses. The word itself is stored: a dictionary entry is never removed, so
// old records stay readable without a join.
type Terms []string

// Has reports whether s is one of the terms.
func (t Terms) Has(s string) bool { return slices.Contains(t, s) }

// check adds a problem unless s is empty or one of the terms.
func (p *Problems) term(field, s string, t Terms) {
	if s != "" && !t.Has(s) {
		p.Add(field, "“%s”不在可选范围内；可选：%s", clip(s, 20), strings.Join(t, "、"))
	}
}

// required adds a problem when s is empty.
func (p *Problems) required(field, s, what string) {
	if s == "" {
		p.Add(field, "请填写%s", what)
	}
}

// length limits: a name fits a decision's heading, a text fits a case file.
const (
	maxName = 200
	maxLine = 500
	maxText = 20000
)

// text adds a problem when s is longer than max characters or holds bytes that are not UTF-8.
func (p *Problems) text(field, s string, max int) {
	if n := RuneLen(s); n > max {
		p.Add(field, "太长：%d 字，最多 %d 字", n, max)
	}
	if CleanText(s) != s {
		p.Add(field, "含有控制字符或不是有效的 UTF-8 文本，请重新输入")
	}
}

func (p *Problems) count(field string, n *int64) {
	if n != nil && *n < 0 {
		p.Add(field, "数量不能为负数")
	}
	if n != nil && *n > 100_000_000 {
		p.Add(field, "数量 %d 过大，请核对", *n)
	}
}

func (p *Problems) money(field string, m *Money) {
	if m != nil && *m < 0 {
		p.Add(field, "金额不能为负数")
	}
	if m != nil && *m > MaxMoney {
		p.Add(field, "金额过大，请核对")
	}
}

// order adds a problem when the first date certainly lies after the second.
func (p *Problems) order(field string, first, second Date, message string) {
	if second.Before(first) {
		p.Add(field, "%s", message)
	}
}

// Base gives every record that embeds Meta access to it.
func (m *Meta) Base() *Meta { return m }

// Record is what store and casework ask of a noun that people edit.
type Record interface {
	Base() *Meta
	Clean()
	Validate() error
}
