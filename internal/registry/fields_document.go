package registry

// DocumentFields are the fields of a Document.
var DocumentFields = record(
	onCase,
	FieldInfo{Name: "seq", Label: "次序", Kind: ValueCount, NoLedger: byOrder},
	FieldInfo{Name: "kind", Label: "文书种类", Kind: ValueText},
	FieldInfo{Name: "party_name", Label: "文书所载当事人", Kind: ValueText, Personal: true,
		NoPage: "the check of the file tells where it differs from the case's"},
	FieldInfo{Name: "number", Label: "文号", Kind: ValueText, NoLedger: "the ledger has it with its brackets made one"},
	FieldInfo{Name: "number_normalized", Label: "文号（统一括号）", Kind: ValueText, ReadOnly: true, NoInput: "it follows from the number that was typed",
		NoHistory: "it follows from the number that was typed"},
	FieldInfo{Name: "made_on", Label: "作出日期", Kind: ValueDate},
	FieldInfo{Name: "served_on", Label: "送达日期", Kind: ValueDate},
	FieldInfo{Name: "service_mode", Label: "送达方式", Kind: ValueWord, Words: ServiceModes},
	FieldInfo{Name: "organ_id", Label: "作出机关", Kind: ValueReference, Of: "organ"},
	FieldInfo{Name: "organ_name", Label: "其他机关", Kind: ValueText},
	FieldInfo{Name: "people", Label: "经办人员", Kind: ValueText, Personal: true, NoLedger: onRecordOnly},
	FieldInfo{Name: "participants", Label: "参加人员", Kind: ValueRows, Fields: FieldList{
		{Name: "officer_id", Label: "执法人员", Kind: ValueReference, Of: "officer"},
		{Name: "name", Label: "姓名", Kind: ValueText, Personal: true},
		{Name: "part", Label: "身份", Kind: ValueWord, Words: ParticipantParts},
	}},
	FieldInfo{Name: "content", Label: "内容", Kind: ValueProse},
	FieldInfo{Name: "order_mode", Label: "改正方式", Kind: ValueWord, Words: OrderModes},
	FieldInfo{Name: "due_on", Label: "期限", Kind: ValueDate},
	FieldInfo{Name: "result", Label: "结果", Kind: ValueWord, Words: DocumentResults},
	FieldInfo{Name: "result_on", Label: "结果日期", Kind: ValueDate},
	FieldInfo{Name: "result_note", Label: "结果说明", Kind: ValueProse},
	FieldInfo{Name: "persons", Label: "移送人数", Kind: ValueCount},
	FieldInfo{Name: "amount_fen", Label: "金额", Kind: ValueMoney},
	FieldInfo{Name: "excluded_from", Label: "不计入期限：自", Kind: ValueDate},
	FieldInfo{Name: "excluded_to", Label: "不计入期限：至", Kind: ValueDate},
	FieldInfo{Name: "citations", Label: "引用条款", Kind: ValueRows, Fields: citationFields},
	FieldInfo{Name: "attachment_id", Label: "对应附件", Kind: ValueReference, Of: "attachment", NoInput: "scans are uploaded beside the document", NoLedger: onRecordOnly},
	FieldInfo{Name: "note", Label: "备注", Kind: ValueProse},
)

// DocumentKindFields are the fields of a KeptKind.
var DocumentKindFields = record(
	FieldInfo{Name: "name", Label: "名称", Kind: ValueText},
	FieldInfo{Name: "code", Label: "文书代字", Kind: ValueText},
	FieldInfo{Name: "stage", Label: "登记后案件到哪个阶段", Kind: ValueText},
	FieldInfo{Name: "own", Label: "谁作出", Kind: ValueBool},
	FieldInfo{Name: "numbers", Label: "编有文号", Kind: ValueBool},
	FieldInfo{Name: "active", Label: "使用中", Kind: ValueBool},
	FieldInfo{Name: "note", Label: "备注", Kind: ValueProse},
)
