package registry

// PenaltyKinds are the kinds of 行政处罚法第九条, as the credit ledger lists them. 责令改正 and 移送拘留 are not among them.
var PenaltyKinds = Terms{"警告", "通报批评", "罚款", "没收违法所得", "没收非法财物", "暂扣许可证件", "降低资质等级", "吊销许可证件", "限制开展生产经营活动", "责令停产停业", "责令关闭", "限制从业", "按日连续罚款", "种类未公布"}

// PenaltyUnknown is the kind of a penalty of which a source says only 作出行政处罚.
const PenaltyUnknown = "种类未公布"

// monetary reports whether a penalty kind takes an amount.
func monetary(kind string) bool {
	return kind == "罚款" || kind == "没收违法所得" || kind == "没收非法财物" || kind == "按日连续罚款" || kind == PenaltyUnknown
}

// Penalty is one penalty of one party. Amount is nil where it is not known: sums count how many are.
type Penalty struct {
	ID PenaltyID `json:"id"`
	Meta
	CaseID      CaseID     `json:"case_id"`
	DocumentID  DocumentID `json:"document_id,omitempty"` // the decision
	PartyID     PartyID    `json:"party_id,omitempty"`
	Kind        string     `json:"kind"`
	Amount      *Money     `json:"amount_fen"`
	Content     string     `json:"content"`      // what is not money: which licence, which stop
	PayBy       Date       `json:"pay_by"`       // 缴款期限
	RangeReason string     `json:"range_reason"` // why an amount outside the law's range is recorded
	// Where the law computes the range: of what (建设项目总投资额), how much that is, and how many times or days.
	RangeBaseOf string `json:"range_base_of"`
	RangeBase   *Money `json:"range_base_fen"`
	RangeTimes  *int64 `json:"range_times"`
	Note        string `json:"note"`
}

// Clean normalises what was typed.
func (x *Penalty) Clean() {
	for _, s := range []*string{&x.Kind, &x.Content, &x.RangeReason, &x.RangeBaseOf, &x.Note} {
		*s = CleanText(*s)
	}
}

// Validate checks the penalty. An amount outside the law's range is kept and flagged, not refused.
func (x *Penalty) Validate() error {
	var p Problems
	p.required("kind", x.Kind, "处罚种类")
	p.term("kind", x.Kind, PenaltyKinds)
	p.money("amount_fen", x.Amount)
	if x.Amount != nil && !monetary(x.Kind) {
		p.Add("amount_fen", "“%s”没有金额", x.Kind)
	}
	p.text("content", x.Content, 4000)
	p.text("range_reason", x.RangeReason, 2000)
	p.text("range_base_of", x.RangeBaseOf, maxName)
	p.money("range_base_fen", x.RangeBase)
	if x.RangeTimes != nil && (*x.RangeTimes < 1 || *x.RangeTimes > 10000) {
		p.Add("range_times", "次数或日数应在 1 至 10000 之间；不知道就留空")
	}
	p.text("note", x.Note, 2000)
	return p.Err()
}

// Payment is money received for a penalty; fines are paid in parts.
type Payment struct {
	ID PaymentID `json:"id"`
	Meta
	CaseID    CaseID    `json:"case_id"`
	PenaltyID PenaltyID `json:"penalty_id"`
	PaidOn    Date      `json:"paid_on"`
	Amount    Money     `json:"amount_fen"`
	Receipt   string    `json:"receipt"` // 票据号
	Note      string    `json:"note"`
}

// Clean normalises what was typed.
func (x *Payment) Clean() { x.Receipt, x.Note = CleanText(x.Receipt), CleanText(x.Note) }

// Validate checks the payment.
func (x *Payment) Validate() error {
	var p Problems
	if x.PenaltyID == 0 {
		p.Add("penalty_id", "请选择是哪一项处罚的缴款")
	}
	if x.Amount <= 0 {
		p.Add("amount_fen", "请填写缴款金额，应大于零")
	}
	p.money("amount_fen", &x.Amount)
	p.text("receipt", x.Receipt, maxName)
	p.text("note", x.Note, 2000)
	return p.Err()
}
