package registry

import "testing"

func TestPenaltyClean(t *testing.T) {
	checkClean(t, Penalty{Kind: " 罚款", Content: "甲\r\n", RangeReason: " 减轻", RangeBaseOf: "投资额 ", Note: "\u200b注"},
		Penalty{Kind: "罚款", Content: "甲", RangeReason: "减轻", RangeBaseOf: "投资额", Note: "注"})
}

func TestPenaltyValidate(t *testing.T) {
	checkRules(t, func() Penalty { return Penalty{Kind: "罚款", Amount: ptr(Yuan(20000))} }, []limit[Penalty]{
		{"content", 4000, func(x *Penalty) *string { return &x.Content }},
		{"range_reason", 2000, func(x *Penalty) *string { return &x.RangeReason }},
		{"range_base_of", 200, func(x *Penalty) *string { return &x.RangeBaseOf }},
		{"note", 2000, func(x *Penalty) *string { return &x.Note }},
	}, []rule[Penalty]{
		{"amount not known", func(x *Penalty) { x.Amount = nil }, nil},
		{"of no kind", func(x *Penalty) { x.Kind, x.Amount = "", nil }, []string{"kind: 请填写处罚种类"}},
		{"an order is no penalty", func(x *Penalty) { x.Kind, x.Amount = "责令改正", nil }, []string{"kind: " + outside("责令改正", PenaltyKinds)}},
		{"a warning has no amount", func(x *Penalty) { x.Kind = "警告" }, []string{"amount_fen: “警告”没有金额"}},
		{"taken away below nothing", func(x *Penalty) { x.Kind, x.Amount = "没收违法所得", ptr(Money(-1)) }, []string{"amount_fen: 金额不能为负数"}},
		{"range from a negative base, no times", func(x *Penalty) { x.RangeBase, x.RangeTimes = ptr(Money(-1)), ptr(int64(0)) },
			[]string{"range_base_fen: 金额不能为负数", "range_times: 次数或日数应在 1 至 10000 之间；不知道就留空"}},
		{"more times than can be", func(x *Penalty) { x.RangeTimes = ptr(int64(10001)) }, []string{"range_times: 次数或日数应在 1 至 10000 之间；不知道就留空"}},
		{"no days", func(x *Penalty) { x.Kind, x.DailyDays = PenaltyDaily, ptr(int64(0)) }, []string{"daily_days: 计罚日数应在 1 至 10000 之间；不知道就留空"}},
		{"days and base of an ordinary fine", func(x *Penalty) { x.DailyDays, x.DailyBase = ptr(int64(2)), ptr(Yuan(1)) },
			[]string{"daily_days: 只有“按日连续罚款”填写计罚日数", "daily_base_fen: 只有“按日连续罚款”填写原处罚决定的罚款"}},
		{"negative base of a daily fine", func(x *Penalty) { x.Kind, x.DailyBase = PenaltyDaily, ptr(Money(-1)) }, []string{"daily_base_fen: 金额不能为负数"}},
	})
}

// What a kind of penalty is: money or not, a fine (which alone may be surcharged) or not.
func TestPenaltyKinds(t *testing.T) {
	for _, kind := range PenaltyKinds {
		fine := kind == "罚款" || kind == PenaltyDaily || kind == PenaltyUnknown
		x := Penalty{Kind: kind}
		if money := fine || kind == "没收违法所得" || kind == "没收非法财物"; x.Fine() != fine || x.Monetary() != money {
			t.Errorf("%s: fine %v, money %v; want %v, %v", kind, x.Fine(), x.Monetary(), fine, money)
		}
	}
}

func TestPaymentValidate(t *testing.T) {
	checkClean(t, Payment{Receipt: " 1 ", Note: "注\r\n", Kind: " 退还"}, Payment{Receipt: "1", Note: "注", Kind: Refund})
	checkRules(t, func() Payment { return Payment{PenaltyID: 1, Kind: PaidFine, Amount: Yuan(100)} }, []limit[Payment]{
		{"receipt", 200, func(x *Payment) *string { return &x.Receipt }},
		{"note", 2000, func(x *Payment) *string { return &x.Note }},
	}, []rule[Payment]{
		{"for nothing", func(x *Payment) { x.PenaltyID = 0 }, []string{"penalty_id: 请选择是哪一项处罚的缴款"}},
		{"of nothing", func(x *Payment) { x.Amount = 0 }, []string{"amount_fen: 请填写金额，应大于零；退还的选“退还”，金额仍写正数"}},
		{"of too much", func(x *Payment) { x.Amount = MaxMoney + 1 }, []string{"amount_fen: 金额过大，请核对"}},
		{"of an unknown kind", func(x *Payment) { x.Kind = "罚没" }, []string{"kind: " + outside("罚没", PaymentKinds)}},
	})
}

// Fines and what was taken away are apart; a surcharge is in neither.
func TestCaseFileMoney(t *testing.T) {
	f := CaseFile{Documents: []Document{{ID: 1, Kind: DocDecision}},
		Penalties: []Penalty{{ID: 1, DocumentID: 1, Kind: "罚款", Amount: ptr(Yuan(300))}, {ID: 2, DocumentID: 1, Kind: "没收违法所得", Amount: ptr(Yuan(50))},
			{ID: 3, DocumentID: 1, Kind: "没收非法财物"}, {ID: 4, DocumentID: 1, Kind: "警告"}},
		Payments: []Payment{{PenaltyID: 1, Kind: PaidFine, Amount: Yuan(300)}, {PenaltyID: 1, Kind: PaidSurcharge, Amount: Yuan(9)}, {PenaltyID: 2, Kind: PaidConfiscation, Amount: Yuan(40)}}}
	if got, want := f.Fines(), (Sum{Total: Yuan(300), Known: 1}); got != want {
		t.Errorf("Fines = %+v, want %+v", got, want)
	}
	if got, want := f.Confiscated(), (Sum{Total: Yuan(50), Known: 1, Unknown: 1}); got != want {
		t.Errorf("Confiscated = %+v, want %+v", got, want)
	}
	if got, want := f.Paid(), Yuan(340); got != want {
		t.Errorf("Paid = %s, want %s", got, want)
	}
}
