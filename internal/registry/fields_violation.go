package registry

// ViolationFields are the fields of a Violation.
var ViolationFields = record(
	onCase,
	FieldInfo{Name: "seq", Label: "次序", Kind: ValueCount, NoInput: "violations stay in the order in which they were entered", NoLedger: byOrder},
	FieldInfo{Name: "type_code", Label: "违法行为类型", Kind: ValueViolation},
	FieldInfo{Name: "facts", Label: "违法事实", Kind: ValueProse},
	FieldInfo{Name: "act_from", Label: "行为开始", Kind: ValueDate},
	FieldInfo{Name: "act_to", Label: "行为终了", Kind: ValueDate},
	FieldInfo{Name: "end_basis", Label: "终了的认定", Kind: ValueWord, Words: EndBases},
	FieldInfo{Name: "continuing", Label: "连续或继续状态", Kind: ValueTri},
	FieldInfo{Name: "damage", Label: "损害的环境要素", Kind: ValueList},
	FieldInfo{Name: "place", Label: "地点", Kind: ValueText},
	FieldInfo{Name: "checklist", Label: "要件核对", Kind: ValueRows, Fields: FieldList{
		{Name: "key", Label: "要件", Kind: ValueMachine, NoHistory: "the row says it"},
		{Name: "answer", Label: "要件", Kind: ValueWord, Words: ElementAnswers},
		{Name: "note", Label: "要件说明", Kind: ValueText},
		{Name: "evidence", Label: "要件证据", Kind: ValueList, Of: "evidence", NoLedger: onRecordOnly},
	}},
	FieldInfo{Name: "version_choice", Label: "从旧或从轻", Kind: ValueWord, Words: VersionChoices},
	FieldInfo{Name: "choice_reason", Label: "选择理由", Kind: ValueProse},
	FieldInfo{Name: "citations", Label: "引用条款", Kind: ValueRows, Fields: citationFields},
	FieldInfo{Name: "note", Label: "备注", Kind: ValueProse},
)
