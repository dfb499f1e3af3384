package registry

var provisionFields = FieldList{
	{Name: "article", Label: "条", Kind: ValueCount},
	{Name: "sub", Label: "之", Kind: ValueCount},
	{Name: "paragraph", Label: "款", Kind: ValueCount},
	{Name: "item", Label: "项", Kind: ValueCount},
	{Name: "subitem", Label: "目", Kind: ValueCount},
}

// citationFields are those of a Citation; law, version and article are read and shown as one reference.
var citationFields = append(append(FieldList{
	{Name: "role", Label: "作用", Kind: ValueText},
	{Name: "standing", Label: "性质", Kind: ValueText},
	{Name: "law", Label: "法律名称", Kind: ValueText},
	{Name: "law_id", Label: "法律代号", Kind: ValueMachine, NoInput: ofName, NoHistory: ofName, NoPage: ofName, NoLedger: ofName},
	{Name: "version_id", Label: "版本", Kind: ValueMachine, NoInput: "the form has the version's name"},
}, provisionFields...), FieldList{
	{Name: "held", Label: "条文收录", Kind: ValueMachine, NoInput: byProgram, NoHistory: "it follows from the catalogue"},
	{Name: "text_hash", Label: "条文摘要", Kind: ValueMachine, NoInput: byProgram, NoHistory: machinery, NoPage: machinery, NoLedger: machinery},
	{Name: "text", Label: "条文", Kind: ValueProse},
	{Name: "reason", Label: "理由", Kind: ValueText},
	{Name: "note", Label: "备注", Kind: ValueText},
}...)

const ofName = "it is found by the name of the law"

// CaseFields are the fields of a Case.
var CaseFields = record(append(FieldList{
	FieldInfo{Name: "origin", Label: "来源性质", Kind: ValueWord, Words: Origins},
	FieldInfo{Name: "title", Label: "案件名称", Kind: ValueText},
	FieldInfo{Name: "number", Label: "案件编号", Kind: ValueText},
	FieldInfo{Name: "number_reason", Label: "结案后改编号的理由", Kind: ValueText, ReadOnly: true, NoInput: "the small form on a closed case's page asks for it",
		NoLedger: onRecordOnly},
	FieldInfo{Name: "district_code", Label: "辖区", Kind: ValueDistrict},
	FieldInfo{Name: "deciding_organ_id", Label: "决定机关", Kind: ValueReference, Of: "organ", NoLedger: byRecord},
	FieldInfo{Name: "handling_organ_id", Label: "承办单位", Kind: ValueReference, Of: "organ", NoLedger: byRecord},
	FieldInfo{Name: "campaign_id", Label: "专项行动", Kind: ValueReference, Of: "campaign", NoLedger: byRecord},
	FieldInfo{Name: "farm_id", Label: "养殖场", Kind: ValueReference, Of: "farm", NoLedger: byRecord},
	FieldInfo{Name: "source", Label: "案件来源", Kind: ValueWord, Words: CaseSources},
	FieldInfo{Name: "found_on", Label: "发现日期", Kind: ValueDate},
	FieldInfo{Name: "summary", Label: "案情", Kind: ValueProse, NoLedger: onRecordOnly},
	FieldInfo{Name: "handling", Label: "查处情况", Kind: ValueProse, NoLedger: onRecordOnly},
	FieldInfo{Name: "stage", Label: "阶段", Kind: ValueText, ReadOnly: true, NoInput: "it is computed from the documents",
		NoHistory: "it follows from the documents, whose steps the history tells"},
	FieldInfo{Name: "parties", Label: "当事人", Kind: ValueRows, Fields: FieldList{
		{Name: "party_id", Label: "当事人", Kind: ValueReference, Of: "party"},
		{Name: "role", Label: "身份", Kind: ValueWord, Words: PartyRoles},
		{Name: "name_at_act", Label: "行为时名称", Kind: ValueText, Personal: true},
	}},
	FieldInfo{Name: "inspections", Label: "现场检查", Kind: ValueList, Of: "inspection", NoLedger: byRecord},
	FieldInfo{Name: "note", Label: "备注", Kind: ValueProse},
}, voidFields...)...)

// ReviewNoteFields are the fields of a ReviewNote.
var ReviewNoteFields = record(
	onCase,
	FieldInfo{Name: "about", Label: "针对的内容", Kind: ValueText, NoLedger: ofNotes},
	FieldInfo{Name: "printed", Label: "公布的写法", Kind: ValueProse, NoLedger: ofNotes},
	FieldInfo{Name: "official", Label: "官方文本或记录", Kind: ValueProse, NoLedger: ofNotes},
	FieldInfo{Name: "kind", Label: "类别", Kind: ValueText, NoLedger: ofNotes},
	FieldInfo{Name: "severity", Label: "级别", Kind: ValueWord, Words: ReviewSeverities, NoLedger: ofNotes},
	FieldInfo{Name: "note", Label: "说明", Kind: ValueProse, NoLedger: ofNotes},
	FieldInfo{Name: "confidence", Label: "可信程度", Kind: ValueText, NoInput: "only remarks loaded from a study have one", NoLedger: ofNotes},
)

// onCase is the case that a child belongs to.
var onCase = FieldInfo{Name: "case_id", Label: "案件", Kind: ValueReference, Of: "case", ReadOnly: true, NoInput: byAddress,
	NoHistory: "the history is the case's", NoLedger: byRow}
