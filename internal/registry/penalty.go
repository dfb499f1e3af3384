package registry

// PenaltyKinds are the kinds of 行政处罚法第九条, as the credit ledger lists them. 责令改正 and 移送拘留 are not among them.
var PenaltyKinds = Terms{"警告", "通报批评", "罚款", "没收违法所得", "没收非法财物", "暂扣许可证件", "降低资质等级", "吊销许可证件", "限制开展生产经营活动", "责令停产停业", "责令关闭", "限制从业", "按日连续罚款", "种类未公布"}

// PenaltyUnknown is the kind of a penalty of which a source says only 作出行政处罚.
const PenaltyUnknown = "种类未公布"

// PenaltyDaily is 按日连续处罚's fine: the fine of the original decision, once for each day.
const PenaltyDaily = "按日连续罚款"

// isFine and isConfiscation tell what a penalty's amount adds to. 种类未公布 stands with the fines: of "作出行政处罚" without a word
// more, a fine of unknown amount is what the reader must be told is missing.
func isFine(kind string) bool {
	return kind == "罚款" || kind == PenaltyDaily || kind == PenaltyUnknown
}

func isConfiscation(kind string) bool {
	return kind == "没收违法所得" || kind == "没收非法财物"
}

// monetary reports whether a penalty kind takes an amount.
func monetary(kind string) bool { return isFine(kind) || isConfiscation(kind) }

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
	// Of a 按日连续罚款: how many days were counted, and the original fine (按日连续处罚办法第十七条、第十九条).
	DailyDays *int64 `json:"daily_days"`
	DailyBase *Money `json:"daily_base_fen"`
	Note      string `json:"note"`
}

// maxDays bounds the days of a daily penalty: some 27 years.
const maxDays = 10000

// Daily is the days times the original fine; ok is false where one of them is not known or cannot be.
func (x *Penalty) Daily() (m Money, ok bool) {
	if x.DailyDays == nil || x.DailyBase == nil || *x.DailyDays < 1 || *x.DailyDays > maxDays || *x.DailyBase < 0 || *x.DailyBase > MaxMoney {
		return 0, false
	}
	return Money(*x.DailyDays) * *x.DailyBase, true
}

// Monetary reports whether the penalty is one of money.
func (x *Penalty) Monetary() bool { return monetary(x.Kind) }

// Fine reports whether its amount is a fine: 到期不缴纳罚款的 alone may be surcharged.
func (x *Penalty) Fine() bool { return isFine(x.Kind) }

// Clean normalises what was typed, and computes the amount of a daily penalty that was given as days and the original fine. A typed
// amount stays, also where it differs: a decision may be wrong, and is recorded as it is.
func (x *Penalty) Clean() {
	for _, s := range []*string{&x.Kind, &x.Content, &x.RangeReason, &x.RangeBaseOf, &x.Note} {
		*s = CleanText(*s)
	}
	if m, ok := x.Daily(); ok && x.Kind == PenaltyDaily && x.Amount == nil {
		x.Amount = &m
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
	if x.DailyDays != nil && (*x.DailyDays < 1 || *x.DailyDays > maxDays) {
		p.Add("daily_days", "计罚日数应在 1 至 10000 之间；不知道就留空")
	}
	p.money("daily_base_fen", x.DailyBase)
	if x.Kind != PenaltyDaily && x.DailyDays != nil {
		p.Add("daily_days", "只有“%s”填写计罚日数", PenaltyDaily)
	}
	if x.Kind != PenaltyDaily && x.DailyBase != nil {
		p.Add("daily_base_fen", "只有“%s”填写原处罚决定的罚款", PenaltyDaily)
	}
	p.text("note", x.Note, 2000)
	return p.Err()
}

// PaymentKinds are what money came in, or went back, for.
var PaymentKinds = Terms{PaidFine, PaidConfiscation, PaidSurcharge, PaidByCourt, Refund}

// The kinds of payment.
const (
	PaidFine         = "缴纳罚款"
	PaidConfiscation = "缴纳没收款"
	PaidSurcharge    = "缴纳加处罚款"
	PaidByCourt      = "法院划拨"
	Refund           = "退还"
)

// Payment is money received for a penalty, or given back; fines are paid in parts. Amount is positive: the kind says which way it went.
type Payment struct {
	ID PaymentID `json:"id"`
	Meta
	CaseID    CaseID    `json:"case_id"`
	PenaltyID PenaltyID `json:"penalty_id"`
	Kind      string    `json:"kind"` // one of PaymentKinds
	PaidOn    Date      `json:"paid_on"`
	Amount    Money     `json:"amount_fen"`
	Receipt   string    `json:"receipt"` // 票据号
	Note      string    `json:"note"`
}

// Clean normalises what was typed.
func (x *Payment) Clean() {
	x.Receipt, x.Note, x.Kind = CleanText(x.Receipt), CleanText(x.Note), CleanText(x.Kind)
	if x.Kind == "" {
		x.Kind = PaidFine
	}
}

// Validate checks the payment.
func (x *Payment) Validate() error {
	var p Problems
	if x.PenaltyID == 0 {
		p.Add("penalty_id", "请选择是哪一项处罚的缴款")
	}
	if x.Amount <= 0 {
		p.Add("amount_fen", "请填写金额，应大于零；退还的选“退还”，金额仍写正数")
	}
	p.term("kind", x.Kind, PaymentKinds)
	p.money("amount_fen", &x.Amount)
	p.text("receipt", x.Receipt, maxName)
	p.text("note", x.Note, 2000)
	return p.Err()
}
