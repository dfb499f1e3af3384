package registry

const (
	onPaper   = "the paper has it, the ledger does not"
	byPaper   = "the page of the paper sets it"
	ofPapers  = "papers are listed with what they are of"
	ofWording = "wordings are the administrator's, and on no ledger"
)

// InterrogationFields are the fields of an Interrogation.
var InterrogationFields = record(
	FieldInfo{Name: "case_id", Label: "案件", Kind: ValueReference, Of: "case", ReadOnly: true, NoInput: byAddress, NoLedger: onPaper},
	FieldInfo{Name: "inspection_id", Label: "检查", Kind: ValueReference, Of: "inspection", ReadOnly: true, NoInput: byAddress, NoLedger: onPaper},
	FieldInfo{Name: "number", Label: "笔录编号", Kind: ValueText, NoLedger: onPaper},
	FieldInfo{Name: "asked_on", Label: "询问日期", Kind: ValueDate, NoLedger: onPaper},
	FieldInfo{Name: "start_time", Label: "开始时间", Kind: ValueClock, NoLedger: onPaper},
	FieldInfo{Name: "end_time", Label: "结束时间", Kind: ValueClock, NoLedger: onPaper},
	FieldInfo{Name: "place", Label: "询问地点", Kind: ValueText, NoLedger: onPaper},
	FieldInfo{Name: "name", Label: "被询问人姓名", Kind: ValueText, Personal: true, NoLedger: onPaper},
	FieldInfo{Name: "gender", Label: "性别", Kind: ValueWord, Words: Genders, NoLedger: onPaper},
	FieldInfo{Name: "age", Label: "年龄", Kind: ValueCount, NoLedger: onPaper},
	FieldInfo{Name: "id_kind", Label: "证件种类", Kind: ValueWord, Words: IDKinds, NoLedger: onPaper},
	FieldInfo{Name: "id_number", Label: "证件号码", Kind: ValuePersonID, Personal: true, NoLedger: onPaper},
	FieldInfo{Name: "employer", Label: "工作单位", Kind: ValueText, NoLedger: onPaper},
	FieldInfo{Name: "title", Label: "职务", Kind: ValueText, NoLedger: onPaper},
	FieldInfo{Name: "phone", Label: "联系电话", Kind: ValuePhone, Personal: true, NoLedger: onPaper},
	FieldInfo{Name: "address", Label: "住址", Kind: ValueText, Personal: true, NoLedger: onPaper},
	FieldInfo{Name: "service_address", Label: "送达地址", Kind: ValueText, Personal: true, NoLedger: onPaper},
	FieldInfo{Name: "relation", Label: "与本案关系", Kind: ValueText, NoLedger: onPaper},
	FieldInfo{Name: "guardian", Label: "监护人", Kind: ValueText, Personal: true, NoLedger: onPaper},
	FieldInfo{Name: "officers", Label: "询问人", Kind: ValueRows, NoLedger: onPaper, Fields: FieldList{
		{Name: "officer_id", Label: "在册人员", Kind: ValueReference, Of: "officer"},
		{Name: "name", Label: "姓名", Kind: ValueText, Personal: true},
		{Name: "cert_no", Label: "执法证号", Kind: ValueText},
	}},
	FieldInfo{Name: "recorder", Label: "记录人", Kind: ValueText, Personal: true, NoLedger: onPaper},
	FieldInfo{Name: "certificate_shown", Label: "出示执法证件", Kind: ValueTri, NoLedger: onPaper},
	FieldInfo{Name: "rights_told", Label: "告知权利义务", Kind: ValueTri, NoLedger: onPaper},
	FieldInfo{Name: "recusal", Label: "是否申请回避", Kind: ValueTri, NoLedger: onPaper},
	FieldInfo{Name: "recusal_reason", Label: "申请回避的理由", Kind: ValueText, NoLedger: onPaper},
	FieldInfo{Name: "answers", Label: "问答", Kind: ValueRows, NoLedger: onPaper, Fields: FieldList{
		{Name: "question", Label: "问", Kind: ValueProse},
		{Name: "answer", Label: "答", Kind: ValueProse},
	}},
	FieldInfo{Name: "opinion", Label: "被询问人意见", Kind: ValueProse, NoLedger: onPaper},
	FieldInfo{Name: "refusal", Label: "拒绝签名的情况", Kind: ValueText, NoLedger: onPaper},
	FieldInfo{Name: "witness", Label: "见证人", Kind: ValueText, Personal: true, NoLedger: onPaper},
	FieldInfo{Name: "note", Label: "备注", Kind: ValueProse, NoLedger: onPaper},
)

// SignedPaperFields are the fields of a SignedPaper.
var SignedPaperFields = record(
	FieldInfo{Name: "case_id", Label: "案件", Kind: ValueReference, Of: "case", ReadOnly: true, NoInput: byPaper, NoLedger: ofPapers},
	FieldInfo{Name: "inspection_id", Label: "检查", Kind: ValueReference, Of: "inspection", ReadOnly: true, NoInput: byPaper, NoLedger: ofPapers},
	FieldInfo{Name: "entity", Label: "记录种类", Kind: ValueMachine, ReadOnly: true, NoInput: byPaper, NoLedger: ofPapers},
	FieldInfo{Name: "entity_id", Label: "记录编号", Kind: ValueMachine, ReadOnly: true, NoInput: byPaper, NoLedger: ofPapers},
	FieldInfo{Name: "paper", Label: "文书", Kind: ValueMachine, ReadOnly: true, NoInput: byPaper, NoLedger: ofPapers},
	FieldInfo{Name: "of_version", Label: "签名的版本", Kind: ValueCount, ReadOnly: true, NoInput: byPaper, NoLedger: ofPapers},
	FieldInfo{Name: "digest", Label: "文字摘要", Kind: ValueMachine, ReadOnly: true, NoInput: byPaper, NoLedger: ofPapers},
	FieldInfo{Name: "attachment_id", Label: "扫描件", Kind: ValueReference, Of: "attachment", ReadOnly: true, NoInput: byPaper, NoLedger: ofPapers},
	FieldInfo{Name: "reason", Label: "更正的理由", Kind: ValueText, NoLedger: ofPapers},
)

// PaperWordingFields are the fields of a PaperWording.
var PaperWordingFields = record(
	FieldInfo{Name: "paper", Label: "文书", Kind: ValueMachine, ReadOnly: true, NoInput: "the address names it", NoLedger: ofWording},
	FieldInfo{Name: "texts", Label: "用语", Kind: ValueRows, NoInput: "each wording of the kind is a field of its own", NoLedger: ofWording, Fields: FieldList{
		{Name: "key", Label: "哪一段", Kind: ValueMachine},
		{Name: "text", Label: "文字", Kind: ValueProse},
	}},
	FieldInfo{Name: "note", Label: "修改说明", Kind: ValueText, NoLedger: ofWording},
)
