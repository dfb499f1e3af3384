package registry

// PenaltyFields are the fields of a Penalty.
var PenaltyFields = record(
	onCase,
	FieldInfo{Name: "document_id", Label: "决定书", Kind: ValueReference, Of: "document", NoLedger: byRecord},
	FieldInfo{Name: "party_id", Label: "受处罚当事人", Kind: ValueReference, Of: "party", NoLedger: byRecord},
	FieldInfo{Name: "kind", Label: "处罚种类", Kind: ValueWord, Words: PenaltyKinds},
	FieldInfo{Name: "amount_fen", Label: "金额", Kind: ValueMoney},
	FieldInfo{Name: "content", Label: "处罚内容", Kind: ValueProse},
	FieldInfo{Name: "pay_by", Label: "缴款期限", Kind: ValueDate},
	FieldInfo{Name: "range_reason", Label: "幅度外理由", Kind: ValueProse},
	FieldInfo{Name: "range_base_of", Label: "计罚基数", Kind: ValueText, NoPage: "the form shows what the amount was placed by", NoLedger: onRecordOnly},
	FieldInfo{Name: "range_base_fen", Label: "基数金额", Kind: ValueMoney, NoLedger: onRecordOnly},
	FieldInfo{Name: "range_times", Label: "次数或日数", Kind: ValueCount, NoLedger: onRecordOnly},
	FieldInfo{Name: "daily_days", Label: "计罚日数", Kind: ValueCount},
	FieldInfo{Name: "daily_base_fen", Label: "原处罚决定的罚款", Kind: ValueMoney, NoLedger: onRecordOnly},
	FieldInfo{Name: "note", Label: "备注", Kind: ValueProse},
)

// PaymentFields are the fields of a Payment.
var PaymentFields = record(
	onCase,
	FieldInfo{Name: "penalty_id", Label: "哪一项处罚", Kind: ValueReference, Of: "penalty"},
	FieldInfo{Name: "kind", Label: "款项", Kind: ValueWord, Words: PaymentKinds},
	FieldInfo{Name: "paid_on", Label: "日期", Kind: ValueDate},
	FieldInfo{Name: "amount_fen", Label: "金额", Kind: ValueMoney},
	FieldInfo{Name: "receipt", Label: "票据号", Kind: ValueText, NoLedger: onRecordOnly},
	FieldInfo{Name: "note", Label: "备注", Kind: ValueProse, NoLedger: onRecordOnly},
)

// DiscretionSheetFields are the fields of a DiscretionSheet. It is kept as the calculator made it, and only added.
var DiscretionSheetFields = record(
	onCase,
	FieldInfo{Name: "violation_id", Label: "违法行为", Kind: ValueReference, Of: "violation", NoInput: byAddress},
	FieldInfo{Name: "table_id", Label: "裁量表", Kind: ValueText, NoInput: byAddress},
	FieldInfo{Name: "answers", Label: "裁量因素", Kind: ValueMachine, NoInput: "the inputs of the calculator make them", NoHistory: "the sheet shows them in words"},
	FieldInfo{Name: "result_fen", Label: "结果", Kind: ValueMoney, NoInput: byProgram},
	FieldInfo{Name: "sheet", Label: "计算表", Kind: ValueMachine, NoInput: byProgram, NoHistory: "the sheet has a page of its own"},
	FieldInfo{Name: "instrument", Label: "裁量基准文号", Kind: ValueText, NoInput: byProgram},
	FieldInfo{Name: "valid_from", Label: "基准施行日期", Kind: ValueDate, NoInput: byProgram},
	FieldInfo{Name: "valid_to", Label: "基准废止日期", Kind: ValueDate, NoInput: byProgram},
	FieldInfo{Name: "made_by", Label: "计算人", Kind: ValueText, NoInput: byProgram},
	FieldInfo{Name: "note", Label: "说明", Kind: ValueProse},
)
