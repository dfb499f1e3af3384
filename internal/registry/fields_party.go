package registry

// PartyFields are the fields of a Party.
var PartyFields = record(append(FieldList{
	FieldInfo{Name: "origin", Label: "记录来源", Kind: ValueWord, Words: Origins, NoLedger: onRecordOnly},
	FieldInfo{Name: "kind", Label: "当事人类别", Kind: ValueWord, Words: PartyKinds},
	FieldInfo{Name: "name", Label: "当事人名称", Kind: ValueText, Personal: true},
	FieldInfo{Name: "public_name", Label: "公开用名", Kind: ValueText, NoLedger: onRecordOnly},
	FieldInfo{Name: "credit_code", Label: "统一社会信用代码", Kind: ValueText},
	FieldInfo{Name: "credit_code_override", Label: "保留该代码的理由", Kind: ValueText, NoLedger: onRecordOnly},
	FieldInfo{Name: "id_kind", Label: "证件种类", Kind: ValueWord, Words: IDKinds, NoLedger: onRecordOnly},
	FieldInfo{Name: "id_number", Label: "证件号码", Kind: ValuePersonID, Personal: true},
	FieldInfo{Name: "legal_person", Label: "法定代表人（负责人、经营者）", Kind: ValueText, Personal: true},
	FieldInfo{Name: "legal_person_title", Label: "职务", Kind: ValueText, NoLedger: onRecordOnly},
	FieldInfo{Name: "phone", Label: "联系电话", Kind: ValuePhone, Personal: true, NoLedger: onRecordOnly},
	FieldInfo{Name: "address", Label: "住所、地址", Kind: ValueText, Personal: true, NoLedger: onRecordOnly},
	FieldInfo{Name: "note", Label: "备注", Kind: ValueProse, NoLedger: onRecordOnly},
	FieldInfo{Name: "merged_into", Label: "并入的当事人", Kind: ValueReference, Of: "party", ReadOnly: true, NoInput: mergePage, NoLedger: onRecordOnly},
}, voidFields...)...)

// PartyMergeFields are the fields of a PartyMerge.
var PartyMergeFields = record(append(FieldList{
	{Name: "party_id", Label: "不再使用的", Kind: ValueReference, Of: "party", NoInput: theOther},
	{Name: "into_id", Label: "保留哪一个", Kind: ValueReference, Of: "party"},
}, mergingFields...)...)

// FarmMergeFields are the fields of a FarmMerge.
var FarmMergeFields = record(append(FieldList{
	{Name: "farm_id", Label: "不再使用的", Kind: ValueReference, Of: "farm", NoInput: theOther},
	{Name: "into_id", Label: "保留哪一个", Kind: ValueReference, Of: "farm"},
	{Name: "taken", Label: "取自另一条的内容", Kind: ValueList, NoInput: "each field in which the two differ asks for itself"},
}, mergingFields...)...)

const theOther = "it is the other of the two that the form shows"

// mergingFields are the fields of a Merging.
var mergingFields = FieldList{
	{Name: "reason", Label: "合并理由", Kind: ValueText},
	{Name: "merged_by", Label: "合并人", Kind: ValueText, ReadOnly: true, NoInput: byProgram},
	{Name: "moved", Label: "改指的记录", Kind: ValueRows, ReadOnly: true, NoInput: byProgram, Fields: FieldList{
		{Name: "entity", Label: "记录种类", Kind: ValueMachine, ReadOnly: true, NoInput: byProgram},
		{Name: "id", Label: "编号", Kind: ValueMachine, ReadOnly: true, NoInput: byProgram},
	}},
	{Name: "undone_at", Label: "拆回时间", Kind: ValueInstant, ReadOnly: true, NoInput: byProgram},
	{Name: "undone_by", Label: "拆回人", Kind: ValueText, ReadOnly: true, NoInput: byProgram},
	{Name: "undo_reason", Label: "拆回理由", Kind: ValueText, NoInput: "it is asked on the page of the entry, when a merge is undone"},
}
